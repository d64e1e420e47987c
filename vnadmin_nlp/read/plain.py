"""Plain text and markdown: the characters of the file are the canonical text."""

from __future__ import annotations

from vnadmin_nlp.read.decode import decode
from vnadmin_nlp.read.document import Document
from vnadmin_nlp.schema.source import Format, SourceText


def read_txt(document: Document) -> SourceText:
    """A text file in any encoding. Raises ReadError where its bytes are no text."""
    return _read(document, Format.TXT)


def read_markdown(document: Document) -> SourceText:
    """A markdown file; what its marks mean is known further on (bold, headings, tables)."""
    return _read(document, Format.MARKDOWN)


def _read(document: Document, format: Format) -> SourceText:
    found = decode(document)
    return SourceText(
        text=found.text,
        name=document.name,
        format=format,
        encoding=found.encoding,
        source=found.source,
        diagnostics=found.diagnostics,
    )
