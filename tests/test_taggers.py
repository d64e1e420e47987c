"""underthesea behind one door: words and names with exact offsets, loaded safely, and what its names fill."""

from __future__ import annotations

import re
import subprocess
import sys
import unicodedata
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vnadmin_nlp import Options, parse
from vnadmin_nlp.errors import MissingPackageError, ModelError
from vnadmin_nlp.schema import ActorKind, Dispatch
from vnadmin_nlp.taggers import Name, names, underthesea, words
from vnadmin_nlp.taggers.plain import PlainText, pieces

NAMES = Options(names="underthesea", models="off")
RULES = Options(models="off")
LETTER = """Số: 12/SNV-VP
Quảng Ngãi, ngày 5 tháng 3 năm 2024
Kính gửi: Sở Tài chính
{body}
Nơi nhận:
- Như trên;
- Lưu: VT.
KT. GIÁM ĐỐC
PHÓ GIÁM ĐỐC
{signer}
"""


def said(text: str) -> list[str]:
    return [text[start:end] for start, end in words(text)]


def left_out(text: str) -> str:
    """The characters of `text` that stand in no word; fails where words are empty, out of order or overlap."""
    out, at = [], 0
    for start, end in words(text):
        assert at <= start < end
        out.append(text[at:start])
        at = end
    assert at <= len(text)
    return "".join([*out, text[at:]])


def accounted(char: str) -> bool:
    """Whether a character may stand in no word: blanks, control and zero-width characters, marks without a letter."""
    return char.isspace() or unicodedata.category(char) in ("Cc", "Cf", "Mn", "Mc", "Me")


def run(code: str) -> subprocess.CompletedProcess[str]:
    """`code` in a process of its own, warnings shown."""
    return subprocess.run(
        [sys.executable, "-X", "utf8", "-c", code],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=Path(__file__).parents[1],
        check=False,
    )


# -- words -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Uỷ ban nhân dân tỉnh Hoà Bình", ["Uỷ ban nhân dân", "tỉnh", "Hoà Bình"]),
        ("Ủy ban nhân dân tỉnh Hòa Bình", ["Ủy ban nhân dân", "tỉnh", "Hòa Bình"]),
        ("ỦY BAN NHÂN DÂN", ["ỦY BAN NHÂN DÂN"]),
        ("hàng hóa, qúy, khỏe", ["hàng hóa", ",", "qúy", ",", "khỏe"]),
        ("Uỷ ban  nhân dân", ["Uỷ ban  nhân dân"]),
        ("Hà Nội\tHà Nội\r\nHà Nội", ["Hà Nội"] * 3),
        ("Hà\nNội", ["Hà", "Nội"]),
        ("nghành", ["nghành"]),  # it would be put right
        ("ngày 02/05/2014", ["ngày", "02/05/2014"]),
        ("a.b@c.gov.vn", ["a.b@c.gov.vn"]),
        ("https://c.gov.vn/a?b=1", ["https://c.gov.vn/a?b=1"]),
        ("Hà\u200b Nội\ufeff", ["Hà\u200b Nội"]),
        ("Hà Nội\x00\x07Hà Nội", ["Hà Nội", "Hà Nội"]),
        ("Hà Nội\udc80", ["Hà Nội", "\udc80"]),
        ("Ðà Nẵng", ["Ðà Nẵng"]),  # eth, which is made đ
        ("", []),
        (" \n\t ", []),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    assert said(text) == expected


@pytest.mark.parametrize(
    "text", ["Uỷ ban nhân dân tỉnh Hoà Bình", "ĐỀ NGHỊ CÁC SỞ, BAN, NGÀNH", "Đường Nguyễn Thị Định"]
)
def test_decomposed_words_are_the_composed_ones(text: str) -> None:
    decomposed = unicodedata.normalize("NFD", text)
    assert decomposed != text
    assert [unicodedata.normalize("NFC", word) for word in said(decomposed)] == said(text)


def test_a_mark_stays_with_its_letter() -> None:
    assert said("q\u0323 x") == ["q\u0323", "x"] or said("q\u0323 x") == ["q\u0323 x"]
    assert left_out("\u0323 a") == "\u0323 "


