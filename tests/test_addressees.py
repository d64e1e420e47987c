"""Kính gửi: one, several, grouped, wrapped, with notes and addresses."""

from __future__ import annotations

import pytest

from vnadmin_nlp.extract.addressees import read_addressees
from vnadmin_nlp.layout import Layout
from vnadmin_nlp.layout.lines import split_lines
from vnadmin_nlp.schema import SectionLabel
from vnadmin_nlp.text import normalize


def addressees(source: str) -> list[str]:
    text = normalize(source)
    lines = split_lines(text)
    for line in lines:
        line.label = None if line.blank else SectionLabel.ADDRESSEES
        for cell in line.cells:
            cell.label = SectionLabel.ADDRESSEES
    return [a.text for a in read_addressees(Layout(text, lines))]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("Kính gửi: Sở Tài chính.", ["Sở Tài chính"]),
        ("**Kính\ngửi:** UBND các xã,\nphường.", ["UBND các xã, phường"]),
        (
            "Kính gửi:\n\n- Sở Y tế;\n- Ban Dân tộc, cơ quan\nthường trực.",
            ["Sở Y tế", "Ban Dân tộc, cơ quan thường trực"],
        ),
        (
            "Kính gửi: - Sở Y tế; - UBND các huyện, thị xã; - Thuế tỉnh.",
            ["Sở Y tế", "UBND các huyện, thị xã", "Thuế tỉnh"],
        ),
        ("Kính gửi: Sở Y tế; Sở Nội vụ.", ["Sở Y tế", "Sở Nội vụ"]),
        ("Kính gửi:\nSở Y tế;\nSở Nội vụ.", ["Sở Y tế", "Sở Nội vụ"]),
        ("BỘ Y TẾ điện:\n- Các Sở: Y tế,\nNội vụ;\n- Viện A.", ["Các Sở: Y tế, Nội vụ", "Viện A"]),
        (
            "Kính gửi: Công ty TNHH Bình Minh.\n(Địa chỉ: số 5 đường\nLê Lợi, TP. Huế)",
            ["Công ty TNHH Bình Minh. (Địa chỉ: số 5 đường Lê Lợi, TP. Huế)"],
        ),
        ("Kính gửi: Công ty Bình Minh\nĐịa chỉ: số 5\nđường Lê Lợi\nMST: 0101", ["Công ty Bình Minh"]),
        ("Kính gửi: Công ty Bình Minh\nĐịa chỉ: 63 Lê Văn, Q.\nCầu Giấy; MST: 0102", ["Công ty Bình Minh"]),
        ("Kính gửi: Công ty Bình Minh, mã số thuế: 0101", ["Công ty Bình Minh"]),
        ("Kính gửi:\n- Sở Y tế.\nĐồng kính gửi:\n- Chủ tịch (để báo cáo).", ["Sở Y tế", "Chủ tịch (để báo cáo)"]),
        ("Kính gửi:", []),
    ],
)
def test_lists(source: str, expected: list[str]) -> None:
    assert addressees(source) == expected
