"""Names in capitals as they are written in a sentence."""

from __future__ import annotations

import pytest

from vnadmin_nlp.knowledge.casing import in_sentence


@pytest.mark.parametrize(
    "name",
    [
        "Ủy ban nhân dân tỉnh Bắc Ninh",
        "Thủ tướng Chính phủ",
        "Thành ủy Hải Phòng",
        "Ban Chấp hành Trung ương",
        "Sở Nông nghiệp và Môi trường",
        "Văn phòng Ủy ban nhân dân tỉnh Bà Rịa - Vũng Tàu",
        "Công an tỉnh Đắk Lắk",
        "Cục Thuế Nghệ An",
        "Ủy ban nhân dân phường 12",
        "UBND TP Huế",
    ],
)
def test_capitals(name: str) -> None:
    assert in_sentence(name.upper()) == name.replace("TP", "tp")
    assert in_sentence(name) == name
