"""Types of documents by the title they print and by the abbreviation in their number (table `document_types`)."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import NamedTuple

from vnadmin_nlp.knowledge.rows import Row, load_rows
from vnadmin_nlp.schema import DocumentType
from vnadmin_nlp.text import bare_of, key_of


class TypeRow(Row):
    """`id` is the type's value; `bodies` is a pattern of what must follow an abbreviation that has other meanings."""

    titles: list[str]
    abbreviations: list[str]
    bodies: str = ""


class Title(NamedTuple):
    """A printed title: its type, and the words that follow on the same line."""

    type: DocumentType
    rest: str


@cache
def _rows() -> tuple[TypeRow, ...]:
    return load_rows("document_types", TypeRow)


def name_of(kind: DocumentType) -> str:
    """The name of a type as it is written inside a sentence (`công văn`)."""
    return next((row.titles[0] for row in _rows() if row.id == kind), kind.value)


@cache
def _titles() -> dict[str, DocumentType]:
    return {bare_of(key_of(title)): DocumentType(row.id) for row in _rows() for title in row.titles}


@cache
def _title_pattern() -> re.Pattern[str]:
    names = "|".join(r"\s+".join(title.split()) for title in sorted(_titles(), key=len, reverse=True))
    return re.compile(rf"[\s|.,'\"`#]*(?P<title>{names})(?![a-z0-9])\s*(?P<rest>.*)")


def title_of(bare: str) -> Title | None:
    """The title that `bare`, a line in lower case without marks, begins with."""
    match = _title_pattern().match(bare)
    return Title(_titles()[" ".join(match["title"].split())], match["rest"]) if match else None


@cache
def _abbreviations() -> dict[str, tuple[DocumentType, re.Pattern[str] | None]]:
    return {
        abbreviation.upper(): (DocumentType(row.id), re.compile(row.bodies) if row.bodies else None)
        for row in _rows()
        for abbreviation in row.abbreviations
    }


_NUMBER = re.compile(
    r"\d{1,6}[a-zA-Z]?(?:/\d{4})?/(?P<state>[^\W\d_]{1,8})(?:\d{0,2}$|[-.](?P<body>.*))"
    r"|\d{1,6}-(?P<party>[^\W\d_]{1,6})/(?P<committee>.*)"
)


def type_of_number(number: str) -> DocumentType | None:
    """The type that the abbreviation in `number`, without inner blanks, stands for; None where it names none."""
    match = _NUMBER.match(number)
    if not match:
        return None
    found = _abbreviations().get((match["state"] or match["party"]).upper())
    if found is None or (found[1] is not None and not found[1].match(match["body"] or match["committee"] or "")):
        return None
    return found[0]


def reads(text: str) -> set[str]:
    """The id of the row whose title or abbreviation `text`, a title or a number, bears."""
    words = unicodedata.normalize("NFC", text)
    title = title_of(bare_of(key_of(words)))
    kind = title.type if title else type_of_number(words)
    return {kind.value} if kind else set()
