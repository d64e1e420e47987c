"""Times that come again: `trước ngày 25 hằng tháng`, `hằng quý`, `định kỳ 6 tháng và năm`, as RFC 5545 rules."""

from __future__ import annotations

import re
from collections.abc import Iterable

from vnadmin_nlp.extract.deadlines_time import Time, TimeReader, compiled

_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_UNIT = r"ngày(?! \d)|tuần|tháng(?! \d)|quý(?! [\divx])|năm(?! \d| học| ngân)|0?6 tháng(?: một lần|/ ?lần)?|sáu tháng|nửa năm|0?3 tháng|0?9 tháng|(?:0?1|một) (?:năm|tháng)(?: ?/ ?lần)?"
_EACH = compiled(
    rf"(?P<lead>(?:báo cáo )?định kỳ(?: báo cáo)?[ :(]{{1,2}}(?:vào )?)?(?:(?:hàng|hằng|mỗi|từng) )?(?P<first>{_UNIT})(?!\w)"
    rf"(?P<more>(?: ?\((?:trước|vào|chậm)[^()\n]{{3,48}}\))?(?:(?:(?:,| và| hoặc|/|,? và) ?(?:định kỳ )?(?:hàng |hằng )?(?:báo cáo )?(?:{_UNIT})(?!\w|/\d| (?:đầu|cuối)))(?: ?\((?:trước|vào|chậm)[^()\n]{{3,48}}\))?){{0,5}})"
)
_UNITS = compiled(rf"(?P<unit>{_UNIT})(?!\w)(?: ?\((?P<spec>(?:trước|vào|chậm)[^()\n]{{3,48}})\))?")
_PREP = compiled(r"(?:(?:trước|vào|chậm nhất|muộn nhất|là|đến|hết|trong|lúc) )+")
_AHEAD = compiled(r" ?[(,:]?(?: ?(?!trước|vào|chậm|muộn|hàng|hằng|năm|và )[^\s,;:.()]+){0,7} ?[(,]? ?(?=(?:trước|vào|chậm nhất|muộn nhất)(?: hết)? (?:là |vào |trước |hết )?(?:ngày|thứ|\d|cuối|chủ nhật))")
_SUFFIX = compiled(
    r",? ?\(?(?:của |trong )?(?:(?:hàng|hằng|mỗi|các) (?P<each>năm|tháng|quý|tuần|ngày)(?!\w)"
    r"|tháng (?P<place>đầu|cuối|thứ (?:hai|2|ba|3))(?: tiên| cùng)?(?: của)?(?: hàng| hằng| mỗi| các)? quý(?: sau| tiếp theo| kế tiếp| báo cáo)?"
    r"|tháng (?:sau|tiếp theo|kế tiếp|liền kề|trước đó|báo cáo|đó|liền sau)(?: liền kề)?(?: (?:của )?(?:kỳ|tháng) báo cáo)?"
    r"|năm (?:dương lịch )?(?P<after>sau|tiếp theo|kế tiếp|liền kề|liền sau|trước)(?: liền kề| kế tiếp| liền trước)?(?: (?:của )?(?:năm|kỳ) (?:báo cáo|tổ chức|tính thuế))?"
    r"|quý (?P<quarter>sau|tiếp theo|báo cáo)|(?P<month>tháng)(?= và| hàng|[,.;)\n]|$))\)?"
)
_MONTHS_OF = {"đầu": "1,4,7,10", "cuối": "3,6,9,12"}
_SECOND, _THIRD = "2,5,8,11", "3,6,9,12"
_LAST_DAY = compiled(r"ngày (?P<work>làm việc )?cuối(?: cùng)? (?:của )?(?:(?:hàng |hằng |mỗi )?tháng)(?! \d)|cuối (?:hàng|hằng|mỗi) tháng")
_WEEK_OF = compiled(r"tuần (?:cuối(?: cùng)?|đầu(?: tiên)?|thứ \w+) (?:của )?(?P<each>(?:hàng |hằng |mỗi )?(?:tháng thứ \w+ (?:của |trong )?(?:hàng |mỗi )?quý|tháng cuối (?:của )?quý|quý|tháng))(?! ?\d| [ivx])")
_FREQUENCY = compiled(r"(?P<n>\d{1,2}|một|hai|ba|bốn) lần ?(?:/|mỗi |trong (?:một |01 )?|một )? ?(?P<unit>ngày|tuần|tháng|quý|năm)(?! \d)")
_ONCE_IN = compiled(r"(?P<n>\d{1,2}|một|hai|ba|sáu) (?P<unit>ngày|tuần|tháng|năm) ?(?:/ ?|(?:một|01|1) )lần|(?:mỗi|một) (?P<one>ngày|tuần|tháng|quý|năm) (?:một|01|1|ít nhất (?:một|01|1)) lần")
_IN_MONTHS = compiled(r" (?:vào )?(?:các )?tháng (?P<a>\d{1,2})(?:,? (?:và )?(?:tháng )?(?P<b>\d{1,2}))?(?! ?[/\d])")
_WORDS = {"một": 1, "hai": 2, "ba": 3, "bốn": 4, "sáu": 6}
_ONCE = compiled(r"(?: một| ?/) ?lần$")
_EVERY = {"ngày": "DAILY", "tuần": "WEEKLY", "tháng": "MONTHLY", "năm": "YEARLY"}


