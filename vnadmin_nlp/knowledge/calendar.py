"""The calendar of Vietnamese public offices: days off and worked Saturdays, the lunar calendar, ends of durations.

Working days are Monday to Friday (Decision 188/1999/QĐ-TTg) without the days off of the Labour Code 2019, article
112, and of the yearly swaps. Durations end by the Civil Code 2015, articles 144-148, applied to administrative acts
by analogy.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Mapping
from functools import cache
from math import floor, pi, sin

from vnadmin_nlp.knowledge.rows import Row, load_rows
from vnadmin_nlp.text import key_of, normalize

DAY = dt.timedelta(days=1)
MAX_COUNT = 10_000
_DURATION = re.compile(r"P(?:T(?P<hours>\d{1,4})H|T(?P<minutes>\d{1,5})M|(?P<count>\d{1,5})(?P<unit>[DBWMY]))")


class DayOverride(Row):
    """A day for which the yearly plan of days off says something the `holidays` package does not know."""

    date: dt.date
    working: bool


@cache
def _overrides() -> dict[dt.date, bool]:
    return {row.date: row.working for row in load_rows("holidays", DayOverride)}


def read_overrides(text: str) -> set[str]:
    """The ids of the overridden days that `text` names as `ngày d/m/yyyy` or `ngày d tháng m năm yyyy`."""
    key = normalize(text).key
    found = {tuple(map(int, m)) for m in re.findall(r"(\d{1,2})(?:/| tháng )(\d{1,2})(?:/| năm )(\d{4})", key)}
    rows = load_rows("holidays", DayOverride)
    return {row.id for row in rows if (row.date.day, row.date.month, row.date.year) in found}


@cache
def _national(year: int) -> Mapping[dt.date, str]:
    import holidays  # its tables are built on first use only

    return holidays.country_holidays("VN", years=year)


def is_working_day(day: dt.date) -> bool:
    """Whether public offices work on `day`."""
    known = _overrides().get(day)
    if known is not None:
        return known
    return bool(_national(day.year).is_working_day(day))  # type: ignore[attr-defined]


def working_day_from(day: dt.date) -> dt.date:
    """`day`, or the next working day after it (Civil Code, article 148, clause 5)."""
    for _ in range(31):
        if is_working_day(day) or day >= dt.date.max - DAY:
            return day
        day += DAY
    return day


def add_months(day: dt.date, months: int) -> dt.date | None:
    """The same day number `months` later, or the last day of that month where it has none (article 148, clause 3)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        return None
    return dt.date(year, month + 1, min(day.day, month_end(year, month + 1).day))


