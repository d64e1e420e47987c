"""Who is there to be given work, by the issuer of a document, its field and its day: one body, lists, groups."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from functools import cache
from typing import Any

from .data import table
from .draft import Name, Parts
from .phrases import KINDS, Speaker, names_of
from .plan import Plan
from .registers import PARTY
from .world import MINISTRIES_MERGED, PROVINCES_MERGED, Body, world

_POOLS = {"ubnd": "ubnd", "vp": "ubnd", "hdnd": "ubnd", "tinh_uy": "party"}
_PARTIES = {"ban_bi_thu": "party_central"}
Person = tuple[str, str]  # kind, words


def own_name(body: Body) -> str:
    """How a body calls itself."""
    return (
        body.near if body.kind not in ("bo", "quoc_hoi", "chinh_phu", "thu_tuong", "ban_bi_thu", "cuc") else body.short
    )


def body_kind(body: Body) -> str:
    """The kind of actor a body is."""
    if body.kind in PARTY:
        return "d"
    return {"thu_tuong": "p", "cong_ty": "o", "truong": "o", "vp": "u"}.get(body.kind, "a")


def offices(row: dict[str, Any]) -> list[str]:
    """The departments that have had a field, the later last."""
    out = list(row["departments"])
    while out and (into := table("world")["departments"][out[-1]].get("into")) is not None:
        out.append(into)
    return out


_POST = re.compile(
    r"(?:phó )?(?:giám đốc|chánh|chủ tịch|thủ trưởng|bộ trưởng|vụ trưởng|thống đốc|tổng (?=thanh tra)|trưởng(?! phòng))"
    r"(?:, chủ nhiệm)? "
)


_LOCAL = re.compile(r"(?:Chủ tịch )?(?:UBND|Ủy ban nhân dân) ")


@cache
def root(words: str) -> str:
    """The body behind a name: a post and its body, or two names of one group, have the same."""
    text = words.lower().replace("ủy ban nhân dân", "ubnd").replace("trưởng phòng", "phòng")
    text = _POST.sub("", text, count=1)
    for mark in ("ubnd các", "ubnd cấp", "các sở", "cơ quan, đơn vị", "các đơn vị", "các bộ"):
        if mark in text:
            return mark.replace("cấp", "các").replace("cơ quan, đơn vị", "các đơn vị")
    return text


@cache
def _deeds() -> dict[str, list[str]]:
    return {who: row["do"] for row in table("competence")["deeds"] for who in row["who"]}


class Cast:
    """The actors of one document. `able`: those whose field it is; others do what befits them (`deeds`)."""

    def __init__(self, plan: Plan, speaker: Speaker, rng: random.Random) -> None:
        self.plan, self.speaker, self.rng = plan, speaker, rng
        body, old = plan.body, plan.day < PROVINCES_MERGED
        self.field: dict[str, Any] = table("competence")["fields"][plan.field]
        area = world().areas.get(body.area) if body.area else None
        self.level = body.near.split(" ", 1)[-1] if body.kind in ("huyen", "xa") else area.level if area else ""
        heads = {"ubnd": "Chủ tịch", "huyen": "Chủ tịch", "xa": "Chủ tịch", "so": "Giám đốc"}
        self.head = f"{heads[body.kind]} {body.near}" if body.kind in heads else ""
        self.places: tuple[str, list[str]] | None = None  # a rank below the issuer, names of that rank
        self.departments: list[str] = []
        self.pool: dict[str, list[str]] = {}
        self._general(body, old)
        self.able = self._able(body, old)
        self._own = {words for _, words in self.able}
        absent = tuple(table("cast")["absent"].get(body.kind, ()))
        self.near = [one for one in self._people(self.field.get("near", ())) if not one[1].startswith(absent)]
        self._crowd = {words for _, words in self._people(self.field["crowd"])}
        if body.kind not in PARTY:
            self._join(self._people(self.field["crowd"]))
        if body.kind in ("ubnd", "vp", "hdnd", "huyen", "xa"):
            self._join(self.near)
        self._not_itself(body)
        self._named = ""
        self._busy: list[str] = []  # roots of who was told to act last: nobody works with himself

    # -- who there is ------------------------------------------------------------------------------
    def _general(self, body: Body, old: bool) -> None:
        """Those who have to do with every field."""
        name = f"{_POOLS[body.kind]}_{'old' if old else 'new'}" if body.kind in _POOLS else body.kind
        pools, gone = table("cast")["bearers"], table("cast")["gone"]
        over = [mark for mark, since in gone.items() if self.plan.day >= since.toordinal()]
        chosen = pools.get(_PARTIES.get(name, name), pools["central"])
        below = {"quận": "các phường", "huyện": "các xã, thị trấn"}.get(self.level, "các xã, phường")
        fills = {"{level}": self.level, "{below}": below, "{party}": body.near if body.kind == "tinh_uy" else ""}
        for kind, words in chosen.items():
            for row in words:
                if any(mark in row for mark in over):
                    continue
                if "{" in row:
                    for mark, value in fills.items():
                        row = row.replace(mark, value)
                self.pool.setdefault(kind, []).append(row)

    def _people(self, rows: Sequence[str]) -> list[Person]:
        """Names of the table of competence, as they are on the day."""
        out = []
        for row in rows:
            if "{level}" in row and not self.level:
                continue
            kind, _, words = row.partition(" ")
            old, bar, new = words.partition(" | ")
            turn = MINISTRIES_MERGED if self.plan.body.kind in ("bo", "cuc") else PROVINCES_MERGED
            words = new if bar and self.plan.day >= turn else old
            out.append((kind, words.replace("{level}", self.level)))
        return out

    def _join(self, people: Sequence[Person], times: int = 1) -> None:
        for kind, words in people:
            rows = self.pool.setdefault(kind, [])
            if words not in rows:
                rows.extend([words] * times)

    def _able(self, body: Body, old: bool) -> list[Person]:
        """Those whose field it is, and with them the departments that have to do with it."""
        row, places, day = table("fields")[self.plan.field], world(), self.plan.day
        own = {"vp": "ubnd", "hdnd": "ubnd"}.get(body.kind, body.kind)
        found = self._people(self.field.get("own", {}).get(own, ()))
        if own == "ubnd":
            chief = self._departments(body, offices(row))
            related = [key for one in self.field["with"] for key in offices({"departments": [one]})]
            near = self._departments(body, [*related, "tai-chinh", "noi-vu"])
            self.departments = list(dict.fromkeys([*chief, *near]))
            self.pool["a"] = [*chief, *self.departments, *self.departments, *self.pool["a"]]
            self.pool["p"] = [*[f"Giám đốc {name}" for name in self.departments], *self.pool["p"]]
            lower = places.lower[("huyen" if old else "xa", body.area)]
            self.pool["a"] += [b.short for b in lower[:5]]
            level = "huyện" if old else "xã"
            names = [b.office.removeprefix(f"{level} ") for b in lower if b.office.startswith(f"{level} ")]
            self.places = (level, names) if len(names) > 2 else None
            found = [*[("a", name) for name in chief], *found]
        elif body.kind == "so":
            found = found if body.office in offices(row) else []
            self.pool["g"].append("UBND các huyện, thị xã, thành phố" if old else "UBND các xã, phường")
        elif body.kind in ("thu_tuong", "chinh_phu", "quoc_hoi"):
            ministry = places.at(places.found[("bo", "", row["ministries"][0])], day)
            found = [("a", ministry.short)] if ministry else []
        self._join(found, 2)
        if not found:
            found = [(kind, self.pool[kind][0]) for kind in "gud" if kind in self.pool][:1]
        return found

    def _departments(self, body: Body, keys: Sequence[str]) -> list[str]:
        found = [world().get("so", body.area, key) for key in keys]
        return list(dict.fromkeys(b.near for b in found if b and b.lives(self.plan.day)))

    def _not_itself(self, body: Body) -> None:
        """Who speaks gives no work to himself by his name."""
        own = {root(own_name(body)), root(body.short), root(body.name)}
        for kind, rows in list(self.pool.items()):
            left = [row for row in rows if root(row) not in own]
            if left:
                self.pool[kind] = left
            else:
                del self.pool[kind]
        self.able = [one for one in self.able if root(one[1]) not in own]

    # -- what befits them ------------------------------------------------------------------------------
    def deeds(self, names: Sequence[Name]) -> tuple[str, list[str]]:
        """`own` where the field is theirs; else whose deeds are theirs, and these; `any` for groups of all kinds."""
        if not names:
            return "own", []
        text = names[0].text
        if text in self._own or _LOCAL.match(text) or len(names) > 2:
            return "own", []
        if text in self._crowd:
            return "crowd", _deeds()["crowd"]
        bare = text.removeprefix("Giám đốc ").removeprefix("Trưởng ")
        who = next((who for who in _deeds() if text.startswith(who) or bare.startswith(who)), "")
        return (who, _deeds()[who]) if who else ("any", [])

    # -- one or several ------------------------------------------------------------------------
    def one(self, kinds: str = "gaaauuopd") -> Parts:
        """An actor that is not the one named last."""
        for _ in range(6):
            kind, words = self._draw(kinds)
            if root(words) != self._named:
                break
        self._named = root(words)
        return [Name([words], KINDS[kind])]

    def _draw(self, kinds: str) -> Person:
        found = self._any(kinds)
        for _ in range(6):
            if root(found[1]) not in self._busy and root(found[1]) != self._named:
                break
            found = self._any(kinds)
        return found

    def _any(self, kinds: str) -> Person:
        if self.able and self.rng.random() < 0.3:
            return self.able[int(self.rng.random() * len(self.able))]
        fit = [kind for kind in kinds if kind in self.pool] or list(self.pool)
        kind = fit[int(self.rng.random() * len(fit))]
        return kind, self.speaker.pick(f"cast {kind}", self.pool[kind])

    def several(self, low: int, high: int, kinds: str = "gaaauuod") -> Parts:
        """`Sở A, Sở B và UBND các xã, phường`: one form each."""
        many = low + int(self.rng.random() * (high - low + 1))
        chosen: dict[str, Person] = {}
        for _ in range(many * 3):
            if len(chosen) < many:
                one = self._draw(kinds)
                chosen.setdefault(root(one[1]), one)
        people = sorted(chosen.values(), key=lambda one: one[0] == "g")  # groups stand last
        self._named = root(people[-1][1])
        return listed([Name([words], KINDS[kind]) for kind, words in people], self._and(len(people)))

    def _and(self, many: int) -> str:
        return " và " if many == 2 or self.rng.random() < 0.6 else ", "

    def elliptic(self) -> Parts:
        """`các Sở: Nội vụ, Tài chính`, `UBND các xã: A, B và C`: one form; where there are none a list."""
        if self.places and self.rng.random() < 0.3:
            return self._places(*self.places)
        names = [
            name.removeprefix("Sở ")
            for name in self.departments
            if "," not in name and name.lower() not in self._busy
        ]  # fmt: skip
        if len(names) < 3:
            return self.several(2, 3)
        at = int(self.rng.random() * (len(names) - 2))
        some = names[at : at + 2 + int(self.rng.random() * 2)]
        if self.rng.random() < 0.3:
            return [Name([f"Giám đốc các Sở: {', '.join(some)}"], "position")]
        return [Name([f"các Sở: {', '.join(some)}"], "group")]

    def _places(self, level: str, names: list[str]) -> Parts:
        """`Chủ tịch UBND các huyện: A, B`: of one rank, by their names."""
        at = int(self.rng.random() * (len(names) - 1))
        some = names[at : at + 2 + int(self.rng.random() * 2)]
        words = ", ".join(some) if self.rng.random() < 0.6 else f"{', '.join(some[:-1])} và {some[-1]}"
        who = self.speaker.one(["UBND", "Ủy ban nhân dân", "Chủ tịch UBND"])
        return [Name([f"{who} các {level}: {words}"], "position" if who.startswith("Chủ") else "group")]

    def bearer(self) -> Parts:
        """Who must act: most often one, now and then several, an elliptic group or a position."""
        self._busy, draw = [], self.rng.random()
        if draw < 0.7:
            found = self.one()
        elif draw < 0.78:
            found = self.one("p")
        else:
            found = self.several(2, 4) if draw < 0.92 else self.elliptic()
        return self._acting(found)

    def bearers(self) -> Parts:
        """Several who must act."""
        self._busy = []
        return self._acting(self.several(2, 4))

    def _acting(self, found: Parts) -> Parts:
        names = names_of(found)
        self._busy = [root(name.text) for name in names]
        for name in names:
            if ": " in name.text:  # `các Sở: Nội vụ, Tài chính`
                self._busy += [f"sở {one}".lower() for one in name.text.partition(": ")[2].split(", ")]
        self.speaker.doers = names
        return found

    def others(self) -> Parts:
        """With whom: one or several."""
        draw = self.rng.random()
        free = [one for one in self.near if root(one[1]) not in self._busy]
        if free and draw < 0.12:
            kind, words = free[int(self.rng.random() * len(free))]
            return [Name([words], KINDS[kind])]
        if draw < 0.4:
            return self.one()
        return self.several(2, 3) if draw < 0.9 else self.elliptic()

    def heads(self) -> Parts:
        """Whom the last article of a decision names."""
        chosen = {root(words): ("p", words) for words in self.pool.get("p", [])}
        people = list(chosen.values())
        self.rng.shuffle(people)
        names = [Name([words], KINDS[kind]) for kind, words in people[: 2 + int(self.rng.random() * 3)]]
        mark = "; " if self.rng.random() < 0.3 else ", "
        tail = Name(
            ["các tổ chức, cá nhân có liên quan" if self.rng.random() < 0.6 else "các cơ quan, đơn vị có liên quan"],
            "group",
        )
        return listed([*names, tail], " và " if self.rng.random() < 0.7 else mark, mark)

    def owner(self) -> Parts:
        """One whose field it is."""
        if not self.able:
            return self.bearer()
        kind, words = self.able[int(self.rng.random() * len(self.able))]
        return self._acting([Name([words], KINDS[kind])])

    def proxy(self) -> Parts:
        """A post that the head can give a power to: of the body whose field it is."""
        posts = [f"Giám đốc {name}" for name in self.departments[:1]] or self.pool.get("p") or ["người được ủy quyền"]
        single = [words for words in posts if " các " not in words] or posts
        return [Name([self.speaker.one(single)], "position")]

    def first(self, heads: tuple[str, ...]) -> Parts:
        """One of those that bear such a name, or whose field it is."""
        rows = [(kind, words) for kind in "ua" for words in self.pool.get(kind, ()) if words.startswith(heads)]
        rows = [one for one in dict.fromkeys(rows) if root(one[1]) not in self._busy] or self.able
        if not rows:
            return self.one()
        kind, words = rows[int(self.rng.random() * len(rows))]
        return [Name([words], KINDS[kind])]

    def everybody(self) -> Parts:
        words = self.speaker.one(table("cast")["everybody"])
        return [Name([words], "position" if words.startswith("thủ trưởng") else "group")]


def listed(names: Sequence[Name], last: str, mark: str = ", ") -> Parts:
    """Names with commas between them and `last` before the last one."""
    out: Parts = []
    for at, name in enumerate(names):
        if at:
            out.append(last if at == len(names) - 1 else mark)
        out.append(name)
    return out
