"""Which encoding characters are that were read as Latin-1 or Windows-1252 by mistake."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from vnadmin_nlp.read.legacy import LOADED, Reading, is_modern, read_as
from vnadmin_nlp.read.spelling import score

READINGS: tuple[Reading, ...] = ("utf-8", "tcvn3", "vni", "windows-1258", "viscii", "tcvn5712")
_WINDOW = 40_000
_FEW = 2


def guess(text: str, readings: Iterable[Reading] = READINGS) -> Reading | None:
    """What the words of `text` are that are not Unicode, by how Vietnamese they become; None where they stay.

    Lines with letters that only Unicode has are not looked at. The cost does not grow with the text: its beginning,
    middle and end are read.
    """
    if text.isascii() and not LOADED.search(text, 0, _WINDOW):
        return None
    words = _sample(text)
    count = sum(words.values())
    found, best = None, sum(score(word) * n for word, n in words.items())
    for reading in readings:
        scores = [(score(read_as(word, reading).text), n) for word, n in words.items()]
        total = sum(value * n for value, n in scores)
        good = sum(n for value, n in scores if value)
        if total > best and 2 * good >= count and (len(words) > _FEW or total > count):
            found, best = reading, total
    return found


def _sample(text: str) -> Counter[str]:
    """The words of `text` that are more than ASCII, of lines that may not be Unicode."""
    words: Counter[str] = Counter()
    middle = len(text) // 2
    windows = [(0, len(text))]
    if len(text) > 3 * _WINDOW:
        windows = [(0, _WINDOW), (middle, middle + _WINDOW), (len(text) - _WINDOW, len(text))]
    for start, end in windows:
        for line in text[start:end].replace("\r", "\n").split("\n"):
            if not is_modern(line):
                words.update(LOADED.findall(line))
    return words
