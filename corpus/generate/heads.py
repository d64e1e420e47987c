"""The head of a page: two cells above, two below, in the shapes that conversion gives them."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from .draft import Style
from .looks import Look
from .marks import bold_lines, columns, lower_by, pipe_rows
from .page import Line, Page, Run, lines

_RULES = {"dashes": ["-------", "--------", "-----", "-------------------"], "escaped": [r"\_\_\_\_\_\_\_\_", "——-"]}
_LONG_RULES = {
    "dashes": ["---------------", "----------------------", "-------"],
    "escaped": [r"\_\_\_\_\_\_\_\_\_\_\_\_", "——————"],
}
_FULL = 400  # a column that breaks no line
_BESIDE = {"tabs": 0, "merged": 1}


@dataclass(slots=True)
class Head:
    """What stands in the head, as runs; `about` is the subject of a letter."""

    names: list[Run] = field(default_factory=list)
    motto: list[Run] = field(default_factory=list)
    number: list[Run] = field(default_factory=list)
    about: list[Run] = field(default_factory=list)
    dated: list[Run] = field(default_factory=list)
    urgent: list[Run] = field(default_factory=list)
    top: list[Run] = field(default_factory=list)

    def cell(self, style: Style) -> list[Run]:
        """Where paragraphs of a style stand."""
        if style in ("urgency", "secrecy"):
            return self.urgent
        places = {"number": self.number, "about": self.about, "motto": self.motto, "place_date": self.dated}
        return places.get(style, self.top if style == "draft_mark" else self.names)


@dataclass(slots=True)
class _Cells:
    """The lines of the four cells: above left and right, below left and right."""

    names: list[Line]
    motto: list[Line]
    left: list[Line]
    right: list[Line]

    def rows(self) -> list[tuple[list[Line], list[Line]]]:
        return [(self.names, self.motto), (self.left, self.right)]


def print_head(page: Page, head: Head, look: Look, rng: random.Random) -> None:
    """The head in the shape of the look."""
    for run in head.top + (head.urgent if look.urgent == "top" else []):
        for line in lines(run):
            page.write(line)
    shape, bold = look.head, look.bold != "none"
    boxed = shape == "cells"
    wide = look.column if boxed else look.column - 3 if shape in ("columns", "shifted") else _FULL
    names, motto = _rows(head.names, wide), _rows(head.motto, wide if boxed else _FULL)
    number = _rows(head.number, wide)
    about = _rows(head.about, wide if boxed else min(wide, 38) if look.wrap else 46)
    dated = _rows(head.dated, wide if boxed else _FULL)
    if bold:
        above = 1 if len(names) > 1 and rng.random() < 0.4 else 0  # the superior body is not bold
        names = names[:above] + bold_lines(names[above:], look.bold, rng)
        motto = bold_lines(motto, "spans" if look.bold == "spans" else "stars", rng)
        if rng.random() < 0.8:
            about = _slanted(about) if boxed else about
            dated = _slanted(dated)
    if head.names and head.names[-1].text.strip() != "*":
        names = names + _rule(_RULES, look, rng)
    motto = motto + _rule(_LONG_RULES, look, rng)
    urgent = _rows(head.urgent, _FULL)
    if look.urgent == "left":
        about = about + urgent if rng.random() < 0.6 else urgent + about
    elif look.urgent == "right":
        dated = dated + urgent
    _SHAPES[shape](page, _Cells(names, motto, number + about, dated), look, rng)


def _rows(runs: list[Run], wide: int) -> list[Line]:
    return [line for run in runs for line in lines(run, wide)]


def _slanted(rows: list[Line]) -> list[Line]:
    """Italics over all lines of a cell."""
    if len(rows) < 2:
        return [["*", *row, "*"] for row in rows]
    return [["*", *rows[0]], *rows[1:-1], [*rows[-1], "*"]]


def _rule(rules: dict[str, list[str]], look: Look, rng: random.Random) -> list[Line]:
    """The line under a name, as characters."""
    rows = rules.get(look.rule)
    return [[rows[int(rng.random() * len(rows))]]] if rows else []


def _side_by_side(page: Page, cells: _Cells, look: Look, rng: random.Random) -> None:
    """A line of the left column and a line of the right one on every line."""
    wide = _BESIDE.get(look.head, look.column)
    names, motto = cells.names, cells.motto
    if look.head == "shifted":  # the left cell stands a line lower or higher than the right
        names, motto = (lower_by(names, 1), motto) if rng.random() < 0.5 else (names, lower_by(motto, 1))
    rows = columns(names, motto, wide)
    if wide != 1 and rng.random() < 0.5:
        rows.append([])
    rows += columns(cells.left, lower_by(cells.right, int(rng.random() < 0.15)), wide)
    for row in rows:
        page.write(row, "header")


def _boxed(page: Page, cells: _Cells, look: Look, rng: random.Random) -> None:
    """Each cell between lines of a bar."""
    for row in cells.rows():
        for cell in row:
            page.write(["|"], "header")
            for line in cell:
                page.write(line, "header")
        page.write(["|"], "header")


def _pipes(page: Page, cells: _Cells, look: Look, rng: random.Random) -> None:
    """A table of markdown, a line a row."""
    rows = [row for left, right in cells.rows() for row in pipe_rows(left, right)]
    if rng.random() < 0.6:
        rows.insert(1, ["| --- | --- |"])
    for line in rows:
        page.write(line, "header")


def _stacked(page: Page, cells: _Cells, look: Look, rng: random.Random) -> None:
    """One cell after the other: the left column whole, or row by row; the left first, or the right."""
    names, motto, left, right = cells.names, cells.motto, cells.left, cells.right
    cut = 1  # the number alone, the subject after the date
    if look.head == "left_first":
        orders = [
            [names, left, motto, right], [names, motto, left, right], [names, left[:cut], motto, right, left[cut:]],
        ]  # fmt: skip
    else:
        orders = [
            [motto, right, names, left], [motto, names, left, right], [motto, names, left[:cut], right, left[cut:]],
        ]  # fmt: skip
    gap = look.gap != "none" or rng.random() < 0.2
    for cell in orders[int(rng.random() * 3)]:
        for line in cell:
            page.write(line, "header")
            if look.gap == "line":
                page.blank()
        if gap and cell and look.gap != "line":
            page.blank()


def _flat(page: Page, cells: _Cells, look: Look, rng: random.Random) -> None:
    """A line of the left column, a line of the right one, in turn."""
    left = cells.left
    for first, second in ((cells.names, cells.motto), (left[:1], cells.right), (left[1:], [])):
        for at in range(max(len(first), len(second))):
            for cell in (first, second):
                if at < len(cell):
                    page.write(cell[at], "header")
                    if look.gap in ("paragraph", "line"):
                        page.blank()


_SHAPES = {
    "columns": _side_by_side,
    "shifted": _side_by_side,
    "tabs": _side_by_side,
    "merged": _side_by_side,
    "cells": _boxed,
    "pipes": _pipes,
    "left_first": _stacked,
    "right_first": _stacked,
    "flat": _flat,
}
