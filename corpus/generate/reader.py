"""Which documents of the corpus a written reference fits: what a careful reader decides, from the words and the head
of the citing document alone.

He repairs a letter read for a digit, knows which body had whose functions on which day, takes `UBND tỉnh` and a number
without its issuer for bodies of the citing document's own province (or for the body it is addressed to), and no
document later than the citing one. The head of a district's or a commune's document does not say its province: there
`UBND tỉnh` may be any.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import cache

from .citations import LOCAL, Cite
from .plan import Corpus, Plan
from .registers import TYPES, unpack
from .world import Body, world

CENTRAL = ("quoc_hoi", "chinh_phu", "thu_tuong", "ban_bi_thu", "bo")


def fitting(corpus: Corpus, index: int, cite: Cite) -> list[int]:
    """Indices of the documents that `cite`, written in document `index`, fits."""
    citing = corpus.plans[index]
    found = []
    for at in corpus.with_number(cite.number):
        plan = corpus.plans[at]
        if at == index or plan.copy == "draft" or plan.day > citing.day:
            continue
        if cite.kind and TYPES[unpack(plan.key)[1]].name != cite.kind.name:
            continue
        if cite.day is not None and plan.day != cite.day:
            continue
        found.append((at, _issuer(cite, plan, citing)))
    best = max((rank for _, rank in found), default=0)
    return [at for at, rank in found if rank == best] if best else []


def off_date(corpus: Corpus, index: int, cite: Cite) -> list[int]:
    """Documents that `cite` fits but for the date, which is of the same year: a register gives a number once a year."""
    assert cite.day is not None
    year = dt.date.fromordinal(cite.day).year
    undated = fitting(corpus, index, replace(cite, day=None))
    return [at for at in undated if dt.date.fromordinal(corpus.plans[at].day).year == year]


def _issuer(cite: Cite, plan: Plan, citing: Plan) -> int:
    """2 where the body is the one named, 1 where its functions were or are those of it, 0 where it is another."""
    body = plan.body
    if cite.names:
        if cite.near:
            home = citing.body.kind in LOCAL or (_province(body) != "" and _province(body) == _province(citing.body))
            return 1 if home and cite.names in (body.near, body.initials) else 0
        named = bodies_named(cite.names)
        if body.index in named:
            return 2
        if any(world().bodies[i].lives(plan.day) and world().bodies[i].code == body.code for i in named):
            return 0
        return int(any(world().bodies[i].root == body.root for i in named))
    if body.kind in CENTRAL:
        return 1
    own = citing.body
    close = {own.root, own.parent >= 0 and world().bodies[own.parent].root}
    if citing.to >= 0:
        close.add(world().bodies[citing.to].root)
    if body.root in close:
        return 1
    return int(
        body.kind not in LOCAL and own.kind not in LOCAL and own.area != "" and _province(body) == _province(own)
    )


@cache
def bodies_named(name: str) -> frozenset[int]:
    return _names().get(name.removeprefix("Ban Thường vụ "), frozenset())


@cache
def _names() -> dict[str, frozenset[int]]:
    names: dict[str, set[int]] = {}
    for body in world().bodies:
        for name in {body.name, body.short, body.initials}:
            names.setdefault(name, set()).add(body.index)
    return {name: frozenset(rows) for name, rows in names.items()}


def _province(body: Body) -> str:
    """The province of today that holds the body's."""
    if not body.area:
        return ""
    area = world().areas[body.area]
    while area.heir:
        area = world().areas[area.heir]
    return area.name
