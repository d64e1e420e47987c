"""Ranges that others are looked up in."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from vnadmin_nlp.text.mapped import Range


class Ranges:
    """Ranges sorted by start, asked whether one of them holds or overlaps another range."""

    def __init__(self, ranges: Iterable[Range]) -> None:
        self._starts: list[int] = []
        self._reach: list[int] = []  # the furthest end of this range and all before it
        for start, end in sorted(ranges):
            self._starts.append(start)
            self._reach.append(max(end, self._reach[-1] if self._reach else end))

    def hold(self, start: int, end: int) -> bool:
        at = bisect_right(self._starts, start) - 1
        return at >= 0 and self._reach[at] >= end

    def overlap(self, start: int, end: int) -> bool:
        at = bisect_left(self._starts, end) - 1
        return at >= 0 and self._reach[at] > start
