"""Old office files through LibreOffice: what may go wrong with a program of others, with programs that play it."""

from __future__ import annotations

import os
import socket
import stat
import subprocess
import sys
import tempfile
import threading
import time
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType

import pytest
from makers import docx, old_word, zipped

from vnadmin_nlp.errors import MissingExtraError, ReadError
from vnadmin_nlp.read import office
from vnadmin_nlp.read.document import Document
from vnadmin_nlp.read.files import read_text, read_texts
from vnadmin_nlp.read.options import Limits, ReadOptions
from vnadmin_nlp.schema.source import Failure, Format, SourceText

REAL = office.find_office()
with_libreoffice = pytest.mark.skipif(not REAL, reason="no LibreOffice on this machine")
posix = pytest.mark.skipif(os.name == "nt", reason="the programs that play LibreOffice are scripts")

# Converts each file to a .docx of its bytes; the words of a file say what goes wrong with it
PLAY = """#!{python}
import os, shutil, signal, sys, time
with open({log!r}, "a") as log:
    print(os.getcwd(), len(sys.argv), dict(os.environ), file=log)
files = sys.argv[sys.argv.index("--outdir") + 2:]
for path in files:
    data = open(path, "rb").read()
    if b"HANGS" in data:
        time.sleep(1000)
    if b"CRASHES" in data:
        os.kill(os.getpid(), signal.SIGKILL)
    if b"REFUSED" in data:
        continue
    stem = os.path.basename(path).rpartition(".")[0]
    target = os.path.join(sys.argv[sys.argv.index("--outdir") + 1], stem + ".docx")
    shutil.copy({docx!r}, target)
    if b"HALF" in data:
        os.truncate(target, 2000)
        os.kill(os.getpid(), signal.SIGKILL)
"""


def rtf(words: str) -> bytes:
    return b"{\\rtf1\\ansi " + words.encode("ascii") + b"}"


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder of temporary files; nothing may stay in it."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    yield folder
    assert not list(folder.iterdir())


@pytest.fixture
def play(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, temporary: Path) -> Path:
    """A program that plays LibreOffice is on the PATH; the result is its log, a line a call."""
    (tmp_path / "played.docx").write_bytes(docx("converted"))
    log = tmp_path / "log"
    script(tmp_path / "bin", PLAY.format(python=sys.executable, docx=str(tmp_path / "played.docx"), log=str(log)))
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    return log


def script(folder: Path, words: str) -> None:
    folder.mkdir(exist_ok=True)
    (folder / "soffice").write_text(words, encoding="utf-8")
    (folder / "soffice").chmod(stat.S_IRWXU)


def read_all(*files: bytes, seconds: float = 300) -> list[SourceText | Failure]:
    return list(read_texts(files, options=ReadOptions(limits=Limits(seconds=seconds))))


def told(found: list[SourceText | Failure]) -> list[str]:
    return [one.message if isinstance(one, Failure) else one.text.strip() for one in found]


# A program that plays LibreOffice


@posix
def test_many_files_are_one_call_and_keep_their_order(play: Path) -> None:
    files = [b"first", *(rtf(f"{i}") if i % 3 else f"text {i}".encode() for i in range(1, 50)), b"last"]
    found = read_all(*files)
    assert [one.name for one in found] == [f"document {i}" for i in range(1, 52)]
    assert told(found) == [
        "first", *("converted" if i % 3 else f"text {i}" for i in range(1, 50)), "last",
    ]  # fmt: skip
    assert [one.format for one in found if isinstance(one, SourceText)].count(Format.RTF) == 33
    assert len(play.read_text().splitlines()) == 1


@posix
def test_a_stream_looks_ahead_no_further_than_a_call(play: Path) -> None:
    asked = []

    def sources() -> Iterator[bytes]:
        for i in range(200):
            asked.append(i)
            yield rtf(str(i))

    stream = read_texts(sources())
    next(stream)
    assert len(asked) == 40
    assert len(list(stream)) == 199
    assert len(play.read_text().splitlines()) == 5


