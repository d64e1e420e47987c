"""Results as Arrow tables: the nested one, and one flat table for each kind of finding."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import pyarrow as pa

from vnadmin_nlp.export.columns import FLAT, Flat
from vnadmin_nlp.export.rows import Result, to_row
from vnadmin_nlp.export.schema import METADATA, OUTPUT_SCHEMA, field
from vnadmin_nlp.export.shapes import shape
from vnadmin_nlp.schema import Dispatch

NESTED = "dispatches"
_SURROGATE = re.compile("[\ud800-\udfff]")


def _schema(name: str, flat: Flat) -> pa.Schema:
    instant = pa.timestamp("us")
    return pa.schema(
        [field(column, shape(kind, f"{name}.{column}"), instant) for column, kind, _, _ in flat.columns], METADATA
    )


TABLES: dict[str, pa.Schema] = {NESTED: OUTPUT_SCHEMA, **{name: _schema(name, flat) for name, flat in FLAT.items()}}
"""The schema of every table. `dispatches` has a row a document with all that a Dispatch holds; in the others the first
column is `document_id`."""


def tables(rows: Sequence[tuple[str, Result]]) -> dict[str, pa.Table]:
    """The tables of `rows`, pairs of an id and the result for it, under the names of TABLES.

    A failure has a row in `dispatches` and in `documents`. Halves of surrogate pairs, which Arrow cannot hold, become
    U+FFFD.
    """
    return {NESTED: nested(rows), **{name: flat(name, rows) for name in FLAT}}


def nested(rows: Sequence[tuple[str, Result]]) -> pa.Table:
    """The table `dispatches` of `rows`."""
    plain = [to_row(id, result) for id, result in rows]
    try:
        return pa.Table.from_pylist(plain, OUTPUT_SCHEMA)
    except UnicodeEncodeError:
        return pa.Table.from_pylist(_whole(plain), OUTPUT_SCHEMA)


def flat(name: str, rows: Sequence[tuple[str, Result]]) -> pa.Table:
    """One of the flat tables of `rows`."""
    table, schema = FLAT[name], TABLES[name]
    entries = [
        entry
        for id, result in rows
        if table.of_failures or isinstance(result, Dispatch)
        for entry in table.rows(id, result)
    ]
    arrays = [
        _array([value(entry) for entry in entries], kind)
        for (_, _, value, _), kind in zip(table.columns, schema.types, strict=True)
    ]
    return pa.Table.from_arrays(arrays, schema=schema)


def _array(values: list[Any], kind: pa.DataType) -> pa.Array:
    try:
        return pa.array(values, kind)
    except UnicodeEncodeError:
        return pa.array(_whole(values), kind)


def _whole(value: Any) -> Any:
    """`value` with U+FFFD for each half of a surrogate pair."""
    if isinstance(value, str):
        return _SURROGATE.sub("\ufffd", value)
    if isinstance(value, list):
        return [_whole(one) for one in value]
    if isinstance(value, dict):
        return {name: _whole(one) for name, one in value.items()}
    return value
