"""A corpus into files: documents with gold, `truth.jsonl` of their references, `duplicates.jsonl` of copies."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

from .citations import Cite
from .compose import compose
from .draft import Draft
from .gold import annotation, offsets
from .gold_yaml import to_yaml
from .layout import lay_out
from .noise import LEVELS, SLIPPING, level_of, spoil
from .page import Sheet
from .plan import Corpus
from .reader import fitting, off_date
from .registers import TYPES, unpack

_OURS = re.compile(r"d\d{7}\.(txt|yaml)")
_MOST = 400  # documents planned for each that is wanted, before a type is given up


@dataclass(slots=True)
class Document:
    """One document: its draft, whose pieces know their places in `text`, and the references whose truth is known."""

    id: str
    draft: Draft
    sheet: Sheet
    cites: list[Cite]

    @property
    def text(self) -> str:
        return self.sheet.text

    def gold(self) -> dict[str, Any]:
        """The annotation, in the form of `corpus/GUIDELINES.md`."""
        return annotation(self.draft, self.sheet, self.id)

    def pieces(self) -> dict[str, Any]:
        """Everything annotated with its exact places, for training."""
        return offsets(self.draft, self.sheet, self.id)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which corpus: `n` documents (of some types: `Type.value`), `copies` the share that comes again."""

    n: int = 1000
    seed: int = 7
    copies: float = 0.0
    noise: str = "clean"
    types: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.n < 1:
            raise ValueError(f"--n {self.n}: at least 1")
        if not 0 <= self.copies < 1:
            raise ValueError(f"--copies {self.copies}: a share from 0 to less than 1")
        if self.noise not in LEVELS:
            raise ValueError(f"--noise {self.noise}: one of {', '.join(LEVELS)}")
        known = sorted({kind.value for kind in TYPES})
        for name in self.types:
            if name not in known:
                raise ValueError(f"--types {name}: no such type; some of {', '.join(known)}")

    def plan(self) -> tuple[Corpus, list[int]]:
        """The corpus, and which of its documents are wanted."""
        if not self.types:
            return Corpus(self.n, self.seed, self.copies), list(range(self.n))
        many = self.n * 3 + 200
        while True:
            corpus = Corpus(many, self.seed, self.copies, self.types)
            found = [i for i, p in enumerate(corpus.plans) if TYPES[unpack(p.key)[1]].value in self.types][: self.n]
            if len(found) == self.n:
                return corpus, found
            if many > self.n * _MOST:
                raise ValueError(
                    f"--types {','.join(self.types)}: only {len(found)} of {many} documents; ask for fewer"
                )
            many *= 4


def name(index: int) -> str:
    """The id of a document."""
    return f"d{index:07d}"


def make(corpus: Corpus, index: int, noise: str = "clean") -> Document:
    """Document `index` of a corpus, laid out, with noise of a level (`mixed`: of one that is drawn)."""
    plan = corpus.plans[index]
    rng = random.Random(f"{corpus.seed}/page/{plan.key}/{plan.copy}")
    level = level_of(noise, rng)
    draft, _ = compose(corpus, index, slips=level in SLIPPING)
    sheet = lay_out(draft, rng, copy=plan.copy, scan=level == "ocr")
    sheet = spoil(sheet, draft, level, rng)
    return Document(name(index), draft, sheet, _cites(draft))


def _cites(draft: Draft) -> list[Cite]:
    """The references that the truth of links knows, with their places, in the order of the text."""
    found: list[Cite] = []
    for piece in draft.pieces():
        cite: Cite | None = getattr(piece, "link", None)
        if cite is not None and piece.ranges:
            cite.start, cite.end = piece.ranges[0][0], piece.ranges[-1][1]
            found.append(cite)
    return sorted(found, key=lambda cite: cite.start)


def document(corpus: Corpus, index: int, noise: str = "clean") -> tuple[str, list[Cite]]:
    """The text of document `index`, and its references with their places."""
    made = make(corpus, index, noise)
    return made.text, made.cites


def documents(
    n: int, seed: int, copies: float = 0.0, noise: str = "clean"
) -> Iterator[tuple[str, str, list[dict[str, Any]]]]:
    """Each document in turn: id, text, truth of its references."""
    corpus = Corpus(n, seed, copies)
    for index in range(n):
        made = make(corpus, index, noise)
        yield made.id, made.text, [truth(corpus, index, cite, made.text) for cite in made.cites]


