"""The foot of a page: recipients on the left, the signature on the right, in the shapes that conversion gives them."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from .furniture import Furniture
from .looks import Look
from .marks import around, bold_lines, columns, lower_by, pipe_rows
from .page import Line, Page, Run, lines


@dataclass(slots=True)
class Foot:
    """`to`: the label and the list; `posts`: authority and title; `signs`: what stands in the gap; `names`."""

    label: list[Run] = field(default_factory=list)
    to: list[Run] = field(default_factory=list)
    posts: list[Run] = field(default_factory=list)
    signs: list[Run] = field(default_factory=list)
    names: list[Run] = field(default_factory=list)


def print_foot(page: Page, foot: Foot, look: Look, rng: random.Random, furniture: Furniture) -> None:
    """The foot in the shape of the look."""
    wide = look.column + 8 if look.foot in ("columns", "shifted") else look.wrap
    label = [line for run in foot.label for line in lines(run)]
    items = [line for run in foot.to for line in lines(run, wide)]
    if look.recipients == "pairs":
        items = _paired(items, rng)
    posts = [line for run in foot.posts for line in lines(run, 34 if look.foot == "cells" and look.column < 30 else 0)]
    signs: list[Line] = [line for run in foot.signs for line in lines(run)]
    if not signs:
        signs = [[furniture.line(look.signed)]] if look.signed != "none" else []
    if look.digital == "signature":
        signs += [[line] for line in furniture.rows("digital")]
    names = [line for run in foot.names for line in lines(run)]
    if look.bold != "none":
        posts, names = bold_lines(posts, look.bold, rng), bold_lines(names, "stars", rng)
        mark = "***" if look.name == "blog" else "*" if rng.random() < 0.3 else "**"
        label = [around(row, mark) for row in label] if rng.random() < 0.7 else label
    shape = look.foot if items else "left_first"
    _SHAPES[shape](page, label + items, [posts, signs, names], look, rng)


def _paired(items: list[Line], rng: random.Random) -> list[Line]:
    """The list in two columns, read row by row."""
    half = (len(items) + 1) // 2
    return columns(items[:half], items[half:], rng.choice([0, 44, 52]))


def _side_by_side(page: Page, left: list[Line], right: list[list[Line]], look: Look, rng: random.Random) -> None:
    posts, signs, names = right
    gap: list[Line] = [[] for _ in range(int(rng.random() * 4))]
    column = [*posts, *gap, *signs, *names]
    if look.foot == "shifted" or (look.foot == "merged" and rng.random() < 0.25):
        turn = rng.random() < 0.5
        left, column = (lower_by(left, 1), column) if turn else (left, lower_by(column, 1))
    if look.foot in ("merged", "columns") and rng.random() < 0.6:  # the name stands below the recipients
        column = column[: len(column) - len(names)]
        rows = columns(left, column, 1 if look.foot == "merged" else look.column + 12)
        pad = " " * (look.column + 12) if look.foot == "columns" else ""
        rows += [[], *([pad, *name] for name in names)]
    else:
        wide = {"tabs": 0, "merged": 1}.get(look.foot, look.column + 12)
        rows = columns(left, column, wide)
    for row in rows:
        page.write(row, "signature")


def _boxed(page: Page, left: list[Line], right: list[list[Line]], look: Look, rng: random.Random) -> None:
    """Each cell between lines of a bar."""
    page.write(["|"], "recipients")
    for row in left:
        page.write(row, "recipients")
    page.write(["|"], "signature")
    posts, signs, names = right
    gap = int(rng.random() * 3)
    for row in posts:
        page.write(row, "signature")
    page.blank(gap) if gap else None
    for row in signs + names:
        page.write(row, "signature")
    page.write(["|"], "signature")


def _pipes(page: Page, left: list[Line], right: list[list[Line]], look: Look, rng: random.Random) -> None:
    for row in pipe_rows(left, [line for rows in right for line in rows]):
        page.write(row, "signature")


def _stacked(page: Page, left: list[Line], right: list[list[Line]], look: Look, rng: random.Random) -> None:
    """Recipients, then the signature, or the other way round."""
    apart = look.gap in ("paragraph", "line")

    def recipients() -> None:
        for row in left:
            page.write(row, "recipients")
            if look.gap == "line":
                page.blank()
        if left:
            page.blank()

    def signature() -> None:
        for at, rows in enumerate(right):
            for row in rows:
                page.write(row, "signature")
                if apart:
                    page.blank()
            if at == 0:
                page.blank(1 + int(rng.random() * 4))

    order = [signature, recipients] if look.foot == "right_first" else [recipients, signature]
    for part in order:
        part()


_SHAPES = {
    "columns": _side_by_side,
    "shifted": _side_by_side,
    "tabs": _side_by_side,
    "merged": _side_by_side,
    "cells": _boxed,
    "pipes": _pipes,
    "left_first": _stacked,
    "right_first": _stacked,
}
