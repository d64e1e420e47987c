"""What a file is seen to be, how files are opened, one document and many."""

from __future__ import annotations

import io
import subprocess
import sys
import types
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from makers import compound, docx, old_word, zipped

from vnadmin_nlp.errors import MissingExtraError, ReadError
from vnadmin_nlp.read.files import read_text, read_texts
from vnadmin_nlp.read.options import Limits, ReadOptions
from vnadmin_nlp.read.sniff import format_of
from vnadmin_nlp.schema.source import Failure, Format, SourceText

WORDS = "Kính gửi: Sở Nội vụ"
OOXML = "[Content_Types].xml"


@pytest.mark.parametrize(
    ("data", "name", "expected"),
    [
        (docx(WORDS), "a.doc", Format.DOCX),
        (zipped({OOXML: b"", "word/document.xml": b"", "word/vbaProject.bin": b""}), "a.docm", Format.DOCX),
        (old_word(), "a.docx", Format.DOC),
        (zipped({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b""}), "a.zip", Format.ODT),
        (zipped({"a.docx": docx(WORDS)}), "a.docx", Format.ZIP),
        (b"\xef\xbb\xbf{\\rtf1 a}", "a.doc", Format.RTF),
        (b"junk before\n%PDF-1.7\n", "a.txt", Format.PDF),
        (b"\x89PNG\r\n\x1a\n" + bytes(30), "a.docx", Format.IMAGE),
        (b"\xff\xd8\xff\xe0" + bytes(30), "a.pdf", Format.IMAGE),
        (b"RIFF\x10\0\0\0WEBPVP8 ", "a", Format.IMAGE),
        (b"<html><body>a</body></html>", "a.doc", Format.HTML),
        (b"\xef\xbb\xbf\r\n<!DOCTYPE html>\n<title>a</title>", "a.txt", Format.HTML),
        (b"<?xml version='1.0'?>\n<html xmlns='http://www.w3.org/1999/xhtml'>", "a.xml", Format.HTML),
        ("<html>".encode("utf-16"), "a.doc", Format.HTML),
        (b"<div align='center'>\n\n# a", "a.md", Format.MARKDOWN),
        (b"<p>a</p>", "a", Format.HTML),
        (b"Received: from b\r\nFrom: c@d\r\nSubject: e\r\n\r\nf", "a.txt", Format.EML),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n", "a.doc", Format.EML),
        (WORDS.encode(), "a.htm", Format.HTML),
        (WORDS.encode(), "a.markdown", Format.MARKDOWN),
        (WORDS.encode(), "a.eml", Format.EML),
        (WORDS.encode("utf-16-le"), "a", Format.TXT),
        ("KÝnh göi: Së Néi vô".encode("latin-1"), "a.xyz", Format.TXT),
        (b"Subject: to: from: nothing", "a", Format.TXT),
        (b"From the ministry: a letter\n\nFrom b", "a", Format.TXT),
        (b"MZ-12 and BZh are names", "a", Format.TXT),
        (b"From a@b Mon Jan  1 00:00:00 2024\nReceived: from b\nFrom: c@d\n\nf", "a", Format.EML),
    ],
)
def test_content_decides(data: bytes, name: str, expected: Format) -> None:
    assert format_of(data, name) is expected


