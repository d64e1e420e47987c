"""What short forms and anaphora stand for: this document, or one that is cited in full elsewhere in it."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field

from vnadmin_nlp.extract.model import Context, ReferenceCandidate
from vnadmin_nlp.outline import Outline
from vnadmin_nlp.schema import Antecedent, DocumentType, Relation, Span
from vnadmin_nlp.text import Range, bare_of, key_of

_ALIAS = re.compile(
    r"\((?:sau đây\s)?(?:được\s)?(?:gọi|viết)\s(?:(?:tắt|chung)\s?)?(?:là)?\s?:?\s?"
    r"[“\"‘]?(?P<name>[^()“”\"‘’\n]{2,80}?)[”\"’]?\s?\)"
)
_SERIAL = re.compile(r"0*(\d+[a-zđ]?)")
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
# In a title: what follows them is named by the document before them. Without marks, which scans often lose
_TITLE = re.compile(r"huong dan|quy dinh|sua doi|bo sung|thi hanh|ban hanh|thay the|kem theo|chi tiet")
_LEAD = re.compile(
    r"(?<![^\W_])(?:can c.|tai|theo|ngay|doi chieu|xet|dieu \d{1,3}|khoan \d{1,2}|quy dinh|huong dan)(?![^\W_])"
)
_SAID = re.compile(r"(?:trong đó|quy định|xác định|nêu rõ|ghi rõ)(?![^\W_])")
_OWN_WORDS = re.compile(r"gửi|đính kèm|chi tiết|theo mẫu|này(?![^\W_])")
LEAD_WITHIN = 60  # how far into its sentence a document stands that the sentence is about
SENTENCE = 600
_BARE = "reference.part"
_OF_TYPE = "reference.part-of-type"
_PARTS = (_BARE, "reference.part-of-this", _OF_TYPE)


@dataclass(frozen=True, slots=True)
class Alias:
    """A short name the document defines (its range), and the reference it stands for; None: not a document."""

    name: str
    start: int
    end: int
    reference: ReferenceCandidate | None


@dataclass(slots=True)
class _Seen:
    """The full mentions read so far, by what a later short form repeats of them."""

    of_type: dict[DocumentType, ReferenceCandidate] = field(default_factory=dict)
    of_serial: dict[tuple[DocumentType, str], ReferenceCandidate] = field(default_factory=dict)
    of_name: dict[str, ReferenceCandidate] = field(default_factory=dict)
    amended: ReferenceCandidate | None = None

    def add(self, one: ReferenceCandidate, words: str) -> None:
        self.of_type[one.document_type] = one
        if one.relation == Relation.AMENDS:
            self.amended = one
        if one.number is not None and (serial := _SERIAL.match(one.number)):
            self.of_serial[one.document_type, serial[1]] = one
        if one.in_law_name and (one.number or one.date or words[-4:].isdigit()):
            self.of_name[_bare_name(words)] = one


class _Talk:
    """Which document with articles the text speaks of, so that a bare `khoản 3 Điều này` is a part of it.

    `lead` is the one that a sentence began with (`Tại Điều 9 Thông tư số … quy định:`), until another takes its place;
    documents named in its title, in passing or inside a quotation do not. `head`, which ends at `_head_end`, leads the
    sentence that began at `_sentence`; the last document named in its title ends at `_title_end`.
    """

    def __init__(self, outline: Outline) -> None:
        self._text = outline.flow.text
        self._key = outline.flow.key
        self.lead: ReferenceCandidate | None = None
        self.head: ReferenceCandidate | None = None
        self._leads = False
        self._sentence = self._head_end = self._title_end = -1

    def sentence_at(self, pos: int) -> int:
        """Where the sentence that holds `pos` begins."""
        low = max(0, pos - SENTENCE)
        return max(low, *(self._text.rfind(mark, low, pos) + len(mark) for mark in ("\n", ". ", "; ")))

    def hear(self, one: ReferenceCandidate, document: ReferenceCandidate) -> None:
        """Take note of `one`, which names `document`."""
        sentence = self.sentence_at(one.start)
        if sentence != self._sentence and sentence == one.start and sentence - len("; ") == self._title_end:
            self._sentence = sentence  # the title goes on: `hướng dẫn Luật A; Luật B`
        if sentence != self._sentence:
            self._sentence = sentence
            self._leads = self._begins(sentence, one.start) or one.relation == Relation.AMENDS
        elif _TITLE.search(bare_of(self._key[self._head_end : one.start])):
            self._title_end = one.end
            return
        self.head, self._head_end = document, one.end
        if self._leads or self.lead is None:
            self.lead = document

    def _begins(self, sentence: int, start: int) -> bool:
        """Whether a document at `start` is what the sentence begins with: `Căn cứ quy định tại khoản 2 Điều 5 …`."""
        if start - sentence > LEAD_WITHIN:
            return False
        return start - sentence < 4 or _LEAD.search(bare_of(self._key[sentence:start])) is not None

    def about(self, one: ReferenceCandidate) -> ReferenceCandidate | None:
        """The document that the sentence of `one`, a part, is about."""
        return self.head if self.head is not None and self.sentence_at(one.start) == self._sentence else None

    def says(self, one: ReferenceCandidate) -> bool:
        """Whether the sentence of `one` repeats a document: `Quyết định số … trong đó xác định … (Phụ lục IV)`."""
        if self.about(one) is None:
            return False
        if self._text[one.start - 1 : one.start] == "(" and self._text[one.end : one.end + 1] == ")":
            return _OWN_WORDS.search(self._key, self._head_end, one.start) is None
        said = _SAID.search(self._key, self._head_end, one.start)
        return said is not None and _OWN_WORDS.search(self._key, said.end(), one.start) is None


def find_aliases(outline: Outline, references: list[ReferenceCandidate]) -> list[Alias]:
    """Names defined by `(sau đây gọi tắt là …)`, each with the last reference before it in its paragraph."""
    text, key = outline.flow.text, outline.flow.key
    starts = [r.start for r in references]
    out = []
    at = key.find("(")
    while at >= 0:
        match = _ALIAS.match(key, at, at + 140)
        if match is not None:
            start, end = match.span("name")
            index = bisect_right(starts, at) - 1
            one = references[index] if index >= 0 and text.find("\n", references[index].end, at) < 0 else None
            out.append(Alias(" ".join(text[start:end].split()), start, end, one))
        at = key.find("(", at + 1)
    return out


def resolve_antecedents(
    outline: Outline, context: Context, references: list[ReferenceCandidate]
) -> list[ReferenceCandidate]:
    """Give parts and short forms the document they belong to, and parts without a named host the type of theirs."""
    aliases = {key_of(a.name): a.reference for a in find_aliases(outline, references) if a.reference is not None}
    seen, talk = _Seen(), _Talk(outline)
    last_part = max((one.start for one in references if one.rule in _PARTS), default=-1)
    for one in references:
        quoted = _within((one.start, one.end), outline.quotes)
        if one.rule in _PARTS:
            host = _place(outline, context, one, seen, talk, quoted=quoted)
            if one.rule == _OF_TYPE and not quoted:
                talk.hear(one, host or one)
            continue
        words = outline.flow.key[one.pinpoint[1] if one.pinpoint else one.start : one.end]
        full = _full_form(one, words, seen, aliases)
        if full is not None and full is not one:
            one.antecedent = _antecedent(outline, full)
        elif (one.number or one.name or "/")[0] != "/":  # a blank serial singles nothing out
            seen.add(one, words)
        if (
            one.start < last_part
            and not quoted
            and (one.document_type in _WITH_ARTICLES or (one.target and one.target.article))
        ):
            talk.hear(one, full or one)
    return references


def _place(
    outline: Outline, context: Context, one: ReferenceCandidate, seen: _Seen, talk: _Talk, *, quoted: bool
) -> ReferenceCandidate | None:
    """The host of a part whose document is not named beside it; None where that is this document, or not known."""
    this = outline.flow.key.endswith(("này", "nay", "nảy", "nầy"), one.start, one.end)
    host: ReferenceCandidate | None
    if one.rule != _BARE:
        own = this and not quoted and one.document_type == context.document_type
        host = None if own else seen.of_type.get(one.document_type)
        if quoted and talk.lead is not None and talk.lead.document_type == one.document_type:
            host = talk.lead
        own = own or (this and host is None and one.document_type in _ISSUED_WITH)
    elif one.relation in _CHANGES and seen.amended and not this:
        own, host = False, seen.amended  # `Bãi bỏ khoản 2 Điều 5` in a document that amends another
    elif quoted:
        own, host = False, (seen.amended if context.document_type in _WITH_ARTICLES else None) or talk.lead
    elif own := _speaks_of_itself(context.document_type, one, talk):
        host = None
    else:
        host = (None if this else talk.about(one)) or talk.lead
    if host is not None:
        one.document_type = host.document_type
        one.antecedent = _antecedent(outline, host)
    elif own:
        one.antecedent = Antecedent(this=True)
    return host


def _speaks_of_itself(own: DocumentType, one: ReferenceCandidate, talk: _Talk) -> bool:
    """Whether a bare part outside quotations is one of this document."""
    if own in _WITH_ARTICLES:
        return True
    part = one.target
    if part is None or not (part.article or part.clause):
        if part is None or not (part.appendix or part.chapter):
            return True
        return not (part.point and own in _OF_LAW) and not talk.says(one)
    return not part.article and own not in _OF_LAW and talk.about(one) is None


def _full_form(
    one: ReferenceCandidate, words: str, seen: _Seen, aliases: dict[str, ReferenceCandidate]
) -> ReferenceCandidate | None:
    """The full mention that `Nghị định 45`, `Luật Đất đai`, `Đề án 06` repeats."""
    if one.number is not None:
        if "/" in one.number or "-" in one.number or not (serial := _SERIAL.match(one.number)):
            return None
        return seen.of_serial.get((one.document_type, serial[1]))
    if one.name is None or one.date is not None:
        return None
    if (alias := aliases.get(key_of(one.name))) is not None:
        return alias
    return seen.of_name.get(_bare_name(words)) if one.in_law_name and not one.name[-4:].isdigit() else None


def _bare_name(words: str) -> str:
    """The name of a law in the key `words`, without its number, year and date: what a short form repeats."""
    return re.split(r"\s(?:số|ngày|năm|\d)", words.strip(), maxsplit=1)[0].strip()


def _antecedent(outline: Outline, host: ReferenceCandidate) -> Antecedent:
    ranges = outline.flow.ranges(host.start, host.end)
    span = Span(start=ranges[0][0], end=ranges[-1][1]) if ranges else None
    return Antecedent(number=host.number, name=host.name, date=host.date, span=span)


def _within(where: Range, quotes: list[Range]) -> bool:
    at = bisect_right(quotes, (where[0], 1 << 62)) - 1
    return at >= 0 and quotes[at][0] <= where[0] and where[1] <= quotes[at][1]
