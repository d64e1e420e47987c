"""Actors: borders and kinds of mentions, which groups count, and mentions of one body joined with their roles."""

from __future__ import annotations

import datetime as dt
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vnadmin_nlp import parse
from vnadmin_nlp.extract.actors import find_actors
from vnadmin_nlp.extract.model import ActorCandidate, Context, ObligationCandidate
from vnadmin_nlp.knowledge.abbreviations import spelled_out
from vnadmin_nlp.knowledge.ministries import central_bodies, successor
from vnadmin_nlp.knowledge.places import provinces
from vnadmin_nlp.outline import Flow, Outline
from vnadmin_nlp.resolve.actors import ActorGroup, join_actors
from vnadmin_nlp.schema import Force, Modality, Role
from vnadmin_nlp.text import Builder, normalize


def outline_of(text: str) -> Outline:
    below = normalize(text)
    builder = Builder()
    builder.copy(below.text, 0, len(below.text))
    return Outline(Flow(builder, below), [], [])


def found(text: str, context: Context | None = None) -> list[tuple[str, str]]:
    outline = outline_of(text)
    candidates = find_actors(outline, context or Context())
    return [(outline.flow.text[c.start : c.end], c.kind.value) for c in candidates]


def names(text: str, context: Context | None = None) -> list[str]:
    return [name for name, _ in found(text, context)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Giao Sở Văn hóa, Thể thao và Du lịch chủ trì", ["Sở Văn hóa, Thể thao và Du lịch"]),
        ("Giao Sở Thông tin và Truyền thông, Sở Nội vụ rà soát", ["Sở Thông tin và Truyền thông", "Sở Nội vụ"]),
        ("Bộ Lao động – Thương binh và Xã hội có ý kiến", ["Bộ Lao động - Thương binh và Xã hội"]),
        ("gửi Sở TT&TT tổng hợp", ["Sở TT&TT"]),
        ("Yêu cầu UBND các huyện, thị xã, thành phố báo cáo", ["UBND các huyện, thị xã, thành phố"]),
        (
            "Uỷ ban nhân dân tỉnh, thành phố trực thuộc Trung ương căn cứ",
            ["Uỷ ban nhân dân tỉnh, thành phố trực thuộc Trung ương"],
        ),
        (
            "Đề nghị UBND các huyện: An Hòa, Bình Tân và Long Phú thực hiện",
            ["UBND các huyện: An Hòa, Bình Tân và Long Phú"],
        ),
        ("Giao Giám đốc các Sở: Tài chính, Nội vụ và Y tế thực hiện", ["Giám đốc các Sở: Tài chính, Nội vụ và Y tế"]),
        ("gửi Hội đồng nhân dân, Ủy ban nhân dân tỉnh Cà Mau", ["Hội đồng nhân dân, Ủy ban nhân dân tỉnh Cà Mau"]),
        ("theo Văn phòng UBND tỉnh và Thanh tra tỉnh", ["Văn phòng UBND tỉnh", "Thanh tra tỉnh"]),
        (
            "của Chi cục Hải quan khu vực XII (nay là Thuế tỉnh Lào Cai)",
            ["Chi cục Hải quan khu vực XII", "Thuế tỉnh Lào Cai"],
        ),
        ("Công ty cổ phần đầu tư Hoa Sen Trắng đề nghị", ["Công ty cổ phần đầu tư Hoa Sen Trắng"]),
        ("do Ban Chỉ đạo 138 tỉnh điều hành", ["Ban Chỉ đạo 138 tỉnh"]),
        (
            "Giao Cục Cảnh sát phòng cháy, chữa cháy và cứu nạn, cứu hộ rà soát",
            ["Cục Cảnh sát phòng cháy, chữa cháy và cứu nạn, cứu hộ"],
        ),
        ("chỉ đạo bệnh viện Hòa An và phòng Nội vụ phối hợp", ["bệnh viện Hòa An", "phòng Nội vụ"]),
        ("Nghị quyết của Hội đồng trường Trường Đại học Hòa An", ["Hội đồng trường Trường Đại học Hòa An"]),
        (
            "lãnh đạo các Tập đoàn: Điện lực Việt Nam (EVN), Bưu chính Viễn thông Việt Nam (VNPT) dự họp",
            ["lãnh đạo các Tập đoàn: Điện lực Việt Nam (EVN), Bưu chính Viễn thông Việt Nam (VNPT)"],
        ),
        ("chủ trì Phiên họp lần thứ 21 Ban Chỉ đạo 389 quốc gia", ["Ban Chỉ đạo 389 quốc gia"]),
        ("của UBND tỉnh Sửa đổi, bổ sung Quyết định", ["UBND tỉnh"]),
        ("liên quan đến nhiều Bộ, ngành.\nBộ Tài chính báo cáo", ["Bộ Tài chính"]),
        ("Theo đề nghị của ông Trưởng Khoa Sau đại học", ["ông Trưởng Khoa Sau đại học"]),
        ("Cục trưởng tổ chức xét thăng hạng; tổ chức huy động các nguồn lực", ["Cục trưởng"]),
        ("mục “Thuế GTGT mua vào”", []),
        (
            "hiệp định giữa Chính phủ nước Cộng hòa xã hội chủ nghĩa Việt Nam và Chính phủ Nhật Bản",
            ["Chính phủ nước Cộng hòa xã hội chủ nghĩa Việt Nam", "Chính phủ Nhật Bản"],
        ),
        (
            "đề nghị Ngân hàng Nhà nước chi nhánh khu vực 7 tổ chức",
            ["Ngân hàng Nhà nước chi nhánh khu vực 7"],
        ),
        ("lợi nhuận chuyển cho Công ty mẹ ở nước ngoài", []),
        ("Công ty TNHH Cơ điện Trường An và đặc khu", ["Công ty TNHH Cơ điện Trường An"]),
        ("giao Bệnh viện đa khoa huyện Bù Đăng tổ chức khám", ["Bệnh viện đa khoa huyện Bù Đăng"]),
        ("UBND tỉnh ủy quyền cho Sở Y tế ký", ["UBND tỉnh", "Sở Y tế"]),
        ("Trưởng phòng Kỹ thuật báo cáo Trưởng Ban Chỉ đạo", ["Trưởng phòng Kỹ thuật", "Trưởng Ban Chỉ đạo"]),
        ("Cục Thuế tinh Bắc Ninh trả lời", ["Cục Thuế tinh Bắc Ninh"]),
        (
            "yêu cầu UBND các tỉnh ven biển từ Thanh Hóa đến Khánh Hòa rà soát",
            ["UBND các tỉnh ven biển từ Thanh Hóa đến Khánh Hòa"],
        ),
        (
            "giao UBND các tỉnh Bắc Trung Bộ và UBND các xã nêu trên",
            ["UBND các tỉnh Bắc Trung Bộ", "UBND các xã nêu trên"],
        ),
        ("UBND các xã liên quan báo cáo", ["UBND các xã liên quan"]),
        ("UBND các xã liên quan đến dự án", ["UBND các xã"]),
        ("Sở Y tế, Sở Nội vụ các tỉnh, thành phố báo cáo", ["Sở Y tế, Sở Nội vụ các tỉnh, thành phố"]),
        ("Sở Y tế Hà Nội, Sở Nội vụ các tỉnh báo cáo", ["Sở Y tế Hà Nội", "Sở Nội vụ các tỉnh"]),
        ("Công ty Hoa Sen Corporation - Nhật Bản các linh kiện", ["Công ty Hoa Sen Corporation - Nhật Bản"]),
        (
            "Ngân hàng TNHH một thành viên Sao Mai (Việt Nam) đề nghị",
            ["Ngân hàng TNHH một thành viên Sao Mai (Việt Nam)"],
        ),
        ("đề nghị phòng thương mại, Phòng thương mại công nghiệp Việt Nam", ["Phòng thương mại công nghiệp Việt Nam"]),
        ("Đồn Biên phòng Bãi Cát kiểm soát chặt chẽ tàu thuyền", ["Đồn Biên phòng Bãi Cát"]),
        (
            "Ban Quản lý dự án đầu tư xây dựng khu vực 2 báo cáo",
            ["Ban Quản lý dự án đầu tư xây dựng khu vực 2"],
        ),
        (
            "của Ban Chỉ đạo Trung ương về phát triển khoa học, công nghệ và chuyển đổi số theo",
            ["Ban Chỉ đạo Trung ương về phát triển khoa học, công nghệ và chuyển đổi số"],
        ),
        ("Ban Chỉ đạo quốc gia phòng, chống dịch yêu cầu", ["Ban Chỉ đạo quốc gia phòng, chống dịch"]),
        ("Kiểm toán nhà nước khu vực V kết luận", ["Kiểm toán nhà nước khu vực V"]),
        ("gửi ủy ban nhân dân (UBND) tỉnh Cà Mau", ["ủy ban nhân dân (UBND) tỉnh Cà Mau"]),
        ("để Cục Thuế, Cục Hải quan các tỉnh biết", ["Cục Thuế, Cục Hải quan các tỉnh"]),
        ("hàng xuất cho Công ty Sao Mai Co., Ltd. Công ty xuất hóa đơn", ["Công ty Sao Mai Co., Ltd", "Công ty"]),
        ("bán cho Công ty TNHH Sao Mai Việt Nam gia công", ["Công ty TNHH Sao Mai Việt Nam"]),
        ("Hội Nông dân tỉnh, Tỉnh đoàn phối hợp", ["Hội Nông dân tỉnh", "Tỉnh đoàn"]),
        ("của TAND cấp cao tại Hà Nội", ["TAND cấp cao tại Hà Nội"]),
        ("Giao Vụ Pháp chế và Thanh tra chủ trì", ["Vụ Pháp chế và Thanh tra"]),
        ("Phòng Kế hoạch - Tài chính và Thanh tra Sở rà soát", ["Phòng Kế hoạch - Tài chính", "Thanh tra Sở"]),
        ("Giao Phòng Nội vụ và Công an huyện kiểm tra", ["Phòng Nội vụ", "Công an huyện"]),
        ("Giao các phòng chuyên môn thuộc Sở xây dựng kế hoạch", ["các phòng chuyên môn thuộc Sở"]),
        ("Giao Sở xây dựng chủ trì", ["Sở xây dựng"]),
        ("Chi cục Thuế khu vực rà soát hồ sơ", ["Chi cục Thuế khu vực"]),
        ("Đội Quản lý trật tự đô thị huyện kiểm tra", ["Đội Quản lý trật tự đô thị huyện"]),
        ("Trung tâm Điều dưỡng người có công tỉnh báo cáo", ["Trung tâm Điều dưỡng người có công tỉnh"]),
        ("Ban Quản lý rừng phòng hộ tổ chức tuần tra", ["Ban Quản lý rừng phòng hộ"]),
        ("Công ty cổ phần thiết bị điện Sao Mai đề nghị", ["Công ty cổ phần thiết bị điện Sao Mai"]),
        ("phối hợp văn phòng UBND tỉnh thực hiện", ["văn phòng UBND tỉnh"]),
        ("Công đoàn trường phối hợp Tổ Văn phòng tổ chức", ["Công đoàn trường", "Tổ Văn phòng"]),
        ("báo cáo Ủy ban nhân tỉnh xem xét", ["Ủy ban nhân tỉnh"]),
        ("phục vụ bầu cử đại biểu Quốc hội khóa XVI và đại biểu Hội đồng nhân dân các cấp", []),
    ],
)
def test_borders_of_bodies(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Giao Chủ tịch, các Phó Chủ tịch UBND tỉnh theo dõi", [("Chủ tịch, các Phó Chủ tịch UBND tỉnh", "position")]),
        (
            "Bộ trưởng, Chủ nhiệm Văn phòng Chính phủ báo cáo",
            [("Bộ trưởng, Chủ nhiệm Văn phòng Chính phủ", "position")],
        ),
        (
            "Phó Trưởng ban Thường trực Ban Chỉ đạo 35 tỉnh chủ trì",
            [("Phó Trưởng ban Thường trực Ban Chỉ đạo 35 tỉnh", "position")],
        ),
        ("Yêu cầu Thủ trưởng các sở, ban, ngành chỉ đạo", [("Thủ trưởng các sở, ban, ngành", "position")]),
        ("báo cáo lãnh đạo tỉnh Kon Tum về việc này", [("lãnh đạo tỉnh Kon Tum", "position")]),
        ("Thứ trưởng Bộ Tư pháp Trần Văn Bình dự họp", [("Thứ trưởng Bộ Tư pháp Trần Văn Bình", "person")]),
        ("Giao ông Lê Văn Tám phụ trách", [("ông Lê Văn Tám", "person")]),
        ("CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH CÀ MAU", [("CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH CÀ MAU", "position")]),
        (
            "Đảng ủy Bộ Y tế và Ban Thường vụ Tỉnh ủy chỉ đạo",
            [("Đảng ủy Bộ Y tế", "party"), ("Ban Thường vụ Tỉnh ủy", "party")],
        ),
        (
            "Thủ trưởng các cơ quan: Văn phòng UBND tỉnh, Sở Nội vụ; Sở Y tế thi hành",
            [("Thủ trưởng các cơ quan: Văn phòng UBND tỉnh, Sở Nội vụ", "position"), ("Sở Y tế", "agency")],
        ),
        (
            "Giao thủ trưởng các phòng chuyên môn, các đơn vị trực thuộc UBND huyện và Chủ tịch UBND các xã rà soát",
            [
                ("thủ trưởng các phòng chuyên môn, các đơn vị trực thuộc UBND huyện", "position"),
                ("Chủ tịch UBND các xã", "position"),
            ],
        ),
        (
            "Thủ trưởng các đơn vị thuộc Bộ, các tổ chức có liên quan thi hành",
            [("Thủ trưởng các đơn vị thuộc Bộ", "position"), ("các tổ chức có liên quan", "group")],
        ),
        (
            "Thủ trưởng các Cục, Vụ và các đơn vị có liên quan thi hành",
            [("Thủ trưởng các Cục, Vụ", "position"), ("các đơn vị có liên quan", "group")],
        ),
        ("Yêu cầu Hiệu trưởng các trường tiểu học báo cáo", [("Hiệu trưởng các trường tiểu học", "position")]),
        ("báo cáo trưởng đoàn kiểm tra", [("trưởng đoàn kiểm tra", "position")]),
        ("gặp lãnh đạo tỉnh ủy, HĐND,UBND tỉnh", [("lãnh đạo tỉnh ủy, HĐND,UBND tỉnh", "position")]),
        ("liên hệ chuyên viên Trần Thị Bình", [("chuyên viên Trần Thị Bình", "person")]),
    ],
)
def test_posts_persons_and_party_bodies(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Yêu cầu các cơ quan, đơn vị có liên quan rà soát", ["các cơ quan, đơn vị có liên quan"]),
        ("phối hợp với các sở, ban, ngành và địa phương triển khai", ["các sở, ban, ngành và địa phương"]),
        ("chỉ đạo các đơn vị được giao quản lý rà soát", ["các đơn vị"]),
        ("trình cấp có thẩm quyền phê duyệt", ["cấp có thẩm quyền"]),
        ("Các doanh nghiệp bưu chính, viễn thông và các đơn vị trực thuộc có trách nhiệm phối hợp", None),
        ("chất lượng tại một số đơn vị, địa phương còn thấp", []),
        ("nâng cao đời sống người dân, doanh nghiệp", []),
        ("tổ chức thực hiện các nhiệm vụ được giao", []),
        ("Đề nghị các đoàn thể chính trị - xã hội vận động", ["các đoàn thể chính trị - xã hội"]),
        ("Yêu cầu các đơn vị trực thuộc các sở, ngành rà soát", ["các đơn vị trực thuộc các sở, ngành"]),
        ("Giao các Ban HĐND tỉnh giám sát", ["các Ban HĐND tỉnh"]),
        ("Các cục, vụ thuộc Bộ chủ động triển khai", ["Các cục, vụ thuộc Bộ"]),
        ("định mức xe ô tô của các cơ quan, đơn vị thuộc phạm vi quản lý", []),
        ("yêu cầu các cơ quan, đơn vị thuộc phạm vi quản lý rà soát", ["các cơ quan, đơn vị thuộc phạm vi quản lý"]),
        ("trên địa bàn tỉnh Quảng Nam và thành phố Đà Nẵng", []),
    ],
)
def test_groups_count_where_they_are_told_to_act(text: str, expected: list[str] | None) -> None:
    if expected is None:
        assert "các đơn vị trực thuộc" in names(text)
    else:
        assert names(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Giao đơn vị cung ứng suất ăn bán trú báo cáo.\nĐơn vị cung ứng suất ăn bán trú có trách nhiệm lưu mẫu.",
            ["đơn vị cung ứng suất ăn bán trú", "Đơn vị cung ứng suất ăn bán trú"],
        ),
        (
            "theo dự báo của cơ quan cảnh báo sạt lở đất, mưa còn lớn.\nGiao cơ quan cảnh báo sạt lở đất theo dõi",
            ["cơ quan cảnh báo sạt lở đất", "cơ quan cảnh báo sạt lở đất"],
        ),
        ("Việc tổ chức thu gom rác phải đúng giờ.\nXã tổ chức thu gom rác tại nguồn.", []),
        ("Cơ sở dữ liệu dân cư phải sạch.\nKhai thác cơ sở dữ liệu dân cư.", []),
    ],
)
def test_terms_of_a_document_are_read_whole(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Công văn số 12/UBND-NC ngày 3/4/2024", "theo Bộ luật Dân sự", "xây dựng Bộ chỉ số", "Trường hợp có vướng mắc",
        "thành phố Hải Phòng", "khu vực Nam Trung Bộ", "Luật Tổ chức Chính phủ", "đóng BHXH bắt buộc",
        "trụ sở làm việc", "phân cấp quản lý tài sản", "Chủ tịch Hồ Chí Minh", "xã Trường Sơn",
    ],
)  # fmt: skip
def test_what_is_no_actor(text: str) -> None:
    assert names(text) == []


