"""Readings of times, lengths and recurrences made into candidates, with their last day."""

from __future__ import annotations

import datetime as dt

from vnadmin_nlp.extract.deadlines_duration import Length
from vnadmin_nlp.extract.deadlines_model import Time
from vnadmin_nlp.extract.model import DeadlineCandidate
from vnadmin_nlp.knowledge.calendar import DAY, end_of_duration, end_of_hours
from vnadmin_nlp.outline import Flow
from vnadmin_nlp.schema import DeadlineKind


def lasting(flow: Flow, rule: str, start: int, length: Length) -> DeadlineCandidate:
    """A duration (negative before its event); it has a last day where the event it is counted from is dated.

    The count is that of articles 147 and 148 (`end_of_duration`); where the document says the end itself, that stands.
    """
    made = DeadlineCandidate(start, length.end, DeadlineKind.DURATION, rule)
    made.duration = ("-" if length.backward else "") + length.value
    if length.anchor:
        made.anchor = flow.words(*length.anchor)
    event = length.counted_from
    if event is None or event.last is None:
        return made
    made.score = event.score
    made.last_day = length.until or end_of_duration(made.duration, event.last)
    begin: dt.date | None = event.last
    if not length.value.startswith("PT"):
        made.due = made.last_day
    else:  # hours need the instant they are counted from
        begin = event.due if isinstance(event.due, dt.datetime) else None
        made.due = end_of_hours(made.duration, begin) if begin else None
        made.last_day = made.due.date() if made.due else made.last_day
    made.begin = None if length.backward else begin
    return made


def recurring(flow: Flow, rule: str, start: int, end: int, recurrence: str, score: float = 1.0) -> DeadlineCandidate:
    inclusive = "trước" not in flow.key[start:end]
    return DeadlineCandidate(
        start, end, DeadlineKind.RECURRING, rule, score, recurrence=recurrence, inclusive=inclusive
    )


def dated(flow: Flow, rule: str, words: str, start: int, time: Time) -> DeadlineCandidate:
    """A settled day or period; `words` is what opens it.

    `last_day` is the day itself, of a period its last day (Civil Code 2015, article 148, clauses 1 and 6: to the end
    of that day). After `trước` it is the day before, unless an hour is named: before 17h00 the day still counts. A day
    the document fixes stands where it falls on a day off: article 148, clause 5 moves the end of counted time only.
    """
    day = time.unit == "clock" or (time.unit != "open" and (time.point or time.fuzzy))
    before = "trước" in words and "trước và trong" not in words
    made = DeadlineCandidate(start, time.end, DeadlineKind.DATE if day else DeadlineKind.PERIOD, rule)
    made.inclusive = not before or time.fuzzy or time.counted
    made.score = time.score
    if time.today and time.last and words.startswith(("ngay", "trong")):
        made.kind = DeadlineKind.IMMEDIATE
    if time.problem:
        made.diagnostics.append((time.problem, _impossible(flow.words(start, time.end))))
    elif time.unit == "open":
        made.begin = time.first
    elif before and not day:  # `trước tháng 11`: the day before it begins
        made.due = made.last_day = _eve(time.first)
    else:
        made.begin = None if day else time.first
        made.due = time.due
        whole = time.clock in (None, (0, 0))
        made.last_day = time.last if made.inclusive or not whole else _eve(time.last)
    return made


def between(
    rule: str, start: int, end: int, first: dt.date | None, last: dt.date | None, score: float
) -> DeadlineCandidate:
    """A period from `first` to `last`, days or instants; either may be unknown."""
    day = last.date() if isinstance(last, dt.datetime) else last
    return DeadlineCandidate(start, end, DeadlineKind.PERIOD, rule, score, begin=first, due=last, last_day=day)


def _impossible(printed: str) -> str:
    return (
        f"The deadline {printed!r} names a day or month the calendar does not have, so it has no date: "
        "ask the issuer which day is meant."
    )


def _eve(day: dt.date | None) -> dt.date | None:
    return day - DAY if day and day > dt.date.min else None
