"""Files that hold many documents: which they are by their names, and who reads them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from vnadmin_nlp.batch.inputs import lines
from vnadmin_nlp.batch.inputs.streams import PACKED
from vnadmin_nlp.batch.inputs.tables import Asked
from vnadmin_nlp.batch.items import Item
from vnadmin_nlp.read import Limits


class Kind(NamedTuple):
    """How files of a kind are read; each function is given the path, what the file is called, columns and limits.

    `check` raises InputError where the file cannot be read at all, NoColumnError where it lacks a column; `items` are
    its documents, `how_many` counts them. All raise OSError where the file cannot be opened.
    """

    check: Callable[[str, str, Asked, Limits], object]
    items: Callable[[str, str, Asked, Limits], Iterator[Item]]
    how_many: Callable[[str, str, Asked, Limits], int]


_LINES = Kind(lines.columns, lines.items, lines.count)
_PACKABLE = {".jsonl": _LINES, ".ndjson": _LINES}
_KINDS: dict[str, Kind] = {}


def of(path: str) -> Kind | None:
    """The kind of the file at `path`; None for a file that is one document."""
    name, _, ending = path.lower().rpartition(".")
    ending = f".{ending}"
    if ending in PACKED:
        return _PACKABLE.get(f".{name.rpartition('.')[2]}")
    return _PACKABLE.get(ending) or _KINDS.get(ending)
