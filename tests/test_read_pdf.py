"""PDF files: text layers of every kind, what annotations show, signatures, and files that are broken or hostile."""

from __future__ import annotations

import datetime as dt
import re
import time
import unicodedata
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from asn1crypto import algos, cms, core, keys, x509
from pdf_files import HELVETICA, pdf, stream, text, written

from vnadmin_nlp.errors import ReadError
from vnadmin_nlp.read import Limits, ReadOptions, read_text
from vnadmin_nlp.read.document import Document
from vnadmin_nlp.read.pdf import read_pdf
from vnadmin_nlp.schema.source import BlockKind, Box, SourceText, TextLayer

FILES = Path(__file__).parent / "files" / "pdf"


def read(data: bytes, **limits: Any) -> SourceText:
    options = ReadOptions(ocr="never", limits=Limits(**limits))
    return read_pdf(Document(data, "test.pdf", options))


def read_file(name: str) -> SourceText:
    return read((FILES / f"{name}.pdf").read_bytes())


def of_kind(source: SourceText, kind: BlockKind) -> list[str]:
    return [source.text[block.start : block.end] for block in source.blocks if block.kind is kind]


def column(source: SourceText, table: int, number: int) -> list[str]:
    return [
        source.text[block.start : block.end]
        for block in source.blocks
        if block.kind is BlockKind.COLUMN and (block.table, block.column) == (table, number)
    ]


def codes(source: SourceText) -> list[str]:
    return [diagnostic.code for diagnostic in source.diagnostics]


# Documents printed by an office program


def test_head_of_two_rows_and_columns() -> None:
    letter = read_file("letter")
    assert column(letter, 0, 0) == [
        "UBND TỈNH HÒA LẠC",
        "SỞ TÀI CHÍNH",
        "Số: 415/STC-QLNS",
        "V/v đôn đốc quyết toán kinh phí sửa",
        "chữa trụ sở năm 2025",
    ]
    assert column(letter, 0, 1)[-2:] == ["Độc lập - Tự do - Hạnh phúc", "Hòa Lạc, ngày 09 tháng 6 năm 2025"]


def test_wrapped_lines_are_paragraphs() -> None:
    paragraphs = of_kind(read_file("letter"), BlockKind.PARAGRAPH)
    assert paragraphs[0] == "Kính gửi: Các phòng, đơn vị thuộc Sở."
    assert paragraphs[1].startswith("Thực hiện Kế hoạch") and paragraphs[1].endswith("đơn vị thực hiện:")
    assert [words.split(".")[0] for words in paragraphs[2:16]] == [str(number) for number in range(1, 15)]


def test_code_broken_at_a_line_end_is_one_word() -> None:
    assert "số 1207/TB-UBND-KTTH-NCPC ngày" in read_file("letter").text


def test_raised_figure_stays_with_its_unit() -> None:
    assert "1.200 m2, báo cáo" in read_file("letter").text


def test_signer_alone_on_the_next_page_is_in_the_right_column() -> None:
    letter = read_file("letter")
    assert column(letter, 1, 0) == ["Nơi nhận:", "- Như trên;", "- Giám đốc Sở;", "- Lưu: VT, QLNS."]
    assert column(letter, 1, 1) == ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Trần Thị Mai Lan"]


def test_page_numbers_and_running_heads() -> None:
    assert of_kind(read_file("letter"), BlockKind.RUNNING) == ["Trang 1/2", "Trang 2/2"]
    head = "Kế hoạch chuyển đổi số năm 2025"
    assert of_kind(read_file("plan"), BlockKind.RUNNING) == [head, "- 1 -", head, "- 2 -"]


def test_title_of_several_lines_is_one_paragraph() -> None:
    paragraphs = of_kind(read_file("plan"), BlockKind.PARAGRAPH)
    assert paragraphs[0] == "KẾ HOẠCH"
    assert paragraphs[1].startswith("Triển khai nền tảng") and paragraphs[1].endswith("giai đoạn 2025 - 2027")
    assert len(paragraphs) == 24


def test_bold_words() -> None:
    plan = read_file("plan")
    bold = [plan.text[start:end].strip() for start, end in plan.bold]
    assert "1. Nội dung thứ 1" in bold and not any("Phòng Văn hóa" in words for words in bold)


