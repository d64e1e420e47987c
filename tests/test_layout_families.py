"""Forms of head, opening and foot that are read by their surroundings: one small text each."""

from __future__ import annotations

import pytest

import vnadmin_nlp as vn
from vnadmin_nlp import Dispatch, SectionLabel

NATIONAL = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
PLACE_DATE = "Hòa An, ngày 05 tháng 5 năm 2023\n"
HEAD = f"SỞ Y TẾ\nSố: 12/SYT-NV\n{NATIONAL}{PLACE_DATE}\n"
TEXT = "Sở Y tế yêu cầu:\n1. Các phòng rà soát hồ sơ.\n2. Gửi báo cáo về Văn phòng.\n\n"
FOOT = "Nơi nhận:\n- Như trên;\n- Lưu: VT.\n\nGIÁM ĐỐC\n\nLê Văn Tám\n"


def labels(dispatch: Dispatch) -> list[SectionLabel]:
    return [section.label for section in dispatch.sections]


def of(dispatch: Dispatch, label: SectionLabel) -> str:
    return "\n".join(dispatch.text[s.span.start : s.span.end] for s in dispatch.sections if s.label is label)


def words(mentions: list[vn.Addressee] | list[vn.Recipient]) -> list[str]:
    return [mention.text for mention in mentions]


@pytest.mark.parametrize("rule", ["", "-------\n\n"])
@pytest.mark.parametrize("second", ["vào nguồn nước", "quá hạn giải quyết", "giao thông"])
def test_left_cell_with_subject_stands_before_the_right_one(rule: str, second: str) -> None:
    left = f"SỞ Y TẾ\n{rule}Số: 12/SYT-NV\nV/v xả nước thải\n{second}\n"
    dispatch = vn.parse(f"{left}{NATIONAL}{PLACE_DATE}\nKính gửi: Các phòng.\n\n{TEXT}{FOOT}")
    assert dispatch.header.issuer and dispatch.header.issuer.text == "SỞ Y TẾ"
    assert dispatch.header.number and dispatch.header.number.text == "12/SYT-NV"
    assert dispatch.subject and dispatch.subject.text == f"xả nước thải {second}"


@pytest.mark.parametrize("line", ["Hòa An, hồi 16 giờ 30 ngày 05 tháng 5 năm 2023", "TP. Hòa An, ngày 05/5/2023"])
def test_datelines_with_a_clock_or_in_figures(line: str) -> None:
    head = f"CHỦ TỊCH\nSố: 3/CĐ-UBND\n{NATIONAL}{line}\n\nCÔNG ĐIỆN\nỨng phó bão\n\n"
    dispatch = vn.parse(f"{head}{TEXT}{FOOT}")
    assert dispatch.document_type == "cong_dien"
    assert dispatch.header.place and dispatch.header.place.text in ("Hòa An", "TP. Hòa An")
    assert dispatch.header.date and dispatch.header.date.value.isoformat() == "2023-05-05"


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("Kính gửi:\n1. Sở Nội vụ;\n2. Các phòng.\n", ["Sở Nội vụ", "Các phòng"]),
        ("Kính gửi: Ông Nguyễn Văn\nHiển\n", ["Ông Nguyễn Văn Hiển"]),
    ],
)
def test_addressees_numbered_and_broken(lines: str, expected: list[str]) -> None:
    dispatch = vn.parse(f"{HEAD}{lines}Căn cứ Kế hoạch số 5/KH-SYT, {TEXT}{FOOT}")
    assert words(dispatch.addressees) == expected
    assert [item.path for item in dispatch.walk()] == ["1", "2"]


@pytest.mark.parametrize(
    "subject",
    [
        "Kết luận của Giám đốc\ntại cuộc họp về y tế cơ sở",
        "Công tác 6 tháng đầu năm,\nnhiệm vụ 6 tháng cuối năm",
        "THỰC HIỆN CHỈ THỊ CỦA\nTHỦ TƯỚNG CHÍNH PHỦ VỀ Y TẾ",
    ],
)
def test_subject_that_goes_on_like_a_text_or_an_issuer(subject: str) -> None:
    dispatch = vn.parse(f"{HEAD}THÔNG BÁO\n{subject}\n\nNgày 02/5/2023, Giám đốc họp. {TEXT}{FOOT}")
    assert dispatch.subject and dispatch.subject.text == " ".join(subject.split("\n"))


