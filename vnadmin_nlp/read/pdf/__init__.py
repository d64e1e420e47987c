"""PDF files: text layer by geometry, scans through recognition, embedded signatures."""

from vnadmin_nlp.read.pdf.reader import read_pdf

__all__ = ["read_pdf"]
