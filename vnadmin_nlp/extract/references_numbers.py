"""Số, ký hiệu and ngày of a document as a reference prints them, scanning noise included."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from vnadmin_nlp.text import bare_of

# torn by a scan: 201 5, QH 11, T T-BTC
_GROUP = r"(?:20\d\s\d(?=\s?/)|QH\s\d\d(?!\d)|T\sT(?=-)|(?:(?!ngày)[^\W_]){1,24})"
_MORE = rf"(?:&\s?{_GROUP}|\.(?=[A-ZĐ0-9]{{1,8}}(?![^\W_A-ZĐ0-9])){_GROUP})"
# A blank may stand on one side of a joint, or on both, only before capitals: 89 /KH - UBND
_JOINT = (
    r"(?:\s?[/\\\u2044\u2215\uff0f]{1,2}\s?|-|-\s-| -(?=[A-ZĐ]{2})|-\s(?=[A-ZĐ]{2}|\d{1,4}/)"
    r"|\s-\s(?=[A-ZĐ]{2,}g?\d{0,2}\b)|\s(?=(?:CV|QĐ|TT|NĐ|NQ|CT|TB|BC|TTr|KH)[/-][A-ZĐ]{2}))"  # 116 CV/BCS
)
_SYMBOL = rf"(?P<symbol>(?:{_JOINT}{_GROUP}{_MORE}{{0,4}}){{1,9}})"
NUMBER = re.compile(
    rf"(?P<serial>(?:\d{{1,3}}\s\d{{1,3}}(?=/)|[0-9OolI]{{0,2}}\d{{1,8}}(?:\.\d{{1,4}}(?=\s?/))?)[a-zđA-ZĐ]{{0,2}}){_SYMBOL}"
)
_MISREAD = re.compile(rf"(?P<serial>[SB]?\d{{1,5}}(?:[SB]\d{{1,4}})?){_SYMBOL}")  # a scan's S47, 4B7 for 547, 487
_STARTS = frozenset("0123456789OolISB/.… \n")
_BLANK = re.compile(rf"[.…\s]{{0,12}}(?P<symbol>(?:/\s?{_GROUP})(?:{_JOINT}{_GROUP}{_MORE}{{0,4}}){{0,8}})")
_DIGITS = re.compile(r"\d{1,8}[a-zđ]?(?![^\W_]|[.,/-]\d)")
NUMBER_WORDS = "(?:số|sô|só|sồ|sổ|so|sé|sỗ|s6)"  # with the slips of scans
_NUMBER_WORD = re.compile(rf"{NUMBER_WORDS}(?:\b\s?[:.,`'*©^~]?\s?(?:(?:[-`'*©^~]|số)\s)?|(?=\d))")
_LETTERS = re.compile(r"[^\W\d_]")
_D = r"[\dliosb!]"  # digits, and what scans make of 1, 0, 5 and 8
_DAY = rf"{_D}?\s?{_D}?"
_YEAR = r"(?:19|20)\s?\d\s?\d(?!\d)|\d{2,5}"
_DATE = re.compile(
    r"[,;]?\s?\(?(?:(?:ban hanh|ky|de|duoc ban hanh|lap)\s)?ngay\s?(?:ngay\s|[a-z]\s(?=\d))?"
    rf"(?:(?P<d>{_DAY})\s?[/.-]\s?(?P<m>{_DAY})(?:\s?[/.-]\s?|\s(?=(?:19|20)\d))(?P<y>{_YEAR})"
    rf"|(?P<wd>{_DAY})\s?(?:th\wng|nam|ngay)\s?(?P<wm>{_DAY})[,\s]{{0,2}}(?:n\w{{1,3}}m|thang)\s?(?P<wy>{_YEAR}))\)?"
)
_AS_DIGITS = str.maketrans("liosb!", "110581")


@dataclass(frozen=True, slots=True)
class Number:
    """`value` without inner spaces, where it ends, its groups after the serial, and whether they hold letters."""

    value: str
    end: int
    groups: tuple[str, ...]
    strong: bool


def number_word(key: str, pos: int) -> int:
    """Where `số`, at `pos`, ends; `pos` where it does not stand there."""
    match = _NUMBER_WORD.match(key, pos, pos + 10)
    return match.end() if match else pos


def read_number(text: str, pos: int, *, after_word: bool) -> Number | None:
    """The number at `pos`. `after_word`: `số` stands before it, so that digits alone or a blank serial count too."""
    if text[pos : pos + 1] not in _STARTS:
        return None
    match = NUMBER.match(text, pos, pos + 160)
    if match is None and after_word:
        match = _MISREAD.match(text, pos, pos + 160) or _BLANK.match(text, pos, pos + 160)
    if match is not None:
        groups = tuple(g for g in re.split(r"[\s/\\\u2044\u2215\uff0f-]+", match["symbol"]) if g)
        strong = any(len(_LETTERS.findall(g)) > 1 and not g.islower() for g in groups)
        if strong or (after_word and match.re is not _BLANK):
            value = "".join(match.group().split()).lstrip(".…").replace("--", "-")
            return Number(value, match.end(), groups, strong)
    if after_word and (digits := _DIGITS.match(text, pos, pos + 12)):
        return Number(digits.group(), digits.end(), (), False)
    return None


def read_digits(text: str, pos: int) -> Number | None:
    """The bare serial of a short form (`Nghị định 45`)."""
    match = _DIGITS.match(text, pos, pos + 12)
    return Number(match.group(), match.end(), (), False) if match else None


@dataclass(frozen=True, slots=True)
class Dated:
    """A date after a reference: where it ends, and its value; None where day, month or year cannot be."""

    end: int
    value: dt.date | None


def read_date(key: str, pos: int) -> Dated | None:
    """The date that follows at `pos` (blanks, a comma and `ngày` included)."""
    if key.find("ng", pos, pos + 28) < 0:
        return None
    window = bare_of(key[pos : pos + 64])
    match = _DATE.match(window, len(window) - len(window.lstrip(" ")))
    if match is None:
        return None
    groups = ("d", "m", "y") if match["y"] else ("wd", "wm", "wy")
    day, month, year = ("".join(match[group].split()).translate(_AS_DIGITS) for group in groups)
    end = match.end()
    if match.group().endswith(")") and "(" not in match.group():
        end -= 1
    return Dated(pos + end, _calendar(day, month, year))


def _calendar(day: str, month: str, year: str) -> dt.date | None:
    if not day or not month or len(year) not in (2, 4):
        return None
    value = int(year)
    if len(year) == 2:
        value += 2000 if value < 50 else 1900
    try:
        found = dt.date(value, int(month), int(day))
    except ValueError:
        return None
    return found if 1900 <= value <= 2100 else None
