"""Who must do what, by when: the obligations of the body, clause by clause."""

from __future__ import annotations

from vnadmin_nlp.extract.model import (
    ActorCandidate,
    Context,
    DeadlineCandidate,
    ObligationCandidate,
    ReferenceCandidate,
)
from vnadmin_nlp.outline import Outline


def find_obligations(
    outline: Outline,
    context: Context,
    actors: list[ActorCandidate],
    references: list[ReferenceCandidate],
    deadlines: list[DeadlineCandidate],
) -> list[ObligationCandidate]:
    """The obligations in text order."""
    return []
