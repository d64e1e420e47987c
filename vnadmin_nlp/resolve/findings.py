"""Where candidates of different kinds claim the same words, one is chosen here."""

from __future__ import annotations

from vnadmin_nlp.extract.model import ActorCandidate, DeadlineCandidate, ReferenceCandidate


def settle(
    references: list[ReferenceCandidate], deadlines: list[DeadlineCandidate], actors: list[ActorCandidate]
) -> tuple[list[ReferenceCandidate], list[DeadlineCandidate], list[ActorCandidate]]:
    """The candidates that stand: no deadline inside a reference, no actor inside the name of a law."""
    taken = [(r.start, r.end) for r in references]
    laws = [(r.start, r.end) for r in references if r.in_law_name]
    deadlines = [d for d in deadlines if not _inside(d.start, d.end, taken)]
    actors = [a for a in actors if not _inside(a.start, a.end, laws)]
    return references, deadlines, actors


def _inside(start: int, end: int, ranges: list[tuple[int, int]]) -> bool:
    return any(low <= start and end <= high for low, high in ranges)
