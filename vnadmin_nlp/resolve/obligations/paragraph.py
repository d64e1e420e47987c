"""The clauses of one paragraph, in order: each is entered, joined to the entry before it, or governs what follows."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from vnadmin_nlp.extract.clauses import Clause
from vnadmin_nlp.extract.model import Context, DeadlineCandidate
from vnadmin_nlp.outline import Outline, Paragraph
from vnadmin_nlp.resolve.obligations.accept import accepted
from vnadmin_nlp.resolve.obligations.entries import Entries, Entry
from vnadmin_nlp.resolve.obligations.fields import FieldKind, read_field
from vnadmin_nlp.resolve.obligations.forms import PERFORM
from vnadmin_nlp.resolve.obligations.headings import field_names, labelled
from vnadmin_nlp.resolve.obligations.judge import Asked, Verdict, judge
from vnadmin_nlp.resolve.obligations.leads import read_lead
from vnadmin_nlp.resolve.obligations.mentions import MOST
from vnadmin_nlp.resolve.obligations.reader import Reader
from vnadmin_nlp.resolve.obligations.reading import Reading, Shape
from vnadmin_nlp.resolve.obligations.scope import LEGAL, PLANNING, Mode, Scope
from vnadmin_nlp.resolve.obligations.times import TIME_FIELD
from vnadmin_nlp.resolve.obligations.told import is_common
from vnadmin_nlp.schema import DocumentType, Force, Modality
from vnadmin_nlp.taggers.clauses import ClauseProposer
from vnadmin_nlp.text import Range, key_of, keyed

# words that ask others, and that a body may be told to do
_SOFT = frozenset(map(key_of, ("kêu gọi", "khuyến cáo", "khuyến khích", "mời", "kiến nghị", "lưu ý")))
_ANYBODY = keyed(r"(?:các )?(?:(?:cơ quan|đơn vị|địa phương|sở|ban|ngành|cấp|tổ chức)(?:, | và |$)?)+")
# after these words and their colon stands a list of things
_LISTED = keyed(r"(?:các|những) (?:hình thức|trường hợp|loại|điều kiện|đối tượng|lĩnh vực)(?: [^\s,.:;]{1,7}){0,5}: ")
_LIST = 300  # characters at the beginning of a clause in which its list begins
_ACTS = 60  # characters at the beginning of a prohibition that lists what is forbidden
_MOST_TIMES = 50  # deadlines at the head of one sentence
_BARE_FINISH = 60  # characters: a longer clause that ends in a deadline says more than by when


@dataclass(slots=True)
class Document:
    """What holds for every paragraph. `reply`: it answers somebody; `addressees`: their keys."""

    outline: Outline
    context: Context
    reader: Reader
    entries: Entries
    reply: bool
    addressees: frozenset[str]
    model: ClauseProposer | None = None
    quote: int = 0  # the first quotation that does not end before the clause at hand

    def quoted(self, clause: Clause) -> bool:
        """Whether the clause stands in a quoted provision."""
        quotes = self.outline.quotes
        while self.quote < len(quotes) and quotes[self.quote][1] <= clause.start:
            self.quote += 1
        if self.quote >= len(quotes):
            return False
        low, high = quotes[self.quote]
        return low <= clause.start and clause.end <= high + 2


@dataclass(slots=True)
class Clauses:
    """State of one paragraph.

    `bearers` and `force` are those of the clause before, `last` the last entry, `own` the first reading that names
    bearers, `doers` the bodies a field of the task names, `times` the deadlines at the head of the sentence. `dead`:
    the sentence began with what is no order. `governs` is what the paragraph, ending in a colon, lays on what follows.
    """

    document: Document
    paragraph: Paragraph
    scope: Scope
    placed: bool
    title: bool
    bearers: list[Range] = field(default_factory=list)
    force: Force | None = None
    last: Entry | None = None
    own: Reading | None = None
    doers: list[Range] = field(default_factory=list)
    times: list[DeadlineCandidate] = field(default_factory=list)
    dead: bool = False
    led: bool = False
    governs: Scope | None = None

    def run(self, clauses: list[Clause]) -> None:
        """Take every clause."""
        self.bearers, self.force = list(self.scope.bearers), self.scope.force
        for index, clause in enumerate(clauses):
            if clause.first:
                self.times, self.dead = [], False
            if self.document.quoted(clause) or self._joins(clause) or self._is_field(clause):
                continue
            self._label(clause)
            reading = self.document.reader.read(clause)
            self._adapt(reading, clause)
            if clause.stop == ":" and self._leads(clause, reading, last=index + 1 == len(clauses)):
                continue
            self._take(clause, reading)
        if self.doers:
            for entry in self.document.entries.of_item(self.paragraph):
                if not entry.own:
                    entry.duty.bearers = list(self.doers)

    @property
    def planning(self) -> bool:
        """Whether the document is a plan."""
        return self.document.context.document_type in PLANNING

    # -- what is no clause of its own ------------------------------------------------------------
    def _joins(self, clause: Clause) -> bool:
        """Whether the clause belongs to the entry before it: the first member of its list, or only its deadline."""
        last, entries = self.last, self.document.entries
        if not last:
            return False
        key, start = self.document.reader.key, last.duty.start
        member = last.lead and clause.mark
        finish = not clause.first and clause.end - clause.start < _BARE_FINISH and entries.only_finishes(clause)
        if not clause.first:
            acts = last.duty.modality is Modality.PROHIBITION and key.find("hành vi", start, start + _ACTS) >= 0
            stop = min(last.duty.end, start + _LIST)
            things = key.find(": ", start, stop) >= 0 and bool(_LISTED.search(key, start, stop))
            member = member or acts or (things and not self.document.reader.hurries(clause.start, clause.end))
        if member or finish:
            entries.extend(last, clause.end)
            last.lead = last.lead and not member
        return member or finish

    def _is_field(self, clause: Clause) -> bool:
        """Take a field of a task. False where its value is a clause to be read."""
        key, entries = self.document.reader.key, self.document.entries
        found = read_field(key, clause.start, clause.end)
        if not found:
            time = bool(TIME_FIELD.match(key, clause.start, clause.end))
            if time:
                entries.time(self.paragraph, clause.start, clause.end, field=False)
            return time
        kind, value = found
        match kind:
            case FieldKind.TIME:
                entries.time(self.paragraph, clause.start, clause.end, field=True)
            case FieldKind.HELP:
                self._helpers(value, clause.end)
            case FieldKind.LEAD if self._doers(value, clause.end):
                pass
            case FieldKind.LEAD | FieldKind.TASK:
                if kind is FieldKind.TASK and self.scope.mode is Mode.EXPLICIT and self.planning:
                    self.scope = replace(self.scope, mode=Mode.TASKS)
                clause.start = value
                return False
        return True

    def _helpers(self, value: int, end: int) -> None:
        """`Cơ quan phối hợp: ...`"""
        names = field_names(self.document.reader, value, end)
        for entry in self.document.entries.task(self.paragraph) if names else ():
            entry.duty.coordinators = list(names)

    def _doers(self, value: int, end: int) -> bool:
        """`Cơ quan chủ trì: ...`. False where what they do is said there too."""
        reader = self.document.reader
        group = reader.mentions.group(value, end)
        verb = bool(group) and reader.verb(group.end + 1, end) if group else False
        names = group.members if group and verb else field_names(reader, value, end)
        if not names:
            return False
        self.doers = [*self.doers, *names][:MOST]
        if not verb:
            for entry in self.document.entries.task(self.paragraph):
                if not entry.own or is_generic(reader.key, entry.duty.bearers):
                    entry.duty.bearers = list(self.doers)
        return not verb

    def _label(self, clause: Clause) -> None:
        """`Trách nhiệm của Sở A: chủ trì ...`: a label that names who acts governs the rest of the paragraph."""
        reader = self.document.reader
        named, value = labelled(reader, clause.start, clause.end) or (None, 0)
        if named:
            mode = Mode.NAMED if self.scope.mode > Mode.CLOSED else Mode.CLOSED
            self.scope = Scope(mode, tuple(named.bearers), tuple(named.coordinators), self.scope.force, heading=True)
            self.bearers, self.force = list(named.bearers), self.scope.force
            clause.start = value

    # -- a clause --------------------------------------------------------------------------------
    def _adapt(self, reading: Reading, clause: Clause) -> None:
        """An order by a body that is itself ordered is what that body must do: `a) Yêu cầu các doanh nghiệp ...`."""
        reader, scope = self.document.reader, self.scope
        letter = self.document.context.document_type is DocumentType.CONG_VAN
        if reading.case and letter and scope.mode > Mode.CLOSED and not (self.bearers or reading.bearers):
            reading.shape, reading.bearers, reading.told, reading.ruled = Shape.SUBJECT, reading.case, True, False
        if reading.shape is not Shape.ORDER:
            return
        if reading.performer:
            key = reader.key[slice(*reading.performer)]
            told = {reader.key[slice(*b)] for b in scope.bearers} | self.document.addressees
            back = bool(reading.bearers) and all(map(reader.is_issuer, reading.bearers))
            asks = back and self.document.context.document_type in LEGAL  # `Chủ tịch xã đề nghị Chủ tịch tỉnh ...`
            common = key in told or asks or is_common(reader.key, *reading.performer)
            if common and not reader.is_issuer(reading.performer):
                reading.shape, reading.bearers, reading.force = Shape.SUBJECT, [reading.performer], None
                reading.duty = reading.duty or key in self.document.addressees
            return
        word = reader.key[slice(*reading.trigger)] if reading.trigger else ""
        soft = word in _SOFT and (scope.mode is Mode.NAMED or (self.last is not None and not clause.first))
        if reading.encourages and (soft or self.bearers):
            soft, reading.modality = True, Modality.OBLIGATION
        order = reading.force is Force.ORDER and reading.modality is Modality.OBLIGATION
        # `; yêu cầu các cơ quan ...` in a list of what somebody does
        asks = scope.mode is Mode.NAMED and bool(scope.bearers) and not clause.first and self.own is None
        if soft or asks or (scope.heading and order):
            reading.shape, reading.bearers, reading.force = Shape.VERB, [], None

    def _leads(self, clause: Clause, reading: Reading, *, last: bool) -> bool:
        """Take a clause that ends in a colon as a lead. True where it is no obligation itself."""
        document = self.document
        lead = read_lead(
            document.reader, document.context, clause, reading, self.scope, self.bearers, self.force,
            reply=document.reply, placed=self.placed, after=self.last is not None,
        )  # fmt: skip
        self.led = True
        if last:
            self.governs = lead.scope
        if lead.only:
            self.bearers = list(lead.scope.bearers) or self.bearers
            self.force = lead.scope.force or self.force
        return lead.only

    def _take(self, clause: Clause, reading: Reading) -> None:
        """Enter the clause, if it is an obligation where it stands."""
        document, entries = self.document, self.document.entries
        if reading.returns and not self.bearers and entries.all and self.paragraph.item is None:
            self.bearers = list(entries.all[-1].duty.bearers)  # of those who were asked just before
        if self.dead and reading.shape in (Shape.VERB, Shape.NORM):
            return
        chained, dated = self.last is not None, bool(entries.deadlines.within(clause.start, clause.end))
        ruled = accepted(
            document.reader, document.context, reading, clause, self.scope, self.paragraph, self.bearers,
            chained=chained, dated=dated, reply=document.reply,
        )  # fmt: skip
        verdict = Verdict(ruled)
        if document.model:
            asked = Asked(
                clause, reading, self.scope, self.paragraph, bool(self.bearers), chained, dated, document.reply
            )
            verdict = judge(document.model, document.reader, document.context, asked, ruled=ruled)
        if not verdict.stands:
            if self.last and not clause.first and not self.dead:
                entries.extend(self.last, clause.end)  # `;` only separated members of a list
            self.dead = self.dead or clause.first
            self._aside(clause)
            return
        if reading.bearers:
            self.bearers = list(reading.bearers)
            if not reading.encourages:
                self.own = self.own or reading
            self.force = self.scope.force if reading.shape is not Shape.ORDER else None
        self.force = Force.ORDER if reading.must else reading.force or self.force
        entry = entries.enter(
            self.paragraph, clause, reading, self.scope, self.bearers, self.force, self.times, verdict
        )
        entry.title, entry.lead = self.title, clause.stop == ":"
        self.last = entry
        if clause.first:
            self.times = [d for d in entry.duty.deadlines if d.end <= reading.main][:_MOST_TIMES]
        if self.doers:
            self.doers = list(dict.fromkeys([*self.doers, *reading.bearers]))[:MOST]
        if reading.bearers and document.reader.key.endswith(" do ", clause.start, reading.bearers[0][0]):
            self.bearers, self.own = list(self.scope.bearers), None

    def _aside(self, clause: Clause) -> None:
        """An order in brackets within a phrase that is none: `Phòng chuyên môn (giao Ban Dân tộc thông báo)`."""
        reader = self.document.reader
        for cue in reader.cues_in(clause.start, clause.end):
            if cue.kind in PERFORM and reader.flow.text[cue.start - 1 : cue.start] == "(":
                close = reader.flow.text.find(")", cue.end, clause.end)
                part = Clause(cue.start, close if close >= 0 else clause.end)
                reading = reader.read(part)
                if reading.shape is Shape.ORDER and reading.bearers:
                    self.document.entries.enter(
                        self.paragraph, part, reading, self.scope, reading.bearers, reading.force, [], Verdict(True)
                    )


def is_generic(key: str, bearers: list[Range]) -> bool:
    """Whether `bearers` say no more than that they are bodies: `các cơ quan, đơn vị`."""
    return len(bearers) == 1 and bool(_ANYBODY.fullmatch(key, *bearers[0]))
