"""The one crossing from working offsets to results: ranges of a mapped text become a mention of the source."""

from __future__ import annotations

from typing import Any, TypeVar

from vnadmin_nlp.schema import Mention, Span
from vnadmin_nlp.text.mapped import MappedText, Range

M = TypeVar("M", bound=Mention)


def spans_of(text: MappedText, *ranges: Range) -> list[Span]:
    """The spans of the source that `ranges` of `text` quote."""
    return [Span(start=low, end=high) for start, end in ranges for low, high in text.ranges(start, end)]


def quote(kind: type[M], text: MappedText, /, *ranges: Range, words: str | None = None, **fields: Any) -> M:
    """A `kind` whose words are `ranges` of `text`, in the order given.

    `words` replaces the text only where the contract asks for it without its inner blanks (numbers).
    """
    if words is None:
        words = " ".join(text.words(start, end) for start, end in ranges)
    return kind(text=words, spans=spans_of(text, *ranges), **fields)
