"""The walk through the tree of a page: elements to paragraphs and tables."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from vnadmin_nlp.read.html.lists import Counter, integer, kind_of
from vnadmin_nlp.read.html.model import Flow
from vnadmin_nlp.read.html.paragraphs import Paragraphs
from vnadmin_nlp.read.html.style import BEFORE, Look, Rules, Styled, rules_of, styled
from vnadmin_nlp.schema.source import BlockKind

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

Attributes = dict[str, str | None]

DROPPED = frozenset(
    "head title script style template noscript noframes noembed iframe object embed applet svg select datalist"
    " textarea audio video canvas map frameset del".split()
)
"""Elements whose words are no part of what a page says: programs, alternatives, fields to fill in, deleted words."""

BLOCKS = frozenset(
    "html body address article aside blockquote center dd details dialog dir div dl dt fieldset figcaption figure"
    " footer form h1 h2 h3 h4 h5 h6 header hgroup legend li main menu nav ol optgroup option p pre listing xmp"
    " plaintext search section summary ul table caption thead tbody tfoot tr td th".split()
)
LISTS = frozenset("ol ul menu dir".split())
_NOTE = r"_?(?:sd)?(?:ftn|edn|fn|en|footnote|endnote|note|cite[_-]note)s?[-_:]?\w{0,20}?\d{1,4}(?:sym)?"
_CALL = re.compile(rf"#({_NOTE})$", re.I)
_BACK = re.compile(r"#(?:_?(?:ftn|edn|fn|footnote|endnote)-?ref[-_:]?\w{0,10}|sd(?:foot|end)note\d+anc)$", re.I)
_NOTE_BOX = re.compile(r"(?:sd)?(?:ftn|edn|footnote|endnote)\d{1,4}$", re.I)
_CALL_MARK = re.compile(r"\W{0,3}(?:\w{1,4}\W{0,3})?$")
_HEADING = re.compile(r"h[1-6]$")
_STRUCK = frozenset(("s", "strike"))
_TRACKED = re.compile(r"\bmsodel\b", re.I)
_NAMES = ("class", "id", "role")  # attributes that may say what an element is in its site
_WITHIN = ("#", "mailto:", "tel:")  # links that lead to no other page
_OUTLINE_LEVEL = 4
_FEW_NODES = 16  # of an element that are looked at for its words
MAX_COLSPAN = 100  # columns; browsers stop at 1000, and a row costs as many borders
MAX_ROWSPAN = 65_534  # rows, as in browsers
_EACH = 4096  # nodes between two looks at the clock


@dataclass(slots=True)
class _Open:
    """An element that is open: its look, and what closing it has to do."""

    look: Look
    block: bool
    close: tuple[Callable[[], None], ...] = ()


class Walk:
    """Walks once through a page."""

    def __init__(self, root: LexborNode) -> None:
        self._root = root
        self._rules: Rules = {}
        self._styles: dict[object, Styled] = {}
        self._out = Paragraphs()
        self._lists: list[Counter] = []
        self._numbers: dict[str, int] = {}
        self._of_libreoffice = self._after_image = False
        self._called: dict[str, str] = {}
        self.struck = False  # words that are struck through were left out

    def flow(self, check_time: Callable[[], None]) -> Flow:
        """What the page holds; `check_time` is called now and then."""
        self._prepare()
        node: LexborNode | None = self._root
        stack: list[_Open] = []
        count = 0
        while node is not None:
            count += 1
            if count % _EACH == 0:
                check_time()
            tag = node.tag
            child = None
            if tag == "-text":
                text = node.text_content or ""
                if self._after_image:  # LibreOffice breaks the line behind one, in the middle of a word too
                    text = text.removeprefix("\n")
                    self._after_image = False
                self._out.text(text, stack[-1].look)
            elif tag and tag[0] != "-":
                opened = self._open(node, tag, stack[-1].look if stack else Look())
                if opened is not None:
                    child = node.first_child
                    if child is not None:
                        stack.append(opened)
                    else:
                        self._close(opened)
            if child is not None:
                node = child
                continue
            while stack and (following := node.next) is None:
                self._close(stack.pop())
                parent = node.parent
                assert parent is not None
                node = parent
            if not stack:
                break
            node = following
        return self._out.finish()

    def _prepare(self) -> None:
        sheet = "\n".join(node.text() for node in self._root.css("style"))
        self._rules = rules_of(sheet) if sheet else {}
        generator = self._root.css_first("meta[name=generator i]")
        program = (generator.attributes.get("content") or "") if generator is not None else ""
        self._of_libreoffice = "Office" in program
        of_office = self._of_libreoffice or "Microsoft Word" in program
        self._out.flow.of_office = of_office and self._root.css_first("script[src], form, nav") is None
        called = dict(filter(None, (_call_of(link, link.attributes) for link in self._root.css('a[href^="#"]'))))
        if called:
            named = [node.attributes for node in self._root.css("[id], a[name]")]
            names = {name for one in named for name in (one.get("id"), one.get("name")) if name}
            self._called = {name: mark for name, mark in called.items() if name in names}
            self._out.marks = self._called

    def _close(self, opened: _Open) -> None:
        if opened.block:
            self._out.end()
        for close in opened.close:
            close()

    def _style(self, tag: str, attributes: Attributes, above: Look) -> Styled:
        key: tuple[object, ...] = (tag, above)
        if attributes:
            get = attributes.get
            key += (get("style"), get("class"), get("face"), get("hidden", "-"), get("border", "-"))
        found = self._styles.get(key)
        if found is None:
            found = self._styles[key] = styled(tag, attributes, above, self._rules)
        return found

    def _open(self, node: LexborNode, tag: str, above: Look) -> _Open | None:
        """Open an element; None where its words are left out."""
        if tag in DROPPED:
            return None
        self._after_image = tag == "img" and self._of_libreoffice
        if tag == "br":
            self._out.line_break(above)
            return None
        attributes: Attributes = node.attributes
        if tag == "sdfield" and (attributes.get("type") or "").lower() == "page":
            return None  # LibreOffice: the number of a page that is none here
        style = self._style(tag, attributes, above)
        if style.struck or tag in _STRUCK:
            self.struck = True
            return None
        if style.hidden or (attributes and (_is_deleted(attributes) or _is_decoration(node, attributes))):
            return None
        block = tag in BLOCKS
        opened = _Open(style.look, block)
        if block:
            self._out.end()
            self._open_block(node, tag, attributes, style, opened)
        else:
            self._open_inline(node, tag, attributes, style, opened)
        return opened

    def _open_block(self, node: LexborNode, tag: str, attributes: Attributes, style: Styled, opened: _Open) -> None:
        out = self._out
        names = " ".join(filter(None, map(attributes.get, _NAMES))) if attributes else ""
        opened.close = (partial(out.contain, tag, names, len(out.flow.paragraphs)),)
        if tag in LISTS:
            self._lists.append(self._with_content(_counter(node, tag, attributes, style, len(self._lists)), attributes))
            opened.close += (self._leave_list,)
        elif tag == "li":
            self._open_item(node, attributes, style)
            opened.close += (out.end_item,)
        elif tag == "table":
            out.open_table(style.bordered)
            opened.close += (out.close_table,)
        elif tag == "tr":
            out.open_row()
        elif tag in ("td", "th") and out.in_table:
            span = min(max(1, integer(attributes.get("colspan")) or 1), MAX_COLSPAN)
            down = integer(attributes.get("rowspan"))
            rows = MAX_ROWSPAN if down == 0 else min(max(1, down or 1), MAX_ROWSPAN)
            out.open_cell(span, rows, style.bordered)
            opened.close += (out.close_cell,)
        if not attributes:
            return
        out.level = style.level
        name = attributes.get("id") or ""
        if name and (name in self._called or _NOTE_BOX.match(name)):
            opened.close += (out.enter_note(self._note_of(name)),)
        title = (attributes.get("title") or "").lower()
        if tag == "div" and title in ("header", "footer"):  # LibreOffice
            opened.close += (out.enter_kind(BlockKind.RUNNING),)

    def _note_of(self, name: str) -> str:
        """The name a note is called by, of the element around it or of its target."""
        for one in (name, f"_{name}", f"{name}sym"):
            if one in self._called:
                return one
        return name

    def _open_item(self, node: LexborNode, attributes: Attributes, style: Styled) -> None:
        counter = self._lists[-1] if self._lists else Counter("disc", 0)
        kind = style.look.marker or (kind_of(attributes["type"], "") if "type" in attributes else None)
        label = counter.label(attributes.get("value"), kind, self._numbers)
        if self._of_libreoffice and (_HEADING.match(_first_tag(node)) or self._is_outline(counter)):
            label = ""  # an outline level, which LibreOffice writes as a list, numbered or not
        self._out.next_label(label, counter.level)

    def _is_outline(self, counter: Counter) -> bool:
        """Whether a list stands in many lists that have no items: levels of headings."""
        return counter.level >= _OUTLINE_LEVEL and not any(outer.items for outer in self._lists[:-1])

    def _with_content(self, counter: Counter, attributes: Attributes) -> Counter:
        """`counter`, numbered by the style sheet where that says so (Google Docs: a class for each level)."""
        for name in (attributes.get("class") or "").split()[:20] if self._rules else ():
            if before := self._rules.get((BEFORE, name)):
                counter.content = before["content"]
                counter.name = name.replace("lst-", "lst-ctn-", 1)
                level = name.rpartition("-")[2]
                counter.level = int(level) if level.isdecimal() and len(level) < 3 else counter.level
        return counter

    def _leave_list(self) -> None:
        self._lists.pop()

    def _open_inline(self, node: LexborNode, tag: str, attributes: Attributes, style: Styled, opened: _Open) -> None:
        out = self._out
        if style.is_label:
            opened.close = (out.enter_label(),)
        elif tag == "hr":
            out.end()
        elif tag == "a":
            href = (attributes.get("href") or "").strip()
            name = attributes.get("name") or attributes.get("id") or ""
            if name in self._called and name:
                out.begin_note(name)
                if href.startswith("#"):
                    opened.close = (out.enter_mark(),)
            elif (call := _call_of(node, attributes)) and call[0] in self._called:
                out.call(call[0])
                opened.close = (out.enter_mark(),)
            elif _BACK.match(href) or (href.startswith("#") and out.in_note and len(_few_words(node) or "") == 1):
                opened.close = (out.enter_mark(),)
            elif href:
                opened.close = (out.enter_link(leads_out=not href.startswith(_WITHIN)),)
        elif (name := attributes.get("id") or "") and name in self._called:
            out.begin_note(name)


def _counter(node: LexborNode, tag: str, attributes: Attributes, style: Styled, level: int) -> Counter:
    if tag != "ol":
        return Counter(style.look.marker or kind_of(attributes.get("type"), "disc"), level)
    kind = style.look.marker or kind_of(attributes.get("type"), "decimal")
    start = integer(attributes.get("start"))
    if "reversed" not in attributes:
        return Counter(kind, level, 1 if start is None else start)
    return Counter(kind, level, _items(node) if start is None else start, -1)


def _first_tag(node: LexborNode) -> str:
    """The tag of the first element inside `node`, where no words stand before it."""
    child = node.first_child
    while child is not None and child.tag == "-text" and not (child.text_content or "").strip():
        child = child.next
    return (child.tag or "") if child is not None else ""


def _items(node: LexborNode) -> int:
    count = 0
    child = node.first_child
    while child is not None:
        count += child.tag == "li"
        child = child.next
    return count


def _call_of(link: LexborNode, attributes: Attributes) -> tuple[str, str] | None:
    """The name of the note that `link` calls, and the mark it is called by."""
    href = (attributes.get("href") or "").strip()
    match = _CALL.match(href)
    if not match or _BACK.match(href):
        return None
    mark = _few_words(link)
    return (match[1], mark) if mark is not None and _CALL_MARK.match(mark) else None


def _few_words(node: LexborNode) -> str | None:
    """The words inside a small element; None where it is not small."""
    words = ""
    at, depth = node, 0
    for _ in range(_FEW_NODES):
        if at.tag == "-text":
            words += at.text_content or ""
        following = at.first_child
        if following is not None:
            depth += 1
        while following is None:
            if depth == 0:
                return words.strip()
            following = at.next
            if following is None:
                depth -= 1
                parent = at.parent
                assert parent is not None
                at = parent
        at = following
    return None


def _is_deleted(attributes: Attributes) -> bool:
    return bool(_TRACKED.search(attributes.get("class") or ""))


def _is_decoration(node: LexborNode, attributes: Attributes) -> bool:
    """Whether an element hidden from screen readers holds no word: icons, drawn marks."""
    if (attributes.get("aria-hidden") or "").lower() != "true":
        return False
    words = _few_words(node)
    return words is not None and not any(map(str.isalnum, words))
