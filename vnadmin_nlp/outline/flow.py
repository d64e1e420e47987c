"""Lines of preamble and body rejoined into paragraphs."""

from __future__ import annotations

import re
from dataclasses import dataclass

from vnadmin_nlp.layout.model import Layout
from vnadmin_nlp.outline.labels import Label, follows, read_labels
from vnadmin_nlp.outline.model import Flow, Paragraph
from vnadmin_nlp.outline.pieces import BAR, BLANK, NEXT, PAGE, Piece, read_pieces
from vnadmin_nlp.schema import SectionLabel
from vnadmin_nlp.text import Builder, Range, WorkingText

# the parts of a document; the number after one of these is never the label of an item
_PINS = re.compile(r"(?<!\w)(?:điều|khoản|điểm|tiết)$")
# what is counted or dated after one of these mostly is not
_DATES = re.compile(r"(?<!\w)(?:mục|phần|chương|phụ lục|mẫu|biểu|số|ngày|tháng|năm|quý|lần|thứ|khóa)$")
_COUNTS = re.compile(
    r"(?<!\w)(?:kỳ|tuần|đợt|giai đoạn|lớp|cấp|loại|hạng|nhóm|bậc|độ|tập|trang|vùng|quận|phường|km|đến|hơn|trên|dưới|khoảng|gần"
    r"|trong|có|còn|đạt|tăng|giảm)$"
)
# no sentence and no title ends in one of these
_DANGLES = re.compile(r"(?<!\w)(?:và|hoặc|của|các|những|với|tại|theo|từ|là|cho|gồm|được|như|về|do|để|bởi)$")
_CITED_PART = re.compile(r"(?<!\w)(?:khoản|điểm|tiết) [\da-zđ]{1,3},?$")
_OPEN_ENDED = (",", "-", "(", "/", "&")
_BASIS = re.compile(r"(?:Căn cứ|Xét|Theo|Thực hiện|Trên cơ sở|Sau khi) ")
_QUOTE_LABEL = re.compile(r"[“\"]\s?(?:Điều|[a-zđ]\)|\d{1,3}[.)])")
_SPACES = re.compile(r"[ |]{2,}|\|")


@dataclass(frozen=True, slots=True)
class Wrap:
    """How lines are broken: `full` is the least fill of a line broken for want of room, 0 where lines are paragraphs.

    `first` is the same for the first line of a paragraph and `longest_first` the longest such line (pages whose
    source breaks first lines early). `split` says that blank lines stand inside paragraphs (scans), `spaced` that they
    stand between all paragraphs, `indented` that first lines are indented.
    """

    full: int = 0
    first: int = 0
    longest_first: int = 0
    split: bool = False
    indented: bool = False
    spaced: bool = False


def build_flow(layout: Layout) -> tuple[Flow, list[Paragraph]]:
    """The flow of `layout` and its paragraphs, with zone, bold and `body`; items are not yet known."""
    text = layout.text.text
    pieces = read_pieces(layout)
    wrap = _measure(text, pieces)
    joiner = _Joiner(layout.text, wrap, pieces)
    builder = Builder()
    paragraphs: list[Paragraph] = []
    last: Piece | None = None
    for index, piece in enumerate(pieces):
        if last is None:
            fresh = True
            joiner.start(index)
        else:
            fresh = joiner.fresh(index)
            if fresh:
                paragraphs[-1].end = builder.length
            low, high = min(last.end, piece.start), piece.start
            builder.put("\n" if fresh else " ", low, high)
            if piece.gap == PAGE or low != last.end:
                builder.cut()
        if fresh:
            paragraphs.append(Paragraph(builder.length, 0, builder.length, piece.zone, bold=piece.bold, cell=piece.cell))
        else:
            paragraphs[-1].bold &= piece.bold
        _copy(builder, text, piece.start, piece.end)
        last = piece
    if paragraphs:
        paragraphs[-1].end = builder.length
    return Flow(builder, layout.text), paragraphs


def _copy(builder: Builder, text: str, start: int, end: int) -> None:
    """Append `start:end` with blank runs made single and stray borders gone."""
    at = start
    for match in _SPACES.finditer(text, start, end):
        builder.copy(text, at, match.start())
        builder.put(" ", *match.span())
        at = match.end()
    builder.copy(text, at, end)


def _measure(text: str, pieces: list[Piece]) -> Wrap:
    """The breaking of lines, learnt from lines that surely go on: the next begins in lower case right under them."""
    inner: list[int] = []
    first: list[int] = []
    sizes: list[int] = []
    split = 0
    before_ended = False
    indents: dict[int, int] = {}
    for piece, following in zip(pieces, pieces[1:], strict=False):
        starts = piece.gap != NEXT or bool(piece.opens)
        if not starts and before_ended and text[piece.start].isupper():
            starts = _BASIS.match(text, piece.start, piece.end) is not None
            unsure = not starts
        else:
            unsure = False
        before_ended = piece.ended
        lower = text[following.start].islower() and not following.opens
        if not piece.ended and lower and not piece.cell:
            if following.gap == NEXT and not unsure:
                (first if starts else inner).append(piece.fill)
                if starts:
                    sizes.append(piece.size)
                    indents[piece.indent - following.indent] = indents.get(piece.indent - following.indent, 0) + 1
            elif following.gap == BLANK:
                split += 1
    opening = [piece for piece in pieces if piece.opens]
    spaced = len(opening) >= 4 and sum(piece.gap != NEXT for piece in opening) >= 0.9 * len(opening) and not split
    wrapped = len(inner) + len(first)
    if wrapped < 3 or wrapped < 0.08 * len(pieces):
        return Wrap(split=split > 0, spaced=spaced)
    full = _least(inner or first)
    if full > 160:
        return Wrap(split=split > 0, spaced=spaced)
    early = _least(first) if len(first) >= 3 else full
    sizes = sorted(size for size in sizes if size < 0.8 * full) if _are_early(sizes, full) else []
    deeper = sum(n for by, n in indents.items() if by >= 3)
    return Wrap(
        full,
        min(early, full),
        sizes[-1] if sizes else 0,
        split > 0,
        deeper >= 3 and deeper > 0.6 * sum(indents.values()),
        spaced,
    )


