"""Lists of references that share a type or an issuer."""

from __future__ import annotations

import re
from itertools import pairwise

from vnadmin_nlp.extract.model import ReferenceCandidate
from vnadmin_nlp.extract.references_documents import read_suffix
from vnadmin_nlp.extract.references_numbers import NUMBER_WORDS, number_word, read_number
from vnadmin_nlp.extract.references_types import type_of_symbol
from vnadmin_nlp.schema import DocumentType

LISTED = "reference.list"
_TELLING = (DocumentType.NGHI_DINH, DocumentType.THONG_TU, DocumentType.THONG_TU_LIEN_TICH, DocumentType.LUAT)
_BETWEEN = re.compile(r"\s?(?:[,;]|và|[,;] và|hoặc|cùng|&)?\s?(?:các\s)?")
_NEXT = re.compile(r"\s?\((?:nay là\s)?|\)?(?:,|;|\svà|\shoặc)\s(?:và\s)?(?:các\s)?")
_CONTINUES = re.compile(
    r"\s?(?:[,;]\s?(?:và\s|hoặc\s)?|\s?(?:và|hoặc|hay|&)\s)"
    rf"(?:(?:các\s)?(?P<word>{NUMBER_WORDS})\s?:?\s?)?(?=[\d/])"
)


def joins(key: str, end: int, start: int) -> bool:
    """Whether what begins at `start` is the next member of a list, or a gloss in brackets, after what ends at `end`."""
    return end > 0 and _NEXT.fullmatch(key, end, start) is not None


def read_next(text: str, key: str, one: ReferenceCandidate, *, generic: bool) -> ReferenceCandidate | None:
    """The member of a list that follows `one`: it shares its type, and its issuer where that heads the list.

    `generic`: the list is one of `văn bản`, so that each symbol says the type.
    """
    joint = _CONTINUES.match(key, one.end, one.end + 40)
    if joint is None:
        return None
    worded = joint["word"] is not None
    number = read_number(text, joint.end(), after_word=worded)
    if number is None or not number.strong:
        return None
    start = joint.start("word") if worded else joint.end()
    kind = (type_of_symbol(number.groups) or DocumentType.CONG_VAN) if generic else one.document_type
    issuer = one.issuer if heads_list(key, one) or (one.issuer and one.issuer[1] <= one.start) else None
    member = ReferenceCandidate(start, number.end, kind, LISTED, number=number.value, issuer=issuer)
    read_suffix(text, key, member)
    return member


def heads_list(key: str, one: ReferenceCandidate) -> bool:
    """Whether `one` begins a list with its issuer: `các Nghị định của X: số …`."""
    return one.issuer is not None and one.issuer[0] > one.start and key.find(":", one.issuer[1], one.end) >= 0


def read_listed(
    text: str, key: str, start: int, last: ReferenceCandidate | None, head: ReferenceCandidate | None
) -> ReferenceCandidate | None:
    """`số 12/A ngày …` at `start`, without a type. `last`, `head`: the reference before it, the head of its list.

    Without a reference before it in its paragraph, only a date proves that it is a document, or the symbol of a type
    whose numbers stand on nothing else.
    """
    at = number_word(key, start)
    number = read_number(text, at, after_word=False) if at > start else None
    if number is None or not number.strong:
        return None
    near = last is not None and last.number is not None and text.find("\n", last.end, start) < 0
    kind, issuer = type_of_symbol(number.groups), None
    if head is not None and text.find("\n", head.end, start) < 0:
        kind, issuer = head.document_type, head.issuer
    elif kind is None:
        kind = last.document_type if near and last is not None else DocumentType.CONG_VAN
    one = ReferenceCandidate(start, number.end, kind, LISTED, 0.8, number=number.value, issuer=issuer)
    read_suffix(text, key, one)
    return one if near or one.date is not None or kind in _TELLING else None


def share_issuers(key: str, references: list[ReferenceCandidate]) -> None:
    """`A, B và C của X`, all of one type and with nothing but separators between: X issued each of them.

    A semicolon parts documents that each name their type.
    """
    for right, left in pairwise(reversed(references)):
        if (
            left.issuer is None
            and right.issuer is not None
            and left.document_type == right.document_type
            and left.number is not None
            and right.number is not None
            and right.issuer[0] > right.start
            and _BETWEEN.fullmatch(key, left.end, right.start)
            and (right.rule == LISTED or key.find(";", left.end, right.start) < 0)
        ):
            left.issuer = right.issuer
