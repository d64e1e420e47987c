"""What a run is given: files, folders, globs, archives and messages become one stream of documents."""

from __future__ import annotations

import fnmatch
import gzip
import io
import os
import random
import re
import shutil
import sys
import tracemalloc
import zipfile
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from input_files import LETTER, by_id, failure, ids, items, write, write_lines

from vnadmin_nlp.batch.inputs import identity, open_inputs
from vnadmin_nlp.batch.inputs.walk import Wanted
from vnadmin_nlp.batch.items import Item
from vnadmin_nlp.errors import InputError
from vnadmin_nlp.read import Limits, ReadOptions, read_text, read_texts
from vnadmin_nlp.schema import Failure, Format, SourceText


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that the inputs lie in; their ids are relative to it."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


# Files and folders


def test_a_file_is_its_path() -> None:
    write("công văn/a b.txt")
    assert items("công văn/a b.txt") == [Item("công văn/a b.txt", Path("công văn/a b.txt"))]
    assert ids("./công văn//a b.txt") == ["công văn/a b.txt"]


def test_folders_are_read_in_the_order_of_code_points_whatever_the_disk_says() -> None:
    names = ["b/2.txt", "b/10.txt", "b.txt", "b-1.txt", "B.txt", "á.txt", "z.txt", "đ/x.txt", "b/b/b.txt"]
    for run in range(3):
        random.Random(run).shuffle(names)
        for name in names:
            write(f"{run}/{name}")
        found = [item.removeprefix(f"{run}/") for item in ids(str(run))]
        assert found == sorted(names)


def test_what_is_hidden_or_left_by_programs_is_left_out() -> None:
    kept = ["x/a.txt", "x/b/c.docx"]
    for name in [*kept, "x/.a", "x/.git/a.txt", "x/__MACOSX/a.txt", "x/~$a.docx", "x/b/Thumbs.db", "x/_SUCCESS"]:
        write(name)
    assert ids("x") == ids("x/") == kept
    assert ids("x/.git") == ["x/.git/a.txt"]
    assert ids("x/.a", "x/~$a.docx") == ["x/.a", "x/~$a.docx"]


def test_links_to_folders_are_not_followed_and_links_to_files_are() -> None:
    write("x/a.txt")
    write("elsewhere/b.txt")
    Path("x/loop").symlink_to("..", target_is_directory=True)
    Path("x/other").symlink_to("../elsewhere", target_is_directory=True)
    Path("x/b.txt").symlink_to("../elsewhere/b.txt")
    Path("x/nowhere.txt").symlink_to("../missing")
    assert ids("x") == ["x/a.txt", "x/b.txt", "x/nowhere.txt"]
    with pytest.raises(OSError):
        identity(items("x")[2])
    Path("y").symlink_to("x", target_is_directory=True)
    assert ids("y") == ["y/a.txt", "y/b.txt", "y/nowhere.txt"]


def test_pipes_are_no_documents() -> None:
    write("x/a.txt")
    os.mkfifo("x/pipe")
    assert ids("x") == ["x/a.txt"]
    with pytest.raises(InputError, match=r"^x/pipe: it is a pipe"):
        open_inputs(["x/pipe"])


def test_names_that_are_no_utf8_get_ids_of_their_own() -> None:
    write("x/a%FF.txt")
    raw = b"x/a\xff.txt"
    try:
        Path(os.fsdecode(raw)).write_text("khác")
    except (OSError, UnicodeError):
        pytest.skip("this file system has only names in UTF-8")
    found = items("x")
    assert len({item.id.encode() for item in found}) == 2
    assert found[1].id.startswith("x/a%FF.txt")
    assert identity(found[1]) == identity(Item("", "khác".encode()))


def test_a_folder_that_cannot_be_listed_is_one_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    write("x/a.txt")
    write("x/shut/b.txt")
    write("x/z.txt")
    scandir = os.scandir

    def guarded(path: str) -> Any:
        if "shut" in path:
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", guarded)
    found = items("x")
    assert [item.id for item in found] == ["x/a.txt", "x/shut", "x/z.txt"]
    assert failure(found[1])[1:4] == (
        "input", "PermissionError", "x/shut: it cannot be read (Permission denied); mend that",
    )  # fmt: skip
    with pytest.raises(InputError, match=r"^x/shut: it cannot be read \(Permission denied\)"):
        open_inputs(["x/shut"])


