"""A draft as a page: head, subject, body, foot and appendix in the look that is drawn, and what stands around them."""

from __future__ import annotations

import random
from collections.abc import Iterable

from .bodies import Body
from .draft import Block, Draft, Paragraph
from .feet import Foot, print_foot
from .furniture import Furniture
from .heads import Head, print_head
from .looks import Look, look_of
from .page import Page, Run, Sheet

_SECTIONS = {"head": "header"}  # other blocks are called as their sections


def lay_out(draft: Draft, rng: random.Random, *, copy: str = "", scan: bool = False, family: str = "") -> Sheet:
    """The text of a document; the pieces of the draft learn where they stand in it.

    `copy`: what it is of another document (`true_copy` gets the block of the office that copied it); `scan`: it looks
    like a page that was recognised from a picture; `family`: it looks like this one of `looks.yaml`.
    """
    look = look_of(rng, scan=scan, family=family)
    return Layout(draft, look, rng).write(copy)


class Layout:
    """Writes one draft."""

    def __init__(self, draft: Draft, look: Look, rng: random.Random) -> None:
        self.draft, self.look, self.rng = draft, look, rng
        self.page = Page()
        self.furniture = Furniture(draft, rng)
        self.body = Body(self.page, look, rng, self.furniture)

    def write(self, copy: str) -> Sheet:
        draft, look, page = self.draft, self.look, self.page
        self._above()
        self._head()
        foot = False
        for block in draft.blocks:
            if block.name == "head":
                continue
            if block.name in ("recipients", "signature"):
                if not foot:
                    self._foot()
                foot = True
                continue
            self._block(block)
            titled = block.name == "subject" and block.paragraphs[-1].style != "about"
            if titled and look.rule == "dashes" and self.rng.random() < 0.4:
                page.text("-" * (7 + int(self.rng.random() * 22)), "subject")
            if block.name in ("subject", "addressees") and (look.gap != "none" or self.rng.random() < 0.6):
                page.blank()
        for number, note in enumerate(self.body.notes, 1):
            page.text(f"[{number}] *{note}*" if look.bold == "stars" else f"[{number}] {note}", "appendix")
        if copy == "true_copy":
            page.blank()
            page.text("\n".join(self.furniture.rows("copy")), "noise")
        self._below()
        sheet = page.finish()
        sheet.look = look.name
        return sheet

    def _above(self) -> None:
        look, page, made = self.look, self.page, self.furniture
        if look.digital in ("top", "reader"):
            page.text("\n".join(made.rows("reader" if look.digital == "reader" else "digital")), "noise")
            page.blank()
        if look.name in ("scan", "pdf") and self.rng.random() < 0.06:
            page.text(made.line("incoming"), "noise")
        if look.above != "none":
            self._lines(made.above(look.above))
            page.blank()

    def _below(self) -> None:
        if self.look.below != "none":
            self.page.blank()
            self._lines(self.furniture.some(self.look.below, 1, 3))
        if self.look.pages == "scanner":
            self.page.text(self.furniture.line("scanner"), "noise")

    def _lines(self, rows: Iterable[str]) -> None:
        """Lines of a site."""
        plain = self.look.bold == "none"
        for row in rows:
            self.page.text(row.replace("**", "").lstrip("# ") if plain else row, "noise")
            if self.look.gap == "paragraph":
                self.page.blank()

    def _head(self) -> None:
        head = Head()
        for block in self.draft.blocks:
            label = _SECTIONS.get(block.name, block.name)
            for paragraph in block.paragraphs:
                if block.name == "head" or paragraph.style == "about":
                    head.cell(paragraph.style).append(Run(paragraph.parts, label))
        print_head(self.page, head, self.look, self.rng)
        if self.look.head not in ("left_first", "right_first") and self.rng.random() < 0.7:
            self.page.blank()

    def _foot(self) -> None:
        foot = Foot()
        places = {
            "recipients_label": foot.label, "recipient": foot.to, "archive": foot.to, "signed": foot.signs,
            "signer": foot.names,
        }  # fmt: skip
        for block in self.draft.blocks:
            if block.name in ("recipients", "signature"):
                for paragraph in block.paragraphs:
                    places.get(paragraph.style, foot.posts).append(Run(paragraph.parts, block.name))
        if self.rng.random() < 0.5:
            self.page.blank()
        print_foot(self.page, foot, self.look, self.rng, self.furniture)

    def _block(self, block: Block) -> None:
        label = _SECTIONS.get(block.name, block.name)
        rows: list[Run] = []
        for paragraph in [*block.paragraphs, Paragraph("p", [])]:
            if paragraph.style in ("row_head", "row"):
                rows.append(Run(paragraph.parts, label))
                continue
            if rows:
                self.body.table(rows)
                rows = []
            if paragraph.style != "about" and paragraph.parts:
                self.body.paragraph(Run(paragraph.parts, label), paragraph.style)
