"""The ids of documents that bring none: their paths, in letters that every output can hold."""

from __future__ import annotations

import re
from hashlib import blake2b
from pathlib import PurePath

from vnadmin_nlp.batch.items import Item
from vnadmin_nlp.errors import InputError, MissingPackageError
from vnadmin_nlp.schema import Failure

_HALVES = re.compile(r"[\ud800-\udfff]")


def id_of(path: str | PurePath) -> str:
    """The id of the file at `path`: the path with `/`.

    Bytes of a name that are no UTF-8 are escaped as in a URL; a hash of the name then tells it from a file whose name
    looks like that.
    """
    name = PurePath(path).as_posix()
    if not _HALVES.search(name):
        return name
    escaped = _HALVES.sub(lambda half: "".join(f"%{byte:02X}" for byte in _raw(half[0])), name)
    return f"{escaped}~{blake2b(_raw(name), digest_size=4).hexdigest()}"


def without_halves(name: str) -> str:
    """`name` with U+FFFD for half surrogates, which no file can hold."""
    return _HALVES.sub("\ufffd", name)


def refused(name: str, error: InputError | MissingPackageError | OSError) -> Item:
    """What there is of the file called `name`, which cannot be taken up."""
    if isinstance(error, OSError):
        message = f"{name}: it cannot be read ({why(error)}); mend that"
        return Item(name, Failure(name, "input", type(error).__name__, message))
    return Item(name, Failure(name, "input", InputError.__name__, str(error)))


def why(error: OSError) -> str:
    """What the system says, without the path."""
    return error.strerror or str(error)


def _raw(name: str) -> bytes:
    try:
        return name.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:  # halves that stand for no byte: names on Windows
        return name.encode("utf-8", "surrogatepass")
