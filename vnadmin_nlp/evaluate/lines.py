"""Sections as the format says them: ranges of lines, with two labels where a line holds two columns."""

from __future__ import annotations

from vnadmin_nlp.evaluate.gold import Gold
from vnadmin_nlp.layout import read_layout
from vnadmin_nlp.schema import Dispatch, SectionLabel, SourceText
from vnadmin_nlp.text import normalize


def section_ranges(gold: Gold, dispatch: Dispatch, source: SourceText | None = None) -> list[tuple[int, int, str]]:
    """[first line, last line, label or labels joined by `+`] over every non-blank line of the text of `gold`.

    A line bears the label of its section in `dispatch`, and that of a second column that the layout sees on it.
    """
    labels: dict[int, set[SectionLabel]] = {}
    for section in dispatch.sections:
        for line in range(gold.line_of(section.span.start), gold.line_of(section.span.end - 1) + 1):
            labels.setdefault(line, set()).add(section.label)
    for line, beside in _columns(gold, source):
        if labels.get(line, set()) & beside:
            labels[line] |= beside
    ranges: list[tuple[int, int, str]] = []
    above = labels.get(min(labels, default=0), {SectionLabel.NOISE})
    for line, words in enumerate(gold.text.split("\n"), 1):
        if not words.strip():
            continue
        above = labels.get(line, above)  # a line of marks that have no width is in no section
        label = "+".join(label for label in SectionLabel if label in above)
        first = ranges.pop()[0] if ranges and ranges[-1][2] == label else line
        ranges.append((first, line, label))
    return ranges


def _columns(gold: Gold, source: SourceText | None) -> list[tuple[int, set[SectionLabel]]]:
    """The lines whose cells bear labels of two sections, with those labels."""
    layout = read_layout(normalize(gold.text, source.bold, source.italic) if source else normalize(gold.text), source)
    found = []
    for line in layout.lines:
        labels = {cell.label for cell in line.cells if cell.label is not None}
        if len(labels) > 1:
            found.append((gold.line_of(layout.text.below_range(line.start, line.end)[0]), labels))
    return found
