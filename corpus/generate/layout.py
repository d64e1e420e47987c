"""One document as text: heads of several shapes, wraps, foot; where each reference stands is kept."""

from __future__ import annotations

import random

from .citations import Cite, worded
from .draft import Draft, Parts

MOTTO = ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]


class Page:
    """Text that grows; references take their place in it."""

    def __init__(self, width: int) -> None:
        self.out: list[str] = []
        self.length = 0
        self.width = width

    def line(self, text: str = "") -> None:
        self.out.append(text + "\n")
        self.length += len(text) + 1

    def paragraph(self, parts: Parts, before: str = "", after: str = "", width: int | None = None) -> None:
        """Parts on one line or wrapped: a wrap takes the place of a space, so that nothing moves."""
        at = self.length + len(before)
        pieces = [before]
        for part in parts:
            if isinstance(part, Cite):
                part.start = at
                pieces.append(part.text)
                at += len(part.text)
            else:
                pieces.append(part)
                at += len(part)
        pieces.append(after)
        self.line(wrap("".join(pieces), self.width if width is None else width))

    @property
    def text(self) -> str:
        return "".join(self.out)


def wrap(text: str, width: int) -> str:
    """Lines of at most `width` characters (0: one line): spaces become line ends."""
    if not width or len(text) <= width:
        return text
    out, start = [], 0
    while len(text) - start > width:
        cut = text.rfind(" ", start + 12, start + width + 1)
        if cut < 0:
            cut = text.find(" ", start + width)
            if cut < 0:
                break
        out.append(text[start:cut])
        start = cut + 1
    out.append(text[start:])
    return "\n".join(out)


def lay_out(draft: Draft, rng: random.Random, copy: str = "", day: int = 0) -> str:
    """The text of a document; `start` of each of its references is set."""
    shape = rng.choices(["columns", "tabs", "stacked", "right_first", "markdown", "pipes"], [26, 12, 22, 14, 16, 10])[0]
    page = Page(rng.choice([0, 0, 0, 78, 92, 104]) if shape != "markdown" else 0)
    gap = rng.random() < 0.35
    _head(page, draft, rng, shape, copy, day or draft.plan.day)
    for style, parts in draft.paragraphs:
        _paragraph(page, style, parts, shape, rng)
        if gap or shape == "markdown":
            page.line()
    _foot(page, draft, rng, shape)
    if copy == "true_copy":
        _true_copy(page, draft, rng)
    return page.text


def _paragraph(page: Page, style: str, parts: Parts, shape: str, rng: random.Random) -> None:
    if style in ("title", "h1") and shape == "markdown":
        page.paragraph(parts, "**", "**", 0)
    elif style == "title":
        page.paragraph(parts, " " * 30 if shape == "columns" else "", "", 0)
    elif style == "basis" and shape == "markdown":
        page.paragraph(parts, "*", "*")
    else:
        page.paragraph(parts)


def _left(draft: Draft) -> list[str]:
    return [*draft.body.heading, *(["*"] if draft.party else [])]


def number_line(draft: Draft, copy: str, rng: random.Random) -> str:
    number = draft.plan.number
    if draft.kind.id == "luat":
        return f"Luật số: {number}"
    if copy == "draft":
        number = f"     {number[number.index('/') if '/' in number else 0 :]}"
    return f"Số {number}" if draft.party else f"Số: {number}"


def _head(page: Page, draft: Draft, rng: random.Random, shape: str, copy: str, day: int) -> None:
    if copy == "draft":
        page.line("DỰ THẢO" if rng.random() < 0.6 else "DỰ THẢO LẦN 2")
    date = worded(day) if copy != "draft" else "       tháng       năm 20"
    right = ["ĐẢNG CỘNG SẢN VIỆT NAM"] if draft.party else list(MOTTO)
    place = f"{draft.body.place}, ngày {date}"
    left = _left(draft)
    number = number_line(draft, copy, rng)
    letter = draft.kind.id == "cong_van"
    about = [f"V/v {draft.subject[0]}" if letter and isinstance(draft.subject[0], str) else ""]
    about = wrap(about[0], 38).split("\n") if about[0] else []
    rule = rng.random() < 0.4
    if shape in ("columns", "tabs"):
        above = [*left, *(["-------"] if rule and not draft.party else [])]
        beside = [*right, *(["---------------"] if rule else [])]
        depth = max(len(above), len(beside))
        rows = [*above, *[""] * (depth - len(above)), number, *about]
        second = [*beside, *[""] * (depth - len(beside)), place]
        for at in range(max(len(rows), len(second))):
            one, two = rows[at] if at < len(rows) else "", second[at] if at < len(second) else ""
            page.line(
                f"{one}\t\t{two}".rstrip()
                if shape == "tabs"
                else f"{one:<44}{two}".rstrip()
                if len(one) < 42
                else f"{one}   {two}".rstrip()
            )
    elif shape == "pipes":
        for one, two in zip(
            [*left, *[""] * max(0, len(right) - len(left))],
            [*right, *[""] * max(0, len(left) - len(right))],
            strict=True,
        ):
            page.line(f"{one} | {two}".rstrip())
        page.line(f"{number} | {place}")
        for row in about:
            page.line(row)
    else:
        bold = "**" if shape == "markdown" else ""
        blocks = [
            [f"{bold}{row}{bold}" if row != "*" else row for row in left],
            [f"{bold}{row}{bold}" for row in right],
        ]
        if rule and not draft.party:
            blocks[1].append("---------------")
        if shape == "right_first":
            blocks.reverse()
        for block in blocks:
            for row in block:
                page.line(row)
            page.line()
        page.line(number)
        for row in about:
            page.line(row)
        page.line(f"*{place}*" if bold else place)
    page.line()
    if not letter:
        _title(page, draft, shape, rng)
    if draft.addressees:
        _addressees(page, draft, shape)


