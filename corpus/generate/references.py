"""The references of one document: which it makes, in which words, with traps for the unwary among them."""

from __future__ import annotations

import datetime as dt
import random
from zlib import crc32

from .citations import Cite, Head, cite, head_of, near_miss
from .data import table
from .plan import Corpus, Plan, unit_of
from .registers import BY_ID, TYPES, day_of, issues, pack, period_of, total, unpack, written
from .world import Body, world

Parts = list[str | Cite]
_LEADS = {
    "implements": ["Thực hiện ", "Triển khai thực hiện ", "Thực hiện nội dung chỉ đạo tại ", "Theo chỉ đạo tại "],
    "follows": ["Tiếp theo ", "Tiếp tục thực hiện "],
    "replies_to": ["Trả lời ", "Phúc đáp ", "{sender} nhận được "],
    "basis": ["Theo đề nghị tại ", "Căn cứ "],
    "mentions": ["Sau khi xem xét ", "Trên cơ sở nội dung "],
}
_OPINIONS = {
    "implements": ["Thực hiện ý kiến chỉ đạo của ", "Theo chỉ đạo của "],
    "follows": ["Tiếp theo nội dung chỉ đạo của "],
    "replies_to": ["Trả lời đề nghị của ", "Phúc đáp ý kiến của "],
    "basis": ["Xét đề nghị của ", "Theo đề nghị của "],
    "mentions": ["Sau khi xem xét ý kiến của "],
}
_THEREFORE = {"implements": "Thực hiện văn bản trên", "follows": "Tiếp tục thực hiện văn bản trên", "replies_to": "Về nội dung này",
              "basis": "Xét đề nghị trên", "mentions": "Sau khi xem xét văn bản trên"}  # fmt: skip
_VERBS = {"received": ("implements", ["Thực hiện "]), "proposed": ("basis", ["Xét đề nghị tại ", "Theo đề nghị tại "]), "considered": ("mentions", ["Sau khi xem xét ", "Qua nghiên cứu "])}  # fmt: skip


