"""Chủ thể: mentions of bodies, posts, groups, organisations and persons."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from math import exp
from typing import NamedTuple

from vnadmin_nlp.extract.actors_fields import NEEDS_FIELD
from vnadmin_nlp.extract.actors_groups import QUANTIFIER
from vnadmin_nlp.extract.actors_names import Phrase
from vnadmin_nlp.extract.actors_posts import Posts
from vnadmin_nlp.extract.actors_weigh import Setting, acts_after, cue_before, opens_sentence, setting_of, weigh
from vnadmin_nlp.extract.model import ActorCandidate, Context
from vnadmin_nlp.knowledge.agencies import Anchor, mended
from vnadmin_nlp.knowledge.triggers import Hit
from vnadmin_nlp.outline import Outline
from vnadmin_nlp.schema import ActorKind
from vnadmin_nlp.text import Range, key_of, keyed, normalize


@dataclass(frozen=True, slots=True)
class _Lead:
    """Words before a mention: `pattern` ends where it starts; `ends` are the words they can end with.

    `width`: how many letters they may have together.
    """

    pattern: re.Pattern[str]
    ends: frozenset[str]
    width: int


def _lead(pattern: str, ends: str, width: int) -> _Lead:
    return _Lead(keyed(pattern), frozenset(key_of(ends).split()), width)


_QUANTIFIED = _lead(
    rf"(?:^|[^\w/.-])(?<!thứ )(?<!điều )(?<!khoản )(?<!mục )(?<!chương )(?<!số )({QUANTIFIER.pattern})$",
    "các cả thể những mọi từng mỗi quý hai ba số nhiều",
    18,
)
_PREFIX = _lead(r"(?:^|\W)((?:(?:các )?đồng chí|đại diện lãnh đạo|đại diện|tập thể) )$", "chí diện đạo thể", 20)
_COMRADES = _lead(r"(?:^|\W)((?:các )?đồng chí )$", "chí", 14)
# After these a body is named for its seat or its session; it counts where it also acts
_SEAT = _lead(
    r"(?<!\w)(?:trụ sở(?: làm việc| chính)?(?: của)?|kỳ họp thứ \w+,|nhiệm kỳ|trên|lên|mua) $",
    "sở việc của kỳ chính trên lên mua",
    26,
)
_LAW = _lead(
    r"(?<!\w)(?:(?:bầu|ứng|trúng|tái) cử(?: đại biểu)?|(?<!đoàn )đại biểu quốc hội(?: khóa \w+)? và(?: đại biểu)?|"
    r"(?:luật|pháp lệnh)"
    r"(?: sửa đổi, bổ sung một số điều của luật)?"
    r"(?: tổ chức| bầu cử| hoạt động giám sát của| tổ chức hội đồng nhân dân và)?) $",
    "luật lệnh chức cử của và biểu",
    44,
)
_SHORT = keyed(
    r" ?\((?:(?:sau đây )?(?:được )?(?:gọi|viết)(?: tắt)?(?: chung)?(?: là|:)? )?[\"“]?([^()\"”“\n]{2,40}?)[\"”]?\)"
)
_LISTED = keyed(r",? (?:ban,? )?(?:ngành|cơ quan|đoàn thể)(?!\w)|(?:,| và) (?:kiểm tra|giám sát)(?!\w)")
# A line that breaks off within a name ('Chánh Văn phòng' / 'UBND tỉnh')
_BREAK = re.compile(r"\n(?=[A-ZĐỦÂ][^\W\d_])")
_BROKEN = (" Sở", " Văn phòng", " Chủ tịch", " Giám đốc")
_IN_BRACKETS = re.compile(r" ?\([^()]*\)")
_FURTHER = re.compile(r".{0,2}[,;/] ?| và ")  # what another body after it follows
_ADDRESSEES = 20  # names in the head that are looked for
_COLLECTIVE = keyed(r"tập thể lãnh đạo")
# A form that is surely an actor once is one wherever it stands
SURE = 1.5


@dataclass(slots=True)
class _Proposal:
    start: int
    phrase: Phrase
    sort: str  # named, weak, bare, group
    score: float = 3.0  # log odds

    @property
    def likelihood(self) -> float:
        return 1.0 if self.sort in ("named", "weak") else round(1 / (1 + exp(-self.score)), 2)

    def candidate(self, score: float) -> ActorCandidate:
        kind, rule = self.phrase.kind, self.phrase.rule
        return ActorCandidate(self.start, self.phrase.end, kind, rule, score, guessed=self.likelihood < 1)


def defined_short_form(text: str, key: str, end: int) -> Range | None:
    """The range of the abbreviation defined in brackets after a name that ends at `end` ('(gọi tắt là TKV)')."""
    match = _SHORT.match(key, end)
    if match is None:
        return None
    form = text[match.start(1) : match.end(1)]
    return match.span(1) if form.isupper() and form.isalpha() else None


def _joined(text: str, breaks: list[int]) -> str:
    """`text` with blanks for the line breaks at `breaks`."""
    starts = [0, *(at + 1 for at in breaks)]
    return " ".join(text[start:end] for start, end in zip(starts, [*breaks, len(text)], strict=True))


class Weighed(NamedTuple):
    """What may be a mention: `found` stands, in text order, without overlaps; `left` does not, and may lie anywhere."""

    found: list[ActorCandidate]
    left: list[ActorCandidate]


def find_actors(outline: Outline, context: Context) -> list[ActorCandidate]:
    """Every mention, in text order, without overlaps, the longest form of each."""
    return weigh_actors(outline, context).found


def weigh_actors(outline: Outline, context: Context) -> Weighed:
    """The mentions of `find_actors`, and what was taken up and left with the score it had (at most 0.5)."""
    return _Finder(outline.flow.text, outline.flow.key, outline.quotes, context).find()


class _Finder:
    """Reads one text: proposes mentions, then chooses among them."""

    def __init__(self, text: str, key: str, quotes: list[Range], context: Context) -> None:
        breaks = (at.start() for at in _BREAK.finditer(text))
        wrapped = [at for at in breaks if text.endswith(_BROKEN, 0, at)]
        self.text = text = _joined(text, wrapped)
        self.key = key = mended(_joined(key, wrapped))
        self.quotes = quotes
        self.context = context
        self.read = Posts(text, key)
        self.read.known = self._known()
        self.starts = [hit.start for hit in self.read.hits]

    def find(self) -> Weighed:
        """The mentions that stand, and those that were left."""
        proposals = self.propose(0, len(self.text))
        self._weigh(proposals)
        kept: list[_Proposal] = []
        for proposal in proposals:
            if proposal.score > 0:
                kept.append(proposal)
            elif proposal.sort == "group":
                kept.extend(self._named_inside(proposal))
        sure = {self.text[p.start : p.phrase.end] for p in kept if p.sort == "named"}
        kept = [p for p in self._bare(kept) if p.sort != "weak" or self.text[p.start : p.phrase.end] in sure]
        kept.extend(self._short_forms(kept))
        kept.sort(key=lambda p: p.start)
        standing = {id(p) for p in kept}
        left = [p for p in proposals if id(p) not in standing]
        return Weighed([p.candidate(p.likelihood) for p in kept], [p.candidate(min(p.likelihood, 0.5)) for p in left])

    def _known(self) -> dict[int, int]:
        """The ends, by their starts, of the names in the head that the grammar alone would cut short.

        There their borders are sure: 'Liên minh diễn đàn doanh nghiệp Việt Nam' is the same name in the body.
        """
        found: dict[int, int] = {}
        for name in (self.context.issuer, *self.context.addressees[:_ADDRESSEES]):
            words = _IN_BRACKETS.sub("", " ".join((name or "").split())).rstrip(" ;.,:")
            at = self.key.find(key_of(words)) if words else -1
            if at < 0:
                continue
            read = Posts(words, key_of(words))
            body = read.body(0)
            if 0 not in read.at or not words[0].isupper() or (body is not None and body.end == len(words)):
                continue
            if any(
                hit.start and words[hit.start].isupper() and _FURTHER.match(words, hit.start - 4) for hit in read.hits
            ):
                continue
            while at >= 0:
                found[at] = at + len(words)
                at = self.key.find(read.key, found[at])
        return found

    # -- proposing -------------------------------------------------------------------------------
    def propose(self, low: int, high: int, *, groups: bool = True) -> list[_Proposal]:
        """What begins at the anchor phrases in `low:high`; without `groups`, only named bodies, posts and persons."""
        found: list[_Proposal] = []
        free = low
        quotes = iter(self.quotes)
        quote = next(quotes, None)
        hits = self.read.hits
        for index in range(bisect_left(self.starts, low), len(hits)):
            start = hits[index].start
            if start >= high:
                break
            if start < free:
                continue
            while quote is not None and quote[1] <= start:
                quote = next(quotes, None)
            if quote is not None and quote[0] <= start:
                continue
            proposal = self._at(index, free, groups=groups)
            if proposal is not None:
                found.append(proposal)
                free = proposal.phrase.end
        return found

    def _at(self, index: int, free: int, *, groups: bool) -> _Proposal | None:
        """What the anchor phrase number `index` begins; nothing of it may lie before `free`."""
        hit = self.read.hits[index]
        word = self.read.word_before(hit.start)
        quantifier = self._before(_QUANTIFIED, word, hit.start, free)
        if quantifier is None and self._idle(hit):
            return None
        found = self._post(hit, word, quantifier, free)
        if found is None and quantifier is not None and groups:
            start = quantifier.start(1)
            phrase = self.read.group(start)
            if phrase is not None:
                found = _Proposal(start, phrase, "group" if phrase.plural and phrase.rule != "group.named" else "named")
        if found is None and quantifier is None:
            found = self._plain(hit, word, groups=groups)
        if found is None or self._heading(found):
            return None
        if found.start != hit.start and self._before(_LAW, self.read.word_before(found.start), found.start, 0):
            return None  # 'Luật Các tổ chức tín dụng'
        if self._before(_LAW, word, hit.start, 0):
            return None
        prefix = self._before(_PREFIX, self.read.word_before(found.start), found.start, free)
        if found.phrase.kind is ActorKind.POSITION and (
            (hit.value.post is not None and hit.value.post.ranks)
            or (prefix is not None and prefix.group(1) == "đồng chí ")
        ):
            person = self.read.ranked_person(found.phrase.end)
            if person is not None:
                found.phrase.end, found.phrase.kind = person, ActorKind.PERSON
        if prefix is not None:
            found.start = prefix.start(1)
            if prefix.group(1) == "đại diện " and found.sort == "named" and found.phrase.kind is ActorKind.AGENCY:
                found.phrase.end, found.phrase.kind = self.read.more_bodies(found.phrase.end), ActorKind.GROUP
        return found

    def _idle(self, hit: Hit[Anchor]) -> bool:
        """Whether a single small word begins neither a name nor a list ('phòng họp', 'xã hội'): most hits are that."""
        anchor, end = hit.value, hit.end
        if anchor.post is not None or anchor.name is not None or self.text[hit.start].isupper():
            return False
        if (anchor.noun is not None and anchor.noun.bare == "strong") or self.text.find(" ", hit.start, end) >= 0:
            return False
        after, then = self.text[end : end + 1], self.text[end + 1 : end + 2]
        return after not in ",/-" if after != " " else then.islower() and then not in "vh"

    def _post(self, hit: Hit[Anchor], word: str, quantifier: re.Match[str] | None, free: int) -> _Proposal | None:
        """A post or a person at `hit`."""
        if hit.value.post is None or (word == "chức" and self.key.startswith("vụ ", hit.start)):
            return None
        phrase = self.read.post(hit.start)
        if phrase is None:
            comrades = hit.value.post.leadership and self._before(_COMRADES, word, hit.start, free)
            return (
                _Proposal(hit.start, Phrase(hit.end, ActorKind.POSITION, hit.value.post.id), "named")
                if comrades
                else None
            )
        start = hit.start
        if quantifier is not None and quantifier.group(1) in ("các ", "những "):
            start = quantifier.start(1)
        elif self.key.startswith(("ông ", "bà "), start) and self.read.capital(start):
            start = hit.end + 1  # 'Ông' at the head of a line is a form of address, not part of the name
        return _Proposal(start, phrase, "named")

    def _plain(self, hit: Hit[Anchor], word: str, *, groups: bool) -> _Proposal | None:
        """A body at `hit`, or a group without a quantifier."""
        named = hit.value.name is not None or hit.value.head is not None
        body = self.read.named_post(hit.start) if named else None
        if hit.value.noun is not None and groups and (body is None or body.bare or body.end == hit.end):
            verb = self.read.organises(hit.start) or _COLLECTIVE.match(self.key, hit.start)
            group = None if verb else self.read.group(hit.start)
            if group is not None and (group.plural or body is None):
                return _Proposal(hit.start, group, "group")
        if body is None:
            return None
        if body.bare:
            listed = _LISTED.match(self.key, body.end)
            return None if listed else _Proposal(hit.start, body, "bare")
        if hit.value.name is not None and hit.value.name.code:
            cue = cue_before(self.key, hit.start)
            acts = acts_after(self.key, body.end) or (cue is not None and cue > 0)
            return _Proposal(hit.start, body, "named" if acts else "weak")
        seat = self._before(_SEAT, word, hit.start, 0) or self.key.startswith(" và cổng", body.end)
        return _Proposal(hit.start, body, "weak" if seat else "named")

    def _before(self, lead: _Lead, word: str, start: int, free: int) -> re.Match[str] | None:
        """The words of `lead` that end at `start`, where they begin at `free` or later; `word` is the last of them."""
        if word not in lead.ends and not (word.isdigit() and lead is _QUANTIFIED):
            return None
        return lead.pattern.search(self.key, max(free - 1, start - lead.width, 0), start)

    def _heading(self, found: _Proposal) -> bool:
        """Whether the words are part of a heading in capitals, or the label of a list ('Cơ quan chủ trì:')."""
        end = found.phrase.end
        words = self.text[found.start : end]
        if found.sort == "group" and found.phrase.bare and self.key[end : end + 1] == ":":
            return opens_sentence(self.key, found.start)
        if not words.isupper() or " " not in words or opens_sentence(self.key, found.start):
            return False
        return self.text[max(0, found.start - 4) : found.start].rstrip()[-1:].isupper()

    def _named_inside(self, outer: _Proposal) -> list[_Proposal]:
        if self.text[outer.start : outer.phrase.end].islower():
            return []
        return [
            p for p in self.propose(outer.start, outer.phrase.end, groups=False) if p.phrase.end <= outer.phrase.end
        ]

    # -- choosing --------------------------------------------------------------------------------
    def _weigh(self, proposals: list[_Proposal]) -> None:
        """Score the groups; a form that surely acts once counts everywhere."""
        best: defaultdict[str, float] = defaultdict(lambda: -9.0)
        for p, setting in self.settings(proposals):
            p.score = weigh(self.key, self.text, p.start, p.phrase, setting)
            form = self.text[p.start : p.phrase.end]
            best[form] = max(best[form], p.score)
        for p in proposals:
            form = self.text[p.start : p.phrase.end]
            if p.sort == "group" and best[form] >= SURE:
                p.score = best[form]

    def settings(self, proposals: list[_Proposal]) -> Iterator[tuple[_Proposal, Setting]]:
        """The groups, each with the setting of the list it stands in: its members share what stands around the list."""
        first = 0
        while first < len(proposals):
            last = first
            while last + 1 < len(proposals) and self._link(proposals[last], proposals[last + 1]):
                last += 1
            members = proposals[first : last + 1]
            if any(p.sort == "group" for p in members):
                around = setting_of(self.key, members[0].start, members[-1].phrase.end)
                for i, p in enumerate(members):
                    left = members[i - 1].sort if i else ""
                    right = members[i + 1].sort if i + 1 < len(members) else ""
                    if p.sort == "group":
                        yield p, Setting(*around, left, right)
            first = last + 1

    def _link(self, one: _Proposal, other: _Proposal) -> bool:
        """Whether two proposals stand in one list."""
        return other.start - one.phrase.end <= 5 and self.key[one.phrase.end : other.start] in (
            ", ",
            " và ",
            "; ",
            ", và ",
        )

    def _bare(self, proposals: list[_Proposal]) -> list[_Proposal]:
        """Drop heads that stand alone where no body with that head is named."""
        known = [key_of(name) for name in (self.context.issuer, *self.context.addressees) if name]
        heads = {self.key[p.start : p.phrase.end] for p in proposals if p.sort == "bare"}
        named = [self.key[p.start : p.phrase.end] for p in proposals if p.sort == "named"]
        good = {head for head in heads if any(head in name and head != name for name in (*named, *known))}
        return [p for p in proposals if p.sort != "bare" or self.key[p.start : p.phrase.end] in good]

    def _short_forms(self, proposals: list[_Proposal]) -> list[_Proposal]:
        """Mentions of the abbreviations that named bodies are given in brackets ('Tập đoàn ... (TKV)')."""
        taken = sorted((p.start, p.phrase.end) for p in proposals)
        starts = [s for s, _ in taken]
        found: list[_Proposal] = []
        seen: set[str] = set()
        for p in proposals:
            where = (
                defined_short_form(self.text, self.key, p.phrase.end)
                if p.sort == "named" and p.phrase.rule not in NEEDS_FIELD and len(seen) < 20
                else None
            )
            form = self.text[slice(*where)] if where else ""
            if not form or form in seen:
                continue
            seen.add(form)
            at = self.text.find(form, p.phrase.end)
            while at >= 0:
                end = at + len(form)
                around = self.text[at - 1 : at] + self.text[end : end + 1]
                i = bisect_left(starts, at + 1) - 1
                free = i < 0 or taken[i][1] <= at
                if free and not any(c.isalnum() or c in "/-&" for c in around):
                    found.append(_Proposal(at, Phrase(end, p.phrase.kind, "short-form"), "named"))
                at = self.text.find(form, end)
        return found


def reads_actors(text: str) -> set[str]:
    """The rows of heads, names, posts and nouns that begin a mention in `text`, whether or not it acts."""
    working = normalize(text)
    proposals = _Finder(working.text, working.key, [], Context()).propose(0, len(working.text))
    return {proposal.phrase.rule for proposal in proposals}
