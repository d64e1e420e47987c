"""Folded forms of words: the key they are looked up by, and the bare form without marks. Both keep the length."""

from __future__ import annotations

import re
import unicodedata

# Old and new placement of the tone mark: `hoà` and `hòa` are one word. The two differ only where the syllable ends
# with the vowels (`hoàn` has one spelling), and never in `quý`, whose `u` belongs to the consonant.
_OLD = "oà oá oả oã oạ oè oé oẻ oẽ oẹ uỳ uý uỷ uỹ uỵ".split()
_NEW = "òa óa ỏa õa ọa òe óe ỏe õe ọe ùy úy ủy ũy ụy".split()
_TONES = [
    (old, new, re.compile(("(?<!q)" if old[0] == "u" else "") + old + r"(?![^\W\d_])"))
    for old, new in zip(_OLD, _NEW, strict=True)
]


_SLASHES = "\u2044\u2215\uff0f"
_CHANGES = re.compile("|".join([*_OLD, *_SLASHES]))


def key_of(text: str) -> str:
    """Lower case, tone marks in their new place, one kind of slash: what lexicons and patterns are matched against.

    The result has the length of `text`, so offsets hold for both.
    """
    key = text.lower()
    if len(key) != len(text):  # a few letters (İ) grow when lowered
        key = "".join(c if len(c.lower()) != 1 else c.lower() for c in text)
    if not _CHANGES.search(key):
        return key
    for slash in _SLASHES:
        key = key.replace(slash, "/")
    for old, new, open_syllable in _TONES:
        if old in key:
            key = open_syllable.sub(new, key)
    return key


_MARK_OR_WORD = re.compile(r"\\.|\(\?P<\w+>|[^\W\d_]+")  # escapes and names of groups are no words


def keyed(pattern: str) -> re.Pattern[str]:
    """`pattern`, its words written as people write them, compiled to be matched against keys."""
    return re.compile(_MARK_OR_WORD.sub(lambda m: key_of(m[0]) if m[0].isalpha() else m[0], pattern))


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


_SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|gh|gi|kh|ph|qu|th|tr|ch|[bcdghklmnprstvx])?"
    r"(?:uye|uya|uyu|oai|oay|oao|oeo|uay|uoi|uou|ieu|yeu|iu|uo|ie|ye|ua|ue|uy|oa|oe|oo|ai|ao|au|ay|eo|eu|ia|oi|ui|uu|[aeiouy])"
    r"(?:ch|ng|nh|[cmnpt])?"
)


def is_syllable(word: str) -> bool:
    """Whether `word`, whatever its marks and case, is built like a Vietnamese syllable."""
    return _SYLLABLE.fullmatch(bare_of(word.lower())) is not None
