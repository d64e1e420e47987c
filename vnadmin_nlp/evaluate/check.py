"""Whether an annotation fits its text: what `corpus/GUIDELINES.md` asks of every gold file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from vnadmin_nlp.evaluate.annotation import Quoted
from vnadmin_nlp.evaluate.forms import fold, norm_number
from vnadmin_nlp.evaluate.gold import Gold
from vnadmin_nlp.evaluate.spans import Range
from vnadmin_nlp.schema import SectionLabel

_ISO = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d)?")


def problems(gold: Gold) -> list[str]:
    """What does not hold, each with its place in the file; empty where all is well."""
    checks = (_sections, _header, _quotations, _deadlines, _actors, _obligations)
    return [problem for check in checks for problem in check(gold)]


def _sections(gold: Gold) -> Iterator[str]:
    for line, text in enumerate(gold.text.split("\n"), 1):
        if text.strip() and line not in gold.labels:
            yield f"sections: line {line} has none: {text.strip()[:50]!r}"
    for line, names in gold.labels.items():
        if line > gold.line_count:
            yield f"sections: line {line} is past the end of the text"
        if names - set(SectionLabel):
            yield f"sections: line {line}: unknown label {sorted(names - set(SectionLabel))}"


def _header(gold: Gold) -> Iterator[str]:
    header = gold.data.header
    for name, value in (("parent_agency", header.parent_agency), ("issuer", header.issuer), ("place", header.place)):
        if any(word not in gold.folded for word in fold(value or "")[0].split()):
            yield f"header.{name}: a word of {value!r} is not in the text"
    if header.number and norm_number(header.number) not in norm_number(gold.text):
        yield f"header.number: {header.number!r} is not in the text"


def _quotations(gold: Gold) -> Iterator[str]:
    for item in gold.data.directives:
        if not gold.find(item.quote, item.line):
            yield f"directives {item.path}: {item.quote!r} is not on line {item.line}"
    yield from _lost("references", gold.data.references, gold.references)
    yield from _lost("deadlines", gold.data.deadlines, gold.deadlines)


def _lost(name: str, entries: Sequence[Quoted], places: Sequence[Range | None]) -> Iterator[str]:
    for index, (entry, place) in enumerate(zip(entries, places, strict=True)):
        if place is None:
            yield f"{name}[{index}]: {entry.quote!r} is not on line {entry.line}"


def _deadlines(gold: Gold) -> Iterator[str]:
    for index, entry in enumerate(gold.data.deadlines):
        if entry.due and not _ISO.fullmatch(entry.due):
            yield f"deadlines[{index}]: due {entry.due!r} is not like 2022-09-30 or 2022-09-30T17:00"


def _actors(gold: Gold) -> Iterator[str]:
    for index, entry in enumerate(gold.data.actors):
        if not any(gold.is_operative(place) for place in gold.occurrences(entry.text)):
            yield f"actors[{index}]: {entry.text!r} stands nowhere in preamble or body"


def _obligations(gold: Gold) -> Iterator[str]:
    data = gold.data
    for index, (entry, place) in enumerate(zip(data.obligations, gold.obligations, strict=True)):
        if place is None:
            yield f"obligations[{index}]: line {entry.line}: {entry.start!r} … {entry.end!r} is not there"
        for name, chosen, size in (
            ("deadlines", entry.deadlines, len(data.deadlines)),
            ("references", entry.references, len(data.references)),
        ):
            for number in chosen:
                if not 0 <= number < size:
                    yield f"obligations[{index}].{name}: there is no entry {number}"
        for bearer in [*entry.bearers, *entry.coordinators]:
            if fold(bearer)[0].strip() not in gold.folded:
                yield f"obligations[{index}]: {bearer!r} is not in the text"
