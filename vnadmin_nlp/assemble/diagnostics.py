"""What a document lacks, what in it is impossible, and which guesses mattered."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from vnadmin_nlp.extract.model import DeadlineCandidate
from vnadmin_nlp.layout import Layout
from vnadmin_nlp.outline import Flow, Outline
from vnadmin_nlp.schema import (
    Diagnostic,
    Dispatch,
    DocumentType,
    SectionLabel,
    Severity,
    Span,
)
from vnadmin_nlp.text import key_of, spans_of
from vnadmin_nlp.text.quality import Quality, quality_of

_CONVERT = "give the file, or text.encode(), to vnadmin_nlp.read, which converts them."
_LETTERS = {
    Quality.EMPTY: ("text.empty", Severity.ERROR, "The text is empty: there is nothing to analyse."),
    Quality.TCVN3: (
        "text.legacy_encoding",
        Severity.ERROR,
        f"The letters look like TCVN3 (.VnTime) or another old encoding read as Unicode: {_CONVERT}",
    ),
    Quality.VNI: (
        "text.legacy_encoding",
        Severity.ERROR,
        f"The letters look like VNI read as Unicode: {_CONVERT}",
    ),
    Quality.NO_ACCENTS: (
        "text.no_accents",
        Severity.WARNING,
        "The text is Vietnamese typed without marks: most of what it says cannot be read; restore the marks first.",
    ),
    Quality.GARBLED: (
        "text.garbled",
        Severity.WARNING,
        "Many words are no Vietnamese words, as after a bad scan: check every finding against the page.",
    ),
    Quality.FOREIGN: (
        "text.not_vietnamese",
        Severity.WARNING,
        "The text does not look Vietnamese: no finding in it is to be trusted.",
    ),
}
_WITHOUT_RECIPIENTS = {DocumentType.BIEN_BAN, DocumentType.HOP_DONG, DocumentType.LUAT, DocumentType.OTHER}
_UNSURE = 0.6
_NO_HEADER = (
    "No heading of an administrative document was found (issuer, number, place and date; Decree 30/2020 appendix I): "
    "the text may be a fragment or another kind of text."
)
_SECRET = "handling it on a networked machine is regulated (Law 117/2025/QH15 on state secrets)."
_GAP = r"[ .…]{0,40}"
_BLANK_DATE = re.compile(rf"ngày{_GAP}\d{{0,2}}{_GAP}tháng{_GAP}\d{{0,2}}{_GAP}năm")
_FULL_DATE = re.compile(
    rf"ngày{_GAP}\d{{1,2}}(?:{_GAP}tháng{_GAP}\d{{1,2}}{_GAP}năm{_GAP}\d|\s?[/.-]\s?\d{{1,2}}\s?[/.-]\s?\d{{4}})"
)
_DATE_WORDS = re.compile(r"ngày.{0,40}(?:tháng|năm)|ngày\s?\d|tháng.{0,20}năm")


def diagnose(
    dispatch: Dispatch, layout: Layout, outline: Outline, deadlines: list[DeadlineCandidate]
) -> list[Diagnostic]:
    """What to know before relying on `dispatch`, which was read from `layout` and `outline`."""
    fault = _LETTERS.get(quality_of(layout.text))
    out = [Diagnostic(code=fault[0], severity=fault[1], message=fault[2])] if fault else []
    if not any(section.label is SectionLabel.HEADER for section in dispatch.sections):
        if dispatch.sections:
            out.append(_warn("document.no_header", _NO_HEADER))
        return out
    if dispatch.header.secrecy is not None:
        mark = dispatch.header.secrecy
        out.append(
            _warn("document.secret", f"The document bears the secrecy mark {mark.text}: {_SECRET}", mark.spans[0])
        )
    out.extend(_missing(dispatch, layout))
    out.extend(_doubts(dispatch, outline.flow, deadlines))
    out.extend(_unread(outline))
    return list(dict.fromkeys(out))


def missing_models(names: Iterable[str]) -> list[Diagnostic]:
    """That models which the package has on by default are not on this machine."""
    message = "The trained model {} is not installed: the rules alone were used. Install the package whole again."
    return [Diagnostic(code="models.missing", message=message.format(n), severity=Severity.INFO) for n in names]


def _missing(dispatch: Dispatch, layout: Layout) -> Iterator[Diagnostic]:
    """The components of Decree 30/2020 article 8 that are absent or blank."""
    header, kind = dispatch.header, dispatch.document_type
    if header.issuer is None:
        yield _lack("issuer", "the name of the issuing body (tên cơ quan ban hành)")
    if header.number is None:
        yield _lack("number", "the number and symbol (số, ký hiệu)")
    elif header.number.serial is None:
        if header.number.text.startswith("/"):
            code, what = "blank.number", "is left blank before its symbol (số để trống)"
        else:
            code, what = "number.unreadable", "cannot be read"
        yield _warn(code, f"The number of the document {what}: take it from another source.", header.number.spans[0])
    if header.date is None:
        yield _date_cell(layout) or _lack("date", "the date of issue (thời gian ban hành)")
    if dispatch.subject is None:
        yield _lack("subject", "the summary of the content (trích yếu)")
    if kind is DocumentType.CONG_VAN and not dispatch.addressees:
        yield _lack("addressees", "the addressees (Kính gửi), which a công văn must have")
    if kind not in _WITHOUT_RECIPIENTS and not dispatch.recipients and dispatch.archive is None:
        yield _lack("recipients", "the recipients (Nơi nhận)")
    if not any(signature.name for signature in dispatch.signatures):
        yield _lack("signature", "the name of the signer (họ tên người ký)")
    if kind is DocumentType.OTHER:
        yield _warn("guess.document_type", "The type of the document (tên loại) was not recognised: given as other.")


def _date_cell(layout: Layout) -> Diagnostic | None:
    """Why the heading's date has no value: left blank, unreadable, or a day the calendar does not have."""
    for cell in layout.cells(SectionLabel.HEADER):
        key = key_of(layout.words(cell))
        if _FULL_DATE.search(key):
            code, what = "date.impossible", "is no day of the calendar"
        elif _BLANK_DATE.search(key):
            code, what = "blank.date", "is left blank or incomplete (ngày tháng để trống)"
        elif _DATE_WORDS.search(key):
            code, what = "date.unreadable", "cannot be read"
        else:
            continue
        message = f"The date in the heading {what}: give the date of issue from another source."
        return _warn(code, message, spans_of(layout.text, (cell.start, cell.end))[0])
    return None


