"""Builds tests/files/letters: three invented dispatches as Word writes them, printed by LibreOffice to other formats.

    python tests/files/build_letters.py

Needs LibreOffice. `truth.json` beside them says what each holds, in the terms of tests/truth.py.
"""

from __future__ import annotations

import copy
import json
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from docx import Document
from docx.document import Document as Docx
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph

OUT = Path(__file__).parent / "letters"
FORMATS = ("pdf", "html", "doc", "odt", "rtf")
W = nsdecls("w")
NATION = ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]
CENTRE = WD_ALIGN_PARAGRAPH.CENTER


def new_document() -> Docx:
    document = Document()
    style = document.styles["Normal"]
    style.font.name = "Times New Roman"
    style.font.size = Pt(13)
    style.paragraph_format.space_after = Pt(4)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin = Cm(3), Cm(1.8)
    section.top_margin = section.bottom_margin = Cm(2)
    return document


def numbering(document: Docx, number: int, levels: list[tuple[str, str]], restart: int | None = None) -> None:
    """Define list `number` with `levels` of (numFmt, lvlText); `restart` is a list whose levels it repeats from 1."""
    root = document.part.numbering_part.element
    if restart is None:
        body = "".join(
            f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/>'
            f'<w:pPr><w:ind w:left="{360 * (i + 1)}" w:hanging="360"/></w:pPr></w:lvl>'
            for i, (form, text) in enumerate(levels)
        )
        abstract = parse_xml(f'<w:abstractNum {W} w:abstractNumId="{number}">{body}</w:abstractNum>')
        root.insert(0, abstract)
        override = ""
    else:
        override = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    source = number if restart is None else restart
    root.append(parse_xml(f'<w:num {W} w:numId="{number}"><w:abstractNumId w:val="{source}"/>{override}</w:num>'))


def listed(paragraph: Paragraph, number: int, level: int = 0) -> Paragraph:
    properties = paragraph._p.get_or_add_pPr()
    properties.append(parse_xml(f'<w:numPr {W}><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'))
    return paragraph


class Notes:
    """The footnotes of a document: python-docx has none, so the part is written whole."""

    def __init__(self) -> None:
        self.words: list[str] = []

    def call(self, paragraph: Paragraph, words: str, rest: str = "") -> None:
        self.words.append(words)
        run = paragraph.add_run()
        run.font.superscript = True
        run._r.append(parse_xml(f'<w:footnoteReference {W} w:id="{len(self.words)}"/>'))
        if rest:
            paragraph.add_run(rest)

    def write(self, document: Docx) -> None:
        notes = "".join(
            f'<w:footnote w:id="{i}"><w:p><w:r><w:rPr><w:vertAlign w:val="superscript"/><w:sz w:val="18"/></w:rPr>'
            f'<w:footnoteRef/></w:r><w:r><w:rPr><w:sz w:val="20"/></w:rPr><w:t xml:space="preserve"> {words}</w:t>'
            "</w:r></w:p></w:footnote>"
            for i, words in enumerate(self.words, 1)
        )
        special = "".join(
            f'<w:footnote w:type="{kind}" w:id="{i}"><w:p><w:r><w:{kind}/></w:r></w:p></w:footnote>'
            for i, kind in ((-1, "separator"), (0, "continuationSeparator"))
        )
        kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
        blob = f"<w:footnotes {W}>{special}{notes}</w:footnotes>".encode()
        part = Part(PackURI("/word/footnotes.xml"), kind, blob, document.part.package)
        document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


def cell_lines(cell: Any, lines: list[str], align: int | None = CENTRE, bold: bool = False) -> None:
    for i, words in enumerate(lines):
        paragraph = cell.paragraphs[0] if i == 0 else cell.add_paragraph()
        paragraph.alignment = align
        paragraph.paragraph_format.space_after = Pt(0)
        paragraph.add_run(words).bold = bold


def head(document: Docx, left: list[list[str]], right: list[list[str]]) -> None:
    """A head table without borders; `left` and `right` are its rows."""
    table = document.add_table(rows=len(left), cols=2)
    for row, (one, other) in enumerate(zip(left, right, strict=True)):
        cell_lines(table.cell(row, 0), one, bold=row == 0)
        cell_lines(table.cell(row, 1), other, bold=row == 0)
    document.add_paragraph()