@posix
@pytest.mark.parametrize("trouble", ["CRASHES", "HALF"])
def test_a_file_that_crashes_the_call_is_one_error(play: Path, trouble: str) -> None:
    found = told(read_all(rtf("a"), rtf("REFUSED"), rtf("b"), rtf(trouble), rtf("c"), rtf(trouble), rtf("d")))
    assert [message for message in found if message == "converted"] == ["converted"] * 4
    assert "LibreOffice cannot open it" in found[1]
    assert "crashed on it (exit code -9)" in found[3]
    assert "crashed on it (exit code -9)" in found[5]
    assert len(play.read_text().splitlines()) == 3


@posix
def test_a_file_that_hangs_the_call_is_one_error(play: Path) -> None:
    begin = time.monotonic()
    found = told(read_all(rtf("a"), rtf("HANGS"), rtf("b"), seconds=1))
    assert time.monotonic() - begin < 5
    assert (found[0], found[2]) == ("converted", "converted")
    assert "takes more than 1 seconds" in found[1]


@posix
def test_files_that_are_refused_do_not_hurt_the_rest(play: Path) -> None:
    found = told(read_all(rtf("REFUSED"), rtf("a"), rtf("REFUSED")))
    assert found[1] == "converted"
    assert all("cannot open it; it may be damaged" in found[i] for i in (0, 2))
    assert len(play.read_text().splitlines()) == 1


@posix
@pytest.mark.parametrize(
    ("words", "cause"),
    [
        ("#!/bin/sh\nsleep 1000 & wait\n", "takes more than 1 seconds"),
        ("#!/bin/sh\necho a library is missing >&2; exit 3\n", "exit code 3"),
        ("#!/bin/sh\necho nothing to do >&2\n", "nothing to do"),
        ("#!/nowhere/sh\n", "No such file"),
    ],
)
def test_a_libreoffice_that_does_not_work_is_asked_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, temporary: Path, words: str, cause: str
) -> None:
    script(tmp_path / "bin", words)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:/usr/bin:/bin")
    begin = time.monotonic()
    found = told(read_all(*[rtf("a")] * 5, b"text", seconds=1))
    assert time.monotonic() - begin < 4
    assert found[5] == "text"
    assert all("does not work on this machine" in message and cause in message for message in found[:5])


@posix
def test_a_temporary_folder_that_cannot_be_used(play: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "nowhere"))
    assert "No such file or directory" in told(read_all(rtf("a")))[0]


def test_without_libreoffice_an_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(office, "_PLACES", ())
    monkeypatch.setattr(office, "_WINDOWS_PLACES", ())
    with pytest.raises(MissingExtraError, match="apt install libreoffice-writer-nogui"):
        read_text(old_word(), name="a.doc")
    found = read_all(rtf("a"), b"text")
    assert isinstance(found[0], Failure)
    assert found[0].error == "MissingExtraError"
    assert told(found)[1] == "text"


