"""References as they are written: the forms, and the words of each."""

from __future__ import annotations

import datetime as dt
import random
import re
from dataclasses import dataclass
from functools import cache

from .data import table
from .registers import PARTY, TYPES, Type, unpack
from .world import Body, world

LOCAL = ("huyen", "xa")  # their documents do not say of which province they are
_FORMS = list(table("citations")["forms"])
_WEIGHTS = list(table("citations")["forms"].values())
_SHORT = {"cong_van": "CV", "quyet_dinh": "QĐ", "ke_hoach": "KH", "nghi_dinh": "NĐ", "thong_tu": "TT"}
SLIPS = ("ocr_number", "ocr_symbol", "ocr_date")
"""Forms in which a number or a day is misread."""
_SLIPS = {"0": "O", "1": "l", "5": "S", "8": "B"}
_LETTER_SLIPS = [
    *[("QĐ", "QD"), ("CĐ", "CD"), ("ĐT", "DT"), ("NĐ", "ND"), ("SNV", "5NV"), ("BYT", "8YT"), ("TTHC", "TTHG")],
    *[("NC", "NG"), ("SGD", "5GD"), ("GDĐT", "GDDT"), ("SYT", "5YT"), ("LĐ", "LD"), ("UBND", "U8ND"), ("STC", "STG")],
]


@dataclass(slots=True)
class Head:
    """The head of a document that is cited, whether the corpus has it or not."""

    body: Body
    kind: Type
    number: str
    day: int
    index: int = -1  # in the corpus; -1: not meant to be there
    trap: str = ""


@dataclass(slots=True)
class Cite:
    """One written reference. What a reader can use: `number` repaired, `kind`, `day` and `names` where written.

    `slipped_day`: the day is written with another digit. `alone`: no body is named, not even in the sentence.
    """

    text: str
    form: str
    relation: str
    number: str
    kind: Type | None
    day: int | None
    names: str | None
    head: Head | None = None
    near: bool = False
    slipped_day: bool = False
    before: str = ""  # words of the sentence before `text` that belong to the reference
    printed: str = ""  # the number as written
    printed_day: int | None = None  # the day as written
    start: int = -1
    end: int = -1
    title: bool = False  # stands in the subject of the document


def slashed(day: int) -> str:
    """`05/3/2024`: a zero before days below 10 and months 1, 2."""
    date = dt.date.fromordinal(day)
    month = f"{date.month:02d}" if date.month < 3 else str(date.month)
    return f"{date.day:02d}/{month}/{date.year}"


def worded(day: int) -> str:
    date = dt.date.fromordinal(day)
    month = f"{date.month:02d}" if date.month < 3 else str(date.month)
    return f"{date.day:02d} tháng {month} năm {date.year}"


def issuer_name(head: Head, reader: Body, style: str) -> tuple[str, bool]:
    """The issuer in words; whether they only say its rank in the reader's own province."""
    body = head.body
    if body.kind == "ban_bi_thu":
        return body.name, False
    if body.kind == "tinh_uy":
        return f"Ban Thường vụ {body.name}", False
    if style == "near" and reader.kind in LOCAL and head.day % 4:
        style = "short"
    if (
        style == "near"
        and _same_area(body, reader)
        and body.kind in ("ubnd", "hdnd", "vp", "so")
        and body.lives(head.day)
    ):
        return body.near, True
    if style == "initials":
        return body.initials, body.kind == "so"
    if style == "full":
        return body.name, False
    return body.short, False


def _same_area(body: Body, reader: Body) -> bool:
    """Both of one province (or of provinces of one name, before and after a merger)."""
    areas = world().areas
    return bool(body.area and reader.area) and areas[body.area].name == areas[reader.area].name


