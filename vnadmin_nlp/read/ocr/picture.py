"""The picture of a page before it is recognised: upright, clean, and the straight lines drawn on it."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from vnadmin_nlp.schema.source import Box

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

_SKEW_HEIGHT = 1000
"""Pixels a page is made high before its skew is looked for: lines of text are still apart."""
_SKEW_MOST = 5.0
"""Degrees of skew that are looked for; a page that is fed worse is rare, and tesseract finds no lines on it."""
_SKEW_LEAST = 0.1
"""Degrees of skew that harm nothing: such a page is not turned, which would blur it."""

_GRAINY = 0.1
"""Share of pixels that a median changes a little on grainy paper; on clean pages, whose thin marks it harms, 0.04."""

_PIECE = 0.1
"""Inches of a row of pixels that are dark together in a drawn line."""
_PIECES = re.compile(rb"[\x00-\x60]{4,}")
"""Pieces in a row that are mostly dark: no letter is as long."""
_THICK = 0.06
"""Inches: what is thicker is an edge of the scan or a bar, not a border."""
_MARGIN = 0.25
"""Inches from the edge of the page where lines are those of the scanner."""


def turned(picture: Picture, quarters: int) -> Picture:
    """`picture` turned anticlockwise by quarter turns."""
    from PIL.Image import Transpose

    turns = (None, Transpose.ROTATE_90, Transpose.ROTATE_180, Transpose.ROTATE_270)
    turn = turns[quarters % 4]
    return picture if turn is None else picture.transpose(turn)


def other_quarters(picture: Picture) -> tuple[int, ...]:
    """Quarter turns to try for a page that does not read as it lies: lines of text show whether it lies on its side."""
    small = _small(picture)
    beside = _small(turned(picture, 1))
    return (1, 3) if _sharpness(beside) > _sharpness(small) else (2,)


def cleaned(picture: Picture) -> tuple[float, Picture]:
    """The degrees `picture` was turned by anticlockwise to be level, and the picture so turned, without grain.

    Median and turning go together: each alone makes grain worse (turning smears it into letters).
    """
    from PIL.Image import Resampling
    from PIL.ImageFilter import MedianFilter

    angle = skew(picture)
    smooth = picture.filter(MedianFilter(3))
    if _is_grainy(picture, smooth):
        picture = smooth
    if abs(angle) <= _SKEW_LEAST:
        return 0.0, picture
    return angle, picture.rotate(angle, Resampling.BICUBIC, fillcolor=255)


def _is_grainy(picture: Picture, smooth: Picture) -> bool:
    """Whether the paper is not even: the median changes many pixels a little, not only the edges of letters."""
    from PIL.ImageChops import difference

    changes = difference(picture, smooth).histogram()
    return sum(changes[4:64]) > _GRAINY * picture.width * picture.height


def skew(picture: Picture) -> float:
    """Degrees by which `picture` must be turned anticlockwise so that its lines of text are level.

    The mean darkness of each row of pixels changes most from row to row where the lines are level (projection
    profile); 0.1 degrees is what can be told.
    """
    small = _small(picture)
    best = 0.0
    for step, reach in ((0.5, _SKEW_MOST), (0.1, 0.4)):
        count = round(reach / step)
        angles = [best + step * n for n in range(-count, count + 1)]
        best = max(angles, key=lambda angle: (_sharpness(small, angle), -abs(angle)))
    return round(best, 1)


def rules(picture: Picture, dpi: float) -> list[Box]:
    """The level and upright lines drawn on `picture`, as thin boxes in pixels."""
    upright = [Box(b.top, b.left, b.bottom, b.right) for b in _level_rules(_mirrored(picture), dpi)]
    return [*_level_rules(picture, dpi), *upright]


def _level_rules(picture: Picture, dpi: float) -> Iterator[Box]:
    """Rows of pixels that are dark for a while, those that touch as one box."""
    piece = max(1, round(_PIECE * dpi))
    reduced = picture.reduce((piece, 1))
    data, width = reduced.tobytes(), reduced.width
    margin = _MARGIN * dpi
    open_boxes: list[Box] = []
    for y in range(reduced.height + 1):
        found = _PIECES.finditer(data, y * width, (y + 1) * width) if y < reduced.height else ()
        runs = [Box((m.start() - y * width) * piece, y, (m.end() - y * width) * piece, y + 1) for m in found]
        going_on = []
        for box in open_boxes:
            if box.bottom < y - 1:
                if (
                    box.bottom - box.top <= _THICK * dpi
                    and margin < box.top < picture.height - margin
                ):
                    yield box
            else:
                going_on.append(box)
        open_boxes = going_on
        for run in runs:
            for index, box in enumerate(open_boxes):
                if box.left <= run.right + piece and run.left <= box.right + piece:
                    open_boxes[index] = Box(min(box.left, run.left), box.top, max(box.right, run.right), run.bottom)
                    break
            else:
                open_boxes.append(run)


def _mirrored(picture: Picture) -> Picture:
    from PIL.Image import Transpose

    return picture.transpose(Transpose.TRANSPOSE)


def _small(picture: Picture) -> Picture:
    from PIL.Image import Resampling

    scale = _SKEW_HEIGHT / picture.height
    return picture.resize((max(1, round(picture.width * scale)), _SKEW_HEIGHT), Resampling.BOX)


def _sharpness(small: Picture, angle: float = 0.0) -> float:
    """How much the mean darkness of the rows of pixels changes from row to row, once turned by `angle`."""
    from PIL.Image import Resampling

    level = small.rotate(angle, Resampling.BILINEAR, fillcolor=255) if angle else small
    rows = level.resize((1, level.height), Resampling.BOX).tobytes()
    return float(sum((a - b) ** 2 for a, b in itertools.pairwise(rows)))
