"""Thời hạn: every expression that limits when something must be done."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from vnadmin_nlp.extract import deadlines_candidates as make
from vnadmin_nlp.extract import deadlines_limits as limits
from vnadmin_nlp.extract.cues import HeadKind, head_at
from vnadmin_nlp.extract.deadlines_context import clause_of, told
from vnadmin_nlp.extract.deadlines_duration import ahead
from vnadmin_nlp.extract.deadlines_fields import FieldScan
from vnadmin_nlp.extract.deadlines_model import LIKELY, NEXT, Time
from vnadmin_nlp.extract.deadlines_recurrence import (
    implied,
    read_each,
    read_frequency,
    read_list,
    read_period_end,
    repeated,
    rules_have_day,
)
from vnadmin_nlp.extract.deadlines_scan import TO, Phrase, PhraseRow
from vnadmin_nlp.extract.model import Context, DeadlineCandidate
from vnadmin_nlp.knowledge.rows import load_rows
from vnadmin_nlp.knowledge.triggers import Triggers
from vnadmin_nlp.outline import Flow, Outline, Paragraph
from vnadmin_nlp.schema import DeadlineKind, SectionLabel
from vnadmin_nlp.text import Builder, keyed, normalize


@cache
def _phrases() -> Triggers[PhraseRow]:
    return Triggers((phrase, row) for row in load_rows("deadline_phrases", PhraseRow) for phrase in row.phrases)


@cache
def _needed() -> Triggers[bool]:
    return Triggers((need, True) for row in load_rows("deadline_phrases", PhraseRow) for need in row.needs)


def find_deadlines(outline: Outline, context: Context) -> list[DeadlineCandidate]:
    """Every expression that limits when something must be done, in text order, without overlaps."""
    return _Finder(outline, context).run()


def reads(text: str) -> set[str]:
    """The ids of the rows of `deadline_phrases` that open a deadline in `text`, read as one paragraph."""
    below = normalize(text)
    builder = Builder()
    builder.copy(below.text, 0, len(below.text))
    paragraph = Paragraph(0, builder.length, 0, SectionLabel.BODY)
    outline = Outline(Flow(builder, below), [paragraph], [])
    return {found.rule.removeprefix("deadline.") for found in find_deadlines(outline, Context())}


_LINKS = keyed(
    r"(?: ?(?:là|vào|đến|hết|trước|trong|sau|ngay|và|khoảng|thời gian|thời hạn|thời điểm|vòng|lúc|cho|tới|tối đa"
    r"|ít nhất|nhất|cả|từ|không quá|chậm nhất|muộn nhất|dịp|nội|các|thời|cuối(?= ngày))(?!\w)){0,5} ?"
)
_OFFICE_DAY = range(6, 23)  # hours that are rather an hour of a day than a number of hours
_HANDED = 40  # how far before a range of hours the verb of what is to be handed in then may stand
_TO_EVENT = keyed(r" ?(?:cho )?(?:đến|tới) (?:khi|lúc) [^,;.\n]{3,140}")
_NOW = keyed(r"(?:nay|giờ|bây giờ|ngày ký|ngày ban hành|ngày hôm nay)(?: trở đi)?(?= (?:cho )?(?:đến|tới))")
_AFTER_EVENT = keyed(
    r"(?:(?:,(?= (?:chống|chữa) ))? (?!để |và |đồng thời |các đơn vị |yêu cầu |đề nghị )[^\s,;.()]{1,40}){1,18}"
)
_BEFORE_EVENT = keyed(r"[^,;.()\n]{2,90}")
_PREPAID = ("trả ", "phía ", "mặt ")  # `thuê bao trả trước`
_WHEN = keyed(r"trước (?:khi|thời điểm) (?!ăn |uống )")
_SESSION = keyed(
    r" (?:gần nhất|sắp tới|tới|tiếp theo|kế tiếp|(?:thường lệ )?(?:giữa|cuối|đầu) năm(?: 20\d\d| nay)?|thường lệ"
    r"|chuyên đề|(?:hội đồng nhân dân|chính phủ|ủy ban nhân dân)(?: thành phố| tỉnh)? (?:gần nhất|tháng \d{1,2}(?:[/ ]"
    r"(?:năm )?20\d\d)?))(?!\w)(?: (?:gần nhất|sắp tới|tới|tiếp theo)(?!\w))?(?: của [^,;.\n]{3,60})?"
)


class _Finder(FieldScan):
    """The readers by the role of the words that open a limit; those of fields are inherited."""

    def run(self) -> list[DeadlineCandidate]:
        readers = {
            "from": self._range, "label": self._field, "part": self._part, "each": self._each,
            "frequency": self._frequency, "period-end": self._period_end, "once": self._once, "event": self._event,
            "session": self._session, "latest": self._latest,
        }  # fmt: skip
        for hit in _phrases().find(self.key):
            if hit.start < self.free:
                continue
            self._enter(hit.start)
            if not self.silent and not self._in_quote(hit.start):
                for candidate in readers.get(hit.value.role, self._limit)(hit):
                    self.found.append(candidate)
                    self.free = candidate.end
        found: list[DeadlineCandidate] = []
        for candidate in sorted([*self.found, *self._cells(self.paragraphs)], key=lambda c: c.start):
            if not found or candidate.start >= found[-1].end:
                found.append(candidate)
        return found

    # -- a preposition and a time or a length -----------------------------------------------------

    def _latest(self, hit: Phrase) -> Iterator[DeadlineCandidate]:
        """`chậm nhất …`; `hạn cuối` may name a field (`Hạn cuối nhận bài: …`)."""
        value = list(self._label(hit)) if self.key.startswith("hạn", hit.start) else []
        yield from value or self._limit(hit)

    def _limit(self, hit: Phrase) -> Iterator[DeadlineCandidate]:
        links = _LINKS.match(self.key, hit.end, self.high)
        at = links.end() if links else hit.end
        if not hit.end < at < self.high:
            return
        role, words = hit.value.role, self.key[hit.start : at]
        if role == "before" and self.key.endswith(_PREPAID, 0, hit.start):
            return
        length = self._length(role, words, at)
        if length and not length.anchor and self._is_hour(role, self.times.read(at, self.high)):
            length = None
        ended = None if length else read_period_end(self.key, at, self.high)
        if length:
            length.backward = length.backward or role == "before"
            if limits.length_limits(role, words, length, self._clause(hit.start, length.end)):
                yield make.lasting(self.flow, hit.value.rule, hit.start, length)
        elif ended:
            if limits.repeated_limits(role, ended[1], self._clause(hit.start, ended[0])):
                yield make.recurring(self.flow, hit.value.rule, hit.start, *ended)
        elif not words.endswith(" từ "):  # else a range, with a hit of its own (`trong thời gian từ ngày …`)
            yield from self._times(hit, words, at)

    @staticmethod
    def _is_hour(role: str, time: Time | None) -> bool:
        """Whether `time` is an hour of a day that is not said (`chậm nhất 16h`, `trước 17h00`): no length of time."""
        if role not in ("before", "latest") or time is None or time.unit != "clock" or time.clock is None:
            return False
        return time.clock[0] in _OFFICE_DAY

    def _times(self, hit: Phrase, words: str, at: int) -> Iterator[DeadlineCandidate]:
        listed = read_list(self.key, at, self.high, self.times)
        if not listed:
            return
        role = hit.value.role
        again = repeated(self.key, listed, self.high)
        if again:
            if limits.repeated_limits(role, again[1], self._clause(hit.start, again[0])):
                yield make.recurring(self.flow, hit.value.rule, hit.start, *again)
            return
        if listed[-1].unit == "clock":
            if not self._is_hour(role, listed[-1]):
                return
            listed[-1].doubt(LIKELY)
        if len(listed) == 1 and role != "before":
            listed = [self._ranging(listed[0]) or listed[0]]
        self._settle(listed)
        last = listed[-1]
        if role == "before" and last.point:
            ahead(last, self.key, self.high)
        clause = self._clause(hit.start, last.end)
        if not limits.time_limits(role, words, last, clause, self.since):
            return
        rules = implied(clause.left, listed)
        if rules:
            self._forget_unit(hit.start - len(clause.left))
            yield make.recurring(self.flow, hit.value.rule, hit.start, last.end, rules, LIKELY)
        else:
            more = [] if role in ("before", "until") else self._more(last)
            yield from self._dated(hit, words, hit.start, [*listed, *more])

    def _forget_unit(self, since: int) -> None:
        """Take back `hằng năm` where the same sentence goes on to name the day: there is one limit."""
        last = self.found[-1] if self.found else None
        if last and last.start >= since and last.recurrence and not rules_have_day(last.recurrence):
            self.found.pop()

    def _field(self, hit: Phrase) -> Iterator[DeadlineCandidate]:
        """A field's value; after `thời hạn` without colon what limits, as after a preposition."""
        value = list(self._label(hit))
        if value or self.key[hit.start : hit.end] != "thời hạn":
            yield from value
        else:
            yield from self._limit(hit)

    # -- ranges -----------------------------------------------------------------------------------

    def _range(self, hit: Phrase) -> Iterator[DeadlineCandidate]:
        """`từ X đến Y`: the act may take from X to Y."""
        at = hit.end + 1
        now = _NOW.match(self.key, at, self.high)
        first = None if now else self.times.read(at, self.high)
        if first is None and not now:
            return
        here = first.end if first else now.end() if now else at
        link = TO.match(self.key, here, self.high)
        second = self.times.read(link.end(), self.high) if link else None
        if second is None:
            if first is not None and not first.clock:
                yield from self._open_range(hit, first)
            return
        again = repeated(self.key, [second], self.high)
        clause = self._clause(hit.start, again[0] if again else second.end)
        if again:
            if limits.is_field(clause) and not told(clause, None, self.since):
                rules = "FREQ=YEARLY" if second.month else again[1]
                yield make.recurring(self.flow, hit.value.rule, hit.start, again[0], rules)
            return
        self.times.settle(second)
        if first is not None:
            self._settle_start(first, second)
        timed = second.clock or (first is not None and first.clock)
        if timed and not (second.last and (clause.within(_HANDED, "completes") or limits.in_field(clause))):
            return  # the hours of a visit or an interruption
        if second.point and link and "-" in link.group() and not clause.left.rstrip().endswith(":"):
            return  # some days in a row: a visit, a course, a meeting
        begin = self.issued if first is None else first.first
        score = min(second.score, first.score if first else NEXT)
        opens = first.due if first and first.clock else begin
        if begin and second.last and begin > second.last:
            opens = None  # a misprint, or the range of another unit
        if limits.range_limits(begin, second, clause, self.since):
            yield make.between(hit.value.rule, hit.start, second.end, opens, second.due, score)

    def _open_range(self, hit: Phrase, first: Time) -> Iterator[DeadlineCandidate]:
        """`từ tháng 10/2025 đến khi …`, `từ năm 2026`: no end is dated."""
        event = _TO_EVENT.match(self.key, first.end, self.high)
        end = event.end() if event else first.end
        clause = clause_of(self.key, self.low, hit.start, end, self.high)
        if not (limits.is_field(clause) if event else limits.in_field(clause) or clause.set_off):
            return
        self.times.settle(first)
        if limits.running(first.first, self.since):
            return
        years = first.last.year - first.first.year if first.first and first.last else 0
        last = first.last if years and not event else None  # `từ năm 2026 - 2030`
        yield make.between(hit.value.rule, hit.start, end, first.first, last, first.score)

    # -- what comes again ---------------------------------------------------------------------------

    def _each(self, hit: Phrase) -> Iterator[DeadlineCandidate]:
        found = read_each(self.key, hit.start, self.high, self.times)
        if found:
            yield from self._again(hit, hit.start, *found)
        elif self.key.endswith("định kỳ", hit.start, hit.end):  # `định kỳ thứ Sáu hằng tuần`
            listed = read_list(self.key, hit.end + 1, self.high, self.times)
            again = repeated(self.key, listed, self.high) if listed else None
            if again:
                yield from self._again(hit, hit.end - len("định kỳ"), *again)

    def _frequency(self, hit: Phrase) -> Iterator[DeadlineCandidate]:
        """`02 lần/năm`: the number stands one or two words before the hit."""
        for start in range(hit.start - 1, max(self.low, hit.start - 9) - 1, -1):
            border = start == self.low or self.key[start - 1] in " ("
            found = read_frequency(self.key, start, self.high) if border else None
            if found and found[0] >= hit.end:
                yield from self._again(hit, start, *found)
                return

    def _period_end(self, hit: Phrase) -> Iterator[DeadlineCandidate]:
        found = read_period_end(self.key, hit.start, self.high)
        if found:
            yield from self._again(hit, hit.start, *found)

    def _again(self, hit: Phrase, start: int, end: int, rules: str) -> Iterator[DeadlineCandidate]:
        if limits.recurrence_limits(self.key[start:end], rules, self._clause(start, end)):
            yield make.recurring(self.flow, hit.value.rule, start, end, rules)

    # -- events -----------------------------------------------------------------------------------

    def _once(self, hit: Phrase) -> Iterator[DeadlineCandidate]:
        """`ngay sau khi …`, `ngay lập tức`, `trong ngày`."""
        words = self.key[hit.start : hit.end]
        end = hit.end
        if words.endswith(("khi", "sau")):
            tail = _AFTER_EVENT.match(self.key, hit.end, self.high)
            if not tail:
                return
            end = tail.end()
        elif words.endswith("trong ngày"):
            at = hit.end - len("ngày")
            time = self.times.read(at, self.high)
            if time and time.point:
                yield from self._times(hit, words.removesuffix("ngày"), at)
                return
            if words == "trong ngày" and not self.key.startswith((".", ",", ";", "\n", ")"), hit.end):
                return
        if limits.event_limits(words, self._clause(hit.start, end)):
            anchor = self.flow.words(hit.end + 1, end) if end > hit.end else None
            yield DeadlineCandidate(hit.start, end, DeadlineKind.IMMEDIATE, hit.value.rule, anchor=anchor)

    def _event(self, hit: Phrase) -> Iterator[DeadlineCandidate]:
        """`trước khi có lũ`, `trước mùa mưa`: before an event without a date; `trước dịp Tết` has one."""
        when = _WHEN.match(self.key, hit.start, self.high)
        at = when.end() if when else hit.start + len("trước ")
        head = head_at(self.key, at, self.high) if when else None
        acted = head is not None and head[0] in (HeadKind.VERB, HeadKind.ACT)
        if not acted and not any(need.start == 0 for need in _needed().all(self.key[at : at + 24])):
            yield from self._times(hit, "trước ", at)
            return
        tail = _BEFORE_EVENT.match(self.key, at, self.high)
        if not tail:
            return
        clause = self._clause(hit.start, tail.end())
        if when and not limits.before_an_act(clause, acted=acted):
            return
        if clause.directive and not told(clause, None, self.since):
            end, anchor = tail.end(), self.flow.words(at, tail.end())
            yield DeadlineCandidate(hit.start, end, DeadlineKind.DATE, hit.value.rule, anchor=anchor, inclusive=False)

    def _session(self, hit: Phrase) -> Iterator[DeadlineCandidate]:
        """`tại kỳ họp gần nhất`: at a meeting still to come, whose day is not known."""
        name = _SESSION.match(self.key, hit.end, self.high)
        if not name:
            return
        clause = self._clause(hit.start, name.end())
        if clause.directive and clause.has("completes") and not told(clause, None, self.issued):
            anchor = self.flow.words(hit.start + len("tại "), name.end())
            yield DeadlineCandidate(hit.start, name.end(), DeadlineKind.DATE, hit.value.rule, anchor=anchor)