def test_a_file_without_permission_is_told_at_once_where_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    write("a.txt")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", "a.txt")

    monkeypatch.setattr("builtins.open", refuse)
    with pytest.raises(InputError, match=r"^a.txt: it cannot be read \(Permission denied\)"):
        open_inputs(["a.txt"])


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ([], "no inputs"),
        (["missing"], "^missing: there is no such file or folder"),
        ([""], "no such file"),
        (["a\0b"], "null"),
        (["empty"], "^empty: the folder has no documents"),
        (["x/*.docx"], r"^x/\*.docx: no file fits this glob"),
        (["missing/*.docx"], r"^missing/\*.docx: it cannot be read"),
        (["x", "missing"], "^missing: there is no such"),
        (["x/bad.zip"], "^x/bad.zip: the zip is cut off|damaged"),
    ],
)
def test_what_is_not_there_is_told_at_once(given: list[str], message: str) -> None:
    write("x/a.txt")
    write("x/bad.zip", b"PK\x03\x04 and no more")
    Path("empty/deep").mkdir(parents=True)
    with pytest.raises(InputError, match=message):
        open_inputs(given)


def test_the_folder_of_results_is_left_out() -> None:
    write("x/a.txt")
    write("x/out/b.txt")
    write("x/out2/c.txt")
    assert ids("x", leave_out="x/out") == ids("x/**", leave_out="./x/out/") == ["x/a.txt", "x/out2/c.txt"]
    assert ids("x", leave_out="elsewhere") == ["x/a.txt", "x/out/b.txt", "x/out2/c.txt"]
    assert ids("x/a.txt", "x/out/b.txt", leave_out="x/out") == ["x/a.txt", "x/out/b.txt"]  # what is named is meant
    with pytest.raises(InputError, match="results"):
        open_inputs(["x/out"], leave_out="x/out")


# Globs and patterns


@pytest.mark.parametrize(
    ("glob", "fits"),
    [
        ("x/*.txt", "a.txt"),
        ("x/**/*.txt", "2024/b.txt 2024/q/c.txt a.txt"),
        ("x/**/2024/*.txt", "2024/b.txt"),
        ("x/*/?.txt", "2024/b.txt"),
        ("x/20[0-9][!0]", "2024/b.txt 2024/d.docx 2024/q/c.txt"),
        ("x/*/", "2024/b.txt 2024/d.docx 2024/q/c.txt"),
        ("x/[!a]*", "2024/b.txt 2024/d.docx 2024/q/c.txt"),
        ("x/**", "2024/b.txt 2024/d.docx 2024/q/c.txt a.txt"),
        ("*/2024/**/c.*", "2024/q/c.txt"),
    ],
)
def test_globs(glob: str, fits: str) -> None:
    for name in ("a.txt", "2024/b.txt", "2024/q/c.txt", "2024/d.docx", ".hidden/e.txt"):
        write(f"x/{name}")
    assert ids(glob) == [f"x/{name}" for name in fits.split()]


@settings(max_examples=200, deadline=None)
@given(pattern=st.text("ab*?[]!-\\.^", max_size=8), name=st.text("ab]!-\\.^[", min_size=1, max_size=5))
def test_patterns_of_names_are_those_of_the_shell(pattern: str, name: str) -> None:
    try:
        wanted = Wanted(pattern=pattern)
    except re.error:
        assert "-" in pattern
        return
    if "[!]" not in pattern and pattern not in ("", "**") and not pattern.startswith("./"):
        assert wanted.takes(f"x/{name}") == fnmatch.fnmatchcase(name, pattern)


def test_a_pattern_that_cannot_be_read() -> None:
    write("x/a.txt")
    for inputs, pattern in ((["x/[z-a]*"], None), (["x"], "[z-a]*")):
        with pytest.raises(InputError, match=r"the pattern \[z-a\]\* cannot be read"):
            open_inputs(inputs, pattern=pattern)


def test_what_vanishes_after_the_start_is_a_failure() -> None:
    write("x/a.txt")
    write("x/b/c.txt")
    write_lines("t/a.jsonl", {"text": "a"})
    found = open_inputs(["x", "t/a.jsonl"])
    shutil.rmtree("x")
    shutil.rmtree("t")
    assert [failure(item).message for item in found] == [
        "x: it cannot be read (No such file or directory); mend that",
        "t/a.jsonl: it cannot be read (No such file or directory); mend that",
    ]
    assert found.count() == 2


