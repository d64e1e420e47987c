"""The command `vnadmin`: what it prints, and how it fails."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from perfect import perfect
from typer.testing import CliRunner

import vnadmin_nlp as vn
from vnadmin_nlp.cli.app import app
from vnadmin_nlp.evaluate import load

SAMPLES = Path(__file__).resolve().parents[1] / "corpus" / "samples"
LETTER = SAMPLES / "so-noi-vu-cong-van-2022.txt"
run = CliRunner().invoke


@pytest.fixture
def known(monkeypatch: pytest.MonkeyPatch) -> vn.Dispatch:
    """The perfect parse of LETTER, given for every text: these tests are about printing."""
    dispatch = perfect(load(LETTER.with_suffix(".yaml")))
    monkeypatch.setattr(vn, "parse", lambda source, **options: dispatch)
    return dispatch


def flat(output: str) -> str:
    """Output with its table borders and line breaks gone."""
    return " ".join("".join(c if c not in "│┃─━┌┐└┘├┤┬┴┼╇╪═║" else " " for c in output).split())


def test_the_summary_says_who_must_do_what_by_when(known: vn.Dispatch) -> None:
    result = run(app, ["parse", str(LETTER)])
    assert result.exit_code == 0
    for words in (
        "SỞ NỘI VỤ", "1877/SNV-CCHC", "07/10/2022", "Các sở, ban, ngành cấp tỉnh", "Who must do what by when",
        "must not", "PHÓ GIÁM ĐỐC / Phan Đình Kháng", "VT, CCHC (05b)",
    ):  # fmt: skip
        assert words in flat(result.stdout), words
    row = next(line for line in result.stdout.split("├") if "Sở Thông tin" in line)
    assert "by 31/10/2022" in flat(row)
    assert "Trung tâm Phục vụ" in row
    assert "\x1b[" not in result.stdout
    assert max(map(len, result.stdout.splitlines())) <= 120


def test_json_is_the_whole_dispatch_and_nothing_else() -> None:
    result = run(app, ["parse", str(LETTER), "--json"])
    assert result.exit_code == 0
    assert vn.Dispatch.model_validate_json(result.stdout) == vn.parse(LETTER.read_text(encoding="utf-8"))
    assert result.stdout.startswith('{\n  "text"')
    one_line = run(app, ["parse", str(LETTER), "--json", "--indent", "0"])
    assert one_line.stdout.count("\n") == 1


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_encodings_of_files_and_standard_input(tmp_path: Path, encoding: str) -> None:
    text = "Số: 12/UBND-VP\r\nỦy ban nhân dân xã trả lời như sau:\r\n"
    data = text.encode(encoding)
    (tmp_path / "cv.txt").write_bytes(data)
    for result in (
        run(app, ["parse", str(tmp_path / "cv.txt"), "--json"]),
        run(app, ["parse", "-", "--json"], input=data),
    ):
        assert json.loads(result.stdout)["text"] == text


def test_a_blank_file_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "blank.txt").write_bytes(b" \n")
    result = run(app, ["parse", str(tmp_path / "blank.txt")])
    assert (result.exit_code, "text.empty" in result.stdout) == (0, True)


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("missing.txt", None, "No such file"),
        ("empty.docx", b"", "the file is empty"),
        ("cv.docx", b"PK\x03\x04rest", "the zip is cut off"),
        ("cv.pdf", b"%PDF-1.7", "damaged"),
        ("cv.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "cut off or damaged"),
    ],
)
def test_what_cannot_be_read_is_named_with_its_mend(
    tmp_path: Path, name: str, data: bytes | None, message: str
) -> None:
    if data is not None:
        (tmp_path / name).write_bytes(data)
    result = run(app, ["parse", str(tmp_path / name)])
    assert result.exit_code == 1
    assert result.stdout == ""
    assert name in result.stderr
    assert message in result.stderr


def test_a_folder_is_not_a_file(tmp_path: Path) -> None:
    result = run(app, ["parse", str(tmp_path)])
    assert (result.exit_code, "it is a folder" in result.stderr) == (1, True)


def test_a_document_cannot_act_on_the_terminal(tmp_path: Path) -> None:
    hostile = LETTER.read_text(encoding="utf-8").replace("Phan Đình", "\x1b[31mPhan\x9b2J Đình\x07")
    (tmp_path / "cv.txt").write_text(hostile, encoding="utf-8")
    shown = run(app, ["parse", str(tmp_path / "cv.txt")]).stdout
    assert not set(shown) & {"\x1b", "\x9b", "\x07"}
    assert json.loads(run(app, ["parse", str(tmp_path / "cv.txt"), "--json"]).stdout)["text"] == hostile


def test_usage_errors_and_version() -> None:
    assert run(app, ["parse"]).exit_code == 2
    assert run(app, ["parse", str(LETTER), "--indent", "x"]).exit_code == 2
    assert run(app, ["read"]).exit_code == 2
    assert run(app, ["--version"]).stdout.strip() == f"vnadmin {vn.__version__}"
    assert "thời hạn" in run(app, ["parse", "--help"]).stdout


def test_evaluate_prints_scores_and_errors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vn, "parse", lambda text, **options: vn.Dispatch(text=text))
    result = run(app, ["evaluate", str(SAMPLES), "--errors"])
    assert result.exit_code == 0
    assert "obligations.who" in result.stdout
    assert "crashes 0" in result.stdout
    assert f"deadlines\t{LETTER.stem}\tmissed\tchậm nhất ngày 20/10/2022" in result.stdout.splitlines()
    one_task = run(app, ["evaluate", str(SAMPLES), "--errors", "deadlines"]).stdout
    assert {line.split("\t")[0] for line in one_task.splitlines() if "\t" in line} == {"deadlines"}
    data = json.loads(run(app, ["evaluate", str(SAMPLES), "--json", "--errors"]).stdout)
    assert data["figures"]["text.kept"]["score"] == 1.0


def test_evaluate_quotes_gains_and_losses_against_a_saved_run(
    tmp_path: Path, known: vn.Dispatch, monkeypatch: pytest.MonkeyPatch
) -> None:
    saved, one = tmp_path / "run.json", ["evaluate", str(SAMPLES), "--only", LETTER.stem]
    assert run(app, [*one, "--save", str(saved)]).exit_code == 0
    same = run(app, [*one, "--against", str(saved)])
    assert same.stdout.splitlines()[-1] == "gains 0, losses 0"
    monkeypatch.setattr(
        vn, "parse", lambda text, **options: known.model_copy(update={"subject": None, "archive": None})
    )
    worse = run(app, [*one, "--against", str(saved)])
    assert worse.exit_code == 0
    assert worse.stdout.splitlines()[-1] == "gains 0, losses 2"
    assert f"- archive\t{LETTER.stem}\twrong\tgold 'vt, cchc (05b)', predicted ''" in worse.stdout.splitlines()
    assert "archive 1.0000 0.0000 -1.0000" in flat(worse.stdout)


def test_evaluate_says_where_an_annotation_does_not_fit_its_text(tmp_path: Path) -> None:
    (tmp_path / LETTER.name).write_bytes(LETTER.read_bytes())
    broken = (
        LETTER.with_suffix(".yaml").read_text(encoding="utf-8").replace("chậm nhất ngày 20/10", "chậm nhất ngày 21/10")
    )
    (tmp_path / f"{LETTER.stem}.yaml").write_text(broken, encoding="utf-8")
    result = run(app, ["evaluate", str(tmp_path)])
    assert result.exit_code == 0
    assert f"annotation of {LETTER.stem}: deadlines[0]: 'chậm nhất ngày 21/10/2022' is not on line 29" in result.stderr


def test_evaluate_names_the_documents_whose_parsing_raised(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vn, "parse", lambda text, **options: 1 / 0)
    result = run(app, ["evaluate", str(SAMPLES), "--only", LETTER.stem])
    assert (result.exit_code, "crashes 1" in result.stdout) == (0, True)
    assert f"{LETTER.stem}: the parser raised ZeroDivisionError" in result.stderr


def test_evaluate_says_what_it_cannot_read(tmp_path: Path) -> None:
    assert "no <name>.yaml here" in run(app, ["evaluate", str(tmp_path)]).stderr
    (tmp_path / "run.json").write_text("{}", encoding="utf-8")
    result = run(app, ["evaluate", str(SAMPLES), "--against", str(tmp_path / "run.json")])
    assert (result.exit_code, "not a run that --save wrote" in result.stderr) == (1, True)
    result = run(app, ["evaluate", str(SAMPLES), "--against", str(tmp_path / "none.json")])
    assert (result.exit_code, "write a run with --save first" in result.stderr) == (1, True)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["parse", str(LETTER)], "Sở Nội vụ"),
        (["parse", "-", "--json"], "SỞ NỘI VỤ"),
        (["parse", "--help"], "thời hạn"),
        (["evaluate", str(SAMPLES), "--errors"], "obligations"),
    ],
)
def test_the_command_writes_utf8_on_any_locale(arguments: list[str], words: str) -> None:
    environment = {k: v for k, v in os.environ.items() if k not in ("COLUMNS", "FORCE_COLOR")}
    environment |= {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"}
    done = subprocess.run(
        [sys.executable, "-c", "from vnadmin_nlp.cli import main; main()", *arguments],
        input=LETTER.read_bytes(), env=environment, capture_output=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.stderr.decode() == ""
    assert done.returncode == 0
    assert b"\x1b[" not in done.stdout
    assert words in done.stdout.decode("utf-8")


def test_importing_the_library_loads_no_terminal_library() -> None:
    code = "import sys, vnadmin_nlp.evaluate; print([m for m in ('typer', 'rich', 'spacy') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.strip() == "[]"


def test_evaluate_refuses_a_task_it_does_not_know() -> None:
    result = run(app, ["evaluate", str(SAMPLES), "--only", LETTER.stem, "--errors", "deadline"])
    assert result.exit_code == 1
    assert "no such task; one of header, doc_type" in result.output


LETTERS = Path(__file__).parent / "files" / "letters"


def test_text_shows_lines_with_labels_and_places() -> None:
    lines = run(app, ["text", str(LETTERS / "decision.docx")]).stdout.splitlines()
    assert lines[0].split(maxsplit=3) == ["1", "header", "t0r0c0", "ỦY BAN NHÂN DÂN"]
    row = next(line for line in lines if "Kiểm tra chợ số 3 " in line)
    assert row.split(maxsplit=4)[1:3] == ["appendix", "t2r3"]
    assert any(line.split()[1:2] == ["noise"] and "note" in line for line in lines)
    page = run(app, ["text", str(LETTERS / "decision.pdf")]).stdout
    assert any("appendix" in line and "p4" in line for line in page.splitlines())


def test_plain_text_is_what_is_analysed() -> None:
    shown = run(app, ["text", str(LETTERS / "plan.docx"), "--plain"]).stdout
    assert shown == vn.read(LETTERS / "plan.docx").text


def test_an_archive_is_many_documents(tmp_path: Path) -> None:
    archive = tmp_path / "thang-8.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        packed.write(LETTERS / "decision.docx", "qd.docx")
        packed.writestr("logo.png", b"\x89PNG\r\n\x1a\nbroken")
        packed.write(LETTERS / "letter.docx", "cv.docx")
    result = run(app, ["parse", str(archive)])
    assert result.exit_code == 1
    assert "1408/QĐ-UBND" in result.stdout
    assert "thang-8.zip!cv.docx" in result.stdout
    assert "thang-8.zip!logo.png" in result.stderr
    values = run(app, ["parse", str(archive), "--json", "--indent", "0"]).stdout.splitlines()
    assert [json.loads(value)["document_type"] for value in values] == ["quyet_dinh", "cong_van"]


def test_format_says_what_the_content_cannot(tmp_path: Path) -> None:
    (tmp_path / "cv").write_text("**Số: 5/UBND**", encoding="utf-8")
    assert run(app, ["text", str(tmp_path / "cv"), "--format", "md", "--plain"]).stdout == "**Số: 5/UBND**\n"
    wrong = run(app, ["text", str(tmp_path / "cv"), "--format", "docx"])
    assert (wrong.exit_code, wrong.stdout) == (1, "")
    assert run(app, ["text", str(tmp_path / "cv"), "--format", "xyz"]).exit_code == 1
