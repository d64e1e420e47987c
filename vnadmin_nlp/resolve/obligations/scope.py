"""What governs a paragraph: whether imperatives in it are orders, and the bodies they are laid on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import IntEnum

from vnadmin_nlp.extract.cues import TitleKind, title_kind
from vnadmin_nlp.extract.model import Context
from vnadmin_nlp.outline import Outline
from vnadmin_nlp.schema import DocumentType, Force
from vnadmin_nlp.text import Range, keyed


class Mode(IntEnum):
    """How much is needed for a clause to be an order."""

    CLOSED = 0  # aims, facts: only an order with its word and its bearer
    EXPLICIT = 1  # explanation, provisions: a word of order or duty
    TASKS = 2  # a list of tasks: a bare imperative will do
    NAMED = 3  # the same, under a heading or lead that names who acts


@dataclass(frozen=True, slots=True)
class Scope:
    """What paragraphs under one heading or lead inherit. `heading`: the bearers stand in a heading, not in an order."""

    mode: Mode = Mode.EXPLICIT
    bearers: tuple[Range, ...] = ()
    coordinators: tuple[Range, ...] = ()
    force: Force | None = None
    heading: bool = False


_DIRECTING = frozenset({DocumentType.CONG_DIEN, DocumentType.CHI_THI, DocumentType.LENH})
PLANNING = frozenset({
    DocumentType.KE_HOACH, DocumentType.CHUONG_TRINH, DocumentType.DE_AN, DocumentType.PHUONG_AN, DocumentType.DU_AN,
})  # fmt: skip
LEGAL = frozenset({
    DocumentType.QUYET_DINH, DocumentType.NGHI_QUYET, DocumentType.THONG_TU, DocumentType.NGHI_DINH, DocumentType.LUAT,
    DocumentType.PHAP_LENH, DocumentType.THONG_TU_LIEN_TICH, DocumentType.QUY_CHE, DocumentType.QUY_DINH,
})  # fmt: skip
_PROPOSING = frozenset({DocumentType.CONG_VAN, DocumentType.TO_TRINH})  # `Giải pháp` there are what somebody proposes
_CONCLUDING = frozenset({DocumentType.BIEN_BAN, DocumentType.THONG_BAO})
_CONCLUSION = keyed(r"(?:(?:nội dung|ý kiến|phần) )?(?:kết luận|thống nhất|chỉ đạo)(?: chung| của [^:;]{3,60})?:?$")
_CARRIED_OUT = keyed(r"tổ chức thực hiện|cách thức|phân công|nhiệm vụ")
_NORMS = keyed(r"nhiệm vụ|trách nhiệm|thực hiện|thi hành|phân công|giải pháp")  # titles of tasks in legal documents
_MONEY = keyed(r"kinh phí|nguồn lực")
_REPLY = keyed(
    r"\b(?:trả lời|phúc đáp|nhận được)\b.{0,80}?"
    r"\b(?:công văn|văn bản|đơn|phiếu|câu hỏi|kiến nghị|hồ sơ|thư|email|ý kiến|đề nghị)|\bhỏi về\b"
)
_GROUNDS = ("trên cơ sở ", "căn cứ ")
_SHORT = 45  # characters: no title of a section is longer that begins with these words
_OPENING = 700  # characters of a paragraph in which a reply says that it is one


def base_mode(context: Context) -> Mode:
    """The mode in which the body of the document begins, by its type."""
    return Mode.TASKS if context.document_type in _DIRECTING | PLANNING else Mode.EXPLICIT


def is_reply(outline: Outline) -> bool:
    """Whether the document answers somebody: what leads to its first colon says so."""
    key = outline.flow.key
    for paragraph in outline.paragraphs[:3]:
        if _REPLY.search(key, paragraph.start, min(paragraph.end, paragraph.start + _OPENING)):
            return True
        if key[paragraph.end - 1] == ":":
            break
    return False


def under_title(scope: Scope, title: str, kind: DocumentType) -> Scope:
    """The scope of the section titled `title` (a key); what the title does not say stays."""
    if title.startswith(_GROUNDS) and len(title) > _SHORT:
        return scope  # a sentence
    says = title_kind(title)
    if kind not in PLANNING:  # `Yêu cầu` are aims and `Nội dung` tasks in plans only
        if says is TitleKind.AIMS and "yêu cầu" in title and "mục" not in title:
            says = TitleKind.TASKS if scope.mode > Mode.CLOSED else None
        elif says is TitleKind.TASKS and title.startswith("nội dung"):
            says = None
    if kind in _CONCLUDING and _CONCLUSION.match(title):
        says = TitleKind.TASKS
    match says:
        case TitleKind.TASKS if kind in LEGAL and not _NORMS.search(title):
            return scope  # `Hoạt động thăm dò` holds norms
        case TitleKind.TASKS if kind in _PROPOSING and not (scope.bearers or _CARRIED_OUT.search(title)):
            return scope
        case TitleKind.TASKS:
            return replace(scope, mode=max(Mode.TASKS, scope.mode))
        case TitleKind.FACTS if kind not in LEGAL and _MONEY.search(title) and scope.mode > Mode.CLOSED:
            return replace(scope, mode=Mode.EXPLICIT)  # who provides it is named there
        case TitleKind.AIMS | TitleKind.FACTS:
            return replace(scope, mode=Mode.CLOSED)
    return scope
