"""What a caller can choose when a text is analysed."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from vnadmin_nlp.schema.base import Frozen


class Options(Frozen):
    """How a text is analysed: `parse(text, options=Options(...))`. `ReadOptions` says how files are read as well."""

    models: Literal["auto", "off"] | Path | tuple[Path, ...] = "auto"
    """Trained models that propose beside the rules: `auto` takes those the package brings and has on by default, `off`
    none, and folders (as `vnadmin train` writes them) those and no others."""
    min_score: Annotated[float, Field(ge=0, le=1)] = 0.0
    """References, deadlines, mentions of actors and obligations with a lower `score` are left out.

    It tells more of actors and deadlines than of obligations, whose scores are shares found right of a few forms."""
    names: Literal["off", "underthesea"] = "off"
    """Whether underthesea's recogniser of names proposes persons and places where the rules leave a gap."""


def checked(options: Options | None) -> Options:
    """`options`, or the defaults. Raises TypeError where they are something else."""
    if options is None:
        return _DEFAULT
    if not isinstance(options, Options):
        raise TypeError(f"options is an Options or ReadOptions, not {type(options).__name__}: Options(min_score=0.5)")
    return options


_DEFAULT = Options()
