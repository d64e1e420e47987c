"""The words that name actors: heads of bodies, fixed names, posts, group nouns, fields of work, and where a name ends.

Sources: Law on Organisation of the Government and Law on Organisation of Local Government (2015, 2025), Decree
30/2020/NĐ-CP appendix II (capital letters), Party regulations; forms as printed in dispatches.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import Annotated, Literal

from pydantic import BeforeValidator

from vnadmin_nlp.knowledge.rows import Row, load_rows
from vnadmin_nlp.knowledge.triggers import Triggers
from vnadmin_nlp.schema import ActorKind
from vnadmin_nlp.text import key_of, keyed, normalize


def _split(value: object) -> object:
    return tuple(w.strip() for w in value.split("|") if w.strip()) if isinstance(value, str) else value


Words = Annotated[tuple[str, ...], BeforeValidator(_split)]


class NameRow(Row):
    """Bodies and posts whose whole name is fixed. `tail`: what may follow it. `code`: a code, not a name."""

    words: Words
    kind: ActorKind
    tail: Literal["none", "level", "session"] = "none"
    code: bool = False


class HeadRow(Row):
    """First words of names of bodies. `takes` says what follows: a field of work, a level with its place, or either.

    `bare`: the head alone may stand for a body named elsewhere. `nests`: the name of a higher body may follow at once.
    `loose`: the name may begin with a small letter. `tail_needed`: without a name or level it is a common noun.
    `plural`: it counts as a noun in lists like 'các sở, ban, ngành'. `shares`: before another such head it leaves out
    its level ('HĐND, UBND tỉnh'). `task`: the task of a committee may follow ('Ban Chỉ đạo về ...').
    """

    words: Words
    kind: ActorKind
    takes: Literal["field", "level", "open"]
    bare: bool = False
    nests: bool = False
    loose: bool = False
    tail_needed: bool = False
    plural: bool = False
    shares: bool = False
    task: bool = False


class PostRow(Row):
    """Words that name a post. `lower`: also without a capital, where a body or group follows. `bare`: may stand alone.

    `field`: a field of work may follow ('Trưởng phòng Nội vụ'). `member`: only before a body. `leadership`: a level and
    place may follow ('lãnh đạo tỉnh An Giang'). `title`: a form of address before a person's name. `ranks`: a post
    in the Party, which other posts of the same person may follow.
    """

    words: Words
    lower: bool = False
    bare: bool = False
    field: bool = False
    member: bool = False
    leadership: bool = False
    title: bool = False
    ranks: bool = False


class NounRow(Row):
    """Common nouns of groups. `bare`: whether one without 'các' counts only in a list or also alone.

    `joins`: nouns of one class stand in one list. `weight`: how likely a group of this kind is an actor where it
    stands, in log odds, measured on annotated dispatches.
    """

    words: Words
    kind: ActorKind
    joins: Literal["org", "people", "party", "rule", "none"]
    bare: Literal["list", "weak", "strong"] = "list"
    weight: float


class FieldRow(Row):
    """Fields of work in names. `departments`: ministries and provincial departments are named by them."""

    words: Words
    departments: bool = False


class EndRow(Row):
    """Words before which a name ends. `predicate`: what stands before them does or must do something.

    `compound`: words of two syllables whose second would end a name, and does not here.
    """

    words: Words
    predicate: bool = False
    compound: bool = False


class CueRow(Row):
    """Words before a group that say how likely it acts where it stands: `weight` in log odds."""

    words: Words
    weight: float


class PartRow(Row):
    """Words that the grammar of names asks for at certain places."""

    words: Words


class MisprintRow(Row):
    """Words as scans misread them: syllables with their misreadings, the right one first ('tổng/tong/tông cục/cuc')."""

    words: Words


@cache
def parts(name: str, pattern: str = "{words}") -> re.Pattern[str]:
    """`pattern` over keys, with the words of the row `part.<name>` as whole words for `{words}`."""
    row = next(row for row in load_rows("actor_parts", PartRow) if row.id == f"part.{name}")
    words = "|".join(re.escape(key_of(word)) for word in sorted(row.words, key=len, reverse=True))
    return keyed(pattern.replace("{words}", rf"(?:{words})(?!\w)"))


@dataclass(slots=True)
class Anchor:
    """What a phrase may begin. `general`: it begins with a noun that a document may make a term of ('đơn vị')."""

    name: NameRow | None = None
    head: HeadRow | None = None
    post: PostRow | None = None
    noun: NounRow | None = None
    general: bool = False


# Nouns for bodies of any kind
GENERAL = tuple(map(key_of, ("cơ quan", "đơn vị", "tổ chức", "cơ sở", "doanh nghiệp", "công ty", "trung tâm")))


@cache
def anchors() -> Triggers[Anchor]:
    """Every phrase that may begin a mention."""
    found: dict[str, Anchor] = {}
    tables: tuple[tuple[str, str, type[NameRow | HeadRow | PostRow | NounRow]], ...] = (
        ("name", "actor_names", NameRow),
        ("head", "actor_heads", HeadRow),
        ("post", "actor_posts", PostRow),
        ("noun", "actor_nouns", NounRow),
    )
    for slot, table, kind in tables:
        for row in load_rows(table, kind):
            for word in row.words:
                anchor = found.setdefault(key_of(word), Anchor())
                if getattr(anchor, slot) is None:
                    setattr(anchor, slot, row)
    for key, anchor in found.items():
        anchor.general = anchor.noun is not None and key.startswith(GENERAL)
    return Triggers(found.items())


@cache
def _misprints() -> Triggers[tuple[str, str]]:
    """Every misreading, with the right words and the row."""
    found: dict[str, tuple[str, str]] = {}
    for row in load_rows("actor_misprints", MisprintRow):
        for word in row.words:
            syllables = [syllable.split("/") for syllable in word.split()]
            right = key_of(" ".join(choices[0] for choices in syllables))
            for choice in product(*syllables):
                wrong = key_of(" ".join(choice))
                if len(wrong) == len(right):
                    found.setdefault(wrong, (right, row.id))
    return Triggers((wrong, value) for wrong, value in found.items() if wrong != value[0])


def mended(key: str) -> str:
    """`key` with the words of actors that scans misread put right; as long as before."""
    out: list[str] = []
    free = 0
    for hit in _misprints().find(key):
        out += key[free : hit.start], hit.value[0]
        free = hit.end
    return "".join((*out, key[free:])) if out else key


@cache
def _fields() -> dict[str, tuple[re.Pattern[str], list[FieldRow]]]:
    """A pattern of the fields by their first two letters, one group each, the longest first, and their rows."""
    table: dict[str, dict[str, FieldRow]] = {}
    for row in load_rows("actor_fields", FieldRow):
        for word in row.words:
            key = key_of(word)
            table.setdefault(key[:2], {}).setdefault(key, row)
    found: dict[str, tuple[re.Pattern[str], list[FieldRow]]] = {}
    for start, words in table.items():
        keys = sorted(words, key=len, reverse=True)
        choices = "|".join(f"({_field_pattern(key)})" for key in keys)
        found[start] = (re.compile(rf"(?:{choices})(?!\w)"), [words[key] for key in keys])
    return found


def _field_pattern(key: str) -> str:
    """`key` with '&' or a comma for 'và', and with or without blanks around dashes and '&'."""
    pattern = (
        re.escape(key.replace(" và ", "&")).replace("\\-", "-").replace("\\ -\\ ", " ?[-–—] ?").replace("\\&", "&")
    )
    return pattern.replace("&", "(?: và | ?& ?|, | - )")


def field_at(key: str, at: int) -> tuple[int, FieldRow] | None:
    """The longest field of work that begins at `at`: its end and its row."""
    fields = _fields().get(key[at : at + 2])
    match = fields[0].match(key, at) if fields else None
    return (match.end(), fields[1][match.lastindex - 1]) if fields and match and match.lastindex else None


@cache
def _ends() -> tuple[dict[str, EndRow], dict[str, EndRow]]:
    """The words of one syllable and those of two or three that end a name."""
    words = {key_of(w): row for row in load_rows("actor_ends", EndRow) if not row.compound for w in row.words}
    return {w: r for w, r in words.items() if " " not in w}, {w: r for w, r in words.items() if " " in w}


@cache
def _compounds() -> frozenset[str]:
    return frozenset(key_of(w) for row in load_rows("actor_ends", EndRow) if row.compound for w in row.words)


_WORDS = re.compile(r"(\w+)(?:( \w+)(?: \w+)?)?")


def _end_at(key: str, at: int) -> EndRow | None:
    match = _WORDS.match(key, at)
    if match is None:
        return None
    single, longer = _ends()
    found = longer.get(key[at : match.end(2)]) or longer.get(match.group()) if match.group(2) else None
    if found is None and match.group(1) in single:
        before = key.rfind(" ", max(0, at - 8), at - 1) + 1
        inside = key[before : match.end(1)] in _compounds() or key[at : match.end(2)] in _compounds()
        found = None if inside else single[match.group(1)]
    return found


def ends_name(key: str, at: int) -> bool:
    """Whether the words at `at` go on with the sentence and are no part of a name."""
    return _end_at(key, at) is not None or not key[at : at + 1].isalnum()


def predicate_at(key: str, at: int) -> bool:
    """Whether a predicate of what stands before begins at `at`."""
    row = _end_at(key, at)
    return row is not None and row.predicate


def reads_fields(text: str) -> set[str]:
    """The rows of fields found in `text`."""
    key = normalize(text).key
    starts = [m.start() for m in re.finditer(r"\w+", key)]
    return {found[1].id for at in starts if (found := field_at(key, at))}


def reads_parts(text: str) -> set[str]:
    """The rows of parts whose words stand in `text`."""
    key = normalize(text).key
    return {row.id for row in load_rows("actor_parts", PartRow) if parts(row.id.removeprefix("part.")).search(key)}


def reads_ends(text: str) -> set[str]:
    """The rows of ends found in `text`."""
    key = normalize(text).key
    rows = {key_of(w): row.id for row in load_rows("actor_ends", EndRow) for w in row.words}
    return {hit.value for hit in Triggers(rows.items()).all(key)}


def reads_misprints(text: str) -> set[str]:
    """The rows of misread words in `text`."""
    return {hit.value[1] for hit in _misprints().find(normalize(text).key)}
