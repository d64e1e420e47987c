"""The operative words of a layout, line by line, with what their places on the page say about paragraphs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from vnadmin_nlp.layout.model import Layout, Line
from vnadmin_nlp.outline.labels import read_labels
from vnadmin_nlp.outline.model import Column, TaskRow
from vnadmin_nlp.schema import SectionLabel
from vnadmin_nlp.text import Range, WorkingText

OPERATIVE = (SectionLabel.PREAMBLE, SectionLabel.BODY)
# what stands between a piece and the one before it
NEXT, BLANK, PAGE, BAR = 0, 1, 2, 3

_BULLET = re.compile(r"(?:[-+–•●▪■◦♦❖✓*➢→\uf000-\uf0ff] ?){1,3}(?=\s|[^\W\d_a-z])|[-+](?=[^\W\d_])|o (?=[^\W\d_a-z])")
_ENDS = re.compile(r"(?:[.;:!?…]['\"”’»)\]]{0,2}|\./|/\.)(?: ?[-+])?$")
_WORDS = re.compile(r"[^\W_]|[“”\"…]|\.\.\.")
# the word of a label whose number stands on the next line
_WORD_OF_LABEL = re.compile(r"Điều|ĐIỀU|Mục|MỤC|Chương|CHƯƠNG|Phần|PHẦN")
_NUMBER = re.compile(r"(?:\d{1,3}|[IVX]{1,5})\b")
_CELL_LINES = 15


@dataclass(slots=True)
class Piece:
    """One line (or table cell) of operative text. `gap` is what parts it from the piece before it.

    `opens` says that it begins with a `label`, a `bullet`, or is the `word` of a label; `ended` that it ends as a
    sentence or list member does. `fill` is its length with the first word of the next piece: how full the line would
    have been with it. `begins`: the file says that a paragraph begins here. `row` and `column`: its
    place in a table of tasks.
    """

    start: int
    end: int
    zone: SectionLabel
    gap: int
    indent: int
    cell: bool = False
    opens: str = ""
    ended: bool = False
    fill: int = 0
    begins: bool = False
    bold: bool = False
    row: TaskRow | None = None
    column: Column = Column.OTHER

    @property
    def size(self) -> int:
        return self.end - self.start


def read_pieces(layout: Layout) -> list[Piece]:
    """The pieces of the operative lines of `layout`, in order."""
    text = layout.text.text
    pieces: list[Piece] = []
    gap = BLANK
    bars: list[int] = []  # the numbers of the pieces that follow a cell border
    for line in layout.lines:
        if line.start == line.end:
            gap = gap or BLANK
            continue
        ranges = _operative(line)
        if not ranges:
            gap = max(gap, PAGE)
            continue
        for start, end, zone in ranges:
            for low, high, bar in _cells(text, start, end):
                if bar:
                    gap = BAR
                    if not bars or bars[-1] != len(pieces):
                        bars.append(len(pieces))
                if low < high and _WORDS.search(text, low, high):
                    begins = line.begins and not (pieces and pieces[-1].start >= line.start)
                    pieces.append(Piece(low, high, zone, gap, line.indent, begins=begins))
                    gap = NEXT
    _mark_cells(pieces, bars)
    describe(layout.text, pieces)
    return pieces


def _operative(line: Line) -> list[tuple[int, int, SectionLabel]]:
    """The ranges of `line` that belong to preamble or body: the line, or some of its cells where columns differ."""
    if line.label in OPERATIVE:
        if len(line.cells) < 2 or all(cell.label == line.label for cell in line.cells):
            return [(line.start, line.end, line.label)]
    elif len(line.cells) < 2:
        return []
    return [(cell.start, cell.end, cell.label) for cell in line.cells if cell.label in OPERATIVE]


def _cells(text: str, start: int, end: int) -> list[tuple[int, int, bool]]:
    """Ranges between cell borders, each with whether a border stands before it; one bar beside words is dirt."""
    bars = text.count("|", start, end)
    if bars < 2 and end - start > 1:
        return [(*_trim(text, start, end), False)]
    out: list[tuple[int, int, bool]] = []
    at, bar = start, False
    while at <= end:
        stop = text.find("|", at, end)
        stop = end if stop < 0 else stop
        low, high = _trim(text, at, stop)
        if low < high:
            out.append((low, high, bar or bool(out)))
        bar, at = True, stop + 1
    if text[end - 1] == "|":
        out.append((end, end, True))
    return out


def _trim(text: str, start: int, end: int) -> Range:
    while start < end and (text[start].isspace() or text[start] in ">|"):  # > quotes in markdown
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in "*|"):  # * that closed nothing
        end -= 1
    return start, end


def _mark_cells(pieces: list[Piece], bars: list[int]) -> None:
    """Say which pieces are table cells: few lines between two borders, with text before and after them."""
    for low, high in pairwise(bars):
        if 0 < high - low <= _CELL_LINES and high < len(pieces):
            for piece in pieces[low:high]:
                piece.cell = True


def describe(working: WorkingText, pieces: list[Piece]) -> None:
    """Fill in what the words of each piece, and of the next, say about it."""
    text = working.text
    for index, piece in enumerate(pieces):
        bullet = bullet_at(text, piece.start, piece.end)
        if bullet:
            piece.opens = "bullet"
        elif read_labels(text, piece.start, min(piece.end, piece.start + 40)):
            piece.opens = "label"
        piece.ended = bool(_ENDS.search(text, max(piece.start, piece.end - 8), piece.end))
        piece.bold = working.is_bold(piece.start, piece.end) and working.is_bold(piece.end - 1, piece.end)
        if index + 1 < len(pieces):
            following = pieces[index + 1]
            if _WORD_OF_LABEL.fullmatch(text, piece.start, piece.end) and _NUMBER.match(text, following.start):
                piece.opens = "word"
            space = text.find(" ", following.start, min(following.end, following.start + 20))
            word = (space if space >= 0 else min(following.end, following.start + 20)) - following.start
            piece.fill = piece.size + 1 + word


def bullet_at(text: str, start: int, end: int) -> str:
    """The bullet at `start` with the blanks after it, or nothing."""
    match = _BULLET.match(text, start, end)
    return match.group() if match else ""
