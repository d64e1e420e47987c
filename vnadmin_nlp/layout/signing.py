"""The lines of the foot: which are of the recipients (Nơi nhận), which of the signature, and where they end."""

from __future__ import annotations

import re

from vnadmin_nlp.layout.columns import is_name, like_name, of_signature, split_foot
from vnadmin_nlp.layout.foot import DASHED, is_listed, signs
from vnadmin_nlp.layout.landmarks import opens
from vnadmin_nlp.layout.marks import FOOTER, WATERMARK, Mark, Sheet
from vnadmin_nlp.layout.model import Labels
from vnadmin_nlp.schema import SectionLabel

LONGEST_FOOT = 500  # lines
DEBRIS = 3  # lines after the archive copy that may be nothing but debris of a scan
_ARCHIVE = re.compile(r"^[^a-z0-9]*luu\b|[-;~] ?luu\W{0,3}v")
_WITH = re.compile(r"\W*(?:kem theo|ban hanh kem)\b")  # how an appendix says what it belongs to
_COPIED = re.compile(r"\bsao (?:luc|y|y ban chinh)\W*$")
FOOTNOTE = re.compile(r"\W*\[\d{1,3}\]")
_OF_HEAD = frozenset({Mark.CAPS, Mark.NUMBER, Mark.RULE, Mark.BORDER})
_RECIPIENTS, _SIGNATURE = SectionLabel.RECIPIENTS, SectionLabel.SIGNATURE


def label_foot(sheet: Sheet, labels: Labels, start: int) -> int:
    """Label recipients and signature from line `start`; the result is the first line after them."""
    if 0 < start < len(sheet) and sheet.mark(start - 1) is Mark.BORDER and is_listed(sheet, start):
        return _label_cells(sheet, labels, start)
    return _Foot(sheet, labels, start).label()


def _label_cells(sheet: Sheet, labels: Labels, start: int) -> int:
    """Label a foot whose two cells stand one below the other between table borders; more cells where more sign."""
    i, end, label, named = start, min(len(sheet), start + LONGEST_FOOT), _RECIPIENTS, False
    while i < end:
        if sheet.mark(i) is Mark.BORDER:
            if label is _SIGNATURE and not signs(sheet, i + 1):
                labels[i] = label
                return i + 1
            label = _SIGNATURE if i - start > 1 else label
        elif named and sheet.gap(i) and not signs(sheet, i):
            return i
        labels[i] = label
        named = named or (label is _SIGNATURE and is_name(sheet.words(i).strip(" *")))
        i += 1
    return i


