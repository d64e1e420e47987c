"""Runs of a paragraph: which of their characters print, and how they look."""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby

from vnadmin_nlp.read.docx import names
from vnadmin_nlp.read.docx.fields import Fields
from vnadmin_nlp.read.docx.fonts import PLAIN, in_signs, sign, without_private
from vnadmin_nlp.read.docx.model import NoteCall, Paragraph, Piece, Story
from vnadmin_nlp.read.docx.names import Element, child_of, content_of, w
from vnadmin_nlp.read.docx.styles import Look, RunProps, Styles

_NOTE_PARTS = {names.FOOTNOTE_REFERENCE: "footnotes", names.ENDNOTE_REFERENCE: "endnotes"}
_SIGNS = {names.TAB: "\t", names.PTAB: "\t", names.NO_BREAK_HYPHEN: "-"}
_OBJECTS = frozenset({names.DRAWING, names.PICT, names.OBJECT})
_PAGE_BREAKS = frozenset({"page", "column"})
_NO_PROPS = RunProps()


class Runs:
    """Reads the runs of one paragraph; a page break in it begins another."""

    def __init__(
        self, paragraph: Paragraph, style: str | None, styles: Styles, fields: Fields, box: Callable[[Element], Story]
    ) -> None:
        self.styles = styles
        self.fields = fields
        self.style = style
        self.box = box  # reads what stands in a text box
        self.pictures = False
        self.struck = False  # words that are struck through were left out
        self.lost: list[str] = []  # elements that stand for parts of other documents
        self.paragraph = paragraph
        self.done: list[Paragraph] = []  # those before page breaks
        self.plain = self.styles.look(style, _NO_PROPS)
        self.breaks = 0  # soft breaks since the last word

    def read(self, element: Element) -> None:
        """The runs in `element`, a paragraph or what stands around runs."""
        for child in element:
            tag = child.tag
            if tag == names.R:
                self._run(child)
            elif tag in names.WRAPPERS:
                self.read(child)
            elif tag == names.FLD_SIMPLE:
                if self.fields.prints(child.get(w("instr"), "")):
                    self.read(child)
                else:
                    self.paragraph.numbers_page = True
            elif tag == names.SDT:
                self.read(content_of(child))
            elif tag == names.ALTERNATE:
                self.read(branch(child))
            elif tag in (names.MATH, names.MATH_PARAGRAPH):
                self._put(in_one_line(child), self.plain)
            elif tag in (names.ALT_CHUNK, names.SUB_DOC):
                self.lost.append(tag)

    def _run(self, run: Element) -> None:
        r_pr = child_of(run, names.R_PR)
        self._content(run, self.plain if r_pr is None else self.styles.look(self.style, self.styles.props(r_pr)))

    def _content(self, run: Element, look: Look) -> None:
        """What stands in `run`, a run or an alternative form of its content."""
        for child in run:
            tag = child.tag
            if tag == names.T:
                self._put((child.text or "").replace("\n", " "), look)
            elif tag in _SIGNS:
                self._put(_SIGNS[tag], look)
            elif tag == names.CR or (tag == names.BR and child.get(names.TYPE) not in _PAGE_BREAKS):
                self._break(look)
            elif tag == names.BR:
                self._end_page()
            elif tag == names.FLD_CHAR:
                self._field(child)
            elif tag == names.INSTR_TEXT:
                self.fields.instruct(child.text or "")
            elif tag in _NOTE_PARTS:
                self._call(child, look)
                if child.get(w("customMarkFollows")) in ("1", "true", "on"):
                    return  # what follows in this run is the mark
            elif tag in _OBJECTS:
                self._boxes(child, look)
            elif tag == names.ALTERNATE:
                self._content(branch(child), look)
            else:
                self._rare(child, look)

    def _rare(self, child: Element, look: Look) -> None:
        if child.tag == names.SOFT_HYPHEN and look.kind.encoding:  # in TCVN3 the letter ư, which programs take for it
            self._put("\u00ad", look)
        elif child.tag == names.SYM:
            self._put(_symbol(child), look._replace(kind=PLAIN))
        elif child.tag == names.RUBY:
            base = child_of(child, names.RUBY_BASE)
            if base is not None:
                self.read(base)

    def _break(self, look: Look) -> None:
        """A soft break; never more than one blank line."""
        breaks = self.breaks + 1
        if breaks <= 2:
            self._put("\n", look)
        self.breaks = breaks

    def _put(self, text: str, look: Look) -> None:
        if not text or look.hidden or not self.fields.printing:
            return
        if look.struck:
            self.struck = self.struck or not text.isspace()
            return
        if not text.isspace():
            self.breaks = 0
        if look.kind.signs:
            text = in_signs(text, look.font)
        elif not text.isascii():
            text = without_private(text)
        encoding, upper = look.kind.encoding, look.caps or look.kind.upper
        if upper and not encoding:
            text, upper = text.upper(), False
        self.paragraph.pieces.append(Piece(text, look.bold, look.italic, encoding, upper))

    def _call(self, reference: Element, look: Look) -> None:
        if not look.hidden and self.fields.printing:
            self.paragraph.pieces.append(NoteCall(_NOTE_PARTS[reference.tag], reference.get(names.ID, "")))

    def _field(self, char: Element) -> None:
        printed = self.fields.char(char)
        if printed is None:
            self.paragraph.numbers_page = True
        elif printed:
            self._put(printed, self.plain)

    def _end_page(self) -> None:
        before = self.paragraph
        self.paragraph = Paragraph(before.number)
        if not before.words.strip():  # the number stands before the words
            self.paragraph.label, before.label = before.label, None
            self.paragraph.separator, self.paragraph.level = before.separator, before.level
        before.ends_page = True
        self.done.append(before)

    def _boxes(self, element: Element, look: Look) -> None:
        """The text boxes in `element`, a drawing; of alternative forms of a drawing the first that holds text."""
        if look.hidden or not self.fields.printing:
            return
        stack = [element]
        while stack:
            found = stack.pop()
            tag = found.tag
            if tag == names.TXBX_CONTENT:
                self.paragraph.boxes.append(self.box(found))
            elif tag == names.ALTERNATE:
                stack += reversed(branch(found))
            elif tag == names.TEXT_PATH and found.get("string"):
                self.paragraph.boxes.append([Paragraph(0, [Piece(found.get("string"))])])
            else:
                self.pictures = self.pictures or tag in (names.BLIP, names.IMAGE_DATA)
                stack += reversed(found)


