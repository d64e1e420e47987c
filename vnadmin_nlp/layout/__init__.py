"""Where things stand: lines, columns, and the part of the document each line belongs to."""

from vnadmin_nlp.layout.model import Cell, Layout, Line
from vnadmin_nlp.layout.zones import read_layout

__all__ = ["Cell", "Layout", "Line", "read_layout"]
