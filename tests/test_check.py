"""`vnadmin check`: each error and each doubt is found, named in words, and placed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from vnadmin_nlp.cli.app import app
from vnadmin_nlp.errors import GoldError
from vnadmin_nlp.evaluate import check_folder, load
from vnadmin_nlp.schema import Severity

SAMPLES = Path(__file__).resolve().parents[1] / "corpus" / "samples"
TEXT = """UBND XÃ ĐỒNG TÂM
Số: 15/UBND-VP
Đồng Tâm, ngày 02 tháng 3 năm 2026
V/v rà soát hộ nghèo
Kính gửi: Trưởng các thôn.
Thực hiện Công văn số 7/SNV-TH ngày 15/01/2026 của Sở Nội vụ:
1. Trưởng các thôn:
a) Rà soát hộ nghèo trước ngày 10/3/2026;
b) Tuyên truyền người dân.
2. Công an xã phối hợp với Trưởng các thôn; báo cáo UBND xã trong vòng 5 ngày.
Nơi nhận:
- Như trên;
- Lưu: VT.
CHỦ TỊCH
Lê Văn Sáu
"""
GOLD = """\
id: xa
doc_type: cong_van
header:
  issuer: "UBND XÃ ĐỒNG TÂM"
  number: "15/UBND-VP"
  place: "Đồng Tâm"
  date: 2026-03-02
subject: "rà soát hộ nghèo"
sections:
  - [1, 3, header]
  - [4, 4, subject]
  - [5, 5, addressees]
  - [6, 6, preamble]
  - [7, 10, body]
  - [11, 13, recipients]
  - [14, 15, signature]
addressees: ["Trưởng các thôn"]
recipients: ["Như trên"]
archive: "VT"
signature: {authority: null, on_behalf_of: null, position: "CHỦ TỊCH", name: "Lê Văn Sáu"}
directives:
  - {path: 1, line: 7, quote: "Trưởng các thôn:"}
  - {path: 1/a, line: 8, quote: "Rà soát hộ nghèo"}
  - {path: 1/b, line: 9, quote: "Tuyên truyền người dân"}
  - {path: 2, line: 10, quote: "Công an xã phối hợp"}
references:
  - {line: 6, quote: "Công văn số 7/SNV-TH ngày 15/01/2026 của Sở Nội vụ", type: cong_van,
     number: "7/SNV-TH", date: 2026-01-15, issuer: "Sở Nội vụ", pinpoint: null}
deadlines:
  - {line: 8, quote: "trước ngày 10/3/2026", kind: date, due: 2026-03-10}
  - {line: 10, quote: "trong vòng 5 ngày", kind: duration, due: null, duration: P5D}
actors:
  - {text: "Sở Nội vụ", kind: agency}
  - {text: "Trưởng các thôn", kind: position}
  - {text: "Công an xã", kind: agency}
  - {text: "UBND xã", kind: agency}
obligations:
  - {line: 8, start: "Rà soát hộ nghèo", end: "trước ngày 10/3/2026", modality: obligation, force: order,
     bearers: ["Trưởng các thôn"], coordinators: [], deadlines: [0], references: []}
  - {line: 9, start: "Tuyên truyền", end: "người dân", modality: obligation, force: order,
     bearers: ["Trưởng các thôn"], coordinators: [], deadlines: [], references: []}
  - {line: 10, start: "Công an xã phối hợp", end: "Trưởng các thôn", modality: obligation, force: order,
     bearers: ["Công an xã"], coordinators: ["Trưởng các thôn"], deadlines: [], references: []}
  - {line: 10, start: "báo cáo UBND xã", end: "5 ngày", modality: obligation, force: order,
     bearers: ["Công an xã"], coordinators: [], deadlines: [1], references: []}
