"""Word files that are broken, locked, made to harm or something else: a ReadError that says so, or what is left."""

from __future__ import annotations

import io
import random
import time
import zipfile

import pytest
from word_files import RELS, TRANSITIONAL, cell, docx, kinds, lines, lvl, numbering, p, r, read, table, zipped

from vnadmin_nlp.errors import ReadError
from vnadmin_nlp.schema import BlockKind

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def cause(data: bytes, **limits: float) -> str:
    """The message of the error of reading `data`."""
    with pytest.raises(ReadError) as caught:
        read(data, "thu.docx", **limits)
    assert str(caught.value).startswith("thu.docx: ")
    return str(caught.value)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "password"),
        (OLE + "WordDocument".encode("utf-16-le"), "old Word file"),
        (b"%PDF-1.7 ...", "a PDF"),
        (b"\x89PNG\r\n\x1a\n....", "a picture (PNG)"),
        (b"\xff\xd8\xff\xe0....", "a picture (JPEG)"),
        (b"{\\rtf1 }", "an .rtf file"),
        (b"\xef\xbb\xbf <!DOCTYPE html><html></html>", "a web page"),
        (b"S\xe1\xbb\x9f N\xe1\xbb\x99i v\xe1\xbb\xa5", "no zip archive"),
        (zipped({"xl/workbook.xml": "<a/>"}), "an Excel workbook"),
        (zipped({"META-INF/manifest.xml": "<a/>", "content.xml": "<a/>"}), "an OpenDocument file"),
        (zipped({"a.txt": "x"}), "missing"),
    ],
)
def test_other_files(data: bytes, words: str) -> None:
    assert words in cause(data)


def test_cut_off_anywhere() -> None:
    data = docx(p("Một") * 50)
    for size in range(4, len(data), 97):
        assert "damaged" in cause(data[:size])


def test_any_byte_may_be_wrong() -> None:
    whole = docx(p("Một", num=(1, 0)) * 20 + table(["a", "b"]), numbering=numbering([lvl(0, "decimal", "%1.")]))
    chance = random.Random(7)
    for _ in range(300):
        data = bytearray(whole)
        for _ in range(chance.choice((1, 4, 40))):
            data[chance.randrange(len(data))] = chance.randrange(256)
        try:
            read(bytes(data))
        except ReadError:
            continue


@pytest.mark.parametrize(
    "document",
    [
        b"<?xml version='1.0' encoding='UTF-8'?><w:document xmlns:w='x'>\xff\xfe</w:document>",
        b"<?xml version='1.0' encoding='nonsense'?><a/>",
        b"<a>",
        b"",
        b"<?xml version='1.0' encoding='UTF-16'?><a/>",
    ],
)
def test_broken_xml(document: bytes) -> None:
    assert "word/document.xml: the XML is broken" in cause(docx("", files={"word/document.xml": document}))


def test_no_body() -> None:
    assert "no text body" in cause(docx("", files={"word/document.xml": "<a/>"}))


BOMB = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
DOCTYPES = {
    "entities in entities": f'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a0 "ha">{BOMB}]><a>&a11;</a>',
    "a file": '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
    "a DTD elsewhere": '<!DOCTYPE a SYSTEM "http://127.0.0.1:9/a.dtd"><a/>',
}


@pytest.mark.parametrize("name", DOCTYPES)
@pytest.mark.parametrize("code", ["utf-8", "utf-16"])
def test_entities(name: str, code: str) -> None:
    xml = DOCTYPES[name].encode(code)
    assert "declares entities" in cause(docx("", files={"word/document.xml": xml}))
    source = read(docx(p("Một"), styles="", files={"word/styles.xml": xml}))
    assert [diagnostic.code for diagnostic in source.diagnostics] == ["docx.part_broken"]


def test_bombs() -> None:
    zeros = "<a>" + " " * 30_000_000 + "</a>"
    assert "times larger" in cause(docx("", files={"word/document.xml": zeros}))
    assert "times larger" in cause(docx(p("Một"), files={"word/media/a.bin": zeros}))
    assert "once unpacked" in cause(docx(p("Một")), expanded_bytes=1000)
    assert "parts" in cause(docx(p("Một"), files={f"a{n}": "" for n in range(50)}), members=50)
    assert "bytes" in cause(docx(p("Một")), file_bytes=100)
    assert "seconds" in cause(docx("".join(p(f"{n}") for n in range(3000))), seconds=1e-9)


