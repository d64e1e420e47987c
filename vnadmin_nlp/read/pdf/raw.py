"""The calls of pdfium that are made once a character, bound so that `map` can make them without running Python code.

pypdfium2's own bindings check and convert every argument; a page of 2,000 characters costs ten times as much with them.
"""

from __future__ import annotations

import ctypes
from collections import deque
from collections.abc import Sequence
from functools import cache
from itertools import repeat
from typing import Any

_INT, _POINTER = ctypes.c_int, ctypes.c_void_p


@cache
def _bound(name: str, result: Any, *arguments: Any) -> Any:
    """The function `name` of pdfium with plain argument types."""
    import pypdfium2.raw as pdfium

    address = ctypes.cast(getattr(pdfium, name), _POINTER).value or 0
    return ctypes.PYFUNCTYPE(result, *arguments)(address)


def address_of(handle: Any) -> int:
    """The address that a pointer of pypdfium2 holds."""
    return ctypes.cast(handle, _POINTER).value or 0


def loose_boxes(text_page: int, indexes: Sequence[int]) -> list[float]:
    """Left, top, right, bottom of the characters at `indexes`, one after the other: advance by ascent and descent."""
    count = len(indexes)
    buffer = (ctypes.c_float * (4 * count))()
    start = ctypes.addressof(buffer)
    call = _bound("FPDFText_GetLooseCharBox", _INT, _POINTER, _INT, _POINTER)
    deque(map(call, repeat(text_page), indexes, range(start, start + 16 * count, 16)), maxlen=0)
    return buffer[:]


def origins(text_page: int, indexes: Sequence[int]) -> list[float]:
    """The x and y where the characters at `indexes` stand on their baseline, one after the other."""
    count = len(indexes)
    buffer = (ctypes.c_double * (2 * count))()
    start = ctypes.addressof(buffer)
    call = _bound("FPDFText_GetCharOrigin", _INT, _POINTER, _INT, _POINTER, _POINTER)
    x, y = range(start, start + 16 * count, 16), range(start + 8, start + 8 + 16 * count, 16)
    deque(map(call, repeat(text_page), indexes, x, y), maxlen=0)
    return buffer[:]


def text_objects(text_page: int, indexes: Sequence[int]) -> list[int]:
    """The text object each of the characters at `indexes` belongs to; 0 where pdfium made the character up."""
    call = _bound("FPDFText_GetTextObject", _POINTER, _POINTER, _INT)
    return [owner or 0 for owner in map(call, repeat(text_page), indexes)]


def font_size(text_page: int, index: int) -> float:
    """The size of the font of the character at `index`, before its matrix."""
    size: float = _bound("FPDFText_GetFontSize", ctypes.c_double, _POINTER, _INT)(text_page, index)
    return size


def matrix(text_page: int, index: int, out: ctypes.Array[ctypes.c_float]) -> bool:
    """Put the matrix of the character at `index` in the six numbers of `out`; False where it has none."""
    call = _bound("FPDFText_GetMatrix", _INT, _POINTER, _INT, _POINTER)
    return bool(call(text_page, index, ctypes.addressof(out)))


def font(text_object: int) -> int:
    """The font of a text object, 0 where it has none."""
    return _bound("FPDFTextObj_GetFont", _POINTER, _POINTER)(text_object) or 0


def render_mode(text_object: int) -> int:
    """How the letters of a text object are drawn (PDF 32000-1, table 106)."""
    mode: int = _bound("FPDFTextObj_GetTextRenderMode", _INT, _POINTER)(text_object)
    return mode


def made_up(text_page: int, index: int) -> bool:
    """Whether pdfium made up the character at `index` (a blank or line break) from positions."""
    call = _bound("FPDFText_IsGenerated", _INT, _POINTER, _INT)
    return bool(call(text_page, index) == 1)


def characters(text_page: Any, count: int) -> str:
    """The `count` characters; `\\0` stands for one that pdfium has no letter for."""
    import pypdfium2.raw as pdfium

    buffer = (ctypes.c_ushort * (count + 1))()
    written = pdfium.FPDFText_GetText(text_page, 0, count, buffer)
    text = bytes(memoryview(buffer).cast("B")[: 2 * max(written - 1, 0)]).decode("utf-16-le", "replace")
    if written - 1 == count == len(text):
        return text
    # pdfium leaves out what it has no letter for, and letters beyond 16 bits are two units: ask for each by itself
    codes = [pdfium.FPDFText_GetUnicode(text_page, index) for index in range(count)]
    return "".join(chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\0" for code in codes)
