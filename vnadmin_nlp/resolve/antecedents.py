"""What short forms and anaphora stand for: this document, or one that is cited in full elsewhere in it."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field

from vnadmin_nlp.extract.model import Context, ReferenceCandidate
from vnadmin_nlp.extract.references_parts import OF_TYPE, UNHOSTED
from vnadmin_nlp.outline import Outline
from vnadmin_nlp.resolve.hosts import Hosts
from vnadmin_nlp.resolve.places import Places
from vnadmin_nlp.schema import Antecedent, DocumentType, Span
from vnadmin_nlp.text import Range, key_of

_ALIAS = re.compile(
    r"\((?:sau đây\s)?(?:được\s)?(?:gọi|viết)\s(?:(?:tắt|chung)\s?)?(?:là)?\s?:?\s?"
    r"[“\"‘]?(?P<name>[^()“”\"‘’\n]{2,80}?)[”\"’]?\s?\)"
)
_SERIAL = re.compile(r"0*(\d+[a-zđ]?)")


@dataclass(frozen=True, slots=True)
class Alias:
    """A short name the document defines (its range), and the reference it stands for; None: not a document."""

    name: str
    start: int
    end: int
    reference: ReferenceCandidate | None


@dataclass(slots=True)
class _Seen:
    """The full mentions read so far, by what a later short form repeats of them."""

    of_serial: dict[tuple[DocumentType, str], ReferenceCandidate] = field(default_factory=dict)
    of_name: dict[str, ReferenceCandidate] = field(default_factory=dict)

    def add(self, one: ReferenceCandidate, words: str) -> None:
        if one.number is not None and (serial := _SERIAL.match(one.number)):
            self.of_serial[one.document_type, serial[1]] = one
        if one.in_law_name and (one.number or one.date or words[-4:].isdigit()):
            self.of_name[_bare_name(words)] = one


def find_aliases(outline: Outline, references: list[ReferenceCandidate]) -> list[Alias]:
    """Names defined by `(sau đây gọi tắt là …)`, each with the last reference before it in its paragraph."""
    text, key = outline.flow.text, outline.flow.key
    starts = [r.start for r in references]
    out = []
    at = key.find("(")
    while at >= 0:
        match = _ALIAS.match(key, at, at + 140)
        if match is not None:
            start, end = match.span("name")
            index = bisect_right(starts, at) - 1
            one = references[index] if index >= 0 and text.find("\n", references[index].end, at) < 0 else None
            out.append(Alias(" ".join(text[start:end].split()), start, end, one))
        at = key.find("(", at + 1)
    return out


def resolve_antecedents(
    outline: Outline, context: Context, references: list[ReferenceCandidate]
) -> list[ReferenceCandidate]:
    """Give parts and short forms the document they belong to, and parts without a named host the type of theirs."""
    aliases = {key_of(a.name): a.reference for a in find_aliases(outline, references) if a.reference is not None}
    seen, hosts, places = _Seen(), Hosts(outline, context.document_type), Places(outline)
    last_part = max((one.start for one in references if one.rule in UNHOSTED), default=-1)
    for one in references:
        quoted = _within((one.start, one.end), outline.quotes)
        if one.rule in UNHOSTED:
            host, own = hosts.find(one, quoted=quoted)
            if host is not None:
                one.document_type = host.document_type
                one.antecedent = _antecedent(outline, host)
            elif own:
                one.antecedent = Antecedent(this=True, target=places.target(one))
            if one.rule == OF_TYPE and not quoted:
                hosts.hear(one, host or one)
            continue
        words = outline.flow.key[one.pinpoint[1] if one.pinpoint else one.start : one.end]
        full = _full_form(one, words, seen, aliases)
        if full is not None and full is not one:
            one.antecedent = _antecedent(outline, full)
        elif (one.number or one.name or "/")[0] != "/":  # a blank serial singles nothing out
            seen.add(one, words)
            hosts.add(one)
        if one.start < last_part and not quoted:
            hosts.hear(one, full or one)
    return references


def _full_form(
    one: ReferenceCandidate, words: str, seen: _Seen, aliases: dict[str, ReferenceCandidate]
) -> ReferenceCandidate | None:
    """The full mention that `Nghị định 45`, `Luật Đất đai`, `Đề án 06` repeats."""
    if one.number is not None:
        if "/" in one.number or "-" in one.number or not (serial := _SERIAL.match(one.number)):
            return None
        return seen.of_serial.get((one.document_type, serial[1]))
    if one.name is None or one.date is not None:
        return None
    if (alias := aliases.get(key_of(one.name))) is not None:
        return alias
    return seen.of_name.get(_bare_name(words)) if one.in_law_name and not one.name[-4:].isdigit() else None


def _bare_name(words: str) -> str:
    """The name of a law in the key `words`, without its number, year and date: what a short form repeats."""
    return re.split(r"\s(?:số|ngày|năm|\d)", words.strip(), maxsplit=1)[0].strip()


def _antecedent(outline: Outline, host: ReferenceCandidate) -> Antecedent:
    ranges = outline.flow.ranges(host.start, host.end)
    span = Span(start=ranges[0][0], end=ranges[-1][1]) if ranges else None
    return Antecedent(number=host.number, name=host.name, date=host.date, span=span)


def _within(where: Range, quotes: list[Range]) -> bool:
    at = bisect_right(quotes, (where[0], 1 << 62)) - 1
    return at >= 0 and quotes[at][0] <= where[0] and where[1] <= quotes[at][1]
