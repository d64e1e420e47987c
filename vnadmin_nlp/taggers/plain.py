"""A text as underthesea can read it without changing it: one composed character a letter, with the map back.

underthesea composes letters (NFC), cannot take half surrogates, takes marks, zero-width and control characters for
words, and knows words with the tone mark in its old place (`uỷ ban`, `hàng hoá`) that it cuts in two when it stands in
the new one (`ủy ban`). So a letter with its marks becomes one character, zero-width characters are left out, control
characters are blanks, tone marks stand in their old place; nothing that is left is rewritten before words are cut.
"""

from __future__ import annotations

import re
from array import array
from unicodedata import category, is_normalized, normalize

from vnadmin_nlp.text import Range

# Marks, hidden and control characters are among these; so are signs that need nothing
_ODD = r"[^\w\s!-/:-@\[-`{-~\xa1-\xac\xae-\xbf\u2010-\u2027\u2030-\u205e]"
_UNIT = re.compile(rf"\w?{_ODD}+")
_JAMO = re.compile(r"[\u1100-\u11ff\ua960-\ua97f\ud7b0-\ud7ff]")  # two of them make one character
_ETHS = str.maketrans("ðÐ", "đĐ")
_UNKNOWN = "\ufffd"
_NEW_TONE = re.compile(r"(?:[òóỏõọÒÓỎÕỌ][aeAE]|(?<![qQ])[ùúủũụÙÚỦŨỤ][yY])(?![^\W\d_])")

_BREAK = re.compile(r"[\n\r\v\f\x1c-\x1e\x85\u2028\u2029\t]+|\s{3,}")  # lines, and columns of one line
# underthesea's pattern of web addresses tries 2**n ways to end one before n of these signs
_FEEBLE = "[`!;:'\".,?«»“”‘’]"
_TRAIL = re.compile(rf"(?<=\S)(?<!{_FEEBLE}){_FEEBLE}{{8,}}")
# Behind a sentence, a comma, a word, a sign
_BORDERS = [re.compile(border) for border in (r"(?<=[^\WA-ZĐ]{2}[.;!?…])\s+", r"(?<=[,;:])\s+", r"\s+", r"[^\w\s]+")]


class PlainText:
    """`text`, and the ranges of the source that its characters stand for."""

    __slots__ = ("_ends", "_starts", "text")

    def __init__(self, source: str) -> None:
        self._starts = self._ends = array("q")  # empty: each character stands for itself
        self.text = source
        if re.search(_ODD, source):
            self._rewrite(source)
        self.text = _NEW_TONE.sub(_old_tone, self.text.translate(_ETHS))
        if not is_normalized("NFC", self.text) or _JAMO.search(self.text):
            self.text = "".join(map(_stable, self.text))

    def _rewrite(self, source: str) -> None:
        kept: list[str] = []
        starts, ends = array("q"), array("q")
        at = 0
        for match in _UNIT.finditer(source):
            low = match.start()
            kept.extend(source[at:low])
            starts.extend(range(at, low))
            ends.extend(range(at + 1, low + 1))
            first = len(kept)
            for place, char in enumerate(match.group(), low):
                kind = category(char)
                if kind[0] == "M" and len(kept) > first:
                    kept[-1] = normalize("NFC", kept[-1] + char)[0]
                    ends[-1] = place + 1
                elif kind[0] != "M" and kind != "Cf":
                    kept.append(" " if kind == "Cc" else _UNKNOWN if kind == "Cs" else char)
                    starts.append(place)
                    ends.append(place + 1)
            at = match.end()
        kept.extend(source[at:])
        starts.extend(range(at, len(source)))
        ends.extend(range(at + 1, len(source) + 1))
        self.text, self._starts, self._ends = "".join(kept), starts, ends

    def range(self, start: int, end: int) -> Range:
        """The range of the source that `start:end`, not empty, stands for."""
        return (self._starts[start], self._ends[end - 1]) if self._starts else (start, end)


def pieces(text: str, longest: int) -> list[Range]:
    """The lines of `text`, columns apart, cut at the best border where they have more than `longest` characters."""
    found: list[Range] = []
    breaks = [match.span() for match in _BREAK.finditer(text)]
    for low, high in zip([0, *(end for _, end in breaks)], [*(start for start, _ in breaks), len(text)], strict=True):
        for trail in _TRAIL.finditer(text, low, high):
            found.extend(_cut(text, low, trail.start(), longest))
            low = trail.start()
        found.extend(_cut(text, low, high, longest))
    return found


def _cut(text: str, low: int, high: int, longest: int) -> list[Range]:
    found: list[Range] = []
    while high - low > longest:
        middle, full = low + longest // 2, low + longest
        ends = (max((m.end() for m in border.finditer(text, middle, full)), default=0) for border in _BORDERS)
        stop = next(filter(None, ends), full)
        found.append((low, stop))
        low = stop
    return [*found, (low, high)] if low < high else found


def _old_tone(vowels: re.Match[str]) -> str:
    """Two vowels with the tone mark of the first on the second (`òa`, `oà`)."""
    first = normalize("NFD", vowels.group()[0])
    return first[0] + normalize("NFC", vowels.group()[1] + first[1])


def _stable(char: str) -> str:
    """`char`, or what stands for it where composing would change it."""
    return _UNKNOWN if _JAMO.match(char) else normalize("NFC", char)[0]
