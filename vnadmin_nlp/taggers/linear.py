"""What the linear models have in common: how likely traits make a yes, and how their weights are read."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from vnadmin_nlp.errors import ModelError

WEIGHTS = "weights.json"

T = TypeVar("T")


def likelihood(weights: Mapping[str, float], traits: Iterable[str]) -> float:
    """The likelihood of a logistic regression: that of the sum of the `weights` of `traits`, unknown ones left out."""
    total = sum(weights[trait] for trait in traits if trait in weights)
    return 1 / (1 + math.exp(-total)) if total > -500 else 0.0


def read_weights(folder: Path, make: Callable[[Any], T]) -> T:
    """What `make` makes of the weights in `folder`. Raises ModelError where they are missing or damaged."""
    path = folder / WEIGHTS
    try:
        return make(json.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise ModelError(f"{path}: the weights are missing ({error.strerror}); train the model again") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ModelError(f"{path}: the weights cannot be read ({error!r}); train the model again") from error


def as_bytes(data: Mapping[str, object]) -> bytes:
    """What `read_weights` reads."""
    return (json.dumps(data, ensure_ascii=False, indent=0) + "\n").encode()
