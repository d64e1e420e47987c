"""From the XML of a story to paragraphs and tables: one pass, each element looked at once."""

from __future__ import annotations

from itertools import groupby

from vnadmin_nlp.read.docx import names
from vnadmin_nlp.read.docx.fields import Fields
from vnadmin_nlp.read.docx.fonts import PLAIN, in_signs, sign, without_private
from vnadmin_nlp.read.docx.model import NoteCall, Paragraph, Piece, Story, Table, TableCell
from vnadmin_nlp.read.docx.names import Element, child_of, is_on, number_of, value_of, w
from vnadmin_nlp.read.docx.numbering import Numbering
from vnadmin_nlp.read.docx.package import Package
from vnadmin_nlp.read.docx.styles import Look, RunProps, Styles, borders_of

WIDEST = 10_000  # columns a cell may cover; Word allows 63
EVERY = 500  # paragraphs between two looks at the clock
_GONE = frozenset({names.DEL, names.MOVE_FROM})
_NOTE_PARTS = {names.FOOTNOTE_REFERENCE: "footnotes", names.ENDNOTE_REFERENCE: "endnotes"}
_SIGNS = {names.TAB: "\t", names.PTAB: "\t", names.NO_BREAK_HYPHEN: "-"}
_OBJECTS = frozenset({names.DRAWING, names.PICT, names.OBJECT})
_PAGE_BREAKS = frozenset({"page", "column"})
_NO_PROPS = RunProps()


class Walker:
    """Walks the stories of one document, in the order they are read in: automatic numbers count on."""

    def __init__(self, package: Package, styles: Styles, numbering: Numbering) -> None:
        self.tables = 0
        self.pictures = False
        self._package = package
        self._styles = styles
        self._numbering = numbering
        self._seen = 0

    def story(self, root: Element, *, running: bool = False) -> Story:
        """What stands in `root`; of `running` heads and feet the page numbers are left out."""
        return _StoryWalk(self, Fields(running)).blocks(root)

    # what a story asks of its document

    def table_number(self) -> int:
        self.tables += 1
        return self.tables - 1

    def tick(self) -> None:
        self._seen += 1
        if self._seen % EVERY == 0:
            self._package.document.check_time(self._package.main)

    @property
    def styles(self) -> Styles:
        return self._styles

    @property
    def numbering(self) -> Numbering:
        return self._numbering

    def lost(self, tag: str) -> None:
        """Report a part of another document that Word would put in here."""
        if tag == names.ALT_CHUNK:
            message = (
                "A part in another format (altChunk) is not read: open the file in Word and save it, then read it."
            )
            self._package.tell("docx.alt_chunk", message)
        else:
            self._package.tell(
                "docx.subdocument", "A subdocument in a file of its own is not read: read that file too."
            )


class _StoryWalk:
    """The walk through one story."""

    def __init__(self, walker: Walker, fields: Fields) -> None:
        self.walker = walker
        self.fields = fields

    def blocks(self, root: Element) -> Story:
        """The paragraphs and tables of `root`, a body, a cell, a note or a text box."""
        return _Blocks(self).read(root)

    def table(self, tbl: Element) -> Table:
        """The table `tbl`."""
        table = Table(self.walker.table_number())
        tbl_pr = child_of(tbl, names.TBL_PR)
        borders = self.walker.styles.table_borders(value_of(child_of(tbl_pr, names.TBL_STYLE)))
        borders = borders | borders_of(child_of(tbl_pr, names.TBL_BORDERS))
        for tr in _inside(tbl, names.TR):
            tr_pr = child_of(tr, names.TR_PR)
            hidden = child_of(tr_pr, names.HIDDEN)
            if child_of(tr_pr, names.DEL) is not None or (hidden is not None and is_on(hidden)):
                continue
            column = _span(child_of(tr_pr, names.GRID_BEFORE), 0)
            row = []
            for tc in _inside(tr, names.TC):
                tc_pr = child_of(tc, names.TC_PR)
                span = _span(child_of(tc_pr, names.GRID_SPAN), 1)
                bordered = _is_bordered(borders, tc_pr)
                row.append(TableCell(column, span, self.blocks(tc), bordered))
                column += span
            table.rows.append(row)
        return table


class _Blocks:
    """Reads the children of one element into a story."""

    def __init__(self, walk: _StoryWalk) -> None:
        self.walk = walk
        self.walker = walk.walker
        self.story: Story = []
        self.count = 0
        self.carried: Paragraph | None = None  # a paragraph whose end is deleted or hidden: the next goes on with it

    def read(self, root: Element) -> Story:
        self._children(root)
        if self.carried is not None:
            self._append(self.carried)
        return self.story

    def _children(self, root: Element) -> None:
        for child in root:
            tag = child.tag
            if tag == names.P:
                self._paragraph(child)
            elif tag == names.TBL:
                self.story.append(self.walk.table(child))
            elif tag == names.SDT:
                content = child_of(child, names.SDT_CONTENT)
                if content is not None:
                    self._children(content)
            elif tag in names.WRAPPERS:
                self._children(child)
            elif tag == names.ALTERNATE:
                self._children(_branch(child))
            elif tag in (names.ALT_CHUNK, names.SUB_DOC):
                self.walker.lost(tag)
            elif tag in (names.MATH, names.MATH_PARAGRAPH):
                self.story.append(Paragraph(self._number(), [Piece(_math(child))]))

    def _number(self) -> int:
        self.count += 1
        return self.count - 1

    def _paragraph(self, p: Element) -> None:
        self.walker.tick()
        number = self._number()
        style = num_pr = mark = section = None
        p_pr = child_of(p, names.P_PR)
        for child in p_pr if p_pr is not None else ():
            tag = child.tag
            if tag == names.P_STYLE:
                style = child.get(names.VAL)
            elif tag == names.NUM_PR:
                num_pr = child
            elif tag == names.R_PR:
                mark = child
            elif tag == names.SECT_PR:
                section = child
        paragraph = self.carried or Paragraph(number)
        paragraph.number, self.carried = number, None
        goes_on = mark is not None and _is_hidden(mark)
        if not goes_on:
            self._label(paragraph, style, num_pr, mark)
        runs = _Runs(self.walk, paragraph, style)
        runs.read(p)
        self.walk.fields.end_of_paragraph()
        for done in runs.done:
            self._append(done)
        if section is not None:
            runs.paragraph.ends_page = True
        if goes_on:
            self.carried = runs.paragraph
        else:
            self._append(runs.paragraph)

    def _append(self, paragraph: Paragraph) -> None:
        paragraph.pieces = _joined(paragraph.pieces)
        self.story.append(paragraph)

    def _label(self, paragraph: Paragraph, style: str | None, num_pr: Element | None, mark: Element | None) -> None:
        number = self.walker.numbering.next(style, num_pr)
        if number is None or not number.label:
            return
        styles = self.walker.styles
        look = styles.look(style, number.props.over(styles.props(mark)))
        label = number.label.upper() if look.caps or look.kind.upper else number.label
        paragraph.label = Piece(label, look.bold, look.italic)
        paragraph.separator, paragraph.level = number.separator, number.level


