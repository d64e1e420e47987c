"""Chữ ký số: as text, the appearance of a certificate of the Government cipher service or what a PDF reader prints,
and as the file carries it.

As text it is one line or several (`Ký bởi: ...`, `Email: ...`, `Cơ quan: ...`, `Thời gian ký: 13.09.2022 16:40:31
+07:00`), before the head, in the signature block, or without any labels above the head of an electronic copy.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from vnadmin_nlp.layout import Cell, Layout
from vnadmin_nlp.schema import DigitalSignature, EmbeddedSignature, SectionLabel, Signature
from vnadmin_nlp.text import Range, bare_of, key_of, normalize, spans_of

_LABEL = re.compile(
    r"(?P<signer>(?:duoc\s+)?k[yi]\s+(?:so\s+)?b[o0o]i|nguoi\s+ky|digitally\s+signed\s+by)\s{0,3}:?"
    r"|(?P<time>thoi\s+gian\s+ky|ngay\s+ky|date)\s{0,3}[:.]"
    r"|(?P<mail>e-?mail)\s{0,3}:"
    r"|(?P<body>co\s+quan|to\s+chuc)\s{0,3}:"
    r"|(?P<other>signature\s+(?:not\s+verified|valid)|chu\s+ky\s+so\b|dn\s{0,3}:\s{0,3}c=|reason:|location:|dia\s+chi\s{0,3}:)"
)
_MAIL = re.compile(r"[\w.+-]{1,60}@[\w-]{1,60}(?:\.[\w-]{1,30}){1,4}")
_TIME = re.compile(
    r"(?<!\d)(?:(?P<d>\d{1,2})[./-](?P<m>\d{1,2})[./-](?P<y>\d{4})|(?P<y2>\d{4})[./-](?P<m2>\d{1,2})[./-](?P<d2>\d{1,2}))"
    r"[\sT,]{1,3}(?P<H>\d{1,2}):(?P<M>\d{2})(?::(?P<S>\d{2}))?(?:\s{0,3}(?P<sign>[+-])(?P<oh>\d{2})[:']?(?P<om>\d{2})'?)?"
)
_ORGANISATION = re.compile(r"\bO=([^,]{2,80})")
_COMMON_NAME = re.compile(r"\bCN=([^,]{2,80})")
_ZONE = re.compile(r"\s{0,3}([+-])(\d{2}):(\d{2})\s*$")


@dataclass(slots=True)
class _Found:
    signer: str | None = None
    organisation: str | None = None
    email: str | None = None
    signed_at: dt.datetime | None = None
    lines: list[Range] = field(default_factory=list)


def is_digital(bare: str) -> bool:
    """Whether `bare`, a line of a signature block, belongs to a digital signature."""
    bare = bare[:200]
    match = _LABEL.search(bare)
    if match and (match.start() < 12 or match.lastgroup in ("signer", "time")):
        return match.lastgroup not in ("body",) or match.start() < 3
    return bool(_MAIL.search(bare) or _TIME.search(bare) or _ZONE.match(bare))


def read_digital(layout: Layout) -> DigitalSignature | None:
    """The digital signature of the document: the text in the signature block, else the one above the head."""
    found = _Found()
    for cells in (list(layout.cells(SectionLabel.SIGNATURE)), _above(layout)):
        _collect(layout, cells, found)
        if found.signed_at or found.signer:
            break
    if not found.lines or not (found.signed_at or found.signer or found.email):
        return None
    return DigitalSignature(
        signer=found.signer, organisation=found.organisation, email=found.email, signed_at=found.signed_at,
        spans=spans_of(layout.text, *found.lines),
    )  # fmt: skip


def with_embedded(found: list[Signature], embedded: Sequence[EmbeddedSignature]) -> list[Signature]:
    """`found` with the digital signatures that the file carries: each goes to the block that bears its signer's name.

    One that names nobody of the text (the seal of a body, or a scan that shows no name) goes to the first block that
    has none; what the text prints about a signature is kept where the certificate is silent.
    """
    out = list(found)
    rest: list[EmbeddedSignature] = []
    for one in embedded:
        at = next((i for i, block in enumerate(out) if _names(block, one)), None)
        if at is None:
            rest.append(one)
        else:
            out[at] = out[at].model_copy(update={"digital": _certified(one, out[at].digital)})
    for one in rest:
        at = next((i for i, block in enumerate(out) if block.digital is None), None)
        if at is not None:
            out[at] = out[at].model_copy(update={"digital": _certified(one, None)})
        elif not found:
            out.append(Signature(digital=_certified(one, None), rule="signature.embedded"))
    return out


def _names(block: Signature, one: EmbeddedSignature) -> bool:
    """Whether the certificate of `one` names the signer of `block` (`Nguyễn Văn A`, `Sở Nội vụ, Nguyễn Văn A`)."""
    if block.name is None or one.signer is None:
        return False
    return key_of(block.name.text) in key_of(normalize(one.signer).text)


def _certified(one: EmbeddedSignature, printed: DigitalSignature | None) -> DigitalSignature:
    printed = printed or DigitalSignature()
    return DigitalSignature(
        signer=one.signer or printed.signer,
        organisation=one.organisation or printed.organisation,
        email=one.email or printed.email,
        signed_at=one.signed_at or printed.signed_at,
        spans=printed.spans,
    )


def _above(layout: Layout) -> list[Cell]:
    """The cells above the head and between the columns of it: stamps of electronic copies."""
    cells: list[Cell] = []
    for line in layout.lines:
        if line.label in (SectionLabel.PREAMBLE, SectionLabel.BODY):
            break
        cells.extend(cell for cell in line.cells if cell.label is SectionLabel.NOISE)
    return cells


def _collect(layout: Layout, cells: list[Cell], found: _Found) -> None:
    previous: list[Cell] = []
    for cell in cells:
        text = layout.text.text[cell.start : cell.end]
        bare = bare_of(layout.text.key[cell.start : cell.end])
        if len(text) > 400 or not is_digital(bare):
            previous = [*previous, cell][-3:] if len(text) < 60 else []
            continue
        unlabelled = not _LABEL.search(bare)
        if unlabelled and found.signer is None and previous and _MAIL.search(text):
            found.signer = " ".join(layout.text.words(c.start, c.end) for c in previous)
            found.lines.extend((c.start, c.end) for c in previous)
        found.lines.append((cell.start, cell.end))
        _fields(text, bare, found)
        previous = []


def _fields(text: str, bare: str, found: _Found) -> None:
    """Add what one line says."""
    labels = list(_LABEL.finditer(bare))
    for match, following in zip_longest(labels, labels[1:]):
        end = following.start() if following else len(text)
        value = " ".join(text[match.end() : end].split()).strip(" .,;:—-*")
        if match.lastgroup == "signer" and value:
            found.signer = found.signer or value.split(", thời gian")[0].split(" Email")[0]
        elif match.lastgroup == "body" and value:
            found.organisation = found.organisation or value
    mail, time = _MAIL.search(text), _TIME.search(text)
    if mail:
        found.email = found.email or mail.group()
    if time:
        found.signed_at = found.signed_at or _moment(time)
    zone = _ZONE.match(text)
    if zone and found.signed_at and found.signed_at.tzinfo is None:
        found.signed_at = found.signed_at.replace(tzinfo=_offset(zone[1], zone[2], zone[3]))
    name, body = _COMMON_NAME.search(text), _ORGANISATION.search(text)
    if name:
        found.signer = found.signer or name[1].strip()
    if body:
        found.organisation = found.organisation or body[1].strip()


def _moment(match: re.Match[str]) -> dt.datetime | None:
    """The instant that `match` prints, with its offset where one stands there."""
    year, month, day = (match["y"], match["m"], match["d"]) if match["y"] else (match["y2"], match["m2"], match["d2"])
    zone = _offset(match["sign"], match["oh"], match["om"]) if match["sign"] else None
    try:
        return dt.datetime(
            int(year), int(month), int(day), int(match["H"]), int(match["M"]), int(match["S"] or 0), tzinfo=zone
        )
    except ValueError:
        return None


def _offset(sign: str, hours: str, minutes: str) -> dt.timezone | None:
    shift = dt.timedelta(hours=int(hours), minutes=int(minutes))
    return dt.timezone(-shift if sign == "-" else shift) if shift < dt.timedelta(hours=24) else None
