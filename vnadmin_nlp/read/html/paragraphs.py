"""Collects the words of a page into paragraphs, cells and tables, as a browser breaks and spaces them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from vnadmin_nlp.read.html.model import Call, Cell, Container, Flow, Paragraph, Table
from vnadmin_nlp.read.html.style import Look
from vnadmin_nlp.read.legacy import convert
from vnadmin_nlp.read.tables import LONGEST_ALONE, Use, use_of
from vnadmin_nlp.read.writer import Run
from vnadmin_nlp.schema.source import BlockKind

_BLANKS = re.compile(r"[ \t\n\r\f\v\u00a0]{2,}|[\t\n\r\f\v]")
_SOFT_HYPHEN = "\u00ad"
_LEAD = " \t\u00a0"
_ENDS = ("", " ", "\t", "\n", "\u00a0")  # last characters of a piece after which blanks are not printed
_PLUS_SIGNS = frozenset("+\uf02b")
_LONGEST_TEXT = 2 * LONGEST_ALONE  # characters of a cell that decide what its table is for

MAX_COLUMNS = 200  # of a table whose cells reach over several rows: each row costs as many borders


@dataclass(slots=True)
class _OpenTable:
    table: Table
    bordered: list[bool] = field(default_factory=list)
    down: dict[int, int] = field(default_factory=dict)  # rows that a cell above still covers, by column
    column: int = 0


class Paragraphs:
    """Receives words and borders of blocks in order; `finish` gives the page."""

    def __init__(self) -> None:
        self.flow = Flow()
        self.level: int | None = None  # of Word's list, for the next paragraph
        self.marks: dict[str, str] = {}  # how the notes of the page are called, by their names
        self._flows: list[list[Paragraph | Table]] = [self.flow.items]
        self._open: Paragraph | None = None
        self._looks: list[Look] = []
        self._texts: list[str] = []
        self._calls: list[Call] = []  # offsets are numbers of pieces
        self._shown = False  # whether an empty paragraph has a height
        self._label: tuple[str, int] | None = None
        self._tables: list[_OpenTable] = []
        self._cells: list[Cell] = []
        self._count = 0
        self._kinds: list[BlockKind] = [BlockKind.PARAGRAPH]
        self._notes: list[str] = []
        self._mark = self._link = 0
        self._printed: list[str] | None = None

    # words

    def text(self, text: str, look: Look) -> None:
        """Add words to the open paragraph."""
        if self._mark:
            return
        if self._printed is not None:
            self._printed.append(_glyph(text) if look.symbol else text)
            return
        if look.pre:
            for number, line in enumerate(text.split("\n")):
                if number:
                    self.line_break(look)
                self._add(line.replace("\r", ""), look)
            return
        if not self._shown and "\u00a0" in text:
            self._shown = True
        self._add(_BLANKS.sub(_blank if "\t" in text else " ", text), look)

    def _add(self, text: str, look: Look) -> None:
        if _SOFT_HYPHEN in text and not look.legacy:  # there it is a letter
            text = text.replace(_SOFT_HYPHEN, "")
        if not look.pre and (not self._texts or self._texts[-1][-1:] in _ENDS):
            text = text.lstrip(_LEAD)
        if not text:
            return
        if self._open is None:
            self._begin()
        if look.symbol and not self._texts and len(text.strip()) == 1 and not text.strip().isdigit():
            text = f"{_glyph(text)} "
        if look.upper and not look.legacy:
            text = text.upper()
        self._texts.append(text)
        self._looks.append(look)
        if self._link and self._open is not None:
            self._open.linked += len(text)

    def _begin(self) -> Paragraph:
        paragraph = Paragraph(kind=self._kinds[-1], note=self._notes[-1] if self._notes else None)
        self._open = paragraph
        return paragraph

    def line_break(self, look: Look) -> None:
        """A line break; a second one, with nothing between them, ends the paragraph."""
        self._shown = True
        if self._printed is not None or self._mark:
            return
        if not self._texts:
            self.end()
            return
        if self._texts[-1] == "\n":
            self.end()
            self._shown = True
            self.end()
            return
        self._texts[-1] = self._texts[-1].rstrip(_LEAD)
        self._texts.append("\n")
        self._looks.append(look)

    def end(self) -> None:
        """End the open paragraph, if any."""
        paragraph, self._open = self._open, None
        shown, self._shown = self._shown, False
        self.level = None
        while self._texts and not self._texts[-1].strip():
            self._texts.pop()
            self._looks.pop()
        if not self._texts:
            self._looks.clear()
            if shown:
                self._flows[-1].append(Paragraph(kind=self._kinds[-1]))
            return
        if paragraph is None:
            paragraph = self._begin()
        paragraph.runs, paragraph.calls = _runs(self._texts, self._looks, self._calls)
        paragraph.size = sum(len(run.text) for run in paragraph.runs)
        self._texts, self._looks, self._calls = [], [], []
        self._give_label(paragraph)
        if paragraph.note is not None:
            _without_mark(paragraph.runs, self.marks.get(paragraph.note, ""))
            self.flow.notes.setdefault(paragraph.note, []).append(paragraph)
        self._append(paragraph)

    # labels

    def next_label(self, label: str, level: int) -> None:
        """The number of an item that the next paragraph begins with."""
        self._label = (label, level) if label else None

    def end_item(self) -> None:
        """End of an item: the number of one without words is printed alone, a bullet is not."""
        if self._label is not None and self._label[0] not in "-+" and not self._notes:
            label, level = self._label
            self._append(Paragraph([Run(label)], label, level, self._kinds[-1], size=len(label)))
        self._label = None

    def _append(self, paragraph: Paragraph) -> None:
        self._flows[-1].append(paragraph)
        self.flow.paragraphs.append(paragraph)

    def enter_label(self) -> Callable[[], None]:
        """Words up to the call of the result are a number that a word processor made."""
        if self._printed is not None:
            return lambda: None
        level = self.level
        self._printed = []

        def close() -> None:
            words = " ".join("".join(self._printed or []).split())
            self._printed = None
            if words:
                label = "+" if words in _PLUS_SIGNS else words if _is_number(words) else "-"
                self._label = (label, level or 0)

        return close

    def _give_label(self, paragraph: Paragraph) -> None:
        if self._label is None or paragraph.note is not None:
            return
        label, level = self._label
        self._label = None
        words = paragraph.runs[0].text
        if label in "-+" and words[:2] in ("- ", "+ ", "– ", "• "):
            return
        if not words.startswith(f"{label} "):
            paragraph.label, paragraph.level = label, level

    # notes, links, kinds

    def call(self, note: str) -> None:
        """The words so far call a note."""
        self._calls.append((len(self._texts), note))

    @property
    def in_note(self) -> bool:
        """Whether the words are those of a note."""
        return bool(self._notes) or (self._open is not None and self._open.note is not None)

    def begin_note(self, note: str) -> None:
        """The open paragraph is the text of `note`."""
        if not self._notes:
            (self._open or self._begin()).note = note

    def enter_note(self, note: str) -> Callable[[], None]:
        """Paragraphs up to the call of the result are the text of `note`."""
        self._notes.append(note)

        def close() -> None:
            self._notes.pop()

        return close

    def enter_mark(self) -> Callable[[], None]:
        """Words up to the call of the result are the mark of a note."""
        self._mark += 1

        def close() -> None:
            self._mark -= 1

        return close

    def enter_link(self, *, leads_out: bool) -> Callable[[], None]:
        """Words up to the call of the result are a link."""
        self._link += 1
        self.flow.leads_out |= leads_out

        def close() -> None:
            self._link -= 1

        return close

    def enter_kind(self, kind: BlockKind) -> Callable[[], None]:
        """Paragraphs up to the call of the result are of `kind`."""
        self._kinds.append(kind)

        def close() -> None:
            self._kinds.pop()

        return close

    def contain(self, tag: str, names: str, start: int) -> None:
        """An element that began before paragraph `start` ends here."""
        if start < (end := len(self.flow.paragraphs)):
            self.flow.containers.append(Container(tag, names, start, end))

    # tables

    @property
    def in_table(self) -> bool:
        """Whether a table is open."""
        return bool(self._tables)

    def open_table(self, bordered: bool | None) -> None:
        """A table begins."""
        table = Table(self._count)
        self._count += 1
        self._tables.append(_OpenTable(table, [] if bordered is None else [bordered]))
        self._flows.append([])  # words outside of cells: the caption

    def open_row(self) -> None:
        """A row begins."""
        if self._tables:
            top = self._tables[-1]
            _pad(top)
            top.table.rows.append([])
            top.down = {column: rows - 1 for column, rows in top.down.items() if rows > 1}
            top.column = 0

    def open_cell(self, span: int, rows: int, bordered: bool | None) -> None:
        """A cell over `span` columns and `rows` rows begins."""
        top = self._tables[-1]
        if not top.table.rows:
            top.table.rows.append([])
        while top.column in top.down:
            top.column += 1
        cell = Cell(top.column, span)
        if rows > 1 and top.column < MAX_COLUMNS:
            top.down |= dict.fromkeys(range(top.column, top.column + span), rows)
        top.column += span
        if bordered is not None:
            top.bordered.append(bordered)
        top.table.rows[-1].append(cell)
        self._cells.append(cell)
        self._flows.append(cell.flow)

    def close_cell(self) -> None:
        """The cell ends."""
        self._flows.pop()
        cell = self._cells.pop()
        cell.text = _beginning(cell.flow)

    def close_table(self) -> None:
        """The table ends: now it can be known what it is for."""
        caption = self._flows.pop()
        top = self._tables.pop()
        _pad(top)
        table = top.table
        self._flows[-1] += [*caption, table]
        bordered = any(top.bordered) if top.bordered else None
        _decide(table, bordered)
        table.text = "\n".join(cell.text for row in table.rows for cell in row if cell.text)[:_LONGEST_TEXT]

    def finish(self) -> Flow:
        """The page."""
        self.end()
        return self.flow


def _blank(match: re.Match[str]) -> str:
    """What is printed for blanks: a tab is a tab stop (LibreOffice), but after a line break it indents the markup."""
    return "\t" if "\t" in match[0] and "\n" not in match[0] and "\r" not in match[0] else " "


def _pad(top: _OpenTable) -> None:
    """End the last row of a table with an empty cell where cells above reach down on its right."""
    last = max(top.down, default=-1)
    if last >= top.column and top.table.rows:
        top.table.rows[-1].append(Cell(last, 1))


def _decide(table: Table, bordered: bool | None) -> None:
    """Note what `table` is for; one that holds the head or foot of a document inside is a frame around it."""
    cells = [cell for row in table.rows for cell in row]
    table.lays_out = any(isinstance(item, Table) and item.lays_out for cell in cells for item in cell.flow)
    if not table.lays_out:
        table.use = use_of(table.grid(), bordered=bordered)
        if table.use is Use.LAYOUT and any(len(cell.text) >= _LONGEST_TEXT for cell in cells):
            table.use = Use.FRAME
        table.lays_out = table.use is Use.LAYOUT


def _beginning(flow: list[Paragraph | Table]) -> str:
    """The first characters of what a cell holds, a line a paragraph."""
    pieces: list[str] = []
    length = 0
    for item in flow:
        if length >= _LONGEST_TEXT:
            break
        if text := item.text:
            pieces.append(text)
            length += len(text) + 1
    return "\n".join(pieces)[:_LONGEST_TEXT]


def _runs(texts: list[str], looks: list[Look], calls: list[Call]) -> tuple[list[Run], list[Call]]:
    """Runs of one look each, in Unicode; and the calls of notes by their offset in the text of the runs."""
    out: list[Run] = []
    placed: list[Call] = []
    at = length = 0
    for call, note in [*calls, (len(texts), "")]:
        while at < min(call, len(texts)):
            look = looks[at]
            stop = at + 1
            while stop < min(call, len(texts)) and looks[stop] == look:
                stop += 1
            text = "".join(texts[at:stop])
            if look.legacy:
                text = convert(text, look.legacy, upper=look.capitals or look.upper)
            out.append(Run(text, look.bold, look.italic, look.legacy))
            length += len(text)
            at = stop
        if note:
            placed.append((length, note))
    return out, placed


def _without_mark(runs: list[Run], mark: str) -> None:
    """Take `mark`, which calls a note, from the start of the note."""
    if mark and runs[0].text.startswith(mark):
        runs[0] = runs[0]._replace(text=runs[0].text.removeprefix(mark).lstrip(" .:"))


def _glyph(text: str) -> str:
    """What a bullet in a symbol font prints."""
    words = text.strip()
    return text if len(words) != 1 else "+" if words in _PLUS_SIGNS else "-"


_NUMBER = re.compile(r"\W{0,2}\w{1,7}(?:\.\w{1,4}){0,6}[.):/\-]{0,2}$|(?:\w{1,8}\s){0,2}\w{1,8}[.:)/]?$")


def _is_number(words: str) -> bool:
    """Whether the label of a list is a number or a letter with its marks, not a bullet."""
    return words not in ("o", "-", "+") and _NUMBER.match(words) is not None
