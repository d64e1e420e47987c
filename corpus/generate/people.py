"""Addressees, recipients and signature of a document."""

from __future__ import annotations

import random

from .data import table
from .draft import Draft
from .voice import address
from .world import PROVINCES_MERGED, Body, world

_LETTERS = ("cong_van", "to_trinh", "giay_moi", "cong_dien", "bao_cao")


def people(draft: Draft, rng: random.Random) -> None:
    """Who gets the document and who signs it."""
    body, plan, words = draft.body, draft.plan, table("people")
    districts = words["districts_old" if plan.day < PROVINCES_MERGED else "districts_new"]
    level = body.near.split(" ", 1)[-1]
    if draft.kind.id in _LETTERS and (draft.kind.id != "bao_cao" or (plan.to >= 0 and rng.random() < 0.6)):
        to = address(plan)
        rows = [districts if row == "districts" else row for row in words["below"].get(body.kind, [words["provinces"]])]
        if body.kind == "huyen" and level != "huyện":
            below = "các phường" if level == "quận" else "các xã, phường"
            rows = [row.replace("các xã, thị trấn", below) for row in rows]
        draft.addressees = [to] if to else rows[: 1 + int(rng.random() * 2)]
    lines = ["Như trên" if draft.addressees else "Các cơ quan, đơn vị liên quan"]
    if body.kind in ("so", "huyen", "xa", "vp") and draft.addressees != [world().bodies[body.parent].near]:
        lines += [f"{world().bodies[body.parent].near} (để b/c)"] * (rng.random() < 0.6)
    if body.kind in words["chief"]:
        lines.append(words["chief"][body.kind].format(level=level))
    number = plan.number
    unit = f", {number.rpartition('-')[2]}" if draft.kind.id == "cong_van" and "-" in number else ""
    copies = f" ({2 + plan.key % 18:02d}b)" if rng.random() < 0.3 else ""
    if draft.party:
        office = body.name.partition(" ")[0] + " ủy" if body.kind == "tinh_uy" else "Trung ương Đảng"
        draft.recipients = [f"- {line}," for line in lines] + [f"- Lưu Văn phòng {office}."]
    else:
        draft.recipients = [f"- {line};" for line in lines] + [f"- Lưu: VT{unit}{copies}."]
    if draft.kind.id == "luat":
        draft.recipients = []
    draft.signature = stack(body, rng)
    draft.signer = signer(body, plan.day, len(draft.signature))


def stack(body: Body, rng: random.Random) -> list[str]:
    """The lines above the signer's name."""
    stacks = table("people")["stacks"]
    rows = stacks.get(body.office if body.kind == "bo" else body.kind) or stacks[body.kind]
    return list(rows[int(rng.random() * len(rows))])


def signer(body: Body, day: int, rank: int) -> str:
    """A name; one holder of a post signs for some years."""
    rng, words = random.Random(f"signer/{body.index}/{day // 900}/{rank}"), table("world")
    return " ".join(rng.choice(words[part]) for part in ("family", "middle", "given"))
