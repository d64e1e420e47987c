"""Letters of the encodings in use before Unicode: TCVN3 (`.VnTime`), VNI (`VNI-Times`) and VISCII.

Their bytes stand in a text as the characters of Latin-1 or Windows-1252. The tables are facts: TCVN 5712:1993, RFC 1456
and the layout of the VNI fonts for Windows.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import Literal, NamedTuple

Encoding = Literal["tcvn3", "vni", "viscii"]
Pairs = tuple[tuple[int, int], ...]

_LOWER = "àảãáạ ăằẳẵắặ âầẩẫấậ èẻẽéẹ êềểễếệ ìỉĩíị òỏõóọ ôồổỗốộ ơờởỡớợ ùủũúụ ưừửữứự ỳỷỹýỵ đ"
LETTERS = f"{_LOWER} {_LOWER.upper()}".replace(" ", "")

# The byte of each of LETTERS. TCVN3 has few capitals with a tone (fonts of capitals, `.VnTimeH`, print the small ones);
# those given are of its sister VN1, where TCVN3 leaves the byte free. `20` is no such letter.
_TCVN3 = bytes.fromhex(
    "B5B6B7B8B9 A8BBBCBDBEC6 A9C7C8C9CACB CCCECFD0D1 AAD2D3D4D5D6 D7D8DCDDDE"
    "DFE1E2E3E4 ABE5E6E7E8E9 ACEAEBECEDEE EFF1F2F3F4 ADF5F6F7F8F9 FAFBFCFDFE AE"
    "2020202020 A1AFBABFC020 A2C1C2C3C420 2020202020 A3C5CDD9DA20 2020202020"
    "2020202020 A4DBE0F0FF20 A52020202020 2020200102 A60405061112 1314151617 A7"
)
_VISCII = bytes.fromhex(
    "E0E4E3E1D5 E5A2C6C7A1A3 E2A5A6E7A4A7 E8EBA8E9A9 EAABACADAAAE ECEFEEEDB8"
    "F2F6F5F3F7 F4B0B1B2AFB5 BDB6B7DEBEFE F9FCFBFAF8 DFD7D8E6D1F1 CFD6DBFDDC F0"
    "C0C4C3C180 C58202058183 C28586068487 C8CB88C989 CA8B8C8D8A8E CC9BCECD98"
    "D299A0D39A D49091928F93 B49697B39594 D99C9DDA9E BFBBBCFFBAB9 9F1419DD1E D0"
)
_TABLES = {"tcvn3": _TCVN3, "viscii": _VISCII}

# VNI writes a vowel and then one character for its marks; some letters have a character of their own
_TONES = dict(zip("øûõùï", "\u0300\u0309\u0303\u0301\u0323", strict=True))
_MARKS = (
    _TONES
    | {"â": "\u0302", "ê": "\u0306"}
    | {mark: "\u0302" + tone for mark, tone in zip("àåãáä", _TONES.values(), strict=True)}
    | {mark: "\u0306" + tone for mark, tone in zip("èúüéë", _TONES.values(), strict=True)}
)
_SINGLE = dict(zip("ñôöòóæîÑÔÖÒÓÆÎ", "đơưịĩỉỵĐƠƯỊĨỈỴ", strict=True))
_EACH_MARK = "".join(_MARKS) + "".join(_MARKS).upper()
_VNI = re.compile(rf"([aeiouyôöAEIOUYÔÖ])([{_EACH_MARK}]{{1,2}})|[{''.join(_SINGLE)}]")

# What fonts and programs make of the characters µ · ¯ on their way to Unicode
_LOOKALIKES = {0x3BC: 0xB5, 0x2219: 0xB7, 0x2C9: 0xAF}
_UNIT = re.compile(r"[^\W\d_][\u0300-\u036f]{1,8}")
# Letters that neither Latin-1 nor Windows-1252 has
_MODERN = re.compile(r"[\u0102\u0103\u0110\u0111\u0128\u0129\u0168\u0169\u01a0\u01a1\u01af\u01b0\u1ea0-\u1ef9]")


class Converted(NamedTuple):
    """A text and its map: pairs (offset in `text`, offset in what it was made of), in order, where the distance of the
    two changes. At the start both are 0."""

    text: str
    source: Pairs = ()


class Builder:
    """Collects a text made of another one, with its map."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._pairs: list[tuple[int, int]] = []
        self._length = self._distance = 0

    def copy(self, text: str, low: int, high: int) -> None:
        """Append `text[low:high]` as it is."""
        if low < high:
            self._mark(self._length, low)
            self._pieces.append(text[low:high])
            self._length += high - low

    def put(self, piece: str, low: int, high: int) -> None:
        """Append `piece` in place of the characters `low:high`, each of its letters on one of them."""
        self._mark(self._length, low)
        for more in range(high - low, len(piece)):
            self._mark(self._length + more, high - 1)
        self._pieces.append(piece)
        self._length += len(piece)
        self._mark(self._length, high)

    def finish(self) -> Converted:
        """The text."""
        return Converted("".join(self._pieces), tuple(self._pairs))

    def _mark(self, offset: int, below: int) -> None:
        if below - offset != self._distance:
            self._distance = below - offset
            if self._pairs and self._pairs[-1][0] == offset:
                self._pairs.pop()
            self._pairs.append((offset, below))


