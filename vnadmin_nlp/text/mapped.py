"""A text that remembers, for each of its characters, where in the text below it that character came from."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from itertools import pairwise

from vnadmin_nlp.text.fold import key_of

Range = tuple[int, int]


class MappedText:
    """`text`, made of runs copied from the text below and of units that replace some of its characters.

    Ints into `text` are working offsets: they stay inside the stage that holds them. `ranges` is the one way from
    here to the source. The map is kept by runs, so it costs memory for what was changed, not for every character.
    """

    __slots__ = ("_cuts", "_high", "_key", "_low", "_start", "_verbatim", "below", "text")

    def __init__(self, builder: Builder, below: MappedText | None = None) -> None:
        self.text = "".join(builder.pieces)
        self.below = below
        self._start = builder.start
        self._low = builder.low
        self._high = builder.high
        self._verbatim = builder.verbatim
        self._cuts = builder.cuts
        self._key: str | None = None

    @property
    def key(self) -> str:
        """`text` in the form words are looked up in (see `key_of`), of the same length."""
        if self._key is None:
            self._key = key_of(self.text)
        return self._key

    def below_range(self, start: int, end: int) -> Range:
        """The range of the text below that `start:end` came from, as one hull."""
        first = bisect_right(self._start, start) - 1
        last = bisect_right(self._start, end - 1, first) - 1
        low, high = self._low[first], self._high[last]
        if self._verbatim[first]:
            low += start - self._start[first]
        if self._verbatim[last]:
            high = self._low[last] + end - self._start[last]
        return low, high

    def above(self, offset: int) -> int:
        """The first offset of this text that came from `offset` of the text below, or from what follows it there."""
        at = max(bisect_right(self._low, offset) - 1, 0)
        if at >= len(self._start):
            return 0
        if self._verbatim[at] and offset <= self._high[at]:
            return self._start[at] + max(offset - self._low[at], 0)
        after = self._start[at + 1] if at + 1 < len(self._start) else len(self.text)
        return self._start[at] if offset <= self._low[at] else after

    def ranges(self, start: int, end: int) -> list[Range]:
        """The ranges of the source that `start:end` quotes: one, or more where other words stand in between."""
        pieces = [start, *self._cuts[bisect_right(self._cuts, start) : bisect_left(self._cuts, end)], end]
        out: list[Range] = []
        for low, high in pairwise(pieces):
            while high > low and self.text[high - 1].isspace():
                high -= 1
            while low < high and self.text[low].isspace():
                low += 1
            if low < high:
                under = self.below_range(low, high)
                out.extend(self.below.ranges(*under) if self.below is not None else [under])
        return out

    def words(self, start: int, end: int) -> str:
        """`start:end` as a mention prints it: white space single, cell borders gone."""
        return " ".join(self.text[start:end].replace("|", " ").split())


class Builder:
    """Collects the runs of a `MappedText` in order."""

    __slots__ = ("cuts", "high", "length", "low", "pieces", "start", "verbatim")

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.start = array("q")
        self.low = array("q")
        self.high = array("q")
        self.verbatim = bytearray()
        self.cuts = array("q")
        self.length = 0

    def copy(self, text: str, low: int, high: int) -> None:
        """Append `text[low:high]` as it is."""
        if low < high:
            self._add(text[low:high], low, high, 1)

    def put(self, piece: str, low: int, high: int) -> None:
        """Append `piece` in place of the characters `low:high` of the text below."""
        if piece:
            self._add(piece, low, high, 0)

    def cut(self) -> None:
        """Say that what comes next does not follow in the text below what came last."""
        self.cuts.append(self.length)

    def _add(self, piece: str, low: int, high: int, verbatim: int) -> None:
        self.pieces.append(piece)
        self.start.append(self.length)
        self.low.append(low)
        self.high.append(high)
        self.verbatim.append(verbatim)
        self.length += len(piece)
