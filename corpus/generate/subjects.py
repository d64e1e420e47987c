"""The subject of a document under its type, or under its number where it is a letter."""

from __future__ import annotations

import random

from .draft import Draft, Field, Parts
from .phrases import cap


def subject(draft: Draft, rng: random.Random) -> None:
    block, kind = draft.block("subject"), draft.kind.id
    words: Parts = list(draft.subject)
    if kind == "cong_van":
        lead = rng.choice(["V/v ", "V/v ", "V/v ", "V/v: ", "Về việc "])
        block.add("about", lead, Field(words, "subject"))
        return
    block.add("type", draft.kind.name.upper())
    lead = _lead(draft, words, rng)
    block.add("title", *([lead] if lead else []), Field(words if lead else cap(words), "subject"))


def _lead(draft: Draft, words: Parts, rng: random.Random) -> str:
    """`Về việc ` where the type asks for it."""
    kind, first = draft.kind.id, words[0]
    plain = kind in (
        "ke_hoach", "luat", "nghi_dinh", "thong_tu", "chuong_trinh", "de_an", "phuong_an", "du_an", "quy_che",
        "quy_dinh", "bien_ban", "thu_cong",
    )  # fmt: skip
    if plain or (isinstance(first, str) and first.startswith(("Kết luận", "về "))):
        return ""
    if kind == "bao_cao":
        return "" if rng.random() < 0.8 else "Về "
    if draft.plan.role in ("amend", "repeal") or kind.startswith("nghi_quyet"):
        return "" if rng.random() < 0.6 else "Về việc "
    return "Về việc "