def test_a_head_alone_stands_for_a_body_named_elsewhere() -> None:
    assert names("Công ty TNHH Minh Phát hỏi; đề nghị Công ty nghiên cứu.") == ["Công ty TNHH Minh Phát", "Công ty"]
    assert names("Đề nghị Bộ nghiên cứu.") == []
    assert names("Đề nghị Bộ nghiên cứu.", Context(issuer="BỘ XÂY DỰNG")) == ["Bộ"]


def test_names_in_the_head_are_read_whole_in_the_body() -> None:
    context = Context(addressees=("Liên minh phát triển nghề mộc (để biết)", "Sở Y tế, Sở Nội vụ"))
    text = "Về ý kiến của Liên minh phát triển nghề mộc, Sở Y tế, Sở Nội vụ trả lời"
    assert names(text) == ["Sở Y tế", "Sở Nội vụ"]
    assert names(text, context) == ["Liên minh phát triển nghề mộc", "Sở Y tế", "Sở Nội vụ"]


def test_a_short_form_defined_in_brackets_is_found_everywhere() -> None:
    text = "Tập đoàn Điện lực Việt Nam (sau đây gọi tắt là EVN) báo cáo. EVN theo Công văn số 5/EVN-KH."
    assert names(text) == ["Tập đoàn Điện lực Việt Nam", "EVN", "EVN"]


