"""Runs over a corpus: what they write, how they go on after a stop, and what bad documents and bad folders do."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from poison import parse_or_suffer

import vnadmin_nlp as vn
from vnadmin_nlp.batch.report import Progress
from vnadmin_nlp.batch.run import run
from vnadmin_nlp.errors import InputError, RunError, WorkerError

pq = pytest.importorskip("pyarrow.parquet", reason="runs write Parquet, which pyarrow does: vnadmin_nlp[batch]")

TEXT = (
    "UBND TỈNH QUẢNG TRỊ\nSỞ Y TẾ\nSố: {n}/SYT-NVY\n\nQuảng Trị, ngày 5 tháng 3 năm 2024\n\n"
    "Kính gửi: Bệnh viện số {n}.\n\n"
    "1. Giao Bệnh viện số {n} báo cáo trước ngày {day}/4/2024 theo Công văn số {n}/BYT-KCB ngày 01/02/2024.\n"
    "2. Yêu cầu các đơn vị thực hiện./.\n"
)
TABLES = ("dispatches", "documents", "obligations", "references", "deadlines", "actors")


def letter(n: int) -> str:
    return TEXT.format(n=n, day=1 + n % 28)


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    for n in range(1, 31):
        (folder / f"{n:03}.txt").write_text(letter(n), encoding="utf-8")
    return folder


def rows(out: Path, table: str = "dispatches") -> list[dict[str, object]]:
    """The rows of a table, sorted by id (rows of one document stay in their order)."""
    found = [row for path in sorted((out / table).glob("*.parquet")) for row in pq.read_table(path).to_pylist()]
    return sorted(found, key=lambda row: str(row["document_id"]))


def everything(out: Path) -> dict[str, list[dict[str, object]]]:
    return {table: rows(out, table) for table in TABLES}


def ids(out: Path) -> list[str]:
    return [Path(str(row["document_id"])).name for row in rows(out)]


def failures(out: Path) -> dict[str, dict[str, str]]:
    lines = (out / "failures.jsonl").read_text(encoding="utf-8").splitlines()
    return {Path(line["document_id"]).name: line for line in map(json.loads, lines)}


# What is written


def test_every_document_is_one_row_and_equals_its_parse(corpus: Path, tmp_path: Path) -> None:
    from vnadmin_nlp.export import from_row

    report = run(corpus, tmp_path / "out", n_process=2, part_size=7)
    assert (report.done, report.failed, report.in_output) == (30, 0, 30)
    found = rows(tmp_path / "out")
    assert [Path(str(row["document_id"])).name for row in found] == [f"{n:03}.txt" for n in range(1, 31)]
    assert [from_row(row) for row in found] == [vn.parse(letter(n)) for n in range(1, 31)]
    assert report.rows == {table: len(rows(tmp_path / "out", table)) for table in TABLES}
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == sorted(
        [*TABLES, "failures.jsonl", "manifest.sqlite", "run.json"]
    )


def test_the_number_of_processes_changes_nothing(corpus: Path, tmp_path: Path) -> None:
    for n in (1, 3):
        run(corpus, tmp_path / f"out{n}", n_process=n, part_size=10)
    for path in (tmp_path / "out1").glob("*/*.parquet"):
        parts = (tmp_path / "out3" / path.parent.name).glob("*.parquet")
        assert path.read_bytes() in {part.read_bytes() for part in parts}
    assert everything(tmp_path / "out1") == everything(tmp_path / "out3")


@pytest.mark.parametrize("to", ["jsonl", "both"])
def test_packed_json_lines(corpus: Path, tmp_path: Path, to: str) -> None:
    run(corpus, tmp_path / "out", n_process=1, to=to)  # type: ignore[arg-type]
    lines = []
    for path in sorted((tmp_path / "out" / "dispatches").glob("*.jsonl.gz")):
        with gzip.open(path) as packed:
            lines += map(json.loads, packed)
    assert [vn.Dispatch.model_validate(line["dispatch"]) for line in lines] == [
        vn.parse(letter(n)) for n in range(1, 31)
    ]
    assert (tmp_path / "out" / "obligations").exists() == (to == "both")


@pytest.mark.parametrize("to", ["jsonl", "parquet"])
def test_near_duplicates(corpus: Path, tmp_path: Path, to: str) -> None:
    pytest.importorskip("datasketch")
    long = letter(1) + "\n".join(f"{n}. Sở {n} gửi báo cáo số liệu tháng {n}, quý {n} về UBND tỉnh." for n in range(40))
    (corpus / "a.txt").write_text(long, encoding="utf-8")
    (corpus / "b.txt").write_text(long.replace("  ", " "), encoding="utf-8")
    out = tmp_path / "out"
    report = run(corpus, out, n_process=1, near_duplicates=True, to=to)  # type: ignore[arg-type]
    (line,) = map(json.loads, (out / "duplicates.jsonl").read_text(encoding="utf-8").splitlines())
    assert report.duplicates == 1
    assert (Path(line["keep_id"]).name, Path(line["document_id"]).name, line["likeness"]) == ("a.txt", "b.txt", "copy")
    run(corpus, out, n_process=1, to=to)  # type: ignore[arg-type]
    assert (out / "duplicates.jsonl").exists()
    (corpus / "c.txt").write_text(letter(9), encoding="utf-8")
    run(corpus, out, n_process=1, to=to)  # type: ignore[arg-type]
    assert not (out / "duplicates.jsonl").exists()


# Going on


def test_a_second_run_does_nothing(corpus: Path, tmp_path: Path) -> None:
    run(corpus, tmp_path / "out", n_process=1)
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "out").glob("*/*")}
    report = run(corpus, tmp_path / "out", n_process=1)
    assert (report.done, report.skipped, report.in_output) == (0, 30, 30)
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "out").glob("*/*")} == before


def test_changed_and_new_documents_are_done_and_old_rows_go(corpus: Path, tmp_path: Path) -> None:
    run(corpus, tmp_path / "out", n_process=1, part_size=10)
    (corpus / "005.txt").write_text(letter(500), encoding="utf-8")
    (corpus / "000.txt").write_text(letter(600), encoding="utf-8")
    report = run(corpus, tmp_path / "out", n_process=1, part_size=10)
    assert (report.done, report.skipped, report.redone, report.in_output) == (2, 29, 1, 31)
    run(corpus, tmp_path / "fresh", n_process=1)
    assert everything(tmp_path / "out") == everything(tmp_path / "fresh")


def test_a_whole_part_that_changed_is_gone(corpus: Path, tmp_path: Path) -> None:
    run(corpus, tmp_path / "out", n_process=1, part_size=10)
    for n in range(1, 11):
        (corpus / f"{n:03}.txt").write_text(letter(n + 100), encoding="utf-8")
    run(corpus, tmp_path / "out", n_process=1, part_size=10)
    names = sorted(path.name for path in (tmp_path / "out" / "documents").iterdir())
    assert names == ["part-000002.parquet", "part-000003.parquet", "part-000004.parquet"]
    assert len(ids(tmp_path / "out")) == 30


def test_another_version_or_knowledge_is_done_again(
    corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(corpus, tmp_path / "out", n_process=1)
    monkeypatch.setattr("vnadmin_nlp.batch.run.fingerprint", lambda: "another")
    report = run(corpus, tmp_path / "out", n_process=1)
    assert (report.done, report.redone, report.skipped, len(ids(tmp_path / "out"))) == (30, 30, 0, 30)


def test_other_options_are_told_before_and_other_files_refused(
    corpus: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    run(corpus, tmp_path / "out", n_process=1)
    run(corpus, tmp_path / "out", n_process=1, options=vn.ReadOptions(ocr="never"))
    assert "30 documents were done differently" in caplog.text
    with pytest.raises(RunError, match="written as parquet, not jsonl; ask for that, or give another -o"):
        run(corpus, tmp_path / "out", n_process=1, to="jsonl")


def test_rows_of_other_inputs_stay_and_are_told(corpus: Path, tmp_path: Path) -> None:
    run(corpus, tmp_path / "out", n_process=1)
    other = tmp_path / "other.jsonl"
    other.write_text(json.dumps({"id": "x", "text": letter(99)}), encoding="utf-8")
    report = run(other, tmp_path / "out", n_process=1)
    assert (report.done, report.not_met, report.in_output) == (1, 30, 31)


def test_what_is_gone_can_be_taken_out(corpus: Path, tmp_path: Path) -> None:
    run(corpus, tmp_path / "out", n_process=1, part_size=10)
    for n in (*range(1, 11), 15):
        (corpus / f"{n:03}.txt").unlink()
    (corpus / "020.txt").rename(corpus / "new name.txt")
    report = run(corpus, tmp_path / "out", n_process=1, part_size=10)
    assert (report.done, report.skipped, report.not_met, report.renamed) == (1, 18, 12, 1)
    report = run(corpus, tmp_path / "out", n_process=1, part_size=10, prune=True)
    assert (report.skipped, report.not_met, report.pruned, report.in_output) == (19, 0, 12, 19)
    run(corpus, tmp_path / "fresh", n_process=1)
    assert everything(tmp_path / "out") == everything(tmp_path / "fresh")
    assert not (tmp_path / "out" / "actors" / "part-000001.parquet").exists()


def test_failures_end_with_their_cause(tmp_path: Path) -> None:
    table, folder = tmp_path / "t.jsonl", tmp_path / "d"
    good = [json.dumps({"id": f"x{n}", "text": letter(n)}) for n in range(3)]
    table.write_text("\n".join([*good[:2], "{broken"]), encoding="utf-8")
    folder.mkdir()
    (folder / "a.txt").write_text(letter(1), encoding="utf-8")
    (folder / "b.pdf").write_bytes(b"%PDF-1.4 cut off")
    given = [table, folder]
    report = run(given, tmp_path / "out", n_process=1)
    assert (report.done, report.failed) == (3, 2)
    table.write_text("\n".join(good), encoding="utf-8")
    (folder / "b.pdf").unlink()
    report = run(given, tmp_path / "out", n_process=1)
    assert (report.done, report.failed_before, report.failures) == (1, 0, 0)
    assert failures(tmp_path / "out") == {}


def test_failures_of_other_inputs_stay_but_are_not_this_runs(corpus: Path, tmp_path: Path) -> None:
    (corpus / "b.pdf").write_bytes(b"%PDF-1.4 cut off")
    assert run(corpus, tmp_path / "out", n_process=1).failures == 1
    other = tmp_path / "other.txt"
    other.write_text(letter(1), encoding="utf-8")
    report = run(other, tmp_path / "out", n_process=1)
    assert (report.failed, report.failed_before, report.failures) == (0, 0, 1)
    assert list(failures(tmp_path / "out")) == ["b.pdf"]


def test_repeated_ids(tmp_path: Path) -> None:
    table = tmp_path / "t.jsonl"
    texts = [("a", letter(1)), ("a", letter(2)), ("a", letter(1)), ("b", letter(3))]
    table.write_text("\n".join(json.dumps({"id": id, "text": text}) for id, text in texts), encoding="utf-8")
    for _ in range(2):
        report = run(table, tmp_path / "out", n_process=1)
        assert ids(tmp_path / "out") == ["a", "a#2", "b"]
        assert report.repeated == 1


def test_its_own_results_are_no_input(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(corpus)
    run(".", "out", n_process=1, to="both")
    report = run(".", "out", n_process=1, to="both")
    assert (report.done, report.skipped, report.failed, report.failed_before) == (0, 30, 0, 0)


SLOW = """
import sys, time
from pathlib import Path
from vnadmin_nlp.batch.report import Progress
from vnadmin_nlp.batch.run import run
from vnadmin_nlp.parse import parse

