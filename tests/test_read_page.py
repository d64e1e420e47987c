"""From words with boxes to lines, columns, tables, notes and paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pytest

from vnadmin_nlp.read.page import PageContent, PageWord, write_pages
from vnadmin_nlp.read.writer import Writer
from vnadmin_nlp.schema.source import BlockKind, Box, Format, SourceText, TextLayer

LEFT, RIGHT = 85.0, 540.0
LETTER = 6.0  # points a letter is wide
FULL = int((RIGHT - LEFT) / LETTER)  # letters of a full line


def words(x: float, y: float, line: str, size: float = 12.0, *, bold: bool = False) -> list[PageWord]:
    """The words of `line` with its baseline at `y`, letters of equal width from `x` on."""
    out = []
    for match in re.finditer(r"\S+", line):
        left = x + match.start() * LETTER
        box = Box(left, y - 0.8 * size, left + len(match[0]) * LETTER - 1, y + 0.2 * size)
        out.append(PageWord(match[0], box, y, size, bold))
    return out


def centred(y: float, line: str, *, bold: bool = False) -> list[PageWord]:
    return words((LEFT + RIGHT - len(line) * LETTER) / 2, y, line, bold=bold)


def full(start: str, letters: int = FULL) -> str:
    """A line that begins with `start` and reaches the right margin."""
    line = start
    while len(line) < letters - 6:
        line += " viên"
    return line + " " + "x" * (letters - len(line) - 1)


def page(number: int, *lines: list[PageWord], rules: Iterable[Box] = (), recognised: bool = False) -> PageContent:
    every = [word for line in lines for word in line]
    return PageContent(
        number, 595, 842, TextLayer.GOOD, every, list(rules), recognised=recognised
    )  # fmt: skip


def written(*pages: PageContent) -> SourceText:
    writer = Writer()
    write_pages(writer, pages)
    return writer.finish(name="test", format=Format.PDF)


def of_kind(source: SourceText, kind: BlockKind) -> list[str]:
    return [source.text[block.start : block.end] for block in source.blocks if block.kind is kind]


def paragraphs(*lines: list[PageWord], rules: Iterable[Box] = ()) -> list[str]:
    return of_kind(written(page(1, *lines, rules=rules)), BlockKind.PARAGRAPH)


INDENT = LEFT + 36


# Paragraphs


def test_first_line_indent_begins_a_paragraph() -> None:
    first = FULL - 6
    found = paragraphs(
        words(INDENT, 100, full("Một", first)),
        words(LEFT, 116, full("hai")),
        words(INDENT, 132, full("Ba", first)),
        words(LEFT, 148, "bốn."),
    )
    assert [line.split()[0] for line in found] == ["Một", "Ba"]


def test_line_that_ends_before_the_margin_ends_its_paragraph() -> None:
    found = paragraphs(
        words(LEFT, 100, full("Một")), words(LEFT, 116, "ngắn."), words(LEFT, 132, full("Hai")), words(LEFT, 148, "x")
    )
    assert [line.split()[0] for line in found] == ["Một", "Hai"]


def test_a_line_on_the_left_does_not_go_on_with_one_on_the_right() -> None:
    wide = [words(LEFT, 100 + 16 * number, full("Dòng") + ".") for number in range(3)]
    right = words(RIGHT - 150, 148, full("Mây,", 25))
    found = paragraphs(*wide, right, words(LEFT, 164, "Số: 12/SYT"))
    assert found[-1] == "Số: 12/SYT"


def test_a_title_in_the_middle_of_a_narrow_page_is_no_first_line() -> None:
    lines = [full("Triển khai", FULL - 22), full("Sở ban hành kế hoạch,", FULL - 12), "1. Mục đích"]
    found = paragraphs(
        words(LEFT + 60, 100, lines[0]), *(words(LEFT, 116 + 16 * i, line) for i, line in enumerate(lines[1:]))
    )
    assert found[0] == lines[0]


def test_space_before_begins_a_paragraph() -> None:
    lines = [words(LEFT, 100 + 16 * number, full("Dòng")) for number in range(4)]
    after = [words(LEFT, 176 + 16 * number, full("Đoạn")) for number in range(3)]
    assert len(paragraphs(*lines, *after)) == 2


@pytest.mark.parametrize("mark", [".", ")", "-"])
def test_labels_begin_paragraphs_that_hang(mark: str) -> None:
    label = 18.0
    found = paragraphs(
        words(LEFT, 100, full(f"1{mark} Một")),
        words(LEFT + label, 116, full("hai", FULL - 3)),
        words(LEFT + label, 132, "ba;"),
        words(LEFT, 148, full(f"2{mark} Bốn")),
        words(LEFT + label, 164, "năm."),
    )
    assert [line.split()[0] for line in found] == [f"1{mark}", f"2{mark}"]


@pytest.mark.parametrize("mark", [".", "/", "-", ".-"])
def test_a_label_begins_a_paragraph_under_a_full_line_that_ends(mark: str) -> None:
    lines = (full("Sở", FULL - 5) + " nghị:", full(f"1{mark} Rà", FULL - 2) + ".", full(f"2{mark} Lập", FULL - 2) + ".")
    found = paragraphs(*(words(LEFT, 100 + 16 * number, line) for number, line in enumerate(lines)))
    assert [line.split()[0] for line in found] == ["Sở", f"1{mark}", f"2{mark}"]


def test_title_of_two_lines_and_the_line_below_it() -> None:
    found = paragraphs(
        centred(100, "QUYẾT ĐỊNH", bold=True),
        centred(116, "về việc ban hành quy chế quản lý và sử dụng tài sản", bold=True),
        centred(132, "công của các cơ quan", bold=True),
        words(INDENT, 170, full("Căn", FULL - 6)),
        words(LEFT, 186, full("cứ")),
        words(LEFT, 202, "luật."),
    )
    assert len(found) == 3 and found[1].endswith("tài sản công của các cơ quan")


def test_bullets_of_symbols_are_dashes() -> None:
    assert paragraphs(words(LEFT, 100, "• Một việc"), words(LEFT, 130, "\uf0b7 Hai việc")) == [
        "- Một việc",
        "- Hai việc",
    ]


# Line ends


def joined(first: str, second: str) -> str:
    start = full("Dòng", FULL - len(first) - 1)
    (line,) = paragraphs(words(LEFT, 100, f"{start} {first}"), words(LEFT, 116, second))
    return line[len(start) + 1 :]


def test_hyphens_at_line_ends() -> None:
    assert joined("1234/UBND-", "KTN ngày") == "1234/UBND-KTN ngày"
    assert joined("trườ-", "ng học") == "trường học"
    assert joined("nghi\xad", "êm túc") == "nghiêm túc"
    assert joined("Lao", "- Thương binh") == "Lao - Thương binh"
    assert joined("45/QĐ-", "TTg") == "45/QĐ-TTg"


# Pages


def test_paragraph_over_a_page_with_what_stands_between() -> None:
    first = page(
        1,
        words(INDENT, 700, full("Một", FULL - 6)),
        words(LEFT, 716, full("hai")),
        centred(800, "1"),
    )
    second = page(
        2, centred(40, "Văn bản mẫu số 4"), words(LEFT, 100, full("ba")), words(LEFT, 116, "bốn."), centred(800, "2")
    )
    third = page(
        3, centred(40, "Văn bản mẫu số 4"), words(INDENT, 100, full("Năm", FULL - 6)), words(LEFT, 116, "sáu.")
    )
    source = written(first, second, third)
    assert [line.split()[0] for line in of_kind(source, BlockKind.PARAGRAPH)] == ["Một", "Năm"]
    assert of_kind(source, BlockKind.RUNNING) == ["1", "Văn bản mẫu số 4", "2", "Văn bản mẫu số 4"]
    assert source.text.index("Văn bản mẫu") < source.text.index("Một")


def test_forms_of_page_numbers() -> None:
    for number in ("- 2 -", "Trang 2/5", "2", "Page 2 of 5", "2/5"):
        body = [words(LEFT, 100 + 16 * row, full("Dòng")) for row in range(5)]
        assert of_kind(written(page(2, *body, centred(800, number))), BlockKind.RUNNING) == [number]


def test_number_inside_the_text_is_no_page_number() -> None:
    body = [words(LEFT, 300 + 16 * row, full("Dòng")) for row in range(5)]
    assert of_kind(written(page(1, *body, words(LEFT, 380, "2025"))), BlockKind.RUNNING) == []


def test_footnote_is_behind_the_paragraph_that_calls_it() -> None:
    call = PageWord("1", Box(LEFT + 60, 90, LEFT + 64, 97), 95, 7)
    body = [
        [*words(LEFT, 100, "Báo cáo số"), call, *words(LEFT + 66, 100, full("liệu", FULL - 11))],
        words(LEFT, 116, "tháng."),
        words(LEFT, 140, full("Đoạn")),
        words(LEFT, 156, "hai."),
    ]
    rule = Box(LEFT, 740, LEFT + 140, 741)
    source = written(page(1, *body, words(LEFT, 755, "1 Số liệu của năm trước.", 10), rules=[rule]))
    lines = source.text.split("\n")
    assert lines[0].startswith("Báo cáo số liệu") and lines[1] == "Số liệu của năm trước."
    (note,) = [block for block in source.blocks if block.kind is BlockKind.NOTE]
    assert note.anchor is not None and source.text[: note.anchor] == "Báo cáo số"


# Columns


HEAD = [
    words(95, 70, "UBND TỈNH A") + words(300, 70, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
    words(110, 86, "SỞ B") + words(330, 86, "Độc lập - Tự do - Hạnh phúc"),
    words(100, 120, "Số: 5/SB-VP") + words(310, 120, "Tỉnh A, ngày 3 tháng 4 năm 2025"),
]
BODY = [words(LEFT, 200 + 16 * row, full("Dòng")) for row in range(5)] + [words(LEFT, 280, "Nay báo cáo./.")]


def sides(source: SourceText, table: int) -> list[list[str]]:
    out: dict[int, list[str]] = {}
    for block in source.blocks:
        if block.kind is BlockKind.COLUMN and block.table == table:
            out.setdefault(block.column or 0, []).append(source.text[block.start : block.end])
    return list(out.values())


def test_head_column_by_column() -> None:
    source = written(page(1, *HEAD, words(95, 136, "V/v xin ý kiến"), *BODY))
    assert sides(source, 0) == [
        ["UBND TỈNH A", "SỞ B", "Số: 5/SB-VP", "V/v xin ý kiến"],
        ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Tỉnh A, ngày 3 tháng 4 năm 2025"],
    ]


def test_head_whose_columns_nearly_touch() -> None:
    head = [
        words(85, 70, "ỦY BAN NHÂN DÂN TỈNH HÒA LẠC") + words(266, 70, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        *HEAD[1:],
    ]
    assert sides(written(page(1, *head, *BODY)), 0)[0][0] == "ỦY BAN NHÂN DÂN TỈNH HÒA LẠC"


def test_foot_whose_columns_do_not_share_lines() -> None:
    foot = [
        words(LEFT, 310, "Nơi nhận:", 11),
        words(340, 315, "TM. ỦY BAN NHÂN DÂN", 13),
        words(LEFT, 324, "- Như trên;", 11),
        words(380, 333, "CHỦ TỊCH", 13),
        words(LEFT, 338, "- Lưu: VT.", 11),
        words(360, 420, "Nguyễn Văn A", 13),
    ]
    source = written(page(1, *HEAD, *BODY, *foot))
    assert sides(source, 1) == [
        ["Nơi nhận:", "- Như trên;", "- Lưu: VT."],
        ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Nguyễn Văn A"],
    ]
    assert of_kind(source, BlockKind.PARAGRAPH)[-1].endswith("Nay báo cáo./.")


def test_recipient_that_reaches_over_into_the_empty_right_column() -> None:
    foot = [
        words(LEFT, 310, "Nơi nhận:", 11) + words(380, 310, "GIÁM ĐỐC", 13),
        words(LEFT, 324, "- Như trên;", 11) + words(370, 324, "Trần Văn B", 13),
        words(LEFT, 338, "- Các cơ quan, đơn vị trực thuộc và Ủy ban nhân dân các xã, phường;", 11),
        words(LEFT, 352, "- Lưu: VT.", 11),
    ]
    left, right = sides(written(page(1, *HEAD, *BODY, *foot)), 1)
    assert len(left) == 4 and left[2].endswith("các xã, phường;") and right == ["GIÁM ĐỐC", "Trần Văn B"]


def test_addressees_beside_their_heading_are_no_columns() -> None:
    lines = [
        words(LEFT, 180, "Kính gửi:") + words(220, 180, "- Sở Nội vụ;"),
        words(220, 196, "- Sở Tài chính."),
    ]
    source = written(page(1, *HEAD, *lines, *[words(LEFT, 230 + 16 * row, full("Dòng")) for row in range(4)]))
    assert of_kind(source, BlockKind.PARAGRAPH)[:2] == ["Kính gửi: - Sở Nội vụ;", "- Sở Tài chính."]


# Tables


def box_rules(xs: list[float], ys: list[float]) -> list[Box]:
    level = [Box(xs[0], y, xs[-1], y + 0.5) for y in ys]
    return level + [Box(x, ys[0], x + 0.5, ys[-1]) for x in xs]


def test_ruled_table_with_lines_in_cells() -> None:
    rules = box_rules([85, 120, 330, 540], [100, 120, 160])
    cells = words(90, 114, "TT") + words(125, 114, "Nội dung") + words(335, 114, "Cơ quan")
    row = (
        words(90, 134, "1")
        + words(125, 134, "Rà soát các quy")
        + words(125, 150, "định có liên quan")
        + words(335, 134, "Sở A")
    )
    source = written(page(1, *BODY[:0], cells, row, rules=rules))
    assert source.tables() == [[["TT", "Nội dung", "Cơ quan"], ["1", "Rà soát các quy định có liên quan", "Sở A"]]]


def test_joined_cells_keep_their_place() -> None:
    xs, ys = [85.0, 200.0, 330.0, 540.0], [100.0, 120.0, 140.0, 160.0]
    rules = [rule for rule in box_rules(xs, ys) if rule.left != 330]
    rules.append(Box(330, 120, 330.5, 160))  # the first row has one cell over two columns
    lines = [
        words(90, 114, "Tên") + words(230, 114, "Kinh phí"),
        words(90, 134, "Đường A") + words(205, 134, "Năm 2025") + words(335, 134, "Năm 2026"),
        words(90, 154, "Đường B") + words(205, 154, "15") + words(335, 154, "20"),
    ]
    assert written(page(1, *lines, rules=rules)).tables() == [
        [["Tên", "Kinh phí", ""], ["Đường A", "Năm 2025", "Năm 2026"], ["Đường B", "15", "20"]]
    ]


def test_row_broken_over_a_page() -> None:
    xs = [85.0, 120.0, 540.0]
    head = words(90, 714, "TT") + words(125, 714, "Nhiệm vụ")
    first = page(
        1, head, words(90, 734, "1") + words(125, 734, "Rà soát, thống kê"), rules=box_rules(xs, [700, 720, 740])
    )
    second = page(
        2,
        words(125, 84, "và báo cáo."),
        words(90, 104, "2") + words(125, 104, "Tổng hợp."),
        rules=box_rules(xs, [70, 90, 110]),
    )
    assert written(first, second).tables() == [
        [["TT", "Nhiệm vụ"], ["1", "Rà soát, thống kê và báo cáo."], ["2", "Tổng hợp."]]
    ]


def test_frame_of_one_column_is_no_table() -> None:
    source = written(page(1, words(90, 114, "Nội dung trong khung"), rules=box_rules([85, 540], [100, 120])))
    assert of_kind(source, BlockKind.PARAGRAPH) == ["Nội dung trong khung"] and source.tables() == []


def test_underlines_of_the_head_are_no_table() -> None:
    rules = [Box(110, 92, 160, 93), Box(340, 92, 480, 93)]
    assert written(page(1, *HEAD, *BODY, rules=rules)).tables() == []


# Scans


def test_lines_of_a_scan_that_is_not_quite_level() -> None:
    def sloped(line: list[PageWord]) -> list[PageWord]:
        return [word._replace(baseline=word.baseline + word.box.left * 0.012, score=0.9) for word in line]

    lines = [sloped(words(LEFT, 100 + 15 * row, full(f"Dòng{row}"))) for row in range(6)]
    source = written(page(1, *lines, recognised=True))
    assert [word for word in source.text.split() if word.startswith("Dòng")] == [f"Dòng{row}" for row in range(6)]
    assert source.text.count("\n") == 1 and source.blocks[0].score == pytest.approx(0.9)


def test_words_of_a_stamp_stand_apart() -> None:
    content = page(1, *HEAD, *BODY)
    content.words += words(400, 60, "Ký bởi: Sở B", 6)
    content.apart = [(Box(395, 50, 560, 63), BlockKind.STAMP)]
    assert of_kind(written(content), BlockKind.STAMP) == ["Ký bởi: Sở B"]


def test_no_pages_and_no_words() -> None:
    assert written().text == "" and written(page(1)).text == ""
