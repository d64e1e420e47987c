"""A trainer that learns nothing, for tests of what is around trainers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from perfect import perfect

from vnadmin_nlp import Dispatch, Mention, parse
from vnadmin_nlp.evaluate import Gold
from vnadmin_nlp.options import Options

ABOUT = "A stub."
LIMITS = ("It knows nothing.",)
calls: list[tuple[list[str], int]] = []
"""The ids of the documents and the seed of each training."""


def train_stub(golds: Sequence[Gold], out: Path, *, seed: int) -> None:
    assert list(out.iterdir()) == []
    calls.append((sorted(gold.id for gold in golds), seed))
    (out / "config.cfg").write_text("[model]\ntask = clauses\nkind = stub\nversion = 2\n", encoding="utf-8")
    (out / "weights.txt").write_text(f"{seed} {len(golds)}", encoding="utf-8")


def rules(text: str) -> Dispatch:
    return parse(text, options=Options(models="off"))


def reader_of(golds: Sequence[Gold], kind: str) -> Callable[[Path | None], Callable[[str], Dispatch]]:
    """How a model is read that is `perfect`, finds `same` as the rules, or finds `worse` who bears an obligation."""
    by_text = {gold.text: gold for gold in golds}

    def with_model(text: str) -> Dispatch:
        if kind == "perfect":
            return perfect(by_text[text])
        found = rules(text)
        if kind == "same":
            return found
        nobody = [Mention(text="ai đó", spans=[])]
        duties = perfect(by_text[text]).obligations
        return found.model_copy(update={"obligations": [o.model_copy(update={"bearers": nobody}) for o in duties]})

    return lambda folder: with_model if folder else rules
