"""Words by which lines are known to belong to a part of a document (table `section_landmarks`)."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from vnadmin_nlp.knowledge.rows import Row, load_rows
from vnadmin_nlp.text import bare_of, key_of

WITHIN = frozenset({"reception"})  # parts whose words may stand anywhere in a line, not only at its start
MARKED = frozenset({"chrome", "chrome_heading"})  # parts matched with their marks: `tải về` is not `tại`
_LEAD = re.compile(r"[^a-z0-9]*")


class Landmark(Row):
    """Words that open a line of the part `part`."""

    part: str
    phrases: list[str]


@cache
def _rows() -> tuple[Landmark, ...]:
    return load_rows("section_landmarks", Landmark)


def _any_of(phrases: set[str]) -> str:
    return "|".join(map(re.escape, sorted(phrases, key=len, reverse=True)))


@cache
def pattern(part: str) -> re.Pattern[str]:
    """The phrases of `part`, in bare text (see `text.bare_of`), up to the border of a word."""
    phrases = {bare_of(key_of(p)) for row in _rows() if row.part == part for p in row.phrases}
    return re.compile(rf"(?:{_any_of(phrases)})(?![a-z0-9])")


def lead_of(bare: str) -> int:
    """Where the words of `bare` begin, after bullets, borders and quotation marks."""
    match = _LEAD.match(bare)
    return match.end() if match else 0


def opens(part: str, bare: str) -> re.Match[str] | None:
    """The phrase of `part` that `bare` begins with, bullets, borders and quotation marks left out."""
    return pattern(part).match(bare, lead_of(bare))


@cache
def chrome_pattern() -> re.Pattern[str]:
    """How, in keys, the words of a web site around a document begin; some count only as a line of their own."""
    strong = _any_of({key_of(p) for row in _rows() if row.part == "chrome" for p in row.phrases})
    whole = _any_of({key_of(p) for row in _rows() if row.part == "chrome_heading" for p in row.phrases})
    return re.compile(rf"[\s|\-!\"“#*>]*(?:(?:{strong})(?!\w)|(?:{whole})[\s:.|]*$|\[[^\]\n]{{0,300}}\]\()")


def reads(text: str) -> set[str]:
    """The ids of the rows whose words `text`, one line, begins with (or holds, for the parts in `WITHIN`)."""
    key = key_of(unicodedata.normalize("NFC", text))
    bare = bare_of(key)
    found = set()
    for row in _rows():
        if row.part in MARKED:
            hit = bool(re.match(rf"\W*(?:{_any_of(set(map(key_of, row.phrases)))})(?!\w)", key))
            hit = hit and (row.part == "chrome" or chrome_pattern().match(key) is not None)
        else:
            words = re.compile(rf"(?:{_any_of({bare_of(key_of(p)) for p in row.phrases})})(?![a-z0-9])")
            hit = bool(words.search(bare) if row.part in WITHIN else words.match(bare, lead_of(bare)))
        if hit:
            found.add(row.id)
    return found
