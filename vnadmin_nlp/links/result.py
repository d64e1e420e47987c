"""The links of a corpus: what each reference means, and what can be read off all of them together."""

from __future__ import annotations

import datetime as dt
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any, Literal, NamedTuple

from vnadmin_nlp.links.bodies import provinces_by_id
from vnadmin_nlp.links.reasons import explain
from vnadmin_nlp.links.records import Record
from vnadmin_nlp.links.reports import Report, find_reports
from vnadmin_nlp.links.threads import THREADED, Thread, thread_of, threads_of

Status = Literal["resolved", "ambiguous", "absent"]


class Candidate(NamedTuple):
    """A document that a reference may mean."""

    id: str
    score: float
    reasons: tuple[str, ...]


class Link(NamedTuple):
    """What reference number `reference` of the document `document` means.

    `reference`: its place in `Dispatch.references`; those that the subject (trích yếu) makes, which that list leaves
    out, have -1, -2, … (`part` tells them apart).
    `status`: `resolved` (it means `target`; `copies` are further copies of it in the corpus), `ambiguous` (one of
    `candidates`, or none of them) or `absent` (no document of the corpus). `score`: the share of such links expected
    to be right. `reasons`: stable codes (`reasons.TEXTS`). `cited`: a key of the work meant, equal for all who cite it
    in full, so that works outside of the corpus can be counted; `printed`: its number or name as printed here.
    """

    document: str
    reference: int
    relation: str
    status: Status
    target: str | None
    score: float
    reasons: tuple[str, ...]
    candidates: tuple[Candidate, ...]
    copies: tuple[str, ...]
    cited: str
    printed: str

    @property
    def part(self) -> Literal["text", "subject"]:
        """Where the reference stands: in preamble or body, or in the subject."""
        return "subject" if self.reference < 0 else "text"

    @property
    def explained(self) -> str:
        """The reasons in words."""
        return explain(self.reasons)


class Cited(NamedTuple):
    """A work and the number of `documents` that cite it; `id` is its own where it is one of the corpus, else None.

    `printed`: its number or name; of one outside of the corpus with the place of its issuer where others number alike.
    """

    cited: str
    id: str | None
    printed: str
    documents: int


def _shown(key: str, printed: str) -> str:
    """`printed` with the place that the key of an absent work ends in."""
    number, _, where = key.rpartition(":")
    if key.startswith("#") or "/" not in number:
        return printed
    province = provinces_by_id().get(where)
    return f"{printed} ({province.name if province else where.title()})"


class Links:
    """The links of a corpus, in the order of document ids and references. Nothing in it changes.

    `documents` gives the head of each document by id. `bounded` counts, by kind of key, look-ups that were passed over
    because too many documents share the key.
    """

    def __init__(self, records: Iterable[Record], links: Iterable[Link], bounded: Mapping[str, int]) -> None:
        self.documents: Mapping[str, Record] = {record.id: record for record in records}
        self.links: tuple[Link, ...] = tuple(links)
        self.bounded: Mapping[str, int] = dict(bounded)

    def __len__(self) -> int:
        return len(self.links)

    def __iter__(self) -> Iterator[Link]:
        return iter(self.links)

    def __getitem__(self, index: int) -> Link:
        return self.links[index]

    def __repr__(self) -> str:
        counts = Counter(link.status for link in self.links)
        told = ", ".join(f"{counts[status]} {status}" for status in ("resolved", "ambiguous", "absent"))
        return f"<Links: {len(self.documents)} documents, {told}>"

    @cached_property
    def _of(self) -> dict[str, list[Link]]:
        out: dict[str, list[Link]] = {}
        for link in self.links:
            out.setdefault(link.document, []).append(link)
        return out

    @cached_property
    def _to(self) -> dict[str, list[Link]]:
        out: dict[str, list[Link]] = {}
        for link in self.links:
            if link.target is not None:
                for id_ in (link.target, *link.copies):
                    out.setdefault(id_, []).append(link)
        return out

    def of(self, id_: str) -> list[Link]:
        """The links of the references that the document makes."""
        return list(self._of.get(id_, ()))

    def to(self, id_: str, *relations: str) -> list[Link]:
        """The resolved links that mean the document (or a copy of it); only those with one of `relations`, if given."""
        return [link for link in self._to.get(id_, ()) if not relations or link.relation in relations]

    def date(self, id_: str) -> dt.date | None:
        """The day of the document; None where it is not known."""
        record = self.documents.get(id_)
        return dt.date.fromordinal(record.date) if record and record.date else None

    def thread(self, id_: str, *, relations: Iterable[str] = THREADED) -> Thread:
        """What the document goes back to, step by step, and what answers, goes on with or changes it, by date."""
        return thread_of(self, id_, frozenset(relations))

    @cached_property
    def threads(self) -> list[Thread]:
        """Documents that follow, answer or change one another: one thread for each group, the longest first."""
        return threads_of(self)

    def reports(self, *, min_score: float = 0.6) -> list[Report]:
        """Obligations, each with the later documents by which a bearer reports on it to who gave it."""
        return find_reports(self, min_score)

    def most_cited(self, n: int = 20, *, where: Literal["inside", "outside", "both"] = "both") -> list[Cited]:
        """The `n` works cited by most documents: those of the corpus, those outside of it, or both."""
        by: dict[str, set[str]] = {}
        shown: dict[str, Counter[str]] = {}
        inside: dict[str, str] = {}
        for link in self.links:
            if link.status == "ambiguous" or (where, link.status) in (("inside", "absent"), ("outside", "resolved")):
                continue
            key = f"#{link.target}" if link.target is not None else link.cited
            by.setdefault(key, set()).add(link.document)
            shown.setdefault(key, Counter())[link.printed] += 1
            if link.target is not None:
                inside[key] = link.target
        ranked = sorted(by, key=lambda key: (-len(by[key]), key))[:n]
        return [
            Cited(key, inside.get(key), _shown(key, min(shown[key], key=lambda p: (-shown[key][p], p))), len(by[key]))
            for key in ranked
        ]

    def to_arrow(self) -> Any:
        """The links as a pyarrow Table, a row each (`links.tables.schema`)."""
        from vnadmin_nlp.links.tables import to_arrow

        return to_arrow(self.links)

    def to_pandas(self) -> Any:
        """The links as a pandas DataFrame, a row each."""
        return self.to_arrow().to_pandas()

    def to_networkx(self, *, absent: bool = False) -> Any:
        """The citation graph as a networkx MultiDiGraph: documents, and an edge for each resolved link.

        `absent`: works outside of the corpus are nodes too, by their `cited` key, with `inside=False`.
        """
        from vnadmin_nlp.links.graph import to_networkx

        return to_networkx(self, absent=absent)

    def write_graphml(self, path: str | os.PathLike[str], *, absent: bool = False) -> None:
        """Write the citation graph as GraphML."""
        from vnadmin_nlp.links.graph import write_graphml

        write_graphml(self, path, absent=absent)
