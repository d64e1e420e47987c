"""Outline: lines rejoined into paragraphs, the tree of numbered items, quoted provisions."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

import vnadmin_nlp as vn
from vnadmin_nlp.layout.lines import split_lines
from vnadmin_nlp.layout.model import Layout
from vnadmin_nlp.outline import Item, Outline, build_outline
from vnadmin_nlp.schema import SectionLabel
from vnadmin_nlp.text import normalize


def outline(text: str, preamble: int = 0, noise: tuple[int, ...] = ()) -> Outline:
    """The outline of `text`: `preamble` lines of preamble, the lines `noise` page furniture, the rest body."""
    working = normalize(text)
    lines = split_lines(working)
    for line in lines:
        if not line.blank:
            line.label = SectionLabel.PREAMBLE if line.number < preamble else SectionLabel.BODY
            line.label = SectionLabel.NOISE if line.number in noise else line.label
            for cell in line.cells:
                cell.label = line.label
    return build_outline(Layout(working, lines))


def items(of: Outline) -> list[Item]:
    found, waiting = [], list(reversed(of.items))
    while waiting:
        item = waiting.pop()
        found.append(item)
        waiting.extend(reversed(item.children))
    return found


def paths(of: Outline) -> list[str]:
    return [item.path for item in items(of)]


def paragraphs(of: Outline) -> list[str]:
    return [of.flow.text[p.start : p.end] for p in of.paragraphs]


WRAPPED = """1. Giám đốc Sở Nông nghiệp và Môi trường
chủ trì, phối hợp với Ủy ban nhân dân các xã, phường rà soát các hộ dân đang sống ở
vùng có nguy cơ sạt lở, chủ động sơ tán đến nơi an toàn; dự trữ lương thực, thuốc men
và nhu yếu phẩm theo phương châm bốn tại chỗ, hoàn thành trước ngày
15. Kết quả báo cáo về Ủy ban nhân dân tỉnh.
Trong thời gian có mưa lớn, tổ chức trực
ban hai mươi tư giờ trên hai mươi tư giờ tại trụ sở và tại các điểm xung yếu của đê.
2. Giám đốc Sở Y tế chuẩn bị cơ số thuốc,
hóa chất xử lý nước sinh hoạt, vệ sinh môi trường và phòng, chống dịch bệnh sau lũ."""


def test_wrapped_lines_become_one_paragraph_each() -> None:
    result = outline(WRAPPED)
    assert [p[:12] for p in paragraphs(result)] == ["1. Giám đốc ", "Trong thời g", "2. Giám đốc "]
    assert "trước ngày 15. Kết quả" in paragraphs(result)[0]
    assert paths(result) == ["1", "2"]


def test_a_gap_parts_paragraphs_but_not_sentences() -> None:
    result = outline("Sở Tài chính bố trí kinh phí theo quy định của\n\npháp luật về ngân sách.\n\nSở Nội vụ theo dõi.")
    assert paragraphs(result) == [
        "Sở Tài chính bố trí kinh phí theo quy định của pháp luật về ngân sách.",
        "Sở Nội vụ theo dõi.",
    ]


def test_a_page_number_inside_a_sentence_is_stepped_over() -> None:
    text = "Các đơn vị báo cáo kết quả về Sở Công\n3\nThương trước ngày 20."
    result = outline(text, noise=(1,))
    at = result.flow.text.index("Sở Công")
    quoted = [text[low:high] for low, high in result.flow.ranges(at, at + len("Sở Công Thương"))]
    assert quoted == ["Sở Công", "Thương"]


def test_table_cells_stay_apart_from_sentences() -> None:
    cells = "|\nSTT\n|\nNội dung\n|\n|\n1.\n|\nRà soát\n|"
    result = outline(f"Danh mục như sau:\n{cells}\nĐiều 2. Quyết định này có hiệu lực.")
    assert paragraphs(result)[0] == "Danh mục như sau:"
    assert paragraphs(result)[-1].startswith("Điều 2.")
    assert paths(result) == ["Điều 2"]
    assert [p.cell for p in result.paragraphs] == [False, True, True, True, True, False]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I. MỤC ĐÍCH\n1. Mục đích\na) Nâng cao.\nb) Bảo đảm.\n2. Yêu cầu\nII. NỘI DUNG",
         ["I", "I/1", "I/1/a", "I/1/b", "I/2", "II"]),
        ("Điều 1. Giao:\n1. Sở A.\n2. Sở B.\nĐiều 2. Hiệu lực.", ["Điều 1", "Điều 1/1", "Điều 1/2", "Điều 2"]),
        ("2. Sở Y tế:\n2.1. Chủ trì.\n2.1.1. Lập kế hoạch.\n2.2. Báo cáo.", ["2", "2/2.1", "2/2.1/2.1.1", "2/2.2"]),
        ("1) Sở A.\n2) Sở B:\na. Rà soát.\nb. Báo cáo.", ["1", "2", "2/a", "2/b"]),
        ("1/ Sở A.\n2/ Sở B.", ["1", "2"]),
        ("1.Giao Sở A.\n2.Giao Sở B.", ["1", "2"]),
        ("1.\nSở Tài chính bố trí kinh phí.\n2.\nSở Nội vụ theo dõi.", ["1", "2"]),
        ("h) Rà soát.\ni) Báo cáo.\nk) Tổng hợp.", ["h", "i", "k"]),
        ("a) Giao:\n(i) Sở A.\n(ii) Sở B.\nb) Báo cáo.", ["a", "a/i", "a/ii", "b"]),
        ("1. Sở A.\n2. Sở B.\n1. Sở C.\n2. Sở D.", ["1", "2", "1", "2"]),
        ("1. Sở A.\n4. Sở B.", ["1", "4"]),
        ("Điều 1. 1. Sở A.\n2. Sở B.", ["Điều 1", "Điều 1/1", "Điều 1/2"]),
        ("I- QUY ĐỊNH CHUNG\nĐiều 1. Phạm vi.\nĐiều 2. Đối tượng.\nII- THỰC HIỆN\nĐiều 3. Hiệu lực.",
         ["I", "I/Điều 1", "I/Điều 2", "II", "II/Điều 3"]),
        ("Chương I\nQUY ĐỊNH CHUNG\nĐiều 1. Phạm vi.\nChương II\nTỔ CHỨC\nĐiều 2. Hiệu lực.",
         ["Chương I", "Chương I/Điều 1", "Chương II", "Chương II/Điều 2"]),
        ("- Điều 1. Phạm vi.\n1. Sở A.\n„ 2. Sở B.\nĐiều 2. Hiệu lực.", ["Điều 1", "Điều 1/1", "Điều 1/2", "Điều 2"]),
        ("Giao Sở A: (i) rà soát số liệu; (ii) lập báo cáo.", ["i", "ii"]),
        ("1. Giao Sở A: a) Rà soát; b) Báo cáo. Sở B phối hợp.\n2. Sở C.", ["1", "1/a", "1/b", "2"]),
    ],
)  # fmt: skip
def test_items(text: str, expected: list[str]) -> None:
    assert paths(outline(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Thực hiện theo quy định tại Điều\n5 Nghị định số 12/2020/NĐ-CP và khoản\n1. Sở A báo cáo.",
        "Tăng trưởng đạt\n10.22% so với cùng kỳ.",
        "Câu 1: Đơn vị có được hoàn thuế không?",
        "Điều 5 Nghị định này quy định về thẩm quyền.",
        "- Rà soát.\n+ Báo cáo.\n* Tổng hợp.",
        "12.000 đồng một hồ sơ.",
        "Theo điểm a) khoản 2 và điểm b) khoản 3 của Quy chế.",
    ],
)
def test_not_items(text: str) -> None:
    assert paths(outline(text)) == []


def test_items_of_the_preamble_are_none() -> None:
    assert paths(outline("1. Căn cứ Luật A;\n2. Căn cứ Luật B;\n1. Sở C.", preamble=2)) == ["1"]


def test_item_ranges_hold_children_and_stop_before_closing_words() -> None:
    closing = "Trên đây là nội dung, đề nghị các đơn vị thực hiện."
    result = outline(f"1. Sở A:\na) Rà soát số liệu.\nb) Báo cáo.\n2. Sở B phối hợp.\n{closing}")
    first, second = result.items
    words = result.flow.text
    assert words[first.start : first.end] == "1. Sở A:\na) Rà soát số liệu.\nb) Báo cáo."
    assert words[second.start : second.end] == "2. Sở B phối hợp."
    assert words[first.body :].startswith("Sở A")
    assert result.paragraphs[-1].item is None
    assert result.paragraphs[1].item is first.children[0]


def test_headings() -> None:
    result = outline("**I. THỰC HIỆN**\n\n**1. Sở Nội vụ**\n\nTheo dõi, đôn đốc.\n\n2. Sở Y tế báo cáo kết quả.")
    headings = [result.flow.text[slice(*i.heading)] if i.heading else None for i in items(result)]
    assert headings == ["THỰC HIỆN", "Sở Nội vụ", None]


def test_a_title_over_two_lines_is_one_paragraph() -> None:
    result = outline("**II. MỤC\nĐÍCH, YÊU CẦU**\n\n1. Nâng cao hiệu quả.")
    assert paragraphs(result)[0] == "II. MỤC ĐÍCH, YÊU CẦU"


def test_bullets() -> None:
    result = outline("1. Sở A:\n- Rà soát số liệu;\n+ Số hộ dân;\n- Báo cáo.")
    assert [(p.bullet, result.flow.text[p.body : p.end]) for p in result.paragraphs] == [
        ("", "Sở A:"), ("-", "Rà soát số liệu;"), ("+", "Số hộ dân;"), ("-", "Báo cáo."),
    ]  # fmt: skip
    assert {p.item.path for p in result.paragraphs if p.item} == {"1"}


MARKED = """Tại Điều 4 Thông tư số 10/2015/TT-BTC quy định:
“Điều 4. Nguyên tắc
1. Đơn vị tự khai.
2. Đơn vị tự chịu trách nhiệm.”
Căn cứ quy định trên, Chi cục có ý kiến như sau:
1. Đơn vị nộp hồ sơ bổ sung."""


def test_a_provision_in_quotation_marks_holds_no_items() -> None:
    result = outline(MARKED)
    assert paths(result) == ["1"]
    assert [p.quoted for p in result.paragraphs] == [False, True, True, True, False, False]
    (quote,) = result.quotes
    assert result.flow.text[slice(*quote)].startswith("“Điều 4.")
    assert result.flow.text[slice(*quote)].endswith("trách nhiệm.”")


@pytest.mark.parametrize("mark", ["", "*"])
def test_a_provision_without_quotation_marks_after_a_lead_that_cites_it(mark: str) -> None:
    lead, *quoted, answer, item = MARKED.replace("“", "").replace("”", "").split("\n")
    assert paths(outline("\n".join([lead, *(f"{mark}{line}{mark}" for line in quoted), answer, item]))) == ["1"]


def test_amended_words_belong_to_the_other_document() -> None:
    text = """Điều 1. Sửa đổi, bổ sung một số điều của Quy chế