def foot(document: Docx, recipients: list[str], signed: list[str]) -> None:
    document.add_paragraph()
    table = document.add_table(rows=1, cols=2)
    cell_lines(table.cell(0, 0), ["Nơi nhận:", *(f"- {one}" for one in recipients)], align=None)
    cell_lines(table.cell(0, 1), [*signed[:-1], "", "", "", signed[-1]], bold=True)


def page_numbers(document: Docx, running: str = "") -> None:
    section = document.sections[0]
    footer = section.footer.paragraphs[0]
    footer.alignment = CENTRE
    for kind in ("begin", None, "end"):
        run = footer.add_run()
        run._r.append(
            parse_xml(f'<w:fldChar {W} w:fldCharType="{kind}"/>')
            if kind
            else parse_xml(f'<w:instrText {W} xml:space="preserve"> PAGE </w:instrText>')
        )
    if running:
        section.header.paragraphs[0].text = running


def data_table(document: Docx, rows: list[list[str]], widths: list[float]) -> None:
    table = document.add_table(rows=len(rows), cols=len(rows[0]), style="Table Grid")
    for i, row in enumerate(rows):
        for j, words in enumerate(row):
            cell = table.cell(i, j)
            cell.width = Cm(widths[j])
            for k, line in enumerate(words.split("\n")):
                paragraph = cell.paragraphs[0] if k == 0 else cell.add_paragraph()
                paragraph.add_run(line).bold = i == 0


def decision() -> tuple[Docx, dict[str, Any]]:
    """Quyết định: 2x2 head, articles numbered by Word, a footnote, an appendix of tasks over two pages."""
    document, notes = new_document(), Notes()
    numbering(document, 21, [("decimal", "Điều %1."), ("lowerLetter", "%2)")])
    head(
        document,
        [["ỦY BAN NHÂN DÂN", "TỈNH ĐỒNG MÂY"], ["Số: 1408/QĐ-UBND"]],
        [NATION, ["Đồng Mây, ngày 19 tháng 8 năm 2025"]],
    )
    title = document.add_paragraph()
    title.alignment = CENTRE
    title.add_run("QUYẾT ĐỊNH").bold = True
    subject = document.add_paragraph()
    subject.alignment = CENTRE
    subject.add_run("Về việc thành lập Tổ công tác rà soát chợ nông thôn năm 2025").bold = True
    who = document.add_paragraph()
    who.alignment = CENTRE
    who.add_run("CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH").bold = True
    bases = [
        "Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025;",
        "Căn cứ Nghị định số 60/2024/NĐ-CP ngày 05 tháng 6 năm 2024 của Chính phủ về phát triển và quản lý chợ;",
        "Theo đề nghị của Giám đốc Sở Công Thương tại Tờ trình số 96/TTr-SCT ngày 11 tháng 8 năm 2025.",
    ]
    for words in bases:
        document.add_paragraph().add_run(words).italic = True
    formula = document.add_paragraph()
    formula.alignment = CENTRE
    formula.add_run("QUYẾT ĐỊNH:").bold = True
    first = "Thành lập Tổ công tác rà soát chợ nông thôn của tỉnh gồm các thành viên theo danh sách kèm theo."
    article = listed(document.add_paragraph(first[:-1]), 21)
    note = "Danh sách do Sở Công Thương lập tại Công văn số 512/SCT-TM ngày 06/8/2025."
    notes.call(article, note, ".")
    listed(document.add_paragraph("Tổ công tác có nhiệm vụ:"), 21)
    duties = [
        "Kiểm tra hạ tầng, an toàn phòng cháy của các chợ hạng 3; lập danh mục chợ phải sửa chữa trước ngày 30 tháng 9 "
        "năm 2025;",
        "Báo cáo kết quả với Ủy ban nhân dân tỉnh chậm nhất ngày 15 tháng 10 năm 2025.",
    ]
    for words in duties:
        listed(document.add_paragraph(words), 21, 1)
    last = (
        "Chánh Văn phòng Ủy ban nhân dân tỉnh, Giám đốc Sở Công Thương và các thành viên Tổ công tác chịu trách nhiệm "
        "thi hành Quyết định này./."
    )
    listed(document.add_paragraph(last), 21)
    foot(
        document,
        ["Như Điều 3;", "Thường trực Tỉnh ủy (để b/c);", "Lưu: VT, KT (Hà-12b)."],
        ["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Lương Thế Bình"],
    )
    document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    heading = document.add_paragraph()
    heading.alignment = CENTRE
    heading.add_run("PHỤ LỤC").bold = True
    rows = [["STT", "Nhiệm vụ", "Chủ trì", "Phối hợp", "Thời hạn"]]
    for i in range(1, 25):
        rows.append(
            [
                str(i),
                f"Kiểm tra chợ số {i} trên địa bàn,\nlập biên bản hiện trạng",
                "Sở Công Thương",
                "Công an tỉnh, Sở Xây dựng" if i % 2 else "",
                f"{i:02d}/9/2025",
            ]
        )
    data_table(document, rows, [1.2, 6.5, 3.2, 3.2, 2.4])
    page_numbers(document)
    notes.write(document)
    truth = {
        "issuer_parent": None, "issuer": "ỦY BAN NHÂN DÂN TỈNH ĐỒNG MÂY", "number": "1408/QĐ-UBND",
        "subject": "thành lập Tổ công tác rà soát chợ nông thôn năm 2025", "place": "Đồng Mây", "date": "2025-08-19",
        "addressees": [], "opening": bases[-1], "closing": "chịu trách nhiệm thi hành Quyết định này./.",
        "directives": [
            {"label": "Điều 1", "level": 0, "text": first},
            {"label": "Điều 2", "level": 0, "text": "Tổ công tác có nhiệm vụ:"},
            {"label": "a", "level": 1, "text": duties[0]},
            {"label": "b", "level": 1, "text": duties[1]},
            {"label": "Điều 3", "level": 0, "text": last},
        ],
        "recipients": ["Như Điều 3;", "Thường trực Tỉnh ủy (để b/c);", "Lưu: VT, KT (Hà-12b)."],
        "signature": {"authority": None, "acting": "KT. CHỦ TỊCH", "title": "PHÓ CHỦ TỊCH", "name": "Lương Thế Bình"},
        "footnotes": [{"text": note}], "textboxes": [],
        "appendix": {"title": "PHỤ LỤC", "table": [[" ".join(c.split()) for c in row] for row in rows]},
    }  # fmt: skip
    return document, truth


