"""The drawn lines of a page, as thin boxes, and how much of it images cover."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import Any, NamedTuple

from vnadmin_nlp.read.pdf.words import Frame
from vnadmin_nlp.schema.source import Box

_THIN = 3.0  # points: a filled box so narrow is a line
_SHORT = 4.0  # points: what is shorter is a dot or a part of a letter
_MOST_OBJECTS = 50_000  # of a page that are looked at
_DEEPEST = 4  # forms inside forms

Matrix = tuple[float, float, float, float, float, float]
_SAME: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class Drawings(NamedTuple):
    """`rules` are lines; `images` is the share of the page that images cover, in [0, 1]; `paths` counts drawings."""

    rules: list[Box]
    images: float
    paths: int


def drawings_of(page: Any, frame: Frame) -> Drawings:
    """What is drawn on `page` besides letters."""
    import pypdfium2.raw as pdfium

    rules: list[Box] = []
    covered = 0.0
    paths = 0
    area = max(frame.width * frame.height, 1.0)
    for kind, handle, matrix in _objects(pdfium, page):
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            box = _bounds(pdfium, handle, matrix, frame)
            covered += max(0.0, min(box.right, frame.width) - max(box.left, 0.0)) * max(
                0.0, min(box.bottom, frame.height) - max(box.top, 0.0)
            )
        else:
            paths += 1
            rules += _lines(pdfium, handle, matrix, frame)
    return Drawings(rules, min(1.0, covered / area), paths)


def _objects(pdfium: Any, page: Any) -> Iterator[tuple[int, Any, Matrix]]:
    """The paths and images of `page`, those inside forms too, each with the matrix of the forms around it."""
    budget = _MOST_OBJECTS

    def walk(count: int, get: Any, owner: Any, matrix: Matrix, depth: int) -> Iterator[tuple[int, Any, Matrix]]:
        nonlocal budget
        for index in range(min(count, budget)):
            budget -= 1
            handle = get(owner, index)
            kind = pdfium.FPDFPageObj_GetType(handle)
            if kind in (pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_IMAGE):
                yield kind, handle, matrix
            elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
                inner = _times(_matrix(pdfium, handle), matrix)
                inside = pdfium.FPDFFormObj_CountObjects(handle)
                yield from walk(inside, pdfium.FPDFFormObj_GetObject, handle, inner, depth + 1)

    yield from walk(pdfium.FPDFPage_CountObjects(page), pdfium.FPDFPage_GetObject, page, _SAME, 0)


def _lines(pdfium: Any, path: Any, outer: Matrix, frame: Frame) -> Iterator[Box]:
    """The straight level and upright lines of `path`: a thin filled box, or what is stroked."""
    box = _bounds(pdfium, path, outer, frame)
    width, height = box.right - box.left, box.bottom - box.top
    if min(width, height) <= _THIN:
        if max(width, height) >= _SHORT and _is_drawn(pdfium, path):
            yield box
        return
    if not _is_drawn(pdfium, path, stroked=True):
        return
    matrix = _times(_matrix(pdfium, path), outer)
    x, y = ctypes.c_float(), ctypes.c_float()
    start = last = (0.0, 0.0)
    for index in range(min(pdfium.FPDFPath_CountSegments(path), 1_000)):
        segment = pdfium.FPDFPath_GetPathSegment(path, index)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        point = frame.point(*_moved(matrix, x.value, y.value))
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            start = point
        elif kind == pdfium.FPDF_SEGMENT_LINETO:
            yield from _line(last, point)
        last = point
        if pdfium.FPDFPathSegment_GetClose(segment):
            yield from _line(last, start)
            last = start


def _line(start: tuple[float, float], end: tuple[float, float]) -> Iterator[Box]:
    (x0, y0), (x1, y1) = start, end
    width, height = abs(x1 - x0), abs(y1 - y0)
    if min(width, height) <= 1.0 and max(width, height) >= _SHORT:
        yield Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


def _is_drawn(pdfium: Any, path: Any, *, stroked: bool = False) -> bool:
    """Whether `path` is filled or stroked; only `stroked` counts where that is asked."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(path, fill, stroke)
    return bool(stroke.value or (fill.value and not stroked))


def _bounds(pdfium: Any, handle: Any, outer: Matrix, frame: Frame) -> Box:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    pdfium.FPDFPageObj_GetBounds(handle, left, bottom, right, top)
    corners = (left.value, bottom.value, right.value, top.value)
    if outer is not _SAME:
        x0, y0 = _moved(outer, corners[0], corners[1])
        x1, y1 = _moved(outer, corners[2], corners[3])
        corners = (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
    return frame.box(*corners)


def _matrix(pdfium: Any, handle: Any) -> Matrix:
    m = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(handle, m):
        return _SAME
    return (m.a, m.b, m.c, m.d, m.e, m.f)


def _times(inner: Matrix, outer: Matrix) -> Matrix:
    """First `inner`, then `outer`."""
    a, b, c, d, e, f = inner
    g, h, i, j, k, l = outer  # noqa: E741
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + l)


def _moved(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f
