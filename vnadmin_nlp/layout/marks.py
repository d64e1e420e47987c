"""What single lines say about their place in a document: the landmarks that head, opening and foot are found by."""

from __future__ import annotations

import re
import unicodedata
from enum import Enum, auto
from functools import cache

from vnadmin_nlp.knowledge.rows import Row, load_rows
from vnadmin_nlp.layout.model import Line
from vnadmin_nlp.text import WorkingText, bare_of, key_of

LONGEST = 400  # characters of a line that are looked at


class Landmark(Row):
    """Words that open a line of a known part. `caps`: only in capitals; `inner`: also further on in the line."""

    part: str
    phrases: list[str]
    caps: bool = False
    inner: bool = False


class Mark(Enum):
    """What a line is, as far as one line alone can say."""

    BORDER = auto()  # only a table border
    RULE = auto()  # a drawn line, a star, dots
    NATIONAL = auto()  # Quốc hiệu, Tiêu ngữ, or ĐẢNG CỘNG SẢN VIỆT NAM
    NUMBER = auto()
    DATE = auto()  # place and date, or a part of it
    SUBJECT = auto()  # V/v
    MARKING = auto()  # urgency or secrecy
    ADDRESSEES = auto()
    TELEGRAM = auto()  # X điện:
    TITLE = auto()
    FORMULA = auto()  # QUYẾT ĐỊNH:
    ARTICLE = auto()  # Điều 1, Chương I
    ITEM = auto()  # 1. or I. or a)
    BULLET = auto()
    OPENER = auto()  # Căn cứ, Thực hiện: how a preamble begins
    RECIPIENTS = auto()
    PAGE = auto()  # page number, page break
    STAMP = auto()  # digital signature, stamps
    CAPS = auto()  # other words in capitals
    WORDS = auto()


class Sheet:
    """The lines of a text that are not blank, by index, with the folded forms landmarks are matched in."""

    def __init__(self, text: WorkingText, lines: list[Line]) -> None:
        self.text = text
        self.lines = [line for line in lines if not line.blank]
        self._bare: dict[int, str] = {}
        self._marks: dict[int, Mark] = {}

    def __len__(self) -> int:
        return len(self.lines)

    def words(self, i: int) -> str:
        line = self.lines[i]
        return self.text.text[line.start : min(line.end, line.start + LONGEST)]

    def bare(self, i: int) -> str:
        """Line `i` in lower case and without marks, cut at `LONGEST` characters; leading borders and quotes are kept."""
        if i not in self._bare:
            line = self.lines[i]
            self._bare[i] = bare_of(self.text.key[line.start : min(line.end, line.start + LONGEST)])
        return self._bare[i]

    def gap(self, i: int) -> bool:
        """Whether a blank line stands before line `i`."""
        return i == 0 or self.lines[i].number - self.lines[i - 1].number > 1

    def caps(self, i: int) -> bool:
        return is_caps(self.words(i))

    def tail(self, i: int) -> str:
        """The last words of line `i`, lower case and without marks, closing quotation marks and borders left out."""
        line = self.lines[i]
        return bare_of(self.text.key[max(line.start, line.end - 40) : line.end]).rstrip(_CLOSING)

    def mark(self, i: int) -> Mark:
        if i not in self._marks:
            self._marks[i] = self._wrapped(i) or mark_of(self.words(i), self.bare(i))
        return self._marks[i]

    def _wrapped(self, i: int) -> Mark | None:
        """The mark of a landmark of which only the first word or two stand on line `i`."""
        if i + 1 >= len(self) or self.gap(i + 1):
            return None
        words, after = self.words(i), self.words(i + 1)
        if len(words) > 13 or not words[-1].isalpha() or not after[0].isalpha():
            return None
        mark = mark_of(f"{words} {after}", f"{self.bare(i)} {self.bare(i + 1)}")
        return mark if mark in _WRAPPABLE else None


def is_caps(words: str) -> bool:
    """Whether `words` are printed in capitals: a letter or two may be small (scans)."""
    small = sum(map(str.islower, words))
    return small == 0 and words.upper() != words.lower() or 0 < small <= len(words) // 10 and words[:1].isupper()


@cache
def _rows() -> tuple[Landmark, ...]:
    return load_rows("section_landmarks", Landmark)


