"""From the picture of a page to its content: cleaned, recognised, its words measured in points."""

from __future__ import annotations

import math
import time
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from vnadmin_nlp.errors import MissingExtraError
from vnadmin_nlp.read.document import Document
from vnadmin_nlp.read.ocr import picture as pictures
from vnadmin_nlp.read.ocr import report
from vnadmin_nlp.read.ocr.areas import cell_columns, mail_stamps
from vnadmin_nlp.read.ocr.tesseract import TesseractEngine
from vnadmin_nlp.read.ocr.turn import Turn, placed_back
from vnadmin_nlp.read.ocr.words import page_words
from vnadmin_nlp.read.options import Image, OcrEngine, RecognisedWord
from vnadmin_nlp.read.page import PageContent, PageWord
from vnadmin_nlp.schema.findings import Diagnostic
from vnadmin_nlp.schema.source import BlockKind, Box, SourceText, TextLayer

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

DPI = 200
"""Dots an inch of a picture that is recognised."""
_FINER = 2
"""Times as many dots a page in black and white is rendered with before it is made smaller: marks on letters keep their
shape."""
MOST_PIXELS = 15_000_000
"""Pixels of a picture that is recognised; larger pages have fewer dots an inch."""
SECONDS = 60.0
"""Time for one page, all attempts together."""
_POOR = 0.6
"""Mean confidence below which a page may lie on its side or upside down."""
_LOW = 0.75
"""Mean confidence below which a warning is given."""
_MOST_COLUMNS = 30
"""Columns of a table that are recognised one by one; a form with more boxes stays as it is."""
_FEW_LETTERS = 20
"""Letters below which a page may lie on its side or upside down."""


def recogniser(document: Document) -> Recogniser | None:
    """What recognises the pages of `document`, as its options say; None where nothing does."""
    ocr = document.options.ocr
    if ocr == "never" or (ocr == "auto" and report.missing_for_ocr()):
        return None
    return Recogniser(document, TesseractEngine() if isinstance(ocr, str) else ocr)


def _is_grey(page: Any) -> bool:
    """Whether a page of pypdfium2 is a scan in grey or colour; the letters of one in black and white are ragged."""
    import pypdfium2.raw as pdfium

    width, height = page.get_size()
    for found in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        left, bottom, right, top = found.get_bounds()
        if (right - left) * (top - bottom) > width * height / 2:
            return bool(found.get_metadata().bits_per_pixel >= 8)
    return False


class _Attempt(NamedTuple):
    """A page turned anticlockwise by quarters and prepared, and the words recognised on it."""

    quarters: int
    ready: pictures.Prepared
    words: list[RecognisedWord]


