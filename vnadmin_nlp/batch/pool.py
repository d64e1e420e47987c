"""Worker processes that analyse documents: a document that hangs, dies or eats the memory costs only itself.

A worker tells each result as it comes, so it is known which document was in work when the worker was lost. Executors
know only which call was: those of concurrent.futures and loky break when a worker dies, pebble gives up a whole chunk.
"""

from __future__ import annotations

import math
import os
import pickle
import signal
import sys
import threading
import time
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from enum import Enum, auto
from multiprocessing import connection, get_context
from multiprocessing.util import Finalize
from typing import Any, NamedTuple

from vnadmin_nlp.batch.items import Item
from vnadmin_nlp.batch.worker import GRACE, Job, Told, serve
from vnadmin_nlp.collector import paused
from vnadmin_nlp.errors import WorkerError
from vnadmin_nlp.schema import Failure

_AHEAD = 4  # groups a process that are taken before the first of them is wholly done
_STARTS = 3  # workers that may die one after the other before they have begun
_LOOK = 1.0  # seconds between looks at workers of which nothing is heard


class Done(NamedTuple):
    """Items that are done: a result each, what the job yielded or a Failure. `payload` is what the job returned for
    exactly these items, None where they did not go through it to its end."""

    items: Sequence[Item]
    results: list[object]
    payload: object


def work(
    groups: Iterable[Sequence[Item]],
    make: Callable[[], Job],
    *,
    n_process: int,
    seconds: float | None,
    memory: int | None,
    in_order: bool,
    heard: Callable[[int], None] | None = None,
) -> Generator[Done]:
    """The results of `groups` from `n_process` worker processes, each with a job of its own that `make` makes there.

    `make` is picklable. An item that takes longer than `seconds` is a Failure (stage `time`); one in which the worker
    dies, or needs more than `memory` bytes, is tried once more alone in a new worker and then is a Failure (stage
    `worker`, `memory`). `in_order`: results come in the order of `groups` as soon as they are there, in pieces of
    groups; otherwise in whole groups, as they are done: of a group whose worker was lost, what had been done is done
    again as a group of its own. An exception that the job raises is raised here, with what the worker says of it as a
    note; so is one of `groups`, after the results of what came before.

    `heard` is told how many items are done whose results were not given yet, whenever there are more.

    Few groups are taken ahead. Closing the iterator ends all workers; they also end when this process does. Raises
    ValueError where `memory` cannot be limited on this system, WorkerError where no worker can be started.
    """
    if n_process < 1:
        raise ValueError(f"n_process={n_process}: at least 1")
    if seconds is not None and seconds <= 0:
        raise ValueError(f"seconds={seconds}: more than 0, or None for no limit")
    if memory is not None and sys.platform != "linux":
        raise ValueError(f"memory={memory}: only Linux can limit the memory of a process; leave it out")
    try:
        made = pickle.dumps(make)
    except Exception as error:
        raise WorkerError(
            f"it cannot be handed to worker processes ({error}): use functions of a module, no lambdas"
        ) from error
    return _Pool(groups, made, n_process, seconds, memory, in_order, heard).run()


# The groups


class _State(Enum):
    WAITING = auto()
    IN_WORK = auto()
    DONE = auto()


@dataclass(slots=True, eq=False)
class _Task:
    """A group, or what is left of it. `done` of its items are done, the last of which have `results` still to be told;
    the next `busy` are in work at once. `last` says that its item is tried for the last time, alone in a new worker."""

    items: Sequence[Item]
    state: _State = _State.WAITING
    last: bool = False
    done: int = 0
    results: list[object] = field(default_factory=list)
    busy: int = 1
    payload: object = None

    def add(self, result: object) -> None:
        self.results.append(result)
        self.done += 1
        self.busy = 1

    def told(self) -> Done | None:
        """The results that are there; they are not kept."""
        if not self.results:
            return None
        results, self.results = self.results, []
        payload = self.payload if len(results) == len(self.items) else None
        return Done(self.items[self.done - len(results) : self.done], results, payload)


