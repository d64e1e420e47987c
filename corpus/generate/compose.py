"""One document from its plan: subject, body, references, people; nothing of its layout."""

from __future__ import annotations

import random

from .acts import ActWriter
from .citations import Cite
from .citing import Anaphor, Outside
from .draft import Draft, Ref, text_of
from .people import addressees, head, recipients, signature
from .plan import Corpus
from .references import References
from .registers import TYPES, unpack
from .subjects import subject
from .voice import subject_of, voice


def compose(corpus: Corpus, index: int, *, slips: bool = False) -> tuple[Draft, list[Cite]]:
    """The draft of document `index` and its references; a copy says what its original says.

    With `slips` some references have letters in their numbers, or other digits in their days, than are meant.
    """
    plan, own = corpus.plans[index], corpus.plans[index]
    if plan.copy:
        plan = corpus.plans[plan.links[0][0]]
    rng = random.Random(f"{corpus.seed}/text/{plan.key}")
    kind = TYPES[unpack(plan.key)[1]]
    draft = Draft(plan, plan.body, kind, [subject_of(plan)])
    head(draft, random.Random(f"{corpus.seed}/head/{plan.key}"), own.copy, own.day)
    draft.block("subject")
    addressees(draft, rng)
    refs = References(corpus, index, rng, slips=slips)
    outside = Outside(rng, plan.day, kind.value, kind.name, plan.field)
    outside.order = refs.earlier
    writer = ActWriter(draft, voice(plan, rng, outside, text_of(draft.subject)), refs, rng, outside)
    draft.block("body")
    writer.write()
    subject(draft, rng)
    recipients(draft, rng)
    signature(draft, rng)
    _order(draft)
    return draft, [piece.link for piece in draft.pieces() if isinstance(piece, (Ref, Anaphor)) and piece.link]


_BLOCKS = ("head", "subject", "addressees", "preamble", "body", "recipients", "signature", "appendix")


def _order(draft: Draft) -> None:
    """Blocks in reading order, empty ones away."""
    draft.blocks.sort(key=lambda block: _BLOCKS.index(block.name))
    draft.blocks = [block for block in draft.blocks if block.paragraphs]


def place(draft: Draft) -> list[Cite]:
    """The references that the truth of links knows, with their places, in the order of the text."""
    found = []
    for piece in draft.pieces():
        if isinstance(piece, (Ref, Anaphor)) and piece.link and piece.ranges:
            piece.link.start, piece.link.end = piece.ranges[0][0], piece.ranges[-1][1]
            found.append(piece.link)
    return sorted(found, key=lambda cite: cite.start)
