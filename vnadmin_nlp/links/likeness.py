"""Whether two documents are one dispatch: the words of their bodies, and what names and numbers stand in them."""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple
from zlib import crc32

from vnadmin_nlp.links.bodies import NOBODY, Body, read_body
from vnadmin_nlp.links.numbers import NONE, Number, one_edit, read_number
from vnadmin_nlp.schema import Dispatch, SectionLabel

if TYPE_CHECKING:
    import numpy as np

WORDS = 3  # of a shingle
_SHORT = 20  # words of a body up to which it says too little to be compared without its head
_BODY = (SectionLabel.SUBJECT, SectionLabel.PREAMBLE, SectionLabel.BODY, SectionLabel.APPENDIX)
_WORD = re.compile(rb"[a-z0-9]+")
_FACT = re.compile(r"[^\W_]*\d[^\W_]*|[^\W\d_]+")
_MIXES = 0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9


class Likeness(StrEnum):
    """How two documents are one: the same words; one a draft of the other (it has no number or date); issued again
    under another number or date."""

    COPY = "copy"
    DRAFT = "draft"
    REISSUE = "reissue"


class Known(NamedTuple):
    """What comparing needs of a document. `date` is an ordinal day, 0 where there is none; `text` is its body."""

    number: Number
    date: int
    issuer: Body
    addressees: frozenset[Body]
    signed: bool
    text: str

    @property
    def worth(self) -> int:
        """Number, date, signature: how many of them it has."""
        return (self.number != NONE) + bool(self.date) + self.signed


class Shingled(NamedTuple):
    """A document ready to be compared: sorted shingles of its body, its names and numbers."""

    known: Known
    shingles: np.ndarray[Any, Any]
    facts: frozenset[bytes]


def known_of(dispatch: Dispatch) -> Known:
    """What is compared of a parsed document."""
    header = dispatch.header
    spans = [section.span for section in dispatch.sections if section.label in _BODY]
    body = "\n".join(dispatch.text[span.start : span.end] for span in spans)
    parent = header.parent_agency.text if header.parent_agency else ""
    return Known(
        read_number(header.number.text if header.number and header.number.serial else None),
        header.date.value.toordinal() if header.date else 0,
        read_body(header.issuer.text, parent) if header.issuer else NOBODY,
        frozenset(read_body(one.text) for one in dispatch.addressees),
        any(one.name for one in dispatch.signatures),
        body if len(words_of(body)) > _SHORT else dispatch.text,
    )


def shingled(known: Known) -> Shingled:
    """`known` with the shingles and facts of its text."""
    import numpy as np

    facts = {word for word in _FACT.findall(known.text) if word[0].isupper() or any(map(str.isdigit, word))}
    folded = (b"".join(words_of(fact)) for fact in facts)
    return Shingled(known, np.unique(shingles_of(words_of(known.text))), frozenset(filter(None, folded)))


def words_of(text: str) -> list[bytes]:
    """The words of `text` without case, marks and markup: two prints, or scans, of one text have the same."""
    plain = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return _WORD.findall(plain.encode("ascii", "ignore"))


def shingles_of(words: list[bytes]) -> np.ndarray[Any, Any]:
    """Every run of three words as a number of 64 bits, in order; none for fewer words."""
    import numpy as np

    if len(words) < WORDS:
        return np.empty(0, np.uint64)
    hashes = np.fromiter(map(crc32, words), np.uint64, len(words))
    count = len(words) - WORDS + 1
    mixed = np.zeros(count, np.uint64)
    for at, mix in enumerate(_MIXES):
        mixed += hashes[at : at + count] * np.uint64(mix)
    return mixed ^ (mixed >> np.uint64(32))


def similarity(one: Shingled, other: Shingled) -> float:
    """Jaccard similarity of the shingles, exactly; 0 where one has none."""
    import numpy as np

    common = len(np.intersect1d(one.shingles, other.shingles, assume_unique=True))
    whole = len(one.shingles) + len(other.shingles) - common
    return common / whole if common else 0.0


def likeness(one: Shingled, other: Shingled) -> Likeness | None:
    """How two documents with like bodies are one dispatch; None where they are letters made from one template.

    What tells those is that names and numbers in the one stand where others stand in the other. Documents with one
    number and day are one, whatever a scan made of their names.
    """
    a, b = one.known, other.known
    numbers, dates = {a.number, b.number} - {NONE}, {a.date, b.date} - {0}
    exchanged = min(len(one.facts - other.facts), len(other.facts - one.facts))
    few = max(1, len(one.facts & other.facts) // 30)
    half = (a.number == NONE) != (b.number == NONE) or bool(a.date) != bool(b.date)
    if len({a.issuer.province, b.issuer.province} - {""}) > 1:
        return None
    if len(numbers) == len(dates) == 1 and not half and (a.issuer == b.issuer or NOBODY in (a.issuer, b.issuer)):
        return Likeness.COPY
    if a.addressees and b.addressees and not _meet(a.addressees, b.addressees):
        return None
    if len(numbers) > 1:
        return None if exchanged else Likeness.REISSUE
    if exchanged > few:
        return None
    return Likeness.REISSUE if len(dates) > 1 else Likeness.DRAFT if half else Likeness.COPY


def _meet(some: frozenset[Body], others: frozenset[Body]) -> bool:
    """Whether a body is in both, be it with a letter that was misread."""
    return any(
        one.level == other.level and one.place == other.place and one_edit(one.name, other.name)
        for one in some
        for other in others
    )
