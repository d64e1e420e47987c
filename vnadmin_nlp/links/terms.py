"""Nhiệm kỳ: the terms of Party committees, through which their documents are numbered."""

from __future__ import annotations

import datetime as dt
from functools import cache, lru_cache
from typing import Literal

from vnadmin_nlp.knowledge.rows import Row, load_rows

_FOREVER = dt.date.max.toordinal()
Level = Literal["central", "province", "lower"]


class TermRow(Row):
    """A term began for the committees of `level` between two days; `congress` counts those of the whole Party."""

    level: Level
    opens: dt.date
    closes: dt.date
    congress: int | None = None


@cache
def _terms(level: Level) -> tuple[tuple[int, int], ...]:
    rows = load_rows("party_terms", TermRow)
    return tuple(sorted((row.opens.toordinal(), row.closes.toordinal()) for row in rows if row.level == level))


def level_of(symbol: str) -> Level:
    """The level of the committee that the folded symbol of a Party number names."""
    body = symbol.rpartition("-")[2]
    return "central" if body.endswith("tw") else "province" if body.endswith("tu") else "lower"


@lru_cache(maxsize=1 << 14)
def term_at(level: Level, day: int) -> tuple[int, int]:
    """The terms, counted from the first known, that the day with this ordinal may belong to: earliest and latest."""
    terms = _terms(level)
    return sum(closes <= day for _, closes in terms), sum(opens <= day for opens, _ in terms)


def terms_back(symbol: str, earlier: int, later: int) -> int:
    """How many terms lie at least between two days of one committee: 0 where they may belong to the same."""
    level = level_of(symbol)
    return max(0, term_at(level, later)[0] - term_at(level, earlier)[1])


@cache
def congress(number: int) -> tuple[int, int]:
    """The first and last day of the term of the Central Committee that a congress elected; (0, 0) if not known."""
    opens = {row.congress: row.opens.toordinal() for row in load_rows("party_terms", TermRow) if row.congress}
    closes = {row.congress: row.closes.toordinal() for row in load_rows("party_terms", TermRow) if row.congress}
    return (opens[number], closes.get(number + 1, _FOREVER)) if number in opens else (0, 0)


@lru_cache(maxsize=1 << 10)
def term_between(symbol: str, first: int, last: int) -> tuple[int, int]:
    """The first and last day of the term from the year `first` to `last` of the committee that `symbol` names."""
    terms = _terms(level_of(symbol))
    # that of the Central Committee begins in January, after the years by which lower ones are called: 2020-2025
    began = {dt.date.fromordinal(opens).year: i for i, (opens, _) in enumerate(terms)}
    place = began.get(first, began.get(first + 1))
    if place is None:
        return dt.date(first, 1, 1).toordinal(), dt.date(last, 12, 31).toordinal()
    return terms[place][0], terms[place + 1][1] if place + 1 < len(terms) else _FOREVER


def reads(text: str) -> set[str]:
    """The row of the term that `text`, a level and a day in ISO form, certainly belongs to."""
    level, _, day = text.partition(" ")
    ordinal = dt.date.fromisoformat(day).toordinal()
    rows = [r for r in load_rows("party_terms", TermRow) if r.level == level and r.closes.toordinal() <= ordinal]
    return {max(rows, key=lambda r: r.opens).id} if rows else set()
