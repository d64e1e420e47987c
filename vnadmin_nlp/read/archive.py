"""Members of a .zip, one at a time, none of them unpacked before it is known how much it asks for."""

from __future__ import annotations

import io
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO

from vnadmin_nlp.errors import ReadError
from vnadmin_nlp.read.options import Limits
from vnadmin_nlp.read.packed import Budget, Part, shown, too_large
from vnadmin_nlp.schema.source import Format

_CHUNK = 1 << 20
_HEADER = 30  # bytes of a member's own header before its name
_ERRORS = (
    zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError,
    NotImplementedError, LookupError, struct.error, MemoryError,
)  # fmt: skip
_MANY = 20_000  # members that no office file has
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA}
_OTHER_METHODS = {9: "deflate64", 93: "zstd", 95: "xz", 98: "ppmd"}
LEFT_BY_SYSTEMS = frozenset({".ds_store", "thumbs.db", "desktop.ini", "ehthumbs.db"})
"""Names, in lower case, of files that systems leave in folders."""
_AS = "save it as .docx or .pdf and read that"
_CUT_OFF = "the zip is cut off; get the file again"
_AGAIN = "get it again, or unpack it and read its files"
_ODF = "application/vnd.oasis.opendocument."
_ODF_KINDS = {
    "spreadsheet": "a spreadsheet (.ods)",
    "presentation": "a presentation (.odp)",
    "graphics": "a drawing (.odg)",
}


def kind_of_zip(data: bytes, name: str) -> Format:
    """Whether a zip is a Word or OpenDocument file or an archive, by the names of its members.

    Raises ReadError where it is a workbook, a presentation or the like, and where it is locked or damaged.
    """
    if _count(data, name) > _MANY:
        return Format.ZIP
    return _kind(_opened(io.BytesIO(data), name), name)


def _kind(archive: zipfile.ZipFile, name: str) -> Format:
    names = {info.filename.replace("\\", "/").lower() for info in archive.infolist()}
    if "mimetype" in names:
        kind = _mimetype(archive)
        if kind.startswith(_ODF + "text"):
            return _odt(archive, name)
        if kind.startswith((_ODF, "application/epub")):
            what = _ODF_KINDS.get(kind.removeprefix(_ODF).partition("-")[0], "a book (.epub)")
            raise ReadError(name, f"this is {what}; {_AS}")
    if "[content_types].xml" in names:
        folders = {member.partition("/")[0] for member in names if "/" in member}
        if "word" in folders:
            return Format.DOCX
        for folder, what in (("xl", "an Excel workbook (.xlsx)"), ("ppt", "a PowerPoint presentation (.pptx)")):
            if folder in folders:
                raise ReadError(name, f"this is {what}; {_AS}")
        return Format.DOCX  # its reader finds the main part by the package's relations, or says what is missing
    return Format.ZIP


def _mimetype(archive: zipfile.ZipFile) -> str:
    try:
        with archive.open("mimetype") as stream:
            return stream.read(200).decode("ascii", "replace").strip()
    except _ERRORS:
        return ""


def _odt(archive: zipfile.ZipFile, name: str) -> Format:
    try:
        with archive.open("META-INF/manifest.xml") as stream:
            locked = b"encryption-data" in stream.read(_CHUNK)
    except _ERRORS:
        return Format.ODT
    if locked:
        raise ReadError(name, "it is locked by a password; open it with it, save it without one and read that")
    return Format.ODT


def members(data: bytes, name: str, budget: Budget) -> Iterator[Part]:
    """The files of an archive, in the order of its list.

    Folders and what systems leave behind (`__MACOSX`, `.DS_Store`, `Thumbs.db`, Word's lock files) are no files.
    Raises ReadError where the archive as a whole is not read: damaged, too large, its members overlapping.
    """
    budget.allow_members(_count(data, name), name)
    archive = _opened(io.BytesIO(data), name)
    infos = [info for info in archive.infolist() if not _is_left_out(info)]
    _check_places(archive, name)
    budget.spend_members(len(infos), name)
    budget.allow(sum(info.file_size for info in infos), name)
    for info in infos:
        member = f"{name}!{shown(_name(info))}"
        try:
            content: bytes | ReadError = _unpacked(archive, info, member, budget)
        except ReadError as error:
            content = error
        yield Part(member, content)