def slowly(text):
    time.sleep(0.02)
    return parse(text)

if __name__ == "__main__":
    sys.exit(bool(run(sys.argv[1], sys.argv[2], n_process=2, part_size=3, parser=slowly).stopped))
"""


@pytest.mark.skipif(os.name == "nt", reason="there is no kill -9 on Windows")
def test_killed_at_any_moment_and_started_again(corpus: Path, tmp_path: Path) -> None:
    script = tmp_path / "slow.py"
    script.write_text(SLOW)
    command = [sys.executable, str(script), str(corpus), str(tmp_path / "out")]
    for seconds in (0.9, 1.1, 1.2, 1.3):
        process = subprocess.Popen(command, start_new_session=True)
        time.sleep(seconds)
        process.kill()
        process.wait()
    assert subprocess.run(command, check=True).returncode == 0
    run(corpus, tmp_path / "fresh", n_process=1)
    assert everything(tmp_path / "out") == everything(tmp_path / "fresh")
    numbers = [int(path.stem[5:]) for path in (tmp_path / "out" / "actors").iterdir()]
    assert len(numbers) == 10


@pytest.mark.skipif(os.name == "nt", reason="Windows has other signals")
@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_stopped_by_a_signal(corpus: Path, tmp_path: Path, sent: signal.Signals) -> None:
    for n in range(31, 2000):
        (corpus / f"{n:04}.txt").write_text(letter(n), encoding="utf-8")
    vnadmin = [sys.executable, "-c", "from vnadmin_nlp.cli import main; main()"]
    command = [*vnadmin, "run", str(corpus), "-o", str(tmp_path / "out"), "-p", "2", "--part-size", "10"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    deadline = time.monotonic() + 20
    while len(list(tmp_path.glob("out/actors/*"))) < 2 and time.monotonic() < deadline:  # the first is committed
        time.sleep(0.05)
    process.send_signal(sent)
    _, said = process.communicate(timeout=20)
    assert process.returncode == 130, said
    assert "goes on" in said
    done = len(ids(tmp_path / "out"))
    assert 0 < done < 1999
    assert not (tmp_path / "out" / "_work").exists()


# What is bad


def test_poison(corpus: Path, tmp_path: Path) -> None:
    poison = {"RAISE": "parse", "HANG": "time", "EXIT": "worker", "KILL": "worker"}
    if sys.platform == "linux":
        poison["EAT"] = "memory"
    for n, word in enumerate(poison):
        (corpus / f"0{n}5-{word}.txt").write_text(f"{word} {letter(n)}", encoding="utf-8")
    memory = 1_000_000_000 if sys.platform == "linux" else None
    report = run(corpus, tmp_path / "out", n_process=2, part_size=8, parser=parse_or_suffer, seconds=4.0, memory=memory)
    assert (report.done, report.failed) == (30, len(poison))
    assert ids(tmp_path / "out") == [f"{n:03}.txt" for n in range(1, 31)]
    found = failures(tmp_path / "out")
    assert {name.partition("-")[2].removesuffix(".txt"): line["stage"] for name, line in found.items()} == poison
    assert "the parser broke" in found["005-RAISE.txt"]["message"]
    assert "parse_or_suffer" in found["005-RAISE.txt"]["traceback"]
    again = run(corpus, tmp_path / "out", n_process=2, parser=parse_or_suffer, seconds=4.0, memory=memory)
    assert (again.done, again.failed, again.failed_before, again.skipped) == (0, 0, len(poison), 30)
    for path in corpus.glob("*-*.txt"):
        path.write_text(letter(7), encoding="utf-8")
    retried = run(corpus, tmp_path / "out", n_process=2, parser=parse_or_suffer, retry=True, seconds=4.0, memory=memory)
    assert (retried.done, retried.failures) == (len(poison), 0)
    assert failures(tmp_path / "out") == {}


def test_the_command_says_what_failed_and_how_to_try_it_again(corpus: Path, tmp_path: Path) -> None:
    (corpus / "bad.pdf").write_bytes(b"%PDF-1.4 cut off")
    vnadmin = [sys.executable, "-c", "from vnadmin_nlp.cli import main; main()"]
    command = [*vnadmin, "run", str(corpus), "-o", str(tmp_path / "out"), "-p", "1"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "documents analysed" in done.stdout
    assert "1 document failed" in done.stderr
    retry = done.stderr.strip().splitlines()[-1]
    assert retry.startswith("vnadmin run ") and retry.endswith("--retry")
    assert failures(tmp_path / "out")["bad.pdf"]["stage"] == "read"
    (corpus / "bad.pdf").unlink()
    quiet = subprocess.run([*command[:-4], "-o", str(tmp_path / "two"), "-q"], capture_output=True, check=False)
    assert (quiet.returncode, quiet.stdout, quiet.stderr) == (0, b"", b"")


def test_a_folder_of_something_else_is_refused(corpus: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "thư.txt").write_text("của tôi")
    with pytest.raises(RunError, match=r"out: it holds other files and no manifest\.sqlite"):
        run(corpus, out, n_process=1)
    with pytest.raises(RunError, match="no results can be written there"):
        run(corpus, out / "thư.txt", n_process=1)


def test_a_folder_of_another_format_is_refused(corpus: Path, tmp_path: Path) -> None:
    run(corpus, tmp_path / "out", n_process=1)
    with sqlite3.connect(tmp_path / "out" / "manifest.sqlite") as db:
        db.execute("UPDATE about SET value = '99' WHERE key = 'format'")
    db.close()
    with pytest.raises(RunError, match=r"manifest\.sqlite: written by another version \(format 99"):
        run(corpus, tmp_path / "out", n_process=1)
    (tmp_path / "out" / "manifest.sqlite").write_bytes(b"no database at all, just words" * 99)
    with pytest.raises(RunError, match="the manifest cannot be used"):
        run(corpus, tmp_path / "out", n_process=1)


def test_two_runs_at_once_are_refused(corpus: Path, tmp_path: Path) -> None:
    from vnadmin_nlp.batch.state import State

    run(corpus, tmp_path / "out", n_process=1)
    state = State(tmp_path / "out" / "manifest.sqlite", {})
    with pytest.raises(RunError, match="another run is writing there"):
        run(corpus, tmp_path / "out", n_process=1)
    state.close()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux can limit the memory of a process")
def test_too_little_memory_for_any_document_ends_the_run(corpus: Path, tmp_path: Path) -> None:
    with pytest.raises(WorkerError, match="memory=50000000 may be too little for any document"):
        run(corpus, tmp_path / "out", n_process=1, memory=50_000_000)


def test_bad_calls_and_inputs_are_told_before_anything_is_done(corpus: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="missing"):
        run(tmp_path / "missing", tmp_path / "out")
    with pytest.raises(ValueError, match="parquet, jsonl or both"):
        run(corpus, tmp_path / "out", to="xml")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="n_process=0"):
        run(corpus, tmp_path / "out", n_process=0)
    assert not (tmp_path / "out").exists()


@pytest.mark.skipif(sys.platform != "linux" or os.geteuid() != 0, reason="a small disk is mounted, which root may")
def test_a_full_disk_stops_the_run_and_loses_nothing(corpus: Path, tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=30m", "tmpfs", disk], check=False).returncode:
        pytest.skip("a small disk cannot be mounted here")
    try:
        (disk / "ballast").write_bytes(bytes(8_000_000))
        out = disk / "out"
        big = tmp_path / "big.jsonl"
        with big.open("w", encoding="utf-8") as file:
            for n in range(300):
                noise = os.urandom(60_000).hex()
                file.write(json.dumps({"id": f"{n:03}", "text": letter(n) + noise}) + "\n")
        with pytest.raises(RunError, match="the disk is full; make room"):
            run(big, out, n_process=2, part_size=20)
        kept = ids(out)
        assert 0 < len(kept) < 300
        shutil.copytree(out, tmp_path / "out")
        report = run(big, tmp_path / "out", n_process=2, part_size=20)
        assert report.skipped >= len(kept)
        assert ids(tmp_path / "out") == [f"{n:03}" for n in range(300)]
    finally:
        subprocess.run(["umount", disk], check=False)


def test_progress_counts_every_document(corpus: Path, tmp_path: Path) -> None:
    told: list[Progress] = []
    run(corpus, tmp_path / "out", n_process=1, part_size=20, progress=told.append)
    done = [one.done for one in told]
    assert done == sorted(done) and done[-1] == 30 and any(0 < one < 20 for one in done)
    assert {one.total for one in told} == {30}
