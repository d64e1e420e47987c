"""What the format allows but a careful clerk would look at twice: the rulings of the guideline that words can show."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from itertools import pairwise

from vnadmin_nlp.evaluate.annotation import GoldDirective
from vnadmin_nlp.evaluate.check import Fault
from vnadmin_nlp.evaluate.forms import fold, norm, norm_number
from vnadmin_nlp.evaluate.gold import Gold
from vnadmin_nlp.evaluate.spans import Range, overlap
from vnadmin_nlp.knowledge.document_types import type_of_number
from vnadmin_nlp.schema import Authority, DeadlineKind, DocumentType

_LONG_CLAUSE = 2_000  # characters
_NEAR = 15  # lines from a clause within which stands what governs it
_LISTED = re.compile(r"^\s*[-+•]|[;.]\s*$")
_PREFIX = re.compile(r"^(?:v\s*/\s*v|về việc|v\.v)\b", re.IGNORECASE)
_RANK = re.compile(
    r"^(?:ts|ths|gs|pgs|bs|ks|cn|đại tá|thượng tá|trung tá|thiếu tá|đại úy|thiếu tướng)\b[. ]", re.IGNORECASE
)
_DAY = re.compile(r"(\d{1,2})\s*[/.-]\s*(\d{1,2})(?!\d)|(?:ngày\s*)?(\d{1,2})\s*tháng\s*(\d{1,2})(?!\d)", re.IGNORECASE)
_LETTERS = list("abcdđeghiklmnopqrstuvxy")  # of items
_ROMANS = "I II III IV V VI VII VIII IX X XI XII XIII XIV XV".split()
_MONTH = re.compile(r"tháng\s*(\d{1,2})(?!\d)", re.IGNORECASE)
_QUARTER = re.compile(r"quý\s*(iv|i{1,3}|[1-4])\b", re.IGNORECASE)
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_RANKS = {
    "header": 1, "subject": 1, "addressees": 1, "preamble": 2, "body": 3, "recipients": 4, "signature": 4,
    "appendix": 5,
}  # fmt: skip
_DUE = re.compile(r"\d{4}-(\d\d)-(\d\d)")
# types that bear the number of another one: resolutions of the National Assembly that of laws, …
_NUMBERED_AS = {
    DocumentType.LUAT: {DocumentType.NGHI_QUYET, DocumentType.PHAP_LENH},
    DocumentType.QUYET_DINH: {DocumentType.QUY_DINH, DocumentType.QUY_CHE},
    DocumentType.LENH: {DocumentType.LUAT, DocumentType.PHAP_LENH},
}


def doubts(gold: Gold) -> list[Fault]:
    """What is unlikely in the annotation of `gold`, which may be right all the same."""
    checks = (_parts, _order, _items, _lists, _signature, _references, _deadlines, _actors, _clauses, _links, _bearers)
    return [fault for check in checks for fault in check(gold)]


def _parts(gold: Gold) -> Iterator[Fault]:
    """Parts without lines and lines without parts."""
    data = gold.data
    labels = {label for names in gold.labels.values() for label in names}
    for part, label, said in (
        ("header", "header", data.header.issuer or data.header.number),
        ("subject", "subject", data.subject),
        ("addressees", "addressees", data.addressees),
        ("recipients", "recipients", data.recipients or data.archive),
        ("signature", "signature", data.signature),
    ):
        if said and label not in labels:
            yield Fault((part,), f"it is given, but no line is labelled {label}")
        if not said and label in labels:
            yield Fault((part,), f"lines are labelled {label}, but nothing is given")
    if data.header.date:
        head = [
            line
            for number, line in enumerate(gold.text.split("\n"), 1)
            if gold.labels.get(number, set()) & {"header", "subject", "addressees"}
        ]
        printed = _numbers(" ".join(head))
        lost = [number for number in _numbers(data.header.date) if number not in printed]
        if lost:
            yield Fault(("header", "date"), f"{data.header.date}: {', '.join(lost)} is not in the head of the text")
    if data.subject and _PREFIX.match(data.subject):
        yield Fault(("subject",), "it is written without 'V/v' or 'Về việc'")


def _order(gold: Gold) -> Iterator[Fault]:
    """Parts that stand before what they follow in a document."""
    reached, before = 0, ""
    for index, (first, _, label) in enumerate(gold.data.sections):
        ranks = [_RANKS[part] for part in label.split("+") if part in _RANKS]
        if ranks and max(ranks) < reached:
            yield Fault(("sections", index), f"line {first}: {label} after {before}")
        elif ranks and max(ranks) > reached:
            reached, before = max(ranks), label


def _numbers(text: str) -> list[str]:
    return [number.lstrip("0") for number in re.findall(r"\d+", text)]


def _items(gold: Gold) -> Iterator[Fault]:
    """Lines that begin with the number that would come next, and are no item."""
    items = gold.data.directives
    listed, paths = {item.line for item in items}, {item.path for item in items}
    lines = gold.text.split("\n")
    for index, item in enumerate(items):
        parent, _, label = item.path.rpartition("/")
        following = _next(label)
        if following is None or f"{parent}/{following}".lstrip("/") in paths:
            continue
        end = next((other.line for other in items[index + 1 :] if not other.path.startswith(f"{item.path}/")), None)
        begins = re.compile(rf"[\s*_|#]*{re.escape(following)}\s*[.):*]+\D")
        for number in range(item.line + 1, end or len(lines)):
            if number not in listed and gold.labels.get(number) == {"body"} and begins.match(lines[number - 1]):
                yield Fault(("directives", index), f"line {number} begins with {following}, which follows {item.path}")
                break


def _next(label: str) -> str | None:
    """The label after `label`: 4 after 3, 2.2 after 2.1, Điều 4 after Điều 3, đ after d, III after II."""
    if numbered := re.fullmatch(r"(.*?)(\d+)", label):
        return f"{numbered[1]}{int(numbered[2]) + 1}"
    for series in (_ROMANS, _LETTERS):
        if label in series[:-1]:
            return series[series.index(label) + 1]
    return None


def _lists(gold: Gold) -> Iterator[Fault]:
    for name, entries in (("addressees", gold.data.addressees), ("recipients", gold.data.recipients)):
        for index, entry in enumerate(entries):
            if _LISTED.search(entry):
                yield Fault((name, index), f"{entry!r}: written without the dash before and the mark behind it")
            if name == "recipients" and re.match(r"lưu\b", norm(entry)):
                yield Fault((name, index), f"{entry!r}: what follows Lưu is the archive")
            if any(word not in gold.folded for word in fold(entry)[0].split()):
                yield Fault((name, index), f"a word of {entry!r} is not in the text")
    if gold.data.archive and re.match(r"lưu\b", norm(gold.data.archive)):
        yield Fault(("archive",), "it is written without 'Lưu:'")


def _signature(gold: Gold) -> Iterator[Fault]:
    for index, signer in enumerate(gold.data.signature):
        mark = norm(signer.authority).replace("/", "").upper()
        if mark and mark not in set(Authority):
            yield Fault(("signature", index), f"authority {signer.authority!r} is none of {', '.join(Authority)}")
        if signer.name and _RANK.match(signer.name):
            yield Fault(("signature", index), f"name {signer.name!r}: written without rank or degree")


def _references(gold: Gold) -> Iterator[Fault]:
    for index, (entry, where) in enumerate(zip(gold.data.references, gold.references, strict=True)):
        place = ("references", index)
        if where is None:
            continue
        quoted = norm_number(entry.quote)
        if not gold.is_operative(where):
            yield Fault(place, "it stands neither in preamble nor in body: such references are not annotated")
        if entry.number and norm_number(entry.number) not in quoted:
            yield Fault(place, f"its number {entry.number!r} is not in its quotation")
        if entry.pinpoint and norm_number(entry.pinpoint) not in quoted:
            yield Fault(place, f"its pinpoint {entry.pinpoint!r} is not in its quotation")
        if entry.date and not set(_numbers(entry.date)) <= set(_numbers(entry.quote)):
            yield Fault(place, f"its date {entry.date} is not in its quotation")
        if entry.issuer and fold(entry.issuer)[0] not in gold.folded:
            yield Fault(place, f"its issuer {entry.issuer!r} is not in the text")
        if entry.number and entry.name:
            yield Fault(place, "it has a number and a name: a name is for works that bear no number")
        symbol = type_of_number("".join(entry.number.split())) if entry.number else None
        if symbol and entry.type and entry.type not in {symbol, *_NUMBERED_AS.get(symbol, ())}:
            yield Fault(place, f"type {entry.type}, but its number {entry.number} is that of a {symbol}")


def _deadlines(gold: Gold) -> Iterator[Fault]:
    for index, (entry, where) in enumerate(zip(gold.data.deadlines, gold.deadlines, strict=True)):
        place = ("deadlines", index)
        if where and not gold.is_operative(where):
            yield Fault(place, "it stands neither in preamble nor in body: such times are not annotated")
        days = {(int(m[1] or m[3]), int(m[2] or m[4])) for m in _DAY.finditer(entry.quote)}
        due = _DUE.match(entry.due or "")
        months = set() if days else _months(entry.quote)
        if due and months and (int(due[1]) not in months or int(due[2]) not in (1, 15, _last(due[0]))):
            yield Fault(place, f"due {entry.due}, but {entry.quote!r} names another month, or its last day is meant")
        if entry.kind is DeadlineKind.DATE and due and days and (int(due[2]), int(due[1])) not in days:
            yield Fault(place, f"due {entry.due}, but {entry.quote!r} names another day")
        if entry.kind is DeadlineKind.DURATION and not entry.duration:
            yield Fault(place, "kind duration without a duration")
        if entry.kind is DeadlineKind.RECURRING and not entry.rrule:
            yield Fault(place, "kind recurring without an rrule")


def _months(quote: str) -> set[int]:
    """The months named in a time without days, those of quarters by their first and last."""
    months = {int(month[1]) for month in _MONTH.finditer(quote)}
    for found in _QUARTER.finditer(quote):
        quarter = _ROMAN.get(found[1].lower()) or int(found[1])
        months |= {3 * quarter - 2, 3 * quarter}
    return months


def _last(day: str) -> int:
    """The last day of the month of `day`."""
    year, month = int(day[:4]), int(day[5:7])
    return monthrange(year, month)[1] if 1 <= month <= 12 else 0


def _actors(gold: Gold) -> Iterator[Fault]:
    counted = set(gold.actors)
    for index, entry in enumerate(gold.data.actors):
        place = ("actors", index)
        found = [where for where in gold.occurrences(entry.text) if gold.is_operative(where)]
        if found and not counted.intersection(found):
            yield Fault(place, f"{entry.text!r} stands only inside longer forms: it is never counted")
        if entry.text != entry.text.strip(" ,;:-"):
            yield Fault(place, f"{entry.text!r}: written without the marks around it")


def _clauses(gold: Gold) -> Iterator[Fault]:
    placed = [(index, where) for index, where in enumerate(gold.obligations) if where]
    for index, (low, high) in placed:
        entry, place = gold.data.obligations[index], ("obligations", index)
        if not gold.is_operative((low, high)):
            yield Fault(place, "it stands neither in preamble nor in body: such duties are not annotated")
        if high - low > _LONG_CLAUSE:
            yield Fault(place, f"{high - low} characters: is {entry.end!r} the end that is meant?")
        line = gold.line_range(entry.line)
        again = gold.find(entry.start, after=low + 1)
        if again and again[0] < line[1]:
            yield Fault(place, f"{entry.start!r} stands on line {entry.line} more than once: the first is taken")
    for (one, a), (other, b) in pairwise(placed):
        shared = overlap(a, b)
        if shared > 10 and a != b:
            yield Fault(("obligations", other), f"its clause overlaps that of obligations[{one}]")


def _links(gold: Gold) -> Iterator[Fault]:
    """Deadlines and references of obligations: those in a clause belong to it, those of it stand near."""
    for name, places in (("deadlines", gold.deadlines), ("references", gold.references)):
        for index, (entry, clause) in enumerate(zip(gold.data.obligations, gold.obligations, strict=True)):
            if clause is None:
                continue
            chosen = getattr(entry, name)
            first, last = gold.line_of(clause[0]), gold.line_of(clause[1])
            for number, where in enumerate(places):
                if where is None:
                    continue
                inside = clause[0] <= where[0] and where[1] <= clause[1]
                line = gold.line_of(where[0])
                if inside and number not in chosen:
                    yield Fault(("obligations", index), f"{name}[{number}] stands in its clause, but is not of it")
                if number in chosen and not inside and name == "references" and clause[1] <= where[0]:
                    yield Fault(("obligations", index, name), f"{name}[{number}] stands behind it, on line {line}")
                elif number in chosen and not first - _NEAR <= line <= last + _NEAR:
                    yield Fault(("obligations", index, name), f"{name}[{number}] stands on line {line}, far from it")


def _bearers(gold: Gold) -> Iterator[Fault]:
    forms = {norm(actor.text) for actor in gold.data.actors}
    for index, (entry, clause) in enumerate(zip(gold.data.obligations, gold.obligations, strict=True)):
        for name, bodies in (("bearers", entry.bearers), ("coordinators", entry.coordinators)):
            for number, body in enumerate(bodies):
                if norm(body) not in forms:
                    yield Fault(("obligations", index, name, number), f"{body!r} is not among the actors")
        if entry.bearers or clause is None:
            continue
        head = next((gold.text[a:b] for a, b in gold.actors if a <= clause[0] + 3 and clause[0] < b), None)
        if head:
            yield Fault(("obligations", index), f"no bearers, but it begins with {' '.join(head.split())!r}")
            continue
        if lead := next(_leads(gold, clause), None):
            yield Fault(("obligations", index), f"no bearers, but it stands under {lead!r}")
        elif index and gold.data.obligations[index - 1].bearers and _item(gold, index) == _item(gold, index - 1):
            yield Fault(("obligations", index), "no bearers, but the duty before it in the same item has some")


def _item(gold: Gold, obligation: int) -> str | None:
    """The path of the item in which an obligation stands."""
    line = gold.data.obligations[obligation].line
    return next((item.path for item in reversed(gold.data.directives) if item.line <= line), None)


def _leads(gold: Gold, clause: Range) -> Iterator[str]:
    """The bodies with which the items above a clause begin, where such an item ends with a colon."""
    line = gold.line_of(clause[0])
    above = [item for item in gold.data.directives if item.line <= line]
    for item in reversed(above):
        if above[-1].path == item.path or above[-1].path.startswith(f"{item.path}/"):
            yield from _lead(gold, item)


def _lead(gold: Gold, item: GoldDirective) -> Iterator[str]:
    where = gold.find(item.quote, item.line)
    low, high = gold.line_range(item.line)
    if where and gold.text[low:high].rstrip().endswith(":"):
        for a, b in gold.actors:
            if a <= where[0] + 1 and where[0] < b:
                yield " ".join(gold.text[a:b].split())
