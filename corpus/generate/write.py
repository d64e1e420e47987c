"""A corpus into files: the documents, `truth.jsonl` of their references, `duplicates.jsonl` of copies."""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from .citations import Cite
from .compose import compose
from .layout import lay_out
from .plan import Corpus
from .reader import fitting, off_date


def name(index: int) -> str:
    """The id of a document."""
    return f"d{index:07d}"


def documents(n: int, seed: int, copies: float = 0.0) -> Iterator[tuple[str, str, list[dict[str, Any]]]]:
    """Each document in turn: id, text, truth of its references."""
    corpus = Corpus(n, seed, copies)
    for index in range(n):
        text, cites = document(corpus, index)
        yield name(index), text, [truth(corpus, index, cite, text) for cite in cites]


def document(corpus: Corpus, index: int) -> tuple[str, list[Cite]]:
    plan = corpus.plans[index]
    draft, cites = compose(corpus, index)
    rng = random.Random(f"{corpus.seed}/page/{plan.key}/{plan.copy}")
    text = lay_out(draft, rng, plan.copy, plan.day)
    cites = [cite for cite in cites if cite.start >= 0]
    cites.sort(key=lambda cite: cite.start)
    return text, cites


def truth(corpus: Corpus, index: int, cite: Cite, text: str) -> dict[str, Any]:
    """One row: what is written where, and which documents of the corpus it fits."""
    fits = fitting(corpus, index, cite) if cite.number else []
    doubtful = [] if fits or cite.day is None else off_date(corpus, index, cite)
    meant = cite.head.index if cite.head else -1
    same = [at for at in fits if corpus.plans[at].key == corpus.plans[fits[0]].key] if fits else []
    if meant < 0 and len(same) == len(fits) and fits:
        meant = fits[0]
    target = meant if meant in fits else -1
    other = [at for at in fits if target < 0 or corpus.plans[at].key != corpus.plans[target].key]
    start, end = cite.start, cite.start + len(cite.text)
    row: dict[str, Any] = {
        "id": name(index),
        "start": start,
        "end": end,
        "text": text[start:end],
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


def groups(corpus: Corpus) -> Iterator[dict[str, Any]]:
    """Documents that are copies of one another: the original first, and how the other repeats it."""
    for index, plan in enumerate(corpus.plans):
        if plan.copy:
            yield {"documents": [name(plan.links[0][0]), name(index)], "how": plan.copy}


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python corpus/generate", description="Synthetic dispatches with known links between them."
    )
    parser.add_argument("--n", type=int, default=1000, help="how many documents (default 1000)")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument(
        "--copies", type=float, default=0.0, help="share of documents that come again as draft, true copy or re-issue"
    )
    parser.add_argument(
        "-o", "--output", type=Path, required=True, help="a folder (one .txt a document) or a .jsonl file"
    )
    options = parser.parse_args(arguments)
    output: Path = options.output
    if options.n < 1 or not 0 <= options.copies < 1:
        parser.error("--n must be at least 1, --copies from 0 to less than 1")
    lines = output.suffix == ".jsonl"
    (output.parent if lines else output).mkdir(parents=True, exist_ok=True)
    beside = output.with_suffix("") if lines else output  # not in the folder, where it would pass for documents
    corpus = Corpus(options.n, options.seed, options.copies)
    with beside.with_name(f"{beside.name}.truth.jsonl").open("w", encoding="utf-8", newline="\n") as truths:
        out = output.open("w", encoding="utf-8", newline="\n") if lines else None
        for index in range(options.n):
            text, cites = document(corpus, index)
            if out:
                out.write(json.dumps({"id": name(index), "text": text}, ensure_ascii=False) + "\n")
            else:
                (output / f"{name(index)}.txt").write_text(text, encoding="utf-8", newline="\n")
            for cite in cites:
                truths.write(json.dumps(truth(corpus, index, cite, text), ensure_ascii=False) + "\n")
        if out:
            out.close()
    if options.copies:
        with beside.with_name(f"{beside.name}.duplicates.jsonl").open("w", encoding="utf-8", newline="\n") as file:
            for row in groups(corpus):
                file.write(json.dumps(row, ensure_ascii=False) + "\n")
    print(f"{options.n} documents in {output}", file=sys.stderr)
    return 0
