"""Where the commands write."""

from __future__ import annotations

import os
import sys

import typer
from rich.console import Console

PIPED_WIDTH = 120


def console() -> Console:
    """The standard output; without colour and of a fixed width where it is not a terminal."""
    columns = os.environ.get("COLUMNS", "")
    width = None if sys.stdout.isatty() else int(columns) if columns.isdecimal() else PIPED_WIDTH
    return Console(file=sys.stdout, width=width, markup=False, emoji=False, highlight=False)


def fail(error: Exception) -> typer.Exit:
    """What went wrong on the standard error; exit code 1."""
    typer.echo(f"vnadmin: {error}", err=True)
    return typer.Exit(1)
