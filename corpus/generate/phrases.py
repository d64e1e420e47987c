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


def grouped(value: int) -> str:
    """`1.355`."""
    return f"{value:,}".replace(",", ".")


class Speaker:
    """Speaks lines of the grammar for one document; lines of one name do not come twice while others are left."""

    def __init__(self, rng: random.Random) -> None:
        self.random = rng.random
        self.slots: dict[str, Slot] = {}
        self._left: dict[str, list[str]] = {}
        self._last: dict[str, str] = {}
        self._filled: dict[str, str] = {}

    def one(self, rows: list[str]) -> str:
        return rows[int(self.random() * len(rows))]

    def pick(self, name: str, rows: list[str]) -> str:
        """One of the rows of a name; each once before one comes again, and never the same twice on end."""
        left = self._left.get(name)
        if not left:
            left = self._left[name] = list(rows)
            if self._last.get(name) in left and len(left) > 1:
                left.remove(self._last[name])
        at = int(self.random() * len(left))
        left[at], left[-1] = left[-1], left[at]
        self._last[name] = left[-1]
        return left.pop()

    def once(self, name: str, rows: list[str]) -> str:
        """As `pick`; a line with numbers keeps them through the document."""
        line = self.pick(name, rows)
        if line not in self._filled:
            self._filled[line] = self.fill(line)
        return self._filled[line]

    def say(self, name: str) -> str:
        return self.fill(self.pick(name, table("phrases")[name]))

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
            return grouped(value) if value > 999 else f"{value:02d}" if int(high) > 9 else str(value)
        if name == "p":
            return f"{12 + self.random() * 85:.1f}".replace(".", ",")
        slot = self.slots.get(name)
        if slot is None:
            return self.say(name)
        return slot if isinstance(slot, str) else slot()
