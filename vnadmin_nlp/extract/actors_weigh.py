"""Whether a group or a bare head acts where it stands: 'yêu cầu các đơn vị rà soát' against 'tại một số đơn vị'."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from vnadmin_nlp.extract.actors_groups import QUANTIFIER
from vnadmin_nlp.extract.actors_names import Phrase
from vnadmin_nlp.knowledge.agencies import CueRow, predicate_at
from vnadmin_nlp.knowledge.rows import load_rows
from vnadmin_nlp.text import key_of, keyed, normalize

_LAST_WORD = re.compile(r".*[^\w]", re.DOTALL)
_LEADS = keyed(r"(?:\(|“|\")?(?:\d{1,2}(?:\.\d{1,2})*[.)]|[a-zđ]\)|[ivx]+\.|-|\+|•|điều \d+\.)? ?$")
_LABEL = keyed(r"(?:[;.:]|\./\.)?\n|:")


_RELATED = keyed(r"liên quan|trực thuộc|nêu trên|chức năng")
_SCOPE, _OF = key_of(" phạm vi quản lý"), key_of(" của ")
_OWNED = keyed(r" (?:thuộc|của) ")
# What says, after a bare noun for the public, that it is told what to do
_OBLIGED = keyed(r" (?:phải|có trách nhiệm|có nghĩa vụ|nộp|tự kê khai)(?!\w)")
_RESPONSIBLE = keyed(r" (?:có|chịu) trách nhiệm(?!\w)")
BASE, COMMAND = -1.2, 1.3
_WEIGHTS = {
    "quantifier ": -0.9, "quantifier các": 1.4, "quantifier một số": -0.7, "quantifier nhiều": -2.5,
    "quantifier mọi": -0.3, "quantifier từng": -0.3, "quantifier tất cả": 0.8, f"quantifier {key_of('quý')}": 2.0,
    "no cue": -0.5, "cue": 1.0, "list": 1.3, "long list": 0.4, "related": 0.9, "owned": 0.4, "delegate": 0.4,
    "scope": -3.0, "capital": 0.4,
    "left named": 0.9, "left group": 0.5, "right named": 0.5, "right group": 0.4,
    "opens": 0.5, "acts": 0.35, "opens and acts": 1.0, "heads": 1.5,
    "told": 1.0, "alone": -0.4, "alone and told": 0.6, "public told": 1.5, "obliged": 5.0, "responsible": 2.0,
}  # fmt: skip
_ADVERBS = frozenset(map(key_of, ("mạnh mẽ", "kịp thời", "trực tiếp", "cụ thể", "toàn thể")))


@cache
def _cues() -> dict[str, float]:
    return {key_of(word): row.weight for row in load_rows("actor_cues", CueRow) for word in row.words}


def cue_before(key: str, at: int) -> float | None:
    """The weight of the longest cue that ends right before `at`, None where none does."""
    if key[at - 1 : at] != " ":
        return None
    words = key[max(0, at - 48) : at - 1].split(" ")[-6:]
    for i in range(len(words) - 1, -1, -1):
        if not words[i].isalnum():
            words = words[i:]
            words[0] = _LAST_WORD.sub("", words[0])
            break
    if not words[-1]:
        return None
    words = words[not words[0] :]
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


def obliged(key: str, start: int, end: int) -> bool:
    """Whether the clause that `start:end` begins says what it must do ('..., doanh nghiệp phải nộp ...')."""
    if not _OBLIGED.match(key, end):
        return False
    return key.endswith((", ", ": ", "; ", " thì "), 0, start) or opens_sentence(key, start)


@dataclass(frozen=True, slots=True)
class Setting:
    """How the list that a group stands in is placed: the cue before it, whether it opens a sentence, and whether a

    predicate follows it. `left` and `right`: what the group's neighbours in the list are (`named`, `group` or nothing).
    """

    cue: float | None
    opens: bool
    acts: bool
    left: str = ""
    right: str = ""


def setting_of(key: str, start: int, end: int) -> tuple[float | None, bool, bool]:
    """Cue, opening and predicate of the list `start:end`."""
    if key.startswith("đối với ", start - 8) and opens_sentence(key, start - 8):
        return 0.9, True, acts_after(key, end)  # an item about what they are to do
    return cue_before(key, start), opens_sentence(key, start), acts_after(key, end)


def features(key: str, text: str, start: int, phrase: Phrase, setting: Setting) -> dict[str, float]:
    """What speaks for and against the group `start:phrase.end` being an actor here."""
    end = phrase.end
    words = key[start:end]
    cue = setting.cue
    delegate = words.startswith("đại diện ")
    match = QUANTIFIER.match(words, 9 if delegate else 0)
    quantifier = match.group()[:-1] if match else ""
    if quantifier.startswith("tất cả"):
        quantifier = "các" if quantifier.endswith("các") else "tất cả"
    told = setting.acts and cue is not None and cue > 0
    return {
        f"quantifier {quantifier}": 1,
        "no cue": cue is None,
        "cue": cue or 0,
        "list": ", " in words,
        "long list": words.count(", ") > 1,
        "owned": bool(_OWNED.search(words)),
        "related": bool(_RELATED.search(words)),
        "scope": words.find(_SCOPE) > 0 and key.endswith(_OF, 0, start),
        "delegate": delegate,
        "capital": text[start].isupper(),
        f"left {setting.left}": 1,
        f"right {setting.right}": 1,
        "opens": setting.opens,
        "acts": setting.acts,
        "opens and acts": setting.opens and setting.acts,
        "told": told,
        "alone": phrase.bare,
        "alone and told": phrase.bare and told,
        "obliged": phrase.rule == "noun.enterprise" and phrase.bare and obliged(key, start, end),
        "responsible": setting.opens and bool(_RESPONSIBLE.match(key, end)),
        "heads": setting.opens and bool(quantifier) and key[end : end + 1] in (":", "\n"),
        "public told": phrase.weight < -1 and told and cue is not None and cue >= COMMAND,
    }


def weigh(key: str, text: str, start: int, phrase: Phrase, setting: Setting) -> float:
    """How likely the group `start:phrase.end` is an actor here, in log odds fitted on annotated dispatches."""
    score = BASE + phrase.weight
    for name, value in features(key, text, start, phrase, setting).items():
        if value:
            score += _WEIGHTS.get(name, 0.0) * value
    return round(score, 3)


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
