"""The commands on annotated documents of one's own: annotate, check, evaluate, train."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from json import dumps
from pathlib import Path
from typing import Annotated

import typer
from pydantic import ValidationError
from rich.console import Group
from rich.text import Text
from typer.core import TyperCommand

import vnadmin_nlp
from vnadmin_nlp.cli.annotate import annotate_files
from vnadmin_nlp.cli.choices import MinScore, Models, Ocr, folders, reading
from vnadmin_nlp.cli.scores import error_lines, show_changes, show_scores
from vnadmin_nlp.cli.terminal import console, fail
from vnadmin_nlp.errors import VnadminError
from vnadmin_nlp.evaluate import Report, check_folder, compare, load_all
from vnadmin_nlp.evaluate import evaluate as run
from vnadmin_nlp.schema import Severity
from vnadmin_nlp.train.tasks import TASKS, task_of

ALL = "all"


class _RunError(VnadminError):
    """A saved run, or the choice of a task, cannot be used."""


class _EmptyError(VnadminError):
    """There is nothing to annotate."""


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
        bool, typer.Option("--force", help="Write again what this command wrote, over corrections; nothing else.")
    ] = False,
    models: Models = None,
    ocr: Ocr = True,
) -> None:
    """Write a first annotation (chú giải) of documents, from what the program reads, for a person to correct.

    For each document <name>.yaml, in the format of corpus/GUIDELINES.md, and beside it <name>.txt, the text whose
    lines it counts. Comments mark guesses (`score`) and what the format cannot say (`check`), and say which document it
    is of. What is there is kept; another document of the same name gets <name>.docx.yaml.
    """
    options = reading(models, 0.0, ocr)
    found = failed = False
    for one in annotate_files(files, out, force=force, options=options):
        typer.echo(f"vnadmin: {one}" if one.error else str(one), err=one.error is not None)
        found, failed = True, failed or one.error is not None
    if not found:
        raise fail(_EmptyError(f"{', '.join(map(str, files))}: no documents are there; name other files or folders"))
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
    models: Models = None,
    min_score: MinScore = 0.0,
) -> None:
    """Parse the gold documents (văn bản có chú giải chuẩn) of a folder and score the result.

    With models of a folder the figures of rules alone stand beside.
    """
    options, chosen = reading(models, min_score), only.split(",") if only else None

    def measured(options: vnadmin_nlp.ReadOptions) -> Report:
        return run(folder, lambda text: vnadmin_nlp.parse(text, options=options), texts=texts, only=chosen)

    try:
        earlier = _load(against) if against else None
        report = measured(options)
        rules = measured(options.model_copy(update={"models": "off"})) if folders(models) and not json else None
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
    if rules:
        _warn_of_learnt(folders(models), folder, texts, report)
        console().print(Group(Text("\nwith these models, against rules alone"), show_changes(compare(rules, report))))
    if earlier:
        comparison = compare(earlier, report)
        for line in (*error_lines(comparison.gains, "+ "), *error_lines(comparison.losses, "- ")):
            print(line)
        console().print(show_changes(comparison))


def train(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder of annotated documents to learn from.")],
    out: Annotated[Path, typer.Option("-o", "--out", metavar="MODEL", help="Folder of the model, new.")],
    task: Annotated[
        str | None,
        typer.Option(
            metavar="|".join(TASKS), help="What to learn; without it each is tried, and written to MODEL/<task>."
        ),
    ] = None,
    with_gold: Annotated[
        list[Path] | None,
        typer.Option(metavar="DIR", help="More annotated documents, to learn from and never to measure on."),
    ] = None,
    folds: Annotated[int, typer.Option(min=2, help="Parts for cross-validation.")] = 5,
    seed: Annotated[int, typer.Option(help="The same documents and seed give the same model.")] = 0,
    keep: Annotated[bool, typer.Option("--keep", help="Write a model that is not worth using all the same.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Replace a model that is there.")] = False,
    texts: _Texts = None,
) -> None:
    """Learn from annotated documents (chú giải), measure whether that helps, and write the model if it does.

    Measured by cross-validation, never on documents it has learnt from, nor on others of their issuers. Written are
    weights, config.cfg, metrics.json and card.md. Exit code 1: no model was worth writing.
    """
    from vnadmin_nlp.cli.training import show_training
    from vnadmin_nlp.train.office import train_model

    written = False
    try:
        wanted = [task_of(task)] if task else list(TASKS.values())
        golds = load_all(folder, texts)
        more = [gold for other in with_gold or [] for gold in load_all(other)]
        for one in wanted:
            trained = train_model(
                one, golds, out if task else out / one.name, more=more, folds=folds, seed=seed, keep=keep, force=force,
                told=partial(_tell, one.name),
            )  # fmt: skip
            console().print(show_training(trained))
            written |= trained.folder is not None
    except VnadminError as error:
        raise fail(error) from None
    if not written:
        raise typer.Exit(1)


def _warn_of_learnt(models: Iterable[Path], folder: Path, texts: Path | None, report: Report) -> None:
    """Says where documents were measured on that a model has learnt from."""
    from vnadmin_nlp.train.office import learnt_from

    golds = [gold for gold in load_all(folder, texts) if gold.id in report.documents]
    for model in models:
        if known := learnt_from(model, golds):
            typer.echo(
                f"vnadmin: {model} has learnt from {len(known)} of these {len(golds)} documents: its figures on them "
                "say nothing about others; measure on documents it has not seen",
                err=True,
            )


def _tell(task: str, fold: int, of: int) -> None:
    typer.echo(f"vnadmin: {task}: fold {fold} of {of}", err=True)


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
