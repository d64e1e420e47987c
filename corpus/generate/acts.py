"""What a document says: plans and programmes, articles of decisions and laws, regulations, Party documents."""

from __future__ import annotations

from collections.abc import Iterator

from .citations import Cite, worded
from .citing import known
from .draft import Limit, Parts, Piece
from .phrases import Under, cap, duties_of, names_of
from .voice import person_name
from .writer import LETTERS, Writer

ARTICLES = ("quyet_dinh", "quyet_dinh_qppl", "nghi_quyet_qppl", "nghi_dinh", "thong_tu", "luat", "nghi_quyet")
PLANS = ("ke_hoach", "chuong_trinh", "de_an", "phuong_an", "du_an")
_MAKERS = {"quoc_hoi": "Quốc hội", "chinh_phu": "Chính phủ"}
# articles that only some subjects have
_ONLY = {
    "Tổ công tác": ("Tổ công tác",),
    "danh mục": ("Danh mục", "danh mục", "phương án", "dự toán"),
    "Mức hỗ trợ": ("Quy định", "mức hỗ trợ", "chính sách", "dự toán"),
}
_FIELDS = [
    ("Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian thực hiện"),
    ("Đơn vị chủ trì", "Đơn vị phối hợp", "Thời gian hoàn thành"),
    ("Chủ trì", "Phối hợp", "Thời hạn"),
    ("Cơ quan thực hiện", "Cơ quan phối hợp", "Thời gian"),
]


