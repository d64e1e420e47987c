"""Lines that look like another part of a document: subjects like a motto or date, feet printed in columns, stamps."""

from __future__ import annotations

import pytest

import vnadmin_nlp as vn
from vnadmin_nlp import Dispatch, SectionLabel

NATIONAL = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
PLACE_DATE = "Hòa An, ngày 05 tháng 5 năm 2023\n"
NUMBERED = "SỞ Y TẾ\nSố: 12/SYT-NV\n"
TEXT = "Sở Y tế yêu cầu:\n1. Các phòng rà soát hồ sơ.\n2. Gửi báo cáo về Văn phòng./.\n\n"
FOOT = "Nơi nhận:\n- Như trên;\n- Lưu: VT.\n\nGIÁM ĐỐC\n\nLê Văn Tám\n"


def letter(subject: str = "V/v rà soát hồ sơ", text: str = TEXT, foot: str = FOOT) -> Dispatch:
    return vn.parse(f"{NUMBERED}{subject}\n{NATIONAL}{PLACE_DATE}\nKính gửi: Các phòng.\n\n{text}{foot}")


def of(dispatch: Dispatch, label: SectionLabel) -> str:
    return "\n".join(dispatch.text[s.span.start : s.span.end] for s in dispatch.sections if s.label is label)


@pytest.mark.parametrize(
    "subject",
    [
        "đo đạc lập bản đồ địa chính",
        "thuê kiểm toán độc lập tại bệnh viện",
        "tiêm chủng\n6 tháng cuối năm 2023",
        "tiêm chủng những\ntháng đầu năm 2023",
        "tiêm chủng năm\n2023",
        "tiêm chủng tháng\n12/2023",
    ],
)
@pytest.mark.parametrize("titled", [False, True])
def test_subject_with_words_of_motto_or_date(subject: str, titled: bool) -> None:
    if titled:
        head = f"{NUMBERED}{NATIONAL}{PLACE_DATE}\nKẾ HOẠCH\nVề việc {subject}\n\nCăn cứ Luật Dược;\n"
        dispatch = vn.parse(f"{head}{TEXT}{FOOT}")
    else:
        dispatch = letter(f"V/v {subject}")
    assert dispatch.subject and dispatch.subject.text == " ".join(subject.split())


def test_subject_in_capitals_ends_with_figures() -> None:
    head = f"{NUMBERED}{NATIONAL}{PLACE_DATE}\nKẾ HOẠCH\nTIÊM CHỦNG GIAI ĐOẠN\n2023 - 2025\n\nCăn cứ Luật Dược;\n"
    dispatch = vn.parse(f"{head}{TEXT}{FOOT}")
    assert dispatch.subject and dispatch.subject.text == "TIÊM CHỦNG GIAI ĐOẠN 2023 - 2025"


@pytest.mark.parametrize(
    "motto", ["Độ c Iập - Tự do - Hạnh phúc", "Độc lập, Tự do, Hạnh phúc", "Đôc lâp Tư do Hanh phúc"]
)
def test_motto_as_printed(motto: str) -> None:
    dispatch = vn.parse(f"SỞ Y TẾ {motto}\nSố: 12/SYT-NV {PLACE_DATE}\nKính gửi: Các phòng.\n\n{TEXT}{FOOT}")
    assert dispatch.header.issuer and dispatch.header.issuer.text == "SỞ Y TẾ"


@pytest.mark.parametrize(
    "opening",
    [
        "Công tác tiêm chủng tuy đã được quan tâm nhưng vắc xin về chậm.\n",
        "Đến ngày 02/5/2023, các trạm y tế chưa gửi báo cáo.\n",
    ],
)
def test_text_that_follows_without_a_blank_line(opening: str) -> None:
    dispatch = vn.parse(f"{NUMBERED}{NATIONAL}{PLACE_DATE}\nKính gửi: Các phòng\n{opening}{TEXT}{FOOT}")
    assert [addressee.text for addressee in dispatch.addressees] == ["Các phòng"]
    titled = vn.parse(f"{NUMBERED}{NATIONAL}{PLACE_DATE}\nTHÔNG BÁO\nVề việc tiêm chủng\n{opening}{TEXT}{FOOT}")
    assert titled.subject and titled.subject.text == "tiêm chủng"


