"""The command `vnadmin`."""

import io
import sys


def main() -> None:
    """Run the command, writing UTF-8 on every locale. typer and rich are imported only here."""
    from vnadmin_nlp.cli.app import app

    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")
    app()
