"""What a table of a file is for: laying out head and foot, holding data, or only framing other text.

Readers hand over the cells of the table as the file has them and get what `Writer` has to be told: `use_of` says which
of the three, `columns_of` in which order the cells of a laid out table are read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import Enum, auto
from functools import cache
from itertools import islice
from typing import NamedTuple
from unicodedata import normalize

from vnadmin_nlp.knowledge.rows import Row, load_rows
from vnadmin_nlp.layout.landmarks import opens
from vnadmin_nlp.layout.marks import LONGEST, Mark, is_caps, mark_of
from vnadmin_nlp.text import bare_of, key_of


class Use(Enum):
    """What a table is for, and so how it is read."""

    LAYOUT = auto()  # head, foot, addressees, signers: column by column, in the order of `columns_of`
    DATA = auto()  # row by row
    FRAME = auto()  # its paragraphs and inner tables stand as if the table were not there, row by row


class GridCell(NamedTuple):
    """A cell: its text, one paragraph a line (that of inner tables included or not), and its place in the grid.

    `column` counts from 0; a cell over several columns has their number as `span`. Of cells joined over several rows
    only the first is given, the others are left out or empty. Empty cells may be left out.
    """

    text: str
    column: int
    span: int = 1


Rows = Sequence[Sequence[GridCell]]


class Placed(NamedTuple):
    """A cell in reading order: `rows[row][cell]`, and `column`, its number from the left among the columns that hold
    text (`Block.column`), or None for a cell as wide as the table, which is no part of a column."""

    row: int
    cell: int
    column: int | None


class _Part(Enum):
    """What a row of a laid out table belongs to."""

    HEAD = auto()
    ADDRESSEES = auto()
    FOOT = auto()


LINES = 8  # of a cell that are looked at
LAID_OUT = 30  # rows with text of the longest table that lays out
SIDES = 4  # columns with text of the widest table that lays out: so many sign side by side
LONGEST_SIGNER = 90  # characters of a line of a signature
LONGEST_ALONE = 2000  # characters of the text of a laid out table with nothing in its left column


def use_of(rows: Rows, *, bordered: bool | None = None) -> Use:
    """What the table of `rows` is for; `bordered` says whether its cells are seen to have borders, None: not known."""
    filled = [[cell for cell in row if _filled(cell)] for row in rows]
    filled = [row for row in filled if row]
    widest = max(map(len, filled), default=0)
    starts = _starts(rows)
    if widest == 0:
        return Use.FRAME
    if widest == 1 and len(starts) == 1:
        return _use_of_single(filled, bordered)
    if _has_data_head(filled):
        return Use.DATA
    if widest <= SIDES and len(filled) <= LAID_OUT:
        parts = {part for row in filled for cell in row for part in _parts(cell.text)}
        if _Part.HEAD in parts or (parts and (not bordered or (widest == 2 and len(filled) <= 2))):
            return Use.LAYOUT
    if bordered or widest > 2:
        return Use.DATA
    pairs = [row for row in filled if len(row) > 1]
    listed = len(pairs) > 1 and not all(is_caps(_first_line(cell.text)) for cell in pairs[0])
    return Use.DATA if listed else Use.LAYOUT


def columns_of(rows: Rows) -> Iterator[Placed]:
    """The cells with text of a table that lays out, in reading order: each column from top to bottom.

    Where one table holds several parts (head, a title as wide as the table, addressees, foot) they come one after the
    other.
    """
    starts = _starts(rows)
    band: list[Placed] = []
    of_band: _Part | None = None
    for number, row in enumerate(rows):
        filled = [i for i, cell in enumerate(row) if _filled(cell)]
        if len(filled) == 1 and _is_across(row[filled[0]], starts):
            yield from _by_column(band)
            yield Placed(number, filled[0], None)
            band, of_band = [], None
            continue
        part = next((part for i in filled for part in _parts(row[i].text)), None)
        if part and of_band and part is not of_band:
            yield from _by_column(band)
            band = []
        of_band = part or of_band
        band += [Placed(number, i, _side(row[i], starts)) for i in filled]
    yield from _by_column(band)


def _use_of_single(filled: list[list[GridCell]], bordered: bool | None) -> Use:
    """A table with text in one column only: the right half of a foot, or a frame."""
    if any(row[0].column == 0 for row in filled) or sum(len(row[0].text) for row in filled) > LONGEST_ALONE:
        return Use.FRAME
    return Use.FRAME if bordered and not any(True for row in filled for _ in _parts(row[0].text)) else Use.LAYOUT


def _by_column(band: list[Placed]) -> list[Placed]:
    return sorted(band, key=lambda placed: (placed.column, placed.row))


def _starts(rows: Rows) -> list[int]:
    """Where the columns that hold text begin: those of the row with most cells, or of all rows if each has one."""
    filled = [[cell.column for cell in row if _filled(cell)] for row in rows]
    widest = max(filled, key=len, default=[])
    if len(widest) > 1:
        return sorted(widest)
    alone = [cell for row in rows for cell in row if _filled(cell)]
    narrow = min((cell.span for cell in alone), default=1)
    return sorted({cell.column for cell in alone if cell.span < 2 * narrow or len(alone) == 1})


def _side(cell: GridCell, starts: list[int]) -> int:
    """The number of the column `cell` stands in, or that most of it covers."""
    middle = cell.column + (cell.span - 1) / 2
    return max(0, sum(start <= middle for start in starts) - 1)


def _is_across(cell: GridCell, starts: list[int]) -> bool:
    """Whether `cell` is as wide as all columns of `starts` together."""
    return len(starts) > 1 and cell.column <= starts[0] and cell.column + cell.span > starts[-1]


def _filled(cell: GridCell) -> bool:
    return bool(cell.text) and not cell.text.isspace()


def _first_line(text: str) -> str:
    return text.strip().partition("\n")[0][:LONGEST]


_AUTHORITY = re.compile(r"\W*(?:t\.?/?m|k\.?/?t|t\.?/?l|t\.?/?uq|thay mat|thua lenh|thua uy quyen|ky thay)[./, ] ?\S")
_MOTTO = re.compile(r"doc lap\W.{0,20}hanh phuc")
_SIGNED = re.compile(r"[(\[]\s*(?:da ky|ky\b)")
_SIGNER = re.compile(r"\W*(?:nguoi|dai dien|ke toan|phu trach|xac nhan|ben [ab]\b)")


def _parts(text: str) -> Iterator[_Part]:
    """The parts of a document that the first lines of a cell show, each perhaps several times."""
    lines = (line.strip()[:LONGEST] for line in text.split("\n", 4 * LINES)[: 4 * LINES])
    for words in islice(filter(None, lines), LINES):
        bare = _bare(words)
        mark = mark_of(words, bare)
        if mark is Mark.NATIONAL:
            if is_caps(words) or _MOTTO.search(bare):
                yield _Part.HEAD
        elif mark is Mark.ADDRESSEES:
            yield _Part.ADDRESSEES
        elif mark is Mark.RECIPIENTS or (len(bare) < LONGEST_SIGNER and _signs(words, bare)):
            yield _Part.FOOT


def _signs(words: str, bare: str) -> bool:
    """Whether the line `words` stands in a signature: authority or post in capitals, `(Đã ký)`."""
    if _SIGNED.search(bare):
        return True
    return is_caps(words) and bool(_AUTHORITY.match(bare) or opens("post", bare) or _SIGNER.match(bare))


def _bare(words: str) -> str:
    return bare_of(key_of(normalize("NFC", words)))


class TableHead(Row):
    """Words that head columns of a table of data."""

    phrases: list[str]
    sure: bool = False


LONGEST_COLUMN_HEAD = 60


@cache
def _heads() -> tuple[tuple[TableHead, re.Pattern[str]], ...]:
    out = []
    for row in load_rows("table_heads", TableHead):
        phrases = sorted({bare_of(key_of(phrase)) for phrase in row.phrases}, key=len, reverse=True)
        rest = r"\W*$" if row.sure else r"(?![a-z0-9])"
        out.append((row, re.compile(rf"\W*(?:{'|'.join(map(re.escape, phrases))}){rest}")))
    return tuple(out)


def reads(text: str) -> set[str]:
    """The ids of the rows of `table_heads` that `text`, a cell, is a head of."""
    bare = _bare(" ".join(text.split()))
    if len(bare) > LONGEST_COLUMN_HEAD or ":" in bare:
        return set()
    return {row.id for row, pattern in _heads() if pattern.match(bare)}


def _has_data_head(filled: list[list[GridCell]]) -> bool:
    """Whether the first rows name what stands below them."""
    if len(filled) < 2:
        return False
    sure = {row.id for row, _ in _heads() if row.sure}
    for row in filled[:3]:
        found = [ids for cell in row if len(cell.text) < 2 * LONGEST_COLUMN_HEAD and (ids := reads(cell.text))]
        if len(row) > 1 and (len(found) > 1 or any(ids & sure for ids in found)):
            return True
    return False
