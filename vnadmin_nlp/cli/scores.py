"""A measuring run for reading at the terminal: figures, errors, and what changed against another run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from vnadmin_nlp.evaluate import HEADLINE, Comparison, Miss, Report


def show_scores(report: Report) -> RenderableType:
    """One line a task: score (F1, or share of right answers), precision, recall, number of gold entries."""
    table = Table(box=None, pad_edge=False)
    table.add_column("task")
    for name in ("score", "precision", "recall", "gold"):
        table.add_column(name, justify="right")
    for task in report.tasks():
        figure = report.figures[task]
        values = (figure.score, figure.precision, figure.recall)
        numbers = ["" if value is None else f"{value:.3f}" for value in values]
        table.add_row(Text(task, "bold" if task in HEADLINE else ""), *numbers, str(figure.gold))
    return Group(table, Text(f"documents {len(report.documents)}, crashes {len(report.crashes)}"))


def show_changes(comparison: Comparison) -> RenderableType:
    """The figures that moved, and how many errors are gone and new."""
    table = Table(box=None, pad_edge=False)
    for name in ("task", "before", "after", "change"):
        table.add_column(name, justify="left" if name == "task" else "right")
    for change in comparison.changes:
        before, after = change.before or 0.0, change.after or 0.0
        table.add_row(change.task, f"{before:.4f}", f"{after:.4f}", f"{after - before:+.4f}")
    total = Text(f"gains {len(comparison.gains)}, losses {len(comparison.losses)}")
    return Group(table, total) if comparison.changes else total


def error_lines(errors: Iterable[Miss], sign: str = "") -> Iterator[str]:
    """One line an error, tab-separated: `sign` and task, document, kind, words."""
    for miss in errors:
        yield "\t".join((sign + miss.task, miss.document, miss.kind, " ".join(miss.what.split())))
