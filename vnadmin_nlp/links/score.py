"""How likely a document is the one that a reference means, and why: number, date, issuer and type, each one factor."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from vnadmin_nlp.knowledge.document_types import name_of
from vnadmin_nlp.links.bodies import NOBODY, Body, body_of_symbol, fold, is_party, is_slip, same_name, same_province
from vnadmin_nlp.links.hints import fit
from vnadmin_nlp.links.keys import year_of
from vnadmin_nlp.links.numbers import one_edit
from vnadmin_nlp.links.records import Citation, Record
from vnadmin_nlp.links.terms import terms_back
from vnadmin_nlp.schema import DocumentType

Factor = tuple[float, str]


class Scored(NamedTuple):
    """`score` in (0, 1]: the share of such pairs expected to be right. `undated`: of several the latest is meant.

    `fit`: the share of the words of a quoted subject that the document's has, None where none is quoted.
    """

    id: str
    score: float
    reasons: tuple[str, ...]
    date: int = 0
    undated: bool = False
    fit: float | None = None


FITS = 0.7
"""Share of the words of a quoted subject that a document's subject has to have for it to be the one."""
_TOLD = 2  # blanks in a quoted subject that says enough to tell which year or term is meant
_BY_SUBJECT = 0.97  # how likely it is then right
OPEN = frozenset(("term.same", "term.earlier", "year.missing"))
"""Reasons that leave open which year or term is meant."""
_ALIKE = 0.6  # share of the words of a name that the subject of the document has to have
_NOT_YET = 183  # days for which a law that was just passed is less likely meant than the one before it
_BY_AGE = (0.95, 0.9, 0.85, 0.82, 0.7)  # how likely the nearest document of a number is meant, by years back
_UNSURE = 0.85  # the body is one that every province has, and nothing says of which it is
_NEAR = 20
_DAYS = 5  # numbers given on one day lie within what this many average days bring
# Types of which an issuer numbers those that make rules apart, with the year in the number: 68/2013/QĐ-TTg, 68/QĐ-TTg
_TWO_REGISTERS = ("quyet_dinh", "nghi_quyet", "chi_thi")
_REPLY = "replies_to"
_GENERIC = ("other", "cong_van")


def score(citing: Record, citation: Citation, candidate: Record) -> Scored | None:
    """The score of `candidate` for `citation` of the document `citing`; None where it cannot be meant."""
    if candidate.date and citing.date and candidate.date > citing.date:
        return None
    number = _number(citation, candidate)
    if number is None:
        return None
    date = _date(citing, citation, candidate, number[1])
    if date is None:
        return None
    issuer = _issuer(citing, citation, candidate, number[1])
    kind = _type(citation, candidate, number[1])
    like = fit(citation.title, candidate.subject) if citation.title else None
    if like is not None and like >= FITS and date[1] in OPEN and citation.title.count(" ") >= _TOLD:
        date = max(date[0], _BY_SUBJECT), date[1]
    total = number[0] * date[0] * issuer[0] * kind[0]
    undated = date[1] == "year.missing" and number[1] == "name.equal"
    reasons = number[1], date[1], issuer[1], kind[1]
    return Scored(candidate.id, round(total, 4), reasons, candidate.date, undated, like)


def _number(citation: Citation, candidate: Record) -> Factor | None:
    one, other = citation.number, candidate.number
    same_day = citation.date != 0 and citation.date == candidate.date
    if not one.serial and not one.symbol:
        if citation.name and citation.name == candidate.name:
            return 1.0, "name.equal"
        return (0.9, "number.missing") if same_day and _about(citation, candidate) else None
    if not one.serial or not other.serial:
        return (0.6, "number.missing") if same_day and one.symbol == other.symbol else None
    if one.serial == other.serial:
        return _symbol(citation, candidate, same_day=same_day)
    if one.symbol != other.symbol:
        return None
    if one.serial[-1] == "b" and f"{one.serial[:-1]}8".lstrip("0") == other.serial:
        return 0.95, "number.serial-slip"
    if same_day and one_edit(one.serial, other.serial) and _far_apart(one.serial, other.serial, candidate):
        return 0.9, "number.serial-slip"
    return None


def _symbol(citation: Citation, candidate: Record, *, same_day: bool) -> Factor | None:
    """How the symbols of two numbers with one serial agree."""
    one, other = citation.number.symbol, candidate.number.symbol
    if one == other:
        return 1.0, "number.equal"
    if not one:
        return 0.84, "number.serial-only"
    if f"{other}-".startswith(f"{one}-") or f"{one}-".startswith(f"{other}-"):
        return 0.97, "number.symbol-short"
    if one_edit(one, other):
        return (0.97, "number.symbol-slip") if is_slip(one, other) else None
    named = bool(citation.issuer.name) and same_name(citation.issuer.name, candidate.issuer.name, 0)
    return (0.75, "number.symbol-other") if same_day and named else None


