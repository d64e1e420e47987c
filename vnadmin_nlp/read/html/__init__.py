"""Web pages and the HTML that word processors write."""

from __future__ import annotations

from vnadmin_nlp.read.document import Document
from vnadmin_nlp.schema.source import SourceText

__all__ = ["read_html"]


def read_html(document: Document) -> SourceText:
    """The canonical text of a page.

    Words of the web site around the document are blocks of kind CHROME. Scripts, style sheets, fields, hidden,
    deleted (`<del>`) and struck words are left out. Nothing is fetched. Raises ReadError where the file is no page.
    """
    from vnadmin_nlp.read.html.page import read_page

    return read_page(document)
