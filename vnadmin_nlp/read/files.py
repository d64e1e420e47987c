"""Files of any format in, canonical text out: one document, or a stream of them."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from importlib import import_module
from typing import BinaryIO, TypeAlias, TypeGuard

from vnadmin_nlp.errors import MissingExtraError, ReadError
from vnadmin_nlp.options import Options
from vnadmin_nlp.read.document import Document
from vnadmin_nlp.read.office import convert_to_docx, losses
from vnadmin_nlp.read.options import Limits, ReadOptions, reading
from vnadmin_nlp.read.packed import Budget, shown, too_large
from vnadmin_nlp.read.sniff import as_format
from vnadmin_nlp.read.unpack import Found, Unreadable, documents
from vnadmin_nlp.schema.enums import Severity
from vnadmin_nlp.schema.findings import Diagnostic
from vnadmin_nlp.schema.source import Failure, Format, SourceText

Source: TypeAlias = str | os.PathLike[str] | bytes | BinaryIO
"""A file: its path, its bytes, or opened in binary mode."""

_READERS = {
    Format.TXT: ("plain", "read_txt"),
    Format.MARKDOWN: ("plain", "read_markdown"),
    Format.HTML: ("html", "read_html"),
    Format.DOCX: ("docx", "read_docx"),
    Format.PDF: ("pdf", "read_pdf"),
    Format.IMAGE: ("ocr", "read_image"),
}
_OFFICE = frozenset({Format.DOC, Format.ODT, Format.RTF})
_EXTRAS = {"PIL": "ocr"}
# How far read_texts looks ahead to convert old office files many at a time
_OFFICE_AHEAD = 40
_BYTES_AHEAD = 50_000_000
_FILES_AHEAD = 1_000
_CHUNK = 1 << 20
_TOLD = 20  # unread files that a single document tells of


def read_text(
    source: Source,
    *,
    format: str | Format | None = None,
    name: str | None = None,
    options: Options | None = None,
) -> SourceText:
    """The canonical text of one document.

    What the file is, is seen from its content; `format` is for what the content cannot tell (`txt`, `md`, `html`), and
    a file that is something else is refused. `name` stands for the file in messages where `source` has no path. An
    archive or message with one document in it is that document; what lies beside it and is none is reported in
    `diagnostics`. Raises ReadError (MissingExtraError where a part of the package or LibreOffice is missing),
    ValueError for an unknown `format`, TypeError for what is no file.
    """
    how, asked = reading(options), as_format(format)
    data, name = load(source, name, how.limits)
    found, unread = _only(documents(data, name, Budget(how.limits), asked), name)
    text = next(_read([found], how))
    if isinstance(text, ReadError):
        raise text
    return text.with_diagnostics(*unread)


def read_texts(source: Source | Iterable[Source], *, options: Options | None = None) -> Iterator[SourceText | Failure]:
    """The canonical texts of the documents in files, archives and messages, in their order, as a stream.

    A document that cannot be read is a Failure in its place, and so is every file that is no document. Documents in
    archives are named `archive.zip!folder/cv.docx`, the words of a message itself `mail.eml!body`. Folders are not
    walked. Old office files are converted many at a time, for which up to 1,000 files or 50 MB are taken from `source`
    ahead. Raises TypeError for what is no file.
    """
    how = reading(options)
    if _is_file(source):
        return _stream([source], how)
    if isinstance(source, bytes) or not isinstance(source, Iterable):  # bytes are a file, which was seen above
        raise TypeError(f"a path, bytes, a file opened in binary mode or an iterable of such, not {_kind(source)}")
    return _stream(source, how)


def read_each(
    sources: Iterable[tuple[Source, str | None]], options: ReadOptions
) -> Iterator[tuple[int, Iterator[SourceText | ReadError]]]:
    """Exactly one text a source, or why there is none, in order; the sources come with the names that stand for them.

    They come in groups, each with its size: those of several sources hold old office files, which are converted
    together when the first of the group is asked for. A source that holds several documents is an error.
    """
    beside: deque[list[Diagnostic]] = deque()

    def entries() -> Iterator[Found | Unreadable]:
        for source, name in sources:
            entry, unread = _sole(source, name or name_of(source) or "document", options)
            beside.append(unread)
            yield entry

    for group in _ahead(entries()):
        yield len(group), (_with(text, beside.popleft()) for text in _read(group, options))


def _sole(source: Source, name: str, options: ReadOptions) -> tuple[Found | Unreadable, list[Diagnostic]]:
    """The one document of a source, and what was not read beside it."""
    try:
        data, _ = load(source, name, options.limits)
        return _only(documents(data, name, Budget(options.limits)), name)
    except ReadError as error:
        return Unreadable(name, error), []
    except Exception as error:  # an archive that breaks a library must not end a stream of files
        broken = ReadError(name, f"it cannot be read ({type(error).__name__}: {error}); unpack it and read its files")
        broken.__cause__ = error
        return Unreadable(name, broken), []


def _with(text: SourceText | ReadError, unread: list[Diagnostic]) -> SourceText | ReadError:
    return text.with_diagnostics(*unread) if unread and isinstance(text, SourceText) else text


def _stream(sources: Iterable[Source], options: ReadOptions) -> Iterator[SourceText | Failure]:
    for group in _ahead(_entries(sources, options)):
        for entry, text in zip(group, _read(group, options), strict=True):
            if isinstance(text, ReadError):
                yield Failure(entry.name, "read", type(text).__name__, str(text))
            elif text.text.strip() or not (isinstance(entry, Found) and entry.body):
                yield text


def _entries(sources: Iterable[Source], options: ReadOptions) -> Iterator[Found | Unreadable]:
    for number, source in enumerate(sources, 1):
        name = name_of(source) or f"document {number}"
        try:
            data, name = load(source, name, options.limits)
        except ReadError as error:
            yield Unreadable(name, error)
        else:
            yield from documents(data, name, Budget(options.limits))


def _ahead(entries: Iterator[Found | Unreadable]) -> Iterator[list[Found | Unreadable]]:
    """`entries` in groups: one by one, or as many as are converted together from an old office file on."""
    group: list[Found | Unreadable] = []
    office = size = 0
    for entry in entries:
        group.append(entry)
        if isinstance(entry, Found):
            office += entry.format in _OFFICE
            size += len(entry.data)
        if not office or office >= _OFFICE_AHEAD or size >= _BYTES_AHEAD or len(group) >= _FILES_AHEAD:
            yield group
            group, office, size = [], 0, 0
    if group:
        yield group


def _read(group: list[Found | Unreadable], options: ReadOptions) -> Iterator[SourceText | ReadError]:
    """The text of each of `group`, or why it is not read."""
    office = [one for one in group if isinstance(one, Found) and one.format in _OFFICE]
    converted = iter(
        convert_to_docx([Document(one.data, one.name, options) for one in office], [one.format for one in office])
    )
    for one in group:
        if isinstance(one, Unreadable):
            yield one.error
            continue
        try:
            yield _read_one(one, next(converted) if one.format in _OFFICE else one.data, options)
        except ReadError as error:
            yield error


def _read_one(found: Found, data: bytes | ReadError, options: ReadOptions) -> SourceText:
    """The text of a document; `data` are its bytes, as .docx where it was converted."""
    if isinstance(data, ReadError):
        raise data
    document = Document(data, found.name, options)
    module, function = _READERS[Format.DOCX if found.format in _OFFICE else found.format]
    try:
        reader: Callable[[Document], SourceText] = getattr(import_module(f"vnadmin_nlp.read.{module}"), function)
        text = reader(document)
    except ReadError:
        raise
    except ImportError as error:
        missing = (error.name or "").partition(".")[0]
        package = f"vnadmin_nlp[{_EXTRAS[missing]}]" if missing in _EXTRAS else "vnadmin_nlp"
        cause = f"{missing or error} is not installed: pip install '{package}'"
        raise MissingExtraError(found.name, cause) from error
    except (RecursionError, MemoryError) as error:
        raise document.error("too deep or too large to be read; open it, save it again and read that") from error
    except Exception as error:  # a file that breaks a library must not end a stream of files
        cause = f"it cannot be read ({type(error).__name__}: {error}); open it, save it again and read that"
        raise document.error(cause) from error
    text = replace(text, format=found.format)
    return text.with_diagnostics(*losses(found.data, text)) if found.format in _OFFICE else text


def _only(entries: Iterator[Found | Unreadable], name: str) -> tuple[Found, list[Diagnostic]]:
    """The one document among `entries`; with what was not read beside it. Words of a message count where they are all
    it has."""
    found: list[Found] = []
    bodies: list[Found] = []
    unread: list[Unreadable] = []
    for entry in entries:
        if isinstance(entry, Unreadable):
            unread.append(entry)
        elif entry.body:
            bodies.append(entry)
        else:
            found.append(entry)
        if len(found) > 1:
            names = f"{found[0].name}, {found[1].name}, ..."
            raise ReadError(
                name,
                f"it holds several documents ({names}); use read_texts for all of them (in a batch "
                "pipe(read_texts(...)), or `vnadmin run`)",
            )
    found = found or bodies[:1]
    if not found and len(unread) == 1:
        raise unread[0].error
    if not found:
        told = "; ".join(str(one.error) for one in unread[:3])
        raise ReadError(name, f"it holds no document that can be read{': ' + told if told else ''}")
    told_of = [
        Diagnostic(code="file.not_read", message=f"Beside the document: {one.error}", severity=Severity.WARNING)
        for one in unread[:_TOLD]
    ]
    return found[0], told_of


# Opening


def _is_file(source: object) -> TypeGuard[Source]:
    return isinstance(source, str | bytes | bytearray | memoryview | os.PathLike) or hasattr(source, "read")


def _kind(source: object) -> str:
    return type(source).__name__


def name_of(source: object) -> str | None:
    """The name that a source brings with it."""
    path = source if isinstance(source, str | os.PathLike) else getattr(source, "name", None)
    if not isinstance(path, str | bytes | os.PathLike):
        return None
    return "".join(c if c.isprintable() else shown(c) for c in os.fsdecode(path))


def load(source: Source, name: str | None, limits: Limits) -> tuple[bytes, str]:
    """The bytes of `source` and its name. Nothing larger than is allowed is taken into memory."""
    name = name or name_of(source) or "document"
    if isinstance(source, bytes | bytearray | memoryview):
        data = bytes(source)
    elif isinstance(source, str | os.PathLike):
        data = _of_path(source, name, limits.file_bytes)
    elif hasattr(source, "read"):
        data = _of_stream(source, name, limits.file_bytes)
    else:
        raise TypeError(f"a path, bytes or a file opened in binary mode, not {_kind(source)}")
    if len(data) > limits.file_bytes:
        raise too_large(name, limits.file_bytes)
    return data, name


def _of_path(path: str | os.PathLike[str], name: str, most: int) -> bytes:
    if isinstance(path, str) and "\n" in path.strip():
        raise ReadError(f"{name[:40]}...", "this is a text, not the path of a file; use parse(text)")
    try:
        with open(path, "rb") as stream:  # noqa: PTH123 - any PathLike
            if os.fstat(stream.fileno()).st_size > most:
                raise too_large(name, most)
            return _of_stream(stream, name, most)
    except IsADirectoryError:
        raise ReadError(name, "it is a folder; hand over its files, sorted(folder.iterdir())") from None
    except PermissionError as error:
        folder = os.path.isdir(path)  # noqa: PTH112 - as Windows says of a folder
        raise ReadError(
            name, "it is a folder; hand over its files" if folder else "no permission to open it"
        ) from error
    except (OSError, ValueError) as error:
        raise ReadError(name[:200], f"it cannot be opened ({getattr(error, 'strerror', None) or error})") from error


def _of_stream(stream: BinaryIO, name: str, most: int) -> bytes:
    """All of a stream from where it stands, or one byte more than is allowed."""
    pieces, size = [], 0
    while size <= most:
        try:
            piece = stream.read(min(_CHUNK, most + 1 - size))
        except (OSError, ValueError) as error:
            raise ReadError(name, f"it cannot be read ({error})") from error
        if isinstance(piece, str):
            raise TypeError(f"{name}: a file opened in text mode; open it with 'rb', or use parse(file.read())")
        if not piece:
            break
        pieces.append(piece)
        size += len(piece)
    return b"".join(pieces)
