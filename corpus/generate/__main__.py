"""`python corpus/generate`: the command `vnadmin generate`, with the generator of this folder."""

import sys

from vnadmin_nlp.cli.app import app

app(["generate", *sys.argv[1:]], prog_name="vnadmin")