class Archive:
    """An archive on the disk, of any size and with any number of files: one file at a time is unpacked.

    `kind` is as `kind_of_zip` has it. Raises ReadError where the archive as a whole is not read.
    """

    def __init__(self, stream: IO[bytes], name: str) -> None:
        if not zipfile.is_zipfile(stream):
            raise ReadError(name, _CUT_OFF)
        self._name = name
        self._archive = _opened(stream, name)
        self.kind = _kind(self._archive, name)
        self._infos = [info for info in self._archive.infolist() if not _is_left_out(info)]

    def __len__(self) -> int:
        return len(self._infos)

    def parts(self, limits: Limits) -> Iterator[Part]:
        """The files, in the order of the archive's list. The limits hold for each of them, not for the whole."""
        _check_places(self._archive, self._name)
        for info in self._infos:
            member = f"{self._name}!{shown(_name(info))}"
            try:
                if info.file_size > limits.file_bytes:
                    raise too_large(member, limits.file_bytes)
                content: bytes | ReadError = _unpacked(self._archive, info, member, Budget(limits))
            except ReadError as error:
                content = error
            yield Part(member, content)


def checked_zip(data: bytes, name: str, budget: Budget) -> None:
    """Raise ReadError where the zip of an office file is damaged or asks for more than is allowed."""
    budget.allow_members(_count(data, name), name)
    archive = _opened(io.BytesIO(data), name)
    _check_places(archive, name)
    for info in archive.infolist():
        budget.allow_expansion(info.file_size, info.compress_size, name)
        for _ in _pieces(archive, info, name, budget):
            pass


def _count(data: bytes, name: str) -> int:
    """How many members the list of an archive has, or more; without reading it."""
    end = data.rfind(b"PK\x05\x06")
    if end < 0 or len(data) < end + 22:
        raise ReadError(name, _CUT_OFF)
    size = struct.unpack_from("<I", data, end + 12)[0]
    return data.count(b"PK\x01\x02", max(0, end - size) if size < 0xFFFFFFFF else 0, end)


def _opened(stream: IO[bytes], name: str) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(stream)
    except _ERRORS as error:
        raise ReadError(name, f"the zip is damaged ({error}); get the file again") from error


def _check_places(archive: zipfile.ZipFile, name: str) -> None:
    """Members that share bytes are the mark of a bomb."""
    end = 0
    for info in sorted(archive.infolist(), key=lambda info: info.header_offset):
        if info.header_offset < end:
            raise ReadError(name, f"its members overlap, as in no honest archive; {_AGAIN}", place=shown(info.filename))
        end = info.header_offset + _HEADER + info.compress_size
    if end > archive.start_dir:
        raise ReadError(name, f"the zip is damaged (a member goes over its end); {_AGAIN}")


def _unpacked(archive: zipfile.ZipFile, info: zipfile.ZipInfo, member: str, budget: Budget) -> bytes:
    if info.flag_bits & 1:
        raise ReadError(member, "it is locked by a password; unpack the archive and read its files")
    if info.compress_type not in _METHODS:
        kind = _OTHER_METHODS.get(info.compress_type, f"method {info.compress_type}")
        raise ReadError(
            member, f"it is packed by a method that is not read here ({kind}); unpack it and read its files"
        )
    budget.allow_expansion(info.file_size, info.compress_size, member)
    return b"".join(_pieces(archive, info, member, budget))


def _pieces(archive: zipfile.ZipFile, info: zipfile.ZipInfo, member: str, budget: Budget) -> Iterator[bytes]:
    """What is unpacked, counted as it comes: what an archive says of its sizes may be a lie."""
    size = 0
    try:
        with archive.open(info) as stream:
            while piece := stream.read(_CHUNK):
                size += len(piece)
                budget.spend(len(piece), member)
                budget.allow_expansion(size, info.compress_size, member)
                yield piece
    except ReadError:
        raise
    except _ERRORS as error:
        raise ReadError(member, f"it cannot be unpacked ({error}); {_AGAIN}") from error


def _is_left_out(info: zipfile.ZipInfo) -> bool:
    *folders, last = info.filename.replace("\\", "/").split("/")
    return not last or "__MACOSX" in folders or last.startswith(("._", "~$")) or last.lower() in LEFT_BY_SYSTEMS


def _name(info: zipfile.ZipInfo) -> str:
    """The name, whatever code page the program that packed the file wrote it in."""
    if info.flag_bits & 0x800 or info.filename.isascii():
        return unicodedata.normalize("NFC", info.filename)
    raw = info.filename.encode("cp437", "replace")  # as zipfile decoded it
    for code in ("utf-8", "cp1258"):
        try:
            name = unicodedata.normalize("NFC", raw.decode(code))
        except UnicodeDecodeError:
            continue
        if code == "utf-8" or all(c.isascii() or c.isalpha() for c in name):
            return name
    return info.filename
