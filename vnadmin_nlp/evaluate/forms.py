"""The forms in which gold and predictions are compared, so that only what a reader would call a difference counts."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from functools import lru_cache

_MARKUP = frozenset("*_|#\\")
_HIDDEN = frozenset("\u200b\ufeff\xad")
# Cyrillic letters that documents print for the Latin ones
_LOOKALIKES = str.maketrans("АВЕКМНОРСТХаеорсх", "ABEKMHOPCTXaeopcx")
_DASH = re.compile("[\u2010-\u2015\u2212]")
_AROUND_DASH = re.compile(r"\s*-\s*")
_BEFORE_STOP = re.compile(r"\s+([,;:.)])")
_SPACE = re.compile(r"\s+")
_GAP = re.compile(r"[\s\u200b\ufeff\xad]")
_WORD = re.compile(r"[^\s\u200b\ufeff\xad*_|#\\]+")
_OUTER = " .;,:-–'\"“”‘’"


def fold(text: str) -> tuple[str, list[int]]:
    """`text` composed (NFC), white space single, markup marks gone; and for each character its offset in `text`."""
    if unicodedata.is_normalized("NFC", text) and not any(map(unicodedata.combining, set(text))):
        return _fold_words(text)
    out: list[str] = []
    where: list[int] = []
    low, length = 0, len(text)
    while low < length:
        high = low + 1
        while high < length and unicodedata.combining(text[high]):
            high += 1
        unit = unicodedata.normalize("NFC", text[low:high])
        if unit.isspace() or unit in _HIDDEN:
            if out and out[-1] != " ":
                out.append(" ")
                where.append(low)
        elif unit not in _MARKUP:
            out.extend(unit)
            where.extend([low] * len(unit))
        low = high
    return "".join(out), where


def _fold_words(text: str) -> tuple[str, list[int]]:
    """`fold` of a text whose every character stands alone: its words as they are, what is between them at a time."""
    out: list[str] = []
    where: list[int] = []
    end = 0
    for match in _WORD.finditer(text):
        low, high = match.span()
        if out and (gap := _GAP.search(text, end, low)):
            out.append(" ")
            where.append(gap.start())
        out.append(match[0])
        where.extend(range(low, high))
        end = high
    if out and (gap := _GAP.search(text, end)):
        out.append(" ")
        where.append(gap.start())
    return "".join(out), where


@lru_cache(maxsize=1 << 16)
def norm(text: str | None) -> str:
    """Words as compared: folded, without case, look-alikes joined, no space around dashes, no outer punctuation."""
    if text is None:
        return ""
    words = fold(text)[0].translate(_LOOKALIKES).casefold()
    words = _DASH.sub("-", words).replace("ð", "đ")
    words = _BEFORE_STOP.sub(r"\1", _AROUND_DASH.sub("-", words))
    return _SPACE.sub(" ", words).strip(_OUTER)


def norm_number(text: str | None) -> str:
    """A document number as compared: `norm` without spaces."""
    return _SPACE.sub("", norm(text))


def iso(value: dt.date | dt.datetime | str | None) -> str:
    """A day as `2022-09-30`, an instant as `2022-09-30T17:00`; midnight is its day; None is empty."""
    if value is None:
        return ""
    text = value if isinstance(value, str) else value.isoformat()
    return text[:16].removesuffix("T00:00") if "T" in text else text


Rules = tuple[tuple[tuple[str, str], ...], ...]


def rules(recurrence: str | None) -> Rules:
    """RFC 5545 rules joined by ` | ` as comparable parts, in any order; INTERVAL=1 and WKST say nothing."""
    found = []
    for one in (recurrence or "").upper().split("|"):
        pairs = [part.strip().split("=", 1) for part in one.strip().removeprefix("RRULE:").split(";") if "=" in part]
        parts = {name: value for name, value in pairs if name != "WKST" and (name, value) != ("INTERVAL", "1")}
        if parts:
            found.append(tuple(sorted(parts.items())))
    return tuple(sorted(found))
