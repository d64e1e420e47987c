"""Nhiệm kỳ: the terms of Party committees, through which their documents are numbered."""

from __future__ import annotations

import datetime as dt
from functools import cache, lru_cache
from typing import Literal

from vnadmin_nlp.knowledge.rows import Row, load_rows

Level = Literal["central", "province", "lower"]


class TermRow(Row):
    """A term began for the committees of `level` between two days."""

    level: Level
    opens: dt.date
    closes: dt.date


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


def reads(text: str) -> set[str]:
    """The row of the term that `text`, a level and a day in ISO form, certainly belongs to."""
    level, _, day = text.partition(" ")
    ordinal = dt.date.fromisoformat(day).toordinal()
    rows = [r for r in load_rows("party_terms", TermRow) if r.level == level and r.closes.toordinal() <= ordinal]
    return {max(rows, key=lambda r: r.opens).id} if rows else set()
