"""Scans: pages and pictures without text are recognised (nhận dạng ký tự quang học)."""

from vnadmin_nlp.read.ocr.images import read_image
from vnadmin_nlp.read.ocr.recogniser import Recogniser, recogniser
from vnadmin_nlp.read.ocr.report import needs_ocr
from vnadmin_nlp.read.ocr.tesseract import TesseractEngine

__all__ = ["Recogniser", "TesseractEngine", "needs_ocr", "read_image", "recogniser"]
