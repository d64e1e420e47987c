"""The line model: it mends spoilt pages, leaves clean ones to the rules, is the same for the same gold, and loads."""

from __future__ import annotations

import pickle
import random
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from vnadmin_nlp import parse
from vnadmin_nlp.errors import ModelError
from vnadmin_nlp.evaluate import Gold, load_all
from vnadmin_nlp.layout import read_layout
from vnadmin_nlp.options import Options
from vnadmin_nlp.resolve.lines import chooser
from vnadmin_nlp.schema import SectionLabel
from vnadmin_nlp.taggers.lines import CHOICE, WEIGHTS, LineModel, Proposed, traits_of
from vnadmin_nlp.taggers.store import read_card
from vnadmin_nlp.text import normalize
from vnadmin_nlp.text.quality import Quality, quality_of
from vnadmin_nlp.train.lines import Answer, choose, pages_of, train_lines
from vnadmin_nlp.train.spoil import WAYS, Labelled, Way, spoiled

SAMPLES = Path(__file__).resolve().parents[1] / "corpus" / "samples"
TESTED = ("bo-y-te-cong-van-2024", "so-noi-vu-cong-van-2022", "ubnd-tinh-chi-thi-2019", "dac-khu-cong-van-2026")


@pytest.fixture(scope="module")
def golds() -> list[Gold]:
    return load_all(SAMPLES)


@pytest.fixture(scope="module")
def folder(golds: list[Gold], tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("models") / "pages"
    train_lines([gold for gold in golds if gold.id not in TESTED], out, seed=1)
    return out


def page_of(gold: Gold) -> list[Labelled]:
    return [(words, frozenset(gold.labels.get(n, ()))) for n, words in enumerate(gold.text.split("\n"), 1)]


def wrong(page: list[Labelled], options: Options) -> int:
    """Lines of `page` that get a label which gold does not allow."""
    text = "\n".join(words for words, _ in page)
    sections = [(str(s.label), text[s.span.start : s.span.end]) for s in parse(text, options=options).sections]
    labels = [label for label, words in sections for line in words.split("\n") if line.strip()]
    allowed = [names for words, names in page if words.strip()]
    return sum(label not in names for label, names in zip(labels, allowed, strict=True) if names)


def test_spoilt_pages_of_others_are_read_better(golds: list[Gold], folder: Path) -> None:
    pages = [
        spoiled(page_of(gold), Way(rate=0.1, flat=True), random.Random(f"{gold.id} {turn}"))
        for gold in golds if gold.id in TESTED for turn in range(5)
    ]  # fmt: skip
    ruled = sum(wrong(page, Options(models="off")) for page in pages)
    mended = sum(wrong(page, Options(models=folder)) for page in pages)
    assert ruled > 20
    assert mended < ruled


def test_clean_pages_stay_with_the_rules(golds: list[Gold], folder: Path) -> None:
    assert LineModel.load(folder).spoilt_only
    for gold in golds:
        assert parse(gold.text, options=Options(models=folder)) == parse(gold.text, options=Options(models="off"))


def test_the_same_gold_and_seed_give_the_same_bytes(golds: list[Gold], folder: Path, tmp_path: Path) -> None:
    train_lines([gold for gold in golds[::-1] if gold.id not in TESTED], tmp_path, seed=1)
    for name in (WEIGHTS, CHOICE, "config.cfg"):
        assert (tmp_path / name).read_bytes() == (folder / name).read_bytes()
    assert read_card(tmp_path).task == "lines"


def test_a_model_goes_through_pickle_and_threads(golds: list[Gold], folder: Path) -> None:
    model = LineModel.load(folder)
    again = pickle.loads(pickle.dumps(model))
    pages = [next(pages_of(gold, 0)) for gold in golds[:6]]
    alone = [model.propose(page.sheet, page.ruled) for page in pages]
    assert [again.propose(page.sheet, page.ruled) for page in pages] == alone
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(lambda page: model.propose(page.sheet, page.ruled), pages * 5)) == alone * 5


@pytest.mark.parametrize("text", ["", "\n\n", "|", "một dòng", "a\n|\n\u2028b\r\nc\x0bd", "x " * 5000])
def test_any_text_is_taken(text: str, folder: Path) -> None:
    model = LineModel.load(folder)
    eager = LineModel(model.weights, sure=0.0, spoilt_only=False)
    layout = read_layout(normalize(text), relabel=chooser(eager))
    assert all(line.label for line in layout.lines if not line.blank)


