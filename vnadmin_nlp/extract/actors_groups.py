"""Grammar of groups: 'các sở, ban, ngành', 'cơ quan có thẩm quyền', 'các doanh nghiệp viễn thông trên địa bàn'."""

from __future__ import annotations

import re

from vnadmin_nlp.extract.actors_names import MAX_DEPTH, Names, Phrase
from vnadmin_nlp.extract.actors_terms import TOLD_TERM
from vnadmin_nlp.knowledge.agencies import Anchor, HeadRow, NounRow, ends_name, field_at, parts, predicate_at
from vnadmin_nlp.schema import ActorKind
from vnadmin_nlp.text import key_of, keyed

QUANTIFIER = keyed(
    r"(?:tất cả(?: các| \d{1,3})?|toàn thể các|toàn thể|toàn bộ các|các|những|mọi|từng|mỗi|quý|cả|"
    r"\d{1,3}|hai|ba|một số|nhiều) "
)
_STEP = keyed(r"(?: khác(?=,))?(?:, và |, ?| và | & |/| - |-| hoặc | (?=tổ chức(?:, | và )cá nhân))")
_PLACE = (
    r"(?:tỉnh|thành phố|huyện|xã(?! hội)|phường|quận|thị xã|đặc khu|thủ đô|cả nước|toàn tỉnh|toàn quốc|"
    r"toàn thành phố)"
)
_RANK = r"(?:tỉnh|huyện|xã(?! hội)|thành phố|quận|phường|bộ|sở|trung ương)"
_MODIFIER = keyed(
    r" (?:(?:có |khác có )?liên quan(?: khác)?|(?:nhà nước )?có thẩm quyền(?: liên quan)?|(?:có )?chức năng|"
    r"chuyên môn(?:,? nghiệp vụ)?|nêu trên|trên đây|nói trên|khác(?: còn lại)?|còn lại|chuyên ngành|liên ngành|"
    r"(?:ở )?(?:trung ương và địa phương|trung ương|địa phương)(?: (?:các|hai|ba|0?[23]) cấp)?|(?:hai|0?2) cấp|"
    rf"(?:ở )?các cấp|cùng cấp|cấp trên|cấp dưới|(?:ở )?cấp {_RANK}(?:(?:,| và) (?:cấp )?{_RANK})*|cơ sở|nước ngoài|"
    r"quốc tế|ở tỉnh|"
    r"trong và ngoài (?:tỉnh|nước|ngành)|trong (?:tỉnh|ngành|nước|toàn ngành|toàn tỉnh)|tại địa phương|"
    r"trên địa bàn(?: (?:cả nước|toàn tỉnh|toàn quốc|toàn thành phố|thủ đô))?|(?:ở |tại )?khu vực|"
    r"của (?:tỉnh|thành phố|huyện|bộ|ngành|địa phương|trung ương|đảng)|(?:của|trực thuộc) (?:cơ quan, )?đơn vị|"
    rf"(?:thuộc(?:, |/| và | hoặc ))?(?:trực )?thuộc (?:(?:cấp )?{_RANK}(?:, ngành)?|ngành|"
    r"(?:thẩm )?quyền quản lý|phạm vi quản lý)(?: quản lý)?|"
    rf"(?:thuộc(?:, |/| và | hoặc ))?trực thuộc|{_PLACE})(?!\w)"
)
_OF_BODY = keyed(r" (?:thuộc(?:, |/| và | hoặc )trực thuộc|trực thuộc|thuộc|của) ")
_NATIONAL = keyed(r" việt nam(?!\w)")
_AT = keyed(r" (?:tại|ở) ")
_COMPOUND = keyed(
    r"(?<!\w)(?:(?:phân|cung|trợ|nâng|sơ|trung|cao|thứ|số) cấp|cơ cấu tổ chức|trụ sở|"
    r"(?:cán|nội|đồng|toàn|tiến|trung|nam|bắc) bộ|xã hội|nhiệm vụ)(?= |$)"
)
_FIRST_SYLLABLES = frozenset(
    key_of("phân cung trợ nâng sơ trung cao thứ số cấu trụ cán nội đồng toàn tiến nam bắc xã nhiệm").split()
)
_NO_GROUP = keyed(r",? (?:và )?lĩnh vực|, cấp học")
_BASES = tuple(map(key_of, ("cơ sở dữ liệu", "cơ sở vật chất", "cơ sở hạ tầng", "cơ sở pháp lý", "cơ sở lý luận")))
_ECONOMY = keyed(r" (?:kinh tế|công nghiệp|dịch vụ|hàng|nghề|khoa học|sản xuất|đào tạo|kỹ thuật|chế biến)(?!\w)")
_AND_PEOPLE = keyed(r" và (?:nhân dân(?: các dân tộc)?|các tầng lớp nhân dân)")
_OF_STATE = keyed(r"(?:đảng, nhà nước|đảng và nhà nước|đảng|nhà nước)(?!\w)")
_PROJECTS = keyed(r" (?:của )?(?:các |những )?dự án(?: trên| nêu trên)?(?!\w)")
_COMPANY_ENDS = keyed(r"(?: quốc gia)? việt nam(?: \(\w+\))?")
# What a body is, before the field it works in: 'cơ quan chuyên môn về y tế'
_OFFICIAL = tuple(map(key_of, ("chuyên môn", "quản lý", "nhà nước", "chức năng")))
_ABOUT = key_of(" về ")
_STAFF_OF = keyed(r" (?:(?:của|thuộc|tại|ở) )?(?=các )")
_EMPLOYERS = (
    "noun.agency",
    "noun.sector",
    "noun.enterprise",
    "noun.office",
    "noun.official",
    "group.heads",
    "group.named",
)
_ORGANISES = key_of("tổ chức ")
# What follows the head of a name that is no more than a noun in a list ('các cục, vụ thuộc Bộ')
_MEMBER_ENDS = keyed(r"(?:,| và| (?:trực )?thuộc| (?:có )?liên quan| chức năng)(?!\w)")
_LIST = keyed(r",? và |, ")
_BODIES = keyed(r", ?| và ")
_WORD = keyed(r"\w+")
_CAPITAL = re.compile(r" [A-ZĐ][^\W\d_]*")
MAX_WORDS = 6
HEADS = 1.0  # for a plural of heads of names ('các Cục Thuế')
SPECIAL = 1.5  # for a body with its field of work ('cơ quan chuyên môn về y tế')
OWNED = 2.0  # for a noun with a capital and the name of a body in it ('Cơ quan thường trực Ban Chỉ đạo 389')


