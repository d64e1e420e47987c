"""Files in, canonical text out; and the Dispatch they hold."""

from __future__ import annotations

from vnadmin_nlp.options import Options
from vnadmin_nlp.parse import parse
from vnadmin_nlp.read.files import Source, read_text, read_texts
from vnadmin_nlp.read.options import Image, Limits, OcrEngine, ReadOptions, RecognisedWord
from vnadmin_nlp.schema import Dispatch, Format

__all__ = [
    "Image",
    "Limits",
    "OcrEngine",
    "ReadOptions",
    "RecognisedWord",
    "read",
    "read_text",
    "read_texts",
]


def read(
    source: Source, *, format: str | Format | None = None, name: str | None = None, options: Options | None = None
) -> Dispatch:
    """The Dispatch that a file holds: `parse(read_text(source))`, both with `options`.

    Takes a path, bytes, or a file opened in binary mode; see `read_text` for formats, options and errors. What could
    not be read inside the file (a scanned page without OCR, letters that mean nothing) is in `diagnostics`. To find
    the place of a result in the file, keep the SourceText and ask its `locate`.
    """
    return parse(read_text(source, format=format, name=name, options=options), options=options)
