"""Quyền hạn, chức vụ, họ tên; chữ ký số."""

from __future__ import annotations

import datetime as dt

import pytest

from vnadmin_nlp.extract.signature import read_signatures
from vnadmin_nlp.layout import Layout
from vnadmin_nlp.layout.lines import split_lines
from vnadmin_nlp.schema import SectionLabel, Signature
from vnadmin_nlp.text import normalize


def read(source: str) -> list[Signature]:
    text = normalize(source)
    lines = split_lines(text)
    for line in lines:
        line.label = None if line.blank else SectionLabel.SIGNATURE
        for cell in line.cells:
            cell.label = SectionLabel.SIGNATURE
    return read_signatures(Layout(text, lines))


def fields(signature: Signature) -> tuple[str | None, ...]:
    mentions = (signature.on_behalf_of, signature.position, signature.name)
    return (signature.authority, *(m.text if m else None for m in mentions))


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("CHỦ TỊCH\n\nNguyễn Văn An", (None, None, "CHỦ TỊCH", "Nguyễn Văn An")),
        ("CHỦ TỊCH\n\nLê Văn\nAn", (None, None, "CHỦ TỊCH", "Lê Văn An")),
        ("CHỦ TỊCH\nK'Brẽm", (None, None, "CHỦ TỊCH", "K'Brẽm")),
        ("PHÓ CHỦ TỊCH\nLê Văn An (đã ký)", (None, None, "PHÓ CHỦ TỊCH", "Lê Văn An")),
        ("TL. CỤC TRƯỞNG\n?HÒNG CHÍNH SÁCH\nLê An", ("TL", "CỤC TRƯỞNG", "?HÒNG CHÍNH SÁCH", "Lê An")),
        ("TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nLê An", ("TM", "ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Lê An")),
        ("TM. ỦY BAN\nNHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\nLê An", ("KT", "CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Lê An")),
        ("KT. BỘ TRƯỞNG,\nCHỦ NHIỆM\nPHÓ CHỦ NHIỆM\nLê An", ("KT", "BỘ TRƯỞNG, CHỦ NHIỆM", "PHÓ CHỦ NHIỆM", "Lê An")),
        ("TL. BỘ TRƯỞNG\nVỤ TRƯỞNG VỤ PHÁP CHẾ\n(Đã ký)\nLê An", ("TL", "BỘ TRƯỞNG", "VỤ TRƯỞNG VỤ PHÁP CHẾ", "Lê An")),
        ("TL.\nCỤC TRƯỞNG\nTRƯỞNG PHÒNG\nLê An", ("TL", "CỤC TRƯỞNG", "TRƯỞNG PHÒNG", "Lê An")),
        ("TM.\nỦY BAN NHÂN DÂN\nCHỦ TỊCH\nLê An", ("TM", "ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Lê An")),
        (
            "TL. CỤC TRƯỞNG\nKT. TRƯỞNG BAN GIÁM SÁT\nVỀ HQ PHÓ TRƯỞNG BAN\nLê An",
            ("KT", "TRƯỞNG BAN GIÁM SÁT VỀ HQ", "PHÓ TRƯỞNG BAN", "Lê An"),
        ),
        ("K/T CHÁNH\nVĂN PHÒNG\nPHÓ CHÁNH VĂN PHÒNG\nLê An", ("KT", "CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG", "Lê An")),
        ("TM. CHÍNH PHỦ\nT, THỦ TƯỚNG\nLê An", ("TM", "CHÍNH PHỦ", "THỦ TƯỚNG", "Lê An")),
        ("TL. CUC TRUONG l\nTRUONG PHONG\nLê An", ("TL", "CUC TRUONG", "TRUONG PHONG", "Lê An")),
        ("T/M BAN BÍ THƯ\nLê An", ("TM", "BAN BÍ THƯ", None, "Lê An")),
        ("Q. GIÁM ĐỐC\nLê An", ("Q", None, "GIÁM ĐỐC", "Lê An")),
        ("KT. THỦ TƯỚNG\nPhó Thủ tướng\nPhạm Gia Bảo", ("KT", "THỦ TƯỚNG", "Phó Thủ tướng", "Phạm Gia Bảo")),
        ("KTTHỦ TƯỚNG\nPHẲ THỦ TƯỚNG\nLê An", ("KT", "THỦ TƯỚNG", "PHẲ THỦ TƯỚNG", "Lê An")),
        ("KT. BỘ TRƯỞNG\nTHỨ\nTRƯỞNG\nLê Thị\nAn", ("KT", "BỘ TRƯỞNG", "THỨ TRƯỞNG", "Lê Thị An")),
        ("KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC\nBùi\nXuân Hà", ("KT", "GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Bùi Xuân Hà")),
        ("GIÁM ĐỐC\nTRƯƠNG THỊ HẢI", (None, None, "GIÁM ĐỐC", "TRƯƠNG THỊ HẢI")),
        ("PHÓ CHỦ TỊCH Nguyễn Văn An", (None, None, "PHÓ CHỦ TỊCH", "Nguyễn Văn An")),
        ("ĐẠI DIỆN BÊN A\nGIÁM ĐỐC\nLê An", (None, "ĐẠI DIỆN BÊN A", "GIÁM ĐỐC", "Lê An")),
        (
            "ĐẠI DIỆN CÔNG TY\nTỔNG GIÁM ĐỐC\n(Ký, đóng dấu)\nLÊ VIẾT HÀ",
            (None, "ĐẠI DIỆN CÔNG TY", "TỔNG GIÁM ĐỐC", "LÊ VIẾT HÀ"),
        ),
        ("XÁC THỰC VĂN BẢN HỢP NHẤT\nKT. BỘ TRƯỞNG\nTHỨ TRƯỞNG\nLê An", ("KT", "BỘ TRƯỞNG", "THỨ TRƯỞNG", "Lê An")),
        ("Bản gốc có chữ ký của Thủ tướng Lê Văn An.", (None, None, "Thủ tướng", "Lê Văn An")),
    ],
)
def test_blocks(source: str, expected: tuple[str | None, ...]) -> None:
    found = read(source)
    assert [fields(s) for s in found] == [expected]