def test_answer_begins_with_the_provision_it_cites() -> None:
    opening = "Sở Y tế nhận được công văn số 7/ABC. Về việc này, Sở có ý kiến như sau:\n"
    cited = "Tại khoản 2 Điều 3 Nghị định số 9/2020/NĐ-CP quy định về hồ sơ như sau:\n“1. Đơn đề nghị.”\n"
    dispatch = vn.parse(f"{HEAD}Kính gửi: Công ty A.\n\n{opening}{cited}Sở trả lời để Công ty biết./.\n\n{FOOT}")
    assert of(dispatch, SectionLabel.BODY).startswith("Tại khoản 2")


@pytest.mark.parametrize(
    "signer", ["KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC\nLê Văn Tám", "TỔNG GIÁM ĐỐC\n(Ký, đóng dấu)\nLÊ VĂN TÁM"]
)
def test_foot_without_recipients(signer: str) -> None:
    dispatch = vn.parse(f"{HEAD}Kính gửi: Các phòng.\n\n{TEXT}{signer}\nTrang 1/2\nScanned with CamScanner\n")
    assert [s.name.text.title() for s in dispatch.signatures if s.name] == ["Lê Văn Tám"]
    assert labels(dispatch)[-2:] == [SectionLabel.SIGNATURE, SectionLabel.NOISE]


def test_copy_certified_below_keeps_the_first_signature() -> None:
    copy = "UBND XÃ HÒA\nSố: 15/SY\nSAO Y\nHòa, ngày 07 tháng 5 năm 2023\nNơi nhận:\n- Lưu: VT.\n\nCHỦ TỊCH\nCil Ha\n"
    dispatch = vn.parse(
        f"{HEAD}Kính gửi: Các phòng.\n\n{TEXT}{FOOT.replace('Lê Văn Tám', chr(75) + chr(39) + 'Brẽm')}\n{copy}"
    )
    assert [s.name.text for s in dispatch.signatures if s.name] == ["K'Brẽm"]
    assert dispatch.header.number and dispatch.header.number.text == "12/SYT-NV"


def test_foot_of_a_scan_whose_heading_and_title_are_misread() -> None:
    items = "- Như trên;\n\n- Sở Nội vụ (b/c); CHU TICH TINH\n- Văn phòng, các\nphòng thuộc Sở;\n- Lưu: VT.\n"
    foot = f"Net Kiện: TM. ỦY BAN NHÂN DÂN\n\n{items}"
    dispatch = vn.parse(f"{HEAD}Kính gửi: Các phòng.\n\n{TEXT}{foot}")
    assert words(dispatch.recipients) == ["Như trên", "Sở Nội vụ (b/c)", "Văn phòng, các phòng thuộc Sở"]
    assert dispatch.signatures[0].authority == "TM"


def test_mark_of_a_typist_below_the_archive_line() -> None:
    dispatch = vn.parse(
        f"{HEAD}Kính gửi: Các phòng.\n\n{TEXT}{FOOT.replace('VT.', 'VT, NV.' + chr(10) + 'Ngalt.QĐ/T5/2023')}"
    )
    assert dispatch.archive and dispatch.archive.text == "VT, NV"


@pytest.mark.parametrize("page", ["THÔNG TIN VĂN BẢN", "NỘI DUNG", "CÔNG VĂN"])
def test_heading_of_the_page_is_no_issuer(page: str) -> None:
    dispatch = vn.parse(f"{page}\n\n{HEAD}CÔNG VĂN\nVề hồ sơ\n\nKính gửi: Các phòng.\n\n{TEXT}{FOOT}")
    assert dispatch.header.issuer and dispatch.header.issuer.text == "SỞ Y TẾ"
    assert labels(dispatch)[0] is SectionLabel.NOISE


