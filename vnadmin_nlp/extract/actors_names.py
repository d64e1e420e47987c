"""Grammar of the names of bodies: head, field of work, level and place ('Sở Nội vụ', 'UBND các huyện, thị xã')."""

from __future__ import annotations

from dataclasses import dataclass

from vnadmin_nlp.extract.actors_fields import NEEDS_FIELD, SUFFIX, Fields
from vnadmin_nlp.extract.actors_places import UNDER
from vnadmin_nlp.knowledge.agencies import Anchor, HeadRow, NameRow, ends_name, field_at, parts, predicate_at
from vnadmin_nlp.knowledge.places import province_at
from vnadmin_nlp.knowledge.triggers import Hit
from vnadmin_nlp.schema import ActorKind
from vnadmin_nlp.text import key_of, keyed

_JOIN = keyed(r"(?:, ?| và )")
_SEVERAL = keyed(
    r" (?:các (?:cấp|bộ|sở|đơn vị|tỉnh|thành phố|huyện|quận|thị xã|xã|phường)|(?:tỉnh|xã|phường|huyện|quận), )"
)
_OF_STATES = ("name.government", "name.national-assembly")
_OFFICES = ("head.department", "head.general-department")
_IN_OFFICES, _OFFICE = ("head.party-committee", "head.mass-organisation"), key_of(" cơ quan ")
_FELLOW = keyed(r"(?:, | và |/)")
_PLACES = keyed(r" (?:(?:các|\d+) (?:tỉnh|thành phố|huyện|quận|xã|phường)|tỉnh, thành phố)(?!\w)")
# What a board manages, after its first words: 'Ban Quản lý các khu chế xuất và công nghiệp'
_ZONES = keyed(
    r"(?: |, | và )(?:các )?(?:khu (?:công nghiệp|kinh tế(?: cửa khẩu)?|chế xuất|công nghệ cao)|công nghiệp)(?!\w)"
)
_NO_BODY = keyed(r" (?:chỉ số|chỉ tiêu|tiêu chí|luật|phận|máy|đội|câu hỏi|thủ tục|tài liệu|mã)(?!\w)")
_KIN = keyed(r" (?:mẹ|con)(?!\w)")  # 'Công ty mẹ' is any such company
_COMPOUNDS = frozenset(
    {
        "phi chính phủ",
        "lãnh chính phủ",  # bảo lãnh
        "nợ chính phủ",
        "phiếu chính phủ",  # trái phiếu, tín phiếu
        "trực ban",
        "tiến bộ",
        "cơ sở",
        "hải phòng",
        "trụ sở",
        "trung bộ",
        "nam bộ",
        "bắc bộ",
        "cán bộ",
        "nội bộ",
        "đồng bộ",
        key_of("toàn bộ"),
        "nhiệm vụ",
        "dịch vụ",
        "chức vụ",
    }
)
_LEVEL_ENDS = frozenset(
    {"tỉnh", "phố", "xã", "trấn", "huyện", "quận", "phường", "khu", "tp", "tp.", "đô", "thôn", "ấp", "làng"}
)
_AREA = key_of(" khu vực")
_SESSION = keyed(r" (?:\(?khóa [ivxl\d]+\)?|đảng khóa [ivxl\d]+)(?!\w)")
# The task a committee is named by: 'Ban Chỉ đạo quốc gia về phát triển du lịch'
_TASK = r"(?: của (?:chính phủ|tỉnh|thành phố|bộ))? về {words}"
_TASK_WORD = keyed(r",? (?:và )?(\w+)")
# Tasks that stand without 'về': 'Ban Chỉ đạo cải cách hành chính'
_TASKS = tuple(map(key_of, (" phòng", " cải cách", " chuyển đổi số", " cổ phần hóa", " hội nhập", " giảm nghèo")))
MAX_DEPTH, MAX_TASK = 4, 24


