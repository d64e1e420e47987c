"""The slots that the grammar of one document can name: who speaks, to whom, about what, by when."""

from __future__ import annotations

import datetime as dt
import random
import re
from collections.abc import Callable

from .cast import Cast, body_kind, own_name
from .citations import slashed
from .citing import Outside
from .data import table
from .draft import Name, Parts, Ref, text_of
from .limits import ROMAN, Limits, month_end
from .phrases import KINDS, Said, Speaker, grammar
from .plan import Plan
from .registers import TYPES, unpack
from .world import world


def topic_of(plan: Plan) -> str:
    """The activity that a thread is about."""
    topics: list[str] = table("fields")[plan.field]["topics"]
    return topics[plan.topic % len(topics)]


def address(plan: Plan) -> str:
    """The body a document goes to, as its own province calls it."""
    if plan.to < 0:
        return ""
    to = world().bodies[plan.to]
    own = bool(to.area) and to.area == plan.body.area
    return to.near if own and to.kind in ("ubnd", "so", "hdnd", "vp", "tinh_uy") else to.short


def chief_of(plan: Plan) -> tuple[str, str]:
    """Kind and words for the head of the issuer."""
    body, words = plan.body, table("cast")
    near = own_name(body)
    if body.kind == "vp":
        return "p", f"Chủ tịch {world().bodies[body.parent].near}"
    if body.kind in words["heads"]:
        return "a" if body.kind == "hdnd" else "p", f"{words['heads'][body.kind]} {near}"
    title: str = words["titles"].get(body.kind, f"Lãnh đạo {near}").format(near=near)
    if body.kind == "bo":
        title = {"thanh-tra-chinh-phu": "Tổng Thanh tra Chính phủ", "ngan-hang-nha-nuoc-viet-nam": "Thống đốc",
                 "van-phong-chinh-phu": "Bộ trưởng, Chủ nhiệm", "uy-ban-dan-toc": "Bộ trưởng, Chủ nhiệm"}.get(
            body.office, f"Bộ trưởng {body.name}"
        )  # fmt: skip
    return "d" if body.kind in ("tinh_uy", "ban_bi_thu") else "p", title


def person_name(rng: random.Random) -> str:
    words = table("world")
    return " ".join(rng.choice(words[part]) for part in ("family", "middle", "given"))


_TOLD = ("report", "notice")
"""Roles of documents that tell of a period which is over; others speak of one that is to come."""
_LEAST = 20  # days that a period must go on for its document to set deadlines in it
_HALF = re.compile(r"6 tháng (đầu|cuối) năm (20\d\d)")
_QUARTER = re.compile(r"quý (I|II|III|IV) năm (20\d\d)")
_MONTH = re.compile(r"tháng (\d\d?)/(20\d\d)")
_YEAR = re.compile(r"(?:(?<!\d )năm |-)(20\d\d)")


def period(rng: random.Random, day: dt.date, *, over: bool) -> str:
    """The period that a document of `day` is about, `over` or to come: `6 tháng cuối năm 2024`."""
    year, month = day.year, day.month
    near = day + dt.timedelta(days=-31 if over else 40)
    quarter = day + dt.timedelta(days=-91 if over else 40)
    forms = [
        f"quý {ROMAN[(quarter.month - 1) // 3]} năm {quarter.year}",
        f"tháng {near.month}/{near.year}",
        f"năm {year - (month < 7) if over else year + (month > 9)}",
    ]
    if over:
        forms += [f"6 tháng đầu năm {year}"] * 2 if month > 6 else [f"6 tháng cuối năm {year - 1}"] * (month < 4)
    else:
        forms.append(f"giai đoạn {year}-{year + 2}")
        forms += [f"6 tháng đầu năm {year + (month > 10)}"] * 2 if month < 3 or month > 10 else []
        forms += [f"6 tháng cuối năm {year}", f"những tháng cuối năm {year}"] if 5 < month < 10 else []
    return forms[int(rng.random() * len(forms))]


def last_of(subject: str, day: dt.date) -> dt.date | None:
    """The last day of the period that a subject names, where deadlines of a document of `day` can lie in it."""
    if found := _HALF.search(subject):
        last = month_end(int(found[2]), 6 if found[1] == "đầu" else 12)
    elif found := _QUARTER.search(subject):
        last = month_end(int(found[2]), 3 * ROMAN.index(found[1]) + 3)
    elif found := _MONTH.search(subject):
        last = month_end(int(found[2]), int(found[1]))
    elif years := _YEAR.findall(subject):
        last = dt.date(int(years[-1]), 12, 31)
    else:
        return None
    return last if (last - day).days >= _LEAST else None


def within(subject: str, day: dt.date) -> tuple[dt.date | None, dt.date | None]:
    """The last and the first day of the period that a subject names, where deadlines can lie in it."""
    last = last_of(subject, day)
    if last is None:
        return None, None
    if _HALF.search(subject):
        return last, dt.date(last.year, last.month - 5, 1)
    if _QUARTER.search(subject):
        return last, dt.date(last.year, last.month - 2, 1)
    if _MONTH.search(subject):
        return last, last.replace(day=1)
    return last, dt.date(int(_YEAR.findall(subject)[0]), 1, 1)


