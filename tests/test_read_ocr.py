"""Scans: pictures and pages without text, read by tesseract where it is installed and by a fake engine elsewhere."""

from __future__ import annotations

import io
import json
import time
import unicodedata
from collections.abc import Sequence
from pathlib import Path

import pytest

import vnadmin_nlp as vn
from vnadmin_nlp.errors import MissingExtraError, ReadError
from vnadmin_nlp.read import Image, Limits, ReadOptions, RecognisedWord
from vnadmin_nlp.read.document import Document
from vnadmin_nlp.read.ocr import TesseractEngine, needs_ocr, read_image, recogniser, report
from vnadmin_nlp.read.ocr import picture as pictures
from vnadmin_nlp.read.ocr.areas import mail_stamps
from vnadmin_nlp.read.ocr.turn import Turn, placed_back
from vnadmin_nlp.read.ocr.words import page_words
from vnadmin_nlp.read.page import PageWord
from vnadmin_nlp.schema.source import Block, BlockKind, Box, Format, Page, SourceText, TextLayer, Word

pil = pytest.importorskip("PIL.Image", reason="Pillow, of the extra ocr, is not installed")

SCANS = Path(__file__).parent / "files" / "scan"
needs_tesseract = pytest.mark.skipif(
    report.missing_for_ocr() is not None, reason=f"recognition needs {report.missing_for_ocr()}"
)


class Fake:
    """Reads the same words from every picture, or raises; remembers the pictures."""

    name = "fake"

    def __init__(self, words: Sequence[RecognisedWord] = (), error: Exception | None = None) -> None:
        self.words, self.error = list(words), error
        self.images: list[Image] = []

    def recognise(self, image: Image, *, seconds: float) -> Sequence[RecognisedWord]:
        self.images.append(image)
        if self.error:
            raise self.error
        return self.words


def word(text: str, left: float, bottom: float, score: float = 0.95, width: float = 60.0) -> RecognisedWord:
    return RecognisedWord(text, Box(left, bottom - 30, left + width, bottom), score)


def line(text: str, bottom: float, score: float = 0.95) -> list[RecognisedWord]:
    return [word(w, 200 + 75 * i, bottom, score) for i, w in enumerate(text.split())]


def blank(width: int = 850, height: int = 1100) -> bytes:
    return encoded(pil.new("L", (width, height), 255))


def encoded(picture: object, kind: str = "PNG", **how: object) -> bytes:
    file = io.BytesIO()
    picture.save(file, kind, **how)  # type: ignore[attr-defined]
    return file.getvalue()


def read(data: bytes, engine: Fake | str = "auto", **limits: float) -> SourceText:
    return read_image(Document(data, "scan.png", ReadOptions(ocr=engine, limits=Limits(**limits))))


def codes(source: SourceText) -> list[str]:
    return [one.code for one in source.diagnostics]


def error_rate(true: str, read: str) -> float:
    """Changed characters (Levenshtein) as a part of `true`, both composed and with single blanks."""
    a, b = (" ".join(unicodedata.normalize("NFC", text).split()) for text in (true, read))
    above = list(range(len(b) + 1))
    for row, letter in enumerate(a, start=1):
        here = [row]
        for column, other in enumerate(b, start=1):
            here.append(min(above[column] + 1, here[-1] + 1, above[column - 1] + (letter != other)))
        above = here
    return above[-1] / len(a)


# Words, engines, reports


def test_engine_of_the_caller_reads_a_picture() -> None:
    engine = Fake(line("Kính gửi: Sở Tài chính tỉnh", 200) + line("Đề nghị báo cáo trước ngày 05/6/2024.", 260))
    source = read(blank(), engine)
    assert source.text.split("\n")[0] == "Kính gửi: Sở Tài chính tỉnh"
    assert "Đề nghị báo cáo trước ngày 05/6/2024." in source.text
    assert source.format is Format.IMAGE
    assert source.pages[0].recognised
    assert codes(source) == ["page.recognised"]
    assert "fake" in source.diagnostics[0].message
    first = source.words[0]
    assert (source.text[first.start : first.end], first.page, first.score) == ("Kính", 1, 0.95)


