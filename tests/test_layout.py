"""Lines, columns and parts: every shape of head and foot that converters produce, and texts that are no dispatch."""

from __future__ import annotations

import sys
import unicodedata
from pathlib import Path

import pytest

from vnadmin_nlp.assemble.sections import sections
from vnadmin_nlp.layout import Layout, read_layout
from vnadmin_nlp.schema import SectionLabel
from vnadmin_nlp.text import normalize

HEADER, SUBJECT, ADDRESSEES = SectionLabel.HEADER, SectionLabel.SUBJECT, SectionLabel.ADDRESSEES
PREAMBLE, BODY = SectionLabel.PREAMBLE, SectionLabel.BODY
RECIPIENTS, SIGNATURE = SectionLabel.RECIPIENTS, SectionLabel.SIGNATURE
APPENDIX, NOISE = SectionLabel.APPENDIX, SectionLabel.NOISE

LETTER = """\
Trả lời Công văn số 17/STC-NS ngày 02/5/2023 của Sở Tài chính, UBND tỉnh có ý kiến như sau:
1. Giao Sở Tài chính rà soát dự toán.
2. Các đơn vị báo cáo trước ngày 30/5/2023./.
"""

SIDE_BY_SIDE = f"""\
   ỦY BAN NHÂN DÂN               CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
    TỈNH HÒA AN                     Độc lập - Tự do - Hạnh phúc

   Số: 88 /UBND-TH                 Hòa An, ngày 05 tháng 5 năm 2023
V/v rà soát dự toán
   quý II năm 2023

                    Kính gửi:
                         - Sở Tài chính;
                         - Các đơn vị liên quan.

{LETTER}
Nơi nhận:                                   KT. CHỦ TỊCH
- Như trên;                                 PHÓ CHỦ TỊCH
- CT, PCT UBND tỉnh;
- Lưu: VT, TH.


                                          Trần Văn Bình
"""

STACKED_CELLS = f"""\
|
**ỦY BAN NHÂN
DÂN**
TỈNH HÒA AN
-------
|
**CỘNG HÒA XÃ HỘI
CHỦ NGHĨA VIỆT NAM**
Độc lập - Tự do - Hạnh phúc
---------------
|
|
Số: 88/UBND-TH
*V/v rà soát dự
toán*
|
*Hòa An, ngày 05
tháng 5 năm 2023*
|
|
**Kính
gửi:** Sở Tài chính.
|
{LETTER}|
*Nơi nhận:*
- Như trên;
- Lưu: VT, TH.
|
**KT. CHỦ TỊCH**
PHÓ CHỦ TỊCH
**Trần
Văn Bình**
|
"""

SCAN = """\
Ký bởi: Cục Thuế
Thời gian ký: 12.03.2021 08:15
BO TAI CHINH CONG HOA XA HOI CHU NGHIA VIET NAM
CUC THUE HOA AN Độc lập - Tự đo - Hanh phúc
$6: 71 /CTHA-TTHT Hòa An, ngàyO5 thang 5 năm 2021
Viv hoàn thuế cho
dự án mới
Kính gửi: Công ty TNHH Sao Mai
(Địa chỉ: số 5 đường Lê Lợi,
thành phố Hòa An)

Cục Thuế nhận được công văn số 12/SM về hoàn thuế. Cục Thuế có ý kiến như sau:

Căn cứ Điều 5 Luật Quản lý thuế quy định:
--- PAGE BREAK ---
2
“1. Người nộp thuế được hoàn thuế.”
Cục Thuế trả lời để Công ty biết./.

KT. CUC TRUONG
Noi nhận: PHO CUC TRUONG
~ Như trên;
- Lưu: VT, TTHT.
Le Thi Hoa
"""

COLUMN_BY_COLUMN = f"""\
## Tin tức: tỉnh Hòa An rà soát dự toán

Xem chi tiết ở dưới.

**ỦY BAN NHÂN DÂN
TỈNH HÒA AN**

**CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc**

Số: **88**/UBND-TH
V/v rà soát dự toán
quý II năm 2023

Hòa An, ngày **05** tháng 5 năm 2023

Kính gửi:

- Sở Tài chính;

- Sở Nội vụ.

{LETTER}
Nơi nhận:

- Như trên;

- Lưu: VT, TH.

CHỦ TỊCH

Trần Văn Bình

Tải về Công văn tại đây
"""

