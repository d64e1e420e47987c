"""Options that several commands have: how texts are analysed."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

import vnadmin_nlp
from vnadmin_nlp.cli.terminal import fail
from vnadmin_nlp.errors import VnadminError
from vnadmin_nlp.taggers.store import CONFIG, models_of

Models = Annotated[
    list[str] | None,
    typer.Option(
        "--models",
        metavar="auto|off|DIR",
        help="Trained models beside the rules: those that are on by default, none, or that of a folder (may be given "
        "again for another task).",
        show_default="auto",
    ),
]
MinScore = Annotated[
    float, typer.Option("--min-score", min=0, max=1, help="Leave out findings whose score is lower.", show_default="0")
]


class Recogniser(StrEnum):
    """What proposes names where the rules leave a gap."""

    OFF = "off"
    UNDERTHESEA = "underthesea"


Names = Annotated[
    Recogniser, typer.Option("--names", help="Whether underthesea proposes persons and places where rules find none.")
]
Ocr = Annotated[bool, typer.Option("--ocr/--no-ocr", help="Recognise scanned pages (needs the extra ocr).")]


def reading(
    models: list[str] | None, min_score: float, ocr: bool = True, names: Recogniser = Recogniser.OFF
) -> vnadmin_nlp.ReadOptions:
    """What was chosen; ends the command where a model is not there."""
    options = vnadmin_nlp.ReadOptions(
        models=folders(models) or ("off" if models == ["off"] else "auto"),
        min_score=min_score,
        names=names.value,
        ocr="auto" if ocr else "never",
    )
    try:
        models_of(options)
    except VnadminError as error:
        raise fail(error) from None
    return options


def folders(models: list[str] | None) -> tuple[Path, ...]:
    """The folders of models that were named: of a folder that holds several, each."""
    found: list[Path] = []
    for name in models or []:
        if models == [name] and name in ("auto", "off"):
            continue
        inside = [path.parent for path in sorted(Path(name).glob(f"*/{CONFIG}"))]
        found += inside if inside and not (Path(name) / CONFIG).exists() else [Path(name)]
    return tuple(found)
