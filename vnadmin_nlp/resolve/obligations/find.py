"""The walk through the paragraphs: each is read under what governs it, and governs what follows."""

from __future__ import annotations

from bisect import bisect_left

from vnadmin_nlp.extract.clauses import Clause, split_clauses, trim
from vnadmin_nlp.extract.cues import Cue, TitleKind, find_cues, title_kind
from vnadmin_nlp.extract.model import (
    ActorCandidate,
    Context,
    DeadlineCandidate,
    ObligationCandidate,
    ReferenceCandidate,
)
from vnadmin_nlp.outline import Item, Outline, Paragraph, TaskRow
from vnadmin_nlp.resolve.obligations.accept import AHEAD, CASES
from vnadmin_nlp.resolve.obligations.entries import Entries, Entry
from vnadmin_nlp.resolve.obligations.fields import read_field
from vnadmin_nlp.resolve.obligations.forms import DELEGEE, RETURN
from vnadmin_nlp.resolve.obligations.headings import naming, unknown_names
from vnadmin_nlp.resolve.obligations.issuer import issuer_keys
from vnadmin_nlp.resolve.obligations.joining import joined
from vnadmin_nlp.resolve.obligations.leads import CONTENTS
from vnadmin_nlp.resolve.obligations.mentions import Mentions
from vnadmin_nlp.resolve.obligations.paragraph import Clauses, Document
from vnadmin_nlp.resolve.obligations.reader import Reader
from vnadmin_nlp.resolve.obligations.reading import Shape
from vnadmin_nlp.resolve.obligations.scope import LEGAL, PLANNING, Mode, Scope, base_mode, is_reply, under_title
from vnadmin_nlp.resolve.obligations.tables import TaskTables
from vnadmin_nlp.resolve.obligations.times import TIME_FIELD
from vnadmin_nlp.schema import DocumentType, SectionLabel
from vnadmin_nlp.taggers.clauses import ClauseProposer
from vnadmin_nlp.text import key_of

_SYLLABLE = 7  # characters: what is shorter is one syllable
_TITLE = 500  # characters: what is longer is no title
_SHORT_TITLE = 120  # the same where it ends in a full stop
_SECTION = 45  # a title that only says what its section holds (`Tổ chức thực hiện`)
_BARE_SECTION = 25


def find_obligations(
    outline: Outline,
    context: Context,
    actors: list[ActorCandidate],
    references: list[ReferenceCandidate],
    deadlines: list[DeadlineCandidate],
    model: ClauseProposer | None = None,
) -> list[ObligationCandidate]:
    """The obligations in text order.

    `actors`, `references` and `deadlines` are the findings that stand. A bearer is the range of one of `actors`, or of
    common nouns that are told to do something (`người dân`). With a `model` each clause that can be an obligation is
    put to it too, and scores are the model's.
    """
    flow, legal = outline.flow, context.document_type in LEGAL
    times = {d.start: d.end for d in deadlines}
    reader = Reader(flow, Mentions(flow, actors, norms=legal), _cues(outline), issuer_keys(context.issuer), times)
    entries = Entries(reader, references, deadlines)
    addressees = frozenset(" ".join(key_of(a).split()) for a in context.addressees)
    walk = _Walk(Document(outline, context, reader, entries, is_reply(outline), addressees, model))
    for paragraph, following in zip(outline.paragraphs, [*outline.paragraphs[1:], None], strict=False):
        if paragraph.quoted:
            continue
        if paragraph.row:
            walk.row(paragraph, paragraph.row)
        else:
            walk.paragraph(paragraph, following)
    return entries.settled()


def _cues(outline: Outline) -> list[Cue]:
    """The deontic words of the flow, without those of one syllable inside names (`Cần Thơ`)."""
    text = outline.flow.text

    def named(cue: Cue) -> bool:
        before = text[max(0, cue.start - 8) : cue.start].rstrip(" ")[-1:]
        return cue.end - cue.start < _SYLLABLE and text[cue.start].isupper() and before not in '\n.;:-+()“"/]'

    return [cue for cue in find_cues(outline.flow.key) if not named(cue)]


