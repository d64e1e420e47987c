"""What can go wrong outside a text. `parse` itself never raises on a str: what is doubtful there is a Diagnostic."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vnadmin_nlp.schema.source import Failure


class VnadminError(Exception):
    """Root of the errors of this package. Each message names the place and the mend."""


class KnowledgeError(VnadminError):
    """A row of a knowledge table does not hold."""


class GoldError(VnadminError):
    """A gold annotation cannot be read or does not fit its text."""


class ReadError(VnadminError):
    """A file cannot be read. `name` is the file, `place` the part of it (page, member, byte), `cause` the rest.

    The message is `name: place: cause`; the cause says what to do.
    """

    def __init__(self, name: str, cause: str, *, place: str | None = None) -> None:
        self.name = name
        self.place = place
        self.cause = cause
        super().__init__(": ".join(filter(None, (name, place, cause))))

    def __reduce__(self) -> tuple[object, ...]:
        return _read_error, (type(self), self.name, self.cause, self.place)


class MissingExtraError(ReadError):
    """A file needs an optional part of the package, or a program, that is not installed."""


class MissingPackageError(VnadminError, ImportError):
    """A function needs a package that is not installed; the message says what to install."""


def missing(package: str, extra: str | None, what: str) -> MissingPackageError:
    """The error for `what` that needs `package`; `extra` is the part of this package that brings it, if one does."""
    install = f"vnadmin_nlp[{extra}]" if extra else package
    return MissingPackageError(f"{what} needs {package}, which is not installed: pip install '{install}'", name=package)


class ModelError(VnadminError):
    """A trained model cannot be read or made: its folder, its task, its weights, the gold it is to learn from."""


class InputError(VnadminError):
    """What a run is asked to read cannot be taken up: a missing file, folder or column, a table that is cut off."""


class WorkerError(VnadminError):
    """Worker processes cannot be started, or what they are to do cannot be handed to them."""


class BatchError(VnadminError):
    """A document of a batch failed and the caller asked to stop there. `name` is its id, `failure` says the rest."""

    def __init__(self, name: str, failure: Failure) -> None:
        self.name = name
        self.failure = failure
        super().__init__(failure.message)

    def __reduce__(self) -> tuple[object, ...]:
        return BatchError, (self.name, self.failure)


class RunError(VnadminError):
    """A run cannot start or go on: its output folder, its options, a full disk. What was done stays done."""


def _read_error(kind: type[ReadError], name: str, cause: str, place: str | None) -> ReadError:
    return kind(name, cause, place=place)
