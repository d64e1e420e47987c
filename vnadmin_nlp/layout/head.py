"""The head: everything before the first words of the text proper, and what stands above the document."""

from __future__ import annotations

import re

from vnadmin_nlp.knowledge.document_types import title_of
from vnadmin_nlp.layout.columns import put_right
from vnadmin_nlp.layout.marks import LONGEST, Mark, Sheet, has_date, lead_of, mark_of, opens
from vnadmin_nlp.schema import SectionLabel

Labels = list[SectionLabel | None]

SEARCHED = 400  # lines in which the head is looked for
NEAR = 14  # lines between two landmarks of one head
_OF_HEAD = frozenset({Mark.NATIONAL, Mark.NUMBER, Mark.DATE})
_NEUTRAL = frozenset({Mark.BORDER, Mark.RULE, Mark.MARKING})
_END_SUBJECT = frozenset({Mark.ADDRESSEES, Mark.TELEGRAM, Mark.FORMULA, Mark.ARTICLE, Mark.ITEM})
_BASIS_ONLY = re.compile(r"\W*(?:can cu|xet|theo de nghi)\b")
_BEGINS_TEXT = frozenset({Mark.ARTICLE, Mark.FORMULA, Mark.OPENER, Mark.ITEM, Mark.BULLET})


def find_head(sheet: Sheet) -> tuple[int, int]:
    """The first line of the head, and the first line that could be its end (a title, `Kính gửi`, or words of the text)."""
    limit = min(len(sheet), SEARCHED)
    first = next((i for i in range(limit) if sheet.mark(i) is Mark.NATIONAL), None)
    addressed = next((i for i in range(first or limit) if sheet.mark(i) is Mark.ADDRESSEES), None)
    if first is None or (addressed is not None and first - addressed > NEAR):
        return _headless(sheet, limit, addressed)
    start = _upward(sheet, first)
    return start, start


def _headless(sheet: Sheet, limit: int, addressed: int | None) -> tuple[int, int]:
    """Where a document without Quốc hiệu begins: at a number or date, a title, a subject, `Kính gửi`, or at its first line."""
    stop = limit if addressed is None else addressed
    for i in range(stop):
        if _pair(sheet, i):
            start = _upward(sheet, i)
            return start, start
        if i < 60 and _is_title(sheet, i) and addressed is None:
            return i, i
    if addressed is None:
        return 0, 0
    start = _up_to_subject(sheet, addressed)
    return start, addressed


def _pair(sheet: Sheet, i: int) -> bool:
    """Whether a number or date at line `i` is near another landmark of a head."""
    if sheet.mark(i) not in (Mark.NUMBER, Mark.DATE):
        return False
    return any(sheet.mark(j) in (Mark.NUMBER, Mark.DATE, Mark.SUBJECT, Mark.ADDRESSEES) for j in range(i + 1, min(i + 8, len(sheet))))


def _up_to_subject(sheet: Sheet, at: int) -> int:
    for i in range(at - 1, max(-1, at - 8), -1):
        if sheet.mark(i) is Mark.SUBJECT:
            return i
    return at


def _upward(sheet: Sheet, first: int) -> int:
    """Where the head that has a landmark at `first` begins: the issuer and the number may stand above it."""
    start = first
    for i in range(first - 1, max(-1, first - 14), -1):
        mark = sheet.mark(i)
        if mark in (Mark.CAPS, Mark.NUMBER, Mark.DATE, Mark.SUBJECT, Mark.MARKING) or mark in _NEUTRAL:
            start = i
        elif mark is Mark.WORDS and _inside_subject(sheet, i):
            continue
        else:
            break
    while start < first and sheet.mark(start) is Mark.RULE:
        start += 1
    return start


def _inside_subject(sheet: Sheet, i: int) -> bool:
    """Whether line `i` continues a `V/v` a few lines above."""
    return any(sheet.mark(j) is Mark.SUBJECT for j in range(max(0, i - 5), i))


def label_head(sheet: Sheet, labels: Labels) -> int:
    """Label the lines up to the preamble; the result is the first line of the preamble."""
    start, i = find_head(sheet)
    for above in range(start):
        labels[above] = SectionLabel.NOISE
    size = len(sheet)
    i = _label_columns(sheet, labels, start)
    if i < size and _is_title(sheet, i):
        i = _label_title(sheet, labels, i)
    if i < size and sheet.mark(i) in (Mark.ADDRESSEES, Mark.TELEGRAM):
        i = _label_addressees(sheet, labels, i)
        if i < size and sheet.mark(i) is not Mark.FORMULA and _is_title(sheet, i):
            i = _label_title(sheet, labels, i)
    return i


