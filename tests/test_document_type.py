"""Tên loại văn bản by title, by what a letter shows, by number."""

from __future__ import annotations

import pytest

import vnadmin_nlp as vn
from vnadmin_nlp.extract.document_type import read_document_type
from vnadmin_nlp.knowledge.document_types import title_of, type_of_number
from vnadmin_nlp.layout import read_layout
from vnadmin_nlp.schema import DocumentNumber, DocumentType, Header, Span
from vnadmin_nlp.text import normalize

HEAD = """\
ỦY BAN NHÂN DÂN  CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
TỈNH HÒA AN  Độc lập - Tự do - Hạnh phúc
{}  Hòa An, ngày 05 tháng 5 năm 2023
"""


def read(text: str, number: str | None = None) -> DocumentType:
    header = Header(number=DocumentNumber(text=number, spans=[Span(start=0, end=1)], rule="test") if number else None)
    return read_document_type(read_layout(normalize(text)), header)


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("QUYẾT ĐỊNH\nVề việc cấp đất", DocumentType.QUYET_DINH),
        ("**NGHỊ\nQUYẾT**\nVỀ GIÁ ĐẤT", DocumentType.NGHI_QUYET),
        ("THÔNG BÁO KẾT LUẬN\ncuộc họp tháng 5", DocumentType.THONG_BAO),
        ("QUYÉT ĐỊNH\nVề việc cấp đất", DocumentType.QUYET_DINH),
        ("THÔNG TƯ LIÊN TỊCH\nHướng dẫn thu phí", DocumentType.THONG_TU_LIEN_TICH),
        ("CÔNG ĐIỆN KHẨN\nvề phòng, chống bão", DocumentType.CONG_DIEN),
        ("BIÊN BẢN\nHọp giao ban", DocumentType.BIEN_BAN),
        ("GIẤY MỜI HỌP\nVề dự toán", DocumentType.GIAY_MOI),
    ],
)
def test_title(title: str, expected: DocumentType) -> None:
    assert read(HEAD.format("Số: 5/X-UBND") + f"\n{title}\n\nCăn cứ Luật Đất đai;\nĐiều 1. Cấp đất.\n") == expected


def test_letter_by_subject_and_addressees() -> None:
    text = (
        HEAD.format("Số: 5/CT-TTHT")
        + "V/v quyết định cấp đất\n\nKính gửi: Sở Xây dựng.\n\nCấp đất như sau:\n1. Đất ở.\n"
    )
    assert read(text, "5/CT-TTHT") is DocumentType.CONG_VAN


def test_number_where_no_title_is_printed() -> None:
    assert read("Căn cứ Luật Đất đai;\nĐiều 1. Cấp đất.\n", "7/QĐ-UBND") is DocumentType.QUYET_DINH


def test_no_document() -> None:
    assert read("Thu sang lá rụng vàng sân") is DocumentType.OTHER


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("12/2021/QĐ-UBND", DocumentType.QUYET_DINH),
        ("18-NQ/TW", DocumentType.NGHI_QUYET),
        ("245/TTr-SNV", DocumentType.TO_TRINH),
        ("64/2025/QH15", DocumentType.LUAT),
        ("16/CT-TTg", DocumentType.CHI_THI),
        ("1024/CT-TTHT", None),
        ("4581/UBND-TTHC", None),
        ("12/HĐND-VP", None),
        ("", None),
    ],
)
def test_type_of_number(number: str, expected: DocumentType | None) -> None:
    assert type_of_number(number) == expected


def test_title_needs_whole_words() -> None:
    assert title_of("luatsu") is None
    found = title_of("quyet  dinh cua bo truong")
    assert found is not None
    assert (found.type, found.rest) == (DocumentType.QUYET_DINH, "cua bo truong")


@pytest.mark.parametrize(
    "head", ["ỦY BAN NHÂN DÂN\nPHƯỜNG AN BÌNH", "UBND THÀNH PHỐ HÒA AN\nỦY BAN NHÂN DÂN\nPHƯỜNG AN BÌNH"]
)
def test_a_ward_called_an_is_no_plan(head: str) -> None:
    text = (
        f"CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n\n{head}\n\nSố: 12/UBND-VP\n"
        "V/v báo cáo số liệu\nAn Bình, ngày 01 tháng 6 năm 2026\n\nKính gửi: Phòng Kinh tế.\n\nĐề nghị báo cáo./.\n"
    )
    dispatch = vn.parse(text)
    assert dispatch.document_type is DocumentType.CONG_VAN
    assert dispatch.header.issuer is not None
    assert dispatch.header.issuer.text == "ỦY BAN NHÂN DÂN PHƯỜNG AN BÌNH"