def test_ruled_table_over_pages_has_its_head_once() -> None:
    rows = read_file("tasks").tables()[0]
    assert rows[0] == ["STT", "Nội dung nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời hạn"]
    assert [row[0] for row in rows[1:]] == [str(number) for number in range(1, 15)]
    assert rows[3][1].startswith("Xây dựng đề án thứ 3 về") and rows[3][1].endswith("phê duyệt theo quy định")


def test_table_without_its_side_borders() -> None:
    assert read_file("tasks").tables()[1] == [
        ["Nguồn", "Số tiền"],
        ["Ngân sách tỉnh", "1.500"],
        ["Ngân sách huyện", "700"],
    ]


def test_table_without_borders() -> None:
    rows = read_file("tasks").tables()[2]
    assert rows[1] == ["2. Bà Hồ Thị Thu", "Trưởng phòng Cải cách hành chính", "Tổ phó"]
    assert len(rows) == 3


def test_two_and_three_signers_beside_each_other() -> None:
    minutes = read_file("signers")
    assert [column(minutes, 1, side) for side in (0, 1)] == [
        ["ĐẠI DIỆN BÊN GIAO", "Ngô Văn Hải"],
        ["ĐẠI DIỆN BÊN NHẬN", "Vũ Thị Ánh"],
    ]
    assert [column(minutes, 2, side) for side in (0, 1, 2)] == [
        ["NGƯỜI LẬP", "Đinh Thị Hoa"],
        ["KẾ TOÁN TRƯỞNG", "Lý Văn Bình"],
        ["GIÁM ĐỐC", "Phan Quốc Việt"],
    ]
    assert "BIÊN BẢN" in of_kind(minutes, BlockKind.PARAGRAPH)


def test_every_word_has_its_box() -> None:
    plan = read_file("plan")
    assert [(word.start, plan.text[word.start : word.end]) for word in plan.words] == [
        (match.start(), match[0]) for match in re.finditer(r"\S+", plan.text)
    ]
    letter = read_file("letter")
    at = letter.text.index("415/STC")
    word = next(word for word in letter.words if word.start == at)
    assert word.page == 1 and 100 < word.box.left < word.box.right < 300 and 50 < word.box.top < word.box.bottom < 150


# Text layers


def test_words_by_position_not_by_the_order_they_are_drawn_in() -> None:
    source = read(pdf([text(72, 700, "second line") + text(100, 720, "line") + text(72, 720, "First")]))
    assert source.text.split("\n")[:2] == ["First line", "second line"]


def test_rotated_page() -> None:
    page = "/MediaBox [0 0 842 595] /Rotate 90"
    turned = "BT /F1 12 Tf 0 1 -1 0 100 72 Tm (First line) Tj ET"
    upside_down = read(pdf([text(72, 500, "First line")], page="/MediaBox [0 0 842 595] /Rotate 180"))
    assert upside_down.text.strip() == "First line" and upside_down.pages[0].width == pytest.approx(842)
    source = read(pdf([turned], page=page))
    assert source.text.strip() == "First line"
    assert source.pages[0].width == pytest.approx(595)
    box = source.words[0].box
    assert box.left == pytest.approx(72, abs=2) and box.bottom < 130


def test_text_drawn_twice_to_look_bold() -> None:
    twice = text(72, 700, "Chapter one a") + text(72.4, 700, "Chapter one a")
    assert read(pdf([twice])).text.strip() == "Chapter one a"


def test_text_outside_the_crop_box_is_left_out() -> None:
    page = "/MediaBox [0 0 595 842] /CropBox [50 50 545 792]"
    source = read(pdf([text(60, 700, "inside") + text(5, 20, "printer mark")], page=page))
    assert source.text.strip() == "inside" and source.words[0].box.left == pytest.approx(10, abs=1)


def test_slanted_watermark_is_no_part_of_the_text() -> None:
    slanted = "BT /F1 40 Tf 0.7 0.7 -0.7 0.7 150 300 Tm (WATERMARK) Tj ET"
    source = read(pdf([slanted + text(72, 700, "First line of text")]))
    assert of_kind(source, BlockKind.RUNNING) == ["WATERMARK"]
    assert of_kind(source, BlockKind.PARAGRAPH) == ["First line of text"]


