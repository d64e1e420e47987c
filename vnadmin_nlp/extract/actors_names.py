"""Grammar of the names of bodies: head, field of work, level and place ('Sở Nội vụ', 'UBND các huyện, thị xã')."""

from __future__ import annotations

import re
from dataclasses import dataclass

from vnadmin_nlp.knowledge.agencies import Anchor, HeadRow, NameRow, anchors, ends_name, field_at, keyed
from vnadmin_nlp.knowledge.places import province_at
from vnadmin_nlp.knowledge.triggers import Hit
from vnadmin_nlp.schema import ActorKind

_LEVELS = r"tỉnh(?! ủy)|thành phố|thành phó|thị xã|thị trấn|huyện(?! ủy)|quận(?! ủy)|phường|xã(?! hội)|đặc khu|tp\.?|tx\.?|thủ đô"
_LEVEL = keyed(rf"(?:{_LEVELS})(?!\w)")
_STEP = keyed(r"(?:, ?| và | hoặc |/| - |; )")
_PLURAL = keyed(r"(?:các|những|tất cả các|\d+) ")
_SUFFIX = keyed(
    r" (?:việt nam|trung ương(?! cục)|tw|quốc gia|nhà nước|tối cao|cơ sở(?! dữ liệu| vật chất)|đảng(?! bộ| ủy| viên)|các cấp|"
    r"cùng cấp|(?:ở )?cấp (?:tỉnh|huyện|xã|thành phố|quận|phường|trung ương|trên|dưới)(?:, (?:cấp )?(?:tỉnh|huyện|xã|trung ương))*|"
    r"khu vực (?:[ivxl]+|\d+)(?:,? (?:và )?(?:[ivxl]+|\d+))*|[ivxl]+ và [ivxl]+|khóa [ivxl\d]+|"
    r"(?:tại )?các (?:bộ|sở|ban|ngành|địa phương|đơn vị|cơ quan|cấp)(?:, (?:bộ|sở|ban|ngành|địa phương|đơn vị|cơ quan))*(?: và (?:địa phương|đơn vị))?"
    r"(?: có liên quan| liên quan)?|tại việt nam|số \d+(?![\d/-]))(?!\w)"
)
_UNDER = keyed(
    r" (?:trực thuộc trung ương|(?:trực )?thuộc (?:các )?(?:tỉnh|thành phố)(?:, (?:tỉnh|thành phố))?(?: trực thuộc trung ương)?)(?!\w)"
)
_SEVERAL = keyed(r" (?:các (?:cấp|bộ|sở|đơn vị|tỉnh|thành phố|huyện|quận|thị xã|xã|phường)|(?:tỉnh|xã|phường|huyện|quận), )")
_NUMBER = re.compile(r"\d{1,2}(?![\d/.]|\w)")
_AND = keyed(r", | và ")
_LINK = keyed(r"( - |-| & | và |, | )(?=\w)")
_WORD = keyed(r"\w[\w'’.&]*")
_NO_BODY = keyed(r" (?:chỉ số|chỉ tiêu|tiêu chí|luật|phận|máy|đội|câu hỏi|thủ tục|tài liệu|mã)(?!\w)")
_LEVEL_END = keyed(rf"(?<!\w)(?:{_LEVELS}|thôn|ấp|làng|tổ dân phố) $")
_COMPANY = keyed(
    r" (?:(?:cổ phần|tnhh|mtv|một thành viên|hai thành viên|hợp danh|xây dựng|sản xuất|thương mại|dịch vụ|đầu tư|xuất nhập khẩu|tư vấn|"
    r"thiết kế|du lịch|vận tải|kinh doanh|phát triển|chứng khoán|bảo hiểm|tài chính|quản lý quỹ|khai thác|chế biến|luật|công nghiệp|"
    r"điện lực|cấp nước|môi trường đô thị|xăng dầu|lương thực|nông nghiệp|lâm nghiệp|xổ số kiến thiết|công trình|giao thông|thủy lợi|"
    r"liên doanh|quốc tế|trách nhiệm hữu hạn|nhà nước|và|&|-)(?= ))+"
)
_NEEDS_FIELD = ("head.ministry", "head.department")
_INSIDE = keyed(r"(?:hải phòng|trụ sở|(?:trung|nam|bắc|cán|nội|đồng|toàn) bộ|nhiệm vụ|dịch vụ|chức vụ)$")
_SESSION = keyed(r" (?:\(?khóa [ivxl\d]+\)?|đảng khóa [ivxl\d]+)(?!\w)")
MAX_WORDS, MAX_SMALL, MAX_DEPTH = 18, 6, 4


