"""Rows of tables that a run is given are documents: JSON lines, CSV, Parquet."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import random
import zlib
from pathlib import Path

import pytest
from input_files import LETTER, by_id, failure, items, pyarrow, write, write_lines, write_parquet

from vnadmin_nlp.batch.inputs import open_inputs
from vnadmin_nlp.errors import InputError
from vnadmin_nlp.read import Limits, ReadOptions
from vnadmin_nlp.schema import Failure


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that the inputs lie in; their ids are relative to it."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


# JSON lines


def test_json_lines() -> None:
    write_lines(
        "a.jsonl", {"id": "x", "text": "một"}, {"id": 2, "text": "hai"}, {"id": None, "text": "ba"}, {"text": "tư"}
    )
    assert by_id("a.jsonl") == {"x": "một", "2": "hai", "a.jsonl#3": "ba", "a.jsonl#4": "tư"}


@pytest.mark.parametrize("name", ["a.JSONL", "a.ndjson", "a.jsonl.gz", "a.ndjson.bz2"])
def test_endings_of_json_lines(name: str) -> None:
    data = '\ufeff{"noi_dung": "Số\\n1"}\r\n\r\n{"noi_dung": "2"}'.encode()
    write(name, gzip.compress(data) if name.endswith("gz") else bz2.compress(data) if name.endswith("2") else data)
    assert by_id(name) == {f"{name}#1": "Số\n1", f"{name}#3": "2"}


def test_each_broken_line_is_one_failure() -> None:
    lines = [
        b'{"id": 1, "text": "a"}', b"{", b"[1]", b'"text"', b"\xff\xfe", b'{"text": "\xc3"}',
        b'{"id": 9, "text": null}', b'{"text": ["a"]}', b'{"text": " \\n"}', b'{"nix": 1}', b"[" * 100_000,
        b"9" * 5_000, b'{"text": "' + b"x" * 300_000 + b'"}', b'{"id": 2, "text": "\\ud800"}',
    ]  # fmt: skip
    write("a.jsonl", b"\n".join(lines))
    found = items("a.jsonl", options=ReadOptions(limits=Limits(file_bytes=200_000)))
    assert len(found) == len(lines)
    assert (found[0].content, found[-1].content) == ("a", "\ud800")
    for number, item in enumerate(found[1:-1], 2):
        failed = failure(item)
        assert item.id == ("9" if number == 7 else f"a.jsonl#{number}")
        assert failed.stage == "input"
        assert failed.message.startswith(f"a.jsonl: line {number}: ")
        assert len(failed.message) < 300
    kinds = [failure(item).error for item in found[1:6]]
    assert kinds == ["JSONDecodeError", "InputError", "InputError", "UnicodeDecodeError", "UnicodeDecodeError"]


def test_columns_that_the_caller_names() -> None:
    write_lines("a.jsonl", {"text": "a", "body": "b", "id": 1, "so": "1/UB"})
    assert by_id("a.jsonl") == {"1": "a"}
    assert by_id("a.jsonl", text_col="body", id_col="so") == {"1/UB": "b"}


@pytest.mark.parametrize("named", [{"text_col": "nix"}, {"id_col": "nix"}, {}])
@pytest.mark.parametrize("kind", ["jsonl", "csv", "parquet"])
def test_a_missing_column_is_told_at_once_with_those_there_are(kind: str, named: dict[str, str]) -> None:
    text = "text" if named else "words"
    if kind == "jsonl":
        write_lines("x/a.jsonl", {"so": 1}, {"so": 1, text: "a"})
    elif kind == "csv":
        write("x/a.csv", f"so,{text}\n1,a\n")
    else:
        write_parquet("x/a.parquet", {"so": ["1"], text: ["a"]})
    with pytest.raises(InputError, match=rf"^x/a\.{kind}: .*(_col).*: so, {text}$"):
        open_inputs([f"x/a.{kind}"], **named)  # type: ignore[arg-type]
    if named:
        with pytest.raises(InputError, match=rf"^x/a\.{kind}: "):
            open_inputs(["x"], **named)  # type: ignore[arg-type]
    else:  # a list of files that lies beside them is no reason not to read them
        assert failure(items("x")[0]).message.endswith(f"so, {text}")


@pytest.mark.parametrize("start", ["[\n", "{\n", '[{"text": "a"},\n', "\ufeff"])
def test_other_json_is_told_at_once(start: str) -> None:
    write("x/a.jsonl", start.encode("utf-16") if start == "\ufeff" else start + '{"text": "b"}\n]')
    with pytest.raises(InputError, match=r"x/a.jsonl: it is (JSON|UTF-16)"):
        open_inputs(["x/a.jsonl"])
    assert failure(items("x")[0]).name == "x/a.jsonl"


def test_a_packed_file_that_is_cut_off_is_read_as_far_as_it_goes() -> None:
    rows = [{"text": random.Random(number).randbytes(300).hex()} for number in range(500)]
    data = gzip.compress("".join(json.dumps(row) + "\n" for row in rows).encode())[:60_000]
    whole = zlib.decompressobj(31).decompress(data).count(b"\n")
    write("a.jsonl.gz", data)
    found = items("a.jsonl.gz")
    assert [item.content for item in found[:-1]] == [row["text"] for row in rows[: len(found) - 1]]
    assert whole - 30 < len(found) - 1 <= whole  # what the unpacker still holds at the cut is lost
    assert "cut off" in failure(found[-1]).message
    write("b.jsonl.gz", b"no gzip")
    assert "damaged" in failure(items("b.jsonl.gz")[0]).message


def test_lines_packed_by_zstd() -> None:
    pa = pyarrow()
    data = "".join(json.dumps({"text": random.Random(number).randbytes(300).hex()}) + "\n" for number in range(500))
    sink = pa.BufferOutputStream()
    with pa.CompressedOutputStream(sink, "zstd") as stream:
        stream.write(data.encode())
    packed = sink.getvalue().to_pybytes()
    write("a.jsonl.zst", packed)
    assert len(items("a.jsonl.zst")) == 500
    write("a.jsonl.zst", packed[:100_000])
    found = items("a.jsonl.zst")
    assert 200 < len(found) < 400
    assert "damaged" in failure(found[-1]).message


def test_stdin_is_read_once() -> None:
    found = open_inputs(["-"], stdin=io.BytesIO(b'{"text": "a"}\n{"id": "q", "text": "b"}\n{\n'))
    assert found.count() is None
    read = list(found)
    assert [item.id for item in read] == ["stdin#1", "q", "stdin#3"]
    assert failure(read[2]).message.startswith("stdin: line 3: ")
    with pytest.raises(InputError, match="once"):
        iter(found)
    with pytest.raises(InputError, match=r"text_col.*: x"):
        list(open_inputs(["-"], stdin=io.BytesIO(b'{"x": "a"}\n')))


# CSV


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv(delimiter: str) -> None:
    rows = [["so", "id", "text"], ["1", "x", 'một\nhai "ba"'], [], ["2", "", "tư, năm; sáu"], ["3", "y", "bảy\r\ntám"]]
    quoted = [delimiter.join('"' + field.replace('"', '""') + '"' for field in row) for row in rows]
    write("a.csv", ("\ufeff" if delimiter == ";" else "") + "\n".join(quoted))
    assert by_id("a.csv") == {"x": 'một\nhai "ba"', "a.csv#2": "tư, năm; sáu", "y": "bảy\r\ntám"}


def test_tsv_and_packed_csv_and_old_line_ends() -> None:
    write("a.tsv", "id\ttext\n1\ta,b;c\n")
    write("b.csv.gz", gzip.compress(b"text\n2\n"))
    write("c.csv", "text,id\ra,5\rb,6\r")
    assert by_id("a.tsv", "b.csv.gz", "c.csv") == {"1": "a,b;c", "b.csv.gz#1": "2", "5": "a", "6": "b"}


def test_each_broken_row_is_one_failure() -> None:
    write(
        "a.csv",
        b"id,text,x\n1,a,\n2\n3,b,c,d\n4,,\n5,\xff,\n6,ok,,\n7," + b"y" * 300_000 + b',\n8,z,\n9,"open,\n10,b,\n',
    )
    found = items("a.csv", options=ReadOptions(limits=Limits(file_bytes=200_000)))
    assert [item.id for item in found] == ["1", "a.csv#2", "a.csv#3", "4", "a.csv#5", "6", "a.csv#7", "8", "a.csv#9"]
    assert [item.content for item in found if isinstance(item.content, str)] == ["a", "ok", "z"]
    causes = ["1 fields", "4 fields", "empty", "UTF-8", "longer", "never closed"]
    for item, cause in zip([found[at] for at in (1, 2, 3, 4, 6, 8)], causes, strict=True):
        assert cause in failure(item).message
        assert failure(item).message.startswith("a.csv: row ")


def test_a_long_field_of_a_csv_is_read() -> None:
    write("a.csv", 'text\n"' + "dòng\n" * 100_000 + '"\n')
    assert by_id("a.csv") == {"a.csv#1": "dòng\n" * 100_000}


def test_a_csv_that_is_cut_off_or_has_no_head() -> None:
    write("a.csv.gz", gzip.compress(b"text\n" + random.Random(1).randbytes(9_000).hex().encode() + b"\nb\n")[:-3_000])
    assert "cut off" in failure(items("a.csv.gz")[0]).message
    for data in (b"", b"\n"):
        write("b.csv", data)
        with pytest.raises(InputError, match=r"^b.csv: "):
            open_inputs(["b.csv"])


# Parquet


def test_parquet() -> None:
    columns = {"so": [1, 2, 3, 4, 5], "noi_dung": ["a", None, "c", "", "e"], "doc_id": ["x", "y", None, "z", "t"]}
    write_parquet("a.parquet", columns, row_group_size=2)
    found = by_id("a.parquet")
    assert list(found) == ["x", "y", "a.parquet#3", "z", "t"]
    assert [text for text in found.values() if isinstance(text, str)] == ["a", "c", "e"]
    empty = found["z"]
    assert isinstance(empty, Failure)
    assert empty.message.startswith("a.parquet: row 4: its 'noi_dung' is empty")


def test_a_column_of_bytes_holds_files() -> None:
    write_parquet("a.parquet", {"content": [b"%PDF-1.4", LETTER.encode()]})
    assert by_id("a.parquet") == {"a.parquet#1": b"%PDF-1.4", "a.parquet#2": LETTER.encode()}


def test_only_the_columns_needed_are_read_and_few_rows_at_a_time() -> None:
    pa = pyarrow()
    rows = 20_000
    texts = [random.Random(number).randbytes(1_000).hex() for number in range(rows)]
    write_parquet("a.parquet", {"text": texts, "other": texts}, row_group_size=rows, use_dictionary=False)
    found = open_inputs(["a.parquet"])
    before = pa.total_allocated_bytes()
    most = 0
    for item, text in zip(found, texts, strict=True):
        assert item.content == text
        most = max(most, pa.total_allocated_bytes() - before)
    assert most < 30_000_000


def test_words_in_other_types_of_parquet() -> None:
    pa = pyarrow()
    words = pa.array(["a", "b", "a"])
    write_parquet("a.parquet", {"text": words.dictionary_encode(), "id": [1.5, float("nan"), None]})
    assert by_id("a.parquet") == {"1.5": "a", "a.parquet#2": "b", "a.parquet#3": "a"}
    write_parquet("b.parquet", {"text": words.cast(pa.large_string())})
    assert list(by_id("b.parquet").values()) == ["a", "b", "a"]
    write_parquet("c.parquet", {"text": [["a"], ["b"]]})
    with pytest.raises(InputError, match=r"c.parquet: its column 'text' holds list"):
        open_inputs(["c.parquet"])


def test_words_that_are_no_utf8_are_one_failure() -> None:
    pa = pyarrow()
    bad = pa.array([b"a", b"\xff", b"c"]).cast(pa.binary()).view(pa.string())
    write_parquet("a.parquet", {"text": bad})
    found = items("a.parquet")
    assert [item.content for item in found if isinstance(item.content, str)] == ["a", "c"]
    assert "UTF-8" in failure(found[1]).message


def test_parquet_that_is_cut_off_is_told_at_once_wherever_it_lies() -> None:
    data = write_parquet("x/deep/er/a.parquet", {"text": ["a"] * 50})
    write("x/a.txt")
    for broken in (data[:-20], b"", b"PAR1 no PAR1", data[:-8] + b"\xff\xff\xff\x7fPAR1"):
        write("x/deep/er/a.parquet", broken)
        with pytest.raises(InputError, match=r"^x/deep/er/a.parquet: it is no Parquet file, or cut off"):
            open_inputs(["x"])


def test_a_damaged_group_of_rows_is_one_failure() -> None:
    texts = [random.Random(number).randbytes(50).hex() for number in range(300)]
    more = {"row_group_size": 100, "use_dictionary": False, "write_page_checksum": True}
    data = bytearray(write_parquet("a.parquet", {"text": texts}, **more))
    middle = len(data) // 2
    data[middle - 1500 : middle + 1500] = bytes(3000)
    write("a.parquet", bytes(data))
    found = list(open_inputs(["a.parquet"]))
    assert [item.content for item in found[:100]] == texts[:100]
    assert [item.content for item in found[-100:]] == texts[200:]
    [damaged] = [item for item in found if isinstance(item.content, Failure)]
    assert damaged.id == "a.parquet#101"
    assert "rows up to 200 are damaged" in failure(damaged).message


def test_without_pyarrow_parquet_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    write("a.parquet", b"PAR1")
    monkeypatch.setitem(__import__("sys").modules, "pyarrow", None)
    with pytest.raises(ImportError, match=r"pip install 'vnadmin_nlp\[batch\]'"):
        open_inputs(["a.parquet"])


@pytest.mark.parametrize(
    "data",
    ["id;text\n1;Số: 1/SYT\n".encode("utf-16"), "sep=;\nid;text\n1;Số: 1/SYT\n".encode()],
    ids=["utf-16", "sep"],
)
def test_a_csv_as_excel_writes_it(data: bytes) -> None:
    write("a.csv", data)
    (item,) = items("a.csv")
    assert (item.id, item.content) == ("1", "Số: 1/SYT")
