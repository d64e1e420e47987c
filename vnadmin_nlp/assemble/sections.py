"""The labelled lines of a layout as sections of the source."""

from __future__ import annotations

from vnadmin_nlp.layout import Layout
from vnadmin_nlp.schema import Section, SectionLabel, Span


def sections(layout: Layout) -> list[Section]:
    """Runs of lines of one label, in order: every non-blank line in exactly one."""
    out: list[Section] = []
    label: SectionLabel | None = None
    start = end = 0
    for line in layout.lines:
        if line.blank or line.label is None:
            continue
        low, high = layout.text.below_range(line.start, line.end)
        if line.label != label:
            if label is not None:
                out.append(Section(label=label, span=Span(start=start, end=end)))
            label, start = line.label, low
        end = high
    if label is not None:
        out.append(Section(label=label, span=Span(start=start, end=end)))
    return out
