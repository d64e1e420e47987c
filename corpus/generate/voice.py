"""The slots that the grammar of one document can name: who speaks, to whom, about what, by when."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

from .citations import slashed, worded
from .data import table
from .phrases import Speaker
from .plan import Plan
from .registers import TYPES, unpack
from .world import PROVINCES_MERGED, Body, world

ROMAN = ["I", "II", "III", "IV", "V", "VI", "VII"]
_KINDS = {"ubnd": "ubnd", "vp": "ubnd", "hdnd": "ubnd", "tinh_uy": "party"}


def topic_of(plan: Plan) -> str:
    """The activity that a thread is about."""
    topics: list[str] = table("fields")[plan.field]["topics"]
    return topics[plan.topic % len(topics)]


def own_name(body: Body) -> str:
    """How a body calls itself."""
    return body.near if body.kind in ("ubnd", "hdnd", "vp", "so", "huyen", "xa", "tinh_uy") else body.short


def address(plan: Plan) -> str:
    """The body a document goes to, as its own province calls it."""
    if plan.to < 0:
        return ""
    to = world().bodies[plan.to]
    own = bool(to.area) and to.area == plan.body.area
    return to.near if own and to.kind in ("ubnd", "so", "hdnd", "vp", "tinh_uy") else to.short


def offices(row: dict[str, Any]) -> list[str]:
    """The departments that have had a field, the later last."""
    out = list(row["departments"])
    while (into := table("world")["departments"][out[-1]].get("into")) is not None:
        out.append(into)
    return out


def deadline(rng: random.Random, day: int, forms: int) -> str:
    """A time limit after `day`; the first six forms need no comma before them."""
    due = day + 5 + int(rng.random() * 80)
    date, turn = dt.date.fromordinal(due), int(rng.random() * forms)
    return [
        lambda: f"trước ngày {slashed(due)}",
        lambda: f"chậm nhất ngày {slashed(due)}",
        lambda: f"trong tháng {date.month}/{date.year}",
        lambda: f"trước 17h00 ngày {slashed(due)}",
        lambda: f"trước ngày {date.day:02d}/{date.month}",
        lambda: f"trước ngày {worded(due)}",
        lambda: f"hoàn thành trước ngày {worded(due)}",
        lambda: f"hoàn thành trong quý {ROMAN[(date.month - 1) // 3]} năm {date.year}",
        lambda: f"trong thời hạn {due % 10 + 5:02d} ngày làm việc kể từ ngày nhận được văn bản này",
        lambda: f"định kỳ trước ngày {10 + due % 16} hằng tháng",
        lambda: f"thực hiện đến hết ngày {slashed(due)}",
        lambda: f"chậm nhất là cuối tháng {date.month}/{date.year}",
    ][turn]()


def bearers_of(plan: Plan) -> tuple[list[str], list[str]]:
    """Who may be given work by the issuer of a document; first those who have its field, then everybody."""
    body, row, places, words = plan.body, table("fields")[plan.field], world(), table("phrases")
    period = "old" if plan.day < PROVINCES_MERGED else "new"
    kind = f"{_KINDS[body.kind]}_{period}" if body.kind in _KINDS else body.kind
    if body.kind == "ban_bi_thu":
        kind = "party_central"
    rows = list(words["bearers"].get(kind, words["bearers"]["central"]))
    able: list[str] = rows[:2] if body.kind in ("so", "bo") else []
    if kind.startswith("ubnd"):
        rows += [b.near for b in places.by_area("so", body.area) if b.lives(plan.day)]
        rows += [b.short for b in places.lower[("huyen" if period == "old" else "xa", body.area)][:5]]
        found = (places.get("so", body.area, key) for key in offices(row))
        able = [b.near for b in found if b and b.lives(plan.day)][:1]
    elif body.kind == "so":
        rows += words["bearers"][f"ubnd_{period}"][1:3]
    elif body.kind in ("huyen", "xa"):
        level = body.near.removeprefix("UBND ")
        below = {"quận": "các phường", "huyện": "các xã, thị trấn"}.get(level, "các xã, phường")
        able = [words["rooms"][body.kind][row["group"]]]
        if level == "phường":
            rows = [b.replace(" xã", " phường").replace("thôn", "tổ dân phố") for b in rows]
            able = [b.replace(" xã", " phường") for b in able]
        elif body.kind == "huyen":
            rows = [b.replace("các xã, thị trấn", below).replace(" huyện", f" {level}") for b in rows]
    if body.kind != "so" and body.area and places.areas[body.area].city and kind.startswith(("ubnd", "party")):
        rows = [b.replace("tỉnh", "thành phố") for b in rows]
    return able, rows


def voice(plan: Plan, rng: random.Random) -> Speaker:
    """A speaker of the grammar for one document."""
    speaker = Speaker(rng)
    body, row = plan.body, table("fields")[plan.field]
    able, rows = bearers_of(plan)
    near = own_name(body)
    date = dt.date.fromordinal(plan.day)
    before = date.replace(day=1) - dt.timedelta(days=1)
    area = "cả nước"
    if body.area:
        home = world().areas[body.area]
        area = body.office if body.kind in ("huyen", "xa") else home.level if rng.random() < 0.5 else home.full
    head = table("people")["heads"].get(body.kind)
    chief = f"{head} {near}" if head else table("people")["heads_alone"].get(body.kind, f"Lãnh đạo {near}")
    if body.kind == "vp":
        chief = f"Phó Chủ tịch {world().bodies[body.parent].near}"
    ministry = world().get("bo", "", row["ministries"][0])
    ministry = world().at(ministry, plan.day) if ministry else None

    def cap(text: str) -> str:
        return text[0].upper() + text[1:]

    named = [""]

    def other() -> str:
        found = speaker.pick("bearer", rows)
        named[0] = speaker.pick("bearer", rows) if found == named[0] else found
        return named[0]

    def bearer() -> str:
        if not able or rng.random() > 0.4:
            return other()
        named[0] = able[int(rng.random() * len(able))]
        return named[0]

    def draw(name: str) -> str:
        return speaker.once(name, row[name])

    speaker.slots = {
        "sender": near,
        "chief": chief,
        "to": address(plan) or "cơ quan có thẩm quyền",
        "from": ministry.short if ministry else "cấp trên",
        "topic": topic_of(plan),
        "area": area,
        "year": str(date.year),
        "later": str(date.year + 2),
        "month": f"{date.month}/{date.year}",
        "quarter": ROMAN[(date.month - 1) // 3],
        "past": lambda: slashed(plan.day - 1 - int(rng.random() * 12)),
        "month_past": f"tháng {before.month}/{before.year}",
        "bearer": bearer,
        "other": other,
        "task": lambda: draw("tasks"),
        "Task": lambda: cap(draw("tasks")),
        "problem": lambda: draw("problems"),
        "figure": lambda: draw("figures"),
        "people": lambda: draw("people"),
        "people_": lambda: cap(draw("people")),
        "site": lambda: draw("sites"),
        "deadline": lambda: deadline(rng, plan.day, 12),
        "by": lambda: deadline(rng, plan.day, 6),
    }
    return speaker


def subject_of(plan: Plan) -> str:
    """The subject of a document: the same whoever asks, so that a citation can quote it."""
    kind, role = TYPES[unpack(plan.key)[1]].id, plan.role
    if kind == "ke_hoach":
        role = "plan"
    elif kind == "luat":
        role = "law"
    elif kind.startswith("quyet_dinh") or role in ("amend", "replace", "repeal"):
        role = "norm" if kind in ("nghi_dinh", "thong_tu") else "resolve" if kind.startswith("nghi_quyet") else "decide"
    rng = random.Random(plan.key)
    speaker = voice(plan, rng)
    return speaker.fill(speaker.one(table("phrases")["subject"][role]))
