"""Viện dẫn: mentions of other documents and of parts of documents."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache

from vnadmin_nlp.extract.model import Context, ReferenceCandidate
from vnadmin_nlp.extract.references_issuers import name_end, read_issuer
from vnadmin_nlp.extract.references_laws import read_law_name, read_year
from vnadmin_nlp.extract.references_lists import CONTINUES, share_issuers
from vnadmin_nlp.extract.references_named import (
    StandardRow,
    WorkRow,
    fixed_names,
    read_named,
    read_standard,
    standard_words,
)
from vnadmin_nlp.extract.references_numbers import NUMBER_WORDS, Number, number_word, read_date, read_digits, read_number
from vnadmin_nlp.extract.references_pinpoints import OTHER_WORDS, Pin, UnitRow, read_pin, unit_words
from vnadmin_nlp.extract.references_relations import relate
from vnadmin_nlp.extract.references_types import TypeRow, named_type, type_of_symbol, type_words
from vnadmin_nlp.knowledge.triggers import Hit, Triggers
from vnadmin_nlp.outline import Outline
from vnadmin_nlp.schema import DocumentType
from vnadmin_nlp.text import key_of

Word = TypeRow | UnitRow | WorkRow | StandardRow | None

_NUMBER_AHEAD = re.compile(rf"[^.;()\n“”\"]{{1,110}}?(?<![^\W_])({NUMBER_WORDS}\s?:?\s?)(?=[\d/])")
_NOT_DOCUMENTS = ("mẫu ", "biểu ", "điện thoại ", "tài khoản ", "mã ", "tờ khai ", "hóa đơn ", "cmnd ", "cccd ", "thẻ ", "nhà ", "tổ ", "thửa ", "đoàn ", "phường ", "quận ")
_LIST_HEAD = re.compile(r"(?:^|[,;:(]\s?|(?:và|tại|các|theo|hoặc|gồm)\s)$")
_DRAFT = re.compile(r"(?:dự thảo|dự án|đề nghị xây dựng|hồ sơ)(?:\s(?:lần\s\d|\d{1,2}))?\s$")
_LAW_SCHOOLS = ("đại học ", "khoa ", "trường ", "văn phòng ", "công ty ", "hội ", "ngành ", "cử nhân ", "sách ", "tnhh ")
_PLACES = ("việt nam", "hà nội", "thành phố", "quốc tế")
_REVISED = re.compile(r"\s?\(?(?:sửa đổi)\)?(?![^\W_])")
_HOST = re.compile(r" ?,? ?(?:(?:của|tại|trong|thuộc|(?:được\s)?(?:ban hành\s)?kèm theo|ban hành theo|theo)\s)?(?:các\s)?(?=[^\W_])")
_REGULATION = "|".join(map(key_of, ("quy chế", "quy định", "quy trình", "điều lệ", "chương trình", "đề án", "danh mục", "hướng dẫn", "kế hoạch")))
_REGULATION_HOST = re.compile(rf"(?:bản\s)?(?:{_REGULATION})(?:\s[^\s.,;:()]+(?:,(?=\s))?){{0,12}}?\s(?:(?:được\s)?ban hành\s)?(?:kèm theo|theo)\s(?=[^\W\d_])")
_ATTACHED = re.compile(r"(?:phụ lục|danh mục|biểu mẫu)\s(?:(?:được\s)?ban hành\s)?kèm theo\s")
_ALIASING = ("gọi tắt là ", "gọi là ", "viết tắt là ", "gọi chung là ", "gọi tắt: ", "gọi tắt là “", "gọi là “")
_THIS = re.compile(r"\s(?:này|nay|nảy|nầy|nêu trên|trên đây|nói trên|dẫn trên|trên|đó)(?![^\W_])")
_OF_DRAFT = re.compile(r"\s(?:của\s)?dự thảo(?![^\W_])")
_HEADINGS = ("chapter", "part", "section", "appendix")
_LEAD_END = re.compile(r"\s?(?:[.:)-]\s?(?=[^\W\d_]|\n|[“\"]|$)|\n|$)")
_POINTING = re.compile(r"(?:tại|theo|của|trong|ở|nêu|định|dẫn|thuộc|trừ|và|hoặc|với|các|điểm|sung|bỏ|đổi|thế|\()\s?$")
_SHORT_AFTER = re.compile(r"\s?(?:[.,;:()\n”\"]|$)|\s(?:của|về|nêu|trên|và|ngày|tại|thì|đã|được|có|quy định|cũng|là|năm \d{4}|khóa|hướng dẫn)(?![^\W_])")
_DESIGNATION = re.compile(r"\s(?:[A-Z]{2,3}\s)?([A-Z]{2,8})(?=\d)")
_TRADITIONAL = re.compile(r"tiêu chuẩn\s(?:[A-Z]{2,4}\s)?$")


@cache
def _triggers() -> Triggers[Word]:
    words: dict[str, Word] = dict.fromkeys(OTHER_WORDS, None)
    words.update(unit_words())
    words.update(type_words())
    words.update(fixed_names())
    words.update(standard_words())
    entries: list[tuple[str, Word]] = list(words.items())
    entries += [("tiêu chuẩn", _STANDARD), ("quy chuẩn", _STANDARD)]
    entries += [(f"{before}số", _LIST) for before in (", ", "; ", ": ", "và ", "(", "tại ", "các ", "theo ")]
    return Triggers(entries)


_STANDARD = UnitRow(id="standard", words=["tiêu chuẩn"], labels="number", examples=["tiêu chuẩn EN71"])
_LIST = UnitRow(id="list", words=["số"], labels="number", examples=["và số 12/STC-NS"])


def find_references(outline: Outline, context: Context) -> list[ReferenceCandidate]:
    """Every reference of preamble and body, in text order, without overlaps."""
    reader = _Reader(outline, context)
    reader.read()
    share_issuers(outline.flow.key, reader.found)
    relate(outline, reader.found)
    return reader.found


class _Reader:
    """One pass over the trigger words of a flow: each is read at its place, what is read is not read again."""

    def __init__(self, outline: Outline, context: Context) -> None:
        self.text = outline.flow.text
        self.key = outline.flow.key
        self.context = context
        self.starts = {p.start for p in outline.paragraphs} | {p.body for p in outline.paragraphs}
        self.found: list[ReferenceCandidate] = []
        self.hits: list[int] = []
        self.head: ReferenceCandidate | None = None  # of a list `các Nghị định của X: số …; số …`
        self.free = 0

    def read(self) -> None:
        hits = _triggers().find(self.key)
        self.hits = [hit.start for hit in hits]
        for hit in hits:
            if hit.start < self.free or hit.value is None:
                continue
            row = hit.value
            if row is _LIST:
                self._listed(hit)
            elif row is _STANDARD:
                self._designated(hit)
            elif isinstance(row, UnitRow):
                self._pinpoint(hit.start)
            elif isinstance(row, WorkRow):
                self._keep(self._fixed(hit.start, hit.end, row))
            elif isinstance(row, StandardRow):
                self._standard(hit.start, hit.end, row)
            elif isinstance(row, TypeRow) and named_type(self.text, hit.start, hit.end, row):
                self._document(hit, row)

    def _keep(self, one: ReferenceCandidate | None) -> bool:
        if one is None:
            return False
        self.found.append(one)
        self.free = max(self.free, one.end)
        return True

    # -- documents ---------------------------------------------------------------------------
    def _document(self, hit: Hit[Word], row: TypeRow) -> None:
        one = self._mention(hit.start, hit.end, row)
        if one is None:
            return
        if one.rule == "reference.draft" or one.number is None and _DRAFT.search(self.key, max(0, hit.start - 32), hit.start):
            self.free = max(self.free, one.end)
            return
        self._keep(one)
        if one.number is not None:
            self._continue(one, row)

    def _mention(self, start: int, end: int, row: TypeRow, *, host: bool = False) -> ReferenceCandidate | None:
        """The document whose type is named at `start:end`. `host`: a pinpoint stands before it."""
        kind = row.document_type
        if kind in (DocumentType.LUAT, DocumentType.PHAP_LENH) and not row.abbreviations:
            law = self._law(start, end, kind, host=host)
            if law is not None:
                return law
        elif kind == DocumentType.PHAP_LENH and (law := self._law(start, end, kind, host=host)):
            return law
        if numbered := self._numbered(start, end, row):
            return numbered
        short_form = self.text[start:end].isupper() and len(self.text[start:end]) <= 4
        if short_form:
            return None
        if dated := self._dated(start, end, row):
            return dated
        if self.key.endswith(_ALIASING, max(0, start - 16), start):
            return None
        if self.text[start - 1 : start] == "(" and self.text.find(")", end, end + 8) >= 0:
            return None  # a short name being defined: (Bộ chỉ số 766)
        if named := read_named(self.text, self.key, start, end, row):
            found = ReferenceCandidate(start, named.end, kind, named.rule, name=" ".join(self.text[start : named.end].split()))
            if kind != DocumentType.NGHI_QUYET and (issuer := read_issuer(self.text, self.key, found.end)):
                found.issuer, found.end = issuer, issuer[1]
            return found
        return None

    def _numbered(self, start: int, end: int, row: TypeRow) -> ReferenceCandidate | None:
        text, key = self.text, self.key
        at = end + 1 if key[end : end + 1] == " " else end
        word = number_word(key, at)
        capital = text[start].isupper()
        issuer = None
        number = read_number(text, word if word > at else at, after_word=word > at)
        if number is None and word == at and key[end : end + 1] in (" ", ":", ",", "\n"):
            ahead = _NUMBER_AHEAD.match(key, end, min(self._next_trigger(end) + 8, end + 120))
            if ahead is not None and not key.endswith(_NOT_DOCUMENTS, ahead.start(), ahead.start(1)) and not (row.abbreviations and text[start:end] in row.abbreviations):
                number = read_number(text, ahead.end(), after_word=True)
                if number is not None and not number.strong and read_date(key, number.end) is None:
                    number = None
                if number is not None:
                    issuer = read_issuer(text, key, end)
                    if issuer is not None and issuer[1] > ahead.end():
                        issuer = None
        if number is None and word == at and capital and not row.generic and (not row.verb or row.id in ("quyet_dinh", "ket_luan")):
            number = read_digits(text, at)
            if number is not None and not _SHORT_AFTER.match(key, number.end, number.end + 14):
                number = None
        if number is None or not self._plausible(number, row, word > at, capital, start):
            return None
        kind = row.document_type
        if row.generic:
            kind = type_of_symbol(number.groups) or kind
        one = ReferenceCandidate(start, number.end, kind, "reference.number", number=number.value, issuer=issuer)
        self._suffix(one)
        return one

    def _plausible(self, number: Number, row: TypeRow, worded: bool, capital: bool, start: int) -> bool:
        if number.strong:
            return True
        if row.document_type == DocumentType.OTHER and not number.groups:
            return read_date(self.key, number.end) is not None
        if worded and row.verb and not capital:
            return bool(number.groups) or read_date(self.key, number.end) is not None
        return capital or bool(number.groups) or read_date(self.key, number.end) is not None

    def _suffix(self, one: ReferenceCandidate) -> None:
        """Date and issuer after a number or name, in either order."""
        dated = False
        for _ in range(3):
            if not dated and (day := read_date(self.key, one.end)):
                one.date, one.end, dated = day.value, day.end, True
            elif one.issuer is None and (issuer := read_issuer(self.text, self.key, one.end)):
                one.issuer, one.end = issuer, issuer[1]
            else:
                return

    def _dated(self, start: int, end: int, row: TypeRow) -> ReferenceCandidate | None:
        """`Quyết định ngày 5/6/2020 của X`, `Nghị quyết của X ngày …`."""
        if row.verb and not self.text[start].isupper():
            return None
        one = ReferenceCandidate(start, end, row.document_type, "reference.date")
        self._suffix(one)
        if one.date is None:
            return None
        one.name = " ".join(self.text[start:end].split())
        return one

    def _continue(self, one: ReferenceCandidate, row: TypeRow) -> None:
        """Further numbers of a list: they share its type, and its issuer where that stands at its head."""
        shared = None
        if one.issuer is not None and self.key.find(":", one.issuer[1], one.end) >= 0:
            shared, self.head = one.issuer, one
        for _ in range(400):
            joint = CONTINUES.match(self.key, self.free, self.free + 40)
            if joint is None:
                return
            word = joint["word"] is not None
            number = read_number(self.text, joint.end(), after_word=word)
            if number is None or not number.strong:
                return
            begin = joint.start("word") if word else joint.end()
            kind = (type_of_symbol(number.groups) or DocumentType.CONG_VAN) if row.generic else one.document_type
            member = ReferenceCandidate(begin, number.end, kind, "reference.list", number=number.value, issuer=shared)
            self._suffix(member)
            self._keep(member)

    def _listed(self, hit: Hit[Word]) -> None:
        """`số 12/A ngày …` without a type of its own, later in a list."""
        start = hit.end - 2
        at = number_word(self.key, start)
        number = read_number(self.text, at, after_word=False) if at > start else None
        if number is None or not number.strong:
            return
        last = self.found[-1] if self.found else None
        near = last is not None and self.text.find("\n", last.end, start) < 0 and last.number is not None
        kind, issuer = type_of_symbol(number.groups), None
        if self.head is not None and self.text.find("\n", self.head.end, start) < 0:
            kind, issuer = self.head.document_type, self.head.issuer
        if kind is None:
            kind = last.document_type if near and last is not None else DocumentType.CONG_VAN
        one = ReferenceCandidate(start, number.end, kind, "reference.list", 0.8, number=number.value, issuer=issuer)
        self._suffix(one)
        if near or one.date is not None:
            self._keep(one)

    # -- laws and named works -------------------------------------------------------------------
    def _law(self, start: int, end: int, kind: DocumentType, *, host: bool = False) -> ReferenceCandidate | None:
        text, key = self.text, self.key
        name = read_law_name(text, key, end)
        if name is None:
            return None
        stop = name.end
        one = ReferenceCandidate(start, stop, kind, "reference.law", 1.0 if name.known else 0.8, in_law_name=True)
        year = read_year(key, stop)
        one.end = stop = max(stop, year)
        at = number_word(key, stop + 1) if key[stop : stop + 1] in (" ", ",") else stop
        if key[stop : stop + 1] == " " and (number := read_number(text, max(at, stop + 1), after_word=at > stop + 1)) and number.groups:
            one.number, one.end = number.value, number.end
        self._suffix(one)
        bare = one.end == name.end
        if bare and name.amending and not name.known:
            return ReferenceCandidate(start, one.end, kind, "reference.draft")
        if one.number is None:
            one.name = " ".join(text[start:stop].split())
        if bare and not host:
            before = key[max(0, start - 32) : start]
            if _DRAFT.search(before) or _REVISED.match(key, one.end, one.end + 12):
                return ReferenceCandidate(start, one.end, kind, "reference.draft")
            if not text[start].isupper() and not (name.known and text[end + 1 : end + 2].isupper()):
                return None
            if not name.known and (key.endswith(_LAW_SCHOOLS, 0, start) or key.startswith(_PLACES, end + 1)):
                return None
        return one

    def _fixed(self, start: int, end: int, row: WorkRow) -> ReferenceCandidate | None:
        if not self.text[start].isupper() or self.key.endswith(("ban hành ", *_ALIASING), max(0, start - 16), start):
            return None
        stop = read_year(self.key, end)
        one = ReferenceCandidate(start, stop, DocumentType(row.type), "reference.named", name=" ".join(self.text[start:stop].split()))
        one.in_law_name = one.document_type == DocumentType.LUAT
        return one

    def _standard(self, start: int, end: int, row: StandardRow) -> None:
        found = read_standard(self.text, start, end, row)
        if found is None:
            return
        letters = start
        if before := _TRADITIONAL.search(self.key, max(0, start - 20), start):
            start = before.start()
        one = ReferenceCandidate(start, found.end, DocumentType.OTHER, found.rule, number=found.number)
        if found.number is None:
            one.name = " ".join(self.text[letters : found.end].split())
        self._keep(one)

    def _designated(self, hit: Hit[Word]) -> None:
        """`tiêu chuẩn EN71`: letters and code in one word after the word that announces them."""
        match = _DESIGNATION.match(self.text, hit.end, hit.end + 48)
        if match is not None and (row := standard_words().get(match[1].lower())):
            found = read_standard(self.text, match.start(1), match.end(1), row)
            if found is not None:
                self._keep(ReferenceCandidate(hit.start, found.end, DocumentType.OTHER, found.rule, number=found.number))

    # -- parts ----------------------------------------------------------------------------------
    def _pinpoint(self, start: int) -> None:
        pin = read_pin(self.text, self.key, start)
        if pin is None:
            self._attached(start)
            return
        if self._is_heading(pin) or (pin.units[0] in _HEADINGS and self.text[start : start + 4].isupper()):
            self.free = max(self.free, pin.start + 1)
            return
        if _OF_DRAFT.match(self.key, pin.end, pin.end + 16):
            self.free = max(self.free, pin.end)
            return
        host = None if pin.this else self._host(pin.end)
        if host is not None:
            host.start, host.pinpoint, host.target = start, (pin.start, pin.end), pin.target
            self._keep(host)
            return
        if not ({"article", "clause"} & set(pin.units) or pin.this or self._points(pin)):
            self.free = max(self.free, pin.end)
            return
        one = ReferenceCandidate(start, pin.end, self.context.document_type, "reference.part", 0.9)
        one.pinpoint, one.target = (pin.start, pin.end), pin.target
        self._keep(one)

    def _points(self, pin: Pin) -> bool:
        """Whether words around a lone point, section or appendix say that it is a place in a document."""
        return bool(_POINTING.search(self.key, max(0, pin.start - 8), pin.start)) or bool(
            _THIS.match(self.key, pin.end, pin.end + 12)
        )

    def _is_heading(self, pin: Pin) -> bool:
        """Whether the label stands at the head of an item of this document or of a quoted one (`“Điều 5. Phạm vi`)."""
        first = pin.start in self.starts or self.text[pin.start - 1 : pin.start] in ("“", '"', "\n", "‘", "")
        if not first or len(pin.units) > 1:
            return False
        if pin.units[0] in _HEADINGS and self.text[pin.end : pin.end + 3].strip().isupper():
            return True
        after = _LEAD_END.match(self.text, pin.end, pin.end + 3)
        return after is not None or (self.text[pin.start].isupper() and self.text[pin.end : pin.end + 1] in (" ", "\n", "") and self.text[pin.end + 1 : pin.end + 2].isupper() and self._type_at(pin.end + 1) is None)

    def _attached(self, start: int) -> None:
        """`Phụ lục ban hành kèm theo Nghị định số …`."""
        match = _ATTACHED.match(self.key, start, start + 48)
        if match is None or (found := self._type_at(match.end())) is None:
            return
        end, row = found
        host = self._numbered(match.end(), end, row)
        if host is not None:
            host.pinpoint = (start, start + len(match.group().split(" ")[0]) + 1 + len(match.group().split(" ")[1]))
            host.start = start
            self._keep(host)

    def _next_trigger(self, pos: int) -> int:
        """Where the next trigger word after `pos` begins."""
        index = bisect_left(self.hits, pos)
        return self.hits[index] if index < len(self.hits) else len(self.text)

    def _type_at(self, pos: int) -> tuple[int, TypeRow] | None:
        """The type word that begins at `pos`, the longest, and where it ends."""
        words = self.key[pos : pos + 40].split(" ", 3)
        table = type_words()
        for count in (3, 2, 1):
            phrase = " ".join(words[:count]).rstrip(".,;:)\n”")
            if "\n" in phrase:
                phrase = phrase.split("\n")[0]
            row = table.get(phrase)
            if row is not None and named_type(self.text, pos, pos + len(phrase), row):
                return pos + len(phrase), row
        return None

    def _host(self, pos: int) -> ReferenceCandidate | None:
        """The document that a pinpoint ending at `pos` is a part of, where it is named right after."""
        joint = _HOST.match(self.key, pos, pos + 40)
        if joint is None:
            return None
        at = joint.end()
        if through := _REGULATION_HOST.match(self.key, at, at + 120):
            at = through.end()
        for phrase, row in sorted(fixed_names().items(), key=lambda one: -len(one[0])):
            if self.key.startswith(phrase, at) and not self.key[at + len(phrase) : at + len(phrase) + 1].isalnum():
                return self._fixed(at, at + len(phrase), row)
        found = self._type_at(at)
        if found is None:
            return None
        end, row = found
        if self_ := _THIS.match(self.key, end, end + 14):
            return ReferenceCandidate(at, self_.end(), row.document_type, "reference.part-of-this")
        one = self._mention(at, end, row, host=True)
        if one is not None:
            return one
        if "," in joint.group():
            return None
        if not row.verb:
            return ReferenceCandidate(at, end, row.document_type, "reference.part-of-type", 0.9)
        if self.text[at].isupper() and (
            row.document_type in (DocumentType.QUY_CHE, DocumentType.QUY_DINH) or self.key[at:end] in ("hiệp định", "điều lệ", "nghị định thư", key_of("thỏa thuận"))
        ):
            stop = name_end(self.text, self.key, at)
            return ReferenceCandidate(at, max(stop, end), row.document_type, "reference.part-of-name", 0.8, name=" ".join(self.text[at : max(stop, end)].split()))
        if row.document_type == DocumentType.QUYET_DINH and self.text[at].isupper():
            return ReferenceCandidate(at, end, row.document_type, "reference.part-of-type", 0.8)
        return None
