"""Threads: what a document goes back to, what answers it, what changes it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from vnadmin_nlp.links.result import Link, Links

ACTS = ("follows", "replies_to", "amends", "replaces", "repeals")
"""Relations between the documents of one matter."""
THREADED = (*ACTS, "implements")
"""Those, and what carries out a document."""
_LETTERS = frozenset(
    "cong_van cong_dien chi_thi ke_hoach thong_bao ket_luan to_trinh bao_cao giay_moi huong_dan phieu_chuyen".split()
)
"""Types of documents that give tasks of one time; carrying out a law or decree joins nothing."""


class Thread(NamedTuple):
    """Documents of one matter in order of date (undated ones last), and the resolved links between them."""

    documents: tuple[str, ...]
    links: tuple[Link, ...]


def thread_of(links: Links, id_: str, relations: frozenset[str]) -> Thread:
    """What `id_` goes back to, step by step, and what goes back to it; not what else goes back to the same."""
    used: dict[tuple[str, int], Link] = {}
    seen = {id_}
    for up in (True, False):
        wave = [id_]
        walked = {id_}
        while wave:
            found: list[str] = []
            for one in wave:
                for link in links.of(one) if up else links.to(one):
                    if link.target is not None and link.relation in relations:
                        used[link.document, link.reference] = link
                        found.append(link.target if up else link.document)
            wave = [one for one in dict.fromkeys(found) if one not in walked]
            walked.update(wave)
        seen |= walked
    return _thread(links, seen, used.values())


def threads_of(links: Links) -> list[Thread]:
    """The groups of two or more documents joined by ACTS, or because one carries out the order in another, the longest
    first."""
    root: dict[str, str] = {}

    def top(id_: str) -> str:
        while root.setdefault(id_, id_) != id_:
            root[id_] = id_ = root[root[id_]]
        return id_

    joining = [
        link for link in links if link.target is not None and (link.relation in ACTS or _carries_out(links, link))
    ]
    for link in joining:
        one, other = sorted((top(link.document), top(link.target or "")))
        root[other] = one
    documents: dict[str, set[str]] = {}
    for id_ in root:
        documents.setdefault(top(id_), set()).add(id_)
    edges: dict[str, list[Link]] = {}
    for link in joining:
        edges.setdefault(top(link.document), []).append(link)
    found = [_thread(links, ids, edges[first]) for first, ids in documents.items() if len(ids) > 1]
    return sorted(found, key=lambda thread: (-len(thread.documents), thread.documents))


def _carries_out(links: Links, link: Link) -> bool:
    target = links.documents.get(link.target or "")
    return link.relation == "implements" and target is not None and target.type in _LETTERS


def _thread(links: Links, ids: Iterable[str], used: Iterable[Link]) -> Thread:
    def order(id_: str) -> tuple[int, str]:
        record = links.documents.get(id_)
        return (record.date if record and record.date else 1 << 30, id_)

    return Thread(tuple(sorted(ids, key=order)), tuple(sorted(used, key=lambda link: (link.document, link.reference))))
