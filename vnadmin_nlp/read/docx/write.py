"""Writes the stories of a document as canonical text: which part comes first, columns, rows, notes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import chain
from typing import Any

from vnadmin_nlp.layout.marks import LONGEST, Mark, mark_of
from vnadmin_nlp.read.docx.model import NoteCall, Paragraph, Piece, Story, Table, all_paragraphs
from vnadmin_nlp.read.docx.tabbed import Columns, part_of, tabbed_columns
from vnadmin_nlp.read.tables import GridCell, Use, columns_of, use_of
from vnadmin_nlp.read.writer import Run, TableCell, Writer
from vnadmin_nlp.schema import Block, BlockKind
from vnadmin_nlp.text import bare_of, key_of

Notes = Callable[[NoteCall], Story]
"""What stands in the note that is called."""

_BLANKS = re.compile(r"\s+")
_ASIDE = frozenset({BlockKind.RUNNING, BlockKind.NOTE})


class StoryWriter:
    """Writes stories to `writer`; `tables` is the number of tables of the file."""

    def __init__(self, writer: Writer, notes: Notes, tables: int) -> None:
        self.writer = writer
        self._notes = notes
        self._tables = tables
        self._called: list[tuple[Story, int]] = []

    def body(self, story: Story) -> None:
        """Write the body, or a head of the document that stands in a page header."""
        at = 0
        for columns in tabbed_columns(story):
            self._flow(story[at : columns.first], BlockKind.PARAGRAPH, {})
            self._tabbed(story, columns)
            at = columns.end
        self._flow(story[at:], BlockKind.PARAGRAPH, {})

    def running(self, stories: Iterable[Story]) -> None:
        """Write page headers or footers, each of their texts once."""
        seen: set[str] = set()
        for paragraph in (found for story in stories for found in all_paragraphs(story)):
            words = " ".join(paragraph.text.split())
            if not words or words in seen or (paragraph.numbers_page and _only_counts(words)):
                continue
            if not seen:
                self.writer.gap()
            seen.add(words)
            self._paragraph(paragraph, BlockKind.RUNNING, {})
            self._flush_notes()
        if seen:
            self.writer.gap()

    def _flow(self, story: Sequence[Paragraph | Table], kind: BlockKind, where: dict[str, Any]) -> None:
        """Write paragraphs and tables one after the other."""
        for node in story:
            if isinstance(node, Paragraph):
                self._paragraph(node, kind, where)
                if kind is not BlockKind.COLUMN:
                    self._flush_notes()
            else:
                self._table(node, kind, where)

    def _paragraph(self, paragraph: Paragraph, kind: BlockKind, where: dict[str, Any]) -> None:
        if kind not in _ASIDE:
            for box in paragraph.boxes:
                self._flow(box, BlockKind.TEXT_BOX, {})
        pieces = paragraph.pieces
        label = self._label(paragraph)
        place = {"paragraph": paragraph.number, **where}
        if label is not None:
            pieces = [Piece(label.text + paragraph.separator, label.bold, label.italic), *pieces]
            place |= {"label": label.text, "level": paragraph.level}
        self._line(pieces, kind, place)
        if paragraph.ends_page:
            self.writer.gap()

    def _label(self, paragraph: Paragraph) -> Piece | None:
        if paragraph.label is None:
            return None
        words = any(isinstance(piece, Piece) and piece.text.strip() for piece in paragraph.pieces)
        if not words and not any(map(str.isalnum, paragraph.label.text)):
            return None  # a bullet alone
        return paragraph.label

    def _line(self, pieces: Iterable[Piece | NoteCall], kind: BlockKind, where: dict[str, Any]) -> None:
        pieces = list(pieces)
        runs = [_run(piece) for piece in pieces if isinstance(piece, Piece)]
        if any(run.text and not run.text.isspace() for run in runs):
            self._call_notes(pieces, self.writer.line(runs, kind, **where))
        else:
            self.writer.gap()
            self._call_notes(pieces, None)

    def _call_notes(self, pieces: list[Piece | NoteCall], block: Block | None) -> None:
        """Put aside the notes that `pieces`, written as `block`, call."""
        length = 0  # of what is written so far
        for piece in pieces:
            if isinstance(piece, NoteCall):
                anchor = self.writer.length if block is None else min(block.start + length, block.end)
                self._called.append((self._notes(piece), anchor))
                continue
            words = piece.text
            if block is not None and block.kind is BlockKind.CELL:
                words = _BLANKS.sub(" ", words)
            length += len(words if length else words.lstrip())

    def _flush_notes(self) -> None:
        """Write the notes called so far."""
        while self._called:
            called, self._called = self._called, []
            for story, anchor in called:
                for paragraph in all_paragraphs(story):
                    if paragraph.text.strip():
                        self._paragraph(paragraph, BlockKind.NOTE, {"anchor": anchor})

    def _tabbed(self, story: Story, columns: Columns) -> None:
        """Write two columns that tabs make; they count as a table after those of the file."""
        table, self._tables = self._tables, self._tables + 1
        for paragraph in story[columns.first : columns.end]:
            for box in paragraph.boxes if isinstance(paragraph, Paragraph) else ():
                self._flow(box, BlockKind.TEXT_BOX, {})
        for side in (0, 1):
            self.writer.gap()
            for part in columns.parts:
                paragraph = story[part.paragraph]
                if part.side == side and isinstance(paragraph, Paragraph):
                    where = {"paragraph": paragraph.number, "table": table, "column": side}
                    self._line(part_of(paragraph.pieces, part.start, part.end), BlockKind.COLUMN, where)
            self._flush_notes()
        self.writer.gap()

    def _table(self, table: Table, kind: BlockKind, where: dict[str, Any]) -> None:
        grid = [[GridCell(_text(cell.story), cell.column, cell.span) for cell in row] for row in table.rows]
        cells = zip(chain(*table.rows), chain(*grid), strict=True)
        filled = [cell.bordered for cell, words in cells if words.text.strip()]
        use = use_of(grid, bordered=2 * sum(filled) > len(filled))
        self.writer.gap()
        if use is Use.LAYOUT:
            self._laid_out(table, grid, kind, where)
        elif use is Use.DATA:
            self._rows(table, grid)
        else:
            for row in table.rows:
                for cell in row:
                    self._flow(cell.story, kind, where)
        self.writer.gap()

    def _laid_out(self, table: Table, grid: list[list[GridCell]], kind: BlockKind, where: dict[str, Any]) -> None:
        before: int | None = None
        for row, at, column in columns_of(grid):
            if column != before or column is None:
                self._flush_notes()
                self.writer.gap()
            before = column
            place = {"table": table.number, "row": row}
            if column is None:
                self._flow(table.rows[row][at].story, kind, {**where, **place})
            else:
                self._flow(table.rows[row][at].story, BlockKind.COLUMN, {**place, "column": column})
        self._flush_notes()

    def _rows(self, table: Table, grid: list[list[GridCell]]) -> None:
        starts = sorted({cell.column for row in grid for cell in row})
        columns = {start: number for number, start in enumerate(starts)}
        for number, (row, texts) in enumerate(zip(table.rows, grid, strict=True)):
            if not any(cell.text.strip() for cell in texts):
                continue
            pieces = [list(self._joined(cell.story)) for cell in row]
            cells = [
                TableCell(columns[cell.column], [_run(piece) for piece in inside if isinstance(piece, Piece)])
                for cell, inside in zip(row, pieces, strict=True)
            ]
            blocks = self.writer.row(cells, table=table.number, row=number)
            for block, inside in zip(blocks, pieces, strict=True):
                self._call_notes(inside, block)
            self._flush_notes()

    def _joined(self, story: Story) -> Iterable[Piece | NoteCall]:
        """The pieces of all paragraphs of a cell, also of tables and boxes in it."""
        for paragraph in all_paragraphs(story):
            label = self._label(paragraph)
            if label is not None:
                yield label._replace(text=label.text + paragraph.separator)
            yield from paragraph.pieces
            yield Piece("\n")


def _only_counts(words: str) -> bool:
    """Whether nothing is left of a page number but what stands around it: `Trang /`."""
    return not bare_of(key_of(words)).strip(" -–—./|").removeprefix("trang").strip(" -/")


def is_head(story: Story) -> bool:
    """Whether a page header holds the head of the document."""
    for line in _text(story).split("\n")[:40]:
        for words in line.split("\t"):
            words = words.strip()[:LONGEST]
            if words and mark_of(words, bare_of(key_of(words))) is Mark.NATIONAL:
                return True
    return False


def _text(story: Story) -> str:
    return "\n".join(paragraph.text for paragraph in all_paragraphs(story))


def _run(piece: Piece) -> Run:
    return Run(piece.text, piece.bold, piece.italic, piece.encoding)
