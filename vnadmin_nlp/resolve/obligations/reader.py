"""One clause read: is it an order, an entry about a named body, a bare imperative, or no order at all."""

from __future__ import annotations

import re
from bisect import bisect_left

from vnadmin_nlp.extract.clauses import Clause, trim
from vnadmin_nlp.extract.cues import Cue, CueKind, HeadKind, head_at, scanned_verb_at
from vnadmin_nlp.outline import Flow
from vnadmin_nlp.resolve.obligations import adjuncts, forms
from vnadmin_nlp.resolve.obligations.mentions import MOST, Group, Mentions
from vnadmin_nlp.resolve.obligations.reading import Reading, Shape
from vnadmin_nlp.resolve.obligations.told import is_common, nouns_at
from vnadmin_nlp.schema import Force, Modality
from vnadmin_nlp.text import Range

Head = tuple[HeadKind, int, str]
VERBS = frozenset({HeadKind.VERB, HeadKind.ACT, HeadKind.PURSUANT})


class Reader:
    """Reads the clauses of one flow."""

    def __init__(
        self, flow: Flow, mentions: Mentions, cues: list[Cue], issuers: frozenset[str], times: dict[int, int]
    ) -> None:
        """`times` maps where each deadline starts to where it ends."""
        self.flow, self.mentions, self.cues, self.issuers, self.times = flow, mentions, cues, issuers, times
        self.key = flow.key
        self._at = [cue.start for cue in cues]
        self._deontic = [cue.start for cue in cues if cue.kind not in forms.ROLES]
        self._heads: dict[int, Head | None] = {}

    # -- what stands where -----------------------------------------------------------------------
    def says_duty(self, start: int, end: int) -> bool:
        """Whether a word in `start:end` orders, asks, obliges, forbids or allows."""
        return bisect_left(self._deontic, start) < bisect_left(self._deontic, end)

    def head(self, at: int, end: int) -> Head | None:
        """`head_at`, remembered: a place is asked for by several readings."""
        if at not in self._heads:
            self._heads[at] = head_at(self.key, at, end)
        return self._heads[at]

    def verb(self, at: int, end: int) -> bool:
        """Whether a verb that orders stands at `at`."""
        head = self.head(at, end)
        return head is not None and head[0] in VERBS

    def hurries(self, at: int, end: int) -> bool:
        """Whether a verb of manner (`khẩn trương`, `tiếp tục`) stands at `at`."""
        head = self.head(at, end)
        return head is not None and head[2] == "manner"

    def cues_in(self, start: int, end: int) -> list[Cue]:
        """The deontic words that begin in `start:end`."""
        return self.cues[bisect_left(self._at, start) : bisect_left(self._at, end)]

    def is_issuer(self, where: Range) -> bool:
        """Whether the mention names the body or post that issues the document."""
        return self.key[slice(*where)] in self.issuers

    def listed(self, start: int, end: int) -> list[Range]:
        """The mentions in `start:end` that are members of a list, whatever stands between them."""
        key = self.key
        return [
            m for m in self.mentions.within(start, end)
            if m[0] == start or forms.MEMBER.search(key, max(start, m[0] - 14), m[0])
        ][:MOST]  # fmt: skip

    # -- one clause ------------------------------------------------------------------------------
    def read(self, clause: Clause) -> Reading:
        """The reading of `clause`: of what begins it, else of what follows its condition, purpose or label."""
        start, end = clause.start, clause.end
        if self.flow.text[start] == "(":
            return Reading(Shape.NONE, start)
        reading = self._execution(start, end) or self._whole(start, end)
        if reading.trigger:
            word = self.key[slice(*reading.trigger)]
            bound = word in forms.BOUND and reading.shape is Shape.SUBJECT
            reading.must, reading.invites = word == "phải" or bound, "mời" in word
        if reading.shape in (Shape.SUBJECT, Shape.VERB) and self._closing(reading.predicate, end):
            return Reading(Shape.NONE, start)
        return reading

    def _execution(self, start: int, end: int) -> Reading | None:
        """`A; B và C chịu trách nhiệm thi hành Quyết định này`: every member of the list bears."""
        word = forms.execution(self.key, start, end)
        if not word or any(c.kind in forms.NO_LIST for c in self.cues_in(start, word.start())):
            return None
        members = self.listed(start, word.start())
        for other in forms.OTHERS.finditer(self.key, start, word.start()):
            if not self.mentions.within(other.start(1), other.end(1)):
                members.append(other.span(1))
        members.sort()
        return Reading(Shape.SUBJECT, word.end(), trigger=word.span(), bearers=members, duty=True) if members else None

    def _whole(self, start: int, end: int) -> Reading:
        key = self.key
        at = self._past_time(self._skip_joiners(start, end), end)
        here, head = self.classify(at, end), self.head(at, end)
        kind = head[0] if head else None
        if here.shape in (Shape.ORDER, Shape.SUBJECT):
            return here
        if here.shape is Shape.VERB and kind is not HeadKind.PURSUANT:
            return self._labelled(at, end) or here
        main = adjuncts.main_clause(self, at, end, kind)
        if main:
            if kind is HeadKind.CONDITION or key.startswith(forms.GROUNDS, at):
                main.condition = trim(self.flow.text, at, main.main - 4 * key.startswith("thì ", main.main - 4))
            return main
        if here.shape is Shape.NONE:
            return self._with_order(here, at, end)
        said = adjuncts.norm(self, here, at, end, kind)
        return said if said.shape is Shape.SUBJECT else self._inner_order(at, end) or said

    def _inner_order(self, at: int, end: int) -> Reading | None:
        """`Ban Tổ chức ... yêu cầu các sở ...`: an order by a body whose name is not known."""
        for cue in self.cues_in(at, end):
            if cue.kind in (CueKind.ORDER, CueKind.REQUEST) and self.mentions.at(self._after(cue.end, end)):
                return self.order(cue, end, None)
        return None

    def _with_order(self, here: Reading, at: int, end: int) -> Reading:
        """`Đồng ý và giao Sở Tài chính ...`: an order joined to what is none."""
        for cue in self.cues_in(at, end):
            if cue.kind in forms.PERFORM and self.key.startswith(" và ", max(at, cue.start - 4)):
                order = self.order(cue, end, None)
                if order and order.bearers and self.key.find(" đã ", at, cue.start) < 0:
                    return order
        return here

    def _labelled(self, at: int, end: int) -> Reading | None:
        """`Thanh tra khoa học: UBND các huyện làm đầu mối ...`: the verb was a label, the clause stands after it."""
        colon = self.key.find(": ", at, min(end, at + 90))
        reading = self.classify(colon + 2, end) if colon >= 0 else None
        return reading if reading and reading.bearers and reading.shape in (Shape.ORDER, Shape.SUBJECT) else None

    def _skip_joiners(self, at: int, end: int) -> int:
        """Past `đồng thời,`, `theo chức năng, nhiệm vụ được giao` and the like."""
        key = self.key
        for _ in range(4):
            at = self._gap(at, end)
            head = self.head(at, end)
            if not head or head[0] is not HeadKind.JOINER or head[1] >= end:
                break
            at = head[1]
        at = self._gap(at, end)
        at += 4 * key.startswith("thì ", at)  # `Trường hợp cần thiết thì ...`
        within = forms.WITHIN_DUTY.match(key, at, end)
        return within.end() if within and within.end() < end else at

    def _past_time(self, at: int, end: int) -> int:
        """Past a deadline at `at`, where a clause follows: `Định kỳ 6 tháng, Sở Nội vụ ...`.

        An event (`Ngay khi có kết quả`) stays: it is a condition, too.
        """
        stop = self.times.get(at, at)
        head = self.head(at, end)
        if stop == at or (head and head[0] is HeadKind.CONDITION):
            return at
        then = self._gap(stop, end)
        follows = then < end and (self.mentions.at(then) or self.verb(then, end) or self._polite_cue(then, end))
        return then if follows else at

    def _gap(self, at: int, end: int) -> int:
        """Past blanks, commas, colons and dashes."""
        while at < end and self.key[at] in forms.GAP:
            at += 1
        return at

    def _closing(self, start: int, end: int) -> bool:
        """Whether the predicate only sends the document off (`thông báo để các đơn vị biết, thực hiện`)."""
        key = self.key
        return key.find("biết", max(start, end - 90), end) >= 0 and bool(forms.CLOSE.match(key, start, end))

    # -- a main clause ---------------------------------------------------------------------------
    def classify(self, at: int, end: int) -> Reading:
        """What a main clause that begins at `at` says by its first words."""
        group = self.mentions.party(at, end)
        if group:
            reading = self._by_subject(group, end)
            return reading or Reading(Shape.NOUN, at, fact=bool(forms.FACT.match(self.key, group.end, end)))
        cue = self._polite_cue(at, end)
        if cue and cue.kind in forms.OPENS:
            order = self.order(cue, end, None)
            if order:
                return order
        if cue and cue.kind in (CueKind.FORBID, CueKind.ALLOW):
            return self._forbid_or_allow(cue, end)
        return self._by_head(at, end)

    def _by_head(self, at: int, end: int) -> Reading:
        """What a clause says whose first words name nobody and order by no deontic word."""
        key, head = self.key, self.head(at, end)
        asked = forms.ASKED.match(key, at, end)
        group = self.mentions.group(asked.end(), end) if asked else None
        if asked and group and key.startswith((" gửi ", " gởi "), group.end):
            word = (asked.start("word"), asked.end("word"))
            return Reading(Shape.ORDER, group.end + 1, word, list(group.members), force=Force.REQUEST)
        back = forms.RETURN.match(key, at, end)
        if back:
            asks = "đề nghị" in back.group() or "xin " in back.group()
            force = Force.REQUEST if asks else None
            return Reading(Shape.NORM, at, trigger=(at, back.end()), force=force)
        none = head is not None and head[0] is HeadKind.NONE
        if key.startswith("không ", at) and self.verb(at + 6, end) and not none:
            return Reading(Shape.VERB, at, trigger=(at, at + 5), modality=Modality.PROHIBITION)
        if key.startswith("được ", at) and self.verb(at + 5, end):
            return Reading(Shape.VERB, at, trigger=(at, at + 4), modality=Modality.PERMISSION)
        if not head:
            scanned = scanned_verb_at(key, at, end)
            return Reading(Shape.VERB, at, trigger=(at, scanned)) if scanned else Reading(Shape.UNKNOWN, at)
        kind, stop, _ = head
        nouns = nouns_at(key, at, end) if key.startswith("tổ chức, ", at) else None
        if nouns and nouns[1] > stop:  # `Tổ chức, doanh nghiệp ...`
            return Reading(Shape.NOUN, at)
        match kind:
            case HeadKind.VERB | HeadKind.PURSUANT | HeadKind.ACT:
                if key.startswith((" được ", " bị "), stop):
                    return Reading(Shape.NOUN, at)
                return Reading(Shape.VERB, at, trigger=(at, stop), act=kind is HeadKind.ACT)
            case HeadKind.COMMEND:  # praise of a named body, a task where no name follows
                praised = self.mentions.at(min(stop + 1, end))
                return Reading(Shape.NONE if praised else Shape.VERB, at, trigger=(at, stop))
            case HeadKind.FORBID:
                return Reading(Shape.VERB, at, trigger=(at, stop), modality=Modality.PROHIBITION)
            case HeadKind.NOUN:
                return Reading(Shape.NOUN, at)
            case HeadKind.NONE:
                return Reading(Shape.NONE, at)
        return Reading(Shape.UNKNOWN, at)

    def _polite_cue(self, at: int, end: int) -> Cue | None:
        """The deontic word at `at`, or after words of politeness (`xin trân trọng đề nghị`)."""
        polite = forms.POLITE.match(self.key, at, end)
        first = bisect_left(self._at, at)
        near = first < len(self.cues) and self._at[first] <= (polite.end() if polite else at)
        return self.cues[first] if near else None

    def _after(self, at: int, end: int) -> int:
        """Past blanks, colon and `cho` or `đối với`, to where names begin."""
        return _past(forms.AFTER, self.key, at, end)

    def _forbid_or_allow(self, cue: Cue, end: int) -> Reading:
        """`Nghiêm cấm cán bộ ...`, `Cho phép Sở X ...`: who may or must not stands after the word."""
        at = self._after(cue.end, end)
        group = self.mentions.party(at, end, ordered=True)
        modality = Modality.PROHIBITION if cue.kind is CueKind.FORBID else Modality.PERMISSION
        reading = Reading(Shape.VERB, cue.end, trigger=(cue.start, cue.end), modality=modality)
        if group:
            reading.shape, reading.predicate, reading.force = Shape.ORDER, group.end, Force.ORDER
            self._bear(reading, group)
        return reading

    def order(self, cue: Cue, end: int, performer: Range | None) -> Reading | None:
        """An order or request whose word is `cue`: its bearers are the run of names after it."""
        at = self._after(cue.end, end)
        group = self.mentions.party(at, end, ordered=True)
        inner = None if group else self._polite_cue(at, end)
        if inner and inner.kind in forms.PERFORM:  # `Kiến nghị: đề nghị Sở A ...`, `đề nghị giao Sở A ...`
            at = self._after(inner.end, end)
            group = self.mentions.party(at, end, ordered=True)
        if not group and cue.kind is CueKind.ASSIGN:
            group = self._delegate(cue, end)
            if not group:
                return None
        encourages = cue.kind is CueKind.ENCOURAGE
        if encourages and not group:
            return None
        force = Force.REQUEST if encourages or cue.kind is CueKind.REQUEST else Force.ORDER
        reading = Reading(Shape.ORDER, at, trigger=(cue.start, cue.end), performer=performer, force=force)
        if group:
            reading.predicate = group.end
            self._bear(reading, group)
        self._mode(reading, end)
        if encourages:
            reading.encourages, reading.modality = True, Modality.PERMISSION
        return reading

    def _delegate(self, cue: Cue, end: int) -> Group | None:
        """`phân cấp thẩm quyền ... cho Sở A`: those whom something is delegated to."""
        if not self.key.startswith(forms.DELEGATES, cue.start):
            return None
        for to in forms.TO.finditer(self.key, cue.end, min(end, cue.end + forms.DELEGATED)):
            group = self.mentions.group(to.end(), end)
            if group:
                return group
        return None

    def _bear(self, reading: Reading, group: Group) -> None:
        """The members of `group` as bearers; where one is marked `(chủ trì)`, the others help it."""
        reading.bearers = group.chief or list(group.members)
        reading.told = group.told or is_common(self.key, *group.members[0])
        if group.chief:
            reading.coordinators = [m for m in group.members if m not in group.chief]

    def _mode(self, reading: Reading, end: int) -> None:
        """Prohibition or permission, by the first words of the predicate."""
        at = self._after(reading.predicate, end)
        if forms.FORBID.match(self.key, at, end):
            reading.modality = Modality.PROHIBITION
        elif forms.ALLOW.match(self.key, at, end):
            reading.modality = Modality.PERMISSION

    def _by_subject(self, group: Group, end: int) -> Reading | None:
        """The reading of a clause that begins with `group`, or None where it is no subject of an order."""
        key = self.key
        at = self._gap(group.end, end)
        if at >= end:
            return None
        cue = self._polite_cue(at, end)
        if cue and cue.kind in forms.PERFORM:
            order = self.order(cue, end, group.members[0])
            if order:
                return order
        aside = "," in self.flow.text[group.end : at]
        if (aside and not forms.ASIDE.match(key, group.end, end)) or forms.NOT_SUBJECT.match(key, at, end):
            return None
        duty = next((c for c in self.cues_in(at, min(end, at + 160)) if c.kind in (CueKind.DUTY, CueKind.LEAD)), None)
        right = -1 if duty else key.find(forms.ENTITLED, at, min(end, at + forms.ASIDE_REACH))
        entitled = right >= 0 and not key.endswith(" để", at, right)
        if not duty and (entitled or (aside and key.startswith("nhất là", at))):
            return None
        reading = Reading(Shape.SUBJECT, at, trigger=self._verb_of(at, end))
        if duty and not reading.trigger:
            reading.trigger = (duty.start, duty.end)
        self._bear(reading, group)
        self._mode(reading, end)
        reading.duty = duty is not None or reading.modality is not Modality.OBLIGATION
        return reading

    def _verb_of(self, at: int, end: int) -> Range | None:
        """The verb of a predicate that begins at `at`, also behind `căn cứ Quyết định này,` and the like."""
        at = _past(forms.ALSO, self.key, _past(forms.WITHIN_DUTY, self.key, at, end), end)
        head = self.head(at, end)
        if (head and head[0] is HeadKind.ADJUNCT) or self.key.startswith("nơi ", at):
            for step in forms.THIS.finditer(self.key, at, min(end, at + forms.ASIDE_REACH)):
                at, head = step.end(), self.head(step.end(), end)
                if head and head[0] in VERBS:
                    break
        return (at, head[1]) if head and (head[0] in VERBS or head[0] is HeadKind.FORBID) else None


def _past(form: re.Pattern[str], key: str, at: int, end: int) -> int:
    """Where `form` ends that begins at `at`; `at` where it does not."""
    match = form.match(key, at, end)
    return match.end() if match else at