@cache
def _pattern(*parts: str) -> re.Pattern[str]:
    """The phrases of `parts` as one pattern on bare text."""
    phrases = {bare_of(key_of(p)) for row in _rows() if row.part in parts for p in row.phrases}
    return re.compile(rf"(?:{'|'.join(map(re.escape, sorted(phrases, key=len, reverse=True)))})(?![a-z0-9])")


def opens(part: str, bare: str) -> re.Match[str] | None:
    """The phrase of `part` that `bare` begins with, bullets and borders before it left out."""
    return _pattern(part).match(bare, lead_of(bare))


def starts_chrome(sheet: Sheet, i: int) -> bool:
    """Whether line `i` begins as the words of a web site around a document do."""
    line = sheet.lines[i]
    hit = _chrome().match(sheet.text.key, line.start, line.end) or _LINK.match(sheet.text.text, line.start, line.end)
    return hit is not None


_LINK = re.compile(r"[\s*|#>]*!?\[[^\]\n]{0,300}\]\(|more[A-ZÀ-ỸĐ]")


@cache
def _chrome() -> re.Pattern[str]:
    """The phrases of `chrome`, with their marks: `tải về` is not `tại`."""
    strong, whole = (
        "|".join(re.escape(key_of(p)) for row in _rows() if row.part == part for p in row.phrases)
        for part in ("chrome", "chrome_heading")
    )
    return re.compile(rf"[\s|\-!\"“]*(?:(?:{strong})(?!\w)|(?:{whole})[\s:.|]*$)")


def lead_of(bare: str) -> int:
    """Where the words of `bare` begin, after bullets, borders and quotation marks."""
    match = _LEAD.match(bare)
    return match.end() if match else 0


_WRAPPABLE = frozenset({Mark.ADDRESSEES, Mark.RECIPIENTS, Mark.FORMULA, Mark.SUBJECT, Mark.NATIONAL, Mark.OPENER, Mark.ARTICLE})
_CLOSING = ' *|"”’\''
_LEAD = re.compile(r"[^a-z0-9]*")
_INDENT = re.compile(r"[\s|*]*")
_BORDER = re.compile(r"[|\s]+$")
_RULE = re.compile(r"[\s\-_=~*.…—–+|:'\"`^,;]+(?:o0?o[\s\-_=~*.]+)?$")
_NATIONAL = re.compile(
    r"[ck][o0]ng ?h[a-z]{1,3} ?x[a-z]?|h[a-z]{1,2} xa h[a-z]i|x[a-z] h[a-z]i chu|h[a-z]i chu ng|ch[a-z]? ?ngh[a-z]{2} ?vi|doc l[a-z]p\b|tu [dt][o0] ?-? ?h[a-z]nh|dang cong san\b"
)
_MOTTO = re.compile(r"d[a-z]c l[a-z]p ?[-.~ ]")
_NUMBER = re.compile(r"\W*[s$8][o06e]\W{0,3}\S.{0,14}?/ ?[a-z]{2}|['\"`.,|*\s]*(?:so|s6|s0|luat so)\b ?\W{0,4}[^\s]{0,12}.{0,40}/|['\"`.,|*\s]*so ?[:.]|so \d{1,5} ?-[a-z]{1,5}/")
_DATE = re.compile(
    r"(?!.*\b(?:luat|nghi (?:dinh|quyet)|thong tu|quyet dinh|cong van|phap lenh)\b)(?:^|.{2,45}[,. ])\s*ng[a-z.]{1,2}\W{0,3}.{0,14}?th[a-z]{2,3}\W?.{0,12}?n[a-z]m\b.{0,12}$|.{2,45}[, ] ?ngay\b.{0,6}$|ngay\s*(?:thang.*)?$"
    r"|.{0,12}\bthang .{1,8}nam (?:\d.{0,5}|\W*)$"
)
_DAY_MONTH = re.compile(r"\bng[a-z.]{1,2}\W{0,3}.{0,14}?th[a-z]{2,3}\W?.{0,12}?n[a-z]m\b")
_SUBJECT = re.compile(r"['\"`.,*|\s(]*(?:v ?[/\\i1l|] ?v\b|vv\b|viv\b|vi v\b|ve viec\b)")
_ARTICLE = re.compile(
    r"dieu (?:\d+|l|i)[a-z]?\s*(?:[.:\-]|$)|(?:chuong|phan|muc) (?:thu )?(?:\d+|[ivx]+|nhat|mot|hai|ba)\s*(?:[.:\-]|$)"
)
_ITEM = re.compile(r"\(?(?:\d{1,2}(?:\.\d{1,2})*|[ivxl]{1,5})(?:[.)/:](?!\d)|\.?-)\s?\S?|\(?[a-h]\)\s")
_BULLET = re.compile(r"[-+~•*–]\s?\S")
_GREETING = re.compile(r".{1,3}\bkinh g[uo]i\b")
_PAGE = re.compile(r"[-\s]*(?:trang\s*)?\d{1,4}(?:\s*/\s*\d{1,4})?[-\s]*$|-* ?page break ?-*$")
_TELEGRAM = re.compile(r".{0,120}\bdien ?:|dien ?:")
_MARKING = re.compile(r"\W*(?:hoa toc|thuong khan|khan|tuyet mat|toi mat|mat)(?: hen gio)?\W*$")
_MAIL = re.compile(r"[\w.]+@[\w.]+\.\w|\+0?7[:.']?00|\d{1,2}:\d\d:\d\d")
FOOTER = re.compile(r"scanned with|www\.|https?:|website|lawsoft|e-?mail|\btel\b|thuvienphapluat|dien thoai")
_SIGNED_BY = re.compile(r"\bky so boi\b|\bthoi gian ky\b|chu ky (?:so )?cua")