def _label_columns(sheet: Sheet, labels: Labels, start: int) -> int:
    """Label issuer, number, national title, date and `V/v`; stop at the title, `Kính gửi` or the text."""
    subject = numbered = dated = False
    i, size = start, len(sheet)
    while i < size:
        mark = sheet.mark(i)
        if mark is Mark.BORDER and _right_block(sheet, i + 1):
            dated = dated or has_date(" ".join(sheet.bare(j) for j in _block(sheet, i + 1)))
            for i in (i, *_block(sheet, i + 1)):
                labels[i] = SectionLabel.HEADER
                put_right(sheet.lines[i])
            subject = False
            i += 1
            continue
        if mark in (Mark.ADDRESSEES, Mark.TELEGRAM, Mark.FORMULA, Mark.ARTICLE):
            break
        if mark is Mark.NUMBER and subject and numbered:
            labels[i] = SectionLabel.SUBJECT
        elif mark in _OF_HEAD:
            numbered |= mark is Mark.NUMBER
            dated |= mark is Mark.DATE or has_date(sheet.bare(i))
            labels[i] = SectionLabel.HEADER
        elif mark is Mark.SUBJECT:
            subject = True
            labels[i] = SectionLabel.SUBJECT
        elif mark in _NEUTRAL:
            labels[i] = SectionLabel.HEADER
            subject = subject and mark is not Mark.BORDER
        elif _is_title(sheet, i) and (numbered or dated or i - start > 2 or _head_ahead(sheet, i) not in _OF_HEAD):
            break
        elif mark is Mark.STAMP or mark is Mark.PAGE:
            labels[i] = SectionLabel.NOISE
        else:
            ahead = _head_ahead(sheet, i)
            if ahead is None:
                if not (subject or numbered) or not _subject_goes_on(sheet, i, dated):
                    break
                labels[i] = SectionLabel.SUBJECT
            else:
                untitled = (numbered or dated and ahead is Mark.ADDRESSEES) and mark is Mark.WORDS and _says_what(sheet, i)
                after = numbered and dated and not (ahead is Mark.TITLE and mark is Mark.CAPS)
                subject = subject or after or untitled
                labels[i] = SectionLabel.SUBJECT if subject else SectionLabel.HEADER
        i += 1
    return i


def _block(sheet: Sheet, i: int) -> range:
    """The lines from `i` to the next table border; empty where there is none soon."""
    end = next((j for j in range(i, min(i + 9, len(sheet))) if sheet.mark(j) is Mark.BORDER), i)
    return range(i, end)


def _right_block(sheet: Sheet, i: int) -> bool:
    """Whether the table cell that begins at line `i` is of the right column: national title or place and date."""
    block = _block(sheet, i)
    if any(sheet.mark(j) in (Mark.ADDRESSEES, Mark.SUBJECT, Mark.NUMBER) or _is_title(sheet, j) for j in block):
        return False
    joined = " ".join(sheet.bare(j) for j in block)
    return len(joined) < 160 and mark_of(" ".join(sheet.words(j) for j in block), joined) in (Mark.NATIONAL, Mark.DATE)


def _says_what(sheet: Sheet, i: int) -> bool:
    """Whether line `i`, under a number, is a subject without `V/v`, not the rest of a number or place."""
    if sheet.mark(i + 1) is Mark.DATE and not sheet.gap(i + 1):
        return False
    tokens = sheet.words(i).split()
    return len(tokens) > 3 and not all(t[:1].isupper() or t[:1].isdigit() for t in tokens)


def _head_ahead(sheet: Sheet, i: int) -> Mark | None:
    """The next landmark of the head or of its end (`Kính gửi`, a title) soon after line `i`; None where the text begins."""
    for j in range(i + 1, min(i + 11, len(sheet))):
        mark = sheet.mark(j)
        if mark in _OF_HEAD or mark in (Mark.ADDRESSEES, Mark.TELEGRAM):
            return mark
        if _is_title(sheet, j):
            return Mark.TITLE
        if mark in (Mark.ARTICLE, Mark.FORMULA) or mark is Mark.OPENER and len(sheet.words(j)) > 60:
            return None
    return None


def _subject_goes_on(sheet: Sheet, i: int, dated: bool) -> bool:
    """Whether line `i`, after which no landmark comes, still belongs to a `V/v`."""
    if sheet.mark(i) in _BEGINS_TEXT or sheet.gap(i) or not dated:
        return False
    return len(sheet.words(i)) < 60


def _is_title(sheet: Sheet, i: int) -> bool:
    """Whether line `i` prints the name of a document type as a title; its name may go on in the next line."""
    if sheet.mark(i) is Mark.FORMULA:
        return False
    words, bare = sheet.words(i), sheet.bare(i)
    if len(bare) > 120:
        return False
    found = title_of(bare)
    if found is None and i + 1 < len(sheet) and len(bare) < 12 and sheet.caps(i):
        joined = f"{bare.strip()} {sheet.bare(i + 1).strip()}"
        found = title_of(joined) if sheet.caps(i + 1) and len(joined) < 120 else None
    if not found:
        return False
    return found[1] == "" or sheet.caps(i)


