"""References in subjects (trích yếu), which say what a document changes, answers or carries out.

`Dispatch.references` holds those of preamble and body only.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import NamedTuple

from vnadmin_nlp.export.around import Around, around
from vnadmin_nlp.extract.model import Context, ReferenceCandidate
from vnadmin_nlp.extract.references import find_references
from vnadmin_nlp.outline import Flow, Outline, Paragraph
from vnadmin_nlp.schema import DocumentType, Relation, SectionLabel
from vnadmin_nlp.text import Builder, normalize

_NUMBERED = re.compile(r"\d\s?(?:/|-\s?[^\W\d_])")
_OF_OTHERS = re.compile(
    r"(?<![^\W_])(?:dự thảo|dự án|hồ sơ|góp ý|ý kiến|đề nghị|kiến nghị|đề xuất|trình|thẩm định|thẩm tra|xây dựng"
    r"|rà soát|hướng dẫn|triển khai|thực hiện|thi hành|quán triệt|phổ biến|báo cáo|trả lời|phúc đáp)(?![^\W_])"
)
_CHANGES = (Relation.AMENDS, Relation.REPLACES, Relation.REPEALS)


class Named(NamedTuple):
    """A document with a number that a subject names, as printed there."""

    document_type: DocumentType
    relation: Relation
    number: str
    date: dt.date | None
    issuer: str | None
    text: str
    around: Around


def references_of(own: DocumentType, subject: str) -> list[Named]:
    """The documents with a number that the subject of a document of type `own` names, in order."""
    if not _NUMBERED.search(subject):
        return []
    text = normalize(" ".join(subject.split())).text
    builder = Builder()
    builder.copy(text, 0, len(text))
    flow = Flow(builder)
    outline = Outline(flow, [Paragraph(0, len(text), 0, SectionLabel.BODY)], [])
    found = find_references(outline, Context(own))
    ends = [0, *(one.end for one in found)]
    starts = [*(one.start for one in found[1:]), len(text)]
    return [
        Named(
            one.document_type,
            _relation(flow.key, one),
            one.number,
            one.date,
            flow.words(*one.issuer) if one.issuer else None,
            flow.words(one.start, one.end),
            around(text, one.start, one.end, low, high),
        )
        for one, low, high in zip(found, ends, starts, strict=False)
        if one.number is not None
    ]


def _relation(key: str, one: ReferenceCandidate) -> Relation:
    """A subject has no clause that says who makes a change: it is this document, unless it speaks of another's."""
    if one.announced not in _CHANGES:
        return one.relation
    return Relation.MENTIONS if _OF_OTHERS.search(key, 0, one.start) else one.announced
