"""Docs and pipelines on disk, in other processes, without an import, as a wheel; the page about them."""

from __future__ import annotations

import pickle
import re
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin
from spacy.vocab import Vocab
from spacy_docs import ROOT, TEXTS, all_of, guest

import vnadmin_nlp as vn
from vnadmin_nlp.export import from_doc
from vnadmin_nlp.export.spacy_findings import GROUPS, LABELS
from vnadmin_nlp.language.colors import COLORS
from vnadmin_nlp.language.package import main as write_wheel
from vnadmin_nlp.taggers.clauses import ClauseModel
from vnadmin_nlp.taggers.linear import WEIGHTS
from vnadmin_nlp.train.card import save_weights


@pytest.fixture(scope="module")
def nlp() -> Language:
    return vn.load()


def test_docs_go_through_bytes_and_a_docbin(nlp: Language) -> None:
    docs = list(guest("vi", ents=True).pipe(TEXTS[:5])) + list(nlp.pipe(TEXTS[:5]))
    kept = DocBin(docs=docs, store_user_data=True).to_bytes()
    vocab = Vocab()
    for doc, again in zip(docs, DocBin().from_bytes(kept).get_docs(vocab), strict=True):
        assert all_of(again) == all_of(doc)
        assert from_doc(again) == from_doc(doc) == vn.parse(doc.text)
        assert all_of(Doc(Vocab()).from_bytes(doc.to_bytes())) == all_of(doc)
        assert all_of(pickle.loads(pickle.dumps(doc))) == all_of(doc)
    (bare,) = DocBin(docs=docs[:1]).get_docs(vocab)
    assert {key: group.attrs for key, group in bare.spans.items()} == {k: g.attrs for k, g in docs[0].spans.items()}
    with pytest.raises(ValueError, match="no Dispatch is on this Doc"):
        from_doc(bare)
    with pytest.raises(ValueError, match="no Dispatch is on this Doc"):
        from_doc(spacy.blank("xx")("a"))


def test_two_processes_give_what_one_gives(tmp_path: Path) -> None:
    code = (
        "import sys; sys.path.insert(0, 'tests')\n"
        "from spacy_docs import TEXTS, all_of, guest, vn\n"
        "for nlp, texts in ((vn.load(), TEXTS), (vn.load(words='underthesea'), TEXTS[:2]), (guest('en'), TEXTS[:5])):\n"
        "    two = list(nlp.pipe(texts, n_process=2, batch_size=3))\n"
        "    assert list(map(all_of, two)) == list(map(all_of, nlp.pipe(texts)))\n"
        "    assert all(c == i for i, (_, c) in enumerate(\n"
        "        nlp.pipe([(t, i) for i, t in enumerate(TEXTS[:4])], as_tuples=True, n_process=2)))\n"
        "print('done')"
    )
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", code], capture_output=True, text=True, cwd=ROOT, timeout=180, check=False
    )
    assert done.stdout == "done\n", done.stderr[-3000:]


@pytest.mark.parametrize("words", ["syllables", "underthesea"])
def test_a_pipeline_is_saved_and_loaded(words: Any, tmp_path: Path) -> None:
    nlp = vn.load(options=vn.Options(min_score=0.6), words=words)
    want = all_of(nlp(TEXTS[0]))
    nlp.to_disk(tmp_path / "saved")
    assert all_of(spacy.load(tmp_path / "saved")(TEXTS[0])) == want
    assert all_of(pickle.loads(pickle.dumps(nlp))(TEXTS[0])) == want
    again = Language.from_config(nlp.config) if nlp.lang == "xx" else spacy.blank("vi", config=nlp.config)
    assert all_of(again.from_bytes(nlp.to_bytes())(TEXTS[0])) == want
    config = type(nlp.config)().from_str(nlp.config.to_str())
    assert all_of(spacy.util.load_model_from_config(config, auto_fill=True)(TEXTS[0])) == want


def model_in(folder: Path) -> Path:
    """A model of clauses that knows nothing, in `folder`."""
    save_weights(folder, {WEIGHTS: ClauseModel({}).dump()}, task="clauses", kind="linear", seed=0, settings={})
    return folder


def test_bytes_hold_the_options(tmp_path: Path) -> None:
    """Models stay in the folders that the bytes name."""
    nlp = guest(models=str(model_in(tmp_path / "office")), min_score=0.9, misfits="split")
    again = guest().from_bytes(nlp.to_bytes())
    was, now = (one.get_pipe("vnadmin_nlp") for one in (nlp, again))
    assert (now.options, now.settings) == (was.options, was.settings)
    assert all_of(again(TEXTS[0])) == all_of(nlp(TEXTS[0]))
    shutil.rmtree(tmp_path / "office")
    with pytest.raises(vn.ModelError, match="office: no model is there"):
        guest().from_bytes(nlp.to_bytes())


def test_models_go_with_the_pipeline(tmp_path: Path) -> None:
    model = model_in(tmp_path / "office")
    nlp = vn.load(options=vn.Options(models=model))
    nlp.to_disk(tmp_path / "saved")
    shutil.rmtree(model)
    (tmp_path / "saved").rename(tmp_path / "moved")
    moved: Any = spacy.load(tmp_path / "moved").get_pipe("vnadmin_nlp")
    assert moved.options.models == (tmp_path / "moved" / "vnadmin_nlp" / "models" / "clauses",)
    spacy.load(tmp_path / "moved").to_disk(tmp_path / "moved")
    assert (moved.options.models[0] / "config.cfg").is_file()
    vn.load().to_disk(tmp_path / "moved")
    assert not moved.options.models[0].exists()


