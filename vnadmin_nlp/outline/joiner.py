"""Where a paragraph begins: the reading of one line after another."""

from __future__ import annotations

import re
from functools import cache

from vnadmin_nlp.knowledge.rows import Row, load_rows
from vnadmin_nlp.outline.labels import Label, follows, read_labels
from vnadmin_nlp.outline.pieces import BAR, BLANK, NEXT, PAGE, Piece
from vnadmin_nlp.outline.wrap import BASIS, measure
from vnadmin_nlp.schema import SectionLabel
from vnadmin_nlp.text import Range, WorkingText, normalize

_IN_BRACKETS = re.compile(r"\([^)]{0,10}$")
_CLAUSE = re.compile(r"(?<!\w)(?:khoản|điểm|tiết) [\da-zđ]{1,3},?$")
_BRACKET_END = re.compile(r"[^\s(“]{3}[)\]”]$")
_OPEN_ENDED = (",", "-", "(", "/", "&")
_QUOTE_LABEL = re.compile(r"[“\"]\s?(?:Điều|[a-zđ]\)|\d{1,3}[.)])")
_TAIL = 14  # characters: the longest of the words a line may end in


class LineEndRow(Row):
    """Words that say, at the end of a line, what the next line is; `after` are syllables that make them other words."""

    words: list[str]
    after: tuple[str, ...] = ()


@cache
def _line_ends() -> dict[str, re.Pattern[str]]:
    return {
        row.id: re.compile(
            "".join(f"(?<!{word} )" for word in row.after) + rf"(?<!\w)(?:{'|'.join(map(re.escape, row.words))})$"
        )
        for row in load_rows("line_ends", LineEndRow)
    }


def reads(text: str) -> set[str]:
    """The ids of the rows of line_ends whose words `text` ends in."""
    key = normalize(text).key
    return {name for name, pattern in _line_ends().items() if pattern.search(key)}


