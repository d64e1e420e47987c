"""A corpus at a time: documents in, parts of tables out, in a folder where a stopped run goes on."""

from __future__ import annotations

import json
import logging
import os
import shutil
import time
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from contextlib import closing
from dataclasses import asdict
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import BinaryIO, Literal

from vnadmin_nlp.batch import parts
from vnadmin_nlp.batch.inputs import Inputs, open_inputs
from vnadmin_nlp.batch.parts import Aside, Parser, PartJob
from vnadmin_nlp.batch.pending import Pending
from vnadmin_nlp.batch.pool import Done, work
from vnadmin_nlp.batch.report import Progress, RunReport, Shown
from vnadmin_nlp.batch.state import State
from vnadmin_nlp.errors import RunError, missing
from vnadmin_nlp.knowledge.rows import fingerprint
from vnadmin_nlp.options import Options
from vnadmin_nlp.parse import parse
from vnadmin_nlp.read.options import ReadOptions, reading
from vnadmin_nlp.schema import Failure
from vnadmin_nlp.taggers import store
from vnadmin_nlp.version import VERSION

MANIFEST = "manifest.sqlite"
FAILURES = "failures.jsonl"
SUMMARY = "run.json"
DUPLICATES = "duplicates.jsonl"
_LONG = 200  # characters of a change that is told
_LOG = logging.getLogger(__name__)
_FREE_BYTES = 20_000_000
"""Room on the disk below which a run does not start."""


def run(
    inputs: str | os.PathLike[str] | Sequence[str | os.PathLike[str]],
    out: str | os.PathLike[str],
    *,
    to: Literal["parquet", "jsonl", "both"] = "parquet",
    n_process: int | None = None,
    part_size: int | None = None,
    seconds: float | None = 60.0,
    memory: int | None = None,
    text_col: str | None = None,
    id_col: str | None = None,
    pattern: str | None = None,
    retry: bool = False,
    prune: bool = False,
    near_duplicates: bool = False,
    options: Options | None = None,
    parser: Parser = parse,
    stdin: BinaryIO | None = None,
    progress: Callable[[Progress], None] | None = None,
) -> RunReport:
    """Analyses every document of `inputs` and writes the results into the folder `out`.

    `inputs` are files, folders, globs, archives, tables (.jsonl, .csv, .parquet; with `text_col` and `id_col`), or `-`
    for JSON lines on `stdin`. `out` gets the folders `dispatches` (whole results), `documents`, `obligations`,
    `references`, `deadlines` and `actors` with files `part-000001.parquet`, and `failures.jsonl`; `to` may ask for
    `dispatches` as packed JSON lines instead or as well.

    Stopped at any moment and called again it goes on where it was: a document is left out where its content, the
    version of the package, its knowledge and the options are those it was done with. Documents that failed are tried
    again with `retry`, and then only they. `n_process` (all cores by default) does not change the results. A document
    that takes longer than `seconds`, needs more than `memory` bytes or ends its process is one failure.
    The id of a document is its path as given (`archive.zip!letter.docx`, `table.jsonl#12` inside of files), or what the
    table calls it. Documents in `out` that are not among `inputs` stay, unless `prune` takes them out.
    `near_duplicates` looks through all documents in `out` at the end and writes `duplicates.jsonl`: for each document
    that is a copy, draft or re-issue of another (`links.duplicates`) the one to keep.
    Raises InputError, RunError or ModelError, which say what and where; what was done until then is kept.
    """
    started = time.monotonic()
    _check(to, n_process, part_size)
    out = Path(out)
    options = reading(options)
    store.check(options)
    given = [inputs] if isinstance(inputs, str | os.PathLike) else list(inputs)
    found = open_inputs(
        given, text_col=text_col, id_col=id_col, pattern=pattern, options=options, stdin=stdin, leave_out=out
    )
    formats = ("parquet", "jsonl") if to == "both" else (to,)
    if near_duplicates:
        _need("datasketch", "finding near-duplicates")
    state = _open_folder(out, _setup(formats, options, parser))
    report = RunReport(out)
    try:
        _tell_of_changes(out, state)
        with parts.writing(out):
            parts.clean(out, state.parts())
            _drop_stale(out, state)
        documents = Pending(found, state, report, retry=retry, size=part_size, counted=progress is not None)
        shown = Shown(report, documents.total, progress)
        make = partial(PartJob, out, formats, options, parser)
        results = work(
            documents.groups(), make,
            n_process=n_process or os.cpu_count() or 1, seconds=seconds, memory=memory, in_order=False,
            heard=shown.heard,
        )  # fmt: skip
        with closing(results):
            try:
                for done in results:
                    with parts.writing(out):
                        _commit(out, state, done, documents, report)
                    shown.committed(len(done.items))
            except KeyboardInterrupt:
                report.stopped = True
        with parts.writing(out):
            _drop_stale(out, state)
            if not report.stopped:
                _forget(out, state, found, report, prune=prune)
                if near_duplicates:
                    report.duplicates = _write_duplicates(out)
            _finish(out, state, report, started)
    finally:
        state.close()
    return report


def _check(to: str, n_process: int | None, part_size: int | None) -> None:
    if to not in ("parquet", "jsonl", "both"):
        raise ValueError(f"to={to!r}: parquet, jsonl or both")
    for name, number in (("n_process", n_process), ("part_size", part_size)):
        if number is not None and number < 1:
            raise ValueError(f"{name}={number}: at least 1")


