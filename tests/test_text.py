"""Normalisation and the map back: whatever is done to a text, its ranges quote the source."""

from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vnadmin_nlp.schema import Mention
from vnadmin_nlp.text import Builder, MappedText, bare_of, key_of, normalize, quote

SAMPLE = "Số: **4581**/UBND–TTHC\r\nQuảng Ngãi,\u00a0ngày 13 tháng\u200b 9 năm 2022"


def quoted(source: str, text: MappedText, words: str) -> str:
    at = text.text.index(words)
    return " ".join(source[low:high] for low, high in text.ranges(at, at + len(words)))


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("Uỷ ban", "Uỷ ban"),  # no tone mark is moved
        ("a\u00a0b\u2009c", "a b c"),
        ("UBND\u2013TTHC \u2014 \u2212", "UBND-TTHC - -"),
        ("V\u00ad\u200bT", "VT"),
        ("Ðiều \u0189", "Điều Đ"),
        ("dòng\r\nhai\rba\fbốn\u2028năm<br/>sáu", "dòng\nhai\nba\nbốn\nnăm\nsáu"),
        ("V****Ă****N", "VĂN"),
        ("**Số:** 12\\. a\\_b", "Số: 12. a_b"),
        ("E6, đườ**n**g Lan**dmark**", "E6, đường Landmark"),
        ("## Tiêu đề", "Tiêu đề"),
        ("* một\n*\n** hai", "* một\n*\n hai"),
        ("BINH****VÀ XÃ", "BINH VÀ XÃ"),
        ("\u0410\u0412-12", "AB-12"),
        ("____/QĐ", "    /QĐ"),
    ],
)
def test_what_normalisation_changes(source: str, expected: str) -> None:
    assert normalize(source).text == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('theo [Nghị định số 60](https://vb.example/nd-60.aspx "Nghị định") này', "theo Nghị định số 60 này"),
        ("[60/2021](#dieu-1)/NĐ-CP", "60/2021/NĐ-CP"),
        ("a ![](media/dau.png) b ![Con dấu](data:image/png;base64,iVBO+/=) c", "a  b  c"),
        ("[***Nơi nhận:***]{.underline}", "Nơi nhận:"),
        ("[1](2) [a] (b) [c](của Bộ) !", "[1](2) [a] (b) [c](của Bộ) !"),  # no addresses
        ("một<!-- trang 2 --> hai", "một hai"),
        ("<p>một</p>hai", "\nmột\nhai"),
        ("<strong>Số</strong> <font color=red>1</font> <u>2</u> m<sup>2</sup>", "Số 1 2 m<sup>2</sup>"),
        ("a<b và c>d, <abc>, < b >", "a<b và c>d, <abc>, < b >"),  # no tags
        ("ng&agrave;y&nbsp;5&#160;th&#225;ng &#7880; &#x1EC8; &ndash; &amp; &quot;", 'ngày  5 tháng Ỉ Ỉ - & "'),
        ("R&D; AT&T &khong; &#0; a&b", "R&D; AT&T &khong; \ufffd a&b"),
    ],
)
def test_markup_of_web_pages_and_converters(source: str, expected: str) -> None:
    assert normalize(source).text == expected


def test_abbreviations_with_an_ampersand_are_no_entities() -> None:
    source = "Sở KH&CN; Sở NN&MT; Sở TT&Truyen; Ban TG&GT;"
    for words in ("KH&CN", "NN&MT", "TT&Truyen", "TG&GT"):
        assert quoted(source, normalize(source), words) == words


def test_tags_are_emphasis() -> None:
    text = normalize("<b>một</b> hai <i>ba</i> <strong>bốn</strong>")
    starts = [text.text.index(word) for word in ("một", "hai", "ba", "bốn")]
    assert [text.is_bold(at, at + 2) for at in starts] == [True, False, False, True]
    assert [text.is_italic(at, at + 2) for at in starts] == [False, False, True, False]


def test_quotes_leave_markup_out() -> None:
    source = "theo [Nghị định](https://vb.example/a) số <b>60</b>, ng&agrave;y 5"
    text = normalize(source)
    assert quoted(source, text, "Nghị định số 60") == "Nghị định số 60"
    assert quoted(source, text, "ngày 5") == "ng&agrave;y 5"


