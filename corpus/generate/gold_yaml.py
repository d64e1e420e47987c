"""An annotation as YAML that reads well: fields in the order of the guideline, an entry a line.

Strings are written as JSON strings, which YAML reads alike: many times faster than a YAML writer.
"""

from __future__ import annotations

import datetime as dt
import re
from json.encoder import encode_basestring
from typing import Any

_UNSEEN = re.compile("[\x7f-\x9f\u00a0\u00ad\u2000-\u200f\u2028-\u202f\u2060-\u206f\ufeff]")
_PLAIN = re.compile(r"[a-z][a-z_+]*")
_WORDS = frozenset({"null", "true", "false", "yes", "no", "on", "off", "y", "n"})
_BARE = frozenset({"id", "doc_type", "urgency", "secrecy", "kind", "type", "modality", "force"})


def to_yaml(gold: dict[str, Any]) -> str:
    """The annotation as the text of its file."""
    out = []
    for name, value in gold.items():
        if isinstance(value, dict) and name == "header":
            out.append("header:\n" + "".join(f"  {key}: {_flow(key, one)}\n" for key, one in value.items()))
        elif isinstance(value, list) and value:
            out.append(f"{name}:\n" + "".join(f"  - {_flow(name, one)}\n" for one in value))
        else:
            out.append(f"{name}: {_flow(name, value)}\n")
    return "".join(out)


def _flow(name: str, value: Any) -> str:
    """A value in one line; `name`: of the field, whose words need no quotation marks where they are a choice."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, str):
        if name in _BARE and _PLAIN.fullmatch(value) and value not in _WORDS:
            return value
        return _UNSEEN.sub(lambda m: f"\\u{ord(m[0]):04x}", encode_basestring(value))
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_flow(key, one)}" for key, one in value.items()) + "}"
    if name == "sections":
        return "[" + ", ".join(map(str, value)) + "]"
    return "[" + ", ".join(_flow(name, one) for one in value) + "]"
