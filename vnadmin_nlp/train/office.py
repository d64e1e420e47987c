"""A model from annotated documents of one's own: validated, judged, trained on all of them, and described."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from tempfile import mkdtemp

from pydantic import ValidationError

from vnadmin_nlp.errors import ModelError, missing
from vnadmin_nlp.evaluate import Gold
from vnadmin_nlp.evaluate.check import faults
from vnadmin_nlp.taggers.store import CONFIG
from vnadmin_nlp.train.card import METRICS, Metrics, save_card
from vnadmin_nlp.train.folds import families_of
from vnadmin_nlp.train.tasks import Task
from vnadmin_nlp.train.validate import Parser, Validation, cross_validate, with_model

FEWEST = 10
"""Documents below which nothing can be said of a model."""
_FEW = 30


@dataclass(frozen=True, slots=True)
class Trained:
    """What came of training: the validation, and the folder of the model, None where it is not worth using."""

    validation: Validation
    folder: Path | None
    warnings: tuple[str, ...]


def train_model(
    task: Task,
    golds: Sequence[Gold],
    out: Path,
    *,
    more: Sequence[Gold] = (),
    folds: int = 5,
    seed: int = 0,
    keep: bool = False,
    force: bool = False,
    reader: Callable[[Path | None], Parser] = with_model,
    told: Callable[[int, int], None] = lambda done, of: None,
) -> Trained:
    """Cross-validate `task` on `golds`, and write a model of all of them to the folder `out` where it is worth using.

    `more` are documents to learn from and never to measure on; `keep` writes the model whatever the figures say;
    `force` replaces a model that is there. Raises ModelError where documents are too few or wrongly annotated, or
    `out` is there, MissingPackageError where the extra `train` is not installed.
    """
    _check(golds, more, out, force)
    validation = cross_validate(task, golds, more, folds=folds, seed=seed, reader=reader, told=told)
    warnings = tuple(_warnings(golds, validation))
    if validation.against() and not keep:
        return Trained(validation, None, warnings)
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        room = Path(mkdtemp(prefix=".training-", dir=out.parent))
    except OSError as error:
        raise ModelError(f"{out}: the model cannot be written ({error.strerror}); name another folder") from error
    made = room / out.name
    try:
        made.mkdir()
        task.trainer([*golds, *_new(more, golds)], made, seed=seed)
        metrics = Metrics(
            task=task.name, seed=seed, documents=len(golds), folds=len(validation.folds.parts),
            folds_by=validation.folds.by, runs=1, data=list(_data(golds, more)),
            compared=[trial.compared() for trial in validation.trials], reliability=validation.reliability,
            time_ratio=round(validation.time_ratio, 2), learnt=sorted(map(digest, [*golds, *more])),
        )  # fmt: skip
        module = import_module(task.module)
        limits = [*getattr(module, "LIMITS", ()), *_limits(golds), *warnings]
        if against := validation.against():
            limits.append(f"By these figures it is not worth using: {'; '.join(against)}.")
        save_card(made, metrics, about=getattr(module, "ABOUT", task.what), limits=limits)
        if out.exists():
            shutil.rmtree(out)
        made.rename(out)
    finally:
        shutil.rmtree(room, ignore_errors=True)
    return Trained(validation, out, warnings)


def learnt_from(folder: Path, golds: Iterable[Gold]) -> list[str]:
    """The ids of those documents that the model in `folder` has learnt from; none where it does not say."""
    try:
        metrics = Metrics.model_validate_json((folder / METRICS).read_bytes())
    except (OSError, ValidationError):
        return []
    return [gold.id for gold in golds if digest(gold) in metrics.learnt]


def digest(gold: Gold) -> str:
    """What tells a text from others."""
    return blake2b(gold.folded.encode("utf-8", "replace"), digest_size=6).hexdigest()


def _check(golds: Sequence[Gold], more: Sequence[Gold], out: Path, force: bool) -> None:
    if find_spec("pycrfsuite") is None:
        raise missing("python-crfsuite", "train", "training")
    if out.exists() and any(out.iterdir() if out.is_dir() else [out]):
        if not force:
            raise ModelError(f"{out}: it is there already; name another folder, or --force to replace the model")
        if not (out / CONFIG).is_file():
            raise ModelError(f"{out}: it holds no model, so it is not replaced; name another folder")
    if len(golds) < FEWEST:
        raise ModelError(
            f"{len(golds)} annotated documents: with fewer than {FEWEST} no figure means anything, and about 50 are "
            "needed to learn from; annotate more"
        )
    for gold in [*golds, *more]:
        if found := faults(gold):
            raise ModelError(
                f"{gold.id}: {found[0]} ({len(found)} errors in this annotation): what is annotated wrongly is learnt "
                "wrongly; mend what `vnadmin check` finds"
            )


def _new(more: Iterable[Gold], golds: Sequence[Gold]) -> Iterator[Gold]:
    """Those of `more` that are not among `golds`."""
    texts = {gold.folded for gold in golds}
    return (gold for gold in more if gold.folded not in texts)


def _warnings(golds: Sequence[Gold], validation: Validation) -> Iterator[str]:
    if validation.folds.by == "document":
        yield (
            "most documents are of one office, so the folds part documents and not issuers: the figures hold for "
            "further letters of that office, not for others"
        )
    if len(golds) < _FEW:
        yield f"{len(golds)} documents are few: the figures are rough, and another fifty letters may say otherwise"


def _data(golds: Sequence[Gold], more: Sequence[Gold]) -> Iterator[str]:
    for what, some in (("measured on and learnt from", golds), ("learnt from only", list(_new(more, golds)))):
        if some:
            counts = ", ".join(
                f"{sum(len(getattr(gold.data, part)) for gold in some)} {part}"
                for part in ("actors", "obligations", "deadlines", "references")
            )
            families = len(families_of(some))
            yield f"{len(some)} annotated documents of {families} families of issuers, {what}: {counts}."


def _limits(golds: Sequence[Gold]) -> Iterator[str]:
    kinds = Counter(gold.data.doc_type for gold in golds).most_common()
    seen = ", ".join(f"{kind} {count}" for kind, count in kinds)
    noisy = sum(gold.data.noisy for gold in golds)
    yield f"It has seen these types of documents: {seen}; {noisy} of the {len(golds)} are noisy."
