"""Files that hold many documents: which they are by their names, and who reads them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from vnadmin_nlp.batch.inputs import archives, lines, parquet, separated
from vnadmin_nlp.batch.inputs.streams import PACKED
from vnadmin_nlp.batch.inputs.tables import Asked
from vnadmin_nlp.batch.items import Item
from vnadmin_nlp.read import Limits


class Kind(NamedTuple):
    """How files of a kind are read; each function is given the path, what the file is called, columns and limits.

    `check` raises InputError where the file cannot be read at all, NoColumnError where it lacks a column; `items` are
    its documents, `how_many` counts them. All raise OSError where the file cannot be opened. `ahead` says that files
    in folders are checked too before the first document is read.
    """

    check: Callable[[str, str, Asked, Limits], object]
    items: Callable[[str, str, Asked, Limits], Iterator[Item]]
    how_many: Callable[[str, str, Asked, Limits], int]
    ahead: bool


_LINES = Kind(lines.columns, lines.items, lines.how_many, ahead=True)
_SEPARATED = Kind(separated.columns, separated.items, separated.how_many, ahead=True)
_PARQUET = Kind(parquet.columns, parquet.items, parquet.how_many, ahead=True)
_ZIP = Kind(archives.check_zip, archives.zip_items, archives.zip_length, ahead=False)
_MESSAGE = Kind(archives.check_message, archives.message_items, archives.message_length, ahead=False)

_STREAMS = {".jsonl": _LINES, ".ndjson": _LINES, ".csv": _SEPARATED, ".tsv": _SEPARATED}  # may be packed
_KINDS = {**_STREAMS, ".parquet": _PARQUET, ".zip": _ZIP, ".eml": _MESSAGE}


def of(path: str) -> Kind | None:
    """The kind of the file at `path`; None for a file that is one document."""
    name, _, ending = path.lower().rpartition(".")
    if f".{ending}" in PACKED:
        return _STREAMS.get(f".{name.rpartition('.')[2]}")
    return _KINDS.get(f".{ending}")
