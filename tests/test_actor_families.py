"""Families of names that tables cannot hold: fields after 'về', zones of a board, members of unknown offices, staff."""

from __future__ import annotations

import pytest

from vnadmin_nlp import parse


def told(sentence: str) -> list[str]:
    """The actors of a sentence in the order they stand in."""
    dispatch = parse(f"QUYẾT ĐỊNH:\n\nĐiều 1. Nhiệm vụ\n\n{sentence}")
    mentions = [mention for actor in dispatch.actors for mention in actor.mentions]
    return [m.text for m in sorted(mentions, key=lambda m: m.spans[0].start)]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "Cơ quan chuyên môn về y tế thuộc Ủy ban nhân dân cấp tỉnh chủ trì rà soát.",
            ["Cơ quan chuyên môn về y tế thuộc Ủy ban nhân dân cấp tỉnh"],
        ),
        ("Cơ quan quản lý nhà nước về thủy lợi kiểm tra.", ["Cơ quan quản lý nhà nước về thủy lợi"]),
        (
            "Yêu cầu các đơn vị quản lý về điện, viễn thông phối hợp thực hiện.",
            ["các đơn vị quản lý về điện, viễn thông"],
        ),
        (
            "Đề nghị chính quyền cấp xã, chính quyền địa phương hai cấp phối hợp.",
            ["chính quyền cấp xã", "chính quyền địa phương hai cấp"],
        ),
        (
            "Giao Ngân hàng Nhà nước chi nhánh Khu vực, Thường trực Ủy ban Công tác đại biểu theo dõi.",
            ["Ngân hàng Nhà nước chi nhánh Khu vực", "Thường trực Ủy ban Công tác đại biểu"],
        ),
        (
            "Ban Quản lý các khu chế xuất và công nghiệp tỉnh báo cáo.",
            ["Ban Quản lý các khu chế xuất và công nghiệp tỉnh"],
        ),
        (
            "Ban Quản lý Khu kinh tế Vân Đồn và các khu công nghiệp tỉnh báo cáo.",
            ["Ban Quản lý Khu kinh tế Vân Đồn và các khu công nghiệp tỉnh"],
        ),
        (
            "Cục trưởng các Cục: Chế biến nông sản và nghề muối, Thú y và Thủ trưởng các đơn vị triển khai.",
            ["Cục trưởng các Cục: Chế biến nông sản và nghề muối, Thú y", "Thủ trưởng các đơn vị"],
        ),
        (
            "Trưởng các phòng: Thẩm định, Kế hoạch - Tài chính chịu trách nhiệm thi hành.",
            ["Trưởng các phòng: Thẩm định, Kế hoạch - Tài chính"],
        ),
        ("Yêu cầu các Phòng, ban chuyên môn của xã tham mưu.", ["các Phòng, ban chuyên môn của xã"]),
        (
            "Lãnh đạo và chuyên viên các phòng thuộc Sở tham gia tập huấn.",
            ["Lãnh đạo và chuyên viên các phòng thuộc Sở"],
        ),
        ("Công ty Sao Mai chuyển tiền cho nhà thầu.", ["Công ty Sao Mai"]),
        ("Công ty Hanabi tại Nhật Bản có trách nhiệm nộp thuế.", ["Công ty Hanabi tại Nhật Bản"]),
        ("Trung tâm Hội nghị Sông Hồng chủ trì.", ["Trung tâm Hội nghị Sông Hồng"]),
        (
            "Đề nghị các cơ quan, đơn vị tổ chức, cá nhân có liên quan thực hiện.",
            ["các cơ quan, đơn vị tổ chức, cá nhân có liên quan"],
        ),
        ("Đề nghị UNICEF góp ý.", ["UNICEF"]),
        ("Giao phòng CNTT, cán bộ Phòng Kinh tế tham mưu.", ["phòng CNTT", "cán bộ Phòng Kinh tế"]),
        (
            "Ban Chỉ đạo cải cách hành chính tỉnh yêu cầu Ban Chỉ đạo phòng, chống khủng bố Bộ Công an báo cáo.",
            ["Ban Chỉ đạo cải cách hành chính tỉnh", "Ban Chỉ đạo phòng, chống khủng bố Bộ Công an"],
        ),
        ("Yêu cầu UBND các quận - huyện, phường - xã rà soát.", ["UBND các quận - huyện, phường - xã"]),
        (
            "Thủ trưởng các đơn vị thuộc/trực thuộc Bộ Y tế chịu trách nhiệm thi hành.",
            ["Thủ trưởng các đơn vị thuộc/trực thuộc Bộ Y tế"],
        ),
        ("Theo Điều 2 Hội đồng Dân tộc báo cáo.", ["Hội đồng Dân tộc"]),
        ("Yêu cầu các ngành kinh tế mũi nhọn phát triển.", []),
        ("Công ty TNHH Đầu tư toàn cầu Lam Giang nộp thuế.", ["Công ty TNHH Đầu tư toàn cầu Lam Giang"]),
    ],
)
def test_families(sentence: str, expected: list[str]) -> None:
    assert told(sentence) == expected


@pytest.mark.parametrize(
    ("list_", "forms"),
    [
        ("Chánh Văn phòng, Vụ trưởng Vụ Pháp chế", ["Chánh Văn phòng", "Vụ trưởng Vụ Pháp chế"]),
        ("Chánh Văn phòng, Phó Chánh Văn phòng Bộ", ["Chánh Văn phòng, Phó Chánh Văn phòng Bộ"]),
        ("Giám đốc Sở Y tế, các tổ chức, và cá nhân có liên quan", ["các tổ chức, và cá nhân có liên quan"]),
        ("Giám đốc Sở Y tế; Thủ trưởng các sở, ban, ngành ở tỉnh", ["Thủ trưởng các sở, ban, ngành ở tỉnh"]),
    ],
)
def test_those_who_execute_a_decision(list_: str, forms: list[str]) -> None:
    dispatch = parse(f"QUYẾT ĐỊNH:\n\nĐiều 1. Phê duyệt kế hoạch.\n\nĐiều 2. {list_} chịu trách nhiệm thi hành.\n")
    assert set(forms) <= {m.text for actor in dispatch.actors for m in actor.mentions}
