"""What tables are for, and the order their cells are read in."""

from __future__ import annotations

from unicodedata import normalize

import pytest

from vnadmin_nlp.read.tables import GridCell, Use, columns_of, use_of

NATIONAL = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"
SIGNED = "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n\n\nLê Văn Tám"
LISTED = "Nơi nhận:\n- Như trên;\n- Lưu: VT."


def grid(*rows: tuple[str, ...]) -> list[list[GridCell]]:
    return [[GridCell(text, column) for column, text in enumerate(row)] for row in rows]


HEAD = ("UBND XÃ AN BÌNH\nSố: 12/UBND-VP", NATIONAL)

LAYOUT = {
    "head": grid(HEAD),
    "head with a spacer": grid((HEAD[0], "", HEAD[1])),
    "head of two rows": grid(("UBND XÃ AN BÌNH", NATIONAL), ("Số: 12/UBND-VP", "An Bình, ngày 02 tháng 3 năm 2025")),
    "number and date alone": grid(("Số: 12/UBND-VP", "An Bình, ngày 02 tháng 3 năm 2025")),
    "foot": grid((LISTED, SIGNED)),
    "foot, only signed": grid(("", SIGNED)),
    "addressees": grid(("Kính gửi:", "- Sở Tài chính;"), ("", "- Sở Nội vụ.")),
    "three sign": grid(
        ("BỘ TRƯỞNG\nBỘ A\n\nTrần Văn An", "BỘ TRƯỞNG\nBỘ B\n\nTrần Văn Ba", "THỨ TRƯỞNG\n\nTrần Văn Tư")
    ),
    "signers of a form": grid(("Người lập biểu\n(Ký, họ tên)", "Kế toán trưởng\n(Ký, họ tên)", "THỦ TRƯỞNG ĐƠN VỊ")),
    "other words side by side": grid(("Tên đơn vị: ……", "Mẫu số 1")),
}
DATA = {
    "tasks": grid(("STT", "Nội dung", "Chủ trì"), ("1", "Rà soát", "Sở A"), ("2", "Báo cáo", "Sở B")),
    "two columns": grid(("TT", "Tên xã"), ("1", "An Bình"), ("2", "An Hòa")),
    "recipients counted": grid(("TT", "Nơi nhận", "Số lượng"), ("1", "Sở A", "2"), ("2", "Sở B", "3")),
    "names": grid(("Ông Lê An", "Trưởng ban"), ("Bà Lê Ba", "Ủy viên"), ("Ông Lê Tư", "Ủy viên")),
    "a second row of heads": grid(("Phần I", ""), ("Họ và tên", "Đơn vị"), ("Lê An", "Sở A")),
}


@pytest.mark.parametrize("name", LAYOUT)
@pytest.mark.parametrize("bordered", [False, None])
def test_lays_out(name: str, bordered: bool | None) -> None:
    assert use_of(LAYOUT[name], bordered=bordered) is Use.LAYOUT


@pytest.mark.parametrize("name", DATA)
@pytest.mark.parametrize("bordered", [False, None, True])
def test_holds_data(name: str, bordered: bool | None) -> None:
    assert use_of(DATA[name], bordered=bordered) is Use.DATA


def test_borders() -> None:
    assert use_of(grid(HEAD), bordered=True) is Use.LAYOUT
    assert use_of(grid((LISTED, SIGNED)), bordered=True) is Use.LAYOUT
    assert use_of(grid(("Tổng số", "12")), bordered=True) is Use.DATA
    assert use_of(grid(("", SIGNED)), bordered=True) is Use.LAYOUT
    assert use_of(grid(("", "Lưu ý")), bordered=True) is Use.FRAME


def test_frames() -> None:
    assert use_of([]) is Use.FRAME
    assert use_of(grid(("", ""))) is Use.FRAME
    assert use_of(grid(("Một đoạn văn.",), ("Đoạn nữa.",)), bordered=True) is Use.FRAME
    assert use_of([[GridCell("Cả văn bản", 0, 3)], [GridCell("Trang sau", 0, 3)]]) is Use.FRAME
    assert use_of(grid(("", "Nội dung " * 400))) is Use.FRAME


def test_decomposed_letters() -> None:
    rows = grid((normalize("NFD", "Họ và tên"), normalize("NFD", "Năm sinh")), ("Lê An", "1990"))
    assert use_of(rows) is Use.DATA
    assert use_of(grid((normalize("NFD", LISTED), "A"), ("", "B"), ("C", "D")), bordered=False) is Use.LAYOUT


def order(rows: list[list[GridCell]]) -> list[tuple[str, int | None]]:
    return [(rows[row][cell].text, column) for row, cell, column in columns_of(rows)]


def test_columns_one_after_the_other() -> None:
    rows = grid(("UBND XÃ AN BÌNH", "", NATIONAL), ("Số: 12/UBND-VP", "", "An Bình, ngày 02 tháng 3 năm 2025"))
    assert order(rows) == [
        ("UBND XÃ AN BÌNH", 0), ("Số: 12/UBND-VP", 0), (NATIONAL, 1), ("An Bình, ngày 02 tháng 3 năm 2025", 1),
    ]  # fmt: skip


def test_parts_of_one_table_stay_apart() -> None:
    rows = [
        [GridCell("UBND XÃ AN BÌNH", 0), GridCell(NATIONAL, 1)],
        [GridCell("QUYẾT ĐỊNH\nVề việc A", 0, 2)],
        [GridCell("Kính gửi:", 0), GridCell("- Sở A;", 1)],
        [GridCell("- Sở B.", 1)],
        [GridCell(LISTED, 0), GridCell(SIGNED, 1)],
    ]
    assert order(rows) == [
        ("UBND XÃ AN BÌNH", 0), (NATIONAL, 1), ("QUYẾT ĐỊNH\nVề việc A", None),
        ("Kính gửi:", 0), ("- Sở A;", 1), ("- Sở B.", 1), (LISTED, 0), (SIGNED, 1),
    ]  # fmt: skip


def test_columns_of_an_uneven_grid() -> None:
    rows = [[GridCell("SỞ A", 0, 2), GridCell(NATIONAL, 2, 3)], [GridCell("Số: 1/SA", 1), GridCell("ngày 02", 3, 2)]]
    assert [column for _, column in order(rows)] == [0, 0, 1, 1]