def test_boxes_are_points_of_the_page() -> None:
    engine = Fake(line("Điều 1. Phê duyệt kế hoạch này", 400))
    source = read(encoded(pil.new("L", (1700, 2200), 255), dpi=(200, 200)), engine)
    page = source.pages[0]
    assert (round(page.width), round(page.height)) == (612, 792)
    assert source.words[0].box == pytest.approx((72, 133.2, 93.6, 144), abs=0.1)


def test_every_error_of_an_engine_is_reported_and_not_raised() -> None:
    for error in (TimeoutError("too slow"), RuntimeError("no model"), ValueError(), OSError("no such file")):
        source = read(blank(), Fake(error=error))
        assert source.text.strip() == ""
        assert codes(source) == ["page.ocr_failed"]
        assert (str(error) or type(error).__name__) in source.diagnostics[0].message
        assert not source.pages[0].recognised


def test_poor_words_are_reported() -> None:
    source = read(blank(), Fake(line("đề nghị các sở xem xét kế hoạch", 300, score=0.65)))
    assert codes(source) == ["page.recognised", "page.low_confidence"]


def test_page_without_words_is_reported() -> None:
    assert codes(read(blank(), Fake())) == ["page.no_words"]


def test_marks_are_left_out_and_counted() -> None:
    dust = [word("'", 900, 500, 0.3), word("\\Ñ/", 1200, 600, 0.2), word("ị", 40, 300), word("|", 700, 900)]
    source = read(blank(), Fake(line("Nơi nhận: Như trên", 300) + dust))
    assert source.text.strip() == "Nơi nhận: Như trên"
    assert "4 marks" in source.diagnostics[0].message


def test_numbers_codes_and_dashes_are_kept() -> None:
    doubtful = [word("~", 200, 300, 0.3, width=12), *(w._replace(score=0.45) for w in line("", 0))]
    kept = page_words(
        [*doubtful, word("Lưu:", 220, 300), word("VT,", 300, 300, 0.45), word("35/QĐ-TTg", 600, 400, 0.5)], 200
    )
    assert [one.text for one in kept] == ["-", "Lưu:", "VT,", "35/QĐ-TTg"]


def test_words_of_a_line_stand_on_one_baseline() -> None:
    words = [
        word("gập", 200, 307),
        word("ghềnh", 270, 307),
        word("năm", 340, 300),
        word("đó,", 410, 306),
        word("các", 480, 300),
    ]
    baselines = {one.baseline for one in page_words(words, 200)}
    assert len(baselines) == 1
    assert baselines.pop() == pytest.approx(300 * 0.36, abs=0.8)


def test_lines_an_engine_mixed_up_are_told_apart() -> None:
    upper = [
        word(w, 200 + 150 * i, 300)._replace(baseline=310.0, size=60.0) for i, w in enumerate(["ban", "năm", "sau"])
    ]
    lower = [
        word(w, 270 + 150 * i, 340)._replace(baseline=310.0, size=60.0) for i, w in enumerate(["các", "xã", "nào"])
    ]
    mixed = [one for pair in zip(upper, lower, strict=True) for one in pair]
    found = {one.text: round(one.baseline / 0.36) for one in page_words(mixed, 200)}
    assert found == {"ban": 300, "năm": 300, "sau": 300, "các": 340, "xã": 340, "nào": 340}


def test_options_choose_the_recogniser() -> None:
    engine = Fake()
    assert recogniser(Document(b"", "a.pdf", ReadOptions(ocr="never"))) is None
    assert recogniser(Document(b"", "a.pdf", ReadOptions(ocr=engine))) is not None


def test_without_tesseract_there_is_no_recogniser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report, "missing_for_tesseract", lambda: "the program tesseract")
    document = Document(blank(), "a.png", ReadOptions())
    assert recogniser(document) is None
    with pytest.raises(MissingExtraError, match=r"a\.png.*the program tesseract"):
        read_image(document)
    message = needs_ocr(3, TextLayer.ABSENT, ReadOptions()).message
    assert "page 3" in message
    assert "the program tesseract" in message


