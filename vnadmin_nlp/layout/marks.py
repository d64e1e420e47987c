"""What single lines are: the marks that head, opening and foot are found by.

Patterns run on bare text (lower case, no marks) and allow for what scans do to well-known words: `CONG HOA XA HOI`,
`Tự đo`, `$6:`, `Viv`. They look at one line, at most `LONGEST` characters of it.
"""

from __future__ import annotations

import re
from enum import Enum, auto

from vnadmin_nlp.layout.landmarks import chrome_pattern, opens, pattern
from vnadmin_nlp.layout.model import Line
from vnadmin_nlp.text import WorkingText, bare_of

LONGEST = 400


class Mark(Enum):
    """What a line is, as far as one line alone can say."""

    BORDER = auto()  # only a table border
    RULE = auto()  # a drawn line, a star, dots
    PAGE = auto()  # page number, page break
    NATIONAL = auto()  # Quốc hiệu, Tiêu ngữ, or ĐẢNG CỘNG SẢN VIỆT NAM
    NUMBER = auto()
    DATE = auto()  # place and date, or a part of it
    SUBJECT = auto()  # V/v
    MARKING = auto()  # urgency, secrecy, DỰ THẢO
    ADDRESSEES = auto()  # Kính gửi
    TELEGRAM = auto()  # X điện:
    TITLE = auto()  # QUYẾT ĐỊNH, where it is asked for (see `title.is_title`)
    FORMULA = auto()  # QUYẾT ĐỊNH:
    ARTICLE = auto()  # Điều 1, Chương I
    ITEM = auto()  # 1. or I. or a)
    BULLET = auto()
    OPENER = auto()  # Căn cứ, Thực hiện: how a preamble begins
    RECIPIENTS = auto()  # Nơi nhận
    STAMP = auto()  # digital signature, stamps
    CAPS = auto()  # other words in capitals
    WORDS = auto()


class Sheet:
    """The lines of the running text that are not blank, by index, with the folded forms they are looked at in.

    A line without words is a border between the cells of a table.
    """

    def __init__(self, text: WorkingText, lines: list[Line]) -> None:
        self.text = text
        self.lines = lines
        self._spacing = _spacing(self.lines)
        self._bare: dict[int, str] = {}
        self._marks: dict[int, Mark] = {}

    def __len__(self) -> int:
        return len(self.lines)

    def words(self, i: int) -> str:
        """Line `i` as printed, cut at `LONGEST` characters."""
        line = self.lines[i]
        return self.text.text[line.start : min(line.end, line.start + LONGEST)] or "|"

    def bare(self, i: int) -> str:
        """Line `i` in lower case and without marks, cut at `LONGEST` characters."""
        if i not in self._bare:
            line = self.lines[i]
            self._bare[i] = bare_of(self.text.key[line.start : min(line.end, line.start + LONGEST)]) or "|"
        return self._bare[i]

    def tail(self, i: int) -> str:
        """The last words of line `i`, bare, without closing quotation marks and borders."""
        line = self.lines[i]
        return bare_of(self.text.key[max(line.start, line.end - 40) : line.end]).rstrip(_CLOSING)

    def gap(self, i: int) -> bool:
        """Whether more blank lines stand before line `i` than between any two lines of the text."""
        return i == 0 or self.lines[i].step > self._spacing

    def caps(self, i: int) -> bool:
        """Whether line `i` is printed in capitals."""
        return is_caps(self.words(i))

    def mark(self, i: int) -> Mark:
        """What line `i` is."""
        if i not in self._marks:
            mark = mark_of(self.words(i), self.bare(i))
            self._marks[i] = self._wrapped(i) or mark if mark in (Mark.WORDS, Mark.CAPS) else mark
        return self._marks[i]

    def _wrapped(self, i: int) -> Mark | None:
        """The mark of a landmark of which only the first word or two stand on line `i`."""
        words = self.words(i)
        if len(words) > 13 or not words[-1].isalpha() or i + 1 >= len(self) or self.gap(i + 1):
            return None
        after = self.words(i + 1)
        if not after[0].isalnum():
            return None
        mark = mark_of(f"{words} {after}", f"{self.bare(i)} {self.bare(i + 1)}")
        if mark is Mark.NATIONAL and mark_of(after, self.bare(i + 1)) is mark:
            return None  # the words above it are of another column
        if mark is Mark.TELEGRAM:  # who telegraphs may begin on the second line, under the last words of the subject
            return None if opens("power", self.bare(i + 1)) else mark
        return mark if mark in _WRAPPABLE else None

    def states(self, i: int) -> bool:
        """Whether line `i` begins a paragraph that tells something: what subjects and lists of addressees never do."""
        line = self.lines[i]
        stop = min(line.end, line.start + LONGEST)
        if not self.words(i)[:1].isupper() or not _TELLS.search(self.text.key, line.start, stop):
            return False
        for j in range(i, min(i + 5, len(self))):
            if self.tail(j).endswith("."):
                return True
            if j + 1 < len(self) and self.gap(j + 1):
                return False
        return False

    def chrome(self, i: int) -> bool:
        """Whether line `i` begins as the words of a web site around a document do."""
        line = self.lines[i]
        if chrome_pattern().match(self.text.key, line.start, line.end):
            return True
        return _TEASER.match(self.text.text, line.start, line.end) is not None


