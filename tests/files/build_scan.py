"""Make the pictures of tests/files/scan: documents invented here, printed by LibreOffice, rendered and worn.

Run `python tests/files/build_scan.py` with python-docx, pypdfium2, Pillow and soffice. The wear has a fixed seed.
"""

from __future__ import annotations

import json
import random
import subprocess
import tempfile
from pathlib import Path
from typing import Any

import pypdfium2
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm, Pt
from PIL import Image, ImageChops, ImageFilter

FOLDER = Path(__file__).parent / "scan"
HEAD = (
    ["ỦY BAN NHÂN DÂN", "HUYỆN MỘC LÂM", "Số: 417/UBND-NN", "V/v chuẩn bị nguồn nước", "tưới vụ Đông Xuân"],
    ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Mộc Lâm, ngày 18 tháng 9 năm 2024"],
)
BODY = [
    "Kính gửi:",
    "- Phòng Nông nghiệp huyện;",
    "- Ủy ban nhân dân các xã, thị trấn.",
    "Để chủ động nguồn nước cho sản xuất, Chủ tịch Ủy ban nhân dân huyện yêu cầu:",
    "1. Phòng Nông nghiệp huyện chủ trì kiểm tra mực nước các hồ Đá Mài, Khe Sến; báo cáo Ủy ban nhân dân huyện "
    "trước ngày 05/10/2024; chuẩn bị máy bơm dự phòng cho những cánh đồng ở cuối kênh, nơi nước về chậm hơn cả.",
    "2. Ủy ban nhân dân các xã, thị trấn:",
    "a) Huy động nhân dân nạo vét kênh mương nội đồng, xong trước ngày 15 tháng 10 năm 2024;",
    "b) Cử người trông coi cống lấy nước, không để thất thoát.",
    "3. Đài Truyền thanh huyện đưa tin về lịch lấy nước vào buổi sáng và buổi chiều hằng ngày, để nhân dân biết và "
    "cùng giữ gìn công trình.",
    "Giao Văn phòng theo dõi, đôn đốc việc thực hiện Công văn này./.",
]
FOOT = (
    ["Nơi nhận:", "- Như trên;", "- TT Huyện ủy (để b/c);", "- Lưu: VT, NN."],
    ["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "", "", "Đinh Quang Vịnh"],
)
TABLE = [
    ["STT", "Nhiệm vụ", "Đơn vị chủ trì", "Thời hạn"],
    ["1", "Sửa cống đầu kênh", "Phòng Kinh tế", "30/9/2024"],
    ["2", "Đo mực nước hồ Đá Mài", "Trạm Thủy lợi", "Hằng tuần"],
    ["3", "Lập lịch tưới luân phiên", "Hợp tác xã Bình Phú", "05/10/2024"],
]


def letter() -> Any:
    """A công văn of one page with head and foot in two columns."""
    document = _document()
    _columns(document, HEAD, centred=(True, True), underlined=("HUYỆN MỘC LÂM", "Độc lập - Tự do - Hạnh phúc"))
    for text in BODY:
        paragraph = document.add_paragraph(text)
        paragraph.paragraph_format.first_line_indent = Cm(1.27)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    _columns(document, FOOT, centred=(False, True), underlined=())
    return document


def appendix() -> Any:
    """A page across with a ruled table."""
    document = _document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    title = document.add_paragraph("PHÂN CÔNG NHIỆM VỤ TƯỚI VỤ ĐÔNG XUÂN")
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    table = document.add_table(rows=0, cols=4, style="Table Grid")
    for row in TABLE:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    return document


def _document() -> Any:
    document = Document()
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Times New Roman", Pt(14)
    style.paragraph_format.space_after = Pt(4)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin = Cm(3), Cm(2)
    return document


def _columns(document: Any, sides: Any, *, centred: tuple[bool, bool], underlined: tuple[str, ...]) -> None:
    table = document.add_table(rows=1, cols=2)
    for cell, lines, middle, width in zip(table.rows[0].cells, sides, centred, (Cm(6.5), Cm(9.5)), strict=True):
        cell.width = width
        for number, line in enumerate(lines):
            paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
            run = paragraph.add_run(line)
            run.font.size = Pt(12)
            run.bold, run.underline = line.isupper(), line in underlined
            paragraph.paragraph_format.space_after = Pt(0)
            if middle:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def printed(document: Any, dpi: int) -> Image.Image:
    """The first page of `document` in grey."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "document.docx"
        document.save(path)
        profile = f"-env:UserInstallation=file://{folder}/profile"
        command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", folder, str(path)]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        pdf = pypdfium2.PdfDocument((Path(folder) / "document.pdf").read_bytes())
    return pdf[0].render(scale=dpi / 72, grayscale=True).to_pil().convert("L")


def worn(picture: Image.Image, *, degrees: float, blur: float, noise: float) -> Image.Image:
    """`picture` fed askew into a scanner, a little out of focus, on grainy paper."""
    picture = picture.rotate(degrees, Image.Resampling.BICUBIC, fillcolor=255).filter(ImageFilter.GaussianBlur(blur))
    random.seed(11)
    grain = Image.frombytes("L", picture.size, bytes(
        min(255, max(0, round(random.gauss(128, noise)))) for _ in range(picture.width * picture.height)
    ))  # fmt: skip
    return ImageChops.add(picture.point(lambda value: 30 + value * 200 // 255), grain, offset=-128)


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    page = printed(letter(), 200)
    page.convert("1", dither=Image.Dither.NONE).save(FOLDER / "cong_van.png", dpi=(200, 200), optimize=True)
    skewed = worn(printed(letter(), 150), degrees=1.4, blur=0.6, noise=10)
    skewed.save(FOLDER / "cong_van_nghieng.jpg", quality=20, dpi=(150, 150))
    across = printed(appendix(), 200).transpose(Image.Transpose.ROTATE_270)
    across.convert("1", dither=Image.Dither.NONE).save(FOLDER / "phu_luc_ngang.png", dpi=(200, 200), optimize=True)
    truth = {"lines": [*HEAD[0], *HEAD[1], *BODY, *FOOT[0], *filter(None, FOOT[1])], "table": TABLE}
    (FOLDER / "truth.json").write_text(json.dumps(truth, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