def test_a_file_that_looks_like_a_glob_is_a_file() -> None:
    write("báo cáo [1].txt")
    write("báo cáo 1.txt")
    write("x [2]/a.txt")
    assert ids("báo cáo [1].txt") == ["báo cáo [1].txt"]
    assert ids("báo cáo [0-9].txt") == ["báo cáo 1.txt"]
    assert ids("x [2]/*") == ["x [2]/a.txt"]


@pytest.mark.parametrize(
    ("pattern", "fits"),
    [
        ("*.docx", "2024/d.DOCX"),
        ("**/2024/*.txt", "2024/b.txt q/2024/c.txt"),
        ("2024/*", "2024/b.txt 2024/d.DOCX"),
        ("./2024/*", "2024/b.txt 2024/d.DOCX"),
        ("[a-c].txt", "2024/b.txt a.txt q/2024/c.txt"),
    ],
)
def test_patterns(pattern: str, fits: str) -> None:
    for name in ("a.txt", "2024/b.txt", "q/2024/c.txt", "2024/d.DOCX"):
        write(f"x/{name}")
    assert ids("x", pattern=pattern) == [f"x/{name}" for name in fits.split()]
    assert ids("x/a.txt", pattern="*.docx") == ["x/a.txt"]  # what is named is meant


def test_a_pattern_that_nothing_fits_is_told_at_once() -> None:
    write("x/a.txt")
    with pytest.raises(InputError, match=r"^x: no file there fits the pattern \*.pdf"):
        open_inputs(["x"], pattern="*.pdf")


def test_globs_do_not_walk_where_nothing_can_fit() -> None:
    wanted = Wanted("a/*/c?.txt")
    assert [wanted.enters(folder) for folder in ("a", "a/b", "b", "a/b/c", "a/b/c1.txt")] == [
        True, True, False, False, True,
    ]  # fmt: skip


def test_long_globs_take_no_time() -> None:
    wanted = Wanted("**/" * 8 + "*a*a*a*b", "*" * 50 + "b")
    assert not wanted.takes("/".join(["aaaaaaaa"] * 12))


# The same file twice


@pytest.mark.parametrize(
    ("given", "order", "repeated"),
    [
        (["x", "x"], "a.txt b/c.txt", 2),
        (["x", "x/b"], "a.txt b/c.txt", 1),
        (["x/b", "x"], "b/c.txt a.txt", 1),
        (["x/b/c.txt", "x", "./x/a.txt"], "b/c.txt a.txt", 2),
        (["x/*.txt", "x/**/c.txt", "x"], "a.txt b/c.txt", 2),
        (["x/.h/d.txt", "x", "x/.h"], ".h/d.txt a.txt b/c.txt", 1),
    ],
)
def test_a_file_that_inputs_share_is_read_once(given: list[str], order: str, repeated: int) -> None:
    for name in ("a.txt", "b/c.txt", ".h/d.txt"):
        write(f"x/{name}")
    found = open_inputs(given)
    assert [item.id for item in found] == [f"x/{name}" for name in order.split()]
    assert found.repeated == repeated
    assert found.count() == len(order.split())
    assert found.repeated == repeated


def test_a_folder_by_another_path_is_the_same_folder(here: Path) -> None:
    write("x/a.txt")
    Path("y").symlink_to("x", target_is_directory=True)
    found = open_inputs(["x", "y", here / "x", "y/a.txt"])
    assert [item.id for item in found] == ["x/a.txt"]
    assert found.repeated == 3


# Archives and messages


