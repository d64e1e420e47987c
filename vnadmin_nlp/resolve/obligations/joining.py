"""Clauses of one paragraph put together or taken apart again where a semicolon or comma is no border or is one."""

from __future__ import annotations

from vnadmin_nlp.extract.clauses import Clause
from vnadmin_nlp.extract.cues import CueKind, HeadKind
from vnadmin_nlp.resolve.obligations.forms import EXECUTE, PERFORM
from vnadmin_nlp.resolve.obligations.reader import Reader
from vnadmin_nlp.resolve.obligations.reading import Shape


def joined(reader: Reader, clauses: list[Clause]) -> tuple[list[Clause], int | None]:
    """The clauses as they order, and where a list of names begins that goes on in the next paragraph.

    `A; B và C chịu trách nhiệm thi hành` is one clause, and so is a purpose with the order after its semicolon.
    """
    out: list[Clause] = []
    held: int | None = None
    clauses = [part for clause in _executions(reader, clauses) for part in _apart(reader, clause)]
    for index, clause in enumerate(clauses):
        if held is not None:
            clause.start, clause.first, held = held, True, None
        waits = clause.stop == ";" and clause.first and index + 1 < len(clauses) and _only_purpose(reader, clause)
        if waits or (clause.stop in (";", "") and _only_names(reader, clause)):
            held = clause.start
            continue
        out.append(clause)
    return out, held


def _executions(reader: Reader, clauses: list[Clause]) -> list[Clause]:
    """Clauses with the members before `... chịu trách nhiệm thi hành Quyết định này` joined to it."""
    out: list[Clause] = []
    for clause in clauses:
        if EXECUTE.search(reader.flow.key, max(clause.start, clause.end - 80), clause.end):
            while not clause.first and out and out[-1].stop == ";" and not reader.says_duty(out[-1].start, out[-1].end):
                before = out.pop()
                clause.start, clause.first = before.start, before.first
        out.append(clause)
    return out


def _apart(reader: Reader, clause: Clause) -> list[Clause]:
    """`A có trách nhiệm ..., B có trách nhiệm ...`: a clause for each body that has its own duty."""
    duties = [c for c in reader.cues_in(clause.start, clause.end) if c.kind is CueKind.DUTY]
    cuts = _pairs(reader, clause)
    if len(duties) < 2 and not cuts:
        return [clause]
    for cue in duties[1:] if not cuts else ():
        for low, _ in reader.mentions.within(max(clause.start, cue.start - 120), cue.start):
            group = reader.mentions.group(low, cue.start)
            if group and group.end + 1 == cue.start and reader.flow.text.startswith(", ", low - 2) and low - 2 > duties[0].end:
                cuts.append(low)
                break
    starts = [clause.start, *cuts]
    ends = [cut - 2 for cut in cuts] + [clause.end]
    return [
        Clause(start, end, clause.stop if end == clause.end else ";", clause.mark and start == clause.start, clause.first and start == clause.start)
        for start, end in zip(starts, ends, strict=True)
    ]


def _pairs(reader: Reader, clause: Clause) -> list[int]:
    """Where the later pairs of `A hướng dẫn, B tổng hợp, C thẩm tra` begin: every part a named body and its verb."""
    key, cuts, at = reader.flow.key, [], clause.start
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
    """Whether `clause` is a run of names, or an order that has come no further than the names of its bearers."""
    starts = [clause.start]
    starts += [c.end + 1 for c in reader.cues_in(clause.start, clause.end) if c.kind in PERFORM]
    for start in starts:
        group = reader.mentions.group(start, clause.end)
        if group and group.end >= clause.end:
            return True
    return False


def _only_purpose(reader: Reader, clause: Clause) -> bool:
    """Whether `clause` is a purpose whose main clause comes after its semicolon: `Nhằm ...; bảo đảm ..., X yêu cầu`."""
    head = reader.head(clause.start, clause.end)
    return bool(head) and head is not None and head[0] is HeadKind.PURPOSE and reader.read(clause).shape is Shape.UNKNOWN
