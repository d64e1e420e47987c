"""`vnadmin annotate`: which files, what the annotations are called, and what is never written over."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from hashlib import blake2b, file_digest
from itertools import count
from pathlib import Path, PurePath
from typing import NamedTuple

import vnadmin_nlp
from vnadmin_nlp.batch.inputs.walk import Unlisted, Wanted, walk
from vnadmin_nlp.errors import ReadError
from vnadmin_nlp.evaluate import Draft, draft, to_yaml
from vnadmin_nlp.evaluate.draft import CHECK
from vnadmin_nlp.read.files import read_each
from vnadmin_nlp.schema import Failure, SourceText

_PACKED = {".zip", ".eml"}
_PARTS = ("references", "deadlines", "actors", "obligations")
_ORIGIN = re.compile(r"^# Of: (.+) \(([0-9a-f]*), text ([0-9a-f]*)\)$", re.MULTILINE)
_BYTES = 8  # of a digest


class Outcome(NamedTuple):
    """What became of one document: its annotation and the file of it (kept as it was, where `draft` is None), or why
    there is none."""

    path: Path
    draft: Draft | None = None
    error: str | None = None

    def __str__(self) -> str:
        if self.error:
            return self.error
        if self.draft is None:
            return f"{self.path}: kept as it is (--force writes it again)"
        counts = ", ".join(f"{len(getattr(self.draft.gold.data, part))} {part}" for part in _PARTS)
        notes = [*self.draft.remarks, *(note for found in self.draft.notes.values() for note in found)]
        checks = sum(note.startswith(CHECK) for note in notes)
        return f"{self.path}: {counts}; marked: {len(notes) - checks} guesses, {checks} to check"


class _Origin(NamedTuple):
    """What an annotation says of where it comes from: `place` of the file from its folder, digests of the file and of
    the text that was written beside it."""

    place: str
    file: str
    text: str = ""

    def __str__(self) -> str:
        return f"Of: {self.place} ({self.file}, text {self.text})"

    def is_that_of(self, other: _Origin) -> bool:
        """Whether both are of one document: the file is where it was, or is what it was."""
        return self.place == other.place or (self.file != "" and self.file == other.file)


class _Source(NamedTuple):
    """A document to be annotated: a file, or a member of one, which has its `text` already."""

    file: Path
    name: str
    digest: str
    text: SourceText | None = None

    @classmethod
    def of(cls, file: Path) -> _Source:
        try:
            with file.open("rb") as opened:
                found = file_digest(opened, lambda: blake2b(digest_size=_BYTES)).hexdigest()
        except OSError:
            found = ""  # reading it will say why
        return cls(file, file.name, found)

    @classmethod
    def member(cls, file: Path, text: SourceText) -> _Source:
        return cls(file, text.name, _digest(text.text.encode("utf-8", "replace")), text)

    def origin(self, folder: Path) -> _Origin:
        """What an annotation of it in `folder` is to say."""
        place = str((self.file.parent / self.name).resolve())
        with suppress(ValueError):  # it is on another drive
            place = os.path.relpath(place, folder.resolve())
        return _Origin("".join(c if c.isprintable() else "?" for c in PurePath(place).as_posix()), self.digest)

    def paths(self, folder: Path) -> Iterator[Path]:
        """What its annotation may be called, the best name first: without the ending of the file, with it, numbered."""
        last = PurePath(self.name.replace("!", "/")).name or "document"
        yield folder / f"{PurePath(last).stem}.yaml"
        yield folder / f"{last}.yaml"
        yield from (folder / f"{last}-{number}.yaml" for number in count(2))


def annotate_files(
    files: Sequence[Path], out: Path | None, *, force: bool = False, options: vnadmin_nlp.ReadOptions
) -> Iterator[Outcome]:
    """Write an annotation for each document of `files` (folders, archives and messages hold many).

    It goes to `out`, else beside its file, and the text it quotes beside it. An annotation says which document it is
    of; another document of that name gets one of another name. With `force` annotations that this wrote are written
    again. Nothing else that is there is written over.
    """
    wanted: list[_Source] = []
    quoted: list[Path] = []  # texts that were written for annotations
    told: set[Path] = set()
    for file in _files(files):
        if isinstance(file, Outcome):
            yield file
        elif file.suffix.lower() in _PACKED:
            yield from _unpacked(file, out or file.parent, force, options)
        elif _is_quoted(source := _Source.of(file)):
            quoted.append(file)
        elif path := None if force else _annotated(source, out or file.parent):
            told.add(path)
            yield Outcome(path)
        else:
            wanted.append(source)
    texts = (text for _, group in read_each(((source.file, None) for source in wanted), options) for text in group)
    for source, text in zip(wanted, texts, strict=True):
        if not _is_quoted(source):  # by an annotation that was written meanwhile
            done = _annotate(source, text, out or source.file.parent, force, options)
            told.add(done.path)
            yield done
    for file in quoted:
        if (path := file.with_suffix(".yaml")) not in told:
            again = f"{file}: it is the text of {path}: name the document that this is of"
            yield Outcome(path, error=again if force else None)


def _files(paths: Sequence[Path]) -> Iterator[Path | Outcome]:
    """The files meant, those of folders in their order; annotations are none."""
    for path in paths:
        if not path.is_dir():
            yield path
            continue
        for one in walk(str(path), Wanted()):
            if isinstance(one, Unlisted):
                yield Outcome(path, error=f"{path / one.path}: it cannot be listed ({one.error.strerror})")
            elif not one.endswith((".yaml", ".yml")):
                yield path / one


def _unpacked(file: Path, folder: Path, force: bool, options: vnadmin_nlp.ReadOptions) -> Iterator[Outcome]:
    """The documents of an archive or message."""
    for one in vnadmin_nlp.read_texts(file, options=options):
        if isinstance(one, Failure):
            yield Outcome(file, error=one.message)
            continue
        source = _Source.member(file, one)
        path = None if force else _annotated(source, folder)
        yield Outcome(path) if path else _annotate(source, one, folder, force, options)


def _annotated(source: _Source, folder: Path) -> Path | None:
    """The annotation in `folder` that says it is of `source`."""
    origin = source.origin(folder)
    for number, path in enumerate(source.paths(folder)):
        if (found := _origin_at(path)) and found.is_that_of(origin):
            return path
        if number and not path.exists():
            return None
    return None


def _is_quoted(source: _Source) -> bool:
    """Whether `source` is the text that was written for the annotation of another document."""
    path = source.file.with_suffix(".yaml")
    found = _origin_at(path) if source.file.suffix == ".txt" else None
    return found is not None and not found.is_that_of(source.origin(path.parent))


def _annotate(
    source: _Source, text: SourceText | ReadError, folder: Path, force: bool, options: vnadmin_nlp.ReadOptions
) -> Outcome:
    if isinstance(text, ReadError):
        return Outcome(source.file, error=str(text))
    try:
        done = (_write(source, text, path, force, options) for path in source.paths(folder))
        return next(one for one in done if one is not None)
    except OSError as error:
        return Outcome(folder, error=f"{error.filename or folder}: it cannot be written ({error.strerror})")


def _write(
    source: _Source, text: SourceText, path: Path, force: bool, options: vnadmin_nlp.ReadOptions
) -> Outcome | None:
    """The annotation at `path`; None where that name, or that of its text, is another document's."""
    place, origin = path.with_suffix(".txt"), source.origin(path.parent)
    there, printed, before = _words_at(path), _words_at(place), _origin_at(path)
    same = printed is not None and printed.removeprefix("\ufeff") == text.text
    beside = place.exists() and place.samefile(source.file)
    if before is not None:
        is_own = before.is_that_of(origin)
    else:
        is_own = same or (not path.exists() and (beside or not place.exists()))
    if not is_own:
        return None
    if path.exists() and not force:
        return Outcome(path)
    if path.exists() and before is None and there != "":
        return Outcome(path, error=f"{path}: it does not say that vnadmin wrote it: take it away first")
    if beside and not same:
        return Outcome(path, error=f"{place}: its letters had to be converted: give another folder (-o) for the result")
    if place.exists() and not same and not (before and before.text == _digest(place.read_bytes())):
        return Outcome(path, error=f"{place}: it is not as vnadmin wrote it: take it away first")
    words = printed if same and printed is not None else text.text
    path.parent.mkdir(parents=True, exist_ok=True)
    if not same:
        with place.open("w", encoding="utf-8", newline="") as written:
            written.write(words)
    dispatch = vnadmin_nlp.parse(text if words == text.text else words, options=options)
    made = draft(dispatch, name=path.stem, source=text if words == text.text else None)
    about = origin._replace(text=_digest(words.encode("utf-8")))
    with path.open("w" if force else "x", encoding="utf-8", newline="\n") as written:
        written.write(to_yaml(made, about=str(about)))
    return Outcome(path, made)


def _origin_at(path: Path) -> _Origin | None:
    """What the annotation at `path` says of its origin; None where it does not, or there is none."""
    found = _ORIGIN.search(_words_at(path) or "")
    return _Origin(*found.groups()) if found else None


def _words_at(path: Path) -> str | None:
    """What a file holds, in UTF-8; None where that is nothing."""
    try:
        return path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError):
        return None


def _digest(data: bytes) -> str:
    return blake2b(data, digest_size=_BYTES).hexdigest()
