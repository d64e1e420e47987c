"""What a run tells of itself while it lasts and at its end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple


class Progress(NamedTuple):
    """Where a run stands: documents done, failed and left out because they were done before, of how many (None where
    that is not known)."""

    done: int
    failed: int
    skipped: int
    total: int | None


@dataclass(slots=True)
class RunReport:
    """What a run did, and what its folder holds now."""

    out: Path
    done: int = 0
    """Documents that this run analysed."""
    failed: int = 0
    """Documents that failed in this run."""
    redone: int = 0
    """Of those, documents that had been done when they, the package, its knowledge or the options were others."""
    skipped: int = 0
    """Documents that were done before."""
    failed_before: int = 0
    """Documents that failed before and were not tried again."""
    repeated: int = 0
    """Documents that came twice."""
    of_tables: int = 0
    """Documents that are rows of tables found in folders."""
    left_out: dict[str, int] = field(default_factory=dict)
    """Files of folders that are no documents, by the endings of their names."""
    not_met: int = 0
    """Documents in the folder that are not among the inputs."""
    renamed: int = 0
    """Of those, documents with the content of one that is."""
    pruned: int = 0
    """Documents that were not among the inputs and were taken out."""
    duplicates: int | None = None
    """Documents of which the folder holds another to keep; None where nobody looked."""
    in_output: int = 0
    """Documents in the folder."""
    failures: int = 0
    """Failures in the folder."""
    rows: dict[str, int] = field(default_factory=dict)
    """Rows that this run wrote, by table."""
    stages: dict[str, int] = field(default_factory=dict)
    """Documents that failed in this run, by stage."""
    characters: int = 0
    """Characters of the documents that this run analysed."""
    seconds: float = 0.0
    """Time it took."""
    stopped: bool = False
    """Whether it was interrupted and can go on."""


class Shown:
    """Tells of the progress of a run, documents of parts that are not written yet included."""

    def __init__(self, report: RunReport, total: int | None, tell: Callable[[Progress], None] | None) -> None:
        self._report = report
        self._total = total
        self._tell = tell
        self._begun = 0

    def heard(self, begun: int) -> None:
        """`begun` documents are done whose parts are not written."""
        self._begun = begun
        if self._tell:
            report = self._report
            before = report.skipped + report.failed_before + report.repeated
            self._tell(Progress(report.done + begun, report.failed, before, self._total))

    def committed(self, documents: int) -> None:
        """The part of `documents` of them is written."""
        self.heard(max(0, self._begun - documents))
