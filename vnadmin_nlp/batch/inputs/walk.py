"""The files of a folder, in a fixed order: by the code points of their paths."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from typing import NamedTuple

from vnadmin_nlp.read.archive import LEFT_BY_SYSTEMS

_PIECE = re.compile(r"\*+|\?|\[!?\]?[^\]]*\]|[^*?\[]+|\[")
_SPECIAL = re.compile(r"[][^&~|\\]")  # letters that mean something in a class of letters

# Of macOS beside archives; of Spark and its like beside tables
_LEFT_BY_PROGRAMS = frozenset({"__MACOSX", "_SUCCESS", "_metadata", "_common_metadata"})


class Unlisted(NamedTuple):
    """A folder that cannot be listed (its relative path in a walk), and why."""

    path: str
    error: OSError


class Wanted:
    """Which files of a folder are meant.

    `glob`: paths relative to the folder, or folders above them, as a shell reads them (`**` for any folders).
    `pattern`: beside that their names, or their relative paths where it has a `/`; capitals do not matter.
    `without` is the relative path of a folder that is left out. Raises re.error for ranges like `[z-a]`.
    """

    def __init__(self, glob: str | None = None, pattern: str | None = None, without: str | None = None) -> None:
        self._glob = re.compile(_translated(glob) + "(?:/.*)?", re.DOTALL) if glob else None
        self._ways = re.compile(_ways(glob), re.DOTALL) if glob else None
        any_case = re.DOTALL | re.IGNORECASE
        self._pattern = re.compile(_translated(pattern.removeprefix("./")), any_case) if pattern else None
        self._by_path = "/" in (pattern or "")
        self._without = without

    def takes(self, path: str) -> bool:
        """Whether the file at the relative `path` is meant."""
        if self._glob is not None and not self._glob.fullmatch(path):
            return False
        return self._pattern is None or bool(
            self._pattern.fullmatch(path if self._by_path else path.rpartition("/")[2])
        )

    def enters(self, folder: str) -> bool:
        """Whether files below the relative path `folder` can be meant."""
        return folder != self._without and (self._ways is None or bool(self._ways.fullmatch(folder)))

    def has(self, path: str) -> bool:
        """Whether a walk comes to the file at the relative `path`."""
        hidden = any(_is_left_out(part) for part in path.split("/"))
        return not hidden and not path.startswith(f"{self._without}/") and self.takes(path)


def walk(root: str, wanted: Wanted) -> Iterator[str | Unlisted]:
    """The relative paths, with `/`, of the files meant below the folder `root`.

    Links to folders are not followed; hidden files, what programs leave behind, and what is no file (pipes,
    devices) are left out. One listing for each level is held.
    """
    levels = [iter([""])]
    while levels:
        path = next(levels[-1], None)
        if path is None:
            levels.pop()
        elif path and not path.endswith("/"):
            if wanted.takes(path):
                yield path
        elif not path or wanted.enters(path[:-1]):
            try:
                levels.append(iter(_listing(root, path)))
            except OSError as error:
                yield Unlisted(path, error)


def has_magic(path: str) -> bool:
    """Whether `path` may be a glob."""
    return any(c in path for c in "*?[")


def fixed_part(path: str) -> tuple[str, str]:
    """The folder that a glob begins with, and the rest of it."""
    *folders, last = path.replace(os.sep, "/").split("/")
    last = last or "**"  # `2024-*/` means folders
    root = 0
    while root < len(folders) and (not has_magic(folders[root]) or os.path.isdir("/".join(folders[: root + 1]))):  # noqa: PTH112
        root += 1
    return "/".join(folders[:root]) + "/" if root else "./", "/".join([*folders[root:], last])


def _listing(root: str, folder: str) -> list[str]:
    """What is in a folder, in order; folders end with `/`, which puts what is in them where it belongs."""
    with os.scandir(os.path.join(root, folder) if folder else root) as entries:  # noqa: PTH118 - names in any bytes
        return sorted(folder + kept for entry in entries if (kept := _kept(entry)))


def _kept(entry: os.DirEntry[str]) -> str | None:
    name = entry.name
    if _is_left_out(name):
        return None
    try:
        if entry.is_dir(follow_symlinks=False):
            return name + "/"
        if entry.is_file() or (entry.is_symlink() and not entry.is_dir() and not os.path.exists(entry.path)):  # noqa: PTH110
            return name  # links that lead nowhere are told of when they are opened
    except OSError:
        return name
    return None


def _is_left_out(name: str) -> bool:
    return name.startswith((".", "~$")) or name in _LEFT_BY_PROGRAMS or name.lower() in LEFT_BY_SYSTEMS


def _translated(glob: str) -> str:
    """The glob as a regular expression for the whole of a path."""
    *folders, last = glob.split("/")
    out = ["(?:[^/]+/)*" if folder == "**" else _part(folder) + "/" for folder in folders]
    return "".join(out) + (".+" if last == "**" else _part(last))


def _ways(glob: str) -> str:
    """A regular expression for the folders on the way to what fits the glob, and for those below it."""
    out = ".*"
    for part in reversed(glob.split("/")):
        out = ".*" if part == "**" else f"{_part(part)}(?:/{out})?"
    return out


def _part(part: str) -> str:
    return "".join(map(_piece, _PIECE.findall(part)))


def _piece(piece: str) -> str:
    if piece[0] == "*":
        return "[^/]*"
    if piece == "?":
        return "[^/]"
    if piece[0] == "[" and len(piece) > 2:
        letters = _SPECIAL.sub(r"\\\g<0>", piece[1:-1].removeprefix("!"))
        return f"[^/{letters}]" if piece[1] == "!" else f"[{letters}]"
    return re.escape(piece)
