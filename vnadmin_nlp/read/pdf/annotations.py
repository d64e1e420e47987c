"""What annotations show on a page: its number and date where the office's program put them, and signatures."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Sequence
from typing import Any

from vnadmin_nlp.read.page import PageWord
from vnadmin_nlp.read.pdf.raw import address_of
from vnadmin_nlp.read.pdf.words import Frame
from vnadmin_nlp.schema.source import BlockKind, Box

_MOST = 2_000  # annotations of a page that are looked at
# What fills a blank of the page: a number, a part of a date, a short code
_FILLS = re.compile(r"[\d/.\-]{1,12}[A-Za-zĐđ]{0,4}|[A-ZĐ&/.\-]{1,12}")
_FILLING_WORDS = 2
_DEEPEST = 6  # forms inside forms


def signature_boxes(page: Any, frame: Frame) -> tuple[list[Box], bool]:
    """Where signed fields are shown on `page`, and whether any annotation shows something."""
    import pypdfium2.raw as pdfium

    boxes = []
    shown = False
    for index in range(min(pdfium.FPDFPage_GetAnnotCount(page), _MOST)):
        annotation = pdfium.FPDFPage_GetAnnot(page, index)
        if not annotation:
            continue
        kind = pdfium.FPDFAnnot_GetSubtype(annotation)
        if kind not in (pdfium.FPDF_ANNOT_LINK, pdfium.FPDF_ANNOT_POPUP):
            shown = True
        if kind == pdfium.FPDF_ANNOT_WIDGET and _text(pdfium, annotation, b"FT") == "Sig":
            rectangle = pdfium.FS_RECTF()
            if pdfium.FPDFAnnot_HasKey(annotation, b"V") and pdfium.FPDFAnnot_GetRect(annotation, rectangle):
                boxes.append(frame.box(rectangle.left, rectangle.bottom, rectangle.right, rectangle.top))
        pdfium.FPDFPage_CloseAnnot(annotation)
    return boxes, shown


def _text(pdfium: Any, annotation: Any, key: bytes) -> str:
    length = pdfium.FPDFAnnot_GetStringValue(annotation, key, None, 0)
    if not 0 < length < 1_000:
        return ""
    buffer = (ctypes.c_ushort * (length // 2 + 1))()
    pdfium.FPDFAnnot_GetStringValue(annotation, key, buffer, length)
    return bytes(buffer).decode("utf-16-le", "replace").split("\0")[0]


def text_objects_from(page: Any, first: int) -> frozenset[int]:
    """The addresses of the text objects inside the objects of `page` from number `first` on."""
    import pypdfium2.raw as pdfium

    out: set[int] = set()

    def walk(handle: Any, depth: int) -> None:
        kind = pdfium.FPDFPageObj_GetType(handle)
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            out.add(address_of(handle))
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
            for index in range(min(pdfium.FPDFFormObj_CountObjects(handle), _MOST)):
                walk(pdfium.FPDFFormObj_GetObject(handle, index), depth + 1)

    for index in range(first, min(pdfium.FPDFPage_CountObjects(page), first + _MOST)):
        walk(pdfium.FPDFPage_GetObject(page, index), 0)
    return frozenset(out)


def sorted_out(
    shown: Sequence[PageWord], boxes: Sequence[Box]
) -> tuple[list[PageWord], list[tuple[list[PageWord], BlockKind]]]:
    """Of the words that annotations show, those of the text, and those of the appearances of signatures in `boxes`.

    A number alone in a signed field fills a blank of the page (`Số:    /UBND`): it belongs to the text.
    """
    words = list(shown)
    stamps: list[tuple[list[PageWord], BlockKind]] = []
    filling: list[PageWord] = []
    for box in boxes:
        inside = [word for word in words if _within(word, box)]
        if not inside:
            continue
        taken = {id(word) for word in inside}
        words = [word for word in words if id(word) not in taken]
        if len(inside) <= _FILLING_WORDS and all(_FILLS.fullmatch(word.text) for word in inside):
            filling += inside
        else:
            stamps.append((inside, BlockKind.STAMP))
    return words + filling, stamps


def _within(word: PageWord, box: Box) -> bool:
    x, y = (word.box.left + word.box.right) / 2, (word.box.top + word.box.bottom) / 2
    return box.left - 2 <= x <= box.right + 2 and box.top - 2 <= y <= box.bottom + 2