def test_emoji_and_foreign_letters_are_covered() -> None:
    for text in ("🇻🇳 ❤️ 1️⃣ 👨\u200d👩\u200d👧", "한국 \u1112\u1161\u11ab", "क़ \u212b \ufb2a", "ﬁ ² ½"):
        assert all(map(accounted, left_out(text)))


def test_punctuation_is_split_from_words() -> None:
    assert said("(Sở Y tế), 10%;")[0] == "("
    assert said("(Sở Y tế), 10%;")[-2:] == ["%", ";"]


@settings(max_examples=150, deadline=None)
@given(st.text(st.one_of(st.characters(), st.sampled_from("aàạ \u0323\u0302\u200b.,/(-\n\tĐuỷ@:")), max_size=80))
def test_every_character_of_any_text_is_accounted_for(text: str) -> None:
    assert all(map(accounted, left_out(text)))


@pytest.mark.parametrize("tail", ["." * 60, "!?" * 40, "»" * 40, "(" * 40, "(a)!" * 40])
def test_no_run_of_signs_behind_an_address_takes_long(tail: str) -> None:
    """Alone, underthesea doubles its time with each of these signs."""
    words("a")
    start = process_time()
    assert all(map(accounted, left_out("http://a.vn/" + tail)))
    assert process_time() - start < 1


def test_long_lines_are_cut_where_words_end() -> None:
    text = "Sở Nội vụ báo cáo Ủy ban nhân dân tỉnh. " * 100
    cut = pieces(text, 200)
    assert all(high - low <= 200 for low, high in cut)
    assert all(text[high - 2 : high] == ". " for _, high in cut)
    assert "".join(text[low:high] for low, high in cut) == text
    assert [high - low for low, high in pieces("a" * 450, 200)] == [200, 200, 50]


def test_words_that_do_not_fit_the_text_are_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where another version rewrites what it is given, words are runs of letters, still with exact offsets."""
    monkeypatch.setitem(underthesea._loaded, "word_tokenize", lambda text, **_: ["Uỷ viên"])
    assert said("Ủy viên, x") == ["Ủy", "viên", ",", "x"]


def test_plain_text_leads_back() -> None:
    plain = PlainText(unicodedata.normalize("NFD", "ệ") + "\u200bx")
    assert plain.text == "ệx"
    assert plain.range(0, 1) == (0, 3)
    assert plain.range(1, 2) == (4, 5)


@pytest.mark.slow
def test_words_of_the_raw_corpus(shared_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every word quotes its document, in order; all else is blank; no text had to be cut in the simple way."""
    monkeypatch.setattr(underthesea, "_simple", None)
    files = sorted((shared_dir / "corpus" / "raw").glob("*.txt"))
    assert len(files) > 500
    for at, file in enumerate(files):
        text = file.read_bytes().decode("utf-8")
        composed = unicodedata.normalize("NFC", text)
        for form in (text, unicodedata.normalize("NFD", text)) if at % 20 == 0 else (text,):
            assert all(map(accounted, left_out(form))), file.name
        if at % 20 == 0:
            decomposed = said(unicodedata.normalize("NFD", text))
            assert [unicodedata.normalize("NFC", word) for word in decomposed] == said(composed), file.name


# -- names -------------------------------------------------------------------------------------------------------------


def test_names_only_in_the_spans_given() -> None:
    text = "Ông Nguyễn Văn Nam ở tỉnh Quảng Ngãi.\nBà Trần Thị Bình ở Hà Nội."
    found = names(text, [(0, len(text))])
    assert [(text[n.start : n.end], n.kind) for n in found] == [
        ("Nguyễn Văn Nam", "person"),
        ("Quảng Ngãi", "place"),
        ("Trần Thị Bình", "person"),
        ("Hà Nội", "place"),
    ]
    line = text.index("\n") + 1
    assert names(text, [(line, len(text))]) == [n for n in found if n.start >= line]
    assert names(text, []) == []


