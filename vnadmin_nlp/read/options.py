"""What a caller can choose when a file is read: limits, and how scans are recognised."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple, Protocol, runtime_checkable

from pydantic import ConfigDict, Field, PositiveFloat, PositiveInt

from vnadmin_nlp.options import Options, checked
from vnadmin_nlp.schema.base import Frozen
from vnadmin_nlp.schema.source import Box


class RecognisedWord(NamedTuple):
    """A word that an engine read: its box in pixels of the image, and its confidence in [0, 1].

    `baseline` is the y its letters stand on, `size` the height of its line from the lowest descender to the highest
    ascender, both in pixels; an engine that does not know them leaves them to be guessed from the boxes.
    """

    text: str
    box: Box
    score: float
    baseline: float | None = None
    size: float | None = None

    def moved(self, x: float, y: float) -> RecognisedWord:
        """The same word of a larger image, of which this one begins at `x`, `y`."""
        left, top, right, bottom = self.box
        baseline = None if self.baseline is None else self.baseline + y
        return self._replace(box=Box(left + x, top + y, right + x, bottom + y), baseline=baseline)


class Image(NamedTuple):
    """A page as a picture: 8 bits a pixel, grey, row by row from the top."""

    width: int
    height: int
    pixels: bytes
    dpi: float


@runtime_checkable
class OcrEngine(Protocol):
    """Recognises the words of a picture of a page (nhận dạng ký tự quang học)."""

    def recognise(self, image: Image, *, seconds: float) -> Sequence[RecognisedWord]:
        """The words of `image` in any order. Raises TimeoutError after `seconds`; any other error is recorded."""
        ...


class Limits(Frozen):
    """How much a file may ask for before it is refused with a ReadError."""

    file_bytes: PositiveInt = 200_000_000
    """Bytes of a file as it is."""
    expanded_bytes: PositiveInt = 500_000_000
    """Bytes of a file and of everything packed in it, once unpacked."""
    expansion: PositiveInt = 200
    """How many times larger than packed a part may be once unpacked (parts under a million bytes may be any)."""
    pages: PositiveInt = 3_000
    """Pages of a PDF."""
    page_inches: PositiveFloat = 120.0
    """The longer side of a page that is rendered or read."""
    members: PositiveInt = 20_000
    """Files in an archive or message, those of archives inside it included."""
    nesting: PositiveInt = 3
    """Archives and messages inside each other."""
    seconds: PositiveFloat = 300.0
    """Time for one file; a page that is being recognised may go over it by its own limit, 60 seconds."""


class ReadOptions(Options):
    """How files are read, and how their texts are analysed.

    `ocr`: `auto` recognises pages without a usable text layer where the extra `ocr` and tesseract are installed, and
    reports them where not; `never` only reports them; or an engine of yours.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    limits: Limits = Field(default_factory=Limits)
    ocr: Literal["auto", "never"] | OcrEngine = "auto"


def reading(options: Options | None) -> ReadOptions:
    """`options` with those of reading; where they say nothing of it, its defaults."""
    if isinstance(options, ReadOptions):
        return options
    return ReadOptions(**dict(checked(options)))
