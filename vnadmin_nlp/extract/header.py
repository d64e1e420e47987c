"""Phần đầu: issuer, number, place, date, urgency, secrecy (Decree 30/2020/NĐ-CP, appendix I).

The parts are claimed one after the other, those that are known by their own form first: stamps, Quốc hiệu and Tiêu
ngữ, the number, place and date. What nobody claims above the number are the lines of the issuer.
"""

from __future__ import annotations

import datetime as dt
import re
from functools import cache

from vnadmin_nlp.extract.issuer import begins_name, names_of
from vnadmin_nlp.extract.number import number_range, parts_of
from vnadmin_nlp.extract.strip import Piece, Strip, first_run, strip_of
from vnadmin_nlp.knowledge.rows import Row, load_rows
from vnadmin_nlp.layout import Layout
from vnadmin_nlp.schema import (
    DateMention,
    DocumentNumber,
    Finding,
    Header,
    Marking,
    MarkingLevel,
    SectionLabel,
)
from vnadmin_nlp.text import Range, bare_of, key_of, normalize, quote

_NATIONAL = re.compile(
    r"[ck][o0]ng\s{1,4}h[o0]a\s{1,4}xa\s{1,4}h[o0][il1]\s{1,4}chu\s{1,4}ngh[il1]a\s{1,4}v[il1]et\s{1,4}nam"
    r"|d[o0]c\s{0,4}lap\W{1,9}t[u][\s-]{0,4}d[o0]\W{1,9}hanh\s{0,4}phuc"
    r"|dang\s{1,4}cong\s{1,4}san\s{1,4}viet\s{1,4}nam|doan\s{1,4}tncs\s{1,4}h[o0]\s{1,4}chi\s{1,4}minh"
)
_NATIONAL_WORDS = frozenset("cong hoa xa hoi chu nghia viet nam doc lap tu do hanh phuc dang san".split())
_NATIONAL_PAIR = re.compile(r"c[o0q]ng h|chu ng|h[a-z]i ch|d[a-z]c l[a-z]p|h[a-z]nh ph")
# The label of the number; where the mark is lost (`So`, `Sé`) a colon, digit or blank must follow
_NUMBER_LABEL = re.compile(r"(?<!\w)(?:s[ốôóoổồòõộ]|s[eéèêếd60])(?!\w)\s{0,3}(?::|[.;,!?*'\"]{0,2}\s{0,40}(?=[\d#$/.…]))")
_BARE_NUMBER = re.compile(r"(?<![\w/.-])\d{1,6}[a-zđ]?\s{0,4}/\s{0,2}(?:\d{4}\s{0,2}/\s{0,2})?[A-ZĐ]{2}[\w&.-]{0,30}")
_DATE = re.compile(
    r"(?<![a-z])ng[a@]y[.:]?\s{0,40}(?P<day>\S{0,12}?)\s{0,40}th[a@]ng\s{0,40}(?P<month>\S{0,12}?)\s{0,40}n[a@]m[ .]{0,40}(?:\n\s{0,9}(?=\d))?(?P<year>\d{4}|\S{0,8})"
    r"|(?<![a-z])ngay\s{0,9}(?P<d>\d{1,2})\s?[/.-]\s?(?P<m>\d{1,2})\s?[/.-]\s?(?P<y>\d{4})(?!\d)"
)
_SHORT_DATE = re.compile(r"(?<=, )\s{0,9}(?P<d>\d{1,2})[/.-](?P<m>\d{1,2})[/.-](?P<y>\d{4})(?!\d)")
_OPEN_DATE = re.compile(r",\s{0,9}ngay\b(?!\s{0,9}\d)")  # the rest is left blank, or lost
_DIGITS = str.maketrans("oOQlI|][iSsBZz", "00011111155822")  # scans, beside a digit that was read
_LONGEST_PLACE = 7  # words


class MarkingRow(Row):
    """One level of urgency or secrecy."""

    forms: list[str]


class _Claims:
    """Which ranges of the strip are taken, and what is left of each piece."""

    def __init__(self, strip: Strip) -> None:
        self.strip = strip
        self.taken: list[Range] = []

    def take(self, start: int, end: int) -> None:
        self.taken.append((start, end))

    def left_of(self, piece: Piece) -> list[Range]:
        """The parts of `piece` that are free, in order."""
        out, at = [], piece.start
        for low, high in sorted(self.taken):
            if high <= at or low >= piece.end:
                continue
            if low > at:
                out.append((at, low))
            at = max(at, high)
        if at < piece.end:
            out.append((at, piece.end))
        return out


