"""Cross-validation of a kind of model: rules alone and rules with the model, on documents it has not learnt from."""

from __future__ import annotations

import math
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from vnadmin_nlp.evaluate import Figure, Gold, Report, measure
from vnadmin_nlp.options import Options
from vnadmin_nlp.parse import parse
from vnadmin_nlp.schema import Dispatch
from vnadmin_nlp.train.calibration import Reliability, reliability
from vnadmin_nlp.train.card import GAIN, Compared, Score
from vnadmin_nlp.train.folds import Folds, Split, families_of, make_folds
from vnadmin_nlp.train.tasks import Task

SLOWEST = 2.0
"""How many times as long a document may take with a model that is worth using."""
NEARER = 0.01
"""By how much scores must be nearer to the truth, or further from it, to be worth a word."""
_ROUNDS = 5  # in which each document is timed: the least time of each is what it takes
# Processor time of this thread, which is the same beside other work; on Windows it is too coarse for a document
_clock = time.perf_counter if sys.platform == "win32" else time.thread_time
RULES, MODEL = "rules alone", "with the model"
"""What reliability tables are called."""
Parser = Callable[[str], Dispatch]


@dataclass(frozen=True, slots=True)
class Trial:
    """One figure in each fold, with rules alone and with the model, and over all folds together."""

    task: str
    rules: tuple[float, ...]
    model: tuple[float, ...]
    pooled: tuple[float, float]

    @property
    def gain(self) -> float:
        """What the model adds over all documents, in points (hundredths)."""
        return 100 * (self.pooled[1] - self.pooled[0])

    @property
    def spread(self) -> float:
        """The standard deviation of the gain over single folds, in points."""
        return 100 * statistics.pstdev(b - a for a, b in zip(self.rules, self.model, strict=True))

    def compared(self) -> Compared:
        rules, model = (
            Score.of([mean], folds) for mean, folds in zip(self.pooled, (self.rules, self.model), strict=True)
        )
        return Compared(task=self.task, rules=rules, model=model)


@dataclass(frozen=True, slots=True)
class Validation:
    """What cross-validation found. The first of `trials` is the figure the model is for.

    `reliability` says how far scores can be trusted with rules alone and with the model, where findings bear any.
    `time_ratio`: how long documents take with the model, in times of that without, by processor time on this machine.
    """

    task: Task
    folds: Folds
    trials: tuple[Trial, ...]
    reliability: dict[str, Reliability]
    time_ratio: float

    def against(self) -> list[str]:
        """Why the model is not worth using; empty where it is."""
        own, *beside = self.trials
        found = []
        if own.gain < 100 * GAIN:
            found.append(f"it gains {own.gain:+.1f} points of {own.task}; {100 * GAIN:.1f} are the least worth having")
        elif own.gain <= own.spread / len(self.folds.parts) ** 0.5:
            found.append(f"it gains {own.gain:+.1f} points of {own.task}, which by the spread of the folds is chance")
        found += [f"it costs {-one.gain:.1f} points of {one.task}" for one in beside if round(one.gain, 1) < 0]
        rules, model = (self.reliability.get(name) for name in (RULES, MODEL))
        if rules and model and model.error > rules.error + NEARER:
            found.append(f"its scores are off by {model.error:.3f} where those of the rules are by {rules.error:.3f}")
        if self.time_ratio > SLOWEST:
            found.append(
                f"a document takes {self.time_ratio:.1f} times as long with it; {SLOWEST:.0f} times is the most"
            )
        return found


def with_model(folder: Path | None) -> Parser:
    """`parse` with the model in `folder` and no other; with rules alone, where None."""
    options = Options(models=folder or "off")
    return lambda text: parse(text, options=options)


def cross_validate(
    task: Task,
    golds: Sequence[Gold],
    more: Sequence[Gold] = (),
    *,
    folds: int = 5,
    seed: int = 0,
    reader: Callable[[Path | None], Parser] = with_model,
    told: Callable[[int, int], None] = lambda done, of: None,
) -> Validation:
    """Train on all folds but one, measure on that one, for each.

    `more` are documents to learn from as well; in each round those stay out that share issuer, signer or template with
    a document it is measured on. `told` hears of each round that begins. Raises ModelError where there is too little
    to part or to learn from.
    """
    parted = make_folds(golds, folds, seed=seed)
    reports: list[tuple[Report, Report]] = []
    judged: dict[str, list[tuple[float, bool]]] = {RULES: [], MODEL: []}
    seconds = [0.0, 0.0]
    rules = reader(None)
    for number, split in enumerate(parted.splits(), 1):
        told(number, len(parted.parts))
        with TemporaryDirectory(prefix="vnadmin-") as folder:
            task.trainer([*split.train, *_apart(more, split, parted)], Path(folder), seed=seed)
            model = reader(Path(folder))
            found = [(rules(gold.text), model(gold.text)) for gold in split.test]
            for gold in split.test:
                for at, least in enumerate(least_times((rules, model), gold.text)):
                    seconds[at] += least
        reports.append((_measured(split, [one for one, _ in found]), _measured(split, [two for _, two in found])))
        for pairs, dispatches in zip(judged.values(), zip(*found, strict=True), strict=True):
            for gold, dispatch in zip(split.test, dispatches, strict=True):
                pairs += task.judge(gold, dispatch) if task.judge else ()
    tables = {
        name: reliability([s for s, _ in pairs], [r for _, r in pairs]) for name, pairs in judged.items() if pairs
    }
    trials = tuple(_trial(name, reports) for name in (task.figure, *task.beside))
    return Validation(task, parted, trials, tables, seconds[1] / seconds[0] if seconds[0] else 1.0)


def _apart(more: Sequence[Gold], split: Split, folds: Folds) -> Iterator[Gold]:
    """Those of `more` that have nothing of the habits of what is tested; the same documents stay out always."""
    tested = {id(gold) for gold in split.test}
    texts = {gold.folded for part in folds.parts for gold in part}
    if folds.by == "document":
        yield from (gold for gold in more if gold.folded not in texts)
        return
    for family in families_of([*split.test, *more]):
        if not any(id(gold) in tested for gold in family):
            yield from (gold for gold in family if gold.folded not in texts)


def least_times(parsers: Sequence[Parser], text: str) -> list[float]:
    """The seconds that each of `parsers` takes for `text`: the least of several rounds in which they take turns."""
    least = [math.inf] * len(parsers)
    for _ in range(_ROUNDS):
        for at, parser in enumerate(parsers):
            start = _clock()
            parser(text)
            least[at] = min(least[at], _clock() - start)
    return least


def _measured(split: Split, dispatches: Sequence[Dispatch]) -> Report:
    by_text = {gold.text: one for gold, one in zip(split.test, dispatches, strict=True)}
    return measure(list(split.test), by_text.__getitem__)


def _trial(task: str, reports: Sequence[tuple[Report, Report]]) -> Trial:
    pairs = [(a.figures[task], b.figures[task]) for a, b in reports if task in a.figures and task in b.figures]
    return Trial(
        task,
        tuple(a.score for a, _ in pairs),
        tuple(b.score for _, b in pairs),
        (_pooled([a for a, _ in pairs]), _pooled([b for _, b in pairs])),
    )


def _pooled(figures: Sequence[Figure]) -> float:
    """The score over the entries of all folds."""
    hits, gold = sum(f.hits for f in figures), sum(f.gold for f in figures)
    if any(f.predicted is None for f in figures):
        return hits / gold if gold else 0.0
    predicted = sum(f.predicted or 0 for f in figures)
    return 2 * hits / (predicted + gold) if predicted + gold else 0.0