class _Walk:
    """State of one walk: the scope of the document, of each item, and of the last lead among bullets."""

    def __init__(self, document: Document) -> None:
        self.document, self.flow = document, document.outline.flow
        self.reader, self.entries = document.reader, document.entries
        self.whole = Scope(base_mode(document.context))
        self.items: dict[int, Scope] = {}
        self.local: tuple[int, str, Scope] | None = None  # the lead (item, bullet) that governs the bullets after it
        self.listing: tuple[Entry, Paragraph] | None = None  # an entry that ends in a colon: noun phrases may follow
        self.tables = TaskTables(document)
        self.last_row: TaskRow | None = None
        self.carry: int | None = None  # where a list of names began that goes on in the next paragraph

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
        return self.whole

    def _govern(self, paragraph: Paragraph, scope: Scope) -> None:
        """`scope` holds for what stands under `paragraph`."""
        if paragraph.bullet:
            self.local = (id(paragraph.item), paragraph.bullet, scope)
        elif paragraph.item is not None:
            self.items[id(paragraph.item)] = scope
            self.local = None
        else:
            self.whole = scope

    # -- a row of a table of tasks ---------------------------------------------------------------
    def row(self, paragraph: Paragraph, row: TaskRow) -> None:
        """Read `row` where its first paragraph stands."""
        if row is not self.last_row:
            self.local = self.listing = self.carry = None
            self.last_row = row
            self.tables.read(row, self._of(paragraph.item))

    # -- one paragraph ---------------------------------------------------------------------------
    def paragraph(self, paragraph: Paragraph, following: Paragraph | None) -> None:
        """Read `paragraph`; `following` comes after it."""
        text, key, end = self.flow.text, self.flow.key, paragraph.end
        heads, scope = _heads(paragraph), self._scope(paragraph)
        start = self._begin(paragraph)
        low, high = trim(text, start, end)
        if low >= high:
            return
        opens = text[max(low, end - 4) : end].rstrip(" \n-–").endswith(":")  # scans add a stray dash
        closed = text[end - 1] in ".;" and not text.startswith("..", end - 2)
        below = following is not None and _under(paragraph, following, opens=opens)
        if heads and paragraph.item and TIME_FIELD.match(key, low, high):
            if paragraph.item.parent is not None:
                self.entries.time_of_section(paragraph.item.parent, low, high)
            return
        if self._delegee(paragraph, low, high):
            return
        cut = self.reader.mentions.at(low)
        if cut and cut[1] > high:  # the line ends within the name: `Điều 4. Chánh Văn phòng`, `UBND tỉnh, ...`
            self.carry = start
            return
        may_name = opens or (not closed and (below or heads or bool(paragraph.bullet)))
        if (may_name and self._names(paragraph, scope, low, high)) or (
            not opens and self._silent(paragraph, scope, low, high)
        ):
            return
        fielded = below and following is not None and read_field(key, following.body, following.end) is not None
        title = heads and below and not closed and (fielded or not opens) and high - low < _TITLE
        brief = title or (heads and below and high - low < _SHORT_TITLE)
        if brief or (heads and fielded and high - low < _TITLE):
            self.entries.title(paragraph, (low, high))
        if brief:
            self._govern(paragraph, under_title(scope, key[low:high], self.document.context.document_type))
            scope = self._of(paragraph.item)
        says = title_kind(key[low:high]) if high - low < _SECTION and not opens else None
        bare = says is TitleKind.TASKS and high - low < _BARE_SECTION  # nothing stands under it: `Tổ chức thực hiện.`
        article = title and self.document.context.document_type in LEGAL and _is_article(paragraph)
        if text[low:high].isupper() or (title and says) or bare or article:
            return
        self._read(paragraph, scope, start, end, title=title, below=below)

    def _begin(self, paragraph: Paragraph) -> int:
        """Where the words of `paragraph` begin: after its label, or with the names that the one before it left open."""
        fresh = bool(paragraph.bullet) or _heads(paragraph)
        if not fresh:
            self.local = None
        carry, self.carry = self.carry, None
        if carry is not None and not fresh:
            return carry
        return paragraph.body if paragraph.start <= paragraph.body < paragraph.end else paragraph.start

    def _names(self, paragraph: Paragraph, scope: Scope, low: int, high: int) -> bool:
        """Take `low:high` as a heading that only names who acts."""
        named = naming(self.reader, low, high)
        if named:
            mode = Mode.NAMED if scope.mode > Mode.CLOSED else Mode.CLOSED
            force = named.force or scope.force
            self._govern(paragraph, Scope(mode, tuple(named.bearers), tuple(named.coordinators), force, heading=True))
            return True
        item = paragraph.item
        if item and _heads(paragraph) and scope.mode >= Mode.TASKS and self._among_names(item):
            names = unknown_names(self.reader, low, high)
            if names:
                self._govern(paragraph, Scope(Mode.NAMED, tuple(names), force=scope.force, heading=True))
            return bool(names)
        return False

    def _delegee(self, paragraph: Paragraph, low: int, high: int) -> bool:
        """`Đối tượng được phân cấp: Chủ tịch UBND cấp xã`: what the article then delegates is laid on that body."""
        item = paragraph.item
        label = DELEGEE.match(self.flow.key, low, high)
        group = self.reader.mentions.group(label.end(), high) if label else None
        if not group or group.end < high or item is None or item.parent is None:
            return False
        self.items[id(item.parent)] = Scope(Mode.NAMED, tuple(group.members))
        return True

    def _among_names(self, item: Item) -> bool:
        """Whether the item before `item` on its level has a heading that names who acts."""
        level = item.parent.children if item.parent else self.document.outline.items
        index = self._place(item, level)
        scope = self.items.get(id(level[index - 1])) if index else None
        return scope is not None and scope.heading

    def _place(self, item: Item, level: list[Item]) -> int:
        """The index of `item` among `level`, which is in text order."""
        return bisect_left(level, item.start, key=lambda one: one.start)

    def _silent(self, paragraph: Paragraph, scope: Scope, low: int, high: int) -> bool:
        """Whether nothing in `low:high` can be an order or govern one, so that it need not be read."""
        key, kind = self.flow.key, self.document.context.document_type
        if self.reader.says_duty(low, high):
            return False
        if paragraph.zone is SectionLabel.PREAMBLE:
            return True
        money = kind in PLANNING and scope.mode is Mode.EXPLICIT  # who provides the money of a plan
        if scope.mode >= Mode.TASKS or kind in LEGAL or money or _heads(paragraph) or self.listing:
            return False
        case = kind is DocumentType.CONG_VAN and key.startswith(CASES, low)
        return not (case or key.startswith(AHEAD, low) or RETURN.match(key, low, high))

    def _read(self, paragraph: Paragraph, scope: Scope, start: int, end: int, *, title: bool, below: bool) -> None:
        """Read the clauses of `start:end`, and keep what they leave behind."""
        text, heads = self.flow.text, _heads(paragraph)
        clauses, rest = joined(self.reader, split_clauses(text, self.flow.key, start, end))
        if rest is not None:
            if text[end - 1] in ";,":
                self.carry = rest.start
            else:
                clauses.append(rest)
        if clauses and self._listed(paragraph, clauses[0]):
            del clauses[0]
        norm = paragraph.item is not None and self.document.context.document_type in LEGAL
        state = Clauses(self.document, paragraph, scope, heads or bool(paragraph.bullet) or norm, title)
        state.run(clauses)
        if state.governs:
            self._govern(paragraph, state.governs)
        last, own = state.last, state.own
        if last and last.lead and below and CONTENTS.search(self.flow.key, max(start, end - 60), end):
            self.listing = (last, paragraph)
        held = self.items.get(id(paragraph.item))
        if own and below and heads and not title and not state.led and not (held and held.heading):
            mode = max(Mode.TASKS, scope.mode)
            self._govern(paragraph, Scope(mode, tuple(own.bearers), (), own.force or scope.force))

    def _listed(self, paragraph: Paragraph, clause: Clause) -> bool:
        """Take a noun phrase under an entry that ends in a colon: the first belongs to it, each further is one."""
        if not self.listing:
            return False
        lead, above = self.listing
        nouns = (Shape.NOUN, Shape.UNKNOWN, Shape.NORM)
        if not _under(above, paragraph, opens=True) or self.reader.read(clause).shape not in nouns:
            self.listing = None
            return False
        if lead.lead:
            self.entries.extend(lead, clause.end)
            lead.lead = False
        else:
            self.entries.member(lead, paragraph, clause)
        return True


def _heads(paragraph: Paragraph) -> bool:
    """Whether the paragraph is the first of its item."""
    return paragraph.item is not None and paragraph.start <= paragraph.item.start < paragraph.end


def _is_article(paragraph: Paragraph) -> bool:
    """Whether the paragraph opens an article (`Điều 5. Xử lý vi phạm`)."""
    return paragraph.item is not None and paragraph.item.path.rsplit("/", 1)[-1].startswith("Điều")


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
