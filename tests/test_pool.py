"""Worker processes: what is lost with a worker, and what is left of one."""

from __future__ import annotations

import gc
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing
from multiprocessing import active_children
from pathlib import Path

import pytest
from pool_jobs import make, make_broken, make_dead

from vnadmin_nlp.batch.items import Item
from vnadmin_nlp.batch.pool import Done, Job, work
from vnadmin_nlp.errors import WorkerError
from vnadmin_nlp.schema import Failure

posix = pytest.mark.skipif(os.name == "nt", reason="Windows has neither signals nor process groups")
linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits memory and shows processes in /proc")


def groups_of(size: int, words: Sequence[str]) -> Iterator[list[Item]]:
    items = [Item(str(number), word) for number, word in enumerate(words)]
    yield from (items[at : at + size] for at in range(0, len(items), size))


def run(
    groups: Iterator[list[Item]],
    *,
    n_process: int = 2,
    seconds: float | None = 60.0,
    memory: int | None = None,
    in_order: bool = True,
    make: Callable[[], Job] = make,
) -> Generator[Done]:
    return work(groups, make, n_process=n_process, seconds=seconds, memory=memory, in_order=in_order)


def told(done: Iterator[Done]) -> list[tuple[str, object]]:
    """Ids and results; of a Failure its stage."""
    return [
        (item.id, result.stage if isinstance(result, Failure) else result)
        for each in done
        for item, result in zip(each.items, each.results, strict=True)
    ]


