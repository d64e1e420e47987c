"""Số, ký hiệu in the form in which two prints of one number are equal, and the slips of scans between them."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from vnadmin_nlp.text import bare_of, key_of

# Letters that stand for a digit inside the serial: O/0, l/1, S/5, B/8 (`458l`, `O6`); b at its end is a suffix
_AS_DIGITS = str.maketrans("oqli|!sz", "00111152")
_B = re.compile(r"b(?=\d)")
# What scans make of letters inside the symbol: 5NV, U8ND, NQ-IIĐTP; digits at the end of a group are meant (PC02, QH15)
_AS_LETTERS = {"0": "o", "1": "i", "5": "s", "8": "b", "ii": "h"}
_MISREAD = re.compile(r"[0158](?=\w*[a-z])|(?<![ivx])ii(?![ivx])(?=[a-z])|(?<=[a-z])(?<![ivx])ii(?![ivx])")
_SERIAL = re.compile(r"[.…]*(?P<digits>[\doqlizsb|!]{1,8})(?P<suffix>[a-z]?)(?=$|[\s/\\–—._-])")
_SPLIT = re.compile(r"[^a-z\d&]+")
_YEAR = re.compile(r"(?:[1li]9|2[0o])[\doli]{2}")
_TERM = re.compile(r"(?:ubtv)?qhk?\d{1,2}")
_KINDS = ("nq", "pl", "l", "luat")


class Number(NamedTuple):
    """`4581/UBND-TTHC` -> serial `4581`, symbol `ubnd-tthc`; `30/2020/NĐ-CP` has the year 2020 (0: none printed).

    Letters are without case and marks (`QD-UBND` is a scan's `QĐ-UBND`), joints one dash, leading zeros gone. Numbers
    of the National Assembly lose the letters before their term (`30-NQ/2026/QH16` is `30/2026/QH16`).
    """

    serial: str
    year: int
    symbol: str


NONE = Number("", 0, "")


@lru_cache(maxsize=1 << 16)
def read_number(printed: str | None) -> Number:
    """The parts of a number, without its inner blanks, as printed; empty where there is none."""
    if not printed:
        return NONE
    bare = bare_of(key_of(unicodedata.normalize("NFC", printed)))
    match = _SERIAL.match(bare)
    serial, rest = "", bare
    if match and any(map(str.isdigit, match["digits"])):
        digits = _B.sub("8", match["digits"])
        suffix = match["suffix"]
        if digits[-1] == "b":
            digits, suffix = digits[:-1], "b"
        serial = (digits.translate(_AS_DIGITS).lstrip("0") or "0") + suffix
        rest = bare[match.end() :]
    year, groups = 0, []
    for group in _SPLIT.split(rest):
        if not year and _YEAR.fullmatch(group):
            year = int(group.translate(_AS_DIGITS))
        elif group:
            groups.append(_MISREAD.sub(lambda m: _AS_LETTERS[m[0]], group.replace("&", "")))
    if len(groups) > 1 and groups[0] in _KINDS and _TERM.fullmatch(groups[-1]):
        groups = groups[-1:]
    return Number(serial, year, "-".join(filter(None, groups)))


def one_edit(one: str, other: str) -> bool:
    """Whether a single letter put in, left out, or exchanged makes `other` of `one` (equal strings count)."""
    if one == other:
        return True
    if abs(len(one) - len(other)) > 1:
        return False
    at = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return one[at + 1 :] == other[at + 1 :] or one[at:] == other[at + 1 :] or one[at + 1 :] == other[at:]


def left_out(word: str) -> set[str]:
    """`word` and what remains of it with one letter left out: two words one edit apart share one of these."""
    return {word, *(word[:i] + word[i + 1 :] for i in range(len(word)))}