class ActWriter(Writer):
    """Writes documents in articles and in fields besides letters."""

    def write(self) -> None:
        draft, role = self.draft, self.draft.plan.role
        if role in ("amend", "replace", "repeal"):
            self._subject_cites(role)
        if draft.kind.id in ARTICLES and not draft.party:
            self.articles(role)
        elif draft.kind.id in PLANS and not draft.party:
            self.plan()
        elif draft.party:
            self.party()
        elif role == "regulate":
            self.regulation()
        else:
            getattr(self, {"pass": "pass_", "program": "notice"}.get(role, role), self.order)()
        self._end()

    def _end(self) -> None:
        last = self.block.paragraphs[-1].parts
        tail = last[-1]
        if isinstance(tail, str):
            last[-1] = tail.rstrip(".;,: ")
        last.append("." if self.draft.party else "./.")

    def _subject_cites(self, role: str) -> None:
        """`Sửa đổi, bổ sung một số điều của Quyết định số ...`: the subject of a document that changes another."""
        ref = self.refs.linked("date_words" if self.rng.random() < 0.5 else "full")
        if ref is None or ref.link is None:
            return
        ref.link.title = True
        own = self.draft.subject
        words: dict[str, Parts] = {
            "amend": ["sửa đổi, bổ sung một số điều của "],
            "replace": [*own, ", thay thế "],
            "repeal": ["bãi bỏ "],
        }
        self.draft.subject = [*words[role], ref]

    # -- plans -------------------------------------------------------------------------------------
    def plan(self) -> None:
        if self.rng.random() < 0.4:
            self.opening(1, 2)
        head = self.refs.lead()
        name = self.draft.kind.name
        tail = self.fill(f"{{sender}} <ban hành|xây dựng> {name} {{the_topic}}, <cụ thể|với nội dung> như sau:")
        self.add("p", *([*head, ", ", *tail] if head else tail))
        self.operative()
        under = self.heading(0, "MỤC ĐÍCH, YÊU CẦU")
        if self.rng.random() < 0.5:
            for number, title in enumerate(("Mục đích", "Yêu cầu"), 1):
                self.labelled("h2", f"{number}.", f"{under}{number}", [title])
                self.numbered("aim", 1, 3, mark="-")
        else:
            self.numbered("aim", 3, 4, under)
        under = self.heading(1, self.speaker.one(["NHIỆM VỤ, GIẢI PHÁP", "NỘI DUNG THỰC HIỆN", "NHIỆM VỤ CỤ THỂ"]))
        getattr(self, self.speaker.one(["_items", "_fields", "_fields", "_table", "_by_topic"]))(under)
        under = self.heading(2, "KINH PHÍ THỰC HIỆN")
        self.add("p", *cap(self.say("money")))
        under = self.heading(3, "TỔ CHỨC THỰC HIỆN")
        self.duties(3, 6, Under(), under)
        self.add("p", *self.fill(f"Trên đây là {name} {{the_topic}} của {{sender}}"))

    def _items(self, under: str) -> None:
        """Imperatives: who must act is printed nowhere."""
        self.numbered("point", 5, 9, under)

    def _by_topic(self, under: str) -> None:
        for number in range(1, self.many("point", 2, 4, 6) + 1):
            title = cap(self.fill("<công tác|nội dung|nhóm nhiệm vụ về> {topic}"))
            self.labelled("h2", f"{number}.", f"{under}{number}", title)
            for letter, _ in zip(LETTERS, range(self.many("point", 2, 3, 6)), strict=False):
                self.labelled("point", f"{letter})", f"{under}{number}/{letter}", cap(self.say("point")))

    def _row(self) -> tuple[Parts, Parts, Parts, Parts]:
        """A task of a plan, who has it, with whom, and when: one duty."""
        bearers, others = self.fill("<{bearer}|{bearers}>"), self.fill("{others}")
        task = cap(self.fill("[=<{task}|{job}|{job}, {task}>]", Under(names_of(bearers))))
        time = self.fill("{field_time}")
        duty = duties_of(task)[0]
        duty.bearers, duty.coordinators = names_of(bearers), names_of(others)
        duty.limits = [part for part in time if isinstance(part, Limit)]
        return task, cap(bearers), cap(others), time

    def _fields(self, under: str) -> None:
        chief, others, time = _FIELDS[int(self.rng.random() * len(_FIELDS))]
        inside = self.rng.random() < 0.35
        for number in range(1, self.many("point", 3, 5, 10) + 1):
            row, path = self._row(), f"{under}{number}"
            if inside:
                self.labelled("h2", f"{number}.", path, ["Nhiệm vụ " + str(number)])
                self.add("dash", "- Nội dung: ", *row[0], ".")
            else:
                self.labelled("item", f"{number}.", path, [*row[0], "."])
            self.add("dash", f"- {chief}: ", *row[1], ".")
            if self.rng.random() < 0.8:
                self.add("dash", f"- {others}: ", *row[2], ".")
            else:
                duties_of(row[0])[0].coordinators = []
            self.add("dash", f"- {time}: ", *row[3], ".")

    def _table(self, under: str) -> None:
        heads = ["Nội dung", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian"]
        self.add("row_head", *[part for head in heads for part in (head, "\t")][:-1])
        for _ in range(self.many("point", 4, 6, 12)):
            cells = self._row()
            self.add("row", *[part for cell in cells for part in (*cell, "\t")][:-1])

    # -- articles ------------------------------------------------------------------------------------
    def articles(self, role: str) -> None:
        """Bases, then articles: decisions, resolutions, decrees, circulars, laws."""
        draft, this = self.draft, self.draft.kind.name
        norm = draft.kind.id in ("luat", "nghi_dinh", "thong_tu")
        if not norm:
            self.add("maker", *self.maker())
        for law in self.refs.bases():
            self.add("basis", "Căn cứ ", *law, ";")
        proposal = self.refs.proposal()
        if proposal:
            self.add("basis", *proposal, ".")
        if norm:
            made = _MAKERS.get(draft.body.kind, f"Bộ trưởng {draft.body.name}")
            kind = "a" if draft.body.kind in _MAKERS else "p"
            self.add("p", *self.fill(f"@{kind}({made}) ban hành {this} về {{the_topic}}."))
        else:
            self.add("decides", "QUYẾT NGHỊ:" if draft.kind.id.startswith("nghi_quyet") else "QUYẾT ĐỊNH:")
        self.operative()
        number = 1
        changed = self.refs.linked() if role in ("amend", "repeal") else None
        subject = draft.subject[0] if isinstance(draft.subject[0], str) else ""
        if changed is not None:
            done = "Sửa đổi, bổ sung một số nội dung của " if role == "amend" else "Bãi bỏ toàn bộ "
            self._article(number, [done, changed, f"{self.about()}."])
            number += 1
        elif not norm:
            self._article(number, cap([f"{subject.split(', thay thế')[0]}{self._attached(subject)}."]))
            number += 1
        elif role == "norm":
            scope = "{This} này quy định <về|việc|chi tiết về> {the_topic}, áp dụng đối với {people} và "
            self._article(number, self.fill(f"{scope}@g(các cơ quan, tổ chức, cá nhân có liên quan)."))
            number += 1
        name = "norm_article" if norm else "article"
        for line in self._allowed(name, subject, min(14, self.many(name, 5 if norm else 3, 9 if norm else 6))):
            if self.rng.random() < 0.22:
                number = self._clauses(number, name, subject, line)
            else:
                self._article(number, line)
                number += 1
        if draft.kind.id.startswith("nghi_quyet"):
            self._article(number, self.fill("Tổ chức thực hiện"))
            for clause in (1, 2):
                self.labelled("item", f"{clause}.", f"Điều {number}/{clause}", cap(self.say("resolved")))
            number += 1
        since = "ký" if not norm and self.rng.random() < 0.6 else worded(draft.plan.day + (45 if norm else 10))
        force = f"{this} này có hiệu lực thi hành kể từ ngày {since}"
        replaced = self.refs.linked() if role == "replace" else None
        self._article(number, [f"{force} và thay thế ", replaced, "."] if replaced else [f"{force}."])
        draft.articles = number
        if draft.kind.id == "luat":
            self.add("p", *self.fill(f"Luật này được @a(Quốc hội) thông qua ngày {worded(draft.plan.day)}"))
            return
        if not draft.kind.id.startswith("nghi_quyet"):
            draft.articles = number + 1
            self._article(number + 1, cap(self.say("heads_do")))

    def maker(self) -> Parts:
        """Who decides, in capitals above the bases."""
        body = self.draft.body
        name = body.name.upper()
        if body.kind in ("ubnd", "huyen", "xa") and self.draft.kind.id == "quyet_dinh":
            return self.fill(f"@p(CHỦ TỊCH {name})")
        if body.kind == "bo":
            name = {
                "THANH TRA CHÍNH PHỦ": "TỔNG THANH TRA CHÍNH PHỦ",
                "NGÂN HÀNG NHÀ NƯỚC VIỆT NAM": "THỐNG ĐỐC NGÂN HÀNG NHÀ NƯỚC VIỆT NAM",
                "VĂN PHÒNG CHÍNH PHỦ": "BỘ TRƯỞNG, CHỦ NHIỆM VĂN PHÒNG CHÍNH PHỦ",
                "ỦY BAN DÂN TỘC": "BỘ TRƯỞNG, CHỦ NHIỆM ỦY BAN DÂN TỘC",
            }.get(name, f"BỘ TRƯỞNG {name}")
            return self.fill(f"@p({name})")
        titles = {"so": "GIÁM ĐỐC ", "cong_ty": "GIÁM ĐỐC ", "truong": "HIỆU TRƯỞNG ", "thu_tuong": ""}
        if body.kind in titles:
            return self.fill(f"@p({titles[body.kind]}{name})")
        return self.fill(f"@a({name})")

    def _attached(self, subject: str) -> str:
        """What is issued with a decision stands in its appendix."""
        word = next((word for word in ("Quy chế", "Quy định", "Danh mục") if word in subject), "")
        if not word or self.rng.random() < 0.4 or not subject.startswith("ban hành"):
            return ""
        block, number = self.draft.block("appendix"), self.draft.plan.number
        topic = self.speaker.slots["the_topic"]
        block.add("appendix_title", word.upper())
        block.add("appendix_title", f"Về {topic}")
        block.add("appendix_note", f"(Ban hành kèm theo {self.draft.kind.name} số {number})")
        for article in range(1, 3 + int(self.rng.random() * 4)):
            line = self.say("appendix_article")
            block.add("article", f"Điều {article}. ", *line)
        return " kèm theo Quyết định này" if self.rng.random() < 0.5 else ""

    def _article(self, number: int, parts: Parts) -> None:
        self.labelled("article", f"Điều {number}.", f"Điều {number}", parts)
        self.outside.articles[number] = 0

    def _clauses(self, number: int, name: str, subject: str, first: Parts) -> int:
        """An article of several numbered clauses, now and then of one body and its points."""
        if self.rng.random() < 0.4:
            words = self.fill("<Trách nhiệm của {bearer}|{bearer} có trách nhiệm:>")
            self._article(number, cap(words))
            self.points(Under(names_of(words)), f"Điều {number}", self.speaker.one(["letter", "-"]))
            return number + 1
        self._article(number, cap(self.fill("<Nội dung thực hiện|Tổ chức triển khai|Trách nhiệm thực hiện>")))
        self.labelled("item", "1.", f"Điều {number}/1", first)
        clause = 1
        for _ in range(3):
            self.outside.clause = clause + 1
            for line in self._allowed(name, subject, 1):
                clause += 1
                self.outside.articles[number] = clause
                self.labelled("item", f"{clause}.", f"Điều {number}/{clause}", line)
        self.outside.clause = 0
        return number + 1

    def _allowed(self, name: str, subject: str, most: int) -> Iterator[Parts]:
        """Articles that fit the subject, one after the other."""
        for _ in range(most):
            line = cap(self.say(name))
            text = "".join(part if isinstance(part, str) else part.text for part in line)
            need = next((words for mark, words in _ONLY.items() if mark in text), None)
            if need is None or any(word in subject for word in need):
                yield line

    # -- contracts ---------------------------------------------------------------------------------------
    def contract(self) -> None:
        """Two parties, by their names, and what each must do."""
        code = Cite("Bộ luật Dân sự ngày 24 tháng 11 năm 2015", "known_law", "basis", "", None, None, None)
        self.add("basis", "Căn cứ ", known(code), ";")
        self.add("basis", "Căn cứ nhu cầu và khả năng của hai bên;")
        day = worded(self.draft.plan.day)
        self.add("p", *self.fill(f"Hôm nay, ngày {day}, tại trụ sở {{sender}}, hai bên gồm có:"))
        self.add("p", *self.fill("Bên A: {sender}, đại diện là {chief}."))
        self.add("p", *self.fill("Bên B: {to}."))
        self.add("p", *self.fill("<Hai bên thống nhất|Cùng thỏa thuận> ký hợp đồng về {the_topic} như sau:"))
        self.operative()
        value = 20 + int(self.rng.random() * 960)
        self._article(1, self.fill("Nội dung: {to} thực hiện <các công việc|dịch vụ> phục vụ {the_topic} tại {site}."))
        self._article(2, self.fill(f"Giá trị hợp đồng: {value} triệu đồng, <đã|chưa> bao gồm thuế."))
        number = 2
        for number in range(3, 3 + self.many("contract", 4, 7, 10)):
            self._article(number, cap(self.say("contract")))
        number += 1
        self._article(number, [f"Hợp đồng này có hiệu lực từ ngày ký, được lập thành {2 * number} bản."])
        self.draft.minuted = tuple(person_name(self.rng) for _ in range(2))

    # -- regulations, Party ----------------------------------------------------------------------------
    def regulation(self) -> None:
        for law in self.refs.bases():
            self.add("basis", "Căn cứ ", *law, ";")
        self.add("p", *self.fill(f"{{sender}} ban hành {self.draft.kind.name} {{the_topic}} như sau:"))
        self.operative()
        titles = ["Phạm vi điều chỉnh, đối tượng áp dụng", "Nguyên tắc thực hiện"]
        for number, (title, name) in enumerate(zip(titles, ("scope", "principle"), strict=True), 1):
            self._article(number, [title])
            for clause in range(1, 3):
                self.labelled("item", f"{clause}.", f"Điều {number}/{clause}", cap(self.say(name)))
            self.outside.articles[number] = 2
        number = 3
        for number in range(3, 4 + self.many("regulation", 3, 6, 12)):
            if self.rng.random() < 0.4:
                words = self.fill("Trách nhiệm của {bearer}")
                self._article(number, words)
                self.points(Under(names_of(words)), f"Điều {number}", self.speaker.one(["letter", "-"]))
            else:
                self._article(number, cap(self.say("regulation")))
        draft = self.draft
        draft.articles = number + 1
        self._article(number + 1, cap(self.say("heads_do")))

    def party(self) -> None:
        self.opening(1, 3)
        head = self.refs.lead()
        tail = self.fill("[={sender} yêu cầu @d*(các cấp ủy, tổ chức đảng) thực hiện tốt các nhiệm vụ sau]:")
        duty = duties_of(tail)[0]
        if head:
            clause = tail[0]
            assert isinstance(clause, Piece)
            clause.parts = [", ", *clause.parts]
            tail = self._whole(head, tail)
        self.add("p", *tail)
        self.operative()
        lead = Under(duty.bearers, "order")
        for number in range(1, self.many("party_line", 4, 8) + 1):
            self.labelled("item", f"{number}.", str(number), self.refs.inside(cap(self.say("party_line", lead))))
        self.add("p", f"{self.draft.kind.name} này được phổ biến đến chi bộ")
