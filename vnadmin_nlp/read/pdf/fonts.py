"""What the fonts of a PDF say about the letters set in them: weight, slant, and encodings older than Unicode."""

from __future__ import annotations

import ctypes
import math
import re
from typing import Any, NamedTuple

from vnadmin_nlp.read.legacy import Encoding
from vnadmin_nlp.read.pdf import raw

_SUBSET = re.compile(r"^[A-Z]{6}\+")
_TCVN3 = re.compile(r"\.Vn[A-Z]\w*", re.IGNORECASE)
_TCVN3_CAPITALS = re.compile(r"\.Vn\w*H\b", re.IGNORECASE)
_VNI = re.compile(r"VNI[- ]")
_SYMBOLS = re.compile(r"symbol|wingdings|webdings|dingbats", re.IGNORECASE)
_BOLD = re.compile(r"bold|black|heavy|demi", re.IGNORECASE)
_ITALIC = re.compile(r"italic|oblique", re.IGNORECASE)
_FORCE_BOLD = 1 << 18  # font flags of PDF 32000-1, table 123
_ITALIC_FLAG = 1 << 6
_BULLETS = frozenset("\xb7\xa7\xd8\x76\x6e\xfc\x71\x75\x77\xa8\xf0\xe0\xe8\x6c\xfe")
_SYMBOL_ASCII = frozenset("+-*/().,:;<>=[]{}|~ 0123456789")


class Font(NamedTuple):
    """A font. `capitals`: it prints every letter as a capital."""

    name: str = ""
    bold: bool = False
    italic: bool = False
    encoding: Encoding | None = None
    capitals: bool = False
    symbols: bool = False

    def symbol(self, letter: str) -> str:
        """What a reader sees where `letter` is printed in a font of symbols: a bullet is a dash."""
        code = ord(letter)
        char = chr(code - 0xF000) if 0xF000 <= code <= 0xF0FF else letter
        if char in _SYMBOL_ASCII or (char == letter and char not in _BULLETS):
            return char
        return "-" if char in _BULLETS else letter


class Fonts:
    """The fonts of one document, each looked at once."""

    def __init__(self) -> None:
        import pypdfium2.raw as pdfium

        self._pdfium: Any = pdfium
        self._known: dict[int, Font] = {}
        self._matrix = (ctypes.c_float * 6)()

    def forget(self) -> None:
        """Forget the fonts of a page that is closed: the same address may be another font on the next."""
        self._known.clear()

    def style(self, text_page: int, text_object: int, index: int) -> tuple[float, Font, float, int]:
        """Size in points, font, angle and render mode of the text object that the character `index` belongs to."""
        size = raw.font_size(text_page, index)
        angle = 0.0
        if raw.matrix(text_page, index, self._matrix):
            a, b, c, d, _, _ = self._matrix
            size *= math.hypot(c, d)
            if b or c or a < 0:
                angle = math.atan2(b, a)
        address = raw.font(text_object)
        font = self._known.get(address)
        if font is None:
            handle = ctypes.cast(address, self._pdfium.FPDF_FONT)
            font = self._known[address] = self._font(handle) if address else Font()
        return size or 10.0, font, angle, raw.render_mode(text_object)

    def _font(self, handle: Any) -> Font:
        pdfium = self._pdfium
        buffer = ctypes.create_string_buffer(256)
        length = pdfium.FPDFFont_GetBaseFontName(handle, buffer, 256)
        name = _SUBSET.sub("", buffer.raw[: max(length - 1, 0)].decode("utf-8", "replace"))
        flags = pdfium.FPDFFont_GetFlags(handle)
        encoding: Encoding | None = "tcvn3" if _TCVN3.match(name) else "vni" if _VNI.match(name) else None
        return Font(
            name,
            bold=bool(_BOLD.search(name)) or (flags > 0 and bool(flags & _FORCE_BOLD)),
            italic=bool(_ITALIC.search(name)) or (flags > 0 and bool(flags & _ITALIC_FLAG)),
            encoding=encoding,
            capitals=encoding == "tcvn3" and bool(_TCVN3_CAPITALS.match(name)),
            symbols=bool(_SYMBOLS.search(name)),
        )
