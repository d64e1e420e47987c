"""The analysis as a Spark job: a column of texts or files becomes a DataFrame of results."""

from __future__ import annotations

import pickle
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING, Any

from vnadmin_nlp.batch.arrow import item_of
from vnadmin_nlp.batch.items import Content
from vnadmin_nlp.batch.pipe import pipe
from vnadmin_nlp.errors import InputError, WorkerError, missing
from vnadmin_nlp.options import Options
from vnadmin_nlp.parse import parse as parse_text
from vnadmin_nlp.read.options import reading
from vnadmin_nlp.schema import Dispatch, Failure, SourceText

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import DataFrame
    from pyspark.sql.types import DataType, StructType

_ROWS = 64
"""Rows that are handed back at once: results are many times larger than texts."""


def parse(
    df: DataFrame,
    *,
    text_col: str = "text",
    id_col: str = "id",
    keep: Sequence[str] = (),
    isolated: bool = True,
    seconds: float | None = 60.0,
    memory: int | None = None,
    options: Options | None = None,
    parser: Callable[[str | SourceText], Dispatch] = parse_text,
) -> DataFrame:
    """A row of `OUTPUT_SCHEMA` for each row of `df`, as `process_batch` makes it, the columns `keep` after it.

    `text_col` holds texts, or (a binary column) the bytes of files; `id_col` texts or whole numbers. A document that
    cannot be analysed has its `failure`. So has one that takes more than `seconds`, needs more than `memory` bytes or
    ends its process: each task does its work in one more Python process, which is replaced when it is lost. That costs
    its start (about a second a partition, so give a partition some hundred documents) and about a quarter of the rate;
    with `isolated=False` the work is done in Spark's own Python process, without limits, and such a document ends the
    task. The rows of a partition keep their order. `parser` takes the place of `parse` and must, when isolated, be a
    function of a module that the executors have (`SparkContext.addPyFile`).

    The package has to be installed in the Python of the executors, which PYSPARK_PYTHON names. Raises InputError where
    a column is missing or holds something else.
    """
    sql = _functions("parse")
    from pyspark.sql.types import StructType

    from vnadmin_nlp.export.schema import OUTPUT_SCHEMA

    _check(df, text_col, "text_col", "texts or the bytes of files", "string", "binary")
    _check(df, id_col, "id_col", "texts or whole numbers", "string", "tinyint", "smallint", "int", "bigint")
    for name in keep:
        _check(df, name, "keep", "")
    clash = sorted(set(keep) & set(OUTPUT_SCHEMA.names))
    if clash:
        raise InputError(f"keep: {', '.join(clash)} are columns of the results too; rename them in the DataFrame")
    if memory is not None and not isolated:
        raise ValueError("memory: only isolated=True can limit it")
    if isolated and (parser.__module__ == "__main__" or not _by_name(parser)):
        raise WorkerError(
            "parser: it must be a function of a module that executors can import (SparkContext.addPyFile brings "
            "one there), or give isolated=False"
        )
    work = partial(
        _parsed,
        names=(text_col, id_col),
        kept=tuple(keep),
        piped=partial(pipe, isolated=isolated, seconds=seconds, memory=memory, options=reading(options), parser=parser),
    )
    wanted = [sql.col(_quoted(id_col)).cast("string"), *(sql.col(_quoted(name)) for name in (text_col, *keep))]
    schema = StructType([*schema_of(OUTPUT_SCHEMA).fields, *(df.schema[name] for name in keep)])
    # Plain names, as mapInArrow cannot take columns whose names hold dots
    return df.select(*(column.alias(f"c{place}") for place, column in enumerate(wanted))).mapInArrow(work, schema)


def tables(df: DataFrame) -> dict[str, DataFrame]:
    """The flat tables (`documents`, `obligations`, `references`, `deadlines`, `actors`) of what `parse` gave.

    Each is made from `df` when it is asked for: write `df` first (as Parquet) and give what is read back, or the
    documents are parsed again for each table.
    """
    _functions("tables")
    from vnadmin_nlp.export.schema import OUTPUT_SCHEMA
    from vnadmin_nlp.export.tables import NESTED, TABLES

    for name in OUTPUT_SCHEMA.names:
        _check(df, name, "df", "")
    whole = df.select(*OUTPUT_SCHEMA.names)
    return {
        name: whole.mapInArrow(partial(_flat, name=name), schema_of(schema))
        for name, schema in TABLES.items()
        if name != NESTED
    }