DECISION = """\
CHÍNH PHỦ
-------
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 15/QĐ-UBND
Hòa An, ngày 06 tháng 6 năm 2023

QUYẾT ĐỊNH
BAN HÀNH QUY CHẾ LÀM VIỆC
CỦA ỦY BAN NHÂN DÂN TỈNH
CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH HÒA AN

Căn cứ Luật Tổ chức chính quyền địa phương;
Theo đề nghị của Giám đốc Sở Nội vụ,
QUYẾT ĐỊNH:
Điều 1. Ban hành kèm theo Quyết định này Quy chế làm việc.
Điều 2. Quyết định này có hiệu lực từ ngày ký./.

Nơi nhận:
- Như Điều 2;
- Lưu: VT.
TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
(Đã ký)
Trần Văn Bình

QUY CHẾ
LÀM VIỆC
Điều 1. Phạm vi
"""

TELEGRAM = """\
BỘ XÂY DỰNG CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Số: 4/CĐ-BXD Hà Nội, ngày 06 tháng 6 năm 2023
CÔNG ĐIỆN
Về việc ứng phó với bão
BỘ TRƯỞNG BỘ XÂY DỰNG điện:
- Sở Xây dựng các tỉnh ven biển;
- Các Cục thuộc Bộ.
Bão số 2 đang vào gần bờ. Bộ trưởng yêu cầu:
1. Các Sở trực ban 24/24 giờ.
KT. BỘ TRƯỞNG
THỨ TRƯỞNG
Lê Thị Hoa
"""

PARTY = """\
TỈNH ỦY HÒA AN                     ĐẢNG CỘNG SẢN VIỆT NAM
      *                            Hòa An, ngày 06 tháng 6 năm 2023
Số 12-CT/TU

CHỈ THỊ
về công tác cán bộ

Thời gian qua, công tác cán bộ có tiến bộ. Ban Thường vụ yêu cầu:
1. Các cấp ủy rà soát quy hoạch.

Nơi nhận:                          T/M BAN THƯỜNG VỤ
- Các đảng ủy trực thuộc,          PHÓ BÍ THƯ
- Lưu Văn phòng Tỉnh ủy.

                                   Lê Thị Hoa
"""


def labels(layout: Layout) -> list[tuple[str, SectionLabel]]:
    """Each line with words, its columns joined by ` | `, with its label."""
    lines = [line for line in layout.lines if line.cells]
    return [(" | ".join(map(layout.words, line.cells)), line.label) for line in lines if line.label]


def parts(source: str) -> list[SectionLabel]:
    """The order of the parts of `source`."""
    return [section.label for section in sections(read_layout(normalize(source)), source)]


def of(source: str, label: SectionLabel) -> list[str]:
    """The words of the cells that bear `label`."""
    layout = read_layout(normalize(source))
    return [layout.words(cell) for cell in layout.cells(label)]


def test_columns_side_by_side() -> None:
    layout = read_layout(normalize(SIDE_BY_SIDE))
    head = [(layout.words(c), c.column) for c in layout.cells(HEADER)]
    assert head == [
        ("ỦY BAN NHÂN DÂN", 0),
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 1),
        ("TỈNH HÒA AN", 0),
        ("Độc lập - Tự do - Hạnh phúc", 1),
        ("Số: 88 /UBND-TH", 0),
        ("Hòa An, ngày 05 tháng 5 năm 2023", 1),
    ]
    assert of(SIDE_BY_SIDE, SUBJECT) == ["V/v rà soát dự toán", "quý II năm 2023"]
    assert of(SIDE_BY_SIDE, ADDRESSEES) == ["Kính gửi:", "- Sở Tài chính;", "- Các đơn vị liên quan."]
    assert of(SIDE_BY_SIDE, RECIPIENTS) == ["Nơi nhận:", "- Như trên;", "- CT, PCT UBND tỉnh;", "- Lưu: VT, TH."]
    assert of(SIDE_BY_SIDE, SIGNATURE) == ["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Trần Văn Bình"]


def test_columns_in_stacked_table_cells() -> None:
    layout = read_layout(normalize(STACKED_CELLS))
    right = [layout.words(c) for c in layout.cells(HEADER) if c.column == 1]
    left = [layout.words(c) for c in layout.cells(HEADER) if c.column == 0]
    assert left == ["ỦY BAN NHÂN", "DÂN", "TỈNH HÒA AN", "-------", "Số: 88/UBND-TH"]
    assert right[0] == "CỘNG HÒA XÃ HỘI"
    assert right[-2:] == ["Hòa An, ngày 05", "tháng 5 năm 2023"]
    assert of(STACKED_CELLS, SUBJECT) == ["V/v rà soát dự", "toán"]
    assert of(STACKED_CELLS, ADDRESSEES) == ["Kính", "gửi: Sở Tài chính."]
    assert of(STACKED_CELLS, SIGNATURE) == ["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Trần", "Văn Bình"]
    assert of(STACKED_CELLS, PREAMBLE) == [LETTER.split("\n")[0]]


