"""What can be trained: the tasks, what trains each, and the figures by which a model of it is judged."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Protocol

from vnadmin_nlp.errors import ModelError
from vnadmin_nlp.evaluate import Gold
from vnadmin_nlp.schema import Dispatch
from vnadmin_nlp.train.judged import judged_actors, judged_obligations


class Trainer(Protocol):
    """Learns from gold and writes a model."""

    def __call__(self, golds: Sequence[Gold], out: Path, *, seed: int) -> object:
        """Writes `config.cfg` and the weights into the folder `out`, which is there and empty.

        The scores of the model are calibrated on documents it has not learnt from. The same `golds`, in any order, and
        `seed` give the same bytes. Raises ModelError where `golds` teach nothing, MissingPackageError
        (`errors.missing(package, "train", what)`) where a package is missing. The result is not used. `card.md` and
        `metrics.json` are written by whoever asked for the model.
        """
        ...


@dataclass(frozen=True, slots=True)
class Task:
    """One kind of model: `module` and `function` name its Trainer.

    `figure` is what the model is to better, a task of `vnadmin_nlp.evaluate`; `beside` are those it must not worsen.
    `judge` gives the score of each finding of the kind, and whether it is right; None where such findings bear none.
    """

    name: str
    what: str
    module: str
    function: str
    figure: str
    beside: tuple[str, ...] = ()
    judge: Callable[[Gold, Dispatch], Iterable[tuple[float, bool]]] | None = None

    @property
    def trainer(self) -> Trainer:
        trainer: Trainer = getattr(import_module(self.module), self.function)
        return trainer


TASKS: dict[str, Task] = {
    task.name: task
    for task in (
        Task(
            "actors", "borders and kinds of actors (chủ thể)", "vnadmin_nlp.train.actors", "train_actors", "actors",
            ("obligations.found", "obligations.who"), judged_actors,
        ),
        Task(
            "clauses", "which clauses are obligations (nhiệm vụ giao), and whose", "vnadmin_nlp.train.clauses",
            "train_clauses", "obligations.found", ("obligations.who", "obligations"), judged_obligations,
        ),
        Task(
            "lines", "the part of the document each line belongs to (bố cục)", "vnadmin_nlp.train.lines", "train_lines",
            "sections.lines", ("actors", "obligations.found", "obligations.who"),
        ),
    )
}  # fmt: skip


def task_of(name: str) -> Task:
    """The task called `name`. Raises ModelError where there is none."""
    if name not in TASKS:
        raise ModelError(f"there is no task {name!r} to train for; one of {', '.join(TASKS)}")
    return TASKS[name]
