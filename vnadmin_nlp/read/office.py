"""Old Word, OpenDocument and rich text files become .docx through LibreOffice, where it is on the machine.

Each call has a profile folder of its own (as quick as a kept one, and safe beside other calls), in a private temporary
folder that is removed. In it macros, updates of links and the network are off.
"""

from __future__ import annotations

import io
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from vnadmin_nlp.errors import MissingExtraError, ReadError
from vnadmin_nlp.read.archive import checked_zip
from vnadmin_nlp.read.document import Document
from vnadmin_nlp.read.ole import Compound, characters
from vnadmin_nlp.read.packed import Budget
from vnadmin_nlp.schema.enums import Severity
from vnadmin_nlp.schema.findings import Diagnostic
from vnadmin_nlp.schema.source import Format, SourceText

INSTALL = (
    "LibreOffice reads this kind of file and is not on this machine; install it (Debian, Ubuntu: "
    "apt install libreoffice-writer-nogui; macOS: brew install --cask libreoffice; Windows: winget install "
    "TheDocumentFoundation.LibreOffice), or save the file as .docx"
)
_PLACES: tuple[str, ...] = (
    "usr/lib/libreoffice/program/soffice",
    "opt/libreoffice*/program/soffice",
    "usr/local/bin/soffice",
    "snap/bin/libreoffice",
    "Applications/LibreOffice.app/Contents/MacOS/soffice",
)
_WINDOWS_PLACES: tuple[str, ...] = ("LibreOffice/program/soffice.com", "LibreOffice */program/soffice.com")
_FILTER = "docx:MS Word 2007 XML"
_PROBE, _PROBE_TEXT = "probe", rb"{\rtf1\ansi probe}"
_WHOLE = 0.8  # of its characters a text has at least; the rest are field codes and marks (0.93 and more in 75 files)
_START_SECONDS = 60.0  # for LibreOffice to start and convert the probe
_MEMORY = 6 << 30  # bytes of address space LibreOffice may ask for
_DEAD = "http://127.0.0.1:9"  # nothing answers there
_KEPT = (
    "PATH",
    "SYSTEMROOT",
    "SYSTEMDRIVE",
    "WINDIR",
    "COMSPEC",
    "PROGRAMFILES",
    "PROGRAMFILES(X86)",
    "LD_LIBRARY_PATH",
)
_SETTINGS: dict[str, dict[str, str | int]] = {
    "org.openoffice.Office.Common/Security/Scripting": {
        "MacroSecurityLevel": 3,
        "DisableMacrosExecution": "true",
        "BlockUntrustedRefererLinks": "true",
    },
    "org.openoffice.Office.Common/Misc": {"FirstRun": "false"},
    "org.openoffice.Office.Writer/Content/Update": {"Link": 0, "Field": "false", "Chart": "false"},
    "org.openoffice.Inet/Settings": {
        "ooInetProxyType": 1,
        "ooInetNoProxy": "",
        **{f"ooInet{kind}ProxyName": "127.0.0.1" for kind in ("HTTP", "HTTPS", "FTP")},
        **{f"ooInet{kind}ProxyPort": 9 for kind in ("HTTP", "HTTPS", "FTP")},
    },
}


class _Outcome(NamedTuple):
    """One call: what it made, by the number of the file; whether LibreOffice started; why it ended early, if it did;
    its own last words."""

    made: dict[int, bytes | ReadError]
    started: bool
    ended: str | None
    words: str


def find_office() -> str | None:
    """The program of LibreOffice: on the PATH, or where it is usually installed."""
    for name in ("soffice", "libreoffice"):
        if found := shutil.which(name):
            return found
    roots, places = ["/"], _PLACES
    if os.name == "nt":
        roots = [os.environ[name] for name in ("PROGRAMFILES", "PROGRAMFILES(X86)") if os.environ.get(name)]
        places = _WINDOWS_PLACES
    return next((str(found) for root in roots for place in places for found in Path(root).glob(place)), None)


