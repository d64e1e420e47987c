"""Automatic numbers: what Word prints before a paragraph of a list, counted as Word counts."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from vnadmin_nlp.read.docx import names
from vnadmin_nlp.read.docx.fonts import font_kind, in_signs, without_private
from vnadmin_nlp.read.docx.names import Element, child_of, is_on, number_of, w
from vnadmin_nlp.read.docx.styles import RunProps, Styles

LEVELS = 9
LARGEST = 32_767  # Word counts no further
_PLACE = re.compile(r"%([1-9])")
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
    (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_DIGITS = "không một hai ba bốn năm sáu bảy tám chín".split()
_PLUS = frozenset("+＋✚➕")


class Number(NamedTuple):
    """The number of a paragraph as it prints: `label`, what separates it from the text, its level from 0, and how its
    letters look."""

    label: str
    separator: str
    level: int
    props: RunProps


class _Level(NamedTuple):
    start: int = 1
    format: str = "decimal"
    pattern: str = ""
    custom: str = ""  # how a format of one's own writes 1, 2, 3
    legal: bool = False  # all numbers in figures
    restart: int | None = None  # the number, from 1, of the level that restarts it; 0: none does
    separator: str = " "
    style: str | None = None  # the paragraph style linked to it
    props: RunProps = RunProps()


class _List(NamedTuple):
    """A w:num: the abstract list it counts in, its levels, and at which numbers it starts anew."""

    abstract: int
    levels: dict[int, _Level]
    starts: dict[int, int]

    def start(self, level: int) -> int:
        """The first number of `level`."""
        return self.starts.get(level, self.levels.get(level, _Level()).start)


class Numbering:
    """Counts the paragraphs of the lists of a document, in the order they are asked for."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._styles = styles
        self._abstract: dict[int, Element] = {}
        self._nums: dict[int, Element] = {}
        self._lists: dict[int, _List | None] = {}
        self._counts: dict[int, list[int | None]] = {}
        self._begun: set[tuple[int, int]] = set()
        for element in root.iterchildren() if root is not None else ():
            if element.tag == w("abstractNum"):
                self._abstract.setdefault(_attribute(element, "abstractNumId"), element)
            elif element.tag == w("num"):
                self._nums.setdefault(_attribute(element, "numId"), element)

    def next(self, style: str | None, num_pr: Element | None) -> Number | None:
        """The number of the next paragraph, of `style` and with `num_pr` of its own; None where it has none."""
        styled = self._styles.style(style)
        num_id, level = styled.num_id, None
        if num_pr is not None:
            num_id = number_of(child_of(num_pr, names.NUM_ID), num_id)
            level = number_of(child_of(num_pr, names.ILVL))
        if not num_id:
            return None
        numbers = self._list(num_id)
        if numbers is None:
            return None
        if level is None:
            name = style if style is not None else self._styles.default
            linked = next((at for at, found in numbers.levels.items() if found.style == name), None)
            level = linked if linked is not None else styled.level or 0
        if level not in numbers.levels:
            return None
        counts = self._count(num_id, numbers, level)
        definition = numbers.levels[level]
        return Number(_label(definition, numbers, counts), definition.separator, level, definition.props)

    def _count(self, num_id: int, numbers: _List, level: int) -> list[int | None]:
        """Count one more paragraph on `level`; lists of one abstract list share their counts. Higher levels that have
        not begun begin with it."""
        counts = self._counts.setdefault(numbers.abstract, [None] * LEVELS)
        if level in numbers.starts and (num_id, level) not in self._begun:
            counts[level] = None
        self._begun.add((num_id, level))
        before = counts[level]
        counts[level] = numbers.start(level) if before is None else min(before + 1, LARGEST)
        for above in range(level):
            if counts[above] is None:
                counts[above] = numbers.start(above)
        for below in range(level + 1, LEVELS):
            restart = numbers.levels[below].restart if below in numbers.levels else None
            if restart is None or level < restart:
                counts[below] = None
        return counts

    def _list(self, num_id: int) -> _List | None:
        if num_id not in self._lists:
            self._lists[num_id] = self._read(num_id)
        return self._lists[num_id]

    def _read(self, num_id: int) -> _List | None:
        num = self._nums.get(num_id)
        abstract = None if num is None else number_of(child_of(num, w("abstractNumId")))
        for _ in range(LEVELS):  # a list may be that of a style, which may be that of another
            linked = child_of(self._abstract.get(abstract or 0), w("numStyleLink"))
            if linked is None:
                break
            behind = self._nums.get(self._styles.style(linked.get(names.VAL)).num_id or 0)
            if behind is None:
                break
            abstract = number_of(child_of(behind, w("abstractNumId")), abstract)
        if num is None or abstract not in self._abstract:
            return None
        levels = {_attribute(lvl, "ilvl"): self._level(lvl) for lvl in self._abstract[abstract].iterchildren(w("lvl"))}
        starts = {}
        for override in num.iterchildren(w("lvlOverride")):
            at = _attribute(override, "ilvl")
            own = child_of(override, w("lvl"))
            if own is not None:
                levels[at] = self._level(own)
            start = number_of(child_of(override, w("startOverride")))
            if start is not None:
                starts[at] = start
        return _List(abstract, {at: level for at, level in levels.items() if 0 <= at < LEVELS}, starts)

    def _level(self, lvl: Element) -> _Level:
        custom, form = "", "decimal"
        for element in lvl.iter(w("numFmt")):  # one of one's own stands inside mc:AlternateContent
            form, custom = element.get(names.VAL, "decimal"), element.get(w("format"), "")
            break
        text, legal, suffix = child_of(lvl, w("lvlText")), child_of(lvl, w("isLgl")), child_of(lvl, w("suff"))
        linked = child_of(lvl, names.P_STYLE)
        props = self._styles.props(child_of(lvl, names.R_PR))
        pattern = "" if text is None or text.get(w("null")) in ("1", "true") else text.get(names.VAL, "")
        if form == "bullet":
            pattern = _bullet(pattern, props.font or "")
        return _Level(
            start=number_of(child_of(lvl, w("start")), 0) or 0,
            format=form,
            pattern=pattern,
            custom=custom,
            legal=legal is not None and is_on(legal),
            restart=number_of(child_of(lvl, w("lvlRestart"))),
            separator="" if suffix is not None and suffix.get(names.VAL) == "nothing" else " ",
            style=None if linked is None else linked.get(names.VAL),
            props=props,
        )


