"""Drafts, copies and re-issues of one dispatch, found among many documents."""

from __future__ import annotations

import pickle
import zlib
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from hashlib import blake2b
from itertools import combinations
from os import SEEK_END
from tempfile import TemporaryFile
from types import TracebackType
from typing import TYPE_CHECKING, Any, NamedTuple

from vnadmin_nlp.errors import missing
from vnadmin_nlp.links.likeness import (
    Known,
    Likeness,
    Shingled,
    known_of,
    likeness,
    shingled,
    shingles_of,
    similarity,
    words_of,
)
from vnadmin_nlp.parse import parse
from vnadmin_nlp.schema import Dispatch, Failure

if TYPE_CHECKING:
    import numpy as np

_BANDS, _ROWS = 32, 4
"""Bands of a signature, and numbers of a band: of two texts that share 60 % of their shingles 99 % meet in a band,
of those that share 20 % 5 %."""
_SHORT = 20  # words below which texts are one only where all words are the same
_ALL_PAIRS = 12  # texts that meet in a band up to which each is compared with each
_HEAD = 0.3
"""How much less than their bodies whole texts may seem to share: in a letter the head may be a third."""
_CACHED = 512


class Near(NamedTuple):
    """A document of a group: how it is the one that is kept, and the share of shingles of the bodies they share."""

    id: str
    likeness: Likeness
    similarity: float


class Group(NamedTuple):
    """Documents that are one dispatch. `keep` is the one with number, date and signature; of several the first by id,
    and of texts with the same words the one with most marks on its letters. `others` are all the rest, each compared
    with it."""

    keep: str
    others: tuple[Near, ...]

    @property
    def likeness(self) -> Likeness:
        """`copy` where all are; else what the first other one is that is more than that."""
        return next((one.likeness for one in self.others if one.likeness is not Likeness.COPY), Likeness.COPY)

    @property
    def ids(self) -> tuple[str, ...]:
        """All its documents, the one to keep first."""
        return (self.keep, *(one.id for one in self.others))


def near_duplicates(
    documents: Iterable[tuple[str, str | Dispatch | Failure] | Dispatch] | Mapping[str, str | Dispatch | Failure],
    *,
    threshold: float = 0.8,
) -> list[Group]:
    """The groups of documents that are one dispatch: copies, drafts of it, the same issued again.

    `documents` are pairs of an id and a text or Dispatch (one without an id is called by its place, `1`, `2`, ...);
    failures are passed over. Documents of a group share at least `threshold` of the runs of three words of their
    bodies, without case, marks and markup. Letters made from one template, in which names, numbers or addressees are
    exchanged, are no group. The result is the same in whatever order the documents come.
    """
    with Duplicates(threshold=threshold) as found:
        items: Iterable[Any] = documents.items() if isinstance(documents, Mapping) else documents
        for place, item in enumerate(items, 1):
            id, document = item if isinstance(item, tuple) and not isinstance(item, Failure) else (str(place), item)
            found.add(id, document)
        return found.groups()