def test_columns_merged_by_a_scan() -> None:
    layout = read_layout(normalize(SCAN))
    assert [layout.words(c) for c in layout.cells(HEADER) if c.column == 0] == [
        "BO TAI CHINH",
        "CUC THUE HOA AN",
        "$6: 71 /CTHA-TTHT",
    ]
    assert of(SCAN, SUBJECT) == ["Viv hoàn thuế cho", "dự án mới"]
    assert of(SCAN, ADDRESSEES)[-1] == "thành phố Hòa An)"
    assert of(SCAN, SIGNATURE) == ["KT. CUC TRUONG", "PHO CUC TRUONG", "Le Thi Hoa"]
    assert of(SCAN, NOISE) == [*SCAN.split("\n")[:2], "--- PAGE BREAK ---", "2"]


def test_columns_one_after_the_other_between_words_of_a_site() -> None:
    assert parts(COLUMN_BY_COLUMN) == [
        NOISE, HEADER, SUBJECT, HEADER, ADDRESSEES, PREAMBLE, BODY, RECIPIENTS, SIGNATURE, NOISE,
    ]  # fmt: skip
    assert of(COLUMN_BY_COLUMN, SUBJECT) == ["V/v rà soát dự toán", "quý II năm 2023"]


def test_decision_with_rules_after_the_signature() -> None:
    assert parts(DECISION) == [HEADER, SUBJECT, PREAMBLE, BODY, RECIPIENTS, SIGNATURE, APPENDIX]
    assert of(DECISION, SUBJECT) == ["QUYẾT ĐỊNH", "BAN HÀNH QUY CHẾ LÀM VIỆC", "CỦA ỦY BAN NHÂN DÂN TỈNH"]
    assert of(DECISION, PREAMBLE)[0] == "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH HÒA AN"
    assert of(DECISION, PREAMBLE)[-1] == "QUYẾT ĐỊNH:"
    assert of(DECISION, SIGNATURE)[-1] == "Trần Văn Bình"


def test_telegram() -> None:
    assert parts(TELEGRAM) == [HEADER, SUBJECT, ADDRESSEES, PREAMBLE, BODY, SIGNATURE]
    assert of(TELEGRAM, ADDRESSEES)[0] == "BỘ TRƯỞNG BỘ XÂY DỰNG điện:"


def test_party_document() -> None:
    assert [words for words in of(PARTY, HEADER) if len(words) > 1] == [
        "TỈNH ỦY HÒA AN",
        "ĐẢNG CỘNG SẢN VIỆT NAM",
        "Hòa An, ngày 06 tháng 6 năm 2023",
        "Số 12-CT/TU",
    ]
    assert of(PARTY, SUBJECT) == ["CHỈ THỊ", "về công tác cán bộ"]
    assert of(PARTY, SIGNATURE) == ["T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ", "Lê Thị Hoa"]


@pytest.mark.parametrize(
    ("subject", "opening"),
    [
        (
            "Thực hiện Nghị quyết số 5/NQ-CP của Chính phủ",
            "Để thực hiện nhiệm vụ năm 2023, UBND ban hành Kế hoạch như sau:",
        ),
        (
            "Triển khai phong trào thi đua\nnăm 2023 trên địa bàn",
            "Căn cứ Luật Thi đua, khen thưởng, Sở Nội vụ lập kế hoạch:",
        ),
    ],
)
def test_subject_that_opens_like_a_text(subject: str, opening: str) -> None:
    source = SIDE_BY_SIDE.split("V/v")[0] + f"\nKẾ HOẠCH\n{subject}\n\n{opening}\nI. MỤC ĐÍCH\n1. Mục đích chung.\n"
    assert of(source, SUBJECT) == ["KẾ HOẠCH", *subject.split("\n")]
    assert of(source, PREAMBLE) == [opening]


def test_letter_in_prose_has_its_request_in_the_body() -> None:
    source = SIDE_BY_SIDE.split("Trả lời")[0] + (
        "Sở Tài chính đã trình dự toán quý II.\n\nUBND tỉnh đề nghị các đơn vị rà soát.\n\nTrân trọng./.\n"
    )
    assert of(source, PREAMBLE) == ["Sở Tài chính đã trình dự toán quý II."]
    assert of(source, BODY) == ["UBND tỉnh đề nghị các đơn vị rà soát.", "Trân trọng./."]


