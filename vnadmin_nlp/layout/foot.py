"""The foot: recipients and signature, and what stands after them."""

from __future__ import annotations

import re
from bisect import bisect_left

from vnadmin_nlp.layout.columns import is_name, like_name, of_signature, split_foot
from vnadmin_nlp.layout.head import Labels
from vnadmin_nlp.layout.marks import FOOTER, Mark, Sheet, opens, starts_chrome
from vnadmin_nlp.schema import SectionLabel

LONGEST_FOOT = 500  # lines
REACH = 14  # lines between the first authority line and the name or the list of recipients
_AUTHORITY = re.compile(r"[\s|*]*(?:t\.?/?m|k\.?/?t|t\.?/?l|t\.?u\.?q|q)(?:[./]|\s|(?=[a-z]{2}))")
_LISTED = re.compile(r"\W*n\w")
_CAPITALS = re.compile(r"[\s|*]*[A-ZÀ-ỸĐ][A-ZÀ-ỸĐ./ ]")
_ARCHIVE = re.compile(r"[-~+•*\s]*l[uư]u\W{0,3}(?:vt|vp|van thu|van phong|hc|ho so)\b")
_DASHED = re.compile(r"[-~+•*]\s?\S.{0,90}$")
_FOOTNOTE = re.compile(r"\W*\[\d{1,3}\]|_{5,}")


def find_foot(sheet: Sheet, start: int) -> int:
    """The first line of recipients or signature after `start`, or the end of the document."""
    size = len(sheet)
    second = _second_head(sheet, start)
    for end in (second, size) if second < size else (size,):
        foot = _first_foot(sheet, start, end)
        if foot < end:
            return foot
    return size


def _second_head(sheet: Sheet, start: int) -> int:
    """The line of another Tiêu ngữ below `start`: another document, or a form, follows in the same text."""
    if start >= len(sheet):
        return len(sheet)
    key = sheet.text.key
    at = key.find("độc lập - tự", sheet.lines[start].start)
    return bisect_left(sheet.lines, at, key=lambda line: line.end) if at >= 0 else len(sheet)


def _first_foot(sheet: Sheet, start: int, end: int) -> int:
    listed = next((i for i in range(start, end) if _is_listed(sheet, i)), end)
    if listed == end:
        listed = _unheaded_list(sheet, start, end)
    signed = next((i for i in range(start, listed) if _is_signed(sheet, i, listed, end)), listed)
    return min(listed, signed)


def _unheaded_list(sheet: Sheet, start: int, size: int) -> int:
    """The first line of a list of recipients whose heading is lost, known by `Lưu: VT` at its end; else `size`."""
    for i in range(size - 1, max(start, size - 60), -1):
        if _ARCHIVE.match(sheet.bare(i)):
            while i - 1 > start and (_DASHED.match(sheet.bare(i - 1)) or len(sheet.words(i - 1)) < 26):
                i -= 1
            return i
    return size


def _is_listed(sheet: Sheet, i: int) -> bool:
    """Whether line `i` heads a list of recipients."""
    line = sheet.lines[i]
    if line.end - line.start > 160 or not _LISTED.match(sheet.text.key, line.start, line.end):
        return False
    hit = opens("recipients", sheet.bare(i))
    if not hit:
        return False
    rest = sheet.bare(i)[hit.end() :].strip()
    return not rest or rest[0] in ":;.-|/" or of_signature(sheet.words(i)[hit.end() :].strip(" :.;/|"))


def _is_signed(sheet: Sheet, i: int, listed: int, size: int) -> bool:
    """Whether line `i` begins a signature: authority or post in capitals, and soon the name or the recipients."""
    line = sheet.lines[i]
    if line.end - line.start > 90 or not _CAPITALS.match(sheet.text.text, line.start) or not sheet.caps(i):
        return False
    bare = sheet.bare(i)
    strong = bool(_AUTHORITY.match(bare)) and of_signature(sheet.words(i).strip(" |*"))
    if not strong and not opens("post", bare):
        return False
    if listed - i <= REACH and listed < size:
        return all(len(sheet.words(j)) < 70 for j in range(i, listed))
    for j in range(i + 1, min(i + (REACH if strong else 5), size)):
        words = sheet.words(j).strip(" |*")
        if is_name(words):
            return True
        if len(words) > 80:
            return False
    return False


def label_foot(sheet: Sheet, labels: Labels, start: int) -> int:
    """Label recipients and signature from line `start`; the result is the first line after them."""
    if start + 1 < len(sheet) and start and sheet.mark(start - 1) is Mark.BORDER and _is_listed(sheet, start):
        return _label_bordered(sheet, labels, start)
    return _label_open(sheet, labels, start)


def _label_bordered(sheet: Sheet, labels: Labels, start: int) -> int:
    """Label a foot whose two cells stand one below the other between table borders; further cells with a signer too."""
    i, size, label = start, min(len(sheet), start + LONGEST_FOOT), SectionLabel.RECIPIENTS
    named = False
    while i < size:
        if sheet.mark(i) is Mark.BORDER:
            if label is SectionLabel.SIGNATURE and not _signs(sheet, i + 1):
                labels[i] = label
                return i + 1
            if label is SectionLabel.RECIPIENTS and i - start > 1:
                label = SectionLabel.SIGNATURE
        elif named and label is SectionLabel.SIGNATURE and sheet.gap(i) and not _signs(sheet, i):
            return i
        labels[i] = label
        named |= label is SectionLabel.SIGNATURE and is_name(sheet.words(i).strip(" *"))
        i += 1
    return i


