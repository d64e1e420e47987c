"""The stream of documents in what a run is given."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import BinaryIO

from vnadmin_nlp.batch.inputs import kinds, lines
from vnadmin_nlp.batch.inputs.names import failed, id_of, why
from vnadmin_nlp.batch.inputs.tables import Asked, NoColumnError
from vnadmin_nlp.batch.inputs.walk import Unlisted, Wanted, fixed_part, has_magic, is_left_out, walk
from vnadmin_nlp.batch.items import Item
from vnadmin_nlp.errors import InputError
from vnadmin_nlp.read import ReadOptions

_STDIN = "-"


def open_inputs(
    inputs: str | os.PathLike[str] | Sequence[str | os.PathLike[str]],
    *,
    text_col: str | None = None,
    id_col: str | None = None,
    pattern: str | None = None,
    options: ReadOptions | None = None,
    stdin: BinaryIO | None = None,
) -> Inputs:
    """The documents in `inputs`: files, folders, globs, archives, messages, tables, or `-` for JSON lines on `stdin`.

    Of a folder every file below is meant, or those whose name (relative path, where it has a `/`) fits the glob
    `pattern`; hidden files and links to folders are left out. Archives (.zip) and messages (.eml) stand for what they
    hold. The rows of a table (.jsonl, .ndjson, .csv, .tsv, also packed as `.gz` or `.bz2`; .parquet) are a document
    each: `text_col` and `id_col` name its columns, by default `text`, `content`, `body`, `noi_dung`, `full_text` or
    `van_ban` and `id`, `document_id` or `doc_id`; a column of bytes holds files.
    Raises InputError where an input is missing, empty, unreadable, lacks the column asked for or is a table that is
    cut off, as far as that is seen before its documents are read; what is seen later is the failure of one document.
    """
    given = [inputs] if isinstance(inputs, str | os.PathLike) else list(inputs)
    if not given:
        raise InputError("no inputs are given; give files, folders, or - for JSON lines on stdin")
    sources = [_source(os.fsdecode(one), pattern) for one in given]
    return Inputs(sources, Asked(text_col, id_col), options or ReadOptions(), stdin)


class _File:
    """A file that the caller names."""

    def __init__(self, path: str) -> None:
        self.path = path

    @cached_property
    def real(self) -> str:
        folder, name = os.path.split(self.path)
        return os.path.join(os.path.realpath(folder), name)  # noqa: PTH118 - a link is a file of its own

    def files(self) -> Iterator[str | Unlisted]:
        yield ""

    def covers(self, real: str) -> bool:
        return real == self.real


class _Folder:
    """A folder that the caller names, or that a glob begins with: the files below it that are meant."""

    def __init__(self, path: str, wanted: Wanted, named: str) -> None:
        self.path = path if path.endswith(("/", os.sep)) else path + os.sep
        self.wanted = wanted
        self.named = named

    @cached_property
    def real(self) -> str:
        return os.path.join(os.path.realpath(self.path), "")  # noqa: PTH118 - ends with a separator

    def files(self) -> Iterator[str | Unlisted]:
        return walk(self.path, self.wanted)

    def covers(self, real: str) -> bool:
        """Whether the file at `real`, which lies below, is one of its files."""
        below = real[len(self.real) :].replace(os.sep, "/")
        return not is_left_out(below) and self.wanted.takes(below)


def _source(path: str, pattern: str | None) -> _File | _Folder | None:
    """The input that the caller calls `path`; None for stdin. Raises InputError where there is none."""
    if path == _STDIN:
        return None
    try:
        mode = os.stat(path).st_mode  # noqa: PTH116 - names in any bytes
    except (OSError, ValueError) as error:
        if has_magic(path):
            root, glob = fixed_part(path)
            return _Folder(root, Wanted(glob, pattern), path)
        cause = "there is no such file or folder" if isinstance(error, FileNotFoundError) else str(error)
        raise InputError(f"{path}: {cause}; mend the path") from error
    if stat.S_ISDIR(mode):
        return _Folder(path, Wanted(None, pattern), path)
    if not stat.S_ISREG(mode):
        raise InputError(f"{path}: it is a pipe or device, not a file; write it into a file, or give - and pipe it in")
    return _File(path)


class Inputs:
    """The documents of a run's inputs, as often as they are asked for (from stdin once), always in the same order.

    `repeated` counts the files that the last iteration met again by another of the inputs, and left out.
    """

    def __init__(
        self, sources: Sequence[_File | _Folder | None], asked: Asked, options: ReadOptions, stdin: BinaryIO | None
    ) -> None:
        self.repeated = 0
        self._sources = sources
        self._asked = asked
        self._limits = options.limits
        self._stdin: BinaryIO | None = None
        if None in sources:
            self._stdin = stdin or sys.stdin.buffer
        self._places: dict[str, list[tuple[int, _File | _Folder]]] = {}
        if len(sources) > 1:
            for number, source in enumerate(sources):
                if source is not None:
                    self._places.setdefault(source.real, []).append((number, source))
        for source in sources:
            if source is not None:
                self._check(source)

    def __iter__(self) -> Iterator[Item]:
        if None in self._sources and self._stdin is None:
            raise InputError("-: stdin was read already, and can be read but once; write it into a file")
        return self._items()

    def count(self) -> int | None:
        """How many documents there are (about, where archives and messages lie in others); None for stdin."""
        if None in self._sources:
            return None
        return sum(self._count(path) for path in self._paths())

    def _items(self) -> Iterator[Item]:
        for path in self._paths():
            if path is None:
                stdin, self._stdin = self._stdin, None
                if stdin is not None:
                    yield from lines.items_of(stdin, "stdin", self._asked, self._limits)
            elif isinstance(path, Unlisted):
                yield _failure(path.path, path.error, "the folder cannot be listed")
            else:
                yield from self._documents(path)

    def _paths(self) -> Iterator[str | Unlisted | None]:
        """The paths of all files, each once; None for stdin."""
        self.repeated = 0
        for number, source in enumerate(self._sources):
            if source is None:
                yield None
                continue
            for below in source.files():
                if isinstance(below, Unlisted):
                    yield below
                elif self._places and self._is_repeated(source.real + below, number):
                    self.repeated += 1
                else:
                    yield source.path + below

    def _is_repeated(self, real: str, number: int) -> bool:
        """Whether an input before input `number` has the file at `real` too."""
        end = len(real)
        while end > 0:
            for earlier, source in self._places.get(real[:end], ()):
                if earlier < number and source.covers(real):
                    return True
            end = real.rfind(os.sep, 0, end - 1) + 1
        return False

    def _documents(self, path: str) -> Iterator[Item]:
        """The documents in the file at `path`."""
        kind, name = kinds.of(path), id_of(path)
        if kind is None:
            yield Item(name, Path(path))
            return
        try:
            yield from kind.items(path, name, self._asked, self._limits)
        except (InputError, OSError) as error:
            yield _failure(path, error, "it cannot be read")

    def _count(self, path: str | Unlisted | None) -> int:
        kind = kinds.of(path) if isinstance(path, str) else None
        if kind is None or not isinstance(path, str):
            return 1
        try:
            return kind.how_many(path, id_of(path), self._asked, self._limits)
        except (InputError, OSError):
            return 1

    def _check(self, source: _File | _Folder) -> None:
        """Raises InputError where what is wrong with an input is seen without reading all of it."""
        found = False
        try:
            for below in source.files():
                found = True
                if not isinstance(below, Unlisted):
                    self._check_file(source.path + below, named=isinstance(source, _File))
        except OSError as error:
            raise InputError(f"{source.path}: it cannot be read ({why(error)}); mend its permissions") from error
        if not found and isinstance(source, _Folder):
            raise InputError(f"{source.named}: {source.wanted.nothing()}")

    def _check_file(self, path: str, *, named: bool) -> None:
        kind = kinds.of(path)
        try:
            if kind is None:
                if named:
                    with open(path, "rb"):  # noqa: PTH123 - names in any bytes
                        pass
            elif named or kind.ahead:
                kind.check(path, id_of(path), self._asked, self._limits)
        except NoColumnError as error:
            if named or error.asked:
                raise
        except OSError:
            if named:
                raise


def _failure(path: str, error: Exception, what: str) -> Item:
    name = id_of(path)
    cause = f"{what} ({why(error)}); mend that" if isinstance(error, OSError) else str(error).removeprefix(f"{name}: ")
    return Item(name, failed(name, cause, type(error).__name__))
