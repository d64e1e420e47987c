"""Parsers for tests of batches: they do what bad documents do, where the text says so."""

from __future__ import annotations

import os
import signal
import time

from vnadmin_nlp import Dispatch, SourceText
from vnadmin_nlp.parse import parse


def parse_or_suffer(text: str | SourceText) -> Dispatch:
    """Parses `text`, unless it begins with RAISE, HANG, EXIT, KILL or EAT."""
    words = text.text if isinstance(text, SourceText) else text
    match words.partition(" ")[0]:
        case "RAISE":
            raise RuntimeError("the parser broke")
        case "HANG":
            time.sleep(600)
        case "EXIT":
            os._exit(3)
        case "KILL":
            os.kill(os.getpid(), signal.SIGKILL)
        case "EAT":
            held = []
            while True:
                held.append(bytearray(50_000_000))
    return parse(text)
