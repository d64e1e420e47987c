"""Ranges of the text: how far two overlap, and which gold entry belongs to which predicted one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from vnadmin_nlp.schema import Span

Range = tuple[int, int]


def hull(spans: Sequence[Span]) -> Range | None:
    """From the first to the last character that `spans` quote."""
    return (min(s.start for s in spans), max(s.end for s in spans)) if spans else None


def overlap(a: Range, b: Range) -> int:
    """Shared characters."""
    return max(0, min(a[1], b[1]) - max(a[0], b[0]))


def share(a: Range, b: Range) -> float:
    """Shared characters as a part of all that either covers (intersection over union)."""
    both = overlap(a, b)
    return both / (a[1] - a[0] + b[1] - b[0] - both) if both else 0.0


def match(cells: Iterable[tuple[float, int, int]]) -> list[tuple[int, int]]:
    """One-to-one pairs from (score, gold index, predicted index): the best score first, then the earlier entries."""
    taken_gold: set[int] = set()
    taken_predicted: set[int] = set()
    pairs = []
    for score, i, j in sorted(cells, key=lambda cell: (-cell[0], cell[1], cell[2])):
        if score > 0 and i not in taken_gold and j not in taken_predicted:
            taken_gold.add(i)
            taken_predicted.add(j)
            pairs.append((i, j))
    return pairs


def match_places(
    gold: Sequence[Range], predicted: Sequence[Range], bonus: Callable[[int, int], float] = lambda i, j: 0.0
) -> list[tuple[int, int]]:
    """Pairs of places that overlap, by the share they have in common plus `bonus(gold index, predicted index)`."""
    return match(
        (shared + bonus(i, j), i, j)
        for i, a in enumerate(gold)
        for j, b in enumerate(predicted)
        if a[0] < b[1] and b[0] < a[1] and (shared := share(a, b))
    )
