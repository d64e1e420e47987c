"""`vnadmin train`: what is said of a model."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from vnadmin_nlp.train.calibration import Reliability
from vnadmin_nlp.train.office import Trained
from vnadmin_nlp.train.validate import MODEL, NEARER, RULES, Validation


def show_training(trained: Trained) -> RenderableType:
    """The figures with rules alone beside, how far scores can be trusted, and whether the model is worth using."""
    validation = trained.validation
    tables = _scores(validation.reliability)
    warnings = [Text(f"note: {words}") for words in trained.warnings]
    return Group(_figures(validation), *tables, *warnings, Text(verdict(trained)))


def verdict(trained: Trained) -> str:
    """Whether to use it, in a sentence."""
    against, own = trained.validation.against(), trained.validation.trials[0]
    name = trained.validation.task.name
    if not against:
        return f"{name}: worth using ({own.gain:+.1f} points of {own.task}); written to {trained.folder}"
    words = f"{name}: not worth using: {'; '.join(against)}"
    rules, model = (trained.validation.reliability.get(key) for key in (RULES, MODEL))
    if rules and model and model.error < rules.error - NEARER:
        words += f"; but its scores are off by {model.error:.3f} where those of the rules are by {rules.error:.3f}"
    return f"{words}; written to {trained.folder} all the same" if trained.folder else f"{words} (--keep writes it)"


def _figures(validation: Validation) -> RenderableType:
    folds = validation.folds
    documents = sum(map(len, folds.parts))
    title = f"{validation.task.name}: {documents} documents in {len(folds.parts)} folds by {folds.by}"
    table = Table(box=None, pad_edge=False, title=title, title_justify="left")
    table.add_column("task")
    for column in ("rules alone", "with model", "gain in points", "over the folds"):
        table.add_column(column, justify="right")
    for trial in validation.trials:
        low, high = (
            pick(100 * (b - a) for a, b in zip(trial.rules, trial.model, strict=True)) if trial.rules else 0.0
            for pick in (min, max)
        )
        table.add_row(
            trial.task, *(f"{value:.3f}" for value in trial.pooled), f"{trial.gain:+.1f} ± {trial.spread:.1f}",
            f"{low:+.1f} to {high:+.1f}",
        )  # fmt: skip
    table.add_row("processor time", "1.00", f"{validation.time_ratio:.2f}", "", "")
    return table


def _scores(tables: dict[str, Reliability]) -> Iterator[RenderableType]:
    """How far scores can be trusted: those with the model bin by bin, and by how much they are off."""
    for name, found in tables.items():
        yield Text(f"scores {name}: off by {found.error:.3f} in the mean, over {found.findings} findings")
        if name != RULES:
            table = Table(box=None, pad_edge=False)
            for column in ("score", "findings", "mean score", "share right"):
                table.add_column(column, justify="right")
            for one in found.bins:
                table.add_row(
                    f"{one.low:.1f}-{one.high:.1f}", str(one.findings), f"{one.score:.2f}", f"{one.right:.2f}"
                )
            yield table
