"""Copies, drafts and re-issues of one dispatch are grouped; letters from one template are not."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import pytest

from vnadmin_nlp import Failure, parse
from vnadmin_nlp.links.likeness import shingled, similarity
from vnadmin_nlp.schema import Dispatch

pytest.importorskip("datasketch", reason="datasketch is not installed: duplicates are not tested")

from vnadmin_nlp.links.duplicates import Duplicates, Group, Near, near_duplicates
from vnadmin_nlp.links.likeness import Likeness, known_of

SAMPLES = {
    path.stem: path.read_text(encoding="utf-8")
    for path in sorted((Path(__file__).parents[1] / "corpus" / "samples").glob("*.txt"))
}


def letter(
    number: str = "412", day: str = "05", to: str = "huyện Kim Bảng", due: str = "15/4/2024", more: str = ""
) -> str:
    return f"""UBND TỈNH HÀ NAM
SỞ NỘI VỤ

Số: {number}/SNV-CCHC
V/v rà soát vị trí việc làm

Hà Nam, ngày {day} tháng 3 năm 2024

Kính gửi: UBND {to}.

Thực hiện Kế hoạch số 118/KH-UBND ngày 02/02/2024 của UBND tỉnh về sắp xếp đơn vị sự nghiệp, Sở Nội vụ đề nghị
UBND {to} rà soát toàn bộ vị trí việc làm của các cơ quan, đơn vị trực thuộc, đối chiếu với đề án đã được phê duyệt
và tổng hợp những nội dung cần điều chỉnh, bổ sung cho phù hợp với chức năng, nhiệm vụ sau khi sắp xếp.
{more}
Văn bản báo cáo gửi về Sở Nội vụ qua Phòng Tổ chức biên chế trước ngày {due} để tổng hợp, trình UBND tỉnh xem xét.
Quá thời hạn nêu trên, đơn vị nào không gửi báo cáo thì chịu trách nhiệm trước Chủ tịch UBND tỉnh./.

Nơi nhận:
- Như trên;
- Lưu: VT, CCHC.

GIÁM ĐỐC

