"""Page numbers, page breaks and the running lines beside them: they are no part of the text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vnadmin_nlp.layout.marks import FOOTER, Mark, Sheet
from vnadmin_nlp.layout.model import Labels
from vnadmin_nlp.schema import SectionLabel

PAGE_LINES = 20, 80  # lines of text on a page, least and most
LEAST_PAGES = 3  # page numbers at the distance of pages that prove each other
_CLOSING = frozenset("”\"’'.;)")  # what may be carried over to a page of its own
# on keys: what programs print on every page
_PROGRAM = re.compile(
    r"(?:\w{1,3} )?(?:scanned (?:with|by)|quét bằng) ?\wamscanner\W*$"
    r"|vnpt[ -]ioffice\W*$|edoc \d{1,9}$|công báo ?/ ?số \d"
    r"|(?:ký bởi|người ký) ?:[^\n]{0,160}\b(?:thời gian|ngày) ký ?:"
)
_PROGRAM_WORDS = ("amscanner", "ioffice", "edoc ", "công báo", "gian ký", "ngày ký")  # without one the text has none
_PERHAPS_PAGE = re.compile(r"[\s\-]*(?:\d|trang|page)")

Number = tuple[int, int]
"""A line that is only a number, and the number."""


def drop_pages(sheet: Sheet, labels: Labels, start: int, end: int) -> None:
    """Label as noise the page numbers and page breaks in `start:end`, and the running lines beside a break."""
    numbers: list[Number] = []
    programs = any(word in sheet.text.key for word in _PROGRAM_WORDS)
    for i in range(start, end):
        line = sheet.lines[i]
        if programs and _of_program(sheet, i):
            labels[i] = SectionLabel.NOISE
            continue
        if line.end - line.start > 24 or not _PERHAPS_PAGE.match(sheet.text.key, line.start):
            continue
        if sheet.mark(i) is not Mark.PAGE:
            continue
        digits = "" if "trang" in sheet.bare(i) else "".join(filter(str.isdigit, sheet.words(i)))[:4]
        if digits:
            numbers.append((i, int(digits)))
            continue
        for j in range(max(start, i - 3), min(i + 3, end)):
            if j == i or sheet.mark(j) is Mark.PAGE or _runs(sheet, j):
                labels[j] = SectionLabel.NOISE
    for i in _page_numbers(sheet, numbers):
        labels[i] = SectionLabel.NOISE


def _page_numbers(sheet: Sheet, numbers: list[Number]) -> Iterator[int]:
    """The lines of `numbers` that count pages: in order from 2, each between two pages or in step with others."""
    in_step, expected = _in_step(sheet, numbers), 2
    for i, number in numbers:
        first = number == 1 and _between_pages(sheet, i, alone=True)
        counts = expected <= number <= expected + 1 and _between_pages(sheet, i)
        if first or counts or i in in_step:
            expected = number + 1
            yield i


def _in_step(sheet: Sheet, numbers: list[Number]) -> set[int]:
    """The lines of `numbers` that count on from one of the first pages, at the distance of pages."""
    least, most = PAGE_LINES
    beginnings = [at for at, (_, number) in enumerate(numbers) if number in (2, 3)]
    for at in beginnings[:LEAST_PAGES]:
        chain = [numbers[at]]
        for i, number in numbers[at + 1 :]:
            pages = number - chain[-1][1]
            if pages in (1, 2) and least * pages <= i - chain[-1][0] <= most * pages and not _bordered(sheet, i):
                chain.append((i, number))
        if len(chain) >= LEAST_PAGES:
            return {i for i, _ in chain}
    return set()


def _bordered(sheet: Sheet, i: int) -> bool:
    """Whether line `i` is a cell of a table."""
    return any(sheet.mark(j) is Mark.BORDER for j in (i - 1, i + 1) if 0 <= j < len(sheet))


def _between_pages(sheet: Sheet, i: int, *, alone: bool = False) -> bool:
    """Whether the number on line `i` stands between two pages of text, not in a table; `alone`: between gaps too."""
    if _bordered(sheet, i):
        return False
    above = i - 2 if i > 1 and _of_program(sheet, i - 1) else i - 1
    wide = [len(sheet.words(j)) > 30 for j in (above, i + 1) if 0 <= j < len(sheet)]
    if above < i - 1 and any(wide):
        return True
    gaps = [sheet.gap(j) for j in (i, i + 1) if j < len(sheet)]
    if alone:
        return all(wide) and all(gaps) and len(gaps) > 1
    return all(wide) or (any(wide) and any(gaps))


def _of_program(sheet: Sheet, i: int) -> bool:
    """Whether line `i` is what a program prints on every page."""
    line = sheet.lines[i]
    return _PROGRAM.match(sheet.text.key, line.start, line.end) is not None


def _runs(sheet: Sheet, i: int) -> bool:
    """Whether line `i` beside a page break is a footer, a watermark or debris, not words of the text."""
    bare = sheet.bare(i)
    if len(bare) < 4:
        return not set(bare) <= _CLOSING
    return len(bare) < 100 and FOOTER.search(bare) is not None