@pytest.mark.parametrize(
    ("data", "name", "cause"),
    [
        (b"", "a.docx", "empty"),
        (zipped({OOXML: b"", "xl/workbook.xml": b""}), "a.docx", "Excel workbook .*save it as"),
        (zipped({OOXML: b"", "ppt/presentation.xml": b""}), "a.pptx", "PowerPoint"),
        (zipped({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}), "a.ods", "spreadsheet"),
        (zipped({"mimetype": b"application/epub+zip"}), "a.epub", "book"),
        (docx(WORDS)[:-400], "a.docx", "cut off"),
        (compound({"EncryptedPackage": b"a", "EncryptionInfo": b"b"}), "a.docx", "locked by a password"),
        (old_word(locked=True), "a.doc", "locked by a password"),
        (compound({"Workbook": b"a"}), "a.doc", "Excel"),
        (compound({"PowerPoint Document": b"a"}), "a.ppt", "PowerPoint"),
        (compound({"__properties_version1.0": b"a"}), "a.msg", "Outlook"),
        (compound({"Contents": b"a"}), "a.pub", "another program"),
        (old_word()[:600], "a.doc", "cut off or damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 2000, "a.doc", "cut off or damaged"),
        (b"Rar!\x1a\x07\x01\0", "a.rar", "rar archive; unpack it"),
        (b"MZ\x90\0\x03" + bytes(60), "van-ban.docx", "program"),
        (b"\0\0\0\x18ftypheic", "a.jpg", "HEIC"),
        (b"\x78\x9f\x3e\x22" + bytes(9), "winmail.dat", "winmail"),
        (bytes(range(256)) * 9, "a.bin", "unknown binary file .*what can be read is .docx"),
        (b'{"a": 1}', "a.json", "format='txt'"),
        (b"<?xml version='1.0'?><w:wordDocument xmlns:w='b'>", "a.doc", "Word 2003 XML"),
        (b"<?xml version='1.0'?><a/>", "a", "XML"),
        (b"From a@b Mon Jan  1 2024\nFrom: c\n\nd\n\nFrom a@b Mon Jan  1 2024\n", "a.mbox", "mbox"),
    ],
)
def test_what_is_no_document_is_named(data: bytes, name: str, cause: str) -> None:
    with pytest.raises(ReadError, match=cause) as caught:
        format_of(data, name)
    assert caught.value.name == name


def test_every_start_and_every_cut_of_a_file_is_a_format_or_an_error() -> None:
    for whole in (docx(WORDS), old_word(), zipped({"a.txt": b"b"})):
        for end in range(0, len(whole), max(1, len(whole) // 150)):
            for data in (whole[:end], whole[end:], whole[:end] + b"\xff" * 8 + whole[end + 8 :]):
                try:
                    format_of(data, "a")
                except ReadError as error:
                    assert error.cause


def test_format_of_the_caller() -> None:
    page = f"<p>{WORDS}</p>".encode()
    assert WORDS in read_text(page, format="html").text
    assert "<p>" in read_text(page, format=Format.TXT).text
    assert read_text(WORDS.encode(), format=".MD").format is Format.MARKDOWN
    with pytest.raises(ReadError, match="content is docx, not pdf"):
        read_text(docx(WORDS), format="pdf")
    with pytest.raises(ReadError, match="content is txt, not docx"):
        read_text(WORDS.encode(), format="docx")
    with pytest.raises(ReadError, match="content is docx, not txt"):
        read_text(docx(WORDS), format="txt")
    with pytest.raises(ValueError, match="one of txt, md"):
        read_text(b"a", format="word")


def test_ways_to_hand_over_a_file(tmp_path: Path) -> None:
    path = tmp_path / "Công văn.txt"
    path.write_text(WORDS, encoding="utf-8")
    with path.open("rb") as stream:
        sources: list[Any] = [path, str(path), path.read_bytes(), bytearray(path.read_bytes()), stream]
        texts = [read_text(source) for source in sources]
    assert {text.text.strip() for text in texts} == {WORDS}
    assert [text.name for text in texts] == [str(path)] * 2 + ["document"] * 2 + [str(path)]
    assert read_text(b"a", name="b.md").format is Format.MARKDOWN


def test_wrong_calls_raise(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("a")
    with path.open(encoding="utf-8") as stream, pytest.raises(TypeError, match="text mode"):
        read_text(stream)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="not int"):
        read_text(3)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="not int"):
        read_texts(3)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="not NoneType"):
        list(read_texts([b"a", None]))  # type: ignore[list-item]
    with pytest.raises(TypeError, match="text mode"):
        list(read_texts([io.StringIO("a")]))  # type: ignore[list-item]


def test_paths_that_cannot_be_opened(tmp_path: Path) -> None:
    for path, cause in (
        (tmp_path, "folder"),
        (tmp_path / "b", "cannot be opened"),
        ("a\0b", "cannot be opened"),
        ("Điều 1. Phạm vi\nĐiều 2. Đối tượng", "use parse"),
        ("b" * 5000, "cannot be opened"),
    ):
        with pytest.raises(ReadError, match=cause):
            read_text(path)
        [failure] = read_texts([path])
        assert isinstance(failure, Failure)
        assert (failure.stage, failure.error) == ("read", "ReadError")
        assert cause in failure.message


class Endless(io.RawIOBase):
    """A stream without end that counts what is taken from it."""

    taken = 0

    def read(self, size: int = -1) -> bytes:
        self.taken += size
        return b"a" * size


def test_large_files_are_not_taken_into_memory(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    with path.open("wb") as stream:
        stream.truncate(50_000_000_000)
    with pytest.raises(ReadError, match="more than 200000000 bytes"):
        read_text(path)
    endless = Endless()
    with pytest.raises(ReadError, match=r"raise Limits\(file_bytes"):
        read_text(endless, options=ReadOptions(limits=Limits(file_bytes=3_000_000)))  # type: ignore[arg-type]
    assert endless.taken == 3_000_001
    with pytest.raises(ReadError, match="more than 2 bytes"):
        read_text(b"abc", options=ReadOptions(limits=Limits(file_bytes=2)))


def _reader(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    """Let the reader of pictures fail."""

    def read_image(_: object) -> SourceText:
        raise error

    module = types.ModuleType("vnadmin_nlp.read.ocr")
    module.read_image = read_image  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "vnadmin_nlp.read.ocr", module)


PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(30)


@pytest.mark.parametrize(
    ("error", "cause"),
    [
        (ValueError("bad stripe"), "ValueError: bad stripe"),
        (RecursionError(), "too deep or too large"),
        (MemoryError(), "too deep or too large"),
    ],
)
def test_an_error_of_a_library_is_a_read_error(monkeypatch: pytest.MonkeyPatch, error: Exception, cause: str) -> None:
    _reader(monkeypatch, error)
    with pytest.raises(ReadError, match=cause) as caught:
        read_text(PICTURE, name="a.png")
    assert caught.value.__cause__ is error
    assert [type(one) for one in read_texts([b"a", PICTURE, b"b"])] == [SourceText, Failure, SourceText]


def test_a_missing_extra_names_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    _reader(monkeypatch, ImportError("no", name="PIL"))
    with pytest.raises(MissingExtraError, match=r"pip install 'vnadmin_nlp\[ocr\]'"):
        read_text(PICTURE)
    [failure] = read_texts(PICTURE)
    assert isinstance(failure, Failure)
    assert failure.error == "MissingExtraError"


def test_many_files_are_a_stream() -> None:
    asked = []

    def sources() -> Iterator[bytes]:
        for i in range(1000):
            asked.append(i)
            yield f"Câu {i}".encode()

    texts = read_texts(sources())
    assert not asked
    assert next(texts).name == "document 1"
    assert len(asked) == 1
    assert [one.text.strip() for one in texts if isinstance(one, SourceText)] == [f"Câu {i}" for i in range(1, 1000)]


def test_a_failure_stands_in_its_place(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(docx(WORDS))
    (tmp_path / "b.docx").write_bytes(docx(WORDS)[:500])
    (tmp_path / "c.txt").write_text("c")
    got = list(read_texts(sorted(tmp_path.iterdir())))
    assert [type(one) for one in got] == [SourceText, Failure, SourceText]
    assert got[1].name == str(tmp_path / "b.docx")
    assert len(list(read_texts(tmp_path / "a.docx"))) == 1


def test_libraries_are_imported_on_first_use() -> None:
    code = "import sys, vnadmin_nlp.read.files; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not {"lxml", "docx", "pypdfium2", "selectolax", "PIL", "charset_normalizer"} & set(loaded)
