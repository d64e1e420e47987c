"""Tables of tasks in the body: whose task a row is, who helps, by when; rows that cannot be read name nobody."""

from __future__ import annotations

import time

import pytest
from word_files import cell, docx, p, read, table

from vnadmin_nlp import parse
from vnadmin_nlp.schema import Dispatch, Obligation

HEAD = """ỦY BAN NHÂN DÂN
TỈNH BÌNH AN
-------
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------
Số: 45/KH-UBND
Bình An, ngày 10 tháng 3 năm 2024

KẾ HOẠCH
Nâng cao chất lượng phục vụ người dân

Thực hiện chương trình công tác năm 2024, UBND tỉnh ban hành Kế hoạch như sau:

I. MỤC ĐÍCH
- Nâng cao sự hài lòng của người dân.

II. NHIỆM VỤ
"""
FOOT = """
III. KINH PHÍ
Kinh phí lấy từ dự toán năm 2024.

Nơi nhận:
- Như trên;
- Lưu: VT.

TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH

Trần Văn Bình
"""
COLUMNS = ["TT", "Nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời hạn hoàn thành"]
REVIEW = ["1", "Rà soát thủ tục nội bộ", "Sở Nội vụ", "Sở Tư pháp, Sở Tài chính", "30/6/2024"]
TRAIN = ["2", "Tập huấn cho công chức cấp xã", "Sở Y tế", "UBND các huyện", "Trước ngày 15/9/2024"]


