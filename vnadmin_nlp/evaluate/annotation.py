"""What one gold file says, as typed values: the format of `corpus/GUIDELINES.md`."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from vnadmin_nlp.evaluate.forms import iso
from vnadmin_nlp.schema import ActorKind, DeadlineKind, DocumentType, Force, MarkingLevel, Modality


def _words(value: Any) -> Any:
    """YAML reads `path: 1` as a number and a bare day as a date; both are words here."""
    if isinstance(value, dt.date):
        return iso(value)
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else value


def _many(value: Any) -> Any:
    """One value written without its list."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


Words = Annotated[str, BeforeValidator(_words)]


def _all_words(value: Any) -> Any:
    return [_words(one) for one in _many(value)]


WordList = Annotated[list[str], BeforeValidator(_all_words)]


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class GoldHeader(_Entry):
    parent_agency: Words | None = None
    issuer: Words | None = None
    number: Words | None = None
    place: Words | None = None
    date: Words | None = None
    urgency: MarkingLevel | None = None
    secrecy: MarkingLevel | None = None


class GoldSignature(_Entry):
    authority: Words | None = None
    on_behalf_of: Words | None = None
    position: Words | None = None
    name: Words | None = None


class Quoted(_Entry):
    """Something printed at `line` with the words `quote`."""

    line: int
    quote: Words


class GoldDirective(_Entry):
    path: Words
    line: int
    quote: Words


class GoldReference(Quoted):
    type: DocumentType | None = None
    number: Words | None = None
    name: Words | None = None
    date: Words | None = None
    issuer: Words | None = None
    pinpoint: Words | None = None


class GoldDeadline(Quoted):
    kind: DeadlineKind
    due: Words | None = None
    duration: Words | None = None
    rrule: Words | None = None


class GoldActor(_Entry):
    text: Words
    kind: ActorKind


class GoldObligation(_Entry):
    line: int
    start: Words
    end: Words
    modality: Modality
    force: Force
    bearers: WordList = Field(default_factory=list)
    coordinators: WordList = Field(default_factory=list)
    deadlines: list[int] = Field(default_factory=list)
    references: list[int] = Field(default_factory=list)


class Annotation(_Entry):
    """One document. Lines count from 1; `sections` holds [first line, last line, label or labels joined by `+`]."""

    id: Words
    doc_type: DocumentType
    noisy: bool = False
    header: GoldHeader
    subject: Words | None
    sections: list[tuple[int, int, str]]
    addressees: WordList
    recipients: WordList
    archive: Words | None
    signature: Annotated[list[GoldSignature], BeforeValidator(_many)]
    directives: list[GoldDirective]
    references: list[GoldReference]
    deadlines: list[GoldDeadline]
    actors: list[GoldActor]
    obligations: list[GoldObligation]
