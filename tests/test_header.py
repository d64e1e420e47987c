"""Phần đầu: issuer, number, place and date, stamps, in the shapes that converters print."""

from __future__ import annotations

import datetime as dt

import pytest

from vnadmin_nlp.extract.header import read_header
from vnadmin_nlp.extract.number import number_range, parts_of
from vnadmin_nlp.layout import Layout
from vnadmin_nlp.layout.lines import split_lines
from vnadmin_nlp.schema import Header, SectionLabel
from vnadmin_nlp.text import normalize


def head(source: str) -> Header:
    """The header of `source`, all of whose lines belong to the head; columns stand three blanks apart."""
    text = normalize(source)
    lines = split_lines(text)
    for line in lines:
        line.label = None if line.blank else SectionLabel.HEADER
        for cell in line.cells:
            cell.label = SectionLabel.HEADER
    return read_header(Layout(text, lines))


def words(header: Header) -> tuple[str | None, str | None, str | None, str | None]:
    fields = (header.parent_agency, header.issuer, header.number, header.place)
    return tuple(f.text if f else None for f in fields)  # type: ignore[return-value]


def test_stacked_columns_with_broken_lines() -> None:
    header = head(
        "|\n**ỦY BAN NHÂN\nDÂN**\nTỈNH LONG AN\n-------\n|\n**CỘNG HÒA XÃ\nHỘI CHỦ NGHĨA VIỆT NAM**\n"
        "Độc lập - Tự do - Hạnh phúc\n"
        "---------\n|\n|\nSố:\n12/2025/QĐ-UBND\n|\n*Thành phố Tân\nAn, ngày 05\ntháng 02 năm\n2025*\n|\n"
    )
    assert words(header) == (None, "ỦY BAN NHÂN DÂN TỈNH LONG AN", "12/2025/QĐ-UBND", "Thành phố Tân An")
    assert header.date and header.date.value == dt.date(2025, 2, 5)
    assert header.number and (header.number.serial, header.number.year, header.number.symbol) == ("12", 2025, "QĐ-UBND")


@pytest.mark.parametrize(
    ("lines", "parent", "issuer"),
    [
        ("BỘ Y TẾ\nCỤC QUẢN LÝ DƯỢC", "BỘ Y TẾ", "CỤC QUẢN LÝ DƯỢC"),
        ("VĂN\nPHÒNG CHÍNH PHỦ", None, "VĂN PHÒNG CHÍNH PHỦ"),
        ("THỦ TƯỚNG\nCHÍNH PHỦ", None, "THỦ TƯỚNG CHÍNH PHỦ"),
        ("BỘ NÔNG NGHIỆP\nVÀ MÔI TRƯỜNG", None, "BỘ NÔNG NGHIỆP VÀ MÔI TRƯỜNG"),
        ("CỤC THUẾ\nTHUẾ TỈNH TÂY NINH", "CỤC THUẾ", "THUẾ TỈNH TÂY NINH"),
        ("UBND THÀNH PHỐ CẦN\nTHƠ\nSỞ NỘI VỤ", "UBND THÀNH PHỐ CẦN THƠ", "SỞ NỘI VỤ"),
        ("TONG CUC THUE\nCUC THUE TP HUE", "TONG CUC THUE", "CUC THUE TP HUE"),
        ("HỘI ĐỒNG NHÂN DÂN\nTỈNH LÀO CAI", None, "HỘI ĐỒNG NHÂN DÂN TỈNH LÀO CAI"),
        ("BAN CHẤP HÀNH TRUNG ƯƠNG\nVĂN PHÒNG", "BAN CHẤP HÀNH TRUNG ƯƠNG", "VĂN PHÒNG"),
        ("BỘ KINH TẾ VÀ PHÁT TRIỂN\nSỐ", None, "BỘ KINH TẾ VÀ PHÁT TRIỂN SỐ"),
        ("HĐND TỈNH GIA LAI\nVĂN PHÒNG", "HĐND TỈNH GIA LAI", "VĂN PHÒNG"),
        ("BAN CHỈ ĐẠO\nPHÒNG CHỐNG MA TÚY", None, "BAN CHỈ ĐẠO PHÒNG CHỐNG MA TÚY"),
    ],
)
def test_parent_and_issuer(lines: str, parent: str | None, issuer: str) -> None:
    header = head(f"{lines}\nSố: 1/ABC-D\nHà Nội, ngày 1 tháng 2 năm 2024")
    assert words(header)[:2] == (parent, issuer)


