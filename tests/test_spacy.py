"""The library as a spaCy pipeline: tokens, spans and what they say, any tokenizer, storage, the wheel, the page."""

from __future__ import annotations

import json
import pickle
import re
import shutil
import subprocess
import sys
import sysconfig
import time
import unicodedata
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy import displacy
from spacy.displacy.render import DEFAULT_LABEL_COLORS
from spacy.language import Language
from spacy.tokens import Doc, DocBin
from spacy.vocab import Vocab

import vnadmin_nlp as vn
from vnadmin_nlp.export import from_doc, to_doc
from vnadmin_nlp.export.spacy_findings import GROUPS, LABELS, findings
from vnadmin_nlp.language import LONGEST
from vnadmin_nlp.language.colors import COLORS
from vnadmin_nlp.language.package import main as write_wheel
from vnadmin_nlp.language.tokenizer import Tokenizer

ROOT = Path(__file__).parents[1]
TEXTS = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "corpus" / "samples").glob("*.txt"))]
ODD = [
    "", " ", "   ", "\n", " \n \n", "\t", "\x00", "a\x00b", "a  b", " a", "a ", "a \n b", "a\r\nb\r\r\n",
    "\u00a0x\u3000", "V**Ă**N", "Số:1/UBND", unicodedata.normalize("NFD", "Ủy ban nhân dân xã Đông Thạnh"),
    "e\u0301\u0323", "\u0301", "ủ\u00ady ban", "\ufeffSố", "\u200b", "👩‍👩‍👧 🇻🇳", "ngày 15/3/2024.", "1.", "1..2", "/",
    "12/", "12/a", "1/2/a-", "24:00 25:00",
]  # fmt: skip
TOKENIZERS = ("xx", "en", "vi")


def blank(name: str) -> Language:
    return spacy.blank(name, config={"nlp": {"tokenizer": {"use_pyvi": False}}} if name == "vi" else {})


def guest(name: str = "xx", **config: Any) -> Language:
    nlp = blank(name)
    nlp.add_pipe("vnadmin_nlp", config=config)
    return nlp


@pytest.fixture(scope="module")
def nlp() -> Language:
    return vn.load()


def all_of(doc: Doc) -> dict[str, Any]:
    """What stands on a Doc, as it compares and as JSON has it (a DocBin makes tuples of lists)."""
    spans = {
        key: [(span.start, span.end, span.label_, span.id_) for span in group] + [group.attrs]
        for key, group in doc.spans.items()
    }
    ents = [(ent.start, ent.end, ent.label_, ent.id_) for ent in doc.ents]
    tokens = [(token.text, token.whitespace_) for token in doc]
    data = [doc.text, tokens, spans, ents, doc._.vnadmin, doc._.vnadmin_unaligned]
    return json.loads(json.dumps(data))  # type: ignore[no-any-return]


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    words = text[start:end]
    return start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())


def pieces(text: str, dispatch: vn.Dispatch) -> list[tuple[str, str, str, int, int]]:
    """Group, label, id, start and end of every piece of every finding."""
    return [
        (one.group, one.label, one.id, *trimmed(text, span.start, span.end))
        for one in findings(dispatch)
        for span in one.spans
        if text[span.start : span.end].strip()
    ]


def spans_on(doc: Doc) -> list[tuple[str, str, str, int, int]]:
    return [
        (key, span.label_, span.id_, span.start_char, span.end_char)
        for key, group in doc.spans.items()
        for span in group
    ]


# Tokens


@pytest.mark.parametrize("words", ["syllables", "underthesea"])
@pytest.mark.parametrize("text", [*ODD, *TEXTS[:3]])
def test_a_doc_holds_every_character(text: str, words: str) -> None:
    doc = Tokenizer(Vocab(), words)(text)
    assert doc.text == text
    assert all(token.text for token in doc)


