"""Thời hạn: every expression that limits when something must be done."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import cache
from typing import Literal

from vnadmin_nlp.extract import deadlines_context as around
from vnadmin_nlp.extract.deadlines_context import Clause
from vnadmin_nlp.extract.deadlines_duration import Length, read_length
from vnadmin_nlp.extract.deadlines_recurrence import (
    implied,
    read_each,
    read_frequency,
    read_list,
    read_period_end,
    repeated,
    rules_have_day,
)
from vnadmin_nlp.extract.deadlines_time import Time, TimeReader, compiled
from vnadmin_nlp.extract.model import Context, DeadlineCandidate
from vnadmin_nlp.knowledge.calendar import DAY, end_of_duration
from vnadmin_nlp.knowledge.rows import Row, load_rows
from vnadmin_nlp.knowledge.triggers import Hit, Triggers
from vnadmin_nlp.outline import Outline
from vnadmin_nlp.schema import DeadlineKind

Role = Literal["before", "latest", "until", "within", "from", "on", "after", "label", "each", "frequency", "period-end", "once", "event", "part"]


class PhraseRow(Row):
    """Phrases that open a time limit, and how (`role`). `needs`: what must follow where no time of the calendar does."""

    role: Role
    phrases: list[str]
    needs: list[str] = []


@cache
def _phrases() -> Triggers[PhraseRow]:
    return Triggers((phrase, row) for row in load_rows("deadline_phrases", PhraseRow) for phrase in row.phrases)


@cache
def _needed() -> Triggers[bool]:
    return Triggers((need, True) for row in load_rows("deadline_phrases", PhraseRow) for need in row.needs)


def find_deadlines(outline: Outline, context: Context) -> list[DeadlineCandidate]:
    """Every expression that limits when something must be done, in text order, without overlaps."""
    return list(_Finder(outline, context).run())


_LINKS = compiled(
    r"(?: ?(?:là|vào|đến|hết|trước|trong|sau|ngay|và|khoảng|thời gian|thời hạn|thời điểm|vòng|lúc|cho|tới|tối đa|ít nhất|nhất|cả|từ|không quá|chậm nhất|muộn nhất|dịp|nội|các|thời)(?![\w])){0,5} ?"
)
_TO = compiled(r" ?(?:,? ?(?:cho )?(?:đến|tới)(?: hết| trước| cuối(?= ngày)| và hết)?(?: ngày(?= hết))?|-) ?")
_TO_EVENT = compiled(r" ?(?:cho )?(?:đến|tới) (?:khi|lúc) [^,;.\n]{3,140}")
_NOW = compiled(r"(?:nay|giờ|bây giờ|ngày ký|ngày ban hành|ngày hôm nay)(?: trở đi)?(?= (?:cho )?(?:đến|tới))")
_LABEL = compiled(r"(?: (?!trước|trong|chậm|muộn|đến|từ|vào|ngày|tháng|quý|năm)[^\s:;.,()]+){0,7} ?(?:\([^()\n]{0,40}\))? ?: ?")
_EVENT_TAIL = compiled(r"[^,;.()\n]{2,90}")
_EVENT_LABEL = compiled(r"(?:họp|tổ chức hội nghị|hội nghị|làm việc|khai mạc|địa điểm)")
_REPORTED = compiled(r" (?:kết quả|tình hình|gửi|về|cho|với|bộ|ủy ban|sở|chính phủ|thủ tướng|ban|\()")
_NOUN_PHRASE = compiled(r"(?:đối với|nội dung|biểu mẫu|mẫu|các|loại|tại|trong|theo|từ|vào|của|do [^,;]{3,60}) (?:báo cáo )?$")
_ADJECTIVES = compiled(r"(?:trung hạn|dài hạn|ngắn hạn|0?5 năm|toàn khóa|(?:hàng|hằng) (?:quý|tháng|năm)|6 tháng)(?:,| và|, và) $")
_RELATIVE = compiled(r"(?<!phải )(?:được|do) [^,;]{2,60}$")
_COUNTED = compiled(r"(?:giờ|ngày|lần|tháng|người) $")
_GENERAL = ("thời gian", "thời gian dự kiến")  # of a meeting, too
_FIELD = compiled(r"(?:thời gian|thời hạn|tiến độ)(?! họp| làm việc| tổ chức hội| ký)[^.;:\n]{0,60}: ?(?:bắt đầu )?$")
_ONCE_TAIL = compiled(r"(?: (?!để |và |đồng thời |các đơn vị |yêu cầu |đề nghị )[^\s,;.()]+){1,18}")
GUESSED = 0.6  # the share of years taken from the rest of the document that are right
_YEARS = compiled(r"(?:\d{1,2}|hai|ba) năm,? ?\(?20\d")


class _Finder:
    """One pass over the hits of `deadline_phrases`; `free` is where the last reading ended."""

    def __init__(self, outline: Outline, context: Context) -> None:
        self.outline = outline
        self.key = outline.flow.key
        self.issued = context.issued
        self.times = TimeReader(self.key, context.issued)
        self.free = 0
        self.low = self.high = 0  # the paragraph of the current hit
        self._quotes = iter(sorted(outline.quotes))
        self._quote = next(self._quotes, None)
        self._paragraphs = iter(outline.paragraphs)
        self.quoted = False

    def run(self) -> Iterator[DeadlineCandidate]:
        readers = {
            "label": self._label, "each": self._each, "frequency": self._frequency, "period-end": self._period_end,
            "once": self._once, "event": self._event, "part": self._part,
        }  # fmt: skip
        for hit in _phrases().find(self.key):
            if hit.start < self.free:
                continue
            self._enter(hit.start)
            if self.quoted or self._in_quote(hit.start):
                continue
            yield from readers.get(hit.value.role, self._limit)(hit)

    def _enter(self, at: int) -> None:
        while at >= self.high:
            paragraph = next(self._paragraphs, None)
            if paragraph is None:
                self.low, self.high, self.quoted = self.high, len(self.key), False
                return
            self.low, self.high, self.quoted = paragraph.start, paragraph.end, paragraph.quoted

    def _in_quote(self, at: int) -> bool:
        while self._quote is not None and self._quote[1] <= at:
            self._quote = next(self._quotes, None)
        return self._quote is not None and self._quote[0] <= at

    def _clause(self, start: int, end: int) -> Clause:
        return around.clause_of(self.key, self.low, start, end, self.high)

    def _made(self, hit: Hit[PhraseRow], end: int, kind: DeadlineKind, *, start: int | None = None, score: float = 1.0) -> DeadlineCandidate:
        self.free = end
        return DeadlineCandidate(hit.start if start is None else start, end, kind, f"deadline.{hit.value.id}", score)

    # -- a preposition and a time or a length -----------------------------------------------------

    def _limit(self, hit: Hit[PhraseRow]) -> Iterator[DeadlineCandidate]:
        links = _LINKS.match(self.key, hit.end, self.high)
        at = links.end() if links else hit.end
        if at >= self.high or at == hit.end:
            return
        words = self.key[hit.start : at]
        length = None if _YEARS.match(self.key, at, self.high) else self._length(hit, words, at)
        if length is not None:
            yield from self._of_length(hit, words, length)
            return
        ended = read_period_end(self.key, at, self.high)
        if ended:
            made = self._made(hit, ended[0], DeadlineKind.RECURRING)
            made.recurrence, made.inclusive = ended[1], "trước" not in words
            yield made
            return
        if hit.value.role == "from" or words.startswith("từ "):
            yield from self._range(hit, at)
            return
        listed = read_list(self.key, at, self.high, self.times)
        if listed:
            yield from self._of_times(hit, words, listed)

    def _length(self, hit: Hit[PhraseRow], words: str, at: int) -> Length | None:
        if not (self.key[at].isalnum()) or hit.value.role in ("before", "on", "from", "until") and "nhất" not in words and "trong" not in words:
            return None
        return read_length(self.key, at, self.high, self.times)

    def _of_length(self, hit: Hit[PhraseRow], words: str, length: Length) -> Iterator[DeadlineCandidate]:
        clause = self._clause(hit.start, length.end)
        self.free = length.end
        hours = "T" in length.value
        if not self._length_limits(hit, words, length, clause):
            return
        backward = length.backward or (hit.value.role == "before")
        made = self._made(hit, length.end, DeadlineKind.DURATION)
        made.duration = ("-" if backward else "") + length.value
        if length.anchor:
            made.anchor = self.outline.flow.words(*length.anchor)
        if length.counted_from and not hours:
            made.begin = length.counted_from
            made.due = made.last_day = end_of_duration(made.duration, length.counted_from)
        elif length.counted_from:
            made.last_day = end_of_duration(made.duration, length.counted_from)
        yield made

    def _length_limits(self, hit: Hit[PhraseRow], words: str, length: Length, clause: Clause) -> bool:
        if around.told(clause, None, self.issued) and not (length.anchor and length.value.endswith(("B", "D", "H"))):
            return False
        if _COUNTED.search(clause.left) and hit.value.role in ("within", "latest"):
            return False
        if length.backward and "nhất" not in words and "ít" not in words and hit.value.role != "before" and "hạn" not in words:
            return False
        strong = "nhất" in words or "vòng" in words or length.value.endswith("B") or "T" in length.value
        if length.years or length.value.endswith("Y"):
            return clause.near("completes", "acts")
        if length.anchor:
            return strong or clause.directive or "hạn" in words
        if hit.value.role == "after":
            return "không" in clause.right[:24] and ("coi" in clause.right or "xem" in clause.right) or (strong or "hạn" in words) and clause.directive
        if hit.value.role == "latest" and not strong:
            return clause.near("completes", "acts") or clause.left.rstrip().endswith(("thời gian", "thời hạn"))
        return (strong or length.value.endswith(("D", "W"))) and clause.directive and not clause.near("names")

    # -- times ------------------------------------------------------------------------------------

    def _of_times(self, hit: Hit[PhraseRow], words: str, listed: list[Time]) -> Iterator[DeadlineCandidate]:
        again = repeated(self.key, listed, self.high)
        role, last = hit.value.role, listed[-1]
        if again:
            clause = self._clause(hit.start, again[0])
            self.free = again[0]
            if clause.has("effects") or (role == "until" and around.told(clause, None, self.issued)) or role in ("within", "on") and not clause.directive:
                return
            made = self._made(hit, again[0], DeadlineKind.RECURRING)
            made.recurrence, made.inclusive = again[1], "trước" not in words
            yield made
            return
        if last.unit == "clock":
            return
        if role in ("within", "on", "until", "latest", "label") and len(listed) == 1:
            to = self._second_end(last)
            if to is not None:
                last = listed[0] = to
        self._settle(listed)
        clause = self._clause(hit.start, last.end)
        self.free = last.end
        if not self._time_limits(hit, words, last, clause):
            return
        rules = implied(clause.left, listed)
        if rules:
            made = self._made(hit, last.end, DeadlineKind.RECURRING)
            made.recurrence, made.inclusive = rules, "trước" not in words
            yield made
            return
        for number, time in enumerate(listed):
            start = hit.start if number == 0 else time.start
            yield self._dated(hit, words, time, start)

    def _settle(self, listed: list[Time]) -> None:
        year = listed[-1].year
        for time in reversed(listed):
            self.times.settle(time, year)

    def _second_end(self, first: Time) -> Time | None:
        """`ngày 19 - 23/9/2022`: the range that goes on from `first`, as one time."""
        link = _TO.match(self.key, first.end, self.high)
        second = self.times.read(link.end(), self.high) if link else None
        if second is None or second.unit != first.unit or second.clock or first.clock:
            return None
        self.times.settle(second)
        self.times.settle(first, second.year)
        second.start, second.first, second.unit = first.start, first.first, "month" if first.unit == "day" else first.unit
        return second

    def _dated(self, hit: Hit[PhraseRow], words: str, time: Time, start: int) -> DeadlineCandidate:
        day = time.point or time.fuzzy
        score = GUESSED if time.guessed else 1.0
        made = self._made(hit, time.end, DeadlineKind.DATE if day and time.unit != "open" else DeadlineKind.PERIOD, start=start, score=score)
        if self.key.startswith(("ngay trong ngày", "trong ngày hôm nay"), hit.start) and time.last == self.issued:
            made.kind = DeadlineKind.IMMEDIATE
        before = "trước" in words and "trước và trong" not in words
        made.inclusive = not before or time.fuzzy
        if time.problem:
            made.diagnostics.append((time.problem, f"'{self.outline.flow.words(time.start, time.end)}' is not a day of the calendar"))
            return made
        if time.unit == "open":
            made.begin = time.first
            return made
        if before and not day:
            made.due = made.last_day = time.first - DAY if time.first and time.first > dt.date.min else None
            return made
        made.begin = None if day or before else time.first
        made.due = time.due
        if time.last is not None:
            midnight = time.clock in (None, (0, 0))
            made.last_day = time.last - DAY if not made.inclusive and midnight and time.last > dt.date.min else time.last
        return made

    def _time_limits(self, hit: Hit[PhraseRow], words: str, time: Time, clause: Clause) -> bool:
        role = hit.value.role
        if around.told(clause, time, self.issued) or self.key.startswith(("”", '"'), time.end) and self.key.rfind("“", self.low, hit.start) < 0:
            return False
        strong = clause.finished
        if role == "after" and "nhất" not in words and "hạn" not in words:
            return False
        if " từ " in words:
            return False
        if role == "before" or "trước" in words:
            if "trước và trong" in words and time.feast:
                return False
            if around.long_past(time, self.issued) or (around.past(time, self.issued) and not strong):
                return clause.within(60, "completes") and clause.has("orders") and not clause.has("facts") and clause.left.rfind("(") <= clause.left.rfind(")")
            return time.point or time.fuzzy or clause.directive
        if role == "latest":
            return not around.long_past(time, self.issued) or strong
        if around.past(time, self.issued) or around.named(clause):
            return False
        if role == "on":
            return not clause.within(60, "events") and (clause.near("completes") or time.fuzzy and (clause.near("acts") or clause.within(60, "completes")))
        if role == "until":
            if time.unit in ("year", "open") and "hết" not in words:
                return clause.near("completes") or clause.has("orders") and strong
            if time.unit == "year":
                return clause.near("completes", "acts")
            return not clause.has("events") and clause.directive
        if role == "within" and time.feast:
            return False
        if role == "within" and time.point:
            return clause.directive or strong
        if clause.right.startswith(":") and not self.key.startswith("ngay", hit.start):
            return False
        if self.key.startswith(("năm", "giai"), time.start) and not self.key[time.start : time.end].strip("nămgiđoạ").strip():
            return clause.near("completes")
        if self.key.startswith("giai ", time.start):
            return clause.within(40, "completes")
        if time.unit == "year" or self.key.startswith(("trong các", "trong những"), hit.start):
            return strong or clause.near("acts") or clause.has("orders") or clause.opens and "orders" in clause.after
        return (strong or clause.directive) and not clause.within(60, "events")

    # -- ranges -----------------------------------------------------------------------------------

    def _range(self, hit: Hit[PhraseRow], at: int) -> Iterator[DeadlineCandidate]:
        now = _NOW.match(self.key, at, self.high)
        first = None if now else self.times.read(at, self.high)
        if first is None and not now:
            return
        here = now.end() if now else first.end if first else at
        clause = None
        event = _TO_EVENT.match(self.key, here, self.high)
        link = _TO.match(self.key, here, self.high)
        second = self.times.read(link.end(), self.high) if link else None
        if second is None and not event:
            clause = self._clause(hit.start, here)
            if first is not None and not first.clock and _FIELD.search(clause.left):
                self.times.settle(first)
                if not (first.first and first.last and first.first.year < first.last.year):  # not `từ năm 2026 - 2030`
                    first.unit = "open"
                yield self._dated(hit, "", first, hit.start)
            return
        end = second.end if second else event.end() if event else here
        clause = self._clause(hit.start, end)
        self.free = end
        labelled = clause.near("acts", "completes") or bool(_FIELD.search(clause.left))
        again = repeated(self.key, [second], self.high) if second else None
        if again:
            if labelled and not around.told(clause, None, self.issued):
                made = self._made(hit, again[0], DeadlineKind.RECURRING)
                made.recurrence = "FREQ=YEARLY" if second and second.month else again[1]
                yield made
            return
        if clause.left.rstrip().endswith("("):
            return
        if second is None:
            if labelled and first is not None:
                made = self._made(hit, end, DeadlineKind.PERIOD)
                made.begin = self.times.settle(first).first
                yield made
            return
        self.times.settle(second)
        if first is not None:
            self.times.settle(first, second.year)
        if second.clock or (first is not None and first.clock) or clause.has("events"):
            return
        if second.point and link and "-" in link.group() and not clause.left.rstrip().endswith(":"):
            return  # some days in a row: a visit, a course, a meeting
        if around.told(clause, second, self.issued) or around.past(second, self.issued) or around.named(clause):
            return
        if not (labelled or clause.directive):
            return
        made = self._made(hit, end, DeadlineKind.PERIOD)
        made.begin = self.issued if first is None else first.first
        made.due = made.last_day = second.last
        yield made

    # -- fields -----------------------------------------------------------------------------------

    def _label(self, hit: Hit[PhraseRow]) -> Iterator[DeadlineCandidate]:
        colon = _LABEL.match(self.key, hit.end, self.high)
        at = colon.end() if colon and hit.value.phrases and self.key[hit.start] in "th" else hit.end + 1
        if at >= self.high or _EVENT_LABEL.match(self.key, hit.end + 1, at):
            return
        length = None if _YEARS.match(self.key, at, self.high) else read_length(self.key, at, self.high, self.times)
        if length and colon and self.key[hit.start : hit.end] not in _GENERAL:
            made = self._made(hit, length.end, DeadlineKind.DURATION, start=at)
            made.duration = length.value
            if length.anchor:
                made.anchor = self.outline.flow.words(*length.anchor)
            if length.counted_from:
                made.last_day = end_of_duration(length.value, length.counted_from)
                made.due = made.last_day if "T" not in length.value else None
            yield made
            return
        listed = read_list(self.key, at, self.high, self.times)
        year = self.times.read_year(at, self.high) if colon and not listed else None
        if year:
            listed = [year]
        if not listed or (listed[0].unit == "clock"):
            return
        general = self.key[hit.start : hit.end] in _GENERAL
        if general and (not colon or listed[0].point):
            return
        if len(listed) == 1:
            listed[0] = self._second_end(listed[0]) or listed[0]
        again = repeated(self.key, listed, self.high)
        start = at if colon else hit.start
        if again:
            made = self._made(hit, again[0], DeadlineKind.RECURRING, start=start)
            made.recurrence = again[1]
            yield made
            return
        self._settle(listed)
        if not colon and self.key.startswith("hòan thành", hit.start) and (around.past(listed[-1], self.issued) or around.told(self._clause(start, listed[-1].end), listed[-1], self.issued)):
            return
        for number, time in enumerate(listed):
            yield self._dated(hit, "", time, start if number == 0 else time.start)

    def _part(self, hit: Hit[PhraseRow]) -> Iterator[DeadlineCandidate]:
        """`đưa vào sử dụng cuối năm nay`: a part of a unit without preposition."""
        time = self.times.read(hit.start, self.high)
        if time is None:
            return
        self.times.settle(time)
        clause = self._clause(hit.start, time.end)
        self.free = time.end
        if clause.near("completes") and not around.past(time, self.issued) and not around.told(clause, time, self.issued):
            yield self._dated(hit, "", time, hit.start)

    # -- what comes again ---------------------------------------------------------------------------

    def _each(self, hit: Hit[PhraseRow]) -> Iterator[DeadlineCandidate]:
        found = read_each(self.key, hit.start, self.high, self.times)
        if found:
            yield from self._again(hit, hit.start, found)

    def _frequency(self, hit: Hit[PhraseRow]) -> Iterator[DeadlineCandidate]:
        start = hit.start
        while start > self.low and hit.start - start < 9 and self.key[start - 1] not in ",.;:(\n":
            start -= 1
            if start == self.low or self.key[start - 1] == " ":
                found = read_frequency(self.key, start, self.high)
                if found and found[0] >= hit.end:
                    yield from self._again(hit, start, found)
                    return

    def _period_end(self, hit: Hit[PhraseRow]) -> Iterator[DeadlineCandidate]:
        found = read_period_end(self.key, hit.start, self.high)
        if found:
            yield from self._again(hit, hit.start, found)

    def _again(self, hit: Hit[PhraseRow], start: int, found: tuple[int, str]) -> Iterator[DeadlineCandidate]:
        end, rules = found
        clause = self._clause(start, end)
        self.free = end
        if (clause.near("names") and not rules_have_day(rules)) or around.told(clause, None, self.issued):
            return
        apart = clause.opens or clause.left.rstrip().endswith((",", ";", " và", "("))
        noun = self.key.startswith("báo cáo", start)
        if noun and not (clause.near("orders") or clause.left.endswith(("thực hiện chế độ ", "thiết lập chế độ ")) or _REPORTED.match(clause.right)) or _NOUN_PHRASE.search(clause.left):
            return
        if _ADJECTIVES.search(clause.left) or (_RELATIVE.search(clause.left) and not self.key.startswith("định kỳ", start)):
            return
        if not (clause.verb or rules_have_day(rules) and clause.directive or (apart or self.key.startswith("định kỳ", start)) and (clause.after | clause.inside) & {"completes", "acts"}):
            return
        made = self._made(hit, end, DeadlineKind.RECURRING, start=start)
        made.recurrence = rules
        made.inclusive = "trước" not in self.key[start:end]
        yield made

    # -- events -----------------------------------------------------------------------------------

    def _once(self, hit: Hit[PhraseRow]) -> Iterator[DeadlineCandidate]:
        words = self.key[hit.start : hit.end]
        end = hit.end
        if words.endswith(("khi", "sau")):
            tail = _ONCE_TAIL.match(self.key, hit.end, self.high)
            if not tail:
                return
            end = tail.end()
        elif words.endswith("trong ngày"):
            listed = read_list(self.key, hit.end - 4, self.high, self.times)
            if listed and listed[0].point:
                yield from self._of_times(hit, words[:-5], listed)
                return
            if words == "trong ngày" and not self.key.startswith((".", ",", ";", "\n", ")"), hit.end):
                return
        clause = self._clause(hit.start, end)
        self.free = end
        if "đã" in (clause.left + " " + clause.right).split() or not clause.directive:
            return
        if words == "trong ngày" and (not clause.within(60, "completes", "acts") or clause.left.rstrip().endswith("giờ")):
            return
        made = self._made(hit, end, DeadlineKind.IMMEDIATE)
        if words.endswith(("khi", "sau")):
            made.anchor = self.outline.flow.words(hit.end + 1, end)
        yield made

    def _event(self, hit: Hit[PhraseRow]) -> Iterator[DeadlineCandidate]:
        words = self.key[hit.start : hit.end].removeprefix("trước ")
        at = hit.end + 1 if words == "khi" else hit.start + len("trước ")
        if not any(need.start <= at + 1 for need in _needed().all(self.key[at : at + 24]) if need.start == 0):
            listed = read_list(self.key, at, self.high, self.times)
            if listed:
                yield from self._of_times(hit, "trước ", listed)
            return
        tail = _EVENT_TAIL.match(self.key, at, self.high)
        if not tail:
            return
        clause = self._clause(hit.start, tail.end())
        self.free = tail.end()
        if clause.directive and not around.told(clause, None, self.issued):
            made = self._made(hit, tail.end(), DeadlineKind.DATE)
            made.inclusive = False
            made.anchor = self.outline.flow.words(at, tail.end())
            yield made
