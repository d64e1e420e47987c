"""The library on a spaCy Doc: spans and what they say, any tokenizer, settings, entities, colours."""

from __future__ import annotations

import json
import re
import warnings
from pathlib import Path
from typing import Any

import pytest
import spacy
from spacy import displacy
from spacy.displacy.render import DEFAULT_LABEL_COLORS
from spacy.language import Language
from spacy.tokens import Doc
from spacy_docs import TEXTS, all_of, blank, guest, pieces, spans_on, trimmed

import vnadmin_nlp as vn
from vnadmin_nlp.export import from_doc, to_doc
from vnadmin_nlp.export.spacy_findings import GROUPS, LABELS, findings
from vnadmin_nlp.language import LONGEST
from vnadmin_nlp.language.colors import COLORS

TOKENIZERS = ("xx", "en", "vi")


@pytest.fixture(scope="module")
def nlp() -> Language:
    return vn.load()


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


# A Dispatch on a Doc; long texts; the raw corpus


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


@pytest.mark.slow
@pytest.mark.parametrize("words", ["syllables", "underthesea"])
def test_on_the_raw_corpus_every_border_is_the_border_of_a_token(shared_dir: Path, words: Any) -> None:
    files = sorted((shared_dir / "corpus" / "raw").rglob("*.txt"))[:: 1 if words == "syllables" else 10]
    texts = [path.read_text(encoding="utf-8", errors="replace") for path in files]
    for text, doc in zip(texts, vn.load(words=words).pipe(texts), strict=True):
        assert doc.text == text and doc._.vnadmin_unaligned == []
