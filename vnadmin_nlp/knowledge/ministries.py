"""Central bodies, and what became of them on 1/3/2025 (Resolution 176/2025/QH15)."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import Literal

from vnadmin_nlp.knowledge.rows import Row, load_rows
from vnadmin_nlp.knowledge.triggers import Triggers
from vnadmin_nlp.text import key_of, normalize


class CentralBody(Row):
    """A ministry, a body of its rank, a body under the Government, or another central body.

    `until` is its last day; `into` names the body that has its main functions since.
    """

    name: str
    abbreviation: str
    rank: Literal["ministry", "ministerial", "government", "other"]
    since: dt.date | None = None
    until: dt.date | None = None
    into: str | None = None
    code: str | None = None


@cache
def central_bodies() -> dict[str, CentralBody]:
    """The central bodies by the key of their name."""
    return {key_of(row.name): row for row in load_rows("ministries", CentralBody)}


def successor(name: str, on: dt.date) -> str:
    """The body that has the main functions of the central body `name` on the day `on`; `name` itself where it lasts."""
    body = central_bodies().get(key_of(name))
    if body is None or body.until is None or body.into is None or on <= body.until:
        return name
    return successor(body.into, on)


def reads(text: str) -> set[str]:
    """The rows of central bodies named in `text`."""
    names = Triggers((key, row.id) for key, row in central_bodies().items())
    return {hit.value for hit in names.find(normalize(text).key)}
