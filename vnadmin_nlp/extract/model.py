"""Candidates: what extractors propose, as ranges of the flow with evidence. Resolve chooses among them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from vnadmin_nlp.schema import (
    ActorKind,
    Antecedent,
    DeadlineKind,
    DocumentType,
    Force,
    Modality,
    Pinpoint,
    Relation,
)
from vnadmin_nlp.text import Range


@dataclass(frozen=True, slots=True)
class Context:
    """What the head of the document says that the reading of its body depends on."""

    document_type: DocumentType = DocumentType.OTHER
    issued: dt.date | None = None
    issuer: str | None = None
    number: str | None = None
    addressees: tuple[str, ...] = ()


@dataclass(slots=True)
class ReferenceCandidate:
    """One reference. `announced` is the relation its words announce, even where another document makes the change."""

    start: int
    end: int
    document_type: DocumentType
    rule: str
    score: float = 1.0
    number: str | None = None
    name: str | None = None
    date: dt.date | None = None
    issuer: Range | None = None
    pinpoint: Range | None = None
    target: Pinpoint | None = None
    relation: Relation = Relation.MENTIONS
    announced: Relation = Relation.MENTIONS
    antecedent: Antecedent | None = None
    in_law_name: bool = False


@dataclass(slots=True)
class DeadlineCandidate:
    start: int
    end: int
    kind: DeadlineKind
    rule: str
    score: float = 1.0
    begin: dt.date | dt.datetime | None = None
    due: dt.date | dt.datetime | None = None
    inclusive: bool = True
    last_day: dt.date | None = None
    duration: str | None = None
    anchor: str | None = None
    recurrence: str | None = None
    diagnostics: list[tuple[str, str]] = field(default_factory=list)


@dataclass(slots=True)
class ActorCandidate:
    """One mention of a body, post, group or person. `key` is the same for mentions of one actor (filled by resolve).

    `guessed` says that its words alone name nobody: they count because of where they stand.
    """

    start: int
    end: int
    kind: ActorKind
    rule: str
    score: float = 1.0
    key: str = ""
    guessed: bool = False


@dataclass(slots=True)
class ObligationCandidate:
    """One clause. `bearers`, `coordinators`, `report_to` are ranges of actor mentions, in the order printed."""

    start: int
    end: int
    modality: Modality
    force: Force
    action: Range
    rule: str
    score: float = 1.0
    trigger: Range | None = None
    bearers: list[Range] = field(default_factory=list)
    coordinators: list[Range] = field(default_factory=list)
    report_to: list[Range] = field(default_factory=list)
    condition: Range | None = None
    deadlines: list[DeadlineCandidate] = field(default_factory=list)
    references: list[ReferenceCandidate] = field(default_factory=list)
    directive: str | None = None
