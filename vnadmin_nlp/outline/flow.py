"""Lines of preamble and body rejoined into paragraphs."""

from __future__ import annotations

import re

from vnadmin_nlp.layout.model import Layout
from vnadmin_nlp.outline.joiner import Joiner
from vnadmin_nlp.outline.model import Flow, Paragraph
from vnadmin_nlp.outline.pieces import PAGE, Piece, read_pieces
from vnadmin_nlp.outline.tables import mark_tables
from vnadmin_nlp.text import Builder

_SPACES = re.compile(r"[ |]{2,}|\|")


def build_flow(layout: Layout) -> tuple[Flow, list[Paragraph]]:
    """The flow of `layout` and its paragraphs, with their zones; items and quotations are not yet known."""
    text = layout.text.text
    pieces = mark_tables(layout.text, read_pieces(layout))
    joiner = Joiner(layout.text, pieces)
    builder = Builder()
    paragraphs: list[Paragraph] = []
    last: Piece | None = None
    for index, piece in enumerate(pieces):
        fresh = joiner.fresh(index)
        if last is not None:
            if fresh:
                paragraphs[-1].end = builder.length
            builder.put("\n" if fresh else " ", min(last.end, piece.start), piece.start)
            if piece.gap == PAGE or last.end > piece.start or text[last.end : piece.start].strip(" |\n"):
                builder.cut()
        if fresh:
            start = builder.length
            paragraphs.append(Paragraph(start, 0, start, piece.zone, bold=piece.bold, cell=piece.cell, row=piece.row))
            if piece.row and piece.column not in piece.row.ditto:
                piece.row.cells.setdefault(piece.column, []).append(paragraphs[-1])
        else:
            paragraphs[-1].bold &= piece.bold
        _copy(builder, text, piece.start, piece.end)
        last = piece
    if paragraphs:
        paragraphs[-1].end = builder.length
    return Flow(builder, layout.text), paragraphs


def _copy(builder: Builder, text: str, start: int, end: int) -> None:
    """Append `start:end` with blank runs made single and stray borders gone."""
    at = start
    for match in _SPACES.finditer(text, start, end):
        builder.copy(text, at, match.start())
        builder.put(" ", *match.span())
        at = match.end()
    builder.copy(text, at, end)