def _attribute(element: Element, name: str) -> int:
    try:
        return int(element.get(w(name), -1))
    except ValueError:
        return -1


def _bullet(glyph: str, font: str) -> str:
    """A bullet as it is written in plain text: `+` for a plus, words as they are, `-` for any other sign."""
    printed = in_signs(glyph, font) if font_kind(font).signs else without_private(glyph)
    if printed.strip() in _PLUS:
        return "+"
    return printed.strip() if sum(map(str.isalpha, printed)) > 1 else "-"


def _label(level: _Level, numbers: _List, counts: list[int | None]) -> str:
    if level.format == "bullet":
        return level.pattern

    def number(match: re.Match[str]) -> str:
        at = int(match[1]) - 1
        shown = numbers.levels.get(at, _Level())
        count = counts[at]
        value = numbers.start(at) if count is None else count
        return in_figures(value, "decimal" if level.legal and shown.format != "none" else shown.format, shown.custom)

    return _PLACE.sub(number, level.pattern).strip()


def in_figures(value: int, form: str, custom: str = "") -> str:
    """`value` in the number format `form` of Word (ST_NumberFormat); figures where Word has none for Vietnamese."""
    if form == "none":
        return ""
    if form == "custom":
        return str(value).zfill(len(custom.partition(",")[0].strip()))
    return _FORMATS.get(form, str)(value)


def _letters(value: int) -> str:
    """a to z, then aa, bb: Word writes no đ, ê, ô in a list of letters."""
    if value < 1:
        return ""
    return chr(ord("a") + (value - 1) % 26) * min((value - 1) // 26 + 1, 99)


def _roman(value: int) -> str:
    out = ""
    for unit, letters in _ROMAN:
        count, value = divmod(max(value, 0), unit)
        out += letters * count
    return out


def _words(value: int) -> str:
    """Small numbers in Vietnamese words (`vietnameseCounting`)."""
    if not 0 < value < 100:
        return str(value)
    tens, ones = divmod(value, 10)
    last = "" if not ones else "mốt" if ones == 1 and tens > 1 else "lăm" if ones == 5 and tens else _DIGITS[ones]
    return " ".join(filter(None, ("" if not tens else "mười" if tens == 1 else f"{_DIGITS[tens]} mươi", last)))


_FORMATS: dict[str, Callable[[int], str]] = {
    "lowerLetter": _letters,
    "upperLetter": lambda value: _letters(value).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda value: _roman(value).upper(),
    "decimalZero": lambda value: f"{value:02d}",
    "decimalEnclosedCircle": lambda value: chr(0x245F + value) if 0 < value <= 20 else str(value),
    "decimalEnclosedParen": lambda value: f"({value})",
    "decimalEnclosedFullstop": lambda value: f"{value}.",
    "numberInDash": lambda value: f"- {value} -",
    "hex": lambda value: f"{value:X}",
    "vietnameseCounting": _words,
}
