"""The parts of a document that are not its text: header, sections, addressees, directives, recipients, signatures."""

from __future__ import annotations

import datetime as dt

from pydantic import Field

from vnadmin_nlp.schema.base import Finding, Frozen, Mention, Span
from vnadmin_nlp.schema.enums import Authority, MarkingLevel, SectionLabel


class DocumentNumber(Finding):
    """Số, ký hiệu: `text` without inner spaces. `serial` is None where the number is left blank (`Số:    /UBND-KT`)."""

    serial: str | None = None
    year: int | None = None
    symbol: str | None = None


class DateMention(Finding):
    """Ngày ban hành as printed, and its value."""

    value: dt.date


class Marking(Finding):
    """Mức độ khẩn or độ mật as stamped."""

    level: MarkingLevel


class Header(Frozen):
    """Phần đầu (Decree 30/2020 appendix I). What the document does not show is None."""

    parent_agency: Finding | None = None
    issuer: Finding | None = None
    number: DocumentNumber | None = None
    place: Finding | None = None
    date: DateMention | None = None
    urgency: Marking | None = None
    secrecy: Marking | None = None


class Section(Frozen):
    """One part of the document: whole lines."""

    label: SectionLabel
    span: Span


class Addressee(Finding):
    """Nơi nhận chính, after `Kính gửi`."""


class Recipient(Finding):
    """One line of `Nơi nhận`; `purpose` is what its note says it is for, spelled out (`để báo cáo`)."""

    purpose: str | None = None


class Archive(Finding):
    """`Lưu: VT, NC (05b)`: units that keep a copy, the drafter, the number of copies."""

    units: list[str] = Field(default_factory=list)
    drafter: str | None = None
    copies: int | None = None


class DigitalSignature(Frozen):
    """Chữ ký số as printed beside or above the text. `signed_at` is not the date of the document."""

    signer: str | None = None
    organisation: str | None = None
    email: str | None = None
    signed_at: dt.datetime | None = None
    spans: list[Span] = Field(default_factory=list)


class Signature(Frozen):
    """One signature block: who signed, on whose authority. `name` is without rank or degree; those stand in `rank`."""

    authority: Authority | None = None
    on_behalf_of: Mention | None = None
    position: Mention | None = None
    name: Mention | None = None
    rank: str | None = None
    digital: DigitalSignature | None = None
    rule: str = ""
    score: float = 1.0


class Directive(Finding):
    """A numbered item of the body. `spans` run from its label to its end, children included.

    `label` is without final punctuation (`1`, `a`, `II`, `Điều 3`); `path` joins the labels from the outermost to
    this one by `/`; `heading` is the item's title where its first line is one.
    """

    label: str
    path: str
    heading: Mention | None = None
    children: list[Directive] = Field(default_factory=list)
