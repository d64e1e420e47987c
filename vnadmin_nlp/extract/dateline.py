"""Địa danh và thời gian ban hành: `Quảng Ngãi, ngày 13 tháng 9 năm 2022` in the head of a document."""

from __future__ import annotations

import datetime as dt
import re

from vnadmin_nlp.extract.strip import Claims, Piece, Strip
from vnadmin_nlp.schema import DateMention, Finding
from vnadmin_nlp.text import Range, quote

_DATE = re.compile(
    r"(?<![a-z])ngay[.:]?\s{0,40}(?P<d1>\S{0,12}?)\s{0,40}thang\s{0,40}(?P<m1>\S{0,12}?)\s{0,40}"
    r"nam[ .]{0,40}(?:\n\s{0,9}(?=\d))?(?P<y1>\d{4}|\S{0,8})"
    r"|(?<![a-z])ngay\s{0,9}(?P<d2>\d{1,2})\s?[/.-]\s?(?P<m2>\d{1,2})\s?[/.-]\s?(?P<y2>\d{4})(?!\d)"
    # as scans print it
    r"|(?<![a-z])n[gq][a-z]{1,2}(?P<d3>(?:(?!ng)[^\n]){0,14}?)[tfi]h[au]ng(?P<m3>[^\n]{0,12}?)"
    r"[a-z]{0,2}[ad]m[ .]{0,9}(?P<y3>(?:19|20)\d\d)(?!\d)"
)
_SHORT_DATE = re.compile(r"(?<=, )\s{0,9}(?P<d2>\d{1,2})[/.-](?P<m2>\d{1,2})[/.-](?P<y2>\d{4})(?!\d)")
_OPEN_DATE = re.compile(r"[,a-z]\s{1,9}ngay\b(?!\s{0,9}\d)")  # the rest is left blank, or lost
_DIGITS = str.maketrans("oOQlI|][iSsBZz", "00011111155822")  # scans, beside a digit that was read
_HOUR = re.compile(r"(?:,|\bhoi\b|\bluc\b|\bvao\b)[^\n]{0,12}\b\d{1,2}\s{0,3}(?:gio|h|:)[^\n]{0,20}$")
_EDGES = ",.:;-–_'\"`|*~"
_LONGEST_PLACE = 7  # words


def place_and_date(strip: Strip, claims: Claims) -> tuple[Finding | None, DateMention | None]:
    """Where and when, claimed. The place is also read where the day is left blank."""
    match = _date_match(strip)
    if match is None:
        return None, None
    value, sure = _value(match)
    date = None
    if value:
        score = 1.0 if sure else 0.8
        date = quote(DateMention, strip, match.span(), value=value, rule="header.date", score=score)
    where = _place_before(strip, claims, match.start())
    claims.take(*match.span())
    if where is None:
        return None, date
    claims.take(*where)
    return quote(Finding, strip, where, rule="header.place"), date


def _date_match(strip: Strip) -> re.Match[str] | None:
    """The date of the head: one after a comma rather than one in running words."""
    matches = [*_DATE.finditer(strip.bare), *_SHORT_DATE.finditer(strip.bare)]
    led = [m for m in matches if strip.bare[max(0, m.start() - 9) : m.start()].rstrip().endswith(",")]
    return next(iter(led or matches), None) or _OPEN_DATE.search(strip.bare)


def _value(match: re.Match[str]) -> tuple[dt.date | None, bool]:
    """The day that `match` prints, None where a part is blank or unreadable, and whether it needed no guess."""
    groups = match.groupdict()
    parts = next((p for p in ([groups.get(f"{k}{n}") for k in "dmy"] for n in "123") if any(p)), [])
    digits, sure = [], True
    for part in parts:
        part = "".join((part or "").strip(".,:;'\"` ").split(" ", 1))  # stamped digits are often read apart
        if not part.isdigit() and any(map(str.isdigit, part)):
            part, sure = part.translate(_DIGITS), False
        if not (part.isascii() and part.isdigit()):
            return None, False
        digits.append(int(part))
    if len(digits) < 3 or digits[2] < 1900:
        return None, False
    try:
        return dt.date(digits[2], digits[1], digits[0]), sure
    except ValueError:
        return None, False


def _place_before(strip: Strip, claims: Claims, at: int) -> Range | None:
    """The place that stands before the date at `at`, its lines joined (`Thành phố Hồ Chí` / `Minh, ngày`)."""
    index = next((i for i in range(len(strip.pieces) - 1, -1, -1) if strip.pieces[i].start <= at), None)
    if index is None:
        return None
    piece = strip.pieces[index]
    low, high = _free_words(strip, claims, piece, at)
    alone = low == high
    if index and (alone or (low == piece.start and not piece.fresh)):
        before = strip.pieces[index - 1]
        if _began_in(strip, claims, before, alone):
            low, high = before.start, before.end if alone else high
    if low == high:
        low, high = _beside(strip, claims, piece)
    low, high = strip.trim(low, high, _EDGES)
    words = strip.text[low:high].split()
    if len(words) > 2 and len(words[0]) == 1:  # a scrap of the column to the left
        low, words = strip.text.index(words[1], low), words[1:]
    if not words or len(words) > _LONGEST_PLACE or not words[0][0].isalpha():
        return None
    return low, high


def _beside(strip: Strip, claims: Claims, piece: Piece) -> Range:
    """The free words at the end of another cell of the same line: the columns were parted inside the dateline."""
    for other in strip.pieces:
        if other is not piece and other.cell.line == piece.cell.line:
            low, high = next(reversed(claims.left_of(other)), (0, 0))
            if high == other.end and strip.text[low:high].strip()[:1].isupper() and strip.text[:high].endswith(","):
                return low, high
    return piece.start, piece.start


def _free_words(strip: Strip, claims: Claims, piece: Piece, at: int) -> Range:
    """The free words of `piece` that end at `at`, after the last wide gap."""
    start = max((high for low, high in claims.taken if piece.start < high <= at), default=piece.start)
    hour = _HOUR.search(strip.bare, start, at)  # of a công điện
    end = hour.start() if hour else at
    while end > start and strip.text[end - 1] in " ,.\n":
        end -= 1
    return max(start, strip.text.rfind("   ", start, end)), end


def _began_in(strip: Strip, claims: Claims, before: Piece, alone: bool) -> bool:
    """Whether the place began in `before`, the line above: a few free words in small letters after a capital."""
    words = strip.text[before.start : before.end].strip(" ,")
    if claims.left_of(before) != [(before.start, before.end)] or not words[:1].isupper() or words.isupper():
        return False
    return len(words.split()) <= 5 and not any(c.isdigit() or c == ":" for c in words) and (alone or "," not in words)
