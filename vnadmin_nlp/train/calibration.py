"""How far scores can be trusted, and the curve that mends them. Deterministic, plain Python."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import groupby
from typing import Literal

from vnadmin_nlp.schema.base import Frozen
from vnadmin_nlp.taggers.calibrated import UNCHANGED, Calibration

_FEW = 200  # findings: with fewer, a curve of two parameters is all that can be fitted
_PRIOR = 1.0  # findings added to each level of a step curve that are right as often as all are
_STEPS = 40  # of Platt's curve as points
_OUTER = 5  # findings that must lie beyond the ends of Platt's curve: outside of them it is flat
_PULL = 1.0  # of the slope of Platt's curve to 0, where all scores are the share that is right
_EDGE = 1e-4  # raw scores are kept this far from 0 and 1, where their odds are infinite


Scored = tuple[float, bool]
"""The score of a finding, and whether it is right."""


class Bin(Frozen):
    """Findings with scores in `low:high` (the last bin holds 1 too): their mean score, the share that is `right`."""

    low: float
    high: float
    findings: int
    score: float
    right: float


class Reliability(Frozen):
    """A reliability table: bins that hold findings, the number of findings, and what the scores are off by.

    `error` is the expected calibration error: the mean distance of a bin's score from its share right, weighted by
    its findings. `brier` is the mean squared distance of a score from 1 where right, 0 where wrong.
    """

    bins: list[Bin]
    findings: int
    error: float
    brier: float


def reliability(scores: Sequence[float], right: Sequence[bool], bins: int = 10) -> Reliability:
    """The table of `scores` (0..1) against whether each finding was `right`, in `bins` of equal width."""
    pairs = list(zip(scores, right, strict=True))
    cells: dict[int, list[tuple[float, bool]]] = {}
    for score, hit in pairs:
        cells.setdefault(min(bins - 1, int(score * bins)), []).append((score, hit))
    table = []
    for at, cell in sorted(cells.items()):
        score, share = _mean([score for score, _ in cell]), _mean([float(hit) for _, hit in cell])
        table.append(
            Bin(low=at / bins, high=(at + 1) / bins, findings=len(cell), score=_four(score), right=_four(share))
        )
    error = sum(one.findings * abs(one.score - one.right) for one in table) / max(1, len(pairs))
    brier = _mean([(score - hit) ** 2 for score, hit in pairs])
    return Reliability(bins=table, findings=len(pairs), error=_four(error), brier=_four(brier))


def fit(
    scores: Sequence[float], right: Sequence[bool], method: Literal["auto", "platt", "isotonic"] = "auto"
) -> Calibration:
    """The curve that turns raw `scores` (0..1) into the share of findings that is right at that score.

    The scores must come from documents that the model was not trained on. `auto` is Platt's curve for fewer than 200
    findings, steps for more. Without findings the scores stay as they are.
    """
    if not scores:
        return UNCHANGED
    if method == "platt" or (method == "auto" and len(scores) < _FEW):
        return _platt(scores, right)
    return _isotonic(scores, right)


def are_nearer(parts: Sequence[tuple[Sequence[Scored], Sequence[Scored]]]) -> bool:
    """Whether the raw scores of a model, calibrated, are nearer to the truth than the scores of the rules.

    Each of `parts` has the raw scores of findings of some documents and those that the rules give there, each with
    whether the finding is right; a curve is judged on the part it was not fitted to.
    """
    mended: list[Scored] = []
    for raws, _ in parts:
        others = [pair for other, _ in parts if other is not raws for pair in other]
        curve = fit([score for score, _ in others], [right for _, right in others])
        mended += [(curve(score), right) for score, right in raws]
    ruled = [pair for _, pairs in parts for pair in pairs]
    if not mended or not ruled:
        return False
    model, rules = (
        reliability([score for score, _ in pairs], [right for _, right in pairs]) for pairs in (mended, ruled)
    )
    return model.error < rules.error and model.brier < rules.brier


def _isotonic(scores: Sequence[float], right: Sequence[bool]) -> Calibration:
    """Rising steps closest to the shares (pool adjacent violators), joined at their middles."""
    prior = (sum(right) + 1) / (len(right) + 2)
    levels: list[tuple[float, float, float]] = []  # sum of raw scores, right ones, count
    for raw, group in groupby(sorted(zip(scores, right, strict=True)), key=lambda pair: pair[0]):
        hits = [hit for _, hit in group]
        levels.append((raw * len(hits), float(sum(hits)), float(len(hits))))
        while len(levels) > 1 and levels[-2][1] * levels[-1][2] >= levels[-1][1] * levels[-2][2]:
            upper = levels.pop()
            levels[-1] = tuple(map(sum, zip(levels[-1], upper, strict=True)))  # type: ignore[assignment]
    points = [(raw / n, (hits + _PRIOR * prior) / (n + _PRIOR)) for raw, hits, n in levels]
    return Calibration.of(_rising(points))


def _platt(scores: Sequence[float], right: Sequence[bool]) -> Calibration:
    """A logistic curve over the log odds of the scores, by Newton's method on Platt's smoothed targets."""
    good = sum(right)
    bad = len(right) - good
    yes, no = (good + 1) / (good + 2), 1 / (bad + 2)
    rows = [(_odds(score), yes if hit else no) for score, hit in zip(scores, right, strict=True)]
    slope, shift = 1.0, 0.0
    for _ in range(50):
        g_slope, g_shift, aa, ab, bb = _PULL * slope, 0.0, _PULL, 0.0, 1e-6
        for odds, target in rows:
            p = _logistic(slope * odds + shift)
            weight = p * (1 - p)
            g_slope += (p - target) * odds
            g_shift += p - target
            aa += weight * odds * odds
            ab += weight * odds
            bb += weight
        det = aa * bb - ab * ab
        if det <= 0:
            break
        step_slope, step_shift = (bb * g_slope - ab * g_shift) / det, (aa * g_shift - ab * g_slope) / det
        slope, shift = slope - step_slope, shift - step_shift
        if abs(step_slope) + abs(step_shift) < 1e-9:
            break
    seen = sorted(scores)
    outer = min(_OUTER, (len(seen) + 1) // 2)
    low, high = seen[outer - 1], seen[-outer]
    raws = [low + (high - low) * step / _STEPS for step in range(_STEPS + 1)]
    slope = max(slope, 0.0)
    return Calibration.of(_rising([(raw, _logistic(slope * _odds(raw) + shift)) for raw in raws]))


def _rising(points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """`points` rounded, without those that rounding made fall together or back."""
    out: list[tuple[float, float]] = []
    for raw, share in points:
        raw, share = round(raw, 5), round(share, 5)
        if out and raw <= out[-1][0]:
            continue
        out.append((raw, max(share, out[-1][1]) if out else share))
    return out


def _odds(score: float) -> float:
    score = min(max(score, _EDGE), 1 - _EDGE)
    return math.log(score / (1 - score))


def _logistic(x: float) -> float:
    return 1 / (1 + math.exp(-x)) if x >= 0 else 1 - 1 / (1 + math.exp(x))


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0


def _four(value: float) -> float:
    return round(value, 4)