def _spacing(lines: list[Line]) -> int:
    """How far one line stands from the next: 2 where a blank line follows almost every wrapped line, else 1.

    Lines that are whole paragraphs are long, and blank lines between them say nothing about wrapping.
    """
    steps = [line.step for line in lines[1:]]
    doubled = len(steps) > 8 and sum(step > 1 for step in steps) > 0.9 * len(steps)
    return 2 if doubled and sum(line.end - line.start > 130 for line in lines) < 0.05 * len(lines) else 1


def is_caps(words: str) -> bool:
    """Whether `words` are printed in capitals: a letter in ten may be small (scans)."""
    small = sum(map(str.islower, words))
    if small == 0:
        return words.upper() != words.lower()
    return small <= len(words) // 10 and words[:1].isupper()


def _mostly_caps(words: str) -> bool:
    return sum(map(str.isupper, words)) > sum(map(str.islower, words))


def has_date(bare: str) -> bool:
    """Whether the folded line `bare` holds a date, blank or not."""
    return DAY_MONTH_YEAR.search(bare) is not None


# a date, its figures missing, blank or misread
_IN_FIGURES = r"ngay \d{1,2}[/.-]\d{1,2}[/.-]\d{4}"
_DAY_MONTH_YEAR = r"ng[ad.](?!n)[a-z.]?\W{0,3}.{0,14}?(?:th[a-z]{2,3}|h[a-z]ng)\W?.{0,12}?(?:n[a-z]m|[a-z]{1,2}am)\b"
DAY_MONTH_YEAR = re.compile(rf"\b(?:{_DAY_MONTH_YEAR}|{_IN_FIGURES})")
WATERMARK = re.compile(r"lawsoft|thu ?vien ?phap ?luat|scanned with")
FOOTER = re.compile(r"scanned with|www\.|file:|https?:|website|lawsoft|e-?mail|\btel\b|thuvienphapluat|dien thoai")

# on keys: a number and, on the same line, what the letter is about
NUMBER_AND_SUBJECT = re.compile(r"(?P<number>số ?: ?(?:\S{1,30} ?){1,3}?) +(?=v/v\b|v/v:|về việc\b)")

_TELLS = re.compile(r"\b(?:đã|tuy|nhưng|chưa|song|vẫn|hiện nay)\b")

_WRAPPABLE = frozenset(
    {Mark.ADDRESSEES, Mark.RECIPIENTS, Mark.FORMULA, Mark.SUBJECT, Mark.NATIONAL, Mark.OPENER, Mark.ARTICLE}
)
_CLOSING = " *|\"”’'"
_INDENT = re.compile(r"[\s|*]*")
_TEASER = re.compile(r"more[A-ZĐ]")
_BORDER = re.compile(r"[|\s]+$")
_RULE = re.compile(r"[\s\-_=~*.…—–+|:'\"`^,;]+(?:o0?o[\s\-_=~*.]+)?$")
_PAGE = re.compile(r"[-\s]*(?:trang\s*)?\d{1,4}(?:\s*/\s*\d{1,4})?[-\s]*$|-* ?page break ?-*$")
# Tiêu ngữ, its first word and last letters misread; what follows tells it from `đo đạc lập bản đồ`, `kiểm toán độc lập`
MOTTO = re.compile(r"d[a-z] ?c ?[il1|][a-z] ?p(?: ?[-~=–—]|\W{1,9}t[a-z]{1,2}\W{0,3}[dt][a-z0]\b)")
_NATIONAL = re.compile(
    r"[ck][o0]ng ?h[a-z]{1,3} ?x[a-z]?|h[a-z]{1,2} xa h[a-z]i|x[a-z] h[a-z]i chu|h[a-z]i chu ng"
    r"|ch[a-z]? ?ngh[a-z]{2} ?vi|\bdoc lap$|tu [dt][o0] ?-? ?h[a-z]nh|dang cong san\b"
)
_NUMBER = re.compile(
    r"\W*[s$8][o06e]\W{0,3}\S.{0,14}?/ ?[a-z]{2}"
    r"|['\"`.,|*\s]*(?:(?:so|s6|s0|luat so)\b(?! (?:voi|hieu)\b) ?\W{0,4}\S{0,12}.{0,40}/|so ?[:.])"
    r"|so \d{1,5} ?-[a-z]{1,5}/|\W?[58][o06e] ?:.{0,14}/ ?[a-z]{2}"
)
_YEAR = re.compile(r"(?:n[a-z]|[a-z]a)m\b")  # a date holds this or `ngay`
_DATE = re.compile(
    r"(?!.*\b(?:luat|nghi (?:dinh|quyet)|thong tu|quyet dinh|cong van|phap lenh)\b)"
    r"(?!.*\b(?:van ban|bao cao|to trinh|ke hoach|nhan duoc)\b)"
    r"(?!.*\b(?:cung|trong|hang|moi|tu|den|truoc|sau|vao|so) ngay\b)"
    rf"(?:(?:^|(?:.{{2,40}} {{3,}})?.{{2,45}}[,. ])\s*{_DAY_MONTH_YEAR}.{{0,12}}$|.{{2,45}}, ?{_IN_FIGURES}\W*$"
    r"|.{2,45}[, ] ?ngay\b.{0,6}$|ngay\s*(?:thang.*)?$"
    r"|.{0,12}\bthang (?!(?:cuoi|dau|giua|con lai)\b).{1,8}nam (?:\d.{0,5}|\W*)$)"
)
_SUBJECT = re.compile(r"['\"`.,*|\s(]*(?:v ?[/\\i1l|] ?v\b|v[#%a4]?[vw]\b|v[#%4]\s|vy\b|viv\b|vi v\b|ve viec\b)")
_MARKING = re.compile(
    r"\W*(?:hoa toc(?: hen gio)?|thuong khan|khan|tuyet mat|toi mat|mat|du thao(?: lan \d)?|luu hanh noi bo)\W*$"
)
_GREETING = re.compile(r"gui ?:|.{1,3}\bkinh g[uo]i\b|.{4,60}\bkinh g[uo]i ?:\W*$")  # what a scan put before it
_TELEGRAM = re.compile(r".{0,120}\bdien ?:")
_ARTICLE = re.compile(
    r"dieu (?:\d+|l|i)[a-z]?\s*(?:[.:\-]|$)|(?:chuong|phan|muc) (?:thu )?(?:\d+|[ivx]+|nhat|mot|hai|ba)\s*(?:[.:\-]|$)"
)
_ITEM = re.compile(r"\(?(?:\d{1,2}(?:\.\d{1,2})*|[ivxl]{1,5})(?:[.):](?!\d)|/\s|\.-)|[ivxl]{1,5} ?- |\(?[a-h]\)\s")
_PART = re.compile(r"[A-E] ?[.)/] ?[A-ZĐÀ-Ỹ]\w")
_BULLET = re.compile(r"[-+~•*–]\s?\S")
_MAIL_OR_CLOCK = re.compile(r"[\w.]{1,60}@[\w.]{1,60}\.\w|\+0?7[:.']?00|\d{1,2}:\d\d:\d\d")
_SIGNED_BY = re.compile(r"\bky so boi\b|\bthoi gian ky\b|chu ky (?:so )?cua")


