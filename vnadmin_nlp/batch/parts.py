"""The files of a run's output: written aside by the workers, put in their places whole."""

from __future__ import annotations

import errno
import gzip
import json
import os
import shutil
from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

from vnadmin_nlp.batch.items import Item
from vnadmin_nlp.batch.work import Busy, analyse, warm_up
from vnadmin_nlp.errors import RunError
from vnadmin_nlp.read import ReadOptions
from vnadmin_nlp.schema import Dispatch, Failure, SourceText

WORK = "_work"
"""Folder of files that are not whole yet."""
DISPATCHES = "dispatches"
_ROWS_AT_ONCE = 100
_LETTERS_AT_ONCE = 4_000_000

Row: TypeAlias = tuple[str, Dispatch]
Parser: TypeAlias = Callable[[str | SourceText], Dispatch]


class Aside(NamedTuple):
    """The files of a part that is written but not in its place: `<name>.<table>.<suffix>` in the work folder.
    `counts` says how many rows each table has, and `characters` of text."""

    name: str
    tables: tuple[str, ...]
    counts: dict[str, int]


@contextmanager
def writing(out: Path) -> Iterator[None]:
    """What goes wrong on the disk inside is a RunError that says so."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            cause = "the disk is full; make room"
        else:
            cause = (
                f"it cannot be written ({error.strerror or error}: {error.filename or 'a file of results'}); mend that"
            )
        raise RunError(f"{out}: {cause} and run the same command again: it goes on where it stopped") from error


class PartJob:
    """Analyses documents and writes those that went well as one part; what a worker of a run does."""

    def __init__(self, out: Path, to: Collection[str], options: ReadOptions, parser: Parser) -> None:
        self._out = out
        self._to = to
        self._options = options
        self._parser = parser
        self._number = 0
        sample = warm_up()
        if "parquet" in to:
            _tables([("", sample)])

    def __call__(self, items: Sequence[Item]) -> Generator[object, None, Aside | None]:
        """One value an item: None where it is in the part, or its Failure; then the part, None if it is empty."""
        self._number += 1
        part = _PartFiles(self._out / WORK, f"{os.getpid()}-{self._number}", self._to)
        left = iter(items)
        try:
            for result in analyse(items, options=self._options, parser=self._parser):
                if isinstance(result, Busy):
                    yield result
                    continue
                item = next(left)
                if isinstance(result, Dispatch):
                    with writing(self._out):
                        part.add(item.id, result)
                yield result if isinstance(result, Failure) else None
            with writing(self._out):
                return part.finish()
        except BaseException:
            part.discard()
            raise


class _PartFiles:
    """The files of one part while they are written: a few rows at a time are in memory."""

    def __init__(self, folder: Path, name: str, to: Collection[str]) -> None:
        self._folder = folder
        self._name = name
        self._to = to
        self._rows: list[Row] = []
        self._letters = 0
        self._parquet: dict[str, Any] = {}
        self._json: _PackedFile | None = None
        self._counts: dict[str, int] = {"characters": 0}

    def add(self, id: str, dispatch: Dispatch) -> None:
        self._rows.append((id, dispatch))
        self._letters += len(dispatch.text)
        self._counts["characters"] += len(dispatch.text)
        if len(self._rows) >= _ROWS_AT_ONCE or self._letters >= _LETTERS_AT_ONCE:
            self._write()

    def finish(self) -> Aside | None:
        """Writes what is left; every file is on the disk when this returns."""
        self._write()
        files = list(self._open_files())
        self._close()
        for path in files:
            _to_disk(path)
        names = tuple(path.name.removeprefix(f"{self._name}.") for path in files)
        return Aside(self._name, names, self._counts) if files else None

    def discard(self) -> None:
        with suppress(OSError):
            self._close()
        for path in self._open_files():
            path.unlink(missing_ok=True)

    def _close(self) -> None:
        for writer in self._parquet.values():
            writer.close()
        if self._json:
            self._json.close()

    def _open_files(self) -> Iterator[Path]:
        yield from (self._path(table, "parquet") for table in self._parquet)
        if self._json:
            yield self._path(DISPATCHES, "jsonl.gz")

    def _path(self, table: str, suffix: str) -> Path:
        return self._folder / f"{self._name}.{table}.{suffix}"

    def _write(self) -> None:
        rows, self._rows, self._letters = self._rows, [], 0
        if rows and "parquet" in self._to:
            self._write_parquet(rows)
        if rows and "jsonl" in self._to:
            self._write_json(rows)

    def _write_parquet(self, rows: Sequence[Row]) -> None:
        import pyarrow.parquet as pq

        for name, table in _tables(rows).items():
            if name not in self._parquet:
                self._parquet[name] = pq.ParquetWriter(
                    self._path(name, "parquet"), table.schema, compression="zstd", write_page_index=False
                )
            self._parquet[name].write_table(table)
            self._counts[name] = self._counts.get(name, 0) + table.num_rows

    def _write_json(self, rows: Sequence[Row]) -> None:
        if self._json is None:
            self._json = _PackedFile(self._path(DISPATCHES, "jsonl.gz"))
        for id, dispatch in rows:
            self._json.write(json_line(id, dispatch))
        self._counts[DISPATCHES] = self._counts.get(DISPATCHES, 0) + len(rows) * ("parquet" not in self._to)


def _tables(rows: Sequence[Row]) -> dict[str, Any]:
    from vnadmin_nlp.export.tables import tables

    return tables(rows)


def json_line(id: str, dispatch: Dispatch) -> bytes:
    """One line of JSON: `{"document_id": ..., "dispatch": {...}}`."""
    return b'{"document_id":%b,"dispatch":%b}\n' % (
        json.dumps(id, ensure_ascii=False).encode(),
        dispatch.model_dump_json().encode(),
    )


class _PackedFile(gzip.GzipFile):
    """A packed file to write; neither its name nor the time is in it, so that equal results are equal bytes."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("wb")
        super().__init__(filename="", mode="wb", compresslevel=6, fileobj=self._file, mtime=0)

    def close(self) -> None:
        super().close()
        self._file.close()


