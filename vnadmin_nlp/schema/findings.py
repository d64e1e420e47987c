"""What the body says: references, deadlines, actors, obligations, and what is doubtful."""

from __future__ import annotations

import datetime as dt

from pydantic import Field

from vnadmin_nlp.schema.base import Finding, Frozen, Mention, Span
from vnadmin_nlp.schema.enums import (
    ActorKind,
    DeadlineKind,
    DocumentType,
    Force,
    Modality,
    Relation,
    Role,
    Severity,
)


class Pinpoint(Frozen):
    """Vị trí viện dẫn, parsed: each part lists the labels named (`điểm a, b khoản 2` -> point [a, b], clause [2])."""

    part: list[str] = Field(default_factory=list)
    chapter: list[str] = Field(default_factory=list)
    section: list[str] = Field(default_factory=list)
    article: list[str] = Field(default_factory=list)
    clause: list[str] = Field(default_factory=list)
    point: list[str] = Field(default_factory=list)
    appendix: list[str] = Field(default_factory=list)


class Antecedent(Frozen):
    """What a short form stands for: this document itself (`this`), or a number, name and date given elsewhere in it.

    `target` is the part meant where it is one of this document, with the levels that the words leave to their place:
    `khoản 2 Điều này` inside Điều 7 -> article [7], clause [2].
    """

    this: bool = False
    target: Pinpoint | None = None
    number: str | None = None
    name: str | None = None
    date: dt.date | None = None
    span: Span | None = None


class Reference(Finding):
    """Viện dẫn: a mention of another document, or of a part of one.

    `number` has no inner spaces; works not numbered have a `name` instead. `pinpoint` is as printed, `target` the
    same parsed. `antecedent` says what a short form (`Nghị định này`, `khoản 2 Điều này`) stands for, where known.
    """

    document_type: DocumentType
    number: str | None = None
    name: str | None = None
    date: dt.date | None = None
    issuer: Mention | None = None
    pinpoint: str | None = None
    target: Pinpoint | None = None
    relation: Relation = Relation.MENTIONS
    antecedent: Antecedent | None = None


class Deadline(Finding):
    """Thời hạn.

    `due` is the day or instant as stated (of a month, quarter or year its last day); `inclusive` is False after
    `trước`. `last_day` is the last day on which the act is in time (Civil Code 2015, articles 144-148; working days
    of the Vietnamese public sector): a day the document names stands even where it is a day off, counted time that
    ends on one goes on to the next working day. It is None where the limit depends on an event the document does not
    date; for a receiver `vnadmin_nlp.last_day` then counts from the day of receipt. `duration` is `P15D`, `P15B` for
    working days, `PT24H` for hours; `anchor` is the event it counts from, as printed.
    `recurrence` is an RFC 5545 RRULE, several joined by ` | `.
    """

    kind: DeadlineKind
    start: dt.date | dt.datetime | None = None
    due: dt.date | dt.datetime | None = None
    inclusive: bool = True
    last_day: dt.date | None = None
    duration: str | None = None
    anchor: str | None = None
    recurrence: str | None = None


class Actor(Frozen):
    """Chủ thể: one body, post, group or person, with every place it is named. `name` is its fullest form.

    `canonical` is its full official name where that is known to differ from how the document writes it.
    """

    name: str
    kind: ActorKind
    mentions: list[Finding]
    roles: list[Role] = Field(default_factory=list)
    canonical: str | None = None


class Obligation(Finding):
    """Nhiệm vụ: what somebody must do, must not do, or may do because of this document. `text` is the clause."""

    modality: Modality
    force: Force
    trigger: Mention | None = None
    bearers: list[Mention] = Field(default_factory=list)
    coordinators: list[Mention] = Field(default_factory=list)
    report_to: list[Mention] = Field(default_factory=list)
    action: Mention
    condition: Mention | None = None
    deadlines: list[Deadline] = Field(default_factory=list)
    references: list[Reference] = Field(default_factory=list)
    directive: str | None = None


class Diagnostic(Frozen):
    """What is missing or doubtful. `code` is stable; `message` names the place, the cause and the mend."""

    code: str
    message: str
    severity: Severity
    span: Span | None = None
