"""The text every stage reads: composed letters, plain spaces and dashes, markup marks gone, with the map back.

Nothing lexical changes here: no word is corrected, no case or tone mark moved.
"""

from __future__ import annotations

import html
import re
import unicodedata
from array import array
from bisect import bisect_right

from vnadmin_nlp.text.fold import is_syllable
from vnadmin_nlp.text.mapped import Builder, MappedText

Ranges = tuple[tuple[int, int], ...]
_MARKS = "\u0300-\u036f"
_HIDDEN = "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufe0f"
_SPACES = "\u00a0\u2000-\u200a\u202f\u205f\u3000"
_DASHES = "\u2010-\u2015\u2212\u2043\ufe58\ufe63\uff0d"
# Latin letters that look like these stand beside them (a habit of old typists and of OCR)
_CYRILLIC = dict(zip("АВЕКМНОРСТХаеорсх", "ABEKMHOPCTXaeopcx", strict=True))

# The address of a markdown link or image; and what pandoc writes behind underlined words
_TARGET = r'\((?:data:[^()\s]*+|[^()\s/#.@:]*+[/#.@:][^()\s]*+)?(?: "[^"\n]{0,300}")?\)'
_CLOSE = rf"\](?:{_TARGET}|\{{\.\w{{1,20}}\}})"
_ATTRIBUTES = r"(?: [\w:-]{1,20}=[^<>\n]{0,300})?>"

_SPECIAL = re.compile(
    r"(?P<star>\*+)"
    rf"|(?P<unit>[^\W\d_][{_MARKS}]{{1,8}})"
    rf"|(?P<hidden>[{_HIDDEN}]+)"
    rf"|(?P<space>[{_SPACES}]+)"
    rf"|(?P<dash>[{_DASHES}])"
    rf"|(?P<line>\r\n?|[\f\v\x1c-\x1e\u0085\u2028\u2029]|<br ?/?>|</?(?:p|div|center){_ATTRIBUTES})"
    r"|(?P<tab>\t+|&nbsp;)"
    r"|(?P<rule>_{2,}|_)"
    r"|(?P<escape>\\(?=[^\w\s]|_|[ \t]{0,9}\n| {2}))"
    r"|(?P<eth>[\u00d0\u0189\u00f0\u0256])"
    r"|(?P<head>(?<![^\n])#{1,6} +)"
    rf"|(?P<mark>[{_MARKS}]+)"
    r"|(?P<broken>[\ud800-\udfff])"
    r"|(?P<cyrillic>[АВЕКМНОРСТХаеорсх])"
    r"|(?P<entity>&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|(?:[A-Za-z][a-z]{3,7}|lt|gt|amp|shy|eth|ETH)\d?);)"
    rf"|(?P<strong></?(?:b|strong){_ATTRIBUTES})"
    rf"|(?P<slanted></?(?:i|em){_ATTRIBUTES})"
    rf"|(?P<tag></?(?:u|ins|span|font|small|big|a){_ATTRIBUTES})"
    r"|(?P<comment><!--[^<>]*-->)"
    rf"|(?P<image>!\[[^\[\]\n]*\]{_TARGET})"
    rf"|(?P<link>\[(?=[^\[\]\n]+{_CLOSE})|{_CLOSE})"
)
_SIGNS = {"dash": "-", "line": "\n", "tab": "  ", "broken": "\ufffd"}  # half of a surrogate pair is no character
_MARKUP = frozenset({"strong", "slanted", "tag", "comment", "image", "link"})  # words of its own, which no quote holds
# The characters one of which stands in everything above: searching for them is ten times faster than for the groups
_TRIGGER = re.compile(
    rf"[*_\\#\r\f\v\t\x1c-\x1e\x85\u2028\u2029<&!\[\]{_MARKS}{_HIDDEN}{_SPACES}{_DASHES}"
    r"\u00d0\u0189\u00f0\u0256\ud800-\udfffАВЕКМНОРСТХаеорсх]"
)
_COMBINING = frozenset(map(chr, range(0x300, 0x370)))
_PARAGRAPH_END = re.compile(r"\n *\n")
_FAR = 2**62
_LONGEST = 8
_LETTERS = re.compile(r"[^\W\d_]+")
_LETTERS_BEFORE = re.compile(r"[^\W\d_]+\Z")
_LATIN_NEAR = re.compile(r"[0-9A-Za-z/\u00c0-\u1ef9-]")


