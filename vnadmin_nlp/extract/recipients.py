"""Nơi nhận and Lưu."""

from __future__ import annotations

import re
from functools import cache

from vnadmin_nlp.extract.digital import is_digital
from vnadmin_nlp.extract.items import Item, items_of, trim_item, words_of
from vnadmin_nlp.extract.strip import Strip, first_run, strip_of
from vnadmin_nlp.knowledge.rows import Row, load_rows
from vnadmin_nlp.layout import Layout
from vnadmin_nlp.schema import Archive, Recipient, SectionLabel
from vnadmin_nlp.text import Range, bare_of, key_of, normalize, quote

_LABEL = re.compile(r"n[o0][il1]\s{1,9}(?:nh[a-z]n|g[uo][il1])\s{0,9}[:;.|/-]{0,3}")
_ARCHIVE = re.compile(r"(?:luu(?![a-z0-9])|l[a-z]{1,3}(?=\s?:\s{0,3}v[til]))\s{0,3}[:;.,]{0,2}\s{0,9}")
_SURE_ARCHIVE = re.compile(r"luu\s{0,3}(?::|v[tp]\b)")
_INNER_ARCHIVE = re.compile(r"[;.,]\s{0,9}[-~+]?\s{0,9}(?=luu\s{0,3}:)")
_NOTE = re.compile(r"\(([^()]{1,80})\)\W*$")
_COPIES = re.compile(
    r"\(\s{0,3}(?:[^\W\d_.][^()\d]{0,12}[-_ ])?(\d{1,4})\s{0,3}(?:b|bản|ban)?\s{0,3}\)"
    r"|(?<![\w/])(\d{1,4})\s?(?:b|bản)\b|(?<=[^\W\d_])(\d{1,4})b\b"
)
_SEPARATOR = re.compile(r"[,;](?![^()]{0,40}\))")
_BRACKET = re.compile(r"\(([^()]{1,40})\)?")
_ABBREVIATION = re.compile(r"[A-ZĐ][A-ZĐ&\-]{3,}")  # of another unit
_NAME = re.compile(r"(?:[A-ZĐ]\.\s?){1,3}[A-ZĐ][a-zà-ỹ]{1,7}|[A-ZĐ][a-zà-ỹ]{2,6}")
_TYPIST = re.compile(r"[^\s(]{0,30}[\w.-][/_-][^\s(]{1,30}")  # `Tungnt.QĐ/T11/2025`, a line of its own
_JUNK_TAIL = re.compile(
    r"[^\w)>\]]{2,}$|(?<=\))\.\s{1,9}\d$"
    r"|\.\s{1,9}(?:[^\w\s(]{1,2}(?:\s{1,3}[^\W\d_])?|[^\W\d_]\s{1,3}[^\w\s(]{1,2})$"  # a letter alone is a typist's
)


class PurposeRow(Row):
    """What the forms of a note mean."""

    purpose: str
    forms: list[str]


def read_recipients(layout: Layout) -> tuple[list[Recipient], Archive | None]:
    """The recipients as printed, and the archive line."""
    key = layout.text.key
    cells = first_run(layout, SectionLabel.RECIPIENTS)
    strip = strip_of(layout, [c for c in cells if not is_digital(bare_of(key[c.start : min(c.end, c.start + 160)]))])
    label = _LABEL.search(strip.bare[:200])
    items = items_of(strip, label.end() if label else 0, len(strip.text))
    recipients: list[Recipient] = []
    archive: Archive | None = None
    for item in items:
        kept = _archive_of(strip, item)
        if kept:
            archive = archive or _as_archive(strip, kept)
        if trim_item(strip, item):
            note = _NOTE.search(words_of(strip, item))
            purpose = purpose_of(note[1]) if note else None
            recipients.append(quote(Recipient, strip, *item.ranges, purpose=purpose, rule="recipients.item"))
    return recipients, archive


