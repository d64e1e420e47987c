"""Forms in which decisions, replies and plans say who must do what."""

from __future__ import annotations

import pytest
from test_obligations import duties, only


@pytest.mark.parametrize("verb", ["quyết định", "phê duyệt"])
def test_what_is_kept_by_the_issuer_when_it_delegates(verb: str) -> None:
    duty = only(f"Điều 1. Ủy ban nhân dân tỉnh Hà Nam {verb} việc bán tài sản trên 500 triệu đồng.", kind="quyet_dinh")
    assert duty.bearers == ["Ủy ban nhân dân tỉnh Hà Nam"]


def test_forms_of_a_thing_after_a_colon_are_one_task() -> None:
    body = "1. Sở Tài chính quyết định các hình thức xử lý: giao tài sản cho xã; điều chuyển tài sản giữa các sở."
    assert [d.text for d in duties(body, kind="quyet_dinh")] == [body[3:-1]]


def test_the_subject_stands_before_a_relative_clause() -> None:
    body = "Điều 1. Chủ tịch Ủy ban nhân dân xã nơi có di tích được xếp hạng, trong phạm vi của mình, thực hiện bảo vệ."
    assert only(body, kind="quyet_dinh").bearers == ["Chủ tịch Ủy ban nhân dân xã"]


@pytest.mark.parametrize(
    ("body", "bearers", "modality"),
    [
        ("Khi gửi hồ sơ cùng tờ khai thuế, doanh nghiệp đồng thời gửi phương án.", ["doanh nghiệp"], "obligation"),
        (
            "Trong thời gian 12 tháng, nếu doanh nghiệp chưa đủ vốn, doanh nghiệp không được phát hành hóa đơn.",
            ["doanh nghiệp"],
            "prohibition",
        ),
        (
            "Căn cứ vào Luật Giá, Quý Công ty làm tiếp các thủ tục cần thiết để được miễn.",
            ["Quý Công ty"],
            "obligation",
        ),
        ("Theo đó, Cục Thuế có trách nhiệm làm việc với doanh nghiệp.", ["Cục Thuế"], "obligation"),
        ("1. Về thủ tục hải quan: đề nghị Công ty nghiên cứu Thông tư.", ["Công ty"], "obligation"),
        ("Đề nghị ông Trần Văn Nam căn cứ hồ sơ thực tế để kê khai.", ["Trần Văn Nam"], "obligation"),
    ],
)
def test_letters(body: str, bearers: list[str], modality: str) -> None:
    duty = only(body, kind="cong_van")
    assert [b.removeprefix("ông ") for b in duty.bearers] == bearers
    assert duty.modality == modality


def test_an_order_by_an_addressee_is_its_task() -> None:
    body = "1. Cục Thuế tỉnh Hà Nam yêu cầu Công ty Bình An nộp hồ sơ."
    found = duties(body, kind="cong_van", addressees=("Cục Thuế tỉnh Hà Nam",))
    assert [d.bearers for d in found] == [["Cục Thuế tỉnh Hà Nam"]]


@pytest.mark.parametrize(
    "body",
    [
        "1. Tổ chức, cá nhân đào tạo vận động viên được hưởng mức hỗ trợ như sau:",
        "1. Người được hỗ trợ phải đáp ứng các điều kiện sau đây:",
        "1. Trường hợp dịch vụ yêu cầu phải làm nhiều lần tại chỗ, giá dịch vụ được tính theo ngày.",
        "1. Ban Bí thư cơ bản nhất trí với Tờ trình của Sở Y tế.",
    ],
)
def test_rights_conditions_and_agreement_order_nothing(body: str) -> None:
    assert duties(body, kind="quyet_dinh") == []


def test_a_name_may_end_on_the_next_line() -> None:
    body = (
        "Điều 3. Quyết định này có hiệu lực thi hành kể từ ngày ký ban hành và thay thế các\n"
        "quyết định trước đây của Chủ tịch Ủy ban nhân dân tỉnh về cùng một nội dung này.\n"
        "**Điều 4. **Chánh Văn phòng\n"
        "UBND tỉnh, Giám đốc Sở Y tế, Giám đốc Sở Nội vụ, Chủ tịch UBND cấp xã và các tổ chức\n"
        "có liên quan chịu trách nhiệm thi hành Quyết định này."
    )
    assert [" ".join(b.split()) for b in only(body, kind="quyet_dinh").bearers][:1] == ["Chánh Văn phòng UBND tỉnh"]


def test_a_post_whose_body_is_in_charge_of_something_is_a_member() -> None:
    body = (
        "Điều 3. Vụ trưởng Vụ A; Thủ trưởng tổ chức chủ trì; Giám đốc Sở Y tế chịu trách nhiệm thi hành Quyết định này."
    )
    assert only(body, kind="quyet_dinh").bearers[-1] == "Giám đốc Sở Y tế"


