"""Provisions of other documents repeated in this one: nothing in them is an order of this document."""

from __future__ import annotations

import re

from vnadmin_nlp.layout.model import Layout
from vnadmin_nlp.outline.labels import Label, follows, read_labels
from vnadmin_nlp.outline.model import Flow, Paragraph
from vnadmin_nlp.text import Range

_OPEN = re.compile(r"[“\"«]|''|‘‘")
_CLOSES = re.compile(r"(?:[”\"]|''|’’)[ .;,:)]{0,4}$")
_BEFORE_QUOTE = re.compile(r"[-+•*. ]{0,5}")
# what a quoted provision begins with, unlike the name of a movement, a form or a motto
_PROVISION = re.compile(
    r"[“\"«'‘” ]{1,3}[.…( ]{0,6}(?:đi[ềê]u \d|khoản \d|điểm [a-zđ]\b|chương [ivx]|mục \d|\d{1,2}(?:\.\d{1,2}){0,4}[.)]"
    r"|[a-zđ]\)|[…]|\.\.\.|- |$)"
)
_PINPOINT = re.compile(r"(?:đi[ềê]u|khoản|điểm|tiết|mục|phụ lục|chương) (?:[\divx]+|[a-zđ]\b)")
_SOURCE = re.compile(r"(?:quy định|hướng dẫn|nêu rõ|giải thích|định nghĩa|được hiểu)[^.;]{0,160}$")
_CITED = re.compile(
    r"(?:quy định|hướng dẫn|nêu|giải thích|định nghĩa)(?: rõ)?(?: (?:về|đối với|nguyên tắc|điều kiện|việc) [^.;:]{1,120})?"
    r"(?:,? (?:cụ thể|chi tiết|như sau|cụ thể như sau|sau|thì|là|theo đó|trong đó))?$"
)
_AMENDS = re.compile(r"(?:sửa đổi|bổ sung|thay thế|thay cụm từ|bãi bỏ)[^.;]{0,300}$")
_OPINION = re.compile(r"ý kiến|trả lời|yêu cầu|đề nghị|giao |thực hiện như sau|lưu ý|chỉ đạo|thông báo|trách nhiệm")
_RESUMES = re.compile(
    r"[-+•* ]{0,4}(?:căn cứ|tại |theo |đối chiếu|như vậy|từ (?:các |những )?(?:quy định|nội dung)|do đó|vì vậy|về |trên cơ sở"
    r"|trong quá trình|cục |chi cục|tổng cục|thuế |bộ |sở |ngày |qua |liên quan|nay |đề nghị|yêu cầu|trên đây|để "
    r"|ngoài ra|bên cạnh|trường hợp (?:công ty|đơn vị|doanh nghiệp|ông|bà|cục|theo|ngân hàng|vướng mắc|còn)"
    r"|khoản \d[^.]{0,40} (?:điều|thông tư|nghị định|luật)|điểm [a-zđ][^.]{0,30} khoản"
    r"|điều \d+ (?:luật|nghị|thông|bộ luật|quyết))"
)
_LONG = 60  # characters; shorter quotations are names unless they begin as a provision does
_REACH = 80  # paragraphs a quotation may run over
_LOST_REACH = 30  # the same where its closing mark was lost


def find_quotes(flow: Flow, paragraphs: list[Paragraph], layout: Layout) -> list[Range]:
    """The ranges of quoted provisions, in order; marks the paragraphs that begin inside one.

    Three kinds: between quotation marks, over one or many paragraphs; in italics after a lead that cites a provision;
    and without any mark after such a lead, as letters of tax offices print them.
    """
    return _Finder(flow, paragraphs, layout).find()