def plan() -> tuple[Docx, dict[str, Any]]:
    """Kế hoạch of three pages: Roman parts, numbers that restart, letters, dashes, running head, notes on two pages."""
    document, notes = new_document(), Notes()
    numbering(document, 21, [("upperRoman", "%1."), ("decimal", "%2."), ("lowerLetter", "%3)"), ("bullet", "-")])
    head(
        document,
        [["UBND TỈNH ĐỒNG MÂY", "SỞ VĂN HÓA, THỂ THAO VÀ DU LỊCH", "Số: 77/KH-SVHTTDL"]],
        [[*NATION, "Đồng Mây, ngày 04 tháng 02 năm 2026"]],
    )
    for words in ("KẾ HOẠCH", "Tổ chức Ngày hội đọc sách của thiếu nhi năm 2026"):
        paragraph = document.add_paragraph()
        paragraph.alignment = CENTRE
        paragraph.add_run(words).bold = True
    opening = (
        "Thực hiện Quyết định số 2951/QĐ-UBND ngày 22 tháng 12 năm 2025 của Ủy ban nhân dân tỉnh về phát triển văn hóa "
        "đọc, Sở Văn hóa, Thể thao và Du lịch ban hành Kế hoạch như sau:"
    )
    document.add_paragraph(opening)
    directives: list[dict[str, Any]] = []
    footnotes = []

    def item(level: int, label: str, words: str, note: str = "") -> None:
        paragraph = listed(document.add_paragraph(words), 21, level)
        if level == 0:
            paragraph.runs[0].bold = True
        if note:
            notes.call(paragraph, note)
            footnotes.append({"text": note})
        directives.append({"label": label, "level": level, "text": words})

    item(0, "I", "MỤC ĐÍCH, YÊU CẦU")
    item(1, "1", "Khơi dậy niềm yêu sách trong thiếu nhi, nhất là ở vùng sâu, vùng xa, vùng đồng bào dân tộc thiểu số.")
    item(1, "2", "Việc tổ chức phải thiết thực, tiết kiệm, an toàn.", "Theo Chỉ thị số 09/CT-UBND ngày 03/3/2025.")
    item(0, "II", "NỘI DUNG")
    places = [
        "thành phố",
        "các xã ven biển",
        "các xã biên giới",
        "các trường nội trú",
        "Thư viện tỉnh",
        "Cung Thiếu nhi",
    ]
    for i, place in enumerate(places, 1):
        item(
            1, str(i),
            f"Tổ chức ngày hội tại {place}: trưng bày sách mới, giao lưu với tác giả, thi kể chuyện theo sách, tặng "
            "tủ sách cho các lớp học còn khó khăn và hướng dẫn các em cách giữ gìn sách, đọc sách mỗi ngày ở nhà và ở "
            "trường.",
            "Kinh phí theo Nghị quyết số 15/NQ-HĐND ngày 10/12/2025." if i == 5 else "",
        )  # fmt: skip
        for letter in "ab":
            item(
                2, letter,
                f"Nhóm {letter.upper()} chuẩn bị không gian, bàn ghế, âm thanh và danh mục sách cho đợt {i}; "
                "phân công người trực, bảo đảm y tế, nước uống, chỗ gửi xe và lối đi cho người khuyết tật đến dự.",
            )  # fmt: skip
    dash = "Đợt cuối kết hợp bế mạc và trao giải."
    listed(document.add_paragraph(dash), 21, 3)
    directives.append({"label": "-", "level": 3, "text": dash})
    item(0, "III", "TỔ CHỨC THỰC HIỆN")
    item(1, "1", "Thư viện tỉnh chủ trì, phối hợp với Tỉnh đoàn xây dựng kịch bản trước ngày 28 tháng 02 năm 2026.")
    item(1, "2", "Phòng Kế hoạch - Tài chính cấp kinh phí trong 05 ngày làm việc kể từ ngày Kế hoạch được ký.")
    closing = "Yêu cầu các đơn vị nghiêm túc thực hiện Kế hoạch này./."
    document.add_paragraph(closing)
    foot(
        document,
        ["UBND tỉnh (để b/c);", "Các đơn vị trực thuộc;", "Lưu: VT, QLTV."],
        ["GIÁM ĐỐC", "Huỳnh Ngọc Diệp"],
    )
    page_numbers(document, "Kế hoạch Ngày hội đọc sách 2026")
    notes.write(document)
    truth = {
        "issuer_parent": "UBND TỈNH ĐỒNG MÂY", "issuer": "SỞ VĂN HÓA, THỂ THAO VÀ DU LỊCH",
        "number": "77/KH-SVHTTDL", "subject": "Tổ chức Ngày hội đọc sách của thiếu nhi năm 2026",
        "place": "Đồng Mây", "date": "2026-02-04", "addressees": [], "opening": opening, "closing": closing,
        "directives": directives, "recipients": ["UBND tỉnh (để b/c);", "Các đơn vị trực thuộc;", "Lưu: VT, QLTV."],
        "signature": {"authority": None, "acting": None, "title": "GIÁM ĐỐC", "name": "Huỳnh Ngọc Diệp"},
        "footnotes": footnotes, "textboxes": [], "appendix": None,
    }  # fmt: skip
    return document, truth


