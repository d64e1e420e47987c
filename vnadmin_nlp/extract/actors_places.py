"""Levels and places in the names of bodies: ' tỉnh Cà Mau', ' các huyện, thị xã', ' xã, phường, đặc khu'."""

from __future__ import annotations

import re

from vnadmin_nlp.extract.actors_terms import terms
from vnadmin_nlp.knowledge.agencies import Anchor, anchors, parts, predicate_at
from vnadmin_nlp.knowledge.places import province_at
from vnadmin_nlp.knowledge.triggers import Hit
from vnadmin_nlp.text import key_of, keyed

LEVEL = keyed(
    r"(?:(?:tỉnh|huyện|quận)(?! (?:ủy(?! quyền| nhiệm)|đoàn))|thành phố|thành phó|thị xã|thị trấn|phường|"
    r"xã(?! hội)|đặc khu|tp\.?|tx\.?|thủ đô)(?!\w)"
)
UNDER = keyed(
    r" (?:trực thuộc trung ương|(?:trực )?thuộc (?:các )?(?:tỉnh|thành phố)(?:, (?:tỉnh|thành phố))?"
    r"(?: trực thuộc trung ương)?)(?!\w)"
)
# Which of several places are meant: 'các tỉnh ven biển từ Đà Nẵng đến Lâm Đồng', 'các tỉnh nêu trên'
_REGION = keyed(
    r"(?: (?:khu vực|vùng))? (?:miền (?:bắc|trung|nam|núi)|phía (?:bắc|nam)|ven biển|tây nguyên|"
    r"bắc trung bộ|nam trung bộ|đông nam bộ|tây nam bộ|đồng bằng sông (?:hồng|cửu long))(?!\w)"
)
_FROM, _TO, _ONWARD = keyed(r" từ (?=\w)"), keyed(r" đến (?=\w)"), keyed(r" trở (?:ra|vào|lên)(?!\w)")
_SAID = keyed(r" (?:nêu trên|nói trên|(?:có )?liên quan(?! (?:đến|tới)(?!\w)))(?!\w)")
_STEP = keyed(r"(?:, ?| và | hoặc |/| - (?=(?:huyện|quận|xã|phường|thị (?:xã|trấn))(?!\w)))")
_PLURAL = keyed(r"(?:các|những|tất cả các|\d+) ")
_NUMBER = re.compile(r"\d{1,2}(?![\d/.]|\w)")
# An abbreviation between a name and its place: 'Ủy ban nhân dân (UBND) tỉnh'
_NOTE = re.compile(r" \([^\W\d_]{2,10}\)(?= )")
_AND = keyed(r", | và ")
_MEETINGS = tuple(map(key_of, ("hội chợ", "hội nghị", "hội thảo", "hội nhập")))
WORD = re.compile(r"\w[\w'’.&]*")


