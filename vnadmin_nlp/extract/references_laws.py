"""Luật, bộ luật, pháp lệnh by name: where the name ends, and laws that amend other laws."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from vnadmin_nlp.extract.references_issuers import starts_phrase
from vnadmin_nlp.knowledge.rows import Row, load_rows
from vnadmin_nlp.text import bare_of, key_of, normalize

MAX_NAME_WORDS = 14
# matched without marks, which scans often lose
_AMENDING = re.compile(
    r" sua d\wi(?:,? ?(?:va )?b\w sung)?(?: mot so)?(?: (?:dieu|khoan)(?: [\d, ]{1,40})?)?(?: va phu luc)?"
    r"(?: cua| tai)?(?= (?:cac |\d{1,2} )?(?:bo luat|luat|phap lenh)(?![^\W_]))"
)
_LAW_WORD = re.compile(r"\s?(?:,|và)?\s?(?:(?:các|\d{1,2})\s)?(?:bộ luật|luật|pháp lệnh)(?![^\W_])")
_YEAR = re.compile(r"\s?(?:,\s)?(?:năm\s)?(?:19|20)\d{2}(?![\w/])")
_FIELD = re.compile(r"(?:\s(?:về|thuế|liên)[^\s,.;]*(?:\s[^\s,.;]+){0,5}?)(?=\s(?:số|ngày|năm)\s)")
_WORD = re.compile(r"[^\s]+")
_NOT_A_NAME = (
    "này", "và", "hiện", "mới", "cũ", "chuyên", "gốc", "liên", "nêu", "trên", "đó", "của", "ngày", "năm", "số",
)  # fmt: skip


class LawRow(Row):
    """Names of laws of one field."""

    words: list[str]


@dataclass(frozen=True, slots=True)
class LawName:
    """Where the name ends; whether it is known; whether it is an amending law's (then known: a law is named in it)."""

    end: int
    known: bool
    amending: bool = False


@cache
def _names() -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Known names by their first word: as keys, and (of two words and more) without marks for scanned text."""
    exact: dict[str, list[str]] = {}
    bare: dict[str, list[str]] = {}
    for row in load_rows("law_names", LawRow):
        for word in row.words:
            for name in {key_of(word), key_of(word.replace(",", ""))}:
                exact.setdefault(name.split(" ", 1)[0], []).append(name)
                if " " in name:
                    plain = bare_of(name)
                    bare.setdefault(plain.split(" ", 1)[0], []).append(plain)
    for table in (exact, bare):
        for names in table.values():
            names.sort(key=len, reverse=True)
    return exact, bare


def _known_end(key: str, pos: int) -> int:
    """Where a known name at `pos` ends; `pos` where none stands there."""
    exact, bare = _names()
    word = _WORD.match(key, pos, pos + 20)
    if word is None:
        return pos
    first = word.group().rstrip(",.;:)")
    for name in (*exact.get(first, ()), *exact.get(first + ",", ())):
        end = pos + len(name)
        if key.startswith(name, pos) and not key[end : end + 1].isalnum():
            return end
    plain = bare_of(key[pos : pos + 100])
    first = bare_of(first)
    for name in (*bare.get(first, ()), *bare.get(first + ",", ())):
        if plain.startswith(name) and not plain[len(name) : len(name) + 1].isalnum():
            return pos + len(name)
    return pos


def read_law_name(text: str, key: str, pos: int) -> LawName | None:
    """The name that follows the law word ending at `pos`."""
    if key.startswith((" s", " S"), pos) and (amending := _AMENDING.match(bare_of(key[pos : pos + 120]))):
        return _amended(text, key, pos + amending.end())
    start = pos + 1
    if key[pos : pos + 1] != " ":
        return None
    end = _known_end(key, start)
    if end > start:
        return LawName(end, True)
    end = _unknown_end(text, key, start)
    return LawName(end, False) if end > start else None


def _amended(text: str, key: str, pos: int) -> LawName | None:
    """The laws that an amending law names: they are part of its own name."""
    end, named = pos, False
    for _ in range(40):
        word = _LAW_WORD.match(key, end, end + 24)
        if word is None:
            break
        name_at = word.end() + 1
        stop = _known_end(key, name_at)
        if stop == name_at:
            stop = _unknown_end(text, key, name_at)
        if stop == name_at:
            if end == pos:
                end = word.end()
                if field := _FIELD.match(key, end, end + 60):  # các Luật về thuế số …
                    end, named = field.end(), True
            break
        end, named = stop, True
    return LawName(end, named, True) if end > pos else None


def _unknown_end(text: str, key: str, start: int) -> int:
    """Where a name the table lacks ends: it begins with a capital and goes on until a word that no name holds."""
    if not text[start : start + 1].isupper():
        return start
    limit = text.find("\n", start, start + 160)
    limit = min(len(text), start + 160) if limit < 0 else limit
    at = end = start
    for _ in range(MAX_NAME_WORDS):
        word = _WORD.match(text, at, limit)
        if word is None or word.group()[0] in '(“"[':
            break
        plain = word.group().rstrip(',.;:)"”’')
        low = key[at : at + len(plain)]
        if not plain or low in _NOT_A_NAME or plain.isdigit():
            break
        if not plain[0].isupper() and starts_phrase(key, at, "stops") > at:
            break
        end = at + len(plain)
        if end < word.end():
            break
        at = word.end() + 1
    while end > start and bare_of(key[start:end].rsplit(" ", 1)[-1]) in ("va", "cac", "cua"):
        end = start + len(key[start:end].rpartition(" ")[0])
    return end


def read_year(key: str, pos: int) -> int:
    """Where `năm 2024` or `2024` at `pos` ends; `pos` where none stands there."""
    match = _YEAR.match(key, pos, pos + 12)
    return match.end() if match else pos


def reads(text: str) -> set[str]:
    """The ids of the rows of `law_names` whose names follow a law word in `text`."""
    key = normalize(text).key
    out = set()
    for match in re.finditer(r"(?<!pháp )(?<!kỷ )(?<!quy )(?:luật|pháp lệnh) ", key):
        end = _known_end(key, match.end())
        name = bare_of(key[match.end() : end]).replace(",", "")
        for row in load_rows("law_names", LawRow):
            if any(bare_of(key_of(w)).replace(",", "") == name for w in row.words):
                out.add(row.id)
    return out
