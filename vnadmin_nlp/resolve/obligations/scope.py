"""What governs a paragraph: the bodies its heading or lead names, and whether imperatives in it are orders."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import IntEnum

from vnadmin_nlp.extract.cues import TitleKind, keyed
from vnadmin_nlp.extract.model import Context
from vnadmin_nlp.outline import Outline
from vnadmin_nlp.resolve.obligations.mentions import Group
from vnadmin_nlp.resolve.obligations.reader import Reader
from vnadmin_nlp.schema import DocumentType, Force
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


_JOINT = keyed(
    r"[\s,]*(?:chủ trì|chỉ đạo)?[\s,]*(?:phối hợp(?: chặt chẽ)?(?: với| cùng)?|cùng với|chỉ đạo)\s+"
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
    group = reader.mentions.party(at, end)
    if not group:
        return None
    said = key[start:at]
    force = Force.REQUEST if "đề nghị" in said else None
    coordinators: list[Range] = []
    rest = group.end
    joint = _JOINT.match(key, rest, end)
    if joint:
        others = reader.mentions.group(joint.end(), end)
        if others:
            if "chỉ đạo" not in joint.group():
                coordinators = list(others.members)
            rest = others.end
    after = _AFTER.match(key, rest, end)
    stop = after.end() if after else rest
    stop += end - stop == 1  # one stray letter of a scan
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
