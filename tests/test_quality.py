"""Faults of the letters themselves are recognised before anything is read."""

from __future__ import annotations

import pytest

from vnadmin_nlp.text import normalize
from vnadmin_nlp.text.quality import Quality, quality_of

GOOD = (
    "Thực hiện chỉ đạo của Chủ tịch UBND tỉnh, Sở Nội vụ đề nghị các sở, ban, ngành và UBND các xã, phường rà soát số "
    "lượng hồ sơ, gửi báo cáo về Sở trước ngày 25 tháng 3 năm 2026 để tổng hợp theo quy định."
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (GOOD, Quality.GOOD),
        ("", Quality.EMPTY),
        (" \n\u200b ", Quality.EMPTY),
        ("Công văn số 12/UBND-TH", Quality.GOOD),  # too short to judge
        (
            "Së Néi vô ®Ò nghÞ c¸c së, ban, ngµnh vµ UBND c¸c x·, ph­êng rµ so¸t sè l­îng hå s¬, göi b¸o c¸o " * 2,
            Quality.TCVN3,
        ),
        (
            "Sôû Noäi vuï ñeà nghò caùc sôû, ban, ngaønh vaø UBND caùc xaõ, phöôøng raø soaùt hoà sô göûi baùo caùo",
            Quality.VNI,
        ),
        (
            "De nghi cac so, ban, nganh va UBND cac xa ra soat so luong ho so, bao cao trong thang 3 nam 2026",
            Quality.NO_ACCENTS,
        ),
        (
            "The committee met on the tenth of May to read the report of its members and closed without a vote.",
            Quality.FOREIGN,
        ),
        (
            "ực hịện rà sốạtt kqx bzrw mỹtq vlồp xạ phưwờng đfề ngkhị cjác sởx bvan ngzành rjà sơoát hwồ sxơ thfeo",
            Quality.GARBLED,
        ),
    ],
)
def test_quality(text: str, expected: Quality) -> None:
    assert quality_of(normalize(text)) is expected
