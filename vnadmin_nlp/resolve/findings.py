"""Where candidates of different kinds claim the same words, one is chosen here."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from vnadmin_nlp.extract.model import ActorCandidate, DeadlineCandidate, ObligationCandidate, ReferenceCandidate
from vnadmin_nlp.text import Ranges

C = TypeVar("C", ActorCandidate, DeadlineCandidate, ObligationCandidate, ReferenceCandidate)


def settle(
    references: list[ReferenceCandidate],
    deadlines: list[DeadlineCandidate],
    actors: list[ActorCandidate],
    min_score: float = 0.0,
) -> tuple[list[ReferenceCandidate], list[DeadlineCandidate], list[ActorCandidate]]:
    """The candidates that stand: no deadline inside a reference, no actor inside the name of a law.

    Unsure mentions of actors stay, as duties are read from them.
    """
    references, deadlines = sure(references, min_score), sure(deadlines, min_score)
    cited = Ranges((r.start, r.end) for r in references)
    return (
        references,
        [d for d in deadlines if not cited.hold(d.start, d.end)],
        outside_laws(actors, references),
    )


def outside_laws(actors: Iterable[ActorCandidate], references: Iterable[ReferenceCandidate]) -> list[ActorCandidate]:
    """Those of `actors` that are not inside the name of a law."""
    laws = Ranges((r.start, r.end) for r in references if r.in_law_name)
    return [a for a in actors if not laws.hold(a.start, a.end)]


def sure(candidates: list[C], min_score: float) -> list[C]:
    """Those of `candidates` with a score of at least `min_score`."""
    return [c for c in candidates if c.score >= min_score] if min_score else candidates
