"""What a file is: by its content, by the ending of its name only where the content cannot tell."""

from __future__ import annotations

import codecs
import re
from pathlib import PurePosixPath

from vnadmin_nlp.errors import ReadError
from vnadmin_nlp.read.decode import looks_like_text
from vnadmin_nlp.read.ole import Compound, has_password
from vnadmin_nlp.schema.source import Format

READABLE = ".docx, .doc, .odt, .rtf, .pdf, .html, .md, .txt, images of pages, .zip and .eml"
_AS = "save it as .docx or .pdf and read that"
_UNLOCK = "open it with its password, save it without one and read that"
_UNPACK = "unpack it, or pack it as .zip"

_TEXT_ENDINGS = {
    ".txt": Format.TXT, ".text": Format.TXT, ".log": Format.TXT, ".md": Format.MARKDOWN, ".markdown": Format.MARKDOWN,
    ".mkd": Format.MARKDOWN, ".html": Format.HTML, ".htm": Format.HTML, ".xhtml": Format.HTML, ".shtml": Format.HTML,
    ".aspx": Format.HTML, ".php": Format.HTML, ".eml": Format.EML, ".mht": Format.EML, ".mhtml": Format.EML,
}  # fmt: skip
_NO_DOCUMENTS = frozenset(
    ".csv .tsv .json .jsonl .xml .css .js .py .java .yaml .yml .toml .ini .cfg .sql .ics .vcf .sh .bat .url".split()
)
OTHER_FILES = _NO_DOCUMENTS.union(
    ".xls .xlsx .xlsm .xlsb .ods .ppt .pptx .pps .ppsx .odp .mdb .accdb .db .sqlite .mp3 .wav .m4a .wma .mp4 .avi .mov "
    ".mkv .wmv .flv .exe .dll .msi .lnk .ttf .otf .woff .woff2 .iso .dwg .shp .dbf .ipynb .pyc .tmp .bak .md5".split()
)
"""Endings of files that lie among documents and are none."""
_OTHER_NAMES = {
    "htm": Format.HTML, "text": Format.TXT, "markdown": Format.MARKDOWN, "docm": Format.DOCX, "dotx": Format.DOCX,
    "dot": Format.DOC, "png": Format.IMAGE, "jpg": Format.IMAGE, "jpeg": Format.IMAGE, "tif": Format.IMAGE,
    "tiff": Format.IMAGE, "mht": Format.EML, "mhtml": Format.EML,
}  # fmt: skip
_TEXTS = frozenset({Format.TXT, Format.MARKDOWN, Format.HTML, Format.EML})

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIPS = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x06\x06", b"PK00PK\x03\x04")
_IMAGES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\0", b"MM\0*", b"II+\0", b"MM\0+", b"GIF87a", b"GIF89a")
# First bytes, what they are, what to do
_OTHERS = (
    (b"Rar!", "a .rar archive", _UNPACK),
    (b"7z\xbc\xaf\x27\x1c", "a .7z archive", _UNPACK),
    (b"\x1f\x8b", "a gzip file", _UNPACK),
    (b"BZh", "a bzip2 file", _UNPACK),
    (b"\xfd7zXZ\0", "an xz file", _UNPACK),
    (b"MSCF", "a cabinet archive", _UNPACK),
    (b"AT&TFORM", "a DjVu file", "save it as .pdf and read that"),
    (b"%!PS", "a PostScript file", "save it as .pdf and read that"),
    (b"\0\0\0\x0cjP  ", "a JPEG 2000 image", "save it as .png and read that"),
    (b"\x78\x9f\x3e\x22", "attachments packed by Outlook (winmail.dat)", "unpack it, or send it as a plain message"),
    (b"SQLite format 3", "a database", ""),
    (b"MZ", "a program", ""),
    (b"\x7fELF", "a program", ""),
    (b"\xca\xfe\xba\xbe", "a program", ""),
    (b"ID3", "a sound file", ""),
    (b"RIFF", "a sound or video file", ""),
    (b"\x1aE\xdf\xa3", "a video file", ""),
)
_OLE_KINDS = (
    ("WordDocument", ""),
    ("EncryptedPackage", f"it is locked by a password; {_UNLOCK}"),
    ("Workbook", f"this is an Excel workbook (.xls); {_AS}"),
    ("Book", f"this is an Excel workbook (.xls); {_AS}"),
    ("PowerPoint Document", f"this is a PowerPoint presentation (.ppt); {_AS}"),
    ("__properties_version1.0", "this is an Outlook message (.msg); save it as .eml and read that"),
    ("VisioDocument", f"this is a Visio drawing; {_AS}"),
)
_XML_KINDS = (
    ("<w:worddocument", "a Word 2003 XML file"),
    ("<pkg:package", "a Word XML package"),
    ("<office:document", "a flat OpenDocument file"),
    ("<svg", "a drawing (SVG)"),
)
_TAGS = re.compile(
    r"<(?:!doctype\s+html|html|head|body|title|meta|table|div|p|h[1-6]|center|font|span)[\s>/]", re.ASCII
)
_PAGE = re.compile(r"(?:<\?xml[^>]{0,200}>\s*)?<(?:!doctype\s+html|html)[\s>]", re.ASCII)
_HEAD = re.compile(r"(?:[!-9;-~]+:[^\n]*\n(?:[ \t][^\n]*\n)*)+")
_MAILBOX = re.compile(r"from \S{1,200} [^\n]{0,60}\d{4}\n(?=[!-9;-~]+:)")
_MAIL_FIELD = re.compile(r"^(mime-version|received|message-id|return-path|delivered-to):", re.MULTILINE)
_MAIL_OTHER = re.compile(r"^(from|to|subject|date|content-type):", re.MULTILINE)
_LOOK = 4096


