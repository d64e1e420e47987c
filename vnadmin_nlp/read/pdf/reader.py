"""A PDF to its canonical text: page by page from the text layer, or recognised where there is none."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

from vnadmin_nlp.errors import ReadError
from vnadmin_nlp.read.document import Document
from vnadmin_nlp.read.page import PageContent, write_pages
from vnadmin_nlp.read.pdf.annotations import signature_boxes, sorted_out, text_objects_from
from vnadmin_nlp.read.pdf.drawings import drawings_of
from vnadmin_nlp.read.pdf.fonts import Fonts
from vnadmin_nlp.read.pdf.guard import check_streams
from vnadmin_nlp.read.pdf.judge import converted, layer_of
from vnadmin_nlp.read.pdf.signatures import Widget, placed, signatures_of
from vnadmin_nlp.read.pdf.struck import without_struck
from vnadmin_nlp.read.pdf.words import Frame, TextLayerWords, text_layer
from vnadmin_nlp.read.writer import Writer
from vnadmin_nlp.schema.enums import Severity
from vnadmin_nlp.schema.findings import Diagnostic
from vnadmin_nlp.schema.source import BlockKind, Format, Page, SourceText, TextLayer

_INCH = 72.0
_MAGIC = b"%PDF-"
_LOOKED_AT = 1_024  # bytes in which the mark of a PDF must begin
_MOST_CHARACTERS = 400_000  # of one page
_LOCK = threading.RLock()  # pdfium is not safe for use in several threads

_CAUSES = {
    1: "pdfium cannot open it",
    2: "pdfium cannot open it",
    3: "it is damaged or cut off; open it in a PDF program and save it again, or ask for it again",
    4: "it is encrypted and asks for a password; save it without one",
    5: "it is encrypted in a way that is not supported; save it without encryption",
    6: "it is damaged: a page of it cannot be found",
}


def read_pdf(document: Document) -> SourceText:
    """The canonical text of the PDF `document`.

    Raises ReadError where it cannot be opened or goes beyond the limits. What a single page lacks is in `diagnostics`.
    """
    if not document.data:
        raise document.error("the file is empty")
    if _MAGIC not in document.data[:_LOOKED_AT]:
        raise document.error("it is no PDF: it does not begin with %PDF-; give its true format")
    check_streams(document)
    with _LOCK:
        try:
            return _Reading(document).read()
        except ReadError:
            raise
        except (MemoryError, RecursionError, OSError, ValueError, RuntimeError, OverflowError) as error:
            kind = type(error).__name__
            raise document.error(f"it cannot be read as PDF ({kind}: {error}); save it again") from error


class _Reading:
    """One document being read."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.pages: list[Page] = []
        self.diagnostics: list[Diagnostic] = []
        self.widgets: list[Widget] = []
        self._ocr: Any = None
        self._asked = False

    def read(self) -> SourceText:
        import pypdfium2 as pypdfium

        try:
            pdf = pypdfium.PdfDocument(self.document.data)
        except pypdfium.PdfiumError as error:
            code = getattr(error, "err_code", None) or 3
            raise self.document.error(_CAUSES.get(code, _CAUSES[3])) from error
        try:
            return self._read(pdf)
        finally:
            pdf.close()

    def _read(self, pdf: Any) -> SourceText:
        count, most = len(pdf), self.document.options.limits.pages
        if count == 0:
            raise self.document.error("it has no pages, or its pages cannot be found; save it again")
        if count > most:
            raise self.document.error(f"it has {count} pages, more than {most}; raise Limits(pages=...)")
        signatures = signatures_of(pdf)  # before pages are made flat, which takes the fields away
        writer = Writer()
        write_pages(writer, self._contents(pdf, count))
        self._parts(pdf)
        source = writer.finish(
            name=self.document.name,
            format=Format.PDF,
            pages=self.pages,
            signatures=placed(signatures, self.widgets),
            diagnostics=self.diagnostics,
        )
        return self._ocr.finish(source) if self._ocr is not None else source

    def _contents(self, pdf: Any, count: int) -> Iterator[PageContent]:
        fonts = Fonts()
        for number in range(1, count + 1):
            self.document.check_time(f"page {number}")
            content = self._content(pdf, number, fonts)
            if content is not None:
                self.pages.append(
                    Page(number, content.width, content.height, content.layer, recognised=content.recognised)
                )
                yield content

    def _content(self, pdf: Any, number: int, fonts: Fonts) -> PageContent | None:
        """The page `number`; None where it cannot be read at all, which is reported."""
        page = _Opened.page(pdf, number)
        if page is None:
            self._report("page.unreadable", f"page {number} is damaged and left out; save the file again")
            return None
        try:
            frame = page.frame
            inches = self.document.options.limits.page_inches
            if max(frame.width, frame.height) > inches * _INCH:
                longest = max(frame.width, frame.height) / _INCH
                self._report(
                    "page.too_large",
                    f"page {number} is {longest:.0f} inches long and left out; raise Limits(page_inches=...)",
                )
                return None
            content = self._layer(page, fonts)
        finally:
            page.close()
        return content if content.layer is TextLayer.GOOD else self._recognised(pdf, content)

    def _layer(self, page: _Opened, fonts: Fonts) -> PageContent:
        """The page by its text layer, with what its annotations show."""
        number = page.number
        boxes, shows = signature_boxes(page.handle, page.frame)
        self.widgets += [Widget(number, box) for box in boxes]
        found = page.words(fonts, self._report, page.flatten() if shows else frozenset())
        frame = found.frame
        drawings = drawings_of(page.handle, frame)
        layer = layer_of(found, drawings.images, drawings.paths)
        words, encoding = converted(found.words)
        if encoding is not None:
            layer = TextLayer.GOOD
            message = f"the letters of page {number} were converted from {encoding}"
            self.diagnostics.append(Diagnostic(code="pdf.converted", message=message, severity=Severity.INFO))
        words, rules, struck = without_struck(words, drawings.rules)
        if struck:
            message = f"{struck} words of page {number} are struck through and left out"
            self.diagnostics.append(Diagnostic(code="pdf.struck_out", message=message, severity=Severity.INFO))
        filling, stamps = sorted_out(found.shown, boxes)
        aside = [([word], BlockKind.RUNNING) for word in found.aside]
        return PageContent(number, frame.width, frame.height, layer, words + filling, rules, aside=aside + stamps)

    def _recognised(self, pdf: Any, content: PageContent) -> PageContent:
        """The page as recognised; as it is where nothing recognises, which is reported."""
        number, layer = content.number, content.layer
        from vnadmin_nlp.read.ocr.recogniser import recogniser
        from vnadmin_nlp.read.ocr.report import needs_ocr

        if not self._asked:
            self._asked = True
            self._ocr = recogniser(self.document)
        if layer is TextLayer.BAD:
            self._report("page.bad_text", f"the letters of page {number} mean nothing in Vietnamese")
        if self._ocr is None:
            self.diagnostics.append(needs_ocr(number, layer, self.document.options))
            return content
        page = pdf[number - 1]
        try:
            found: PageContent = self._ocr.page(page, number, layer)
        finally:
            page.close()
        return found if found.recognised or layer is TextLayer.ABSENT else content

    def _parts(self, pdf: Any) -> None:
        """Report what the file holds besides pages."""
        import pypdfium2.raw as pdfium

        attached = pdfium.FPDFDoc_GetAttachmentCount(pdf)
        if attached > 0:
            self._report("pdf.attachments", f"{attached} attached files are not read; save them and read them too")
        if pdfium.FPDF_GetFormType(pdf) in (pdfium.FORMTYPE_XFA_FULL, pdfium.FORMTYPE_XFA_FOREGROUND):
            self._report("pdf.xfa", "the fields of its XFA form are not read; print it to PDF and read that")

    def _report(self, code: str, message: str) -> None:
        self.diagnostics.append(Diagnostic(code=code, message=message, severity=Severity.WARNING))


