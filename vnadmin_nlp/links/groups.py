"""Groups of bodies that orders name (`UBND các huyện, thành phố`, `các sở, ban, ngành`), and who belongs to them."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from vnadmin_nlp.links.bodies import Body

_COMMITTEES = ("uy ban nhan dan", "hoi dong nhan dan")
_LEVELS = {
    "thi xa": "huyen", "huyen": "huyen", "quan": "huyen", "thi tran": "xa", "dac khu": "xa", "xa": "xa",
    "phuong": "xa", "tinh": "tinh",
}  # fmt: skip
_TOWNS = "thanh pho"
_TOWN_LEVELS = {"tinh", "huyen"}
_PLACES = "dia phuong"  # whichever are below the one who orders
_UNITS = ("co quan", "don vi")  # bodies of any kind
# First words of the names of bodies, and the nouns by which several of them are called
_KINDS = {
    "so": "so", "ban": "ban", "phong": "phong", "bo": "bo", "truong": "truong", "cuc": "cuc", "chi cuc": "chi",
    "vien": "vien", "trung tam": "trung", "cong ty": "cong", "tong cuc": "tong", "vu": "vu", "benh vien": "benh",
}  # fmt: skip


class Group(NamedTuple):
    """`head`: the name that all members bear, where one is said; `levels` of the places they are of; `kinds`: their
    first words; `places`, `units`: local authorities, or bodies, of any kind."""

    head: str
    levels: frozenset[str]
    kinds: frozenset[str]
    places: bool
    units: bool


@lru_cache(maxsize=1 << 14)
def read_group(body: Body) -> Group | None:
    """The group that the name of a bearer means; None where it is one body."""
    if body.name.endswith(" cap"):  # `UBND cấp huyện`
        return Group(body.name.removesuffix(" cap"), frozenset({body.level}), frozenset(), False, False)
    head, plural, nouns = f" {body.name}".partition(" cac ")
    if not plural:
        return None
    rest = f" {nouns.replace(' cac ', ' ')} "
    levels = set()
    for word, level in _LEVELS.items():
        if f" {word} " in rest.replace(_PLACES, ""):
            levels.add(level)
            rest = rest.replace(f" {word} ", "  ")
    if _TOWNS in rest:
        levels |= (levels & _TOWN_LEVELS) or {"huyen"}
    kinds = {first for noun, first in _KINDS.items() if f" {noun} " in rest}
    if " nganh " in rest:
        kinds |= {"so", "ban", "cuc"}
    return Group(
        head.strip(), frozenset(levels), frozenset(kinds), _PLACES in rest, any(word in rest for word in _UNITS)
    )


def belongs(body: Body, group: Group, giver: Body) -> bool:
    """Whether `body`, of the same province as `giver` who orders, is one of the group."""
    if body == giver or not body.name:
        return False
    if giver.place and body.level == giver.level and body.place != giver.place:
        return False  # of another district
    if group.head:
        return body.name == group.head and (body.name not in _COMMITTEES or body.level in group.levels)
    if body.name == _COMMITTEES[0]:
        return body.level in group.levels or (group.places and body.level != giver.level)
    return group.units or body.name.split(" ", 1)[0] in group.kinds


def is_office(name: Body, of: Body) -> bool:
    """Whether `name` is the office of the body `of`, which takes its letters: Văn phòng UBND, Văn phòng Chính phủ."""
    if name.name == "van phong":
        return of.name in _COMMITTEES and name.level in ("", of.level) and (name.place, of.place) in (
            ("", ""), (of.place, of.place),
        ) and name.province in ("", of.province)  # fmt: skip
    if name.name == "van phong chinh phu":
        return of.name in ("thu tuong chinh phu", "chinh phu")
    return name.name == f"van phong {of.name}" and name.place in ("", of.place)
