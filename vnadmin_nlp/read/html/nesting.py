"""Pages nested deeper than a page ever is: what the HTML parser would need too long for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from vnadmin_nlp.read.html.walk import BLOCKS, DROPPED

DEEPEST = 400  # open elements; browsers flatten what is deeper than 512
_MANY_TAGS = 1_000  # pages with fewer tags cannot take long
_SHORT = 50_000  # characters; nor can shorter pages
_LONG_TAG, _MANY_BLANKS = 20_000, 1_000  # of one tag: its attributes are compared with each other
_LOOKED_AT = 30  # open elements that an end tag is looked for among

_TOKEN = re.compile(
    r"<!-->|<!--->|<!--.*?(?:-->|--!>|\Z)|<[!?][^>]*>?|</[^a-zA-Z][^>]*>?"
    r"|<(?P<end>/?)(?P<name>[a-zA-Z][^\s/>]{0,100})(?P<rest>(?:=\s*\"[^\"]*\"|=\s*'[^']*'|[^>])*)>?",
    re.S,
)
_RAW = frozenset("script style title textarea xmp iframe noembed noframes noscript plaintext".split())
_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
_FORMATTING = frozenset("a b big code em font i nobr s small strike strong tt u".split())
_SCOPES = frozenset("table td th caption html object applet marquee template button svg math".split())
_CELLS = frozenset("table tr td th tbody thead tfoot caption".split())
# What a start tag closes when it stands at the top of the open elements
_CLOSED_BY = {
    "li": frozenset({"li", "p"}),
    "dt": frozenset({"dt", "dd", "p"}),
    "dd": frozenset({"dt", "dd", "p"}),
    "tr": frozenset({"p", "li", "td", "th", "tr"}),
    "td": frozenset({"p", "li", "td", "th"}),
    "th": frozenset({"p", "li", "td", "th"}),
    "tbody": frozenset({"p", "li", "td", "th", "tr", "tbody", "thead", "tfoot"}),
    "option": frozenset({"option"}),
}


class _Tag(NamedTuple):
    """A tag, or a comment (without a name), at `start:end`; `after` is where the text of a script or sheet ends."""

    start: int
    end: int
    after: int
    name: str
    closes: bool


def is_too_deep(markup: str) -> bool:
    """Whether the tree of `markup` may be deeper than `DEEPEST`, or a tag have too many attributes to be parsed.

    Counts open elements from above; formatting elements that are left open count, for each block opens them again.
    """
    if len(markup) < _SHORT and markup.count("<") < _MANY_TAGS:
        return False
    opened = _OpenElements()
    for tag in _tags(markup):
        words = markup[tag.start : tag.end]
        if len(words) > _LONG_TAG and tag.name and len(words.split(None, _MANY_BLANKS)) > _MANY_BLANKS:
            return True
        if tag.name in _RAW or tag.name in _VOID or not tag.name:
            continue
        if tag.closes:
            opened.close(tag.name)
        else:
            opened.open(tag.name, words)
            if opened.count > DEEPEST:
                return True
    return False


class _OpenElements:
    """The elements that are open, with their tags, and the formatting elements that were left open, by name."""

    def __init__(self) -> None:
        self._stack: list[tuple[str, str]] = []
        self._left: dict[str, list[str]] = {}
        self._left_count = 0

    @property
    def count(self) -> int:
        """How many there are, at most."""
        return len(self._stack) + self._left_count

    def open(self, name: str, tag: str) -> None:
        """A start tag."""
        stack = self._stack
        closed = _CLOSED_BY.get(name) or (_PARAGRAPH if name in BLOCKS else _NONE)
        while stack and stack[-1][0] in closed:
            stack.pop()
        if closed is _PARAGRAPH:
            self.close("p")
        stack.append((name, tag))

    def close(self, name: str) -> None:
        """An end tag: it closes the element and what is open inside it, where it is not shut in by a cell."""
        stack = self._stack
        for back in range(1, min(len(stack), _LOOKED_AT) + 1):
            open_name = stack[-back][0]
            if open_name == name:
                for inner, tag in stack[len(stack) - back + 1 :]:
                    self._leave(inner, tag)
                del stack[-back:]
                return
            if open_name in _SCOPES and not (name in _CELLS and (open_name != "table" or name == "table")):
                break
        if self._left.get(name):
            self._left[name].pop()
            self._left_count -= 1

    def _leave(self, name: str, tag: str) -> None:
        """A formatting element was not closed; of the same tag three are opened again."""
        if name in _FORMATTING:
            left = self._left.setdefault(name, [])
            if left.count(tag) < 3:
                left.append(tag)
                self._left_count += 1


_PARAGRAPH = frozenset({"p"})
_NONE: frozenset[str] = frozenset()


def _end_of_raw(markup: str, name: str, at: int) -> int:
    end = re.compile(rf"</{re.escape(name)}(?=[\s/>])[^>]*>?", re.I).search(markup, at)
    return end.end() if end else len(markup)


def flattened(markup: str) -> str:
    """`markup` with its blocks as paragraphs, one after the other, and no other element: words and breaks are kept."""
    pieces: list[str] = []
    at = 0
    hidden: list[str] = []
    for tag in _tags(markup):
        if not hidden:
            pieces.append(markup[at : tag.start].replace("<", "&lt;"))
        at = tag.after
        if hidden == ["head"] and tag.name in BLOCKS:
            hidden.clear()
        if tag.name in DROPPED and tag.name not in _RAW and tag.name not in _VOID:
            if not tag.closes:
                hidden.append(tag.name)
            elif tag.name in hidden:
                del hidden[hidden.index(tag.name) :]
        elif not hidden:
            pieces.append("<br>" if tag.name == "br" else "<p>" if tag.name in BLOCKS else "")
    if not hidden:
        pieces.append(markup[at:].replace("<", "&lt;"))
    return "".join(pieces)


def _tags(markup: str) -> Iterator[_Tag]:
    """The tags and comments of `markup`; what stands inside scripts and sheets is none."""
    at = 0
    while match := _TOKEN.search(markup, at):
        name, closes = (match["name"] or "").lower(), bool(match["end"])
        at = match.end()
        if name in _RAW and not closes:
            at = _end_of_raw(markup, name, at)
        yield _Tag(match.start(), match.end(), at, name, closes)
