"""`vnadmin generate`: synthetic dispatches with exact gold."""

from __future__ import annotations

import importlib
import importlib.util
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from types import ModuleType
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from vnadmin_nlp.cli.terminal import fail
from vnadmin_nlp.errors import VnadminError
from vnadmin_nlp.resources import folder

_PACKAGE = "vnadmin_nlp_generate"  # the name under which the generator is loaded


class _GenerateError(VnadminError):
    """A corpus that cannot be made, or not be written."""


class _Noise(StrEnum):
    CLEAN = "clean"
    LIGHT = "light"
    OCR = "ocr"
    NFD = "nfd"
    NO_ACCENTS = "no-accents"
    SLIPS = "slips"
    MIXED = "mixed"


def generate(
    out: Annotated[
        Path,
        typer.Option("-o", "--out", metavar="DIR", help="A new folder (one .txt a document), or a table FILE.jsonl."),
    ],
    n: Annotated[int, typer.Option("--n", min=1, help="How many documents.")] = 1000,
    seed: Annotated[int, typer.Option(help="The same seed gives the same corpus, to the byte.")] = 7,
    noise: Annotated[
        _Noise,
        typer.Option(
            help="What happened to the pages: other spaces, dashes and tone marks (light), recognition of scans (ocr), "
            "letters and marks apart (nfd), no marks at all (no-accents), misread numbers of cited documents alone "
            "(slips); mixed draws one for each document."
        ),
    ] = _Noise.CLEAN,
    types: Annotated[
        str | None, typer.Option(metavar="TYPES", help="Only documents of these types: cong_van,quyet_dinh,…")
    ] = None,
    copies: Annotated[
        float, typer.Option(min=0.0, max=0.99, help="Share that comes again as draft, true copy or re-issue.")
    ] = 0.0,
    gold: Annotated[
        bool, typer.Option("--gold/--no-gold", help="Write the annotation (.yaml) beside each document.")
    ] = True,
    force: Annotated[bool, typer.Option("--force", help="Write over a corpus that is there.")] = False,
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help="Print errors only.")] = False,
) -> None:
    """Make synthetic dispatches (văn bản giả lập) with exact annotations, for training, tests and measuring scale.

    Every document is invented; agencies, provinces and well-known laws are facts. The annotations are in the form
    that `vnadmin evaluate DIR` takes. Beside DIR, DIR.pieces.jsonl has the exact places of all that is annotated,
    DIR.truth.jsonl says which document each reference means, and with --copies DIR.duplicates.jsonl which documents
    are copies.
    """
    try:
        write = generator("write")
        wanted = write.Wanted(n, seed, copies, noise.value, tuple(types.replace(" ", "").split(",")) if types else ())
        begun = time.monotonic()
        with _shown(n, quiet) as progress:
            write.save(wanted, out, gold=gold, force=force, progress=progress)
    except VnadminError as error:
        raise fail(error) from None
    except ValueError as error:
        raise fail(_GenerateError(str(error))) from None
    except OSError as error:
        raise fail(_GenerateError(f"{error.filename or out}: cannot be written: {error.strerror}")) from None
    if not quiet:
        rate = n / max(1e-9, time.monotonic() - begun)
        typer.echo(f"{n:,} documents in {out}, {rate:,.0f} a second")


def generator(module: str) -> ModuleType:
    """A module of the generator, which comes with the package as a folder of its own, not as a part of it."""
    if _PACKAGE not in sys.modules:
        place = folder("corpus/generate")
        if place is None:
            raise _GenerateError("the generator is not there (vnadmin_nlp/corpus/generate); install vnadmin-nlp again")
        spec = importlib.util.spec_from_file_location(
            _PACKAGE, place / "__init__.py", submodule_search_locations=[str(place)]
        )
        assert spec and spec.loader
        package = importlib.util.module_from_spec(spec)
        sys.modules[_PACKAGE] = package
        spec.loader.exec_module(package)
    return importlib.import_module(f"{_PACKAGE}.{module}")


@contextmanager
def _shown(total: int, quiet: bool) -> Iterator[Callable[[int], None] | None]:
    """A bar on a terminal."""
    if quiet or not sys.stderr.isatty():
        yield None
        return
    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("documents"), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), refresh_per_second=4) as bar:
        task = bar.add_task("generate", total=total)
        yield lambda done: bar.update(task, completed=done)
