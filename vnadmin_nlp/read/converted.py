"""A text made of another one, and which characters of that one each of its own came from."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from itertools import pairwise
from typing import NamedTuple

Pairs = tuple[tuple[int, int], ...]
_UNIT = re.compile(r"[^\W\d_][\u0300-\u036f]{1,8}")


class Converted(NamedTuple):
    """A text and its map: pairs (offset in `text`, offset in what it was made of), in order, where the distance of the
    two changes. At the start both are 0."""

    text: str
    source: Pairs = ()


class Builder:
    """Collects a text made of another one, with its map."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._pairs: list[tuple[int, int]] = []
        self._length = self._distance = 0

    def put(self, piece: Converted, low: int, high: int) -> None:
        """Append `piece`, which was made of the characters `low:high`."""
        start = self._length
        self._mark(start, low)
        for offset, below in piece.source:
            self._mark(start + offset, low + below)
        self._pieces.append(piece.text)
        self._length += len(piece.text)
        self._mark(self._length, high)

    def copy(self, text: str, low: int, high: int) -> None:
        """Append `text[low:high]` as it is."""
        if low < high:
            self.put(Converted(text[low:high]), low, high)

    def finish(self) -> Converted:
        """The text."""
        return Converted("".join(self._pieces), tuple(self._pairs))

    def _mark(self, offset: int, below: int) -> None:
        if below - offset != self._distance:
            self._distance = below - offset
            if self._pairs and self._pairs[-1][0] == offset:
                self._pairs.pop()
            self._pairs.append((offset, below))


def compose(text: str) -> Converted:
    """`text` with each letter and its combining marks as one character (NFC)."""
    builder, at = Builder(), 0
    for match in _UNIT.finditer(text):
        low, high = match.span()
        builder.copy(text, at, low)
        builder.put(Converted(unicodedata.normalize("NFC", match[0])), low, high)
        at = high
    builder.copy(text, at, len(text))
    return builder.finish()


def chain(upper: Pairs, lower: Pairs) -> Pairs:
    """The map of a text to the text two steps below: `upper` maps it to the one between, `lower` maps that on."""
    if not upper or not lower:
        return upper or lower
    out: list[tuple[int, int]] = [(0, 0)]
    steps = [(0, 0), *upper]
    stops = [*(start for start, _ in upper), float("inf")]
    for (start, middle), stop in zip(steps, stops, strict=True):
        at = bisect_right(lower, middle, key=_first)
        below, source = lower[at - 1] if at else (0, 0)
        out.append((start, source + middle - below))
        while at < len(lower) and start + lower[at][0] - middle < stop:
            out.append((start + lower[at][0] - middle, lower[at][1]))
            at += 1
    return tuple(pair for before, pair in pairwise(out) if pair[1] - pair[0] != before[1] - before[0])


def _first(pair: tuple[int, int]) -> int:
    return pair[0]
