"""Loading of knowledge tables: YAML rows that carry their own examples and rejects."""

from __future__ import annotations

from hashlib import blake2b
from importlib.resources import files
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from vnadmin_nlp.errors import KnowledgeError

Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Row(BaseModel):
    """One fact of the language: a stable id, texts it must be found in, texts it must not be found in.

    `note` and `source` say why the row stands here (law and article, or where it was seen).
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    examples: list[str] = Field(min_length=1)
    rejects: list[str] = Field(default_factory=list)
    note: str = ""
    source: str = ""


R = TypeVar("R", bound=Row)


def fingerprint() -> str:
    """A hash of all tables: results may differ where it does."""
    folder = files("vnadmin_nlp.knowledge").joinpath("data")
    hashed = blake2b(digest_size=8)
    for table in sorted(folder.iterdir(), key=lambda table: table.name):
        hashed.update(table.name.encode() + b"\0" + table.read_bytes().replace(b"\r\n", b"\n"))
    return hashed.hexdigest()


def load_rows(table: str, kind: type[R]) -> tuple[R, ...]:
    """The rows of `knowledge/data/<table>.yaml`, checked.

    Raises KnowledgeError that names the table, the row and what to mend.
    """
    text = files("vnadmin_nlp.knowledge").joinpath("data", f"{table}.yaml").read_text(encoding="utf-8")
    rows, seen = [], set()
    for number, raw in enumerate(yaml.load(text, Loader=Loader) or [], 1):
        name = raw.get("id", f"number {number}") if isinstance(raw, dict) else f"number {number}"
        try:
            row = kind.model_validate(raw)
        except ValidationError as error:
            first = error.errors()[0]
            place = ".".join(map(str, first["loc"]))
            raise KnowledgeError(f"knowledge/data/{table}.yaml, row {name}: {place}: {first['msg']}") from error
        if row.id in seen:
            raise KnowledgeError(f"knowledge/data/{table}.yaml, row {name}: the id stands twice; give each its own")
        seen.add(row.id)
        rows.append(row)
    return tuple(rows)
