"""From the paragraphs and tables of a page to canonical text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count

from vnadmin_nlp.read.html.model import Call, Cell, Flow, Paragraph, Table
from vnadmin_nlp.read.tables import Use, columns_of
from vnadmin_nlp.read.writer import Run, TableCell, Writer
from vnadmin_nlp.schema.source import BlockKind

_PLAIN = BlockKind.PARAGRAPH


@dataclass(slots=True)
class _Place:
    """Where the paragraphs of a flow stand: in a cell of head or foot, or in none."""

    numbers: Iterator[int]
    table: int | None = None
    row: int | None = None
    column: int | None = None


Step = tuple[Paragraph | Table, _Place] | None  # None: a gap


def write(flow: Flow, writer: Writer, check_time: Callable[[], None]) -> None:
    """Write the page; `check_time` is called for each of its tables."""
    notes = _Notes(flow, writer)
    stack: list[Iterator[Step]] = [_steps(flow.items, _Place(count()))]
    was_site = False
    while stack:
        step = next(stack[-1], ())
        if step == ():
            stack.pop()
        elif not step:
            writer.gap()
        elif isinstance(step[0], Paragraph):
            is_site = step[0].kind is BlockKind.CHROME
            if is_site is not was_site:
                writer.gap()
                was_site = is_site
            _write_paragraph(step[0], step[1], writer, notes)
        else:
            check_time()
            _write_table(step[0], step[1], writer, notes, stack)


def _steps(items: list[Paragraph | Table], place: _Place) -> Iterator[Step]:
    return ((item, place) for item in items)


def _labelled(paragraph: Paragraph) -> list[Run]:
    """The words of a paragraph after its number; an item may be a number alone."""
    if not paragraph.label or paragraph.is_number:
        return paragraph.runs
    return [Run(f"{paragraph.label} "), *paragraph.runs]


def _write_paragraph(paragraph: Paragraph, place: _Place, writer: Writer, notes: _Notes) -> None:
    number = next(place.numbers)
    if not paragraph.runs:
        writer.gap()
        return
    if paragraph.note is not None:
        if not notes.is_called(paragraph.note):
            writer.line(paragraph.runs, BlockKind.NOTE, paragraph=number)
        return
    runs = _labelled(paragraph)
    kind = paragraph.kind
    if kind is _PLAIN and place.column is not None:
        kind = BlockKind.COLUMN
    block = writer.line(
        runs, kind, paragraph=number, table=place.table, row=place.row, column=place.column,
        label=paragraph.label, level=paragraph.level,
    )  # fmt: skip
    if block is not None and paragraph.calls:
        start = block.start + (len(paragraph.label) + 1 if paragraph.label else 0)
        notes.write((min(start + offset, block.end), note) for offset, note in paragraph.calls)


def _write_table(table: Table, place: _Place, writer: Writer, notes: _Notes, stack: list[Iterator[Step]]) -> None:
    """Write a table of data; put the steps of other tables on the stack."""
    if table.use is Use.FRAME:
        stack.append((item, place) for row in table.rows for cell in row for item in cell.flow)
    elif table.use is Use.LAYOUT:
        stack.append(_laid_out(table))
    else:
        writer.gap()
        for number, row in enumerate(table.rows):
            _write_row(table, number, row, writer, notes)
        writer.gap()


def _laid_out(table: Table) -> Iterator[Step]:
    """The cells of head or foot, column by column."""
    yield None
    for row, number, column in columns_of(table.grid()):
        place = _Place(count(), table.number, row, column)
        for item in table.rows[row][number].flow:
            yield item, place
        yield None


def _write_row(table: Table, number: int, row: list[Cell], writer: Writer, notes: _Notes) -> None:
    contents = [(cell.column, *_content(cell)) for cell in row]
    if not any(runs for _, runs, _ in contents):
        return
    if all(paragraph.kind is BlockKind.CHROME for _, _, held in contents for paragraph in held):
        words = [run for _, runs, _ in contents if runs for run in (Run(" | "), *runs)][1:]
        writer.line(words, BlockKind.CHROME, table=table.number, row=number)
        return
    writer.row([TableCell(column, runs) for column, runs, _ in contents], table=table.number, row=number)
    calls = [note for _, _, held in contents for paragraph in held for _, note in paragraph.calls]
    notes.write((writer.length - 1, note) for note in calls)


def _content(cell: Cell) -> tuple[list[Run], list[Paragraph]]:
    """The runs of a cell, its paragraphs joined by blanks, and the paragraphs."""
    runs: list[Run] = []
    held: list[Paragraph] = []
    stack: list[Iterator[Paragraph | Table]] = [iter(cell.flow)]
    while stack:
        item = next(stack[-1], None)
        if item is None:
            stack.pop()
        elif isinstance(item, Table):
            stack.append(inner for row in item.rows for one in row for inner in one.flow)
        elif item.runs:
            if runs:
                runs.append(Run(" "))
            runs += _labelled(item)
            held.append(item)
    return runs, held


class _Notes:
    """The notes of the page, each written once, after what calls it first."""

    def __init__(self, flow: Flow, writer: Writer) -> None:
        self._notes = flow.notes
        self._writer = writer
        self._called = {note for paragraph in flow.paragraphs for _, note in paragraph.calls if paragraph.note is None}
        self._written: set[str] = set()

    def is_called(self, note: str) -> bool:
        """Whether the text calls `note`."""
        return note in self._called

    def write(self, calls: Iterator[Call]) -> None:
        """Write the notes that are called: (offset of the call, name)."""
        for anchor, note in calls:
            if note not in self._written:
                self._written.add(note)
                for number, paragraph in enumerate(self._notes.get(note, ())):
                    if not paragraph.text.strip():  # only the mark
                        continue
                    self._writer.line(paragraph.runs, BlockKind.NOTE, paragraph=number, anchor=anchor)
