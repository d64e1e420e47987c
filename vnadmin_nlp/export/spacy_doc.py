"""A Dispatch on a spaCy Doc: groups of spans, and what they say as data that JSON holds.

`doc.spans[group]` holds the findings of a group, each with its label and its `id_`, which is its place in the Dispatch
(the pieces of one mention have the same); `doc.spans[group].attrs["values"]` holds, in the same order, what is known of
each. `doc._.vnadmin` is the whole Dispatch; `doc._.vnadmin_unaligned` lists what does not begin and end with a token.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from pydantic import Field, field_validator

from vnadmin_nlp.export.spacy_findings import GROUPS, Found, findings
from vnadmin_nlp.schema import Dispatch
from vnadmin_nlp.schema.base import Frozen

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc
    from spacy.tokens import Span as TokenSpan

DISPATCH = "vnadmin"
UNALIGNED = "vnadmin_unaligned"
_ENTITIES = {"actors": None, "references": "reference", "deadlines": "deadline"}
"""The groups whose findings are entities, with the label they have there; an actor keeps its kind."""


class Settings(Frozen):
    """How a Dispatch is put on a Doc."""

    groups: dict[str, str | None] = Field(default_factory=dict)
    """The key of `doc.spans` that a group stands under, where it is not its own name; None leaves the group out."""
    ents: bool = False
    """Whether actors, references and deadlines become entities, of those that overlap the longest, where the Doc has
    no entity yet."""
    misfits: Literal["list", "split"] = "list"
    """What is done where a finding begins or ends inside a token: it is listed in `doc._.vnadmin_unaligned`, or the
    token is split. Tokens are split only as long as nothing else stands on the Doc."""

    @field_validator("groups")
    @classmethod
    def _known(cls, groups: dict[str, str | None]) -> dict[str, str | None]:
        unknown = [name for name in groups if name not in GROUPS]
        if unknown:
            raise ValueError(f"there is no group {', '.join(unknown)}; there are {', '.join(GROUPS)}")
        keys = [key for name in GROUPS if (key := groups.get(name, name))]
        twice = sorted({key for key in keys if keys.count(key) > 1})
        if twice:
            raise ValueError(f"two groups under one key: {', '.join(twice)}")
        return groups


def to_doc(dispatch: Dispatch, nlp: Language) -> Doc:
    """A Doc of the text of `dispatch`, cut by the tokenizer of `nlp`, with what the component `vnadmin_nlp` puts on it.

    It is put there as the component of `nlp` is set to do, where there is one; no other component runs. Raises
    ValueError where the tokenizer changes the text.
    """
    set_so = (getattr(pipe, "settings", None) for _, pipe in nlp.pipeline)
    settings = next((one for one in set_so if isinstance(one, Settings)), Settings())
    doc = nlp.make_doc(dispatch.text)
    if doc.text != dispatch.text:
        raise ValueError("the tokenizer of this pipeline changes the text: offsets would be wrong; take another one")
    return annotate(doc, dispatch, settings)


def from_doc(doc: Doc) -> Dispatch:
    """The Dispatch that was put on `doc`. Raises ValueError where there is none."""
    register()
    dump = doc._.get(DISPATCH)
    if dump is None:
        raise ValueError("no Dispatch is on this Doc: run vnadmin_nlp on it; keep it in a DocBin(store_user_data=True)")
    return Dispatch.model_validate(dump)


def register() -> None:
    """Makes `doc._.vnadmin` and `doc._.vnadmin_unaligned` known to spaCy, for Docs that come from elsewhere."""
    from spacy.tokens import Doc

    for name in (DISPATCH, UNALIGNED):
        if not Doc.has_extension(name):
            Doc.set_extension(name, default=None)


def annotate(doc: Doc, dispatch: Dispatch, settings: Settings) -> Doc:
    """`doc` with `dispatch`, the result for its text, on it; a new one where tokens had to be split."""
    from spacy.tokens import SpanGroup

    register()
    text = dispatch.text
    keys = {name: key for name in GROUPS if (key := settings.groups.get(name, name))}
    wanted = {*keys, *(_ENTITIES if settings.ents else ())}
    pieces = [
        _Piece(*ends, one)
        for one in findings(dispatch)
        if one.group in wanted
        for span in one.spans
        if (ends := _trimmed(text, span.start, span.end))
    ]
    tokens = _Tokens(doc)
    if settings.misfits == "split" and (cuts := tokens.cuts(pieces)) and not _has_more(doc):
        doc = _split(doc, cuts)
        tokens = _Tokens(doc)
    groups: dict[str, list[tuple[TokenSpan, dict[str, Any]]]] = {name: [] for name in GROUPS}
    unaligned = []
    for piece in pieces:
        span = tokens.span(piece)
        if span is None:
            unaligned.append(tokens.offer(piece))
        else:
            groups[piece.found.group].append((span, piece.found.values))
    for name, key in keys.items():
        spans, values = [span for span, _ in groups[name]], [values for _, values in groups[name]]
        doc.spans[key] = SpanGroup(doc, name=key, attrs={"values": values}, spans=spans)
    if settings.ents:
        _set_entities(doc, {name: [span for span, _ in groups[name]] for name in _ENTITIES})
    doc._.set(DISPATCH, dispatch.model_dump(mode="json"))
    doc._.set(UNALIGNED, unaligned)
    return doc


# Places


class _Piece(NamedTuple):
    """A run of characters of a finding, without white space at its ends."""

    start: int
    end: int
    found: Found


def _trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return (start, end) if start < end else None


class _Tokens:
    """Where the tokens of a Doc begin and end."""

    def __init__(self, doc: Doc) -> None:
        from spacy.tokens import Span

        self._doc = doc
        self._text = doc.text
        self._span = Span
        self._ends: list[int] = []
        self._starts: list[int] = []
        at = 0
        for length, space in zip(doc.to_array("LENGTH").tolist(), doc.to_array("SPACY").tolist(), strict=True):
            self._starts.append(at)
            at += length
            self._ends.append(at)
            at += space

    def span(self, piece: _Piece) -> TokenSpan | None:
        """The tokens of `piece`; None where it begins or ends inside one."""
        first, last = self._around(piece)
        if self._starts[first] != piece.start or self._ends[last] != piece.end:
            return None
        found = piece.found
        return self._span(self._doc, first, last + 1, label=found.label, span_id=found.id)

    def offer(self, piece: _Piece) -> dict[str, Any]:
        """`piece` as data, with the tokens that contain it."""
        first, last = self._around(piece)
        found = piece.found
        return {
            "group": found.group, "label": found.label, "id": found.id,
            "start_char": piece.start, "end_char": piece.end, "text": self._text[piece.start : piece.end],
            "token_start": first, "token_end": last + 1, "values": found.values,
        }  # fmt: skip

    def cuts(self, pieces: Iterable[_Piece]) -> dict[int, list[int]]:
        """The tokens that pieces begin or end inside of, and where in them, in characters."""
        inside: dict[int, list[int]] = {}
        for border in sorted({border for piece in pieces for border in (piece.start, piece.end)}):
            at = bisect_right(self._ends, border)
            if at < len(self._starts) and self._starts[at] < border:
                inside.setdefault(at, []).append(border - self._starts[at])
        return inside

    def _around(self, piece: _Piece) -> tuple[int, int]:
        """The first token that ends behind the start of `piece`, and the last that starts before its end."""
        return bisect_right(self._ends, piece.start), bisect_left(self._starts, piece.end) - 1


def _split(doc: Doc, cuts: dict[int, list[int]]) -> Doc:
    """A Doc of the tokens of `doc`, those at `cuts` cut at these places, and of what the user put on it."""
    from spacy.tokens import Doc as New

    words: list[str] = []
    spaces: list[bool] = []

    def blanks(number: int) -> None:
        if number and spaces and not spaces[-1]:
            spaces[-1] = True
            number -= 1
        if number:
            words.append(" " * number)
            spaces.append(False)

    for token in doc:
        if token.i not in cuts:
            words.append(token.text)
            spaces.append(bool(token.whitespace_))
            continue
        for start, end in pairwise((0, *cuts[token.i], len(token))):
            part = token.text[start:end]
            core = part.lstrip(" ")
            blanks(len(part) - len(core))
            if word := core.rstrip(" "):
                words.append(word)
                spaces.append(False)
            blanks(len(core) - len(word))
        blanks(len(token.whitespace_))
    new = New(doc.vocab, words=words, spaces=spaces, user_data=doc.user_data)
    new._context = doc._context
    return new


def _has_more(doc: Doc) -> bool:
    """Whether there is more on `doc` than its tokens."""
    marks = ("TAG", "POS", "MORPH", "LEMMA", "DEP", "SENT_START", "ENT_IOB")
    return bool(doc.spans or doc.cats or doc.tensor.size or any(map(doc.has_annotation, marks)))


# Entities


def _set_entities(doc: Doc, groups: dict[str, list[TokenSpan]]) -> None:
    """Entities of `groups`, of those that overlap the longest; those that `doc` has stay."""
    from spacy.tokens import Span
    from spacy.util import filter_spans

    wanted = [
        Span(doc, span.start, span.end, label=_ENTITIES[name] or span.label, span_id=span.id)
        for name, spans in groups.items()
        for span in spans
    ]
    taken = {token.i for ent in doc.ents for token in ent}
    free = [span for span in filter_spans(wanted) if taken.isdisjoint(range(span.start, span.end))]
    doc.set_ents(free, default="unmodified" if doc.has_annotation("ENT_IOB") else "outside")
