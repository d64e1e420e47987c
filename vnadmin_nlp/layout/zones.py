"""One label a line: which part of the document it belongs to."""

from __future__ import annotations

from collections.abc import Callable
from itertools import takewhile

from vnadmin_nlp.layout.columns import of_signature, put_right, split_head
from vnadmin_nlp.layout.facts import columns, label_asides, note_facts, running
from vnadmin_nlp.layout.foot import find_foot
from vnadmin_nlp.layout.head import label_head
from vnadmin_nlp.layout.landmarks import opens
from vnadmin_nlp.layout.lines import split_lines
from vnadmin_nlp.layout.marks import NUMBER_AND_SUBJECT, Mark, Sheet, has_date, is_caps, mark_of
from vnadmin_nlp.layout.model import Cell, Labels, Layout
from vnadmin_nlp.layout.opening import find_body
from vnadmin_nlp.layout.pages import drop_pages
from vnadmin_nlp.layout.rest import label_rest
from vnadmin_nlp.layout.signing import label_foot
from vnadmin_nlp.schema import SectionLabel, SourceText
from vnadmin_nlp.text import WorkingText, bare_of

_IN_COLUMNS = (SectionLabel.HEADER, SectionLabel.SUBJECT)
DATA_SEARCHED = 60  # lines in which a table of data is looked for


Relabel = Callable[[Sheet, Labels], Labels]
"""What may choose other labels than the rules, line by line of the sheet."""


def read_layout(text: WorkingText, source: SourceText | None = None, relabel: Relabel | None = None) -> Layout:
    """The lines of `text`, each non-blank one with its label, head and foot split into their columns.

    From the top: words of a site, head, title or `V/v`, addressees, preamble, body, foot, appendices. `source` is what
    the file of the text says about it: there the columns are known. `relabel` may change what the rules say. Linear in
    the text.
    """
    lines = split_lines(text)
    if source is not None and source.blocks:
        note_facts(text, lines, source)
    sheet = Sheet(text, running(lines))
    labels: Labels = [None] * len(sheet)
    opening = label_head(sheet, labels)
    foot = find_foot(sheet, opening)
    body = find_body(sheet, opening, foot, letter=SectionLabel.ADDRESSEES in labels)
    labels[opening:body] = [SectionLabel.PREAMBLE] * (body - opening)
    labels[body:foot] = [SectionLabel.BODY] * (foot - body)
    label_rest(sheet, labels, label_foot(sheet, labels, foot))
    _drop_data(sheet, labels, body)
    drop_pages(sheet, labels, opening, foot)
    _lend_borders(sheet, labels)
    if relabel is not None:
        labels = relabel(sheet, labels)
    for i, (line, label) in enumerate(zip(sheet.lines, labels, strict=True)):
        line.label = label
        if line.cell is not None and label in _IN_COLUMNS:
            line.cells = columns(line)
        elif label in (SectionLabel.HEADER, SectionLabel.SUBJECT):
            split_head(text, line, subject=label is SectionLabel.SUBJECT)
            if label is SectionLabel.HEADER and len(line.cells) == 1 and sheet.mark(i) in (Mark.DATE, Mark.NATIONAL):
                put_right(line)
        for cell in line.cells:
            cell.label = _label_of(sheet, i, cell) if cell.column or len(line.cells) > 1 else label
        if label is SectionLabel.HEADER:
            line.cells = [piece for cell in line.cells for piece in _with_subject(text, cell)]
    label_asides(lines)
    return Layout(text, lines)


def _drop_data(sheet: Sheet, labels: Labels, end: int) -> None:
    """Label as noise a table of data about the document (number, signer, fields) that a site prints above its text."""
    for i in range(min(end, DATA_SEARCHED)):
        if opens("data", sheet.bare(i)) and i + 1 < end and len(sheet.lines[i + 1].cells) > 1:
            rows = list(takewhile(lambda j: len(sheet.lines[j].cells) > 1, range(i + 1, end)))
            labels[i : rows[-1] + 1] = [SectionLabel.NOISE] * (len(rows) + 1)


def _lend_borders(sheet: Sheet, labels: Labels) -> None:
    """Give the lines that only draw a border or rule above the recipients to them; every line gets a label."""
    following = SectionLabel.BODY
    for i in range(len(sheet) - 1, -1, -1):
        following = labels[i] = labels[i] or following
        if i and following is SectionLabel.RECIPIENTS and labels[i - 1] is SectionLabel.BODY:
            above = sheet.mark(i - 1)
            if above is Mark.BORDER or (above is Mark.RULE and sheet.mark(i) is not Mark.BORDER):
                labels[i - 1] = SectionLabel.RECIPIENTS


def _label_of(sheet: Sheet, i: int, cell: Cell) -> SectionLabel | None:
    """The label of a cell of line `i`, a line of two columns, which may differ from the line's."""
    line, words = sheet.lines[i], sheet.text.text[cell.start : cell.end]
    if line.label is SectionLabel.RECIPIENTS and cell.column and (of_signature(words) or _in_capitals(words)):
        return SectionLabel.SIGNATURE
    if line.label is SectionLabel.SUBJECT and cell.column:
        return SectionLabel.HEADER
    if line.label is SectionLabel.HEADER and not cell.column and _is_subject(sheet, i, cell):
        return SectionLabel.SUBJECT
    return line.label


def _with_subject(text: WorkingText, cell: Cell) -> list[Cell]:
    """`cell`, of the head; in two where number and `V/v` stand one behind the other, as converters print a cell."""
    match = NUMBER_AND_SUBJECT.match(text.key, cell.start, cell.end)
    if match is None:
        return [cell]
    number = Cell(cell.line, cell.start, match.end("number"), cell.column, cell.label)
    return [number, Cell(cell.line, match.end(), cell.end, cell.column, SectionLabel.SUBJECT)]


def _in_capitals(words: str) -> bool:
    """Whether `words`, right of a recipient, are a misread title of the signer."""
    return len(words) > 8 and words[0].isalpha() and " " in words and is_caps(words)


def _is_subject(sheet: Sheet, i: int, cell: Cell) -> bool:
    """Whether `cell`, left of another, is of the subject: `V/v`, or left of place and date words below the number."""
    text, right = sheet.text, sheet.lines[i].cells[1]
    mark = mark_of(text.text[cell.start : cell.end], bare_of(text.key[cell.start : cell.end]))
    if mark is Mark.SUBJECT:
        return True
    dated = has_date(bare_of(text.key[right.start : right.end]))
    return dated and mark is Mark.WORDS and any(sheet.mark(j) is Mark.NUMBER for j in range(max(0, i - 4), i))
