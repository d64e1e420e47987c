"""What a file says about its text and the analysis takes from it: columns, notes, running heads, paragraphs, bold."""

from __future__ import annotations

import datetime as dt

import pytest

import vnadmin_nlp as vn
from vnadmin_nlp.layout import read_layout
from vnadmin_nlp.outline import build_outline
from vnadmin_nlp.read.writer import Run, TableCell, Writer
from vnadmin_nlp.schema import BlockKind, EmbeddedSignature, Format, SectionLabel, SourceText
from vnadmin_nlp.text import normalize

LEFT = ["UBND TỈNH MÂY NGÀN", "SỞ XÂY DỰNG", "Số: 87/SXD-QLN", "V/v rà soát nhà ở", "công nhân"]
RIGHT = ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Mây Ngàn, ngày 5 tháng 6 năm 2025"]
FOOT = ["Nơi nhận:", "- Như trên;", "- Lưu: VT, QLN."]
SIGNED = ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Đỗ Thị Mai"]


def letter(writer: Writer, body: list[tuple[str, BlockKind]], signed: list[str] | None = None) -> None:
    """A letter with head and foot in tables and `body` between them."""
    for column, lines in enumerate((LEFT, RIGHT)):
        for words in lines:
            writer.line([Run(words)], BlockKind.COLUMN, table=0, row=0, column=column)
        writer.gap()
    writer.line([Run("Kính gửi: Ủy ban nhân dân các xã, phường.")])
    writer.line([Run("Thực hiện Công văn số 12/BXD-QLN ngày 02/6/2025 của Bộ Xây dựng, Sở đề nghị:")])
    for words, kind in body:
        writer.line([Run(words)], kind)
    writer.gap()
    for column, lines in enumerate((FOOT, signed or SIGNED)):
        for words in lines:
            writer.line([Run(words)], BlockKind.COLUMN, table=1, row=0, column=column)
        writer.gap()


def source_of(body: list[tuple[str, BlockKind]], **more: object) -> SourceText:
    writer = Writer()
    letter(writer, body)
    return writer.finish(name="t", format=Format.DOCX, **more)  # type: ignore[arg-type]


TEXT = BlockKind.PARAGRAPH


def test_head_and_foot_are_read_by_their_cells() -> None:
    dispatch = vn.parse(source_of([("1. Rà soát quỹ đất trước ngày 30/6/2025.", TEXT)]))
    header = dispatch.header
    assert header.parent_agency and header.parent_agency.text == "UBND TỈNH MÂY NGÀN"
    assert header.issuer and header.issuer.text == "SỞ XÂY DỰNG"
    assert header.number and header.number.text == "87/SXD-QLN"
    assert header.date and header.date.value == dt.date(2025, 6, 5)
    assert dispatch.subject and dispatch.subject.text == "rà soát nhà ở công nhân"
    assert [r.text for r in dispatch.recipients] == ["Như trên"]
    assert dispatch.signatures[0].name and dispatch.signatures[0].name.text == "Đỗ Thị Mai"


def test_a_note_and_a_running_head_are_no_part_of_a_directive() -> None:
    dispatch = vn.parse(
        source_of(
            [
                ("1. Rà soát quỹ đất theo quy định;", TEXT),
                ("Theo Luật Đất đai năm 2024.", BlockKind.NOTE),
                ("2", BlockKind.RUNNING),
                ("Sở Xây dựng tỉnh Mây Ngàn - trang", BlockKind.RUNNING),
                ("báo cáo kết quả về Sở trước ngày 30/6/2025.", TEXT),
                ("2. Thông báo cho doanh nghiệp.", TEXT),
            ]
        )
    )
    first, second = dispatch.directives
    assert "Luật Đất đai" not in first.text and "trang" not in first.text
    assert first.text.endswith("báo cáo kết quả về Sở trước ngày 30/6/2025.")
    assert second.label == "2"
    noise = [dispatch.text[s.span.start : s.span.end] for s in dispatch.sections if s.label is SectionLabel.NOISE]
    assert noise == ["Theo Luật Đất đai năm 2024.\n2\nSở Xây dựng tỉnh Mây Ngàn - trang"]


def test_notes_below_the_signature_belong_to_the_appendix() -> None:
    writer = Writer()
    letter(writer, [("1. Rà soát quỹ đất.", TEXT)])
    writer.line([Run("Theo báo cáo tháng 5.")], BlockKind.NOTE)
    dispatch = vn.parse(writer.finish(name="t", format=Format.DOCX))
    assert dispatch.sections[-1].label is SectionLabel.APPENDIX


