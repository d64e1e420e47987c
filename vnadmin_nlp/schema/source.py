"""What a reader makes of a file: its canonical text, and where in the file each part of the text stands."""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import NamedTuple

from vnadmin_nlp.schema.base import Mention, Span
from vnadmin_nlp.schema.findings import Diagnostic


class Format(StrEnum):
    """Kinds of files that are read."""

    TXT = "txt"
    MARKDOWN = "md"
    HTML = "html"
    DOCX = "docx"
    DOC = "doc"
    ODT = "odt"
    RTF = "rtf"
    PDF = "pdf"
    IMAGE = "image"
    ZIP = "zip"
    EML = "eml"


class BlockKind(StrEnum):
    """What a block is in its file.

    A table that only lays out a page (head, foot) is read column by column, each of its paragraphs a COLUMN on lines
    of its own. A table of data is read row by row: one line `| a | b |` a row, each of its cells a CELL of that line.
    """

    PARAGRAPH = "paragraph"
    COLUMN = "column"
    CELL = "cell"
    TEXT_BOX = "text_box"
    NOTE = "note"  # footnote or endnote
    RUNNING = "running"  # page header or footer, page number, watermark
    STAMP = "stamp"  # the printed appearance of a digital signature
    CHROME = "chrome"  # words of the web site around the document


class TextLayer(StrEnum):
    """The text layer of a page: GOOD, BAD (letters that mean nothing: it was recognised or must be), or ABSENT."""

    GOOD = "good"
    BAD = "bad"
    ABSENT = "absent"


class Box(NamedTuple):
    """A rectangle of a page, in points (1/72 inch) from its upper left corner."""

    left: float
    top: float
    right: float
    bottom: float


class Block(NamedTuple):
    """A stretch of the canonical text that is one thing in the file; blocks are in order and do not overlap.

    `start:end` are offsets into `SourceText.text`. `page` counts from 1, everything else from 0: `paragraph` is the
    number of the paragraph in the file (in a table, in the cell), `table` the number of the table, `row` and `column`
    the place of the cell. `label` is the number that the file makes by itself (`1.`, `a)`; it stands at the start of
    the block's text), `level` its depth in its list. `encoding` names the legacy encoding the words were converted
    from. `anchor` is the offset of the text where a note is called. `score` is the mean confidence of recognised
    words, in (0, 1].
    """

    start: int
    end: int
    kind: BlockKind = BlockKind.PARAGRAPH
    page: int | None = None
    box: Box | None = None
    paragraph: int | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None
    label: str | None = None
    level: int | None = None
    encoding: str | None = None
    anchor: int | None = None
    score: float | None = None


class Word(NamedTuple):
    """A word of a page, with its box; `start:end` are offsets into `SourceText.text`, `score` as in `Block`."""

    start: int
    end: int
    page: int
    box: Box
    score: float | None = None


class Page(NamedTuple):
    """A page: its number from 1, its size in points, what its text layer is, and whether its words were recognised."""

    number: int
    width: float
    height: float
    layer: TextLayer
    recognised: bool = False


class EmbeddedSignature(NamedTuple):
    """A digital signature that the file carries (PDF signature dictionary), as its certificate names the signer.

    It is read, not verified. `page` and `box` say where its appearance stands, where it has one.
    """

    signer: str | None = None
    organisation: str | None = None
    email: str | None = None
    signed_at: dt.datetime | None = None
    reason: str | None = None
    page: int | None = None
    box: Box | None = None


class Place(NamedTuple):
    """Where in the file a part of the text stands; what the format does not know is None. Counted as in `Block`.

    `start:end` is the part of the text meant; `source` is the same range in the characters of the file as decoded,
    where the text was converted from a legacy encoding; `line` is the line of a plain text, from 1.
    """

    start: int
    end: int
    page: int | None = None
    box: Box | None = None
    paragraph: int | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None
    source: tuple[int, int] | None = None
    line: int | None = None