class _Finder:
    def __init__(self, flow: Flow, paragraphs: list[Paragraph], layout: Layout) -> None:
        self._flow = flow
        self._text, self._key = flow.text, flow.key
        self._paragraphs = paragraphs
        self._working = layout.text
        self._quotes: list[Range] = []
        self._normative = False  # it has articles of its own: what it cites stands in quotation marks
        self._owner: list[Label] = []  # the labels of the last paragraph that bore one, outside quotations

    def find(self) -> list[Range]:
        index, count = 0, len(self._paragraphs)
        while index < count:
            last = self._read(index)
            for paragraph in self._paragraphs[index : last + 1]:
                paragraph.quoted = bool(self._quotes) and self._quotes[-1][0] <= paragraph.start < self._quotes[-1][1]
            paragraph = self._paragraphs[index]
            if self._quotes and self._begins(paragraph, self._quotes[-1][0]):
                paragraph.quoted = True
            index = last + 1
        return self._quotes

    def _read(self, index: int) -> int:
        """Add the quotations that begin in paragraph `index`; the index of the last paragraph they reach."""
        text, paragraph = self._text, self._paragraphs[index]
        led = ""
        if index:
            lead = self._paragraphs[index - 1]
            led = self._leads(lead.start, lead.end)
        at = paragraph.start
        while opened := _OPEN.search(text, at, paragraph.end):
            start, at = opened.start(), opened.end()
            begins = self._begins(paragraph, start)
            legal = _PROVISION.match(self._key, start, paragraph.end) is not None
            led_here = led if begins else self._leads(paragraph.start, start)
            if not (led_here or (legal and (begins or text[start - 2 : start - 1] == ":"))):
                at = self._closing(opened.group(), at, paragraph.end) or at
                continue
            closed = self._closing(opened.group(), at, paragraph.end)
            if closed is None:
                last = self._last_paragraph(index)
                self._quotes.append((start, self._paragraphs[last].end))
                return last
            if legal or closed - start > _LONG:
                self._quotes.append((start, closed))
            at = closed
        if led == "cites" and not self._normative and self._unmarked(paragraph):
            last = self._resumed(index, self._italic(paragraph)) - 1
            self._quotes.append((paragraph.start, self._paragraphs[last].end))
            return last
        self._owner = read_labels(text, paragraph.start, paragraph.end) or self._owner
        self._normative |= any(label.form == "article" for label in self._owner)
        return index

    def _begins(self, paragraph: Paragraph, start: int) -> bool:
        """Whether `start` is where the words of `paragraph` begin, but for a bullet or dirt."""
        match = _BEFORE_QUOTE.match(self._text, paragraph.start, paragraph.end)
        return paragraph.start <= start <= (match.end() if match else paragraph.start)

    def _leads(self, low: int, high: int) -> str:
        """Whether `low:high` ends in a colon and says that a provision comes next: how it does, or nothing.

        `cites` needs no quotation marks after it, `quotes` and `amends` do.
        """
        key = self._key
        labels = read_labels(self._text, low, high)
        low = max(labels[0].body if labels else low, high - 400)
        while high > low and key[high - 1] in " “\"":
            high -= 1
        if high <= low or key[high - 1] != ":" or not _PINPOINT.search(key, low, high):
            return ""
        source = _SOURCE.search(key, low, high)
        if source is not None and not _OPINION.search(key, source.start(), high):
            return "cites" if _CITED.search(key, max(low, source.start()), high - 1) else "quotes"
        return "amends" if _AMENDS.search(key, low, high) else ""

    def _closing(self, mark: str, low: int, high: int) -> int | None:
        """Where the quotation that `mark` opened before `low` ends; inner quotations are stepped over."""
        text = self._text
        closer = {"“": "”", "«": "»", "‘‘": "’’"}.get(mark, mark)
        at = text.find(closer, low, high)
        inner = text.find(mark, low, at) if at >= 0 and closer != mark else -1
        while at >= 0 and inner >= 0:
            following = text.find(closer, at + 1, high)
            if following < 0:
                break
            inner = text.find(mark, at + 1, following)
            at = following
        return at + len(closer) if at >= 0 else None

    def _last_paragraph(self, index: int) -> int:
        """The last paragraph of a quotation that is not closed in `index`."""
        for at in range(index + 1, min(len(self._paragraphs), index + _REACH)):
            paragraph = self._paragraphs[at]
            if _CLOSES.search(self._text, max(paragraph.start, paragraph.end - 8), paragraph.end):
                return at
            if self._leads(paragraph.start, paragraph.end) or paragraph.zone != self._paragraphs[index].zone:
                break
        return self._resumed(index, False) - 1

    def _resumed(self, index: int, italic: bool) -> int:
        """The first paragraph after `index` in which the document speaks itself again."""
        seen: dict[tuple[str, str], int] = {}
        first = self._paragraphs[index]
        for at in range(index, min(len(self._paragraphs), index + _LOST_REACH)):
            paragraph = self._paragraphs[at]
            labels = read_labels(self._text, paragraph.start, paragraph.end)
            if at > index and (
                paragraph.zone != first.zone
                or (italic and not self._italic(paragraph))
                or _RESUMES.match(self._key, paragraph.start, paragraph.end)
                or self._is_own(labels, seen)
            ):
                return at
            for label in labels:
                seen[label.form, label.style] = label.value
        return index + 1

    def _is_own(self, labels: list[Label], seen: dict[tuple[str, str], int]) -> bool:
        """Whether a label goes on with the document's own list and not with that of the quotation."""
        for label in labels:
            for own in self._owner:
                if own.form == label.form and follows(label.form, own.value, label.value):
                    last = seen.get((label.form, label.style))
                    return last is None or not follows(label.form, last, label.value)
        return False

    def _unmarked(self, paragraph: Paragraph) -> bool:
        """Whether a paragraph after a lead, without quotation marks, looks quoted."""
        if self._italic(paragraph):
            return True
        if self._text.startswith(("…", "..."), paragraph.start):
            return True
        labels = read_labels(self._text, paragraph.start, paragraph.end)
        return bool(labels) and not self._is_own(labels, {})

    def _italic(self, paragraph: Paragraph) -> bool:
        low, high = self._flow.below_range(paragraph.start, paragraph.end)
        working = self._working
        return high - low > 20 and working.is_italic(low, low + 12) and working.is_italic(high - 12, high)
