"""The body of a document, by its role and type."""

from __future__ import annotations

import random

from .citations import Cite, slashed, worded
from .data import table
from .draft import Draft
from .phrases import Speaker
from .references import References
from .voice import ROMAN

ARTICLES = ("quyet_dinh", "quyet_dinh_qppl", "nghi_quyet_qppl", "nghi_dinh", "thong_tu", "luat", "nghi_quyet")
_REPEATED = ("duty", "point", "result", "next", "party_line")  # sentences that may come twice, with other words in them
_REPORT = [
    ("Kết quả thực hiện", "result", 4, 7),
    ("Tồn tại, hạn chế", "short_coming", 1, 3),
    ("Nhiệm vụ thời gian tới", "next", 3, 5),
    ("Đề xuất, kiến nghị", "propose", 1, 2),
]
_PLAN = [
    ("MỤC ĐÍCH, YÊU CẦU", "aim", 3, 4),
    ("NHIỆM VỤ, GIẢI PHÁP", "point", 5, 9),
    ("KINH PHÍ THỰC HIỆN", "money", 1, 1),
]
_MAKERS = {"quoc_hoi": "Quốc hội", "chinh_phu": "Chính phủ"}
# articles that only some subjects have
_ONLY = {
    "Tổ công tác": ("Tổ công tác",),
    "danh mục": ("Danh mục", "danh mục", "phương án", "dự toán"),
    "Mức hỗ trợ": ("Quy định", "mức hỗ trợ", "chính sách", "dự toán"),
}