class Places:
    """Reads levels and places in one text. `at` holds, by its start, the longest anchor phrase there."""

    __slots__ = ("at", "depth", "hits", "key", "known", "terms", "text", "word", "word_at")

    def __init__(self, text: str, key: str) -> None:
        self.text = text
        self.key = key
        self.depth = 0
        self.word, self.word_at = "", -1  # what `word_before` read last, and where
        self.at: dict[int, Hit[Anchor]] = anchors().longest(key)
        self.hits = list(self.at.values())
        self.known: dict[int, int] = {}  # where a name from the head of the document stands, and its end
        self.terms = terms(text, key, self.hits)

    def capital(self, at: int) -> bool:
        return self.text[at : at + 1].isupper()

    def blocked(self, at: int) -> bool:
        """Whether another body or post begins at `at`, so that a name ends before it."""
        hit = self.at.get(at)
        if hit is None:
            return False
        anchor = hit.value
        if anchor.name or anchor.post:
            return True
        if self.key.startswith(_MEETINGS, at):
            return False  # 'Trung tâm Hội nghị Quốc gia'
        if self.key[at : hit.end] == "trường" and not parts("school").match(self.key, hit.end + 1):
            return False  # 'Công ty Trường Phát', 'đặc khu Trường Sa'
        return anchor.head is not None and not anchor.head.tail_needed

    def word_before(self, at: int) -> str:
        """The word that stands, with one blank, before `at`; empty where there is none."""
        if at != self.word_at:
            words = self.key[max(0, at - 9) : at - 1].replace("\n", " ") if self.key[at - 1 : at] == " " else ""
            self.word, self.word_at = words[words.rfind(" ") + 1 :].lstrip('(“"'), at
        return self.word

    def word_end(self, at: int) -> int:
        """The end of the word at `at`, `at` where there is none."""
        word = WORD.match(self.key, at)
        if word is None:
            return at
        end = word.end()
        while self.key[end - 1] in ".'’&":
            end -= 1
        return end

    def level(self, end: int) -> int:
        """The end of ' tỉnh X', ' các huyện, thị xã', ' tỉnh, thành phố' after `end`, `end` where none follows."""
        key = self.key
        if key[end : end + 1] != " ":
            return end
        note = _NOTE.match(key, end) if key.startswith("(", end + 1) else None
        at = (note.end() if note else end) + 1
        plural = _PLURAL.match(key, at)
        if plural:
            at = plural.end()
        level = LEVEL.match(key, at)
        if level is None:
            return end
        stop = self._named_level(level.end(), plural=bool(plural))
        for _ in range(6):
            step = _STEP.match(key, stop)
            more = LEVEL.match(key, step.end()) if step else None
            if more is None:
                break
            after = self._named_level(more.end(), plural=bool(plural))
            if not plural and stop > level.end() and after > more.end():
                break
            stop = after
        under = UNDER.match(key, stop)
        end = self._enumerated(under.end()) if under else stop
        several = plural or key.find(", ", level.end() - 1, stop) >= 0
        return self._which(end) if several else end

    def _which(self, end: int) -> int:
        """The end of what says which of several places are meant, `end` where nothing does."""
        if self.key[end : end + 1] != " ":
            return end
        region = _REGION.match(self.key, end)
        end = region.end() if region else end
        start = _FROM.match(self.key, end)
        first = province_at(self.text, self.key, start.end()) if start else None
        if first is not None:
            to, onward = _TO.match(self.key, first[0]), _ONWARD.match(self.key, first[0])
            last = province_at(self.text, self.key, to.end()) if to else None
            end = last[0] if last else onward.end() if onward else end
        said = _SAID.match(self.key, end)
        return said.end() if said else end

    def _enumerated(self, end: int) -> int:
        """The end of ': A, B và C' after a plural of provinces, `end` where no list of two or more follows."""
        first = province_at(self.text, self.key, end + 2) if self.key.startswith(": ", end) else None
        last = self.places(first[0]) if first else end
        return last if first and last > first[0] else end

    def _named_level(self, end: int, *, plural: bool) -> int:
        """The end of the place names after a level word, `end` where none follow."""
        colon = self.key[end : end + 2] == ": "
        at = end + 2 if colon else end + 1
        if plural and _REGION.match(self.key, end):
            return end
        number = _NUMBER.match(self.key, at)
        if number and not colon:
            return number.end()
        found = province_at(self.text, self.key, at)
        first = found[0] if found else self.place(at - 1)
        if first == at - 1:
            return end
        last = self.places(first, any_place=plural or colon)
        return end if colon and last == first else last

    def places(self, end: int, *, any_place: bool = False) -> int:
        """The end of a list of provinces, or of any places, that goes on at `end`."""
        for _ in range(40):
            step = _AND.match(self.key, end)
            if step is None:
                break
            found = province_at(self.text, self.key, step.end())
            after = found[0] if found else self.place(step.end() - 1) if any_place else end
            if after < step.end():
                break
            end = after
        return end

    def place(self, end: int) -> int:
        """The end of a place name of up to four capital words after a blank at `end`."""
        stop, loud = end, False
        for _ in range(4):
            if self.text[stop : stop + 1] not in (" ", "-") or (stop == end and self.text[stop] == "-"):
                break
            start = stop + 1
            after = self.word_end(start)
            if after == start or not self.capital(start) or self.blocked(start):
                break
            verb = self.text[after + 1 : after + 2].islower() and predicate_at(self.key, start)
            if verb and (stop == end or not predicate_at(self.key[start:after], 0)):
                break  # 'UBND tỉnh Sửa đổi', as titles are quoted; but 'huyện Bù Đăng tổ chức'
            if parts("foreign").match(self.key, start):
                break
            shout = self.text[start:after].isupper() and after - start > 1
            if stop > end and shout != loud:
                break
            stop, loud = after, shout
        return stop