def test_one_line_holds_both_columns() -> None:
    header = head(
        "SỞ TƯ PHÁP CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
        "Số: 77 /STP-VB Đà Lạt, ngày 9 tháng 3 năm 2021"
    )
    assert words(header) == (None, "SỞ TƯ PHÁP", "77/STP-VB", "Đà Lạt")


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("Số:      /UBND-KT", "/UBND-KT"),
        ("Số: ……/QĐ-SNV", "/QĐ-SNV"),
        ("Số 12-NQ/TU", "12-NQ/TU"),
        ("Số: 05 HD/BTC-TW", "05HD/BTC-TW"),
        ("Luật số: 99/2025/QH15", "99/2025/QH15"),
        ("Số: 4581 / UBND - TTHC", "4581/UBND-TTHC"),
        ("SỐ: 36a/NQ-CP", "36a/NQ-CP"),
        ("Sé: ##2 /TCT-CS", "##2/TCT-CS"),
        ("$6: 355 /SYT-NV", "355/SYT-NV"),
        ('863465" /CT-TTHT', '863465"/CT-TTHT'),
        ("8é:.2953 /TCT - TTKT", "2953/TCT-TTKT"),
        ("Số:", None),
        ("Số: .../...", None),
    ],
)
def test_numbers(line: str, number: str | None) -> None:
    found = head(f"SỞ Y TẾ\n{line}\nHuế, ngày 1 tháng 2 năm 2024").number
    assert (found.text if found else None) == number


@pytest.mark.parametrize(
    ("line", "place", "value"),
    [
        ("Hà Nội, ngày    tháng 9 năm 2022", "Hà Nội", None),
        ("Hà Nội, ngày … tháng … năm …", "Hà Nội", None),
        ("Hà Nội ngày 01 tháng 12 năm 2025", "Hà Nội", dt.date(2025, 12, 1)),
        ("TP. Hồ Chí Minh, ngày 26 tháng 8 năm 2010", "TP. Hồ Chí Minh", dt.date(2010, 8, 26)),
        ("Cà Mau, ngày 3] tháng 12 năm 2024", "Cà Mau", dt.date(2024, 12, 31)),
        ("Huế, ngày 31 tháng 9 năm 2024", "Huế", None),
        ("Hà Nội, ngày 13/9/2022", "Hà Nội", dt.date(2022, 9, 13)),
        ("Hà Nội, ngayl 7 thang 01 năm 2022", "Hà Nội", dt.date(2022, 1, 17)),
        ("Huế, hồi 09 giờ 00 ngày 26 tháng 10 năm 2023", "Huế", dt.date(2023, 10, 26)),
        ("Huế, 16h30 ngày 26 tháng 10 năm 2023", "Huế", dt.date(2023, 10, 26)),
        ("ngày 13 tháng 9 năm 2022", None, dt.date(2022, 9, 13)),
    ],
)
def test_place_and_date(line: str, place: str | None, value: dt.date | None) -> None:
    header = head(f"SỞ Y TẾ\nSố: 1/SYT-NV\n{line}")
    assert (header.place.text if header.place else None, header.date.value if header.date else None) == (place, value)


def test_stamps() -> None:
    header = head("HOẢ TỐC\nMẬT\nSỞ Y TẾ\nSố: 1/SYT-NV\nHuế, ngày 1 tháng 2 năm 2024")
    assert header.urgency and header.urgency.level == "hoa_toc"
    assert header.secrecy and header.secrecy.level == "mat"
    assert header.issuer and header.issuer.text == "SỞ Y TẾ"


def test_joint_document_has_one_issuer() -> None:
    header = head(
        "BỘ NỘI VỤ - VĂN PHÒNG CHÍNH PHỦ\nBỘ Y TẾ\nSố: 55/2005/TTLT-BNV-VPCP\nHà Nội, ngày 6 tháng 5 năm 2005"
    )
    assert words(header)[:2] == (None, "BỘ NỘI VỤ - VĂN PHÒNG CHÍNH PHỦ BỘ Y TẾ")


@pytest.mark.parametrize(
    ("number", "parts"),
    [
        ("4581/UBND-TTHC", ("4581", None, "UBND-TTHC")),
        ("30/2020/NĐ-CP", ("30", 2020, "NĐ-CP")),
        ("64/2025/QH15", ("64", 2025, "QH15")),
        ("12-NQ/TU", ("12", None, "NQ/TU")),
        ("/UBND-KT", (None, None, "UBND-KT")),
        ("538", ("538", None, None)),
        ("#9/CT-TTHT", (None, None, "CT-TTHT")),
        ("30-NQ/2026/QH16", ("30", 2026, "NQ/QH16")),
    ],
)
def test_parts_of_numbers(number: str, parts: tuple[str | None, int | None, str | None]) -> None:
    found = parts_of(number)
    assert (found.serial, found.year, found.symbol) == parts


def test_number_ends_where_the_place_begins() -> None:
    text = "  15/QĐ-STC Huế, ngày"
    assert number_range(text, 0, len(text)) == (2, 11)
