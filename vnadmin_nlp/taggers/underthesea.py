"""The one door to underthesea: words, and names of persons and places, with exact offsets.

underthesea is loaded on the first call, under a lock (several threads that call it first at the same time fail), and
without what its import does to the logging of the program around it. Nothing here reaches the network.
"""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Any, Literal, NamedTuple

from vnadmin_nlp.errors import ModelError, missing
from vnadmin_nlp.taggers.plain import PlainText, pieces
from vnadmin_nlp.text import Range

NameKind = Literal["person", "place", "organization"]


class Name(NamedTuple):
    """A proper name at `start:end` of a text."""

    start: int
    end: int
    kind: NameKind


_LONGEST = 1000  # characters that are cut into words at once
_FALLBACK = re.compile(r"\w+|[^\w\s]")
_LONGEST_SENTENCE = 200  # what it takes to find names grows with the square of the length
_KINDS: dict[str, NameKind] = {"PER": "person", "LOC": "place", "ORG": "organization"}
_lock = Lock()
_loaded: dict[str, Callable[..., Any]] = {}


def words(text: str) -> list[Range]:
    """The words of `text` in order, as ranges of it; a word may hold several syllables and the blanks between them.

    Words do not cross line breaks and tabs. What is in no word is white space, a control or zero-width character, or a
    mark without a letter. Accepts any str. Raises MissingPackageError or ModelError where underthesea cannot be used.
    """
    tokenize = _function("word_tokenize")
    plain = PlainText(text)
    return [
        plain.range(word[0][0], word[-1][1])
        for low, high in pieces(plain.text, _LONGEST)
        for word in _words(tokenize, plain.text, low, high)
    ]


def names(text: str, spans: Iterable[Range]) -> list[Name]:
    """The names of persons, places and organisations that underthesea's recogniser reads in `spans`, ranges of `text`.

    In the order of the spans; overlapping spans are read twice. It reads one line or sentence at a time, some
    10,000 characters a second, so ask for those that matter. Its names are proposals, most organisations are missed.
    Raises MissingPackageError or ModelError where underthesea cannot be used.
    """
    tokenize, recognise = _function("word_tokenize"), _function("ner")
    found: list[Name] = []
    for begin, end in spans:
        plain = PlainText(text[begin:end])
        for low, high in pieces(plain.text, _LONGEST_SENTENCE):
            parts = [part for word in _words(tokenize, plain.text, low, high) for part in word]
            for kind, first, last in _entities(recognise(plain.text[low:high]), len(parts)):
                lettered = [part for part in parts[first : last + 1] if any(map(str.isalpha, plain.text[slice(*part)]))]
                if lettered:
                    start, stop = plain.range(lettered[0][0], lettered[-1][1])
                    found.append(Name(begin + start, begin + stop, kind))
    return found


def _entities(tagged: list[tuple[str, ...]], count: int) -> list[tuple[NameKind, int, int]]:
    """The names in a tagged sentence: kind, first and last syllable. `count`: how many syllables the sentence has.

    underthesea rewrites syllables here, but neither joins nor parts them, so their numbers lead back to the text.
    """
    found: list[tuple[NameKind, int, int]] = []
    at = 0
    inside = ""
    for word, *_, tag in tagged:
        end = at + word.count(" ") + 1
        kind = _KINDS.get(tag[2:])
        if kind is not None and tag == f"I-{inside}":
            found[-1] = (kind, found[-1][1], end - 1)
        elif kind is not None:
            found.append((kind, at, end - 1))
        inside = tag[2:]
        at = end
    return found if at == count else []


def _words(tokenize: Callable[..., Any], text: str, low: int, high: int) -> list[list[Range]]:
    """The words in `low:high` of a plain text, each as the ranges of its syllables."""
    found: list[list[Range]] = []
    at = low
    for word in tokenize(text[low:high], use_token_normalize=False):
        syllables: list[Range] = []
        for syllable in word.split(" "):
            while at < high and text[at].isspace():
                at += 1
            if not text.startswith(syllable, at):
                return _simple(text, low, high)
            syllables.append((at, at + len(syllable)))
            at += len(syllable)
        found.append(syllables)
    return _simple(text, low, high) if text[at:high].strip() else found


def _simple(text: str, low: int, high: int) -> list[list[Range]]:
    """Runs of letters and digits, and each other sign: where the words that came back are not those of the text."""
    return [[match.span()] for match in _FALLBACK.finditer(text, low, high)]


def _function(name: str) -> Callable[..., Any]:
    """The function `name` of underthesea, ready to be called from any thread."""
    found = _loaded.get(name)
    if found is None:
        with _lock:
            found = _loaded.get(name) or _load(name)
    return found


def _load(name: str) -> Callable[..., Any]:
    try:
        with _logging_left_alone():
            import underthesea

            function: Callable[..., Any] = getattr(underthesea, name)
            function("Hà Nội")  # its model is read by the first call
    except ModuleNotFoundError as error:
        if error.name == "underthesea":
            raise missing("underthesea", None, "cutting words and finding names") from error
        raise _broken(name, error) from error
    except Exception as error:
        raise _broken(name, error) from error
    _loaded[name] = function
    return function


def _broken(name: str, error: Exception) -> ModelError:
    return ModelError(
        f"underthesea.{name}: it is installed and does not work ({type(error).__name__}: {error}): "
        "pip install --force-reinstall underthesea"
    )


@contextmanager
def _logging_left_alone() -> Iterator[None]:
    """underthesea, while it is imported, gives the root logger a handler and closes those that others opened."""
    from logging import config

    configure, basic = config.dictConfig, logging.basicConfig

    def unless_from_there(original: Callable[..., None]) -> Callable[..., None]:
        def call(*args: Any, **kwargs: Any) -> None:
            if not str(sys._getframe(1).f_globals.get("__name__")).startswith("underthesea"):
                original(*args, **kwargs)

        return call

    config.dictConfig = unless_from_there(configure)
    logging.basicConfig = unless_from_there(basic)
    try:
        yield
    finally:
        config.dictConfig, logging.basicConfig = configure, basic