def mark_of(words: str, bare: str) -> Mark:
    """What the line `words` is; `bare` is its folded form."""
    return _drawn(bare) or _of_frame(words, bare) or _of_text(words, bare)


def _drawn(bare: str) -> Mark | None:
    """Lines without words."""
    if _BORDER.match(bare):
        return Mark.BORDER
    if _RULE.match(bare):
        return Mark.RULE
    return Mark.PAGE if _PAGE.match(bare) else None


def _of_frame(words: str, bare: str) -> Mark | None:
    """Lines of head and foot."""
    size = len(bare)
    if size < 160 and (MOTTO.search(bare) or _is_national(words, bare)):
        return Mark.NATIONAL
    if opens("recipients", bare):
        return Mark.RECIPIENTS
    if opens("addressees", bare) or _GREETING.match(bare):
        return Mark.ADDRESSEES
    if size < 140 and _NUMBER.match(bare):
        return Mark.NUMBER
    if size < 110 and ("ngay" in bare or _YEAR.search(bare)) and _DATE.match(bare):
        return Mark.DATE
    if _SUBJECT.match(bare):
        return Mark.SUBJECT
    if size < 30 and _MARKING.match(bare) and is_caps(words):
        return Mark.MARKING
    if size < 90 and (_MAIL_OR_CLOCK.search(bare) or opens("stamp", bare) or opens("register", bare)):
        return Mark.STAMP
    if size < 260 and _SIGNED_BY.search(bare):
        return Mark.STAMP
    return None


def _is_national(words: str, bare: str) -> bool:
    """Quốc hiệu or a part of it in capitals, but not in the name of a post (`CHỦ TỊCH / NƯỚC CỘNG HÒA …`)."""
    return _NATIONAL.search(bare) is not None and "nuoc cong h" not in bare and _mostly_caps(words)


def _of_text(words: str, bare: str) -> Mark:
    """Lines of the text proper, and what is left."""
    caps = len(bare) < 200 and is_caps(words)
    if caps and bare.rstrip().endswith(":") and opens("formula", bare):
        return Mark.FORMULA
    if _TELEGRAM.match(bare):
        return Mark.TELEGRAM
    indent = _INDENT.match(bare)
    at = indent.end() if indent else 0
    if _ARTICLE.match(bare, at):
        return Mark.ARTICLE
    if _ITEM.match(bare, at) or _PART.match(words, at):
        return Mark.ITEM
    if not caps and (opens("opener", bare) or pattern("reception").search(bare)):
        return Mark.OPENER
    if _BULLET.match(bare):
        return Mark.BULLET
    return Mark.CAPS if caps else Mark.WORDS
