"""A linear model that says how likely words are a mention of an actor (chủ thể); which ones are, `resolve` chooses.

It judges what the rules found, what they took up and left, and the forms that annotated documents have as mentions.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import NamedTuple, Protocol

from vnadmin_nlp.extract.model import ActorCandidate, Context
from vnadmin_nlp.knowledge.triggers import Triggers
from vnadmin_nlp.outline import Outline
from vnadmin_nlp.schema import ActorKind
from vnadmin_nlp.taggers.calibrated import UNCHANGED, Calibration
from vnadmin_nlp.taggers.clauses import RULES_FIRST, Bounds
from vnadmin_nlp.taggers.linear import as_bytes, likelihood, read_weights
from vnadmin_nlp.taggers.mention_traits import Candidate, Known, traits_of

RULE = "model.actors"
LEAST = 0.3
"""A form is looked for where at least this share of its places in annotated documents are mentions."""


class ActorOpinion(NamedTuple):
    """What a model says of a range: how likely it is a mention; `mention` bears the calibrated score.

    `ruled`: whether the rules found it.
    """

    mention: ActorCandidate
    ruled: bool
    likely: float


class ActorProposer(Protocol):
    """What is asked about mentions: a trained model, or what watches the questions in training."""

    @property
    def bounds(self) -> Bounds: ...

    def propose(
        self, outline: Outline, context: Context, found: Sequence[ActorCandidate], left: Sequence[ActorCandidate]
    ) -> list[ActorOpinion]:
        """An opinion of each mention that the rules `found`, of those they `left`, and of what else may be one."""
        ...


@dataclass(frozen=True)
class Forms:
    """Forms of mentions in annotated documents, as printed there."""

    known: Mapping[str, Known]

    @cached_property
    def _triggers(self) -> Triggers[None]:
        return Triggers((form, None) for form in self.known)

    def places(self, outline: Outline) -> Iterator[tuple[int, int, Known]]:
        """Every place where a form stands as printed, also inside longer ones, by start; not inside numbers."""
        flow = outline.flow
        for start, end, _ in self._triggers.all(flow.key) if self.known else ():
            known = self.known.get(flow.text[start:end])
            beside = flow.text[max(0, start - 2) : start][::-1], flow.text[end : end + 2]
            if known is not None and not any(map(_joined, beside)):
                yield start, end, known


def candidates_of(
    outline: Outline, found: Iterable[ActorCandidate], left: Iterable[ActorCandidate], forms: Forms
) -> list[Candidate]:
    """What the rules `found` and `left` and the places of known `forms`, each range once, by start."""
    known = {(start, end): form for start, end, form in forms.places(outline)}
    out: dict[tuple[int, int], Candidate] = {}
    for source, mentions in (("found", found), ("left", left)):
        for mention in mentions:
            place = (mention.start, mention.end)
            out.setdefault(place, Candidate(mention, source, known.get(place)))
    for place, form in known.items():
        if place not in out and form.share >= LEAST:
            out[place] = Candidate(ActorCandidate(*place, form.kind, RULE, round(form.share, 2)), "known", form)
    return [out[place] for place in sorted(out)]


@dataclass(frozen=True)
class ActorModel:
    """Weights of traits, of a logistic regression, and the forms it knows. Threads may share it.

    `scores`: its scores are nearer to the truth than those of the rules, and stand for what these find as well.
    """

    weights: Mapping[str, float]
    forms: Forms
    bounds: Bounds = RULES_FIRST
    calibration: Calibration = UNCHANGED
    scores: bool = True

    @classmethod
    def load(cls, folder: Path) -> ActorModel:
        """The model in `folder`, as `vnadmin train actors` writes it. Raises ModelError where it is damaged."""
        return read_weights(
            folder,
            lambda data: cls(
                {str(trait): float(weight) for trait, weight in data["weights"].items()},
                Forms({form: _known(*counts) for form, counts in data["forms"].items()}),
                Bounds(float(data["bounds"]["keep"]), float(data["bounds"]["add"])),
                Calibration.of(data["calibration"]),
                bool(data["scores"]),
            ),
        )

    def dump(self) -> bytes:
        """What `load` reads."""
        data = {
            "bounds": self.bounds._asdict(),
            "calibration": self.calibration.points,
            "scores": self.scores,
            "forms": dict(sorted(self.forms.known.items())),
            "weights": dict(sorted(self.weights.items())),
        }
        return as_bytes(data)

    def likely(self, traits: Iterable[str]) -> float:
        """How likely a candidate with `traits` is a mention."""
        return likelihood(self.weights, traits)

    def propose(
        self, outline: Outline, context: Context, found: Sequence[ActorCandidate], left: Sequence[ActorCandidate]
    ) -> list[ActorOpinion]:
        """An opinion of everything that may be a mention, by start; those not `found` bear this model's name."""
        candidates = candidates_of(outline, found, left, self.forms)
        opinions = []
        for candidate, traits in zip(candidates, traits_of(candidates, outline, context), strict=True):
            likely = self.likely(traits)
            mention = candidate.mention
            if not candidate.ruled:
                mention = replace(mention, rule=RULE)
            if self.scores or not candidate.ruled:
                mention = replace(mention, score=self.calibration(likely))
            opinions.append(ActorOpinion(mention, candidate.ruled, likely))
        return opinions


def _known(kind: str, right: int, seen: int) -> Known:
    if not 0 < right <= seen:
        raise ValueError("forms: of the places of each, at least one is a mention")
    return Known(ActorKind(kind), int(right), int(seen))


def _joined(beside: str) -> bool:
    """Whether the two characters beside a form, the nearest first, join it to a number (`12/UBND-NC`)."""
    return len(beside) == 2 and beside[0] in "/-" and beside[1].isalnum()