@settings(max_examples=300, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"])) | st.text("aạ Ủ1/.-\n\t\u0301UBND"))
def test_any_text_is_held(text: str) -> None:
    assert Tokenizer(Vocab())(text).text == text


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("số 1234/UBND-KGVX.", "số|1234/UBND-KGVX|."),
        ("Nghị định 30/2020/NĐ-CP,", "Nghị|định|30/2020/NĐ-CP|,"),
        ("78/CT-TT&HT;", "78/CT-TT&HT|;"),
        ("ngày 15/3/2024.", "ngày|15/3/2024|."),
        ("15-3-2024)", "15-3-2024|)"),
        ("từ 1/3-15/3/2024", "từ|1/3|-|15/3/2024"),
        ("trước 17h30, 9:05", "trước|17h30|,|9:05"),
        ("1.500.000đ, 3,5%", "1.500.000|đ|,|3,5|%"),
        ("1. Giao", "1|.|Giao"),
        ("2.1.Giao", "2.1|.|Giao"),
        ("a) Sở Y tế;b) Sở", "a|)|Sở|Y|tế|;|b|)|Sở"),
        ("**Điều 3.**Giao", "*|*|Điều|3|.|*|*|Giao"),
        ("UBND-Sở Y tế/Sở Tài chính", "UBND|-|Sở|Y|tế|/|Sở|Tài|chính"),
        ("Số:12/BC", "Số|:|12/BC"),
        ("a   b\n\n c", "a|  |b|\n\n |c"),
    ],
)
def test_tokens(text: str, tokens: str) -> None:
    for form in ("NFC", "NFD"):
        doc = Tokenizer(Vocab())(unicodedata.normalize(form, text))
        assert [token.text for token in doc] == unicodedata.normalize(form, tokens).split("|")


def test_words_are_joined_and_numbers_are_not() -> None:
    doc = Tokenizer(Vocab(), "underthesea")("Ủy ban  nhân dân ban hành 12/QĐ-UBND ngày 1/2/2024.")
    assert [token.text for token in doc][-5:] == ["ban hành", "12/QĐ-UBND", "ngày", "1/2/2024", "."]
    assert any("  " in token.text for token in doc)


@pytest.mark.parametrize("unit", ["7", "a", ".", " ", "\n", "1/", "1/a-", "a\u0301", "(" * 9, "24:5", "\u00ad"])
def test_time_grows_with_the_text(unit: str) -> None:
    tokenizer = Tokenizer(Vocab())

    def seconds(times: int) -> float:
        text = unit * times
        best = 9.0
        for _ in range(3):
            start = time.perf_counter()
            tokenizer(text)
            best = min(best, time.perf_counter() - start)
        return best

    assert seconds(40_000) < 8 * seconds(10_000) + 0.05


def test_half_of_a_pair_is_refused_with_the_mend() -> None:
    with pytest.raises(ValueError, match=r"character 1 .* U\+FFFD"):
        vn.load()("a\ud800b")


# Spans


@pytest.mark.parametrize("words", ["syllables", "underthesea"])
def test_every_finding_is_a_span_of_our_pipeline(words: Any) -> None:
    for text, doc in zip(TEXTS, vn.load(words=words).pipe(TEXTS), strict=True):
        assert doc.text == text
        assert doc._.vnadmin_unaligned == []
        assert spans_on(doc) == pieces(text, vn.parse(text))
        assert from_doc(doc) == vn.parse(text)


@pytest.mark.parametrize("name", TOKENIZERS)
def test_with_any_tokenizer_a_finding_is_a_span_or_listed(name: str) -> None:
    listed = 0
    for text, doc in zip(TEXTS, guest(name).pipe(TEXTS), strict=True):
        rest = doc._.vnadmin_unaligned
        found = [(one["group"], one["label"], one["id"], one["start_char"], one["end_char"]) for one in rest]
        assert sorted(spans_on(doc) + found) == sorted(pieces(text, vn.parse(text)))
        for one in rest:
            offer = doc[one["token_start"] : one["token_end"]]
            assert one["text"] == text[one["start_char"] : one["end_char"]] and one["text"] in offer.text
            assert offer.start_char <= one["start_char"] and one["end_char"] <= offer.end_char
            assert (offer.start_char, offer.end_char) != (one["start_char"], one["end_char"])
            assert offer[0].idx + len(offer[0]) > one["start_char"] and offer[-1].idx < one["end_char"]
        listed += len(rest)
    assert (listed > 100) == (name == "vi")