@pytest.mark.parametrize("signed", ["(Đã ký)", "Đã ký", "[daky]", "(Chữ ký, dấu)", "(Ký, ghi rõ họ tên)"])
def test_foot_in_columns_with_what_stands_for_the_signature(signed: str) -> None:
    foot = f"Nơi nhận: GIÁM ĐỐC\n- Như trên; {signed}\n- Lưu: VT, NV. {signed}\nLê Văn Tám\n"
    dispatch = letter(foot=foot)
    assert [recipient.text for recipient in dispatch.recipients] == ["Như trên"]
    assert dispatch.archive and dispatch.archive.text == "VT, NV"
    assert dispatch.signatures[0].name and dispatch.signatures[0].name.text == "Lê Văn Tám"


@pytest.mark.parametrize("gap", [" ", "          "])
def test_foot_in_columns_with_a_certificate(gap: str) -> None:
    lines = ["Nơi nhận:", "- Như trên;", "- Văn phòng Sở;", "- Các phòng;", "- Lưu: VT."]
    right = [
        "GIÁM ĐỐC",
        "Ký bởi: Sở Y tế",
        "Email: syt@vi-du.vn",
        "Cơ quan: UBND tỉnh",
        "Thời gian ký: 05.05.2023 07:44:09",
    ]
    foot = "".join(f"{a}{gap}{b}\n" for a, b in zip(lines, right, strict=True)) + "Lê Văn Tám\n"
    dispatch = letter(foot=foot)
    assert [recipient.text for recipient in dispatch.recipients] == ["Như trên", "Văn phòng Sở", "Các phòng"]
    assert dispatch.archive and dispatch.archive.text == "VT"
    assert dispatch.signatures[0].digital and dispatch.signatures[0].digital.signer == "Sở Y tế"


def test_recipients_in_a_table_longer_than_the_signature() -> None:
    rows = "| Nơi nhận: | GIÁM ĐỐC |\n| - Như trên; | Lê Văn Tám |\n| - Các phòng; | |\n| - Lưu: VT. | |\n"
    dispatch = letter(foot=rows)
    assert [recipient.text for recipient in dispatch.recipients] == ["Như trên", "Các phòng"]
    assert dispatch.archive and dispatch.archive.text == "VT"


def test_recipients_in_two_columns() -> None:
    gap = " " * 20
    foot = f"Nơi nhận:{gap}GIÁM ĐỐC\n- Như trên;{gap}- Các phòng;\n- Sở Nội vụ;{gap}- Lưu: VT.\n- UBND tỉnh;\n"
    dispatch = letter(foot=foot)
    assert {recipient.text for recipient in dispatch.recipients} == {"Như trên", "Các phòng", "Sở Nội vụ", "UBND tỉnh"}
    assert dispatch.archive and dispatch.archive.text == "VT"


@pytest.mark.parametrize("name", ["Đỗ Đức An", "Võ Tại Ngọ"])
def test_signature_above_the_recipients(name: str) -> None:
    foot = f"KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC\n\n(Đã ký)\n{name}\nNơi nhận:\n- Như trên;\n- Lưu: VT.\n"
    dispatch = letter(foot=foot)
    assert dispatch.signatures[0].name and dispatch.signatures[0].name.text == name
    assert "GIÁM ĐỐC" not in of(dispatch, SectionLabel.BODY)


def test_stamps_between_post_and_name() -> None:
    stamps = "Ký bởi: Sở Y tế\nEmail: syt@vi-du.vn\nCơ quan: UBND tỉnh\nThời gian ký: 05.05.2023 07:44:09 +07:00\n"
    dispatch = letter(foot=f"GIÁM ĐỐC\n\n{stamps}Lê Văn Tám\n")
    assert dispatch.signatures[0].name and dispatch.signatures[0].name.text == "Lê Văn Tám"
    assert dispatch.signatures[0].digital


def test_number_of_an_incoming_stamp_is_not_of_the_head() -> None:
    dispatch = vn.parse(f"CÔNG VĂN ĐẾN\nGiờ: 10:16 Ngày: 06/5\nSố: 112\n{NUMBERED}{NATIONAL}{PLACE_DATE}\n{TEXT}{FOOT}")
    assert dispatch.header.number and dispatch.header.number.text == "12/SYT-NV"
    assert "Số: 112" in of(dispatch, SectionLabel.NOISE)


@pytest.mark.parametrize(
    "line",
    ["MỤC LỤC VĂN BẢN", "Đăng bởi ban biên tập, ngày 07/6/2023", "So với trước đây, Tờ trình 21/TTr-SYT mới hơn."],
)
def test_words_of_a_site_above_the_head(line: str) -> None:
    dispatch = vn.parse(f"Tin tức\n\n{line}\n\n{NUMBERED}{NATIONAL}{PLACE_DATE}\nKính gửi: Các phòng.\n\n{TEXT}{FOOT}")
    assert line in of(dispatch, SectionLabel.NOISE)
    assert of(dispatch, SectionLabel.HEADER).startswith("SỞ Y TẾ")


