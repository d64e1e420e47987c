"""Mentions of one body joined into one actor, with its roles."""

from __future__ import annotations

from dataclasses import dataclass, field

from vnadmin_nlp.extract.model import ActorCandidate, ObligationCandidate
from vnadmin_nlp.outline import Outline
from vnadmin_nlp.schema import ActorKind, Role


@dataclass(slots=True)
class ActorGroup:
    """The mentions of one actor. `name` is its fullest form, `canonical` its full official name where known."""

    name: str
    kind: ActorKind
    mentions: list[ActorCandidate]
    roles: list[Role] = field(default_factory=list)
    canonical: str | None = None


def join_actors(
    outline: Outline,
    mentions: list[ActorCandidate],
    obligations: list[ObligationCandidate],
    *,
    issuer: str | None = None,
    addressees: tuple[str, ...] = (),
    recipients: tuple[str, ...] = (),
) -> list[ActorGroup]:
    """One group a body, in order of first mention."""
    groups: dict[str, ActorGroup] = {}
    for mention in mentions:
        name = outline.flow.words(mention.start, mention.end)
        groups.setdefault(name, ActorGroup(name, mention.kind, [], [Role.MENTIONED])).mentions.append(mention)
    return list(groups.values())