1. Sửa đổi khoản 2 Điều 3 như sau:
“2. Sở A:
a) Rà soát;
b) Báo cáo.”
2. Sửa đổi điểm đ khoản 1 Điều 4 như sau:
đ) Trạm y tế xã;
3. Bãi bỏ Điều 9.
Điều 2. Hiệu lực thi hành."""
    assert paths(outline(text)) == ["Điều 1", "Điều 1/1", "Điều 1/2", "Điều 1/3", "Điều 2"]


def test_a_name_in_quotation_marks_is_no_provision() -> None:
    result = outline("1. Phát động phong trào “Cả tỉnh vì người nghèo”.\n2. Sở A: tổ chức hội thi “Khéo tay”.")
    assert result.quotes == []
    assert paths(result) == ["1", "2"]


def test_empty_and_odd_texts() -> None:
    for text in ("", "\n\n", "|", "“", "1.", "Điều", "(", "a)", "-"):
        assert outline(text).flow.text is not None


@pytest.mark.parametrize(
    "unit",
    ["1. Giao\n", "“Điều 1. a\n", "(i) A; ", "“a: ", "|a", "a) A\n", "1.1.1. A\n", "Tại Điều 5 quy định:\n1. a\n", "x"],
)
def test_time_grows_with_length(unit: str) -> None:
    def seconds(count: int) -> float:
        text = unit * count
        start = time.process_time()
        outline(text)
        return time.process_time() - start

    seconds(100)
    short = min(seconds(2_000) for _ in range(3))
    assert seconds(16_000) < 8 * short * 3 + 0.2


def test_depth_costs_no_recursion() -> None:
    result = outline("\n".join(".".join(["1"] * (n % 6 + 1)) + ". Giao việc" for n in range(6_000)))
    assert max(path.count("/") for path in paths(result)) == 5


def test_real_documents_keep_their_words(shared_dir: Path) -> None:
    """Nothing of the body is lost or doubled: the flow is the words of its lines."""
    for source in sorted((shared_dir / "gold" / "dev").glob("*.txt"))[:12]:
        text = source.read_text(encoding="utf-8")
        result = outline(text)
        words = normalize(text).text.replace("|", " ").split()
        kept = [w for w in words if any(c.isalnum() for c in w)]
        assert [w for w in result.flow.text.split() if any(c.isalnum() for c in w)] == kept, source.name


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I. MỤC ĐÍCH\nH. NỘI DUNG\nIII. KINH PHÍ", ["I", "H", "III"]),
        ("I. MỤC ĐÍCH\n1. Một.\nIl. NỘI DUNG\n1. Hai.", ["I", "I/1", "Il", "Il/1"]),
        ("1. Một.\n2, Hai.\n. 3, Ba.\n4. Bốn.", ["1", "2", "3", "4"]),
        ("7. Bảy.\n§. Tám.\n9. Chín.", ["7", "§", "9"]),
        ("A. Đối với sở\nH. Đối với xã", ["A", "H"]),
        ("1. Một.\n3, Ba người.", ["1"]),
        ("2. Hai.\n2.1. Các việc:\n(1) Một.\n(2) Hai.\n2.2. Khác.", ["2", "2/2.1", "2/2.1/1", "2/2.1/2", "2/2.2"]),
    ],
)
def test_labels_that_a_scan_misread(text: str, expected: list[str]) -> None:
    assert paths(outline(text)) == expected


def test_item_under_a_title_that_ends_in_the_word_of_a_part() -> None:
    text = "Điều 9. Sử dụng tài khoản\n1. Đối với tài khoản dự toán\na) Các đơn vị nộp hồ sơ.\n2. Khác."
    assert paths(outline(text)) == ["Điều 9", "Điều 9/1", "Điều 9/1/a", "Điều 9/2"]


def test_a_list_right_under_an_article_without_words() -> None:
    text = (
        "QUYẾT ĐỊNH:\nĐiều 1\nBan hành kèm theo Quyết định này Quy chế làm việc.\nĐiều 2\n"
        "1. Quyết định này có hiệu lực kể từ ngày ký.\n2. Bãi bỏ Quyết định số 5/QĐ-UBND.\n"
    )
    paths = [item.path for item in vn.parse(text).walk()]
    assert paths == ["Điều 1", "Điều 2", "Điều 2/1", "Điều 2/2"]


def test_a_post_at_the_end_of_a_line_goes_on_with_its_body() -> None:
    text = (
        "QUYẾT ĐỊNH:\nĐiều 1. Hội đồng gồm:\n1. Ông Lê Văn Khang, Chủ tịch\n2. Bà Hồ Thị Lan, Thư ký\n"
        "Điều 2. Chánh Văn phòng Bộ, Cục trưởng Cục Di sản, Chủ tịch \n"
        "Ủy ban nhân dân tỉnh Kiên Sơn và các tổ chức, cá nhân có liên quan tới di sản văn hóa phi vật thể có tên "
        "trong danh mục chịu trách nhiệm thi hành Quyết định này./.\n"
    )
    dispatch = vn.parse(text)
    assert [item.path for item in dispatch.walk()] == ["Điều 1", "Điều 1/1", "Điều 1/2", "Điều 2"]
    assert "Chủ tịch Ủy ban nhân dân tỉnh Kiên Sơn" in {m.text for a in dispatch.actors for m in a.mentions}
