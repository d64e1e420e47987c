"""The cells of one part of a document as one text, column after column: what the readers of head and foot look at."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from vnadmin_nlp.layout import Cell, Layout
from vnadmin_nlp.schema import SectionLabel
from vnadmin_nlp.text import Builder, MappedText, Range, bare_of

_EDGE = " |"
_OPERATIVE = (SectionLabel.PREAMBLE, SectionLabel.BODY)


@dataclass(frozen=True, slots=True)
class Piece:
    """The words of one cell: `start:end` in the strip. `fresh` says that it does not follow the last one closely."""

    start: int
    end: int
    cell: Cell
    fresh: bool


class Strip(MappedText):
    """Cells one below the other, each ended by a newline, rules and borders left out."""

    __slots__ = ("_bare", "pieces")

    def __init__(self, builder: Builder, below: MappedText, pieces: list[Piece]) -> None:
        super().__init__(builder, below)
        self.pieces = pieces
        self._bare: str | None = None

    @property
    def bare(self) -> str:
        """The key without its marks, of the same length."""
        if self._bare is None:
            self._bare = bare_of(self.key)
        return self._bare

    def within(self, start: int, end: int) -> list[Piece]:
        """The pieces that reach into `start:end`, in order."""
        first = bisect_right(self.pieces, start, key=lambda piece: piece.end)
        return self.pieces[first : bisect_left(self.pieces, end, lo=first, key=lambda piece: piece.start)]

    def trim(self, start: int, end: int, chars: str) -> Range:
        """`start:end` without white space and `chars` at its two ends."""
        text = self.text
        while start < end and (text[start].isspace() or text[start] in chars):
            start += 1
        while start < end and (text[end - 1].isspace() or text[end - 1] in chars):
            end -= 1
        return start, end


def strip_of(layout: Layout, cells: Iterable[Cell]) -> Strip:
    """The strip of `cells`: the left column first where two stand side by side, else in the order printed."""
    source = layout.text.text
    cells = [cell for cell in cells if _has_words(source, cell)]
    if any(one.line == other.line for one, other in pairwise(cells)):
        cells.sort(key=lambda c: c.column)
    builder = Builder()
    pieces: list[Piece] = []
    last: Cell | None = None
    for cell in cells:
        start, end = cell.start, cell.end
        while start < end and source[start] in _EDGE:
            start += 1
        while start < end and source[end - 1] in _EDGE:
            end -= 1
        words = source[start:end]
        fresh = True
        if last is not None:
            between = source[last.end : start] if last.end <= start else "|"
            fresh = bool(between.strip()) or between.count("\n") > 1
            if between.strip():
                builder.cut()
            builder.put("\n", last.end - 1, last.end)
        pieces.append(Piece(builder.length, builder.length + len(words), cell, fresh))
        builder.copy(source, start, end)
        last = cell
    return Strip(builder, layout.text, pieces)


def _has_words(source: str, cell: Cell) -> bool:
    """Whether `cell` is more than a rule or border; a dash alone is the bullet of the line below."""
    words = source[cell.start : cell.end].strip(_EDGE)
    return words == "-" or any(map(str.isalnum, words))


def first_run(layout: Layout, *labels: SectionLabel) -> list[Cell]:
    """The cells that bear one of `labels`, up to the first line of the operative text after one of them.

    A second document in the same file has a head and a foot of its own: they are not read.
    """
    found: list[Cell] = []
    for line in layout.lines:
        if line.label in _OPERATIVE:
            if found:
                break
            continue
        for cell in line.cells:
            if cell.label in labels:
                found.append(cell)
    return found


class Claims:
    """Which ranges of a strip are taken, and what is left of each piece."""

    def __init__(self) -> None:
        self.taken: list[Range] = []

    def take(self, start: int, end: int) -> None:
        self.taken.append((start, end))

    def left_of(self, piece: Piece) -> list[Range]:
        """The parts of `piece` that are free, in order."""
        out, at = [], piece.start
        for low, high in sorted(self.taken):
            if high <= at or low >= piece.end:
                continue
            if low > at:
                out.append((at, low))
            at = max(at, high)
        if at < piece.end:
            out.append((at, piece.end))
        return out
