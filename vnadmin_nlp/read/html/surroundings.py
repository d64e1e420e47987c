"""Finds the document in a page of a web site; the words around it become CHROME.

Nothing is known of single sites. The document is what the smallest element holds that reaches from its head (Quốc hiệu,
number, Kính gửi) to its foot (Nơi nhận); where one of them is missing, the smallest that holds most of the words that
are no links. Inside it, menus, advertisements and boxes of links are told by their tag, by usual words in their class
or id, and by how much of them is links. All words are kept, menus too: their lines are CHROME.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import accumulate
from unicodedata import normalize

from vnadmin_nlp.layout.marks import LONGEST, Mark, is_caps, mark_of
from vnadmin_nlp.read.html.model import Container, Flow, Paragraph
from vnadmin_nlp.schema.source import BlockKind
from vnadmin_nlp.text import bare_of, key_of

_LINES = 6  # of a paragraph that are looked at
_NEAR = 3  # paragraphs: Tiêu ngữ stands so close to Quốc hiệu
_MOST = 0.6  # of the words that are no links
_LINKS = 0.5  # of a box of links
_ALL_LINK = 0.9  # of a paragraph that is a link
_AROUND = frozenset("nav header footer aside form".split())
_CELLS = frozenset("tr td th tbody thead tfoot".split())  # a table of documents holds links too
_NEVER = frozenset("nav aside".split())
_WORD_START, _WORD_END = r"(?:^|[-_ ])", r"(?:$|[-_ ])"
_ALWAYS_SITE = re.compile(
    rf"{_WORD_START}(?:nav|navbar|navigation|breadcrumbs?|shar(?:e|ing)|socials?|addthis|ads?|adv|adsense|advert\w*|banner"
    rf"|cookies?|popup|modal|tooltip|toolbar|sidebar|dropdown){_WORD_END}",
    re.I,
)
_OFTEN_SITE = re.compile(
    rf"{_WORD_START}(?:menu|comments?|binh-?luan|related?|relations?|lien-?quan|widget|login|newsletter|pagination|paging"
    rf"|tags?|rating|footer|header|tools?|tabs?|thuoc-?tinh|properties|download|copyright){_WORD_END}",
    re.I,
)
_APPENDIX = re.compile(r"\W*(?:phu luc|mau so|bieu so|bieu mau|danh muc|danh sach|quy che|quy dinh|ke hoach)\b")
_OPENING = (
    frozenset({Mark.NUMBER, Mark.ADDRESSEES}),
    frozenset({Mark.SUBJECT, Mark.OPENER, Mark.ARTICLE, Mark.FORMULA}),
)


def mark_chrome(flow: Flow) -> None:
    """Mark the paragraphs of `flow` that are no part of the document."""
    paragraphs = flow.paragraphs
    if flow.of_office:
        return
    if not flow.leads_out and not any(one.tag in _AROUND or _ALWAYS_SITE.search(one.names) for one in flow.containers):
        return
    page = _Page(flow)
    head, foot = page.head(), page.foot()
    around = page.document(head, foot)
    head = around.start if head is None else head
    foot = head if foot is None else foot
    for number in (*range(around.start), *range(around.end, len(paragraphs))):
        _mark(paragraphs[number])
    for one in _outermost(flow.containers, lambda one: page.is_site(one, around, head, foot)):
        for number in range(one.start, one.end):
            _mark(paragraphs[number])
    for number in (*range(around.start, head), *range(foot + 1, around.end)):
        one_paragraph = paragraphs[number]
        if one_paragraph.linked > _ALL_LINK * one_paragraph.size:
            _mark(one_paragraph)


def _outermost(containers: list[Container], wanted: Callable[[Container], bool]) -> Iterator[Container]:
    """The elements that are `wanted`, those inside of others left out; `containers` are in the order of their ends."""
    start = end = 0
    for one in reversed(containers):
        if not (start <= one.start and one.end <= end) and wanted(one):
            start, end = one.start, one.end
            yield one


def _mark(paragraph: Paragraph) -> None:
    if paragraph.note is None:
        paragraph.kind = BlockKind.CHROME


class _Page:
    """The paragraphs of a page, what they are, and how much of them is links."""

    def __init__(self, flow: Flow) -> None:
        self._paragraphs = flow.paragraphs
        self._containers = flow.containers
        self._size = [0, *accumulate(one.size for one in flow.paragraphs)]
        self._linked = [0, *accumulate(one.linked for one in flow.paragraphs)]
        self._head: int | None = None

    def head(self) -> int | None:
        """The paragraph that the head of the document is known by."""
        if self._head is None:
            self._head = self._find_head()
        return self._head

    def _find_head(self) -> int | None:
        site = {number for one in _outermost(self._containers, self._is_frame) for number in range(one.start, one.end)}
        first: dict[Mark, int] = {}
        last_national: int | None = None
        for number, marks in self._marked(range(len(self._paragraphs))):
            if number in site:
                continue
            if Mark.NATIONAL in marks:
                if last_national is not None and number - last_national <= _NEAR:
                    return last_national
                if self._paragraphs[number].text.count("\n") and list(marks).count(Mark.NATIONAL) > 1:
                    return number
                last_national = number
            for mark in marks:
                first.setdefault(mark, number)
        if Mark.NATIONAL in first:
            return first[Mark.NATIONAL]
        for wanted in _OPENING:
            found = [number for mark, number in first.items() if mark in wanted]
            if found:
                return min(found)
        return None

    def foot(self) -> int | None:
        """The last paragraph that recipients are listed from."""
        start = self.head()
        numbers = range(len(self._paragraphs) - 1, -1 if start is None else start, -1)
        return next((number for number, marks in self._marked(numbers) if Mark.RECIPIENTS in marks), None)

    def document(self, head: int | None, foot: int | None) -> Container:
        """The element that holds the document."""
        size = len(self._paragraphs)
        page = Container("html", "", 0, size)
        low = head if head is not None else foot
        chain = [one for one in (*self._containers, page) if low is None or one.start <= low < one.end]
        chain.sort(key=lambda one: one.end - one.start)
        if head is not None and foot is not None:
            found = next(one for one in chain if one.end > foot)
            while found.end < size and self._opens_appendix(found.end):
                found = next(one for one in chain if one.end > found.end)
            return found
        return next((one for one in chain if self._words(one) >= _MOST * self._words(None)), page)

    def is_site(self, one: Container, around: Container, head: int, foot: int) -> bool:
        """Whether an element inside `around`, which holds the document from `head` to `foot`, is a part of the site."""
        if one.start < around.start or one.end > around.end:
            return False
        if one.start <= head < one.end or one.start <= foot < one.end:
            return False
        if one.tag in _NEVER or _ALWAYS_SITE.search(one.names):
            return True
        if head < one.start and one.end <= foot:
            return False
        size = self._size[one.end] - self._size[one.start]
        links = self._linked[one.end] - self._linked[one.start]
        is_box = one.tag not in _CELLS and links >= _LINKS * size
        return one.tag in _AROUND or _OFTEN_SITE.search(one.names) is not None or is_box

    def _is_frame(self, one: Container) -> bool:
        """Whether an element is a menu, or head or foot of the site: no document begins there."""
        return one.tag in _NEVER or (one.tag in ("header", "footer") and self._words(one) < self._words(None) / 2)

    def _words(self, one: Container | None) -> int:
        """How many characters of an element, or of the page, are no links."""
        start, end = (one.start, one.end) if one else (0, len(self._paragraphs))
        return self._size[end] - self._size[start] - self._linked[end] + self._linked[start]

    def _marked(self, numbers: range) -> Iterator[tuple[int, list[Mark]]]:
        """What the lines of short paragraphs are, links left out."""
        for number in numbers:
            paragraph = self._paragraphs[number]
            if paragraph.note is not None or 2 * paragraph.linked > paragraph.size:
                continue
            yield number, [mark_of(line, _bare(line)) for line in _lines(paragraph)]

    def _opens_appendix(self, number: int) -> bool:
        line = next(_lines(self._paragraphs[number]), "")
        return is_caps(line) and _APPENDIX.match(_bare(line)) is not None


def _lines(paragraph: Paragraph) -> Iterator[str]:
    text = paragraph.text if paragraph.size < _LINES * LONGEST else "".join(run.text for run in paragraph.runs[:50])
    for line in text.split("\n", _LINES)[:_LINES]:
        if words := line[:LONGEST].strip():
            yield words


def _bare(line: str) -> str:
    return bare_of(key_of(normalize("NFC", line)))
