"""Fields beside a task: `Cơ quan chủ trì: ...`, `Cơ quan phối hợp: ...`, `Thời gian thực hiện: ...`."""

from __future__ import annotations

from enum import Enum, auto

from vnadmin_nlp.text import keyed


class FieldKind(Enum):
    """What a field of a task says."""

    LEAD = auto()  # who does it
    HELP = auto()  # who helps
    TIME = auto()  # by when
    TASK = auto()  # what is to be done: the label is no part of the clause
    OTHER = auto()  # money, place, product


_LABEL = 120  # characters: no label is longer
_COLON = r"(?: \([^()]{0,60}\))?\s*:\s*"
_BODY = r"(?:cơ quan|đơn vị|bộ phận|cấp|ngành)"
_ROLE = r"(?: được giao)?(?: chủ trì| thực hiện| đầu mối| chịu trách nhiệm| tham mưu| thường trực)+"
_WHEN = r"(?: (?:dự kiến|thực hiện|hoàn thành|báo cáo|triển khai|trình|ban hành|xong|cụ thể|gửi))*"
_WHAT = r"(?: (?:thực hiện|công việc|cụ thể|nhiệm vụ|triển khai))*"
_ELSE = r"(?:nguồn )?kinh phí|sản phẩm|kết quả|địa điểm|hình thức|đối tượng|thành phần|số lượng|quy mô|phạm vi|mục tiêu"
_FIELDS = [
    (FieldKind.HELP, rf"(?:{_BODY} (?:tham gia )?phối hợp|phối hợp)(?: thực hiện)?"),
    (
        FieldKind.LEAD,
        rf"(?:{_BODY}{_ROLE}|chủ trì(?: thực hiện)?|phân công(?: chủ trì| thực hiện)?|trách nhiệm thực hiện"
        r"|người thực hiện|giao(?: chủ trì)?)",
    ),
    (FieldKind.TIME, rf"(?:thời gian|thời hạn|tiến độ|hạn){_WHEN}"),
    (FieldKind.TASK, rf"(?:nội dung|nhiệm vụ|công việc|giải pháp){_WHAT}"),
    (FieldKind.OTHER, rf"(?:{_ELSE})[^:.;]{{0,30}}?"),
]
_PATTERNS = [(kind, keyed(label + _COLON)) for kind, label in _FIELDS]


def read_field(key: str, start: int, end: int) -> tuple[FieldKind, int] | None:
    """The field that `start:end` begins with, and where its value begins; or None."""
    if key.find(":", start, min(end, start + _LABEL)) < 0:
        return None
    for kind, pattern in _PATTERNS:
        match = pattern.match(key, start, end)
        if match:
            return kind, match.end()
    return None
