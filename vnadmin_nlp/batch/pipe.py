"""Many documents in, a result for each out, in their order, from as many processes as wanted."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Literal, TypeAlias, overload

from vnadmin_nlp.batch.items import Content, Item
from vnadmin_nlp.batch.work import Busy, analyse, warm_up
from vnadmin_nlp.errors import BatchError, ReadError
from vnadmin_nlp.options import Options
from vnadmin_nlp.parse import parse
from vnadmin_nlp.read.files import load, name_of
from vnadmin_nlp.read.options import ReadOptions, reading
from vnadmin_nlp.schema import Dispatch, Failure, SourceText
from vnadmin_nlp.taggers import store

if TYPE_CHECKING:
    from vnadmin_nlp.batch.pool import Done

Document: TypeAlias = str | bytes | os.PathLike[str] | BinaryIO | SourceText | Failure
"""A text, the bytes of a file, its path, the file opened in binary mode, what was read already, or what failed."""

Parser: TypeAlias = Callable[[str | SourceText], Dispatch]
_HELD = 16_000_000  # characters and bytes from which on no more documents are handed out at once


@overload
def pipe(
    items: Iterable[Document], *, n_process: int = ..., batch_size: int = ..., on_error: Literal["record"] = ...,
    ids: Literal[False] = ..., seconds: float | None = ..., memory: int | None = ..., isolated: bool | None = ...,
    options: Options | None = ..., parser: Parser = ...,
) -> Iterator[Dispatch | Failure]: ...  # fmt: skip
@overload
def pipe(
    items: Iterable[Document], *, n_process: int = ..., batch_size: int = ..., on_error: Literal["raise"],
    ids: Literal[False] = ..., seconds: float | None = ..., memory: int | None = ..., isolated: bool | None = ...,
    options: Options | None = ..., parser: Parser = ...,
) -> Iterator[Dispatch]: ...  # fmt: skip
@overload
def pipe(
    items: Iterable[tuple[str, Document]], *, n_process: int = ..., batch_size: int = ...,
    on_error: Literal["record", "raise"] = ..., ids: Literal[True], seconds: float | None = ...,
    memory: int | None = ..., isolated: bool | None = ..., options: Options | None = ..., parser: Parser = ...,
) -> Iterator[tuple[str, Dispatch | Failure]]: ...  # fmt: skip


def pipe(
    items: Iterable[Document] | Iterable[tuple[str, Document]],
    *,
    n_process: int = 1,
    batch_size: int = 16,
    on_error: Literal["record", "raise"] = "record",
    ids: bool = False,
    seconds: float | None = 60.0,
    memory: int | None = None,
    isolated: bool | None = None,
    options: Options | None = None,
    parser: Parser = parse,
) -> Iterator[Dispatch | Failure] | Iterator[tuple[str, Dispatch | Failure]]:
    """The result of each of `items`, in their order, as a stream: a Dispatch, or a Failure that says why there is none.

    An item is a document: a str is its text; a path (`Path(...)`), bytes or a file opened in binary mode is read with
    `options` as by `read`; a SourceText is parsed; a Failure is passed through, so that `pipe(read_texts(folder))`
    tells of everything. With `ids` the items are pairs (id, document) and the results pairs (id, result); else a file
    is called by its name and other documents `document 1`, `document 2`, ... by their places. With `on_error="raise"`
    a document that fails raises BatchError at its place.

    `n_process` worker processes work at once, on `batch_size` documents each; the results are the same. With one, the
    work is done in this process, unless it is to be `isolated`. Only worker processes can be held to limits: there a
    document that takes more than `seconds`, that needs more than `memory` bytes in a worker (Linux; a limit asks for
    worker processes by itself) or that ends its process is one Failure, and everything else goes on. `parser` is
    called in place of `parse`; for worker processes it must be a function of a module, and where that is the script
    itself, the script has to begin its work under `if __name__ == "__main__":`.

    Takes and holds a few batches at a time. Raises at the call TypeError or ValueError for what cannot be meant, and
    ModelError where a model in `options` is missing or damaged; in the stream what `items` raises, and WorkerError
    where no worker process can be started.
    """
    if isinstance(items, str | bytes | os.PathLike | SourceText) or not isinstance(items, Iterable):
        raise TypeError(f"pipe() takes an iterable of documents, not one {type(items).__name__}: put it into a list")
    if hasattr(items, "read"):
        raise TypeError("pipe() takes an iterable of documents, not one file: put it into a list")
    if on_error not in ("record", "raise"):
        raise ValueError(f"on_error={on_error!r}: 'record' or 'raise'")
    for name, number in (("n_process", n_process), ("batch_size", batch_size)):
        if number < 1:
            raise ValueError(f"{name}={number}: at least 1")
    if isolated is False and (n_process > 1 or memory is not None):
        raise ValueError("isolated=False: one process without a limit of memory is all that works in this process")
    options = reading(options)
    store.check(options)
    groups = _groups(_items(items, ids, options), batch_size)
    if isolated or n_process > 1 or memory is not None:
        from vnadmin_nlp.batch.pool import work

        make = partial(_worker_job, options, parser)
        pairs = _of_workers(work(groups, make, n_process=n_process, seconds=seconds, memory=memory, in_order=True))
    else:
        pairs = _here(groups, _Job(options, parser))
    return _results(pairs, ids, on_error)


def _worker_job(options: ReadOptions, parser: Parser) -> _Job:
    warm_up()
    return _Job(options, parser)


class _Job:
    """What a worker of a pipe does: nothing but the analysis."""

    def __init__(self, options: ReadOptions, parser: Parser) -> None:
        self._options = options
        self._parser = parser

    def __call__(self, items: Sequence[Item]) -> Generator[object, None, None]:
        yield from analyse(items, options=self._options, parser=self._parser)


def _of_workers(done: Generator[Done]) -> Generator[tuple[Item, object]]:
    with closing(done):
        for items, results, _ in done:
            yield from zip(items, results, strict=True)


def _here(groups: Iterable[Sequence[Item]], job: _Job) -> Generator[tuple[Item, object]]:
    for group in groups:
        yield from zip(group, (result for result in job(group) if not isinstance(result, Busy)), strict=True)


def _results(pairs: Generator[tuple[Item, Any]], ids: bool, on_error: Literal["record", "raise"]) -> Iterator[Any]:
    with closing(pairs):
        for item, result in pairs:
            if on_error == "raise" and isinstance(result, Failure):
                raise BatchError(item.id, result)
            yield (item.id, result) if ids else result


# What goes in


def _groups(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    """`items` in groups. Where they break off with an error, what came before it is a group first."""
    group: list[Item] = []
    held = 0
    broken: Exception | None = None
    try:
        for item in items:
            group.append(item)
            held += _length(item.content)
            if len(group) >= size or held >= _HELD:
                yield group
                group, held = [], 0
    except Exception as error:
        broken = error
    if group:
        yield group
    if broken:
        raise broken


def _length(content: Content) -> int:
    if isinstance(content, SourceText):
        return len(content.text)
    return len(content) if isinstance(content, str | bytes) else 0


def _items(documents: Iterable[Document | tuple[str, Document]], ids: bool, options: ReadOptions) -> Iterator[Item]:
    for number, given in enumerate(documents, 1):
        if not ids:
            yield _item(None, number, given, options)
        elif isinstance(given, tuple) and len(given) == 2 and isinstance(given[0], str):
            yield _item(given[0], number, given[1], options)
        else:
            raise TypeError(f"ids=True takes pairs (id, document), each id a str; item {number} is none")


def _item(id: str | None, number: int, document: Any, options: ReadOptions) -> Item:
    """A document with its id; files that are open are read here, all others where they are analysed."""
    place = f"document {number}"
    if isinstance(document, str):
        return Item(id or place, document)
    if isinstance(document, SourceText | Failure):
        return Item(id or document.name, document)
    if isinstance(document, os.PathLike):
        return Item(id or name_of(document) or place, Path(os.fsdecode(document)))
    name = name_of(document) or id or place
    try:
        data, _ = load(document, name, options.limits)
    except (ReadError, TypeError) as error:
        return Item(id or name, Failure(id or name, "input", type(error).__name__, str(error)))
    return Item(id or name, data, name)
