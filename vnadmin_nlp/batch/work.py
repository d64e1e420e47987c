"""Documents of a batch, one after the other: each comes to a result, or to a Failure that says why not."""

from __future__ import annotations

import os
import re
import traceback
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import NamedTuple

from vnadmin_nlp.batch.items import Item
from vnadmin_nlp.errors import MissingPackageError, ModelError, ReadError
from vnadmin_nlp.parse import parse
from vnadmin_nlp.read.files import read_each
from vnadmin_nlp.read.options import ReadOptions
from vnadmin_nlp.schema import Diagnostic, Dispatch, Failure, Severity, SourceText, Span

_FRAMES = 8
_LETTERS = 300
_SAMPLE = "Số: 1/UBND-VP\n\nKính gửi: Sở Y tế.\n\n1. Giao Sở Y tế báo cáo trước ngày 01/02/2024./.\n"
_SURROGATE = re.compile("[\ud800-\udfff]")


class Busy(NamedTuple):
    """The next `count` items are in work at once, and have their time together."""

    items: int


def analyse(
    items: Sequence[Item], *, options: ReadOptions, parser: Callable[[str | SourceText], Dispatch]
) -> Iterator[Dispatch | Failure | Busy]:
    """Exactly one Dispatch or Failure an item, in order; `Busy` comes before items that are converted together.

    A text with half of a surrogate pair, which no file can hold, is read with U+FFFD in its place and a Diagnostic.
    Raises ModelError and MissingPackageError, which are no fault of a document: all would fail of them.
    """
    if parser is parse:
        parser = partial(parse, options=options)
    reading = read_each(_files(items), options)
    texts: Iterator[SourceText | ReadError] = iter(())
    for item in items:
        content: str | SourceText | ReadError | Failure
        if isinstance(item.content, bytes | os.PathLike):
            text = next(texts, None)
            if text is None:
                count, texts = next(reading)
                if count > 1:
                    yield Busy(count)
                text = next(texts)
            content = text
        else:
            content = item.content
        if isinstance(content, ReadError):
            yield _unread(item.id, content)
        elif isinstance(content, Failure):
            yield content._replace(name=item.id)
        else:
            yield _parsed(item.id, content, parser)


def _files(items: Sequence[Item]) -> Iterator[tuple[bytes | os.PathLike[str], str | None]]:
    """The files among `items`, each with the name for messages; a path names itself."""
    for item in items:
        if isinstance(item.content, bytes):
            yield item.content, item.name or item.id
        elif isinstance(item.content, os.PathLike):
            yield item.content, item.name


def warm_up() -> Dispatch:
    """Parses a short text. A worker that does it first has loaded all that parsing needs before a document's time and
    memory are counted; one whose limit of memory is too low for any document fails here, and not with each of them."""
    return parse(_SAMPLE)


def _unread(id: str, error: ReadError) -> Failure:
    cause = error.__cause__
    if isinstance(cause, MemoryError):
        return out_of_memory(id)
    # A cause that the reader foresaw is told by the message
    frames = "" if cause is None or isinstance(cause, OSError | ImportError) else frames_of(cause)
    return Failure(id, "read", type(error).__name__, str(error), frames)


def _parsed(id: str, text: str | SourceText, parser: Callable[[str | SourceText], Dispatch]) -> Dispatch | Failure:
    text, repaired = _whole(text)
    try:
        dispatch = parser(text)
        if not isinstance(dispatch, Dispatch):
            raise TypeError(f"the parser gave {type(dispatch).__name__}, not a Dispatch")
    except MemoryError:
        return out_of_memory(id)
    except (ModelError, MissingPackageError):
        raise
    except Exception as error:
        kind = type(error).__name__
        message = f"{id}: it cannot be parsed ({kind}: {_short(error)}); please report it with the text"
        return Failure(id, "parse", kind, message, frames_of(error, parser))
    if repaired:
        dispatch = dispatch.model_copy(update={"diagnostics": [repaired, *dispatch.diagnostics]})
    return dispatch


def out_of_memory(id: str, limit: str = "") -> Failure:
    return Failure(id, "memory", "OutOfMemory", f"{id}: it needs more memory than it may have{limit}; allow more")


def _whole(text: str | SourceText) -> tuple[str | SourceText, Diagnostic | None]:
    """`text` without halves of surrogate pairs, and what to say of them."""
    words = text.text if isinstance(text, SourceText) else text
    try:
        words.encode()
    except UnicodeEncodeError as error:
        mended = _SURROGATE.sub("\ufffd", words)
        said = Diagnostic(
            code="text.surrogates",
            message="Halves of characters (lone surrogates) stand in the text: read as U+FFFD. Decode the text again.",
            severity=Severity.WARNING,
            span=Span(start=error.start, end=error.end),
        )
        return (replace(text, text=mended) if isinstance(text, SourceText) else mended), said
    return text, None


def frames_of(error: BaseException, parser: object = None) -> str:
    """Where in this package, or in the module of `parser`, an error came up: a few lines without paths."""
    rooms = {__package__.partition(".")[0], getattr(parser, "__module__", None)}
    lines = []
    for frame, line in traceback.walk_tb(error.__traceback__):
        module = frame.f_globals.get("__name__", "")
        if module != __name__ and rooms & {module, module.partition(".")[0]}:
            lines.append(f"{module}, line {line}, in {frame.f_code.co_name}")
    return "\n".join([*lines[-_FRAMES:], f"{type(error).__name__}: {_short(error)}"])


def _short(error: BaseException) -> str:
    """What the error says; some quote the whole document."""
    words = str(error)
    return words if len(words) <= _LETTERS else f"{words[:_LETTERS]}..."
