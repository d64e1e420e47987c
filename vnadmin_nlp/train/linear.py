"""Logistic regression over traits (binary features named by strings), as weights that need no package to be used."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

from vnadmin_nlp.errors import ModelError, missing

_YES, _NO = "1", "0"
_STRENGTH = 3.0  # of the pull of every weight towards 0
_ROUNDS = 200
_RARE = 2  # rows: a trait of fewer says nothing of other documents
_FINE = 5  # digits kept of a weight


def fit_linear(rows: Sequence[Sequence[str]], answers: Sequence[bool]) -> dict[str, float]:
    """The weight of each trait: the log odds of yes are the sum over the traits of a row. Deterministic.

    Raises ModelError where all answers are one, MissingPackageError without python-crfsuite (extra `train`).
    """
    try:
        import pycrfsuite
    except ImportError as error:
        raise missing("python-crfsuite", "train", "training") from error
    if len(set(answers)) < 2:
        raise ModelError("nothing can be learnt from examples that all have the same answer; annotate more documents")
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    trainer.set_params({"c1": 0.0, "c2": _STRENGTH, "max_iterations": _ROUNDS, "feature.minfreq": _RARE})
    for traits, answer in zip(rows, answers, strict=True):
        trainer.append([list(dict.fromkeys(traits))], [_YES if answer else _NO])  # a chain of one: no transitions
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "weights")
        trainer.train(path)
        tagger = pycrfsuite.Tagger()
        tagger.open(path)
        features: dict[tuple[str, str], float] = tagger.info().state_features
        tagger.close()
    weights: dict[str, float] = {}
    for (trait, label), weight in features.items():
        weights[trait] = weights.get(trait, 0.0) + (weight if label == _YES else -weight)
    return {trait: round(weight, _FINE) for trait, weight in sorted(weights.items()) if round(weight, _FINE)}
