"""What archives and messages have in common: the parts they hold, their names, and how much they may ask for."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from vnadmin_nlp.errors import ReadError
from vnadmin_nlp.read.options import Limits
from vnadmin_nlp.schema.source import Format

SMALL = 1_000_000  # bytes of a part that may be packed as tightly as it likes
_LONGEST = 255
_DRIVE = re.compile(r"^([A-Za-z]):")
_UP = re.compile(r"(?<![^/])\.\.(?![^/])")


class Part(NamedTuple):
    """A file in an archive or message: the name to show, and its bytes or why they cannot be had.

    `format` is known for the words of a message itself, its `body`.
    """

    name: str
    data: bytes | ReadError
    format: Format | None = None
    body: bool = False


class Budget:
    """What is left of the limits of one file; archives inside archives share it."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.members = limits.members
        self.bytes = limits.expanded_bytes

    def allow_members(self, count: int, name: str) -> None:
        """Whether `count` more files may be looked at."""
        if count > self.members:
            cause = f"more than {self.limits.members} files in all; raise Limits(members=...), or unpack it yourself"
            raise ReadError(name, cause)

    def spend_members(self, count: int, name: str) -> None:
        self.allow_members(count, name)
        self.members -= count

    def allow(self, size: int, name: str) -> None:
        """Whether `size` more bytes may be unpacked."""
        if size > self.bytes:
            cause = f"more than {self.limits.expanded_bytes} bytes once unpacked; raise Limits(expanded_bytes=...)"
            raise ReadError(name, f"{cause}, or unpack it yourself")

    def spend(self, size: int, name: str) -> None:
        self.allow(size, name)
        self.bytes -= size

    def allow_expansion(self, size: int, packed: int, name: str) -> None:
        """Whether `packed` bytes may become `size` bytes."""
        if size > SMALL and size > self.limits.expansion * max(packed, 1):
            times = self.limits.expansion
            raise ReadError(name, f"more than {times} times larger once unpacked; raise Limits(expansion=...)")


def too_large(name: str, most: int) -> ReadError:
    """The error for a file of more than `most` bytes."""
    return ReadError(name, f"more than {most} bytes; raise Limits(file_bytes=...) to read it")


def shown(name: str) -> str:
    """`name` with `/` between its folders; what would lead out of a folder or cannot be seen is escaped as in a URL.

    `../a.docx` is `%2E%2E/a.docx`, `/etc/a` is `%2Fetc/a`, `C:\\\\a` is `C%3A/a`, a line break is `%0A`.
    """
    name = _DRIVE.sub(r"\1%3A", name.replace("\\", "/"))
    name = _UP.sub("%2E%2E", name)
    if name.startswith("/"):
        name = "%2F" + name[1:]
    name = "".join(_escaped(c) if unicodedata.category(c) in {"Cc", "Cf", "Cs", "Zl", "Zp"} else c for c in name)
    return name if len(name) <= _LONGEST else f"{name[: _LONGEST - 41]}…{name[-40:]}"


def _escaped(character: str) -> str:
    return "".join(f"%{byte:02X}" for byte in character.encode("utf-8", "surrogatepass"))
