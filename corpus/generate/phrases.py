"""Sentences from the grammar, with what they mean.

A line of the grammar is text in which

- `{name}` stands for a slot or for one of the lines of that name; `{n:10-90}` is a number, `{p}` a percentage;
- `<one|two|>` is a choice;
- `@kind(words)` is an actor: a, u, p, g, o, n, d for agency, unit, position, group, organization, person, party;
- `[words]` is the clause of an obligation; after `[` may stand `=` order, `?` request, `!` prohibition, `+` permission
  (without them: an obligation, as strong as the clause before it or the lead it stands under);
- `(i)`, `(ii)` are labels of directives within a sentence;
- `*`, `+` and `^` after an actor or the name of a slot say: who must act, with whom, a time or document that governs
  the whole sentence.

A clause without bearers takes those of the clause before it in the sentence, else those of the lead; so with its force.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Literal, NamedTuple

from .data import table
from .draft import Clause, Duty, Label, Limit, Name, Parts, Piece, Ref

Said = str | Parts
Slot = Said | Callable[[], Said]
KINDS: dict[str, Literal["agency", "unit", "position", "group", "organization", "person", "party"]] = {
    "a": "agency", "u": "unit", "p": "position", "g": "group", "o": "organization", "n": "person", "d": "party",
}  # fmt: skip
_TOKEN = re.compile(
    r"\{([^}*+^]+)([*+^]?)\}|@([aupgond])([*+]?)\(([^)]*)\)|\[([=?!+]*)|([<|>\]])|(\((?:i|ii|iii|iv)\))"
)


class _Slot(NamedTuple):
    name: str
    role: str


class _Actor(NamedTuple):
    kind: str
    role: str
    text: str


class _Inline(NamedTuple):
    text: str


class _Choice(NamedTuple):
    ways: tuple[_Nodes, ...]


class _Clause(NamedTuple):
    flags: str
    nodes: _Nodes


_Nodes = tuple["str | _Slot | _Actor | _Inline | _Choice | _Clause", ...]


@cache
def _read(line: str) -> _Nodes:
    nodes, end, stop = _sequence(line, 0)
    assert not stop, f"a stray {stop} at {end} of {line!r}"
    return nodes


def _sequence(line: str, at: int) -> tuple[_Nodes, int, str]:
    """Nodes from `at` up to a closing mark, its end, and the mark."""
    nodes: list[str | _Slot | _Actor | _Inline | _Choice | _Clause] = []
    while found := _TOKEN.search(line, at):
        if found.start() > at:
            nodes.append(line[at : found.start()])
        at = found.end()
        slot, role, kind, actor_role, words, flags, mark, inline = found.groups()
        if slot:
            nodes.append(_Slot(slot, role))
        elif inline:
            nodes.append(_Inline(inline))
        elif kind:
            nodes.append(_Actor(kind, actor_role, words))
        elif flags is not None:
            inner, at, stop = _sequence(line, at)
            assert stop == "]", f"an open clause in {line!r}"
            nodes.append(_Clause(flags, inner))
        elif mark == "<":
            ways, stop = [], "|"
            while stop == "|":
                way, at, stop = _sequence(line, at)
                ways.append(way)
            assert stop == ">", f"an open choice in {line!r}"
            nodes.append(_Choice(tuple(ways)))
        else:
            return tuple(nodes), at, mark
    if at < len(line):
        nodes.append(line[at:])
    return tuple(nodes), len(line), ""


@cache
def grammar() -> dict[str, list[str]]:
    """All lines by their names."""
    return {**table("phrases"), **table("acts")}


def grouped(value: int) -> str:
    """`1.355`."""
    return f"{value:,}".replace(",", ".")


@dataclass(slots=True)
class Under:
    """The lead that a sentence stands under: who must act, how strongly it is said, what governs it."""

    bearers: Sequence[Name] = ()
    force: Literal["order", "request"] = "order"
    coordinators: Sequence[Name] = ()
    limits: Sequence[Limit] = ()


@dataclass(slots=True)
class _Sentence:
    under: Under
    bearers: list[Name]
    force: Literal["order", "request"]
    limits: list[Limit] = field(default_factory=list)
    refs: list[Ref] = field(default_factory=list)
    duties: list[Duty] = field(default_factory=list)


class Speaker:
    """Speaks lines of the grammar for one document; lines of one name do not come twice while others are left."""

    def __init__(self, rng: random.Random) -> None:
        self.random = rng.random
        self.slots: dict[str, Slot] = {}
        self.under = Under()
        self.doers: Sequence[Name] = ()  # who does what is said next; nobody: who speaks
        self._left: dict[str, list[str]] = {}
        self._last: dict[str, str] = {}

    def one(self, rows: Sequence[str]) -> str:
        return rows[int(self.random() * len(rows))]

    def pick(self, name: str, rows: Sequence[str]) -> str:
        """One of the rows of a name; each once before one comes again, and never the same twice on end."""
        left = self._left.get(name)
        if not left:
            left = self._left[name] = list(rows)
            if self._last.get(name) in left and len(left) > 1:
                left.remove(self._last[name])
        at = int(self.random() * len(left))
        left[at], left[-1] = left[-1], left[at]
        self._last[name] = left[-1]
        return left.pop()

    def say(self, name: str, under: Under | None = None) -> Parts:
        """One of the lines of a name, under a lead (None: the one set for the document)."""
        return self.fill(self.pick(name, grammar()[name]), under)

    def fill(self, line: str, under: Under | None = None) -> Parts:
        chosen = under or self.under
        sentence = _Sentence(chosen, list(chosen.bearers), chosen.force)
        self.doers = chosen.bearers
        parts = self._all(_read(line), sentence, None)
        for duty in sentence.duties:
            duty.limits += [*chosen.limits, *sentence.limits]
            duty.refs += sentence.refs
        return joined(parts)

    def _all(self, nodes: _Nodes, sentence: _Sentence, duty: Duty | None) -> Parts:
        out: Parts = []
        for node in nodes:
            if isinstance(node, str):
                out.append(node)
            elif isinstance(node, _Choice):
                out += self._all(node.ways[int(self.random() * len(node.ways))], sentence, duty)
            elif isinstance(node, _Inline):
                out.append(Label([node.text], node.text.strip("()")))
            elif isinstance(node, _Clause):
                out.append(self._clause(node, sentence))
            else:
                said = self._slot(node.name, sentence, duty) if isinstance(node, _Slot) else actor(node.kind, node.text)
                self._role(node.role, said, sentence, duty)
                out += said
        return out

    def _clause(self, node: _Clause, sentence: _Sentence) -> Clause:
        duty = Duty()
        if "!" in node.flags:
            duty.modality = "prohibition"
        elif "+" in node.flags:
            duty.modality = "permission"
        if "=" in node.flags or "?" in node.flags:
            sentence.force = "request" if "?" in node.flags else "order"
        duty.force = sentence.force
        parts = joined(self._all(node.nodes, sentence, duty))
        if duty.bearers:
            sentence.bearers = duty.bearers
        else:
            duty.bearers = list(sentence.bearers)
        duty.coordinators += [one for one in sentence.under.coordinators if one not in duty.coordinators]
        sentence.duties.append(duty)
        return Clause(parts, duty)

    def _role(self, role: str, said: Parts, sentence: _Sentence, duty: Duty | None) -> None:
        names = [part for part in said if isinstance(part, Name)]
        if role == "*":
            if duty is None:
                sentence.bearers = names
            else:
                duty.bearers += names
            self.doers = names
        elif role == "+" and duty is not None:
            duty.coordinators += names
        elif role == "^":
            sentence.limits += [part for part in said if isinstance(part, Limit)]
            sentence.refs += [part for part in said if isinstance(part, Ref)]

    def _slot(self, name: str, sentence: _Sentence, duty: Duty | None) -> Parts:
        if name.startswith("n:"):
            low, _, high = name[2:].partition("-")
            value = int(low) + int(self.random() * (int(high) - int(low) + 1))
            return [grouped(value) if value > 999 else f"{value:02d}" if int(high) > 9 else str(value)]
        if name == "p":
            return [f"{12 + self.random() * 85:.1f}".replace(".", ",")]
        slot = self.slots.get(name)
        if slot is None and name[0].isupper():
            return cap(joined(self._slot(name.lower(), sentence, duty)))
        if slot is None:
            return self._all(_read(self.pick(name, grammar()[name])), sentence, duty)
        said = slot() if callable(slot) else slot
        if isinstance(said, str):
            return self._all(_read(said), sentence, duty)
        return said


def actor(kind: str, text: str) -> Parts:
    """The actor `text`."""
    return [Name([text], KINDS[kind])]


def joined(parts: Parts) -> Parts:
    """Parts with neighbouring strings in one, and no word twice where two lines meet."""
    out: Parts = []
    for part in parts:
        if isinstance(part, str) and out and isinstance(out[-1], str):
            out[-1] += part
        elif part != "":
            out.append(part)
    return [part.replace("việc việc ", "việc ") if isinstance(part, str) else part for part in out]


def cap(parts: Parts) -> Parts:
    """With a capital at its head."""
    if parts:
        first = parts[0]
        if isinstance(first, str):
            parts = [first[:1].upper() + first[1:], *parts[1:]]
        else:
            first.parts = cap(first.parts)
    return parts


def names_of(parts: Parts) -> list[Name]:
    """The actors on the surface of parts."""
    return [part for part in parts if isinstance(part, Name)]


def duties_of(parts: Parts) -> list[Duty]:
    """The duties of the clauses in parts."""
    found: list[Duty] = []
    for part in parts:
        if isinstance(part, Piece):
            found += [inner.duty for inner in part.walk() if isinstance(inner, Clause) and inner.duty not in found]
    return found
