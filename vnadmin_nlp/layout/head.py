"""The head: issuer, number, Quốc hiệu, place and date, `V/v`; and what stands above the document."""

from __future__ import annotations

from vnadmin_nlp.layout.address import label_addressees
from vnadmin_nlp.layout.columns import put_right
from vnadmin_nlp.layout.digest import label_digest
from vnadmin_nlp.layout.landmarks import opens
from vnadmin_nlp.layout.marks import Mark, Sheet, has_date, mark_of
from vnadmin_nlp.layout.model import Labels
from vnadmin_nlp.layout.title import is_title, label_title, wants_figure
from vnadmin_nlp.schema import SectionLabel

SEARCHED = 400  # lines in which the head is looked for
LONGEST_HEAD = 120  # lines
NEAR = 14  # lines between two landmarks of one head
_OF_HEAD = frozenset({Mark.NATIONAL, Mark.NUMBER, Mark.DATE})
_NEUTRAL = frozenset({Mark.BORDER, Mark.RULE, Mark.MARKING})
_ENDS = frozenset({Mark.ADDRESSEES, Mark.TELEGRAM, Mark.FORMULA, Mark.ARTICLE, Mark.RECIPIENTS})
_BEGINS_TEXT = frozenset({Mark.OPENER, Mark.ITEM, Mark.BULLET})


def label_head(sheet: Sheet, labels: Labels) -> int:
    """Label the lines up to the preamble; the result is the first line of the preamble."""
    start, size = _find_head(sheet), len(sheet)
    label_digest(sheet, labels, start)
    i = _Columns(sheet, labels, start).label()
    if i < size and sheet.mark(i) is Mark.ADDRESSEES and all(sheet.mark(j) is Mark.BORDER for j in range(start, i)):
        labels[start:i] = [SectionLabel.ADDRESSEES] * (i - start)
    if i < size and is_title(sheet, i):
        if start < i and sheet.bare(start) == sheet.bare(i):
            labels[start] = SectionLabel.NOISE  # the title of the page, the document's own below
        i = label_title(sheet, labels, i)
    if i < size and (sheet.mark(i) in (Mark.ADDRESSEES, Mark.TELEGRAM) or _listed(sheet, labels, i)):
        i = label_addressees(sheet, labels, i)
        if i < size and is_title(sheet, i):
            i = label_title(sheet, labels, i)
    return i


def _listed(sheet: Sheet, labels: Labels, i: int) -> bool:
    """Whether addressees whose `Kính gửi` is lost begin at line `i`: a list right under the subject of a letter."""
    if not i or labels[i - 1] is not SectionLabel.SUBJECT or sheet.mark(i) is not Mark.BULLET:
        return False
    return len(sheet.words(i)) < 80 and sheet.tail(i).endswith(";")


def _find_head(sheet: Sheet) -> int:
    """The first line of the document; what stands above it belongs to a web site or is a stamp."""
    limit = min(len(sheet), SEARCHED)
    first = next((i for i in range(limit) if sheet.mark(i) is Mark.NATIONAL), None)
    addressed = next((i for i in range(first or limit) if sheet.mark(i) is Mark.ADDRESSEES), None)
    if first is None or (addressed is not None and first - addressed > NEAR):
        return _find_headless(sheet, limit, addressed)
    return _upward(sheet, first)


def _find_headless(sheet: Sheet, limit: int, addressed: int | None) -> int:
    """Where a document without Quốc hiệu begins: at number, date, title, `V/v` or `Kính gửi`, or its first line."""
    for i in range(limit if addressed is None else addressed):
        if _pair(sheet, i):
            return _upward(sheet, i)
        if i < 60 and addressed is None and is_title(sheet, i):
            return i
    if addressed is None:
        return 0
    above = range(addressed - 1, max(-1, addressed - 8), -1)
    start = next((i for i in above if sheet.mark(i) is Mark.SUBJECT), addressed)
    while start and sheet.mark(start - 1) is Mark.BORDER:
        start -= 1
    return start


def _pair(sheet: Sheet, i: int) -> bool:
    """Whether a number or date at line `i` is near another landmark of a head."""
    if sheet.mark(i) not in (Mark.NUMBER, Mark.DATE):
        return False
    below = range(i + 1, min(i + 8, len(sheet)))
    return any(sheet.mark(j) in (Mark.NUMBER, Mark.DATE, Mark.SUBJECT, Mark.ADDRESSEES) for j in below)


def _upward(sheet: Sheet, first: int) -> int:
    """Where the head that has a landmark at `first` begins: the issuer and the number may stand above it."""
    start = first
    for i in range(first - 1, max(-1, first - NEAR), -1):
        mark = sheet.mark(i)
        heading = opens("page", sheet.bare(i))
        if (heading and heading.end() == len(sheet.bare(i))) or sheet.chrome(i) or _registered(sheet, i):
            break
        if mark in (Mark.CAPS, Mark.NUMBER, Mark.DATE, Mark.SUBJECT) or mark in _NEUTRAL:
            start = i
        elif all(sheet.mark(j) is not Mark.SUBJECT for j in range(max(0, i - 5), i)):
            break  # no line of a `V/v`
    while start < first and sheet.mark(start) is Mark.RULE:
        start += 1
    return start


def _registered(sheet: Sheet, i: int) -> bool:
    """Whether line `i` is the number that a stamp of incoming mail bears (`CÔNG VĂN ĐẾN` / `Số: 112`)."""
    if sheet.mark(i) is not Mark.NUMBER or "/" in sheet.words(i):
        return False
    return any(opens("register", sheet.bare(j)) for j in range(max(0, i - 3), i))


