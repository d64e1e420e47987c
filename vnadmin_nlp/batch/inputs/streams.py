"""Files packed as one stream (.gz, .bz2), opened as what they hold."""

from __future__ import annotations

import zlib
from importlib import import_module
from pathlib import Path
from typing import IO, cast

PACKED = {".gz": "gzip", ".bz2": "bz2"}
BROKEN = (EOFError, OSError, zlib.error)
"""What is raised in the middle of a file that is cut off, damaged, or on a disk that fails."""


def opened(path: str) -> IO[bytes]:
    """The bytes of a file, unpacked. Raises OSError."""
    module = PACKED.get(Path(path).suffix.lower())
    if module is None:
        return open(path, "rb")  # noqa: PTH123 - names in any bytes
    return cast("IO[bytes]", import_module(module).open(path, "rb"))


def cut_off(error: Exception) -> str:
    """What became of the rest of a file."""
    cause = "the file is cut off" if isinstance(error, EOFError) else f"the file is damaged ({error})"
    return f"{cause}; what comes before is read. Get the file again"