def test_words_struck_through_are_left_out() -> None:
    line = "0.5 w 101 703.5 m 146 703.5 l S "
    underline = "0.5 w 72 698 m 300 698 l S "
    source = read(pdf([text(72, 700, "Keep deleted this word") + line + underline]))
    assert "deleted" not in source.text and source.text.startswith("Keep") and "this word" in source.text
    assert codes(source) == ["pdf.struck_out"]


def test_the_line_that_strikes_words_is_no_rule_above_footnotes() -> None:
    lines = ["1. Keep this line, that goes on", "struck words here now", "2. The second item.", "3. The third one."]
    drawn = [text(72, 400 - 18 * i, line) for i, line in enumerate(lines)]
    source = read(pdf(["".join(drawn) + "0.5 w 72 385.5 m 193 385.5 l S "]))
    assert codes(source) == ["pdf.struck_out"]
    assert of_kind(source, BlockKind.NOTE) == []
    assert of_kind(source, BlockKind.PARAGRAPH)[-2:] == lines[2:]


def test_letters_of_fonts_older_than_unicode() -> None:
    old = "<< /Type /Font /Subtype /Type1 /BaseFont /.VnTime /Encoding /WinAnsiEncoding >>"
    capitals = old.replace("/.VnTime", "/.VnTimeH")
    words = "V¨n b¶n cña ñy ban nh©n d©n".encode("latin-1").decode("latin-1")
    source = read(pdf([text(72, 700, words) + text(72, 680, "céng hßa", font="F2")], fonts={"F1": old, "F2": capitals}))
    assert source.text.startswith("Văn bản của ủy ban nhân dân\nCỘNG HÒA")
    assert {block.encoding for block in source.blocks} == {"tcvn3"}


PICTURE = {
    5: stream(
        bytes(4),
        head="/Type /XObject /Subtype /Image /Width 2 /Height 2 /ColorSpace /DeviceGray /BitsPerComponent 8",
    )
}
DRAWN = "q 595 0 0 842 0 0 cm /Im Do Q "
HIDDEN = "BT 3 Tr /F1 12 Tf 1 0 0 1 72 {y} Tm ({words}) Tj ET "


def scan(*lines: str) -> bytes:
    layer = "".join(HIDDEN.format(y=700 - 20 * number, words=words) for number, words in enumerate(lines))
    return pdf([DRAWN + layer], resources="/XObject << /Im 5 0 R >>", more=PICTURE)


def test_scan_without_text() -> None:
    source = read(scan())
    assert [page.layer for page in source.pages] == [TextLayer.ABSENT]
    assert codes(source) == ["page.needs_ocr"] and "page 1" in source.diagnostics[0].message


def test_scan_with_a_layer_of_wrong_letters() -> None:
    source = read(scan(*["qwrt zxcv bnmk plkj hgfd sdfg wrtp xcvb nmkl"] * 3, "kjhg fdsw rtyp lkjh zzxc vvbn mmnb"))
    assert source.pages[0].layer is TextLayer.BAD
    assert codes(source) == ["page.bad_text", "page.needs_ocr"]


def test_letters_without_unicode_are_reported() -> None:
    table = stream(
        "/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <FF> endcodespacerange "
        "1 beginbfrange <20> <7E> <E020> endbfrange endcmap end"
    )
    font = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 6 0 R >>"
    lines = "".join(text(72, 700 - 20 * number, "words that nobody can read") for number in range(5))
    source = read(pdf([lines], fonts={"F1": font}, more={6: table}))
    assert source.pages[0].layer is TextLayer.BAD and "page.bad_text" in codes(source)


def test_empty_page_is_nothing_to_report() -> None:
    source = read(pdf([""]))
    assert source.text.strip() == "" and source.diagnostics == () and source.pages[0].layer is TextLayer.GOOD


# Signatures and other parts


