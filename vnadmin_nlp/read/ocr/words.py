"""Recognised words to words of a page: in points, on common baselines; marks that are no words told apart."""

from __future__ import annotations

import statistics
import unicodedata

from vnadmin_nlp.read.options import RecognisedWord
from vnadmin_nlp.read.page import PageWord
from vnadmin_nlp.schema.source import Box

_JUNK = 0.5
"""Confidence below which what has neither letters nor digits is no word: scribbles, dust, parts of stamps."""
_DESCENDING = frozenset("gjpqyQ,;()[]{}/|\u0323")
"""Letters and marks that reach below the baseline, the dot below (ạ, ệ) among them."""
_DESCENT = 0.22
"""How far they reach below it, as a part of the size."""


def is_junk(word: RecognisedWord) -> bool:
    """Whether `word` is a mark rather than a word."""
    return word.score < _JUNK and not any(letter.isalnum() for letter in word.text)


def page_words(words: list[RecognisedWord], dpi: float) -> list[PageWord]:
    """`words` in points. Baseline and size are the engine's, or guessed from the boxes where it gives none."""
    scale = 72 / dpi
    height = statistics.median([word.box.bottom - word.box.top for word in words]) if words else 0.0
    out = []
    for word in words:
        size = word.size or height * (1 + _DESCENT)
        baseline = word.baseline if word.baseline is not None else word.box.bottom - _descent(word.text) * size
        box = Box(*(value * scale for value in word.box))
        out.append(PageWord(word.text, box, baseline * scale, size * scale, score=word.score))
    return out


def _descent(text: str) -> float:
    return _DESCENT if _DESCENDING.intersection(unicodedata.normalize("NFD", text)) else 0.0
