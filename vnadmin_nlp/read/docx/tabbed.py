"""Head and foot laid out by tab stops instead of a table: `issuer <tab> Quốc hiệu`, line by line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from vnadmin_nlp.layout.landmarks import opens
from vnadmin_nlp.layout.marks import LONGEST, Mark, is_caps, mark_of
from vnadmin_nlp.read.docx.model import NoteCall, Paragraph, Piece, Story
from vnadmin_nlp.text import bare_of, key_of

HEAD = 12  # paragraphs with words among which a head begins
FOOT = 40  # lines of a foot
SHORT = 160  # characters of a line of head or foot
_GAP = re.compile(r"[ \xa0]*\t[ \xa0\t]*")
_AUTHORITY = re.compile(r"(?:tm|kt|tl|tuq|q)[./ ]")
_ITEM = re.compile(r"[-–+•*]")
_RIGHT = frozenset({Mark.NATIONAL, Mark.DATE})


class Part(NamedTuple):
    """A line of a side, 0 left and 1 right: the characters `start:end` of the words of a paragraph of the story."""

    side: int
    paragraph: int
    start: int
    end: int


class _Line(NamedTuple):
    """A line of a paragraph cut at its tabs: the tabs before its first part, and where the parts stand."""

    paragraph: int
    tabs: int
    parts: tuple[tuple[int, int], ...]


class Columns(NamedTuple):
    """Paragraphs `first:end` of a story that are two columns, and their lines in reading order: left, then right."""

    first: int
    end: int
    parts: list[Part]


def tabbed_columns(story: Story) -> Iterator[Columns]:
    """The heads and feet among the paragraphs of `story` that tabs lay out, in order."""
    at = words = done = 0
    while at < len(story):
        node = story[at]
        found = None
        if isinstance(node, Paragraph):
            text = node.words
            words += not text.isspace() and bool(text)
            if "\t" in text.strip() and len(text) < 4 * SHORT:
                found = _columns(story, at, done, text, words <= HEAD)
        if found:
            yield found
            at = done = found.end
        else:
            at += 1


def part_of(pieces: Sequence[Piece | NoteCall], start: int, end: int) -> list[Piece | NoteCall]:
    """The characters `start:end` of `pieces`, with the calls of notes in them."""
    out: list[Piece | NoteCall] = []
    at = 0
    for piece in pieces:
        if isinstance(piece, NoteCall):
            if start < at <= end:
                out.append(piece)
            continue
        low, high = max(start - at, 0), min(end - at, len(piece.text))
        if low < high:
            out.append(piece._replace(text=piece.text[low:high]))
        at += len(piece.text)
    return out


def _columns(story: Story, first: int, done: int, text: str, near_top: bool) -> Columns | None:
    """The columns that paragraph `first`, whose words are `text`, shows; they begin at `done` or after it."""
    lines = list(_lines(first, text))
    pairs = [(text[line.parts[0][0] :], text[slice(*line.parts[1])]) for line in lines if len(line.parts) == 2]
    if not pairs:
        return None
    left, right = pairs[0]
    head = near_top and any(_mark(words) in _RIGHT for _, words in pairs)
    foot = _mark(left) is Mark.RECIPIENTS and _signs(right)
    if not head and not foot:
        return None
    end = first + 1
    while foot and first > done:
        above = story[first - 1]
        if not isinstance(above, Paragraph) or not _signs_alone(above):
            break
        first -= 1  # the signature begins above `Nơi nhận`
        lines = [*_lines(first, above.words), *lines]
    while end < len(story) and end - first < FOOT:
        node = story[end]
        if not isinstance(node, Paragraph) or node.label is not None or node.boxes:
            break
        words = node.words
        if len(words) > 2 * SHORT or not _goes_on(words, foot):
            break
        lines += _lines(end, words)
        end += 1
    return Columns(first, end, _by_side(story, lines))


def _signs_alone(paragraph: Paragraph) -> bool:
    """Whether only the right column stands in `paragraph`: authority or post after tabs."""
    words = paragraph.words
    if paragraph.label is not None or paragraph.boxes or not words.startswith(("\t", " ")):
        return False
    return words.strip().isprintable() and _signs(words)


def _goes_on(words: str, foot: bool) -> bool:
    """Whether a paragraph is more of the columns above it: it has a tab, or is an item of the recipients."""
    if _mark(words) is Mark.ADDRESSEES:
        return False
    return "\t" in words.strip(" \xa0") or (foot and (not words.strip() or _ITEM.match(words.strip()) is not None))


def _lines(index: int, text: str) -> Iterator[_Line]:
    start = 0
    for line in text.split("\n"):
        parts, at, tabs = [], 0, 0
        for gap in [*_GAP.finditer(line), None]:
            end = gap.start() if gap else len(line)
            if line[at:end].strip():
                parts.append((start + at, start + end))
            elif not parts and gap:
                tabs = gap[0].count("\t")
            at = gap.end() if gap else end
        if parts:
            yield _Line(index, tabs, tuple(parts))
        start += len(line) + 1


def _by_side(story: Story, lines: list[_Line]) -> list[Part]:
    """The parts of `lines`: those of the left column, then those of the right."""
    usual = min((line.tabs for line in lines if len(line.parts) > 1), default=0)
    out = []
    for line in lines:
        node = story[line.paragraph]
        text = node.words if isinstance(node, Paragraph) else ""
        if len(line.parts) == 1:
            (start, end) = line.parts[0]
            right = line.tabs > usual or (line.tabs == usual > 0 and _mark(text[start:end]) in _RIGHT)
            out.append(Part(int(right), line.paragraph, start, end))
        else:
            out.append(Part(0, line.paragraph, *line.parts[0]))
            out.append(Part(1, line.paragraph, line.parts[1][0], line.parts[-1][1]))
    return sorted(out, key=lambda part: part.side)


def _mark(words: str) -> Mark:
    return mark_of(words.strip()[:LONGEST] or "|", _bare(words) or "|")


def _signs(words: str) -> bool:
    return is_caps(words[:LONGEST]) and bool(
        re.match(r"(?:tm|kt|tl|tuq|q)[./ ]", _bare(words)) or opens("post", _bare(words))
    )


def _bare(words: str) -> str:
    return bare_of(key_of(words.strip()[:LONGEST]))
