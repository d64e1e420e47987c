"""What a reader is given: the bytes of one file, its name, and how far it may go."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from vnadmin_nlp.errors import ReadError
from vnadmin_nlp.read.options import ReadOptions


@dataclass(slots=True)
class Document:
    """A file to be read. `name` is for messages and results; nothing is opened or written by it."""

    data: bytes
    name: str
    options: ReadOptions
    deadline: float = field(init=False)

    def __post_init__(self) -> None:
        self.deadline = time.monotonic() + self.options.limits.seconds

    def error(self, cause: str, place: str | None = None) -> ReadError:
        """The error to raise: what is wrong with this file, where, and the mend."""
        return ReadError(self.name, cause, place=place)

    def check_time(self, place: str) -> None:
        """Raise ReadError where the time for this file is over; `place` is what is being read."""
        if time.monotonic() > self.deadline:
            seconds = self.options.limits.seconds
            raise self.error(f"reading takes more than {seconds:g} seconds; raise Limits(seconds=...)", place)
