"""Chủ thể: mentions of bodies, posts, groups, organisations and persons."""

from __future__ import annotations

from vnadmin_nlp.extract.model import ActorCandidate, Context
from vnadmin_nlp.outline import Outline


def find_actors(outline: Outline, context: Context) -> list[ActorCandidate]:
    """Every mention, in text order, without overlaps, the longest form of each."""
    return []
