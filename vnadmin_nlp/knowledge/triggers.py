"""Phrases found in one pass over a text, however many there are."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Generic, NamedTuple, TypeVar

from ahocorasick_rs import AhoCorasick, MatchKind

from vnadmin_nlp.text import key_of

T = TypeVar("T")


class Hit(NamedTuple, Generic[T]):
    """A phrase at `start:end` and what was filed under it."""

    start: int
    end: int
    value: T


class Triggers(Generic[T]):
    """A list of phrases, each with a value, found in keys (see `text.key_of`) as whole words, longest first.

    Phrases that begin or end with a letter or digit match only at a border of a word.
    """

    __slots__ = ("_automaton", "_values")

    def __init__(self, entries: Iterable[tuple[str, T]]) -> None:
        phrases: dict[str, T] = {}
        for phrase, value in entries:
            phrases.setdefault(key_of(phrase), value)
        self._values = list(phrases.values())
        self._automaton = AhoCorasick(list(phrases), matchkind=MatchKind.Standard)

    def find(self, key: str) -> list[Hit[T]]:
        """Every phrase in `key`, left to right; where two overlap, the one that starts first, then the longer."""
        out: list[Hit[T]] = []
        values = self._values
        matches = self._automaton.find_matches_as_indexes(key, overlapping=True)
        matches.sort(key=lambda m: (m[1], -m[2]))
        free, size = 0, len(key)
        for index, start, end in matches:
            if start < free:
                continue
            if start and key[start].isalnum() and key[start - 1].isalnum():
                continue
            if end < size and key[end - 1].isalnum() and key[end].isalnum():
                continue
            out.append(Hit(start, end, values[index]))
            free = end
        return out

    def longest(self, key: str) -> dict[int, Hit[T]]:
        """The longest phrase at each place of `key` where one begins, in order of start, overlapping ones too."""
        best: dict[int, tuple[int, int]] = {}
        size = len(key)
        for index, start, end in self._automaton.find_matches_as_indexes(key, overlapping=True):
            if start and key[start].isalnum() and key[start - 1].isalnum():
                continue
            if end < size and key[end - 1].isalnum() and key[end].isalnum():
                continue
            best[start] = (end, index)  # ends grow from one match to the next
        return {start: Hit(start, best[start][0], self._values[best[start][1]]) for start in sorted(best)}

    def all(self, key: str) -> list[Hit[T]]:
        """Every phrase in `key`, overlapping ones too, in order of start, the longer first."""
        out: list[Hit[T]] = []
        size = len(key)
        for index, start, end in self._automaton.find_matches_as_indexes(key, overlapping=True):
            if start and key[start].isalnum() and key[start - 1].isalnum():
                continue
            if end < size and key[end - 1].isalnum() and key[end].isalnum():
                continue
            out.append(Hit(start, end, self._values[index]))
        out.sort(key=lambda hit: (hit.start, -hit.end))
        return out