def piped(*rows: list[str]) -> str:
    """A row a line, with the rule under the head that markdown asks for."""
    out = [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join([out[0], "|" + " --- |" * len(rows[0]), *out[1:]]) + "\n"


def lined(*rows: list[str]) -> str:
    """A cell a line between lines that hold a border only."""
    return "".join("|\n" + "".join(f"{word}\n|\n" if word else "|\n" for word in row) for row in rows)


def of(body: str) -> Dispatch:
    return parse(HEAD + body + FOOT)


def duty(dispatch: Dispatch, start: str) -> Obligation:
    """The one obligation that begins with `start`."""
    (found,) = [o for o in dispatch.obligations if o.text.startswith(start)]
    return found


def said(dispatch: Dispatch, start: str) -> tuple[list[str], list[str], list[str]]:
    """Bearers, coordinators and days of the task that begins with `start`."""
    found = duty(dispatch, start)
    days = [str(d.due) for d in found.deadlines]
    return [b.text for b in found.bearers], [c.text for c in found.coordinators], days


SHAPES = {
    "pipes": piped,
    "lines between borders": lined,
    "tabs": lambda *rows: "\n".join("\t".join(row) for row in rows) + "\n",
    "wide blanks": lambda *rows: "\n".join("    ".join(row) for row in rows) + "\n",
    "a line each": lambda *rows: "\n".join("\n".join(row) for row in rows) + "\n",
}


@pytest.mark.parametrize("shape", SHAPES)
def test_each_row_is_a_task_of_its_own_cells(shape: str) -> None:
    dispatch = of(SHAPES[shape](COLUMNS, REVIEW, TRAIN))
    assert said(dispatch, "Rà soát") == (["Sở Nội vụ"], ["Sở Tư pháp", "Sở Tài chính"], ["2024-06-30"])
    assert said(dispatch, "Tập huấn") == (["Sở Y tế"], ["UBND các huyện"], ["2024-09-15"])
    assert duty(dispatch, "Rà soát").text == REVIEW[1]
    assert duty(dispatch, "Tập huấn").directive == "II"
    assert [o.text for o in dispatch.obligations if o.rule == "obligation.table"] == [REVIEW[1], TRAIN[1]]
    assert not [d for d in dispatch.diagnostics if d.code == "table.unread"]


@pytest.mark.parametrize("shape", [piped, lined])
def test_columns_in_another_order(shape: object) -> None:
    rows = [[row[i] for i in (4, 2, 3, 1)] for row in (COLUMNS, REVIEW, TRAIN)]
    assert said(of(shape(*rows)), "Tập huấn") == (["Sở Y tế"], ["UBND các huyện"], ["2024-09-15"])  # type: ignore[operator]


def test_wrapped_cells_are_one() -> None:
    rows = [
        COLUMNS,
        [
            "1",
            "Rà soát thủ tục nội bộ của các cơ quan\nthuộc tỉnh",
            "Sở Nông nghiệp\nvà Môi trường",
            "Sở Tư\npháp",
            "Quý II\nnăm 2024",
        ],
        TRAIN,
    ]
    dispatch = of(lined(*rows))
    assert duty(dispatch, "Rà soát").text == "Rà soát thủ tục nội bộ của các cơ quan thuộc tỉnh"
    assert said(dispatch, "Rà soát") == (["Sở Nông nghiệp và Môi trường"], ["Sở Tư pháp"], ["2024-06-30"])
    assert said(dispatch, "Tập huấn")[0] == ["Sở Y tế"]


@pytest.mark.parametrize("shape", [piped, lined])
def test_merged_cells_go_on(shape: object) -> None:
    rows = [COLUMNS, REVIEW, ["2", "Công bố kết quả rà soát", "", "", ""], TRAIN]
    dispatch = of(shape(*rows))  # type: ignore[operator]
    assert said(dispatch, "Công bố") == (["Sở Nội vụ"], ["Sở Tư pháp", "Sở Tài chính"], ["2024-06-30"])
    assert duty(dispatch, "Công bố").score < duty(dispatch, "Rà soát").score
    assert said(dispatch, "Tập huấn")[0] == ["Sở Y tế"]


@pytest.mark.parametrize("shape", [piped, lined])
def test_nobody_helps_where_the_cell_alone_is_empty(shape: object) -> None:
    rows = [COLUMNS, REVIEW, ["2", "Công bố kết quả rà soát", "Sở Tài chính", "", "Quý IV/2024"]]
    assert said(of(shape(*rows)), "Công bố") == (["Sở Tài chính"], [], ["2024-12-31"])  # type: ignore[operator]


@pytest.mark.parametrize("words", ["nt", "Như trên", "-nt-", '-"-', '"'])
@pytest.mark.parametrize("shape", [piped, lined])
def test_as_above(shape: object, words: str) -> None:
    rows = [COLUMNS, REVIEW, ["2", "Công bố kết quả rà soát", words, "Sở Y tế", words]]
    assert said(of(shape(*rows)), "Công bố") == (["Sở Nội vụ"], ["Sở Y tế"], ["2024-06-30"])  # type: ignore[operator]


@pytest.mark.parametrize("shape", [piped, lined])
def test_a_dash_names_nobody(shape: object) -> None:
    rows = [COLUMNS, REVIEW, ["2", "Công bố kết quả rà soát", "-", "-", "-"], TRAIN]
    assert said(of(shape(*rows)), "Công bố") == ([], [], [])  # type: ignore[operator]


@pytest.mark.parametrize("shape", [piped, lined])
@pytest.mark.parametrize("title", [["II", "Cải cách thể chế", "", "", ""], ["", "CẢI CÁCH THỂ CHẾ", "", "", ""]])
def test_titles_are_no_tasks_and_end_what_goes_on(shape: object, title: list[str]) -> None:
    rows = [COLUMNS, REVIEW, title, ["2", "Công bố kết quả rà soát", "", "", "Quý IV/2024"]]
    dispatch = of(shape(*rows))  # type: ignore[operator]
    assert said(dispatch, "Công bố") == ([], [], ["2024-12-31"])
    assert not [o for o in dispatch.obligations if "thể chế" in o.text.lower()]


def test_a_title_by_the_numbers_below_it() -> None:
    rows = [COLUMNS, ["1", "Cải cách thể chế", "", "", ""], ["1.1", *REVIEW[1:]], ["1.2", *TRAIN[1:]]]
    dispatch = of(piped(*rows))
    assert not [o for o in dispatch.obligations if o.text.startswith("Cải cách")]
    assert said(dispatch, "Rà soát")[0] == ["Sở Nội vụ"]


def test_short_rows_of_web_pages() -> None:
    """A cell that goes on from the row above is not printed: what is there goes where it alone fits."""
    head = [*COLUMNS[:3], "Thời gian", "Sản phẩm", "Nguồn kinh phí"]
    rows = [
        head,
        ["1", "Rà soát thủ tục nội bộ", "Sở Nội vụ", "Quý II/2024", "Báo cáo", "Ngân sách"],
        ["2", "Công bố kết quả rà soát", "Sở Y tế", "Quý III/2024", "Quyết định"],
        ["3", "Kiểm tra việc niêm yết", "Quý IV/2024", "Biên bản"],
    ]
    dispatch = of(lined(*rows))
    assert said(dispatch, "Công bố") == (["Sở Y tế"], [], ["2024-09-30"])
    assert said(dispatch, "Kiểm tra") == (["Sở Y tế"], [], ["2024-12-31"])


@pytest.mark.parametrize("shape", [piped, lined])
def test_rows_that_cannot_be_read_name_nobody(shape: object) -> None:
    """Whether the one body printed leads or helps, nothing says."""
    rows = [COLUMNS, REVIEW, ["2", "Công bố kết quả rà soát", "Sở Y tế", "Quý IV/2024"], ["3", *TRAIN[1:]]]
    dispatch = of(shape(*rows))  # type: ignore[operator]
    assert said(dispatch, "Công bố") == ([], [], [])
    assert duty(dispatch, "Công bố").score <= 0.5
    (doubt,) = [d for d in dispatch.diagnostics if d.code == "table.unread"]
    assert doubt.span and dispatch.text[doubt.span.start :].startswith("2")
    assert said(dispatch, "Rà soát")[0] == ["Sở Nội vụ"]
    assert said(dispatch, "Tập huấn")[0] == ["Sở Y tế"]


def test_a_cell_with_several_clauses() -> None:
    task = "Rà soát thủ tục nội bộ; trình UBND tỉnh phê duyệt phương án"
    dispatch = of(piped(COLUMNS, ["1", task, *REVIEW[2:]], TRAIN))
    assert said(dispatch, "Rà soát") == (["Sở Nội vụ"], ["Sở Tư pháp", "Sở Tài chính"], ["2024-06-30"])
    assert said(dispatch, "trình UBND tỉnh")[0] == ["Sở Nội vụ"]


def test_a_clause_keeps_its_own_subject_unless_that_is_generic() -> None:
    rows = [
        COLUMNS,
        ["1", "Sở Xây dựng báo cáo tiến độ hằng tháng", *REVIEW[2:]],
        ["2", "Các cơ quan, đơn vị rà soát thủ tục nội bộ", *REVIEW[2:]],
    ]
    dispatch = of(piped(*rows))
    assert said(dispatch, "Sở Xây dựng")[0] == ["Sở Xây dựng"]
    assert said(dispatch, "Các cơ quan")[0] == ["Sở Nội vụ"]


def test_a_noun_phrase_is_the_task() -> None:
    dispatch = of(piped(COLUMNS, ["1", "Hội nghị sơ kết 6 tháng", *REVIEW[2:]], TRAIN))
    assert said(dispatch, "Hội nghị") == (["Sở Nội vụ"], ["Sở Tư pháp", "Sở Tài chính"], ["2024-06-30"])


def test_one_column_says_who_leads_and_who_helps() -> None:
    rows = [
        ["Nội dung công việc", "Đơn vị thực hiện", "Thời gian"],
        ["Rà soát thủ tục nội bộ", "Sở Nội vụ chủ trì, phối hợp với Sở Tư pháp", "Quý II/2024"],
        ["Công bố kết quả rà soát", "Chủ trì: Sở Y tế; Phối hợp: Sở Tài chính", "Quý IV/2024"],
        ["Kiểm tra việc niêm yết", "Sở Tài chính (chủ trì), Sở Tư pháp", "Quý IV/2024"],
        ["Tập huấn cho công chức", "Thanh tra Sở và các phòng thuộc Sở", "Quý IV/2024"],
    ]
    dispatch = of(piped(*rows))
    assert said(dispatch, "Rà soát") == (["Sở Nội vụ"], ["Sở Tư pháp"], ["2024-06-30"])
    assert said(dispatch, "Công bố") == (["Sở Y tế"], ["Sở Tài chính"], ["2024-12-31"])
    assert said(dispatch, "Kiểm tra") == (["Sở Tài chính"], ["Sở Tư pháp"], ["2024-12-31"])
    assert said(dispatch, "Tập huấn")[0] == ["Thanh tra Sở", "các phòng thuộc Sở"]


@pytest.mark.parametrize("shape", [piped, lined])
def test_a_head_on_two_lines(shape: object) -> None:
    head = ["TT", "Nhiệm vụ", "Cơ quan thực hiện", "Thời gian"]
    dispatch = of(shape(head, ["Chủ trì", "Phối hợp"], REVIEW, TRAIN))  # type: ignore[operator]
    assert said(dispatch, "Rà soát") == (["Sở Nội vụ"], ["Sở Tư pháp", "Sở Tài chính"], ["2024-06-30"])
    assert said(dispatch, "Tập huấn") == (["Sở Y tế"], ["UBND các huyện"], ["2024-09-15"])


@pytest.mark.parametrize("shape", [piped, lined, SHAPES["tabs"]])
def test_numbers_without_a_head(shape: object) -> None:
    dispatch = of(shape(COLUMNS[1:], REVIEW, TRAIN))  # type: ignore[operator]
    assert said(dispatch, "Rà soát") == (["Sở Nội vụ"], ["Sở Tư pháp", "Sở Tài chính"], ["2024-06-30"])
    assert said(dispatch, "Tập huấn")[0] == ["Sở Y tế"]


def test_heads_repeated_on_a_new_page_and_numbered() -> None:
    rows = [
        COLUMNS,
        ["(1)", "(2)", "(3)", "(4)", "(5)"],
        REVIEW,
        COLUMNS,
        ["2", "Công bố kết quả", "", "", "Quý IV/2024"],
    ]
    dispatch = of(piped(*rows))
    assert [o.text for o in dispatch.obligations if o.rule == "obligation.table"] == [REVIEW[1], "Công bố kết quả"]


def test_what_follows_the_table_is_no_row() -> None:
    after = "Sở Tài chính bố trí kinh phí trước ngày 01/7/2024.\n"
    for shape in SHAPES.values():
        dispatch = of(shape(COLUMNS, REVIEW, TRAIN) + "\n" + after)
        assert said(dispatch, "Sở Tài chính bố trí") == (["Sở Tài chính"], [], ["2024-07-01"])
        assert said(dispatch, "Tập huấn")[0] == ["Sở Y tế"]


def test_a_heading_right_below_a_row_that_ends_early() -> None:
    body = lined(COLUMNS, REVIEW) + "|\n2\n|\nCông bố kết quả rà soát\n|\n"
    dispatch = parse(HEAD + body + FOOT.lstrip("\n"))
    assert said(dispatch, "Rà soát") == (["Sở Nội vụ"], ["Sở Tư pháp", "Sở Tài chính"], ["2024-06-30"])
    assert not [o for o in dispatch.obligations if o.text.startswith("KINH PHÍ")]


def test_two_tables_with_text_between() -> None:
    middle = "\nB. Giai đoạn 2\n\n"
    for shape in (piped, lined):
        dispatch = of(shape(COLUMNS, REVIEW) + middle + shape(COLUMNS, TRAIN))
        assert said(dispatch, "Rà soát")[0] == ["Sở Nội vụ"]
        assert said(dispatch, "Tập huấn") == (["Sở Y tế"], ["UBND các huyện"], ["2024-09-15"])


def test_tables_of_data_are_none_of_tasks() -> None:
    rows = [
        ["TT", "Tên thủ tục hành chính", "Thời hạn giải quyết", "Địa điểm thực hiện"],
        ["1", "Cấp phép", "5 ngày", "Sở Y tế"],
    ]
    assert not [o for o in of(piped(*rows)).obligations if o.rule == "obligation.table"]


def test_word_file_with_merged_cells() -> None:
    merged = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    wide = cell("I. Cải cách thể chế", '<w:gridSpan w:val="5"/>')
    rows = [
        COLUMNS,
        [wide],
        ["1", "Rà soát thủ tục\nnội bộ", cell("Sở Nội vụ", merged[0]), "Sở Tư pháp\nSở Tài chính", "30/6/2024"],
        ["2", "Công bố kết quả rà soát", cell("", merged[1]), "Sở Y tế", "Quý IV/2024"],
        TRAIN,
    ]
    body = "".join(map(p, filter(None, HEAD.split("\n"))))
    foot = "".join(map(p, filter(None, FOOT.split("\n"))))
    source = read(docx(body + table(*rows, borders=True) + foot))
    dispatch = parse(source)
    assert said(dispatch, "Rà soát") == (["Sở Nội vụ"], ["Sở Tư pháp", "Sở Tài chính"], ["2024-06-30"])
    assert said(dispatch, "Công bố") == (["Sở Nội vụ"], ["Sở Y tế"], ["2024-12-31"])
    assert said(dispatch, "Tập huấn") == (["Sở Y tế"], ["UBND các huyện"], ["2024-09-15"])
    assert not [o for o in dispatch.obligations if "thể chế" in o.text]


@pytest.mark.parametrize("shape", SHAPES)
def test_linear(shape: str) -> None:
    def seconds(count: int) -> float:
        text = HEAD + SHAPES[shape](COLUMNS, *[[str(i), *REVIEW[1:]] for i in range(count)]) + FOOT
        start = time.process_time()
        parse(text)
        return time.process_time() - start

    seconds(50)
    assert seconds(1600) < 8 * seconds(400) + 0.2


@pytest.mark.parametrize(
    "text",
    [
        "Nội dung\n" * 3000,
        "| Nội dung | Cơ quan chủ trì " * 3000,
        "TT\nNội dung\nChủ trì\n" * 2000,
        "|\nNội dung\n|\nChủ trì\n" * 2000,
    ],
)
def test_any_heap_of_heads(text: str) -> None:
    start = time.process_time()
    parse(HEAD + text + FOOT)
    assert time.process_time() - start < 3
