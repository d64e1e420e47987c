"""Calibration: what tables say of scores, and curves that mend scores that are too sure or too modest."""

from __future__ import annotations

import random
from typing import Literal

import pytest

from vnadmin_nlp.taggers.calibrated import UNCHANGED, Calibration
from vnadmin_nlp.train.calibration import Scored, are_nearer, fit, reliability

METHODS: list[Literal["platt", "isotonic"]] = ["platt", "isotonic"]


def boastful(count: int, seed: int) -> tuple[list[float], list[bool]]:
    """Scores whose findings are right with the square of what they say."""
    rng = random.Random(seed)
    scores = [rng.random() for _ in range(count)]
    return scores, [rng.random() < score**2 for score in scores]


def test_a_table_counts_means_and_shares_by_bin() -> None:
    table = reliability([0.05, 0.15, 0.15, 1.0], [False, True, False, True], bins=10)
    assert [(b.low, b.findings, b.score, b.right) for b in table.bins] == [
        (0.0, 1, pytest.approx(0.05), 0.0), (0.1, 2, pytest.approx(0.15), 0.5), (0.9, 1, 1.0, 1.0),
    ]  # fmt: skip
    assert table.findings == 4
    assert table.error == pytest.approx((0.05 + 2 * 0.35 + 0) / 4, abs=1e-4)
    assert table.brier == pytest.approx((0.05**2 + 0.85**2 + 0.15**2) / 4, abs=1e-4)


def test_a_table_of_nothing_is_empty() -> None:
    assert reliability([], []).bins == []
    assert reliability([], []).error == 0.0


@pytest.mark.parametrize("method", METHODS)
def test_scores_of_other_findings_come_nearer_to_the_truth(method: Literal["platt", "isotonic"]) -> None:
    curve = fit(*boastful(2000, seed=1), method)
    scores, right = boastful(2000, seed=2)
    before, after = reliability(scores, right), reliability([curve(s) for s in scores], right)
    assert before.error > 0.12
    assert after.error < 0.04
    assert after.brier < before.brier


@pytest.mark.parametrize("method", METHODS)
def test_curves_rise_and_stay_within_bounds(method: Literal["platt", "isotonic"]) -> None:
    for seed in range(5):
        curve = fit(*boastful(60, seed), method)
        values = [curve(step / 100) for step in range(-10, 111)]
        assert values == sorted(values)
        assert values[0] >= 0
        assert values[-1] <= 1


@pytest.mark.parametrize("method", METHODS)
def test_findings_that_are_all_right_do_not_make_every_score_certain(method: Literal["platt", "isotonic"]) -> None:
    assert fit([0.9] * 50, [True] * 50, method)(0.9) == pytest.approx(0.98, abs=0.02)
    assert fit([0.9] * 50, [True] * 50, method)(0.9) < 1.0


def test_a_few_findings_say_nothing_of_scores_beyond_theirs() -> None:
    scores, right = [0.9] * 80 + [0.7] * 20, [True] * 79 + [False] + [True] * 14 + [False] * 6
    curve = fit(scores, right, "platt")
    assert curve(0.0) == curve(0.7) > 0.6
    outlier = fit([*scores, 0.001], [*right, False], "platt")
    assert outlier(0.0) > 0.5


def test_scores_are_taken_only_where_they_are_nearer_to_the_truth() -> None:
    def parts(count: int, *, tells: bool) -> list[tuple[list[Scored], list[Scored]]]:
        out = []
        for seed in range(5):
            scores, right = boastful(count, seed)
            if not tells:
                random.Random(seed).shuffle(scores)
            share = sum(sum(boastful(count, s)[1]) for s in range(5)) / (5 * count)
            out.append((list(zip(scores, right, strict=True)), [(share, hit) for hit in right]))
        return out

    assert are_nearer([(raw, [(0.9, hit) for _, hit in ruled]) for raw, ruled in parts(100, tells=True)])
    assert not are_nearer(parts(20, tells=False))
    assert not are_nearer([([], [])])


def test_fitting_depends_on_the_findings_alone() -> None:
    scores, right = boastful(300, seed=4)
    assert fit(scores, right) == fit(scores, right)
    assert fit(scores[::-1], right[::-1], "isotonic") == fit(scores, right, "isotonic")


def test_without_findings_scores_stay() -> None:
    assert fit([], []) is UNCHANGED
    assert UNCHANGED(0.37) == pytest.approx(0.37)


def test_a_curve_is_straight_between_its_points_and_flat_outside() -> None:
    curve = Calibration.of([[0.2, 0.1], [0.6, 0.5]])
    assert [curve(x) for x in (0.0, 0.2, 0.4, 0.6, 1.0)] == pytest.approx([0.1, 0.1, 0.3, 0.5, 0.5])


@pytest.mark.parametrize("points", [[], [[0.5, 0.5], [0.4, 0.6]], [[0.1, 0.5], [0.4, 0.4]], [[0.1]]])
def test_points_that_make_no_curve_are_refused(points: list[list[float]]) -> None:
    with pytest.raises(ValueError, match=r"calibration|unpack"):
        Calibration.of(points)
