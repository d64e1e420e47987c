"""Whether a group or a bare head acts where it stands: 'yêu cầu các đơn vị rà soát' against 'tại một số đơn vị'."""

from __future__ import annotations

import re
from functools import cache

from vnadmin_nlp.extract.actors_groups import QUANTIFIER
from vnadmin_nlp.extract.actors_names import Phrase
from vnadmin_nlp.knowledge.agencies import CueRow, keyed, predicate_at
from vnadmin_nlp.knowledge.rows import load_rows
from vnadmin_nlp.text import key_of, normalize

_LAST_WORDS = re.compile(r"\w+(?: \w+){0,5} $")
_LEADS = keyed(r"(?:\(|“|\")?(?:\d{1,2}(?:\.\d{1,2})*[.)]|[a-zđ]\)|[ivx]+\.|-|\+|•|điều \d+\.)? ?$")
_LABEL = keyed(r"(?:[;.:]|\./\.)?\n|:")


_RELATED = keyed(r"liên quan|trực thuộc|nêu trên|chức năng")
BASE, NO_CUE, ALONE, COMMAND = -1.25, -0.5, -0.9, 1.3
_QUANTIFIERS = {"các": 1.4, "một số": -0.7, "mọi": -0.3, "từng": -0.3, "tất cả": 0.8, key_of("quý"): 2.0}
_ADVERBS = frozenset(map(key_of, ("mạnh mẽ", "kịp thời", "trực tiếp", "cụ thể", "toàn thể")))
_LISTED_AFTER = {"named": 0.9, "group": 0.5}
_LISTED_BEFORE = {"named": 0.5, "group": 0.4}


@cache
def _cues() -> dict[str, float]:
    return {key_of(word): row.weight for row in load_rows("actor_cues", CueRow) for word in row.words}


def cue_before(key: str, at: int) -> float | None:
    """The weight of the longest cue that ends right before `at`, None where none does."""
    match = _LAST_WORDS.search(key, max(0, at - 48), at)
    if match is None:
        return None
    words = match.group()[:-1].split(" ")
    if " ".join(words[-2:]) in _ADVERBS:
        words = words[:-2]
    cues = _cues()
    for start in range(len(words)):
        weight = cues.get(" ".join(words[start:]))
        if weight is not None:
            return weight
    return None


def opens_sentence(key: str, at: int) -> bool:
    """Whether a sentence or an item begins at `at`."""
    low = max(0, at - 40)
    start = max(key.rfind("\n", low, at), key.rfind(". ", max(0, at - 12), at) + 1, low)
    before = key[start:at].strip()
    return not before or bool(_LEADS.fullmatch(before + " ")) or key[at - 2 : at] in (". ", "; ")


def acts_after(key: str, end: int) -> bool:
    """Whether a predicate, or the end of a heading, follows at `end`."""
    return key[end : end + 1] == " " and predicate_at(key, end + 1)


def weigh(key: str, text: str, start: int, phrase: Phrase, *, after: str = "", before: str = "") -> float:
    """How likely the group `start:phrase.end` is an actor here, in log odds fitted on annotated dispatches.

    `after` and `before` say what it stands in one list with, on its left and right: `named`, `group` or nothing.
    """
    end = phrase.end
    words = key[start:end]
    cue = cue_before(key, start)
    if key.startswith("đối với ", start - 8) and opens_sentence(key, start - 8):
        cue = 0.9  # an item about what they are to do
    opens, acts = opens_sentence(key, start), acts_after(key, end)
    delegate = words.startswith("đại diện ")
    quantifier = QUANTIFIER.match(words, 9 if delegate else 0)
    score = BASE + phrase.weight + (NO_CUE if cue is None else cue)
    score += _QUANTIFIERS.get(quantifier.group()[:-1], 0.0) if quantifier else ALONE
    score += 1.3 * (", " in words) + 0.9 * bool(_RELATED.search(words)) + 0.4 * delegate + 0.4 * text[start].isupper()
    score += _LISTED_AFTER.get(after, 0.0) + _LISTED_BEFORE.get(before, 0.0)
    score += 0.7 * (key[start - 2 : start] == ", ") + 0.4 * (key[start - 3 : start] == "và ")
    score += 0.5 * opens + 0.35 * acts + 0.4 * (opens and acts) + 1.0 * (acts and cue is not None and cue > 0)
    score += 1.5 * (opens and quantifier is not None and key[end : end + 1] in (":", "\n"))  # heads an item
    if phrase.weight < -1 and acts and cue is not None and cue >= COMMAND:
        score += 1.5  # the public is an actor where it is addressed
    return score - 0.4 * phrase.bare


def reads_cues(text: str) -> set[str]:
    """The rows of cues found in `text`."""
    key = normalize(text).key
    rows = {key_of(word): row.id for row in load_rows("actor_cues", CueRow) for word in row.words}
    words = [(m.start(), m.end()) for m in re.finditer(r"\w+", key)]
    return {
        rows[phrase]
        for i, (start, _) in enumerate(words)
        for _, end in words[i : i + 4]
        if (phrase := key[start:end]) in rows
    }
