"""Words of a page to its lines: what stands on one height, whatever fonts, sizes and raised figures are in it."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from vnadmin_nlp.read.page.model import PageContent, PageWord
from vnadmin_nlp.schema.source import Box

_SAME_HEIGHT = 0.3  # of the size: how far baselines of one line differ
_BESIDE = 0.8  # of the size: how far baselines of two lines beside each other differ
_RAISED = 0.8  # of the size of the line: letters as small as that may be raised
WIDE = 1.5  # of the size: a gap between words that no justified line has


@dataclass(slots=True, eq=False)
class Line:
    """Words of one height from left to right, perhaps with wide gaps. `raised` are the ids of its raised words;
    `steady` says that `size` is the usual one of the page, not measured on these words."""

    words: list[PageWord]
    page: int
    left: float
    right: float
    top: float
    bottom: float
    baseline: float
    size: float
    raised: frozenset[int] = frozenset()
    steady: bool = False

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2

    @property
    def box(self) -> Box:
        return Box(self.left, self.top, self.right, self.bottom)

    @property
    def bold(self) -> bool:
        return all(word.bold for word in self.words)

    @property
    def italic(self) -> bool:
        return all(word.italic for word in self.words)

    @property
    def is_gappy(self) -> bool:
        """Whether it has a gap that no justified line has."""
        widest = WIDE * self.size
        return any(end - start > widest for start, end in self.gaps())

    def gaps(self) -> list[tuple[float, float]]:
        """The spaces between its words, as left and right end."""
        out, end = [], self.words[0].box.right
        for word in self.words[1:]:
            left, _, right, _ = word.box
            out.append((end, left))
            if right > end:
                end = right
        return out

    def part(self, left: float, right: float) -> Line | None:
        """The words whose middle is between `left` and `right`."""
        words = [word for word in self.words if left <= (word.box.left + word.box.right) / 2 < right]
        if not words:
            return None
        part = line_of(words, self.page, self.raised)
        if self.steady:
            part.size, part.steady = self.size, True
        return part


def line_of(words: list[PageWord], page: int, raised: frozenset[int] = frozenset()) -> Line:
    """The line that `words` make up."""
    words.sort(key=_left)
    boxes = [word.box for word in words]
    level = [word for word in words if id(word) not in raised] if raised else words
    size = level[0].size if level else words[0].size
    if any(word.size != size for word in level):
        size = statistics.median_high([word.size for word in level])
    baseline = next((word.baseline for word in level if word.size == size), words[0].baseline)
    return Line(
        words, page, boxes[0].left, max([box.right for box in boxes]), min([box.top for box in boxes]),
        max([box.bottom for box in boxes]), baseline, size, raised,
    )  # fmt: skip


def lines_of(words: Iterable[PageWord], content: PageContent) -> list[Line]:
    """The lines that `words` of `content` make up, from top to bottom."""
    slope = _slope(content.words) if content.recognised else 0.0
    placed = [(word.baseline - slope * word.box.left, word) for word in words]
    placed.sort(key=_height)
    clusters: list[list[PageWord]] = []
    first = 0.0
    for height, word in placed:
        if not clusters or height - first > _SAME_HEIGHT * max(word.size, 4.0):
            clusters.append([])
            first = height
        clusters[-1].append(word)
    raised = _raise(clusters)
    lines = [line_of(cluster, content.number, raised) for cluster in clusters if cluster]
    if content.recognised:
        _even_out(lines)
    return _beside(lines)


def _even_out(lines: Sequence[Line]) -> None:
    """Give lines the usual size of their page where theirs, measured on letters of a picture, is not far from it."""
    usual = statistics.median([line.size for line in lines for _ in line.words]) if lines else 0.0
    for line in lines:
        if 0.65 * usual < line.size < 1.4 * usual:
            line.size, line.steady = usual, True


def _raise(clusters: list[list[PageWord]]) -> frozenset[int]:
    """Move raised words to the line below that they belong to; the result is their ids."""
    raised: set[int] = set()
    for above, below in pairwise(clusters):
        if not above or not below or min(map(_size, above)) > _RAISED * max(map(_size, below)):
            continue
        for word in [w for w in above if len(w.text) <= 5]:
            for base in below:
                if (
                    word.size <= _RAISED * base.size
                    and 0 < base.baseline - word.baseline < 0.7 * base.size
                    and -0.3 * base.size < word.box.left - base.box.right < 0.5 * base.size
                ):
                    above.remove(word)
                    below.append(word)
                    raised.add(id(word))
                    break
    for cluster in clusters:  # raised so little that they stand with their line
        top = max(map(_size, cluster), default=0.0)
        if not cluster or min(map(_size, cluster)) > _RAISED * top:
            continue
        for word in cluster:
            if word.size <= _RAISED * top and len(word.text) <= 5 and id(word) not in raised:
                near = [w for w in cluster if w.size > word.size and abs(w.box.right - word.box.left) < 0.5 * top]
                if any(base.baseline - word.baseline > 0.15 * base.size for base in near):
                    raised.add(id(word))
    return frozenset(raised)


def _beside(lines: list[Line]) -> list[Line]:
    """`lines`, where two that stand beside each other at nearly one height are one."""
    out: list[Line] = []
    for line in lines:
        above = out[-1] if out else None
        if above and line.baseline - above.baseline < _BESIDE * min(line.size, above.size):
            space = max(line.left - above.right, above.left - line.right)
            if space > min(line.size, above.size):
                out[-1] = line_of(above.words + line.words, line.page, line.raised)
                continue
        out.append(line)
    return out


def _slope(words: Sequence[PageWord]) -> float:
    """How much lines of a picture sink to the right, as height a width."""
    ordered = sorted(words, key=_left)
    slopes = []
    for index, word in enumerate(ordered[:400]):
        for other in ordered[index + 1 : index + 200]:
            across = other.box.left - word.box.right
            if 0 < across < 3 * word.size and abs(other.baseline - word.baseline) < 0.4 * word.size:
                slopes.append((other.baseline - word.baseline) / (other.box.left - word.box.left))
                break
    return statistics.median(slopes) if len(slopes) > 20 else 0.0


def _size(word: PageWord) -> float:
    return word.size


def _left(word: PageWord) -> float:
    return word.box.left


def _height(placed: tuple[float, PageWord]) -> float:
    return placed[0]
