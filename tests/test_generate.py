"""The generator of synthetic corpora: the same from the same seed, its truth true, its documents read as planned."""

from __future__ import annotations

import datetime as dt
import re
import sys
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from vnadmin_nlp import parse

sys.path.insert(0, str(Path(__file__).parents[1] / "corpus"))

from generate.compose import compose
from generate.plan import Corpus
from generate.registers import TYPES, unpack
from generate.world import PROVINCES_MERGED, world
from generate.write import document, documents, name, truth

N, SEED = 400, 21


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return Corpus(N, SEED)


@pytest.fixture(scope="module")
def made() -> list[tuple[str, str, list[dict]]]:
    return list(documents(N, SEED))


def test_a_longer_corpus_begins_with_the_shorter(made):
    longer = list(documents(N + 100, SEED))
    assert [(id, text) for id, text, _ in longer[:N]] == [(id, text) for id, text, _ in made]
    assert [text for _, text, _ in documents(20, SEED + 1)] != [text for _, text, _ in made[:20]]


def test_truth_quotes_its_document(made):
    forms: Counter[str] = Counter()
    for id, text, rows in made:
        for row in rows:
            assert row["id"] == id
            assert text[row["start"] : row["end"]] == row["text"]
            forms[row["form"]] += 1
    assert len(forms) >= 16, forms


SLIPPED = {"ocr_number", "ocr_symbol", "ocr_date"}


def test_slips_stand_on_pages_of_noise_alone(made):
    def slips(noise: str, n: int = 150) -> list[dict]:
        return [row for _, _, rows in documents(n, SEED, noise=noise) for row in rows if row["form"] in SLIPPED]

    assert [row for _, _, rows in made for row in rows if row["form"] in SLIPPED] == []
    assert slips("light") == slips("nfd") == []
    assert {row["form"] for row in slips("slips", 400)} == SLIPPED
    assert slips("ocr")
    symbols = re.compile(r"\b\d*[OlSB]\d*/|\b5GD|\b5NV|8YT|U8ND|5YT|\bl\d?/|\d/l\d?/")
    assert [m[0] for _, text, _ in made for m in symbols.finditer(text)] == []


def test_targets_are_older_and_bear_the_number_that_is_cited(corpus, made):
    targets = 0
    for id, _, rows in made:
        for row in rows:
            if row["target"]:
                plan = corpus.plans[int(row["target"][1:])]
                assert plan.number == row["number"]
                assert plan.day <= corpus.plans[int(id[1:])].day
                targets += 1
    assert targets > N // 2


def test_traps_mean_no_document_of_the_corpus(made):
    traps = [row for _, _, rows in made for row in rows if row.get("trap")]
    assert len(traps) > N // 20
    assert sum(row["target"] is None for row in traps) > 0.98 * len(traps)


def test_numbers_rise_with_the_date_and_come_once(corpus):
    registers = defaultdict(list)
    for plan in corpus.plans:
        body, kind, period, number = unpack(plan.key)
        registers[body, kind, period].append((number, plan.day))
        assert world().bodies[body].lives(plan.day)
    for rows in registers.values():
        assert len({number for number, _ in rows}) == len(rows)
        days = [day for _, day in sorted(rows)]
        assert days == sorted(days)


def test_the_world_before_and_after_2025():
    everything = world()
    day = PROVINCES_MERGED
    committees = [body for body in everything.bodies if body.kind == "ubnd"]
    assert sum(body.lives(day - 1) for body in committees) == 63
    assert sum(body.lives(day) for body in committees) == 34
    assert not any(body.lives(day) for body in everything.bodies if body.kind == "huyen")
    old = everything.get("ubnd", "Kon Tum")
    assert everything.at(old, day).short == "UBND tỉnh Quảng Ngãi"
    planning = everything.get("so", "Kon Tum", "ke-hoach")
    assert everything.at(planning, day).short == "Sở Tài chính tỉnh Quảng Ngãi"


def test_an_undated_number_of_two_years_is_ambiguous():
    found = [row for _, _, rows in documents(3000, 3) for row in rows if row["ambiguous"]]
    assert found
    assert any(row["target"] and row["form"] == "number_only" for row in found)
    for row in found:
        assert len(row["candidates"]) > 1 if row["target"] else row["candidates"]


def test_the_head_is_read_as_planned(corpus, made):
    right = total = 0
    for index in range(0, N, 5):
        plan, dispatch = corpus.plans[index], parse(made[index][1])
        kind, header = TYPES[unpack(plan.key)[1]], dispatch.header
        right += dispatch.document_type.value == kind.value
        right += bool(header.date and header.date.value == dt.date.fromordinal(plan.day))
        right += bool(header.number and header.number.text == plan.number)
        total += 3
    assert right > 0.97 * total  # some looks are hard to read


def test_no_two_documents_read_alike(made):
    shingles = []
    for _, text, _ in made[:150]:
        words = text.split()
        shingles.append({" ".join(words[i : i + 8]) for i in range(len(words) - 7)})
    for i, one in enumerate(shingles):
        for other in shingles[:i]:
            assert len(one & other) < 0.5 * len(one | other)


def test_copies_are_told():
    corpus = Corpus(600, 5, 0.2)
    copies = [(index, plan) for index, plan in enumerate(corpus.plans) if plan.copy]
    assert {plan.copy for _, plan in copies} == {"draft", "true_copy", "reissue", "reprint"}
    for index, plan in copies[:40]:
        text, cites = document(corpus, index)
        original = plan.links[0][0]
        assert original < index and corpus.plans[original].key == plan.key
        assert bool(compose(corpus, index)[0].block("head").paragraphs[0].style == "draft_mark") == (
            plan.copy == "draft"
        )
        assert all(truth(corpus, index, cite, text)["id"] == name(index) for cite in cites)