@pytest.mark.parametrize(("mode", "ragged"), [("L", False), ("RGB", False), ("1", True)])
def test_only_scans_in_black_and_white_are_smoothed(mode: str, ragged: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[bool] = []
    prepared = pictures.prepared
    monkeypatch.setattr(pictures, "prepared", lambda *a, ragged: (asked.append(ragged), prepared(*a, ragged=ragged))[1])
    scan = encoded(pil.new(mode, (600, 850), 1 if mode == "1" else "white"), "PDF", resolution=72)
    vn.read_text(scan, options=ReadOptions(ocr=Fake()))
    assert set(asked) == {ragged}


def test_never_says_how_to_switch_on() -> None:
    with pytest.raises(MissingExtraError, match="ocr='auto'"):
        read(blank(), "never")
    found = needs_ocr(1, TextLayer.BAD, ReadOptions(ocr="never"))
    assert (found.code, "ocr='auto'" in found.message) == ("page.needs_ocr", True)


# Pictures


@pytest.mark.parametrize("degrees", [-3.2, -0.7, 0.0, 1.4, 4.6])
def test_skew_is_found(degrees: float) -> None:
    page = pil.open(SCANS / "cong_van.png").convert("L")
    assert pictures.skew(page.rotate(degrees, fillcolor=255)) == pytest.approx(-degrees, abs=0.2)


def test_clean_pages_are_not_turned_and_grain_is_seen() -> None:
    page = pil.open(SCANS / "cong_van.png").convert("L")
    ready = pictures.prepared(page, 200, ragged=False)
    assert ready.degrees == 0.0
    grainy = pil.open(SCANS / "cong_van_nghieng.jpg").convert("L")
    assert pictures.is_ragged(page)
    assert not pictures.is_ragged(grainy)


def test_borders_of_a_table_are_found_and_underlines_meet_none() -> None:
    across = pil.open(SCANS / "phu_luc_ngang.png").convert("L").transpose(pil.Transpose.ROTATE_90)
    ready = pictures.prepared(across, 200, ragged=False)
    borders = pictures.borders(ready.lines, ready.picture, 200)
    upright = [b for b in borders if b.bottom - b.top > b.right - b.left]
    assert len(upright) == 5
    assert len(borders) - len(upright) >= 5
    letter = pil.open(SCANS / "cong_van.png").convert("L")
    assert all(b.right - b.left > b.bottom - b.top for b in pictures.lines_of(letter, 200))


def test_turn_and_back() -> None:
    source = SourceText(
        text="a", name="a", format=Format.PDF,
        blocks=(Block(0, 1, page=1, box=Box(10, 20, 30, 40)), Block(0, 0, page=2, box=Box(1, 2, 3, 4))),
        words=(Word(0, 1, 1, Box(10, 20, 30, 40)),), pages=(Page(1, 800, 600, TextLayer.ABSENT),),
    )  # fmt: skip
    turned = placed_back(source, {1: Turn(1, 0.0, 600, 800)})
    assert turned.words[0].box == (560, 10, 580, 30)  # what is upper left after a turn to the left was upper right
    assert (turned.pages[0].width, turned.pages[0].height) == (600, 800)
    assert turned.blocks[1] == source.blocks[1]
    skewed = placed_back(source, {1: Turn(0, 2.0, 800, 600)}).words[0].box
    assert skewed.left == pytest.approx(20, abs=3)
    assert skewed.top == pytest.approx(8, abs=3)


def test_engine_that_fails_on_cells_keeps_the_page() -> None:
    class Once(Fake):
        def recognise(self, image: Image, *, seconds: float) -> Sequence[RecognisedWord]:
            if self.images:
                self.error = TimeoutError("too slow")
            return super().recognise(image, seconds=seconds)

    across = pil.open(SCANS / "phu_luc_ngang.png").convert("L").transpose(pil.Transpose.ROTATE_90)
    words = [
        word(text, 300 + 400 * i, 480, width=150) for i, text in enumerate(["Nhiệm", "Trưởng", "Nghiêng", "Khuynh"])
    ]
    source = read(encoded(across, dpi=(200, 200)), Once(words))
    assert "Nhiệm" in source.text
    assert codes(source) == ["page.cells_failed", "page.recognised"]


def test_stamp_of_incoming_mail_stands_apart() -> None:
    rules = [Box(60, 100, 200, 101), Box(60, 180, 200, 181), Box(60, 100, 61, 181), Box(199, 100, 200, 181)]
    words = [PageWord("ĐẾN", Box(120, 120, 150, 132), 132, 12), PageWord("ĐẾN", Box(300, 400, 330, 412), 412, 12)]
    assert mail_stamps(words, rules, []) == [Box(60, 100, 200, 181)]
    assert mail_stamps(words, rules[2:], []) == [Box(60, 100, 200, 181)]  # words run over its level sides
    assert mail_stamps(words, rules[:3], []) == [Box(60, 100, 200, 181)]
    assert mail_stamps(words, rules[:2], []) == []
    assert mail_stamps(words, rules, [Box(50, 90, 300, 300)]) == []  # a cell of a table is no stamp


def test_pictures_of_all_kinds_and_depths() -> None:
    page = pil.new("RGBA", (850, 1100), (0, 0, 0, 0))
    engine = Fake(line("Số: 12/UBND", 100))
    for data in (
        encoded(page), encoded(page.convert("RGB"), "JPEG"), encoded(page.convert("RGB"), "BMP"),
        encoded(page.convert("P")), encoded(page.convert("1")), encoded(page.convert("RGB"), "WEBP"),
        encoded(page.convert("CMYK"), "JPEG"), encoded(pil.new("I;16", (850, 1100), 65535)),
    ):  # fmt: skip
        assert read(data, engine).text.strip() == "Số: 12/UBND"
    assert engine.images[0].pixels[:4] == b"\xff\xff\xff\xff"  # what is transparent is paper


def test_each_picture_of_a_tiff_is_a_page() -> None:
    pages = [pil.new("1", (850, 1100), 1) for _ in range(3)]
    data = encoded(pages[0], "TIFF", save_all=True, append_images=pages[1:], compression="group4")
    source = read(data, Fake(line("trang nào cũng có dòng này", 500)))
    assert [page.number for page in source.pages] == [1, 2, 3]
    assert {one.page for one in source.words} == {1, 2, 3}
    with pytest.raises(ReadError, match="3 pictures"):
        read(data, Fake(), pages=2)


def test_broken_and_large_pictures_are_refused() -> None:
    good = (SCANS / "cong_van_nghieng.jpg").read_bytes()
    for data in (b"", b"\x89PNG\r\n\x1a\n", good[:300], good[: len(good) // 2], b"GIF89a" + bytes(40), b"plain words"):
        with pytest.raises(ReadError, match=r"scan\.png"):
            read(data, Fake())
    with pytest.raises(ReadError, match="expanded_bytes"):
        read(blank(), Fake(), expanded_bytes=1_000_000)
    with pytest.raises(ReadError, match="pixels"):
        read(encoded(pil.new("1", (30_000, 30_000))), Fake())


def test_large_pictures_are_made_smaller() -> None:
    engine = Fake()
    read(encoded(pil.new("1", (4960, 7016), 1), dpi=(600, 600)), engine)
    assert engine.images[0].width == pytest.approx(1653, abs=2)
    assert engine.images[0].dpi == pytest.approx(200)


def test_time_for_the_file_is_kept() -> None:
    with pytest.raises(ReadError, match="seconds"):
        read(blank(), Fake(), seconds=1e-9)


# tesseract


@needs_tesseract
@pytest.mark.parametrize(("name", "most"), [("cong_van.png", 0.015), ("cong_van_nghieng.jpg", 0.02)])
def test_scans_are_read(name: str, most: float) -> None:
    truth = json.loads((SCANS / "truth.json").read_text(encoding="utf-8"))
    source = vn.read_text(SCANS / name)
    assert error_rate(" ".join(truth["lines"]), source.text) <= most
    assert codes(source) == ["page.recognised"]
    assert {b.kind for b in source.blocks} >= {BlockKind.COLUMN, BlockKind.PARAGRAPH}
    header = vn.parse(source).header
    assert header.number is not None
    assert header.number.text == "417/UBND-NN"
    assert header.date is not None
    assert header.date.value.isoformat() == "2024-09-18"
    assert [item.path for item in vn.parse(source).walk()] == ["1", "2", "2/a", "2/b", "3"]


@needs_tesseract
def test_table_on_a_page_that_lies_on_its_side() -> None:
    truth = json.loads((SCANS / "truth.json").read_text(encoding="utf-8"))
    source = vn.read_text(SCANS / "phu_luc_ngang.png")
    assert source.tables() == [truth["table"]]
    assert source.pages[0].width < source.pages[0].height  # as the page lies in the file
    title = source.words[0]
    assert source.text[title.start : title.end] == "PHÂN"
    assert title.box.bottom - title.box.top > title.box.right - title.box.left  # words run down the page
    assert title.box.left > source.pages[0].width / 2


@needs_tesseract
def test_page_upside_down() -> None:
    data = encoded(pil.open(SCANS / "cong_van.png").convert("L").rotate(180))
    source = vn.read_text(data, format="image", name="a.png")
    assert "Số: 417/UBND-NN" in source.text
    number = source.words[source.text[: source.text.index("417/")].count(" ")]
    assert number.box.top > source.pages[0].height / 2


@needs_tesseract
def test_a_reading_is_the_same_twice() -> None:
    first, second = (vn.read_text(SCANS / "cong_van_nghieng.jpg") for _ in range(2))
    assert first == second


@needs_tesseract
def test_tesseract_is_stopped_in_time() -> None:
    page = pil.open(SCANS / "cong_van.png").convert("L")
    image = Image(page.width, page.height, page.tobytes(), 200.0)
    start = time.monotonic()
    with pytest.raises(TimeoutError):
        TesseractEngine().recognise(image, seconds=0.05)
    assert time.monotonic() - start < 5
    with pytest.raises(RuntimeError, match="tesseract"):
        TesseractEngine(language="xxx").recognise(image, seconds=20)


@needs_tesseract
@pytest.mark.parametrize(
    ("name", "stem", "most"),
    [
        ("cv01_literal.200dpi.p1.png", "cv01_literal", 0.015),
        ("cv04_mixed.200dpi.p1.png", "cv04_mixed", 0.015),
        ("cv04_mixed.200dpi.scan.jpg", "cv04_mixed", 0.02),
        ("cv04_mixed.scan.pdf", "cv04_mixed", 0.02),
    ],
)
def test_made_pages_line_by_line(shared_dir: Path, name: str, stem: str, most: float) -> None:
    """Errors of each line of the page's own PDF, wherever it stands in the text."""
    pdfium = pytest.importorskip("pypdfium2")
    folder = shared_dir / "corpus" / "files" / "made"
    printed = pdfium.PdfDocument(folder / f"{stem}.pdf")[0].get_textpage().get_text_range()
    deleted = "đã hết thời gian bố trí vốn"  # printed struck through
    lines = [line.strip() for line in printed.split("\n") if line.strip("_ \r") and deleted not in line]
    text = " ".join(vn.read_text(folder / name).text.split())
    errors = sum(_errors_inside(unicodedata.normalize("NFC", line), text) for line in lines)
    assert errors / sum(map(len, lines)) <= most


def _errors_inside(line: str, text: str) -> int:
    """The fewest characters to change so that `line` stands somewhere in `text`."""
    if line in text:
        return 0
    above = [0] * (len(text) + 1)
    for row, letter in enumerate(line, start=1):
        here = [row]
        for column, other in enumerate(text, start=1):
            here.append(min(above[column] + 1, here[-1] + 1, above[column - 1] + (letter != other)))
        above = here
    return min(above)
