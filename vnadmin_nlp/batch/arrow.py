"""One Arrow batch of texts or files in, one of results out: what Spark, Ray, Dask, DuckDB and Polars can call."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from vnadmin_nlp.batch.items import Item
from vnadmin_nlp.batch.work import Busy, analyse
from vnadmin_nlp.errors import InputError, missing
from vnadmin_nlp.options import Options
from vnadmin_nlp.parse import parse
from vnadmin_nlp.read.options import ReadOptions, reading
from vnadmin_nlp.schema import Dispatch, Failure, SourceText
from vnadmin_nlp.taggers import store

if TYPE_CHECKING:
    import pyarrow as pa


def process_batch(
    batch: pa.RecordBatch,
    *,
    text_col: str = "text",
    id_col: str = "id",
    keep: Sequence[str] = (),
    options: Options | None = None,
    parser: Callable[[str | SourceText], Dispatch] = parse,
) -> pa.RecordBatch:
    """A row of `OUTPUT_SCHEMA` for each row of `batch`, in order.

    `text_col` holds texts, or (a binary column) the bytes of files, which are read with `options`. `id_col` holds what
    names the document among all: text, or integers, which become text; for a table without such a column make one
    first, as one of row numbers in a batch would name other documents in the next. The columns `keep` follow those of
    OUTPUT_SCHEMA as they are; all others are dropped.

    A row without a text or an id, or with one that cannot be read or parsed, has its `failure`. Raises InputError
    where a column is missing or holds something else, ModelError where a model in `options` is missing or damaged.
    """
    try:
        import pyarrow as pa
    except ImportError as error:
        raise missing("pyarrow", "batch", "process_batch") from error
    from vnadmin_nlp.export.schema import OUTPUT_SCHEMA
    from vnadmin_nlp.export.tables import nested

    if not isinstance(batch, pa.RecordBatch):
        raise TypeError(f"process_batch takes a pyarrow RecordBatch, not {type(batch).__name__}")
    texts, ids = _column(batch, text_col, "text_col"), _column(batch, id_col, "id_col")
    kept = [_column(batch, name, "keep") for name in keep]
    _check(texts.type, text_col, "text_col", "texts or the bytes of files", _is_text, _is_binary)
    _check(ids.type, id_col, "id_col", "texts or integers", _is_text, pa.types.is_integer)
    clash = set(keep) & set(OUTPUT_SCHEMA.names)
    if clash:
        raise InputError(f"keep: {', '.join(sorted(clash))} are columns of the results too; rename them in the batch")
    chosen = reading(options)
    store.check(chosen)
    items = [item_of(id, text, text_col, id_col) for id, text in zip(ids.to_pylist(), texts.to_pylist(), strict=True)]
    table = nested([(item.id, result) for item, result in _results(items, chosen, parser)])
    fields = [*OUTPUT_SCHEMA, *(batch.schema.field(name) for name in keep)]
    columns = [column.combine_chunks() for column in table.columns]
    return pa.RecordBatch.from_arrays([*columns, *kept], schema=pa.schema(fields, OUTPUT_SCHEMA.metadata))


def _results(
    items: Sequence[Item], options: ReadOptions, parser: Callable[[str | SourceText], Dispatch]
) -> Iterator[tuple[Item, Dispatch | Failure]]:
    results = (one for one in analyse(items, options=options, parser=parser) if not isinstance(one, Busy))
    return zip(items, results, strict=True)


def item_of(id: object, text: Any, text_col: str, id_col: str) -> Item:
    """The document of a row; a Failure that names the column where its text or id is null."""
    if id is None:
        return Item("", Failure("", "input", "InputError", f"{id_col}: it is null; give every document an id"))
    name = str(id)
    if text is None:
        return Item(
            name, Failure(name, "input", "InputError", f"{name}: {text_col} is null; there is nothing to parse")
        )
    if not text.strip():
        return Item(
            name, Failure(name, "input", "InputError", f"{name}: {text_col} is empty; there is nothing to parse")
        )
    return Item(name, text)


def _column(batch: pa.RecordBatch, name: str, option: str) -> Any:
    if name not in batch.schema.names:
        there = ", ".join(batch.schema.names) or "none"
        raise InputError(f"the batch has no column {name!r}; its columns are: {there}. Name the right one: {option}=")
    return batch.column(name)


def _check(kind: Any, name: str, option: str, wanted: str, *tests: Callable[[Any], bool]) -> None:
    import pyarrow as pa

    inner = kind.value_type if pa.types.is_dictionary(kind) else kind
    if not (pa.types.is_null(inner) or any(test(inner) for test in tests)):
        raise InputError(f"the column {name!r} ({option}) is of type {kind}; it must hold {wanted}")


def _is_text(kind: Any) -> bool:
    import pyarrow as pa

    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind))


def _is_binary(kind: Any) -> bool:
    import pyarrow as pa

    tests = (pa.types.is_binary, pa.types.is_large_binary, pa.types.is_binary_view, pa.types.is_fixed_size_binary)
    return any(test(kind) for test in tests)
