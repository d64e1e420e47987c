"""What a document says, before it is laid out: blocks of paragraphs, whose parts are words and annotated pieces.

A part is a str or a `Piece`, which holds parts itself. `"\\n"` as a part asks for a line end (two lines of an agency's
name), `"\\t"` for the border of two cells in a paragraph of style `row`. The layout writes the characters and notes in
`ranges` where each piece stands in the final text; `gold` reads the annotation off the pieces.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from .citations import Cite
from .plan import Plan
from .registers import PARTY, Type
from .world import Body

Part = "str | Piece"
Parts = list["str | Piece"]
Range = tuple[int, int]  # half-open, code points of the final text


@dataclass(slots=True, eq=False)
class Piece:
    """Words that mean something. `ranges`: where they stand, in order; several where a layout splits them."""

    parts: Parts
    ranges: list[Range] = field(default_factory=list, kw_only=True)

    @property
    def text(self) -> str:
        """The words as composed."""
        return text_of(self.parts)

    def walk(self) -> Iterator[Piece]:
        """This piece and all inside it, in order."""
        yield self
        for part in self.parts:
            if isinstance(part, Piece):
                yield from part.walk()


FieldRole = Literal[
    "parent_agency", "issuer", "number", "place", "date", "urgency", "secrecy",  # of the head
    "subject", "addressee", "recipient", "archive",
    "authority", "on_behalf_of", "position", "name",  # of the signature
    "ref_number", "ref_name", "ref_pinpoint",
]  # fmt: skip


@dataclass(slots=True, eq=False)
class Field(Piece):
    """A value the annotation gives as it is printed."""

    role: FieldRole


@dataclass(slots=True, eq=False)
class Name(Piece):
    """A form of an actor; `kind` as in the guideline."""

    kind: Literal["agency", "unit", "position", "group", "organization", "person", "party"]


@dataclass(slots=True, eq=False)
class Ref(Piece):
    """A reference. Its number, name, pinpoint and issuer stand in it, or (a shared issuer) elsewhere."""

    type: str
    date: dt.date | None = None
    number: Field | None = None
    name: Field | None = None
    pinpoint: Field | None = None
    issuer: Name | None = None
    link: Cite | None = None  # what the truth of links says about it


@dataclass(slots=True, eq=False)
class Limit(Piece):
    """A deadline; `due` is ISO, with `THH:MM` where an hour is said."""

    kind: Literal["date", "period", "duration", "recurring", "immediate"]
    due: str | None = None
    duration: str | None = None
    rrule: str | None = None


@dataclass(slots=True, eq=False)
class Duty:
    """An obligation. Deadlines and references that stand in its clause are found there; here those that govern it."""

    modality: Literal["obligation", "prohibition", "permission"] = "obligation"
    force: Literal["order", "request"] = "order"
    bearers: list[Name] = field(default_factory=list)
    coordinators: list[Name] = field(default_factory=list)
    limits: list[Limit] = field(default_factory=list)
    refs: list[Ref] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Clause(Piece):
    """The words of an obligation; several pieces may share one duty (a heading and its first item)."""

    duty: Duty


@dataclass(slots=True, eq=False)
class Label(Piece):
    """The printed label of a directive, with its final punctuation: `2.`, `a)`, `Điều 3.`."""

    path: str


Style = Literal[
    # head: what stands left, and right; the layout orders them
    "parent", "issuer", "star", "number", "about", "motto", "place_date", "urgency", "secrecy", "draft_mark",
    # subject of a titled document: its type, the lines under it
    "type", "title",
    # addressees, recipients: the label line (one addressee on it), items
    "to", "to_item", "recipients_label", "recipient", "archive",
    # preamble and body: legal basis; who decides, and `QUYẾT ĐỊNH:`; headings, items of lists, rows of tables
    "basis", "maker", "decides", "p", "h1", "h2", "article", "item", "point", "dash", "plus", "row_head", "row",
    # signature
    "authority", "position", "signed", "signer",
    # appendix
    "appendix_title", "appendix_note",
]  # fmt: skip


@dataclass(slots=True)
class Paragraph:
    style: Style
    parts: Parts


BlockName = Literal[
    "head", "subject", "addressees", "preamble", "body", "recipients", "signature", "appendix",
]  # fmt: skip


@dataclass(slots=True)
class Block:
    """Paragraphs of one section. `about` paragraphs of a letter's subject stand in the block `subject`, though the
    layout prints them within the head."""

    name: BlockName
    paragraphs: list[Paragraph] = field(default_factory=list)

    def add(self, style: Style, *parts: str | Piece) -> None:
        self.paragraphs.append(Paragraph(style, list(parts)))


@dataclass(slots=True)
class Draft:
    """One document. Blocks stand in reading order; those that are empty are not there. `subject`: its words."""

    plan: Plan
    body: Body
    kind: Type
    subject: Parts
    blocks: list[Block] = field(default_factory=list)
    articles: int = 0  # how many articles it has
    minuted: tuple[str, ...] = ()  # of two who sign: who presided over the meeting and who wrote it down; two parties

    @property
    def party(self) -> bool:
        return self.body.kind in PARTY

    def block(self, name: BlockName) -> Block:
        """The block of that name, made at the end where there is none."""
        found = next((block for block in self.blocks if block.name == name), None)
        if found is None:
            self.blocks.append(found := Block(name))
        return found

    def pieces(self, *names: BlockName) -> Iterator[Piece]:
        """All pieces of the blocks of these names (none: of all), outer before inner, in order."""
        for block in self.blocks:
            if not names or block.name in names:
                for paragraph in block.paragraphs:
                    for part in paragraph.parts:
                        if isinstance(part, Piece):
                            yield from part.walk()


def text_of(parts: Parts) -> str:
    """The words of parts, as composed."""
    return "".join(part if isinstance(part, str) else part.text for part in parts)
