"""Gold documents: load one, find its quotations in the text, and say what does not hold."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, ClassVar

import yaml
from pydantic import ValidationError

from vnadmin_nlp.errors import GoldError
from vnadmin_nlp.evaluate.annotation import Annotation, Quoted
from vnadmin_nlp.evaluate.forms import fold
from vnadmin_nlp.evaluate.spans import Range
from vnadmin_nlp.knowledge.rows import Loader


class GoldLoader(Loader):  # type: ignore[misc]
    """YAML in which only `null`, `true`, `false`, whole numbers and days are more than words.

    YAML itself reads `path: 1.10` as 1.1, `no` as false, `017` as 15, and refuses the 31st of June.
    """

    yaml_implicit_resolvers: ClassVar[dict[str, Any]] = {}


def _day(loader: Any, node: yaml.ScalarNode) -> dt.date | str:
    try:
        return dt.date.fromisoformat(node.value)
    except ValueError:
        return str(node.value)


for _kind, _pattern, _first in (
    ("bool", r"true|false|True|False|TRUE|FALSE", "tfTF"),
    ("null", r"null|Null|NULL|~|", ["n", "N", "~", ""]),
    ("int", r"-?(?:0|[1-9]\d{0,17})", "-0123456789"),
    ("timestamp", r"\d{4}-\d\d-\d\d", "0123456789"),
):
    GoldLoader.add_implicit_resolver(f"tag:yaml.org,2002:{_kind}", re.compile(f"(?:{_pattern})$"), list(_first))
GoldLoader.add_constructor("tag:yaml.org,2002:timestamp", _day)


class Gold:
    """A text and its annotation. Ranges are half-open, in code points of the text as it stands in its file."""

    def __init__(self, name: str, text: str, data: Annotation, *, folded: tuple[str, list[int]] | None = None) -> None:
        self.id = name
        self.text = text
        self.data = data
        self.folded, self._where = folded or fold(text)
        self._lines = [0, *(m.end() for m in re.finditer("\n", text))]
        self.labels: dict[int, set[str]] = {}
        for first, last, label in data.sections:
            for line in range(first, last + 1):
                self.labels[line] = set(label.split("+"))

    def with_data(self, data: Annotation) -> Gold:
        """The same text with another annotation."""
        return Gold(self.id, self.text, data, folded=(self.folded, self._where))

    # -- lines ---------------------------------------------------------------------------------
    @property
    def line_count(self) -> int:
        return len(self._lines)

    def line_of(self, offset: int) -> int:
        """The number of the line that holds `offset`, from 1."""
        return bisect_right(self._lines, offset)

    def line_range(self, line: int) -> Range:
        """Line `line` with its line break."""
        return self._lines[line - 1], self._lines[line] if line < len(self._lines) else len(self.text)

    def is_operative(self, where: Range) -> bool:
        """Whether `where` starts in the preamble or the body."""
        return where[0] < len(self.text) and bool(self.labels.get(self.line_of(where[0]), set()) & {"preamble", "body"})

    # -- quotations ----------------------------------------------------------------------------
    def find(self, quote: str, line: int | None = None, after: int = 0) -> Range | None:
        """The first place of `quote` that starts on `line` (anywhere, where None), and at or after `after`."""
        words = fold(quote)[0].strip()
        if not words:
            return None
        low, high = self.line_range(line) if line and line <= len(self._lines) else (after, len(self.text))
        start, stop = bisect_left(self._where, max(low, after)), bisect_left(self._where, high)
        at = self.folded.find(words, start, stop - 1 + len(words))
        if at == -1:
            return None
        return self._range(at, at + len(words))

    def occurrences(self, quote: str) -> list[Range]:
        """Every place of `quote` that is not part of a longer word or of a document number."""
        words = fold(quote)[0].strip()
        found, at = [], self.folded.find(words) if words else -1
        while at != -1:
            end = at + len(words)
            if not _continues(self.folded[max(0, at - 2) : at][::-1]) and not _continues(self.folded[end : end + 2]):
                found.append(self._range(at, end))
            at = self.folded.find(words, at + 1)
        return found

    def quotation(self, where: Range) -> tuple[str, Range]:
        """The words printed at `where`, folded, and the place at which `find` finds them; empty without words."""
        start, end = bisect_left(self._where, where[0]), bisect_left(self._where, where[1])
        words = self.folded[start:end]
        start, end = start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())
        return self.folded[start:end], self._range(start, end) if start < end else (where[0], where[0])

    def _range(self, start: int, end: int) -> Range:
        """The place in the text of `start:end` of the folded text, with the marks of its last letter."""
        last = self._where[end - 1] + 1
        while last < len(self.text) and unicodedata.combining(self.text[last]):
            last += 1
        return self._where[start], last

    # -- what the annotation says, with places -------------------------------------------------
    @cached_property
    def references(self) -> list[Range | None]:
        """The place of each entry of `data.references`, None where its quotation is not in the text."""
        return self._in_order(self.data.references)

    @cached_property
    def deadlines(self) -> list[Range | None]:
        """The place of each entry of `data.deadlines`."""
        return self._in_order(self.data.deadlines)

    @cached_property
    def obligations(self) -> list[Range | None]:
        """The place of each entry of `data.obligations`: from the start of its first to the end of its last words."""
        places: list[Range | None] = []
        for entry in self.data.obligations:
            start = self.find(entry.start, entry.line)
            end = self.find(entry.end, after=start[0]) if start else None
            places.append((start[0], end[1]) if start and end else None)
        return places

    def _in_order(self, entries: Sequence[Quoted]) -> list[Range | None]:
        places: list[Range | None] = []
        after = last = 0
        for entry in entries:
            after = after if entry.line == last else 0
            place = self.find(entry.quote, entry.line, after) or self.find(entry.quote, entry.line)
            if place:
                after, last = place[1], entry.line
            places.append(place)
        return places

    @cached_property
    def actors(self) -> list[Range]:
        """Every occurrence of every listed form in preamble and body, in order; the longest form wins."""
        taken: list[Range] = []  # in order, none overlaps another
        for actor in sorted(self.data.actors, key=lambda a: -len(a.text)):
            for place in self.occurrences(actor.text):
                at = bisect_left(taken, place)
                free = not any(low < place[1] and place[0] < high for low, high in taken[max(0, at - 1) : at + 1])
                if free and self.is_operative(place):
                    taken.insert(at, place)
        return [place for place in taken if not self.is_in_law_name(place)]

    @cached_property
    def _law_names(self) -> list[Range]:
        return [
            place
            for entry, place in zip(self.data.references, self.references, strict=True)
            if place and (entry.type in {"luat", "phap_lenh"} or (entry.name or "").startswith("Luật"))
        ]

    def is_in_law_name(self, where: Range) -> bool:
        """Whether `where` lies inside the name of a law: `Chính phủ` in `Luật Tổ chức Chính phủ` is no actor."""
        return any(low <= where[0] and where[1] <= high for low, high in self._law_names)


def _continues(next_two: str) -> bool:
    """Whether the two characters beside a match, nearest first, belong to the same word or number (`2675/TKV-KTTC`)."""
    return next_two[:1].isalnum() or (len(next_two) == 2 and next_two[0] in "/-" and next_two[1].isalnum())


def load(path: Path, texts: Path | None = None) -> Gold:
    """The annotation at `path` with its text, which stands beside it or in the folder `texts`.

    Raises GoldError where either cannot be read; `check` says whether the two fit.
    """
    source = texts / f"{path.stem}.txt" if texts else path.with_suffix(".txt")
    try:
        raw = yaml.load(path.read_text(encoding="utf-8"), Loader=GoldLoader)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise GoldError(
            f"{path}: not a readable YAML file: {_short(error)}; `vnadmin check` says what to mend"
        ) from error
    try:
        data = Annotation.model_validate(raw)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"])) or "the file"
        raise GoldError(f"{path}: {place}: {first['msg']}; `vnadmin check` says what to mend") from error
    try:
        text = text_of(source)
    except (OSError, UnicodeDecodeError) as error:
        raise GoldError(f"{source}: the text of {path.name} must be here, in UTF-8: {error}") from error
    return Gold(path.stem, text, data)


def _short(error: Exception) -> str:
    """What an error of reading says, in one line."""
    mark = getattr(error, "problem_mark", None)
    where = f"line {mark.line + 1}: " if mark else ""
    return where + " ".join((getattr(error, "problem", None) or str(error)).split())


def text_of(source: Path) -> str:
    """The text in the file `source`, its line breaks as they are. Raises OSError, UnicodeDecodeError."""
    return source.read_bytes().decode("utf-8")


def load_all(folder: Path, texts: Path | None = None) -> list[Gold]:
    """Every gold document of `folder`, by name. Raises GoldError where there is none."""
    paths = sorted(folder.glob("*.yaml"))
    if not paths:
        raise GoldError(f"{folder}: no <name>.yaml here; give the folder that holds the annotations")
    return [load(path, texts) for path in paths]