def zipped(*members: tuple[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return out.getvalue()


def mail(body: str, *attached: tuple[str, bytes], html: str | None = None) -> bytes:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"], message["Message-ID"] = "a@x.vn", "b@x.vn", "V/v", "<1@x.vn>"
    message.set_content(body)
    if html:
        message.add_alternative(html, subtype="html")
    for name, data in attached:
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


def test_members_of_an_archive_in_its_order() -> None:
    inner = zipped(("c.txt", LETTER), ("d.xlsx", zipped(("[Content_Types].xml", ""), ("xl/workbook.xml", ""))))
    write(
        "x/a.zip",
        zipped(("thư/b.txt", LETTER), ("__MACOSX/b", ""), ("a.zip", inner), ("a.txt", "x"), (".h/t.txt", "y")),
    )
    found = list(open_inputs(["x"]))
    assert [item.id for item in found] == [
        "x/a.zip!thư/b.txt", "x/a.zip!a.zip!c.txt", "x/a.zip!a.zip!d.xlsx", "x/a.zip!a.txt", "x/a.zip!.h/t.txt",
    ]  # fmt: skip
    assert found[0].content == found[1].content == LETTER.encode()
    assert failure(found[2]).stage == "read"
    assert "Excel" in failure(found[2]).message


def test_archives_and_messages_are_read_as_read_texts_reads_them() -> None:
    """Names, order, words and failures, those of what the worker reads included."""
    page = "<html><body><p>Kính gửi: Sở Y tế</p></body></html>"
    nested = zipped(("e.zip", zipped(("f.zip", zipped(("g.zip", zipped(("deep.txt", "x"))))))))
    write("1.zip", zipped(("a.txt", LETTER), ("b.eml", mail("Kính gửi", ("c.txt", b"xin"))), ("n.zip", nested)))
    write("2.eml", mail("", ("công văn.txt", LETTER.encode()), ("q.zip", zipped(("a.txt", "a"), ("b.md", "# b")))))
    write("3.eml", mail("Một", html="<p>Hai</p>ba"))
    write("4.eml", mail("From: tôi\nDate: nay\n\nlà thư"))
    write(
        "5.eml",
        "MIME-Version: 1.0\nSubject: x\nContent-Type: multipart/related; boundary=b\n\n"
        f"--b\nContent-Type: text/html\n\n{page}\n--b--\n",
    )
    write("6.eml", b"")
    write("7.zip", zipped(("word/document.xml", ""), ("[Content_Types].xml", "")))
    write("8.zip", b"PK\x03\x04")
    write("9.zip", LETTER)
    write("8a.zip", zipped(("a.docx", "no"), ("b.zip", b"PK\x03\x04")))
    paths = sorted(path.name for path in Path().iterdir())
    expected = {one.name: one for one in read_texts(paths)}
    found = list(open_inputs(["."]))
    assert [item.id for item in found] == list(expected)
    for item in found:
        want = expected[item.id]
        if isinstance(item.content, Failure):
            assert item.content == want
            continue
        assert not isinstance(item.content, str | SourceText)
        [read] = read_texts([item.content]) if isinstance(item.content, Path) else [_read(item)]
        assert type(read) is type(want), item.id
        if isinstance(read, SourceText) and isinstance(want, SourceText):
            assert (read.text, read.format) == (want.text, want.format)


def _read(item: Item) -> SourceText | Failure:
    assert isinstance(item.content, bytes)
    try:
        return read_text(item.content, name=item.name or item.id)
    except Exception as error:
        return Failure(item.id, "read", type(error).__name__, str(error))


def test_limits_hold_for_each_file_of_an_archive() -> None:
    write(
        "a.zip",
        zipped(("ok.txt", LETTER), ("bomb.txt", "0" * 3_000_000), ("big.txt", os.urandom(2_000_000)), ("z.txt", "x")),
    )
    options = ReadOptions(limits=Limits(file_bytes=1_500_000, expansion=50, members=2))
    found = list(open_inputs("a.zip", options=options))
    assert [type(item.content) for item in found] == [bytes, Failure, Failure, bytes]
    assert "file_bytes" in failure(found[2]).message
    options = ReadOptions(limits=Limits(expansion=50))
    found = list(open_inputs("a.zip", options=options))
    assert "expansion" in failure(found[1]).message


def test_an_archive_of_any_size_is_read_member_by_member() -> None:
    with zipfile.ZipFile("a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(3_000):
            archive.writestr(f"{number}.txt", random.Random(number).randbytes(10_000))
    found = open_inputs(["a.zip"], options=ReadOptions(limits=Limits(members=100, expanded_bytes=100_000)))
    tracemalloc.start()
    try:
        assert sum(1 for item in found if isinstance(item.content, bytes)) == 3_000
        assert tracemalloc.get_traced_memory()[1] < 8_000_000
    finally:
        tracemalloc.stop()


def test_an_office_file_named_zip_is_a_document() -> None:
    data = zipped(("[Content_Types].xml", ""), ("word/document.xml", ""))
    write("a.zip", data)
    write("b.zip", LETTER)
    assert by_id("a.zip", "b.zip") == {"a.zip": Path("a.zip"), "b.zip": Path("b.zip")}


def test_tables_in_archives() -> None:
    rows = '{"text": "một"}\n{"text": 2}\n'
    write("a.zip", zipped(("t.jsonl", rows), ("t.csv.gz", gzip.compress(b"id,text\n7,hai\n")), ("n.csv", "a,b\n1,2\n")))
    found = {item.id: item.content for item in open_inputs("a.zip")}
    assert list(found) == ["a.zip!t.jsonl#1", "a.zip!t.jsonl#2", "7", "a.zip!n.csv"]
    assert (found["a.zip!t.jsonl#1"], found["7"]) == ("một", "hai")
    assert isinstance(found["a.zip!n.csv"], Failure)


# What a document is


def test_identity_is_of_what_a_document_holds() -> None:
    write("a.txt", LETTER)
    write("b.txt", LETTER * 10_000)
    path, data, text = Item("1", Path("a.txt")), Item("2", LETTER.encode(), "n"), Item("3", LETTER)
    assert identity(path) == identity(data)
    assert identity(Item("", Path("b.txt"))) == identity(Item("", (LETTER * 10_000).encode()))
    source = SourceText(text=LETTER, name="a", format=Format.TXT)
    failed = Failure("a", "input", "E", "m")
    different = [
        path,
        text,
        Item("", LETTER + " "),
        Item("", source),
        Item("", failed),
        Item("", failed._replace(error="F")),
    ]
    assert len({identity(item) for item in different}) == len(different)
    assert len(identity(text)) == 32
    assert identity(Item("", "\ud800")) != identity(Item("", "\ufffd"))
    with pytest.raises(OSError):
        identity(Item("", Path("missing")))


# Properties

NAMES = st.text(st.characters(exclude_characters="/\0", exclude_categories=["Cs"]), min_size=1, max_size=6).filter(
    lambda name: name not in (".", "..")
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    paths=st.lists(st.lists(NAMES, min_size=1, max_size=3), min_size=1, max_size=8),
    chance=st.randoms(use_true_random=False),
)
def test_the_order_does_not_depend_on_how_the_files_came(
    paths: list[list[str]], chance: random.Random, here: Path
) -> None:
    first, second = next(_fresh(here)), next(_fresh(here))
    for folder in (first, second):
        for path in paths:
            place = folder.joinpath(*path)
            try:
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_text("/".join(path))
            except OSError:  # a file stands where a folder should be
                continue
    kept = {path.relative_to(first).as_posix() for path in first.rglob("*") if path.is_file()}
    again = [path for path in second.rglob("*") if path.is_file() and path.relative_to(second).as_posix() in kept]
    chance.shuffle(again)
    moved = next(_fresh(here))
    for path in again:
        place = moved / path.relative_to(second)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(path.read_bytes())
    try:
        one, other = list(open_inputs([first])), list(open_inputs([moved]))
    except InputError as error:
        assert "no documents" in str(error)  # all are hidden
        return
    prefix = first.as_posix()
    assert [item.id[len(prefix) :] for item in one] == [item.id[len(prefix) :] for item in other]
    assert [item.id for item in one] == sorted(item.id for item in one)
    assert len({item.id for item in one}) == len(one)


def _fresh(here: Path) -> Iterator[Path]:
    number = sum(1 for _ in here.iterdir())
    folder = here / f"{number:06}"
    folder.mkdir()
    yield folder


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    data=st.binary(max_size=300), name=st.sampled_from(["a.jsonl", "a.csv", "a.tsv", "a.zip", "a.eml", "a.jsonl.gz"])
)
def test_any_bytes_under_any_name_end_in_documents_and_failures(data: bytes, name: str, here: Path) -> None:
    folder = next(_fresh(here))
    head = {"a.csv": b"id,text\n", "a.tsv": b"text\n", "a.jsonl": b'{"text": "a"}\n'}.get(name, b"")
    (folder / name).write_bytes(head + data)
    found = open_inputs([folder])
    once = list(found)
    assert list(found) == once
    for item in once:
        item.id.encode()
        assert isinstance(item.content, str | bytes | Path | Failure)


def test_other_files_of_folders_are_left_out_and_counted() -> None:
    for name in ("a.txt", "b.yaml", "c.XLSX", "d/e.mp4", "d/f.yaml", "d/g.jsonl"):
        write(f"x/{name}", b'{"text": "a"}')
    inputs = open_inputs(["x"])
    assert inputs.count() == 2
    assert [item.id for item in inputs] == ["x/a.txt", "x/d/g.jsonl#1"]
    assert inputs.left_out == {".yaml": 2, ".xlsx": 1, ".mp4": 1}
    assert inputs.of_tables == 1
    assert [item.id for item in open_inputs(["x"], pattern="*.yaml")] == ["x/b.yaml", "x/d/f.yaml"]
    assert [item.id for item in open_inputs(["x/b.yaml"])] == ["x/b.yaml"]


def test_no_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    with pytest.raises(InputError, match="-: there is no standard input"):
        open_inputs(["-"])
