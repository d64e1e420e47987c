"""Areas of a recognised page by their drawn borders: the stamp of the mail room, the cells of tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from vnadmin_nlp.read.page import PageContent, PageWord
from vnadmin_nlp.read.page.grid import grids_of
from vnadmin_nlp.schema.source import Box
from vnadmin_nlp.text import bare_of, key_of

_STAMP_WIDTH = (72.0, 220.0)
_STAMP_HEIGHT = (36.0, 150.0)
"""Points: the stamp of incoming mail is 35 x 50 mm (Nghị định 30/2020/NĐ-CP, Phụ lục IV), printed ones differ."""
_STAMPED = re.compile(r"den\b|van\b")
_NEAR = 6.0


def mail_stamps(words: Iterable[PageWord], lines: Sequence[Box], tables: Sequence[Box]) -> list[Box]:
    """The frames among the drawn `lines` of stamps of incoming mail (dấu CÔNG VĂN ĐẾN), which are no cells of
    `tables`."""
    out: list[Box] = []
    for word in words:
        if not word.text.isupper() or not _STAMPED.match(bare_of(key_of(word.text))):
            continue
        frame = _frame(word, lines)
        if frame is not None and frame not in out and not any(_meet(frame, table) for table in tables):
            out.append(frame)
    return out


def cell_columns(content: PageContent) -> list[tuple[Box, list[Box]]]:
    """The tables of `content`: the box of each, and its cells as boxes, those of one width below each other as one."""
    out = []
    for grid in grids_of(content):
        columns: list[Box] = []
        for cell in sorted(grid.cells, key=lambda cell: (cell.box.left, cell.box.right, cell.box.top)):
            last = columns[-1] if columns else None
            if last and last[0::2] == cell.box[0::2] and cell.box.top - last.bottom < _NEAR:
                columns[-1] = last._replace(bottom=cell.box.bottom)
            else:
                columns.append(cell.box)
        out.append((grid.box, columns))
    return out


def _meet(box: Box, other: Box) -> bool:
    return box.left < other.right and other.left < box.right and box.top < other.bottom and other.top < box.bottom


def _frame(word: PageWord, lines: Iterable[Box]) -> Box | None:
    """The rectangle around `word` that may be a stamp: both its upright sides are drawn, or one of them and the two
    level ones, which words often run over."""
    x, y = (word.box.left + word.box.right) / 2, (word.box.top + word.box.bottom) / 2
    level = [r for r in lines if r.right - r.left > r.bottom - r.top and r.left - _NEAR < x < r.right + _NEAR]
    upright = [r for r in lines if r.bottom - r.top > r.right - r.left and r.top - _NEAR < y < r.bottom + _NEAR]
    lefts = [r for r in upright if _STAMP_WIDTH[1] > x - r.left > 0]
    rights = [r for r in upright if _STAMP_WIDTH[1] > r.right - x > 0]
    tops = [r for r in level if _STAMP_HEIGHT[1] > y - r.top > 0]
    bottoms = [r for r in level if _STAMP_HEIGHT[1] > r.bottom - y > 0]
    if not ((lefts and rights) or ((lefts or rights) and tops and bottoms)):
        return None
    sides = [*lefts, *rights, *tops, *bottoms]
    frame = Box(
        min(r.left for r in lefts or sides),
        min(r.top for r in tops or sides),
        max(r.right for r in rights or sides),
        max(r.bottom for r in bottoms or sides),
    )
    wide, high = frame.right - frame.left, frame.bottom - frame.top
    is_stamp = _STAMP_WIDTH[0] < wide < _STAMP_WIDTH[1] and _STAMP_HEIGHT[0] < high < _STAMP_HEIGHT[1]
    return frame if is_stamp else None
