"""The characters of a page, by its mark, its declaration, or what its letters look like."""

from __future__ import annotations

import codecs
import html
import re
import unicodedata
from typing import NamedTuple

from vnadmin_nlp.read.decode import decode
from vnadmin_nlp.read.document import Document
from vnadmin_nlp.read.guess import guess
from vnadmin_nlp.read.legacy import convert_with_map
from vnadmin_nlp.schema.enums import Severity
from vnadmin_nlp.schema.findings import Diagnostic

_HEAD = 8192  # bytes that are searched for a declaration; browsers look at 1024, Word writes more before it
_DECLARED = re.compile(
    rb"<meta\b[^>]{0,500}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})"
    rb"|<\?xml\b[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{1,40})",
    re.I,
)
_LEGACY_FONT = re.compile(r"[\"':;,\s](?:\.vn[a-z]|vni-)", re.I)
_TAG = re.compile(r"<[a-zA-Z!/?]")
_ENTITY = re.compile(r"&(?:[A-Za-z]{3,8}\d?|#\d{3,5});")
_TAGS = re.compile(r"<[^<>]{0,10000}>")
_WIDE = frozenset({"utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be", "utf-7"})
_NO_TEXT = frozenset(
    "base64 bz2 hex quopri rot-13 uu zlib idna punycode unicode-escape raw-unicode-escape undefined".split()
)
_WESTERN = frozenset({"ascii", "iso8859-1", "latin-1", "cp1252"})
_CHECKED = 60_000  # characters of the page that are looked at for an encoding it does not declare


class Markup(NamedTuple):
    """The characters of a page, the encoding they were in, and what was doubtful about it."""

    text: str
    encoding: str
    diagnostics: tuple[Diagnostic, ...] = ()


def read_markup(document: Document) -> Markup:
    """The characters of the page in `document`. Raises ReadError where the bytes are no text."""
    if not document.data.strip(b" \t\r\n\0"):
        raise document.error("the file is empty: get it again from where it came from")
    markup = _decoded(document)
    if not _TAG.search(markup.text):
        return markup._replace(text=f"<pre>{html.escape(markup.text)}</pre>")
    return markup


def _decoded(document: Document) -> Markup:
    data = document.data
    codec = _codec_of_mark(data) or _codec_of_meta(data)
    if codec is None and _LEGACY_FONT.search(data.decode("latin-1")):
        codec = "cp1252"
    decoded = _text(data, codec) if codec and (codec == "utf-16" or 0 not in data[:_HEAD]) else None
    if decoded is None:
        found = decode(document)
        return Markup(found.text, found.encoding, tuple(map(_without_map, found.diagnostics)))
    text, codec = decoded
    if _LEGACY_FONT.search(text):  # letters are converted font by font
        return Markup(text, codec)
    reading = guess(_TAGS.sub(" ", html.unescape(text[:_CHECKED])))
    if reading is None:
        return Markup(text, codec)
    message = f"The page is declared as {codec}, but its letters are {reading}; they were converted to Unicode."
    note = Diagnostic(code="text.converted", message=message, severity=Severity.INFO)
    return Markup(convert_with_map(_ENTITY.sub(_letter, text), reading).text, reading, (note,))


def _letter(match: re.Match[str]) -> str:
    """The character an entity stands for, unless it would be markup."""
    character = html.unescape(match[0])
    return match[0] if character.isascii() else character


def _codec_of_mark(data: bytes) -> str | None:
    if data.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    return "utf-16" if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else None


def _codec_of_meta(data: bytes) -> str | None:
    match = _DECLARED.search(data, 0, _HEAD)
    return _codec((match[1] or match[2]).decode("ascii", "ignore")) if match else None


def _codec(name: str) -> str | None:
    """Python's name of the encoding `name`; None where it has none, or the bytes cannot be in it."""
    try:
        found = codecs.lookup(name)
    except (LookupError, ValueError):
        return None
    if found.name in _WIDE or found.name in _NO_TEXT:
        return None
    return "cp1252" if found.name in _WESTERN else found.name


def _text(data: bytes, codec: str) -> tuple[str, str] | None:
    """`data` in `codec`, or in UTF-8 where a single-byte encoding is declared and the bytes are UTF-8 all the same;
    None where the declaration is wrong."""
    if codec not in ("utf-8-sig", "utf-16") and not data.isascii():
        try:
            return data.decode(), "utf-8"
        except UnicodeDecodeError:
            pass
    try:
        text = data.decode(codec)
        # Windows-1258 writes tone marks as characters of their own
        return unicodedata.normalize("NFC", text) if codec == "cp1258" else text, codec.removesuffix("-sig")
    except UnicodeDecodeError:
        # five bytes that Windows-1252 does not have are letters in legacy fonts
        return (data.decode("latin-1"), codec) if codec == "cp1252" else None


def _without_map(note: Diagnostic) -> Diagnostic:
    """`note`, saying nothing of a map: offsets in a page are none of its text."""
    return note.model_copy(update={"message": note.message.replace(" (map in SourceText.source)", "")})
