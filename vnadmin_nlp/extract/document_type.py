"""Tên loại văn bản."""

from __future__ import annotations

from vnadmin_nlp.layout import Layout
from vnadmin_nlp.schema import DocumentType, Header


def read_document_type(layout: Layout, header: Header) -> DocumentType:
    """The type of the document: its printed title, else what its number and layout say."""
    return DocumentType.OTHER
