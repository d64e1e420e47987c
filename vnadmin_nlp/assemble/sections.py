"""The labelled lines of a layout as sections of the source."""

from __future__ import annotations

from vnadmin_nlp.layout import Layout
from vnadmin_nlp.schema import Section, SectionLabel, Span


def sections(layout: Layout, source: str) -> list[Section]:
    """Runs of lines of one label, in order: every non-blank line of `source` in exactly one.

    A line that only markup stands on (`** **`) has no words in the working text; it goes with the lines above it, but
    a rule (`____`) above footnotes goes with them.
    """
    starts: list[tuple[int, SectionLabel]] = []
    for line in layout.lines:
        if not line.blank and line.label is not None and (not starts or starts[-1][1] != line.label):
            low = layout.text.below_range(line.start, line.end)[0]
            above = starts[-1][0] if starts else 0
            begin = max(source.rfind("\n", above, low), source.rfind("\r", above, low)) + 1 or low
            if line.label is SectionLabel.APPENDIX:
                begin = _with_rule(source, above, begin)
            starts.append((begin, line.label))
    if not starts:
        return []
    starts[0] = (0, starts[0][1])
    ends = [start for start, _ in starts[1:]] + [len(source)]
    return [_trimmed(source, start, end, label) for (start, label), end in zip(starts, ends, strict=True)]


def _with_rule(source: str, above: int, begin: int) -> int:
    """`begin`, the start of a line, or the start of the line above it where that is only a rule."""
    previous = source.rfind("\n", above, max(above, begin - 1)) + 1
    words = source[max(above, previous) : begin].strip().strip("*")
    return previous if words and not words.strip("_") and previous > above else begin


def _trimmed(source: str, start: int, end: int, label: SectionLabel) -> Section:
    words = source[start:end]
    start, end = start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())
    return Section(label=label, span=Span(start=start, end=end))
