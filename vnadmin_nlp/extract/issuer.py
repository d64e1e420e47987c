"""Tên cơ quan: the lines above the number as the names of bodies, one or several, one above the other."""

from __future__ import annotations

from functools import cache

from vnadmin_nlp.extract.strip import Strip
from vnadmin_nlp.knowledge.rows import Row, load_rows
from vnadmin_nlp.knowledge.triggers import Triggers
from vnadmin_nlp.text import Range, bare_of, key_of, normalize

_UNFINISHED = ("-", ",", " va", " cua", " thuoc", " ve", "&", " nghia", " cac")


class AgencyHead(Row):
    """First words of names of bodies: see `agency_heads.yaml` for `open` and `compound`."""

    forms: list[str]
    open: bool = False
    compound: bool = False


@cache
def agency_heads() -> Triggers[AgencyHead]:
    """The heads, found in bare text."""
    rows = load_rows("agency_heads", AgencyHead)
    return Triggers((bare_of(key_of(form)), row) for row in rows for form in row.forms)


def names_of(strip: Strip, lines: list[Range]) -> list[list[Range]]:
    """`lines` of the strip, in order, joined to names: each name is the ranges of its lines.

    A line starts a name where it begins with the first words of one and the name before it is complete; words that
    go on over the break (`VĂN` / `PHÒNG CHÍNH PHỦ`) are looked up as one. A last line of one syllable is the
    rest of the name above it (`BỘ PHÁT TRIỂN` / `SỐ`).
    """
    joined = ""
    starts: list[int] = []
    for low, high in lines:
        starts.append(len(joined))
        joined += strip.bare[low:high] + " "
    heads = {hit.start: hit for hit in agency_heads().find(joined) if not hit.value.compound}
    names: list[list[Range]] = []
    for (low, high), start in zip(lines, starts, strict=True):
        begins = start in heads and (high < lines[-1][1] or " " in strip.bare[low:high].strip())
        if names and begins and _complete(_last(strip, names)):
            names.append([(low, high)])
        elif names:
            names[-1].append((low, high))
        else:
            names.append([(low, high)])
    return names


def _last(strip: Strip, names: list[list[Range]]) -> str:
    """The bare words of the last name."""
    return " ".join(" ".join(strip.bare[low:high].split()) for low, high in names[-1])


def _complete(name: str) -> bool:
    """Whether `name` can stand alone: more than the bare head of one, and not broken off."""
    if name.endswith(_UNFINISHED):
        return False
    heads = agency_heads().find(name)
    return not (heads and heads[0].start == 0 and heads[0].end == len(name) and heads[0].value.open)


def begins_name(bare: str) -> str:
    """The first words of the name of a body that `bare`, a line, begins with; empty where it begins with none."""
    hits = agency_heads().find(bare[:80])
    return bare[: hits[0].end] if hits and hits[0].start == 0 and not hits[0].value.compound else ""


def reads_heads(text: str) -> set[str]:
    """The ids of the rows of `agency_heads` that `text` begins with."""
    hits = agency_heads().find(bare_of(normalize(text).key))
    return {hits[0].value.id} if hits and hits[0].start == 0 else set()
