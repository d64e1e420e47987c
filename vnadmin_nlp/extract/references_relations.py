"""What a document does with each document it cites, from the words before (and a few after) the mention."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from vnadmin_nlp.extract.model import ReferenceCandidate
from vnadmin_nlp.knowledge.rows import Row, load_rows
from vnadmin_nlp.knowledge.triggers import Triggers
from vnadmin_nlp.outline import Outline, Paragraph
from vnadmin_nlp.schema import Relation, SectionLabel
from vnadmin_nlp.text import key_of

LOOK_BACK = 160
LOOK_AHEAD = 140
SAME_LIST = 120
_BASIS = re.compile(r"\W{0,4}căn cứ(?![^\W_])")
_SENTENCE = re.compile(r"[.;](?=\s)")
# `Nghị định A được sửa đổi bởi Nghị định B`: B is cited, not amended
_AMENDED = re.compile(
    r"(?:đã\s)?được\s(?:sửa đổi|bổ sung|thay thế|điều chỉnh)|(?:sửa đổi|bổ sung|thay thế)\s(?:bởi|bằng|tại)"
)
_CHANGES = (Relation.AMENDS, Relation.REPLACES, Relation.REPEALS)
# `Nghị định A sửa đổi, bổ sung Nghị định B`: A does it, not this document
_OF_THE_LAST = re.compile(r"(?!\s?(?:[,;.:()]|và\s))(?!.*(?<![^\W_])này(?![^\W_]))")
_ENDED = re.compile(r"hết hiệu lực|bị bãi bỏ|chấm dứt hiệu lực")
_CLAUSE_END = re.compile(r"[.;\n]")


class CueRow(Row):
    """Words that announce a relation; the id is the relation."""

    cues: list[str]


@cache
def _cues() -> Triggers[Relation]:
    return Triggers([(cue, Relation(row.id)) for row in load_rows("relation_cues", CueRow) for cue in row.cues])


def relate(outline: Outline, references: list[ReferenceCandidate]) -> None:
    """Set the relation of each reference; members of a list share that of the one before."""
    key = outline.flow.key
    paragraphs = iter(outline.paragraphs)
    paragraph: Paragraph | None = next(paragraphs, None)
    last: ReferenceCandidate | None = None
    basis = False
    for one in references:
        while paragraph is not None and paragraph.end <= one.start:
            paragraph, last = next(paragraphs, None), None
        start = paragraph.start if paragraph is not None and paragraph.start <= one.start else 0
        if last is None:
            basis = paragraph is not None and _BASIS.match(key, paragraph.body, paragraph.end) is not None
        if basis and paragraph is not None and paragraph.zone != SectionLabel.PREAMBLE:
            basis = key.find(". ", last.end if last else start, one.start) < 0  # in the body, for one sentence
        one.relation = Relation.BASIS if basis else _relation(key, start, one, last)
        last = one


def _relation(key: str, start: int, one: ReferenceCandidate, last: ReferenceCandidate | None) -> Relation:
    """The relation of `one`, in the paragraph that begins at `start`, after the reference `last` of it."""
    low = max(start, one.start - LOOK_BACK, last.end if last else 0)
    found = _before(key, low, one.start)
    if found in _CHANGES and last is not None and low == last.end and _OF_THE_LAST.match(key, low, one.start):
        return Relation.MENTIONS
    if found is None and last is not None and one.start - last.end < SAME_LIST:
        found = None if _SENTENCE.search(key, last.end, one.start) else last.relation
    if found is None or found == Relation.MENTIONS:
        ended = _ENDED.search(key, one.end, one.end + LOOK_AHEAD)
        if ended is not None and not _CLAUSE_END.search(key, one.end, ended.start()):
            return Relation.REPEALS
    return found or Relation.MENTIONS


def _before(key: str, low: int, high: int) -> Relation | None:
    """The relation that the last cue between `low` and `high` announces; None where there is none."""
    window = key[low:high]
    if _AMENDED.search(window[-48:]):
        return Relation.MENTIONS
    stop = max((match.end() for match in _SENTENCE.finditer(window)), default=0)
    hits = _cues().find(window[stop:])
    return hits[-1].value if hits else None


def reads(text: str) -> set[str]:
    """The ids of the rows of `relation_cues` found in `text`."""
    return {hit.value.value for hit in _cues().find(key_of(unicodedata.normalize("NFC", text)))}
