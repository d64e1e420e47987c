"""How the lines of a document are broken, learnt from the document itself."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

from vnadmin_nlp.outline.pieces import BLANK, NEXT, Piece

BASIS = re.compile(r"(?:Căn cứ|Xét|Theo|Thực hiện|Trên cơ sở|Sau khi) ")
_LONGEST_LINE = 160  # characters; longer lines are paragraphs
_INDENT = 3  # blanks


@dataclass(frozen=True, slots=True)
class Wrap:
    """How lines are broken: `full` is the least fill of a line broken for want of room, 0 where lines are paragraphs.

    `first` is the same for the first line of a paragraph and `longest_first` the longest such line (pages whose
    source breaks first lines early). `split` says that blank lines stand inside paragraphs (scans), `spaced` that they
    stand between all paragraphs, `indented` that first lines are indented.
    """

    full: int = 0
    first: int = 0
    longest_first: int = 0
    split: bool = False
    spaced: bool = False
    indented: bool = False


def measure(text: str, pieces: list[Piece]) -> Wrap:
    """The breaking of lines, learnt from lines that surely go on: the next begins in lower case right under them."""
    inner: list[int] = []
    first: list[Piece] = []
    indents: Counter[int] = Counter()
    split = before_ended = False
    for piece, following in pairwise(pieces):
        starts = piece.gap != NEXT or bool(piece.opens)
        unsure = not starts and before_ended and text[piece.start].isupper()
        if unsure and BASIS.match(text, piece.start, piece.end):
            starts, unsure = True, False
        before_ended = piece.ended
        if piece.ended or piece.cell or following.opens or not text[following.start].islower():
            continue
        split |= following.gap == BLANK
        if following.gap == NEXT and not unsure:
            if starts:
                first.append(piece)
                indents[piece.indent - following.indent] += 1
            else:
                inner.append(piece.fill)
    opening = [piece for piece in pieces if piece.opens]
    spaced = not split and len(opening) >= 4 and sum(p.gap != NEXT for p in opening) >= 0.75 * len(opening)
    fills = [piece.fill for piece in first]
    known = len(inner) + len(fills)
    full = _least(inner or fills) if known >= 3 and known >= 0.08 * len(pieces) else 0
    if not 0 < full <= _LONGEST_LINE:
        return Wrap(split=split, spaced=spaced)
    early = [piece.size for piece in first if piece.size < 0.8 * full]
    deeper = sum(count for by, count in indents.items() if by >= _INDENT)
    return Wrap(
        full,
        min(full, _least(fills)) if len(fills) >= 3 else full,
        max(early) if len(fills) >= 3 and len(early) >= 0.6 * len(fills) else 0,
        split,
        spaced,
        deeper >= 3 and deeper > 0.6 * indents.total(),
    )


def _least(fills: list[int]) -> int:
    """The fill that nine of ten full lines reach; stray short ones (lines cut at markup) do not count."""
    fills = sorted(fills)
    return max(fills[len(fills) // 10], int(0.9 * fills[len(fills) // 2]))