def test_a_pipeline_whose_model_is_gone_says_so(tmp_path: Path) -> None:
    guest(models="off").to_disk(tmp_path / "saved")
    config = tmp_path / "saved" / "config.cfg"
    config.write_text(config.read_text("utf-8").replace('models = "off"', 'models = "gone"'), encoding="utf-8")
    with pytest.raises(vn.ModelError, match="gone: no model is there"):
        spacy.load(tmp_path / "saved")


# Without import; the wheel; the page


def test_spacy_finds_everything_without_an_import() -> None:
    code = (
        "import sys, spacy\n"
        "assert 'vnadmin_nlp' not in sys.modules\n"
        "nlp = spacy.blank('xx'); nlp.add_pipe('vnadmin_nlp')\n"
        "cut = spacy.blank('vi', config={'nlp': {'tokenizer': {'@tokenizers': 'vnadmin.Tokenizer.v1'}}})\n"
        "colors = spacy.registry.displacy_colors.get_all()['vnadmin_nlp']\n"
        "doc = nlp('Giao UBND xã họp.')\n"
        "print(doc.spans['actors'], cut('số 1/UBND.')[1], colors['agency'])"
    )
    done = subprocess.run([sys.executable, "-X", "utf8", "-c", code], capture_output=True, text=True, check=False)
    assert done.stdout == f"[UBND xã] 1/UBND {COLORS['agency']}\n", done.stderr


@pytest.fixture
def machine(tmp_path: Path) -> Iterator[Path]:
    """A fresh environment that has the packages of this one by a list of folders, and this package from its source."""
    place = tmp_path / "machine"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", place], check=True)
    python = place / "bin" / "python"
    if not python.exists():
        pytest.skip("the test lays its folders out as on Linux and macOS")
    site = place / "lib" / f"python{sys.version_info.major}.{sys.version_info.minor}" / "site-packages"
    (site / "others.pth").write_text(f"{sysconfig.get_path('purelib')}\n{ROOT}\n", encoding="utf-8")
    yield python


@pytest.mark.parametrize("words", ["syllables", "underthesea"])
def test_the_wheel_is_installed_and_loaded_by_its_name(words: str, machine: Path, tmp_path: Path) -> None:
    write_wheel(["-o", str(tmp_path), "--words", words])
    (wheel,) = tmp_path.glob("vi_vnadmin_sm-*.whl")
    pip = [sys.executable, "-m", "pip", "--python", str(machine), "install", "-q", "--no-deps", "--no-index"]
    subprocess.run([*pip, str(wheel)], check=True, capture_output=True)
    code = (
        "import spacy, vi_vnadmin_sm, importlib.metadata as m\n"
        "nlp = spacy.load('vi_vnadmin_sm')\n"
        "doc, same = nlp('Giao UBND xã họp.'), vi_vnadmin_sm.load()('Giao UBND xã họp.')\n"
        "assert 'machine' in vi_vnadmin_sm.__file__ and doc.to_json() == same.to_json()\n"
        "print(nlp.meta['license'], nlp.tokenizer.words, doc.spans['actors'], m.requires('vi_vnadmin_sm'))"
    )
    done = subprocess.run([machine, "-X", "utf8", "-c", code], capture_output=True, text=True, check=False)
    assert done.stdout == f"MIT {words} [UBND xã] ['vnadmin-nlp>={vn.__version__}']\n", done.stderr


def test_models_go_into_the_wheel_and_the_same_input_makes_the_same_wheel(tmp_path: Path) -> None:
    model = model_in(tmp_path / "office")
    wheels = []
    for out in (tmp_path / "a", tmp_path / "b"):
        write_wheel(["-o", str(out), "--model", str(model)])
        wheels += out.glob("*.whl")
    first, second = wheels
    assert first.read_bytes() == second.read_bytes()
    ZipFile(first).extractall(tmp_path / "site")
    shutil.rmtree(model)
    (inside,) = (tmp_path / "site" / "vi_vnadmin_sm").glob("vi_vnadmin_sm-*")
    pipe: Any = spacy.load(inside).get_pipe("vnadmin_nlp")
    assert pipe.options.models == (inside / "vnadmin_nlp" / "models" / "clauses",)


def test_a_wheel_without_its_model_is_refused_in_a_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        write_wheel(["-o", str(tmp_path / "out"), "--model", str(tmp_path / "nope")])
    assert "nope: no model is there" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_the_page_does_what_it_says(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "spacy.md").read_text(encoding="utf-8")
    code = "\n".join(re.findall(r"^```python\n(.*?)^```", page, re.MULTILINE | re.DOTALL))
    want = "".join(re.findall(r"^```text\n(.*?)^```", page, re.MULTILINE | re.DOTALL))
    shutil.copy(ROOT / "corpus" / "samples" / "so-noi-vu-cong-van-2022.txt", tmp_path / "cong-van.txt")
    (tmp_path / "page.py").write_text(code, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "page.py"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert (done.stdout, done.returncode) == (want, 0), done.stderr[-3000:]


def test_the_page_lists_the_groups_and_their_labels() -> None:
    page = (ROOT / "docs" / "spacy.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(\w+)` \| (`[^|]*`) \|", page, re.MULTILINE)
    assert {name: tuple(re.findall(r"`(\w+)`", labels)) for name, labels in rows if name in GROUPS} == LABELS
