"""Provisions of other documents repeated in this one: nothing in them is an order of this document."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

from vnadmin_nlp.layout.model import Layout
from vnadmin_nlp.outline.labels import Label, follows, read_labels
from vnadmin_nlp.outline.leads import Lead, lead_of, names, resumes
from vnadmin_nlp.outline.model import Flow, Paragraph
from vnadmin_nlp.text import Range

_OPEN = re.compile(r"[“\"«]|''|‘‘")
_CLOSES = re.compile(r"(?:[”\"]|''|’’)[ .;,:)]{0,4}$")
_BEFORE_QUOTE = re.compile(r"[-+•*. ]{0,5}")
# what a quoted provision begins with, unlike the name of a movement, a form or a motto
_PROVISION = re.compile(
    r"[“\"«'‘” ]{1,3}[.…( ]{0,6}(?:đi[ềê]u \d|khoản \d|điểm [a-zđ]\b|chương [ivx]|mục \d|\d{1,2}(?:\.\d{1,2}){0,4}[.)]"
    r"|[a-zđ](?:\.\d{1,2}){0,3}[.)] |[…]|\.\.\.|- |$)"
)
_ONLY_CLOSES = re.compile(r"[.… ]{0,5}[”\"][ .;]{0,3}$")
_BLANK = re.compile(r"[ .;,]*")
_SHORT = 20  # characters
_LONGEST = 20_000  # characters of a quotation inside a paragraph
_LONG = 60  # characters; shorter quotations are names unless they begin as a provision does
_REACH = 1000  # paragraphs a quotation may run over
_LOST_REACH = 30  # the same where its closing mark was lost


def find_quotes(flow: Flow, paragraphs: list[Paragraph], labels: list[list[Label]], layout: Layout) -> list[Range]:
    """The ranges of quoted provisions, in order; marks the paragraphs that begin inside one.

    `labels` are the labels that each paragraph begins with.

    Three kinds: between quotation marks, over one or many paragraphs; in italics after a lead that cites a provision;
    and without any mark after such a lead, as letters of tax offices print them.
    """
    return _Finder(flow, paragraphs, labels, layout).find()


class _Finder:
    def __init__(self, flow: Flow, paragraphs: list[Paragraph], labels: list[list[Label]], layout: Layout) -> None:
        self._flow = flow
        self._labels = labels
        self._text, self._key = flow.text, flow.key
        self._paragraphs = paragraphs
        self._working = layout.text
        self._quotes: list[Range] = []
        self._normative = False  # it has articles of its own: what it cites stands in quotation marks
        self._owner: list[Label] = []  # the labels of the last paragraph that bore one, outside quotations
        self._owner_bold = False
        self._leading = [lead_of(self._key, p.start, p.end, own) for p, own in zip(paragraphs, labels, strict=True)]
        self._plain = [at for at, p in enumerate(paragraphs) if not p.cell]
        self._anew = [at for at in range(len(paragraphs)) if self._leads_anew(at)]
        self._amending = [at for at, lead in enumerate(self._leading) if lead == "amends" and self._opens(at + 1)]
        self._closing = [at for at, p in enumerate(paragraphs) if self._closes(p)]

    def find(self) -> list[Range]:
        index, count = 0, len(self._paragraphs)
        while index < count:
            last = self._read(index)
            if self._quotes:
                start, end = self._quotes[-1]
                for paragraph in self._paragraphs[index : last + 1]:
                    paragraph.quoted = start <= paragraph.start < end or self._begins(paragraph, start)
            index = last + 1
        return self._quotes

    def _read(self, index: int) -> int:
        """Add the quotations that begin in paragraph `index`; the index of the last paragraph they reach."""
        text, paragraph = self._text, self._paragraphs[index]
        led: Lead = self._leading[index - 1] if index else ""
        at = paragraph.start
        while opened := _OPEN.search(text, at, paragraph.end):
            start, at = opened.start(), opened.end()
            closed = self._closed(opened.group(), at, paragraph.end)
            begins = self._begins(paragraph, start)
            legal = _PROVISION.match(self._key, start, paragraph.end) is not None
            led_here = led if begins else lead_of(self._key, paragraph.start, start, self._labels[index])
            if not (led_here or (legal and (begins or text[start - 2 : start - 1] == ":"))):
                at = closed or at
                continue
            if closed is None:
                last = self._last_paragraph(index)
            else:
                at = closed
                if not (legal or closed - start > _LONG):
                    continue
                last = index
                if not (begins and legal and _BLANK.fullmatch(text, closed, paragraph.end)):
                    self._quotes.append((start, closed))
                    continue
            last = self._continued(index, last)
            self._quotes.append((start, self._paragraphs[last].end))
            return last
        if led and (led == "amends" or not self._normative) and self._unmarked(index, led):
            last = self._resumed(index, italic=self._is_italic(paragraph)) - 1
            self._quotes.append((paragraph.start, self._paragraphs[last].end))
            return last
        if labels := self._labels[index]:
            self._owner, self._owner_bold = labels, paragraph.bold
            self._normative |= any(label.form == "article" for label in labels)
        return index

    def _closes(self, paragraph: Paragraph) -> bool:
        return _CLOSES.search(self._text, max(paragraph.start, paragraph.end - 8), paragraph.end) is not None

    def _begins(self, paragraph: Paragraph, start: int) -> bool:
        """Whether `start` is where the words of `paragraph` begin, but for a bullet or dirt."""
        if not paragraph.start <= start <= paragraph.start + 5:
            return False
        match = _BEFORE_QUOTE.match(self._text, paragraph.start, paragraph.end)
        return match is not None and start <= match.end()

    def _closed(self, mark: str, low: int, high: int) -> int | None:
        """Where the quotation that `mark` opened before `low` ends; inner quotations are stepped over."""
        text = self._text
        high = min(high, low + _LONGEST)
        closer = {"“": "”", "«": "»", "‘‘": "’’"}.get(mark, mark)
        at = text.find(closer, low, high)
        inner = text.find(mark, low, at) if at >= 0 and closer != mark else -1
        while inner >= 0:
            following = text.find(closer, at + 1, high)
            if following < 0:
                break
            inner = text.find(mark, at + 1, following)
            at = following
        return at + len(closer) if at >= 0 else None

    def _last_paragraph(self, index: int) -> int:
        """The last paragraph of a quotation that is not closed in `index`."""
        last = _next_after(self._closing, index)
        leads = [_next_after(self._anew, index)]
        if self._normative:  # elsewhere an amendment is part of what is quoted
            leads.append(_next_after(self._amending, index))
        if last is not None and last <= index + _REACH and not any(lead is not None and lead < last for lead in leads):
            return last
        return self._resumed(index, italic=False) - 1

    def _opens(self, index: int) -> bool:
        """Whether paragraph `index` begins with a quotation mark."""
        return index < len(self._paragraphs) and _OPEN.match(self._text, self._paragraphs[index].start) is not None

    def _leads_anew(self, index: int) -> bool:
        """Whether paragraph `index` introduces a quotation of its own."""
        lead = self._leading[index]
        return lead == "cites" or (lead == "quotes" and self._opens(index + 1))

    def _speaks(self, index: int) -> bool:
        """Whether paragraph `index` begins as the document itself does, or introduces a quotation."""
        paragraph = self._paragraphs[index]
        return resumes(self._key, paragraph.start, paragraph.end) or self._leads_anew(index)

    def _continued(self, first: int, last: int) -> int:
        """`last`, or where the quotation `first:last` goes on after its mark with the next numbers of the provision."""
        if self._normative or last + 1 == len(self._paragraphs) or self._leading[last]:
            return last
        seen = self._seen(first, last + 1)
        labels = self._labels[last + 1]
        goes_on = any(0 < label.value - seen.get((label.form, label.style), label.value) < 4 for label in labels)
        if not goes_on or self._is_own(last + 1, {}):
            return last
        return self._resumed(last + 1, italic=False, seen=seen) - 1

    def _seen(self, first: int, stop: int) -> dict[tuple[str, str], int]:
        """The last values of the labels in the quoted paragraphs `first:stop`, by form and style."""
        seen: dict[tuple[str, str], int] = {}
        for paragraph, labels in zip(self._paragraphs[first:stop], self._labels[first:stop], strict=True):
            if opened := _OPEN.match(self._text, paragraph.start, paragraph.end):
                labels = read_labels(self._text, opened.end(), paragraph.end)
            seen.update({(label.form, label.style): label.value for label in labels})
        return seen

    def _resumed(self, index: int, *, italic: bool, seen: dict[tuple[str, str], int] | None = None) -> int:
        """The first paragraph after `index` in which the document speaks itself again."""
        seen = dict(seen or {})
        low = bisect_left(self._plain, index)
        for at in self._plain[low : low + _LOST_REACH]:
            paragraph = self._paragraphs[at]
            if at > index and (
                self._opens(at)
                or (italic and paragraph.end - paragraph.start > _SHORT and not self._is_italic(paragraph))
                or (self._leading[at] == "amends" and self._labels[at] if self._normative else self._speaks(at))
                or self._is_own(at, seen)
            ):
                return at
            if _ONLY_CLOSES.match(self._text, paragraph.start, paragraph.end):
                return at + 1
            seen.update(self._seen(at, at + 1))
        return index + 1

    def _is_own(self, index: int, seen: dict[tuple[str, str], int]) -> bool:
        """Whether the label of paragraph `index` goes on with the document's own list and not with the quotation's."""
        paragraph = self._paragraphs[index]
        if self._owner_bold and not paragraph.bold:
            return False
        for label in self._labels[index]:
            for own in self._owner:
                if own.form == label.form and follows(label.form, own.value, label.value):
                    last = seen.get((label.form, label.style))
                    return last is None or paragraph.bold or not follows(label.form, last, label.value)
        return False

    def _unmarked(self, index: int, led: Lead) -> bool:
        """Whether paragraph `index`, after a lead and without quotation marks, looks quoted."""
        if self._is_own(index, {}):
            return False
        paragraph, lead, labels = self._paragraphs[index], self._paragraphs[index - 1], self._labels[index]
        if led != "cites":
            words = self._key[max(lead.start, lead.end - 160) : lead.end]
            return led == "amends" and any(names(words, label) for label in labels)
        if self._is_italic(paragraph) or self._text.startswith(("…", "..."), paragraph.start):
            return True
        return bool(labels)

    def _is_italic(self, paragraph: Paragraph) -> bool:
        low, high = self._flow.below_range(paragraph.start, paragraph.end)
        working = self._working
        return high - low > _SHORT and working.is_italic(low, low + 12) and working.is_italic(high - 12, high)


def _next_after(places: list[int], index: int) -> int | None:
    """The first of the sorted `places` behind `index`."""
    at = bisect_right(places, index)
    return places[at] if at < len(places) else None
