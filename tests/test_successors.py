"""Bodies and the ones that took over from them, by date."""

from __future__ import annotations

import datetime as dt

import pytest

from vnadmin_nlp import successor


@pytest.mark.parametrize(
    ("name", "on", "expected"),
    [
        ("Bộ Thông tin và Truyền thông", dt.date(2024, 5, 1), "Bộ Thông tin và Truyền thông"),
        ("Bộ Thông tin và Truyền thông", dt.date(2025, 5, 1), "Bộ Khoa học và Công nghệ"),
        ("Bộ Kế hoạch và Đầu tư", dt.date(2025, 2, 28), "Bộ Kế hoạch và Đầu tư"),
        ("Bộ Kế hoạch và Đầu tư", dt.date(2025, 3, 1), "Bộ Tài chính"),
        ("UBND tỉnh Quảng Bình", dt.date(2025, 1, 1), "UBND tỉnh Quảng Bình"),
        ("UBND tỉnh Quảng Bình", dt.date(2026, 1, 1), "UBND tỉnh Quảng Trị"),
        ("Ủy ban nhân dân tỉnh Quảng Nam", dt.date(2025, 8, 1), "Ủy ban nhân dân thành phố Đà Nẵng"),
        ("UBND tỉnh Đồng Nai", dt.date(2026, 4, 29), "UBND tỉnh Đồng Nai"),
        ("UBND tỉnh Đồng Nai", dt.date(2026, 4, 30), "UBND thành phố Đồng Nai"),
        ("UBND tỉnh Thừa Thiên Huế", dt.date(2025, 9, 1), "UBND thành phố Huế"),
        ("Công ty An Bình", dt.date(2026, 1, 1), "Công ty An Bình"),
        ("", dt.date(2026, 1, 1), ""),
    ],
)
def test_successors(name: str, on: dt.date, expected: str) -> None:
    assert successor(name, on) == expected
