"""Deadlines: every kind and printed form, with the value that the words say.

The value is computed from what is composed, by the calendar alone. `By` forms may stand behind a verb without a comma.
"""

from __future__ import annotations

import calendar
import datetime as dt
import random
from collections.abc import Callable, Sequence
from functools import cache
from typing import TypeVar

from .data import table
from .draft import Limit

T = TypeVar("T")
_TRIES = 20  # deadlines that are drawn before a plain day is taken
ROMAN = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"]
_WEEKDAYS = ["thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu"]
_DAYS = ["MO", "TU", "WE", "TH", "FR"]
_EVENTS = [
    "trước khi trình phê duyệt", "trước khi tổ chức thực hiện", "trước khi ban hành", "trước khi tổ chức nghiệm thu",
    "trước khi kết thúc đợt cao điểm", "trước khi lấy ý kiến các đơn vị", "trước khi báo cáo cấp trên",
]  # fmt: skip
_AT_ONCE = [
    "ngay sau khi nhận được {this} này", "ngay khi có kết quả", "ngay lập tức", "ngay trong ngày",
    "ngay khi được giao nhiệm vụ", "ngay sau khi kết thúc đợt kiểm tra", "ngay khi có yêu cầu",
    "ngay sau khi kết thúc hội nghị", "ngay khi phát sinh vướng mắc", "ngay sau khi có phát sinh",
]  # fmt: skip
_FROM = [
    "kể từ ngày nhận được {this} này", "kể từ ngày nhận đủ hồ sơ hợp lệ", "kể từ ngày được giao nhiệm vụ",
    "kể từ ngày kết thúc đợt kiểm tra", ", kể từ ngày nhận được kiến nghị", "kể từ ngày có kết quả thẩm định",
    "sau khi kết thúc quý", "từ ngày nhận hồ sơ", "kể từ ngày nhận được báo cáo", "kể từ khi tiếp nhận phản ánh",
]  # fmt: skip


@cache
def _off() -> frozenset[dt.date]:
    rows = table("calendar")["days_off"].items()
    pairs = ((year, *map(int, str(day).split("/"))) for year, days in rows for day in days)
    return frozenset(dt.date(year, month, day) for year, day, month in pairs)


def after_working(start: dt.date, days: int) -> dt.date:
    """The `days`-th working day after `start`."""
    while days:
        start += dt.timedelta(days=1)
        days -= working(start)
    return start


def working(day: dt.date) -> bool:
    return (day.weekday() < 5 and day not in _off()) or day in table("calendar")["worked"]


def rolled(day: dt.date) -> dt.date:
    """`day`, or the next working day (Civil Code art. 148.5)."""
    while not working(day):
        day += dt.timedelta(days=1)
    return day


def month_end(year: int, month: int) -> dt.date:
    return dt.date(year, month, calendar.monthrange(year, month)[1])