def test_quoted_provisions_hold_no_actor() -> None:
    outline = outline_of("Điều 5 quy định: “Bộ Y tế chủ trì.” Sở Y tế thực hiện.")
    start = outline.flow.text.index("“")
    outline.quotes.append((start, outline.flow.text.index("”")))
    texts = [outline.flow.text[c.start : c.end] for c in find_actors(outline, Context())]
    assert texts == ["Sở Y tế"]


def joined(text: str, **known: object) -> dict[str, ActorGroup]:
    outline = outline_of(text)
    mentions = find_actors(outline, Context())
    return {group.name: group for group in join_actors(outline, mentions, [], **known)}  # type: ignore[arg-type]


def test_abbreviated_and_full_names_are_one_actor() -> None:
    groups = joined(
        "Sở TT&TT báo cáo UBND tỉnh. Sở Thông tin và Truyền thông trình Ủy ban nhân dân tỉnh Cà Mau.",
        issuer="UBND TỈNH CÀ MAU",
    )
    assert list(groups) == ["Sở Thông tin và Truyền thông", "Ủy ban nhân dân tỉnh Cà Mau"]
    assert all(len(group.mentions) == 2 for group in groups.values())
    assert groups["Ủy ban nhân dân tỉnh Cà Mau"].roles == [Role.ISSUER]


