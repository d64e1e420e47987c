"""The worker's side of the pool: it does its job on groups of items and tells each result as it comes."""

from __future__ import annotations

import gc
import io
import os
import pickle
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable, Generator, Sequence
from contextlib import suppress
from enum import IntEnum, auto
from multiprocessing import connection, parent_process
from multiprocessing.connection import Connection
from types import FrameType
from typing import TypeAlias

from vnadmin_nlp.batch.items import Item
from vnadmin_nlp.batch.work import Busy
from vnadmin_nlp.errors import WorkerError
from vnadmin_nlp.schema import Failure

Job: TypeAlias = Callable[[Sequence[Item]], Generator[object, None, object]]
"""What a worker does with a group: yields one result an item, in order (and `Busy` between them); returns a payload."""

GRACE = 1.0
"""Seconds a worker has to end what it started, before it is killed."""


class Told(IntEnum):
    """What a message of a worker is; its first byte. Behind it stands a pickled value."""

    READY = auto()  # the worker can take a group
    BUSY = auto()  # so many items are in work at once
    RESULT = auto()  # of the next item
    UNUSABLE = auto()  # the next item has a result that cannot be pickled: kind of error, words
    DONE = auto()  # the group is: the payload
    FULL = auto()  # the memory is, in the next item; the worker ends
    ERROR = auto()  # the job raised it; the worker ends


def serve(pipe: Connection, made: bytes, memory: int | None) -> None:
    """Works off groups until the pipe is closed."""
    _obey()
    try:
        if memory is not None:
            _limit_memory(memory)
        job: Job = pickle.loads(made)()
    except Exception as error:
        _send(pipe, Told.ERROR, _told_of(error))
        return
    _send(pipe, Told.READY)
    first = True
    with suppress(EOFError, OSError):
        while _work_off(pipe, job, pipe.recv()):
            if first:
                gc.freeze()  # tables that were loaded on first use stay: the collector need not look at them
                first = False


def _work_off(pipe: Connection, job: Job, items: Sequence[Item]) -> bool:
    """Does the job on one group; whether the worker is still good for another."""
    try:
        results = job(items)
        while True:
            try:
                result = next(results)
            except StopIteration as end:
                _send(pipe, Told.DONE, end.value)
                return True
            if isinstance(result, Busy):
                _send(pipe, Told.BUSY, result.items)
            elif isinstance(result, Failure) and result.stage == "memory":
                raise MemoryError
            else:
                _send_result(pipe, result)
    except MemoryError:
        _send_bytes(pipe, _FULL)
    except Exception as error:
        _send(pipe, Told.ERROR, _told_of(error))
    return False


def _send_result(pipe: Connection, result: object) -> None:
    try:
        data = _packed(Told.RESULT, result)
    except MemoryError:
        raise
    except Exception as error:
        data = _packed(Told.UNUSABLE, (type(error).__name__, str(error)))
    _send_bytes(pipe, data)


def _send(pipe: Connection, kind: Told, value: object = None) -> None:
    _send_bytes(pipe, _packed(kind, value))


def _packed(kind: Told, value: object) -> memoryview:
    out = io.BytesIO()
    out.write(bytes([kind]))
    pickle.dump(value, out, pickle.HIGHEST_PROTOCOL)
    return out.getbuffer()


_FULL = _packed(Told.FULL, None)  # made while there is memory


def _send_bytes(pipe: Connection, data: memoryview) -> None:
    try:
        pipe.send_bytes(data)
    except OSError:
        raise SystemExit(1) from None  # nobody listens any more


def _told_of(error: Exception) -> Exception:
    """`error` as the caller gets it, with where it happened."""
    error.add_note("in a worker process:\n" + "".join(traceback.format_tb(error.__traceback__)).rstrip())
    try:
        pickle.loads(pickle.dumps(error))
    except Exception:
        return WorkerError(f"{type(error).__name__}: {error}\n{error.__notes__[-1]}")
    return error


def _limit_memory(most: int) -> None:
    if sys.platform == "linux":
        import resource

        # The hard limit stays: LibreOffice may need more
        resource.setrlimit(resource.RLIMIT_DATA, (most, resource.getrlimit(resource.RLIMIT_DATA)[1]))


def _obey() -> None:
    """Makes the worker end when it is told to (SIGTERM) and when its parent ends, and only then (not on Ctrl-C).

    It ends as by an exception, so that what it started is ended and removed; where it does not come to that, it and its
    process group are killed after the time of grace.
    """
    parent = parent_process()
    assert parent
    if sys.platform != "win32":
        import fcntl

        os.setsid()
        # The end of the parent is also a signal: a thread does not run while a pattern of `re` is being matched
        signal.signal(signal.SIGIO, _stop)
        with suppress(OSError):
            fcntl.fcntl(parent.sentinel, fcntl.F_SETOWN, os.getpid())
            fcntl.fcntl(parent.sentinel, fcntl.F_SETFL, fcntl.fcntl(parent.sentinel, fcntl.F_GETFL) | os.O_ASYNC)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _stop)
    threading.Thread(target=_end_with, args=[parent.sentinel], daemon=True).start()


def _stop(_number: int, _frame: FrameType | None) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)  # once: what is tidied up now is not to be broken off
    if sys.platform != "win32":
        signal.signal(signal.SIGIO, signal.SIG_IGN)
        os.killpg(os.getpid(), signal.SIGTERM)  # what it has started
    raise SystemExit(1)


def _end_with(parent: int) -> None:
    connection.wait([parent])
    if sys.platform == "win32":
        os._exit(1)
    signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGTERM)  # so that it does not wait on
    time.sleep(GRACE)
    os.killpg(os.getpid(), signal.SIGKILL)
