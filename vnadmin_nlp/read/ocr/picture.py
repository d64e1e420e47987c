"""The picture of a page before it is recognised: upright, clean, and the straight lines drawn on it."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

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

_GREYS = 0.005
"""Share of grey pixels below which a picture is in black and white; letters of a clean page in grey have 0.02."""
_BLUR = 0.004
"""Inches of blur that join the ragged edges of letters scanned in black and white; more takes marks away."""

_PIECE = 0.05
"""Inches of a row of pixels that are looked at together for drawn lines."""
_PIECES = re.compile(rb"[\x00-\x40]{3,}")
"""Such pieces side by side that are dark almost wholly."""
_LONG = 0.8
"""Inches: a level line is at least as long, longer than the serifs of any word that stand in one row."""
_TALL = 0.4
"""Inches: an upright line is at least as long, longer than any letter."""
_THICK = 0.06
"""Inches: what is thicker is an edge of the scan or a bar, not a border."""
_FILLED = 0.6
"""Darkness of the box of such a bar; the box of strokes that cross (seals, signatures) is lighter."""
_NEAR = 0.05
"""Inches between lines that meet."""
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


class Prepared(NamedTuple):
    """A picture ready to be recognised: turned anticlockwise by `degrees`, and the straight lines that were on it."""

    picture: Picture
    degrees: float
    lines: list[Box]


def prepared(picture: Picture, dpi: float, *, ragged: bool) -> Prepared:
    """`picture` level, without grain and without drawn lines, which are read as letters otherwise; where letters are
    `ragged`, as scanners in black and white leave them, their edges are made smooth.

    Median and turning go together: each alone makes grain worse (turning smears it into letters).
    """
    from PIL.Image import Resampling
    from PIL.ImageFilter import GaussianBlur, MedianFilter

    degrees = skew(picture)
    smooth = picture.filter(MedianFilter(3))
    if _is_grainy(picture, smooth):
        picture = smooth
    if abs(degrees) <= _SKEW_LEAST:
        degrees = 0.0
        picture = picture.copy()
    else:
        picture = picture.rotate(degrees, Resampling.BICUBIC, fillcolor=255)
    lines = lines_of(picture, dpi)
    for box in _frames(lines, dpi):
        picture.paste(255, (int(box.left) - 1, int(box.top) - 1, int(box.right) + 1, int(box.bottom) + 1))
    if ragged:
        picture = picture.filter(GaussianBlur(_BLUR * dpi))
    return Prepared(picture, degrees, lines)


def is_ragged(picture: Picture) -> bool:
    """Whether `picture`, as it lies in its file, is in black and white only."""
    counts = picture.histogram()
    return sum(counts[32:224]) < _GREYS * picture.width * picture.height


def _frames(lines: list[Box], dpi: float) -> list[Box]:
    """Those of `lines` that are read as letters: upright ones, what they meet, bars. An underline stays: it runs
    through the marks below letters, and engines know it."""
    near = _NEAR * dpi
    upright = [box for box in lines if box.bottom - box.top > box.right - box.left]
    return [
        box
        for box in lines
        if _thickness(box) > _THICK * dpi
        or any(
            box.left - near <= other.right
            and other.left <= box.right + near
            and box.top - near <= other.bottom
            and other.top <= box.bottom + near
            for other in upright
        )
    ]


def borders(lines: list[Box], picture: Picture, dpi: float) -> list[Box]:
    """Those of `lines` that may be borders of tables: thin, and not at the edge of the page, where scanners draw."""
    margin = _MARGIN * dpi
    return [
        box
        for box in lines
        if _thickness(box) <= _THICK * dpi
        and margin < (box.left + box.right) / 2 < picture.width - margin
        and margin < (box.top + box.bottom) / 2 < picture.height - margin
    ]


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


def lines_of(picture: Picture, dpi: float) -> list[Box]:
    """The level and upright straight lines on `picture`, bars and edges of the scan among them, in pixels."""
    from PIL.ImageFilter import MinFilter

    picture = picture.filter(MinFilter(3))  # a line that is not quite level goes on from row to row
    level = [b for b in _level_lines(picture, dpi) if b.right - b.left >= _LONG * dpi]
    upright = [b for b in _level_lines(_mirrored(picture), dpi) if b.right - b.left >= _TALL * dpi]
    lines = level + [Box(b.top, b.left, b.bottom, b.right) for b in upright]
    return [box for box in lines if _thickness(box) <= _THICK * dpi or _darkness(picture, box) > _FILLED]


def _level_lines(picture: Picture, dpi: float) -> Iterator[Box]:
    """Rows of pixels that are dark for a while, those that touch as one box."""
    piece = max(1, round(_PIECE * dpi))
    reduced = picture.reduce((piece, 1))
    data, width = reduced.tobytes(), reduced.width
    growing: list[Box] = []
    for y in range(reduced.height):
        still = [box for box in growing if box.bottom >= y - 1]
        if len(still) < len(growing):
            yield from (box for box in growing if box.bottom < y - 1)
            growing = still
        for found in _PIECES.finditer(data, y * width, (y + 1) * width):
            left = (found.start() - y * width) * piece
            right = min((found.end() - y * width) * piece, picture.width)
            for index, box in enumerate(growing):
                if box.left <= right and left <= box.right:
                    growing[index] = Box(min(box.left, left), box.top, max(box.right, right), y + 1)
                    break
            else:
                growing.append(Box(left, y, right, y + 1))
    yield from growing


def _thickness(box: Box) -> float:
    return min(box.right - box.left, box.bottom - box.top)


def _darkness(picture: Picture, box: Box) -> float:
    """How dark `box` is in the mean, from 0 to 1."""
    from PIL.Image import Resampling

    area = (int(box.left), int(box.top), int(box.right), int(box.bottom))
    return 1 - picture.resize((1, 1), Resampling.BOX, area).tobytes()[0] / 255


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
