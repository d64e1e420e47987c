"""What stands around a document and is not of it: site pages, stamps, signatures as pictures, page numbers, notes."""

from __future__ import annotations

import datetime as dt
import random
import unicodedata

from .data import table
from .draft import Draft, Field

_MARK = {ord("đ"): "d", ord("Đ"): "D"}


class Furniture:
    """Speaks the lines of `furniture.yaml` for one document."""

    def __init__(self, draft: Draft, rng: random.Random) -> None:
        self._draft, self._rng = draft, rng
        self._slots: dict[str, str] = {}

    def line(self, name: str) -> str:
        rows = table("furniture")[name]
        return self._fill(rows[int(self._rng.random() * len(rows))])

    def rows(self, name: str) -> list[str]:
        """A block of several lines."""
        blocks = table("furniture")[name]
        return [self._fill(row) for row in blocks[int(self._rng.random() * len(blocks))]]

    def some(self, name: str, low: int, high: int) -> list[str]:
        """Some lines, in the order of the table."""
        rows = table("furniture")[name]
        many = min(len(rows), low + int(self._rng.random() * (high - low + 1)))
        chosen = sorted(self._rng.sample(range(len(rows)), many))
        return [self._fill(rows[at]) for at in chosen]

    def above(self, kind: str) -> list[str]:
        """Lines of a site above the document."""
        if kind == "news":
            return [self.line("news_title"), self.line("news_lead"), *self.some("news_line", 0, 3)]
        return self.some(kind, 1, 4)

    def _fill(self, line: str) -> str:
        if "{" not in line:
            return line
        slots = self._slots or self._make()
        slots["low"] = f"{1 + int(self._rng.random() * 24):02d}"
        slots["n"], slots["k"] = str(10 + int(self._rng.random() * 990)), str(1 + int(self._rng.random() * 9))
        hour, minute, second = (int(self._rng.random() * most) for most in (11, 60, 60))
        slots["time"] = f"{7 + hour:02d}:{minute:02d}:{second:02d}"
        return line.format_map(slots)

    def _make(self) -> dict[str, str]:
        draft, rng = self._draft, self._rng
        body = draft.body
        subject = next((p.text for p in draft.pieces("subject") if isinstance(p, Field) and p.role == "subject"), "")
        subject = " ".join(subject.split()) or draft.kind.name.lower()
        day = dt.date.fromordinal(draft.plan.day)
        signed = day + dt.timedelta(days=int(rng.random() * 3))
        signed = signed if signed.month == day.month else day  # the date is that of the page, or a day or two before
        name = plain(body.name)
        self._slots = {
            "type": draft.kind.name,
            "number": draft.plan.number,
            "subject": subject[:1].lower() + subject[1:],
            "Subject": subject[:1].upper() + subject[1:],
            "issuer": body.name,
            "ISSUER": body.name.upper(),
            "parent": body.heading[0].title() if body.heading else body.name,
            "mail": "".join(name.lower().split())[:24] + "@vi-du.gov.vn",
            "place": body.place,
            "d": f"{day.day:02d}",
            "s": f"{signed.day:02d}",
            "m": f"{day.month:02d}",
            "y": str(day.year),
            "year": str(day.year - 1 - int(rng.random() * 4)),
        }
        return self._slots


def plain(text: str) -> str:
    """Without marks."""
    return "".join(c for c in unicodedata.normalize("NFD", text.translate(_MARK)) if not unicodedata.combining(c))
