"""What a run has done so far, in a file that survives a stop at any moment: the manifest of its output folder."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from vnadmin_nlp.errors import RunError
from vnadmin_nlp.schema import Failure

FORMAT = "1"
"""Of the manifest and of the folders beside it; a run goes on only in a folder of its own format."""

_TABLES = """
CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE setups (setup INTEGER PRIMARY KEY, description TEXT NOT NULL UNIQUE);
CREATE TABLE parts (part INTEGER PRIMARY KEY, documents INTEGER NOT NULL, counts TEXT NOT NULL);
CREATE INDEX empty_parts ON parts (part) WHERE documents = 0;
CREATE TABLE documents (
    id TEXT PRIMARY KEY, identity TEXT NOT NULL, setup INTEGER NOT NULL, part INTEGER
) WITHOUT ROWID;
CREATE TABLE failures (
    id TEXT PRIMARY KEY, stage TEXT NOT NULL, error TEXT NOT NULL, message TEXT NOT NULL, traceback TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE stale (part INTEGER, id TEXT, PRIMARY KEY (part, id)) WITHOUT ROWID;
"""


class Known(NamedTuple):
    """What the manifest says of a document: the hash of what it was, by which setup it was done, and in which part of
    the output it is; None where it failed."""

    identity: str
    setup: int
    part: int | None


class Totals(NamedTuple):
    """Documents that are in the output, that failed; those in the output that this run did not meet, and how many of
    them have the content of one that it met (they were renamed, or are called by another path)."""

    done: int
    failed: int
    not_met: int
    renamed: int


class State:
    """The manifest of an output folder (SQLite). It is locked while a run has it open, and every change is one
    transaction that is on the disk when it returns."""

    def __init__(self, path: Path, setup: Mapping[str, object]) -> None:
        self.path = path
        self.description = setup
        try:
            self._db = sqlite3.connect(path, isolation_level=None, timeout=0.5)
        except sqlite3.Error as error:
            raise _unusable(path, error) from error
        try:
            self._db.execute("PRAGMA locking_mode = EXCLUSIVE")
            self._db.execute("PRAGMA synchronous = FULL")
            self._db.execute("BEGIN EXCLUSIVE")
            self._open()
            self.setup = self._setup(json.dumps(setup, sort_keys=True, ensure_ascii=False))
            self._db.execute("COMMIT")
            self._db.execute("CREATE TEMP TABLE seen (id TEXT PRIMARY KEY, identity TEXT NOT NULL) WITHOUT ROWID")
            self._db.execute("BEGIN")  # what was seen needs no place on the disk
        except sqlite3.Error as error:
            self._db.close()
            if "locked" in str(error):
                raise RunError(f"{path.parent}: another run is writing there; wait for it or give another -o") from None
            raise _unusable(path, error) from error
        except BaseException:
            self._db.close()
            raise

    def _open(self) -> None:
        names = {name for (name,) in self._db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        if not names:
            for statement in _TABLES.split(";"):
                self._db.execute(statement)
            self._db.execute("INSERT INTO about VALUES ('format', ?)", (FORMAT,))
            return
        row = self._db.execute("SELECT value FROM about WHERE key = 'format'").fetchone() if "about" in names else None
        if row is None or row[0] != FORMAT:
            found = f"format {row[0]}" if row else "an unknown format"
            raise RunError(
                f"{self.path}: written by another version ({found}, this one writes format {FORMAT}); "
                "give another -o, or run the version that wrote it"
            )

    def _setup(self, description: str) -> int:
        self._db.execute("INSERT OR IGNORE INTO setups (description) VALUES (?)", (description,))
        row = self._db.execute("SELECT setup FROM setups WHERE description = ?", (description,)).fetchone()
        return int(row[0])

    def close(self) -> None:
        """Lets go of the folder."""
        self._db.close()

    # Questions

    def known(self, id: str) -> Known | None:
        row = self._db.execute("SELECT identity, setup, part FROM documents WHERE id = ?", (id,)).fetchone()
        return Known(*row) if row else None

    def first_seen(self, id: str, identity: str) -> str | None:
        """Notes that this run met `id`; the identity it had before, where it met it already."""
        if self._db.execute("INSERT OR IGNORE INTO seen VALUES (?, ?)", (id, identity)).rowcount:
            return None
        return str(self._db.execute("SELECT identity FROM seen WHERE id = ?", (id,)).fetchone()[0])

    def parts(self) -> list[int]:
        return [part for (part,) in self._db.execute("SELECT part FROM parts ORDER BY part")]

    def next_part(self) -> int:
        return int(self._db.execute("SELECT coalesce(max(part), 0) + 1 FROM parts").fetchone()[0])

    def stale(self) -> Iterator[tuple[int, set[str]]]:
        """The parts with rows that newer ones replace, and the ids of those rows."""
        for (part,) in self._db.execute("SELECT DISTINCT part FROM stale ORDER BY part").fetchall():
            rows = self._db.execute("SELECT id FROM stale WHERE part = ?", (part,))
            yield part, {id for (id,) in rows}

    def failures(self) -> Iterator[Failure]:
        """All failures in force, by id."""
        for row in self._db.execute("SELECT id, stage, error, message, traceback FROM failures ORDER BY id"):
            yield Failure(*row)

    def totals(self) -> Totals:
        one = self._db.execute
        done, failed = one("SELECT count(part), count(*) - count(part) FROM documents").fetchone()
        unmet, renamed = one(
            "SELECT count(*), count(CASE WHEN identity IN (SELECT identity FROM seen) THEN 1 END) FROM documents "
            "WHERE part IS NOT NULL AND id NOT IN (SELECT id FROM seen)"
        ).fetchone()
        return Totals(done, failed, unmet, renamed)

    def other_setups(self) -> dict[str, int]:
        """The setups (as JSON) by which documents in the output were done, other than this run's, and how many."""
        return dict(
            self._db.execute(
                "SELECT description, count(*) FROM documents JOIN setups USING (setup) WHERE setup <> ? GROUP BY setup",
                (self.setup,),
            )
        )

    # Changes

    def commit(
        self,
        part: int | None,
        counts: Mapping[str, int],
        done: Mapping[str, str],
        failed: Iterable[tuple[Failure, str]],
    ) -> list[int]:
        """Records a part with the documents `done` (id -> identity) and those that failed, with their identities;
        gives the parts of which nothing is in force any more."""
        run = self._db.execute
        try:
            run("COMMIT")
            run("BEGIN IMMEDIATE")
            if part is not None:
                run("INSERT INTO parts VALUES (?, ?, ?)", (part, len(done), json.dumps(dict(counts), sort_keys=True)))
            for id, identity in done.items():
                self._replace(id, identity, part)
                run("DELETE FROM failures WHERE id = ?", (id,))
            for failure, identity in failed:
                self._replace(failure.name, identity, None)
                run("INSERT OR REPLACE INTO failures VALUES (?, ?, ?, ?, ?)", failure)
            empty = self._without_empty()
            run("COMMIT")
        except sqlite3.Error as error:
            raise _unusable(self.path, error) from error
        finally:
            if self._db.in_transaction:  # an error or Ctrl-C came in between
                run("ROLLBACK")
            run("BEGIN")
        return empty

    def _replace(self, id: str, identity: str, part: int | None) -> None:
        before = self.known(id)
        if before is not None and before.part is not None:
            self._db.execute("UPDATE parts SET documents = documents - 1 WHERE part = ?", (before.part,))
            self._db.execute("INSERT OR IGNORE INTO stale VALUES (?, ?)", (before.part, id))
        self._db.execute("INSERT OR REPLACE INTO documents VALUES (?, ?, ?, ?)", (id, identity, self.setup, part))

    def forget_failures(self, beginnings: Iterable[str]) -> None:
        """Forgets the failures that this run did not meet and whose ids begin with one of `beginnings`."""
        for beginning in beginnings:
            gone = "substr(id, 1, length(?)) = ? AND id NOT IN (SELECT id FROM seen)"
            given = (beginning, beginning)
            self._db.execute(f"DELETE FROM documents WHERE part IS NULL AND {gone}", given)
            self._db.execute(f"DELETE FROM failures WHERE {gone}", given)

    def prune(self) -> tuple[int, list[int]]:
        """Forgets every document that this run did not meet; gives how many, and the parts of which nothing is in
        force any more. Rows in other parts become stale."""
        gone = "id NOT IN (SELECT id FROM seen)"
        self._db.execute(f"INSERT INTO stale SELECT part, id FROM documents WHERE part IS NOT NULL AND {gone}")
        self._db.execute(
            "UPDATE parts SET documents = documents - (SELECT count(*) FROM stale WHERE stale.part = parts.part)"
        )
        count = self._db.execute(f"DELETE FROM documents WHERE {gone}").rowcount
        self._db.execute(f"DELETE FROM failures WHERE {gone}")
        empty = self._without_empty()
        self._db.execute("COMMIT")
        self._db.execute("BEGIN")
        return count, empty

    def _without_empty(self) -> list[int]:
        empty = [number for (number,) in self._db.execute("SELECT part FROM parts WHERE documents = 0")]
        for number in empty:
            self._db.execute("DELETE FROM parts WHERE part = ?", (number,))
            self._db.execute("DELETE FROM stale WHERE part = ?", (number,))
        return empty

    def cleaned(self, part: int) -> None:
        """The rows that were replaced are gone from `part`."""
        self._db.execute("DELETE FROM stale WHERE part = ?", (part,))
        self._db.execute("COMMIT")
        self._db.execute("BEGIN")


def _unusable(path: Path, error: sqlite3.Error) -> RunError:
    if "full" in str(error):
        return RunError(f"{path.parent}: the disk is full; make room and run the same command again to go on")
    return RunError(
        f"{path}: the manifest cannot be used ({error}); put it back from a copy, or give another -o to begin anew"
    )
