"""Makers of what a run is given, and short questions to the stream of documents that comes of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from vnadmin_nlp.batch.inputs import open_inputs
from vnadmin_nlp.batch.items import Item
from vnadmin_nlp.schema import Failure

LETTER = "CÔNG VĂN\nSố: 12/UBND-VX\nKính gửi: Sở Y tế\n"


def write(path: str, data: str | bytes = LETTER) -> None:
    place = Path(path)
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(data.encode() if isinstance(data, str) else data)


def write_lines(path: str, *rows: object) -> None:
    write(path, "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows))


def items(*inputs: str, **more: Any) -> list[Item]:
    """The documents of the inputs; whatever is asked for is checked to be the same a second time, and counted."""
    found = open_inputs(inputs, **more)
    out = list(found)
    assert list(found) == out
    assert found.count() == len(out)
    return out


def ids(*inputs: str, **more: Any) -> list[str]:
    return [item.id for item in items(*inputs, **more)]


def failure(item: Item) -> Failure:
    assert isinstance(item.content, Failure), item
    assert item.content.name == item.id
    return item.content


def by_id(*inputs: str, **more: Any) -> dict[str, object]:
    return {item.id: item.content for item in items(*inputs, **more)}


def pyarrow() -> Any:
    return pytest.importorskip("pyarrow", reason="pyarrow (extra batch) is not installed")


def write_parquet(path: str, columns: dict[str, list[Any]], **more: Any) -> bytes:
    pa = pyarrow()
    from pyarrow import parquet

    Path(path).parent.mkdir(parents=True, exist_ok=True)
    parquet.write_table(pa.table(columns), path, **more)
    return Path(path).read_bytes()
