"""Trích yếu."""

from __future__ import annotations

import re

from vnadmin_nlp.extract.strip import Strip, first_run, strip_of
from vnadmin_nlp.knowledge.document_types import title_of
from vnadmin_nlp.layout import Layout
from vnadmin_nlp.schema import Finding, SectionLabel
from vnadmin_nlp.text import quote

# `V/v` as typed and as scans print it (`Viv`, `VW`, `V%`, `VAv`); a stop or blank follows
_MARK = r"v(?:\s?[/\\i1l|%]\s?v|[/\\i1l|%47#!a.]?[vw]|/[ytw]|y|[%4#n/\\7!])(?=[\s.,:;])"
_LEAD = re.compile(rf"[\s.,:;'\"`“”‘’*~|(-]{{0,20}}(?:{_MARK}|ve\s+viec(?![a-z0-9])|ve(?![a-z0-9]))[\s.,:;]{{0,6}}")
_LETTER_MARK = re.compile(_MARK)
_LETTER = re.compile(rf"{_MARK}|ve viec\b")
_OF = re.compile(r"cua\b")
_HEADING = re.compile(r"\W{0,6}trich yeu\W{1,4}")
_WRAPPED_TITLE = 3
_LONGEST_TITLE = 40


def read_subject(layout: Layout) -> Finding | None:
    """The subject without `V/v`, `Về việc`, `về`; of a titled document the lines under the title."""
    strip = strip_of(layout, first_run(layout, SectionLabel.SUBJECT))
    if not strip.pieces:
        return None
    start, titled = _after_title(strip)
    start = _after_issuer(strip, start) if titled else _at_letter(strip)
    lead = _LEAD.match(strip.bare, start)
    lead = (lead and _LEAD.match(strip.bare, lead.end())) or lead  # `V/v về việc ...`
    low, high = strip.trim(lead.end() if lead else start, len(strip.text), ".;:,-–_=~*|'`")
    if strip.text.endswith(")", low, high) and "(" not in strip.text[low:high]:
        high -= 1  # `(V/v ...)`
    if low >= high:
        return None
    return quote(Finding, strip, (low, high), rule="subject.title" if titled else "subject.letter")


def _after_title(strip: Strip) -> tuple[int, bool]:
    """Where the words after the printed title begin, and whether there is one.

    The name of the type may be broken over lines (`NGHỊ` / `QUYẾT`). Words that follow it on its line belong to the
    title (`BIÊN BẢN LÀM VIỆC`) where only it is in capitals, else they begin the subject.
    """
    for piece in strip.pieces[:_WRAPPED_TITLE]:
        found = title_of(" ".join(strip.bare[: piece.end].split()))
        if found and not found.rest.strip(" .,:;'`-*"):
            return piece.end, True
    line = strip.pieces[0]
    heading = _HEADING.match(strip.bare)
    if heading:  # of a page that tells of the document
        return heading.end(), True
    found = title_of(strip.bare[: line.end])
    if not found:
        return 0, False
    below = strip.text[line.end :].strip()
    if strip.text[: line.end].isupper() and below and not below.isupper() and line.end < _LONGEST_TITLE:
        return line.end, True
    return line.end - len(found.rest), True


def _after_issuer(strip: Strip, start: int) -> int:
    """`start`, or where `Về việc` begins if the name of the issuer (`CỦA ...`) stands between it and the title."""
    if not _OF.match(strip.bare[start:].lstrip()):
        return start
    for piece in strip.pieces:
        if piece.start > start and _LETTER.match(strip.bare, piece.start):
            return piece.start
    return start


def _at_letter(strip: Strip) -> int:
    """Where `V/v` stands: at the start of a line, words of other columns before it left out."""
    if _LEAD.match(strip.bare):
        return 0
    return next((p.start for p in strip.pieces if _LETTER_MARK.match(strip.bare, p.start)), 0)
