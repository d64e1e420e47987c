"""Lines of running text to paragraphs, by where they begin and end."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from vnadmin_nlp.read.page.lines import Line

_LABEL = re.compile(
    r"(?:\d{1,3}|\d{1,2}(?:\.\d{1,3}){1,4}|[IVX]{1,6}|[a-zđ])(?:[.)/]?-|[.)/])?"
    r"|[-–—+*•●▪◦■·]|[(\[]?[\da-zđ]{1,2}[.)\]]{1,2}|(?:Điều|Chương|Mục|Phần)"
)
_SURE_LABEL = re.compile(r"(?:\d{1,3}|\d{1,2}(?:\.\d{1,3}){1,4}|[IVX]{1,6}|[a-zđ])(?:[.)]-?|-)|[-–—+*•●▪◦■·]")
_ENDS = re.compile(r"[.;:!?…,/][\"”’)*]*$")
_SENTENCE_ENDS = re.compile(r"[.;:!?/][\"”’)*]*$")
_RULE = re.compile(r"[-–—_=*~. ]{3,}")
_SAME_X = 3.0  # points between left ends of lines that begin at one place
_BIN = 3.0
_DEEPEST_INDENT = 4.0  # sizes that a first line is indented at most; what begins further right is centred


class Margins(NamedTuple):
    """Where the running text of a page begins and ends, and the usual distance of its lines in sizes."""

    left: float
    right: float
    leading: float

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


def margins_of(lines: Sequence[Line], width: float, fallback: Margins | None = None) -> Margins:
    """The margins that `lines`, the running text of a page of `width`, keep; `fallback` where they are too few to
    tell."""
    if not lines:
        return fallback or Margins(0.0, 0.0, 1.2)
    every, lines = lines, [line for line in lines if not line.is_gappy] or lines
    widest = max(line.width for line in lines)
    wide = [line for line in lines if line.width > 0.7 * widest]
    if fallback is not None and (len(wide) < 3 or widest < 0.8 * (fallback.right - fallback.left)):
        return fallback
    left = _usual([line.left for line in wide], first=True)
    if not lines[0].steady:  # print has no noise on its margins: where two short lines begin is the margin too
        starts = Counter(round(line.left / _BIN) for line in every)
        left = min([left, *(line.left for line in every if starts[round(line.left / _BIN)] > 1)])
    right = _usual([line.right for line in wide], first=False)
    if widest < 0.5 * width:  # short lines only: the margins are taken to be equal
        right = max(right, width - left)
    steps = [
        round((below.baseline - above.baseline) / below.size, 1)
        for above, below in pairwise(lines)
        if above.page == below.page
        and 0 < below.baseline - above.baseline < 2.5 * below.size
        and right - above.right < 2 * above.size  # the line above is full: one paragraph goes on
    ]
    leading = Counter(steps).most_common(1)[0][0] if steps else 1.2
    return Margins(left, right, leading)


def _usual(values: list[float], *, first: bool) -> float:
    """The outermost of `values` (the `first`, or the last) that several share."""
    bins = Counter(round(value / _BIN) for value in values)
    support = {at: bins[at - 1] + bins[at] + bins[at + 1] for at in list(bins)}
    most = max(support.values())
    shared = [at for at, count in support.items() if 2 * count >= most and 3 * bins[at] >= count]
    at = min(shared) if first else max(shared)
    near = [value for value in values if abs(value - at * _BIN) <= _BIN]
    return min(near) if first else max(near)


def is_centred(line: Line, margins: Margins) -> bool:
    """Whether `line` stands in the middle, away from both margins."""
    return (
        _is_in_the_middle(line, margins)
        and line.left - margins.left > 0.6 * line.size
        and margins.right - line.right > 0.6 * line.size
    )


def _is_in_the_middle(line: Line, margins: Margins) -> bool:
    return abs(line.middle - margins.middle) < 0.7 * line.size


class Paragraph:
    """Lines of one paragraph so far."""

    def __init__(self, line: Line, margins: Margins) -> None:
        self.lines = [line]
        self.margins = margins  # those of the page of the last line
        self.centred = is_centred(line, margins)

    def add(self, line: Line, margins: Margins) -> None:
        self.lines.append(line)
        self.margins = margins

    def goes_on(self, line: Line, below: Line | None, margins: Margins) -> bool:
        """Whether `line` is one more line of this paragraph; `below` is the line after it, `margins` its page's."""
        last = self.lines[-1]
        if abs(line.size - last.size) > 0.15 * last.size:
            return False
        same_page = line.page == last.page
        if same_page and self._is_apart(line):
            return False
        if _RULE.fullmatch(line.text) or _RULE.fullmatch(last.text):
            return False
        if _is_in_the_middle(line, margins) and line.left - margins.left > _SAME_X:
            if self.centred and is_centred(line, margins):
                return same_page and self._goes_on_centred(line)
            if self._may_be_centred():
                return same_page and self._goes_on_centred(line)
        if is_centred(line, margins) and line.bold != last.bold:
            return False
        first = line.words[0].box
        room = self.margins.right - last.right
        if room > (first.right - first.left) + 0.35 * line.size:
            return False  # the first word would have had room: the line above ended by itself
        return self._begins_where_it_goes_on(line, below, margins)

    def _is_apart(self, line: Line) -> bool:
        """Whether more space stands above `line` than between lines of one paragraph."""
        last = self.lines[-1]
        step = (line.baseline - last.baseline) / line.size
        usual = self.margins.leading
        if len(self.lines) > 1 and self.lines[-2].page == last.page:
            usual = min(max(usual, 0.9), (last.baseline - self.lines[-2].baseline) / last.size)
        return step > usual + 0.3 or step < 0.3

    def _may_be_centred(self) -> bool:
        """Whether the lines so far, nearly as wide as the text, may be those of a centred paragraph."""
        last = self.lines[-1]
        return (
            len(self.lines) < 5
            and _is_in_the_middle(last, self.margins)
            and not _SENTENCE_ENDS.search(last.words[-1].text)
        )

    def _ended(self) -> bool:
        return _ENDS.search(self.lines[-1].words[-1].text) is not None

    def _goes_on_centred(self, line: Line) -> bool:
        last = self.lines[-1]
        if line.bold != last.bold or line.italic != last.italic or line.text.isupper() != last.text.isupper():
            return False
        widest = max(one.width for one in [*self.lines, line])
        first = line.words[0].box
        return widest - last.width < (first.right - first.left) + 0.35 * line.size

    def _begins_where_it_goes_on(self, line: Line, below: Line | None, margins: Margins) -> bool:
        """Whether `line` begins where lines of this paragraph begin that are not its first."""
        last = self.lines[-1]
        start = line.left - margins.left
        label = bool(_LABEL.fullmatch(line.words[0].text)) and len(line.words) > 1
        ended = self._ended()
        if last.left > margins.middle and line.left < margins.middle:
            return False  # what stands on the right (place and date) is no first line of what begins on the left
        if len(self.lines) > 1:
            rest = last.left - self.margins.left
            if abs(start - rest) > max(_SAME_X, 0.4 * line.size):
                return False
            return not (label and ended and bool(_SURE_LABEL.fullmatch(line.words[0].text)))
        begin = last.left - self.margins.left
        if start < begin - _SAME_X:  # a first line further right than the rest
            if begin > _DEEPEST_INDENT * line.size:
                return False
            return not (label and ended and start > 1.5 * line.size)
        if start > begin + _SAME_X:  # a rest further right than the first line: behind its label
            return self._hangs(line) and not (label and ended)
        if label and ended:
            return False
        if begin > 0.8 * line.size and not ended:
            return True
        if begin > 0.8 * line.size:  # two first lines, or a block that stands further right
            return below is not None and abs(below.left - line.left) <= _SAME_X and not _is_sentence_start(line)
        return True

    def _hangs(self, line: Line) -> bool:
        """Whether `line` begins under the first word behind the label of the first line."""
        first = self.lines[0]
        if not _LABEL.fullmatch(first.words[0].text) or len(first.words) < 2:
            return False
        return any(abs(word.box.left - line.left) <= 1.5 * _SAME_X for word in first.words[1:3])


def _is_sentence_start(line: Line) -> bool:
    return line.words[0].text[:1].isupper()
