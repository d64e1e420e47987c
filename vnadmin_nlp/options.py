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
    """References, deadlines, mentions of actors and obligations with a lower `score` are left out."""
    names: Literal["off", "underthesea"] = "off"
    """Whether underthesea's recogniser of names proposes persons and places where the rules leave a gap."""