def test_canonical_names_write_out_what_the_document_shortens() -> None:
    groups = joined("Giao Văn phòng UBND tỉnh theo dõi.", issuer="ỦY BAN NHÂN DÂN TỈNH LÀO CAI")
    assert groups["Văn phòng UBND tỉnh"].canonical == "Văn phòng Ủy ban nhân dân tỉnh Lào Cai"
    before = joined("Giao Sở NN chủ trì.", issued=dt.date(2024, 5, 1))
    after = joined("Giao Sở NN&MT chủ trì.", issued=dt.date(2025, 5, 1))
    assert [group.canonical for group in after.values()] == ["Sở Nông nghiệp và Môi trường"]
    assert [group.canonical for group in before.values()] in ([], ["Sở Nông nghiệp và Phát triển nông thôn"])


def test_a_head_alone_is_the_body_written_to() -> None:
    text = "Công ty Sao Mai hỏi về thuế. Công ty Hoa Sen bán hàng. Đề nghị Công ty nộp thuế."
    groups = joined(text, addressees=("Công ty Sao Mai",))
    assert [len(group.mentions) for group in groups.values()] == [2, 1]


def test_short_forms_and_heads_join_their_body() -> None:
    groups = joined("Công ty CP Minh Phát (MPC) hỏi về thuế. Đề nghị Công ty, MPC và Cục Thuế phối hợp.")
    assert [len(group.mentions) for group in groups.values()] == [4, 1]