def month_end(year: int, month: int) -> dt.date:
    """Cuối tháng: the last day of the month (article 146, clause 2)."""
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def end_of_duration(duration: str, start: dt.date) -> dt.date | None:
    """The last day of `duration` (`P15D`, `P5B`, `P3M`, `PT24H`) from `start`, the day of the event it counts from.

    Civil Code 2015: the day of the event does not count (article 147, clauses 2 and 3); weeks end on the same weekday,
    months and years on the same day number (article 148, clauses 2-4); what ends on a day off ends on the next working
    day (article 148, clause 5). Working days (`B`) skip days off, so they end on none. Hours, which need an instant to
    count from (article 147, clause 1), end on the day they reach and do not roll. Neither does a duration before its
    event (`-P5D`): to move it would shorten the notice. None where `duration` is not one, or the calendar ends.
    """
    match = _DURATION.fullmatch(duration.removeprefix("-"))
    if not match:
        return None
    sign = -1 if duration.startswith("-") else 1
    try:
        if match["hours"]:
            return start + sign * dt.timedelta(days=-(-int(match["hours"]) // 24))
        if match["minutes"]:
            return start
        count = min(int(match["count"]), MAX_COUNT)
        if match["unit"] == "B":
            return _count_working_days(start, count, sign)
        end = _shift(start, sign * count, match["unit"])
    except OverflowError:
        return None
    return end if end is None or sign < 0 else working_day_from(end)


def end_of_hours(duration: str, start: dt.datetime) -> dt.datetime | None:
    """The instant `duration` in hours or minutes (`PT24H`) after `start`, before it for `-PT24H`; None for others."""
    match = _DURATION.fullmatch(duration.removeprefix("-"))
    if not match or match["unit"]:
        return None
    length = dt.timedelta(hours=int(match["hours"] or 0), minutes=int(match["minutes"] or 0))
    try:
        return start - length if duration.startswith("-") else start + length
    except OverflowError:
        return None


def _shift(start: dt.date, count: int, unit: str) -> dt.date | None:
    """`start` moved by days, weeks, months or years (article 148, clauses 1-4)."""
    if unit in "DW":
        return start + dt.timedelta(days=count * (7 if unit == "W" else 1))
    return add_months(start, count * (12 if unit == "Y" else 1))


def _count_working_days(start: dt.date, count: int, sign: int) -> dt.date:
    """The `count`-th working day after `start` (before it for a negative `sign`)."""
    if count > 1000:  # no office counts so far: whole weeks, days off not looked up
        return start + sign * dt.timedelta(days=count * 7 // 5)
    day = start
    while count:
        day += sign * DAY
        count -= is_working_day(day)
    return day


# The lunar calendar as computed by Hồ Ngọc Đức after Jean Meeus, "Astronomical Algorithms" (1998): new moons and solar
# terms at UTC+7, the civil time of Viet Nam, so that it differs from the Chinese calendar in some years.
_EPOCH = dt.date(1970, 1, 1).toordinal() - 2440588  # ordinal of a date minus its Julian day number


@cache
def lunar_date(year: int, month: int, day: int) -> dt.date | None:
    """The solar date of `day` of lunar `month` (1 Giêng .. 12 Chạp, not a leap one) of the lunar year that begins in
    solar `year`. None where that month has no such day."""
    if not (1900 <= year <= 2199 and 1 <= month <= 12 and 1 <= day <= 30):
        return None
    opening = year if month >= 11 else year - 1  # the solar year in whose winter the count of months begins
    first, last = _month_eleven(opening), _month_eleven(opening + 1)
    index = floor(0.5 + (first - 2415021.076998695) / 29.530588853)
    offset = (month - 11) % 12
    if last - first > 365:
        leap = _leap_offset(first)
        if offset >= leap:
            offset += 1
    start, following = _new_moon(index + offset), _new_moon(index + offset + 1)
    if start + day - 1 >= following:
        return None
    return dt.date.fromordinal(start + day - 1 + _EPOCH)


def tet(year: int) -> dt.date | None:
    """Mùng 1 Tết Nguyên đán of `year`."""
    return lunar_date(year, 1, 1)


_STEMS, _BRANCHES = (
    {key_of(name): place for place, names in enumerate(cycle.split()) for name in names.split("/")}
    for cycle in (
        "giáp ất bính đinh mậu kỷ/kỉ canh tân nhâm quý/quí",
        "tý/tí sửu dần mão/mẹo thìn tỵ/tị ngọ mùi thân dậu tuất hợi",
    )
)


def year_named(name: str, near: int) -> int | None:
    """The lunar year of a can chi name (`Ất Tỵ`) that is nearest to `near`: the names come again after 60 years.

    None where the cycle has no such name (`Giáp Sửu`).
    """
    stem, _, branch = key_of(name).partition(" ")
    place = _STEMS.get(stem), _BRANCHES.get(branch)
    years = (year for year in range(near - 30, near + 31) if ((year - 4) % 10, (year - 4) % 12) == place)
    return min(years, key=lambda year: abs(year - near), default=None)


def _new_moon(k: int) -> int:
    """The Julian day number, at UTC+7, of the `k`-th new moon after 1 January 1900."""
    t = k / 1236.85
    rad = pi / 180
    mean = 2415020.75933 + 29.53058868 * k + 0.0001178 * t**2 - 0.000000155 * t**3
    mean += 0.00033 * sin((166.56 + 132.87 * t - 0.009173 * t**2) * rad)
    m = 359.2242 + 29.10535608 * k - 0.0000333 * t**2 - 0.00000347 * t**3
    mpr = 306.0253 + 385.81691806 * k + 0.0107306 * t**2 + 0.00001236 * t**3
    f = 21.2964 + 390.67050646 * k - 0.0016528 * t**2 - 0.00000239 * t**3
    c = (0.1734 - 0.000393 * t) * sin(m * rad) + 0.0021 * sin(2 * rad * m) - 0.4068 * sin(mpr * rad)
    c += 0.0161 * sin(2 * rad * mpr) - 0.0004 * sin(3 * rad * mpr) + 0.0104 * sin(2 * rad * f)
    c += -0.0051 * sin(rad * (m + mpr)) - 0.0074 * sin(rad * (m - mpr)) + 0.0004 * sin(rad * (2 * f + m))
    c += -0.0004 * sin(rad * (2 * f - m)) - 0.0006 * sin(rad * (2 * f + mpr)) + 0.0010 * sin(rad * (2 * f - mpr))
    c += 0.0005 * sin(rad * (2 * mpr + m))
    delta = -0.000278 + 0.000265 * t + 0.000262 * t**2
    if t < -11:
        delta = 0.001 + 0.000839 * t + 0.0002261 * t**2 - 0.00000845 * t**3 - 0.000000081 * t * t**3
    return floor(mean + c - delta + 0.5 + 7 / 24)


def _sun_sector(day: int) -> int:
    """Which twelfth of the ecliptic (0-11) the sun stands in at midnight, UTC+7, of Julian day `day`."""
    t = (day - 2451545.5 - 7 / 24) / 36525
    rad = pi / 180
    m = 357.52910 + 35999.05030 * t - 0.0001559 * t**2 - 0.00000048 * t**3
    mean = 280.46645 + 36000.76983 * t + 0.0003032 * t**2
    dl = (1.914600 - 0.004817 * t - 0.000014 * t**2) * sin(rad * m)
    dl += (0.019993 - 0.000101 * t) * sin(2 * rad * m) + 0.000290 * sin(3 * rad * m)
    return floor(((mean + dl) * rad % (2 * pi)) / pi * 6)


@cache
def _month_eleven(year: int) -> int:
    """The Julian day number of the first day of the eleventh lunar month (the one of the winter solstice) of `year`."""
    off = dt.date(year, 12, 31).toordinal() - _EPOCH - 2415021
    k = floor(off / 29.530588853)
    start = _new_moon(k)
    return _new_moon(k - 1) if _sun_sector(start) >= 9 else start


def _leap_offset(first: int) -> int:
    """How many months after the eleventh month that begins on `first` the leap month comes."""
    k = floor((first - 2415021.076998695) / 29.530588853 + 0.5)
    offset = 1
    arc = _sun_sector(_new_moon(k + offset))
    while offset < 14:
        last = arc
        offset += 1
        arc = _sun_sector(_new_moon(k + offset))
        if arc == last:
            break
    return offset - 1
