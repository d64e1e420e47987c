"""The documents of a run that are still to be done."""

from __future__ import annotations

from collections.abc import Iterator

from vnadmin_nlp.batch.inputs import Inputs, identity
from vnadmin_nlp.batch.items import Item
from vnadmin_nlp.batch.report import RunReport
from vnadmin_nlp.batch.state import State
from vnadmin_nlp.schema import Failure

_SMALLEST_PART, _LARGEST_PART = 50, 1000
_PARTS = 200  # of a corpus, as long as they are neither small nor large
_BYTES_A_PART = 32_000_000  # of documents that are handed to a worker as bytes


class Pending:
    """The documents of the inputs that are to be done, in groups that become parts."""

    def __init__(
        self, inputs: Inputs, state: State, report: RunReport, *, retry: bool, size: int | None, counted: bool
    ) -> None:
        self._inputs = inputs
        self._state = state
        self._report = report
        self._retry = retry
        self.total = inputs.count() if counted or size is None else None
        self._size = size or min(_LARGEST_PART, max(_SMALLEST_PART, (self.total or 0) // _PARTS))
        self._handed_out: dict[str, tuple[str, bool]] = {}

    def groups(self) -> Iterator[list[Item]]:
        group: list[Item] = []
        held = 0
        for item in self._inputs:
            taken = self._taken(item)
            if taken is None:
                continue
            group.append(taken)
            held += len(taken.content) if isinstance(taken.content, str | bytes) else 0
            if len(group) >= self._size or held >= _BYTES_A_PART:
                yield group
                group, held = [], 0
        if group:
            yield group
        self._report.repeated += self._inputs.repeated
        self._report.of_tables = self._inputs.of_tables
        self._report.left_out = dict(sorted(self._inputs.left_out.items()))

    def handed_out(self, id: str) -> tuple[str, bool]:
        """The hash of a document that was handed out, and whether it is done again; asked once."""
        return self._handed_out.pop(id)

    def _taken(self, item: Item) -> Item | None:
        """`item` as it is to be done; None where there is nothing to do."""
        try:
            hashed = identity(item)
        except OSError as error:
            failure = Failure(
                item.id, "input", type(error).__name__, f"{item.id}: it cannot be read ({error.strerror})"
            )
            item = item._replace(content=failure)
            hashed = identity(item)
        name, count = item.id, 1
        while (before := self._state.first_seen(name, hashed)) is not None:
            if before == hashed:
                self._report.repeated += 1
                return None
            count += 1
            name = f"{item.id}#{count}"
        known = self._state.known(name)
        if self._retry:
            if known is None or known.part is not None:
                self._report.skipped += 1
                return None
        elif known and known.setup == self._state.setup and known.identity == hashed:
            if known.part is None:
                self._report.failed_before += 1
            else:
                self._report.skipped += 1
            return None
        self._handed_out[name] = hashed, known is not None and not self._retry
        return item._replace(id=name)
