"""The documents in a file: itself, or those in an archive or message, as deep as is allowed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from vnadmin_nlp.errors import ReadError
from vnadmin_nlp.read.archive import members
from vnadmin_nlp.read.mail import parts
from vnadmin_nlp.read.packed import Budget, Part
from vnadmin_nlp.read.sniff import checked_format, format_of
from vnadmin_nlp.schema.source import Format


class Found(NamedTuple):
    """A document that is neither archive nor message. `body` says that it is the words of a message itself."""

    name: str
    data: bytes
    format: Format
    body: bool = False


class Unreadable(NamedTuple):
    """A file that is no document, and why."""

    name: str
    error: ReadError


def documents(
    data: bytes, name: str, budget: Budget, asked: Format | None = None, *, inside: int = 0
) -> Iterator[Found | Unreadable]:
    """The documents in the file `data`, in order, each unpacked when it is asked for; what fails is Unreadable.

    `inside` says in how many archives the file lies itself.
    """
    try:
        found = checked_format(data, name, asked)
    except ReadError as error:
        yield Unreadable(name, error)
    else:
        yield from _documents(Part(name, data, found), budget, budget.limits.nesting - inside)


def _documents(part: Part, budget: Budget, nesting: int) -> Iterator[Found | Unreadable]:
    name, data = part.name, part.data
    try:
        if isinstance(data, ReadError):
            raise data
        format = part.format or format_of(data, name)
        if format not in (Format.ZIP, Format.EML):
            yield Found(name, data, format, part.body)
            return
        if nesting < 1:
            limit = budget.limits.nesting
            cause = (
                f"more than {limit} archives and messages inside each other; raise Limits(nesting=...), or unpack it"
            )
            raise ReadError(name, cause)
        for inner in (members if format is Format.ZIP else parts)(data, name, budget):
            yield from _documents(inner, budget, nesting - 1)
    except ReadError as error:
        yield Unreadable(name, error)
