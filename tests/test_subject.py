"""Trích yếu: what stands after V/v, or under the title."""

from __future__ import annotations

import pytest

from vnadmin_nlp import parse
from vnadmin_nlp.extract.subject import read_subject
from vnadmin_nlp.layout import Layout
from vnadmin_nlp.layout.lines import split_lines
from vnadmin_nlp.schema import SectionLabel
from vnadmin_nlp.text import normalize


def subject(source: str) -> str | None:
    text = normalize(source)
    lines = split_lines(text)
    for line in lines:
        line.label = None if line.blank else SectionLabel.SUBJECT
        for cell in line.cells:
            cell.label = SectionLabel.SUBJECT
    found = read_subject(Layout(text, lines))
    return found.text if found else None


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("V/v rà soát\nhồ sơ tồn đọng.", "rà soát hồ sơ tồn đọng"),
        ("Viv: hoàn thuế", "hoàn thuế"),
        ("‘VW giải đáp chính sách", "giải đáp chính sách"),
        ("(V/v: nộp lại bảng kê)", "nộp lại bảng kê"),
        ("VAv hướng dẫn", "hướng dẫn"),
        ("Trả lời kiến nghị\nvề thuế", "Trả lời kiến nghị về thuế"),
        ("Vay vốn ưu đãi", "Vay vốn ưu đãi"),
        ("V/v: về chế độ", "chế độ"),
        ("**QUYẾT ĐỊNH**\n\nVề việc thành lập Tổ công tác\n-------", "thành lập Tổ công tác"),
        ("**QUYẾT\nĐỊNH**\nVỀ\nVIỆC BAN HÀNH QUY CHẾ", "BAN HÀNH QUY CHẾ"),
        ("THÔNG BÁO\nKẾT LUẬN CỦA CHỦ TỊCH", "KẾT LUẬN CỦA CHỦ TỊCH"),
        ("THÔNG BÁO KẾT LUẬN\nCỦA ĐỒNG CHÍ BÍ THƯ", "CỦA ĐỒNG CHÍ BÍ THƯ"),
        ("BIÊN BẢN LÀM VIỆC\nVề việc kiểm tra nhà xưởng", "kiểm tra nhà xưởng"),
        ("QUYẾT ĐỊNH GIẢI THỂ DOANH NGHIỆP", "GIẢI THỂ DOANH NGHIỆP"),
        ("KẾ HOẠCH\nTriển khai Luật Đất đai", "Triển khai Luật Đất đai"),
        ("NGHỊ QUYẾT CỦA HĐND TỈNH\nVề việc đặt tên đường", "đặt tên đường"),
        ("THÔNG TƯ", None),
    ],
)
def test_subjects(lines: str, expected: str | None) -> None:
    assert subject(lines) == expected


@pytest.mark.parametrize(
    "below",
    [
        "UBND tỉnh đã giao Sở Nội vụ theo dõi, tuy nhiên tiến độ còn chậm.\nUBND tỉnh ban hành Kế hoạch như sau:",
        "UBND tỉnh xây dựng Kế hoạch triển khai công tác chuyển\nđổi số trong các cơ quan nhà nước,\nnội dung như sau:",
    ],
)
def test_a_subject_that_opens_like_a_text_above_an_opening_without_a_gap(below: str) -> None:
    text = (
        "ỦY BAN NHÂN DÂN\nTỈNH KIÊN SƠN\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
        "Số: 63/KH-UBND\nKiên Sơn, ngày 17 tháng 3 năm 2023\nKẾ HOẠCH\n"
        f"Triển khai công tác chuyển đổi số trên toàn tỉnh năm 2023\n{below}\nI. MỤC ĐÍCH\n1. Bảo đảm tiến độ.\n"
    )
    subject = parse(text).subject
    assert subject is not None
    assert subject.text == "Triển khai công tác chuyển đổi số trên toàn tỉnh năm 2023"
