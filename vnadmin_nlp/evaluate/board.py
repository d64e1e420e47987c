"""Counts of one run: hits, misses and false finds of each task, summed over all documents, and each error."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from vnadmin_nlp.evaluate.forms import norm
from vnadmin_nlp.schema.base import Frozen


class Miss(Frozen):
    """One error: in which task and document, of which kind (`missed`, `false`, `wrong` or a field), and its words."""

    task: str
    document: str
    kind: str
    what: str


@dataclass(slots=True)
class Tally:
    """Entries found, entries predicted and entries in gold."""

    hits: int = 0
    predicted: int = 0
    gold: int = 0

    def add(self, hits: int, predicted: int, gold: int) -> None:
        self.hits += hits
        self.predicted += predicted
        self.gold += gold


@dataclass(slots=True)
class Board:
    tallies: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    rates: dict[str, Counter[bool]] = field(default_factory=lambda: defaultdict(Counter))
    errors: list[Miss] = field(default_factory=list)
    crashes: list[str] = field(default_factory=list)

    def error(self, task: str, document: str, kind: str, what: str) -> None:
        self.errors.append(Miss(task=task, document=document, kind=kind, what=what))

    def rate(self, task: str, right: bool) -> None:
        """Count one answer, right or wrong, of a task that has exactly one answer each time."""
        self.rates[task][right] += 1

    def words(self, task: str, document: str, gold: str | None, predicted: str | None) -> None:
        """Count one text that may be absent on either side."""
        want, got = norm(gold), norm(predicted)
        if want or got:
            self.tallies[task].add(int(want == got), int(bool(got)), int(bool(want)))
        if want != got:
            self.error(task, document, "wrong", f"gold {want!r}, predicted {got!r}")

    def lists(self, task: str, document: str, gold: list[str], predicted: list[str]) -> None:
        """Count two lists of texts, in any order."""
        want, got = Counter(map(norm, gold)), Counter(map(norm, predicted))
        self.tallies[task].add((want & got).total(), got.total(), want.total())
        for what in (want - got).elements():
            self.error(task, document, "missed", what)
        for what in (got - want).elements():
            self.error(task, document, "false", what)