def test_values_stand_beside_their_spans(nlp: Language) -> None:
    for text in TEXTS[:6]:
        doc = nlp(text)
        for key, group in doc.spans.items():
            for span, values in zip(group, group.attrs["values"], strict=True):
                own = [" ".join(piece.text.split()) for piece in group if piece.id_ == span.id_]
                if "text" in values and not re.search(r"[*_|]", "".join(own)) and key != "header":
                    assert " ".join(own) == values["text"]
        dump = doc._.vnadmin
        duties = doc.spans["obligations"].attrs["values"]
        assert [v["action"] for v in duties] == [duty["action"]["text"] for duty in dump["obligations"]]
        assert all(v["last_day"] is None or re.fullmatch(r"\d{4}-\d\d-\d\d", v["last_day"]) for v in duties)
        json.dumps([group.attrs for group in doc.spans.values()])


def test_an_id_is_a_place_in_the_dispatch(nlp: Language) -> None:
    doc = nlp(TEXTS[0])
    for group in doc.spans.values():
        for span in group:
            at: Any = doc._.vnadmin
            for step in span.id_.split("/"):
                at = at[int(step)] if isinstance(at, list) else at[step]
            places = at["spans"] if "spans" in at else [at["span"]]
            assert (span.start_char, span.end_char) in [trimmed(doc.text, one["start"], one["end"]) for one in places]


def test_pieces_of_a_mention_have_one_id_and_the_same_values(nlp: Language) -> None:
    text = "Giao **Sở Y** **tế** báo cáo trước ngày 15/3/2024."
    dispatch = vn.Dispatch(
        text=text,
        actors=[
            vn.Actor(
                name="Sở Y tế",
                kind=vn.ActorKind.AGENCY,
                mentions=[vn.Finding(text="Sở Y tế", spans=[vn.Span(start=7, end=11), vn.Span(start=16, end=18)])],
            )
        ],
    )
    doc = to_doc(dispatch, nlp)
    group = doc.spans["actors"]
    assert [(span.text, span.id_) for span in group] == [("Sở Y", "actors/0/mentions/0"), ("tế", "actors/0/mentions/0")]
    first, second = group.attrs["values"]
    assert first == second and first["name"] == "Sở Y tế"


def test_spans_with_equal_borders_keep_their_own_values(nlp: Language) -> None:
    doc = nlp(TEXTS[1])
    borders = {
        (s.start, s.end): v for s, v in zip(doc.spans["actors"], doc.spans["actors"].attrs["values"], strict=True)
    }
    parts = zip(doc.spans["obligation_parts"], doc.spans["obligation_parts"].attrs["values"], strict=True)
    both = [(values, borders[s.start, s.end]) for s, values in parts if (s.start, s.end) in borders]
    assert both
    assert all("obligation_index" in part and "roles" in actor for part, actor in both)


def test_labels_are_known() -> None:
    assert set(LABELS) == set(GROUPS)
    for text in TEXTS:
        assert all(one.label in LABELS[one.group] for one in findings(vn.parse(text)))
    assert "agency" in guest().pipe_labels["vnadmin_nlp"]


def test_white_space_alone_has_no_spans(nlp: Language) -> None:
    for text in ("", "  \n ", "\x00"):
        doc = nlp(text)
        assert doc.text == text and from_doc(doc) == vn.parse(text)
        assert set(doc.spans) == set(GROUPS) and doc._.vnadmin_unaligned == []


# Settings


def test_groups_have_the_keys_they_are_given() -> None:
    doc = guest(groups={"actors": "sc", "sections": None})(TEXTS[0])
    assert set(doc.spans) == {*GROUPS} - {"actors", "sections"} | {"sc"}
    assert doc.spans["sc"].name == "sc" and len(doc.spans["sc"])


@pytest.mark.parametrize(
    ("config", "message"),
    [
        ({"min_score": 2}, r"\[components\.vnadmin_nlp\] min_score = 2.*less than or equal to 1"),
        ({"names": "vncorenlp"}, r"names = 'vncorenlp'.*'off' or 'underthesea'"),
        ({"misfits": "widen"}, r"misfits = 'widen'.*'list' or 'split'"),
        ({"groups": {"actor": "x"}}, r"groups.*no group actor; there are sections,"),
        ({"groups": {"actors": "references"}}, r"groups.*under one key: references"),
        ({"colour": 1}, r"colour"),
        ({"ents": "maybe"}, r"ents"),
    ],
)
def test_a_wrong_setting_is_named(config: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=re.compile(message, re.DOTALL)):
        guest(**config)


