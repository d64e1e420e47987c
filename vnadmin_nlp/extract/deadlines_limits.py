"""The decisions: does a time, a length or a recurrence limit an act, given the words that open it and its clause?"""

from __future__ import annotations

import datetime as dt

from vnadmin_nlp.extract.deadlines_context import Clause, long_past, named, past, told
from vnadmin_nlp.extract.deadlines_duration import Length
from vnadmin_nlp.extract.deadlines_model import Time
from vnadmin_nlp.extract.deadlines_recurrence import rules_have_day
from vnadmin_nlp.text import keyed

_RUNNING = dt.timedelta(days=400)
NOTICE = ("ít nhất", "tối thiểu")  # so long before an event
GENERAL = ("thời gian", "thời gian dự kiến")  # fields that a meeting has, too
_FIELD = keyed(
    r"(?:thời gian|thời hạn|tiến độ)(?! họp| làm việc| tổ chức hội| ký| đóng| chốt)[^.;:\n]{0,60}: ?(?:bắt đầu )?$"
    r"|thời gian (?:thực hiện|triển khai|tiến hành|hoàn thành|quan trắc|kiểm tra|giám sát|rà soát) $"
)
_COUNTED = keyed(r"(?:giờ|ngày|lần|tháng|người)(?: liên tục)? $")
_SINCE = keyed(r"(?:từ (?:ngày|tháng|năm|khi|thời điểm)[^,;]{0,90}|\d ?)$")
_TACIT = keyed(r" (?:không|chưa)[^.;\n]{0,80} (?:coi|xem) ")
_REFUSED = keyed(r"không (?:được )?$")  # `giờ mở cửa không sau 06 giờ`
_ADJECTIVES = keyed(
    r"(?:trung hạn|dài hạn|ngắn hạn|0?5 năm|toàn khóa|(?:hàng|hằng) (?:quý|tháng|năm)|6 tháng)(?:,| và|, và) $"
)
_RELATIVE = keyed(r"(?<!phải )(?:được|do) [^,;]{2,60}$")
_OF_A_NOUN = keyed(
    r"(?:đối với|nội dung|biểu mẫu|mẫu|các|loại|tại|trong|theo|từ|vào|của|do [^,;]{3,60}) (?:báo cáo )?$"
)
_PERMITTED = keyed(r"(?:cho phép|được phép|được gia hạn|được kéo dài)[^;:]{0,140}$")
_WORKS = keyed(
    r"(?<!lễ )(?:khánh thành|khởi công|phát động|thông xe|đưa vào (?:sử dụng|khai thác|vận hành))[^;]{0,110}$"
)
_YARDSTICK = keyed(  # `tiêu chí để đánh giá cán bộ hằng năm`
    r"(?:tiêu chuẩn|tiêu chí|chỉ tiêu|căn cứ|cơ sở)[^;]{0,60} (?:đánh giá|xếp loại|bình xét|phân loại)[^;]{0,80}$"
)
_LASTING = keyed(r"(?:đình chỉ|tước|cấm|miễn|lưu giữ|lưu trữ|bảo quản|kéo dài)(?! thời)[^,;:]{0,40}$")
_GIVEN = keyed(  # `nhiệm vụ được giao hoàn thành trong năm`: the time tells which, not when
    r"(?:nhiệm vụ|chỉ tiêu|mục tiêu|công việc|văn bản|dự án)[^,;:]{0,30}(?:giao|đề ra|đặt ra)"
    r"(?: (?:phải |cần )?(?:hoàn thành|thực hiện))? $"
)
_OF_A_REPORT = keyed(r"(?:kết quả|tình hình|số liệu|dữ liệu|thống kê|phát sinh|lũy kế)[^,;:]{0,60}$")  # its period
_POST = keyed(  # the term of a post, an authorisation or a leave
    r"(?:cử (?:ông|bà|đồng chí|cán bộ|công chức|đoàn)|phụ trách|biệt phái|điều hành|nghỉ (?:lễ|phép|tết|việc)"
    r"|(?:ủy|uỷ) quyền cho)"
    r"(?!\w)[^;:]{0,140}$"
)
_TERM = keyed(r"(?:thời hạn|thời gian|hiệu lực) (?:của )?(?:việc )?(?:ủy|uỷ) quyền[^.;\n]{0,40}$")
_NAMED_ACT = keyed(  # `quy trình thông báo trước khi dừng bán hàng`
    r"(?:quy trình|thủ tục|quy định|hành vi|các khoản|trường hợp|thời điểm|về việc)(?!\w)[^,;:]{0,90}$"
)
_ABOUT = keyed(r"(?:thông báo|biết) [^;:]{0,60}về việc [^;:]{0,200}$")  # the time belongs to what is told
_NEAR = 48  # how far the object of a verb may push a range away from it
_HELD = keyed(  # `tổ chức Hội thi từ ngày … đến ngày …`
    r"tổ chức [^,;:]{0,30}(?:hội (?:thi|thao|diễn|chợ|thảo)|triển lãm|lễ hội|liên hoan|kỳ thi|đại hội)(?!\w)"
    r"[^,;:]{0,80}$"
)
_REPORTED = keyed(r" (?:kết quả|tình hình|gửi|về|cho|với|bộ|ủy ban|sở|chính phủ|thủ tướng|ban|\()")
_REPORTING = ("thực hiện chế độ ", "thiết lập chế độ ")


