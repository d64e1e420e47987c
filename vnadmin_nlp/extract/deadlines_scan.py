"""The pass over the text that all readers of deadlines share: where it is, what it found, how its rows are written."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from vnadmin_nlp.extract import deadlines_candidates as make
from vnadmin_nlp.extract.deadlines_context import Clause, clause_of
from vnadmin_nlp.extract.deadlines_duration import Length, read_length
from vnadmin_nlp.extract.deadlines_model import Time, day_of
from vnadmin_nlp.extract.deadlines_time import TimeReader
from vnadmin_nlp.extract.model import Context, DeadlineCandidate
from vnadmin_nlp.knowledge.calendar import DAY, add_months
from vnadmin_nlp.knowledge.rows import Row
from vnadmin_nlp.knowledge.triggers import Hit
from vnadmin_nlp.outline import Outline
from vnadmin_nlp.schema import SectionLabel
from vnadmin_nlp.text import keyed

Role = Literal[
    "before", "latest", "until", "within", "from", "on", "after", "label", "part", "each", "frequency", "period-end",
    "once", "event", "session",
]  # fmt: skip


class PhraseRow(Row):
    """Phrases that open a time limit, and how (`role`); `needs` is what must follow where no date does."""

    role: Role
    phrases: list[str]
    needs: list[str] = Field(default_factory=list)

    @property
    def rule(self) -> str:
        return f"deadline.{self.id}"


Phrase = Hit[PhraseRow]


_YEARS_OF_ISSUE = range(1800, 3000)  # another is a slip of the scan: nothing can be counted from it
_BASIS = keyed(r"(?:căn cứ|xét|theo đề nghị) ")
_FIELD_LINE = keyed(r"[^\n:]{0,12}(?:thời gian|thời hạn|tiến độ)[^\n:]{0,60}: ?$")
TO = keyed(r" ?(?:,? ?(?:cho )?(?:đến|tới)(?: hết| trước| cuối(?= ngày)| và hết)?(?: ngày(?= hết))?|-) ?")
_YEARS = keyed(r"(?:\d{1,2}|hai|ba) năm,? ?\(?20\d")
_ALSO = keyed(r"(?:[,;] ?(?:và )?| và | hoặc )")
_CLOSED = keyed(r" ?(?:[.;,)\n]|$)")
_NUMBERED = re.compile(r"/(?P<year>20\d\d)/[a-zđ]|-[a-zđ]{2,8} ngày (?P<d>\d\d?)/(?P<m>\d\d?)/(?P<y>20\d\d)(?!\d)")


def _not_before(key: str) -> dt.date | None:
    """The first day an undated document can be of, by the years and dates of the documents it cites by number."""
    days = []
    for cited in _NUMBERED.finditer(key):
        day = day_of(int(cited["y"]), int(cited["m"]), int(cited["d"])) if cited["y"] else None
        days.append(day[0] if day else dt.date(int(cited["year"] or cited["y"]), 1, 1))
    return max(days, default=None)


class Scan:
    """One pass over the hits of `deadline_phrases`; `free` is where the last reading ended."""

    def __init__(self, outline: Outline, context: Context) -> None:
        self.flow = outline.flow
        self.key = outline.flow.key
        issued = context.issued
        self.issued = issued if issued and issued.year in _YEARS_OF_ISSUE else None
        self.since = self.issued or _not_before(self.key)
        self.times = TimeReader(self.key, self.issued)
        self.found: list[DeadlineCandidate] = []
        self.free = 0
        self.low = self.high = 0  # the paragraph of the current hit
        self.silent = False  # it holds no limits of this document
        self.paragraphs = outline.paragraphs
        self._paragraphs = iter(self.paragraphs)
        self._quotes = iter(sorted(outline.quotes))
        self._quote = next(self._quotes, None)

    def _enter(self, at: int) -> None:
        while at >= self.high:
            paragraph = next(self._paragraphs, None)
            if paragraph is None:
                self.low, self.high, self.silent = self.high, len(self.key), False
                return
            field = _FIELD_LINE.match(self.key, self.low, self.high)
            self.low = self.low if field else paragraph.start  # `Thời gian thực hiện:` in a line of its own
            self.high = paragraph.end
            basis = paragraph.zone is SectionLabel.PREAMBLE and _BASIS.match(self.key, paragraph.body)
            self.silent = paragraph.quoted or bool(basis)

    def _in_quote(self, at: int) -> bool:
        while self._quote is not None and self._quote[1] <= at:
            self._quote = next(self._quotes, None)
        return self._quote is not None and self._quote[0] <= at

    def _clause(self, start: int, end: int) -> Clause:
        """The clause of what was read; what is read next starts after it, whether it is a limit or not."""
        self.free = end
        return clause_of(self.key, self.low, start, end, self.high)

    def _length(self, role: str, words: str, at: int) -> Length | None:
        """A length at `at`: after a preposition of a point in time only where that counts (`trước ít nhất 5 ngày`)."""
        if role in ("before", "on", "until") and "nhất" not in words and "trong" not in words:
            return None
        return None if _YEARS.match(self.key, at, self.high) else read_length(self.key, at, self.high, self.times)

    def _settle(self, listed: list[Time]) -> None:
        """The members of a list take their year from its last."""
        for time in reversed(listed):
            self.times.settle(time, listed[-1].year)

    def _settle_start(self, first: Time, second: Time) -> None:
        """The start of a range: in the year or month of its settled end, or in the one before where it would come
        after the end (`từ 15/12 đến 10/01/2026`, `từ ngày 25 đến ngày 05/6`)."""
        if first.weekday is not None and not first.day and first.first and second.last and first.first > second.last:
            second.first = second.last = second.last + 7 * DAY  # `từ thứ Hai đến thứ Sáu`, said on a Thursday
        if first.day and not first.month and second.last:
            self._settle_day(first, second.last)
            return
        year = second.last.year if second.last else None
        resolve = first.resolve if first.year is None else None
        self.times.settle(first, year)
        if year and resolve and first.first and second.last and first.first > second.last:
            first.first, first.last = resolve(year - 1) or (None, None)

    def _settle_day(self, first: Time, last: dt.date) -> None:
        """`first`, a day without month, as the nearest one not after `last`."""
        month = last if first.day and first.day <= last.day else add_months(last.replace(day=1), -1)
        day = day_of(month.year, month.month, first.day or 1) if month else None
        first.first, first.last = day or (None, None)
        first.score, first.problem = 1.0, None

    def _ranging(self, first: Time) -> Time | None:
        """The range that goes on from `first` (`ngày 19 - 23/9/2022`), as one time."""
        link = TO.match(self.key, first.end, self.high)
        second = self.times.read(link.end(), self.high) if link else None
        if second is None or second.unit != first.unit or second.clock or first.clock:
            return None
        self.times.settle(second)
        self._settle_start(first, second)
        second.start, second.first, second.unit = first.start, first.first, "month" if first.point else first.unit
        return second

    def _more(self, last: Time, high: int | None = None) -> list[Time]:
        """The times of other units that go on the list after `last`, if they close their clause."""
        high = self.high if high is None else high
        more: list[Time] = []
        end = last.end
        while len(more) < 8 and (link := _ALSO.match(self.key, end, high)):
            time = self.times.read(link.end(), high)
            if time is None or time.unit == "clock" or (time.weekday is not None and not time.day):
                break
            more.append(time)
            end = time.end
        if not more or not _CLOSED.match(self.key, end, high):
            return []
        self._settle(more)
        return more

    def _dated(self, hit: Phrase, words: str, start: int, listed: list[Time]) -> Iterator[DeadlineCandidate]:
        """One deadline for each member of a list; the first has the preposition."""
        for time in listed:
            yield make.dated(self.flow, hit.value.rule, words, start if time is listed[0] else time.start, time)
