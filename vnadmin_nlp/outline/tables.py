"""Tables of tasks: which pieces are cells of one row, and what the column of each cell says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations

from vnadmin_nlp.knowledge.rows import Row, load_rows
from vnadmin_nlp.outline.model import Column, TaskRow
from vnadmin_nlp.outline.pieces import BAR, NEXT, Piece, describe
from vnadmin_nlp.text import WorkingText, key_of, keyed, normalize

_MOST_COLUMNS = 12
_LONGEST_HEAD = 80  # characters
_LONGEST_TIME = 200
_OPEN = ("when", "body")  # rows whose words only begin a cell
_SAID = (Column.TASK, Column.LEAD, Column.HELP, Column.TIME)
_NOTE = r"(?: ?\([^()]{0,60}\)| ?\[\d{1,2}\])?"
_ORDINAL = keyed(r"\(?(?:(?:\d{1,3}|[ivxlc]{1,6})(?:\.\d{1,3}){0,3}|[a-zđ]|(?:bước|b) ?\d{1,2})[.)]?")
_SECTION = re.compile(r"(?:[IVXL]{1,6}|[A-HĐ])(?:\.\d{1,2}){0,3}[.)]?(?: |$)")
_RULE = re.compile(r"[-: ]{0,200}")
_WIDE = re.compile(r" {2,}")
_BLANK = re.compile(r"\n\s*\n")
_MOST_LEFT = 3  # rows' worth of lines that are taken as a table whose cells cannot be told


class TableRow(Row):
    """Words of one kind of column head, or of what a cell opens with (`opens`).

    `least` is a word that such a head holds, or a pattern that such a cell may open with too.
    """

    alone: list[str]
    bodies: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    but: tuple[str, ...] = ()
    least: str = ""
    opens: bool = False


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    return {row.id: _pattern(row) for row in load_rows("task_tables", TableRow)}


def _pattern(row: TableRow) -> re.Pattern[str]:
    alone = _any(row.alone)
    if row.opens:
        longer = [word for word in row.alone if word.startswith(row.but)]  # `tổ chức hội`, though not `tổ chức`
        words = rf"(?:{_any(longer) or '(?!)'}|(?!(?:{_any(row.but)})(?![^\W_]))(?:{alone}))(?![^\W_])"
        return keyed(rf"[-+•(\s]{{0,4}}(?:{words}|{row.least or '(?!)'})")
    roles = f"(?:(?: | ?(?=[,/]))(?:{_any(row.roles)})){{0,4}}" if row.roles else ""
    forms = [rf"(?:{alone}){roles}"]
    if row.bodies:
        bodies = _any(row.bodies)
        forms.append(rf"(?:{bodies})(?:(?:, ?| ?/ ?| và | )(?:{bodies})){{0,3}}{roles[:-5]}{{1,4}}")
    least = rf"(?=.{{0,60}}{row.least})" if row.least else ""
    return keyed(rf"{least}(?:{'|'.join(forms)}){_NOTE}")


@cache
def _first_words() -> tuple[str, ...]:
    """What the first head of a table begins with."""
    rows = {row.id: row for row in load_rows("task_tables", TableRow)}
    return tuple(key_of(word) for name in ("ordinal", "task") for word in rows[name].alone)


def _any(words: Sequence[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def reads(text: str) -> set[str]:
    """The ids of the rows of task_tables that the cell `text` is read as."""
    key = " ".join(normalize(text).key.split())
    patterns = _patterns().items()
    return {name for name, pattern in patterns if (pattern.match if name in _OPEN else pattern.fullmatch)(key)}


def names_body(key: str, start: int, end: int) -> bool:
    """Whether `start:end` of a cell begins with the word of a body or post."""
    return bool(_patterns()["body"].match(key, start, end))


def _head_of(key: str) -> Column | None:
    """The column whose head the cell `key` is."""
    if len(key) > _LONGEST_HEAD:
        return None
    patterns = _patterns()
    return next((c for c in Column if c is not Column.OTHER and patterns[c.value].fullmatch(key)), None)


def _columns(heads: list[str]) -> list[Column] | None:
    """The columns of a table with these heads, or None where it is no table of tasks that names who acts."""
    kinds = [_head_of(head) or Column.OTHER for head in heads]
    leads = [i for i, kind in enumerate(kinds) if kind is Column.LEAD]
    if Column.TASK not in kinds or not leads:
        return None
    chief = key_of("chủ trì")
    lead = next((i for i in leads if chief in heads[i]), leads[0])
    seen: set[Column] = set()
    for i, kind in enumerate(kinds):
        if (kind is Column.LEAD and i != lead) or kind in seen:
            kinds[i] = Column.OTHER
        seen.add(kinds[i])
    return kinds


def _numbered(columns: list[Column], words: str) -> bool:
    """Give `columns` the column of numbers that has no head, where the first row below begins with one."""
    found = Column.ORDINAL not in columns and bool(_ORDINAL.fullmatch(words))
    if found:
        columns.insert(0, Column.ORDINAL)
    return found


def _renamed(columns: list[Column], row: list[_Slot]) -> bool:
    """Take `row`, right below the head, as its second line. True where it names every column itself."""
    words = [slot.words for slot in row]
    whole = _columns(words)
    if whole:
        columns[:] = whole
        return True
    parts = [_head_of(word) for word in words if word]
    if len(parts) == 2 and Column.LEAD in parts and Column.HELP in parts and Column.HELP not in columns:
        at = columns.index(Column.LEAD)  # `Cơ quan thực hiện` over `Chủ trì` and `Phối hợp`
        columns[at : at + 1] = [part for part in parts if part]
    return False


@dataclass(slots=True)
class _Slot:
    """One cell of a row: its pieces `first:last`, and its words (a key); no pieces where it is empty or a dash."""

    first: int
    last: int
    words: str

    @property
    def ditto(self) -> bool:
        return bool(_patterns()["ditto"].fullmatch(self.words))

    def fits(self, column: Column) -> bool:
        """Whether a cell of `column` may hold these words."""
        words = self.words
        if not words or (self.ditto and column in _SAID[1:]):
            return True
        ordinal = bool(_ORDINAL.fullmatch(words))
        when = len(words) < _LONGEST_TIME and bool(_patterns()["when"].match(words))
        body = bool(_patterns()["body"].match(words))
        match column:
            case Column.ORDINAL:
                return ordinal
            case Column.TIME:
                return when and not ordinal
            case Column.LEAD | Column.HELP:
                return body
            case Column.TASK:
                return not (ordinal or when or body)
        return not (when or body)

    def belies(self, column: Column) -> bool:
        """Whether these words stand in `column` only where the cells of a row were shifted."""
        other = {Column.LEAD: Column.TIME, Column.HELP: Column.TIME, Column.TIME: Column.LEAD}.get(column)
        if column is Column.ORDINAL:
            return not self.fits(column)
        number = column in _SAID and bool(_ORDINAL.fullmatch(self.words)) and not self.ditto
        return number or (other is not None and not self.ditto and bool(self.words) and self.fits(other))


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
        head = piece.gap == BAR and piece.size < _LONGEST_HEAD and _head_of(key[piece.start : piece.end])
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
            if len(parts) != 2 or len(slots[-1].words) > _LONGEST_HEAD:
                break
            slots.append(self._cell())
        self.columns = _columns([slot.words for slot in slots]) or []
        self.row = slots
        if self.columns and self.at < len(self.pieces) and _numbered(self.columns, self._looked_at().words):
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
            if len(self.rows) == 1 and _renamed(self.columns, self.row):
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
        return piece.opens == "label" and piece.size > len("XVIII.99.") and column in _SAID[1:]

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
        words = self._looked_at()
        place = here + len(between)
        within = place < count and words.fits(self.columns[place])
        fresh = words.fits(self.columns[0])
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
    at, table, first = 0, -1, _first_words()
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
            if piece.size < _LONGEST_HEAD:
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
            columns = _columns([slot.words for slot in slots]) or []
            if len(columns) < 3:
                return None
        elif len(rows) == 1:
            _renamed(columns, slots)
            if len(slots) > len(columns):
                _numbered(columns, slots[0].words)
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
        if piece.row is not None or (heads and piece.gap != NEXT) or _head_of(words) is None:
            break
        heads.append(words)
    count = len(heads)
    columns = _columns(heads) if count > 2 else None
    if not columns:
        return None
    end = at + count
    while end < len(pieces) and pieces[end].gap == NEXT and pieces[end].opens != "bullet":
        if pieces[end].opens and pieces[end].size > len("99.99.99."):
            break
        end += 1
    slots = [_Slot(i, i + 1, key[pieces[i].start : pieces[i].end]) for i in range(at, end)]
    rows = [slots[i : i + count] for i in range(0, len(slots), count)]
    good = 1
    while good < len(rows) and len(rows[good]) == count and all(map(_Slot.fits, rows[good], columns)):
        good += 1
    for piece in pieces[at : at + good * count]:
        piece.gap, piece.cell = BAR, True
    rest = slots[good * count : (good + _MOST_LEFT) * count]
    end = min(end, at + good * count + len(rest))
    return columns, [*((row, True) for row in rows[:good]), *([(rest, False)] if rest else [])], end


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
        row.head = number == 0 or bool(_columns([slot.words for slot in filled]))
        row.head = row.head or all(_head_of(slot.words) or _ORDINAL.fullmatch(slot.words) for slot in filled)
        for i, slot in enumerate(slots):
            column = columns[where[i]] if where else Column.OTHER
            if slot.ditto:
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
        whole = len(slots) == len(columns) and not any(map(_Slot.belies, slots, columns))
        return list(range(len(columns))) if whole else None
    best: dict[tuple[tuple[Column, int], ...], list[int]] = {}
    least = len(slots)
    for places in combinations(range(len(columns)), len(slots)):
        kinds = [columns[place] for place in places]
        wrong = [kind for slot, kind in zip(slots, kinds, strict=True) if not slot.fits(kind)]
        if len(wrong) > least or any(kind is not Column.OTHER for kind in wrong):
            continue
        if len(wrong) < least:
            best, least = {}, len(wrong)
        said = tuple((k, i) for i, k in enumerate(kinds) if k in _SAID and slots[i].words)
        best.setdefault(said, list(places))
    return next(iter(best.values())) if len(best) == 1 else None


def _is_title(text: str, pieces: list[Piece], filled: list[_Slot], following: list[_Slot]) -> bool:
    """Whether a row with the cells `filled` is the title of those below it."""
    words = [slot for slot in filled if slot.first < slot.last]
    if not 0 < len(words) <= 2 or len(words) < len(filled) or any(slot.ditto for slot in words):
        return False
    first, last = pieces[words[0].first], pieces[words[-1].last - 1]
    number = words[0].words if _ORDINAL.fullmatch(words[0].words) else ""
    if len(words) == 2 and not number:
        return False
    below = next((slot.words for slot in following if slot.words), "")
    parts = bool(number) and below.startswith(number.rstrip(".)") + ".") and below.rstrip(".") != number.rstrip(".")
    caps = text[last.start : last.end].isupper() and last.size > len("XVIII.")
    return parts or caps or last.bold or bool(_SECTION.match(text, first.start, first.end))
