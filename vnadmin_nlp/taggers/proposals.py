"""What underthesea's names propose where the rules leave a gap: persons in the body, a signer, the place of the head.

Each reads only lines that have a gap. What they propose is chosen in `resolve.names`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import cache

from vnadmin_nlp.extract.digital import is_digital
from vnadmin_nlp.extract.model import ActorCandidate
from vnadmin_nlp.extract.signer import authority_at, is_family, is_name, rank_end, title_at
from vnadmin_nlp.extract.strip import first_run, strip_of
from vnadmin_nlp.knowledge.places import province_at
from vnadmin_nlp.knowledge.rows import Row, load_rows
from vnadmin_nlp.layout import Layout
from vnadmin_nlp.outline import Outline
from vnadmin_nlp.schema import ActorKind, Finding, SectionLabel
from vnadmin_nlp.taggers.underthesea import names
from vnadmin_nlp.text import Range, Ranges, bare_of, key_of, normalize, quote
from vnadmin_nlp.text.fold import is_syllable

RULE = "underthesea.ner"
# The shares that are right, from gold with what the rules read taken away and, of less weight, from what stood in gaps
_CUED, _UNCUED, _SIGNER, _PLACE = 0.9, 0.7, 0.6, 0.8

_CAPITAL = "A-ZÀ-ÖØ-ÝĂĐĨŨƠƯ" + "".join(map(chr, range(0x1EA0, 0x1EFA, 2)))
_SYLLABLE = rf"[{_CAPITAL}][^\W\d_]*"
_RUN = re.compile(rf"(?<![\w.'’/-]){_SYLLABLE}(?: {_SYLLABLE}){{1,5}}(?![\w'’/-])")
_LONGEST_CUE = 25
_AROUND = 15  # characters before and after a gap that are read with it: with more, posts and bodies join the name
_LONGEST_PLACE = 40
_MOST = 60  # lines of head and foot that are looked at
_HOUSE = re.compile(r"\d[a-z]?,? $")
_DAY = re.compile(r"[ ,]{1,3}ngay(?![a-z])")
_EDGES = " .,:;-–—_*~|'\"“”"


class CueRow(Row):
    """Words before a name, or `inside` it. `person`: whether it is then the name of a person."""

    forms: list[str]
    person: bool
    inside: bool = False


@cache
def _cues(inside: bool = False) -> dict[str, CueRow]:
    return {key_of(form): row for row in load_rows("name_cues", CueRow) if row.inside == inside for form in row.forms}


@cache
def _before() -> re.Pattern[str]:
    forms = "|".join(map(re.escape, sorted(_cues(), key=len, reverse=True)))
    return re.compile(rf"(?<![\w/])({forms})[ :.\n]{{1,3}}$")


def propose_persons(outline: Outline, claimed: Iterable[Range]) -> list[ActorCandidate]:
    """Persons in the body, outside the ranges `claimed` by rules: behind a cue, or with a family name first."""
    text, key = outline.flow.text, outline.flow.key
    gaps = list(_gaps(text, key, claimed))
    starts = [start for start, _, _ in gaps]
    found: dict[int, ActorCandidate] = {}
    for name in names(text, _windows(text, gaps)):
        at = bisect_left(starts, name.end) - 1
        if name.kind != "person" or at < 0:
            continue
        start, end, cued = gaps[at]
        end = min(end, name.end)
        if name.start <= start and is_name(text[start:end]):
            score = _CUED if cued else _UNCUED
            found[start] = ActorCandidate(start, end, ActorKind.PERSON, RULE, score, guessed=True)
    return [found[start] for start in sorted(found)]


def _gaps(text: str, key: str, claimed: Iterable[Range]) -> Iterator[tuple[int, int, bool]]:
    """Runs of capitals that may be a person's name and that no rule claims; with them, whether a cue stands before."""
    taken = Ranges(claimed)
    for run in _RUN.finditer(text):
        start, cue = _begin(key, *run.span())
        words = text[start : run.end()].split()
        if len(words) < 2 or text[start : run.end()].isupper() or taken.overlap(start, run.end()):
            continue
        if province_at(text, key, start) or province_at(text, key, run.start()) or _region(key, start, run.end()):
            continue
        if cue.person if cue else _likely(key, start, words):
            yield start, run.end(), cue is not None


