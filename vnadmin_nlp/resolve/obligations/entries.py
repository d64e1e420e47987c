"""The obligations found so far, and what later words say of them: times, fields, members of lists, titles."""

from __future__ import annotations

from dataclasses import dataclass, replace

from vnadmin_nlp.extract.clauses import Clause
from vnadmin_nlp.extract.cues import HeadKind
from vnadmin_nlp.extract.model import DeadlineCandidate, ObligationCandidate, ReferenceCandidate
from vnadmin_nlp.outline import Item, Paragraph
from vnadmin_nlp.resolve.obligations import roles
from vnadmin_nlp.resolve.obligations.judge import Verdict
from vnadmin_nlp.resolve.obligations.reader import Reader
from vnadmin_nlp.resolve.obligations.reading import Reading, Shape
from vnadmin_nlp.resolve.obligations.scope import Scope
from vnadmin_nlp.resolve.obligations.times import FINISH, Placed
from vnadmin_nlp.schema import Force, Modality
from vnadmin_nlp.text import Range

TITLE = "obligation.title"
_MOST_TIMES = 50  # deadlines of one task: more come from no fields of a task
# share of the obligations of each shape that were found right, bearers included, on 70 documents before anybody had
# looked at their errors; norms are too few to count
_SHARE = {Shape.ORDER: 0.79, Shape.SUBJECT: 0.76, Shape.VERB: 0.76, Shape.NORM: 0.6}
_BETWEEN = 30  # characters from `hoàn thành` to the deadline where no more is said than by when


@dataclass(slots=True)
class Entry:
    """An obligation in the making.

    `own`: its clause names who acts. `title`: it is the title of an item. `lead`: it ends in a colon. `grown`: it was
    given further words.
    """

    duty: ObligationCandidate
    paragraph: Paragraph
    own: bool = False
    title: bool = False
    lead: bool = False
    grown: bool = False


