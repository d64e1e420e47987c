"""Golden documents: one shape or trap each; `expected.json` holds the parts of the Dispatch the case is about.

Comparison is by subset: of an object the named fields, of a list every entry in order, of a mention its words. `paths`
is the list of the paths of all directives, `parts` that of [label, first words] of the sections.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import vnadmin_nlp as vn

FOLDER = Path(__file__).parent / "golden"
CASES = sorted(p.name for p in FOLDER.iterdir() if p.is_dir())


def view(dispatch: vn.Dispatch) -> dict[str, Any]:
    def words(span: vn.Span) -> str:
        return " ".join(dispatch.text[span.start : span.end].split())

    return {
        **dispatch.model_dump(mode="json"),
        "paths": [item.path for item in dispatch.walk()],
        "parts": [[section.label, words(section.span)] for section in dispatch.sections],
    }


def differences(expected: Any, got: Any, place: str) -> list[str]:
    if isinstance(expected, dict) and isinstance(got, dict):
        return [d for key, value in expected.items() for d in differences(value, got.get(key), f"{place}.{key}")]
    if isinstance(expected, list) and isinstance(got, list):
        if len(expected) != len(got):
            entries = [one.get("text", one) if isinstance(one, dict) else one for one in got]
            return [f"{place}: {len(expected)} entries expected, got {len(got)}: {entries}"]
        pairs = enumerate(zip(expected, got, strict=True))
        return [d for i, (a, b) in pairs for d in differences(a, b, f"{place}[{i}]")]
    if isinstance(expected, str) and isinstance(got, dict):
        got = got.get("text")
    if isinstance(expected, str) and isinstance(got, str) and expected.endswith("…"):
        got = got[: len(expected) - 1] + "…"
    return [] if expected == got else [f"{place}: expected {expected!r}, got {got!r}"]


@pytest.mark.parametrize("case", CASES)
def test_golden(case: str) -> None:
    with (FOLDER / case / "source.txt").open(encoding="utf-8", newline="") as file:
        dispatch = vn.parse(file.read())
    expected = json.loads((FOLDER / case / "expected.json").read_text(encoding="utf-8"))
    assert (found := differences(expected, view(dispatch), case)) == [], "\n".join(found)


def test_differences_are_found() -> None:
    got = {"a": {"text": "Sở Y tế", "spans": []}, "b": [1, 2]}
    assert differences({"a": "Sở Y tế"}, got, "x") == []
    assert differences({"a": "Sở…", "b": [1, 2]}, got, "x") == []
    assert differences({"a": "Sở", "b": [1], "c": 1}, got, "x") == [
        "x.a: expected 'Sở', got 'Sở Y tế'",
        "x.b: 1 entries expected, got 2: [1, 2]",
        "x.c: expected 1, got None",
    ]