"""


def found(folder: Path, *changes: tuple[str, str], text: str = TEXT) -> list[str]:
    """What is said of GOLD with each first word replaced by the second."""
    gold = GOLD
    for old, new in changes:
        assert old in gold, old
        gold = gold.replace(old, new, 1)
    (folder / "xa.txt").write_text(text, encoding="utf-8")
    (folder / "xa.yaml").write_text(gold, encoding="utf-8")
    return [str(problem) for problem in check_folder(folder)]


def test_what_is_right_passes(tmp_path: Path) -> None:
    assert found(tmp_path) == []


def test_samples_have_no_errors() -> None:
    assert [one for one in check_folder(SAMPLES) if one.severity is Severity.ERROR] == []


def test_gold_of_careful_annotators_raises_few_doubts(shared_dir: Path) -> None:
    problems = check_folder(shared_dir / "gold" / "dev")
    assert [one for one in problems if one.severity is Severity.ERROR] == []
    assert len(problems) < 15


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        # what the file says does not hold in the text
        ("[7, 10, body]", "[7, 9, body]", "xa.yaml:9: sections (bố cục): line 10 has none: '2. Công an xã"),
        ("[7, 10, body]", "[6, 10, body]", "xa.yaml:14: sections[4] (bố cục): line 6 has a label already"),
        ("[7, 10, body]", "[10, 7, body]", "sections[4] (bố cục): [10, 7] is no range of lines"),
        ("[14, 15, signature]", "[14, 25, signature]", "line 25 is past the end of the text, which has 16"),
        ("[4, 4, subject]", "[4, 4, title]", "unknown label ['title']; one of header, subject"),
        ("id: xa", "id: xb", "xa.yaml:1: id (tên tệp): 'xb', but the file is called 'xa'"),
        ('number: "15/UBND-VP"', 'number: "16/UBND-VP"', "(số, ký hiệu): '16/UBND-VP' is not in the text"),
        ('number: "15/UBND-VP"', 'number: "15/UBND- VP"', "has inner spaces"),
        ("date: 2026-03-02", "date: 2026-02-31", "header.date (ngày ban hành): '2026-02-31' is no day like 2022-09-30"),
        ("due: 2026-03-10", "due: 10/3/2026", "xa.yaml:30: deadlines[0] (thời hạn): due '10/3/2026' is not like"),
        ("duration: P5D", "duration: 5 ngày", "duration '5 ngày' is not like P15D"),
        ("kind: date, due: 2026-03-10", "kind: date, due: null, rrule: FREQ=DAILY", "an rrule, but its kind is date"),
        ("line: 10, quote: \"trong vòng", "line: 9, quote: \"trong vòng", "'trong vòng 5 ngày' is not on line 9"),
        ("Công an xã\", kind", "Công an huyện\", kind", "actors[2] (chủ thể): 'Công an huyện' stands nowhere"),
        ("end: \"người dân\"", "end: \"bà con\"", "'bà con' is not found"),
        ("deadlines: [1]", "deadlines: [2]", "there is no entry 2: deadlines holds 2, counted from 0"),
        ("bearers: [\"Công an xã\"], coordinators: []", "bearers: [\"Công an tỉnh\"]",
         "obligations[3].bearers[0] (chủ trì): 'Công an tỉnh' is not in the text"),
        ("text: \"UBND xã\"", "text: \"Sở Nội vụ\"", "actors[3] (chủ thể): it says what actors[0] says"),
        ("line: 9, quote: \"Tuyên", "line: 8, quote: \"Tuyên", "1/b: 'Tuyên truyền người dân' is not on line 8"),
        # what the format does not have
        ("subject: ", "subjct: ", "xa.yaml:8: subjct: there is no field 'subjct'; 'subject' is meant?"),
        ("subject: ", "subjct: ", "subject (trích yếu): it is missing: write it, with null or []"),
        ("kind: position", "kind: boss", "xa.yaml:34: actors[1].kind (loại): 'boss' is none of 'agency', 'unit'"),
        ("[4, 4, subject]", "[4, subject]", "sections[1] (bố cục): [first line, last line, label] is meant"),
        ("line: 7,", "line: bảy,", "directives[0].line (dòng): 'bảy' is no whole number"),
        ("doc_type: cong_van", "doc_type: cong_van\nnoisy: có", "noisy (bản quét có lỗi): 'có' is neither true nor"),
        ("archive: \"VT\"", "archive: [VT]", "archive (lưu): words are meant, in quotation marks, not ['VT']"),
        ("{path: 2, line: 10, quote: \"Công an xã phối hợp\"}", "abc", "directives[3] (mục, khoản, điểm): fields with"),
        ("archive: \"VT\"", "archive: \"VT\"\narchive: \"VP\"", "xa.yaml:20: archive (lưu): it stands twice"),
        ("signature: {", "signature: {rank: 1, ", "signature[0].rank (người ký): there is no field 'rank'; one of"),
        # what is no YAML
        ("\"Như trên\"]", "\"Như trên]", "the YAML cannot be read here or just above"),
        ("recipients: [", "\trecipients: [", "xa.yaml:18: column 1: the YAML cannot be read here"),
    ],
)  # fmt: skip
def test_errors(tmp_path: Path, old: str, new: str, said: str) -> None:
    problems = found(tmp_path, (old, new))
    assert any(said in one and "warning:" not in one for one in problems), problems


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("date: 2026-03-02", "date: 2025-03-02", "2025-03-02: 2025 is not in the head of the text"),
        ("subject: \"rà soát", "subject: \"V/v rà soát", "written without 'V/v'"),
        ("subject: \"rà soát hộ nghèo\"", "subject: null", "lines are labelled subject, but nothing is given"),
        ("[\"Như trên\"]", "[\"- Như trên;\"]", "written without the dash before and the mark behind it"),
        ("[\"Như trên\"]", "[\"Như trên\", \"Lưu: VT\"]", "what follows Lưu is the archive"),
        ("[\"Như trên\"]", "[\"Như dưới\"]", "a word of 'Như dưới' is not in the text"),
        ("authority: null", "authority: \"THAY\"", "authority 'THAY' is none of TM, KT, TL, TUQ, Q"),
        ("name: \"Lê", "name: \"TS. Lê", "name 'TS. Lê Văn Sáu': written without rank or degree"),
        ("number: \"7/SNV-TH\"", "number: \"7/SNV\"", None),
        ("number: \"7/SNV-TH\"", "number: \"8/SNV-TH\"", "its number '8/SNV-TH' is not in its quotation"),
        ("date: 2026-01-15, issuer", "date: 2026-01-16, issuer", "its date 2026-01-16 is not in its quotation"),
        ("issuer: \"Sở Nội vụ\"", "issuer: \"Sở Y tế\"", "its issuer 'Sở Y tế' is not in the text"),
        ("pinpoint: null", "pinpoint: \"khoản 2\"", "its pinpoint 'khoản 2' is not in its quotation"),
        ("due: 2026-03-10", "due: 2026-03-11", "due 2026-03-11, but 'trước ngày 10/3/2026' names another day"),
        ("due: null, duration: P5D", "due: null", "kind duration without a duration"),
        ("text: \"UBND xã\"", "text: \"UBND xã \"", "written without the marks around it"),
        ("deadlines: [0]", "deadlines: []", "deadlines[0] stands in its clause, but is not of it"),
        ("coordinators: [\"Trưởng các thôn\"]", "coordinators: [\"người dân\"]", "'người dân' is not among the actors"),
        ("bearers: [\"Trưởng các thôn\"], coordinators: [], deadlines: [0]", "bearers: [], deadlines: [0]",
         "obligations[0] (nhiệm vụ giao): no bearers, but it stands under 'Trưởng các thôn'"),
        ("bearers: [\"Công an xã\"], coordinators: [\"Tr", "bearers: [], coordinators: [\"Tr",
         "no bearers, but it begins with 'Công an xã'"),
        ("start: \"Tuyên truyền\"", "start: \"n\"", "'n' stands on line 9 more than once: the first is taken"),
        ("end: \"Trưởng các thôn\"", "end: \"báo cáo UBND xã\"", "its clause overlaps that of obligations[2]"),
        ("type: cong_van,\n", "type: nghi_dinh,\n", None),
        ("  - {path: 2, line: 10, quote: \"Công an xã phối hợp\"}\n", "",
         "directives[0] (mục, khoản, điểm): line 10 begins with 2, which follows 1"),
        ("  - {path: 1/b, line: 9, quote: \"Tuyên truyền người dân\"}\n", "",
         "line 9 begins with b, which follows 1/a"),
        ("bearers: [\"Công an xã\"], coordinators: []", "bearers: [], coordinators: []",
         "obligations[3] (nhiệm vụ giao): no bearers, but the duty before it in the same item has some"),
        ("[6, 6, preamble]", "[6, 6, appendix]", "sections[4] (bố cục): line 7: body after appendix"),
    ],
)  # fmt: skip
def test_doubts(tmp_path: Path, old: str, new: str, said: str | None) -> None:
    problems = found(tmp_path, (old, new))
    if said:
        assert any(said in one and "warning:" in one for one in problems), problems
    else:
        assert problems == []


def test_a_deadline_far_away_and_a_number_of_another_type(tmp_path: Path) -> None:
    text = TEXT.replace("Nơi nhận:", "\n" * 30 + "Hạn chót ngày 20/3/2026.\nNơi nhận:")
    changes = (
        ("[7, 10, body]", "[7, 41, body]"), ("[11, 13, recipients]", "[42, 44, recipients]"),
        ("[14, 15, signature]", "[45, 46, signature]"), ("deadlines: [0]", "deadlines: [0, 2]"),
        ("actors:", '  - {line: 41, quote: "ngày 20/3/2026", kind: date, due: 2026-03-20}\nactors:'),
    )  # fmt: skip
    problems = found(tmp_path, *changes, text=text)
    assert problems == [
        "xa.yaml:40: warning: obligations[0].deadlines (thời hạn): deadlines[2] stands on line 41, far from it"
    ]
    text = TEXT.replace("7/SNV-TH", "7/CT-TTg")
    problems = found(tmp_path, ("số 7/SNV-TH", "số 7/CT-TTg"), ('"7/SNV-TH"', '"7/CT-TTg"'), text=text)
    assert problems == [
        "xa.yaml:27: warning: references[0] (viện dẫn): type cong_van, but its number 7/CT-TTg is that of a chi_thi"
    ]


@pytest.mark.parametrize(
    ("printed", "due", "right"),
    [
        ("trong tháng 4/2026", "2026-04-30", True), ("trong tháng 4/2026", "2026-05-31", False),
        ("trong tháng 4/2026", "2026-04-29", False), ("giữa tháng 4/2026", "2026-04-15", True),
        ("trong quý II năm 2026", "2026-06-30", True), ("trong quý II năm 2026", "2026-09-30", False),
        ("đến hết năm 2026", "2026-12-31", True),
    ],
)  # fmt: skip
def test_a_month_ends_on_its_last_day(tmp_path: Path, printed: str, due: str, right: bool) -> None:
    text = TEXT.replace("trong vòng 5 ngày", printed)
    changes = (
        ('quote: "trong vòng 5 ngày", kind: duration, due: null, duration: P5D',
         f'quote: "{printed}", kind: period, due: {due}'),
        ('end: "5 ngày"', f'end: "{printed}"'),
    )  # fmt: skip
    problems = found(tmp_path, *changes, text=text)
    assert (problems == []) == right
    assert right or "names another month, or its last day is meant" in problems[0]


def test_a_reference_behind_a_clause_is_not_of_it(tmp_path: Path) -> None:
    text = TEXT.replace("b) Tuyên truyền người dân.", "b) Tuyên truyền người dân. Công văn số 9/VP-TH đã nêu.")
    changes = (
        ("deadlines:", '  - {line: 9, quote: "Công văn số 9/VP-TH", type: cong_van, number: "9/VP-TH"}\ndeadlines:'),
        ("deadlines: [0], references: []", "deadlines: [0], references: [1]"),
    )
    assert ["references[1] stands behind it, on line 9" in one for one in found(tmp_path, *changes, text=text)] == [
        True
    ]


def test_files_without_their_other_half(tmp_path: Path) -> None:
    found(tmp_path)
    (tmp_path / "moi.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "xb.yaml").write_text(GOLD.replace("id: xa", "id: xb"), encoding="utf-8")
    (tmp_path / "xc.yml").write_text(GOLD, encoding="utf-8")
    (tmp_path / "xd.yaml").write_bytes(b'id: "x"\nsubject: "\xff"')
    (tmp_path / "xe.yaml").write_bytes(b"\n")
    (tmp_path / "xf.yaml").write_text(GOLD.replace("id: xa", "id: xf"), encoding="utf-8")
    (tmp_path / "xf.txt").write_text(TEXT, encoding="utf-8")
    said = [str(one) for one in check_folder(tmp_path)]
    assert said == [
        f"xb.yaml: its text must be {tmp_path / 'xb.txt'}, in UTF-8",
        "xd.yaml:2: its letters are not UTF-8: save it as UTF-8",
        "xe.yaml: it is empty: `vnadmin annotate --force` writes a first annotation",
        "xf.yaml: warning: its text is that of xa.yaml: one document would count twice",
        "moi.txt: warning: a text without annotation: `vnadmin annotate` writes a first one",
        "xc.yml: warning: not read: call it xc.yaml",
    ]
    with pytest.raises(GoldError, match=r"no <name>\.yaml here"):
        check_folder(tmp_path / "none")


def test_words_that_yaml_misreads_are_read_as_written(tmp_path: Path) -> None:
    text = TEXT.replace("Lê Văn Sáu", "No").replace("a) Rà", "1.10) Rà").replace("15/UBND-VP", "017")
    found(tmp_path, ("path: 1/a", "path: 1.10"), ('"Lê Văn Sáu"', "No"), ('"15/UBND-VP"', "017"), text=text)
    data = load(tmp_path / "xa.yaml").data
    assert (data.directives[1].path, data.signature[0].name, data.header.number) == ("1.10", "No", "017")


def test_the_command(tmp_path: Path) -> None:
    run = CliRunner().invoke
    found(tmp_path)
    right = run(app, ["check", str(tmp_path)])
    assert (right.exit_code, right.stdout) == (0, "1 annotations: 0 errors, 0 warnings\n")
    found(tmp_path, ("kind: position", "kind: boss"), ("line: 7,", "line: bảy,"))
    wrong = run(app, ["check", str(tmp_path)])
    assert (wrong.exit_code, wrong.stdout.splitlines()[-1]) == (1, "1 annotations: 2 errors, 0 warnings")
    found(tmp_path, ("deadlines: [0]", "deadlines: []"))
    doubtful = run(app, ["check", str(tmp_path), "--json"])
    assert doubtful.exit_code == 0
    assert json.loads(doubtful.stdout) == [
        {
            "file": "xa.yaml", "line": 38, "entry": "obligations[0]", "severity": "warning",
            "message": "deadlines[0] stands in its clause, but is not of it",
        }
    ]  # fmt: skip
    nothing = run(app, ["check", str(tmp_path / "none")])
    assert (nothing.exit_code, "no <name>.yaml here" in nothing.stderr) == (1, True)
