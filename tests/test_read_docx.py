"""Word documents: what prints, in which order, and what is no part of the running text."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from word_files import cell, docx, kinds, lines, lvl, numbering, p, r, read, table

from vnadmin_nlp.schema import BlockKind, Format

NATIONAL = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
DATED = "An Bình, ngày 02 tháng 3 năm 2025"


# runs


def test_what_a_run_prints() -> None:
    body = p(
        "<w:r><w:t>Mục</w:t><w:tab/><w:t>I</w:t><w:br/><w:t>dòng hai</w:t><w:cr/><w:t>ba</w:t></w:r>",
        '<w:r><w:t xml:space="preserve"> B</w:t><w:noBreakHyphen/><w:t>52</w:t><w:softHyphen/><w:t>H</w:t></w:r>',
    )
    assert lines(body) == ["Mục\tI", "dòng hai", "ba B-52H"]


def test_line_end_inside_words_is_a_blank() -> None:
    assert lines(p("<w:r><w:t>Sở\nNội vụ</w:t></w:r>")) == ["Sở Nội vụ"]


def test_soft_breaks_leave_one_blank_line() -> None:
    source = read(docx(p(r("CHỦ TỊCH"), "<w:r><w:br/><w:br/></w:r>", "<w:r><w:br/><w:br/></w:r>", r("Lê An"))))
    assert source.text == "CHỦ TỊCH\n\nLê An\n"
    assert len(source.blocks) == 1


def test_page_break_ends_a_line() -> None:
    source = read(docx(p(r("Hết trang"), '<w:r><w:br w:type="page"/></w:r>', r("PHỤ LỤC"))))
    assert source.text == "Hết trang\n\nPHỤ LỤC\n"
    assert [block.paragraph for block in source.blocks] == [0, 0]


def test_symbols() -> None:
    symbols = [
        ("Wingdings", "F0FE"),
        ("Wingdings", "F0A8"),
        ("Wingdings", "F0E0"),
        ("Symbol", "F0B7"),
        ("Symbol", "F061"),
    ]
    runs = [f'<w:r><w:sym w:font="{font}" w:char="{code}"/></w:r>' for font, code in symbols]
    assert lines(p(*runs, '<w:r><w:sym w:font="Wingdings" w:char="zz"/></w:r>')) == ["☑◻→•α"]


def test_words_in_a_font_of_signs() -> None:
    assert lines(p(r("à", '<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/>'), r(" xem"))) == ["→ xem"]
    assert lines(p("\uf0b7 một")) == ["• một"]


def test_hidden_words_do_not_print() -> None:
    assert lines(p(r("mật", "<w:vanish/>"), r("rõ", '<w:vanish w:val="0"/>'))) == ["rõ"]


def test_capitals_of_the_look() -> None:
    assert lines(p(r("Sở Nội vụ", "<w:caps/>"), r(" tỉnh", "<w:smallCaps/>"))) == ["SỞ NỘI VỤ TỈNH"]


def test_bold_and_italic_through_styles() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="Tieude"><w:rPr><w:b/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Con"><w:basedOn w:val="Tieude"/><w:rPr><w:i/></w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="Dam"><w:rPr><w:b/></w:rPr></w:style>'
    )
    runs = r("một ", '<w:rStyle w:val="Dam"/>'), r("hai ", '<w:b w:val="0"/>'), r("ba")
    source = read(docx(p(*runs, style="Con"), styles=styles))
    assert [source.text[a:b] for a, b in source.bold] == ["ba"]  # both styles switch it on: they cancel
    assert [source.text[a:b] for a, b in source.italic] == ["một hai ba"]


def test_styles_based_on_each_other() -> None:
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{a}"><w:basedOn w:val="{b}"/></w:style>' for a, b in ("AB", "BA")
    )
    assert lines(p("chữ", style="A"), styles=styles) == ["chữ"]


def test_ruby_and_formulas() -> None:
    ruby = f"<w:r><w:ruby><w:rt>{r('trên')}</w:rt><w:rubyBase>{r('gốc')}</w:rubyBase></w:ruby></w:r>"
    fraction = "<m:f><m:num><m:r><m:t>a</m:t></m:r></m:num><m:den><m:r><m:t>b</m:t></m:r></m:den></m:f>"
    assert lines(p(ruby, f"<m:oMath><m:r><m:t>x=</m:t></m:r>{fraction}</m:oMath>")) == ["gốcx=a/b"]


# changes, fields, controls


def test_tracked_changes() -> None:
    body = p(
        "Giao ",
        f"<w:del>{r('Sở A').replace('w:t', 'w:delText')}</w:del><w:ins>{r('Sở B')}</w:ins>",
        f"<w:moveFrom>{r(' cũ')}</w:moveFrom><w:moveTo>{r(' mới')}</w:moveTo>",
    )
    assert lines(body) == ["Giao Sở B mới"]


def test_deleted_end_of_a_paragraph() -> None:
    gone = "<w:rPr><w:del/></w:rPr>"
    deleted = "<w:del><w:r><w:delText>bỏ</w:delText></w:r></w:del>"
    body = p("Một ", num=(1, 0), props=gone) + p("hai", num=(1, 0)) + p(deleted, num=(1, 0), props=gone) + table(["ba"])
    assert lines(body, numbering=numbering([lvl(0, "decimal", "%1.")])) == ["1. Một hai", "ba"]


def test_struck_words_are_left_out_and_told() -> None:
    one = numbering([lvl(0, "decimal", "%1.")])
    body = p("Trước ngày ", r("1/5 ", "<w:strike/>"), r("2/5 ", "<w:dstrike/>"), r("10/5", '<w:strike w:val="0"/>'))
    body += p(r("bỏ hẳn", "<w:strike/>"), num=(1, 0)) + p("còn lại", num=(1, 0))
    source = read(docx(body, numbering=one))
    assert source.text.split("\n")[0] == "Trước ngày 10/5"
    assert [line for line in source.text.split("\n")[1:] if line] == ["2. còn lại"]
    assert [one.code for one in source.diagnostics] == ["docx.struck_out"]


def test_prompt_of_a_content_control_is_no_text() -> None:
    def control(props: str, words: str) -> str:
        return f"<w:sdt><w:sdtPr>{props}</w:sdtPr><w:sdtContent>{words}</w:sdtContent></w:sdt>"

    prompt, filled = "<w:showingPlcHdr/>", '<w:showingPlcHdr w:val="0"/>'
    inside = p("Gửi ", control(prompt, r("Bấm để nhập ngày")), control(filled, r("10/5")), ".")
    assert lines(inside + control(prompt, p("Nhập tên")) + control("", p("Sở Y tế"))) == ["Gửi 10/5.", "Sở Y tế"]


def test_drop_cap_stands_with_its_word() -> None:
    capital = p("C", props='<w:framePr w:dropCap="drop" w:lines="3"/>')
    assert lines(capital + p("ông an tỉnh.") + p("Sở Y tế.")) == ["Công an tỉnh.", "Sở Y tế."]
    assert lines(p("Khung", props='<w:framePr w:w="200"/>') + p("Sở Y tế.")) == ["Khung", "Sở Y tế."]


def test_deleted_row() -> None:
    row = f"<w:tr><w:trPr><w:del/></w:trPr>{cell('bỏ')}</w:tr>"
    assert lines(table(["TT", "Tên"], ["1", "An"], borders=True).replace("</w:tbl>", f"{row}</w:tbl>")) == [
        "| TT | Tên |",
        "| 1 | An |",
    ]


def test_deleted_cell() -> None:
    assert lines(table(["TT", "Tên"], ["1", cell("bỏ", "<w:cellDel/>")], borders=True)) == ["| TT | Tên |", "| 1 | |"]


def field(instruction: str, result: str | None) -> str:
    between = f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{result}' if result is not None else ""
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{instruction}</w:instrText></w:r>{between}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def test_fields_print_their_results() -> None:
    nested = field("IF " + "x", field("DATE", r("ngày mai")))
    body = p("A ", field(' HYPERLINK "http://a.b"', r("trang")), " B ", field("EQ", None), nested)
    assert lines(body + p(f'<w:fldSimple w:instr="REF x">{r("Điều 3")}</w:fldSimple>')) == [
        "A trang B ngày mai",
        "Điều 3",
    ]


def test_field_over_paragraphs() -> None:
    toc = p('<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC</w:instrText></w:r>'
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r>', r("Chương I"))  # fmt: skip
    assert lines(toc + p("Chương II", '<w:r><w:fldChar w:fldCharType="end"/></w:r>') + p("Hết")) == [
        "Chương I", "Chương II", "Hết",
    ]  # fmt: skip


def test_field_never_ended() -> None:
    assert lines(p("Trước ", '<w:r><w:fldChar w:fldCharType="begin"/></w:r>', r("PAGE")) + p("Sau")) == ["Trước", "Sau"]


def test_check_boxes_of_forms() -> None:
    box = '<w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox>{}</w:checkBox></w:ffData></w:fldChar>'
    end = '<w:r><w:instrText>FORMCHECKBOX</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    body = p(f"<w:r>{box.format('<w:checked/>')}</w:r>{end}", " Có ", f"<w:r>{box.format('')}</w:r>{end}", " Không")
    assert lines(body) == ["☒ Có ☐ Không"]


def test_what_stands_around_blocks_and_runs() -> None:
    def control(inner: str) -> str:
        return f"<w:sdt><w:sdtPr/><w:sdtContent>{inner}</w:sdtContent></w:sdt>"

    runs = f"<w:hyperlink>{r('liên kết')}</w:hyperlink><w:smartTag>{control(r(' ô'))}</w:smartTag>"
    rows = f"<w:tr>{control(cell('TT'))}{cell('Tên')}</w:tr>"
    rows += control(f"<w:tr>{cell('1')}<w:customXml>{cell(control(p('An')))}</w:customXml></w:tr>")
    body = control(p(runs)) + f"<w:customXml>{p('đoạn')}</w:customXml>" + f"<w:tbl><w:tblPr/>{rows}</w:tbl>"
    assert lines(body) == ["liên kết ô", "đoạn", "| TT | Tên |", "| 1 | An |"]


def test_one_branch_of_alternatives() -> None:
    box = "<w:txbxContent>{}</w:txbxContent>".format(p("HỎA TỐC"))
    choice = f"<w:drawing><a:graphic><wps:wsp><wps:txbx>{box}</wps:txbx></wps:wsp></a:graphic></w:drawing>"
    fallback = f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback>"
    both = f"<mc:Choice Requires='wps'>{choice}</mc:Choice>{fallback}"
    only = f"<mc:Choice Requires='wpg'><w:drawing/></mc:Choice>{fallback}"
    for alternatives in (both, only):
        source = read(
            docx(p("Trên") + p(f"<w:r><mc:AlternateContent>{alternatives}</mc:AlternateContent></w:r>", "CÔNG ĐIỆN"))
        )
        assert kinds(source) == [
            (BlockKind.PARAGRAPH, "Trên"), (BlockKind.TEXT_BOX, "HỎA TỐC"), (BlockKind.PARAGRAPH, "CÔNG ĐIỆN"),
        ]  # fmt: skip


def test_vml_box_and_word_art() -> None:
    box = f"<w:txbxContent>{p('KHẨN')}{table(['trong khung'])}</w:txbxContent>"
    art = '<w:pict><v:shape><v:textpath string="DỰ THẢO"/></v:shape></w:pict>'
    body = p(f"<w:r><w:pict><v:shape><v:textbox>{box}</v:textbox></v:shape></w:pict></w:r><w:r>{art}</w:r>")
    assert lines(body) == ["KHẨN", "trong khung", "DỰ THẢO"]


# automatic numbers

LEVELS = [lvl(0, "upperRoman", "%1."), lvl(1, "decimal", "%2."), lvl(2, "lowerLetter", "%3)"), lvl(3, "bullet", "-")]


def test_levels_restart() -> None:
    order = [0, 1, 1, 2, 2, 1, 2, 3, 0, 1, 2]
    body = "".join(p(f"x{at}", num=(1, at)) for at in order)
    source = read(docx(body, numbering=numbering(LEVELS)))
    assert [line.split()[0] for line in source.text.split("\n") if line] == "I. 1. 2. a) b) 3. a) - II. 1. a)".split()
    assert [(block.label, block.level) for block in source.blocks[:3]] == [("I.", 0), ("1.", 1), ("2.", 1)]


def test_lists_of_one_abstract_list_count_on_unless_they_start_anew() -> None:
    again = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    xml = numbering([lvl(0, "decimal", "%1.")], nums={1: (0, ""), 2: (0, ""), 3: (0, again)})
    body = "".join(p("x", num=(num, 0)) for num in (1, 2, 3, 3, 1, 3))
    assert lines(body, numbering=xml) == ["1. x", "2. x", "5. x", "6. x", "7. x", "8. x"]


def test_level_of_a_list_of_its_own() -> None:
    own = f'<w:lvlOverride w:ilvl="0">{lvl(0, "upperLetter", "Phần %1", start=3)}</w:lvlOverride>'
    assert lines(p("x", num=(1, 0)), numbering=numbering([LEVELS[0]], nums={1: (0, own)})) == ["Phần C x"]


def test_numbers_of_higher_levels() -> None:
    levels = [
        lvl(0, "upperRoman", "Điều %1."),
        lvl(1, "decimal", "%1.%2", "<w:isLgl/>"),
        lvl(2, "lowerLetter", "%1.%2.%3"),
    ]
    body = "".join(p("x", num=(1, at)) for at in (0, 1, 1, 2))
    assert lines(body, numbering=numbering(levels)) == ["Điều I. x", "1.1 x", "1.2 x", "I.2.a x"]
    early = p("x", num=(1, 1)) + p("x", num=(1, 0))
    assert lines(early, numbering=numbering(levels)) == ["1.1 x", "Điều II. x"]


def test_levels_that_do_not_restart() -> None:
    levels = [lvl(0, "decimal", "Chương %1."), lvl(1, "decimal", "Điều %2.", '<w:lvlRestart w:val="0"/>')]
    body = "".join(p("x", num=(1, at)) for at in (0, 1, 0, 1))
    assert lines(body, numbering=numbering(levels)) == ["Chương 1. x", "Điều 1. x", "Chương 2. x", "Điều 2. x"]


@pytest.mark.parametrize(
    ("form", "start", "label"),
    [
        ("lowerRoman", 14, "xiv"), ("upperLetter", 28, "BB"), ("lowerLetter", 5, "e"), ("decimalZero", 7, "07"),
        ("ordinal", 3, "3"), ("numberInDash", 2, "- 2 -"), ("vietnameseCounting", 21, "hai mươi mốt"), ("none", 4, ""),
        ("decimalEnclosedCircle", 3, "③"), ("nonsense", 3, "3"),
    ],
)  # fmt: skip
def test_formats(form: str, start: int, label: str) -> None:
    assert lines(p("x", num=(1, 0)), numbering=numbering([lvl(0, form, "%1.", start=start)])) == [f"{label}. x"]


def test_format_of_ones_own() -> None:
    own = '<w:numFmt w:val="custom" w:format="001, 002, 003"/>'
    own = f"<mc:AlternateContent><mc:Choice>{own}</mc:Choice></mc:AlternateContent>"
    level = f'<w:lvl w:ilvl="0"><w:start w:val="9"/>{own}<w:lvlText w:val="%1"/></w:lvl>'
    assert lines(p("x", num=(1, 0)), numbering=numbering([level])) == ["009 x"]


def test_what_separates_number_and_words() -> None:
    level = lvl(0, "decimal", "%1.", '<w:suff w:val="nothing"/>')
    assert lines(p("x", num=(1, 0)), numbering=numbering([level])) == ["1.x"]


@pytest.mark.parametrize(
    ("glyph", "font", "label"), [("\uf0b7", "Symbol", "-"), ("–", "", "-"), ("+", "", "+"), ("o", "Courier New", "-")]
)
def test_bullets(glyph: str, font: str, label: str) -> None:
    fonts = f'<w:rPr><w:rFonts w:ascii="{font}" w:hAnsi="{font}"/></w:rPr>' if font else ""
    level = lvl(0, "bullet", glyph).replace("</w:lvl>", f"{fonts}</w:lvl>")
    assert lines(p("x", num=(1, 0)) + p("", num=(1, 0)), numbering=numbering([level])) == [f"{label} x"]


def test_numbers_of_styles() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="Dieu"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Khoan"><w:basedOn w:val="Dieu"/></w:style>'
        '<w:style w:type="numbering" w:styleId="Ds"><w:pPr><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr></w:style>'
    )
    linked = [lvl(0, "decimal", "Điều %1."), lvl(1, "decimal", "%2.", '<w:pStyle w:val="Khoan"/>')]
    xml = numbering(linked, ['<w:numStyleLink w:val="Ds"/>'], [lvl(0, "decimal", "[%1]")],
                    nums={1: (0, ""), 2: (1, ""), 3: (2, "")})  # fmt: skip
    body = p("x", style="Dieu") + p("y", style="Khoan") + p("z", style="Dieu", num=(0, 0)) + p("t", num=(2, 0))
    assert lines(body, styles=styles, numbering=xml) == ["Điều 1. x", "1. y", "z", "[1] t"]


def test_number_that_names_no_list() -> None:
    assert lines(p("x", num=(7, 0)) + p("y", num=(1, 8)), numbering=numbering([lvl(0, "decimal", "%1.")])) == ["x", "y"]


def test_numbers_in_a_table() -> None:
    body = table(["TT", "Tên"], [p("", num=(1, 0)), "An"], [p("", num=(1, 0)), "Ba"], borders=True)
    assert lines(body, numbering=numbering([lvl(0, "decimal", "%1")])) == ["| TT | Tên |", "| 1 | An |", "| 2 | Ba |"]


# tables


def test_head_table_column_by_column() -> None:
    source = read(docx(table(["UBND XÃ AN BÌNH\nSố: 12/UBND", "", f"{NATIONAL}\n{MOTTO}"]) + p("Kính gửi: Sở A")))
    assert source.text == f"UBND XÃ AN BÌNH\nSố: 12/UBND\n\n{NATIONAL}\n{MOTTO}\n\nKính gửi: Sở A\n"
    places = [(block.kind, block.table, block.row, block.column, block.paragraph) for block in source.blocks]
    column = BlockKind.COLUMN
    assert places[:4] == [(column, 0, 0, 0, 0), (column, 0, 0, 0, 1), (column, 0, 0, 1, 0), (column, 0, 0, 1, 1)]


def test_head_table_of_two_rows() -> None:
    body = table(["UBND XÃ AN BÌNH", NATIONAL], ["Số: 12/UBND", DATED])
    assert lines(body) == ["UBND XÃ AN BÌNH", "Số: 12/UBND", NATIONAL, DATED]


def test_foot_of_two_who_sign() -> None:
    signed = [f"KT. BỘ TRƯỞNG\nTHỨ TRƯỞNG\n\n{name}" for name in ("Lê Văn An", "Lê Thị Ba")]
    assert lines(table(signed)) == "\n".join(signed).replace("\n\n", "\n").split("\n")


def test_data_row_by_row_with_spans() -> None:
    head = cell("Kết quả", '<w:gridSpan w:val="2"/>')
    merged = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    body = table(
        ["TT", head],
        [cell("1", merged[0]), "An\nBình", "Ba"],
        [cell("", merged[1]), "Tư", ""],
        ["", "", ""],
        borders=True,
    )
    source = read(docx(body))
    assert source.text.split("\n")[:3] == ["| TT | Kết quả |", "| 1 | An Bình | Ba |", "| | Tư | |"]
    assert source.tables() == [[["TT", "Kết quả", ""], ["1", "An Bình", "Ba"], ["", "Tư", ""]]]


def test_rows_that_begin_later() -> None:
    row = f'<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>{cell("b")}</w:tr>'
    assert lines(table(["TT", "Tên"], borders=True).replace("</w:tbl>", f"{row}</w:tbl>")) == [
        "| TT | Tên |",
        "| | b |",
    ]


def test_borders_of_the_style() -> None:
    styles = (
        '<w:style w:type="table" w:styleId="Luoi"><w:tblPr><w:tblBorders><w:insideV w:val="single"/></w:tblBorders>'
        '</w:tblPr></w:style><w:style w:type="table" w:styleId="Con"><w:basedOn w:val="Luoi"/></w:style>'
    )
    style = '<w:tblStyle w:val="Con"/>'
    assert lines(table(["Tổng số", "12"], props=style), styles=styles) == ["| Tổng số | 12 |"]
    nil = style + '<w:tblBorders><w:insideV w:val="nil"/></w:tblBorders>'
    assert lines(table(["Tổng số", "12"], props=nil), styles=styles) == ["Tổng số", "12"]


def test_frame_and_tables_in_it() -> None:
    inner = table(["TT", "Tên"], ["1", "An"], borders=True)
    source = read(docx(table([p("Trong khung") + inner + p("Hết")], borders=True)))
    assert source.text.rstrip() == "Trong khung\n\n| TT | Tên |\n| 1 | An |\n\nHết"


def test_table_in_a_cell_of_data() -> None:
    body = table(["TT", "Tên"], ["1", p("An") + table(["a", "b"]) + p("")], borders=True)
    assert lines(body) == ["| TT | Tên |", "| 1 | An a b |"]


# heads and feet by tab stops


def tabbed(*parts: str) -> str:
    return p("<w:r>" + "<w:tab/>".join(f"<w:t>{words}</w:t>" if words else "" for words in parts) + "</w:r>")


def test_head_by_tabs() -> None:
    body = (
        tabbed("UBND XÃ AN BÌNH", NATIONAL) + tabbed("VĂN PHÒNG", MOTTO) + tabbed("Số: 12/UBND", DATED)
        + tabbed("Kính gửi:", "Sở Nội vụ") + p("Thực hiện")
    )  # fmt: skip
    source = read(docx(p("") + body))
    assert source.text.splitlines()[:3] == ["UBND XÃ AN BÌNH", "VĂN PHÒNG", "Số: 12/UBND"]
    assert source.text.splitlines()[4:7] == [NATIONAL, MOTTO, DATED]
    columns = [block.column for block in source.blocks if block.kind is BlockKind.COLUMN]
    assert columns == [0, 0, 0, 1, 1, 1]
    assert source.text.splitlines()[8:] == ["Kính gửi:\tSở Nội vụ", "Thực hiện"]


def test_head_by_tabs_in_one_paragraph() -> None:
    run = f"<w:r><w:tab/><w:t>UBND XÃ</w:t><w:tab/><w:t>{NATIONAL}</w:t><w:br/><w:tab/><w:tab/><w:t>{MOTTO}</w:t></w:r>"
    assert lines(p(run) + p("Tiếp")) == ["UBND XÃ", NATIONAL, MOTTO, "Tiếp"]


def test_foot_by_tabs() -> None:
    body = (
        p("Nội dung./.") + tabbed("Nơi nhận:", "TM. ỦY BAN NHÂN DÂN") + tabbed("- Như trên;", "CHỦ TỊCH")
        + p("- Lưu: VT.") + p("") + tabbed("", "", "Lê Văn An") + p("PHỤ LỤC")
    )  # fmt: skip
    assert lines(body) == [
        "Nội dung./.", "Nơi nhận:", "- Như trên;", "- Lưu: VT.", "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Lê Văn An",
        "PHỤ LỤC",
    ]  # fmt: skip


def test_signature_by_tabs_that_begins_above_the_recipients() -> None:
    body = (
        p("Hết./.")
        + tabbed("", "TM. ỦY BAN NHÂN DÂN")
        + tabbed("Nơi nhận:", "CHỦ TỊCH")
        + tabbed("- Lưu: VT.", "Lê An")
    )
    assert lines(body) == ["Hết./.", "Nơi nhận:", "- Lưu: VT.", "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Lê An"]


def test_tabs_elsewhere_stay() -> None:
    assert lines(tabbed("Họ tên:", "Lê An") + tabbed("Chức vụ:", "Giám đốc")) == [
        "Họ tên:\tLê An",
        "Chức vụ:\tGiám đốc",
    ]


# notes, page headers and footers


def note(identity: int, *paragraphs: str, kind: str = "footnote") -> str:
    return f'<w:{kind} w:id="{identity}">{"".join(paragraphs)}</w:{kind}>'


def call(identity: int, kind: str = "footnote", more: str = "") -> str:
    return f'<w:r><w:{kind}Reference w:id="{identity}"{more}/></w:r>'


def test_notes_stand_after_the_paragraph_that_calls_them() -> None:
    notes = note(2, p("<w:r><w:footnoteRef/></w:r>", " Theo kế hoạch."), p("Đoạn hai."))
    body = p(r("  Giao Sở A"), call(2), r(" thực hiện"), call(3, "endnote")) + p("Sau")
    source = read(docx(body, footnotes=notes, endnotes=note(3, p("Ghi chú cuối."), kind="endnote")))
    assert source.text.splitlines() == ["Giao Sở A thực hiện", "Theo kế hoạch.", "Đoạn hai.", "Ghi chú cuối.", "Sau"]
    called = [(block.kind, block.anchor) for block in source.blocks[1:4]]
    assert called == [(BlockKind.NOTE, 9), (BlockKind.NOTE, 9), (BlockKind.NOTE, 19)]


def test_mark_of_ones_own() -> None:
    marked = call(2, more=' w:customMarkFollows="1"').replace("</w:r>", "<w:t>*</w:t></w:r>")
    assert lines(p("Giao", marked, " Sở A"), footnotes=note(2, p("* Nay là Sở B."))) == ["Giao Sở A", "* Nay là Sở B."]


def test_notes_in_tables() -> None:
    notes = note(2, p("Ghi chú."))
    data = table(["TT", "Tên"], ["1", p("An", call(2))], ["2", "Ba"], borders=True)
    source = read(docx(data, footnotes=notes))
    assert source.text.split("\n")[:4] == ["| TT | Tên |", "| 1 | An |", "Ghi chú.", "| 2 | Ba |"]
    anchor = source.blocks[4].anchor
    assert anchor is not None and source.text[:anchor].endswith("| 1 | An")
    head = table([p("UBND XÃ", call(2)) + p("Số: 1/UBND"), NATIONAL])
    assert lines(head, footnotes=notes) == ["UBND XÃ", "Số: 1/UBND", "Ghi chú.", NATIONAL]


def test_note_that_is_missing() -> None:
    assert lines(p("Giao", call(9)), footnotes=note(2, p("Không gọi."))) == ["Giao"]
    assert lines(p("Giao", call(9))) == ["Giao"]


HEADER = '<w:headerReference w:type="{}" r:id="header{}"/>'


def test_page_headers_and_footers() -> None:
    section = HEADER.format("default", 1) + '<w:footerReference w:type="default" r:id="footer1"/>'
    footer = (
        p("Trang ", field("PAGE", r("7")), "/", field("NUMPAGES", r("9")))
        + p("Điện thoại: 0123")
        + p(field("PAGE", r("2")))
    )
    art = '<w:pict><v:shape><v:textpath string="DỰ THẢO"/></v:shape></w:pict>'
    header = p(f"<w:r>{art}</w:r>") + table(["Sở A", "Mật"]) + p("Sở A")
    source = read(docx(p("Nội dung"), section=section, header1=header, footer1=footer))
    assert kinds(source) == [
        (BlockKind.RUNNING, "DỰ THẢO"), (BlockKind.RUNNING, "Sở A"), (BlockKind.RUNNING, "Mật"),
        (BlockKind.PARAGRAPH, "Nội dung"), (BlockKind.RUNNING, "Điện thoại: 0123"),
    ]  # fmt: skip


def test_headers_that_are_not_printed() -> None:
    section = "".join(HEADER.format(kind, n) for n, kind in enumerate(("default", "first", "even"), 1))
    parts = {"header1": p("một"), "header2": p("hai"), "header3": p("ba")}
    assert lines(p("x"), section=section, **parts) == ["một", "x"]
    assert lines(p("x"), section=section + "<w:titlePg/>", settings="<w:evenAndOddHeaders/>", **parts) == [
        "hai", "một", "ba", "x",
    ]  # fmt: skip


def test_head_of_the_document_in_the_page_header() -> None:
    section = HEADER.format("first", 1) + HEADER.format("default", 2) + "<w:titlePg/>"
    source = read(
        docx(p("Kính gửi: Sở A"), section=section, header1=table(["UBND XÃ", NATIONAL]), header2=p("Trang sau"))
    )
    assert kinds(source) == [
        (BlockKind.COLUMN, "UBND XÃ"), (BlockKind.COLUMN, NATIONAL),
        (BlockKind.RUNNING, "Trang sau"), (BlockKind.PARAGRAPH, "Kính gửi: Sở A"),
    ]  # fmt: skip


# legacy fonts

TIME, TIME_H, VNI = (f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}"/>' for name in (".VnTime", ".VnTimeH", "VNI-Times"))


def test_fonts_of_tcvn3() -> None:
    source = read(docx(p(r("ñy ban nh©n d©n", TIME_H), r(" x· An B×nh", TIME), r(" và"))))
    assert source.text == "ỦY BAN NHÂN DÂN xã An Bình và\n"
    assert source.blocks[0].encoding == "tcvn3"


def test_word_over_runs_of_vni() -> None:
    body = p(r("Uy", VNI), r("û", f"{VNI}<w:b/>"), r(" ban nha", f"{VNI}<w:b/>"), r("ân daân xaõ", VNI))
    assert lines(body) == ["Uỷ ban nhân dân xã"]


def test_unicode_in_a_legacy_font_stays() -> None:
    body = p(r("Dòng này là Unicode, không được chuyển", TIME)) + p(r("lòng", TIME), r(" được", TIME))
    source = read(docx(body))
    assert source.text == "Dòng này là Unicode, không được chuyển\nlòng được\n"
    assert source.blocks[0].encoding is None


def test_unicode_in_a_font_of_vni_stays() -> None:
    body = p(r("hoà bình, toán", VNI)) + p(r("toán ", VNI), r("được", f"{VNI}<w:b/>")) + p(r("không chuyển", VNI))
    assert lines(body) == ["hoà bình, toán", "toán được", "không chuyển"]


def test_short_words_follow_the_document() -> None:
    body = p(r("Hµ Néi, ngµy 01 th¸ng 02 n¨m 2003", TIME)) + p(r("Hé", TIME)) + p(r("không được chuyển", TIME))
    assert lines(body) == ["Hà Nội, ngày 01 tháng 02 năm 2003", "Hộ", "không được chuyển"]


def test_numbers_in_legacy_fonts() -> None:
    body = p(r("ph¹m vi", TIME_H), num=(1, 0), props=f"<w:rPr>{TIME}</w:rPr>")
    assert lines(body, numbering=numbering([lvl(0, "decimal", "§iÒu %1.")])) == ["Điều 1. PHẠM VI"]


def test_fonts_of_styles_defaults_and_theme() -> None:
    styles = (
        '<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:asciiTheme="minorHAnsi" w:hAnsiTheme="minorHAnsi"/></w:rPr>'
        '</w:rPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"/>'
        '<w:style w:type="paragraph" w:styleId="Moi"><w:rPr><w:rFonts w:hAnsi="Times New Roman"/></w:rPr></w:style>'
    )
    theme = '<a:fontScheme><a:minorFont><a:latin typeface=".VnTime"/></a:minorFont></a:fontScheme>'
    body = p("Hµ Néi") + p("Hà Nội", style="Moi")
    assert lines(body, styles=styles, theme=theme) == ["Hà Nội", "Hà Nội"]


def test_tcvn3_in_a_font_that_does_not_say_so() -> None:
    words = "Uû ban nh©n d©n tØnh yªu cÇu c¸c së, ban, ngµnh vµ Uû ban nh©n d©n c¸c huyÖn, thÞ x· nghiªm tóc thùc hiÖn"
    assert lines(p(words)) == [
        "Uỷ ban nhân dân tỉnh yêu cầu các sở, ban, ngành và Uỷ ban nhân dân các huyện, thị xã nghiêm túc thực hiện"
    ]


def test_table_in_legacy_letters() -> None:
    head = [p(r("uû ban nh©n d©n", TIME_H)), p(r("céng hoµ x· héi chñ nghÜa viÖt nam", TIME_H))]
    assert lines(table(head)) == ["UỶ BAN NHÂN DÂN", "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM"]


# whole files


def test_what_the_source_says_of_itself() -> None:
    source = read(docx(p("Một")), "cv.docx")
    assert (source.name, source.format, source.whole) == ("cv.docx", Format.DOCX, True)


def test_only_pictures() -> None:
    source = read(docx(p('<w:r><w:drawing><a:blip r:embed="x"/></w:drawing></w:r>')))
    assert [diagnostic.code for diagnostic in source.diagnostics] == ["docx.only_pictures"]
    assert not source.text.strip()


@pytest.mark.parametrize(("element", "code"), [("altChunk", "docx.alt_chunk"), ("subDoc", "docx.subdocument")])
def test_parts_of_other_documents(element: str, code: str) -> None:
    source = read(docx(p("Một") + f'<w:{element} r:id="x"/>'))
    assert [diagnostic.code for diagnostic in source.diagnostics] == [code]


def test_made_files(shared_dir: Path) -> None:
    folder = shared_dir / "corpus" / "files" / "made"
    truth = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
    directives = automatic = 0
    for stem, true in truth.items():
        source = read((folder / f"{stem}.docx").read_bytes(), stem)
        text = {" ".join(line.split()) for line in source.text.splitlines()}
        for directive in true["directives"]:
            assert f"{directive['label']} {directive['text']}" in text
            directives += 1
        automatic += sum(block.label is not None for block in source.blocks)
        notes = [words for kind, words in kinds(source) if kind is BlockKind.NOTE]
        assert notes == [found["text"] for found in true["footnotes"]]
        assert [words for kind, words in kinds(source) if kind is BlockKind.TEXT_BOX] == true["textboxes"]
        assert source.tables() == ([true["appendix"]["table"]] if true["appendix"] else [])
    assert (directives, automatic) == (26, 18)


def test_made_file_in_legacy_fonts(shared_dir: Path) -> None:
    folder = shared_dir / "corpus" / "files" / "made"
    true = json.loads((folder / "cv05_tcvn3_fonts.truth.json").read_text(encoding="utf-8"))
    text = read((folder / "cv05_tcvn3_fonts.docx").read_bytes()).text
    # capitals with a tone do not exist in TCVN3
    assert [line.replace("ủy ban", "Ủy ban") for line in text.splitlines() if line] == true
