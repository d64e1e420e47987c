"""The paragraphs after the last item in which the document speaks to all again."""

from __future__ import annotations

import re
from functools import cache

from vnadmin_nlp.knowledge.rows import Row, load_rows
from vnadmin_nlp.outline.labels import Label
from vnadmin_nlp.outline.model import Flow, Paragraph
from vnadmin_nlp.outline.pieces import bullet_at
from vnadmin_nlp.schema import SectionLabel
from vnadmin_nlp.text import normalize

_MOST = 4  # paragraphs
_ENDS = (".", ";", "!", "/", "”", '"', ")")
_LOOK = 700  # characters of a paragraph


class ClosingRow(Row):
    """One way to begin a closing paragraph."""

    pattern: str
    after_articles: bool = False


@cache
def _closings() -> tuple[tuple[ClosingRow, re.Pattern[str]], ...]:
    return tuple((row, re.compile(row.pattern)) for row in load_rows("closings", ClosingRow))


def reads(text: str) -> set[str]:
    """The ids of the closings that `text` begins with."""
    key = normalize(text).key
    return {row.id for row, pattern in _closings() if pattern.match(key)}


def closing_start(flow: Flow, paragraphs: list[Paragraph], labels: list[list[Label]]) -> int:
    """The index of the first closing paragraph of the body (the number of paragraphs where there is none)."""
    text = flow.text
    articles = any(
        label.form == "article"
        for paragraph, own in zip(paragraphs, labels, strict=True)
        if paragraph.zone == SectionLabel.BODY and not paragraph.quoted
        for label in own
    )
    index = len(paragraphs)
    while index > 0 and len(paragraphs) - index < _MOST:
        paragraph = paragraphs[index - 1]
        if paragraph.zone != SectionLabel.BODY or paragraph.quoted or paragraph.cell:
            break
        if bullet_at(text, paragraph.start, paragraph.end) or labels[index - 1]:
            break
        stop = min(paragraph.end, paragraph.start + _LOOK)
        if not any(
            pattern.match(flow.key, paragraph.start, stop)
            for row, pattern in _closings()
            if row.after_articles or not articles
        ):
            break
        index -= 1
    if 0 < index < len(paragraphs) and not text.startswith(_ENDS, paragraphs[index - 1].end - 1):
        index += 1  # a title or a lead needs it
    return index
