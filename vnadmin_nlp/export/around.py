"""The words around a reference, which may say more of the document that it means: its year, term or subject."""

from __future__ import annotations

import re
from typing import NamedTuple

from vnadmin_nlp.schema import Dispatch

BEFORE, AFTER = 96, 120
"""Characters that are kept."""
# The end of a sentence, item or paragraph; a single newline may as well be the wrap of a line
_END = re.compile(r"[.;:](?=\s)|\n\s*\n|\n(?=\s*(?:[-+*|•]|\d{1,2}[.)]|[a-zđ]\)|Căn cứ|Điều\s\d))")


class Around(NamedTuple):
    """What stands before and behind a reference in its sentence, up to the next one, with single blanks."""

    before: str = ""
    after: str = ""


ALONE = Around()


def words_around(dispatch: Dispatch) -> list[Around]:
    """The words around each reference of `Dispatch.references`."""
    text = dispatch.text
    places = [(one.spans[0].start, one.spans[-1].end) if one.spans else (0, 0) for one in dispatch.references]
    out = []
    for index, (start, end) in enumerate(places):
        low = max(0, start - BEFORE, places[index - 1][1] if index and places[index - 1][1] <= start else 0)
        high = min(len(text), end + AFTER)
        if index + 1 < len(places) and end <= places[index + 1][0] < high:
            high = places[index + 1][0]
        out.append(around(text, start, end, low, high) if end else ALONE)
    return out


def around(text: str, start: int, end: int, low: int, high: int) -> Around:
    """The words of `text` before and behind `start:end`, not beyond `low` and `high`."""
    begin = max((match.end() for match in _END.finditer(text, low, start)), default=low)
    stop = _END.search(text, end, high)
    return Around(" ".join(text[begin:start].split()), " ".join(text[end : stop.start() if stop else high].split()))
