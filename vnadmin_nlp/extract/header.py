"""Phần đầu: issuer, number, place, date, urgency, secrecy."""

from __future__ import annotations

from vnadmin_nlp.layout import Layout
from vnadmin_nlp.schema import Header


def read_header(layout: Layout) -> Header:
    """The fields of the head of the document."""
    return Header()
