"""The likelihoods from which a model overrules the rules, chosen on documents it has not learnt from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from vnadmin_nlp.taggers.clauses import RULES_FIRST, Bounds
from vnadmin_nlp.train.card import GAIN

_KEEPS = (0.0, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5)
_MENDED = 5  # findings that a model must judge rightly beyond the rules: fewer are chance


class Tally(Protocol):
    """What bounds come to: F1, and how many findings are judged wrongly."""

    @property
    def f1(self) -> float: ...

    @property
    def wrong(self) -> int: ...


def best_bounds(tally: Callable[[Bounds], Tally], adds: Sequence[float]) -> Bounds:
    """The bounds with the best F1, `adds` being tried for what the rules leave; all to the rules unless others gain."""
    ruled, best = tally(RULES_FIRST), RULES_FIRST
    most = ruled
    for bounds in (Bounds(keep, add) for keep in _KEEPS for add in adds):
        reached = tally(bounds)
        if reached.f1 > most.f1:
            most, best = reached, bounds
    return best if most.f1 >= ruled.f1 + GAIN and most.wrong + _MENDED <= ruled.wrong else RULES_FIRST
