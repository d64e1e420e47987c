"""Whether an annotation fits its text: what `corpus/GUIDELINES.md` asks of every gold file."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Hashable, Iterator, Sequence
from typing import NamedTuple

from vnadmin_nlp.evaluate.annotation import Quoted
from vnadmin_nlp.evaluate.forms import fold, norm, norm_number
from vnadmin_nlp.evaluate.gold import Gold
from vnadmin_nlp.evaluate.spans import Range
from vnadmin_nlp.schema import DeadlineKind, SectionLabel

Place = tuple[str | int, ...]
"""Where in an annotation: (`obligations`, 3, `bearers`, 0) is the first bearer of the fourth obligation."""

_ISO = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d)?")
_DURATION = re.compile(r"-?P(?:\d+[YMWDB])+|-?P(?:\d+D)?T(?:\d+[HMS])+")
_RULE = re.compile(r"(?:RRULE:)?FREQ=(?:YEARLY|MONTHLY|WEEKLY|DAILY|HOURLY)(?:;[A-Z]+=[-+\w,]+)*")


class Fault(NamedTuple):
    """What does not hold, and where in the annotation."""

    place: Place
    message: str

    def __str__(self) -> str:
        return f"{written(self.place)}: {self.message}"


def written(place: Place) -> str:
    """A place as people write it: `obligations[3].bearers[0]`."""
    out = ""
    for step in place:
        out += f"[{step}]" if isinstance(step, int) else f".{step}" if out else step
    return out


def problems(gold: Gold) -> list[str]:
    """What does not hold, each with its place in the file; empty where all is well."""
    return [str(fault) for fault in faults(gold)]


def faults(gold: Gold) -> list[Fault]:
    """What does not hold in the annotation of `gold`."""
    checks = (_name, _sections, _header, _directives, _references, _deadlines, _actors, _obligations, _twice)
    return [fault for check in checks for fault in check(gold)]


def _name(gold: Gold) -> Iterator[Fault]:
    if gold.data.id != gold.id:
        yield Fault(("id",), f"{gold.data.id!r}, but the file is called {gold.id!r}")


def _sections(gold: Gold) -> Iterator[Fault]:
    last = 0
    for index, (first, end, label) in enumerate(gold.data.sections):
        place = ("sections", index)
        if not 1 <= first <= end:
            yield Fault(place, f"[{first}, {end}] is no range of lines: the first line comes first, counted from 1")
        elif first <= last:
            yield Fault(place, f"line {first} has a label already: sections stand in order and do not overlap")
        if end > gold.line_count:
            yield Fault(place, f"line {end} is past the end of the text, which has {gold.line_count}")
        unknown = sorted(set(label.split("+")) - set(SectionLabel))
        if unknown:
            yield Fault(place, f"line {first}: unknown label {unknown}; one of {', '.join(SectionLabel)}")
        last = max(last, end)
    for line, text in enumerate(gold.text.split("\n"), 1):
        if text.strip() and line not in gold.labels:
            yield Fault(("sections",), f"line {line} has none: {text.strip()[:50]!r}")


def _header(gold: Gold) -> Iterator[Fault]:
    header = gold.data.header
    for name, value in (("parent_agency", header.parent_agency), ("issuer", header.issuer), ("place", header.place)):
        if any(word not in gold.folded for word in fold(value or "")[0].split()):
            yield Fault(("header", name), f"a word of {value!r} is not in the text")
    if header.number and norm_number(header.number) not in norm_number(gold.text):
        yield Fault(("header", "number"), f"{header.number!r} is not in the text")
    if header.number and re.search(r"\s", header.number):
        yield Fault(("header", "number"), f"{header.number!r} has inner spaces: write it without")
    if header.date and not _is_day(header.date):
        yield Fault(("header", "date"), f"{header.date!r} is no day like 2022-09-30")


def _directives(gold: Gold) -> Iterator[Fault]:
    for index, item in enumerate(gold.data.directives):
        if not gold.find(item.quote, item.line):
            yield Fault(("directives", index), f"{item.path}: {item.quote!r} is not on line {item.line}")


def _references(gold: Gold) -> Iterator[Fault]:
    yield from _lost("references", gold.data.references, gold.references)
    for index, entry in enumerate(gold.data.references):
        if entry.date and not _is_day(entry.date):
            yield Fault(("references", index, "date"), f"{entry.date!r} is no day like 2022-09-30")


def _lost(name: str, entries: Sequence[Quoted], places: Sequence[Range | None]) -> Iterator[Fault]:
    for index, (entry, place) in enumerate(zip(entries, places, strict=True)):
        if place is None:
            yield Fault((name, index), f"{entry.quote!r} is not on line {entry.line}")


def _deadlines(gold: Gold) -> Iterator[Fault]:
    yield from _lost("deadlines", gold.data.deadlines, gold.deadlines)
    for index, entry in enumerate(gold.data.deadlines):
        place = ("deadlines", index)
        if entry.due and not (_ISO.fullmatch(entry.due) and _is_day(entry.due[:10])):
            yield Fault(place, f"due {entry.due!r} is not like 2022-09-30 or 2022-09-30T17:00")
        if entry.duration and not _DURATION.fullmatch(entry.duration):
            yield Fault(place, f"duration {entry.duration!r} is not like P15D, P5B (working days), P3M or PT24H")
        if any(not _RULE.fullmatch(one.strip()) for one in (entry.rrule or "").split("|") if entry.rrule):
            yield Fault(place, f"rrule {entry.rrule!r} is not like FREQ=MONTHLY;BYMONTHDAY=25 (RFC 5545)")
        if entry.duration and entry.kind is not DeadlineKind.DURATION:
            yield Fault(place, f"a duration, but its kind is {entry.kind}")
        if entry.rrule and entry.kind is not DeadlineKind.RECURRING:
            yield Fault(place, f"an rrule, but its kind is {entry.kind}")


def _actors(gold: Gold) -> Iterator[Fault]:
    for index, entry in enumerate(gold.data.actors):
        if not any(gold.is_operative(place) for place in gold.occurrences(entry.text)):
            yield Fault(("actors", index), f"{entry.text!r} stands nowhere in preamble or body")


def _obligations(gold: Gold) -> Iterator[Fault]:
    data = gold.data
    for index, (entry, where) in enumerate(zip(data.obligations, gold.obligations, strict=True)):
        if where is None:
            lost = [entry.start] if not gold.find(entry.start, entry.line) else [entry.end]
            yield Fault(
                ("obligations", index),
                f"line {entry.line}: {entry.start!r} … {entry.end!r} is not there: {lost[0]!r} is not found",
            )
        sizes = (("deadlines", entry.deadlines, data.deadlines), ("references", entry.references, data.references))
        for name, chosen, entries in sizes:
            for number in chosen:
                if not 0 <= number < len(entries):
                    yield Fault(
                        ("obligations", index, name),
                        f"there is no entry {number}: {name} holds {len(entries)}, counted from 0",
                    )
        for name, bodies in (("bearers", entry.bearers), ("coordinators", entry.coordinators)):
            for number, body in enumerate(bodies):
                if fold(body)[0].strip() not in gold.folded:
                    yield Fault(("obligations", index, name, number), f"{body!r} is not in the text")


def _twice(gold: Gold) -> Iterator[Fault]:
    """Entries that say again what another one says."""
    data = gold.data
    keys: dict[str, list[Hashable]] = {
        "directives": [(item.line, norm(item.path)) for item in data.directives],
        "references": list(gold.references),
        "deadlines": list(gold.deadlines),
        "actors": [fold(actor.text)[0].strip() for actor in data.actors],
        "obligations": [
            where and (where, *sorted(map(norm, entry.bearers)))
            for entry, where in zip(data.obligations, gold.obligations, strict=True)
        ],
    }
    for name, found in keys.items():
        first: dict[Hashable, int] = {}
        for index, key in enumerate(found):
            if key is not None and first.setdefault(key, index) != index:
                yield Fault((name, index), f"it says what {name}[{first[key]}] says: the same words at the same place")


def _is_day(value: str) -> bool:
    try:
        return len(value) == 10 and bool(dt.date.fromisoformat(value))
    except ValueError:
        return False