class _Opened:
    """A page that is open, with its frame."""

    def __init__(self, pdf: Any, page: Any, number: int) -> None:
        import pypdfium2.raw as pdfium

        self.pdf = pdf
        self.handle = page
        self.number = number
        box = pdfium.FS_RECTF()
        pdfium.FPDF_GetPageBoundingBox(page, box)
        self.frame = Frame(box.left, box.bottom, box.right, box.top, pdfium.FPDFPage_GetRotation(page) % 4)

    @classmethod
    def page(cls, pdf: Any, number: int) -> _Opened | None:
        """The page `number` of `pdf`; None where it cannot be opened."""
        import pypdfium2.raw as pdfium

        handle = pdfium.FPDF_LoadPage(pdf, number - 1)
        return cls(pdf, handle, number) if handle else None

    def flatten(self) -> frozenset[int]:
        """Make what annotations show a part of the page; the result are the text objects so added."""
        import pypdfium2.raw as pdfium

        before = pdfium.FPDFPage_CountObjects(self.handle)
        if pdfium.FPDFPage_Flatten(self.handle, pdfium.FLAT_NORMALDISPLAY) != pdfium.FLATTEN_SUCCESS:
            return frozenset()
        again = pdfium.FPDF_LoadPage(self.pdf, self.number - 1)
        if not again:
            return frozenset()
        pdfium.FPDF_ClosePage(self.handle)
        self.handle = again
        return text_objects_from(again, before)

    def words(self, fonts: Fonts, report: Any, shown: frozenset[int]) -> TextLayerWords:
        """The words of its text layer, those of the text objects `shown` apart."""
        import pypdfium2.raw as pdfium

        text_page = pdfium.FPDFText_LoadPage(self.handle)
        if not text_page:
            report("page.unreadable", f"the text of page {self.number} cannot be read; save the file again")
        try:
            return text_layer(text_page, self.frame, fonts, most=_MOST_CHARACTERS, shown=shown)
        finally:
            if text_page:
                pdfium.FPDFText_ClosePage(text_page)
            fonts.forget()

    def close(self) -> None:
        import pypdfium2.raw as pdfium

        pdfium.FPDF_ClosePage(self.handle)
