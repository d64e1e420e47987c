"""Times that come again: `trước ngày 25 hằng tháng`, `hằng quý`, `định kỳ 6 tháng và năm`, as RFC 5545 rules."""

from __future__ import annotations

from vnadmin_nlp.extract.deadlines_model import Time, day_of, number_of, span_of
from vnadmin_nlp.extract.deadlines_time import TimeReader
from vnadmin_nlp.text import key_of, keyed

Found = tuple[int, str]  # where the expression ends, its rules

_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_WORDS = {"một": 1, "hai": 2, "ba": 3, "bốn": 4, "sáu": 6}
_EVERY = {"ngày": "DAILY", "tuần": "WEEKLY", "tháng": "MONTHLY", "năm": "YEARLY"}
_QUARTER = key_of("quý")
_UNIT = (
    r"(?:ngày(?! \d)|tuần|tháng(?! \d)|quý(?! [\divx])|năm(?! \d| học| ngân)|0?6 tháng(?: một lần|/ ?lần)?|sáu tháng"
    r"|nửa năm|0?3 tháng|0?9 tháng|(?:0?1|một) (?:năm|tháng)(?: ?/ ?lần)?)"
)
_INNER = r"(?:trước|vào|chậm)[^()\n]{3,48}"
_EACH = keyed(
    rf"(?:(?:báo cáo )?định kỳ(?: báo cáo)?[ :(]{{1,2}}(?:vào )?)?(?:(?:hàng|hằng|mỗi|từng) )?(?P<first>{_UNIT})(?!\w)"
    rf"(?: ?\({_INNER}\))?(?:(?:,| và| hoặc|/|,? và) ?(?:định kỳ )?(?:hàng |hằng )?(?:báo cáo )?{_UNIT}"
    rf"(?!\w|/\d| (?:đầu|cuối))(?: ?\({_INNER}\))?){{0,5}}"
)
_UNITS = keyed(rf"(?P<unit>{_UNIT})(?!\w)(?: ?\((?P<spec>{_INNER})\))?")
_PREP = keyed(r"(?:(?:trước|vào|chậm nhất|muộn nhất|là|đến|hết|trong|lúc) )+")
_AHEAD = keyed(  # up to the day, some words after `hằng tháng`
    r"[(,:]?(?: (?!trước|vào|chậm|muộn|hàng|hằng|năm|và )[^\s,;:.()]{1,40}){0,7}(?: ?[(,])? ?"
    r"(?=(?:trước|vào|chậm nhất|muộn nhất)(?: hết)? (?:là |vào |trước |hết )?(?:ngày|thứ|\d|cuối|chủ nhật))"
)
_SUFFIX = keyed(
    r",? ?\(?(?:của |trong )?(?:(?:hàng|hằng|mỗi|các) (?P<each>năm|tháng|quý|tuần|ngày)(?!\w)"
    r"|tháng (?P<place>đầu|cuối|thứ (?:hai|2|ba|3))(?: tiên| cùng)?(?: của)?(?: hàng| hằng| mỗi| các)? quý"
    r"(?: sau| tiếp theo| kế tiếp| báo cáo)?"
    r"|tháng (?:sau|tiếp theo|kế tiếp|liền kề|trước đó|báo cáo|đó|liền sau)(?: liền kề)?"
    r"(?: (?:của )?(?:kỳ|tháng) báo cáo)?"
    r"|năm (?:dương lịch )?(?P<after>sau|tiếp theo|kế tiếp|liền kề|liền sau|trước)(?: liền kề| kế tiếp| liền trước)?"
    r"(?: (?:của )?(?:năm|kỳ) (?:báo cáo|tổ chức|tính thuế))?"
    r"|quý (?P<quarter>sau|tiếp theo|báo cáo)|(?P<month>tháng)(?= và| hàng|[,.;)\n]|$))(?P<close>\))?"
)
_MONTHS_OF = {"đầu": "1,4,7,10", "thứ hai": "2,5,8,11", "thứ 2": "2,5,8,11"}  # else the last of the quarter
_LAST_DAY = keyed(
    r"ngày (?P<work>làm việc )?cuối(?: cùng)? (?:của )?(?:hàng |hằng |mỗi )?tháng(?! \d)|cuối (?:hàng|hằng|mỗi) tháng"
)
_WEEK_OF = keyed(
    r"tuần (?:cuối(?: cùng)?|đầu(?: tiên)?|thứ \w{1,4}) (?:của )?(?P<each>(?:hàng |hằng |mỗi )?"
    r"(?:tháng thứ \w{1,4} (?:của |trong )?(?:hàng |mỗi )?quý|tháng cuối (?:của )?quý|quý|tháng))(?! ?\d| [ivx])"
)
_FREQUENCY = keyed(
    r"(?P<n>\d{1,2}|một|hai|ba|bốn) lần ?(?:/|mỗi |trong (?:một |01 )?|một )? ?(?P<unit>ngày|tuần|tháng|quý|năm)(?! \d)"
)
_ONCE_IN = keyed(
    r"(?P<n>\d{1,2}|một|hai|ba|sáu) (?P<unit>ngày|tuần|tháng|năm) ?(?:/ ?|(?:một|01|1) )lần"
    r"|(?:mỗi|một) (?P<one>ngày|tuần|tháng|quý|năm) (?:ít nhất )?(?:một|01|1) lần"
)
_IN_MONTHS = keyed(r" (?:vào )?(?:các )?tháng (?P<a>\d{1,2})(?:,? (?:và )?(?:tháng )?(?P<b>\d{1,2}))?(?! ?[/\d])")
_ONCE = keyed(r"(?: một| ?/) ?lần$")
_IMPLIED = keyed(
    r"(?:hàng|hằng) (?P<unit>năm|quý|tháng|tuần|ngày)(?!\w)|định kỳ (?P<span>0?6 tháng|năm|quý|tháng)(?!\w)"
)
_AND = keyed(r"(?:, ?| và | hoặc |; ?)(?:và )?(?:trước |vào )?(?=ngày \d|\d{1,2} ?/ ?\d|\d{1,2} tháng \d|tháng \d)")

