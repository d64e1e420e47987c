"""`vnadmin generate`: what it writes, what it refuses, and that the parser stands all of it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import unicodedata
from collections import Counter
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

import vnadmin_nlp
from vnadmin_nlp.cli.app import app
from vnadmin_nlp.cli.generate import generator
from vnadmin_nlp.evaluate import evaluate, load_all, problems

NOISE = ("clean", "light", "ocr", "nfd", "no-accents", "slips")


def run(*arguments: object) -> str:
    result = CliRunner().invoke(app, ["generate", *map(str, arguments)])
    assert result.exit_code == 0, result.output
    return result.output


def refused(*arguments: object) -> str:
    result = CliRunner().invoke(app, ["generate", *map(str, arguments)])
    assert result.exit_code == 1, result.output
    return result.output


def lines(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_a_folder_and_a_table_hold_the_same_documents(tmp_path):
    said = run("--n", 12, "--seed", 2, "--copies", 0.3, "--noise", "mixed", "-o", tmp_path / "made.jsonl")
    assert "12 documents" in said
    run("--n", 12, "--seed", 2, "--copies", 0.3, "--noise", "mixed", "-o", tmp_path / "made", "--force")
    rows = lines(tmp_path / "made.jsonl")
    assert [row["id"] for row in rows] == [f"d{index:07}" for index in range(12)]
    for row in rows:
        with (tmp_path / "made" / f"{row['id']}.txt").open(encoding="utf-8", newline="") as file:
            assert file.read() == row["text"]
        gold = yaml.safe_load((tmp_path / "made" / f"{row['id']}.yaml").read_text(encoding="utf-8"))
        assert json.loads(json.dumps(gold, default=str)) == row["gold"]
    for name in ("made.truth.jsonl", "made.duplicates.jsonl"):
        assert lines(tmp_path / name), name
    texts = {row["id"]: row["text"] for row in rows}
    for row in lines(tmp_path / "made.truth.jsonl"):
        assert texts[row["id"]][row["start"] : row["end"]] == row["text"]


def test_the_same_seed_gives_the_same_bytes_in_another_process(tmp_path):
    run("--n", 8, "--noise", "mixed", "-o", tmp_path / "one", "-q")
    command = [sys.executable, "-c", "from vnadmin_nlp.cli import main; main()", "generate"]
    environment = {**os.environ, "PYTHONHASHSEED": "77"}
    options = ["--n", "8", "--noise", "mixed", "-o", str(tmp_path / "two")]
    done = subprocess.run([*command, *options], capture_output=True, text=True, env=environment, check=False)
    assert done.returncode == 0, done.stderr
    names = sorted(path.name for path in (tmp_path / "one").iterdir())
    assert len(names) == 16
    for name in names:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes(), name


def test_the_folder_is_run_as_a_module_too(tmp_path):
    place = Path(__file__).parents[1] / "corpus" / "generate"
    done = subprocess.run(
        [sys.executable, str(place), "--n", "2", "-o", str(tmp_path / "made")],
        capture_output=True, text=True, cwd=tmp_path, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert len(list((tmp_path / "made").glob("*.yaml"))) == 2


def test_what_is_there_is_not_written_over(tmp_path):
    place = tmp_path / "made"
    place.mkdir()
    (place / "letter.txt").write_text("của tôi", encoding="utf-8")
    assert "--force" in refused("--n", 2, "-o", place)
    assert not (tmp_path / "made.truth.jsonl").exists()
    run("--n", 5, "-o", place, "--force")
    run("--n", 2, "-o", place, "--force", "--no-gold")
    assert sorted(path.name for path in place.iterdir()) == ["d0000000.txt", "d0000001.txt", "letter.txt"]
    table = tmp_path / "rows.jsonl"
    run("--n", 2, "--no-gold", "-o", table)
    assert set(lines(table)[0]) == {"id", "text"}
    assert "there already" in refused("--n", 2, "-o", table)
    (tmp_path / "file").write_text("x", encoding="utf-8")
    assert "not a folder" in refused("--n", 2, "-o", tmp_path / "file", "--force")
    assert "--types" in refused("--n", 2, "--types", "thu_tinh", "-o", tmp_path / "other")
    assert CliRunner().invoke(app, ["generate", "--n", "0", "-o", str(tmp_path / "other")]).exit_code == 2
    assert not (tmp_path / "other").exists()


def test_documents_of_some_types_only(tmp_path):
    run("--n", 20, "--types", "chi_thi,cong_dien", "-o", tmp_path / "made", "-q")
    found = Counter(gold.data.doc_type.value for gold in load_all(tmp_path / "made"))
    assert set(found) == {"chi_thi", "cong_dien"} and sum(found.values()) == 20
    ids = {path.stem for path in (tmp_path / "made").glob("*.txt")}
    for row in lines(tmp_path / "made.truth.jsonl"):
        assert {row["target"], *row.get("candidates", ()), *row.get("copies", ())} <= {*ids, None}


@pytest.mark.parametrize("noise", NOISE)
def test_every_quotation_is_found(tmp_path, noise):
    run("--n", 30, "--seed", 5, "--noise", noise, "-o", tmp_path / "made", "-q")
    golds = load_all(tmp_path / "made")
    assert [str(problem) for gold in golds for problem in problems(gold)] == []


def test_the_parser_reads_clean_documents_well(tmp_path):
    """No figure of quality: where this falls, generator and parser have parted."""
    run("--n", 60, "--seed", 11, "-o", tmp_path / "made", "-q")
    report = evaluate(tmp_path / "made", vnadmin_nlp.parse)
    for task, least in (("header", 0.97), ("doc_type", 0.97), ("sections.lines", 0.95), ("references", 0.95)):
        assert report.figures[task].score > least, task


@pytest.mark.parametrize("noise", NOISE)
def test_parse_stands_every_noise(noise):
    """Nothing is raised, and every finding quotes its text."""
    write = generator("write")
    corpus, chosen = write.Wanted(300, seed=31).plan()
    for index in chosen:
        text = write.make(corpus, index, noise).text
        dispatch = vnadmin_nlp.parse(text)
        assert dispatch.text == text
        mentions = [dispatch.subject, dispatch.header.issuer, dispatch.header.number, *dispatch.addressees]
        mentions += [*dispatch.references, *dispatch.deadlines, *dispatch.obligations, *dispatch.recipients]
        mentions += [mention for actor in dispatch.actors for mention in actor.mentions]
        for mention in filter(None, mentions):
            quoted = "".join(text[span.start : span.end] for span in mention.spans)
            assert quoted and all(0 <= span.start < span.end <= len(text) for span in mention.spans)
            assert bare(mention.text) == bare(quoted), (noise, index)


def bare(text: str) -> str:
    """Letters and digits alone, composed, the Icelandic letter as the Vietnamese one."""
    return "".join(c for c in unicodedata.normalize("NFC", text).replace("Ð", "Đ") if c.isalnum())