def test_rank_stands_apart() -> None:
    (found,) = read("CỤC TRƯỞNG\nThiếu tướng, PGS.TS. Trần Văn Bình")
    assert (found.name and found.name.text, found.rank) == ("Trần Văn Bình", "Thiếu tướng, PGS.TS.")


def test_several_signers() -> None:
    found = read("THƯ KÝ\nLê An\nCHỦ TRÌ\nTrần Bình")
    assert [fields(s)[2:] for s in found] == [("THƯ KÝ", "Lê An"), ("CHỦ TRÌ", "Trần Bình")]


def test_certificate_of_the_cipher_service() -> None:
    (found,) = read(
        "GIÁM ĐỐC\nKý bởi: Sở Y tế\nEmail: so@a.gov.vn\nCơ quan: Tỉnh A\n"
        "Thời gian ký: 13.09.2022 16:40:31 +07:00\nLê An"
    )
    digital = found.digital
    assert fields(found) == (None, None, "GIÁM ĐỐC", "Lê An")
    assert digital and (digital.signer, digital.organisation, digital.email) == ("Sở Y tế", "Tỉnh A", "so@a.gov.vn")
    assert digital.signed_at == dt.datetime(2022, 9, 13, 16, 40, 31, tzinfo=dt.timezone(dt.timedelta(hours=7)))


def test_text_of_a_pdf_reader() -> None:
    (found,) = read("Digitally signed by CN=Lê An, O=UBND tỉnh A\nDate: 2022.09.13 16:40:31 +07'00'")
    assert found.digital and found.digital.signed_at and found.digital.signed_at.utcoffset() == dt.timedelta(hours=7)
    assert found.digital.organisation == "UBND tỉnh A"


def test_impossible_moment_is_none() -> None:
    (found,) = read("GIÁM ĐỐC\nKý bởi: A B\nThời gian ký: 32.13.2022 10:00\nLê An")
    assert found.digital and found.digital.signed_at is None


@pytest.mark.parametrize("source", ["BỘ TRƯỞNG\nĐại\ntướng Lê Văn An", "BỘ TRƯỞNG\nĐại tướng\nLê Văn An"])
def test_rank_on_a_line_of_its_own(source: str) -> None:
    (found,) = read(source)
    assert (found.name and found.name.text, found.rank) == ("Lê Văn An", "Đại tướng")
