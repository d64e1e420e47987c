"""How a document introduces a provision of another one, and how it speaks itself again after it."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

from vnadmin_nlp.knowledge.rows import Row, load_rows
from vnadmin_nlp.outline.labels import Label
from vnadmin_nlp.text import normalize

Lead = Literal["", "cites", "quotes", "amends"]

_PINPOINT = re.compile(r"(?:đi[ềê]u|khoản|điểm|tiết|mục|phụ lục|chương) (?:[\divx]+|[a-zđ]\b)")
_CITES = re.compile(r"[-+•* ]{0,4}(?:căn cứ |theo )?(?:tại|căn cứ|theo) ")
# what may stand between the verb of a lead and its colon
_ABOUT = (
    r"(?: rõ)?(?: (?:về|đối với|nguyên tắc|điều kiện|việc) [^.;:]{1,120})?"
    r"(?:,? (?:cụ thể|chi tiết|như sau|cụ thể như sau|sau|thì|là|theo đó|trong đó))?$"
)
# a pinpoint with its document, where the text takes up the next provision
_NEXT_PROVISION = (
    r"khoản \d[^.]{0,40} (?:điều|thông tư|nghị định|luật)\b|điểm [a-zđ][^.]{0,30} khoản\b"
    r"|điều \d+ (?:luật|nghị|thông|bộ luật|quyết)"
)
_LOOK = 400  # characters of a lead, from its end


class QuoteCueRow(Row):
    """Words of one use. `starts` rows are read at the beginning of a paragraph."""

    words: list[str]
    starts: bool = False


@cache
def _rows() -> dict[str, QuoteCueRow]:
    return {row.id: row for row in load_rows("quote_cues", QuoteCueRow)}


@cache
def _pattern(name: str, tail: str = "") -> re.Pattern[str]:
    """The words of row `name` as whole words, then `tail`."""
    row = _rows()[name]
    words = rf"(?:{'|'.join(map(re.escape, row.words))})(?!\w)"
    if row.starts:
        return re.compile(rf"[-+•* ]{{0,4}}(?:{words}|{_NEXT_PROVISION})")
    return re.compile(rf"(?<!\w){words}{tail}")


def reads(text: str) -> set[str]:
    """The ids of the rows of quote_cues that are found in `text`."""
    key = normalize(text).key
    found = {name for name, row in _rows().items() if not row.starts and _pattern(name).search(key)}
    return found | {name for name, row in _rows().items() if row.starts and _pattern(name).match(key)}


def lead_of(key: str, low: int, high: int, labels: list[Label]) -> Lead:
    """Whether `low:high`, which begins with `labels`, says that a provision comes next, and how.

    After `cites` it may stand without quotation marks, after `amends` too where it begins with the label named;
    after `quotes` it may not. Most leads end in a colon.
    """
    for _ in range(3):
        if high > low and key[high - 1] in ' “"':
            high -= 1
    colon = high > low and key[high - 1] == ":"
    begins = _CITES.match(key, low, high) is not None
    if not colon and not begins:
        return ""
    low = max(labels[0].body if labels else low, high - _LOOK)
    if not _PINPOINT.search(key, low, high):
        return ""
    source = _pattern("source", r"[^.;]{0,160}$").search(key, low, high)
    if source is not None and not _pattern("opinion").search(key, source.start(), high):
        plain = _pattern("source", _ABOUT).search(key, source.start(), high - 1) is not None
        return "cites" if colon and (begins or plain) else "quotes"
    return "amends" if colon and _pattern("amends", r"[^.;]{0,300}$").search(key, low, high) else ""


def resumes(key: str, low: int, high: int) -> bool:
    """Whether a paragraph begins as the document itself does, not as a provision."""
    return _pattern("resumes").match(key, low, high) is not None


def names(words: str, label: Label) -> bool:
    """Whether `words` name the provision that `label` begins (`điểm đ` of `đ)`)."""
    kind = {"number": "khoản", "letter": "điểm", "article": ""}.get(label.form)
    return kind is not None and re.search(rf"{kind} ?{re.escape(label.text.lower())}\b", words) is not None
