"""What speaks for and against a range of the flow being a mention of an actor with just these borders, as traits."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from vnadmin_nlp.extract.actors_weigh import acts_after, cue_before, opens_sentence
from vnadmin_nlp.extract.model import ActorCandidate, Context
from vnadmin_nlp.outline import Outline
from vnadmin_nlp.schema import ActorKind

_AROUND = 40  # characters before and after a candidate whose words are read
_WORD = re.compile(r"\w+|[^\w\s]")
_LINKS = (", ", " và ", "; ", ", và ")  # between members of one list
_LONG = 6  # words


class Known(NamedTuple):
    """A form in annotated documents: how often it stands there as a mention of its own, and how often at all."""

    kind: ActorKind
    right: int
    seen: int

    @property
    def share(self) -> float:
        return self.right / self.seen


class Candidate(NamedTuple):
    """A range that may be a mention. `source` says whose it is: the rules' (`found`, `left`), or a `known` form's."""

    mention: ActorCandidate
    source: str
    known: Known | None

    @property
    def ruled(self) -> bool:
        return self.source == "found"


def traits_of(candidates: Sequence[Candidate], outline: Outline, context: Context) -> Iterator[list[str]]:
    """The traits of each of `candidates`, which are all that one document has."""
    reader = _Reader(candidates, outline, context)
    return map(reader.traits, candidates)


class _Reader:
    """Reads one document."""

    def __init__(self, candidates: Sequence[Candidate], outline: Outline, context: Context) -> None:
        self.text, self.key = outline.flow.text, outline.flow.key
        self.document_type = context.document_type
        self.paragraphs = outline.paragraphs
        self.paragraph_starts = [p.start for p in outline.paragraphs]
        self.quotes = outline.quotes
        self.quote_starts = [start for start, _ in outline.quotes]
        found = sorted((c.mention.start, c.mention.end) for c in candidates if c.ruled)
        self.starts, self.ends = [start for start, _ in found], [end for _, end in found]
        self.forms = Counter(self._form(c.mention) for c in candidates)
        self.found = Counter(self._form(c.mention) for c in candidates if c.ruled)

    def traits(self, candidate: Candidate) -> list[str]:
        mention, source = candidate.mention, candidate.source
        start, end = mention.start, mention.end
        form = self._form(mention)
        words = form.split()
        own = [
            f"score {_step(mention.score)}",
            f"kind {mention.kind}",
            f"length {min(len(words), _LONG)}",
            f"document {self.document_type}",
            *self._elsewhere(form, ruled=candidate.ruled),
            *self._place(start),
            *self._list(start, end),
            *self._sentence(start, end),
            *_fame(candidate.known),
        ]
        before, after = self._around(start, end)
        lexical = [
            f"form {form}", f"first {words[0]}", f"last {words[-1]}", f"first two {' '.join(words[:2])}",
            f"before {before[-1]}", f"before {' '.join(before[-2:])}",
            f"after {after[0]}", f"after {' '.join(after[:2])}",
            f"rule {mention.rule}", f"rule {mention.rule} before {before[-1]}",
        ]  # fmt: skip
        flags = [
            name
            for name, holds in (
                ("comma inside", ", " in form),
                ("capital", self.text[start].isupper()),
                ("capitals", self.text[start:end].isupper()),
                ("digit", any(c.isdigit() for c in form)),
                ("crosses a found one", self._crosses(start, end)),
            )
            if holds
        ]
        both = [*own, *flags, f"before {before[-1]}", f"after {after[0]}"]
        return list(dict.fromkeys([source, *own, *flags, *lexical, *(f"{source}: {trait}" for trait in both)]))

    def _form(self, mention: ActorCandidate) -> str:
        return self.key[mention.start : mention.end]

    def _elsewhere(self, form: str, *, ruled: bool) -> list[str]:
        """Whether the same words stand elsewhere, and what the rules say of them there."""
        others = self.forms[form] - 1
        if not others:
            return ["once"]
        found = self.found[form] - ruled
        return ["found elsewhere" if found else "left elsewhere", *(["found everywhere"] if found == others else [])]

    def _place(self, start: int) -> Iterator[str]:
        at = bisect_right(self.quote_starts, start) - 1
        if at >= 0 and start < self.quotes[at][1]:
            yield "quoted"
        at = bisect_right(self.paragraph_starts, start) - 1
        if at >= 0:
            paragraph = self.paragraphs[at]
            yield f"zone {paragraph.zone}"
            if paragraph.cell:
                yield "cell"
            if paragraph.body == start:
                yield "begins its paragraph"

    def _list(self, start: int, end: int) -> Iterator[str]:
        """Whether mentions that the rules found stand beside it in a list."""
        at = bisect_right(self.ends, start) - 1
        if at >= 0 and self.text[self.ends[at] : start] in _LINKS:
            yield "found on the left"
        at = bisect_left(self.starts, end)
        if at < len(self.starts) and self.text[end : self.starts[at]] in _LINKS:
            yield "found on the right"

    def _sentence(self, start: int, end: int) -> Iterator[str]:
        cue = cue_before(self.key, start)
        opens, acts = opens_sentence(self.key, start), acts_after(self.key, end)
        yield "no cue" if cue is None else f"cue {round(cue)}"
        if opens:
            yield "opens"
        if acts:
            yield "acts"
        if opens and acts:
            yield "opens and acts"
        if acts and cue is not None and cue > 0:
            yield "told"

    def _around(self, start: int, end: int) -> tuple[list[str], list[str]]:
        """The words before and after on the same line, with marks for its borders."""
        low = max(self.key.rfind("\n", 0, start) + 1, start - _AROUND)
        high = self.key.find("\n", end, end + _AROUND)
        before = _WORD.findall(self.key, low, start)
        after = _WORD.findall(self.key, end, high if high >= 0 else end + _AROUND)
        return ["^", *before], [*after, "$"]

    def _crosses(self, start: int, end: int) -> bool:
        at = bisect_right(self.starts, start)
        if at and self.ends[at - 1] > start and (self.starts[at - 1], self.ends[at - 1]) != (start, end):
            return True
        return at < len(self.starts) and self.starts[at] < end


def _fame(known: Known | None) -> list[str]:
    if known is None:
        return ["unknown"]
    share = f"known {min(4, int(5 * known.share))}"
    return ["known", share, f"{share} of {min(3, known.seen)}"]


def _step(score: float) -> str:
    """The score in steps that are finer near 0, where most of what is left lies."""
    return next(f"{bound}" for bound in (0.02, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0) if score <= bound)
