"""Vị trí viện dẫn: `điểm a, b khoản 2 Điều 5`, `khoản 1 Điều này`, `Phụ lục I`, read as printed and parsed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from vnadmin_nlp.knowledge.rows import Row, load_rows
from vnadmin_nlp.knowledge.triggers import Triggers
from vnadmin_nlp.schema import Pinpoint
from vnadmin_nlp.text import key_of, normalize


class UnitRow(Row):
    """A unit of a document. `labels` says which labels it takes."""

    words: list[str]
    labels: Literal["number", "letter", "roman"]


# Words that hold the name of a unit without being one
OTHER_WORDS = (
    "thời điểm", "địa điểm", "quan điểm", "trọng điểm", "đặc điểm", "thí điểm", "ưu điểm", "khuyết điểm", "nhược điểm",
    "cao điểm", "tài khoản", "điều khoản", "danh mục", "hạng mục", "chuyên mục", "thư mục", "thành phần", "cổ phần",
    "học phần",
    "chi tiết", "thời tiết", "giai đoạn", "công đoạn",
)  # fmt: skip
_LABEL = {
    "number": r"(?:[lI]?\d{1,3}[a-zđ]?(?:\.\d{1,2}){0,3}|[lI])",
    "letter": r"(?:[a-zđ]\d{0,2}(?:\.\d{1,2}){0,2}|[A-ZĐ](?:\.\d{1,2})?|\d{1,2}(?:\.\d{1,2}){0,4}[a-zđ]?)",
    "roman": r"(?:[IVXLC]{1,6}(?:[.-][A-Z0-9]{1,3}){0,2}|\d{1,2}[A-Z]?(?:\.\d{1,2}){0,3}|[A-ZĐ](?:\.[IVX]{1,4})?"
    r"|thứ (?:nhất|hai|ba|tư|năm|sáu|bảy))",
}
_END = (
    r"(?![^\W_])(?![.,]?\d)(?!\s?[%/])(?!(?<=\d)\sđiểm\b)"
    r"(?!\s(?:ngày|tháng|năm|người|đồng|triệu|tỷ|lần|giờ|km|m2|ha|kg|bộ)\b)"
)
_QUOTES = r"[“\"'‘”]?"
MAX_LABELS = 2000
_LABELS = {
    kind: re.compile(
        rf"\s(?:số\s)?{_QUOTES}{label}{_QUOTES}{_END}"
        rf"(?:(?:\s?[,;]\s?(?:và\s)?|\s(?:và|hoặc|đến|tới|hay)\s|\s?-\s?){_QUOTES}{label}{_QUOTES}{_END}){{0,{MAX_LABELS}}}"
    )
    for kind, label in _LABEL.items()
}
_SINGLE = {kind: re.compile(label) for kind, label in _LABEL.items()}
_THIS = re.compile(r"\s(?:này|nay|nảy|nầy|nêu trên|trên)(?![^\W_])")
_ENCLOSING = re.compile(r" (?:khoản|điều|điêu|diéu)\s(?:\d|này|nay)")
_NEXT = re.compile(r" ?[,;]? ?(?:(?:và|hoặc|của|tại|đến|thuộc|hay)\s)?(?:các\s)?(?=[^\W_])")


@dataclass(slots=True)
class Pin:
    """A run of units, which `units` names. `this`: it ends in `Điều này`, so that no document follows."""

    start: int
    end: int
    target: Pinpoint
    units: tuple[str, ...]
    this: bool = False


@cache
def unit_words() -> dict[str, UnitRow]:
    return {key_of(word): row for row in load_rows("pinpoint_units", UnitRow) for word in row.words}


@cache
def _unit() -> re.Pattern[str]:
    words = sorted(unit_words(), key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(map(re.escape, words))})(?![^\W_])")


def read_pin(text: str, key: str, pos: int, *, first: bool = False) -> Pin | None:
    """The run of units that begins with a unit word at `pos`; None where no label follows.

    `first`: only its first unit.
    """
    labels: dict[str, list[str]] = {}
    units: list[str] = []
    at, end, this = pos, pos, False
    while not (first and units):
        word = _unit().match(key, at, at + 16)
        if word is None:
            break
        row = unit_words()[word.group()]
        if found := _read_labels(text, key, word.end(), row.labels):
            end = found[0]
            labels.setdefault(row.id, []).extend(found[1])
            units.append(row.id)
        elif row.id in ("point", "clause") and _ENCLOSING.match(key, word.end(), word.end() + 16):
            at = word.end() + 1  # its label was lost: `khoản Điều 9`
            continue
        elif (self_ := _THIS.match(key, word.end(), word.end() + 12)) and (units or row.id != "point"):
            if not units:
                return None  # a bare `Điều này` names no part
            end, this = self_.end(), True
            break
        else:
            break
        joint = _NEXT.match(key, end, end + 24)
        if joint is None:
            break
        at = joint.end()
    if not units:
        return None
    return Pin(pos, end, Pinpoint(**labels), tuple(units), this)


def _read_labels(text: str, key: str, pos: int, kind: str) -> tuple[int, list[str]] | None:
    match = _LABELS[kind].match(text, pos, pos + 10 * MAX_LABELS)
    if match is None:
        return None
    words = match.group().replace("số ", "")
    return match.end(), [m.group() for m in _SINGLE[kind].finditer(re.sub(r"\b(?:và|hoặc|đến|tới|hay)\b", ",", words))]


def reads(text: str) -> set[str]:
    """The ids of the rows of `pinpoint_units` read in `text`."""
    flow = normalize(text)
    words: dict[str, UnitRow | None] = {key_of(w): None for w in OTHER_WORDS}
    words |= unit_words()
    triggers: Triggers[UnitRow | None] = Triggers(words.items())
    out: set[str] = set()
    for hit in triggers.find(flow.key):
        if hit.value is not None and (pin := read_pin(flow.text, flow.key, hit.start)):
            out.update(pin.units)
    return out
