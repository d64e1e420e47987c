"""What stands between head and foot: paragraphs, headings, lists and tables, on lines as the look breaks them."""

from __future__ import annotations

import random
from collections.abc import Sequence

from .draft import Field, Limit, Range, Style
from .furniture import Furniture
from .looks import Look
from .marks import Inserts, marked
from .page import Line, Page, Run, Slice, broken

BOLD = frozenset({"type", "title", "decides", "maker", "h1", "appendix_title"})
CENTRED = frozenset({"type", "title", "decides", "maker", "appendix_title", "appendix_note"})
LISTED = frozenset({"to_item", "recipient", "archive", "dash"})
LABELLED = frozenset({"article", "item", "point", "h1", "h2"})
_BULLETS = {"en": "–", "plus": "+"}


class Body:
    """Writes paragraphs on a page; between their lines page numbers and running heads, every so many lines."""

    def __init__(self, page: Page, look: Look, rng: random.Random, furniture: Furniture) -> None:
        self.page, self.look, self.rng, self.furniture = page, look, rng, furniture
        self.number = 1
        self.left = 0  # lines until the page ends
        self.notes: list[str] = []
        self.bold_items = rng.random() < 0.5
        self._running = furniture.line("running") if look.pages == "running" else ""
        if look.pages != "none":
            self.left = 24 + int(rng.random() * 18)

    def paragraph(self, run: Run, style: Style) -> None:
        """One paragraph as lines."""
        look, rng = self.look, self.rng
        centred = style in CENTRED and look.title == "centre"
        wide = min(look.wrap, 66) if centred and look.wrap else look.wrap
        indent = "" if centred or style in CENTRED else " " * look.indent
        if style in ("type", "title") and look.capitals:
            run.upper()
        first = wide - len(indent) if wide else None
        rest = first if look.indented == "all" else wide
        spots = broken(run, rest or 0, first=first)
        lines = self._marked(run, style, spots)
        whole: list[Range] | None = None
        for at, line in enumerate(lines):
            pad = indent if at == 0 or look.indented == "all" else ""
            if centred:
                low, high = spots[at]
                pad = " " * max(0, (look.wrap - (high - low)) // 2)
            self.page.write([pad, *line] if pad else line, run.label)
            if self.left:
                self.left -= 1
                if not self.left:
                    cut = spots[at][1]
                    whole = run.whole() if whole is None else whole
                    if at + 1 < len(lines) and any(low < cut < high for low, high in whole):
                        self.left = 1  # a later line
                    else:
                        self._page_ends(at + 1 < len(lines))
        if look.gap in ("paragraph", "line") or (look.gap == "odd" and rng.random() < 0.3):
            self.page.blank()

    def _marked(self, run: Run, style: Style, spots: Sequence[Range]) -> list[Line]:
        """The lines with marks of markdown, bullets and footnotes."""
        inserts: Inserts = {}
        look, rng, text = self.look, self.rng, run.text
        stars = look.bold != "none"
        if style in BOLD and stars and look.heading == "hash" and len(spots) == 1:
            inserts[0] = {"type": "# ", "title": "## "}.get(style, "### ")
        elif (style in BOLD and stars) or (style == "h2" and stars and rng.random() < 0.6):
            self._pair(run, inserts, "**", 0, len(text))
        elif style == "basis" and stars and look.label != "plain":
            self._pair(run, inserts, "*", 0, len(text))
        elif style in LABELLED and stars and look.label != "plain":
            self._label(run, inserts, style)
        elif style == "to" and stars and (at := text.find(":")) > 0:
            self._pair(run, inserts, "**", 0, at + 1)
        elif stars and style in ("p", "item", "point") and rng.random() < 0.06:
            self._inside(run, inserts)
        if style in ("p", "item", "article") and look.footnotes and rng.random() < 0.12 and len(self.notes) < 4:
            self.notes.append(self.furniture.line("footnote"))
            inserts[len(text)] = inserts.get(len(text), "") + f"[{len(self.notes)}]"
        lines = [marked(run, low, high, inserts) for low, high in spots]
        mark = _BULLETS.get(look.bullet)
        if mark and style in LISTED and text.startswith("- ") and not inserts and not _covers(run, 0):
            lines[0] = [mark, (run, 1, spots[0][1])]
        return lines

    def _pair(self, run: Run, inserts: Inserts, mark: str, start: int, end: int) -> None:
        """Marks around characters of the run: bold over lines, sometimes with a space before the closing one."""
        space = " " if self.look.label == "bold_space" and self.rng.random() < 0.3 else ""
        inserts[start] = inserts.get(start, "") + mark
        inserts[end] = space + mark + inserts.get(end, "")

    def _label(self, run: Run, inserts: Inserts, style: Style) -> None:
        end = run.label_end()
        if not end:
            return
        if self.look.label == "escaped":
            if run.text[end - 1] in ".)" and style != "article":
                inserts[end - 1] = "\\"
            return
        if style not in ("article", "h1", "h2") and not self.bold_items:
            return
        if self.look.label == "bold_space" and end < len(run.text) and run.text[end] == " ":
            inserts[0], inserts[end + 1] = "**", "**"  # `**Điều 1. **Phê duyệt`
        else:
            self._pair(run, inserts, "**", 0, end)

    def _inside(self, run: Run, inserts: Inserts) -> None:
        """A time limit or a number of the paragraph in bold: `ngay **trong tháng 9/2022**`."""
        for start, end, piece in run.marks:
            if isinstance(piece, Limit) or (isinstance(piece, Field) and piece.role == "ref_number"):
                space = run.text.find(" ", start, end)
                self._pair(run, inserts, "**", start if space < 0 or self.rng.random() < 0.5 else space + 1, end)
                return

    def table(self, runs: list[Run]) -> None:
        """Rows of a table, whose cells are parted by tabs in the run."""
        look, page = self.look, self.page
        for at, run in enumerate(runs):
            cells = _cells(run)
            if look.table == "pipes":
                page.write(["| ", *_joined(cells, " | "), " |"], run.label)
                if at == 0:
                    page.write(["|" + " --- |" * len(cells)], run.label)
            elif look.table == "cells":
                page.write(["|"], run.label)
                for _, low, high in cells:
                    for start, end in broken(run, look.wrap, low, upto=high):
                        page.write([(run, start, end)])
                    page.write(["|"], run.label)
            elif look.table == "lines":
                for cell in cells:
                    page.write([cell])
            else:
                page.write(_joined(cells, "\t" if look.table == "tabs" else "    "), run.label)
        page.blank()

    def _page_ends(self, inside: bool) -> None:
        """A page number, running head or mark of the reader between two lines."""
        self.number += 1
        kind, page, n = self.look.pages, self.page, self.number
        self.left = 36 + int(self.rng.random() * 10)
        if kind == "feed":
            page.text(f"\f{n}", "noise")
        elif kind == "break":
            page.text("\n--- PAGE BREAK ---\n", "noise")
        elif kind == "running":
            page.text(f"{self._running}\n{n}", "noise")
        elif kind == "signature":
            page.text(" ".join(self.furniture.rows("digital")), "noise")
        elif kind == "scanner":
            page.text(self.furniture.line("scanner"), "noise")
        elif kind == "of":
            page.text(f"Trang {n}/{n + 1 + int(self.rng.random() * 6)}", "noise")
        else:
            text = f"- {n} -" if kind == "dashes" else str(n)
            pad = " " * (self.look.wrap // 2) if self.look.title == "centre" else ""
            around = not inside and self.rng.random() < 0.5
            page.text(f"\n{pad}{text}\n" if around else pad + text, "noise")


def _covers(run: Run, at: int) -> bool:
    return any(start <= at < end for start, end, _ in run.marks)


def _cells(run: Run) -> list[Slice]:
    out: list[Slice] = []
    start = 0
    for cell in run.text.split("\t"):
        out.append((run, start, start + len(cell)))
        start += len(cell) + 1
    return out


def _joined(cells: list[Slice], between: str) -> Line:
    line: Line = [cells[0]]
    for cell in cells[1:]:
        line += [between, cell]
    return line