def every(unit: str) -> str:
    """The rule of a bare unit: `hằng quý` -> every third month."""
    unit = _ONCE.sub("", unit)
    words = unit.split()
    if unit == "nửa năm" or words[0] in ("6", "06", "sáu"):
        return "FREQ=MONTHLY;INTERVAL=6"
    if words[0] in ("3", "03"):
        return "FREQ=MONTHLY;INTERVAL=3"
    if words[0] in ("9", "09"):
        return "FREQ=YEARLY;BYMONTH=9"
    last = words[-1]
    return f"FREQ={_EVERY[last]}" if last in _EVERY else "FREQ=MONTHLY;INTERVAL=3"


def rule_of(base: str, time: Time | None, months: str | None = None) -> str:
    """`base` narrowed to the day, weekday and clock time of `time`, as printed."""
    if time is None:
        return base
    parts = [base]
    if months:
        parts = ["FREQ=YEARLY", f"BYMONTH={months}"]
    elif time.month and time.day:
        parts = ["FREQ=YEARLY", f"BYMONTH={time.month}"]
    if time.weekday is not None and not time.day:
        parts = ["FREQ=WEEKLY" if base == "FREQ=DAILY" else base, f"BYDAY={_DAYS[time.weekday]}"]
    elif time.day:
        if parts[0] in ("FREQ=DAILY", "FREQ=WEEKLY"):
            parts = ["FREQ=MONTHLY"]
        parts.append(f"BYMONTHDAY={time.day}")
    if time.clock:
        parts += [f"BYHOUR={time.clock[0]}", f"BYMINUTE={time.clock[1]}"]
    return ";".join(parts)


def repeated(key: str, times: list[Time], end: int) -> tuple[int, str] | None:
    """The end and the rules of a list of days that a suffix makes recurring (`ngày 01/6 và 15/11 hằng năm`)."""
    last = times[-1]
    if last.unit not in ("day", "clock", "month") or last.year is not None:
        return None
    found = _SUFFIX.match(key, last.end, end)
    if not found:
        return None
    if last.unit == "month":
        if found["each"] != "năm":
            return None
        return found.end(), " | ".join(f"FREQ=YEARLY;BYMONTH={t.month}" for t in times)
    if (found["month"] and last.month) or (found["after"] and not last.month):
        return None
    place, each = found["place"], found["each"]
    months = None
    if place:
        months = _MONTHS_OF.get(place) or (_SECOND if place.endswith(("hai", "2")) else _THIRD)
    base = every(each) if each else "FREQ=MONTHLY;INTERVAL=3" if found["quarter"] else "FREQ=MONTHLY"
    stop = found.end()
    if key[found.start() : stop].count("(") != key[found.start() : stop].count(")") and key[stop - 1] == ")":
        stop -= 1
    return stop, " | ".join(rule_of(base, t, months) for t in times)


def read_each(key: str, at: int, end: int, times: TimeReader) -> tuple[int, str] | None:
    """`hằng tháng, quý, năm` at `at`, with the day given in brackets or soon after it."""
    found = _EACH.match(key, at, end)
    if not found:
        return None
    units = list(_UNITS.finditer(key, found.start("first"), found.end()))
    bracketed = [_inner(key, u, times) for u in units]
    stop = found.end()
    if len(units) == 1 and not units[0]["spec"]:
        ahead = _AHEAD.match(key, stop, end)
        if ahead:
            more = _spec(key, ahead.end(), end, times)
            if more is not None:
                listed, suffix = more
                if suffix and suffix[1] is not None and key[listed[-1].end : suffix[0]].find("qúy") < 0:
                    return None  # the day says its own recurrence: that is the limit, these words name the report
                rules = suffix[1] if suffix else " | ".join(rule_of(every(units[0]["unit"]), t) for t in listed)
                return _closed(key, ahead.end(), suffix[0] if suffix else listed[-1].end, end), rules
    return stop, " | ".join(b or every(u["unit"]) for u, b in zip(units, bracketed, strict=True))


