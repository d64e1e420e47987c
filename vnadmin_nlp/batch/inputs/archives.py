"""Archives (.zip) and messages (.eml): the documents in them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from vnadmin_nlp.batch.inputs.tables import Asked
from vnadmin_nlp.batch.items import Item
from vnadmin_nlp.errors import InputError, ReadError
from vnadmin_nlp.read import Limits, read_text
from vnadmin_nlp.read.archive import Archive
from vnadmin_nlp.read.packed import Budget, too_large
from vnadmin_nlp.read.unpack import Found, Unreadable, documents
from vnadmin_nlp.schema import Failure, Format

_MAGIC = b"PK"
_WORDLESS = 20_000  # bytes of a message's own words that may be none: decoration without a letter
_ENDINGS = (".zip", ".eml")


def check_zip(path: str, place: str, asked: Asked, limits: Limits) -> None:
    """Raises InputError where the archive as a whole cannot be read."""
    try:
        with open(path, "rb") as stream:  # noqa: PTH123 - names in any bytes
            if stream.read(2) == _MAGIC and not len(Archive(stream, place)):
                raise InputError(f"{place}: the archive is empty; give one with files")
    except ReadError as error:
        raise InputError(str(error)) from error


def zip_items(path: str, place: str, asked: Asked, limits: Limits) -> Iterator[Item]:
    """The documents in an archive on the disk, in its order, one at a time in memory."""
    try:
        with open(path, "rb") as stream:  # noqa: PTH123 - names in any bytes
            archive = Archive(stream, place) if stream.read(2) == _MAGIC else None
            if archive is None or archive.kind is not Format.ZIP:  # an office file, or of another kind than its name
                yield Item(place, Path(path))
                return
            for part in archive.parts(limits):
                if isinstance(part.data, ReadError):
                    yield _unread(part.name, part.data)
                elif part.name.lower().endswith(_ENDINGS):
                    yield from _inner(part.data, part.name, limits, inside=1)
                else:
                    yield Item(part.name, part.data)
    except ReadError as error:
        yield _unread(place, error)


def zip_length(path: str, place: str, asked: Asked, limits: Limits) -> int:
    """How many files the archive has."""
    try:
        with open(path, "rb") as stream:  # noqa: PTH123 - names in any bytes
            archive = Archive(stream, place) if stream.read(2) == _MAGIC else None
            return 1 if archive is None or archive.kind is not Format.ZIP else len(archive)
    except ReadError:
        return 1


def check_message(path: str, place: str, asked: Asked, limits: Limits) -> None:
    """Raises OSError where the message cannot be opened."""
    with open(path, "rb"):  # noqa: PTH123 - names in any bytes
        pass


def message_items(path: str, place: str, asked: Asked, limits: Limits) -> Iterator[Item]:
    """The words and the attachments of a message."""
    with open(path, "rb") as stream:  # noqa: PTH123 - names in any bytes
        data = stream.read(limits.file_bytes + 1)
    if len(data) > limits.file_bytes:
        yield _unread(place, too_large(place, limits.file_bytes))
    else:
        yield from _inner(data, place, limits)


def message_length(path: str, place: str, asked: Asked, limits: Limits) -> int:
    """A message is counted as one document, since what it holds is not seen without reading it."""
    return 1


def _inner(data: bytes, name: str, limits: Limits, *, inside: int = 0) -> Iterator[Item]:
    """The documents in an archive or message that is in memory."""
    for found in documents(data, name, Budget(limits), inside=inside):
        if isinstance(found, Unreadable):
            yield _unread(found.name, found.error)
        elif not found.body or _has_words(found):
            # What the words of a message or a page in it are is known from it alone; bytes need a name that says it
            known = found.body or (found.name == name and found.format is Format.HTML)
            yield Item(found.name, found.data, f"{found.name}.{found.format}" if known else None)


def _has_words(body: Found) -> bool:
    if len(body.data) > _WORDLESS:
        return True
    try:
        return bool(read_text(body.data, format=body.format, name=body.name).text.strip())
    except ReadError:
        return True


def _unread(name: str, error: ReadError) -> Item:
    return Item(name, Failure(name, "read", type(error).__name__, str(error)))
