"""One document from its plan: subject, body, references, people; nothing of its layout."""

from __future__ import annotations

import random

from .citations import Cite
from .draft import Draft
from .people import people
from .plan import Corpus
from .references import References
from .registers import TYPES, unpack
from .voice import subject_of, voice
from .writer import Writer


def compose(corpus: Corpus, index: int) -> tuple[Draft, list[Cite]]:
    """The draft of document `index` and its references; a copy says what its original says."""
    plan = corpus.plans[index]
    if plan.copy:
        plan = corpus.plans[plan.links[0][0]]
    rng = random.Random(f"{corpus.seed}/text/{plan.key}")
    draft = Draft(plan, plan.body, TYPES[unpack(plan.key)[1]], [subject_of(plan)])
    refs = References(corpus, index, rng)
    Writer(draft, voice(plan, rng), refs, rng).write()
    people(draft, rng)
    return draft, refs.cites
