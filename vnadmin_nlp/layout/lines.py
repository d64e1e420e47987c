"""Physical lines and the columns inside them."""

from __future__ import annotations

from vnadmin_nlp.layout.model import Cell, Line
from vnadmin_nlp.text import WorkingText


def split_lines(text: WorkingText) -> list[Line]:
    """The lines of `text` in order, blank ones included, each with its cells."""
    lines: list[Line] = []
    at = 0
    for number, raw in enumerate(text.text.split("\n")):
        body = raw.strip()
        if body:
            indent = len(raw) - len(raw.lstrip())
            start = at + indent
            line = Line(number, start, start + len(body), indent)
            line.cells.append(Cell(number, line.start, line.end))
        else:
            line = Line(number, at, at)
        lines.append(line)
        at += len(raw) + 1
    return lines
