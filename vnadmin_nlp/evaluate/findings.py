"""Scoring of what the body says: references, deadlines, actors, obligations; and that every mention quotes the text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from pydantic import BaseModel

from vnadmin_nlp.evaluate.annotation import GoldDeadline
from vnadmin_nlp.evaluate.board import Board
from vnadmin_nlp.evaluate.forms import Rules, iso, norm, norm_number, rules
from vnadmin_nlp.evaluate.gold import Gold
from vnadmin_nlp.evaluate.spans import Range, hull, match_places, share
from vnadmin_nlp.schema import Deadline, Dispatch, Mention

# an obligation is found where it covers at least this share of the gold clause and little beside it
FOUND = 0.5

M = TypeVar("M", bound=Mention)
E = TypeVar("E")


def operative(gold: Gold, mentions: Iterable[M]) -> tuple[list[M], list[Range]]:
    """The mentions that start in preamble or body, and their places."""
    placed = [(m, where) for m in mentions if (where := hull(m.spans)) and gold.is_operative(where)]
    return [m for m, _ in placed], [where for _, where in placed]


def _found(entries: Sequence[E], places: Sequence[Range | None]) -> tuple[list[E], list[Range]]:
    """The gold entries whose quotation is in the text, and their places."""
    placed = [(e, where) for e, where in zip(entries, places, strict=True) if where]
    return [e for e, _ in placed], [where for _, where in placed]


def _others(size: int, taken: Iterable[int]) -> list[int]:
    return sorted(set(range(size)) - set(taken))


def score_references(board: Board, gold: Gold, dispatch: Dispatch) -> None:
    """Found where it overlaps a gold reference; right where type, number and date agree as well."""
    want, gold_places = _found(gold.data.references, gold.references)
    got, places = operative(gold, dispatch.references)
    want_numbers, got_numbers = [norm_number(a.number) for a in want], [norm_number(b.number) for b in got]
    pairs = match_places(gold_places, places, lambda i, j: want_numbers[i] == got_numbers[j])
    right = 0
    for i, j in pairs:
        a, b = want[i], got[j]
        same = want_numbers[i] == got_numbers[j] and iso(a.date) == iso(b.date) and a.type == b.document_type
        right += same
        if not same:
            seen = f"type {b.document_type}, number {b.number}, date {iso(b.date) or None}"
            board.error("references", gold.id, "wrong", f"gold {a.quote!r}, predicted {b.text!r}: {seen}")
        board.rate("reference.issuer", norm(a.issuer) == norm(b.issuer.text if b.issuer else None))
        if a.pinpoint or b.pinpoint:
            board.rate("reference.pinpoint", norm(a.pinpoint) == norm(b.pinpoint))
    board.tallies["references.found"].add(len(pairs), len(got), len(want))
    board.tallies["references"].add(right, len(got), len(want))
    for i in _others(len(want), (i for i, _ in pairs)):
        board.error("references", gold.id, "missed", want[i].quote)
    for j in _others(len(got), (j for _, j in pairs)):
        board.error("references", gold.id, "false", got[j].text)


def limit(deadline: GoldDeadline | Deadline) -> tuple[str, str | Rules]:
    """The value by which two deadlines are compared: the day, else the duration, else the recurrence, else the kind."""
    recurrence = deadline.rrule if isinstance(deadline, GoldDeadline) else deadline.recurrence
    if due := iso(deadline.due):
        return "due", due
    if deadline.duration:
        return "duration", deadline.duration
    return ("rrule", rules(recurrence)) if recurrence else ("kind", deadline.kind)


def score_deadlines(board: Board, gold: Gold, dispatch: Dispatch) -> None:
    """Found where it overlaps a gold deadline; right where its value agrees as well."""
    want, gold_places = _found(gold.data.deadlines, gold.deadlines)
    got, places = operative(gold, dispatch.deadlines)
    pairs = match_places(gold_places, places)
    right = 0
    for i, j in pairs:
        a, b = limit(want[i]), limit(got[j])
        right += a == b
        board.rate("deadline.kind", want[i].kind == got[j].kind)
        if a != b:
            board.error("deadlines", gold.id, "value", f"{want[i].quote!r}: gold {a}, predicted {b}")
    board.tallies["deadlines.found"].add(len(pairs), len(got), len(want))
    board.tallies["deadlines"].add(right, len(got), len(want))
    for i in _others(len(want), (i for i, _ in pairs)):
        board.error("deadlines", gold.id, "missed", want[i].quote)
    for j in _others(len(got), (j for _, j in pairs)):
        board.error("deadlines", gold.id, "false", got[j].text)


def score_actors(board: Board, gold: Gold, dispatch: Dispatch) -> None:
    """Mentions of actors with exactly the borders of gold, and those that overlap one."""
    _, places = operative(gold, (m for actor in dispatch.actors for m in actor.mentions))
    want, got = set(gold.actors), {place for place in places if not gold.is_in_law_name(place)}
    board.tallies["actors"].add(len(want & got), len(got), len(want))
    board.tallies["actors.overlap"].add(len(match_places(sorted(want), sorted(got))), len(got), len(want))
    for kind, wrong in (("missed", want - got), ("false", got - want)):
        for low, high in sorted(wrong):
            board.error("actors", gold.id, kind, gold.text[low:high])


def score_obligations(board: Board, gold: Gold, dispatch: Dispatch) -> None:
    """Found where the clause agrees; who: the bearers too; right: modality and deadlines too."""
    want, gold_places = _found(gold.data.obligations, gold.obligations)
    got, places = operative(gold, dispatch.obligations)
    pairs = [(i, j) for i, j in match_places(gold_places, places) if share(gold_places[i], places[j]) >= FOUND]
    who = right = 0
    for i, j in pairs:
        a, b = want[i], got[j]
        bearers, bearing = _names(a.bearers), _names(m.text for m in b.bearers)
        board.tallies["obligation.bearers"].add(len(bearers & bearing), len(bearing), len(bearers))
        helpers, helping = _names(a.coordinators), _names(m.text for m in b.coordinators)
        board.tallies["obligation.coordinators"].add(len(helpers & helping), len(helping), len(helpers))
        limits, limiting = {limit(gold.data.deadlines[k]) for k in a.deadlines}, {limit(d) for d in b.deadlines}
        board.rate("obligation.deadlines", limits == limiting)
        cited = {norm_number(r.number or r.name) for r in (gold.data.references[k] for k in a.references)}
        board.rate("obligation.references", cited == {norm_number(r.number or r.name) for r in b.references})
        board.rate("obligation.modality", a.modality == b.modality)
        board.rate("obligation.force", a.force == b.force)
        same = a.modality == b.modality and bearers == bearing and limits == limiting
        who += bearers == bearing
        right += same
        if not same:
            seen = [f"modality {a.modality} / {b.modality}"] * (a.modality != b.modality)
            seen += [f"bearers {sorted(bearers)} / {sorted(bearing)}"] * (bearers != bearing)
            seen += [f"deadlines {sorted(map(str, limits))} / {sorted(map(str, limiting))}"] * (limits != limiting)
            board.error("obligations", gold.id, "wrong", f"line {a.line}: {a.start!r}: gold / got {', '.join(seen)}")
    for task, hits in (("obligations.found", len(pairs)), ("obligations.who", who), ("obligations", right)):
        board.tallies[task].add(hits, len(got), len(want))
    for i in _others(len(want), (i for i, _ in pairs)):
        board.error("obligations", gold.id, "missed", f"line {want[i].line}: {want[i].start} … {want[i].end}")
    for j in _others(len(got), (j for _, j in pairs)):
        board.error("obligations", gold.id, "false", got[j].text[:120])


def _names(texts: Iterable[str]) -> set[str]:
    return set(map(norm, texts))


def score_grounding(board: Board, gold: Gold, dispatch: Dispatch) -> None:
    """Every mention's text is what its spans quote."""
    for mention in _mentions(dispatch):
        quoted = " ".join(gold.text[s.start : s.end] for s in mention.spans)
        right = norm(quoted) == norm(mention.text) or norm_number(quoted) == norm_number(mention.text)
        board.rate("grounding", right)
        if not right:
            board.error("grounding", gold.id, "wrong", f"{mention.text!r} != {quoted!r}")


def _mentions(part: object) -> Iterator[Mention]:
    """Every mention inside `part`, however deep."""
    if isinstance(part, Mention):
        yield part
    if isinstance(part, BaseModel):
        for name in type(part).model_fields:
            yield from _mentions(getattr(part, name))
    elif isinstance(part, list):
        for one in part:
            yield from _mentions(one)
