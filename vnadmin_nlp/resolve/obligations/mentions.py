"""Actor mentions by place: the one that begins here, the run of them that one verb has as its subject or object."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field

from vnadmin_nlp.extract.model import ActorCandidate
from vnadmin_nlp.outline import Flow
from vnadmin_nlp.resolve.obligations.told import name_at, norm_at, told_at
from vnadmin_nlp.text import Range, keyed

# what stands between two members of one run
_JOIN = re.compile(
    r"(?:\[\d{1,3}\])?\s*(?:\([^()]{0,150}\))?\s*(?:[,;]\s*(?:và|hoặc|cùng)?|và|hoặc|cùng(?: với)?|/)\s+(?:và\s+)?"
)
_BESIDE = re.compile(r"\s+-\s+")  # `Bộ Tài chính - Cơ quan thường trực Ban Chỉ đạo`: the same body twice
_OWNERS = (" thuộc ", " của ")  # `các phòng ban thuộc Sở`: the body behind it only says whose they are
MOST = 300  # members of a run: what is longer is no list of bodies
_HONORIFIC = keyed(r"(?:ông|bà) ")  # `đề nghị ông Trần Văn A ...`
_NOTE = re.compile(r"\s*\(([^()]{0,150})\)")
_ROLE = keyed(r"(?:là )?(?:cơ quan |đơn vị )?chủ trì")


@dataclass(slots=True)
class Group:
    """A run of mentions. `chief` are those that carry `(chủ trì)`; `end` is after the last and its note in brackets."""

    members: list[Range]
    end: int
    chief: list[Range] = field(default_factory=list)
    told: bool = False  # common nouns, no actor mentions: who they are, only the order says

    @property
    def start(self) -> int:
        return self.members[0][0]


class Mentions:
    """The actor mentions of a flow, by place."""

    def __init__(self, flow: Flow, actors: list[ActorCandidate], *, norms: bool = False) -> None:
        """`norms`: the document lays down rules, in which what common nouns do is what they must do."""
        self.text, self.key, self.norms = flow.text, flow.key, norms
        ordered = sorted(actors, key=lambda a: (a.start, -a.end))
        self.ranges: list[Range] = [(a.start, a.end) for a in ordered]
        self._starts = [start for start, _ in self.ranges]
        self._by_start = {low: (low, high) for low, high in reversed(self.ranges)}

    def within(self, start: int, end: int) -> list[Range]:
        """The mentions that begin in `start:end`."""
        return self.ranges[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def at(self, start: int) -> Range | None:
        """The mention that begins at `start`."""
        return self._by_start.get(start)

    def party(self, start: int, end: int, *, ordered: bool = False) -> Group | None:
        """The run of mentions that begins at `start`, or of common nouns or unknown names told to do something."""
        title = _HONORIFIC.match(self.key, start, end) if ordered and self.at(start) is None else None
        group = self.group(title.end() if title else start, end)
        if group:
            return self._joined(group, end)
        members = told_at(self.key, start, end, ordered=ordered)
        if not members and ordered:
            members = name_at(self.text, self.key, start, end)
        bound = norm_at(self.key, start, end) if self.norms and not ordered else None
        members = members or ([bound] if bound else [])
        if not members or any(not self.key.endswith(_OWNERS, 0, m[0]) for m in self.within(start, members[-1][1])):
            return None
        stop = members[-1][1]
        return Group(members, stop, told=True)

    def by_rule(self, nouns: list[Range], end: int) -> bool:
        """Whether the document lays down rules, and the verb of one stands right after common `nouns`."""
        bound = norm_at(self.key, nouns[0][0], end) if self.norms else None
        return bound is not None and bound[1] == nouns[-1][1]

    def _joined(self, group: Group, end: int) -> Group:
        """`Sở Y tế và các doanh nghiệp dược phải ...`: the run with common nouns after it that are told the same."""
        join = _JOIN.match(self.text, group.end, end)
        further = told_at(self.key, join.end(), end) if join else []
        if further and not self.within(further[0][0], further[-1][1]):
            group.members = [*group.members, *further]
            group.end = further[-1][1]
        return group

    def group(self, start: int, end: int) -> Group | None:
        """The run of mentions that begins at `start`, within `end`."""
        first = self.at(start)
        if not first:
            return None
        text, key = self.text, self.key
        group = Group([first], first[1])
        while len(group.members) < MOST:
            note = _NOTE.match(text, group.end, end)
            if note:
                if _ROLE.match(key, note.start(1)):
                    group.chief.append(group.members[-1])
                group.end = note.end()
            beside = _BESIDE.match(text, group.end, end)
            if beside:
                twin = self.at(beside.end())
                if not twin:
                    return group
                group.end = twin[1]
                continue
            join = _JOIN.match(text, group.end, end)
            following = self.at(join.end()) if join else None
            if not join or not following:
                return group
            group.members.append(following)
            group.end = following[1]
        return group