class Writer:
    """Writes the body that role and type ask for."""

    def __init__(self, draft: Draft, speaker: Speaker, refs: References, rng: random.Random) -> None:
        self.draft, self.speaker, self.refs, self.rng = draft, speaker, refs, rng
        self.say, self.fill = speaker.say, speaker.fill
        self.scale = rng.choices([0.7, 1, 1.5, 2.4, 4], [14, 42, 28, 12, 4])[0]

    def write(self) -> None:
        draft, role = self.draft, self.draft.plan.role
        if role in ("amend", "replace", "repeal"):
            self._subject_cites(role)
        if draft.kind.id in ARTICLES and not draft.party:
            self._articles(role)
        elif draft.kind.id == "ke_hoach":
            self._plan()
        elif draft.party:
            self._party()
        else:
            getattr(self, f"_{role}", self._order)()
        last = draft.paragraphs[-1][1]
        if isinstance(last[-1], str):
            last[-1] = last[-1].rstrip(".;,: ")
        last.append("." if draft.party else "./.")

    def add(self, style: str, *parts: str | Cite) -> None:
        self.draft.paragraphs.append((style, list(parts)))

    def lines(self, name: str, low: int, high: int) -> list[str]:
        rows = len(table("phrases")[name])
        many = low + int(self.rng.random() * (high - low + 1))
        many = min(round(many * self.scale), rows * 4) if name in _REPEATED else min(many, rows)
        return [cap(self.say(name)) for _ in range(many)]

    def numbered(self, name: str, low: int, high: int, mark: str = "{}. ", first: int = 1) -> None:
        """Items of a list; now and then one makes a reference."""
        for number, line in enumerate(self.lines(name, low, high), first):
            self.add("item", mark.format(number), *self.refs.inside(line))

    def duties(self, low: int, high: int) -> None:
        """Numbered directives, some with points, and who watches over them."""
        lines = self.lines("duty", low, high)
        style = int(self.rng.random() * 3)
        mark = "{}. " if style < 2 else "{}) "
        for number, line in enumerate(lines, 1):
            if self.rng.random() < 0.28:
                self.add("item", mark.format(number), cap(self.fill("{bearer}:")))
                for letter, point in zip("abcdđeghi", self.lines("point", 2, 4), strict=False):
                    self.add("point", f"- {point}" if style == 1 else f"{letter}) {point}")
            else:
                self.add("item", mark.format(number), *self.refs.inside(line))
        self.add("item", mark.format(len(lines) + 1), cap(self.say("watch")))

    def _lead(self, after: str) -> None:
        """`Thực hiện Công văn số ...` and what follows it."""
        head = self.refs.lead()
        if head:
            self.add("p", *head, self.say(after))
        else:
            self.add("p", self.say("purpose"))

    def _context(self) -> None:
        """What the sender carries out, of which no document of the thread speaks."""
        tail = self.fill(", {sender} đã tổ chức triển khai công tác {topic} {where}.")
        self.add("p", *self.refs.outside_lead(), tail)

    def _about(self) -> str:
        """What the document just cited is about, unless that has been said."""
        told = bool(self.refs.cites) and self.refs.cites[-1].form == "date_first"
        return "" if told or self.rng.random() < 0.3 else self.fill(" về {topic}")

    def _subject_cites(self, role: str) -> None:
        """`Sửa đổi, bổ sung một số điều của Quyết định số ...`: the subject of a document that changes another."""
        cite = self.refs.linked("date_words" if self.rng.random() < 0.5 else "full")
        if cite is None:
            return
        cite.title = True
        own = self.draft.subject[0]
        words = {
            "amend": "sửa đổi, bổ sung một số điều của ",
            "replace": f"{own}, thay thế ",
            "repeal": "bãi bỏ ",
        }[role]
        self.draft.subject = [words, cite]

    def _order(self) -> None:
        if not self.refs.has_links() or self.rng.random() < 0.5:
            for line in self.lines("open", 1, 3):
                self.add("p", line)
        self._lead("after_carry")
        self.duties(4, 9)
        for line in self.lines("more", 0, 2):
            self.add("p", line)
        self.add("p", self.say("end_order"))

    def _pass(self) -> None:
        head = self.refs.lead("received") or [self.say("open")]
        self.add("p", *head, self._about(), self.fill("; {chief} có ý kiến như sau:"))
        self.duties(1, 3)
        self.add("p", self.say("end_order"))

    def _report(self) -> None:
        self._lead("after_report")
        upper = self.rng.random() < 0.5
        for number, (title, name, low, high) in enumerate(_REPORT):
            self.add("h1", f"{ROMAN[number]}. {title.upper() if upper else title}")
            self.numbered(name, low, high, "{}. " if name in ("result", "next") else "- ")
        self.add("p", self.say("end_report"))

    def _request(self) -> None:
        self._context()
        for line in self.lines("need", 3, 5):
            self.add("p", *self.refs.inside(line))
        for line in self.lines("propose", 1, 3):
            self.add("p", line)
        self.add("p", self.say("end_request"))

    def _ask(self) -> None:
        self._context()
        self.add("p", self.say("need"))
        self.add("p", self.fill("Để có cơ sở hoàn thiện, {sender} đề nghị {to} cho ý kiến đối với các nội dung sau:"))
        self.numbered("ask_item", 2, 5, "- ")
        self.add("p", self.fill("Ý kiến tham gia gửi về {sender} {by}. Rất mong nhận được sự phối hợp của {to}"))

    def _reply(self) -> None:
        head = self.refs.lead() or [self.fill("Theo đề nghị của {to}")]
        self.add("p", *head, self._about(), self.say("after_reply"))
        self.numbered("opinion", 3, 6)
        self.add("p", self.say("end_reply"))

    def _approve(self) -> None:
        head = self.refs.lead("proposed") or [self.say("open")]
        self.add("p", *head, self._about(), self.fill(", {chief} có ý kiến như sau:"))
        self.numbered("grant", 3, 5)
        self.add("p", self.say("end_order"))

    def _invite(self) -> None:
        head = self.refs.lead("considered")
        call = ", {sender} tổ chức cuộc họp về {topic}, cụ thể như sau:"
        if head:
            self.add("p", *head, self.fill(call))
        else:
            self.add(
                "p", self.fill("{sender}" + call[10:].replace(", cụ thể", ", trân trọng kính mời đại biểu, cụ thể"))
            )
        day = slashed(self.draft.plan.day + 2 + int(self.rng.random() * 8))
        hour = self.speaker.one(["8 giờ 00", "14 giờ 00", "7 giờ 30", "13 giờ 30"])
        room = self.speaker.one(["Phòng họp số 1", "Phòng họp số 2", "Hội trường tầng 3", "Phòng họp trực tuyến"])
        self.add("item", f"1. Thời gian: {hour}, ngày {day}.")
        self.add("item", self.fill(f"2. Địa điểm: {room}, trụ sở {{sender}}."))
        self.numbered("agenda", 2, 4, first=3)
        self.add("p", "Đề nghị đại biểu tham dự đúng thành phần, thời gian")

    def _conclude(self) -> None:
        day = slashed(self.draft.plan.day - 2 - int(self.rng.random() * 4))
        self.add("p", self.fill(f"Ngày {day}, {{chief}} chủ trì cuộc họp về {{topic}}."))
        self.add("p", self.fill("Tham dự cuộc họp có lãnh đạo {bearer}, {other} và các đơn vị liên quan."))
        head = self.refs.lead("considered") or ["Sau khi nghe báo cáo"]
        self.add("p", *head, self.fill(" và ý kiến của các đại biểu dự họp, {chief} kết luận như sau:"))
        self.add("h1", "I. Đánh giá chung")
        for line in self.lines("judge", 1, 2):
            self.add("p", *self.refs.inside(line))
        self.add("h1", "II. Nhiệm vụ thời gian tới")
        self.duties(3, 7)
        self.add("p", self.fill("{sender} thông báo để các cơ quan, đơn vị biết, thực hiện"))

    def _party(self) -> None:
        for line in self.lines("open", 1, 3):
            self.add("p", line)
        head = self.refs.lead()
        tail = self.fill("{sender} yêu cầu các cấp ủy, tổ chức đảng thực hiện tốt các nhiệm vụ sau:")
        self.add("p", *([*head, ", ", tail] if head else [tail]))
        self.numbered("party_line", 4, 8)
        self.add("p", f"{self.draft.kind.name} này được phổ biến đến chi bộ")

    def _plan(self) -> None:
        self._lead("after_carry")
        for number, (title, name, low, high) in enumerate(_PLAN):
            self.add("h1", f"{ROMAN[number]}. {title}")
            self.numbered(name, low, high)
        self.add("h1", "IV. TỔ CHỨC THỰC HIỆN")
        self.duties(3, 6)
        self.add("p", self.fill("Trên đây là Kế hoạch {topic} của {sender}; yêu cầu các đơn vị triển khai thực hiện"))

    def _articles(self, role: str) -> None:
        """Bases, then articles: decisions, resolutions, decrees, circulars, laws."""
        draft, this = self.draft, self.draft.kind.name
        for cite in self.refs.bases():
            self.add("basis", "Căn cứ ", cite, ";")
        proposal = self.refs.proposal()
        if proposal:
            self.add("basis", *proposal, ".")
        subject = draft.subject[0] if isinstance(draft.subject[0], str) else ""
        norm = draft.kind.id in ("luat", "nghi_dinh", "thong_tu")
        if norm:
            self.add("p", f"{_MAKERS.get(draft.body.kind, f'Bộ trưởng {draft.body.name}')} ban hành {this}.")
        else:
            self.add("title", "QUYẾT NGHỊ:" if draft.kind.id.startswith("nghi_quyet") else "QUYẾT ĐỊNH:")
        number = 1
        changed = self.refs.linked() if role in ("amend", "repeal") else None
        if changed:
            words = "Sửa đổi, bổ sung khoản 2 Điều 3 " if role == "amend" else "Bãi bỏ toàn bộ "
            self.add("p", f"Điều 1. {words}", changed, f"{self._about()}.")
            number = 2
        elif not norm:
            self.add("p", f"Điều 1. {cap(subject.split(', thay thế')[0])}.")
            number = 2
        for line in self.lines("norm_article", 5, 9) if norm else self._allowed(subject):
            self.add("p", f"Điều {number}. {line}")
            number += 1
        since = "ký" if not norm and self.rng.random() < 0.6 else slashed(draft.plan.day + (45 if norm else 10))
        force = f"Điều {number}. {this} này có hiệu lực thi hành kể từ ngày {since}"
        replaced = self.refs.linked() if role == "replace" else None
        if replaced:
            self.add("p", f"{force} và thay thế ", replaced, ".")
        else:
            self.add("p", f"{force}.")
        if draft.kind.id == "luat":
            self.add("p", f"Luật này được Quốc hội thông qua ngày {worded(draft.plan.day)}")
            return
        who = self.fill("{bearer}, {other} và các tổ chức, cá nhân có liên quan chịu trách nhiệm thi hành")
        self.add("p", f"Điều {number + 1}. Thủ trưởng các cơ quan: {who} {this} này")

    def _allowed(self, subject: str) -> list[str]:
        """Articles that fit the subject."""
        out = []
        for line in self.lines("article", 4, 7):
            need = next((words for mark, words in _ONLY.items() if mark in line), None)
            if need is None or any(word in subject for word in need):
                out.append(line)
        return out


def cap(text: str) -> str:
    """With a capital at its head."""
    return text[:1].upper() + text[1:]
