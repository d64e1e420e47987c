"""Lists of addressees and recipients: the lines of a strip as items, wrapped ones joined."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from vnadmin_nlp.extract.strip import Strip
from vnadmin_nlp.text import Range

_BULLET = re.compile(r"[-+~•*·=–—»>]{1,2}\s{0,9}|\d{1,2}[.)]\s{1,9}(?=[^\W\d_])|[-~]?[ĐđDd]?[-~]\s{1,9}")
# another item on the same line: after the end of the last one, or between wide gaps
_INNER = re.compile(r"[;.,:]\s{1,60}[-+~•]\s{0,3}(?=[^\W\d_])")
_SEMICOLON = re.compile(r";\s{1,9}(?=[^\W\d_])")
# of the column to the right
_SCRAP = re.compile(r"\s{0,3};\s{1,9}(?:[^\w\s(]{0,4}(?:\w|[^\w\s(]{1,4})[^\w\s()]{0,3}|\(?(?:Đã ký|đã ký|ĐÃ KÝ)\)?)$")
_DEBRIS = re.compile(r"\s{0,3};\s{1,9}[a-zà-ỹ|]{1,2}(?:\s[a-zà-ỹ>|]{1,2})?\s{0,3}$")
_BELOW = re.compile(r"\+\s{0,9}(?!(?:Lưu|LƯU)\b)")
_SCRAPS = re.compile(r".{1,4}$|[^:]{1,12}:[\W]*$")
_EDGES = " .;,:*_~=|"


@dataclass(slots=True)
class Item:
    """One entry of a list: its ranges, in order. `marked`: it was printed with a dash or number."""

    ranges: list[Range] = field(default_factory=list)
    marked: bool = False
    depth: int = 0  # brackets open at its end

    def add(self, strip: Strip, low: int, high: int) -> None:
        words = strip.text[low:high]
        self.ranges.append((low, high))
        self.depth = max(0, self.depth + words.count("(") - words.count(")"))


def items_of(strip: Strip, start: int, end: int, *, split_plain: bool = False) -> list[Item]:
    """The items of the list that stands in `start:end`.

    Where entries bear dashes only a dash begins an entry. In a list without any, an entry ends with a semicolon at the
    end of a line, and with `split_plain` also inside one.
    """
    marked = _is_marked(strip, start, end)
    items: list[Item] = []
    for piece in strip.within(start, end):
        low, high = max(piece.start, start), min(piece.end, end)
        while low < high and strip.text[low].isspace():
            low += 1
        bullet = _BULLET.match(strip.text, low, high)
        if (bullet and bullet.end() < high) or strip.text[low:high] == "-":
            if marked and len(items) == 1 and not items[0].marked and _SCRAPS.match(words_of(strip, items[0])):
                items.clear()  # beside the label of the list, or the label as a scan misread it
            if not (items and _BELOW.match(strip.text, low, high) and _opens(strip, items[-1])):
                items.append(Item(marked=True))
            low = bullet.end() if bullet else high
        elif not items or (not marked and strip.text[low] != "(" and _ended(strip, items[-1])):
            items.append(Item())
        for first, last, fresh in _parts(strip, low, high, split_plain and not marked):
            if fresh:
                items.append(Item(marked=marked))
            if first < last:
                items[-1].add(strip, first, last)
    return [item for item in items if trim_item(strip, item)]


def _is_marked(strip: Strip, start: int, end: int) -> bool:
    """Whether a dash begins each entry of the list: some do, and no more lines do without one.

    A converter may lose the bullets of a list and keep the dashes that were typed.
    """
    dashes = plain = 0
    before = ""
    for piece in strip.within(start, end):
        low = max(piece.start, start)
        if _BULLET.match(strip.text, low, piece.end):
            dashes += 1
        elif before.endswith(";") and strip.text[low : piece.end].lstrip()[:1].isupper():
            plain += 1
        before = strip.text[low : piece.end].rstrip()
    return dashes + len(_INNER.findall(strip.text, start, end)) > plain


def _parts(strip: Strip, low: int, end: int, plain: bool) -> list[tuple[int, int, bool]]:
    """`low:end`, one line, cut where a further item begins: each part and whether it begins one."""
    parts, at, fresh = [], low, False
    seen, depth = low, 0
    for match in (_SEMICOLON if plain else _INNER).finditer(strip.text, low, end):
        cut = match.start()
        depth = max(0, depth + strip.text.count("(", seen, cut) - strip.text.count(")", seen, cut))
        seen = cut
        if depth:
            continue
        parts.append((at, cut + 1, fresh))
        at, fresh = match.end(), True
    parts.append((at, end, fresh))
    return parts


def _opens(strip: Strip, item: Item) -> bool:
    """Whether `item` is a name whose members follow below it, each behind a plus sign (`VPUB:` / `+ CVP, PCVP;`)."""
    return bool(item.ranges) and any(strip.text[low:high].rstrip().endswith(":") for low, high in item.ranges)


def _ended(strip: Strip, item: Item) -> bool:
    """Whether the last line of `item`, one of a list without dashes, ends it."""
    if not item.ranges:
        return False
    low, high = item.ranges[-1]
    return item.depth == 0 and strip.text[low:high].rstrip().endswith(";")


def trim_item(strip: Strip, item: Item) -> bool:
    """Cut blanks, dashes and final punctuation off both ends of `item`; False where no words are left."""
    while item.ranges:
        low, high = strip.trim(*item.ranges[0], _EDGES + "-")
        if low < high:
            item.ranges[0] = (low, item.ranges[0][1])
            break
        item.ranges.pop(0)
    while item.ranges:
        low, high = strip.trim(*item.ranges[-1], _EDGES)
        if low < high:
            item.ranges[-1] = (item.ranges[-1][0], high)
            break
        item.ranges.pop()
    if item.ranges:
        low, high = item.ranges[-1]
        scrap = _SCRAP.search(strip.text, low, high) or _DEBRIS.search(strip.text, low, high)
        item.ranges[-1] = (low, scrap.start() if scrap else high)
    return sum(sum(map(str.isalnum, strip.text[low:high])) for low, high in item.ranges) >= 2


def words_of(strip: Strip, item: Item) -> str:
    """The words of `item` as a mention prints them."""
    return " ".join(strip.words(low, high) for low, high in item.ranges)
