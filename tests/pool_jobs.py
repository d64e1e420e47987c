"""Jobs for tests of the pool: what a document says is done to the worker."""

from __future__ import annotations

import ctypes
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Generator, Sequence
from pathlib import Path

from vnadmin_nlp.batch.items import Item
from vnadmin_nlp.batch.pool import Job
from vnadmin_nlp.batch.work import Busy


def make() -> Job:
    return suffer


def make_broken() -> Job:
    raise RuntimeError("no job today")


def make_dead() -> Job:
    os._exit(7)


def suffer(items: Sequence[Item]) -> Generator[object, None, object]:
    """The result of an item is its text and the process; the payload the ids."""
    for item in items:
        word, _, rest = str(item.content).partition(" ")
        if word == "BUSY":
            yield Busy(int(rest))
            time.sleep(0.7)
        elif word == "BUSY-HANG":
            yield Busy(int(rest))
            time.sleep(600)
        elif word == "RAISE":
            raise LookupError(rest)
        yield _result(word, rest)
    if any(item.content == "DIE AT THE END" for item in items):
        os._exit(9)
    return [item.id for item in items]


def _result(word: str, rest: str) -> object:  # noqa: C901 - a case a kind of suffering
    match word:
        case "EXIT":
            os._exit(3)
        case "KILL":
            os.kill(os.getpid(), signal.SIGKILL)
        case "SEGV":
            ctypes.string_at(0)
        case "ONCE":  # dies the first time
            if not Path(rest).exists():
                Path(rest).touch()
                os._exit(1)
        case "HANG":
            time.sleep(600)
        case "CHILD":
            child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
            Path(rest).write_text(f"{os.getpid()} {child.pid}")
            child.wait()
        case "TIDY":  # is told to end before it is killed
            try:
                time.sleep(600)
            finally:
                Path(rest).write_text("tidy")
        case "MATCH":  # no other thread runs meanwhile
            Path(rest).write_text(str(os.getpid()))
            re.match(r"(a|aa)+$", "a" * 60 + "b")
        case "SLEEP":
            time.sleep(float(rest))
        case "EAT":
            held = []
            while True:
                held.append(bytearray(50_000_000))
        case "BIG":
            return bytes(int(rest))
        case "UNPICKLABLE":
            return threading.Lock()
        case "PID":
            Path(rest).write_text(str(os.getpid()))
            time.sleep(600)
    return word
