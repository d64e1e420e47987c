"""How a page was turned before it was recognised, and back: places on the page as the reader of the file sees it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

from vnadmin_nlp.schema.source import Box, SourceText


class Turn(NamedTuple):
    """A page of `width` x `height` points, turned anticlockwise by quarters, then about its middle by `degrees`."""

    quarters: int
    degrees: float
    width: float
    height: float

    @property
    def upright_size(self) -> tuple[float, float]:
        """Width and height of the page as it was recognised."""
        return (self.height, self.width) if self.quarters % 2 else (self.width, self.height)

    def back(self, box: Box) -> Box:
        """Where on the page as it is seen the rectangle `box` of the page as it was recognised stands."""
        corners = [self._point(x, y) for x in (box.left, box.right) for y in (box.top, box.bottom)]
        xs, ys = [x for x, _ in corners], [y for _, y in corners]
        return Box(min(xs), min(ys), max(xs), max(ys))

    def _point(self, x: float, y: float) -> tuple[float, float]:
        width, height = self.upright_size
        if self.degrees:
            sine, cosine = math.sin(math.radians(self.degrees)), math.cos(math.radians(self.degrees))
            x, y = x - width / 2, y - height / 2
            x, y = cosine * x - sine * y + width / 2, sine * x + cosine * y + height / 2
        for _ in range(self.quarters % 4):
            x, y = height - y, x
            width, height = height, width
        return x, y


def placed_back(source: SourceText, turns: Mapping[int, Turn]) -> SourceText:
    """`source` with words, blocks and sizes of the pages in `turns` as they stand on the page as it is seen."""
    turns = {number: turn for number, turn in turns.items() if turn.quarters or turn.degrees}
    if not turns:
        return source

    def back(page: int | None, box: Box | None) -> Box | None:
        return turns[page].back(box) if box is not None and page in turns else box

    return replace(
        source,
        words=tuple(w._replace(box=turns[w.page].back(w.box)) if w.page in turns else w for w in source.words),
        blocks=tuple(block._replace(box=back(block.page, block.box)) for block in source.blocks),
        pages=tuple(
            p._replace(width=turns[p.number].width, height=turns[p.number].height) if p.number in turns else p
            for p in source.pages
        ),
    )
