"""Speed of `parse` beside its peers, on the same documents, in one run.

    python benchmarks/speed.py [FOLDER] [--characters N] [--slow N]

FOLDER holds .txt files (default corpus/samples). `--characters` limits the text used for all rows, `--slow` that of
the slow peers (underthesea), which are quadratic in long lines and measured on a prefix of whole documents.
"""

from __future__ import annotations

import argparse
import platform
import re
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

# One pattern a family, as a plain reader of the field would write them: what any analysis has to pay at least.
FLOOR = [
    re.compile(p)
    for p in (
        r"\d{1,6}[a-zđ]?\s?/(?:\d{4}/)?[A-ZĐƯÂa-zđ&]+(?:-[A-ZĐƯÂa-zđ0-9&]+)*",
        r"\d{1,5}-[A-ZĐ][A-Za-zĐ]*/[A-ZĐ]+",
        r"ngày\s+\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{4}",
        r"ngày\s+\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+\d{4}",
        r"(?:Luật|Nghị định|Thông tư|Quyết định|Nghị quyết|Chỉ thị|Công văn|Kế hoạch|Thông báo)\s",
        r"(?:điểm|khoản|Điều|Chương|Phụ lục)\s+[0-9a-zđIVX]+",
        r"(?:trước|chậm nhất|đến hết|trong)\s+(?:ngày|tháng|quý|năm|Quý)\s",
        r"(?:Sở|Bộ|Ủy ban nhân dân|UBND|Cục|Vụ|Ban|Văn phòng|Công an|Chi cục)\s",
        r"(?:Giám đốc|Chủ tịch|Bộ trưởng|Thủ trưởng|Chánh|Trưởng)\s",
        r"(?:giao|yêu cầu|đề nghị|chủ trì|phối hợp|có trách nhiệm|phải|không được)\s",
        r"(?m)^\s*(?:\d{1,3}(?:\.\d{1,3})*[.)]|[a-zđ]\)|[IVX]+\.|Điều \d+)",
        r"(?m)^\s*(?:Kính gửi|Nơi nhận|Căn cứ|Lưu)",
    )
]
ENGLISH = (
    "The agency issued its rule on the tenth of May, and the parties disagree about when the time to respond began. "
    "The district court read the statute as the agency did; it found that the notice had been mailed to the last known "
    "address and that nothing more was required. On appeal the county argues that the clerk never recorded it, "
    "that the affidavit was sworn a year later, and that the hearing was closed before its witness arrived. In "
    "Harlow v. Pine County, {a} F.3d {b}, {c} (9th Cir. 2011), the court held that such a notice was timely. "
    "The remaining questions concern the remedy, which the parties briefed only in part and which we need not reach. "
)


def main() -> int:
    options = arguments()
    texts = load(options.folder, options.characters)
    if not texts:
        print(f"no .txt files in {options.folder}", file=sys.stderr)
        return 1
    total = sum(map(len, texts))
    machine = f"Python {platform.python_version()}, {platform.machine()}, one process"
    print(f"{len(texts)} documents, {total:,} characters; {machine}\n")
    print("| row | characters | seconds | characters/s | parse is |")
    print("| --- | ---: | ---: | ---: | ---: |")
    ours = rate(texts, parser())
    show("vnadmin_nlp.parse", ours, ours)
    show("floor: 12 patterns, `re`", rate(texts, floor), ours)
    slow = within(texts, options.slow)
    for name, work, sample in peers(texts, slow, total):
        show(name, rate(sample, work), ours)
    print()
    growth(texts)
    start_up()
    memory(texts)
    return 0


def arguments() -> argparse.Namespace:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("folder", type=Path, nargs="?", default=Path(__file__).parents[1] / "corpus" / "samples")
    ap.add_argument("--characters", type=int, default=10**9)
    ap.add_argument("--slow", type=int, default=60_000)
    return ap.parse_args()


def load(folder: Path, limit: int) -> list[str]:
    return within((p.read_text(encoding="utf-8") for p in sorted(folder.glob("*.txt"))), limit)


def within(texts: Iterable[str], limit: int) -> list[str]:
    """The first documents of `texts` that together reach `limit` characters."""
    out: list[str] = []
    size = 0
    for text in texts:
        if size >= limit:
            break
        out.append(text)
        size += len(text)
    return out


