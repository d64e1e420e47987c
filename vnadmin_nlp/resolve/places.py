"""Which part of this document `điểm a khoản này`, `khoản 2 Điều này` means, by the item that the words stand in."""

from __future__ import annotations

import re
from bisect import bisect_right

from vnadmin_nlp.extract.model import ReferenceCandidate
from vnadmin_nlp.extract.references_pinpoints import unit_words
from vnadmin_nlp.outline import Item, Outline
from vnadmin_nlp.schema import Pinpoint
from vnadmin_nlp.text import key_of

LEVELS = ("article", "clause", "point")  # the outer first
_OF_THIS = re.compile(r"([^\W\d_]+) (?:này|nay|nảy|nầy)$")


class Places:
    """The items of one document, asked for the part that a reference to this document means."""

    def __init__(self, outline: Outline) -> None:
        self._key = outline.flow.key
        self._paragraphs = outline.paragraphs
        self._starts = [paragraph.start for paragraph in outline.paragraphs]

    def target(self, one: ReferenceCandidate) -> Pinpoint | None:
        """The target of `one`, a part of this document, with the levels that its words leave to their place."""
        if one.target is None or one.pinpoint is None:
            return None
        labels = one.target.model_dump(exclude_defaults=True)
        for level, label in self._around(one).items():
            labels.setdefault(level, [label])
        return Pinpoint(**labels)

    def _around(self, one: ReferenceCandidate) -> dict[str, str]:
        """The labels, by level, of the items around `one` from the outermost to the one that its words leave out."""
        this = _OF_THIS.search(self._key, max(one.start, one.end - 16), one.end)
        row = unit_words().get(this[1]) if this else None
        if row is not None:
            named = [row.id]
        elif this is None and one.target is not None:
            named = [level for level in LEVELS if getattr(one.target, level)]
        else:
            return {}  # `Điều 8 Quyết định này` says all
        if not named or named[0] not in LEVELS:
            return {}
        at = bisect_right(self._starts, one.start) - 1
        labels = _labels(self._paragraphs[at].item) if at >= 0 else {}
        outer = LEVELS[: LEVELS.index(named[0]) + 1]
        return {level: labels[level] for level in outer if level in labels}


def _labels(item: Item | None) -> dict[str, str]:
    """The labels of `item` and of those around it, by level; none outside an article."""
    path: list[str] = []
    while item is not None:
        path.append(item.label)
        word, _, label = item.label.rpartition(" ")
        if key_of(word) == "điều":
            path[-1] = label
            return dict(zip(LEVELS, reversed(path), strict=False))
        item = item.parent
    return {}
