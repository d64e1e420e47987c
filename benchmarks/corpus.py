"""Rates and memory of `vnadmin run` beside bare `parse`, and a run that is killed at random moments.

python benchmarks/corpus.py rate INPUT...             # files, folders or tables, as `vnadmin run` takes them
python benchmarks/corpus.py kill INPUT... --times 10  # kill -9 at random moments, then compare with one run
python benchmarks/corpus.py memory TABLE.jsonl        # peak at 1,000 documents and at all
"""

from __future__ import annotations

import argparse
import hashlib
import itertools
import json
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from vnadmin_nlp import parse, read_text
from vnadmin_nlp.batch.inputs import open_inputs

RUN = [sys.executable, "-c", "from vnadmin_nlp.cli import main; main()", "run"]
TABLES = ("dispatches", "documents", "obligations", "references", "deadlines", "actors")


def bare(inputs: list[str], most: int | None) -> tuple[int, int, float]:
    """Documents, characters and seconds of `parse` in a loop; reading the texts is not counted."""
    documents = characters = 0
    seconds = 0.0
    for item in itertools.islice(open_inputs(inputs), most):
        content = item.content
        text = content if isinstance(content, str) else read_text(content).text  # type: ignore[arg-type]
        begun = time.perf_counter()
        parse(text)
        seconds += time.perf_counter() - begun
        documents, characters = documents + 1, characters + len(text)
    return documents, characters, seconds


def run(inputs: list[str], out: Path, processes: int) -> float:
    """Seconds of a whole `vnadmin run`, start of Python and of its workers included."""
    shutil.rmtree(out, ignore_errors=True)
    begun = time.perf_counter()
    done = subprocess.run([*RUN, *inputs, "-o", str(out), "-p", str(processes), "-q"], check=False)
    if done.returncode not in (0, 1):
        raise SystemExit(f"the run ended with {done.returncode}")
    return time.perf_counter() - begun


def rate(inputs: list[str], sample: int | None) -> None:
    """The table of rates."""
    documents, characters, seconds = bare(inputs, sample)
    base = documents / seconds
    total = documents if sample is None else open_inputs(inputs).count() or documents
    print(f"{total:,} documents, {characters / documents:,.0f} characters each")
    print("| | documents/s | of bare parse | of one process |\n| --- | ---: | ---: | ---: |")
    print(f"| `parse` in a loop, nothing read or written | {base:,.1f} | 1.00 | |")
    one = 0.0
    with tempfile.TemporaryDirectory() as folder:
        for processes in (1, 2):
            speed = total / run(inputs, Path(folder) / "out", processes)
            one = one or speed
            print(f"| `vnadmin run -p {processes}` | {speed:,.1f} | {speed / base:.2f} | {speed / one:.2f} |")
        size = sum(path.stat().st_size for path in (Path(folder) / "out").glob("*/*.parquet"))
    print(f"\nParquet: {size / total / 1000:,.1f} kB a document")


def memory(table: str) -> None:
    """Peak memory of the run and of its largest worker, at a thousand documents and at all."""
    with tempfile.TemporaryDirectory() as folder:
        small = Path(folder) / "small.jsonl"
        with open(table, encoding="utf-8") as lines:  # noqa: PTH123
            small.write_text("".join(itertools.islice(lines, 1000)), encoding="utf-8")
        for given in (str(small), table):
            code = (
                "import resource, sys\nfrom vnadmin_nlp.batch.run import run\n"
                "if __name__ == '__main__':\n"
                f"    report = run({given!r}, {str(Path(folder) / 'out')!r}, n_process=2)\n"
                "    own, child = (resource.getrusage(who).ru_maxrss // 1024\n"
                "                  for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))\n"
                "    print(f'{report.done:,} documents: run {own} MB, largest worker {child} MB')\n"
            )
            script = Path(folder) / "one.py"
            script.write_text(code, encoding="utf-8")
            subprocess.run([sys.executable, str(script)], check=True)
            shutil.rmtree(Path(folder) / "out")


def contents(out: Path) -> dict[str, str]:
    """A hash of the sorted rows of each table."""
    import pyarrow.dataset as ds

    found = {}
    for name in TABLES:
        hashes = []
        for batch in ds.dataset(out / name, format="parquet").to_batches():
            hashes += [hashlib.sha256(json.dumps(row, default=str).encode()).hexdigest() for row in batch.to_pylist()]
        found[name] = hashlib.sha256("".join(sorted(hashes)).encode()).hexdigest() + f" {len(hashes):,} rows"
    return found


def kill(inputs: list[str], times: int, seed: int) -> None:
    """Kills a run at random moments, lets it finish, and compares its tables with those of one run."""
    moments = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        whole, broken = Path(folder) / "whole", Path(folder) / "broken"
        seconds = run(inputs, whole, 2)
        print(f"undisturbed: {seconds:.1f} s")
        command = [*RUN, *inputs, "-o", str(broken), "-p", "2", "-q"]
        for number in range(1, times + 1):
            process = subprocess.Popen(command)
            wait = moments.uniform(0.2, 2 * seconds / (times + 1))
            time.sleep(wait)
            process.kill()
            process.wait()
            parts = len(list((broken / "documents").glob("*.parquet"))) if broken.exists() else 0
            print(f"killed {number} after {wait:.1f} s: {parts} parts")
        subprocess.run(command, check=False)
        same = contents(whole) == contents(broken)
        print("the tables are equal" if same else "THE TABLES DIFFER")
        for name, value in contents(broken).items():
            print(f"  {name}: {value}")
        raise SystemExit(not same)


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("what", choices=["rate", "kill", "memory"])
    asked.add_argument("inputs", nargs="+")
    asked.add_argument("--times", type=int, default=10)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--sample", type=int, help="documents of the loop of bare parse")
    given = asked.parse_args()
    if given.what == "rate":
        rate(given.inputs, given.sample)
    elif given.what == "memory":
        memory(given.inputs[0])
    else:
        kill(given.inputs, given.times, given.seed)


if __name__ == "__main__":
    main()
