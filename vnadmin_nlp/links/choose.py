"""Which of the candidates a reference means: one, several that cannot be told apart, or none."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from vnadmin_nlp.links.bodies import Body, body_of_symbol, is_party
from vnadmin_nlp.links.records import Citation, Record
from vnadmin_nlp.links.score import FITS, OPEN, Scored, score

ENOUGH = 0.8
"""A score below this does not make a link."""
MIN = 0.25
"""A score below this is not worth telling."""
MARGIN = 0.6
"""The second best must be below this share of the best."""
_OLDER = 0.5
_APART, _FOREIGN = 0.3, 0.25
"""Shares of the words of a quoted subject: by how much that of another document has fewer; it is another's."""
_DOUBT = 0.7
_KEPT = 10


class Decision(NamedTuple):
    """`status`: `resolved`, `ambiguous` or `absent`; the candidates with their scores, the best first."""

    status: str
    target: str | None
    score: float
    reasons: tuple[str, ...]
    candidates: tuple[Scored, ...] = ()
    copies: tuple[str, ...] = ()


ABSENT = Decision("absent", None, 0.0, ())


def choose(citing: Record, citation: Citation, candidates: Iterable[Record]) -> Decision | None:
    """The decision on one reference; None where the document means itself."""
    of = {one.id: one for one in candidates}
    scored = [s for one in of.values() if (s := score(citing, citation, one)) is not None and s.score >= MIN]
    if not scored:
        return ABSENT
    if len(scored) > 1:
        scored = _nearest(of, scored)
    scored = sorted(_by_subject(scored), key=lambda s: (-s.score, s.id))
    best = scored[0]
    groups = _copies(of, scored)
    if any(s.score == best.score and s.id == citing.id for s in scored) or citing.id in groups[best.id]:
        return None
    copies = groups[best.id]
    others = [s for s in scored if s.id not in copies and s.id != citing.id]
    kept = tuple([best, *others][:_KEPT])
    if best.score < ENOUGH:
        return Decision("ambiguous", None, best.score, ("candidates.weak",), kept)
    if others and others[0].score >= MARGIN * best.score:
        return Decision("ambiguous", None, best.score, ("candidates.several",), kept)
    first = min(copies)
    reasons = (*best.reasons, "copies") if len(copies) > 1 else best.reasons
    return Decision("resolved", first, best.score, reasons, (), tuple(sorted(copies - {first})))


def settled(decision: Decision | None) -> bool:
    """Whether a wider search could change nothing: it is decided, or several fit so well that no other can be told."""
    return decision is None or decision.status == "resolved" or decision.score >= ENOUGH


def decide(
    citing: Record, citation: Citation, tiers: Iterable[Iterable[Record]], *, bounded: bool = False
) -> Decision | None:
    """The decision on one reference from the candidates of each tier of keys, asked while nothing is settled.

    `bounded`: whether keys were passed over that too many documents have.
    """
    decision: Decision | None = ABSENT
    seen: dict[str, Record] = {}
    for tier in tiers:
        if settled(decision):
            break
        more = {one.id: one for one in tier if one.id not in seen}
        if more:
            seen |= more
            decision = choose(citing, citation, seen.values())
    return decision._replace(reasons=("candidates.bounded",)) if bounded and decision is ABSENT else decision


def _nearest(of: dict[str, Record], scored: list[Scored]) -> list[Scored]:
    """Of laws of several years the latest before the citing document is meant.

    A number says nothing of the kind: which year or term is meant stays open, the nearest being the likeliest.
    """
    latest: dict[Body, int] = {}
    for one in scored:
        if one.undated:
            issuer = of[one.id].issuer
            latest[issuer] = max(one.date, latest.get(issuer, 0))
    return [
        one._replace(score=round(one.score * _OLDER, 4), reasons=(*one.reasons, "year.older"))
        if one.undated and one.date < latest[of[one.id].issuer]
        else one
        for one in scored
    ]


def _by_subject(scored: list[Scored]) -> list[Scored]:
    """The candidates, weighed by how well their subject agrees with the one that is quoted.

    Where it fits one of them, the others are not meant; where it fits none, the number may be that of another document.
    """
    best = max((s.fit for s in scored if s.fit is not None), default=None)
    if best is None:
        return scored
    return [_weighed(s, best, max(t.score for t in scored if t.fit == best)) for s in scored]


def _weighed(one: Scored, best: float, its_score: float) -> Scored:
    if one.fit is None:
        return one
    if best >= FITS and one.fit <= best - _APART and its_score >= _OLDER * one.score:
        return one._replace(score=round(one.score * _OLDER, 4), reasons=(*one.reasons, "subject.other"))
    if one.fit >= FITS:
        return one._replace(reasons=(*one.reasons, "subject.equal"))
    if one.fit < _FOREIGN and OPEN.intersection(one.reasons):
        return one._replace(score=round(one.score * _DOUBT, 4), reasons=(*one.reasons, "subject.other"))
    return one


def _copies(of: dict[str, Record], scored: list[Scored]) -> dict[str, frozenset[str]]:
    """Each candidate's id -> the ids of the candidates that are the same document, itself included."""
    if len(scored) == 1:
        return {scored[0].id: frozenset({scored[0].id})}
    groups: dict[tuple[object, ...], set[str]] = {}
    for one in scored:
        groups.setdefault(identity(of[one.id]), set()).add(one.id)
    return {id_: frozenset(ids) for ids in groups.values() for id_ in ids}


def identity(record: Record) -> tuple[object, ...]:
    """What two copies of one document share: the number, its year (a Party number: the day), and the issuer where
    others give the same numbers."""
    if not record.number.serial or not record.number.symbol or not record.date:
        return (record.id,)
    when = record.date if is_party(record.number) else record.year
    if body_of_symbol(record.number.symbol)[1]:
        return record.number, when
    return record.number, when, record.issuer.name, record.issuer.place or record.issuer.province
