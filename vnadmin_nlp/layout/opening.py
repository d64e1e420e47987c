"""Where the preamble ends and the operative text begins."""

from __future__ import annotations

import re

from vnadmin_nlp.layout.marks import Mark, Sheet

SEARCHED = 250  # lines in which the end of a preamble is looked for
_LISTS = re.compile(r"(?:gom|gom co|trong do|thanh phan|quy dinh|neu|la|rang)\s*:$")


def find_body(sheet: Sheet, start: int, end: int) -> int:
    """The first line of the body: after `QUYẾT ĐỊNH:`, else before the first article or numbered part, or after the
    paragraph that announces it (`như sau:`), else after the first paragraph. `start:end` are preamble and body."""
    stop = min(end, start + SEARCHED)
    formula = next((i for i in range(start, stop) if sheet.mark(i) is Mark.FORMULA), None)
    article = next((i for i in range(start, stop) if sheet.mark(i) is Mark.ARTICLE), None)
    if formula is not None and (article is None or formula < article):
        return formula + 1
    if article is not None and _decides(sheet, start):
        return article
    for i in range(start, stop):
        mark = sheet.mark(i)
        if mark in (Mark.ITEM, Mark.ARTICLE) and (i == start or _ended(sheet, i - 1) or mark is Mark.ARTICLE):
            return i
        if i + 1 < end and _announces(sheet, i):
            return i + 1
    return _second_paragraph(sheet, start, end)


def _decides(sheet: Sheet, start: int) -> bool:
    """Whether the text opens with legal bases, as decisions, decrees and circulars do."""
    return any(sheet.bare(i).lstrip('|*"- ').startswith("can cu") for i in range(start, min(start + 4, len(sheet))))


def _announces(sheet: Sheet, i: int) -> bool:
    tail = sheet.tail(i)
    return tail.endswith(":") and not _LISTS.search(tail)


def _ended(sheet: Sheet, i: int) -> bool:
    """Whether line `i` ends a sentence or a list item."""
    if sheet.gap(i + 1) or sheet.mark(i) in (Mark.BORDER, Mark.RULE, Mark.CAPS):
        return True
    return sheet.tail(i).endswith((".", ";", ":", ","))


def _second_paragraph(sheet: Sheet, start: int, end: int) -> int:
    """The line after the first paragraph; where there is only one paragraph, `end`."""
    for i in range(start + 1, end):
        before = sheet.tail(i - 1)
        listing = _LISTS.search(before) or sheet.mark(i) is Mark.BULLET
        if not listing and before.endswith((".", ":", ";")) and (sheet.gap(i) or not sheet.words(i)[:1].islower()):
            return i
    return end
