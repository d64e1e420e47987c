"""What a document says between its head and its foot, by its role: letters, reports, minutes, notices."""

from __future__ import annotations

import datetime as dt
import random
import re
from collections.abc import Sequence
from dataclasses import replace

from .citations import slashed
from .citing import Outside
from .draft import Block, Clause, Draft, Label, Name, Parts, Piece, Style, text_of
from .limits import ROMAN, Limits, rolled
from .phrases import Speaker, Under, cap, duties_of, grammar, joined, names_of
from .references import References

_TITLE = re.compile(r"(?:ông|bà|đồng chí) ")
LETTERS = "abcdđeghi"
_REPORT = [
    (["Kết quả thực hiện", "Kết quả đạt được", "Tình hình thực hiện", "Kết quả triển khai {topic}"], "result", 4, 7),
    (["Tồn tại, hạn chế", "Khó khăn, vướng mắc", "Tồn tại, hạn chế và nguyên nhân"], "short_coming", 1, 3),
    (["Nhiệm vụ thời gian tới", "Phương hướng, nhiệm vụ", "Nhiệm vụ trọng tâm"], "next", 3, 5),
    (["Đề xuất, kiến nghị", "Kiến nghị", "Đề xuất"], "propose", 1, 2),
]
# sentences that may come again with other words in them
_REPEATED = (
    "duty",
    "point",
    "result",
    "next",
    "party_line",
    "regulation",
    "article",
    "guide_item",
    "agreed",
    "ask_item",
)
_TOPICS = [
    "Công tác tuyên truyền", "Công tác kiểm tra, giám sát", "Kinh phí và nguồn lực", "Chế độ thông tin, báo cáo",
    "Công tác phối hợp", "Ứng dụng công nghệ thông tin", "Xử lý tồn tại, vướng mắc", "Công tác chuẩn bị", "Nhân lực",
]  # fmt: skip