def test_recipients_without_heading() -> None:
    source = SIDE_BY_SIDE.replace("Nơi nhận:  ", "          ")
    assert of(source, RECIPIENTS) == ["- Như trên;", "- CT, PCT UBND tỉnh;", "- Lưu: VT, TH."]


def test_second_document_in_the_text_is_an_appendix() -> None:
    assert parts(SIDE_BY_SIDE + "\n" + DECISION)[-2:] == [SIGNATURE, APPENDIX]
    assert of(SIDE_BY_SIDE + "\n" + DECISION, SIGNATURE) == ["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Trần Văn Bình"]


@pytest.mark.parametrize("source", [SIDE_BY_SIDE, STACKED_CELLS, DECISION, TELEGRAM, PARTY])
def test_blank_lines_after_every_line_and_other_line_ends(source: str) -> None:
    expected = [label for _, label in labels(read_layout(normalize(source)))]
    for changed in (source.replace("\n", "\n\n"), source.replace("\n", "\r\n"), unicodedata.normalize("NFD", source)):
        assert [label for _, label in labels(read_layout(normalize(changed)))] == expected


def test_minutes_are_signed_side_by_side() -> None:
    source = """\
PHÒNG TỔ CHỨC          CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
                         Độc lập - Tự do - Hạnh phúc

                 BIÊN BẢN
            Họp giao ban tháng 5

Thành phần tham dự:
1. Ông Trần Văn Bình, chủ trì.
Cuộc họp kết thúc lúc 10 giờ cùng ngày./.

     THƯ KÝ                     CHỦ TRÌ

   Lê Thị Hoa               Trần Văn Bình
"""
    assert parts(source) == [HEADER, SUBJECT, PREAMBLE, BODY, SIGNATURE]
    assert of(source, SIGNATURE) == ["THƯ KÝ", "CHỦ TRÌ", "Lê Thị Hoa", "Trần Văn Bình"]


def test_stamps_are_no_part_of_the_head() -> None:
    stamp = "CÔNG VĂN ĐẾN\nSố: 1234\nNgày: 14/9/2023\n\n"
    source = stamp + SIDE_BY_SIDE + "Ký bởi: UBND tỉnh\nThời gian ký: 05.05.2023 16:40:31\n"
    assert parts(source)[:2] == [NOISE, HEADER]
    assert of(source, SIGNATURE)[-1] == "Thời gian ký: 05.05.2023 16:40:31"


@pytest.mark.parametrize(
    ("line", "cells"),
    [
        ("Số: 12/TCT-CS Hà Nội, ngày [| 9 tháng 8 năm 2019", ["Số: 12/TCT-CS", "Hà Nội, ngày [| 9 tháng 8 năm 2019"]),
        (
            "Số: 1/TCT-CS TP. Hồ Chí Minh, ngàyQ2háng Ï năm 2018",
            ["Số: 1/TCT-CS", "TP. Hồ Chí Minh, ngàyQ2háng Ï năm 2018"],
        ),
        ("Số:      /TCT-CS    Bà Rịa - Vũng Tàu, ngày     tháng    năm 2018", None),
        ("| Số: 12/TCT-CS | Hà Nội, ngày 9 tháng 8 năm 2019 |", ["Số: 12/TCT-CS", "Hà Nội, ngày 9 tháng 8 năm 2019"]),
    ],
)
def test_number_and_date_on_one_line(line: str, cells: list[str] | None) -> None:
    head = "CỤC THUẾ CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
    letter = "V/v thuế\n\nKính gửi: Công ty A.\n\nTheo đề nghị, Cục Thuế trả lời.\n"
    layout = read_layout(normalize(f"{head}{line}\n{letter}"))
    found = [layout.words(cell) for cell in layout.lines[1].cells]
    assert found == cells if cells else len(found) == 2


def test_page_numbers_but_not_figures_of_a_table() -> None:
    long = "Các đơn vị trực thuộc tổ chức thực hiện nghiêm túc các nội dung nêu trên."
    source = SIDE_BY_SIDE.replace("2. Các đơn vị", f"{long}\n\n2\n\n{long}\n|\n3\n|\n2. Các đơn vị")
    assert of(source, NOISE) == ["2"]


def test_dev_documents(shared_dir: Path) -> None:
    sys.path.insert(0, str(shared_dir / "eval"))
    from gold import load_all  # type: ignore[import-not-found]
    from score import Board, score_sections  # type: ignore[import-not-found]

    board = Board()
    for gold in load_all(shared_dir / "gold" / "dev"):
        found = sections(read_layout(normalize(gold.text)), gold.text)
        score_sections(board, gold, {"sections": [s.model_dump(mode="json") for s in found]})
    right, total = board.rates["sections.lines"]
    assert right / total > 0.99