@dataclass(slots=True)
class Phrase:
    """A noun phrase that names actors: `end` is where it stops. `bare`: a head alone. `plural`: a group; its `weight`

    is the log odds of its noun.
    """

    end: int
    kind: ActorKind
    rule: str
    bare: bool = False
    plural: bool = False
    weight: float = 0.0


class Names:
    """Reads names of bodies at given places of one text. `at` holds, by its start, the longest anchor phrase there."""

    __slots__ = ("at", "depth", "hits", "key", "text")

    def __init__(self, text: str, key: str) -> None:
        self.text = text
        self.key = key
        self.depth = 0
        self.hits: list[Hit[Anchor]] = anchors().all(key)
        self.at: dict[int, Hit[Anchor]] = {}
        for hit in self.hits:
            self.at.setdefault(hit.start, hit)

    def capital(self, at: int) -> bool:
        return self.text[at : at + 1].isupper()

    def body(self, at: int) -> Phrase | None:
        """The named body that begins at `at`, or the head of one alone (`bare`); several of a kind are a group."""
        phrase = self._body(at)
        if phrase is not None and phrase.kind is not ActorKind.PARTY and _SEVERAL.search(self.key, at, phrase.end):
            phrase.kind = ActorKind.GROUP
        return phrase

    def _body(self, at: int) -> Phrase | None:
        hit = self.at.get(at)
        if hit is None or not (self.capital(at) or self._small_head(hit)):
            return None
        anchor = hit.value
        if self._in_number(at, hit.end):
            return None
        if anchor.name is not None:
            return Phrase(self._after_name(hit.end, anchor.name), anchor.name.kind, anchor.name.id)
        if anchor.head is None:
            return None
        row = anchor.head
        end = hit.end
        if row.takes != "level":
            end = self.field(end, row)
        named = end > hit.end
        if row.takes == "field" and not named:
            after = max(self._nested(end, row), self.tail(end, None) if row.id not in _NEEDS_FIELD else end)
            if after > end:
                return Phrase(after, row.kind, row.id)
            if not row.bare or not self._whole(end) or not self.capital(at):
                return None
            return Phrase(end, row.kind, row.id, bare=key_words(self.key, at, end) < 4)
        after = self.tail(end, row)
        if after == hit.end:
            if row.takes == "level":
                after = self._joined(hit.end)
            if after == hit.end and row.tail_needed:
                return Phrase(after, row.kind, row.id, bare=True) if row.bare and self._whole(after) else None
        bare = row.bare and after == hit.end
        if bare and not self._whole(after):
            return None
        return Phrase(after, row.kind, row.id, bare=bare and key_words(self.key, at, after) < 4)

    def _in_number(self, start: int, end: int) -> bool:
        """Whether the phrase is part of a document number ('12/UBND-NC') or of another word ('Hải Phòng')."""
        text = self.text
        joined = text[start - 1 : start] in ("/", "-") or text[end : end + 1] in ("/", "-") and text[end + 1 : end + 2].isalnum()
        if joined and text[start:end].isupper():
            return True
        if _INSIDE.search(self.key, max(0, start - 8), end):
            return True
        return " " not in text[start:end] and self._inside_name(start)

    def _inside_name(self, start: int) -> bool:
        """Whether the word at `start` follows a capital word within a sentence ('xã Trường Văn', 'Nam Hội')."""
        if self.text[start - 1 : start] != " ":
            return False
        if _LEVEL_END.search(self.key, max(0, start - 12), start):
            return True
        before = self.text.rfind(" ", max(0, start - 12), start - 1) + 1
        word = self.text[before : start - 1]
        return before > 1 and word.isalpha() and word.istitle() and self.text[before - 2].islower()

    def _small_head(self, hit: Hit[Anchor]) -> bool:
        """Whether a head without a capital begins a name all the same ('bệnh viện Nhà Bè', 'phòng Nội vụ')."""
        row = hit.value.head
        if row is None or row.takes == "level" or not self.capital(hit.end + 1):
            return False
        return field_at(self.key, hit.end + 1) is not None or " " in self.key[hit.start : hit.end] and hit.end + 1 not in self.at

    def _whole(self, end: int) -> bool:
        """Whether no further small word belongs to a head that stands alone ('Bộ luật', 'Trường hợp')."""
        if self.text[end : end + 1] != " ":
            return True
        if _NO_BODY.match(self.key, end):
            return False
        return ends_name(self.key, end + 1) or self.key.startswith("và ", end + 1)

    def _after_name(self, end: int, row: NameRow) -> int:
        if row.tail == "level":
            return self.tail(end, None)
        if row.tail == "session":
            match = _SESSION.match(self.key, end)
            return match.end() if match else end
        return end

    def _joined(self, end: int, *, left: int = 2) -> int:
        """The end of 'HĐND, UBND tỉnh X', where the first body lacks the level the second has."""
        step = _STEP.match(self.key, end)
        if step is None:
            return end
        hit = self.at.get(step.end())
        if hit is None or hit.value.head is None or hit.value.head.takes != "level" or not self.capital(hit.start):
            return end
        after = self.tail(hit.end, hit.value.head)
        if after == hit.end and left:
            after = self._joined(hit.end, left=left - 1)
        return after if after > hit.end else end

    # -- fields ----------------------------------------------------------------------------------
    def field(self, end: int, row: HeadRow) -> int:
        """The end of the field of work or proper name after a head, `end` where there is none."""
        if self.text[end : end + 1] != " ":
            return end
        at = end + 1
        known = field_at(self.key, at)
        if known is not None and (self.capital(at) or row.id in ("head.ministry", "head.department", "head.general-department")):
            stop = known[0]
            if row.id in _NEEDS_FIELD:
                return stop
            return self._listed(max(stop, self._proper(stop, row, started=True)), row)
        hit = self.at.get(at)
        if hit is not None and self.capital(at) and (hit.value.name or (hit.value.head and not hit.value.head.tail_needed) or hit.value.post):
            return end
        if row.id in _NEEDS_FIELD:
            return end
        stop = self._proper(end, row, started=False)
        return self._listed(stop, row) if stop > end else end

    def _listed(self, end: int, row: HeadRow) -> int:
        """The end of a name of several fields, 'A, B và C': bodies of their own would each bear their head."""
        if self.text[end : end + 1] != "," or row.takes != "field":
            return end
        stop = end
        for _ in range(3):
            start = stop + 2
            if self.text[stop : start] != ", " or not self.capital(start) or start in self.at or province_at(self.text, self.key, start):
                return end
            known = field_at(self.key, start)
            stop = known[0] if known else self._proper(start - 1, row, started=False)
            if stop < start:
                return end
            last = stop + 4
            if self.key.startswith(" và ", stop) and self.capital(last) and last not in self.at:
                known = field_at(self.key, last)
                after = known[0] if known else self._proper(last - 1, row, started=False)
                return after if after > last else end
        return end

    def _proper(self, end: int, row: HeadRow, *, started: bool) -> int:
        """The end of a name not in the tables: it runs while words are capital, or small and no words of a sentence."""
        key, text = self.key, self.text
        stop, small, at = end, 0, end
        capitals = started
        last_capital = end
        if row.loose and not started and (kind := _COMPANY.match(key, end)):
            at = kind.end()
        for _ in range(MAX_WORDS):
            link = _LINK.match(key, at)
            if link is None:
                break
            word = _WORD.match(key, link.end())
            if word is None:
                break
            start, after = word.start(), word.end()
            while key[after - 1] in ".'’&":
                after -= 1
            joint = link.group()
            if text[start].isdigit():
                if key[after : after + 1] in ("/", "%") or (joint != " " and not joint == "-"):
                    break
            elif text[start].isupper():
                hit = self.at.get(start)
                if hit is not None and _blocks(hit.value) and (capitals or not row.loose):
                    break
                if joint == ", ":
                    break
                if _LEVEL.match(key, start) and capitals:
                    break
                found = province_at(text, key, start) if capitals else None
                if found:
                    return found[0]
                capitals, small, last_capital = True, 0, after
            else:
                if joint in (" và ", ", ", " - ", " & ") and not self._goes_on(start):
                    break
                if not (capitals or row.loose) or _LEVEL.match(key, start) or _SUFFIX.match(key, start - 1):
                    break
                if ends_name(key, start) and not (row.loose and key.startswith(("các ", "dự án", "xuất nhập", "thành viên"), start)):
                    break
                small += 1
                if small > MAX_SMALL:
                    return last_capital
            stop = at = after
            if text[start].isdigit() and not capitals:
                capitals = True
        return stop if capitals else end

    def _goes_on(self, start: int) -> bool:
        """Whether a name goes on with a small word after 'và' or a dash."""
        return field_at(self.key, start) is not None

    # -- levels and places -----------------------------------------------------------------------
    def tail(self, end: int, row: HeadRow | None) -> int:
        """The end of the levels, places and higher bodies that follow a name at `end`."""
        key = self.key
        placed = False
        for _ in range(4):
            after = self.level(end)
            placed = placed or after > end
            if after == end:
                suffix = _SUFFIX.match(key, end)
                after = suffix.end() if suffix else end
            if after == end and not placed and key[end : end + 1] == " ":
                found = province_at(self.text, key, end + 1)
                placed = True
                if found:
                    after = self.places(found[0])
                elif row is not None and row.id not in _NEEDS_FIELD:
                    after = self.place(end)
            if after == end and row is not None and row.nests:
                after = self._nested(end, row)
            if after == end:
                break
            end = after
        under = _UNDER.match(key, end)
        if under:
            return under.end()
        if key.startswith(" thuộc ", end) and row is not None and row.kind in (ActorKind.AGENCY, ActorKind.UNIT):
            after = self._inner(end + 6)
            return after if after > end + 6 else end
        return end

    def _nested(self, end: int, row: HeadRow) -> int:
        """The end of the higher body whose name follows at once, as in 'Văn phòng Sở Nội vụ'."""
        return self._inner(end) if row.nests and self.text[end : end + 1] == " " and self.capital(end + 1) else end

    def _inner(self, end: int) -> int:
        """The end of a body named after the blank at `end`, `end` where there is none."""
        if self.depth >= MAX_DEPTH:
            return end
        self.depth += 1
        inner = self.body(end + 1)
        self.depth -= 1
        return inner.end if inner else end

    def level(self, end: int) -> int:
        """The end of ' tỉnh X', ' các huyện, thị xã', ' tỉnh, thành phố' at `end`."""
        key = self.key
        if key[end : end + 1] != " ":
            return end
        at = end + 1
        plural = _PLURAL.match(key, at)
        if plural:
            at = plural.end()
        level = _LEVEL.match(key, at)
        if level is None:
            return end
        stop = self._named_level(level.end(), plural=bool(plural))
        for _ in range(6):
            step = _STEP.match(key, stop)
            more = _LEVEL.match(key, step.end()) if step else None
            if step is None or more is None or step.group() in (" - ", "; "):
                break
            after = self._named_level(more.end(), plural=bool(plural))
            if not plural and stop > level.end() and after > more.end():
                break
            stop = after
        under = _UNDER.match(key, stop)
        return under.end() if under else stop

    def _named_level(self, end: int, *, plural: bool) -> int:
        """The end of the place names after a level word, `end` where none follow."""
        colon = self.key[end : end + 2] == ": "
        at = end + 2 if colon else end + 1
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
            if self.text[stop : stop + 1] != " " and not (stop > end and self.text[stop : stop + 1] == "-"):
                break
            start = stop + 1
            if not self.capital(start):
                break
            hit = self.at.get(start)
            if hit is not None and _blocks(hit.value):
                break
            word = _WORD.match(self.key, start)
            if word is None:
                break
            shout = self.text[start : word.end()].isupper() and word.end() - start > 1
            if stop > end and shout != loud:
                break
            loud = shout
            after = word.end()
            while self.key[after - 1] in ".'’&":
                after -= 1
            stop = after
        return stop


def key_words(key: str, start: int, end: int) -> int:
    """How many words `start:end` has."""
    return key.count(" ", start, end) + 1


def _blocks(anchor: Anchor) -> bool:
    """Whether an anchor begins another body or post, at which a name ends."""
    if anchor.name or anchor.post:
        return True
    return anchor.head is not None and not anchor.head.tail_needed