def cite(
    rng: random.Random, head: Head, reader: Body, day: int, relation: str, form: str | None = None, *,
    plain: bool = True, slips: bool = False,
) -> Cite:  # fmt: skip
    """A reference to `head` in a document of `reader` of `day`, in one of the forms that fit.

    `plain`: the sentence has no room for an issuer or a date before the type. `slips`: it may be misread.
    """
    form = _form(rng, head, reader, day, form, plain)
    if form in SLIPS and not slips:
        form = "short_issuer"
    issuer, near = _issuer(rng, head, reader, form)
    date, slipped = _date(rng, head, form)
    name = {"no_type": "Văn bản", "type_short": _SHORT.get(head.kind.id, "")}.get(form, head.kind.name)
    number = {"spaced": _spaced, "ocr_number": _slip_number, "ocr_symbol": _slip_symbol}.get(form, _same)(
        rng, head.number
    )
    so = "" if form == "full" and head.kind.normative and rng.random() < 0.3 else "số "
    text, before = f"{name} {so}{number}", ""
    if form == "date_first":
        before = f"N{date[1:]}, {issuer} ban hành "
    elif date:
        comma = "," if head.body.kind in PARTY and rng.random() < 0.6 else ""
        text += f"{comma} {date}"
    if form == "issuer_first":
        before = f"{issuer} tại "
    elif issuer and not before:
        text += f" của {issuer}"
    kind = None if form == "no_type" else head.kind
    made = Cite(text, form, relation, head.number, kind, head.day if date else None, issuer or None, head, near)
    made.slipped_day, made.before, made.printed = slipped is not None, before, number
    made.printed_day = (slipped or head.day) if date and form != "date_first" else None
    return made


def _form(rng: random.Random, head: Head, reader: Body, day: int, form: str | None, plain: bool) -> str:
    """The form asked for, or one drawn; a plain one where it does not fit."""
    if form is None and rng.random() < 0.3:
        form = next((name for name in ("successor_name", "predecessor_name") if _fits(name, head, reader, day)), None)
    form = form or rng.choices(_FORMS, _WEIGHTS)[0]
    if plain and form in ("issuer_first", "date_first"):
        form = "short_issuer"
    if _fits(form, head, reader, day):
        return form
    return "full" if head.kind.id == "luat" else "short_issuer"


def _issuer(rng: random.Random, head: Head, reader: Body, form: str) -> tuple[str, bool]:
    if form in ("no_issuer", "number_only"):
        return "", False
    if form == "successor_name":
        return world().bodies[head.body.heir].short, False
    if form == "predecessor_name" and (old := predecessor(head)):
        return old.short, False
    style = {"short_issuer": "near", "initials": "initials"}.get(form, "short")
    if form in ("full", "date_words") and rng.random() < 0.5:
        style = "full"
    return issuer_name(head, reader, style)


def _date(rng: random.Random, head: Head, form: str) -> tuple[str, int | None]:
    """The date in words, empty where the form has none; the day that it says where a digit is wrong."""
    if form in ("no_date", "number_only") or (head.kind.id == "luat" and form == "full" and rng.random() < 0.5):
        return "", None
    if form == "ocr_date":
        return _slip_date(rng, head.day)
    return f"ngày {worded(head.day) if form == 'date_words' else slashed(head.day)}", None


def _same(rng: random.Random, number: str) -> str:
    return number


def _fits(form: str, head: Head, reader: Body, day: int) -> bool:
    body, kind = head.body, head.kind
    if form == "successor_name":
        heir = world().bodies[body.heir] if body.heir >= 0 else None
        return heir is not None and day > body.until and (heir.code != body.code or heir.short == "UBND thành phố Huế")
    if form == "predecessor_name":
        return predecessor(head) is not None
    if form == "type_short":
        return kind.id in _SHORT
    if form == "no_type":
        return kind.id in ("cong_van", "thong_bao", "bao_cao", "ke_hoach", "to_trinh", "huong_dan")
    if form == "initials":
        return body.initials not in (body.short, body.name) and (body.kind != "so" or _same_area(body, reader))
    if form == "ocr_number":
        return bool(set(head.number.split("/")[0].split("-")[0]) & set(_SLIPS))
    if form == "ocr_symbol":
        return any(good in head.number for good, _ in _LETTER_SLIPS)
    if form in ("no_date", "number_only") and day - head.day > 400:
        return False
    if form in ("no_issuer", "number_only"):
        if not body.area or body is reader:
            return True
        return reader.kind not in LOCAL and body.kind not in LOCAL and _same_area(body, reader)
    return not (kind.id == "luat" and form not in ("full", "date_words", "no_date"))


