"""Viện dẫn: mentions of other documents and of parts of documents."""

from __future__ import annotations

from enum import Enum
from functools import cache

from vnadmin_nlp.extract.model import Context, ReferenceCandidate
from vnadmin_nlp.extract.references_documents import DRAFT, Documents, is_draft
from vnadmin_nlp.extract.references_lists import heads_list, joins, read_listed, read_next, share_issuers
from vnadmin_nlp.extract.references_named import StandardRow, WorkRow, fixed_names, standard_words
from vnadmin_nlp.extract.references_parts import Parts
from vnadmin_nlp.extract.references_pinpoints import OTHER_WORDS, UnitRow, unit_words
from vnadmin_nlp.extract.references_relations import relate
from vnadmin_nlp.extract.references_types import TypeRow, named_type, type_words
from vnadmin_nlp.knowledge.triggers import Triggers
from vnadmin_nlp.outline import Outline


class _Sign(Enum):
    """Trigger words that name nothing themselves."""

    LISTED = "a number without a type"
    STANDARD = "a standard follows"


# None: words that only look like a trigger word and cover it
_Word = TypeRow | UnitRow | WorkRow | StandardRow | _Sign | None
_BEFORE_LISTED = (", ", "; ", ": ", "và ", "(", "tại ", "các ", "theo ")


@cache
def _triggers() -> Triggers[_Word]:
    words: dict[str, _Word] = dict.fromkeys(OTHER_WORDS, None)
    words.update(unit_words())
    words.update(type_words())
    words.update(fixed_names())
    words.update(standard_words())
    words.update({"tiêu chuẩn": _Sign.STANDARD, "quy chuẩn": _Sign.STANDARD})
    words.update({f"{before}số": _Sign.LISTED for before in _BEFORE_LISTED})
    return Triggers(words.items())


def find_references(outline: Outline, context: Context) -> list[ReferenceCandidate]:
    """Every reference of preamble and body, in text order, without overlaps.

    A part whose document is not named beside it (`khoản 1 Điều này`) bears the type of this document until
    `resolve.antecedents` finds its host.
    """
    text, key = outline.flow.text, outline.flow.key
    hits = _triggers().find(key)
    documents = Documents(text, key, [hit.start for hit in hits if hit.value is not None])
    heads = {p.start for p in outline.paragraphs} | {p.body for p in outline.paragraphs}
    parts = Parts(documents, context.document_type, heads)
    found: list[ReferenceCandidate] = []
    head: ReferenceCandidate | None = None
    free = drafts = 0  # the latter: where the last draft named ends
    for start, end, word in hits:
        if start < free or word is None:
            continue
        one: ReferenceCandidate | None = None
        if isinstance(word, TypeRow):
            if named_type(text, start, end, word):
                one = documents.read(start, end, word)
        elif isinstance(word, UnitRow):
            one, free = parts.read(start)
        elif isinstance(word, WorkRow):
            one = documents.fixed(start, end, word)
        elif isinstance(word, StandardRow):
            one = documents.standard(start, end, word)
        elif word is _Sign.STANDARD:
            one = documents.designated(start, end)
        else:
            one = read_listed(text, key, end - len("số"), found[-1] if found else None, head)
        if one is None:
            continue
        free = max(free, one.end)
        if one.rule == DRAFT or (
            one.number is None and isinstance(word, TypeRow) and (is_draft(key, start) or joins(key, drafts, start))
        ):
            drafts = one.end
            continue
        found.append(one)
        if isinstance(word, TypeRow) and one.number is not None:
            if heads_list(key, one):
                head = one
            free = _add_list(text, key, found, generic=word.generic)
    share_issuers(key, found)
    relate(outline, context.document_type, found)
    return found


def _add_list(text: str, key: str, found: list[ReferenceCandidate], *, generic: bool) -> int:
    """Add the further numbers of the list that the last of `found` begins; where it ends."""
    while following := read_next(text, key, found[-1], generic=generic):
        found.append(following)
    return found[-1].end
