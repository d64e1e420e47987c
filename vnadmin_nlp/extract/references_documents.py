"""One document named in full, by type and number, law name, fixed name or code, with its date and issuer."""

from __future__ import annotations

import re
from bisect import bisect_left

from vnadmin_nlp.extract.model import ReferenceCandidate
from vnadmin_nlp.extract.references_issuers import read_issuer
from vnadmin_nlp.extract.references_laws import LawName, read_law_name, read_year
from vnadmin_nlp.extract.references_named import (
    StandardRow,
    WorkRow,
    cues,
    cues_before,
    fixed_names,
    read_named,
    read_standard,
    standard_words,
)
from vnadmin_nlp.extract.references_numbers import (
    NUMBER_WORDS,
    Number,
    number_word,
    read_date,
    read_digits,
    read_number,
)
from vnadmin_nlp.extract.references_types import TypeRow, named_type, type_of_symbol, type_words
from vnadmin_nlp.schema import DocumentType

DRAFT = "reference.draft"
REACH = 120  # how far after its type a number may stand
_YEAR = re.compile(r"(?:19|20)\d{2}")
_DIGIT = re.compile(r"\d")
_LAWS = (DocumentType.LUAT, DocumentType.PHAP_LENH)
_NUMBER_AHEAD = re.compile(rf"(?<![^\W_]){NUMBER_WORDS}\s?[:-]?\s?(?=[\d/])")
_CLAUSE_END = re.compile(r"[.;()\n“”\"]")
_COMMA = re.compile(r"[,.;()\n“”\"]")
_QUALIFIED = re.compile(r"(?:\s[^\W\d_]+){1,3}\s(?=\d)")
# Verbs too, but with a capital and a serial they are short forms: Quyết định 06
_SHORT_TYPES = ("quyet_dinh", "ket_luan", "quy_dinh")
_IN_LIST = ("và ", "hoặc ", ", ")
_DRAFT = re.compile(r"(?:dự thảo|dự án|đề nghị xây dựng|hồ sơ)(?:\s(?:lần\s\d|\d{1,2}))?\s$")
_REVISED = re.compile(r"\s?\(sửa đổi\)|\ssửa đổi(?!,|[^\W_]|\s(?:bổ sung|một|điều|khoản|năm|số)(?![^\W_]))")
# `Luật Hải quan - số 54/2014/QH13`, `Luật Quản lý thuế (QLT) của Việt Nam số …`, `Luật … của Quốc hội số …`
_LAW_GAP = re.compile(rf"(?:\s?[-.,])?(?:\s\([^()\n]{{2,12}}\))?(?:\scủa việt nam)?\s(?={NUMBER_WORDS}\s?:?\s?\d)")
_SHORT_AFTER = re.compile(
    r"\s?(?:[.,;:()\n”\"/]|$)"
    r"|\s(?:của|về|nêu|trên|và|ngày|tại|thì|đã|được|có|quy định|cũng|là|năm \d{4}|khóa|hướng dẫn)(?![^\W_])"
)
_STANDARD_BEFORE = re.compile(r"tiêu chuẩn\s(?:[A-Z]{2,4}\s)?$")
_DESIGNATION = re.compile(r"\s(?:[A-Z]{2,3}\s)?([A-Z]{2,8})(?=\d)")


def is_draft(key: str, start: int) -> bool:
    """Whether what stands at `start` is called a draft."""
    return _DRAFT.search(key, max(0, start - 32), start) is not None


def read_suffix(text: str, key: str, one: ReferenceCandidate) -> None:
    """Add the date and the issuer that follow `one`, in either order."""
    dated = False
    for _ in range(3):
        if not dated and (day := read_date(key, one.end)):
            one.date, one.end, dated = day.value, day.end, True
        elif one.issuer is None and (issuer := read_issuer(text, key, one.end)):
            one.issuer, one.end = issuer, issuer[1]
        else:
            return


