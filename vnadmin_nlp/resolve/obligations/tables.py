"""Tables of tasks, row by row: the task of its own cell, who does it, who helps and by when of the cells beside it."""

from __future__ import annotations

from dataclasses import dataclass, field

from vnadmin_nlp.extract.clauses import split_clauses, trim
from vnadmin_nlp.extract.model import DeadlineCandidate
from vnadmin_nlp.outline import Column, Paragraph, TaskRow
from vnadmin_nlp.outline.task_cells import names_body
from vnadmin_nlp.resolve.obligations.entries import Entry
from vnadmin_nlp.resolve.obligations.fields import FieldKind, read_field
from vnadmin_nlp.resolve.obligations.headings import field_names, naming
from vnadmin_nlp.resolve.obligations.joining import joined
from vnadmin_nlp.resolve.obligations.paragraph import Clauses, Document, is_generic
from vnadmin_nlp.resolve.obligations.scope import Mode, Scope
from vnadmin_nlp.text import Range, keyed

_RULE = "obligation.table"
_TAKEN_OVER = 0.7  # score at most, where who acts stands in the row above
_LONGEST_NAME = 90  # characters
_CLOSING = 3  # characters at most after the last name of a list
_BETWEEN = keyed(r"[\s,;+•/-]{0,6}(?:(?:và|cùng) )?")
_PART = keyed(r"(?:[^,; ]| (?!và (?:$|phòng|các|ban|chi cục|trung tâm|thanh tra|văn phòng|sở)(?![^\W_])))+")
_PHRASE = 0.75  # score where the cell of the task holds no clause
_UNREAD = 0.5  # the same where the columns of the row are not known, so that nobody is said to act


@dataclass(slots=True)
class _Said:
    """What the cells beside a task say."""

    leads: list[Range] = field(default_factory=list)
    helpers: list[Range] = field(default_factory=list)
    times: list[DeadlineCandidate] = field(default_factory=list)


class TaskTables:
    """Reads the rows of tables of tasks, in order; what a row says may hold for the rows below it."""

    def __init__(self, document: Document) -> None:
        self.document, self.reader, self.entries = document, document.reader, document.entries
        self.above = _Said()

    def read(self, row: TaskRow, scope: Scope) -> None:
        """Enter the tasks of `row`, which stands where `scope` governs."""
        if row.head or row.title:
            self.above = _Said()  # no cell goes on below a title
            return
        if not row.safe:
            self.above = _Said()
            for entry in self._tasks(row.cells.get(Column.OTHER, []), Scope(Mode.TASKS, force=scope.force)):
                entry.duty.score = min(entry.duty.score, _UNREAD)
            return
        said, taken = self._said(row)
        cells = row.cells.get(Column.TASK, [])
        found = self._tasks(cells, Scope(Mode.NAMED, tuple(said.leads), force=scope.force))
        for entry in found or self._whole(cells):
            duty = entry.duty
            if not entry.own or (said.leads and is_generic(self.reader.key, duty.bearers)):
                duty.bearers = list(said.leads)
                duty.score = min(duty.score, _TAKEN_OVER) if taken else duty.score
            helpers = dict.fromkeys([*duty.coordinators, *said.helpers])
            duty.coordinators = [helper for helper in helpers if helper not in duty.bearers]
            duty.deadlines = [*{id(d): d for d in [*duty.deadlines, *said.times]}.values()]
            duty.rule = duty.rule if duty.rule.startswith("model.") else _RULE
        self.above = said

    # -- the task ----------------------------------------------------------------------------------
    def _tasks(self, cells: list[Paragraph], scope: Scope) -> list[Entry]:
        """The obligations that the clauses of `cells` are."""
        before = len(self.entries.all)
        flow = self.reader.flow
        for cell in cells:
            clauses, rest = joined(self.reader, split_clauses(flow.text, flow.key, cell.body, cell.end))
            state = Clauses(self.document, cell, scope, placed=True, title=False)
            state.run([*clauses, rest] if rest else clauses)
        return self.entries.all[before:]

    def _whole(self, cells: list[Paragraph]) -> list[Entry]:
        """A cell of noun phrases: each paragraph of it is a task (`Hội nghị sơ kết`)."""
        text = self.reader.flow.text
        ranges = [(cell, trim(text, cell.body, cell.end)) for cell in cells]
        out = [self.entries.phrase(cell, *where) for cell, where in ranges if where[0] < where[1]]
        for entry in out:
            entry.duty.score = _PHRASE
        return out

    # -- the cells beside it -----------------------------------------------------------------------
    def _said(self, row: TaskRow) -> tuple[_Said, bool]:
        """What the cells beside the task say, and whether who acts is taken from the row above.

        An empty cell of who acts goes on from above. Empty cells of who helps and of times do so only beside it: alone
        they may just as well say that nobody helps.
        """
        above, said = self.above, _Said()
        goes_on = Column.LEAD not in row.cells and Column.LEAD not in row.none
        for cell in row.cells.get(Column.LEAD, []):
            self._who(cell, said, helps=False)
        for cell in row.cells.get(Column.HELP, []):
            self._who(cell, said, helps=True)
        for cell in row.cells.get(Column.TIME, []):
            said.times += self.entries.deadlines.within(cell.start, cell.end)
        if goes_on:
            said.leads = list(above.leads)
        merged = goes_on and Column.LEAD not in row.ditto
        if self._as_above(row, Column.HELP, merged=merged) and not said.helpers:
            said.helpers = list(above.helpers)
        if self._as_above(row, Column.TIME, merged=merged):
            said.times = list(above.times)
        return said, goes_on and bool(said.leads)

    @staticmethod
    def _as_above(row: TaskRow, column: Column, *, merged: bool) -> bool:
        empty = column not in row.cells and column not in row.none
        return column in row.ditto or (merged and empty)

    def _who(self, cell: Paragraph, said: _Said, *, helps: bool) -> None:
        """Add the bodies that a paragraph of the cell of who acts (or `helps`) names."""
        flow = self.reader.flow
        for part in split_clauses(flow.text, flow.key, cell.body, cell.end):
            labelled = read_field(flow.key, part.start, part.end)
            kind, start = labelled or (FieldKind.LEAD, part.start)
            named, group = naming(self.reader, start, part.end), self.reader.mentions.group(start, part.end)
            names = self._listed(start, part.end) or (named.bearers if named else self._names(start, part.end))
            chief = group.chief if group else []  # `Sở A (chủ trì), Sở B`
            if helps or kind is FieldKind.HELP:
                said.helpers += names
            else:
                said.leads += chief or names
                said.helpers += [name for name in names if chief and name not in chief]
            said.helpers += named.coordinators if named else []

    def _listed(self, start: int, end: int) -> list[Range]:
        """The bodies that fill `start:end`, one after the other; lines of a cell may stand without a comma between."""
        found, at = self.reader.mentions.within(start, end), start
        for low, high in found:
            if not _BETWEEN.fullmatch(self.reader.key, at, low):
                return []
            at = high
        return found if end - at < _CLOSING else []

    def _names(self, start: int, end: int) -> list[Range]:
        """The bodies that `start:end` of a cell names, known or not: `Thanh tra Sở và Phòng Nghiệp vụ`."""
        out: list[Range] = []
        for low, high in [*field_names(self.reader, start, end), (end, end)]:
            for part in _PART.finditer(self.reader.key, start, low):
                name = trim(self.reader.flow.text, *part.span())
                if names_body(self.reader.key, *name) and name[1] - name[0] < _LONGEST_NAME:
                    out.append(name)
            out += [(low, high)] if low < high else []
            start = high
        return out
