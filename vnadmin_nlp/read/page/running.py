"""What is printed on the margins of pages: page numbers, running heads and feet; and footnotes."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from vnadmin_nlp.layout.marks import Mark
from vnadmin_nlp.read.page.columns import mark
from vnadmin_nlp.read.page.lines import Line, line_of
from vnadmin_nlp.read.page.model import PageContent
from vnadmin_nlp.schema.source import Box

_NUMBER = re.compile(
    r"[-–—~|.\s\[(]*(?:(?:trang|page|tr\.?)\s*:?\s*)?(?:số\s*:?\s*)?\d{1,4}(?:\s*(?:/|of|trên)\s*\d{1,4})?[-–—~|.\s\])]*",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d+")
_MARGIN = 0.13  # of the height: where page numbers and running heads stand
_OUTER = 3  # lines from the edge that are looked at
_NOTE = re.compile(r"\[?\(?(\d{1,3}|\*{1,3})\)?\]?[.:]?")


def running_of(pages: Sequence[tuple[PageContent, list[Line]]]) -> list[set[int]]:
    """For each page the indexes of its lines that are running heads, feet or page numbers."""
    out: list[set[int]] = [set() for _ in pages]
    places: dict[tuple[str, int], list[tuple[int, int]]] = defaultdict(list)
    for number, (content, lines) in enumerate(pages):
        for index in _outer(lines):
            line = lines[index]
            if not _on_margin(line, content):
                continue
            words = line.text
            if _NUMBER.fullmatch(words) and _is_outermost(lines, index):
                out[number].add(index)
            elif len(words) < 200:
                key = _DIGITS.sub("#", words.casefold())
                places[key, round(line.baseline / 6)].append((number, index))
    headed = [any(mark(line) is Mark.NATIONAL for line in lines[: 2 * _OUTER]) for _, lines in pages]
    for found in places.values():
        numbers = {number for number, _ in found}
        if len(numbers) < 2 or len(numbers) < len(pages) / 3:
            continue
        for number, index in found:
            content, lines = pages[number]
            if lines[index].baseline > content.height / 2 or not headed[number]:
                out[number].add(index)
    return out


def _outer(lines: Sequence[Line]) -> list[int]:
    count = len(lines)
    return sorted({*range(min(_OUTER, count)), *range(max(0, count - _OUTER), count)})


def _on_margin(line: Line, content: PageContent) -> bool:
    return line.baseline < _MARGIN * content.height or line.top > (1 - _MARGIN) * content.height


def _is_outermost(lines: Sequence[Line], index: int) -> bool:
    """Whether a line of digits alone is the first or last of its page, or a blank stands around it."""
    return index in (0, len(lines) - 1) or all(_NUMBER.fullmatch(line.text) for line in lines[index + 1 :])


@dataclass(slots=True)
class Note:
    """A footnote: its mark, its lines without the mark, and the id of the raised word that calls it."""

    label: str
    lines: list[Line]
    call: int | None = None


def notes_of(content: PageContent, lines: Sequence[Line]) -> tuple[int, list[Note]]:
    """Where among `lines` of a page the footnotes begin, and the notes."""
    start = _below_rule(content, lines)
    if start is None:
        start = _small_foot(lines)
    if start is None:
        return len(lines), []
    notes: list[Note] = []
    for line in lines[start:]:
        label = _label(line)
        if label is not None and (not notes or _follows(notes[-1].label, label)):
            notes.append(Note(label[0], [label[1]]))
        elif notes:
            notes[-1].lines.append(line)
        else:
            return len(lines), []
    calls = _calls(lines[:start])
    for note in notes:
        note.call = calls.get(note.label)
    return start, notes


def _below_rule(content: PageContent, lines: Sequence[Line]) -> int | None:
    """The first line below a short drawn line near the left margin, with a note's mark."""
    left = min((line.left for line in lines), default=0.0)
    for rule in sorted(content.rules, key=_top, reverse=True):
        width = rule.right - rule.left
        if rule.bottom - rule.top > 3 or not 30 < width < 0.5 * content.width or rule.left > left + 60:
            continue
        if rule.top < 0.3 * content.height:
            break
        below = [i for i, line in enumerate(lines) if line.baseline > rule.bottom]
        above = [line for line in lines if line.baseline <= rule.bottom and line.baseline > rule.top - line.size]
        if any(line.left < rule.right and line.right > rule.left and _underlines(rule, line) for line in above):
            continue
        if below and _label(lines[below[0]]) is not None and lines[below[0]].baseline - rule.bottom < 40:
            return below[0]
    return None


def _underlines(rule: Box, line: Line) -> bool:
    return rule.top - line.baseline < 0.35 * line.size


def _small_foot(lines: Sequence[Line]) -> int | None:
    """The first of the last lines that are set smaller than the text and begin with a raised mark called above."""
    if len(lines) < 4:
        return None
    sizes = sorted(line.size for line in lines)
    body = sizes[len(sizes) // 2]
    start = len(lines)
    while start > 0 and lines[start - 1].size < 0.93 * body:
        start -= 1
    calls = _calls(lines[:start])
    for index in range(start, len(lines)):
        label = _label(lines[index])
        if label is not None and id(lines[index].words[0]) in lines[index].raised and label[0] in calls:
            return index
    return None


def _label(line: Line) -> tuple[str, Line] | None:
    """The mark of a note at the start of `line`, and the line without it."""
    match = _NOTE.fullmatch(line.words[0].text)
    if match is None or len(line.words) < 2:
        return None
    return match[1], line_of(line.words[1:], line.page, line.raised)


def _follows(label: str, found: tuple[str, Line]) -> bool:
    """Whether the mark of `found` is the next after `label`."""
    if label.isdigit() and found[0].isdigit():
        return int(found[0]) == int(label) + 1
    return label != found[0]


def _calls(lines: Sequence[Line]) -> dict[str, int]:
    """The ids of the raised words of `lines`, by their mark."""
    out: dict[str, int] = {}
    for line in lines:
        for word in line.words:
            if id(word) in line.raised and (match := _NOTE.fullmatch(word.text)):
                out.setdefault(match[1], id(word))
    return out


def _top(box: Box) -> float:
    return box.top
