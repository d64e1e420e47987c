"""Whether what a clause says is an obligation where it stands."""

from __future__ import annotations

from vnadmin_nlp.extract.clauses import Clause
from vnadmin_nlp.extract.model import Context
from vnadmin_nlp.outline import Paragraph
from vnadmin_nlp.resolve.obligations.reader import Reader
from vnadmin_nlp.resolve.obligations.reading import Reading, Shape
from vnadmin_nlp.resolve.obligations.scope import LEGAL, PLANNING, Mode, Scope
from vnadmin_nlp.schema import DocumentType, Force, Modality, SectionLabel
from vnadmin_nlp.text import Range, keyed

CASES = ("trường hợp", "nếu ", "khi ", "đối với ", "sau khi ", "căn cứ ")  # with these a case begins
_CASE_HEAD = keyed(
    r"(?:(?:căn cứ .{0,80}?|trong thời (?:gian|hạn) .{0,40}?), )?(?:trường hợp|nếu|khi|đối với|sau khi)[ ,]"
)
AHEAD = ("trong thời gian tới", "thời gian tới")
_GROUNDS = ("căn cứ ", "theo ")
_CASE = 20  # characters: no case is shorter
_ARGUING = frozenset({DocumentType.CONG_VAN, DocumentType.TO_TRINH, DocumentType.BAO_CAO})
_DECIDES = ("quyết định", "phê duyệt")
_ADDRESSED = ("quý ", "công ty", "đơn vị", "các đơn vị")


def accepted(
    reader: Reader,
    context: Context,
    reading: Reading,
    clause: Clause,
    scope: Scope,
    paragraph: Paragraph,
    bearers: list[Range],
    *,
    chained: bool,
    dated: bool,
    reply: bool,
) -> bool:
    """Whether `reading` is an obligation.

    `bearers` are those of the clauses before it or of its scope; `chained` says that a clause before it in the
    paragraph is an obligation; `dated`, that a deadline stands in it; `reply`, that the document answers somebody.
    """
    mode = scope.mode
    match reading.shape:
        case Shape.ORDER:
            return _order(reader, context, reading, clause, mode, paragraph, bearers)
        case Shape.NONE:
            return False
        case _ if paragraph.zone is SectionLabel.PREAMBLE:
            return chained and reading.shape is Shape.VERB and not clause.first
        case Shape.SUBJECT:
            if reading.case and reading.bearers == reading.case:
                return True
            placed = bool(paragraph.bullet) or paragraph.item is not None
            if _foretold(reader, reading, clause, mode) or _applied(reader, context, reading, clause, mode):
                return True
            ruled = reading.told and bool(clause.stop) and reader.mentions.by_rule(reading.bearers, clause.end)
            if mode is Mode.EXPLICIT and ruled:
                return True  # `Trước khi dừng bán hàng, doanh nghiệp gửi thông báo ...`
            tasks = placed and not reply
            return _subject(reader, context, reading, mode, chained=chained, tasks=tasks, dated=dated and not reply)
        case Shape.VERB:
            if reading.act and not bearers and context.document_type in LEGAL:
                return False
            if reading.ruled and mode < Mode.TASKS:
                return False
            if (reading.modality is Modality.PERMISSION or reading.topic) and mode is not Mode.NAMED:
                return chained and bool(bearers)  # rights (`Được ...`) and what is acted on need somebody named
            return mode >= Mode.TASKS or (chained and (mode is Mode.EXPLICIT or not clause.first))
        case Shape.NORM if reading.returns:
            return mode > Mode.CLOSED and (bool(bearers) or dated)
        case Shape.NORM:
            if not bearers:
                return False
            return (mode >= Mode.TASKS or chained) if reading.duty else chained and dated
        case _:
            return clause.mark and (chained or (mode > Mode.CLOSED and bool(bearers)))


def _order(
    reader: Reader,
    context: Context,
    reading: Reading,
    clause: Clause,
    mode: Mode,
    paragraph: Paragraph,
    bearers: list[Range],
) -> bool:
    """Whether an order is one of this document's."""
    if reading.force is Force.REQUEST and reading.bearers and all(map(reader.is_issuer, reading.bearers)):
        return False  # what somebody asked of the issuer
    if reading.encourages and context.document_type in _ARGUING:
        return clause.first and reading.main == clause.start  # elsewhere a policy is said to encourage
    return bool(reading.bearers) or _bare_order(reading, clause, paragraph, mode, bearers)


def _bare_order(reading: Reading, clause: Clause, paragraph: Paragraph, mode: Mode, bearers: list[Range]) -> bool:
    """Whether an order that names nobody is one: not a title (`Kiến nghị`), not what a body proposes to all."""
    if reading.predicate >= clause.end or paragraph.zone is SectionLabel.PREAMBLE or mode is Mode.CLOSED:
        return False
    return mode >= Mode.TASKS or bool(bearers) or reading.performer is None


def _applied(reader: Reader, context: Context, reading: Reading, clause: Clause, mode: Mode) -> bool:
    """`Trường hợp ... thì doanh nghiệp nộp ...` in a letter: what somebody must do in the case that was asked about."""
    letter = context.document_type is DocumentType.CONG_VAN and mode is Mode.EXPLICIT
    if not letter or not (reading.duty or reading.trigger):
        return False
    body = reading.bearers[0]
    if reader.is_issuer(body) or body[0] - clause.start < _CASE:
        return False
    asked = reader.key.startswith("quý ", body[0]) and reader.key.startswith(_GROUNDS, clause.start)
    return asked or bool(_CASE_HEAD.match(reader.key, clause.start, clause.end))


def _foretold(reader: Reader, reading: Reading, clause: Clause, mode: Mode) -> bool:
    """`Trong thời gian tới, Tỉnh tổ chức ...` after an account of what was done."""
    ahead = mode is Mode.CLOSED and reader.key.startswith(AHEAD, clause.start)
    return ahead and not all(map(reader.is_issuer, reading.bearers))


def _subject(
    reader: Reader, context: Context, reading: Reading, mode: Mode, *, chained: bool, tasks: bool, dated: bool
) -> bool:
    """Whether an entry about a named body is what that body must do. What the issuer does itself is not.

    `tasks` says that it is an item or bullet of a document that answers nobody, `dated`, that a limit stands in it.
    """
    if all(reader.is_issuer(b) for b in reading.bearers):
        word = reader.key[slice(*reading.trigger)] if reading.trigger else ""
        if tasks and context.document_type in LEGAL and word in _DECIDES:
            return mode > Mode.CLOSED  # what is delegated, and what is not
        if not reading.duty or mode < Mode.TASKS or word == "được giao":
            return False
    if mode >= Mode.TASKS:
        return True
    letter = context.document_type is DocumentType.CONG_VAN
    if reading.told and not (
        reading.duty and ((tasks and not letter) or reader.key.startswith(_ADDRESSED, reading.bearers[0][0]))
    ):
        return False  # `người nộp thuế phải ...` explains the law
    if mode is Mode.EXPLICIT:
        listed = context.document_type in LEGAL | PLANNING or (tasks and (letter or dated))
        return reading.duty or (reading.trigger is not None and (chained or listed))
    described = context.document_type in LEGAL and reader.key.startswith("được giao", reading.predicate)
    return reading.duty and not described  # `Cơ quan được giao quản lý ...` says whom the document applies to
