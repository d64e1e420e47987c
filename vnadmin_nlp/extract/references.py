"""Viện dẫn: mentions of other documents and of parts of documents."""

from __future__ import annotations

from vnadmin_nlp.extract.model import Context, ReferenceCandidate
from vnadmin_nlp.outline import Outline


def find_references(outline: Outline, context: Context) -> list[ReferenceCandidate]:
    """Every reference of preamble and body, in text order, without overlaps."""
    return []