_AND_DAY = keyed(r" và (?:trước )?(?=ngày \d)")  # after a full date a comma opens something else


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


def rules_of(unit: str, listed: list[Time]) -> str:
    """One rule for each time of a list, joined."""
    return " | ".join(rule_of(every(unit), time) for time in listed)


def repeated(key: str, listed: list[Time], end: int) -> Found | None:
    """The end and the rules of a list of days that a suffix makes recurring (`ngày 01/6 và 15/11 hằng năm`)."""
    last = listed[-1]
    found = _SUFFIX.match(key, last.end, end)
    if not found or last.unit not in ("day", "clock", "month") or last.year is not None:
        return None
    if last.unit == "month":
        months = " | ".join(f"FREQ=YEARLY;BYMONTH={time.month}" for time in listed)
        return (found.end(), months) if found["each"] == "năm" else None
    if (found["month"] and last.month) or (found["after"] and not last.month):
        return None
    place = found["place"]
    base = every(found["each"] or (_QUARTER if found["quarter"] else "tháng"))
    in_quarter = _MONTHS_OF.get(place, "3,6,9,12") if place else None
    opened = "(" in found[0]
    stop = found.end() if opened or not found["close"] else found.start("close")
    return stop, " | ".join(rule_of(base, time, in_quarter) for time in listed)


def implied(left: str, listed: list[Time]) -> str | None:
    """The rules of days without a year whose sentence has said `hằng năm`, `định kỳ 6 tháng` before them (`left`)."""
    units = [m["unit"] or m["span"] for m in _IMPLIED.finditer(left)]
    if not units or any(t.year is not None or not t.day or t.problem for t in listed):
        return None
    if not listed[0].month and units[-1] in ("năm", "6 tháng", "06 tháng"):
        return None
    return rules_of(units[-1], listed)


