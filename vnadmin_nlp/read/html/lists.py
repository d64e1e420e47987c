"""Counters of HTML lists, as a browser prints them."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
    (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_INTEGER = re.compile(r"\s*([+-]?\d{1,9})")
_TYPES = {"1": "decimal", "a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman"}
_BULLETS = frozenset("disc circle square disclosure-open disclosure-closed".split())


_CONTENT = re.compile(r"\"([^\"]*)\"|'([^']*)'|counter\(\s*([\w-]+)\s*(?:,\s*([\w-]+)\s*)?\)")
_ESCAPE = re.compile(r"\\([0-9a-fA-F]{1,6})\s?")


@dataclass(slots=True)
class Counter:
    """The counter of one open list. `kind` is its CSS list style; `level` counts lists around it from 0.

    `content` is what a style sheet prints before its items instead, `name` that of its CSS counter.
    """

    kind: str
    level: int
    number: int = 1
    step: int = 1
    content: str = ""
    name: str = ""
    items: int = 0

    def label(self, value: str | None, kind: str | None, named: dict[str, int]) -> str:
        """The label of the next item, whose attributes are `value` and `kind`; empty where none is printed.

        `named` are the numbers that named counters have reached.
        """
        number = integer(value)
        if number is not None:
            self.number = number
        self.items += 1
        at = self.number
        self.number += self.step
        if self.content:
            named[self.name] = at
            return _printed(self.content, named)
        return label_of(at, kind or self.kind)


def integer(value: str | None) -> int | None:
    """The number an attribute begins with."""
    match = _INTEGER.match(value or "")
    return int(match[1]) if match else None


def kind_of(attribute: str | None, default: str) -> str:
    """The CSS list style that the attribute `type` of a list or an item stands for."""
    value = (attribute or "").strip()
    if value in _TYPES:
        return _TYPES[value]
    return value.lower() if value.lower() in _BULLETS or value.lower() == "none" else default


def label_of(number: int, kind: str) -> str:
    """Item `number` of a list of the CSS style `kind`."""
    if kind[:1] in "\"'":
        return kind.strip("\"'").strip()
    kind = kind.lower()
    if kind == "none":
        return ""
    if kind in _BULLETS:
        return "-"
    return f"{_figures(number, kind)}."


def _printed(content: str, named: dict[str, int]) -> str:
    """What the CSS `content` prints; a bullet prints as a dash."""
    label = ""
    for match in _CONTENT.finditer(content):
        quoted, quoted_once, name, kind = match.groups()
        label += (quoted or quoted_once or "") if name is None else _figures(named.get(name, 0), kind or "decimal")
    label = _ESCAPE.sub(lambda found: html.unescape(f"&#x{found[1]};"), label).strip()
    return label if any(map(str.isalnum, label)) and label != "o" else label and ("+" if label == "+" else "-")


def _figures(number: int, kind: str) -> str:
    if kind == "decimal-leading-zero":
        return f"{number:02d}"
    if kind in ("lower-roman", "upper-roman") and 0 < number < 4000:
        figures = _roman(number)
    elif kind in ("lower-alpha", "lower-latin", "upper-alpha", "upper-latin") and number > 0:
        figures = _letters(number)
    else:
        return str(number)
    return figures.upper() if kind.startswith("upper") else figures


def _roman(number: int) -> str:
    out = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        out += letters * count
    return out


def _letters(number: int) -> str:
    out = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        out = chr(ord("a") + rest) + out
    return out
