"""What a document says, before it is laid out."""

from __future__ import annotations

from dataclasses import dataclass, field

from .citations import Cite
from .plan import Plan
from .registers import PARTY, Type
from .world import Body

Parts = list[str | Cite]


@dataclass(slots=True)
class Draft:
    """The parts of one document. A paragraph is its style (p, h1, item, point, basis, title) and its parts."""

    plan: Plan
    body: Body
    kind: Type
    subject: Parts
    addressees: list[str] = field(default_factory=list)
    paragraphs: list[tuple[str, Parts]] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    signature: list[str] = field(default_factory=list)
    signer: str = ""

    @property
    def party(self) -> bool:
        return self.body.kind in PARTY