def test_sizes_that_lie() -> None:
    data = bytearray(docx(p("Một" * 1000)))
    at = data.find(b"PK\x01\x02", data.find(b"PK\x01\x02") + 1)
    while data[at + 46 : at + 63] != b"word/document.xml":
        at = data.find(b"PK\x01\x02", at + 4)
    data[at + 24 : at + 28] = (20).to_bytes(4, "little")
    assert "word/document.xml" in cause(bytes(data))


def test_locked_member() -> None:
    data = bytearray(docx(p("Một")))
    at = data.find(b"PK\x01\x02")
    data[at + 8] |= 1
    assert "password" in cause(bytes(data))


def test_names_that_lead_out_of_the_archive() -> None:
    assert lines(p("Một"), files={"../../etc/x": "a", "/abs": "b", "word/../../y": "c"}) == ["Một"]


def test_links_are_not_followed() -> None:
    link = f'<Relationship Id="{{}}" Type="{TRANSITIONAL}/officeDocument/2006/relationships/{{}}" '
    links = link.format("h", "header") + 'Target="http://127.0.0.1:9/h.xml" TargetMode="External"/>'
    links += link.format("t", "attachedTemplate") + 'Target="file:///etc/passwd" TargetMode="External"/>'
    links += link.format("s", "styles") + 'Target="../../../etc/passwd"/>'
    section = '<w:headerReference w:type="default" r:id="h"/>'
    rels = f'<Relationships xmlns="{RELS}">{links}</Relationships>'
    source = read(docx(p("Một"), section=section, files={"word/_rels/document.xml.rels": rels}))
    assert source.text == "Một\n"
    assert [diagnostic.code for diagnostic in source.diagnostics] == ["docx.part_missing"]


def test_macros_are_ignored() -> None:
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName='
        '"/word/document.xml" ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>'
    )
    assert lines(p("Một"), files={"[Content_Types].xml": types, "word/vbaProject.bin": OLE}) == ["Một"]


def test_parts_under_other_names() -> None:
    whole = zipfile.ZipFile(io.BytesIO(docx(p("Một", num=(1, 0)), numbering=numbering([lvl(0, "decimal", "%1.")]))))
    members = {name.replace("/", "\\").upper(): whole.read(name) for name in whole.namelist()}
    assert read(zipped(members)).text == "1. Một\n"


def test_lost_parts() -> None:
    body = p("Một", num=(1, 0)) + p("Hai", '<w:r><w:footnoteReference w:id="1"/></w:r>')
    section = '<w:headerReference w:type="default" r:id="header1"/>'
    parts = {"numbering": "", "footnotes": "", "styles": "", "header1": ""}
    for broken, code in ((b"<a", "docx.part_broken"), (None, "docx.part_missing")):
        whole = zipfile.ZipFile(io.BytesIO(docx(body, section=section, **parts)))
        members: dict[str, bytes | str] = {name: whole.read(name) for name in whole.namelist()}
        for name in parts:
            del members[f"word/{name}.xml"]
            if broken is not None:
                members[f"word/{name}.xml"] = broken
        source = read(zipped(members))
        assert source.text == "Một\nHai\n"
        assert [diagnostic.code for diagnostic in source.diagnostics] == [code] * 4


def test_strict_ooxml() -> None:
    whole = zipfile.ZipFile(io.BytesIO(docx(p("Một", num=(1, 0)), numbering=numbering([lvl(0, "decimal", "%1.")]))))
    strict = "http://purl.oclc.org/ooxml"
    members = {}
    for name in whole.namelist():
        text = whole.read(name).decode()
        text = text.replace(f"{TRANSITIONAL}/wordprocessingml/2006/main", f"{strict}/wordprocessingml/main")
        text = text.replace(f"{TRANSITIONAL}/officeDocument/2006/", f"{strict}/officeDocument/")
        members[name] = text
    assert read(zipped(members)).text == "1. Một\n"


def test_numbers_beyond_reason() -> None:
    huge = "9" * 30
    wide = cell("a", f'<w:gridSpan w:val="{huge}"/>')
    below = cell("b", '<w:gridSpan w:val="-4"/>')
    row = f'<w:tr><w:trPr><w:gridBefore w:val="{huge}"/></w:trPr>{cell("TT")}{wide}{below}</w:tr>'
    body = f"<w:tbl>{row * 3}</w:tbl>" + p("x", num=(1, 0)) + p("y", num=(1, 0))
    xml = numbering([lvl(0, "lowerLetter", "%1)").replace('w:val="1"', f'w:val="{huge}"', 1)])
    found = lines(body + p(f'<w:r><w:sym w:font="A" w:char="{huge}"/></w:r>'), numbering=xml)
    assert len(found) == 5
    assert all(len(line) < 300 for line in found)


