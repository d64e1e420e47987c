"""The walk through the paragraphs: each is read under what governs it, and governs what follows."""

from __future__ import annotations

from vnadmin_nlp.extract.clauses import Clause, split_clauses, trim
from vnadmin_nlp.extract.cues import Cue, TitleKind, find_cues, title_kind
from vnadmin_nlp.extract.model import (
    ActorCandidate,
    Context,
    DeadlineCandidate,
    ObligationCandidate,
    ReferenceCandidate,
)
from vnadmin_nlp.outline import Item, Outline, Paragraph
from vnadmin_nlp.resolve.obligations.accept import accepted
from vnadmin_nlp.resolve.obligations.entries import Entries, Entry
from vnadmin_nlp.resolve.obligations.forms import PERFORM
from vnadmin_nlp.resolve.obligations.fields import FieldKind, read_field
from vnadmin_nlp.resolve.obligations.issuer import issuer_keys
from vnadmin_nlp.resolve.obligations.joining import joined
from vnadmin_nlp.resolve.obligations.leads import CONTENTS, Lead, read_lead
from vnadmin_nlp.resolve.obligations.mentions import Mentions
from vnadmin_nlp.resolve.obligations.reader import Reader
from vnadmin_nlp.resolve.obligations.reading import Reading, Shape
from vnadmin_nlp.resolve.obligations.scope import LEGAL, PLANNING, Mode, Scope, base_mode, is_reply, naming, titled
from vnadmin_nlp.resolve.obligations.times import TIME_FIELD
from vnadmin_nlp.schema import Force, Modality, SectionLabel
from vnadmin_nlp.text import Range, key_of


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
        self.reader = Reader(self.flow, self.mentions, self._cues(), issuer_keys(context.issuer))
        self.entries = Entries(self.reader, references, deadlines)
        self.addressees = frozenset(" ".join(key_of(a).split()) for a in context.addressees)
        self.reply = is_reply(outline)
        self.document = Scope(base_mode(context))
        self.items: dict[int, Scope] = {}
        self.local: tuple[int, str, Scope] | None = None  # the lead (item, bullet) that governs the bullets after it
        self.listing: tuple[Entry, Paragraph] | None = None  # an entry that ends in a colon: noun phrases may follow
        self.carry: int | None = None  # where a list of names began that goes on in the next paragraph
        self._quote = 0

    def run(self) -> list[ObligationCandidate]:
        paragraphs = self.outline.paragraphs
        for index, paragraph in enumerate(paragraphs):
            if not paragraph.quoted:
                self._paragraph(paragraph, paragraphs[index + 1] if index + 1 < len(paragraphs) else None)
        return self.entries.settled()

    def _cues(self) -> list[Cue]:
        """The deontic words of the flow, without those inside names (`Cần Thơ`)."""
        text = self.flow.text
        return [
            cue for cue in find_cues(self.flow.key)
            if not text[cue.start].isupper() or not cue.start or text[max(0, cue.start - 8) : cue.start].rstrip(" ")[-1:] in "\n.;:-+()“\"/]"
        ]  # fmt: skip

    # -- what governs a paragraph ----------------------------------------------------------------
    def _scope(self, paragraph: Paragraph) -> Scope:
        item = paragraph.item
        if self.local and paragraph.bullet:
            where, mark, scope = self.local
            if where == id(item) and mark != paragraph.bullet:
                return scope
        return self._of(item.parent if item and _heads(paragraph) else item)

    def _of(self, item: Item | None) -> Scope:
        while item is not None:
            scope = self.items.get(id(item))
            if scope:
                return scope
            item = item.parent
        return self.document

    def _govern(self, paragraph: Paragraph, scope: Scope) -> None:
        """`scope` holds for what stands under `paragraph`."""
        if paragraph.item is not None and not paragraph.bullet:
            self.items[id(paragraph.item)] = scope
            self.local = None
        elif paragraph.bullet:
            self.local = (id(paragraph.item), paragraph.bullet, scope)
        else:
            self.document = scope

    # -- one paragraph ---------------------------------------------------------------------------
    def _paragraph(self, paragraph: Paragraph, following: Paragraph | None) -> None:
        text, key = self.flow.text, self.flow.key
        heads = _heads(paragraph)
        start = paragraph.body if paragraph.start <= paragraph.body < paragraph.end else paragraph.start
        end = paragraph.end
        scope = self._scope(paragraph)
        if not paragraph.bullet and not heads:
            self.local = None
        if self.carry is not None:
            start, self.carry = (self.carry if not paragraph.bullet and not heads else start), None
        low, high = trim(text, start, end)
        if low >= high:
            return
        opens = text[end - 1] == ":"
        closed = text[end - 1] in ".;" and not text.startswith("..", end - 2)
        below = following is not None and _under(paragraph, following, opens=opens)
        if heads and paragraph.item and TIME_FIELD.match(key, low, high):
            if paragraph.item.parent is not None:
                self.entries.time_of_section(paragraph.item.parent, low, high)
            return
        if opens or (not closed and (below or heads or paragraph.bullet)):
            named = naming(self.reader, low, high)
            if named:
                mode = Mode.NAMED if scope.mode > Mode.CLOSED else Mode.CLOSED
                names, helpers = tuple(named.group.members), tuple(named.coordinators)
                self._govern(paragraph, Scope(mode, names, helpers, named.force or scope.force, heading=True))
                return
        if not opens and self._silent(paragraph, scope, low, high):
            return
        title = heads and not closed and not opens and below and high - low < 500
        if title or (heads and below and high - low < 120):
            self.entries.title(paragraph, (low, high))
            self._govern(paragraph, titled(scope, self._title_kind(scope, low, high)))
            scope = self._of(paragraph.item)
        if text[low:high].isupper() or (title and high - low < 45 and title_kind(key[low:high])):
            return
        self._clauses(paragraph, scope, start, end, title=title, below=below)

    def _silent(self, paragraph: Paragraph, scope: Scope, low: int, high: int) -> bool:
        """Whether nothing in `low:high` can be an order or govern one, so that it need not be read."""
        bare = scope.mode >= Mode.TASKS or self.context.document_type in LEGAL or _heads(paragraph) or self.listing
        return (paragraph.zone is SectionLabel.PREAMBLE or not bare) and not self.reader.says_duty(low, high)

    def _title_kind(self, scope: Scope, low: int, high: int) -> TitleKind | None:
        """What the section titled `low:high` holds; `Yêu cầu` are aims and `Nội dung` tasks in plans only."""
        key, plans = self.flow.key[low:high], self.context.document_type in PLANNING
        kind = title_kind(key)
        if kind is TitleKind.AIMS and "yêu cầu" in key and "mục" not in key and not plans:
            return None if scope.mode is Mode.CLOSED else TitleKind.TASKS
        if kind is TitleKind.TASKS and key.startswith("nội dung") and not plans:
            return None
        return kind

    # -- its clauses -----------------------------------------------------------------------------
    def _clauses(
        self, paragraph: Paragraph, scope: Scope, start: int, end: int, *, title: bool, below: bool
    ) -> None:
        clauses, rest = joined(self.reader, split_clauses(self.flow.text, self.flow.key, start, end))
        if rest is not None:
            if self.flow.text[end - 1] in ";,":
                self.carry = rest
            else:
                clauses.append(Clause(rest, end))
        bearers, force = list(scope.bearers), scope.force
        last: Entry | None = None
        dead = led = False  # dead: the sentence began with what is no order; led: a lead of this paragraph governs
        times: list[DeadlineCandidate] = []
        own: Reading | None = None
        doers: list[Range] = []  # who does the task of this item, by a field of it
        for index, clause in enumerate(clauses):
            if self._quoted(clause):
                continue
            if clause.first:
                times, dead = [], False
            if last and last.lead and clause.mark:
                self.entries.extend(last, clause.end)  # lead and first member are one entry
                last.lead = False
                continue
            field = read_field(self.flow.key, clause.start, clause.end)
            if field and self._field(paragraph, clause, *field, doers):
                continue
            if TIME_FIELD.match(self.flow.key, clause.start, clause.end):
                self.entries.time(paragraph, clause.start, clause.end, field=False)
                continue
            reading = self.reader.read(clause)
            self._adapt(reading, scope, chained=last is not None and not clause.first)
            if clause.stop == ":":
                lead = read_lead(self.reader, self.context, clause, reading, scope, bearers, force, reply=self.reply,
                                 placed=_heads(paragraph) or bool(paragraph.bullet), after=last is not None)  # fmt: skip
                led = True
                if index + 1 == len(clauses):
                    self._govern(paragraph, lead.scope)
                if lead.only:
                    bearers, force = self._from_lead(lead, bearers, force)
                    continue
            if dead and reading.shape in (Shape.VERB, Shape.NORM):
                continue
            if index == 0 and self._listed(paragraph, clause, reading):
                continue
            if last and not clause.first and self.entries.only_finishes(clause) and clause.end - clause.start < 60:
                self.entries.extend(last, clause.end)
                continue
            if not accepted(
                self.reader, self.context, reading, clause, scope, paragraph, bearers, chained=last is not None,
                dated=bool(self.entries.deadlines.within(clause.start, clause.end)),
            ):  # fmt: skip
                if last and not clause.first and not dead:
                    self.entries.extend(last, clause.end)  # `;` only separated members of a list
                dead = dead or clause.first
                self._aside(paragraph, clause, scope)
                continue
            if reading.bearers:
                bearers, own = list(reading.bearers), own or reading
                force = reading.force or (scope.force if reading.shape is not Shape.ORDER else None)
            force = reading.force or force
            if reading.must:
                force = Force.ORDER
            last = self.entries.enter(paragraph, clause, reading, scope, bearers, force, times)
            last.title, last.lead = title, clause.stop == ":"
            if clause.first:
                times = [d for d in last.duty.deadlines if d.end <= reading.main]
            if doers:
                doers.extend(b for b in reading.bearers if b not in doers)
        self._after(paragraph, scope, last, own, doers, led=led, title=title, below=below, end=end)

    def _after(
        self, paragraph: Paragraph, scope: Scope, last: Entry | None, own: Reading | None, doers: list[Range],
        *, led: bool, title: bool, below: bool, end: int,
    ) -> None:  # fmt: skip
        """What a paragraph leaves behind: the doers of its item, a list it opens, bearers for what stands under it."""
        if doers:
            for entry in self.entries.of_item(paragraph):
                if not entry.own:
                    entry.duty.bearers = list(doers)
        if last and last.lead and below and CONTENTS.search(self.flow.key, max(paragraph.start, end - 60), end):
            self.listing = (last, paragraph)
        if own and below and not led and not title and _heads(paragraph):
            held = self.items.get(id(paragraph.item))
            if not (held and held.heading):
                mode = max(Mode.TASKS, scope.mode)
                self._govern(paragraph, Scope(mode, tuple(own.bearers), (), own.force or scope.force))

    @staticmethod
    def _from_lead(lead: Lead, bearers: list[Range], force: Force | None) -> tuple[list[Range], Force | None]:
        """Bearers and force of the clauses that follow a lead in its own paragraph."""
        return list(lead.scope.bearers) or bearers, lead.scope.force or force

    def _field(self, paragraph: Paragraph, clause: Clause, kind: FieldKind, value: int, doers: list[Range]) -> bool:
        """Take a field of a task. False where its value is a clause to be read."""
        if kind is FieldKind.TIME:
            self.entries.time(paragraph, clause.start, clause.end, field=True)
            return True
        if kind is FieldKind.OTHER:
            return True
        group = self.mentions.group(value, clause.end)
        if kind is FieldKind.HELP:
            for entry in self.entries.task(paragraph) if group else ():
                entry.duty.coordinators = list(group.members) if group else []
            return True
        if kind is FieldKind.LEAD and group:
            verb = self.reader.verb(group.end + 1, clause.end)
            doers.extend(group.members if verb else self.reader.listed(value, clause.end))
            if not verb:
                for entry in self.entries.task(paragraph):
                    if not entry.own:
                        entry.duty.bearers = list(doers)
                return True
        clause.start = value
        return False

    def _listed(self, paragraph: Paragraph, clause: Clause, reading: Reading) -> bool:
        """Take a noun phrase under an entry that ends in a colon: the first belongs to that entry, each further is one."""
        if not self.listing:
            return False
        lead, above = self.listing
        if not _under(above, paragraph, opens=True) or reading.shape not in (Shape.NOUN, Shape.UNKNOWN, Shape.NORM):
            self.listing = None
            return False
        if lead.lead:
            self.entries.extend(lead, clause.end)
            lead.lead = False
        else:
            self.entries.member(lead, paragraph, clause)
        return True

    def _quoted(self, clause: Clause) -> bool:
        quotes = self.outline.quotes
        while self._quote < len(quotes) and quotes[self._quote][1] <= clause.start:
            self._quote += 1
        if self._quote >= len(quotes):
            return False
        low, high = quotes[self._quote]
        return low <= clause.start and clause.end <= high + 2

    def _adapt(self, reading: Reading, scope: Scope, *, chained: bool) -> None:
        """An order by a body that is itself ordered is what that body must do: `a) Yêu cầu các doanh nghiệp ...`."""
        if reading.shape is not Shape.ORDER:
            return
        if reading.performer and not self.reader.is_issuer(reading.performer):
            key = self.flow.key[slice(*reading.performer)]
            if key in {self.flow.key[a:b] for a, b in scope.bearers} | self.addressees:
                reading.shape, reading.bearers, reading.force = Shape.SUBJECT, [reading.performer], None
        elif reading.performer:
            return
        elif chained and self.flow.key[slice(*reading.trigger or (0, 0))] in _SOFT:
            reading.shape, reading.bearers, reading.force = Shape.VERB, [], None
        elif scope.heading:
            if reading.force is Force.ORDER and reading.modality is Modality.OBLIGATION:
                reading.shape, reading.bearers, reading.force = Shape.VERB, [], None

    def _aside(self, paragraph: Paragraph, clause: Clause, scope: Scope) -> None:
        """An order in brackets within a phrase that is none: `Phòng chuyên môn (giao Ban Dân tộc thông báo)`."""
        for cue in self.reader.cues_in(clause.start, clause.end):
            if cue.kind in PERFORM and self.flow.text[cue.start - 1 : cue.start] == "(":
                close = self.flow.text.find(")", cue.end, clause.end)
                part = Clause(cue.start, close if close >= 0 else clause.end)
                reading = self.reader.read(part)
                if reading.shape is Shape.ORDER and reading.bearers:
                    self.entries.enter(paragraph, part, reading, scope, reading.bearers, reading.force, [])


# words that ask others, and that a body may be told to do
_SOFT = frozenset(map(key_of, ("kêu gọi", "khuyến cáo", "mời", "kiến nghị", "lưu ý")))


def _heads(paragraph: Paragraph) -> bool:
    """Whether the paragraph is the first of its item."""
    return paragraph.item is not None and paragraph.start <= paragraph.item.start < paragraph.end


def _under(paragraph: Paragraph, following: Paragraph, *, opens: bool) -> bool:
    """Whether `following` stands under `paragraph`; `opens` says that the latter ends in a colon."""
    item, other = paragraph.item, following.item
    if paragraph.bullet:
        return bool(following.bullet) and following.bullet != paragraph.bullet and other is item
    if item is None:
        return opens or other is not None or bool(following.bullet)
    while other is not None:
        if other is item:
            return True
        other = other.parent
    return False
