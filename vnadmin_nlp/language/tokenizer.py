"""The tokenizer: syllables, numbers, dates and signs, every character of the text in one of them."""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from spacy import util
from spacy.tokens import Doc

from vnadmin_nlp.language import TOKENIZER

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.vocab import Vocab

_LETTER = "[^\\W\\d_][\u0300-\u036f]*"
_HIDDEN = "[\u00ad\u200b-\u200d\u2060\ufeff]*"  # inside a word, as pages of the web have them
_WORD = rf"{_LETTER}(?:{_HIDDEN}{_LETTER})*"
_NUMBER = (
    rf"\d++(?:(?:/\d{{4}})?/|-{_WORD}/){_WORD}\d*(?:[-/&]{_WORD}\d*)*"  # 1234/UBND-KGVX, 30/2020/NĐ-CP, 60-NQ/TW
    r"|\d{1,2}-\d{1,2}-\d{4}(?!\d)|(?<!\d)(?:[01]?\d|2[0-4])[:hg][0-5]\d(?!\d)"  # 15-3-2024, 17:30, 17h30
    r"|\d++(?:[./,]\d++)*"  # 15/3/2024, 1.500.000, 3,5; the label 2.1
)
_TOKEN = re.compile(rf"({_WORD}|{_NUMBER}|\s+|.)( ?)", re.DOTALL)
_MODES = ("syllables", "underthesea")


@util.registry.tokenizers(TOKENIZER)  # type: ignore[untyped-decorator]
def create_tokenizer(words: str = "syllables") -> Callable[[Language], Tokenizer]:
    """What a config makes of `@tokenizers = "vnadmin.Tokenizer.v1"`; `words` is `syllables` or `underthesea`."""
    if words not in _MODES:
        raise ValueError(f"[nlp.tokenizer] words = {words!r}: one of {', '.join(_MODES)}")
    return lambda nlp: Tokenizer(nlp.vocab, words)


class Tokenizer(util.DummyTokenizer):
    """Cuts a text into the tokens of a Doc, of which it can be put together again character by character.

    A token is a syllable, a number with what belongs to it (`1234/UBND-KGVX`, `15/3/2024`, `1.500.000`), any other
    sign, or a run of white space; a single blank belongs to the token before it. With `words="underthesea"` syllables
    that make one word are one token, with the blanks between them.
    """

    def __init__(self, vocab: Vocab, words: str = "syllables") -> None:
        self.vocab = vocab
        self.words = words

    def __call__(self, text: str) -> Doc:
        tokens = _TOKEN.findall(text)
        if self.words == "underthesea":
            tokens = _joined(text, tokens)
        try:
            return Doc(self.vocab, words=[token for token, _ in tokens], spaces=[space != "" for _, space in tokens])
        except UnicodeEncodeError as error:
            raise ValueError(
                f"character {_broken(text)} of the text is half of a surrogate pair, which spaCy cannot hold: "
                "put U+FFFD in its place (text.encode('utf-16', 'surrogatepass').decode('utf-16', 'replace'))"
            ) from error

    def __reduce__(self) -> tuple[Any, ...]:
        return Tokenizer, (self.vocab, self.words)

    def to_bytes(self, **_: Any) -> bytes:
        return json.dumps({"words": self.words}).encode()

    def from_bytes(self, data: bytes, **_: Any) -> Tokenizer:
        self.words = json.loads(data)["words"]
        return self

    def to_disk(self, path: str | Path, **_: Any) -> None:
        Path(path).write_bytes(self.to_bytes())

    def from_disk(self, path: str | Path, **_: Any) -> Tokenizer:
        return self.from_bytes(Path(path).read_bytes())


def _joined(text: str, tokens: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """`tokens` of `text`, those joined that make one word of several syllables."""
    from vnadmin_nlp.taggers.underthesea import words

    starts, at = [], 0
    for token, space in tokens:
        starts.append(at)
        at += len(token) + len(space)
    out, done = [], 0
    for start, end in words(text):
        first, behind = bisect_left(starts, start, done), bisect_left(starts, end, done)
        parts = tokens[first:behind]
        whole = behind - first > 1 and starts[first] == start and starts[behind - 1] + len(parts[-1][0]) == end
        if whole and all(token[0].isalpha() or token.isspace() for token, _ in parts):
            out += [*tokens[done:first], (text[start:end], parts[-1][1])]
            done = behind
    return out + tokens[done:]


def _broken(text: str) -> int:
    return next(at for at, char in enumerate(text) if "\ud800" <= char <= "\udfff")