def test_alternatives_without_one() -> None:
    none = "<mc:AlternateContent/>"
    body = f"{none}{p('a', none, f'<w:r>{none}<w:pict>{none}</w:pict></w:r>')}"
    assert lines(body) == ["a"]


def seconds(data: bytes) -> float:
    start = time.process_time()
    read(data, expansion=100_000)
    return time.process_time() - start


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(lambda n: "".join(p(f"Đoạn {k}", num=(1, k % 3)) for k in range(n)), id="paragraphs"),
        pytest.param(lambda n: p(*(r(f"chữ {k} ") for k in range(n))), id="runs of one look"),
        pytest.param(lambda n: p(*(r(f"chữ {k} ", "<w:b/>" * (k % 2)) for k in range(n))), id="runs"),
        pytest.param(lambda n: p(*(f"{r('a')}<w:r><w:tab/><w:br/></w:r>" for _ in range(n))), id="tabs and breaks"),
        pytest.param(lambda n: table(*([f"{k}", "a", "b"] for k in range(n)), borders=True), id="rows"),
        pytest.param(lambda n: table([p("a") * n, p(NOTED) * (n // 4)]), id="cells"),
        pytest.param(lambda n: p("a", props="<w:rPr><w:del/></w:rPr>") * n, id="deleted ends"),
        pytest.param(lambda n: p('<w:r><w:fldChar w:fldCharType="begin"/></w:r>') * n, id="fields"),
        pytest.param(lambda n: p(NOTED * n), id="calls of notes"),
        pytest.param(lambda n: p("a\t" + "<w:r><w:t>b</w:t><w:tab/></w:r>") * n, id="paragraphs with tabs"),
    ],
)
def test_time_is_linear(make) -> None:  # type: ignore[no-untyped-def]
    xml = {
        "numbering": numbering([lvl(at, "decimal", f"%{at + 1}.") for at in range(3)]),
        "footnotes": '<w:footnote w:id="1"><w:p/></w:footnote>',
    }
    small, large = (docx(make(n), **xml) for n in (1500, 12_000))
    seconds(small)
    assert seconds(large) < 24 * max(min(seconds(small), seconds(small)), 0.01)


NOTED = '<w:r><w:footnoteReference w:id="1"/></w:r>'


def test_a_hundred_thousand_paragraphs() -> None:
    source = read(docx("".join(p(f"Đoạn {k}") for k in range(100_000))))
    assert len(source.blocks) == 100_000


DEEP = {
    "tables": lambda n: "<w:tbl><w:tr><w:tc>" * n + p("đáy") + "</w:tc></w:tr></w:tbl>" * n,
    "marks": lambda n: "<w:p>" + "<w:smartTag>" * n + r("đáy") + "</w:smartTag>" * n + "</w:p>",
    "boxes": lambda n: "<w:p><w:r><w:pict><w:txbxContent>" * n + p("đáy") + "</w:txbxContent></w:pict></w:r></w:p>" * n,
    "formulas": lambda n: "<w:p><m:oMath>" + "<m:e>" * n + "<m:t>đáy</m:t>" + "</m:e>" * n + "</m:oMath></w:p>",
    "controls": lambda n: "<w:sdt><w:sdtContent>" * n + p("đáy") + "</w:sdtContent></w:sdt>" * n,
}


@pytest.mark.parametrize("name", DEEP)
def test_nesting(name: str) -> None:
    assert read(docx(DEEP[name](20))).text.strip() == "đáy"
    with pytest.raises(ReadError):
        read(docx(DEEP[name](2000)))


def test_deepest_nesting_that_is_xml() -> None:
    for name in DEEP:
        for depth in range(20, 260, 20):
            try:
                read(docx(DEEP[name](depth)))
            except ReadError:
                break


def test_boxes_say_what_they_are_at_any_depth() -> None:
    source = read(docx(table([DEEP["boxes"](2) + p("a"), p("b")])))
    assert (BlockKind.TEXT_BOX, "đáy") in kinds(source)
