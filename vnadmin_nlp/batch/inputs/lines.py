"""Tables of JSON lines (.jsonl, .ndjson): one object a line, each the row of a document."""

from __future__ import annotations

import json
from codecs import BOM_UTF8
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from typing import IO, Any, TypeAlias

from vnadmin_nlp.batch.inputs.streams import BROKEN, Source, cut_off, opened
from vnadmin_nlp.batch.inputs.tables import Asked, Columns, Rows, TableError, chosen, id_column
from vnadmin_nlp.batch.items import Item
from vnadmin_nlp.read import Limits

_LINES_LOOKED_AT, _BYTES_LOOKED_AT = 100, 1_000_000  # at the head of a file, which say what columns it has
_SKIP = 1 << 20
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_MEND = "put that right or leave the line out"

Record: TypeAlias = "dict[str, Any] | tuple[str, str]"
"""The object of a line; or the kind and the cause of an error."""


def columns(source: Source, place: str, asked: Asked, limits: Limits) -> Columns | None:
    """The columns of the text and of the id by the first lines; None where they hold no object. Raises TableError."""
    names: dict[str, None] = {}
    seen = 0
    with opened(source, place) as stream, suppress(*BROKEN):  # what is broken is told of when its lines are read
        for number, line in islice(_lines(stream, limits.file_bytes), _LINES_LOOKED_AT):
            if number == 1 and line is not None:
                _check_start(line.strip(), place)
            record = _record(line or b"")
            names |= dict.fromkeys(record) if isinstance(record, dict) else {}
            seen += len(line or b"")
            if names and seen > _BYTES_LOOKED_AT:
                break
    return chosen(names, asked, place) if names else None


def items(source: Source, place: str, asked: Asked, limits: Limits) -> Iterator[Item]:
    """The documents of the file. Raises TableError."""
    found = columns(source, place, asked, limits)
    with opened(source, place) as stream:
        yield from items_of(stream, place, asked, limits, found)


def items_of(
    stream: IO[bytes], place: str, asked: Asked, limits: Limits, found: Columns | None = None
) -> Iterator[Item]:
    """The documents of an open stream of lines, of which the columns are `found`, or those of its first object.
    Raises TableError."""
    rows = Rows(place, "line", limits)
    number = 0
    try:
        for number, record in _records(stream, limits.file_bytes):
            if not isinstance(record, dict):
                yield rows.broken(number, f"{record[1]}; {_MEND}", record[0])
                continue
            found = found or chosen(record, asked, place)
            yield rows.item(number, Columns(found.text, found.id or id_column(record)), record)
    except BROKEN as error:
        yield rows.broken(number + 1, cut_off(error), type(error).__name__)


def how_many(source: Source, place: str, asked: Asked, limits: Limits) -> int:
    """How many documents the file has. Raises TableError."""
    columns(source, place, asked, limits)
    number = 0
    try:
        with opened(source, place) as stream:
            for _, line in _lines(stream, limits.file_bytes):
                number += line is None or bool(line and not line.isspace())
    except BROKEN:
        number += 1
    return number


def _check_start(line: bytes, place: str) -> None:
    if line.startswith(_UTF16):
        raise TableError(f"{place}: it is UTF-16; save it as UTF-8", fatal=False)
    if line in (b"[", b"{") or (line.startswith(b"[") and line.endswith(b",")):
        cause = "it is JSON, but not one object a line; `jq -c .[] FILE` makes lines of a list"
        raise TableError(f"{place}: {cause}", fatal=False)


def _records(stream: IO[bytes], most: int) -> Iterator[tuple[int, Record]]:
    for number, line in _lines(stream, most):
        if line is None:
            yield number, ("ValueError", f"it is longer than {most} bytes (raise Limits(file_bytes=...))")
        elif line and not line.isspace():
            yield number, _record(line)


def _record(line: bytes) -> Record:
    try:
        record = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        return type(error).__name__, f"it is no UTF-8 (byte {error.start + 1}: {error.reason})"
    except (ValueError, RecursionError) as error:
        return type(error).__name__, f"it is no JSON ({error})"
    if not isinstance(record, dict):
        return "InputError", f"it is a {type(record).__name__}, not an object with columns"
    return record


def _lines(stream: IO[bytes], most: int) -> Iterator[tuple[int, bytes | None]]:
    """The lines with their numbers, without a byte order mark; None for one that is longer than `most` bytes."""
    number = 0
    while line := stream.readline(most + 1):
        number += 1
        if len(line) <= most or line.endswith(b"\n"):
            yield number, line.removeprefix(BOM_UTF8) if number == 1 else line
            continue
        while (more := stream.readline(_SKIP)) and not more.endswith(b"\n"):
            pass
        yield number, None