def read_header(layout: Layout) -> Header:
    """The fields of the head of the document."""
    strip = strip_of(layout, first_run(layout, SectionLabel.HEADER))
    claims = _Claims(strip)
    urgency, secrecy = _markings(layout, strip, claims)
    for match in _NATIONAL.finditer(strip.bare):
        claims.take(*match.span())
    number_at, number = _number(strip, claims)
    place, date = _place_and_date(strip, claims)
    names = names_of(strip, _issuer_lines(strip, claims, number_at))
    if number and number.symbol and number.symbol.upper().startswith(("TTLT", "NQLT")) and len(names) > 1:
        names = [[line for name in names for line in name]]
    issuer = quote(Finding, strip, *names[-1], rule="header.issuer") if names else _named_above_bases(layout)
    parent = quote(Finding, strip, *names[-2], rule="header.parent_agency") if len(names) > 1 else None
    return Header(
        parent_agency=parent, issuer=issuer, number=number, place=place, date=date, urgency=urgency, secrecy=secrecy
    )


@cache
def _levels() -> dict[str, MarkingLevel]:
    """The level of each form, without marks (stamps are often read without them)."""
    rows = load_rows("markings", MarkingRow)
    return {bare_of(key_of(form)): MarkingLevel(row.id) for row in rows for form in row.forms}


def _level_of(words: str, bare: str) -> MarkingLevel | None:
    """The level that `words`, a line, stamps: a form in capitals and nothing else."""
    if len(words) > 40 or any(map(str.islower, words)):
        return None
    return _levels().get(" ".join(re.sub(r"[^a-z]+", " ", bare).split()))


def _markings(layout: Layout, strip: Strip, claims: _Claims) -> tuple[Marking | None, Marking | None]:
    """Urgency and secrecy; stamps that stand above the head count too."""
    found: list[Marking] = []
    for piece in strip.pieces:
        level = _level_of(strip.text[piece.start : piece.end], strip.bare[piece.start : piece.end])
        if level:
            claims.take(piece.start, piece.end)
            found.append(quote(Marking, strip, (piece.start, piece.end), level=level, rule="header.marking"))
    for line in layout.lines[: strip.pieces[0].cell.line if strip.pieces else 0]:
        for cell in line.cells:
            words = layout.words(cell)
            level = _level_of(words, bare_of(layout.text.key[cell.start : cell.end]))
            if level:
                found.append(quote(Marking, layout.text, (cell.start, cell.end), level=level, rule="header.marking"))
    secret = (MarkingLevel.MAT, MarkingLevel.TOI_MAT, MarkingLevel.TUYET_MAT)
    urgency = next((m for m in found if m.level not in secret), None)
    return urgency, next((m for m in found if m.level in secret), None)


def _number(strip: Strip, claims: _Claims) -> tuple[int | None, DocumentNumber | None]:
    """Where the label of the number stands, and the number."""
    text, best = strip.text, None
    for label in _NUMBER_LABEL.finditer(strip.key):
        where = number_range(text, label.end(), len(text))
        if where is None:
            best = best or (label, None)
        elif best is None or best[1] is None or "/" in text[slice(*where)] and "/" not in text[slice(*best[1])]:
            best = (label, where)
        if best[1] and "/" in text[slice(*best[1])]:
            break
    if best is None or best[1] is None:
        for piece in strip.pieces:
            bare = _BARE_NUMBER.search(text, piece.start, piece.end)
            if bare:
                claims.take(*bare.span())
                return bare.start(), _as_number(strip, bare.span(), 0.8)
    if best is None:
        return None, None
    label, where = best
    line_end = text.find("\n", label.start())
    if where is None:
        claims.take(label.start(), label.end())
        return label.start(), None
    before = text.rfind("\n", 0, label.start()) + 1
    lead = text[before : label.start()]  # the word of `Luật số: ...`
    claims.take(before if len(lead) < 20 and not lead.isupper() else label.start(), where[1])
    del line_end
    return label.start(), _as_number(strip, where, 1.0)


def _as_number(strip: Strip, where: Range, score: float) -> DocumentNumber:
    words = "".join(strip.words(*where).split())
    parts = parts_of(words)
    return quote(
        DocumentNumber, strip, where, words=words, serial=parts.serial, year=parts.year, symbol=parts.symbol,
        rule="header.number", score=score,
    )  # fmt: skip


def _place_and_date(strip: Strip, claims: _Claims) -> tuple[Finding | None, DateMention | None]:
    """Where and when: the place is also read where the day is left blank."""
    match = _date_match(strip)
    if match is None:
        return None, None
    date = None
    value = _value(match) if match.lastgroup else None
    if value:
        date = quote(DateMention, strip, match.span(), value=value, rule="header.date")
    where = _place_before(strip, claims, match.start())
    claims.take(*match.span())
    place = None
    if where:
        claims.take(*where)
        place = quote(Finding, strip, where, rule="header.place")
    return place, date


def _date_match(strip: Strip) -> re.Match[str] | None:
    """The date of the head: one after a comma rather than one in running words."""
    matches = [*_DATE.finditer(strip.bare), *_SHORT_DATE.finditer(strip.bare)]
    led = [m for m in matches if strip.bare[: m.start()].rstrip()[-1:] == ","]
    return next(iter(led or matches), None) or next(_OPEN_DATE.finditer(strip.bare), None)


