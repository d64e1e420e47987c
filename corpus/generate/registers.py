"""Types of documents and the registers that number them: a number says its day.

State bodies begin each register again every calendar year, Party bodies every term of the committee. A register of
`total` numbers spreads them evenly over its period, so that numbers rise with the date and any number not used by the
corpus still has the one day it would have.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache

from .data import table
from .world import FIRST, LAST, Body, world


@dataclass(frozen=True, slots=True)
class Type:
    """One type of document. `symbol` stands in its number; `normative` numbers carry the year."""

    index: int
    id: str
    value: str
    name: str
    symbol: str
    normative: bool = False


_ROWS = [
    ("cong_van", "cong_van", "Công văn", "", False),
    ("quyet_dinh", "quyet_dinh", "Quyết định", "QĐ", False),
    ("ke_hoach", "ke_hoach", "Kế hoạch", "KH", False),
    ("thong_bao", "thong_bao", "Thông báo", "TB", False),
    ("chi_thi", "chi_thi", "Chỉ thị", "CT", False),
    ("cong_dien", "cong_dien", "Công điện", "CĐ", False),
    ("bao_cao", "bao_cao", "Báo cáo", "BC", False),
    ("to_trinh", "to_trinh", "Tờ trình", "TTr", False),
    ("nghi_quyet", "nghi_quyet", "Nghị quyết", "NQ", False),
    ("giay_moi", "giay_moi", "Giấy mời", "GM", False),
    ("huong_dan", "huong_dan", "Hướng dẫn", "HD", False),
    ("ket_luan", "ket_luan", "Kết luận", "KL", False),
    ("nghi_dinh", "nghi_dinh", "Nghị định", "NĐ", True),
    ("thong_tu", "thong_tu", "Thông tư", "TT", True),
    ("luat", "luat", "Luật", "", True),
    ("quyet_dinh_qppl", "quyet_dinh", "Quyết định", "QĐ", True),
    ("nghi_quyet_qppl", "nghi_quyet", "Nghị quyết", "NQ", True),
    ("chuong_trinh", "chuong_trinh", "Chương trình", "CTr", False),
    ("de_an", "de_an", "Đề án", "ĐA", False),
    ("phuong_an", "phuong_an", "Phương án", "PA", False),
    ("quy_che", "quy_che", "Quy chế", "QC", False),
    ("quy_dinh", "quy_dinh", "Quy định", "QyĐ", False),
    ("bien_ban", "bien_ban", "Biên bản", "BB", False),
    ("giay_uy_quyen", "giay_uy_quyen", "Giấy ủy quyền", "GUQ", False),
    ("phieu_chuyen", "phieu_chuyen", "Phiếu chuyển", "PC", False),
    ("thong_cao", "thong_cao", "Thông cáo", "TC", False),
    ("du_an", "du_an", "Dự án", "DA", False),
    ("cong_bo", "cong_bo", "Công bố", "CB", False),
    ("hop_dong", "hop_dong", "Hợp đồng", "HĐ", False),
    ("thu_cong", "thu_cong", "Thư công", "TC", False),  # bears no number in print
]
TYPES = [Type(i, *row) for i, row in enumerate(_ROWS)]
BY_ID = {kind.id: kind for kind in TYPES}

PARTY = ("tinh_uy", "ban_bi_thu")
_CONGRESS = {"tinh_uy": dt.date(2025, 10, 1).toordinal(), "ban_bi_thu": dt.date(2026, 2, 1).toordinal()}
_TERM_BEGAN = {"tinh_uy": dt.date(2020, 10, 20).toordinal(), "ban_bi_thu": dt.date(2021, 2, 1).toordinal()}
YEARS = range(2021, 2027)


def issues(body: Body, kind: Type) -> bool:
    return kind.id in table("registers")[body.kind]


@cache
def rate(body: int, kind: int) -> int:
    """Numbers a year (Party: a term of five years) of one register."""
    low, high = table("registers")[world().bodies[body].kind][TYPES[kind].id]
    return int(low + (body * 7919 + kind * 104729 + 13) % 997 * (high - low) // 996)


def period_of(body: Body, day: int) -> int:
    """The period of a register that holds `day`: the year less 2021; for Party bodies 0 or 1 for the term."""
    if body.kind in PARTY:
        return int(day >= _CONGRESS[body.kind])
    return dt.date.fromordinal(day).year - 2021


@cache
def span(body: int, period: int) -> tuple[int, int]:
    """First and last day on which the body numbers in this period."""
    issuer = world().bodies[body]
    if issuer.kind in PARTY:
        turn = _CONGRESS[issuer.kind]
        begin, end = (turn, LAST) if period else (_TERM_BEGAN[issuer.kind], turn - 1)
        return max(begin, issuer.since if issuer.since > FIRST else begin), min(end, issuer.until)
    begin, end = dt.date(2021 + period, 1, 4).toordinal(), dt.date(2021 + period, 12, 31).toordinal()
    return max(begin, issuer.since), min(end, issuer.until)


@cache
def total(body: int, kind: int, period: int) -> int:
    begin, end = span(body, period)
    whole = 1826 if world().bodies[body].kind in PARTY else 365
    return rate(body, kind) * (end - begin + 1) // whole if end >= begin else 0


def day_of(body: int, kind: int, period: int, number: int) -> int:
    """The working day on which a number is given."""
    begin, end = span(body, period)
    day = begin + (2 * number - 1) * (end - begin + 1) // (2 * total(body, kind, period))
    weekday = (day - 1) % 7  # ordinal 1 is a Monday
    if weekday > 4:
        day -= weekday - 4
        if day < begin:
            day += 3
    return day


def number_near(body: int, kind: int, period: int, day: int) -> int:
    begin, end = span(body, period)
    whole = total(body, kind, period)
    return max(1, min(whole, (day - begin) * whole // (end - begin + 1) + 1)) if whole else 0


def pack(body: int, kind: int, period: int, number: int) -> int:
    """The identity of a document as one int."""
    return ((body * 32 + kind) * 8 + period) * 16384 + number


def unpack(key: int) -> tuple[int, int, int, int]:
    rest, number = divmod(key, 16384)
    rest, period = divmod(rest, 8)
    body, kind = divmod(rest, 32)
    return body, kind, period, number


def written(key: int, unit: str) -> str:
    """Số, ký hiệu: `4581/UBND-TTHC`, `05-CT/TU`, `30/2020/NĐ-CP`. `unit` is the drafting unit of a công văn."""
    body, kind, period, number = unpack(key)
    issuer, type_ = world().bodies[body], TYPES[kind]
    so = f"{number:02d}"
    if issuer.kind in PARTY:
        return f"{so}-{type_.symbol or 'CV'}/{issuer.code}"
    if type_.id == "luat":
        return f"{so}/{2021 + period}/QH{15 if day_of(body, kind, period, number) < _SIXTEENTH else 16}"
    if type_.id == "cong_van":
        return f"{so}/{issuer.code}-{unit}" if unit else f"{so}/{issuer.code}"
    if type_.normative:
        return f"{so}/{2021 + period}/{type_.symbol}-{issuer.code}"
    return f"{so}/{type_.symbol}-{issuer.code}"


_SIXTEENTH = dt.date(2026, 4, 6).toordinal()  # the National Assembly of the 16th term meets