def rate(texts: list[str], work: Callable[[str], object]) -> tuple[int, float]:
    work(texts[0])  # tables and models load outside the measurement
    start = time.perf_counter()
    for text in texts:
        work(text)
    return sum(map(len, texts)), time.perf_counter() - start


def show(name: str, row: tuple[int, float], ours: tuple[int, float]) -> None:
    speed, base = row[0] / row[1], ours[0] / ours[1]
    print(f"| {name} | {row[0]:,} | {row[1]:.2f} | {speed:,.0f} | {base / speed:.2f} x |", flush=True)


def parser() -> Callable[[str], Any]:
    from vnadmin_nlp import parse

    return parse


def floor(text: str) -> int:
    return sum(1 for pattern in FLOOR for _ in pattern.finditer(text))


def peers(texts: list[str], slow: list[str], total: int) -> Iterable[tuple[str, Callable[[str], object], list[str]]]:
    try:
        from underthesea import ner, word_tokenize
    except ImportError:
        print("| underthesea | not installed | | | |")
    else:
        yield "underthesea word_tokenize, a line a call", by_line(word_tokenize), slow
        yield "underthesea ner, a line a call", by_line(ner), slow
    try:
        from eyecite import get_citations
    except ImportError:
        print("| eyecite | not installed: pip install -e '.[bench]' | | | |")
    else:
        sample = english(texts, min(total, 2_000_000))
        yield "eyecite get_citations (default tokenizer), English text", get_citations, sample


def by_line(work: Callable[[str], object]) -> Callable[[str], object]:
    def run(text: str) -> None:
        for line in text.splitlines():
            if line.strip():
                work(line)

    return run


def english(texts: list[str], total: int) -> list[str]:
    """English legal prose with citations, in documents as long as `texts`, up to `total` characters."""
    out, seed, size = [], 0, 0
    for text in texts:
        parts: list[str] = []
        length = 0
        while length < len(text):
            seed += 1
            parts.append(ENGLISH.format(a=100 + seed % 800, b=1 + seed % 997, c=1 + seed % 89))
            length += len(parts[-1])
        out.append("".join(parts)[: len(text)])
        size += len(text)
        if size >= total:
            break
    return out


def growth(texts: list[str]) -> None:
    parse = parser()
    head, body, foot = typical(texts)
    parse(head + body + foot)
    once = min(timed(parse, head + body + foot) for _ in range(5))
    many = timed(parse, head + body * 100 + foot)
    times = many / once
    print(f"Growth: a body of {len(body):,} characters takes {once * 1000:.1f} ms; 100 times, {times:.0f} times that.")


def typical(texts: list[str]) -> tuple[str, str, str]:
    """Head, body and foot of the document with the longest body among nine of middle length."""
    middle = len(texts) // 2
    around = sorted(texts, key=len)[max(0, middle - 4) : middle + 5]
    return max(map(parts, around), key=lambda split: len(split[1]))


def parts(text: str) -> tuple[str, str, str]:
    """What stands before, in and after the body of a document, as `parse` labels it."""
    sections = [s.span for s in parser()(text).sections if s.label == "body"]
    if not sections:
        return "", text + "\n", ""
    start, end = sections[0].start, sections[-1].end
    return text[:start], text[start:end] + "\n", text[end:]


def timed(work: Callable[[str], object], text: str) -> float:
    start = time.perf_counter()
    work(text)
    return time.perf_counter() - start


START_UP = """
import sys, time
start = time.perf_counter()
import vnadmin_nlp
print(time.perf_counter() - start, "spacy" in sys.modules, "underthesea" in sys.modules)
"""


def start_up() -> None:
    command = [sys.executable, "-c", START_UP]
    runs = [subprocess.run(command, capture_output=True, text=True, check=True).stdout.split() for _ in range(5)]
    best = min(float(run[0]) for run in runs)
    print(f"Import: {best:.2f} s; loads spacy: {runs[0][1]}; loads underthesea: {runs[0][2]}.")


def memory(texts: list[str]) -> None:
    parse = parser()
    head, body, foot = typical(texts)
    text = head + body * (1_000_000 // len(body) + 1) + foot
    parse(text[:10_000])
    tracemalloc.start()
    parse(text)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    print(f"Memory: one text of {len(text):,} characters, all body, peaks at {peak / len(text):.0f} bytes a character.")


if __name__ == "__main__":
    sys.exit(main())