def certificate() -> x509.Certificate:
    name = x509.Name.build(
        {"common_name": "Nguyễn Văn Minh", "organization_name": "SỞ Y TẾ", "email_address": "minh@example.vn"}
    )
    key = keys.PublicKeyInfo(
        {
            "algorithm": {"algorithm": "rsa"},
            "public_key": keys.RSAPublicKey({"modulus": 3233, "public_exponent": 17}),
        }
    )
    signed_with = algos.SignedDigestAlgorithm({"algorithm": "sha256_rsa"})
    day = x509.Time({"utc_time": dt.datetime(2025, 1, 1, tzinfo=dt.UTC)})
    inner = x509.TbsCertificate(
        {
            "version": "v3",
            "serial_number": 4711,
            "signature": signed_with,
            "issuer": name,
            "validity": {"not_before": day, "not_after": day},
            "subject": name,
            "subject_public_key_info": key,
        }
    )
    return x509.Certificate(
        {"tbs_certificate": inner, "signature_algorithm": signed_with, "signature_value": b"no signature"}
    )


def signed_contents() -> bytes:
    own = certificate()
    sid = cms.SignerIdentifier(
        {"issuer_and_serial_number": cms.IssuerAndSerialNumber({"issuer": own.issuer, "serial_number": 4711})}
    )
    digest = algos.DigestAlgorithm({"algorithm": "sha256"})
    info = cms.SignerInfo(
        {
            "version": "v1",
            "sid": sid,
            "digest_algorithm": digest,
            "signature_algorithm": algos.SignedDigestAlgorithm({"algorithm": "sha256_rsa"}),
            "signature": core.OctetString(b"no signature"),
        }
    )
    data = cms.SignedData(
        {
            "version": "v1",
            "digest_algorithms": [digest],
            "encap_content_info": {"content_type": "data"},
            "certificates": [own],
            "signer_infos": [info],
        }
    )
    return cms.ContentInfo({"content_type": "signed_data", "content": data}).dump()


def signed_file(shown: str, rect: str = "95 700 125 720") -> bytes:
    """A letter whose number a signed field shows, as programs of offices put it in."""
    contents = signed_contents().hex()
    look = stream(
        shown, head=f"/Type /XObject /Subtype /Form /BBox [0 0 30 20] /Resources << /Font << /F1 {HELVETICA} >> >>"
    )
    widget = (
        "<< /Type /Annot /Subtype /Widget /FT /Sig /T (Signature1) /V 21 0 R /P 10 0 R /F 4 "
        f"/Rect [{rect}] /AP << /N 22 0 R >> >>"
    )
    signature = (
        "<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /adbe.pkcs7.detached /ByteRange [0 1 2 3] "
        f"/Contents <{contents}> /M (D:20250124150622+07'00') /Reason (Phat hanh) >>"
    )
    return pdf(
        [text(72, 705, "No:") + text(130, 705, "/UBND-VX")],
        page="/MediaBox [0 0 595 842] /Annots [20 0 R]",
        catalog="/AcroForm << /Fields [20 0 R] /SigFlags 3 >>",
        more={20: widget, 21: signature, 22: look},
    )


def test_number_that_a_signed_field_shows_is_in_its_place() -> None:
    source = read(signed_file(text(2, 5, "507")))
    assert source.text.strip() == "No: 507 /UBND-VX"
    assert of_kind(source, BlockKind.STAMP) == []


def test_a_signature_that_is_not_shown_has_no_place() -> None:
    (signature,) = read(signed_file("", "0 0 0 0")).signatures
    assert (signature.signer, signature.page, signature.box) == ("Nguyễn Văn Minh", None, None)


def test_words_of_a_signature_are_a_stamp() -> None:
    source = read(signed_file(text(0, 12, "Signed by", 4) + text(0, 4, "Minh, Office", 4)))
    assert of_kind(source, BlockKind.STAMP) == ["Signed by", "Minh, Office"]
    assert of_kind(source, BlockKind.PARAGRAPH) == ["No: /UBND-VX"]


def test_who_signed_and_when() -> None:
    (signature,) = read(signed_file(text(2, 5, "507"))).signatures
    assert (signature.signer, signature.organisation, signature.email, signature.reason) == (
        "Nguyễn Văn Minh",
        "SỞ Y TẾ",
        "minh@example.vn",
        "Phat hanh",
    )
    assert signature.signed_at == dt.datetime(2025, 1, 24, 15, 6, 22, tzinfo=dt.timezone(dt.timedelta(hours=7)))
    assert signature.page == 1 and signature.box == Box(95, 122, 125, 142)