class Recogniser:
    """Recognises pages of one document, and remembers what is to be reported and how the pages were turned."""

    def __init__(self, document: Document, engine: OcrEngine) -> None:
        self._document = document
        self._engine = engine
        self._turns: dict[int, Turn] = {}
        self.diagnostics: list[Diagnostic] = []

    def page(self, page: Any, number: int, layer: TextLayer = TextLayer.ABSENT) -> PageContent:
        """The words of a page of pypdfium2 as recognised; none where it failed, which is reported."""
        width, height = page.get_size()
        dpi = min(DPI, math.sqrt(MOST_PIXELS / max(1.0, width * height)) * 72)
        content = PageContent(number, width, height, layer)
        try:
            ragged = not _is_grey(page)
            finer = _FINER if ragged else 1
            bitmap = page.render(scale=finer * dpi / 72, grayscale=True)
            picture = bitmap.to_pil().convert("L").reduce(finer)
            bitmap.close()
        except Exception as error:  # whatever is wrong with one page, the others are read
            self.diagnostics.append(report.ocr_failed(number, f"it cannot be rendered ({error})"))
            return content
        return self.picture(picture, dpi, number, layer, ragged=ragged)

    def picture(
        self, picture: Picture, dpi: float, number: int, layer: TextLayer = TextLayer.ABSENT, *, ragged: bool
    ) -> PageContent:
        """The words of a grey picture of a page as recognised; none where it failed, which is reported. `ragged` as in
        `pictures.prepared`.

        Width, height, words and rules of the content are those of the page set upright and level, so that geometry
        finds its lines; `finish` brings the boxes of the canonical text back.
        """
        self._document.check_time(f"page {number}")
        width, height = picture.width * 72 / dpi, picture.height * 72 / dpi
        content = PageContent(number, width, height, layer)
        try:
            deadline = time.monotonic() + SECONDS
            quarters, ready, words = self._recognise(picture, dpi, ragged, deadline)
        except Exception as error:  # an engine may raise anything; whatever it is, the other pages are read
            self.diagnostics.append(report.ocr_failed(number, str(error) or type(error).__name__))
            return content
        turn = Turn(quarters, ready.degrees, width, height)
        self._turns[number] = turn
        content.width, content.height = turn.upright_size
        content.words = page_words(words, dpi)
        content.rules = [_points(box, dpi) for box in pictures.borders(ready.lines, ready.picture, dpi)]
        content.recognised = True
        tables = cell_columns(content)
        lines = [_points(box, dpi) for box in ready.lines]
        stamps = mail_stamps(content.words, lines, [table for table, _ in tables])
        content.apart = [(box, BlockKind.STAMP) for box in stamps]
        if tables:
            try:
                words = self._with_cells(words, tables, ready.picture, dpi, deadline)
            except Exception as error:  # the page stays as it was read at once
                self.diagnostics.append(report.cells_failed(number, str(error) or type(error).__name__))
            content.words = page_words(words, dpi)
        self._report(number, content.words, len(words) - len(content.words))
        return content

    def finish(self, source: SourceText) -> SourceText:
        """`source` with the boxes of recognised pages where they stand on the page as it is seen, and what is to be
        reported about them."""
        return placed_back(source, self._turns).with_diagnostics(*self.diagnostics)

    def _recognise(self, picture: Picture, dpi: float, ragged: bool, deadline: float) -> _Attempt:
        """The best attempt: as the page lies, or turned where that reads poorly."""
        best = self._attempt(picture, dpi, ragged, 0, deadline)
        if _is_poor(best.words):
            for quarters in pictures.other_quarters(picture):
                try:
                    other = self._attempt(picture, dpi, ragged, quarters, deadline)
                except Exception:  # no time is left, or the engine fails: what was read first stands, as poor as it is
                    break
                if _worth(other.words) > _worth(best.words):
                    best = other
        return best

    def _attempt(self, picture: Picture, dpi: float, ragged: bool, quarters: int, deadline: float) -> _Attempt:
        ready = pictures.prepared(pictures.turned(picture, quarters), dpi, ragged=ragged)
        return _Attempt(quarters, ready, self._words(ready.picture, dpi, deadline))

    def _with_cells(
        self,
        words: list[RecognisedWord],
        tables: list[tuple[Box, list[Box]]],
        picture: Picture,
        dpi: float,
        deadline: float,
    ) -> list[RecognisedWord]:
        """`words` with those in tables recognised again, column by column: lines of cells beside each other are not at
        one height, and an engine takes them for one line."""
        for table, columns in tables:
            if len(columns) > _MOST_COLUMNS:
                continue
            inside: list[RecognisedWord] = []
            for column in columns:
                left, top, right, bottom = (int(value * dpi / 72) for value in column)
                part = self._words(picture.crop((left, top, right, bottom)), dpi, deadline)
                moved = [word.moved(left, top) for word in part]
                inside += [word for word in moved if not any(_holds(other.box, word.box) for other in inside)]
            words = [word for word in words if not _holds(table, _points(word.box, dpi))] + inside
        return words

    def _words(self, picture: Picture, dpi: float, deadline: float) -> list[RecognisedWord]:
        seconds = deadline - time.monotonic()
        if seconds <= 0:
            raise TimeoutError(f"it took more than {SECONDS:g} seconds")
        image = Image(picture.width, picture.height, picture.tobytes(), dpi)
        return list(self._engine.recognise(image, seconds=seconds))

    def _report(self, number: int, words: list[PageWord], left_out: int) -> None:
        if not words:
            self.diagnostics.append(report.no_words(number))
            return
        score = _score(words)
        engine = getattr(self._engine, "name", type(self._engine).__name__)
        self.diagnostics.append(report.recognised(number, engine, score, left_out))
        if score < _LOW:
            self.diagnostics.append(report.low_confidence(number, score))


def cannot_recognise(document: Document) -> MissingExtraError:
    """The error to raise where a picture is to be recognised and `recogniser` has nothing to do it."""
    missing = report.missing_for_ocr()
    mend = f"install {missing}" if missing and document.options.ocr == "auto" else "read with ReadOptions(ocr='auto')"
    return MissingExtraError(document.name, f"it is a picture; to recognise it {mend}")


def _holds(area: Box, box: Box) -> bool:
    """Whether the middle of `box` is in `area`."""
    x, y = (box.left + box.right) / 2, (box.top + box.bottom) / 2
    return area.left <= x <= area.right and area.top <= y <= area.bottom


def _points(box: Box, dpi: float) -> Box:
    return Box(*(value * 72 / dpi for value in box))


def _score(words: Sequence[RecognisedWord | PageWord]) -> float:
    """Mean confidence, weighted by the length of the words."""
    letters = sum(len(word.text) for word in words)
    return sum((word.score or 0.0) * len(word.text) for word in words) / letters if letters else 0.0


def _is_poor(words: list[RecognisedWord]) -> bool:
    return _score(words) < _POOR or sum(len(word.text) for word in words) < _FEW_LETTERS


def _worth(words: list[RecognisedWord]) -> float:
    """How much was read, doubtful words not counted."""
    return sum(word.score * len(word.text) for word in words if word.score > _POOR)
