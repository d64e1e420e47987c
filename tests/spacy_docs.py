"""Pipelines and Docs that the tests of the spaCy side share."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc

import vnadmin_nlp as vn
from vnadmin_nlp.export.spacy_findings import findings

ROOT = Path(__file__).parents[1]
TEXTS = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "corpus" / "samples").glob("*.txt"))]


def blank(name: str) -> Language:
    return spacy.blank(name, config={"nlp": {"tokenizer": {"use_pyvi": False}}} if name == "vi" else {})


def guest(name: str = "xx", **config: Any) -> Language:
    nlp = blank(name)
    nlp.add_pipe("vnadmin_nlp", config=config)
    return nlp


def all_of(doc: Doc) -> dict[str, Any]:
    """What stands on a Doc, as it compares and as JSON has it (a DocBin makes tuples of lists)."""
    spans = {
        key: [(span.start, span.end, span.label_, span.id_) for span in group] + [group.attrs]
        for key, group in doc.spans.items()
    }
    ents = [(ent.start, ent.end, ent.label_, ent.id_) for ent in doc.ents]
    tokens = [(token.text, token.whitespace_) for token in doc]
    data = [doc.text, tokens, spans, ents, doc._.vnadmin, doc._.vnadmin_unaligned]
    return json.loads(json.dumps(data))  # type: ignore[no-any-return]


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    words = text[start:end]
    return start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())


def pieces(text: str, dispatch: vn.Dispatch) -> list[tuple[str, str, str, int, int]]:
    """Group, label, id, start and end of every piece of every finding."""
    return [
        (one.group, one.label, one.id, *trimmed(text, span.start, span.end))
        for one in findings(dispatch)
        for span in one.spans
        if text[span.start : span.end].strip()
    ]


def spans_on(doc: Doc) -> list[tuple[str, str, str, int, int]]:
    return [
        (key, span.label_, span.id_, span.start_char, span.end_char)
        for key, group in doc.spans.items()
        for span in group
    ]
