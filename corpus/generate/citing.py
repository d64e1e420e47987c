"""References as pieces: those that the truth of links knows, and those to works outside of any corpus."""

from __future__ import annotations

import datetime as dt
import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from .cast import body_kind
from .citations import Cite, slashed, worded
from .data import table
from .draft import Field, Name, Parts, Piece, Ref
from .phrases import KINDS
from .registers import BY_ID
from .world import Body

_YEAR = re.compile(r"/20\d\d/")  # a number with its year means one document; others need a date
_SINCE = re.compile(r"[:@]((?:19|20)\d\d)")  # of a work: the year that it bears, or is known by
_ARTICLE = "a b c d đ e g h".split()


@dataclass(slots=True, eq=False)
class Anaphor(Piece):
    """`Công văn nêu trên`: the truth of links knows what it means, the guideline does not annotate it."""

    link: Cite


def issuer_piece(body: Body, text: str) -> Name:
    """The body that issued a document, as written."""
    return Name([text], KINDS[body_kind(body)])


def ref_of(made: Cite) -> Ref | Anaphor:
    """The piece of a reference: its number, date and issuer where they stand in its words."""
    if made.form == "anaphor":
        return Anaphor([made.text], made)
    if made.form == "known_law" and made.head is None:
        return known(made)
    assert made.head is not None
    type_ = made.head.kind.value
    if made.form == "anaphor_part":
        part = made.text[: made.text.index(made.head.kind.name)].strip()
        pinpoint = Field([part], "ref_pinpoint")
        return Ref([pinpoint, made.text[len(part) :]], type_, pinpoint=pinpoint, link=made)
    before, _, rest = made.text.partition(made.printed)
    number = Field([made.printed], "ref_number")
    parts: Parts = [before, number]
    issuer = None
    words, of, name = rest.rpartition(" của ")
    if of:
        issuer = issuer_piece(made.head.body, name)
        parts += [words + of, issuer]
    elif rest:
        parts.append(rest)
    date = made.printed_day and dt.date.fromordinal(made.printed_day)
    return Ref([part for part in parts if part], type_, date or None, number, issuer=issuer, link=made)


_LAW = re.compile(r"(.*?)( ngày (\d\d?) tháng (\d\d?) năm (\d{4}))?( của (Chính phủ))?")
_TYPES = {
    "Nghị định": "nghi_dinh", "Quyết định": "quyet_dinh", "Nghị quyết": "nghi_quyet", "Chỉ thị": "chi_thi",
    "Kết luận": "ket_luan", "Quy định": "quy_dinh", "Thông tư": "thong_tu", "Pháp lệnh": "phap_lenh", "Luật": "luat",
    "Thông tư liên tịch": "thong_tu_lien_tich",
}  # fmt: skip
_PEOPLE = {
    "Thủ tướng Chính phủ": "position",
    "Bộ Chính trị": "party",
    "Ban Chấp hành Trung ương": "party",
    "Ban Bí thư": "party",
}


def known(made: Cite) -> Ref:
    """A well-known instrument: `Luật Thú y ngày 19 tháng 6 năm 2015`, `Nghị định số 30/2020/NĐ-CP ngày ... của ...`."""
    found = _LAW.fullmatch(made.text)
    assert found
    name, dated, day, month, year, by, body = found.groups()
    date = dt.date(int(year), int(month), int(day)) if dated else None
    issuer = Name([body], "agency") if by else None
    if made.number:
        before, _, after = name.partition(made.number)
        number = Field([made.number], "ref_number")
        type_ = next(value for word, value in _TYPES.items() if name.startswith(word))
        tail: Parts = [after + (dated or "") + (" của " if issuer else "")]
        return Ref(
            [before, number, *[p for p in tail if p], *([issuer] if issuer else [])],
            type_,
            date,
            number,
            issuer=issuer,
            link=made,
        )
    title = Field([name], "ref_name")
    return Ref([title, *([dated] if dated else [])], "luat", date, name=title, link=made)


class _Work(NamedTuple):
    """A numbered instrument of before 2021 (a fact): none of the corpus."""

    type: str
    number: str
    date: dt.date
    by: str


@cache
def _works(field: str) -> tuple[_Work, ...]:
    """The numbered instruments of a field of work."""
    makers, out = table("competence")["makers"], []
    for row in table("competence")["fields"][field].get("instruments", ()):
        words, number, day, maker = row.rsplit(" ", 3)
        out.append(_Work(words, number, dt.date.fromisoformat(day), makers[maker]))
    return tuple(out)


