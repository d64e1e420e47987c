"""Tables without borders: lines whose words stand in at least three columns, one below the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from vnadmin_nlp.read import tables
from vnadmin_nlp.read.page.lines import WIDE, Line

_COLUMNS = 3  # at least
_ROWS = 3  # lines with words in so many columns, at least
_SPACE = 0.7  # of the size: the narrowest space between columns
_BULLETS = frozenset("-–—+*•")
_LONGEST = 300  # lines of a page
_LOOKED_AT = 30  # lines whose words tell what the table is for


@dataclass(slots=True)
class Aligned:
    """Lines `first:last`; `rows` are its rows, each the lines of its cells by column."""

    first: int
    last: int
    edges: list[float]
    rows: list[dict[int, list[Line]]]


def aligned_of(lines: Sequence[Line]) -> list[Aligned]:
    """The tables without borders among `lines` of one page."""
    out: list[Aligned] = []
    at = 0
    for index, line in enumerate(lines):
        if index < at or len(_wide(line)) < _COLUMNS - 1:
            continue
        found = _table(lines, index, at)
        if found is not None:
            out.append(found)
            at = found.last
    return out


Spaces = list[tuple[float, float]]


def _wide(line: Line) -> Spaces:
    return [(start, end) for start, end in line.gaps() if end - start > WIDE * line.size]


def _table(lines: Sequence[Line], seed: int, at: int) -> Aligned | None:
    spaces = _wide(lines[seed])
    last = seed + 1
    while last < min(len(lines), seed + _LONGEST):
        kept = _kept(spaces, lines[last])
        if len(kept) < _COLUMNS - 1 or _apart(lines[last - 1], lines[last]):
            break
        spaces = kept
        last += 1
    first = seed
    while first > max(at, seed - _LONGEST):
        kept = _kept(spaces, lines[first - 1])
        if len(kept) < len(spaces) or not _wide(lines[first - 1]) or _apart(lines[first - 1], lines[first]):
            break
        spaces = kept
        first -= 1
    edges = [(start + end) / 2 for start, end in spaces]
    while last > seed and not _fills(lines[last - 1], edges) > 1:
        last -= 1  # a line of running text that is short enough to fit in one column
    if sum(_fills(line, edges) >= _COLUMNS for line in lines[first:last]) < _ROWS:
        return None
    rows = _rows(lines[first:last], edges)
    bullets = sum(0 in row and row[0][0].words[0].text in _BULLETS for row in rows)
    if 2 * bullets > len(rows):
        return None  # recipients beside a signature
    cells = [
        [tables.GridCell(" ".join(line.text for line in cell), column) for column, cell in sorted(row.items())]
        for row in rows[:_LOOKED_AT]
    ]
    if tables.use_of(cells, bordered=False) is not tables.Use.DATA:
        return None
    return Aligned(first, last, edges, rows)


def _apart(above: Line, below: Line) -> bool:
    return below.baseline - above.baseline > 4 * max(above.size, below.size)


def _kept(spaces: Spaces, line: Line) -> Spaces:
    """What `line` leaves free of `spaces`."""
    out = []
    for start, end in spaces:
        low, high = start, end
        for word in line.words:
            if word.box.right > low and word.box.left < high:  # the space left and right of the word
                left, right = word.box.left - low, high - word.box.right
                if left > right:
                    high = word.box.left
                else:
                    low = word.box.right
        if high - low >= _SPACE * line.size:
            out.append((low, high))
    return out


def _fills(line: Line, edges: Sequence[float]) -> int:
    """In how many columns words of `line` stand."""
    return len({_column(word.box.left, edges) for word in line.words})


def _column(x: float, edges: Sequence[float]) -> int:
    return sum(x > edge for edge in edges)


def _rows(lines: Sequence[Line], edges: Sequence[float]) -> list[dict[int, list[Line]]]:
    """Rows of cells: one begins where a word stands in the first column."""
    rows: list[dict[int, list[Line]]] = []
    borders = [-1e9, *edges, 1e9]
    for line in lines:
        parts = {
            column: part
            for column, (low, high) in enumerate(pairwise(borders))
            if (part := line.part(low, high)) is not None
        }
        if not rows or 0 in parts:
            rows.append({})
        for column, part in parts.items():
            rows[-1].setdefault(column, []).append(part)
    return rows