class Limits:
    """Deadlines of one document of `day`; `this` is how it calls itself (`Công văn`). None is later than `last`, or
    earlier than `first`, where a period is named."""

    def __init__(
        self, rng: random.Random, day: dt.date, this: str, last: dt.date | None = None, first: dt.date | None = None
    ) -> None:
        self.rng, self.day, self.this, self.last = rng, day, this, last
        self.start = max(day, first) if first else day  # from which day they are reckoned
        self._dates = [self._by_date] * 9 + [self._clock] * 3 + [self._no_year] * 3 + [self._weekday, self._tet]
        self._others = [
            *[self._month] * 5, *[self._quarter] * 4, *[self._year] * 2, *[self._half, self._range, self._month_part],
            *[self._working] * 5, *[self._days] * 3, *[self._hours] * 4, *[self._months, self._from_own] * 2,
            *[self._recurring] * 7, *[self._at_once] * 4, self._event, self._open,
        ]  # fmt: skip

    # -- what a sentence asks for --------------------------------------------------------------
    def by(self) -> Limit:
        """A day, or a period, that may stand right behind a verb."""
        return self._draw([*self._dates * 2, *[self._month] * 6, *[self._quarter] * 3])

    def any(self) -> Limit:
        return self._draw([*self._dates * 2, *self._others])

    def single(self) -> Limit:
        """One that comes once: what a task of a plan has."""
        plain = [self._month, self._quarter, self._year, self._half, self._range, self._open]
        return self._draw([*self._dates, *plain * 2])

    def recurring(self) -> Limit:
        return self._recurring()

    def duration(self) -> Limit:
        return self._draw([*[self._working] * 4, *[self._days] * 3, *[self._hours] * 2, self._months])

    def at_once(self) -> Limit:
        return self._at_once()

    def field(self) -> Limit:
        """What stands in the column `Thời gian`: without its preposition as often as with it."""
        found = self.single()
        text = found.text
        for preposition in ("trong ", "trước ngày "):
            if text.startswith(preposition) and self.rng.random() < 0.5:
                text = text.removeprefix(preposition)
        return Limit([text[:1].upper() + text[1:]], found.kind, found.due)

    # -- forms -----------------------------------------------------------------------------------
    def _draw(self, makers: list[Callable[[], Limit]]) -> Limit:
        for _ in range(_TRIES):
            found = self._one(makers)()
            if self._fits(found):
                return found
        return self._by_date()

    def _fits(self, found: Limit) -> bool:
        if self.last is None:
            return True
        if found.due is None:
            return found.kind != "period"
        return self.start.isoformat() <= found.due[:10] <= self.last.isoformat()

    def _one(self, rows: Sequence[T]) -> T:
        return rows[int(self.rng.random() * len(rows))]

    def _ahead(self, low: int = 3, high: int = 100) -> dt.date:
        if self.last is not None:
            high = max(2, min(high, (self.last - self.start).days))
            low = min(low, high - 1)
        date = self.start + dt.timedelta(days=low + int(self.rng.random() * (high - low)))
        date -= dt.timedelta(days=max(0, date.weekday() - 4))
        return date if date > self.day and date >= self.start else after_working(self.start, 1)

    def _printed(self, date: dt.date) -> str:
        d, m, y = date.day, date.month, date.year
        zero = f"{m:02d}" if m < 3 else f"{m}"
        return self._one(
            [f"{d:02d}/{zero}/{y}"] * 6
            + [f"{d:02d}/{m:02d}/{y}"] * 3
            + [f"{d}/{m}/{y}"] * 2
            + [f"{d:02d} tháng {zero} năm {y}"] * 3
            + [f"{d:02d}-{m:02d}-{y}", f"{d:02d}.{m:02d}.{y}"]
        )

    def _by_date(self) -> Limit:
        date = self._ahead()
        lead = self._one(
            ["trước ngày"] * 6
            + ["chậm nhất ngày", "chậm nhất là ngày", "chậm nhất đến ngày", "muộn nhất là ngày", "đến hết ngày"]
            + ["không quá ngày", "chậm nhất vào ngày", "trước và trong ngày", "chậm nhất trước ngày"]
        )
        return Limit([f"{lead} {self._printed(date)}"], "date", date.isoformat())

    def _clock(self) -> Limit:
        date, hour = self._ahead(1, 30), self._one([8, 9, 10, 11, 14, 15, 16, 17])
        minute = self._one([0, 0, 0, 30])
        forms = [
            f"{hour:02d}h{minute:02d}",
            f"{hour}h{minute:02d}",
            f"{hour} giờ {minute:02d}",
            f"{hour:02d}:{minute:02d}",
        ]
        clock = self._one([*forms, f"{hour:02d} giờ {minute:02d} phút", f"{hour}g{minute:02d}"])
        if not minute:
            clock = self._one([clock, f"{hour:02d} giờ", f"{hour}h"])
        comma = "," if self.rng.random() < 0.2 else ""
        lead = self._one(["trước"] * 4 + ["chậm nhất", "chậm nhất là"])
        due = f"{date.isoformat()}T{hour:02d}:{minute:02d}"
        return Limit([f"{lead} {clock}{comma} ngày {self._printed(date)}"], "date", due)

    def _no_year(self) -> Limit:
        """The year is that of the next such day."""
        date = self._ahead(5, 80)
        month = f"{date.month:02d}" if date.month < 3 else f"{date.month}"
        lead = self._one(["trước ngày", "chậm nhất ngày", "trước ngày"])
        form = self._one(
            [f"{date.day:02d}/{month}", f"{date.day:02d} tháng {month}", f"{date.day:02d}/{date.month:02d}"]
        )
        return Limit([f"{lead} {form}"], "date", date.isoformat())

    def _weekday(self) -> Limit:
        date = self._ahead(3, 20)
        name = _WEEKDAYS[date.weekday()]
        plain = f"{date.day:02d}/{date.month}/{date.year}" if date.month > 2 else f"{date.day:02d}/{date:%m/%Y}"
        form = self._one([f"trước ngày {plain} ({name})", f"trước {name}, ngày {plain}", f"chậm nhất {name} ({plain})"])
        return Limit([form], "date", date.isoformat())

    def _tet(self) -> Limit:
        days = table("calendar")["tet"]
        year = next((year for year, first in days.items() if 10 < (first - self.day).days < 150), None)
        if year is None:
            return self._by_date()
        name = self._one(["", f" {table('calendar')['tet_name'][year]}"])
        form = (
            f"trước Tết Nguyên đán{name} năm {year}" if not name or year % 2 else f"trước Tết Nguyên đán{name} {year}"
        )
        return Limit([form], "date", days[year].isoformat())

    def _event(self) -> Limit:
        return Limit([self._one(_EVENTS)], "date")

    def _month(self) -> Limit:
        end = month_end(*self._later_month(self._one([0, 0, 1, 1, 2, 3, 5])))
        month, year = end.month, end.year
        forms = (
            [f"trong tháng {month}/{year}"] * 3
            + [f"trong tháng {month} năm {year}"] * 2
            + [f"ngay trong tháng {month}/{year}"]
        )
        forms += [f"trong tháng {month:02d}/{year}", f"xong trong tháng {month}/{year}"]
        if (month, year) == (self.day.month, self.day.year):
            forms.append("trong tháng này")
        if 0 <= (end - self.day).days < 150:
            forms.append(f"trong tháng {month}")
        form = self._one(forms)
        return Limit([form.removeprefix("xong ")], "period", end.isoformat())

    def _later_month(self, more: int) -> tuple[int, int]:
        months = self.start.year * 12 + self.start.month - 1 + more
        return months // 12, months % 12 + 1

    def _quarter(self) -> Limit:
        year, month = self._later_month(self._one([0, 2, 3, 6]))
        quarter = (month - 1) // 3
        end = month_end(year, quarter * 3 + 3)
        word, name = self._one(["Quý", "quý"]), self._one([ROMAN[quarter]] * 4 + [str(quarter + 1)])
        lead = self._one(["trong", "trong", "trong", "đến hết", "chậm nhất trong"])
        return Limit([f"{lead} {word} {name}{self._one(['/', ' năm '])}{year}"], "period", end.isoformat())

    def _year(self) -> Limit:
        year = self.day.year + self._one([0, 0, 1, 1, 2])
        form = self._one([f"trong năm {year}", f"đến hết năm {year}", f"trong năm {year}"])
        return Limit([form], "period", f"{year}-12-31")

    def _half(self) -> Limit:
        second = self.day.month <= 9
        year = self.day.year if second else self.day.year + 1
        half, end = ("cuối", f"{year}-12-31") if second else ("đầu", f"{year}-06-30")
        return Limit([f"trong {self._one(['6', '06'])} tháng {half} năm {year}"], "period", end)

    def _range(self) -> Limit:
        first, more = self._ahead(2, 20), 7 + int(self.rng.random() * 60)
        last = first + dt.timedelta(days=more)
        hết = self._one(["đến", "đến hết"])
        begin = f"{first.day:02d}/{first.month:02d}/{first.year}"
        return Limit(
            [f"từ ngày {begin} {hết} ngày {last.day:02d}/{last.month:02d}/{last.year}"], "period", last.isoformat()
        )

    def _month_part(self) -> Limit:
        year, month = self._later_month(1 + int(self.rng.random() * 3))
        part, day = self._one([("đầu", 1), ("giữa", 15), ("cuối", month_end(year, month).day)])
        lead = "chậm nhất " if part == "cuối" else self._one(["vào ", "trong "]) if part == "đầu" else "vào "
        return Limit([f"{lead}{part} tháng {month}/{year}"], "date", dt.date(year, month, day).isoformat())

    def _open(self) -> Limit:
        year = self.day.year
        return Limit([self._one([f"năm {year} và các năm tiếp theo", f"từ năm {year} và các năm tiếp theo"])], "period")

    # -- durations --------------------------------------------------------------------------------
    def _span(self, count: str, value: str) -> Limit:
        lead = self._one(["trong thời hạn", "trong vòng", "trong thời gian", "chậm nhất", "chậm nhất sau", "không quá"])
        start = self._one(_FROM).replace("{this}", self.this)
        return Limit([f"{lead} {count}{'' if start[0] == ',' else ' '}{start}"], "duration", None, value)

    def _working(self) -> Limit:
        days = self._one([2, 3, 3, 5, 5, 7, 10, 15])
        return self._span(f"{days:02d} ngày làm việc", f"P{days}B")

    def _days(self) -> Limit:
        days = self._one([3, 5, 7, 10, 15, 20, 30, 45])
        return self._span(f"{days:02d} ngày", f"P{days}D")

    def _hours(self) -> Limit:
        hours = self._one([2, 12, 24, 24, 48, 72])
        start = self._one(["kể từ khi phát hiện vụ việc", "kể từ khi nhận được thông tin", "kể từ khi tiếp nhận"])
        return Limit(
            [f"{self._one(['trong vòng', 'chậm nhất'])} {hours:02d} giờ {start}"], "duration", None, f"PT{hours}H"
        )

    def _months(self) -> Limit:
        months = self._one([1, 2, 3, 6, 12])
        return self._span(f"{months:02d} tháng", f"P{months}M")

    def _from_own(self) -> Limit:
        """From the day of the document itself, so that the last day is known."""
        days, start = self._one([5, 7, 10, 15, 20]), self._one(["ban hành", "ký"])
        lead = self._one(["trong thời hạn", "trong vòng", "chậm nhất"])
        tail = f"kể từ ngày {start} {self.this} này"
        if self.rng.random() < 0.6:
            due = after_working(self.day, days)
            return Limit([f"{lead} {days:02d} ngày làm việc {tail}"], "duration", due.isoformat(), f"P{days}B")
        due = rolled(self.day + dt.timedelta(days=days))
        return Limit([f"{lead} {days:02d} ngày {tail}"], "duration", due.isoformat(), f"P{days}D")

    # -- recurring ---------------------------------------------------------------------------------
    def _recurring(self) -> Limit:
        each, day, at = (
            self._one(["hằng", "hàng"]),
            self._one([5, 10, 12, 15, 18, 20, 22, 25, 28]),
            int(self.rng.random() * 5),
        )
        month = self._one([3, 6, 9, 11, 12])
        forms = [
            (f"trước ngày {day:02d} {each} tháng", f"FREQ=MONTHLY;BYMONTHDAY={day}"),
            (f"định kỳ trước ngày {day:02d} {each} tháng", f"FREQ=MONTHLY;BYMONTHDAY={day}"),
            (f"chậm nhất ngày {day:02d} {each} tháng", f"FREQ=MONTHLY;BYMONTHDAY={day}"),
            (f"{each} tháng", "FREQ=MONTHLY"),
            (f"định kỳ {each} tháng", "FREQ=MONTHLY"),
            (f"{each} quý", "FREQ=MONTHLY;INTERVAL=3"),
            (f"định kỳ {each} quý", "FREQ=MONTHLY;INTERVAL=3"),
            ("định kỳ 6 tháng", "FREQ=MONTHLY;INTERVAL=6"),
            ("định kỳ 06 tháng một lần", "FREQ=MONTHLY;INTERVAL=6"),
            (f"{each} năm", "FREQ=YEARLY"),
            (f"{each} tuần", "FREQ=WEEKLY"),
            (f"{each} ngày", "FREQ=DAILY"),
            (f"trước {_WEEKDAYS[at]} {each} tuần", f"FREQ=WEEKLY;BYDAY={_DAYS[at]}"),
            (f"vào {_WEEKDAYS[at]} {each} tuần", f"FREQ=WEEKLY;BYDAY={_DAYS[at]}"),
            (f"trước 15h00 {_WEEKDAYS[4]} {each} tuần", "FREQ=WEEKLY;BYDAY=FR;BYHOUR=15;BYMINUTE=0"),
            (f"trước ngày {day:02d}/{month} {each} năm", f"FREQ=YEARLY;BYMONTH={month};BYMONTHDAY={day}"),
            (f"trước ngày {day:02d} tháng {month} {each} năm", f"FREQ=YEARLY;BYMONTH={month};BYMONTHDAY={day}"),
            (
                f"trước ngày {day:02d}/6 và {day:02d}/12 {each} năm",
                f"FREQ=YEARLY;BYMONTH=6;BYMONTHDAY={day} | FREQ=YEARLY;BYMONTH=12;BYMONTHDAY={day}",
            ),
            (f"định kỳ 6 tháng và {each} năm", "FREQ=MONTHLY;INTERVAL=6 | FREQ=YEARLY"),
            (
                f"định kỳ {each} quý, 6 tháng và {each} năm",
                "FREQ=MONTHLY;INTERVAL=3 | FREQ=MONTHLY;INTERVAL=6 | FREQ=YEARLY",
            ),
        ]
        text, rule = self._one(forms)
        return Limit([text], "recurring", None, None, rule)

    def _at_once(self) -> Limit:
        return Limit([self._one(_AT_ONCE).replace("{this}", self.this)], "immediate")
