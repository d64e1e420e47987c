"""Keys: documents and references that could belong together have one in common. Equal keys stand for equal facts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from hashlib import blake2b

from vnadmin_nlp.links.bodies import body_of_symbol, is_slip, merged_with
from vnadmin_nlp.links.numbers import left_out, one_edit
from vnadmin_nlp.links.records import Citation, Record

LIMIT = 256
"""A key that more documents have than this says too little: it is passed over, and counted in `Links.bounded`."""
TIERS = 4
"""Keys are tried in tiers, the narrow ones first: number and day; number and place or year; number alone or with a part
of it missing; a letter misread. A wider tier is asked only where those before settle nothing."""


def emit_document_keys(record: Record) -> Iterator[str]:
    """The keys a document can be found by."""
    serial, _, symbol = record.number
    day, year, where = record.date, record.year, place_of(record)
    if serial and symbol:
        yield f"number|{serial}|{symbol}"
        if day:
            yield f"number-date|{serial}|{symbol}|{day}"
        if where:
            yield f"number-place|{serial}|{symbol}|{where}"
            if "-" in symbol:
                yield f"short-place|{serial}|{symbol.partition('-')[0]}|{where}"
        if year:
            yield f"number-year|{serial}|{symbol}|{year}"
    if serial and day:
        yield f"serial-date|{serial}|{day}"
    if symbol and day:
        yield f"symbol-date|{symbol}|{day}|{where}"
    if day and record.issuer.name:
        yield f"type-date|{record.type}|{day}|{record.issuer.name}"
    if serial and record.issuer.name:
        yield f"serial-issuer|{serial}|{record.type}|{record.issuer.name}"
    if record.name:
        yield f"name|{record.type}|{record.name}"


def emit_reference_keys(record: Record, citation: Citation, tier: int) -> Iterator[str]:
    """The keys in one tier but the last of the documents that `citation` of `record` may mean."""
    serial, _, symbol = citation.number
    day = citation.date
    if serial and symbol:
        if tier == 0 and day:
            yield f"number-date|{serial}|{symbol}|{day}"
        if tier == 1:
            for where in places(record, citation):
                yield f"number-place|{serial}|{symbol}|{where}"
            if year := year_of(citation):
                yield f"number-year|{serial}|{symbol}|{year}"
        if tier == 2:
            yield f"number|{serial}|{symbol}"
            if "-" not in symbol:
                for where in places(record, citation):
                    yield f"short-place|{serial}|{symbol}|{where}"
    elif tier == 2 and serial:
        for name in sorted({citation.issuer.name, record.issuer.name} - {""}):
            yield f"serial-issuer|{serial}|{citation.type}|{name}"
    if tier == 2 and day:
        if serial:
            yield f"serial-date|{serial}|{day}"
        elif citation.issuer.name:
            yield f"type-date|{citation.type}|{day}|{citation.issuer.name}"
    if tier == 0 and citation.name:
        yield f"name|{citation.type}|{citation.name}"


def emit_slip_keys(record: Record, citation: Citation, near: Mapping[str, Iterable[str]]) -> Iterator[str]:
    """The keys of the last tier: of documents whose number is one letter from that of `citation`.

    `near`: for symbols that no document has, those one letter away (`near_symbols`).
    """
    serial, _, symbol = citation.number
    if symbol and citation.date:
        for where in ("", *places(record, citation)):
            yield f"symbol-date|{symbol}|{citation.date}|{where}"
    meant = [citation.number._replace(symbol=other) for other in near.get(symbol, ()) if serial]
    if serial.endswith("b"):
        meant.append(citation.number._replace(serial=f"{serial[:-1]}8".lstrip("0")))
    for number in meant:
        for tier in range(TIERS - 1):
            yield from emit_reference_keys(record, citation._replace(number=number), tier)


def reference_keys(record: Record, citation: Citation, tier: int, near: Mapping[str, Iterable[str]]) -> Iterator[str]:
    """The keys of `citation` in any tier."""
    if tier < TIERS - 1:
        return emit_reference_keys(record, citation, tier)
    return emit_slip_keys(record, citation, near)


def near_symbols(documents: Iterable[str], cited: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """For each symbol of `cited` that is none of `documents`: those that it may be, one letter misread."""
    known = set(documents)
    by_rest: dict[str, list[str]] = {}
    for symbol in sorted(known):
        for rest in left_out(symbol):
            by_rest.setdefault(rest, []).append(symbol)
    out: dict[str, tuple[str, ...]] = {}
    for symbol in set(cited) - known - {""}:
        found = {other for rest in left_out(symbol) for other in by_rest.get(rest, ())}
        near = tuple(sorted(o for o in found if o and one_edit(symbol, o) and is_slip(symbol, o)))
        if near:
            out[symbol] = near
    return out


def places(record: Record, citation: Citation) -> tuple[str, ...]:
    """Where the issuer of the cited document may be: as named, else where the citing one, or its addressee, is."""
    if body_of_symbol(citation.number.symbol)[1]:
        return ()
    named = citation.issuer.place or citation.issuer.province
    if named:
        return (named,)
    found = {place_of(record), record.home, *(one.place or one.province for one in record.addressees)}
    found |= {one for place in found for one in merged_with(place, record.date)}
    return tuple(sorted(found - {""}))


def place_of(record: Record) -> str:
    """The place of a document's issuer: its district or commune, else its province; empty for central bodies."""
    return record.issuer.place or record.issuer.province


def year_of(citation: Citation) -> int:
    """The year the cited number belongs to; 0 where the citation does not say."""
    if citation.number.year:
        return citation.number.year
    return dt.date.fromordinal(citation.date).year if citation.date else citation.year


def hash_of(key: str) -> int:
    """A stable 64-bit number for a key."""
    return int.from_bytes(blake2b(key.encode(), digest_size=8).digest(), "little")
