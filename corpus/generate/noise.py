"""What happens to a finished page on its way: recognition, other encodings, lost marks, slips of the hand.

Each step makes a new text and an exact map of places; sections and the ranges of all pieces go through the map. No
step turns a digit into another or takes one away within a piece: what is printed can still be known. Where the head's
day or month is beyond reading, its piece stands nowhere. Slips in references are written by `citations`, which knows
what is meant, on pages of the levels SLIPPING.
"""

from __future__ import annotations

import random
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable
from functools import cache
from itertools import accumulate
from math import log

from .data import table
from .draft import Draft, Field, Limit, Name, Piece, Range, Ref
from .page import Sheet

LEVELS = ("clean", "light", "ocr", "nfd", "no-accents", "slips", "mixed")
SLIPPING = ("ocr", "slips")
"""Levels on which numbers, symbols and days of references may be misread (`4S/UBND-KT`)."""
_MIX = [("clean", 44), ("light", 26), ("ocr", 16), ("nfd", 8), ("no-accents", 6)]
RATES = (0.002, 0.005, 0.01, 0.02, 0.04)  # of the letters that recognition misreads, from document to document
Edit = tuple[int, int, str]  # characters that are replaced, and by what
Move = Callable[[int], int]

_WORD = re.compile(r"[^\W\d_]{3,}")
_QUOTES = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'"})
_DASHES = "–—‑−"


def level_of(level: str, rng: random.Random) -> str:
    """The level of one document: `mixed` draws one."""
    if level != "mixed":
        return level
    names, weights = zip(*_MIX, strict=True)
    return str(rng.choices(names, weights)[0])


def spoil(sheet: Sheet, draft: Draft, level: str, rng: random.Random) -> Sheet:
    """The sheet with noise of a level (not `mixed`); the ranges of the draft's pieces are those in the new text."""
    steps = {"light": _light, "ocr": _ocr, "nfd": _nfd, "no-accents": _no_accents}
    if level == "clean":
        return sheet
    if level == "slips":  # which stand in the sheet already
        sheet.noise = level
        return sheet
    pieces = list(draft.pieces())
    sheet = steps[level](sheet, pieces, rng)
    sheet.noise = level
    return sheet


class _Map:
    """Where places of the text before have gone; built from edits that do not overlap, in order."""

    def __init__(self, edits: list[Edit]) -> None:
        self.starts = [start for start, _, _ in edits]
        self.edits = edits
        self.shifts = [0, *accumulate(len(new) - (end - start) for start, end, new in edits)]

    def start(self, at: int) -> int:
        """Where a range begins that began at `at`; inside a replaced stretch, as far into the new one."""
        index = bisect_right(self.starts, at) - 1
        if index < 0:
            return at
        start, end, new = self.edits[index]
        if at >= end:
            return at + self.shifts[index + 1]
        return start + self.shifts[index] + min(at - start, len(new))

    def end(self, at: int) -> int:
        """Where a range ends that ended at `at`."""
        index = bisect_right(self.starts, at - 1) - 1
        if index < 0:
            return at
        start, end, new = self.edits[index]
        if at >= end:
            return at + self.shifts[index + 1]
        return start + self.shifts[index] + min(at - start, len(new))


def edited(sheet: Sheet, pieces: list[Piece], edits: list[Edit]) -> Sheet:
    """The sheet after edits, which must be in order and apart; empty ranges are dropped."""
    if not edits:
        return sheet
    out, at = [], 0
    text = sheet.text
    for start, end, new in edits:
        out += [text[at:start], new]
        at = end
    out.append(text[at:])
    there = _Map(edits)
    return _moved(sheet, pieces, "".join(out), there.start, there.end)


def _moved(sheet: Sheet, pieces: list[Piece], text: str, start: Move, end: Move) -> Sheet:
    for piece in pieces:
        piece.ranges = _apart([(start(low), end(high)) for low, high in piece.ranges])
    labels = [(start(low), end(high), label) for low, high, label in sheet.labels]
    return Sheet(text, [row for row in labels if row[0] < row[1]], sheet.noise, sheet.look)


def _apart(ranges: list[Range]) -> list[Range]:
    return [(low, high) for low, high in ranges if low < high]


def _nfd(sheet: Sheet, pieces: list[Piece], rng: random.Random) -> Sheet:
    """Letters and marks apart, as some systems store them."""
    units = [unicodedata.normalize("NFD", c) for c in sheet.text]
    places = [0, *accumulate(map(len, units))]
    return _moved(sheet, pieces, "".join(units), places.__getitem__, places.__getitem__)


def _no_accents(sheet: Sheet, pieces: list[Piece], rng: random.Random) -> Sheet:
    """Letters without marks, as many; the marks of capitals alone are lost in some documents."""
    bare = sheet.text.translate(_bare())
    if rng.random() < 0.2:
        bare = "".join(new if old.isupper() else old for old, new in zip(sheet.text, bare, strict=True))
    return Sheet(bare, sheet.labels, sheet.noise, sheet.look)


