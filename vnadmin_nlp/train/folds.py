"""Folds for cross-validation: what a model is tested on has nothing of the habits it was trained on."""

from __future__ import annotations

import math
import random
import re
from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal
from zlib import crc32

from vnadmin_nlp.errors import ModelError
from vnadmin_nlp.evaluate import Gold
from vnadmin_nlp.text import bare_of, key_of

By = Literal["issuer", "document"]

_WORD = re.compile(r"[a-z0-9]+")
_SHINGLE = 4  # words
_SKETCH = 64  # hashes kept of a document's shingles
_LIKE = 0.2  # share of shingles from which two documents are filled from one template
_SAME_OFFICE = 0.5  # share of the documents from which one issuer leaves nothing to test on


@dataclass(frozen=True, slots=True)
class Split:
    """One round of cross-validation."""

    train: tuple[Gold, ...]
    test: tuple[Gold, ...]


@dataclass(frozen=True, slots=True)
class Folds:
    """Gold documents in `parts` of about the same size. `by` says what never stands in two of them.

    `issuer`: documents of one issuer, of one signer, or filled from one template. `document`: only the same document,
    where nearly all are of one office.
    """

    parts: tuple[tuple[Gold, ...], ...]
    by: By

    def splits(self) -> Iterator[Split]:
        """Each part once as what is tested, the others as what is learnt from, in the order of the parts."""
        for part in self.parts:
            yield Split(tuple(gold for other in self.parts if other is not part for gold in other), part)


def make_folds(golds: Sequence[Gold], k: int = 5, *, seed: int = 0, by: By | None = None) -> Folds:
    """`golds` in at most `k` parts, balanced by characters; the same for the same documents, in any order, and `seed`.

    `by` None is `issuer`, unless more than half of the documents are of one. Raises ModelError where there are not two
    documents, or not two families of them, to part.
    """
    families = families_of(golds)
    if by is None:
        by = "document" if any(len(family) > _SAME_OFFICE * len(golds) for family in families) else "issuer"
    groups = families if by == "issuer" else [[gold] for family in families for gold in family]
    if len(groups) < 2 or k < 2:
        raise ModelError(
            f"cross-validation by {by} needs two groups of documents and two folds: there are {len(groups)} and {k}; "
            "annotate more documents"
        )
    groups.sort(key=lambda group: _name(group[0]))
    random.Random(seed).shuffle(groups)
    groups.sort(key=lambda group: -math.floor(math.log2(1 + _size(group))))  # those of about a size stay shuffled
    parts: list[list[Gold]] = [[] for _ in range(min(k, len(groups)))]
    for group in groups:
        min(parts, key=_size).extend(group)
    return Folds(tuple(tuple(sorted(part, key=_name)) for part in parts), by)


def families_of(golds: Sequence[Gold]) -> list[list[Gold]]:
    """`golds` in groups that share an issuer (with its parent), a signer, or most of their words, by name."""
    ordered = sorted(golds, key=_name)
    parents = list(range(len(ordered)))

    def root(i: int) -> int:
        while parents[i] != i:
            parents[i] = i = parents[parents[i]]
        return i

    first: dict[Hashable, int] = {}
    for i, gold in enumerate(ordered):
        for trait in _traits(gold):
            parents[root(i)] = root(first.setdefault(trait, i))
    sketches = [_sketch(gold.text) for gold in ordered]
    for i, sketch in enumerate(sketches):
        for j in range(i):
            if root(i) != root(j) and _likeness(sketch, sketches[j]) >= _LIKE:
                parents[root(i)] = root(j)
    groups: defaultdict[int, list[Gold]] = defaultdict(list)
    for i, gold in enumerate(ordered):
        groups[root(i)].append(gold)
    return list(groups.values())


def _traits(gold: Gold) -> Iterator[Hashable]:
    """What no document of another family has: issuer and parent, as scans without marks print them too; signers."""
    header = gold.data.header
    if header.issuer:
        yield "issuer", _bare(header.parent_agency), _bare(header.issuer)
    for signature in gold.data.signature:
        if signature.name:
            yield "signer", _bare(signature.name)


def _bare(words: str | None) -> str:
    return " ".join(_WORD.findall(bare_of(key_of(words or ""))))


def _sketch(text: str) -> frozenset[int]:
    """The smallest hashes of the shingles of `text`: of two documents the share in common is that of their shingles."""
    words = _bare(text).split()
    shingles = {crc32(" ".join(words[i : i + _SHINGLE]).encode()) for i in range(len(words) - _SHINGLE + 1)}
    return frozenset(sorted(shingles)[:_SKETCH])


def _likeness(a: frozenset[int], b: frozenset[int]) -> float:
    union = sorted(a | b)[:_SKETCH]
    return sum(one in a and one in b for one in union) / len(union) if union else 0.0


def _size(golds: Sequence[Gold]) -> int:
    return sum(len(gold.folded) for gold in golds)  # line ends make no difference


def _name(gold: Gold) -> tuple[str, str]:
    return gold.id, gold.text
