"""Tables with drawn borders: from the lines of a page to rows of cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from vnadmin_nlp.read.page.model import PageContent, PageWord
from vnadmin_nlp.schema.source import Box

_NARROWEST = 0.45  # of the width of a page: a table in a picture
_MOST_PLACES = 40_000  # rows times columns
_NEAR = 3.0  # points: borders so near each other are one, and meet


@dataclass(slots=True)
class GridCell:
    """A cell: its row and column in the grid, how many columns it is wide, its box and words."""

    row: int
    column: int
    span: int
    box: Box
    words: list[PageWord] = field(default_factory=list)


@dataclass(slots=True)
class Grid:
    """A table: where its columns begin and end, and its cells in order."""

    page: int
    box: Box
    edges: list[float]
    cells: list[GridCell]

    @property
    def columns(self) -> int:
        return len(self.edges) - 1

    def rows(self) -> list[list[GridCell]]:
        """Its cells row by row, rows without words left out."""
        rows: dict[int, list[GridCell]] = {}
        for cell in self.cells:
            if cell.words:
                rows.setdefault(cell.row, []).append(cell)
        return [rows[row] for row in sorted(rows)]


def grids_of(content: PageContent) -> list[Grid]:
    """The tables of `content` with at least two columns, from top to bottom, their words in their cells."""
    level = _merged([(r.top + r.bottom) / 2, r.left, r.right] for r in content.rules if _is_level(r))
    upright = _merged([(r.left + r.right) / 2, r.top, r.bottom] for r in content.rules if not _is_level(r))
    if not upright or len(level) < 2:
        return []
    grids = []
    for rows, columns in _connected(level, upright):
        grid = _grid(content, rows, columns)
        if grid is not None:
            grids.append(grid)
    return sorted(grids, key=lambda grid: grid.box.top)


def _is_level(rule: Box) -> bool:
    return rule.right - rule.left >= rule.bottom - rule.top


Rule = list[float]
"""Where a border stands across its direction, and where it begins and ends along it."""


def _merged(rules: object) -> list[Rule]:
    """Borders that go on in one line as one."""
    out: list[Rule] = []
    for at, start, end in sorted(rules):  # type: ignore[call-overload]
        for other in reversed(out[-40:]):
            if abs(other[0] - at) < _NEAR and start < other[2] + _NEAR and end > other[1] - _NEAR:
                other[1], other[2] = min(other[1], start), max(other[2], end)
                break
        else:
            out.append([at, start, end])
    return out


def _connected(level: list[Rule], upright: list[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Borders that touch, as one group each."""
    groups: list[tuple[list[Rule], list[Rule]]] = []
    free = list(level)
    left = list(upright)
    while left:
        rows: list[Rule] = []
        columns = [left.pop()]
        queue: list[tuple[bool, Rule]] = [(True, columns[0])]
        while queue:
            is_upright, rule = queue.pop()
            others = free if is_upright else left
            met = [other for other in others if _meet(rule, other)]
            for other in met:
                others.remove(other)
                (rows if is_upright else columns).append(other)
                queue.append((not is_upright, other))
        groups.append((rows, columns))
    return groups


def _meet(rule: Rule, other: Rule) -> bool:
    """Whether two borders at right angles touch."""
    return (
        rule[1] - _NEAR <= other[0] <= rule[2] + _NEAR
        and other[1] - _NEAR <= rule[0] <= other[2] + _NEAR
    )  # fmt: skip


def _grid(content: PageContent, rows: list[Rule], columns: list[Rule]) -> Grid | None:
    if len(rows) < 2:
        return None
    xs = _places([rule[0] for rule in columns] + [end for rule in rows for end in _outer(rows)])
    ys = _places([rule[0] for rule in rows] + [end for rule in columns for end in _outer(columns)])
    if len(xs) < 3 or len(ys) < 2 or len(xs) * len(ys) > _MOST_PLACES:
        return None
    if content.recognised and xs[-1] - xs[0] < _NARROWEST * content.width:
        return None  # the frame of a stamp
    box = Box(xs[0], ys[0], xs[-1], ys[-1])
    words = [w for w in content.words if _inside(w, box)]
    if not words:
        return None
    owner = _joined_cells(rows, columns, xs, ys)
    cells: dict[tuple[int, int], GridCell] = {}
    for (row, column), first in owner.items():
        place = Box(xs[column], ys[row], xs[column + 1], ys[row + 1])
        cell = cells.get(first)
        if cell is None:
            cells[first] = GridCell(first[0], first[1], 1, place)
        else:
            old = cell.box
            cell.box = Box(
                min(old.left, place.left), min(old.top, place.top),
                max(old.right, place.right), max(old.bottom, place.bottom),
            )  # fmt: skip
            cell.span = max(cell.span, column - first[1] + 1)
    for word in words:
        x, y = (word.box.left + word.box.right) / 2, word.baseline - 0.3 * word.size
        at = owner[_slot(ys, y), _slot(xs, x)]
        cells[at].words.append(word)
    filled = {cell.column for cell in cells.values() if cell.words}
    if len(filled) < 2:
        return None
    return Grid(content.number, box, xs, [cells[at] for at in sorted(cells)])


def _outer(rules: list[Rule]) -> tuple[float, float]:
    return min(rule[1] for rule in rules), max(rule[2] for rule in rules)


def _places(values: list[float]) -> list[float]:
    """Distinct places, those near each other as one."""
    out: list[float] = []
    for value in sorted(values):
        if not out or value - out[-1] > 2 * _NEAR:
            out.append(value)
    return out


def _inside(word: PageWord, box: Box) -> bool:
    x, y = (word.box.left + word.box.right) / 2, word.baseline - 0.3 * word.size
    return box.left <= x <= box.right and box.top <= y <= box.bottom


def _slot(edges: Sequence[float], value: float) -> int:
    for index in range(1, len(edges) - 1):
        if value < edges[index]:
            return index - 1
    return len(edges) - 2


def _joined_cells(
    rows: list[Rule], columns: list[Rule], xs: list[float], ys: list[float]
) -> dict[tuple[int, int], tuple[int, int]]:
    """For each place of the grid the first place of the cell it belongs to: no border stands between them."""
    owner = {(r, c): (r, c) for r in range(len(ys) - 1) for c in range(len(xs) - 1)}
    for row in range(len(ys) - 1):
        middle = (ys[row] + ys[row + 1]) / 2
        for column in range(1, len(xs) - 1):
            if not _has(columns, xs[column], middle):
                owner[row, column] = owner[row, column - 1]
    for row in range(1, len(ys) - 1):
        for columns_of_cell in _groups(owner, row, len(xs) - 1):
            low, high = xs[columns_of_cell[0]], xs[columns_of_cell[-1] + 1]
            first = owner[row - 1, columns_of_cell[0]]
            above = [c for c in range(len(xs) - 1) if owner[row - 1, c] == first]
            if above == columns_of_cell and not _has(rows, ys[row], (low + high) / 2):
                for column in columns_of_cell:
                    owner[row, column] = first
    return owner


def _groups(owner: dict[tuple[int, int], tuple[int, int]], row: int, count: int) -> list[list[int]]:
    """The columns of each cell of `row`."""
    groups: dict[tuple[int, int], list[int]] = {}
    for column in range(count):
        groups.setdefault(owner[row, column], []).append(column)
    return list(groups.values())


def _has(rules: list[Rule], place: float, along: float) -> bool:
    return any(abs(rule[0] - place) <= 2 * _NEAR and rule[1] - _NEAR <= along <= rule[2] + _NEAR for rule in rules)
