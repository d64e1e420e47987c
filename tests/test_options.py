"""Options: how sure a finding must be, which models take part, and that both reach every way into the package."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import pytest

import vnadmin_nlp as vn
from vnadmin_nlp.read.options import reading
from vnadmin_nlp.resources import folder
from vnadmin_nlp.taggers import store

TEXT = (
    "UBND TỈNH KIÊN SƠN\nSố: 12/UBND-VP\nKiên Sơn, ngày 5 tháng 3 năm 2024\n\nKính gửi: Các sở, ban, ngành.\n\n"
    "1. Giao các đơn vị liên quan báo cáo trước thứ Sáu tuần này; Sở Y tế tổng hợp trước ngày 01/4/2024.\n"
)


def scores(dispatch: vn.Dispatch) -> list[float]:
    found = [*dispatch.references, *dispatch.deadlines, *dispatch.obligations]
    return [one.score for one in (*found, *(m for actor in dispatch.actors for m in actor.mentions))]


def test_min_score_leaves_out_what_is_less_sure_and_nothing_else() -> None:
    whole, sure = vn.parse(TEXT), vn.parse(TEXT, options=vn.Options(min_score=1.0))
    assert min(scores(whole)) < 1
    assert scores(sure) == [score for score in scores(whole) if score == 1]
    assert vn.parse(TEXT, options=vn.Options(min_score=0.0)) == whole


def test_the_options_reach_every_way_in(tmp_path: Path) -> None:
    options = vn.Options(min_score=1.0)
    want = vn.parse(TEXT, options=options)
    file = tmp_path / "a.txt"
    file.write_text(TEXT, encoding="utf-8")
    assert vn.read(file, options=options).deadlines == want.deadlines
    assert list(vn.pipe([TEXT], options=options)) == [want]
    assert list(vn.pipe([TEXT], options=reading(options), n_process=2)) == [want]
    pa = pytest.importorskip("pyarrow")
    batch = pa.RecordBatch.from_pydict({"id": ["a"], "text": [TEXT]})
    assert len(vn.process_batch(batch, options=options)["deadlines"][0]) == len(want.deadlines)
    vn.run([file], tmp_path / "out", to="jsonl", options=options, n_process=1)
    again = vn.run([file], tmp_path / "out", to="jsonl", n_process=1)
    assert again.done == 1, "other options, another result: the document is done again"


def every_way_in(tmp_path: Path, options: vn.Options) -> list[Callable[[], object]]:
    file = tmp_path / "a.txt"
    file.write_text(TEXT, encoding="utf-8")
    ways: list[Callable[[], object]] = [
        lambda: vn.parse(TEXT, options=options),
        lambda: vn.read(file, options=options),
        lambda: vn.pipe([TEXT], options=options),
        lambda: vn.pipe([TEXT], options=options, n_process=2),
        lambda: vn.run([file], tmp_path / "out", to="jsonl", options=options),
    ]
    if find_spec("pyarrow"):
        import pyarrow as pa

        batch = pa.RecordBatch.from_pydict({"id": ["a"], "text": [TEXT]})
        ways += [
            lambda: vn.process_batch(batch, options=options),
            lambda: vn.process_batch(batch.slice(0, 0), options=options),
        ]
    return ways


def refused(tmp_path: Path, options: vn.Options, said: str) -> None:
    for call in every_way_in(tmp_path, options):
        with pytest.raises(vn.ModelError, match=said):
            call()
    assert not (tmp_path / "out").exists()


def test_a_model_that_is_not_there_is_told_at_once(tmp_path: Path) -> None:
    folder = tmp_path / "none"
    options = vn.Options(models=folder)
    refused(tmp_path, options, r"none: no model is there .*vnadmin train")
    folder.mkdir()
    (folder / store.CONFIG).write_text("[model]\ntask = cooking\nkind = crf\nversion = 2\n")
    refused(tmp_path, options, r"task = cooking: there is no such task; one of actors")
    (folder / store.CONFIG).write_text("[model]\ntask = clauses\nkind = linear\nversion = 1\n")
    refused(tmp_path, options, r"version 1, this package reads version 2: train the model again")
    (folder / store.CONFIG).write_text("[other]\n")
    refused(tmp_path, options, r"config.cfg: it cannot be read .*train the model again")


def test_a_damaged_model_and_a_second_one_are_told_at_once(tmp_path: Path) -> None:
    folder = tmp_path / "clauses"
    folder.mkdir()
    (folder / store.CONFIG).write_text("[model]\ntask = clauses\nkind = linear\nversion = 2\n")
    options = vn.Options(models=folder)
    refused(tmp_path, options, r"weights\.json: the weights are missing .*train the model again")
    (folder / "weights.json").write_text('{"weights": {"a": ')
    refused(tmp_path, options, r"weights\.json: the weights cannot be read .*train the model again")
    (folder / "weights.json").write_text(
        '{"weights": {}, "bounds": {"keep": 0, "add": 2}, "calibration": [[0, 0], [1, 1]], "scores": true}'
    )
    refused(tmp_path, vn.Options(models=(folder, folder)), "a second model for the task clauses")


@pytest.mark.parametrize("n_process", [1, 2])
def test_a_parser_without_its_model_is_no_failure_of_a_document(n_process: int) -> None:
    with pytest.raises(vn.ModelError, match="no model is there"):
        list(vn.pipe([TEXT, TEXT], parser=parse_without_model, n_process=n_process))


def parse_without_model(text: str | vn.SourceText) -> vn.Dispatch:
    return vn.parse(text, options=vn.Options(models=Path("none")))


def test_without_models_the_rules_are_all(monkeypatch: pytest.MonkeyPatch) -> None:
    off = vn.parse(TEXT, options=vn.Options(models="off"))
    monkeypatch.setattr("vnadmin_nlp.taggers.store.folder", lambda name: None)
    without = vn.parse(TEXT)
    assert without.model_copy(update={"diagnostics": off.diagnostics}) == off
    told = [one for one in without.diagnostics if one.code == "models.missing"]
    assert len(told) == bool(store.SHIPPED)


def test_folders_of_the_checkout() -> None:
    assert folder("corpus/generate") is not None
    assert folder("no such folder") is None


@pytest.mark.parametrize("call", [vn.parse, lambda t, options: vn.read(t.encode(), options=options)])
def test_options_of_another_kind_are_refused(call) -> None:
    with pytest.raises(TypeError, match=r"options is an Options or ReadOptions, not dict: Options\(min_score=0.5\)"):
        call(TEXT, options={"min_score": 0.5})


def test_names_at_the_command_line(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(TEXT, encoding="utf-8")
    run = subprocess.run(
        [sys.executable, "-c", "from vnadmin_nlp.cli import main; main()", "parse", str(file), "--names", "nobody"],
        capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert run.returncode == 2
    assert "underthesea" in run.stderr
