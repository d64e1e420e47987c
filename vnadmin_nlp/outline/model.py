"""The operative text as paragraphs, and the tree of its numbered items."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from vnadmin_nlp.schema import SectionLabel
from vnadmin_nlp.text import MappedText, Range


class Flow(MappedText):
    """Preamble and body as running text: hard-wrapped lines rejoined by one space, paragraphs ended by a newline.

    Blank runs are single; page numbers, running heads and cell borders are left out (a mention that goes across one
    quotes several spans). All findings of the body are ranges of `Flow.text`.
    """


@dataclass(slots=True)
class Item:
    """A numbered item: `start:end` runs from its label to its end, children included (flow offsets).

    `body` is where its words begin, after label and punctuation. `heading` is the range of its title, where its first
    paragraph is a title and not a sentence that orders something. `path` joins the labels by `/`.
    """

    label: str
    path: str
    start: int
    body: int
    end: int
    heading: Range | None = None
    parent: Item | None = None
    children: list[Item] = field(default_factory=list)
    rule: str = ""
    score: float = 1.0


class Column(StrEnum):
    """What a column of a table of tasks says."""

    ORDINAL = "ordinal"
    TASK = "task"
    LEAD = "lead"
    HELP = "help"
    TIME = "time"
    OTHER = "other"


@dataclass(slots=True)
class TaskRow:
    """One row of a table of tasks: `cells` are the paragraphs of each column that says something.

    `table` numbers the table. `head`: it names the columns, `title`: it is the title of the rows below. `ditto`: the
    columns that say `như trên`, `none`: those that hold only a dash. Where not `safe`, the columns of its cells are
    not known.
    """

    table: int
    safe: bool = True
    head: bool = False
    title: bool = False
    ditto: set[Column] = field(default_factory=set)
    none: set[Column] = field(default_factory=set)
    cells: dict[Column, list[Paragraph]] = field(default_factory=dict)


@dataclass(slots=True)
class Paragraph:
    """One paragraph of the flow. `item` is the innermost item it stands in; `bullet` is `-`, `+` or empty.

    `body` is where its words begin, after an item label or bullet. `quoted` says that it repeats a provision of
    another document (nothing in it is an order of this one). `cell` marks a cell of a table, `row` the row of a table
    of tasks that it stands in.
    """

    start: int
    end: int
    body: int
    zone: SectionLabel
    item: Item | None = None
    bullet: str = ""
    bold: bool = False
    quoted: bool = False
    cell: bool = False
    row: TaskRow | None = None


@dataclass(slots=True)
class Outline:
    """The operative text of a document.

    `items` are the outermost ones. `quotes` are the ranges of quoted provisions, in order, also inside paragraphs.
    """

    flow: Flow
    paragraphs: list[Paragraph]
    items: list[Item]
    quotes: list[Range] = field(default_factory=list)
