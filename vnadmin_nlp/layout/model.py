"""Lines and cells of the working text, each with the part of the document it belongs to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from vnadmin_nlp.schema import BlockKind, SectionLabel
from vnadmin_nlp.text import WorkingText


@dataclass(slots=True)
class Cell:
    """A stretch of one line that belongs to one column, without outer blanks and without the table borders (`|`).

    In the head, column 0 is the left one (issuer, number, `V/v`), column 1 the right one (Quốc hiệu, Tiêu ngữ, place
    and date); in the foot, column 0 holds `Nơi nhận`, column 1 the signature. That holds for every shape of a head:
    where the columns stand one below the other (a cell of several lines, between lines that are only a border), each
    line is one cell with the column it would have on paper. In a foot of that shape every cell has column 0 and the
    label tells recipients from signature. Elsewhere columns are those of the table, from 0.
    """

    line: int
    start: int
    end: int
    column: int = 0
    label: SectionLabel | None = None


@dataclass(slots=True)
class Line:
    """One physical line. `start:end` is its content without outer blanks; a blank line has `start == end`.

    `label` is the one label the line bears in `Dispatch.sections`; a line of two columns may have cells of two labels.
    A line that is only a table border (`|`) is not blank and has no cells. `number` counts from 0,
    `step` is how many lines below the line above it, blank ones left out, it stands.

    What the file says about it, where the text was read from one: `kind` of the block it stands in; `begins`: a
    paragraph begins here, and is no wrapped line's rest; `cell`: table and column of the layout table it stands in.
    """

    number: int
    start: int
    end: int
    indent: int = 0
    step: int = 1
    cells: list[Cell] = field(default_factory=list)
    label: SectionLabel | None = None
    kind: BlockKind | None = None
    begins: bool = False
    cell: tuple[int, int] | None = None

    @property
    def blank(self) -> bool:
        return self.start == self.end


Labels = list[SectionLabel | None]
"""One label a line while they are being found."""


@dataclass(slots=True)
class Layout:
    """The lines of a document: every line that is not blank bears a label, and so does each of its cells."""

    text: WorkingText
    lines: list[Line]

    def cells(self, *labels: SectionLabel) -> Iterator[Cell]:
        """The cells that bear one of `labels`, line by line, left to right."""
        for line in self.lines:
            for cell in line.cells:
                if cell.label in labels:
                    yield cell

    def words(self, cell: Cell) -> str:
        """The working text of `cell`."""
        return self.text.text[cell.start : cell.end]