class Duplicates:
    """`near_duplicates` for documents that come one by one.

    About 1 kB of memory a document; the bodies wait in a temporary file, packed (0.7 bytes a character), and those that
    may be alike are compared in the end. Close it, or use it in a `with`.
    """

    def __init__(self, *, threshold: float = 0.8) -> None:
        if not 0.5 <= threshold <= 1:
            raise ValueError(f"threshold={threshold}: from 0.5 to 1")
        try:
            from datasketch import MinHash
        except ImportError as error:
            raise missing("datasketch", "batch", "Finding duplicates") from error
        self._threshold = threshold
        self._empty = MinHash(num_perm=_BANDS * _ROWS, seed=1, scheme="affine32", hashfunc=int)
        self._ids: dict[str, int] = {}
        self._digests: list[bytes] = []
        self._marks: list[int] = []
        self._places: list[tuple[int, int]] = []
        self._signatures = bytearray()
        self._signed: list[int] = []
        self._file = TemporaryFile()  # noqa: SIM115
        self._known = lru_cache(_CACHED)(self._read)

    def __enter__(self) -> Duplicates:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Removes the temporary file."""
        self._file.close()

    def add(self, id: str, document: str | Dispatch | Failure) -> None:
        """Takes a document up; a failure is passed over. Raises ValueError for an id that was there before."""
        if isinstance(document, Failure):
            return
        if id in self._ids:
            raise ValueError(f"{id}: two documents have this id; each needs its own")
        text = document.text if isinstance(document, Dispatch) else document
        words = words_of(text)
        at = self._ids[id] = len(self._ids)
        self._digests.append(blake2b(b" ".join(words), digest_size=16).digest() if words else b"")
        self._marks.append(sum(not letter.isascii() and letter.isalpha() for letter in text))
        self._places.append(self._put(known_of(document) if isinstance(document, Dispatch) else document))
        if len(words) >= _SHORT:
            signature = self._empty.copy()
            signature.update_batch((shingles_of(words) >> 32).tolist())
            self._signatures += signature.hashvalues.tobytes()
            self._signed.append(at)

    def groups(self) -> list[Group]:
        """The groups among all that was taken up, by the ids of those to keep."""
        ids = sorted(self._ids)
        rank = {self._ids[id]: place for place, id in enumerate(ids)}
        first: dict[bytes, int] = {}
        same: dict[int, list[int]] = {}  # one of those with the same words, and all of them
        for at in sorted(rank, key=lambda at: (-self._marks[at], rank[at])):  # bad scans lose the marks of letters
            if self._digests[at]:
                same.setdefault(first.setdefault(self._digests[at], at), []).append(at)
        near = [(a, b) for a, b in self._meetings(same, rank) if self._near(a, b)]
        names = list(self._ids)
        found: list[Group] = []
        for members in _components(near, same):
            found += self._stars(members, same, rank, names)
        return sorted(found)

    # Which may be alike

    def _meetings(self, same: Mapping[int, object], rank: Mapping[int, int]) -> list[tuple[int, int]]:
        """Pairs of documents whose signatures are equal in some band, each once, by the order of ids."""
        import numpy as np

        rows = np.array(
            sorted((row for row, at in enumerate(self._signed) if at in same), key=lambda r: rank[self._signed[r]]),
            np.int64,
        )
        table = np.frombuffer(self._signatures, np.uint32).reshape(-1, _BANDS * _ROWS)
        met: set[tuple[int, int]] = set()
        for band in range(_BANDS):
            for run in _runs(table[rows, band * _ROWS : (band + 1) * _ROWS]):
                met.update(_pairs(rows[run].tolist()))
        alike = [pair for pair in met if (table[pair[0]] == table[pair[1]]).mean() >= self._threshold - _HEAD]
        places = self._signed
        return sorted(((places[a], places[b]) for a, b in alike), key=lambda pair: (rank[pair[0]], rank[pair[1]]))

    # Which are

    def _near(self, a: int, b: int) -> Near | None:
        """How `b` is `a`; the id of the result is empty."""
        if self._digests[a] == self._digests[b]:
            return Near("", Likeness.COPY, 1.0)
        one, other = self._known(a), self._known(b)
        share = similarity(one, other)
        how = likeness(one, other) if share >= self._threshold else None
        return Near("", how, share) if how else None

    def _put(self, kept: str | Known) -> tuple[int, int]:
        place = self._file.seek(0, SEEK_END)
        return place, self._file.write(zlib.compress(pickle.dumps(kept), 1))

    def _read(self, at: int) -> Shingled:
        """A document ready to be compared; a text is parsed the first time."""
        place, size = self._places[at]
        self._file.seek(place)
        kept: str | Known = pickle.loads(zlib.decompress(self._file.read(size)))
        if isinstance(kept, str):
            kept = known_of(parse(kept))
            self._places[at] = self._put(kept)
        return shingled(kept)

    def _stars(
        self, members: list[int], same: Mapping[int, list[int]], rank: Mapping[int, int], names: list[str]
    ) -> Iterator[Group]:
        """The groups among documents that are linked pair by pair: in each all are near the one that is kept, so that
        a chain of small changes does not join documents that differ."""
        while members:
            keep = min(members, key=lambda at: (-self._known(at).known.worth, rank[at]))
            met = {at: how for at in members if (how := self._near(keep, at))}
            every = [how._replace(id=names[one]) for at, how in met.items() for one in same[at] if one != keep]
            if every:
                yield Group(names[keep], tuple(sorted(every)))
            members = [at for at in members if at not in met]


def _runs(keys: np.ndarray[Any, Any]) -> Iterator[np.ndarray[Any, Any]]:
    """The rows of `keys` that are equal, as lists of their places in order, where there are several."""
    import numpy as np

    if len(keys) < 2:
        return
    joined = np.ascontiguousarray(keys).view(np.uint64).reshape(len(keys), -1)
    order = np.lexsort((np.arange(len(keys)), *joined.T))
    changes = np.flatnonzero((joined[order[1:]] != joined[order[:-1]]).any(axis=1)) + 1
    for run in np.split(order, changes):
        if len(run) > 1:
            yield run


def _pairs(run: list[int]) -> Iterator[tuple[int, int]]:
    """The pairs of `run` to compare: all of a few, of many each with its neighbours and with the first ones."""
    if len(run) <= _ALL_PAIRS:
        yield from combinations(run, 2)
        return
    for place, row in enumerate(run):
        for other in {*range(min(place, _ALL_PAIRS // 2)), *range(max(0, place - 2), place)}:
            yield run[other], row


def _components(near: list[tuple[int, int]], same: Mapping[int, list[int]]) -> Iterator[list[int]]:
    """The documents that pairs join, directly or through others; one of those with the same words stands for all."""
    root: dict[int, int] = {}

    def find(at: int) -> int:
        while root.setdefault(at, at) != at:
            root[at] = root[root[at]]
            at = root[at]
        return at

    for a, b in near:
        root[find(b)] = find(a)
    joined: dict[int, list[int]] = {}
    for at, all_ in same.items():
        if at in root or len(all_) > 1:
            joined.setdefault(find(at), []).append(at)
    yield from joined.values()
