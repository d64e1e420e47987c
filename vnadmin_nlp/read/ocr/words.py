"""Recognised words to words of a page: in points, on common baselines; marks that are no words left out."""

from __future__ import annotations

import re
import statistics
import unicodedata
from collections import Counter

from vnadmin_nlp.read.options import RecognisedWord
from vnadmin_nlp.read.page import PageWord
from vnadmin_nlp.schema.source import Box
from vnadmin_nlp.text.fold import is_syllable

_DOUBTFUL = 0.5
"""Confidence below which what has neither letters nor digits is no word: dust, scribbles."""
_DREGS = 0.4
"""Mean confidence below which words that stand together are no words: parts of seals, signatures, handwriting."""
_UNSURE = 0.7
"""Mean confidence below which words that stand together must be mostly Vietnamese words or numbers."""
_OFF = 0.4
"""Sizes a word stands higher or lower than those beside it when it may belong to another line."""
_FEW = 0.25
"""Part of the words of a line that may have wrong boxes."""
_MARKS = ".,;:()/\"“”'"
_CODE = re.compile(r"\d[\w/.,-]*|/?[A-ZĐ]{2,8}\d*(?:-[A-ZĐ][A-ZĐa-z]*)*")
_APART = 1.5
"""Sizes of space between words that do not stand together."""
_LONG_DASH = 1.3
"""Sizes: what is longer and has no letters is a drawn line."""
_BORDERS = "|¦"
"""Letters that drawn borders are read as; no document of an office prints them."""
_DASH = re.compile(r"^[-~–]{1,2}$")
"""Short strokes, however they are read: the dash before an item is often no more than a few dark pixels."""
_BULLETS = ("-", "+")
_LARGEST = 1.6
"""Times the usual size: a line that is larger is made up of two lines beside each other."""
_DESCENDING = frozenset("gjpqyQ,;()[]{}/\u0323")
"""Letters and marks that reach below the baseline, the dot below (ạ, ệ) among them."""
_DESCENT = 0.22
"""How far they reach below it, as a part of the size."""
_HEIGHT = 1.15
"""Times the usual height of its words, few of which have both high and low letters, a line is high."""
_ONE_SIZE = 0.16
"""How far measured sizes of lines in one font differ, as a part of the size: a line may have no tall letters."""


def page_words(words: list[RecognisedWord], dpi: float) -> list[PageWord]:
    """`words` in points, without marks that are no words.

    Baseline and size are the engine's, or guessed from the boxes where it gives none.
    """
    heights = [word.box.bottom - word.box.top for word in words if _is_letters(word.text)]
    usual = statistics.median(heights) * (1 + _DESCENT) if heights else 1.0
    sized = [
        word._replace(
            text=_DASH.sub("-", word.text.strip(_BORDERS)),
            size=min(word.size or usual, _LARGEST * usual),
            baseline=_own_baseline(word, usual) if word.baseline is None else word.baseline,
        )
        for word in words
    ]
    kept = [
        word
        for together in _with_own_sizes(_together(sized))
        if not _is_dregs(together)
        for word in _level(together)
        if _is_word(word)
    ]
    sizes = _steady(kept)
    scale = 72 / dpi
    return [
        PageWord(
            word.text,
            Box(*(value * scale for value in word.box)),
            _number(word.baseline) * scale,
            sizes[_number(word.size)] * scale,
            score=word.score,
        )
        for word in kept
    ]


def _own_baseline(word: RecognisedWord, size: float) -> float:
    """The baseline by the box of the word."""
    return word.box.bottom - _descent(word.text) * size


def _level(together: list[RecognisedWord]) -> list[RecognisedWord]:
    """`together` on the baseline that the boxes of most of them have.

    Where many stand higher or lower the engine took lines of two columns for one, and each keeps its own; where few do
    their boxes are wrong.
    """
    own = [_own_baseline(word, _number(word.size)) for word in together if _is_letters(word.text)]
    if not own:
        return together
    usual = statistics.median_low(own)
    off = _OFF * _number(together[0].size)
    if sum(abs(base - usual) > off for base in own) <= _FEW * len(own):
        return [word._replace(baseline=usual) for word in together]
    return [
        word._replace(baseline=_own_baseline(word, _number(word.size)) if _is_letters(word.text) else usual)
        for word in together
    ]


