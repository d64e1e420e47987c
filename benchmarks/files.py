"""Speed of the readers beside the libraries they stand on, on the same files, in one run.

    python benchmarks/files.py FOLDER... [--rounds N]

Every .docx, .pdf and .html file of the folders is read; each row is the best of `--rounds` (3) over all files of its
format. What cannot be read is named and left out. Scans count as pages without words: they are not recognised.
"""

from __future__ import annotations

import argparse
import platform
import resource
import time
from collections.abc import Callable
from pathlib import Path

import vnadmin_nlp as vn

OPTIONS = vn.ReadOptions(ocr="never")


def plain_docx(path: Path) -> int:
    """python-docx's own walk: the text of the paragraphs of the body."""
    from docx import Document

    return sum(len(paragraph.text) for paragraph in Document(str(path)).paragraphs)


def plain_pdf(path: Path) -> int:
    """pypdfium2's own text of each page."""
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    size = 0
    for page in document:
        text = page.get_textpage()
        size += len(text.get_text_range())
        text.close()
        page.close()
    document.close()
    return size


def plain_html(path: Path) -> int:
    """selectolax's own text of the body."""
    from selectolax.lexbor import LexborHTMLParser

    body = LexborHTMLParser(path.read_bytes()).body
    return len(body.text()) if body else 0


def ours(path: Path) -> int:
    return len(vn.read_text(path, options=OPTIONS).text)


PLAIN = {".docx": plain_docx, ".pdf": plain_pdf, ".html": plain_html}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    print(f"Python {platform.python_version()}, {platform.machine()}, one process\n")
    print(
        "| format | files | pages | vnadmin_nlp ms a file | plain ms a file | times plain | pages/s | plain pages/s |"
    )
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    readable: list[Path] = []
    for suffix, plain in PLAIN.items():
        files, pages = usable(options.folders, suffix)
        readable += files
        if files:
            mine, theirs = best(ours, files, options.rounds), best(plain, files, options.rounds)
            rates = [f"{pages / seconds:.0f}" if pages else "" for seconds in (mine, theirs)]
            row = [f"{seconds / len(files) * 1000:.2f}" for seconds in (mine, theirs)]
            print(
                "|",
                " | ".join([suffix[1:], str(len(files)), str(pages or ""), *row, f"{mine / theirs:.2f}", *rates]),
                "|",
            )
    print(f"\nmemory: {memory(readable)}")


def usable(folders: list[Path], suffix: str) -> tuple[list[Path], int]:
    """The files of `suffix` that can be read, and their pages."""
    files, pages = [], 0
    for path in sorted(path for folder in folders for path in folder.rglob(f"*{suffix}")):
        try:
            pages += len(vn.read_text(path, options=OPTIONS).pages)
        except vn.ReadError as error:
            print(f"left out: {error}")
        else:
            files.append(path)
    return files, pages


def best(read: Callable[[Path], int], files: list[Path], rounds: int) -> float:
    """Seconds of the fastest of `rounds` over all `files`."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        for path in files:
            read(path)
        times.append(time.perf_counter() - start)
    return min(times)


def memory(files: list[Path]) -> str:
    """The peak of the process after one more reading of `files`, and after five."""
    peaks = []
    for rounds in (1, 5):
        for path in files * rounds:
            ours(path)
        peaks.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
    return f"peak {peaks[0]} MB after {len(files)} more files, {peaks[1]} MB after {5 * len(files)} more"


if __name__ == "__main__":
    main()
