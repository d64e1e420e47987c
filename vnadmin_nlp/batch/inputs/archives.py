"""Archives (.zip) and messages (.eml): the documents in them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import IO

from vnadmin_nlp.batch.inputs.kinds import table
from vnadmin_nlp.batch.inputs.names import refused
from vnadmin_nlp.batch.inputs.tables import Asked, TableError
from vnadmin_nlp.batch.items import Item
from vnadmin_nlp.errors import InputError, MissingPackageError, ReadError
from vnadmin_nlp.read import Limits, read_text
from vnadmin_nlp.read.archive import Archive
from vnadmin_nlp.read.packed import Budget, Part, too_large
from vnadmin_nlp.read.unpack import Found, Unreadable, documents
from vnadmin_nlp.schema import Failure, Format

ZIP, MESSAGE = ".zip", ".eml"
_WORDLESS = 20_000  # bytes of a message's own words that may be none: a page without a letter


def check_zip(path: str, name: str) -> None:
    """Raises InputError where the archive as a whole cannot be read or is empty; OSError."""
    try:
        with open(path, "rb") as stream:  # noqa: PTH123 - names in any bytes
            archive = _archive(stream, name)
    except ReadError as error:
        raise InputError(str(error)) from error
    if archive is not None and not len(archive):
        raise InputError(f"{name}: the archive is empty; give one with files")


def zip_items(path: str, name: str, asked: Asked, limits: Limits) -> Iterator[Item]:
    """The documents in the archive at `path`, in its order; one of its files at a time is in memory. Raises OSError."""
    try:
        with open(path, "rb") as stream:  # noqa: PTH123 - names in any bytes
            archive = _archive(stream, name)
            if archive is None:
                yield Item(name, Path(path))
                return
            for part in archive.parts(limits):
                yield from _part_items(part, asked, limits)
    except ReadError as error:
        yield _unread(name, error)


def zip_length(path: str, name: str) -> int:
    """How many files the archive at `path` has. Raises OSError."""
    try:
        with open(path, "rb") as stream:  # noqa: PTH123 - names in any bytes
            archive = _archive(stream, name)
            return 1 if archive is None else len(archive)
    except ReadError:
        return 1


def message_items(path: str, name: str, limits: Limits) -> Iterator[Item]:
    """The words and the attachments of the message at `path`. Raises OSError."""
    with open(path, "rb") as stream:  # noqa: PTH123 - names in any bytes
        data = stream.read(limits.file_bytes + 1)
    if len(data) > limits.file_bytes:
        yield _unread(name, too_large(name, limits.file_bytes))
    else:
        yield from _inner(data, name, limits)


def _archive(stream: IO[bytes], name: str) -> Archive | None:
    """The archive; None where the file is an office file, or of another kind than its name. Raises ReadError."""
    archive = Archive(stream, name) if stream.read(2) == b"PK" else None
    return None if archive is None or archive.kind is not Format.ZIP else archive


def _part_items(part: Part, asked: Asked, limits: Limits) -> Iterator[Item]:
    """The documents in one file of an archive."""
    if isinstance(part.data, ReadError):
        yield _unread(part.name, part.data)
    elif rows := table(part.name):
        try:
            yield from rows.items(part.data, part.name, asked, limits)
        except (TableError, MissingPackageError) as error:
            yield refused(part.name, error)
    elif part.name.lower().endswith((ZIP, MESSAGE)):
        yield from _inner(part.data, part.name, limits, inside=1)
    else:
        yield Item(part.name, part.data)


def _inner(data: bytes, name: str, limits: Limits, *, inside: int = 0) -> Iterator[Item]:
    """The documents in an archive or message that is in memory and lies `inside` so many others."""
    for found in documents(data, name, Budget(limits), inside=inside):
        if isinstance(found, Unreadable):
            yield _unread(found.name, found.error)
        elif not found.body or _has_words(found):
            # The words of a message, or a page saved as one, are what the message says; their bytes need a name for it
            told = found.body or (found.name == name and found.format is Format.HTML)
            yield Item(found.name, found.data, f"{found.name}.{found.format}" if told else None)


def _has_words(body: Found) -> bool:
    if len(body.data) > _WORDLESS:
        return True
    try:
        return bool(read_text(body.data, format=body.format, name=body.name).text.strip())
    except ReadError:
        return True


def _unread(name: str, error: ReadError) -> Item:
    return Item(name, Failure(name, "read", type(error).__name__, str(error)))
