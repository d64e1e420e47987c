"""Expressions of time read at a place of the flow: days, clock times, weeks, months, quarters, halves, years, feasts.

Every reader takes a position and answers a `Time` that starts there, or None. Years that are not printed stay open
until `TimeReader.settle`, which chooses the nearest reading that is not before the day of issue.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable
from functools import cache

from vnadmin_nlp.extract import deadlines_forms as forms
from vnadmin_nlp.extract.deadlines_model import (
    Bounds,
    Resolver,
    Time,
    day_of,
    middle_of,
    monday_of,
    months_of,
    next_day_numbered,
    number_of,
    one_day,
    span_of,
    year_of,
)
from vnadmin_nlp.knowledge.calendar import DAY, add_months, lunar_date, month_end
from vnadmin_nlp.text import key_of

Reader = Callable[[int, int], Time | None]


@cache
def _opening(word: str) -> str:
    """The first letters of `word`, as keys write them."""
    return key_of(word)[:3].ljust(3)


class TimeReader:
    """Reads times of `key` (the flow's), of a document of the day `issued`."""

    def __init__(self, key: str, issued: dt.date | None) -> None:
        self.key = key
        self.issued = issued
        self._usual: int | None = None
        dates = (self._date, self._date_words)
        self._days: tuple[Reader, ...] = (
            self._some_days, *dates, self._tet_day, self._today, self._tomorrow, self._weekday, self._bare_day,
            self._tet, self._national, self._school,
        )  # fmt: skip
        self._units: tuple[Reader, ...] = (
            self._half, self._month, self._quarter, self._week, self._year, self._part,
        )  # fmt: skip
        self._numbers: tuple[Reader, ...] = (
            self._counted_years, self._clock, self._some_days, *dates, self._days_of_month, self._half, self._month,
            self._year,
        )  # fmt: skip
        weekday, tomorrow, office = self._weekday, self._tomorrow, self._office
        openings: dict[str, tuple[Reader, ...]] = {  # by the first letters of a time
            "ngày": self._days, "hôm": (self._today,), "cùng": (self._today,), "trong": (self._today,),
            "mai": (tomorrow,), "sáng": (tomorrow, weekday, *dates), "trưa": (tomorrow, *dates),
            "chiều": (tomorrow, weekday, *dates), "tối": (tomorrow, *dates), "thứ": (weekday,), "chủ": (weekday,),
            "mồng": self._days, "mùng": self._days,
            "tháng": (self._date_words, *self._units), "quý": (self._quarter,), "tuần": (self._week,),
            "năm": (self._year, self._school), "các": (self._half, self._year), "những": (self._half,),
            "giai": (self._year,), "thời": (self._year,), "đầu": (self._part, self._school), "giữa": (self._part,),
            "cuối": (office, self._part), "hết": (office, self._part, self._date), "nửa": (self._part,),
            "giờ": (office,), "vào": (self._date,), "tết": (self._tet,), "trung": (self._tet,),
            "dịp": (self._tet, self._national), "kỳ": (self._tet,), "lễ": (self._national, self._school),
            "quốc": (self._national,), "khai": (self._school,),
        }  # fmt: skip
        self._openings = {_opening(word): readers for word, readers in openings.items()}

    def settle(self, time: Time, year: int | None = None) -> Time:
        """`time` with its days. Where neither it nor `year` nor the day of issue names the year, the one the document
        names most often is taken (`guessed`)."""
        if time.resolve and time.year is None and year is None and self.issued is None:
            year = self._usual_year()
            time.guessed = year is not None
        return time.settle(self.issued, year)

    def _usual_year(self) -> int | None:
        if self._usual is None:
            counts = Counter(forms.ANY_YEAR.findall(self.key))
            self._usual = int(max(counts, key=lambda y: (counts[y], y))) if counts else 0
        return self._usual or None

    def read(self, at: int, end: int) -> Time | None:
        """The longest time that starts at `at`: one, or a list or range of months, quarters or years."""
        if at >= end:
            return None
        digits = self.key[at].isdigit()
        time = self._first(self._numbers if digits else self._openings.get(self.key[at : at + 3], ()), at, end)
        if time is None or time.unit not in ("year", "quarter", "month"):
            return time
        more = forms.AND_ON.match(self.key, time.end, end)
        if more:
            time.end, time.unit = more.end(), "open"
        return time

    def _first(self, readers: tuple[Reader, ...], at: int, end: int) -> Time | None:
        for reader in readers:
            time = reader(at, end)
            if time is not None:
                return time
        return None

    def read_year(self, at: int, end: int) -> Time | None:
        """A bare `2026`: only where a field promises a time."""
        found = forms.ALONE.match(self.key, at, end)
        return self._time(found, "year", lambda y: months_of(y, 1, 12), int(found[0])) if found else None

    def _time(self, found: re.Match[str], unit: str, resolve: Resolver, year: int | None) -> Time:
        return Time(found.start(), found.end(), unit, resolve, year)

    def _fixed(self, found: re.Match[str], unit: str, first: dt.date | None, last: dt.date | None) -> Time:
        return Time(found.start(), found.end(), unit, first=first, last=last)

    def _named_year(self, found: re.Match[str]) -> int | None:
        groups = found.groupdict()
        year = year_of(groups.get("y") or groups.get("y2"), self.issued)
        rel = groups.get("rel")
        if year is None and rel and self.issued and "năm" in rel:
            return self.issued.year + (rel.endswith(("sau", "tới")))
        return year

    # -- days -----------------------------------------------------------------------------------

    def _some_days(self, at: int, end: int) -> Time | None:
        """`ngày 19 - 23/9/2022`: from the first to the last."""
        found = forms.SOME_DAYS.match(self.key, at, end)
        if not found:
            return None
        low, high, month = int(found["a"]), int(found["b"]), int(found["m"])

        def resolve(year: int) -> Bounds | None:
            return span_of(day_of(year, month, low), day_of(year, month, high))

        return self._time(found, "month", resolve, self._named_year(found))

    def _date(self, at: int, end: int) -> Time | None:
        found = forms.DATE.match(self.key, at, end)
        if not found:
            return None
        year = self._named_year(found)
        if year is None and not found["noun"] and (found["sep"] != "/" or forms.COUNTED.match(self.key, found.end())):
            return None  # `10-15`, `3/9 xã`
        day, month = int(found["d"]), int(found["m"])
        return self._solar_or_lunar(found, day, month, year, lunar=bool(found["lunar"]))

    def _date_words(self, at: int, end: int) -> Time | None:
        found = forms.DATE_WORDS.match(self.key, at, end)
        if not found:
            return None
        name = found["m"]
        month = 12 if name == "chạp" else 1 if name == "giêng" else number_of(name, forms.MONTHS)
        lunar = name in ("chạp", "giêng") or bool(found["lunar"])
        return self._solar_or_lunar(found, int(found["d"]), month, self._named_year(found), lunar=lunar)

    def _solar_or_lunar(self, found: re.Match[str], day: int, month: int, year: int | None, *, lunar: bool) -> Time:
        if lunar:
            return self._time(found, "day", lambda y: one_day(lunar_date(y, month, day)), year)
        time = self._time(found, "day", lambda y: day_of(y, month, day), year)
        time.day, time.month = day, month
        return time

    def _bare_day(self, at: int, end: int) -> Time | None:
        """`ngày 20 tháng này`, `ngày 20`: the first such day from the day of issue on."""
        found = forms.DAY_OF_MONTH.match(self.key, at, end) or forms.BARE_DAY.match(self.key, at, end)
        if not found:
            return None
        day = int(found["d"])
        if not 1 <= day <= 31:
            return None
        time = Time(at, found.end(), "day", day=day)
        rel = found.groupdict().get("rel")
        if rel and self.issued:
            month = add_months(self.issued, 0 if rel == "này" else 1)
            bounds = day_of(month.year, month.month, day) if month else None
            time.first = time.last = bounds[0] if bounds else None
            time.problem = None if bounds else "date.impossible"
        elif self.issued:
            time.first = time.last = next_day_numbered(self.issued, day)
        return time

    def _tet_day(self, at: int, end: int) -> Time | None:
        found = forms.TET_DAY.match(self.key, at, end)
        if not found:
            return None
        day = int(found["d"])
        return self._time(found, "day", lambda y: one_day(lunar_date(y, 1, day)), self._named_year(found))

    def _today(self, at: int, end: int) -> Time | None:
        found = forms.TODAY.match(self.key, at, end)
        if not found:
            return None
        named = self._named_before(at) if found[0].startswith("cùng") else None
        time = self._fixed(found, "day", self.issued, self.issued)
        if named:
            time.first, time.last = named.first, named.last
        time.today = named is None
        return time

    def _named_before(self, at: int) -> Time | None:
        """The last day named before `at`: `cùng ngày` is that one."""
        for place in reversed(list(forms.DAY_NOUN.finditer(self.key, max(0, at - 400), at))):
            time = self._first((self._date, self._date_words), place.start(), at)
            if time and self.settle(time).last:
                return time
        return None

    def _tomorrow(self, at: int, end: int) -> Time | None:
        found = forms.TOMORROW.match(self.key, at, end)
        if not found:
            return None
        day = self.issued + DAY if self.issued else None
        return self._fixed(found, "day", day, day)

    def _clock(self, at: int, end: int) -> Time | None:
        found = forms.CLOCK.match(self.key, at, end)
        if not found:
            return None
        hour, minute = int(found["h"]), int(found["mi"] or found["mi2"] or 0)
        if found["part"] in ("chiều", "tối") and hour < 12:
            hour += 12
        time = self._day_after(found, end) or Time(at, found.end(), "clock")
        time.start, time.clock = at, (hour, minute if hour < 24 else 0)
        return time

    def _office(self, at: int, end: int) -> Time | None:
        """`giờ hành chính ngày …`: the hours differ from place to place, the day counts."""
        found = forms.OFFICE_HOURS.match(self.key, at, end)
        time = self._day_after(found, end) if found else None
        if time:
            time.start = at
        return time

    def _day_after(self, found: re.Match[str], end: int) -> Time | None:
        """The day that follows a clock time."""
        link = forms.AFTER_CLOCK.match(self.key, found.end(), end)
        return self._first(self._days, link.end() if link else found.end(), end)

    def _weekday(self, at: int, end: int) -> Time | None:
        found = forms.WEEKDAY.match(self.key, at, end)
        if not found:
            return None
        weekday = forms.WEEKDAYS[found["w"]] if found["w"] else 6
        more = forms.AFTER_WEEKDAY.match(self.key, found.end(), end)
        date = self._first((self._date, self._date_words), more.end(), end) if more and not more["rel"] else None
        if date:  # where the two disagree, the date counts
            date.start, date.weekday = at, weekday
            return date
        time = Time(at, found.end(), "day", weekday=weekday)
        if self.issued:
            time.first = time.last = self.issued + ((weekday - self.issued.weekday()) % 7) * DAY
        if more and more["rel"]:
            time.end = more.end()
            if self.issued:
                weeks = 0 if more["rel"] == "tuần này" else 1
                time.first = time.last = monday_of(self.issued) + (weekday + 7 * weeks) * DAY
        return time

    # -- longer units ---------------------------------------------------------------------------

    def _month(self, at: int, end: int) -> Time | None:
        """A month or a list of months of one year."""
        for form in (forms.MONTH, forms.MONTH_WORD, forms.MONTH_YEAR):
            found = form.match(self.key, at, end)
            if found:
                break
        else:
            return self._month_from_now(at, end)
        first = last = number_of(found["m"], forms.MONTHS)
        if not 1 <= first <= 12:
            return Time(at, found.end(), "month", problem="date.impossible")
        stop, year = found.end(), self._named_year(found)
        while year is None and (more := forms.MONTH_LIST.match(self.key, stop, end)) and last < int(more["m"]) <= 12:
            stop, last, year = more.end(), int(more["m"]), self._named_year(more)
        return Time(at, stop, "month", lambda y: months_of(y, first, last), year, month=first)

    def _month_from_now(self, at: int, end: int) -> Time | None:
        found = forms.MONTH_REL.match(self.key, at, end)
        month = add_months(self.issued, 0 if found["rel"] == "này" else 1) if found and self.issued else None
        if not found or not month:
            return None
        return self._fixed(found, "month", month.replace(day=1), month_end(month.year, month.month))

    def _quarter(self, at: int, end: int) -> Time | None:
        """A quarter or a list of quarters of one year."""
        found = forms.QUARTER.match(self.key, at, end)
        if not found:
            return None
        first = last = forms.QUARTERS[found["q"]]
        stop, year = found.end(), self._named_year(found)
        while year is None and (more := forms.QUARTER_LIST.match(self.key, stop, end)):
            if forms.QUARTERS[more["q"]] <= last:
                break
            stop, last, year = more.end(), forms.QUARTERS[more["q"]], self._named_year(more)
        return Time(at, stop, "quarter", lambda y: months_of(y, 3 * first - 2, 3 * last), year)

    def _half(self, at: int, end: int) -> Time | None:
        """`6 tháng cuối năm`, `9 tháng đầu năm`, and vaguely `những tháng cuối năm`."""
        found = forms.HALF.match(self.key, at, end)
        if not found:
            return None
        count = int(found["n"] or 3)
        low, high = (1, count) if found["part"] == "đầu" else (13 - count, 12)
        year = self._named_year(found) or (self.issued.year if self.issued else None)
        time = self._time(found, "half", lambda y: months_of(y, low, high), year)
        time.era = not found["n"]
        return time

    def _days_of_month(self, at: int, end: int) -> Time | None:
        """`10 ngày đầu tháng 10/2022`."""
        found = forms.DAYS_OF_MONTH.match(self.key, at, end)
        month = self._month(found.end(), end) if found else None
        if not found or not month or not 1 <= int(found["n"]) <= 28:
            return None
        self.settle(month)
        month.start, month.resolve = at, None
        if month.first and month.last:
            span = (int(found["n"]) - 1) * DAY
            if found["part"] == "đầu":
                month.last = month.first + span
            else:
                month.first = month.last - span
        return month

    def _part(self, at: int, end: int) -> Time | None:
        """`đầu`, `giữa`, `cuối` of a unit (Civil Code, article 146, clauses 2 and 3)."""
        found = forms.PART.match(self.key, at, end)
        units = (self._month, self._quarter, self._year, self._this_unit)
        whole = self._first(units, found.end(), end) if found else None
        if not found or not whole:
            return None
        self.settle(whole)
        whole.start = at
        part = found["part"]
        if part == "hết":
            return whole
        whole.fuzzy, whole.resolve = True, None
        if part == "đầu":
            whole.last = whole.first
        elif part in ("giữa", "nửa đầu") and whole.first:
            whole.last = middle_of(whole.first, whole.unit)
        return whole

    def _this_unit(self, at: int, end: int) -> Time | None:
        """A bare `tháng`, `quý`, `năm`: that of the day of issue."""
        found = forms.THIS_UNIT.match(self.key, at, end)
        if not found:
            return None
        unit = {"tháng": "month", "năm": "year"}.get(found["unit"], "quarter")
        if unit == "year":
            year = self.issued.year if self.issued else None
            return self._time(found, unit, lambda y: months_of(y, 1, 12), year)
        if not self.issued:
            return Time(at, found.end(), unit)
        month = self.issued.month
        low, high = (month, month) if unit == "month" else ((month - 1) // 3 * 3 + 1, (month - 1) // 3 * 3 + 3)
        return self._time(found, unit, lambda y: months_of(y, low, high), self.issued.year)

    def _year(self, at: int, end: int) -> Time | None:
        found = forms.YEAR.match(self.key, at, end)
        if not found:
            time = self._this_unit(at, end) if forms.BARE_YEAR.match(self.key, at, end) else None
            if time:
                time.bare = True
            return time
        if found["rel"]:
            year = self.issued.year + (found["rel"] in ("sau", "tới")) if self.issued else None
        else:
            year = year_of(found["y"] or found["y2"])
        last = year_of(found["z"] or found["z2"]) or year
        if year is None or last is None:
            return Time(at, found.end(), "year")
        if last < year or (found["range"] == "," and last != year + 1):
            return Time(at, found.end("y"), "year", lambda y: months_of(y, 1, 12), year) if found["y"] else None
        era = self.key.startswith(("giai ", "thời "), at)
        return Time(at, found.end(), "year", first=dt.date(year, 1, 1), last=dt.date(last, 12, 31), era=era)

    def _counted_years(self, at: int, end: int) -> Time | None:
        """`2 năm (2025, 2026)`."""
        found = forms.COUNTED_YEARS.match(self.key, at, end)
        first, last = (year_of(found["y"]), year_of(found["z"])) if found else (None, None)
        if not found or first is None or last is None or first > last:
            return None
        return self._fixed(found, "year", dt.date(first, 1, 1), dt.date(last, 12, 31))

    def _week(self, at: int, end: int) -> Time | None:
        """A working week, which ends on Friday; `tuần cuối tháng 11`."""
        found = forms.WEEK.match(self.key, at, end)
        if not found:
            return None
        if found["rel"]:
            if not self.issued:
                return Time(at, found.end(), "week")
            monday = monday_of(self.issued) + (0 if found["rel"] == "này" else 7) * DAY
            return self._fixed(found, "week", monday, monday + 4 * DAY)
        month = self._month(found.end(), end)
        if month is None:
            return None
        self.settle(month)
        month.start, month.unit, month.fuzzy, month.resolve = at, "week", True, None
        if month.first and month.last and found["nth"] != "cuối":
            name = found["nth"].removeprefix("thứ ")
            nth = 1 if name in ("đầu", "nhất", "1") else forms.WEEKDAYS.get(name, 2) + 2
            month.last = min(month.last, month.first + (7 * nth - 1) * DAY)
        return month

    # -- feasts ---------------------------------------------------------------------------------

    def _tet(self, at: int, end: int) -> Time | None:
        """The first day of Tết (of the solar year: 1 January), or mid-autumn."""
        found = forms.TET.match(self.key, at, end)
        if not found:
            return None
        month, day = (8, 15) if "trung thu" in found["name"] else (1, 1)
        solar = "dương" in found["name"]

        def resolve(year: int) -> Bounds | None:
            return day_of(year, 1, 1) if solar else one_day(lunar_date(year, month, day))

        time = self._time(found, "day", resolve, self._named_year(found))
        time.feast = True
        return time

    def _national(self, at: int, end: int) -> Time | None:
        found = forms.NATIONAL.match(self.key, at, end)
        return self._time(found, "day", lambda y: day_of(y, 9, 2), self._named_year(found)) if found else None

    def _school(self, at: int, end: int) -> Time | None:
        """The opening of the school year: 5 September by custom."""
        found = forms.SCHOOL.match(self.key, at, end)
        return self._time(found, "day", lambda y: day_of(y, 9, 5), self._named_year(found)) if found else None
