"""Cơ quan ban hành after `của`: where its name ends."""

from __future__ import annotations

import re
from functools import cache

from vnadmin_nlp.extract.references_types import type_words
from vnadmin_nlp.knowledge.rows import Row, load_rows
from vnadmin_nlp.text import Range, key_of

MAX_WORDS = 24
_OF = re.compile(r"[,;]?\s?(?:của|cùa|cửa|do)\s(?=\S)")
_WORD = re.compile(r"[^\s]+")
_TITLE_WORDS = tuple(map(key_of, ("sửa đổi", "quy định", "hướng dẫn", "ban hành", "về ", "phê duyệt", "thành lập", "cho phép", "triển khai", "bãi bỏ", "căn cứ", "công bố", "thông qua", "v/v", "mst", "mã số", "địa chỉ", "điện thoại")))
_COMPLETE = ("chính phủ ", "quốc hội ", "bộ chính trị ", "ban bí thư ")
_HEADS = frozenset(("bộ", "sở", "cục", "vụ", "ban", "viện", "tòa", "ủy", "trường", "hội", "đòan", "phòng", "tổng", "chi", "đài", "khoa", "kho", "ngân", "thanh", "quân", "đảng", "văn",
    "công", "trung", "tổ", "tỉnh", "thành", "thuế", "liên", "đội", "trưởng", "&", "và", "-"))  # fmt: skip
_PLACE_SHORT = re.compile(r"(?:tp|tx|tt|q|h|p|x)\. ")
_PLAIN = re.compile(r"[^,.;:)\"”’\[]*(?:\.(?=[^\W_])[^,.;:)\"”’\[]*)*")
_COMPANIES = ("công ty", "ngân hàng", "tập đoàn", "tổng công ty", "doanh nghiệp", "hợp tác xã", "trung tâm", "viện", "trường", "hiệp hội", "nhà máy", "chi nhánh", "hội")
_COMPANY = re.compile(rf"(?:các )?(?:{'|'.join(map(key_of, _COMPANIES))})(?![^\W_])")
_PARTS_AND_LAWS = frozenset(map(key_of, ("luật", "nđ", "qđ", "điều", "khoản", "lệnh", "tt", "nq")))
_CONGRESS = re.compile(r"\s?\(?(?:khóa|nhiệm kỳ)\s[IVX0-9]+(?:\s?-\s?\d{4})?\)?")


class IssuerRow(Row):
    """Words that make or end the name of an issuer."""

    words: list[str]


@cache
def _words(id_: str) -> tuple[str, ...]:
    for row in load_rows("reference_issuers", IssuerRow):
        if row.id == id_:
            return tuple(sorted((key_of(w) for w in row.words), key=len, reverse=True))
    raise KeyError(id_)


@cache
def _continues() -> frozenset[str]:
    return frozenset(_words("continues"))


@cache
def phrases_by_first_word(id_: str) -> dict[str, tuple[str, ...]]:
    out: dict[str, list[str]] = {}
    for phrase in _words(id_):
        out.setdefault(phrase.split(" ", 1)[0], []).append(phrase)
    return {first: tuple(rest) for first, rest in out.items()}


def starts_phrase(key: str, pos: int, word: str, id_: str) -> int:
    """Where the phrase of row `id_` that stands at `pos`, beginning with `word`, ends; `pos` where none does."""
    for phrase in phrases_by_first_word(id_).get(word, ()):
        end = pos + len(phrase)
        if key.startswith(phrase, pos) and not key[end : end + 1].isalnum():
            return end
    return pos


def read_issuer(text: str, key: str, pos: int) -> Range | None:
    """The range of the issuer's name where `của` follows at `pos`."""
    match = _OF.match(key, pos, pos + 8)
    if match is None:
        return None
    start = match.end()
    if match.group().strip(" ,;") == "do" and not text[start].isupper():
        return None
    end = name_end(text, key, start)
    return (start, end) if end > start else None