def decrees(field: str, rng: random.Random) -> list[str]:
    """Some decrees of a field of work, as legal bases name them."""
    rows = [row for row in _works(field) if row.by == "Chính phủ" and row.type == "Nghị định"]
    some = rng.sample(rows, min(len(rows), int(rng.random() * 3)))
    return [f"Nghị định số {row.number} ngày {worded(row.date.toordinal())} của Chính phủ" for row in some]


class Outside:
    """References of one document to works outside of the corpus, of its own field, to parts of them and of itself.

    `order` makes a reference to an instrument of the made-up world; `articles` are the articles written so far with
    the number of their clauses, `clause` the clause that is being written.
    """

    def __init__(self, rng: random.Random, day: int, own_type: str, own_name: str, field: str) -> None:
        self.rng, self.day, self.own_type, self.own_name, self.field = rng, day, own_type, own_name, field
        self.date = dt.date.fromordinal(day)
        self.order: Callable[[], Piece | None] = lambda: None
        self.articles: dict[int, int] = {}
        self.clause = 0

    def _one(self, rows: Sequence[str]) -> str:
        return rows[int(self.rng.random() * len(rows))]

    def any(self) -> Ref:
        draw = self.rng.random()
        if draw < 0.45:
            return self.numbered(0.25)
        if draw < 0.68:
            return self.law(0.45)
        return self.work() if draw < 0.95 else self.amending()

    @staticmethod
    def _link(text: str, number: str, type_: str = "", day: dt.date | None = None, by: str | None = None) -> Cite:
        """What a reader can use to look for the work in the corpus."""
        kind = BY_ID.get(type_)
        return Cite(text, "known_law", "mentions", number, kind, day.toordinal() if day else None, by)

    @staticmethod
    def _issuer(by: str) -> Name | None:
        return Name([by], _PEOPLE.get(by, "agency")) if by else None  # type: ignore[arg-type]

    def numbered(self, pinpointed: float = 0.0) -> Ref:
        rows = _works(self.field)
        row = rows[int(self.rng.random() * len(rows))]
        printed = row.number
        if self.rng.random() < 0.06:
            printed = printed.replace("/", " /", 1) if self.rng.random() < 0.5 else printed.replace("-", " - ")
        number = Field([printed], "ref_number")
        party = "TW" in row.number
        so = "số " if self.rng.random() < 0.85 else ""
        parts: Parts = [f"{row.type} {so}", number]
        date = None
        if self.rng.random() < 0.7 or not _YEAR.search(row.number):
            date, ordinal = row.date, row.date.toordinal()
            comma = "," if party and self.rng.random() < 0.5 else ""
            parts.append(f"{comma} ngày {worded(ordinal) if self.rng.random() < 0.35 else slashed(ordinal)}")
        issuer = self._issuer(row.by) if self.rng.random() < 0.7 else None
        if issuer:
            parts += [" của ", issuer]
        made = Ref(parts, _TYPES[row.type], date, number, issuer=issuer)
        if pinpointed and self.rng.random() < pinpointed and not party:
            self._pin(made, normative="20" in row.number.split("/")[1])
        made.link = self._link(made.text, row.number, made.type, date, row.by if issuer else None)
        return made

    def several(self) -> Parts:
        """`các Nghị định: số 45/2020/NĐ-CP ngày ..., số 61/2018/NĐ-CP ngày ... của Chính phủ`: one issuer for all."""
        groups: dict[tuple[str, str], list[_Work]] = {}
        for row in _works(self.field):
            if row.by:
                groups.setdefault((row.type, row.by), []).append(row)
        wide = [(key, rows) for key, rows in groups.items() if len(rows) > 1]
        if not wide:
            return [self.numbered(0.25)]
        (word, by), rows = wide[int(self.rng.random() * len(wide))]
        many = 2 + int(self.rng.random() * 2)
        at = int(self.rng.random() * (len(rows) - 1))
        issuer = self._issuer(by)
        assert issuer
        first, dated = self.rng.random() < 0.35, self.rng.random() < 0.75 or not _YEAR.search(rows[0].number)
        colon = first or self.rng.random() < 0.5
        parts: Parts = [f"các {word}" if colon else "các "]
        if first:
            parts += [" của ", issuer]
        if colon:
            parts.append(": ")
        chosen = rows[at : at + many]
        for left, row in zip(range(len(chosen) - 1, -1, -1), chosen, strict=True):
            number = Field([row.number], "ref_number")
            lead = f"{word} số " if not colon and row is chosen[0] else "số "
            ref = Ref([lead, number], _TYPES[word], None, number, issuer=issuer)
            if dated:
                ref.date = row.date
                ref.parts.append(f" ngày {slashed(row.date.toordinal())}")
            ref.link = self._link(ref.text, row.number, ref.type, ref.date, by)
            parts += [ref, ["", " và ", ", "][min(left, 2)]]
        if not first:
            ref.parts += [" của ", issuer]
            assert ref.link
            ref.link.text = ref.text
        return [part for part in parts if part != ""]

    def law(self, pinpointed: float = 0.0) -> Ref:
        rows = []
        for name, years in table("competence")["fields"][self.field]["laws"].items():
            since, until = years if isinstance(years, list) else (years, 9999)
            if since < self.date.year <= until:
                rows.append((name, since))
        if not rows:
            return self.numbered(pinpointed)
        title, year = rows[int(self.rng.random() * len(rows))]
        words = Field([title + self._one(["", "", f" năm {year}", f" {year}" if year > 2010 else ""])], "ref_name")
        made = Ref([words], "luat", name=words)
        if self.rng.random() < pinpointed:
            self._pin(made, normative=True)
        made.link = self._link(made.text, "")
        return made

    def amending(self) -> Ref:
        """A law that amends others: their names in its name are no references of their own."""
        rows = table("competence")["fields"][self.field].get("amends")
        if not rows:
            return self.law(0.45)
        name = Field([self._one(rows)], "ref_name")
        return Ref([name], "luat", name=name)

    def work(self) -> Ref:
        """A standard, a scheme, a programme: named, not numbered."""
        rows = [
            row
            for row in table("competence")["fields"][self.field].get("works", ())
            if not (year := _SINCE.search(row)) or int(year[1]) <= self.date.year
        ]
        if not rows:
            return self.numbered(0.25)
        type_, _, words = self._one(rows).partition(" ")
        type_ = type_.partition("@")[0]
        name = Field([words], "ref_name")
        return Ref([name], type_, name=name)

    def _pin(self, made: Ref, normative: bool) -> None:
        article, clause = 2 + int(self.rng.random() * 24), 1 + int(self.rng.random() * 4)
        letter = self._one(_ARTICLE)
        if normative:
            forms = [f"Điều {article}", f"khoản {clause} Điều {article}", f"khoản {clause} Điều {article}",
                     f"điểm {letter} khoản {clause} Điều {article}", f"Chương {self._one(['II', 'III', 'IV'])}",
                     f"khoản {clause}, khoản {clause + 1} Điều {article}"]  # fmt: skip
        else:
            forms = [
                "Điều 1",
                "Điều 2",
                f"khoản {clause} Điều 1",
                f"Mục {self._one(['I', 'II', 'III'])}",
                f"điểm {letter} khoản {clause}",
            ]
        pinpoint = Field([self._one(forms)], "ref_pinpoint")
        if made.name is None and self.rng.random() < 0.12:
            pinpoint = Field([self._one(["Phụ lục I", "Phụ lục II", "Phụ lục"])], "ref_pinpoint")
            between = self._one([" kèm theo ", " ban hành kèm theo "])
        else:
            between = self._one([" ", " ", " ", " của "])
        made.pinpoint = pinpoint
        made.parts = [pinpoint, between, *made.parts]

    def own_part(self) -> Ref:
        """A part of the document itself that is there: `khoản 1 Điều này`, `Điều 2 Quyết định này`."""
        if self.clause > 1 and self.rng.random() < 0.7:
            pinpoint = Field([f"khoản {1 + int(self.rng.random() * (self.clause - 1))} Điều này"], "ref_pinpoint")
            return Ref([pinpoint], self.own_type, pinpoint=pinpoint)
        article, clauses = self._one_article()
        words = f"Điều {article}"
        if clauses and self.rng.random() < 0.6:
            words = f"khoản {1 + int(self.rng.random() * clauses)} {words}"
        pinpoint = Field([words], "ref_pinpoint")
        return Ref([pinpoint, self._one([" ", " của "]), f"{self.own_name} này"], self.own_type, pinpoint=pinpoint)

    def _one_article(self) -> tuple[int, int]:
        rows = list(self.articles.items()) or [(1, 0)]
        return rows[int(self.rng.random() * len(rows))]