@dataclass(slots=True)
class Phrase:
    """A noun phrase that names actors, up to `end`.

    `bare`: a head alone, or a single noun. `plural`: a group; `weight` is the log odds of its noun.
    """

    end: int
    kind: ActorKind
    rule: str
    bare: bool = False
    plural: bool = False
    weight: float = 0.0


class Names(Fields):
    """Reads names of bodies at given places of one text."""

    __slots__ = ()

    def body(self, at: int) -> Phrase | None:
        """The named body that begins at `at`, or the head of one alone (`bare`); several of a kind are a group."""
        phrase = self._body(at)
        if at in self.known and (phrase is None or phrase.end < self.known[at]):
            head = self.at[at].value.head if at in self.at else None
            return Phrase(self.known[at], head.kind, head.id) if head is not None else phrase
        if phrase is not None and phrase.kind is not ActorKind.PARTY:
            words = self.key[at : phrase.end]
            if (", " in words or " các " in words) and _SEVERAL.search(words):
                phrase.kind = ActorKind.GROUP
        return phrase

    def _body(self, at: int) -> Phrase | None:
        hit = self.at.get(at)
        if hit is None or not (self.capital(at) or self._small_head(hit)) or self._inside_other(at, hit.end):
            return None
        name, row = hit.value.name, hit.value.head
        if name is not None:
            if _DIGITAL.match(self.key, at):
                return None
            return Phrase(self._after_name(hit.end, name), name.kind, name.id)
        if row is None or _TAX.match(self.key, at):
            return None
        end = hit.end if row.takes == "level" else self.field(hit.end, row)
        if row.takes != "field" or end > hit.end:
            end = self.tail(end, row)
            if end == hit.end and row.shares:
                end = self._shared(end, plural=row.takes == "open")
        else:
            end = max(self._nested(end, row), end if row.id in NEEDS_FIELD else self.tail(end, None))
        if row.id == "head.management-board":
            end = self._zones(at, end, row)
        if row.task:
            end = self._task(end)
        elif row.id in _OFFICES and end > hit.end:
            end = self._fellows(at, hit.end, end)
        if end > hit.end:
            return Phrase(end, row.kind, row.id)
        return self._alone(at, hit, row)

    def _alone(self, at: int, hit: Hit[Anchor], row: HeadRow) -> Phrase | None:
        """A head without a name: some are names themselves, some may stand for a body named elsewhere."""
        long = key_words(self.key, at, hit.end) > 3
        if self.key[at : hit.end] in ("đại học", "cao đẳng") or _KIN.match(self.key, hit.end):
            return None
        if not row.bare:
            return Phrase(hit.end, row.kind, row.id) if row.takes != "field" and not row.tail_needed else None
        small = row.loose and self.text[hit.end + 1 : hit.end + 2].islower()
        other = (
            small and self.key.startswith("công ty", at) and not parts("company").match(self.key, hit.end + 1)
        )  # 'Công ty xuất hóa đơn'
        if not self.capital(at) or not (long or other or self._whole(hit.end)):
            return None
        return Phrase(hit.end, row.kind, row.id, bare=not long)

    def _inside_other(self, start: int, end: int) -> bool:
        """Whether the phrase is part of a document number ('12/UBND-NC') or of another word or name ('Hải Phòng')."""
        text = self.text
        before, after = text[start - 1 : start], text[end : end + 1]
        joined = before in ("/", "-") or (after in ("/", "-") and text[end + 1 : end + 2].isalnum())
        if before and joined and text[start:end].isupper():
            return True
        if before != " ":
            return False
        word = self.word_before(start)
        if f"{word} {self.key[start:end]}" in _COMPOUNDS:
            return True
        if " " in text[start:end]:
            return False
        return word in _LEVEL_ENDS or self._follows_name(start)

    def _follows_name(self, start: int) -> bool:
        """Whether the word at `start` follows a capital word within a sentence ('Nam Hội', 'QUÂN ĐỘI')."""
        before = self.text.rfind(" ", max(0, start - 12), start - 1) + 1
        word = self.text[before : start - 1]
        if not word.isalpha():
            return False
        if word.isupper() and self.text[start : start + 2].isupper():
            return len(word) > 1
        named = word.istitle() and word not in ("Trưởng", "Đảng", "Ban")
        return before > 1 and named and self.text[before - 2].islower()

    def _small_head(self, hit: Hit[Anchor]) -> bool:
        """Whether a head without a capital begins a name all the same ('bệnh viện Nhà Bè', 'phòng Nội vụ')."""
        row = hit.value.head
        if row is None:
            return False
        if row.takes == "level":
            whole = row.kind is ActorKind.AGENCY and (" " in self.key[hit.start : hit.end] or row.id == "head.police")
            return whole and self.level(hit.end) > hit.end
        if not self.capital(hit.end + 1):
            return False
        owner = self.at.get(hit.end + 1)
        if self.key.startswith("văn phòng", hit.start) and owner is not None and owner.value.head is not None:
            return True  # 'văn phòng UBND tỉnh'
        long = " " in self.key[hit.start : hit.end]
        code = self.text[hit.end + 1 : self.word_end(hit.end + 1)]
        if row.id in _OFFICES and len(code) > 2 and code.isalpha() and code.isupper():
            return not self.text[hit.start : hit.end].isupper()  # 'phòng CNTT'
        return field_at(self.key, hit.end + 1) is not None or (long and hit.end + 1 not in self.at)

    def _whole(self, end: int) -> bool:
        """Whether no further small word belongs to what ends at `end` ('Bộ luật', 'Trường hợp')."""
        if self.text[end : end + 1] != " ":
            return True
        if _NO_BODY.match(self.key, end):
            return False
        return ends_name(self.key, end + 1) or self.key.startswith("và ", end + 1)

    def _after_name(self, end: int, row: NameRow) -> int:
        if row.id in _OF_STATES and (state := parts("state", r" {words}").match(self.key, end)):
            end = state.end()
        if row.tail == "level":
            end = self.tail(end, None)
        session = _SESSION.match(self.key, end) if row.tail != "none" else None
        return session.end() if session else end

    def _shared(self, end: int, *, plural: bool, left: int = 2) -> int:
        """The end of 'HĐND, UBND tỉnh X', where the first body lacks the level, or `plural` levels, the second has."""
        step = _JOIN.match(self.key, end)
        hit = self.at.get(step.end()) if step else None
        if hit is None or hit.value.head is None or not hit.value.head.shares or not self.capital(hit.start):
            return end
        after = self.tail(hit.end, hit.value.head)
        if after == hit.end and left:
            after = self._shared(hit.end, plural=plural, left=left - 1)
        if plural and not self.key.startswith((" các ", " tỉnh, thành phố"), hit.end):
            return end
        return after if after > hit.end else end

    def _fellows(self, at: int, head: int, end: int) -> int:
        """The end of further bodies with the head `at:head`, the last with the places of all.

        'Cục Thuế, Cục Hải quan các tỉnh, thành phố' is such a whole.
        """
        step = _FELLOW.match(self.key, end)
        if step is None or not self.key.startswith(self.key[at : head + 1], step.end()):
            return end
        field = field_at(self.key, head + 1)
        if field is None or field[0] < end:
            return end  # the first has a place of its own
        after = self._inner(step.end() - 1) if self.capital(step.end()) else end
        return after if after > end and _PLACES.search(self.key, step.end(), after) else end

    def _zones(self, at: int, end: int, row: HeadRow) -> int:
        """The end of the zones that the board `at:end` manages."""
        for _ in range(3):
            zone = _ZONES.match(self.key, end)
            further = self.key.startswith((",", " và "), end)
            if zone is None or (further and "khu" not in self.key[at:end]):
                break
            end = self.tail(zone.end(), row)
        return end

    def _task(self, end: int) -> int:
        """The end of the task a committee is named by, up to a comma before a body, a predicate or a mark."""
        field = field_at(self.key, end + 1) if self.key.startswith(_TASKS, end) else None
        if field is not None:
            end = self.tail(field[0], None)  # 'Ban Chỉ đạo quốc gia phòng, chống dịch'
            return self._inner(end) if self.text[end : end + 1] == " " and self.capital(end + 1) else end
        task = parts("task", _TASK).match(self.key, end)
        if task is None:
            return end
        end = task.end()
        for _ in range(MAX_TASK):
            word = _TASK_WORD.match(self.key, end)
            if word is None or self._acting(word.start(1)) or predicate_at(self.key, word.start(1)):
                break
            if word.group(1) in _TASK_ENDS or (
                word.group(1) == "số" and self.key[word.end() + 1 : word.end() + 2].isdigit()
            ):
                break
            end = word.end()
        return self.level(end)

    def _acting(self, at: int) -> bool:
        """Whether another body or group begins at `at`, and no small word like 'khoa' in 'khoa học'."""
        hit = self.at.get(at)
        return hit is not None and (self.capital(at) or hit.value.noun is not None)

    def tail(self, end: int, row: HeadRow | None) -> int:
        """The end of the levels, places and higher bodies that follow a name at `end`."""
        key = self.key
        placed = False
        for _ in range(4):
            after = self.level(end)
            placed = placed or after > end
            if after == end:
                suffix = SUFFIX.match(key, end)
                after = suffix.end() if suffix else end
            if after == end and not placed and key[end : end + 1] == " ":
                found = province_at(self.text, key, end + 1)
                placed = True
                if found:
                    after = self.places(found[0])
                elif row is not None and row.id not in NEEDS_FIELD:
                    after = self.place(end)
            if after == end and self.key.startswith(_AREA, end):
                after = self._area(end)
            if after == end and row is not None:
                after = self._nested(end, row)
                if after == end and row.id == "head.general-department" and key.startswith(" - ", end):
                    inner = self._inner(end + 2)  # 'Vụ Pháp chế - Bộ Tư pháp'
                    after = inner if inner > end + 2 else end
            if after == end:
                break
            end = after
        under = UNDER.match(key, end)
        if under:
            return under.end()
        if key.startswith(" thuộc ", end) and row is not None and row.kind in (ActorKind.AGENCY, ActorKind.UNIT):
            after = self._inner(end + 6)
            return after if after > end + 6 else end
        return end

    def _area(self, end: int) -> int:
        """The end of ' khu vực' after the name of an office, `end` where it begins another word."""
        stop = end + len(_AREA)
        alone = self.key[stop : stop + 1] in ("", ",", ";", ".", ":", "\n", ")")
        return stop if alone or (self.key[stop : stop + 1] == " " and predicate_at(self.key, stop + 1)) else end

    def _nested(self, end: int, row: HeadRow) -> int:
        """The end of the higher body whose name follows at once, as in 'Văn phòng Sở Nội vụ'."""
        if row.id in _IN_OFFICES and self.key.startswith(_OFFICE, end):
            inner = self._inner(end + len(_OFFICE) - 1)  # 'Đảng ủy cơ quan Bộ Tài chính'
            return inner if inner >= end + len(_OFFICE) else end
        return self._inner(end) if row.nests and self.text[end : end + 1] == " " and self.capital(end + 1) else end

    def _inner(self, end: int) -> int:
        """The end of a body named after the blank at `end`, `end` where there is none."""
        if self.depth >= MAX_DEPTH:
            return end
        self.depth += 1
        inner = self.body(end + 1)
        self.depth -= 1
        return inner.end if inner else end


_DIGITAL = keyed(r"chính phủ (?:số(?! ?\d)|điện tử)(?!\w)")
_TAX = keyed(r"thuế (?:gtgt|tncn|tndn|ttđb|ttdb|xnk|bvmt|tnmt|vat)(?!\w)")
_TASK_ENDS = frozenset({"tại", "để", "theo", "được", "có", "đã", "phải", "trước", "ngày", "xem"})


def key_words(key: str, start: int, end: int) -> int:
    """How many words `start:end` has."""
    return key.count(" ", start, end) + 1