def name_end(text: str, key: str, start: int) -> int:
    """Where the name of a body that begins at `start` ends; `start` where none begins."""
    limit = text.find("\n", start, start + 300)
    limit = min(len(text), start + 300) if limit < 0 else limit
    company = bool(_COMPANY.match(key, start, limit))
    if not (company or text[start : start + 1].isupper() or _lower_head(key, start, limit)):
        return start
    end = at = start
    prior = last = ""
    for _ in range(MAX_WORDS):
        word = _WORD.match(text, at, limit)
        if word is None:
            break
        plain = _PLAIN.match(word.group()).group()  # type: ignore[union-attr]
        low = key[at : at + len(plain)]
        step = starts_phrase(key, at, low.rstrip(","), "fixed") if low else at
        for first in (word.group().lower(),) if step == at else ():
            step = max(step, starts_phrase(key, at, key_of(first), "fixed"))
        if step > at:
            end = step
        elif not plain or plain[0] in "(“\"[":
            break
        elif not _goes_on(text, key, at, plain, limit, company, prior, last):
            break
        else:
            end = at + len(plain)
            if _PLACE_SHORT.match(key, at, end + 2) and text[end + 2 : end + 3].isupper():
                end += 1
            elif end < word.end():
                break
        prior, last = last, text[at:end].rpartition("-")[2].rpartition(" ")[2]
        at = end
        while at < limit and text[at] == " ":
            at += 1
        if at == end:
            break
    while end > start and key[start:end].rsplit(" ", 1)[-1] in ("và", "-", "&", "các"):
        end = start + len(key[start:end].rsplit(" ", 1)[0]) if " " in key[start:end] else start
    session = _CONGRESS.match(text, end, end + 40)
    return session.end() if session else end


def _lower_head(key: str, start: int, limit: int) -> bool:
    word = _WORD.match(key, start, limit)
    return word is not None and word.group() in ("ủy", "hội", "bộ", "sở", "cục", "tổng", "thủ", "chủ", "giám", "ban", "thanh", "tòa", "viện", "chi", "văn", "phòng")


def _goes_on(text: str, key: str, at: int, plain: str, limit: int, company: bool, prior: str, last: str) -> bool:
    """Whether the word `plain` at `at` still belongs to the name, whose last words so far are `prior` and `last`."""
    low = key[at : at + len(plain)]
    after = at + len(plain) + 1
    if plain.isupper() and len(plain) > 2 and last.isupper() and starts_phrase(key, at, low, "stops") > at:
        return False
    if plain[0].isupper() and last and key.startswith(_TITLE_WORDS, at):
        return False
    if plain[0].isupper() or plain[0].isdigit():
        return not _new_reference(key, at, low)
    if low in ("và", "&", "-"):
        follows = _WORD.match(text, after, limit)
        return (
            follows is not None
            and (follows.group()[0].isupper() or (low == "-" and follows.group()[0].isalpha()))
            and not _new_reference(key, after, key[after : follows.end()])
            and not key.startswith(_TITLE_WORDS, after)
        )
    if starts_phrase(key, at, low, "stops") > at:
        return False
    if key.endswith(_COMPLETE, 0, at) and low not in ("khóa", "nước"):
        return False
    if low in _continues():
        return True
    if last[:1].isupper() and not last.isupper() and (not prior[:1].isupper() or key_of(prior) in _HEADS):
        return True  # the second syllable of a word that began with a capital (Chính trị, Dân tộc), not after Nghệ An
    return company and _capital_ahead(text, key, after, limit)


def _new_reference(key: str, at: int, word: str) -> bool:
    """Whether a document, not a body, is named at `at`."""
    words = type_words()
    two = key[at : at + 40].split(" ", 2)[:2]
    return len(two) == 2 and words.get(" ".join(two)) is not None or word in _PARTS_AND_LAWS


def _capital_ahead(text: str, key: str, at: int, limit: int) -> bool:
    for _ in range(4):
        word = _WORD.match(text, at, limit)
        if word is None:
            return False
        if word.group()[0].isupper():
            return True
        plain = key[at : word.end()]
        if plain[-1] in ",.;:)" or starts_phrase(key, at, plain, "stops") > at:
            return False
        at = word.end() + 1
    return False


def reads(text: str) -> set[str]:
    key = key_of(text)
    import unicodedata

    key = key_of(unicodedata.normalize("NFC", text))
    out = set()
    for id_ in ("continues", "stops", "fixed"):
        at = 0
        for word in key.split(" "):
            if starts_phrase(key, at, word, id_) > at:
                out.add(id_)
            at += len(word) + 1
    return out
