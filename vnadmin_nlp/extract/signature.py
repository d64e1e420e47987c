"""Quyền hạn, chức vụ, họ tên người ký."""

from __future__ import annotations

from vnadmin_nlp.layout import Layout
from vnadmin_nlp.schema import Signature


def read_signatures(layout: Layout) -> list[Signature]:
    """The signature blocks in reading order."""
    return []
