"""The command `vnadmin`."""


def main() -> None:
    """Run the command; typer and rich are imported only here."""
    from vnadmin_nlp.cli.app import app

    app()
