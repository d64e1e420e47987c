"""The result of a parse."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import Field

from vnadmin_nlp.schema.base import Finding, Frozen, Mention
from vnadmin_nlp.schema.enums import DocumentType
from vnadmin_nlp.schema.findings import Actor, Deadline, Diagnostic, Obligation, Reference
from vnadmin_nlp.schema.parts import Addressee, Archive, Directive, Header, Recipient, Section, Signature


class Dispatch(Frozen):
    """Văn bản hành chính, analysed. `text` is exactly what was parsed; every span of every part is a range of it."""

    text: str
    document_type: DocumentType = DocumentType.OTHER
    header: Header = Field(default_factory=Header)
    subject: Finding | None = None
    sections: list[Section] = Field(default_factory=list)
    addressees: list[Addressee] = Field(default_factory=list)
    directives: list[Directive] = Field(default_factory=list)
    recipients: list[Recipient] = Field(default_factory=list)
    archive: Archive | None = None
    signatures: list[Signature] = Field(default_factory=list)
    references: list[Reference] = Field(default_factory=list)
    deadlines: list[Deadline] = Field(default_factory=list)
    actors: list[Actor] = Field(default_factory=list)
    obligations: list[Obligation] = Field(default_factory=list)
    diagnostics: list[Diagnostic] = Field(default_factory=list)

    def quote(self, mention: Mention) -> str:
        """The source words of `mention`, exactly as they stand, its spans joined by one space."""
        return " ".join(self.text[s.start : s.end] for s in mention.spans)

    def walk(self) -> Iterator[Directive]:
        """Every directive of the tree, each before its children."""
        stack = list(reversed(self.directives))
        while stack:
            item = stack.pop()
            yield item
            stack.extend(reversed(item.children))
