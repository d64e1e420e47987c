"""The title of a document that has one (`QUYẾT ĐỊNH`) and the subject printed under it."""

from __future__ import annotations

import re

from vnadmin_nlp.knowledge.document_types import title_of
from vnadmin_nlp.layout.landmarks import opens
from vnadmin_nlp.layout.marks import LONGEST, Mark, Sheet
from vnadmin_nlp.layout.model import Labels
from vnadmin_nlp.schema import SectionLabel

_NEUTRAL = frozenset({Mark.BORDER, Mark.RULE, Mark.MARKING})
_ENDS = frozenset({Mark.ADDRESSEES, Mark.TELEGRAM, Mark.FORMULA, Mark.ARTICLE, Mark.ITEM})
_UNFINISHED = re.compile(r"(?:,|\b(?:cua|va|giua|voi|do|cho|ve|tai|cac))$")
_CITED = re.compile(r"\bso ?:? ?\d|/")  # a document that the text refers to
_ISSUES = re.compile(r".{3,80}\b(?:ban hanh|xay dung|thong bao|huong dan|trien khai|to chuc|yeu cau|de nghi)\b")
_BEFORE_FIGURES = (" nam", " thang", " quy", " ngay", " so", " lan", " khoa", " giai doan", " thu", "-", "/")
_WRAPPED = 8  # lines of one sentence
_WARD = "phường "  # without marks `PHƯỜNG AN …` begins like `PHƯƠNG ÁN`
_BASIS = re.compile(r"\W*(?:can cu|xet|theo de nghi)\b")


def is_title(sheet: Sheet, i: int) -> bool:
    """Whether line `i` prints the name of a document type as a title; its name may go on in the next line."""
    bare = sheet.bare(i)
    if len(bare) > 120 or sheet.mark(i) is Mark.FORMULA or sheet.words(i).lower().lstrip("|*_# ").startswith(_WARD):
        return False
    found = title_of(bare)
    if found is None and i + 1 < len(sheet) and len(bare) < 12 and sheet.caps(i) and sheet.caps(i + 1):
        found = title_of(f"{bare.strip()} {sheet.bare(i + 1)[:100].strip()}")
    return found is not None and (not found.rest or sheet.caps(i))


def label_title(sheet: Sheet, labels: Labels, title: int) -> int:
    """Label the title at line `title` and the subject under it; the result is the first line after them."""
    power = _power_line(sheet, title + 1)
    i, size, small = title + 1, len(sheet), False
    labels[title] = SectionLabel.SUBJECT
    while i < size and i != power and not _subject_ends(sheet, i, title, small):
        mark = sheet.mark(i)
        if _of_head(sheet, i) and not _above(sheet, i, title):
            labels[i] = SectionLabel.HEADER
        else:
            small = small or (mark is not Mark.CAPS and len(sheet.words(i)) >= 12)
            page = mark is Mark.PAGE and not wants_figure(sheet, i - 1)
            labels[i] = SectionLabel.NOISE if page else SectionLabel.SUBJECT
        i += 1
    return i


def wants_figure(sheet: Sheet, i: int) -> bool:
    """Whether line `i` ends in a word that a number follows (`cải cách hành chính năm` / `2025`)."""
    return sheet.tail(i).endswith(_BEFORE_FIGURES)


def _subject_ends(sheet: Sheet, i: int, title: int, small: bool) -> bool:
    """Whether the subject under `title` ends before line `i`; `small`: some of it is not in capitals."""
    mark = sheet.mark(i)
    if mark in _ENDS:
        return True
    if mark is Mark.DATE:
        return sheet.bare(i).startswith("ngay")
    if mark is Mark.OPENER:
        return not (_names_what(sheet, i, title) or _goes_on(sheet, i, title))
    if mark is Mark.CAPS:
        return _BASIS.match(sheet.bare(i)) is not None
    in_words = mark in (Mark.WORDS, Mark.SUBJECT, Mark.BULLET) and not sheet.caps(i)
    return in_words and _text_begins(sheet, i, title, small)


def _above(sheet: Sheet, i: int, title: int) -> list[Mark]:
    """The marks of the lines with words between the title and line `i`."""
    return [sheet.mark(j) for j in range(title + 1, i) if sheet.mark(j) not in _NEUTRAL and not _of_head(sheet, j)]


