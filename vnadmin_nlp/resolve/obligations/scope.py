"""What governs a paragraph: the bodies its heading or lead names, and whether imperatives in it are orders."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from enum import IntEnum

from vnadmin_nlp.extract.cues import TitleKind, keyed
from vnadmin_nlp.extract.clauses import Clause
from vnadmin_nlp.extract.model import Context
from vnadmin_nlp.outline import Item, Outline, Paragraph
from vnadmin_nlp.resolve.obligations.mentions import Group
from vnadmin_nlp.resolve.obligations.reading import Reader, Reading
from vnadmin_nlp.schema import DocumentType, Force, SectionLabel
from vnadmin_nlp.text import Range


class Mode(IntEnum):
    """How much is needed for a clause to be an order."""

    CLOSED = 0  # aims, facts: only an order with its word and its bearer
    EXPLICIT = 1  # explanation, provisions: a word of order or duty
    TASKS = 2  # a list of tasks: a bare imperative will do
    NAMED = 3  # under a heading or lead that names who acts: anything that is no noun phrase


@dataclass(frozen=True, slots=True)
class Scope:
    """What paragraphs under one heading or lead inherit."""

    mode: Mode = Mode.EXPLICIT
    bearers: tuple[Range, ...] = ()
    coordinators: tuple[Range, ...] = ()
    force: Force | None = None
    heading: bool = False  # the bearers stand in a heading, not in an order


_DIRECTING = frozenset({DocumentType.CONG_DIEN, DocumentType.CHI_THI, DocumentType.LENH})
PLANNING = frozenset({
    DocumentType.KE_HOACH, DocumentType.CHUONG_TRINH, DocumentType.DE_AN, DocumentType.PHUONG_AN, DocumentType.DU_AN,
})  # fmt: skip
LEGAL = frozenset({
    DocumentType.QUYET_DINH, DocumentType.NGHI_QUYET, DocumentType.THONG_TU, DocumentType.NGHI_DINH, DocumentType.LUAT,
    DocumentType.PHAP_LENH, DocumentType.THONG_TU_LIEN_TICH, DocumentType.QUY_CHE, DocumentType.QUY_DINH,
})  # fmt: skip
_REPLY = keyed(
    r"\b(?:trả lời|phúc đáp|nhận được)\b.{0,80}?\b(?:công văn|văn bản|đơn|phiếu|câu hỏi|kiến nghị|hồ sơ|thư|email|ý kiến|đề nghị)|\bhỏi về\b"
)
_LEADS = keyed(r"(?:như sau|sau đây|sau|cụ thể|gồm|dưới đây)?\s*:?\s*$")
_ORDERING = keyed(r"chỉ đạo|yêu cầu|đề nghị|kết luận|giao|phân công|nhiệm vụ|kế hoạch|triển khai|phát động")
# what may stand before and after the names in a heading that only names who acts
_BEFORE = keyed(
    r"(?:(?:đối với|trách nhiệm của|nhiệm vụ của|về phía|giao nhiệm vụ cho|giao cho|giao|đề nghị|yêu cầu|phân công|các đồng chí|trách nhiệm|kính đề nghị"
    r"|nhiệm vụ cụ thể của|:)\s*)*"
)
_AFTER = keyed(
    r"(?:[\s,:.;]|\(.{0,120}?\)|chủ trì|có trách nhiệm|có nhiệm vụ|có nhiệm vụ và quyền hạn|và quyền hạn|thực hiện|chịu trách nhiệm|tập trung"
    r"|các (?:nhiệm vụ|nội dung|công việc)(?: sau| như sau)?|sau đây|sau|như sau|theo chức năng,? nhiệm vụ(?: được giao)?|căn cứ chức năng,? nhiệm vụ(?: được giao)?"
    r"|có tên nêu trên|nêu trên|liên quan|và|theo thẩm quyền|phối hợp)*"
)


def base_mode(context: Context) -> Mode:
    """The mode in which the body of the document begins, by its type and how its preamble leads to it."""
    kind = context.document_type
    if kind in _DIRECTING or kind in PLANNING:
        return Mode.TASKS
    if kind in LEGAL or kind in (DocumentType.TO_TRINH, DocumentType.BAO_CAO, DocumentType.BIEN_BAN):
        return Mode.EXPLICIT
    return Mode.EXPLICIT


def is_reply(outline: Outline) -> bool:
    """Whether the document answers somebody: what leads to its first colon says so."""
    key = outline.flow.key
    for paragraph in outline.paragraphs[:3]:
        if _REPLY.search(key, paragraph.start, min(paragraph.end, paragraph.start + 700)):
            return True
        if key[paragraph.start : paragraph.end].rstrip().endswith(":"):
            break
    return False


@dataclass(slots=True)
class Naming:
    """A heading that only names who acts."""

    group: Group
    force: Force | None
    coordinators: list[Range]


def naming(reader: Reader, start: int, end: int) -> Naming | None:
    """`start:end` read as a heading that names who acts: `2. Sở Công Thương:`, `Bộ Y tế chủ trì, phối hợp với ...:`."""
    key = reader.flow.key
    if end - start > 900:
        return None
    before = _BEFORE.match(key, start, end)
    at = before.end() if before else start
    group = reader.mentions.group(at, end)
    if not group:
        return None
    said = key[start:at]
    force = Force.REQUEST if "đề nghị" in said else None
    coordinators: list[Range] = []
    rest = group.end
    joint = keyed(r"[\s,]*(?:chủ trì|chỉ đạo)?[\s,]*(?:phối hợp(?: chặt chẽ)?(?: với| cùng)?|cùng với|chỉ đạo)\s+").match(key, rest, end)
    if joint:
        others = reader.mentions.group(joint.end(), end)
        if others:
            if "chỉ đạo" not in joint.group():
                coordinators = list(others.members)
            rest = others.end
    after = _AFTER.match(key, rest, end)
    stop = after.end() if after else rest
    if stop >= end or (end - stop <= 45 and key.startswith(("có ", "được ", "trên địa bàn", "thuộc "), stop) and not key.startswith(("có ý kiến", "được biết"), stop) and key[end - 1] not in ".;"):
        return Naming(group, force, coordinators)
    return None


def titled(scope: Scope, kind: TitleKind | None) -> Scope:
    """The scope of a section by what its title says; what the title does not say stays."""
    if kind is TitleKind.TASKS:
        return replace(scope, mode=max(Mode.TASKS, scope.mode))
    if kind is TitleKind.AIMS:
        return replace(scope, mode=Mode.CLOSED)
    if kind is TitleKind.FACTS:
        return replace(scope, mode=Mode.CLOSED)
    return scope


_NO_PREDICATE = keyed(
    r"(?:[\s,:.;]|\([^()]{0,160}\)|chủ trì|chủ động|tiếp tục|quan tâm|có trách nhiệm|có nhiệm vụ|và quyền hạn|theo chức năng,? nhiệm vụ(?: được giao)?|theo thẩm quyền"
    r"|căn cứ chức năng,? nhiệm vụ(?: được giao)?|như sau|sau đây|cụ thể|sau|cần|phải|các nội dung|một số nội dung|các nhiệm vụ|một số nhiệm vụ|nhiệm vụ)*"
)
_WITH = keyed(r"(?:phối hợp(?: chặt chẽ)?(?: với| cùng)?|cùng với|cùng|chỉ đạo)\s*")


def is_bare(reader: Reader, reading: Reading, end: int) -> bool:
    """Whether a lead only names who acts and with whom: nothing is said to be done before its colon."""
    key, at = reader.flow.key, reading.predicate
    for _ in range(6):
        gap = _NO_PREDICATE.match(key, at, end)
        at = gap.end() if gap else at
        beside = _WITH.match(key, at, end)
        if not beside:
            break
        group = reader.mentions.group(beside.end(), end)
        at = group.end if group else beside.end()
    return at >= end


def lead_mode(context: Context, key: str, clause: Clause, reading: Reading, scope: Scope, *, reply: bool) -> Mode:
    """How the items after the lead `clause` are read where it names nobody: `... có ý kiến chỉ đạo như sau:`."""
    words = key[max(clause.start, clause.end - 160) : clause.end]
    if LISTING.search(words):
        return Mode.CLOSED
    if context.document_type in LEGAL or scope.mode is Mode.CLOSED:
        return scope.mode
    if _TASK_LEAD.search(words):
        return max(scope.mode, Mode.TASKS)
    if context.document_type is DocumentType.CONG_VAN and "ý kiến" in words[-60:] and (not reply or _CHIEF.search(words)):
        return max(scope.mode, Mode.TASKS)
    return scope.mode


_TASK_LEAD = keyed(
    r"(?:chỉ đạo|kết luận|yêu cầu|đề nghị|nhiệm vụ|giải pháp|biện pháp|công việc|nội dung trọng tâm|thực hiện (?:một số |các )?nội dung|phân công)"
    r"(?:,? (?:cụ thể|trọng tâm|chủ yếu|cấp bách|và giải pháp|giải pháp))*(?: như)?(?: sau)?(?: đây)?$"
)
LISTING = keyed(r"(?:gồm|gồm có|bao gồm|các nội dung sau|thông tin (?:chi tiết|cụ thể|liên hệ)|kèm theo)(?: như)?(?: sau)?(?: đây)?:?$")
CONTENTS = keyed(r"(?:nội dung|thông tin|vấn đề|số liệu|thành phần|hạng mục|chỉ tiêu|tài liệu|mục)(?![^\W_])[^.;:]{0,30}sau(?: đây)?:?\s*$")
_CHIEF = keyed(r"thủ tướng|chủ tịch (?:ủy ban|ubnd)")