Ranges = tuple[tuple[int, int], ...]
"""Half-open ranges of the canonical text, in order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceText:
    """The canonical text of one document of a file, and what the file says about it.

    `text` is what `parse` reads: one paragraph a line, columns of head and foot one below the other, data tables a row
    a line. `blocks` and `words` say where its parts stand in the file (`locate`). `bold` and `italic` are ranges of
    the text. `whole` says that a line break between two blocks is the end of a paragraph, never a wrapped line.
    `source` maps the text to the decoded characters of a file in a legacy encoding: pairs (offset in text, offset in
    the decoded characters), in order, where the distance of the two changes. `diagnostics` name pages or parts that
    could not be read.
    """

    text: str
    name: str
    format: Format
    encoding: str | None = None
    blocks: tuple[Block, ...] = ()
    words: tuple[Word, ...] = ()
    pages: tuple[Page, ...] = ()
    bold: Ranges = ()
    italic: Ranges = ()
    whole: bool = False
    source: Ranges = ()
    signatures: tuple[EmbeddedSignature, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()

    def locate(self, what: Mention | Span | Iterable[Span]) -> list[Place]:
        """Where in the file `what`, a result of the parse of this text, stands: one place for each line of a page or
        of a plain text, or for each block it touches."""
        spans = what.spans if isinstance(what, Mention) else [what] if isinstance(what, Span) else what
        return [place for span in spans for place in self._places(span.start, span.end)]

    def tables(self) -> list[list[list[str]]]:
        """The tables of data as rows of the words of their cells; an empty cell is an empty string."""
        out: dict[int, dict[int, dict[int, str]]] = {}
        for block in self.blocks:
            if block.kind is BlockKind.CELL and block.table is not None:
                row = out.setdefault(block.table, {}).setdefault(block.row or 0, {})
                row[block.column or 0] = self.text[block.start : block.end]
        return [
            [[row.get(column, "") for column in range(1 + max(map(max, rows.values())))] for row in rows.values()]
            for rows in out.values()
        ]

    def _places(self, start: int, end: int) -> Iterator[Place]:
        if self.words:
            yield from self._lines(start, end)
            return
        if not self.blocks:
            yield from self._plain_lines(start, end)
            return
        first = bisect_right(self.blocks, start, key=lambda block: block.end)
        for block in self.blocks[first : bisect_left(self.blocks, end, key=lambda block: block.start)]:
            yield Place(
                max(start, block.start), min(end, block.end),
                block.page, block.box, block.paragraph, block.table, block.row, block.column,
            )  # fmt: skip

    def _lines(self, start: int, end: int) -> Iterator[Place]:
        """The words of `start:end`, one place for each line they stand on."""
        first = bisect_right(self.words, start, key=lambda word: word.end)
        found: Place | None = None
        for word in self.words[first : bisect_left(self.words, end, key=lambda word: word.start)]:
            box = word.box
            if found and found.box and found.page == word.page and _same_line(found.box, box):
                joined = Box(found.box.left, min(found.box.top, box.top), box.right, max(found.box.bottom, box.bottom))
                found = found._replace(end=min(end, word.end), box=joined)
                continue
            if found:
                yield found
            found = Place(max(start, word.start), min(end, word.end), word.page, box)
        if found:
            yield found

    def _plain_lines(self, start: int, end: int) -> Iterator[Place]:
        """The lines of a text without blocks that `start:end` stands on."""
        line = 1 + len(_LINE_END.findall(self.text, 0, start))
        for match in _LINE_END.finditer(self.text, start, end):
            if start < match.start():
                yield self._plain(start, match.start(), line)
            start, line = match.end(), line + 1
        if start < end:
            yield self._plain(start, end, line)

    def _plain(self, start: int, end: int, line: int) -> Place:
        source = (self._decoded(start), self._decoded(end)) if self.source else None
        return Place(start, end, source=source, line=line)

    def _decoded(self, offset: int) -> int:
        """The offset in the decoded characters of the file that `offset` of the text came from."""
        at = bisect_right(self.source, offset, key=lambda pair: pair[0]) - 1
        low, high = self.source[at] if at >= 0 else (0, 0)
        return high + offset - low

    def with_diagnostics(self, *more: Diagnostic) -> SourceText:
        """The same text with `more` to report."""
        return replace(self, diagnostics=(*self.diagnostics, *more))


_LINE_END = re.compile(r"\r\n?|\n")


def _same_line(above: Box, box: Box) -> bool:
    """Whether `box` goes on right of `above` on one line."""
    return box.left >= above.left and min(above.bottom, box.bottom) - max(above.top, box.top) > 0


class Failure(NamedTuple):
    """A document that came to no result.

    `name` is its id or file name; `stage` is where it failed: `input` (it could not be taken up), `read`, `parse`,
    `time` and `memory` (over its limit), `worker` (its process died), `write`. `error` is the kind of error, `message`
    says place, cause and mend; `traceback` is short, and empty where the message says all.
    """

    name: str
    stage: str
    error: str
    message: str
    traceback: str = ""
