"""Names that a recogniser proposes, taken where the rules read none."""

from __future__ import annotations

from vnadmin_nlp.extract.model import ActorCandidate, DeadlineCandidate, ReferenceCandidate
from vnadmin_nlp.layout import Layout
from vnadmin_nlp.outline import Outline
from vnadmin_nlp.schema import Header, Mention, Signature
from vnadmin_nlp.taggers.proposals import propose_persons, propose_place, propose_signer


def with_persons(
    outline: Outline,
    actors: list[ActorCandidate],
    others: list[ReferenceCandidate | DeadlineCandidate],
) -> list[ActorCandidate]:
    """`actors`, and the persons proposed where neither they nor `others` stand, in text order."""
    claimed = [(candidate.start, candidate.end) for candidate in (*actors, *others)]
    return sorted([*actors, *propose_persons(outline, claimed)], key=lambda candidate: candidate.start)


def with_signer(layout: Layout, signatures: list[Signature]) -> list[Signature]:
    """`signatures`, with the proposed signer in the last block that names none."""
    unnamed = [at for at, signature in enumerate(signatures) if signature.name is None]
    if signatures and not unnamed:
        return signatures
    proposed = propose_signer(layout)
    if proposed is None:
        return signatures
    name = Mention(text=proposed.text, spans=proposed.spans)
    if not signatures:
        return [Signature(name=name, rule=proposed.rule, score=proposed.score)]
    last = unnamed[-1]
    signed = signatures[last].model_copy(update={"name": name, "rule": proposed.rule, "score": proposed.score})
    return [*signatures[:last], signed, *signatures[last + 1 :]]


def with_place(layout: Layout, header: Header) -> Header:
    """`header`, with the proposed place where it has none."""
    if header.place is not None:
        return header
    return header.model_copy(update={"place": propose_place(layout)})
