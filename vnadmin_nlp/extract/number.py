"""Số, ký hiệu: the grammar of a document's number, and how its parts are called."""

from __future__ import annotations

import re
from dataclasses import dataclass

from vnadmin_nlp.text import Range

_TOKEN = re.compile(r"\S+")
_BLANK = "._…,;:'\"`“”‘’*"
_END = "-.,;:…'\"`“”’*"
_SERIAL = re.compile(r"[0-9]{1,6}[a-zđ]?(?![^\W\d_])")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_SPLIT_SERIAL = re.compile(r"\d{1,3} {1,2}\d{1,3} ?/")  # stamped digits read apart
_STROKE = re.compile(r"(?<=[A-ZĐ]) /$")  # after a whole number, of the other column (`120/KH-UBND /`)
_REACH = 120


@dataclass(frozen=True, slots=True)
class NumberParts:
    """`4581/UBND-TTHC` -> serial `4581`, symbol `UBND-TTHC`; `30/2020/NĐ-CP` has the year 2020."""

    serial: str | None
    year: int | None
    symbol: str | None


def number_range(text: str, start: int, end: int) -> Range | None:
    """Where the number that begins at or after `start` stands: tokens joined across blanks by `/` and `-`.

    A handwritten blank leaves the notation alone (`Số:      /UBND-KT`). None where neither part is there.
    """
    low = high = -1
    for match in _TOKEN.finditer(text, start, min(end, start + _REACH)):
        token = match.group()
        split = low >= 0 and text[low:high].isdigit() and _SPLIT_SERIAL.match(text, low)
        if low >= 0 and not split and not _joins(text[low:high], text[high : match.start()], token):
            break
        if low < 0:
            low = match.start()
        high = match.end()
    while low < high and (text[low] in _BLANK or text[low].isspace()):
        low += 1
    while low < high and (text[high - 1] in _END or text[high - 1].isspace()):
        high -= 1
    stroke = _STROKE.search(text, low, high) if low >= 0 else None
    high = stroke.start() if stroke else high
    words = text[low:high]
    if low < 0 or not any(map(str.isalnum, words)):
        return None
    if any(map(str.isdigit, words)) or "/" in words:
        return low, high
    return None


def _joins(number: str, gap: str, token: str) -> bool:
    """Whether `token` goes on with `number`, that `gap` parts it from."""
    if len(token) > 1 and not token.strip("-"):
        return False  # a rule drawn under the number
    if number.endswith(" -"):  # `UBND - TTHC`, but `/TCHQ - Hà Nội`
        return token.isupper()
    if "\n" in gap and _STROKE.search(number):
        return False
    if number[-1] in "/-":
        return not token.startswith("-")
    if "\n" in gap:
        return False
    if token[0] in "/-":
        return True
    if set(number) <= set("…._"):
        return True
    return "/" in token and "/" not in number and not any(map(str.isalpha, number))


def parts_of(number: str) -> NumberParts:
    """The parts of `number`, given without its inner blanks (Decree 30/2020; Party: Guideline 36-HD/VPTW)."""
    serial = _SERIAL.match(number)
    groups = (number[serial.end() :] if serial else number).split("/")
    if serial is None and not number.startswith(("/", "-")):
        groups = groups[1:]  # a serial that cannot be read
    groups = [g.strip("-") for g in groups if g.strip("-")]
    year = next((int(g) for g in groups if _YEAR.fullmatch(g)), None)
    symbol = "/".join(g for g in groups if not _YEAR.fullmatch(g))
    return NumberParts(serial.group() if serial else None, year, symbol or None)
