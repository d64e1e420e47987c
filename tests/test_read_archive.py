"""Documents in archives and messages; archives and messages made to do harm."""

from __future__ import annotations

import base64
import io
import struct
import time
import tracemalloc
import zipfile
from email.message import EmailMessage
from pathlib import Path

import pytest
from makers import docx, zipped

from vnadmin_nlp.errors import ReadError
from vnadmin_nlp.read import unpack
from vnadmin_nlp.read.files import read_text, read_texts
from vnadmin_nlp.read.options import Limits, ReadOptions
from vnadmin_nlp.read.packed import Part, shown
from vnadmin_nlp.schema.source import Failure, Format, SourceText

WORDS = "Kính gửi: Sở Nội vụ"
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(30)
WORKBOOK = zipped({"[Content_Types].xml": b"", "xl/workbook.xml": b""})


def read_all(data: bytes, name: str = "a.zip", **limits: int) -> list[SourceText | Failure]:
    stream = io.BytesIO(data)
    stream.name = name  # type: ignore[attr-defined]
    return list(read_texts(stream, options=ReadOptions(ocr="never", limits=Limits(**limits))))


def messages(found: list[SourceText | Failure]) -> list[str]:
    return [one.message for one in found if isinstance(one, Failure)]


def texts(found: list[SourceText | Failure]) -> dict[str, str]:
    return {one.name: one.text.strip() for one in found if isinstance(one, SourceText)}


# Archives


def test_documents_of_an_archive_in_order() -> None:
    inner = zipped({"Phụ lục.txt": b"c", "x.xlsx": WORKBOOK})
    found = read_all(
        zipped({"thư mục/": b"", "thư mục/b.docx": docx(WORDS), "a.txt": b"a", "d.zip": inner, "e.md": b"# e"})
    )
    assert [one.name for one in found] == [
        "a.zip!thư mục/b.docx", "a.zip!a.txt", "a.zip!d.zip!Phụ lục.txt", "a.zip!d.zip!x.xlsx", "a.zip!e.md",
    ]  # fmt: skip
    assert texts(found)["a.zip!thư mục/b.docx"] == WORDS
    assert [one.format for one in found if isinstance(one, SourceText)][-1] is Format.MARKDOWN
    assert "Excel" in messages(found)[0]


def test_what_systems_leave_behind_is_no_document() -> None:
    left = ("__MACOSX/._a.txt", ".DS_Store", "b/Thumbs.db", "c\\desktop.ini", "~$van ban.docx", "d/._e")
    assert texts(read_all(zipped({**dict.fromkeys(left, b"x"), "a.txt": b"a"}))) == {"a.zip!a.txt": "a"}
    assert read_all(zipped({})) == []


