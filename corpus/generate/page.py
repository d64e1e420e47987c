"""A page: characters are written once, in order, and each piece of the draft learns where its own have come to stand.

A `Run` is the words of one paragraph in a row. Layout cuts runs into lines, sets lines side by side and puts marks
between or inside words; the page copies slices of runs and keeps where. Nothing is found again by its words.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field

from .draft import Clause, Label, Limit, Name, Parts, Piece, Range, Ref, text_of

Slice = tuple["Run", int, int]  # characters of a run
Line = list["str | Slice"]  # what is printed on one line: characters of the layout's own, slices of runs
MARKS = " \t\r\n*_|#\\>\u00a0"  # what may stand between two slices of a piece that is still in one place
_ORDER = ["noise", "header", "subject", "addressees", "preamble", "body", "recipients", "signature", "appendix"]
_EDGE = 64  # characters at both ends of a clause, and after a label, that are quoted


class Run:
    """The words of one paragraph. `label`: the section its lines belong to; `placed`: (start, end, where printed)."""

    __slots__ = ("label", "marks", "placed", "text")

    def __init__(self, parts: Parts, label: str) -> None:
        self.text = ""
        self.label = label
        self.marks: list[tuple[int, int, Piece]] = []
        self.placed: list[tuple[int, int, int]] = []
        self.text = text_of(parts)
        self._mark(parts, 0)

    def _mark(self, parts: Parts, at: int) -> int:
        for part in parts:
            if isinstance(part, str):
                at += len(part)
            else:
                slot = len(self.marks)
                self.marks.append((at, at, part))
                end = self._mark(part.parts, at)
                self.marks[slot] = (at, end, part)
                at = end
        return at

    def label_end(self) -> int:
        """Where the printed label of a directive at the head of the run ends; 0 without one."""
        return next((end for start, end, piece in self.marks if start == 0 and isinstance(piece, Label)), 0)

    def whole(self) -> list[Range]:
        """Stretches of the run between which nothing foreign may be printed, because they are quoted in one piece."""
        out = []
        for start, end, piece in self.marks:
            if isinstance(piece, Clause):
                out += [(start, min(end, start + _EDGE)), (max(start, end - _EDGE), end)]
            elif isinstance(piece, Label):
                out.append((start, end + _EDGE))
            elif isinstance(piece, (Ref, Limit, Name)):
                out.append((start, end))
        return out

    def upper(self) -> Run:
        """The same in capitals."""
        self.text = self.text.upper()
        return self

    def line(self, start: int = 0, end: int | None = None) -> Line:
        return [(self, start, len(self.text) if end is None else end)]


@dataclass(slots=True)
class Sheet:
    """A finished text. `labels`: ranges of the sections, in order; `noise`: what was done to it after the layout."""

    text: str
    labels: list[tuple[int, int, str]]
    noise: str = "clean"
    look: str = ""

    def sections(self) -> list[tuple[int, int, str]]:
        """First line, last line, label of each section, lines from 1; `a+b` for a line with words of both.

        A line of nothing but `|` between two sections bears the labels of both.
        """
        rows: list[tuple[int, str]] = []
        at = number = 0
        labels, spot = self.labels, 0
        for line in self.text.split("\n"):
            number, end = number + 1, at + len(line)
            if line and not line.isspace():
                while spot < len(labels) and labels[spot][1] <= at:
                    spot += 1
                here, marks = set(), ""
                more = spot
                while more < len(labels) and labels[more][0] < end:
                    low, high, label = labels[more]
                    if self.text[max(low, at) : min(high, end)].strip(MARKS):
                        here.add(label)
                    marks = marks or label
                    more += 1
                label = "+".join(sorted(here, key=_ORDER.index)) or marks
                rows.append((number, label or (rows[-1][1] if rows else "header")))
            at = end + 1
        return _joined(rows, self.text)


def _joined(rows: list[tuple[int, str]], text: str) -> list[tuple[int, int, str]]:
    lines = text.split("\n") if "|" in text else []
    out: list[list[int | str]] = []
    for spot, (number, label) in enumerate(rows):
        if lines and spot + 1 < len(rows) and not lines[number - 1].strip("| \r") and rows[spot + 1][1] != label:
            other = rows[spot + 1][1]
            label = label if "+" in label or "+" in other else f"{label}+{other}"
        if out and out[-1][2] == label:
            out[-1][1] = number
        else:
            out.append([number, number, label])
    return [(int(first), int(last), str(label)) for first, last, label in out]


@dataclass(slots=True)
class Page:
    """Text that grows line by line."""

    out: list[str] = field(default_factory=list)
    length: int = 0
    labels: list[tuple[int, int, str]] = field(default_factory=list)
    runs: dict[int, Run] = field(default_factory=dict)

    def write(self, line: Line, label: str = "") -> None:
        """One line. `label`: the section of the layout's own characters (without one: none); runs know theirs."""
        for atom in line:
            if isinstance(atom, str):
                self._put(atom, label)
                continue
            run, start, end = atom
            if start < end:
                run.placed.append((start, end, self.length))
                self.runs[id(run)] = run
                self._put(run.text[start:end], run.label)
        self.out.append("\n")
        self.length += 1

    def text(self, text: str, label: str) -> None:
        """Lines of the layout's own."""
        for line in text.split("\n"):
            self.write([line], label)

    def blank(self, lines: int = 1) -> None:
        self.out.append("\n" * lines)
        self.length += lines

    def _put(self, text: str, label: str) -> None:
        start = self.length
        self.out.append(text)
        self.length += len(text)
        if not label or not text:
            return
        if self.labels and self.labels[-1][2] == label:
            self.labels[-1] = (self.labels[-1][0], self.length, label)
        else:
            self.labels.append((start, self.length, label))

    def finish(self) -> Sheet:
        """The text; the pieces of all runs get their ranges."""
        text = "".join(self.out)
        for run in self.runs.values():
            _place(run, text)
        return Sheet(text, self.labels)