class _Trouble(NamedTuple):
    """Why a worker was lost: the Failure it may become, and whether the item gets another try."""

    stage: str
    error: str
    cause: str
    again: bool = True

    def of(self, item: Item) -> Failure:
        return Failure(item.id, self.stage, self.error, f"{item.id}: {self.cause}")


def _died(code: int | None, memory: int | None) -> _Trouble:
    """The trouble of a worker that ended by itself."""
    if code is None or code >= 0:
        return _Trouble("worker", "Died", f"its process ended with exit code {code}, twice; look at it alone")
    name = next((one.name for one in signal.Signals if one == -code), f"signal {-code}")
    full = "take fewer processes" if memory is None else f"raise the limit of {memory} bytes"
    cause = f"its process was killed by {name}, twice; if memory ran out, {full}; else look at it alone"
    return _Trouble("worker", "Died", cause)


def _unusable(item: Item, error: str, words: str) -> Failure:
    cause = f"its result cannot be handed from process to process ({words}); let the parser give another"
    return Failure(item.id, "parse", error, f"{item.id}: {cause}")


def _pieces(task: _Task, trouble: _Trouble, in_order: bool) -> Iterator[_Task]:
    """What becomes of a group whose worker was lost."""
    items, done = task.items, task.done
    in_work, rest = items[done : done + task.busy], items[done + task.busy :]
    if in_order:
        yield _Task(items[done - len(task.results) : done], _State.DONE, done=len(task.results), results=task.results)
    elif in_work:
        yield _Task(items[:done])
    elif len(items) > 1:  # lost while it finished its work on the whole group
        yield from (_Task(items[: done // 2]), _Task(items[done // 2 :]))
    else:
        in_work = items
    if len(in_work) > 1:  # it is not known which of them it was
        yield from (_Task([item]) for item in in_work)
    elif in_work and (task.last or not trouble.again):
        yield _Task(in_work, _State.DONE, done=1, results=[trouble.of(in_work[0])])
    elif in_work:
        yield _Task(in_work, last=True)
    yield _Task(rest)


# This side


class _Worker:
    """A worker process, as this side sees it. `since` is when its item was begun."""

    def __init__(self, made: bytes, memory: int | None, task: _Task) -> None:
        context = get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self.process = context.Process(target=serve, args=(theirs, made, memory), daemon=True)
        self.task: _Task | None = task
        self.ready = False
        self.since = time.monotonic()
        try:
            with _quiet_start(b"__main__" in made):
                self.process.start()
        except BaseException:
            self.pipe.close()
            raise
        finally:
            theirs.close()

    def send(self) -> None:
        """Hands its task to the worker, which waits for it."""
        assert self.task
        with suppress(ConnectionError):  # it has died: that is seen where its end is waited for
            self.pipe.send(self.task.items)
        self.since = time.monotonic()

    def has_died(self) -> bool:
        """Whether it is gone; its pipe and sentinel do not tell where a process that it started holds them open."""
        return self.process.exitcode is not None

    def receive(self) -> tuple[int, Any] | None:
        """What the worker tells; None where it is dead."""
        try:
            if not self.pipe.poll():
                return None
            data = self.pipe.recv_bytes()
        except (EOFError, OSError):
            return None
        try:
            with paused():  # it would take twice as long
                return data[0], pickle.loads(memoryview(data)[1:])
        except Exception as error:
            return (
                (Told.UNUSABLE, (type(error).__name__, str(error))) if data[0] == Told.RESULT else (Told.ERROR, error)
            )


_STARTING = threading.Lock()


@contextmanager
def _quiet_start(with_main: bool) -> Iterator[None]:
    """A process started inside does not see Ctrl-C, and does not run the caller's script unless `with_main`.

    multiprocessing runs the script again in every process it starts, for functions that were defined there. Where none
    is needed that is slow, and a trap for scripts that do not ask for `__name__ == "__main__"`.
    """
    main = sys.modules["__main__"]
    before = {name: getattr(main, name) for name in ("__file__", "__spec__") if hasattr(main, name)}
    with _STARTING:
        mask = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT]) if os.name == "posix" else None
        try:
            if not with_main:
                for name in before:
                    setattr(main, name, None)
            yield
        finally:
            for name, value in before.items():
                setattr(main, name, value)
            if mask is not None:
                signal.pthread_sigmask(signal.SIG_SETMASK, mask)


def _end(workers: list[_Worker]) -> None:
    """Ends workers and all that they started, and takes them off the list; their exit codes stay."""
    for worker in workers:
        worker.process.terminate()
    limit = time.monotonic() + GRACE
    while workers:
        worker = workers.pop()
        connection.wait([worker.process.sentinel], max(0.0, limit - time.monotonic()))
        if os.name == "posix":
            with suppress(ProcessLookupError, PermissionError):  # the worker is its group's leader, once it has begun
                os.killpg(worker.process.pid or 0, signal.SIGKILL)
        worker.process.kill()
        worker.process.join()
        worker.pipe.close()


class _Pool:
    """The parent's side of `work`: the groups it has taken, in their order, and its workers."""

    def __init__(
        self,
        groups: Iterable[Sequence[Item]],
        made: bytes,
        n_process: int,
        seconds: float | None,
        memory: int | None,
        in_order: bool,
        heard: Callable[[int], None] | None,
    ) -> None:
        self._groups: Iterator[Sequence[Item]] | None = iter(groups)
        self._made = made
        self._n_process = n_process
        self._seconds = seconds
        self._memory = memory
        self._in_order = in_order
        self._heard = heard
        self._line: list[_Task] = []
        self._workers: list[_Worker] = []
        self._failed_starts = 0
        self._begun = False  # whether any worker ever was ready
        self._error: Exception | None = None
        # Also where the program ends before the iterator is closed
        self._stop = Finalize(self, _end, [self._workers], exitpriority=10)

    def run(self) -> Generator[Done]:
        try:
            while True:
                self._hand_out()
                yield from self._told()
                if self._line:
                    self._listen()
                    if self._heard:
                        self._heard(sum(task.done for task in self._line))
                elif self._groups is None:
                    break
        finally:
            self._stop()
        if self._error:
            raise self._error

    def _told(self) -> Iterator[Done]:
        """What is there to be told; groups that are wholly told leave the line."""
        for task in list(self._line):
            if task.state is _State.DONE or self._in_order:
                if told := task.told():
                    yield told
                if task.state is _State.DONE:
                    self._line.remove(task)
                elif self._in_order:
                    break

    # Work goes out

    def _hand_out(self) -> None:
        """Gives what waits to workers, as long as one takes it; one group more is taken from the caller's."""
        while task := next((task for task in self._line if task.state is _State.WAITING), None) or self._next():
            if not self._give(task):
                break

    def _next(self) -> _Task | None:
        while self._groups is not None and len(self._line) < _AHEAD * self._n_process:
            try:
                task = _Task(next(self._groups))
            except StopIteration:
                self._groups = None
            except Exception as error:  # it is raised at its place: when what came before is done
                self._groups, self._error = None, error
            else:
                if task.items:
                    self._line.append(task)
                    return task
        return None

    def _give(self, task: _Task) -> bool:
        """Whether there is a worker for it: one that has nothing to do, or a new one."""
        idle = next((worker for worker in self._workers if worker.task is None), None)
        if idle and task.last:
            self._drop(idle)
            idle = None
        if idle:
            idle.task = task
            idle.send()
        elif len(self._workers) < self._n_process:
            self._workers.append(_Worker(self._made, self._memory, task))
        else:
            return False
        task.state = _State.IN_WORK
        return True

    # Results come in

    def _listen(self) -> None:
        """Waits until a worker tells something, dies or is out of time."""
        first = min(self._limit(worker) for worker in self._workers)
        ends = [end for worker in self._workers for end in (worker.pipe, worker.process.sentinel)]
        heard = connection.wait(ends, max(0.0, min(first - time.monotonic(), _LOOK)))
        for worker in list(self._workers):
            if worker.pipe in heard or worker.process.sentinel in heard or worker.has_died():
                self._take(worker, worker.receive())
        now = time.monotonic()
        for worker in list(self._workers):
            # A worker that could not tell its result, as the caller was busy with others, is not late
            if now > self._limit(worker) and not worker.pipe.poll():
                cause = f"it took more than {self._seconds:g} seconds; allow more, or look at it alone"
                self._lost(worker, _Trouble("time", "TimedOut", cause, again=False))

    def _limit(self, worker: _Worker) -> float:
        """When its item is out of time."""
        if self._seconds is None or worker.task is None or not worker.ready:
            return math.inf
        return worker.since + self._seconds * worker.task.busy

    def _take(self, worker: _Worker, told: tuple[int, Any] | None) -> None:
        if told is None:
            self._lost(worker, None)
            return
        kind, value = told
        task = worker.task
        if kind == Told.READY:
            worker.ready = self._begun = True
            self._failed_starts = 0
            worker.send()
        elif kind == Told.ERROR:
            if not worker.ready:
                raise WorkerError(_no_beginning(value, self._memory)) from value
            raise value
        elif task is None:
            raise WorkerError(f"a worker tells of work that it was not given ({kind})")
        elif kind in (Told.RESULT, Told.UNUSABLE):
            worker.since = time.monotonic()
            task.add(value if kind == Told.RESULT else _unusable(task.items[task.done], *value))
        elif kind == Told.BUSY:
            task.busy = value
        elif kind == Told.FULL:
            limit = "" if self._memory is None else f" ({self._memory} bytes)"
            self._lost(worker, _Trouble("memory", "OutOfMemory", f"it needs more memory than it may have{limit}"))
        elif task.done == len(task.items):
            task.payload, task.state, worker.task = value, _State.DONE, None
        else:
            raise WorkerError(f"a job yielded {task.done} results for {len(task.items)} items; it must yield one each")

    def _lost(self, worker: _Worker, trouble: _Trouble | None) -> None:
        """Ends a worker, and goes on without it; by itself it died where there is no `trouble` yet."""
        if trouble is None:  # its pipe is closed before it has ended; how it ended is told below
            worker.process.join(GRACE)
        self._drop(worker)
        task = worker.task
        if not worker.ready:
            self._failed_starts += 1
            if not self._begun or self._failed_starts >= _STARTS:
                raise WorkerError(_not_started(worker.process.exitcode, self._memory))
            assert task
            task.state = _State.WAITING
        elif task:
            at = self._line.index(task)
            pieces = _pieces(task, trouble or _died(worker.process.exitcode, self._memory), self._in_order)
            self._line[at : at + 1] = [piece for piece in pieces if piece.items]

    def _drop(self, worker: _Worker) -> None:
        self._workers.remove(worker)
        _end([worker])


def _no_beginning(error: Exception, memory: int | None) -> str:
    mend = "what it is to do must be in a module that it can import"
    if memory is not None:
        mend = f"memory={memory} may be too little for any document"
    return f"a worker process cannot begin ({type(error).__name__}: {error}); {mend}"


def _not_started(code: int | None, memory: int | None) -> str:
    cause = f"a worker process ended while it was started (exit code {code}); what it said stands above. "
    if memory is not None:
        cause += f"memory={memory} may be too little for any document. "
    return cause + (
        "A script whose own functions are used in worker processes is imported by them: "
        'begin its work under `if __name__ == "__main__":`'
    )
