"""Bodies that issue documents, in the form in which two names of one body are equal."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from functools import cache, lru_cache
from typing import NamedTuple

from vnadmin_nlp.knowledge import ministries
from vnadmin_nlp.knowledge.abbreviations import spelled_out
from vnadmin_nlp.knowledge.document_types import TypeRow
from vnadmin_nlp.knowledge.places import Province, provinces
from vnadmin_nlp.knowledge.rows import Row, load_rows
from vnadmin_nlp.links.numbers import Number, one_edit, read_number
from vnadmin_nlp.text import bare_of, key_of


class PostRow(Row):
    """Posts and inner organs that sign for a body."""

    words: list[str]


class NameRow(Row):
    """Names of one body, the first the one it is compared by; `into` goes on with its work after `until`."""

    words: list[str]
    until: dt.date | None = None
    into: str | None = None


class SymbolRow(Row):
    """Letters of numbers, the body they stand for, and whether there is only one such in the country."""

    letters: list[str]
    body: str
    central: bool


class Body(NamedTuple):
    """A body: `name` without marks, level and place; `level` `tinh`, `huyen`, `xa` or empty; `place` a district or
    commune; `province` the id of its province. What is not known is empty."""

    name: str = ""
    level: str = ""
    place: str = ""
    province: str = ""


NOBODY = Body()
_WORKING = dt.date(2025, 7, 1).toordinal()  # first day of work of the merged provinces (Resolution 202/2025/QH15)
_MIN_SLIP = 8  # letters a name must have for one of them to be misread
_NOTE = re.compile(r"\([^()]*\)|[^\w\s]")
_LOCAL = re.compile(
    r"\b(?P<level>thi xa|thanh pho|tp|huyen|quan|thi tran|dac khu|xa(?!\shoi\b)|phuong|tinh)"
    r"(?:\s(?P<place>[a-z][a-z ]*?)"
    r"(?:\s(?:thi xa|thanh pho|tp|huyen|quan|tinh)\s.*)?)?$"
)
_LEVELS = {
    "thi xa": "huyen", "thanh pho": "huyen", "tp": "huyen", "huyen": "huyen", "quan": "huyen", "thi tran": "xa",
    "dac khu": "xa", "xa": "xa", "phuong": "xa", "tinh": "tinh",
}  # fmt: skip
_LOWER = ("thi xa", "huyen", "quan", "thi tran", "dac khu", "xa", "phuong")
# Committees below the province, and their offices; what a committee's standing bodies issue is its own
_PARTY = re.compile(
    r"(?:(?:ban thuong vu|ban chap hanh|thuong truc)\s)*(?P<office>van phong\s)?"
    r"(?:(?P<committee>huyen uy|thi uy|quan uy)"
    r"|dang (?:uy|bo) (?P<level>huyen|thi xa|quan|xa(?!\shoi\b)|phuong|thi tran|dac khu))(?![a-z])"
    r"(?:\s(?P<place>[a-z ]+))?"
)
_TERM_OF = re.compile(r"\s(?:dang )?(?:khoa|nhiem ky)(?:\sthu)?\s(?:[ivx]+|\d{1,2}|\d{4} \d{4})(?:\s.*)?$")
_OUR = re.compile(r"\s(?:ta|nay|nha)$")


def fold(words: str) -> str:
    """`words` in lower case, without marks and punctuation, single blanks."""
    return " ".join(_NOTE.sub(" ", bare_of(key_of(unicodedata.normalize("NFC", words))).replace("&", " va ")).split())


@cache
def _posts() -> re.Pattern[str]:
    words = sorted((fold(w) for row in load_rows("body_posts", PostRow) for w in row.words), key=len, reverse=True)
    return re.compile(rf"(?:(?:{'|'.join(words)})(?:\s(?:va|cua)(?=\s))?\s)+(?=[a-z])")


@cache
def _names() -> dict[str, str]:
    return {fold(w): fold(row.words[0]) for row in load_rows("body_names", NameRow) for w in row.words}


@cache
def _into() -> dict[str, tuple[dt.date, str]]:
    """Name of a body -> its last day, and the body that goes on with its work."""
    rows = [(row.words[0], row.until, row.into) for row in load_rows("body_names", NameRow)]
    rows += [(row.name, row.until, row.into) for row in ministries.central_bodies().values()]
    return {fold(name): (until, fold(into)) for name, until, into in rows if until is not None and into}


@cache
def _provinces() -> tuple[re.Pattern[str], dict[str, str]]:
    ids = {fold(name): row.id for name, row in provinces().items() if len(name) > 2}
    ids["hue"] = ids["thua thien hue"]
    ids["tphcm"] = ids["tp hcm"] = ids["ho chi minh"]
    names = "|".join(sorted(ids, key=len, reverse=True))
    return re.compile(rf"(?:\b(?P<level>tinh|thanh pho|tp)\s)?\b(?P<name>{names})$"), ids


@cache
def provinces_by_id() -> dict[str, Province]:
    """The provinces by id."""
    return {row.id: row for row in provinces().values()}


@lru_cache(maxsize=1 << 16)
def merged_with(province: str, on: int) -> tuple[str, ...]:
    """The provinces whose work that of the id `province` goes on with on day `on`, itself included."""
    merged = merged_into()
    if on < _WORKING or province not in merged:
        return (province,)
    return tuple(sorted(one for one, into in merged.items() if into == merged[province]))


@cache
def merged_into() -> dict[str, str]:
    """Id of a province -> id of the one it belongs to since 12/6/2025."""
    rows = provinces()
    return {row.id: rows[key_of(row.into)].id for row in rows.values()}


@lru_cache(maxsize=1 << 16)
def province_of(words: str) -> str:
    """The province whose name the folded `words` end with; empty where none."""
    pattern, ids = _provinces()
    match = pattern.search(words)
    return ids[match["name"]] if match else ""


@lru_cache(maxsize=1 << 16)
def read_body(name: str, parent: str = "") -> Body:
    """The body that `name` means; what it leaves out of its place stands in the name of its superior `parent`."""
    words = _OUR.sub("", _TERM_OF.sub("", fold(spelled_out(unicodedata.normalize("NFC", name)))))
    post = None if _PARTY.match(words) else _posts().match(words)
    if post:
        words = words[post.end() :]
    level = place = province = ""
    pattern, ids = _provinces()
    match = pattern.search(words)
    if match and match.start() > 0 and not _is_lower(words[: match.start()], match):
        province, words = ids[match["name"]], words[: match.start()].rstrip()
        level = "tinh" if match["level"] else ""
    group = f" {words}".find(" cac ") >= 0  # it has no place of its own
    party = None if group else _PARTY.fullmatch(words)
    if party:
        level = "huyen" if party["committee"] else _LEVELS[party["level"]]
        place = party["place"] or ""
        words = (party["office"] or "") + ("huyen uy" if level == "huyen" else "dang uy")
    local = None if group or party or words in _names() else _LOCAL.search(words)
    if local and local.start() > 0 and not level:
        bare = local["place"] is None
        level = "" if bare and local["level"] in ("thanh pho", "tp") else _LEVELS[local["level"]]
        # what stands after `tỉnh` and is no province is the beginning of one, cut off at the end of a line
        place, words = "" if level == "tinh" else local["place"] or "", words[: local.start()].rstrip()
    if words.startswith("thanh uy ") and not province:  # of a town in a province
        level, place, words = "huyen", words.removeprefix("thanh uy "), "thanh uy"
    elif words == "tinh uy":
        level = "tinh"
    words = _names().get(words, words)
    if parent and not province:
        above = read_body(parent)
        province = above.province
        place = place or above.place
        level = level or (above.level if above.place else "")
    return Body(words, level, place, province)


def _is_lower(before: str, match: re.Match[str]) -> bool:
    """Whether the name of a province is here that of a commune, or of the town that is its seat."""
    if before.rstrip().endswith(_LOWER):
        return True
    if before.rstrip().endswith("thanh uy"):
        return not provinces_by_id()[_provinces()[1][match["name"]]].city
    return match["level"] in ("thanh pho", "tp") and not provinces_by_id()[_provinces()[1][match["name"]]].city


@cache
def symbols() -> dict[str, SymbolRow]:
    """The body by the letters of a number, folded."""
    rows = {fold(w).replace(" ", ""): row for row in load_rows("body_symbols", SymbolRow) for w in row.letters}
    for body in ministries.central_bodies().values():
        row = SymbolRow(id=body.id, letters=[body.abbreviation], body=body.name, central=True, examples=body.examples)
        rows.setdefault(fold(body.abbreviation), row)
    return rows


_TERM = re.compile(r"\d+$")


@lru_cache(maxsize=1 << 16)
def body_of_symbol(symbol: str) -> tuple[Body, bool | None]:
    """The body that the folded `symbol` of a number names, and whether it is central; None where that is not known.

    Of a typed number it is the second group (`qd-ubnd`), of a công văn the first (`ubnd-tthc`).
    """
    for group in symbol.split("-")[:3]:
        row = symbols().get(group) or symbols().get(_TERM.sub("", group))
        if row is not None:
            return read_body(row.body), row.central
    return NOBODY, None


@lru_cache(maxsize=1 << 16)
def speaks_against(name: str, symbol: str) -> bool:
    """Whether the letters of a number are those of another body than `name`: the name then belongs to its neighbour."""
    body, _ = body_of_symbol(symbol)
    if body == NOBODY or same_name(name, body.name, 0):
        return False
    return name in _lettered()


@cache
def _lettered() -> frozenset[str]:
    """The names of bodies whose letters are known."""
    return frozenset(read_body(row.body).name for row in symbols().values())


@lru_cache(maxsize=1 << 16)
def is_slip(one: str, other: str) -> bool:
    """Whether two folded symbols one letter apart are one, misread: not where both are letters of a type or body."""
    pairs = list(zip(one.split("-"), other.split("-"), strict=False))
    return one.count("-") != other.count("-") or not all(a == b or (_known(a) and _known(b)) for a, b in pairs)


def _known(group: str) -> bool:
    return group in symbols() or group in abbreviations()


@cache
def abbreviations() -> frozenset[str]:
    """The folded letters that stand for a type in a number."""
    return frozenset(fold(word) for row in load_rows("document_types", TypeRow) for word in row.abbreviations)


def is_party(number: Number) -> bool:
    """Whether Party numbering counts it (`05-CT/TU`): by the term of the committee, not by the year."""
    return not number.year and number.symbol.rpartition("-")[2] in _party_letters()


@cache
def _party_letters() -> frozenset[str]:
    return frozenset(word for word, row in symbols().items() if row.id.startswith(("party", "central-committee")))


def same_name(one: str, other: str, on: int) -> str | None:
    """How two names of bodies agree: `equal`, or `successor` where one went on with the other's work before day `on`.

    A name that leaves out the end of the other (`văn phòng`, `văn phòng ủy ban nhân dân`) is equal to it, and so is one
    with a misread letter.
    """
    if one == other or f"{other} ".startswith(f"{one} ") or f"{one} ".startswith(f"{other} "):
        return "equal"
    if min(len(one), len(other)) >= _MIN_SLIP and one_edit(one, other):
        return "equal"
    for old, new in ((one, other), (other, one)):
        until, into = _into().get(old, (None, ""))
        if until is not None and into == new and (not on or on > until.toordinal()):
            return "successor"
    return None


def same_province(one: str, other: str, on: int) -> str | None:
    """How two provinces agree: `equal`, or `successor` where they are parts of one that worked on day `on`."""
    if one == other:
        return "equal"
    merged = merged_into()
    if on >= _WORKING and merged.get(one) == merged.get(other) is not None:
        return "successor"
    return None


def reads_posts(text: str) -> set[str]:
    """The rows whose post `text` begins with."""
    words = fold(text) + " "
    rows = load_rows("body_posts", PostRow)
    return {row.id for row in rows if any(words.startswith(fold(w) + " ") for w in row.words)}


def reads_names(text: str) -> set[str]:
    """The rows of the body that `text` names."""
    name = _names().get(fold(spelled_out(unicodedata.normalize("NFC", text))))
    return {row.id for row in load_rows("body_names", NameRow) if name == fold(row.words[0])}


def reads_symbols(text: str) -> set[str]:
    """The row of the body that the number `text` names."""
    for group in read_number(text).symbol.split("-"):
        row = symbols().get(group) or symbols().get(_TERM.sub("", group))
        if row is not None:
            return {row.id}
    return set()
