"""What is looked at in the bytes of a PDF before pdfium opens it: what grows beyond the limits once it is unpacked or
drawn. pdfium cannot be stopped while it does that."""

from __future__ import annotations

import re
import zlib
from typing import NamedTuple

from vnadmin_nlp.read.document import Document

_STREAM = re.compile(rb"stream\r?\n")
_FLATE = re.compile(rb"/Fl(?:ateDecode)?(?![A-Za-z])")
_OBJECT = re.compile(rb"(\d{1,10})\s+\d{1,5}\s+obj\b")
_REFERENCE = re.compile(rb"(\d{1,10})\s+\d{1,5}\s+R\b")
_FORM = re.compile(rb"/Subtype\s*/Form\b")
_DRAWS = re.compile(rb"\bDo\b")
_HEAD = 2_000  # bytes before a stream in which its dictionary stands
_LARGE = 100_000  # packed bytes below which a stream cannot grow beyond what a page may be
_CHUNK = 8_000_000
_MOST_DRAWN = 200_000  # forms that one form may draw with those inside it


class _Form(NamedTuple):
    """A drawing that pages and other drawings use: what it may use, and how often it uses something."""

    references: list[int]
    draws: int


def check_streams(document: Document) -> None:
    """Raise ReadError where a packed stream of `document` grows too much, or all of them together, or where drawings
    inside drawings multiply."""
    data = document.data
    limits = document.options.limits
    total = len(data)
    forms: dict[int, _Form] = {}
    at = 0
    while match := _STREAM.search(data, at):
        start = match.end()
        end = data.find(b"endstream", start)
        end = len(data) if end < 0 else end
        head = data[max(at, match.start() - _HEAD) : match.start()]
        at = end + len(b"endstream")
        packed = bool(_FLATE.search(head))
        if _FORM.search(head) and (number := _last(_OBJECT, head)):
            references = [int(found) for found in _REFERENCE.findall(head, number.end())]
            forms[int(number[1])] = _Form(references, len(_DRAWS.findall(_unpacked(data[start:end], packed))))
        if end - start < _LARGE or not packed:
            continue
        size = _size(data[start:end], end - start, limits.expansion, limits.expanded_bytes - total)
        if size is None:
            place = f"byte {start}"
            raise document.error("a stream of it grows too large once unpacked; raise Limits(expansion=...)", place)
        total += size
    if any(form.draws > 1 for form in forms.values()) and _drawn(forms) > _MOST_DRAWN:
        raise document.error("drawings inside drawings multiply in it without end; print it to a new PDF")


def _last(pattern: re.Pattern[bytes], data: bytes) -> re.Match[bytes] | None:
    found = None
    for match in pattern.finditer(data):
        found = match
    return found


def _unpacked(data: bytes, packed: bool) -> bytes:
    """The first of the operators in a stream."""
    if not packed:
        return data[:_CHUNK]
    try:
        return zlib.decompressobj().decompress(data, _CHUNK)
    except zlib.error:
        return b""


def _drawn(forms: dict[int, _Form]) -> int:
    """How many forms the form that draws most of them draws, at most."""
    weights: dict[int, int] = {}
    for number in forms:
        stack = [number]
        while stack:
            form = forms[stack[-1]]
            inside = [other for other in form.references if other in forms]
            waiting = [other for other in inside if other not in weights and other not in stack]
            if waiting:
                stack.append(waiting[0])
                continue
            heaviest = max((weights.get(other, 1) for other in inside), default=0)
            weights[stack.pop()] = min(1 + form.draws * heaviest, 10 * _MOST_DRAWN)
    return max(weights.values(), default=0)


def _size(packed: bytes, length: int, expansion: int, room: int) -> int | None:
    """The unpacked size of `packed`; None where it is more than `expansion` times as large, or than `room`."""
    unpacker = zlib.decompressobj()
    size = 0
    rest = packed
    try:
        while rest and not unpacker.eof:
            size += len(unpacker.decompress(rest, _CHUNK))
            rest = unpacker.unconsumed_tail
            if size > expansion * length or size > room:
                return None
    except zlib.error:
        return size  # pdfium reads what it can of it
    return size
