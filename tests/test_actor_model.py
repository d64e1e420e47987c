"""The actor model: it learns the habit of an office, leaves well alone, is the same for the same gold, and loads."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from vnadmin_nlp import parse
from vnadmin_nlp.errors import ModelError
from vnadmin_nlp.evaluate import Gold, load_all, measure
from vnadmin_nlp.evaluate.annotation import Annotation
from vnadmin_nlp.extract.model import ActorCandidate
from vnadmin_nlp.options import Options
from vnadmin_nlp.resolve.mentions import choose, with_others
from vnadmin_nlp.schema import ActorKind
from vnadmin_nlp.taggers.actors import ActorModel, ActorOpinion, Forms
from vnadmin_nlp.taggers.calibrated import Calibration
from vnadmin_nlp.taggers.clauses import NEVER, RULES_FIRST, Bounds
from vnadmin_nlp.taggers.linear import WEIGHTS
from vnadmin_nlp.taggers.mention_traits import Known
from vnadmin_nlp.taggers.store import read_card
from vnadmin_nlp.train.actors import Judged, choose_bounds, learn_actors, train_actors

SAMPLES = Path(__file__).resolve().parents[1] / "corpus" / "samples"
_TEAMS = ("Mũi Bếp ăn", "Mũi Lều trại", "Mũi Lễ tân", "Mũi Y phục", "Mũi Loa đài", "Mũi Trang trí")
_THINGS = ("sân khấu", "bàn ghế", "phông bạt", "dây điện", "hàng rào", "cổng chào", "băng rôn", "chỗ để xe")


def letter(number: int) -> Gold:
    """A letter of an office whose teams bear names that the rules do not know, and whose hosts they take for actors."""
    rng = random.Random(number)
    teams = rng.sample(_TEAMS, 3)
    items = [f"{team} kiểm tra {rng.choice(_THINGS)}" for team in teams]
    items.append(f"Hướng dẫn các đơn vị đến xem {rng.choice(_THINGS)}")
    head = [
        f"NHÀ VĂN HÓA THÔN SỐ {number}", f"Số: {number}/NVH", "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc", "Kính gửi: Sở Nội vụ", "Để đón đoàn, đề nghị Sở Nội vụ cho biết:",
    ]  # fmt: skip
    foot = ["Nơi nhận:", "- Như trên.", "CHỦ NHIỆM", f"Lê Văn {chr(65 + number)}"]
    lines = [*head, *(f"{n}. {item}." for n, item in enumerate(items, 1)), *foot]
    starts = {"header": (1, 4), "addressees": (5, 5), "preamble": (6, 6), "body": (7, 10), "recipients": (11, 12)}
    data = {
        "id": f"t{number:02}", "doc_type": "cong_van", "header": {"issuer": head[0]}, "subject": None,
        "sections": [[*lines_, label] for label, lines_ in (starts | {"signature": (13, 14)}).items()],
        "addressees": [], "recipients": [], "archive": None, "signature": [], "directives": [], "references": [],
        "deadlines": [], "obligations": [],
        "actors": [{"text": "Sở Nội vụ", "kind": "agency"}, *({"text": team, "kind": "unit"} for team in teams)],
    }  # fmt: skip
    return Gold(f"t{number:02}", "\n".join(lines), Annotation.model_validate(data))


@pytest.fixture(scope="module")
def letters() -> list[Gold]:
    return [letter(number) for number in range(12)]


@pytest.fixture(scope="module")
def folder(letters: list[Gold], tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("models") / "habits"
    train_actors(letters, out, seed=3)
    return out


def found(golds: list[Gold], models: Path | str) -> float:
    options = Options(models=models if isinstance(models, Path) else "off")
    return measure(golds, lambda text: parse(text, options=options)).figures["actors"].score


def test_it_learns_whom_an_office_names(folder: Path) -> None:
    others = [letter(number) for number in range(12, 20)]
    assert found(others, "off") < 0.6
    assert found(others, folder) > 0.95


def test_findings_say_whose_they_are_and_how_sure(folder: Path) -> None:
    dispatch = parse(letter(15).text, options=Options(models=folder))
    mentions = [(m.text, m.rule, m.score, a.kind) for a in dispatch.actors for m in a.mentions]
    body = [mention for mention in mentions if not mention[1].startswith("header.")]
    assert [(text, rule, kind) for text, rule, _, kind in body] == [
        ("Sở Nội vụ", "head.department", ActorKind.AGENCY),
        *((text, "model.actors", ActorKind.UNIT) for text in ("Mũi Lều trại", "Mũi Bếp ăn", "Mũi Loa đài")),
    ]
    assert all(0.9 < score < 1 for _, rule, score, _ in body if rule == "model.actors")
    [score] = [m.score for a in parse(letter(15).text).actors for m in a.mentions if m.text == "Sở Nội vụ"][-1:]
    assert (body[0][2] == score) == (not ActorModel.load(folder).scores)


def test_without_a_model_the_path_is_the_old_one(letters: list[Gold]) -> None:
    for gold in letters[:3]:
        assert parse(gold.text, options=Options(models="off")) == parse(gold.text)


def test_the_same_gold_and_seed_give_the_same_bytes(letters: list[Gold], folder: Path, tmp_path: Path) -> None:
    train_actors(letters[::-1], tmp_path / "again", seed=3)
    for name in (WEIGHTS, "config.cfg"):
        assert (tmp_path / "again" / name).read_bytes() == (folder / name).read_bytes()


def test_a_folder_says_what_it_holds(folder: Path) -> None:
    assert read_card(folder).task == "actors"
    model = ActorModel.load(folder)
    assert model.bounds.add < 1
    assert model.dump() == (folder / WEIGHTS).read_bytes()


def test_where_rules_are_right_it_changes_nothing_but_scores(tmp_path: Path) -> None:
    golds = load_all(SAMPLES)
    assert train_actors(golds, tmp_path / "samples").bounds == RULES_FIRST
    for gold in golds:
        plain = parse(gold.text, options=Options(models="off"))
        judged = parse(gold.text, options=Options(models=tmp_path / "samples"))
        assert [(m.text, m.spans, m.rule) for a in judged.actors for m in a.mentions] == [
            (m.text, m.spans, m.rule) for a in plain.actors for m in a.mentions
        ]
        assert judged.obligations == plain.obligations


def opinion(start: int, end: int, likely: float, *, ruled: bool) -> ActorOpinion:
    return ActorOpinion(ActorCandidate(start, end, ActorKind.AGENCY, "", likely), ruled, likely)


def test_of_rivals_the_likelier_stands() -> None:
    short, long = opinion(0, 5, 0.6, ruled=True), opinion(0, 9, 0.9, ruled=False)
    apart = opinion(20, 25, 0.3, ruled=False)
    assert choose([short, long, apart], Bounds(0.0, 0.8)) == [long.mention]
    assert choose([short, long, apart], Bounds(0.0, 0.95)) == [short.mention]
    assert choose([short, long, apart], Bounds(0.7, NEVER)) == []
    assert choose([apart, short], Bounds(0.0, 0.2)) == [short.mention, apart.mention]


def judged(*answers: tuple[bool, float, bool], missed: int = 0) -> Judged:
    """Opinions apart from each other: whether the rules have it, how likely it is, whether it is right."""
    opinions = [opinion(10 * at, 10 * at + 5, likely, ruled=ruled) for at, (ruled, likely, _) in enumerate(answers)]
    right = {id(one.mention): hit for one, (*_, hit) in zip(opinions, answers, strict=True)}
    return Judged(opinions, right, sum(right.values()) + missed)


def test_bounds_move_only_for_a_gain_worth_having() -> None:
    sure = [(True, 0.95, True)] * 100
    assert choose_bounds([judged(*sure, (False, 0.95, True))]) == RULES_FIRST
    assert choose_bounds([judged(*sure, *[(False, 0.85, True)] * 20)]).add == 0.8
    dropped = choose_bounds([judged(*sure, *[(True, 0.01, False)] * 20)])
    assert (0 < dropped.keep <= 0.5, dropped.add) == (True, NEVER)


def test_a_form_is_known_as_printed() -> None:
    forms = Forms({"Mũi A": Known(ActorKind.UNIT, 3, 4)})
    model = ActorModel({"known": 3.0}, forms, Bounds(0.0, 0.9), Calibration(((0.0, 0.1), (1.0, 0.9))))
    loaded = json.loads(model.dump())
    assert loaded["forms"] == {"Mũi A": ["unit", 3, 4]}
    assert model.likely(["known", "unheard of"]) == pytest.approx(0.9526, abs=1e-4)
    assert ActorModel({"a": -2000.0}, forms).likely(["a"]) == 0.0


@pytest.mark.parametrize(
    "words",
    [
        "",
        "{}",
        '{"weights": [], "forms": {}, "bounds": {}, "calibration": []}',
        '{"weights": {}, "forms": {"A": ["unit", 3, 2]}, "bounds": {"keep": 0, "add": 1}, "calibration": [[0, 0]]}',
    ],
)
def test_damaged_weights_name_their_place(words: str, tmp_path: Path) -> None:
    (tmp_path / WEIGHTS).write_text(words, encoding="utf-8")
    with pytest.raises(ModelError, match=r"weights\.json: the weights cannot be read .*train the model again"):
        ActorModel.load(tmp_path)


def test_missing_weights_name_their_place(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="the weights are missing"):
        ActorModel.load(tmp_path)


def test_without_actors_nothing_is_learnt(letters: list[Gold]) -> None:
    empty = [Gold(gold.id, gold.text, gold.data.model_copy(update={"actors": []})) for gold in letters]
    with pytest.raises(ModelError, match="annotate who acts in them"):
        learn_actors(empty)


def test_duties_are_read_from_what_a_model_drops() -> None:
    first, second, third = (opinion(10 * at, 10 * at + 5, 0.5, ruled=True).mention for at in range(3))
    longer = opinion(8, 16, 0.9, ruled=False).mention
    assert with_others([longer], [first, second, third]) == [first, longer, third]
    assert with_others([first, third], [first, second, third]) == [first, second, third]
    assert with_others([], []) == []