def _setup(formats: Collection[str], options: ReadOptions, parser: Parser) -> dict[str, object]:
    """All that results depend on beside the documents."""
    return {
        "version": VERSION,
        "knowledge": fingerprint(),
        "formats": list(formats),
        "options": options.model_dump(mode="json", exclude={"models"}, serialize_as_any=True, fallback=_named),
        "models": store.fingerprint(options),
        "parser": _named(parser),
    }


def _named(value: object) -> str:
    """What a function or object is called, the same in every process."""
    named = value if hasattr(value, "__qualname__") else type(value)
    return f"{named.__module__}.{named.__qualname__}"


def _open_folder(out: Path, setup: dict[str, object]) -> State:
    """The state of the output folder, which is made where it is missing."""
    if "parquet" in setup["formats"]:  # type: ignore[operator]
        _need("pyarrow", "writing Parquet (or ask for jsonl)")
    try:
        out.mkdir(parents=True, exist_ok=True)
        names = {path.name for path in out.iterdir()}
        if names and MANIFEST not in names:
            raise RunError(f"{out}: it holds other files and no {MANIFEST}; give -o a new folder or that of a run")
        if shutil.disk_usage(out).free < _FREE_BYTES:
            raise RunError(f"{out}: less than {_FREE_BYTES // 1_000_000} MB are free on its disk; make room first")
        (out / parts.WORK).mkdir(exist_ok=True)
    except OSError as error:
        raise RunError(f"{out}: no results can be written there ({error.strerror}); give another -o") from error
    return State(out / MANIFEST, setup)


def _tell_of_changes(out: Path, state: State) -> None:
    """Says how many documents had been done by another setup; raises RunError where that wrote other files."""
    now = json.loads(json.dumps(state.description))
    for description, documents in state.other_setups().items():
        before = json.loads(description)
        if before["formats"] != now["formats"]:
            was, is_ = (" and ".join(setup["formats"]) for setup in (before, now))
            raise RunError(f"{out}: its results are written as {was}, not {is_}; ask for that, or give another -o")
        changed = ", ".join(f"{key} {before[key]} -> {now[key]}" for key in now if before[key] != now[key])
        _LOG.warning(
            "%s: %s documents were done differently (%s); those among the inputs are done again",
            out, f"{documents:,}", changed if len(changed) < _LONG else "other options",
        )  # fmt: skip


def _need(package: str, what: str) -> None:
    if find_spec(package) is None:
        raise missing(package, "batch", what)


def _commit(out: Path, state: State, done: Done, documents: Pending, report: RunReport) -> None:
    """Puts what came back from a worker into the output."""
    well, failed = {}, []
    for item, result in zip(done.items, done.results, strict=True):
        hashed, again = documents.handed_out(item.id)
        report.redone += again
        if isinstance(result, Failure):
            failed.append((result._replace(name=item.id), hashed))
        else:
            well[item.id] = hashed
    part, counts = None, {}
    if isinstance(done.payload, Aside):
        part, counts = state.next_part(), done.payload.counts
        parts.place(out, part, done.payload)
    for empty in state.commit(part, counts, well, failed):
        parts.remove(out, empty)
    report.done += len(well)
    report.failed += len(failed)
    report.characters += counts.pop("characters", 0)
    report.rows = dict(Counter(report.rows) + Counter(counts))
    report.stages = dict(Counter(report.stages) + Counter(failure.stage for failure, _ in failed))


def _drop_stale(out: Path, state: State) -> None:
    """Takes the rows out of older parts that newer ones replace."""
    for part, ids in state.stale():
        parts.without(out, part, ids)
        state.cleaned(part)


def _write_duplicates(out: Path) -> int:
    """Writes which documents of the output are copies, drafts or re-issues of which; gives their number."""
    from vnadmin_nlp.links.duplicates import Duplicates

    with Duplicates() as found:
        for id, text in parts.texts(out):
            found.add(id, text)
        lines = [
            _json_line(
                {"document_id": one.id, "keep_id": group.keep, "likeness": one.likeness, "similarity": one.similarity}
            )
            for group in found.groups()
            for one in group.others
        ]
    parts.write_whole(out, DUPLICATES, lines)
    return len(lines)


def _forget(out: Path, state: State, inputs: Inputs, report: RunReport, *, prune: bool) -> None:
    """Forgets what is out of date: failures of documents that are no longer there, with `prune` all of such documents,
    and duplicates found among other documents."""
    state.forget_failures(inputs.beginnings())
    if prune:
        report.pruned, empty = state.prune()
        for part in empty:
            parts.remove(out, part)
        _drop_stale(out, state)
    if report.done or report.failed or report.pruned:
        (out / DUPLICATES).unlink(missing_ok=True)


def _finish(out: Path, state: State, report: RunReport, started: float) -> None:
    """Writes the failures and the summary, and removes the work folder."""
    totals = state.totals()
    report.in_output, report.failures = totals.done, totals.failed
    if not report.stopped:
        report.not_met, report.renamed = totals.not_met, totals.renamed
    report.seconds = time.monotonic() - started
    parts.write_whole(out, FAILURES, map(_failure_line, state.failures()))
    summary = {key: value for key, value in asdict(report).items() if key not in ("out", "seconds")}
    parts.write_whole(out, SUMMARY, [_json_line({"setup": state.description, **summary})])
    parts.clean(out, state.parts(), last=True)


def _failure_line(failure: Failure) -> bytes:
    name, *rest = failure
    return _json_line({"document_id": name, **dict(zip(Failure._fields[1:], rest, strict=True))})


def _json_line(value: dict[str, object]) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "replace") + b"\n"
