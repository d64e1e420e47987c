"""Words struck through: text that somebody deleted while changes were tracked, printed with the document."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from vnadmin_nlp.read.page import PageWord
from vnadmin_nlp.schema.source import Box

_THIN = 2.5  # points: the thickest line that strikes words out
_HIGH, _LOW = 0.42, 0.12  # how far above the baseline it goes through them, in heights of the font
_COVERED = 0.8  # share of a word's width under the line where all of it is meant
_TALLEST = 48  # points: the height of the largest letters that are looked at
# how LibreOffice prints the number of a paragraph with tracked changes
_CHANGED_NUMBER = re.compile(r"\[((?:\d{1,3}|[a-zđ]|[IVX]{1,5})[.)])\]$")


class Unstruck(NamedTuple):
    """What is left of a page: its words and drawn lines, and how many words were struck."""

    words: list[PageWord]
    rules: list[Box]
    struck: int


def without_struck(words: list[PageWord], rules: Sequence[Box]) -> Unstruck:
    """`words` without those that one of `rules` goes through the middle of, and `rules` without those that do.

    A word that is struck in part (an insertion follows without a blank) is cut where the line ends.
    """
    order = sorted(range(len(words)), key=lambda i: words[i].baseline)
    baselines = [words[i].baseline for i in order]
    kept: dict[int, PageWord | None] = {}
    others: list[Box] = []
    for rule in rules:
        others.append(rule)
        if rule.bottom - rule.top > _THIN or rule.right - rule.left < _THIN:
            continue
        near = order[bisect_left(baselines, rule.top) : bisect_right(baselines, rule.bottom + _TALLEST * _HIGH)]
        hit = [i for i in near if _covered(rule, words[i]) > 0]
        if hit and _only(rule, [words[i] for i in hit]):
            kept.update((i, _rest(rule, words[i])) for i in hit)
            others.pop()
    if not kept:
        return Unstruck(words, others, 0)
    rest = (kept.get(i, word) for i, word in enumerate(words))
    rest_words = [word._replace(text=_CHANGED_NUMBER.sub(r"\1", word.text)) for word in rest if word]
    return Unstruck(rest_words, others, len(kept))


def _covered(rule: Box, word: PageWord) -> float:
    """The share of the width of `word` that `rule` goes through, 0 where it passes above or below its middle."""
    middle = (rule.top + rule.bottom) / 2
    if not word.baseline - _HIGH * word.size < middle < word.baseline - _LOW * word.size:
        return 0
    covered = min(rule.right, word.box.right) - max(rule.left, word.box.left)
    share = covered / max(word.box.right - word.box.left, 1)
    return share if share > 1 - _COVERED else 0


def _rest(rule: Box, word: PageWord) -> PageWord | None:
    """What is left of `word`: its end or its beginning where `rule` covers only a part of it."""
    share = _covered(rule, word)
    if share > _COVERED:
        return None
    left, top, right, bottom = word.box
    if rule.left <= left:
        cut = round(share * len(word.text))
        return word._replace(text=word.text[cut:], box=Box(rule.right, top, right, bottom)) if word.text[cut:] else None
    cut = round((1 - share) * len(word.text))
    return word._replace(text=word.text[:cut], box=Box(left, top, rule.left, bottom)) if word.text[:cut] else None


def _only(rule: Box, words: list[PageWord]) -> bool:
    """Whether `rule` is as long as the `words` it goes through, and no border of a table."""
    size = max(word.size for word in words)
    left, right = min(word.box.left for word in words), max(word.box.right for word in words)
    return left - rule.left < size and rule.right - right < size
