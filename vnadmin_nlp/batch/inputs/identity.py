"""A hash of what a document is, by which a run sees that it is still the same."""

from __future__ import annotations

import os
from hashlib import blake2b

from vnadmin_nlp.batch.items import Item
from vnadmin_nlp.schema import Failure, SourceText

_CHUNK = 1 << 16


def identity(item: Item) -> str:
    """The hash (BLAKE2b, 128 bits, in hex) of what `item` holds; its id and name do not count.

    A file has the same whether it is given as a path or as bytes; a text has another than a file with its bytes, since
    files are read differently. Raises OSError where a file cannot be read.
    """
    content = item.content
    if isinstance(content, str):
        return _hash(b"text", content.encode("utf-8", "surrogatepass"))
    if isinstance(content, bytes):
        return _hash(b"file", content)
    if isinstance(content, Failure):
        return _hash(b"failure", "\0".join(content[:4]).encode("utf-8", "surrogatepass"))
    if isinstance(content, SourceText):
        return _hash(b"read", repr(content).encode("utf-8", "surrogatepass"))
    return _of_file(content)


def _hash(kind: bytes, data: bytes) -> str:
    return blake2b(data, digest_size=16, person=kind).hexdigest()


def _of_file(path: str | os.PathLike[str]) -> str:
    found = blake2b(digest_size=16, person=b"file")
    with open(path, "rb", buffering=0) as stream:  # noqa: PTH123 - any PathLike
        while piece := stream.read(_CHUNK):
            found.update(piece)
    return found.hexdigest()
