"""`vnadmin annotate`: which files, what the annotations are called, and what is never written over."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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


def annotate_files(
    files: Sequence[Path], out: Path | None, *, force: bool = False, options: vnadmin_nlp.ReadOptions
) -> Iterator[Outcome]:
    """Write an annotation for each document of `files` (folders, archives and messages hold many).

    It goes to `out`, else beside its file, and the text it quotes beside it. What is there already is kept.
    """
    taken: set[Path] = set()
    wanted: list[tuple[Path, Path]] = []  # files to read, and where their annotations go
    for file in _files(files):
        if isinstance(file, Outcome):
            yield file
        elif file.suffix.lower() in _PACKED:
            yield from _unpacked(file, out or file.parent, taken, force, options)
        elif file.suffix != ".txt" or file.with_suffix(".yaml") not in taken:  # it is not the text of another file
            path = _path(out or file.parent, file.name, taken)
            if path.exists() and not force:
                yield Outcome(path)
            else:
                wanted.append((file, path))
    texts = (text for _, group in read_each(((file, None) for file, _ in wanted), options) for text in group)
    for (file, path), text in zip(wanted, texts, strict=True):
        yield _annotate(text, path, file, force, options)


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


def _unpacked(
    file: Path, folder: Path, taken: set[Path], force: bool, options: vnadmin_nlp.ReadOptions
) -> Iterator[Outcome]:
    """The documents of an archive or message."""
    for one in vnadmin_nlp.read_texts(file, options=options):
        if isinstance(one, Failure):
            yield Outcome(file, error=one.message)
            continue
        path = _path(folder, one.name, taken)
        yield Outcome(path) if path.exists() and not force else _annotate(one, path, file, force, options)


def _annotate(
    text: SourceText | ReadError, path: Path, file: Path, force: bool, options: vnadmin_nlp.ReadOptions
) -> Outcome:
    if isinstance(text, ReadError):
        return Outcome(path, error=str(text))
    try:
        return _write(text, path, file, force, options)
    except OSError as error:
        return Outcome(path, error=f"{error.filename or path}: it cannot be written ({error.strerror})")


def _path(folder: Path, name: str, taken: set[Path]) -> Path:
    """Where the annotation of the file `name` goes: called like it without its ending, with it where that is taken.

    It is taken from then on.
    """
    last = PurePath(name.replace("!", "/")).name or "document"
    ids = [PurePath(last).stem, last, *(f"{last}-{number}" for number in range(2, 2 + len(taken)))]
    path = next(path for id in ids if (path := folder / f"{id}.yaml") not in taken)
    taken.add(path)
    return path


def _write(source: SourceText, path: Path, file: Path, force: bool, options: vnadmin_nlp.ReadOptions) -> Outcome:
    place, text = path.with_suffix(".txt"), source.text
    printed = _text_at(place)
    if printed is not None and printed.removeprefix("\ufeff") == text:
        text = printed
    elif place.exists() and place.samefile(file):
        return Outcome(path, error=f"{file}: its letters had to be converted: give another folder (-o) for the result")
    elif place.exists() and not force:
        return Outcome(path, error=f"{place}: another text than that of {file}; give another folder (-o), or --force")
    else:
        path.parent.mkdir(parents=True, exist_ok=True)
        with place.open("w", encoding="utf-8", newline="") as written:
            written.write(text)
    dispatch = vnadmin_nlp.parse(source if text == source.text else text, options=options)
    made = draft(dispatch, name=path.stem, source=source if text == source.text else None)
    with path.open("w" if force else "x", encoding="utf-8", newline="\n") as written:
        written.write(to_yaml(made))
    return Outcome(path, made)


def _text_at(place: Path) -> str | None:
    """What the file holds as an annotation's text is read; None where that is nothing."""
    try:
        return place.read_bytes().decode("utf-8")
    except (FileNotFoundError, UnicodeDecodeError):
        return None