def read_each(key: str, at: int, end: int, times: TimeReader) -> Found | None:
    """`hằng tháng, quý, năm` at `at`, with the day given in brackets or soon after it."""
    found = _EACH.match(key, at, end)
    if not found:
        return None
    units = list(_UNITS.finditer(key, found.start("first"), found.end()))
    ahead = _AHEAD.match(key, found.end(), end) if len(units) == 1 and not units[0]["spec"] else None
    if ahead:
        unit = units[0]["unit"]
        day = _day_in(key, ahead.end(), end, unit, times)
        if day:
            stop, rules, own = day
            if own and _QUARTER not in unit:
                return None  # the day says its own recurrence: that is the limit, these words name the report
            opened = key.find("(", found.end(), ahead.end()) >= 0
            return stop + (opened and key.startswith(")", stop)), rules
    all_rules = []
    for one in units:
        day = _day_in(key, *one.span("spec"), one["unit"], times) if one["spec"] else None
        all_rules.append(day[1] if day else every(one["unit"]))
    opened = found[0].count("(") > found[0].count(")")
    return found.end() + (opened and key.startswith(")", found.end())), " | ".join(all_rules)


def _day_in(key: str, at: int, end: int, unit: str, times: TimeReader) -> tuple[int, str, bool] | None:
    """The day after a preposition at `at` (none with a year): its end, its rules in `unit`, whether it has its own."""
    prep = _PREP.match(key, at, end)
    listed = read_list(key, prep.end(), end, times) if prep else []
    if not listed or any(t.unit not in ("day", "clock") or t.year is not None or t.problem for t in listed):
        return None
    again = repeated(key, listed, end)
    if again:
        return *again, True
    return listed[-1].end, rules_of(unit, listed), False


def read_list(key: str, at: int, end: int, times: TimeReader) -> list[Time]:
    """The times at `at` joined by commas or `và`, as long as they are of one unit and share the last one's year."""
    first = times.read(at, end)
    if first is None:
        return []
    out = [first]
    while len(out) < 8 and out[-1].unit in ("day", "month") and not out[-1].fuzzy:
        link = (_AND if out[-1].year is None else _AND_DAY).match(key, out[-1].end, end)
        more = times.read(link.end(), end) if link else None
        if more is None or more.unit != first.unit or more.fuzzy:
            break
        out.append(more)
    if out[0].day and not out[0].month and out[-1].month and out[-1].resolve:
        last, day, month = out[-1], out[0].day, out[-1].month  # `ngày 26, 27/12/2031`: some days of one month
        last.resolve = lambda y: span_of(day_of(y, month, day), day_of(y, month, last.day or day))
        last.start, last.unit = out[0].start, "month"
        return [last]
    return out


def read_period_end(key: str, at: int, end: int) -> Found | None:
    """`ngày làm việc cuối cùng của tháng`, `tuần cuối cùng của tháng thứ 3 trong quý`."""
    found = _LAST_DAY.match(key, at, end)
    if found:
        by = "BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1" if found["work"] else "BYMONTHDAY=-1"
        return found.end(), f"FREQ=MONTHLY;{by}"
    found = _WEEK_OF.match(key, at, end)
    if found:
        return found.end(), every(_QUARTER if _QUARTER in found["each"] else "tháng")
    return None


def read_frequency(key: str, at: int, end: int) -> Found | None:
    """`02 lần/năm`, `6 tháng một lần`, `mỗi quý một lần`."""
    found = _FREQUENCY.match(key, at, end)
    if found:
        months = _IN_MONTHS.match(key, found.end(), end)
        if found["unit"] != "năm":
            return found.end(), every(found["unit"])
        if months:
            listed = ",".join(m for m in months.groups() if m)
            return months.end(), f"FREQ=YEARLY;BYMONTH={listed};BYMONTHDAY=-1"
        count = number_of(found["n"], _WORDS)
        return found.end(), f"FREQ=MONTHLY;INTERVAL={max(1, 12 // count)}" if count > 1 else every("năm")
    found = _ONCE_IN.match(key, at, end)
    if not found:
        return None
    if found["one"]:
        return found.end(), every(found["one"])
    count = number_of(found["n"], _WORDS)
    rule = every(found["unit"])
    return found.end(), f"{rule};INTERVAL={count}" if count > 1 else rule


def rules_have_day(rules: str) -> bool:
    return any(part in rules for part in ("BYMONTHDAY", "BYDAY", "BYHOUR"))
