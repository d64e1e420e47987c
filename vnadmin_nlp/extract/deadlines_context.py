"""Whether a time limits an act, or tells a fact, an event, an effect date or the name of a plan.

Judged from the words of its own clause: which verb it completes, which noun it names, what is said after it.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import cache

from vnadmin_nlp.extract.cues import HeadKind, head_at
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
    r"|bị|nước ta|trở đi|trở về|trở lại|tăng(?! cường| tốc)|giảm)(?!\w)|thì (?!coi|xem)|có \d|có ≥)"
)
_THEN_ONLY = " thì "  # behind a condition the main clause opens
_THEN = keyed(r"(?: ?\([^()\n]{0,40}\))?,? ?")  # between an expression and what follows it
_PASSIVE = keyed(r"được (?:(?!hoàn)[^\s]+ ){0,3}$")
_VERBS = ("completes", "acts")
_IMPERATIVES = (HeadKind.VERB, HeadKind.ACT, HeadKind.FORBID)
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
    no name of a plan or sum. `begun`: the clause begins with a verb that orders; `goes_on`: such a verb follows.
    `act_after` is where in `right` the first verb of an act stands, or -1.
    """

    left: str
    right: str
    gaps: dict[str, int]
    after: set[str]
    inside: set[str]
    opens: bool
    verb: bool
    begun: bool
    goes_on: bool
    act_after: int

    def near(self, *kinds: str) -> bool:
        """Whether a cue of one of `kinds` stands right before the expression."""
        return self.within(1, *kinds)

    def within(self, reach: int, *kinds: str) -> bool:
        """Whether a cue of one of `kinds` stands at most `reach` characters before the expression."""
        return any(self.gaps.get(kind, _REACH + 1) <= reach for kind in kinds)

    def has(self, *kinds: str) -> bool:
        return any(kind in self.gaps for kind in kinds)

    @property
    def imperative(self) -> bool:
        """Whether the clause orders without saying whom: by its first verb, before the expression or right after it."""
        return self.begun or (self.opens and self.goes_on)

    @property
    def directive(self) -> bool:
        """Whether a verb of an act stands before the expression, or after one that opens its sentence."""
        if self.imperative or self.has(*_VERBS, "orders"):
            return True
        return self.opens and bool(self.after & {*_VERBS, "orders"})

    @property
    def set_off(self) -> bool:
        """Whether the expression ends an imperative clause, behind a comma: it belongs to the whole of it."""
        return self.imperative and not self.right.strip() and self.left.rstrip().endswith(",")

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
            if last[0] in ("facts", "cases"):
                kind = last[0]  # `đã đăng ký`
            elif last[0] == "names":
                kind = "names"  # `kế hoạch kiểm tra`
        gaps[kind] = size - hit.end
        verb = (verb and kind != "names") or (kind in _VERBS and size - hit.end <= _OBJECT)
        last = kind, hit.end
    follow = _cues().find(right)
    after = {h.value for h in follow}
    act_after = next((h.start for h in follow if h.value in (*_VERBS, "orders")), -1)
    inside = {h.value for h in _cues().find(key[start:end])}
    opening = _NOTHING.match(left)
    first = low + opening.end() if opening else low
    opens = left.endswith(_THEN_ONLY) or bool(_NOTHING.fullmatch(left))
    then = _THEN.match(key, end, high)
    head, next_head = head_at(key, first, start), head_at(key, then.end() if then else end, high)
    begun = head is not None and head[0] in _IMPERATIVES
    goes_on = next_head is not None and (next_head[0] in _IMPERATIVES or next_head[0] is HeadKind.PURSUANT)
    return Clause(left, right, gaps, after, inside, opens, verb, begun, goes_on, act_after)


def past(time: Time, issued: dt.date | None) -> bool:
    return bool(issued and time.last and time.last < issued)


def long_past(time: Time, issued: dt.date | None) -> bool:
    return bool(issued and time.last and time.last < issued - _LONG_AGO)


def named(clause: Clause) -> bool:
    """Whether the time completes a noun (`kế hoạch năm 2025`, `nhiệm vụ được giao trong năm`)."""
    if clause.set_off:
        return False
    name = clause.near("names") and not clause.within(20, "completes")  # but `hoàn thành mục tiêu trong …`
    return name or bool(_PASSIVE.search(clause.left))


def told(clause: Clause, time: Time | None, issued: dt.date | None) -> bool:
    """Whether the clause tells what was or is, or when something takes effect."""
    if clause.left.count('"') % 2 or clause.left.rfind("“") > clause.left.rfind("”"):
        return True  # words of another text
    verb = min((clause.gaps[kind] for kind in _VERBS if kind in clause.gaps), default=_REACH)
    if _SAID_AFTER.match(clause.right) or clause.gaps.get("effects", _REACH) < verb:
        return True
    done = clause.right.find(" đã ") if clause.opens and not clause.imperative else -1
    ordered = time is not None and time.point and not past(time, issued) and 0 <= clause.act_after < done
    if (done >= 0 and not ordered) or clause.left.rstrip().endswith(("hiệu lực", "giá trị", "tính")):
        return True
    if clause.has("facts", "cases") and time is not None and past(time, issued):
        return True
    if clause.set_off:
        return False
    told_of = ("facts",) if clause.imperative else ("facts", "cases")
    return min(clause.gaps.get(kind, _REACH) for kind in told_of) < min(verb, _OBJECT + 12)
