"""Head, addressees, recipients and signature of a document, each value a field."""

from __future__ import annotations

import random

from .citations import worded
from .data import table
from .draft import Draft, Field, FieldRole, Parts
from .voice import address
from .world import PROVINCES_MERGED, Body, world

_LETTERS = ("cong_van", "to_trinh", "giay_moi", "cong_dien", "bao_cao", "phieu_chuyen", "huong_dan")
_MOTTO = ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]
_PARTY_MOTTO = ["ĐẢNG CỘNG SẢN VIỆT NAM"]
_URGENT = ["KHẨN", "THƯỢNG KHẨN", "HỎA TỐC"]


def head(draft: Draft, rng: random.Random, copy: str = "", day: int = 0) -> None:
    """Issuer, motto, number, place and date; a draft has neither number nor day."""
    body, block = draft.body, draft.block("head")
    if copy == "draft":
        block.add("draft_mark", "DỰ THẢO" if rng.random() < 0.6 else "DỰ THẢO LẦN 2")
    rows = list(body.heading)
    if body.kind in ("so", "vp", "truong", "cuc") and len(rows) > 1:
        block.add("parent", Field([rows.pop(0)], "parent_agency"))
    lines: Parts = [part for row in rows for part in (row, "\n")]
    block.add("issuer", Field(lines[:-1], "issuer"))
    if draft.party:
        block.add("star", "*")
    for row in _PARTY_MOTTO if draft.party else _MOTTO:
        block.add("motto", row)
    number = draft.plan.number
    if copy == "draft":
        blank = number[number.index("/") if "/" in number else 0 :]
        block.add("number", "Số " if draft.party else "Số: ", "     ", Field([blank], "number"))
    elif draft.kind.id == "thu_cong":
        pass
    elif draft.kind.id == "luat":
        block.add("number", "Luật số: ", Field([number], "number"))
    else:
        block.add("number", "Số " if draft.party else "Số: ", Field([number], "number"))
    if copy == "draft":
        block.add("place_date", Field([body.place], "place"), ", ngày        tháng       năm 20")
    else:
        date = Field([f"ngày {worded(day or draft.plan.day)}"], "date")
        block.add("place_date", Field([body.place], "place"), ", ", date)
    urgent = 0.7 if draft.kind.id == "cong_dien" else 0.04 if draft.kind.id == "cong_van" else 0
    if rng.random() < urgent:
        block.add("urgency", Field([_URGENT[int(rng.random() * 3)]], "urgency"))
    elif rng.random() < 0.01:
        block.add("secrecy", Field([["MẬT", "TỐI MẬT"][int(rng.random() * 2)]], "secrecy"))


def addressees(draft: Draft, rng: random.Random) -> None:
    """`Kính gửi`: whom the document goes to."""
    body, plan, words = draft.body, draft.plan, table("people")
    if draft.kind.id not in _LETTERS or (
        draft.kind.id in ("bao_cao", "huong_dan") and not (plan.to >= 0 and rng.random() < 0.6)
    ):
        return
    districts = words["districts_old" if plan.day < PROVINCES_MERGED else "districts_new"]
    level = body.near.split(" ", 1)[-1]
    rows = [districts if row == "districts" else row for row in words["below"].get(body.kind, [words["provinces"]])]
    if body.kind == "huyen" and level != "huyện":
        below = "các phường" if level == "quận" else "các xã, phường"
        rows = [row.replace("các xã, thị trấn", below) for row in rows]
    to = address(plan)
    rows = [to] if to else rows[: 1 + int(rng.random() * 2)]
    block = draft.block("addressees")
    label = "Kính gửi" if draft.kind.id != "cong_dien" else f"{body.short.upper()} điện"
    if len(rows) == 1:
        block.add("to", f"{label}: ", Field([rows[0]], "addressee"), *(["."] if plan.key % 2 else []))
        return
    block.add("to", f"{label}:")
    for at, row in enumerate(rows):
        block.add("to_item", "- ", Field([row], "addressee"), ";" if at < len(rows) - 1 else ".")


