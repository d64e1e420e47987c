"""Results as tables that are at hand at once: Arrow tables, pandas and polars data frames."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from importlib import import_module
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeAlias

from vnadmin_nlp.errors import missing
from vnadmin_nlp.export.columns import FLAT
from vnadmin_nlp.export.rows import Result
from vnadmin_nlp.schema import Dispatch, Failure

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl
    import pyarrow as pa

Results: TypeAlias = Dispatch | Mapping[str, Result] | Iterable[Result | tuple[str, Result]]
"""Results, with ids or without; or a single one. `pipe(...)` is such an iterable, with `ids=True` one with ids."""

_ROWS_AT_ONCE = 200


def to_arrow(results: Results) -> dict[str, pa.Table]:
    """The tables of `results` by name, those of `TABLES`: `dispatches`, a row a document with everything in it, and
    the flat ones `documents`, `obligations`, `references`, `deadlines`, `actors`.

    The ids are the keys of a mapping or the first of pairs; a result without an id has its place in `results`, counted
    from "1". The tables are joined by `document_id` and the columns `..._index` and `..._indexes` (docs/tables.md).
    Raises ValueError where two documents have one id.
    """
    pa = _module("pyarrow", "batch", "to_arrow")
    from vnadmin_nlp.export.tables import tables

    named = _named(results)
    parts = [tables(list(islice(named, _ROWS_AT_ONCE)))]
    while rows := list(islice(named, _ROWS_AT_ONCE)):
        parts.append(tables(rows))
    return {name: pa.concat_tables([part[name] for part in parts]) for name in parts[0]}


def to_pandas(results: Results) -> dict[str, pd.DataFrame]:
    """The tables of `to_arrow` as pandas data frames.

    Days and instants are datetime64, counts and places Int32, lists are Python lists (`explode`, `.str.join("; ")`).
    The nested columns of `dispatches` stay in Arrow: a cell is a dict or a list once it is asked for.
    """
    pd = _module("pandas", None, "to_pandas")
    return {name: _pandas(pd, table, lists=name in FLAT) for name, table in to_arrow(results).items()}


def to_polars(results: Results) -> dict[str, pl.DataFrame]:
    """The tables of `to_arrow` as polars data frames, which share their memory where polars can."""
    pl = _module("polars", None, "to_polars")
    return {name: pl.from_arrow(table, rechunk=False) for name, table in to_arrow(results).items()}


def _pandas(pd: Any, table: Any, lists: bool) -> Any:
    import pyarrow as pa

    known = {pa.int32(): pd.Int32Dtype(), pa.bool_(): pd.BooleanDtype()}

    def kind(arrow: Any) -> Any:
        return pd.ArrowDtype(arrow) if pa.types.is_nested(arrow) else known.get(arrow)

    frame = table.to_pandas(types_mapper=kind, date_as_object=False)
    for field in table.schema if lists else ():
        if pa.types.is_list(field.type):
            frame[field.name] = pd.Series(table[field.name].to_pylist(), index=frame.index, dtype=object)
    return frame


def _named(results: Results) -> Iterator[tuple[str, Result]]:
    """Each result with its id."""
    if isinstance(results, Dispatch):
        results = [results]
    met: set[str] = set()
    for place, one in enumerate(results.items() if isinstance(results, Mapping) else results, 1):
        id, result = (str(place), one) if isinstance(one, Dispatch | Failure) else _pair(one, place)
        if id in met:
            raise ValueError(f"two documents have the id {id!r} (the second is result {place}); give each its own")
        met.add(id)
        yield id, result


def _pair(one: object, place: int) -> tuple[str, Result]:
    match one:
        case (str(id), Dispatch() | Failure() as result):
            return id, result
    raise TypeError(
        f"result {place} is of type {type(one).__name__}; give Dispatches, pairs (id, Dispatch), or a mapping of ids"
    )


def _module(name: str, extra: str | None, what: str) -> Any:
    try:
        return import_module(name)
    except ModuleNotFoundError as error:
        if error.name != name:
            raise
        raise missing(name, extra, what) from error
