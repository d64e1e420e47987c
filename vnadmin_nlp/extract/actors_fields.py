"""What stands between the head of a body's name and its place: a field of work, or a name of its own."""

from __future__ import annotations

from dataclasses import dataclass

from vnadmin_nlp.extract.actors_places import LEVEL, Places
from vnadmin_nlp.knowledge.agencies import HeadRow, ends_name, field_at, parts, predicate_at
from vnadmin_nlp.knowledge.places import province_at
from vnadmin_nlp.text import keyed

SUFFIX = keyed(
    r" (?:việt nam|trung ương(?! cục)|tw|quốc gia|nhà nước|tối cao|cấp cao|cơ sở(?! dữ liệu| vật chất)|"
    r"đảng(?! bộ| ủy| viên)|"
    r"các cấp|cùng cấp|cấp có thẩm quyền|(?:ở )?cấp (?:tỉnh|huyện|xã|thành phố|quận|phường|trung ương|trên|dưới)"
    r"(?:, (?:cấp )?(?:tỉnh|huyện|xã|trung ương))*|"
    r"khu vực (?:[ivxl]+|\d+)(?:,? (?:và )?(?:[ivxl]+|\d+))*|[ivxl]+ và [ivxl]+|"
    r"(?:tại )?các (?:bộ|sở|ban|ngành|địa phương|đơn vị|cơ quan|cấp)"
    r"(?:, (?:bộ|sở|ban|ngành|địa phương|đơn vị|cơ quan))*(?: và (?:địa phương|đơn vị))?(?: có liên quan| liên quan)?|"
    r"(?:- )?chi nhánh(?: khu vực(?: (?:[ivxl]+|\d+))?|(?= (?:các )?(?:tỉnh|thành phố)))|của quốc hội|địa phương|"
    r"miền (?:bắc|trung|nam)|phía (?:bắc|nam)|tại (?:việt nam|thành phố hồ chí minh|hà nội|đà nẵng)|"
    r"số \d+(?![\d/-]))(?!\w)"
)
_COMPANY_FORM = keyed(r"\.?,? ?(?:co\.?,? ?ltd|ltd|jsc|inc|corp|llc|gmbh)(?!\w)")
# The country of a foreign company, or of its branch: '(Việt Nam)', '- Đức'
_COUNTRY = keyed(
    r" (?:\((?:việt nam|viet nam|vietnam|vn|hk|hồng kông|hong kong|singapore|thailand|thái lan|china|trung quốc|korea|"
    r"hàn quốc|nhật bản|japan|đài loan|taiwan|malaysia|usa|mỹ|đức|pháp|anh)\)|"
    r"[-–—] (?:đức|mỹ|hoa kỳ|nhật bản|hàn quốc|trung quốc|pháp|anh quốc|đài loan|singapore|thái lan|hà lan|úc|nga|"
    r"ấn độ|malaysia|hồng kông)(?!\w))"
)
_PLURAL_OBJECT = keyed(r"(?:các|dự án|xuất nhập|thành viên) ")
_LINK = keyed(r"( [-–—] |-| & | và |, | )(?=\w)")
# Heads that only a known field follows
NEEDS_FIELD = ("head.ministry", "head.department", "head.team")
MAX_WORDS, MAX_SMALL = 20, 8


@dataclass(slots=True)
class _Name:
    """A name being read: from `start` to `end`, with `small` words without a capital since the last one with.

    `loud`: where that one ends; `proper`: whether it is surely of a proper name ('Intecom', the second of 'Hoa Sen').
    """

    row: HeadRow
    start: int
    end: int
    started: bool
    capitals: bool
    small: int = 0
    loud: int = 0
    proper: bool = False


