"""Results in the forms that other tools take: rows, Arrow tables, data frames, spaCy Docs.

Nothing is loaded before it is asked for; what needs pyarrow, pandas or polars says so where it is missing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from vnadmin_nlp.errors import missing

if TYPE_CHECKING:
    from vnadmin_nlp.export.frames import to_arrow, to_pandas, to_polars
    from vnadmin_nlp.export.rows import from_row, from_table, to_row
    from vnadmin_nlp.export.schema import OUTPUT_SCHEMA, SCHEMA_VERSION, schema_of
    from vnadmin_nlp.export.spacy_doc import from_doc, to_doc
    from vnadmin_nlp.export.tables import TABLES

_ROOMS = {
    "OUTPUT_SCHEMA": "schema",
    "SCHEMA_VERSION": "schema",
    "TABLES": "tables",
    "from_doc": "spacy_doc",
    "from_row": "rows",
    "from_table": "rows",
    "schema_of": "schema",
    "to_arrow": "frames",
    "to_doc": "spacy_doc",
    "to_pandas": "frames",
    "to_polars": "frames",
    "to_row": "rows",
}
__all__ = [
    "OUTPUT_SCHEMA", "SCHEMA_VERSION", "TABLES", "from_doc", "from_row", "from_table", "schema_of", "to_arrow",
    "to_doc", "to_pandas", "to_polars", "to_row",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    if name not in _ROOMS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    try:
        return getattr(import_module(f"{__name__}.{_ROOMS[name]}"), name)
    except ModuleNotFoundError as error:
        if error.name != "pyarrow":
            raise
        raise missing("pyarrow", "batch", name) from error
