"""Nơi nhận and Lưu."""

from __future__ import annotations

from vnadmin_nlp.layout import Layout
from vnadmin_nlp.schema import Archive, Recipient


def read_recipients(layout: Layout) -> tuple[list[Recipient], Archive | None]:
    """The recipients as printed, and the archive line."""
    return [], None
