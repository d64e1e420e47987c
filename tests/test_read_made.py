"""Files of every format with a known structure: each field is found in each of them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from truth import check, made

import vnadmin_nlp as vn

LETTERS = Path(__file__).parent / "files" / "letters"
FORMATS = ("docx", "pdf", "html", "doc", "odt", "rtf")
TRUTHS: dict[str, dict[str, Any]] = json.loads((LETTERS / "truth.json").read_text(encoding="utf-8"))
# What LibreOffice loses as it writes these formats from .docx: the word `Điều` of automatic numbers in lists of HTML
# and RTF, text boxes of RTF, the marks of what was deleted in HTML
LOST = {
    ("decision.html", "directives"), ("decision.rtf", "directives"), ("letter.rtf", "text boxes"),
    ("cv04_mixed.html", "directives"),
}  # fmt: skip
THROUGH_OFFICE = ("doc", "odt", "rtf")


def missed(path: Path, truth: dict[str, Any]) -> list[str]:
    """The fields of `truth` that a reading of `path` does not find; skips what needs LibreOffice where it is absent."""
    if path.suffix[1:] in THROUGH_OFFICE and not (shutil.which("soffice") or shutil.which("libreoffice")):
        return []
    source = vn.read_text(path)
    found = check(source, vn.parse(source), truth).items()
    return [
        f"{path.name}: {field} {right} of {of}"
        for field, (right, of) in found
        if right < of and (path.name, field) not in LOST
    ]


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("name", TRUTHS)
def test_every_field_of_our_letters(name: str, kind: str) -> None:
    assert missed(LETTERS / f"{name}.{kind}", TRUTHS[name]) == []


def test_every_field_of_the_made_files(shared_dir: Path) -> None:
    folder = shared_dir / "corpus" / "files" / "made"
    assert [line for _, _, path, truth in made(folder) for line in missed(path, truth)] == []
