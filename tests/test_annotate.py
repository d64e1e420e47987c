"""`vnadmin annotate`: the first annotation says what the parse says, reads well, and writes over nothing."""

from __future__ import annotations

import unicodedata
import zipfile
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

import vnadmin_nlp as vn
from vnadmin_nlp.cli.app import app
from vnadmin_nlp.evaluate import Draft, Gold, draft, load, measure, problems, to_yaml
from vnadmin_nlp.evaluate.annotation import Annotation
from vnadmin_nlp.evaluate.draft import CHECK
from vnadmin_nlp.evaluate.forms import fold
from vnadmin_nlp.evaluate.gold import GoldLoader

ROOT = Path(__file__).resolve().parents[1]
LETTERS = ROOT / "tests" / "files" / "letters"
TEXTS = {
    path.parent.name if path.name == "source.txt" else path.stem: path.read_bytes().decode()
    for path in [
        *sorted((ROOT / "corpus" / "samples").glob("*.txt")),
        *sorted((ROOT / "tests" / "golden").glob("*/source.txt")),
    ]
}
run = CliRunner().invoke


def again(made: Draft) -> Gold:
    """The annotation as it is read back from its YAML."""
    data = Annotation.model_validate(yaml.load(to_yaml(made), Loader=GoldLoader))
    return Gold(made.gold.id, made.gold.text, data)


def agrees(text: str) -> tuple[int, int]:
    """Checks the round trip of `text`: occurrences of actors, and those that the format claims and the parse does not.

    The format lists each form of an actor once and counts every place of it, so a form that is no actor everywhere
    (`cơ quan`) cannot be said; each has a note. A text of which a line has only marks without width has no section
    there.
    """
    dispatch = vn.parse(text)
    made = draft(dispatch, name="x")
    gold = again(made)
    assert gold.data == made.gold.data
    assert problems(gold) == []
    report = measure([gold], lambda _: dispatch)
    excused = {"actors"} | ({"sections.lines"} if any(line == "\u200b" for line in text.split("\n")) else set())
    assert [miss for miss in report.errors if miss.task not in excused] == []
    noted = {index for (part, index), notes in made.notes.items() if part == "actors" and CHECK in " ".join(notes)}
    unsaid = {gold.data.actors[index].text for index in noted}
    for miss in report.errors:
        if miss.task == "actors" and miss.kind == "missed":
            assert fold(miss.what)[0] in unsaid
    return len(gold.actors), sum(miss.task == "actors" for miss in report.errors)


@pytest.mark.parametrize("name", TEXTS)
def test_measured_against_its_own_annotation_a_parse_is_right(name: str) -> None:
    agrees(TEXTS[name])


@pytest.mark.parametrize("form", ["NFD", "\r\n", "\ufeff"])
def test_the_round_trip_holds_for_other_forms_of_a_text(form: str) -> None:
    for text in list(TEXTS.values())[::6]:
        if form == "NFD":
            agrees(unicodedata.normalize("NFD", text))
        else:
            agrees(text.replace("\n", form) if form == "\r\n" else form + text)


def test_real_texts_agree_with_their_annotations(shared_dir: Path) -> None:
    paths = sorted((shared_dir / "corpus" / "raw").glob("*.txt"))[3::26] + sorted((shared_dir / "gold").rglob("*.txt"))
    counts = [agrees(path.read_bytes().decode()) for path in paths]
    assert len(counts) > 80
    assert sum(unsaid for _, unsaid in counts) < 0.15 * sum(actors for actors, _ in counts)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300), st.sampled_from(sorted(TEXTS)), st.integers(0, 3000))
def test_any_text_has_an_annotation_that_can_be_read(odd: str, name: str, at: int) -> None:
    text = TEXTS[name][:at] + odd + TEXTS[name][at : at + 1000]
    made = draft(vn.parse(text), name="x")
    assert again(made).data == made.gold.data