def test_a_wrong_setting_of_the_tokenizer_is_named() -> None:
    with pytest.raises(ValueError, match=r"\[nlp.tokenizer\] words = 'pyvi': one of syllables, underthesea"):
        vn.load(words="pyvi")  # type: ignore[arg-type]


def test_options_reach_the_analysis() -> None:
    text = next(text for text in TEXTS if any(0 < duty.score < 0.95 for duty in vn.parse(text).obligations))
    options = vn.Options(min_score=0.95, models="off")
    assert from_doc(vn.load(options=options)(text)) == vn.parse(text, options=options) != vn.parse(text)
    assert from_doc(guest(min_score=0.95, models="off")(text)) == vn.parse(text, options=options)
    assert set(vn.Options.model_fields) <= set(guest().get_pipe_config("vnadmin_nlp"))


def test_a_missing_model_is_named(tmp_path: Path) -> None:
    nlp = guest(models=[str(tmp_path / "none")])
    with pytest.raises(vn.ModelError, match="none: no model is there"):
        nlp("Giao Sở Y tế.")


def test_misfits_are_split_where_nothing_else_is_on_the_doc() -> None:
    for text in TEXTS[:4]:
        doc = guest("vi", misfits="split")(text)
        assert doc.text == text and doc._.vnadmin_unaligned == []
        assert spans_on(doc) == pieces(text, vn.parse(text))
    nlp = guest("vi", misfits="split")
    nlp.add_pipe("sentencizer", first=True)
    before = [token.text for token in nlp.make_doc(TEXTS[0])]
    doc = nlp(TEXTS[0])
    assert [token.text for token in doc] == before and doc._.vnadmin_unaligned


def test_a_split_doc_keeps_its_context_and_its_data() -> None:
    nlp = guest("vi", misfits="split")
    given = nlp.make_doc("Giao Sở Y tế, UBND tỉnh.")
    given.user_data["title"] = "x"
    ((doc, context),) = nlp.pipe([(given, {"id": 7})], as_tuples=True)
    assert context == {"id": 7} and doc.user_data["title"] == "x" and len(doc) > len(given)


# Entities and displaCy


def test_entities_are_off_for_a_guest_and_leave_those_of_others(nlp: Language) -> None:
    text = "Giao Sở Y tế thực hiện Quyết định số 12/QĐ-UBND của UBND tỉnh trước ngày 15/3/2024."
    assert not guest()(text).ents
    assert [(ent.text, ent.label_) for ent in nlp(text).ents] == [
        ("Sở Y tế", "agency"),
        ("Quyết định số 12/QĐ-UBND của UBND tỉnh", "reference"),
        ("trước ngày 15/3/2024", "deadline"),
    ]
    mixed = guest(ents=True)
    ruler = mixed.add_pipe("entity_ruler", first=True)
    ruler.add_patterns([{"label": "LAW", "pattern": "12/QĐ-UBND"}])  # type: ignore[attr-defined]
    assert [(ent.text, ent.label_) for ent in mixed(text).ents][:2] == [("Sở Y tế", "agency"), ("12/QĐ-UBND", "LAW")]


def test_an_entity_leads_to_its_values(nlp: Language) -> None:
    doc = nlp(TEXTS[0])
    ids = {span.id_ for name in ("actors", "references", "deadlines") for span in doc.spans[name]}
    assert doc.ents and all(ent.id_ in ids for ent in doc.ents)


def test_every_label_has_a_colour_and_no_colour_of_displacy_changes(nlp: Language) -> None:
    labels = {label for group in LABELS.values() for label in group} | {"reference", "deadline"}
    assert set(COLORS) == labels
    assert all(re.fullmatch("#[0-9a-f]{6}", colour) for colour in COLORS.values())
    same = {label: DEFAULT_LABEL_COLORS[label.upper()] for label in COLORS if label.upper() in DEFAULT_LABEL_COLORS}
    assert same == {label: COLORS[label] for label in same}
    doc = nlp(TEXTS[0])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        html = displacy.render(doc, style="ent", jupyter=False)
        for key, group in doc.spans.items():
            if len(group):
                html += displacy.render(doc, style="span", options={"spans_key": key}, jupyter=False)
    used = {ent.label_ for ent in doc.ents} | {span.label_ for group in doc.spans.values() for span in group}
    assert all(COLORS[label] in html for label in used)
    assert "#ddd" not in re.findall(r"background: (#\w+)", html)


