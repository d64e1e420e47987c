"""What linking needs to know of a document, so small that a million of them fit in memory."""

from __future__ import annotations

import datetime as dt
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from vnadmin_nlp.export.around import ALONE, Around, words_around
from vnadmin_nlp.knowledge.abbreviations import spelled_out
from vnadmin_nlp.links.bodies import NOBODY, Body, body_of_symbol, fold, province_of, read_body, speaks_against
from vnadmin_nlp.links.hints import Hints, hints_of
from vnadmin_nlp.links.numbers import Number, read_number
from vnadmin_nlp.links.subjects import references_of
from vnadmin_nlp.schema import Dispatch, DocumentType, Failure, Modality, Obligation, Reference
from vnadmin_nlp.text import key_of

_YEAR_SAID = re.compile(r"(?:năm |[^\W\d]\s)((?:19|20)\d{2})\W*$")
_NAME_YEAR = re.compile(r"(?:\s?(?:nam\s)?(?:19|20)\d\d)$")
_SHORT = re.compile(r"^(?:Kế hoạch|Quyết định|Chỉ thị|Thông báo|Kết luận|Nghị quyết)\s(?:số\s)?(\d{1,5})$")
_LAWS = (DocumentType.LUAT, DocumentType.PHAP_LENH)
SUBJECT = 160  # characters of a subject that are kept


class Citation(NamedTuple):
    """A reference: `at` is its place in `Dispatch.references`, or that of one in the subject, counted from -1 down.

    `date` is an ordinal day, 0 for none; `year`, `month` and `day` are what is printed without a full date, `term` the
    first and last day of the term of a committee that is named, `title` the first words of a quoted subject, folded
    (`hints.Hints`). `name` is that of a work without a number, folded.
    """

    at: int
    type: str
    relation: str
    number: Number
    name: str = ""
    date: int = 0
    year: int = 0
    issuer: Body = NOBODY
    printed: str = ""
    month: int = 0
    day: int = 0
    term: tuple[int, int] = (0, 0)
    title: str = ""


class Duty(NamedTuple):
    """An obligation: `at` is its place in `Dispatch.obligations`; `last_day` its earliest deadline, an ordinal day."""

    at: int
    bearers: tuple[Body, ...]
    report_to: tuple[Body, ...]
    last_day: int = 0
    reports: bool = False


class Record(NamedTuple):
    """A document: `date` as an ordinal day, 0 where unknown; `home` the id of the province it comes from.

    `number`, `issuer_name` and `subject` are as printed, for people; the rest is what is compared.
    """

    id: str
    type: str
    number: Number
    date: int
    issuer: Body
    home: str
    addressees: tuple[Body, ...]
    name: str
    printed: str
    issuer_name: str
    subject: str
    citations: tuple[Citation, ...] = ()
    duties: tuple[Duty, ...] = ()

    @property
    def year(self) -> int:
        """The year the number belongs to: the printed one, else that of the date; 0 where unknown."""
        return self.number.year or (dt.date.fromordinal(self.date).year if self.date else 0)


def record_of(id_: str, dispatch: Dispatch, *, obligations: bool = True) -> Record:
    """The record of a parsed document."""
    header = dispatch.header
    return build(
        id_,
        type_=dispatch.document_type.value,
        number=header.number.text if header.number else None,
        date=header.date.value if header.date else None,
        issuer=header.issuer.text if header.issuer else None,
        parent=header.parent_agency.text if header.parent_agency else None,
        place=header.place.text if header.place else None,
        subject=dispatch.subject.text if dispatch.subject else None,
        addressees=[one.text for one in dispatch.addressees],
        citations=filter(
            None, map(_citation, range(len(dispatch.references)), dispatch.references, words_around(dispatch))
        ),
        duties=(_duty(i, one) for i, one in enumerate(dispatch.obligations)) if obligations else (),
    )


def build(
    id_: str,
    *,
    type_: str,
    number: str | None,
    date: dt.date | None,
    issuer: str | None,
    parent: str | None,
    place: str | None,
    subject: str | None,
    addressees: Iterable[str] = (),
    citations: Iterable[Citation] = (),
    duties: Iterable[Duty] = (),
) -> Record:
    """A record from the words of a document's head."""
    body = read_body(_shared(issuer or ""), _shared(parent or ""))
    own = read_number(number)
    central = body_of_symbol(own.symbol)[1]
    to = tuple(read_body(name) for name in addressees)
    home = body.province
    if not home and not central:
        told = "" if body.place else province_of(fold(place or ""))  # communes and towns bear names of provinces
        home = told or _only({one.province for one in to})
    if home and not body.province and body != NOBODY:
        body = body._replace(province=home)
    return Record(
        id=id_,
        type=_shared(type_),
        number=own,
        date=date.toordinal() if date else 0,
        issuer=body,
        home=_shared(home),
        addressees=to,
        name=name_of_work(type_, subject or "") if type_ in _LAWS else "",
        printed=number or "",
        issuer_name=_shared(issuer or ""),
        subject=(subject or "")[:SUBJECT],
        citations=completed((*_of_subject(type_, subject or ""), *citations)),
        duties=tuple(duties),
    )


def _of_subject(type_: str, subject: str) -> Iterator[Citation]:
    """The references that the subject makes, which `Dispatch.references` leaves out."""
    for place, one in enumerate(references_of(DocumentType(type_), subject)):
        found = citation_of(
            -1 - place,
            type_=one.document_type.value,
            relation=one.relation.value,
            number=one.number,
            name=None,
            date=one.date,
            issuer=one.issuer,
            text=one.text,
            around=one.around,
        )
        if found is not None:
            yield found