def losses(data: bytes, text: SourceText) -> list[Diagnostic]:
    """What `text`, read from the file `data`, seems to lack: LibreOffice opens damaged files without a word."""
    cut_off, said = False, 0
    if text.format is Format.RTF:
        cut_off = not data.rstrip(b"\0\r\n\t ").endswith(b"}")
    elif text.format is Format.DOC:
        compound = Compound(data)
        cut_off = compound.is_cut_off()
        said = characters(compound.begins("WordDocument"))
    if cut_off:
        cause = "The end of the file is missing: words may be lost. Get the file again."
    elif len(text.text) < _WHOLE * said:
        cause = f"The file says that it has {said} characters, {len(text.text)} were read: it may be damaged."
    else:
        return []
    return [Diagnostic(code="file.text_missing", message=cause, severity=Severity.WARNING)]


def convert_to_docx(documents: Sequence[Document], formats: Sequence[Format]) -> list[bytes | ReadError]:
    """Each document as the bytes of a .docx, or why it is none; all of them in one call of LibreOffice.

    A file on which LibreOffice crashes, or takes longer than its `Limits.seconds`, ends the call: it is that file's
    error, and the rest is converted by another call. Nothing is raised.
    """
    results: dict[int, bytes | ReadError] = {}
    program = find_office() if documents else None
    for i, (document, format) in enumerate(zip(documents, formats, strict=True)):
        if program is None:
            results[i] = MissingExtraError(document.name, INSTALL)
        elif format is Format.ODT:
            try:
                checked_zip(document.data, document.name, Budget(document.options.limits))
            except ReadError as error:
                results[i] = error
    waiting = [i for i in range(len(documents)) if i not in results]
    while waiting and program:
        try:
            outcome = _call(program, [(documents[i], formats[i]) for i in waiting])
        except OSError as error:  # the temporary folder is full or not ours
            outcome = _Outcome({}, False, str(error), "")
        if not outcome.started:
            cause = f"LibreOffice ({program}) does not work on this machine: {outcome.ended or outcome.words}"
            results |= {i: documents[i].error(cause) for i in waiting}
            break
        results |= {waiting[n]: made for n, made in outcome.made.items()}
        last = max(outcome.made, default=-1)
        missing = [n for n in range(len(waiting)) if n not in outcome.made]
        for n in missing:
            if outcome.ended is None or n <= last:
                results[waiting[n]] = documents[waiting[n]].error(_unreadable("LibreOffice cannot open it"))
        if outcome.ended and last + 1 < len(waiting):  # files are converted in order: it ended at the next one
            results[waiting[last + 1]] = documents[waiting[last + 1]].error(_unreadable(outcome.ended))
        waiting = [i for i in waiting if i not in results]
    return [results[i] for i in range(len(documents))]


def _unreadable(cause: str) -> str:
    return f"{cause}; it may be damaged: open it in Word, save it as .docx and read that"


