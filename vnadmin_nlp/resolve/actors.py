"""Mentions of one body joined into one actor, with its roles."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from vnadmin_nlp.extract.actors import defined_short_form
from vnadmin_nlp.extract.model import ActorCandidate, ObligationCandidate
from vnadmin_nlp.extract.signer import is_family
from vnadmin_nlp.knowledge.abbreviations import spelled_out
from vnadmin_nlp.knowledge.agencies import anchors, mended
from vnadmin_nlp.knowledge.ministries import central_bodies
from vnadmin_nlp.knowledge.places import Province, province_at
from vnadmin_nlp.outline import Outline
from vnadmin_nlp.schema import ActorKind, Role
from vnadmin_nlp.text import Range, bare_of, key_of, keyed

_SUPERVISES = keyed(r"(?:theo dõi|đôn đốc|kiểm tra|giám sát|thanh tra)(?!\w)")
_LEAD = keyed(r"(?:các )?đồng chí ")
_NOTE = re.compile(r"\s*\([^()]*\)|[\s;.,:/]+$")
_DASH = re.compile(r" ?- ?")
_SHORTENED = {"thủ tướng": "thủ tướng chính phủ", "phó thủ tướng": "phó thủ tướng chính phủ"}
_LEVELS = (" tỉnh", " thành phố")


@dataclass(slots=True)
class ActorGroup:
    """The mentions of one actor. `name` is its fullest form, `canonical` its full official name where known.

    `printed` are the names of head and foot (issuer, addressees, recipients) that mean it.
    """

    name: str
    kind: ActorKind
    mentions: list[ActorCandidate]
    roles: list[Role] = field(default_factory=list)
    canonical: str | None = None
    printed: list[str] = field(default_factory=list)


def join_actors(
    outline: Outline,
    mentions: list[ActorCandidate],
    obligations: list[ObligationCandidate],
    *,
    issuer: str | None = None,
    addressees: tuple[str, ...] = (),
    recipients: tuple[str, ...] = (),
    issued: dt.date | None = None,
) -> list[ActorGroup]:
    """One group a body, in order of first mention. Fills `key` of each mention."""
    joiner = _Joiner(outline, issuer, addressees, issued)
    groups: dict[str, ActorGroup] = {}
    for mention in joiner.keyed(mentions):
        name = outline.flow.words(mention.start, mention.end)
        group = groups.setdefault(mention.key, ActorGroup(name, mention.kind, []))
        group.mentions.append(mention)
        group.name = _fuller(group.name, name)
    for group in groups.values():
        group.canonical = joiner.canonical(group)
    _give_roles(groups, obligations, outline.flow.key)
    bare = {bare_of(key): group for key, group in groups.items()}  # heads of scans are often printed without marks
    for role, names in ((Role.ISSUER, (issuer or "",)), (Role.ADDRESSEE, addressees), (Role.RECIPIENT, recipients)):
        for name in names:
            key = bare_of(joiner.complete(joiner.plain(name)))
            if key in bare:
                bare[key].roles.append(role)
                bare[key].printed.append(name)
    for group in groups.values():
        group.roles = [role for role in Role if role in group.roles] or [Role.MENTIONED]
    return list(groups.values())


def kind_of(name: str) -> ActorKind:
    """The kind of actor that `name`, an issuer or addressee as printed, is by its first words."""
    key = mended(key_of(name))
    plural = key.startswith("các ")
    for hit in anchors().all(key):
        if hit.start != (len("các ") if plural else 0):
            continue
        row = hit.value.name or hit.value.head or hit.value.noun
        if hit.value.post is not None:
            return ActorKind.POSITION
        if row is not None:
            return ActorKind.GROUP if plural else row.kind
    return ActorKind.GROUP if plural else ActorKind.ORGANIZATION


def _fuller(one: str, other: str) -> str:
    """The fuller of two forms of one name: the longer, but none in capitals or misread where there is another."""
    if _misread(one) != _misread(other):
        return other if _misread(one) else one
    if one.isupper() != other.isupper() and " " in one and " " in other:
        return other if one.isupper() else one
    return other if len(other) > len(one) else one


def _misread(name: str) -> bool:
    return mended(key_of(name)) != key_of(name)


def _put_right(name: str) -> str:
    """`name` with the letters put right that a scan misread."""
    key = key_of(name)
    right = mended(key)
    letters = zip(name, key, right, strict=True) if len(name) == len(key) else []
    fixed = [c if k == r else r.upper() if c.isupper() else r for c, k, r in letters]
    return "".join(fixed) or name


def _give_roles(groups: dict[str, ActorGroup], obligations: list[ObligationCandidate], key: str) -> None:
    """Add what the obligations make of each actor."""
    owner = {(m.start, m.end): group for group in groups.values() for m in group.mentions}

    def give(ranges: Iterable[Range], role: Role) -> None:
        for found in ranges:
            if found in owner:
                owner[found].roles.append(role)

    for duty in obligations:
        give(duty.bearers, Role.BEARER)
        give(duty.coordinators, Role.COORDINATOR)
        give(duty.report_to, Role.REPORT_TO)
        if _SUPERVISES.match(key, duty.action[0]):
            give(duty.bearers, Role.SUPERVISOR)


class _Joiner:
    """Brings names to the form in which one body has one key."""

    def __init__(
        self, outline: Outline, issuer: str | None, addressees: tuple[str, ...], issued: dt.date | None
    ) -> None:
        self.flow = outline.flow
        self.issued = issued
        self._plain: dict[str, str] = {}
        self.issuer = self.plain(issuer or "")
        self.addressees = [self.plain(name) for name in addressees]
        self.province = _province(issuer or "")
        self.home = key_of(self.province.name) if self.province else ""
        self.full: dict[str, str] = {}

    def plain(self, name: str) -> str:
        """The key of `name` with abbreviations written out, without notes in brackets."""
        known = self._plain.get(name)
        if known is None:
            known = self._plain[name] = self._made_plain(name)
        return known

    def _made_plain(self, name: str) -> str:
        key = mended(key_of(spelled_out(_NOTE.sub("", name).rstrip(" ;.,:/"), self.issued)))
        lead = _LEAD.match(key)
        key = _DASH.sub(" - ", key[lead.end() :] if lead else key)
        return _SHORTENED.get(key, key)

    def keyed(self, mentions: list[ActorCandidate]) -> list[ActorCandidate]:
        """The mentions, their keys filled."""
        keys = [self._person(m) or self.plain(self.flow.words(m.start, m.end)) for m in mentions]
        self.full = _only_full_forms(keys)
        short: dict[str, str] = {}
        # What 'Công ty', 'Sở' alone stand for: the body that writes or is written to, else the one named last
        own = {self._head(name): self.complete(name) for name in (*reversed(self.addressees), self.issuer) if name}
        heads = dict(own)
        for mention, key in zip(mentions, keys, strict=True):
            words = self.flow.words(mention.start, mention.end)
            key = short.get(words) or self.complete(key)
            head = self._head(key)
            if key == head and head in heads and mention.kind is not ActorKind.POSITION:
                key = heads[head]
            elif head and key != head and head not in own:
                heads[head] = key
            mention.key = key
            form = defined_short_form(self.flow.text, self.flow.key, mention.end)
            if form is not None:
                short[self.flow.words(*form)] = key
        return mentions

    def complete(self, key: str) -> str:
        """`key` with the place that the document leaves out: its own province, or the only one named with it."""
        if self.home and key.endswith(_LEVELS):
            level = next(level for level in _LEVELS if key.endswith(level))
            named = f"{key} {self.home}"
            if f"{level} {self.home}" in self.issuer or named in self.full.values():
                return named
        return self.full.get(key, key)

    def _head(self, key: str) -> str:
        """The first words of `key` by which its body may be called for short ('công ty', 'bộ'), or ''."""
        hits = anchors().all(key)
        return next((key[: h.end] for h in reversed(hits) if h.start == 0 and h.value.head and h.value.head.bare), "")

    def _person(self, mention: ActorCandidate) -> str | None:
        """The key of a person: the name, without post and title."""
        if mention.kind is not ActorKind.PERSON:
            return None
        words = self.flow.words(mention.start, mention.end).split()
        for i in range(len(words) - 1):
            if len(words) - i <= 5 and is_family(words[i]) and all(w[0].isupper() for w in words[i:]):
                return key_of(" ".join(words[i:]))
        return None

    def canonical(self, group: ActorGroup) -> str | None:
        """The full official name of a group where it differs from the name it bears in the document."""
        if group.kind in (ActorKind.GROUP, ActorKind.PERSON):
            return None
        key = group.mentions[0].key
        official = central_bodies().get(key)
        if official is not None:
            return official.name if official.name != group.name else None
        full = spelled_out(_NOTE.sub("", _put_right(group.name)), self.issued)
        if group.mentions[0].rule.startswith("head."):
            full = full[:1].upper() + full[1:]
        if self.province and key.endswith(self.home) and not self.plain(full).endswith(self.home):
            full = f"{full} {self.province.name.upper() if full.isupper() else self.province.name}"
        return full if key_of(full) != key_of(group.name) else None


def _province(issuer: str) -> Province | None:
    """The province that the name of the issuer ends with or holds."""
    key = key_of(issuer)
    for word in re.finditer(r"\w+", issuer):
        found = province_at(issuer, key, word.start())
        if found:
            return found[1]
    return None


def _only_full_forms(keys: list[str]) -> dict[str, str]:
    """For each key that lacks its place ('ubnd tỉnh'), the one key in the document that has it, where only one does."""
    longer: dict[str, set[str]] = {}
    for key in set(keys):
        for level in _LEVELS:
            at = key.find(level + " ")
            if at > 0 and province_at(key[at + len(level) + 1 :].title(), key[at + len(level) + 1 :], 0):
                longer.setdefault(key[: at + len(level)], set()).add(key)
    return {short: next(iter(full)) for short, full in longer.items() if len(full) == 1}
