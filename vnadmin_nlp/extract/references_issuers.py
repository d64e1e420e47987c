"""Cơ quan ban hành after `của`: where its name ends."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from vnadmin_nlp.extract.references_types import type_words
from vnadmin_nlp.knowledge.rows import Row, load_rows
from vnadmin_nlp.text import Range, key_of

MAX_WORDS = 24
MAX_NAME = 300
CAPITAL_WITHIN = 4
_OF = re.compile(r"[,;]?\s?(?:của|cùa|cửa|do)\s(?=\S)")
_WORD = re.compile(r"[^\s]+")
# a word without what closes it; a full stop inside stays (127.TW)
_PLAIN = re.compile(r"[^,.;:)\"”’\[]*(?:\.(?=[^\W_])[^,.;:)\"”’\[]*)*")
_PLACE_SHORT = re.compile(r"(?:tp|tx|tt|q|h|p|x)\. ")
_OTHER_DOCUMENT = frozenset(map(key_of, ("luật", "nđ", "qđ", "điều", "khoản", "lệnh", "tt", "nq", "cv")))
# an abbreviation explained inside a name: ủy ban nhân dân (UBND) tỉnh X
_GLOSS = re.compile(r"(\([A-ZĐ&]{2,8}\))\s(?:tỉnh|thành phố|huyện|quận|thị xã|xã|phường)\s")
_TERM = re.compile(r"\s?\(?(?:khóa|nhiệm kỳ)\s[IVX0-9]+(?:\s?-\s?\d{4})?\)?")
_JOINTS = ("và", "&", "-")
_LOOSE_ENDS = (*_JOINTS, "các")


class IssuerRow(Row):
    """Words of one part in the name of an issuer."""

    words: list[str]


@cache
def _rows() -> dict[str, dict[str, list[str]]]:
    """Row id -> first word -> phrases that begin with it, the longer first."""
    out: dict[str, dict[str, list[str]]] = {}
    for row in load_rows("reference_issuers", IssuerRow):
        phrases = out.setdefault(row.id, {})
        for phrase in sorted(map(key_of, row.words), key=len, reverse=True):
            phrases.setdefault(phrase.split(" ", 1)[0], []).append(phrase)
    return out


def starts_phrase(key: str, pos: int, id_: str) -> int:
    """Where the phrase of row `id_` that stands at `pos` ends; `pos` where none does."""
    word = _WORD.match(key, pos, pos + 16)
    if word is None:
        return pos
    first, phrases = word.group(), _rows()[id_]
    found = phrases.get(first, ())
    if not first.isalpha() and (bare := _PLAIN.match(first)):
        found = [*found, *phrases.get(bare.group(), ())]
    for phrase in found:
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
    limit = text.find("\n", start, start + MAX_NAME)
    limit = min(len(text), start + MAX_NAME) if limit < 0 else limit
    name = _Name(text, key, limit, starts_phrase(key, start, "companies") > start)
    capital = text[start : start + 1].isupper()
    if not (capital or name.company or any(starts_phrase(key, start, id_) > start for id_ in ("heads", "complete"))):
        return start
    end = at = start
    for _ in range(MAX_WORDS):
        step = name.step(at)
        if step == at:
            break
        end = step
        at = end + 1 if text[end : end + 1] == " " else end
        if at == end:
            break
    while end > start and key[start:end].rpartition(" ")[2] in _LOOSE_ENDS:
        end = start + len(key[start:end].rpartition(" ")[0])
    if not capital and " " not in text[start:end]:
        return start  # `của bộ`: no name
    term = _TERM.match(text, end, end + 40)
    return term.end() if term else end


@dataclass(slots=True)
class _Name:
    """The reading of one name, word by word. `prior` and `last` are its last words so far, also as keys."""

    text: str
    key: str
    limit: int
    company: bool
    prior: str = ""
    last: str = ""
    prior_key: str = ""
    last_key: str = ""

    def step(self, at: int) -> int:
        """Where the next word (or fixed phrase) of the name ends; `at` where the name is over."""
        if gloss := _GLOSS.match(self.text, at, self.limit):
            return gloss.end(1)
        word = _WORD.match(self.text, at, self.limit)
        plain = _PLAIN.match(word.group()) if word else None
        if plain is None or not plain.group() or plain.group()[0] in "(“[":
            return at
        end = starts_phrase(self.key, at, "fixed")
        if end == at:
            if not self._goes_on(at, plain.group()):
                return at
            end = at + plain.end()
            if _PLACE_SHORT.match(self.key, at, end + 2) and self.text[end + 2 : end + 3].isupper():
                end += 1  # TP. Hồ Chí Minh
        self.prior, self.prior_key = self.last, self.last_key
        start = max(at, self.text.rfind("-", at, end) + 1, self.text.rfind(" ", at, end) + 1)
        self.last, self.last_key = self.text[start:end], self.key[start:end]
        return end

    def _goes_on(self, at: int, plain: str) -> bool:
        """Whether the word `plain` at `at` still belongs to the name."""
        stops = starts_phrase(self.key, at, "stops") > at
        if plain[0].isupper() or plain[0].isdigit():
            if plain.isupper() and len(plain) > 2 and self.last.isupper() and stops:
                return False  # in a heading printed in capitals
            if plain[0].isupper() and self.last and starts_phrase(self.key, at, "titles") > at:
                return False
            return not self._names_document(at)
        low = self.key[at : at + len(plain)]
        if low in _JOINTS:
            return self._joined(at + len(plain) + 1, dash=low == "-")
        if stops or (low != "khóa" and low != "nước" and self._complete()):
            return False
        if starts_phrase(self.key, at, "continues") > at:
            return True
        # the second syllable of a word that began with a capital: Bộ Chính trị, but not Nghệ An
        second = self.last[:1].isupper() and not self.last.isupper()
        if second and (not self.prior[:1].isupper() or self.prior_key in _rows()["heads"]):
            return True
        return self.company and self._capital_ahead(at + len(plain) + 1)

    def _complete(self) -> bool:
        """Whether the words so far are a body whose name takes no more words in lower case."""
        words = f" {self.prior_key} {self.last_key}"
        return bool(self.prior) and any(
            f" {phrase}".endswith(words) for phrases in _rows()["complete"].values() for phrase in phrases
        )

    def _joined(self, at: int, *, dash: bool) -> bool:
        """Whether what follows a joint at `at` is more of the name."""
        word = _WORD.match(self.text, at, self.limit)
        if word is None or not (word.group()[0].isupper() or (dash and word.group()[0].isalpha())):
            return False
        if word.group().isupper() and self.key.startswith(" số ", word.end()):
            return False  # `và KH số 65/KH-BNV`
        return not self._names_document(at) and starts_phrase(self.key, at, "titles") == at

    def _names_document(self, at: int) -> bool:
        """Whether a document, not a body, is named at `at`."""
        first, _, rest = self.key[at : at + 40].partition(" ")
        two = f"{first} {rest.partition(' ')[0]}"
        return first in _OTHER_DOCUMENT or (bool(rest) and type_words().get(two) is not None)

    def _capital_ahead(self, at: int) -> bool:
        """Whether a capital follows within a few words, before anything that ends the name."""
        for _ in range(CAPITAL_WITHIN):
            word = _WORD.match(self.text, at, self.limit)
            if word is None:
                return False
            if word.group()[0].isupper():
                return True
            if word.group()[-1] in ",.;:)" or starts_phrase(self.key, at, "stops") > at:
                return False
            at = word.end() + 1
        return False


def reads(text: str) -> set[str]:
    """The ids of the rows of `reference_issuers` found in `text`."""
    key = key_of(unicodedata.normalize("NFC", text))
    starts = [word.start() for word in _WORD.finditer(key)]
    return {id_ for id_ in _rows() if any(starts_phrase(key, at, id_) > at for at in starts)}
