"""Who is there to be given work, by the issuer of a document and its day: one body, lists of them, elliptic groups."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from typing import Any

from .data import table
from .draft import Name, Parts
from .phrases import KINDS, Speaker, names_of
from .plan import Plan
from .registers import PARTY
from .world import PROVINCES_MERGED, Body, world

_POOLS = {"ubnd": "ubnd", "vp": "ubnd", "hdnd": "ubnd", "tinh_uy": "party"}
_ABLE = 0.4  # share of actors whose field the document is about
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
    while (into := table("world")["departments"][out[-1]].get("into")) is not None:
        out.append(into)
    return out


class Cast:
    """The actors of one document. `able`: those whose field it is."""

    def __init__(self, plan: Plan, speaker: Speaker, rng: random.Random) -> None:
        self.plan, self.speaker, self.rng = plan, speaker, rng
        body = plan.body
        self.level = body.near.split(" ", 1)[-1] if body.kind not in ("tinh_uy",) else "tỉnh"
        area = world().areas.get(body.area) if body.area else None
        if body.kind in ("vp", "tinh_uy") and area:
            self.level = area.level
        heads = {"ubnd": "Chủ tịch", "huyen": "Chủ tịch", "xa": "Chủ tịch", "so": "Giám đốc"}
        self.head = f"{heads[body.kind]} {body.near}" if body.kind in heads else ""
        self.places: tuple[str, list[str]] | None = None  # a rank below the issuer, names of that rank
        old = plan.day < PROVINCES_MERGED
        name = f"{_POOLS[body.kind]}_{'old' if old else 'new'}" if body.kind in _POOLS else body.kind
        if body.kind == "ban_bi_thu":
            name = "party_central"
        pools = table("cast")["bearers"]
        below = {"quận": "các phường", "huyện": "các xã, thị trấn"}.get(self.level, "các xã, phường")
        fills = {"{level}": self.level, "{below}": below, "{party}": body.near if body.kind == "tinh_uy" else ""}
        ended = table("cast")["ended"]
        gone = ended["words"] if plan.day > ended["last"].toordinal() else []
        self.pool: dict[str, list[str]] = {}
        for kind, words in pools.get(name, pools["central"]).items():
            rows = []
            for row in words:
                if any(word in row for word in gone):
                    continue
                for mark, value in fills.items():
                    row = row.replace(mark, value)
                rows.append(row)
            self.pool[kind] = rows
        self._made(
            body.kind if name in pools and body.kind in table("cast")["made"] else _POOLS.get(body.kind, "central")
        )
        self.able = self._able(body, old)
        self._named = ""
        self._busy: list[str] = []  # who was told to act last: nobody works with himself

    def _made(self, kind: str) -> None:
        """Names composed for this document, beside those that all know."""
        words, group = table("cast")["words"], table("fields")[self.plan.field]["group"]
        for letter, patterns in table("cast")["made"].get(kind, {}).items():
            for pattern in patterns:
                for _ in range(1 + int(self.rng.random() * 2)):
                    mark = re.search(r"\{(\w+)\}", pattern.replace("{level}", self.level))
                    text = pattern.replace("{level}", self.level)
                    if mark:
                        rows = words[mark[1]]
                        if isinstance(rows, dict):
                            rows = rows["any"] + 2 * rows.get(group, [])
                        text = text.replace(mark[0], self.speaker.one(rows))
                    self.pool.setdefault(letter, []).append(text)

    def _able(self, body: Body, old: bool) -> list[Person]:
        row, places = table("fields")[self.plan.field], world()
        if body.kind in ("ubnd", "vp", "hdnd"):
            departments = [b for b in places.by_area("so", body.area) if b.lives(self.plan.day)]
            self.departments = [b.near for b in departments]
            self.pool["a"] = [*self.departments, *self.departments, *self.pool["a"]]
            self.pool["p"] = [*[f"Giám đốc {name}" for name in self.departments], *self.pool["p"]]
            lower = places.lower[("huyen" if old else "xa", body.area)]
            self.pool["a"] += [b.short for b in lower[:5]]
            level = "huyện" if old else "xã"
            names = [b.office.removeprefix(f"{level} ") for b in lower if b.office.startswith(f"{level} ")]
            self.places = (level, names) if len(names) > 2 else None
            found = [places.get("so", body.area, key) for key in offices(row)]
            return [("a", b.near) for b in found if b and b.lives(self.plan.day)][:1]
        self.departments = []
        if body.kind in ("huyen", "xa"):
            room = table("cast")["rooms"][body.kind][row["group"]]
            return [("u" if not room.startswith("Công an") else "a", room.replace(" xã", f" {self.level}"))]
        if body.kind == "so":
            self.pool["g"] += ["UBND các huyện, thị xã, thành phố" if old else "UBND các xã, phường"]
        return [(kind, self.pool[kind][0]) for kind in ("u", "g") if kind in self.pool]

    # -- one or several ------------------------------------------------------------------------
    def one(self, kinds: str = "gaaauuopd") -> Parts:
        """An actor that is not the one named last."""
        for _ in range(4):
            kind, words = self._draw(kinds)
            if words != self._named:
                break
        self._named = words
        return [Name([words], KINDS[kind])]

    def _draw(self, kinds: str) -> Person:
        found = self._any(kinds)
        for _ in range(6):
            if found[1] not in self._busy:
                break
            found = self._any(kinds)
        return found

    def _any(self, kinds: str) -> Person:
        if self.able and self.rng.random() < _ABLE:
            return self.able[int(self.rng.random() * len(self.able))]
        fit = [kind for kind in kinds if kind in self.pool] or list(self.pool)
        kind = fit[int(self.rng.random() * len(fit))]
        return kind, self.speaker.pick(f"cast {kind}", self.pool[kind])

    def several(self, low: int, high: int, kinds: str = "gaaauuod") -> Parts:
        """`Sở A, Sở B và UBND các xã, phường`: one form each."""
        many = low + int(self.rng.random() * (high - low + 1))
        chosen: list[Person] = []
        for _ in range(many * 3):
            if len(chosen) < many and (one := self._draw(kinds)) not in chosen:
                chosen.append(one)
        chosen.sort(key=lambda one: one[0] == "g")  # groups stand last
        self._named = chosen[-1][1]
        return listed([Name([words], KINDS[kind]) for kind, words in chosen], self._and(len(chosen)))

    def _and(self, many: int) -> str:
        return " và " if many == 2 or self.rng.random() < 0.6 else ", "

    def elliptic(self) -> Parts:
        """`các Sở: Nội vụ, Tài chính`, `UBND các xã: A, B và C`: one form; where there are none a list."""
        if self.places and self.rng.random() < 0.3:
            return self._places(*self.places)
        if len(self.departments) < 3:
            return self.several(2, 3)
        names = [name.removeprefix("Sở ") for name in self.departments if "," not in name]
        at = int(self.rng.random() * (len(names) - 3))
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
        self._busy = [name.text for name in names_of(found)]
        return found

    def bearers(self) -> Parts:
        """Several who must act."""
        self._busy = []
        found = self.several(2, 4)
        self._busy = [name.text for name in names_of(found)]
        return found

    def others(self) -> Parts:
        """With whom: one or several."""
        draw = self.rng.random()
        if draw < 0.4:
            return self.one()
        return self.several(2, 3) if draw < 0.9 else self.elliptic()

    def heads(self) -> Parts:
        """Whom the last article of a decision names."""
        chosen = [("p", words) for words in self.pool.get("p", [])]
        self.rng.shuffle(chosen)
        names = [Name([words], KINDS[kind]) for kind, words in chosen[: 2 + int(self.rng.random() * 3)]]
        mark = "; " if self.rng.random() < 0.3 else ", "
        tail = Name(
            ["các tổ chức, cá nhân có liên quan" if self.rng.random() < 0.6 else "các cơ quan, đơn vị có liên quan"],
            "group",
        )
        return listed([*names, tail], " và " if self.rng.random() < 0.7 else mark, mark)

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
