"""Files packed as one stream (.gz, .bz2, .zst), opened as what they hold."""

from __future__ import annotations

import bz2
import gzip
import io
import zlib
from pathlib import PurePath
from typing import IO, Any, TypeAlias, cast

from vnadmin_nlp.errors import missing

Source: TypeAlias = str | bytes
"""The path of a file, or its bytes where it lies in an archive."""

PACKED = frozenset({".gz", ".bz2", ".zst"})
BROKEN = (EOFError, OSError, zlib.error)
"""What is raised in the middle of a file that is cut off, damaged, or on a disk that fails."""
_BUFFER = 1 << 16


def opened(source: Source, name: str) -> IO[bytes]:
    """The bytes of the file called `name`, unpacked. Raises OSError."""
    file = io.BytesIO(source) if isinstance(source, bytes) else source
    ending = PurePath(name).suffix.lower()
    if ending == ".gz":
        return cast("IO[bytes]", gzip.open(file))
    if ending == ".bz2":
        return bz2.open(file)
    stream: IO[bytes] = file if isinstance(file, io.BytesIO) else open(file, "rb")  # noqa: PTH123, SIM115 - names in any bytes
    return _of_zstd(stream) if ending == ".zst" else stream


def _of_zstd(stream: IO[bytes]) -> IO[bytes]:
    try:
        import pyarrow
    except ImportError as error:
        raise missing("pyarrow", "batch", "reading .zst") from error
    return io.BufferedReader(cast("Any", pyarrow).CompressedInputStream(stream, "zstd"), _BUFFER)


def cut_off(error: Exception) -> str:
    """What became of the rest of a file."""
    cause = "the file is cut off" if isinstance(error, EOFError) else f"the file is damaged ({error})"
    return f"{cause}; what comes before is read. Get the file again"