def voice(plan: Plan, rng: random.Random, outside: Outside | None = None, about: str = "") -> Speaker:
    """A speaker of the grammar for one document; `about`: its subject, whose period holds its deadlines."""
    speaker = Speaker(rng)
    body, row = plan.body, table("fields")[plan.field]
    date = dt.date.fromordinal(plan.day)
    kind = TYPES[unpack(plan.key)[1]]
    cast = Cast(plan, speaker, rng)
    this = kind.name if kind.id != "cong_van" else "Công văn"
    limits = Limits(rng, date, this, *within(about, date))
    before = date.replace(day=1) - dt.timedelta(days=1)
    area = "cả nước"
    if body.area:
        home = world().areas[body.area]
        area = body.office if body.kind in ("huyen", "xa") else home.level if rng.random() < 0.5 else home.full
    ministry = world().get("bo", "", row["ministries"][0])
    ministry = world().at(ministry, plan.day) if ministry else None
    to_body = world().bodies[plan.to] if plan.to >= 0 else None

    def draw(name: str) -> str:
        return speaker.pick(name, row[name])

    def befitting(share: float) -> Said:
        """A deed of those who act: of the field where it is theirs, else what befits them, else what anybody can do."""
        whose, deeds = cast.deeds(speaker.doers)
        if whose == "own":
            return draw("tasks") if rng.random() < share else speaker.pick("job", grammar()["job"])
        if deeds and rng.random() < 0.7:
            return speaker.pick(f"deeds {whose}", deeds)
        return speaker.pick("part", grammar()["part"])

    def topic() -> str:
        """The topic of the document; in its body also others of the field, which belong to it."""
        if outside is None or rng.random() < 0.6:
            return topic_of(plan)
        return draw("topics")

    def name(kind: str, words: str) -> Parts:
        return [Name([words], KINDS[kind])]

    def to() -> Parts:
        if to_body is None:
            return name("a", "cấp có thẩm quyền")
        return name(body_kind(to_body), address(plan))

    def ref() -> Parts:
        made: Ref = outside.any() if outside else Ref(["quy định hiện hành"], "other")
        return [made] if outside else ["quy định hiện hành"]

    def order_ref() -> Said:
        made = outside.order() if outside else None
        return [made] if made else "văn bản chỉ đạo trước đây"

    def person() -> Parts:
        posts = [f"Phó {cast.head}"] if cast.head else [row for row in cast.pool.get("p", []) if " các " not in row]
        title, who = speaker.one(posts or ["Phó Chánh Văn phòng"]), person_name(rng)
        return name("n", speaker.one([f"đồng chí {who}, {title}", f"{title} {who}", f"ông {who}, {title}"]))

    def member() -> Parts:
        return name(
            "n", speaker.one([f"ông {person_name(rng)}", f"bà {person_name(rng)}", f"đồng chí {person_name(rng)}"])
        )

    sender = (body_kind(body), own_name(body))
    slots: dict[str, Said | Callable[[], Said]] = {
        "sender": lambda: name(*sender),
        "chief": lambda: name(*chief_of(plan)),
        "to": to,
        "from": lambda: name("a", ministry.short) if ministry else "cấp trên",
        "this": this,
        "topic": topic,
        "the_topic": topic_of(plan),
        "area": area,
        "year": str(date.year),
        "later": str(date.year + 2),
        "month": f"{date.month}/{date.year}",
        "when": lambda: period(rng, date, over=plan.role in _TOLD),
        "quarter": ROMAN[(date.month - 1) // 3],
        "past": lambda: slashed(plan.day - 1 - int(rng.random() * 12)),
        "soon": lambda: slashed(plan.day + 2 + int(rng.random() * 12)),
        "far": lambda: slashed(plan.day + 100 + int(rng.random() * 120)),
        "month_past": f"tháng {before.month}/{before.year}",
        "bearer": cast.bearer,
        "bearers": cast.bearers,
        "other": cast.one,
        "others": cast.others,
        "position": lambda: cast.one("p"),
        "heads": cast.heads,
        "everyone": cast.everybody,
        "person": person,
        "member": member,
        "proxy": cast.proxy,
        "monitors": lambda: name("a", f"Thường trực {own_name(body)}"),
        "task": lambda: befitting(0.5),
        "job": lambda: befitting(0.08),
        "task_words": lambda: draw("tasks"),
        "problem": lambda: draw("problems"),
        "figure": lambda: draw("figures"),
        "people": lambda: draw("people"),
        "site": lambda: draw("sites"),
        "deadline": lambda: [limits.any()],
        "by": lambda: [limits.by()],
        "single": lambda: [limits.single()],
        "recurring": lambda: [limits.recurring()],
        "duration": lambda: [limits.duration()],
        "at_once": lambda: [limits.at_once()],
        "field_time": lambda: [limits.field()],
        "ref": ref,
        "refs": lambda: outside.several() if outside else "các quy định hiện hành",
        "own_part": lambda: [outside.own_part()] if outside else "quy định này",
        "order_ref": order_ref,
        "owner": cast.owner,
        "lower": lambda: name("g", speaker.one(table("cast")["lower"])),
        "people_all": lambda: name("g", f"toàn thể {speaker.slots['people']}"),
        "payer": lambda: cast.first(("Sở Tài chính", "Phòng Tài chính", "Phòng Kế", "Vụ Kế", "Bộ Tài chính")),
        "office": lambda: cast.first(("Văn phòng", "Tổ Văn phòng")),
    }
    speaker.slots = slots
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
    return text_of(speaker.fill(speaker.one(table("phrases")["subject"][role])))