def _of_head(sheet: Sheet, i: int) -> bool:
    """Whether line `i` is the number, or place and date, printed under a title."""
    if len(sheet.words(i)) > 60:
        return False
    if sheet.mark(i) is Mark.NUMBER:
        return sheet.bare(i).startswith("so")
    return sheet.mark(i) is Mark.DATE and not sheet.caps(i)


def _names_what(sheet: Sheet, i: int, title: int) -> bool:
    """Whether line `i`, the first under a title, is a subject that opens like a text (`KẾ HOẠCH / Thực hiện …`)."""
    if _above(sheet, i, title) or _BASIS.match(sheet.bare(i)):
        return False
    while i + 1 < len(sheet) and not sheet.gap(i + 1) and sheet.mark(i + 1) in (Mark.WORDS, Mark.BULLET):
        if sheet.lines[i + 1].begins or sheet.states(i + 1) or _issues(sheet, i):
            break
        i += 1
    return not sheet.tail(i).endswith((".", ":", ";", ","))


def _issues(sheet: Sheet, i: int) -> bool:
    """Whether the line below line `i` is a sentence of its own (`Sở Y tế ban hành Kế hoạch như sau:`), not its rest."""
    if _CITED.search(sheet.bare(i)) or _UNFINISHED.search(sheet.tail(i)) or not sheet.words(i + 1)[:1].isupper():
        return False
    if _ISSUES.match(sheet.bare(i + 1)) is None:
        return False
    end = i + 1  # of the sentence, which may be wrapped
    last = min(i + _WRAPPED, len(sheet) - 1)
    while end < last and not sheet.gap(end + 1) and not sheet.tail(end).endswith((".", ":")):
        end += 1
    return sheet.tail(end).endswith(":")


def _goes_on(sheet: Sheet, i: int, title: int) -> bool:
    """Whether line `i`, in small letters, goes on with the subject right above it."""
    if sheet.gap(i) or not sheet.words(i).lstrip("|* ")[:1].islower() or not _above(sheet, i, title):
        return False
    return not sheet.tail(i - 1).endswith((".", ";", ":"))


def _text_begins(sheet: Sheet, i: int, title: int, small: bool) -> bool:
    """Whether line `i` begins the text: the subject was in capitals and it is not, or a gap ends it, or it is long.

    So does one that ends as an announcement, or, where the file says that it is a paragraph, as a sentence.
    """
    words = sheet.words(i)
    if words[:1].islower() or words.lstrip("|* ").startswith("(") or _is_figure(words):
        return False
    above = _above(sheet, i, title)
    if Mark.CAPS in above and not small:
        return True
    if not above:
        long = LONGEST if _bare_title(sheet, title) else 30  # `HỢP ĐỒNG LAO ĐỘNG` says what it is about
        return len(words) >= long and sheet.gap(i) and sheet.tail(i).endswith((".", ":"))
    ends = (":", ".") if sheet.lines[i].begins else ":"
    if sheet.states(i) or _issues(sheet, i - 1):
        return True
    return sheet.gap(i) or len(words) > 160 or sheet.tail(i).endswith(ends)


def _is_figure(words: str) -> bool:
    """Whether `words` are figures without letters: the end of a subject (`giai đoạn` / `2026 - 2030`)."""
    return any(map(str.isdigit, words)) and not any(map(str.isalpha, words))


def _bare_title(sheet: Sheet, title: int) -> bool:
    """Whether the title is the name of a type and nothing else."""
    found = title_of(sheet.bare(title))
    return found is None or not found.rest.strip(" .:*|")


def _power_line(sheet: Sheet, start: int) -> int | None:
    """The line in which the issuer of a decision names itself, above the legal bases."""
    near = range(start, min(start + 16, len(sheet)))
    begins = (j for j in near if sheet.mark(j) in (Mark.OPENER, Mark.FORMULA) and not _goes_on(sheet, j, start - 1))
    basis = next(begins, start)
    found = next((j for j in range(basis - 1, start - 1, -1) if _is_power(sheet, j)), None)
    if found is not None and found > start and len(sheet.words(found - 1)) < 14 and _is_power(sheet, found - 1):
        return found - 1
    return found


def _is_power(sheet: Sheet, i: int) -> bool:
    """Whether line `i` names the issuer and is not the rest of a subject (`… CỦA` / `THỦ TƯỚNG CHÍNH PHỦ VỀ …`)."""
    if sheet.mark(i) is not Mark.CAPS or _UNFINISHED.search(sheet.tail(i - 1)):
        return False
    return opens("power", sheet.bare(i)) is not None
