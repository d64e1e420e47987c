"""Finds the document in a page of a web site; the words around it become CHROME."""

from __future__ import annotations

from vnadmin_nlp.read.html.model import Flow


def mark_chrome(flow: Flow) -> None:
    """Mark the paragraphs of `flow` that are no part of the document."""
