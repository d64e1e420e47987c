"""Links: how right they are, and how fast and small `link` is.

    python corpus/generate --n 6000 --seed 11 --copies 0.03 --noise slips -o corpus.jsonl
    python benchmarks/links.py corpus.jsonl
    python benchmarks/links.py 100000 1000000

For a corpus made by `corpus/generate` (a .jsonl with its truth beside it) the documents are parsed and linked; the
table has a row for each form in which documents are cited. A reference counts as found where its link is resolved to
what the truth names, or to a copy of that; `unread` are written references that the parse holds none for
(`Công văn nêu trên`). The row of pairs says which documents cite which, wherever and however often.

For numbers, records are made up, five references each: CPU seconds and memory. Documents come from the registers of
63 provinces, their departments and the ministries over nine years. Of the references four in five mean an earlier
document of the corpus, in forms that vary; the rest, decrees, are outside of it.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import random
import resource
import time
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import vnadmin_nlp as vn
from vnadmin_nlp.knowledge.ministries import central_bodies
from vnadmin_nlp.knowledge.places import provinces
from vnadmin_nlp.links import Link, Links, link, link_records
from vnadmin_nlp.links.records import Record, build, citation_of

DEPARTMENTS = {"STC": "Sở Tài chính", "SNV": "Sở Nội vụ", "SXD": "Sở Xây dựng", "SYT": "Sở Y tế", "STP": "Sở Tư pháp"}
UNITS = ("TH", "NC", "KT", "VX", "TTHC", "NN", "CN")
FIRST, YEARS, REFERENCES = 2016, 9, 5


def made_records(size: int, seed: int = 1) -> Iterator[tuple[Record, dict[int, str]]]:
    """`size` records in order of date, each with what its references mean: place of a reference -> id."""
    rng = random.Random(seed)
    places = sorted({row.name for row in provinces().values()})
    issuers = [(abbr, f"{name} tỉnh {place}", place) for place in places for abbr, name in DEPARTMENTS.items()]
    issuers += [("UBND", f"Ủy ban nhân dân tỉnh {place}", place) for place in places for _ in range(3)]
    issuers += [(row.abbreviation, row.name, "") for row in central_bodies().values() if row.rank == "ministry"]
    serials: dict[tuple[str, str, int], int] = defaultdict(int)
    known: dict[str, list[tuple[str, str, dt.date, str]]] = defaultdict(list)
    for n in range(size):
        day = dt.date(FIRST, 1, 1) + dt.timedelta(days=n * 365 * YEARS // size)
        letters, name, place = rng.choice(issuers)
        serials[letters, place, day.year] += 1
        number = f"{serials[letters, place, day.year]:02}/{letters}-{rng.choice(UNITS)}"
        means: dict[int, str] = {}
        citations = []
        for at in range(REFERENCES):
            pool = known[place if place and rng.random() < 0.7 else ""]
            if rng.random() < 0.2 or not pool:
                cited = f"{rng.randint(1, 180)}/{rng.randint(2005, day.year)}/NĐ-CP"
                citations.append(_cited(at, "nghi_dinh", cited, None, "Chính phủ"))
                continue
            id_, theirs, their_day, their_name = pool[-rng.randint(1, min(len(pool), 3000))]
            means[at] = id_
            form = rng.random()
            dated = None if form < 0.1 and their_day.year == day.year else their_day
            named = None if form > 0.5 and (letters[0] != "B") else their_name
            citations.append(_cited(at, "cong_van", theirs, dated, named))
        id_ = f"{n:07}"
        known[place].append((id_, number, day, name))
        yield (
            build(
                id_, type_="cong_van", number=number, date=day, issuer=name, parent=None, place=None, subject="x",
                citations=citations,
            ),
            means,
        )  # fmt: skip


def _cited(at: int, kind: str, number: str, day: dt.date | None, issuer: str | None):  # type: ignore[no-untyped-def]
    return citation_of(
        at, type_=kind, relation="mentions", number=number, name=None, date=day, issuer=issuer, text=number
    )


def measure(size: int) -> str:
    """One row of the table for a corpus of `size` records."""
    truth = array("i", [-1]) * (size * REFERENCES)
    making = 0.0

    def records() -> Iterator[Record]:
        nonlocal making
        made = made_records(size)
        while True:
            start = time.process_time()
            record, means = next(made, (None, {}))
            making += time.process_time() - start
            if record is None:
                return
            for at, id_ in means.items():
                truth[int(record.id) * REFERENCES + at] = int(id_)
            yield record

    start = time.process_time()
    links = link_records(records())
    seconds = time.process_time() - start - making
    found = right = 0
    for one in links:
        if one.target:
            found += 1
            right += truth[int(one.document) * REFERENCES + one.reference] == int(one.target)
    known = sum(one >= 0 for one in truth)
    return (
        f"| {size:,} | {len(links):,} | {seconds:.1f} | {len(links) / seconds:,.0f} | {_peak():,.0f} "
        f"| {right / max(1, found):.4f} | {right / known:.4f} |"
    )


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


class Form:
    """How the written references of one form were linked."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()

    def row(self, name: str) -> str:
        found, told = self.counts["found"], self.counts["found"] + self.counts["misled"] + self.counts["false"]
        meant = found + self.counts["missed"] + self.counts["misled"]
        ratio = [f"{found / whole:.4f}" if whole else "" for whole in (told, meant)]
        kinds = ("found", "missed", "misled", "false", "none", "unsure", "unread")
        return f"| {name} | {' | '.join(str(self.counts[kind]) for kind in kinds)} | {ratio[0]} | {ratio[1]} |"