def test_roles_come_from_duties_head_and_foot() -> None:
    text = "Giao Sở Nội vụ phối hợp với Sở Y tế báo cáo UBND tỉnh."
    outline = outline_of(text)
    mentions: list[ActorCandidate] = find_actors(outline, Context())
    (first, second, third) = [(m.start, m.end) for m in mentions]
    duty = ObligationCandidate(
        0,
        len(text),
        Modality.OBLIGATION,
        Force.ORDER,
        (15, len(text)),
        "x",
        bearers=[first],
        coordinators=[second],
        report_to=[third],
    )
    groups = join_actors(outline, mentions, [duty], addressees=("Sở Nội vụ;",), recipients=("Sở Y tế (để p/h)",))
    assert [group.roles for group in groups] == [
        [Role.ADDRESSEE, Role.BEARER],
        [Role.COORDINATOR, Role.RECIPIENT],
        [Role.REPORT_TO],
    ]
    assert all(mention.key for mention in mentions)


def test_tables_of_bodies_and_places_hold_together() -> None:
    bodies = central_bodies()
    assert {row.name for row in bodies.values()} >= {row.into for row in bodies.values() if row.into}
    units = {row.into for row in provinces().values()}
    assert len({row.id for row in provinces().values()}) == 63
    assert len(units) == 34
    assert sum(row.seat for row in {r.id: r for r in provinces().values()}.values()) == 34
    assert successor("Bộ Giao thông vận tải", dt.date(2024, 1, 1)) == "Bộ Giao thông vận tải"
    assert successor("Bộ Giao thông vận tải", dt.date(2025, 3, 1)) == "Bộ Xây dựng"
    assert spelled_out("Ban QLDA TP. Huế") == "Ban Quản lý dự án thành phố Huế"


