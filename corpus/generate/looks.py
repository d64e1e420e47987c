"""How one document looks: a family of pages, and its traits, drawn by weight."""

from __future__ import annotations

import random
from functools import cache
from typing import Any, NamedTuple

from .data import table


class Look(NamedTuple):
    """The traits of one page; what they can be stands in `looks.yaml`."""

    name: str
    head: str
    foot: str
    column: int
    wrap: int
    indent: int
    indented: str
    gap: str
    bold: str
    label: str
    heading: str
    bullet: str
    title: str
    capitals: int
    rule: str
    table: str
    pages: str
    above: str
    below: str
    digital: str
    signed: str
    recipients: str
    footnotes: int
    urgent: str


@cache
def _traits(name: str) -> tuple[tuple[list[Any], list[float]], ...]:
    rows = {**table("looks")["default"], **table("looks")[name]}
    return tuple(_summed(rows[trait]) for trait in Look._fields[1:])


@cache
def _families(source: str) -> tuple[list[str], list[float]]:
    rows = {name: row["weight"][source] for name, row in table("looks").items() if name != "default"}
    return _summed({name: weight for name, weight in rows.items() if weight})


def _summed(weights: dict[Any, float]) -> tuple[list[Any], list[float]]:
    total, sums = 0.0, []
    for weight in weights.values():
        total += weight
        sums.append(total)
    return list(weights), sums


def _draw(rng: random.Random, row: tuple[list[Any], list[float]]) -> Any:
    choices, sums = row
    at = rng.random() * sums[-1]
    return next(choice for choice, upto in zip(choices, sums, strict=True) if at < upto)


def look_of(rng: random.Random, *, scan: bool = False, family: str = "") -> Look:
    """A look; `scan`: of recognised pages; `family`: of this one."""
    name = family or _draw(rng, _families("scan" if scan else "digital"))
    return Look(name, *(_draw(rng, row) for row in _traits(name)))