def test_comment_of_a_site_is_noise_and_an_appendix_is_not() -> None:
    document = f"{HEAD}Kính gửi: Các phòng.\n\n{TEXT}{FOOT}\n"
    comment = "-----\n\nNhư vậy:\n- Các phòng phải rà soát toàn bộ hồ sơ đã nộp trong năm và gửi báo cáo.\n" * 6
    assert labels(vn.parse(document + comment))[-1] is SectionLabel.NOISE
    assert labels(vn.parse(document + "PHỤ LỤC\nDanh sách hồ sơ\n" * 6))[-1] is SectionLabel.APPENDIX


def test_page_numbers_without_gaps_are_known_by_their_distance() -> None:
    page = "".join(f"Dòng {i}.\n" for i in range(25))
    dispatch = vn.parse(
        f"{HEAD}Kính gửi: Các phòng.\n\n{TEXT}" + "".join(f"{page}{n}\n" for n in (2, 3, 4)) + page + FOOT
    )
    assert of(dispatch, SectionLabel.NOISE).split() == ["2", "3", "4"]


def test_rows_of_a_table_are_no_page_numbers() -> None:
    rows = "".join(f"{n}\nTên hồ sơ\nSố lượng\n" for n in range(1, 9))
    assert SectionLabel.NOISE not in labels(vn.parse(f"{HEAD}Kính gửi: Các phòng.\n\n{TEXT}{rows}\n{FOOT}"))


def test_formula_broken_over_two_lines_ends_the_preamble() -> None:
    text = f"{HEAD}QUYẾT ĐỊNH\nVề hồ sơ\n\nCăn cứ Luật Y tế;\n\nQUYẾT\nĐỊNH:\n\nĐiều 1. Ban hành danh mục.\n\n{FOOT}"
    assert of(vn.parse(text), SectionLabel.BODY) == "Điều 1. Ban hành danh mục."


def test_thanks_alone_are_no_body() -> None:
    opening = "Ngày 02/5/2023, Sở Y tế đã họp về hồ sơ.\n\nSở Y tế chuyển bảng tổng hợp tới các phòng.\n\n"
    text = f"{HEAD}Kính gửi: Các phòng.\n\n{opening}Trân trọng cảm ơn./.\n\n{FOOT}"
    assert of(vn.parse(text), SectionLabel.BODY).startswith("Sở Y tế chuyển")


@pytest.mark.parametrize("mark", ["VAv", "V#v", "V%", "Viv"])
def test_misread_mark_of_a_subject(mark: str) -> None:
    dispatch = vn.parse(HEAD.replace("\n\n", f"\n{mark} thuế môn bài\n\n") + f"Kính gửi: Các phòng.\n\n{TEXT}{FOOT}")
    assert dispatch.subject and dispatch.subject.text == "thuế môn bài"


def test_a_subject_may_end_in_a_year_on_a_line_of_its_own() -> None:
    dispatch = vn.parse(
        HEAD.replace("\n\n", "\nV/v báo cáo công tác y tế năm\n2025\n\n") + f"Kính gửi: Các phòng.\n\n{TEXT}{FOOT}"
    )
    assert dispatch.subject and dispatch.subject.text == "báo cáo công tác y tế năm 2025"


@pytest.mark.parametrize(
    "opening",
    [
        "Bộ Y tế đề nghị:",
        "Bộ Y tế thông báo:",
        "Cục yêu cầu các đơn vị:",
        "Bộ Y tế đề nghị các Bộ, cơ quan\nthực hiện các việc sau:",
        "Ban Quản lý kính đề nghị Sở xem xét:",
        "UBND tỉnh giao:",
        "UBND thành phố phân công:",
    ],
)
@pytest.mark.parametrize("gap", ["\n", "\n\n", ";\n\n"])
def test_an_opening_right_under_the_addressees_is_no_addressee(opening: str, gap: str) -> None:
    items = "1. Lập danh sách trước ngày 15/6/2024.\n2. Báo cáo kết quả.\n3. Công khai."
    dispatch = vn.parse(f"{HEAD}Kính gửi: Sở Y tế các tỉnh, thành phố{gap}{opening}\n{items}\n\n{FOOT}")
    assert [a.text for a in dispatch.addressees] == ["Sở Y tế các tỉnh, thành phố"]
    assert [d.label for d in dispatch.directives] == ["1", "2", "3"]


