"""The references of one document: which it makes, in which words, with traps for the unwary among them."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Sequence
from dataclasses import replace
from zlib import crc32

from .cast import own_name
from .citations import Cite, Head, cite, head_of, near_miss
from .citing import Anaphor, decrees, issuer_piece, ref_of
from .data import table
from .draft import Clause, Name, Parts, Ref
from .plan import Corpus, Plan, unit_of
from .registers import BY_ID, TYPES, day_of, issues, pack, period_of, total, unpack, written
from .voice import topic_of
from .world import Body, world

_LEADS = {
    "implements": ["Thực hiện ", "Triển khai thực hiện ", "Thực hiện nội dung chỉ đạo tại ", "Theo chỉ đạo tại "],
    "follows": ["Tiếp theo ", "Tiếp tục thực hiện "],
    "replies_to": ["Trả lời ", "Phúc đáp ", "{sender} nhận được "],
    "basis": ["Theo đề nghị tại ", "Căn cứ "],
    "mentions": ["Sau khi xem xét ", "Trên cơ sở nội dung "],
    "received": ["Thực hiện "],
    "proposed": ["Xét đề nghị tại ", "Theo đề nghị tại "],
    "considered": ["Sau khi xem xét ", "Qua nghiên cứu "],
}
_OPINIONS = {  # before the issuer
    "implements": ["Thực hiện ý kiến chỉ đạo của ", "Theo chỉ đạo của "],
    "follows": ["Tiếp theo nội dung chỉ đạo của "],
    "replies_to": ["Trả lời đề nghị của ", "Phúc đáp ý kiến của "],
    "basis": ["Xét đề nghị của ", "Theo đề nghị của "],
    "mentions": ["Sau khi xem xét ý kiến của "],
}
_THEREFORE = {  # after a sentence that only tells of the document
    "implements": "Thực hiện văn bản trên",
    "follows": "Tiếp tục thực hiện văn bản trên",
    "replies_to": "Về nội dung này",
    "basis": "Xét đề nghị trên",
    "mentions": "Sau khi xem xét văn bản trên",
}
_TRAPS = {
    "other_province": [
        ", tham khảo cách làm của tỉnh bạn tại ",
        ", nghiên cứu kinh nghiệm nêu tại ",
        ", đối chiếu với ",
        ", có tham khảo nội dung của ",
        ", học tập kinh nghiệm tại ",
        ", so sánh với cách làm tại ",
    ],
    "other_year": [
        ", tránh lặp lại tồn tại đã nêu tại ",
        ", rút kinh nghiệm từ việc thực hiện ",
        ", khác với năm trước tại ",
        ", không làm lại phần việc đã xong theo ",
        ", kế thừa kết quả thực hiện ",
        ", khắc phục thiếu sót đã chỉ ra tại ",
    ],
}
_NORMS = ("nghi_dinh", "thong_tu", "luat", "nghi_quyet_qppl", "quyet_dinh_qppl")
_ORDERS = ("cong_van", "ke_hoach", "chi_thi", "quyet_dinh", "cong_dien", "ket_luan")


_INSIDE = [
    " theo nội dung nêu tại ", " như yêu cầu tại ", ", gắn với việc thực hiện ", " theo ", ", tiếp nối ", ", bám sát ",
]  # fmt: skip


class References:
    """Makes the references of document `index`, and keeps them in the order in which they are made."""

    def __init__(self, corpus: Corpus, index: int, rng: random.Random, *, slips: bool = False) -> None:
        self.corpus, self.rng, self.slips = corpus, rng, slips
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

    def _cite(self, head: Head, relation: str, form: str | None = None, *, plain: bool = True) -> Cite:
        return cite(self.rng, head, self.plan.body, self.plan.day, relation, form, plain=plain, slips=self.slips)

    def _keep(self, made: Cite) -> Ref | Anaphor:
        self.cites.append(made)
        return ref_of(made)

    def _head(self, plan: Plan, index: int) -> Head:
        return head_of(plan.key, plan.number, plan.day, index)

    def _to(self, plan: Plan, index: int, relation: str, form: str | None = None) -> Ref | Anaphor:
        return self._keep(self._cite(self._head(plan, index), relation, form))

    def linked(self, form: str | None = None) -> Ref | Anaphor | None:
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
        rows = _LEADS[verb or relation] if relation in _OPINIONS else ["Thực hiện "]
        word: Parts = [rows[int(self.rng.random() * len(rows))]]
        if "{sender}" in word[0]:  # type: ignore[operator]
            word = [issuer_piece(self.plan.body, own_name(self.plan.body)), " nhận được "]
        same = [row for row in self.links if row[2] == relation]
        extra = self.corpus.plans[self.links[0][1]]
        if relation in ("implements", "replies_to") and self.rng.random() < 0.16:
            listed = self._list(extra)
            if listed:
                return [*word, "các ", *listed]
        head = self._head(*same[0][:2])
        made = self._cite(head, relation, plain=False)
        ref = self._keep(made)
        parts: Parts = [*word, ref]
        if made.form == "issuer_first":
            rows = _OPINIONS[relation]
            parts = [rows[int(self.rng.random() * len(rows))], *before_parts(made), ref]
        elif made.form == "date_first":
            return [*before_parts(made), ref, f" về {topic_of(extra)}. {_THEREFORE[relation]}"]
        for plan, index, other in self.links[1:]:
            if other == relation:
                parts += [", " if len(same) > 2 else " và ", self._to(plan, index, other)]
        return parts

    def _list(self, first: Plan) -> Parts:
        """`Công văn: số 12/A ngày ..., số 15/A ngày ...` of one issuer: the linked one and others of its register."""
        body, kind, period, number = unpack(first.key)
        if TYPES[kind].normative or self.plan.body.kind in ("quoc_hoi", "chinh_phu"):
            return []
        heads = [self._head(first, self.links[0][1])]
        for less in (1 + int(self.rng.random() * 40), 50 + int(self.rng.random() * 300)):
            if number > less:
                key = pack(body, kind, period, number - less)
                day = day_of(body, kind, period, number - less)
                heads.append(head_of(key, written(key, unit_of(key, first.field)), day, -1))
        if len(heads) < 2:
            return []
        heads.sort(key=lambda head: head.day)
        name, shared = issuer_piece(first.body, first.body.short), self.rng.random() < 0.5
        parts: Parts = [f"{TYPES[kind].name} của ", name, ": "] if shared else [TYPES[kind].name]
        if not shared:
            parts.append(": " if self.rng.random() < 0.5 else " ")
        for left, head in zip(range(len(heads) - 1, -1, -1), heads, strict=True):
            made = self._cite(head, self.links[0][2], "list")
            made.text = made.text.removeprefix(f"{head.kind.name} ").partition(" của ")[0]
            made.names, made.near = name.text, False
            ref = self._keep(made)
            assert isinstance(ref, Ref)
            ref.issuer = name
            parts += [ref, ["", " và ", ", "][min(left, 2)]]
        if not shared:
            ref.parts += [" của ", name]
        return parts

    def bases(self) -> list[Parts]:
        """Legal bases: known laws, normative documents of the corpus, what the document carries out."""
        out: list[Parts] = []
        day = dt.date.fromordinal(self.plan.day)
        rows = [
            row
            for row in table("citations")["known"]
            if row["from"] <= day <= row.get("until", day)
            and self.plan.field in row.get("fields", [self.plan.field])
            and (not row.get("norm") or TYPES[unpack(self.plan.key)[1]].normative)
        ]
        central = not self.plan.body.area
        rows = [row for row in rows if row.get("central", central) == central and self.plan.body.kind != "quoc_hoi"]
        own = [row for row in rows if "fields" in row]
        rows = [row for row in rows if row not in own][: 1 + int(self.rng.random() * 2)] + own
        if self.plan.body.kind not in ("quoc_hoi", "chinh_phu"):
            named = {row["name"] for row in rows}
            rows += [{"name": name} for name in decrees(self.plan.field, self.rng) if name not in named]
        for row in rows:
            number = row["name"].partition(" số ")[2].partition(" ")[0]
            law = self._keep(Cite(row["name"], "known_law", "basis", number, None, None, None))
            out.append([law, row["title"]] if "title" in row else [law])
        higher = {"luat": (), "nghi_dinh": ("luat",), "thong_tu": ("luat", "nghi_dinh")}
        for plan, index in self._corpus(higher.get(TYPES[unpack(self.plan.key)[1]].id, _NORMS), 2):
            out.append([self._to(plan, index, "basis", None if self.rng.random() < 0.5 else "date_words")])
        if self.plan.role in ("decide", "resolve", "norm"):
            for plan, index, relation in self.links[:1]:
                if TYPES[unpack(plan.key)[1]].id not in ("to_trinh",):
                    out.append([self._to(plan, index, relation)])
        return out

    def proposal(self) -> Parts:
        """`Theo đề nghị của Giám đốc Sở ... tại Tờ trình số ...`: from a department, seldom in the corpus."""
        body = self.plan.body
        for plan, index, _ in self.links:
            if TYPES[unpack(plan.key)[1]].id == "to_trinh":
                return ["Xét đề nghị tại ", self._to(plan, index, "basis")]
        if body.kind != "ubnd":
            return []
        rows = [b for b in world().by_area("so", body.area) if b.lives(self.plan.day)]
        other = rows[int(self.rng.random() * len(rows))]
        head = self._anywhere(other, "to_trinh")
        chief = Name([f"Giám đốc {other.near}"], "position")
        if head is None:
            return ["Theo đề nghị của ", chief]
        made = self._cite(head, "basis", "full")
        made.text = made.text.partition(" của ")[0]
        made.names, made.near, made.form = other.near, True, "issuer_first"
        return ["Theo đề nghị của ", chief, " tại ", self._keep(made)]

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
                day = day_of(body.index, type_.index, period, number)
                return head_of(key, written(key, unit_of(key, self.plan.field)), day, -1)
        return None

    def _corpus(self, kinds: tuple[str, ...], most: int) -> list[tuple[Plan, int]]:
        """Documents of the corpus before this one, of the same field, that it may cite."""
        body = self.plan.body
        linked = {i for _, i, _ in self.links}
        scopes = ["central"] + ([f"area {world().last(body).area}"] if body.area else [])
        found = [
            (self.corpus.plans[i], i)
            for scope in scopes
            for i in self.corpus.before(self.index, scope, self.plan.field)
            if i not in linked
            and self.corpus.plans[i].day < self.plan.day
            and TYPES[unpack(self.corpus.plans[i].key)[1]].id in kinds
            and not self.corpus.plans[i].copy
        ]
        self.rng.shuffle(found)
        return found[: int(self.rng.random() * (most + 1))]

    def outside_lead(self) -> Parts:
        """`Thực hiện ...` of a document that the thread does not hold: of the corpus, or of none."""
        rows = self._corpus(_ORDERS, 1)
        if rows:
            return ["Thực hiện ", self._to(*rows[0], "implements")]
        body = self.plan.body
        source = world().bodies[body.parent] if body.parent >= 0 else world().get("thu_tuong")
        head = self._anywhere(source, "cong_van" if body.parent >= 0 else "quyet_dinh") if source else None
        if head is None:
            return ["Thực hiện nhiệm vụ được giao"]
        return ["Thực hiện ", self._keep(self._cite(head, "implements"))]

    def _either(self, rows: Sequence[str]) -> str:
        return rows[int(self.rng.random() * len(rows))]

    def earlier(self) -> Ref | Anaphor | None:
        """Some earlier instrument of this body or the one above it, most often outside of the corpus."""
        body = self.plan.body
        source = world().bodies[body.parent] if body.parent >= 0 and self.rng.random() < 0.6 else body
        for kind in ("ke_hoach", "cong_van") if self.rng.random() < 0.5 else ("cong_van", "quyet_dinh"):
            head = self._anywhere(source, kind)
            if head is not None:
                return self._keep(self._cite(head, "mentions", "full"))
        return None

    def inside(self, parts: Parts) -> Parts:
        """A sentence of the body, now and then with a reference: by antecedent, to the corpus, or one that misleads."""
        draw = self.rng.random()
        if draw > 0.13 or parts[-1] != ".":
            return parts
        rows = self._corpus((*_ORDERS, *_NORMS, "thong_bao"), 2) if 0.04 <= draw < 0.07 else []
        if draw < 0.04 and (made := self._antecedent()):
            tail: Parts = [self._either([" theo đúng nội dung tại ", " như đã nêu tại ", " theo tinh thần "]), made]
        elif rows:
            tail = [" theo ", self._to(*rows[0], "mentions")]
        else:
            head = self._trap() if draw < 0.1 else self._anywhere(self.plan.body, "cong_van")
            if head is None:
                return parts
            form = "full" if head.trap else None
            other = self._keep(self._cite(head, "mentions", form))
            tail = [self._either(_TRAPS.get(head.trap, _INSIDE)), other]
        last = parts[-2]
        if isinstance(last, Clause):
            last.parts += tail
            return parts
        return [*parts[:-1], *tail, "."]

    def _antecedent(self) -> Ref | Anaphor | None:
        """`khoản 1 Công văn nêu trên`: where the last reference is the only one of its type."""
        last = self.cites[-1] if self.cites else None
        if last is None or last.head is None or last.kind is None or last.form in ("list", "anaphor", "anaphor_part"):
            return None
        if [made.kind for made in self.cites].count(last.kind) != 1:
            return None
        part = ["mục 2 ", "khoản 1 ", "điểm 2 ", "mục II ", ""][int(self.rng.random() * 5)]
        form = "anaphor_part" if part else "anaphor"
        return self._keep(replace(last, text=f"{part}{last.kind.name} nêu trên", form=form, relation="mentions"))

    def _trap(self) -> Head | None:
        """A near miss of a document the corpus has."""
        if self.index < 20:
            return None
        start = crc32(f"{self.plan.key}".encode()) % self.index
        for step in range(12):
            plan = self.corpus.plans[(start + step * 7) % self.index]
            numbered = TYPES[unpack(plan.key)[1]].id != "thu_cong"
            if numbered and plan.day < self.plan.day and not plan.copy and plan.body.area:
                head = near_miss(self.rng, self._head(plan, (start + step * 7) % self.index), self.plan.day)
                if head:
                    head.index = -1
                    return head
        return None


def before_parts(made: Cite) -> Parts:
    """What stands before a reference and belongs to it: `Ngày 12/8/2024, UBND tỉnh ban hành `."""
    assert made.head and made.names
    before, _, after = made.before.partition(made.names)
    return [*([before] if before else []), issuer_piece(made.head.body, made.names), after]
