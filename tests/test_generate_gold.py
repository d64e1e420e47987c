"""The gold of generated documents: complete, true to their texts, and computed from what was composed."""

from __future__ import annotations

import datetime as dt
import os
import random
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from vnadmin_nlp.evaluate.annotation import Annotation
from vnadmin_nlp.evaluate.check import problems
from vnadmin_nlp.evaluate.forms import fold
from vnadmin_nlp.evaluate.gold import Gold
from vnadmin_nlp.schema import ActorKind, DeadlineKind, Modality

sys.path.insert(0, str(Path(__file__).parents[1] / "corpus"))

from generate.compose import compose
from generate.data import table
from generate.draft import Clause, Label, Limit, Name, Ref, text_of
from generate.gold import offsets
from generate.limits import Limits, after_working, rolled
from generate.phrases import Speaker, Under, cap, duties_of, grammar, names_of
from generate.plan import Corpus
from generate.registers import TYPES, unpack
from generate.voice import last_of
from generate.write import Document, Wanted, make, truth

N, SEED = 160, 33
_SOME = Corpus(200, 7)


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return Corpus(N, SEED)


@pytest.fixture(scope="module")
def made(corpus: Corpus) -> list[Document]:
    return [make(corpus, index) for index in range(N)]


def gold_of(document: Document) -> Gold:
    return Gold(document.id, document.text, Annotation.model_validate(document.gold()))


# -- what stands where ---------------------------------------------------------------------------
def test_every_gold_file_passes_the_check(made):
    found = [f"{document.id}: {problem}" for document in made for problem in problems(gold_of(document))]
    assert not found, found[:10]


def test_every_piece_stands_where_it_says(made):
    pieces = 0
    for document in made:
        for piece in document.draft.pieces("preamble", "body"):
            printed = " ".join(document.text[start:end] for start, end in piece.ranges)
            if isinstance(piece, Clause) and len(piece.ranges) > 1:
                continue  # a page ends inside it
            assert fold(printed)[0].split() == fold(piece.text)[0].split(), (document.id, piece)
            pieces += 1
    assert pieces > 30 * N


def test_obligations_are_found_where_their_clauses_stand(made):
    for document in made:
        gold = gold_of(document)
        starts = {piece.ranges[0][0] for piece in document.draft.pieces() if isinstance(piece, Clause)}
        assert {place[0] for place in gold.obligations if place} <= starts
        assert len(gold.data.obligations) == len({id(p.duty) for p in document.draft.pieces() if isinstance(p, Clause)})


def test_actors_of_gold_are_all_that_are_named(made):
    for document in made:
        forms = {actor["text"] for actor in document.gold()["actors"]}
        named = {fold(piece.text)[0] for piece in document.draft.pieces("preamble", "body") if isinstance(piece, Name)}
        assert forms == named


def test_offsets_of_the_truth_for_training(made):
    for document in made[:40]:
        truth = offsets(document.draft, document.sheet, document.id)
        for row in truth["pieces"]:
            assert row["ranges"] and all(0 <= start < end <= len(document.text) for start, end in row["ranges"])
            if row["piece"] == "obligation":
                kinds = {truth["pieces"][at]["piece"] for at in row["bearers"] + row["coordinators"]}
                assert kinds <= {"actor"}


# -- breadth ---------------------------------------------------------------------------------------
def test_every_type_is_issued():
    types = {TYPES[unpack(plan.key)[1]].value for plan in Corpus(3000, 1).plans}
    assert types >= {
        "cong_van", "cong_dien", "chi_thi", "thong_bao", "ke_hoach", "quyet_dinh", "nghi_quyet", "to_trinh", "bao_cao",
        "huong_dan", "giay_moi", "bien_ban", "chuong_trinh", "de_an", "phuong_an", "quy_che", "quy_dinh", "ket_luan",
        "giay_uy_quyen", "phieu_chuyen", "thong_cao", "thong_tu", "nghi_dinh", "luat",
    }  # fmt: skip


def test_every_family_occurs(made):
    seen: Counter[str] = Counter()
    for document in made:
        for piece in document.draft.pieces("preamble", "body"):
            if isinstance(piece, Name):
                seen[f"actor {piece.kind}"] += 1
            elif isinstance(piece, Limit):
                seen[f"deadline {piece.kind}"] += 1
                seen["deadline at an hour"] += "T" in (piece.due or "")
                seen["working days"] += (piece.duration or "").endswith("B")
                seen["hours"] += (piece.duration or "").startswith("PT")
            elif isinstance(piece, Ref):
                seen["reference by " + ("number" if piece.number else "name" if piece.name else "part")] += 1
                seen["pinpoint"] += piece.pinpoint is not None
                seen[f"reference {piece.type}"] += 1
            elif isinstance(piece, Clause):
                seen[f"modality {piece.duty.modality}"] += 1
                seen[f"force {piece.duty.force}"] += 1
                seen["coordinators"] += bool(piece.duty.coordinators)
                seen["several bearers"] += len(piece.duty.bearers) > 1
                seen["governing deadline"] += bool(piece.duty.limits)
            elif isinstance(piece, Label):
                seen["directive"] += 1
    wanted = [f"actor {kind}" for kind in ActorKind] + [f"deadline {kind}" for kind in DeadlineKind]
    wanted += [f"modality {one}" for one in Modality] + ["force order", "force request", "pinpoint", "hours"]
    wanted += ["reference by number", "reference by name", "reference by part", "reference other", "reference de_an"]
    wanted += ["deadline at an hour", "working days", "coordinators", "several bearers", "governing deadline"]
    assert not [family for family in wanted if seen[family] < 3], seen


