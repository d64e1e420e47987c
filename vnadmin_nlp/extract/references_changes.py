"""Whether it is this document that amends, replaces or repeals what it cites, or one that it reports on."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from itertools import islice

from vnadmin_nlp.extract.model import ReferenceCandidate
from vnadmin_nlp.extract.references_parts import BARE, OF_THIS
from vnadmin_nlp.extract.references_types import type_rows
from vnadmin_nlp.outline import Outline
from vnadmin_nlp.schema import DocumentType, Relation
from vnadmin_nlp.text import Range, key_of

CHANGES = (Relation.AMENDS, Relation.REPLACES, Relation.REPEALS)
SENTENCE = 400
CLAUSE = 2000  # how far back a clause may begin: its list of documents can be long
SAME_LIST = 120
LIST = 300  # how far apart two members of a list stand, the title of the first between them
# Types that change others by their clauses; others do so only where they say that it is they who do
ENACTING = frozenset(
    (
        DocumentType.QUYET_DINH, DocumentType.NGHI_QUYET, DocumentType.NGHI_DINH, DocumentType.THONG_TU,
        DocumentType.THONG_TU_LIEN_TICH, DocumentType.LUAT, DocumentType.PHAP_LENH, DocumentType.LENH,
        DocumentType.QUY_CHE, DocumentType.QUY_DINH,
    )
)  # fmt: skip
# Before the cue, in its sentence: somebody else is to make the change, or it is a case that is spoken of
_BY_OTHERS = re.compile(
    r"(?<![^\W_])(?:trình|đề nghị|kiến nghị|đề xuất|tham mưu|nghiên cứu|rà soát|dự thảo|dự án|kịp thời|trường hợp|phải"
    r"|nếu|khi|giao|chỉ đạo|soạn thảo|ban hành văn bản)(?![^\W_])"
)
_ISSUES = re.compile(r"(?:ban hành|quyết nghị|quyết định|thông qua)(?: \S{1,12}){0,2} $")
# Between the cue and the reference: words that make the reference no object of the change
_ASIDE = re.compile(
    r"(?<!kèm )(?<!hành )(?<![^\W_])theo(?![^\W_])|(?<![^\W_])(?:phù hợp với|đồng bộ với|thống nhất với"
    r"|sau khi|để|căn cứ)(?![^\W_])"
)
_PART_ENDS = re.compile(rf"[(.;]|{_ASIDE.pattern}")
_OBJECT = re.compile(r"\s?(?:(?:cho|toàn bộ|một phần|các|nội dung|hướng dẫn|một số|quy định|điều|của|tại)\s){0,5}")
_ALONE = re.compile(r"\W*(?:(?:và|nay|đồng thời|xin)\s)?")
_JOINT = re.compile(r"(?:[,;]|(?<![^\W_])(?:và|hoặc|cùng|ban hành theo))\s?(?:và\s)?(?:các\s|toàn bộ\s)?$")
_NO_SUBJECT = re.compile(
    r"(?<![^\W_])(?:theo|theo quy định tại|căn cứ|thực hiện|của|về|bởi|bằng|thi hành|bổ sung|đổi|thế|bỏ|ngày|với)"
    r"\s(?:các\s)?$"
)
_FORCE = " hiệu lực"
_ENDS = ("hết", "chấm dứt", "không còn")
_REPEALED = "bị bãi bỏ"
_STILL = re.compile(
    r"(?<![^\W_])(?:đã|chưa|khi|trước khi|sắp|nếu|trường hợp|văn bản|dữ liệu)\s(?:hết|chấm dứt|không còn)?$"
)
_CONDITION = re.compile(r"(?<![^\W_])(?:khi|nếu|trường hợp)(?![^\W_])")
_ELSEWHERE = (" bởi", " tại", " theo quyết", " theo nghị", " theo thông")
_SENTENCE_END = re.compile(r"\.(?=\s)|\n")


@cache
def _own_names(own: DocumentType) -> tuple[str, ...]:
    """How a document of type `own` names itself: `công văn này`."""
    words = [w for row in type_rows() if row.document_type == own and not row.generic for w in row.words]
    return tuple(f"{key_of(w)} này" for w in [*words, "văn bản", "nội dung hướng dẫn"])


@cache
def _other_types(own: DocumentType) -> tuple[str, ...]:
    """Names of other types, with the blank that parts them from what their title begins with."""
    rows = [row for row in type_rows() if row.document_type != own and not row.generic and not row.verb]
    return tuple(f"{key_of(w)} " for row in rows for w in row.words)


def sentence_at(key: str, low: int, pos: int, marks: tuple[str, ...] = (". ", "\n")) -> int:
    """Where the sentence that holds `pos` begins, not before `low`."""
    low = max(low, pos - SENTENCE)
    ends = (key.rfind(mark, low, pos) + len(mark) for mark in marks if mark in key[low:pos])
    return max(ends, default=low)


def is_own_change(key: str, own: DocumentType, paragraph: int, cue: Range, one: ReferenceCandidate) -> bool:
    """Whether the change that `cue` announces is an act of this document on `one`.

    `paragraph`: where the words of the paragraph begin.
    """
    if key.endswith("này", one.start, one.end) or _ASIDE.search(key, cue[1], one.start):
        return False
    lead = key[sentence_at(key, paragraph, cue[0], (". ", "; ", "\n")) : cue[0]]
    if any(name in lead for name in _own_names(own)):
        return True
    if own in ENACTING:
        if lead.endswith(_other_types(own)):
            return False
        return _BY_OTHERS.search(lead) is None or _ISSUES.search(lead) is not None
    return (
        one.document_type == own
        and one.number is not None
        and one.pinpoint is None
        and _ALONE.fullmatch(lead) is not None
        and _OBJECT.fullmatch(key, cue[1], one.start) is not None
    )


def continues_change(key: str, last: ReferenceCandidate, one: ReferenceCandidate) -> bool:
    """Whether `one` is the next of the documents, or the next part of the one, that the change of `last` is about."""
    if one.rule == OF_THIS:
        return False
    if one.start - last.end < LIST and _JOINT.search(key, max(last.end, one.start - 12), one.start):
        return True
    parts = one.pinpoint is not None or last.rule == BARE  # `Bổ sung khoản 4 vào sau khoản 3`
    return parts and one.start - last.end < SAME_LIST and _PART_ENDS.search(key, last.end, one.start) is None


def read_ends(outline: Outline, own: DocumentType, references: list[ReferenceCandidate]) -> None:
    """Repealed is what `hết hiệu lực` is said of: the first document of its clause and those listed with it."""
    key = outline.flow.key
    first = free = 0
    ended = [at for at in _places(key, _FORCE) if key.endswith(_ENDS, max(0, at - 12), at)]
    for at in sorted([*ended, *_places(key, _REPEALED)]):
        low = max(free, key.rfind("\n", max(0, at - CLAUSE), at) + 1, at - CLAUSE)
        free = at
        while first < len(references) and references[first].start < low:
            first += 1
        if _STILL.search(key, max(low, at - 32), at) or not (own in ENACTING or _speaks_of_itself(key, own, low, at)):
            continue
        if key.startswith(_REPEALED, at) and key.startswith(_ELSEWHERE, at + len(_REPEALED)):
            continue
        for one in _subjects(key, low, at, islice(references, first, None)):
            if one.relation in (Relation.MENTIONS, Relation.IMPLEMENTS) and one.rule != OF_THIS:
                one.relation = one.announced = Relation.REPEALS


def _subjects(key: str, low: int, high: int, references: Iterable[ReferenceCandidate]) -> list[ReferenceCandidate]:
    """Those of `references` between `low` and `high` that the words at `high` are said of."""
    subjects: list[ReferenceCandidate] = []
    before: ReferenceCandidate | None = None
    for one in references:
        if one.end > high:
            break
        if before is not None and _parts(key, before, one):
            subjects = []
        if not subjects:
            start = sentence_at(key, low, one.start)
            aside = _NO_SUBJECT.search(key, max(start, one.start - 24), one.start)
            if aside is None and _CONDITION.search(key, start, one.start) is None:
                subjects.append(one)
        elif _listed(key, subjects, before, one):
            subjects.append(one)
        before = one
    return subjects if before is not None and _SENTENCE_END.search(key, before.end, high) is None else []


def _places(key: str, words: str) -> list[int]:
    out, at = [], key.find(words)
    while at >= 0:
        out.append(at)
        at = key.find(words, at + 1)
    return out


def _speaks_of_itself(key: str, own: DocumentType, low: int, at: int) -> bool:
    high = min(len(key), at + 140)
    stop = key.find("\n", at, high)
    sentence = key[sentence_at(key, low, at) : stop if stop >= 0 else high]
    return any(name in sentence for name in _own_names(own))


def _parts(key: str, before: ReferenceCandidate, one: ReferenceCandidate) -> bool:
    """Whether a sentence, or a clause with a verb of its own, ends between the two."""
    ends = _SENTENCE_END.search(key, before.end, one.start)
    return ends is not None or key.find("hiệu lực", before.end, one.start) >= 0


def _listed(
    key: str, subjects: list[ReferenceCandidate], before: ReferenceCandidate | None, one: ReferenceCandidate
) -> bool:
    """Whether `one` is named beside the subjects, and not in the title of one of them."""
    joint = _JOINT.search(key, max(before.end, one.start - 12), one.start) if before is not None else None
    if joint is None or before is None:
        return False
    own = subjects[0].document_type
    titled = before.document_type != own  # what was named last stands in the title of a subject
    return joint.group().startswith(";") or before is subjects[-1] or (one.document_type == own and titled)
