"""A linear model that says how likely a clause is an obligation; which ones are, `resolve` chooses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, Protocol

from vnadmin_nlp.taggers.calibrated import UNCHANGED, Calibration
from vnadmin_nlp.taggers.linear import as_bytes, likelihood, read_weights
from vnadmin_nlp.text import Range

NEVER = 2.0
"""As a bound: no clause is that likely."""


class Question(NamedTuple):
    """A clause put to a model. `place` is a range of the source text, `ruled` what the rules say of it."""

    place: Range
    ruled: bool
    traits: Sequence[str]


class Opinion(NamedTuple):
    """What a model says of a clause: how likely it is an obligation, and its score if it is entered as one; None where
    that of the rules is to stand."""

    likely: float
    score: float | None


class Bounds(NamedTuple):
    """Likelihoods from which a model overrules the rules: a clause they take is dropped below `keep`, one that they
    leave is taken from `add`."""

    keep: float = 0.0
    add: float = NEVER

    def stands(self, *, ruled: bool, likely: float) -> bool:
        """Whether a clause is an obligation, of which the rules say `ruled` and the model `likely`."""
        return likely >= (self.keep if ruled else self.add)


RULES_FIRST = Bounds()
"""The rules are never overruled: the model only gives scores."""


class ClauseProposer(Protocol):
    """What is asked about clauses: a trained model, or what watches the questions in training."""

    @property
    def bounds(self) -> Bounds: ...

    def ask(self, question: Question) -> Opinion: ...


@dataclass(frozen=True, slots=True)
class ClauseModel:
    """Weights of traits, of a logistic regression. Its opinions follow from the traits alone; threads may share it.

    `scores`: its scores are nearer to the truth than those of the rules, and stand for what these find as well.
    """

    weights: Mapping[str, float]
    bounds: Bounds = RULES_FIRST
    calibration: Calibration = UNCHANGED
    scores: bool = True

    @classmethod
    def load(cls, folder: Path) -> ClauseModel:
        """The model in `folder`, as `vnadmin train clauses` writes it. Raises ModelError where it is damaged."""
        return read_weights(
            folder,
            lambda data: cls(
                {str(trait): float(weight) for trait, weight in data["weights"].items()},
                Bounds(float(data["bounds"]["keep"]), float(data["bounds"]["add"])),
                Calibration.of(data["calibration"]),
                bool(data["scores"]),
            ),
        )

    def dump(self) -> bytes:
        """What `load` reads."""
        data = {
            "bounds": self.bounds._asdict(),
            "calibration": self.calibration.points,
            "scores": self.scores,
            "weights": dict(sorted(self.weights.items())),
        }
        return as_bytes(data)

    def likely(self, traits: Sequence[str]) -> float:
        """How likely a clause with `traits` is an obligation."""
        return likelihood(self.weights, traits)

    def ask(self, question: Question) -> Opinion:
        likely = self.likely(question.traits)
        return Opinion(likely, self.calibration(likely) if self.scores or not question.ruled else None)
