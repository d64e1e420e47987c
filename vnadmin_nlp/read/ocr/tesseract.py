"""Recognition by tesseract: the program is called for one picture, its hOCR answer becomes words."""

from __future__ import annotations

import functools
import os
import re
import shutil
import subprocess

from vnadmin_nlp.read.options import Image, RecognisedWord
from vnadmin_nlp.schema.source import Box

_BOX = re.compile(r"\bbbox (\d+) (\d+) (\d+) (\d+)")
_SCORE = re.compile(r"\bx_wconf (\d+)")
_BASELINE = re.compile(r"\bbaseline (-?[\d.]+) (-?[\d.]+)")
_SIZE = re.compile(r"\bx_size ([\d.]+)")
_ETH = re.compile("Đ*Ð[ĐÐ]*")  # the data of `vie` know the letter Đ by two codes and answer now one, now both


class TesseractEngine:
    """tesseract 4 or later on this machine, with the data of `language`.

    The program is called as a child of its own: the picture goes in and the answer comes out through pipes, nothing is
    written to disk. It works on one core, so that results and load do not depend on the machine.
    """

    name = "tesseract"

    def __init__(self, *, language: str = "vie", layout: int = 6, program: str = "tesseract") -> None:
        self._command = [program, "stdin", "stdout", "-l", language, "--psm", str(layout)]

    def recognise(self, image: Image, *, seconds: float) -> list[RecognisedWord]:
        """The words of `image`. Raises TimeoutError after `seconds`, RuntimeError with what tesseract says."""
        command = [*self._command, "--dpi", str(round(image.dpi)), "hocr"]
        picture = b"P5 %d %d 255\n" % (image.width, image.height) + image.pixels
        try:
            done = subprocess.run(command, input=picture, capture_output=True, timeout=seconds, env=_environment())
        except subprocess.TimeoutExpired:
            raise TimeoutError(f"tesseract took more than {seconds:g} seconds") from None
        if done.returncode:
            said = done.stderr.decode("utf-8", "replace").strip().splitlines() or ["no message"]
            raise RuntimeError(f"tesseract ended with {done.returncode}: {said[-1][:200]}")
        return _words(done.stdout)


@functools.cache
def missing_for_tesseract() -> str | None:
    """What has to be installed before tesseract reads Vietnamese here, None where nothing is missing."""
    if not shutil.which("tesseract"):
        return "the program tesseract (Debian, Ubuntu: apt install tesseract-ocr tesseract-ocr-vie)"
    try:
        done = subprocess.run(["tesseract", "--list-langs"], capture_output=True, timeout=20, env=_environment())
    except (OSError, subprocess.TimeoutExpired):
        return "a program tesseract that runs"
    if "vie" not in done.stdout.decode("utf-8", "replace").split():
        return "tesseract's data for Vietnamese (Debian, Ubuntu: apt install tesseract-ocr-vie)"
    return None


def _environment() -> dict[str, str]:
    return {**os.environ, "OMP_THREAD_LIMIT": "1"}


def _words(hocr: bytes) -> list[RecognisedWord]:
    """The words of an hOCR answer; baseline and size of a word are those of its line."""
    from lxml import etree

    words: list[RecognisedWord] = []
    line = ""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True, huge_tree=False)
    for element in etree.fromstring(hocr, parser).iter("{*}span"):
        title = element.get("title", "")
        if element.get("class") != "ocrx_word":
            line = title
            continue
        text = _ETH.sub("Đ", "".join(map(str, element.itertext())).strip())
        box, score = _BOX.search(title), _SCORE.search(title)
        if not text or not box or not score:
            continue
        left, top, right, bottom = map(float, box.groups())
        baseline, size = _line_geometry(line, (left + right) / 2)
        words.append(RecognisedWord(text, Box(left, top, right, bottom), int(score.group(1)) / 100, baseline, size))
    return words


def _line_geometry(title: str, x: float) -> tuple[float | None, float | None]:
    """Baseline at `x` and size of the letters, in pixels: hOCR gives the baseline as slope and offset from the lower
    left corner of the line's box."""
    box, baseline, size = _BOX.search(title), _BASELINE.search(title), _SIZE.search(title)
    if not box or not baseline or not size:
        return None, None
    left, _, _, bottom = map(float, box.groups())
    slope, offset = map(float, baseline.groups())
    return bottom + offset + slope * (x - left), float(size.group(1))
