"""Builds the PDF files of tests/files/pdf: documents written with python-docx and printed by LibreOffice.

Run `python tests/files/build_pdf.py` where `soffice` is installed; the tests only read what it built. All content is
invented.
"""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

HERE = Path(__file__).parent / "pdf"
WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
CENTRE, JUSTIFY, RIGHT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY, WD_ALIGN_PARAGRAPH.RIGHT


def new(*, indent: float = 1.27) -> Any:
    """An empty A4 document as offices set them; `indent` is that of first lines, in centimetres."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin = Cm(3), Cm(2)
    section.top_margin = section.bottom_margin = Cm(2)
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Liberation Serif", Pt(14)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), "Liberation Serif")
    style.paragraph_format.space_after = Pt(6)
    document.indent = Cm(indent)
    return document


def body(document: Any, text: str, *, bold: bool = False, align: Any = JUSTIFY, indent: Any = None) -> Any:
    paragraph = document.add_paragraph()
    paragraph.alignment = align
    if align is JUSTIFY:
        paragraph.paragraph_format.first_line_indent = document.indent if indent is None else indent
    paragraph.add_run(text).bold = bold
    return paragraph


def columns(document: Any, cells: list[list[list[str]]], widths: list[float], *, bold: bool = True) -> Any:
    """A table without borders that lays out: rows of cells of lines, centred."""
    table = document.add_table(rows=len(cells), cols=len(widths))
    table.autofit = False
    for row, line in zip(table.rows, cells, strict=True):
        for cell, texts, width in zip(row.cells, line, widths, strict=True):
            cell.width = Cm(width)
            for number, text in enumerate(texts):
                paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
                paragraph.paragraph_format.space_after = Pt(0)
                paragraph.alignment = None if text.startswith(("-", "Nơi")) else CENTRE
                run = paragraph.add_run(text)
                run.bold = bold and not text.startswith(("-", "Số", "V/v"))
                run.font.size = Pt(11 if text.startswith("-") else 13)
    return table


def grid(document: Any, rows: list[list[str]], widths: list[float], *, repeat: bool = False, sides: bool = True) -> Any:
    """A table of data with borders; without `sides` those of its left and right edge are missing."""
    table = document.add_table(rows=0, cols=len(widths))
    table.style = "Table Grid"
    table.autofit = False
    for line in rows:
        row = table.add_row()
        for cell, text, width in zip(row.cells, line, widths, strict=True):
            cell.width = Cm(width)
            cell.text = text
            cell.paragraphs[0].paragraph_format.space_after = Pt(0)
            cell.paragraphs[0].runs[0].font.size = Pt(12) if text else None
    if repeat:
        table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    if not sides:
        edges = "".join(f'<w:{side} w:val="nil"/>' for side in ("left", "right"))
        table._tbl.tblPr.append(parse_xml(f"<w:tblBorders {WORD}>{edges}</w:tblBorders>"))
        for row in table.rows:
            for cell, side in ((row.cells[0], "left"), (row.cells[-1], "right")):
                cell._tc.get_or_add_tcPr().append(
                    parse_xml(f'<w:tcBorders {WORD}><w:{side} w:val="nil"/></w:tcBorders>')
                )
    return table


def field(paragraph: Any, code: str) -> None:
    paragraph._p.append(parse_xml(f'<w:fldSimple {WORD} w:instr="{code}"><w:r><w:t>1</w:t></w:r></w:fldSimple>'))


def footer(document: Any, before: str, after: str = "", *, total: bool = False) -> None:
    paragraph = document.sections[0].footer.paragraphs[0]
    paragraph.alignment = CENTRE
    paragraph.add_run(before)
    field(paragraph, "PAGE")
    paragraph.add_run(after)
    if total:
        field(paragraph, "NUMPAGES")


def letter() -> Any:
    """2x2 head, codes broken at line ends, raised figures, the signer's name alone on the second page."""
    document = new()
    columns(
        document,
        [
            [
                ["UBND TỈNH HÒA LẠC", "SỞ TÀI CHÍNH"],
                ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"],
            ],
            [
                ["Số: 415/STC-QLNS", "V/v đôn đốc quyết toán kinh phí sửa chữa trụ sở năm 2025"],
                ["Hòa Lạc, ngày 09 tháng 6 năm 2025"],
            ],
        ],
        [6.5, 9.5],
    )
    body(document, "")
    body(document, "Kính gửi: Các phòng, đơn vị thuộc Sở.", align=CENTRE)
    body(
        document,
        "Thực hiện Kế hoạch số 88/KH-UBND ngày 12 tháng 5 năm 2025 của Ủy ban nhân dân tỉnh và Thông báo số "
        "1207/TB-UBND-KTTH-NCPC ngày 20/5/2025, Giám đốc Sở yêu cầu các phòng, đơn vị thực hiện:",
    )
    body(document, "1. Rà soát khối lượng đã nghiệm thu; lập hồ sơ quyết toán trước ngày 25 tháng 6 năm 2025.")
    area = body(document, "2. Phòng Quản lý công sản kiểm kê diện tích 1.200 m")
    area.add_run("2").font.superscript = True
    area.add_run(", báo cáo kết quả bằng văn bản.")
    for number in range(3, 15):
        body(
            document,
            f"{number}. Đơn vị thứ {number} phối hợp với Văn phòng Sở cung cấp số liệu, tài liệu có liên quan theo mẫu "
            "gửi kèm; chịu trách nhiệm về tính chính xác của số liệu.",
        )
    body(document, "Yêu cầu các phòng, đơn vị nghiêm túc thực hiện./.")
    foot = columns(
        document,
        [
            [
                ["Nơi nhận:", "- Như trên;", "- Giám đốc Sở;", "- Lưu: VT, QLNS."],
                ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "", "", "", "", "", "", "Trần Thị Mai Lan"],
            ]
        ],
        [7.5, 8.5],
    )
    assert foot is not None
    footer(document, "Trang ", "/", total=True)
    return document