def _doubts(dispatch: Dispatch, flow: Flow, deadlines: list[DeadlineCandidate]) -> Iterator[Diagnostic]:
    """Impossible days of deadlines, and guesses a reader should check before acting on them."""
    for candidate in deadlines:
        for code, message in candidate.diagnostics:
            yield _warn(code, message, spans_of(flow, (candidate.start, candidate.end))[0])
    for deadline in dispatch.deadlines:
        if deadline.score <= _UNSURE:
            message = (
                f"The time meant by {deadline.text!r} is a guess (rule {deadline.rule}, score {deadline.score:.2f})"
            )
            yield Diagnostic(
                code="guess.deadline",
                severity=Severity.INFO,
                message=f"{message}: check it against the text.",
                span=deadline.spans[0],
            )


def _unread(outline: Outline) -> Iterator[Diagnostic]:
    """Rows of tables of tasks whose cells could not be given to their columns, the first of each table."""
    tables: set[int] = set()
    for paragraph in outline.paragraphs:
        row = paragraph.row
        if row and not row.safe and row.table not in tables:
            tables.add(row.table)
            message = (
                "Rows of this table of tasks have other cells than its head, as where merged cells were lost: "
                "who acts, and by when, was not read there; take it from the page."
            )
            yield _warn("table.unread", message, spans_of(outline.flow, (paragraph.start, paragraph.end))[0])


def _lack(part: str, what: str) -> Diagnostic:
    return _warn(f"missing.{part}", f"The document does not show {what} (Decree 30/2020 article 8).")


def _warn(code: str, message: str, span: Span | None = None) -> Diagnostic:
    return Diagnostic(code=code, message=message, severity=Severity.WARNING, span=span)
