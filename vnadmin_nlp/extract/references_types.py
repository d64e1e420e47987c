"""Which type of document a reference names: its printed word, an abbreviation, or the symbol of its number."""

from __future__ import annotations

import re
from functools import cache, cached_property

from vnadmin_nlp.knowledge.rows import Row, load_rows
from vnadmin_nlp.knowledge.triggers import Triggers
from vnadmin_nlp.schema import DocumentType
from vnadmin_nlp.text import key_of, normalize

MAX_ABBREVIATION = 4


class TypeRow(Row):
    """A type of document as references print it."""

    words: list[str]
    abbreviations: list[str]
    symbols: list[str]
    type: str = ""
    generic: bool = False
    verb: bool = False

    @cached_property
    def document_type(self) -> DocumentType:
        return DocumentType(self.type or self.id)


# Words that hold the name of a type without naming a document
_OTHER_WORDS = (
    "pháp luật", "phap luat", "pháp luat", "phap luật", "pháp luât", "pháp luạt", "kỷ luật", "kỉ luật", "quy luật",
    "luật sư", "luat su", "luat sư", "luật gia", "luật pháp", "hiệu lệnh", "mệnh lệnh", "khẩu lệnh", "bộ tư lệnh",
    "tư lệnh", "án lệnh", "đơn vị", "đơn giá", "đơn giản", "hóa đơn", "thư viện", "thư ký", "bí thư", "văn thư",
    "hội nghị", "đề nghị",
)  # fmt: skip
_DIRECTIVE_ISSUERS = ("TTG", "UB", "CTUBND", "B", "TW", "TU", "HU", "ĐU", "VKS", "NHNN", "KTNN", "TCHQ", "TCT")
_TERM = re.compile(r"(?:UBTV)?QH(?:K?\d{1,2}|[IVX]+)?$")


@cache
def type_rows() -> tuple[TypeRow, ...]:
    return load_rows("reference_types", TypeRow)


@cache
def type_words() -> dict[str, TypeRow | None]:
    """The trigger words (keys), and None for words that only contain one."""
    words: dict[str, TypeRow | None] = {key_of(w): None for w in _OTHER_WORDS}
    for row in type_rows():
        words.update({key_of(w): row for w in row.words})
        words.update({key_of(w): row for w in row.abbreviations})
    return words


@cache
def _abbreviations() -> dict[str, frozenset[str]]:
    """Key of an abbreviation -> how it is printed."""
    out: dict[str, set[str]] = {}
    for row in type_rows():
        for word in row.abbreviations:
            out.setdefault(key_of(word), set()).add(word)
    return {key: frozenset(words) for key, words in out.items()}


@cache
def _by_symbol() -> dict[str, DocumentType]:
    return {s.upper(): row.document_type for row in type_rows() for s in row.symbols}


def type_of_symbol(groups: tuple[str, ...]) -> DocumentType | None:
    """The type that the groups of a number say: `QĐ-UBND` -> quyết định, `2016/QH13` -> luật; None for a công văn."""
    letters = [g for g in groups if not g.isdigit()]
    if not letters:
        return None
    if _TERM.match(letters[0]):
        return DocumentType.LUAT
    if letters[0].upper() == "CT" and len(letters) > 1 and not letters[1].upper().startswith(_DIRECTIVE_ISSUERS):
        return None  # 1024/CT-TTHT: a letter of a Cục Thuế
    return _by_symbol().get(letters[0].upper())


@cache
def _triggers() -> Triggers[TypeRow | None]:
    return Triggers(type_words().items())


def named_type(text: str, start: int, end: int, row: TypeRow) -> bool:
    """Whether `start:end`, found by its key, is printed as the type it stands for: abbreviations in capitals."""
    if end - start > MAX_ABBREVIATION or not row.abbreviations:
        return True
    printed = text[start:end]
    forms = _abbreviations().get(key_of(printed))
    return forms is None or printed in forms


def reads(text: str) -> set[str]:
    """The ids of the rows of `reference_types` found in `text`."""
    flow = normalize(text)
    out = set()
    for hit in _triggers().find(flow.key):
        if hit.value is not None and named_type(flow.text, hit.start, hit.end, hit.value):
            out.add(hit.value.id)
    return out