def length_limits(role: str, words: str, length: Length, clause: Clause) -> bool:
    """Whether `length`, opened by `words` of this `role`, is a time to act in (not a term, a condition, a count)."""
    strong = "nhất" in words or "vòng" in words or length.value.startswith("PT") or length.value.endswith("B")
    if told(clause, None, None) and not (length.anchor and length.value.endswith(("B", "D", "H"))):
        return False
    if role in ("within", "latest") and _COUNTED.search(clause.left):
        return False  # `12 giờ trong 01 ngày`
    if role == "after" and "H" in length.value and _REFUSED.search(clause.left):
        return False
    if length.backward and role != "before" and not ("nhất" in words or "ít" in words or "hạn" in words):
        return False  # `xét nghiệm trong vòng 72 giờ trước khi đi` is a condition
    if length.value.endswith("M") and clause.left.endswith(("được cấp ", "chụp ")):
        return False  # how old a paper may be
    if role in ("within", "after") and not length.anchor and _LASTING.search(clause.left):
        return False
    if words.startswith(NOTICE):
        return length.backward and clause.directive
    if length.value.endswith("Y"):
        counted = length.anchor is not None and "hạn" in words and clause.opens and "orders" in clause.after
        return counted or clause.near("completes", "acts")
    if length.anchor:
        return strong or clause.directive or "hạn" in words or (clause.opens and clause.right.startswith(", "))
    if role == "after":
        return bool(_TACIT.match(clause.right)) or ((strong or "hạn" in words) and clause.directive)
    if role == "latest" and not strong:
        return clause.near("completes", "acts") or clause.left.rstrip().endswith(("thời gian", "thời hạn"))
    return (strong or length.value.endswith(("D", "W"))) and clause.directive and not clause.near("names")


def time_limits(role: str, words: str, time: Time, clause: Clause, issued: dt.date | None) -> bool:
    """Whether `time`, opened by `words` of this `role`, limits an act."""
    if told(clause, time, issued) or " từ " in words or words.startswith("trước là"):
        return False  # `quý trước là 15/9 bộ`
    if role == "before" or "trước" in words:
        return _before_limits(words, time, clause, issued)
    if role == "latest":
        return not words.startswith(NOTICE) and (not long_past(time, issued) or clause.finished)
    if role == "after":
        return "nhất" in words or "hạn" in words
    exact = role == "within" and time.unit in ("month", "quarter", "week")
    if past(time, issued):
        return False
    if named(clause) and not (exact and clause.has("orders", "completes")) and not (role == "on" and time.fuzzy):
        return False
    if role == "on":
        part = time.fuzzy and clause.within(60, "acts", "completes")
        part = part or (not time.point and clause.within(20, "completes") and clause.has("orders"))
        part = part or (time.unit == "month" and clause.near("acts") and not clause.has("events"))
        part = part or (
            time.point and _WORKS.search(clause.left) is not None and (clause.has("orders") or clause.begun)
        )
        part = part or (time.fuzzy and clause.set_off)
        return (clause.near("completes") or part) and not clause.within(60, "events")
    if role == "until":
        return _until_limits(words, time, clause)
    return _within_limits(words, time, clause)


def _before_limits(words: str, time: Time, clause: Clause, issued: dt.date | None) -> bool:
    if clause.left.endswith(("giai đoạn ", "thời điểm ", "thời kỳ ")):
        return False
    if "trước và trong" in words and time.feast:
        return False
    if long_past(time, issued) or (past(time, issued) and not clause.finished):
        aside = clause.left.rfind("(") > clause.left.rfind(")")
        ordered = clause.within(60, "completes") and clause.has("orders")
        ordered = ordered or (clause.within(60, "orders") and not long_past(time, issued))
        ordered = ordered or (time.feast and clause.finished)
        return ordered and not clause.has("facts", "cases") and not aside
    return time.point or time.fuzzy or clause.directive


def _until_limits(words: str, time: Time, clause: Clause) -> bool:
    if _PERMITTED.search(clause.left):
        return False
    if _SINCE.search(clause.left):
        return in_field(clause)  # the end of a range whose start is an event or was not read
    if time.unit in ("year", "open") and "hết" not in words:
        return clause.near("completes")  # else a goal, the name of a plan
    if time.unit == "year":
        return clause.near("completes", "acts") or clause.set_off
    return not clause.has("events") and (clause.directive or in_field(clause))


