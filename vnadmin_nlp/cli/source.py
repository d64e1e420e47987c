"""The text that a command is given: a file or the standard input, as characters."""

from __future__ import annotations

import codecs
import sys
from pathlib import Path

from vnadmin_nlp.errors import VnadminError


class SourceError(VnadminError):
    """A file cannot be read as text."""


# control characters that would act on a terminal; those that end a line stay
_CONTROLS = {code: " " for code in (*range(0x20), *range(0x7F, 0xA0)) if chr(code) not in "\t\n\v\f\r\x85"}

# the first bytes of formats that hold more than text
_FORMATS = {
    b"PK\x03\x04": "a Word, OpenDocument or zip file",
    b"%PDF": "a PDF",
    b"\xd0\xcf\x11\xe0": "an old Word file (.doc)",
    b"{\\rtf": "a rich text file (.rtf)",
}
_LITTLE, _BIG = "utf-16-le", "utf-16-be"


def read_text(file: str) -> str:
    """The characters of `file` (`-` is the standard input): UTF-8 or UTF-16, with or without a byte order mark.

    Raises SourceError that names the file and the mend.
    """
    name = "standard input" if file == "-" else file
    try:
        data = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    except FileNotFoundError as error:
        raise SourceError(f"{name}: no such file; check the path") from error
    except IsADirectoryError as error:
        raise SourceError(f"{name}: this is a folder; give one file of it") from error
    except OSError as error:
        raise SourceError(f"{name}: cannot be read: {error.strerror}") from error
    for start, kind in _FORMATS.items():
        if data.startswith(start):
            raise SourceError(f"{name}: this is {kind}; only plain text is read: save it as .txt in UTF-8")
    encoding = _encoding(data)
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise SourceError(
            f"{name}: byte {error.start} is not {encoding.upper()}; save the file as UTF-8 (a file in TCVN3, VNI or "
            f"Windows-1258 has to be converted first)"
        ) from error


def printable(text: str) -> str:
    """`text` of the same length without what would act on a terminal instead of being shown."""
    return text.translate(_CONTROLS)


def _encoding(data: bytes) -> str:
    if data.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    head = data[:2000]
    # UTF-16 without its mark: spaces, digits and plain letters have a zero in every second byte
    if head.count(0) * 4 > len(head):
        return _LITTLE if head[1::2].count(0) > head[::2].count(0) else _BIG
    return "utf-8"
