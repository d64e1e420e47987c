"""A sequence model that says which part of the document each line belongs to; which ones do, `resolve` chooses."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from hashlib import blake2b
from pathlib import Path
from threading import Lock
from typing import Any, NamedTuple, Protocol

from vnadmin_nlp.errors import ModelError, missing
from vnadmin_nlp.layout.marks import Mark, Sheet
from vnadmin_nlp.layout.model import Labels
from vnadmin_nlp.schema import SectionLabel

WEIGHTS = "weights.crfsuite"
CHOICE = "choice.json"

_WORD = re.compile(r"[a-z0-9]+")
_SHAPE = 6  # characters of a line whose shape is told
_HEAD = 60  # of its bare form whose words are told
_EDGE = 12  # lines from top or bottom up to which the place is told exactly
_LINE = 25  # characters: step of the classes of length
_ABOVE, _BELOW = 4, 3  # landmarks above and below that are told
_LANDMARKS = frozenset({
    Mark.ADDRESSEES, Mark.RECIPIENTS, Mark.FORMULA, Mark.SUBJECT, Mark.NATIONAL, Mark.NUMBER, Mark.DATE, Mark.OPENER,
    Mark.ARTICLE,
})  # fmt: skip


class Proposed(NamedTuple):
    """The label a model proposes for a line, and how likely it is."""

    label: SectionLabel
    likely: float


class LineProposer(Protocol):
    """What is asked about lines. `sure`: how likely a label must be to stand against the rules; `spoilt_only`: it is
    asked about pages whose letters are spoilt, and about no others."""

    @property
    def sure(self) -> float: ...

    @property
    def spoilt_only(self) -> bool: ...

    def propose(self, sheet: Sheet, labels: Labels) -> list[Proposed]: ...


class LineModel:
    """A conditional random field over the lines of a page, told also what the rules say. Threads may share it."""

    def __init__(self, weights: bytes, *, sure: float, spoilt_only: bool) -> None:
        """Raises MissingPackageError without python-crfsuite, ValueError where `weights` are none."""
        try:
            import pycrfsuite
        except ImportError as error:
            raise missing("python-crfsuite", "train", "a model of lines") from error
        self.weights, self.sure, self.spoilt_only = weights, sure, spoilt_only
        self._tagger: Any = pycrfsuite.Tagger()
        self._tagger.open_inmemory(weights)
        self._lock = Lock()  # a tagger holds the page at hand

    @classmethod
    def load(cls, folder: Path) -> LineModel:
        """The model in `folder`, as `vnadmin train lines` writes it. Raises ModelError where it is damaged."""
        try:
            choice = json.loads((folder / CHOICE).read_text(encoding="utf-8"))
            sure, spoilt_only = float(choice["sure"]), bool(choice["spoilt_only"])
            weights = (folder / WEIGHTS).read_bytes()
            if _digest(weights) != choice["digest"]:  # damaged ones can end the process of who opens them
                raise ValueError(f"{WEIGHTS} is not what was trained")
            return cls(weights, sure=sure, spoilt_only=spoilt_only)
        except OSError as error:
            raise ModelError(f"{folder}: weights are missing ({error.strerror}); train the model again") from error
        except (ValueError, KeyError, TypeError) as error:
            raise ModelError(f"{folder}: the weights cannot be read ({error!r}); train the model again") from error

    def __reduce__(self) -> tuple[object, ...]:
        return _again, (self.weights, self.sure, self.spoilt_only)

    def dump(self) -> dict[str, bytes]:
        """What `load` reads, by file name."""
        choice = {"digest": _digest(self.weights), "spoilt_only": self.spoilt_only, "sure": self.sure}
        return {WEIGHTS: self.weights, CHOICE: (json.dumps(choice, indent=0) + "\n").encode()}

    def propose(self, sheet: Sheet, labels: Labels) -> list[Proposed]:
        """The likeliest run of labels for the lines of `sheet`, of which the rules say `labels`."""
        if not labels:
            return []
        with self._lock:
            names = self._tagger.tag(traits_of(sheet, labels))
            return [Proposed(SectionLabel(name), self._tagger.marginal(name, i)) for i, name in enumerate(names)]


def _digest(weights: bytes) -> str:
    return blake2b(weights, digest_size=16).hexdigest()


def _again(weights: bytes, sure: float, spoilt_only: bool) -> LineModel:
    return LineModel(weights, sure=sure, spoilt_only=spoilt_only)


def traits_of(sheet: Sheet, labels: Labels) -> list[list[str]]:
    """What a model is told of each line: what the rules say, its form and words, and what stands around it."""
    count = len(sheet)
    own = [_own(sheet, i, count) for i in range(count)]
    near = [[f"rules={label}", f"mark={sheet.mark(i).name}"] for i, label in enumerate(labels)]
    out = []
    for i in range(count):
        traits = [*near[i], *own[i]]
        for step in (-2, -1, 1, 2):
            at = i + step
            beside = near[at] if 0 <= at < count else ["edge"]
            traits += [f"{step}:{one}" for one in beside]
        for step in (-1, 1):
            if 0 <= i + step < count:
                traits += [f"{step}:{one}" for one in own[i + step][:2]]
        before, after = labels[i - 1] if i else None, labels[i + 1] if i + 1 < count else None
        traits.append(f"rules around={before} {labels[i]} {after}")
        out.append(traits)
    _landmarks(sheet, out, range(count), "above", _ABOVE)
    _landmarks(sheet, out, range(count - 1, -1, -1), "below", _BELOW)
    return out


def _own(sheet: Sheet, i: int, count: int) -> list[str]:
    """The form, the first words and the place of line `i`."""
    line, words = sheet.lines[i], sheet.words(i)
    first = _WORD.findall(sheet.bare(i), 0, _HEAD)
    last = words[-1]
    shape = {"A" if c.isupper() else "a" if c.islower() else "0" if c.isdigit() else c for c in words[:_SHAPE]}
    return [
        f"capitals={sheet.caps(i)}",
        f"length={min(6, (line.end - line.start) // _LINE)}",
        f"gap={sheet.gap(i)}",
        f"begins={first[0] if first else ''}",
        f"begins={' '.join(first[:2])}",
        f"cells={min(3, len(line.cells))}",
        f"ends={'a' if last.isalnum() else last}",
        f"figures={any(map(str.isdigit, words))}",
        f"shape={''.join(sorted(shape))}",
        f"top={min(i, _EDGE)}",
        f"bottom={min(count - 1 - i, _EDGE)}",
        f"tenth={10 * i // count}",
    ]


def _landmarks(sheet: Sheet, traits: list[list[str]], order: Sequence[int], side: str, most: int) -> None:
    """Tell each line of `order` the kinds of landmarks that stand before it in that order, the nearest few."""
    seen: list[str] = []
    for i in order:
        traits[i] += [f"{side}={name}" for name in seen[-most:]]
        mark = sheet.mark(i)
        if mark in _LANDMARKS and mark.name not in seen:
            seen.append(mark.name)
