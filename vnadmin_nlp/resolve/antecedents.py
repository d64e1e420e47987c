"""What short forms and anaphora stand for: this document, or one that is cited in full elsewhere in it."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from vnadmin_nlp.extract.model import Context, ReferenceCandidate
from vnadmin_nlp.outline import Outline
from vnadmin_nlp.schema import Antecedent, DocumentType, Span
from vnadmin_nlp.text import Range

_ALIAS = re.compile(
    r"\((?:sau đây\s)?(?:được\s)?(?:gọi|viết)\s(?:tắt|chung)?\s?(?:là|:)?\s?:?\s?[“\"‘]?(?P<name>[^()“”\"‘’\n]{2,80}?)[”\"’]?\s?\)"
)
# Types whose parts are articles: a bare `Điều 5` in one of them is a part of it
_WITH_ARTICLES = frozenset(
    (
        DocumentType.QUYET_DINH, DocumentType.NGHI_QUYET, DocumentType.NGHI_DINH, DocumentType.THONG_TU, DocumentType.THONG_TU_LIEN_TICH,
        DocumentType.LUAT, DocumentType.PHAP_LENH, DocumentType.QUY_CHE, DocumentType.QUY_DINH, DocumentType.HOP_DONG, DocumentType.LENH,
    )
)  # fmt: skip
_PARTS = ("reference.part", "reference.part-of-this", "reference.part-of-type")
_THIS_DOCUMENT = re.compile(r"này$")


@dataclass(frozen=True, slots=True)
class Alias:
    """A short name that the document defines, where it defines it, and the reference it stands for (None: not a document)."""

    name: str
    start: int
    end: int
    reference: ReferenceCandidate | None


def find_aliases(outline: Outline, references: list[ReferenceCandidate]) -> list[Alias]:
    """Names defined by `(sau đây gọi tắt là …)`, each with the last reference before it in its paragraph."""
    text, key = outline.flow.text, outline.flow.key
    starts = [r.start for r in references]
    out = []
    at = key.find("(")
    while at >= 0:
        match = _ALIAS.match(key, at, at + 140)
        if match is not None:
            before = bisect_right(starts, at) - 1
            one = references[before] if before >= 0 and "\n" not in text[references[before].end : at] else None
            out.append(Alias(" ".join(text[match.start("name") : match.end("name")].split()), match.start("name"), match.end("name"), one))
        at = key.find("(", at + 1)
    return out


def resolve_antecedents(outline: Outline, context: Context, references: list[ReferenceCandidate]) -> list[ReferenceCandidate]:
    """Give parts and short forms the document they belong to; a part without a named host takes the type of its host."""
    aliases = {a.name: a.reference for a in find_aliases(outline, references) if a.reference is not None}
    seen: list[ReferenceCandidate] = []
    for one in references:
        if one.rule in _PARTS:
            _place(outline, context, one, seen)
        elif short := _short_form(one, seen, aliases, outline):
            one.antecedent = _antecedent(outline, short)
        if one.rule not in _PARTS and (one.number or one.name):
            seen.append(one)
    return references


def _place(outline: Outline, context: Context, one: ReferenceCandidate, seen: list[ReferenceCandidate]) -> None:
    """The host of a part whose document is not named beside it."""
    quoted = _within((one.start, one.end), outline.quotes)
    named = one.rule != "reference.part"
    if named and one.document_type == context.document_type and not quoted and _THIS_DOCUMENT.search(outline.flow.key, one.start, one.end):
        one.antecedent = Antecedent(this=True)
        return
    own = context.document_type in _WITH_ARTICLES
    if not named and not quoted and (own or not _needs_articles(one)):
        one.antecedent = Antecedent(this=True)
        return
    host = next((r for r in reversed(seen) if (r.document_type == one.document_type if named else _has_parts(r))), None)
    if host is None:
        one.antecedent = Antecedent(this=True) if not named and own else None
        return
    one.document_type = host.document_type
    one.antecedent = _antecedent(outline, host)


def _needs_articles(one: ReferenceCandidate) -> bool:
    return one.target is not None and bool(one.target.article or one.target.clause)


def _has_parts(one: ReferenceCandidate) -> bool:
    return one.document_type in _WITH_ARTICLES


def _short_form(
    one: ReferenceCandidate, seen: list[ReferenceCandidate], aliases: dict[str, ReferenceCandidate], outline: Outline
) -> ReferenceCandidate | None:
    """The full mention that `Nghị định 45`, `Luật Đất đai`, `Đề án 06` repeats."""
    if one.number is not None and "/" not in one.number and "-" not in one.number:
        for other in reversed(seen):
            if other.document_type == one.document_type and other.number and other.number != one.number:
                if re.match(rf"0*{re.escape(one.number.lstrip('0'))}\b", other.number):
                    return other
    if one.name is not None:
        if (alias := aliases.get(one.name)) is not None and alias is not one:
            return alias
        if one.in_law_name:
            for other in reversed(seen):
                if other.in_law_name and other.end - other.start > one.end - one.start and outline.flow.key.startswith(
                    one.name.lower(), other.start
                ):
                    return other
    return None


def _antecedent(outline: Outline, host: ReferenceCandidate) -> Antecedent:
    ranges = outline.flow.ranges(host.start, host.end)
    span = Span(start=ranges[0][0], end=ranges[-1][1]) if ranges else None
    return Antecedent(number=host.number, name=host.name, date=host.date, span=span)


def _within(where: Range, quotes: list[Range]) -> bool:
    at = bisect_right(quotes, (where[0], 1 << 62)) - 1
    return at >= 0 and quotes[at][0] <= where[0] and where[1] <= quotes[at][1]
