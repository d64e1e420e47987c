"""Thời hạn."""

from __future__ import annotations

from vnadmin_nlp.extract.model import Context, DeadlineCandidate
from vnadmin_nlp.outline import Outline


def find_deadlines(outline: Outline, context: Context) -> list[DeadlineCandidate]:
    """Every expression that limits when something must be done, in text order, without overlaps."""
    return []
