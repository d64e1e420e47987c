"""Whether a text is Vietnamese as it is written today: legacy encodings, no accents, scans gone wrong, other languages.

Judged on a sample of bounded size, so the cost does not grow with the text.
"""

from __future__ import annotations

import re
from enum import StrEnum

from vnadmin_nlp.text.fold import bare_of, is_syllable
from vnadmin_nlp.text.mapped import MappedText

_SAMPLE = 3_000
_FEW_WORDS = 20

# TCVN3 letters as they look when its bytes are read as Latin-1 or Windows-1252 (`Uû ban nh©n d©n`)
_TCVN3 = re.compile(r"[a-zA-Z][µ¸¶·¹©®¨ª«¬]|[µ¸¶·¹©®¨ª«¬][a-z]")
# VNI writes a vowel and its mark as two letters (`UÛy ban nhaân daân`)
_VNI = re.compile(r"[aeouyAEOUY][âêôùøûõïåãäàáéèëÂÊÔÙØÛÕÏÅÃÄ](?=[\W\da-z])")
_WORD = re.compile(r"[^\W\d_]+")
_ACCENTED = re.compile(r"[à-ỹăâđêôơưĂÂĐÊÔƠƯ]")
# a syllable that ends in a stop bears the tone sắc or nặng: without it a mark is lost (`suât`, `cap`)
_STOPPED = re.compile(r"(?:ch|[cpt])$")
_SHARP = re.compile(r"[áắấéếíóốớúứýạặậẹệịọộợụựỵ]")
# frequent words of dispatches, without marks: what tells Vietnamese typed without accents from another language
_COMMON = frozenset("va cua ngay thang nam so cac trong theo ban nhan dan cho thuc hien quy dinh tai duoc".split())


class Quality(StrEnum):
    """What is wrong with the letters of a text."""

    GOOD = "good"
    EMPTY = "empty"
    TCVN3 = "tcvn3"
    VNI = "vni"
    NO_ACCENTS = "no_accents"
    GARBLED = "garbled"
    FOREIGN = "foreign"


def quality_of(text: MappedText) -> Quality:
    """The most likely fault of `text`, or GOOD."""
    sample = text.text[:_SAMPLE]
    if not sample.strip() and not text.text.strip():
        return Quality.EMPTY
    words = _WORD.findall(sample)
    if len(words) < _FEW_WORDS:
        return Quality.GOOD
    if len(_TCVN3.findall(sample)) > len(words) // 10:
        return Quality.TCVN3
    if len(_VNI.findall(sample)) > len(words) // 6:
        return Quality.VNI
    accented = sum(1 for word in words if _ACCENTED.search(word.lower()))
    if accented < len(words) // 10:
        common = sum(1 for word in words if bare_of(word.lower()) in _COMMON)
        return Quality.NO_ACCENTS if common > len(words) // 12 else Quality.FOREIGN
    lower = {word for word in words if len(word) > 1 and word.islower()}
    odd = sum(1 for word in lower if not is_syllable(word) or (_STOPPED.search(word) and not _SHARP.search(word)))
    return Quality.GARBLED if odd > len(lower) // 12 else Quality.GOOD
