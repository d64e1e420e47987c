"""What stands on a page: words with their boxes, drawn lines, and nothing about the order they are read in.

Coordinates are points (1/72 inch) from the upper left corner of the page as it is seen (rotation applied).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from vnadmin_nlp.schema.source import BlockKind, Box, TextLayer


class PageWord(NamedTuple):
    """A word between blanks. `baseline` is the y its letters stand on, `size` the height of the font in points.

    `score` is the confidence of a recognised word, None in a text layer. `encoding` names the legacy encoding that
    `text` was converted from.
    """

    text: str
    box: Box
    baseline: float
    size: float
    bold: bool = False
    italic: bool = False
    score: float | None = None
    encoding: str | None = None


@dataclass(slots=True)
class PageContent:
    """One page. `rules` are its drawn lines, each as a thin box. `apart` are areas whose words are no part of the
    running text (appearance of a digital signature), with what they are. `aside` are other words that are no part of
    it, one group each: a watermark across the lines, a stamp over them."""

    number: int
    width: float
    height: float
    layer: TextLayer
    words: list[PageWord] = field(default_factory=list)
    rules: list[Box] = field(default_factory=list)
    apart: list[tuple[Box, BlockKind]] = field(default_factory=list)
    aside: list[tuple[list[PageWord], BlockKind]] = field(default_factory=list)
    recognised: bool = False
