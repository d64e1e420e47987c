"""Lines and cells of the working text, each with the part of the document it belongs to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from vnadmin_nlp.schema import SectionLabel
from vnadmin_nlp.text import WorkingText


@dataclass(slots=True)
class Cell:
    """A stretch of one line that belongs to one column: `column` 0 is the left (or only) one. Blanks are outside."""

    line: int
    start: int
    end: int
    column: int = 0
    label: SectionLabel | None = None


@dataclass(slots=True)
class Line:
    """One physical line. `start:end` is its content without outer blanks; a blank line has `start == end`.

    `label` is the one label the line bears in `Dispatch.sections`; a line of two columns may have cells of two labels.
    """

    number: int
    start: int
    end: int
    indent: int = 0
    cells: list[Cell] = field(default_factory=list)
    label: SectionLabel | None = None

    @property
    def blank(self) -> bool:
        return self.start == self.end


@dataclass(slots=True)
class Layout:
    """The lines of a document with their labels."""

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
