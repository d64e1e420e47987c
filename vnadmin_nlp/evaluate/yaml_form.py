"""An annotation as YAML that reads well: fields in the order of the guideline, an entry a line, notes as comments."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator
from enum import Enum
from typing import Any

import yaml
from pydantic import BaseModel

from vnadmin_nlp.evaluate.annotation import GoldObligation
from vnadmin_nlp.evaluate.draft import Draft
from vnadmin_nlp.version import VERSION

_HEAD = f"""\
# First annotation, by vnadmin {VERSION}: what the program read, for a person to correct after corpus/GUIDELINES.md.
# Then run: vnadmin check FOLDER
# The number behind a reference or a deadline is the one by which obligations name it.
"""
_NUMBERED = {"references", "deadlines"}
_IF_SAID = {"name": "references", "duration": "deadlines", "rrule": "deadlines"}
_DATES = {"date", "due"}
_TAG = "tag:yaml.org,2002:str"


class _Plain(str):
    """Words that stand without quotation marks: names of fields, choices."""


class _Dumper(yaml.SafeDumper):
    """Strings in double quotation marks, so that none is taken for a number, a day or a truth value."""


_Dumper.add_representer(str, lambda dumper, value: dumper.represent_scalar(_TAG, value, style='"'))
_Dumper.add_representer(_Plain, lambda dumper, value: dumper.represent_scalar(_TAG, value))


def to_yaml(draft: Draft, *, about: str = "") -> str:
    """`draft` as the text of its file; `about` is a further comment at its head."""
    return _HEAD + (f"# {about}\n" if about else "") + "".join(f"{line}\n" for line in _lines(draft))


def _lines(draft: Draft) -> Iterator[str]:
    def note(part: str, index: int = 0) -> str:
        return _comment([str(index)] * (part in _NUMBERED) + draft.notes.get((part, index), []))

    data = draft.gold.data
    for remark in draft.remarks:
        yield _comment([remark]).strip()
    for name in type(data).model_fields:
        value = getattr(data, name)
        if name == "header":
            yield "header:"
            for field in type(value).model_fields:
                yield f"  {field}: {_flow(_value(field, getattr(value, field)))}{note(f'header.{field}')}"
        elif name == "signature" and len(value) == 1:
            yield f"signature: {_entry(name, value[0])}{note(name)}"
        elif isinstance(value, list):
            yield f"{name}:" if value else f"{name}: []"
            yield from (f"  - {_entry(name, entry)}{note(name, i)}" for i, entry in enumerate(value))
        else:
            yield f"{name}: {_flow(_value(name, value))}{note(name)}"


def _entry(part: str, entry: str | tuple[int, int, str] | BaseModel) -> str:
    """One entry of a list in one line; an obligation in two: the clause, and who it concerns."""
    if isinstance(entry, str):
        return _flow(entry)
    if isinstance(entry, tuple):
        return _flow([*entry[:2], _Plain(entry[2])])
    fields = {
        _Plain(name): _value(name, value)
        for name, value in ((name, getattr(entry, name)) for name in type(entry).model_fields)
        if value is not None or _IF_SAID.get(name) != part
    }
    if not isinstance(entry, GoldObligation):
        return _flow(fields)
    who = list(fields).index(_Plain("bearers"))
    clause, rest = (dict(list(fields.items())[part]) for part in (slice(who), slice(who, None)))
    return f"{_flow(clause)[:-1]},\n     {_flow(rest)[1:]}"


def _value(name: str, value: Any) -> Any:
    """`value` as YAML has it: a day as a date, a choice as a bare word."""
    if isinstance(value, Enum):
        return _Plain(value.value)
    if name in _DATES and value is not None:
        return value if "T" in value else dt.date.fromisoformat(value)
    return value


def _flow(value: Any) -> str:
    """`value` in one line."""
    text: str = yaml.dump(
        value, Dumper=_Dumper, default_flow_style=True, allow_unicode=True, sort_keys=False, width=math.inf
    )
    return text.removesuffix("...\n").rstrip("\n")


def _comment(notes: list[str]) -> str:
    words = " ".join("; ".join(notes).split())
    return f"  # {''.join(c if c.isprintable() else ' ' for c in words)}" if words else ""
