"""From the characters of a page's text layer to its words, by where they stand and not by the order they are drawn in.

Where letters with marks come from a second font, a producer draws them after the letters around them: only positions
tell which word they belong to.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from operator import itemgetter
from typing import Any, NamedTuple

from vnadmin_nlp.read.legacy import convert
from vnadmin_nlp.read.page import PageWord
from vnadmin_nlp.read.pdf import raw
from vnadmin_nlp.read.pdf.fonts import Font, Fonts
from vnadmin_nlp.schema.source import Box

_INVISIBLE = 3  # text render modes of PDF 32000-1, table 106
_STROKED = 2
_TURNED = 0.12  # radians from which letters stand across the line
_LETTERS = re.compile(r"[^\s\x00\ufeff\u200b-\u200d\u2060]+")
_TWICE = re.compile(r"(?:(.)\1){2,}")
_CHANGED = str.maketrans({
    "\x02": "-", "\ufffe": "-",  # a hyphen at the end of a line, as pdfium marks it
    "\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl", "\ufb05": "st", "\ufb06": "st",
})  # fmt: skip
_UNUSUAL = re.compile("[\x02\ufffe\ufb00-\ufb06\u0300-\u036f]")  # what `_readable` changes in a font of today
_SAME_LINE = 0.8  # points between baselines of one line
_LETTER_GAP = 0.18  # of the size: the widest gap inside a word
_TOUCHING = 0.06  # of the size: how exactly a letter of another font fits between the letters around it
_NARROW_BLANK = 0.1  # of the size: where pdfium found a blank, the narrowest there is


class Style(NamedTuple):
    """What the characters of one text object have in common; `angle` is theirs in radians, anticlockwise."""

    size: float
    font: Font
    angle: float
    mode: int


class Frame(NamedTuple):
    """How points of the file (upwards from any corner) become points of the page as it is seen."""

    left: float
    bottom: float
    right: float
    top: float
    turns: int  # quarter turns clockwise

    @property
    def width(self) -> float:
        return self.top - self.bottom if self.turns % 2 else self.right - self.left

    @property
    def height(self) -> float:
        return self.right - self.left if self.turns % 2 else self.top - self.bottom

    def point(self, x: float, y: float) -> tuple[float, float]:
        if self.turns == 0:
            return x - self.left, self.top - y
        if self.turns == 1:
            return y - self.bottom, x - self.left
        if self.turns == 2:
            return self.right - x, y - self.bottom
        return self.top - y, self.right - x

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        x0, y0 = self.point(left, bottom)
        x1, y1 = self.point(right, top)
        return Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


@dataclass(slots=True)
class TextLayerWords:
    """What the text layer of a page holds, on `frame`: turned so that most letters stand upright.

    `aside` are words that stand across the lines (watermarks, notes on the margin), `shown` those of the text objects
    asked for (see `text_layer`). `invisible` counts the characters that are not drawn (the layer that recognition puts
    on a scan), `unmapped` those without a letter.
    """

    words: list[PageWord]
    aside: list[PageWord]
    shown: list[PageWord]
    frame: Frame
    characters: int = 0
    invisible: int = 0
    unmapped: int = 0


class _Piece(NamedTuple):
    """Characters of one text object between blanks; `start:end` are their indexes on the page."""

    left: float
    top: float
    right: float
    bottom: float
    baseline: float
    start: int
    end: int
    style: Style
    text: str


class _Layer:
    """The text layer of one page while it is read."""

    def __init__(self, text_page: Any, count: int) -> None:
        self.frame = Frame(0, 0, 0, 0, 0)
        self.address = raw.address_of(text_page)
        self.text = raw.characters(text_page, count)
        self.plain = _UNUSUAL.search(self.text) is None
        self.styles: dict[int, Style] = {}

    def runs(self) -> tuple[list[int], list[int], list[int]]:
        """Starts and ends of the runs of letters of one text object, and these objects."""
        starts, ends = [], []
        for match in _LETTERS.finditer(self.text):
            start, end = match.span()
            starts.append(start)
            ends.append(end)
        first = raw.text_objects(self.address, starts)
        last = raw.text_objects(self.address, [end - 1 for end in ends])
        if first == last:
            return starts, ends, first
        out: tuple[list[int], list[int], list[int]] = ([], [], [])
        for start, end, owner, other in zip(starts, ends, first, last, strict=True):
            if owner == other:
                parts = [(start, end, owner)]
            else:
                owners = raw.text_objects(self.address, range(start, end))
                cuts = [at for at in range(start + 1, end) if owners[at - start] != owners[at - start - 1]]
                parts = [(a, b, owners[a - start]) for a, b in pairwise([start, *cuts, end])]
            for values, value in zip(out, zip(*parts, strict=True), strict=True):
                values.extend(value)
        return out

    def is_blank(self, start: int, end: int, size: float) -> bool:
        """Whether what stands between the characters before `start` and at `end` is a drawn blank.

        Where pdfium made one up in place of a drawn one, the next character stands a blank's width from it.
        """
        for index in range(start, end):
            if not self.text[index].isspace():
                continue
            if not raw.made_up(self.address, index):
                return True
            boxes = raw.loose_boxes(self.address, [index, end])
            if 0.15 * size < boxes[4] - boxes[0] < size:
                return True
        return False


def text_layer(
    text_page: Any, frame: Frame, fonts: Fonts, *, most: int = 400_000, shown: frozenset[int] = frozenset()
) -> TextLayerWords:
    """The words of `text_page`, whose page has `frame`; of its first `most` characters.

    `shown` are the addresses of text objects whose words are kept apart: those that annotations show.
    """
    import pypdfium2.raw as pdfium

    out = TextLayerWords([], [], [], frame)
    out.characters = count = min(most, pdfium.FPDFText_CountChars(text_page)) if text_page else 0
    if count <= 0:
        return out
    layer = _Layer(text_page, count)
    out.unmapped = layer.text.count("\x00")
    starts, ends, owners = layer.runs()
    for owner, index in zip(owners, starts, strict=True):
        if owner not in layer.styles:
            layer.styles[owner] = Style(*fonts.style(layer.address, owner, index))
    styles = [layer.styles[owner] for owner in owners]
    if any(style.mode == _INVISIBLE for style in layer.styles.values()):
        drawn = zip(starts, ends, styles, strict=True)
        out.invisible = sum(end - start for start, end, style in drawn if style.mode == _INVISIBLE)
    upright = 0.0
    if frame.turns or any(style.angle for style in layer.styles.values()):
        across: Counter[int] = Counter()
        for start, end, style in zip(starts, ends, styles, strict=True):
            across[_quarter(style.angle)] += end - start
        turns = across.most_common(1)[0][0]
        upright = turns * math.pi / 2
        frame = out.frame = frame._replace(turns=turns)
    layer.frame = frame
    pieces = _pieces(layer, starts, ends, styles)
    if shown:
        out.shown = _words(layer, [p for p, owner in zip(pieces, owners, strict=True) if owner in shown])
        pieces = [p for p, owner in zip(pieces, owners, strict=True) if owner not in shown]
    if any(style.angle != upright for style in layer.styles.values()):
        slanted = [p for p in pieces if abs(math.remainder(p.style.angle - upright, 2 * math.pi)) > _TURNED]
        if slanted:
            taken = {p.start for p in slanted}
            pieces = [p for p in pieces if p.start not in taken]
            out.aside = [_word([p], layer.plain) for p in slanted]
    width, height = frame.width, frame.height
    out.words = _words(layer, [p for p in pieces if p[2] > 0 and p[0] < width and p[3] > 0 and p[1] < height])
    return out


def _quarter(angle: float) -> int:
    """The quarter turns clockwise that bring letters at `angle` upright; of slanted ones, none."""
    quarters = angle / (math.pi / 2)
    return round(quarters) % 4 if abs(quarters - round(quarters)) < _TURNED else 0


def _pieces(layer: _Layer, starts: list[int], ends: list[int], styles: list[Style]) -> list[_Piece]:
    """The runs of letters with their places, in the order they are drawn."""
    firsts = raw.loose_boxes(layer.address, starts)
    lasts = raw.loose_boxes(layer.address, [end - 1 for end in ends])
    origins = raw.origins(layer.address, starts)
    text, frame = layer.text, layer.frame
    if frame.turns == 0 and not any(style.angle for style in layer.styles.values()):
        low, high = frame.left, frame.top
        return [
            _Piece(left - low, high - top, right - low, high - bottom, high - y, start, end, style, text[start:end])
            for left, top, right, bottom, y, start, end, style in zip(
                firsts[0::4], firsts[1::4], lasts[2::4], firsts[3::4], origins[1::2], starts, ends, styles, strict=True
            )
        ]
    pieces: list[_Piece] = []
    for number, (start, end, style) in enumerate(zip(starts, ends, styles, strict=True)):
        at = 4 * number
        one = frame.box(firsts[at], firsts[at + 3], firsts[at + 2], firsts[at + 1])
        two = frame.box(lasts[at], lasts[at + 3], lasts[at + 2], lasts[at + 1])
        left, right = min(one.left, two.left), max(one.right, two.right)
        top, bottom = min(one.top, two.top), max(one.bottom, two.bottom)
        baseline = frame.point(origins[2 * number], origins[2 * number + 1])[1]
        pieces.append(_Piece(left, top, right, bottom, baseline, start, end, style, text[start:end]))
    return pieces


def _words(layer: _Layer, pieces: list[_Piece]) -> list[PageWord]:
    """The words that `pieces` make up: those on one baseline that touch, whatever the order they were drawn in."""
    pieces.sort(key=itemgetter(4))
    out: list[PageWord] = []
    line: list[_Piece] = []
    last = -1e9
    for piece in pieces:
        if piece.baseline - last > _SAME_LINE:
            _line_words(layer, line, out)
            line = []
            last = piece.baseline
        line.append(piece)
    _line_words(layer, line, out)
    return out


def _line_words(layer: _Layer, line: list[_Piece], out: list[PageWord]) -> None:
    """Append the words of the pieces of one line."""
    line.sort()
    word: list[_Piece] = []
    for piece in line:
        if word:
            before = word[-1]
            size = piece.style.size
            gap = piece.left - before.right
            if gap < 0 and piece.text == before.text and abs(piece.left - before.left) < 0.25 * size:
                continue  # drawn a second time to look bold
            if gap > _LETTER_GAP * size or _is_apart(layer, before, piece, gap):
                out.append(_word(word, layer.plain))
                word = []
        word.append(piece)
    if word:
        out.append(_word(word, layer.plain))


def _is_apart(layer: _Layer, before: _Piece, piece: _Piece, gap: float) -> bool:
    """Whether a blank stands between two pieces no further from each other than letters are."""
    size = piece.style.size
    if before.end == piece.start:
        return False
    if before.end < piece.start and layer.text[before.end : piece.start].isspace():  # drawn one after the other
        return gap > _NARROW_BLANK * size or layer.is_blank(before.end, piece.start, size)
    if before.style.font is piece.style.font or gap > _TOUCHING * size:
        return True  # cells of a table; only letters of another font are put in later
    return any(_is_blank_between(layer, before, piece, index) for index in (piece.start - 1, before.end))


def _is_blank_between(layer: _Layer, before: _Piece, piece: _Piece, index: int) -> bool:
    """Whether the character at `index`, drawn next to one of two pieces that are not drawn one after the other, is a
    blank between them."""
    if not 0 <= index < len(layer.text) or not layer.text[index].isspace():
        return False
    size = piece.style.size
    if raw.made_up(layer.address, index) and not (
        index + 1 == piece.start and layer.is_blank(index, piece.start, size)  # it stands for a drawn one
    ):
        return False
    left = layer.frame.point(*raw.origins(layer.address, [index]))[0]
    return abs(left - before.right) < 0.3 * size


def _readable(text: str, font: Font) -> str:
    """The characters of `text`, set in `font`, as today's Unicode has them."""
    text = text.translate(_CHANGED)
    if font.encoding is not None:
        return convert(text, font.encoding, upper=font.capitals)
    if font.symbols:
        return "".join(font.symbol(letter) for letter in text)
    return unicodedata.normalize("NFC", text)


def _word(pieces: list[_Piece], plain: bool) -> PageWord:
    """The word that `pieces` make up; `plain` says that the page has only characters that stay as they are."""
    left, top, right, bottom, baseline, _, _, style, text = pieces[0]
    font = style.font
    if len(pieces) > 1:
        text = "".join([piece.text for piece in pieces])
        top = min([piece.top for piece in pieces])
        right = max([piece.right for piece in pieces])
        bottom = max([piece.bottom for piece in pieces])
    if not plain or font.encoding is not None or font.symbols:
        text = _readable(text, font)
    bold = font.bold or style.mode == _STROKED
    return PageWord(text, Box(left, top, right, bottom), baseline, style.size, bold, font.italic, None, font.encoding)
