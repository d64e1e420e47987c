"""The writer of canonical text: lines, rows, blocks, words, styles."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from vnadmin_nlp.read.writer import Run, TableCell, Writer
from vnadmin_nlp.schema import BlockKind, Box, Format, SourceText, Span


def finish(writer: Writer) -> SourceText:
    return writer.finish(name="t", format=Format.DOCX)


def test_a_line_has_no_outer_blanks_and_soft_breaks_stay() -> None:
    writer = Writer()
    block = writer.line([Run("  Sở "), Run("Y tế\r\nHuế\v1 ", bold=True), Run(" ")])
    source = finish(writer)
    assert source.text == "Sở Y tế\nHuế\n1\n"
    assert block is not None
    assert source.text[block.start : block.end] == "Sở Y tế\nHuế\n1"
    assert [source.text[a:b] for a, b in source.bold] == ["Y tế\nHuế\n1"]


def test_marks_of_programs_are_no_characters() -> None:
    writer = Writer()
    writer.line([Run("ngày \x0120/11\x7f/2025\ud800")])
    assert finish(writer).text == "ngày 20/11/2025\ufffd\n"


def test_a_paragraph_without_words_is_a_blank_line() -> None:
    writer = Writer()
    assert writer.line([Run("  ")]) is None
    writer.line([Run("a")])
    writer.gap()
    writer.gap()
    writer.line([Run("b")])
    source = finish(writer)
    assert source.text == "\na\n\nb\n"
    assert len(source.blocks) == 2


def test_rows_keep_empty_columns() -> None:
    writer = Writer()
    writer.row([TableCell(0, [Run("1")]), TableCell(2, [Run("xong\nviệc")])], table=0, row=0)
    writer.row([TableCell(1, [Run("a")])], table=0, row=1)
    source = finish(writer)
    assert source.text == "| 1 | | xong việc |\n| | a |\n"
    assert source.tables() == [[["1", "", "xong việc"], ["", "a", ""]]]


def test_words_of_a_page_are_found_by_line() -> None:
    writer = Writer()
    boxes = [Box(10, 10, 30, 20), Box(34, 11, 60, 20), Box(10, 30, 40, 40)]
    runs = [Run(word + " ", page=2, box=box, score=0.5) for word, box in zip(("Sở", "Y", "tế"), boxes, strict=True)]
    block = writer.line(runs)
    source = finish(writer)
    assert source.text == "Sở Y tế\n"
    assert block is not None
    assert block.score == 0.5
    first, second = source.locate(Span(start=0, end=7))
    assert (first.page, first.box) == (2, Box(10, 10, 60, 20))
    assert source.text[second.start : second.end] == "tế"
    assert source.locate(Span(start=3, end=4))[0].box == boxes[1]


@given(st.lists(st.tuples(st.text(max_size=9), st.booleans()), max_size=8))
def test_blocks_are_in_order_and_quote_their_lines(lines: list[tuple[str, bool]]) -> None:
    writer = Writer()
    for words, row in lines:
        if row:
            writer.row([TableCell(0, [Run(words)]), TableCell(1, [Run(words)])], table=0, row=0)
        else:
            writer.line([Run(words)], BlockKind.PARAGRAPH)
    source = finish(writer)
    at = 0
    for block in source.blocks:
        words = source.text[block.start : block.end]
        assert at <= block.start < block.end <= len(source.text)
        assert words == words.strip()
        at = block.end
    source.text.encode()
