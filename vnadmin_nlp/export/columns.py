"""The columns of the flat tables: name, type, value and meaning of each, side by side.

Places of findings (`*_index`) count from 0, as in the lists of the Dispatch; with `document_id` they join the tables.
`start_char` and `end_char` are the first and the last offset of a finding in the text of its document.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias, TypeVar

from vnadmin_nlp.export.around import ALONE, Around, words_around
from vnadmin_nlp.knowledge.casing import in_sentence
from vnadmin_nlp.schema import (
    Actor,
    ActorKind,
    Authority,
    Deadline,
    DeadlineKind,
    Dispatch,
    DocumentType,
    Failure,
    Finding,
    Force,
    Header,
    MarkingLevel,
    Mention,
    Modality,
    Reference,
    Relation,
    Role,
    Severity,
    Signature,
)

Column: TypeAlias = tuple[str, Any, Callable[[Any], object], str]
"""Name, annotation of the type, value of a row, meaning."""

_OFFICE = "Văn phòng"
VIETNAM = dt.timezone(dt.timedelta(hours=7))


class Entry(NamedTuple):
    """A finding of a document: its place in the list of its kind, and the places of what it is joined with."""

    id: str
    place: int
    it: Any
    joins: tuple[list[int], ...] = ()
    around: Around = ALONE


class Document(NamedTuple):
    """A document as its row sees it; of one that failed, all parts are empty."""

    id: str
    it: Dispatch | None
    failure: Failure | None
    header: Header = Header()
    issuer: Actor | None = None
    signature: Signature = Signature()


# One row a column

DOCUMENTS: tuple[Column, ...] = (
    ("document_id", str, lambda d: d.id, "id of the document"),
    ("document_type", DocumentType | None, lambda d: d.it and d.it.document_type, "type (tên loại văn bản)"),
    ("number", str | None, lambda d: _text(d.header.number), "number and symbol (số, ký hiệu)"),
    ("serial", str | None, lambda d: d.header.number and d.header.number.serial, "the number alone (số)"),
    ("year", int | None, lambda d: d.header.number and d.header.number.year, "the year in the number (năm ban hành)"),
    ("symbol", str | None, lambda d: d.header.number and d.header.number.symbol, "the symbol alone (ký hiệu)"),
    ("date", dt.date | None, lambda d: d.header.date and d.header.date.value, "day of issue (ngày ban hành)"),
    ("place", str | None, lambda d: _text(d.header.place), "place of issue (địa danh)"),
    ("issuer", str | None, lambda d: _text(d.header.issuer), "issuer as printed (cơ quan ban hành)"),
    ("issuer_canonical", str | None, lambda d: d.issuer and _canonical(d.issuer, d.header),
     "issuer by its full name, written as in a sentence"),
    ("parent_agency", str | None, lambda d: _text(d.header.parent_agency), "the body above it (cơ quan chủ quản)"),
    ("subject", str | None, lambda d: d.it and _text(d.it.subject), "what it is about (trích yếu)"),
    ("urgency", MarkingLevel | None, lambda d: d.header.urgency and d.header.urgency.level, "how urgent (độ khẩn)"),
    ("secrecy", MarkingLevel | None, lambda d: d.header.secrecy and d.header.secrecy.level, "how secret (độ mật)"),
    ("addressees", list[str] | None, lambda d: d.it and _texts(d.it.addressees), "whom it is addressed to (kính gửi)"),
    ("recipients", list[str] | None, lambda d: d.it and _texts(d.it.recipients), "who gets a copy (nơi nhận)"),
    ("archive", str | None, lambda d: d.it and _text(d.it.archive), "who keeps a copy (lưu)"),
    ("signer_name", str | None, lambda d: _text(d.signature.name), "the first who signs (họ và tên người ký)"),
    ("signer_rank", str | None, lambda d: d.signature.rank, "his or her rank or degree (cấp bậc, học vị)"),
    ("signer_position", str | None, lambda d: _text(d.signature.position), "his or her post (chức vụ)"),
    ("signer_authority", Authority | None, lambda d: d.signature.authority,
     "on whose authority: TM, KT, TL, TUQ, Q (quyền hạn)"),
    ("signed_digitally", bool | None, lambda d: d.it and any(s.digital for s in d.it.signatures),
     "whether a digital signature is printed or embedded (chữ ký số)"),
    ("n_signatures", int | None, lambda d: d.it and len(d.it.signatures), "signature blocks (chữ ký)"),
    ("n_directives", int | None, lambda d: d.it and sum(1 for _ in d.it.walk()), "numbered items (điều, khoản, mục)"),
    ("n_obligations", int | None, lambda d: d.it and len(d.it.obligations), "obligations (nhiệm vụ)"),
    ("n_references", int | None, lambda d: d.it and len(d.it.references), "references (viện dẫn)"),
    ("n_deadlines", int | None, lambda d: d.it and len(d.it.deadlines), "deadlines (thời hạn)"),
    ("n_actors", int | None, lambda d: d.it and len(d.it.actors), "actors (chủ thể)"),
    ("n_infos", int | None, lambda d: _count(d, Severity.INFO), "diagnostics that only tell"),
    ("n_warnings", int | None, lambda d: _count(d, Severity.WARNING), "diagnostics of what is doubtful"),
    ("n_errors", int | None, lambda d: _count(d, Severity.ERROR), "diagnostics of what is wrong"),
    ("n_characters", int | None, lambda d: d.it and len(d.it.text), "characters of the text"),
    ("failure_stage", str | None, lambda d: d.failure and d.failure.stage, "where it failed; null where all went well"),
    ("failure_error", str | None, lambda d: d.failure and d.failure.error, "the kind of error"),
    ("failure_message", str | None, lambda d: d.failure and d.failure.message, "what went wrong, and the mend"),
)  # fmt: skip

OBLIGATIONS: tuple[Column, ...] = (
    ("document_id", str, lambda e: e.id, "id of the document"),
    ("obligation_index", int, lambda e: e.place, "its place in `Dispatch.obligations`"),
    ("modality", Modality, lambda e: e.it.modality, "obligation, prohibition or permission (phải, không được, được)"),
    ("force", Force, lambda e: e.it.force, "order (giao, yêu cầu) or request (đề nghị)"),
    ("bearers", list[str], lambda e: _texts(e.it.bearers), "who must do it (cơ quan chủ trì)"),
    ("action", str, lambda e: e.it.action.text, "what is to be done (việc phải làm)"),
    ("last_day", dt.date | None, lambda e: min((d.last_day for d in e.it.deadlines if d.last_day), default=None),
     "the earliest last day of its deadlines (hạn cuối)"),
    ("deadline_texts", list[str], lambda e: _texts(e.it.deadlines), "its deadlines as printed (thời hạn)"),
    ("coordinators", list[str], lambda e: _texts(e.it.coordinators), "who helps (cơ quan phối hợp)"),
    ("report_to", list[str], lambda e: _texts(e.it.report_to), "who is told (nơi nhận báo cáo)"),
    ("condition", str | None, lambda e: _text(e.it.condition), "under which condition (trường hợp, nếu)"),
    ("trigger", str | None, lambda e: _text(e.it.trigger), "the words that oblige (giao, đề nghị)"),
    ("directive", str | None, lambda e: e.it.directive, "path of the item it stands in (điều, khoản, điểm)"),
    ("deadline_indexes", list[int], lambda e: e.joins[0], "its deadlines: `deadlines.deadline_index`"),
    ("reference_indexes", list[int], lambda e: e.joins[1], "its references: `references.reference_index`"),
    ("text", str, lambda e: e.it.text, "the clause as printed"),
    ("start_char", int | None, lambda e: _start(e.it), "where it begins in the text"),
    ("end_char", int | None, lambda e: _end(e.it), "where it ends"),
    ("rule", str, lambda e: e.it.rule, "rule that found it"),
    ("score", float, lambda e: e.it.score, "share of such findings expected to be right"),
)  # fmt: skip

REFERENCES: tuple[Column, ...] = (
    ("document_id", str, lambda e: e.id, "id of the document that refers"),
    ("reference_index", int, lambda e: e.place, "its place in `Dispatch.references`"),
    ("relation", Relation, lambda e: e.it.relation, "what it does to the other document (căn cứ, sửa đổi, ...)"),
    ("document_type", DocumentType, lambda e: e.it.document_type, "type of the other document (tên loại)"),
    ("number", str | None, lambda e: e.it.number, "its number (số, ký hiệu)"),
    ("name", str | None, lambda e: e.it.name, "its name, where it has no number"),
    ("date", dt.date | None, lambda e: e.it.date, "its day of issue (ngày ban hành)"),
    ("issuer", str | None, lambda e: _text(e.it.issuer), "its issuer as printed (cơ quan ban hành)"),
    ("pinpoint", str | None, lambda e: e.it.pinpoint, "the part of it that is meant (điểm, khoản, điều)"),
    ("antecedent_this", bool | None, lambda e: e.it.antecedent and e.it.antecedent.this,
     "of a short form: whether it means this document itself (Quyết định này)"),
    ("antecedent_number", str | None, lambda e: e.it.antecedent and e.it.antecedent.number,
     "of a short form: number of the document it stands for (Công văn nêu trên)"),
    ("antecedent_name", str | None, lambda e: e.it.antecedent and e.it.antecedent.name, "its name"),
    ("antecedent_date", dt.date | None, lambda e: e.it.antecedent and e.it.antecedent.date, "its day"),
    ("obligation_indexes", list[int], lambda e: e.joins[0],
     "obligations that it stands in: `obligations.obligation_index`"),
    ("text", str, lambda e: e.it.text, "the reference as printed (viện dẫn)"),
    ("before", str, lambda e: e.around.before, "the words before it in its sentence, up to the reference before it"),
    ("after", str, lambda e: e.around.after, "the words behind it in its sentence, up to the next reference"),
    ("start_char", int | None, lambda e: _start(e.it), "where it begins in the text"),
    ("end_char", int | None, lambda e: _end(e.it), "where it ends"),
    ("rule", str, lambda e: e.it.rule, "rule that found it"),
    ("score", float, lambda e: e.it.score, "share of such findings expected to be right"),
)  # fmt: skip

DEADLINES: tuple[Column, ...] = (
    ("document_id", str, lambda e: e.id, "id of the document"),
    ("deadline_index", int, lambda e: e.place, "its place in `Dispatch.deadlines`"),
    ("kind", DeadlineKind, lambda e: e.it.kind, "a day, a period, a duration, recurring or at once"),
    ("text", str, lambda e: e.it.text, "the deadline as printed (thời hạn)"),
    ("last_day", dt.date | None, lambda e: e.it.last_day, "last day on which the act is in time (hạn cuối)"),
    ("due", dt.date | None, lambda e: _day(e.it.due), "the day that is stated"),
    ("due_at", dt.datetime | None, lambda e: _instant(e.it.due), "the hour that is stated, in the time of Vietnam"),
    ("inclusive", bool, lambda e: e.it.inclusive, "whether the day itself is in time (false after trước)"),
    ("period_start", dt.date | None, lambda e: _day(e.it.start), "first day of a period (từ ngày)"),
    ("period_start_at", dt.datetime | None, lambda e: _instant(e.it.start), "the hour, where it is stated"),
    ("duration", str | None, lambda e: e.it.duration, "ISO 8601 duration; `P15B` are 15 working days (ngày làm việc)"),
    ("anchor", str | None, lambda e: e.it.anchor, "event that the duration counts from (kể từ ngày)"),
    ("recurrence", str | None, lambda e: e.it.recurrence, "RFC 5545 RRULE, several joined by ` | ` (định kỳ)"),
    ("obligation_indexes", list[int], lambda e: e.joins[0],
     "obligations that it limits: `obligations.obligation_index`"),
    ("start_char", int | None, lambda e: _start(e.it), "where it begins in the text"),
    ("end_char", int | None, lambda e: _end(e.it), "where it ends"),
    ("rule", str, lambda e: e.it.rule, "rule that found it"),
    ("score", float, lambda e: e.it.score, "share of such findings expected to be right"),
)  # fmt: skip

ACTORS: tuple[Column, ...] = (
    ("document_id", str, lambda e: e.id, "id of the document"),
    ("actor_index", int, lambda e: e.place, "its place in `Dispatch.actors`"),
    ("name", str, lambda e: e.it.name, "its fullest form in the document (chủ thể)"),
    ("canonical", str | None, lambda e: e.it.canonical, "its full official name, where known and another"),
    ("kind", ActorKind, lambda e: e.it.kind, "agency, unit, position, group, organization, person or party"),
    ("roles", list[Role], lambda e: e.it.roles, "what it is in the document (vai trò)"),
    ("n_mentions", int, lambda e: len(e.it.mentions), "how often it is named"),
    ("start_char", int | None, lambda e: _start(*e.it.mentions[:1]), "where its first mention begins in the text"),
    ("end_char", int | None, lambda e: _end(*e.it.mentions[:1]), "where its first mention ends"),
)  # fmt: skip


# Rows


def documents(id: str, result: Dispatch | Failure) -> Iterator[Document]:
    """The one row of a document."""
    if isinstance(result, Failure):
        yield Document(id, None, result)
        return
    issuer = next((actor for actor in result.actors if Role.ISSUER in actor.roles), None)
    yield Document(id, result, None, result.header, issuer, result.signatures[0] if result.signatures else Signature())


def obligations(id: str, dispatch: Dispatch) -> Iterator[Entry]:
    limits, cited = Places(dispatch.deadlines), Places(dispatch.references)
    for index, it in enumerate(dispatch.obligations):
        yield Entry(id, index, it, (limits.of(it.deadlines), cited.of(it.references)))


def references(id: str, dispatch: Dispatch) -> Iterator[Entry]:
    rows = _joined(id, dispatch.references, [duty.references for duty in dispatch.obligations])
    return (row._replace(around=words) for row, words in zip(rows, words_around(dispatch), strict=True))


def deadlines(id: str, dispatch: Dispatch) -> Iterator[Entry]:
    return _joined(id, dispatch.deadlines, [duty.deadlines for duty in dispatch.obligations])


def actors(id: str, dispatch: Dispatch) -> Iterator[Entry]:
    return (Entry(id, index, it) for index, it in enumerate(dispatch.actors))


class Flat(NamedTuple):
    """A flat table: its columns, and the rows that a result has in it."""

    columns: tuple[Column, ...]
    rows: Callable[[str, Any], Iterator[Any]]
    of_failures: bool = False


FLAT: Mapping[str, Flat] = {
    "documents": Flat(DOCUMENTS, documents, of_failures=True),
    "obligations": Flat(OBLIGATIONS, obligations),
    "references": Flat(REFERENCES, references),
    "deadlines": Flat(DEADLINES, deadlines),
    "actors": Flat(ACTORS, actors),
}


# Joins

F = TypeVar("F", Deadline, Reference)


class Places:
    """Finds the places in a list of findings of those that obligations hold: the same, or equal to them."""

    def __init__(self, listed: Sequence[Finding]) -> None:
        self._listed = listed
        self._same = {id(one): index for index, one in enumerate(listed)}
        self._alike: dict[object, list[int]] = {}
        for index, one in enumerate(listed):
            self._alike.setdefault((one.text, _start(one)), []).append(index)

    def of(self, held: Iterable[Finding]) -> list[int]:
        return [place for one in held if (place := self._of(one)) is not None]

    def _of(self, one: Finding) -> int | None:
        place = self._same.get(id(one))
        if place is not None:
            return place
        alike = self._alike.get((one.text, _start(one)), ())
        return next((index for index in alike if self._listed[index] == one), None)


def _joined(id: str, listed: Sequence[F], held: Iterable[Sequence[F]]) -> Iterator[Entry]:
    """`listed` with the places of the obligations that hold each."""
    places = Places(listed)
    obligations: list[list[int]] = [[] for _ in listed]
    for obligation, mine in enumerate(held):
        for place in dict.fromkeys(places.of(mine)):
            obligations[place].append(obligation)
    return (Entry(id, index, it, (obligations[index],)) for index, it in enumerate(listed))


# Values


def _canonical(issuer: Actor, header: Header) -> str:
    """The issuer's full name; an office, of which every authority has one, with whose it is."""
    name = in_sentence(issuer.canonical or issuer.name)
    whose = header.parent_agency
    return f"{name} {in_sentence(whose.text)}" if name == _OFFICE and whose else name


def _text(mention: Mention | None) -> str | None:
    return mention.text if mention else None


def _texts(mentions: Iterable[Mention]) -> list[str]:
    return [mention.text for mention in mentions]


def _start(mention: Mention | None = None) -> int | None:
    return mention.spans[0].start if mention and mention.spans else None


def _end(mention: Mention | None = None) -> int | None:
    return mention.spans[-1].end if mention and mention.spans else None


def _day(value: dt.date | None) -> dt.date | None:
    instant = _instant(value)
    return instant.date() if instant else value


def _instant(value: dt.date | None) -> dt.datetime | None:
    if not isinstance(value, dt.datetime):
        return None
    return value.astimezone(VIETNAM).replace(tzinfo=None) if value.tzinfo else value


def _count(document: Document, severity: Severity) -> int | None:
    if document.it is None:
        return None
    return sum(diagnostic.severity is severity for diagnostic in document.it.diagnostics)
