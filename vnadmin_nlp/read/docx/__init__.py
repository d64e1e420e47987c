"""Word documents (.docx, .docm) in canonical text.

XML of one story -> `walk` (paragraphs and tables with automatic numbers, `numbering`, and looks, `styles`) -> `letters`
(legacy fonts) -> `write` (order on the page, `read.tables`).
"""

from __future__ import annotations

from vnadmin_nlp.errors import ReadError
from vnadmin_nlp.read.document import Document
from vnadmin_nlp.schema import SourceText

__all__ = ["read_docx"]


def read_docx(document: Document) -> SourceText:
    """The canonical text of a Word document. Raises ReadError where the file cannot be read.

    Parts that are lost are named in `diagnostics`: `docx.part_missing`, `docx.part_broken`, `docx.alt_chunk`,
    `docx.subdocument`, `docx.only_pictures`; words struck through are left out, and `docx.struck_out` says so.
    """
    from vnadmin_nlp.read.docx.reading import read_package

    try:
        return read_package(document)
    except ReadError:
        raise
    except RecursionError as error:
        raise document.error("tables or text boxes are nested too deeply; save the file anew in Word") from error
    except MemoryError as error:
        raise document.error("the file does not fit in memory; raise no limits, split the file") from error
