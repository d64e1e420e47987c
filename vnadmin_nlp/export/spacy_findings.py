"""What a Dispatch says, group by group, as spans of a spaCy Doc show it: label, id, places, plain values."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import Enum
from typing import Any, NamedTuple

from vnadmin_nlp.export.columns import FLAT
from vnadmin_nlp.schema import (
    ActorKind,
    DeadlineKind,
    Directive,
    Dispatch,
    Header,
    Mention,
    Modality,
    Relation,
    SectionLabel,
    Span,
)

Values = dict[str, Any]


class Found(NamedTuple):
    """One finding: `id` is where it stands in the Dispatch (`actors/2/mentions/0`), `values` are data that JSON holds.

    `spans` has several where other words stand in between.
    """

    group: str
    id: str
    label: str
    spans: Sequence[Span]
    values: Values


def findings(dispatch: Dispatch) -> Iterator[Found]:
    """Everything that has a place in the text, in the order of GROUPS."""
    for group, found in _FOUND.items():
        for id, label, spans, values in found(dispatch):
            yield Found(group, id, str(label), spans, values)


_One = tuple[str, str, Sequence[Span], Values]


def _sections(dispatch: Dispatch) -> Iterator[_One]:
    for at, section in enumerate(dispatch.sections):
        yield f"sections/{at}", section.label, [section.span], {"label": section.label.value}


def _directives(dispatch: Dispatch) -> Iterator[_One]:
    left: list[tuple[str, int, Directive]] = [(f"directives/{at}", 1, it) for at, it in enumerate(dispatch.directives)]
    left.reverse()
    while left:
        id, depth, it = left.pop()
        values = {"label": it.label, "path": it.path, "depth": depth, "heading": it.heading and it.heading.text}
        yield id, "directive", it.spans, values
        left += [(f"{id}/children/{at}", depth + 1, child) for at, child in reversed([*enumerate(it.children)])]


def _header(dispatch: Dispatch) -> Iterator[_One]:
    parts = {f"header/{name}": part for name, part in dispatch.header}
    for id, part in {**parts, "subject": dispatch.subject}.items():
        if part:
            yield id, id.removeprefix("header/"), part.spans, _own(part)


def _addressees(dispatch: Dispatch) -> Iterator[_One]:
    for at, it in enumerate(dispatch.addressees):
        yield f"addressees/{at}", "addressee", it.spans, _own(it)


def _recipients(dispatch: Dispatch) -> Iterator[_One]:
    for at, it in enumerate(dispatch.recipients):
        yield f"recipients/{at}", "recipient", it.spans, _own(it)
    if dispatch.archive:
        yield "archive", "archive", dispatch.archive.spans, _own(dispatch.archive)


def _signatures(dispatch: Dispatch) -> Iterator[_One]:
    for at, it in enumerate(dispatch.signatures):
        plain = {"signature_index": at, "authority": _plain(it.authority), "rank": it.rank, "score": it.score}
        for label in _SIGNED:
            if part := getattr(it, label):
                yield f"signatures/{at}/{label}", label, part.spans, {**plain, "text": part.text}


def _actors(dispatch: Dispatch) -> Iterator[_One]:
    for row, actor in zip(_rows("actors", dispatch), dispatch.actors, strict=True):
        for at, it in enumerate(actor.mentions):
            id = f"actors/{row['actor_index']}/mentions/{at}"
            yield id, actor.kind, it.spans, {**row, "mention_index": at, **_own(it)}


def _references(dispatch: Dispatch) -> Iterator[_One]:
    for at, (row, it) in enumerate(zip(_rows("references", dispatch), dispatch.references, strict=True)):
        yield f"references/{at}", it.relation, it.spans, row


def _deadlines(dispatch: Dispatch) -> Iterator[_One]:
    for at, (row, it) in enumerate(zip(_rows("deadlines", dispatch), dispatch.deadlines, strict=True)):
        yield f"deadlines/{at}", it.kind, it.spans, row


def _obligations(dispatch: Dispatch) -> Iterator[_One]:
    for at, (row, it) in enumerate(zip(_rows("obligations", dispatch), dispatch.obligations, strict=True)):
        yield f"obligations/{at}", it.modality, it.spans, row


def _obligation_parts(dispatch: Dispatch) -> Iterator[_One]:
    for at, it in enumerate(dispatch.obligations):
        for label, field in _PARTS.items():
            part: Mention | list[Mention] | None = getattr(it, field)
            several = part if isinstance(part, list) else [part]
            for n, one in enumerate(several):
                if one:
                    id = f"obligations/{at}/{field}" + (f"/{n}" if several is part else "")
                    yield id, label, one.spans, {"obligation_index": at, "text": one.text}


_SIGNED = ("on_behalf_of", "position", "name")
_PARTS = {
    "trigger": "trigger",
    "bearer": "bearers",
    "coordinator": "coordinators",
    "report_to": "report_to",
    "action": "action",
    "condition": "condition",
}
"""The labels of the parts of an obligation, with the fields that hold them."""
_FOUND: dict[str, Callable[[Dispatch], Iterator[_One]]] = {
    "sections": _sections,
    "directives": _directives,
    "header": _header,
    "addressees": _addressees,
    "recipients": _recipients,
    "signatures": _signatures,
    "actors": _actors,
    "references": _references,
    "deadlines": _deadlines,
    "obligations": _obligations,
    "obligation_parts": _obligation_parts,
}
GROUPS = tuple(_FOUND)
"""The groups of spans, by their own names."""
LABELS: dict[str, tuple[str, ...]] = {
    "sections": tuple(map(str, SectionLabel)),
    "directives": ("directive",),
    "header": (*Header.model_fields, "subject"),
    "addressees": ("addressee",),
    "recipients": ("recipient", "archive"),
    "signatures": _SIGNED,
    "actors": tuple(map(str, ActorKind)),
    "references": tuple(map(str, Relation)),
    "deadlines": tuple(map(str, DeadlineKind)),
    "obligations": tuple(map(str, Modality)),
    "obligation_parts": tuple(_PARTS),
}
"""The labels that the findings of a group may have."""
_NOT_HERE = {"document_id", "start_char", "end_char", "n_mentions"}  # of a row: the span says it, or other rows do


def _rows(table: str, dispatch: Dispatch) -> Iterator[Values]:
    """The rows of a flat table (see docs/tables.md)."""
    flat = FLAT[table]
    columns = [(name, value) for name, _, value, _ in flat.columns if name not in _NOT_HERE]
    return ({name: _plain(value(entry)) for name, value in columns} for entry in flat.rows("", dispatch))


def _own(part: Mention) -> Values:
    """The fields of `part`, without its spans."""
    return {name: _plain(value) for name, value in part if name != "spans"}


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Iterable) and not isinstance(value, str):
        return [_plain(one) for one in value]
    return value
