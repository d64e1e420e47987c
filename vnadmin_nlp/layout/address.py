"""Kính gửi (or `X điện:` in a công điện) and the list under it."""

from __future__ import annotations

import re

from vnadmin_nlp.layout.landmarks import lead_of, opens
from vnadmin_nlp.layout.marks import Mark, Sheet
from vnadmin_nlp.layout.model import Labels
from vnadmin_nlp.layout.title import is_title
from vnadmin_nlp.schema import SectionLabel

_NEUTRAL = frozenset({Mark.BORDER, Mark.RULE, Mark.MARKING})
_BASIS = re.compile(r"(?:can cu|thuc hien|theo|xet|tra loi|phuc dap)\b")
_NUMBERED = re.compile(r"[\s|*]*(\d{1,2})[.)/]")
# a sentence of the text: it asks, or announces what it says
_ASKS = re.compile(r".{2,}\b(?:de nghi|yeu cau)\b")
_ANNOUNCES = re.compile(
    r".*\b(?:(?:thong bao|huong dan|bao cao|xem xet|chi dao|y kien|ket luan|tra loi|giai trinh)\b.*|sau|sau day|giao"
    r"|phan cong)\s*:$"
)
# what is printed under an addressee: its address, its tax code, a note in brackets
_DETAIL = re.compile(
    r"[\s|(*]*(?:[d@]/? ?c(?:hi)?|@/e|d[ei](?= ?:)|dia chi|mst|ma so thue|dien thoai|dt|email|fax)\b|[\s|*]*\("
)


def label_addressees(sheet: Sheet, labels: Labels, first: int) -> int:
    """Label the addressees that begin at line `first`; the result is the first line after them."""
    i, size = first, len(sheet)
    while i < size and (i == first or sheet.mark(i) in _NEUTRAL or not _ends(sheet, i, first)):
        labels[i] = SectionLabel.ADDRESSEES
        i += 1
    while i - 1 > first and sheet.mark(i - 1) in _NEUTRAL and ".." not in sheet.bare(i - 1):
        i -= 1  # dots are an addressee that is left blank
    return i


def _ends(sheet: Sheet, i: int, first: int) -> bool:
    """Whether the list of addressees that began at `first` has ended before line `i`."""
    mark, words, bare = sheet.mark(i), sheet.words(i), sheet.bare(i)
    if i > first and _is_sentence(sheet, i):
        return True
    if mark is Mark.OPENER and sheet.gap(i) and not words.startswith(("-", "~")):
        return True
    if mark is Mark.ADDRESSEES or _DETAIL.match(bare) or _open_bracket(sheet.bare(i - 1)):
        return False
    if mark in (Mark.ARTICLE, Mark.FORMULA, Mark.RECIPIENTS) or is_title(sheet, i):
        return True
    if _DETAIL.match(sheet.bare(i - 1)) and not sheet.gap(i) and mark is not Mark.OPENER:
        return False
    if mark is Mark.BULLET or words.lstrip("* ").startswith(("-", "~")):
        return _BASIS.match(bare, lead_of(bare)) is not None
    last = next(j for j in range(i - 1, first - 1, -1) if sheet.mark(j) not in _NEUTRAL)
    before = sheet.bare(last).rstrip(" *|")
    heading = before.endswith(":") and len(before) < 30
    if mark is Mark.ITEM and (number := _NUMBERED.match(bare)):
        above = _NUMBERED.match(before)
        return int(number[1]) != (int(above[1]) + 1 if above else 1 if heading else 0)
    if heading or (before.endswith(",") and not sheet.gap(i)):
        return False
    if before[-1:].isalpha() and not sheet.gap(i) and _is_scrap(words, bare):
        return False
    if words.lstrip("*")[:1].islower():
        return before.endswith(".") and sheet.gap(i)
    bordered = any(sheet.mark(j) is Mark.BORDER for j in range(last + 1, i))
    if mark is Mark.OPENER or mark is Mark.ITEM or bordered:
        return True
    if before.endswith((".", ")")) or sheet.gap(i):
        return not before.endswith(";")
    if before[-1:].isalnum() and any(sheet.mark(j) is Mark.BULLET for j in range(first + 1, i)):
        return False
    return len(words) > 70 and len(before) < 60


def _is_sentence(sheet: Sheet, i: int) -> bool:
    """Whether line `i` begins the text: a body that asks for something or announces it (`Bộ Tài chính đề nghị:`)."""
    if sheet.mark(i) is not Mark.WORDS or not sheet.words(i)[:1].isupper():
        return False
    return bool(_ASKS.match(sheet.bare(i)) or _ANNOUNCES.match(sheet.bare(i)) or sheet.states(i))


def _is_scrap(words: str, bare: str) -> bool:
    """Whether a line is the last word or two of a name that a line break cut (`Ông Nguyễn Văn` / `An`)."""
    tokens = words.split()
    return len(words) < 14 and all(t[:1].isupper() and t[1:].islower() for t in tokens) and not opens("opener", bare)


def _open_bracket(bare: str) -> bool:
    return bare.rfind("(") > bare.rfind(")")
