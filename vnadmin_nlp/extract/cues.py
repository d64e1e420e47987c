"""Deontic cues: the words that order, ask, oblige, forbid or allow, and what the beginning of a clause says."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from vnadmin_nlp.knowledge.rows import Row, load_rows
from vnadmin_nlp.knowledge.triggers import Triggers
from vnadmin_nlp.text import bare_of, key_of, normalize


class CueKind(StrEnum):
    """What a deontic word does."""

    ORDER = "order"
    ASSIGN = "assign"
    REQUEST = "request"
    ENCOURAGE = "encourage"
    DUTY = "duty"
    LEAD = "lead"
    FORBID = "forbid"
    ALLOW = "allow"
    COORDINATE = "coordinate"
    REPORT = "report"


class HeadKind(StrEnum):
    """What a clause begins with."""

    VERB = "verb"
    FORBID = "forbid"
    ACT = "act"
    COMMEND = "commend"
    JOINER = "joiner"
    CONDITION = "condition"
    ADJUNCT = "adjunct"
    PURPOSE = "purpose"
    PURSUANT = "pursuant"
    NONE = "none"
    NOUN = "noun"


class TitleKind(StrEnum):
    """What a section holds, by its title."""

    TASKS = "tasks"
    AIMS = "aims"
    FACTS = "facts"


class CueRow(Row):
    kind: CueKind
    words: list[str]
    not_after: tuple[str, ...] = ()
    not_before: tuple[str, ...] = ()


class HeadRow(Row):
    kind: HeadKind
    words: list[str]


class TitleRow(Row):
    kind: TitleKind
    words: list[str]


@dataclass(frozen=True, slots=True)
class Cue:
    """A deontic word at `start:end`."""

    start: int
    end: int
    kind: CueKind
    row: str


@dataclass(frozen=True, slots=True)
class _Guard:
    """A row of cues with its guards compiled."""

    row: CueRow
    after: re.Pattern[str] | None
    before: re.Pattern[str] | None


def _words(words: Iterable[str]) -> str:
    return "|".join(re.escape(key_of(w)) for w in sorted(words, key=len, reverse=True))


@cache
def _cues() -> Triggers[_Guard]:
    entries: list[tuple[str, _Guard]] = []
    for row in load_rows("deontic_cues", CueRow):
        after = re.compile(rf"(?<![^\W_])(?:{_words(row.not_after)}) $") if row.not_after else None
        before = re.compile(rf" (?:{_words(row.not_before)})(?![^\W_])") if row.not_before else None
        entries.extend((word, _Guard(row, after, before)) for word in row.words)
    return Triggers(entries)


def find_cues(key: str) -> list[Cue]:
    """The deontic words of `key`, left to right, without those that are nouns or reports where they stand."""
    out = []
    for start, end, guard in _cues().find(key):
        if guard.after and guard.after.search(key, max(0, start - 16), start):
            continue
        if guard.before and guard.before.match(key, end):
            continue
        out.append(Cue(start, end, guard.row.kind, guard.row.id))
    return out


_TWO = re.compile(r"[^\W_]+ [^\W_]+")
_WORD = re.compile(r"[^\W_]+")
_HEAD = re.compile(r"[^\W_]+(?:,? [^\W_]+){0,4}")


@cache
def _heads() -> dict[str, HeadRow]:
    return {key_of(word): row for row in load_rows("clause_heads", HeadRow) for word in row.words}


@cache
def _first_words() -> frozenset[str]:
    return frozenset(re.split(r"\W", word)[0] for word in _heads())


def head_at(key: str, start: int, end: int) -> tuple[HeadKind, int, str] | None:
    """What a clause that begins at `start` begins with: its kind, where that phrase ends, and the row; or None."""
    first = _WORD.match(key, start, end)
    if not first or first[0] not in _first_words():
        return None
    match = _HEAD.match(key, start, end)
    heads, stop = _heads(), match.end() if match else start
    while stop > start:
        row = heads.get(key[start:stop])
        if row:
            return row.kind, stop, row.id
        stop = key.rfind(" ", start, stop)
        if stop < 0:
            break
        if key[stop - 1] == ",":
            stop -= 1
    return None


@cache
def _bare_verbs() -> dict[str, HeadRow]:
    """Verbs of two words and more without their marks, for scans that lost some."""
    kinds = (HeadKind.VERB, HeadKind.ACT, HeadKind.PURSUANT)
    return {bare_of(word): row for word, row in _heads().items() if " " in word and row.kind in kinds}


def scanned_verb_at(key: str, start: int, end: int) -> int | None:
    """Where the verb of two words at `start` ends, marks disregarded (`Kip thời`), or None."""
    match = _TWO.match(key, start, end)
    return match.end() if match and bare_of(match[0]) in _bare_verbs() else None


@cache
def _titles() -> Triggers[TitleRow]:
    return Triggers((word, row) for row in load_rows("task_titles", TitleRow) for word in row.words)


def title_kind(key: str) -> TitleKind | None:
    """What the section titled `key` holds: its first telling word decides, if it stands near the beginning."""
    hits = _titles().find(key)
    if not hits:
        return None
    kind = hits[0].value.kind
    return kind if hits[0].start < (18 if kind is TitleKind.TASKS else 9) else None


def read_cues(text: str) -> set[str]:
    """The ids of the rows of deontic_cues.yaml found in `text`."""
    return {cue.row for cue in find_cues(_folded(text))}


def read_heads(text: str) -> set[str]:
    """The id of the row of clause_heads.yaml that `text` begins with."""
    key = _folded(text)
    head = head_at(key, 0, len(key))
    return {head[2]} if head else set()


def read_titles(text: str) -> set[str]:
    """The kind of title that `text` is, as the id of a row of task_titles.yaml."""
    kind = title_kind(_folded(text))
    return {row.id for row in load_rows("task_titles", TitleRow) if row.kind is kind}


def _folded(text: str) -> str:
    return normalize(text).key