def convert(text: str, encoding: Encoding, *, upper: bool = False) -> str:
    """`text`, bytes in `encoding` read as Latin-1 or Windows-1252, in Unicode (NFC).

    A line with a letter that only Unicode has is Unicode already and stays as it is. `upper` is for fonts that print
    every letter as a capital (`.VnTimeH`).
    """
    return convert_with_map(text, encoding, upper=upper).text


def convert_with_map(text: str, encoding: Encoding, *, upper: bool = False) -> Converted:
    """As `convert`, with the map back to `text`."""
    composed = compose(text)
    table = _table(encoding)
    stretches = list(_stretches(composed.text))
    same = "".join(
        composed.text[low:high] if modern else composed.text[low:high].translate(table)
        for low, high, modern in stretches
    )
    found = _without_marks(same, stretches) if encoding == "vni" else Converted(same)
    return Converted(_capitals(found.text) if upper else found.text, chain(found.source, composed.source))


def compose(text: str) -> Converted:
    """`text` with each letter and its combining marks as one character (NFC)."""
    builder, at = Builder(), 0
    for match in _UNIT.finditer(text):
        builder.copy(text, at, match.start())
        builder.put(unicodedata.normalize("NFC", match[0]), *match.span())
        at = match.end()
    builder.copy(text, at, len(text))
    return builder.finish()


def chain(upper: Pairs, lower: Pairs) -> Pairs:
    """The map of a text to the text two steps below: `upper` maps it to the one between, `lower` maps that on."""
    if not upper or not lower:
        return upper or lower
    out: list[tuple[int, int]] = []
    steps = [(0, 0), *upper]
    for number, (start, middle) in enumerate(steps):
        stop = steps[number + 1][0] if number + 1 < len(steps) else None
        at = bisect_right(lower, middle, key=_first)
        below, source = lower[at - 1] if at else (0, 0)
        out.append((start, source + middle - below))
        while at < len(lower) and (stop is None or start + lower[at][0] - middle < stop):
            out.append((start + lower[at][0] - middle, lower[at][1]))
            at += 1
    return tuple(pair for before, pair in pairwise([(0, 0), *out]) if pair[1] - pair[0] != before[1] - before[0])


def _first(pair: tuple[int, int]) -> int:
    return pair[0]


def _stretches(text: str) -> Iterator[tuple[int, int, bool]]:
    """Runs of lines, each with whether its lines have letters that only Unicode has."""
    at = 0
    while match := _MODERN.search(text, at):
        start = text.rfind("\n", at, match.start()) + 1 or at
        end = text.find("\n", match.end())
        end = len(text) if end < 0 else end
        yield at, start, False
        yield start, end, True
        at = end
    yield at, len(text), False


def _without_marks(text: str, stretches: list[tuple[int, int, bool]]) -> Converted:
    """`text`, in VNI but for its modern stretches, with each vowel and its marks as one letter."""
    builder, at = Builder(), 0
    for start, end, modern in stretches:
        for match in () if modern else _VNI.finditer(text, start, end):
            letter, length = _vni_letter(match[0])
            low = match.start()
            builder.copy(text, at, low)
            builder.put(letter, low, low + length)
            at = low + length
    builder.copy(text, at, len(text))
    return builder.finish()


@cache
def _vni_letter(sequence: str) -> tuple[str, int]:
    """The letter at the start of `sequence`, and how many characters of it that takes."""
    base = _SINGLE.get(sequence[0], sequence[0])
    for length in range(len(sequence), 1, -1):
        marks = "".join(_MARKS[mark.lower()] for mark in sequence[1:length])
        letter = unicodedata.normalize("NFC", base + "".join(sorted(marks, key=_is_tone)))
        if letter in LETTERS:
            return letter, length
    return base, 1


def _is_tone(mark: str) -> bool:
    return mark in _TONES.values()


@cache
def _table(encoding: Encoding) -> dict[int, str]:
    """What single characters of `encoding` stand for; 0x80-0x9F may be read as Latin-1 or as Windows-1252."""
    out = {}
    for byte in range(0x80, 0xA0):
        if punctuation := bytes([byte]).decode("cp1252", "ignore"):
            out[byte] = punctuation
    if encoding == "vni":
        return out
    for letter, byte in zip(LETTERS, _TABLES[encoding], strict=True):
        if byte != 0x20:
            out[byte] = letter
            out[ord(bytes([byte]).decode("cp1252", "ignore") or letter)] = letter
    if encoding == "tcvn3":
        out |= {other: out[byte] for other, byte in _LOOKALIKES.items()}
    return out


def _capitals(text: str) -> str:
    """`text` in capitals, of the same length."""
    capitals = text.upper()
    return capitals if len(capitals) == len(text) else "".join(c.upper() if len(c.upper()) == 1 else c for c in text)
