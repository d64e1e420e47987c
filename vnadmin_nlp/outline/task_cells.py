"""What the cells of a table of tasks say by their words: heads of columns, numbers, bodies, times."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from vnadmin_nlp.knowledge.rows import Row, load_rows
from vnadmin_nlp.outline.model import Column
from vnadmin_nlp.text import key_of, keyed, normalize

LONGEST_HEAD = 80  # characters
SAID = (Column.TASK, Column.LEAD, Column.HELP, Column.TIME)
ORDINAL = keyed(r"\(?(?:(?:\d{1,3}|[ivxlc]{1,6})(?:\.\d{1,3}){0,3}|[a-zđ]|(?:bước|b) ?\d{1,2})[.)]?")
_LONGEST_TIME = 200
_OPEN = ("when", "body")  # rows whose words only begin a cell
_NOTE = r"(?: ?\([^()]{0,60}\)| ?\[\d{1,2}\])?"


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
def first_words() -> tuple[str, ...]:
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


def head_of(key: str) -> Column | None:
    """The column whose head the cell `key` is."""
    if len(key) > LONGEST_HEAD:
        return None
    patterns = _patterns()
    return next((c for c in Column if c is not Column.OTHER and patterns[c.value].fullmatch(key)), None)


def columns_of(heads: list[str]) -> list[Column] | None:
    """The columns of a table with these heads, or None where it is no table of tasks that names who acts."""
    kinds = [head_of(head) or Column.OTHER for head in heads]
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


def numbered(columns: list[Column], words: str) -> bool:
    """Give `columns` the column of numbers that has no head, where the first row below begins with one."""
    found = Column.ORDINAL not in columns and bool(ORDINAL.fullmatch(words))
    if found:
        columns.insert(0, Column.ORDINAL)
    return found


def renamed(columns: list[Column], words: list[str]) -> bool:
    """Take a row of `words`, right below the head, as its second line. True where it names every column itself."""
    whole = columns_of(words)
    if whole:
        columns[:] = whole
        return True
    parts = [head_of(word) for word in words if word]
    if len(parts) == 2 and Column.LEAD in parts and Column.HELP in parts and Column.HELP not in columns:
        at = columns.index(Column.LEAD)  # `Cơ quan thực hiện` over `Chủ trì` and `Phối hợp`
        columns[at : at + 1] = [part for part in parts if part]
    return False


def is_ditto(words: str) -> bool:
    """Whether the cell `words` says that it is as the one above."""
    return bool(_patterns()["ditto"].fullmatch(words))


def fits(words: str, column: Column) -> bool:
    """Whether a cell of `column` may hold `words`."""
    if not words or (column in SAID[1:] and is_ditto(words)):
        return True
    ordinal = bool(ORDINAL.fullmatch(words))
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


def belies(words: str, column: Column) -> bool:
    """Whether `words` stand in `column` only where the cells of a row were shifted."""
    if not words or is_ditto(words):
        return False
    if column is Column.ORDINAL:
        return not fits(words, column)
    other = {Column.LEAD: Column.TIME, Column.HELP: Column.TIME, Column.TIME: Column.LEAD}.get(column)
    number = column in SAID and bool(ORDINAL.fullmatch(words))
    return number or (other is not None and fits(words, other))
