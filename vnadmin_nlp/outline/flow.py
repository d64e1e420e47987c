"""Lines of preamble and body rejoined into paragraphs."""

from __future__ import annotations

import re

from vnadmin_nlp.layout.model import Layout, Line
from vnadmin_nlp.outline.model import Flow, Outline, Paragraph
from vnadmin_nlp.schema import SectionLabel
from vnadmin_nlp.text import Builder

OPERATIVE = (SectionLabel.PREAMBLE, SectionLabel.BODY)
_STARTS = re.compile(r"[-+•]\s|\(?[0-9]{1,3}(?:\.[0-9]{1,3})*[.)/]\s|[a-zđ]\)\s|[IVX]{1,5}[.)]\s|Điều \d")
_ENDS = (".", ";", ":", "./.", "!", "?", '."', ".”", ";”", ":”")


def build_outline(layout: Layout) -> Outline:
    """The outline of the operative lines of `layout`."""
    builder = Builder()
    paragraphs: list[Paragraph] = []
    last: Line | None = None
    blank = False
    for line in layout.lines:
        if line.label not in OPERATIVE or line.blank:
            blank = blank or line.blank
            continue
        words = layout.text.text[line.start : line.end].strip("| ")
        if not words:
            continue
        if last is not None:
            fresh = blank or last.label != line.label or _STARTS.match(words) or (words[0].isupper() and _ended(layout, last))
            if fresh:
                paragraphs[-1].end = builder.length
            builder.put("\n" if fresh else " ", last.end, line.start)
        else:
            fresh = True
        if fresh:
            paragraphs.append(Paragraph(builder.length, 0, builder.length, line.label))
        _copy(builder, layout.text.text, line.start, line.end)
        last, blank = line, False
    if paragraphs:
        paragraphs[-1].end = builder.length
    return Outline(Flow(builder, layout.text), paragraphs, [])


def _ended(layout: Layout, line: Line) -> bool:
    return layout.text.text[line.start : line.end].rstrip("| ").endswith(_ENDS)


def _copy(builder: Builder, text: str, start: int, end: int) -> None:
    """Append `start:end` with blank runs made single."""
    at = start
    for match in re.compile(r"[ |]{2,}|\|").finditer(text, start, end):
        builder.copy(text, at, match.start())
        if match.start() > start and match.end() < end:
            builder.put(" ", *match.span())
        at = match.end()
    builder.copy(text, at, end)
