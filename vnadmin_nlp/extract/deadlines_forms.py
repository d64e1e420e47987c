"""Forms of times as patterns over keys: what a date, a clock time, a month, a quarter, a feast may look like."""

from __future__ import annotations

import re

from vnadmin_nlp.text import keyed

WEEKDAYS = {
    "hai": 0, "ba": 1, "tư": 2, "bốn": 2, "năm": 3, "sáu": 4, "bảy": 5, "bẩy": 5,
    "2": 0, "3": 1, "4": 2, "5": 3, "6": 4, "7": 5,
}  # fmt: skip
MONTHS = {
    "một": 1, "hai": 2, "ba": 3, "tư": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10,
    "mười một": 11, "mười hai": 12,
}  # fmt: skip
QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4, "một": 1, "hai": 2, "ba": 3, "tư": 4}


Y = r"(?:19|20)\d ?\d(?!\d)"
OF_YEAR = (
    rf"(?:,? ?(?:của )?(?:năm |năm|/|-)? ?(?P<y>{Y})"
    r"|,? (?P<rel>năm nay|năm này|năm sau(?! liền| năm| của| kỳ| kế)|năm tới|này|nay|sau|tới)(?!\w))?"
)
STEM = (  # can chi: the name of a lunar year
    r"(?:giáp|ất|bính|đinh|mậu|kỷ|kỉ|canh|tân|nhâm|quý|quí)"
    r" (?:tý|tí|sửu|dần|mão|mẹo|thìn|tỵ|tị|ngọ|mùi|thân|dậu|tuất|hợi)(?!\w)"
)
DATE = keyed(
    r"(?P<noun>(?:(?:vào|hết|sáng|trưa|chiều|tối) )?ngày[ :]{0,2}(?:mồng |mùng )?)?"
    r"(?P<d>\d{1,2}) ?(?P<sep>[/.-]) ?(?P<m>\d{1,2})"
    rf"(?: ?[/.-] ?(?P<y>{Y}|\d\d(?!\d))| ?,? ?năm (?P<y2>{Y})|(?P<lunar> âm lịch| \(?âl\)?))?(?![\d/%]|[.,]\d)"
)
SOME_DAYS = keyed(  # `ngày 19 - 23/9/2022`
    r"(?:ngày )?(?P<a>\d{1,2}) ?- ?(?P<b>\d{1,2})(?: ?/ ?| tháng )(?P<m>\d{1,2})"
    rf"(?:(?: ?/ ?| năm )(?P<y>{Y}))?(?![\d/])"
)
COUNTED = keyed(
    r" ?(?:xã|đơn vị|tỉnh|chỉ tiêu|phường|huyện|thành viên|thôn|bộ|hồ sơ|nhiệm vụ"
    r"|dự án|người|trường hợp|vụ|điểm|cơ sở|hộ|nội dung|đại biểu)(?!\w)"
)
DATE_WORDS = keyed(
    r"(?:(?:(?:sáng|trưa|chiều|tối) )?ngày[ :]{0,2})?(?:mồng |mùng )?(?P<d>\d{1,2})"
    r" ?(?:/|,)? ?(?:của )?tháng ?(?P<m>\d{1,2}(?!\d)|chạp|giêng"
    r"|mười một|mười hai|một|hai|ba|tư|năm(?= năm)|sáu|bảy|tám|chín|mười)"
    + OF_YEAR
    + rf"(?P<lunar> âm lịch)?(?: năm (?P<stem>{STEM}))?"
)
DAY_NOUN = keyed(r"ngày (?=\d)")
DAY_OF_MONTH = keyed(r"ngày (?P<d>\d{1,2}) (?:của )?tháng (?P<rel>này|sau|tới)")
BARE_DAY = keyed(r"ngày (?:mồng |mùng |thứ )?(?P<d>\d{1,2})(?!\d|[/.-]\d| ?(?:người|%|thang |tháng (?:\d|[^\w\s])))")
TET_DAY = keyed(
    rf"(?:ngày )?(?:mồng|mùng|ngày) ?(?P<d>\d{{1,2}}) tết(?: nguyên đán)?(?: (?:năm )?(?P<stem>{STEM}))?"
    rf"(?:,? (?:năm )?(?P<y>{Y}))?"
)
TODAY = keyed(r"(?:ngày )?hôm nay|trong ngày(?! \d)|cùng ngày|ngày nay")
TOMORROW = keyed(
    r"(?:(?:ngày |sáng |trưa |chiều |tối )?(?:ngày mai|mai(?! \w))|(?:sáng |chiều |tối )mai)"
    r"(?: ?\((?:tức )?(?:ngày )?\d{1,2}/\d{1,2}(?:/\d{4})?\))?"
)
CLOCK = keyed(
    r"(?P<h>[01]?\d|2[0-4]) ?(?:(?:giờ|h|g)(?: ?(?P<mi>[0-5]\d)(?: ?phút|p|’|')?)?"
    r"|:(?P<mi2>[0-5]\d)(?::\d\d)?(?: ?giờ)?)"
    r"(?: (?P<part>sáng|trưa|chiều|tối)(?! mai))?(?![\w%])"
)
OFFICE_HOURS = keyed(r"(?:giờ hành chính|giờ làm việc|cuối giờ|hết giờ)(?: hành chính| làm việc| chiều| sáng)?")
AFTER_CLOCK = keyed(r"[ ,]{0,2}(?:của )?(?:vào )?")
WEEKDAY = keyed(r"(?:(?:sáng |chiều |ngày )?thứ (?P<w>hai|ba|tư|bốn|năm|sáu|bảy|bẩy|[2-7])|(?:ngày )?chủ nhật)(?!\w)")
AFTER_WEEKDAY = keyed(r"(?: ?,? ?\(?(?=ngày|\d)| (?P<rel>tuần này|tuần tới|tuần sau))")
MONTH = keyed(r"tháng ?(?P<m>\d{1,2})(?!\d| ?(?:tuổi|%|triệu|năm học))" + OF_YEAR)
MONTH_WORD = keyed(rf"tháng (?P<m>mười một|mười hai|hai|ba|tư|sáu|bảy|tám|chín|mười) (?:năm )?(?P<y>{Y})")
MONTH_YEAR = keyed(rf"(?P<m>\d{{1,2}}) ?[/-] ?(?P<y>{Y})(?![/-])")
MONTH_REL = keyed(r"tháng (?P<rel>này|sau|tới)(?! đó)")
MONTH_LIST = keyed(r"(?:, ?| ?- ?| (?:và|hoặc) )(?:tháng )?(?P<m>\d{1,2})(?!\d|/\d\d/| ngày)" + OF_YEAR)
QUARTER = keyed(r"quý ?(?P<q>iii|ii|iv|i|[1-4]|một|hai|ba|tư)(?!\w)" + OF_YEAR)
QUARTER_LIST = keyed(r"(?:, ?| ?- ?| (?:và|hoặc) )(?:quý )?(?P<q>iii|ii|iv|i|[1-4])(?!\w|\.)" + OF_YEAR)
HALF = keyed(
    r"(?:0?(?P<n>1[01]|[2-9]) tháng|những tháng|các tháng|tháng) (?P<part>đầu|cuối) năm"
    rf"(?: (?P<y>{Y})| nay)?"
)
DAYS_OF_MONTH = keyed(r"(?P<n>\d{1,2}) ngày (?P<part>đầu|cuối) (?=tháng)")
PART = keyed(r"(?P<part>nửa đầu|nửa cuối|đầu|giữa|cuối|hết)(?: của)? (?=tháng|quý|năm|tuần)")
YEAR = keyed(
    rf"(?:(?:năm |các năm |giai đoạn |thời kỳ )(?P<y>{Y})(?: ?(?P<range>-|đến(?: năm)?|và|,) ?(?:năm )?(?P<z>{Y}))?"
    rf"|(?P<y2>{Y}) ?- ?(?P<z2>{Y})|năm (?P<rel>nay|này|sau|tới)(?! đó))(?![/.]\d)"
)
COUNTED_YEARS = keyed(rf"(?:\d{{1,2}}|hai|ba) năm,? ?\(?(?P<y>{Y})(?:(?:,| ?-| và| đến) ?(?P<z>{Y})){{1,4}}\)?")
ANY_YEAR = re.compile(r"(?<![\d.,])20\d\d(?![\d.,]\d)")
ALONE = keyed(r"(?:19|20)\d\d(?= ?[.;\n]|$)")
BARE_YEAR = keyed(r"năm(?=[,.;\n]|$)")
THIS_UNIT = keyed(
    r"(?P<unit>tháng|quý|năm)(?! (?:thứ|tài chính|tính thuế|dương|học|ngân|báo|nộp|đó|trước|đầu|cuối|\d)|\w)"
)
WEEK = keyed(r"tuần (?P<rel>này|tới|sau)|tuần (?P<nth>đầu|cuối|thứ \w+|\d)(?: tiên| cùng)?(?: của)? (?=tháng)")
SCHOOL = keyed(
    rf"(?:ngày |lễ )?khai giảng(?: năm học(?: mới)?)?(?: (?P<y>{Y})(?: ?- ?{Y})?)?"
    rf"|năm học mới|đầu năm học(?: mới)?(?: (?P<y2>{Y})(?: ?- ?{Y})?)?"
)
TET = keyed(
    r"(?P<name>(?:dịp |kỳ nghỉ |kỳ nghỉ lễ )?"
    r"(?:tết dương lịch|tết nguyên đán|tết cổ truyền|tết âm lịch|tết trung thu|trung thu|tết))"
    rf"(?:,? \(?(?:xuân |năm )?(?P<stem>{STEM}))?"
    rf"(?:(?:,? ?| ?- ?)\(?(?:năm )?(?P<y>{Y})\)?)?"
    rf"(?:,? \(?(?:xuân |năm )?(?P<stem2>{STEM})(?: \(?(?P<y2>{Y}))?)?\)?"
)
NATIONAL = keyed(rf"(?:dịp )?(?:lễ |ngày )?quốc khánh(?: \(?0?2/9\)?)?(?:[/ ](?:năm )?(?P<y>{Y}))?")
AND_ON = keyed(r",? (?:và )?(?:những |các |cho )?(?:năm|tháng|quý|giai đoạn) (?:tiếp theo|sau đó|sau|kế tiếp)")
