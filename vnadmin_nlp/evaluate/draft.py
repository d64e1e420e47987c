"""A first annotation from the analysis of a text, for a person to correct."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from vnadmin_nlp.evaluate.annotation import (
    Annotation,
    GoldActor,
    GoldDeadline,
    GoldDirective,
    GoldHeader,
    GoldObligation,
    GoldReference,
    GoldSignature,
)
from vnadmin_nlp.evaluate.findings import operative
from vnadmin_nlp.evaluate.forms import fold, iso, norm
from vnadmin_nlp.evaluate.gold import Gold
from vnadmin_nlp.evaluate.lines import section_ranges
from vnadmin_nlp.evaluate.spans import Range, hull
from vnadmin_nlp.schema import Dispatch, Mention, Obligation, Severity, SourceText

CHECK = "check: "
"""How a note begins that says what the annotation cannot say as the analysis does."""
_WORDS = 6  # of a clause that are quoted at either end, where that is enough to find them again
_MOST_WORDS = 40  # of those; beyond, only the whole clause is tried
_ITEM_WORDS = 6  # of a directive that are quoted
_SURE = 0.9  # scores from here on are not worth a look
_NOISY = {"text.garbled", "text.no_accents", "text.legacy_encoding"}

M = TypeVar("M", bound=Mention)
Notes = dict[tuple[str, int], list[str]]
_Key = tuple[Range, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """An annotation that fits its text, and what its corrector should look at.

    `notes` belong to entries: (`references`, 0) is the first reference; what stands alone has the number 0, a field of
    the header is (`header.issuer`, 0). `remarks` concern the whole document.
    """

    gold: Gold
    notes: Notes
    remarks: list[str]


def draft(dispatch: Dispatch, *, name: str, source: SourceText | None = None) -> Draft:
    """What `dispatch` says, in the format of `corpus/GUIDELINES.md`; `name` is the id of the document.

    `source` is what was parsed, where that was more than its text. What the format cannot say as `dispatch` does (a
    quotation broken by other words, a form that also stands where no actor is meant) has a note that says so.
    """
    return _Writer(dispatch, name, source).write()


class _Writer:
    def __init__(self, dispatch: Dispatch, name: str, source: SourceText | None) -> None:
        self.dispatch = dispatch
        self.notes: Notes = defaultdict(list)
        self.parts: dict[str, Any] = {part: [] for part in Annotation.model_fields}
        self.parts |= {"id": name, "doc_type": dispatch.document_type, "header": GoldHeader()}
        self.parts |= {"noisy": False, "subject": None, "archive": None}
        self.gold = Gold(name, dispatch.text, Annotation.model_validate(self.parts))
        self._add(sections=section_ranges(self.gold, dispatch, source))

    def _add(self, **parts: Any) -> None:
        self.parts |= parts
        self.gold = self.gold.with_data(Annotation.model_validate(self.parts))

    def write(self) -> Draft:
        d = self.dispatch
        self._add(
            noisy=any(one.code in _NOISY for one in d.diagnostics),
            header=self._header(),
            subject=self._words("subject", 0, d.subject),
            addressees=[self._words("addressees", i, one) for i, one in enumerate(d.addressees)],
            recipients=[self._words("recipients", i, one) for i, one in enumerate(d.recipients)],
            archive=self._words("archive", 0, d.archive),
            signature=list(self._signatures()),
            directives=list(self._directives()),
        )
        references, cited = self._in_order(d.references)
        deadlines, limits = self._in_order(d.deadlines)
        self._add(
            references=[
                GoldReference(
                    **self._quoted("references", i, cited[i], one), type=one.document_type, number=one.number,
                    name=one.name, date=iso(one.date) or None, issuer=self._said("references", i, one.issuer),
                    pinpoint=one.pinpoint,
                )
                for i, one in enumerate(references)
            ],
            deadlines=[
                GoldDeadline(
                    **self._quoted("deadlines", i, limits[i], one), kind=one.kind, due=iso(one.due) or None,
                    duration=one.duration, rrule=one.recurrence,
                )
                for i, one in enumerate(deadlines)
            ],
        )  # fmt: skip
        self._doubt("references", self.gold.references, cited)
        self._doubt("deadlines", self.gold.deadlines, limits)
        self._add(actors=list(self._actors()))
        self._doubt_actors()
        indexes = {
            "references": {_key(one): i for i, one in enumerate(references)},
            "deadlines": {_key(one): i for i, one in enumerate(deadlines)},
        }
        duties, clauses = self._in_order(d.obligations)
        self._add(obligations=[self._obligation(i, one, clauses[i], indexes) for i, one in enumerate(duties)])
        return Draft(self.gold, dict(self.notes), list(self._remarks()))

    # -- the parts of the document ---------------------------------------------------------------
    def _header(self) -> GoldHeader:
        header = self.dispatch.header
        if header.date:
            self._score("header.date", 0, header.date)
        return GoldHeader(
            parent_agency=self._printed("header.parent_agency", header.parent_agency),
            issuer=self._printed("header.issuer", header.issuer),
            number=self._words("header.number", 0, header.number),
            place=self._printed("header.place", header.place),
            date=iso(header.date.value) if header.date else None,
            urgency=header.urgency.level if header.urgency else None,
            secrecy=header.secrecy.level if header.secrecy else None,
        )

    def _words(self, part: str, index: int, mention: Mention | None) -> str | None:
        if mention is None:
            return None
        self._score(part, index, mention)
        return mention.text

    def _printed(self, part: str, mention: Mention | None) -> str | None:
        """The words of `mention`, each as it stands in the text."""
        words = self._words(part, 0, mention)
        if mention is None or words is None or all(word in self.gold.folded for word in fold(words)[0].split()):
            return words
        return " ".join(self.gold.quotation((span.start, span.end))[0] for span in mention.spans)

    def _signatures(self) -> Iterator[GoldSignature]:
        signed = [s for s in self.dispatch.signatures if s.authority or s.on_behalf_of or s.position or s.name]
        for index, one in enumerate(signed):
            self._score("signature", index, one)
            yield GoldSignature(
                authority=one.authority,
                on_behalf_of=one.on_behalf_of.text if one.on_behalf_of else None,
                position=one.position.text if one.position else None,
                name=one.name.text if one.name else None,
            )

    def _directives(self) -> Iterator[GoldDirective]:
        seen: set[tuple[int, str]] = set()
        for item in self.dispatch.walk():
            start = item.spans[0].start
            line = self.gold.line_of(start)
            if not any(c.isalnum() for c in item.label) or (line, item.path) in seen:
                continue
            self._score("directives", len(seen), item)
            seen.add((line, item.path))
            printed = self.gold.quotation((start, self.gold.line_range(line)[1]))[0].split(" ")
            words = printed[len(item.label.split()) :] or printed  # a label may stand alone on its line
            yield GoldDirective(path=item.path, line=line, quote=" ".join(words[:_ITEM_WORDS]))

    # -- what the body says ----------------------------------------------------------------------
    def _in_order(self, mentions: Iterable[M]) -> tuple[list[M], list[Range]]:
        """The mentions in preamble and body in the order of the text, and their places."""
        found, places = operative(self.gold, mentions)
        order = sorted(range(len(places)), key=places.__getitem__)
        return [found[i] for i in order], [places[i] for i in order]

    def _quoted(self, part: str, index: int, place: Range, mention: Mention) -> dict[str, Any]:
        self._score(part, index, mention)
        quote, _ = self.gold.quotation(place)
        if norm(quote) != norm(mention.text):
            self._check(part, index, "other words stand between those of it")
        return {"line": self.gold.line_of(place[0]), "quote": quote}

    def _actors(self) -> Iterator[GoldActor]:
        """Each form, in the order in which they are first printed."""
        kinds = {_key(one): actor.kind for actor in reversed(self.dispatch.actors) for one in actor.mentions}
        seen: set[str] = set()
        mentions, places = self._in_order(one for actor in self.dispatch.actors for one in actor.mentions)
        for mention, place in zip(mentions, places, strict=True):
            form, exact = self.gold.quotation(place)
            if form in seen or self.gold.is_in_law_name(place) or exact not in self.gold.occurrences(form):
                continue  # the last: it is a part of a longer word or number
            self._score("actors", len(seen), mention)
            seen.add(form)
            yield GoldActor(text=form, kind=kinds[_key(mention)])

    def _obligation(
        self, index: int, duty: Obligation, place: Range, indexes: dict[str, dict[_Key, int]]
    ) -> GoldObligation:
        self._score("obligations", index, duty)
        line = self.gold.line_of(place[0])
        start, end = self._ends(place, line)
        if not start or not end:
            self._check("obligations", index, "its first or last words stand elsewhere too")
        linked: dict[str, list[int]] = {}
        for name, mentions in (("deadlines", duty.deadlines), ("references", duty.references)):
            linked[name] = sorted(indexes[name][_key(one)] for one in mentions if _key(one) in indexes[name])
            for one in mentions:
                if _key(one) not in indexes[name]:
                    self._check("obligations", index, f"also {one.text!r}, outside preamble and body")
        whole, _ = self.gold.quotation(place)
        return GoldObligation(
            line=line, start=start or whole, end=end or whole, modality=duty.modality, force=duty.force,
            bearers=self._bodies(index, duty.bearers), coordinators=self._bodies(index, duty.coordinators), **linked,
        )  # fmt: skip

    def _ends(self, place: Range, line: int) -> tuple[str | None, str | None]:
        """The first and last words of the clause at `place`, as many as find it again; None where none do."""
        whole, (low, high) = self.gold.quotation(place)
        words = whole.split(" ")
        counts = [*range(min(_WORDS, len(words)), min(_MOST_WORDS, len(words))), len(words)]
        starts = (" ".join(words[:count]) for count in counts)
        start = next((one for one in starts if (at := self.gold.find(one, line)) and at[0] == low), None)
        ends = (" ".join(words[-count:]) for count in counts)
        end = next((one for one in ends if (at := self.gold.find(one, after=low)) and at[1] == high), None)
        return start, end

    def _bodies(self, index: int, mentions: Iterable[Mention]) -> list[str]:
        return [said for one in mentions if (said := self._said("obligations", index, one))]

    def _said(self, part: str, index: int, mention: Mention | None) -> str | None:
        """The words of `mention` as they stand in the text; the longest stretch where others stand in between."""
        if mention is None or not (where := hull(mention.spans)):
            return None
        quote, _ = self.gold.quotation(where)
        if norm(quote) == norm(mention.text):
            return quote
        if self.gold.find(mention.text):
            return mention.text
        self._check(part, index, f"{mention.text!r} is broken by other words")
        return max((self.gold.quotation((s.start, s.end))[0] for s in mention.spans), key=len)

    # -- notes -----------------------------------------------------------------------------------
    def _score(self, part: str, index: int, finding: Any) -> None:
        if finding.score < _SURE:
            self.notes[part, index].append(f"score {finding.score:.2g}")

    def _check(self, part: str, index: int, what: str) -> None:
        self.notes[part, index].append(CHECK + what)

    def _doubt(self, part: str, found: Sequence[Range | None], meant: Sequence[Range]) -> None:
        """Says which quotations are found elsewhere than they stand."""
        for index, (one, place) in enumerate(zip(found, meant, strict=True)):
            if one != self.gold.quotation(place)[1]:
                self._check(part, index, "the same words stand elsewhere on the line")

    def _doubt_actors(self) -> None:
        """Says where a form stands that was taken for no actor there, or for another one."""
        _, places = self._in_order(one for actor in self.dispatch.actors for one in actor.mentions)
        meant = {self.gold.quotation(place)[1] for place in places}
        lines: dict[str, list[int]] = defaultdict(list)
        for place in self.gold.actors:
            if place not in meant:
                lines[self.gold.quotation(place)[0]].append(self.gold.line_of(place[0]))
        for index, actor in enumerate(self.gold.data.actors):
            if actor.text in lines:
                where = ", ".join(map(str, dict.fromkeys(lines[actor.text])))
                self._check("actors", index, f"it also stands on line {where}, and was taken for no actor there")

    def _remarks(self) -> Iterator[str]:
        for one in self.dispatch.diagnostics:
            if one.severity is not Severity.INFO:
                line = f"line {self.gold.line_of(one.span.start)}: " if one.span else ""
                yield f"{CHECK}{line}{' '.join(one.message.split())} [{one.code}]"


def _key(mention: Mention) -> _Key:
    return tuple((span.start, span.end) for span in mention.spans)
