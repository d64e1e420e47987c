"""The words of one document from its plan: subject, addressees, body, recipients, signature; where its references stand."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from zlib import crc32

from .citations import Cite, slashed, worded
from .data import table
from .phrases import Speaker
from .plan import Corpus, Plan
from .references import References
from .registers import PARTY, TYPES, Type, unpack
from .world import PROVINCES_MERGED, Body, world

Parts = list[str | Cite]
ROMAN = ["I", "II", "III", "IV", "V", "VI", "VII"]
ARTICLES = ("quyet_dinh", "quyet_dinh_qppl", "nghi_quyet_qppl", "nghi_dinh", "thong_tu", "luat", "nghi_quyet")
CENTRAL = ("quoc_hoi", "chinh_phu", "thu_tuong", "bo")


@dataclass(slots=True)
class Draft:
    """What a document says, before it is laid out. A paragraph is its style and its parts."""

    plan: Plan
    body: Body
    kind: Type
    subject: Parts
    addressees: list[str] = field(default_factory=list)
    paragraphs: list[tuple[str, Parts]] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    signature: list[str] = field(default_factory=list)
    signer: str = ""

    @property
    def party(self) -> bool:
        return self.body.kind in PARTY


@cache
def head_word(kind: str) -> str:
    return {"ubnd": "Chủ tịch", "huyen": "Chủ tịch", "xa": "Chủ tịch", "so": "Giám đốc", "bo": "Bộ trưởng", "vp": "Chánh Văn phòng"}.get(kind, "")


def slots_of(plan: Plan, rng: random.Random, speaker_of: list[Speaker]) -> dict[str, object]:
    """The slots that the grammar of a document can name."""
    body, row, places = plan.body, table("fields")[plan.field], world()
    old = plan.day < PROVINCES_MERGED
    near = body.near if body.kind in ("ubnd", "hdnd", "vp", "so", "huyen", "xa", "tinh_uy") else body.short
    area = "cả nước"
    if body.area:
        home = places.area_at(body.area, plan.day)
        area = body.office if body.kind in ("huyen", "xa") else home.level if rng.random() < 0.5 else home.full
    kind = {"ubnd": "ubnd_old" if old else "ubnd_new", "vp": "ubnd_old" if old else "ubnd_new", "hdnd": "ubnd_old" if old else "ubnd_new",
            "tinh_uy": "party_old" if old else "party_new", "ban_bi_thu": "party_old" if old else "party_new"}.get(body.kind, body.kind)
    bearers = list(table("phrases")["bearers"].get(kind, table("phrases")["bearers"]["central"]))  # fmt: skip
    if kind.startswith("ubnd"):
        bearers += [b.near for b in places.by_area("so", body.area) if b.lives(plan.day)]
        bearers += [b.short for b in places.lower[("huyen" if old else "xa", body.area)][:5]]
    elif body.kind == "so":
        bearers += table("phrases")["bearers"]["ubnd_old" if old else "ubnd_new"][1:3]
    fix = [b.replace("tỉnh", "thành phố") for b in bearers] if body.area and places.area_at(body.area, plan.day).city else bearers
    if body.kind == "xa" and body.office.startswith("phường"):
        fix = [b.replace(" xã", " phường").replace("thôn", "tổ dân phố") for b in bearers]
    able = [b.near for b in (places.get("so", body.area, key) for key in offices(row)) if b and b.lives(plan.day)] if body.area else []
    if body.kind in ("huyen", "xa"):
        able = [table("phrases")["rooms"][body.kind][row["group"]]]
    elif body.kind in ("so", "bo"):
        able = fix[:2]
    date = dt.date.fromordinal(plan.day)
    topics = row["topics"]
    speaker = speaker_of

    def cap(text: str) -> str:
        return text[0].upper() + text[1:]

    def other() -> str:
        return speaker[0].pick(fix, "bearer")

    def bearer() -> str:
        return able[int(rng.random() * len(able))] if able and rng.random() < 0.4 else other()

    def task() -> str:
        return speaker[0].pick(row["tasks"], "task")

    def past() -> str:
        return slashed(plan.day - 1 - int(rng.random() * 12))

    before = date.replace(day=1) - dt.timedelta(days=1)
    chief = head_word(body.kind)
    return {
        "sender": near, "chief": f"{chief} {near}" if chief and body.kind != "bo" else f"Lãnh đạo {near}", "topic": topics[plan.topic % len(topics)],
        "area": area, "year": str(date.year), "later": str(date.year + 2), "month": f"{date.month}/{date.year}", "bearer": bearer, "other": other,
        "task": task, "Task": lambda: cap(task()), "problem": lambda: speaker[0].fill(speaker[0].pick(row["problems"], "problem")),
        "figure": lambda: speaker[0].fill(speaker[0].pick(row["figures"], "figure")), "people": lambda: speaker[0].pick(row["people"], "people"),
        "people_": lambda: cap(speaker[0].pick(row["people"], "people")), "site": lambda: speaker[0].pick(row["sites"], "site"),
        "past": past, "month_past": f"tháng {before.month}/{before.year}", "deadline": lambda: deadline(rng, plan.day, 12), "by": lambda: deadline(rng, plan.day, 6), "quarter": ROMAN[(date.month - 1) // 3],
        "to": address(plan) or "cơ quan có thẩm quyền",
    }  # fmt: skip


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
        f"trước ngày {slashed(due)}", f"chậm nhất ngày {slashed(due)}", f"trong tháng {date.month}/{date.year}",
        f"trước 17h00 ngày {slashed(due)}", f"trước ngày {date.day:02d}/{date.month}", f"trước ngày {worded(due)}",
        f"hoàn thành trước ngày {worded(due)}", f"hoàn thành trong quý {ROMAN[(date.month - 1) // 3]} năm {date.year}",
        f"trong thời hạn {int(rng.random() * 10) + 5:02d} ngày làm việc kể từ ngày nhận được văn bản này",
        f"định kỳ trước ngày {10 + int(rng.random() * 16)} hằng tháng", f"thực hiện đến hết ngày {slashed(due)}",
        f"chậm nhất là cuối tháng {date.month}/{date.year}",
    ][turn]  # fmt: skip


def subject_of(plan: Plan) -> str:
    """The subject of a document: the same whoever asks, so that a citation can quote it."""
    kind = TYPES[unpack(plan.key)[1]].id
    role = {"follow": "order"}.get(plan.role, plan.role)
    if kind == "ke_hoach":
        role = "plan"
    elif kind in ("quyet_dinh", "quyet_dinh_qppl") and role in ("order", "decide"):
        role = "decide"
    elif role in ("amend", "replace", "repeal"):
        role = "decide"
    rng = random.Random(plan.key)
    held: list[Speaker] = []
    slots = slots_of(plan, rng, held)
    slots["from"] = "cơ quan cấp trên"
    speaker = Speaker(rng, slots)  # type: ignore[arg-type]
    held.append(speaker)
    return speaker.fill(speaker.pick(table("phrases")["subject"][role]))


def compose(corpus: Corpus, index: int) -> tuple[Draft, list[Cite]]:
    """The draft of document `index` and its references in the order of the text."""
    plan = corpus.plans[index]
    if plan.copy:
        plan = corpus.plans[plan.links[0][0]]
    body, kind = plan.body, TYPES[unpack(plan.key)[1]]
    rng = random.Random(f"{corpus.seed}/text/{plan.key}")
    held: list[Speaker] = []
    slots = slots_of(plan, rng, held)
    speaker = Speaker(rng, slots)  # type: ignore[arg-type]
    held.append(speaker)
    refs = References(corpus, index, rng)
    draft = Draft(plan, body, kind, [subject_of(plan)])
    writer = Writer(draft, speaker, refs, rng)
    slots["from"] = refs.source_name()
    writer.write()
    people(draft, rng)
    return draft, refs.cites


class Writer:
    """Writes the body that role and type ask for."""

    def __init__(self, draft: Draft, speaker: Speaker, refs: References, rng: random.Random) -> None:
        self.draft, self.speaker, self.refs, self.rng = draft, speaker, refs, rng
        self.say = speaker.say
        self.scale = rng.choices([0.7, 1, 1.5, 2.4, 4], [14, 42, 28, 12, 4])[0]

    def add(self, style: str, *parts: str | Cite) -> None:
        self.draft.paragraphs.append((style, list(parts)))

    def lines(self, name: str, low: int, high: int) -> list[str]:
        many = low + int(self.rng.random() * (high - low + 1))
        return [self.say(name) for _ in range(round(many * self.scale) if high > 2 else many)]

    def write(self) -> None:
        draft, role = self.draft, self.draft.plan.role
        if role in ("amend", "replace", "repeal"):
            self._subject_cites()
        if draft.kind.id in ARTICLES and not draft.party:
            self._articles()
        elif draft.kind.id == "ke_hoach":
            self._plan()
        elif draft.party:
            self._party()
        else:
            getattr(self, f"_{role}", self._order)()
        last_style, last = draft.paragraphs[-1]
        end = last[-1]
        if isinstance(end, str):
            last[-1] = end.rstrip(".;,: ")
            last.append("." if draft.party else "./.")

    def _subject_cites(self) -> None:
        role = self.draft.plan.role
        cite = self.refs.linked(form="date_words" if self.rng.random() < 0.5 else "full", near=True)
        if cite is None:
            return
        cite.title = True
        words = {"amend": "Sửa đổi, bổ sung một số điều của ", "replace": "thay thế ", "repeal": "Bãi bỏ "}[role]
        if role == "replace":
            words = f"{self.draft.subject[0]}, thay thế "
        self.draft.subject = [words, cite]

    def _bases(self) -> None:
        """Căn cứ ...; each on its own line."""
        for cite, tail in self.refs.bases():
            self.add("basis", "Căn cứ ", *cite, f"{tail};")

    def _lead(self, after: str) -> None:
        """`Thực hiện Công văn số ...` and what follows it."""
        head = self.refs.lead()
        if head:
            self.add("p", *head, self.say(after))
        elif self.rng.random() < 0.6:
            self.add("p", self.say("purpose"))

    def _items(self, low: int, high: int) -> None:
        """Numbered directives, some with points."""
        lines = self.lines("duty", low, high)
        style = int(self.rng.random() * 3)
        for number, line in enumerate(lines, 1):
            mark = f"{number}. " if style < 2 else f"{number}) "
            if self.rng.random() < 0.28:
                bearer = self.speaker.fill("{bearer}")
                self.add("item", f"{mark}{bearer[0].upper()}{bearer[1:]}:")
                for letter, point in zip("abcdđeghi", self.lines("point", 2, 4), strict=False):
                    self.add("point", f"{letter}) {point}" if style != 1 else f"- {point}")
            else:
                line = line[0].upper() + line[1:]
                self.add("item", mark, *self.refs.inside(line, self.draft.plan))
        self.add("item", f"{len(lines) + 1}. " if style < 2 else f"{len(lines) + 1}) ", self.say("watch"))

    def _order(self) -> None:
        opening = self.lines("open", 1, 3)
        if not self.refs.has_links() or self.rng.random() < 0.5:
            for line in opening:
                self.add("p", line)
        self._lead("after_carry") if self.refs.has_links() else self.add("p", self.say("purpose"))
        self._items(4, 9)
        for line in self.lines("more", 0, 2):
            self.add("p", line)
        self.add("p", self.say("end_order"), ".")

    def _pass(self) -> None:
        self.add("p", *(self.refs.lead(verb="received") or [self.say("open")]), self._about(), ";")
        self.add("p", self.speaker.fill("{chief} có ý kiến như sau:"))
        self._items(1, 3)
        self.add("p", self.say("end_order"), ".")

    def _about(self) -> str:
        return self.speaker.fill(" về {topic}") if self.rng.random() < 0.7 else ""

    def _report(self) -> None:
        self._lead("after_report")
        for number, (title, name, low, high) in enumerate(
            [("Kết quả thực hiện", "result", 4, 7), ("Tồn tại, hạn chế", "short_coming", 1, 3), ("Nhiệm vụ thời gian tới", "next", 3, 5), ("Đề xuất, kiến nghị", "propose", 1, 2)]
        ):  # fmt: skip
            self.add("h1", f"{ROMAN[number]}. {title.upper() if self.rng.random() < 0.5 else title}")
            for at, line in enumerate(self.lines(name, low, high), 1):
                self.add("item", f"{at}. " if name in ("result", "next") else "- ", *self.refs.inside(line, self.draft.plan))
        self.add("p", self.say("end_report"), ".")

    def _request(self) -> None:
        self._context()
        for line in self.lines("need", 3, 5):
            self.add("p", *self.refs.inside(line, self.draft.plan))
        for line in self.lines("propose", 1, 3):
            self.add("p", line)
        self.add("p", self.say("end_request"), ".")

    def _context(self) -> None:
        lead = self.refs.outside_lead()
        self.add("p", *lead, self.speaker.fill(", {sender} đã tổ chức triển khai công tác {topic} {where}."))

    def _ask(self) -> None:
        self._context()
        self.add("p", self.say("need"))
        self.add("p", self.speaker.fill("Để có cơ sở hoàn thiện, {sender} đề nghị {to} quan tâm cho ý kiến, cung cấp thông tin đối với các nội dung sau:"))
        for line in self.lines("point", 2, 4):
            self.add("point", f"- {line}")
        self.add("p", self.speaker.fill("Ý kiến tham gia gửi về {sender} {deadline}. Rất mong nhận được sự quan tâm phối hợp của {to}"), ".")

    def _reply(self) -> None:
        self.add("p", *(self.refs.lead() or [self.speaker.fill("Theo đề nghị của {to}")]), self._about(), self.say("after_reply"))
        for number, line in enumerate(self.lines("opinion", 3, 6), 1):
            self.add("item", f"{number}. ", *self.refs.inside(line, self.draft.plan))
        self.add("p", self.say("end_reply"), ".")

    def _approve(self) -> None:
        self.add("p", *(self.refs.lead(verb="proposed") or [self.say("open")]), self._about(), ", ", self.speaker.fill("{chief} có ý kiến như sau:"))
        for number, line in enumerate(self.lines("grant", 3, 5), 1):
            self.add("item", f"{number}. ", *self.refs.inside(line, self.draft.plan))
        self.add("p", self.say("end_order"), ".")

    def _invite(self) -> None:
        lead = self.refs.lead(verb="considered")
        if lead:
            self.add("p", *lead, self.speaker.fill(", {sender} tổ chức cuộc họp về {topic}, cụ thể như sau:"))
        else:
            self.add("p", self.speaker.fill("{sender} tổ chức cuộc họp về {topic}, trân trọng kính mời các đại biểu đến dự, cụ thể như sau:"))
        day = self.draft.plan.day + 2 + int(self.rng.random() * 8)
        self.add("item", f"1. Thời gian: {self.speaker.pick(['8 giờ 00', '14 giờ 00', '7 giờ 30', '13 giờ 30'])}, ngày {slashed(day)}.")
        self.add("item", f"2. Địa điểm: {self.speaker.pick(['Phòng họp số 1', 'Phòng họp số 2', 'Hội trường tầng 3', 'Phòng họp trực tuyến'])}, trụ sở ", self.speaker.fill("{sender}."))
        for number, line in enumerate(self.lines("agenda", 2, 4), 3):
            self.add("item", f"{number}. {line}")
        self.add("p", "Đề nghị đại biểu tham dự đúng thành phần, thời gian", ".")

    def _conclude(self) -> None:
        day = slashed(self.draft.plan.day - 2 - int(self.rng.random() * 4))
        self.add("p", self.speaker.fill(f"Ngày {day}, {{chief}} chủ trì cuộc họp về {{topic}}. Tham dự có lãnh đạo {{bearer}}, {{bearer}} và các đơn vị liên quan."))
        lead = self.refs.lead(verb="considered")
        if lead:
            self.add("p", *lead, self.speaker.fill(" và ý kiến của các đại biểu dự họp, {chief} kết luận như sau:"))
        else:
            self.add("p", self.speaker.fill("Sau khi nghe báo cáo và ý kiến thảo luận, {chief} kết luận như sau:"))
        self.add("h1", "I. Đánh giá chung")
        for line in self.lines("judge", 1, 2):
            self.add("p", *self.refs.inside(line, self.draft.plan))
        self.add("h1", "II. Nhiệm vụ thời gian tới")
        self._items(3, 7)
        self.add("p", self.speaker.fill("{sender} thông báo để các cơ quan, đơn vị biết, thực hiện"), ".")

    def _party(self) -> None:
        head = self.refs.lead()
        for line in self.lines("open", 1, 3):
            self.add("p", line)
        tail = self.speaker.fill("{sender} yêu cầu các cấp ủy, tổ chức đảng thực hiện tốt các nhiệm vụ sau:")
        self.add("p", *([*head, ", ", tail] if head else [tail]))
        for number, line in enumerate(self.lines("party_line", 4, 8), 1):
            self.add("item", f"{number}. ", *self.refs.inside(line, self.draft.plan))
        self.add("p", f"{self.draft.kind.name} này được phổ biến đến chi bộ", ".")

    def _plan(self) -> None:
        self._lead("after_carry")
        for number, (title, name, low, high) in enumerate(
            [("Mục đích, yêu cầu", "aim", 3, 4), ("Nhiệm vụ, giải pháp", "point", 5, 9), ("Kinh phí thực hiện", "money", 1, 1)]
        ):
            self.add("h1", f"{ROMAN[number]}. {title.upper()}")
            for at, line in enumerate(self.lines(name, low, high), 1):
                self.add("item", f"{at}. ", *self.refs.inside(line, self.draft.plan))
        self.add("h1", "IV. TỔ CHỨC THỰC HIỆN")
        self._items(3, 6)
        self.add("p", self.speaker.fill("Trên đây là Kế hoạch {topic} của {sender}; yêu cầu các đơn vị nghiêm túc triển khai thực hiện"), ".")

    def _articles(self) -> None:
        draft = self.draft
        self._bases()
        proposal = self.refs.proposal()
        if proposal:
            self.add("basis", *proposal, ".")
        verb = {"nghi_quyet": "QUYẾT NGHỊ", "nghi_quyet_qppl": "QUYẾT NGHỊ"}.get(draft.kind.id, "QUYẾT ĐỊNH")
        if draft.kind.id in ("quyet_dinh", "quyet_dinh_qppl", "nghi_quyet", "nghi_quyet_qppl"):
            self.add("title", f"{verb}:")
        this, role, number = draft.kind.name, draft.plan.role, 1
        if role in ("amend", "repeal"):
            cite = self.refs.linked()
            if cite:
                words = "Sửa đổi, bổ sung khoản 2 Điều 3 " if role == "amend" else "Bãi bỏ toàn bộ "
                self.add("p", f"Điều {number}. {words}", cite, f"{self._about()}.")
                number += 1
        else:
            opening = draft.subject[0] if isinstance(draft.subject[0], str) else ""
            opening = opening.split(", thay thế")[0]
            self.add("p", f"Điều 1. {opening[0].upper()}{opening[1:]}.")
            number = 2
        for line in self.lines("article", 3, 6):
            self.add("p", f"Điều {number}. {line[0].upper()}{line[1:]}" if not line.startswith("các ") else f"Điều {number}. C{line[1:]}")
            number += 1
        force = f"Điều {number}. {this} này có hiệu lực thi hành kể từ ngày {'ký' if self.rng.random() < 0.6 else slashed(draft.plan.day + 10)}"
        cite = self.refs.linked() if role == "replace" else None
        if cite:
            self.add("p", f"{force} và thay thế ", cite, ".")
        else:
            self.add("p", f"{force}.")
        self.add("p", self.speaker.fill(f"Điều {number + 1}. Thủ trưởng các cơ quan: {{bearer}}, {{bearer}} và các tổ chức, cá nhân có liên quan chịu trách nhiệm thi hành {this} này"), ".")


def people(draft: Draft, rng: random.Random) -> None:
    """Addressees, recipients, signature."""
    body, plan = draft.body, draft.plan
    old = plan.day < PROVINCES_MERGED
    to = address(plan)
    letter = draft.kind.id in ("cong_van", "to_trinh", "giay_moi", "cong_dien")
    below = {"ubnd": ["Các sở, ban, ngành", "Ủy ban nhân dân các huyện, thị xã, thành phố" if old else "Ủy ban nhân dân các xã, phường"],
             "so": ["Các phòng, đơn vị trực thuộc Sở", "Ủy ban nhân dân các huyện, thị xã, thành phố" if old else "Ủy ban nhân dân các xã, phường"],
             "huyen": ["Các phòng, ban chuyên môn", "Ủy ban nhân dân các xã, thị trấn"], "xa": ["Các phòng chuyên môn", "Trưởng các thôn, tổ dân phố"]}  # fmt: skip
    if letter or draft.kind.id in ("bao_cao",):
        draft.addressees = [to] if to else below.get(body.kind, ["Ủy ban nhân dân các tỉnh, thành phố trực thuộc Trung ương"])[: 1 + int(rng.random() * 2)]
        if draft.kind.id == "bao_cao" and rng.random() < 0.4:
            draft.addressees = []
    lines = ["Như trên" if draft.addressees else "Các cơ quan, đơn vị liên quan"]
    chief = {"ubnd": "CT, các PCT {near}", "so": "Giám đốc, các Phó Giám đốc Sở", "huyen": "CT, các PCT {near}", "xa": "TT. Đảng ủy, TT. HĐND {near}", "bo": "Bộ trưởng (để b/c)",
             "vp": "CVP, các PCVP", "thu_tuong": "Thủ tướng, các Phó Thủ tướng", "hdnd": "TT. HĐND {near}"}.get(body.kind)  # fmt: skip
    if body.kind in ("so", "huyen", "xa", "vp") and rng.random() < 0.6:
        lines.append(f"{world().bodies[body.parent].near} (để b/c)")
    if chief:
        near = {"ubnd": body.near, "huyen": body.near, "xa": body.near.removeprefix("UBND "), "hdnd": body.near.removeprefix("HĐND ")}.get(body.kind, "")
        lines.append(chief.format(near=near))
    unit = draft.plan.number.rpartition("-")[2] if draft.kind.id == "cong_van" and "-" in plan.number else ""
    if draft.party:
        draft.recipients = [f"- {line}," for line in lines] + [f"- Lưu Văn phòng {body.name.split(' ')[0]} ủy." if body.kind == "tinh_uy" else "- Lưu Văn phòng Trung ương Đảng."]
    else:
        draft.recipients = [f"- {line};" for line in lines] + [f"- Lưu: VT{', ' + unit if unit else ''}{f' ({2 + crc32(str(plan.key).encode()) % 18:02d}b)' if rng.random() < 0.3 else ''}."]
    draft.signature = _stack(body, draft.kind.id, rng)
    rng_name = random.Random(f"signer/{body.index}/{plan.day // 900}/{len(draft.signature)}")
    rows = table("world")
    draft.signer = " ".join(rng_name.choice(rows[k]) for k in ("family", "middle", "given"))


def _stack(body: Body, kind: str, rng: random.Random) -> list[str]:
    """The lines above the signer's name."""
    deputy = rng.random() < 0.55
    if body.kind in ("ubnd", "huyen", "xa"):
        own = rng.random() < 0.3 and kind not in ("quyet_dinh_qppl",)
        head = [] if own else ["TM. ỦY BAN NHÂN DÂN"]
        return [*head, "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"] if deputy else [*head, "CHỦ TỊCH"]
    if body.kind == "bo":
        title, second = {"ngan-hang-nha-nuoc-viet-nam": ("THỐNG ĐỐC", "PHÓ THỐNG ĐỐC"), "thanh-tra-chinh-phu": ("TỔNG THANH TRA", "PHÓ TỔNG THANH TRA"),
            "van-phong-chinh-phu": ("BỘ TRƯỞNG, CHỦ NHIỆM", "PHÓ CHỦ NHIỆM"), "uy-ban-dan-toc": ("BỘ TRƯỞNG, CHỦ NHIỆM", "THỨ TRƯỞNG, PHÓ CHỦ NHIỆM")}.get(body.office, ("BỘ TRƯỞNG", "THỨ TRƯỞNG"))  # fmt: skip
        return [f"KT. {title}", second] if deputy else [title]
    return {
        "so": ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"] if deputy else ["GIÁM ĐỐC"],
        "vp": ["TL. CHỦ TỊCH", "KT. CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG"] if deputy else ["TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG"],
        "hdnd": ["CHỦ TỊCH"] if kind.startswith("nghi_quyet") else ["TM. THƯỜNG TRỰC HĐND", "PHÓ CHỦ TỊCH"],
        "tinh_uy": ["T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ"] if deputy else ["T/M BAN THƯỜNG VỤ", "BÍ THƯ"],
        "ban_bi_thu": ["T/M BAN BÍ THƯ", "THƯỜNG TRỰC BAN BÍ THƯ"],
        "thu_tuong": ["KT. THỦ TƯỚNG", "PHÓ THỦ TƯỚNG"] if deputy else ["THỦ TƯỚNG"],
        "chinh_phu": ["TM. CHÍNH PHỦ", "THỦ TƯỚNG"], "quoc_hoi": ["CHỦ TỊCH QUỐC HỘI"],
    }[body.kind]  # fmt: skip
