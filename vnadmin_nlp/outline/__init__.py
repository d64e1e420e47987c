"""Operative lines as paragraphs and as the tree of numbered items."""

from vnadmin_nlp.outline.build import build_outline
from vnadmin_nlp.outline.model import Column, Flow, Item, Outline, Paragraph, TaskRow

__all__ = ["Column", "Flow", "Item", "Outline", "Paragraph", "TaskRow", "build_outline"]
