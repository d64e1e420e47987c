"""What `import vnadmin_nlp` promises."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

import vnadmin_nlp as vn

PUBLIC = {
    "Actor", "ActorKind", "Addressee", "Antecedent", "Archive", "Authority", "BatchError", "Block", "BlockKind",
    "Box", "DateMention", "Deadline", "DeadlineKind", "Diagnostic", "DigitalSignature", "Directive", "Dispatch",
    "DocumentNumber", "DocumentType", "EmbeddedSignature", "Failure", "Finding", "Force", "Format", "Frozen",
    "Header", "Image", "InputError", "Limits", "Link", "Links", "Marking", "MarkingLevel", "Mention",
    "MissingExtraError", "MissingPackageError", "Modality", "ModelError", "OUTPUT_SCHEMA", "Obligation", "OcrEngine",
    "Options", "Page", "Pinpoint", "Place", "Progress", "ReadError", "ReadOptions", "Recipient", "RecognisedWord",
    "Reference", "Relation", "Role", "RunError", "RunReport", "Section", "SectionLabel", "Severity", "Signature",
    "SourceText", "Span", "TextLayer", "VnadminError", "Word", "WorkerError", "from_table", "last_day", "link",
    "link_run", "link_tables", "load", "near_duplicates", "parse", "pipe", "process_batch", "read", "read_text",
    "read_texts", "run", "successor", "to_arrow", "to_pandas", "to_polars",
}  # fmt: skip
FIELDS = [
    "text", "document_type", "header", "subject", "sections", "addressees", "directives", "recipients", "archive",
    "signatures", "references", "deadlines", "actors", "obligations", "diagnostics",
]  # fmt: skip


def test_public_names() -> None:
    assert set(vn.__all__) == PUBLIC
    assert all(hasattr(vn, name) for name in PUBLIC)


def test_lazy_names_are_public() -> None:
    assert set(vn._LAZY) <= PUBLIC
    with pytest.raises(AttributeError, match="has no attribute 'prase'"):
        vn.prase  # noqa: B018


def test_fields_of_a_dispatch() -> None:
    assert list(vn.Dispatch.model_fields) == FIELDS


def test_results_are_frozen_and_closed() -> None:
    dispatch = vn.parse("Số: 1/UBND")
    with pytest.raises(ValueError, match="frozen"):
        dispatch.text = "khác"  # type: ignore[misc]
    with pytest.raises(ValueError, match="Extra inputs"):
        vn.Span(start=0, end=1, length=1)  # type: ignore[call-arg]


def test_import_loads_neither_spacy_nor_underthesea_and_parse_neither() -> None:
    code = (
        "import sys, json, vnadmin_nlp;"
        "heavy = ('spacy', 'underthesea', 'holidays', 'typer', 'pyarrow', 'multiprocessing', 'sqlite3');"
        "before = [m for m in heavy if m in sys.modules];"
        "vnadmin_nlp.parse('Số: 1/UBND\\nGiao Sở Y tế báo cáo trước ngày 1/2/2024.');"
        "print(json.dumps([before, [m for m in ('spacy', 'underthesea') if m in sys.modules]]))"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert json.loads(out.stdout) == [[], []]


@pytest.mark.parametrize("seed", ["0", "1", "77"])
def test_results_do_not_depend_on_the_hash_seed_or_locale(seed: str) -> None:
    code = (
        "import pathlib, hashlib, vnadmin_nlp\n"
        "files = sorted(pathlib.Path('corpus/samples').glob('*.txt'))[:6]\n"
        "dumps = [vnadmin_nlp.parse(f.read_text(encoding='utf-8')).model_dump_json() for f in files]\n"
        "print(hashlib.sha256(''.join(dumps).encode()).hexdigest())"
    )
    seen = {
        subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True, text=True, check=True, cwd=Path(__file__).parents[1],
            env={"PYTHONHASHSEED": value, "LC_ALL": locale, "PATH": ""},
        ).stdout
        for value, locale in ((seed, "C"), ("3", "C.UTF-8"))
    }  # fmt: skip
    assert len(seen) == 1
