"""What a reference says of a document beside number, full date and issuer: parts of its date, its term, its subject."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from vnadmin_nlp.links.bodies import fold
from vnadmin_nlp.links.numbers import Number
from vnadmin_nlp.links.terms import congress, term_between
from vnadmin_nlp.text import bare_of, key_of


class Hints(NamedTuple):
    """Parts of the date, 0 where not said, and `date`, an ordinal day, where it stands before the reference.

    `term`: the first and the last ordinal day on which the document may have been issued, (0, 0) where no term is said.
    `title`: the first words of its subject, folded.
    """

    year: int = 0
    month: int = 0
    day: int = 0
    term: tuple[int, int] = (0, 0)
    title: str = ""
    date: int = 0


_YEAR = r"(?P<{}>(?:19|20)\d\d)(?![\d/])"
_PART = re.compile(
    rf"\W{{0,2}}(?:nam\s{_YEAR.format('y')}|(?<=\(){_YEAR.format('b')}(?=\))"
    rf"|thang\s(?P<m>\d\d?)\s?(?:[/.-]|\snam|nam)\s?{_YEAR.format('my')}"
    r"|ngay\s(?P<d>\d\d?)(?:\s?[/.-]\s?|\sthang\s)(?P<dm>\d\d?)(?!\s?[/.\d-]|\snam\s\d))"
)
# `Ngày 12/8/2024, UBND tỉnh ban hành Công văn số …`
_BEFORE = re.compile(
    r"(?<![a-z])ngay\s(?P<d>\d\d?)(?:[/.-]|\sthang\s)(?P<m>\d\d?)(?:[/.-]|\snam\s)(?P<y>(?:19|20)\d\d)"
    r"[,\s](?:[^\d,;:.]|,(?=\s)){2,60}?\s(?:ban hanh|ky ban hanh|co|ra|gui|phat hanh)$"
)
_ACTS = re.compile(r"(?<![a-z])(?:theo|tai|thuc hien|nhan|can cu|ve|voi|trien khai)(?![a-z])")
_TERM = re.compile(
    r"(?<![a-z])(?:khoa\s(?:thu\s)?(?P<congress>[ivx]{1,5}|\d\d?)(?![\w/])"
    r"|nhiem ky\s(?P<from>(?:19|20)\d\d)\s?[-–—]\s?(?P<to>(?:19|20)\d\d))"
)
_OF_OTHERS = re.compile(r"(?<![a-z])(?:dang bo|quoc hoi|hoi dong nhan dan|hdnd|tinh uy|thanh uy)(?![a-z])|[;.](?=\s)")
_OF_THE_CENTRE = re.compile(r"trung uong(?:\sdang)?\s?,?\s?\(?\s?$")
_ABOUT = re.compile(
    r"(?<![\w/])(?:ve viec|ve|v/v)\s|[“\"]|(?<![a-z])(?=(?:phe duyet|ban hanh|thanh lap|sua doi|quy dinh)\s)"
)
_PINPOINT = re.compile(r"(?:diem|khoan|dieu|muc|chuong|phan|phu luc|tiet|doan|bieu|mau)\s")
# What may stand between a number and the subject: parts of the date, issuer, session and term
_BETWEEN = re.compile(
    r"[\s,]*(?:\([^()]*\)[\s,]*)?(?:(?:ngay|thang|nam)\s[\d/.-]+(?:\s(?:thang|nam)\s\d+){0,2}[\s,]*)?"
    r"(?:(?:cua|do|hoi nghi|ban chap hanh|trung uong|khoa|nhiem ky)(?:\s[^,.;:()“\"]{1,80}?)?)?"
    r"[\s,]*(?:\([^()]*\)[\s,]*)?$"
)
_ROMAN = {"i": 1, "v": 5, "x": 10}
_LEAST, _MOST = 4, 12  # words of a title
_EMPTY = frozenset("ve viec va cua cac cho tren dia ban tinh trong theo voi den nam ngay".split())
_YEARS = re.compile(r"(?:19|20)\d\d")


def hints_of(number: Number, text: str, before: str, after: str) -> Hints:
    """What the words of a reference to `number`, and those around it, say."""
    behind = _flat(after)
    part = _PART.match(behind)
    year = month = day = 0
    if part is not None:
        year = int(part["y"] or part["b"] or part["my"] or 0)
        month, day = int(part["m"] or part["dm"] or 0), int(part["d"] or 0)
    said = _flat(text)
    about = next((m for m in _ABOUT.finditer(behind) if _BETWEEN.match(behind[: m.start()])), None)
    if _PINPOINT.match(said):
        about = None  # what a part of the document is about
    words = f"{said} {behind}"
    term = _term(number, words, len(words) - len(behind) + (about.start() if about else len(behind)))
    return Hints(year, month, day, term, _title(behind[about.end() :]) if about else "", _date(before))


def _flat(words: str) -> str:
    return bare_of(key_of(unicodedata.normalize("NFC", words)))


def _date(before: str) -> int:
    match = _BEFORE.search(_flat(before)) if "gày" in before else None
    if match is None or _ACTS.search(match.group()):
        return 0
    try:
        return dt.date(int(match["y"]), int(match["m"]), int(match["d"])).toordinal()
    except ValueError:
        return 0


def _term(number: Number, words: str, stop: int) -> tuple[int, int]:
    """The term that is named before the subject begins, or with the Central Committee behind it."""
    for match in _TERM.finditer(words):
        if match.start() >= stop and not _OF_THE_CENTRE.search(words, 0, match.start()):
            continue
        if match["from"]:
            return term_between(number.symbol, int(match["from"]), int(match["to"]))
        if _OF_OTHERS.search(words, max(0, match.start() - 48), match.start()):
            continue
        if number.symbol.endswith("tw") or (not number.symbol and "trung uong" in words):
            return congress(_whole(match["congress"]))
    return (0, 0)


def _whole(number: str) -> int:
    """A Roman or Arabic number."""
    if number.isdigit():
        return int(number)
    values = [_ROMAN[letter] for letter in number]
    return sum(-one if one < other else one for one, other in zip(values, [*values[1:], 0], strict=True))


def _title(words: str) -> str:
    """The first words of a title, with what is after a comma where little stands before it."""
    out: list[str] = []
    for piece in re.split(r"[,.;:()”\"]", words):
        out += fold(piece).split()
        if len(out) >= _LEAST:
            break
    return " ".join(out[:_MOST])


@lru_cache(maxsize=1 << 12)
def fit(title: str, subject: str) -> float | None:
    """The share of the words of a quoted title that the subject of a document has; None where too little is said.

    Titles of two years are two titles.
    """
    theirs = fold(subject)
    said, has = set(_YEARS.findall(title)), set(_YEARS.findall(theirs))
    if said and has and not said & has:
        return 0.0
    words = set(title.split()) - _EMPTY
    if len(words) < 2 or not theirs:
        return None
    return len(words & set(theirs.split())) / len(words)
