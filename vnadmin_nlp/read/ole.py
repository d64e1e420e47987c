"""What an OLE compound file holds (.doc, .xls, .msg, an encrypted .docx): the names in its root ([MS-CFB])."""

from __future__ import annotations

import struct
from typing import NamedTuple

_FREE = 0xFFFFFFFA  # sector numbers from here on mean something else
_UNUSED = 0xFFFFFFFF
_ENTRY = 128
_PASSWORD = 0x0100  # FibBase.fEncrypted ([MS-DOC] 2.5.2)
_WORD_97 = 0x00C1  # FibBase.nFib from Word 97 on
_CHARACTERS = 0x4C  # FibRgLw97.ccpText ([MS-DOC] 2.5.4)


class Entry(NamedTuple):
    """A stream or storage: its name, its neighbours and first child in the directory, and its first sector."""

    name: str
    left: int
    right: int
    child: int
    sector: int


class Compound:
    """The directory of a compound file; a damaged one has fewer names, never an error."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._size = 1 << min(struct.unpack_from("<H", data, 30)[0], 12) if len(data) >= 512 else 512
        self._table = self._sectors()
        self.root: dict[str, Entry] = {}
        entries = self._entries()
        todo, seen = [entries[0].child] if entries else [], set[int]()
        while todo:
            at = todo.pop()
            if at < len(entries) and at not in seen:
                seen.add(at)
                self.root[entries[at].name] = entries[at]
                todo += [entries[at].left, entries[at].right]

    def begins(self, name: str) -> bytes:
        """The first sector of the stream `name` of the root."""
        return self._sector(self.root[name].sector)

    def is_cut_off(self) -> bool:
        """Whether sectors that are in use lie beyond the end of the file."""
        used = max((i for i, sector in enumerate(self._table) if sector != _UNUSED), default=-1)
        return (used + 1) * self._size >= len(self._data)

    def _sector(self, number: int) -> bytes:
        return self._data[(number + 1) * self._size : (number + 2) * self._size]

    def _entries(self) -> list[Entry]:
        """The directory, along its chain of sectors."""
        if len(self._data) < 512:
            return []
        sector, seen, out = struct.unpack_from("<I", self._data, 48)[0], set[int](), list[Entry]()
        while sector < _FREE and sector not in seen:
            seen.add(sector)
            block = self._sector(sector)
            out += [_entry(block, at) for at in range(0, len(block) - _ENTRY + 1, _ENTRY)]
            sector = self._table[sector] if sector < len(self._table) else _UNUSED
        return out

    def _sectors(self) -> tuple[int, ...]:
        """The sector that follows each, as far as the header lists the table (7 million bytes of file)."""
        if len(self._data) < 512:
            return ()
        numbers = [n for n in struct.unpack_from("<109I", self._data, 76) if n < _FREE]
        table = b"".join(map(self._sector, numbers))
        return struct.unpack_from(f"<{len(table) // 4}I", table)


def has_password(word_document: bytes) -> bool:
    """Whether the stream WordDocument that begins with these bytes is locked by a password."""
    return len(word_document) >= 12 and bool(struct.unpack_from("<H", word_document, 10)[0] & _PASSWORD)


def characters(word_document: bytes) -> int:
    """How many characters a Word file says its running text has, field codes and marks included; 0 if not known."""
    if len(word_document) < _CHARACTERS + 4 or struct.unpack_from("<H", word_document, 2)[0] < _WORD_97:
        return 0
    count: int = struct.unpack_from("<I", word_document, _CHARACTERS)[0]
    return count


def _entry(block: bytes, at: int) -> Entry:
    length = min(struct.unpack_from("<H", block, at + 64)[0], 64)
    left, right, child = struct.unpack_from("<3I", block, at + 68)
    name = block[at : at + max(length - 2, 0)].decode("utf-16-le", "replace")
    return Entry(name, left, right, child, struct.unpack_from("<I", block, at + 116)[0])