@pytest.mark.parametrize(("whole", "paragraphs"), [(True, 4), (False, 3)])
def test_a_line_that_the_file_begins_is_a_paragraph_of_its_own(whole: bool, paragraphs: int) -> None:
    body = [("1. Rà soát quỹ đất của tỉnh và", TEXT), ("các xã báo cáo.", TEXT), ("2. Thông báo\ncho dân.", TEXT)]
    source = source_of(body, whole=whole)
    outline = build_outline(read_layout(normalize(source.text), source))
    assert len(outline.paragraphs) == paragraphs
    assert outline.flow.text.endswith("2. Thông báo cho dân.")


def test_rows_of_data_are_lines_of_cells() -> None:
    writer = Writer()
    letter(writer, [("1. Rà soát quỹ đất.", TEXT)])
    writer.line([Run("PHỤ LỤC")])
    writer.row([TableCell(0, [Run("TT")]), TableCell(1, [Run("Việc")])], table=2, row=0)
    writer.row([TableCell(0, [Run("1")]), TableCell(1, [Run("Rà soát\nquỹ đất")])], table=2, row=1)
    source = writer.finish(name="t", format=Format.DOCX)
    assert source.tables() == [[["TT", "Việc"], ["1", "Rà soát quỹ đất"]]]
    last = vn.parse(source).sections[-1]
    assert last.label is SectionLabel.APPENDIX
    assert source.text[last.span.start :].split("\n")[1] == "| TT | Việc |"


def test_the_place_of_a_result() -> None:
    source = source_of([("1. Rà soát quỹ đất.", TEXT)])
    number = vn.parse(source).header.number
    assert number is not None
    (place,) = source.locate(number)
    assert (place.table, place.row, place.column) == (0, 0, 0)
    assert source.text[place.start : place.end] == "87/SXD-QLN"


def test_bold_of_the_file_counts_as_markdown_does() -> None:
    writer = Writer()
    writer.line([Run("Phần "), Run("đậm", bold=True), Run(" rồi nhạt")])
    source = writer.finish(name="t", format=Format.DOCX)
    assert source.bold == ((5, 8),)
    working = normalize(source.text, source.bold, source.italic)
    assert working.is_bold(5, 8)
    assert not working.is_bold(0, 4)
    assert not working.is_bold(9, 12)


def test_offsets_of_the_file_follow_the_normalised_text() -> None:
    source = "a\u200bb\u00a0c va\u0300 d"
    working = normalize(source, bold=((9, 10),))
    assert working.text == "ab c và d"
    assert [working.above(i) for i in range(len(source))] == [0, 1, 1, 2, 3, 4, 5, 6, 7, 7, 8][: len(source)]


@pytest.mark.parametrize(
    ("signer", "digital"),
    [("Sở Xây dựng, Đỗ Thị Mai", "Sở Xây dựng, Đỗ Thị Mai"), ("SỞ XÂY DỰNG", "SỞ XÂY DỰNG")],
)
def test_a_signature_in_the_file_stands_with_its_block(signer: str, digital: str) -> None:
    moment = dt.datetime(2025, 6, 5, 9, 30, tzinfo=dt.UTC)
    source = source_of([("1. Rà soát.", TEXT)], signatures=[EmbeddedSignature(signer=signer, signed_at=moment)])
    (block,) = vn.parse(source).signatures
    assert block.digital and block.digital.signer == digital
    assert block.digital.signed_at == moment
    assert block.digital.spans == []


def test_a_sentence_under_a_title_is_no_subject() -> None:
    writer = Writer()
    for words in ("UBND TỈNH MÂY NGÀN", "Số: 4/CĐ-UBND", *RIGHT, "CÔNG ĐIỆN", "Về việc phòng rét cho vật nuôi"):
        writer.line([Run(words)])
    writer.line([Run("Rét hại còn kéo dài.")])
    writer.line([Run("1. Các xã dự trữ rơm, cỏ khô.")])
    subject = vn.parse(writer.finish(name="t", format=Format.HTML)).subject
    assert subject and subject.text == "phòng rét cho vật nuôi"
    plain = vn.parse("\n".join(["UBND TỈNH", "Số: 4/CĐ-UBND", *RIGHT, "CÔNG ĐIỆN", "Về việc rét", "Chủ tịch yêu cầu:"]))
    assert plain.subject and plain.subject.text == "rét"