def mark_of(words: str, bare: str) -> Mark:  # noqa: C901
    """What the line `words` is; `bare` is its folded form."""
    if _BORDER.match(bare):
        return Mark.BORDER
    if _RULE.match(bare):
        return Mark.RULE
    if _PAGE.match(bare):
        return Mark.PAGE
    size = len(bare)
    if size < 160 and (_MOTTO.search(bare) or _NATIONAL.search(bare) and not bare.startswith("nuoc ") and _mostly_caps(words)):
        return Mark.NATIONAL
    at = _indent(bare)
    if opens("recipients", bare):
        return Mark.RECIPIENTS
    if opens("addressees", bare) or _GREETING.match(bare):
        return Mark.ADDRESSEES
    if size < 140 and _NUMBER.match(bare):
        return Mark.NUMBER
    if size < 110 and _DATE.match(bare):
        return Mark.DATE
    if _SUBJECT.match(bare):
        return Mark.SUBJECT
    if size < 30 and _MARKING.match(bare) and is_caps(words):
        return Mark.MARKING
    if size < 90 and (_MAIL.search(bare) or opens("stamp", bare)) or size < 260 and _SIGNED_BY.search(bare):
        return Mark.STAMP
    caps = size < 200 and is_caps(words)
    if caps and bare.rstrip().endswith(":") and opens("formula", bare):
        return Mark.FORMULA
    if _TELEGRAM.match(bare):
        return Mark.TELEGRAM
    if _ARTICLE.match(bare, at):
        return Mark.ARTICLE
    if _ITEM.match(bare, at):
        return Mark.ITEM
    if not caps and (opens("opener", bare) or _pattern("reception").search(bare)):
        return Mark.OPENER
    if _BULLET.match(bare):
        return Mark.BULLET
    return Mark.CAPS if caps else Mark.WORDS


def _indent(bare: str) -> int:
    match = _INDENT.match(bare)
    return match.end() if match else 0


def has_date(bare: str) -> bool:
    """Whether the folded line `bare` holds a date, blank or not."""
    return bool(_DAY_MONTH.search(bare))


def _mostly_caps(words: str) -> bool:
    upper, lower = sum(map(str.isupper, words)), sum(map(str.islower, words))
    return upper > lower


def reads(text: str) -> set[str]:
    """The ids of the rows of `section_landmarks` that `text`, one line, begins with (or holds, where `inner`)."""
    words = unicodedata.normalize("NFC", text)
    bare = bare_of(key_of(words))
    found = set()
    for row in _rows():
        phrases = "|".join(re.escape(bare_of(key_of(p))) for p in row.phrases)
        pattern = re.compile(rf"(?:{phrases})(?![a-z0-9])")
        hit = pattern.search(bare) if row.inner else pattern.match(bare, lead_of(bare))
        if hit and (not row.caps or is_caps(words)):
            found.add(row.id)
    return found
