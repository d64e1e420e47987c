"""Words of lines to the characters of one line of text: blanks between words, hyphens at line ends, raised figures."""

from __future__ import annotations

import re
from collections.abc import Sequence

from vnadmin_nlp.read.page.lines import Line
from vnadmin_nlp.read.page.model import PageWord
from vnadmin_nlp.read.writer import Run
from vnadmin_nlp.schema.source import Box
from vnadmin_nlp.text.fold import is_syllable

_YEAR = re.compile(r"/(?:19|20)\d\d\W*$")
_PADDING = 12.5  # points left and right of the words of a cell together
_SOFT_HYPHEN = "\xad"
_BULLETS = frozenset("•●▪◦■□◆❖➢➤▶►✓✔·\uf0b7\uf0a7\uf0d8\uf076\uf06e\uf0fc\uf02d")


class Joined:
    """Runs of words, and where in their text footnotes are called (`calls`: id of the raised word -> offset)."""

    def __init__(self, called: frozenset[int] = frozenset()) -> None:
        self.runs: list[Run] = []
        self.calls: list[tuple[int, int]] = []
        self._called = called
        self._length = 0

    def add(self, lines: Sequence[Line], cell: Box | None = None) -> Joined:
        """Append `lines`; in a `cell` of a table a word may be broken where it is wider than the cell."""
        for number, line in enumerate(lines):
            if number:
                self._end_of_line(line.words[0].text, full=cell is not None and _fills(lines[number - 1], cell))
            last: PageWord | None = None
            for word in line.words:
                if last is not None and line.raised and _touch(last, word, line):
                    self._take_blank()
                last = word
                if id(word) in self._called:
                    self._take_blank()
                    self.calls.append((id(word), self._length))
                    self._put_blank(" ")
                else:
                    self._word(word, line.page)
        return self

    def _word(self, word: PageWord, page: int) -> None:
        text = word.text
        if _SOFT_HYPHEN in text[:-1]:
            text = text[:-1].replace(_SOFT_HYPHEN, "") + text[-1]
        if not self.runs and text in _BULLETS:
            text = "-"
        self.runs.append(Run(text + " ", word.bold, word.italic, word.encoding, page, word.box, word.score))
        self._length += len(text) + 1

    def _end_of_line(self, following: str, *, full: bool) -> None:
        """What stands between the last word so far and `following`, the first of the next line; `full` says that the
        last word is as wide as its cell."""
        if not self.runs:
            return
        last = self.runs[-1].text.rstrip()
        if last.endswith(_SOFT_HYPHEN):
            self._replace(last[:-1])
        elif len(last) > 1 and last[-1] in "-‐‑/" and following[:1].isalnum():
            self._replace(last[:-1] if _is_broken(last[:-1], following) and last[-1] != "/" else last)
        elif full and (_YEAR.search(last + following) or _is_broken(last, following)):
            self._replace(last)

    def _take_blank(self) -> None:
        if self.runs:
            self._replace(self.runs[-1].text.rstrip(" "))

    def _put_blank(self, blank: str) -> None:
        if self.runs:
            self._replace(self.runs[-1].text + blank)

    def _replace(self, text: str) -> None:
        self._length += len(text) - len(self.runs[-1].text)
        self.runs[-1] = self.runs[-1]._replace(text=text)


def _fills(line: Line, cell: Box) -> bool:
    """Whether `line` is one word, so wide that no letter more has room in `cell`."""
    word = line.words[0]
    left = cell.right - cell.left - line.width
    return len(line.words) == 1 and left < _PADDING + line.width / len(word.text)


def _touch(last: PageWord, word: PageWord, line: Line) -> bool:
    """Whether no blank stands between two words of `line`, one of them raised (`m2`, `500m2.`)."""
    raised = id(word) in line.raised or id(last) in line.raised
    return raised and word.box.left - last.box.right < 0.15 * line.size


def _is_broken(before: str, after: str) -> bool:
    """Whether a hyphen between the two breaks one syllable, and is no part of a code or compound."""
    head = before.rpartition(" ")[2]
    tail = after.rstrip('.,;:!?)”"')
    if not (head.isalpha() and tail.isalpha()) or (head.isupper() != tail.isupper() and len(head) > 1):
        return False
    if head.isupper():
        return len(head + tail) < 6 and not (is_syllable(head) and is_syllable(tail))
    return is_syllable(head + tail) and not (is_syllable(head) and is_syllable(tail))