def test_a_bare_lead_may_say_on_what_grounds() -> None:
    body = (
        "Điều 2. Giao Sở Y tế căn cứ Danh mục tại Điều 1 có trách nhiệm:\n1. Niêm yết quy trình.\n2. Rà soát quy trình."
    )
    assert [(d.text, d.bearers) for d in duties(body, kind="quyet_dinh")] == [
        ("Niêm yết quy trình", ["Sở Y tế"]),
        ("Rà soát quy trình", ["Sở Y tế"]),
    ]


def test_rights_and_duties_of_common_nouns_are_laid_on_them() -> None:
    body = "Điều 5. Quyền và trách nhiệm của bên bảo đảm\n1. Cung cấp tài liệu.\n2. Chịu trách nhiệm về nội dung."
    assert [d.bearers for d in duties(body, kind="ke_hoach")] == [["bên bảo đảm"]] * 2


def test_a_heading_above_fields_is_no_task() -> None:
    body = (
        "1. Xây dựng các chiến lược của thành phố:\na) Nhiệm vụ: Rà soát chiến lược dữ liệu.\n"
        "b) Cơ quan thực hiện:\n- Đơn vị chủ trì: Sở Y tế."
    )
    assert [(d.text, d.bearers) for d in duties(body, kind="ke_hoach")] == [("Rà soát chiến lược dữ liệu", ["Sở Y tế"])]


def test_an_order_stands_behind_names_that_hang_on_a_preposition() -> None:
    body = (
        "1. Để hoàn thành theo đúng chỉ đạo của Bộ trưởng Bộ Y tế, Chính phủ và phấn đấu tổ chức khánh thành,"
        " yêu cầu Sở Xây dựng tập trung thi công."
    )
    assert only(body, kind="thong_bao").bearers == ["Sở Xây dựng"]


def test_who_asks_others_in_a_list_of_its_tasks_does_it_itself() -> None:
    body = (
        "Điều 2. Sở Y tế thực hiện nhiệm vụ theo Nghị định này, cụ thể như sau:\n"
        "a) Đôn đốc việc trả kết quả; đề nghị các cơ quan có thẩm quyền cung cấp tài liệu."
    )
    assert {tuple(d.bearers) for d in duties(body, kind="quyet_dinh")} == {("Sở Y tế",)}


def test_those_who_assign_are_no_subject() -> None:
    body = "Điều 2. Sở Y tế có nhiệm vụ:\n1. Thực hiện nhiệm vụ khác do Chính phủ, Bộ trưởng Bộ Y tế phân công."
    assert only(body, kind="quyet_dinh").bearers == ["Sở Y tế"]


def test_what_is_foretold_after_an_account_is_a_task() -> None:
    body = "I. ĐÁNH GIÁ CHUNG\nTrong thời gian tới, Ủy ban nhân dân tỉnh Hà Nam rà soát quy hoạch; xây dựng kịch bản."
    assert [d.text for d in duties(body, kind="thong_bao", issuer="Văn phòng Chính phủ")] == [
        "Trong thời gian tới, Ủy ban nhân dân tỉnh Hà Nam rà soát quy hoạch",
        "xây dựng kịch bản",
    ]


def test_a_relative_clause_may_part_the_noun_from_its_duty() -> None:
    body = "1. Trường hợp cần thiết thì các đơn vị được phân cấp tại Điều 3 có trách nhiệm ban hành định mức."
    assert only(body, kind="quyet_dinh").bearers == ["các đơn vị"]


def test_the_verb_stands_behind_the_grounds() -> None:
    body = "Điều 2. Sở Y tế, UBND cấp xã căn cứ Danh mục tại Điều 1 Quyết định này tổ chức triển khai."
    assert only(body, kind="quyet_dinh").bearers == ["Sở Y tế", "UBND cấp xã"]


def test_execution_may_name_its_grounds() -> None:
    body = "Điều 3. Giám đốc Sở Y tế, Giám đốc Sở Nội vụ và các đơn vị có liên quan căn cứ Quyết định thi hành."
    assert only(body, kind="quyet_dinh").bearers[:2] == ["Giám đốc Sở Y tế", "Giám đốc Sở Nội vụ"]


def test_marked_clauses_under_a_bare_lead_are_tasks_whatever_their_verb() -> None:
    body = "Điều 2. Giao Bộ trưởng Bộ Tài chính: (i) Thừa ủy quyền Thủ tướng ký tờ trình; (ii) Hoàn thiện hồ sơ."
    assert [d.bearers for d in duties(body, kind="nghi_quyet")] == [["Bộ trưởng Bộ Tài chính"]] * 2