class Entries:
    """The obligations in text order."""

    def __init__(
        self, reader: Reader, references: list[ReferenceCandidate], deadlines: list[DeadlineCandidate]
    ) -> None:
        self.reader, self.flow = reader, reader.flow
        self.references, self.deadlines = Placed(references), Placed(deadlines)
        self.all: list[Entry] = []
        self._of_section: dict[int, list[DeadlineCandidate]] = {}
        self._titles: dict[int, tuple[Paragraph, Range]] = {}

    def enter(
        self,
        paragraph: Paragraph,
        clause: Clause,
        reading: Reading,
        scope: Scope,
        bearers: list[Range],
        force: Force | None,
        times: list[DeadlineCandidate],
        verdict: Verdict,
    ) -> Entry:
        """Add the clause as an obligation. `times` stand at the head of its sentence."""
        inside = self.deadlines.within(clause.start, clause.end)
        helpers = reading.coordinators or roles.coordinators(self.reader, clause.start, clause.end)
        action = reading.predicate
        if action >= clause.end:  # nothing follows the word of duty: `X, Y chịu trách nhiệm thi hành Quyết định này`
            action = max(
                (end for start, end in bearers if clause.start <= start and end < clause.end), default=clause.start
            )
        while action < clause.end and self.flow.text[action] in " ,:":
            action += 1
        mine = set(bearers)
        duty = ObligationCandidate(
            clause.start,
            clause.end,
            reading.modality,
            force or Force.ORDER,
            (action if action < clause.end else clause.start, clause.end),
            verdict.rule or f"obligation.{reading.shape.name.lower()}",
            _SHARE.get(reading.shape, 1.0) if verdict.score is None else verdict.score,
            trigger=reading.trigger,
            bearers=list(bearers),
            coordinators=list(helpers or (scope.coordinators if not reading.bearers else ())),
            report_to=[r for r in roles.report_to(self.reader, reading.predicate, clause.end) if r not in mine],
            condition=reading.condition,
            deadlines=_once(inside + times),
            references=self.references.within(clause.start, clause.end),
            directive=paragraph.item.path if paragraph.item else None,
        )
        if len(inside) == 1 and self.only_finishes(clause):
            for earlier in self._latest(paragraph)[-1:]:
                earlier.duty.deadlines = earlier.duty.deadlines or list(inside)
        entry = Entry(duty, paragraph, own=bool(reading.bearers))
        self.all.append(entry)
        return entry

    def only_finishes(self, clause: Clause) -> bool:
        """Whether the clause says no more than by when: `Bảo đảm hoàn thành trong quý I`."""
        finish = FINISH.match(self.flow.key, clause.start, clause.end)
        inside = self.deadlines.within(clause.start, clause.end) if finish else []
        if not finish or not inside:
            return False
        last = inside[-1]
        told = self.flow.key.find("báo cáo ", finish.end(), max(last.start, finish.end())) >= 0  # that is a task too
        return last.end >= clause.end - 2 and last.start < finish.end() + _BETWEEN and not told

    def member(self, lead: Entry, paragraph: Paragraph, clause: Clause) -> Entry:
        """Add a noun phrase that `lead` orders too."""
        duty = replace(
            lead.duty, start=clause.start, end=clause.end, action=(clause.start, clause.end),
            trigger=None, condition=None, deadlines=list(lead.duty.deadlines),
            references=self.references.within(clause.start, clause.end),
            directive=paragraph.item.path if paragraph.item else None,
        )  # fmt: skip
        entry = Entry(duty, paragraph, own=lead.own)
        self.all.append(entry)
        return entry

    @staticmethod
    def extend(entry: Entry, end: int) -> None:
        """Let `entry` reach to `end`."""
        entry.duty.end = max(entry.duty.end, end)
        entry.grown = True

    # -- what governs from outside the clause ----------------------------------------------------
    def _latest(self, paragraph: Paragraph) -> list[Entry]:
        """The entries of this paragraph so far, else those of the last paragraph of the same item that has any."""
        if not self.all:
            return []
        newest = self.all[-1].paragraph
        if newest is not paragraph and (paragraph.item is None or newest.item is not paragraph.item):
            return []
        return [e for e in self.all[-40:] if e.paragraph is newest]

    def of_item(self, paragraph: Paragraph) -> list[Entry]:
        """The entries of the item that `paragraph` stands in."""
        return [e for e in self.all[-60:] if paragraph.item is not None and e.paragraph.item is paragraph.item]

    def task(self, paragraph: Paragraph) -> list[Entry]:
        """The entries that a field in `paragraph` speaks of: its own, else those of its item, else its title."""
        here = [e for e in self.all[-40:] if e.paragraph is paragraph]
        item = paragraph.item
        if here or item is None:
            return here or self.all[-1:]
        same = [e for e in self.all[-60:] if e.paragraph.item is item and not e.title]
        if not same and id(item) not in self._titles and item.parent:  # the field is an item itself
            item = item.parent
            near = [(e, e.paragraph.item) for e in self.all[-60:]]
            titles = [e for e, at in near if at is item]
            below = [e for e, at in near if at and at.parent is item]
            same = [e for e in titles if not (e.title or e.lead)] or below or titles
        if not same and id(item) in self._titles:
            above, (start, end) = self._titles[id(item)]
            return [self.phrase(above, start, end)]
        return same

    def phrase(self, paragraph: Paragraph, start: int, end: int) -> Entry:
        """Add `start:end` of `paragraph`, the only wording of a task, which need not be a clause."""
        self.all.append(Entry(ObligationCandidate(
            start, end, rule=TITLE, action=(start, end), directive=paragraph.item.path if paragraph.item else None,
            modality=Modality.OBLIGATION, force=Force.ORDER, references=self.references.within(start, end),
            deadlines=self.deadlines.within(start, end),
        ), paragraph))  # fmt: skip
        return self.all[-1]

    def time(self, paragraph: Paragraph, start: int, end: int, *, field: bool) -> None:
        """Give the deadlines in `start:end` to the tasks before it: all of the item for a field, else the latest."""
        found = self.deadlines.within(start, end)
        if found:
            for entry in self.task(paragraph) if field else self._latest(paragraph):
                if len(entry.duty.deadlines) < _MOST_TIMES:
                    entry.duty.deadlines = _once(entry.duty.deadlines + found)

    def time_of_section(self, item: Item, start: int, end: int) -> None:
        """Give the deadlines in `start:end` to what stands in `item` without a time of its own."""
        self._of_section.setdefault(id(item), []).extend(self.deadlines.within(start, end))

    def title(self, paragraph: Paragraph, where: Range) -> None:
        """Remember the title of an item: where its fields are all that follows, the title is the task."""
        if paragraph.item and not self.flow.key.startswith("về ", where[0]):
            self._titles[id(paragraph.item)] = (paragraph, where)

    def settled(self) -> list[ObligationCandidate]:
        """The obligations, without titles whose tasks are there themselves, with the times of their sections."""
        filled = {id(item) for e in self.all if not e.title for item in chain(e.paragraph.item)}
        self._head_nouns()
        out = []
        for entry in self.all:
            item = entry.paragraph.item
            if entry.title and item is not None and id(item) in filled:
                continue
            if entry.grown:
                self._reread(entry.duty)
            if not entry.duty.deadlines:
                for above in chain(item):
                    if id(above) in self._of_section:
                        entry.duty.deadlines = list(self._of_section[id(above)])
                        break
            out.append(entry.duty)
        out.sort(key=lambda duty: duty.start)
        return out

    def _head_nouns(self) -> None:
        """A title with the verb of its items: together with the first, which is a noun phrase, it is one task."""
        heading: dict[int, Entry] = {id(e.paragraph.item): e for e in self.all if e.title}
        for entry in self.all:
            item = entry.paragraph.item
            above = heading.pop(id(item.parent), None) if item and item.parent and not entry.title else None
            if above and entry.duty.rule == TITLE and self._names_things(entry.duty.start, entry.duty.end):
                entry.duty.start, entry.duty.action = above.duty.start, (above.duty.start, entry.duty.end)
                entry.duty.references = self.references.within(*entry.duty.action)

    def _names_things(self, start: int, end: int) -> bool:
        """Whether `start:end` begins with a noun."""
        head = self.reader.head(start, end)
        return head is not None and head[0] is HeadKind.NOUN

    def _reread(self, duty: ObligationCandidate) -> None:
        """Take what stands in the words that `duty` has grown by."""
        duty.action = (duty.action[0], duty.end)
        duty.deadlines = _once(duty.deadlines + self.deadlines.within(duty.start, duty.end))
        duty.references = self.references.within(duty.start, duty.end)


def _once(deadlines: list[DeadlineCandidate]) -> list[DeadlineCandidate]:
    """The deadlines, each once."""
    return list({id(d): d for d in deadlines}.values())


def chain(item: Item | None) -> list[Item]:
    """`item` and those it stands in."""
    out = []
    while item is not None:
        out.append(item)
        item = item.parent
    return out