class Joiner:
    """Decides where a paragraph begins, and remembers the labels met so far."""

    def __init__(self, working: WorkingText, pieces: list[Piece]) -> None:
        self._text = working.text
        self._key = working.key
        self._wrap = measure(working.text, pieces)
        self._ends = _line_ends()
        self._pieces = pieces
        self._seen: dict[tuple[str, str], int] = {}
        self._first = 0  # the piece the current paragraph began with

    def fresh(self, index: int) -> bool:
        """Whether piece `index` begins a paragraph; to be asked of every piece in order."""
        if index and not self._decide(self._pieces[index - 1], self._pieces[index], index):
            return False
        self._first = index
        piece = self._pieces[index]
        if piece.opens == "label":
            for label in read_labels(self._text, piece.start, piece.end):
                self._seen[label.form, label.style] = label.value
        return True

    def _decide(self, above: Piece, piece: Piece, index: int) -> bool:
        text = self._text
        if piece.zone != above.zone or piece.gap == BAR:
            return True
        if text[self._pieces[self._first].start] == "(" and text[above.end - 1] == ")":
            above.ended = True  # a paragraph in brackets
        if self._unfinished(above):
            return above.opens == "label" and self._begins_list(above, piece)
        if piece.begins:
            return True
        if piece.opens in ("label", "word"):
            return self._is_item(above, piece)
        if piece.opens == "bullet":
            return self._is_bullet(above, piece)
        letter = text[piece.start]
        if _QUOTE_LABEL.match(text, piece.start, piece.end):
            return True
        if letter.islower():
            return above.ended and piece.gap != PAGE and not self._reaches(above, 0.7)
        if BASIS.match(text, piece.start, piece.end) and (above.ended or text[above.end - 1] == ","):
            return True
        if piece.gap in (BLANK, PAGE):
            return self._after_gap(above, piece, index)
        return self._right_under(above, piece, index)

    def _unfinished(self, above: Piece) -> bool:
        """Whether `above` is no more than a label, or the word of one: what comes next belongs to it."""
        if above.opens == "word":
            return True
        if above.opens != "label" or above.size > 12 or self._pieces[self._first] is not above:
            return False
        labels = read_labels(self._text, above.start, above.end)
        return bool(labels) and labels[0].body >= above.end

    def _begins_list(self, above: Piece, piece: Piece) -> bool:
        """Whether the first item of a list stands right under `above`, a label without words (`Điều 3` / `1. ...`)."""
        if piece.opens != "label":
            return False
        outer = {label.form for label in read_labels(self._text, above.start, above.end)}
        inner = read_labels(self._text, piece.start, piece.end)
        return any(one.value == 1 and one.form not in outer and one.body < piece.end for one in inner)

    def _full(self, piece: Piece) -> bool:
        """Whether the next word had no room on the line of `piece`."""
        return self._reaches(piece, 1.0)

    def _reaches(self, piece: Piece, share: float) -> bool:
        """Whether `piece` comes near the end of its line."""
        least = self._wrap.first if self._pieces[self._first] is piece else self._wrap.full
        return bool(least) and piece.fill >= share * least

    def _ends_in(self, row: str, above: Piece) -> bool:
        return bool(self._ends[row].search(self._key, max(above.start, above.end - _TAIL), above.end))

    def _is_item(self, above: Piece, piece: Piece) -> bool:
        """Whether the label `piece` begins with is one, and not a number the sentence above goes on with."""
        if above.ended and not self._text.startswith("/", above.end - 1):
            return True
        if piece.opens == "word":
            return True
        labels = read_labels(self._text, piece.start, piece.end)
        known = any(self._goes_on(label) for label in labels)
        capital = any(self._text[label.body : label.body + 1].isupper() for label in labels)
        if not self._ends_in_caps(above) and (self._ends_in("pinpoint", above) or self._within_pinpoint(above, labels)):
            return False
        numbers = any(label.form in ("number", "compound") for label in labels)
        dated = numbers and self._ends_in("dated", above) and not self._ends_in_caps(above)
        if piece.gap != NEXT or not self._wrap.full:
            return (known and capital) or not (dated or self._is_open_ended(above))
        if (piece.bold and not above.bold) or (known and capital and self._ends_in_caps(above)):
            return True
        if dated or self._wrap.spaced or self._is_open_ended(above) or self._ends_in("dangling", above):
            return False
        if numbers and self._ends_in("counted", above):
            return known and capital and not self._full(above)
        return (known and capital) if self._full(above) else True

    def _within_pinpoint(self, above: Piece, labels: list[Label]) -> bool:
        """Whether `above` ends in `khoản 3` and an article follows, which that clause belongs to."""
        if not any(label.form == "article" for label in labels):
            return False
        return _CLAUSE.search(self._key, max(above.start, above.end - _TAIL), above.end) is not None

    def _is_open_ended(self, above: Piece) -> bool:
        return self._text.endswith(_OPEN_ENDED, above.start, above.end)

    def _goes_on(self, label: Label) -> bool:
        last = self._seen.get((label.form, label.style))
        return label.value == 1 or (last is not None and follows(label.form, last, label.value))

    def _is_bullet(self, above: Piece, piece: Piece) -> bool:
        text = self._text
        if not above.ended and text[piece.start + 1 : piece.start + 2].isupper() and text[above.end - 1].isupper():
            return False  # the symbol of a document, broken at its dash
        if above.ended or piece.gap != NEXT:
            return True
        listed = self._pieces[self._first].opens == "bullet"
        if self._text.startswith("-", piece.start):
            if self._text.startswith(",", above.end - 1):
                return listed or not self._full(above)
            return not self._full(above)
        return True

    def _after_gap(self, above: Piece, piece: Piece, index: int) -> bool:
        """A gap parts paragraphs, except where a page or a scanner broke a line inside a sentence."""
        if above.ended or above.bold:
            return True
        if self._takes_more(above):
            return False
        scanned = self._wrap.split or (self._wrap.full > 0 and not self._wrap.longest_first)
        if piece.gap != PAGE and not scanned:
            return True
        if self._wrap.split and (self._is_open_ended(above) or self._ends_in("counted", above)):
            return False
        title = self._pieces[self._first] is above and above.opens == "label"
        return title or not self._wrap.full or above.fill < 0.93 * self._wrap.full

    def _right_under(self, above: Piece, piece: Piece, index: int) -> bool:
        wrap, text = self._wrap, self._text
        if self._is_open_ended(above) or self._takes_more(above):
            return False
        if (wrap.spaced and not above.ended) or (above.bold and piece.bold and not above.ended):
            return False
        if not wrap.full:
            return text[piece.start].isupper() or above.ended
        if wrap.indented and abs(piece.indent - above.indent) >= 3 and above.ended:
            return piece.indent > above.indent
        caps, caps_above = self._is_caps(piece.start, piece.end), self._ends_in_caps(above)
        if caps and caps_above and not above.ended:
            return False
        if caps_above and not caps and text[piece.start].isupper() and self._is_caps(*self._paragraph_start()):
            return True
        if caps != caps_above and (above.ended or not self._full(above)):
            return True
        full = self._full(above)
        if not text[piece.start].isupper():
            return above.ended and not full
        if not full or (self._pieces[self._first] is above and text.startswith(":", above.end - 1)):
            closed = _BRACKET_END.search(text, max(above.start, above.end - 6), above.end)
            return above.ended or bool(closed) or self._is_heading(above, piece, index)
        following = self._pieces[index + 1] if index + 1 < len(self._pieces) else None
        goes_on = following is not None and following.gap == NEXT and not following.opens and not piece.ended
        if above.ended and goes_on and piece.fill < 0.6 * wrap.full:
            return True  # a line broken so early must be a first one
        if piece.size > wrap.longest_first + 2:
            return False
        titled = piece.zone == SectionLabel.BODY and self._pieces[self._first].opens == "label"
        return above.ended or (titled and goes_on and piece.fill < wrap.full - 2)

    def _is_heading(self, above: Piece, piece: Piece, index: int) -> bool:
        """Whether the paragraph that ends in `above`, without an end mark, is a title: `piece` may begin another."""
        if above.bold and not piece.bold:
            return True
        if piece.zone == SectionLabel.PREAMBLE or 0 < self._wrap.longest_first + 2 < piece.size:
            return False
        first = self._pieces[self._first]
        if first is above:
            return (above.size >= 10 or bool(above.opens)) and not self._reaches(above, 0.8)
        return first.opens == "label" and index - self._first <= 3 and not self._reaches(above, 0.6)

    def _takes_more(self, above: Piece) -> bool:
        """Whether `above` ends in a word that a sentence goes on after."""
        if self._ends_in_caps(above):
            return False  # a title in capitals may end in any word
        if any(self._ends_in(row, above) for row in ("pinpoint", "dated", "dangling", "post")):
            return True
        return bool(_IN_BRACKETS.search(self._text, max(above.start, above.end - _TAIL), above.end))

    def _ends_in_caps(self, above: Piece) -> bool:
        return self._is_caps(max(above.start, above.end - 20), above.end)

    def _paragraph_start(self) -> Range:
        piece = self._pieces[self._first]
        return piece.start, piece.end

    def _is_caps(self, start: int, end: int) -> bool:
        return end - start > 6 and self._text[start : min(end, start + 60)].isupper()
