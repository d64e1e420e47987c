"""Operative lines as paragraphs and as the tree of numbered items."""

from vnadmin_nlp.outline.build import build_outline
from vnadmin_nlp.outline.model import Flow, Item, Outline, Paragraph

__all__ = ["Flow", "Item", "Outline", "Paragraph", "build_outline"]