def test_names_of_decomposed_and_rewritten_text_are_quoted() -> None:
    text = unicodedata.normalize("NFD", "Nghành: ông Nguyễn Văn Hoà ở Hoà Bình")
    quoted = [unicodedata.normalize("NFC", text[n.start : n.end]) for n in names(text, [(0, len(text))])]
    assert "Nguyễn Văn Hoà" in quoted
    assert all(re.fullmatch(r"\w.*\w", word) for word in quoted)


def test_names_take_time_in_proportion_to_the_text() -> None:
    line = "Ông Nguyễn Văn Nam ở tỉnh Quảng Ngãi báo cáo, "
    names(line, [(0, len(line))])
    times = []
    for count in (20, 80):
        text = line * count
        start = process_time()
        assert len(names(text, [(0, len(text))])) >= count
        times.append(process_time() - start)
    assert times[1] < 8 * times[0]


def test_names_stand_in_the_text_that_came_back(monkeypatch: pytest.MonkeyPatch) -> None:
    """A tagged sentence with another number of syllables cannot be aligned: nothing is said of it."""
    monkeypatch.setitem(underthesea._loaded, "ner", lambda text: [("Nguyễn Văn", "Np", "B-NP", "B-PER")])
    assert names("Nguyễn Văn Nam", [(0, 14)]) == []
    assert names("Nguyễn Văn", [(0, 10)]) == [Name(0, 10, "person")]


# -- loading -----------------------------------------------------------------------------------------------------------


def test_nothing_is_loaded_before_it_is_needed() -> None:
    code = "import sys, vnadmin_nlp.taggers, vnadmin_nlp as v; v.parse('Số: 1/A'); print('underthesea' in sys.modules)"
    assert run(code).stdout.strip() == "False"


def test_first_use_by_eight_threads() -> None:
    done = run(
        "import threading; from vnadmin_nlp.taggers import names, words\n"
        "text = 'Ông Nguyễn Văn Nam ở tỉnh Quảng Ngãi'\n"
        "found, gate = [], threading.Barrier(8)\n"
        "def work():\n"
        "    gate.wait()\n"
        "    found.append((words(text), names(text, [(0, len(text))])))\n"
        "threads = [threading.Thread(target=work) for _ in range(8)]\n"
        "[t.start() for t in threads]; [t.join() for t in threads]\n"
        "print(len(found), all(f == found[0] for f in found), len(found[0][1]))"
    )
    assert (done.stdout.strip(), done.stderr) == ("8 True 2", "")


def test_no_network_and_nothing_around_it_is_changed(tmp_path: Path) -> None:
    """Its import alone gives the root logger a handler and closes log files that are open."""
    done = run(
        "import locale, logging, random, socket, warnings\n"
        "def refused(*args, **kwargs): raise OSError('no network')\n"
        "socket.socket.connect = socket.getaddrinfo = socket.create_connection = refused\n"
        f"log = logging.FileHandler({str(tmp_path / 'log')!r}, 'w'); logging.getLogger().addHandler(log)\n"
        "def state(): return (logging.root.handlers[:], logging.root.level, log.stream, random.getstate(),\n"
        "    locale.setlocale(locale.LC_ALL), logging.config.dictConfig, logging.basicConfig)\n"
        "import logging.config\n"
        "before, filters = state(), warnings.filters[:]\n"
        "from vnadmin_nlp.taggers import names, words\n"
        "print(len(words('Hà Nội')), len(names('Hà Nội', [(0, 6)])), logging.getLogger('underthesea').handlers)\n"
        "print(state() == before, [f for f in warnings.filters if f in filters] == filters)"
    )
    assert (done.stdout.split("\n")[:2], done.stderr) == (["1 1 []", "True True"], "")


