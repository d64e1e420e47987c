"""Works cited by name: congress resolutions, programmes and plans of a period, regulations issued with a decision, standards."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from vnadmin_nlp.extract.references_issuers import starts_phrase
from vnadmin_nlp.extract.references_laws import read_year
from vnadmin_nlp.extract.references_types import TypeRow
from vnadmin_nlp.knowledge.rows import Row, load_rows
from vnadmin_nlp.schema import DocumentType
from vnadmin_nlp.text import key_of

MAX_WORDS = 40
_NAME_WORD = re.compile(r" ?([^\s]+)")
_END_WORDS = frozenset(("ban", "được", "kèm", "đã", "tại", "theo", "ngày", "số", "để", "khu", "do", "nhằm", "này", "nêu", "của", "trên", "trước", "là", "gồm"))
_NOT_ENDS = ("ban quản", "ban chỉ", "ban chấp", "ban nhân", "của trường", "của hội", "của ủy", "của tỉnh", "của đảng", "khu vực", "khu công", "khu kinh", "khu đô", "trên địa", "trên môi")


class WorkRow(Row):
    """Fixed names of one kind of work."""

    type: str
    words: list[str]


class StandardRow(Row):
    """Letters that begin the code of a standard."""

    words: list[str]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Named:
    """A work by name: where the mention ends, and where its name ends."""

    end: int
    rule: str
    number: str | None = None


@cache
def fixed_names() -> dict[str, WorkRow]:
    return {key_of(word): row for row in load_rows("named_works", WorkRow) for word in row.words}


@cache
def standard_words() -> dict[str, StandardRow]:
    return {key_of(word): row for row in load_rows("standards", StandardRow) for word in row.words}


_CODE = re.compile(r"(?:\s?-\s?|\s)?(?=[^\s]{0,12}\d)[A-Z0-9][A-Z0-9-]{0,14}(?:[.-][A-Z0-9]{1,8}){0,4}(?::\s?\d{4}(?!\d))?(?:/[A-Z&]{2,12}(?![a-z]))?")
_SESSION = r"(?:[IVXL]{1,6}|thứ\s(?:[IVXL]{1,6}|nhất|hai|ba|tư|năm|sáu|bảy|tám|chín|mười)|\d{1,2}(?![-/\d]))"
_CONGRESS = re.compile(
    r"\s(?:Trung ương|(?:của\s)?(?:[ĐđHh]ại hội|Hội nghị)(?![^\W_]))"
    rf"(?:\s(?!về\b|của\b|và\b)[^\s.,;:()\n“”\"]+){{0,14}}?\s\(?{_SESSION}(?![^\W_])\)?"
    r"(?:\s(?:của\s)?(?:(?:Ban [Cc]hấp hành|BCH)\sTrung ương(?:\sĐảng(?![^\W_]))?|Đảng(?![^\W_]))(?:\sCộng sản Việt Nam)?)?"
    rf"(?:,?\s\(?(?:khóa|khoá)\s{_SESSION}(?![^\W_])\)?)?"
    r"(?:,?\s\(?(?:nhiệm kỳ|giai đoạn)\s\d{4}\s?-\s?\d{4}\)?)?"
)
_SHORT = re.compile(r"\s(?:số\s)?(\d{2,4})(?=\s?[.,;:()\n”\"/]|\s(?:của|trên|và|về|tại|theo|đã|được|là|trong|theo|năm|nêu|cho|đến|giai|[A-ZĐÀ-Ỹ]\S+)\b|$)(?!\s?/\s?\d)")
_PERIOD = re.compile(
    r"(?:,?\s\(?(?:giai đoạn|thời kỳ|nhiệm kỳ|kỳ)\s\d{4}\s?-\s?\d{4}\)?|,?\s\(?đến năm\s\d{4}\)?|\snăm\s\d{4}(?!\s?-))"
    r"(?:(?:,|\svà)?\s(?:giai đoạn đến|tầm nhìn(?:\sđến)?|định hướng(?:\sđến)?)(?:\snăm)?\s\d{4})?"
)
_BREAK = re.compile(r"[.;:)\n“”\"]|\((?!giai|thời)")
_ISSUED = re.compile(
    r"\s?,?\s?\(?(?:(?:đã\s)?(?:được\s)?(?:[^\s.,;:()\n]+\s){0,8}?)?(?:(?:ban hành|phê duyệt|công bố)\s(?:kèm\s)?(?:theo|tại)|kèm theo)\s"
    r"(?=(?:quyết định|nghị quyết|thông tư|nghị định|văn bản|qđ)(?!\s(?:này|nay))(?![^\W_]))"
)
_ISSUED_BY = re.compile(r"\scủa\s[^.,;:()\n]{3,80}?\sban hành(?=\s?[.,;)\n]|$)")
_FUTURE = tuple(map(key_of, ("xây dựng", "ban hành", "lập", "trình", "phê duyệt", "soạn thảo", "dự thảo", "sửa đổi", "góp ý", "hoàn thiện", "bổ sung", "tham mưu", "hành một")))
_CITES = ("thực hiện", "theo", "tại", "trong", "của", "triển khai", "căn cứ", "thuộc", "với", "hiện", "nêu", "nhiệm vụ", "mục tiêu", "đánh giá", "vốn", "kết", "và", "quả")
# Kế hoạch, Quy hoạch in the name of a body: Sở Kế hoạch và Đầu tư
_UNIT_NAME = re.compile(r"(?:Bộ|Sở|Phòng|Ban|Vụ|Cục|Viện|Ủy ban|Khoa|ban|phòng)\s$")
_TARGET = re.compile(r"\s(?:mục tiêu quốc gia (?:giảm nghèo|xây dựng nông|phát triển|phòng|ứng phó|y tế|về|nước sạch|việc làm|đào tạo|dân số)|hành động quốc gia (?:về|phòng|ứng))(?![^\W_])")
_MEETING = re.compile(r"\stại\s(?:Hội nghị|cuộc họp|Phiên họp|Hội nghị trực tuyến|buổi làm việc|phiên họp)(?![^\W_])")

_SHORT_WORDS = ("bộ chỉ số", "chiến lược")
_PERIODIC_WORDS = (key_of("quy hoạch"), "chiến lược")
PERIODIC = (DocumentType.CHUONG_TRINH, DocumentType.DE_AN, DocumentType.KE_HOACH)
REGULATIONS = (DocumentType.QUY_CHE, DocumentType.QUY_DINH, DocumentType.HUONG_DAN, DocumentType.PHUONG_AN, DocumentType.DE_AN, DocumentType.CHUONG_TRINH, DocumentType.KE_HOACH)


def read_standard(text: str, start: int, end: int, row: StandardRow) -> Named | None:
    """The code of a standard whose letters stand at `start:end`."""
    if not text[start:end].replace(" ", "").replace("/", "").isupper() and row.numbered:
        return None
    code = _CODE.match(text, end, end + 60)
    if code is None or not any(c.isdigit() for c in code.group()):
        return None
    stop = code.end()
    while text[stop - 1] in ".:/-":
        stop -= 1
    return Named(stop, "reference.standard", "".join(text[start:stop].split()) if row.numbered else None)


def read_named(text: str, key: str, start: int, end: int, row: TypeRow) -> Named | None:
    """The work whose type is named at `start:end` and which has no number, where something singles it out."""
    if row.document_type == DocumentType.NGHI_QUYET and (congress := _CONGRESS.match(text, end, end + 200)):
        return Named(congress.end(), "reference.congress")
    if not text[start].isupper() or text[start:end].isupper() or _UNIT_NAME.search(text, max(0, start - 12), start) or text.startswith((" và Đầu", " - Đầu", "-Tài", " - Tài"), end):
        return None
    kind = row.document_type
    if kind in PERIODIC or (kind == DocumentType.OTHER and key[start:end] in _SHORT_WORDS):
        short = _SHORT.match(text, end, end + 30)
        if short is not None:
            return Named(short.end(1), "reference.short-name")
    if kind == DocumentType.KET_LUAN and (meeting := _MEETING.match(text, end, end + 30)):
        return _phrase(text, key, meeting.end(), "reference.conclusion", period=True)
    before = key[max(0, start - 24) : start].rstrip()
    if kind in PERIODIC or (kind == DocumentType.OTHER and key[start:end] in _PERIODIC_WORDS):
        if before.endswith(_FUTURE):
            return None
        found = _phrase(text, key, end, "reference.programme", period=True)
        if found is not None and (found.rule.endswith("period") and before.endswith(_CITES)):
            return found
        if found is not None and _TARGET.match(key, end, end + 30):
            return found
    if kind in REGULATIONS or key[start:end] in ("danh mục", "điều lệ", "quy trình"):
        found = _phrase(text, key, end, "reference.regulation", period=False)
        if found is not None and (
            _ISSUED.match(key, found.end, found.end + 120)
            or _ISSUED_BY.match(text, found.end, found.end + 120)
            or before.endswith(("số điều của", "một số nội dung của", "điều của"))
            or text.endswith("Căn cứ", 0, max(0, start - 1))
        ):
            return found
    return None


def _phrase(text: str, key: str, pos: int, rule: str, *, period: bool) -> Named | None:
    """The words of a name that goes on from `pos`, to its period or year where it has one, else to a word that ends it."""
    stop = _BREAK.search(text, pos, pos + 260)
    limit = stop.start() if stop else min(len(text), pos + 260)
    at = end = pos
    for _ in range(MAX_WORDS):
        if period and (when := _PERIOD.match(text, at, limit)):
            return Named(when.end(), rule + ".period")
        word = _NAME_WORD.match(key, at, limit)
        if word is None or _ends_name(key, word.start(1), word[1].rstrip(",")):
            break
        end = at = word.end()
        if word[1].endswith(",") and text[at + 1 : at + 2].isupper():
            break
    while end > pos and text[end - 1] in " ,-":
        end -= 1
    return Named(end, rule) if end - pos > 3 else None


def _ends_name(key: str, at: int, word: str) -> bool:
    if word == "số":
        return key[at + 3 : at + 4].isdigit()
    return word in _END_WORDS and not key.startswith(_NOT_ENDS, at)


def read_fixed(key: str, end: int) -> int:
    """Where a fixed name that ends at `end` ends with its year."""
    return read_year(key, end)


def reads(text: str) -> set[str]:
    from vnadmin_nlp.knowledge.triggers import Triggers
    from vnadmin_nlp.text import normalize

    flow = normalize(text)
    out = {hit.value.id for hit in Triggers(fixed_names().items()).find(flow.key)}
    for hit in Triggers(standard_words().items()).find(flow.key):
        if read_standard(flow.text, hit.start, hit.end, hit.value):
            out.add(hit.value.id)
    for word, row in standard_words().items():  # letters and code in one word: EN71
        for match in re.finditer(rf"(?<![^\W_]){re.escape(word)}(?=\d)", flow.key):
            if read_standard(flow.text, match.start(), match.end(), row):
                out.add(row.id)
    return out


__all__ = ["Named", "StandardRow", "WorkRow", "fixed_names", "read_fixed", "read_named", "read_standard", "reads", "standard_words", "starts_phrase"]
