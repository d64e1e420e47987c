"""Head and foot of a document: two or more columns of short lines beside each other, read one after the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from vnadmin_nlp.layout.marks import LONGEST, Mark, mark_of
from vnadmin_nlp.read.page.flow import Margins
from vnadmin_nlp.read.page.lines import WIDE, Line
from vnadmin_nlp.read.tables import GridCell, Use, use_of
from vnadmin_nlp.text import bare_of, key_of

_LOOKED_AT = 25  # rows of a band whose words tell what it is
_LONGEST = 120  # lines of a band above and below the one it is found by
_FARTHEST = 12.0  # sizes between two lines of one column: room for a signature
_EDGE = 0.08  # of the width of the text: no column is narrower
_NARROW = 0.45  # of the size: the narrowest space between two columns


@dataclass(slots=True)
class Band:
    """Lines `first:last` of a page, which stand in columns divided at `gutter`."""

    first: int
    last: int
    gutter: tuple[float, float]
    sides: list[list[Line]]

    def middle(self) -> float:
        return sum(self.gutter) / 2


def mark(line: Line) -> Mark:
    """What `line` is by its words alone."""
    words = line.text[:LONGEST]
    return mark_of(words, bare_of(key_of(words)))


def bands_of(lines: Sequence[Line], margins: Margins) -> list[Band]:
    """The bands of columns among `lines` of one page, from top to bottom."""
    bands: list[Band] = []
    at = 0
    for index, line in enumerate(lines):
        if index < at:
            continue
        for gutter in _wide_gaps(line, margins):
            band = _grown(lines, index, at, gutter, margins)
            if band is not None and _lays_out(lines, band):
                band.sides = _sides(lines, band)
                bands.append(band)
                at = band.last
                break
    return bands


def _wide_gaps(line: Line, margins: Margins) -> list[tuple[float, float]]:
    """The gaps of `line` that no justified line has and that are not near a margin, the widest first."""
    edge = _EDGE * (margins.right - margins.left)
    low, high = margins.left + edge, margins.right - edge
    wide = [(a, b) for a, b in line.gaps() if b - a > WIDE * line.size and low < a and b < high]
    return sorted(wide, key=_negative_width)


def _negative_width(gap: tuple[float, float]) -> float:
    return gap[0] - gap[1]


def _narrowed(line: Line, gutter: tuple[float, float]) -> tuple[float, float] | None:
    """`gutter` as far as `line` leaves it free; None where the line crosses it."""
    low, high = gutter
    need = _NARROW * line.size
    if line.right <= high - need and line.right < (low + high) / 2 + (high - low):
        if line.right <= low:
            return gutter
        return (line.right, high)
    if line.left >= low + need:
        return gutter if line.left >= high else (low, line.left)
    gaps = line.gaps()
    usual = sorted(end - start for start, end in gaps)[len(gaps) // 2] if len(gaps) > 2 else 0.0
    best: tuple[float, float] | None = None
    for start, end in gaps:
        left, right = max(start, low), min(end, high)
        wide = end - start >= max(need, 1.6 * usual) and right - left >= need
        if wide and (best is None or right - left > best[1] - best[0]):
            best = left, right
    return best


def _grown(lines: Sequence[Line], seed: int, at: int, gutter: tuple[float, float], margins: Margins) -> Band | None:
    """The band around line `seed`, not above line `at`."""
    first, last = seed, seed + 1
    while last < min(len(lines), seed + _LONGEST):
        line = lines[last]
        narrowed = _narrowed(line, gutter)
        if narrowed is None or _apart(lines[last - 1], line):
            break
        middle = sum(narrowed) / 2
        if line.left < middle and mark(line) is Mark.ADDRESSEES:
            break
        if line.left > middle and _is_centred_on_page(line, margins, lines[first:last], middle):
            break
        gutter = narrowed
        last += 1
    while first > max(at, seed - _LONGEST):
        narrowed = _narrowed(lines[first - 1], gutter)
        if narrowed is None or _apart(lines[first - 1], lines[first]):
            break
        gutter = narrowed
        first -= 1
    first, last = _trimmed(lines, first, last, sum(gutter) / 2, at)
    if last <= first:
        return None
    return Band(first, last, gutter, [])


def _apart(above: Line, below: Line) -> bool:
    return below.baseline - above.baseline > _FARTHEST * max(above.size, below.size)


def _is_centred_on_page(line: Line, margins: Margins, above: Sequence[Line], middle: float) -> bool:
    """Whether `line`, right of the gutter, is centred on the page and not in the right column."""
    if abs(line.middle - margins.middle) > 0.8 * line.size:
        return False
    rights = [part.middle for one in above if (part := one.part(middle, 1e9))]
    return bool(rights) and all(abs(line.middle - right) > line.size for right in rights)


def _trimmed(lines: Sequence[Line], first: int, last: int, middle: float, at: int) -> tuple[int, int]:
    """The range without the lines of running text above and below the columns that do not reach the gutter."""
    both = [i for i in range(first, last) if lines[i].left < middle < lines[i].right]
    if not both:
        return first, first
    top = first
    if at or first:  # something stands above: a short last line of running text may
        while top < both[0] and lines[top].right < middle and mark(lines[top]) is not Mark.RECIPIENTS:
            top += 1
    elif any(mark(lines[i]) is Mark.ADDRESSEES for i in range(first, both[0])):
        top = both[0]
    bottom = both[-1] + 1
    lefts = [part for i in both if (part := lines[i].part(-1e9, middle))]
    for index in range(both[-1] + 1, last):
        line = lines[index]
        near = line.baseline - lines[bottom - 1].baseline < 4 * line.size
        if line.left > middle or (near and _in_column(line, lefts)):
            bottom = index + 1
            if line.right < middle:
                lefts.append(line)
        else:
            break
    return top, bottom


def _in_column(line: Line, column: list[Line]) -> bool:
    """Whether `line` begins or is centred where lines of `column` are, in letters not larger."""
    return any(
        (abs(line.left - other.left) < 3 or abs(line.middle - other.middle) < line.size)
        and line.size <= 1.1 * other.size
        for other in column
    )


def _lays_out(lines: Sequence[Line], band: Band) -> bool:
    """Whether the columns are head or foot, and not fields of a form or a table without borders."""
    middle = band.middle()
    rows = []
    for line in lines[band.first : min(band.last, band.first + _LOOKED_AT)]:
        cells = []
        for column, part in enumerate((line.part(-1e9, middle), line.part(middle, 1e9))):
            if part is not None:
                cells.append(GridCell(part.text, column))
        rows.append(cells)
    marks = {mark_of(cell.text[:LONGEST], bare_of(key_of(cell.text[:LONGEST]))) for row in rows for cell in row}
    if Mark.ADDRESSEES in marks and not marks & {Mark.NATIONAL, Mark.RECIPIENTS}:
        return False
    if not all(any(_has_words(cell.text) for row in rows for cell in row if cell.column == side) for side in (0, 1)):
        return False
    both = sum(len(row) > 1 for row in rows)
    if both < 2 and not marks & {Mark.NATIONAL, Mark.RECIPIENTS}:
        return False
    return use_of(rows, bordered=False) is Use.LAYOUT


def _has_words(text: str) -> bool:
    return sum(letter.isalpha() for letter in text) > 2


def _sides(lines: Sequence[Line], band: Band) -> list[list[Line]]:
    """The lines of each column from left to right; `band` grows by the recipients below that reach over its gutter."""
    middle = band.middle()
    inside = lines[band.first : band.last]
    left = [part for line in inside if (part := line.part(-1e9, middle))]
    right = [part for line in inside if (part := line.part(middle, 1e9))]
    if any(mark(line) is Mark.RECIPIENTS for line in left):
        while band.last < len(lines) and _is_recipient(lines[band.last], left):
            line = lines[band.last]
            cut = next((start for start, end in line.gaps() if end - start > WIDE * line.size), 1e9)
            for side, part in ((left, line.part(-1e9, cut)), (right, line.part(cut, 1e9))):
                if part is not None:
                    side.append(part)
            band.last += 1
    return [column for side in (left, right) for column in _divided(sorted(side, key=_baseline))]


def _is_recipient(line: Line, column: list[Line]) -> bool:
    """Whether `line` is one more of the recipients in `column`: it begins where they do, in letters not larger."""
    last = column[-1]
    starts = [abs(line.left - other.left) < 0.5 * line.size for other in column[-3:]]
    step = line.baseline - last.baseline
    return any(starts) and 0 < step < 2.2 * last.size and line.size <= 1.1 * last.size


def _divided(side: list[Line]) -> list[list[Line]]:
    """`side` as the columns it has itself: three sign side by side."""
    for line in side:
        for gutter in [gap for gap in line.gaps() if gap[1] - gap[0] > WIDE * line.size]:
            common: tuple[float, float] | None = gutter
            for other in side:
                common = _narrowed(other, common) if common else None
            if common is None:
                continue
            middle = sum(common) / 2
            parts = [[part for one in side if (part := one.part(*ends))] for ends in ((-1e9, middle), (middle, 1e9))]
            if all(len(part) > 1 and any(_has_words(one.text) for one in part) for part in parts):
                return [column for part in parts for column in _divided(part)]
    return [side]


def _baseline(line: Line) -> float:
    return line.baseline