def test_sentences_rarely_come_again():
    corpus, seen = Corpus(300, 8), Counter()
    for index in range(300):
        for block in compose(corpus, index)[0].blocks:
            if block.name in ("preamble", "body"):
                for paragraph in block.paragraphs:
                    if paragraph.style in ("p", "item", "point", "dash", "article"):
                        for sentence in re.split(r"(?<=\.) ", text_of(paragraph.parts)):
                            words = re.sub(r"^(\d+[.)/]|\w\)|-|Điều \d+\.) ", "", sentence)
                            seen[words] += len(words.split()) > 5
    again = sum(many for many in seen.values() if many > 1)
    assert again < 0.08 * sum(seen.values()), seen.most_common(20)


# -- the same from the same seed ---------------------------------------------------------------------
def test_the_same_whatever_the_hash_seed():
    code = (
        "import sys, zlib; sys.path.insert(0, sys.argv[1])\n"
        "from generate.plan import Corpus; from generate.write import make\n"
        "corpus = Corpus(25, 4)\n"
        "made = [make(corpus, i) for i in range(25)]\n"
        "print(zlib.crc32(repr([(d.text, d.gold()) for d in made]).encode()))"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", code, str(Path(__file__).parents[1] / "corpus")],
            env={**os.environ, "PYTHONHASHSEED": seed, "LC_ALL": "C"},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(found) == 1


def test_gold_does_not_depend_on_the_size_of_the_corpus(made):
    longer = Corpus(N + 60, SEED)
    for document in made[:30]:
        assert make(longer, int(document.id[1:])).gold() == document.gold()


# -- the notation of the grammar ------------------------------------------------------------------------
@pytest.fixture
def speaker() -> Speaker:
    speaker = Speaker(random.Random(1))
    speaker.slots = {"bearer": "@a(Sở Y tế)", "task": "kiểm tra bếp ăn"}
    return speaker


def test_a_clause_takes_bearers_and_force_of_the_one_before(speaker):
    speaker.slots["bearer"] = lambda: [Name(["Sở Y tế"], "agency")]
    first, second = duties_of(speaker.fill("[=Giao {bearer*} {task}]; [công bố kết quả]."))
    assert [name.text for name in second.bearers] == ["Sở Y tế"] == [name.text for name in first.bearers]
    assert second.force == "order" and not second.coordinators


def test_a_clause_without_bearers_takes_those_of_the_lead(speaker):
    lead = Under([Name(["các đơn vị"], "group")], "request")
    parts = speaker.fill("[Phối hợp với @a+(Sở Nội vụ) {task}]; [!không bỏ sót].", lead)
    first, second = duties_of(parts)
    assert text_of(parts) == "Phối hợp với Sở Nội vụ kiểm tra bếp ăn; không bỏ sót."
    assert first.bearers == second.bearers == lead.bearers
    assert [name.text for name in first.coordinators] == ["Sở Nội vụ"]
    assert (first.force, second.force, second.modality) == ("request", "request", "prohibition")


def test_a_time_at_the_head_governs_the_sentence(speaker):
    limit = Limit(["trước ngày 05/3/2024"], "date", "2024-03-05")
    speaker.slots["by"] = lambda: [limit]
    first, second = duties_of(cap(speaker.fill("[{By^}, @a*(Sở Y tế) {task}]; [@a*(Sở Nội vụ) {task}].")))
    assert first.limits == second.limits == [limit]
    assert names_of(second.bearers) == second.bearers != first.bearers


def test_every_line_of_the_grammar_can_be_read(corpus):
    speaker = Speaker(random.Random(2))
    names = set(re.findall(r"\{([^}*+^:]+)[*+^]?\}", " ".join(line for rows in grammar().values() for line in rows)))
    speaker.slots = {name: "x" for name in names if name not in grammar()}
    for name, rows in grammar().items():
        for line in rows if name != "subject" else ():
            assert text_of(speaker.fill(line)), line


# -- deadlines ---------------------------------------------------------------------------------------------
def test_the_day_of_a_deadline_is_the_day_printed():
    limits = Limits(random.Random(3), dt.date(2024, 11, 20), "Công văn")
    found = [limit for _ in range(900) if (limit := limits.any()).due]
    for limit in found:
        due = dt.datetime.fromisoformat(limit.due)
        numbers = {int(number) for number in re.findall(r"\d+", limit.text)}
        if limit.kind == "date" and "tháng" not in limit.text and "Tết" not in limit.text:
            assert {due.day, due.month} <= numbers, limit
        if "T" in limit.due:
            assert due.hour in numbers, limit
        assert due.date() >= dt.date(2024, 11, 20) or limit.kind == "period", limit
    assert {limit.kind for limit in found} == {"date", "period", "duration"}


def test_working_days_pass_over_days_off():
    # 29/4 to 1/5 were off, Saturday 4/5 was worked
    assert [after_working(dt.date(2024, 4, 26), days).day for days in (1, 2, 3, 4)] == [2, 3, 4, 6]
    assert rolled(dt.date(2025, 1, 25)) == dt.date(2025, 2, 3)  # Tết of 2025
    assert rolled(dt.date(2024, 3, 6)) == dt.date(2024, 3, 6)


# -- what is said fits together ------------------------------------------------------------------------------
def dues(made: Document) -> list[dt.date]:
    limits = [piece for piece in made.draft.pieces() if isinstance(piece, Limit) and piece.due]
    return [dt.datetime.fromisoformat(piece.due).date() for piece in limits]


def test_papers_for_a_meeting_are_wanted_before_it():
    corpus, chosen = Wanted(40, seed=7, types=("giay_moi",)).plan()
    wanted = 0
    for index in chosen:
        made = make(corpus, index)
        found = re.search(r"Thời\s+gian: .*?(\d\d)/(\d\d?)/(\d{4})", made.text, re.S)
        assert found or corpus.plans[index].role != "invite"
        if found:
            meeting = dt.date(*map(int, found.groups()[::-1]))
            assert all(due <= meeting for due in dues(made)), made.text
            wanted += len(dues(made))
    assert wanted > 10


def test_deadlines_lie_in_the_period_that_the_subject_names():
    corpus, halves = Corpus(500, 7), 0
    for index, plan in enumerate(corpus.plans):
        if plan.role in ("report", "notice") or plan.copy:
            continue
        made = make(corpus, index)
        day = dt.date.fromordinal(plan.day)
        subject = text_of(made.draft.subject)
        last = last_of(subject, day)
        half = re.search("6 tháng (đầu|cuối) năm", subject)
        halves += half is not None
        if last is not None:
            assert all(due <= last for due in dues(made)), (subject, day)
        assert last is not None or half is None, (subject, day)
    assert halves > 10


def test_nobody_is_told_to_act_who_is_no_longer_there():
    corpus = Corpus(400, 7)
    after = [index for index, plan in enumerate(corpus.plans) if plan.day >= dt.date(2025, 7, 1).toordinal()]
    texts = [make(corpus, index).text for index in after]
    assert len(texts) > 50
    assert [text for text in texts if "Thanh tra Sở" in text or "Thanh tra Bộ" in text] == []


def test_works_that_are_cited_govern_the_field_of_the_document():
    corpus, cited = Corpus(300, 12), 0
    for index, plan in enumerate(corpus.plans):
        row = table("competence")["fields"][plan.field]
        own = " ".join(row.get("instruments", ()))
        for piece in make(corpus, index).draft.pieces("body"):
            if isinstance(piece, Ref) and piece.link and piece.link.form == "known_law" and piece.number:
                assert piece.number.text.replace(" ", "") in own, (plan.field, piece.text)
                cited += 1
    assert cited > 50


def test_nobody_is_consulted_beside_his_own_head():
    for index in range(200):
        for block in compose(_SOME, index)[0].blocks:
            for paragraph in block.paragraphs if block.name == "body" else ():
                text = text_of(paragraph.parts)
                assert not re.search(r"Giám đốc (Sở [^,.;]{3,30}?) và \1", text), text


@pytest.mark.parametrize("kind", ["luat", "hop_dong", "thu_cong", "du_an", "cong_bo"])
def test_a_type_can_be_asked_for_more_often_than_it_comes(kind):
    corpus, chosen = Wanted(6, types=(kind,)).plan()
    for index in chosen:
        document = make(corpus, index)
        assert document.draft.kind.value == kind
        assert not list(problems(gold_of(document)))
        for cite in document.cites:
            target = truth(corpus, index, cite, document.text)["target"]
            assert target is None or corpus.plans[int(target[1:])].day <= corpus.plans[index].day


def test_a_clause_of_the_same_article_is_there():
    found = 0
    for index in range(200):
        paragraphs = [p for b in compose(_SOME, index)[0].blocks if b.name == "body" for p in b.paragraphs]
        clauses = 0
        for paragraph in paragraphs:
            text = text_of(paragraph.parts)
            if paragraph.style == "article":
                clauses = 0
            elif paragraph.style == "item":
                clauses += 1
            for number in re.findall(r"khoản (\d) Điều này", text):
                assert int(number) < clauses, text
                found += 1
    assert found
