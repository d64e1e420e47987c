"""The two values every result is made of: a range of the source, and the words it quotes."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Frozen(BaseModel):
    """A result: it never changes after it is built and has no fields but its own."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Span(Frozen):
    """A half-open range of `Dispatch.text`, in Unicode code points (indexes of a Python str)."""

    start: int
    end: int


class Mention(Frozen):
    """Words of the document: `text` (lines joined, white space single, markup marks gone) and where they stand.

    The quoted `spans`, folded as `text` is, equal `text`. There are several where a two-column layout or a page
    break puts other words in between.
    """

    text: str
    spans: list[Span]


class Finding(Mention):
    """A mention with its evidence: `rule`, the stable id of the rule that found it, and `score` in (0, 1].

    A score below 1 says that the finding is a guess: that share of such findings is expected to be right.
    """

    rule: str = ""
    score: float = 1.0
