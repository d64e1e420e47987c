"""Which documents there are: heads and links of all of them, thread by thread, a few hundred bytes each.

Thread `t` is made from the seed and `t` alone, and a document cites only documents before it: the first documents of
a corpus are the same whatever its size.
"""

from __future__ import annotations

import random
from bisect import bisect_left
from typing import Any, NamedTuple
from zlib import crc32

from .data import table
from .registers import BY_ID, TYPES, day_of, issues, number_near, pack, period_of, total, unpack, written
from .world import FIRST, LAST, PROVINCES_MERGED, Body, world

Made = dict[str, int]  # documents of a thread by the id of their step


class Plan(NamedTuple):
    """One document: its identity (`registers.pack`), day, field and topic, the grammar of its body, whom it goes to.

    `links` are documents before it that it cites, with the relation. `copy` says how it repeats the document
    `links[0]` and is empty for others.
    """

    key: int
    day: int
    field: str
    topic: int
    role: str
    to: int
    scope: str
    links: tuple[tuple[int, str], ...]
    copy: str = ""

    @property
    def body(self) -> Body:
        return world().bodies[self.key >> 22]

    @property
    def number(self) -> str:
        return written(self.key, unit_of(self.key, self.field))


COPIES = ("draft", "true_copy", "reissue", "reprint")


def unit_of(key: int, field: str) -> str:
    """The letters of the unit that drafts a công văn on this field."""
    body, kind, _, number = unpack(key)
    if TYPES[kind].id != "cong_van":
        return ""
    issuer = world().bodies[body]
    if issuer.units:
        return issuer.units[table("fields")[field]["group"]]
    if not issuer.suffixes:
        return ""
    return issuer.suffixes[(crc32(field.encode()) + (number % 11 == 0)) % len(issuer.suffixes)]


