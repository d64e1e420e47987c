"""The stream of documents in what a run is given."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from vnadmin_nlp.batch.inputs import archives, lines
from vnadmin_nlp.batch.inputs.given import File, Folder, given
from vnadmin_nlp.batch.inputs.kinds import table
from vnadmin_nlp.batch.inputs.names import id_of, refused, why
from vnadmin_nlp.batch.inputs.tables import Asked, TableError
from vnadmin_nlp.batch.inputs.walk import Unlisted
from vnadmin_nlp.batch.items import Item
from vnadmin_nlp.errors import InputError
from vnadmin_nlp.options import Options
from vnadmin_nlp.read.options import ReadOptions, reading


def open_inputs(
    inputs: str | os.PathLike[str] | Sequence[str | os.PathLike[str]],
    *,
    text_col: str | None = None,
    id_col: str | None = None,
    pattern: str | None = None,
    options: Options | None = None,
    stdin: BinaryIO | None = None,
    leave_out: str | os.PathLike[str] | None = None,
) -> Inputs:
    """The documents in `inputs`: files, folders, globs, archives, messages, tables, or `-` for JSON lines on `stdin`.

    Of a folder every file below is meant, or those whose name (relative path, where it has a `/`) fits the glob
    `pattern`; without one, files that are no documents by their endings (`.xlsx`, `.mp4`) are left out. So are hidden
    files, links to folders and the folder `leave_out`. Archives (.zip) and messages
    (.eml) stand for what they hold. The rows of a table (.jsonl, .ndjson, .csv, .tsv, also packed as .gz, .bz2 or
    .zst; .parquet) are a document each: `text_col` and `id_col` name its columns, by default `text`, `content`, `body`,
    `noi_dung`, `full_text` or `van_ban` and `id`, `document_id` or `doc_id`; a column of bytes holds files.
    Raises InputError where an input is missing, empty, unreadable, lacks the column asked for or is a table that is
    cut off, as far as that is seen before its documents are read; what is seen later is the failure of one document.
    """
    paths = [inputs] if isinstance(inputs, str | os.PathLike) else list(inputs)
    if not paths:
        raise InputError("no inputs are given; give files, folders, or - for JSON lines on stdin")
    sources = [given(os.fsdecode(path), pattern, leave_out) for path in paths]
    return Inputs(sources, Asked(text_col, id_col), reading(options), stdin)


class Inputs:
    """The documents of a run's inputs, as often as they are asked for (from stdin once), always in the same order.

    `repeated` counts the files that the last iteration met again by another of the inputs, and left out; `left_out`
    those of folders that are no documents, by the endings of their names; `of_tables` the documents that are rows of
    tables found in folders.
    """

    def __init__(
        self, sources: Sequence[File | Folder | None], asked: Asked, options: ReadOptions, stdin: BinaryIO | None
    ) -> None:
        self.repeated = 0
        self.of_tables = 0
        self.left_out: Counter[str] = Counter()
        self._sources = sources  # None is stdin
        self._asked = asked
        self._limits = options.limits
        self._stdin = None
        if None in sources:
            self._stdin = stdin or getattr(sys.stdin, "buffer", None)
            if self._stdin is None:
                raise InputError("-: there is no standard input; pipe JSON lines in, or give a file")
        self._places: dict[str, list[tuple[int, File | Folder]]] = {}
        if len(sources) > 1:
            for number, source in enumerate(sources):
                if source is not None:
                    self._places.setdefault(source.real, []).append((number, source))
        self._singles = 0  # files that are one document
        self._others = False  # there are files that hold many
        for number, source in enumerate(sources):
            if source is not None:
                self._check(number, source)

    def __iter__(self) -> Iterator[Item]:
        if None in self._sources and self._stdin is None:
            raise InputError("-: stdin was read already, and can be read but once; write it into a file")
        return self._items()

    def count(self) -> int | None:
        """How many documents there are (about, where messages, archives or tables lie in archives); None for stdin."""
        if None in self._sources:
            return None
        if not self._others:
            return self._singles
        sources = enumerate(self._sources)
        return sum(self._length(path) for n, source in sources if source for path in self._files(n, source) if path)

    def beginnings(self) -> list[str]:
        """What the ids of the documents begin with whose paths, or those of their tables and archives, are all among
        these inputs."""
        out = ["stdin#"] if None in self._sources else []
        for source in self._sources:
            if isinstance(source, File):
                out += [f"{id_of(source.path)}{mark}" for mark in "#!"]
            elif source is not None and source.whole:
                folder = id_of(source.path)
                out.append("" if folder == "." else folder.rstrip("/") + "/")
        return out

    def _items(self) -> Iterator[Item]:
        self.repeated = self.of_tables = 0
        self.left_out.clear()
        for number, source in enumerate(self._sources):
            if source is None:
                stdin, self._stdin = self._stdin, None
                if stdin is not None:
                    yield from lines.items_of(stdin, "stdin", self._asked, self._limits)
                continue
            for path in self._files(number, source):
                if path is None:
                    self.repeated += 1
                elif isinstance(path, Unlisted):
                    yield refused(id_of(path.path), path.error)
                elif isinstance(source, Folder) and table(path):
                    for item in self._documents(path):
                        self.of_tables += 1
                        yield item
                else:
                    yield from self._documents(path)

    def _files(self, number: int, source: File | Folder) -> Iterator[str | Unlisted | None]:
        """The paths of the files of input `number`; None for one that an earlier input has."""
        for below in source.files():
            if isinstance(below, Unlisted):
                yield Unlisted(source.path + below.path, below.error)
            elif isinstance(source, Folder) and (ending := source.leaves_out(below)):
                self.left_out[ending] += 1
            elif self._places and self._is_repeated(source.real + below, number):
                yield None
            else:
                yield source.path + below

    def _is_repeated(self, real: str, number: int) -> bool:
        """Whether an input before input `number` has the file at `real` too."""
        end = len(real)
        while end > 0:
            for earlier, source in self._places.get(real[:end], ()):
                if earlier < number and source.has(real[end:]):
                    return True
            end = real.rfind("/", 0, end - 1) + 1
        return False

    def _documents(self, path: str) -> Iterator[Item]:
        """The documents in the file at `path`."""
        name, ending = id_of(path), path[-4:].lower()
        try:
            if rows := table(path):
                yield from rows.items(path, name, self._asked, self._limits)
            elif ending == archives.ZIP:
                yield from archives.zip_items(path, name, self._asked, self._limits)
            elif ending == archives.MESSAGE:
                yield from archives.message_items(path, name, self._limits)
            else:
                yield Item(name, Path(path))
        except (TableError, OSError) as error:
            yield refused(name, error)

    def _length(self, path: str | Unlisted) -> int:
        """How many documents are in the file at `path`."""
        if isinstance(path, Unlisted):
            return 1
        try:
            if rows := table(path):
                return rows.how_many(path, id_of(path), self._asked, self._limits)
            return archives.zip_length(path, id_of(path)) if path[-4:].lower() == archives.ZIP else 1
        except (TableError, OSError):
            return 1

    def _check(self, number: int, source: File | Folder) -> None:
        """Raises InputError where what is wrong with an input is seen without reading all of it."""
        named, empty = isinstance(source, File), True
        try:
            for path in self._files(number, source):
                empty = False
                if isinstance(path, str):
                    self._check_file(path, named=named)
                elif path is not None and path.path == source.path:
                    raise path.error
                self._singles += path is not None
        except OSError as error:
            raise InputError(f"{source.name}: it cannot be read ({why(error)}); mend that") from error
        if empty and isinstance(source, Folder):
            raise InputError(source.why_empty())

    def _check_file(self, path: str, *, named: bool) -> None:
        rows, is_zip = table(path), path[-4:].lower() == archives.ZIP
        self._others |= is_zip or rows is not None
        try:
            if rows:
                rows.columns(path, id_of(path), self._asked, self._limits)
            elif named and is_zip:
                archives.check_zip(path, id_of(path))
            elif named:
                with open(path, "rb"):  # noqa: PTH123 - names in any bytes
                    pass
        except TableError as error:
            if named or error.fatal:
                raise
        except OSError:
            if named:
                raise
