"""Training of the clause model: which clauses are obligations, and how sure each obligation is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from vnadmin_nlp.errors import ModelError
from vnadmin_nlp.evaluate import Gold
from vnadmin_nlp.evaluate.findings import FOUND
from vnadmin_nlp.evaluate.spans import Range, share
from vnadmin_nlp.options import Options
from vnadmin_nlp.parse import analyse
from vnadmin_nlp.taggers.clauses import NEVER, RULES_FIRST, Bounds, ClauseModel, Opinion, Question
from vnadmin_nlp.taggers.linear import WEIGHTS
from vnadmin_nlp.taggers.store import Models
from vnadmin_nlp.train.bounds import best_bounds
from vnadmin_nlp.train.calibration import Scored, are_nearer, fit
from vnadmin_nlp.train.card import save_weights
from vnadmin_nlp.train.folds import make_folds
from vnadmin_nlp.train.judged import judged_obligations
from vnadmin_nlp.train.linear import fit_linear

ABOUT = (
    "Says of each clause that may be an obligation (nhiệm vụ giao) how likely it is one. In training the rules are "
    "overruled only where that adds at least 1.5 points of F1 on documents not learnt from, and its scores stand for "
    "theirs only where they are nearer to the truth there; else the model changes nothing."
)
LIMITS = (
    "It is asked about clauses as the rules cut them; a clause cut wrongly stays so.",
    "It does not choose who bears an obligation.",
    "A model learnt from one office's documents knows that office's habits.",
)
FOLDS = 5
_ADDS = (NEVER, 0.95, 0.9, 0.8, 0.7, 0.6, 0.5)
_NEAR = 3  # characters by which a clause may begin beside the words that gold gives


class Answer(NamedTuple):
    """A clause that a model was asked about, what gold says, and how likely the model took it to be."""

    ruled: bool
    right: bool
    likely: float


@dataclass(slots=True)
class _Watch:
    """Keeps the questions that are asked, and leaves every choice to the rules."""

    questions: list[Question] = field(default_factory=list)
    bounds: Bounds = RULES_FIRST

    def ask(self, question: Question) -> Opinion:
        self.questions.append(question)
        return Opinion(float(question.ruled), 1.0)


def train_clauses(golds: Sequence[Gold], out: Path, *, seed: int = 0) -> ClauseModel:
    """Learn from `golds` and write weights and config.cfg into the folder `out`.

    Raises ModelError where the documents are too few, or hold no clause of either kind.
    """
    model = learn_clauses(golds, seed=seed)
    bounds = {"keep": model.bounds.keep, "add": "never" if model.bounds.add >= NEVER else model.bounds.add}
    settings = {"documents": len(golds), **bounds, "scores": model.scores}
    save_weights(out, {WEIGHTS: model.dump()}, task="clauses", kind="linear", seed=seed, settings=settings)
    return model


def learn_clauses(golds: Sequence[Gold], *, seed: int = 0) -> ClauseModel:
    """The model of `golds`, in any order: bounds and calibration come from documents left out in turn."""
    golds = sorted(golds, key=lambda gold: (gold.id, gold.text))
    asked = {id(gold): questions_of(gold) for gold in golds}
    if not any(asked.values()):
        raise ModelError("no clause of these documents may be an obligation; annotate documents that order something")
    splits = list(make_folds(golds, FOLDS, seed=seed).splits())
    halves = [ClauseModel(_weights(asked[id(gold)] for gold in split.train)) for split in splits]
    answers = [
        Answer(question.ruled, right, half.likely(question.traits))
        for split, half in zip(splits, halves, strict=True)
        for gold in split.test
        for question, right in asked[id(gold)]
    ]
    bounds = choose_bounds(answers)
    raw, ruled = (
        [
            _scored(split.test, ClauseModel(half.weights, bounds, scores=own))
            for split, half in zip(splits, halves, strict=True)
        ]
        for own in (True, False)
    )
    pairs = [pair for part in raw for pair in part]
    curve = fit([score for score, _ in pairs], [right for _, right in pairs])
    nearer = are_nearer(list(zip(raw, ruled, strict=True)))
    return ClauseModel(_weights(asked.values()), bounds, curve, scores=nearer)


def questions_of(gold: Gold) -> list[tuple[Question, bool]]:
    """What a model is asked about the clauses of `gold`, each with whether it is, or begins, an obligation there."""
    watch = _Watch()
    analyse(gold.text, None, Options(models="off"), Models(clauses=watch))
    places = [place for place in gold.obligations if place]
    return [
        (question, any(_is_or_begins(question.place, place) for place in places))
        for question in watch.questions
        if gold.is_operative(question.place)
    ]


def _is_or_begins(clause: Range, place: Range) -> bool:
    begins = abs(place[0] - clause[0]) <= _NEAR and clause[1] <= place[1] + _NEAR
    return begins or share(clause, place) >= FOUND


def choose_bounds(answers: Iterable[Answer]) -> Bounds:
    """The bounds with the best F1 on `answers`; those that leave all to the rules unless others gain enough."""
    answers = list(answers)
    return best_bounds(lambda bounds: _Tally.of(answers, bounds), _ADDS)


class _Tally(NamedTuple):
    """Clauses taken that are obligations, and clauses judged wrongly."""

    hits: int
    wrong: int

    @classmethod
    def of(cls, answers: Sequence[Answer], bounds: Bounds) -> _Tally:
        stands = [bounds.stands(ruled=a.ruled, likely=a.likely) for a in answers]
        pairs = [(stand, a.right) for stand, a in zip(stands, answers, strict=True)]
        return cls(sum(stand and right for stand, right in pairs), sum(stand != right for stand, right in pairs))

    @property
    def f1(self) -> float:
        return 2 * self.hits / max(1, 2 * self.hits + self.wrong)


def _weights(asked: Iterable[Sequence[tuple[Question, bool]]]) -> dict[str, float]:
    pairs = [pair for one in asked for pair in one]
    return fit_linear([question.traits for question, _ in pairs], [right for _, right in pairs])


def _scored(golds: Iterable[Gold], model: ClauseModel) -> list[Scored]:
    """The score of each obligation of `golds` that stands with `model`, and whether it is right."""
    return [
        pair
        for gold in golds
        for pair in judged_obligations(gold, analyse(gold.text, None, Options(models="off"), Models(clauses=model)))
    ]
