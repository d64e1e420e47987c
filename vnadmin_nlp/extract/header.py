"""Phần đầu: issuer, number, place, date, urgency, secrecy (Decree 30/2020/NĐ-CP, appendix I).

The parts are claimed one after the other, those that are known by their own form first: stamps, Quốc hiệu and Tiêu
ngữ, the number, place and date. What nobody claims above the number are the lines of the issuer.
"""

from __future__ import annotations

import re
from functools import cache

from vnadmin_nlp.extract.dateline import place_and_date
from vnadmin_nlp.extract.issuer import begins_name, names_of
from vnadmin_nlp.extract.number import number_range, parts_of
from vnadmin_nlp.extract.strip import Claims, Strip, first_run, strip_of
from vnadmin_nlp.knowledge.document_types import title_of
from vnadmin_nlp.knowledge.rows import Row, load_rows
from vnadmin_nlp.layout import Layout
from vnadmin_nlp.schema import DocumentNumber, Finding, Header, Marking, MarkingLevel, SectionLabel
from vnadmin_nlp.text import Range, bare_of, key_of, normalize, quote

_NATIONAL = re.compile(
    r"[ck][o0]ng\s{1,4}h[o0]a\s{1,4}xa\s{1,4}h[o0][il1]\s{1,4}chu\s{1,4}ngh[il1]a\s{1,4}v[il1]et\s{1,4}nam"
    r"|d[o0]\s?[ce]\s{0,4}[li1]ap\W{1,9}t[u][\s-]{0,4}d[o0]\W{1,9}hanh\s{0,4}phuc"
    r"|dang\s{1,4}cong\s{1,4}san\s{1,4}viet\s{1,4}nam|doan\s{1,4}tncs\s{1,4}h[o0]\s{1,4}chi\s{1,4}minh"
)
_NATIONAL_WORDS = frozenset(
    ["cong", "hoa", "xa", "hoi", "chu", "nghia", "viet", "nam", "doc", "lap", "tu", "do", "hanh", "phuc", "dang", "san"]
)
_NATIONAL_PAIR = re.compile(r"c[o0q]ng h|chu ng|h[a-z]i ch|d[a-z]c l[a-z]p|h[a-z]nh ph")
# The label of the number; where its mark is lost (`So`, `Sé`) a colon, digit or blank must follow
_NUMBER_LABEL = re.compile(
    r"(?<!\w)(?:(?:sö|[58$§][6oốôóö0é])(?=\s{0,3}:)|s[ốôóoổồòõộáàâ]|s[eéèêếd60])(?!\w)\s{0,3}(?::|[.;,!?*'\"]{0,2}\s{0,40}(?=[\d#$/.…]))"
)
_BARE_NUMBER = re.compile(
    r"(?<![\w/-])\d{1,6}[a-zđ]?[\"'`]?\s{0,4}/\s{0,2}(?:\d{4}\s{0,2}/\s{0,2})?[A-ZĐ]{2}[\w&.-]{0,30}"
)
_EDGES = "-–_=~*.,:;|'\"`“”‘’•()[]{}<>/\\+^"
_SCRAPS_AFTER = re.compile(r"(?:\s{1,9}(?:[^\w\s(&]{1,3}|[a-zà-ỹ]))+$")
_SCRAPS_BEFORE = re.compile(r"(?:[^\sA-ZĐÀ-Ỹ]{1,4}\s{1,9}){1,3}")
_JOINT = ("TTLT", "NQLT")
_SECRECY = frozenset({MarkingLevel.MAT, MarkingLevel.TOI_MAT, MarkingLevel.TUYET_MAT})


class MarkingRow(Row):
    """One level of urgency or secrecy."""

    forms: list[str]


def read_header(layout: Layout) -> Header:
    """The fields of the head of the document."""
    strip = strip_of(layout, first_run(layout, SectionLabel.HEADER))
    claims = Claims()
    marks = [*_markings(strip, claims), *_markings_above(layout, strip)]
    for match in _NATIONAL.finditer(strip.bare):
        claims.take(*match.span())
    number = _number(strip, claims)
    above = claims.taken[-1][0] if number else None
    place, date = place_and_date(strip, claims)
    names = names_of(strip, _issuer_lines(strip, claims, above))
    if len(names) > 1 and not begins_name(strip.bare[slice(*names[0][0])]):
        names = names[1:]  # a heading above the document
    if number and (number.symbol or "").upper().startswith(_JOINT):
        names = [[line for name in names for line in name]] if names else []
    issuer = quote(Finding, strip, *names[-1], rule="header.issuer") if names else _named_above_bases(layout)
    parent = quote(Finding, strip, *names[-2], rule="header.parent_agency") if len(names) > 1 else None
    return Header(
        parent_agency=parent,
        issuer=issuer,
        number=number,
        place=place,
        date=date,
        urgency=next((m for m in marks if m.level not in _SECRECY), None),
        secrecy=next((m for m in marks if m.level in _SECRECY), None),
    )


@cache
def _levels() -> dict[str, MarkingLevel]:
    """The level of each form, without marks (stamps are often read without them)."""
    rows = load_rows("markings", MarkingRow)
    return {bare_of(key_of(form)): MarkingLevel(row.id) for row in rows for form in row.forms}