def _about(citation: Citation, candidate: Record) -> bool:
    """Whether the name of a work, but for its type, is what the subject of the candidate says; a bare type fits all."""
    if candidate.name or candidate.type != citation.type:
        return False
    words = set(citation.name.split()) - set(fold(name_of(DocumentType(citation.type))).split())
    return not words or len(words & set(fold(candidate.subject).split())) >= _ALIKE * len(words)


def _far_apart(one: str, other: str, candidate: Record) -> bool:
    """Whether an issuer cannot have given both numbers on one day: they are given in order, so those of a day are near.

    Two near numbers are two documents of that day; one far off is the other misread.
    """
    if not (one.isdigit() and other.isdigit()):
        return False
    low, high = sorted((int(one), int(other)))
    a_day = high / dt.date.fromordinal(candidate.date).timetuple().tm_yday
    return high - low > max(_NEAR, _DAYS * a_day)


def _date(citing: Record, citation: Citation, candidate: Record, number: str) -> Factor | None:
    """How day or year agree. A number restarts each year, that of the Party with each term of the committee."""
    years = citation.number.year, candidate.number.year
    if citation.date and citation.date == candidate.date:
        return 1.0, "date.equal"
    if candidate.date and not _in_part(citation, candidate.date):
        return None
    if all(years):
        if years[0] != years[1]:
            return None
        differs = citation.date and candidate.date and not _slip(citation.date, candidate.date)
        return (0.9, "date.differs") if differs else (1.0, "year.equal")
    if any(years) and citation.type in _TWO_REGISTERS:
        return None
    if citation.date and candidate.date:
        return _days(citation, candidate)
    if (said := year_of(citation)) and candidate.year and said != candidate.year:
        return None
    return _partly(citation, candidate) or _undated(citing, citation, candidate, number)


def _days(citation: Citation, candidate: Record) -> Factor | None:
    """How two days agree that are not equal."""
    same_year = year_of(citation) == candidate.year
    if _slip(citation.date, candidate.date):
        return (0.95 if same_year else 0.6), "date.slip"
    if is_party(citation.number):
        return (0.5, "date.differs") if not _terms(citation.date, candidate) else None
    return (0.75, "date.differs") if same_year else None


def _partly(citation: Citation, candidate: Record) -> Factor | None:
    """That term, year or month agree, where a reference says them, or that the candidate does not say its own."""
    said = year_of(citation)
    if any(citation.term) and candidate.date:
        return 0.99, "term.stated"
    if said and candidate.year:
        return 0.97, "year.equal"
    if citation.month and candidate.date:
        return 0.97, "date.part"
    return (0.6, "date.unknown") if said else None


def _undated(citing: Record, citation: Citation, candidate: Record, number: str) -> Factor:
    """How likely a document is meant without a day, by its age."""
    if number == "name.equal" and candidate.date and citing.date:
        return (0.9 if citing.date - candidate.date > _NOT_YET else 0.6), "year.missing"
    if not candidate.year or not citing.year:
        return 0.6, "year.missing"
    if is_party(citation.number) and candidate.date and citing.date:
        back = _terms(citing.date, candidate)
        return (0.95, "term.same") if not back else (0.85 if back == 1 else 0.7, "term.earlier")
    age = citing.year - candidate.year
    return _BY_AGE[min(age, len(_BY_AGE) - 1)], "year.missing"


def _in_part(citation: Citation, day: int) -> bool:
    """Whether `day` is one of those that the printed parts of a date, or the term that is named, leave open."""
    if citation.date:
        return True
    date = dt.date.fromordinal(day)
    if any(part not in (0, its) for part, its in ((citation.month, date.month), (citation.day, date.day))):
        return False
    return not any(citation.term) or citation.term[0] <= day <= citation.term[1]


def _terms(day: int, candidate: Record) -> int:
    earlier, later = sorted((day, candidate.date))
    return terms_back(candidate.number.symbol, earlier, later)


def _slip(one: int, other: int) -> bool:
    """Whether two days are printed with one digit different, or with day and month exchanged."""
    a, b = dt.date.fromordinal(one), dt.date.fromordinal(other)
    differ = [(x, y) for x, y in ((a.year, b.year), (a.month, b.month), (a.day, b.day)) if x != y]
    if len(differ) == 1:
        return sum(x != y for x, y in zip(f"{differ[0][0]:02}", f"{differ[0][1]:02}", strict=True)) == 1
    return a.year == b.year and a.day == b.month and a.month == b.day


