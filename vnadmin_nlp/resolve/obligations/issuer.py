"""The forms under which a document names the body that issues it."""

from __future__ import annotations

import re

from vnadmin_nlp.text import key_of

_LONG = (("ủy ban nhân dân", "ubnd"), ("hội đồng nhân dân", "hđnd"))
_LEVEL = re.compile(r"(?:tỉnh|thành phố|huyện|quận|thị xã|xã|phường|thị trấn|đặc khu)(?= )")
_HEADS = ("chủ tịch ", "bộ trưởng ", "giám đốc ", "cục trưởng ", "tổng cục trưởng ", "chủ nhiệm ", "trưởng ", "")


def issuer_keys(issuer: str | None) -> frozenset[str]:
    """The keys of the mentions that mean the issuer: its name, short forms, and its head."""
    if not issuer:
        return frozenset()
    names = {" ".join(key_of(issuer).split())}
    for name in list(names):
        level = _LEVEL.search(name)
        if level:
            names.add(name[: level.end()])
    for long, short in _LONG:
        names |= {name.replace(long, short) for name in names}
    return frozenset(head + name for name in names for head in _HEADS)