@pytest.mark.parametrize("piece", ["[", "](", "](/", "]( ", "![", "![a](data:", "<!--", "<b ", "&#", "[a](/", "<p x="])
def test_markup_left_open_is_read_in_linear_time(piece: str) -> None:
    start = time.perf_counter()
    normalize(piece * (200_000 // len(piece)))
    assert time.perf_counter() - start < 3  # a quadratic walk takes minutes


def test_ranges_quote_the_source_through_every_change() -> None:
    text = normalize(SAMPLE)
    assert quoted(SAMPLE, text, "4581/UBND-TTHC") == "4581**/UBND–TTHC"
    assert quoted(SAMPLE, text, "ngày 13") == "ngày 13"
    assert quoted(SAMPLE, text, "tháng 9") == "tháng\u200b 9"


def test_composed_and_decomposed_text_read_alike() -> None:
    composed, decomposed = (
        normalize(unicodedata.normalize("NFC", SAMPLE)),
        normalize(unicodedata.normalize("NFD", SAMPLE)),
    )
    assert composed.text == decomposed.text
    source = unicodedata.normalize("NFD", SAMPLE)
    assert unicodedata.normalize("NFC", quoted(source, decomposed, "Quảng Ngãi")) == "Quảng Ngãi"


def test_bold_and_italic_ranges() -> None:
    text = normalize("**Điều 1.** Phạm vi\n*Căn cứ* luật\n\n**mở mà không đóng\n\nthường\n### Chương I\nthường")

    def where(words: str) -> tuple[int, int]:
        at = text.text.index(words)
        return at, at + len(words)

    assert text.is_bold(*where("Điều 1"))
    assert not text.is_bold(*where("Phạm vi"))
    assert text.is_italic(*where("Căn cứ"))
    assert not text.is_italic(*where("luật"))
    assert text.is_bold(*where("mở mà"))
    assert not text.is_bold(*where("thường"))
    assert text.is_bold(*where("Chương I"))


def test_emphasis_left_open_ends_where_more_opens() -> None:
    text = normalize("**Điều 1. Tên\nthường\n**Điều 2.** nội dung\n*a*")
    assert [text.is_bold(text.text.index(w), text.text.index(w) + len(w)) for w in ("Tên", "thường", "Điều 2")] == [
        True,
        False,
        True,
    ]
    assert not text.is_bold(text.text.index("nội dung"), text.text.index("nội dung") + 8)


def test_a_cut_splits_a_mention_into_spans() -> None:
    below = normalize("Sở Y tế và Sở\n2\nTài chính")
    builder = Builder()
    builder.copy(below.text, 0, 13)
    builder.put(" ", 13, 14)
    builder.cut()
    builder.copy(below.text, 16, len(below.text))
    flow = MappedText(builder, below)
    at = flow.text.index("Sở Tài chính")
    found = quote(Mention, flow, (at, at + 12))
    assert found.text == "Sở Tài chính"
    assert [(s.start, s.end) for s in found.spans] == [(11, 13), (16, 25)]


@given(st.text())
def test_key_and_bare_keep_the_length(text: str) -> None:
    key = key_of(text)
    assert len(key) == len(text)
    assert len(bare_of(key)) == len(text)


def test_keys_join_the_two_placements_of_tone_marks() -> None:
    assert key_of("Uỷ ban Hoà") == key_of("ủy ban hòa")
    assert bare_of(key_of("Ủy ban nhân dân Đắk Lắk")) == "uy ban nhan dan dak lak"


@given(st.text(alphabet=st.sampled_from("aĂ\u0306\u0323 *_|#\\\n\r\u00a0\u200b–ÐА1.-"), max_size=200))
def test_every_character_maps_into_the_source(source: str) -> None:
    text = normalize(source)
    last = 0
    for at in range(len(text.text)):
        low, high = text.below_range(at, at + 1)
        assert last <= low < high <= len(source)
        last = low


def test_closed_syllables_keep_their_tone_mark() -> None:
    assert key_of("Hoàn thành quý II, hoạt động") == "hoàn thành quý ii, hoạt động"
    assert key_of("Thuỷ lợi, quỹ, uỷ quyền") == "thủy lợi, quỹ, ủy quyền"


def test_a_hard_break_of_markdown_is_no_word() -> None:
    assert normalize("Số: 62/SYT-NVY\\\nV/v").text == "Số: 62/SYT-NVY\nV/v"
    assert normalize("SỞ Y TẾ\\   Độc lập").text == "SỞ Y TẾ   Độc lập"
    assert normalize("C:\\temp").text == "C:\\temp"
