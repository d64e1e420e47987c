"""What the text layer of a page is worth."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from vnadmin_nlp.read.guess import guess
from vnadmin_nlp.read.legacy import Encoding, convert
from vnadmin_nlp.read.page import PageWord
from vnadmin_nlp.read.pdf.words import TextLayerWords
from vnadmin_nlp.schema.source import TextLayer
from vnadmin_nlp.text.fold import is_syllable

_FEW_LETTERS = 60  # characters below which a page that images cover has no text layer
_COVERED = 0.5  # of the page
_MANY_PATHS = 300  # drawings of a page without letters that are letters drawn as shapes
_FEW_WORDS = 12  # distinct words below which nothing is said about spelling
_ODD = 0.4  # share of words that are no syllables in a text layer that is drawn
_ODD_UNSEEN = 0.2  # the same in the layer that recognition puts behind a scan
_LOST = 0.1  # share of characters without a letter
_MARKED = re.compile(r"[à-ỹăâđêôơư]")
_PRIVATE = re.compile("[\ue000-\uf8ff\ufffd]")
_WORD = re.compile(r"[^\W\d_]{2,}")
_LEGACY: tuple[Encoding, ...] = ("tcvn3", "vni", "viscii")


_is_syllable = lru_cache(8_192)(is_syllable)  # the words of one page are those of the next


def layer_of(found: TextLayerWords, images: float, drawings: int) -> TextLayer:
    """What the text layer `found` is; `images` is the share of the page that images cover."""
    letters = sum([len(word.text) for word in found.words])
    if letters < _FEW_LETTERS and images >= _COVERED:
        return TextLayer.ABSENT
    if not letters:
        return TextLayer.ABSENT if images > 0.05 or drawings > _MANY_PATHS else TextLayer.GOOD
    text = " ".join([word.text for word in found.words])
    lost = found.unmapped + len(_PRIVATE.findall(text))
    if lost > _LOST * (letters + found.unmapped):
        return TextLayer.BAD
    words = set(_WORD.findall(text.lower()))
    if len(words) < _FEW_WORDS:
        return TextLayer.GOOD
    odd = sum([not _is_syllable(word) for word in words]) / len(words)
    unseen = found.invisible > 0.8 * found.characters and images >= _COVERED
    marked = sum(_MARKED.search(word) is not None for word in words) / len(words)
    if unseen:
        return TextLayer.BAD if odd > _ODD_UNSEEN or marked < 0.2 else TextLayer.GOOD
    return TextLayer.BAD if odd > _ODD and _is_gibberish(words) else TextLayer.GOOD


def _is_gibberish(words: set[str]) -> bool:
    """Whether `words` are of no language written in Latin letters: what is left of them without marks has no vowels,
    or letters and other signs are mixed in them."""
    plain = [word for word in words if word.isascii()]
    voiceless = sum(not re.search(r"[aeiouy]", word) for word in plain)
    strange = sum(not word.isascii() and not _MARKED.search(word) for word in words)
    return voiceless + strange > len(words) / 4


def converted(words: Sequence[PageWord]) -> tuple[list[PageWord], Encoding | None]:
    """`words` with the letters of an encoding older than Unicode converted where no font's name told of it."""
    text = " ".join(word.text for word in words if word.encoding is None)
    reading = guess(text)
    encoding = next((known for known in _LEGACY if known == reading), None)
    if encoding is None:
        return list(words), None
    out = [
        word if word.encoding else word._replace(text=convert(word.text, encoding), encoding=encoding)
        for word in words
    ]  # fmt: skip
    return out, encoding