@cache
def _ended(heir: int) -> tuple[Body, ...]:
    """Bodies whose functions went to another under another name."""
    own = world().bodies[heir]
    return tuple(b for b in world().bodies if b.heir == heir and b.short != own.short)


def predecessor(head: Head) -> Body | None:
    """A body that ended before the document, whose functions its issuer has: people go on using the old name."""
    if head.body.kind not in ("bo", "so", "ubnd") or head.kind.normative:
        return None
    rows = [b for b in _ended(head.body.index) if b.until < head.day < b.until + 180]
    return rows[head.day % len(rows)] if rows else None


def _spaced(rng: random.Random, number: str) -> str:
    so, slash, rest = number.partition("/")
    turn = int(rng.random() * 4)
    if turn == 0:
        return f"{so} {slash} {rest.replace('-', ' - ')}"
    if turn == 1:
        return f"{so}{slash}{rest.replace('-', '–')}" if "-" not in so else f"{so.replace('-', '–')}{slash}{rest}"
    if turn == 2:
        return f"{so} {slash}{rest}"
    return f"{so}{slash}{rest.replace('-', ' -')}" if "-" in rest else f"{so} {slash} {rest}"


def _slip_number(rng: random.Random, number: str) -> str:
    end = re.match(r"\d+", number).end()  # type: ignore[union-attr]
    places = [i for i in range(end) if number[i] in _SLIPS]
    at = places[int(rng.random() * len(places))]
    return number[:at] + _SLIPS[number[at]] + number[at + 1 :]


def _slip_symbol(rng: random.Random, number: str) -> str:
    good, bad = rng.choice([(good, bad) for good, bad in _LETTER_SLIPS if good in number])
    return number.replace(good, bad, 1)


def _slip_date(rng: random.Random, day: int) -> tuple[str, int | None]:
    """A date with a letter for a digit, or with another digit for it and then the day that it says."""
    text = slashed(day)
    places = [i for i, c in enumerate(text[:-5]) if c in _SLIPS]
    if places and rng.random() < 0.75:
        at = places[int(rng.random() * len(places))]
        return f"ngày {text[:at]}{_SLIPS[text[at]]}{text[at + 1 :]}", None
    date = dt.date.fromordinal(day)
    other = {1: 7, 3: 8, 6: 5, 8: 3, 0: 6, 5: 6, 7: 1, 9: 8, 2: 7, 4: 1}[date.day % 10] + date.day // 10 * 10
    if 1 <= other <= 28:
        wrong = date.replace(day=other).toordinal()
        return f"ngày {slashed(wrong)}", wrong
    return f"ngày {text}", None


def near_miss(rng: random.Random, head: Head, day: int) -> Head | None:
    """A document that is not `head`, though it bears the same number: of another province, or of another year."""
    if rng.random() < 0.5 and head.body.area and head.body.kind in ("ubnd", "so", "hdnd", "vp"):
        areas = [a for a in world().areas.values() if a.since <= head.day <= a.until and a.key != head.body.area]
        other = world().get(head.body.kind, areas[int(rng.random() * len(areas))].key, head.body.office)
        if other is None or not other.lives(head.day) or other.code != head.body.code:
            return None
        return Head(other, head.kind, head.number, head.day, trap="other_province")
    if head.kind.normative or head.body.kind in PARTY:
        return None
    date = dt.date.fromordinal(head.day)
    # two digits of the date differ at least: with one, a reader might think of a slip
    shifted = head.day + (365 if rng.random() < 0.5 else -365) + int(rng.random() * 9) - 4
    if shifted >= day or not head.body.lives(shifted) or dt.date.fromordinal(shifted).year == date.year:
        return None
    shifted -= max(0, (shifted - 1) % 7 - 4)
    if dt.date.fromordinal(shifted).day == date.day:
        return None
    return Head(head.body, head.kind, head.number, shifted, trap="other_year")


def head_of(key: int, number: str, day: int, index: int, trap: str = "") -> Head:
    body, kind, _, _ = unpack(key)
    return Head(world().bodies[body], TYPES[kind], number, day, index, trap)
