"""The bodies that issue documents, 2021 to 2026, and what became of them on 1/3/2025 and 1/7/2025."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from vnadmin_nlp.knowledge.ministries import central_bodies
from vnadmin_nlp.knowledge.places import Province, provinces

from .data import table

FIRST = dt.date(2021, 1, 1).toordinal()
LAST = dt.date(2026, 10, 30).toordinal()
MINISTRIES_MERGED = dt.date(2025, 3, 1).toordinal()  # Resolution 176/2025/QH15
PROVINCES_MERGED = dt.date(2025, 7, 1).toordinal()  # the 34 provinces begin to work; districts end


@dataclass(slots=True)
class Body:
    """One issuer. `since` and `until` are its first and last day; `heir` has its functions after that.

    `name`, `short`, `near` are how it is called in full, usually, and by those of its own province; `initials` is its
    name with abbreviated fields (`Bộ TN&MT`). `units` are the letters of its drafting units by group of fields.
    """

    index: int
    kind: str
    name: str
    short: str
    near: str
    initials: str
    code: str
    heading: tuple[str, ...]
    place: str
    since: int
    until: int
    area: str = ""
    office: str = ""
    parent: int = -1
    heir: int = -1
    units: dict[str, str] = field(default_factory=dict)
    suffixes: tuple[str, ...] = ()
    root: int = -1

    def lives(self, day: int) -> bool:
        return self.since <= day <= self.until


@dataclass(frozen=True, slots=True)
class Area:
    """A province or centrally run city of one period."""

    key: str
    name: str
    city: bool
    since: int
    until: int
    heir: str
    place: str

    @property
    def full(self) -> str:
        """`tỉnh Quảng Ngãi`, `thành phố Huế`."""
        if self.city:
            return ("Thành phố " if self.name == "Hồ Chí Minh" else "thành phố ") + self.name
        return f"tỉnh {self.name}"

    @property
    def level(self) -> str:
        return "Thành phố" if self.city and self.name == "Hồ Chí Minh" else "thành phố" if self.city else "tỉnh"


def _areas() -> list[Area]:
    rows = {row.name: row for row in provinces().values()}
    sources: dict[str, list[Province]] = {}
    for row in rows.values():
        sources.setdefault(row.into, []).append(row)
    areas: list[Area] = []
    for into, old in sources.items():
        merged = len(old) > 1
        seat = rows.get(into) or old[0]
        end = PROVINCES_MERGED - 1 if merged else LAST
        for row in old:
            heir = f"{into}/2025" if merged else ""
            areas += _spans(row.name, row, FIRST, end, heir, row.name)
        if merged:
            areas += _spans(into, seat, PROVINCES_MERGED, LAST, "", into)
    return areas


def _spans(name: str, row: Province, since: int, until: int, heir: str, place: str) -> list[Area]:
    """One area, or two where it became a city on the way."""
    tag = f"{name}/2025" if since == PROVINCES_MERGED else name
    turns = row.city_from.toordinal() if row.city_from else 0
    if not row.city or turns <= since or turns > until:
        return [Area(tag, name, row.city and (turns <= since), since, until, heir, place)]
    later = "Huế" if name == "Thừa Thiên Huế" else name
    return [
        Area(tag, name, False, since, turns - 1, f"{tag}+", place),
        Area(f"{tag}+", later, True, turns, until, heir, later),
    ]


class World:
    """All bodies, found by kind, area and office."""

    def __init__(self) -> None:
        self.bodies: list[Body] = []
        self.found: dict[tuple[str, str, str], Body] = {}
        self.areas = {area.key: area for area in _areas()}
        self.lower: dict[tuple[str, str], list[Body]] = {}
        self._central()
        for area in self.areas.values():
            self._provincial(area)
        for body in self.bodies:
            self._set_heir(body)
        for body in self.bodies:
            body.root = self.last(body).index

    def last(self, body: Body) -> Body:
        """The body that has the functions of `body` in the end."""
        while body.heir >= 0:
            body = self.bodies[body.heir]
        return body

    def at(self, body: Body, day: int) -> Body | None:
        """`body`, or the heir that works on `day`."""
        while day > body.until and body.heir >= 0:
            body = self.bodies[body.heir]
        return body if body.lives(day) else None

    def area_at(self, key: str, day: int) -> Area:
        area = self.areas[key]
        while day > area.until and area.heir:
            area = self.areas[area.heir]
        return area

    def get(self, kind: str, area: str = "", office: str = "") -> Body | None:
        return self.found.get((kind, area, office))

    def by_area(self, kind: str, area: str) -> list[Body]:
        if (kind, area) not in self.lower:
            self.lower[(kind, area)] = [b for b in self.bodies if b.kind == kind and b.area == area]
        return self.lower[(kind, area)]

    def _add(self, kind: str, name: str, code: str, heading: tuple[str, ...], place: str, **more: object) -> Body:
        values: dict[str, Any] = {"short": name, "near": name, "initials": name, "since": FIRST, "until": LAST, **more}
        body = Body(len(self.bodies), kind, name, code=code, heading=heading, place=place, **values)
        self.bodies.append(body)
        self.found.setdefault((kind, body.area, body.office), body)
        return body

    def _central(self) -> None:
        hanoi = "Hà Nội"
        self._add("quoc_hoi", "Quốc hội", "QH", ("QUỐC HỘI",), hanoi)
        self._add("chinh_phu", "Chính phủ", "CP", ("CHÍNH PHỦ",), hanoi)
        self._add("thu_tuong", "Thủ tướng Chính phủ", "TTg", ("THỦ TƯỚNG CHÍNH PHỦ",), hanoi, initials="TTg")
        self._add(
            "ban_bi_thu", "Ban Bí thư", "TW", ("BAN CHẤP HÀNH TRUNG ƯƠNG",), hanoi, short="Ban Bí thư Trung ương Đảng"
        )
        world = table("world")
        for row in central_bodies().values():
            if row.rank not in ("ministry", "ministerial"):
                continue
            key = row.id
            self._add(
                "bo",
                row.name,
                world["ministry_codes"].get(key, row.abbreviation),
                (row.name.upper(),),
                hanoi,
                office=key,
                initials=world["ministry_short"].get(key, row.name),
                since=row.since.toordinal() if row.since else FIRST,
                until=row.until.toordinal() if row.until else LAST,
                suffixes=tuple(world["ministry_units"][key]),
            )
        for row in world["agencies"]:
            self._agency(row, self.found[("bo", "", row["ministry"])])

    def _agency(self, row: dict[str, Any], ministry: Body) -> None:
        """A Cục that issues documents of its own."""
        self._add(
            "cuc",
            row["name"],
            row["code"],
            (ministry.name.upper(), row["name"].upper()),
            "Hà Nội",
            office=row["ministry"],
            since=ministry.since,
            until=ministry.until,
            parent=ministry.index,
            suffixes=tuple(row["units"]),
        )

    def _provincial(self, area: Area) -> None:
        rng = random.Random(area.key)
        world = table("world")
        place = ("TP. " if area.name == "Hồ Chí Minh" else "") + area.place
        span = {"area": area.key, "since": area.since, "until": area.until}
        full, level, upper = area.full, area.level, area.full.upper()
        committee = self._add(
            "ubnd",
            f"Ủy ban nhân dân {full}",
            "UBND",
            ("ỦY BAN NHÂN DÂN", upper),
            place,
            short=f"UBND {full}",
            near=f"UBND {level}",
            initials=f"UBND {'TP. ' if area.city else 'tỉnh '}{area.name}",
            units=rng.choice(world["committee_units"]),
            **span,
        )
        self._add(
            "hdnd",
            f"Hội đồng nhân dân {full}",
            "HĐND",
            ("HỘI ĐỒNG NHÂN DÂN", upper),
            place,
            short=f"HĐND {full}",
            near=f"HĐND {level}",
            initials=f"HĐND {full}",
            suffixes=("VP", "TH"),
            **span,
        )
        self._add(
            "vp",
            f"Văn phòng Ủy ban nhân dân {full}",
            rng.choice(["VP", "VPUB", "VPUBND"]),
            (f"UBND {upper}", "VĂN PHÒNG"),
            place,
            short=f"Văn phòng UBND {full}",
            near=f"Văn phòng UBND {level}",
            initials=f"VP UBND {full}",
            parent=committee.index,
            suffixes=("TH", "KT", "VX", "NC"),
            **span,
        )
        party = "Thành ủy" if area.city else "Tỉnh ủy"
        heading = (f"{party.upper()} {area.name.upper()}",)
        self._add("tinh_uy", f"{party} {area.name}", "TU", heading, place, near=party, **span)
        for key, row in world["departments"].items():
            self._department(area, key, row, place, committee)
        self._districts(area, committee, rng)
        self._communes(area, committee)
        self._others(area, place)

    def _others(self, area: Area, place: str) -> None:
        """Enterprises and schools: their names are invented."""
        words, span = table("world"), {"area": area.key, "since": area.since, "until": area.until}
        rng = random.Random(f"others/{area.name}")
        for number in range(3):
            form = rng.choice(words["company_forms"])
            trade, code = rng.choice(words["company_trades"])
            name = f"{form} {trade} {rng.choice([area.name, *(rng.choice(words['company_names']),) * 3])}"
            self._add(
                "cong_ty", name, code, (name.upper(),), place, near="Công ty", office=f"{number}",
                suffixes=("KHTH", "TCHC", "KT"), **span,
            )  # fmt: skip
        parent = self.get("so", area.key, "giao-duc")
        for number in range(2):
            patron = rng.choice(words["school_names"])
            name = f"Trường {rng.choice(['Trung học phổ thông', 'THPT', 'Phổ thông Dân tộc nội trú'])} {patron}"
            code = "".join(word[0] for word in name.split() if word[0].isupper())
            heading = (
                *([parent.name.split(" tỉnh ")[0].split(" thành phố ")[0].upper()] if parent else []),
                name.upper(),
            )
            self._add(
                "truong", name, code if "THPT" not in name else f"THPT{code[2:]}", heading, place, near="Nhà trường",
                office=f"{number}", parent=parent.index if parent else -1, suffixes=("", "VP"), **span,
            )  # fmt: skip

    def _department(self, area: Area, key: str, row: dict[str, Any], place: str, committee: Body) -> None:
        since = max(area.since, MINISTRIES_MERGED) if row.get("new") else area.since
        until = min(area.until, MINISTRIES_MERGED - 1) if row.get("into") else area.until
        if since > until:
            return
        name = f"Sở {row['name']}"
        self._add(
            "so",
            f"{name} {area.full}",
            row["code"],
            (f"ỦY BAN NHÂN DÂN {area.full.upper()}", name.upper()),
            place,
            near=name,
            initials=f"Sở {row.get('short', row['name'])}",
            area=area.key,
            office=key,
            since=since,
            until=until,
            parent=committee.index,
            suffixes=tuple(row["units"]),
        )

    def _districts(self, area: Area, committee: Body, rng: random.Random) -> None:
        """Districts, until 30/6/2025."""
        rows = self.lower[("huyen", area.key)] = []
        until = min(area.until, PROVINCES_MERGED - 1)
        names = table("world")["districts"].get("Thừa Thiên Huế" if area.name == "Huế" else area.name, ())
        for given in names if area.since <= until else ():
            whole = given if given[0].islower() or given.startswith("Quận") else f"huyện {given}"
            level = next(word for word in ("thành phố", "thị xã", "huyện", "quận") if whole.lower().startswith(word))
            name = whole[len(level) + 1 :]
            place = name if name[0].isalpha() else whole
            units = rng.choice([("VP", "NV", "TNMT", "TCKH"), ("TH", "KT", "VX", "NC")])
            rows.append(self._local("huyen", whole, level, place, units, area, area.since, until, committee))

    def _communes(self, area: Area, committee: Body) -> None:
        """Communes and wards, from 1/7/2025; the same where a province only becomes a city."""
        rows = self.lower[("xa", area.key)] = []
        since, words = max(area.since, PROVINCES_MERGED), table("world")
        rng, taken = random.Random(area.name), set()
        while len(rows) < 10 and since <= area.until:
            name = f"{rng.choice(words['commune_first'])} {rng.choice(words['commune_second'])}"
            level = "phường" if rng.random() < 0.35 else "xã"
            if len(set(name.split())) < 2 or name in taken:
                continue
            taken.add(name)
            units = rng.choice([("VP", "KT", "VHXH"), ("VP", "PKT", "PVHXH")])
            place = name
            rows.append(self._local("xa", f"{level} {name}", level, place, units, area, since, area.until, committee))

    def _local(
        self,
        kind: str,
        whole: str,
        level: str,
        place: str,
        units: tuple[str, ...],
        area: Area,
        since: int,
        until: int,
        committee: Body,
    ) -> Body:
        return self._add(
            kind,
            f"Ủy ban nhân dân {whole}",
            "UBND",
            ("ỦY BAN NHÂN DÂN", whole.upper()),
            place,
            short=f"UBND {whole}",
            near=f"UBND {level}",
            initials=f"UBND {whole}",
            area=area.key,
            office=whole,
            since=since,
            until=until,
            parent=committee.index,
            suffixes=units,
        )

    def _set_heir(self, body: Body) -> None:
        if body.until >= LAST:
            return
        office, area = body.office, body.area
        if body.kind in ("cong_ty", "truong", "cuc"):
            heir = None
        elif body.kind == "bo":
            row = next(row for row in central_bodies().values() if row.id == office)
            heir = next((b for b in self.bodies if b.kind == "bo" and b.name == row.into), None)
        else:
            if body.kind == "so" and body.until == MINISTRIES_MERGED - 1:
                office = table("world")["departments"][office]["into"]
            if self.areas[area].until == body.until:
                area = self.areas[area].heir
            heir = self.get(body.kind, area, office)
        body.heir = heir.index if heir and heir is not body else -1


@cache
def world() -> World:
    return World()
