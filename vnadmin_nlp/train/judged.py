"""Which findings of a document are right, with their scores: what scores are calibrated and judged by."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from vnadmin_nlp.evaluate import Gold
from vnadmin_nlp.evaluate.findings import FOUND, operative
from vnadmin_nlp.evaluate.forms import norm
from vnadmin_nlp.evaluate.spans import hull, match_places, share
from vnadmin_nlp.schema import Dispatch, Mention


def judged_obligations(gold: Gold, dispatch: Dispatch) -> Iterator[tuple[float, bool]]:
    """The score of each obligation found, and whether gold has that clause with those bearers."""
    entries = [(o, place) for o, place in zip(gold.data.obligations, gold.obligations, strict=True) if place]
    found, places = operative(gold, dispatch.obligations)
    right: set[int] = set()
    for i, j in match_places([place for _, place in entries], places):
        entry, place = entries[i]
        if share(place, places[j]) >= FOUND and set(map(norm, entry.bearers)) == _names(found[j].bearers):
            right.add(j)
    for j, obligation in enumerate(found):
        yield obligation.score, j in right


def judged_actors(gold: Gold, dispatch: Dispatch) -> Iterator[tuple[float, bool]]:
    """The score of each mention of an actor in preamble and body, and whether gold has it with the same borders."""
    want = set(gold.actors)
    for actor in dispatch.actors:
        for mention in actor.mentions:
            place = hull(mention.spans)
            if place and gold.is_operative(place) and not gold.is_in_law_name(place):
                yield mention.score, place in want


def _names(mentions: Sequence[Mention]) -> set[str]:
    return {norm(mention.text) for mention in mentions}