def _archive_of(strip: Strip, item: Item) -> list[Range]:
    """The ranges of the archive line, taken out of `item`, where it holds one."""
    for i, (low, high) in enumerate(item.ranges):
        inner = _INNER_ARCHIVE.search(strip.bare, low, high)
        label = _ARCHIVE.match(strip.bare, inner.end() if inner else low, high)
        if label and (i == 0 or inner or _SURE_ARCHIVE.match(strip.bare, low)):
            below = (r for r in item.ranges[i + 1 :] if not _TYPIST.fullmatch(strip.text[slice(*r)].strip(" .")))
            kept = [(label.end(), high), *below]
            item.ranges[i:] = [(low, inner.start())] if inner else []
            return [r for r in kept if r[0] < r[1]]
    return []


def _as_archive(strip: Strip, ranges: list[Range]) -> Archive | None:
    low, high = ranges[-1] = strip.trim(*ranges[-1], ".;,")
    junk = _JUNK_TAIL.search(strip.text[low:high])
    if junk:
        ranges[-1] = (low, low + junk.start())
    words = " ".join(strip.words(*r) for r in ranges)
    if not any(map(str.isalnum, words)):
        return None
    units, drafter, copies = parts_of_archive(words)
    return quote(Archive, strip, *ranges, units=units, drafter=drafter, copies=copies, rule="recipients.archive")


def parts_of_archive(words: str) -> tuple[list[str], str | None, int | None]:
    """Units, drafter and number of copies of `VT, KTTH (2) Nam 15b` (Decree 30/2020/NĐ-CP appendix I, II.9).

    The drafter stands in brackets, after a stop or the number of copies, or last in the list.
    """
    counts = [next(filter(None, m.groups())) for m in _COPIES.finditer(words)]
    units: list[str] = []
    drafter: str | None = None
    for part in _SEPARATOR.split(_COPIES.sub(" ¦ ", words)):
        unit, _, tail = part.strip().partition("¦")
        bracket = _BRACKET.search(unit)
        if bracket:
            within = bracket[1].strip()
            head, _, name = within.rpartition("/")
            if not bracket.start():  # `(VX/MT.Tấn)`
                unit, tail = head or "", tail.strip(" .") or name
            elif not _ABBREVIATION.fullmatch(within):
                unit, tail = unit[: bracket.start()], tail.strip(" .¦") or within
        elif ". " in unit:
            unit, _, tail = unit.partition(". ")
        elif units and _NAME.fullmatch(unit.strip(" .")):
            unit, tail = "", unit
        if unit.strip(" ."):
            units.append(unit.strip(" ."))
        drafter = tail.replace("¦", " ").strip(" .()") or drafter
    return units, drafter, int(counts[-1]) if counts else None


@cache
def _purposes() -> dict[str, str]:
    return {key_of(form): row.purpose for row in load_rows("recipient_purposes", PurposeRow) for form in row.forms}


def purpose_of(note: str) -> str | None:
    """What `note`, the words in brackets after a recipient, says it is for; None where it says something else."""
    key = " ".join(key_of(note).split()).strip(" .;,*")
    known = _purposes().get(key) or _purposes().get(key.replace(" ", ""))
    if known:
        return known
    words = " ".join(note.split()).strip(" .;,*")
    if key.startswith("để "):
        return words
    return f"để {words}" if key.startswith(_verbs()) else None


@cache
def _verbs() -> tuple[str, ...]:
    """The verbs of the purposes, each with the blank after it."""
    return tuple({row.purpose.removeprefix("để ") + " " for row in load_rows("recipient_purposes", PurposeRow)})


def reads_purposes(text: str) -> set[str]:
    """The rows of `recipient_purposes` that the note at the end of `text` stands for."""
    note = _NOTE.search(normalize(text).text)
    purpose = purpose_of(note[1]) if note else None
    return {row.id for row in load_rows("recipient_purposes", PurposeRow) if row.purpose == purpose}
