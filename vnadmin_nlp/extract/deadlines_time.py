"""Expressions of time read at a place of the flow: days (`DayReader`), weeks, months, quarters, halves, years."""

from __future__ import annotations

import datetime as dt
from functools import cache

from vnadmin_nlp.extract import deadlines_forms as forms
from vnadmin_nlp.extract.deadlines_days import DayReader, Reader
from vnadmin_nlp.extract.deadlines_model import (
    GUESSED,
    LIKELY,
    NEXT,
    Time,
    middle_of,
    monday_of,
    months_of,
    number_of,
    year_of,
)
from vnadmin_nlp.knowledge.calendar import DAY, add_months, month_end
from vnadmin_nlp.text import key_of


@cache
def _opening(word: str) -> str:
    """The first letters of `word`, as keys write them."""
    return key_of(word)[:3].ljust(3)


class TimeReader(DayReader):
    """Reads times of `key` (the flow's), of a document of the day `issued`."""

    def __init__(self, key: str, issued: dt.date | None) -> None:
        super().__init__(key, issued)
        dates = self._dates
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

    def read_year(self, at: int, end: int) -> Time | None:
        """A bare `2026`: only where a field promises a time."""
        found = forms.ALONE.match(self.key, at, end)
        return self._time(found, "year", lambda y: months_of(y, 1, 12), int(found[0])) if found else None

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
        return self._fixed(found, "month", month.replace(day=1), month_end(month.year, month.month)).doubt(NEXT)

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
        return time.doubt(1.0 if found["n"] and found["y"] else NEXT if found["n"] else GUESSED)

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
        if part.startswith("nửa"):
            return self._half_of(whole, part)
        whole.fuzzy, whole.resolve = True, None
        whole.doubt(LIKELY if whole.unit == "quarter" else NEXT)
        if part == "đầu":
            whole.last = whole.first
        elif part == "giữa" and whole.first:
            whole.last = middle_of(whole.first, whole.unit)
        return whole

    def _half_of(self, whole: Time, part: str) -> Time:
        """`nửa đầu`, `nửa cuối` of a settled unit: to its middle, or from the day after."""
        if whole.first:
            middle = middle_of(whole.first, whole.unit)
            if whole.unit == "quarter":
                middle = middle.replace(day=15)
            if part == "nửa đầu":
                whole.last = middle
            else:
                whole.first = middle + DAY
        whole.unit, whole.resolve = "half", None
        return whole.doubt(NEXT)

    def _this_unit(self, at: int, end: int) -> Time | None:
        """A bare `tháng`, `quý`, `năm`: that of the day of issue."""
        found = forms.THIS_UNIT.match(self.key, at, end)
        if not found:
            return None
        unit = {"tháng": "month", "năm": "year"}.get(found["unit"], "quarter")
        if unit == "year":
            year = self.issued.year if self.issued else None
            return self._time(found, unit, lambda y: months_of(y, 1, 12), year).doubt(NEXT)
        if not self.issued:
            return Time(at, found.end(), unit)
        month = self.issued.month
        low, high = (month, month) if unit == "month" else ((month - 1) // 3 * 3 + 1, (month - 1) // 3 * 3 + 3)
        return self._time(found, unit, lambda y: months_of(y, low, high), self.issued.year).doubt(NEXT)

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
        time = self._fixed(found, "year", dt.date(year, 1, 1), dt.date(last, 12, 31))
        time.era = era
        return time.doubt(NEXT if found["rel"] else 1.0)

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
            return self._fixed(found, "week", monday, monday + 4 * DAY).doubt(NEXT)
        month = self._month(found.end(), end)
        if month is None:
            return None
        self.settle(month)
        month.start, month.unit, month.fuzzy, month.resolve = at, "week", True, None
        month.doubt(LIKELY)
        if month.first and month.last and found["nth"] != "cuối":
            name = found["nth"].removeprefix("thứ ")
            nth = 1 if name in ("đầu", "nhất", "1") else forms.WEEKDAYS.get(name, 2) + 2
            month.last = min(month.last, month.first + (7 * nth - 1) * DAY)
        return month
