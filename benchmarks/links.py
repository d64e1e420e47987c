"""Links at scale: CPU seconds and memory of `link` over made-up records, five references a document.

    python benchmarks/links.py 100000 1000000

Documents come from the registers of 63 provinces, their departments and the ministries over nine years. Of the references
four in five mean an earlier document of the corpus, in forms that vary; the rest, laws and decrees, are outside of it.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
import resource
import time
from array import array
from collections import defaultdict
from collections.abc import Iterator

from vnadmin_nlp.knowledge.ministries import central_bodies
from vnadmin_nlp.knowledge.places import provinces
from vnadmin_nlp.links import link_records
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


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sizes", type=int, nargs="+")
    print("| documents | references | CPU seconds | references/s | MB peak | precision | recall |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for size in parser.parse_args().sizes:
        print(measure(size), flush=True)
