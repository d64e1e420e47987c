"""The commands and their options."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer
from pydantic import ValidationError
from rich.console import Console
from typer.core import TyperCommand

import vnadmin_nlp
from vnadmin_nlp.cli.scores import error_lines, show_changes, show_scores
from vnadmin_nlp.cli.show import show
from vnadmin_nlp.cli.source import SourceError, printable, read_text
from vnadmin_nlp.errors import VnadminError
from vnadmin_nlp.evaluate import Report, compare
from vnadmin_nlp.evaluate import evaluate as run

PIPED_WIDTH = 120
ALL = "all"

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    help="Read Vietnamese administrative documents (văn bản hành chính): who must do what, by when.",
)


def _console() -> Console:
    """The standard output; without colour and of a fixed width where it is not a terminal."""
    columns = os.environ.get("COLUMNS", "")
    width = None if sys.stdout.isatty() else int(columns) if columns.isdecimal() else PIPED_WIDTH
    return Console(file=sys.stdout, width=width, markup=False, emoji=False, highlight=False)


def _fail(error: VnadminError) -> typer.Exit:
    """What went wrong on the standard error; exit code 1."""
    typer.echo(f"vnadmin: {error}", err=True)
    return typer.Exit(1)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"vnadmin {vnadmin_nlp.__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and stop.")
    ] = False,
) -> None:
    pass


@app.command()
def parse(
    file: Annotated[
        str, typer.Argument(metavar="FILE", help="A text file in UTF-8 or UTF-16; - reads the standard input.")
    ],
    json: Annotated[
        bool, typer.Option("--json", help="Print the whole analysis (Dispatch) as JSON and nothing else.")
    ] = False,
    indent: Annotated[int, typer.Option(min=0, help="Spaces of indent in the JSON; 0 writes one line.")] = 2,
) -> None:
    """Summarise one document.

    Shows the header (phần đầu), subject (trích yếu), addressees (kính gửi), directives (mục, khoản, điểm), the table
    who must do what by when (chủ trì, phối hợp, việc, thời hạn, viện dẫn), signature (người ký) and what is doubtful.
    """
    console = _console()
    try:
        text = read_text(file)
    except SourceError as error:
        raise _fail(error) from None
    if json:
        print(vnadmin_nlp.parse(text).model_dump_json(indent=indent or None))
    else:
        console.print(show(vnadmin_nlp.parse(printable(text))))


class _Evaluate(TyperCommand):
    """`--errors` may stand without a task: then it means all of them."""

    def parse_args(self, ctx: typer.Context, args: list[str]) -> list[str]:  # type: ignore[override]
        given = []
        for here, after in zip(args, [*args[1:], "-"], strict=True):
            given.append(here)
            if here == "--errors" and after.startswith("-"):
                given.append(ALL)
        return super().parse_args(ctx, given)


@app.command(cls=_Evaluate)
def evaluate(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder of gold annotations (<name>.yaml).")],
    texts: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Folder of the texts, where they are not beside the annotations.")
    ] = None,
    only: Annotated[str | None, typer.Option(metavar="NAMES", help="Some documents only, by name: a,b,c.")] = None,
    json: Annotated[bool, typer.Option("--json", help="Print figures and errors as JSON and nothing else.")] = False,
    errors: Annotated[
        str | None, typer.Option(metavar="[TASK]", help="List every error, or those of one task (references, …).")
    ] = None,
    save: Annotated[Path | None, typer.Option(metavar="RUN", help="Write the run to this file, as JSON.")] = None,
    against: Annotated[
        Path | None, typer.Option(metavar="RUN", help="Quote gains and losses against a saved run.")
    ] = None,
) -> None:
    """Parse the gold documents (văn bản có chú giải chuẩn) of a folder and score the result."""
    console = _console()
    try:
        earlier = _load(against) if against else None
        report = run(folder, vnadmin_nlp.parse, texts=texts, only=only.split(",") if only else None)
        if save:
            _save(report, save)
    except VnadminError as error:
        raise _fail(error) from None
    for problem in report.problems:
        typer.echo(f"vnadmin: annotation of {problem}", err=True)
    for miss in report.errors:
        if miss.task == "crash":
            typer.echo(
                f"vnadmin: {miss.document}: the parser raised {miss.kind}: {miss.what}; please report it", err=True
            )
    if json:
        print(report.to_json(indent=2))
        return
    if errors is not None:
        if errors != ALL and errors not in report.figures:
            raise _fail(SourceError(f"--errors {errors}: no such task; one of {', '.join(report.tasks())}"))
        for line in error_lines(miss for miss in report.errors if errors in (ALL, miss.task)):
            print(line)
    console.print(show_scores(report))
    if earlier:
        comparison = compare(earlier, report)
        for line in (*error_lines(comparison.gains, "+ "), *error_lines(comparison.losses, "- ")):
            print(line)
        console.print(show_changes(comparison))


def _load(path: Path) -> Report:
    try:
        return Report.from_json(path.read_bytes())
    except OSError as error:
        raise SourceError(f"{path}: cannot be read: {error.strerror}; write a run with --save first") from error
    except ValidationError as error:
        raise SourceError(f"{path}: not a run that --save wrote; write it again") from error


def _save(report: Report, path: Path) -> None:
    try:
        path.write_text(report.to_json(indent=1), encoding="utf-8")
    except OSError as error:
        raise SourceError(f"{path}: cannot be written: {error.strerror}") from error
