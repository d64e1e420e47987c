"""References as pieces: those that the truth of links knows, and those to works outside of any corpus."""

from __future__ import annotations

import datetime as dt
import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from .cast import body_kind
from .citations import Cite, slashed, worded
from .data import table
from .draft import Field, Name, Parts, Piece, Ref
from .phrases import KINDS
from .registers import BY_ID
from .world import Body

_YEAR = re.compile(r"/20\d\d/")  # a number with its year means one document; others need a date
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


class Outside:
    """References of one document to works outside of the corpus, to parts of them and of itself.

    `group`: the fields of work that the document is about.
    """

    def __init__(self, rng: random.Random, day: int, own_type: str, own_name: str, group: str) -> None:
        self.rng, self.day, self.own_type, self.own_name, self.group = rng, day, own_type, own_name, group
        self.date = dt.date.fromordinal(day)

    def _rows(self, name: str) -> list[dict[str, Any]]:
        """The rows of a table that a document on this field can cite; those of its own field three times."""
        rows = [row for row in table("citations")[name] if self.group in row.get("groups", [self.group])]
        return rows + 2 * [row for row in rows if "groups" in row]

    def _one(self, rows: Sequence[str]) -> str:
        return rows[int(self.rng.random() * len(rows))]

    def any(self) -> Ref:
        draw = self.rng.random()
        if draw < 0.45:
            return self.numbered(0.25)
        if draw < 0.7:
            return self.law(0.45)
        return self.work() if draw < 0.92 else self.amending()

    @staticmethod
    def _link(text: str, number: str, type_: str = "", day: dt.date | None = None, by: str | None = None) -> Cite:
        """What a reader can use to look for the work in the corpus."""
        kind = BY_ID.get(type_)
        return Cite(text, "known_law", "mentions", number, kind, day.toordinal() if day else None, by)

    def numbered(self, pinpointed: float = 0.0) -> Ref:
        rows = [row for row in self._rows("instruments") if row["date"] < self.date]
        row = rows[int(self.rng.random() * len(rows))]
        printed: str = row["number"]
        if self.rng.random() < 0.06:
            printed = printed.replace("/", " /", 1) if self.rng.random() < 0.5 else printed.replace("-", " - ")
        number = Field([printed], "ref_number")
        party = "TW" in row["number"]
        so = "số " if self.rng.random() < 0.85 else ""
        parts: Parts = [f"{row['type']} {so}", number]
        date = None
        if self.rng.random() < 0.7 or not _YEAR.search(row["number"]):
            date, ordinal = row["date"], row["date"].toordinal()
            comma = "," if party and self.rng.random() < 0.5 else ""
            parts.append(f"{comma} ngày {worded(ordinal) if self.rng.random() < 0.35 else slashed(ordinal)}")
        issuer = None
        if self.rng.random() < 0.7:
            issuer = Name([row["by"]], _PEOPLE.get(row["by"], "agency"))  # type: ignore[arg-type]
            parts += [" của ", issuer]
        made = Ref(parts, _TYPES[row["type"]], date, number, issuer=issuer)
        if pinpointed and self.rng.random() < pinpointed and not party:
            self._pin(made, normative="20" in row["number"].split("/")[1])
        made.link = self._link(made.text, row["number"], made.type, date, row["by"] if issuer else None)
        return made

    def several(self) -> Parts:
        """`các Nghị định: số 45/2020/NĐ-CP ngày ..., số 61/2018/NĐ-CP ngày ... của Chính phủ`: one issuer for all."""
        groups: dict[tuple[str, str], list[dict[str, Any]]] = {}
        for own in (True, False):
            for row in table("citations")["instruments"]:
                if row["date"] < self.date and (not own or self.group in row.get("groups", [self.group])):
                    groups.setdefault((row["type"], row["by"]), []).append(row)
            wide = [(key, rows) for key, rows in groups.items() if len(rows) > 2]
            if wide:
                break
            groups.clear()
        (word, by), rows = wide[int(self.rng.random() * len(wide))]
        many, at = 2 + int(self.rng.random() * 2), int(self.rng.random() * (len(rows) - 2))
        issuer = Name([by], _PEOPLE.get(by, "agency"))  # type: ignore[arg-type]
        first, dated = self.rng.random() < 0.35, self.rng.random() < 0.75 or not _YEAR.search(rows[0]["number"])
        colon = first or self.rng.random() < 0.5
        parts: Parts = [f"các {word}" if colon else "các "]
        if first:
            parts += [" của ", issuer]
        if colon:
            parts.append(": ")
        chosen = rows[at : at + many]
        for left, row in zip(range(len(chosen) - 1, -1, -1), chosen, strict=True):
            number = Field([row["number"]], "ref_number")
            lead = f"{word} số " if not colon and row is chosen[0] else "số "
            ref = Ref([lead, number], _TYPES[word], None, number, issuer=issuer)
            if dated:
                ref.date = row["date"]
                ref.parts.append(f" ngày {slashed(row['date'].toordinal())}")
            ref.link = self._link(ref.text, row["number"], ref.type, ref.date, by)
            parts += [ref, ["", " và ", ", "][min(left, 2)]]
        if not first:
            ref.parts += [" của ", issuer]
            assert ref.link
            ref.link.text = ref.text
        return [part for part in parts if part != ""]

    def law(self, pinpointed: float = 0.0) -> Ref:
        rows = [row for row in self._rows("laws") if row["since"] < self.date.year]
        row = rows[int(self.rng.random() * len(rows))]
        title, year = row["name"], row["since"]
        name = Field([title + self._one(["", "", f" năm {year}", f" {year}" if year > 2010 else ""])], "ref_name")
        made = Ref([name], "luat", name=name)
        if self.rng.random() < pinpointed:
            self._pin(made, normative=True)
        made.link = self._link(made.text, "")
        return made

    def amending(self) -> Ref:
        """A law that amends others: their names in its name are no references of their own."""
        rows = self._rows("amending")
        name = Field([rows[int(self.rng.random() * len(rows))]["name"]], "ref_name")
        return Ref([name], "luat", name=name)

    def work(self) -> Ref:
        rows = self._rows("works")
        row = rows[int(self.rng.random() * len(rows))]
        name = Field([row["name"]], "ref_name")
        return Ref([name], row["type"], name=name)

    def _pin(self, made: Ref, normative: bool) -> None:
        article, clause = 2 + int(self.rng.random() * 60), 1 + int(self.rng.random() * 6)
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

    def own_part(self, articles: int) -> Ref:
        """A part of the document itself: `khoản 1 Điều này`, `Điều 2 Quyết định này`."""
        clause = 1 + int(self.rng.random() * 3)
        if self.rng.random() < 0.35:
            pinpoint = Field([f"khoản {clause} Điều này"], "ref_pinpoint")
            return Ref([pinpoint], self.own_type, pinpoint=pinpoint)
        article = 1 + int(self.rng.random() * max(1, articles))
        pinpoint = Field([self._one([f"Điều {article}", f"khoản {clause} Điều {article}"])], "ref_pinpoint")
        return Ref([pinpoint, self._one([" ", " của "]), f"{self.own_name} này"], self.own_type, pinpoint=pinpoint)
