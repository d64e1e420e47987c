"""From labelled lines to paragraphs, quotations and items."""

from __future__ import annotations

from vnadmin_nlp.layout.model import Layout
from vnadmin_nlp.outline.flow import build_flow
from vnadmin_nlp.outline.labels import read_labels
from vnadmin_nlp.outline.model import Outline
from vnadmin_nlp.outline.quotes import find_quotes
from vnadmin_nlp.outline.tree import build_tree


def build_outline(layout: Layout) -> Outline:
    """The outline of the operative lines of `layout`. Linear in their length; depth costs no recursion."""
    flow, paragraphs = build_flow(layout)
    labels = [read_labels(flow.text, paragraph.start, paragraph.end) for paragraph in paragraphs]
    quotes = find_quotes(flow, paragraphs, labels, layout)
    return Outline(flow, paragraphs, build_tree(flow, paragraphs, labels, quotes), quotes)
