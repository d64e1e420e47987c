"""Where the foot begins: the list of recipients (Nơi nhận) or the signature, whichever stands first."""

from __future__ import annotations

import re
from bisect import bisect_left

from vnadmin_nlp.layout.columns import blocks, is_name, is_signed, of_signature
from vnadmin_nlp.layout.landmarks import opens
from vnadmin_nlp.layout.marks import Mark, Sheet

REACH = 14  # lines between the first authority line and the name or the list of recipients
SHORT_REACH = 5  # the same for a post without authority mark
LONGEST_LIST = 60  # lines from the end in which a list without heading is looked for

_OF_TEXT = frozenset({Mark.OPENER, Mark.FORMULA, Mark.ARTICLE, Mark.ITEM})
_AUTHORITY = re.compile(r"[\s|*]*(?:t\.?/?m|k\.?/?t|t\.?/?l|t\.?u\.?q|q)(?:[./]|\s|(?=[a-z]{2}))")
_PERHAPS_LISTED = re.compile(r"\W*n\w")
_ARCHIVE = re.compile(r"[-~+•*\s]*luu\W{0,3}(?:vt|vp|van thu|van phong|hc|ho so)\b")
DASHED = re.compile(r"[-~+•*]\s?\S.{0,90}$")


def find_foot(sheet: Sheet, start: int) -> int:
    """The first line of recipients or signature after line `start`, or the end of the document.

    Where another document or a form with its own head follows in the same text, a foot above it comes first.
    """
    size = len(sheet)
    second = _second_head(sheet, start)
    foot = _foot_within(sheet, start, second)
    return foot if foot < second or second == size else _foot_within(sheet, start, size)


def _second_head(sheet: Sheet, start: int) -> int:
    """The line of another Tiêu ngữ below line `start`, or the end."""
    if start >= len(sheet):
        return len(sheet)
    at = sheet.text.key.find("độc lập - t", sheet.lines[start].start)
    return bisect_left(sheet.lines, at, key=lambda line: line.end) if at >= 0 else len(sheet)


def _foot_within(sheet: Sheet, start: int, end: int) -> int:
    listed = next((i for i in range(start, end) if is_listed(sheet, i)), end)
    if listed == end:
        listed = _unheaded_list(sheet, start, end)
    return next((i for i in range(start, listed) if _is_signed(sheet, i, listed, end)), listed)


def is_listed(sheet: Sheet, i: int) -> bool:
    """Whether line `i` heads a list of recipients."""
    line = sheet.lines[i]
    if line.end - line.start > 160 or not _PERHAPS_LISTED.match(sheet.text.key, line.start, line.end):
        return False
    hit = opens("recipients", sheet.bare(i))
    if not hit:
        return False
    rest = sheet.bare(i)[hit.end() :].strip()
    return not rest or rest[0] in ":;.-|/" or of_signature(sheet.words(i)[hit.end() :].strip(" :.;/|"))


def _unheaded_list(sheet: Sheet, start: int, end: int) -> int:
    """The first line of a list of recipients whose heading is lost, known by `Lưu: VT` at its end; else `end`."""
    for i in range(end - 1, max(start, end - LONGEST_LIST), -1):
        if _ARCHIVE.match(sheet.bare(i)):
            while i - 1 > start and _of_list(sheet, i - 1):
                i -= 1
            return i
    return end


def _of_list(sheet: Sheet, i: int) -> bool:
    """Whether line `i`, above one of recipients, is one too: an item, the rest of one, a scrap or a misread heading."""
    heading, colon, right = sheet.words(i).partition(":")
    if colon and len(heading) < 14 and of_signature(right.strip()):
        return True
    if DASHED.match(sheet.bare(i)) or len(sheet.words(i)) < 26:
        return True
    return sheet.tail(i).endswith(";") and not sheet.gap(i) and DASHED.match(sheet.bare(i - 1)) is not None


def _is_signed(sheet: Sheet, i: int, listed: int, end: int) -> bool:
    """Whether line `i` begins a signature: authority or post in capitals, and soon the recipients or a name."""
    line = sheet.lines[i]
    if line.end - line.start > 90 or sheet.text.text[line.start + 1 : line.start + 3].islower() or not sheet.caps(i):
        return False
    bare = sheet.bare(i)
    marked = _AUTHORITY.match(bare) is not None and of_signature(sheet.words(i).strip(" |*"))
    if not marked and not opens("post", bare):
        return False
    if listed < end and listed - i <= REACH:
        return all(_beside(sheet, j) for j in range(i, listed))
    reach = REACH if marked or sheet.mark(min(i + 1, end - 1)) is Mark.STAMP else SHORT_REACH
    for j in range(i + 1, min(i + reach, end)):
        if sheet.mark(j) is Mark.STAMP:
            continue
        pieces = blocks(sheet.words(j))
        if any(map(is_name, pieces)) or is_signed(sheet.bare(j)):
            return True
        if any(len(piece) > 80 for piece in pieces):
            return False
    return False


def _beside(sheet: Sheet, i: int) -> bool:
    """Whether line `i` could stand in a signature block above the recipients; some names open like a text (`Đỗ …`)."""
    if sheet.mark(i) is Mark.STAMP:
        return True
    words = sheet.words(i)
    return len(words) < 70 and (sheet.mark(i) not in _OF_TEXT or is_name(words.strip(" |*")))


def signs(sheet: Sheet, i: int) -> bool:
    """Whether a signature begins at line `i`: authority or post in capitals, and a name soon after."""
    if i >= len(sheet) or not sheet.caps(i) or opens("appendix", sheet.bare(i)):
        return False
    if not _AUTHORITY.match(sheet.bare(i)) and not opens("post", sheet.bare(i)):
        return False
    return any(is_name(piece) for j in range(i + 1, min(i + 6, len(sheet))) for piece in blocks(sheet.words(j)))
