"""A story of a .docx (body, note, page header) as paragraphs and tables, before its order on the page is decided."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from vnadmin_nlp.read.legacy import Encoding


class Piece(NamedTuple):
    """Characters of one look. `encoding`: the legacy one their font asks for, in which they stand until `letters`;
    `upper`: that font prints capitals."""

    text: str
    bold: bool = False
    italic: bool = False
    encoding: Encoding | None = None
    upper: bool = False


class NoteCall(NamedTuple):
    """Where a footnote or endnote is called: the part it stands in (`footnotes`), and its id there."""

    part: str
    identity: str


@dataclass(slots=True)
class Paragraph:
    """A paragraph, or the part of one up to a page break. `number` counts within the story or cell. `label`, with what
    separates it from the text, is its automatic number. `boxes` are the text boxes anchored in it."""

    number: int
    pieces: list[Piece | NoteCall] = field(default_factory=list)
    label: Piece | None = None
    separator: str = ""
    level: int | None = None
    boxes: list[Story] = field(default_factory=list)
    ends_page: bool = False
    numbers_page: bool = False  # a field of page numbers was left out

    @property
    def words(self) -> str:
        """Its words without the label."""
        return "".join(piece.text for piece in self.pieces if isinstance(piece, Piece))

    @property
    def text(self) -> str:
        """Its words as they print."""
        return self.words if self.label is None else self.label.text + self.separator + self.words


@dataclass(slots=True)
class TableCell:
    """A cell: the column of the grid it begins in, how many it covers, and what stands in it."""

    column: int
    span: int
    story: Story
    bordered: bool


@dataclass(slots=True)
class Table:
    """A table; `number` counts all tables of the file."""

    number: int
    rows: list[list[TableCell]] = field(default_factory=list)


Story = list[Paragraph | Table]


def all_paragraphs(story: Story) -> Iterator[Paragraph]:
    """The paragraphs of `story` and of the tables in it, in order, those of a text box before that which it is in."""
    stack: list[Paragraph | Table] = list(reversed(story))
    while stack:
        node = stack.pop()
        if isinstance(node, Table):
            stack += [inner for row in reversed(node.rows) for cell in reversed(row) for inner in reversed(cell.story)]
        else:
            for box in node.boxes:
                yield from all_paragraphs(box)
            yield node
