"""The folder of a trained model: weights, what was measured of them, and a card that says so in words."""

from __future__ import annotations

import configparser
import io
import statistics
from collections.abc import Mapping, Sequence
from pathlib import Path

from pydantic import Field

from vnadmin_nlp.errors import ModelError
from vnadmin_nlp.schema.base import Frozen
from vnadmin_nlp.taggers.store import CONFIG, FORMAT
from vnadmin_nlp.train.calibration import Reliability
from vnadmin_nlp.version import VERSION

METRICS = "metrics.json"
CARD = "card.md"
GAIN = 0.015
"""What a model must add to the F1 of the rules to take part in an analysis by itself."""


class Score(Frozen):
    """A figure in cross-validation. `mean` is over runs, each pooled over its folds; `spread` is the standard deviation
    over single folds."""

    mean: float
    spread: float

    @classmethod
    def of(cls, runs: Sequence[float], folds: Sequence[float]) -> Score:
        """From the pooled figure of each run and the figure of each fold of each run."""
        return cls(mean=round(statistics.fmean(runs), 4), spread=round(statistics.pstdev(folds), 4))


class Compared(Frozen):
    """One task measured on the same folds: rules alone, and rules with the model."""

    task: str
    rules: Score
    model: Score

    @property
    def gain(self) -> float:
        return round(self.model.mean - self.rules.mean, 4)


class Metrics(Frozen):
    """What was measured of a model. `data` names what it has learnt from, one line each."""

    task: str
    seed: int
    documents: int
    folds: int
    folds_by: str
    runs: int
    data: list[str]
    compared: list[Compared]
    reliability: dict[str, Reliability] = Field(default_factory=dict)
    """By what the scores are of."""
    time_ratio: float | None = None
    """How long a document takes with the model, in times of that without."""
    learnt: list[str] = Field(default_factory=list)
    """Digests of the texts it has learnt from, which it is not to be measured on."""


def save_weights(
    out: Path, weights: Mapping[str, bytes], *, task: str, kind: str, seed: int, settings: Mapping[str, object]
) -> None:
    """Write a model that `taggers.store` can load into the folder `out`: `weights` by file name, and config.cfg.

    Raises ModelError where it cannot write.
    """
    config = configparser.ConfigParser(interpolation=None)
    config["model"] = {"task": task, "kind": kind, "version": FORMAT, "package": VERSION}
    config["training"] = {"seed": str(seed)}
    config["settings"] = {name: str(value) for name, value in settings.items()}
    written = io.StringIO()
    config.write(written)
    _write(out, {**weights, CONFIG: written.getvalue().encode()})  # config last: a folder without it is no model


def save_card(out: Path, metrics: Metrics, *, about: str, limits: Sequence[str]) -> None:
    """Write metrics.json and card.md beside the weights in `out`.

    `about` says in a sentence what the model does, `limits` what it does not. Raises ModelError where it cannot write.
    """
    card = card_of(out.name, metrics, about, limits)
    _write(out, {METRICS: (metrics.model_dump_json(indent=2) + "\n").encode(), CARD: card.encode()})


def _write(out: Path, files: Mapping[str, bytes]) -> None:
    try:
        out.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            (out / name).write_bytes(content)
    except OSError as error:
        raise ModelError(f"{out}: the model cannot be written ({error.strerror}); name another folder") from error


def card_of(name: str, metrics: Metrics, about: str, limits: Sequence[str]) -> str:
    """The card of the model `name` as Markdown."""
    apart = {
        "issuer": "documents of one issuer, one signer or one template never on both sides",
        "document": "by document: nearly all are of one office",
    }.get(metrics.folds_by, metrics.folds_by)
    parts = [
        f"# {name}\n\n{about}\n",
        "## Data\n\n" + "".join(f"- {line}\n" for line in metrics.data),
        f"## Figures\n\nCross-validation in {metrics.folds} folds over {metrics.documents} documents ({apart}), "
        f"{metrics.runs} time{'s' * (metrics.runs > 1)}: the figure over all documents, and its spread over the "
        "folds.\n\n" + _figures(metrics.compared),
    ]
    if metrics.time_ratio is not None:
        parts.append(
            f"A document takes {metrics.time_ratio:.2f} times as long with the model, by processor time on the machine "
            "where it was trained (the least of five rounds in which both took turns).\n"
        )
    for title, table in metrics.reliability.items():
        parts.append(f"## Reliability: {title}\n\n{_reliability(table)}")
    parts.append("## Limits\n\n" + "".join(f"- {limit}\n" for limit in limits))
    command = f"vnadmin train GOLD --task {metrics.task} -o {name} --seed {metrics.seed}"
    parts.append(f"## Training it again\n\n```\n{command}\n```\n\nThe same documents and seed give the same weights.\n")
    return "\n".join(parts)


def _figures(rows: Sequence[Compared]) -> str:
    table = "| task | rules alone | with the model | gain |\n| --- | --- | --- | --- |\n"
    for row in rows:
        rules, model = (f"{one.mean:.3f} ± {one.spread:.3f}" for one in (row.rules, row.model))
        table += f"| {row.task} | {rules} | {model} | {100 * row.gain:+.1f} points |\n"
    return table


def _reliability(table: Reliability) -> str:
    if not table.bins:
        return "No findings to measure on.\n"
    out = "| score | findings | mean score | share right |\n| --- | --- | --- | --- |\n"
    for one in table.bins:
        out += f"| {one.low:.1f}-{one.high:.1f} | {one.findings} | {one.score:.3f} | {one.right:.3f} |\n"
    return f"{out}\nExpected calibration error {table.error:.3f} over {table.findings} findings.\n"