def plan() -> Any:
    """Running head, `- 2 -`, paragraphs over pages, footnote by hand, hyphen inside a syllable, centred title."""
    document = new()
    document.sections[0].header.paragraphs[0].text = "Kế hoạch chuyển đổi số năm 2025"
    document.sections[0].header.paragraphs[0].runs[0].font.size = Pt(10)
    footer(document, "- ", " -")
    body(document, "KẾ HOẠCH", bold=True, align=CENTRE)
    body(
        document,
        "Triển khai nền tảng họp trực tuyến và số hóa kết quả giải quyết thủ tục hành chính tại các cơ quan nhà nước "
        "trên địa bàn huyện Tân Phong giai đoạn 2025 - 2027",
        bold=True,
        align=CENTRE,
    )
    for number in range(1, 12):
        body(document, f"{number}. Nội dung thứ {number}", bold=True)
        body(
            document,
            "Phòng Văn hóa và Thông tin chủ trì, phối hợp với các cơ quan chuyên môn hướng dẫn Ủy ban nhân dân cấp xã "
            "thực hiện việc số hóa hồ sơ theo lộ trình; hằng tháng tổng hợp khó khăn, vướng mắc, đề xuất giải pháp "
            f"tháo gỡ và báo cáo Ủy ban nhân dân huyện trước ngày {number + 10} của tháng tiếp theo "
            "để chỉ đạo kịp thời.",
        )
    return document


def tasks() -> Any:
    """A landscape table of tasks over pages with its head repeated; one without side borders; one without any."""
    document = new()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21)
    body(document, "PHỤ LỤC I", bold=True, align=CENTRE)
    body(document, "DANH MỤC NHIỆM VỤ", bold=True, align=CENTRE)
    head = ["STT", "Nội dung nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời hạn"]
    rows = [
        [
            str(n),
            f"Xây dựng đề án thứ {n} về phát triển hạ tầng số, trình cấp có thẩm quyền phê duyệt theo quy định",
            "Sở Thông tin và Truyền thông",
            "Sở Tài chính; Sở Nội vụ",
            f"{n:02}/12/2025",
        ]
        for n in range(1, 15)
    ]
    grid(document, [head, *rows], [1.5, 10, 4.5, 4.5, 3], repeat=True)
    body(document, "")
    body(document, "Phân bổ kinh phí:", indent=Cm(0))
    grid(document, [["Nguồn", "Số tiền"], ["Ngân sách tỉnh", "1.500"], ["Ngân sách huyện", "700"]], [8, 6], sides=False)
    body(document, "")
    body(document, "Thành viên tổ giúp việc gồm:", indent=Cm(0))
    columns(
        document,
        [
            [["1. Ông Lê Văn Tám"], ["Phó Giám đốc Sở Nội vụ"], ["Tổ trưởng"]],
            [["2. Bà Hồ Thị Thu"], ["Trưởng phòng Cải cách hành chính"], ["Tổ phó"]],
            [["3. Ông Đỗ Minh Quân"], ["Chuyên viên Văn phòng"], ["Thành viên"]],
        ],
        [7, 9, 5],
        bold=False,
    )
    return document


def signers() -> Any:
    """A report with two signers side by side and one with three."""
    document = new()
    columns(
        document,
        [
            [
                ["BAN QUẢN LÝ DỰ ÁN", "HUYỆN TÂN PHONG", "Số: 12/BB-BQL"],
                [
                    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
                    "Độc lập - Tự do - Hạnh phúc",
                    "Tân Phong, ngày 03 tháng 4 năm 2025",
                ],
            ]
        ],
        [6.5, 9.5],
    )
    body(document, "BIÊN BẢN", bold=True, align=CENTRE)
    body(document, "Bàn giao mặt bằng thi công tuyến đường liên xã", bold=True, align=CENTRE)
    body(
        document, "Hai bên thống nhất bàn giao mặt bằng theo hiện trạng; biên bản lập thành 04 bản có giá trị như nhau."
    )
    columns(
        document,
        [[["ĐẠI DIỆN BÊN GIAO", "", "", "Ngô Văn Hải"], ["ĐẠI DIỆN BÊN NHẬN", "", "", "Vũ Thị Ánh"]]],
        [8, 8],
    )
    body(document, "")
    body(document, "Biên bản được thông qua tại cuộc họp và các bên cùng ký xác nhận dưới đây để làm căn cứ thực hiện.")
    columns(
        document,
        [
            [
                ["NGƯỜI LẬP", "", "", "Đinh Thị Hoa"],
                ["KẾ TOÁN TRƯỞNG", "", "", "Lý Văn Bình"],
                ["GIÁM ĐỐC", "", "", "Phan Quốc Việt"],
            ]
        ],
        [5, 6, 5],
    )
    return document


def build() -> None:
    HERE.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for make in (letter, plan, tasks, signers):
            path = Path(folder) / f"{make.__name__}.docx"
            make().save(path)
            command = ["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to", "pdf"]
            subprocess.run([*command, "--outdir", str(HERE), str(path)], check=True, capture_output=True, timeout=180)


if __name__ == "__main__":
    build()
