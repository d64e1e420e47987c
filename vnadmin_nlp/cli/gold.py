"""The commands on annotated documents of one's own: annotate, check, evaluate, train."""

from __future__ import annotations

from json import dumps
from pathlib import Path
from typing import Annotated

import typer
from pydantic import ValidationError
from typer.core import TyperCommand

import vnadmin_nlp
from vnadmin_nlp.cli.annotate import annotate_files
from vnadmin_nlp.cli.scores import error_lines, show_changes, show_scores
from vnadmin_nlp.cli.terminal import console, fail
from vnadmin_nlp.errors import VnadminError
from vnadmin_nlp.evaluate import Report, check_folder, compare
from vnadmin_nlp.evaluate import evaluate as run
from vnadmin_nlp.schema import Severity

ALL = "all"


class _RunError(VnadminError):
    """A saved run, or the choice of a task, cannot be used."""


_Texts = Annotated[
    Path | None, typer.Option(metavar="DIR", help="Folder of the texts, where they are not beside the annotations.")
]


def annotate(
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE...", help="Files of any format that `vnadmin parse` reads, or folders of them."),
    ],
    out: Annotated[
        Path | None, typer.Option("-o", "--out", metavar="DIR", help="Where to write.", show_default="beside the file")
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Write over annotations that are there, corrections included.")
    ] = False,
    ocr: Annotated[bool, typer.Option("--ocr/--no-ocr", help="Recognise scanned pages (needs the extra ocr).")] = True,
) -> None:
    """Write a first annotation (chú giải) of documents, from what the program reads, for a person to correct.

    For each document <name>.yaml, in the format of corpus/GUIDELINES.md, and beside it <name>.txt, the text whose
    lines it counts. Comments mark guesses (`score`) and what the format cannot say (`check`). What is there is kept.
    """
    options = vnadmin_nlp.ReadOptions(ocr="auto" if ocr else "never")
    failed = False
    for one in annotate_files(files, out, force=force, options=options):
        typer.echo(f"vnadmin: {one}" if one.error else str(one), err=one.error is not None)
        failed |= one.error is not None
    if failed:
        raise typer.Exit(1)


def check(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder of annotations (<name>.yaml).")],
    texts: _Texts = None,
    json: Annotated[bool, typer.Option("--json", help="Print the problems as JSON and nothing else.")] = False,
) -> None:
    """Check annotations (chú giải): what does not fit the text or the format, and what is unlikely.

    Each problem with file, line and entry. Exit code 1 where there are errors; warnings may be right as they are.
    """
    try:
        found = check_folder(folder, texts=texts)
    except VnadminError as error:
        raise fail(error) from None
    errors = sum(one.severity is Severity.ERROR for one in found)
    if json:
        print(dumps([one.model_dump(mode="json") for one in found], ensure_ascii=False, indent=1))
    else:
        for one in found:
            print(one)
        documents = len(list(folder.glob("*.yaml")))
        print(f"{documents} annotations: {errors} errors, {len(found) - errors} warnings")
    if errors:
        raise typer.Exit(1)


class EvaluateCommand(TyperCommand):
    """`--errors` may stand without a task: then it means all of them."""

    def parse_args(self, ctx: typer.Context, args: list[str]) -> list[str]:  # type: ignore[override]
        given = []
        for here, after in zip(args, [*args[1:], "-"], strict=True):
            given.append(here)
            if here == "--errors" and after.startswith("-"):
                given.append(ALL)
        return super().parse_args(ctx, given)


def evaluate(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder of gold annotations (<name>.yaml).")],
    texts: _Texts = None,
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
    try:
        earlier = _load(against) if against else None
        report = run(folder, vnadmin_nlp.parse, texts=texts, only=only.split(",") if only else None)
        if save:
            _save(report, save)
    except VnadminError as error:
        raise fail(error) from None
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
            raise fail(_RunError(f"--errors {errors}: no such task; one of {', '.join(report.tasks())}"))
        for line in error_lines(miss for miss in report.errors if errors in (ALL, miss.task)):
            print(line)
    console().print(show_scores(report))
    if earlier:
        comparison = compare(earlier, report)
        for line in (*error_lines(comparison.gains, "+ "), *error_lines(comparison.losses, "- ")):
            print(line)
        console().print(show_changes(comparison))


def _load(path: Path) -> Report:
    try:
        return Report.from_json(path.read_bytes())
    except OSError as error:
        raise _RunError(f"{path}: cannot be read: {error.strerror}; write a run with --save first") from error
    except ValidationError as error:
        raise _RunError(f"{path}: not a run that --save wrote; write it again") from error


def _save(report: Report, path: Path) -> None:
    try:
        path.write_text(report.to_json(indent=1), encoding="utf-8")
    except OSError as error:
        raise _RunError(f"{path}: cannot be written: {error.strerror}") from error