def _inner(key: str, unit: re.Match[str], times: TimeReader) -> str | None:
    if not unit["spec"]:
        return None
    more = _spec(key, unit.start("spec"), unit.end("spec"), times)
    if more is None:
        return None
    listed, suffix = more
    return suffix[1] if suffix else " | ".join(rule_of(every(unit["unit"]), t) for t in listed)


def _spec(key: str, at: int, end: int, times: TimeReader) -> tuple[list[Time], tuple[int, str] | None] | None:
    """The days after a preposition at `at`, none of them with a year, and their recurring suffix."""
    prep = _PREP.match(key, at, end)
    if not prep:
        return None
    listed = read_list(key, prep.end(), end, times)
    if not listed or any(t.unit not in ("day", "clock") or t.year is not None or t.problem for t in listed):
        return None
    return listed, repeated(key, listed, end)


def _closed(key: str, low: int, stop: int, end: int) -> int:
    return stop + 1 if stop < end and key[stop] == ")" and key.rfind("(", max(0, low - 3), stop) >= 0 else stop


_AND = compiled(r"(?:, ?| và | hoặc |; ?)(?:và )?(?:trước |vào )?(?=ngày \d|\d{1,2} ?/ ?\d|\d{1,2} tháng \d|tháng \d)")


def read_list(key: str, at: int, end: int, times: TimeReader) -> list[Time]:
    """The times at `at` joined by commas or `và`, as long as they are of one unit and share the last one's year."""
    first = times.read(at, end)
    if first is None:
        return []
    out = [first]
    while len(out) < 8 and out[-1].unit in ("day", "month") and out[-1].year is None and not out[-1].fuzzy:
        link = _AND.match(key, out[-1].end, end)
        more = times.read(link.end(), end) if link else None
        if more is None or more.unit != first.unit or more.fuzzy:
            break
        out.append(more)
    return out


def read_period_end(key: str, at: int, end: int) -> tuple[int, str] | None:
    """`ngày làm việc cuối cùng của tháng`, `tuần cuối cùng của tháng thứ 3 trong quý`."""
    found = _LAST_DAY.match(key, at, end)
    if found:
        by = "BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1" if found["work"] else "BYMONTHDAY=-1"
        return found.end(), f"FREQ=MONTHLY;{by}"
    found = _WEEK_OF.match(key, at, end)
    if found:
        return found.end(), every("quý" if key.find("q", *found.span("each")) >= 0 else "tháng")
    return None


_IMPLIED = compiled(r"(?:hàng|hằng) (?P<unit>năm|quý|tháng|tuần|ngày)(?!\w)|định kỳ (?P<span>0?6 tháng|năm|quý|tháng)(?!\w)")


def implied(left: str, listed: list[Time]) -> str | None:
    """The rules of days without a year whose sentence has said `hằng năm`, `định kỳ 6 tháng` before them (`left`)."""
    units = [m["unit"] or m["span"] for m in _IMPLIED.finditer(left)]
    if not units or any(t.year is not None or not t.day or t.problem for t in listed):
        return None
    if not listed[0].month and units[-1] in ("năm", "6 tháng", "06 tháng"):
        return None
    return " | ".join(rule_of(every(units[-1]), t) for t in listed)


def rules_have_day(rules: str) -> bool:
    return "BYMONTHDAY" in rules or "BYDAY" in rules or "BYHOUR" in rules


def read_frequency(key: str, at: int, end: int) -> tuple[int, str] | None:
    """`02 lần/năm`, `6 tháng một lần`, `mỗi quý một lần`."""
    found = _FREQUENCY.match(key, at, end)
    if found:
        count = int(found["n"]) if found["n"].isdigit() else _WORDS[found["n"]]
        months = _IN_MONTHS.match(key, found.end(), end)
        if found["unit"] == "năm" and months:
            listed = ",".join(m for m in months.groups() if m)
            return months.end(), f"FREQ=YEARLY;BYMONTH={listed};BYMONTHDAY=-1"
        if found["unit"] == "năm" and count > 1:
            return found.end(), f"FREQ=MONTHLY;INTERVAL={max(1, 12 // count)}"
        return found.end(), every(found["unit"])
    found = _ONCE_IN.match(key, at, end)
    if not found:
        return None
    if found["one"]:
        return found.end(), every(found["one"])
    count = int(found["n"]) if found["n"].isdigit() else _WORDS[found["n"]]
    rule = every(found["unit"])
    return found.end(), rule if count <= 1 else f"{rule};INTERVAL={count}"


def joined(rules: Iterable[str]) -> str:
    return " | ".join(rules)
