"""Grammar of posts and persons: 'Giám đốc Sở Nội vụ', 'Chủ tịch, các Phó Chủ tịch UBND tỉnh', 'ông Nguyễn Văn A'."""

from __future__ import annotations

from vnadmin_nlp.extract.actors_groups import Groups
from vnadmin_nlp.extract.actors_names import Phrase
from vnadmin_nlp.extract.signer import is_family
from vnadmin_nlp.knowledge.agencies import PostRow, field_at
from vnadmin_nlp.schema import ActorKind
from vnadmin_nlp.text import key_of, keyed

_COMMA = keyed(r"(?:, | và |/)(?=(?:các )?\w)")
_FURTHER_POST = keyed(r"(?:, | [-–] )(?=\w)")
_STANDING = keyed(r" (?:thường trực|phụ trách|chuyên trách)(?= )")
_STAFF = keyed(r"(?:, | và )(?=(?:cán bộ|chuyên viên|công chức|nhân viên)(?!\w))")
_OFFICES_OF = tuple(map(key_of, ("trưởng các phòng", "trưởng các ban")))
_SAID = tuple(map(key_of, ("liên quan", "nêu trên", "trực thuộc")))
_OWNED = keyed(r" (?:trực )?thuộc \w")
_OFFICE_NOUNS = ("noun.agency", "noun.sector", "noun.office", "noun.official")
_OF = keyed(r" (?:của |các )?")
_ADDRESS = ("ông ", "bà ")
_MINISTERS = "các bộ trưởng"  # a whole of its own before ', Chủ tịch UBND các tỉnh'
# heads of an office of the issuer: the post after a comma is another's
_OF_ISSUER = tuple(map(key_of, ("chánh văn phòng", "chánh thanh tra")))
_NAME = keyed(r" ?\w[\w'’]*")


