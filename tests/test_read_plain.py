"""Text files: encodings told apart, damaged and mixed files, what is no text, lines as places."""

from __future__ import annotations

import codecs
import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from legacy_bytes import TABLES, encode

import vnadmin_nlp
from vnadmin_nlp import parse
from vnadmin_nlp.errors import ReadError
from vnadmin_nlp.read.document import Document
from vnadmin_nlp.read.options import ReadOptions
from vnadmin_nlp.read.plain import read_markdown, read_txt
from vnadmin_nlp.schema import Span
from vnadmin_nlp.schema.source import Format, SourceText

TEXT = """ỦY BAN NHÂN DÂN
TỈNH ĐỒNG HẢI
Số: 418/UBND-TH

Kính gửi: Sở Giáo dục và Đào tạo.

1. Giao Sở Giáo dục và Đào tạo chủ trì, phối hợp với Sở Nội vụ rà soát số lượng giáo viên; báo cáo Uỷ ban nhân dân
tỉnh trước ngày 20 tháng 9 năm 2025.
2. Ủy ban nhân dân các xã, phường sửa chữa trường lớp đã xuống cấp, không để ảnh hưởng năm học mới./.
"""
WIDE = ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
MARKS = {
    "utf-8": codecs.BOM_UTF8,
    "utf-16-le": codecs.BOM_UTF16_LE,
    "utf-16-be": codecs.BOM_UTF16_BE,
    "utf-32-le": codecs.BOM_UTF32_LE,
    "utf-32-be": codecs.BOM_UTF32_BE,
}


def read(data: bytes) -> SourceText:
    return read_txt(Document(data, "a.txt", ReadOptions()))


def codes(source: SourceText) -> list[str]:
    return [note.code for note in source.diagnostics]


@pytest.mark.parametrize("encoding", MARKS)
def test_unicode(encoding: str) -> None:
    for data in (MARKS[encoding] + TEXT.encode(encoding), TEXT.encode(encoding)):
        source = read(data)
        assert (source.text, source.encoding, source.diagnostics, source.source) == (TEXT, encoding, (), ())
    apart = unicodedata.normalize("NFD", TEXT)
    assert read(apart.encode(encoding)).text == apart


@pytest.mark.parametrize("encoding", ["tcvn5712", "vni", "viscii", "windows-1258"])
def test_bytes_before_unicode(encoding: str) -> None:
    source = read(encode(TEXT, encoding))
    assert (source.text, source.encoding, codes(source)) == (TEXT, encoding, ["text.converted"])
    source = read(encode(TEXT, encoding).decode("latin-1").encode())
    assert (source.text, source.encoding, codes(source)) == (TEXT, encoding, ["text.converted"])


def test_tcvn3_has_no_capitals_with_tones() -> None:
    data = encode(TEXT, "tcvn3")
    for source in (read(data), read(data.decode("cp1252").encode()), read(data.decode("latin-1").encode("utf-16"))):
        assert source.encoding == "tcvn3"
        assert source.text.lower() == TEXT.lower()
    numbers = [parse(read(data).text).header.number, parse(TEXT).header.number]
    assert numbers[0] == numbers[1] is not None


@pytest.mark.parametrize("encoding", ["tcvn3", "vni", "viscii", "windows-1258"])
@pytest.mark.parametrize(
    "line", ["Số: 12/QĐ-UBND", "giao Sở Tài chính chủ trì", "trước ngày 15 tháng 4", "của Chính phủ"]
)
def test_one_line(encoding: str, line: str) -> None:
    source = read(encode(line, encoding))
    assert (source.encoding, source.text) == (encoding, line)


@pytest.mark.parametrize("text", ["Đồng chí phụ trách Sở Nội vụ đã ký", TEXT])
def test_encoded_twice(text: str) -> None:
    windows = "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in text.encode())
    for wrong in (windows, text.encode().decode("latin-1")):
        source = read(wrong.encode())
        assert (source.text, source.encoding, codes(source)) == (text, "utf-8", ["text.converted"])
        number = text.index("Sở Nội")
        (place,) = source.locate(Span(start=number, end=number + 6))
        assert place.source is not None
        assert wrong[slice(*place.source)].encode("latin-1", "ignore") in "Sở Nội".encode() or wrong == windows