@pytest.mark.parametrize(
    "lines",
    [
        "Scanned with CamScanner\n",
        "CS Quét bằng CamScanner\n",
        "VNPT-iOffice\n2\n",
        "CÔNG BÁO/Số 799\n2\n",
        "eDoc 128\n2\n",
    ],
)
def test_what_programs_print_on_every_page(lines: str) -> None:
    line = "Các phòng chuyên môn thuộc Sở rà soát toàn bộ hồ sơ đã tiếp nhận trong năm"
    dispatch = letter(text=f"Sở Y tế yêu cầu:\n1. {line}\n{line.lower()}\n{lines}{line.lower()}.\n\n")
    assert of(dispatch, SectionLabel.NOISE).split("\n") == lines.split("\n")[:-1]
    assert [item.path for item in dispatch.walk()] == ["1"]


@pytest.mark.parametrize("gap", [" ", "        "])
@pytest.mark.parametrize(("stamp", "kind"), [("KHẨN", "urgency"), ("HỎA TỐC", "urgency"), ("TỐI MẬT", "secrecy")])
def test_stamp_right_of_the_subject(gap: str, stamp: str, kind: str) -> None:
    dispatch = letter(f"V/v phòng cháy,{gap}{stamp}\nchữa cháy rừng")
    assert dispatch.subject and dispatch.subject.text == "phòng cháy, chữa cháy rừng"
    assert getattr(dispatch.header, kind).text == stamp


def test_stamp_left_of_place_and_date() -> None:
    right = " " * 40
    head = f"SỞ Y TẾ{right}CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 12/KH-SYT{right}Độc lập - Tự do - Hạnh phúc\n"
    dispatch = vn.parse(f"{head}TỐI MẬT{right}{PLACE_DATE}\nKẾ HOẠCH\nPhòng cháy\n\nCăn cứ Luật Dược;\n{TEXT}{FOOT}")
    assert dispatch.header.secrecy and dispatch.header.date
    assert dispatch.subject and dispatch.subject.text == "Phòng cháy"


def test_subject_that_goes_on_with_a_digital_signature() -> None:
    dispatch = letter("V/v cấp\nchữ ký số cá nhân")
    assert dispatch.subject and dispatch.subject.text == "cấp chữ ký số cá nhân"


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("VT, KK (3b). s", "VT, KK (3b). s"),
        ("VT, CS (36). 9", "VT, CS (36)"),
        ("VT, TT. ,„ ồ", "VT, TT"),
        ("VT. Hà", "VT. Hà"),
        ("VT, TH. 5b", "VT, TH. 5b"),
    ],
)
def test_archive_with_debris_of_a_scan(printed: str, expected: str) -> None:
    dispatch = letter(foot=FOOT.replace("VT.", printed))
    assert dispatch.archive and dispatch.archive.text == expected


def test_opinions_that_were_asked_for_are_no_request() -> None:
    basis = "Thực hiện Kế hoạch số 5/KH-UBND, Sở đã tổ chức tiêm chủng.\n"
    heard = "Sở đã lấy ý kiến của các trạm; có ý kiến đề nghị làm rõ việc vắc xin về chậm.\n"
    asked = "Kính đề nghị Ủy ban nhân dân tỉnh xem xét, giải quyết./.\n"
    dispatch = letter(text=f"{basis}\n{heard}\n{asked}\n")
    assert of(dispatch, SectionLabel.BODY) == asked.strip()


@pytest.mark.parametrize("label", ["$6:", "86:", "Sö:", "sé:", "5ố:", "8ố:"])
def test_misread_label_of_the_number(label: str) -> None:
    right = "Độc lập - Tự do - Hạnh phúc"
    dispatch = vn.parse(f"SỞ Y TẾ\n{label} 12/SYT-NV {right}\n{PLACE_DATE}\nKính gửi: Các phòng.\n\n{TEXT}{FOOT}")
    assert dispatch.header.number and dispatch.header.number.text == "12/SYT-NV"
    assert dispatch.header.issuer and dispatch.header.issuer.text == "SỞ Y TẾ"


def test_stroke_between_number_and_motto() -> None:
    head = f"SỞ Y TẾ\nSố: 120/KH-SYT /\n{NATIONAL}{PLACE_DATE}\nKẾ HOẠCH\nPhòng cháy\n\nCăn cứ Luật Dược;\n"
    dispatch = vn.parse(f"{head}{TEXT}{FOOT}")
    assert dispatch.header.number and dispatch.header.number.text == "120/KH-SYT"
