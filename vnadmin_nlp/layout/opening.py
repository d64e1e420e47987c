"""Where the preamble ends and the operative text begins."""

from __future__ import annotations

import re
from itertools import pairwise

from vnadmin_nlp.layout.marks import Mark, Sheet

SEARCHED = 250  # lines in which the end of a preamble is looked for
EARLY = 7  # paragraphs among which one that asks is preferred to one that informs
_ASKS = re.compile(r"\b(?:(?<!y kien )de nghi(?! cua)|yeu cau|kinh moi|giao)\b")
_INFORMS = re.compile(
    r"\b(?:(?<!y kien )de nghi|xin (?:gui|bao cao|thong bao|cung cap)|tran trong|chi dao|co y kien|thong bao|huong dan"
    r"|thong nhat|dong y)\b"
)
_COURTESY = re.compile(r"\W*(?:xin )?(?:tran trong|rat mong|kinh chao)\b")  # a paragraph that cannot be all of a body
# announcements of the body; `cau:` and `vi:` are the ends of wrapped `yêu cầu:` and `đơn vị:`
_STRONG = re.compile(
    r"(?<!quy dinh nhu )(?<!quy dinh )"
    r"\b(?:sau|sau day|yeu cau|cu the|y kien|y kien chi dao|de nghi|ket luan|cau|vi)\s*:\W{0,4}$"
)
_LISTS = re.compile(r"(?:gom|gom co|trong do|thanh phan|quy dinh|neu|la|rang|dia chi|dien thoai|nhu)\s*:\W{0,4}$")
# how an answer begins
_PROVISION = re.compile(r"\W*(?:tai|can cu)(?: quy dinh tai)? (?:khoan|diem|tiet|dieu|muc|phu luc|chuong)\b")
_COLON = re.compile(r":\W{0,4}$")


def find_body(sheet: Sheet, start: int, end: int, *, letter: bool) -> int:
    """The first line of the body. `start:end` are preamble and body; `letter`: the document has addressees.

    The body begins after `QUYẾT ĐỊNH:`, else before the first article or numbered part, or after the paragraph that
    announces it (`như sau:`), else with the first paragraph that asks or orders after the first one.
    """
    stop = min(end, start + SEARCHED)
    if not letter and _decides(sheet, start):
        for i in range(start, stop):
            if sheet.mark(i) is Mark.FORMULA:
                return _after_formula(sheet, i)
            if sheet.mark(i) is Mark.ARTICLE:
                return i
    weak = None
    for i in range(start, stop):
        mark = sheet.mark(i)
        if mark is Mark.FORMULA:
            return _after_formula(sheet, i)
        if mark is Mark.ARTICLE or (mark is Mark.ITEM and _is_first_part(sheet, i, start)):
            return i
        if i + 1 < end and _announces(sheet, i):
            if _STRONG.search(sheet.tail(i)):
                return _last_announcement(sheet, i + 1, stop)
            weak = weak or i + 1
    if start == 0:  # neither head nor title: no dispatch, or a part of one
        return weak or start
    return weak or _asking_paragraph(sheet, start, stop, end)


def _after_formula(sheet: Sheet, i: int) -> int:
    """The line after the formula that begins at line `i`, which may be broken (`QUYẾT` / `ĐỊNH:`)."""
    broken = not sheet.tail(i).endswith(":") and i + 1 < len(sheet) and sheet.tail(i + 1).endswith(":")
    return i + 2 if broken and sheet.caps(i + 1) else i + 1


def _last_announcement(sheet: Sheet, first: int, stop: int) -> int:
    """`first`, the line after an announcement, or that after a second one, where only that has numbered parts."""
    for i in range(first, min(first + 14, stop - 1)):
        if sheet.mark(i) in (Mark.ITEM, Mark.ARTICLE, Mark.BULLET) or _PROVISION.match(sheet.bare(i)):
            break
        if _announces(sheet, i) and _STRONG.search(sheet.tail(i)) and sheet.mark(i + 1) is Mark.ITEM:
            return i + 1
    return first


def _decides(sheet: Sheet, start: int) -> bool:
    """Whether the text opens with legal bases, as decisions, decrees and circulars do."""
    return any(sheet.bare(i).lstrip('|*"- ').startswith("can cu") for i in range(start, min(start + 30, len(sheet))))


def _announces(sheet: Sheet, i: int) -> bool:
    """Whether line `i` ends a paragraph with a colon that announces the body."""
    tail = sheet.tail(i)
    if not _COLON.search(tail) or _LISTS.search(tail):
        return False
    return sheet.gap(i + 1) or not (sheet.words(i + 1)[:1].islower() or sheet.words(i + 1)[:4].isdigit())


def _is_first_part(sheet: Sheet, i: int, start: int) -> bool:
    """Whether the numbered line `i` begins the body; `(2)` at its start is a piece of an enumeration in a sentence."""
    bare = sheet.bare(i)
    if bare.startswith("(") and not bare.startswith(("(1)", "(i)", "(a)")):
        return False
    return i == start or _ended(sheet, i - 1)


def _ended(sheet: Sheet, i: int) -> bool:
    """Whether line `i` ends a sentence or a list item."""
    if sheet.gap(i + 1) or sheet.mark(i) in (Mark.BORDER, Mark.RULE, Mark.CAPS):
        return True
    return sheet.tail(i).endswith((".", ";", ":", ","))


def _asking_paragraph(sheet: Sheet, start: int, stop: int, end: int) -> int:
    """The first line of the first paragraph after the first that asks something; else of the second paragraph.

    Where there is only one paragraph, `start` if it asks something, else `end`.
    """
    starts = [i for i in range(start + 1, stop) if _starts_paragraph(sheet, i)]
    paragraphs = list(pairwise([*starts, stop]))
    for cue, among in ((_ASKS, paragraphs[:EARLY]), (_INFORMS, paragraphs)):
        for first, after in among:
            if any(cue.search(sheet.bare(i)) for i in range(first, after)):
                courtesy = after == stop == end and _COURTESY.match(sheet.bare(first)) is not None
                return paragraphs[-2][0] if courtesy and len(paragraphs) > 1 else first
    if starts:
        return starts[0]
    return start if any(_ASKS.search(sheet.bare(i)) for i in range(start, stop)) else end


def _is_basis(sheet: Sheet, i: int) -> bool:
    """Whether a legal basis (`Căn cứ …;`) begins at line `i`."""
    if not sheet.bare(i).startswith("can cu"):
        return False
    end = next((j for j in range(i, min(i + 6, len(sheet))) if sheet.tail(j).endswith((".", ";", ":"))), i)
    return sheet.tail(end).endswith(";")


def _starts_paragraph(sheet: Sheet, i: int) -> bool:
    before = sheet.tail(i - 1)
    if _LISTS.search(before) or sheet.mark(i) is Mark.BULLET or _is_basis(sheet, i):
        return False
    return before.endswith((".", ":", ";")) and (sheet.gap(i) or not sheet.words(i)[:1].islower())
