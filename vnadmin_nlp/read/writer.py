"""The one way a reader writes canonical text: lines and rows of runs, each with what the file says about it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from vnadmin_nlp.schema.findings import Diagnostic
from vnadmin_nlp.schema.source import (
    Block,
    BlockKind,
    Box,
    EmbeddedSignature,
    Format,
    Page,
    Ranges,
    SourceText,
    Word,
)

_ODD = re.compile(r"[\x00-\x08\v\f\r\x0e-\x1f\x7f\x85\u2028\u2029\ud800-\udfff]")
_BREAKS = re.compile(r"\r\n?|[\v\f\x1c-\x1e\x85\u2028\u2029]")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1b\x1f\x7f]+")  # marks of a program, no characters of the document
_HALVES = re.compile(r"[\ud800-\udfff]")
_BLANKS = re.compile(r"\s+")


class Run(NamedTuple):
    """Characters of one style. `\\n` in `text` is a soft break: a new line of the same block.

    `encoding` says from which legacy encoding `text` was converted. A run with a `box` is one word of a page (its
    blanks stand outside the box); `score` is the confidence it was recognised with.
    """

    text: str
    bold: bool = False
    italic: bool = False
    encoding: str | None = None
    page: int | None = None
    box: Box | None = None
    score: float | None = None


@dataclass(frozen=True, slots=True)
class TableCell:
    """A cell of a table of data: its column from 0 and its paragraphs, one after the other."""

    column: int
    runs: Sequence[Run]
    page: int | None = None
    box: Box | None = None


class Writer:
    """Collects the canonical text of one document."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._length = 0
        self._blocks: list[Block] = []
        self._words: list[Word] = []
        self._bold: list[tuple[int, int]] = []
        self._italic: list[tuple[int, int]] = []

    @property
    def length(self) -> int:
        """The length of the text so far: where the next line begins."""
        return self._length

    def line(self, runs: Iterable[Run], kind: BlockKind = BlockKind.PARAGRAPH, **where: Any) -> Block | None:
        """Write one paragraph on a line of its own, without outer blanks; the result is its block.

        A paragraph without words is a blank line and no block. `where` are the fields of Block that say where in the
        file it stands.
        """
        start = self._length
        trimmed = _trim(_clean(list(runs)))
        self._runs(trimmed)
        block = None
        if self._length > start:
            block = self._block(start, kind, trimmed, where)
        self._put("\n")
        return block

    def row(self, cells: Iterable[TableCell], **where: Any) -> list[Block | None]:
        """Write one row of a table of data as a line `| a | b |`; `where` must name its `table` and `row`.

        Columns that `cells` leaves out are empty; a cell of several lines is joined by blanks. The result are the
        blocks of `cells`, None for one without words.
        """
        column = 0
        blocks: list[Block | None] = []
        self._put("|")
        for cell in cells:
            self._put(" |" * (cell.column - column) + " ")
            start = self._length
            trimmed = _trim([run._replace(text=_BLANKS.sub(" ", run.text)) for run in _clean(list(cell.runs))])
            self._runs(trimmed)
            block = None
            if self._length > start:
                place = {"page": cell.page, "box": cell.box, **where, "column": cell.column}
                block = self._block(start, BlockKind.CELL, trimmed, place)
                self._put(" ")
            self._put("|")
            blocks.append(block)
            column = cell.column + 1
        self._put("\n")
        return blocks

    def gap(self) -> None:
        """End a part of the document with a blank line, where none stands."""
        if self._length and self._pieces[-2:] != ["\n", "\n"]:
            self._put("\n")

    def finish(
        self,
        *,
        name: str,
        format: Format,
        encoding: str | None = None,
        pages: Iterable[Page] = (),
        signatures: Iterable[EmbeddedSignature] = (),
        diagnostics: Iterable[Diagnostic] = (),
        whole: bool = True,
    ) -> SourceText:
        """The document."""
        return SourceText(
            text="".join(self._pieces),
            name=name,
            format=format,
            encoding=encoding,
            blocks=tuple(self._blocks),
            words=tuple(self._words),
            pages=tuple(pages),
            bold=_joined(self._bold),
            italic=_joined(self._italic),
            whole=whole,
            signatures=tuple(signatures),
            diagnostics=tuple(diagnostics),
        )

    def _put(self, piece: str) -> None:
        if piece:
            self._pieces.append(piece)
            self._length += len(piece)

    def _runs(self, runs: list[Run]) -> None:
        start = self._length
        for text, bold, italic, _, page, box, score in runs:
            end = start + len(text)
            if bold:
                self._bold.append((start, end))
            if italic:
                self._italic.append((start, end))
            if box is not None and page is not None and (words := text.strip()):
                low = start + text.index(words[0])
                self._words.append(Word(low, low + len(words), page, box, score))
            start = end
        self._put("".join([run.text for run in runs]))

    def _block(self, start: int, kind: BlockKind, runs: list[Run], where: dict[str, Any]) -> Block:
        encoding = next((run.encoding for run in runs if run.encoding), None)
        scores = [run.score for run in runs if run.score is not None]
        if scores:
            where.setdefault("score", sum(scores) / len(scores))
        block = Block(start, self._length, kind, encoding=encoding, **where)
        self._blocks.append(block)
        return block


def _clean(runs: list[Run]) -> list[Run]:
    """`runs` with one sort of line break, without control characters and halves of surrogate pairs."""
    if not _ODD.search("".join([run.text for run in runs])):
        return runs
    return [run._replace(text=_HALVES.sub("\ufffd", _CONTROLS.sub("", _BREAKS.sub("\n", run.text)))) for run in runs]


def _trim(runs: list[Run]) -> list[Run]:
    """`runs` without blanks at the outer ends."""
    while runs and not (words := runs[0].text.lstrip()):
        runs = runs[1:]
    if runs:
        runs[0] = runs[0]._replace(text=words)
    while runs and not (words := runs[-1].text.rstrip()):
        runs = runs[:-1]
    if runs:
        runs[-1] = runs[-1]._replace(text=words)
    return runs


def _joined(ranges: list[tuple[int, int]]) -> Ranges:
    """`ranges` in order, those that touch as one."""
    out: list[tuple[int, int]] = []
    for start, end in ranges:
        if out and out[-1][1] == start:
            out[-1] = (out[-1][0], end)
        elif start < end:
            out.append((start, end))
    return tuple(out)
