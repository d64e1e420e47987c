"""The result of measuring: figures and errors of one run, and what changed between two."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator
from pathlib import Path

from vnadmin_nlp.errors import GoldError
from vnadmin_nlp.evaluate.board import Board, Miss
from vnadmin_nlp.evaluate.check import problems
from vnadmin_nlp.evaluate.findings import (
    score_actors,
    score_deadlines,
    score_grounding,
    score_obligations,
    score_references,
)
from vnadmin_nlp.evaluate.gold import Gold, load_all
from vnadmin_nlp.evaluate.parts import (
    score_directives,
    score_header,
    score_lists,
    score_sections,
    score_signature,
)
from vnadmin_nlp.parse import parse
from vnadmin_nlp.schema import Dispatch
from vnadmin_nlp.schema.base import Frozen

HEADLINE = (
    "header", "doc_type", "subject", "sections.lines", "addressees", "directives", "recipients", "archive", "signature",
    "references", "deadlines", "actors", "obligations.found", "obligations.who", "obligations",
    "grounding", "text.kept",
)  # fmt: skip
_TASKS = (
    score_header, score_sections, score_directives, score_lists, score_signature,
    score_references, score_deadlines, score_actors, score_obligations, score_grounding,
)  # fmt: skip


class Figure(Frozen):
    """The score of one task: F1 where entries are counted, the share of right answers where each has exactly one.

    Micro-averaged over all documents, rounded to four digits. `hits`, `predicted` and `gold` are numbers of entries;
    for a share, `gold` is the number of answers asked for and `predicted` is None.
    """

    score: float
    hits: int
    gold: int
    predicted: int | None = None

    @property
    def precision(self) -> float | None:
        """The share of what was predicted that is right; None where nothing was or the task has single answers."""
        return self.hits / self.predicted if self.predicted else None

    @property
    def recall(self) -> float | None:
        """The share of gold that was found."""
        return self.hits / self.gold if self.gold and self.predicted is not None else None


class Report(Frozen):
    """Figures of every task, every error behind them, the documents measured and those whose parsing raised.

    `problems` says where annotations do not fit their texts: what is quoted wrongly is not measured.
    """

    figures: dict[str, Figure]
    errors: list[Miss]
    documents: list[str]
    crashes: list[str]
    problems: list[str]

    def tasks(self) -> Iterator[str]:
        """The names of the tasks measured: the headline first, the details after it."""
        yield from (task for task in HEADLINE if task in self.figures)
        yield from sorted(set(self.figures) - set(HEADLINE))

    def to_json(self, indent: int | None = None) -> str:
        return self.model_dump_json(indent=indent)

    @classmethod
    def from_json(cls, text: str | bytes) -> Report:
        """Raises pydantic.ValidationError where `text` is not what `to_json` writes."""
        return cls.model_validate_json(text)


class Change(Frozen):
    """One figure before and after; None where a run has no such task."""

    task: str
    before: float | None
    after: float | None


class Comparison(Frozen):
    """What changed between two runs, in the documents that both measured.

    `gains` are errors that are gone, `losses` errors that are new; an error that changed its words is in both.
    `changes` are the figures that moved: none where the runs measured different documents.
    """

    changes: list[Change]
    gains: list[Miss]
    losses: list[Miss]


def evaluate(
    folder: Path | str,
    predict: Callable[[str], Dispatch] = parse,
    *,
    texts: Path | str | None = None,
    only: Collection[str] | None = None,
) -> Report:
    """Parse every gold document of `folder` with `predict` and score what it says.

    `texts` is the folder of the texts where they do not stand beside the annotations; `only` names the documents to
    take. Raises GoldError where the folder cannot be read. A document on which `predict` raises counts as one in
    which nothing was found, and is listed in `Report.crashes`.
    """
    golds = load_all(Path(folder), Path(texts) if texts else None)
    if only is not None:
        unknown = sorted(set(only) - {gold.id for gold in golds})
        if unknown:
            raise GoldError(f"{folder}: no document {', '.join(unknown)}; name files of this folder without .yaml")
        golds = [gold for gold in golds if gold.id in only]
    return measure(golds, predict)


def measure(golds: list[Gold], predict: Callable[[str], Dispatch] = parse) -> Report:
    """Score `predict` on documents already loaded."""
    board = Board()
    for gold in golds:
        dispatch = None
        try:
            dispatch = predict(gold.text)
        except Exception as error:  # whatever it is, it costs the document
            board.crashes.append(gold.id)
            board.error("crash", gold.id, type(error).__name__, str(error))
        for task in _TASKS:
            task(board, gold, dispatch or Dispatch(text=gold.text))
        want, got = gold.data.doc_type, dispatch.document_type if dispatch else None
        board.rate("doc_type", want == got)
        if want != got:
            board.error("doc_type", gold.id, "wrong", f"gold {want}, predicted {got}")
        if dispatch:
            board.rate("text.kept", dispatch.text == gold.text)
    return Report(
        figures=_figures(board),
        errors=board.errors,
        documents=[gold.id for gold in golds],
        crashes=board.crashes,
        problems=[f"{gold.id}: {problem}" for gold in golds for problem in problems(gold)],
    )


def _figures(board: Board) -> dict[str, Figure]:
    figures = {}
    for task, t in board.tallies.items():
        if t.predicted + t.gold:
            score = round(2 * t.hits / (t.predicted + t.gold), 4)
            figures[task] = Figure(score=score, hits=t.hits, gold=t.gold, predicted=t.predicted)
    for task, answers in board.rates.items():
        hits, asked = answers[True], answers.total()
        figures[task] = Figure(score=round(hits / asked, 4), hits=hits, gold=asked)
    return figures


def compare(before: Report, after: Report) -> Comparison:
    """What the run `after` gained and lost against `before`."""
    both = set(before.documents) & set(after.documents)
    old = Counter(miss for miss in before.errors if miss.document in both)
    new = Counter(miss for miss in after.errors if miss.document in both)
    tasks = dict.fromkeys([*after.tasks(), *before.tasks()]) if set(before.documents) == set(after.documents) else {}
    changes = [
        Change(task=task, before=a, after=b)
        for task in tasks
        if (a := _value(before, task)) != (b := _value(after, task))
    ]
    return Comparison(changes=changes, gains=list((old - new).elements()), losses=list((new - old).elements()))


def _value(report: Report, task: str) -> float | None:
    return report.figures[task].score if task in report.figures else None
