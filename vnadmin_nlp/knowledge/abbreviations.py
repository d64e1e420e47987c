"""What the abbreviations in the names of bodies stand for ('UBND', 'TT&TT', 'BQLDA')."""

from __future__ import annotations

import datetime as dt
from functools import cache

from vnadmin_nlp.knowledge.rows import Row, load_rows
from vnadmin_nlp.knowledge.triggers import Triggers
from vnadmin_nlp.text import key_of, normalize


class AbbreviationRow(Row):
    """Short forms of one wording. `since` and `until` bound the time in which they stand for it.

    `syllable`: they are a word too ('Tư pháp') and stand for it only in capitals amid small letters ('Ban Dân vận TƯ').
    """

    short: tuple[str, ...]
    full: str
    since: dt.date | None = None
    until: dt.date | None = None
    syllable: bool = False

    def holds(self, on: dt.date | None) -> bool:
        """Whether the short form stands for this wording on the day `on`; a dated row never where that is unknown."""
        if self.since is None and self.until is None:
            return True
        return on is not None and (self.since is None or self.since <= on) and (self.until is None or on <= self.until)


@cache
def _short_forms() -> Triggers[tuple[AbbreviationRow, ...]]:
    table: dict[str, tuple[AbbreviationRow, ...]] = {}
    for row in load_rows("actor_abbreviations", AbbreviationRow):
        for short in row.short:
            table[key_of(short)] = (*table.get(key_of(short), ()), row)
    return Triggers(table.items())


def spelled_out(name: str, on: dt.date | None = None) -> str:
    """`name` with its abbreviations written in full, as they are meant on the day `on`."""
    pieces: list[str] = []
    at = 0
    for hit in _short_forms().find(key_of(name)):
        word = not name[hit.start : hit.end].isupper() or name.isupper()
        row = next((row for row in hit.value if row.holds(on) and not (row.syllable and word)), None)
        if row is not None:
            pieces += [name[at : hit.start], row.full]
            at = hit.end
    pieces.append(name[at:])
    return " ".join("".join(pieces).replace("&", " và ").split())


def reads(text: str) -> set[str]:
    """The rows whose short forms stand in `text`."""
    return {row.id for hit in _short_forms().find(normalize(text).key) for row in hit.value}