def _is_dregs(together: list[RecognisedWord]) -> bool:
    """Whether words that stand together apart from others are none: all doubtful, or only specks and strokes, or
    doubtful and mostly not built like words."""
    mean = _mean(together)
    if mean < _DREGS or all(
        len(word.text) < 2 and not (word.text.isdigit() or word.text.isupper() or word.text in _BULLETS)
        for word in together
    ):
        return True
    built = sum(len(word.text) for word in together if _is_built(word.text))
    return mean < _UNSURE and 2 * built < sum(len(word.text) for word in together)


def _is_built(text: str) -> bool:
    """Whether `text` is built like a Vietnamese word of two letters or more, a number or an abbreviation."""
    core = text.strip(_MARKS)
    return bool(_CODE.fullmatch(core)) or (len(core) > 1 and is_syllable(core))


def _is_word(word: RecognisedWord) -> bool:
    if _is_letters(word.text):
        return True
    wide = word.box.right - word.box.left > _LONG_DASH * _number(word.size)
    return bool(word.text) and not wide and (word.score >= _DOUBTFUL or word.text in _BULLETS)


def _is_letters(text: str) -> bool:
    return any(letter.isalnum() for letter in text)


def _together(words: list[RecognisedWord]) -> list[list[RecognisedWord]]:
    """Words that stand beside each other on one line, in the order they were read."""
    out: list[list[RecognisedWord]] = []
    for word in words:
        last = out[-1][-1] if out else None
        size = _number(word.size)
        if (
            last is not None
            and abs(_number(last.baseline) - _number(word.baseline)) < 0.5 * size
            and -size < word.box.left - last.box.right < _APART * size
        ):
            out[-1].append(word)
        else:
            out.append([word])
    return out


def _with_own_sizes(groups: list[list[RecognisedWord]]) -> list[list[RecognisedWord]]:
    """`groups`; where several stand on one line each has the size its boxes tell: columns are printed in different
    sizes."""
    out = []
    for index, group in enumerate(groups):
        beside = [groups[i][0] for i in (index - 1, index + 1) if 0 <= i < len(groups)]
        heights = [word.box.bottom - word.box.top for word in group if _is_letters(word.text)]
        if heights and any(_is_on_line(group[0], other) for other in beside):
            size = statistics.median(heights) * _HEIGHT
            out.append([word._replace(size=size) for word in group])
        else:
            out.append(group)
    return out


def _is_on_line(word: RecognisedWord, other: RecognisedWord) -> bool:
    """Whether an engine took `other`, apart from `word`, to be on one line with it."""
    return word.size == other.size and abs(_number(word.baseline) - _number(other.baseline)) < 0.5 * _number(word.size)


def _mean(words: list[RecognisedWord]) -> float:
    """Mean confidence, weighted by the length of the words."""
    letters = sum(len(word.text) for word in words)
    return sum(word.score * len(word.text) for word in words) / letters if letters else 0.0


def _steady(words: list[RecognisedWord]) -> dict[float, float]:
    """For each measured size the one it is taken for: that of the most letters first, with all that differ little."""
    letters: Counter[float] = Counter()
    for word in words:
        letters[_number(word.size)] += len(word.text)
    out: dict[float, float] = {}
    for size, _ in sorted(letters.items(), key=lambda item: (-item[1], item[0])):
        if size not in out:
            out |= {other: size for other in letters if other not in out and abs(other - size) <= _ONE_SIZE * size}
    return out


def _number(value: float | None) -> float:
    return value or 0.0


def _descent(text: str) -> float:
    return _DESCENT if _DESCENDING.intersection(unicodedata.normalize("NFD", text)) else 0.0
