"""Lists of references that share a type or an issuer."""

from __future__ import annotations

import re

from vnadmin_nlp.extract.model import ReferenceCandidate

_BETWEEN = re.compile(r"\s?(?:[,;]|và|[,;] và|hoặc|cùng|&)?\s?(?:các\s)?")
CONTINUES = re.compile(r"\s?(?:[,;]\s?(?:và\s|hoặc\s)?|\s?(?:và|hoặc|hay|&)\s)(?:(?:các\s)?(?P<word>số|sô|só|sồ|sé)\s?:?\s?)?(?=[\d/])")


def share_issuers(key: str, references: list[ReferenceCandidate]) -> None:
    """`A, B và C của X`, all of one type and with nothing but separators between: X issued each of them."""
    for left, right in zip(reversed(references[:-1]), reversed(references[1:]), strict=True):
        if (
            left.issuer is None
            and right.issuer is not None
            and left.document_type == right.document_type
            and left.number is not None
            and right.number is not None
            and right.issuer[0] > right.start
            and _BETWEEN.fullmatch(key, left.end, right.start)
        ):
            left.issuer = right.issuer
