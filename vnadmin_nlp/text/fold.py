"""Folded forms of words: the key they are looked up by, and the bare form without marks. Both keep the length."""

from __future__ import annotations

import unicodedata

# Old and new placement of the tone mark (Decision 240/QĐ 1984 against common usage): `hoà` and `hòa` are one word.
_TONES = [
    ("oà", "òa"), ("oá", "óa"), ("oả", "ỏa"), ("oã", "õa"), ("oạ", "ọa"),
    ("oè", "òe"), ("oé", "óe"), ("oẻ", "ỏe"), ("oẽ", "õe"), ("oẹ", "ọe"),
    ("uỳ", "ùy"), ("uý", "úy"), ("uỷ", "ủy"), ("uỹ", "ũy"), ("uỵ", "ụy"),
]  # fmt: skip


def key_of(text: str) -> str:
    """Lower case, tone marks in their new place: what lexicons and patterns are matched against.

    The result has the length of `text`, so offsets hold for both.
    """
    key = text.lower()
    if len(key) != len(text):  # a few letters (İ) grow when lowered
        key = "".join(c if len(c.lower()) != 1 else c.lower() for c in text)
    for old, new in _TONES:
        key = key.replace(old, new)
    return key


class _Bare(dict[int, int]):
    def __missing__(self, code: int) -> int:
        char = chr(code)
        base = "d" if char in "đð" else unicodedata.normalize("NFD", char)[0]
        self[code] = ord(base)
        return self[code]


_BARE = _Bare()


def bare_of(key: str) -> str:
    """`key` without its marks (`ủy ban` -> `uy ban`), of the same length: for scans and text typed without marks."""
    return key.translate(_BARE)