def letter() -> tuple[Docx, dict[str, Any]]:
    """Công văn with Word's odds and ends: tab stops, content control, field, soft break, text box."""
    document = new_document()
    numbering(document, 21, [("decimal", "%1.")])
    numbering(document, 22, [], restart=21)
    head(
        document,
        [["HĐND TỈNH ĐỒNG MÂY", "VĂN PHÒNG", "Số: 305/VP-TH", "V/v chuẩn bị kỳ họp\nthứ 24"]],
        [[*NATION, "Đồng Mây, ngày 01 tháng 11 năm 2025"]],
    )
    box = document.add_paragraph()
    box._p.append(
        parse_xml(
            f'<w:r {W} xmlns:v="urn:schemas-microsoft-com:vml"><w:pict>'
            '<v:shape style="width:80pt;height:24pt;position:absolute"><v:textbox><w:txbxContent><w:p><w:r>'
            "<w:t>KHẨN</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
        )
    )
    addressees = ["Các Ban của Hội đồng nhân dân tỉnh;", "Ủy ban nhân dân các xã, phường."]
    to = document.add_paragraph(f"\tKính gửi:\t- {addressees[0]}")
    to.paragraph_format.tab_stops.add_tab_stop(Cm(2))
    to.paragraph_format.tab_stops.add_tab_stop(Cm(4.5))
    document.add_paragraph(f"\t\t- {addressees[1]}")
    opening = (
        "Căn cứ Chương trình công tác năm 2025 của Hội đồng nhân dân tỉnh, Văn phòng Đoàn đại biểu Quốc hội và "
        "Hội đồng nhân dân tỉnh đề nghị:"
    )
    document.add_paragraph(opening)
    first = "Các Ban của Hội đồng nhân dân tỉnh gửi báo cáo thẩm tra về Văn phòng trước ngày 15/11/2025."
    listed(document.add_paragraph(first), 21)
    second = "Ủy ban nhân dân các xã, phường cử đại biểu tham dự đúng giờ, đúng thành phần."
    listed(document.add_paragraph(second), 21)
    control = listed(document.add_paragraph(), 21)
    control._p.append(
        parse_xml(
            f'<w:sdt {W}><w:sdtContent><w:r><w:t xml:space="preserve">Văn phòng chuẩn bị tài liệu trước ngày </w:t>'
            "</w:r></w:sdtContent></w:sdt>"
        )
    )
    control._p.append(
        parse_xml(f"<w:fldSimple {W} w:instr=' MERGEFIELD Han '><w:r><w:t>20/11/2025</w:t></w:r></w:fldSimple>")
    )
    control.add_run(".")
    closing = "Rất mong các cơ quan quan tâm phối hợp./."
    document.add_paragraph(closing)
    foot(
        document,
        ["Như trên;", "Thường trực HĐND tỉnh (để b/c);", "Lưu: VT, TH."],
        ["TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG", "Tô Văn Giang"],
    )
    truth = {
        "issuer_parent": "HĐND TỈNH ĐỒNG MÂY", "issuer": "VĂN PHÒNG", "number": "305/VP-TH",
        "subject": "chuẩn bị kỳ họp thứ 24", "place": "Đồng Mây", "date": "2025-11-01", "addressees": addressees,
        "opening": opening, "closing": closing,
        "directives": [
            {"label": "1", "level": 0, "text": first},
            {"label": "2", "level": 0, "text": second},
            {"label": "3", "level": 0, "text": "Văn phòng chuẩn bị tài liệu trước ngày 20/11/2025."},
        ],
        "recipients": ["Như trên;", "Thường trực HĐND tỉnh (để b/c);", "Lưu: VT, TH."],
        "signature": {"authority": None, "acting": "TL. CHỦ TỊCH", "title": "CHÁNH VĂN PHÒNG", "name": "Tô Văn Giang"},
        "footnotes": [], "textboxes": ["KHẨN"], "appendix": None,
    }  # fmt: skip
    return document, truth


def main() -> None:
    OUT.mkdir(exist_ok=True)
    truths = {}
    for build in (decision, plan, letter):
        document, truth = build()
        document.core_properties.author = ""
        document.save(str(OUT / f"{build.__name__}.docx"))
        truths[build.__name__] = copy.deepcopy(truth)
    (OUT / "truth.json").write_text(json.dumps(truths, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    files = sorted(map(str, OUT.glob("*.docx")))
    with tempfile.TemporaryDirectory() as profile:
        for kind in FORMATS:
            command = ["soffice", "--headless", f"-env:UserInstallation=file://{profile}", "--convert-to", kind]
            subprocess.run([*command, "--outdir", str(OUT), *files], check=True, capture_output=True)


if __name__ == "__main__":
    main()
