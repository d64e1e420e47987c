"""What a perfect parse of a gold document would say: for tests of the scoring."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from vnadmin_nlp import (
    Actor,
    Addressee,
    Archive,
    DateMention,
    Deadline,
    Directive,
    Dispatch,
    DocumentNumber,
    Finding,
    Header,
    Marking,
    Mention,
    Obligation,
    Recipient,
    Reference,
    Section,
    Signature,
    Span,
)
from vnadmin_nlp.evaluate import Gold

_PIECE = re.compile(r"\w+|[^\w\s]")


def perfect(gold: Gold) -> Dispatch:
    """The annotation as a Dispatch.

    Words whose place gold does not say are placed where they first occur, piece by piece where others stand in between.
    """
    data, text = gold.data, gold.text

    def at(place: tuple[int, int]) -> dict[str, Any]:
        return {"text": text[place[0] : place[1]], "spans": [Span(start=place[0], end=place[1])]}

    def words(value: str) -> dict[str, Any]:
        whole = gold.find(value)
        places = [whole] if whole else [gold.find(piece) for piece in _PIECE.findall(value)]
        return {"text": value, "spans": [Span(start=place[0], end=place[1]) for place in places if place]}

    def field(kind: type[Any], value: str | None, **more: Any) -> Any:
        return kind(**words(value), **more) if value else None

    header = data.header
    date = DateMention(text="", spans=[], value=dt.date.fromisoformat(header.date)) if header.date else None
    references = [
        Reference(
            **at(place),
            document_type=entry.type or "other",
            number=entry.number,
            name=entry.name,
            date=entry.date and dt.date.fromisoformat(entry.date),
            issuer=Mention(**words(entry.issuer)) if entry.issuer else None,
            pinpoint=entry.pinpoint,
        )
        for entry, place in zip(data.references, gold.references, strict=True)
        if place
    ]
    deadlines = [
        Deadline(**at(place), kind=entry.kind, due=entry.due, duration=entry.duration, recurrence=entry.rrule)
        for entry, place in zip(data.deadlines, gold.deadlines, strict=True)
        if place
    ]
    return Dispatch(
        text=text,
        document_type=data.doc_type,
        header=Header(
            parent_agency=field(Finding, header.parent_agency),
            issuer=field(Finding, header.issuer),
            number=field(DocumentNumber, header.number),
            place=field(Finding, header.place),
            date=date,
            urgency=Marking(text="", spans=[], level=header.urgency) if header.urgency else None,
            secrecy=Marking(text="", spans=[], level=header.secrecy) if header.secrecy else None,
        ),
        subject=field(Finding, data.subject),
        sections=[
            Section(label=label.split("+")[0], span=Span(start=gold.line_range(a)[0], end=gold.line_range(b)[1]))
            for a, b, label in data.sections
        ],
        addressees=[Addressee(**words(value)) for value in data.addressees],
        directives=[
            Directive(**at(place), label=item.path.split("/")[-1], path=item.path)
            for item in data.directives
            if (place := gold.find(item.quote, item.line))
        ],
        recipients=[Recipient(**words(value)) for value in data.recipients],
        archive=field(Archive, data.archive),
        signatures=[
            Signature(
                authority=s.authority and s.authority.replace("/", ""),
                position=Mention(**words(s.position)) if s.position else None,
                name=Mention(**words(s.name)) if s.name else None,
            )
            for s in data.signature
        ],
        references=references,
        deadlines=deadlines,
        actors=[Actor(name=text[a:b], kind="agency", mentions=[Finding(**at((a, b)))]) for a, b in gold.actors],
        obligations=[
            Obligation(
                **at(place),
                modality=entry.modality,
                force=entry.force,
                bearers=[Mention(**words(value)) for value in entry.bearers],
                coordinators=[Mention(**words(value)) for value in entry.coordinators],
                action=Mention(**at(place)),
                deadlines=[deadlines[k] for k in entry.deadlines],
                references=[references[k] for k in entry.references],
            )
            for entry, place in zip(data.obligations, gold.obligations, strict=True)
            if place
        ],
    )
