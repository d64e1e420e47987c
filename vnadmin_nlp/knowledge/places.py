"""Provinces and centrally run cities, before and after the mergers of 12/6/2025 (Resolution 202/2025/QH15)."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache

from vnadmin_nlp.knowledge.rows import Row, load_rows
from vnadmin_nlp.text import key_of, normalize

MERGED = dt.date(2025, 6, 12)


class Province(Row):
    """One of the 63 provinces of before the mergers. `into` is the unit that holds it now."""

    name: str
    aliases: tuple[str, ...] = ()
    into: str
    code: str
    gso: str
    new_gso: str
    city: bool = False
    city_from: dt.date | None = None
    seat: bool = False


@cache
def provinces() -> dict[str, Province]:
    """The provinces by the key of each of their names."""
    return {key_of(name): row for row in load_rows("provinces", Province) for name in (row.name, *row.aliases)}


@cache
def _patterns() -> dict[str, list[tuple[re.Pattern[str], Province]]]:
    table: dict[str, list[tuple[re.Pattern[str], Province]]] = {}
    names = {**provinces(), key_of("Huế"): provinces()[key_of("Thừa Thiên Huế")]}
    for key in sorted(names, key=len, reverse=True):
        pattern = re.escape(key).replace(r"\ \-\ ", r"\ ?-\ ?")
        table.setdefault(key[:2], []).append((re.compile(pattern + r"(?!\w)"), names[key]))
    return table


def province_at(text: str, key: str, at: int) -> tuple[int, Province] | None:
    """The province whose name, with a capital, begins at `at`: the end of the name and its row."""
    if not text[at : at + 1].isupper():
        return None
    for pattern, row in _patterns().get(key[at : at + 2], ()):
        match = pattern.match(key, at)
        if match:
            return match.end(), row
    return None


def reads_provinces(text: str) -> set[str]:
    """The rows of provinces named in `text`."""
    working = normalize(text)
    starts = [m.start() for m in re.finditer(r"\w+", working.key)]
    return {found[1].id for at in starts if (found := province_at(working.text, working.key, at))}