class _Runs:
    """Reads the runs of one paragraph; a page break in it begins another."""

    def __init__(self, walk: _StoryWalk, paragraph: Paragraph, style: str | None) -> None:
        self.walk = walk
        self.walker = walk.walker
        self.fields = walk.fields
        self.styles = walk.walker.styles
        self.style = style
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
                content = child_of(child, names.SDT_CONTENT)
                if content is not None:
                    self.read(content)
            elif tag == names.ALTERNATE:
                self.read(_branch(child))
            elif tag in (names.MATH, names.MATH_PARAGRAPH):
                self._put(_math(child), self.plain)
            elif tag in (names.ALT_CHUNK, names.SUB_DOC):
                self.walker.lost(tag)

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
            elif tag == names.BR:
                if child.get(names.TYPE) in _PAGE_BREAKS:
                    self._end_page()
                else:
                    self._break(look)
            elif tag == names.CR:
                self._break(look)
            elif tag == names.FLD_CHAR:
                self._field(child)
            elif tag == names.INSTR_TEXT:
                self.fields.instruct(child.text or "")
            elif tag in _NOTE_PARTS:
                self._call(child, look)
                if child.get(w("customMarkFollows")) in ("1", "true", "on"):
                    return  # what follows in this run is the mark
            elif tag == names.SYM:
                self._put(_symbol(child), look._replace(kind=PLAIN))
            elif tag in _OBJECTS:
                self._boxes(child, look)
            elif tag == names.ALTERNATE:
                self._content(_branch(child), look)
            elif tag == names.RUBY:
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
        self.paragraph.ends_page = True
        self.done.append(self.paragraph)
        self.paragraph = Paragraph(self.paragraph.number)

    def _boxes(self, element: Element, look: Look) -> None:
        """The text boxes in `element`, a drawing; of alternative forms of a drawing the first that holds text."""
        if look.hidden or not self.fields.printing:
            return
        stack = [element]
        while stack:
            found = stack.pop()
            tag = found.tag
            if tag == names.TXBX_CONTENT:
                self.paragraph.boxes.append(_StoryWalk(self.walker, Fields(self.fields.running)).blocks(found))
            elif tag == names.ALTERNATE:
                stack.append(_branch(found))
            elif tag == names.TEXT_PATH and found.get("string"):
                self.paragraph.boxes.append([Paragraph(0, [Piece(found.get("string"))])])
            else:
                self.walker.pictures = self.walker.pictures or tag in (names.BLIP, names.IMAGE_DATA)
                stack += reversed(found)


def _joined(pieces: list[Piece | NoteCall]) -> list[Piece | NoteCall]:
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


def _is_hidden(mark: Element) -> bool:
    """Whether the end of a paragraph with the mark `mark` is deleted, moved away or hidden."""
    return any(child.tag in _GONE or (child.tag == names.VANISH and is_on(child)) for child in mark)


def _branch(alternate: Element) -> Element:
    """The one of alternative forms of the same thing that is read: the first with text in it, else the first."""
    branches = [child for child in alternate if child.tag in (names.CHOICE, names.FALLBACK)]
    for branch in branches:
        if next(branch.iter(names.TXBX_CONTENT, names.T, names.TEXT_PATH, names.P, names.R), None) is not None:
            return branch
    return branches[0] if branches else alternate


def _inside(element: Element, tag: str) -> list[Element]:
    """The rows of a table or cells of a row, also those inside content controls and marks of changes."""
    found, stack = [], list(reversed(element))
    while stack:
        child = stack.pop()
        if child.tag == tag:
            found.append(child)
        elif child.tag in names.WRAPPERS or child.tag in (names.SDT, names.SDT_CONTENT):
            stack += reversed(child)
    return found


def _span(element: Element | None, default: int) -> int:
    return min(max(number_of(element, default) or default, default), WIDEST)


def _is_bordered(table: dict[str, bool], tc_pr: Element | None) -> bool:
    """Whether a cell has borders at its left or right, as a line below it alone says nothing."""
    own = borders_of(child_of(tc_pr, names.TC_BORDERS))
    inside = table.get("insideV", False)
    return own.get("left", inside) or own.get("right", inside)


def _symbol(element: Element) -> str:
    try:
        return sign(int(element.get(w("char"), ""), 16), element.get(w("font"), ""))
    except (ValueError, OverflowError):
        return ""


def _math(element: Element) -> str:
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
