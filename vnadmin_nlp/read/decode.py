"""Bytes of a text file to characters, whatever their encoding; the mistakes of earlier programs undone."""

from __future__ import annotations

import codecs
import re
from itertools import islice
from typing import NamedTuple

from vnadmin_nlp.read.converted import Pairs
from vnadmin_nlp.read.document import Document
from vnadmin_nlp.read.guess import guess
from vnadmin_nlp.read.legacy import LOADED, convert_with_map, is_modern
from vnadmin_nlp.schema import Diagnostic, Severity

# The first bytes of files that hold more than text, and what to do
_FORMATS = {
    b"PK\x03\x04": "a Word, OpenDocument or zip file",
    b"%PDF-": "a PDF",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": "an old Office file (.doc, .xls)",
    b"{\\rtf": "a rich text file (.rtf)",
    b"\x89PNG": "an image (PNG)",
    b"\xff\xd8\xff": "an image (JPEG)",
    b"GIF8": "an image (GIF)",
    b"II*\x00": "an image (TIFF)",
    b"MM\x00*": "an image (TIFF)",
    b"\x1f\x8b": "a compressed file (gzip)",
    b"7z\xbc\xaf": "a compressed file (7z)",
    b"Rar!": "a compressed file (RAR)",
    b"\x7fELF": "a program",
    b"MZ\x90\x00": "a program",
}
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 20_000
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x19\x1c-\x1f]")
# Control characters that no encoding of Vietnamese has as letters
_PURE_CONTROLS = re.compile(r"[\x00\x03\x07\x08\x0e-\x10\x18\x1c\x1d\x1f]")
_GOOD_TO_BAD = 4  # letters that are UTF-8 for each that is not, in a file that is damaged UTF-8
_FEW_CONTROLS = 3
_USUAL = re.compile(r"[\t\n\r -~\xa0-\u024f\u0300-\u036f\u1e00-\u1eff\u2000-\u22ff\uf020-\uf0ff]")
# A letter of another script beside a Latin one: two letters of an old encoding that happen to be UTF-8
_OTHER_SCRIPT_INSIDE = re.compile(r"[A-Za-z][\u0370-\u07ff]|[\u0370-\u07ff][A-Za-z]")
_LATIN = re.compile(r"[\t\r -~\xa0-\xff\u2010-\u2026]+")
_LETTER = re.compile(r"[^\W\d_a-zA-Z]")
_PUNCTUATION = {byte: bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in range(0x80, 0xA0)}
_NAMES = {
    "tcvn3": "TCVN3 (.VnTime)",
    "tcvn5712": "TCVN 5712",
    "vni": "VNI",
    "viscii": "VISCII",
    "windows-1258": "Windows-1258",
    "utf-8": "UTF-8 encoded twice",
}


class Decoded(NamedTuple):
    """The characters of a file. `source` maps them to those the bytes were first decoded to, as in SourceText."""

    text: str
    encoding: str
    source: Pairs = ()
    diagnostics: tuple[Diagnostic, ...] = ()


def decode(document: Document) -> Decoded:
    """The characters of `document`. Raises ReadError where its bytes are no text."""
    data = document.data
    for start, kind in _FORMATS.items():
        if data.startswith(start):
            raise document.error(f"this is {kind}, no text: leave out `format`, or name the right one")
    for mark, codec in _BOMS:
        if data.startswith(mark):
            return _modern(document, data[len(mark) :], codec, len(mark))
    if wide := _without_mark(data[:_SAMPLE]):
        return _modern(document, data, wide)
    if _is_utf8(data):
        text = data.decode()
        if _OTHER_SCRIPT_INSIDE.search(text) and guess(data.decode("latin-1"), is_unicode=False):
            return _legacy(document, data)
        return _repaired(document, text, "utf-8")
    good, bad = _letters(data)
    if good > _GOOD_TO_BAD * bad and not _has_old_lines(data):
        return _modern(document, data, "utf-8")
    return _legacy(document, data, mixed=good > 0)


def _letters(data: bytes) -> tuple[int, int]:
    """How many characters beyond ASCII `data` has in UTF-8, and how many places that are no UTF-8."""
    kept = data.decode(errors="ignore")
    return len(kept) - len(kept.encode("ascii", "ignore")), _replaced(data.decode(errors="replace"), kept)


def _has_old_lines(data: bytes) -> bool:
    """Whether the lines of `data` that are no UTF-8 are in an old encoding, not damaged."""
    lines = b"\n".join(line for line in data.split(b"\n") if not _is_utf8(line))
    good, bad = _letters(lines)
    return good < bad and guess(lines.decode("latin-1"), is_unicode=False) is not None


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def _modern(document: Document, data: bytes, codec: str, offset: int = 0) -> Decoded:
    """`data`, which stands at byte `offset`, in an encoding of Unicode; what is none of its bytes is U+FFFD."""
    notes: tuple[Diagnostic, ...] = ()
    try:
        text = data.decode(codec)
    except UnicodeDecodeError as error:
        text = data.decode(codec, "replace")
        count = _replaced(text, data.decode(codec, "ignore"))
        first = f"the first at byte {offset + error.start}"
        message = f"{count} characters of the file are not {codec.upper()}, {first}: they read as U+FFFD; check them."
        notes = (_note("text.bad_bytes", Severity.WARNING, message),)
    return _repaired(document, text, codec, notes)


