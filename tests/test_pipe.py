"""Many documents in, a result for each out: the same from one process as from many."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from poison import parse_or_suffer

import vnadmin_nlp as vn
from vnadmin_nlp.batch.pipe import pipe
from vnadmin_nlp.errors import BatchError
from vnadmin_nlp.read.office import find_office
from vnadmin_nlp.schema import Failure

SAMPLES = sorted((Path(__file__).parents[1] / "corpus" / "samples").glob("*.txt"))
LETTER = "UBND TỈNH A\nSố: {n}/UBND-VX\n\n1. Giao Sở Y tế báo cáo trước ngày 5/4/2024 theo Công văn số {n}/BYT-KCB.\n"


def letters(count: int) -> list[str]:
    return [LETTER.format(n=n) for n in range(1, count + 1)]


# The same as one by one


@pytest.mark.parametrize("n_process", [1, 2])
def test_samples_as_texts_and_files_are_what_parse_and_read_make_of_them(n_process: int) -> None:
    texts = [path.read_text(encoding="utf-8") for path in SAMPLES]
    results = list(pipe([*texts, *SAMPLES], n_process=n_process, batch_size=5))
    assert results == [*map(vn.parse, texts), *map(vn.read, SAMPLES)]
    made = [vn.parse(text).model_dump(exclude_unset=True) for text in texts]
    assert [r.model_dump(exclude_unset=True) for r in results[: len(texts)] if isinstance(r, vn.Dispatch)] == made


def test_raw_documents_are_the_same_from_one_process_as_from_two(shared_dir: Path) -> None:
    paths = [path for path in sorted((shared_dir / "corpus" / "raw").iterdir()) if path.suffix in (".txt", ".md")]
    texts = [path.read_text(encoding="utf-8", errors="surrogateescape") for path in paths[::4]]
    assert len(texts) > 100
    for one, two in zip(pipe(texts), pipe(texts, n_process=2), strict=True):
        assert one == two and isinstance(one, vn.Dispatch)


def test_every_kind_of_document_is_taken(tmp_path: Path) -> None:
    [text] = letters(1)
    path = tmp_path / "thư.txt"
    path.write_text(text, encoding="utf-8")
    source = vn.read_text(path)
    failed = Failure("tệp.pdf", "read", "ReadError", "tệp.pdf: hỏng")
    with path.open("rb") as file:
        documents = [
            text,
            path,
            text.encode(),
            bytearray(text.encode()),
            io.BytesIO(text.encode()),
            file,
            source,
            failed,
        ]
        results = list(pipe(documents))
    assert results[-1] == failed
    assert {r.header.number.text for r in results[:-1] if isinstance(r, vn.Dispatch) and r.header.number} == {
        "1/UBND-VX"
    }
    assert all(isinstance(r, vn.Dispatch) for r in results[:-1])


def test_ids_are_given_or_made(tmp_path: Path) -> None:
    path = tmp_path / "thư.pdf"
    path.write_bytes(b"%PDF-1.4")
    assert [id for id, _ in pipe([("b", "x"), ("a", path)], ids=True)] == ["b", "a"]
    names = [r.name for r in pipe([b"%PDF-1.4", "x", path, b"%PDF-1.4"]) if isinstance(r, Failure)]
    assert names == ["document 1", str(path), "document 4"]
    [(id, failure)] = pipe([("7", Failure("x", "read", "E", "m"))], ids=True)
    assert (id, failure) == ("7", Failure("7", "read", "E", "m"))


def test_a_stream_of_read_texts(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        for n, text in enumerate(letters(2)):
            archive.writestr(f"{n}.txt", text)
        archive.writestr("bad.pdf", b"%PDF-1.4")
    results = list(pipe(vn.read_texts(tmp_path / "a.zip")))
    assert [type(result).__name__ for result in results] == ["Dispatch", "Dispatch", "Failure"]
    [several] = pipe([tmp_path / "a.zip"])
    assert isinstance(several, Failure) and several.stage == "read"
    assert "several documents" in several.message and "pipe(read_texts(...))" in several.message


def test_half_surrogates_are_replaced_and_told() -> None:
    [result] = pipe(["Số: 1/UBND\n\ud800 Giao Sở Y tế báo cáo."])
    assert isinstance(result, vn.Dispatch)
    assert result.text == "Số: 1/UBND\n\ufffd Giao Sở Y tế báo cáo."
    assert [(d.code, d.span.start) for d in result.diagnostics if d.span and "surrogates" in d.code] == [
        ("text.surrogates", 11)
    ]
    result.model_dump_json()


@pytest.mark.skipif(find_office() is None, reason="LibreOffice is not on this machine")
@pytest.mark.parametrize("memory", [None, 500_000_000] if sys.platform == "linux" else [None])
def test_old_office_files_are_converted_together_and_have_their_time(memory: int | None) -> None:
    files = [rb"{\rtf1\ansi So: %d/UBND-VX\par Giao So Y te bao cao.\par}" % n for n in range(8)]
    started = time.monotonic()
    results = list(pipe(["x", *files, "y"], isolated=True, seconds=4, memory=memory))
    assert time.monotonic() - started < 20
    assert [r.header.number.text for r in results[1:-1] if isinstance(r, vn.Dispatch) and r.header.number] == [
        f"{n}/UBND-VX" for n in range(8)
    ]


# What is bad


def test_poison_costs_itself() -> None:
    poison = {"RAISE": "parse", "HANG": "time", "EXIT": "worker"}
    texts = [f"{word} {text}" for word, text in zip(["", "RAISE", "", "HANG", "EXIT", ""], letters(6), strict=True)]
    results = list(pipe(texts, n_process=2, batch_size=3, seconds=1.0, parser=parse_or_suffer))
    stages = [result.stage if isinstance(result, Failure) else "" for result in results]
    assert stages == [poison.get(text.split(" ")[0], "") for text in texts]
    failure = results[1]
    assert isinstance(failure, Failure)
    assert failure[:3] == ("document 2", "parse", "RuntimeError") and "the parser broke" in failure.message
    assert failure.traceback.splitlines()[-1] == "RuntimeError: the parser broke"
    assert "poison, line" in failure.traceback and "/" not in failure.traceback


def test_one_process_without_workers_records_errors_too() -> None:
    def parser(text: object) -> vn.Dispatch:
        if text == "memory":
            raise MemoryError
        return None if text == "none" else vn.parse(str(text))  # type: ignore[return-value]

    results = list(pipe(["a", "memory", "none", b"%PDF-1.4", Path("missing.txt")], parser=parser))
    stages = [(r.stage, r.error) for r in results if isinstance(r, Failure)]
    assert stages == [
        ("memory", "OutOfMemory"), ("parse", "TypeError"), ("read", "ReadError"), ("read", "ReadError"),
    ]  # fmt: skip


@pytest.mark.parametrize("n_process", [1, 2])
def test_on_error_raise_stops_at_the_document(n_process: int) -> None:
    results = pipe(["a", "b", b"%PDF-1.4", "c"], n_process=n_process, on_error="raise")
    assert isinstance(next(results), vn.Dispatch) and isinstance(next(results), vn.Dispatch)
    with pytest.raises(BatchError, match="document 3") as raised:
        next(results)
    assert raised.value.name == "document 3" and raised.value.failure.stage == "read"


@pytest.mark.parametrize("n_process", [1, 2])
def test_an_input_that_breaks_off_is_told_at_its_place(n_process: int) -> None:
    def texts() -> Iterator[str]:
        yield from letters(3)
        raise OSError("the line is dead")

    found = []
    with pytest.raises(OSError, match="the line is dead"):
        for result in pipe(texts(), n_process=n_process, batch_size=2):
            found.append(result)
    assert found == [vn.parse(text) for text in letters(3)]


def test_what_is_no_document_is_one_failure() -> None:
    results = list(pipe(["a", None, 3.5, io.StringIO("x"), "b"]))  # type: ignore[list-item]
    assert [r[:3] if isinstance(r, Failure) else None for r in results] == [
        None, ("document 2", "input", "TypeError"), ("document 3", "input", "TypeError"),
        ("document 4", "input", "TypeError"), None,
    ]  # fmt: skip


def test_wrong_calls_are_told_at_the_call() -> None:
    for one in ("text", b"bytes", Path("x"), io.BytesIO(b""), 5):
        with pytest.raises(TypeError, match="iterable of documents"):
            pipe(one)  # type: ignore[call-overload]
    with pytest.raises(ValueError, match="n_process=0"):
        pipe([], n_process=0)
    with pytest.raises(ValueError, match="batch_size=0"):
        pipe([], batch_size=0)
    with pytest.raises(ValueError, match="on_error='skip'"):
        pipe([], on_error="skip")  # type: ignore[call-overload]
    with pytest.raises(ValueError, match="isolated=False"):
        pipe([], isolated=False, n_process=2)
    with pytest.raises(vn.VnadminError, match="no lambdas"):
        pipe([], n_process=2, parser=lambda text: vn.parse(text))
    with pytest.raises(TypeError, match="item 1 is none"):
        list(pipe(["a"], ids=True))  # type: ignore[list-item]


def test_the_input_is_a_stream() -> None:
    taken = 0

    def texts() -> Iterator[str]:
        nonlocal taken
        for text in letters(500):
            taken += 1
            yield text

    results = pipe(texts(), n_process=2, batch_size=4)
    next(results)
    assert taken <= 40
    assert sum(1 for _ in results) == 499


# Programs


def python(*arguments: str, stdin: str | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments], input=stdin, capture_output=True, text=True, check=False, timeout=30,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])},
    )  # fmt: skip


CODE = """
from vnadmin_nlp.batch.pipe import pipe
print("begin")
print(len([r for r in pipe(["a", "b", "c"], n_process=2) if r.text]))
"""
OWN_PARSER = """
from vnadmin_nlp.batch.pipe import pipe
from vnadmin_nlp.parse import parse
def own(text):
    return parse(text + "!")
{}print([r.text for r in pipe(["a", "b"], n_process=2, parser=own)])
"""


def test_programs_need_no_guard(tmp_path: Path) -> None:
    (tmp_path / "program.py").write_text(CODE)
    for done in (python("-c", CODE), python("-", stdin=CODE), python(str(tmp_path / "program.py"))):
        assert (done.stdout, done.stderr) == ("begin\n3\n", "")


def test_a_parser_of_the_program_itself_needs_one(tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text(OWN_PARSER.format('if __name__ == "__main__": '))
    assert python(str(program)).stdout == "['a!', 'b!']\n"
    program.write_text(OWN_PARSER.format(""))
    done = python(str(program))
    assert done.returncode == 1 and done.stdout == ""
    assert done.stderr.count('begin its work under `if __name__ == "__main__":`') >= 1
    done = python("-c", OWN_PARSER.format(""))
    assert "must be in a module that it can import" in done.stderr.splitlines()[-1]
