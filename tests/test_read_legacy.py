"""Letters of TCVN3, VNI and VISCII: every letter, both readings of the bytes, mixed texts, the map."""

from __future__ import annotations

import time
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from legacy_bytes import LETTERS, LOWER, TABLES, encode

from vnadmin_nlp.read.converted import chain, compose
from vnadmin_nlp.read.guess import guess
from vnadmin_nlp.read.legacy import Encoding, Reading, convert, convert_with_map

PUBLIC: tuple[Encoding, ...] = ("tcvn3", "vni", "viscii")
READINGS: tuple[Reading, ...] = ("tcvn3", "tcvn5712", "vni", "viscii", "windows-1258")
TEXT = "Giao Sở Nội vụ chủ trì, phối hợp với Ủy ban nhân dân các huyện rà soát quỹ đất; báo cáo trước ngày 15 tháng 4."


def surfaces(data: bytes) -> set[str]:
    """What programs make of `data`: Latin-1, Windows-1252, and the same taken apart by a file system or a PDF."""
    windows = "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in data)
    composed = {data.decode("latin-1"), windows}
    return composed | {unicodedata.normalize("NFD", text) for text in composed}


@pytest.mark.parametrize("encoding", PUBLIC)
def test_every_letter(encoding: Encoding) -> None:
    table = TABLES[encoding]
    assert len(table) == {"tcvn3": 74, "vni": 134, "viscii": 134}[encoding]
    for letter, data in table.items():
        for surface in surfaces(data):
            assert convert(surface, encoding) == letter, (letter, surface)


def test_fonts_of_capitals() -> None:
    for letter in LOWER:
        assert convert(TABLES["tcvn3"][letter].decode("latin-1"), "tcvn3", upper=True) == letter.upper()
    assert convert("céng hßa x· héi chñ nghÜa", "tcvn3", upper=True) == "CỘNG HÒA XÃ HỘI CHỦ NGHĨA"
    assert len(convert("stra\ufb01e", "tcvn3", upper=True)) == 6  # a ligature is no two letters


@pytest.mark.parametrize("reading", READINGS)
def test_sentences(reading: Reading) -> None:
    want = TEXT.replace("Ủ", "ủ") if reading == "tcvn3" else TEXT
    for surface in surfaces(encode(TEXT, reading)):
        assert convert_with_map(surface, reading).text == want
        assert guess(surface) == reading


def test_punctuation_between_letters_stays() -> None:
    assert convert("\x93Së Néi vô\x94 \x96 ph¸p chÕ\x85", "tcvn3") == "“Sở Nội vụ” – pháp chế…"
    assert convert("“Sôû Noäi vuï” – phaùp cheá…", "vni") == "“Sở Nội vụ” – pháp chế…"


def test_unicode_in_a_legacy_font_stays() -> None:
    for text in ("Dòng này đã là Unicode", "và", "tháng", "là tài", "Bà Hà", "chính sách"):
        assert convert(text, "tcvn3") == text
        assert convert(text, "vni") == text


def test_mixed_lines() -> None:
    assert (
        convert("Sè: 12/UBND\nSở Nội vụ nhận được\ncña ñy ban", "tcvn3")
        == "Số: 12/UBND\nSở Nội vụ nhận được\ncủa ủy ban"
    )


def test_vni_habits() -> None:
    assert convert("UÛy Uûy Aù aÙ aâù aùâ iù yï", "vni") == "Ủy Ủy Á á ấ ấ í ỵ"
    assert convert("hoaø thuaän, ngheøo, quyeån, giöõa", "vni") == "hoà thuận, nghèo, quyển, giữa"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("GI¸M §èC", "GIÁM ĐỐC"),
        ("TØNH H¶I", "TỈNH HẢI"),
        ("Së Y tÕ", "Sở Y tế"),
        ("ñy ban", "ủy ban"),
        ("Sè: 7/UB", "Số: 7/UB"),
    ],
)
def test_words_in_capitals_have_toned_capitals(typed: str, meant: str) -> None:
    assert convert(typed, "tcvn3") == meant


def test_lookalikes() -> None:
    assert convert("vμ cμng", "tcvn3") == "và càng"


@given(st.text(alphabet=st.sampled_from(LETTERS + "abcđn ,.\n"), max_size=60), st.sampled_from(READINGS))
def test_map(text: str, reading: Reading) -> None:
    surface = encode(text, reading).decode("latin-1")
    for given_text in (surface, unicodedata.normalize("NFD", surface)):
        found = convert_with_map(given_text, reading)
        at = offsets(found.source, len(found.text))
        assert at[0] == 0
        assert at[-1] == len(given_text)
        assert all(low < high for low, high in pairwise(at))
        for number, char in enumerate(found.text):  # each letter comes from its own bytes
            piece = given_text[at[number] : at[number + 1]]
            assert piece == char or convert_with_map(piece, reading).text.lower() in (char.lower(), piece.lower())


@given(st.text(max_size=80), st.sampled_from((*READINGS, "utf-8")))
def test_any_text(text: str, reading: Reading) -> None:
    found = convert_with_map(text, reading)
    at = offsets(found.source, len(found.text))
    assert at[-1] == len(text)
    assert all(low <= high for low, high in pairwise(at))
    guess(text)


@given(st.text(alphabet="aeêo\u0301\u0302\u0323 b", max_size=40))
def test_chain(text: str) -> None:
    lower = compose(text)
    upper = compose(lower.text.replace(" ", "e\u0301"))
    middle = offsets(upper.source, len(upper.text))
    below = offsets(lower.source, max(middle))
    joined = offsets(chain(upper.source, lower.source), len(upper.text))
    assert joined == [below[offset] for offset in middle]


def offsets(source: tuple[tuple[int, int], ...], length: int) -> list[int]:
    """Where each offset of a text of `length` came from."""
    distances = {offset: below - offset for offset, below in source}
    out, distance = [], 0
    for offset in range(length + 1):
        distance = distances.get(offset, distance)
        out.append(offset + distance)
    return out


@pytest.mark.parametrize("piece", ["ng", "ñ", "aù", "Ã", "á»", "\u0301", "a\u0301", "©"])
@pytest.mark.parametrize("reading", [*READINGS, "utf-8"])
def test_linear(piece: str, reading: Reading) -> None:
    start = time.process_time()
    convert_with_map(piece * 50_000 + "ñ", reading)
    guess(piece * 50_000 + "ñ")
    assert time.process_time() - start < 3  # a quadratic walk takes minutes
