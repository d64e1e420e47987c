"""Training of the actor model: which words are mentions of actors, with which borders, and how sure each is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple

from vnadmin_nlp.errors import ModelError
from vnadmin_nlp.evaluate import Gold
from vnadmin_nlp.evaluate.forms import fold
from vnadmin_nlp.evaluate.spans import Range
from vnadmin_nlp.extract.model import ActorCandidate, Context
from vnadmin_nlp.options import Options
from vnadmin_nlp.outline import Outline
from vnadmin_nlp.parse import analyse
from vnadmin_nlp.resolve.mentions import choose
from vnadmin_nlp.schema import ActorKind
from vnadmin_nlp.taggers.actors import ActorModel, ActorOpinion, Forms, candidates_of
from vnadmin_nlp.taggers.clauses import NEVER, RULES_FIRST, Bounds
from vnadmin_nlp.taggers.linear import WEIGHTS
from vnadmin_nlp.taggers.mention_traits import Candidate, Known, traits_of
from vnadmin_nlp.taggers.store import Models
from vnadmin_nlp.train.bounds import best_bounds
from vnadmin_nlp.train.calibration import are_nearer, fit
from vnadmin_nlp.train.card import save_weights
from vnadmin_nlp.train.folds import make_folds
from vnadmin_nlp.train.linear import fit_linear

ABOUT = (
    "Says of each mention of an actor (chủ thể) that the rules find, of those they take up and leave, and of each "
    "place of a form that annotated documents have, how likely it is a mention with just these borders. In training "
    "the rules are overruled only where that adds at least 1.5 points of F1 on documents not learnt from, and its "
    "scores stand for theirs only where they are nearer to the truth there; else the model changes nothing."
)
LIMITS = (
    "It proposes no form that neither the rules nor the annotated documents have.",
    "Kinds of actors are those of the rules; a form that the rules do not know bears the kind it was annotated with.",
    "What it drops still counts where a duty is laid on it: who must act is an actor.",
    "It is not asked about persons that underthesea proposes.",
)
FOLDS = 5
_ADDS = (NEVER, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4)


@dataclass(slots=True)
class _Watch:
    """Keeps what a model is asked about one document, and leaves every choice to the rules."""

    outline: Outline = field(init=False)
    context: Context = field(init=False)
    found: Sequence[ActorCandidate] = ()
    left: Sequence[ActorCandidate] = ()
    bounds: Bounds = RULES_FIRST

    def propose(
        self, outline: Outline, context: Context, found: Sequence[ActorCandidate], left: Sequence[ActorCandidate]
    ) -> list[ActorOpinion]:
        self.outline, self.context, self.found, self.left = outline, context, found, left
        return [ActorOpinion(mention, True, 1.0) for mention in found]


class _Document:
    """One gold document as a model meets it: what it is asked, and what gold answers."""

    def __init__(self, gold: Gold) -> None:
        self.watch = _Watch()
        analyse(gold.text, None, Options(models="off"), Models(actors=self.watch))
        self._gold = gold
        self.want = frozenset(gold.actors)

    def place(self, start: int, end: int) -> Range | None:
        """The range of the source that `start:end` of the flow quotes; None where no mention counts."""
        ranges = self.watch.outline.flow.ranges(start, end)
        place = (ranges[0][0], ranges[-1][1]) if ranges else None
        counts = place is not None and self._gold.is_operative(place) and not self._gold.is_in_law_name(place)
        return place if counts else None

    def counts(self, forms: Forms) -> dict[str, Known]:
        """How often each of `forms` is a mention here, and how often it stands here at all."""
        right: Counter[str] = Counter()
        seen: dict[str, Known] = {}
        for start, end, known in forms.places(self.watch.outline):
            if (place := self.place(start, end)) is not None:
                form = self.watch.outline.flow.text[start:end]
                right[form] += place in self.want
                seen[form] = Known(known.kind, right[form], seen[form].seen + 1 if form in seen else 1)
        return seen

    def questions(self, forms: Forms) -> list[tuple[Candidate, Sequence[str], bool]]:
        """Each candidate where mentions count, with its traits and whether it is one."""
        watch = self.watch
        candidates = candidates_of(watch.outline, watch.found, watch.left, forms)
        places = [self.place(candidate.mention.start, candidate.mention.end) for candidate in candidates]
        rows = zip(candidates, traits_of(candidates, watch.outline, watch.context), places, strict=True)
        return [(candidate, traits, place in self.want) for candidate, traits, place in rows if place is not None]

    def judged(self, model: ActorModel) -> Judged:
        """What `model` says of this document, against gold."""
        watch = self.watch
        opinions = model.propose(watch.outline, watch.context, watch.found, watch.left)
        places = {id(one.mention): self.place(one.mention.start, one.mention.end) for one in opinions}
        return Judged(opinions, {key: place in self.want for key, place in places.items() if place}, len(self.want))


class Judged(NamedTuple):
    """Opinions of one document, whether each mention that counts is right (by `id`), and how many gold has."""

    opinions: list[ActorOpinion]
    right: Mapping[int, bool]
    wanted: int

    def standing(self, bounds: Bounds) -> Iterator[tuple[float, bool]]:
        """The score of each mention that stands and counts, and whether it is right."""
        for mention in choose(self.opinions, bounds):
            if id(mention) in self.right:
                yield mention.score, self.right[id(mention)]


def train_actors(golds: Sequence[Gold], out: Path, *, seed: int = 0) -> ActorModel:
    """Learn from `golds` and write weights and config.cfg into the folder `out`.

    Raises ModelError where the documents are too few, or name no actors.
    """
    model = learn_actors(golds, seed=seed)
    bounds = {"keep": model.bounds.keep, "add": "never" if model.bounds.add >= NEVER else model.bounds.add}
    settings = {"documents": len(golds), "forms": len(model.forms.known), **bounds, "scores": model.scores}
    save_weights(out, {WEIGHTS: model.dump()}, task="actors", kind="linear", seed=seed, settings=settings)
    return model


def learn_actors(golds: Sequence[Gold], *, seed: int = 0) -> ActorModel:
    """The model of `golds`, in any order: bounds and calibration come from documents left out in turn."""
    golds = sorted(golds, key=lambda gold: (gold.id, gold.text))
    forms = _forms(golds)
    if not forms.known:
        raise ModelError("no actors are annotated in these documents; annotate who acts in them")
    documents = {id(gold): _Document(gold) for gold in golds}
    counts = {key: document.counts(forms) for key, document in documents.items()}

    def learnt(some: Sequence[Gold]) -> ActorModel:
        """The model of `some`; what each teaches is asked as if its own forms were not known."""
        known = _summed(counts[id(gold)] for gold in some)
        asked = [documents[id(gold)].questions(Forms(_less(known, counts[id(gold)]))) for gold in some]
        weights = fit_linear([t for one in asked for _, t, _ in one], [right for one in asked for *_, right in one])
        return ActorModel(weights, Forms(_of_use(known)))

    splits = list(make_folds(golds, FOLDS, seed=seed).splits())
    halves = [learnt(split.train) for split in splits]

    def judged(*, scores: bool) -> list[list[Judged]]:
        """What each half says of the documents left out, with its scores or with those of the rules."""
        return [
            [documents[id(gold)].judged(replace(half, scores=scores)) for gold in split.test]
            for split, half in zip(splits, halves, strict=True)
        ]

    own, ruled = judged(scores=True), judged(scores=False)
    bounds = choose_bounds([one for part in own for one in part])
    raw, rules = ([[p for one in part for p in one.standing(bounds)] for part in parts] for parts in (own, ruled))
    pairs = [pair for part in raw for pair in part]
    curve = fit([score for score, _ in pairs], [right for _, right in pairs])
    whole = learnt(golds)
    return ActorModel(whole.weights, whole.forms, bounds, curve, scores=are_nearer(list(zip(raw, rules, strict=True))))


def choose_bounds(judged: Sequence[Judged]) -> Bounds:
    """The bounds with the best F1 on `judged`; those that leave all to the rules unless others gain enough."""
    return best_bounds(lambda bounds: _Tally.of(judged, bounds), _ADDS)


class _Tally(NamedTuple):
    """Mentions that stand, those of them that are right, and those of gold."""

    standing: int
    hits: int
    wanted: int

    @classmethod
    def of(cls, judged: Sequence[Judged], bounds: Bounds) -> _Tally:
        standing = [right for one in judged for _, right in one.standing(bounds)]
        return cls(len(standing), sum(standing), sum(one.wanted for one in judged))

    @property
    def wrong(self) -> int:
        return self.standing + self.wanted - 2 * self.hits

    @property
    def f1(self) -> float:
        return 2 * self.hits / max(1, self.standing + self.wanted)


def _forms(golds: Iterable[Gold]) -> Forms:
    """The forms of `golds` as texts print them, each with the kind it is annotated with most often."""
    kinds: dict[str, Counter[ActorKind]] = {}
    for gold in golds:
        for actor in gold.data.actors:
            form = fold(actor.text)[0].strip()
            if form:
                kinds.setdefault(form, Counter())[actor.kind] += 1
    return Forms({form: Known(counter.most_common(1)[0][0], 1, 1) for form, counter in sorted(kinds.items())})


def _summed(counts: Iterable[Mapping[str, Known]]) -> dict[str, Known]:
    total: dict[str, Known] = {}
    for one in counts:
        for form, (kind, right, seen) in one.items():
            before = total.get(form)
            total[form] = Known(kind, right + before.right, seen + before.seen) if before else Known(kind, right, seen)
    return total


def _less(total: Mapping[str, Known], own: Mapping[str, Known]) -> dict[str, Known]:
    """`total` without what is counted in `own`."""
    rest = dict(total)
    for form, (kind, right, seen) in own.items():
        if form in rest:
            rest[form] = Known(kind, rest[form].right - right, rest[form].seen - seen)
    return _of_use(rest)


def _of_use(known: Mapping[str, Known]) -> dict[str, Known]:
    """Those that are a mention somewhere."""
    return {form: one for form, one in known.items() if one.right}
