"""Tables of values separated by commas, semicolons or tabs (.csv, .tsv), in UTF-8 or UTF-16."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator
from itertools import chain
from typing import IO, Any, TypeAlias, cast

from vnadmin_nlp.batch.inputs.names import without_halves
from vnadmin_nlp.batch.inputs.streams import BROKEN, Source, cut_off, opened
from vnadmin_nlp.batch.inputs.tables import Asked, Columns, Rows, TableError, chosen
from vnadmin_nlp.batch.items import Item
from vnadmin_nlp.read import Limits

_SAYS = re.compile(r'"?sep=(.)"?\s*$', re.IGNORECASE)  # Excel's own first line
_SKIP = 1 << 20
_LARGEST = 2**31 - 1  # that the module csv takes on every platform
_MEND = "put that right or leave the row out"

Row: TypeAlias = "list[str] | tuple[str, str]"
"""The fields of a row; or the kind and the cause of an error."""


def columns(source: Source, place: str, asked: Asked, limits: Limits) -> Columns:
    """The columns of the text and of the id. Raises TableError."""
    with opened(source, place) as stream:
        return chosen(_Table(stream, place, limits).names, asked, place)


def items(source: Source, place: str, asked: Asked, limits: Limits) -> Iterator[Item]:
    """The documents of the file. Raises TableError."""
    rows = Rows(place, "row", limits)
    with opened(source, place) as stream:
        table = _Table(stream, place, limits)
        found = chosen(table.names, asked, place)
        places = {name: table.names.index(name) for name in found if name is not None}
        for number, row in enumerate(table.rows(), 1):
            if isinstance(row, tuple):
                yield rows.broken(number, row[1], row[0])
                continue
            fields = {name: row[at] for name, at in places.items()}
            if all(map(_is_sound, fields.values())):
                yield rows.item(number, found, fields)
            else:
                yield rows.broken(number, "it is no UTF-8; save the table as 'CSV UTF-8'", "UnicodeDecodeError")


def how_many(source: Source, place: str, asked: Asked, limits: Limits) -> int:
    """How many documents the file has. Raises TableError."""
    with opened(source, place) as stream:
        table = _Table(stream, place, limits)
        chosen(table.names, asked, place)
        return sum(1 for _ in table.rows())


class _Table:
    """An open table: the names of its columns, and its rows. Raises TableError where it has no head."""

    def __init__(self, stream: IO[bytes], place: str, limits: Limits) -> None:
        csv.field_size_limit(max(csv.field_size_limit(), min(limits.file_bytes, _LARGEST)))
        try:
            self._lines = _Lines(_decoded(stream), limits.file_bytes)
            first = next(self._lines, "")
            usual = "\t" if ".tsv" in place.lower()[-8:] else ","
            delimiter = max(usual, ",", ";", "\t", key=first.count)  # Excel writes what the country's settings say
            if said := _SAYS.match(first):
                first, delimiter = next(self._lines, ""), said[1]
            self._reader = csv.reader(chain([first], self._lines), delimiter=delimiter)
            self.names = [without_halves(name.strip()) for name in next(self._reader)]
        except BROKEN as error:
            raise TableError(f"{place}: {cut_off(error)}", fatal=False) from error
        except csv.Error as error:
            raise TableError(f"{place}: its first line names no columns ({error}); mend that", fatal=False) from error
        if not any(self.names):
            raise TableError(f"{place}: its first line names no columns; the table is empty or cut off", fatal=False)

    def rows(self) -> Iterator[Row]:
        """The rows below the head; blank lines are none."""
        while True:
            line = self._lines.number + 1
            try:
                row = next(self._reader)
            except StopIteration:
                return
            except csv.Error as error:
                yield type(error).__name__, f"(line {line}) {error}; {_MEND}"
            except BROKEN as error:
                yield type(error).__name__, cut_off(error)
                return
            else:
                if row:
                    yield self._checked(row, line)

    def _checked(self, row: list[str], line: int) -> Row:
        if self._lines.ended:  # the row asked for more lines than there are
            return "InputError", f"(line {line}) a quotation mark in it is never closed, so all that follows is in it"
        fields, names = len(row), len(self.names)
        if fields < names or any(row[names:]):
            return "InputError", f"(line {line}) it has {fields} fields, where there are {names} columns; {_MEND}"
        return row


def _decoded(stream: IO[bytes]) -> io.TextIOWrapper:
    """The text of a table: UTF-8, or UTF-16 ("Unicode text" of Excel) where its first bytes say so."""
    looked = io.BufferedReader(cast("Any", stream))
    if looked.peek(2)[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        return io.TextIOWrapper(looked, "utf-16", "replace", newline="")
    return io.TextIOWrapper(looked, "utf-8-sig", "surrogateescape", newline="")


class _Lines:
    """The lines of a text. After one that is too long, which is an error, the next can be asked for."""

    def __init__(self, text: io.TextIOWrapper, most: int) -> None:
        self.number = 0
        self.ended = False
        self._text = text
        self._most = most

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = self._text.readline(self._most + 1)
        if not line:
            self.ended = True
            raise StopIteration
        self.number += 1
        if len(line) > self._most and not line.endswith(("\n", "\r")):
            while (line := self._text.readline(_SKIP)) and not line.endswith(("\n", "\r")):
                pass
            raise csv.Error(f"it is longer than {self._most} (raise Limits(file_bytes=...))")
        return line


def _is_sound(field: str) -> bool:
    try:
        field.encode()
    except UnicodeEncodeError:
        return False
    return True
