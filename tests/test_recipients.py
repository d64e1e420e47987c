"""Nơi nhận and Lưu: items, notes, the archive line and its parts."""

from __future__ import annotations

import pytest

from vnadmin_nlp.extract.recipients import parts_of_archive, purpose_of, read_recipients
from vnadmin_nlp.layout import Layout
from vnadmin_nlp.layout.lines import split_lines
from vnadmin_nlp.schema import SectionLabel
from vnadmin_nlp.text import normalize


def read(source: str) -> tuple[list[str], str | None]:
    text = normalize(source)
    lines = split_lines(text)
    for line in lines:
        line.label = None if line.blank else SectionLabel.RECIPIENTS
        for cell in line.cells:
            cell.label = SectionLabel.RECIPIENTS
    recipients, archive = read_recipients(Layout(text, lines))
    return [r.text for r in recipients], archive.text if archive else None


@pytest.mark.parametrize(
    ("source", "items", "archive"),
    [
        ("*Nơi nhận:*\n- Như trên;\n- Lưu: VT, NC.", ["Như trên"], "VT, NC"),
        ("Nơi nhận:\n- Như trên;\n- VP UBND:\n+ LĐVP, KTTH;\n+ Lưu: VT.", ["Như trên", "VP UBND: LĐVP, KTTH"], "VT"),
        ("Nơi nhận:\n- Như trên; l so\n- Sở Y tế; >\n- Lưu: VT.", ["Như trên", "Sở Y tế"], "VT"),
        ("Nơi nhận:\n-\nNhư Điều 3;\n- Lưu VT.", ["Như Điều 3"], "VT"),
        (
            "Nơi nhận:\n- VP: CVP,\ncác Phòng;\nCác Tổ: A, B;\n- Lưu:\nVT, TH.",
            ["VP: CVP, các Phòng; Các Tổ: A, B"],
            "VT, TH",
        ),
        ("Noi nhận:\n~ Như trên;\n~ Sở Y tế; (b/c)\n~ Luu: VT (3b). @@@", ["Như trên", "Sở Y tế; (b/c)"], "VT (3b)"),
        (
            "Nơi nhận:\n- Như trên; ñ\n- Huyện ủy;  (Đã ký)\n- Bộ: TC; TP;\n- Lmu: VT, CS (2)",
            ["Như trên", "Huyện ủy", "Bộ: TC; TP"],
            "VT, CS (2)",
        ),
        ("Nơi nhận: „sa\n- Như trên;\n- Lưu: VT.", ["Như trên"], "VT"),
        ("Nơi nhận:\nNhư Điều 2;\nSở Y tế;\nBáo Hà Nội;\n- Lưu VT.", ["Như Điều 2", "Sở Y tế", "Báo Hà Nội"], "VT"),
        ("Nơi nhận:\nNhư trên.\nLưu VT.", ["Như trên"], "VT"),
        ("Nơi nhận: Như trên; Lưu: VT.", ["Như trên"], "VT"),
        ("Nơi nhận:\n- Các tỉnh ủy,\n- Lưu Văn phòng Tỉnh ủy.", ["Các tỉnh ủy"], "Văn phòng Tỉnh ủy"),
        ("Nơi nhận:\n- Như trên; - Sở Y tế;\n- Lưu: VT.\nKý bởi: Nguyễn Văn A", ["Như trên", "Sở Y tế"], "VT"),
    ],
)
def test_lists(source: str, items: list[str], archive: str | None) -> None:
    assert read(source) == (items, archive)


@pytest.mark.parametrize(
    ("note", "purpose"),
    [
        ("b/c", "để báo cáo"),
        ("để b/c", "để báo cáo"),
        ("để p/h", "để phối hợp"),
        ("để niêm yết", "để niêm yết"),
        ("đăng tải trên Cổng TTĐT", "để đăng tải trên Cổng TTĐT"),
        ("BTC", None),
    ],
)
def test_purposes(note: str, purpose: str | None) -> None:
    assert purpose_of(note) == purpose


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        ("VT, NC (05b)", (["VT", "NC"], None, 5)),
        ("Văn thư, KTTH (2) Nam 15b", (["Văn thư", "KTTH"], "Nam", 15)),
        ("VT, PL (2). TA", (["VT", "PL"], "TA", 2)),
        ("VT", (["VT"], None, None)),
        ("VT, KGVX. Hà", (["VT", "KGVX"], "Hà", None)),
        ("VT, (VX/MT.Tấn)", (["VT", "VX"], "MT.Tấn", None)),
        ("VT, NC (TP, Vinh)", (["VT", "NC"], "TP, Vinh", None)),
        ("VT, VP (VTLT&KSTTHC)", (["VT", "VP (VTLT&KSTTHC)"], None, None)),
        ("VT, N.H.Điệp", (["VT"], "N.H.Điệp", None)),
        ("VT, V.I (3), Thiện", (["VT", "V.I"], "Thiện", 3)),
        ("VT, NC. Thuận100b", (["VT", "NC"], "Thuận", 100)),
    ],
)
def test_parts_of_archive(words: str, parts: tuple[list[str], str | None, int | None]) -> None:
    assert parts_of_archive(words) == parts