class Documents:
    """Reads documents of one text at given places. `triggers`: where its trigger words begin, in order."""

    def __init__(self, text: str, key: str, triggers: list[int]) -> None:
        self.text = text
        self.key = key
        self._triggers = triggers

    def type_at(self, pos: int) -> tuple[int, TypeRow] | None:
        """The longest type word that begins at `pos`: where it ends, and what it names."""
        words = self.key[pos : pos + 48].partition("\n")[0].split(" ", 4)
        table = type_words()
        for count in (4, 3, 2, 1):
            phrase = " ".join(words[:count]).rstrip(".,;:)”")
            row = table.get(phrase)
            if row is not None and named_type(self.text, pos, pos + len(phrase), row):
                return pos + len(phrase), row
        return None

    def read(self, start: int, end: int, row: TypeRow, *, part: bool = False) -> ReferenceCandidate | None:
        """The document whose type is named at `start:end`. `part`: a pinpoint into it stands before it."""
        if row.verb and self.text[start].islower() and not _DIGIT.search(self.text, end, end + REACH):
            return None
        kind = row.document_type
        if kind in _LAWS and (law := self._law(start, end, kind, part=part)):
            return law
        if numbered := self.numbered(start, end, row):
            return numbered
        if self.text[start:end] in row.abbreviations:
            return None
        return self._dated(start, end, row) or self._named(start, end, row)

    def _words(self, start: int, end: int) -> str:
        return " ".join(self.text[start:end].split())

    # -- by number ------------------------------------------------------------------------------
    def numbered(self, start: int, end: int, row: TypeRow) -> ReferenceCandidate | None:
        """The document of type `row` with the number that follows its type, after a qualifier or issuer if need be."""
        at = end + 1 if self.key[end : end + 1] == " " else end
        after = number_word(self.key, at)
        if after == at and self.key.startswith((". s", ", s"), end):  # a speck of a scan: `Nghị quyết. số 5/NQ-CP`
            at, after = end + 2, number_word(self.key, end + 2)
        number = read_number(self.text, after, after_word=after > at)
        issuer = None
        kind = row.document_type
        if number is None and after == at:
            ahead = self._number_ahead(start, end, row)
            if ahead is not None:
                at, number = ahead
                said = type_of_symbol(number.groups)
                if row.verb and self.text[start].islower() and said and said != row.document_type:
                    start, kind = at, said  # `hướng dẫn thi hành Nghị địmh số 5/2020/NĐ-CP`: a type that was misread
                else:
                    issuer = read_issuer(self.text, self.key, end)
            else:
                number = self._short_number(start, at, row)
        if number is None or not self._plausible(number, row, self.text[start].isupper(), after > at):
            return None
        if row.generic:
            kind = type_of_symbol(number.groups) or kind
        one = ReferenceCandidate(start, number.end, kind, "reference.number", number=number.value, issuer=issuer)
        read_suffix(self.text, self.key, one)
        return one

    def _number_ahead(self, start: int, end: int, row: TypeRow) -> tuple[int, Number] | None:
        """Where the number of `Báo cáo thẩm định số …`, `Tờ trình của Sở Y tế số …` stands before the next trigger."""
        if self.key[end : end + 1] not in (" ", ":", ",", "\n") or self.text[start:end] in row.abbreviations:
            return None
        index = bisect_left(self._triggers, end)
        following = self._triggers[index] if index < len(self._triggers) else len(self.text)
        ahead = _NUMBER_AHEAD.search(self.key, end + 1, min(following + 8, end + REACH))
        far = _CLAUSE_END if self.text[start].isupper() or not row.verb else _COMMA
        if ahead is None or far.search(self.key, end, ahead.start()):
            near = _QUALIFIED.match(self.text, end, min(following, end + 32))
            if near is None or self.key.endswith(cues_before()["forms"], end, near.end()):
                return None
            number = read_number(self.text, near.end(), after_word=False)
            return (near.end(), number) if number is not None and number.strong else None
        if self.key.endswith((*cues_before()["forms"], *_IN_LIST), end, ahead.start()):
            return None
        number = read_number(self.text, ahead.end(), after_word=True)
        if number is not None and (number.strong or read_date(self.key, number.end) is not None):
            return ahead.start(), number
        return None

    def _short_number(self, start: int, at: int, row: TypeRow) -> Number | None:
        """The number of a short form: `Nghị định 45`, `Thông tư 22/2019`."""
        if row.generic or not self.text[start].isupper() or (row.verb and row.id not in _SHORT_TYPES):
            return None
        number = read_number(self.text, at, after_word=True)
        if number is not None and number.groups and _YEAR.fullmatch(number.groups[0]):
            return number if row.id != "luat" else None  # `Luật 10/2013` is as well a month
        number = read_digits(self.text, at)
        return number if number is not None and _SHORT_AFTER.match(self.key, number.end, number.end + 14) else None

    def _plausible(self, number: Number, row: TypeRow, capital: bool, worded: bool) -> bool:
        """Whether a number without a symbol is one: digits alone need a capital type, a group after them, or a date."""
        if number.strong:
            return True
        if number.groups and row.document_type != DocumentType.OTHER:
            return True
        sure = capital and not number.groups and row.document_type != DocumentType.OTHER
        return sure or bool(number.groups) or read_date(self.key, number.end) is not None

    def _dated(self, start: int, end: int, row: TypeRow) -> ReferenceCandidate | None:
        """`Quyết định ngày 5/6/2020 của X`, `Nghị quyết của X ngày …`."""
        if row.verb and not self.text[start].isupper():
            return None
        one = ReferenceCandidate(start, end, row.document_type, "reference.date", name=self._words(start, end))
        read_suffix(self.text, self.key, one)
        return one if one.date is not None else None

    # -- by name --------------------------------------------------------------------------------
    def _law(self, start: int, end: int, kind: DocumentType, *, part: bool) -> ReferenceCandidate | None:
        name = read_law_name(self.text, self.key, end)
        if name is None:
            return None
        text, key = self.text, self.key
        stop = max(name.end, read_year(key, name.end))
        one = ReferenceCandidate(start, stop, kind, "reference.law", 1.0 if name.known else 0.8, in_law_name=True)
        if key[stop : stop + 1] == " ":
            at = number_word(key, stop + 1)
            number = read_number(text, at, after_word=at > stop + 1)
            if number is not None and number.groups:
                one.number, one.end = number.value, number.end
        read_suffix(text, key, one)
        if one.issuer is not None and key.startswith(cues()["appliers"], one.issuer[0]):
            # `Luật Đất đai của các địa phương`: how they apply it is meant
            one.end, one.issuer = max(stop, key.rfind(" ", stop, one.issuer[0] - 1)), None
        if one.number is None and (gap := _LAW_GAP.match(key, one.end, one.end + 40)):
            number = read_number(text, number_word(key, gap.end()), after_word=False)
            if number is not None and number.strong:
                one.number, one.end = number.value, number.end
                read_suffix(text, key, one)
        if one.number is None:
            one.name = self._words(start, stop)
        if one.end == name.end and not part:
            return self._bare_law(one, end, name)
        return one

    def _bare_law(self, one: ReferenceCandidate, end: int, name: LawName) -> ReferenceCandidate | None:
        """`one`, a law named without number, year or date, if it is one: a draft is marked as such."""
        text, key = self.text, self.key
        if is_draft(key, one.start) or (name.amending and not name.known) or _REVISED.match(key, one.end, one.end + 12):
            one.rule = DRAFT
            return one
        if not text[one.start].isupper() and not (name.known and text[end + 1 : end + 2].isupper()):
            return None
        school = key.endswith(cues_before()["schools"], 0, one.start) or key.startswith(cues()["school-names"], end + 1)
        if school and not name.known:
            return None
        return one

    def fixed(self, start: int, end: int, row: WorkRow) -> ReferenceCandidate | None:
        """A work whose fixed name stands at `start:end`."""
        while self.text[start].islower():  # `điều chỉnh Quy hoạch điện VIII`: the name begins at its capital
            start = self.text.find(" ", start, end) + 1
            if not start:
                return None
        made = self.key.endswith("ban hành ", 0, start)
        if made or self.key[start:end] not in fixed_names() or self._is_defined(start, end):
            return None
        stop = read_year(self.key, end)
        one = ReferenceCandidate(start, stop, DocumentType(row.type), "reference.named", name=self._words(start, stop))
        one.in_law_name = one.document_type == DocumentType.LUAT
        return one

    def _named(self, start: int, end: int, row: TypeRow) -> ReferenceCandidate | None:
        named = read_named(self.text, self.key, start, end, row)
        if named is None or self._is_defined(start, end):
            return None
        one = ReferenceCandidate(start, named.end, row.document_type, named.rule, name=self._words(start, named.end))
        if row.document_type != DocumentType.NGHI_QUYET and (issuer := read_issuer(self.text, self.key, one.end)):
            rules_of = row.document_type in (DocumentType.QUY_CHE, DocumentType.OTHER)
            if rules_of and self.key.endswith(cues()["rules-of"], start, one.end):
                one.name = self._words(start, issuer[1])
            else:
                one.issuer = issuer
            one.end = issuer[1]
        return one

    def _is_defined(self, start: int, end: int) -> bool:
        """Whether the name at `start:end` only introduces a short form: `(gọi tắt là Đề án 06)`, `(Đề án 06)`."""
        bracketed = self.text[start - 1 : start] == "(" and self.text.find(")", end, end + 8) >= 0
        return bracketed or self.key[max(0, start - 16) : start].rstrip(" :“").endswith(cues()["naming"])

    def standard(self, start: int, end: int, row: StandardRow) -> ReferenceCandidate | None:
        """A standard whose letters stand at `start:end`. Foreign ones keep their designation as number."""
        found = read_standard(self.text, start, end, row)
        if found is None:
            return None
        before = _STANDARD_BEFORE.search(self.key, max(0, start - 20), start)
        one = ReferenceCandidate(
            before.start() if before else start, found.end, DocumentType.OTHER, found.rule, number=found.number
        )
        if found.number is None:
            one.name = self._words(start, found.end)
        return one

    def designated(self, start: int, end: int) -> ReferenceCandidate | None:
        """`tiêu chuẩn EN71`, where letters and code make one word after `tiêu chuẩn` at `start:end`."""
        match = _DESIGNATION.match(self.text, end, end + 48)
        row = standard_words().get(match[1].lower()) if match else None
        if match is None or row is None:
            return None
        one = self.standard(match.start(1), match.end(1), row)
        if one is not None:
            one.start = start
        return one
