"""What the walk through a page makes of it: paragraphs and tables in the order of the page, and their containers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from vnadmin_nlp.read.tables import GridCell, Use
from vnadmin_nlp.read.writer import Run
from vnadmin_nlp.schema.source import BlockKind

Call = tuple[int, str]
"""Where a note is called: offset in the text of the runs, and the name of the note."""


@dataclass(slots=True, eq=False)
class Paragraph:
    """The words of one block. One without runs is an empty line that the page shows.

    `linked` counts the characters
    that stand in links. `note` names the note that the paragraph is the text of.
    """

    runs: list[Run] = field(default_factory=list)
    label: str | None = None
    level: int | None = None
    kind: BlockKind = BlockKind.PARAGRAPH
    calls: list[Call] = field(default_factory=list)
    size: int = 0
    linked: int = 0
    note: str | None = None

    @property
    def is_number(self) -> bool:
        """Whether the paragraph is a number alone, of an item without words."""
        return len(self.runs) == 1 and self.runs[0].text == self.label

    @property
    def text(self) -> str:
        """The words, without the label."""
        return "".join(run.text for run in self.runs)


@dataclass(slots=True, eq=False)
class Cell:
    """A cell of a table: where it stands in the grid, and what it holds. `text` is the beginning of its words."""

    column: int
    span: int
    flow: list[Paragraph | Table] = field(default_factory=list)
    text: str = ""


@dataclass(slots=True, eq=False)
class Table:
    """A table: its number in the page, its rows, and what it is for. `lays_out` says that it, or a table inside it, is
    the head or foot of a document."""

    number: int
    rows: list[list[Cell]] = field(default_factory=list)
    use: Use = Use.FRAME
    lays_out: bool = False
    text: str = ""

    def grid(self) -> list[list[GridCell]]:
        """The rows as `read.tables` looks at them."""
        return [[GridCell(cell.text, cell.column, cell.span) for cell in row] for row in self.rows]


class Container(NamedTuple):
    """An element around paragraphs `start:end` of the page (counted over the whole page), its tag, its class and id."""

    tag: str
    names: str
    start: int
    end: int


@dataclass(slots=True)
class Flow:
    """A page: what it holds from top to bottom, all its paragraphs, their containers, and its notes by name.

    `leads_out` says that it has links to other pages, `of_office` that a word processor wrote it, with no site around.
    """

    items: list[Paragraph | Table] = field(default_factory=list)
    paragraphs: list[Paragraph] = field(default_factory=list)
    containers: list[Container] = field(default_factory=list)
    notes: dict[str, list[Paragraph]] = field(default_factory=dict)
    leads_out: bool = False
    of_office: bool = False
