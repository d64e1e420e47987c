"""From the characters of a page's text layer to its words, by where they stand and not by the order they are drawn in.

Where letters with marks come from a second font, a producer draws them after the letters around them: only positions
tell which word they belong to.
"""

from __future__ import annotations

import math
import unicodedata
from collections import Counter
from dataclasses import dataclass
from itertools import groupby
from typing import Any, NamedTuple

from vnadmin_nlp.read.legacy import convert
from vnadmin_nlp.read.page import PageWord
from vnadmin_nlp.read.pdf import raw
from vnadmin_nlp.read.pdf.fonts import Font, Fonts
from vnadmin_nlp.schema.source import Box

_INVISIBLE = 3  # text render modes of PDF 32000-1, table 106
_STROKED = 2
_TURNED = 0.12  # radians from which letters stand across the line
_BLANKS = frozenset(" \t\n\r\xa0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000")
_NOTHING = frozenset("\x00\ufeff\u200b\u200c\u200d\u2060")
_CHANGED = str.maketrans({
    "\x02": "-", "\ufffe": "-",  # a hyphen at the end of a line, as pdfium marks it
    "\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl", "\ufb05": "st", "\ufb06": "st",
})  # fmt: skip
_SAME_LINE = 0.8  # points between baselines of one line
_LETTER_GAP = 0.18  # of the size: the widest gap inside a word


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
    """What the text layer of a page holds.

    `aside` are words that stand across the lines (watermarks, notes on the margin). `invisible` counts the characters
    that are not drawn (the layer that recognition puts on a scan), `unmapped` those without a letter.
    """

    words: list[PageWord]
    aside: list[PageWord]
    frame: Frame
    characters: int = 0
    invisible: int = 0
    unmapped: int = 0


@dataclass(slots=True)
class _Piece:
    """Characters of one style that touch; `text` is a blank where they are blank."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    baseline: float
    style: Style


def text_layer(text_page: Any, frame: Frame, fonts: Fonts, *, most: int = 400_000) -> TextLayerWords:
    """The words of `text_page`, whose page has `frame`; at most the first `most` characters, none where it is None."""
    import pypdfium2.raw as pdfium

    count = min(most, pdfium.FPDFText_CountChars(text_page)) if text_page else 0
    if count <= 0:
        return TextLayerWords([], [], frame)
    address = raw.address_of(text_page)
    letters = raw.characters(text_page, count)
    objects = raw.text_objects(address, count)
    styles = _styles(address, objects, fonts)
    across = Counter(_quarter(styles[at].angle) for at in objects if at is not None)
    turns = across.most_common(1)[0][0] if across else 0
    if turns:
        frame = frame._replace(turns=(frame.turns + turns) % 4)
    out = TextLayerWords([], [], frame, characters=count)
    pieces, turned = _pieces(address, count, letters, objects, styles, turns * math.pi / 2, out)
    out.words = _words(pieces)
    out.aside = [_word([piece]) for piece in turned if piece.text != " "]
    return out


def _quarter(angle: float) -> int:
    """The quarter turns clockwise that bring letters at `angle` upright; of slanted ones, none."""
    quarters = angle / (math.pi / 2)
    return round(quarters) % 4 if abs(quarters - round(quarters)) < _TURNED else 0


def _styles(text_page: int, objects: list[int | None], fonts: Fonts) -> dict[int | None, Style]:
    """The style of each text object."""
    firsts: dict[int | None, int] = {}
    for index, at in enumerate(objects):
        if at not in firsts:
            firsts[at] = index
    firsts.pop(None, None)
    return {at: Style(*fonts.style(text_page, at, index)) for at, index in firsts.items() if at is not None}


def _pieces(
    text_page: int,
    count: int,
    letters: list[str],
    objects: list[int | None],
    styles: dict[int | None, Style],
    upright: float,
    out: TextLayerWords,
) -> tuple[list[_Piece], list[_Piece]]:
    """Runs of touching characters in the order they are drawn, those that stand upright and those that do not."""
    frame = out.frame
    boxes = raw.loose_boxes(text_page, count)
    origins = raw.origins(text_page, count)
    pieces: list[_Piece] = []
    turned: list[_Piece] = []
    piece: _Piece | None = None
    at: int | None = None
    style: Style | None = None
    aside = False
    for index, letter in enumerate(letters):
        owner = objects[index]
        if owner is None:
            narrow = letter == " " and piece is not None and not aside and frame.turns == 0
            if narrow and piece is not None and _is_narrow_blank(boxes, index, count, piece.style.size):
                x = piece.right
                piece = _Piece(" ", x, piece.top, x, piece.bottom, piece.baseline, piece.style)
                pieces.append(piece)
            continue
        if owner != at:
            at, style = owner, styles[owner]
            aside = abs(math.remainder(style.angle - upright, 2 * math.pi)) > _TURNED
            if style.mode == _INVISIBLE:
                out.invisible += 1
        elif style is not None and style.mode == _INVISIBLE:
            out.invisible += 1
        assert style is not None
        if letter in _NOTHING or not letter:
            out.unmapped += letter == "" or letter == "\x00"
            continue
        if letter in _BLANKS:
            if raw.made_up(text_page, index) and not _stands_for_blank(boxes, index, count, style.size):
                continue
            letter = " "
        low, four = 2 * index, 4 * index
        if frame.turns == 0:
            left, right = boxes[four] - frame.left, boxes[four + 2] - frame.left
            top, bottom = frame.top - boxes[four + 1], frame.top - boxes[four + 3]
            baseline = frame.top - origins[low + 1]
        else:
            left, top, right, bottom = frame.box(boxes[four], boxes[four + 3], boxes[four + 2], boxes[four + 1])
            baseline = frame.point(origins[low], origins[low + 1])[1]
        if (
            piece is not None
            and letter != " "
            and piece.text != " "
            and piece.style is style
            and -0.3 * style.size < left - piece.right < _LETTER_GAP * style.size
            and abs(baseline - piece.baseline) < 0.3
            and not aside
        ):
            if letter == piece.text[-1] and left < piece.right - 0.2 * style.size:
                continue  # drawn a second time to look bold
            piece.text += letter
            if right > piece.right:
                piece.right = right
            continue
        if aside and piece is not None and piece.style is style and turned and piece is turned[-1]:
            piece.text += letter
            piece.left, piece.top = min(piece.left, left), min(piece.top, top)
            piece.right, piece.bottom = max(piece.right, right), max(piece.bottom, bottom)
            continue
        piece = _Piece(letter, left, top, right, bottom, baseline, style)
        (turned if aside else pieces).append(piece)
    width, height = frame.width, frame.height
    return [p for p in pieces if p.right > 0 and p.left < width and p.bottom > 0 and p.top < height], turned


def _stands_for_blank(boxes: list[float], index: int, count: int, size: float) -> bool:
    """Whether the blank that pdfium made up replaces a drawn one: the next character stands a blank's width from it."""
    return index + 1 < count and 0.15 * size < boxes[4 * index + 4] - boxes[4 * index] < size


