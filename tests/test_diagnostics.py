"""What is missing, impossible or guessed is said, with the place, the cause and the mend."""

from __future__ import annotations

import pytest

from vnadmin_nlp import Diagnostic, Severity, parse, read, read_text

LETTER = """\
ỦY BAN NHÂN DÂN
TỈNH HÀ TĨNH

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Số: 2145/UBND-TH
V/v rà soát quỹ đất công

Hà Tĩnh, ngày 12 tháng 5 năm 2023

Kính gửi: Sở Tài nguyên và Môi trường.

Chủ tịch UBND tỉnh yêu cầu Sở Tài nguyên và Môi trường rà soát quỹ đất công, báo cáo UBND tỉnh trước ngày 31/5/2023./.

Nơi nhận:
- Như trên;
- Lưu: VT, TH.

KT. CHỦ TỊCH
PHÓ CHỦ TỊCH

Lê Văn Sáng
"""


def found(text: str) -> dict[str, Diagnostic]:
    return {d.code: d for d in parse(text).diagnostics}


def test_a_complete_letter_has_nothing_to_report() -> None:
    assert found(LETTER) == {}


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("Số: 2145/UBND-TH", "Số:      /UBND-TH", "blank.number"),
        ("Số: 2145/UBND-TH", "Số: Z14S/UBND-TH", "number.unreadable"),
        ("ngày 12 tháng 5 năm", "ngày    tháng 5 năm", "blank.date"),
        ("ngày 12 tháng 5 năm", "ngày 31 tháng 4 năm", "date.impossible"),
        ("ngày 12 tháng 5 năm", "ngày £2 tháng S năm", "date.unreadable"),
        ("V/v rà soát quỹ đất công\n", "", "missing.subject"),
        ("Lê Văn Sáng\n", "", "missing.signature"),
        ("ngày 31/5/2023", "ngày 31/6/2023", "date.impossible"),
        ("Số: 2145/UBND-TH", "MẬT\nSố: 2145/UBND-TH", "document.secret"),
    ],
)
def test_what_a_letter_lacks(old: str, new: str, code: str) -> None:
    assert old in LETTER
    diagnostic = found(LETTER.replace(old, new))[code]
    assert diagnostic.severity is Severity.WARNING
    assert diagnostic.message.endswith((".", ")."))


def test_diagnostics_point_at_the_place() -> None:
    text = LETTER.replace("31/5/2023", "31/6/2023")
    span = found(text)["date.impossible"].span
    assert span is not None
    assert "31/6/2023" in text[span.start : span.end]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("", {"text.empty"}),
        ("\n \u200b\n", {"text.empty"}),
        (
            "Trăng ơi từ đâu đến\nHay từ cánh đồng xa\nTrăng hồng như quả chín\nLửng lơ lên trước nhà",
            {"document.no_header"},
        ),
        (
            "Dear Sir or Madam, thank you for the letter of the tenth of May. We have read it with care and shall come "
            "back to you before the end of the month. Yours faithfully",
            {"document.no_header", "text.not_vietnamese"},
        ),
    ],
)
def test_texts_that_are_no_documents(text: str, codes: set[str]) -> None:
    assert set(found(text)) == codes


def test_legacy_encodings_are_named() -> None:
    text = "Së Néi vô ®Ò nghÞ c¸c së, ban, ngµnh vµ UBND c¸c x·, phêng rµ so¸t sè lîng hå s¬, göi b¸o c¸o " * 3
    assert "TCVN3" in found(text)["text.legacy_encoding"].message
    codes = {note.code for note in read(text.encode()).diagnostics}  # what the message says to do
    assert "text.legacy_encoding" not in codes
    assert "text.converted" in codes
    assert read_text(text.encode()).text.startswith("Sở Nội vụ đề nghị các sở, ban, ngành và UBND")


def test_a_time_that_is_a_guess_is_said() -> None:
    text = LETTER.replace("ngày 12 tháng 5 năm 2023", "ngày 12 tháng 12 năm 2023").replace("31/5/2023", "15/7")
    diagnostic = found(text)["guess.deadline"]
    assert diagnostic.severity is Severity.INFO
    assert "check it against the text" in diagnostic.message
