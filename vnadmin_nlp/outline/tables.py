"""Tables of tasks: which pieces are cells of one row, and what the column of each cell says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from vnadmin_nlp.outline.model import Column, TaskRow
from vnadmin_nlp.outline.pieces import BAR, NEXT, Piece, describe
from vnadmin_nlp.outline.task_cells import (
    LONGEST_HEAD,
    ORDINAL,
    SAID,
    belies,
    columns_of,
    first_words,
    fits,
    head_of,
    is_ditto,
    numbered,
    renamed,
)
from vnadmin_nlp.text import WorkingText, key_of

_MOST_COLUMNS = 12
_SECTION = re.compile(r"(?:[IVXL]{1,6}|[A-HĐ])(?:\.\d{1,2}){0,3}[.)]?(?: |$)")
_RULE = re.compile(r"[-: ]{0,200}")
_WIDE = re.compile(r" {2,}")
_BLANK = re.compile(r"\n\s*\n")
_LONGEST_NUMBER = 8  # characters: a longer piece that begins with a label holds more than a number
_MOST_LEFT = 3  # rows' worth of lines that are taken as a table whose cells cannot be told


@dataclass(slots=True)
class _Slot:
    """One cell of a row: its pieces `first:last`, and its words (a key); no pieces where it is empty or a dash."""

    first: int
    last: int
    words: str


def mark_tables(working: WorkingText, pieces: list[Piece]) -> list[Piece]:
    """`pieces`, those that are cells of tables of tasks with their row and column.

    Rows are told by borders (`| a | b |` on one line, or a cell a line between `|` lines), by wide blanks
    within a line (tabs), or by the heads alone where each cell is one line. Linear in the text.
    """
    text, key = working.text, working.key
    if any(piece.cell for piece in pieces):
        _piped(text, key, pieces)
    out = _open(text, key, pieces)
    if len(out) != len(pieces):
        describe(working, out)
    return out


# -- cells between borders ---------------------------------------------------------------------------
def _piped(text: str, key: str, pieces: list[Piece]) -> None:
    at, table = 0, 0
    while at < len(pieces):
        piece = pieces[at]
        head = piece.gap == BAR and piece.size < LONGEST_HEAD and head_of(key[piece.start : piece.end])
        rows = _Rows(text, key, pieces, at) if head else None
        if rows is None or not rows.columns:
            at += 1
            continue
        rows.read()
        _enter(text, pieces, rows.columns, rows.rows, table)
        table, at = table + 1, rows.at


class _Rows:
    """The rows of the table whose head begins with the piece `at`."""

    def __init__(self, text: str, key: str, pieces: list[Piece], at: int) -> None:
        self.text, self.key, self.pieces, self.at = text, key, pieces, at
        self.rows: list[tuple[list[_Slot], bool]] = []  # with whether it could be told from its neighbours
        self.row: list[_Slot] = []
        self.safe = True
        self.columns: list[Column] = []
        self.lined = False
        self._head()

    def _head(self) -> None:
        """The head: from here to the end of its row."""
        slots = [self._cell()]
        while self.at < len(self.pieces) and len(slots) <= _MOST_COLUMNS:
            parts = self._gap().split("|")
            if len(slots) == 1:
                self.lined = "\n" in parts[0]
            if len(parts) != 2 or len(slots[-1].words) > LONGEST_HEAD:
                break
            slots.append(self._cell())
        self.columns = columns_of([slot.words for slot in slots]) or []
        self.row = slots
        if self.columns and self.at < len(self.pieces) and numbered(self.columns, self._looked_at().words):
            self.row.insert(0, self._empty(""))

    def _cell(self) -> _Slot:
        """The cell that begins with the piece `at`: up to the next border."""
        first = self.at
        self.at += 1
        while self.at < len(self.pieces) and "|" not in self._gap() and self.pieces[self.at].gap == NEXT:
            self.at += 1
        words = " ".join(self.key[p.start : p.end] for p in self.pieces[first : self.at])
        return _Slot(first, self.at, words)

    def _looked_at(self) -> _Slot:
        """The next cell, which is not yet taken."""
        at, slot = self.at, self._cell()
        self.at = at
        return slot

    def _gap(self) -> str:
        """What stands between the last piece and the piece `at`."""
        return self.text[self.pieces[self.at - 1].end : self.pieces[self.at].start]

    def _cut(self) -> None:
        if self.row:
            if len(self.rows) == 1 and renamed(self.columns, [slot.words for slot in self.row]):
                self.rows = []
            self.rows.append((self.row, self.safe))
        self.row, self.safe = [], True

    def read(self) -> None:
        """Read row after row, to the end of the table."""
        while self.at < len(self.pieces):
            parts = self._gap().split("|")
            ends = len(parts) < 2 or (bool(_BLANK.search(parts[-1])) if self.lined else "\n" in parts[-1])
            full = len(self.row) >= len(self.columns)
            if ends or (self.lined and len(parts) == 2 and (full or self._is_heading())):
                break
            between = parts[1:-1]
            if self.lined:
                self._step(between)
            else:
                for part in between:
                    if "\n" in part and not part.strip():
                        self._cut()
                    elif not (part.strip() and _RULE.fullmatch(part) and "--" in part):
                        self.row.append(self._empty(part))
            self.row.append(self._cell())
        self._cut()

    def _is_heading(self) -> bool:
        """Whether the next piece, after the border that ends the table, is a heading and no cell."""
        piece, column = self.pieces[self.at], self.columns[len(self.row)]
        return piece.opens == "label" and piece.size > _LONGEST_NUMBER and column in SAID[1:]

    def _empty(self, part: str) -> _Slot:
        return _Slot(self.at, self.at, " ".join(key_of(part).split()))

    def _step(self, between: list[str]) -> None:
        """With a cell a line, two borders are an empty cell or the end of the row: the number of columns tells."""
        if not between:
            return
        count, here = len(self.columns), len(self.row)
        rest = count - here
        empty = [self._empty(part) for part in between]
        if len(between) > rest:
            self.row += empty[:rest]
            self._cut()
            self.row = empty[rest + 1 :]
            return
        words = self._looked_at().words
        place = here + len(between)
        within = place < count and fits(words, self.columns[place])
        fresh = fits(words, self.columns[0])
        if within and not fresh:
            self.row += empty
            return
        self.safe = self.safe and fresh and not within
        safe = self.safe
        self.row += empty[1:]
        self._cut()
        self.safe = safe


# -- cells without borders ---------------------------------------------------------------------------
def _open(text: str, key: str, pieces: list[Piece]) -> list[Piece]:
    """Tables whose cells are parted by wide blanks, or stand on a line each."""
    out: list[Piece] = []
    at, table, first = 0, -1, first_words()
    while at < len(pieces):
        piece = pieces[at]
        if piece.row is None and key.startswith(first, piece.start):
            found = _wide(text, key, pieces, at) if _WIDE.search(text, piece.start, piece.end) else None
            if found:
                made, columns, rows, at = found
                _enter(text, made, columns, rows, table)
                out += made
                table -= 1
                continue
            if piece.size < LONGEST_HEAD:
                listed = _listed(key, pieces, at)
                if listed:
                    columns, rows, end = listed
                    _enter(text, pieces, columns, rows, table)
                    out += pieces[at:end]
                    table, at = table - 1, end
                    continue
        out.append(piece)
        at += 1
    return out


_Found = tuple[list[Piece], list[Column], list[tuple[list[_Slot], bool]], int]


def _wide(text: str, key: str, pieces: list[Piece], at: int) -> _Found | None:
    """The table whose head is the line `at`, its cells parted by wide blanks: the cells as pieces, rows, the end."""
    made: list[Piece] = []
    rows: list[tuple[list[_Slot], bool]] = []
    columns: list[Column] = []
    while at < len(pieces) and (not rows or pieces[at].gap == NEXT):
        cells = list(_segments(text, pieces[at]))
        if len(cells) < 2:
            if not text[pieces[at].start].isupper() and len(rows) > 1:
                rows[-1] = rows[-1][0], False  # the row goes on, it is not said in which cell
            break
        slots = [_Slot(len(made) + i, len(made) + i + 1, key[c.start : c.end]) for i, c in enumerate(cells)]
        if not columns:
            columns = columns_of([slot.words for slot in slots]) or []
            if len(columns) < 3:
                return None
        elif len(rows) == 1:
            renamed(columns, [slot.words for slot in slots])
            if len(slots) > len(columns):
                numbered(columns, slots[0].words)
        made += cells
        rows.append((slots, True))
        at += 1
    return made, columns, rows, at


def _segments(text: str, piece: Piece) -> Iterator[Piece]:
    at = piece.start
    for blank in [*(m.span() for m in _WIDE.finditer(text, piece.start, piece.end)), (piece.end, piece.end)]:
        if at < blank[0]:
            yield Piece(at, blank[0], piece.zone, BAR, piece.indent, cell=True)
        at = blank[1]


def _listed(key: str, pieces: list[Piece], at: int) -> tuple[list[Column], list[tuple[list[_Slot], bool]], int] | None:
    """The table whose heads stand on a line each from `at`, as its cells do: its columns, rows, and the end."""
    heads: list[str] = []
    for piece in pieces[at : at + _MOST_COLUMNS]:
        words = key[piece.start : piece.end]
        if piece.row is not None or (heads and piece.gap != NEXT) or head_of(words) is None:
            break
        heads.append(words)
    count = len(heads)
    columns = columns_of(heads) if count > 2 else None
    if not columns:
        return None
    rows, end = [_slots(key, pieces, at, count)], at + count
    while _cells_on(pieces, end, count) == count:
        row = _slots(key, pieces, end, count)
        if not all(fits(slot.words, column) for slot, column in zip(row, columns, strict=True)):
            break
        rows.append(row)
        end += count
    for piece in pieces[at:end]:
        piece.gap, piece.cell = BAR, True
    left = _cells_on(pieces, end, _MOST_LEFT * count)
    unread = [(_slots(key, pieces, end, left), False)] if left else []
    return columns, [*((row, True) for row in rows), *unread], end + left


def _slots(key: str, pieces: list[Piece], at: int, count: int) -> list[_Slot]:
    return [_Slot(i, i + 1, key[pieces[i].start : pieces[i].end]) for i in range(at, at + count)]


def _cells_on(pieces: list[Piece], at: int, most: int) -> int:
    """How many of the `most` pieces from `at` on go on a table: right below, and no item of a list."""
    for count, piece in enumerate(pieces[at : at + most]):
        listed = piece.opens == "bullet" or (piece.opens and piece.size > _LONGEST_NUMBER)
        if piece.gap != NEXT or listed:
            return count
    return len(pieces[at : at + most])


# -- rows --------------------------------------------------------------------------------------------
def _enter(
    text: str, pieces: list[Piece], columns: list[Column], rows: list[tuple[list[_Slot], bool]], table: int
) -> None:
    """Write to the pieces of `rows` their row and column."""
    placed = [_aligned(columns, slots) if safe else None for slots, safe in rows]
    for number, (slots, _) in enumerate(rows):
        where = placed[number]
        row = TaskRow(table, safe=where is not None)
        filled = [slot for slot in slots if slot.words]
        row.head = number == 0 or bool(columns_of([slot.words for slot in filled]))
        row.head = row.head or all(head_of(slot.words) or ORDINAL.fullmatch(slot.words) for slot in filled)
        for i, slot in enumerate(slots):
            column = columns[where[i]] if where else Column.OTHER
            if is_ditto(slot.words):
                row.ditto.add(column)
            elif slot.words and slot.first == slot.last:
                row.none.add(column)
            for piece in pieces[slot.first : slot.last]:
                piece.row, piece.column, piece.cell = row, column, piece.cell or where is not None
            if slot.first < slot.last and where:
                pieces[slot.first].gap = BAR
        row.title = _is_title(text, pieces, filled, rows[number + 1][0] if number + 1 < len(rows) else [])
        row.safe = row.safe or row.head or row.title


def _aligned(columns: list[Column], slots: list[_Slot]) -> list[int] | None:
    """The column of each of `slots`, or None where that is not sure.

    A row may be shorter than the head: a cell that goes on from the row above is not printed again. Its cells then go
    where their words fit, if there is but one way.
    """
    while len(slots) > len(columns) and not slots[-1].words:
        del slots[-1]
    if len(slots) >= len(columns):
        whole = len(slots) == len(columns) and not any(
            belies(slot.words, column) for slot, column in zip(slots, columns, strict=True)
        )
        return list(range(len(columns))) if whole else None
    best: dict[tuple[tuple[Column, int], ...], list[int]] = {}
    least = len(slots)
    may = [{kind: fits(slot.words, kind) for kind in columns} for slot in slots]
    for places in combinations(range(len(columns)), len(slots)):
        kinds = [columns[place] for place in places]
        wrong = [kind for i, kind in enumerate(kinds) if not may[i][kind]]
        if len(wrong) > least or any(kind is not Column.OTHER for kind in wrong):
            continue
        if len(wrong) < least:
            best, least = {}, len(wrong)
        said = tuple((k, i) for i, k in enumerate(kinds) if k in SAID and slots[i].words)
        best.setdefault(said, list(places))
    return next(iter(best.values())) if len(best) == 1 else None


def _is_title(text: str, pieces: list[Piece], filled: list[_Slot], following: list[_Slot]) -> bool:
    """Whether a row with the cells `filled` is the title of those below it."""
    words = [slot for slot in filled if slot.first < slot.last]
    if not 0 < len(words) <= 2 or len(words) < len(filled) or any(is_ditto(slot.words) for slot in words):
        return False
    first, last = pieces[words[0].first], pieces[words[-1].last - 1]
    number = words[0].words if ORDINAL.fullmatch(words[0].words) else ""
    if len(words) == 2 and not number:
        return False
    below = next((slot.words for slot in following if slot.words), "")
    parts = bool(number) and below.startswith(number.rstrip(".)") + ".") and below.rstrip(".") != number.rstrip(".")
    caps = text[last.start : last.end].isupper() and last.size > len("XVIII.")
    return parts or caps or last.bold or bool(_SECTION.match(text, first.start, first.end))
