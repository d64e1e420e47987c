"""The walk through the paragraphs: each is read under what governs it, and governs what follows."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from vnadmin_nlp.extract.clauses import Clause, split_clauses, trim
from vnadmin_nlp.extract.cues import CueKind, HeadKind, TitleKind, find_cues, head_at, title_kind
from vnadmin_nlp.extract.model import (
    ActorCandidate,
    Context,
    DeadlineCandidate,
    ObligationCandidate,
    ReferenceCandidate,
)
from vnadmin_nlp.outline import Item, Outline, Paragraph
from vnadmin_nlp.resolve.obligations import roles
from vnadmin_nlp.resolve.obligations.issuer import issuer_keys
from vnadmin_nlp.resolve.obligations.mentions import Mentions
from vnadmin_nlp.resolve.obligations.reading import EXECUTE, PERFORM, Reader, Reading, Shape
from vnadmin_nlp.resolve.obligations.scope import CONTENTS, LEGAL, PLANNING, Mode, Scope, base_mode, is_bare, is_reply, lead_mode, naming, titled
from vnadmin_nlp.resolve.obligations.times import FINISH, TIME_FIELD, Placed
from vnadmin_nlp.schema import Force, Modality, SectionLabel
from vnadmin_nlp.text import Range


def find_obligations(
    outline: Outline,
    context: Context,
    actors: list[ActorCandidate],
    references: list[ReferenceCandidate],
    deadlines: list[DeadlineCandidate],
) -> list[ObligationCandidate]:
    """The obligations in text order.

    `actors`, `references` and `deadlines` are the findings that stand; a bearer is a range of one of `actors`.
    """
    return _Walk(outline, context, actors, references, deadlines).run()


@dataclass(slots=True)
class _Entry:
    """An obligation in the making, with the paragraph it stands in."""

    duty: ObligationCandidate
    paragraph: Paragraph
    title: bool = False
    lead: bool = False


class _Walk:
    """State of one walk: the scope of the document, of each item, and of the last lead among bullets."""

    def __init__(
        self,
        outline: Outline,
        context: Context,
        actors: list[ActorCandidate],
        references: list[ReferenceCandidate],
        deadlines: list[DeadlineCandidate],
    ) -> None:
        self.outline, self.context, self.flow = outline, context, outline.flow
        self.mentions = Mentions(self.flow, actors)
        self.reader = Reader(self.flow, self.mentions, find_cues(self.flow.key), issuer_keys(context.issuer))
        self.references, self.deadlines = Placed(references), Placed(deadlines)
        self.addressees = frozenset(outline_key(a) for a in context.addressees)
        self.reply = is_reply(outline)
        self.document = Scope(base_mode(context))
        self.items: dict[int, Scope] = {}
        self.local: tuple[int, str, Scope] | None = None  # the lead (item, bullet) that governs the bullets after it
        self.section_times: dict[int, list[DeadlineCandidate]] = {}
        self.entries: list[_Entry] = []
        self.carry: int | None = None  # where a list of names began that goes on in the next paragraph
        self.listing: tuple[_Entry, Paragraph] | None = None  # an entry that ends in a colon: noun phrases may follow
        self._quote = 0

    def run(self) -> list[ObligationCandidate]:
        paragraphs = self.outline.paragraphs
        for index, paragraph in enumerate(paragraphs):
            if not paragraph.quoted:
                self._paragraph(paragraph, paragraphs[index + 1] if index + 1 < len(paragraphs) else None)
        return [entry.duty for entry in self._settled()]

    # -- what governs a paragraph ----------------------------------------------------------------
    def _scope(self, paragraph: Paragraph) -> Scope:
        item = paragraph.item
        if self.local and paragraph.bullet:
            where, mark, scope = self.local
            if where == id(item) and mark != paragraph.bullet:
                return scope
        if item is None:
            return self.document
        if self._heads(paragraph):
            return self._of(item.parent)
        return self._of(item)

    def _of(self, item: Item | None) -> Scope:
        while item is not None:
            scope = self.items.get(id(item))
            if scope:
                return scope
            item = item.parent
        return self.document

    @staticmethod
    def _heads(paragraph: Paragraph) -> bool:
        return paragraph.item is not None and paragraph.start <= paragraph.item.start < paragraph.end

    def _govern(self, paragraph: Paragraph, scope: Scope) -> None:
        """`scope` holds for what stands under `paragraph`."""
        if self._heads(paragraph) and paragraph.item:
            self.items[id(paragraph.item)] = scope
            self.local = None
        elif paragraph.item is not None and not paragraph.bullet:
            self.items[id(paragraph.item)] = scope
        elif paragraph.bullet:
            self.local = (id(paragraph.item), paragraph.bullet, scope)
        else:
            self.document = scope

    # -- one paragraph ---------------------------------------------------------------------------
    def _paragraph(self, paragraph: Paragraph, following: Paragraph | None) -> None:
        text, key = self.flow.text, self.flow.key
        start, end = max(paragraph.start, paragraph.body), paragraph.end
        if start >= end:
            start = paragraph.start
        scope = self._scope(paragraph)
        if not paragraph.bullet and not self._heads(paragraph):
            self.local = None
        if self.carry is not None:
            start, self.carry = (self.carry if not paragraph.bullet and not self._heads(paragraph) else start), None
        low, high = trim(text, start, end)
        if low >= high:
            return
        closed = text[end - 1] in ".;" and not text.startswith("..", end - 2)
        opens = text[end - 1] == ":"
        below = following is not None and self._under(paragraph, following)
        if self._time_field(paragraph, low, high):
            return
        if opens or (not closed and (below or self._heads(paragraph) or paragraph.bullet)):
            named = naming(self.reader, low, high)
            if named:
                self._govern(paragraph, Scope(
                    Mode.NAMED if scope.mode > Mode.CLOSED else Mode.CLOSED, tuple(named.group.members), tuple(named.coordinators), named.force or scope.force, heading=True,
                ))  # fmt: skip
                return
        if not opens and self._silent(paragraph, scope, low, high):
            return
        title = self._heads(paragraph) and not closed and not opens and below and high - low < 500
        if title or (self._heads(paragraph) and high - low < 120 and below):
            self._govern(paragraph, titled(scope, self._title_kind(scope, low, high)))
            scope = self._of(paragraph.item)
        if text[low:high].isupper() or (title and high - low < 45 and title_kind(key[low:high])):
            return
        self._clauses(paragraph, scope, start, end, title=title, opens=opens, below=below)

    def _silent(self, paragraph: Paragraph, scope: Scope, low: int, high: int) -> bool:
        """Whether nothing in `low:high` can be an order or govern one, so that it need not be read."""
        bare = scope.mode >= Mode.TASKS or self.context.document_type in LEGAL or self._heads(paragraph) or self.listing
        return (paragraph.zone is SectionLabel.PREAMBLE or not bare) and not self.reader.says_duty(low, high)

    def _title_kind(self, scope: Scope, low: int, high: int) -> TitleKind | None:
        """What the section titled `low:high` holds; `Yêu cầu` are aims in plans, tasks elsewhere."""
        key = self.flow.key[low:high]
        kind = title_kind(key)
        if kind is TitleKind.AIMS and "yêu cầu" in key and "mục" not in key and self.context.document_type not in PLANNING:
            return None if scope.mode is Mode.CLOSED else TitleKind.TASKS
        return kind

    def _under(self, paragraph: Paragraph, following: Paragraph) -> bool:
        """Whether `following` stands under `paragraph`."""
        item = paragraph.item
        if paragraph.bullet:
            return bool(following.bullet) and following.bullet != paragraph.bullet and following.item is item
        if item is None:
            return following.item is not None or bool(following.bullet)
        other = following.item
        while other is not None:
            if other is item:
                return True
            other = other.parent
        return False

    def _clauses(self, paragraph: Paragraph, scope: Scope, start: int, end: int, *, title: bool, opens: bool, below: bool) -> None:
        clauses = self._joined(split_clauses(self.flow.text, self.flow.key, start, end), paragraph)
        bearers, force = list(scope.bearers), scope.force
        last: _Entry | None = None
        dead = False  # the sentence began with what is no order
        times: list[DeadlineCandidate] = []
        own: Reading | None = None
        led = False
        for index, clause in enumerate(clauses):
            if self._quoted(clause):
                continue
            if clause.first:
                times, dead = [], False
            if last and last.lead and clause.mark and not last.duty.end > clause.start:
                last.duty.end, last.lead = clause.end, False  # lead and first member are one entry
                self._extend(last)
                continue
            if TIME_FIELD.match(self.flow.key, clause.start, clause.end) and self._time_clause(paragraph, clause):
                continue
            reading = self.reader.read(clause)
            self._adapt(reading, scope)
            lead = clause.stop == ":" and (index + 1 < len(clauses) or below)
            led = led or lead
            if lead and self._lead(paragraph, clause, reading, scope, bearers, index, len(clauses)):
                if reading.bearers:
                    bearers = list(reading.bearers)
                force = reading.force or force
                continue
            if dead and reading.shape in (Shape.VERB, Shape.NORM):
                continue
            if index == 0 and self._listed(paragraph, clause, reading):
                last = self.entries[-1]
                continue
            if not self._accepted(reading, clause, scope, paragraph, last, bearers):
                if last and not clause.first and not dead:
                    last.duty.end = max(last.duty.end, clause.end)  # `;` only separated members of a list
                    self._extend(last)
                dead = dead or clause.first
                self._aside(paragraph, clause, scope)
                continue
            if reading.bearers:
                bearers = list(reading.bearers)
                force = reading.force or (scope.force if reading.shape is not Shape.ORDER else None)
                own = own or reading
            elif reading.force:
                force = reading.force
            if reading.trigger and key_starts(self.flow.key, reading.trigger, "phải"):
                force = Force.ORDER
            last = self._enter(paragraph, clause, reading, scope, bearers, force, times)
            last.title, last.lead = title, lead
            head_times = [d for d in last.duty.deadlines if d.end <= self._main(reading)]
            if clause.first:
                times = head_times
        if last and last.lead and below and CONTENTS.search(self.flow.key, max(start, end - 60), end):
            self.listing = (last, paragraph)
        if own and below and not led and self._heads(paragraph) and not title and paragraph.item:
            held = self.items.get(id(paragraph.item))
            if not (held and held.heading):
                self._govern(paragraph, Scope(max(Mode.TASKS, scope.mode), tuple(own.bearers), (), own.force or scope.force))

    def _listed(self, paragraph: Paragraph, clause: Clause, reading: Reading) -> bool:
        """Take a noun phrase under an entry that ends in a colon: the first belongs to that entry, each further is one."""
        if not self.listing:
            return False
        lead, above = self.listing
        if not self._under(above, paragraph):
            self.listing = None
            return False
        if reading.shape not in (Shape.NOUN, Shape.UNKNOWN, Shape.NORM):
            self.listing = None
            return False
        if lead.lead:
            lead.duty.end, lead.lead = clause.end, False
            self._extend(lead)
        else:
            duty = lead.duty
            self.entries.append(_Entry(replace(
                duty, start=clause.start, end=clause.end, action=(clause.start, clause.end), trigger=None, condition=None,
                deadlines=list(duty.deadlines), references=self.references.within(clause.start, clause.end),
                directive=paragraph.item.path if paragraph.item else None,
            ), paragraph))  # fmt: skip
        return True

    def _main(self, reading: Reading) -> int:
        """Where the main clause begins: what stands before it is a condition, purpose or time."""
        spots = [reading.predicate]
        spots += [b[0] for b in reading.bearers[:1]]
        spots += [reading.trigger[0]] if reading.trigger else []
        return min(spots)

    def _joined(self, clauses: list[Clause], paragraph: Paragraph) -> list[Clause]:
        """Clauses with those that are only names of a list joined to what follows."""
        out: list[Clause] = []
        held: int | None = None
        clauses = self._executions(clauses)
        for index, clause in enumerate(clauses):
            if held is not None:
                clause.start, clause.first, held = held, True, None
            if clause.stop == ";" and clause.first and index + 1 < len(clauses) and self._only_purpose(clause):
                held = clause.start
                continue
            if clause.stop in (";", "") and self._only_names(clause):
                if index + 1 < len(clauses):
                    held = clause.start
                    continue
                if self.flow.text[paragraph.end - 1] in ";,":
                    self.carry = clause.start
                    continue
            out.append(clause)
        return out

    def _executions(self, clauses: list[Clause]) -> list[Clause]:
        """Clauses with the members before `... chịu trách nhiệm thi hành Quyết định này` joined to it."""
        out: list[Clause] = []
        for clause in clauses:
            cue = next((c for c in self.reader.cues_in(clause.start, clause.end) if EXECUTE.match(self.flow.key, c.start, clause.end)), None)
            while cue and not clause.first and out and out[-1].stop == ";" and not self.reader.cues_in(out[-1].start, out[-1].end):
                before = out.pop()
                clause.start, clause.first = before.start, before.first
            out.append(clause)
        return out

    def _only_names(self, clause: Clause) -> bool:
        """Whether `clause` is a run of names, or an order that has come no further than the names of its bearers."""
        starts = [clause.start]
        starts += [c.end + 1 for c in self.reader.cues_in(clause.start, clause.end) if c.kind in PERFORM]
        for start in starts:
            group = self.mentions.group(start, clause.end)
            if group and group.end >= clause.end:
                return True
        return False

    def _only_purpose(self, clause: Clause) -> bool:
        """Whether `clause` is a purpose whose main clause comes after its semicolon: `Nhằm khắc phục ...; bảo đảm ..., X yêu cầu`."""
        head = head_at(self.flow.key, clause.start, clause.end)
        return bool(head) and head is not None and head[0] is HeadKind.PURPOSE and self.reader.read(clause).shape is Shape.UNKNOWN

    def _extend(self, entry: _Entry) -> None:
        """Give `entry` what stands in the words it has grown by."""
        duty = entry.duty
        duty.action = (duty.action[0], duty.end)
        duty.deadlines.extend(d for d in self.deadlines.within(duty.start, duty.end) if d not in duty.deadlines)
        duty.references = self.references.within(duty.start, duty.end)

    def _aside(self, paragraph: Paragraph, clause: Clause, scope: Scope) -> None:
        """An order in brackets within a phrase that is none: `Phòng chuyên môn (giao Ban Dân tộc thông báo)`."""
        for cue in self.reader.cues_in(clause.start, clause.end):
            if cue.kind in PERFORM and self.flow.text[cue.start - 1 : cue.start] == "(":
                close = self.flow.text.find(")", cue.end, clause.end)
                end = close if close >= 0 else clause.end
                reading = self.reader.read(Clause(cue.start, end))
                if reading.shape is Shape.ORDER and reading.bearers:
                    self._enter(paragraph, Clause(cue.start, end), reading, scope, reading.bearers, reading.force, [])

    def _quoted(self, clause: Clause) -> bool:
        quotes = self.outline.quotes
        while self._quote < len(quotes) and quotes[self._quote][1] <= clause.start:
            self._quote += 1
        return self._quote < len(quotes) and quotes[self._quote][0] <= clause.start and clause.end <= quotes[self._quote][1] + 2

    def _adapt(self, reading: Reading, scope: Scope) -> None:
        """An order by a body that is itself ordered is what that body must do: `a) Yêu cầu các doanh nghiệp ...`."""
        if reading.shape is not Shape.ORDER:
            return
        if reading.performer and not self.reader.is_issuer(reading.performer):
            key = self.flow.key[reading.performer[0] : reading.performer[1]]
            held = {self.flow.key[a:b] for a, b in scope.bearers} | self.addressees
            if key in held:
                reading.shape, reading.bearers, reading.force = Shape.SUBJECT, [reading.performer], None
        elif not reading.performer and scope.heading and reading.force is Force.ORDER and reading.modality is Modality.OBLIGATION:
            reading.shape, reading.bearers, reading.force = Shape.VERB, [], None

    def _lead(
        self, paragraph: Paragraph, clause: Clause, reading: Reading, scope: Scope, bearers: list[Range], index: int, count: int
    ) -> bool:
        """Take `clause`, which ends in a colon, as what governs the items after it. True where it is no entry itself."""
        inline = index + 1 < count
        bare = is_bare(self.reader, reading, clause.end)
        mode = lead_mode(self.context, self.flow.key, clause, reading, scope, reply=self.reply)
        placed = self._heads(paragraph) or bool(paragraph.bullet)
        stated = reading.shape is Shape.SUBJECT and not reading.duty and (not (bare or placed) or self.reader.is_issuer(reading.bearers[0]))
        if reading.shape in (Shape.ORDER, Shape.SUBJECT) and reading.bearers and not stated:
            helpers = tuple(roles.coordinators(self.reader, clause.start, clause.end)) if bare else ()
            below = Scope(Mode.NAMED, tuple(reading.bearers), helpers, scope.force if self._invites(reading) else reading.force or scope.force, heading=bare and reading.shape is Shape.SUBJECT)
        elif reading.shape is Shape.ORDER:
            below = replace(scope, mode=max(mode, Mode.TASKS), bearers=tuple(bearers), force=reading.force)
        elif placed and (announced := self._announced(clause)):
            below = Scope(max(mode, Mode.TASKS), tuple(announced), force=scope.force, heading=True)
        elif mode is Mode.CLOSED or stated:
            below = Scope(mode)
        else:
            below = replace(scope, mode=mode, bearers=tuple(bearers))
        if not inline:
            self._govern(paragraph, below)
        if reading.shape is Shape.ORDER:
            return bare or not reading.bearers
        if reading.shape is Shape.SUBJECT:
            reading.bearers = [] if stated else reading.bearers
            return bare or stated
        if reading.shape is Shape.VERB:
            return False
        return True

    def _announced(self, clause: Clause) -> list[Range]:
        """The bodies before the first colon of a lead that says what they are: `Các sở, ngành: Là các đơn vị ...:`."""
        group = self.mentions.group(clause.start, clause.end)
        return list(group.members) if group and self.flow.text.startswith(":", group.end) else []

    def _invites(self, reading: Reading) -> bool:
        """Whether the lead only invites: what follows is no request for that."""
        return bool(reading.trigger) and "mời" in self.flow.key[slice(*reading.trigger)] if reading.trigger else False

    def _accepted(
        self, reading: Reading, clause: Clause, scope: Scope, paragraph: Paragraph, last: _Entry | None, bearers: list[Range]
    ) -> bool:
        """Whether `reading` is an obligation where it stands."""
        shape, mode = reading.shape, scope.mode
        preamble = paragraph.zone is SectionLabel.PREAMBLE
        if shape is Shape.NONE:
            return False
        if shape is Shape.ORDER:
            return bool(reading.bearers) or (not preamble and mode > Mode.CLOSED)
        if preamble:
            return last is not None and shape is Shape.VERB and not clause.first
        if shape is Shape.SUBJECT:
            if all(self.reader.is_issuer(b) for b in reading.bearers) and not (reading.duty and mode >= Mode.TASKS):
                return False
            if mode >= Mode.TASKS:
                return True
            if mode is Mode.EXPLICIT:
                return reading.duty or last is not None or (reading.trigger is not None and self.context.document_type in LEGAL)
            return reading.duty
        if shape is Shape.VERB:
            if reading.act and not bearers and self.context.document_type in LEGAL:
                return False
            return mode >= Mode.TASKS or (last is not None and (mode is Mode.EXPLICIT or not clause.first))
        if shape is Shape.NORM:
            if not bearers:
                return False
            if reading.duty:
                return mode >= Mode.TASKS or last is not None
            return last is not None and bool(self.deadlines.within(clause.start, clause.end))
        if clause.mark and last is not None:
            return True
        return False

    def _enter(
        self,
        paragraph: Paragraph,
        clause: Clause,
        reading: Reading,
        scope: Scope,
        bearers: list[Range],
        force: Force | None,
        times: list[DeadlineCandidate],
    ) -> _Entry:
        inside = self.deadlines.within(clause.start, clause.end)
        helpers = reading.coordinators or roles.coordinators(self.reader, clause.start, clause.end)
        gap = reading.predicate
        while gap < clause.end and self.flow.text[gap] in " ,:":
            gap += 1
        duty = ObligationCandidate(
            clause.start,
            clause.end,
            reading.modality,
            force or Force.ORDER,
            (gap if gap < clause.end else clause.start, clause.end),
            f"obligation.{reading.shape.name.lower()}",
            trigger=reading.trigger,
            bearers=list(bearers),
            coordinators=list(helpers or (scope.coordinators if not reading.bearers else ())),
            report_to=[r for r in roles.report_to(self.reader, reading.predicate, clause.end) if r not in bearers],
            condition=reading.condition,
            deadlines=inside + [d for d in times if d not in inside],
            references=self.references.within(clause.start, clause.end),
            directive=paragraph.item.path if paragraph.item else None,
        )
        entry = _Entry(duty, paragraph)
        if inside and len(inside) == 1 and FINISH.match(self.flow.key, clause.start, clause.end) and inside[0].end >= clause.end - 2:
            for earlier in self._before_in_task(paragraph)[-1:]:
                if not earlier.duty.deadlines:
                    earlier.duty.deadlines = list(inside)
        self.entries.append(entry)
        return entry

    # -- times that govern -----------------------------------------------------------------------
    def _before_in_task(self, paragraph: Paragraph) -> list[_Entry]:
        """The entries of this paragraph so far, else those of the last paragraph of the same item."""
        if not self.entries:
            return []
        newest = self.entries[-1].paragraph
        if newest is not paragraph and (newest.item is not paragraph.item or paragraph.item is None):
            return []
        out = []
        for entry in reversed(self.entries):
            if entry.paragraph is not newest:
                break
            out.append(entry)
        return out[::-1]

    def _time_clause(self, paragraph: Paragraph, clause: Clause) -> bool:
        """Take `Thời gian hoàn thành trước ngày ...` as the time of the clauses before it."""
        found = self.deadlines.within(clause.start, clause.end)
        for entry in self._before_in_task(paragraph):
            entry.duty.deadlines.extend(d for d in found if d not in entry.duty.deadlines)
        return True

    def _time_field(self, paragraph: Paragraph, low: int, high: int) -> bool:
        """Take a numbered field `2. Thời gian thực hiện: ...` as the time of the tasks of its section."""
        if not TIME_FIELD.match(self.flow.key, low, high) or not self._heads(paragraph) or not paragraph.item:
            return False
        found = self.deadlines.within(low, high)
        if found and paragraph.item.parent is not None:
            self.section_times.setdefault(id(paragraph.item.parent), []).extend(found)
        return True

    # -- the end ---------------------------------------------------------------------------------
    def _settled(self) -> list[_Entry]:
        """The entries without titles whose tasks are entries themselves, with the times of their sections."""
        filled = {id(item) for e in self.entries if not e.title for item in _chain(e.paragraph.item)}
        out = []
        for entry in self.entries:
            item = entry.paragraph.item
            if entry.title and item is not None and id(item) in filled:
                continue
            if not entry.duty.deadlines:
                for above in _chain(item):
                    if id(above) in self.section_times:
                        entry.duty.deadlines = list(self.section_times[id(above)])
                        break
            out.append(entry)
        return out


def _chain(item: Item | None) -> list[Item]:
    """`item` and those it stands in."""
    out = []
    while item is not None:
        out.append(item)
        item = item.parent
    return out


def key_starts(key: str, where: Range, word: str) -> bool:
    return key.startswith(word, where[0]) and where[1] - where[0] < len(word) + 4


def outline_key(words: str) -> str:
    from vnadmin_nlp.text import key_of

    return " ".join(key_of(words).split())
