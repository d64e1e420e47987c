"""Links as tables, and links from the tables of a run."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING, Any

from vnadmin_nlp.errors import missing

if TYPE_CHECKING:
    from vnadmin_nlp.links.result import Link


@cache
def schema() -> Any:
    """The columns of a table of links (pyarrow)."""
    pa = _arrow()
    texts = pa.list_(pa.string())
    candidate = pa.struct([("id", pa.string()), ("score", pa.float64()), ("reasons", texts)])
    return pa.schema(
        [
            ("document", pa.string()), ("reference", pa.int32()), ("relation", pa.string()), ("status", pa.string()),
            ("target", pa.string()), ("score", pa.float64()), ("reasons", texts), ("candidates", pa.list_(candidate)),
            ("copies", texts), ("cited", pa.string()), ("printed", pa.string()),
        ]
    )  # fmt: skip


def to_arrow(links: Iterable[Link]) -> Any:
    """The links as a pyarrow Table, a row each."""
    rows = [link._asdict() | {"candidates": [one._asdict() for one in link.candidates]} for link in links]
    return _arrow().Table.from_pylist(rows, schema=schema())


def _arrow() -> Any:
    try:
        import pyarrow
    except ImportError as error:
        raise missing("pyarrow", "batch", "A table of links") from error
    return pyarrow
