"""Terms of one document for bodies that no table knows: 'đơn vị cung cấp dịch vụ đăng kiểm' where it is told to act."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from vnadmin_nlp.knowledge.agencies import GENERAL, Anchor
from vnadmin_nlp.knowledge.triggers import Hit
from vnadmin_nlp.text import key_of, keyed

# A general noun, no part of 'cơ sở dữ liệu', and the words after it
_RUN = keyed(
    rf"(?:{'|'.join(GENERAL)})"
    r"(?! (?:dữ liệu|vật chất|hạ tầng|pháp lý|lý luận|tính|đo)(?!\w))((?: [^\W\d_]+){2,9})"
)
# What a sentence goes on with, or what is said of any body ('trực thuộc', 'liên quan')
_ENDS = frozenset(
    key_of(
        "có được để khi theo trong đã đang sẽ trên tại của thuộc các những không phải và này đó nêu khác trực liên là "
        "nếu cho từ với hoặc do nhưng chịu cần chỉ về ở vào bị còn mà thì đến mình mới nào rà nghiêm chủ"
    ).split()
)
# What tells a body its duty or right, so that all words before it name the body, verbs among them too
_TOLD = keyed(r" (?:phải|có trách nhiệm|chịu trách nhiệm|có nghĩa vụ|có quyền|được quyền|cần phải)(?!\w)")
_OWNS = keyed(r"(?:của|bởi|giữa) $")
_STOP = keyed(r"\.?(?:\n|$)|[.;)]")
# What says as much of a long term that stands again and again
_SAID = keyed(r" (?:được|không)(?!\w)")
_ACTS = keyed(r"(?:do|từ|của|bởi|giữa) $")
_HOME = key_of("nhà ở").split()
_MANY = keyed(r"(?:các|những|mọi|mỗi) $")
_VERB = keyed(r"tổ chức(?!\w)")
SHORTEST, LONG, LONGEST, OFTEN = 2, 4, 7, 3
TOLD_TERM = 2.5  # how likely such a term is an actor, in log odds


def terms(text: str, key: str, hits: Iterable[Hit[Anchor]]) -> dict[int, int]:
    """The ends, by their starts, of the terms in `key`.

    A term is a general noun with at least two more small words that the document has twice, once right before a duty
    or right, or as the owner at the end of a sentence. For a long one that it has three times, before different words,
    a weaker sign will do.
    """
    runs = list(_runs(text, key, hits))
    if len(runs) < 2:
        return {}
    counts: Counter[str] = Counter()
    told, owners, acting = set[str](), set[str](), set[str]()
    for start, end, small in runs:
        before = key.rfind(" ", 0, start - 1) + 1
        run = key[start:end]
        if small <= LONGEST:
            if _TOLD.match(key, end):
                told.add(run)
            elif _OWNS.match(key, before, start) and (
                _STOP.match(key, end) or (small >= LONG and key[end : end + 1] == ",")
            ):
                owners.add(run)
        acts = _ACTS.match(key, before, start) is not None
        for form, words in _prefixes(run, small):
            counts[form] += 1
            if words >= LONG and (acts or _SAID.match(key, start + len(form))):
                acting.add(form)
    told = {form for form in told if counts[form] > 1}
    known = {form for form in owners if counts[form] > 1}
    if acting:
        goes_on = Counter[str]()  # how often the same next word follows a form
        for form, n in counts.items():
            goes_on[_shorter(form)] = max(goes_on[_shorter(form)], n)
        known |= {form for form in acting if counts[form] >= OFTEN and goes_on[form] < counts[form]}
    known = told | {form for form in known if not any(short in told for short, _ in _prefixes(form, form.count(" ")))}
    if not known:
        return {}
    ends = ((start, next((f for f, _ in _prefixes(key[start:end], n) if f in known), "")) for start, end, n in runs)
    return {start: start + len(form) for start, form in ends if form}


def _runs(text: str, key: str, hits: Iterable[Hit[Anchor]]) -> Iterator[tuple[int, int, int]]:
    """Start, end and number of small words of every run that may hold a term."""
    for hit in hits:
        start = hit.start
        run = _RUN.match(key, start) if hit.value.general else None
        if run is None:
            continue
        words = run.group(1).split(" ")
        small = 1
        while small < len(words) and (words[small] not in _ENDS or words[small - 1 : small + 1] == _HOME):
            small += 1
        small -= 1
        end = run.start(1) + sum(map(len, words[: small + 1])) + small
        if small < SHORTEST or not text[run.start(1) : end].islower():
            continue
        if _VERB.match(key, start) and not _MANY.match(key, key.rfind(" ", 0, start - 1) + 1, start):
            continue  # 'tổ chức thực hiện'
        yield start, end, small


def _prefixes(run: str, small: int) -> Iterator[tuple[str, int]]:
    """`run` and what is left of it without its last words, with the number of small words of each."""
    while small >= SHORTEST:
        yield run, small
        run, small = _shorter(run), small - 1


def _shorter(form: str) -> str:
    return form[: form.rfind(" ")]
