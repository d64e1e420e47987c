"""Every row of every knowledge table reads its own examples and none of its rejects, composed and decomposed."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from importlib.resources import files

import pytest
import yaml

from vnadmin_nlp.knowledge import document_types
from vnadmin_nlp.layout import marks
from vnadmin_nlp.outline import closing, labels

# one line a table: the function that says which rows of it are found in a text
READERS: dict[str, Callable[[str], set[str]]] = {
    "document_types": document_types.reads,
    "section_landmarks": marks.reads,
    "numbering": labels.reads,
    "closings": closing.reads,
}

TABLES = sorted(p.name.removesuffix(".yaml") for p in files("vnadmin_nlp.knowledge").joinpath("data").iterdir() if p.name.endswith(".yaml"))


def rows(table: str) -> list[dict]:
    return yaml.safe_load(files("vnadmin_nlp.knowledge").joinpath("data", f"{table}.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("table", TABLES)
def test_every_table_has_a_reader(table: str) -> None:
    assert table in READERS, f"add a reader of {table}.yaml to READERS"


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("table", TABLES)
def test_examples_and_rejects(table: str, form: str) -> None:
    read = READERS[table]
    wrong = []
    for row in rows(table):
        for text in row["examples"]:
            if row["id"] not in read(unicodedata.normalize(form, text)):
                wrong.append(f"{row['id']} does not read its example {text!r}")
        for text in row.get("rejects", []):
            if row["id"] in read(unicodedata.normalize(form, text)):
                wrong.append(f"{row['id']} reads its reject {text!r}")
    assert not wrong, "\n".join(wrong)
