"""`vnadmin train`: what is measured, what is decided, what is written; with a stub in place of the trainers."""

from __future__ import annotations

import functools
import json
import sys
from pathlib import Path

import pytest
import stub_trainer
from stub_trainer import reader_of
from typer.testing import CliRunner

import vnadmin_nlp as vn
from vnadmin_nlp import Dispatch
from vnadmin_nlp.cli.app import app
from vnadmin_nlp.errors import ModelError, missing
from vnadmin_nlp.evaluate import Gold, load_all
from vnadmin_nlp.options import Options
from vnadmin_nlp.train import office, tasks
from vnadmin_nlp.train.calibration import Reliability
from vnadmin_nlp.train.card import METRICS, Metrics
from vnadmin_nlp.train.folds import families_of
from vnadmin_nlp.train.judged import judged_obligations
from vnadmin_nlp.train.office import learnt_from, train_model
from vnadmin_nlp.train.tasks import Task, task_of
from vnadmin_nlp.train.validate import MODEL, RULES, SLOWEST, Trial, Validation, cross_validate, least_times

SAMPLES = Path(__file__).resolve().parents[1] / "corpus" / "samples"
GOLDS = load_all(SAMPLES)
STUB = Task(
    "clauses", "nothing", "stub_trainer", "train_stub", "obligations.found", ("obligations.who",), judged_obligations
)
run = CliRunner().invoke


@pytest.fixture(autouse=True)
def _no_calls() -> None:
    stub_trainer.calls.clear()


def one_office(folder: Path, count: int) -> list[Gold]:
    """Letters of one office, filled from one template."""
    sample = SAMPLES / "so-noi-vu-cong-van-2022"
    text, annotation = (sample.with_suffix(end).read_text(encoding="utf-8") for end in (".txt", ".yaml"))
    for number in range(count):
        (folder / f"cv-{number}.txt").write_text(f"{text}{number}\n", encoding="utf-8")
        lines = text.count("\n") + 1
        (folder / f"cv-{number}.yaml").write_text(
            annotation.replace("id: so-noi-vu-cong-van-2022", f"id: cv-{number}").replace(
                "addressees:", f"  - [{lines}, {lines}, noise]\naddressees:", 1
            ),
            encoding="utf-8",
        )
    return load_all(folder)


# -- cross-validation ----------------------------------------------------------------------------
def test_each_document_is_measured_once_by_a_model_that_never_saw_its_family() -> None:
    found = cross_validate(STUB, GOLDS, folds=4, seed=3, reader=reader_of(GOLDS, "perfect"))
    assert sorted(gold.id for part in found.folds.parts for gold in part) == [gold.id for gold in GOLDS]
    assert (found.folds.by, len(stub_trainer.calls)) == ("issuer", 4)
    families = [{gold.id for gold in family} for family in families_of(GOLDS)]
    for part, (learnt, seed) in zip(found.folds.parts, stub_trainer.calls, strict=True):
        tested = {gold.id for gold in part}
        assert (seed, tested & set(learnt)) == (3, set())
        assert not any(family & tested and family & set(learnt) for family in families)
    own, who = found.trials
    assert (own.task, own.pooled[1], who.pooled[1]) == ("obligations.found", 1.0, 1.0)
    assert own.pooled[0] < 1.0
    assert set(found.reliability) == {"rules alone", "with the model"}
    assert found.reliability["with the model"].findings == sum(len(gold.data.obligations) for gold in GOLDS)


def test_more_gold_is_learnt_from_only_where_it_is_of_another_family(tmp_path: Path) -> None:
    more = one_office(tmp_path, 3)  # of the family of one of the samples
    found = cross_validate(STUB, GOLDS, more, folds=3, reader=reader_of(GOLDS, "same"))
    for part, (learnt, _) in zip(found.folds.parts, stub_trainer.calls, strict=True):
        same_office = any(gold.id == "so-noi-vu-cong-van-2022" for gold in part)
        assert ({"cv-0", "cv-1", "cv-2"} & set(learnt) == set()) == same_office


def trial(*gains: float, task: str = "obligations.found") -> Trial:
    return Trial(task, (0.8,) * len(gains), tuple(0.8 + g for g in gains), (0.8, 0.8 + sum(gains) / len(gains)))


