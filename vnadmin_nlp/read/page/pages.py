"""Pages of words to canonical text: columns, tables, notes and paragraphs in the order they are read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from vnadmin_nlp.layout.marks import Mark
from vnadmin_nlp.read.page.aligned import Aligned, aligned_of
from vnadmin_nlp.read.page.columns import bands_of, mark
from vnadmin_nlp.read.page.flow import Margins, Paragraph, margins_of
from vnadmin_nlp.read.page.grid import Grid, grids_of
from vnadmin_nlp.read.page.join import Joined
from vnadmin_nlp.read.page.lines import Line, lines_of
from vnadmin_nlp.read.page.model import PageContent, PageWord
from vnadmin_nlp.read.page.running import Note, notes_of, running_of
from vnadmin_nlp.read.writer import TableCell, Writer
from vnadmin_nlp.schema.source import Block, BlockKind, Box, TextLayer


@dataclass(slots=True)
class _Columns:
    """Columns of head or foot, perhaps going on over a page."""

    sides: list[list[Line]]
    middle: float


@dataclass(slots=True)
class _Table:
    """A table of data: rows of cells, each with its words as lines; those of a page after the other."""

    edges: list[float]
    rows: list[list[_Cell]] = field(default_factory=list)


@dataclass(slots=True)
class _Cell:
    column: int
    lines: list[Line]
    box: Box


@dataclass(slots=True)
class _Apart:
    """Lines that are no part of the running text."""

    kind: BlockKind
    lines: list[Line]


_MOSTLY = 0.6  # of the rows of a table have words in their first cell

_Item = Paragraph | _Columns | _Table | _Apart


def write_pages(writer: Writer, pages: Iterable[PageContent]) -> None:
    """Write `pages`, in order, as canonical text."""
    _Pages(list(pages)).write(writer)


class _Pages:
    def __init__(self, pages: list[PageContent]) -> None:
        self.items: list[_Item] = []
        self.notes: dict[int, Note] = {}  # by the id of the word that calls it
        self.open: Paragraph | None = None  # may go on on the next page
        self.grids = [grids_of(page) for page in pages]
        self.apart = [self._take_apart(page) for page in pages]
        self.lines = [self._free_lines(page, grids) for page, grids in zip(pages, self.grids, strict=True)]
        running = running_of(list(zip(pages, self.lines, strict=True)))
        usual = self._margins(pages, running)
        for number, page in enumerate(pages):
            self._page(page, number, running[number], usual)

    def write(self, writer: Writer) -> None:
        _Writing(writer, self.notes).write(self.items)

    def _take_apart(self, page: PageContent) -> list[_Apart]:
        """The words of `page` in areas that are no part of the running text, and those across its lines."""
        out = []
        for area, kind in page.apart:
            words = [word for word in page.words if _within(word, area)]
            if words:
                inside = {id(word) for word in words}
                page.words = [word for word in page.words if id(word) not in inside]
                out.append(_Apart(kind, lines_of(words, page)))
        out += [_Apart(kind, lines_of(words, page)) for words, kind in page.aside]
        return out

    def _free_lines(self, page: PageContent, grids: Sequence[Grid]) -> list[Line]:
        """The lines of `page` outside its tables."""
        held = {id(word) for grid in grids for cell in grid.cells for word in cell.words}
        return lines_of([word for word in page.words if id(word) not in held], page)

    def _margins(self, pages: Sequence[PageContent], running: Sequence[set[int]]) -> Margins | None:
        """The margins that most pages keep, for pages that have too few lines to tell."""
        best: Margins | None = None
        most = 0
        for page, lines, aside in zip(pages, self.lines, running, strict=True):
            body = [line for index, line in enumerate(lines) if index not in aside]
            if len(body) > most:
                best, most = margins_of(body, page.width), len(body)
        return best

    def _page(self, page: PageContent, number: int, running: set[int], usual: Margins | None) -> None:
        every = self.lines[number]
        middle = page.height / 2
        heads = [line for i, line in enumerate(every) if i in running and line.baseline < middle]
        feet = [line for i, line in enumerate(every) if i in running and line.baseline >= middle]
        lines = [line for i, line in enumerate(every) if i not in running]
        start, notes = notes_of(page, lines)
        lines = lines[:start]
        margins = margins_of(lines, page.width, usual)
        self._running(heads)
        self._body(lines, self.grids[number], margins)
        for note in notes:
            if note.call is not None:
                self.notes[note.call] = note
            else:
                self.items.append(_Apart(BlockKind.NOTE, note.lines))
        self.items += self.apart[number]
        self._running(feet)

    def _running(self, lines: list[Line]) -> None:
        self.items += [_Apart(BlockKind.RUNNING, [line]) for line in lines]

    def _body(self, lines: list[Line], grids: Sequence[Grid], margins: Margins) -> None:
        """The text of one page."""
        first = True  # nothing of the page is written yet
        for part in _between(lines, grids):
            if isinstance(part, Grid):
                self._table(part, first=first)
            else:
                rest = self._rest_of_columns(part, margins) if first else part
                at = 0
                for table in aligned_of(rest):
                    self._bands(rest[at : table.first], margins)
                    self._aligned(table)
                    at = table.last
                self._bands(rest[at:], margins)
            first = False

    def _bands(self, lines: Sequence[Line], margins: Margins) -> None:
        """Lines of one page, columns among them."""
        at = 0
        for band in bands_of(lines, margins):
            self._flow(lines[at : band.first], margins)
            self.open = None
            self.items.append(_Columns(band.sides, band.middle()))
            at = band.last
        self._flow(lines[at:], margins)

    def _flow(self, lines: Sequence[Line], margins: Margins) -> None:
        for index, line in enumerate(lines):
            below = lines[index + 1] if index + 1 < len(lines) else None
            current = self.open
            if current is not None and current.goes_on(line, below, margins):
                if line.page != current.lines[-1].page:
                    self._bring_forward(current)
                current.add(line, margins)
            else:
                self.open = Paragraph(line, margins)
                self.items.append(self.open)

    def _bring_forward(self, paragraph: Paragraph) -> None:
        """Put `paragraph`, which goes on over the end of a page, behind what is printed on the margins there."""
        at = len(self.items) - 1
        while self.items[at] is not paragraph:
            at -= 1
        between = self.items[at + 1 :]
        running = [item for item in between if isinstance(item, _Apart) and item.kind is BlockKind.RUNNING]
        others = [item for item in between if item not in running]
        self.items[at:] = [*running, paragraph, *others]

    def _aligned(self, table: Aligned) -> None:
        self.open = None
        rows = [[_Cell(column, cell, _around(cell)) for column, cell in sorted(row.items())] for row in table.rows]
        self.items.append(_Table(table.edges, rows))

    def _rest_of_columns(self, lines: list[Line], margins: Margins) -> list[Line]:
        """`lines` without the first ones where they go on in columns that the page above ended with."""
        above = next((item for item in reversed(self.items) if not isinstance(item, _Apart)), None)
        if not isinstance(above, _Columns) or not lines:
            return lines
        taken = 0
        for line in lines:
            sides = [line.part(-1e9, above.middle), line.part(above.middle, 1e9)]
            crossing = any(word.box.left < above.middle < word.box.right for word in line.words)
            alone = [side for side in sides if side is not None]
            if crossing or not alone or any(mark(side) is Mark.NATIONAL for side in alone):
                break
            if len(alone) == 1 and not any(_fits(alone[0], other) for other in above.sides[0 if sides[0] else -1]):
                break
            if len(alone) == 2 and not any(end - start > line.size for start, end in line.gaps()):
                break
            for number, side in enumerate(sides):
                if side is not None:
                    above.sides[min(number, len(above.sides) - 1)].append(side)
            taken += 1
        return lines[taken:]

    def _table(self, grid: Grid, *, first: bool) -> None:
        rows = [
            [_Cell(cell.column, _cell_lines(cell.words, grid.page), cell.box) for cell in row] for row in grid.rows()
        ]
        above = next((item for item in reversed(self.items) if not isinstance(item, _Apart)), None)
        if first and isinstance(above, _Table) and _same_edges(above.edges, grid.edges):
            rows = _without_repeated(above.rows, rows)
            rows = _joined_over_page(above.rows, rows)
            above.rows += rows
            return
        self.open = None
        self.items.append(_Table(grid.edges, rows))


def _within(word: PageWord, area: Box) -> bool:
    x, y = (word.box.left + word.box.right) / 2, (word.box.top + word.box.bottom) / 2
    return area.left <= x <= area.right and area.top <= y <= area.bottom


def _fits(line: Line, other: Line) -> bool:
    """Whether `line` stands in one column with `other`."""
    return abs(line.middle - other.middle) < line.size or abs(line.left - other.left) < 3


def _between(lines: Sequence[Line], grids: Sequence[Grid]) -> list[list[Line] | Grid]:
    """`lines` and `grids` from top to bottom."""
    out: list[list[Line] | Grid] = []
    at = 0
    for grid in grids:
        end = at
        while end < len(lines) and lines[end].baseline < grid.box.top + 0.5 * lines[end].size:
            end += 1
        if end > at:
            out.append(list(lines[at:end]))
        out.append(grid)
        at = end
    if at < len(lines):
        out.append(list(lines[at:]))
    return out


def _cell_lines(words: list[PageWord], page: int) -> list[Line]:
    return lines_of(words, PageContent(page, 0, 0, layer=TextLayer.GOOD, words=words))


def _same_edges(edges: list[float], other: list[float]) -> bool:
    return len(edges) == len(other) and all(abs(a - b) < 6 for a, b in zip(edges, other, strict=True))


def _without_repeated(above: list[list[_Cell]], rows: list[list[_Cell]]) -> list[list[_Cell]]:
    """`rows` without the head rows of the table that are printed again on each page."""
    count = 0
    while count < min(len(above), len(rows), 4) and _texts(above[count]) == _texts(rows[count]):
        count += 1
    return rows[count:]


def _texts(row: list[_Cell]) -> list[tuple[int, str]]:
    return [(cell.column, " ".join(line.text for line in cell.lines)) for cell in row]


def _joined_over_page(above: list[list[_Cell]], rows: list[list[_Cell]]) -> list[list[_Cell]]:
    """`rows` without a first one that goes on in the last row above: its first cell, filled in all above, is empty."""
    if not rows or not above or not rows[0] or rows[0][0].column == 0:
        return rows
    if sum(bool(row) and row[0].column == 0 for row in above) < _MOSTLY * len(above):
        return rows
    last = {cell.column: cell for cell in above[-1]}
    for cell in rows[0]:
        if cell.column in last:
            last[cell.column].lines += cell.lines
        else:
            above[-1].append(cell)
    above[-1].sort(key=_column)
    return rows[1:]


def _column(cell: _Cell) -> int:
    return cell.column


class _Writing:
    """Writes items, numbers tables, and puts notes behind what calls them."""

    def __init__(self, writer: Writer, notes: dict[int, Note]) -> None:
        self.writer = writer
        self.notes = notes
        self.called = frozenset(notes)
        self.table = 0
        self.paragraph = 0

    def write(self, items: Sequence[_Item]) -> None:
        for item in items:
            if isinstance(item, Paragraph):
                self._line(item.lines, BlockKind.PARAGRAPH, paragraph=self.paragraph)
                self.paragraph += 1
            elif isinstance(item, _Apart):
                for line in item.lines if item.kind is not BlockKind.NOTE else [None]:
                    self._line([line] if line else item.lines, item.kind)
            elif isinstance(item, _Columns):
                self._columns(item)
            else:
                self._rows(item)

    def _line(self, lines: Sequence[Line], kind: BlockKind, **where: object) -> Block | None:
        joined = Joined(self.called).add(lines)
        first = lines[0]
        block = self.writer.line(joined.runs, kind, page=first.page, box=_around(lines), **where)
        for call, offset in joined.calls:
            self._note(self.notes[call], (block.start if block else self.writer.length) + offset)
        return block

    def _note(self, note: Note, anchor: int) -> None:
        runs = Joined(self.called).add(note.lines).runs
        self.writer.line(runs, BlockKind.NOTE, page=note.lines[0].page, box=_around(note.lines), anchor=anchor)

    def _columns(self, columns: _Columns) -> None:
        self.writer.gap()
        for number, side in enumerate(columns.sides):
            for paragraph, line in enumerate(side):
                self._line([line], BlockKind.COLUMN, table=self.table, row=0, column=number, paragraph=paragraph)
            self.writer.gap()
        self.table += 1

    def _rows(self, table: _Table) -> None:
        self.writer.gap()
        for number, row in enumerate(table.rows):
            cells, calls = [], []
            for cell in row:
                joined = Joined(self.called).add(cell.lines, cell.box)
                calls.append(joined.calls)
                cells.append(TableCell(cell.column, joined.runs, cell.lines[0].page, cell.box))
            blocks = self.writer.row(cells, table=self.table, row=number)
            for block, found in zip(blocks, calls, strict=True):
                for call, offset in found:
                    self._note(self.notes[call], (block.start if block else self.writer.length - 1) + offset)
        self.writer.gap()
        self.table += 1


def _around(lines: Sequence[Line]) -> Box:
    """The box of the lines that stand on the page of the first."""
    here = [line.box for line in lines if line.page == lines[0].page]
    return Box(
        min(box.left for box in here), min(box.top for box in here),
        max(box.right for box in here), max(box.bottom for box in here),
    )  # fmt: skip