@cache
def _bare() -> dict[int, str]:
    out = {ord("đ"): "d", ord("Đ"): "D"}
    for at in (*range(0xC0, 0x1B5), *range(0x1EA0, 0x1EFA)):
        first = unicodedata.normalize("NFD", chr(at))[0]
        if first != chr(at):
            out[at] = first
    return out


# -- light ---------------------------------------------------------------------------------------------------------
_SPACE = re.compile(r"(?<=\S) (?=\S)")
_DASH = re.compile(r"(?<= )-(?= )|(?<=\d)-(?=\d)|(?<=\w)-(?=\w)")


@cache
def _tones() -> tuple[re.Pattern[str], dict[str, str]]:
    """Where a tone mark stands by one school, and by the other."""
    rows: dict[str, str] = table("confusions")["tones"]
    rows = {case(old): case(new) for old, new in rows.items() for case in (str.lower, str.capitalize, str.upper)}
    return re.compile("|".join(rows)), rows


def _light(sheet: Sheet, pieces: list[Piece], rng: random.Random) -> Sheet:
    """What editors, mail and browsers leave: other spaces, quotes and dashes, tone marks elsewhere, slips of case."""
    text = sheet.text
    edits: list[Edit] = []
    if rng.random() < 0.4:
        share = rng.choice([0.3, 1.0])
        pattern, other = _tones()
        edits += [(m.start(), m.end(), other[m[0]]) for m in pattern.finditer(text) if rng.random() < share]
    if rng.random() < 0.5:
        new, share = rng.choice(["\u00a0", "\u00a0", "  ", "\u2009", "\t"]), rng.choice([0.01, 0.03, 0.1])
        edits += [(m.start(), m.end(), new) for m in _SPACE.finditer(text) if rng.random() < share]
    if rng.random() < 0.3:
        dash = rng.choice(_DASHES)
        share = rng.choice([0.2, 1.0])
        edits += [(m.start(), m.end(), dash) for m in _DASH.finditer(text) if rng.random() < share]
    if rng.random() < 0.4:
        edits += [(m.start(), m.end(), m[0].translate(_QUOTES)) for m in re.finditer("[“”‘’]", text)]
    if rng.random() < 0.3:
        share = rng.choice([0.002, 0.01])
        places = _gaps(text, share, rng) + [at for at in _number_spots(text, pieces) if rng.random() < 0.15]
        edits += [(at, at, rng.choice("\u200b\u200b\ufeff\u00ad")) for at in places]
    if rng.random() < 0.4:
        edits += _case(text, rng)
    sheet = edited(sheet, pieces, _in_order(edits))
    if rng.random() < 0.15:
        breaks = [m.start() for m in re.finditer("\n", sheet.text)]
        sheet = edited(sheet, pieces, [(at, at, "\r") for at in breaks])
    if rng.random() < 0.05:
        sheet = edited(sheet, pieces, [(0, 0, "\ufeff")])
    return sheet


def _gaps(text: str, share: float, rng: random.Random) -> list[int]:
    """Places after a space, where zero-width characters come in."""
    return [m.end() for m in _SPACE.finditer(text) if rng.random() < share]


def _case(text: str, rng: random.Random) -> list[Edit]:
    """A capital or a small letter where the other belongs, at the head of a word."""
    out: list[Edit] = []
    for m in _WORD.finditer(text):
        if rng.random() < 0.006 and not m[0].isupper():
            out.append((m.start(), m.start() + 1, text[m.start()].swapcase()))
    return out


def _in_order(edits: list[Edit]) -> list[Edit]:
    """The edits by place, without those that touch the one before."""
    out: list[Edit] = []
    last = -1
    for edit in sorted(edits):
        if edit[0] > last:
            out.append(edit)
            last = edit[1]
    return out


# -- recognition ---------------------------------------------------------------------------------------------------
@cache
def _letters() -> dict[str, tuple[str, ...]]:
    rows = table("confusions")
    return {a: tuple(b.split()) for a, b in {**rows["shapes"], **rows["digits"], **rows["marks"]}.items()}


@cache
def _words() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, table("confusions")["words"])))


_LINE = re.compile(r"[^\n]{4,}")


def _ocr(sheet: Sheet, pieces: list[Piece], rng: random.Random) -> Sheet:
    """A page as recognition reads it, better or worse from document to document."""
    rate = rng.choice(RATES)
    hand = _date_lost(sheet.text, pieces, rng) if rng.random() < 0.3 else []
    hand += _number_lost(sheet.text, pieces, rng) if rng.random() < 0.5 else []
    sheet = edited(sheet, pieces, sorted(hand))
    text = sheet.text
    edits = _capitals_bare(text, rng)
    edits += _word_edits(text, rate, rng)
    edits += _letter_edits(text, rate, rng)
    edits += _line_edits(text, pieces, rate, rng)
    edits += _space_edits(text, pieces, rate, rng)
    return edited(sheet, pieces, _in_order(edits))


