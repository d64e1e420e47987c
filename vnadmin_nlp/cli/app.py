"""The commands and their options."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from enum import StrEnum
from itertools import chain, islice
from pathlib import Path
from typing import Annotated

import typer

import vnadmin_nlp
from vnadmin_nlp.cli.choices import MinScore, Models, Names, Ocr, Recogniser, reading
from vnadmin_nlp.cli.generate import generate
from vnadmin_nlp.cli.gold import EvaluateCommand, annotate, check, evaluate, train
from vnadmin_nlp.cli.lines import show_lines
from vnadmin_nlp.cli.show import printable, show
from vnadmin_nlp.cli.terminal import console, fail
from vnadmin_nlp.errors import VnadminError
from vnadmin_nlp.schema import Failure, SourceText

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    help="Read Vietnamese administrative documents (văn bản hành chính): who must do what, by when.",
)


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


_File = Annotated[
    str,
    typer.Argument(
        metavar="FILE",
        help="A .docx, .pdf, .html, .md, .txt, .doc, .odt, .rtf, picture of a page, or .zip or .eml with such files; "
        "- reads the standard input.",
    ),
]
_Kind = Annotated[
    str | None,
    typer.Option("--format", metavar="FORMAT", help="What the file is (txt, md, html), where it does not show it."),
]


@app.command()
def parse(
    file: _File,
    json: Annotated[
        bool, typer.Option("--json", help="Print the whole analysis (Dispatch) as JSON, one value a document.")
    ] = False,
    indent: Annotated[int, typer.Option(min=0, help="Spaces of indent in the JSON; 0 writes one line.")] = 2,
    format: _Kind = None,
    models: Models = None,
    min_score: MinScore = 0.0,
    names: Names = Recogniser.OFF,
    ocr: Ocr = True,
) -> None:
    """Summarise a document, or each document of an archive or message.

    Shows the header (phần đầu), subject (trích yếu), addressees (kính gửi), directives (mục, khoản, điểm), the table
    who must do what by when (chủ trì, phối hợp, việc, thời hạn, viện dẫn), signature (người ký) and what is doubtful.
    """
    screen, options = console(), reading(models, min_score, ocr, names)
    for source, of_many in _documents(file, format, options):
        if json:
            print(vnadmin_nlp.parse(source, options=options).model_dump_json(indent=indent or None))
            continue
        if of_many:
            screen.rule(source.name, align="left")
        screen.print(show(vnadmin_nlp.parse(printable(source), options=options)))


@app.command()
def text(
    file: _File,
    format: _Kind = None,
    plain: Annotated[bool, typer.Option("--plain", help="Print the text and nothing else.")] = False,
    ocr: Ocr = True,
) -> None:
    """Print the text that is analysed (văn bản chuẩn hóa), line by line.

    Each line with its number, the part of the document it belongs to (bố cục), and where it stands in the file: `p2`
    is page 2, `t0r1c0` row 1, column 0 of table 0. What to look at first when a result looks wrong.
    """
    for source, of_many in _documents(file, format, reading(None, 0.0, ocr)):
        if of_many:
            print(f"== {source.name}")
        if plain:
            print(source.text, end="" if source.text.endswith("\n") else "\n")
            continue
        for line in show_lines(printable(source), vnadmin_nlp.parse(source)):
            print(line)
        for one in source.diagnostics:
            typer.echo(f"vnadmin: {one.severity}: {one.message} [{one.code}]", err=True)


def _documents(file: str, format: str | None, options: vnadmin_nlp.ReadOptions) -> Iterator[tuple[SourceText, bool]]:
    """The documents of `file`, each with whether there are several; at the end exit code 1 if one could not be read."""
    try:
        if file == "-" or format:
            source = sys.stdin.buffer if file == "-" else file
            name = "standard input" if file == "-" else None
            yield vnadmin_nlp.read_text(source, format=format, name=name, options=options), False
            return
        found = vnadmin_nlp.read_texts(file, options=options)
        first = list(islice(found, 2))
        failed = False
        for one in chain(first, found):
            if isinstance(one, Failure):
                failed = True
                typer.echo(f"vnadmin: {one.message}", err=True)
            else:
                yield one, len(first) > 1
    except (VnadminError, ValueError) as error:
        raise fail(error) from None
    if failed:
        raise typer.Exit(1)


class _To(StrEnum):
    PARQUET = "parquet"
    JSONL = "jsonl"
    BOTH = "both"


@app.command("run")
def run_corpus(
    inputs: Annotated[
        list[str],
        typer.Argument(
            metavar="INPUT...",
            help="Files, folders, globs, archives; tables .jsonl, .csv, .parquet (also .gz) with a column of texts; "
            "- reads JSON lines from the standard input.",
        ),
    ],
    out: Annotated[Path, typer.Option("-o", "--out", metavar="DIR", help="Folder of the results, new or of a run.")],
    to: Annotated[_To, typer.Option(help="Form of the results.")] = _To.PARQUET,
    processes: Annotated[
        int | None, typer.Option("-p", "--processes", min=1, help="Worker processes.", show_default="one a core")
    ] = None,
    text_col: Annotated[str | None, typer.Option(metavar="NAME", help="Column of the texts, in tables.")] = None,
    id_col: Annotated[str | None, typer.Option(metavar="NAME", help="Column of the ids, in tables.")] = None,
    glob: Annotated[
        str | None, typer.Option(metavar="GLOB", help="Only files of folders that match, like *.docx.")
    ] = None,
    seconds: Annotated[float, typer.Option(min=0.1, help="Time limit for one document.")] = 60.0,
    memory: Annotated[
        str | None, typer.Option(metavar="SIZE", help="Memory limit of a worker process, like 2GB (Linux).")
    ] = None,
    part_size: Annotated[
        int | None, typer.Option(min=1, help="Documents in a file of results.", show_default="50 to 1000")
    ] = None,
    retry: Annotated[bool, typer.Option("--retry", help="Try those that failed again, and only those.")] = False,
    prune: Annotated[
        bool, typer.Option("--prune", help="Take documents out of DIR that are not among the inputs any more.")
    ] = False,
    near_duplicates: Annotated[
        bool, typer.Option("--near-duplicates", help="Write which documents are copies, drafts, re-issues of others.")
    ] = False,
    models: Models = None,
    min_score: MinScore = 0.0,
    names: Names = Recogniser.OFF,
    ocr: Ocr = True,
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help="Print errors only.")] = False,
) -> None:
    """Analyse a corpus into tables: whole results, documents, obligations, references, deadlines, actors.

    Stopped at any moment and started again with the same command, it goes on where it was. Exit code 0: all is well;
    1: some documents failed, or the run could not be done; 130: it was stopped. The id of a document is its path as
    given, or what its table calls it.
    """
    from vnadmin_nlp.batch.run import run as run_over
    from vnadmin_nlp.cli.run import closing_words, shown, size_of, stoppable, summary

    options = reading(models, min_score, ocr, names)
    logging.basicConfig(format="vnadmin: %(message)s", level=logging.ERROR if quiet else logging.WARNING)
    try:
        with stoppable(), shown(quiet) as progress:
            report = run_over(
                inputs, out, to=to.value, n_process=processes, part_size=part_size, seconds=seconds,
                memory=size_of(memory) if memory else None, text_col=text_col, id_col=id_col, pattern=glob,
                retry=retry, prune=prune, near_duplicates=near_duplicates, options=options, progress=progress,
            )  # fmt: skip
    except (VnadminError, ValueError) as error:
        raise fail(error) from None
    except KeyboardInterrupt:  # before the run began, or for the second time
        raise typer.Exit(130) from None
    if not quiet:
        console().print(summary(report))
    if words := closing_words(report):
        typer.echo(f"vnadmin: {words}", err=True)
    if report.stopped or report.failed or report.failed_before:
        raise typer.Exit(130 if report.stopped else 1)


@app.command()
def link(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Output folder of `vnadmin run` (Parquet).")],
    out: Annotated[
        Path | None, typer.Option("-o", "--out", metavar="DIR", help="Where to write.", show_default="DIR/links")
    ] = None,
) -> None:
    """Find which document of a corpus each reference means (viện dẫn), and what follows from that.

    Writes links.parquet (each reference: the document it means, or the candidates, with score and reasons),
    reports.parquet (obligations and the documents that report on them), threads.jsonl (letters with what answers,
    amends or replaces them) and citations.graphml.
    """
    from vnadmin_nlp.cli.corpus import show_links, write_links

    try:
        links = vnadmin_nlp.link_run(folder)
        write_links(links, out or folder / "links")
    except VnadminError as error:
        raise fail(error) from None
    console().print(show_links(links))


app.command()(annotate)
app.command()(check)
app.command(cls=EvaluateCommand)(evaluate)
app.command()(generate)
app.command()(train)
