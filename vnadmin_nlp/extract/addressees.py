"""Kính gửi, and the bodies that a công điện is sent to (`X điện:`)."""

from __future__ import annotations

import re

from vnadmin_nlp.extract.items import Item, items_of
from vnadmin_nlp.extract.strip import Strip, first_run, strip_of
from vnadmin_nlp.layout import Layout
from vnadmin_nlp.schema import Addressee, SectionLabel
from vnadmin_nlp.text import quote

_LABEL = re.compile(
    r"(?:(?:tran\s+trong|dong)\s{1,9})?k[il1]nh\s{1,9}(?:de\s+nghi\s+)?(?:g[uo][il1]|trinh|m[o]i|thua|chuyen)(?![a-z0-9])\s{0,9}[:;.]?"
    r"|(?:noi\s+)?gui\s{0,9}:"
)
_TELEGRAM = re.compile(r"[^:;]{0,160}\bdien\s{0,9}:")
# an address, tax code or telephone that is not in brackets is no part of the name (the bracketed one is)
_ADDRESS = re.compile(
    r"(?:dia chi|d\s?[/.,]?\s?c|d[il1/][ceo]|@/[ce]|de|d/chi|mst|ma so thue|ma so doanh nghiep"
    r"|dien thoai|so dien thoai|sdt|dt|email|fax|tru so)\b[^:;\n]{0,25}:"
    r"|(?:mst|dia chi)\b"
)
_INLINE_ADDRESS = re.compile(r"[\s,;.-]{1,9}(?:dia chi|mst|ma so thue)\b[^:\n]{0,20}:")


def read_addressees(layout: Layout) -> list[Addressee]:
    """One entry a list item as printed, without dash and final punctuation."""
    strip = strip_of(layout, first_run(layout, SectionLabel.ADDRESSEES))
    if not strip.pieces:
        return []
    found: list[Addressee] = []
    for start, end in _lists(strip):
        for item in items_of(strip, start, end, split_plain=True):
            _drop_address(strip, item)
            if item.ranges:
                found.append(quote(Addressee, strip, *item.ranges, rule="addressees.item"))
    return found


def _lists(strip: Strip) -> list[tuple[int, int]]:
    """The ranges that follow each label, up to the next one."""
    telegram = _TELEGRAM.match(strip.bare)
    labels = [telegram] if telegram else list(_LABEL.finditer(strip.bare))
    bounds = [m.start() for m in labels[1:]] + [len(strip.text)]
    starts = [m.end() for m in labels] or [0]
    return list(zip(starts, bounds, strict=True))


def _drop_address(strip: Strip, item: Item) -> None:
    """Leave out the lines of `item` that give an address or tax code without brackets."""
    kept: list[tuple[int, int]] = []
    depth, dropping = 0, False
    for low, high in item.ranges:
        bare = strip.bare[low:high]
        if depth == 0 and not dropping:
            dropping = bool(_ADDRESS.match(bare)) and not bare.startswith("(")
        if dropping:
            continue
        inline = _INLINE_ADDRESS.search(bare)
        if inline and depth == 0 and "(" not in bare[: inline.start()]:
            dropping = True
            high = low + inline.start()
        depth = max(0, depth + bare.count("(") - bare.count(")"))
        if low < high:
            kept.append((low, high))
    item.ranges[:] = kept
