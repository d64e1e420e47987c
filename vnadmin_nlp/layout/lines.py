"""Physical lines and the table cells inside them."""

from __future__ import annotations

from vnadmin_nlp.layout.model import Cell, Line
from vnadmin_nlp.text import WorkingText


def split_lines(text: WorkingText) -> list[Line]:
    """The lines of `text` in order, blank ones included, each with its cells.

    A line that is only a table border (`|`) has no cells, a line of a table one for each column. Columns without
    borders are split later, in the head and the foot, where it is known what stands in them (see `columns`).
    """
    lines: list[Line] = []
    at = 0
    for number, raw in enumerate(text.text.split("\n")):
        body = raw.strip()
        if body:
            indent = 0 if raw[0] == body[0] else len(raw) - len(raw.lstrip())
            start = at + indent
            line = Line(number, start, start + len(body), indent)
            if "|" in body and _is_row(body):
                line.cells = _between_borders(number, start, body)
            else:
                line.cells.append(Cell(number, start, line.end))
        else:
            line = Line(number, at, at)
        lines.append(line)
        at += len(raw) + 1
    return lines


def _is_row(body: str) -> bool:
    """Whether the `|` in `body` are borders of a table: one alone inside a line is often a misread letter."""
    return body[0] == "|" or body[-1] == "|" or body.count(" | ") > 1


def _between_borders(number: int, start: int, body: str) -> list[Cell]:
    """The non-empty cells of `body`, a line with `|` in it that begins at `start`."""
    cells: list[Cell] = []
    for column, part in enumerate(body.strip("|").split("|") if body.strip("| ") else ()):
        words = part.strip()
        if words:
            low = start + part.index(words[0]) if words else start
            cells.append(Cell(number, low, low + len(words), column))
        start += len(part) + 1
    leading = len(body) - len(body.lstrip("|"))
    for cell in cells:
        cell.start += leading
        cell.end += leading
    return cells