class _Columns:
    """Labels the two columns of a head, from their first line to the title, `Kính gửi` or the text."""

    def __init__(self, sheet: Sheet, labels: Labels, start: int) -> None:
        self.sheet = sheet
        self.labels = labels
        self.start = start
        self.subject = False  # a `V/v` has begun and goes on
        self.entitled = False  # Quốc hiệu has been seen
        self.numbered = False
        self.dated = False

    def label(self) -> int:
        """The first line after the columns."""
        i, sheet = self.start, self.sheet
        end = min(len(sheet), i + LONGEST_HEAD)
        while i < end:
            if sheet.mark(i) is Mark.BORDER and _right_cell(sheet, i + 1):
                i = self._label_cell(i)
                continue
            label = self._label_of(i)
            if label is None:
                return i
            self.labels[i] = label
            i += 1
        return i

    def _label_cell(self, border: int) -> int:
        """Label a table cell of the right column, with the border above it."""
        cell = _cell(self.sheet, border + 1)
        self.dated = self.dated or has_date(" ".join(map(self.sheet.bare, cell)))
        self.subject = False
        for i in range(border, cell.stop):
            self.labels[i] = SectionLabel.HEADER
            put_right(self.sheet.lines[i])
        return cell.stop

    def _label_of(self, i: int) -> SectionLabel | None:
        """The label of line `i`; None where the columns have ended above it."""
        mark = self.sheet.mark(i)
        if mark in _ENDS or self._ends_with_title(i):
            return None
        if mark is Mark.SUBJECT or (mark is Mark.NUMBER and self.subject and self.numbered):
            self.subject = True
            return SectionLabel.SUBJECT
        if mark in _OF_HEAD:
            self.entitled |= mark is Mark.NATIONAL
            self.numbered |= mark is Mark.NUMBER
            self.dated |= mark is Mark.DATE or has_date(self.sheet.bare(i))
            return SectionLabel.HEADER
        if mark in _NEUTRAL:
            self.subject = self.subject and mark is not Mark.BORDER
            return SectionLabel.HEADER
        if mark is Mark.PAGE and self.subject and wants_figure(self.sheet, i - 1):
            return SectionLabel.SUBJECT
        if mark is Mark.STAMP and self.subject and self.sheet.words(i)[0].islower() and not self.sheet.gap(i):
            return SectionLabel.SUBJECT  # `cấp` / `chữ ký số cá nhân`
        if mark is Mark.STAMP or mark is Mark.PAGE:
            return SectionLabel.NOISE
        return self._label_of_words(i, mark)

    def _ends_with_title(self, i: int) -> bool:
        if self.sheet.mark(i) in _OF_HEAD or not is_title(self.sheet, i):
            return False
        return self.entitled or self.numbered or self.dated or _ahead(self.sheet, i) not in _OF_HEAD

    def _label_of_words(self, i: int, mark: Mark) -> SectionLabel | None:
        """The label of a line that is no landmark: issuer, `V/v` that goes on, subject without `V/v`, or the text."""
        ahead = _ahead(self.sheet, i)
        if ahead is None:
            goes_on = (self.subject or self.numbered) and self.dated and not self.sheet.gap(i)
            short = mark not in _BEGINS_TEXT and len(self.sheet.words(i)) < 60
            return SectionLabel.SUBJECT if goes_on and short else None
        below = self.numbered and self.dated and not (ahead is Mark.TITLE and mark is Mark.CAPS)
        untitled = self.numbered or (self.dated and ahead is Mark.ADDRESSEES)
        self.subject = self.subject or below or (untitled and mark is Mark.WORDS and _says_what(self.sheet, i))
        return SectionLabel.SUBJECT if self.subject else SectionLabel.HEADER


def _cell(sheet: Sheet, i: int) -> range:
    """The lines from `i` to the next table border; empty where there is none soon."""
    return range(i, next((j for j in range(i, min(i + 9, len(sheet))) if sheet.mark(j) is Mark.BORDER), i))


def _right_cell(sheet: Sheet, i: int) -> bool:
    """Whether the table cell that begins at line `i` is of the right column: Quốc hiệu or place and date."""
    cell = _cell(sheet, i)
    if any(sheet.mark(j) in (Mark.ADDRESSEES, Mark.SUBJECT, Mark.NUMBER) or is_title(sheet, j) for j in cell):
        return False
    joined = " ".join(map(sheet.bare, cell))
    return len(joined) < 160 and mark_of(" ".join(map(sheet.words, cell)), joined) in (Mark.NATIONAL, Mark.DATE)


def _says_what(sheet: Sheet, i: int) -> bool:
    """Whether line `i`, under a number, is a subject without `V/v`, not the rest of a number or place."""
    if sheet.mark(i + 1) is Mark.DATE and not sheet.gap(i + 1):
        return False
    tokens = sheet.words(i).split()
    return len(tokens) > 3 and not all(t[:1].isupper() or t[:1].isdigit() for t in tokens)


def _ahead(sheet: Sheet, i: int) -> Mark | None:
    """The next landmark of the head or of its end soon after line `i`; None where the text begins first."""
    for j in range(i + 1, min(i + 11, len(sheet))):
        mark = sheet.mark(j)
        if mark in _OF_HEAD or mark in (Mark.ADDRESSEES, Mark.TELEGRAM):
            return mark
        if is_title(sheet, j):
            return Mark.TITLE
        if mark in (Mark.ARTICLE, Mark.FORMULA) or (mark is Mark.OPENER and len(sheet.words(j)) > 60):
            return None
    return None
