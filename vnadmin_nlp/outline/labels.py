"""Labels of numbered items: their forms, and how the number or letter in one counts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from vnadmin_nlp.knowledge.rows import Row, load_rows

Reading = Literal["arabic", "roman", "letter", "numeral", "compound"]

_LETTERS = "abcdđefghijklmnopqrstuvwxyz"
_NUMERALS = {"nhất": 1, "một": 1, "hai": 2, "ba": 3, "tư": 4, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8}
_ROMAN = re.compile(r"(?=.)(?:xl|l?x{0,3})(?:ix|iv|v?i{0,3})")
_ROMAN_DIGITS = {"i": 1, "v": 5, "x": 10, "l": 50}
# one look that sends most paragraphs away before any form is tried
_GATE = re.compile(
    r"\(?(?:\d{1,3}[a-zđ]?|[IVX]{1,6}|[A-HĐK-UYZ]|[a-zđ]\d{0,2}|[ivx]{1,4})(?: ?\[\d{1,3}\])? ?[.)/:-]"
    r"|Ph[ầ]n |PHẦN |Chương |CHƯƠNG |Mục |MỤC |Tiểu |TIỂU |[ĐD][iíì][êéeềễểệù]+u? ?\d|ĐI[ỀÊ]U ?\d"
)
_AFTER_ALONE = re.compile(r" ?(?:[.:;]|-(?= ))|(?=\n|\Z)| (?=[^\W\d_a-z]{2})")
_BLANKS = re.compile(r"[ .:-]{0,8}(?:\[\d{1,3}\] ?)?")
# what scans make of Roman numbers, before a title in capitals
_MISREAD_ROMAN = re.compile(r"(?P<v>(?=[IVX]{0,3}[HlLỊT1|])[IVXHlLỊT1|]{1,4}) ?(?P<close>[.)/-]) ?(?=[A-ZĐÀ-Ỹ]{2})")
_ROMAN_FIGURES = str.maketrans({"H": "II", "l": "I", "L": "I", "Ị": "I", "T": "I", "1": "I", "|": "I"})
# and of numbers: a comma for the stop, a sign for the figure
_MISREAD_NUMBER = re.compile(r"(?:[.'`,] ?)?(?P<v>\d{1,2}|[§$]) ?[.,;:] (?=[A-ZĐÀ-Ỹ])")
# after the number of an article: it is one of another document
_FOREIGN = re.compile(
    r" (?:Nghị|Thông|Luật|Quyết|Chỉ thị|Bộ [Ll]uật|Pháp|Quy|Điều|Hiến|Công|Văn|Chương|Mục|Khoản|Phần)\b"
)


class NumberingRow(Row):
    """One form of label. `rank` says how far out it stands (small is outer).

    `first` are the letters it may begin with. `alone` forms want nothing but punctuation or capitals after them.
    """

    reads: Reading
    rank: int
    first: str
    pattern: str
    word: str = ""
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Label:
    """A label at `start`, its words beginning at `body`.

    `style` tells `1.` from `1)`; `value` counts (of a compound label, its last part); `prefix` is what stands before
    the last part of a compound label. `sure` is False where only the sequence can tell it from other text.
    """

    form: str
    style: str
    rank: int
    text: str
    value: int
    start: int
    body: int
    prefix: str = ""
    sure: bool = True


Form = tuple[NumberingRow, re.Pattern[str]]


@cache
def _forms() -> tuple[Form, ...]:
    return tuple((row, re.compile(row.pattern)) for row in load_rows("numbering", NumberingRow))


@cache
def _forms_of(letter: str) -> tuple[Form, ...]:
    """The forms that may begin with `letter`."""
    return tuple(form for form in _forms() if re.match(form[0].first, letter))


def read_labels(text: str, start: int, end: int) -> list[Label]:
    """The labels that may stand at `start`, likeliest first: none, one, or two where `i)` is letter or numeral."""
    if not _GATE.match(text, start, end):
        return []
    return [label for row, pattern in _forms_of(text[start]) if (label := _read(row, pattern, text, start, end))]


def _read(row: NumberingRow, pattern: re.Pattern[str], text: str, start: int, end: int) -> Label | None:
    match = pattern.match(text, start, end)
    if match is None:
        return None
    printed, sure = match["v"], True
    value = count(row.reads, printed)
    if value <= 0:
        return None
    at = match.end()
    following = text[at : at + 1] if at < end else ""
    if row.alone:
        ended = _AFTER_ALONE.match(text, at, end) if at < end else _AFTER_ALONE.match("")
        if ended is None or (row.id != "article" and _small_after_blank(text, at, end)):
            if row.id != "article" or _FOREIGN.match(text, at, end) or not text[at + 1 : at + 2].isupper():
                return None
            sure = False
        elif _FOREIGN.match(text, at, end):
            return None
        name = f"{row.word} {printed}" if row.id == "article" else " ".join(text[start : match.end("v")].split())
    else:
        if following and not following.isspace() and not following.isupper() and following not in "“\"'‘([…-":
            return None
        name = printed.replace(" ", "")
        if row.id == "compound" and match["close"] is None and not _capital_after(text, at, end):
            return None
    body = _BLANKS.match(text, at, end)
    style = "" if row.alone else (match["close"] or "").strip()
    prefix = ""
    if row.reads == "compound":
        prefix = name.rpartition(".")[0] or name[0]
        style = ""
    return Label(row.id, style, row.rank, name, value, start, body.end() if body else at, prefix, sure)


def misread_labels(text: str, start: int, end: int) -> list[Label]:
    """What a scan may have misread at `start`, as printed but with the value it may stand for.

    Roman numbers before a title in capitals (`H.` for `II.`); numbers with a comma or a misread figure (`7,`, `§.`).
    """
    match = _MISREAD_ROMAN.match(text, start, end)
    if match is not None:
        value = count("roman", match["v"].translate(_ROMAN_FIGURES))
        return [Label("roman", match["close"], 6, match["v"], value, start, match.end())] if value else []
    match = _MISREAD_NUMBER.match(text, start, end)
    if match is None:
        return []
    figures = [match["v"]] if match["v"].isdigit() else "5689"
    return [Label("number", ".", 7, match["v"], int(figure), start, match.end()) for figure in figures]


def _small_after_blank(text: str, at: int, end: int) -> bool:
    """Whether the words after a part or chapter number go on as a sentence."""
    rest = text[at : min(end, at + 12)].lstrip()
    return bool(rest) and text[at : at + 1] == " " and rest[0] not in ".:-" and not rest[:2].isupper()


def _capital_after(text: str, at: int, end: int) -> bool:
    rest = text[at : min(end, at + 8)].lstrip()
    return bool(rest) and (rest[0].isupper() or rest[0] in '“"')


def count(reads: Reading, printed: str) -> int:
    """The value of a number, numeral or letter as printed, of a compound that of its last part; 0 where it has none."""
    low = printed.lower()
    if reads == "compound":
        return count("arabic", re.split(r"[. ]+|(?<=^[a-zđ])", low)[-1])
    if low.isdigit():
        return int(low)
    if reads == "arabic":
        digits = low.rstrip(_LETTERS)
        return int(digits) if digits.isdigit() else 0
    if reads == "letter":
        return _LETTERS.find(low) + 1
    if reads == "numeral" and low in _NUMERALS:
        return _NUMERALS[low]
    if not _ROMAN.fullmatch(low):
        return 0
    digits_ = [_ROMAN_DIGITS[c] for c in low]
    return sum(-d if d < max(digits_[i:]) else d for i, d in enumerate(digits_))


def follows(form: str, last: int, value: int) -> bool:
    """Whether `value` may come next after `last` in a list of `form`: letters skip f, j, w and sometimes đ."""
    return 0 < value - last <= (2 if "letter" in form or form == "capital" else 1)


def reads(text: str) -> set[str]:
    """The ids of the forms of label that `text` begins with."""
    from vnadmin_nlp.text import normalize

    words = normalize(text).text
    return {label.form for label in read_labels(words, 0, len(words)) if label.sure}
