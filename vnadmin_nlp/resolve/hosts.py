"""The document that a part belongs to where none is named beside it: `Tại Điều 5 quy định`, `khoản 3 Điều này`."""

from __future__ import annotations

import re

from vnadmin_nlp.extract.model import ReferenceCandidate
from vnadmin_nlp.extract.references_parts import BARE, OF_TYPE
from vnadmin_nlp.outline import Outline
from vnadmin_nlp.schema import DocumentType, Relation
from vnadmin_nlp.text import bare_of

LEAD_WITHIN = 60  # how far into its sentence a document stands that the sentence is about
SENTENCE = 600
# Types whose parts are articles: a bare `Điều 5` in one of them is a part of it
_WITH_ARTICLES = frozenset(
    (
        DocumentType.QUYET_DINH, DocumentType.NGHI_QUYET, DocumentType.NGHI_DINH, DocumentType.THONG_TU,
        DocumentType.THONG_TU_LIEN_TICH, DocumentType.LUAT, DocumentType.PHAP_LENH, DocumentType.LENH,
        DocumentType.QUY_CHE, DocumentType.QUY_DINH, DocumentType.HOP_DONG,
    )
)  # fmt: skip
# Types that discuss provisions of other documents: a bare `khoản 1` in one of them is one of those
_OF_LAW = (DocumentType.CONG_VAN, DocumentType.HUONG_DAN, DocumentType.TO_TRINH, DocumentType.BAO_CAO)
# Issued with a decision that is this document: `Điều 5 Quy chế này`
_ISSUED_WITH = (DocumentType.QUY_CHE, DocumentType.QUY_DINH, DocumentType.CHUONG_TRINH, DocumentType.KE_HOACH)
_CHANGES = (Relation.AMENDS, Relation.REPEALS, Relation.REPLACES)
_THIS = ("này", "nay", "nảy", "nầy")
# In a title: what follows them is named by the document before them. Without marks, which scans often lose
_TITLE = re.compile(r"huong dan|quy dinh|sua doi|bo sung|thi hanh|ban hanh|thay the|kem theo|chi tiet")
_LEAD = re.compile(
    r"(?<![^\W_])(?:can c.|tai|theo|ngay|doi chieu|xet|dieu \d{1,3}|khoan \d{1,2}|quy dinh|huong dan)(?![^\W_])"
)
_SAID = re.compile(r"(?:trong đó|quy định|xác định|nêu rõ|ghi rõ)(?![^\W_])")
_OWN_WORDS = re.compile(r"gửi|đính kèm|chi tiết|theo mẫu|này(?![^\W_])")


class Hosts:
    """The documents named so far in a document of type `own`, asked for the one that a part belongs to.

    `_lead` is the document with articles that a sentence began with (`Tại Điều 9 Thông tư số … quy định:`), until
    another takes its place; documents named in its title, in passing or inside a quotation do not. `_head`, which ends
    at `_head_end`, leads the sentence that began at `_sentence`; the last document named in its title ends at
    `_title_end`.
    """

    def __init__(self, outline: Outline, own: DocumentType) -> None:
        self._text = outline.flow.text
        self._key = outline.flow.key
        self._own = own
        self._of_type: dict[DocumentType, ReferenceCandidate] = {}
        self._amended: ReferenceCandidate | None = None
        self._lead: ReferenceCandidate | None = None
        self._head: ReferenceCandidate | None = None
        self._leads = False
        self._sentence = self._head_end = self._title_end = -1

    def add(self, one: ReferenceCandidate) -> None:
        """Take note of `one`, which names a document in full."""
        self._of_type[one.document_type] = one
        own = one.relation == Relation.AMENDS or self._own not in _WITH_ARTICLES  # else another document amends it
        if own and one.announced == Relation.AMENDS:
            self._amended = one

    def hear(self, one: ReferenceCandidate, document: ReferenceCandidate) -> None:
        """Take note that the text, outside quotations, speaks of `document` at `one`."""
        articles = one.document_type in _WITH_ARTICLES or one.rule == OF_TYPE
        if not articles and not (one.target and one.target.article):
            return
        sentence = self._sentence_at(one.start)
        if sentence != self._sentence and sentence == one.start and sentence - len("; ") == self._title_end:
            self._sentence = sentence  # the title goes on: `hướng dẫn Luật A; Luật B`
        if sentence != self._sentence:
            self._sentence = sentence
            self._leads = self._begins(sentence, one.start) or one.announced == Relation.AMENDS
        elif _TITLE.search(bare_of(self._key[self._head_end : one.start])):
            self._title_end = one.end
            return
        self._head, self._head_end = document, one.end
        if self._leads or self._lead is None:
            self._lead = document

    def find(self, one: ReferenceCandidate, *, quoted: bool) -> tuple[ReferenceCandidate | None, bool]:
        """The host of the part `one`, if it is known, and whether it is this document."""
        this = self._key.endswith(_THIS, one.start, one.end)
        if one.rule != BARE:
            if this and not quoted and one.document_type == self._own:
                return None, True
            host = self._of_type.get(one.document_type)
            if quoted and self._lead is not None and self._lead.document_type == one.document_type:
                host = self._lead
            return host, this and host is None and one.document_type in _ISSUED_WITH
        if one.announced in _CHANGES and self._amended and not this:
            return self._amended, False  # `Bãi bỏ khoản 2 Điều 5` in a document that amends another
        if quoted:
            return (self._amended if self._own in _WITH_ARTICLES else None) or self._lead, False
        if self._is_own(one):
            return None, True
        return (None if this else self._about(one)) or self._lead, False

    def _is_own(self, one: ReferenceCandidate) -> bool:
        """Whether a bare part outside quotations is one of this document."""
        part = one.target
        if self._own in _WITH_ARTICLES or part is None:
            return True
        if part.article or part.clause:
            return not part.article and self._own not in _OF_LAW and self._about(one) is None
        if part.appendix or part.chapter:
            return not (part.point and self._own in _OF_LAW) and not self._repeats(one)
        return True

    def _sentence_at(self, pos: int) -> int:
        """Where the sentence that holds `pos` begins."""
        low = max(0, pos - SENTENCE)
        return max(low, *(self._text.rfind(mark, low, pos) + len(mark) for mark in ("\n", ". ", "; ")))

    def _begins(self, sentence: int, start: int) -> bool:
        """Whether a document at `start` is what the sentence begins with: `Căn cứ quy định tại khoản 2 Điều 5 …`."""
        if start - sentence > LEAD_WITHIN:
            return False
        return start - sentence < 4 or _LEAD.search(bare_of(self._key[sentence:start])) is not None

    def _about(self, one: ReferenceCandidate) -> ReferenceCandidate | None:
        """The document that the sentence of the part `one` is about."""
        return self._head if self._head is not None and self._sentence_at(one.start) == self._sentence else None

    def _repeats(self, one: ReferenceCandidate) -> bool:
        """Whether the sentence of `one` repeats a document: `Quyết định số … trong đó xác định … (Phụ lục IV)`."""
        if self._about(one) is None:
            return False
        if self._text[one.start - 1 : one.start] == "(" and self._text[one.end : one.end + 1] == ")":
            return _OWN_WORDS.search(self._key, self._head_end, one.start) is None
        said = _SAID.search(self._key, self._head_end, one.start)
        return said is not None and _OWN_WORDS.search(self._key, said.end(), one.start) is None