def test_labels_change_only_where_the_model_is_sure() -> None:
    class Sure:
        sure, spoilt_only = 0.8, False

        def propose(self, sheet: object, labels: list[SectionLabel | None]) -> list[Proposed]:
            likely = [0.9 if i == 0 else 0.7 for i in range(len(labels))]
            return [Proposed(SectionLabel.APPENDIX, one) for one in likely]

    lines = read_layout(normalize("Đề nghị các đơn vị báo cáo.\nGửi trước ngày 30."), relabel=chooser(Sure())).lines
    assert lines[0].label is SectionLabel.APPENDIX
    assert lines[1].label is not SectionLabel.APPENDIX
    assert chooser(None) is None
    endless = read_layout(normalize("dòng\n" * 10_001), relabel=chooser(Sure())).lines
    assert SectionLabel.APPENDIX not in {line.label for line in endless}


def test_clean_pages_are_changed_only_for_a_gain_worth_having() -> None:
    body, noise = frozenset({"body"}), frozenset({"noise"})
    right = [Answer(body, "body", Proposed(SectionLabel.BODY, 0.99))] * 99
    mended = Answer(noise, "body", Proposed(SectionLabel.NOISE, 0.8))
    broken = Answer(body, "body", Proposed(SectionLabel.NOISE, 0.6))
    assert choose([*right, mended]) == (0.9, True)
    assert choose([*right, *[mended] * 2, *[broken] * 2]) == (0.7, False)
    assert choose([]) == (0.9, True)


@pytest.mark.parametrize("way", WAYS)
def test_spoilt_pages_keep_labels_with_their_words(way: Way, golds: list[Gold]) -> None:
    page = page_of(golds[0])
    spoilt = spoiled(page, way, random.Random(5))
    assert spoilt == spoiled(page, way, random.Random(5))
    assert spoilt != page
    before, after = ({name for _, names in one for name in names} for one in (page, spoilt))
    assert after <= before
    assert {"header", "body", "signature"} <= after
    if way.rate == way.lost == 0:
        text = [
            "".join(sorted("".join(words for words, _ in one).translate(str.maketrans("", "", " *#|"))))
            for one in (page, spoilt)
        ]
        assert text[0] == text[1]


def test_misread_pages_look_misread(golds: list[Gold]) -> None:
    for gold in golds[:5]:
        spoilt = spoiled(page_of(gold), Way(rate=0.1), random.Random(1))
        assert quality_of(normalize("\n".join(words for words, _ in spoilt))) is Quality.GARBLED


def test_damaged_and_missing_weights_name_their_place(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="weights are missing"):
        LineModel.load(tmp_path)
    (tmp_path / CHOICE).write_text('{"sure": 0.9, "spoilt_only": true}', encoding="utf-8")
    (tmp_path / WEIGHTS).write_bytes(b"nothing")
    with pytest.raises(ModelError, match=r"cannot be read .*train the model again"):
        LineModel.load(tmp_path)


def test_weights_that_were_cut_off_or_changed_are_told(folder: Path, tmp_path: Path) -> None:
    shutil.copytree(folder, tmp_path, dirs_exist_ok=True)
    whole = (tmp_path / WEIGHTS).read_bytes()
    for damaged in (whole[:500], whole[:-1], whole[: len(whole) // 2] + b"\x7f" * (len(whole) // 2), b""):
        (tmp_path / WEIGHTS).write_bytes(damaged)
        with pytest.raises(ModelError, match=r"is not what was trained.*train the model again"):
            LineModel.load(tmp_path)
    (tmp_path / WEIGHTS).write_bytes(whole)
    assert LineModel.load(tmp_path).dump()[WEIGHTS] == whole


def test_line_ends_make_no_difference(golds: list[Gold]) -> None:
    for gold in golds[::4]:
        other = Gold(gold.id, gold.text.replace("\n", "\r\n"), gold.data)
        for one, two in zip(pages_of(gold, 0), pages_of(other, 0), strict=True):
            assert traits_of(one.sheet, one.ruled) == traits_of(two.sheet, two.ruled)
            assert one.learnt == two.learnt