LETTER = """ỦY BAN NHÂN DÂN\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
XÃ ĐỒNG TÂM\tĐộc lập - Tự do - Hạnh phúc
Số: 15/UBND-VP\tĐồng Tâm, ngày 02 tháng 3 năm 2026
V/v rà soát hộ nghèo

Kính gửi: Trưởng các thôn.

Thực hiện Công văn số 7/SNV-TH ngày 15/01/2026 của Sở Nội vụ, UBND xã yêu cầu Trưởng các thôn:
1. Rà soát hộ nghèo; báo cáo UBND xã trước ngày 10/3/2026.
2. Tuyên truyền, vận động người dân.

Nơi nhận:\tCHỦ TỊCH
- Như trên;
- Lưu: VT.\tLê Văn Sáu
"""
ANNOTATION = """\
id: "xa"
doc_type: cong_van
noisy: false
header:
  parent_agency: null
  issuer: "ỦY BAN NHÂN DÂN XÃ ĐỒNG TÂM"
  number: "15/UBND-VP"
  place: "Đồng Tâm"
  date: 2026-03-02
  urgency: null
  secrecy: null
subject: "rà soát hộ nghèo"
sections:
  - [1, 3, header]
  - [4, 4, subject]
  - [6, 6, addressees]
  - [8, 8, preamble]
  - [9, 10, body]
  - [12, 12, recipients+signature]
  - [13, 13, recipients]
  - [14, 14, recipients+signature]
addressees:
  - "Trưởng các thôn"
recipients:
  - "Như trên"
archive: "VT"
signature: {authority: null, on_behalf_of: null, position: "CHỦ TỊCH", name: "Lê Văn Sáu"}
directives:
  - {path: "1", line: 9, quote: "Rà soát hộ nghèo; báo cáo"}
  - {path: "2", line: 10, quote: "Tuyên truyền, vận động người dân."}
references:
  - {line: 8, quote: "Công văn số 7/SNV-TH ngày 15/01/2026 của Sở Nội vụ", type: cong_van, number: "7/SNV-TH", \
date: 2026-01-15, issuer: "Sở Nội vụ", pinpoint: null}  # 0
deadlines:
  - {line: 9, quote: "trước ngày 10/3/2026", kind: date, due: 2026-03-10}  # 0
actors:
  - {text: "Sở Nội vụ", kind: agency}
  - {text: "UBND xã", kind: agency}
  - {text: "Trưởng các thôn", kind: position}
obligations:
"""


def test_it_reads_like_the_guideline() -> None:
    made = draft(vn.parse(LETTER), name="xa")
    written = to_yaml(made)
    body = "".join(line for line in written.splitlines(keepends=True) if not line.startswith("#"))
    assert body.startswith(ANNOTATION)
    duties = body.removeprefix(ANNOTATION).splitlines()
    assert (
        duties[0]
        == '  - {line: 9, start: "Rà soát hộ nghèo", end: "Rà soát hộ nghèo", modality: obligation, force: order,'
    )
    assert duties[1].startswith('     bearers: ["Trưởng các thôn"], coordinators: [], deadlines: [')
    assert list(yaml.load(written, Loader=GoldLoader)) == list(Annotation.model_fields)
    assert "\\u" not in written


def test_guesses_and_doubts_are_comments() -> None:
    text = LETTER.replace("ngày 02 tháng 3", "ngày    tháng 3").replace("10/3/2026", "10/3")
    dispatch = vn.parse(text)
    guess = dispatch.references[0].model_copy(update={"score": 0.7, "text": "số\n7\x1b"})
    written = to_yaml(draft(dispatch.model_copy(update={"references": [guess]}), name="xa"))
    assert "# check: line 3: The date in the heading is left blank" in written
    assert "  # 0; score 0.7; check: other words stand between those of it\n" in written
    assert "\x1b" not in written


