"""From the XML of a story to paragraphs and tables: one pass, each element looked at once."""

from __future__ import annotations

from vnadmin_nlp.read.docx import names
from vnadmin_nlp.read.docx.fields import Fields
from vnadmin_nlp.read.docx.model import Paragraph, Piece, Story, Table, TableCell
from vnadmin_nlp.read.docx.names import Element, child_of, content_of, is_on, number_of, value_of
from vnadmin_nlp.read.docx.numbering import Numbering
from vnadmin_nlp.read.docx.package import Package
from vnadmin_nlp.read.docx.runs import Runs, branch, in_one_line, joined
from vnadmin_nlp.read.docx.styles import Styles, borders_of
from vnadmin_nlp.read.legacy import convert

WIDEST = 10_000  # columns a cell may cover; Word allows 63
EVERY = 500  # paragraphs between two looks at the clock
_LOST = {
    names.ALT_CHUNK: ("docx.alt_chunk", "A part in another format (altChunk)"),
    names.SUB_DOC: ("docx.subdocument", "A subdocument in a file of its own"),
}
_GONE = frozenset({names.DEL, names.MOVE_FROM})


class Walker:
    """Walks the stories of one document, in the order they are read in: automatic numbers count on."""

    def __init__(self, package: Package, styles: Styles, numbering: Numbering) -> None:
        self.tables = 0
        self.pictures = False
        self.struck = False  # words that are struck through were left out
        self._package = package
        self.styles = styles
        self.numbering = numbering
        self._seen = 0

    def story(self, root: Element, *, running: bool = False) -> Story:
        """What stands in `root`; of `running` heads and feet the page numbers are left out."""
        return _StoryWalk(self, Fields(running)).blocks(root)

    def tick(self) -> None:
        """Look at the clock, once in a while."""
        self._seen += 1
        if self._seen % EVERY == 0:
            self._package.document.check_time(self._package.main)

    def lost(self, tag: str) -> None:
        """Report a part of another document that Word would put in here."""
        code, what = _LOST[tag]
        self._package.tell(code, f"{what} is not read: save the file anew in Word, then read it.")


class _StoryWalk:
    """The walk through one story."""

    def __init__(self, walker: Walker, fields: Fields) -> None:
        self.walker = walker
        self.fields = fields

    def blocks(self, root: Element) -> Story:
        """The paragraphs and tables of `root`, a body, a cell, a note or a text box."""
        return _Blocks(self).read(root)

    def box(self, content: Element) -> Story:
        """What stands in a text box; no field goes on into it."""
        return _StoryWalk(self.walker, Fields(self.fields.running)).blocks(content)

    def table(self, tbl: Element) -> Table:
        """The table `tbl`."""
        table = Table(self.walker.tables)
        self.walker.tables += 1
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
                deleted = child_of(tc_pr, names.CELL_DEL) is not None
                row.append(TableCell(column, span, [] if deleted else self.blocks(tc), bordered))
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
        self.carried: Paragraph | None = None  # one whose end is deleted or hidden, or a drop cap: the next goes on

    def read(self, root: Element) -> Story:
        self._children(root)
        self._end_carried()
        return self.story

    def _children(self, root: Element) -> None:
        for child in root:
            tag = child.tag
            if tag == names.P:
                self._paragraph(child)
            elif tag == names.TBL:
                self._end_carried()
                self.story.append(self.walk.table(child))
            elif tag == names.SDT:
                self._children(content_of(child))
            elif tag in names.WRAPPERS:
                self._children(child)
            elif tag == names.ALTERNATE:
                self._children(branch(child))
            elif tag in (names.ALT_CHUNK, names.SUB_DOC):
                self.walker.lost(tag)
            elif tag in (names.MATH, names.MATH_PARAGRAPH):
                self.story.append(Paragraph(self._number(), [Piece(in_one_line(child))]))

    def _number(self) -> int:
        self.count += 1
        return self.count - 1

    def _paragraph(self, p: Element) -> None:
        self.walker.tick()
        number = self._number()
        style = num_pr = mark = section = None
        capital = False
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
            elif tag == names.FRAME:
                capital = child.get(names.DROP_CAP, "none") != "none"
        paragraph = self.carried or Paragraph(number)
        paragraph.number, self.carried = number, None
        goes_on = capital or (mark is not None and _is_hidden(mark))
        if not goes_on:
            self._label(paragraph, style, num_pr, mark)
        runs = Runs(paragraph, style, self.walker.styles, self.walk.fields, self.walk.box)
        runs.read(p)
        self.walker.pictures = self.walker.pictures or runs.pictures
        self.walker.struck = self.walker.struck or runs.struck
        for tag in runs.lost:
            self.walker.lost(tag)
        self.walk.fields.end_of_paragraph()
        for done in runs.done:
            self._append(done)
        if runs.struck and not runs.paragraph.words.strip():
            runs.paragraph.label = None
        if section is not None:
            runs.paragraph.ends_page = True
        if goes_on:
            self.carried = runs.paragraph
        else:
            self._append(runs.paragraph)

    def _end_carried(self) -> None:
        if self.carried is not None and (self.carried.pieces or self.carried.boxes):
            self._append(self.carried)
        self.carried = None

    def _append(self, paragraph: Paragraph) -> None:
        paragraph.pieces = joined(paragraph.pieces)
        self.story.append(paragraph)

    def _label(self, paragraph: Paragraph, style: str | None, num_pr: Element | None, mark: Element | None) -> None:
        number = self.walker.numbering.next(style, num_pr)
        if number is None or not number.label:
            return
        styles = self.walker.styles
        look = styles.look(style, number.props.over(styles.props(mark)))
        encoding, upper = look.kind.encoding, look.caps or look.kind.upper
        label = convert(number.label, encoding) if encoding else number.label
        label = label.upper() if upper else label
        paragraph.label = Piece(label, look.bold, look.italic)
        paragraph.separator, paragraph.level = number.separator, number.level


def _is_hidden(mark: Element) -> bool:
    """Whether the end of a paragraph with the mark `mark` is deleted, moved away or hidden."""
    return any(child.tag in _GONE or (child.tag == names.VANISH and is_on(child)) for child in mark)


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