Trần Văn Hòa
"""


DRAFT = letter(number="      ").replace("ngày 05 tháng 3 năm 2024", "ngày      tháng     năm 2024")


def kinds(documents: dict[str, str]) -> dict[str, list[tuple[str, str]]]:
    return {group.keep: [(one.id, one.likeness) for one in group.others] for group in near_duplicates(documents)}


def test_copies_drafts_and_issues_of_one_letter_are_a_group() -> None:
    marked = letter().replace("Sở Nội vụ", "**Sở Nội vụ**").replace("\nUBND", " UBND").upper()
    documents = {
        "a-draft": DRAFT,
        "b-final": letter(),
        "c-copy": letter() + "\n\n",
        "d-marked": marked,
        "e-again": letter(number="431", day="12"),
    }
    assert kinds(documents) == {
        "b-final": [("a-draft", "draft"), ("c-copy", "copy"), ("d-marked", "copy"), ("e-again", "reissue")]
    }
    (group,) = near_duplicates(documents)
    assert group.likeness is Likeness.DRAFT and group.ids[0] == "b-final"


def test_of_copies_the_one_with_its_marks_is_kept() -> None:
    damaged = letter().replace("ệ", "e").replace("ố", "o").replace("ủ", "u")
    assert kinds({"a-scan": damaged, "b-text": letter(), "c-text": letter()}) == {
        "b-text": [("a-scan", "copy"), ("c-text", "copy")]
    }


@pytest.mark.parametrize(
    "other",
    [
        letter(number="413", to="thị xã Duy Tiên"),
        letter(number="413", due="25/4/2024"),
        letter(number="413", more="Riêng Trạm Y tế Nhật Tựu báo cáo thêm.").replace("118/KH", "96/KH"),
        DRAFT.replace("huyện Kim Bảng", "thị xã Duy Tiên"),
    ],
    ids=["to others", "by another day", "under another plan", "a draft to others"],
)
def test_letters_from_one_template_are_no_group(other: str) -> None:
    one, two = (shingled(known_of(parse(text))) for text in (letter(), other))
    assert similarity(one, two) > 0.7  # it is the names and numbers that tell them
    assert near_duplicates({"one": letter(), "other": other}, threshold=0.7) == []


def test_the_samples_hold_none_and_are_found_when_words_are_misread() -> None:
    assert near_duplicates(SAMPLES) == []
    rng = random.Random(4)

    def misread(text: str) -> str:
        return " ".join(word[1:] if len(word) > 3 and rng.random() < 0.02 else word for word in text.split(" "))

    documents = {**SAMPLES, **{f"{name} scan": misread(text) for name, text in SAMPLES.items()}}
    groups = near_duplicates(documents, threshold=0.7)
    assert [group.ids for group in groups if len(group.ids) != 2] == []
    assert {frozenset(group.ids) for group in groups} == {frozenset((name, f"{name} scan")) for name in SAMPLES}


def test_similarity_is_exact_and_threshold_holds() -> None:
    more = "Đơn vị chưa có đề án thì báo cáo rõ lý do và thời gian hoàn thành."
    (group,) = near_duplicates({"a": letter(), "b": letter(more=more)}, threshold=0.7)
    one, two = (parse(letter()), parse(letter(more=more)))
    expected = _jaccard(one, two)
    assert group == Group("a", (Near("b", Likeness.COPY, pytest.approx(expected)),))
    assert near_duplicates({"a": letter(), "b": letter(more=more)}, threshold=expected + 0.01) == []


def _jaccard(*dispatches: Dispatch) -> float:
    from vnadmin_nlp.links.likeness import words_of

    one, two = (
        {tuple(words[i : i + 3]) for i in range(len(words) - 2)}
        for words in (words_of(known_of(dispatch).text) for dispatch in dispatches)
    )
    return len(one & two) / len(one | two)


def test_a_chain_of_small_changes_does_not_join_documents_that_differ() -> None:
    body = [f"việc {'a' * n} do phòng {'b' * n} chủ trì thực hiện theo lĩnh vực {'c' * n}" for n in range(1, 61)]
    documents = {f"{start:02}": "\n".join(body[start : start + 40]) for start in range(0, 20, 2)}
    groups = near_duplicates(documents)
    assert groups
    for group in groups:
        for one in group.others:
            assert one.similarity >= 0.8
        assert abs(int(group.ids[0]) - int(group.ids[-1])) < 18


def test_texts_and_dispatches_in_any_order_in_any_process_give_the_same() -> None:
    documents: list[tuple[str, str]] = [
        *SAMPLES.items(), ("z", letter()), ("y", DRAFT), ("x", letter(number="9", day="20")), ("w", letter()),
    ]  # fmt: skip
    expected = near_duplicates(documents)
    assert [sorted(group.ids) for group in expected] == [["w", "x", "y", "z"]]
    assert near_duplicates(documents[::-1]) == expected
    assert near_duplicates([(name, parse(text)) for name, text in documents]) == expected
    code = (
        "import sys; sys.path.insert(0, 'tests')\nimport test_duplicates as t\n"
        "letters = {'z': t.letter(), 'y': t.DRAFT, 'x': t.letter('9', '20'), 'w': t.letter()}\n"
        "print(t.near_duplicates({**t.SAMPLES, **letters}))"
    )
    for seed in ("1", "2"):
        run = subprocess.run(
            [sys.executable, "-X", "utf8", "-c", code], capture_output=True, text=True, encoding="utf-8", check=True,
            cwd=Path(__file__).parents[1], env={"PYTHONHASHSEED": seed, "PATH": ""},
        )  # fmt: skip
        assert run.stdout.strip() == repr(expected)


def test_empty_and_short_texts_and_failures() -> None:
    failed = Failure("e", "read", "ReadError", "e: it cannot be read")
    documents = {"a": "", "b": " \n", "c": "Sao y.", "d": "**SAO Y**", "e": failed, "f": "Sao lục.", "g": "\ud800"}
    assert near_duplicates(documents) == [Group("c", (Near("d", Likeness.COPY, 1.0),))]
    assert near_duplicates([]) == []


def test_many_copies_of_one_letter_are_one_group_in_little_memory() -> None:
    with Duplicates() as found:
        for n in range(300):
            found.add(f"{n:03}", letter() + f"\n{n} bản")
        (group,) = found.groups()
        assert len(group.ids) == 300
        assert len(found._signatures) == 300 * 512
        found.add("300", letter())  # it goes on
        assert len(found.groups()[0].ids) == 301
        with pytest.raises(ValueError, match="300: two documents have this id"):
            found.add("300", letter())


def test_a_threshold_that_means_nothing() -> None:
    with pytest.raises(ValueError, match="threshold"):
        near_duplicates([], threshold=80)