def _title(page: Page, draft: Draft, shape: str, rng: random.Random) -> None:
    indent = " " * 24 if shape == "columns" else ""
    bold = "**" if shape == "markdown" else ""
    if draft.kind.id == "luat":
        page.line(f"{indent}{bold}LUẬT{bold}")
    elif draft.kind.id == "cong_dien":
        page.line(f"{indent}{bold}CÔNG ĐIỆN{bold}")
    else:
        page.line(f"{indent}{bold}{draft.kind.name.upper()}{bold}")
    if isinstance(draft.subject[0], str):
        draft.subject[0] = _about(draft, draft.subject[0], rng)
    page.paragraph(draft.subject, bold, bold, 80 if shape != "markdown" else 0)
    if draft.body.kind in ("ubnd", "huyen", "xa", "hdnd", "thu_tuong", "bo") and draft.kind.id.startswith(
        ("quyet_dinh", "nghi_quyet", "thong_tu")
    ):
        page.line()
        name = draft.body.name.upper()
        if draft.body.kind == "ubnd" and draft.kind.id == "quyet_dinh":
            name = f"CHỦ TỊCH {name}"
        elif draft.body.kind == "bo":
            name = {
                "THANH TRA CHÍNH PHỦ": "TỔNG THANH TRA CHÍNH PHỦ",
                "NGÂN HÀNG NHÀ NƯỚC VIỆT NAM": "THỐNG ĐỐC NGÂN HÀNG NHÀ NƯỚC VIỆT NAM",
            }.get(name, f"BỘ TRƯỞNG {name}")
        page.line(f"{indent}{bold}{name}{bold}")
    page.line()


def _about(draft: Draft, subject: str, rng: random.Random) -> str:
    """The subject under the type: with `Về việc` where the type asks for it."""
    kind, plain = draft.kind.id, False
    if kind in ("ke_hoach", "luat", "nghi_dinh", "thong_tu") or subject.startswith("Kết luận"):
        plain = True
    elif kind == "bao_cao":
        plain = rng.random() < 0.8
    elif draft.plan.role in ("amend", "repeal") or kind.startswith("nghi_quyet"):
        plain = rng.random() < 0.6
    word = "" if plain else "Về " if kind == "bao_cao" else "Về việc "
    return word + subject if word else subject[0].upper() + subject[1:]


def _addressees(page: Page, draft: Draft, shape: str) -> None:
    label = "Kính gửi" if draft.kind.id != "cong_dien" else f"{draft.body.short.upper()} điện"
    bold = "**" if shape == "markdown" else ""
    indent = " " * 14 if shape == "columns" else ""
    if len(draft.addressees) == 1:
        page.line(f"{indent}{bold}{label}:{bold} {draft.addressees[0]}" + ("." if draft.plan.key % 2 else ""))
    else:
        page.line(f"{indent}{bold}{label}:{bold}")
        for at, row in enumerate(draft.addressees):
            page.line(f"{indent}- {row}{';' if at < len(draft.addressees) - 1 else '.'}")
    page.line()


def _foot(page: Page, draft: Draft, rng: random.Random, shape: str) -> None:
    rows, stack = ["Nơi nhận:", *draft.recipients] if draft.recipients else [""], [*draft.signature]
    signed = ["(Đã ký)"] if rng.random() < 0.35 else []
    page.line()
    if shape in ("columns", "tabs") and rng.random() < 0.7:
        right = [*stack, *signed, draft.signer]
        while len(right) < len(rows):
            right.insert(len(stack), "")
        for at in range(max(len(rows), len(right))):
            one, two = rows[at] if at < len(rows) else "", right[at] if at < len(right) else ""
            page.line(
                f"{one}\t\t{two}".rstrip()
                if shape == "tabs"
                else f"{one:<48}{two}".rstrip()
                if len(one) < 46
                else f"{one}   {two}".rstrip()
            )
        return
    bold = "**" if shape == "markdown" else ""
    page.line(f"{bold}{rows[0]}{bold}" if rows[0] else "")
    for row in rows[1:]:
        page.line(row)
    page.line()
    for row in stack:
        page.line(f"{bold}{row}{bold}")
    page.line()
    for row in signed:
        page.line(row)
        page.line()
    page.line(f"{bold}{draft.signer}{bold}")


def _true_copy(page: Page, draft: Draft, rng: random.Random) -> None:
    """The block of a true copy (Decree 30/2020 appendix I, part II) after the copied document."""
    page.line()
    page.line(draft.body.heading[0])
    page.line("SAO Y")
    page.line(f"Số: {1 + int(rng.random() * 240):02d}/SY-{draft.body.code}")
    page.line(f"{draft.body.place}, ngày {worded(draft.plan.day + 2 + int(rng.random() * 6))}")