def schema_of(schema: pa.Schema) -> StructType:
    """The Spark schema of an Arrow schema of this package; what may not be null there may not be here.

    Except in a struct that may be null itself: there every part may be, as Spark cannot hand such a null on to Arrow
    otherwise (`DataFrame.toArrow`).
    """
    return _struct(schema, within_null=False)


def _struct(fields: Iterable[pa.Field], *, within_null: bool) -> StructType:
    from pyspark.sql.types import StructField, StructType

    made = []
    for field in fields:
        nullable = field.nullable or within_null
        made.append(StructField(field.name, _type(field.type, nullable), nullable))
    return StructType(made)


def _type(kind: pa.DataType, nullable: bool) -> DataType:
    import pyarrow as pa
    from pyspark.sql import types

    if pa.types.is_list(kind):
        inner = kind.value_field.nullable
        return types.ArrayType(_type(kind.value_type, inner), inner)
    if pa.types.is_struct(kind):
        return _struct(kind, within_null=nullable)
    plain: dict[Any, DataType] = {
        pa.string(): types.StringType(),
        pa.bool_(): types.BooleanType(),
        pa.int32(): types.IntegerType(),
        pa.int64(): types.LongType(),
        pa.float64(): types.DoubleType(),
        pa.date32(): types.DateType(),
        pa.timestamp("us"): types.TimestampNTZType(),
    }
    return plain[kind]


# What runs on the executors


def _parsed(
    batches: Iterator[pa.RecordBatch],
    *,
    names: tuple[str, str],
    kept: Sequence[str],
    piped: Callable[..., Iterator[Any]],
) -> Iterator[pa.RecordBatch]:
    """The results of the rows of a partition: id, text and columns that are kept."""
    waiting: deque[tuple[list[str], list[pa.Array]]] = deque()  # ids and kept columns of rows that are in work

    def documents() -> Iterator[tuple[str, Content]]:
        for batch in batches:
            for start in range(0, batch.num_rows, _ROWS):
                ids, texts, *rest = batch.slice(start, _ROWS).columns
                rows = zip(ids.to_pylist(), texts.to_pylist(), strict=True)
                items = [item_of(*row, *names) for row in rows]
                waiting.append(([item.id for item in items], rest))
                yield from ((item.id, item.content) for item in items)

    done: list[Dispatch | Failure] = []
    results: Any = piped(documents(), ids=True)
    with closing(results):
        for _, result in results:
            done.append(result)
            if len(done) == len(waiting[0][0]):
                ids, rest = waiting.popleft()
                yield _batch(ids, done, dict(zip(kept, rest, strict=True)))
                done = []


def _batch(ids: Sequence[str], results: Sequence[Dispatch | Failure], kept: Mapping[str, pa.Array]) -> pa.RecordBatch:
    import pyarrow as pa

    from vnadmin_nlp.export.tables import nested

    named = [one._replace(name=id) if isinstance(one, Failure) else one for id, one in zip(ids, results, strict=True)]
    table = nested(list(zip(ids, named, strict=True)))
    arrays = [*(column.combine_chunks() for column in table.columns), *kept.values()]
    return pa.RecordBatch.from_arrays(arrays, names=[*table.column_names, *kept])


def _flat(batches: Iterator[pa.RecordBatch], *, name: str) -> Iterator[pa.RecordBatch]:
    from vnadmin_nlp.export.rows import from_table
    from vnadmin_nlp.export.tables import flat

    for batch in batches:
        for start in range(0, batch.num_rows, _ROWS):
            yield from flat(name, list(from_table(batch.slice(start, _ROWS)))).to_batches()


# Checks


def _functions(what: str) -> Any:
    try:
        import pyarrow
        from pyspark.sql import functions
    except ImportError as error:
        raise missing(error.name or "pyspark", "spark", f"vnadmin_nlp.spark.{what}") from error
    del pyarrow
    return functions


def _check(df: DataFrame, name: str, option: str, wanted: str, *types: str) -> None:
    fields = {field.name: field.dataType.simpleString() for field in df.schema.fields}
    if name not in fields:
        there = ", ".join(fields) or "none"
        raise InputError(f"{option}: the DataFrame has no column {name!r}; its columns are: {there}")
    if types and fields[name] not in (*types, "void"):
        raise InputError(f"{option}: the column {name!r} is of type {fields[name]}; it must hold {wanted}")


def _quoted(name: str) -> str:
    return "`" + name.replace("`", "``") + "`"


def _by_name(function: object) -> bool:
    try:
        pickle.dumps(function)
    except Exception:
        return False
    return True
