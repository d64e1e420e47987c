"""Folds: no issuer, signer or template on both sides, the same folds every time, of about the same size."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from vnadmin_nlp.errors import ModelError
from vnadmin_nlp.evaluate import Gold, load_all
from vnadmin_nlp.evaluate.annotation import Annotation
from vnadmin_nlp.train.folds import families_of, make_folds

SAMPLES = Path(__file__).resolve().parents[1] / "corpus" / "samples"


def letter(name: str, issuer: str | None, *, parent: str | None = None, signer: str | None = None, words: str) -> Gold:
    """A document of which only head, signer and words matter here."""
    return Gold(name, words, Annotation.model_validate({
        "id": name, "doc_type": "cong_van", "header": {"issuer": issuer, "parent_agency": parent}, "subject": None,
        "sections": [], "addressees": [], "recipients": [], "archive": None,
        "signature": {"name": signer} if signer else [],
        "directives": [], "references": [], "deadlines": [], "actors": [], "obligations": [],
    }))  # fmt: skip


def words(start: int, count: int = 200) -> str:
    return " ".join(f"tu{number}" for number in range(start, start + count))


def ids(groups: list[list[Gold]]) -> list[list[str]]:
    return [[gold.id for gold in group] for group in groups]


def test_an_issuer_is_one_family_however_a_scan_prints_it() -> None:
    golds = [
        letter("a", "SỞ Y TẾ", parent="UBND TỈNH HÀ NAM", words=words(0)),
        letter("b", "SO Y TE", parent="UBND TINH HA NAM", words=words(1000)),
        letter("c", "SỞ Y TẾ", parent="UBND TỈNH LÀO CAI", words=words(2000)),
    ]
    assert ids(families_of(golds)) == [["a", "b"], ["c"]]


def test_a_signer_or_a_template_joins_documents_whose_heads_differ() -> None:
    form = words(0)
    golds = [
        letter("a", "UBND XÃ MỘT", signer="Lê Thị Bình", words=words(1000)),
        letter("b", None, signer="LÊ THỊ BÌNH", words=words(2000)),
        letter("c", "UBND XÃ HAI", words=form + " xa hai"),
        letter("d", "UBND XÃ BA", words="ubnd xa ba " + form),
        letter("e", None, words=words(4000)),
        letter("f", None, words=words(5000)),
    ]
    assert ids(families_of(golds)) == [["a", "b"], ["c", "d"], ["e"], ["f"]]


def test_families_stand_on_one_side_and_every_document_is_tested_once() -> None:
    golds = [letter(f"{office}-{n}", f"SỞ {office}", words=words(10000 * office + 1000 * n)) for office in range(8)
             for n in range(office + 1)]  # fmt: skip
    folds = make_folds(golds, 4, seed=3)
    assert folds.by == "issuer"
    tested = []
    for split in folds.splits():
        assert not {g.data.header.issuer for g in split.train} & {g.data.header.issuer for g in split.test}
        assert len(split.train) + len(split.test) == len(golds)
        tested += [gold.id for gold in split.test]
    assert sorted(tested) == sorted(gold.id for gold in golds)


def test_parts_are_of_about_the_same_size() -> None:
    golds = [letter(f"{n:02}", f"SỞ {n}", words=words(1000 * n, 50 + 10 * n)) for n in range(30)]
    sizes = sorted(sum(len(gold.text) for gold in part) for part in make_folds(golds, 5, seed=1).parts)
    assert sizes[-1] < 1.3 * sizes[0]


def test_folds_follow_from_documents_and_seed_not_from_their_order() -> None:
    golds = load_all(SAMPLES)
    runs = [
        [[gold.id for gold in part] for part in make_folds(order, 4, seed=seed).parts]
        for seed in (7, 8)
        for order in (golds, golds[::-1])
    ]
    assert runs[0] == runs[1]
    assert runs[2] == runs[3]
    assert any(a != b for a, b in pairwise(runs))


def test_one_office_is_parted_by_document() -> None:
    golds = [letter(f"{n}", "SỞ Y TẾ", words=words(1000 * n)) for n in range(6)]
    assert make_folds(golds, 3).by == "document"
    assert {len(part) for part in make_folds(golds, 3).parts} == {2}
    with pytest.raises(ModelError, match="annotate more documents"):
        make_folds(golds, 3, by="issuer")


def test_fewer_groups_than_folds_are_fewer_folds() -> None:
    golds = [letter("a", "SỞ A", words=words(0)), letter("b", "SỞ B", words=words(1000))]
    assert len(make_folds(golds, 10).parts) == 2


def test_line_ends_make_no_difference() -> None:
    golds = load_all(SAMPLES)
    others = [Gold(gold.id, gold.text.replace("\n", "\r\n"), gold.data) for gold in golds]
    for seed in range(3):
        assert ids(make_folds(golds, 5, seed=seed).parts) == ids(make_folds(others, 5, seed=seed).parts)