class Posts(Groups):
    """Reads posts and persons at given places of one text."""

    __slots__ = ()

    def post(self, at: int) -> Phrase | None:
        """The post that begins at `at`; with a person's name after it, the person."""
        hit = self.at.get(at)
        if hit is None or hit.value.post is None:
            return None
        row = hit.value.post
        if row.title:
            if self.key.startswith(("bà rịa", "bà chúa"), at):
                return None
            person = self.person_after(hit.end, sure=True)
            if person == hit.end:
                post = self.post(hit.end + 1) if self.key.startswith(_ADDRESS, at) and not self.capital(at) else None
                return post if post is not None and post.kind is ActorKind.POSITION and not post.bare else None
            if self.key.startswith("đồng chí", at) and self.key.startswith(", ", person):
                post = self.post(person + 2)
                person = post.end if post is not None and post.kind is ActorKind.POSITION else person
            return Phrase(person, ActorKind.PERSON, row.id)
        capital = self.capital(at) or (self.key.startswith("các ", at) and self.capital(at + 4))
        if not (capital or row.lower):
            return None
        end = self._complement(hit.end, row)
        if end is None:
            person = self.person_after(hit.end)
            if person > hit.end and (capital or row.member):
                return (
                    None
                    if self.key.startswith("hồ chí minh", hit.end + 1)
                    else Phrase(person, ActorKind.PERSON, row.id)
                )
            if not row.bare or (not capital and not row.lower) or not self._whole(hit.end):
                return None
            return Phrase(hit.end, ActorKind.POSITION, row.id, bare=True)
        person = self.person_after(end)
        if person > end:
            return Phrase(person, ActorKind.PERSON, row.id)
        return Phrase(end, ActorKind.POSITION, row.id)

    def _complement(self, end: int, row: PostRow, left: int = 3) -> int | None:
        """The end of what says of which body the post is, None where nothing does."""
        key = self.key
        standing = _STANDING.match(key, end)
        if standing:
            end = standing.end()
        if row.leadership and (staff := _STAFF.match(key, end)):
            group = self.group(staff.end(), loose=True)
            return group.end if group and " các " in key[staff.end() : group.end] else None
        if row.field and key.endswith(_OFFICES_OF, 0, end):
            if key[end : end + 1] == ":":
                return self._named_members(key.rfind(" ", 0, end) + 1, bodies=False)
            heads = self.group(key.rfind(" các ", 0, end) + 1)
            if heads is not None and (heads.end > end or self._whole(end)):
                return heads.end  # 'Trưởng các phòng chuyên môn thuộc Cục'
        if key[end : end + 1] in (",", "/") or key.startswith(" và ", end):
            return None if key.endswith(_MINISTERS, 0, end) else self._next_post(end, left)
        if key[end : end + 1] != " ":
            return None
        at = end + 1
        body = self.body(at)
        if body is not None:
            return self.more_bodies(body.end) if row.leadership else body.end
        if row.leadership:
            if key.startswith(("đảng, nhà nước", "đảng và nhà nước"), at):
                return at + len("đảng, nhà nước") + (key[at + 4] == " ")
            level = self.level(end)
            if level > end:
                return self.more_bodies(level)
        office = self._office(end) if row.field else None
        if office is not None:
            return office
        if row.member:
            return None
        group = self.group(at, loose=True, bodies=not row.leadership) if not self.organises(at) else None
        last = max(self.level(end), self._more_offices(group) if group else end)
        if last == end:
            return None
        return self.more_bodies(last) if row.leadership and group and group.kind is ActorKind.PARTY else last

    def _more_offices(self, group: Phrase) -> int:
        """The end of the bodies whose heads are meant, where the last of several groups says whose they all are.

        'Thủ trưởng các cơ quan chuyên môn, các đơn vị trực thuộc UBND tỉnh' is such a whole.
        """
        end = group.end
        if self.key.startswith(", các ", end) and not self.key.endswith(_SAID, 0, end):
            more = self.group(end + 2)
            if more is not None and more.rule in _OFFICE_NOUNS and _OWNED.search(self.key, end, more.end):
                return more.end
        return end

    def _office(self, end: int) -> int | None:
        """The end of the office whose head is meant, where its first word ends the post ('Trưởng phòng Nội vụ')."""
        inner, at = self.key.rfind(" ", 0, end) + 1, end + 1
        body = self.body(inner) if self.capital(inner) or self.key.startswith("ban", inner) else None
        if body is not None and not body.bare:
            return body.end
        found = field_at(self.key, at)
        hit = self.at.get(inner)
        head = hit.value.head if hit is not None else None
        if found and self.capital(at):
            return self.tail(found[0], head)
        if hit is None or head is None:
            return None
        if hit.end > end and self.capital(inner):
            return hit.end  # 'Trưởng Ban Chỉ đạo'
        if not self.capital(at) or self.person_after(end) > end:
            return None
        named = self.field(end, head)  # 'Trưởng phòng Kỹ thuật'
        return self.tail(named, None) if named > end else None

    def named_post(self, at: int) -> Phrase | None:
        """A post with a fixed name at `at` ('Thủ tướng Chính phủ'), or the person whose name follows it."""
        phrase = self.body(at)
        if phrase is None or phrase.kind is not ActorKind.POSITION:
            return phrase
        person = self.person_after(phrase.end)
        return Phrase(person, ActorKind.PERSON, phrase.rule) if person > phrase.end else phrase

    def ranked_person(self, end: int) -> int | None:
        """The end of further posts of one person and the name, 'Bí thư Tỉnh ủy, Chủ tịch UBND tỉnh Trần Văn A'."""
        for _ in range(4):
            step = _FURTHER_POST.match(self.key, end)
            at = step.end() if step else end
            phrase = (self.post(at) or self.named_post(at)) if step and self.capital(at) else None
            if phrase is None or phrase.kind not in (ActorKind.POSITION, ActorKind.PERSON):
                return None
            if phrase.kind is ActorKind.PERSON:
                return phrase.end
            end = phrase.end
        return None

    def _next_post(self, end: int, left: int) -> int | None:
        """The end of a post joined to a bare one: 'Chủ tịch, Phó Chủ tịch UBND tỉnh', 'Bộ trưởng, Chủ nhiệm ...'."""
        step = _COMMA.match(self.key, end)
        if step is None or not left:
            return None
        at = step.end()
        if self.key.endswith(_OF_ISSUER, 0, end) and not self.key.startswith("phó ", at):
            return None
        hit = self.at.get(at)
        if hit is None or hit.value.post is None or (not self.capital(at) and not self.key.startswith("các ", at)):
            return None
        if self.key.startswith(("thủ trưởng", "người đứng đầu"), at):
            return None
        return self._complement(hit.end, hit.value.post, left - 1)

    def person_after(self, end: int, *, sure: bool = False) -> int:
        """The end of a person's name of two to five capital words after a blank at `end`, else `end`.

        The first must be a family name unless a form of address makes it sure.
        """
        stop, count = end, 0
        while count < 5 and self.text[stop : stop + 1] == " " and self.capital(stop + 1):
            if stop + 1 in self.at and (count == 0 or self.at[stop + 1].value.head or self.at[stop + 1].value.post):
                break
            word = _NAME.match(self.text, stop)
            if word is None:
                break
            if count == 0 and not sure and not is_family(word.group().strip()):
                break
            stop, count = word.end(), count + 1
        return stop if count >= 2 else end
