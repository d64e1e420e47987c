"""Folders that come with the package and are not code of it: trained models, the generator of documents."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).parent
_CHECKOUT = _PACKAGE.parent


def folder(name: str) -> Path | None:
    """The folder `name` (`models`, `corpus/generate`): inside an installed package, beside it in a checkout.

    None where it is in neither.
    """
    places = [_PACKAGE / name]
    if (_CHECKOUT / "pyproject.toml").is_file():
        places.append(_CHECKOUT / name)
    return next((place for place in places if place.is_dir()), None)
