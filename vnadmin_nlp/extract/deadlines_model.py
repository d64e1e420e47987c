"""A time as read from the text, and the arithmetic that turns what is printed into days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from vnadmin_nlp.knowledge.calendar import DAY, add_months, month_end

# How sure a day is that the text does not print in full
NEXT = 0.9  # fixed by the day of issue or by law: the next such day within half a year, `tháng này`, `cuối tháng 9`
LIKELY = 0.8  # by custom or the nearest reading: `ngày 20`, `thứ Sáu`, `khai giảng`
GUESSED = 0.6  # another reading is as good: more than half a year ahead, the next year, `những tháng cuối năm`
UNDATED = 0.5  # the year is taken from the rest of a document without a date
_HALF_YEAR = dt.timedelta(days=184)

Bounds = tuple[dt.date, dt.date]
Resolver = Callable[[int], Bounds | None]


@dataclass(slots=True)
class Time:
    """A stretch of the calendar named at `start:end`.

    `unit` is `day`, `week`, `month`, `quarter`, `half`, `year` or `open` (no end named). `first` and `last` are its
    days (or the instant), None until settled or where they cannot be known; `problem` says why not. The parts as
    printed (`day`, `month`, `weekday`, `clock`) serve recurrences. `fuzzy`: a part of a unit (`cuối tháng 9`);
    `feast`: Tết; `bare`: a unit without number (`trong năm`); `era`: a period that names plans or goes on (`giai đoạn
    2021-2025`, `những tháng cuối năm`); `today`: the day of issue; `counted`: so many days before the day named
    (`trước Tết 10 ngày`), itself in time. `score`: how sure its days are, 1 where they are as printed.
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
    bare: bool = False
    era: bool = False
    today: bool = False
    counted: bool = False
    score: float = 1.0
    problem: str | None = None

    @property
    def point(self) -> bool:
        return self.unit == "day"

    def doubt(self, score: float) -> Time:
        """This time, no surer than `score`."""
        self.score = min(self.score, score)
        return self

    @property
    def due(self) -> dt.date | dt.datetime | None:
        """The last day, or the instant where a clock time is printed (24 o'clock is the end of the day itself)."""
        if self.last is None or self.clock is None or self.clock[0] == 24:
            return self.last
        return dt.datetime.combine(self.last, dt.time(*self.clock))

    def settle(self, issued: dt.date | None, year: int | None = None) -> Time:
        """Fill `first` and `last`. Where no year is printed: `year`, else the nearest not past `issued`."""
        if self.resolve is None or self.last is not None:
            return self
        if self.year is None:
            self.year = year
        if self.year is not None:
            bounds = self._at(self.year)
            if bounds is None and self.problem is None:
                self.problem = "date.impossible"
        elif issued is not None:
            found = [b for y in range(issued.year - 1, issued.year + 5) if (b := self._at(y)) is not None]
            bounds = next((b for b in found if b[1] >= issued), None)
            if not found and self.problem is None:
                self.problem = "date.impossible"
            if bounds:
                far = bounds[1] - issued > _HALF_YEAR or (bounds[1].year != issued.year and not self.feast)
                self.doubt(GUESSED if far else NEXT)
        else:
            bounds = None
        if bounds:
            self.first, self.last = bounds
        return self

    def _at(self, year: int) -> Bounds | None:
        return self.resolve(year) if self.resolve and 1000 <= year <= 9990 else None


def day_of(year: int, month: int, day: int) -> Bounds | None:
    try:
        one = dt.date(year, month, day)
    except ValueError:
        return None
    return one, one


def months_of(year: int, first: int, last: int) -> Bounds | None:
    if not 1 <= first <= last <= 12:
        return None
    return dt.date(year, first, 1), month_end(year, last)


def year_of(digits: str | None, issued: dt.date | None = None) -> int | None:
    """The year printed as `digits` (two digits: of the century of issue), OCR's inner blanks removed."""
    if not digits:
        return None
    year = int(digits.replace(" ", ""))
    return year if year >= 100 else (issued.year if issued else 2000) // 100 * 100 + year


def middle_of(first: dt.date, unit: str) -> dt.date:
    """The day meant by `giữa`: of a month the 15th, of a year 30 June (Civil Code 2015, article 146, clauses 2 and 3).

    Of a quarter, of which the Code does not speak, the end of its second month.
    """
    if unit == "month":
        return first.replace(day=15)
    return month_end(first.year, min(first.month + (5 if unit == "year" else 1), 12))


def monday_of(day: dt.date) -> dt.date:
    return day - day.weekday() * DAY


def one_day(day: dt.date | None) -> Bounds | None:
    return (day, day) if day else None


def span_of(first: Bounds | None, last: Bounds | None) -> Bounds | None:
    return (first[0], last[1]) if first and last and first[0] <= last[1] else None


def number_of(word: str, words: dict[str, int]) -> int:
    return int(word) if word.isdigit() else words.get(word, 0)


def next_day_numbered(issued: dt.date, day: int) -> dt.date | None:
    """The first day with this number from `issued` on."""
    for months in range(4):
        month = add_months(issued.replace(day=1), months)
        if month and (found := day_of(month.year, month.month, day)) and found[0] >= issued:
            return found[0]
    return None
