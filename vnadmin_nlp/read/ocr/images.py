"""Pictures of pages as files: PNG, JPEG, TIFF of many pages, BMP, WebP."""

from __future__ import annotations

import io
import math
import warnings
from collections.abc import Iterator
from typing import TYPE_CHECKING

from vnadmin_nlp.read.document import Document
from vnadmin_nlp.read.ocr.picture import is_ragged
from vnadmin_nlp.read.ocr.recogniser import DPI, MOST_PIXELS, cannot_recognise, recogniser
from vnadmin_nlp.read.page import PageContent, write_pages
from vnadmin_nlp.read.writer import Writer
from vnadmin_nlp.schema.source import Format, Page, SourceText, TextLayer

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

_KINDS = ("PNG", "JPEG", "TIFF", "BMP", "WEBP")
_A4 = 8.27
"""Inches: the shorter side of the page that a picture is taken to show where it does not say its size."""
_DPI_LEAST, _DPI_MOST = 100.0, 1200.0
"""Dots an inch of pictures that were scanned; cameras and screens write 72 or 96, whatever the page is."""


def read_image(document: Document) -> SourceText:
    """Each picture of the file as a page, recognised."""
    reader = recogniser(document)
    if reader is None:
        raise cannot_recognise(document)
    writer = Writer()
    pages: list[PageContent] = []
    for number, (picture, dpi, ragged) in enumerate(_pictures(document), start=1):
        pages.append(reader.picture(picture, dpi, number, ragged=ragged))
    write_pages(writer, pages)
    source = writer.finish(
        name=document.name,
        format=Format.IMAGE,
        pages=[Page(p.number, p.width, p.height, TextLayer.ABSENT, p.recognised) for p in pages],
        whole=True,
    )
    return reader.finish(source)


def _pictures(document: Document) -> Iterator[tuple[Picture, float, bool]]:
    """Each picture of the file in grey, as large as it is recognised, its dots an inch, and whether it is ragged."""
    from PIL import Image, ImageSequence, UnidentifiedImageError

    limits = document.options.limits
    place: str | None = None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            file = Image.open(io.BytesIO(document.data), formats=_KINDS)
        with file:
            count = getattr(file, "n_frames", 1)
            if count > limits.pages:
                raise document.error(f"it has {count} pictures, {limits.pages} are allowed; raise Limits(pages=...)")
            for number, frame in enumerate(ImageSequence.Iterator(file), start=1):
                place = f"picture {number}"
                pixels = frame.width * frame.height
                if pixels * 4 > limits.expanded_bytes:
                    cause = f"it has {frame.width} x {frame.height} pixels; raise Limits(expanded_bytes=...)"
                    raise document.error(cause, place)
                yield _grey(frame)
    except UnidentifiedImageError:
        raise document.error("it is not a PNG, JPEG, TIFF, BMP or WebP picture, or it is damaged") from None
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise document.error(f"too many pixels ({error}); scan it with 300 dots an inch") from None
    except (OSError, ValueError, SyntaxError, EOFError, MemoryError, KeyError, TypeError, IndexError) as error:
        raise document.error(f"the picture is damaged ({error}); scan or save it again", place) from None


def _grey(frame: Picture) -> tuple[Picture, float, bool]:
    """`frame` upright as its camera says, transparent parts white, grey, of about DPI dots an inch."""
    from PIL import Image, ImageOps

    said = frame.info.get("dpi", (0.0, 0.0))
    picture = ImageOps.exif_transpose(frame)
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        layer = picture.convert("RGBA")
        picture = Image.alpha_composite(Image.new("RGBA", layer.size, "white"), layer)
    if picture.mode.startswith("I;16"):
        picture = picture.convert("I").point(lambda value: value / 256)
    picture = picture.convert("L")
    ragged = is_ragged(picture)
    dpi, across = float(said[0]), float(said[1])
    if not _DPI_LEAST <= dpi <= _DPI_MOST:
        dpi = across = min(picture.size) / _A4
    scale = min(1.0, DPI / dpi, math.sqrt(MOST_PIXELS / (picture.width * picture.height)))
    if min(picture.size) < 1:
        raise ValueError("it has no pixels")
    size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale * dpi / (across or dpi))))
    if size != picture.size:
        picture = picture.resize(size, Image.Resampling.LANCZOS)
    return picture, dpi * scale, ragged
