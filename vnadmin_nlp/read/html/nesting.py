"""Pages nested deeper than a page ever is: what the HTML parser would need too long for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

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


def is_too_deep(markup: str) -> bool:
    """Whether the tree of `markup` may be deeper than `DEEPEST`, or a tag have too many attributes to be parsed.

    Counts open elements from above; formatting elements that are left open count, for each block opens them again.
    """
    if len(markup) < _SHORT and markup.count("<") < _MANY_TAGS:
        return False
    stack: list[str] = []
    left_open: Counter[str] = Counter()
    at = 0
    while match := _TOKEN.search(markup, at):
        at = match.end()
        name = (match["name"] or "").lower()
        if not name:
            continue
        if at - match.start() > _LONG_TAG and len(match["rest"].split(None, _MANY_BLANKS)) > _MANY_BLANKS:
            return True
        if match["end"]:
            _close(name, stack, left_open)
        elif name in _RAW:
            at = _end_of_raw(markup, name, at)
        elif name not in _VOID:
            _open(name, stack, left_open)
            if len(stack) + left_open.total() > DEEPEST:
                return True
    return False


def _open(name: str, stack: list[str], left_open: Counter[str]) -> None:
    closed = _CLOSED_BY.get(name) or (_PARAGRAPH if name in BLOCKS else _NONE)
    while stack and stack[-1] in closed:
        stack.pop()
    if closed is _PARAGRAPH:
        _close("p", stack, left_open)
    stack.append(name)


_PARAGRAPH = frozenset({"p"})
_NONE: frozenset[str] = frozenset()


def _close(name: str, stack: list[str], left_open: Counter[str]) -> None:
    """Close the element `name` and what is open inside it, where it is not shut in by a cell."""
    for back in range(1, min(len(stack), _LOOKED_AT) + 1):
        open_name = stack[-back]
        if open_name == name:
            for one in stack[len(stack) - back + 1 :]:
                if one in _FORMATTING:
                    left_open[one] += 1
            del stack[-back:]
            return
        if open_name in _SCOPES and not (name in _CELLS and (open_name != "table" or name == "table")):
            break
    if name in left_open:
        left_open[name] -= 1
        if not left_open[name]:
            del left_open[name]


def _end_of_raw(markup: str, name: str, at: int) -> int:
    end = re.compile(rf"</{re.escape(name)}(?=[\s/>])[^>]*>?", re.I).search(markup, at)
    return end.end() if end else len(markup)


def flattened(markup: str) -> str:
    """`markup` with its blocks as paragraphs, one after the other, and no other element: words and breaks are kept."""
    pieces: list[str] = []
    at = 0
    hidden: list[str] = []
    for start, end, name, is_end in _tags(markup):
        if not hidden:
            pieces.append(markup[at:start].replace("<", "&lt;"))
        at = end
        if name in DROPPED:
            if not is_end:
                hidden.append(name)
            elif name in hidden:
                del hidden[hidden.index(name) :]
        elif not hidden:
            pieces.append("<br>" if name == "br" else "<p>" if name in BLOCKS else "")
    if not hidden:
        pieces.append(markup[at:].replace("<", "&lt;"))
    return "".join(pieces)


def _tags(markup: str) -> Iterator[tuple[int, int, str, bool]]:
    """Where each tag or comment stands, the name of its element, and whether it ends it."""
    at = 0
    while match := _TOKEN.search(markup, at):
        name = (match["name"] or "").lower()
        at = match.end()
        if name in _RAW and not match["end"]:
            at = _end_of_raw(markup, name, at)
            name = ""
        yield match.start(), at, name, bool(match["end"])