def _label_title(sheet: Sheet, labels: Labels, i: int) -> int:
    """Label the title and the subject under it; stop where the preamble or the addressees begin."""
    power = _power_line(sheet, i + 1)
    size, first, small = len(sheet), i, False
    while i < size:
        mark = sheet.mark(i)
        if i > first:
            if i == power or mark in _END_SUBJECT or mark is Mark.OPENER and not _names_what(sheet, i, first):
                break
            if mark is Mark.DATE and sheet.bare(i).startswith("ngay"):
                break
            if mark in (Mark.WORDS, Mark.SUBJECT, Mark.BULLET) and not sheet.caps(i):
                if _text_begins(sheet, i, first, small):
                    break
                small = small or not _short_caps_wrap(sheet, i)
        labels[i] = SectionLabel.NOISE if mark is Mark.PAGE else SectionLabel.SUBJECT
        i += 1
    return i


def _names_what(sheet: Sheet, i: int, title: int) -> bool:
    """Whether line `i`, the first under a title, is a subject though it opens like a text (`KẾ HOẠCH / Thực hiện …`)."""
    if any(sheet.mark(j) not in _NEUTRAL for j in range(title + 1, i)) or _BASIS_ONLY.match(sheet.bare(i)):
        return False
    while i + 1 < len(sheet) and not sheet.gap(i + 1) and sheet.mark(i + 1) in (Mark.WORDS, Mark.BULLET):
        i += 1
    return not sheet.tail(i).endswith((".", ":", ";", ","))


def _short_caps_wrap(sheet: Sheet, i: int) -> bool:
    return len(sheet.words(i)) < 12


def _text_begins(sheet: Sheet, i: int, title: int, small: bool) -> bool:
    """Whether line `i` under a title begins the text: the subject was in capitals and this is not, or a gap ends it."""
    words = sheet.words(i)
    if sheet.bare(i).lstrip("|* ").startswith("("):
        return False
    capitals = any(sheet.mark(j) is Mark.CAPS for j in range(title + 1, i))
    if capitals and not small and not words[:1].islower():
        return True
    below = [j for j in range(title + 1, i) if sheet.mark(j) not in _NEUTRAL]
    if not below:
        return len(words) >= LONGEST
    if sheet.gap(i) and not words[:1].islower():
        return True
    return len(words) > 160 and not words[:1].islower()


def _power_line(sheet: Sheet, i: int) -> int | None:
    """The line in which the issuer of a decision names itself, above the legal bases."""
    size = len(sheet)
    basis = next((j for j in range(i, min(i + 16, size)) if sheet.mark(j) in (Mark.OPENER, Mark.FORMULA)), None)
    if basis is None:
        return None
    found = None
    for j in range(i, basis):
        if sheet.mark(j) is Mark.CAPS and opens("power", sheet.bare(j)):
            found = j
    if found is not None and found - 1 >= i and len(sheet.words(found - 1)) < 14 and sheet.mark(found - 1) is Mark.CAPS:
        if opens("power", sheet.bare(found - 1)):
            found -= 1
    return found


def _label_addressees(sheet: Sheet, labels: Labels, i: int) -> int:
    """Label `Kính gửi` (or `X điện:`) and its list."""
    size, first = len(sheet), i
    while i < size:
        mark = sheet.mark(i)
        if i > first and mark not in _NEUTRAL and _addressees_end(sheet, labels, i, first):
            break
        labels[i] = SectionLabel.ADDRESSEES
        i += 1
    while i - 1 > first and sheet.mark(i - 1) in _NEUTRAL:
        i -= 1
    return i


_BASIS = re.compile(r"(?:can cu|thuc hien|theo|xet|tra loi|phuc dap)\b")
_AFTER = re.compile(r"[\s|(*]*(?:[d@]/? ?c(?:hi)?|dia chi|mst|ma so thue|dien thoai|dt|email|fax)\b|[\s|*]*\(")


def _open_bracket(bare: str) -> bool:
    return bare.rfind("(") > bare.rfind(")")


def _addressees_end(sheet: Sheet, labels: Labels, i: int, first: int) -> bool:
    """Whether the list of addressees that began at `first` has ended before line `i`."""
    mark, words, bare = sheet.mark(i), sheet.words(i), sheet.bare(i)
    if mark is Mark.ADDRESSEES or _AFTER.match(bare) or _open_bracket(sheet.bare(i - 1)):
        return False
    if mark in (Mark.ARTICLE, Mark.FORMULA, Mark.RECIPIENTS) or _is_title(sheet, i):
        return True
    if _AFTER.match(sheet.bare(i - 1)) and not sheet.gap(i) and mark is not Mark.OPENER:
        return False
    last = next(j for j in range(i - 1, first - 1, -1) if sheet.mark(j) not in _NEUTRAL)
    before = sheet.bare(last).rstrip(" *|")
    border = any(sheet.mark(j) is Mark.BORDER for j in range(last + 1, i))
    if mark is Mark.BULLET or words.lstrip("* ").startswith(("-", "~")):
        return bool(_BASIS.match(bare, lead_of(bare)))
    if before.endswith(":") and len(before) < 30 or before.endswith(",") and not sheet.gap(i):
        return False
    if words.lstrip("*")[:1].islower():
        return False
    if mark is Mark.OPENER or mark is Mark.ITEM or border:
        return True
    if before.endswith((".", "./.", ")")) or sheet.gap(i):
        return not before.endswith(";")
    return len(words) > 70 and len(before) < 60
