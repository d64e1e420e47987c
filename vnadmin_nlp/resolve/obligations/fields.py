"""Fields of plans: `Cơ quan chủ trì: ...`, `Cơ quan phối hợp: ...`, `Thời gian thực hiện: ...` beside the task they belong to."""

from __future__ import annotations

from enum import Enum, auto

from vnadmin_nlp.extract.cues import keyed


class FieldKind(Enum):
    """What a field of a task says."""

    LEAD = auto()  # who does it
    HELP = auto()  # who helps
    TIME = auto()  # by when
    TASK = auto()  # what is to be done: the label is no part of the clause
    OTHER = auto()  # money, place, product


_COLON = r"(?: \([^()]{0,60}\))?\s*:\s*"
_BODY = r"(?:cơ quan|đơn vị|bộ phận|cấp|ngành)"
_FIELDS = [
    (FieldKind.HELP, keyed(rf"(?:{_BODY} (?:tham gia )?phối hợp|phối hợp)(?: thực hiện)?{_COLON}")),
    (
        FieldKind.LEAD,
        keyed(
            rf"(?:{_BODY}(?: được giao)?(?: chủ trì| thực hiện| đầu mối| chịu trách nhiệm| tham mưu| thường trực)+|chủ trì(?: thực hiện)?"
            rf"|phân công(?: chủ trì| thực hiện)?|trách nhiệm thực hiện|người thực hiện|giao(?: chủ trì)?){_COLON}"
        ),
    ),
    (
        FieldKind.TIME,
        keyed(rf"(?:thời gian|thời hạn|tiến độ|hạn)(?: (?:dự kiến|thực hiện|hoàn thành|báo cáo|triển khai|trình|ban hành|xong|cụ thể|gửi))*{_COLON}"),
    ),
    (FieldKind.TASK, keyed(rf"(?:nội dung|nhiệm vụ|công việc|giải pháp)(?: (?:thực hiện|công việc|cụ thể|nhiệm vụ|triển khai))*{_COLON}")),
    (
        FieldKind.OTHER,
        keyed(rf"(?:(?:nguồn )?kinh phí|sản phẩm|kết quả|địa điểm|hình thức|đối tượng|thành phần|số lượng|quy mô|phạm vi|mục tiêu)[^:.;]{{0,30}}?{_COLON}"),
    ),
]


def read_field(key: str, start: int, end: int) -> tuple[FieldKind, int] | None:
    """The field that `start:end` begins with, and where its value begins; or None."""
    for kind, pattern in _FIELDS:
        match = pattern.match(key, start, end)
        if match:
            return kind, match.end()
    return None