@posix
def test_the_program_knows_nothing_of_the_caller(play: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MY_TOKEN", "s3cret")
    monkeypatch.setenv("http_proxy", "http://proxy.example:3128")
    read_all(rtf("a"))
    log = play.read_text()
    assert "s3cret" not in log
    assert "proxy.example" not in log
    assert "'https_proxy': 'http://127.0.0.1:9'" in log
    assert str(Path(tempfile.gettempdir())) in log.split()[0]


@posix
def test_locked_and_bombed_files_are_not_handed_over(play: Path) -> None:
    content = {"mimetype": b"application/vnd.oasis.opendocument.text"}
    locked = zipped({**content, "META-INF/manifest.xml": b"<manifest:encryption-data/>"})
    bomb = zipped({**content, "content.xml": bytes(30_000_000)})
    found = told(read_all(locked, bomb, old_word(locked=True)))
    assert "locked by a password" in found[0]
    assert "times larger once unpacked" in found[1]
    assert "locked by a password" in found[2]
    assert not play.exists()


@posix
def test_words_that_are_missing_are_told(play: Path) -> None:
    """LibreOffice says nothing of a damaged file; the file itself does."""
    whole = old_word(characters=10)
    lost, cut, cut_rtf = old_word(characters=100), whole[:-700], rtf("a")[:-1]
    for data, cause in (
        (whole, ""),
        (lost, "has 100 characters, 10"),
        (cut, "end of"),
        (rtf("a"), ""),
        (cut_rtf, "end of"),
    ):
        found = read_text(data).diagnostics
        assert [one.code for one in found] == ["file.text_missing"] * bool(cause)
        assert not cause or cause in found[0].message


@posix
def test_nothing_is_written_beside_the_input(play: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.rtf").write_bytes(rtf("a"))
    monkeypatch.chdir(folder)
    read_text("a.rtf")
    assert [(each.name, each.read_bytes()) for each in folder.iterdir()] == [("a.rtf", rtf("a"))]


def test_a_result_that_is_too_large_is_refused(tmp_path: Path) -> None:
    (tmp_path / "0000.docx").write_bytes(docx("a"))
    document = Document(b"", "a.doc", ReadOptions(limits=Limits(expanded_bytes=1000)))
    assert isinstance(office._made(tmp_path / "0000.docx", document), ReadError)


# LibreOffice itself


@with_libreoffice
def test_converted_by_libreoffice(temporary: Path) -> None:
    found = read_all(rtf(r"K\'ednh g\u7917\'3fi: S\u7903\'3f\par hai"), _odt("<text:p>Một</text:p>"), rtf(""))
    assert [one.format for one in found if isinstance(one, SourceText)] == [Format.RTF, Format.ODT, Format.RTF]
    assert told(found) == ["Kính gửi: Sở\nhai", "Một", ""]


@with_libreoffice
def test_letters_of_legacy_fonts_are_kept() -> None:
    """Word writes the letter ư of TCVN3, whose code is that of a soft hyphen, as one."""
    words = rb"{\rtf1\ansi{\fonttbl{\f0 .VnTime;}{\f1 .VnTimeH;}}\f0 S\'eb T\- ph\'b8p\par\f1 quy\'d5t \'ae\'denh}"
    found = read_text(words)
    assert found.text.strip() == "Sở Tư pháp\nQUYẾT ĐỊNH"
    assert {block.encoding for block in found.blocks} == {"tcvn3"}


@with_libreoffice
def test_several_processes_at_once(tmp_path: Path) -> None:
    (tmp_path / "a.rtf").write_bytes(rtf("mot"))
    code = "import sys; from vnadmin_nlp.read.files import read_text; print(read_text(sys.argv[1]).text.strip())"
    running = [
        subprocess.Popen([sys.executable, "-c", code, str(tmp_path / "a.rtf")], stdout=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    assert [each.communicate(timeout=120)[0].strip() for each in running] == ["mot"] * 3


@with_libreoffice
def test_threads_at_once() -> None:
    found: list[str] = []
    threads = [threading.Thread(target=lambda: found.append(read_text(rtf("mot")).text.strip())) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == ["mot"] * 3


@with_libreoffice
def test_nothing_is_fetched(tmp_path: Path) -> None:
    """Linked pictures, objects, sections and templates; a LibreOffice with its usual settings asks for some of them."""
    asked: list[bytes] = []
    server = socket.create_server(("127.0.0.1", 0))

    def answer() -> None:
        with suppress(OSError):
            while True:
                with server.accept()[0] as one:
                    asked.append(one.recv(1000))

    threading.Thread(target=answer, daemon=True).start()
    base, secret = f"http://127.0.0.1:{server.getsockname()[1]}", tmp_path / "secret.txt"
    secret.write_text("SECRET")
    frame = '<text:p><draw:frame svg:width="2cm" svg:height="2cm" text:anchor-type="as-char">{}</draw:frame></text:p>'
    link = f'xlink:type="simple" xlink:href="{base}'
    body = "".join(frame.format(f'<draw:{kind} {link}/{kind}"/>') for kind in ("image", "object", "floating-frame"))
    for where in (f"{base}/section", secret.as_uri()):
        source = f'<text:section-source xlink:type="simple" xlink:href="{where}"/>'
        body += f'<text:section text:name="{where[-9:-4]}">{source}<text:p>old</text:p></text:section>'
    fields = "".join(
        f'{{\\field{{\\*\\fldinst {kind} "{where}"}}{{\\fldrslt old}}}}'
        for kind in ("INCLUDEPICTURE", "INCLUDETEXT", "LINK Word.Document")
        for where in (f"{base}/field", secret.as_posix())
    )
    try:
        found = told(read_all(_odt(body), rtf(fields + f"{{\\*\\template {base}/template}}")))
    finally:
        server.close()
    assert asked == []
    assert "old" in found[0]
    assert "SECRET" not in str(found)


@with_libreoffice
def test_macros_do_not_run(tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    event = '<script:event-listener script:language="ooo:script" script:event-name="dom:load" xlink:type="simple" '
    event += 'xlink:href="vnd.sun.star.script:Standard.Module1.Main?language=Basic&amp;location=document"/>'
    space = 'xmlns:library="http://openoffice.org/2000/library"'
    code = f'Sub Main\nOpen "{mark}" For Output As #1\nPrint #1, "ran"\nClose #1\nEnd Sub'
    module = 'xmlns:script="http://openoffice.org/2000/script" script:name="Module1" script:language="StarBasic"'
    macros = {
        "Basic/script-lc.xml": f'<library:libraries {space}><library:library library:name="Standard"/>'
        "</library:libraries>",
        "Basic/Standard/script-lb.xml": f'<library:library {space} library:name="Standard">'
        '<library:element library:name="Module1"/></library:library>',
        "Basic/Standard/Module1.xml": f"<script:module {module}>{code}</script:module>",
    }
    assert read_text(_odt("<text:p>Một</text:p>", event, macros)).text.strip() == "Một"
    assert not mark.exists()


@with_libreoffice
def test_damaged_files_among_others(temporary: Path) -> None:
    whole = _odt("<text:p>Một</text:p>")
    broken = zipped({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<a"})
    found = read_all(whole, broken, old_word(), whole)
    assert (told(found)[0], told(found)[3]) == ("Một", "Một")
    assert [type(one) for one in found[1:3]] == [Failure, Failure]


def _odt(body: str, events: str = "", more: Mapping[str, str] = MappingProxyType({})) -> bytes:
    """An OpenDocument text of `body`, with what it does on `events` and `more` parts."""
    spaces = {"office": "office", "text": "text", "draw": "drawing", "svg": "svg-compatible", "script": "script"}
    names = " ".join(f'xmlns:{k}="urn:oasis:names:tc:opendocument:xmlns:{v}:1.0"' for k, v in spaces.items())
    names += ' xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dom="http://www.w3.org/2001/xml-events"'
    kind = "application/vnd.oasis.opendocument.text"
    scripts = f"<office:scripts><office:event-listeners>{events}</office:event-listeners></office:scripts>"
    content = f'<office:document-content {names} office:version="1.2">{scripts}<office:body><office:text>{body}'
    parts = {"content.xml": content + "</office:text></office:body></office:document-content>", **more}
    entries = {"/": kind, **dict.fromkeys(parts, "text/xml")}
    files = "".join(f'<m:file-entry m:full-path="{name}" m:media-type="{what}"/>' for name, what in entries.items())
    manifest = f'<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">{files}</m:manifest>'
    parts = {"mimetype": kind, "META-INF/manifest.xml": manifest, **parts}
    return zipped({name: words.encode() for name, words in parts.items()}, zipfile.ZIP_STORED)
