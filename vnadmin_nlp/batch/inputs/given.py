"""What the caller names: a file, or a folder or glob with the files below."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from functools import cached_property
from pathlib import PurePosixPath

from vnadmin_nlp.batch.inputs.kinds import table
from vnadmin_nlp.batch.inputs.names import without_halves
from vnadmin_nlp.batch.inputs.walk import Unlisted, Wanted, fixed_part, has_magic, walk
from vnadmin_nlp.errors import InputError
from vnadmin_nlp.read.sniff import OTHER_FILES

_STDIN = "-"


class File:
    """A file that the caller names."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.name = without_halves(path)

    @cached_property
    def real(self) -> str:
        """The path with `/` and without links to folders; a link to a file is a file of its own."""
        folder, name = os.path.split(self.path)
        return _real(folder) + name

    def files(self) -> Iterator[str | Unlisted]:
        """What is added to the path for each file."""
        yield ""

    def has(self, below: str) -> bool:
        """Whether `below`, added to the path, is one of the files."""
        return not below


class Folder:
    """A folder that the caller names, or that a glob begins with: the files below it that are meant."""

    def __init__(self, path: str, name: str, glob: str | None, pattern: str | None, without: str | None) -> None:
        self.path = path if path.endswith(("/", os.sep)) else f"{path}/"
        self.name = name
        self._glob = glob
        self._pattern = pattern
        try:
            self._wanted = Wanted(glob, pattern, without)
        except re.error as error:
            raise InputError(f"{name}: the pattern {pattern or glob} cannot be read ({error}); mend it") from error

    @cached_property
    def real(self) -> str:
        """The path with `/`, also at its end, and without links to folders."""
        return _real(self.path)

    def files(self) -> Iterator[str | Unlisted]:
        """What is added to the path for each file."""
        return walk(self.path, self._wanted)

    def has(self, below: str) -> bool:
        """Whether `below`, added to the path, is one of the files."""
        return self._wanted.has(below)

    @property
    def whole(self) -> bool:
        """Whether every file below is meant."""
        return not (self._glob or self._pattern)

    def leaves_out(self, below: str) -> str | None:
        """The ending of the file, where that says that it is no document and the caller asked for no such files."""
        ending = PurePosixPath(below.lower()).suffix
        asked = self._glob or self._pattern or table(below)
        return ending if ending in OTHER_FILES and not asked else None

    def why_empty(self) -> str:
        """What to say where there is no file."""
        if self._pattern:
            return f"{self.name}: no file there fits the pattern {self._pattern}; mend it, or leave it out"
        cause = "no file fits this glob; mend it" if self._glob else "the folder has no documents; give another"
        return f"{self.name}: {cause}"


def given(path: str, pattern: str | None, leave_out: str | os.PathLike[str] | None) -> File | Folder | None:
    """What the caller means by `path`; None for stdin. Raises InputError where there is no such thing."""
    if path == _STDIN:
        return None
    name = without_halves(path)
    try:
        mode = os.stat(path).st_mode  # noqa: PTH116 - names in any bytes
    except (OSError, ValueError) as error:
        if not has_magic(path):
            cause = "there is no such file or folder" if isinstance(error, FileNotFoundError) else str(error)
            raise InputError(f"{name}: {cause}; mend the path") from error
        root, glob = fixed_part(path)
        return Folder(root, name, glob, pattern, _below(root, leave_out, name))
    if stat.S_ISDIR(mode):
        return Folder(path, name, None, pattern, _below(path, leave_out, name))
    if not stat.S_ISREG(mode):
        raise InputError(f"{name}: it is a pipe or device, not a file; give - and pipe it in, or write it into a file")
    return File(path)


def _below(root: str, folder: str | os.PathLike[str] | None, name: str) -> str | None:
    """The relative path of `folder` where it lies below `root`. Raises InputError where `root` lies in it."""
    if folder is None:
        return None
    inner, outer = _real(os.fspath(folder)), _real(root)
    if outer.startswith(inner):
        raise InputError(f"{name}: results are written there; give another folder for them")
    return inner[len(outer) : -1] if inner.startswith(outer) else None


def _real(folder: str) -> str:
    """The path of a folder with `/`, also at its end, and without links."""
    return os.path.realpath(folder).replace(os.sep, "/").rstrip("/") + "/"