def _is_narrow_blank(boxes: list[float], index: int, count: int, size: float) -> bool:
    """Whether the blank that pdfium made up between two text objects is one, narrow as it is: condensed print.

    A wider space may be the place of a letter of another font; narrower ones are between letters.
    """
    if not 0 < index < count - 1:
        return False
    gap = boxes[4 * index + 4] - boxes[4 * index - 2]
    return 0.1 * size < gap < 0.24 * size and abs(boxes[4 * index - 1] - boxes[4 * index + 7]) < 0.5 * size


def _words(pieces: list[_Piece]) -> list[PageWord]:
    """The words that `pieces` make up: those on one baseline that touch, whatever the order they were drawn in."""
    out: list[PageWord] = []
    pieces.sort(key=_by_baseline)
    line = 0
    last = -1e9
    keyed: list[tuple[int, float, int, _Piece]] = []
    for number, piece in enumerate(pieces):
        if piece.baseline - last > _SAME_LINE:
            line += 1
            last = piece.baseline
        keyed.append((line, piece.left, number, piece))
    keyed.sort()
    for _, group in groupby(keyed, key=_line_of):
        word: list[_Piece] = []
        end = 0.0
        for *_, piece in group:
            if piece.text == " ":
                if word and piece.left > end - 0.3 * piece.style.size:
                    out.append(_word(word))
                    word = []
                continue
            if word:
                gap = piece.left - end
                size = piece.style.size
                same = word[-1]
                if gap < -0.5 * size and piece.text == same.text and abs(piece.left - same.left) < 0.25 * size:
                    continue  # drawn a second time to look bold
                if gap > _LETTER_GAP * size:
                    out.append(_word(word))
                    word = []
            word.append(piece)
            end = piece.right if len(word) == 1 or piece.right > end else end
        if word:
            out.append(_word(word))
    return out


def _by_baseline(piece: _Piece) -> float:
    return piece.baseline


def _line_of(keyed: tuple[int, float, int, _Piece]) -> int:
    return keyed[0]


def _word(pieces: list[_Piece]) -> PageWord:
    first = pieces[0]
    style = first.style
    font = style.font
    if len(pieces) == 1:
        text = first.text
        box = Box(first.left, first.top, first.right, first.bottom)
    else:
        text = "".join(piece.text for piece in pieces)
        box = Box(
            first.left,
            min(piece.top for piece in pieces),
            max(piece.right for piece in pieces),
            max(piece.bottom for piece in pieces),
        )
    text = text.translate(_CHANGED)
    if font.encoding is not None:
        text = convert(text, font.encoding, upper=font.capitals)
    elif font.symbols:
        text = "".join(font.symbol(letter) for letter in text)
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    return PageWord(
        text, box, first.baseline, style.size,
        bold=font.bold or style.mode == _STROKED, italic=font.italic, encoding=font.encoding,
    )  # fmt: skip