class Fields(Places):
    """Reads fields of work and proper names after the heads of bodies."""

    __slots__ = ()

    def field(self, end: int, row: HeadRow) -> int:
        """The end of the field or name after a head that ends at `end`, `end` where there is none."""
        if self.text[end : end + 1] != " ":
            return end
        at = end + 1
        known = field_at(self.key, at)
        if known is not None and (
            self.capital(at)
            or (known[1].departments and not row.loose and row.takes == "field" and not self._does(at, known[0]))
            or row.id == "head.management-board"
        ):
            if row.id in NEEDS_FIELD:
                return known[0]
            stop = self._dashed(known[0], " - ")
            if row.loose and self.text[stop + 1 : stop + 2].islower():
                stop = max(stop, self._capital_end(self._proper(end, row)))  # 'Công ty TNHH Đầu tư toàn cầu Tràng An'
            if row.id == "head.general-department":
                stop = self._dashed(stop, " và ")
            return self._listed(max(stop, self._proper(stop, row, started=True)), row)
        if row.id in NEEDS_FIELD or (self.capital(at) and self.blocked(at)):
            return end
        if self.key[end - 6 : end] == "trường" and not parts("school").match(self.key, at):
            return end
        stop = self._proper(end, row)
        if row.loose and stop > end:
            form = _COMPANY_FORM.match(self.key, stop)
            country = _COUNTRY.match(self.key, form.end() if form else stop)
            if last := country or form or parts("state", r" tại {words}").match(self.key, stop):
                return last.end()
        return self._listed(stop, row) if stop > end else end

    def _does(self, at: int, end: int) -> bool:
        """Whether the field `at:end` without a capital is a verb here ('Sở xây dựng kế hoạch')."""
        after = end + 1
        return (
            predicate_at(self.key, at)
            and self.text[end:after] == " "
            and self.text[after : after + 1].islower()
            and not (ends_name(self.key, after) or LEVEL.match(self.key, after) or self.key.startswith("và ", after))
        )

    def _capital_end(self, end: int) -> int:
        """`end` where the last word before it has a capital, else 0."""
        return end if self.capital(self.key.rfind(" ", 0, end) + 1) else 0

    def _dashed(self, end: int, link: str) -> int:
        """The end of further fields joined by `link` ('Tài chính - Kế toán')."""
        for _ in range(3):
            at = end + len(link)
            more = field_at(self.key, at) if self.key.startswith(link, end) and self.capital(at) else None
            if more is None or self.blocked(at) or self._another(at):
                break
            end = more[0]
        return end

    def _another(self, at: int) -> bool:
        """Whether the head at `at`, which a field may be called too, begins a body of its own ('và Thanh tra Sở')."""
        hit = self.at.get(at)
        if hit is None or hit.value.head is None:
            return False
        owner = self.at.get(hit.end + 1) if self.capital(hit.end + 1) else None
        return bool(owner and owner.value.head) or self.level(hit.end) > hit.end

    def _listed(self, end: int, row: HeadRow) -> int:
        """The end of a name of several fields, 'A, B và C': bodies of their own would each bear their head."""
        if self.text[end : end + 1] != "," or row.takes != "field":
            return end
        stop = end
        for _ in range(3):
            stop = self._part(stop, ", ", row)
            last = self._part(stop, " và ", row)
            if last > stop:
                return last
            if self.text[stop : stop + 1] != ",":
                break
        return end

    def _part(self, end: int, link: str, row: HeadRow) -> int:
        """The end of one more field of a name after `link`, `end` where none follows."""
        start = end + len(link)
        if not self.key.startswith(link, end) or not self.capital(start) or start in self.at:
            return end
        if province_at(self.text, self.key, start):
            return end
        known = field_at(self.key, start)
        after = known[0] if known else self._proper(start - 1, row)
        return after if after > start else end

    def _proper(self, end: int, row: HeadRow, *, started: bool = False) -> int:
        """The end of a name not in the tables: it runs while words are capital, or small and no words of a sentence.

        `started`: a known field has been read, and only capital words can go on with it.
        """
        name = _Name(row, end, end, started, started)
        at = end
        kind = (
            parts("company", r" (?:{words} |(?:và|&|-) )*{words}").match(self.key, end)
            if row.loose and not started
            else None
        )
        if kind:
            at = kind.end()
        for _ in range(MAX_WORDS):
            link = _LINK.match(self.key, at)
            if link is None:
                break
            start = link.end()
            after = self.word_end(start)
            first = self.text[start : start + 1]
            if first.isdigit():
                fits = self._digits_fit(name, start, after, link.group())
            elif first.isupper():
                found = province_at(self.text, self.key, start) if name.capitals else None
                if found and not self.blocked(start):
                    return found[0]
                if name.capitals and self.key.startswith("việt nam", start) and not self.capital(start + 9):
                    return start + 8
                if name.capitals and row.loose and _COUNTRY.match(self.key, at):
                    break
                fits = self._capital_fits(name, start, after, link.group())
            else:
                fits = self._small_fits(name, start, link.group())
            if not fits or self.key[after : after + 2] == "/v":
                break
            name.end = at = after
        if row.loose and name.proper and name.end > name.loud > 0:
            return name.loud  # 'Công ty Hoa Sen chuyển tiền'
        if kind and not name.capitals and self.capital(end + 1):
            return kind.end()
        return name.end if name.capitals else end

    def _digits_fit(self, name: _Name, start: int, end: int, link: str) -> bool:
        if self.key[end : end + 1] in ("/", "%") or link not in (" ", "-") or (name.capitals and end - start > 2):
            return False
        name.capitals = True
        return True

    def _capital_fits(self, name: _Name, start: int, end: int, link: str) -> bool:
        if link == ", " or (link != " " and name.end == name.start and not name.row.loose):
            return False
        if name.capitals and (parts("foreign").match(self.key, start) or LEVEL.match(self.key, start)):
            return False
        if (
            name.capitals
            and link in (" ", " - ")
            and predicate_at(self.key, start)
            and field_at(self.key, start) is None
        ):
            return False  # 'Vụ Pháp chế Chủ trì ...', as flattened tables print it
        strict = name.capitals or link == " và " or not name.row.loose
        if strict and (self.blocked(start) or (link == " và " and self._another(start))):
            return False
        written = self.text[name.start + 1 : name.end]
        if (
            name.capitals
            and " " in written
            and written.isupper()
            and end - start > 1
            and not self.text[start:end].isupper()
        ):
            return False  # a heading in capitals is over
        word = self.text[start:end]
        name.proper = link == " " and (start == name.loud + 1 or (len(word) > 1 and word.isupper()))
        name.capitals, name.small, name.loud = True, 0, end
        return True

    def _small_fits(self, name: _Name, start: int, link: str) -> bool:
        key = self.key
        if link in (" và ", ", ", " - ", " & ") and field_at(key, start) is None:
            return False
        if not (name.capitals or name.row.loose) or (name.started and name.end == name.start):
            return False
        if LEVEL.match(key, start) or SUFFIX.match(key, start - 1):
            return False
        if ends_name(key, start) and not (name.row.loose and _PLURAL_OBJECT.match(key, start)):
            return False
        name.small += 1
        return name.small <= MAX_SMALL
