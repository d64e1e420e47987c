"""What the file a text was read from says about its lines: cells of head and foot, notes, running heads."""

from __future__ import annotations

from bisect import bisect_right

from vnadmin_nlp.layout.model import Cell, Line
from vnadmin_nlp.schema import BlockKind, SectionLabel, SourceText
from vnadmin_nlp.text import WorkingText

ASIDE = frozenset({BlockKind.NOTE, BlockKind.RUNNING, BlockKind.STAMP, BlockKind.CHROME})
"""Blocks that are no part of the running text."""


def note_facts(text: WorkingText, lines: list[Line], source: SourceText) -> None:
    """Write to each of `lines` what `source`, the file that `text` was read from, says about it."""
    blocks = source.blocks
    starts = [block.start for block in blocks]
    last = -1
    for line in lines:
        if line.blank:
            continue
        low, _ = text.below_range(line.start, line.end)
        at = bisect_right(starts, low) - 1
        if at < 0 or blocks[at].end <= low:
            at = min(at + 1, len(blocks) - 1)  # a row of a table begins with its border
        block = blocks[at]
        if block.start > low and block.kind is not BlockKind.CELL:
            continue
        line.kind = block.kind
        line.begins = source.whole and at != last
        if block.kind is BlockKind.COLUMN and block.table is not None:
            line.cell = (block.table, block.column or 0)
        last = at


def running(lines: list[Line]) -> list[Line]:
    """The lines of the running text, with a border line between the cells of head and foot."""
    out: list[Line] = []
    cell: tuple[int, int] | None = None
    step = 0
    for line in lines:
        if line.kind in ASIDE:
            continue
        step += 1
        if line.blank:
            continue
        if line.cell != cell:
            out.append(Line(line.number, line.start, line.start, step=step))
            cell, step = line.cell, 1
        line.step = step
        out.append(line)
        step = 0
    return out


def label_asides(lines: list[Line]) -> None:
    """Label the lines that are no part of the running text, by what stands around them.

    A note below the signature belongs to the appendices, the appearance of a digital signature inside the signature
    block to it; everything else is noise.
    """
    above: SectionLabel | None = None
    asides: list[Line] = []
    for line in lines:
        if line.kind in ASIDE:
            asides.append(line)
        elif line.label:
            _label(asides, above, line.label)
            asides, above = [], line.label
    _label(asides, above, None)


def _label(asides: list[Line], above: SectionLabel | None, below: SectionLabel | None) -> None:
    """Label the lines between one of label `above` and one of label `below`."""
    for line in asides:
        line.label = SectionLabel.NOISE
        if line.kind is BlockKind.NOTE and above in (SectionLabel.SIGNATURE, SectionLabel.APPENDIX):
            line.label = SectionLabel.APPENDIX
        elif line.kind is BlockKind.STAMP and above is below is SectionLabel.SIGNATURE:
            line.label = SectionLabel.SIGNATURE
        for cell in line.cells:
            cell.label = line.label


def columns(line: Line) -> list[Cell]:
    """The cell of `line`, which stands in a cell of head or foot, with its column."""
    assert line.cell is not None
    return [Cell(line.number, line.start, line.end, min(line.cell[1], 1))]
