"""Letters of the encodings in use before Unicode: TCVN3 (`.VnTime`), VNI (`VNI-Times`) and VISCII.

Their bytes stand in a text as the characters of Latin-1 or Windows-1252. The tables are facts: TCVN 5712:1993, RFC 1456
and the layout of the VNI fonts for Windows.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache, lru_cache
from typing import Literal

from vnadmin_nlp.read.converted import Builder, Converted, chain, compose
from vnadmin_nlp.read.spelling import score

Encoding = Literal["tcvn3", "vni", "viscii"]
Reading = Literal["tcvn3", "vni", "viscii", "tcvn5712", "windows-1258", "utf-8"]
"""What the characters of a text may be, read as Latin-1 or Windows-1252 by mistake."""

_LOWER = "àảãáạ ăằẳẵắặ âầẩẫấậ èẻẽéẹ êềểễếệ ìỉĩíị òỏõóọ ôồổỗốộ ơờởỡớợ ùủũúụ ưừửữứự ỳỷỹýỵ đ"
LETTERS = f"{_LOWER} {_LOWER.upper()}".replace(" ", "")

# The byte of each of LETTERS. TCVN3 has no capitals with a tone: fonts of capitals (`.VnTimeH`) print the small ones.
_TCVN3 = bytes.fromhex(
    "B5B6B7B8B9 A8BBBCBDBEC6 A9C7C8C9CACB CCCECFD0D1 AAD2D3D4D5D6 D7D8DCDDDE"
    "DFE1E2E3E4 ABE5E6E7E8E9 ACEAEBECEDEE EFF1F2F3F4 ADF5F6F7F8F9 FAFBFCFDFE AE"
)
_TCVN3_CAPITALS = dict(zip(b"\xa1\xa2\xa3\xa4\xa5\xa6\xa7", "ĂÂÊÔƠƯĐ", strict=True))
_TCVN5712 = _TCVN3 + bytes.fromhex(
    "8081828384 A1AFBABFC085 A2C1C2C3C486 8788898A8B A3C5CDD9DA8C 8D8E8F9091"
    "9293949596 A4DBE0F0FF97 A598999A9B9C 9D9E9F0102 A60405061112 1314151617 A7"
)
_VISCII = bytes.fromhex(
    "E0E4E3E1D5 E5A2C6C7A1A3 E2A5A6E7A4A7 E8EBA8E9A9 EAABACADAAAE ECEFEEEDB8"
    "F2F6F5F3F7 F4B0B1B2AFB5 BDB6B7DEBEFE F9FCFBFAF8 DFD7D8E6D1F1 CFD6DBFDDC F0"
    "C0C4C3C180 C58202058183 C28586068487 C8CB88C989 CA8B8C8D8A8E CC9BCECD98"
    "D299A0D39A D49091928F93 B49697B39594 D99C9DDA9E BFBBBCFFBAB9 9F1419DD1E D0"
)

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
_VNI = re.compile(rf"[aeiouyôöAEIOUYÔÖ][{_EACH_MARK}]{{1,2}}|[{''.join(_SINGLE)}]")

# What fonts and programs make of the characters µ · ¯ on their way to Unicode
_LOOKALIKES = {0x3BC: 0xB5, 0x2219: 0xB7, 0x2C9: 0xAF}
# Letters that neither Latin-1 nor Windows-1252 has
_MODERN = re.compile(r"[\u0102\u0103\u0110\u0111\u0128\u0129\u0168\u0169\u01a0\u01a1\u01af\u01b0\u1ea0-\u1ef9]")
# Words that are more than ASCII, with the control characters that are letters in VISCII and TCVN 5712
_OTHER = r"\x01\x02\x04-\x06\x11-\x17\x19\x1e\x80-\U0010ffff"
_MORE = "[\x80-\xbf]"
_SEQUENCE = re.compile(f"[\xc2-\xdf]{_MORE}|[\xe0-\xef]{_MORE}{{2}}|[\xf0-\xf4]{_MORE}{{3}}")
LOADED = re.compile(rf"(?:(?<![A-Za-z])[A-Za-z]{{1,40}}+)?[{_OTHER}][A-Za-z{_OTHER}]{{0,60}}")
LINE = re.compile(r"[^\r\n]{1,2000}[^\r\n ]{0,60}")


def convert(text: str, encoding: Encoding, *, upper: bool = False) -> str:
    """`text`, bytes in `encoding` read as Latin-1 or Windows-1252, in Unicode (NFC).

    Lines and words that are Unicode already stay as they are. `upper` is for fonts that print every letter as a capital
    (`.VnTimeH`).
    """
    return convert_with_map(text, encoding, upper=upper).text


def convert_with_map(text: str, reading: Reading, *, upper: bool = False, weigh: bool = True) -> Converted:
    """As `convert`, with the map back to `text`. Without `weigh` only lines with modern letters count as Unicode."""
    builder, at = Builder(), 0
    for line in LINE.finditer(text) if LOADED.search(text) else ():
        if is_modern(line[0]):
            continue
        words = list(LOADED.finditer(text, *line.span()))
        readings = [read_as(word[0], reading) for word in words]
        chosen = _chosen([word[0] for word in words], readings) if weigh else [True] * len(words)
        for word, found, is_old in zip(words, readings, chosen, strict=True):
            if is_old:
                low, high = word.span()
                builder.copy(text, at, low)
                builder.put(found, low, high)
                at = high
    builder.copy(text, at, len(text))
    done = builder.finish()
    if upper:
        return Converted(_capitals(done.text), done.source)
    return Converted(_toned_capitals(done.text), done.source) if reading == "tcvn3" and done.text != text else done


def _chosen(words: list[str], readings: list[Converted]) -> list[bool]:
    """Which words of a line are rather what `readings` makes of them than what they are; letters alone say nothing."""
    gains = [score(found.text) - score(word) for word, found in zip(words, readings, strict=True)]
    if sum(gain for gain, found in zip(gains, readings, strict=True) if len(found.text) > 1) < 0:
        return [False] * len(words)
    return [
        gain >= 0 or score(found.text) > 0 or len(found.text) == 1 for gain, found in zip(gains, readings, strict=True)
    ]


def is_modern(text: str) -> bool:
    """Whether `text` has Vietnamese letters that only Unicode has, so that it cannot be bytes read by mistake."""
    return _MODERN.search(text) is not None


@lru_cache(maxsize=100_000)
def read_as(word: str, reading: Reading) -> Converted:
    """`word` as `reading`."""
    composed = compose(word)
    same = composed.text.translate(_table(reading))
    match reading:
        case "vni":
            found = _substituted(same, same, _VNI, _vni_letter)
        case "utf-8":
            found = _substituted(composed.text, same, _SEQUENCE, _utf8_letter)
        case "windows-1258":
            found = compose(same)
        case _:
            return Converted(same, composed.source)
    return Converted(found.text, chain(found.source, composed.source))


def _substituted(
    text: str, codes: str, pattern: re.Pattern[str], letter_of: Callable[[str], tuple[str, int]]
) -> Converted:
    """`text` with what `pattern` hits in its `codes` as the letter that `letter_of` makes of the first of them."""
    builder, at = Builder(), 0
    for match in pattern.finditer(codes):
        letter, length = letter_of(match[0])
        low = match.start()
        builder.copy(text, at, low)
        builder.put(Converted(letter), low, low + length)
        at = low + length
    builder.copy(text, at, len(text))
    return builder.finish()


def _vni_letter(sequence: str) -> tuple[str, int]:
    base = _SINGLE.get(sequence[0], sequence[0])
    for length in range(len(sequence), 1, -1):
        marks = "".join(_MARKS[mark.lower()] for mark in sequence[1:length])
        letter = unicodedata.normalize("NFC", base + "".join(sorted(marks, key=_is_tone)))
        if len(letter) == 1:
            return letter, length
    return base, 1


def _is_tone(mark: str) -> bool:
    return mark in _TONES.values()


def _utf8_letter(sequence: str) -> tuple[str, int]:
    try:
        return sequence.encode("latin-1").decode("utf-8"), len(sequence)
    except UnicodeDecodeError:
        return sequence[0], 1


@cache
def _table(reading: Reading) -> dict[int, str]:
    """What the single characters of `reading` stand for, whether 0x80-0x9F were read as Latin-1 or as Windows-1252."""
    marks = {byte: bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in range(0x80, 0x100)}
    match reading:
        case "vni":
            letters = {}
        case "utf-8":
            return {ord(char): chr(byte) for byte, char in marks.items()}
        case "windows-1258":
            letters = {byte: bytes([byte]).decode("cp1258", "ignore") or char for byte, char in marks.items()}
        case "tcvn3":
            letters = dict(zip(_TCVN3, LETTERS, strict=False)) | _TCVN3_CAPITALS
        case "tcvn5712":
            letters = dict(zip(_TCVN5712, LETTERS, strict=True))
        case "viscii":
            letters = dict(zip(_VISCII, LETTERS, strict=True))
    out = {byte: letters.get(byte, char) for byte, char in marks.items() if byte < 0xA0} | letters
    out |= {ord(char): letters[byte] for byte, char in marks.items() if byte in letters}
    if reading in ("tcvn3", "tcvn5712"):
        out |= {other: out[byte] for other, byte in _LOOKALIKES.items() if byte in out}
    return out


_TONED = "".join(c for c in _LOWER if set(unicodedata.normalize("NFD", c)) & set(_TONES.values()))
_WORD = re.compile(r"[^\W\d_]+")


def _toned_capitals(text: str) -> str:
    """`text` with toned small letters as capitals where the others of their word, two or more, are: TCVN3 has no such
    capitals (`GIáM ĐốC`). One capital (`Sở`) says nothing."""
    return _WORD.sub(lambda word: _capitals(word[0]) if _is_in_capitals(word[0]) else word[0], text)


def _is_in_capitals(word: str) -> bool:
    return sum(map(str.isupper, word)) > 1 and all(c.isupper() or c in _TONED for c in word)


def _capitals(text: str) -> str:
    """`text` in capitals, of the same length."""
    capitals = text.upper()
    return capitals if len(capitals) == len(text) else "".join(c.upper() if len(c.upper()) == 1 else c for c in text)
