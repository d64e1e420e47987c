"""The clause model: it learns the habit of an office, leaves well alone, is the same for the same gold, and loads."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from vnadmin_nlp import parse
from vnadmin_nlp.errors import ModelError
from vnadmin_nlp.evaluate import Gold, load_all, measure
from vnadmin_nlp.evaluate.annotation import Annotation
from vnadmin_nlp.options import Options
from vnadmin_nlp.parse import analyse
from vnadmin_nlp.taggers.calibrated import Calibration
from vnadmin_nlp.taggers.clauses import NEVER, RULES_FIRST, Bounds, ClauseModel, Question
from vnadmin_nlp.taggers.linear import WEIGHTS
from vnadmin_nlp.taggers.store import Models, read_card
from vnadmin_nlp.train.clauses import Answer, choose_bounds, learn_clauses, questions_of, train_clauses
from vnadmin_nlp.train.linear import fit_linear

SAMPLES = Path(__file__).resolve().parents[1] / "corpus" / "samples"
_THINGS = (
    "danh mục thuốc", "sổ khám bệnh", "tủ vắc xin", "máy thở", "kho vật tư", "phiếu tiêm", "lịch trực", "xe cứu thương",
    "hồ sơ bệnh án", "hóa chất", "giường bệnh", "biển báo", "máy phát điện", "bình ô xy", "áo choàng", "kính bảo hộ",
)  # fmt: skip


def letter(number: int) -> Gold:
    """A letter of an office that orders by noun phrases: the rules take its imperatives, and gold takes both."""
    rng = random.Random(number)
    first, *rest = rng.sample(_THINGS, 5)
    items = [
        f"Rà soát {first} tại trạm",
        *(f"Việc kiểm kê {thing} thực hiện tại kho số {rng.randint(1, 9)}" for thing in rest),
    ]
    head = [
        f"TRẠM Y TẾ XÃ SỐ {number}", f"Số: {number}/TYT", "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc", "Kính gửi: Các tổ chuyên môn",
        "Trạm Y tế đề nghị các tổ chuyên môn thực hiện các nội dung sau:",
    ]  # fmt: skip
    foot = ["Nơi nhận:", "- Như trên.", "TRƯỞNG TRẠM", f"Lê Văn {chr(65 + number)}"]
    fact = f"Kết quả năm trước đạt {rng.randint(70, 99)} điểm"
    lines = [*head, *(f"{n}. {item}." for n, item in enumerate([*items, fact], 1)), *foot]
    starts = {"header": (1, 4), "addressees": (5, 5), "preamble": (6, 6), "body": (7, 12), "recipients": (13, 14)}
    data = {
        "id": f"t{number:02}", "doc_type": "cong_van", "header": {"issuer": head[0]}, "subject": None,
        "sections": [[*lines_, label] for label, lines_ in (starts | {"signature": (15, 16)}).items()],
        "addressees": [], "recipients": [], "archive": None, "signature": [], "directives": [], "references": [],
        "deadlines": [], "actors": [],
        "obligations": [
            {"line": 7 + n, "start": item, "end": item, "modality": "obligation", "force": "order"}
            for n, item in enumerate(items)
        ],
    }  # fmt: skip
    return Gold(f"t{number:02}", "\n".join(lines), Annotation.model_validate(data))


@pytest.fixture(scope="module")
def letters() -> list[Gold]:
    return [letter(number) for number in range(12)]


@pytest.fixture(scope="module")
def folder(letters: list[Gold], tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("models") / "habits"
    train_clauses(letters, out, seed=3)
    return out


def found(golds: list[Gold], models: Path | str) -> float:
    options = Options(models=models if isinstance(models, Path) else "off")
    return measure(golds, lambda text: parse(text, options=options)).figures["obligations.found"].score


def test_it_learns_what_an_office_means_by_an_order(folder: Path) -> None:
    others = [letter(number) for number in range(12, 20)]
    assert found(others, "off") < 0.5
    assert found(others, folder) > 0.95


def test_findings_say_whose_they_are_and_how_sure(folder: Path) -> None:
    text = letter(15).text
    duties = parse(text, options=Options(models=folder)).obligations
    assert [duty.rule for duty in duties] == ["obligation.verb", *["model.clauses"] * 4]
    assert all(0.9 < duty.score < 1 for duty in duties)
    assert parse(text, options=Options(models=folder, min_score=0.999)).obligations == []


def test_the_same_gold_and_seed_give_the_same_bytes(letters: list[Gold], folder: Path, tmp_path: Path) -> None:
    train_clauses(letters[::-1], tmp_path / "again", seed=3)
    for name in (WEIGHTS, "config.cfg"):
        assert (tmp_path / "again" / name).read_bytes() == (folder / name).read_bytes()


def test_a_folder_says_what_it_holds(folder: Path) -> None:
    assert read_card(folder).task == "clauses"
    model = ClauseModel.load(folder)
    assert model.bounds.add < 1
    assert model.dump() == (folder / WEIGHTS).read_bytes()


def test_where_rules_are_right_it_changes_nothing_but_scores() -> None:
    golds = load_all(SAMPLES)
    model = learn_clauses(golds)
    assert model.bounds == RULES_FIRST
    for question, _ in questions_of(golds[0]):
        score = model.ask(question).score
        assert 0 < score < 1 if score is not None else not model.scores


def test_every_question_has_its_place_and_the_answer_of_gold(letters: list[Gold]) -> None:
    gold = letters[0]
    asked = questions_of(gold)
    duties = [gold.text[slice(*place)] for place in gold.obligations if place]
    assert [gold.text[slice(*question.place)] for question, _ in asked][:-1] == duties
    assert [(question.ruled, right) for question, right in asked] == [
        (True, True), *[(False, True)] * 4, (False, False),
    ]  # fmt: skip


def test_bounds_move_only_for_a_gain_worth_having() -> None:
    sure = [Answer(True, True, 0.9)] * 100
    assert choose_bounds([*sure, Answer(False, True, 0.9)]) == RULES_FIRST
    assert choose_bounds([*sure, *[Answer(False, True, 0.85)] * 20]).add == 0.8
    dropped = choose_bounds([*sure, *[Answer(True, False, 0.01)] * 20])
    assert (0 < dropped.keep <= 0.5, dropped.add) == (True, NEVER)


def test_an_opinion_is_the_sum_of_its_traits_on_the_scale() -> None:
    model = ClauseModel({"a": 2.0, "b": -2.0}, Bounds(0.1, 0.9), Calibration(((0.0, 0.2), (1.0, 0.8))))
    opinion = model.ask(Question((0, 5), False, ["a", "b", "unknown"]))
    assert opinion.likely == 0.5
    assert opinion.score == pytest.approx(0.5)
    assert ClauseModel({"a": -2000.0}).likely(["a"]) == 0.0


def test_scores_of_the_rules_stay_where_they_are_nearer_to_the_truth(letters: list[Gold]) -> None:
    model = learn_clauses(letters)
    assert model.scores
    modest = ClauseModel(model.weights, model.bounds, model.calibration, scores=False)
    assert modest.ask(Question((0, 5), True, [])).score is None
    assert modest.ask(Question((0, 5), False, [])).score is not None
    text = letter(15).text
    ruled = {duty.spans[0].start: duty.score for duty in parse(text, options=Options(models="off")).obligations}
    duties = analyse(text, None, Options(models="off"), Models(clauses=modest)).obligations
    assert [duty.score == ruled.get(duty.spans[0].start) for duty in duties] == [True, *[False] * 4]


@pytest.mark.parametrize(
    "words", ["", "{}", '{"weights": [], "bounds": {}, "calibration": []}', '{"weights": {"a": "x"}}']
)
def test_damaged_weights_name_their_place(words: str, tmp_path: Path) -> None:
    (tmp_path / WEIGHTS).write_text(words, encoding="utf-8")
    with pytest.raises(ModelError, match=r"weights\.json: the weights cannot be read .*train the model again"):
        ClauseModel.load(tmp_path)


def test_missing_weights_name_their_place(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="the weights are missing"):
        ClauseModel.load(tmp_path)


def test_without_clauses_nothing_is_learnt(letters: list[Gold]) -> None:
    empty = [
        Gold(gold.id, f"{gold.id} không có gì", gold.data.model_copy(update={"obligations": []})) for gold in letters
    ]
    with pytest.raises(ModelError, match="annotate documents that order something"):
        learn_clauses(empty)


def test_weights_are_those_of_a_logistic_regression() -> None:
    weights = fit_linear([["x"]] * 30 + [["y"]] * 30 + [["x", "z"]] * 10, [True] * 28 + [False] * 32 + [True] * 10)
    assert weights["x"] > 0 > weights["y"]
    assert json.loads(json.dumps(weights)) == weights
    with pytest.raises(ModelError, match="all have the same answer"):
        fit_linear([["x"], ["y"]], [True, True])