def _only(words: set[str]) -> str:
    """The one word of a set; empty where there are several."""
    words = words - {""}
    return next(iter(words)) if len(words) == 1 else ""


def name_of_work(type_: str, words: str) -> str:
    """The name of a law or ordinance without its type and year, folded: `Luật Đầu tư năm 2020` -> `dau tu`."""
    return _NAME_YEAR.sub("", re.sub(r"^(?:bo luat|luat|phap lenh)\s", "", fold(spelled_out(words))))


def completed(citations: Iterable[Citation]) -> tuple[Citation, ...]:
    """Citations, each with the one day and issuer that the document gives elsewhere with the same number."""
    cited = tuple(citations)
    full: dict[Number, tuple[set[int], set[Body]]] = {}
    for one in cited:
        if one.number.serial and one.number.symbol:
            days, bodies = full.setdefault(one.number, (set(), set()))
            days.add(one.date)
            bodies.add(one.issuer)
    for days, bodies in full.values():
        days.discard(0)
        bodies.discard(NOBODY)
    return tuple(_completed(one, *full.get(one.number, (set(), set()))) for one in cited)


def _completed(one: Citation, days: set[int], bodies: set[Body]) -> Citation:
    if len(days) > 1:
        return one  # one number, two documents
    if len(days) == 1 and not one.date:
        one = one._replace(date=next(iter(days)))
    if len(bodies) == 1 and one.issuer == NOBODY:
        one = one._replace(issuer=next(iter(bodies)))
    return one


def _citation(at: int, reference: Reference, around: Around) -> Citation | None:
    """The light form of a reference; None where it means this document or names none at all."""
    short = reference.antecedent
    return citation_of(
        at,
        type_=reference.document_type.value,
        relation=reference.relation.value,
        number=reference.number,
        name=reference.name,
        date=reference.date,
        issuer=reference.issuer.text if reference.issuer else None,
        text=reference.text,
        around=around,
        this=bool(short and short.this),
        antecedent=(short.number, short.name, short.date) if short else None,
    )


def citation_of(
    at: int,
    *,
    type_: str,
    relation: str,
    number: str | None,
    name: str | None,
    date: dt.date | None,
    issuer: str | None,
    text: str,
    around: Around = ALONE,
    this: bool = False,
    antecedent: tuple[str | None, str | None, dt.date | None] | None = None,
) -> Citation | None:
    """A light reference from its fields; number, name and date of its `antecedent` come before its own short form."""
    if this:
        return None
    if antecedent is not None:
        number, name, date = antecedent[0] or number, antecedent[1] or name, antecedent[2] or date
    if name and issuer and not number and (short := _SHORT.search(name)):
        number, name = short[1], None  # `Kế hoạch 88 của UBND Thành phố`
    if not number and not name:
        return None
    said = _YEAR_SAID.search(name or text)
    cited = read_number(number)
    # the words around a short form are not about the document that it stands for
    hints = hints_of(cited, text, *around) if number and antecedent is None else Hints()
    day = date.toordinal() if date else hints.date
    body = read_body(_shared(issuer)) if issuer else NOBODY
    if speaks_against(body.name, cited.symbol):
        body = NOBODY
    return Citation(
        at=at,
        type=_shared(type_),
        relation=_shared(relation),
        number=cited,
        name="" if number else _shared(name_of_work(type_, name or "") if type_ in _LAWS else fold(name or "")),
        date=day,
        year=0 if day else int(said[1]) if said else hints.year,
        issuer=body,
        printed=_shared(number or name or ""),
        month=0 if day else hints.month,
        day=0 if day else hints.day,
        term=hints.term,
        title=hints.title,
    )


def _duty(at: int, one: Obligation) -> Duty:
    return duty_of(
        at,
        modality=one.modality.value,
        bearers=[body.text for body in one.bearers],
        report_to=[body.text for body in one.report_to],
        action=one.action.text,
        last_day=min((limit.last_day for limit in one.deadlines if limit.last_day), default=None),
    )


def duty_of(
    at: int, *, modality: str, bearers: Iterable[str], report_to: Iterable[str], action: str, last_day: dt.date | None
) -> Duty:
    """A light obligation from its fields; a prohibition or permission has no bearers who report."""
    return Duty(
        at,
        tuple(map(read_body, bearers)) if modality == Modality.OBLIGATION else (),
        tuple(map(read_body, report_to)),
        last_day.toordinal() if last_day else 0,
        "báo cáo" in key_of(action),
    )


def records(
    documents: Iterable[Dispatch | tuple[str, Dispatch | Failure]] | Mapping[str, Dispatch | Failure],
    *,
    obligations: bool = True,
) -> Iterator[Record]:
    """The records of parsed documents, one at a time; a Dispatch without an id is called by its place, `1`, `2`, …

    Failures are passed over.
    """
    items: Iterable[object] = documents.items() if isinstance(documents, Mapping) else documents
    for place, item in enumerate(items, 1):
        id_, what = item if isinstance(item, tuple) and not isinstance(item, Failure) else (str(place), item)
        if isinstance(what, Dispatch):
            yield record_of(str(id_), what, obligations=obligations)
        elif not isinstance(what, Failure):
            raise TypeError(
                f"document {id_}: link takes Dispatch, (id, Dispatch) or Failure, not {type(what).__name__}"
            )


def _shared(word: str) -> str:
    """`word` as one object however often it occurs."""
    return sys.intern(word)
