"""Pages as scanners, converters and recognition spoil them, with the labels of their lines: what a model of lines
learns from beside clean pages."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from typing import NamedTuple

from vnadmin_nlp.text import bare_of

Labelled = tuple[str, frozenset[str]]
"""A line and its labels: of two columns it bears two, without words none."""


class Way(NamedTuple):
    """A way to spoil a page. `rate`: share of letters misread; `flat`: markup and blank lines go, long lines are
    wrapped; `mixed`: lines of the head change places, those of the foot's columns are interleaved; `lost`: share of
    lines that are not read at all."""

    rate: float = 0.0
    flat: bool = False
    mixed: bool = False
    lost: float = 0.0


WAYS = (
    Way(rate=0.02), Way(rate=0.1), Way(flat=True), Way(rate=0.05, flat=True, mixed=True), Way(mixed=True),
    Way(lost=0.04),
)  # fmt: skip

_WIDTH = 75  # characters of a wrapped line
_HEAD = 14  # lines of a head that change places
_APART = 6  # lines between recipients and signature beyond which they are no two columns
_MARKUP = re.compile(r"[*#|]+")
_LOST = 0.2  # share of misread letters that are not read at all; as many bring a speck
_BARE = 0.8  # share of misread letters with marks that lose them
_SPECKS = "'`.,|~*_"
# letters as recognition takes them for others
_LOOKS = {
    "ư": "uưr", "ơ": "oơ", "ế": "êéể", "ề": "êèể", "ả": "áàâ", "ạ": "aá", "ố": "ôóổ", "ộ": "ôọ", "ứ": "ưúử", "ữ": "ửưũ",
    "ệ": "êẹ", "đ": "d", "Đ": "ĐD", "Ộ": "ÔOỌ", "Ế": "ÊE", "Ủ": "UÚ", "Ị": "IÍ", "Ỉ": "IÌ", "Ấ": "ÂA", "Ả": "ÁA",
    "l": "1Ii", "1": "lI", "0": "Oo", "5": "S", "S": "5$", "i": "íl", "n": "ri", "m": "rn", "h": "b", "c": "e",
    "e": "c", "o": "0", "t": "f", "/": "l1", ":": ".;", ".": ",", ",": ".", "-": "~—",
}  # fmt: skip


def spoiled(page: Sequence[Labelled], way: Way, rng: random.Random) -> list[Labelled]:
    """`page` spoilt in `way`; what is drawn comes from `rng` alone."""
    lines = _flat(page) if way.flat else list(page)
    if way.mixed:
        _mix_head(lines, rng)
        _mix_foot(lines, rng)
    if way.lost:
        lines = [line for line in lines if not line[0].strip() or rng.random() >= way.lost]
    if way.rate:
        lines = [(_misread(words, way.rate, rng), labels) for words, labels in lines]
    return [line for line in lines if line[0].strip() or not line[1]]


def _flat(page: Sequence[Labelled]) -> list[Labelled]:
    out: list[Labelled] = []
    for words, labels in page:
        line = ""
        for word in _MARKUP.sub(" ", words).split():
            if line and len(line) + len(word) >= _WIDTH:
                out.append((line, labels))
                line = ""
            line = f"{line} {word}".strip()
        if line:
            out.append((line, labels))
    return out


def _mix_head(lines: list[Labelled], rng: random.Random) -> None:
    """Let neighbours in the head change places, as where two columns are read line by line."""
    head = [i for i, (words, labels) in enumerate(lines) if words.strip() and labels & {"header", "subject"}][:_HEAD]
    for _ in range(len(head) // 2):
        at = rng.randrange(len(head))
        if at + 1 < len(head):
            a, b = head[at], head[at + 1]
            lines[a], lines[b] = lines[b], lines[a]


def _mix_foot(lines: list[Labelled], rng: random.Random) -> None:
    """Interleave recipients and signature, in the order of each."""
    left, right = (
        [i for i, (words, labels) in enumerate(lines) if words.strip() and labels == {name}]
        for name in ("recipients", "signature")
    )
    if not left or not right or min(abs(left[-1] - right[0]), abs(right[-1] - left[0])) >= _APART:
        return
    columns = [[lines[i] for i in left], [lines[i] for i in right]]
    for i in sorted([*left, *right]):
        a, b = map(len, columns)
        lines[i] = columns[0 if rng.random() * (a + b) < a else 1].pop(0)


def _misread(words: str, rate: float, rng: random.Random) -> str:
    out = []
    for char in words:
        if rng.random() >= rate:
            out.append(char)
        elif char in _LOOKS:
            out.append(rng.choice(_LOOKS[char]))
        else:
            bare = bare_of(char.lower())
            draw = rng.random()
            if bare != char.lower() and draw < _BARE:
                out.append(bare.upper() if char.isupper() else bare)
            elif draw >= _LOST:
                out.append(char + (rng.choice(_SPECKS) if draw < 2 * _LOST else ""))
    return "".join(out)
