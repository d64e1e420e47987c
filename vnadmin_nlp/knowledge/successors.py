"""Who has the functions of a body on a given day, across the reorganisation of 2025."""

from __future__ import annotations

import datetime as dt
import re

from vnadmin_nlp.knowledge import ministries
from vnadmin_nlp.knowledge.places import MERGED, Province, provinces
from vnadmin_nlp.text import key_of

_PLACE = re.compile(r"(?:tỉnh|thành phố|tp\.?)\s(?P<name>[^\W\d_][\w\s-]*)$")


def successor(name: str, on: dt.date) -> str:
    """The body that has the main functions of `name` on the day `on`; `name` itself where it lasts or is not known.

    Central bodies follow Resolution 176/2025/QH15 (from 1/3/2025), bodies of a province the province it went into
    (Resolution 202/2025/QH15, from 12/6/2025; cities by the resolutions of 2025 and 2026). Departments that changed
    their fields keep their name here: only the place is put right.
    """
    whole = ministries.successor(name, on)
    if whole != name:
        return whole
    place = _PLACE.search(key_of(name))
    old = provinces().get(" ".join(place["name"].split())) if place else None
    if place is None or old is None:
        return name
    new = provinces()[key_of(old.into)] if on >= MERGED else old
    level = "thành phố" if _is_city(new, on) else "tỉnh"
    if new is old and key_of(name[place.start() :]).startswith(level):
        return name
    return f"{name[: place.start()]}{level} {old.into if on >= MERGED else old.name}"


def _is_city(province: Province, on: dt.date) -> bool:
    return province.city and (province.city_from is None or on >= province.city_from)