class Groups(Names):
    """Reads groups at given places of one text."""

    __slots__ = ()

    def group(self, at: int, *, loose: bool = False, bodies: bool = False) -> Phrase | None:
        """The group that begins at `at`, with or without a quantifier. `loose`: a post before it makes it plural.

        `bodies`: its members may be listed by their whole names ('Thủ trưởng các cơ quan: Sở Tài chính, Sở Nội vụ').
        """
        quantifier = QUANTIFIER.match(self.key, at)
        start = quantifier.end() if quantifier else at
        named = self._named_members(start, bodies=bodies) if quantifier else None
        if named:
            return Phrase(named, ActorKind.GROUP, "group.named", plural=True)
        hit = self.at.get(start)
        row = hit.value.noun if hit else None
        if hit is None or row is None or (quantifier and hit.value.head is not None and self._named(start)):
            return self._plural_body(start) if quantifier else None
        listed = quantifier or loose or row.bare == "strong" or " " in self.key[start : hit.end]
        if not listed and not _STEP.match(self.key, hit.end):
            return None
        first = self._narrow(hit.start, hit.end, hit.value.noun)
        term = self.terms.get(start)
        term = term if term and first and term > first else None
        first = term or first
        within = self.word_before(start) in _FIRST_SYLLABLES and _COMPOUND.search(self.key, max(0, start - 8), hit.end)
        if self.key.startswith(_BASES, start):
            return None
        if first is None or (within and within.start() < start) or _NO_GROUP.match(self.key, first):
            return None
        end, count = first, 1
        split = 0  # where the list ends unless a shared modifier follows
        for _ in range(12):
            step = _STEP.match(self.key, end)
            more = self._next(step.end(), row, narrowed=end > hit.end) if step else None
            if step is None or more is None:
                break
            if step.group() == " và " and self.key.startswith(self.key[hit.start : hit.end], step.end()):
                break
            if not split and not loose and _joins(row, more[1]) is None:
                split = end
            end, count = more[0], count + 1
        people = _AND_PEOPLE.match(self.key, end) if row.joins in ("party", "rule") else None
        if people and self.modifiers(people.end()) > people.end():
            end, split = people.end(), 0
        after = self.modifiers(end)
        if split and after == end:
            end = self.modifiers(split)
            count = 1
        else:
            end = after
        end = self._closing(end, row, counted=bool(quantifier))
        owned = not quantifier and self.capital(start) and bool(_CAPITAL.search(self.text, hit.end, end))
        if row.id == "noun.branch" and _ECONOMY.match(self.key, hit.end):
            return None
        lone = count == 1 and not quantifier and not loose
        if lone and row.id == "noun.force" and _CAPITAL.search(self.text, hit.end, end):
            lone = False  # 'lực lượng Cảnh sát giao thông'
        if lone and (row.bare == "list" or " " not in self.key[hit.start : end]):
            return None
        kind = ActorKind.GROUP if quantifier and row.kind is not ActorKind.PARTY else row.kind
        return Phrase(
            end,
            kind,
            row.id,
            bare=not quantifier and count == 1,
            plural=bool(quantifier) or count > 1,
            weight=row.weight
            + OWNED * owned
            + SPECIAL * (self.key.find(_ABOUT, start, end) > 0)
            + TOLD_TERM * (term is not None),
        )

    def organises(self, at: int) -> bool:
        """Whether 'tổ chức' at `at` is a verb: a word follows that is no part of a name."""
        hit = self.at.get(at)
        return hit is not None and self.key[at : hit.end + 1] == _ORGANISES

    def _next(self, at: int, first: NounRow, *, narrowed: bool) -> tuple[int, NounRow] | None:
        """One further noun of a list with its own small modifiers, or field of the noun before it."""
        hit = self.at.get(at)
        row = hit.value.noun if hit else None
        if hit is not None and row is None and first.joins == "org" and _MEMBER_ENDS.match(self.key, hit.end):
            head = hit.value.head
            if head is not None and head.plural and " " not in self.key[at : hit.end]:
                return hit.end, first
        if hit is None or row is None:
            found = (
                field_at(self.key, at)
                if first.id in ("noun.agency", "noun.enterprise", "noun.office", "noun.force")
                else None
            )
            return (found[0], first) if found and (narrowed or not self.capital(at)) and not self._named(at) else None
        if row.id == "noun.ranks" and first.id not in ("noun.force", "noun.ranks"):
            return None
        if _joins(first, row) is False or (self.key.startswith("lực lượng", at) and first.id == "noun.force"):
            return None
        if hit.value.head is not None and self._named(at):
            return None
        end = self._narrow(hit.start, hit.end, hit.value.noun)
        return (end, row) if end else None

    def _closing(self, end: int, row: NounRow, *, counted: bool) -> int:
        """The end of what only some nouns have after them; `counted`: a quantifier stands before the noun."""
        if row.id in ("noun.project", "noun.client") and (projects := _PROJECTS.match(self.key, end)):
            return projects.end()
        if row.joins == "people":
            return self._desk(end) or self._staff_of(end) or end
        if row.id == "noun.competent":
            end = self._standing(end) or end
        national = _NATIONAL.match(self.key, end) if counted or row.id == "noun.competent" else None
        return national.end() if national else end

    def _desk(self, end: int) -> int | None:
        """The end of the office where people work ('công chức tại Bộ phận Một cửa các cấp')."""
        at = _AT.match(self.key, end)
        body = self.body(at.end()) if at else None
        return body.end if body and body.rule == "head.institution" and not body.bare else None

    def _staff_of(self, end: int) -> int | None:
        """The end of the bodies where people work ('chuyên viên các phòng thuộc Sở')."""
        body = self.body(end + 1) if self.key[end : end + 1] == " " else None
        if body is not None and not body.bare and body.rule.startswith("head."):
            return body.end  # 'cán bộ Phòng Kinh tế'
        of = _STAFF_OF.match(self.key, end)
        group = self.group(of.end()) if of else None
        return group.end if group and group.rule in _EMPLOYERS else None

    def _standing(self, end: int) -> int | None:
        """The end of the body whose standing office an agency is ('cơ quan thường trực Ban Chỉ đạo 389')."""
        body = self.body(end + 1) if self.key.endswith("thường trực", 0, end) else None
        return body.end if body else None

    def _named_members(self, at: int, *, bodies: bool) -> int | None:
        """The end of 'Sở: Tài chính, Nội vụ' or 'Sở Tài chính, Nội vụ và Y tế' after 'các', where a list follows."""
        hit = self.at.get(at)
        if hit is None or (hit.value.head is None and hit.value.noun is None):
            return None
        end = hit.end
        if hit.value.head is None or not hit.value.head.plural:
            group = self.group(at, loose=True)
            end = group.end if group else end
            if self.key[end : end + 1] != ":":
                return None
        elif self.key[end : end + 1] == ",":
            group = self.group(at, loose=True)
            end = group.end if group else end
        colon = self.key[end : end + 1] == ":"
        head = hit.value.head if colon else None
        first = self._member(end + 1 + colon, head) if self.key[end + colon : end + colon + 1] == " " else None
        if first is None:
            listed = self.body(end + 2) if bodies and colon and self._named(end + 2) else None
            last = self.more_bodies(listed.end) if listed else end
            return last if listed and last > listed.end else None
        end = first
        for _ in range(40):
            step = _LIST.match(self.key, end)
            more = self._member(step.end(), head) if step else None
            if more is None:
                break
            end = more
        if colon and end == first and self.key[end : end + 1] == " ":
            return None  # 'các cơ quan của tỉnh: Xây dựng kế hoạch'
        return self.modifiers(end)

    def more_bodies(self, end: int) -> int:
        """The end of a list of bodies that goes on at `end` ('lãnh đạo Tỉnh ủy, UBND tỉnh')."""
        for _ in range(12):
            step = _BODIES.match(self.key, end)
            body = self.body(step.end()) if step else None
            if body is None or body.bare or body.kind is ActorKind.POSITION:
                break
            end = body.end
        return end

    def _member(self, at: int, head: HeadRow | None = None) -> int | None:
        """The end of a field or fixed name in a list of named members; `head` before a colon makes any name one."""
        if not self.capital(at):
            return None
        hit = self.at.get(at)
        if hit is not None and hit.value.name is not None:
            return hit.end if hit.value.name.kind is not ActorKind.POSITION else None
        found = field_at(self.key, at)
        body = self.body(at) if found and hit is not None and hit.value.head is not None else None
        if found is None:
            return self._unknown_member(at, head) if head is not None and hit is None else None
        company = _COMPANY_ENDS.match(self.key, found[0])
        end = company.end() if company else found[0]
        return end if body is None or body.end <= end else None

    def _unknown_member(self, at: int, head: HeadRow) -> int | None:
        """The end of a name that no table holds, up to the next member ('Chế biến nông sản và nghề muối')."""
        if predicate_at(self.key, at):
            return None
        end = self._proper(at - 1, head)
        more = self.key.startswith(" và ", end) and self.text[end + 4 : end + 5].islower() and end + 4 not in self.at
        while more and self.key[end : end + 1] == " " and not ends_name(self.key, end + 1):
            end = self.word_end(end + 1)
        return end if end >= at and self.key[end : end + 1] in (",", ";", " ", "\n", ".", ":") else None

    def _plural_body(self, at: int) -> Phrase | None:
        """'các Ban Quản lý dự án', 'các Tổng cục, Cục, Vụ': a plural of heads of names."""
        hit = self.at.get(at)
        delegates = hit is not None and hit.value.name is not None and hit.value.name.tail == "level"
        if hit is None or not (
            delegates or (hit.value.head is not None and (hit.value.head.plural or hit.value.head.takes == "level"))
        ):
            return None
        body = self.body(at)
        end = body.end if body else self._narrow(hit.start, hit.end, hit.value.noun) or hit.end
        while end == hit.end:  # a head without a name: more may follow in one list
            step = _STEP.match(self.key, end)
            more = self.at.get(step.end()) if step else None
            if more is None or not _listable(more.value) or self._named(more.start):
                break
            hit, end = more, self._narrow(more.start, more.end, more.value.noun) or more.end
        after = self.modifiers(end)
        if " " not in self.key[at:after] and not self.capital(at):
            return None  # 'các vụ', 'các ban'
        named = body is not None and not body.bare and self.key.endswith("một số ", 0, at)
        return Phrase(after, ActorKind.GROUP, "group.heads", plural=True, weight=(HEADS + named) * self.capital(at))

    def _named(self, at: int) -> bool:
        """Whether a body with a name of its own begins at `at`."""
        body = self.body(at) if self.capital(at) else None
        return body is not None and not body.bare

    def _narrow(self, start: int, end: int, row: NounRow | None) -> int | None:
        """The end of the small words that say what kind of body a noun means ('cơ quan báo chí').

        None where a noun of one syllable is only part of a longer word ('các bộ phận', 'ban hành').
        """
        key = self.key
        if row is not None and row.id in ("noun.competent", "noun.locality", "noun.side"):
            return self._about(end)
        school = key[start:end] == "trường" and parts("school").match(key, end + 1)
        short = not school and " " not in key[start:end]
        verb = key.startswith("tổ chức", start) and end - start == 7 and not key.endswith("các ", 0, start)
        for _ in range(MAX_WORDS):
            if key[end : end + 1] != " " or _MODIFIER.match(key, end):
                break
            at = end + 1
            known = field_at(key, at)
            if known is not None and (self.capital(at) or not predicate_at(key, at)):
                end, short = known[0], False
                continue
            party = _OF_STATE.match(key, at)
            if party:
                end = party.end()
                continue
            if not self.text[at : at + 1].islower() or ends_name(key, at) or key.startswith("và ", at):
                break
            if short or verb:
                return None
            if key.startswith("quản lý", at) and row is not None and row.id in ("noun.sector", "noun.local"):
                break  # 'do các sở, ngành quản lý'
            hit = self.at.get(at)
            if hit is not None and hit.value.noun is not None and hit.value.noun.id == "noun.agency":
                break
            word = _WORD.match(key, at)
            if word is None:
                break
            end = word.end()
        return self._about(end)

    def _about(self, end: int) -> int:
        """The end of the field a body works in ('cơ quan chuyên môn về y tế'), `end` where none is named."""
        key = self.key
        if not key.startswith(_ABOUT, end) or not key.endswith(_OFFICIAL, 0, end):
            return end
        at = end + len(_ABOUT)
        found = field_at(key, at)
        stop = found[0] if found else self.word_end(at)
        if found is None and predicate_at(key, at) and key[stop : stop + 1] == " ":
            stop = self.word_end(stop + 1)  # 'về tổ chức bộ máy'
        for _ in range(MAX_WORDS):
            listed = field_at(key, stop + 2) if key.startswith(", ", stop) else None
            if listed is not None:
                stop = listed[0]
                continue
            small = found is None and key[stop : stop + 1] == " " and self.text[stop + 1 : stop + 2].islower()
            if not small or _MODIFIER.match(key, stop) or ends_name(key, stop + 1) or key.startswith("và ", stop + 1):
                break
            stop = self.word_end(stop + 1)
        return stop

    def modifiers(self, end: int) -> int:
        """The end of 'có liên quan', 'thuộc Bộ', 'trên địa bàn tỉnh' and the like after a group."""
        for _ in range(4):
            if self.key[end : end + 1] != " ":
                break
            of = _OF_BODY.match(self.key, end)
            council = not of and self.key.endswith(" ban", 0, end) and self.capital(end + 1)  # 'các Ban HĐND tỉnh'
            body = self.body(of.end() if of else end + 1) if of or council else None
            if body is not None and (of or body.rule == "head.peoples-council"):
                end = body.end
                continue
            owner = self.level(of.end() - 1) if of else 0
            if of and owner >= of.end():
                end = owner
                continue
            owners = self._owners(of.end()) if of else 0
            if owners:
                return owners
            level = self.level(end)
            match = _MODIFIER.match(self.key, end)
            if match is None and level == end:
                break
            end = max(level, match.end() if match else end)
        return end

    def _owners(self, at: int) -> int:
        """The end of the bodies at `at` that others belong to ('đơn vị trực thuộc các sở, ban, ngành'), 0 for none."""
        if self.depth >= MAX_DEPTH or not self.key.startswith("các ", at):
            return 0
        self.depth += 1
        group = self.group(at)
        self.depth -= 1
        return group.end if group is not None and group.rule in ("noun.sector", "group.heads") else 0


def _listable(anchor: Anchor) -> bool:
    """Whether a phrase can go on a list of bodies without names, 'các Cục, Vụ và địa phương'."""
    return (anchor.noun is not None and anchor.noun.joins == "org") or bool(anchor.head and anchor.head.plural)


def _joins(first: NounRow, more: NounRow) -> bool | None:
    """Whether two nouns stand in one list: True, False, or None where only a shared modifier at its end says so."""
    if first.joins == more.joins != "none" or (first.joins == "people" and more.id == "noun.individual"):
        return True
    if {first.joins, more.joins} <= {"party", "rule", "org"}:
        return None
    return False
