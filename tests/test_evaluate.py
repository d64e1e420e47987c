"""Scoring: what each figure counts, agreement with the reference scorer, and comparison of two runs."""

from __future__ import annotations

import random
import sys
from pathlib import Path
from typing import Any

import pytest
from perfect import perfect

import vnadmin_nlp as vn
from vnadmin_nlp.errors import GoldError
from vnadmin_nlp.evaluate import Gold, Report, compare, evaluate, load, load_all, measure, problems
from vnadmin_nlp.evaluate.forms import iso, norm, norm_number, rules
from vnadmin_nlp.evaluate.spans import match, match_places

TEXT = """UBND XÃ ĐỒNG TÂM
Số: 15/UBND-VP
Kính gửi: Trưởng các thôn.
Căn cứ Luật Tổ chức Chính phủ năm 2025 và Công văn số 7/VP-TH, Chính phủ đã giao. Yêu cầu Trưởng các thôn rà soát,
báo cáo UBND xã trước ngày 05/3/2026.
CHỦ TỊCH
Lê Văn Sáu
"""
GOLD = """
id: xa
doc_type: cong_van
header: {issuer: "UBND XÃ ĐỒNG TÂM", number: "15/UBND-VP"}
subject: null
sections: [[1, 2, header], [3, 3, addressees], [4, 5, preamble+body], [6, 7, signature]]
addressees: ["Trưởng các thôn"]
recipients: []
archive: null
signature: {authority: null, position: "CHỦ TỊCH", name: "Lê Văn Sáu"}
directives: []
references:
  - {line: 4, quote: "Luật Tổ chức Chính phủ năm 2025", type: luat, name: "Luật Tổ chức Chính phủ năm 2025"}
  - {line: 4, quote: "Công văn số 7/VP-TH", type: cong_van, number: "7/VP-TH"}
deadlines: [{line: 5, quote: "trước ngày 05/3/2026", kind: date, due: 2026-03-05}]
actors: [{text: "Chính phủ", kind: agency}, {text: "Trưởng các thôn", kind: position}, {text: "UBND xã", kind: agency}]
obligations:
  - {line: 4, start: "Yêu cầu Trưởng các thôn", end: "trước ngày 05/3/2026", modality: obligation, force: order,
     bearers: "Trưởng các thôn", deadlines: [0]}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "xa.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "xa.yaml").write_text(GOLD, encoding="utf-8")
    return tmp_path


@pytest.fixture
def gold(folder: Path) -> Gold:
    return load(folder / "xa.yaml")


def changed(dispatch: vn.Dispatch, **parts: Any) -> vn.Dispatch:
    return dispatch.model_copy(update=parts)


def score(gold: Gold, dispatch: vn.Dispatch) -> dict[str, float]:
    return {task: figure.score for task, figure in measure([gold], lambda _: dispatch).figures.items()}


def test_the_perfect_prediction_has_no_error(gold: Gold) -> None:
    report = measure([gold], lambda _: perfect(gold))
    assert problems(gold) == []
    assert report.errors == []
    assert {task for task, figure in report.figures.items() if figure.score != 1.0} == set()
    assert {"obligations", "actors", "references", "deadlines", "grounding", "text.kept"} <= set(report.figures)


def test_an_actor_inside_the_name_of_a_law_is_not_counted(gold: Gold) -> None:
    assert [gold.text[a:b] for a, b in gold.actors] == ["Chính phủ", "Trưởng các thôn", "UBND xã"]
    inside = gold.text.index("Chính phủ")
    extra = vn.Actor(
        name="", kind="agency", mentions=[{"text": "Chính phủ", "spans": [{"start": inside, "end": inside + 9}]}]
    )
    right = perfect(gold)
    assert score(gold, changed(right, actors=[*right.actors, extra]))["actors"] == 1.0


def test_each_task_sees_its_own_error(gold: Gold) -> None:
    right = perfect(gold)
    late = right.deadlines[0].model_copy(update={"due": right.deadlines[0].due.replace(day=6)})
    duty = right.obligations[0]
    assert score(gold, changed(right, deadlines=[late]))["deadlines"] == 0.0
    assert score(gold, changed(right, deadlines=[late]))["deadlines.found"] == 1.0
    assert score(gold, changed(right, deadlines=[]))["deadlines"] == 0.0
    assert score(gold, changed(right, references=right.references[:1]))["references"] == pytest.approx(2 / 3, abs=1e-4)
    nobody = duty.model_copy(update={"bearers": []})
    got = score(gold, changed(right, obligations=[nobody]))
    assert (got["obligations.found"], got["obligations.who"], got["obligations"]) == (1.0, 0.0, 0.0)
    timeless = duty.model_copy(update={"deadlines": []})
    got = score(gold, changed(right, obligations=[timeless]))
    assert (got["obligations.who"], got["obligations"]) == (1.0, 0.0)
    assert score(gold, changed(right, document_type="bao_cao"))["doc_type"] == 0.0
    assert score(gold, changed(right, text=right.text + " "))["text.kept"] == 0.0
    moved = right.addressees[0].model_copy(update={"text": "Trưởng các thôn, bản"})
    got = score(gold, changed(right, addressees=[moved]))
    assert (got["addressees"], got["grounding"] < 1.0) == (0.0, True)


def test_of_two_labels_of_a_line_either_is_right(gold: Gold) -> None:
    right = perfect(gold)
    body = [s.model_copy(update={"label": "body"}) if s.label == "preamble" else s for s in right.sections]
    noise = [s.model_copy(update={"label": "noise"}) if s.label == "preamble" else s for s in right.sections]
    assert score(gold, changed(right, sections=body))["sections.lines"] == 1.0
    got = measure([gold], lambda _: changed(right, sections=noise))
    assert got.figures["sections.lines"].score == pytest.approx(5 / 7, abs=1e-4)
    assert [m.kind for m in got.errors] == ["body/preamble"] * 2


def test_a_crash_costs_the_document_and_is_named(gold: Gold) -> None:
    def fails(text: str) -> vn.Dispatch:
        raise RuntimeError("no")

    report = measure([gold], fails)
    assert report.crashes == ["xa"]
    assert report.figures["references"].score == 0.0
    assert "text.kept" not in report.figures


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Sở  Y tế;", "sở y tế"), ("VT, **NC**", "VT, NC"), ("Văn thư – Lưu trữ", "văn thư - lưu trữ"),
        ("UBND\ntỉnh", "UBND tỉnh"), ("Đô\u0323", "độ"), ("QÐ", "QĐ"), ("СТ", "CT"),
    ],
)  # fmt: skip
def test_what_a_reader_calls_the_same_is_the_same(one: str, other: str) -> None:
    assert norm(one) == norm(other)


def test_forms_of_values() -> None:
    assert norm("Sở Y tế") != norm("Sở Y te")
    assert norm_number("15 / UBND - VP") == "15/ubnd-vp"
    assert iso("2022-09-30T17:00:00+07:00") == "2022-09-30T17:00"
    assert iso("2022-09-30T00:00:00") == "2022-09-30"
    assert rules("FREQ=MONTHLY;INTERVAL=1 | FREQ=YEARLY") == rules("freq=yearly|RRULE:FREQ=MONTHLY;WKST=MO")
    assert rules("FREQ=MONTHLY;INTERVAL=3") != rules("FREQ=MONTHLY")


def test_matching_takes_the_best_pairs_first() -> None:
    assert match([(0.5, 0, 0), (0.9, 0, 1), (0.4, 1, 1), (0.2, 1, 0), (0.0, 2, 2)]) == [(0, 1), (1, 0)]
    assert match_places([(0, 10), (20, 30)], [(8, 12), (0, 9), (30, 40)]) == [(0, 1)]


def test_gold_that_cannot_be_read_names_the_file_and_the_mend(folder: Path) -> None:
    (folder / "xa.yaml").write_text(GOLD.replace("kind: position", "kind: boss"), encoding="utf-8")
    with pytest.raises(GoldError, match=r"xa\.yaml: actors\.1\.kind: .*'agency'"):
        load_all(folder)
    (folder / "xa.yaml").write_text("id: [", encoding="utf-8")
    with pytest.raises(
        GoldError, match=r"xa\.yaml: not a readable YAML file: line \d+: [^\n<]*; `vnadmin check` says what to mend"
    ):
        load_all(folder)
    (folder / "xa.yaml").write_text(GOLD, encoding="utf-8")
    (folder / "xa.txt").unlink()
    with pytest.raises(GoldError, match=r"xa\.txt: the text of xa\.yaml must be here"):
        evaluate(folder)
    with pytest.raises(GoldError, match=r"no <name>\.yaml here"):
        evaluate(folder / "nowhere")


def test_texts_elsewhere_and_some_documents_only(folder: Path, tmp_path: Path) -> None:
    texts = tmp_path / "texts"
    texts.mkdir()
    (folder / "xa.txt").rename(texts / "xa.txt")
    assert evaluate(folder, texts=texts, only=["xa"]).documents == ["xa"]
    with pytest.raises(GoldError, match="no document xb"):
        evaluate(folder, texts=texts, only=["xb"])


def test_problems_are_found(folder: Path) -> None:
    broken = (
        GOLD.replace("Công văn số 7/VP-TH", "Công văn số 8/VP-TH")
        .replace("[4, 5, preamble+body]", "[4, 4, preamble+text]")
        .replace("2026-03-05", "5/3/2026")
        .replace("deadlines: [0]", "deadlines: [1]")
        .replace('text: "UBND xã"', 'text: "UBND huyện"')
    )
    (folder / "xa.yaml").write_text(broken, encoding="utf-8")
    found = problems(load(folder / "xa.yaml"))
    for what in (
        "references[1]",
        "line 5 has none",
        "unknown label ['text']",
        "deadlines[0]: due",
        "no entry 1",
        "actors[2]",
    ):
        assert any(what in one for one in found), what


def test_comparison_quotes_gains_and_losses(gold: Gold) -> None:
    right = perfect(gold)
    before = measure([gold], lambda _: changed(right, deadlines=[]))
    after = measure([gold], lambda _: changed(right, references=right.references[1:]))
    both = compare(before, after)
    assert [(m.task, m.what) for m in both.gains] == [("deadlines", "trước ngày 05/3/2026")]
    assert [(m.task, m.document, m.what) for m in both.losses] == [
        ("references", "xa", "Luật Tổ chức Chính phủ năm 2025")
    ]
    assert {(c.task, c.before, c.after) for c in both.changes} >= {("deadlines", 0.0, 1.0), ("references", 1.0, 0.6667)}
    again = compare(after, after)
    assert (again.gains, again.losses, again.changes) == ([], [], [])
    elsewhere = compare(before, after.model_copy(update={"documents": ["xb"]}))
    assert (elsewhere.gains, elsewhere.losses, elsewhere.changes) == ([], [], [])


def test_a_report_survives_json(gold: Gold) -> None:
    report = measure([gold])
    assert Report.from_json(report.to_json()) == report
    assert report.figures["references"].gold == 2


# -- agreement with the reference scorer ---------------------------------------------------------
def spoiled(dispatch: vn.Dispatch, dice: random.Random) -> vn.Dispatch:
    """`dispatch` with entries dropped, doubled, moved and changed."""
    data = dispatch.model_dump(mode="json")

    def spoil(entry: dict[str, Any]) -> dict[str, Any]:
        entry = dict(entry)
        kind = dice.randrange(6)
        if kind == 0 and entry.get("spans"):
            move = dice.randrange(-20, 20)
            entry["spans"] = [
                {"start": max(0, s["start"] + move), "end": max(1, s["end"] + move + 5)} for s in entry["spans"]
            ]
        for key, values in {
            "number": ["1/CP", None], "date": ["2020-02-03", None], "due": ["2021-12-31", "2021-12-31T08:00:00", None],
            "duration": ["P5D", None], "recurrence": ["FREQ=DAILY", None], "document_type": ["other"],
            "modality": ["permission"], "bearers": [[]], "coordinators": [entry.get("bearers")], "deadlines": [[]],
            "references": [[]], "pinpoint": ["khoản 1", None], "path": ["1/a", "Điều 2"], "text": ["Sở Y tế"],
        }.items():  # fmt: skip
            if key in entry and dice.random() < 0.15:
                entry[key] = dice.choice(values)
        return entry

    for part in ("addressees", "recipients", "directives", "references", "deadlines", "obligations", "sections"):
        data[part] = [spoil(e) for e in data[part] if dice.random() < 0.85 for _ in range(1 + (dice.random() < 0.1))]
    for actor in data["actors"]:
        actor["mentions"] = [spoil(m) for m in actor["mentions"] if dice.random() < 0.85]
    for part in ("subject", "archive"):
        if dice.random() < 0.2:
            data[part] = None
    data["header"] = {key: value if dice.random() < 0.8 else None for key, value in data["header"].items()}
    data["signatures"] = data["signatures"] * dice.randrange(3)
    return vn.Dispatch.model_validate(data)


@pytest.mark.parametrize("kind", ["parsed", "perfect", "spoiled", "crashing"])
def test_agrees_with_the_reference_scorer(shared_dir: Path, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("yaml")
    monkeypatch.syspath_prepend(str(shared_dir / "eval"))
    for name in ("gold", "score"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    import gold as reference_gold
    import score as reference

    golds = load_all(shared_dir / "gold" / "dev")
    dice = random.Random(7)
    predictions = {}
    for one in golds:
        dispatch = vn.parse(one.text) if kind == "parsed" else perfect(one)
        predictions[one.text] = spoiled(dispatch, dice) if kind in ("spoiled", "crashing") else dispatch
    if kind == "crashing":
        for one in golds[::5]:
            del predictions[one.text]

    ours = measure(golds, predictions.__getitem__)
    board = reference.score(
        reference_gold.load_all(shared_dir / "gold" / "dev"),
        lambda one: predictions[one.text].model_dump(mode="json"),
    )
    assert {task: figure.score for task, figure in ours.figures.items()} == reference.figures(board)
    assert sorted((m.task, m.document) for m in ours.errors) == sorted((e[0], e[1]) for e in board.errors)
    if kind == "perfect":
        assert min(figure.score for figure in ours.figures.values()) > 0.95
