"""Trained models on disk: which ones an analysis uses, loaded once a process."""

from __future__ import annotations

import configparser
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module, metadata
from pathlib import Path
from threading import Lock
from typing import Any, NamedTuple

from vnadmin_nlp.errors import ModelError, missing
from vnadmin_nlp.options import Options
from vnadmin_nlp.resources import folder

CONFIG = "config.cfg"
FORMAT = "2"
"""What `version` says in the config of models that this package can read; it changes with the form of weights."""
SHIPPED: tuple[str, ...] = ()
"""The models that are on by default, by the names of their folders."""
# what reads the weights of a task
_LOADERS = {
    "actors": ("vnadmin_nlp.taggers.actors", "ActorModel"),
    "clauses": ("vnadmin_nlp.taggers.clauses", "ClauseModel"),
    "lines": ("vnadmin_nlp.taggers.lines", "LineModel"),
}
TASKS = tuple(_LOADERS)
_lock = Lock()


class Card(NamedTuple):
    """What `config.cfg` says of a model."""

    path: Path
    task: str
    kind: str
    version: str

    @property
    def name(self) -> str:
        return self.path.name


@dataclass(frozen=True, slots=True)
class Models:
    """The models of one analysis, one a task at most. `missing`: shipped ones that this machine does not have."""

    actors: Any = None
    clauses: Any = None
    lines: Any = None
    missing: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return any((self.actors, self.clauses, self.lines))


def models_of(options: Options) -> Models:
    """The models that `options` ask for. Safe to call from several threads; each model is read once a process.

    Raises ModelError where a folder that was named is missing, damaged, or one of two for the same task.
    """
    if options.models == "off" or (options.models == "auto" and not SHIPPED):
        return NONE
    with _lock:
        return _load(_folders(options), tuple(_absent(options)))


def check(options: Options) -> None:
    """Raises what every document would fail of: ModelError where a model that `options` ask for is missing or damaged,
    MissingPackageError where they ask for the names of underthesea and it is not installed."""
    for path in _folders(options):
        read_card(path)  # what was loaded earlier may be gone, and other processes have to load it
    models_of(options)
    if options.names == "underthesea":
        _version("underthesea")


def fingerprint(options: Options) -> str:
    """A digest of the weights that `options` ask for, and the version of underthesea; empty without either."""
    digest = hashlib.sha256()
    paths = _folders(options)
    if options.names == "underthesea":
        digest.update(_version("underthesea").encode())
    for path in paths:
        for file in sorted(file for file in path.rglob("*") if file.is_file()):
            digest.update(file.relative_to(path).as_posix().encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()[:16] if paths or options.names != "off" else ""


def read_card(path: Path) -> Card:
    """What the model in the folder `path` is for. Raises ModelError."""
    try:
        config = configparser.ConfigParser(interpolation=None)
        config.read_string((path / CONFIG).read_text(encoding="utf-8"))
        section = config["model"]
        card = Card(path, section["task"], section["kind"], section["version"])
    except OSError as error:
        raise ModelError(
            f"{path}: no model is there ({CONFIG}: {error.strerror}); `vnadmin train` writes one"
        ) from error
    except (configparser.Error, KeyError, ValueError) as error:
        raise ModelError(f"{path / CONFIG}: it cannot be read ({error}); train the model again") from error
    if card.task not in _LOADERS:
        raise ModelError(f"{path / CONFIG}: task = {card.task}: there is no such task; one of {', '.join(_LOADERS)}")
    if card.version != FORMAT:
        raise ModelError(
            f"{path}: the form of this model is version {card.version}, this package reads version {FORMAT}: train the "
            "model again"
        )
    return card


NONE = Models()


def _version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError as error:
        raise missing(package, None, "finding names") from error


def _folders(options: Options) -> tuple[Path, ...]:
    if isinstance(options.models, str):
        home = folder("models") if options.models == "auto" else None
        return tuple(home / name for name in SHIPPED if (home / name).is_dir()) if home else ()
    return options.models if isinstance(options.models, tuple) else (options.models,)


def _absent(options: Options) -> Iterable[str]:
    if options.models == "auto":
        home = folder("models")
        return (name for name in SHIPPED if home is None or not (home / name).is_dir())
    return ()


@lru_cache(maxsize=8)
def _load(paths: tuple[Path, ...], missing: tuple[str, ...]) -> Models:
    loaded: dict[str, Any] = {}
    for path in paths:
        card = read_card(path)
        if card.task in loaded:
            raise ModelError(f"{path}: a second model for the task {card.task}; give one a task")
        module, name = _LOADERS[card.task]
        loaded[card.task] = getattr(import_module(module), name).load(path)
    return Models(**loaded, missing=missing)