def test_words_that_yaml_would_misread_are_quoted() -> None:
    text = LETTER.replace("V/v rà soát hộ nghèo", 'V/v: "2025-01-01": no, # [x] {y} \\ 1.10 \x07')
    made = draft(vn.parse(text), name="1.10")
    assert made.gold.data.subject
    assert again(made).data == made.gold.data


def test_a_clause_is_quoted_with_as_many_words_as_find_it_again() -> None:
    same = "Sở Y tế phải rà soát, thống kê và báo cáo số lượng"
    text = LETTER.replace("1. Rà soát hộ nghèo; báo cáo", f"1. {same} thuốc; {same} vật tư; báo cáo")
    dispatch = vn.parse(text)
    made = draft(dispatch, name="x")
    duties = [duty for duty in made.gold.data.obligations if duty.start.startswith("Sở Y tế phải rà soát")]
    places = [place for place in made.gold.obligations if place]
    spans = [(duty.spans[0].start, duty.spans[-1].end) for duty in dispatch.obligations]
    assert [duty.start.split()[-1] for duty in duties] == ["soát,", "vật"]
    assert places == spans


def test_what_cannot_be_quoted_is_marked() -> None:
    clause = "Sở Y tế phải báo cáo"
    made = draft(vn.parse(LETTER.replace("1. Rà soát hộ nghèo", f"1. {clause}. {clause}")), name="x")
    notes = {index: words for (part, index), words in made.notes.items() if part == "obligations"}
    assert notes[1][-1] == "check: its first or last words stand elsewhere too"
    assert problems(made.gold) != []  # the two are one to the format
    made = draft(vn.parse(LETTER + "Cơ quan cần thì cơ quan làm."), name="x")
    assert problems(made.gold) == []


# -- the command ---------------------------------------------------------------------------------
def annotate(*arguments: Path | str) -> tuple[int, str, str]:
    result = run(app, ["annotate", *map(str, arguments)])
    return result.exit_code, result.stdout, result.stderr


def test_a_text_gets_its_annotation_beside_it(tmp_path: Path) -> None:
    for name, text in (("a.txt", LETTER), ("b.v2.txt", "\ufeff" + LETTER.replace("\n", "\r\n"))):
        (tmp_path / name).write_bytes(text.encode())
    code, out, err = annotate(tmp_path)
    assert (code, err) == (0, "")
    assert "a.yaml: 1 references, 1 deadlines, 3 actors" in out
    for name in ("a", "b.v2"):
        gold = load(tmp_path / f"{name}.yaml")
        assert (problems(gold), gold.data.subject) == ([], "rà soát hộ nghèo")
    assert (tmp_path / "b.v2.txt").read_bytes() == ("\ufeff" + LETTER.replace("\n", "\r\n")).encode()
    assert run(app, ["check", str(tmp_path)]).exit_code == 0


