"""Puts the parts of a .docx together: page headers, body, notes, page footers."""

from __future__ import annotations

from collections.abc import Iterator

from vnadmin_nlp.read.document import Document
from vnadmin_nlp.read.docx import names
from vnadmin_nlp.read.docx.letters import Letters
from vnadmin_nlp.read.docx.model import NoteCall, Story
from vnadmin_nlp.read.docx.names import Element, child_of, is_on, w
from vnadmin_nlp.read.docx.numbering import Numbering
from vnadmin_nlp.read.docx.package import Package
from vnadmin_nlp.read.docx.styles import Styles
from vnadmin_nlp.read.docx.walk import Walker
from vnadmin_nlp.read.docx.write import StoryWriter, is_head
from vnadmin_nlp.read.writer import Writer
from vnadmin_nlp.schema import Format, Severity, SourceText

_PICTURES = "The document holds pictures and no text: save it as PDF and read that, its pages are then recognised."


def read_package(document: Document) -> SourceText:
    """The canonical text of the .docx `document`."""
    package = Package(document)
    root = package.xml(package.main)
    body = next((child for child in root if child.tag == w("body")), None)
    if body is None:
        raise document.error("it holds no text body; open it in Word, save it as .docx and read that", package.main)
    parts = _Parts(package)
    styles = Styles(parts.xml("styles", "styles (bold, fonts)"), parts.xml("theme", "fonts of the theme"))
    walker = Walker(package, styles, Numbering(parts.xml("numbering", "automatic numbers"), styles))
    settings = parts.xml("settings", "settings")
    heads, feet = _page_parts(body, parts, settings)
    headers = [walker.story(part, running=True) for part in heads]
    story = walker.story(body)
    footers = [walker.story(part, running=True) for part in feet]
    letters = Letters([*headers, story, *footers])
    for part in (*headers, story, *footers):
        letters.convert(part)
    writer = Writer()
    stories = StoryWriter(writer, _Notes(parts, walker, letters).of, walker.tables)
    top = [header for header in headers if is_head(header)][:1]
    for header in top:
        stories.body(header)
    stories.running([header for header in headers if header not in top])
    stories.body(story)
    stories.running(footers)
    if walker.struck:
        package.tell("docx.struck_out", "Words that are struck through are left out.", Severity.INFO)
    source = writer.finish(name=document.name, format=Format.DOCX, diagnostics=package.diagnostics)
    if walker.pictures and not source.blocks:
        package.tell("docx.only_pictures", _PICTURES, Severity.ERROR)
        return source.with_diagnostics(package.diagnostics[-1])
    return source


class _Parts:
    """The parts the main part points to."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._relations = package.relations(package.main)

    def xml(self, kind: str, what: str) -> Element | None:
        """The root of the part of `kind`, which would hold `what`; None where there is none."""
        for relation in self._relations.values():
            if relation.type == kind:
                return self._package.optional(relation.part, what)
        return None

    def by_id(self, identity: str | None, what: str) -> Element | None:
        """The root of the part with the id `identity`."""
        relation = self._relations.get(identity or "")
        return None if relation is None else self._package.optional(relation.part, what)


class _Notes:
    """Footnotes and endnotes by what calls them; their parts are read at the first call."""

    def __init__(self, parts: _Parts, walker: Walker, letters: Letters) -> None:
        self._parts = parts
        self._walker = walker
        self._letters = letters
        self._elements: dict[str, dict[str, Element]] = {}

    def of(self, call: NoteCall) -> Story:
        """What stands in the note; nothing where it is missing."""
        if call.part not in self._elements:
            root = self._parts.xml(call.part, "notes")
            found = (
                {} if root is None else {note.get(names.ID, ""): note for note in root if note.get(names.TYPE) is None}
            )
            self._elements[call.part] = found
        element = self._elements[call.part].pop(call.identity, None)
        if element is None:
            return []
        story = self._walker.story(element)
        self._letters.convert(story)
        return story


def _page_parts(body: Element, parts: _Parts, settings: Element | None) -> tuple[list[Element], list[Element]]:
    """The page headers and footers that are printed, in the order of the sections."""
    even = settings is not None and _holds(settings, "evenAndOddHeaders")
    seen: set[str] = set()
    found: dict[str, list[Element]] = {"headerReference": [], "footerReference": []}
    for section in body.iter(names.SECT_PR):
        kinds = {"default"} | ({"even"} if even else set()) | ({"first"} if _holds(section, "titlePg") else set())
        for kind, identity, name in _references(section):
            if kind in kinds and identity not in seen:
                seen.add(identity)
                root = parts.by_id(identity, "page headers and footers")
                if root is not None:
                    found[name].append(root)
    return found["headerReference"], found["footerReference"]


def _references(section: Element) -> Iterator[tuple[str, str, str]]:
    """The kind, part and name of each reference of a section: that of the first page before the others."""
    references = [
        (child.get(names.TYPE, "default"), child.get(names.R_ID, ""), child.tag.rpartition("}")[2])
        for child in section
        if child.tag in (w("headerReference"), w("footerReference"))
    ]
    yield from sorted(references, key=lambda reference: reference[0] != "first")


def _holds(parent: Element, name: str) -> bool:
    element = child_of(parent, w(name))
    return element is not None and is_on(element)
