"""From what a model computes to a score that means something: of findings with score 0.8, eight in ten are right."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Calibration:
    """A rising curve through `points`, pairs of (raw score, share of findings that are right), both in 0..1.

    Between points it is straight, outside them flat. `vnadmin_nlp.train.calibration` fits one.
    """

    points: tuple[tuple[float, float], ...]

    @classmethod
    def of(cls, points: Iterable[Iterable[float]]) -> Calibration:
        """The curve through `points` as JSON holds them. Raises ValueError where they are not pairs that rise."""
        pairs = [(float(raw), float(share)) for raw, share in points]
        if not pairs or any(a[0] >= b[0] or a[1] > b[1] for a, b in pairwise(pairs)):
            raise ValueError("calibration: its points must be pairs that rise")
        return cls(tuple(pairs))

    def __call__(self, raw: float) -> float:
        """The share of findings with this raw score that are right."""
        at = bisect_right(self.points, raw, key=lambda point: point[0])
        if at == 0:
            return self.points[0][1]
        low, share = self.points[at - 1]
        if at == len(self.points):
            return share
        high, next_share = self.points[at]
        return share + (next_share - share) * (raw - low) / (high - low)


UNCHANGED = Calibration(((0.0, 0.0), (1.0, 1.0)))
"""The raw score as it is."""
