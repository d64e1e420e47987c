"""The calendar of public offices: days off, worked Saturdays, the lunar calendar, ends of durations."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vnadmin_nlp.knowledge.calendar import (
    add_months,
    end_of_duration,
    end_of_hours,
    is_working_day,
    lunar_date,
    tet,
    working_day_from,
    year_named,
)
from vnadmin_nlp.resolve.calendar import last_day
from vnadmin_nlp.schema import Deadline, DeadlineKind


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("when", "works"),
    [
        ("2025-11-24", True),  # a Monday
        ("2025-11-22", False),  # a Saturday
        ("2025-04-26", True),  # a Saturday worked for Friday 2 May
        ("2025-05-02", False),
        ("2026-01-02", False),  # the yearly plan, not in the package
        ("2026-01-10", True),
        ("2026-02-17", False),  # Tết
        ("2026-11-24", False),  # Ngày Văn hóa Việt Nam, from 2026
    ],
)
def test_working_days(when: str, works: bool) -> None:
    assert is_working_day(day(when)) is works


@pytest.mark.parametrize(
    ("year", "first"),
    [
        (1985, "1985-01-21"),  # a month before the Chinese new year
        (2007, "2007-02-17"),  # a day before it
        (2024, "2024-02-10"),
        (2026, "2026-02-17"),
        (2030, "2030-02-02"),
        (2033, "2033-01-31"),  # the year whose leap month is disputed
    ],
)
def test_tet(year: int, first: str) -> None:
    assert tet(year) == day(first)


def test_lunar_days() -> None:
    assert lunar_date(2023, 3, 10) == day("2023-04-29")  # after the leap second month
    assert lunar_date(2022, 12, 20) == day("2023-01-11")
    assert lunar_date(2025, 8, 15) == day("2025-10-06")
    assert lunar_date(2025, 13, 1) is None
    assert lunar_date(1500, 1, 1) is None


@given(st.integers(1900, 2199), st.integers(1, 12), st.integers(1, 29))
def test_lunar_days_follow_each_other(year: int, month: int, number: int) -> None:
    first = lunar_date(year, month, 1)
    assert first is not None
    assert lunar_date(year, month, number) == first + dt.timedelta(days=number - 1)


@pytest.mark.parametrize(
    ("duration", "start", "end"),
    [
        ("P5B", "2025-11-21", "2025-11-28"),
        ("P4B", "2023-01-17", "2023-01-30"),  # over Tết
        ("P3B", "2026-11-23", "2026-11-27"),
        ("P15D", "2022-09-10", "2022-09-26"),  # the 25th is a Sunday
        ("P1M", "2023-01-31", "2023-02-28"),
        ("P2W", "2022-09-13", "2022-09-27"),
        ("P1Y", "2024-02-29", "2025-02-28"),
        ("PT48H", "2022-09-13", "2022-09-15"),
        ("-P5D", "2022-09-30", "2022-09-25"),  # backward: not moved
        ("-P3B", "2025-11-24", "2025-11-19"),
    ],
)
def test_ends_of_durations(duration: str, start: str, end: str) -> None:
    assert end_of_duration(duration, day(start)) == day(end)


@pytest.mark.parametrize("duration", ["", "P", "P5", "15D", "P99999Y", "PXD"])
def test_what_is_no_duration_has_no_end(duration: str) -> None:
    assert end_of_duration(duration, day("2025-11-21")) is None


@given(st.dates(), st.sampled_from(["P10D", "P5B", "P1M", "P900B", "-P10D", "-P5B"]))
def test_every_day_has_an_end_or_none(start: dt.date, duration: str) -> None:
    end = end_of_duration(duration, start)
    assert end is None or (end < start) is duration.startswith("-")


def test_rolling_and_months() -> None:
    assert working_day_from(day("2026-02-14")) == day("2026-02-23")  # a Saturday before Tết
    assert add_months(day("2025-12-31"), 2) == day("2026-02-28")
    assert add_months(dt.date.max, 1) is None


def limit(kind: DeadlineKind, **fields: object) -> Deadline:
    return Deadline(text="", spans=[], kind=kind, **fields)


def test_last_day_for_a_receiver() -> None:
    received = day("2025-11-21")
    assert last_day(limit(DeadlineKind.DURATION, duration="P5B"), received_on=received) == day("2025-11-28")
    assert last_day(limit(DeadlineKind.IMMEDIATE), received_on=received) == received
    fixed = limit(DeadlineKind.DATE, due=day("2025-12-05"), inclusive=False, last_day=day("2025-12-04"))
    assert last_day(fixed, received_on=received) == day("2025-12-04")
    assert last_day(limit(DeadlineKind.DURATION, duration="-P5D"), received_on=received) is None
    assert last_day(limit(DeadlineKind.RECURRING, recurrence="FREQ=DAILY"), received_on=received) is None


def test_the_table_of_days_off(shared_dir: Path) -> None:
    """Every weekday off and every worked Saturday of the measured years, and no other."""
    with (shared_dir / "domain" / "holidays_vn.tsv").open(encoding="utf-8") as table:
        rows = list(csv.DictReader(table, delimiter="\t"))
    off = {day(row["date"]) for row in rows if row["kind"] != "makeup_workday"}
    worked = {day(row["date"]) for row in rows if row["kind"] == "makeup_workday"}
    every = [dt.date(2020, 1, 1) + dt.timedelta(days=n) for n in range(7 * 365 + 1)]
    wrong = [d for d in every if is_working_day(d) != ((d.weekday() < 5 and d not in off) or d in worked)]
    assert not wrong


def test_the_table_of_lunar_anchors(shared_dir: Path) -> None:
    with (shared_dir / "domain" / "lunar_anchor_days.tsv").open(encoding="utf-8") as table:
        for row in csv.DictReader(table, delimiter="\t"):
            year = int(row["year"])
            got = (tet(year), lunar_date(year, 3, 10), lunar_date(year, 8, 15))
            assert got == (day(row["mung_1_tet"]), day(row["gio_to_10_3"]), day(row["trung_thu_15_8"])), year


@pytest.mark.parametrize(
    ("anchor", "last"),
    [
        (None, "2025-11-28"),
        ("ngày nhận được văn bản này", "2025-11-28"),
        ("sau khi nhận được Công văn này", "2025-11-28"),
        ("ngày nhận đủ hồ sơ hợp lệ", None),
        ("khi Nghị quyết có hiệu lực", None),
    ],
)
def test_only_receipt_of_the_document_itself_is_known(anchor: str | None, last: str | None) -> None:
    deadline = limit(DeadlineKind.DURATION, duration="P5B", anchor=anchor)
    assert last_day(deadline, received_on=day("2025-11-21")) == (day(last) if last else None)


def test_at_once_after_another_event_has_no_day() -> None:
    at_once = limit(DeadlineKind.IMMEDIATE, anchor="lũ rút")
    assert last_day(at_once, received_on=day("2025-11-21")) is None


def test_names_of_years() -> None:
    assert [year_named(name, 2025) for name in ("Giáp Thìn", "Ất Tỵ", "ất tị", "Bính Ngọ")] == [2024, 2025, 2025, 2026]
    assert year_named("Ất Tỵ", 1970) == 1965
    assert year_named("Giáp Sửu", 2025) is None


def test_ends_of_hours() -> None:
    start = dt.datetime(2025, 4, 15, 8, 30)
    assert end_of_hours("PT24H", start) == dt.datetime(2025, 4, 16, 8, 30)
    assert end_of_hours("-PT30M", start) == dt.datetime(2025, 4, 15, 8, 0)
    assert end_of_hours("P5D", start) is None
    assert end_of_hours("PT1H", dt.datetime.max) is None
