"""One label a line: which part of the document it belongs to."""

from __future__ import annotations

from vnadmin_nlp.layout.lines import split_lines
from vnadmin_nlp.layout.model import Layout
from vnadmin_nlp.schema import SectionLabel
from vnadmin_nlp.text import WorkingText


def read_layout(text: WorkingText) -> Layout:
    """The lines of `text`, each non-blank one with its label."""
    lines = split_lines(text)
    for line in lines:
        if not line.blank:
            line.label = SectionLabel.BODY
            for cell in line.cells:
                cell.label = line.label
    return Layout(text, lines)