def _least(fills: list[int]) -> int:
    """The fill that nine of ten full lines reach; stray short ones (lines cut at markup) do not count."""
    fills = sorted(fills)
    return max(fills[len(fills) // 10], int(0.9 * fills[len(fills) // 2]))


def _are_early(sizes: list[int], full: int) -> bool:
    """Whether first lines are mostly broken well before the margin."""
    return len(sizes) >= 3 and sum(size < 0.8 * full for size in sizes) >= 0.6 * len(sizes)


class _Joiner:
    """Decides where a paragraph begins, and remembers the labels met so far."""

    def __init__(self, working: WorkingText, wrap: Wrap, pieces: list[Piece]) -> None:
        self._text = working.text
        self._key = working.key
        self._wrap = wrap
        self._pieces = pieces
        self._seen: dict[tuple[str, str], int] = {}
        self._first = 0  # the piece the current paragraph began with

    def start(self, index: int) -> None:
        self._first = index
        piece = self._pieces[index]
        if piece.opens == "label":
            for label in read_labels(self._text, piece.start, piece.end):
                self._seen[label.form, label.style] = label.value

    def fresh(self, index: int) -> bool:
        """Whether piece `index` begins a paragraph."""
        if self._decide(self._pieces[index - 1], self._pieces[index], index):
            self.start(index)
            return True
        return False

    def _decide(self, above: Piece, piece: Piece, index: int) -> bool:
        text = self._text
        if piece.zone != above.zone or piece.gap == BAR:
            return True
        if text[self._pieces[self._first].start] == "(" and text[above.end - 1] == ")":
            above.ended = True  # a paragraph in brackets
        if self._unfinished(above):
            return False
        if piece.opens in ("label", "word"):
            return self._is_item(above, piece)
        if piece.opens == "bullet":
            return self._is_bullet(above, piece)
        letter = text[piece.start]
        if _QUOTE_LABEL.match(text, piece.start, piece.end):
            return True
        if letter.islower():
            return above.ended and piece.gap != PAGE and not self._reaches(above, 0.7)
        if _BASIS.match(text, piece.start, piece.end) and above.ended | text.startswith(_OPEN_ENDED[0], above.end - 1):
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

    def _full(self, piece: Piece) -> bool:
        """Whether the next word had no room on the line of `piece`."""
        return self._reaches(piece, 1.0)

    def _reaches(self, piece: Piece, share: float) -> bool:
        """Whether `piece` comes near the end of its line."""
        least = self._wrap.first if self._pieces[self._first] is piece else self._wrap.full
        return bool(least) and piece.fill >= share * least

    def _ends_with(self, pattern: re.Pattern[str], above: Piece) -> bool:
        return bool(pattern.search(self._key, max(above.start, above.end - 12), above.end))

    def _is_item(self, above: Piece, piece: Piece) -> bool:
        """Whether the label `piece` begins with is one, and not a number the sentence above goes on with."""
        if above.ended and not self._text.startswith("/", above.end - 1):
            return True
        if piece.opens == "word":
            return True
        labels = read_labels(self._text, piece.start, piece.end)
        known = any(self._goes_on(label) for label in labels)
        capital = any(self._text[label.body : label.body + 1].isupper() for label in labels)
        if not self._ends_in_caps(above) and (self._ends_with(_PINS, above) or self._within_pinpoint(above, labels)):
            return False
        numbers = any(label.form in ("number", "compound") for label in labels)
        dated = numbers and self._ends_with(_DATES, above) and not self._ends_in_caps(above)
        if piece.gap != NEXT or not self._wrap.full:
            return (known and capital) or not (dated or self._is_open_ended(above))
        if piece.bold and not above.bold:
            return True
        if dated or self._wrap.spaced or self._is_open_ended(above) or self._ends_with(_DANGLES, above):
            return False
        if numbers and self._ends_with(_COUNTS, above):
            return known and capital and not self._full(above)
        return (known and capital) if self._full(above) else True

    def _within_pinpoint(self, above: Piece, labels: list[Label]) -> bool:
        """Whether `above` ends in `khoản 3` and an article follows, which that clause belongs to."""
        return any(label.form == "article" for label in labels) and self._ends_with(_CITED_PART, above)

    def _is_open_ended(self, above: Piece) -> bool:
        return self._text.endswith(_OPEN_ENDED, above.start, above.end)

    def _goes_on(self, label: Label) -> bool:
        last = self._seen.get((label.form, label.style))
        return label.value == 1 or (last is not None and follows(label.form, last, label.value))

    def _is_bullet(self, above: Piece, piece: Piece) -> bool:
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
        if self._wrap.split and (self._is_open_ended(above) or self._ends_with(_COUNTS, above)):
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
            return above.ended or self._is_heading(above, piece, index)
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
        found = any(self._ends_with(pattern, above) for pattern in (_PINS, _DATES, _DANGLES))
        return found and not self._ends_in_caps(above)  # a title in capitals may end in any word

    def _ends_in_caps(self, above: Piece) -> bool:
        return self._is_caps(max(above.start, above.end - 20), above.end)

    def _paragraph_start(self) -> Range:
        piece = self._pieces[self._first]
        return piece.start, piece.end

    def _is_caps(self, start: int, end: int) -> bool:
        return end - start > 6 and self._text[start : min(end, start + 60)].isupper()
