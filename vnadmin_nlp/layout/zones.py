"""One label a line: which part of the document it belongs to."""

from __future__ import annotations

from vnadmin_nlp.layout.columns import of_signature, put_right, split_head
from vnadmin_nlp.layout.foot import find_foot, label_foot, label_rest
from vnadmin_nlp.layout.head import Labels, label_head
from vnadmin_nlp.layout.lines import split_lines
from vnadmin_nlp.layout.marks import FOOTER, Mark, Sheet, has_date, mark_of
from vnadmin_nlp.layout.model import Cell, Layout
from vnadmin_nlp.layout.opening import find_body
from vnadmin_nlp.schema import SectionLabel
from vnadmin_nlp.text import WorkingText, bare_of


def read_layout(text: WorkingText) -> Layout:
    """The lines of `text`, each non-blank one with its label, head and foot split into their columns."""
    lines = split_lines(text)
    sheet = Sheet(text, lines)
    labels: Labels = [None] * len(sheet)
    opening = label_head(sheet, labels)
    foot = find_foot(sheet, opening)
    body = find_body(sheet, opening, foot, letter=SectionLabel.ADDRESSEES in labels)
    for i in range(opening, foot):
        labels[i] = SectionLabel.PREAMBLE if i < body else SectionLabel.BODY
    label_rest(sheet, labels, label_foot(sheet, labels, foot))
    _drop_pages(sheet, labels, opening, foot)
    _write(sheet, labels)
    return Layout(text, lines)


def _drop_pages(sheet: Sheet, labels: Labels, start: int, end: int) -> None:
    """Label as noise page numbers and page breaks of the text, and the running lines beside a break."""
    expected = 2
    for i in range(start, end):
        line = sheet.lines[i]
        if line.end - line.start > 24 or sheet.mark(i) is not Mark.PAGE:
            continue
        digits = "".join(filter(str.isdigit, sheet.words(i)))[:4]
        if not digits:
            for j in range(max(start, i - 3), min(i + 3, end)):
                if j == i or sheet.mark(j) is Mark.PAGE or _runs(sheet, j):
                    labels[j] = SectionLabel.NOISE
        elif expected <= int(digits) <= expected + 1 and _between_pages(sheet, i):
            labels[i] = SectionLabel.NOISE
            expected = int(digits) + 1


def _between_pages(sheet: Sheet, i: int) -> bool:
    """Whether the number on line `i` stands between two pages of text, not in a table."""
    around = [j for j in (i - 1, i + 1) if 0 <= j < len(sheet)]
    if any(sheet.mark(j) is Mark.BORDER for j in around):
        return False
    wide = [len(sheet.words(j)) > 30 for j in around]
    return all(wide) or (any(wide) and (sheet.gap(i) or (i + 1 < len(sheet) and sheet.gap(i + 1))))


def _runs(sheet: Sheet, i: int) -> bool:
    """Whether line `i` beside a page break is a footer, a watermark or debris, not words of the text."""
    bare = sheet.bare(i)
    return len(bare) < 4 or len(bare) < 100 and bool(FOOTER.search(bare))


def _write(sheet: Sheet, labels: Labels) -> None:
    """Put the labels on lines and cells."""
    following: SectionLabel | None = None
    for i in range(len(sheet) - 1, -1, -1):
        if labels[i] is None:
            labels[i] = following or SectionLabel.BODY
        elif labels[i] is SectionLabel.RECIPIENTS and i and labels[i - 1] is SectionLabel.BODY:
            above = sheet.mark(i - 1)
            if above is Mark.BORDER or above is Mark.RULE and sheet.mark(i) is not Mark.BORDER:
                labels[i - 1] = SectionLabel.RECIPIENTS
        following = labels[i]
    for i, (line, label) in enumerate(zip(sheet.lines, labels, strict=True)):
        line.label = label
        if label in (SectionLabel.HEADER, SectionLabel.SUBJECT):
            split_head(sheet.text, line, subject=label is SectionLabel.SUBJECT)
            if len(line.cells) == 1 and sheet.mark(i) in (Mark.DATE, Mark.NATIONAL):
                put_right(line)
        for cell in line.cells:
            cell.label = label
            if label is SectionLabel.RECIPIENTS and cell.column and of_signature(sheet.text.text[cell.start : cell.end]):
                cell.label = SectionLabel.SIGNATURE
            elif label is SectionLabel.SUBJECT and cell.column:
                cell.label = SectionLabel.HEADER
            elif label is SectionLabel.HEADER and not cell.column and len(line.cells) > 1:
                if _is_subject(sheet, cell, line.cells[1]):
                    cell.label = SectionLabel.SUBJECT


def _is_subject(sheet: Sheet, cell: Cell, right: Cell) -> bool:
    """Whether `cell`, left of place and date, is a part of the subject (the number may stand a line above)."""
    bare = bare_of(sheet.text.key[cell.start : cell.end])
    if "so:" in bare[:12] or not has_date(bare_of(sheet.text.key[right.start : right.end])):
        return False
    return mark_of(sheet.text.text[cell.start : cell.end], bare) in (Mark.SUBJECT, Mark.WORDS)
