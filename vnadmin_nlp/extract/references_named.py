"""Works cited by name: congress resolutions, programmes of a period, regulations issued with a decision, standards."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from vnadmin_nlp.extract.references_types import TypeRow
from vnadmin_nlp.knowledge.rows import Row, load_rows
from vnadmin_nlp.knowledge.triggers import Triggers
from vnadmin_nlp.schema import DocumentType
from vnadmin_nlp.text import key_of, normalize

MAX_WORDS = 40
MAX_NAME = 260
_NAME_WORD = re.compile(r" ?([^\s]+)")
_CODE = re.compile(  # on one line: in the next cell of a table a number is another thing
    r"(?: ?- ?| )?(?=[^\s]{0,12}\d)[A-Z0-9][A-Z0-9-]{0,14}(?:[.-][A-Z0-9]{1,8}){0,4}"
    r"(?:: ?\d{4}(?!\d))?(?:/[A-Z&]{2,12}(?![a-z]))?"
)
_SESSION = r"(?:[IVXL]{1,6}|thứ\s(?:[IVXL]{1,6}|nhất|hai|ba|tư|năm|sáu|bảy|tám|chín|mười)|\d{1,2}(?![-/\d]))"
_CONGRESS = re.compile(
    r"\s(?:Trung ương|(?:của\s)?(?:[ĐđHh]ại hội|Hội nghị)(?![^\W_]))"
    rf"(?:\s(?!về\b|của\b|và\b)[^\s.,;:()\n“”\"]+){{0,14}}?\s\(?{_SESSION}(?![^\W_])\)?"
    r"(?:\s(?:của\s)?(?:(?:Ban [Cc]hấp hành|BCH)\sTrung ương(?:\sĐảng(?![^\W_]))?|Đảng(?![^\W_]))"
    r"(?:\sCộng sản Việt Nam)?)?"
    rf"(?:,?\s\(?[Kk]h(?:óa|oá)\s{_SESSION}(?![^\W_])\)?)?"
    r"(?:,?\s\(?(?:nhiệm kỳ|giai đoạn)\s\d{4}\s?-\s?\d{4}\)?)?"
)
_SHORT = re.compile(
    r"\s(?:số\s)?(\d{2,4})(?!\s?/\s?\d)(?=\s?[.,;:()\n”\"/]|$"
    r"|\s(?:của|trên|và|về|tại|theo|đã|được|là|trong|theo|năm|nêu|cho|đến|giai|[A-ZĐÀ-Ỹ]\S+)\b)"
)
_PERIOD = re.compile(
    r"(?:,?\s\(?(?:giai đoạn|thời kỳ|nhiệm kỳ|kỳ)\s\d{4}\s?-\s?\d{4}\)?"
    r"|,?\s\(?đến năm\s\d{4}\)?|\snăm\s\d{4}(?!\s?-))"
    r"(?:(?:,|\svà)?\s(?:giai đoạn đến|tầm nhìn(?:\sđến)?|định hướng(?:\sđến)?)(?:\snăm)?\s\d{4})?"
)
_BREAK = re.compile(r"[.;:)\n“”\"]|\((?!giai|thời)")
_QUOTED = re.compile(r"\s[“\"][^“”\"\n]{3,200}[”\"]")
_ISSUED = re.compile(
    r"\s?,?\s?\(?(?:(?:đã\s)?(?:được\s)?(?:[^\s.,;:()\n]+\s){0,8}?)?"
    r"(?:(?:ban hành|phê duyệt|công bố)\s(?:kèm\s)?(?:theo|tại)|kèm theo)\s"
    r"(?=(?:quyết định|nghị quyết|thông tư|nghị định|văn bản|qđ)(?!\s(?:này|nay))(?![^\W_]))"
)
# `Căn cứ Quyết định số 5/QĐ-BYT … ban hành Quy chế làm việc`: what a basis issued is one too
_BASIS = re.compile(r"[Cc]ăn cứ (?:[^;\n]*\s)?\d{1,6}/(?:\d{4}/)?[A-ZĐ]{2}[^;\n]*$")
_ISSUED_BY = re.compile(r"\scủa\s[^.,;:()\n]{3,80}?\sban hành(?=\s?[.,;)\n]|$)")
# Kế hoạch, Quy hoạch in the name of a body: Sở Kế hoạch và Đầu tư
_BODY_BEFORE = re.compile(r"(?:Bộ|Sở|Phòng|Ban|Vụ|Cục|Viện|Ủy ban|Khoa|ban|phòng)\s$")
_BODY_AFTER = (" và Đầu", " - Đầu", "-Tài", " - Tài")
_MEETING = re.compile(r"\stại\s(?:Hội nghị|[Cc]uộc họp|[Pp]hiên họp|buổi làm việc)(?![^\W_])")
_OF_ARTICLES = ("số điều của", "một số nội dung của", "điều của")
_STATUTES = (key_of("quy chế"), key_of("qui chế"), "điều lệ")
_TREATIES = ("hiệp định", "công ước", "nghị định thư")
_ACRONYM = re.compile(r"\s[A-Z]{3,10}(?![^\W_])")
_SHORT_WORDS = ("bộ chỉ số", "chiến lược")
_PERIODIC_WORDS = (key_of("quy hoạch"), "chiến lược")
_PERIODIC = (DocumentType.CHUONG_TRINH, DocumentType.DE_AN, DocumentType.KE_HOACH)
_REGULATIONS = (
    DocumentType.QUY_CHE, DocumentType.QUY_DINH, DocumentType.HUONG_DAN, DocumentType.PHUONG_AN, *_PERIODIC,
)  # fmt: skip


class WorkRow(Row):
    """Fixed names of one kind of work."""

    type: str
    words: list[str]


class StandardRow(Row):
    """Letters that begin the code of a standard. `numbered`: the whole designation is its number."""

    words: list[str]
    numbered: bool = False


class CueRow(Row):
    """Words of one kind around the names and numbers of documents."""

    words: list[str]


@dataclass(frozen=True, slots=True)
class Named:
    """A work by name or code: where it ends, the rule that found it, and its number if it is one."""

    end: int
    rule: str
    number: str | None = None


@cache
def fixed_names() -> dict[str, WorkRow]:
    """Works with a fixed name, by its key."""
    return {key_of(word): row for row in load_rows("named_works", WorkRow) for word in row.words}


@cache
def standard_words() -> dict[str, StandardRow]:
    """Families of standards, by the key of their letters."""
    return {key_of(word): row for row in load_rows("standards", StandardRow) for word in row.words}


@cache
def cues() -> dict[str, tuple[str, ...]]:
    """Words around the names and numbers of documents, by what they say of them."""
    return {row.id: tuple(map(key_of, row.words)) for row in load_rows("named_work_cues", CueRow)}


@cache
def cues_before() -> dict[str, tuple[str, ...]]:
    """The cues with the blank that parts them from what follows."""
    return {id_: tuple(f"{word} " for word in words) for id_, words in cues().items()}


@cache
def _name_ends() -> frozenset[str]:
    return frozenset(cues()["ends"])


def read_standard(text: str, start: int, end: int, row: StandardRow) -> Named | None:
    """The code of a standard whose letters stand at `start:end`."""
    if row.numbered and not text[start:end].replace(" ", "").replace("/", "").isupper():
        return None
    code = _CODE.match(text, end, end + 60)
    if code is None:
        return None
    stop = start + len(text[start : code.end()].rstrip(".:/-"))
    return Named(stop, "reference.standard", "".join(text[start:stop].split()) if row.numbered else None)


def read_named(text: str, key: str, start: int, end: int, row: TypeRow) -> Named | None:
    """The work whose type is named at `start:end` and which has no number, where something singles it out."""
    kind, word = row.document_type, key[start:end]
    if kind == DocumentType.NGHI_QUYET and (congress := _CONGRESS.match(text, end, end + 200)):
        return Named(congress.end(), "reference.congress")
    if not text[start].isupper() or text[start:end].isupper() or key.startswith(word, end + 1):
        return None
    if _BODY_BEFORE.search(text, max(0, start - 12), start) or text.startswith(_BODY_AFTER, end):
        return None
    if (kind in _PERIODIC or word in _SHORT_WORDS) and (short := _SHORT.match(text, end, end + 30)):
        return Named(short.end(1), "reference.short-name")
    if kind == DocumentType.KET_LUAN and (meeting := _MEETING.match(text, end, end + 30)):
        return _phrase(text, key, meeting.end(), "reference.conclusion", period=True)
    if word in _TREATIES and (treaty := _ACRONYM.match(text, end, end + 16)):
        return Named(treaty.end(), "reference.treaty")
    before = key[max(0, start - 24) : start].rstrip(' “"')
    if kind in _PERIODIC or word in _PERIODIC_WORDS:
        if before.endswith(cues()["future"]):
            return None
        if programme := _programme(text, key, end, before):
            return programme
    if kind in _REGULATIONS or word in _STATUTES:
        return _regulation(text, key, start, end, before)
    return None


def _programme(text: str, key: str, end: int, before: str) -> Named | None:
    """A programme, plan or strategy that its period singles out, or a national target programme."""
    found = _phrase(text, key, end, "reference.programme", period=True)
    if found is None:
        return None
    if found.rule.endswith(".period") and before.endswith(cues()["cites"]):
        return found
    return found if key.startswith(cues()["target-programme"], end + 1) else None


def _regulation(text: str, key: str, start: int, end: int, before: str) -> Named | None:
    """A regulation or guide that the decision it was issued with singles out, or that is amended or a basis."""
    quoted = _QUOTED.match(text, end, end + MAX_NAME)
    found = (
        Named(quoted.end(), "reference.quoted")
        if quoted
        else _phrase(text, key, end, "reference.regulation", period=False)
    )
    if found is None:
        return None
    if key[start:end] in _STATUTES and before.endswith("ban hành") and _BASIS.search(text, max(0, start - 240), start):
        return found
    issued = _ISSUED.match(key, found.end, found.end + 120) or _ISSUED_BY.match(text, found.end, found.end + 120)
    basis = text.endswith("Căn cứ", 0, max(0, start - 1))
    return found if issued or basis or before.endswith(_OF_ARTICLES) else None


def _phrase(text: str, key: str, pos: int, rule: str, *, period: bool) -> Named | None:
    """The words of a name that goes on from `pos`: to its period or year, if wanted, else to a word that ends it."""
    stop = _BREAK.search(text, pos, pos + MAX_NAME)
    limit = stop.start() if stop else min(len(text), pos + MAX_NAME)
    end = pos
    for _ in range(MAX_WORDS):
        if period and (when := _PERIOD.match(text, end, limit)):
            if end == pos:
                return None  # `Chương trình giai đoạn 2026-2030` singles nothing out
            return Named(when.end(), rule + ".period")
        word = _NAME_WORD.match(key, end, limit)
        if word is None or _ends_name(key, word.start(1), word[1].rstrip(",")):
            break
        end = word.end()
        if word[1].endswith(",") and text[end + 1 : end + 2].isupper():
            break
    end = pos + len(text[pos:end].rstrip(" ,-"))
    return Named(end, rule) if end - pos > 3 else None


def _ends_name(key: str, at: int, word: str) -> bool:
    """Whether the name is over before `word` at `at`."""
    if word == "số":
        return key[at + 3 : at + 4].isdigit()
    return word in _name_ends() and not key.startswith(cues()["goes-on"], at)


def reads(text: str) -> set[str]:
    """The ids of the rows of `named_works` and `standards` found in `text`."""
    flow = normalize(text)
    out = {hit.value.id for hit in Triggers(fixed_names().items()).find(flow.key)}
    for word, row in standard_words().items():  # letters and code may make one word: EN71
        for match in re.finditer(rf"(?<![^\W_]){re.escape(word)}(?![^\W\d_])", flow.key):
            if read_standard(flow.text, match.start(), match.end(), row):
                out.add(row.id)
    return out


def reads_cues(text: str) -> set[str]:
    """The ids of the rows of `named_work_cues` found in `text`."""
    key = key_of(unicodedata.normalize("NFC", text))
    entries = [(word, row.id) for row in load_rows("named_work_cues", CueRow) for word in row.words]
    return {id_ for word, id_ in entries if re.search(rf"(?<![^\W_]){re.escape(key_of(word))}(?![^\W_])", key)}
