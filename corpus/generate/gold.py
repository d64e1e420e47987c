"""The annotation of a document, in the form of `corpus/GUIDELINES.md`, read off its pieces and where they stand."""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from vnadmin_nlp.evaluate.forms import fold

from .draft import Clause, Draft, Duty, Field, FieldRole, Label, Limit, Name, Piece, Range, Ref, text_of
from .page import Sheet

_URGENT = {"KHẨN": "khan", "THƯỢNG KHẨN": "thuong_khan", "HỎA TỐC": "hoa_toc"}
_SECRET = {"MẬT": "mat", "TỐI MẬT": "toi_mat", "TUYỆT MẬT": "tuyet_mat"}
_DAY = re.compile(r"ngày (\d+) tháng (\d+) năm (\d+)")


class Print:
    """A finished text: what stands where, in the words of the guideline (folded)."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.folded, self._where = fold(text)
        self._lines = [0, *(at + 1 for at, c in enumerate(text) if c == "\n")]

    def line(self, at: int) -> int:
        """The line that holds a character, from 1."""
        return bisect_right(self._lines, at)

    def fit(self, where: Range) -> Range:
        """A range of the text as one of the folded text, without white space at its ends."""
        low, high = bisect_left(self._where, where[0]), bisect_left(self._where, where[1])
        while low < high and self.folded[low] == " ":
            low += 1
        while low < high and self.folded[high - 1] == " ":
            high -= 1
        return low, high

    def words(self, where: Range) -> str:
        low, high = self.fit(where)
        return self.folded[low:high]

    def printed(self, piece: Piece | None) -> str | None:
        """The words of a piece as they are printed, its ranges joined."""
        if piece is None or not piece.ranges:
            return None
        return " ".join(self.words(where) for where in piece.ranges)

    def first_words(self, where: Range, line: int, least: int = 5) -> str:
        """The first words of a range, as many as single it out among what starts on its line."""
        low, high = self.fit(where)
        begin = bisect_left(self._where, self._lines[line - 1])
        return self.folded[
            low : self._enough(low, high, least, lambda end: self.folded.find(self.folded[low:end], begin) == low)
        ]

    def last_words(self, where: Range, start: int, least: int = 5) -> str:
        """The last words of a range, as many as single it out after `start`."""
        low, high = self.fit(where)
        begin = bisect_left(self._where, start)
        cut, many = high, 0
        while cut > low:
            cut = max(low, self.folded.rfind(" ", low, cut - 1) + 1)
            many += 1
            if many >= least and self.folded.find(self.folded[cut:high], begin) == cut:
                break
        return self.folded[cut:high]

    def _enough(self, low: int, high: int, least: int, found: Any) -> int:
        cut, many = low, 0
        while cut < high:
            cut = self.folded.find(" ", cut + 1, high)
            cut = high if cut < 0 else cut
            many += 1
            if many >= least and found(cut):
                break
        return cut


def _first(pieces: Iterable[Piece], role: FieldRole) -> Field | None:
    return next((piece for piece in pieces if isinstance(piece, Field) and piece.role == role), None)


def annotation(draft: Draft, sheet: Sheet, id: str) -> dict[str, Any]:
    """What the guideline asks for of one document; `sheet` has its text and sections."""
    page = Print(sheet.text)
    pieces = [piece for piece in draft.pieces("preamble", "body") if piece.ranges]
    pieces.sort(key=lambda piece: (piece.ranges[0][0], -piece.ranges[-1][1]))
    refs = [piece for piece in pieces if isinstance(piece, Ref)]
    limits = [piece for piece in pieces if isinstance(piece, Limit)]
    names = [piece for piece in pieces if isinstance(piece, Name)]
    return {
        "id": id,
        "doc_type": draft.kind.value,
        "noisy": sheet.noise not in ("clean", "slips"),
        "header": _header(draft, page),
        "subject": page.printed(_first(draft.pieces("subject"), "subject")),
        "sections": [list(row) for row in sheet.sections()],
        "addressees": _fields(draft, page, "addressees", "addressee"),
        "recipients": _fields(draft, page, "recipients", "recipient"),
        "archive": page.printed(_first(draft.pieces("recipients"), "archive")),
        "signature": _signature(draft, page),
        "directives": _directives(draft, page),
        "references": [_reference(piece, page) for piece in refs],
        "deadlines": [_deadline(piece, page) for piece in limits],
        "actors": _actors(names, page),
        "obligations": _obligations(pieces, page, refs, limits),
    }


def _fields(draft: Draft, page: Print, block: Any, role: FieldRole) -> list[str]:
    found = [piece for piece in draft.pieces(block) if isinstance(piece, Field) and piece.role == role]
    return [words for piece in found if (words := page.printed(piece))]


def _header(draft: Draft, page: Print) -> dict[str, Any]:
    rows = list(draft.pieces("head"))
    roles: tuple[FieldRole, ...] = ("parent_agency", "issuer", "number", "place", "date", "urgency", "secrecy")
    found = {role: _first(rows, role) for role in roles}
    out: dict[str, Any] = {role: page.printed(found[role]) for role in roles}
    out["number"] = out["number"] and re.sub(r"\s", "", out["number"])
    date = found["date"]
    day = _DAY.search(date.text) if date and date.ranges else None
    out["date"] = dt.date(*map(int, reversed(day.groups()))) if day else None
    out["urgency"] = _URGENT[found["urgency"].text] if found["urgency"] else None
    out["secrecy"] = _SECRET[found["secrecy"].text] if found["secrecy"] else None
    return out


def _signature(draft: Draft, page: Print) -> dict[str, Any] | list[dict[str, Any]]:
    rows = list(draft.pieces("signature"))
    if draft.minuted:  # pairs of post and name
        pairs = zip(rows[::2], rows[1::2], strict=True)
        return [
            {"authority": None, "on_behalf_of": None, "position": page.printed(post), "name": page.printed(name)}
            for post, name in pairs
        ]
    roles: tuple[FieldRole, ...] = ("authority", "on_behalf_of", "position", "name")
    out: dict[str, Any] = {role: page.printed(_first(rows, role)) for role in roles}
    if out["authority"]:
        out["authority"] = out["authority"].replace("/", "")  # `T/M`
    return out


def _directives(draft: Draft, page: Print) -> list[dict[str, Any]]:
    """Printed labels, with the words that follow them."""
    out = []
    for block in draft.blocks:
        for paragraph in block.paragraphs if block.name == "body" else ():
            for label, many in _labels(paragraph.parts):
                if not label.ranges:
                    continue
                start, end = label.ranges[0][0], label.ranges[-1][1]
                if "\n" in page.text[end : end + 2]:  # the label stands alone at the end of its line
                    end, many = start, many + 1
                words = page.words((end, min(end + 400, len(page.text)))).split()
                row = {"path": label.path, "line": page.line(start), "quote": " ".join(words[: min(many, 6)])}
                out.append((start, row))
    return [row for _, row in sorted(out, key=lambda pair: pair[0])]


def _labels(parts: Sequence[str | Piece]) -> Iterator[tuple[Label, int]]:
    """Labels at the head of a paragraph or inside of clauses, and how many words follow."""
    for at, part in enumerate(parts):
        if isinstance(part, Label):
            yield part, len(text_of(list(parts[at + 1 :])).split())
        elif isinstance(part, Clause):
            yield from _labels(part.parts)


def _reference(piece: Ref, page: Print) -> dict[str, Any]:
    number = page.printed(piece.number)
    out: dict[str, Any] = {
        "line": page.line(piece.ranges[0][0]),
        "quote": page.words(piece.ranges[0]),
        "type": piece.type,
        "number": number and re.sub(r"\s", "", number),
        "date": piece.date,
        "issuer": page.printed(piece.issuer),
        "pinpoint": page.printed(piece.pinpoint),
    }
    if piece.name:
        out["name"] = page.printed(piece.name)
    return out


def _deadline(piece: Limit, page: Print) -> dict[str, Any]:
    due = dt.date.fromisoformat(piece.due) if piece.due and "T" not in piece.due else piece.due
    out = {"line": page.line(piece.ranges[0][0]), "quote": page.words(piece.ranges[0]), "kind": piece.kind, "due": due}
    if piece.duration:
        out["duration"] = piece.duration
    if piece.rrule:
        out["rrule"] = piece.rrule
    return out


def _actors(names: Sequence[Name], page: Print) -> list[dict[str, str]]:
    """Each form once, in the order in which they come."""
    kinds: dict[str, str] = {}
    for name in names:
        kinds.setdefault(page.printed(name) or "", name.kind)
    return [{"text": text, "kind": kind} for text, kind in kinds.items() if text]


def _obligations(
    pieces: Sequence[Piece], page: Print, refs: Sequence[Ref], limits: Sequence[Limit]
) -> list[dict[str, Any]]:
    clauses: dict[int, list[Clause]] = defaultdict(list)
    for piece in pieces:
        if isinstance(piece, Clause):
            clauses[id(piece.duty)].append(piece)
    place_of = {id(piece): at for rows in (refs, limits) for at, piece in enumerate(rows)}
    out = []
    for parts in clauses.values():
        duty, first, last = parts[0].duty, parts[0].ranges[0], parts[-1].ranges[-1]
        line = page.line(first[0])
        held = [inner for part in parts for inner in part.walk()]
        out.append({
            "line": line,
            "start": page.first_words(first, line),
            "end": page.last_words(last, first[0]),
            "modality": duty.modality,
            "force": duty.force,
            "bearers": _forms(duty.bearers, page),
            "coordinators": _forms(duty.coordinators, page),
            "deadlines": _places([*(p for p in held if isinstance(p, Limit)), *duty.limits], place_of),
            "references": _places([*(p for p in held if isinstance(p, Ref)), *duty.refs], place_of),
        })  # fmt: skip
    return out


def _forms(names: Sequence[Name], page: Print) -> list[str]:
    return list(dict.fromkeys(words for name in names if (words := page.printed(name))))


def _places(pieces: Iterable[Piece], place_of: dict[int, int]) -> list[int]:
    return sorted({place_of[id(piece)] for piece in pieces if id(piece) in place_of})


def offsets(draft: Draft, sheet: Sheet, id: str) -> dict[str, Any]:
    """Every piece with its exact places (code points of the text), for training; pieces refer to others by position."""
    pieces = [piece for piece in draft.pieces() if piece.ranges]
    pieces.sort(key=lambda piece: (piece.ranges[0][0], -piece.ranges[-1][1]))
    spot = {builtin_id(piece): at for at, piece in enumerate(pieces)}
    rows = [{"ranges": piece.ranges, **_values(piece, spot)} for piece in pieces]
    return {"id": id, "sections": [list(row) for row in sheet.labels], "pieces": rows}


builtin_id = id


def _values(piece: Piece, spot: dict[int, int]) -> dict[str, Any]:
    def at(*some: Piece | None) -> list[int]:
        return [spot[builtin_id(one)] for one in some if one is not None and builtin_id(one) in spot]

    if isinstance(piece, Field):
        return {"piece": "field", "role": piece.role}
    if isinstance(piece, Name):
        return {"piece": "actor", "kind": piece.kind}
    if isinstance(piece, Limit):
        return {
            "piece": "deadline",
            "kind": piece.kind,
            "due": piece.due,
            "duration": piece.duration,
            "rrule": piece.rrule,
        }
    if isinstance(piece, Label):
        return {"piece": "label", "path": piece.path}
    if isinstance(piece, Ref):
        inner = {name: at(getattr(piece, name)) for name in ("number", "name", "pinpoint", "issuer")}
        date = piece.date.isoformat() if piece.date else None
        return {"piece": "reference", "type": piece.type, "date": date, **inner}
    if isinstance(piece, Clause):
        return {"piece": "obligation", **_duty(piece.duty, at)}
    return {"piece": "anaphor"}


def _duty(duty: Duty, at: Any) -> dict[str, Any]:
    return {
        "modality": duty.modality, "force": duty.force,
        "bearers": at(*duty.bearers), "coordinators": at(*duty.coordinators),
        "deadlines": at(*duty.limits), "references": at(*duty.refs),
    }  # fmt: skip
