"""Parts of documents: a pinpoint, with the document it is a part of where that is named beside it."""

from __future__ import annotations

import re
from functools import cache

from vnadmin_nlp.extract.model import ReferenceCandidate
from vnadmin_nlp.extract.references_documents import Documents
from vnadmin_nlp.extract.references_issuers import name_end
from vnadmin_nlp.extract.references_named import WorkRow, fixed_names
from vnadmin_nlp.extract.references_pinpoints import Pin, read_pin
from vnadmin_nlp.extract.references_types import TypeRow
from vnadmin_nlp.schema import DocumentType
from vnadmin_nlp.text import key_of

# Rules of parts whose document is not named in full beside them
BARE = "reference.part"  # Điều 5
OF_TYPE = "reference.part-of-type"  # Điều 5 của Nghị định
OF_THIS = "reference.part-of-this"  # Điều 5 Nghị định này
UNHOSTED = (BARE, OF_TYPE, OF_THIS)
_JOINT = re.compile(
    r"(?: ?[-–] ?| ?,? ?)(?:(?:của|tại|trong|thuộc|(?:được\s)?(?:ban hành\s)?kèm(?:\stheo)?|ban hành theo|theo)\s)?"
    r"(?:các\s)?(?=[^\W_])"
)
_REGULATION_WORDS = (
    "quy chế", "quy định", "quy trình", "điều lệ", "chương trình", "đề án", "danh mục", "hướng dẫn", "kế hoạch",
    "phụ lục",
)  # fmt: skip
_REGULATIONS = "|".join(map(key_of, _REGULATION_WORDS))
# `Điều 7 Quy chế … ban hành kèm theo Quyết định số …`: the decision has the number
_THROUGH = re.compile(
    rf"(?:bản\s)?(?:{_REGULATIONS})(?:\s[^\s.,;:()]+(?:,(?=\s))?){{0,12}}?"
    r"\s(?:(?:được\s)?ban hành\s)?(?:kèm theo|theo)\s(?=[^\W\d_])"
)
_ATTACHED = re.compile(r"(phụ lục|danh mục|biểu mẫu)\s(?:(?:được\s)?ban hành\s)?kèm theo\s")
_THIS = re.compile(r"\s(?:này|nay|nảy|nầy|nêu trên|trên đây|nói trên|dẫn trên|trên|đó)(?![^\W_])")
_ATTACHED_HERE = re.compile(_THIS.pattern + r"|\s(?:đính\s|ban hành\s)?kèm(?:\stheo)?(?![^\W_])")
_OF_DRAFT = re.compile(r"\s(?:của\s)?dự thảo(?![^\W_])")
_HEADING_END = re.compile(r"\s?(?:\[\d{1,3}\])?(?:[.:)-](?:\s?(?=[^\W\d_]|\n|[“\"]|$)|\s(?=\d))|\n|$)")
_SENTENCE_END = re.compile(r"[.;:”]\s$")
_STANDARDS = (" tcvn", " qcvn", " tiêu chuẩn")
_HEADING_UNITS = ("chapter", "part", "section", "appendix")
_POINTING = re.compile(
    r"(?:tại|theo|cứ|của|trong|ở|nêu|định|dẫn|thuộc|trừ|và|hoặc|với|các|điểm|sung|bỏ|đổi|thế|\()\s?$"
)
_BULLETS = ("- ", "+ ", "* ", "• ")
_QUOTES = ("“", '"', "\n", "‘", "")
_NAMED_HOSTS = (DocumentType.QUY_CHE, DocumentType.QUY_DINH)
_NAMED_HOST_WORDS = tuple(map(key_of, ("hiệp định", "công ước", "điều lệ", "nghị định thư", "thỏa thuận")))


@cache
def _fixed() -> list[tuple[str, WorkRow]]:
    """Fixed names of works, the longer first."""
    return sorted(fixed_names().items(), key=lambda entry: -len(entry[0]))


