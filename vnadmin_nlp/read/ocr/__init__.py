"""Scans: pages and pictures without text are recognised (nhận dạng ký tự quang học)."""

from vnadmin_nlp.read.ocr.recogniser import Recogniser, missing_extra, recogniser
from vnadmin_nlp.read.ocr.report import needs_ocr
from vnadmin_nlp.read.ocr.tesseract import TesseractEngine

__all__ = ["Recogniser", "TesseractEngine", "missing_extra", "needs_ocr", "recogniser"]
