"""Fields: of `PAGE` or `HYPERLINK "…"` only what they print is read, never the instruction."""

from __future__ import annotations

import re

from vnadmin_nlp.read.docx.names import Element, child_of, is_on, w

_PAGE_NUMBER = re.compile(r"\s*(?:PAGE|NUMPAGES|SECTIONPAGES|SECTION)\b", re.IGNORECASE)


class Fields:
    """Where in the fields of a story the walk stands. In `running` heads and feet, page numbers are not printed."""

    def __init__(self, running: bool) -> None:
        self.running = running
        self.printing = True
        self._open: list[bool] = []  # for each open field, whether its result is being printed
        self._instruction = ""

    def prints(self, instruction: str) -> bool:
        """Whether the result of a field with `instruction` is printed."""
        return not (self.running and _PAGE_NUMBER.match(instruction))

    def instruct(self, text: str) -> None:
        """A part of the instruction of the field just begun."""
        if len(self._instruction) < 100:
            self._instruction += text

    def char(self, element: Element) -> str | None:
        """A mark of a field: what it prints by itself; None where a page number is left out."""
        kind = element.get(w("fldCharType"))
        box = ""
        if kind == "begin":
            box = _check_box(element) if self.printing else ""
            self._open.append(bool(box))
            self._instruction = ""
        elif kind == "separate" and self._open:
            self._open[-1] = self.prints(self._instruction)
        elif kind == "end" and self._open:
            self._open.pop()
        self.printing = all(self._open)
        return None if kind == "end" and not self.prints(self._instruction) else box

    def end_of_paragraph(self) -> None:
        """Close fields whose instruction has not ended: no text is lost for a mark that is missing."""
        if not self.printing:
            self._open.clear()
            self.printing = True


def _check_box(begin: Element) -> str:
    """The check box a field of a form prints."""
    box = child_of(child_of(begin, w("ffData")), w("checkBox"))
    if box is None:
        return ""
    state = child_of(box, w("checked"))
    state = state if state is not None else child_of(box, w("default"))
    return "☒" if state is not None and is_on(state) else "☐"