def _letter_edits(text: str, rate: float, rng: random.Random) -> list[Edit]:
    """Letters and marks misread; two letters as one (`rn`, `cl`) as often as one."""
    letters, marks, at = _letters(), table("confusions")["marks"], 0
    out: list[Edit] = []
    scale = log(1 - rate)
    while True:
        at += 1 + int(log(1 - rng.random()) / scale)
        if at >= len(text):
            return out
        two, one = text[at : at + 2], text[at]
        row = letters.get(two) or letters.get(one)
        if row is None or (one not in marks and rng.random() < 0.6):
            continue  # marks are lost far more often than letters are misread
        new = row[int(rng.random() ** 2 * len(row))]
        out.append((at, at + (2 if two in letters else 1), new))


def _word_edits(text: str, rate: float, rng: random.Random) -> list[Edit]:
    rows = table("confusions")["words"]
    share = min(0.6, rate * 14)
    return [(m.start(), m.end(), rng.choice(rows[m[0]])) for m in _words().finditer(text) if rng.random() < share]


def _capitals_bare(text: str, rng: random.Random) -> list[Edit]:
    """Lines in capitals lose all their marks."""
    if rng.random() < 0.4:
        return []
    bare, out = _bare(), []
    for m in _LINE.finditer(text):
        if m[0].isupper() and rng.random() < 0.5:
            out += [(at, at + 1, bare[ord(text[at])]) for at in range(m.start(), m.end()) if ord(text[at]) in bare]
    return out


def _line_edits(text: str, pieces: list[Piece], rate: float, rng: random.Random) -> list[Edit]:
    """Empty lines come in, junk from stamps and seals at line ends and between lines; none inside what is quoted."""
    rows = table("confusions")
    quoted = [r for piece in pieces if isinstance(piece, (Field, Ref, Limit, Name)) for r in piece.ranges]
    out: list[Edit] = []
    share, gaps = rate * 2, rng.choice([0.0, 0.0, 0.05, 0.2])
    total = len(text)
    for m in re.finditer("\n", text):
        at, turn = m.start(), rng.random()
        near = 1.0 if at < 600 or at > total - 700 else 0.15
        if turn < share * near:
            if any(low < at < high for low, high in quoted):
                continue
            out.append((at, at, " " + rng.choice(rows["junk"])))
        elif turn < share * near * 1.5 and text[at - 1 : at] == "\n":
            out.append((at, at, rng.choice(rows["scrawl"])))
        elif turn > 1 - gaps:
            out.append((at, at, "\n"))
    return out


def _space_edits(text: str, pieces: list[Piece], rate: float, rng: random.Random) -> list[Edit]:
    """Words joined, but not a name to its neighbour; words and numbers split."""
    edges = {at for piece in pieces if isinstance(piece, (Name, Ref, Limit)) for pair in piece.ranges for at in pair}
    out: list[Edit] = [
        (m.start(), m.end(), "")
        for m in _SPACE.finditer(text)
        if rng.random() < rate * 0.3 and m.start() not in edges and m.end() not in edges
    ]
    for m in _WORD.finditer(text):
        if rng.random() < rate * 0.2:
            at = m.start() + 1 + int(rng.random() * (len(m[0]) - 1))
            out.append((at, at, " "))
    out += [(at, at, " ") for at in _number_spots(text, pieces) if rng.random() < min(0.3, rate * 8)]
    return out


def _number_spots(text: str, pieces: list[Piece]) -> list[int]:
    """Places before the signs in numbers of documents."""
    numbers = [p for p in pieces if isinstance(p, Field) and p.role in ("number", "ref_number")]
    return [at for p in numbers for low, high in p.ranges for at in range(low + 1, high) if text[at] in "/-"]


def _date_lost(text: str, pieces: list[Piece], rng: random.Random) -> list[Edit]:
    """Day and often month written by hand, read as something else: nobody can know the date."""
    out: list[Edit] = []
    for piece in pieces:
        if isinstance(piece, Field) and piece.role == "date" and piece.ranges:
            for low, high in piece.ranges:
                for m in list(re.finditer(r" ?\d{1,2}(?!\d) ?", text[low:high]))[: 1 + (rng.random() < 0.6)]:
                    start, end = low + m.start(), low + m.end()
                    before, after = (" " if rng.random() < 0.8 else "" for _ in range(2))
                    out.append((start, end, before + rng.choice(table("confusions")["smudges"]) + after))
            piece.ranges = []
    return out


def _number_lost(text: str, pieces: list[Piece], rng: random.Random) -> list[Edit]:
    """The serial number was written by hand or stamped on later: `Số:      /UBND-KT`, `Số: 4# /CT-TTg`."""
    for piece in pieces:
        if isinstance(piece, Field) and piece.role == "number" and len(piece.ranges) == 1:
            low, high = piece.ranges[0]
            serial = re.match(r"\d+(?=[/-])", text[low:high])
            if serial and rng.random() < 0.35:
                end = low + serial.end()
                if rng.random() < 0.4:
                    return [(low, end, rng.choice(["", "     ", " "]))]
                return [(low, end, rng.choice(table("confusions")["scribbles"]) + " " * (rng.random() < 0.5))]
            if serial:
                return [(low + serial.end(), low + serial.end(), " ")]
    return []
