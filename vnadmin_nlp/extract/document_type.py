"""Tên loại văn bản."""

from __future__ import annotations

from vnadmin_nlp.knowledge.document_types import title_of, type_of_number
from vnadmin_nlp.layout import Layout
from vnadmin_nlp.schema import DocumentType, Header, SectionLabel
from vnadmin_nlp.text import bare_of

_WRAPPED = 3  # lines over which the name of a type may be broken


def read_document_type(layout: Layout, header: Header) -> DocumentType:
    """The type of the document: its printed title, else công văn by `V/v` and `Kính gửi`, else what its number says."""
    titled = _printed(layout)
    if titled:
        return titled
    subject = next(layout.cells(SectionLabel.SUBJECT), None)
    addressed = next(layout.cells(SectionLabel.ADDRESSEES), None)
    if subject is not None and addressed is not None:
        return DocumentType.CONG_VAN
    numbered = type_of_number(header.number.text) if header.number else None
    if numbered:
        return numbered
    return DocumentType.OTHER if subject is None and addressed is None else DocumentType.CONG_VAN


def _printed(layout: Layout) -> DocumentType | None:
    """The type named by the first words of the subject."""
    words = ""
    for count, cell in enumerate(layout.cells(SectionLabel.SUBJECT)):
        words = f"{words} {bare_of(layout.text.key[cell.start : cell.end])}".lstrip()
        title = title_of(words)
        if title:
            return title.type
        if count + 1 == _WRAPPED:
            break
    return None