@pytest.mark.parametrize(
    ("trials", "time", "said"),
    [
        ([trial(0.02, 0.03, 0.02)], 1.5, []),
        ([trial(0.01, 0.01, 0.01)], 1.0, ["it gains +1.0 points of obligations.found; 1.5 are the least worth having"]),
        ([trial(0.2, -0.15, 0.01)], 1.0, ["which by the spread of the folds is chance"]),
        ([trial(0.03, 0.03), trial(-0.01, -0.03, task="actors")], 1.0, ["it costs 2.0 points of actors"]),
        ([trial(0.03, 0.03), trial(0.0, -0.0002, task="actors")], 1.0, []),
        ([trial(0.03, 0.03)], SLOWEST + 1, ["takes 3.0 times as long with it; 2 times is the most"]),
    ],
)
def test_what_speaks_against_a_model(trials: list[Trial], time: float, said: list[str]) -> None:
    folds = cross_validate(STUB, GOLDS, folds=3, reader=reader_of(GOLDS, "same")).folds
    against = Validation(STUB, folds, tuple(trials), {}, time).against()
    assert len(against) == len(said)
    assert all(words in found for words, found in zip(said, against, strict=True)), against


def table(error: float) -> Reliability:
    return Reliability(bins=[], findings=90, error=error, brier=0.1)


def test_scores_that_are_further_from_the_truth_speak_against_a_model() -> None:
    folds = cross_validate(STUB, GOLDS, folds=3, reader=reader_of(GOLDS, "same")).folds
    for error, said in ((0.119, ["its scores are off by 0.119 where those of the rules are by 0.008"]), (0.016, [])):
        tables = {RULES: table(0.008), MODEL: table(error)}
        assert Validation(STUB, folds, (trial(0.02, 0.03),), tables, 1.0).against() == said


def test_time_is_that_of_the_work_whatever_goes_on_beside() -> None:
    calls = 0

    def works() -> None:
        sum(range(20_000))

    def disturbed(text: str) -> Dispatch:
        nonlocal calls
        calls += 1
        for _ in range(10 if calls % 3 == 1 else 1):
            works()
        return Dispatch(text=text)

    def quiet(text: str) -> Dispatch:
        works()
        return Dispatch(text=text)

    first, second = least_times((quiet, disturbed), "x")
    assert 0 < second < 4 * first


# -- what is written -----------------------------------------------------------------------------
def test_a_model_that_helps_is_written_with_its_card(tmp_path: Path) -> None:
    out = tmp_path / "models" / "so"
    trained = train_model(STUB, GOLDS, out, seed=7, reader=reader_of(GOLDS, "perfect"))
    assert trained.folder == out
    assert sorted(path.name for path in out.iterdir()) == ["card.md", "config.cfg", "metrics.json", "weights.txt"]
    assert list(out.parent.iterdir()) == [out]
    assert stub_trainer.calls[-1] == (sorted(gold.id for gold in GOLDS), 7)
    metrics = Metrics.model_validate_json((out / METRICS).read_bytes())
    assert (metrics.documents, metrics.folds, metrics.folds_by, metrics.seed) == (18, 5, "issuer", 7)
    assert [row.task for row in metrics.compared] == ["obligations.found", "obligations.who"]
    card = (out / "card.md").read_text(encoding="utf-8")
    for words in ("# so\n", "A stub.", "It knows nothing.", "vnadmin train GOLD --task clauses", "| obligations.who |",
                  "rules alone", "18 documents are few", "cong_van"):  # fmt: skip
        assert words in card, words
    assert learnt_from(out, GOLDS) == [gold.id for gold in GOLDS]
    assert learnt_from(tmp_path, GOLDS) == []


@pytest.mark.parametrize("kind", ["same", "worse"])
def test_a_model_that_does_not_help_is_not_written_but_when_asked(tmp_path: Path, kind: str) -> None:
    train = functools.partial(train_model, STUB, GOLDS, folds=3, reader=reader_of(GOLDS, kind))
    assert train(tmp_path / "m").folder is None
    assert list(tmp_path.iterdir()) == []
    kept = train(tmp_path / "m", keep=True)
    assert kept.folder == tmp_path / "m"
    assert "By these figures it is not worth using" in (tmp_path / "m" / "card.md").read_text(encoding="utf-8")


