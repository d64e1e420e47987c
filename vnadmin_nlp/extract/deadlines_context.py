"""Whether a time limits an act, or tells a fact, an event, an effect date or the name of a plan.

Judged from the words of its own clause: which verb it completes, which noun it names, what is said after it.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import cache

from vnadmin_nlp.extract.deadlines_model import Time
from vnadmin_nlp.knowledge.rows import Row, load_rows
from vnadmin_nlp.knowledge.triggers import Triggers
from vnadmin_nlp.text import keyed, normalize

_CLOSE = 110  # how far the object of a verb that is to be finished may push a time away from it
_OBJECT = 48  # the same for a plain verb and a recurring time
_REACH = 300  # how far, in characters, the words of a clause bear on a time in it
_BOUNDARY = re.compile(r"[.;?!](?=[ \n]|$)|(?<!:)\n")
_NOTHING = keyed(
    r"[-+•*(“\"' ]{0,8}(?:\(?(?:\d{1,2}|[a-zđ]|[ivx]{1,4})[.)/] ?)?[-+•*(“\"' ]{0,8}"
    r"(?:(?:trước mắt|trước hết|riêng),? )?"
)
_SAID_AFTER = keyed(
    r"[\"”) ]{0,3},? ?(?:(?:thì )?(?:đã|đạt|ước|chỉ còn|chỉ|còn|có hiệu lực|là ngày|là năm|tính từ|mới|không ghi nhận"
    r"|bị|nước ta|trở đi|trở về|trở lại|tăng|giảm)(?!\w)|thì (?!coi|xem)|có \d|có ≥)"
)
_PASSIVE = keyed(r"được (?:(?!hoàn)[^\s]+ ){0,3}$")
_VERBS = ("completes", "acts")
_LONG_AGO = dt.timedelta(days=45)


class ContextRow(Row):
    """Words that say the same about a time in their clause; the id names what."""

    words: list[str]


@cache
def _cues() -> Triggers[str]:
    return Triggers((word, row.id) for row in load_rows("deadline_contexts", ContextRow) for word in row.words)


def reads(text: str) -> set[str]:
    """The ids of the rows of `deadline_contexts` found in `text`: a row's id is its kind."""
    return {hit.value for hit in _cues().find(normalize(text).key)}


@dataclass(slots=True)
class Clause:
    """What stands around an expression: `left` from the start of its sentence, `right` to the end of it.

    `gaps` says, for each kind of cue before the expression, how many characters lie between; `after` and `inside` are
    the kinds found after it and in it. `opens`: nothing stands before it. `verb`: it follows a verb whose object is
    no name of a plan or sum.
    """

    left: str
    right: str
    gaps: dict[str, int]
    after: set[str]
    inside: set[str]
    opens: bool
    verb: bool

    def near(self, *kinds: str) -> bool:
        """Whether a cue of one of `kinds` stands right before the expression."""
        return self.within(1, *kinds)

    def within(self, reach: int, *kinds: str) -> bool:
        """Whether a cue of one of `kinds` stands at most `reach` characters before the expression."""
        return any(self.gaps.get(kind, _REACH + 1) <= reach for kind in kinds)

    def has(self, *kinds: str) -> bool:
        return any(kind in self.gaps for kind in kinds)

    @property
    def directive(self) -> bool:
        """Whether a verb of an act stands before the expression, or after one that opens its sentence."""
        return self.has(*_VERBS, "orders") or (self.opens and bool(self.after & {*_VERBS, "orders"}))

    @property
    def finished(self) -> bool:
        """Whether the expression belongs to a verb of completion."""
        return self.within(_CLOSE, "completes") or (self.opens and "completes" in self.after)


def clause_of(key: str, low: int, start: int, end: int, high: int) -> Clause:
    """The clause of `start:end` in the paragraph `low:high`."""
    low = max(low, start - _REACH)
    for boundary in _BOUNDARY.finditer(key, low, start):
        low = boundary.end()
    left = key[low:start]
    stop = _BOUNDARY.search(key, end, min(high, end + _REACH))
    right = key[end : stop.start() if stop else min(high, end + _REACH)]
    size = len(left.rstrip())
    gaps: dict[str, int] = {}
    verb, last = False, ("", -2)
    for hit in _cues().find(left):
        kind = hit.value
        if kind in _VERBS and hit.start - last[1] <= 1:
            if last[0] == "facts":
                kind = "facts"  # `đã đăng ký`
            elif last[0] == "names":
                kind = "names"  # `kế hoạch kiểm tra`
        gaps[kind] = size - hit.end
        verb = (verb and kind != "names") or (kind in _VERBS and size - hit.end <= _OBJECT)
        last = kind, hit.end
    after = {h.value for h in _cues().find(right)}
    inside = {h.value for h in _cues().find(key[start:end])}
    return Clause(left, right, gaps, after, inside, bool(_NOTHING.fullmatch(left)), verb)


def past(time: Time, issued: dt.date | None) -> bool:
    return bool(issued and time.last and time.last < issued)


def long_past(time: Time, issued: dt.date | None) -> bool:
    return bool(issued and time.last and time.last < issued - _LONG_AGO)


def named(clause: Clause) -> bool:
    """Whether the time completes a noun (`kế hoạch năm 2025`, `nhiệm vụ được giao trong năm`)."""
    name = clause.near("names") and not clause.within(20, "completes")  # but `hoàn thành mục tiêu trong …`
    return name or bool(_PASSIVE.search(clause.left))


def told(clause: Clause, time: Time | None, issued: dt.date | None) -> bool:
    """Whether the clause tells what was or is, or when something takes effect."""
    if clause.left.count('"') % 2 or clause.left.rfind("“") > clause.left.rfind("”"):
        return True  # words of another text
    verb = min((clause.gaps[kind] for kind in _VERBS if kind in clause.gaps), default=_REACH)
    if _SAID_AFTER.match(clause.right) or clause.gaps.get("effects", _REACH) < verb:
        return True
    if (clause.opens and " đã " in clause.right) or clause.left.rstrip().endswith(("hiệu lực", "giá trị", "tính")):
        return True
    if clause.has("facts") and time is not None and past(time, issued):
        return True
    return clause.gaps.get("facts", _REACH) < min(verb, _OBJECT + 12)