class References:
    """Makes the references of document `index`, and keeps them in the order in which they are made."""

    def __init__(self, corpus: Corpus, index: int, rng: random.Random) -> None:
        self.corpus, self.rng = corpus, rng
        self.plan = corpus.plans[index]
        self.index = self.plan.links[0][0] if self.plan.copy else index
        if self.plan.copy:
            self.plan = corpus.plans[self.index]
        self.cites: list[Cite] = []
        self.links = [(corpus.plans[i], i, relation) for i, relation in self.plan.links]

    def has_links(self) -> bool:
        return bool(self.links)

    def source_name(self) -> str:
        return self.links[0][0].body.short if self.links else "cơ quan cấp trên"

    def _keep(self, made: Cite) -> Cite:
        self.cites.append(made)
        return made

    def _head(self, plan: Plan, index: int) -> Head:
        return head_of(plan.key, plan.number, plan.day, index)

    def _to(self, plan: Plan, index: int, relation: str, form: str | None = None, plain: bool = True) -> Cite:
        return self._keep(cite(self.rng, self._head(plan, index), self.plan.body, self.plan.day, relation, form, plain))

    def linked(self, form: str | None = None, near: bool = False) -> Cite | None:
        """A reference to the document that this one changes."""
        if not self.links:
            return None
        plan, index, relation = self.links[0]
        return self._to(plan, index, relation, form)

    def lead(self, verb: str = "") -> Parts:
        """The words that open a document which follows another: `Thực hiện Công văn số ... và ...`."""
        if not self.links:
            return []
        relation = self.links[0][2]
        rows = _VERBS[verb][1] if verb else _LEADS.get(relation, ["Thực hiện "])
        word = rows[int(self.rng.random() * len(rows))].replace("{sender}", self.plan.body.near)
        same = [row for row in self.links if row[2] == relation]
        extra = self.corpus.plans[self.links[0][1]]
        if relation in ("implements", "replies_to") and self.rng.random() < 0.16:
            listed = self._list(extra)
            if listed:
                return [f"{word}các {listed[0]}", *listed[1:]]
        made = self._to(*same[0][:2], relation, None, plain=False)
        parts: Parts = [word, made]
        if made.form == "issuer_first":
            rows = _OPINIONS[relation]
            parts = [rows[int(self.rng.random() * len(rows))], made.before, made]
        elif made.form == "date_first":
            return [made.before, made, f" về {self._topic(extra)}. {_THEREFORE[relation]}"]
        for plan, index, other in self.links[1:]:
            if other == relation:
                parts += [", " if len(same) > 2 else " và ", self._to(plan, index, other)]
        return parts

    def _topic(self, plan: Plan) -> str:
        topics = table("fields")[plan.field]["topics"]
        return str(topics[plan.topic % len(topics)])

    def _list(self, first: Plan) -> Parts:
        """`Công văn: số 12/A ngày ..., số 15/A ngày ...` of one issuer: the linked one and others of its register."""
        body, kind, period, number = unpack(first.key)
        if not first.body.near or TYPES[kind].normative:
            return []
        heads = [self._head(first, self.links[0][1])]
        for more in (1 + int(self.rng.random() * 40), 50 + int(self.rng.random() * 300)):
            if number - more > 0 and (other := number - more):
                key = pack(body, kind, period, other)
                heads.append(head_of(key, written(key, unit_of(key, first.field)), day_of(body, kind, period, other), -1))
        if len(heads) < 2 or self.plan.body.kind in ("quoc_hoi", "chinh_phu"):
            return []
        heads.sort(key=lambda head: head.day)
        shared = self.rng.random() < 0.5
        last = heads[-1]
        name, _ = first.body.short, 0
        parts: Parts = [f"{TYPES[kind].name}" + (f" của {name}: " if shared else ": " if self.rng.random() < 0.5 else " ")]
        for at, head in enumerate(heads):
            made = cite(self.rng, head, self.plan.body, self.plan.day, self.links[0][2], "list")
            made.text = made.text.removeprefix(f"{head.kind.name} ").partition(" của ")[0]
            made.names, made.near, made.form = name, False, "list"
            parts += [self._keep(made), "" if at == len(heads) - 1 else " và " if at == len(heads) - 2 else ", "]
        if not shared:
            parts.append(f" của {name}")
        assert last is heads[-1]
        return parts

    def bases(self) -> list[tuple[Parts, str]]:
        """Legal bases: known laws, normative documents of the corpus, what the document carries out."""
        out: list[tuple[Parts, str]] = []
        day = dt.date.fromordinal(self.plan.day)
        rows = [row for row in table("citations")["known"] if row["from"] <= day <= row.get("until", day) and self.plan.field in row.get("fields", [self.plan.field]) and (not row.get("norm") or TYPES[unpack(self.plan.key)[1]].normative)]
        central = self.plan.body.kind in ("quoc_hoi", "chinh_phu", "bo")
        for row in rows[: 1 if central else 2 + int(self.rng.random() * 2)]:
            text = row["name"]
            known = Cite(text, "known_law", "basis", "", None, None, None)
            out.append(([self._keep(known)], ""))
        for plan, index in self._corpus(("nghi_dinh", "thong_tu", "luat", "nghi_quyet_qppl", "quyet_dinh_qppl"), 2):
            out.append(([self._to(plan, index, "basis", None if self.rng.random() < 0.5 else "date_words")], ""))
        if self.plan.role in ("decide", "resolve", "norm"):
            for plan, index, relation in self.links[:1]:
                if TYPES[unpack(plan.key)[1]].id not in ("to_trinh",):
                    out.append(([self._to(plan, index, relation)], ""))
        return out

    def proposal(self) -> Parts:
        """`Theo đề nghị của Giám đốc Sở ... tại Tờ trình số ...`: from a department, seldom in the corpus."""
        body = self.plan.body
        for plan, index, _ in self.links:
            if TYPES[unpack(plan.key)[1]].id == "to_trinh":
                return [f"Xét {'' if self.rng.random() < 0.5 else 'đề nghị tại '}", self._to(plan, index, "basis")]
        if body.kind != "ubnd":
            return []
        rows = [b for b in world().by_area("so", body.area) if b.lives(self.plan.day)]
        other = rows[int(self.rng.random() * len(rows))]
        head = self._anywhere(other, "to_trinh")
        if head is None:
            return [f"Theo đề nghị của Giám đốc {other.near}"]
        made = self._keep(cite(self.rng, head, body, self.plan.day, "basis", "full"))
        made.text = made.text.partition(" của ")[0]
        made.names, made.near, made.form = other.near, True, "issuer_first"
        return [f"Theo đề nghị của Giám đốc {other.near} tại ", made]

    def _anywhere(self, body: Body, kind: str) -> Head | None:
        """Some document of a register a little before this one, most often outside of the corpus."""
        type_ = BY_ID[kind]
        if not issues(body, type_) or not body.lives(self.plan.day - 12):
            return None
        period = period_of(body, self.plan.day - 10)
        whole = total(body.index, type_.index, period)
        for _ in range(3):
            number = 1 + int(self.rng.random() * whole) if whole else 0
            if number and self.plan.day - 200 < day_of(body.index, type_.index, period, number) < self.plan.day:
                key = pack(body.index, type_.index, period, number)
                return head_of(key, written(key, unit_of(key, self.plan.field)), day_of(body.index, type_.index, period, number), -1)
        return None

    def _corpus(self, kinds: tuple[str, ...], most: int) -> list[tuple[Plan, int]]:
        """Documents of the corpus before this one, of the same field, that it may cite."""
        body = self.plan.body
        scopes = ["central"] + ([f"area {world().last(body).area}"] if body.area else [])
        found = [
            (self.corpus.plans[i], i)
            for scope in scopes
            for i in self.corpus.before(self.index, scope, self.plan.field)
            if self.corpus.plans[i].day < self.plan.day and TYPES[unpack(self.corpus.plans[i].key)[1]].id in kinds and not self.corpus.plans[i].copy
        ]
        self.rng.shuffle(found)
        return found[: int(self.rng.random() * (most + 1))]

    def outside_lead(self) -> Parts:
        """`Thực hiện ...` of a document that the thread does not hold: of the corpus, or of none."""
        rows = self._corpus(("cong_van", "ke_hoach", "chi_thi", "quyet_dinh", "cong_dien", "ket_luan"), 1)
        if rows:
            return ["Thực hiện ", self._to(*rows[0], "implements")]
        body = self.plan.body
        source = world().bodies[body.parent] if body.parent >= 0 else world().get("thu_tuong")
        head = self._anywhere(source, "cong_van" if body.parent >= 0 else "quyet_dinh") if source else None
        if head is None:
            return ["Thực hiện nhiệm vụ được giao"]
        return ["Thực hiện ", self._keep(cite(self.rng, head, body, self.plan.day, "implements"))]

    def inside(self, line: str, plan: Plan) -> Parts:
        """A sentence of the body, now and then with a reference: by antecedent, to the corpus, or one that misleads."""
        draw = self.rng.random()
        if draw > 0.13 or not line.endswith("."):
            return [line]
        line = line[:-1]
        own = [made for made in self.cites if made.head and made.form not in ("list", "anaphor", "anaphor_part", "known_law")]
        if draw < 0.04 and own:
            last = own[-1]
            assert last.head is not None
            if [c.kind for c in self.cites if c.kind].count(last.kind) == 1 and last.kind and self.cites[-1] is last:
                part = ["mục 2 ", "khoản 1 ", "điểm 2 ", "mục II ", ""][int(self.rng.random() * 5)]
                made = self._keep(Cite(f"{part}{last.head.kind.name} nêu trên", "anaphor" if not part else "anaphor_part", "mentions", last.number, last.kind, last.day, last.names, last.head, last.near))
                return [f"{line} theo đúng nội dung tại ", made, "."]
        if draw < 0.07:
            rows = self._corpus(("cong_van", "ke_hoach", "quyet_dinh", "chi_thi", "thong_tu", "nghi_dinh", "nghi_quyet", "thong_bao"), 2)
            if rows:
                return [f"{line} theo ", self._to(*rows[0], "mentions"), "."]
        head = self._trap() if draw < 0.1 else self._anywhere(plan.body, "cong_van")
        if head is None:
            return [f"{line}."]
        made = self._keep(cite(self.rng, head, plan.body, plan.day, "mentions", "short_issuer" if head.trap else None))
        words = {"other_province": "; tham khảo cách làm của địa phương bạn tại ", "other_year": "; không để lặp lại tồn tại đã nêu tại "}
        return [line + words.get(head.trap, " theo nội dung nêu tại "), made, "."]

    def _trap(self) -> Head | None:
        """A near miss of a document the corpus has."""
        if self.index < 20:
            return None
        start = crc32(f"{self.plan.key}".encode()) % self.index
        for step in range(12):
            plan = self.corpus.plans[(start + step * 7) % self.index]
            if plan.day < self.plan.day and not plan.copy and plan.body.area:
                head = near_miss(self.rng, self._head(plan, (start + step * 7) % self.index), self.plan.day)
                if head:
                    head.index = -1
                    return head
        return None
