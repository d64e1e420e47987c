"""Training of the line model: which part of the document each line belongs to, also where letters are spoilt."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

from vnadmin_nlp.errors import ModelError, missing
from vnadmin_nlp.evaluate import Gold
from vnadmin_nlp.layout import read_layout
from vnadmin_nlp.layout.marks import Sheet
from vnadmin_nlp.layout.model import Labels
from vnadmin_nlp.taggers.lines import LineModel, Proposed, traits_of
from vnadmin_nlp.text import normalize
from vnadmin_nlp.train.card import GAIN, save_weights
from vnadmin_nlp.train.folds import make_folds
from vnadmin_nlp.train.spoil import WAYS, Labelled, spoiled

ABOUT = (
    "Says which part of the document (bố cục) each line belongs to. It is asked about pages whose letters are spoilt "
    "(scans gone wrong); about clean pages only where training found it at least 1.5 points better there "
    "than the rules."
)
LIMITS = (
    "Spoilt pages in training are clean ones spoilt by a table of confusions, not scans.",
    "It labels whole lines: a line of two columns gets one label.",
)
FOLDS = 3
_SURES = (0.5, 0.7, 0.9)
_CAREFUL = 0.9  # how sure a label must be on spoilt pages
_LINES = 400  # of one page that are learnt from: the middle of a long one teaches nothing
_SETTINGS = {"c1": 0.2, "c2": 0.5, "max_iterations": 60, "feature.minfreq": 2}


@dataclass(frozen=True, slots=True)
class Page:
    """A page as the model sees it: the sheet, what the rules say, what gold allows for each line."""

    sheet: Sheet
    ruled: Labels
    gold: list[frozenset[str]]

    @property
    def learnt(self) -> list[str]:
        """One label a line: of two right ones that of the rules, of none known that of the rules."""
        return [
            str(label) if not allowed or label in allowed else min(allowed)
            for label, allowed in zip(self.ruled, self.gold, strict=True)
        ]


class Answer(NamedTuple):
    """What gold allows for a line, what the rules say of it, and what a model proposes."""

    allowed: frozenset[str]
    ruled: str | None
    proposed: Proposed


def train_lines(golds: Sequence[Gold], out: Path, *, seed: int = 0) -> LineModel:
    """Learn from `golds`, clean and spoilt, and write weights and config.cfg into the folder `out`.

    Raises ModelError where the documents are too few or hold no lines.
    """
    model = learn_lines(golds, seed=seed)
    settings = {"documents": len(golds), "sure": model.sure, "spoilt_only": model.spoilt_only}
    save_weights(out, model.dump(), task="lines", kind="crf", seed=seed, settings=settings)
    return model


def learn_lines(golds: Sequence[Gold], *, seed: int = 0) -> LineModel:
    """The model of `golds`, in any order.

    What it may change on clean pages comes from documents left out in turn, learnt from as they are.
    """
    golds = sorted(golds, key=lambda gold: (gold.id, gold.text))
    pages = {id(gold): list(pages_of(gold, seed)) for gold in golds}
    if not any(pages.values()):
        raise ModelError("these documents hold no labelled lines; annotate their sections")
    answers: list[Answer] = []
    for split in make_folds(golds, FOLDS, seed=seed).splits():
        clean = [[page for gold in side for page in pages[id(gold)][:1]] for side in (split.train, split.test)]
        half = LineModel(_weights(clean[0]), sure=0.0, spoilt_only=False)
        for page in clean[1]:
            proposed = half.propose(page.sheet, page.ruled)
            answers += [Answer(*row) for row in zip(page.gold, page.ruled, proposed, strict=True) if row[0]]
    sure, spoilt_only = choose(answers)
    weights = _weights(page for gold in golds for page in pages[id(gold)])
    return LineModel(weights, sure=sure, spoilt_only=spoilt_only)


def choose(answers: Sequence[Answer]) -> tuple[float, bool]:
    """How sure a label must be to stand, and whether on spoilt pages only, from `answers` on clean pages."""

    def right(sure: float) -> float:
        return sum((a.proposed.label if a.proposed.likely >= sure else a.ruled) in a.allowed for a in answers)

    best = max(_SURES, key=right)
    worth = right(best) - right(2.0) >= GAIN * len(answers) > 0
    return (best, False) if worth else (_CAREFUL, True)


def pages_of(gold: Gold, seed: int) -> Iterator[Page]:
    """The pages of `gold` to learn from: as it is first, then spoilt in each way. None where it labels no line."""
    page: list[Labelled] = []
    for number, words in enumerate(gold.text.split("\n"), 1):
        labels = gold.labels.get(number, ()) if words.strip() else ()
        page.append((" ".join(words.rstrip("\r").splitlines()), frozenset(labels)))
    if not any(labels for _, labels in page):
        return
    yield _read(page)
    for number, way in enumerate(WAYS):
        drawn = crc32(f"{seed} {number} {gold.folded}".encode("utf-8", "replace"))
        yield _read(spoiled(page, way, random.Random(drawn)))


def _read(page: Sequence[Labelled]) -> Page:
    seen: list[tuple[Sheet, Labels]] = []

    def watch(sheet: Sheet, labels: Labels) -> Labels:
        seen.append((sheet, list(labels)))
        return labels

    read_layout(normalize("\n".join(words for words, _ in page)), relabel=watch)
    sheet, ruled = seen[0]
    return Page(sheet, ruled, [page[line.number][1] for line in sheet.lines])


def _weights(pages: Iterable[Page]) -> bytes:
    try:
        import pycrfsuite
    except ImportError as error:
        raise missing("python-crfsuite", "train", "training") from error
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    trainer.set_params(_SETTINGS)
    for page in pages:
        if page.ruled:
            traits, labels = traits_of(page.sheet, page.ruled), page.learnt
            for part in (slice(None, _LINES), slice(max(_LINES, len(labels) - _LINES), None)):
                if labels[part]:
                    trainer.append(traits[part], labels[part])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "weights"
        trainer.train(str(path))
        return path.read_bytes()