def _region(key: str, start: int, end: int) -> CueRow | None:
    """The row of the words in `start:end` that no name of a person holds."""
    words = f" {key[start:end]} "
    return next((row for form, row in _cues(inside=True).items() if f" {form} " in words), None)


def _likely(key: str, start: int, words: list[str]) -> bool:
    """Whether `words` at `start` are built like a full name, and are no title and no street."""
    bare = bare_of(key[start : start + _LONGEST_CUE])
    numbered = _HOUSE.search(key, max(0, start - 6), start)
    return len(words) > 2 and is_family(words[0]) and not numbered and title_at(bare, 0, len(bare)) is None


def _begin(key: str, start: int, end: int) -> tuple[int, CueRow | None]:
    """Where the name in `start:end` begins, and the cue before it, also with a capital (`Ông Nguyễn Văn A`)."""
    inner = None
    for blank in re.finditer(" ", key[start:end]):
        cue = _cues().get(key[start : start + blank.start()])
        if cue is not None:
            inner = start + blank.end(), cue
    if inner is not None:
        return inner
    before = _before().search(key, max(0, start - _LONGEST_CUE), start)
    return start, _cues()[before.group(1)] if before else None


def _windows(text: str, gaps: list[tuple[int, int, bool]]) -> list[Range]:
    """The words around the gaps, in one paragraph; where they meet, they are one."""
    found: list[Range] = []
    for start, end, _ in gaps:
        low = max(text.rfind("\n", 0, start) + 1, start - _AROUND)
        low = low if low == 0 or text[low - 1].isspace() else text.find(" ", low, start) + 1 or start
        high = text.find("\n", end, end + _AROUND)
        if high < 0:
            high = len(text) if end + _AROUND >= len(text) else max(text.rfind(" ", end, end + _AROUND), end)
        if found and low <= found[-1][1]:
            low = found.pop()[0]
        found.append((low, high))
    return found


def propose_signer(layout: Layout) -> Finding | None:
    """The last line of the signature that reads as a person's name, of those that bear no mark and no title."""
    strip = strip_of(layout, first_run(layout, SectionLabel.SIGNATURE))
    lines: list[Range] = []
    for piece in strip.pieces[:_MOST]:
        low, high = strip.trim(piece.start, piece.end, _EDGES)
        low = rank_end(strip.text, strip.key, low, high) if low < high else high
        titled = low < high and (authority_at(strip.bare, strip.text, low, high) or title_at(strip.bare, low, high))
        if low < high and not titled and not is_digital(strip.bare[low:high]):
            lines.append((low, high))
    found = None
    for name in names(strip.text, lines):
        low, high = lines[bisect_left(lines, (name.end,)) - 1]
        words = strip.text[low:high].split()
        whole = 1 < len(words) <= 5 and all(is_syllable(word) and not word.isupper() for word in words)
        if name.kind == "person" and (whole or _title_case(strip.text[name.start : name.end])):
            found = (low, high) if whole else (name.start, name.end)
    return quote(Finding, strip, found, rule=RULE, score=_SIGNER) if found else None


def _title_case(words: str) -> bool:
    return not words.isupper() and is_name(words) and all(map(is_syllable, words.split()))


def propose_place(layout: Layout) -> Finding | None:
    """The place that stands before the day in the head."""
    strip = strip_of(layout, first_run(layout, SectionLabel.HEADER))
    days = [day.start() for day in _DAY.finditer(strip.bare)]
    lines = [(max(strip.text.rfind("\n", 0, day) + 1, day - _LONGEST_PLACE), day) for day in days[:_MOST]]
    for name in names(strip.text, lines):
        if name.kind == "place" and name.end in days and is_name(strip.text[name.start : name.end]):
            return quote(Finding, strip, (name.start, name.end), rule=RULE, score=_PLACE)
    return None


def reads_cues(text: str) -> set[str]:
    """The rows of `name_cues` that stand before or in a run of capitals in `text`."""
    working = normalize(text)
    runs = [run.span() for run in _RUN.finditer(working.text)]
    found = [*(_begin(working.key, *run)[1] for run in runs), *(_region(working.key, *run) for run in runs)]
    return {cue.id for cue in found if cue}
