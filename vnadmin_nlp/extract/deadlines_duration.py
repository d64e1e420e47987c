"""Lengths of time (`05 ngày làm việc`, `24 giờ`, `nửa tháng`) and the event they are counted from."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from vnadmin_nlp.extract.deadlines_time import TimeReader, compiled
from vnadmin_nlp.text import Range

_WORDS = {
    "nửa": 0, "một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10,
    "mười lăm": 15, "hai mươi": 20, "ba mươi": 30, "sáu mươi": 60,
}  # fmt: skip
_LENGTH = compiled(
    r"(?:từ )?(?:(?P<low>\d{1,4}) ?(?:-|đến|tới) ?)?(?P<n>\d{1,4}|(?:nửa|một|hai mươi|hai|ba mươi|ba|bốn|năm|sáu mươi|sáu|bảy|tám|chín|mười lăm|mười)(?= ))"
    r"(?: ?\([^()\n]{1,24}\))? ?(?P<unit>giờ|(?<=\d)h|phút|ngày làm việc|ngày|tuần|tháng|quý|năm)(?!\w)(?: (?P<work>\(?làm việc\)?))?"
)
_NTH = compiled(r"ngày (?:cuối cùng (?:của )?tháng thứ (?P<month>\d{1,2})|thứ (?P<day>\d{1,3}))(?! của)")
_NOT_AFTER = compiled(r" ?(?:\d|tuổi|liên tục|liên tiếp|liền|qua|vừa|gần đây|trước đó|đầu(?! tiên)|cuối|một lần|/|học|dương lịch|tài chính|công tác|trong (?:0?1 |một |cả )?(?:tháng|năm|tuần|ngày)|tới(?!\w)|tiếp theo|tết|trở (?:lên|xuống|đi)|sắp tới|(?:sáng|trưa|chiều|tối)(?!\w)|,? ?ngày \d)")
_ANCHOR = compiled(
    r",? ?\(?(?P<lead>(?:được )?(?:k[êểếềeẻéè]|tính) (?:từ|ngay từ)|tính đến|(?:làm việc )?từ(?= khi| ngày| thời điểm)|(?=sau (?:khi|ngày|thời điểm))|(?=sau \w)|(?=trước (?:ngày|khi|thời điểm)))"
    r"(?P<event>(?: ?(?!phải |thì |để |yêu cầu |đề nghị |thực hiện báo|và báo cáo|gửi |(?<!được )báo cáo |có trách nhiệm|và phải |trường hợp |nhưng )[^\s,;.()]+){1,24})(?: ?\([^()\n]{4,30}\))?"
)
_ISSUE = compiled(r"(?:ngày |khi |thời điểm )?(?:ký|kí|ban hành|ký ban hành|công bố|phát hành)(?: (?:ban hành )?(?:quyết định|công văn|văn bản|chỉ thị|công điện|thông báo|kế hoạch|nghị quyết|hướng dẫn|kết luận)?(?: này)?)?$|ngày (?:quyết định|công văn|văn bản|chỉ thị|công điện|thông báo|kế hoạch) này được (?:ký|ban hành)(?: ban hành)?$")
_DATE_IN = compiled(r"(?:ngày |\()(?=\d)")
_FULL_NUMBER = compiled(r"số \d")


@dataclass(slots=True)
class Length:
    """A duration at `start:end`, its anchor included. `counted_from` is the day it starts after, where known."""

    start: int
    end: int
    value: str
    years: int = 0
    anchor: Range | None = None
    counted_from: dt.date | None = None
    backward: bool = False


def read_length(key: str, at: int, end: int, times: TimeReader) -> Length | None:
    """The duration that starts at `at`, with the event it is counted from where that is named next to it."""
    nth = _NTH.match(key, at, end)
    if nth:
        value = f"P{int(nth['month'])}M" if nth["month"] else f"P{int(nth['day'])}D"
        length = Length(at, nth.end(), value)
        return _anchored(length, key, end, times) if _ANCHOR.match(key, nth.end(), end) else None
    found = _LENGTH.match(key, at, end)
    if not found or _NOT_AFTER.match(key, found.end(), end):
        return None
    word, unit = found["n"], found["unit"]
    count = int(word) if word.isdigit() else _WORDS[word]
    if word == "nửa":
        half = {"tháng": "P15D", "năm": "P6M"}.get(unit)
        if half is None:
            return None
        length = Length(at, found.end(), half)
    else:
        if count == 0:
            return None
        length = Length(at, found.end(), _value(count, unit, bool(found["work"])), years=count if unit == "năm" else 0)
    if key.startswith("từ ", at) and not found["low"]:
        return None
    return _anchored(length, key, end, times)


def _anchored(length: Length, key: str, end: int, times: TimeReader) -> Length:
    """`length` with the event that is named next to it."""
    anchor = _ANCHOR.match(key, length.end, end)
    if anchor:
        length.end, length.anchor = anchor.end(), anchor.span("event")
        low, high = length.anchor
        while key[low] == " ":
            low += 1
        length.anchor = low, high
        length.backward = key.startswith("trước", low)
        length.counted_from = _anchor_day(key, low, anchor.end(), times)
    return length


def _value(count: int, unit: str, working: bool) -> str:
    if unit in ("giờ", "h"):
        return f"PT{count}H"
    if unit == "phút":
        return f"PT{count}M"
    if unit == "ngày làm việc" or working:
        return f"P{count}B"
    if unit == "ngày":
        return f"P{count}D"
    if unit == "tuần":
        return f"P{count}W"
    return f"P{count}{'Y' if unit == 'năm' else 'M'}" if unit in ("năm", "tháng") else f"P{3 * count}M"


def _anchor_day(key: str, low: int, high: int, times: TimeReader) -> dt.date | None:
    """The day of an anchor: the day of issue, or the date printed in it (not that of a cited document)."""
    if _ISSUE.match(key, low, high):
        return times.issued
    if key.startswith(("ngày nhận", "khi nhận", "ngày có"), low) or _FULL_NUMBER.search(key, low, high):
        return None
    for place in _DATE_IN.finditer(key, low, high):
        at = place.start() if key[place.start()] == "n" else place.end()
        time = times.read(at, high)
        if time and time.point and time.month:
            return time.settle(times.issued).last
    return None


def is_length(text: str) -> bool:
    return bool(re.match(r"-?P", text))
