"""What a document does with each document it cites, from the words before (and a few after) the mention."""

from __future__ import annotations

import re
from functools import cache

from vnadmin_nlp.extract.model import ReferenceCandidate
from vnadmin_nlp.knowledge.rows import Row, load_rows
from vnadmin_nlp.knowledge.triggers import Triggers
from vnadmin_nlp.outline import Outline, Paragraph
from vnadmin_nlp.schema import Relation, SectionLabel
from vnadmin_nlp.text import key_of

LOOK_BACK = 160
_BASIS = re.compile(r"\W{0,4}căn cứ(?![^\W_])")
_SENTENCE = re.compile(r"[.;](?=\s)")
_AMENDED = re.compile(r"(?:đã\s)?được\s(?:sửa đổi|bổ sung|thay thế|điều chỉnh)|(?:sửa đổi|bổ sung|thay thế)\s(?:bởi|bằng|tại)")
_REPEALED = re.compile(r"[^.;\n]{0,120}?(?:hết hiệu lực|bị bãi bỏ|chấm dứt hiệu lực)")


class CueRow(Row):
    """Words that announce a relation; the id is the relation."""

    cues: list[str]


@cache
def _cues() -> Triggers[str]:
    return Triggers([(cue, row.id) for row in load_rows("relation_cues", CueRow) for cue in row.cues])


def relate(outline: Outline, references: list[ReferenceCandidate]) -> None:
    """Set the relation of each reference; members of a list share that of the first."""
    key = outline.flow.key
    paragraphs = iter(outline.paragraphs)
    paragraph: Paragraph | None = next(paragraphs, None)
    last: ReferenceCandidate | None = None
    for one in references:
        while paragraph is not None and paragraph.end <= one.start:
            paragraph, last = next(paragraphs, None), None
        low = paragraph.start if paragraph is not None and paragraph.start <= one.start else 0
        if paragraph is not None and _BASIS.match(key, paragraph.body, paragraph.end) and (
            paragraph.zone == SectionLabel.PREAMBLE or key.find(". ", paragraph.body, one.start) < 0
        ):
            one.relation = Relation.BASIS
        else:
            low = max(low, one.start - LOOK_BACK, last.end if last else 0)
            found = _before(key, low, one.start)
            if found is None and last is not None and one.start - last.end < 120 and not _SENTENCE.search(key, last.end, one.start):
                found = last.relation
            one.relation = found or Relation.MENTIONS
            if one.relation == Relation.MENTIONS and _REPEALED.match(key, one.end, one.end + 140):
                one.relation = Relation.REPEALS
        last = one


def _before(key: str, low: int, high: int) -> Relation | None:
    """The relation that the last cue between `low` and `high` announces; None where there is none."""
    window = key[low:high]
    if _AMENDED.search(window[-48:]):
        return Relation.MENTIONS
    hits = _cues().find(window)
    stop = max((m.end() for m in _SENTENCE.finditer(window)), default=0)
    for hit in reversed(hits):
        if hit.start >= stop:
            return Relation(hit.value)
    return None


def reads(text: str) -> set[str]:
    import unicodedata

    return {hit.value for hit in _cues().find(key_of(unicodedata.normalize("NFC", text)))}