def gone(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True


def until(true: Callable[[], bool], seconds: float = 20.0) -> bool:
    limit = time.monotonic() + seconds
    while not true() and time.monotonic() < limit:
        time.sleep(0.02)
    return true()


# Results


@pytest.mark.parametrize("n_process", [1, 3])
def test_results_come_in_order_whoever_is_first(n_process: int) -> None:
    words = ["SLEEP 0.4", *(f"{number}" for number in range(20))]
    found = told(run(groups_of(3, words), n_process=n_process))
    assert found == [(str(number), word.split()[0]) for number, word in enumerate(words)]


def test_results_are_told_before_their_group_is_done() -> None:
    with closing(run(groups_of(3, ["a", "SLEEP 0.3", "HANG"]))) as results:
        assert [next(results).results, next(results).results] == [["a"], ["SLEEP"]]


def test_without_order_whole_groups_come_as_they_are_done() -> None:
    found = list(run(groups_of(2, ["SLEEP 1", "a", "b", "c"]), in_order=False))
    assert [[item.id for item in done.items] for done in found] == [["2", "3"], ["0", "1"]]
    assert [done.payload for done in found] == [["2", "3"], ["0", "1"]]


@pytest.mark.parametrize("in_order", [True, False])
def test_few_groups_are_taken_ahead(in_order: bool) -> None:
    taken = 0

    def groups() -> Iterator[list[Item]]:
        nonlocal taken
        for group in groups_of(1, ["a"] * 200):
            taken += 1
            yield group

    for number, _ in enumerate(run(groups(), in_order=in_order), 1):
        assert taken - number <= 8
    assert number == 200


def test_an_error_of_the_input_comes_after_what_came_before_it() -> None:
    def groups() -> Iterator[list[Item]]:
        yield from groups_of(2, ["SLEEP 0.3", "a", "b"])
        raise ZeroDivisionError("the input")

    found = []
    with pytest.raises(ZeroDivisionError, match="the input"):
        for done in run(groups()):
            found += done.results
    assert found == ["SLEEP", "a", "b"]


def test_an_error_of_the_job_is_raised_as_it_is_with_a_note_where() -> None:
    with pytest.raises(LookupError, match=r"^the disk") as raised:
        list(run(groups_of(2, ["a", "RAISE the disk"])))
    assert "pool_jobs.py" in raised.value.__notes__[0]


def test_a_result_that_cannot_be_pickled_is_a_failure() -> None:
    [first, second] = [result for done in run(groups_of(2, ["UNPICKLABLE", "a"])) for result in done.results]
    assert isinstance(first, Failure) and first[:3] == ("0", "parse", "TypeError")
    assert "cannot pickle" in first.message and second == "a"


def test_a_large_result_and_a_slow_caller_are_no_time_of_the_item() -> None:
    results = run(groups_of(4, ["BIG 60000000", "a", "BIG 60000000", "b"]), n_process=1, seconds=0.5)
    found = []
    for done in results:
        found += done.results
        time.sleep(0.7)
    assert [len(each) for each in found] == [60_000_000, 1, 60_000_000, 1]


# Workers that are lost


@pytest.mark.parametrize(("in_order", "n_process"), [(True, 1), (False, 2)])
def test_each_poison_costs_itself(in_order: bool, n_process: int) -> None:
    poison = {"EXIT": "worker", "HANG": "time", "UNPICKLABLE": "parse"}
    if os.name == "posix":
        poison |= {"KILL": "worker", "SEGV": "worker"}
    words = [word for bad in poison for word in ("a", bad, "b")]
    found = told(run(groups_of(5, words), seconds=0.5, in_order=in_order, n_process=n_process))
    if not in_order:
        found.sort(key=lambda pair: int(pair[0]))
    assert found == [(str(number), poison.get(word, word)) for number, word in enumerate(words)]


def test_without_order_a_payload_is_of_exactly_its_items() -> None:
    found = list(run(groups_of(6, ["a", "EXIT", "b", "c", "EXIT", "d"]), in_order=False))
    for done in found:
        ids = [item.id for item in done.items]
        assert done.payload == (None if isinstance(done.results[0], Failure) else ids)
    assert sorted(item.id for done in found for item in done.items) == list("012345")


def test_a_worker_that_dies_at_the_end_of_a_group_costs_one_item() -> None:
    words = ["a", "b", "DIE AT THE END", "c"]
    assert sorted(told(run(groups_of(4, words), in_order=False))) == [
        ("0", "a"), ("1", "b"), ("2", "worker"), ("3", "c"),
    ]  # fmt: skip


def test_a_death_says_how_and_is_tried_once_more(tmp_path: Path) -> None:
    results = [result for done in run(groups_of(3, ["EXIT", f"ONCE {tmp_path / 'once'}"])) for result in done.results]
    assert results[0] == Failure(
        "0", "worker", "Died", "0: its process ended with exit code 3, twice; look at it alone"
    )
    assert results[1] == "ONCE"


@posix
def test_a_signal_is_named() -> None:
    [done] = run(groups_of(1, ["KILL"]))
    [failure] = done.results
    assert isinstance(failure, Failure) and "was killed by SIGKILL, twice; if memory ran out" in failure.message


@linux
def test_memory_has_a_limit_and_the_worker_is_replaced() -> None:
    results = [
        result for done in run(groups_of(3, ["a", "EAT", "b"]), memory=600_000_000, n_process=1)
        for result in done.results
    ]  # fmt: skip
    assert [results[0], results[2]] == ["a", "b"]
    assert isinstance(results[1], Failure) and results[1][:3] == ("1", "memory", "OutOfMemory")
    assert "600000000 bytes" in results[1].message


def test_items_in_work_at_once_have_their_time_together() -> None:
    assert told(run(groups_of(3, ["BUSY 3", "a", "b"]), seconds=0.5)) == [("0", "BUSY"), ("1", "a"), ("2", "b")]
    assert told(run(groups_of(1, ["BUSY 1"]), seconds=0.5)) == [("0", "time")]


def test_of_items_in_work_at_once_only_the_bad_one_is_lost() -> None:
    found = told(run(groups_of(4, ["x", "BUSY-HANG 3", "a", "b"]), seconds=0.4))
    assert found == [("0", "x"), ("1", "time"), ("2", "a"), ("3", "b")]


@linux
def test_many_deaths_leave_nothing_behind() -> None:
    list(run(groups_of(1, ["a"])))  # starts what stays: the tracker of multiprocessing
    gc.collect()
    before = len(os.listdir("/proc/self/fd"))  # noqa: PTH208
    found = told(run(groups_of(2, ["EXIT", "KILL"] * 3)))
    assert found == [(str(number), "worker") for number in range(6)]
    gc.collect()
    assert len(os.listdir("/proc/self/fd")) == before  # noqa: PTH208
    assert active_children() == []


# Ends


@linux
def test_what_an_item_started_ends_with_its_time(tmp_path: Path) -> None:
    assert told(run(groups_of(1, [f"CHILD {tmp_path / 'pids'}"]), seconds=0.7)) == [("0", "time")]
    pids = [int(pid) for pid in (tmp_path / "pids").read_text().split()]
    assert len(pids) == 2 and until(lambda: all(map(gone, pids)), 1.0)


@posix
def test_a_worker_out_of_time_may_tidy_up(tmp_path: Path) -> None:
    assert told(run(groups_of(1, [f"TIDY {tmp_path / 'tidy'}"]), seconds=0.3)) == [("0", "time")]
    assert (tmp_path / "tidy").read_text() == "tidy"


@linux
def test_closing_ends_the_workers(tmp_path: Path) -> None:
    results = run(groups_of(2, ["a", f"CHILD {tmp_path / 'pids'}", "HANG"]))
    next(results)
    assert until((tmp_path / "pids").exists) and until(lambda: (tmp_path / "pids").read_text() != "")
    started = time.monotonic()
    results.close()
    assert time.monotonic() - started < 3.0
    assert active_children() == []
    pids = [int(pid) for pid in (tmp_path / "pids").read_text().split()]
    assert len(pids) == 2 and until(lambda: all(map(gone, pids)), 1.0)


SCRIPT = """
import sys
from pathlib import Path
from pool_jobs import make
from vnadmin_nlp.batch.items import Item
from vnadmin_nlp.batch.pool import work

words = [f"{{word}} {{sys.argv[1]}}-{{n}}" for n, word in enumerate(sys.argv[2:])]
groups = [[Item(str(n), word)] for n, word in enumerate(words)]
results = work(groups, make, n_process=2, seconds=None, memory=None, in_order=True)
{how}
"""


def script(tmp_path: Path, how: str, *words: str) -> tuple[subprocess.Popen[str], list[int]]:
    """A program with two workers that are in the midst of `words`, and their process ids."""
    (tmp_path / "script.py").write_text(SCRIPT.format(how=how))
    process = subprocess.Popen(
        [sys.executable, tmp_path / "script.py", tmp_path / "pids", *words],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parent)}, stderr=subprocess.PIPE, text=True,
        start_new_session=True,
    )  # fmt: skip
    assert until(lambda: len([path for path in tmp_path.glob("pids-*") if path.read_text()]) == len(words))
    pids = [int(pid) for path in tmp_path.glob("pids-*") for pid in path.read_text().split()]
    assert not any(map(gone, pids))
    return process, pids