def _value(match: re.Match[str]) -> dt.date | None:
    """The day that `match` prints, None where a part is blank or cannot be read."""
    parts = [match["day"], match["month"], match["year"]] if match["d"] is None else [match["d"], match["m"], match["y"]]
    digits = []
    for part in parts:
        part = (part or "").strip(".,:;'\"` ")
        if not part.isdigit() and any(map(str.isdigit, part)):
            part = part.translate(_DIGITS)
        if not (part.isascii() and part.isdigit()):
            return None
        digits.append(int(part))
    try:
        return dt.date(digits[2], digits[1], digits[0]) if digits[2] > 1900 else None
    except ValueError:
        return None


def _place_before(strip: Strip, claims: _Claims, at: int) -> Range | None:
    """The place that stands before the date at `at`, its lines joined (`Thành phố Hồ Chí` / `Minh, ngày`)."""
    index = next((i for i in range(len(strip.pieces) - 1, -1, -1) if strip.pieces[i].start <= at), None)
    if index is None:
        return None
    low, high = _free_tail(strip, claims, strip.pieces[index], at)
    if low == high or not strip.pieces[index].fresh and low == strip.pieces[index].start:
        if index and _goes_on(strip, claims, strip.pieces[index - 1], low == high):
            low = strip.pieces[index - 1].start
            high = high if high > low else strip.pieces[index - 1].end
    low, high = strip.trim(low, high, ",.:;-–_'\"`|*~")
    words = strip.text[low:high].split()
    if not words or len(words) > _LONGEST_PLACE or not words[0][0].isalpha():
        return None
    return low, high


def _free_tail(strip: Strip, claims: _Claims, piece: Piece, at: int) -> Range:
    """The free words of `piece` that end at `at`, after the last wide gap."""
    start = piece.start
    for low, high in claims.taken:
        if low < at and start < high <= at:
            start = high
    gap = strip.text.rfind("   ", start, len(strip.text[:at].rstrip(" ,")))
    start = max(start, gap)
    end = at
    while end > start and strip.text[end - 1] in " ,.\n":
        end -= 1
    return start, max(start, end)


def _goes_on(strip: Strip, claims: _Claims, before: Piece, alone: bool) -> bool:
    """Whether the place began in `before`, the line above: a few free words in small letters after a capital."""
    words = strip.text[before.start : before.end].strip(" ,")
    if claims.left_of(before) != [(before.start, before.end)] or not words[:1].isupper() or words.isupper():
        return False
    return len(words.split()) <= 5 and not any(map(str.isdigit, words)) and ":" not in words and (alone or "," not in words)


def _issuer_lines(strip: Strip, claims: _Claims, number_at: int | None) -> list[Range]:
    """The free lines that could name the issuer: those above the number, else all."""
    lines = []
    for piece in strip.pieces:
        for low, high in claims.left_of(piece):
            low, high = strip.trim(low, high, "-–_=~*.,:;|'\"`“”‘’•()[]{}<>/\\+^")
            if low < high and _could_name(strip, low, high):
                lines.append((low, high))
    above = [line for line in lines if number_at is None or line[0] < number_at]
    return (above or lines)[:6]


def _could_name(strip: Strip, low: int, high: int) -> bool:
    """Whether `low:high` looks like a line of the name of a body: capitals, or the first words of one."""
    words, bare = strip.text[low:high], " ".join(strip.bare[low:high].split())
    letters = sum(map(str.isalpha, words))
    if high - low > 120 or letters < 2 or letters < 0.6 * len("".join(words.split())):
        return False
    parts = bare.split()
    if _NATIONAL_PAIR.search(bare) and sum(p in _NATIONAL_WORDS for p in parts) * 2 >= len(parts):
        return False
    upper = sum(map(str.isupper, words))
    return upper >= 0.7 * letters or bool(begins_name(bare)) and len(parts) <= 12


def _named_above_bases(layout: Layout) -> Finding | None:
    """The issuer of a decision whose head does not print it: the line in capitals above its legal bases."""
    first = next(layout.cells(SectionLabel.PREAMBLE), None)
    if first is None or not any(True for _ in layout.cells(SectionLabel.HEADER)):
        return None
    strip = strip_of(layout, [first])
    if not strip.pieces or not strip.text.isupper() or len(strip.text) > 80:
        return None
    names = names_of(strip, [(0, len(strip.text))])
    return quote(Finding, strip, *names[0], rule="header.issuer_above_bases", score=0.8) if begins_name(strip.bare) else None


def reads_markings(text: str) -> set[str]:
    """The row of `markings` that `text`, a line, stamps."""
    working = normalize(text)
    level = _level_of(working.text, bare_of(working.key))
    return {level.value} if level else set()
