"""What is reported about pages that are recognised, or should be: one wording for all readers."""

from __future__ import annotations

from vnadmin_nlp.read.ocr.tesseract import missing_for_tesseract
from vnadmin_nlp.read.options import ReadOptions
from vnadmin_nlp.schema.enums import Severity
from vnadmin_nlp.schema.findings import Diagnostic
from vnadmin_nlp.schema.source import TextLayer

_WHY = {
    TextLayer.ABSENT: "has no text layer",
    TextLayer.BAD: "has a text layer of letters that mean nothing",
    TextLayer.GOOD: "is a picture",
}


def missing_for_ocr() -> str | None:
    """What has to be installed before scans are recognised, None where nothing is missing."""
    try:
        import PIL  # noqa: F401
    except ImportError:
        return "Pillow (pip install 'vnadmin_nlp[ocr]')"
    return missing_for_tesseract()


def needs_ocr(number: int, layer: TextLayer, options: ReadOptions) -> Diagnostic:
    """Page `number` can be read only by recognition, which is switched off or not installed."""
    missing = missing_for_ocr() if options.ocr == "auto" else None
    mend = f"to recognise it install {missing}" if missing else "to recognise it read with ReadOptions(ocr='auto')"
    return Diagnostic(code="page.needs_ocr", message=f"page {number} {_WHY[layer]}; {mend}", severity=Severity.ERROR)


def recognised(number: int, engine: str, score: float, left_out: int) -> Diagnostic:
    """Page `number` was recognised with the mean confidence `score`; `left_out` marks were no words."""
    junk = f"; {left_out} marks that are no words were left out" if left_out else ""
    return Diagnostic(
        code="page.recognised",
        message=f"page {number} was recognised by {engine} with confidence {score:.2f}{junk}",
        severity=Severity.INFO,
    )


def low_confidence(number: int, score: float) -> Diagnostic:
    return Diagnostic(
        code="page.low_confidence",
        message=f"page {number} was recognised with confidence {score:.2f} only; compare it with the picture, "
        "or scan it again (300 dpi, straight)",
        severity=Severity.WARNING,
    )


def no_words(number: int) -> Diagnostic:
    return Diagnostic(
        code="page.no_words", message=f"no words were recognised on page {number}", severity=Severity.WARNING
    )


def ocr_failed(number: int, cause: str) -> Diagnostic:
    return Diagnostic(
        code="page.ocr_failed", message=f"page {number} could not be recognised: {cause}", severity=Severity.ERROR
    )


def cells_failed(number: int, cause: str) -> Diagnostic:
    return Diagnostic(
        code="page.cells_failed",
        message=f"tables of page {number} were read line by line, not cell by cell ({cause}); check their rows",
        severity=Severity.WARNING,
    )