def _within_limits(words: str, time: Time, clause: Clause) -> bool:
    if time.feast:
        return False
    if time.point:
        return clause.directive or clause.finished
    if _GIVEN.search(clause.left):
        return False
    if clause.right.startswith(":") and not words.startswith("ngay"):
        return False  # the heading of a list
    if time.bare:
        return clause.near("completes")
    if time.era:
        return clause.within(40, "completes")
    if time.unit == "year":
        ordered = clause.has("orders") or (clause.opens and "orders" in clause.after)
        about = _ABOUT.search(clause.left) and not clause.near("completes")
        return (clause.finished and not about) or clause.near("acts") or ordered or clause.set_off or in_field(clause)
    return (clause.finished or clause.directive or in_field(clause)) and not clause.within(60, "events")


def range_limits(begin: dt.date | None, time: Time, clause: Clause, issued: dt.date | None) -> bool:
    """Whether a range from `begin` that ends with `time` is the time an act may take."""
    if clause.left.rstrip().endswith("(") or clause.has("events") or _PERMITTED.search(clause.left):
        return False
    if _HELD.search(clause.left) or _POST.search(clause.left) or _TERM.search(clause.left):
        return False
    if begin and issued and begin < issued and not (is_field(clause) or clause.within(_NEAR, "acts")):
        return False  # it has begun: the period of what is reported
    if running(begin, issued):
        return False
    if told(clause, time, issued) or past(time, issued) or named(clause) or _OF_A_REPORT.search(clause.left):
        return False
    return is_field(clause) or clause.directive


def running(begin: dt.date | None, issued: dt.date | None) -> bool:
    """Whether a range has begun so long ago that it states the term of a project."""
    return bool(begin and issued and begin < issued - _RUNNING)


def is_field(clause: Clause) -> bool:
    """Whether the clause is a field for a time (`Thời gian thực hiện: …`), or the expression follows its verb."""
    return clause.near("acts", "completes") or in_field(clause)


def in_field(clause: Clause) -> bool:
    return bool(_FIELD.search(clause.left))


def repeated_limits(role: str, rules: str, clause: Clause) -> bool:
    """Whether a day that comes again limits an act."""
    if clause.has("effects") or (role == "until" and told(clause, None, None)):
        return False
    if role == "on":  # a feast is held every year; what comes every month is a duty
        return clause.directive or (not clause.opens and not rules.startswith("FREQ=YEARLY"))
    return clause.directive or role != "within"


def recurrence_limits(expression: str, rules: str, clause: Clause) -> bool:
    """Whether a recurrence without a preposition (`hằng năm`) says how often to act, not which plan or sum is meant."""
    day = rules_have_day(rules)
    if (clause.near("names") and not day) or told(clause, None, None):
        return False
    if expression.startswith("báo cáo") and not (
        clause.near("orders") or clause.left.endswith(_REPORTING) or _REPORTED.match(clause.right)
    ):
        return False
    if (
        _OF_A_NOUN.search(clause.left)
        or _ADJECTIVES.search(clause.left)
        or (not day and _YARDSTICK.search(clause.left))
    ):
        return False
    if clause.set_off:
        return True
    periodic = expression.startswith("định kỳ")
    if not periodic and _RELATIVE.search(clause.left):
        return False
    if clause.verb or (day and clause.directive):
        return True
    apart = clause.opens or clause.left.rstrip().endswith((",", ";", " và", "("))
    return (apart or periodic) and (clause.goes_on or bool((clause.after | clause.inside) & {"completes", "acts"}))


def event_limits(words: str, clause: Clause) -> bool:
    """Whether `ngay khi …`, `trong ngày` says when to act (and not when somebody acted)."""
    if not clause.imperative and "đã" in f"{clause.left} {clause.right}".split():
        return False
    if not (clause.directive or (clause.opens and clause.right.startswith(", "))):
        return False
    if clause.left.endswith("không phải "):
        return False
    if words == "trong ngày":
        return clause.within(60, "completes", "acts") and not clause.left.rstrip().endswith("giờ")
    return True


def before_an_act(clause: Clause, *, acted: bool) -> bool:
    """Whether `trước khi …` says by when something must be done, not how or what (`rửa tay trước khi dùng bữa`).

    `acted`: what follows is somebody's act (`trước khi gửi hồ sơ`), else an event (`trước khi có lũ`).
    """
    if (not clause.opens and _NAMED_ACT.search(clause.left)) or clause.left.endswith("đến "):
        return False
    if not acted:
        return True
    if clause.opens:
        return bool(clause.after & {"completes", "orders"})
    return clause.has("orders") or (clause.begun and clause.has("completes")) or clause.within(60, "completes")
