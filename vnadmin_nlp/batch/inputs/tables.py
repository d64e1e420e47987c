"""What the kinds of tables have in common: which columns are meant, and documents from their rows."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import NamedTuple

from vnadmin_nlp.batch.inputs.names import without_halves
from vnadmin_nlp.batch.items import Item
from vnadmin_nlp.errors import InputError
from vnadmin_nlp.read import Limits
from vnadmin_nlp.schema import Failure

TEXTS = ("text", "content", "body", "noi_dung", "full_text", "van_ban")
"""Columns that hold the text, where the caller names none."""
IDS = ("id", "document_id", "doc_id")
"""Columns that hold the id of a document, where the caller names none."""
_TOLD = 30  # columns told of


class Asked(NamedTuple):
    """The columns of the text and of the id that the caller names."""

    text: str | None = None
    id: str | None = None


class Columns(NamedTuple):
    """The columns of a table that hold the text, and the id where one does."""

    text: str
    id: str | None


class TableError(InputError):
    """A table cannot be read. `fatal` says that this ends a run before it begins, wherever the table lies."""

    def __init__(self, message: str, *, fatal: bool) -> None:
        super().__init__(message)
        self.fatal = fatal


def chosen(names: Collection[str], asked: Asked, place: str) -> Columns:
    """The columns to read of a table that has the columns `names`. Raises TableError; a table that lies among other
    files and is not meant has none of the usual columns, which is not fatal."""
    there = ", ".join(list(names)[:_TOLD]) + (", ..." if len(names) > _TOLD else "")
    for option, name in (("text_col", asked.text), ("id_col", asked.id)):
        if name is not None and name not in names:
            raise TableError(f"{place}: it has no column {name!r}; give {option} one of: {there}", fatal=True)
    text = asked.text or next((name for name in TEXTS if name in names), None)
    if text is None:
        cause = f"none of its columns is known to hold the text; give text_col one of: {there}"
        raise TableError(f"{place}: {cause}", fatal=False)
    return Columns(text, asked.id or id_column(names))


def id_column(names: Collection[str]) -> str | None:
    """The column of the id, where the caller names none."""
    return next((name for name in IDS if name in names), None)


class Rows:
    """Makes documents of the rows of one table; `row` is what a row of it is called."""

    def __init__(self, place: str, row: str, limits: Limits) -> None:
        self._place = place
        self._row = row
        self._most = limits.file_bytes

    def item(self, number: int, columns: Columns, row: Mapping[str, object]) -> Item:
        """The document of row `number`."""
        id, text = row.get(columns.id) if columns.id else None, row.get(columns.text)
        name = self._name(number)
        if isinstance(id, bytes):
            id = id.decode("utf-8", "backslashreplace")
        if isinstance(id, str | int | float) and id == id and str(id).strip():  # NaN is no id
            name = without_halves(str(id))
        if isinstance(text, str | bytes) and text.strip():
            if len(text) <= self._most:
                return Item(name, text)
            cause = f"its {columns.text!r} is longer than {self._most}; raise Limits(file_bytes=...)"
        elif columns.text not in row:
            cause = f"it has no {columns.text!r}; put that right or leave it out"
        elif text is None or isinstance(text, str | bytes):
            cause = f"its {columns.text!r} is empty; put that right or leave it out"
        elif isinstance(text, UnicodeDecodeError):
            cause = f"its {columns.text!r} is no UTF-8; put that right or leave it out"
        else:
            cause = f"its {columns.text!r} is no text ({type(text).__name__}); put that right or leave it out"
        return Item(name, self._failed(name, number, cause, "InputError"))

    def broken(self, number: int, cause: str, error: str = "InputError") -> Item:
        """What there is of row `number`, which cannot be read."""
        name = self._name(number)
        return Item(name, self._failed(name, number, cause, error))

    def _name(self, number: int) -> str:
        return f"{self._place}#{number}"

    def _failed(self, name: str, number: int, cause: str, error: str) -> Failure:
        return Failure(name, "input", error, f"{self._place}: {self._row} {number}: {cause}")