def _call(program: str, files: Sequence[tuple[Document, Format]]) -> _Outcome:
    """One call of LibreOffice over `files`, before them a small one of our own that shows whether it works at all."""
    with tempfile.TemporaryDirectory(prefix="vnadmin-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        inputs, outputs, profile = (folder / part for part in ("in", "out", "profile"))
        for each in (inputs, outputs, profile / "user"):
            each.mkdir(parents=True)
        (profile / "user" / "registrymodifications.xcu").write_text(_registry(), encoding="utf-8")
        (inputs / f"{_PROBE}.rtf").write_bytes(_PROBE_TEXT)
        paths = [inputs / f"{_PROBE}.rtf"]
        for i, (document, format) in enumerate(files):
            paths.append(inputs / f"{i:04}.{format.value}")
            paths[-1].write_bytes(document.data)
        command = [
            program, "--headless", "--invisible", "--norestore", "--nologo", "--nolockcheck", "--nodefault",
            f"-env:UserInstallation={profile.as_uri()}", "--convert-to", _FILTER, "--outdir", str(outputs),
            *map(str, paths),
        ]  # fmt: skip
        limits = [document.options.limits for document, _ in files]
        with (folder / "words").open("wb") as words:
            ended = _run(
                command, folder, words, outputs,
                largest=max(one.expanded_bytes for one in limits), seconds=max(one.seconds for one in limits),
            )  # fmt: skip
        made = {i: made for i, one in enumerate(files) if (made := _made(outputs / f"{i:04}.docx", one[0])) is not None}
        said = (folder / "words").read_bytes()[-300:].decode("utf-8", "replace").strip()
        return _Outcome(made, (outputs / f"{_PROBE}.docx").exists() or bool(made), ended, said or "it says nothing")


def _made(path: Path, document: Document) -> bytes | ReadError | None:
    """What was made of `document`; None where it is not whole."""
    if not path.is_file():
        return None
    most = document.options.limits.expanded_bytes
    if path.stat().st_size > most:
        return document.error(f"more than {most} bytes as .docx; raise Limits(expanded_bytes=...)")
    data = path.read_bytes()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return data if "word/document.xml" in archive.namelist() else None
    except (zipfile.BadZipFile, OSError, ValueError):
        return None


def _run(
    command: list[str], folder: Path, words: io.BufferedWriter, outputs: Path, *, largest: int, seconds: float
) -> str | None:
    """Run LibreOffice; the result is why it ended early, if it did. Each file may take `seconds`."""
    try:
        process = subprocess.Popen(
            command, cwd=folder, env=_environment(folder), start_new_session=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=words,
        )  # fmt: skip
    except OSError as error:
        return str(error)
    with _ended(process):
        _limit(process.pid, largest)
        done, since = 0, time.monotonic()
        while True:
            try:
                code = process.wait(0.1)
            except subprocess.TimeoutExpired:
                count, now = len(list(outputs.glob("*.docx"))), time.monotonic()
                if count != done:
                    done, since = count, now
                elif now - since > (limit := seconds if done else min(seconds, _START_SECONDS)):
                    return f"LibreOffice takes more than {limit:g} seconds for it (Limits(seconds=...))"
            else:
                return None if code == 0 else f"LibreOffice crashed on it (exit code {code})"


@contextmanager
def _ended(process: subprocess.Popen[bytes]) -> Iterator[None]:
    """Whatever happens, no process of the call is left; the first one waits for those it starts."""
    try:
        yield
    finally:
        if process.poll() is None:
            if os.name == "nt":
                subprocess.run(["taskkill", "/F", "/T", "/PID", str(process.pid)], capture_output=True, check=False)
            else:
                with suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _limit(pid: int, largest: int) -> None:
    """Bound the memory and the files of the call, where the system lets us."""
    if sys.platform == "linux":
        import resource

        for kind, most in ((resource.RLIMIT_AS, _MEMORY), (resource.RLIMIT_FSIZE, largest), (resource.RLIMIT_CORE, 0)):
            with suppress(OSError, ValueError):
                resource.prlimit(pid, kind, (most, most))


def _environment(folder: Path) -> Mapping[str, str]:
    """An environment that knows nothing of the caller's, and no way to the network."""
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    dead = dict.fromkeys(("http_proxy", "https_proxy", "ftp_proxy", "all_proxy"), _DEAD)
    places = dict.fromkeys(("HOME", "USERPROFILE", "APPDATA", "TMPDIR", "TMP", "TEMP", "XDG_CACHE_HOME"), str(folder))
    return {**kept, **dead, **places, "LC_ALL": "C.UTF-8", "SAL_USE_VCLPLUGIN": "svp", "no_proxy": ""}


def _registry() -> str:
    """The settings, as LibreOffice keeps them in a profile."""
    items = "".join(
        f'<item oor:path="/{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, values in _SETTINGS.items()
        for name, value in values.items()
    )
    spaces = 'xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"'
    return f'<?xml version="1.0" encoding="UTF-8"?><oor:items {spaces}>{items}</oor:items>'
