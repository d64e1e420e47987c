"""Common nouns and places that the document tells to do something: actors there, and where they are named again."""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Iterable

from vnadmin_nlp.extract.model import ActorCandidate, ObligationCandidate, ReferenceCandidate
from vnadmin_nlp.knowledge.triggers import Triggers
from vnadmin_nlp.outline import Outline
from vnadmin_nlp.schema import ActorKind
from vnadmin_nlp.text import Range, Ranges, keyed

_PLACE = keyed(r"(?:các |những )?(?:tỉnh|thành phố|huyện|quận|thị xã|xã|phường|đặc khu|địa phương|trung ương)(?!\w)")
_BODY = keyed(r"(?:cơ quan|chính quyền|ủy ban)(?!\w)")
# What makes other companies of a noun: 'doanh nghiệp' told to act are not 'doanh nghiệp nhỏ và vừa'
_NARROWER = keyed(
    r" (?:nhỏ|siêu nhỏ|vừa|nhà nước|bảo hiểm|tái bảo hiểm|môi giới|chế xuất|kiểm toán|nội địa|nước ngoài|fdi|"
    r"có vốn|khởi nghiệp|viễn thông|bưu chính)(?!\w)"
)
_TOLD, _REPEATED = 0.8, 0.7
_MOST = 200  # forms of one document that are looked for elsewhere


def with_told(
    outline: Outline,
    actors: list[ActorCandidate],
    duties: Iterable[ObligationCandidate],
    references: Iterable[ReferenceCandidate],
) -> list[ActorCandidate]:
    """`actors`, and every bearer of one of `duties` that is none of them, in text order.

    A common noun that bears a duty is also one wherever else it stands in the same words; a place only where it is
    told to act, as its name mostly says where.
    """
    text, key = outline.flow.text, outline.flow.key
    taken = _Taken((a.start, a.end) for a in actors)
    known = {(a.start, a.end): a for a in actors}
    told: list[ActorCandidate] = []
    nouns: dict[str, ActorKind] = {}
    for duty in duties:
        for start, end in duty.bearers:
            bearer = known.get((start, end))
            if bearer is None and taken.add(start, end):
                bearer = ActorCandidate(start, end, _kind_of(key, start, end), "told.bearer", _TOLD)
                told.append(bearer)
            if bearer and bearer.guessed and not _PLACE.match(key, start):
                nouns[text[start:end]] = bearer.kind
    if nouns:
        apart = Ranges([*outline.quotes, *((r.start, r.end) for r in references if r.in_law_name)])
        forms = sorted(nouns, key=len, reverse=True)[:_MOST]
        for hit in Triggers((form, form) for form in forms).find(key):
            words = text[hit.start : hit.end]
            if (
                words in nouns
                and not _NARROWER.match(key, hit.end)
                and not apart.hold(hit.start, hit.end)
                and taken.add(hit.start, hit.end)
            ):
                told.append(ActorCandidate(hit.start, hit.end, nouns[words], "told.again", _REPEATED))
    return sorted([*actors, *told], key=lambda a: a.start) if told else actors


def _kind_of(key: str, start: int, end: int) -> ActorKind:
    return ActorKind.AGENCY if _PLACE.match(key, start, end) or _BODY.match(key, start, end) else ActorKind.GROUP


class _Taken:
    """Ranges that do not overlap, in order."""

    def __init__(self, ranges: Iterable[Range]) -> None:
        self._ranges = sorted(ranges)

    def add(self, start: int, end: int) -> bool:
        """Take `start:end`; False where a part of it is taken."""
        at = bisect_right(self._ranges, (start, end))
        if at and self._ranges[at - 1][1] > start:
            return False
        if at < len(self._ranges) and self._ranges[at][0] < end:
            return False
        insort(self._ranges, (start, end))
        return True