def test_broken_signature_is_no_error() -> None:
    data = signed_file("").replace(signed_contents().hex().encode(), b"ff" * len(signed_contents()))
    (signature,) = read(data).signatures
    assert signature.signer is None and signature.signed_at is not None


def test_attachments_and_xfa_are_reported_and_scripts_not_run() -> None:
    script = "/OpenAction << /S /JavaScript /JS (while\\(true\\){}) >>"
    attached = "/Names << /EmbeddedFiles << /Names [(a.txt) 30 0 R] >> >>"
    form = "/AcroForm << /Fields [] /XFA 32 0 R >>"
    more = {
        30: "<< /Type /Filespec /F (a.txt) /EF << /F 31 0 R >> >>",
        31: stream("hidden"),
        32: stream("<xdp/>"),
    }
    source = read(pdf([text(72, 700, "Text of the page")], catalog=script + attached + form, more=more))
    assert source.text.strip() == "Text of the page"
    assert sorted(codes(source)) == ["pdf.attachments", "pdf.xfa"]


# Broken and hostile files


def error(data: bytes, **limits: Any) -> str:
    with pytest.raises(ReadError) as caught:
        read(data, **limits)
    assert str(caught.value).startswith("test.pdf: ")
    return str(caught.value)


def test_what_is_no_pdf() -> None:
    assert "empty" in error(b"")
    assert "%PDF-" in error(b"PK\x03\x04 not a pdf")
    assert "damaged" in error(b"%PDF-1.7\n" + bytes(range(256)) * 40)


def test_encrypted_file() -> None:
    keys_of_owner_and_user = f"/O <{'41' * 32}> /U <{'42' * 32}>"
    locked = f"/Encrypt << /Filter /Standard /V 1 /R 2 {keys_of_owner_and_user} /P -4 >> /ID [<00> <00>]"
    assert "password" in error(pdf([text(72, 700, "secret")], trailer=locked))


def test_truncated_file_is_read_or_refused() -> None:
    whole = (FILES / "letter.pdf").read_bytes()
    for share in (0.1, 0.5, 0.9, 0.99):
        try:
            source = read(whole[: int(len(whole) * share)])
        except ReadError as caught:
            assert "damaged" in str(caught) or "pages" in str(caught)
        else:
            assert source.pages or source.diagnostics


def test_without_pages() -> None:
    assert "damaged" in error(pdf([]))


def test_more_pages_than_the_limit() -> None:
    kids = "10 0 R " * 10_000
    many = pdf([text(72, 700, "x")], more={2: f"<< /Type /Pages /Kids [{kids}] /Count 10000 >>"})
    assert "10000 pages" in error(many)
    assert "Limits(pages=...)" in error(pdf([""] * 3), pages=2)


def test_page_that_is_too_large_is_left_out() -> None:
    source = read(pdf([text(72, 700, "x")], page="/MediaBox [0 0 14400 14400]"))
    assert codes(source) == ["page.too_large"] and source.text.strip() == ""


def test_page_tree_that_goes_round_or_deep() -> None:
    round_tree = pdf([text(72, 700, "x")], more={2: "<< /Type /Pages /Kids [2 0 R 10 0 R] /Count 2 >>"})
    objects = {1: "<< /Type /Catalog /Pages 2 0 R >>"}
    for number in range(2, 3_000):
        objects[number] = f"<< /Type /Pages /Kids [{number + 1} 0 R] /Count 1 >>"
    objects[3_000] = "<< /Type /Page /MediaBox [0 0 595 842] >>"
    for data in (round_tree, written(objects)):
        try:
            source = read(data)
        except ReadError:
            continue
        assert len(source.pages) + len(source.diagnostics) > 0


def test_cross_references_that_go_round() -> None:
    data = pdf([text(72, 700, "Found again")])
    start = data.rindex(b"startxref\n") + 10
    place = data[start : data.index(b"\n", start)].decode()
    looped = data.replace(b"/Root 1 0 R", f"/Root 1 0 R /Prev {place}".encode())
    try:
        assert "Found again" in read(looped).text
    except ReadError as caught:
        assert "damaged" in str(caught)


