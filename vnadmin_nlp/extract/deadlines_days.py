"""Days read at a place of the flow: dates, weekdays, clock times, feasts, and days named by others (`cùng ngày`).

Every reader takes a position and answers a `Time` that starts there, or None. A year that is not printed stays open
until `settle`, which chooses the nearest reading that is not before the day of issue.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable

from vnadmin_nlp.extract import deadlines_forms as forms
from vnadmin_nlp.extract.deadlines_model import (
    GUESSED,
    LIKELY,
    NEXT,
    UNDATED,
    Bounds,
    Resolver,
    Time,
    day_of,
    monday_of,
    next_day_numbered,
    number_of,
    one_day,
    span_of,
    year_of,
)
from vnadmin_nlp.knowledge.calendar import DAY, add_months, lunar_date, year_named

_AGE = 2025  # the names of years in documents that name no year are of this age

Reader = Callable[[int, int], Time | None]


class DayReader:
    """Reads days of `key` (the flow's), of a document of the day `issued`."""

    def __init__(self, key: str, issued: dt.date | None) -> None:
        self.key = key
        self.issued = issued
        self._usual: int | None = None
        self._dates: tuple[Reader, ...] = (self._date, self._date_words)
        self._days: tuple[Reader, ...] = (
            self._some_days, *self._dates, self._tet_day, self._today, self._tomorrow, self._weekday, self._bare_day,
            self._tet, self._national, self._school,
        )  # fmt: skip

    def settle(self, time: Time, year: int | None = None) -> Time:
        """`time` with its days. Where neither it nor `year` nor the day of issue names the year, the one the document
        names most often is taken."""
        if time.resolve and time.year is None and year is None and self.issued is None:
            year = self._usual_year()
            time.doubt(UNDATED)
        return time.settle(self.issued, year)

    def _usual_year(self) -> int | None:
        if self._usual is None:
            counts = Counter(forms.ANY_YEAR.findall(self.key))
            self._usual = int(max(counts, key=lambda y: (counts[y], y))) if counts else 0
        return self._usual or None

    def _first(self, readers: tuple[Reader, ...], at: int, end: int) -> Time | None:
        for reader in readers:
            time = reader(at, end)
            if time is not None:
                return time
        return None

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
        name = groups.get("stem") or groups.get("stem2")
        if year is None and name:
            return year_named(name, self.issued.year if self.issued else self._usual_year() or _AGE)
        return year

    def _lunar(self, found: re.Match[str], resolve: Resolver) -> Time:
        """A day of the lunar calendar. Where the number and the name of its year disagree, the number counts."""
        time = self._time(found, "day", resolve, self._named_year(found))
        groups = found.groupdict()
        name = groups.get("stem") or groups.get("stem2")
        if name and not (groups.get("y") or groups.get("y2")):
            time.doubt(NEXT if self.issued else UNDATED)
        elif name and time.year and year_named(name, time.year) != time.year:
            time.doubt(GUESSED)
        return time

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
        lunar = name in ("chạp", "giêng") or bool(found["lunar"] or found["stem"])
        return self._solar_or_lunar(found, int(found["d"]), month, self._named_year(found), lunar=lunar)

    def _solar_or_lunar(self, found: re.Match[str], day: int, month: int, year: int | None, *, lunar: bool) -> Time:
        if lunar:
            return self._lunar(found, lambda y: one_day(lunar_date(y, month, day)))
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
            time.doubt(NEXT)
        elif self.issued:
            time.first = time.last = next_day_numbered(self.issued, day)
            time.doubt(LIKELY if time.last and time.last.month == self.issued.month else GUESSED)
        return time

    def _tet_day(self, at: int, end: int) -> Time | None:
        found = forms.TET_DAY.match(self.key, at, end)
        if not found:
            return None
        day = int(found["d"])
        return self._lunar(found, lambda y: one_day(lunar_date(y, 1, day)))

    def _today(self, at: int, end: int) -> Time | None:
        found = forms.TODAY.match(self.key, at, end)
        if not found:
            return None
        named = self._named_before(at) if found[0].startswith("cùng") else None
        time = self._fixed(found, "day", self.issued, self.issued)
        if named:
            time.first, time.last = named.first, named.last
        time.today = named is None
        return time.doubt(NEXT if time.today else LIKELY)

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
        return self._fixed(found, "day", day, day).doubt(NEXT)

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
        time = Time(at, found.end(), "day", weekday=weekday, score=LIKELY)
        if self.issued:
            time.first = time.last = self.issued + ((weekday - self.issued.weekday()) % 7) * DAY
        if more and more["rel"]:
            time.end = more.end()
            if self.issued:
                weeks = 0 if more["rel"] == "tuần này" else 1
                time.first = time.last = monday_of(self.issued) + (weekday + 7 * weeks) * DAY
        return time

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

        time = self._lunar(found, resolve)
        time.feast = True
        return time

    def _national(self, at: int, end: int) -> Time | None:
        found = forms.NATIONAL.match(self.key, at, end)
        return self._time(found, "day", lambda y: day_of(y, 9, 2), self._named_year(found)) if found else None

    def _school(self, at: int, end: int) -> Time | None:
        """The opening of the school year: 5 September by custom."""
        found = forms.SCHOOL.match(self.key, at, end)
        if not found:
            return None
        return self._time(found, "day", lambda y: day_of(y, 9, 5), self._named_year(found)).doubt(LIKELY)