def _signs(sheet: Sheet, i: int) -> bool:
    """Whether a signature begins at line `i`: authority or post in capitals, and a name soon after."""
    if i >= len(sheet) or not sheet.caps(i) or _is_appendix(sheet, i):
        return False
    if not (_AUTHORITY.match(sheet.bare(i)) or opens("post", sheet.bare(i))):
        return False
    return any(is_name(sheet.words(j).strip(" *|")) for j in range(i + 1, min(i + 6, len(sheet))))


def _label_open(sheet: Sheet, labels: Labels, start: int) -> int:
    """Label a foot without printed borders, its columns side by side or one below the other."""
    size = min(len(sheet), start + LONGEST_FOOT)
    listing = named = archived = False
    garbage = 0  # lines after the archive copy that are neither signature nor anything else
    i = start
    while i < size:
        mark, words, bare = sheet.mark(i), sheet.words(i).strip(" |*"), sheet.bare(i)
        line = sheet.lines[i]
        split_foot(sheet.text, line)
        if archived and mark is Mark.CAPS and _another_head(sheet, i):
            break
        if i > start and (mark is Mark.NATIONAL or mark in (Mark.NUMBER, Mark.ADDRESSEES) and (named or archived)):
            break
        if _is_listed(sheet, i):
            if named and listing:
                break
            listing = True
            labels[i] = SectionLabel.RECIPIENTS
        elif mark is Mark.RULE and (named or archived):
            if not any(sheet.mark(j) is Mark.STAMP or _signs(sheet, j) for j in range(i + 1, min(i + 3, size))):
                break
            labels[i] = SectionLabel.SIGNATURE
        elif mark in (Mark.BORDER, Mark.RULE):
            labels[i] = labels[i - 1] if i > start else SectionLabel.SIGNATURE
        elif mark is Mark.PAGE:
            if archived and not _signature_near(sheet, i):
                break
            labels[i] = SectionLabel.NOISE
        elif len(line.cells) > 1 or bare.startswith(("-", "~", "+", "*", "•")):
            if named and archived:
                break
            labels[i] = SectionLabel.RECIPIENTS
        elif of_signature(words) or mark is Mark.STAMP:
            if named and (is_name(words) and not _follows_post(sheet, labels, i) or _another_head(sheet, i)):
                break
            labels[i] = SectionLabel.SIGNATURE
        elif listing and not archived and _list_goes_on(sheet, i, size):
            labels[i] = SectionLabel.RECIPIENTS
        elif named or _is_appendix(sheet, i) and archived or _FOOTNOTE.match(bare):
            break
        elif sheet.caps(i) and not (listing and not archived and labels[i - 1] is SectionLabel.RECIPIENTS):
            labels[i] = SectionLabel.SIGNATURE
        elif opens("post", bare) and labels[i - 1] is SectionLabel.SIGNATURE:
            labels[i] = SectionLabel.SIGNATURE
        elif archived and like_name(words):
            labels[i] = SectionLabel.SIGNATURE
        elif listing and not archived and len(words) < 110 or archived and garbage < 3 and len(words) < 60:
            garbage += archived
            labels[i] = SectionLabel.RECIPIENTS
        elif len(words) < 40 and not archived:
            labels[i] = SectionLabel.SIGNATURE
        else:
            break
        archived |= bool(opens("archive", bare))
        named |= any(is_name(sheet.text.text[c.start : c.end].strip(" *")) for c in line.cells)
        i += 1
    return i


def _list_goes_on(sheet: Sheet, i: int, end: int) -> bool:
    """Whether line `i` is the rest of a recipient and more recipients follow."""
    if sheet.caps(i) or len(sheet.words(i)) > 110:
        return False
    return any(_DASHED.match(sheet.bare(j)) for j in range(i + 1, min(i + 3, end)))


def _signature_near(sheet: Sheet, i: int) -> bool:
    """Whether the signature may stand below the page break at line `i`."""
    return any(of_signature(sheet.words(j).strip(" |*")) for j in range(i + 1, min(i + 4, len(sheet))))


def _another_head(sheet: Sheet, i: int) -> bool:
    """Whether line `i`, in capitals, is the issuer of a document that follows."""
    return any(sheet.mark(j) is Mark.NATIONAL for j in range(i + 1, min(i + 4, len(sheet))))


def _follows_post(sheet: Sheet, labels: Labels, i: int) -> bool:
    return any(labels[j] is SectionLabel.SIGNATURE and sheet.caps(j) for j in range(max(0, i - 3), i))


def _is_appendix(sheet: Sheet, i: int) -> bool:
    return bool(opens("appendix", sheet.bare(i)))


def label_rest(sheet: Sheet, labels: Labels, start: int) -> None:
    """Label what stands after the foot: appendices, or the words of the site the text was taken from."""
    size = len(sheet)
    if all(sheet.mark(i) in (Mark.RULE, Mark.BORDER) for i in range(start, min(start + 9, size))) and size - start < 9:
        labels[start:] = [SectionLabel.SIGNATURE] * (size - start)
        return
    near = (*range(start, min(start + 40, size)), *range(max(start + 40, size - 80), size))
    chrome = next((i for i in near if starts_chrome(sheet, i)), size)
    if size - start <= 8 and (start < size and opens("source", sheet.bare(start))) or size - start <= 8 and not any(_is_appendix(sheet, i) or _matters(sheet, i) for i in range(start, size)):
        chrome = start
    while chrome < size and chrome > start and sheet.mark(chrome - 1) is Mark.RULE:
        chrome -= 1
    for i in range(start, size):
        labels[i] = SectionLabel.NOISE if i >= chrome else SectionLabel.APPENDIX


def _matters(sheet: Sheet, i: int) -> bool:
    """Whether line `i`, after the foot, is more than debris of a scan: a footnote or a line of some length."""
    bare = sheet.bare(i)
    return bool(_FOOTNOTE.match(bare)) or (len(bare) > 60 and not FOOTER.search(bare))
