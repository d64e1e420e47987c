"""Layout of any text: every line has a label, and time grows with the text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vnadmin_nlp.assemble.sections import sections
from vnadmin_nlp.layout import read_layout
from vnadmin_nlp.schema import SectionLabel
from vnadmin_nlp.text import normalize

DOCUMENT = """\
SỞ Y TẾ                          CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Số: 12/SYT-NV                       Độc lập - Tự do - Hạnh phúc
                                  Hòa An, ngày 05 tháng 5 năm 2023
Kính gửi: Các phòng.

Yêu cầu các phòng báo cáo./.

Nơi nhận:                                   GIÁM ĐỐC
- Như trên;
- Lưu: VT.                                  Trần Văn Bình
"""


def parts(source: str) -> list[SectionLabel]:
    return [section.label for section in sections(read_layout(normalize(source)), source)]


@pytest.mark.parametrize(
    "source",
    [
        "Thu sang lá rụng vàng sân\nNgười đi để lại bóng trăng bên thềm",
        "Dear Sir,\n\nWe write to ask about taxes.",
        "|",
        "*",
    ],
)
def test_what_is_no_dispatch_is_labelled_too(source: str) -> None:
    assert parts(source) == [SectionLabel.BODY] or parts(source) == [SectionLabel.HEADER]


def test_empty_text_has_no_sections() -> None:
    assert parts("") == parts(" \n\n\t") == []


_WORDS = st.sampled_from(
    [
        "Nơi nhận:",
        "Kính gửi:",
        "QUYẾT ĐỊNH",
        "QUYẾT ĐỊNH:",
        "|",
        "- Như trên;",
        "KT. CHỦ TỊCH",
        "Trần Văn Bình",
        "",
        "Số: 1/A-B",
        "V/v",
        "Điều 1.",
        "** **",
        "2",
        "lời văn.",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Hà Nội, ngày 1 tháng 2 năm 2020",
    ]
)


@given(
    st.one_of(
        st.text(max_size=200), st.lists(_WORDS, max_size=30).map("\n".join), st.lists(_WORDS, max_size=9).map("  ".join)
    )
)
def test_every_line_has_a_label_and_stands_in_one_section(source: str) -> None:
    layout = read_layout(normalize(source))
    for line in layout.lines:
        assert (line.label is None) == line.blank
        for cell in line.cells:
            assert cell.label is not None
            assert line.start <= cell.start < cell.end <= line.end
    spans = [(s.span.start, s.span.end) for s in sections(layout, source)]
    assert spans == sorted(spans)
    covered = {i for start, end in spans for i in range(start, end)}
    assert sum(end - start for start, end in spans) == len(covered)
    if spans:
        assert all(i in covered for i, char in enumerate(source) if not char.isspace())


@pytest.mark.parametrize("line", ["|", "1", "Nơi nhận:", "KT. CHỦ TỊCH", "- a;", "--- PAGE BREAK ---", "Kính gửi: A"])
def test_many_lines(line: str) -> None:
    layout = read_layout(normalize(DOCUMENT + f"\n{line}" * 20_000))
    assert all(one.label for one in layout.lines if not one.blank)


@pytest.mark.parametrize("piece", ["a b ", "- x;  ", "Hà Nội, ngày ", "|", "7", "CỘNG HÒA ", "["])
def test_one_long_line(piece: str) -> None:
    assert len(parts(piece * 100_000)) == 1