def test_stream_that_grows_is_refused_before_it_is_unpacked() -> None:
    started = time.monotonic()
    assert "unpacked" in error(pdf([b" " * 150_000_000], packed=True))
    assert time.monotonic() - started < 10


def test_drawings_inside_drawings_that_multiply() -> None:
    def form(inside: int) -> bytes:
        head = f"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X {inside} 0 R >> >>"
        return stream("/X Do " * 10, head=head, packed=True)

    more = {number: form(number + 1) for number in range(100, 120)} | {120: stream("0 0 1 1 re f")}
    assert "drawings" in error(pdf(["/X Do"], resources="/XObject << /X 100 0 R >>", more=more))


def test_many_fields_on_one_page_stay_linear() -> None:
    def form(count: int) -> bytes:
        lines = [text(30 + 200 * (n % 3), 830 - n // 3 * 0.25, f"word {n}", 0.2) for n in range(count)]
        return pdf(["".join(lines)])

    def seconds(data: bytes) -> float:
        started = time.process_time()
        read(data)
        return time.process_time() - started

    seconds(form(500))
    small, large = seconds(form(3_000)), seconds(form(9_000))
    assert large < 6 * small + 0.5


def test_time_limit_is_kept_between_pages() -> None:
    assert "seconds" in error(pdf([text(72, 700, "x")] * 400), seconds=0.0001)


def test_memory_does_not_grow_with_the_files_read() -> None:
    status = Path("/proc/self/status")
    if not status.exists():
        pytest.skip("needs /proc to measure memory")

    def resident() -> int:
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmRSS"))
        return int(line.split()[1])

    data = (FILES / "letter.pdf").read_bytes()
    for _ in range(40):
        read(data)
    before = resident()
    for _ in range(160):
        read(data)
    assert resident() - before < 12_000  # kilobytes


# The same document printed and as it was typed


def body_lines(source: SourceText) -> list[str]:
    """The lines of paragraphs, notes and table rows; head and foot stay as printed and are compared by their words."""
    rows = {}
    out = []
    for block in source.blocks:
        words = " ".join(source.text[block.start : block.end].split())
        if block.kind is BlockKind.CELL:
            rows.setdefault((block.table, block.row), []).append(words)
        elif block.kind in (BlockKind.PARAGRAPH, BlockKind.NOTE) and words:
            out.append(words)
    return out + [" | ".join(cells) for cells in rows.values()]


def column_words(source: SourceText) -> list[str]:
    columns = [source.text[block.start : block.end] for block in source.blocks if block.kind is BlockKind.COLUMN]
    return sorted(" ".join(columns).split())


@pytest.mark.parametrize("print_of", ["pdf", "fallbackfont.pdf"])
@pytest.mark.parametrize("name", ["cv01_literal", "cv02_autonum", "cv03_congdien_appendix", "cv04_mixed"])
def test_print_reads_as_what_was_typed(shared_dir: Path, name: str, print_of: str) -> None:
    folder = shared_dir / "corpus" / "files" / "made"
    typed = read_text(folder / f"{name}.docx")
    printed = read((folder / f"{name}.{print_of}").read_bytes())
    floating = "HỎA TỐC"  # a text box stands beside the paragraph it is anchored in
    lines = [[line for line in body_lines(source) if line != floating] for source in (typed, printed)]
    assert lines[0] == lines[1]
    words = [[word for word in column_words(source) if word not in floating.split()] for source in (typed, printed)]
    assert words[0] == words[1]


def test_real_files_say_what_pdftotext_says(shared_dir: Path) -> None:
    corpus = shared_dir / "corpus"
    checked = 0
    for path in sorted((corpus / "files" / "real").glob("*.pdf")):
        raw = corpus / "raw" / f"{path.stem}.txt"
        source = read(path.read_bytes())
        if not raw.exists() or {page.layer for page in source.pages} != {TextLayer.GOOD}:
            continue
        checked += 1
        ours = Counter("".join(source.text.replace("|", "").split()))
        theirs = Counter("".join(unicodedata.normalize("NFC", raw.read_text(encoding="utf-8")).split()))
        difference = sum(((ours - theirs) + (theirs - ours)).values())
        assert difference < 0.002 * sum(theirs.values()), path.name
    assert checked > 5