def _place(run: Run, text: str) -> None:
    placed = run.placed
    if len(placed) == 1:
        low, high, at = placed[0]
        if low == 0 and high == len(run.text):
            for start, end, piece in run.marks:
                if start < end:
                    piece.ranges.append((at + start, at + end))
            return
    begins = [low for low, _, _ in placed]
    rising = begins == sorted(begins)
    for start, end, piece in run.marks:
        ranges = piece.ranges
        first = max(0, bisect_right(begins, start) - 1) if rising else 0
        for low, high, at in placed[first:]:
            if rising and low >= end:
                break
            low_here, high_here = max(start, low), min(end, high)
            if low_here >= high_here:
                continue
            here = (at + low_here - low, at + high_here - low)
            if ranges and not text[ranges[-1][1] : here[0]].strip(MARKS):
                ranges[-1] = (ranges[-1][0], here[1])
            else:
                ranges.append(here)


def width(line: Line) -> int:
    """Characters of a line."""
    return sum(len(atom) if isinstance(atom, str) else atom[2] - atom[1] for atom in line)


def broken(run: Run, wide: int, start: int = 0, *, first: int | None = None, upto: int | None = None) -> list[Range]:
    """The run from `start` to `upto` as lines of at most `wide` characters (0: no limit), the first of at most `first`.

    The space at which a line is broken, and a line end that the draft asks for, are in none of the lines.
    """
    text, out = run.text, []
    after = {high for low, high, piece in run.marks if low and isinstance(piece, Label)}  # a label keeps its first word
    limit = wide if first is None else first
    for piece in text[start:upto].split("\n"):
        at, end = start, start + len(piece)
        while wide and end - at > limit:
            cut = text.rfind(" ", at + 6, at + limit + 1)
            if cut in after:
                cut = text.rfind(" ", at + 6, cut)
            if cut < 0:
                cut = text.find(" ", at + limit, end)
                if cut < 0:
                    break
            out.append((at, cut))
            at, limit = cut + 1, wide
        out.append((at, end))
        start, limit = end + 1, wide
    return out


def lines(run: Run, wide: int = 0) -> list[Line]:
    """As `broken`, as lines."""
    return [[(run, start, end)] for start, end in broken(run, wide)]