def truth(corpus: Corpus, index: int, cite: Cite, text: str) -> dict[str, Any]:
    """One row: what is written where, and which documents of the corpus it fits."""
    fits = fitting(corpus, index, cite) if cite.number else []
    outside = cite.form == "known_law"
    doubtful = [] if fits or cite.day is None or outside else off_date(corpus, index, cite)
    meant = cite.head.index if cite.head else -1
    same = [at for at in fits if corpus.plans[at].key == corpus.plans[fits[0]].key] if fits else []
    if meant < 0 and len(same) == len(fits) and fits:
        meant = fits[0]
    target = meant if meant in fits else -1
    other = [at for at in fits if target < 0 or corpus.plans[at].key != corpus.plans[target].key]
    row: dict[str, Any] = {
        "id": name(index),
        "start": cite.start,
        "end": cite.end,
        "text": text[cite.start : cite.end],
        "target": name(target) if target >= 0 else None,
        "relation": cite.relation,
        "form": cite.form,
        "ambiguous": bool(other),
        "number": cite.number or None,
    }
    if other:
        row["candidates"] = [name(at) for at in fits]
    elif doubtful:
        row["ambiguous"], row["candidates"] = True, [name(at) for at in doubtful]
    elif len(fits) > 1:
        row["copies"] = [name(at) for at in fits if at != target]
    if cite.title:
        row["part"] = "subject"
    if cite.head and cite.head.trap:
        row["trap"] = cite.head.trap
    return row


def _among(row: dict[str, Any], written: frozenset[str]) -> dict[str, Any]:
    """The row for a corpus that holds some of the documents only."""
    if row["target"] not in written:
        row["target"] = None
    for part in ("candidates", "copies"):
        if part in row:
            row[part] = [one for one in row[part] if one in written]
    row["ambiguous"] = bool(row.get("candidates"))
    return row


def groups(corpus: Corpus) -> Iterator[dict[str, Any]]:
    """Documents that are copies of one another: the original first, and how the other repeats it."""
    for index, plan in enumerate(corpus.plans):
        if plan.copy:
            yield {"documents": [name(plan.links[0][0]), name(index)], "how": plan.copy}


def paths(output: Path) -> tuple[Path, Path, Path]:
    """Where truth, groups of copies and places go: beside a folder, where they do not pass for documents."""
    beside = output.with_suffix("") if output.suffix == ".jsonl" else output
    truth, copies, pieces = (
        beside.with_name(f"{beside.name}.{what}.jsonl") for what in ("truth", "duplicates", "pieces")
    )
    return truth, copies, pieces


def save(
    wanted: Wanted,
    output: Path,
    *,
    gold: bool = True,
    force: bool = False,
    progress: Callable[[int], None] | None = None,
) -> None:
    """Writes a corpus: into a folder `<id>.txt` and `<id>.yaml`, or rows `id`, `text`, `gold` of a .jsonl.

    What is there is not written over without `force` (then documents of an earlier corpus are taken out first).
    `progress` is told how many documents are written. Raises ValueError for what cannot be done, OSError.
    """
    lines = output.suffix == ".jsonl"
    truths, copies, places = paths(output)
    _clear(output, (truths, copies, places), force)
    corpus, chosen = wanted.plan()
    written = frozenset(map(name, chosen)) if wanted.types else None
    (output.parent if lines else output).mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:

        def opened(path: Path) -> TextIO:
            return stack.enter_context(path.open("w", encoding="utf-8", newline=""))

        table = opened(output) if lines else None
        truth_file = opened(truths)
        place_file = opened(places) if gold else None
        for many, index in enumerate(chosen, 1):
            made = make(corpus, index, wanted.noise)
            if table:
                row = {"id": made.id, "text": made.text} | ({"gold": made.gold()} if gold else {})
                table.write(json.dumps(row, ensure_ascii=False, default=str) + "\n")
            else:
                (output / f"{made.id}.txt").write_text(made.text, encoding="utf-8", newline="")
                if gold:
                    (output / f"{made.id}.yaml").write_text(to_yaml(made.gold()), encoding="utf-8", newline="")
            if place_file:
                place_file.write(json.dumps(made.pieces(), ensure_ascii=False) + "\n")
            for cite in made.cites:
                row = truth(corpus, index, cite, made.text)
                truth_file.write(json.dumps(_among(row, written) if written else row, ensure_ascii=False) + "\n")
            if progress:
                progress(many)
        if wanted.copies:
            file = opened(copies)
            for row in groups(corpus):
                if written is None or written.issuperset(row["documents"]):
                    file.write(json.dumps(row, ensure_ascii=False) + "\n")


def _clear(output: Path, beside: tuple[Path, Path, Path], force: bool) -> None:
    """Makes room, or says what is in the way."""
    if output.suffix != ".jsonl" and output.exists() and not output.is_dir():
        raise ValueError(f"{output}: a file, not a folder; a table of documents is called .jsonl")
    there = [path for path in beside if path.exists()]
    if output.suffix == ".jsonl":
        there += [output] * output.exists()
    elif output.is_dir() and next(output.iterdir(), None):
        there.append(output)
    if not there:
        return
    if not force:
        raise ValueError(f"{there[-1]}: there already; give another place, or --force to write over it")
    if output.is_dir():
        for path in output.iterdir():
            if _OURS.fullmatch(path.name):
                path.unlink()
    for path in beside:
        path.unlink(missing_ok=True)
