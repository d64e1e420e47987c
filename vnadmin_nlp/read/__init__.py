"""Files in, canonical text out; and the Dispatch they hold."""

from vnadmin_nlp.read.options import Image, Limits, OcrEngine, ReadOptions, RecognisedWord

__all__ = ["Image", "Limits", "OcrEngine", "ReadOptions", "RecognisedWord"]
