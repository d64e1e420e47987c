"""Files packed as one stream (.gz, .bz2), opened as what they hold."""

from __future__ import annotations

import io
import zlib
from importlib import import_module
from typing import IO, TypeAlias, cast

Source: TypeAlias = str | bytes
"""The path of a file, or its bytes where it lies in an archive."""

PACKED = {".gz": "gzip", ".bz2": "bz2"}
BROKEN = (EOFError, OSError, zlib.error)
"""What is raised in the middle of a file that is cut off, damaged, or on a disk that fails."""


def opened(source: Source, name: str) -> IO[bytes]:
    """The bytes of the file called `name`, unpacked. Raises OSError."""
    module = next((module for ending, module in PACKED.items() if name.lower().endswith(ending)), None)
    if module is not None:
        return cast(
            "IO[bytes]", import_module(module).open(io.BytesIO(source) if isinstance(source, bytes) else source)
        )
    return io.BytesIO(source) if isinstance(source, bytes) else open(source, "rb")  # noqa: PTH123 - names in any bytes


def cut_off(error: Exception) -> str:
    """What became of the rest of a file."""
    cause = "the file is cut off" if isinstance(error, EOFError) else f"the file is damaged ({error})"
    return f"{cause}; what comes before is read. Get the file again"