class Corpus:
    """The plans of all documents, and the index of their numbers."""

    def __init__(self, n: int, seed: int, copies: float = 0.0, types: tuple[str, ...] = ()) -> None:
        """`types`: values of types that are wanted more often than they come: only threads that have them."""
        self.seed = seed
        self._wanted = {kind.id for kind in TYPES if kind.value in types}
        self.plans: list[Plan] = []
        self.taken: set[int] = set()
        self.numbers: dict[int, int | list[int]] = {}
        self.by_scope: dict[tuple[str, str], list[int]] = {}
        self.latest: dict[tuple[int, int], int] = {}
        self._copies = copies
        self._fields: dict[str, Any] = table("fields")
        threads = [row for row in table("threads") if not types or any(map(self._wants, row["steps"]))]
        weights = [row["weight"] for row in threads]
        thread = 0
        while len(self.plans) < n and thread < 40 * n + 400:
            rng = random.Random(f"{seed}/{thread}")
            self._thread(rng, rng.choices(threads, weights)[0])
            thread += 1
        for index in range(n, len(self.plans)):
            self._forget(index)
        del self.plans[n:]

    def _wants(self, step: dict[str, Any]) -> bool:
        return not self._wanted.isdisjoint(step["type"])

    def _forget(self, index: int) -> None:
        crc = crc32(self.plans[index].number.encode())
        held = self.numbers.get(crc)
        if isinstance(held, list):
            held.remove(index)
        else:
            self.numbers.pop(crc, None)

    def with_number(self, number: str) -> list[int]:
        """The documents that bear this number, whoever issued them."""
        held = self.numbers.get(crc32(number.encode()), ())
        some = [held] if isinstance(held, int) else list(held)
        return [index for index in some if self.plans[index].number == number]

    def before(self, index: int, scope: str, field: str) -> list[int]:
        """Documents of a scope and field with a smaller index, for citations across threads."""
        rows = self.by_scope.get((scope, field), [])
        return rows[max(0, bisect_left(rows, index) - 40) : bisect_left(rows, index)]

    def _thread(self, rng: random.Random, thread: dict[str, Any]) -> None:
        places = world()
        areas = [area for area in places.areas.values() if not area.key.endswith("+") and "/" not in area.key]
        area = areas[int(rng.random() * len(areas))].key
        party = thread["id"] == "party"
        some = thread.get("fields", self._fields)
        fields = [key for key, row in self._fields.items() if row.get("party", False) <= party and key in some]
        field = fields[int(rng.random() * len(fields))]
        topic = int(rng.random() * 1_000_000)
        day = FIRST + 8 + int(rng.random() * (LAST - FIRST - 60))
        made: Made = {}
        for step in thread["steps"]:
            for _ in range(step.get("times", 1)):
                if rng.random() >= step.get("chance", 1) and not self._wants(step):
                    continue
                self._step(rng, step, area, field, topic, day, made)

    def _step(
        self, rng: random.Random, step: dict[str, Any], area: str, field: str, topic: int, day: int, made: Made
    ) -> None:
        links = tuple((made[name], relation) for name, relation in step.get("cites", {}).items() if name in made)
        if step.get("cites") and not links and not step.get("alone"):
            return
        start = max([self.plans[i].day for i, _ in links], default=day)
        if made and not links:
            start = max(self.plans[i].day for i in made.values())
        low, high = step.get("after", (0, 0)) if made else (0, 0)
        start += low + int(rng.random() * (high - low + 1)) if high else 0
        body = self._body(rng, step["by"], area, field, start, made)
        choices = step["type"]
        if self._wants(step):
            choices = {kind: weight for kind, weight in choices.items() if kind in self._wanted}
        kind = (
            BY_ID[rng.choices(list(choices), list(choices.values()))[0]]
            if "same" not in choices
            else TYPES[unpack(self.plans[made["first"]].key)[1]]
        )
        if body is None or not issues(body, kind):
            return
        key = self._twin(rng, body, kind.index, field) if not made else None
        key = key or self._number(body, kind.index, start)
        if key is None:
            return
        to = self._body(rng, step["to"], area, field, start, made)
        if to is None and step["role"] == "contract":
            return
        self.latest[(body.index, kind.index)] = len(self.plans)
        plan = Plan(
            key,
            day_of(*unpack(key)),
            field,
            topic,
            step["role"],
            to.index if to and to is not body else -1,
            step["to"],
            links,
        )
        index = self._add(plan)
        if "id" in step:
            made[step["id"]] = index
        general = body.kind in ("quoc_hoi", "chinh_phu", "thu_tuong", "bo", "ban_bi_thu")
        if general or plan.role in ("order", "decide", "resolve", "party", "conclude"):
            where = "central" if general else f"area {world().last(body).area}"
            self.by_scope.setdefault((where, field), []).append(index)
        if self._copies and random.Random(f"{self.seed}/copy/{index}").random() < self._copies:
            self._copy(index)

    def _add(self, plan: Plan) -> int:
        index = len(self.plans)
        self.plans.append(plan)
        self.taken.add(plan.key)
        crc = crc32(plan.number.encode())
        held = self.numbers.setdefault(crc, index)
        if held != index:
            self.numbers[crc] = [*([held] if isinstance(held, int) else held), index]
        return index

    def _copy(self, index: int) -> None:
        rng = random.Random(f"{self.seed}/copies/{index}")
        plan, how = self.plans[index], COPIES[int(rng.random() * len(COPIES))]
        day = plan.day + 1 + int(rng.random() * 3) if how == "reissue" else plan.day
        self._add(plan._replace(day=day, copy=how, links=((index, "copy"),)))

    def _body(self, rng: random.Random, by: str, area: str, field: str, day: int, made: Made) -> Body | None:
        places, row = world(), self._fields[field]
        key = places.area_at(area, day).key
        found: Body | None
        if by in ("quoc_hoi", "chinh_phu", "thu_tuong", "ban_bi_thu"):
            found = places.get(by)
        elif by == "bo":
            found = places.get("bo", "", row["ministries"][0])
        elif by in ("ubnd", "hdnd", "vp", "tinh_uy"):
            found = places.get(by, key)
        elif by == "so" and not row["departments"]:
            return None
        elif by == "so":
            found = places.get("so", key, row["departments"][0]) or places.get("so", area, row["departments"][0])
        elif by == "so_other":
            near = {"tai-chinh", "noi-vu", *table("competence")["fields"][field]["with"]} - set(row["departments"])
            there = [places.get("so", key, office) for office in near]
            others = sorted((b for b in there if b and b.lives(day)), key=lambda b: b.index)
            found = others[int(rng.random() * len(others))] if others else None
        elif by in ("cong_ty", "truong"):
            trades = table("competence")["fields"][field].get("trades", [])
            fit = [b for b in places.by_area(by, key) if b.lives(day)]
            if by == "cong_ty":
                fit = [b for b in fit if any(trade in b.name for trade in trades)]
            elif field not in ("giao-duc", "y-te", "chay-no"):
                fit = []
            found = fit[int(rng.random() * len(fit))] if fit else None
        elif by == "cuc":
            names = {one["name"] for one in table("world")["agencies"] if field in one["fields"]}
            fit = [b for b in places.by_area("cuc", "") if b.lives(day) and b.name in names]
            found = fit[int(rng.random() * len(fit))] if fit else None
        elif by == "local":
            rows = places.lower[("huyen", key)] if day < PROVINCES_MERGED else []
            rows = rows or places.lower[("xa", key)]
            found = rows[int(rng.random() * len(rows))] if rows else None
        elif by[:6] in ("by_of_", "to_of_"):
            plan = self.plans[made[by[6:]]] if by[6:] in made else None
            found = (
                None
                if plan is None
                else plan.body
                if by.startswith("by")
                else places.bodies[plan.to]
                if plan.to >= 0
                else None
            )
        else:
            return None
        return places.at(found, day) if found else None

    def _twin(self, rng: random.Random, body: Body, kind: int, field: str) -> int | None:
        """Now and then the number of another year's document of the same register: only a date tells them apart."""
        if rng.random() > 0.3 or (body.index, kind) not in self.latest:
            return None
        other = self.plans[self.latest[(body.index, kind)]]
        _, _, period, number = unpack(other.key)
        for wanted in (period + 1, period - 1, period + 2):
            if (
                0 <= wanted <= period_of(body, LAST)
                and number <= total(body.index, kind, wanted)
                and other.field == field
            ):
                key = pack(body.index, kind, wanted, number)
                if key not in self.taken:
                    return key
        return None

    def _number(self, body: Body, kind: int, day: int) -> int | None:
        """A free number on or soon after `day`."""
        if not body.lives(day):
            return None
        period = period_of(body, day)
        whole = total(body.index, kind, period)
        number = number_near(body.index, kind, period, day)
        for more in range(24):
            if number + more > whole or not whole:
                return None
            key = pack(body.index, kind, period, number + more)
            if key not in self.taken and day_of(body.index, kind, period, number + more) >= day:
                return key
        return None