def test_the_same_documents_and_seed_give_the_same_weights(tmp_path: Path) -> None:
    for name in ("a", "b"):
        train_model(task_of("clauses"), GOLDS[::-1] if name == "b" else GOLDS, tmp_path / name, folds=2, keep=True)
    a, b = ((tmp_path / name / "weights.json").read_bytes() for name in ("a", "b"))
    assert a == b


def test_what_is_there_is_not_written_over(tmp_path: Path) -> None:
    train = functools.partial(train_model, STUB, GOLDS, folds=2, reader=reader_of(GOLDS, "same"), keep=True)
    model, other = tmp_path / "model", tmp_path / "other"
    other.mkdir()
    (other / "letter.docx").write_bytes(b"x")
    train(model)
    with pytest.raises(ModelError, match="it is there already; name another folder, or --force"):
        train(model)
    with pytest.raises(ModelError, match="it holds no model, so it is not replaced"):
        train(other, force=True)
    train(model, force=True, seed=5)
    assert (model / "weights.txt").read_text(encoding="utf-8") == "5 18"
    assert (other / "letter.docx").exists()


def test_a_training_that_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(golds: object, out: Path, *, seed: int) -> None:
        raise ModelError("no clause of these documents may be an obligation")

    monkeypatch.setattr(stub_trainer, "train_stub", fails)
    with pytest.raises(ModelError, match="no clause"):
        train_model(STUB, GOLDS, tmp_path / "m", reader=reader_of(GOLDS, "same"), keep=True)
    assert list(tmp_path.iterdir()) == []


# -- what is refused, and what is warned of ------------------------------------------------------
def test_too_few_documents(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="7 annotated documents: with fewer than 10 no figure means anything"):
        train_model(STUB, GOLDS[:7], tmp_path / "m")


def test_wrong_annotations_are_not_learnt_from(tmp_path: Path) -> None:
    golds = one_office(tmp_path, 12)
    path = tmp_path / "cv-3.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("deadlines: [0]", "deadlines: [99]", 1), encoding="utf-8")
    golds = load_all(tmp_path)
    with pytest.raises(ModelError, match=r"cv-3: obligations\[\d+\]\.deadlines: there is no entry 99.*vnadmin check"):
        train_model(STUB, golds, tmp_path / "m")


def test_documents_of_one_office_are_parted_by_document(tmp_path: Path) -> None:
    golds = one_office(tmp_path, 12)
    trained = train_model(STUB, golds, tmp_path / "m", folds=3, reader=reader_of(golds, "same"), keep=True)
    assert trained.validation.folds.by == "document"
    assert any("most documents are of one office" in words for words in trained.warnings)
    assert "most documents are of one office" in (tmp_path / "m" / "card.md").read_text(encoding="utf-8")


# -- the command ---------------------------------------------------------------------------------
@pytest.fixture
def stubbed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks, "TASKS", {"clauses": STUB})
    monkeypatch.setattr("vnadmin_nlp.cli.gold.TASKS", {"clauses": STUB})
    monkeypatch.setattr(
        office, "train_model", functools.partial(train_model, reader=reader_of(load_all(SAMPLES), "perfect"))
    )


@pytest.mark.usefixtures("stubbed")
def test_the_command_shows_figures_and_decides(tmp_path: Path) -> None:
    result = run(app, ["train", str(SAMPLES), "--task", "clauses", "-o", str(tmp_path / "m"), "--folds", "3"])
    assert result.exit_code == 0, result.output
    assert "clauses: fold 3 of 3" in result.stderr
    shown = " ".join(result.stdout.split())
    for words in ("18 documents in 3 folds by issuer", "obligations.found", "processor time", "scores rules alone:",
                  "note: 18 documents are few", "clauses: worth using (+"):  # fmt: skip
        assert words in shown, words
    assert (tmp_path / "m" / "card.md").exists()
    everything = run(app, ["train", str(SAMPLES), "-o", str(tmp_path / "all"), "--folds", "2"])
    assert (everything.exit_code, (tmp_path / "all" / "clauses" / "card.md").exists()) == (0, True)