class Writer:
    """Writes the body that role and type ask for, from the sentences of the speaker and the references."""

    def __init__(self, draft: Draft, speaker: Speaker, refs: References, rng: random.Random, outside: Outside) -> None:
        self.outside = outside
        self.draft, self.speaker, self.refs, self.rng = draft, speaker, refs, rng
        self.say, self.fill = speaker.say, speaker.fill
        self.scale = rng.choices([0.7, 1, 1.5, 2.4, 4], [14, 42, 28, 12, 4])[0]
        self.block: Block = draft.block("preamble")
        self.path = ""  # of the directive written last

    # -- paragraphs ----------------------------------------------------------------------------
    def operative(self) -> None:
        """What follows belongs to the body."""
        self.block = self.draft.block("body")

    def add(self, style: Style, *parts: str | Piece) -> None:
        for part in parts:
            if isinstance(part, Clause):
                for label in part.parts:
                    if isinstance(label, Label) and self.path:
                        label.path = f"{self.path}/{label.path}"
        self.block.add(style, *joined(list(parts)))

    def labelled(self, style: Style, mark: str, path: str, parts: Parts) -> None:
        """An item that bears a printed label: `2.`, `a)`, `Điều 3.`."""
        self.path = path
        self.add(style, Label([mark], path), " ", *parts)

    def many(self, name: str, low: int, high: int, most: int = 40) -> int:
        """How many lines of a name: more in a long document, none twice for the sake of length."""
        many = low + int(self.rng.random() * (high - low + 1))
        rows = len(grammar()[name]) * (3 if name in _REPEATED else 1)
        return max(1, min(round(many * self.scale), rows, most)) if high else 0

    def numbered(self, name: str, low: int, high: int, under: str = "", mark: str = "{}.", first: int = 1) -> int:
        """Items of one grammar under a heading; now and then one makes a reference. The number of the last."""
        number = first - 1
        for number in range(first, first + self.many(name, low, high)):
            line = self.refs.inside(cap(self.say(name)))
            if mark == "-":
                self.add("dash", "- ", *line)
            else:
                self.labelled("item", mark.format(number), f"{under}{number}", line)
        return number

    def heading(self, number: int, title: str, style: Style = "h1") -> str:
        """`II. NHIỆM VỤ`; the path for what stands under it."""
        self.labelled(style, f"{ROMAN[number]}.", ROMAN[number], [title])
        return f"{ROMAN[number]}/"

    # -- directives ------------------------------------------------------------------------------
    def duties(self, low: int, high: int, lead: Under, under: str = "") -> None:
        """Numbered directives: with their own bearers, or a bearer and points below him, or points under a topic."""
        mark = self.speaker.one(["{}.", "{}.", "{}.", "{})", "{}/"])
        points = self.speaker.one(["-", "letter", "letter", "none"])
        number = 0
        for number in range(1, self.many("duty", low, high) + 1):
            path, draw = f"{under}{number}", self.rng.random()
            if draw < 0.27 and points != "none":
                self._group(mark.format(number), path, lead, points)
            elif draw < 0.3 and points != "none":
                self._things(mark.format(number), path, lead, points)
            elif draw < 0.38 and points != "none":
                title = self.speaker.pick("heading", _TOPICS)
                title = title if draw < 0.34 else f"Về {title[0].lower()}{title[1:]}"
                self.labelled("item", mark.format(number), path, [title])
                for _ in range(self.many("duty", 1, 3, 5)):
                    self.add("dash", "- ", *cap(self.say("duty", self._own(lead))))
            elif draw < 0.48 and lead.bearers:
                self.labelled("item", mark.format(number), path, cap(self.say("point", lead)))
            else:
                line = self.refs.inside(cap(self.say("duty", self._own(lead))))
                self.labelled("item", mark.format(number), path, line)
        number += 1
        self.labelled("item", mark.format(number), f"{under}{number}", cap(self.say("watch", self._own(lead))))

    @staticmethod
    def _own(lead: Under) -> Under:
        """For sentences that name their own bearers."""
        return Under(lead.bearers, lead.force)

    def _group(self, mark: str, path: str, lead: Under, points: str) -> None:
        """A bare lead and what its bearers must do: `1. Sở Y tế:`, `1. Sở Y tế chủ trì, phối hợp với ...:`."""
        forms = ["{bearer}:", "{bearer}:", "{bearer}", "Đối với {bearer}:"]
        orders = ["{bearer} có trách nhiệm:", "Giao {bearer}:"]
        if self.rng.random() < 0.16:
            bearers, others = self.fill("{bearer}"), self.fill("{others}")
            words: Parts = [*bearers, self.speaker.one([" chủ trì, phối hợp với ", " phối hợp với "]), *others, ":"]
            below = Under(names_of(bearers), lead.force, names_of(others))
        else:
            ordered = self.rng.random() < 0.33
            words = self.fill(self.speaker.one(orders if ordered else forms))
            below = Under(names_of(words), "order" if ordered else lead.force)
        self.labelled("item", mark, path, cap(words))
        self.points(below, path, points)

    def _things(self, mark: str, path: str, lead: Under, points: str) -> None:
        """A verb in the lead, things in the items: lead and first item are one clause, each further item is one."""
        head = cap(self.say("lead_things", self._own(lead)))
        duty = duties_of(head)[0]
        self.labelled("item", mark, path, head)
        for number, letter in enumerate(LETTERS[: 2 + int(self.rng.random() * 3)]):
            thing = Clause(cap(self.say("thing")), replace(duty, coordinators=[]) if number else duty)
            if points == "-":
                self.add("dash", "- ", thing, ".")
            else:
                self.labelled("point", f"{letter})", f"{path}/{letter}", [thing, "."])

    def points(self, below: Under, path: str, style: str) -> None:
        for letter, _ in zip(LETTERS, range(self.many("point", 2, 4, 8)), strict=False):
            line = cap(self.say("point", below))
            while below.coordinators and any(
                len(duty.coordinators) > len(below.coordinators) for duty in duties_of(line)
            ):
                line = cap(self.say("point", below))  # whether a lead passes on more is for no one to say
            if style == "-":
                self.add("dash", "- ", *line)
            else:
                self.labelled("point", f"{letter})", f"{path}/{letter}", line)

    def lead(self, kind: str = "") -> Under:
        """`Thực hiện Công văn số ..., UBND tỉnh yêu cầu ...:`; what stands under it."""
        kind = kind or self.speaker.one(["order", "order", "request", "bare"])
        head = self.refs.lead()
        parts = [*head, *self.say(f"carry_{kind}")] if head else self.say(f"lead_{kind}")
        clauses = duties_of(parts)
        if head and clauses:
            parts = self._whole(head, parts[len(head) :])
        self.add("p", *parts)
        return Under(clauses[0].bearers, clauses[0].force) if clauses else Under()

    @staticmethod
    def _whole(head: Parts, tail: Parts) -> Parts:
        """The clause of a lead begins at the start of its sentence."""
        clause = tail[0]
        assert isinstance(clause, Piece)
        start = max((at for at, part in enumerate(head) if isinstance(part, str) and ". " in part), default=-1)
        if start < 0:
            clause.parts = joined([*head, *clause.parts])
            return tail
        before, _, own = str(head[start]).rpartition(". ")
        clause.parts = joined([own, *head[start + 1 :], *clause.parts])
        return [*head[:start], f"{before}. ", *tail]

    def opening(self, low: int, high: int) -> None:
        for _ in range(self.many("open", low, high, 4)):
            self.add("p", *cap(self.say("open")))

    def context(self) -> None:
        """What the sender carries out, of which no document of the thread speaks."""
        tail = self.fill(", {sender} đã tổ chức triển khai công tác {the_topic} {where}.")
        self.add("p", *self.refs.outside_lead(), *tail)

    def about(self) -> str:
        """What the document just cited is about, unless that has been said."""
        told = bool(self.refs.cites) and self.refs.cites[-1].form == "date_first"
        return "" if told or self.rng.random() < 0.3 else f" về {self.speaker.slots['the_topic']}"

    # -- roles ---------------------------------------------------------------------------------------
    def order(self) -> None:
        if not self.refs.has_links() or self.rng.random() < 0.5:
            self.opening(1, 3)
        lead = self.lead()
        self.operative()
        if self.rng.random() < 0.3:
            self.numbered("praise", 1, 1, mark="-")
        self.duties(4, 9, lead)
        for _ in range(self.many("more", 0, 2, 3)):
            self.add("p", *cap(self.say("more")))
        self.add("p", *cap(self.say("end_order")))

    def guide(self) -> None:
        self.opening(0, 1)
        self.lead("bare")
        self.operative()
        for number in range(1, self.many("guide_item", 4, 8) + 1):
            self.labelled("item", f"{number}.", str(number), self.refs.inside(cap(self.say("guide_item"))))
        self.add("p", *cap(self.say("watch")))
        self.add("p", *cap(self.say("end_order")))

    def pass_(self) -> None:
        head = self.refs.lead("received") or self.say("open")
        self.add("p", *head, self.about(), *self.fill("; {chief} có ý kiến như sau:"))
        self.operative()
        self.duties(1, 3, Under())
        self.add("p", *cap(self.say("end_order")))

    def report(self) -> None:
        head = self.refs.lead()
        self.add("p", *(head or cap(self.fill("thực hiện nhiệm vụ {topic}"))), *self.say("after_report"))
        self.operative()
        upper = self.rng.random() < 0.5
        for number, (titles, name, low, high) in enumerate(_REPORT):
            title = text_of(self.fill(self.speaker.one(titles)))
            under = self.heading(number, title.upper() if upper else title)
            self.numbered(name, low, high, under, "{}." if name in ("result", "next") else "-")
        self.add("p", *cap(self.say("end_report")))

    def request(self) -> None:
        self.context()
        for _ in range(self.many("need", 3, 5)):
            self.add("p", *self.refs.inside(cap(self.say("need"))))
        self.operative()
        for _ in range(self.many("propose", 1, 3)):
            self.add("p", *cap(self.say("propose")))
        self.add("p", *cap(self.say("end_request")))

    def ask(self) -> None:
        self.context()
        self.add("p", *cap(self.say("need")))
        lead = self.say("lead_ask")
        duty = duties_of(lead)[0]
        self.add("p", *lead)
        self.operative()
        for _ in range(self.many("ask_item", 2, 5, 6)):
            self.add("dash", "- ", *cap(self.say("ask_item", Under(duty.bearers, "request"))))
        self.add(
            "p",
            *self.fill("[?<Ý kiến tham gia|Văn bản trả lời> đề nghị {to*} gửi về {sender} {by}]. Trân trọng cảm ơn"),
        )

    def reply(self) -> None:
        head = self.refs.lead() or self.fill("Theo đề nghị của {to}")
        self.add("p", *head, self.about(), *self.say("after_reply"))
        self.operative()
        self.numbered("opinion", 3, 6)
        self.add("p", *cap(self.say("end_reply")))

    def approve(self) -> None:
        head = self.refs.lead("proposed") or self.say("open")
        self.add("p", *head, self.about(), *self.fill(", {chief} có ý kiến như sau:"))
        self.operative()
        self.numbered("grant", 3, 5)
        self.add("p", *cap(self.say("end_order")))

    def transfer(self) -> None:
        received = self.fill("{sender} nhận được ")
        head = self.refs.linked()
        self.add(
            "p", *received, *([head] if head else ["văn bản của công dân"]), f" về {self.speaker.slots['the_topic']}."
        )
        self.operative()
        self.add("p", *cap(self.say("transfer")))
        self.add("p", *self.fill("{sender} thông báo để {to} biết, thực hiện"))

    def invite(self) -> None:
        head = self.refs.lead("considered")
        sentence = self.fill(
            "{sender} tổ chức cuộc họp về {the_topic}, <trân trọng kính mời đại biểu, |>cụ thể như sau:"
        )
        self.add("p", *([*head, ", ", *sentence] if head else cap(sentence)))
        self.operative()
        written = self.draft.plan.day
        meeting = rolled(dt.date.fromordinal(written + 5 + int(self.rng.random() * 8))).toordinal()
        before = Limits(self.rng, dt.date.fromordinal(written), "Giấy mời", dt.date.fromordinal(meeting - 1))
        self.speaker.slots["by"] = lambda: [before.by()]  # what is to be prepared is wanted before they meet
        hour = self.speaker.one(["8 giờ 00", "14 giờ 00", "7 giờ 30", "13 giờ 30", "08h00"])
        room = self.speaker.one(["Phòng họp số 1", "Phòng họp số 2", "Hội trường tầng 3", "Phòng họp trực tuyến"])
        self.labelled("item", "1.", "1", [f"Thời gian: {hour}, ngày {slashed(meeting)}."])
        self.labelled("item", "2.", "2", [f"Địa điểm: {room}."])
        self.numbered("agenda", 2, 4, first=3)
        self.add("p", "Trân trọng kính mời")

    def conclude(self) -> None:
        day = slashed(self.draft.plan.day - 2 - int(self.rng.random() * 4))
        self.add("p", *self.fill(f"Ngày {day}, {{chief}} chủ trì cuộc họp về {{the_topic}}."))
        self.add("p", *self.fill("<Tham dự cuộc họp có|Cùng dự có|Dự họp có> {bearer}, {other} và {other}."))
        head = self.refs.lead("considered") or ["Sau khi nghe báo cáo"]
        self.add("p", *head, *self.fill(" và ý kiến thảo luận tại cuộc họp, {chief} kết luận như sau:"))
        self.operative()
        under = self.heading(0, "Đánh giá chung")
        for _ in range(self.many("judge", 1, 2, 3)):
            self.add("p", *cap(self.say("judge")))
        if self.rng.random() < 0.7:
            self.add("p", *self.say("judge_but"))
        under = self.heading(1, self.speaker.one(["Nhiệm vụ thời gian tới", "Một số nhiệm vụ", "Phân công thực hiện"]))
        self.duties(3, 7, Under(), under)
        self.add("p", *self.fill("{sender} thông báo để {everyone} biết, thực hiện"))

    def notice(self) -> None:
        self.opening(0, 1)
        self.add(
            "p",
            *self.fill(
                "<Căn cứ|Thực hiện|Theo> <chương trình công tác năm {year}|kế hoạch công tác|nhiệm vụ được giao về "
                "{topic}>, {sender} thông báo <như sau|một số nội dung sau|tình hình {topic} như sau>:"
            ),
        )
        self.operative()
        name = "communique" if self.draft.kind.id == "thong_cao" else "notice"
        if name == "communique":
            for _ in range(self.many(name, 2, 3)):
                self.add("p", *self.refs.inside(cap(self.say(name))))
        else:
            self.numbered(name, 3, 6)
        self.add(
            "p", *self.fill("{sender} <trân trọng thông báo|thông báo để {people} biết|thông báo để {everyone} biết>")
        )

    def letter(self) -> None:
        """A public letter of the head."""
        self.speaker.slots["people"] = one = text_of(self.fill("{people}"))
        self.add("p", self.speaker.one(["Thân gửi ", "Kính gửi "]) + one + "!")
        self.operative()
        for _ in range(self.many("letter", 3, 5, 7)):
            self.add("p", *cap(self.say("letter")))
        self.add("p", self.speaker.one(["Thân ái", "Chào thân ái và đoàn kết", "Trân trọng", "Trân trọng cảm ơn"]))

    def minutes(self) -> None:
        day = slashed(self.draft.plan.day)
        met = "<tiến hành họp|đã diễn ra cuộc họp|các bên làm việc> về {the_topic}."
        self.add("p", *self.fill(f"Hôm nay, ngày {day}, tại trụ sở {{sender}}, {met}"))
        self.operative()
        under = self.heading(0, self.speaker.one(["Thành phần", "THÀNH PHẦN THAM DỰ", "Thành phần dự họp"]))
        chair, clerk = (self.fill("{member}") for _ in range(2))
        self.draft.minuted = tuple(_TITLE.sub("", names_of(one)[0].text) for one in (chair, clerk))
        self.add("dash", "- Chủ trì: ", *self.fill("{chief}"), " - ", *chair, ".")
        self.add("dash", "- Ghi biên bản: ", *clerk, ".")
        there = [names_of(self.fill("{other}"))[0] for _ in range(3)]
        for name in there:
            self.speaker.slots["attending"] = cap([Name([name.text], name.kind)])
            self.add("dash", "- ", *self.say("present"))
        self.speaker.slots["speaks"] = lambda: self._one_of(there)
        under = self.heading(1, self.speaker.one(["Nội dung", "NỘI DUNG LÀM VIỆC", "Ý kiến tham gia"]))
        self.numbered("opinions", 2, 4, under)
        under = self.heading(2, self.speaker.one(["Kết luận", "NỘI DUNG THỐNG NHẤT"]))
        self.numbered("agreed", 2, 5, under)
        hour = self.speaker.one(["11 giờ 30", "17 giờ 00", "16 giờ 30", "10 giờ 45"])
        self.add("p", f"Cuộc họp kết thúc vào hồi {hour} cùng ngày")

    def _one_of(self, names: Sequence[Name]) -> Parts:
        """One of those who are there, named again."""
        one = names[int(self.rng.random() * len(names))]
        return [Name([one.text], one.kind)]

    def authorise(self) -> None:
        for law in self.refs.bases()[:2]:
            self.add("basis", "Căn cứ ", *law, ";")
        chosen = names_of(self.fill("{proxy}"))[0]
        self.speaker.slots["proxy"] = lambda: [Name([chosen.text], chosen.kind)]
        self.add("p", *self.say("lead_authorise"))
        self.operative()
        self.numbered("authorise", 3, 5)
        self.add("p", f"{self.draft.kind.name} này có hiệu lực kể từ ngày ký")