@pytest.mark.parametrize(
    "text",
    [
        "La Société générale a été créée à Paris ; déjà vue, façade, garçon, où l'été est agréable à Noël.",
        "Où est-il ?",
        "Straße über Köln für Männer größer",
        "The “quoted” words – and dashes…",
        "El niño español dijo: mañana será otro día",
        "© 2024 Company Ltd. Prices in £ and €; 20 °C; § 5; 30 m²",
    ],
)
def test_western_languages(text: str) -> None:
    for data in (text.encode("cp1252"), text.encode()):
        source = read(data)
        assert source.text == text
        assert "text.converted" not in codes(source)
    assert read(text.encode("cp1252")).encoding == "windows-1252"


def test_other_languages_are_guessed_and_reported() -> None:
    text = "Правительство Российской Федерации постановляет утвердить прилагаемые правила"
    source = read(text.encode("cp1251"))
    assert (source.text, codes(source)) == (text, ["text.encoding_guessed"])
    assert source.encoding is not None
    assert source.encoding in source.diagnostics[0].message


def test_unicode_text_with_signs_is_not_converted() -> None:
    text = f"{TEXT}\nDiện tích 30 m², giá £5, ©, ±2 °C, µ, ÷, §\nBà Hà\ntháng\n÷\t÷\t÷\n"
    assert read(text.encode()).text == text
    assert read(text.encode()).encoding == "utf-8"


def test_mixed_files() -> None:
    legacy = encode("Của Sở Nội vụ nhận được công văn số 12, đề nghị trả lời\n", "tcvn3")
    old = "Của Sở Nội vụ nhận được công văn số 12, đề nghị trả lời\n"
    for data in (
        TEXT.encode() * 20 + legacy,
        TEXT.encode() + legacy * 3,  # bytes of two programs in one file
        (TEXT + (legacy * 3).decode("latin-1")).encode(),  # the same saved as UTF-8
    ):
        source = read(data)
        assert source.encoding == "tcvn3"
        assert source.text.replace(TEXT, "") in (old * 3, old)


def test_damaged_utf8_is_read_and_reported() -> None:
    data = TEXT.encode()
    at = data.index(b"418")
    source = read(data[:at] + b"\x93\xff" + data[at:] + "ố".encode()[:2])
    assert source.text == TEXT.replace("418", "\ufffd\ufffd418") + "\ufffd"
    (note,) = source.diagnostics
    assert note.code == "text.bad_bytes"
    assert "3 characters" in note.message
    assert f"byte {at}" in note.message
    assert codes(read(TEXT.encode("utf-16-le")[:-1])) == ["text.bad_bytes"]


def test_empty() -> None:
    for data in (b"", codecs.BOM_UTF8, codecs.BOM_UTF16_LE):
        source = read(data)
        assert source.text == ""
    assert [note.code for note in parse("").diagnostics] == ["text.empty"]


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"PK\x03\x04rest", "zip"),
        (b"%PDF-1.7\n", "PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "Office"),
        (b"{\\rtf1\\ansi}", "rich text"),
        (b"\x89PNG\r\n\x1a\n" + bytes(40), "PNG"),
        (bytes(range(32)) * 40, "control"),
        (bytes(1000), "control"),
        (b"\x01\x00\x00\x00\x7f\x45\x00\x10" * 200, "control"),
    ],
)
def test_what_is_no_text(data: bytes, word: str) -> None:
    with pytest.raises(ReadError, match=word) as caught:
        read(data)
    assert str(caught.value).startswith("a.txt: ")


def test_a_zero_byte_does_not_make_a_text_binary() -> None:
    data = TEXT.encode().replace(b"418", b"4\x0018")
    assert read(data).text == TEXT.replace("418", "4\x0018")


@given(st.binary(max_size=400))
def test_any_bytes(data: bytes) -> None:
    try:
        source = read(data)
    except ReadError:
        return
    assert isinstance(source.text, str)
    parse(source.text)


@given(st.sampled_from(["tcvn3", "vni", "viscii", "windows-1258"]), st.integers(0, 200), st.binary(max_size=4))
def test_any_damage(encoding: str, at: int, noise: bytes) -> None:
    data = encode(TEXT, encoding)
    try:
        source = read(data[:at] + noise + data[at:])
    except ReadError as error:  # the noise is the beginning of another kind of file
        assert at == 0, error
    else:
        assert "2. " in source.text