@pytest.mark.parametrize("subject", ["Triển khai Đề án 06 trên địa bàn tỉnh năm 2026", "Thực hiện cải cách hành chính"])
def test_a_subject_that_opens_like_a_text_right_above_the_announcement(subject: str) -> None:
    body = "I. MỤC ĐÍCH\n1. Lập danh sách.\n2. Báo cáo kết quả."
    dispatch = vn.parse(f"{HEAD}KẾ HOẠCH\n{subject}\n\nSở Y tế ban hành Kế hoạch như sau:\n{body}\n\n{FOOT}")
    assert dispatch.subject and dispatch.subject.text == subject
    dispatch = vn.parse(f"{HEAD}KẾ HOẠCH\n{subject}\nSở Y tế ban hành Kế hoạch như sau:\n{body}\n\n{FOOT}")
    assert dispatch.subject and dispatch.subject.text == subject
    opening = "Thực hiện Kế hoạch số 5/KH-UBND ngày 02/3/2024 của\nUBND tỉnh, Sở ban hành Kế hoạch như sau:"
    assert "Thực hiện Kế hoạch số 5" in of(
        vn.parse(f"{HEAD}KẾ HOẠCH\nRà soát\n{opening}\n{body}\n\n{FOOT}"), SectionLabel.PREAMBLE
    )


def test_a_second_signer_whose_post_takes_three_lines() -> None:
    first = "KT. BỘ TRƯỞNG\nBỘ QUỐC PHÒNG\nTHỨ TRƯỞNG\n\nĐại tướng Hoàng Văn Chiến\n\n"
    second = "KT. BỘ TRƯỞNG\nBỘ CÔNG AN\nTHỨ TRƯỞNG\n\nThượng tướng Lê Văn Hùng\n\n"
    dispatch = vn.parse(f"{HEAD}Kính gửi: Các phòng.\n\n{TEXT}{first}{second}Nơi nhận:\n- Như trên;\n- Lưu: VT.\n")
    names = [(s.position and s.position.text, s.name and s.name.text) for s in dispatch.signatures]
    assert names == [("THỨ TRƯỞNG", "Hoàng Văn Chiến"), ("THỨ TRƯỞNG", "Lê Văn Hùng")]
    assert words(dispatch.recipients) == ["Như trên"]


def test_subject_and_bases_under_the_headings_of_a_page() -> None:
    text = (
        "## THÔNG TIN VĂN BẢN\n\n| Trường | Giá trị |\n|---|---|\n| Số hiệu | 7/2026/TT-BNV |\n\n"
        "## TRÍCH YẾU\n\nQuy định về lưu trữ hồ sơ điện tử.\n\nXem thêm\n\n"
        "## CĂN CỨ PHÁP LÝ\n\n- Luật Lưu trữ số 33/2024/QH15;\n- Theo đề nghị của Vụ trưởng Vụ Pháp chế.\n\n"
        "## NỘI DUNG\n\nBỘ NỘI VỤ\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n\n"
        "Số: 7/2026/TT-BNV\nHà Nội, ngày 3 tháng 4 năm 2026\n\n# THÔNG TƯ\n\n"
        "### Điều 1. Phạm vi điều chỉnh\n\nThông tư này quy định về lưu trữ hồ sơ điện tử.\n"
    )
    dispatch = vn.parse(text)
    labels = {text[s.span.start : s.span.end].split("\n")[0]: s.label for s in dispatch.sections}
    assert labels["## THÔNG TIN VĂN BẢN"] == "noise"
    assert labels["## TRÍCH YẾU"] == "subject"
    assert labels["Xem thêm"] == "noise"
    assert labels["## CĂN CỨ PHÁP LÝ"] == "preamble"
    assert dispatch.subject and dispatch.subject.text == "Quy định về lưu trữ hồ sơ điện tử"
    assert [r.number for r in dispatch.references if r.number] == ["33/2024/QH15"]
