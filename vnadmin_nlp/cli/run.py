"""`vnadmin run`: how a long run shows itself while it lasts, and what it says at the end."""

from __future__ import annotations

import re
import shlex
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

import rich.progress
from rich.console import Console, Group, RenderableType
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    ProgressColumn,
    Task,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.table import Table
from rich.text import Text

from vnadmin_nlp.batch.report import Progress, RunReport
from vnadmin_nlp.batch.run import FAILURES

_LINE_EVERY = 60.0  # seconds between lines of a log


class Show(Protocol):
    """Takes the progress of a run."""

    def __call__(self, progress: Progress) -> None: ...


@contextmanager
def shown(quiet: bool) -> Iterator[Show | None]:
    """Shows the progress of a run on the standard error: a bar on a terminal, else a line a minute."""
    if quiet:
        yield None
    elif sys.stderr.isatty():
        columns = (
            BarColumn(), MofNCompleteColumn(), TextColumn("documents"), _Rate(),
            TextColumn("[red]{task.fields[failed]}"), TimeElapsedColumn(), TextColumn("left"), TimeRemainingColumn(),
        )  # fmt: skip
        with rich.progress.Progress(*columns, console=Console(stderr=True), refresh_per_second=2) as bar:
            task = bar.add_task("run", total=None, failed="", new=0)

            def update(progress: Progress) -> None:
                failed = f"{progress.failed:,} failed" if progress.failed else ""
                new = progress.done + progress.failed
                bar.update(task, completed=new + progress.skipped, total=progress.total, failed=failed, new=new)

            yield update
    else:
        yield _Log()


class _Rate(ProgressColumn):
    """Documents a second, those left out because they were done before not counted."""

    def render(self, task: Task) -> Text:
        return Text(f"{task.fields['new'] / task.elapsed:,.0f}/s" if task.elapsed else "")


class _Log:
    """A line a minute."""

    def __init__(self) -> None:
        self._begun = self._last = time.monotonic()

    def __call__(self, progress: Progress) -> None:
        now = time.monotonic()
        if now - self._last < _LINE_EVERY:
            return
        self._last = now
        new = progress.done + progress.failed
        rate = new / (now - self._begun)
        words = [f"{new + progress.skipped:,} documents"]
        if progress.total is not None:
            words[0] += f" of {progress.total:,}"
        words += [f"{progress.failed:,} failed", f"{rate:,.1f} a second"]
        if progress.total is not None and rate:
            words.append(f"{_hours((progress.total - new - progress.skipped) / rate)} left")
        print("vnadmin: " + ", ".join(words), file=sys.stderr, flush=True)


def summary(report: RunReport) -> RenderableType:
    """What the run did and what its folder holds now."""
    table = Table(box=None, pad_edge=False, show_header=False)
    table.add_column()
    table.add_column(justify="right")
    done = report.done + report.failed
    for words, number in (
        ("documents analysed", report.done),
        ("  again, as they or version, knowledge, options changed", report.redone),
        ("failed", report.failed),
        *((f"  {stage}", count) for stage, count in sorted(report.stages.items())),
        ("done before, left out", report.skipped),
        ("failed before, not tried again", report.failed_before),
        ("given twice, left out", report.repeated),
        ("rows of tables found in folders, among these", report.of_tables),
        *((f"left out: {ending} files, no documents", count) for ending, count in report.left_out.items()),
        ("of earlier runs, not among these inputs, kept (--prune takes them out)", report.not_met),
        ("  renamed, or called by another path", report.renamed),
        ("of earlier runs, not among these inputs, taken out", report.pruned),
    ):
        if number or words == "documents analysed":
            table.add_row(words, f"{number:,}")
    if report.duplicates is not None:
        table.add_row("copies, drafts, re-issues of others", f"{report.duplicates:,}")
    for name, count in report.rows.items():
        table.add_row(f"rows of {name}", f"{count:,}")
    if done and report.seconds:
        table.add_row("documents a second", f"{done / report.seconds:,.1f}")
    table.add_row("time", _hours(report.seconds))
    return Group(table, Text(f"{report.out}: {report.in_output:,} documents, {report.failures:,} failures"))


def closing_words(report: RunReport) -> str | None:
    """What is to be said on the standard error at the end."""
    given = [word for word in sys.argv[1:] if word != "--retry"]
    if report.stopped:
        return "stopped; what is done is kept, and the same command goes on: " + shlex.join(["vnadmin", *given])
    if failed := report.failed + report.failed_before:
        documents = "1 document" if failed == 1 else f"{failed:,} documents"
        retry = shlex.join(["vnadmin", *given, "--retry"])
        return f"{documents} failed, see {report.out / FAILURES}; to try only those again:\n{retry}"
    return None


@contextmanager
def stoppable() -> Iterator[None]:
    """Takes a request to end (SIGTERM) as Ctrl-C is taken: what is done is kept."""

    def stop(number: int, frame: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def size_of(words: str) -> int:
    """Bytes of `2GB`, `500MB`, `1000000`. Raises ValueError."""
    match = re.fullmatch(r"(\d+(?:\.\d+)?)\s*([KMGT]?)I?B?", words.strip().upper())
    if match is None:
        raise ValueError(f"--memory {words}: a number of bytes, or one with KB, MB or GB, like 2GB")
    return int(float(match[1]) * 1000 ** " KMGT".index(match[2] or " "))


def _hours(seconds: float) -> str:
    whole = round(seconds)
    return f"{whole // 3600}:{whole // 60 % 60:02}:{whole % 60:02}"
