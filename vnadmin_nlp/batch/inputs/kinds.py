"""Tables: which files are some by their names, and who reads them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from vnadmin_nlp.batch.inputs import lines, parquet, separated
from vnadmin_nlp.batch.inputs.streams import PACKED, Source
from vnadmin_nlp.batch.inputs.tables import Asked
from vnadmin_nlp.batch.items import Item
from vnadmin_nlp.read import Limits


class Table(NamedTuple):
    """How tables of a kind are read; each function is given the file, its name, the columns asked for and the limits.

    `columns` finds the columns to read, `items` are the documents, `how_many` counts them. They raise TableError where
    the file cannot be read at all, and OSError where it cannot be opened.
    """

    columns: Callable[[Source, str, Asked, Limits], object]
    items: Callable[[Source, str, Asked, Limits], Iterator[Item]]
    how_many: Callable[[Source, str, Asked, Limits], int]


_LINES = Table(lines.columns, lines.items, lines.how_many)
_SEPARATED = Table(separated.columns, separated.items, separated.how_many)
_STREAMS = {".jsonl": _LINES, ".ndjson": _LINES, ".csv": _SEPARATED, ".tsv": _SEPARATED}
_TABLES = {**_STREAMS, ".parquet": Table(parquet.columns, parquet.items, parquet.how_many)}


def table(name: str) -> Table | None:
    """How the file `name` is read, where it is a table."""
    stem, _, ending = name.lower().rpartition(".")
    if f".{ending}" in PACKED:
        return _STREAMS.get(f".{stem.rpartition('.')[2]}")
    return _TABLES.get(f".{ending}")
