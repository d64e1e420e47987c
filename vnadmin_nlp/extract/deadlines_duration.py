"""Lengths of time (`05 ngày làm việc`, `24 giờ`, `nửa tháng`) and the event they are counted from."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from vnadmin_nlp.extract.deadlines_model import NEXT, Time
from vnadmin_nlp.extract.deadlines_time import TimeReader
from vnadmin_nlp.knowledge.calendar import end_of_duration
from vnadmin_nlp.text import Range, keyed

_WORDS = {
    "nửa": 0, "một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10,
    "mười lăm": 15, "hai mươi": 20, "ba mươi": 30, "sáu mươi": 60,
}  # fmt: skip
_LENGTH = keyed(
    r"(?P<from>từ )?(?:(?P<low>\d{1,4})(?: \([^()\n]{1,24}\))?(?: ngày)? ?(?:-|đến|tới) ?)?"
    r"(?P<n>\d{1,4}|(?:nửa|một|hai mươi|hai|ba mươi|ba|bốn|năm|sáu mươi|sáu|bảy|tám|chín|mười lăm|mười)(?= ))"
    r"(?: ?\([^()\n]{1,24}\))? ?(?P<unit>giờ|(?<=\d)h|phút|ngày làm việc|ngày|tuần|tháng|quý|năm)(?!\w)"
    r"(?: (?P<work>\(?làm việc\)?))?"
)
_AHEAD = keyed(
    r",? (?:ít nhất |tối thiểu )?(?P<n>\d{1,2}) (?P<unit>ngày|tuần)(?P<work> làm việc)?(?!\w| \d| (?:kể|từ|tính))"
)
_NTH = keyed(r"ngày (?:cuối cùng (?:của )?tháng thứ (?P<month>\d{1,2})|thứ (?P<day>\d{1,3}))(?! của)")
_NOT_AFTER = keyed(  # ages, school and tax years, forecasts, `12 giờ ngày 27/9`, `05 ngày trong tháng`
    r" ?(?:\d|tuổi|liên tục|liên tiếp|liền|qua|vừa|gần đây|trước đó|đầu(?! tiên)|cuối|một lần|/|học|dương lịch"
    r"|tài chính|công tác|trong (?:0?1 |một |cả )?(?:tháng|năm|tuần|ngày)|tới(?!\w)|sắp tới|tiếp theo|tết"
    r"|trở (?:lên|xuống|đi)|(?:sáng|trưa|chiều|tối)(?!\w)|,? ?ngày \d)"
)
_NOUN = r"(?<!được )(?<!có )(?<!nhận )(?<!hồ sơ )(?<!văn bản )(?<!đơn )(?<!hoàn thiện )"  # what comes then is no verb
_WORD = (
    rf"(?!phải |thì |để |{_NOUN}(?:yêu cầu|đề nghị|báo cáo) |gửi |và báo cáo|có trách nhiệm|và phải |trường hợp "
    r"|nhưng )"
    r"[^\s,;.()]{1,60}"
)
_NEXT = rf"(?:,(?= (?:chống|chữa|bổ sung|đầy đủ|hợp lệ|nguyên nhân)(?!\w)))? {_WORD}"
_ANCHOR = keyed(
    r",? ?\(?(?:(?:được )?(?:k[êểếềeẻéè]|tính) (?:từ|ngay từ)|tính đến|(?:làm việc )?từ(?= khi| ngày| thời điểm)"
    r"|(?=sau \w)|(?=trước (?:ngày|khi|thời điểm)))"
    rf"(?P<event> ?{_WORD}(?:{_NEXT}){{0,23}})(?: ?\([^()\n]{{4,30}}\))?"
)
_DOCUMENT = (
    r"(?:quyết định|công văn|văn bản|chỉ thị|công điện|thông báo|kế hoạch|nghị quyết|hướng dẫn|kết luận|đề án"
    r"|chương trình|phương án|quy chế|quy định)"
)
_ISSUE = keyed(
    r"(?:ngày |khi |thời điểm )?(?:ký ban hành|ký|kí|ban hành|công bố|phát hành)"
    rf"(?: (?:ban hành )?{_DOCUMENT}?(?: này)?)?$|ngày {_DOCUMENT} này được (?:ký|ban hành)(?: ban hành)?$"
)
_THIS = keyed(rf"(?:ngày |khi )?(?:ký ban hành|ký|ban hành|nhận được) {_DOCUMENT} này(?![^\W_])")
_TO = " đến ngày "
_RECEIPT = keyed(r"(?:ngày|khi) nhận|ngày có")
_CITED = keyed(r"số \d")
_MOMENT = keyed(r"(?:(?:vào )?lúc |thời điểm )?(?=\d)")  # `kể từ lúc 10 giờ ngày 15/4/2025`
_DATE_IN = keyed(r"(?P<noun>ngày )(?=\d)|\((?=\d)")


@dataclass(slots=True)
class Length:
    """A duration at `start:end`, its anchor included.

    `counted_from` is the day or instant it starts after, where known; `until` its end, where the document says both.
    """

    start: int
    end: int
    value: str
    anchor: Range | None = None
    counted_from: Time | None = None
    until: dt.date | None = None
    backward: bool = False


def read_length(key: str, at: int, end: int, times: TimeReader) -> Length | None:
    """The duration that starts at `at`, with the event it is counted from where that is named next to it."""
    nth = _NTH.match(key, at, end)
    if nth:
        value = f"P{int(nth['month'])}M" if nth["month"] else f"P{int(nth['day'])}D"
        length = _anchored(Length(at, nth.end(), value), key, end, times)
        return length if length.anchor else None
    found = _LENGTH.match(key, at, end)
    if not found or _NOT_AFTER.match(key, found.end(), end) or (found["from"] and not found["low"]):
        return None
    word = found["n"]
    count = int(word) if word.isdigit() else _WORDS[word]
    if word == "nửa":
        value = {"tháng": "P15D", "năm": "P6M"}.get(found["unit"], "")
    else:
        value = _value(count, found["unit"], bool(found["work"])) if count else ""
    return _anchored(Length(at, found.end(), value), key, end, times) if value else None


def ahead(time: Time, key: str, end: int) -> None:
    """Move a settled day back by the days or weeks said after it: `trước Tết Nguyên đán 10 ngày`."""
    found = _AHEAD.match(key, time.end, end)
    if not found:
        return
    time.end, time.counted = found.end(), True
    count = int(found["n"])
    if time.last:
        unit = "B" if found["work"] else "W" if found["unit"] == "tuần" else "D"
        time.first = time.last = end_of_duration(f"-P{count}{unit}", time.last)


def _value(count: int, unit: str, working: bool) -> str:
    if unit == "ngày" and working:
        unit = "ngày làm việc"
    known = {
        "giờ": f"PT{count}H", "h": f"PT{count}H", "phút": f"PT{count}M", "ngày làm việc": f"P{count}B",
        "ngày": f"P{count}D", "tuần": f"P{count}W", "tháng": f"P{count}M", "năm": f"P{count}Y",
    }  # fmt: skip
    return known.get(unit, f"P{3 * count}M")  # quý


def _anchored(length: Length, key: str, end: int, times: TimeReader) -> Length:
    """`length` with the event that is named next to it."""
    found = _ANCHOR.match(key, length.end, end)
    if found:
        low, high = found.span("event")
        low += key[low] == " "
        length.backward = key.startswith("trước ", low)
        low += len("trước ") if length.backward else 0
        this = _THIS.match(key, low, high)
        stop = this.end() if this else found.end()
        length.end, length.anchor = stop, (low, min(high, stop))
        length.end += found[0].count("(") > found[0].count(")") and key.startswith(")", stop)
        middle = key.find(_TO, low, stop)
        length.counted_from = _anchor_day(key, low, middle if middle > 0 else stop, times)
        if middle > 0 and length.counted_from:  # `10 ngày (từ ngày 20/11 đến ngày 29/11)`
            last = _anchor_day(key, middle + 1, stop, times)
            length.until = last.last if last else None
    return length


def _anchor_day(key: str, low: int, high: int, times: TimeReader) -> Time | None:
    """The day of an anchor: the day of issue, or the date printed in it (not that of a cited document)."""
    if _ISSUE.match(key, low, high):
        return Time(low, high, "day", first=times.issued, last=times.issued, score=NEXT)
    moment = _MOMENT.match(key, low, high)
    instant = times.read(moment.end(), high) if moment else None
    if instant and instant.point and instant.clock:
        return times.settle(instant)
    if _RECEIPT.match(key, low, high) or _CITED.search(key, low, high):
        return None
    for place in _DATE_IN.finditer(key, low, high):
        time = times.read(place.start() if place["noun"] else place.end(), high)
        if time and time.point and time.month:
            return times.settle(time)
    return None