class WorkingText(MappedText):
    """The normalised text, and which of its ranges were printed bold or italic (markdown `**`, `*`, `#`)."""

    __slots__ = ("_bold", "_italic")

    def __init__(self, builder: Builder, marks: _Marks, bold: Ranges, italic: Ranges) -> None:
        super().__init__(builder)
        breaks = [m.start() for m in _PARAGRAPH_END.finditer(self.text)] if marks.bold or marks.italic else []
        self._bold = _switches(marks.bold, self.text, breaks)
        for start in marks.heads:
            end = self.text.find("\n", start)
            self._bold.extend((start, end if end >= 0 else len(self.text)))
        if marks.heads:
            self._bold = array("q", sorted(self._bold))
        self._italic = _switches(marks.italic, self.text, breaks)
        if bold:
            self._bold = self._above(bold)
        if italic:
            self._italic = self._above(italic)

    def _above(self, ranges: Ranges) -> array[int]:
        """`ranges` of the source as alternating on and off offsets of this text."""
        return array("q", (self.above(offset) for ends in ranges for offset in ends))

    def is_bold(self, start: int, end: int) -> bool:
        """Whether the middle of `start:end` is printed bold."""
        return bool(bisect_right(self._bold, (start + end) // 2) % 2)

    def is_italic(self, start: int, end: int) -> bool:
        """Whether the middle of `start:end` is printed in italics."""
        return bool(bisect_right(self._italic, (start + end) // 2) % 2)


Mark = tuple[int, int]


class _Marks:
    """Where emphasis turns on or off (working offset; 1 can only open, -1 can only close, 0 either), and headings."""

    __slots__ = ("bold", "heads", "italic")

    def __init__(self) -> None:
        self.bold: list[Mark] = []
        self.italic: list[Mark] = []
        self.heads = array("q")


def _switches(marks: list[Mark], text: str, breaks: list[int]) -> array[int]:
    """Alternating on and off offsets. Emphasis left open ends with its paragraph, or with its line where more opens."""
    out = array("q")
    following = iter(breaks)
    stop = next(following, _FAR)
    for mark, turn in marks:
        while stop < mark:
            if len(out) % 2:
                out.append(max(stop, out[-1]))
            stop = next(following, _FAR)
        is_open = len(out) % 2 == 1
        if is_open and turn > 0:
            end = text.find("\n", out[-1], mark)
            out.append(end if end >= 0 else mark)
            is_open = False
        if is_open or turn >= 0:
            out.append(mark)
    if len(out) % 2:
        out.append(max(stop, out[-1]))
    return out


def normalize(source: str, bold: Ranges = (), italic: Ranges = ()) -> WorkingText:
    """`source` as the stages read it. Linear in its length; accepts any str.

    `bold` and `italic` are ranges of the source, in order, that its file prints so; markup marks count where there
    are none.
    """
    builder, marks = Builder(), _Marks()
    at = seek = 0
    while hit := _TRIGGER.search(source, seek):
        low = hit.start()
        match = _SPECIAL.match(source, low - 1) if low > at and hit.group() in _COMBINING else None
        match = match or _SPECIAL.match(source, low)
        if match is None:
            seek = low + 1
            continue
        builder.copy(source, at, match.start())
        at = seek = match.end()
        _put(builder, match, source, marks)
    builder.copy(source, at, len(source))
    return WorkingText(builder, marks, bold, italic)


def _put(builder: Builder, match: re.Match[str], source: str, marks: _Marks) -> None:
    """Append what stands for `match` in the working text; kinds not named here are dropped."""
    low, high = match.span()
    kind, piece = match.lastgroup, match.group()
    if kind == "star":
        _emphasis(builder, match, source, marks)
    elif kind == "unit":
        builder.put(unicodedata.normalize("NFC", piece), low, high)
    elif kind == "space":
        builder.put(" " * len(piece), low, high)
    elif kind in _SIGNS:
        builder.put(_SIGNS[kind], low, high)
    elif kind == "rule":
        if len(piece) > 1:
            builder.put(" " * len(piece), low, high)
        elif _inside_word(source, low, high):
            builder.copy(source, low, high)
    elif kind == "eth":
        builder.put("Đ" if piece in "\u00d0\u0189" else "đ", low, high)
    elif kind == "entity":
        if (letters := html.unescape(piece)) == piece:
            builder.copy(source, low, high)
        else:
            builder.put(normalize(letters).text, low, high)
    elif kind in _MARKUP:
        builder.cut()
        if kind in ("strong", "slanted"):
            (marks.bold if kind == "strong" else marks.italic).append((builder.length, -1 if piece[1] == "/" else 1))
    elif kind == "head":
        marks.heads.append(builder.length)
    elif kind == "cyrillic":
        near = source[max(0, low - 1) : low] + source[high : high + 1]
        builder.put(_CYRILLIC[piece] if _LATIN_NEAR.search(near) else piece, low, high)


def _emphasis(builder: Builder, match: re.Match[str], source: str, marks: _Marks) -> None:
    """Note where markdown emphasis turns on or off and drop its stars; keep a star that is a bullet or stands alone."""
    low, high = match.span()
    before, after = source[low - 1 : low] if low else "", source[high : high + 1]
    if high - low == 1 and before in ("", "\n", " ") and after in ("", "\n", "\r", " "):
        builder.put("*", low, high)
        return
    if high - low > 1 and before.isalpha() and after.isalpha() and not _one_syllable(source, low, high):
        builder.put(" ", low, high)
    opens, closes = not after.isspace() and after != "", not before.isspace() and before != ""
    mark = (builder.length, opens - closes)
    if high - low != 1:
        marks.bold.append(mark)
    if high - low in (1, 3):
        marks.italic.append(mark)


def _one_syllable(source: str, low: int, high: int) -> bool:
    """Whether the letters before and after a run of stars make one word (`V****Ă****N`), not two (`BINH****VÀ`)."""
    left = _LETTERS_BEFORE.search(source, max(0, low - _LONGEST), low)
    right = _LETTERS.match(source, high, high + _LONGEST)
    if left is None or right is None or is_syllable(left.group() + right.group()):
        return True
    return not (is_syllable(left.group()) and is_syllable(right.group()))  # a piece of a word broken more than once


def _inside_word(source: str, low: int, high: int) -> bool:
    if low > 1 and source[low - 1] == "\\":
        low -= 1
    return low > 0 and source[low - 1].isalnum() and source[high : high + 1].isalnum()