def judged(row: dict[str, Any], references: list[Link]) -> str:
    """How one written reference was linked. `references`: the links of those references of the parse that cover it."""
    resolved = [one for one in references if one.status == "resolved"]
    right = {row["target"], *row.get("copies", ())} - {None}
    if row["ambiguous"]:
        return "unsure" if not resolved or resolved[0].target in row["candidates"] else "false"
    if not right:
        return "false" if resolved else "none"
    if any(right & {one.target, *one.copies} for one in resolved):
        return "found"
    return "misled" if resolved else "missed"


def by_pairs(links: Links, pairs: dict[tuple[str, str], set[str]], unsure: set[tuple[str, str]]) -> Form:
    """The same for pairs: which documents cite which."""
    told: dict[tuple[str, str], set[str]] = {}
    for one in links:
        if one.target:
            told.setdefault((one.document, one.target), set()).update((one.target, *one.copies))
    form = Form()
    right = {(document, meant) for (document, _), same in pairs.items() for meant in same}
    for (document, _), same in pairs.items():
        form.counts["found" if any((document, meant) in told for meant in same) else "missed"] += 1
    for document, meant in told.keys() - right:
        form.counts["unsure" if (document, meant) in unsure else "false"] += 1
    return form


def evaluate(corpus: Path) -> Iterator[str]:
    """The rows of the table for a made-up corpus."""
    documents = {}
    for line in corpus.open(encoding="utf-8"):
        row = json.loads(line)
        documents[row["id"]] = vn.parse(row["text"])
    links = link(documents)
    forms: dict[str, Form] = defaultdict(Form)
    pairs: dict[tuple[str, str], set[str]] = {}
    unsure: set[tuple[str, str]] = set()
    for line in corpus.with_suffix(".truth.jsonl").open(encoding="utf-8"):
        row = json.loads(line)
        covering = {
            index
            for index, one in enumerate(documents[row["id"]].references)
            if any(span.start < row["end"] and span.end > row["start"] for span in one.spans)
        }
        in_subject = row.get("part") == "subject"
        every = links.of(row["id"])
        made = [one for one in every if (one.reference < 0 if in_subject else one.reference in covering)]
        kind = judged(row, made) if made or covering or row["target"] is None else "unread"
        for name in ("in subjects" if in_subject else row["form"], "all"):
            forms[name].counts[kind] += 1
        if row["ambiguous"]:
            unsure.update((row["id"], one) for one in row["candidates"])
        elif row["target"]:
            pairs[row["id"], row["target"]] = {row["target"], *row.get("copies", ())}
    forms["pairs of documents"] = by_pairs(links, pairs, unsure)
    for name in sorted(forms, key=lambda name: -forms[name].counts.total()):
        yield forms[name].row(name)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", nargs="+", help="a .jsonl made by corpus/generate, or numbers of records")
    asked = parser.parse_args().what
    for corpus in (Path(one) for one in asked if not one.isdigit()):
        print("| form | found | missed | misled | false | none | unsure | unread | precision | recall |")
        print("|" + " --- |" * 10)
        for line in evaluate(corpus):
            print(line)
    if sizes := [int(one) for one in asked if one.isdigit()]:
        print("| documents | references | CPU seconds | references/s | MB peak | precision | recall |")
        print("|" + " --- |" * 7)
        for size in sizes:
            print(measure(size), flush=True)