def recipients(draft: Draft, rng: random.Random) -> None:
    """`Nơi nhận`."""
    if draft.kind.id in ("luat", "bien_ban", "thong_cao", "hop_dong", "thu_cong"):
        return
    body, plan, words = draft.body, draft.plan, table("people")
    to = [piece.text for piece in draft.pieces("addressees") if isinstance(piece, Field)]
    lines = ["Như trên"] if to else [f"Như Điều {draft.articles}"] if draft.articles and rng.random() < 0.6 else []
    lines = lines or ["Các cơ quan, đơn vị liên quan"]
    if body.kind in ("so", "huyen", "xa", "vp", "truong", "cuc") and body.parent >= 0:
        parent = world().bodies[body.parent]
        if to != [parent.near]:
            lines += [f"{parent.near} (để b/c)"] * (rng.random() < 0.6)
    level = body.near.split(" ", 1)[-1]
    if body.kind in words["chief"]:
        lines.append(words["chief"][body.kind].format(level=level))
    lines += rng.sample(words["more"], int(rng.random() * 3))
    unit = plan.number.rpartition("-")[2] if draft.kind.id == "cong_van" and "-" in plan.number else ""
    copies = f" ({2 + plan.key % 18:02d}b)" if rng.random() < 0.3 else ""
    drafter = rng.choice(["", "", "", f", {unit}".removesuffix(", ")])
    block, mark = draft.block("recipients"), "," if draft.party else ";"
    block.add(
        "recipients_label", rng.choice(["Nơi nhận:", "Nơi nhận:", "Nơi nhận"]) if not draft.party else "Nơi nhận:"
    )
    for line in lines:
        block.add("recipient", "- ", Field([line], "recipient"), mark)
    if draft.party:
        office = body.near if body.kind == "tinh_uy" else "Trung ương Đảng"
        archive = f"Văn phòng {office}"
        block.add("archive", "- Lưu ", Field([archive], "archive"), ".")
        return
    archive = f"VT{', ' + unit if unit else drafter}{copies}"
    block.add("archive", "- Lưu: ", Field([archive], "archive"), ".")


def signature(draft: Draft, rng: random.Random) -> None:
    """Who signs: the lines of authority, the position, the name."""
    body, block = draft.body, draft.block("signature")
    if draft.minuted:
        chair, clerk = draft.minuted
        if draft.kind.id == "hop_dong":
            some = [("ĐẠI DIỆN BÊN B", "ĐẠI DIỆN BÊN A")]
        else:
            some = [("THƯ KÝ", "CHỦ TRÌ"), ("NGƯỜI GHI BIÊN BẢN", "CHỦ TỌA"), ("THƯ KÝ", "CHỦ TỌA")]
        posts = rng.choice(some)
        block.add("position", Field([posts[0]], "position"))
        block.add("position", Field([clerk], "name"))  # above the post of the next
        block.add("position", Field([posts[1]], "position"))
        block.add("signer", Field([chair], "name"))
        return
    rows = stack(body, rng) if draft.kind.id != "thu_cong" else ["CHỦ TỊCH"]
    position = rows.pop()
    for row in rows:
        mark, _, behalf = row.partition(". ") if ". " in row else row.partition(" ")
        last = row is rows[-1]
        parts: Parts = [_field(mark, "authority", last), ". " if ". " in row else " "]
        block.add("authority", *parts, _field(behalf, "on_behalf_of", last))
    block.add("position", Field([position], "position"))
    if rng.random() < 0.35:
        block.add("signed", rng.choice(["(Đã ký)", "(đã ký)", "Đã ký"]))
    rank = rng.choice(["ThS. ", "TS. ", "BS. "]) if body.kind in ("so", "truong") and rng.random() < 0.12 else ""
    block.add("signer", *([rank] if rank else []), Field([signer(body, draft.plan.day, len(rows) + 1)], "name"))


def _field(text: str, role: FieldRole, counts: bool) -> Field | str:
    """A field where it applies to the signer."""
    return Field([text], role) if counts else text


def stack(body: Body, rng: random.Random) -> list[str]:
    """The lines above the signer's name, the last one the position."""
    stacks = table("people")["stacks"]
    rows = stacks.get(body.office if body.kind == "bo" else body.kind) or stacks[body.kind]
    return list(rows[int(rng.random() * len(rows))])


def signer(body: Body, day: int, rank: int) -> str:
    """A name; one holder of a post signs for some years."""
    rng, words = random.Random(f"signer/{body.index}/{day // 900}/{rank}"), table("world")
    return " ".join(rng.choice(words[part]) for part in ("family", "middle", "given"))