def test_lines_are_places() -> None:
    for ending in ("\n", "\r\n", "\r"):
        text = TEXT.replace("\n", ending)
        source = read(text.encode())
        number = parse(text).header.number
        assert number is not None
        (place,) = source.locate(number)
        assert (place.line, text[place.start : place.end]) == (3, "418/UBND-TH")
        start = text.index("1. Giao")
        places = source.locate(Span(start=start, end=text.index("2. Ủy")))
        assert [place.line for place in places] == [7, 8]
        assert text[places[1].start : places[1].end] == "tỉnh trước ngày 20 tháng 9 năm 2025."


def test_places_in_the_bytes() -> None:
    data = encode(TEXT, "vni")
    source = read(data)
    number = parse(source.text).header.number
    assert number is not None
    (place,) = source.locate(number)
    assert place.source is not None
    assert data[slice(*place.source)] == b"418/UBND-TH"


def test_markdown() -> None:
    source = read_markdown(Document("**Số:** 12/QĐ-UBND".encode(), "a.md", ReadOptions()))
    assert (source.text, source.format, source.whole) == ("**Số:** 12/QĐ-UBND", Format.MARKDOWN, False)


@pytest.mark.parametrize("encoding", ["tcvn3", "vni", "viscii", "windows-1258", "utf-8"])
def test_large_files(encoding: str) -> None:
    data = (TEXT.encode() if encoding == "utf-8" else encode(TEXT, encoding)).replace(b"\n", b" ")
    times = []
    for count in (500, 2_000):
        start = time.process_time()
        read(data * count)
        times.append(time.process_time() - start)
    assert times[1] < 12 * max(times[0], 0.05)


def test_an_empty_file_is_refused_and_a_blank_one_is_an_empty_document() -> None:
    for name in ("a.txt", "a.md"):
        with pytest.raises(vnadmin_nlp.ReadError, match="the file is empty"):
            vnadmin_nlp.read(b"", name=name)
        assert {note.code for note in vnadmin_nlp.read(b"\n", name=name).diagnostics} == {"text.empty"}


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be", "tcvn5712", "viscii", "vni"])
def test_files_without_a_mark_are_texts(encoding: str) -> None:
    for text in (TEXT, "ỨNG DỤNG SỬ DỤNG", "Sở Nội vụ"):
        data = encode(text, encoding) if encoding in TABLES else text.encode(encoding)
        assert vnadmin_nlp.read_text(data).text == text


HEADS = {
    "lines of a cell": "| **UBND XÃ TÂN LỘC**<br>Số: 57/UBND-VX<br>V/v khám sức khoẻ "
    "| **CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM**<br>*Tân Lộc, ngày 6 tháng 3 năm 2024* |\n|---|---|\n",
    "cells on one line": "| UBND XÃ TÂN LỘC | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM |\n|:---|:---:|\n"
    "| Số: 57/UBND-VX V/v khám sức khoẻ | *Tân Lộc, ngày 6 tháng 3 năm 2024* |\n",
    "entities": "<b>UBND X&Atilde; T&Acirc;N L&#7896;C</b>\n\n<b>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</b>\n"
    "\nSố:&nbsp;57/UBND-VX\nV/v kh&aacute;m sức khoẻ\n\n<i>T&acirc;n Lộc, ngày 6 th&aacute;ng 3 năm 2024</i>\n",
    "images, comments, links": "<!-- trang 1 -->\n![](quoc-huy.png)\n\nUBND XÃ TÂN LỘC\n\n"
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    "\n\nSố: [57/UBND-VX](https://vb.example/57)\nV/v khám sức khoẻ\n\nTân Lộc, ngày 6 tháng 3 năm 2024\n",
}


@pytest.mark.parametrize("head", HEADS.values(), ids=HEADS)
def test_heads_as_converters_write_them(head: str) -> None:
    document = parse(head + "\nKính gửi: Trạm Y tế xã.\n\nĐề nghị Trạm Y tế xã chuẩn bị trước ngày 20/3/2024.\n")
    header = document.header
    assert header.issuer is not None
    assert header.issuer.text == "UBND XÃ TÂN LỘC"
    assert header.number is not None
    assert header.number.text == "57/UBND-VX"
    assert document.subject is not None
    assert document.subject.text == "khám sức khoẻ"
    assert header.date is not None
    assert header.date.value.isoformat() == "2024-03-06"
    assert [addressee.text for addressee in document.addressees] == ["Trạm Y tế xã"]