def _repaired(document: Document, text: str, codec: str, notes: tuple[Diagnostic, ...] = ()) -> Decoded:
    """`text` with the letters converted that an earlier program took for Latin-1 or Windows-1252."""
    _check(document, text)
    reading = guess(text)
    if reading is None:
        return Decoded(text, codec, (), notes)
    found = convert_with_map(text, reading)
    return Decoded(found.text, reading, found.source, (*notes, _converted(reading)))


def _legacy(document: Document, data: bytes, *, mixed: bool = False) -> Decoded:
    """`data`, bytes that are not UTF-8, or only in some of its lines (`mixed`)."""
    text = _by_line(data) if mixed else data.decode("latin-1")
    _check(document, text)
    reading = guess(text, is_unicode=False)
    if reading is not None:
        found = convert_with_map(text, reading, weigh=False)
        return Decoded(found.text.translate(_PUNCTUATION), reading, found.source, (_converted(reading),))
    text = text.translate(_PUNCTUATION)
    if is_modern(text[:_SAMPLE]) or _is_western(text):
        return Decoded(text, "windows-1252", (), _guessed("windows-1252") if _LETTER.search(text) else ())
    return _foreign(data) or Decoded(text, "windows-1252", (), _guessed("windows-1252"))


def _by_line(data: bytes) -> str:
    """Lines in UTF-8 as such, the others read as Latin-1."""
    lines = []
    for line in data.split(b"\n"):
        text = line.decode() if _is_utf8(line) else ""
        lines.append(text if is_modern(text) or _LATIN.fullmatch(text) else line.decode("latin-1"))
    return "\n".join(lines)


def _is_western(text: str) -> bool:
    """Whether `text` may be in a language of western Europe: most letters of its words are ASCII."""
    letters = "".join(match[0] for match in islice(LOADED.finditer(text), 2_000))
    return len(_LETTER.findall(letters)) <= sum(map(str.isascii, letters))


def _foreign(data: bytes) -> Decoded | None:
    """`data` in the encoding that its beginning looks like most."""
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_SAMPLE]).best()
    if best is None:
        return None
    return Decoded(data.decode(best.encoding, "replace"), best.encoding, (), _guessed(best.encoding))


def _replaced(text: str, kept: str) -> int:
    """How many places of `text` were no characters; `kept` is the same text without them."""
    return text.count("\ufffd") - kept.count("\ufffd")


def _without_mark(head: bytes) -> str | None:
    """The encoding of a file in UTF-16 or UTF-32 without byte order mark: plain letters leave most high bytes zero."""
    if 0 not in head:
        return None
    zeros = [head[at::4].count(0) for at in range(4)]
    quarter = len(head) / 4
    empty = [count > 0.95 * quarter for count in zeros]
    codec = None
    if empty[2:] == [True, True]:
        codec = "utf-32-le"
    elif empty[:2] == [True, True]:
        codec = "utf-32-be"
    elif 4 * sum(zeros) > len(head):
        codec = "utf-16-le" if zeros[1] + zeros[3] > zeros[0] + zeros[2] else "utf-16-be"
    text = head.decode(codec, "ignore") if codec else ""
    return codec if codec and len(_USUAL.findall(text)) > 0.9 * len(text) > 0 else None


def _check(document: Document, text: str) -> None:
    """Raise ReadError where the characters are those of no text."""
    if not _is_text(text):
        count = len(_CONTROLS.findall(text, 0, _SAMPLE))
        cause = f"this is no text ({count} of its first {len(text[:_SAMPLE])} characters are control characters)"
        raise document.error(f"{cause}: export it as text, .docx or .pdf from the program it comes from")


def looks_like_text(data: bytes) -> bool:
    """Whether `data` may be a text in any encoding, by its beginning."""
    head = data[:_SAMPLE]
    if _without_mark(head) or any(head.startswith(mark) for mark, _ in _BOMS):
        return True
    return _is_text(head.decode("latin-1"))


def _is_text(text: str) -> bool:
    """Whether there are few control characters at the beginning of `text`."""
    head = text[:_SAMPLE]
    pure = len(_PURE_CONTROLS.findall(head))
    return pure <= _FEW_CONTROLS + len(head) // 30 and len(_CONTROLS.findall(head)) <= _FEW_CONTROLS + len(head) // 6


def _converted(reading: str) -> Diagnostic:
    message = f"Letters of the file are in {_NAMES[reading]}: they were converted to Unicode (map: SourceText.source)."
    return _note("text.converted", Severity.INFO, message)


def _guessed(encoding: str) -> tuple[Diagnostic, ...]:
    message = f"The encoding of the file was guessed to be {encoding}: check its letters, or save the file as UTF-8."
    return (_note("text.encoding_guessed", Severity.WARNING, message),)


def _note(code: str, severity: Severity, message: str) -> Diagnostic:
    return Diagnostic(code=code, severity=severity, message=message)
