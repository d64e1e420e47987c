"""Digital signatures that a PDF carries: who signed, when and why, as certificate and dictionary say; not verified."""

from __future__ import annotations

import ctypes
import datetime as dt
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from vnadmin_nlp.schema.source import Box, EmbeddedSignature

_DATE = re.compile(r"D:(\d{4})(\d\d)(\d\d)(\d\d)?(\d\d)?(\d\d)?(?:(Z)|([+-])(\d\d)'?(\d\d)?'?)?")
_MOST = 200  # signatures that are read
_LONGEST = 2_000_000  # bytes of one signature


class Widget(NamedTuple):
    """Where a signature is shown."""

    page: int
    box: Box


def signatures_of(pdf: Any) -> list[EmbeddedSignature]:
    """The signatures of the document `pdf` in the order they were put in."""
    import pypdfium2.raw as pdfium

    known: dict[bytes, dict[str, str | None]] = {}  # one certificate often signs several times
    out = []
    for index in range(min(pdfium.FPDF_GetSignatureCount(pdf), _MOST)):
        handle = pdfium.FPDF_GetSignatureObject(pdf, index)
        if not handle:
            continue
        certificate = _certificate(_bytes(pdfium.FPDFSignatureObj_GetContents, handle), known)
        time = _bytes(pdfium.FPDFSignatureObj_GetTime, handle).rstrip(b"\0").decode("latin-1")
        reason = _bytes(pdfium.FPDFSignatureObj_GetReason, handle).decode("utf-16-le", "replace").rstrip("\0").strip()
        out.append(
            EmbeddedSignature(
                signer=certificate.get("signer"),
                organisation=certificate.get("organisation"),
                email=certificate.get("email"),
                signed_at=_time(time) or certificate.get("signed_at"),
                reason=reason or None,
            )
        )
    return out


def placed(signatures: list[EmbeddedSignature], widgets: list[Widget]) -> list[EmbeddedSignature]:
    """`signatures` with the places where they are shown, if each has one: fields are listed as they were signed.

    A field without extent is shown nowhere.
    """
    if len(signatures) != len(widgets):
        return signatures
    return [
        s._replace(page=w.page, box=w.box) if w.box.right > w.box.left and w.box.bottom > w.box.top else s
        for s, w in zip(signatures, widgets, strict=True)
    ]


def _bytes(call: Any, handle: Any) -> bytes:
    length = call(handle, None, 0)
    if not 0 < length <= _LONGEST:
        return b""
    buffer = ctypes.create_string_buffer(length)
    call(handle, buffer, length)
    return buffer.raw


def _time(text: str) -> dt.datetime | None:
    """A date of a PDF (`D:20250124150622+07'00'`)."""
    match = _DATE.match(text)
    if match is None:
        return None
    numbers = [int(part or 0) for part in match.groups()[:6]]
    zone = None
    if match[7]:
        zone = dt.UTC
    elif match[8]:
        away = dt.timedelta(hours=int(match[9]), minutes=int(match[10] or 0))
        zone = dt.timezone(away if match[8] == "+" else -away) if away < dt.timedelta(days=1) else None
    try:
        year, month, day, hour, minute, second = numbers
        return dt.datetime(year, month, day, hour, minute, second, tzinfo=zone)
    except ValueError:
        return None


def _certificate(contents: bytes, known: dict[bytes, dict[str, str | None]]) -> dict[str, Any]:
    """Signer, organisation, email and time of a PKCS#7 signature; empty where it cannot be read."""
    if not contents:
        return {}
    from asn1crypto import cms

    try:
        signed = cms.ContentInfo.load(contents)["content"]
        signer = signed["signer_infos"][0]
        identity = signer["sid"].dump()
        if identity not in known:
            known[identity] = _names(signed["certificates"], signer["sid"].chosen["serial_number"].native)
        out: dict[str, Any] = dict(known[identity])
        for attribute in signer["signed_attrs"] or ():
            if attribute["type"].native == "signing_time":
                out["signed_at"] = attribute["values"].native[0]
        return out
    except Exception:  # asn1crypto raises errors of any kind on what is no DER
        return {}


def _names(certificates: Any, number: int) -> dict[str, str | None]:
    """What the certificate with the serial `number` says about its owner."""
    every = [item.chosen for item in certificates if item.name == "certificate"]
    own = next(item for item in every if item.serial_number == number)
    subject = own.subject.native
    return {
        "signer": _first(subject.get("common_name")),
        "organisation": _first(subject.get("organization_name")),
        "email": _first(subject.get("email_address")) or next(_mail_names(own), None),
    }


def _mail_names(certificate: Any) -> Iterator[str]:
    for name in certificate.subject_alt_name_value or ():
        if name.name == "rfc822_name":
            yield name.native


def _first(value: Any) -> str | None:
    if isinstance(value, list):
        value = value[0] if value else None
    return value.strip() or None if isinstance(value, str) else None
