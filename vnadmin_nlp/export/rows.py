"""A result as a row of plain values, and back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from vnadmin_nlp.export.shapes import PARENT, Kind, Shape, shape_of
from vnadmin_nlp.schema import Dispatch, Failure

if TYPE_CHECKING:
    import pyarrow as pa

Result: TypeAlias = Dispatch | Failure
_Change: TypeAlias = Callable[[Any], Any]
_ROWS_AT_ONCE = 100


def to_row(id: str, result: Result) -> dict[str, Any]:
    """The row of `OUTPUT_SCHEMA` for the document `id`."""
    if isinstance(result, Failure):
        return {"document_id": id, **dict.fromkeys(Dispatch.model_fields), "failure": result._asdict()}
    return {"document_id": id, **_change(_OUT)(result.model_dump()), "failure": None}


def from_row(row: Mapping[str, Any]) -> Dispatch:
    """The Dispatch of a row as Arrow gives it (`to_pylist`); other columns are let alone.

    Raises ValueError with the message of the failure where there is no Dispatch, and where a value does not fit.
    """
    result = _result(row)
    if isinstance(result, Failure):
        raise ValueError(result.message)
    return result


def from_table(table: pa.Table | pa.RecordBatch) -> Iterator[tuple[str, Result]]:
    """The documents of a table in `OUTPUT_SCHEMA`: the id of each, and its Dispatch or Failure."""
    for start in range(0, table.num_rows, _ROWS_AT_ONCE):
        for row in table.slice(start, _ROWS_AT_ONCE).to_pylist():
            yield row["document_id"], _result(row)


def _result(row: Mapping[str, Any]) -> Result:
    failure = row.get("failure")
    if failure is not None:
        return Failure(**failure)
    lacking = Dispatch.model_fields.keys() - row.keys()
    if lacking:
        raise ValueError(f"the row lacks columns of OUTPUT_SCHEMA: {', '.join(sorted(lacking))}")
    if row["text"] is None:
        raise ValueError("the row has neither a text nor a failure: it is no row of OUTPUT_SCHEMA")
    return Dispatch.model_validate(_change(_BACK)({name: row[name] for name in Dispatch.model_fields}))


# What rows hold otherwise than models: moments as strings, trees as lists


class _Way(NamedTuple):
    """What becomes of a moment on the way; and of the entries of a tree, given the name of the field of children and
    what else changes in each entry."""

    moment: _Change
    tree: Callable[[list[Any], str, _Change], list[Any]]


def _flat(roots: list[dict[str, Any]], children: str, change: _Change) -> list[dict[str, Any]]:
    """The entries of a tree in reading order."""
    entries: list[dict[str, Any]] = []
    left: list[tuple[dict[str, Any], int | None]] = [(root, None) for root in reversed(roots)]
    while left:
        entry, parent = left.pop()
        below = entry[children]
        left += [(child, len(entries)) for child in reversed(below)]
        one = change({name: value for name, value in entry.items() if name != children})
        entries.append({**one, PARENT: parent})
    return entries


def _grown(entries: list[dict[str, Any]], children: str, change: _Change) -> list[dict[str, Any]]:
    """The roots of the tree whose `entries` stand in reading order."""
    roots: list[dict[str, Any]] = []
    grown: list[dict[str, Any]] = []
    for entry in entries:
        parent = entry[PARENT]
        one = {**change({name: value for name, value in entry.items() if name != PARENT}), children: []}
        (roots if parent is None else grown[parent][children]).append(one)
        grown.append(one)
    return roots


def _moment(value: str) -> dt.date | dt.datetime:
    return dt.datetime.fromisoformat(value) if "T" in value else dt.date.fromisoformat(value)


_OUT = _Way(lambda value: value.isoformat(), _flat)
_BACK = _Way(_moment, _grown)


@cache
def _change(way: _Way) -> _Change:
    return _of(shape_of(Dispatch), way) or _same


def _same(value: Any) -> Any:
    return value


def _of(shape: Shape, way: _Way) -> _Change | None:
    """The function that takes values of `shape` on `way`, None where nothing changes. It alters no value given."""
    change = _of_value(shape, way)
    if change is None or not shape.optional:
        return change
    return lambda value: None if value is None else change(value)


def _of_value(shape: Shape, way: _Way) -> _Change | None:
    if shape.kind is Kind.MOMENT:
        return way.moment
    if shape.kind is Kind.MANY and shape.inner:
        children, one = shape.inner.children, _of(shape.inner, way)
        if children:
            return lambda values: way.tree(values, children, one or _same)
        return one and (lambda values: [one(value) for value in values])
    found = {name: _of(inner, way) for name, inner in shape.fields.items()}
    parts = {name: change for name, change in found.items() if change}
    if not parts:
        return None
    return lambda value: {**value, **{name: change(value[name]) for name, change in parts.items()}}