@pytest.mark.parametrize("name", ["Bộ Tư pháp", "BỘ TƯ PHÁP", "Sở Kế hoạch và Đầu tư"])
def test_syllables_are_no_abbreviations(name: str) -> None:
    assert spelled_out(name) == name
    assert spelled_out("Ban Dân vận TƯ") == "Ban Dân vận Trung ương"


@given(
    st.text(alphabet=st.sampled_from("UBND các sở, Bộ Tài chính và Văn phòng Chủ tịch (EVN) \n:;-/“”1."), max_size=300)
)
def test_any_text_reads_without_overlaps(text: str) -> None:
    outline = outline_of(text)
    last = 0
    for c in find_actors(outline, Context()):
        assert last <= c.start < c.end <= len(outline.flow.text)
        last = c.end


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tông cục Thuê trả lời để Cục thué tỉnh Bắc Ninh biết", ["Tông cục Thuê", "Cục thué tỉnh Bắc Ninh"]),
        ("Thủ tướng Chính phú yêu cầu", ["Thủ tướng Chính phú"]),
        ("đồng chí Cục trưởng Cục Thuế chủ trì", ["đồng chí Cục trưởng Cục Thuế"]),
        ("Điều 3. Chánh Văn phòng\nUBND tỉnh thi hành", ["Chánh Văn phòng\nUBND tỉnh"]),
    ],
)
def test_misread_words_and_broken_lines(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    "unit",
    [
        "UBND, ",
        "Văn phòng ",
        "Chủ tịch, ",
        "các sở, ",
        "đơn vị ",
        "các tỉnh: A, ",
        "0",
        "đơn vị in vé số phải ",
        "các đơn vị thuộc các sở thuộc ",
        "Cục Thuế (TKV) ",
    ],
)
def test_time_grows_with_the_text(unit: str) -> None:
    def seconds(size: int) -> float:
        outline = outline_of(unit * (size // len(unit)))
        start = time.process_time()
        find_actors(outline, Context())
        return time.process_time() - start

    seconds(1_000)
    small = min(seconds(20_000) for _ in range(3))
    assert seconds(80_000) < 12 * small + 0.05


def test_a_misread_name_joins_the_right_one() -> None:
    groups = joined("Tông cục Thuê nhận được công văn. Tổng cục Thuế trả lời. Cục Thuê tỉnh Bắc Ninh thực hiện.")
    assert [(group.name, group.canonical) for group in groups.values()] == [
        ("Tổng cục Thuế", None),
        ("Cục Thuê tỉnh Bắc Ninh", "Cục Thuế tỉnh Bắc Ninh"),
    ]


def test_parse_gives_actors_with_grounded_mentions() -> None:
    dispatch = parse("UBND TỈNH A\nSố: 1/UBND\n\nGiao Sở Nội vụ chủ trì, báo cáo UBND tỉnh.\n")
    for actor in dispatch.actors:
        for mention in actor.mentions:
            assert "".join(dispatch.text[s.start : s.end] for s in mention.spans) == mention.text


def test_issuer_and_addressees_are_actors_where_the_body_does_not_name_them() -> None:
    text = (
        "SỞ NỘI VỤ\nSố: 12/SNV-TH\n\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
        "Hà Tĩnh, ngày 2 tháng 3 năm 2024\n\nKính gửi:\n- Sở Tài chính;\n- Công ty An Bình. (Đ/c: số 1 phố Huế)\n\n"
        "Đề nghị Công ty An Bình báo cáo trước ngày 20/3/2024./."
    )
    roles = {actor.name: [role.value for role in actor.roles] for actor in parse(text).actors}
    assert roles["SỞ NỘI VỤ"] == ["issuer"]
    assert roles["Sở Tài chính"] == ["addressee"]
    assert roles["Công ty An Bình"] == ["addressee", "bearer"]


def test_who_is_told_to_act_is_an_actor_wherever_he_is_named() -> None:
    text = (
        "QUYẾT ĐỊNH:\n\nĐiều 1. Trách nhiệm\n\n1. Người vay vốn có trách nhiệm trả nợ đúng hạn.\n"
        "2. Ngân hàng hướng dẫn hồ sơ cho người vay vốn. Người vay vốn phải trả lãi hằng tháng.\n"
        "3. Thành phố chủ động rà soát. Địa bàn Thành phố gồm 20 phường.\n"
    )
    dispatch = parse(text)
    bearers = {b.text for o in dispatch.obligations for b in o.bearers}
    forms = [m.text for actor in dispatch.actors for m in actor.mentions]
    assert bearers <= set(forms)
    assert forms.count("Người vay vốn") == 2
    assert forms.count("Thành phố") == 1, "a place is an actor only where it is told to act"
    assert all(m.score < 1 for a in dispatch.actors for m in a.mentions if m.rule.startswith("told."))
