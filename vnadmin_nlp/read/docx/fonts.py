"""Fonts that say what the characters of a run stand for: legacy encodings, and fonts of signs."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from vnadmin_nlp.read.legacy import Encoding

_TCVN3 = re.compile(r"\W*\.vn|\W*vn(?:time|arial)", re.IGNORECASE)
_VNI = re.compile(r"\W*vni[-\s_]", re.IGNORECASE)
_VISCII = re.compile(r"\W*VI [A-Z]")
_SIGNS = ("wingdings", "webdings", "symbol")


class FontKind(NamedTuple):
    """What a font does to characters: the `encoding` of its letters, or the font of `signs` it is; `upper`: it prints
    every letter as a capital."""

    encoding: Encoding | None = None
    upper: bool = False
    signs: str | None = None


PLAIN = FontKind()


@lru_cache(maxsize=1024)
def font_kind(name: str) -> FontKind:
    """What the font `name` does."""
    lower = name.strip().lower()
    if lower.startswith(_SIGNS):
        return FontKind(signs=lower.split()[0].rstrip("0123456789"))
    if _VNI.match(name):
        return FontKind("vni")
    if _TCVN3.match(name):
        # `.VnTimeH`: names in small letters only (`.vntimeh`) are written so by programs that fold them
        return FontKind("tcvn3", upper=name.rstrip().endswith("H") or (name == lower and lower.endswith("h")))
    return FontKind("viscii", upper=lower.endswith("hoa")) if _VISCII.match(name) else PLAIN


# Characters of the fonts of signs (Microsoft's published charts), by their code without the private area F000.
_BULLETS = "•"
_WINGDINGS = {
    0x6C: "●", 0x6E: "■", 0x6F: "□", 0x70: "□", 0x71: "❑", 0x72: "❒", 0x73: "⬧", 0x74: "⧫", 0x75: "◆", 0x76: "❖",
    0x77: "⬥", 0x78: "☒", 0x7A: "⌘", 0x9E: "·", 0x9F: "•", 0xA1: "○", 0xA4: "◉", 0xA7: "▪", 0xA8: "◻", 0xAB: "★",
    0x26: "☞", 0x28: "☎", 0x29: "✆", 0x2A: "✉", 0x46: "☞", 0x4A: "☺", 0x21: "✏", 0x22: "✂", 0x36: "⌛",
    0xD8: "➢", 0xDF: "←", 0xE0: "→", 0xE1: "↑", 0xE2: "↓", 0xE7: "←", 0xE8: "→", 0xE9: "↑", 0xEA: "↓", 0xEF: "⇦",
    0xF0: "⇨", 0xF1: "⇧", 0xF2: "⇩", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
}  # fmt: skip
_WINGDINGS2 = {0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0x97: "●", 0xA3: "□"}
_WEBDINGS = {0x61: "✓", 0x63: "□", 0x67: "■", 0x72: "✗", 0x34: "▶", 0x33: "◀"}
_SYMBOL = {
    0x22: "∀", 0x24: "∃", 0x27: "∋", 0x2A: "∗", 0x2D: "−", 0x40: "≅", 0x5C: "∴", 0x5E: "⊥", 0x7E: "∼",
    0xA2: "′", 0xA3: "≤", 0xA4: "⁄", 0xA5: "∞", 0xAB: "↔", 0xAC: "←", 0xAD: "↑", 0xAE: "→", 0xAF: "↓", 0xB0: "°",
    0xB1: "±", 0xB2: "″", 0xB3: "≥", 0xB4: "×", 0xB5: "∝", 0xB6: "∂", 0xB7: "•", 0xB8: "÷", 0xB9: "≠", 0xBA: "≡",
    0xBB: "≈", 0xBC: "…", 0xC5: "⊕", 0xC6: "∅", 0xC7: "∩", 0xC8: "∪", 0xCE: "∈", 0xCF: "∉", 0xD0: "∠", 0xD1: "∇",
    0xD2: "®", 0xD3: "©", 0xD4: "™", 0xD5: "∏", 0xD6: "√", 0xD7: "⋅", 0xD8: "¬", 0xD9: "∧", 0xDA: "∨", 0xDB: "⇔",
    0xDC: "⇐", 0xDD: "⇑", 0xDE: "⇒", 0xDF: "⇓", 0xE5: "∑", 0xF2: "∫",
    **dict(zip(range(0x41, 0x5B), "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ", strict=True)),
    **dict(zip(range(0x61, 0x7B), "αβχδεφγηιϕκλμνοπθρστυϖωξψζ", strict=True)),
}  # fmt: skip
_PRIVATE = re.compile("[\uf020-\uf0ff]")


def sign(code: int, font: str) -> str:
    """The character that `code` prints in the font of signs `font`; a bullet where it is not known."""
    lower, low = font.strip().lower(), code & 0xFF if 0xF000 <= code <= 0xF0FF else code
    if lower.startswith("wingdings"):
        return (_WINGDINGS2 if lower.endswith("2") else _WINGDINGS).get(low, _BULLETS)
    if lower.startswith("webdings"):
        return _WEBDINGS.get(low, _BULLETS)
    if lower.startswith("symbol"):
        return _SYMBOL.get(low) or (chr(low) if low < 0x80 else _BULLETS)
    return chr(low) if low != code or not 0xE000 <= code <= 0xF8FF else _BULLETS


def in_signs(text: str, font: str) -> str:
    """`text` typed in the font of signs `font`: what it prints."""
    return "".join(c if c in " \t\n\xa0" else sign(ord(c), font) for c in text)


def without_private(text: str) -> str:
    """`text` in a font of letters, its characters of the private area (which such a font takes from one of signs) as
    bullets and signs."""
    return _PRIVATE.sub(lambda match: sign(ord(match[0]), "symbol"), text)
