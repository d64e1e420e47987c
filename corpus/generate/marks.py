"""Marks of markdown around and inside the lines of a run, and columns of lines side by side."""

from __future__ import annotations

import random

from .page import Line, Run, width

Inserts = dict[int, str]  # place in a run: characters printed before the character there


def marked(run: Run, start: int, end: int, inserts: Inserts) -> Line:
    """The slice with marks between its characters; one at its very end is printed after it."""
    if not inserts:
        return [(run, start, end)]
    line: Line = []
    at = start
    for place in sorted(inserts):
        if start <= place < end or (place == end and end == len(run.text)):
            if at < place:
                line.append((run, at, place))
            line.append(inserts[place])
            at = place
    if at < end:
        line.append((run, at, end))
    return line


def around(line: Line, mark: str, space: str = "") -> Line:
    """`**line**`; `space`: where a site leaves one before the closing mark."""
    return [mark, *line, space + mark] if mark and width(line) else line


def bold_lines(rows: list[Line], how: str, rng: random.Random) -> list[Line]:
    """Lines of one cell in bold: each, all in one pair of marks, or with marks inside a word."""
    if how == "none" or not rows:
        return rows
    if how == "spans" and len(rows) > 1:
        return [["**", *rows[0]], *rows[1:-1], [*rows[-1], "**"]]
    if how == "broken" and rng.random() < 0.6:
        return [around(_broken(row, rng), "**") for row in rows]
    space = " " if rng.random() < 0.15 else ""
    return [around(row, "**", space) for row in rows]


def _broken(line: Line, rng: random.Random) -> Line:
    """`V****Ă****N`: a word whose letters were set one by one."""
    out: Line = []
    for atom in line:
        if isinstance(atom, str) or atom[2] - atom[1] < 4:
            out.append(atom)
            continue
        run, start, end = atom
        at = start + int(rng.random() * (end - start - 3))
        out += [(run, start, at + 1), "****", (run, at + 1, at + 2), "****", (run, at + 2, end)]
    return out


def columns(left: list[Line], right: list[Line], wide: int) -> list[Line]:
    """Rows of two columns: the left one padded to `wide`, or a tab (wide 0), or a space (wide 1) between them."""
    out: list[Line] = []
    for at in range(max(len(left), len(right))):
        one = left[at] if at < len(left) else []
        two = right[at] if at < len(right) else []
        if not width(two):
            out.append(one)
        elif wide == 1:
            out.append([*one, " ", *two] if width(one) else two)
        elif wide == 0:
            out.append([*one, "\t\t", *two])
        else:
            out.append([*one, " " * max(3, wide - width(one)), *two])
    return out


def lower_by(rows: list[Line], many: int) -> list[Line]:
    """The rows, `many` lines further down."""
    empty: list[Line] = [[] for _ in range(many)]
    return empty + rows


def pipe_rows(left: list[Line], right: list[Line]) -> list[Line]:
    """Rows of a table of markdown with two cells."""
    out: list[Line] = []
    for at in range(max(len(left), len(right))):
        one = left[at] if at < len(left) else []
        two = right[at] if at < len(right) else []
        out.append(["| ", *one, " | ", *two, " |"])
    return out