def joined(pieces: list[Piece | NoteCall]) -> list[Piece | NoteCall]:
    """`pieces` with neighbours of one look as one."""
    if len(pieces) < 2:
        return pieces
    out: list[Piece | NoteCall] = []
    for look, group in groupby(pieces, key=lambda piece: piece[1:] if isinstance(piece, Piece) else None):
        if look is None:
            out += group
        else:
            same = [piece for piece in group if isinstance(piece, Piece)]
            out.append(same[0] if len(same) == 1 else same[0]._replace(text="".join(piece.text for piece in same)))
    return out


def branch(alternate: Element) -> Element:
    """The one of alternative forms of the same thing that is read, to go through: the first with text in it, else the
    first; nothing where there is none."""
    forms = [child for child in alternate if child.tag in (names.CHOICE, names.FALLBACK)]
    for form in forms:
        if next(form.iter(names.TXBX_CONTENT, names.T, names.TEXT_PATH, names.P, names.R), None) is not None:
            return form
    return forms[0] if forms else ()


def _symbol(element: Element) -> str:
    try:
        return sign(int(element.get(w("char"), ""), 16), element.get(w("font"), ""))
    except (ValueError, OverflowError):
        return ""


def in_one_line(element: Element) -> str:
    """A formula in one line."""
    out: list[str] = []
    stack: list[Element | str] = [element]
    while stack:
        found = stack.pop()
        if isinstance(found, str):
            out.append(found)
        elif found.tag == names.MATH_TEXT or found.tag == names.T:
            out.append(found.text or "")
        elif found.tag == names.FRACTION:
            above, below = child_of(found, names.NUMERATOR), child_of(found, names.DENOMINATOR)
            stack += [part for part in (below, "/", above) if part is not None]
        elif found.tag not in (names.DEL, names.MOVE_FROM):
            stack += reversed(found)
    return "".join(out)
