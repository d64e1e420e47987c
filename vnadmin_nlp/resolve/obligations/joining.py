"""Clauses of one paragraph put together or taken apart again where a semicolon or comma is no border or is one."""

from __future__ import annotations

from vnadmin_nlp.extract.clauses import Clause
from vnadmin_nlp.extract.cues import CueKind, HeadKind
from vnadmin_nlp.resolve.obligations.fields import read_field
from vnadmin_nlp.resolve.obligations.forms import DELEGATES, PERFORM, WITH, execution
from vnadmin_nlp.resolve.obligations.reader import Reader
from vnadmin_nlp.resolve.obligations.reading import Shape


def joined(reader: Reader, clauses: list[Clause]) -> tuple[list[Clause], Clause | None]:
    """The clauses as they order, and what has come no further than a list of names, which may go on after them.

    `A; B và C chịu trách nhiệm thi hành` is one clause, and so is a purpose with the order after its semicolon.
    """
    out: list[Clause] = []
    held: Clause | None = None
    clauses = [part for clause in _executions(reader, clauses) for part in _apart(reader, clause)]
    for index, clause in enumerate(clauses):
        later = clauses[index + 1] if index + 1 < len(clauses) else None
        if later and clause.stop == ";" and clause.first and _delegates_on(reader, clause, later):
            held = held or clause
            held.end = clause.end
            continue
        waits = clause.stop == ";" and clause.first and index + 1 < len(clauses) and _only_purpose(reader, clause)
        if waits or (clause.stop in (";", "") and _only_names(reader, clause)):
            held = held or clause
            held.end = clause.end
            continue
        if held:
            clause.start, clause.first, held = held.start, held.first, None
        out.append(clause)
    return out, held


def _executions(reader: Reader, clauses: list[Clause]) -> list[Clause]:
    """Clauses with the members before `... chịu trách nhiệm thi hành Quyết định này` joined to it."""
    out: list[Clause] = []
    for clause in clauses:
        if execution(reader.key, clause.start, clause.end):
            while not clause.first and out and out[-1].stop == ";" and not reader.says_duty(out[-1].start, out[-1].end):
                before = out.pop()
                clause.start, clause.first = before.start, before.first
        out.append(clause)
    return out


def _apart(reader: Reader, clause: Clause) -> list[Clause]:
    """`A có trách nhiệm ..., B có trách nhiệm ...`: a clause for each body that has its own duty."""
    cuts = _pairs(reader, clause) or _duties(reader, clause)
    if not cuts:
        return [clause]
    parts = []
    for start, end in zip([clause.start, *cuts], [*(cut - 2 for cut in cuts), clause.end], strict=True):
        first, last = start == clause.start, end == clause.end
        parts.append(Clause(start, end, clause.stop if last else ";", clause.mark and first, clause.first and first))
    return parts


def _duties(reader: Reader, clause: Clause) -> list[int]:
    """Where, after a comma, a further run of names begins that has a word of duty of its own."""
    duties = [c for c in reader.cues_in(clause.start, clause.end) if c.kind is CueKind.DUTY]
    head = reader.head(clause.start, clause.end) if len(duties) > 1 else None
    if head and head[0] is HeadKind.CONDITION:  # `Trường hợp cần ..., Sở A phải ...`
        comma = reader.key.find(", ", clause.start, clause.end)
        duties = [cue for cue in duties if cue.start > comma]
    cuts = []
    for cue in duties[1:]:
        for low, _ in reader.mentions.within(max(duties[0].end + 2, cue.start - 120), cue.start):
            group = reader.mentions.group(low, cue.start)
            if group and group.end + 1 == cue.start and reader.flow.text.startswith(", ", low - 2):
                cuts.append(low)
                break
    return cuts


def _pairs(reader: Reader, clause: Clause) -> list[int]:
    """Where the later pairs of `A hướng dẫn, B tổng hợp, C thẩm tra` begin: each a named body and its verb."""
    key, at = reader.key, clause.start
    cuts: list[int] = []
    while True:
        body = reader.mentions.at(at)
        head = reader.head(body[1] + 1, clause.end) if body else None
        if not head or head[0] not in (HeadKind.VERB, HeadKind.ACT, HeadKind.PURSUANT):
            return []
        comma = key.find(", ", head[1], clause.end)
        if comma < 0:
            return cuts
        at = comma + 2
        cuts.append(at)


def _only_names(reader: Reader, clause: Clause) -> bool:
    """Whether `clause` is a run of names, or an order that has come no further than those who do it or help."""
    starts = [clause.start]
    label = read_field(reader.key, clause.start, clause.end)
    if label:
        starts.append(label[1])
    for cue in reader.cues_in(clause.start, clause.end):
        if cue.kind in PERFORM:
            if reader.flow.text[cue.start - 1 : cue.start] == "(":
                return False  # `Trưởng phòng (giao Văn phòng thông báo)`
            starts.append(cue.end + 1)
        elif cue.kind is CueKind.COORDINATE and reader.key.startswith(WITH, cue.end):
            starts.append(cue.end + len(WITH))
    for start in starts:
        group = reader.mentions.group(start, clause.end)
        if group and group.end >= clause.end:
            return True
    return False


def _delegates_on(reader: Reader, clause: Clause, later: Clause) -> bool:
    """Whether `clause` delegates a thing and `later` says to whom: `phân cấp việc ...; việc ... cho Sở A`."""
    cues = [c for c in reader.cues_in(clause.start, clause.end) if c.kind is CueKind.ASSIGN]
    if not cues or not reader.key.startswith(DELEGATES, cues[0].start):
        return False
    if any(m for m in reader.mentions.within(cues[0].end, clause.end) if reader.key.endswith(" cho ", 0, m[0])):
        return False
    to = reader.key.find(" cho ", later.start, later.end)
    return to >= 0 and reader.mentions.at(to + 5) is not None


def _only_purpose(reader: Reader, clause: Clause) -> bool:
    """Whether `clause` is a purpose with its main clause after the semicolon: `Nhằm ...; bảo đảm ..., X yêu cầu`."""
    head = reader.head(clause.start, clause.end)
    return head is not None and head[0] is HeadKind.PURPOSE and reader.read(clause).shape is Shape.UNKNOWN
