"""Trích yếu."""

from __future__ import annotations

from vnadmin_nlp.layout import Layout
from vnadmin_nlp.schema import Finding


def read_subject(layout: Layout) -> Finding | None:
    """The subject without `V/v`, `Về việc`, `về`."""
    return None
