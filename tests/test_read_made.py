"""Files of every format with a known structure: each field is found in each of them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from truth import check, made

import vnadmin_nlp as vn

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")


def test_every_field_in_every_format(shared_dir: Path) -> None:
    missed = []
    for stem, kind, path, truth in made(shared_dir / "corpus" / "files" / "made"):
        if kind in ("doc", "odt") and not OFFICE:
            continue
        source = vn.read_text(path)
        for field, (right, of) in check(source, vn.parse(source), truth).items():
            if right < of:
                missed.append(f"{stem}.{kind}: {field} {right} of {of}")
    assert missed == []
