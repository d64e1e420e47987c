"""What is looked at in the bytes of a PDF before pdfium opens it: streams that grow beyond the limits once unpacked."""

from __future__ import annotations

import re
import zlib

from vnadmin_nlp.read.document import Document

_STREAM = re.compile(rb"stream\r?\n")
_FLATE = re.compile(rb"/Fl(?:ateDecode)?(?![A-Za-z])")
_HEAD = 600  # bytes before a stream in which its dictionary names the filters
_LARGE = 100_000  # packed bytes below which a stream cannot grow beyond what a page may be
_CHUNK = 8_000_000


def check_streams(document: Document) -> None:
    """Raise ReadError where a packed stream of `document` grows too much, or all of them together."""
    data = document.data
    limits = document.options.limits
    total = len(data)
    at = 0
    while match := _STREAM.search(data, at):
        start = match.end()
        end = data.find(b"endstream", start)
        end = len(data) if end < 0 else end
        at = end
        filters = len(_FLATE.findall(data, max(0, match.start() - _HEAD), match.start()))
        if end - start < _LARGE or not filters:
            continue
        size = _size(data[start:end], end - start, limits.expansion, limits.expanded_bytes - total)
        if size is None:
            place = f"byte {start}"
            raise document.error("a stream of it grows too large once unpacked; raise Limits(expansion=...)", place)
        total += size


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
