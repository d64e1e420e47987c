"""Keys: documents and references that could belong together have one in common. Equal keys stand for equal facts."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import blake2b

from vnadmin_nlp.links.numbers import left_out
from vnadmin_nlp.links.records import Citation, Record

LIMIT = 256
"""A key that more documents have than this says too little: it is passed over, and counted in `Links.bounded`."""


def emit_document_keys(record: Record) -> Iterator[str]:
    """The keys a document can be found by."""
    serial, _, symbol = record.number
    day, year, where = record.date, record.year, _where(record)
    if serial and symbol:
        yield f"number|{serial}|{symbol}"
        if year:
            yield f"number-year|{serial}|{symbol}|{year}"
        if day:
            yield f"number-date|{serial}|{symbol}|{day}"
        if where:
            yield f"number-place|{serial}|{symbol}|{where}"
    if serial and day:
        yield f"serial-date|{serial}|{day}"
    if symbol and day:
        yield f"symbol-date|{symbol}|{day}"
    if day and record.issuer.name:
        yield f"type-date|{record.type}|{day}|{record.issuer.name}"
    if serial and record.issuer.name:
        yield f"serial-issuer|{serial}|{record.type}|{record.issuer.name}"
    if record.name:
        yield f"name|{record.type}|{record.name}"


def emit_reference_keys(record: Record, citation: Citation) -> Iterator[str]:
    """The keys of the documents that `citation` of `record` may mean, found without a slip in its number."""
    serial, printed_year, symbol = citation.number
    day = citation.date
    if serial and symbol:
        if day:
            yield f"number-date|{serial}|{symbol}|{day}"
        if year := year_of(citation):
            yield f"number-year|{serial}|{symbol}|{year}"
        for where in {citation.issuer.place or citation.issuer.province, _where(record), record.home} - {""}:
            yield f"number-place|{serial}|{symbol}|{where}"
        if not printed_year or not day:
            yield f"number|{serial}|{symbol}"
    elif serial:
        for name in {citation.issuer.name, record.issuer.name} - {""}:
            yield f"serial-issuer|{serial}|{citation.type}|{name}"
    if serial and day:
        yield f"serial-date|{serial}|{day}"
    if not serial and day and citation.issuer.name:
        yield f"type-date|{citation.type}|{day}|{citation.issuer.name}"
    if citation.name:
        yield f"name|{citation.type}|{citation.name}"


def emit_document_slip_keys(record: Record) -> Iterator[str]:
    """The keys a document can be found by where its number was misread by one letter."""
    serial, _, symbol = record.number
    if serial and symbol:
        for rest in left_out(symbol):
            yield f"slip|{serial}|{rest}"


def emit_reference_slip_keys(record: Record, citation: Citation) -> Iterator[str]:
    """The keys of the documents whose number is one letter from that of `citation`."""
    serial, _, symbol = citation.number
    if symbol and citation.date:
        yield f"symbol-date|{symbol}|{citation.date}"
    if serial and symbol:
        for rest in sorted(left_out(symbol)):
            yield f"slip|{serial}|{rest}"


def year_of(citation: Citation) -> int:
    """The year the cited number belongs to; 0 where the citation does not say."""
    import datetime as dt

    if citation.number.year:
        return citation.number.year
    return dt.date.fromordinal(citation.date).year if citation.date else citation.year


def hash_of(key: str) -> int:
    """A stable 64-bit number for a key."""
    return int.from_bytes(blake2b(key.encode(), digest_size=8).digest(), "little")


def _where(record: Record) -> str:
    """The place of the issuer: its district or commune, else its province."""
    return record.issuer.place or record.issuer.province