def format_of(data: bytes, name: str) -> Format:
    """The format of the file `data`; `name` counts only where a text is neither web page nor message by its words.

    Raises ReadError, which says what the file looks like and what to do, where it is nothing that is read.
    """
    if not data:
        raise ReadError(name, "the file is empty; get it again")
    if data.startswith(_OLE):
        return _compound(data, name)
    if data.startswith(_ZIPS):
        from vnadmin_nlp.read.archive import kind_of_zip

        return kind_of_zip(data, name)
    if data.startswith(_IMAGES) or (data.startswith(b"BM") and data[6:10] == b"\0\0\0\0" and len(data) > 26):
        return Format.IMAGE
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return Format.IMAGE
    if data[4:8] == b"ftyp":
        photo = data[8:11] in (b"hei", b"hev", b"mif", b"avi")
        raise _refused(
            name, "a photo (HEIC)" if photo else "a video file", "save it as .jpg and read that" if photo else ""
        )
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{\\rt"):
        return Format.RTF
    for magic, kind, mend in _OTHERS:
        if data.startswith(magic) and not (magic.isalnum() and looks_like_text(data)):  # a text may begin with MZ
            raise _refused(name, kind, mend)
    if data[257:262] == b"ustar":
        raise _refused(name, "a .tar archive", _UNPACK)
    if b"%PDF-" in data[:1024]:
        return Format.PDF
    return _text(data, name)


def checked_format(data: bytes, name: str, asked: Format | None) -> Format:
    """The format to read `data` as, where the caller asked for one. Raises ReadError where the content is another."""
    if asked in _TEXTS and looks_like_text(data):
        return asked
    found = format_of(data, name)
    if asked is None or asked is found:
        return found
    raise ReadError(name, f"the content is {found.value}, not {asked.value} as format= says; leave format= out")


def as_format(format: str | Format | None) -> Format | None:
    """The format a caller names (`docx`, `.docx`, `markdown`). Raises ValueError where there is no such."""
    if format is None or isinstance(format, Format):
        return format
    word = format.lower().lstrip(".")
    if word in _OTHER_NAMES:
        return _OTHER_NAMES[word]
    try:
        return Format(word)
    except ValueError:
        raise ValueError(f"format={format!r}: it is one of {', '.join(Format)}") from None


def _compound(data: bytes, name: str) -> Format:
    compound = Compound(data)
    for stream, refusal in _OLE_KINDS:
        if stream not in compound.root:
            continue
        if refusal:
            raise ReadError(name, refusal)
        if has_password(compound.begins(stream)):
            raise ReadError(name, f"it is locked by a password; {_UNLOCK}")
        return Format.DOC
    if not compound.root:
        raise ReadError(name, "an old Office file (.doc, .xls) that is cut off or damaged; get it again")
    raise _refused(name, "an old Office file of another program, or damaged", _AS)


def _text(data: bytes, name: str) -> Format:
    """The kind of a file that is no known binary one."""
    ending = _ending(name)
    if not looks_like_text(data):
        raise _refused(name, f"an unknown binary file ({data[:8].hex(' ')})", "")
    start = _start(data)
    if start.startswith("<?xml") or ending in {".xml", ".svg"}:
        kind = next((kind for tag, kind in _XML_KINDS if tag in start), None)
        if kind or not _TAGS.search(start):
            raise _refused(name, kind or "an XML file", f"open it in Word or LibreOffice, {_AS}" if kind else "")
    if mailbox := _MAILBOX.match(start):
        if b"\n\nFrom " in data.replace(b"\r\n", b"\n"):
            raise _refused(name, "a mailbox of messages (mbox)", "save its messages as .eml and read those")
        start = start[mailbox.end() :]
    head = _HEAD.match(start)
    if head and _MAIL_FIELD.search(head[0]) and _MAIL_OTHER.search(head[0]):
        return Format.EML
    if _PAGE.match(start):
        return Format.HTML
    if ending in _TEXT_ENDINGS:
        return _TEXT_ENDINGS[ending]
    if start.startswith("<") and _TAGS.search(start):
        return Format.HTML
    if ending in _NO_DOCUMENTS:
        raise _refused(name, f"a {ending} file", "pass format='txt' to read it as text")
    return Format.TXT


def _ending(name: str) -> str:
    return PurePosixPath(name.replace("\\", "/").lower()).suffix


def _start(data: bytes) -> str:
    """The first characters of a text in lower case, without byte order mark and white space before them."""
    start = data[:_LOOK]
    for mark, code in ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        if start.startswith(mark):
            return start[2:].decode(code, "replace").lower().lstrip().replace("\r\n", "\n")
    return (
        start.removeprefix(codecs.BOM_UTF8).replace(b"\0", b"").decode("latin-1").lower().lstrip().replace("\r\n", "\n")
    )


def _refused(name: str, kind: str, mend: str) -> ReadError:
    return ReadError(name, f"this is {kind}; {mend or f'what can be read is {READABLE}'}")
