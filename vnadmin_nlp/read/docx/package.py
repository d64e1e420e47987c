"""The parts of a .docx: a zip that is looked at before anything in it is unpacked, and XML without entities.

python-docx would unpack and parse every part at once, refuses .docm and strict OOXML, and fails on a missing part; only
the few parts that hold text are needed here.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from typing import NamedTuple
from urllib.parse import unquote

from vnadmin_nlp.errors import ReadError
from vnadmin_nlp.read.document import Document
from vnadmin_nlp.read.docx.names import Element
from vnadmin_nlp.schema import Diagnostic, Severity

SMALL = 1_000_000  # bytes of a part that may be packed as tightly as it likes
LARGEST = 150_000_000  # bytes of a part that is read; as a tree they take some ten times as many
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHERS = (
    (b"%PDF", "a PDF"),
    (b"{\\rtf", "an .rtf file"),
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"BM", "a picture (BMP)"),
    (b"II*\0", "a picture (TIFF)"),
    (b"MM\0*", "a picture (TIFF)"),
    (b"<html", "a web page"),
    (b"<!doctype html", "a web page"),
    (b"<?xml", "an XML file"),
    (b"Rar!", "a .rar archive"),
)
_FOLDERS = (("xl/", "an Excel workbook"), ("ppt/", "a PowerPoint presentation"), ("meta-inf/", "an OpenDocument file"))
_ZIP_ERRORS = (
    zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError,
    NotImplementedError, UnicodeError, IndexError, KeyError,
)  # fmt: skip
_SAVE = "open it in Word, save it as .docx and read that"
# strict OOXML (ISO/IEC 29500-1) names the same things differently
_STRICT = b"http://purl.oclc.org/ooxml/"
_TRANSITIONAL = b"http://schemas.openxmlformats.org/"
_STRICT_NAMES = (b"wordprocessingml/main", b"officeDocument/math", b"officeDocument/relationships", b"drawingml/main")


class Relation(NamedTuple):
    """What a part points to: the last word of the type (`footnotes`), the part; no part where it lies elsewhere."""

    type: str
    part: str | None


class Package:
    """The parts of one .docx. What is lost of it is told in `diagnostics`."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.diagnostics: list[Diagnostic] = []
        self._zip = _opened(document)
        self._members = {info.filename.replace("\\", "/").lstrip("/").lower(): info for info in self._zip.infolist()}
        self._check_sizes()
        self.main = self._find_main()

    def _check_sizes(self) -> None:
        limits, infos = self.document.options.limits, self._zip.infolist()
        if len(infos) > limits.members:
            raise self.document.error(f"more than {limits.members} parts; raise Limits(members=...) to read it")
        if sum(info.file_size for info in infos) > limits.expanded_bytes:
            cause = (
                f"more than {limits.expanded_bytes} bytes once unpacked; raise Limits(expanded_bytes=...) to read it"
            )
            raise self.document.error(cause)
        for info in infos:
            if info.file_size > SMALL and info.file_size > limits.expansion * max(info.compress_size, 1):
                cause = (
                    f"more than {limits.expansion} times larger once unpacked; raise Limits(expansion=...) to read it"
                )
                raise self.document.error(cause, info.filename)
            if info.flag_bits & 1:
                raise self.document.error(f"it is locked by a password; {_SAVE} without one", info.filename)

    def _find_main(self) -> str:
        others = tuple(folder for folder, _ in _FOLDERS)
        for kind, part in self.relations("").values():
            if kind == "officeDocument" and part and part.lower() in self._members:
                if part.lower().startswith(others):
                    break
                return part
        if "word/document.xml" in self._members:
            return "word/document.xml"
        for folder, kind in _FOLDERS:
            if any(name.startswith(folder) for name in self._members):
                raise self.document.error(f"this is {kind}, no .docx; save it as .docx or .pdf and read that")
        raise self.document.error(f"the part with the text is missing; {_SAVE}", "word/document.xml")

    def read(self, part: str) -> bytes:
        """The bytes of `part`. Raises ReadError where it cannot be unpacked; KeyError where it is missing."""
        info = self._members[part.lower()]
        if info.file_size > LARGEST:
            raise self.document.error(f"more than {LARGEST} bytes of XML; split the document", part)
        try:
            return self._zip.read(info)
        except _ZIP_ERRORS as error:
            raise self.document.error(f"the file is damaged ({error}); get it again, or {_SAVE}", part) from error

    def xml(self, part: str) -> Element:
        """The root of `part`. Raises ReadError where it is no XML that is read; KeyError where it is missing."""
        return self._parsed(self.read(part), part)

    def optional(self, part: str | None, what: str) -> Element | None:
        """The root of `part`, or None and a diagnostic where it is missing or broken; `what` it would have held."""
        if part is None:
            return None
        try:
            return self.xml(part)
        except KeyError:
            self.tell("docx.part_missing", f"{part} is missing: {what} cannot be read.")
        except ReadError as error:
            self.tell("docx.part_broken", f"{part} cannot be read ({error.cause}): {what} are lost.")
        return None

    def relations(self, part: str) -> dict[str, Relation]:
        """What `part` points to, by id; the package itself is the part ``. Nothing outside the file is looked at."""
        folder, name = posixpath.split(part)
        rels = posixpath.join(folder, "_rels", f"{name}.rels")
        if rels.lower() not in self._members:
            return {}
        root = self.optional(rels, "links between the parts")
        found = {}
        for link in root.iterchildren() if root is not None else ():
            target, inside = link.get("Target", ""), link.get("TargetMode") != "External"
            path = posixpath.normpath(posixpath.join("/", folder, unquote(target))).lstrip("/")
            found[link.get("Id", "")] = Relation(link.get("Type", "").rpartition("/")[2], path if inside else None)
        return found

    def tell(self, code: str, message: str, severity: Severity = Severity.WARNING) -> None:
        """Report a part of the file that is lost."""
        self.diagnostics.append(Diagnostic(code=code, message=message, severity=severity))

    def _parsed(self, data: bytes, part: str) -> Element:
        from lxml import etree

        if _has_doctype(data):
            raise self.document.error("it declares entities, which no Word file does; it is not read", part)
        if _STRICT in data:
            for name in _STRICT_NAMES:
                area, _, rest = name.partition(b"/")
                data = data.replace(_STRICT + name, _TRANSITIONAL + area + b"/2006/" + rest)
        parser = etree.XMLParser(
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        try:
            root = etree.fromstring(data, parser)
        except (etree.LxmlError, ValueError, LookupError, AssertionError) as error:
            raise self.document.error(f"the XML is broken ({error}); {_SAVE}", part) from error
        if root is None or root.getroottree().docinfo.internalDTD is not None:
            raise self.document.error("it declares entities, which no Word file does; it is not read", part)
        return root


def _opened(document: Document) -> zipfile.ZipFile:
    data = document.data
    if not data:
        raise document.error("the file is empty")
    if len(data) > document.options.limits.file_bytes:
        limit = document.options.limits.file_bytes
        raise document.error(f"more than {limit} bytes; raise Limits(file_bytes=...) to read it")
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise document.error(f"it is locked by a password; {_SAVE} without one")
        raise document.error("this is an old Word file (.doc); name it so, or read it with format='doc'")
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except _ZIP_ERRORS as error:
        start = data[:64].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
        for magic, kind in _OTHERS:
            if start.startswith(magic.lower()):
                raise document.error(f"this is {kind}, no .docx; name it so, or read it with its format=") from error
        cause = "the file is cut off or damaged" if data.startswith(b"PK") else "this is no .docx (no zip archive)"
        raise document.error(f"{cause}; get it again, or {_SAVE}") from error


def _has_doctype(data: bytes) -> bool:
    """Whether XML `data` declares a document type, in the encodings XML may have."""
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        return True
    wide = b"\0" in data[:64]
    return wide and any(
        "<!DOCTYPE".encode(code) in data for code in ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
    )
