"""Kính gửi."""

from __future__ import annotations

from vnadmin_nlp.layout import Layout
from vnadmin_nlp.schema import Addressee


def read_addressees(layout: Layout) -> list[Addressee]:
    """One entry a list item as printed, without dash and final punctuation."""
    return []