@pytest.mark.usefixtures("stubbed")
def test_the_command_says_why_a_model_is_not_worth_writing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    same = functools.partial(train_model, reader=reader_of(load_all(SAMPLES), "same"))
    monkeypatch.setattr(office, "train_model", same)
    arguments = ["train", str(SAMPLES), "--task", "clauses", "-o", str(tmp_path / "m"), "--folds", "2"]
    result = run(app, arguments)
    assert result.exit_code == 1
    assert "not worth using: it gains +0.0 points of obligations.found" in " ".join(result.stdout.split())
    assert "(--keep writes it)" in " ".join(result.stdout.split())
    assert not (tmp_path / "m").exists()
    assert run(app, [*arguments, "--keep"]).exit_code == 0


@pytest.mark.usefixtures("stubbed")
def test_the_command_says_what_it_lacks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(golds: object, out: Path, *, seed: int) -> None:
        raise missing("python-crfsuite", "train", "training")

    for arguments, words in (
        (["train", str(tmp_path), "-o", str(tmp_path / "m")], "no <name>.yaml here"),
        (["train", str(SAMPLES), "--task", "verbs", "-o", str(tmp_path / "m")], "no task 'verbs' to train for"),
        (["train", str(SAMPLES), "-o", str(SAMPLES), "--task", "clauses"], "it is there already"),
    ):
        result = run(app, arguments)
        assert (result.exit_code, words in result.stderr) == (1, True), result.output
    monkeypatch.setattr(stub_trainer, "train_stub", fails)
    result = run(app, ["train", str(SAMPLES), "-o", str(tmp_path / "m")])
    assert (result.exit_code, "pip install 'vnadmin_nlp[train]'" in result.stderr) == (1, True)


def test_a_missing_package_is_told_before_anything_is_measured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pycrfsuite", None)
    result = run(app, ["train", str(SAMPLES), "--task", "clauses", "-o", str(tmp_path / "m")])
    assert (result.exit_code, "fold" in result.stderr) == (1, False)
    assert "pip install 'vnadmin_nlp[train]'" in result.stderr


# -- models in other commands --------------------------------------------------------------------
@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model of clauses learnt from ten samples."""
    out = tmp_path_factory.mktemp("models") / "clauses"
    train_model(task_of("clauses"), GOLDS[:10], out, folds=2, keep=True)
    return out


def test_evaluate_shows_rules_alone_beside(model: Path) -> None:
    rest = ",".join(gold.id for gold in GOLDS[10:])
    result = run(app, ["evaluate", str(SAMPLES), "--only", rest, "--models", str(model)])
    assert (result.exit_code, result.stderr) == (0, "")
    assert "with these models, against rules alone" in result.stdout
    known = run(app, ["evaluate", str(SAMPLES), "--only", GOLDS[0].id, "--models", str(model)])
    assert "has learnt from 1 of these 1 documents" in known.stderr


def test_parse_with_models_and_scores(model: Path) -> None:
    letter = SAMPLES / "so-noi-vu-cong-van-2022.txt"
    text = letter.read_text(encoding="utf-8")
    for arguments, options in (
        (["--models", "off"], Options(models="off")),
        (["--models", str(model)], Options(models=model)),
        (["--models", str(model.parent)], Options(models=model)),
        (["--min-score", "0.95"], Options(min_score=0.95)),
    ):
        result = run(app, ["parse", str(letter), "--json", *arguments])
        assert json.loads(result.stdout) == vn.parse(text, options=options).model_dump(mode="json")
    assert vn.parse(text, options=Options(min_score=0.95)) != vn.parse(text)


@pytest.mark.parametrize("command", ["parse", "evaluate", "annotate", "run"])
def test_a_model_that_is_not_there_is_named(tmp_path: Path, command: str) -> None:
    target = SAMPLES if command == "evaluate" else SAMPLES / "so-noi-vu-cong-van-2022.txt"
    more = ["-o", str(tmp_path / "out")] if command in ("run", "annotate") else []
    result = run(app, [command, str(target), "--models", str(tmp_path / "none"), *more])
    assert (result.exit_code, "none: no model is there" in result.stderr) == (1, True), result.output
