"""The documents of corpus/samples: every annotation fits its text, and together they hold what they are there for."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from perfect import perfect

import vnadmin_nlp as vn
from vnadmin_nlp.evaluate import Gold, load_all, measure, problems

FOLDER = Path(__file__).resolve().parents[1] / "corpus" / "samples"
SAMPLES = load_all(FOLDER)


@pytest.mark.parametrize("gold", SAMPLES, ids=lambda gold: gold.id)
def test_the_annotation_fits_its_text(gold: Gold) -> None:
    assert problems(gold) == []
    assert gold.data.id == gold.id
    assert measure([gold], lambda _: perfect(gold)).errors == []


def test_every_text_has_its_annotation() -> None:
    assert {p.stem for p in FOLDER.glob("*.txt")} == {gold.id for gold in SAMPLES}


def test_types_eras_and_shapes_are_covered() -> None:
    types = {gold.data.doc_type for gold in SAMPLES}
    assert {
        "cong_van", "cong_dien", "chi_thi", "quyet_dinh", "thong_bao", "ke_hoach", "to_trinh", "bao_cao", "huong_dan",
        "giay_moi", "nghi_quyet", "ket_luan", "bien_ban",
    } <= types  # fmt: skip
    years = {gold.data.header.date[:4] for gold in SAMPLES if gold.data.header.date}
    assert {"2008", "2014", "2019", "2022", "2025", "2026"} <= years
    assert any(gold.text != unicodedata.normalize("NFC", gold.text) for gold in SAMPLES)
    labels = {label for gold in SAMPLES for names in gold.labels.values() for label in names}
    assert labels == set(vn.SectionLabel)
    assert {d.kind for gold in SAMPLES for d in gold.data.deadlines} == set(vn.DeadlineKind)
    assert {a.kind for gold in SAMPLES for a in gold.data.actors} == set(vn.ActorKind)
    assert {o.modality for gold in SAMPLES for o in gold.data.obligations} == set(vn.Modality)
    assert {o.force for gold in SAMPLES for o in gold.data.obligations} == set(vn.Force)


def test_every_mention_of_a_parse_quotes_its_text() -> None:
    figures = measure(SAMPLES).figures
    assert figures["text.kept"].score == 1.0
    assert figures["grounding"].score == 1.0
