"""How made-up documents look: each piece knows where it stands, in every look and through every noise."""

from __future__ import annotations

import random
import re
import sys
import unicodedata
from collections import Counter
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parents[1] / "corpus"))

from generate.data import table
from generate.draft import Clause, Draft, Duty, Field, Label, Limit, Name, Piece, Ref, text_of
from generate.layout import lay_out
from generate.looks import look_of
from generate.noise import LEVELS, edited, level_of, spoil
from generate.page import Page, Run, Sheet, broken
from generate.registers import BY_ID
from generate.world import world

FAMILIES = [name for name in table("looks") if name != "default"]
SPOILT = [level for level in LEVELS if level not in ("clean", "slips", "mixed")]
DIGITS = str.maketrans({"O": "0", "o": "0", "l": "1", "I": "1", "]": "1", "Z": "2", "S": "5", "s": "5", "b": "6"})
DIGITS |= str.maketrans({"B": "8", "g": "9"})


def make() -> Draft:
    """A letter with every kind of piece and most styles."""
    body = world().get("ubnd", "Quảng Ngãi")
    plan: Any = SimpleNamespace(day=738000, number="4581/UBND-TTHC", key=5, body=body, copy="")
    draft = Draft(plan, body, BY_ID["cong_van"], ["rà soát hồ sơ"])
    head = draft.block("head")
    head.add("issuer", Field(["ỦY BAN NHÂN DÂN\n", "TỈNH QUẢNG NGÃI"], "issuer"))
    head.add("number", "Số: ", Field(["4581/UBND-TTHC"], "number"))
    head.add("motto", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    head.add("motto", "Độc lập - Tự do - Hạnh phúc")
    place, date = Field(["Quảng Ngãi"], "place"), Field(["ngày 10 tháng 8 năm 2021"], "date")
    head.add("place_date", place, ", ", date)
    head.add("urgency", Field(["HỎA TỐC"], "urgency"))
    about = Field(["rà soát, chấn chỉnh việc tiếp nhận hồ sơ trực tuyến trên địa bàn các huyện miền núi"], "subject")
    draft.block("subject").add("about", "V/v ", about)
    to = draft.block("addressees")
    to.add("to", "Kính gửi:")
    to.add("to_item", "- ", Field(["Sở Nội vụ"], "addressee"), ";")
    to.add("to_item", "- ", Field(["Ủy ban nhân dân các huyện, thị xã, thành phố"], "addressee"), ".")
    number, issuer = Field(["1559/BC-VP"], "ref_number"), Name(["Văn phòng UBND tỉnh"], "agency")
    ref = Ref(["Báo cáo số ", number, " ngày 02/8/2021 của ", issuer], "bao_cao", number=number, issuer=issuer)
    chief = Name(["Chủ tịch UBND tỉnh"], "position")
    draft.block("preamble").add("p", "Sau khi xem xét ", ref, ", ", chief, " có ý kiến chỉ đạo như sau:")
    main = draft.block("body")
    main.add("h1", Label(["I."], "I"), " NHIỆM VỤ TRỌNG TÂM")
    for at in range(1, 16):
        bearer, limit = Name([f"Sở số {at}"], "agency"), Limit([f"trước ngày {at + 10}/9/2021"], "date")
        words = " tổ chức rà soát toàn bộ hồ sơ còn tồn đọng, phân loại theo lĩnh vực và báo cáo kết quả "
        clause = Clause(["Giao ", bearer, " chủ trì, cùng các phòng chuyên môn", words, limit], Duty(bearers=[bearer]))
        main.add("item", Label([f"{at}."], f"I/{at}"), " ", clause, ".")
        if at % 5 == 0:
            main.add("dash", "- ", Clause(["Bố trí kinh phí cho bộ phận một cửa"], Duty()), ";")
    main.add("row_head", "TT\tNội dung\tChủ trì")
    main.add("row", "1\t", Clause(["Kiểm tra thực địa"], Duty()), "\t", Name(["Sở Y tế"], "agency"))
    main.add("p", "Yêu cầu các cơ quan, đơn vị nghiêm túc thực hiện./.")
    down = draft.block("recipients")
    down.add("recipients_label", "Nơi nhận:")
    down.add("recipient", "- ", Field(["Như trên"], "recipient"), ";")
    down.add("recipient", "- ", Field(["Bộ Nội vụ (để b/c)"], "recipient"), ";")
    down.add("archive", "- Lưu: ", Field(["VT, TTHC"], "archive"), ".")
    sign = draft.block("signature")
    sign.add("authority", Field(["KT"], "authority"), ". ", Field(["CHỦ TỊCH"], "on_behalf_of"))
    sign.add("position", Field(["PHÓ CHỦ TỊCH"], "position"))
    sign.add("signer", "TS. ", Field(["Lê Văn Thử"], "name"))
    after = draft.block("appendix")
    after.add("appendix_title", "PHỤ LỤC")
    after.add("row_head", "TT\tĐơn vị")
    after.add("row", "1\tPhòng Nội vụ")
    return draft


def words(text: str) -> str:
    """Words alone, whatever their case, marks of markdown and white space."""
    text = re.sub(r"\[\d+\]", "", re.sub(r"[*_|#\\]", "", text))
    return " ".join(text.split()).casefold()


def printed(sheet: Sheet, piece: Piece) -> str:
    return words(" ".join(sheet.text[low:high] for low, high in piece.ranges))


@pytest.mark.parametrize("family", FAMILIES)
def test_each_piece_stands_where_it_says(family):
    for seed in range(25):
        draft = make()
        sheet = lay_out(draft, random.Random(seed), family=family)
        for piece in draft.pieces():
            assert printed(sheet, piece) == words(piece.text), (seed, piece, sheet.text)
            places = [at for pair in piece.ranges for at in pair]
            assert places == sorted(places)
            if isinstance(piece, (Ref, Limit, Name, Label)):
                assert len(piece.ranges) == 1, (seed, piece, sheet.text)


@pytest.mark.parametrize("family", FAMILIES)
def test_each_line_has_the_label_of_its_words(family):
    sections = {"head": "header"}
    for seed in range(25):
        draft = make()
        sheet = lay_out(draft, random.Random(seed), family=family)
        lines = sheet.text.split("\n")
        labels: dict[int, str] = {}
        for first, last, label in sheet.sections():
            labels |= dict.fromkeys(range(first, last + 1), label)
        assert {number for number, line in enumerate(lines, 1) if line.strip()} <= set(labels)
        for block in draft.blocks:
            for paragraph in block.paragraphs:
                for piece in (part for part in paragraph.parts if isinstance(part, Piece)):
                    for low, _ in piece.ranges:
                        line = sheet.text.count("\n", 0, low) + 1
                        assert sections.get(block.name, block.name) in labels[line].split("+"), (seed, sheet.text)


def test_all_shapes_are_drawn():
    looks = [look_of(random.Random(seed)) for seed in range(3000)]
    scans = {look_of(random.Random(seed), scan=True).name for seed in range(300)}
    heads, feet = ({getattr(look, part) for look in looks} for part in ("head", "foot"))
    both = {"columns", "merged", "shifted", "tabs", "pipes", "cells", "left_first", "right_first"}
    assert heads == both | {"flat"} and feet == both
    assert {look.name for look in looks} == set(FAMILIES) and "scan" in scans and "web" not in scans
    assert {look.pages for look in looks} >= {"none", "number", "of", "running", "feed"}


def test_columns_split_a_name_and_label_both_sides():
    split = both = 0
    for seed in range(40):
        draft = make()
        sheet = lay_out(draft, random.Random(seed), family="pdf")
        issuer = next(p for p in draft.pieces("head") if isinstance(p, Field) and p.role == "issuer")
        split += len(issuer.ranges) == 2
        both += any(label == "recipients+signature" for _, _, label in sheet.sections())
    assert split > 15 and both > 15


def test_marks_stand_inside_words_and_numbers_too():
    inside = Counter(
        bool(re.search(r"\w\*{2,4}\w", lay_out(make(), random.Random(seed), family="markdown").text))
        for seed in range(60)
    )
    assert inside[True] > 3


def test_a_line_of_bars_between_sections_bears_both_labels():
    draft = make()
    for seed in range(20):
        sheet = lay_out(draft, random.Random(seed), family="web")
        if any(label == "header+addressees" for _, _, label in sheet.sections()):
            return
    raise AssertionError("no such line in twenty documents")


def test_lines_are_no_longer_than_asked():
    run = Run(
        ["Một đoạn văn có nhiều từ ngắn, ", Name(["Sở Y tế"], "agency"), " và vài từ nữa\nvới một dòng mới"], "body"
    )
    for wide in (12, 20, 33):
        spots = broken(run, wide)
        assert all(high - low <= wide for low, high in spots)
        assert " ".join(run.text[low:high] for low, high in spots).split() == run.text.split()


def test_a_page_keeps_a_piece_that_is_cut_by_another_column():
    name = Name(["Ủy ban nhân dân tỉnh"], "agency")
    page, run = Page(), Run([name], "header")
    page.write([(run, 0, 6), "   BÊN PHẢI"], "header")
    page.write([(run, 7, 11), " | ", "** "], "header")
    page.write([(run, 12, len(run.text))], "header")
    sheet = page.finish()
    assert [sheet.text[low:high] for low, high in name.ranges] == ["Ủy ban", "nhân | ** \ndân tỉnh"]


@given(
    st.text(alphabet="abcdeф \n", min_size=1, max_size=40),
    st.lists(st.tuples(st.integers(0, 40), st.integers(0, 3), st.text(alphabet="XYZ", max_size=3)), max_size=6),
    st.lists(st.tuples(st.integers(0, 39), st.integers(1, 12)), min_size=1, max_size=4),
)
@settings(max_examples=300, deadline=None)
def test_edits_carry_ranges_as_characters_would(text, edits, ranges):
    """Every character that stays is in the new ranges if, and only if, it was in the old ones."""
    apart, last = [], -1
    for start, size, new in sorted(edits):
        end = min(len(text), start + size)
        if start > last and start <= len(text):
            apart.append((start, end, new))
            last = end
    piece = Piece(["x"])
    piece.ranges = [(low, min(low + size, len(text))) for low, size in sorted(ranges) if low < len(text)]
    inside = [any(low <= at < high for low, high in piece.ranges) for at in range(len(text))]
    kept: list[tuple[str, bool | None]] = []
    at = 0
    for start, end, new in [*apart, (len(text), len(text), "")]:
        kept += [(text[i], inside[i]) for i in range(at, start)]
        kept += [(c, None) for c in new]
        at = end
    sheet = edited(Sheet(text, [(0, len(text), "body")]), [piece], apart)
    assert sheet.text == "".join(c for c, _ in kept)
    now = [any(low <= at < high for low, high in piece.ranges) for at in range(len(sheet.text))]
    for was, (char, wanted) in zip(now, kept, strict=True):
        assert wanted is None or was == wanted, (char, text, apart, piece.ranges)


@pytest.mark.parametrize("level", SPOILT)
def test_noise_carries_every_piece(level):
    changed = 0
    for seed in range(40):
        draft, rng = make(), random.Random(seed)
        clean = lay_out(draft, rng, scan=level == "ocr")
        before = {piece: printed(clean, piece) for piece in draft.pieces()}
        sheet = spoil(clean, draft, level, rng)
        changed += sheet.text != clean.text
        assert sheet.noise == level
        for piece, old in before.items():
            if isinstance(piece, Field) and piece.role == "date" and not piece.ranges:
                continue
            new = printed(sheet, piece)
            assert abs(len(unicodedata.normalize("NFC", new)) - len(old)) <= 0.4 * len(old) + 8, (seed, old, new)
            if level == "nfd":
                assert unicodedata.normalize("NFC", new) == old
            if level == "no-accents":
                assert len(new) == len(old)
    assert changed > 15


def test_a_digit_is_never_read_as_another():
    lost = blank = 0
    for seed in range(150):
        draft, rng = make(), random.Random(seed)
        sheet = spoil(lay_out(draft, rng, scan=True), draft, "ocr", rng)
        for piece in draft.pieces():
            role = getattr(piece, "role", "")
            if role == "date" and not piece.ranges:
                lost += 1
            elif role in ("number", "date", "ref_number") or isinstance(piece, Limit):
                new = re.sub(r"[^\d]", "", printed_digits(sheet, piece))
                old = re.sub(r"[^\d]", "", piece.text)
                if role == "number" and not new.startswith(old):
                    blank += 1
                    continue
                left = iter(new)  # a letter that was split off a word may look like one more digit
                assert all(digit in left for digit in old), (seed, piece, sheet.text)
    assert 20 < lost < 75 and 10 < blank < 60


def printed_digits(sheet: Sheet, piece: Piece) -> str:
    """The words of a piece with letters that look like digits read as digits, where they stand beside one or alone."""
    text = " ".join(sheet.text[low:high] for low, high in piece.ranges)
    return re.sub(r"(?<![^\W\d])[\dOolI\]ZSsbBg]{1,4}(?![^\W\dOolI\]ZSsbBg])", lambda m: m[0].translate(DIGITS), text)


def test_mixed_draws_every_level():
    drawn = Counter(level_of("mixed", random.Random(seed)) for seed in range(600))
    assert set(drawn) == {*SPOILT, "clean"} and drawn["clean"] > drawn["ocr"] > 20
    assert level_of("ocr", random.Random(1)) == "ocr"


def test_light_noise_has_the_forms_that_real_files_have():
    texts = []
    for seed in range(120):
        draft, rng = make(), random.Random(seed)
        texts.append(spoil(lay_out(draft, rng), draft, "light", rng).text)
    for mark in ("\u00a0", "\u200b", "\r\n", "hoả", "–", "\ufeff"):
        assert any(mark in text.casefold() or mark in text for text in texts), mark


def test_the_same_seed_gives_the_same_page():
    one, two = (lay_out(make(), random.Random(9)).text for _ in range(2))
    assert one == two != lay_out(make(), random.Random(10)).text
    assert text_of(["a", Piece(["b", Piece(["c"])])]) == "abc"
