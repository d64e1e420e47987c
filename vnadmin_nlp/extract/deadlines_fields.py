"""Times that are the value of a field (`Thời gian thực hiện: Quý IV/2025`) or stand bare after a verb or in a table."""

from __future__ import annotations

from collections.abc import Iterator

from vnadmin_nlp.extract import deadlines_candidates as make
from vnadmin_nlp.extract import deadlines_limits as limits
from vnadmin_nlp.extract.deadlines_context import past, told
from vnadmin_nlp.extract.deadlines_recurrence import read_each, read_list, repeated
from vnadmin_nlp.extract.deadlines_scan import TO, Phrase, Scan
from vnadmin_nlp.extract.model import DeadlineCandidate
from vnadmin_nlp.outline import Paragraph
from vnadmin_nlp.text import key_of, keyed

_COLON = keyed(
    r"(?: (?!trước|trong|chậm|muộn|đến|từ|vào|ngày|tháng|quý|năm|họp|hội nghị|tổ chức hội|làm việc|khai mạc|địa điểm)"
    r"[^\s:;.,()]{1,30}){0,7} ?(?:\([^()\n]{0,40}\))? ?: ?"
)
_IS = keyed(  # `hạn chót gửi bài dự thi là …`
    r"(?: (?!trước|trong|chậm|muộn|đến|từ|vào|ngày|tháng|quý|năm|theo|của|tại|là )[^\s:;.,()\d]{1,30}){1,7}"
    r" (?:là (?=ngày \d|\d{1,2}(?:[/.:h]| giờ)|thứ|hết|cuối)|(?=ngày \d))"
)
_NEXT_LINE = keyed(r"\n[-+• ]{0,3}")
_FINISH = key_of("hoàn thành")
_TIME_COLUMN = keyed(
    r"(?:dự kiến )?(?:thời gian|thời hạn|thời điểm|tiến độ|hạn)(?: (?:dự kiến|thực hiện|hoàn thành|triển khai|trình|gửi"
    r"|nộp|báo cáo|xong|giải quyết|ban hành|kết thúc)){0,4}(?: ?\([^\n]{0,30}\))?:?"
)
_BEFORE = keyed(r"(?:(?:trước|trong|đến|hết|xong|chậm nhất|hoàn thành|là) ){0,3}")
_CELL = "deadline.cell"
_DOER = keyed(r"(?:cơ quan|đơn vị|bộ phận|người) (?:chủ trì|thực hiện|phối hợp|chịu trách nhiệm)[^\n:]{0,40}:")
_BLOCK = 300  # characters before a field `Thời gian: …` in which a field of the same task says who does it
_WEEKDAY = keyed(r" ?\((?:thứ [^()\n]{1,8}|chủ nhật)\)")


class FieldScan(Scan):
    """The readers of fields."""

    def _label(self, hit: Phrase) -> Iterator[DeadlineCandidate]:
        """A time after a field's name and colon, or right after words like `hạn hoàn thành`."""
        words = self.key[hit.start : hit.end]
        colon = _COLON.match(self.key, hit.end, self.high)
        if not colon and "hạn" in words and not self.key.endswith("gia ", 0, hit.start):
            colon = _IS.match(self.key, hit.end, self.high)
        general = words in limits.GENERAL
        at = colon.end() if colon else hit.end + 1
        below = _NEXT_LINE.match(self.key, at) if colon and at >= self.high else None
        if below:
            at = below.end()
            self._enter(at)
        if at >= self.high or self.silent or (general and not colon):
            return
        length = self._length("label", words, at) if colon and not general else None
        if length:
            yield make.lasting(self.flow, hit.value.rule, at, length)
            return
        listed = read_list(self.key, at, self.high, self.times)
        year = self.times.read_year(at, self.high) if colon and not listed else None
        if year:
            listed = [year]
        if not listed or listed[0].unit == "clock":
            return
        if general and listed[0].point and not _DOER.search(self.key, max(0, hit.start - _BLOCK), hit.start):
            return  # of a meeting
        start = at if colon else hit.start
        again = repeated(self.key, listed, self.high)
        if again:
            yield make.recurring(self.flow, hit.value.rule, start, *again)
            return
        if len(listed) == 1:
            listed = [self._ranging(listed[0]) or listed[0]]
        self._settle(listed)
        if not colon and words == _FINISH:  # `hoàn thành năm 2024` may tell a fact
            clause = self._clause(start, listed[-1].end)
            if past(listed[-1], self.since) or told(clause, listed[-1], self.since):
                return
        yield from self._dated(hit, "", start, [*listed, *self._more(listed[-1])])

    def _part(self, hit: Phrase) -> Iterator[DeadlineCandidate]:
        """`đưa vào sử dụng cuối năm nay`: a part of a unit without preposition."""
        time = self.times.read(hit.start, self.high)
        if time is None:
            return
        self.times.settle(time)
        clause = self._clause(hit.start, time.end)
        if clause.near("completes") and not past(time, self.since) and not told(clause, time, self.since):
            yield make.dated(self.flow, hit.value.rule, "", hit.start, time)

    def _cells(self, paragraphs: list[Paragraph]) -> Iterator[DeadlineCandidate]:
        """The cells that hold nothing but a time, in tables with a column for it (`Thời gian hoàn thành`)."""
        timed = False
        for cell in paragraphs:
            if not cell.cell or cell.quoted:
                timed = False
            elif not timed:
                timed = bool(_TIME_COLUMN.fullmatch(self.key, cell.start, cell.end))
            else:
                yield from self._cell(cell.start, cell.end)

    def _cell(self, start: int, end: int) -> Iterator[DeadlineCandidate]:
        each = read_each(self.key, start, end, self.times)
        if each and each[0] == end:
            yield make.recurring(self.flow, _CELL, start, *each)
            return
        if self.key.startswith("từ ", start):
            yield from self._cell_range(start, end)
            return
        opening = _BEFORE.match(self.key, start, end)
        at = opening.end() if opening else start
        listed = read_list(self.key, at, end, self.times)
        if listed:
            listed += self._more(listed[-1], end)
        weekday = _WEEKDAY.match(self.key, listed[-1].end, end) if listed else None
        if weekday:
            listed[-1].end = weekday.end()
        if not listed or listed[-1].end != end or listed[-1].unit == "clock":
            return
        self._settle(listed)
        for time in listed:
            yield make.dated(self.flow, _CELL, self.key[start:at], start if time is listed[0] else time.start, time)

    def _cell_range(self, start: int, end: int) -> Iterator[DeadlineCandidate]:
        """`Từ ngày … đến ngày …`, `Từ năm 2026 và các năm tiếp theo`."""
        first = self.times.read(start + len("từ "), end)
        link = TO.match(self.key, first.end, end) if first else None
        second = self.times.read(link.end(), end) if link else None
        if not first or first.clock or (second or first).end != end:
            return
        self.times.settle(second or first)
        if second:
            self._settle_start(first, second)
        last = second.due if second else None
        yield make.between(_CELL, start, end, first.first, last, min(first.score, second.score if second else 1.0))
