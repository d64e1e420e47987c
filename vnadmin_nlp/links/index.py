"""From a key to the documents that have it: sorted arrays of 64-bit hashes, 12 bytes a key."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from vnadmin_nlp.links.keys import LIMIT, hash_of


class Index:
    """Keys with the numbers of their documents. Fill it with `add`, then `find`."""

    def __init__(self) -> None:
        self._hashes = array("Q")
        self._documents = array("I")
        self._sorted: tuple[Any, Any] | None = None
        self.bounded: Counter[str] = Counter()

    def add(self, document: int, keys: Iterable[str]) -> None:
        """Let `document` be found by each of `keys`."""
        for key in keys:
            self._hashes.append(hash_of(key))
            self._documents.append(document)

    def find(self, wanted: Sequence[Sequence[str]]) -> list[tuple[list[int], bool]]:
        """For each list of keys the documents that have one of them, in order, and whether a key was passed over
        because more than LIMIT documents have it."""
        import numpy as np

        hashes, documents = self._sort()
        flat = [key for keys in wanted for key in keys]
        asked = np.fromiter((hash_of(key) for key in flat), dtype=np.uint64, count=len(flat))
        low = np.searchsorted(hashes, asked, "left").tolist()
        high = np.searchsorted(hashes, asked, "right").tolist()
        out: list[tuple[list[int], bool]] = []
        at = 0
        for keys in wanted:
            found: set[int] = set()
            passed = False
            for key in keys:
                start, end = low[at], high[at]
                at += 1
                if end - start > LIMIT:
                    passed = True
                    self.bounded[key.partition("|")[0]] += 1
                elif end > start:
                    found.update(documents[start:end].tolist())
            out.append((sorted(found), passed))
        return out

    def _sort(self) -> tuple[Any, Any]:
        import numpy as np

        if self._sorted is None:
            hashes = np.frombuffer(self._hashes, dtype=np.uint64) if self._hashes else np.empty(0, dtype=np.uint64)
            documents = np.frombuffer(self._documents, dtype=np.uint32) if self._documents else np.empty(0, np.uint32)
            order = np.argsort(hashes, kind="stable")
            self._sorted = hashes[order], documents[order]
            self._hashes, self._documents = array("Q"), array("I")
        return self._sorted
