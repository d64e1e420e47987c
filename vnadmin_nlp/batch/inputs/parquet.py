"""Tables in Parquet files: read a group of rows at a time, and only the columns of text and id."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from vnadmin_nlp.batch.inputs.streams import Source, opened
from vnadmin_nlp.batch.inputs.tables import Asked, Columns, Rows, TableError, chosen
from vnadmin_nlp.batch.items import Item
from vnadmin_nlp.errors import missing
from vnadmin_nlp.read import Limits

_ROWS_AT_ONCE = 1_000
_BYTES_AT_ONCE = 8_000_000
_KINDS = ("string", "binary", "fixed_size_binary", "null")
_PAGE = 1 << 20  # bytes read of a column at once


def columns(source: Source, place: str, asked: Asked, limits: Limits) -> Columns:
    """The columns of the text and of the id. Raises TableError."""
    with _opened(source, place) as file:
        return _columns(file, place, asked)


def items(source: Source, place: str, asked: Asked, limits: Limits) -> Iterator[Item]:
    """The documents of the file. Raises TableError."""
    rows = Rows(place, "row", limits)
    with _opened(source, place) as file:
        found = _columns(file, place, asked)
        first = 1
        for group in range(file.num_row_groups):
            number, last = first, first + file.metadata.row_group(group).num_rows - 1
            try:
                for row in _rows(file, group, found):
                    yield rows.item(number, found, row)
                    number += 1
            except (OSError, ValueError, NotImplementedError) as error:
                cause = f"rows up to {last} are damaged ({error}); get the file again"
                yield rows.broken(number, cause, type(error).__name__)
            first = last + 1


def how_many(source: Source, place: str, asked: Asked, limits: Limits) -> int:
    """How many documents the file has. Raises TableError."""
    with _opened(source, place) as file:
        _columns(file, place, asked)
        return int(file.metadata.num_rows)


@contextmanager
def _opened(source: Source, place: str) -> Iterator[Any]:
    try:
        from pyarrow import parquet
    except ImportError as error:
        raise missing("pyarrow", "batch", "reading Parquet") from error
    with opened(source, place) as stream:
        try:
            file = parquet.ParquetFile(stream, buffer_size=_PAGE, pre_buffer=False, page_checksum_verification=True)
        except (OSError, ValueError, NotImplementedError) as error:
            cause = f"it is no Parquet file, or cut off ({error}); get it again"
            raise TableError(f"{place}: {cause}", fatal=True) from error
        yield file


def _columns(file: Any, place: str, asked: Asked) -> Columns:
    schema = file.schema_arrow
    found = chosen(schema.names, asked, place)
    kind = schema.field(found.text).type
    values = getattr(kind, "value_type", kind) if str(kind).startswith("dictionary") else kind
    if not str(values).removeprefix("large_").startswith(_KINDS):
        cause = f"its column {found.text!r} holds {kind}, neither texts nor files; name another with text_col"
        raise TableError(f"{place}: {cause}", fatal=asked.text is not None)
    return found


def _rows(file: Any, group: int, found: Columns) -> Iterator[dict[str, object]]:
    """The rows of a group, a small number of them in memory."""
    names = [name for name in found if name is not None]
    about = file.metadata.row_group(group)
    rows = max(1, min(_ROWS_AT_ONCE, _BYTES_AT_ONCE * about.num_rows // max(1, about.total_byte_size)))
    for batch in file.iter_batches(batch_size=rows, row_groups=[group], columns=names, use_threads=False):
        for values in zip(*(_values(batch.column(name)) for name in names), strict=True):
            yield dict(zip(names, values, strict=True))


def _values(column: Any) -> list[object]:
    try:
        return list(column.to_pylist())
    except UnicodeDecodeError:
        return [_value(one) for one in column]


def _value(scalar: Any) -> object:
    try:
        return scalar.as_py()
    except UnicodeDecodeError as error:
        return error
