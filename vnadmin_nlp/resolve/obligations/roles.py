"""Who helps and who is reported to."""

from __future__ import annotations

from vnadmin_nlp.extract.cues import CueKind
from vnadmin_nlp.resolve.obligations.reader import Reader
from vnadmin_nlp.text import Range, keyed

# between `phối hợp` and the name of who helps
_WITH = keyed(
    r"(?:\s|,|chặt chẽ|thường xuyên|kịp thời|hiệu quả|tốt|với|cùng|và hướng dẫn|và hỗ trợ|hỗ trợ|hướng dẫn"
    r"|đồng bộ|tích cực|làm việc|trao đổi|thống nhất)*"
)
_BESIDE = keyed(r" cùng(?: với)? ")  # `Sở X chủ trì cùng Sở Y ...`
# between `báo cáo` and the name of who is told
_TO = keyed(
    r"(?:\s|ngay|kịp thời|kết quả|về|cho|lên|tới|đến|kết quả thực hiện|,|với|xin|bằng văn bản|giúp|đề xuất"
    r"|trình|gửi|báo cáo)*"
)
_SUCH_AS = " như "  # `phối hợp với các sở liên quan như Sở X, Sở Y`
_NEAR = 60


def coordinators(reader: Reader, start: int, end: int) -> list[Range]:
    """The bodies that `start:end` says the bearer acts together with."""
    out: dict[Range, None] = {}  # in order, each once
    for cue in reader.cues_in(start, end):
        beside = cue.kind is CueKind.LEAD and _BESIDE.match(reader.key, cue.end, end)
        if cue.kind is CueKind.COORDINATE or beside:
            gap = _WITH.match(reader.key, beside.end() if beside else cue.end, min(end, cue.end + _NEAR))
            group = reader.mentions.group(gap.end(), end) if gap else None
            members = group.members if group else _helping(reader, start, cue.start)
            if group and reader.key.startswith(_SUCH_AS, group.end):
                such = reader.mentions.group(group.end + len(_SUCH_AS), end)
                members = [*members, *(such.members if such else ())]
            out.update(dict.fromkeys(members))
    return list(out)


def _helping(reader: Reader, start: int, cue: int) -> list[Range]:
    """`... do Sở X chủ trì, Sở Y và Sở Z phối hợp`: the run right before the word, behind the one who leads."""
    lead = next((c.end for c in reader.cues_in(start, cue) if c.kind is CueKind.LEAD), cue)
    for low, _ in reader.mentions.within(lead, cue):
        group = reader.mentions.group(low, cue) if reader.key.startswith((", ", "; "), low - 2) else None
        if group and group.end + 1 == cue:
            return group.members
    return []


def report_to(reader: Reader, start: int, end: int) -> list[Range]:
    """The bodies that `start:end` says the bearer reports, submits or gives advice to."""
    out: dict[Range, None] = {}  # in order, each once
    for cue in reader.cues_in(start, end):
        if cue.kind in (CueKind.REPORT, CueKind.REQUEST):
            gap = _TO.match(reader.key, cue.end, min(end, cue.end + _NEAR))
            group = reader.mentions.group(gap.end(), end) if gap else None
            out.update(dict.fromkeys(group.members if group else ()))
    return list(out)
