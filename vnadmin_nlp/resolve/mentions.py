"""Which mentions of actors stand where a model judges those of the rules and proposes others."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from vnadmin_nlp.extract.model import ActorCandidate, Context, ReferenceCandidate
from vnadmin_nlp.outline import Outline
from vnadmin_nlp.resolve.findings import outside_laws
from vnadmin_nlp.taggers.actors import ActorOpinion, ActorProposer
from vnadmin_nlp.taggers.clauses import Bounds


def with_model(
    model: ActorProposer | None,
    outline: Outline,
    context: Context,
    found: list[ActorCandidate],
    left: Sequence[ActorCandidate],
    references: Sequence[ReferenceCandidate],
) -> list[ActorCandidate]:
    """The mentions that stand, in text order: those that the rules `found` where there is no `model`.

    `left` are those that the rules took up and left. No mention lies inside the name of a law.
    """
    if model is None:
        return found
    opinions = model.propose(outline, context, found, outside_laws(left, references))
    standing = {id(mention) for mention in outside_laws([opinion.mention for opinion in opinions], references)}
    return choose([opinion for opinion in opinions if id(opinion.mention) in standing], model.bounds)


def with_others(chosen: list[ActorCandidate], found: list[ActorCandidate]) -> list[ActorCandidate]:
    """`chosen`, and those that the rules `found` and that overlap none of them, in text order.

    Duties are read from all of these: what a model takes for no mention still says who is told.
    """
    if chosen is found:
        return found
    starts = [mention.start for mention in chosen]
    others = []
    for mention in found:
        at = bisect_left(starts, mention.end)
        if not at or chosen[at - 1].end <= mention.start:
            others.append(mention)
    return sorted([*chosen, *others], key=lambda mention: mention.start) if others else chosen


def choose(opinions: Iterable[ActorOpinion], bounds: Bounds) -> list[ActorCandidate]:
    """Of `opinions` within `bounds`, the likelier where two overlap: first the rules', then the longer where equal."""
    within = [one for one in opinions if bounds.stands(ruled=one.ruled, likely=one.likely)]
    within.sort(key=lambda one: (-one.likely, not one.ruled, one.mention.start - one.mention.end, one.mention.start))
    if all(one.ruled for one in within):
        return sorted((one.mention for one in within), key=lambda mention: mention.start)
    taken = bytearray(max((one.mention.end for one in within), default=0))
    chosen = []
    for mention in (one.mention for one in within):
        if not any(taken[mention.start : mention.end]):
            taken[mention.start : mention.end] = b"\1" * (mention.end - mention.start)
            chosen.append(mention)
    return sorted(chosen, key=lambda mention: mention.start)