@linux
def test_workers_end_when_the_caller_is_killed(tmp_path: Path) -> None:
    process, pids = script(tmp_path, "list(results)", "MATCH", "CHILD")
    process.kill()
    assert until(lambda: all(map(gone, pids)), 2.0)
    process.communicate(timeout=5)


@linux
def test_ctrl_c_ends_the_workers_without_their_words(tmp_path: Path) -> None:
    process, pids = script(tmp_path, "list(results)", "PID", "PID")
    os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate(timeout=10)
    assert said.count("Traceback") == 1 and said.strip().endswith("KeyboardInterrupt")
    assert until(lambda: all(map(gone, pids)), 1.0)


@linux
def test_a_program_that_forgets_the_iterator_ends(tmp_path: Path) -> None:
    how = """
import threading, time
threading.Thread(target=lambda: next(results), daemon=True).start()
while len([path for path in Path(sys.argv[1]).parent.glob("pids-*") if path.read_text()]) < 2:
    time.sleep(0.1)
time.sleep(1)
"""
    process, pids = script(tmp_path, how, "PID", "PID")
    process.communicate(timeout=15)
    assert process.returncode == 0
    assert until(lambda: all(map(gone, pids)), 2.0)


# Starts


def test_a_worker_that_cannot_begin_says_why() -> None:
    with pytest.raises(WorkerError, match=r"cannot begin \(RuntimeError: no job today\)"):
        list(run(groups_of(1, ["a"]), make=make_broken))
    with pytest.raises(WorkerError, match=r"ended while it was started \(exit code 7\)"):
        list(run(groups_of(1, ["a"]), make=make_dead))
    assert active_children() == []


def test_wrong_calls_are_told_at_the_call(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(WorkerError, match="cannot be handed to worker processes"):
        run(iter([]), make=lambda: make())
    with pytest.raises(ValueError, match="n_process=0"):
        run(iter([]), n_process=0)
    with pytest.raises(ValueError, match="seconds=0"):
        run(iter([]), seconds=0)
    monkeypatch.setattr(sys, "platform", "darwin")
    with pytest.raises(ValueError, match="only Linux can limit the memory"):
        run(iter([]), memory=1 << 30)


@linux
def test_a_memory_too_small_to_begin_is_told(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(WorkerError, match="memory"):
        list(run(groups_of(1, ["a"]), memory=1_000_000))