def test_corrections_are_not_written_over(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(LETTER, encoding="utf-8")
    annotate(tmp_path / "a.txt")
    annotation = tmp_path / "a.yaml"
    corrected = annotation.read_text(encoding="utf-8").replace("rà soát hộ nghèo", "hộ nghèo")
    annotation.write_text(corrected, encoding="utf-8")
    code, out, _ = annotate(tmp_path)
    assert (code, "kept as it is (--force writes it again)" in out) == (0, True)
    assert annotation.read_text(encoding="utf-8") == corrected
    assert annotate(tmp_path, "--force")[0] == 0
    assert 'subject: "rà soát hộ nghèo"' in annotation.read_text(encoding="utf-8")


def test_files_get_their_text_beside_the_annotation(tmp_path: Path) -> None:
    code, _, err = annotate(LETTERS / "letter.docx", LETTERS / "letter.pdf", "-o", tmp_path / "gold")
    assert (code, err) == (0, "")
    names = sorted(path.name for path in (tmp_path / "gold").iterdir())
    assert names == ["letter.pdf.txt", "letter.pdf.yaml", "letter.txt", "letter.yaml"]
    gold = load(tmp_path / "gold" / "letter.yaml")
    assert gold.text == vn.read_text(LETTERS / "letter.docx").text
    assert problems(gold) == []
    again = annotate(LETTERS / "letter.docx", LETTERS / "letter.pdf", "-o", tmp_path / "gold")
    assert again[1].count("kept as it is") == 2


def test_a_folder_holds_texts_that_annotate_wrote(tmp_path: Path) -> None:
    (tmp_path / "letter.docx").write_bytes((LETTERS / "letter.docx").read_bytes())
    assert annotate(tmp_path)[0] == 0
    assert annotate(tmp_path)[0] == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["letter.docx", "letter.txt", "letter.yaml"]


def test_documents_of_an_archive(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "thang-8.zip", "w") as packed:
        packed.write(LETTERS / "letter.docx", "a/cv.docx")
        packed.write(LETTERS / "plan.docx", "b/cv.docx")
        packed.writestr("logo.png", b"\x89PNG\r\n\x1a\nbroken")
    code, _, err = annotate(tmp_path / "thang-8.zip", "-o", tmp_path / "gold")
    assert (code, "thang-8.zip!logo.png" in err) == (1, True)
    assert {load(path).data.doc_type for path in (tmp_path / "gold").glob("*.yaml")} == {"cong_van", "ke_hoach"}


def test_a_file_in_an_old_encoding_stays_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "cv.txt"
    file.write_bytes(LETTER.encode("utf-16"))
    code, _, err = annotate(file)
    assert (code, "give another folder (-o)" in err) == (1, True)
    assert file.read_bytes() == LETTER.encode("utf-16")
    assert not (tmp_path / "cv.yaml").exists()
    assert annotate(file, "-o", tmp_path / "gold")[0] == 0
    assert (tmp_path / "gold" / "cv.txt").read_text(encoding="utf-8") == LETTER


@pytest.mark.parametrize("more", [[], ["--force"]])
def test_what_the_program_did_not_write_is_never_written_over(tmp_path: Path, more: list[str]) -> None:
    (tmp_path / "letter.docx").write_bytes((LETTERS / "letter.docx").read_bytes())
    own = {"letter.txt": "Ghi chú riêng", "letter.docx.yaml": "services: {web: 1}\n"}
    for name, words in own.items():
        (tmp_path / name).write_text(words, encoding="utf-8")
    code, out, _ = annotate(tmp_path / "letter.docx", *more)
    assert (code, "letter.docx-2.yaml: " in out) == (0, True)
    assert {name: (tmp_path / name).read_text(encoding="utf-8") for name in own} == own
    assert load(tmp_path / "letter.docx-2.yaml").text == vn.read_text(LETTERS / "letter.docx").text


def test_force_leaves_a_text_that_was_changed_and_an_annotation_of_other_origin(tmp_path: Path) -> None:
    letter, gold = tmp_path / "letter.docx", tmp_path / "gold"
    letter.write_bytes((LETTERS / "letter.docx").read_bytes())
    annotate(letter, "-o", gold)
    first = (gold / "letter.yaml").read_bytes()
    (gold / "letter.txt").write_text("sửa tay", encoding="utf-8")
    code, _, err = annotate(letter, "-o", gold, "--force")
    assert (code, "letter.txt: it is not as vnadmin wrote it: take it away first" in err) == (1, True)
    assert (gold / "letter.txt").read_text(encoding="utf-8") == "sửa tay"
    (gold / "letter.txt").unlink()
    assert annotate(letter, "-o", gold, "--force")[0] == 0
    assert (gold / "letter.yaml").read_bytes() == first
    by_hand = first.decode().split("\n", 5)[-1]
    (gold / "letter.yaml").write_text(by_hand, encoding="utf-8")
    assert "letter.yaml: kept as it is" in annotate(letter, "-o", gold)[1]  # by its text
    code, _, err = annotate(letter, "-o", gold, "--force")
    assert (code, "letter.yaml: it does not say that vnadmin wrote it" in err) == (1, True)
    assert (gold / "letter.yaml").read_text(encoding="utf-8") == by_hand


@pytest.mark.parametrize("apart", [True, False])
def test_files_of_one_name_keep_their_own_annotations(tmp_path: Path, apart: bool) -> None:
    letters = tmp_path / "letters"
    gold = tmp_path / "gold" if apart else letters
    out = ["-o", gold] if apart else []
    (letters / "b").mkdir(parents=True)
    (letters / "a.txt").write_text(LETTER, encoding="utf-8")
    annotate(letters, *out)
    corrected = (gold / "a.yaml").read_text(encoding="utf-8").replace('"rà soát hộ nghèo"', '"hộ nghèo"')
    (gold / "a.yaml").write_text(corrected, encoding="utf-8")
    for name, made in (
        ("a.docx", "letter.docx"),
        ("a.pdf", "letter.pdf"),
        ("a.xlsx", "plan.docx"),
        ("b/a.docx", "plan.docx"),
    ):
        (letters / name).write_bytes((LETTERS / made).read_bytes())
    code, said, err = annotate(letters, *out)
    assert (code, err, said.count("kept as it is")) == (0, "", 1)
    assert (gold / "a.yaml").read_text(encoding="utf-8") == corrected
    before = {path: path.read_bytes() for path in tmp_path.rglob("*.yaml")}
    assert len(before) == 5
    assert len({load(path).text for path in before}) == 4
    code, said, err = annotate(letters, *out)
    assert (code, err, said.count("kept as it is"), said.count("\n")) == (0, "", 5, 5)
    assert {path: path.read_bytes() for path in tmp_path.rglob("*.yaml")} == before


def test_an_annotation_is_known_again_wherever_it_is(tmp_path: Path) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "a.docx").write_bytes((LETTERS / "letter.docx").read_bytes())
    annotate(tmp_path / "letters", "-o", tmp_path / "gold")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "gold").rename(tmp_path / "elsewhere" / "gold")  # by what the file holds
    assert annotate(tmp_path / "letters", "-o", tmp_path / "elsewhere" / "gold")[1].count("kept as it is") == 1
    (tmp_path / "elsewhere" / "gold").rename(tmp_path / "gold")
    (tmp_path / "letters" / "a.docx").write_bytes((LETTERS / "plan.docx").read_bytes())  # by where it is
    assert annotate(tmp_path / "letters" / "a.docx", "-o", tmp_path / "gold")[1].count("kept as it is") == 1
    assert annotate(tmp_path / "gold")[:2] == (
        0,
        f"{tmp_path / 'gold' / 'a.yaml'}: kept as it is (--force writes it again)\n",
    )
    code, _, err = annotate(tmp_path / "gold", "--force")
    assert (code, "it is the text of" in err) == (1, True)


def test_members_of_an_archive_keep_their_own_annotations(tmp_path: Path) -> None:
    for count, name in enumerate(("a/cv.docx", "b/cv.docx"), 1):
        with zipfile.ZipFile(tmp_path / "thang-8.zip", "a") as packed:
            packed.write(LETTERS / ("letter.docx" if count == 1 else "plan.docx"), name)
        code, said, _ = annotate(tmp_path / "thang-8.zip", "-o", tmp_path / "gold")
        assert (code, said.count("kept as it is"), len(list((tmp_path / "gold").glob("*.yaml")))) == (
            0,
            count - 1,
            count,
        )


def test_a_folder_without_documents_is_told(tmp_path: Path) -> None:
    code, out, err = annotate(tmp_path)
    assert (code, out, f"{tmp_path}: no documents are there" in err) == (1, "", True)


def test_what_cannot_be_read_is_named(tmp_path: Path) -> None:
    code, out, err = annotate(tmp_path / "none.docx")
    assert (code, out, "none.docx" in err) == (1, "", True)
