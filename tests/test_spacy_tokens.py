"""The tokenizer: every character in a token, the borders of numbers, time that grows with the text."""

from __future__ import annotations

import re
import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.vocab import Vocab
from spacy_docs import TEXTS

import vnadmin_nlp as vn
from vnadmin_nlp.language.tokenizer import Tokenizer

ODD = [
    "", " ", "   ", "\n", " \n \n", "\t", "\x00", "a\x00b", "a  b", " a", "a ", "a \n b", "a\r\nb\r\r\n",
    "\u00a0x\u3000", "V**Ă**N", "Số:1/UBND", unicodedata.normalize("NFD", "Ủy ban nhân dân xã Đông Thạnh"),
    "e\u0301\u0323", "\u0301", "ủ\u00ady ban", "\ufeffSố", "\u200b", "👩‍👩‍👧 🇻🇳", "ngày 15/3/2024.", "1.", "1..2", "/",
    "12/", "12/a", "1/2/a-", "24:00 25:00",
]  # fmt: skip


@pytest.mark.parametrize("words", ["syllables", "underthesea"])
@pytest.mark.parametrize("text", [*ODD, *TEXTS[:3]])
def test_a_doc_holds_every_character(text: str, words: str) -> None:
    doc = Tokenizer(Vocab(), words)(text)
    assert doc.text == text
    assert all(token.text for token in doc)


@settings(max_examples=300, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"])) | st.text("aạ Ủ1/.-\n\t\u0301UBND"))
def test_any_text_is_held(text: str) -> None:
    assert Tokenizer(Vocab())(text).text == text


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("số 1234/UBND-KGVX.", "số|1234/UBND-KGVX|."),
        ("Nghị định 30/2020/NĐ-CP,", "Nghị|định|30/2020/NĐ-CP|,"),
        ("78/CT-TT&HT;", "78/CT-TT&HT|;"),
        ("ngày 15/3/2024.", "ngày|15/3/2024|."),
        ("15-3-2024)", "15-3-2024|)"),
        ("từ 1/3-15/3/2024", "từ|1/3|-|15/3/2024"),
        ("trước 17h30, 9:05", "trước|17h30|,|9:05"),
        ("1.500.000đ, 3,5%", "1.500.000|đ|,|3,5|%"),
        ("1. Giao", "1|.|Giao"),
        ("2.1.Giao", "2.1|.|Giao"),
        ("a) Sở Y tế;b) Sở", "a|)|Sở|Y|tế|;|b|)|Sở"),
        ("**Điều 3.**Giao", "*|*|Điều|3|.|*|*|Giao"),
        ("UBND-Sở Y tế/Sở Tài chính", "UBND|-|Sở|Y|tế|/|Sở|Tài|chính"),
        ("Số:12/BC", "Số|:|12/BC"),
        ("60-NQ/TW, 12-CV/BTCTU-A", "60-NQ/TW|,|12-CV/BTCTU-A"),
        ("a   b\n\n c", "a|  |b|\n\n |c"),
    ],
)
def test_tokens(text: str, tokens: str) -> None:
    for form in ("NFC", "NFD"):
        doc = Tokenizer(Vocab())(unicodedata.normalize(form, text))
        assert [token.text for token in doc] == unicodedata.normalize(form, tokens).split("|")


def test_words_are_joined_and_numbers_are_not() -> None:
    doc = Tokenizer(Vocab(), "underthesea")("Ủy ban  nhân dân ban hành 12/QĐ-UBND ngày 1/2/2024.")
    assert [token.text for token in doc][-5:] == ["ban hành", "12/QĐ-UBND", "ngày", "1/2/2024", "."]
    assert any("  " in token.text for token in doc)


@pytest.mark.parametrize("unit", ["7", "a", ".", " ", "\n", "1/", "1/a-", "a\u0301", "(" * 9, "24:5", "\u00ad"])
def test_time_grows_with_the_text(unit: str) -> None:
    tokenizer = Tokenizer(Vocab())

    def seconds(times: int) -> float:
        text = unit * times
        best = 9.0
        for _ in range(3):
            start = time.process_time()
            tokenizer(text)
            best = min(best, time.process_time() - start)
        return best

    assert seconds(20_000) < 8 * seconds(5_000) + 0.05


def test_half_of_a_pair_is_refused_with_the_mend() -> None:
    with pytest.raises(ValueError, match=r"character 1 .* U\+FFFD"):
        vn.load()("a\ud800b")


def test_halves_of_pairs_are_told_with_what_mends_them() -> None:
    text = "Sở Y tế \ud800 báo cáo"
    with pytest.raises(ValueError, match="half of a surrogate pair") as told:
        vn.load().make_doc(text)
    mend = re.search(r"\((text\..*)\)$", str(told.value))
    assert mend
    assert eval(mend[1], {"text": text}) == text.replace("\ud800", "\ufffd")
