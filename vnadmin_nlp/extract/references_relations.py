"""What a document does with each document it cites, from the words before (and a few after) the mention."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from vnadmin_nlp.extract.model import ReferenceCandidate
from vnadmin_nlp.extract.references_changes import (
    CHANGES,
    ENACTING,
    SAME_LIST,
    continues_change,
    is_own_change,
    read_ends,
)
from vnadmin_nlp.knowledge.rows import Row, load_rows
from vnadmin_nlp.knowledge.triggers import Triggers
from vnadmin_nlp.outline import Outline, Paragraph
from vnadmin_nlp.schema import DocumentType, Relation, SectionLabel
from vnadmin_nlp.text import Range, key_of

LOOK_BACK = 160
OPENING = 800  # how far after the letter it takes up a letter says that it answers
FIRST_WORDS = 24  # before the document that a paragraph under `Căn cứ pháp lý` begins with
_BASIS = re.compile(r"\W{0,4}căn cứ(?![^\W_])")
# The heading of a part that lists what a document is based on
_BASIS_HEADING = re.compile(r"\W{0,4}(?:các\s|những\s)?(?:căn cứ|cơ sở) pháp (?:lý|luật)(?:\s\S{1,10}){0,6}\W{0,3}$")
_SENTENCE = re.compile(r"[.;](?=\s)")
# `Nghị định A được sửa đổi bởi Nghị định B`: B is cited, not amended
_AMENDED = re.compile(
    r"(?:đã\s)?được\s(?:sửa đổi|bổ sung|thay thế|điều chỉnh)|(?:sửa đổi|bổ sung|thay thế)\s(?:bởi|bằng|tại)"
)
# `Nghị định A sửa đổi, bổ sung Nghị định B`: A does it, not this document
_OF_THE_LAST = re.compile(r"(?!\s?(?:[,;.:()]|và\s))(?!.*(?<![^\W_])này(?![^\W_]))")
_RECEIVED = re.compile(r"(?<!công )(?<!xác )(?<!ghi )(?<!thừa )(?<!chấp )(?<![^\W_])nhận\s(?:các\s)?$")
# What a letter takes up in its opening: `Xem xét công văn số … của X, Cục có ý kiến như sau`
_TAKES_UP = re.compile(r"(?<![^\W_])(?:xem xét|về|đối với|liên quan(?: đến)?|nghiên cứu)(?:\snội dung)?(?:\stại)?\s$")
_ANSWERS = re.compile(
    r"(?:có ý kiến|trả lời|phúc đáp|hướng dẫn)(?:\s[^\W\d_]{1,9}){0,6}\snhư sau|(?:có ý kiến|xin) trả lời"
)
_LETTERS = (DocumentType.CONG_VAN, DocumentType.TO_TRINH, DocumentType.OTHER)


class CueRow(Row):
    """Words that announce a relation; the id is the relation."""

    cues: list[str]


@cache
def _cues() -> Triggers[Relation]:
    return Triggers([(cue, Relation(row.id)) for row in load_rows("relation_cues", CueRow) for cue in row.cues])


def relate(outline: Outline, own: DocumentType, references: list[ReferenceCandidate]) -> None:
    """Set the relation of each reference of a document of type `own`; members of a list share that of the one before.

    `announced` keeps the change that the words say, whichever document makes it.
    """
    key = outline.flow.key
    bases = _bases(outline)
    paragraphs = iter(outline.paragraphs)
    paragraph: Paragraph | None = next(paragraphs, None)
    last: ReferenceCandidate | None = None
    basis = False
    for one in references:
        while paragraph is not None and paragraph.end <= one.start:
            paragraph, last = next(paragraphs, None), None
        start = paragraph.body if paragraph is not None and paragraph.body <= one.start else 0
        if last is None:
            basis = paragraph is not None and _BASIS.match(key, paragraph.body, paragraph.end) is not None
            if own in ENACTING and paragraph is not None and paragraph.body > paragraph.start:
                basis = False  # `1. Căn cứ … quy định tại Điều 4, Sở …` in a clause of this document
        if basis and paragraph is not None and paragraph.zone != SectionLabel.PREAMBLE:
            basis = key.find(". ", last.end if last else start, one.start) < 0  # in the body, for one sentence
        if basis or (start in bases and (one.start - start < FIRST_WORDS if last is None else _joins(key, last, one))):
            one.relation = Relation.BASIS
        else:
            one.relation = _relation(key, own, start, one, last)
            if one.relation == Relation.MENTIONS and paragraph is not None and paragraph.item is None:
                one.relation = _answered(key, own, start, paragraph.end, one)
        if one.announced == Relation.MENTIONS:
            one.announced = one.relation
        last = one
    read_ends(outline, own, references)


def _joins(key: str, last: ReferenceCandidate, one: ReferenceCandidate) -> bool:
    """Whether `one` goes on with the list of bases that `last` is in."""
    return last.relation == Relation.BASIS and continues_change(key, last, one)


def _bases(outline: Outline) -> set[int]:
    """Where the words of the paragraphs under a heading `Căn cứ pháp lý` begin."""
    key = outline.flow.key
    out: set[int] = set()
    end = -1  # of the item that has the heading
    bullets = False
    for paragraph in outline.paragraphs:
        body, stop = paragraph.body, paragraph.end
        if stop - body < 80 and key.find("pháp", body, stop) >= 0 and _BASIS_HEADING.match(key[body:stop].rstrip()):
            item = paragraph.item
            end = item.end if item is not None and item.body == body else -1
            bullets = end < 0
        elif body < end or (bullets and paragraph.bullet):
            out.add(body)
        else:
            bullets = False
    return out


def _relation(
    key: str, own: DocumentType, start: int, one: ReferenceCandidate, last: ReferenceCandidate | None
) -> Relation:
    """The relation of `one`, in the paragraph whose words begin at `start`, after the reference `last` of it."""
    low = max(start, one.start - LOOK_BACK, last.end if last else 0)
    found, cue = _before(key, low, one.start)
    if found in CHANGES:
        one.announced = found
        if last is not None and low == last.end and _OF_THE_LAST.match(key, low, one.start):
            return Relation.MENTIONS
        return found if is_own_change(key, own, start, cue, one) else Relation.MENTIONS
    if found is None and last is not None:
        if last.announced in CHANGES:
            if continues_change(key, last, one):
                one.announced = last.announced
                return last.relation
        elif one.start - last.end < SAME_LIST and not _SENTENCE.search(key, last.end, one.start):
            return last.relation
    return found or Relation.MENTIONS


def _answered(key: str, own: DocumentType, start: int, end: int, one: ReferenceCandidate) -> Relation:
    """Whether a letter of type `own` answers the letter `one`, which its opening says it received or takes up."""
    if own != DocumentType.CONG_VAN or one.document_type not in _LETTERS or one.number is None:
        return Relation.MENTIONS
    low = max(start, one.start - 32)
    if _RECEIVED.search(key, low, one.start) or (
        _TAKES_UP.search(key, low, one.start) and _ANSWERS.search(key, one.end, min(end, one.end + OPENING))
    ):
        return Relation.REPLIES_TO
    return Relation.MENTIONS


def _before(key: str, low: int, high: int) -> tuple[Relation | None, Range]:
    """The relation that the last cue between `low` and `high` announces, None where there is none, and the cue."""
    window = key[low:high]
    if _AMENDED.search(window[-48:]):
        return Relation.MENTIONS, (low, low)
    stop = max((match.end() for match in _SENTENCE.finditer(window)), default=0)
    hits = _cues().find(window[stop:])
    while hits and hits[-1].value in CHANGES and window.startswith(")", stop + hits[-1].end):
        hits.pop()  # in the name of a law: `Luật Nhà ở (sửa đổi)`
    if not hits:
        return None, (low, low)
    start = low + stop
    return hits[-1].value, (start + hits[-1].start, start + hits[-1].end)


def reads(text: str) -> set[str]:
    """The ids of the rows of `relation_cues` found in `text`."""
    return {hit.value.value for hit in _cues().find(key_of(unicodedata.normalize("NFC", text)))}
