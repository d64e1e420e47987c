"""What of the true structure of a made file (`truth.json`) a reading found. Run it for a table format by field:

python tests/truth.py ../shared/corpus/files/made
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import vnadmin_nlp as vn

FORMATS = ("docx", "odt", "doc", "rtf", "html", "pdf", "fallbackfont.pdf")
_LABEL_END = ".)/ "


def fold(words: str | None) -> str:
    """`words` in lower case, white space single, without closing punctuation."""
    return " ".join((words or "").lower().split()).strip(" ;.,:/")


def check(source: vn.SourceText, dispatch: vn.Dispatch, truth: dict[str, Any]) -> dict[str, tuple[int, int]]:
    """For each field of `truth` how many of its values were found, and how many there are."""
    found: dict[str, list[bool]] = {}
    for field, right in _checks(source, dispatch, truth):
        found.setdefault(field, []).append(right)
    return {field: (sum(values), len(values)) for field, values in found.items()}


def _checks(source: vn.SourceText, dispatch: vn.Dispatch, truth: dict[str, Any]) -> Iterator[tuple[str, bool]]:
    header = dispatch.header
    yield "issuer", fold(header.issuer and header.issuer.text) == fold(truth["issuer"])
    yield "parent", fold(header.parent_agency and header.parent_agency.text) == fold(truth["issuer_parent"])
    yield "number", (header.number and header.number.text) == truth["number"]
    yield "place", fold(header.place and header.place.text) == fold(truth["place"])
    yield "date", (header.date and header.date.value.isoformat()) == truth["date"]
    yield "subject", _subject(dispatch.subject and dispatch.subject.text) == _subject(truth["subject"])
    for one in truth["addressees"]:
        yield "addressees", any(fold(a.text) == fold(one) for a in dispatch.addressees)
    yield "addressees", len(dispatch.addressees) == len(truth["addressees"])
    yield "opening", fold(truth["opening"]) in _words(dispatch, vn.SectionLabel.PREAMBLE)
    yield "closing", fold(truth["closing"]) in _words(dispatch, vn.SectionLabel.BODY)
    yield from _directives(dispatch, truth)
    *recipients, archive = truth["recipients"]
    for one in recipients:
        yield "recipients", any(fold(r.text) == fold(one) for r in dispatch.recipients)
    yield "recipients", len(dispatch.recipients) == len(recipients)
    yield "archive", fold(dispatch.archive and dispatch.archive.text) == fold(archive.removeprefix("Lưu:"))
    yield from _signature(dispatch, truth["signature"])
    for note in truth["footnotes"]:
        yield "footnotes", fold(note["text"]) in fold(dispatch.text)
        yield "footnotes", all(fold(note["text"]) not in fold(d.text) for d in dispatch.walk())
        yield (
            "footnotes",
            any(
                block.anchor is not None and fold(note["text"]) in fold(source.text[block.start : block.end])
                for block in source.blocks
            ),
        )
    for words in truth["textboxes"]:
        yield "text boxes", words in dispatch.text
    if truth.get("appendix"):
        table = next((t for t in source.tables() if len(t) >= len(truth["appendix"]["table"])), [])
        for row in truth["appendix"]["table"]:
            yield "appendix rows", row in table
        yield "appendix", fold(truth["appendix"]["title"]) in _words(dispatch, vn.SectionLabel.APPENDIX)
    if source.format is vn.Format.DOCX:  # LibreOffice prints what was deleted in its other formats
        for change in truth.get("tracked_changes", ()):
            yield "changes", change["inserted"] in dispatch.text and change["deleted"] not in dispatch.text


def _directives(dispatch: vn.Dispatch, truth: dict[str, Any]) -> Iterator[tuple[str, bool]]:
    """Numbered items in order with their own words; dashes are lines of the item they stand in."""
    items = list(dispatch.walk())
    lines = {fold(line) for line in dispatch.text.split("\n")}
    numbered = [one for one in truth["directives"] if one["label"] != "-"]
    for i, one in enumerate(numbered):
        item = items[i] if i < len(items) else None
        label = one["label"].strip(_LABEL_END)
        words = fold(item.text.removeprefix(label).lstrip(_LABEL_END)) if item else ""
        right = item is not None and item.label == label and item.path.count("/") == one["level"]
        yield "directives", right and words.startswith(fold(one["text"]))
    for one in truth["directives"]:
        if one["label"] == "-":
            yield "directives", fold(f"- {one['text']}") in lines
    yield "directives", len(items) == len(numbered)


def _signature(dispatch: vn.Dispatch, truth: dict[str, Any]) -> Iterator[tuple[str, bool]]:
    one = dispatch.signatures[0] if dispatch.signatures else vn.Signature()
    mark = (truth["acting"] or truth["authority"] or "").split(".")[0] or None
    yield "signature", len(dispatch.signatures) == 1
    yield "signature", one.authority == mark
    yield "signature", fold(one.position and one.position.text) == fold(truth["title"])
    yield "signature", fold(one.name and one.name.text) == fold(truth["name"])


def _subject(words: str | None) -> str:
    return re.sub(r"^(?:v/v|về việc)\s*:?\s*", "", fold(words))


def _words(dispatch: vn.Dispatch, label: vn.SectionLabel) -> str:
    """The words of all sections of `label`, noise between them left out."""
    return fold(" ".join(dispatch.text[s.span.start : s.span.end] for s in dispatch.sections if s.label is label))


def made(folder: Path) -> Iterator[tuple[str, str, Path, dict[str, Any]]]:
    """Stem, format, path and truth of every made file of the formats above."""
    truths = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
    for stem, truth in truths.items():
        for kind in FORMATS:
            if (path := folder / f"{stem}.{kind}").exists():
                yield stem, kind, path, truth


def main(folder: Path) -> None:
    totals: dict[str, dict[str, list[int]]] = {}
    for stem, kind, path, truth in made(folder):
        source = vn.read_text(path)
        for field, (right, of) in check(source, vn.parse(source), truth).items():
            cell = totals.setdefault(field, {}).setdefault(kind, [0, 0])
            cell[0] += right
            cell[1] += of
            if right < of:
                print(f"{stem}.{kind}: {field} {right} of {of}")
    print("field".ljust(14), *(kind.rjust(17) for kind in FORMATS))
    for field, row in totals.items():
        print(field.ljust(14), *("{}/{}".format(*row.get(kind, (0, 0))).rjust(17) for kind in FORMATS))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
