"""Mệnh đề: paragraphs cut into clauses at full stops, semicolons and inline enumerators."""

from __future__ import annotations

import re
from dataclasses import dataclass

from vnadmin_nlp.text import Range

# an enumerator between clauses: `; (ii) ...`, `: (1) ...`, `. (b) ...`
_MARK = re.compile(r"\((?:[ivx]{1,5}|\d{1,2}|[a-hđ])\)\s")
_BORDER = re.compile(r"[.;()“”\"]|…")
_FRESH = re.compile(r"[*_.]*\n\s*[^\W\d_a-z]")  # a line that begins with a capital
_CLOSING = re.compile(r"[)\]”\"’'./…]*")
# a full stop after these ends no sentence
_SHORT = re.compile(
    r"(?:^|[\s(.])(?:tp|tx|tt|ths|ts|pgs|gs|bs|ks|cn|kt|tm|tl|tuq|q|p|đ/c|đc|số|no|mr|mrs|st|vd|v\.v|[a-zđ])$"
)
# longer brackets and quotations are taken as never closed
_REACH = 1500


@dataclass(slots=True)
class Clause:
    """`start:end` without outer blanks and closing punctuation. `stop` is what ended it: `.`, `;`, `:` or nothing.

    `mark` says that an inline enumerator (`(ii)`) stands before it; `first`, that it opens its sentence.
    """

    start: int
    end: int
    stop: str = ""
    mark: bool = False
    first: bool = True


def split_clauses(text: str, key: str, start: int, end: int) -> list[Clause]:
    """The clauses of `start:end` of `text`, in order; `key` is its folded form. Linear in the range."""
    out: list[Clause] = []
    at, first = start, True
    hidden = start  # up to here the text is inside brackets or quotation marks
    for match in _BORDER.finditer(text, start, end):
        where, char = match.start(), match.group()
        if where < hidden:
            continue
        if char in '(“"':
            marked = _MARK.match(text, where, end) if char == "(" else None
            if marked and _opens(text, start, where):
                if _add(out, text, at, where, ":" if text[at:where].rstrip().endswith(":") else "", first):
                    first = out[-1].stop == "."
                at = marked.end()
                out.append(Clause(at, at, mark=True, first=first))
            else:
                close = text.find({"(": ")", "“": "”", '"': '"'}[char], where + 1, min(end, where + _REACH))
                hidden = close + 1 if close >= 0 else hidden
                if char == "(" and close >= 0 and not text[at:where].strip() and _FRESH.match(text, close + 1, end):
                    _add(out, text, at, close + 1, ".", first)  # a remark of its own before a sentence
                    at, first = close + 1, True
            continue
        if char == ";" or (char != ";" and _ends(text, key, start, where, end)):
            stop = ";" if char == ";" else "."
            if _add(out, text, at, where, stop, first):
                first = stop == "."
            at = where + 1
    _add(out, text, at, end, ":" if text[at:end].rstrip(" \n-–").endswith(":") else "", first)
    return [c for c in out if c.end > c.start]


def _add(out: list[Clause], text: str, start: int, end: int, stop: str, first: bool) -> bool:
    """Append the clause `start:end` (or fill the enumerated one that waits for its words)."""
    low, high = trim(text, start, end)
    if low >= high:
        return False
    if out and out[-1].mark and out[-1].start == out[-1].end:
        out[-1].start, out[-1].end, out[-1].stop = low, high, stop
    else:
        out.append(Clause(low, high, stop, first=first))
    return True


def trim(text: str, start: int, end: int) -> Range:
    """`start:end` without outer blanks, bullets and closing punctuation."""
    while start < end and text[start] in " \n-–+•/.,;:…)”":
        start += 1
    while end > start and text[end - 1] in " \n.,;:/…-":
        end -= 1
    return start, end


def _opens(text: str, start: int, where: int) -> bool:
    """Whether an enumerator may stand at `where`: at the start, or after punctuation."""
    before = text[max(start, where - 2) : where].rstrip()
    return not before or before[-1] in ".;:,"


def _ends(text: str, key: str, start: int, where: int, end: int) -> bool:
    """Whether the full stop at `where` ends a sentence."""
    after = _CLOSING.match(text, where + 1, end)
    then = after.end() if after else where + 1
    if then >= end:
        return True
    if not text[then].isspace():
        return False
    while then < end and text[then].isspace():
        then += 1
    if then >= end:
        return True
    if text[then].islower():
        return False
    return not _SHORT.search(key, max(start, where - 5), where)
