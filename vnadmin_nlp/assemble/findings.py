"""Candidates of the flow as results of the contract."""

from __future__ import annotations

from vnadmin_nlp.extract.model import DeadlineCandidate, ObligationCandidate, ReferenceCandidate
from vnadmin_nlp.outline import Flow, Item
from vnadmin_nlp.resolve.actors import ActorGroup, kind_of
from vnadmin_nlp.schema import Actor, Addressee, Deadline, Directive, Finding, Mention, Obligation, Reference, Role
from vnadmin_nlp.text import Range, quote


def mention(flow: Flow, where: Range | None) -> Mention | None:
    return quote(Mention, flow, where) if where else None


def directive(flow: Flow, item: Item) -> Directive:
    """`item` and its children. Built from the leaves up, so that depth costs no recursion."""
    order: list[Item] = [item]
    for one in order:
        order.extend(one.children)
    built: dict[int, Directive] = {}
    for one in reversed(order):
        heading = mention(flow, one.heading)
        children = [built.pop(id(child)) for child in one.children]
        built[id(one)] = quote(
            Directive, flow, (one.start, one.end),
            label=one.label, path=one.path, heading=heading, children=children, rule=one.rule, score=one.score,
        )  # fmt: skip
    return built[id(item)]


def reference(flow: Flow, c: ReferenceCandidate) -> Reference:
    return quote(
        Reference, flow, (c.start, c.end),
        document_type=c.document_type, number=c.number, name=c.name, date=c.date, issuer=mention(flow, c.issuer),
        pinpoint=flow.words(*c.pinpoint) if c.pinpoint else None, target=c.target, relation=c.relation,
        antecedent=c.antecedent, rule=c.rule, score=c.score,
    )  # fmt: skip


def deadline(flow: Flow, c: DeadlineCandidate) -> Deadline:
    return quote(
        Deadline, flow, (c.start, c.end),
        kind=c.kind, start=c.begin, due=c.due, inclusive=c.inclusive, last_day=c.last_day, duration=c.duration,
        anchor=c.anchor, recurrence=c.recurrence, rule=c.rule, score=c.score,
    )  # fmt: skip


def actor(flow: Flow, group: ActorGroup) -> Actor:
    mentions = [quote(Finding, flow, (m.start, m.end), rule=m.rule, score=m.score) for m in group.mentions]
    return Actor(name=group.name, kind=group.kind, mentions=mentions, roles=group.roles, canonical=group.canonical)


def head_actors(groups: list[ActorGroup], issuer: Finding | None, addressees: list[Addressee]) -> list[Actor]:
    """The issuer and the addressees that preamble and body do not name, as actors of their own."""
    named = {name for group in groups for name in group.printed}
    printed = [(Role.ISSUER, issuer)] if issuer else []
    printed.extend((Role.ADDRESSEE, addressee) for addressee in addressees)
    out = []
    for role, found in printed:
        if found.text not in named:
            named.add(found.text)
            mention = Finding(text=found.text, spans=found.spans, rule=found.rule, score=found.score)
            out.append(Actor(name=found.text, kind=kind_of(found.text), mentions=[mention], roles=[role]))
    return out


def obligation(
    flow: Flow, c: ObligationCandidate, references: dict[int, Reference], deadlines: dict[int, Deadline]
) -> Obligation:
    """`references` and `deadlines` are the results already built, by the id of their candidate."""
    return quote(
        Obligation, flow, (c.start, c.end),
        modality=c.modality, force=c.force, trigger=mention(flow, c.trigger),
        bearers=[quote(Mention, flow, r) for r in c.bearers],
        coordinators=[quote(Mention, flow, r) for r in c.coordinators],
        report_to=[quote(Mention, flow, r) for r in c.report_to],
        action=quote(Mention, flow, c.action), condition=mention(flow, c.condition),
        deadlines=[deadlines[id(d)] for d in c.deadlines if id(d) in deadlines],
        references=[references[id(r)] for r in c.references if id(r) in references],
        directive=c.directive, rule=c.rule, score=c.score,
    )  # fmt: skip
