"""Sentences from the grammar: a name stands for one of its lines, {name} in a line for another or for a slot."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from functools import cache

from .data import table

Slot = str | Callable[[], str]
_MARK = re.compile(r"\{([^}]+)\}")


@cache
def _split(line: str) -> tuple[str, ...]:
    """Literals and slot names in turn."""
    return tuple(_MARK.split(line))


class Speaker:
    """Speaks lines of the grammar for one document; lines of one name do not come twice while others are left."""

    def __init__(self, rng: random.Random, slots: dict[str, Slot]) -> None:
        self.random = rng.random
        self.slots = slots
        self._left: dict[str, list[str]] = {}

    def pick(self, rows: list[str], name: str = "") -> str:
        """One of `rows`; each once before one comes again."""
        key = name or str(id(rows))
        left = self._left.get(key)
        if not left:
            left = self._left[key] = list(rows)
        at = int(self.random() * len(left))
        left[at], left[-1] = left[-1], left[at]
        return left.pop()

    def say(self, name: str) -> str:
        return self.fill(self.pick(table("phrases")[name], name))

    def fill(self, line: str) -> str:
        parts = _split(line)
        if len(parts) == 1:
            return line
        out = list(parts)
        for at in range(1, len(parts), 2):
            out[at] = self._slot(parts[at])
        return "".join(out)

    def _slot(self, name: str) -> str:
        if name.startswith("n:"):
            low, _, high = name[2:].partition("-")
            value = int(low) + int(self.random() * (int(high) - int(low) + 1))
            return f"{value:02d}" if int(high) > 9 else str(value)
        if name == "p":
            return f"{12 + self.random() * 85:.1f}".replace(".", ",")
        value = self.slots.get(name)
        if value is None:
            return self.say(name)
        return value if isinstance(value, str) else value()