def _issuer(citing: Record, citation: Citation, candidate: Record, number: str) -> Factor:
    """How the issuers agree: as named, by the letters of the number, or as the citing document lets expect."""
    central = body_of_symbol(candidate.number.symbol)[1]
    same_symbol = number in ("number.equal", "number.symbol-short", "number.serial-slip")
    own, named = candidate.issuer, citation.issuer
    if named != NOBODY and own != NOBODY:
        return _named(citing, citation, candidate, central=bool(central and same_symbol))
    if central and same_symbol:
        return 1.0, "issuer.symbol"
    if own == NOBODY:
        return 0.85, "issuer.unknown"
    if own == citing.issuer:
        return 0.99, "issuer.own"
    if any(_is(own, one, citing) for one in citing.addressees):
        return 0.99, "issuer.addressee"
    if citation.relation == _REPLY and any(same_name(own.name, one.name, citing.date) for one in citing.addressees):
        return 0.2, "issuer.elsewhere"
    if central is False:
        return _local(citing, own)
    if number == "name.equal":
        return 1.0, "issuer.symbol"
    return (0.93, "issuer.unknown") if same_symbol else (0.8, "issuer.unknown")


def _named(citing: Record, citation: Citation, candidate: Record, *, central: bool) -> Factor:
    own, named = candidate.issuer, citation.issuer
    name = same_name(named.name, own.name, citing.date)
    if name is None:
        return (0.97, "issuer.loose") if central else (0.15, "issuer.contradicts")
    if central:
        return 1.0, f"issuer.{name}"
    if named.level and own.level and named.level != own.level:
        return 0.1, "issuer.contradicts"
    if named.place or named.province:
        return _place(named, own, name, candidate.date)
    if own == citing.issuer or any(_is(own, one, citing) for one in citing.addressees):
        return 0.99, "issuer.equal"
    if own.place and own.place != citing.issuer.place:
        return 0.3, "issuer.elsewhere"
    if citation.relation == _REPLY and any(
        (one.place or one.province) and same_name(own.name, one.name, citing.date) for one in citing.addressees
    ):
        return 0.2, "issuer.elsewhere"  # it answers a body of another place
    if own.province and citing.home:
        province = same_province(citing.home, own.province, citing.date)
        if province is None:
            return 0.1, "issuer.elsewhere"
        return (0.99, "issuer.equal") if (name, province) == ("equal", "equal") else (0.95, "issuer.successor")
    return (1.0, "issuer.equal") if not own.province else (_UNSURE, "issuer.unknown")


def _same_place(one: str, other: str) -> bool:
    """Whether two names of places are equal, or one is the beginning of the other, cut off at the end of a line."""
    return f"{one} ".startswith(f"{other} ") or f"{other} ".startswith(f"{one} ")


def _place(named: Body, own: Body, name: str, day: int) -> Factor:
    """How two bodies of one name agree in their places, at least one part of which the reference names."""
    if named.place and own.place and not _same_place(named.place, own.place):
        return 0.05, "issuer.contradicts"
    if named.province and own.province:
        if named.province == own.province:
            return 1.0, f"issuer.{name}"
        # the name of a province that is no more may still be used; that of one that was there means that one alone
        merged = same_province(named.province, own.province, day)
        return (0.95, "issuer.successor") if merged else (0.05, "issuer.contradicts")
    if bool(named.place) != bool(own.place):
        return 0.3, "issuer.contradicts"
    return 0.97, f"issuer.{name}"


def _local(citing: Record, own: Body) -> Factor:
    """Of a body that every province has, not named: it is the one of the citing document's own place."""
    if own.place and citing.issuer.place and own.place != citing.issuer.place:
        return 0.1, "issuer.elsewhere"
    if own.place and not citing.issuer.place:
        return 0.3, "issuer.elsewhere"
    if own.province and citing.home:
        province = same_province(citing.home, own.province, citing.date)
        return (0.1, "issuer.elsewhere") if province is None else (0.97, "issuer.inferred")
    return _UNSURE, "issuer.unknown"


def _is(own: Body, other: Body, citing: Record) -> bool:
    """Whether `other`, named by the document `citing`, is the body `own`."""
    if other == NOBODY or same_name(own.name, other.name, citing.date) is None:
        return False
    if own.place or other.place:
        return own.place == other.place
    home = other.province or citing.home
    return not own.province or (bool(home) and same_province(own.province, home, citing.date) is not None)


def _type(citation: Citation, candidate: Record, number: str) -> Factor:
    if citation.type == candidate.type:
        return 1.0, "type.equal"
    if number in ("number.equal", "number.serial-slip"):
        return 0.99, "type.number"
    if citation.type in _GENERIC or candidate.type == "other":
        return 0.97, "type.number"
    return 0.5, "type.contradicts"
