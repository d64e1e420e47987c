"""Expressions of time read at a place of the flow: days, clock times, weeks, months, quarters, halves, years, feasts.

Every reader takes a position and answers a `Time` that starts there, or None. Years that are not printed stay open
until `Time.settle`, which chooses the nearest reading that is not before the day of issue.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from vnadmin_nlp.knowledge.calendar import DAY, add_months, lunar_date, month_end
from vnadmin_nlp.text import key_of

Bounds = tuple[dt.date, dt.date]
Resolver = Callable[[int], Bounds | None]

WEEKDAYS = {
    "hai": 0, "2": 0, "ba": 1, "3": 1, "tư": 2, "bốn": 2, "4": 2, "năm": 3, "5": 3, "sáu": 4, "6": 4, "bảy": 5, "bẩy": 5, "7": 5,
}  # fmt: skip
_MONTHS = {
    "một": 1, "hai": 2, "ba": 3, "tư": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10,
    "mười một": 11, "mười hai": 12,
}  # fmt: skip
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4, "một": 1, "hai": 2, "ba": 3, "tư": 4}
_FIRST, _LAST = ("đầu",), ("cuối", "hết")


def compiled(pattern: str) -> re.Pattern[str]:
    """`pattern`, written as the language is, to be matched against keys. It may hold no escape in upper case."""
    return re.compile(key_of(pattern).replace("(?p<", "(?P<"))


@dataclass(slots=True)
class Time:
    """A stretch of the calendar named at `start:end`.

    `unit` is `day`, `week`, `month`, `quarter`, `half`, `year` or `open` (no end named). `first` and `last` are its
    days (or the instant), None until settled or where they cannot be known; `problem` says why not. The parts as
    printed (`day`, `month`, `weekday`, `clock`) serve recurrences.
    """

    start: int
    end: int
    unit: str
    resolve: Resolver | None = None
    year: int | None = None
    first: dt.date | None = None
    last: dt.date | None = None
    clock: tuple[int, int] | None = None
    day: int | None = None
    month: int | None = None
    weekday: int | None = None
    fuzzy: bool = False
    feast: bool = False
    guessed: bool = False
    problem: str | None = None

    @property
    def point(self) -> bool:
        return self.unit == "day"

    @property
    def due(self) -> dt.date | dt.datetime | None:
        """The last day, or the instant where a clock time is printed (24 o'clock is the end of the day itself)."""
        if self.last is None or self.clock is None or self.clock[0] == 24:
            return self.last
        return dt.datetime.combine(self.last, dt.time(*self.clock))

    def settle(self, issued: dt.date | None, year: int | None = None) -> Time:
        """Fill `first` and `last`; `year` is taken where none is printed, else the nearest that is not past `issued`."""
        if self.resolve is None or self.last is not None:
            return self
        if self.year is None:
            self.year = year
        if self.year is not None:
            bounds = self._at(self.year)
            if bounds is None and self.problem is None:
                self.problem = "invalid-date"
        elif issued is not None:
            found = [b for y in range(issued.year - 1, issued.year + 5) if (b := self._at(y)) is not None]
            bounds = next((b for b in found if b[1] >= issued), None)
            if not found and self.problem is None:
                self.problem = "invalid-date"
        else:
            bounds = None
        if bounds:
            self.first, self.last = bounds
        return self

    def _at(self, year: int) -> Bounds | None:
        return self.resolve(year) if self.resolve and 1000 <= year <= 9990 else None


def _day(year: int, month: int, day: int) -> Bounds | None:
    try:
        one = dt.date(year, month, day)
    except ValueError:
        return None
    return one, one


def _months(year: int, first: int, last: int) -> Bounds | None:
    if not 1 <= first <= last <= 12:
        return None
    return dt.date(year, first, 1), month_end(year, last)


def _year_of(digits: str | None, issued: dt.date | None = None) -> int | None:
    """The year printed as `digits` (two digits: of the century of issue), OCR's inner blanks removed."""
    if not digits:
        return None
    year = int(digits.replace(" ", ""))
    return year if year >= 100 else (issued.year if issued else 2000) // 100 * 100 + year


_Y = r"(?:19|20)\d ?\d(?!\d)"
_OF_YEAR = rf"(?:,? ?(?:của )?(?:năm |năm|/|-)? ?(?P<y>{_Y})|,? (?P<rel>năm nay|năm này|năm sau(?! liền| năm| của| kỳ| kế)|năm tới|này|nay|sau|tới)(?!\w))?"
_DATE = compiled(
    rf"(?P<noun>(?:vào |hết )?ngày[ :]{{0,2}}(?:mồng |mùng )?)?(?P<d>\d{{1,2}}) ?(?P<sep>[/.-]) ?(?P<m>\d{{1,2}})"
    rf"(?: ?(?:/|(?P=sep)) ?(?P<y>{_Y}|\d\d(?!\d))| ?,? ?năm (?P<y2>{_Y})|(?P<lunar> âm lịch| \(?âl\)?))?(?![\d/%]|[.,]\d)"
    .replace("(?P=sep)", "[/.-]")
)
_DATE_WORDS = compiled(
    rf"(?:ngày[ :]{{0,2}})?(?:mồng |mùng )?(?P<d>\d{{1,2}}) ?(?:/|,)? ?(?:của )?tháng ?(?P<m>\d{{1,2}}(?!\d)|chạp|giêng"
    r"|mười một|mười hai|một|hai|ba|tư|năm(?= năm)|sáu|bảy|tám|chín|mười)" + _OF_YEAR + r"(?P<lunar> âm lịch)?"
)
_DAY_OF_MONTH = compiled(r"ngày (?P<d>\d{1,2}) (?:của )?tháng (?P<rel>này|sau|tới)")
_BARE_DAY = compiled(r"ngày (?:mồng |mùng |thứ )?(?P<d>\d{1,2})(?!\d|[/.-]\d| ?(?:người|%|tháng \d))")
_TET_DAY = compiled(rf"(?:ngày )?(?:mồng|mùng|ngày) ?(?P<d>\d{{1,2}}) tết(?: nguyên đán)?(?: (?:năm )?(?P<y>{_Y}))?")
_TODAY = compiled(r"(?:ngày )?hôm nay|trong ngày(?! \d)|cùng ngày|ngày nay")
_TOMORROW = compiled(r"(?:ngày |sáng |trưa |chiều |tối )?(?:ngày mai|mai(?! \w))|(?:sáng |chiều |tối )mai")
_BRACKET_DATE = compiled(r" ?\((?:tức )?(?:ngày )?(?P<d>\d{1,2})/(?P<m>\d{1,2})(?:/(?P<y>\d{4}))?\)")
_CLOCK = compiled(
    r"(?P<h>[01]?\d|2[0-4]) ?(?:(?:giờ|h|g)(?: ?(?P<mi>[0-5]\d)(?: ?phút|p|’|')?)?|:(?P<mi2>[0-5]\d)(?::\d\d)?(?: ?giờ)?)"
    r"(?: (?P<part>sáng|trưa|chiều|tối)(?! mai))?(?![\w%])"
)
_OFFICE_HOURS = compiled(r"(?:giờ hành chính|giờ làm việc|cuối giờ|hết giờ)(?: hành chính| làm việc| chiều| sáng)?")
_AFTER_CLOCK = compiled(r"[ ,]{0,2}(?:của )?(?:vào )?")
_WEEKDAY = compiled(r"(?:(?:sáng |chiều |ngày )?thứ (?P<w>hai|ba|tư|bốn|năm|sáu|bảy|bẩy|[2-7])|(?:ngày )?chủ nhật)(?!\w)")
_AFTER_WEEKDAY = compiled(r"(?: ?,? ?\(?(?=ngày|\d)| (?P<rel>tuần này|tuần tới|tuần sau))")
_MONTH = compiled(r"tháng ?(?P<m>\d{1,2})(?!\d| ?(?:tuổi|%|triệu|năm học))" + _OF_YEAR)
_MONTH_WORD = compiled(rf"tháng (?P<m>mười một|mười hai|hai|ba|tư|sáu|bảy|tám|chín|mười) (?:năm )?(?P<y>{_Y})")
_MONTH_YEAR = compiled(rf"(?P<m>\d{{1,2}}) ?[/-] ?(?P<y>{_Y})(?![/-])")
_MONTH_REL = compiled(r"tháng (?P<rel>này|sau|tới)(?! đó)")
_MONTH_LIST = compiled(r"(?:, ?(?:tháng )?| ?- ?(?:tháng )?| (?:và|hoặc) (?:tháng )?)(?P<m>\d{1,2})(?!\d|/\d\d/| ngày)" + _OF_YEAR)
_QUARTER = compiled(r"quý ?(?P<q>iii|ii|iv|i|[1-4]|một|hai|ba|tư)(?!\w)" + _OF_YEAR)
_QUARTER_LIST = compiled(r"(?:, ?(?:quý )?| ?- ?(?:quý )?| (?:và|hoặc) (?:quý )?)(?P<q>iii|ii|iv|i|[1-4])(?!\w|\.)" + _OF_YEAR)
_HALF = compiled(rf"(?:0?(?P<n>[369]|10|11|[2457]) tháng|những tháng|các tháng|tháng) (?P<part>đầu|cuối) năm(?: (?P<y>{_Y})| nay)?")
_DAYS_OF_MONTH = compiled(r"(?P<n>\d{1,2}) ngày (?P<part>đầu|cuối) (?=tháng)")
_PART = compiled(r"(?P<part>nửa đầu|nửa cuối|đầu|giữa|cuối|hết)(?: của)? (?=tháng|quý|năm|tuần)")
_YEAR = compiled(
    rf"(?:(?:năm |các năm |giai đoạn |thời kỳ )(?P<y>{_Y})(?: ?(?P<range>-|đến(?: năm)?|và|,) ?(?:năm )?(?P<z>{_Y}))?"
    rf"|(?P<y2>{_Y}) ?- ?(?P<z2>{_Y})|năm (?P<rel>nay|này|sau|tới)(?! đó))(?![/.]\d)"
)
_COUNTED_YEARS = compiled(rf"(?:\d{{1,2}}|hai|ba) năm,? ?\(?(?P<y>{_Y})(?:(?:,| ?-| và| đến) ?(?P<z>{_Y})){{1,4}}\)?")
_ANY_YEAR = re.compile(r"(?<![\d.,])20\d\d(?![\d.,]\d)")
_ALONE = compiled(r"(?:19|20)\d\d(?= ?[.;\n]|$)")
_BARE_YEAR = compiled(r"năm(?=[,.;\n]|$)")
_THIS_UNIT = compiled(r"(?P<unit>tháng|quý|năm)(?! (?:thứ|tài chính|tính thuế|dương|học|ngân|báo|nộp|đó|trước|đầu|cuối|\d)|\w)")
_WEEK = compiled(r"tuần (?P<rel>này|tới|sau)|tuần (?P<nth>đầu|cuối|thứ \w+|\d)(?: tiên| cùng)?(?: của)? (?=tháng)")
_SCHOOL = compiled(rf"(?:ngày |lễ )?khai giảng(?: năm học(?: mới)?)?(?: (?P<y>{_Y})(?: ?- ?{_Y})?)?|năm học mới|đầu năm học(?: mới)?(?: (?P<y2>{_Y})(?: ?- ?{_Y})?)?")
_STEM = r"(?:giáp|ất|bính|đinh|mậu|kỷ|kỉ|canh|tân|nhâm|quý) (?:tý|tí|sửu|dần|mão|mẹo|thìn|tỵ|tị|ngọ|mùi|thân|dậu|tuất|hợi)"
_TET = compiled(
    rf"(?P<name>(?:dịp |kỳ nghỉ |kỳ nghỉ lễ )?(?:tết dương lịch|tết nguyên đán|tết cổ truyền|tết âm lịch|tết trung thu|trung thu|tết))(?: {_STEM})?"
    rf"(?:,? ?\(?(?:năm )?(?P<y>{_Y})\)?)?(?:,? (?:xuân )?{_STEM}(?: \(?(?P<y2>{_Y})\)?)?)?"
)
_NATIONAL = compiled(rf"(?:dịp )?(?:lễ |ngày )?quốc khánh(?: \(?0?2/9\)?)?(?:[/ ](?:năm )?(?P<y>{_Y}))?")
_AND_ON = compiled(r",? (?:và )?(?:những|các|cho)? ?(?:năm|tháng|quý|giai đoạn) (?:tiếp theo|sau|kế tiếp|sau đó)|,? (?:và )?(?:những|các) năm (?:tiếp theo|sau)")


class TimeReader:
    """Reads times of `key` (the flow's), of a document of the day `issued`."""

    def __init__(self, key: str, issued: dt.date | None) -> None:
        self.key = key
        self.issued = issued
        self._usual: int | None = None
        self._readers: dict[str, tuple[Callable[[int, int], Time | None], ...]] = {
            "n": (self._date, self._date_words, self._tet_day, self._today, self._weekday, self._relative_day, self._bare_day,
                  self._half, self._year, self._part, self._national, self._school),
            "t": (self._date_words, self._month, self._half, self._quarter, self._week, self._weekday, self._tet, self._year),
            "q": (self._quarter, self._national),
            "đ": (self._part, self._school), "g": (self._office, self._part, self._year), "h": (self._today, self._office, self._part, self._date),
            "c": (self._part, self._half, self._weekday, self._today, self._office, self._year),
            "m": (self._date_words, self._tet_day, self._tomorrow), "s": (self._tomorrow, self._weekday), "v": (self._date,),
            "d": (self._tet, self._national), "k": (self._tet, self._school), "l": (self._national, self._school),
        }  # fmt: skip
        self._digits = (self._counted_years, self._clock, self._date, self._date_words, self._days_of_month, self._half, self._month, self._year)

    def settle(self, time: Time, year: int | None = None) -> Time:
        """`time` with its days. Where neither it nor `year` nor the day of issue names the year, the one the document
        names most often is taken (`guessed`)."""
        if time.resolve and time.year is None and year is None and self.issued is None:
            year = self._usual_year()
            time.guessed = year is not None
        return time.settle(self.issued, year)

    def _usual_year(self) -> int | None:
        if self._usual is None:
            counts = Counter(_ANY_YEAR.findall(self.key))
            self._usual = int(max(counts, key=lambda y: (counts[y], y))) if counts else 0
        return self._usual or None

    def read(self, at: int, end: int) -> Time | None:
        """The longest time that starts at `at`: one, or a list or range of months, quarters or years."""
        if at >= end:
            return None
        first = self.key[at]
        for reader in self._digits if first.isdigit() else self._readers.get(first, ()):
            time = reader(at, end)
            if time is not None:
                return self._open_end(time, end)
        return None

    def read_year(self, at: int, end: int) -> Time | None:
        """A bare `2026`: only where a field promises a time."""
        found = _ALONE.match(self.key, at, end)
        return self._days(found, "year", lambda y: _months(y, 1, 12), int(found[0])) if found else None

    def _open_end(self, time: Time, end: int) -> Time:
        more = _AND_ON.match(self.key, time.end, end) if time.unit in ("year", "quarter", "month") else None
        if more:
            time.end, time.unit = more.end(), "open"
        return time

    def _days(self, found: re.Match[str], unit: str, resolve: Resolver | None, year: int | None, **parts: int | None) -> Time:
        return Time(found.start(), found.end(), unit, resolve, year, day=parts.get("day"), month=parts.get("month"))

    def _named_year(self, found: re.Match[str]) -> int | None:
        groups = found.groupdict()
        year = _year_of(groups.get("y") or groups.get("y2"), self.issued)
        rel = groups.get("rel")
        if year is None and rel and self.issued and "năm" in rel:
            return self.issued.year + (rel.endswith(("sau", "tới")))
        return year

    # -- days -----------------------------------------------------------------------------------

    def _date(self, at: int, end: int) -> Time | None:
        found = _DATE.match(self.key, at, end)
        if not found:
            return None
        year = self._named_year(found)
        if year is None and not found["noun"] and (found["sep"] != "/" or re.match(r" ?[a-zà-ỹ]*(?:xã|đơn vị|tỉnh|chỉ tiêu)", self.key[found.end() : found.end() + 12])):
            return None
        day, month = int(found["d"]), int(found["m"])
        if month > 12 and day <= 12:
            time = self._days(found, "day", None, year)
            time.problem = "invalid-date"
            return time
        if found["lunar"]:
            return self._days(found, "day", lambda y: _pair(lunar_date(y, month, day)), year)
        return self._days(found, "day", lambda y: _day(y, month, day), year, day=day, month=month)

    def _date_words(self, at: int, end: int) -> Time | None:
        found = _DATE_WORDS.match(self.key, at, end)
        if not found:
            return None
        day, name = int(found["d"]), found["m"]
        year = self._named_year(found)
        if name in ("chạp", "giêng") or found["lunar"]:
            month = 12 if name == "chạp" else 1 if name == "giêng" else _number(name, _MONTHS)
            return self._days(found, "day", lambda y: _pair(lunar_date(y, month, day)), year)
        month = _number(name, _MONTHS)
        return self._days(found, "day", lambda y: _day(y, month, day), year, day=day, month=month)

    def _bare_day(self, at: int, end: int) -> Time | None:
        found = _DAY_OF_MONTH.match(self.key, at, end)
        if found and self.issued:
            moved = add_months(self.issued, 0 if found["rel"] == "này" else 1)
            if moved:
                year, month, day = moved.year, moved.month, int(found["d"])
                return self._days(found, "day", lambda y: _day(y, month, day), year, day=day)
        found = _BARE_DAY.match(self.key, at, end)
        if not found:
            return None
        day = int(found["d"])
        if not 1 <= day <= 31:
            return None
        time = self._days(found, "day", None, None, day=day)
        if self.issued:
            time.first = time.last = _next_day_numbered(self.issued, day)
        return time

    def _tet_day(self, at: int, end: int) -> Time | None:
        found = _TET_DAY.match(self.key, at, end)
        if not found:
            return None
        day = int(found["d"])
        return self._days(found, "day", lambda y: _pair(lunar_date(y, 1, day)), self._named_year(found))

    def _today(self, at: int, end: int) -> Time | None:
        found = _TODAY.match(self.key, at, end)
        return self._fixed(found, "day", self.issued, self.issued) if found else None

    def _tomorrow(self, at: int, end: int) -> Time | None:
        found = _TOMORROW.match(self.key, at, end)
        if not found:
            return None
        day = self.issued + DAY if self.issued else None
        time = self._fixed(found, "day", day, day)
        more = _BRACKET_DATE.match(self.key, time.end, end)
        if more:
            time.end = more.end()
        return time

    def _relative_day(self, at: int, end: int) -> Time | None:
        return self._tomorrow(at, end)

    def _fixed(self, found: re.Match[str], unit: str, first: dt.date | None, last: dt.date | None) -> Time:
        return Time(found.start(), found.end(), unit, first=first, last=last)

    def _clock(self, at: int, end: int) -> Time | None:
        found = _CLOCK.match(self.key, at, end)
        if not found:
            return None
        hour, minute = int(found["h"]), int(found["mi"] or found["mi2"] or 0)
        if found["part"] in ("chiều", "tối") and hour < 12:
            hour += 12
        link = _AFTER_CLOCK.match(self.key, found.end(), end)
        time = self.read(link.end() if link else found.end(), end)
        if time is None or not time.point or time.clock:
            time = Time(at, found.end(), "clock")
        time.start, time.clock = at, (hour, minute if hour < 24 else 0)
        return time

    def _office(self, at: int, end: int) -> Time | None:
        found = _OFFICE_HOURS.match(self.key, at, end)
        if not found:
            return None
        link = _AFTER_CLOCK.match(self.key, found.end(), end)
        time = self.read(link.end() if link else found.end(), end)
        if time is None or not time.point:
            return None
        time.start = at
        return time

    def _weekday(self, at: int, end: int) -> Time | None:
        found = _WEEKDAY.match(self.key, at, end)
        if not found:
            return None
        weekday = WEEKDAYS[found["w"]] if found["w"] else 6
        time = Time(at, found.end(), "day", weekday=weekday)
        if self.issued:
            time.first = time.last = self.issued + ((weekday - self.issued.weekday()) % 7) * DAY
        more = _AFTER_WEEKDAY.match(self.key, found.end(), end)
        if more and more["rel"] and self.issued:
            monday = self.issued - self.issued.weekday() * DAY
            time.first = time.last = monday + (weekday + 7 * (more["rel"] != "tuần này")) * DAY
            time.end = more.end()
        elif more and (date := self._date(more.end(), end) or self._date_words(more.end(), end)):
            date.start, date.weekday = at, weekday
            return date
        return time

    # -- longer units ---------------------------------------------------------------------------

    def _month(self, at: int, end: int) -> Time | None:
        found = _MONTH.match(self.key, at, end) or _MONTH_WORD.match(self.key, at, end) or _MONTH_YEAR.match(self.key, at, end)
        if not found:
            rel = _MONTH_REL.match(self.key, at, end)
            moved = add_months(self.issued, 0 if rel["rel"] == "này" else 1) if rel and self.issued else None
            return self._fixed(rel, "month", moved.replace(day=1), month_end(moved.year, moved.month)) if rel and moved else None
        first = last = _number(found["m"], _MONTHS)
        time = self._days(found, "month", None, self._named_year(found), month=first)
        if not 1 <= first <= 12:
            time.problem = "invalid-date"
            return time
        while time.year is None and (more := _MONTH_LIST.match(self.key, time.end, end)) and first < int(more["m"]) <= 12:
            time.end, last, time.year = more.end(), int(more["m"]), self._named_year(more)
        if time.year is not None and (more := _MONTH_LIST.match(self.key, time.end, end)) and "y" in more.groupdict() and more["y"]:
            if int(more["m"]) <= 12:
                start = _months(time.year, first, first)
                whole = _months(int(more["y"].replace(" ", "")), int(more["m"]), int(more["m"]))
                if start and whole and whole[1] > start[0]:
                    return Time(at, more.end(), "month", first=start[0], last=whole[1])
        time.resolve = lambda y: _months(y, first, last)
        return time

    def _quarter(self, at: int, end: int) -> Time | None:
        found = _QUARTER.match(self.key, at, end)
        if not found:
            return None
        first = last = _QUARTERS[found["q"]]
        time = self._days(found, "quarter", None, self._named_year(found))
        while (more := _QUARTER_LIST.match(self.key, time.end, end)) and time.year is None and _QUARTERS[more["q"]] > first:
            time.end, last, time.year = more.end(), _QUARTERS[more["q"]], self._named_year(more)
        time.resolve = lambda y: _months(y, 3 * first - 2, 3 * last)
        return time

    def _half(self, at: int, end: int) -> Time | None:
        found = _HALF.match(self.key, at, end)
        if not found:
            return None
        count = int(found["n"] or 0)
        bounds = (1, count or 3) if found["part"] == "đầu" else (13 - (count or 3), 12)
        year = self._named_year(found) or (self.issued.year if self.issued else None)
        return self._days(found, "half", lambda y: _months(y, *bounds), year)

    def _days_of_month(self, at: int, end: int) -> Time | None:
        found = _DAYS_OF_MONTH.match(self.key, at, end)
        month = self._month(found.end(), end) if found else None
        if not found or not month or not month.settle(self.issued).first or not month.last or not 1 <= int(found["n"]) <= 28:
            return None
        count = int(found["n"])
        month.start, month.unit, month.resolve = at, "day", None
        if found["part"] == "đầu":
            month.last = month.first + (count - 1) * DAY if month.first else None
        else:
            month.first = month.last - (count - 1) * DAY
        month.unit = "month"
        return month

    def _part(self, at: int, end: int) -> Time | None:
        """`đầu`, `giữa`, `cuối` of a unit (Civil Code, article 146, clauses 2 and 3)."""
        found = _PART.match(self.key, at, end)
        if not found:
            return None
        whole = self._month(found.end(), end) or self._quarter(found.end(), end) or self._year(found.end(), end) or self._this_unit(found.end(), end)
        if whole is None:
            return None
        whole.start = at
        self.settle(whole)
        part = found["part"]
        if part == "hết":
            return whole
        whole.fuzzy, whole.resolve = True, None
        if whole.first and whole.last:
            if part == "đầu":
                whole.last = whole.first
            elif part in ("giữa", "nửa đầu"):
                middle = whole.first.replace(day=15) if whole.unit == "month" else month_end(whole.first.year, min(whole.first.month + (5 if whole.unit == "year" else 1), 12))
                whole.last = middle
        return whole

    def _this_unit(self, at: int, end: int) -> Time | None:
        """A bare `tháng`, `quý`, `năm`: that of the day of issue."""
        found = _THIS_UNIT.match(self.key, at, end)
        if not found:
            return None
        if found["unit"] == "năm" and self.issued is None:
            return Time(at, found.end(), "year", lambda y: _months(y, 1, 12))
        time = Time(at, found.end(), {"tháng": "month", "năm": "year"}.get(found["unit"], "quarter"))
        if self.issued:
            month = self.issued.month
            low, high = {"month": (month, month), "year": (1, 12), "quarter": ((month - 1) // 3 * 3 + 1, (month - 1) // 3 * 3 + 3)}[time.unit]
            time.first, time.last = _months(self.issued.year, low, high) or (None, None)
        return time

    def _year(self, at: int, end: int) -> Time | None:
        found = _YEAR.match(self.key, at, end)
        if not found:
            bare = _BARE_YEAR.match(self.key, at, end)
            return self._this_unit(at, end) if bare else None
        if found["rel"]:
            year = self.issued.year + (found["rel"] in ("sau", "tới")) if self.issued else None
        else:
            year = _year_of(found["y"] or found["y2"])
        last = _year_of(found["z"] or found["z2"]) or year
        if year is None or last is None:
            return Time(at, found.end(), "year")
        if last < year or (found["range"] == "," and last != year + 1):
            return Time(at, found.end("y"), "year", lambda y: _months(y, 1, 12), year) if found["y"] else None
        return Time(at, found.end(), "year", first=dt.date(year, 1, 1), last=dt.date(last, 12, 31))

    def _counted_years(self, at: int, end: int) -> Time | None:
        """`2 năm (2025, 2026)`."""
        found = _COUNTED_YEARS.match(self.key, at, end)
        first, last = (_year_of(found["y"]), _year_of(found["z"])) if found else (None, None)
        if not found or first is None or last is None or first > last:
            return None
        return self._fixed(found, "year", dt.date(first, 1, 1), dt.date(last, 12, 31))

    def _week(self, at: int, end: int) -> Time | None:
        found = _WEEK.match(self.key, at, end)
        if not found:
            return None
        if found["rel"]:
            if not self.issued:
                return Time(at, found.end(), "week")
            monday = self.issued - self.issued.weekday() * DAY + (7 * DAY if found["rel"] != "này" else 0 * DAY)
            return self._fixed(found, "week", monday, monday + 4 * DAY)
        month = self._month(found.end(), end)
        if month is None or not month.settle(self.issued).first or not month.last:
            return None
        month.start, month.unit, month.fuzzy, month.resolve = at, "week", True, None
        if found["nth"] == "đầu":
            month.last = month.first + 6 * DAY if month.first else None
        elif found["nth"] != "cuối":
            nth = WEEKDAYS.get(found["nth"].removeprefix("thứ "), 2) + 2
            month.last = min(month.last, month.first + (7 * nth - 1) * DAY) if month.first else None
        return month

    # -- feasts ---------------------------------------------------------------------------------

    def _tet(self, at: int, end: int) -> Time | None:
        found = _TET.match(self.key, at, end)
        if not found:
            return None
        name = found["name"]
        month, day = (8, 15) if "trung thu" in name else (1, 1)
        solar = "dương" in name
        resolve: Resolver = lambda y: _day(y, 1, 1) if solar else _pair(lunar_date(y, month, day))  # noqa: E731
        time = self._days(found, "day", resolve, self._named_year(found))
        time.feast = True
        return time

    def _national(self, at: int, end: int) -> Time | None:
        found = _NATIONAL.match(self.key, at, end)
        return self._days(found, "day", lambda y: _day(y, 9, 2), self._named_year(found)) if found else None

    def _school(self, at: int, end: int) -> Time | None:
        """The opening of the school year: 5 September by custom."""
        found = _SCHOOL.match(self.key, at, end)
        return self._days(found, "day", lambda y: _day(y, 9, 5), self._named_year(found)) if found else None


def _pair(day: dt.date | None) -> Bounds | None:
    return (day, day) if day else None


def _number(word: str, words: dict[str, int]) -> int:
    return int(word) if word.isdigit() else words.get(word, 0)


def _next_day_numbered(issued: dt.date, day: int) -> dt.date | None:
    for months in range(4):
        month = add_months(issued.replace(day=1), months)
        if month and (found := _day(month.year, month.month, day)) and found[0] >= issued:
            return found[0]
    return None