class Parts:
    """Reads the parts of documents in one text. `heads`: where paragraphs and their words begin."""

    def __init__(self, documents: Documents, own: DocumentType, heads: set[int]) -> None:
        self.text = documents.text
        self.key = documents.key
        self._documents = documents
        self._own = own
        self._heads = heads

    def read(self, start: int) -> tuple[ReferenceCandidate | None, int]:
        """The part whose first unit stands at `start`, and how far the text is read with it."""
        capitals = self.text[start : start + 4].isupper()
        pin = read_pin(self.text, self.key, start, first=capitals)
        if pin is None:
            one = self._attached(start)
            return one, one.end if one else start
        if capitals and pin.units[0] in _HEADING_UNITS:
            return None, start + 1
        if capitals:
            pin = read_pin(self.text, self.key, start) or pin
        if self._is_heading(pin):
            return None, start + 1
        if _OF_DRAFT.match(self.key, pin.end, pin.end + 16) or self.key.startswith(_STANDARDS, pin.end):
            return None, pin.end
        one = None if pin.this else self._host(pin.end)
        if one is None:
            if not ({"article", "clause"} & set(pin.units) or pin.this or self._points(pin)):
                return None, pin.end
            one = ReferenceCandidate(start, pin.end, self._own, BARE, 0.9)
        one.start, one.pinpoint, one.target = start, (start, pin.end), pin.target
        return one, one.end

    def _points(self, pin: Pin) -> bool:
        """Whether words around a lone point, section or appendix say that it is a place in a document."""
        before = _POINTING.search(self.key, max(0, pin.start - 8), pin.start)
        after = _THIS if pin.units[-1] != "appendix" else _ATTACHED_HERE
        return before is not None or after.match(self.key, pin.end, pin.end + 24) is not None

    def _is_heading(self, pin: Pin) -> bool:
        """Whether the label heads an item of this document or of a quoted one (`“Điều 5. Phạm vi`)."""
        text, end = self.text, pin.end
        if len(pin.units) > 1:
            return False
        start = pin.start - 2 if text.endswith(_BULLETS, 0, pin.start) else pin.start
        if not (start in self._heads or text[pin.start - 1 : pin.start] in _QUOTES):
            return self._runs_on(pin)
        if pin.units[0] in _HEADING_UNITS and text[end : end + 3].strip().isupper():
            return True
        if _HEADING_END.match(text, end, end + 8):
            return not self._numbered_host(end)
        title = text[end : end + 1] in (" ", "\n", "") and text[end + 1 : end + 2].isupper()
        return text[pin.start].isupper() and title and self._documents.type_at(end + 1) is None

    def _numbered_host(self, end: int) -> bool:
        """Whether a dash and a document with its number follow: `- Điều 5 - Nghị định số 5/2020/NĐ-CP`."""
        if self.text[end : end + 3] not in (" - ", " – "):
            return False
        host = self._host(end)
        return host is not None and host.number is not None

    def _runs_on(self, pin: Pin) -> bool:
        """Whether an article begins inside a paragraph, its line having been lost: `… thi hành. Điều 2. Sở Y tế …`."""
        text, end = self.text, pin.end
        return (
            pin.units == ("article",)
            and text[pin.start].isupper()
            and text[end : end + 2] == ". "
            and text[end + 2 : end + 3].isupper()
            and _SENTENCE_END.search(text, max(0, pin.start - 2), pin.start) is not None
        )

    def _attached(self, start: int) -> ReferenceCandidate | None:
        """`Phụ lục ban hành kèm theo Nghị định số …`, `Phụ lục kèm theo Kế hoạch này`."""
        match = _ATTACHED.match(self.key, start, start + 48)
        found = self._documents.type_at(match.end()) if match else None
        if match is None or found is None:
            return None
        end, row = found
        if match[1] == "phụ lục" and (this := _THIS.match(self.key, end, end + 14)):
            one: ReferenceCandidate | None = ReferenceCandidate(start, this.end(), row.document_type, OF_THIS)
        else:
            one = self._documents.numbered(match.end(), end, row)
        if one is not None:
            one.start, one.pinpoint = start, match.span(1)
        return one

    def _host(self, pos: int) -> ReferenceCandidate | None:
        """The document that a pinpoint ending at `pos` is a part of, where it is named right after."""
        joint = _JOINT.match(self.key, pos, pos + 40)
        if joint is None:
            return None
        at = joint.end()
        if through := _THROUGH.match(self.key, at, at + 120):
            at = through.end()
        for phrase, work in _fixed():
            end = at + len(phrase)
            if self.key.startswith(phrase, at) and not self.key[end : end + 1].isalnum():
                return self._documents.fixed(at, end, work)
        found = self._documents.type_at(at)
        if found is None:
            return None
        end, row = found
        if this := _THIS.match(self.key, end, end + 14):
            return ReferenceCandidate(at, this.end(), row.document_type, OF_THIS)
        one = self._documents.read(at, end, row, part=True)
        if "-" in joint.group() or "–" in joint.group():  # `Phụ lục V - Thông tư số …`, but not `Điều 5 - Nghị định`
            return one if one is not None and (one.number or one.in_law_name) else None
        if one is not None or ("," in joint.group() and row.document_type != DocumentType.OTHER):
            return one
        return self._unnamed_host(at, end, row)

    def _unnamed_host(self, at: int, end: int, row: TypeRow) -> ReferenceCandidate | None:
        """`khoản 2 Điều 8 của Nghị định`, `Điều 5 Hiệp định …`: a host by its type, or by type and some words."""
        kind = row.document_type
        if row.verb and not self.text[at].isupper():
            return None
        if kind in _NAMED_HOSTS or self.key[at:end] in _NAMED_HOST_WORDS:
            stop = name_end(self.text, self.key, at)
            if stop > end:
                name = " ".join(self.text[at:stop].split())
                return ReferenceCandidate(at, stop, kind, "reference.part-of-name", 0.8, name=name)
        elif row.verb and kind not in (DocumentType.QUYET_DINH, DocumentType.HOP_DONG):
            return None
        return ReferenceCandidate(at, end, kind, OF_TYPE, 0.9)