# Storage and processes


def test_docs_go_through_bytes_and_a_docbin(nlp: Language) -> None:
    docs = list(guest("vi", ents=True).pipe(TEXTS[:5])) + list(nlp.pipe(TEXTS[:5]))
    kept = DocBin(docs=docs, store_user_data=True).to_bytes()
    vocab = Vocab()
    for doc, again in zip(docs, DocBin().from_bytes(kept).get_docs(vocab), strict=True):
        assert all_of(again) == all_of(doc)
        assert from_doc(again) == from_doc(doc) == vn.parse(doc.text)
        assert all_of(Doc(Vocab()).from_bytes(doc.to_bytes())) == all_of(doc)
        assert all_of(pickle.loads(pickle.dumps(doc))) == all_of(doc)
    with pytest.raises(ValueError, match="no Dispatch is on this Doc"):
        from_doc(spacy.blank("xx")("a"))


def test_two_processes_give_what_one_gives(tmp_path: Path) -> None:
    code = (
        "import sys; sys.path.insert(0, 'tests')\n"
        "from test_spacy import TEXTS, all_of, guest, vn\n"
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


def test_models_go_with_the_pipeline(tmp_path: Path) -> None:
    model = tmp_path / "office"
    model.mkdir()
    (model / "config.cfg").write_text("[model]\ntask = actors\nkind = crf\nversion = 1\n", encoding="utf-8")
    nlp = vn.load(options=vn.Options(models=model))
    nlp.to_disk(tmp_path / "saved")
    shutil.rmtree(model)
    (tmp_path / "saved").rename(tmp_path / "moved")
    moved: Any = spacy.load(tmp_path / "moved").get_pipe("vnadmin_nlp")
    assert moved.options.models == (tmp_path / "moved" / "vnadmin_nlp" / "models" / "actors",)
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


# Without import; a Dispatch on a Doc; the wheel; the page


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


def test_a_dispatch_goes_on_a_doc_as_the_component_puts_it_there(nlp: Language) -> None:
    for text in TEXTS[:4]:
        for pipeline in (nlp, guest("vi", groups={"actors": "sc"}, ents=True)):
            assert all_of(to_doc(vn.parse(text), pipeline)) == all_of(pipeline(text))
        assert all_of(to_doc(vn.parse(text), blank("xx"))) == all_of(guest("xx")(text))


def test_a_tokenizer_that_changes_the_text_is_refused() -> None:
    nlp = spacy.blank("xx")
    nlp.tokenizer = lambda text: Doc(nlp.vocab, words=text.split())
    with pytest.raises(ValueError, match="changes the text"):
        to_doc(vn.parse("Giao Sở\nY tế."), nlp)


def test_our_pipeline_takes_texts_of_any_length(nlp: Language) -> None:
    assert nlp.max_length == LONGEST
    text = "Giao Sở Y tế báo cáo." + " Mưa to." * 130_000
    doc = nlp(text)
    assert doc.text == text and len(text) > 1_000_000


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
    model = tmp_path / "office"
    model.mkdir()
    (model / "config.cfg").write_text("[model]\ntask = lines\nkind = linear\nversion = 1\n", encoding="utf-8")
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
    assert pipe.options.models == (inside / "vnadmin_nlp" / "models" / "lines",)


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


@pytest.mark.slow
@pytest.mark.parametrize("words", ["syllables", "underthesea"])
def test_on_the_raw_corpus_every_border_is_the_border_of_a_token(shared_dir: Path, words: Any) -> None:
    files = sorted((shared_dir / "corpus" / "raw").rglob("*.txt"))[:: 1 if words == "syllables" else 10]
    texts = [path.read_text(encoding="utf-8", errors="replace") for path in files]
    for text, doc in zip(texts, vn.load(words=words).pipe(texts), strict=True):
        assert doc.text == text and doc._.vnadmin_unaligned == []