def test_one_document_of_an_archive_is_the_archive() -> None:
    assert read_text(zipped({"b/c.docx": docx(WORDS)}), name="a.zip").name == "a.zip!b/c.docx"
    beside = read_text(zipped({"c.docx": docx(WORDS), "d.xlsx": WORKBOOK}), name="a.zip")
    assert beside.text.strip() == WORDS
    assert [one.code for one in beside.diagnostics] == ["file.not_read"]
    assert "a.zip!d.xlsx" in beside.diagnostics[0].message
    with pytest.raises(ReadError, match=r"several documents \(a.zip!a.txt, a.zip!b.txt, ...\); use read_texts"):
        read_text(zipped({"a.txt": b"a", "b.txt": b"b"}), name="a.zip")
    with pytest.raises(ReadError, match="no document"):
        read_text(zipped({}), name="a.zip")
    with pytest.raises(ReadError, match=r"a.zip!d.xlsx: .*Excel"):
        read_text(zipped({"d.xlsx": WORKBOOK}), name="a.zip")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("../../etc/passwd", "%2E%2E/%2E%2E/etc/passwd"),
        ("/etc/passwd", "%2Fetc/passwd"),
        ("C:\\Windows\\a.txt", "C%3A/Windows/a.txt"),
        ("a\\..\\b.txt", "a/%2E%2E/b.txt"),
        ("\\\\server\\a.txt", "%2F/server/a.txt"),
        ("a\n\u202etxt.docx", "a%0A%E2%80%AEtxt.docx"),
        ("a..b/...", "a..b/..."),
        ("Tờ trình 5%.docx", "Tờ trình 5%.docx"),
    ],
)
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_names_lead_nowhere(name: str, expected: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert shown(name) == expected
    found = read_all(zipped([(name, b"a"), (name, b"b")]))
    assert [one.name for one in found] == [f"a.zip!{expected}"] * 2
    assert [one.text.strip() for one in found if isinstance(one, SourceText)] == ["a", "b"]
    assert not list(tmp_path.iterdir())


def test_long_names_are_cut() -> None:
    assert len(shown("a" * 60_000 + ".docx")) <= 255
    assert shown("a" * 60_000 + ".docx").endswith("a.docx")


@pytest.mark.parametrize("code", ["utf-8", "cp1258", "cp437"])
def test_names_in_the_code_page_of_the_packer(code: str) -> None:
    name = {"utf-8": "Công văn đến.txt", "cp1258": "Công văn.txt", "cp437": "résumé.txt"}[code]
    data = zipped({"X" * len(name.encode(code)): b"a"}).replace(b"X" * len(name.encode(code)), name.encode(code))
    assert list(texts(read_all(data))) == [f"a.zip!{name}"]


def test_nesting_is_limited() -> None:
    data = zipped({"a.txt": b"a"})
    for _ in range(5):
        data = zipped({"z.zip": data, "b.txt": b"b"})
    found = read_all(data)
    assert list(texts(found)) == ["a.zip!z.zip!z.zip!b.txt", "a.zip!z.zip!b.txt", "a.zip!b.txt"]
    assert messages(found)[0].startswith("a.zip!z.zip!z.zip!z.zip: more than 3 archives")
    assert "a.zip!z.zip!z.zip!z.zip!z.zip!z.zip!a.txt" in texts(read_all(data, nesting=9))


def test_an_archive_of_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    """A quine: what it holds is itself."""
    monkeypatch.setattr(unpack, "members", lambda data, name, _: [Part(f"{name}!r.zip", data)])
    [message] = messages(read_all(zipped({"a": b"a"}), "r.zip"))
    assert message.startswith("r.zip!r.zip!r.zip!r.zip: more than 3 archives")


def test_bombs_are_not_unpacked() -> None:
    bomb = zipped({"a.txt": bytes(60_000_000)})
    layers = zipped({f"{i}.zip": zipped({f"{k}.zip": bomb for k in range(16)}) for i in range(16)})
    tracemalloc.start()
    found = read_all(layers)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert not texts(found)
    assert all("larger once unpacked" in message for message in messages(found))
    assert peak < 20_000_000
    [message] = messages(read_all(zipped({"a": bytes(10_000), "b": bytes(10_000)}), expanded_bytes=15_000))
    assert "more than 15000 bytes once unpacked; raise Limits(expanded_bytes" in message


def test_what_an_archive_says_of_its_sizes_may_be_a_lie() -> None:
    """A member that says it is small is unpacked no further than that; all of its bytes together no further than the
    limit, though each archive inside keeps it."""
    data = bytearray(zipped({"a.txt": bytes(50_000_000)}))
    at = data.rindex(b"PK\1\2")
    struct.pack_into("<I", data, at + 24, 1000)
    struct.pack_into("<I", data, 22, 1000)
    tracemalloc.start()
    [message] = messages(read_all(bytes(data)))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert "cannot be unpacked" in message
    assert peak < 10_000_000
    inner = zipped({"a.txt": b"ab " * 2000})
    found = read_all(zipped({f"{i}.zip": inner for i in range(9)}), expanded_bytes=20_000)
    assert len(texts(found)) == 3
    assert all("more than 20000 bytes" in message for message in messages(found))


def test_members_that_overlap() -> None:
    """The bomb that needs no nesting: many entries of the directory over one kernel of bytes."""
    data = zipped({"a.txt": b"words " * 1000})
    at = data.rindex(b"PK\1\2")
    entry, end = data[at:-22], data[-22:]
    count = 500
    end = end[:8] + struct.pack("<2HI", count, count, count * len(entry)) + end[16:]
    [message] = messages(read_all(data[:at] + entry * count + end))
    assert "members overlap" in message


def test_many_members() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for i in range(100_000):
            archive.writestr(zipfile.ZipInfo(f"{i}"), b"")
    begin = time.monotonic()
    [message] = messages(read_all(stream.getvalue()))
    assert "more than 20000 files in all" in message
    assert time.monotonic() - begin < 2
    found = read_all(zipped({f"{i}.zip": zipped({f"{k}.txt": b"a" for k in range(10)}) for i in range(5)}), members=30)
    assert len(texts(found)) == 20
    assert all("more than 30 files in all" in message for message in messages(found))


def test_members_that_cannot_be_had() -> None:
    data = bytearray(zipped({"a.txt": b"a", "b.txt": b"bb", "c.txt": b"ccc"}, zipfile.ZIP_STORED))
    places = [i for i in range(len(data)) if data[i : i + 4] == b"PK\1\2"]
    data[places[0] + 8] |= 1
    struct.pack_into("<H", data, places[1] + 10, 9)
    locked, method = messages(read_all(bytes(data)))
    assert "a.zip!a.txt: it is locked by a password" in locked
    assert "a.zip!b.txt" in method
    assert "deflate64" in method
    data[data.index(b"ccc")] = 0
    assert "a.zip!c.txt: it cannot be unpacked" in messages(read_all(bytes(data)))[2]


def test_a_damaged_archive_is_one_failure() -> None:
    whole = zipped({f"{i}.txt": b"abc" * i for i in range(20)})
    for cut in range(4, len(whole), 7):
        found = read_all(whole[:cut])
        assert len(found) == 1
        assert isinstance(found[0], Failure)
    for at in range(0, len(whole), 3):
        read_all(whole[:at] + b"\xff\xff" + whole[at + 2 :])


def test_nothing_is_written_beside_the_input(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "a.zip"
    path.write_bytes(zipped({"../b.txt": b"b", "c.docx": docx(WORDS), "d.zip": zipped({"e.txt": b"e"})}))
    before = {each: (each.stat().st_mtime_ns, each.read_bytes()) for each in tmp_path.rglob("*")}
    assert len(texts(list(read_texts(path)))) == 3
    assert {each: (each.stat().st_mtime_ns, each.read_bytes()) for each in tmp_path.rglob("*")} == before


def test_memory_does_not_grow_with_the_number_of_members() -> None:
    def peak(count: int) -> int:
        data = zipped({f"{i}.txt": b"Mot hai ba. " * 5_000 for i in range(count)})
        tracemalloc.start()
        for _ in read_texts(data):
            pass
        found = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return found

    peak(2)  # tables that are loaded once
    assert peak(60) < 1.2 * peak(10) + 100_000


# Messages


def mail(words: str | None = WORDS, *, page: str | None = None, **attached: bytes) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@b.vn", "c@d.vn", "Công văn"
    message["Message-ID"] = "<1@b.vn>"
    if words is not None:
        message.set_content(words)
    if page is not None:
        message.add_alternative(page, subtype="html")
    for name, data in attached.items():
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name.replace("_", "."))
    return message


def test_words_and_attachments_of_a_message() -> None:
    found = read_all(bytes(mail(b_docx=docx("Một"), c_zip=zipped({"d.txt": b"d"}), e_xlsx=WORKBOOK)), "a.eml")
    assert texts(found) == {"a.eml!body": WORDS, "a.eml!b.docx": "Một", "a.eml!c.zip!d.txt": "d"}
    assert [one.name for one in found if isinstance(one, Failure)] == ["a.eml!e.xlsx"]


def test_one_document_of_a_message() -> None:
    assert read_text(bytes(mail(b_docx=docx("Một"))), name="a.eml").text.strip() == "Một"
    assert read_text(bytes(mail()), name="a.eml").text.strip() == WORDS
    with pytest.raises(ReadError, match="several documents"):
        read_text(bytes(mail(b_txt=b"b", c_txt=b"c")))


def test_of_alternatives_the_page_is_taken() -> None:
    found = read_all(bytes(mail("plain", page=f"<p>{WORDS}</p>")), "a.eml")
    assert texts(found) == {"a.eml!body": WORDS}
    assert found[0].format is Format.HTML  # type: ignore[union-attr]
    assert read_all(bytes(mail(" \n", page="<p>&nbsp;</p>"))) == []


def test_letters_of_the_body() -> None:
    head = "MIME-Version: 1.0\nFrom: a@b\nContent-Type: text/plain; charset={}\n\n"
    known = {"windows-1258": "cp1258", "utf-8": "utf-8", "iso-8859-1": "latin-1", "x-none": "utf-8"}
    for charset, code in known.items():
        words = "Nam và n\u00e9t" if code != "utf-8" else WORDS
        assert texts(read_all(head.format(charset).encode() + words.encode(code)))["a.zip!body"] == words


def test_messages_in_messages() -> None:
    message = mail("0", a_txt=b"0")
    for i in range(1, 6):
        outer = mail(str(i))
        outer.add_attachment(message)
        message = outer
    found = read_all(bytes(message), "a.eml")
    assert list(texts(found).values()) == ["5", "4", "3"]
    assert "more than 3 archives and messages" in messages(found)[0]


def test_what_only_decorates_a_message_is_left_out() -> None:
    message = mail("a")
    message.add_related(PICTURE, "image", "png", cid="<logo>", filename="image001.png")
    message.add_attachment(b"x", maintype="application", subtype="pkcs7-signature", filename="smime.p7s")
    assert texts(read_all(bytes(message))) == {"a.zip!body": "a"}
    assert messages(read_all(bytes(message))) == []


def test_parts_that_are_not_read_are_told() -> None:
    tnef = mail("a", winmail_dat=b"\x78\x9f\x3e\x22" + bytes(40))
    assert "winmail" in messages(read_all(bytes(tnef)))[0]
    locked = b"MIME-Version: 1.0\nFrom: a@b\nContent-Type: application/pkcs7-mime; name=smime.p7m\n\nAAAA\n"
    assert "encrypted or signed" in messages(read_all(locked))[0]


def test_names_of_attachments() -> None:
    head = "MIME-Version: 1.0\nFrom: a@b\nContent-Type: multipart/mixed; boundary=X\n\n"
    part = "--X\nContent-Type: text/plain\nContent-Disposition: attachment; filename{}\n\na\n"
    names = ['="=?utf-8?b?{}?="'.format(base64.b64encode("Tờ trình.txt".encode()).decode()), "*=utf-8''T%E1%BB%9D.txt",
             '="../../a.txt"', ""]  # fmt: skip
    data = (head + "".join(map(part.format, names)) + "--X--\n").encode()
    assert list(texts(read_all(data, "m.eml"))) == [
        "m.eml!Tờ trình.txt", "m.eml!Tờ.txt", "m.eml!%2E%2E/%2E%2E/a.txt", "m.eml!part-1",
    ]  # fmt: skip


def test_a_web_page_saved_as_one_file() -> None:
    page = base64.b64encode(f"<html><body><p>{WORDS}</p></body></html>".encode()).decode()
    data = (
        "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=X\n\n"
        "--X\nContent-Type: text/html; charset=utf-8\n"
        f"Content-Transfer-Encoding: base64\n\n{page}\n--X\nContent-Type: image/png\n\nx\n--X--\n"
    ).encode()
    found = read_text(data, name="a.doc")
    assert (found.text.strip(), found.name, found.format) == (WORDS, "a.doc", Format.HTML)


@pytest.mark.parametrize("depth", [200, 900, 10_000])
def test_parts_inside_each_other(depth: int) -> None:
    lines = ["MIME-Version: 1.0", "From: a@b"]
    for i in range(depth):
        lines += [f"Content-Type: multipart/mixed; boundary=B{i}x", "", f"--B{i}x"]
    begin = time.monotonic()
    found = read_all("\n".join([*lines, "Content-Type: text/plain", "", "a"]).encode(), "a.eml")
    assert time.monotonic() - begin < 10
    assert len(found) == 1


def test_a_message_of_many_parts() -> None:
    head = "MIME-Version: 1.0\nFrom: a@b\nContent-Type: multipart/mixed; boundary=X\n\n"
    part = "--X\nContent-Type: application/x\nContent-Disposition: attachment\n\na\n"
    assert "more than 20000 files in all" in messages(read_all((head + part * 30_000 + "--X--").encode(), "a.eml"))[-1]


def test_damaged_messages_never_raise() -> None:
    whole = bytes(mail("a", page="<p>b</p>", c_docx=docx("c"), d_zip=zipped({"e": b"e"})))
    for cut in range(0, len(whole), 211):
        read_all(whole[:cut], "a.eml")
        read_all(whole[:cut] + b"\xff\0=?utf-8?b?" + whole[cut + 9 :], "a.eml")
