"""Which encoding characters are that were read as Latin-1 or Windows-1252 by mistake."""

from __future__ import annotations

import re
from collections import Counter

from vnadmin_nlp.read.legacy import LINE, LOADED, Reading, is_modern, read_as
from vnadmin_nlp.read.spelling import AROUND, score

# UTF-8 that was read as Latin-1, which only a text in Unicode can hold, and bytes that never were Unicode
READINGS: tuple[Reading, ...] = ("utf-8", "tcvn3", "vni", "windows-1258", "viscii", "tcvn5712")
_WINDOW = 40_000
_FEW, _MUCH = 2, 10
_PLAIN = re.compile(r"(?<![^\W\d_])[A-Z]?[a-z]{2,}(?![^\W\d_])")
_LETTER = re.compile(r"[A-Za-z\xa0-\xff]")


def guess(text: str, *, is_unicode: bool = True) -> Reading | None:
    """What the words of `text` are that are not Unicode, by how Vietnamese they become; None where they stay.

    `is_unicode` says that a program took them for Unicode: few words then prove little. Lines with letters that only
    Unicode has are not looked at. The cost does not grow with the text: its beginning, middle and end are read.
    """
    if not LOADED.search(text):
        return None
    sample = _sample(text)
    words = Counter(word for word in LOADED.findall(sample) if _LETTER.search(word) and len(word.strip(AROUND)) > 1)
    count = sum(words.values())
    found, best = None, sum(score(word) * n for word, n in words.items())
    plain = [score(word) for word in _PLAIN.findall(sample)]  # words without marks: Vietnamese, or of another language
    likely = 2 * sum(map(bool, plain)) > len(plain)
    certain = not is_unicode and best == 0 and plain.count(0) < _FEW
    mixed = is_unicode and is_modern(text)
    for reading in READINGS if is_unicode else READINGS[1:]:
        scores = [(score(read_as(word, reading).text), n) for word, n in words.items()]
        total = sum(value * n for value, n in scores)
        good = sum(n for value, n in scores if value)
        if total <= best or 2 * good < count or (mixed and total < best + _MUCH):
            continue
        if len(words) > _FEW or total > count or (certain and good == count) or likely:
            found, best = reading, total
    return found


def _sample(text: str) -> str:
    """The lines of `text` that may not be Unicode."""
    middle = len(text) // 2
    if len(text) > 3 * _WINDOW:
        text = "\n".join((text[:_WINDOW], text[middle : middle + _WINDOW], text[-_WINDOW:]))
    return "\n".join(line for line in LINE.findall(text) if not is_modern(line))