def test_missing_and_broken_are_told_apart() -> None:
    code = (
        "import sys, types\n"
        "from vnadmin_nlp.taggers import words\n"
        "{}\n"
        "try: words('a')\n"
        "except Exception as error: print(type(error).__name__, '|', error)"
    )
    absent = run(code.format("sys.modules['underthesea'] = None")).stdout
    assert absent.startswith(MissingPackageError.__name__)
    assert "pip install 'underthesea'" in absent
    broken = run(code.format("sys.modules['underthesea'] = types.ModuleType('underthesea')")).stdout
    assert broken.startswith(ModelError.__name__)
    assert "word_tokenize" in broken and "--force-reinstall" in broken


# -- what its names fill -----------------------------------------------------------------------------------------------


def test_a_person_that_rules_leave_out() -> None:
    text = LETTER.format(body="Trả lời đơn của học viên: Võ Hoàng Minh, khóa 2023.", signer="Nguyễn Văn Nam")
    assert not [a for a in parse(text, options=RULES).actors if a.kind is ActorKind.PERSON]
    [person] = [a for a in parse(text, options=NAMES).actors if a.kind is ActorKind.PERSON]
    assert [(m.text, m.rule) for m in person.mentions] == [("Võ Hoàng Minh", "underthesea.ner")]
    assert person.mentions[0].score < 1
    sure = Options(names="underthesea", models="off", min_score=0.95)
    assert parse(text, options=sure).actors == parse(text, options=RULES).actors


@pytest.mark.parametrize(
    "words_",
    ["tại số 7 Trần Thị Bình", "xã Trần Văn Thời", "trường THPT Lê Quý Đôn", "công dân Việt Nam", "Đông Nam Bộ"],
)
def test_what_is_no_person(words_: str) -> None:
    text = LETTER.format(body=f"Đề nghị kiểm tra việc ở {words_}.", signer="Nguyễn Văn Nam")
    assert not [a for a in parse(text, options=NAMES).actors if any(m.rule == "underthesea.ner" for m in a.mentions)]


def test_what_rules_read_stays() -> None:
    text = LETTER.format(
        body="Giao ông Trần Văn Hùng, Trưởng phòng Tổ chức, báo cáo Sở Nội vụ trước ngày 5/4/2024.", signer="Lê Văn Nam"
    )
    assert parse(text, options=NAMES) == parse(text, options=RULES)


def test_a_signer_that_a_scan_spoiled() -> None:
    text = LETTER.format(body="Trả lời đơn.", signer="guyễn Thanh Bình")
    assert parse(text, options=RULES).signatures[0].name is None
    dispatch = parse(text, options=NAMES)
    signature = dispatch.signatures[0]
    assert signature.name is not None
    assert signature.name.text == "guyễn Thanh Bình"
    assert (signature.rule, signature.score < 1) == ("underthesea.ner", True)
    assert signature.position is not None
    assert signature.position.text == "PHÓ GIÁM ĐỐC"
    assert Dispatch.model_validate(dispatch.model_dump(mode="json")) == dispatch


def test_a_place_that_a_scan_spoiled() -> None:
    text = "CÔNG TY A\nSố: 01-15/CV-15\nHà Nội ngày 30 thán 03 năm 2015\nKính gửi: Sở Tài chính\nTrả lời đơn.\n"
    assert parse(text, options=RULES).header.place is None
    place = parse(text, options=NAMES).header.place
    assert place is not None
    assert (place.text, place.rule) == ("Hà Nội", "underthesea.ner")


@settings(max_examples=60, deadline=None)
@given(st.text(st.sampled_from("ôngNGUYỄN Văna ,.\n:Ông05/KT.\u200b\u0323"), max_size=120))
def test_parse_takes_any_text(text: str) -> None:
    dispatch = parse(text, options=NAMES)
    assert Dispatch.model_validate(dispatch.model_dump(mode="json")) == dispatch


def test_rules_alone_are_the_default() -> None:
    assert Options().names == "off"


def test_the_page_prints_what_it_shows() -> None:
    page = (Path(__file__).parents[1] / "docs" / "underthesea.md").read_text(encoding="utf-8")
    done = run("\n".join(re.findall(r"```python\n(.*?)```", page, re.DOTALL)))
    assert done.stderr == ""
    assert done.stdout == "".join(re.findall(r"```text\n(.*?)```", page, re.DOTALL))
