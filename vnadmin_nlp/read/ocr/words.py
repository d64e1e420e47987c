"""Recognised words to words of a page: in points, on common baselines; marks that are no words left out."""

from __future__ import annotations

import statistics
import unicodedata
from collections import Counter

from vnadmin_nlp.read.options import RecognisedWord
from vnadmin_nlp.read.page import PageWord
from vnadmin_nlp.schema.source import Box

_DOUBTFUL = 0.5
"""Confidence below which what has neither letters nor digits is no word: dust, scribbles."""
_DREGS = 0.4
"""Mean confidence below which words that stand together are no words: parts of seals, signatures, handwriting."""
_APART = 1.5
"""Sizes of space between words that do not stand together."""
_LONG_DASH = 1.3
"""Sizes: what is longer and has no letters is a drawn line."""
_BORDERS = "|¦"
"""Letters that drawn borders are read as; no document of an office prints them."""
_DASHES = ("-", "–", "+")
_DESCENDING = frozenset("gjpqyQ,;()[]{}/\u0323")
"""Letters and marks that reach below the baseline, the dot below (ạ, ệ) among them."""
_DESCENT = 0.22
"""How far they reach below it, as a part of the size."""
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
            text=word.text.strip(_BORDERS),
            size=word.size or usual,
            baseline=word.box.bottom - _descent(word.text) * usual if word.baseline is None else word.baseline,
        )
        for word in words
    ]
    kept = [word for together in _together(sized) if not _is_dregs(together) for word in together if _is_word(word)]
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


def _is_dregs(together: list[RecognisedWord]) -> bool:
    """Whether words that stand together apart from others are none: all doubtful, or only specks and strokes."""
    return _mean(together) < _DREGS or all(
        len(word.text) < 2 and not (word.text.isdigit() or word.text.isupper() or word.text in _DASHES)
        for word in together
    )


def _is_word(word: RecognisedWord) -> bool:
    if _is_letters(word.text):
        return True
    wide = word.box.right - word.box.left > _LONG_DASH * _number(word.size)
    return bool(word.text) and not wide and (word.score >= _DOUBTFUL or word.text in _DASHES)


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