# In the output folder


def place(out: Path, part: int, aside: Aside) -> None:
    """Puts the files of a part where they belong."""
    for rest in aside.tables:
        table, _, suffix = rest.partition(".")
        folder = out / table
        folder.mkdir(exist_ok=True)
        (out / WORK / f"{aside.name}.{rest}").replace(folder / f"part-{part:06}.{suffix}")
        _to_disk(folder)


def remove(out: Path, part: int) -> None:
    """Removes every file of a part."""
    for path in out.glob(f"*/part-{part:06}.*"):
        path.unlink(missing_ok=True)


def clean(out: Path, parts: Collection[int], *, last: bool = False) -> None:
    """Removes what was not finished: what is in the work folder (at `last` the folder too), and the files of parts
    other than `parts`."""
    shutil.rmtree(out / WORK, ignore_errors=True)
    if not last:
        (out / WORK).mkdir()
    known = {f"part-{part:06}" for part in parts}
    for path in out.glob("*/part-*.*"):
        if path.name.partition(".")[0] not in known:
            path.unlink(missing_ok=True)


def texts(out: Path) -> Iterator[tuple[str, str]]:
    """Id and text of every document in the output, whichever form it has."""
    for path in sorted((out / DISPATCHES).glob("*.parquet")):
        import pyarrow.parquet as pq

        with pq.ParquetFile(path) as file:
            for batch in file.iter_batches(_ROWS_AT_ONCE, columns=["document_id", "text"]):
                yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)
    if not any((out / DISPATCHES).glob("*.parquet")):
        for path in sorted((out / DISPATCHES).glob("*.jsonl.gz")):
            with gzip.open(path) as lines:
                for row in map(json.loads, lines):
                    yield row["document_id"], row["dispatch"]["text"]


def without(out: Path, part: int, ids: Collection[str]) -> None:
    """Writes the files of a part again without the rows of the documents `ids`."""
    for path in sorted(out.glob(f"*/part-{part:06}.*")):
        aside = out / WORK / path.name
        if path.suffix == ".parquet":
            _parquet_without(path, aside, ids)
        else:
            _json_without(path, aside, ids)
        _to_disk(aside)
        aside.replace(path)
        _to_disk(path.parent)


def _parquet_without(path: Path, aside: Path, ids: Collection[str]) -> None:
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    dropped = pa.array(sorted(ids), pa.string())
    with pq.ParquetFile(path) as file, pq.ParquetWriter(aside, file.schema_arrow, compression="zstd") as writer:
        for batch in file.iter_batches(_ROWS_AT_ONCE):
            kept = batch.filter(pc.invert(pc.is_in(batch.column(0), dropped)))
            if kept.num_rows:
                writer.write_batch(kept)


def _json_without(path: Path, aside: Path, ids: Collection[str]) -> None:
    with gzip.open(path) as lines, _PackedFile(aside) as kept:
        for line in lines:
            if json.loads(line)["document_id"] not in ids:
                kept.write(line)


def write_whole(out: Path, name: str, lines: Iterable[bytes]) -> None:
    """Writes a file of the output folder: the old one stands until the new one is whole."""
    aside = out / WORK / name
    with aside.open("wb") as file:
        file.writelines(lines)
    _to_disk(aside)
    aside.replace(out / name)
    _to_disk(out)


def _to_disk(path: Path) -> None:
    """Waits until a file, or the names in a folder, are on the disk."""
    if path.is_dir() and os.name == "nt":
        return  # Windows cannot open folders, and writes their names itself
    number = os.open(path, os.O_RDONLY if path.is_dir() or os.name != "nt" else os.O_RDWR)
    try:
        os.fsync(number)
    finally:
        os.close(number)
