"""Vietnamese administrative dispatches as typed objects: `parse(text)` or `read(file)` gives a Dispatch."""

from typing import TYPE_CHECKING

from vnadmin_nlp.errors import (
    BatchError,
    InputError,
    MissingExtraError,
    MissingPackageError,
    ModelError,
    ReadError,
    RunError,
    VnadminError,
    WorkerError,
)
from vnadmin_nlp.knowledge.successors import successor
from vnadmin_nlp.options import Options
from vnadmin_nlp.parse import parse
from vnadmin_nlp.read import *  # noqa: F403
from vnadmin_nlp.read import __all__ as _read
from vnadmin_nlp.resolve.calendar import last_day
from vnadmin_nlp.schema import *  # noqa: F403
from vnadmin_nlp.schema import __all__ as _schema
from vnadmin_nlp.version import VERSION

if TYPE_CHECKING:
    from vnadmin_nlp.batch.arrow import process_batch
    from vnadmin_nlp.batch.pipe import pipe
    from vnadmin_nlp.batch.report import Progress, RunReport
    from vnadmin_nlp.batch.run import run
    from vnadmin_nlp.export import (
        OUTPUT_SCHEMA,
        from_table,
        to_arrow,
        to_pandas,
        to_polars,
    )
    from vnadmin_nlp.language import load
    from vnadmin_nlp.links import Link, Links, link, link_run, link_tables
    from vnadmin_nlp.links.duplicates import near_duplicates

__version__ = VERSION

_LAZY = {
    "OUTPUT_SCHEMA": "export",
    "Link": "links",
    "Links": "links",
    "Progress": "batch.report",
    "RunReport": "batch.report",
    "from_table": "export",
    "link": "links",
    "link_run": "links",
    "link_tables": "links",
    "load": "language",
    "near_duplicates": "links.duplicates",
    "pipe": "batch.pipe",
    "process_batch": "batch.arrow",
    "run": "batch.run",
    "to_arrow": "export",
    "to_pandas": "export",
    "to_polars": "export",
}
"""Names that are loaded when they are first asked for, with their modules: most users of `parse` need none."""

__all__ = [
    "OUTPUT_SCHEMA", "BatchError", "InputError", "Link", "Links", "MissingExtraError", "MissingPackageError",
    "ModelError", "Options", "Progress", "ReadError", "RunError", "RunReport", "VnadminError", "WorkerError",
    "from_table", "last_day", "link", "link_run", "link_tables", "load", "near_duplicates", "parse", "pipe",
    "process_batch", "run", "successor", "to_arrow", "to_pandas", "to_polars", *_read, *_schema,
]  # fmt: skip


def __getattr__(name: str) -> object:
    from importlib import import_module

    if name not in _LAZY:
        raise AttributeError(f"module 'vnadmin_nlp' has no attribute {name!r}")
    value = globals()[name] = getattr(import_module(f"vnadmin_nlp.{_LAZY[name]}"), name)
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
