"""Who helps and who is reported to, and the words that say so."""

from __future__ import annotations



from vnadmin_nlp.extract.cues import CueKind, keyed
from vnadmin_nlp.resolve.obligations.reader import Reader
from vnadmin_nlp.text import Range

# between `phối hợp` and the name of who helps
_WITH = keyed(
    r"(?:\s|,|chặt chẽ|thường xuyên|kịp thời|hiệu quả|tốt|với|cùng|và hướng dẫn|và hỗ trợ|hỗ trợ|hướng dẫn|đồng bộ|tích cực|cơ quan|đơn vị)*"
)
_TO = keyed(r"(?:\s|ngay|kịp thời|kết quả|về|cho|lên|tới|đến|kết quả thực hiện|,|với|xin|bằng văn bản|giúp|đề xuất|trình|gửi|báo cáo)*")


def coordinators(reader: Reader, start: int, end: int) -> list[Range]:
    """The bodies that `start:end` says the bearer acts together with."""
    out: list[Range] = []
    for cue in reader.cues_in(start, end):
        if cue.kind is not CueKind.COORDINATE:
            continue
        gap = _WITH.match(reader.flow.key, cue.end, end)
        group = reader.mentions.group(gap.end(), end) if gap else None
        if group:
            out.extend(m for m in group.members if m not in out)
    return out


def report_to(reader: Reader, start: int, end: int) -> list[Range]:
    """The bodies that `start:end` says the bearer reports, submits or gives advice to."""
    out: list[Range] = []
    for cue in reader.cues_in(start, end):
        if cue.kind not in (CueKind.REPORT, CueKind.REQUEST):
            continue
        gap = _TO.match(reader.flow.key, cue.end, min(end, cue.end + 60))
        group = reader.mentions.group(gap.end(), end) if gap else None
        if group:
            out.extend(m for m in group.members if m not in out)
    return out
