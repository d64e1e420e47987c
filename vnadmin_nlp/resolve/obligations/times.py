"""The deadlines and references that stand in a clause, and words that only say by when."""

from __future__ import annotations

from bisect import bisect_left
from typing import Generic, TypeVar

from vnadmin_nlp.extract.model import DeadlineCandidate, ReferenceCandidate
from vnadmin_nlp.text import keyed

C = TypeVar("C", DeadlineCandidate, ReferenceCandidate)

# `Thời gian hoàn thành: ...`: a sentence or field that only gives the time of the task before it
TIME_FIELD = keyed(
    r"(?:về )?(?:thời gian|thời hạn|tiến độ|hạn)(?: (?:dự kiến|thực hiện|hoàn thành|báo cáo|xong|cụ thể|gửi"
    r"|triển khai))*"
    r"(?=:| (?:xong|là|trước|trong|từ|đến|chậm|muộn|vào|ngay|quý|tháng|năm|ngày|hằng|hàng))"
)
FINISH = keyed(r"(?:đảm bảo|bảo đảm)?\s*(?:hoàn thành|xong)(?: thực thi| trong| trước| việc)*\s")


class Placed(Generic[C]):
    """Candidates by place."""

    def __init__(self, candidates: list[C]) -> None:
        self.items: list[C] = sorted(candidates, key=lambda c: c.start)
        self._starts = [c.start for c in self.items]

    def within(self, start: int, end: int) -> list[C]:
        """Those that begin in `start:end`."""
        return self.items[bisect_left(self._starts, start) : bisect_left(self._starts, end)]