def _level_of(words: str) -> MarkingLevel | None:
    """The level that `words`, a line, stamps: a form in capitals and nothing else."""
    if len(words) > 40 or any(map(str.islower, words)):
        return None
    return _levels().get(" ".join(re.sub(r"[^a-z]+", " ", bare_of(key_of(words))).split()))


def _markings(strip: Strip, claims: Claims) -> list[Marking]:
    """The stamps inside the head, claimed."""
    found = []
    for piece in strip.pieces:
        level = _level_of(strip.text[piece.start : piece.end])
        if level:
            claims.take(piece.start, piece.end)
            found.append(quote(Marking, strip, (piece.start, piece.end), level=level, rule="header.marking"))
    return found


def _markings_above(layout: Layout, strip: Strip) -> list[Marking]:
    """The stamps that stand above the head."""
    found = []
    for line in layout.lines[: strip.pieces[0].cell.line if strip.pieces else 0]:
        for cell in line.cells:
            level = _level_of(layout.words(cell))
            if level:
                found.append(quote(Marking, layout.text, (cell.start, cell.end), level=level, rule="header.marking"))
    return found


def _number(strip: Strip, claims: Claims) -> DocumentNumber | None:
    """The number after its label, claimed with it: one with a notation rather than digits alone."""
    text = strip.text
    best: tuple[Range, Range] | None = None  # label and number
    for label in _NUMBER_LABEL.finditer(strip.key):
        where = number_range(text, label.end(), len(text))
        if where and (best is None or "/" in text[slice(*where)]):
            best = label.span(), where
            if "/" in text[slice(*where)]:
                break
        elif where is None:
            claims.take(*label.span())
    if best:
        (start, _), where = best
        line = text.rfind("\n", 0, start) + 1
        title = text[line:start]  # `Luật số: ...`
        claims.take(line if len(title) < 20 and not title.isupper() else start, where[1])
        return _as_number(strip, where, "header.number", 1.0)
    for piece in strip.pieces:
        bare = _BARE_NUMBER.search(text, piece.start, piece.end)
        found = number_range(text, bare.start(), piece.end) if bare else None
        if found:
            claims.take(*found)
            return _as_number(strip, found, "header.bare_number", 0.8)
    return None


def _as_number(strip: Strip, where: Range, rule: str, score: float) -> DocumentNumber:
    words = "".join(strip.words(*where).split())
    parts = parts_of(words)
    return quote(
        DocumentNumber, strip, where, words=words, serial=parts.serial, year=parts.year, symbol=parts.symbol,
        rule=rule, score=score,
    )  # fmt: skip


def _issuer_lines(strip: Strip, claims: Claims, number_at: int | None) -> list[Range]:
    """The free lines that could name the issuer: those above the number, else all."""
    lines: list[Range] = []
    for piece in strip.pieces:
        for free in claims.left_of(piece):
            low, high = _without_scraps(strip, *strip.trim(*free, _EDGES))
            if low < high and _could_name(strip, low, high, first=not lines):
                lines.append((low, high))
    above = [line for line in lines if number_at is None or line[0] < number_at]
    return (above or lines)[:6]


def _without_scraps(strip: Strip, low: int, high: int) -> Range:
    """`low:high` without what a scan put before and after the capitals of a name."""
    tail = _SCRAPS_AFTER.search(strip.text, low, high)
    high = tail.start() if tail else high
    head = _SCRAPS_BEFORE.match(strip.text, low, high)
    if head and begins_name(strip.bare[head.end() : high]):
        low = head.end()
    return low, high


def _could_name(strip: Strip, low: int, high: int, *, first: bool) -> bool:
    """Whether `low:high` looks like a line of the name of a body: capitals, or the first words of one."""
    words, bare = strip.text[low:high], " ".join(strip.bare[low:high].split())
    letters, parts = sum(map(str.isalpha, words)), bare.split()
    if high - low > 120 or letters < 2 or letters < 0.6 * sum(map(len, parts)):
        return False
    title = title_of(bare)
    if title and (first or not title.rest):
        return False  # but `SỞ` / `KẾ HOẠCH VÀ ĐẦU TƯ`
    if _NATIONAL_PAIR.search(bare) and sum(p in _NATIONAL_WORDS for p in parts) * 2 >= len(parts):
        return False
    return sum(map(str.isupper, words)) >= 0.7 * letters or (bool(begins_name(bare)) and len(parts) <= 12)


def _named_above_bases(layout: Layout) -> Finding | None:
    """The issuer of a decision whose head does not print it: the line in capitals above its legal bases."""
    first = next(layout.cells(SectionLabel.PREAMBLE), None)
    if first is None or next(layout.cells(SectionLabel.HEADER), None) is None or first.end - first.start > 80:
        return None
    strip = strip_of(layout, [first])
    if not strip.text.isupper() or not begins_name(strip.bare):
        return None
    return quote(Finding, strip, (0, len(strip.text)), rule="header.issuer_above_bases", score=0.8)


def reads_markings(text: str) -> set[str]:
    """The row of `markings` that `text`, a line, stamps."""
    level = _level_of(normalize(text).text)
    return {level.value} if level else set()
