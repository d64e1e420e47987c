"""One clause read: is it an order, an entry about a named body, a bare imperative, or no order at all."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from enum import Enum, auto

from vnadmin_nlp.extract.clauses import Clause, trim
from vnadmin_nlp.extract.cues import Cue, CueKind, HeadKind, TitleKind, head_at, keyed, scanned_verb_at, title_kind
from vnadmin_nlp.outline import Flow
from vnadmin_nlp.resolve.obligations.mentions import Group, Mentions
from vnadmin_nlp.schema import Force, Modality
from vnadmin_nlp.text import Range


class Shape(Enum):
    """How a clause orders."""

    ORDER = auto()  # the issuer orders or asks: `UBND tỉnh yêu cầu Sở Y tế ...`
    SUBJECT = auto()  # a body is said to do: `Sở Y tế chủ trì ...`
    VERB = auto()  # bare imperative: `Rà soát ...`
    NORM = auto()  # something must be done: `Việc rà soát phải ...`
    NOUN = auto()  # a noun phrase
    UNKNOWN = auto()
    NONE = auto()  # praise, facts, closing formulas


@dataclass(slots=True)
class Reading:
    """What one clause says. `predicate` is where the words after trigger and bearers begin."""

    shape: Shape
    predicate: int
    trigger: Range | None = None
    bearers: list[Range] = field(default_factory=list)
    coordinators: list[Range] = field(default_factory=list)
    performer: Range | None = None
    force: Force | None = None
    modality: Modality = Modality.OBLIGATION
    condition: Range | None = None
    must: bool = False  # `phải`: an order even under a request
    invites: bool = False
    fact: bool = False  # a named body is said to be or have done something
    told: bool = False  # the bearers are common nouns
    act: bool = False  # a verb by which decisions act themselves: `Phê duyệt`, `Bãi bỏ`
    duty: bool = False  # a word of duty (`phải`, `có trách nhiệm`, `chủ trì`) stands by the subject


    @property
    def main(self) -> int:
        """Where the main clause begins: what stands before it is a condition, purpose or time."""
        spots = [self.predicate]
        spots += [b[0] for b in self.bearers[:1]]
        spots += [self.trigger[0]] if self.trigger else []
        return min(spots)


Head = tuple[HeadKind, int, str]
_ROLES = frozenset({CueKind.COORDINATE, CueKind.REPORT})
PERFORM = frozenset({CueKind.ORDER, CueKind.ASSIGN, CueKind.REQUEST})
_GAP = keyed(r"[\s,:–-]*")
_STEP = keyed(r", |: | thì | - ")
_POLITE = keyed(r"(?:(?:xin|cảm ơn|kính|trân trọng|cũng|tiếp tục|đồng thời|thống nhất|và|nghiêm túc|mạnh mẽ|sẽ|có văn bản|rất|,)\s)*")
_NOT_SUBJECT = keyed(
    r"(?:là(?! (?:cơ quan|đơn vị) (?:đầu mối|thường trực|chủ trì)| đầu mối| nơi chịu)|đã|đang|sẽ|vừa|mới|được(?! (?:giao|phép|quyền|phân công))"
    r"|bị|của|tại|thuộc|gồm|bao gồm|nhận được|như|với|cho|do|từ|hiện|chưa|còn|vẫn|về|ở|đối với|khi|có(?! (?:trách nhiệm|nhiệm vụ|"
    r"nghĩa vụ|kế hoạch|giải pháp|biện pháp|văn bản|phương án|ý kiến|thể|quyền|hình thức|ý thức|báo cáo))|không có|không phải|không còn|luôn|gửi kèm|ban hành kèm|và|hoặc|đến"
    r"|quy định|ban hành (?:quyết định|kế hoạch|nghị quyết|quy))(?![^\W_])"
)
_ASIDE = keyed(r", (?:trong phạm vi|theo|căn cứ|trên cơ sở|với|nhất là|đặc biệt|trong đó|tùy)\b")
_AFTER = keyed(r"[\s:]*(?:[-+]\s)?(?:(?:mạnh mẽ|đến|tới|cho|toàn thể|tất cả|đối với)\s)?")
_CLOSE = keyed(
    r"(?:xin |kính |trân trọng |có ý kiến |đã )*(?:thông báo|trả lời|báo cáo|có ý kiến|sao gửi|sao lục|chuyển|gửi|trao đổi|thông tin|cung cấp thông tin"
    r"|nêu|phúc đáp|hướng dẫn)\b.{0,500}?\bđể\b"
)
_FORBID = keyed(r"(?:tuyệt đối |kiên quyết )?không (?!chỉ|những|ngừng|bao gồm|tính|kể|quá)|nghiêm cấm|không được|không nên|cấm ")
_ALLOW = keyed(r"được phép|có thể|có quyền|được quyền|được ")
_LOOSE = ("về ", "tại ", "với ", "theo ", "do ", "vì ", "nhờ ", "qua ", "liên quan ")  # a verb after these may belong to them
EXECUTE = keyed(
    r"(?:chịu trách nhiệm )?(?:(?:tổ chức|triển khai) )*(?:thi hành|thực hiện) "
    r"(?:quyết định|nghị quyết|chỉ thị|thông tư|nghị định|quy chế|quy định|kế hoạch|lệnh) này"
)
_MEMBER = keyed(r"(?:[,;]|(?<![^\W_])(?:và|cùng|các ông|ông|bà|hoặc))\s+(?:các |ông |bà |toàn thể )?$")
_QUOTES = keyed(r"(?:quy định|hướng dẫn|nêu|như sau|giải thích|ghi)$")
# what may stand before the verb and says nothing of what is to be done
_WITHIN_DUTY = keyed(
    r"(?:(?:căn cứ|theo|trên cơ sở|trong phạm vi)(?: vào)? chức năng,? nhiệm vụ(?:,? (?:quyền hạn|thẩm quyền))?(?: (?:được giao|được phân công|của (?:đơn vị|mình|ngành|cơ quan)))?"
    r"|(?:định kỳ )?(?:hằng|hàng) (?:ngày|tuần|tháng|quý|năm)(?: (?:hoặc|và)(?: khi)? đột xuất)?(?: \([^()]{0,60}\))?),? "
)
_PREPOSITION = (" của", " với", " tại", " cho", " từ", " do", " về")
_BACK = ("báo cáo ", "phản ánh ", "kịp thời báo cáo")
_FACT = keyed(r" (?:đã|đang|chưa|là|vẫn|đều|cũng|không có|có|sẽ|nhận) ")
_STATES = keyed(r" (?:đã|đang|chưa|là|vẫn|đều|cũng) ")
_SEND = keyed(r".{0,160}?\b(?:gửi|báo cáo)\b(?! kèm)")


class Reader:
    """Reads the clauses of one flow."""

    def __init__(self, flow: Flow, mentions: Mentions, cues: list[Cue], issuers: frozenset[str]) -> None:
        self.flow, self.mentions, self.cues, self.issuers = flow, mentions, cues, issuers
        self._at = [cue.start for cue in cues]
        self._deontic = [cue.start for cue in cues if cue.kind not in _ROLES]
        self._heads: dict[int, Head | None] = {}

    def says_duty(self, start: int, end: int) -> bool:
        """Whether a word in `start:end` orders, asks, obliges, forbids or allows."""
        return bisect_left(self._deontic, start) < bisect_left(self._deontic, end)

    def head(self, at: int, end: int) -> Head | None:
        """`head_at`, remembered: a place is asked for by several readings."""
        if at not in self._heads:
            self._heads[at] = head_at(self.flow.key, at, end)
        return self._heads[at]

    def cues_in(self, start: int, end: int) -> list[Cue]:
        return self.cues[bisect_left(self._at, start) : bisect_left(self._at, end)]

    def is_issuer(self, where: Range) -> bool:
        """Whether the mention names the body or post that issues the document."""
        return self.flow.key[where[0] : where[1]] in self.issuers

    # -- one clause ------------------------------------------------------------------------------
    def read(self, clause: Clause) -> Reading:
        """The reading of `clause`: of what begins it, else of what follows its condition, purpose or label."""
        start, end = clause.start, clause.end
        if self.flow.text[start] == "(":
            return Reading(Shape.NONE, start)
        reading = self._execution(start, end) or self._read(start, end)
        if reading.trigger:
            word = self.flow.key[slice(*reading.trigger)]
            reading.must, reading.invites = word == "phải", "mời" in word
        if reading.shape in (Shape.SUBJECT, Shape.VERB) and self._closing(reading.predicate, end):
            return Reading(Shape.NONE, start)
        return reading

    def _execution(self, start: int, end: int) -> Reading | None:
        """`A; B và C chịu trách nhiệm thi hành Quyết định này`: every member of the list bears, whatever stands between."""
        key = self.flow.key
        word = EXECUTE.search(key, max(start, end - 80), end)
        if not word or any(c.kind in PERFORM for c in self.cues_in(start, word.start())):
            return None
        members = listed(self, start, word.start())
        return Reading(Shape.SUBJECT, word.end(), trigger=word.span(), bearers=members, duty=True) if members else None

    def _read(self, start: int, end: int) -> Reading:
        key = self.flow.key
        at = self._skip_joiners(start, end)
        here = self.classify(at, end)
        head = self.head(at, end)
        if here.shape in (Shape.ORDER, Shape.SUBJECT):
            return here
        if here.shape is Shape.VERB and not (head and head[0] is HeadKind.PURSUANT):
            return self._labelled(at, end) or here
        later = self._after_adjunct(at, end, head[0] if head else None)
        if later:
            if head and head[0] is HeadKind.CONDITION:
                later.condition = trim(self.flow.text, at, later.main)
            return later
        if here.shape is Shape.VERB:
            return here
        return self._norm(here, at, end, head[0] if head else None)

    def _labelled(self, at: int, end: int) -> Reading | None:
        """`Thanh tra khoa học: UBND các huyện làm đầu mối ...`: the verb was a label, the clause stands after it."""
        colon = self.flow.key.find(": ", at, min(end, at + 90))
        reading = self.classify(colon + 2, end) if colon >= 0 else None
        return reading if reading and reading.bearers and reading.shape in (Shape.ORDER, Shape.SUBJECT) else None

    def _skip_joiners(self, at: int, end: int) -> int:
        """Past `đồng thời,` and the like."""
        key = self.flow.key
        for _ in range(4):
            gap = _GAP.match(key, at, end)
            at = gap.end() if gap else at
            head = self.head(at, end)
            if not head or head[0] is not HeadKind.JOINER or head[1] >= end:
                break
            at = head[1]
        gap = _GAP.match(key, at, end)
        at = gap.end() if gap else at
        within = _WITHIN_DUTY.match(key, at, end)
        return within.end() if within and within.end() < end else at

    def _closing(self, start: int, end: int) -> bool:
        """Whether the predicate `start:end` only sends the document off (`thông báo để các đơn vị biết, thực hiện`)."""
        key = self.flow.key
        return bool(_CLOSE.match(key, start, end)) and key.find("biết", max(start, end - 90), end) >= 0

    def classify(self, at: int, end: int) -> Reading:
        """What a main clause that begins at `at` says by its first words."""
        key = self.flow.key
        group = self.mentions.party(at, end)
        if group:
            reading = self._by_subject(group, end)
            if reading:
                return reading
            return Reading(Shape.NOUN, at, fact=bool(_FACT.match(key, group.end, end)))
        cue = self._polite_cue(at, end)
        if cue and cue.kind in PERFORM:
            order = self._order(cue, end, None)
            if order:
                return order
        if cue and cue.kind in (CueKind.FORBID, CueKind.ALLOW):
            return self._forbid_or_allow(cue, end)
        head = self.head(at, end)
        if key.startswith("không ", at):
            denied = self.head(at + 6, end)
            if denied and denied[0] in (HeadKind.VERB, HeadKind.ACT, HeadKind.PURSUANT):
                return Reading(Shape.VERB, at, trigger=(at, denied[1]), modality=Modality.PROHIBITION)
        if not head:
            scanned = scanned_verb_at(key, at, end)
            return Reading(Shape.VERB, at, trigger=(at, scanned)) if scanned else Reading(Shape.UNKNOWN, at)
        kind = head[0]
        if kind in (HeadKind.VERB, HeadKind.PURSUANT, HeadKind.ACT):
            if key.startswith((" được ", " bị "), head[1]):
                return Reading(Shape.NOUN, at)
            return Reading(Shape.VERB, at, trigger=(at, head[1]), act=kind is HeadKind.ACT)
        if kind is HeadKind.FORBID:
            return Reading(Shape.VERB, at, trigger=(at, head[1]), modality=Modality.PROHIBITION)
        if kind is HeadKind.NOUN:
            return Reading(Shape.NOUN, at)
        if kind is HeadKind.NONE:
            return Reading(Shape.NONE, at)
        return Reading(Shape.UNKNOWN, at)

    def _polite_cue(self, at: int, end: int) -> Cue | None:
        """The deontic word at `at`, or after words of politeness (`xin trân trọng đề nghị`)."""
        polite = _POLITE.match(self.flow.key, at, end)
        return next(iter(self.cues_in(at, (polite.end() if polite else at) + 1)), None)

    def _forbid_or_allow(self, cue: Cue, end: int) -> Reading:
        """`Nghiêm cấm cán bộ ...`, `Cho phép Sở X ...`: who may or must not stands after the word."""
        gap = _AFTER.match(self.flow.key, cue.end, end)
        at = gap.end() if gap else cue.end
        group = self.mentions.party(at, end)
        modality = Modality.PROHIBITION if cue.kind is CueKind.FORBID else Modality.PERMISSION
        shape = Shape.ORDER if group else Shape.VERB
        return Reading(
            shape, group.end if group else at, trigger=(cue.start, cue.end), modality=modality,
            bearers=list(group.members) if group else [], force=Force.ORDER if group else None,
        )  # fmt: skip

    def _order(self, cue: Cue, end: int, performer: Range | None) -> Reading | None:
        """An order or request whose word is `cue`: its bearers are the run of mentions after it."""
        gap = _AFTER.match(self.flow.key, cue.end, end)
        at = gap.end() if gap else cue.end
        group = self.mentions.party(at, end)
        if not group and cue.kind is CueKind.ASSIGN:
            return None
        reading = Reading(
            Shape.ORDER, group.end if group else at, trigger=(cue.start, cue.end), performer=performer,
            force=Force.REQUEST if cue.kind is CueKind.REQUEST else Force.ORDER,
        )  # fmt: skip
        if group:
            self._bear(reading, group)
        self._mode(reading, end)
        return reading

    @staticmethod
    def _bear(reading: Reading, group: Group) -> None:
        """The members of `group` as bearers; where one is marked `(chủ trì)`, the others help it."""
        reading.bearers, reading.told = group.chief or list(group.members), group.told
        if group.chief:
            reading.coordinators = [m for m in group.members if m not in group.chief]

    def _mode(self, reading: Reading, end: int) -> None:
        """Prohibition or permission, by the first words of the predicate."""
        gap = _AFTER.match(self.flow.key, reading.predicate, end)
        at = gap.end() if gap else reading.predicate
        if _FORBID.match(self.flow.key, at, end):
            reading.modality = Modality.PROHIBITION
        elif _ALLOW.match(self.flow.key, at, end) and not self.flow.key.startswith(("được giao", "được phân công"), at):
            reading.modality = Modality.PERMISSION

    def _by_subject(self, group: Group, end: int) -> Reading | None:
        """The reading of a clause that begins with `group`, or None where it is no subject of an order."""
        key = self.flow.key
        gap = _GAP.match(key, group.end, end)
        if gap is None or gap.end() >= end:
            return None
        at = gap.end()
        between = self.flow.text[group.end : at]
        cue = self._polite_cue(at, end)
        if cue and cue.kind in PERFORM:
            order = self._order(cue, end, group.members[0])
            if order:
                return order
        if "," in between and not _ASIDE.match(key, group.end, end):
            return None
        if _NOT_SUBJECT.match(key, at, end):
            return None
        duty = any(c.kind in (CueKind.DUTY, CueKind.LEAD) for c in self.cues_in(at, min(end, at + 160)))
        if ", nhất là" in key[group.end : at + 10] and not duty:
            return None
        head = self.head(at, end)
        trigger = (at, head[1]) if head and head[0] in (HeadKind.VERB, HeadKind.ACT, HeadKind.PURSUANT, HeadKind.FORBID) else None
        reading = Reading(Shape.SUBJECT, at, trigger=trigger, duty=duty)
        if duty and not trigger:
            first = next(c for c in self.cues_in(at, end) if c.kind in (CueKind.DUTY, CueKind.LEAD))
            reading.trigger = (first.start, first.end)
        self._bear(reading, group)
        self._mode(reading, end)
        reading.duty = duty or reading.modality is not Modality.OBLIGATION
        return reading

    def _after_adjunct(self, at: int, end: int, head: HeadKind | None) -> Reading | None:
        """The main clause after a condition, purpose, label or time; a named subject before a bare verb."""
        opener = head in (HeadKind.CONDITION, HeadKind.ADJUNCT, HeadKind.PURPOSE, HeadKind.PURSUANT)
        loose = head is HeadKind.PURPOSE or self.flow.key.startswith(_LOOSE, at)
        verb: Reading | None = None
        if head is HeadKind.CONDITION:
            then = self.flow.key.rfind(" thì ", at, end)
            if then >= 0:
                reading = self.classify(then + 5, end)
                explained = reading.shape is Shape.VERB and then - at > 120  # a rule that is explained, not a task
                return None if explained or reading.shape not in (Shape.ORDER, Shape.SUBJECT, Shape.VERB) else reading
        for count, step in enumerate(_STEP.finditer(self.flow.key, at, end)):
            if count > 60:
                break
            label = step.group() == ": "
            if label and count == 0 and self._says_no_task(at, step.start()):
                return Reading(Shape.NONE, at)
            reading = self.classify(step.end(), end)
            if reading.shape is Shape.ORDER and (reading.bearers or opener):
                return reading
            if reading.shape is Shape.SUBJECT and (opener or label) and (label or not self._in_list(step.start(), at)):
                return self._last_of_list(reading, at)
            if reading.shape is Shape.VERB and (label or (opener and not loose)):
                if label:
                    return reading
                verb = verb or reading
            if opener and reading.fact and not self._in_list(step.start(), at):
                return None
            if opener and verb is None and reading.shape in (Shape.NOUN, Shape.UNKNOWN) and self._states(step.end(), end):
                return None
        if head is HeadKind.CONDITION:  # `nếu phát sinh vướng mắc đề nghị phản ánh`: no comma before the order
            for cue in self.cues_in(at, end):
                if cue.kind in PERFORM:
                    order = self._order(cue, end, None)
                    if order:
                        return order
                if cue.kind is CueKind.REPORT and verb is None and self.flow.key.startswith(_BACK, cue.start):
                    verb = Reading(Shape.VERB, cue.start, trigger=(cue.start, cue.end))
        return verb

    def _says_no_task(self, at: int, colon: int) -> bool:
        """Whether the words before the first colon are the label of a fact (`Địa điểm`) or announce a quotation."""
        if _QUOTES.search(self.flow.key, max(at, colon - 12), colon):
            return True
        return colon - at < 40 and title_kind(self.flow.key[at:colon]) in (TitleKind.FACTS, TitleKind.AIMS)

    def _in_list(self, comma: int, at: int) -> bool:
        """Whether the comma stands between two members of a run that is no complement of a preposition."""
        for low, high in self.mentions.within(max(at, comma - 200), comma):
            if high == comma:
                before = self.flow.key[max(at, low - 8) : low].rstrip()
                return not before.endswith(_PREPOSITION)
        return False

    def _states(self, at: int, end: int) -> bool:
        """Whether the words from `at` to the next comma state a fact (`... đã ...`)."""
        comma = self.flow.key.find(", ", at, end)
        return bool(_STATES.search(self.flow.key, at, comma if comma >= 0 else end))

    def _last_of_list(self, reading: Reading, at: int) -> Reading:
        """`theo ý kiến của Sở A, Sở B trình`: where the run hangs on a preposition its last member is the subject."""
        first = reading.bearers[0]
        before = self.flow.key[max(at, first[0] - 8) : first[0]].rstrip()
        if len(reading.bearers) > 1 and before.endswith(_PREPOSITION):
            reading.bearers = reading.bearers[-1:]
        return reading

    def _norm(self, here: Reading, at: int, end: int, head_kind: HeadKind | None) -> Reading:
        """`Việc ... phải ...`, `Các báo cáo gửi ...`: what must be done, its doer named elsewhere."""
        if here.shape not in (Shape.NOUN, Shape.UNKNOWN):
            return here
        for cue in self.cues_in(at, end):
            if cue.kind is CueKind.DUTY:
                subject = next((m for m in self.mentions.within(max(at, cue.start - 150), cue.start) if m[1] + 1 == cue.start), None)
                if subject and head_kind is not None:
                    return Reading(Shape.SUBJECT, cue.end, trigger=(cue.start, cue.end), bearers=[subject], duty=True)
                if head_kind is HeadKind.CONDITION:
                    return here
                return Reading(Shape.NORM, cue.end, trigger=(cue.start, cue.end), duty=True)
        send = _SEND.match(self.flow.key, at, end)
        if here.shape is Shape.NOUN and send:
            return Reading(Shape.NORM, at, trigger=None)
        return here


def listed(reader: Reader, start: int, end: int) -> list[Range]:
    """The mentions in `start:end` that are members of a list, whatever stands between them."""
    key = reader.flow.key
    return [m for m in reader.mentions.within(start, end) if m[0] == start or _MEMBER.search(key, max(start, m[0] - 12), m[0])]
