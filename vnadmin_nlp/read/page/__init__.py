"""From words with boxes to lines, columns, tables and paragraphs: the geometry PDF and scans share."""

from vnadmin_nlp.read.page.model import PageContent, PageWord
from vnadmin_nlp.read.page.pages import write_pages

__all__ = ["PageContent", "PageWord", "write_pages"]
