"""Files that tests make: Word files, compound files, archives, messages. All words are invented."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Mapping, Sequence


def docx(*paragraphs: str) -> bytes:
    """A Word file of plain paragraphs."""
    from docx import Document

    document, stream = Document(), io.BytesIO()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    document.save(stream)
    return stream.getvalue()


def zipped(members: Mapping[str, bytes] | Sequence[tuple[str, bytes]], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """An archive of `members`, which may have one name twice."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, data in members.items() if isinstance(members, Mapping) else members:
            archive.writestr(zipfile.ZipInfo(name), data, method)
    return stream.getvalue()


def compound(streams: Mapping[str, bytes]) -> bytes:
    """An OLE compound file ([MS-CFB]) with `streams` in its root, each of at most 512 bytes."""
    count, free, end = len(streams), 0xFFFFFFFF, 0xFFFFFFFE
    sectors = -(-(count + 1) // 4)  # of the directory, which stands between the table and the streams
    table = [0xFFFFFFFD, *range(2, 1 + sectors), *[end] * (1 + count)]
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<5H", 0x3E, 3, 0xFFFE, 9, 6) + bytes(10)
    header += struct.pack("<9I", 1, 1, 0, 0, end, 0, end, 0, 0) + struct.pack("<108I", *[free] * 108)
    entries = [_entry("Root Entry", 5, free, 1 if count else free, end, 0)]
    for i, (name, data) in enumerate(streams.items(), 1):
        entries.append(_entry(name, 2, i + 1 if i < count else free, free, i + sectors, len(data)))
    body = struct.pack("<128I", *table, *[free] * (128 - len(table))) + b"".join(entries).ljust(sectors * 512, b"\0")
    return header + body + b"".join(data.ljust(512, b"\0") for data in streams.values())


def _entry(name: str, kind: int, right: int, child: int, sector: int, size: int) -> bytes:
    words = name.encode("utf-16-le")
    head = words.ljust(64, b"\0") + struct.pack("<HBB3I", len(words) + 2, kind, 1, 0xFFFFFFFF, right, child)
    return head + bytes(36) + struct.pack("<IQ", sector, size)


def old_word(*, locked: bool = False, characters: int = 0) -> bytes:
    """What is recognised as a .doc file and says it has so many characters; there are no words in it."""
    fib = struct.pack("<6H", 0xA5EC, 0x00C1, 0, 0x0409, 0, 0x0100 if locked else 0).ljust(0x4C, b"\0")
    return compound({"WordDocument": fib + struct.pack("<I", characters), "1Table": bytes(512)})