class _Foot:
    """Labels a foot without printed borders, its columns side by side or one below the other."""

    def __init__(self, sheet: Sheet, labels: Labels, start: int) -> None:
        self.sheet = sheet
        self.labels = labels
        self.start = start
        self.end = min(len(sheet), start + LONGEST_FOOT)
        self.headed = False  # the heading of the recipients has been seen
        self.listing = False  # the heading or an item has been seen
        self.archived = False  # `Lưu:` has been seen
        self.named = False  # the name of the last signer has been seen
        self.debris = 0

    def label(self) -> int:
        """The first line after the foot."""
        for i in range(self.start, self.end):
            split_foot(self.sheet.text, self.sheet.lines[i])
            label = None if self._follows(i) else self._label_of(i)
            if label is None:
                return i
            self.labels[i] = label
            self.archived = self.archived or _ARCHIVE.search(self.sheet.bare(i)) is not None
            if label is _SIGNATURE and self.named and signs(self.sheet, i):
                self.named = False  # one more signs
            self.named = self.named or self._names(i)
        return self.end

    def _names(self, i: int) -> bool:
        text = self.sheet.text.text
        return any(is_name(text[cell.start : cell.end].strip(" *")) for cell in self.sheet.lines[i].cells)

    def _follows(self, i: int) -> bool:
        """Whether another document, an appendix with its own head, or the words of a site begin at line `i`."""
        mark = self.sheet.mark(i)
        if i == self.start:
            return False
        if self.sheet.chrome(i):
            return True
        if mark is Mark.NATIONAL or (mark in (Mark.NUMBER, Mark.ADDRESSEES) and (self.named or self.archived)):
            return True
        return mark is Mark.CAPS and (self.named or self.archived) and self._above_national(i)

    def _label_of(self, i: int) -> SectionLabel | None:
        mark, bare = self.sheet.mark(i), self.sheet.bare(i)
        if is_listed(self.sheet, i):
            if self.named and self.headed:
                return None
            self.headed = self.listing = True
            return _RECIPIENTS
        if mark in (Mark.BORDER, Mark.RULE, Mark.PAGE):
            return self._label_of_drawn(i, mark)
        if len(self.sheet.lines[i].cells) > 1 and self._signs_twice(i):
            return _SIGNATURE
        first = bare.lstrip("| ")[:1]
        dashed = first in ("-", "~", "+", "*", "•") and not (WATERMARK.search(bare) and "www" in bare)
        if len(self.sheet.lines[i].cells) > 1 or dashed:
            self.listing = True
            return None if self.named and self.archived and not self._listed_on(i) else _RECIPIENTS
        if opens("register", bare) or _COPIED.search(bare) or WATERMARK.search(bare):
            return None if self.named else SectionLabel.NOISE
        if self.archived and mark is not Mark.STAMP and FOOTER.search(bare):
            return SectionLabel.NOISE
        words = self.sheet.words(i).strip(" |*")
        if of_signature(words) or mark is Mark.STAMP:
            return None if self.named and is_name(words) and not self._below_post(i) else _SIGNATURE
        if self.listing and not self.archived and self._list_goes_on(i):
            return _RECIPIENTS
        if self.named or FOOTNOTE.match(bare) or (self.archived and (opens("appendix", bare) or _WITH.match(bare))):
            return None
        return self._label_of_words(i, words, bare)

    def _label_of_drawn(self, i: int, mark: Mark) -> SectionLabel | None:
        """The label of a page number, border or drawn line; None where it ends the foot."""
        below = range(i + 1, min(i + 4, self.end))
        if mark is Mark.PAGE:
            near = any(of_signature(self.sheet.words(j).strip(" |*")) for j in below)
            return SectionLabel.NOISE if near or not self.archived else None
        if mark is Mark.RULE and (self.named or self.archived):
            near = any(self.sheet.mark(j) is Mark.STAMP or signs(self.sheet, j) for j in below[:2])
            return _SIGNATURE if near else None
        return self.labels[i - 1] if i > self.start else _SIGNATURE

    def _label_of_words(self, i: int, words: str, bare: str) -> SectionLabel | None:
        """The label of a line that is neither an item nor a clear part of a signature."""
        above = self.labels[i - 1] if i else None
        if self.listing and not self.archived:
            post = opens("post", bare)
            if post and (above is _SIGNATURE or post.end() == len(bare)):
                return _SIGNATURE
            if above is _RECIPIENTS or not self.sheet.caps(i):
                return _RECIPIENTS if len(words) < 110 else None
            return _SIGNATURE
        if self.sheet.caps(i) or (opens("post", bare) and above is _SIGNATURE):
            return _SIGNATURE
        if not self.archived:
            return _SIGNATURE if len(words) < 40 else None
        if like_name(words):
            return _SIGNATURE
        self.debris += 1
        return _RECIPIENTS if self.debris <= DEBRIS and len(words) < 60 else None

    def _list_goes_on(self, i: int) -> bool:
        """Whether line `i` is the rest of a recipient and more recipients follow."""
        bare = self.sheet.bare(i)
        post = opens("post", bare)
        if self.sheet.caps(i) or len(bare) > 110 or (post and post.end() == len(bare)):
            return False
        return any(DASHED.match(self.sheet.bare(j)) for j in range(i + 1, min(i + 5, self.end)))

    def _listed_on(self, i: int) -> bool:
        """Whether the item on line `i` goes on with a list of two columns, of which the right one holds the archive."""
        ended = self.sheet.tail(i).endswith(";") and len(self.sheet.words(i)) < 90
        return ended and self.labels[i - 1] is _RECIPIENTS and not self.sheet.gap(i)

    def _signs_twice(self, i: int) -> bool:
        """Whether both columns of line `i` are of signatures, as in minutes and joint documents."""
        left = self.sheet.lines[i].cells[0]
        return of_signature(self.sheet.text.text[left.start : left.end])

    def _above_national(self, i: int) -> bool:
        """Whether line `i`, in capitals, is the issuer of a document that follows."""
        below = map(self.sheet.mark, range(i + 1, min(i + 4, len(self.sheet))))
        return next((mark for mark in below if mark not in _OF_HEAD), None) is Mark.NATIONAL

    def _below_post(self, i: int) -> bool:
        above = range(max(0, i - 3), i)
        return any(self.labels[j] is _SIGNATURE and self.sheet.caps(j) for j in above)
