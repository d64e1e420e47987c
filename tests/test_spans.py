"""Properties of every result: spans quote the source, sections tile it, children stand inside parents."""

from __future__ import annotations

import re
import time
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from vnadmin_nlp import Directive, Dispatch, Mention, Span, parse
from vnadmin_nlp.text import normalize

SAMPLES = sorted((Path(__file__).parents[1] / "corpus" / "samples").glob("*.txt"))
LINES = [
    "ỦY BAN NHÂN DÂN    CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "TỈNH HẬU GIANG    Độc lập - Tự do - Hạnh phúc",
    "Số: 12/UBND-TH    Vị Thanh, ngày 5 tháng 3 năm 2024",
    "V/v kiểm tra an toàn hồ đập",
    "Kính gửi: Sở Nông nghiệp và Phát triển nông thôn.",
    "Thực hiện Công văn số 45/BNN-TCTL ngày 01/3/2024 của Bộ Nông nghiệp và Phát triển nông thôn,",
    "1. Giao Sở Xây dựng chủ trì, phối hợp với Sở Tài chính rà soát, báo cáo trước ngày 15/3/2024;",
    "a) UBND các huyện báo cáo hằng tháng./.",
    "QUYẾT ĐỊNH:",
    "Điều 1. Ban hành kèm theo Quyết định này Quy chế phối hợp.",
    "“Điều 5. Hồ sơ gồm:",
    "| STT | Nhiệm vụ | Chủ trì |",
    "Nơi nhận:    KT. CHỦ TỊCH",
    "- Như trên;    PHÓ CHỦ TỊCH",
    "- Lưu: VT, TH.",
    "Trần Văn Bình",
    "",
    "\u200b**đậm** _nghiêng_ \\- 1\\.",
    "PHỤ LỤC",
]


def mentions(value: object) -> Iterator[Mention]:
    """Every mention anywhere in a result."""
    if isinstance(value, Mention):
        yield value
    if isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from mentions(getattr(value, name))
    elif isinstance(value, list):
        for item in value:
            yield from mentions(item)


def folded(text: str) -> str:
    return re.sub(r"[\s|*_#\\]+", "", normalize(text).text)


def check(dispatch: Dispatch, source: str) -> None:
    assert dispatch.text == source
    for mention in mentions(dispatch):
        assert mention.spans, mention
        for span in mention.spans:
            assert 0 <= span.start < span.end <= len(source)
        assert folded(dispatch.quote(mention)) == folded(mention.text)
    tiles(dispatch, source)
    for item in dispatch.directives:
        nested(item, item.label)


def tiles(dispatch: Dispatch, source: str) -> None:
    """Sections are in order, do not overlap, begin and end on words, and leave no word outside."""
    at = 0
    for section in dispatch.sections:
        assert not any(map(str.isalnum, source[at : section.span.start]))
        assert at <= section.span.start < section.span.end
        at = section.span.end
    assert not any(map(str.isalnum, source[at:]))


def nested(item: Directive, path: str) -> None:
    assert item.path == path
    whole = hull(item.spans)
    for child in item.children:
        inner = hull(child.spans)
        assert whole.start <= inner.start < inner.end <= whole.end
        nested(child, f"{path}/{child.label}")


def hull(spans: list[Span]) -> Span:
    return Span(start=min(s.start for s in spans), end=max(s.end for s in spans))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(LINES) | st.text(max_size=40), max_size=25), st.sampled_from(["\n", "\r\n", "\n\n"]))
def test_results_are_grounded_whatever_the_text(lines: list[str], end: str) -> None:
    source = end.join(lines)
    check(parse(source), source)


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=300))
def test_any_str_is_parsed(source: str) -> None:
    check(parse(source), source)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda p: p.stem)
def test_samples_are_grounded_in_every_form(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    for form in (source, unicodedata.normalize("NFD", source), source.replace("\n", "\r\n")):
        check(parse(form), form)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda p: p.stem)
def test_decomposed_text_and_line_ends_change_only_offsets(path: Path) -> None:
    source = unicodedata.normalize("NFC", path.read_text(encoding="utf-8"))
    expected = words(parse(source))
    assert words(parse(unicodedata.normalize("NFD", source))) == expected
    assert words(parse(source.replace("\n", "\r\n"))) == expected


def words(dispatch: Dispatch) -> object:
    """A result without its offsets and source."""

    def strip(value: object) -> object:
        if isinstance(value, dict):
            return {k: strip(v) for k, v in value.items() if k not in ("spans", "span")}
        return [strip(v) for v in value] if isinstance(value, list) else value

    dump = dispatch.model_dump(mode="json")
    dump.pop("text")
    return strip(dump)


@pytest.mark.parametrize("path", SAMPLES[:4], ids=lambda p: p.stem)
def test_json_round_trip(path: Path) -> None:
    dispatch = parse(path.read_text(encoding="utf-8"))
    assert Dispatch.model_validate(dispatch.model_dump(mode="json")) == dispatch
    assert Dispatch.model_validate_json(dispatch.model_dump_json()) == dispatch


HOSTILE = {
    "digits": "1" * 100_000,
    "brackets": "(" * 50_000 + ")" * 50_000,
    "quotes": "“" * 50_000,
    "blanks": "Số:" + " " * 100_000 + "/UBND",
    "marks": "a" + "\u0301\u0323" * 50_000,
    "pipes": "|\n" * 50_000,
    "dashes": "-" * 100_000,
    "numbers": "1.\n" * 30_000,
    "nested": "\n".join(f"{'1.' * (i % 40 + 1)} a" for i in range(5_000)),
    "clauses": "giao Sở Y tế báo cáo; " * 5_000,
    "references": "khoản 1 Điều 2 Nghị định số 1/2020/NĐ-CP, " * 3_000,
    "lists": "các Công văn số 1/UBND-TH, " * 4_000,
    "bodies": "UBND các huyện, thị xã, " * 5_000,
    "times": "trước ngày 1/1/2024, " * 5_000,
    "ands": "Sở Y tế và " * 10_000,
    "commas": ", " * 50_000,
    "capitals": "A" * 100_000,
    "caps line": "CHỦ TỊCH " * 12_000,
    "stars": "*" * 100_000,
    "emphasis": "*a" * 50_000,
    "right to left": "\u202e\u200f số 1/UBND" * 10_000,
    "surrogates": "Sở Y tế \ud800\udc00 báo cáo " * 5_000,
    "bytes": bytes(range(256)).decode("latin-1") * 400,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_is_parsed_in_linear_time(name: str) -> None:
    source = HOSTILE[name]
    half = source[: len(source) // 2]
    parse(half[:1000])
    best = min(_ratio(half, source) for _ in range(3))
    assert best < 3.5, f"twice the text took {best:.1f} times as long"


def _ratio(half: str, whole: str) -> float:
    start = time.process_time()
    parse(half)
    middle = time.process_time()
    parse(whole)
    return (time.process_time() - middle) / max(middle - start, 0.02)


@pytest.mark.parametrize("name", ["brackets", "bytes", "surrogates", "nested", "right to left", "marks"])
def test_hostile_text_is_grounded(name: str) -> None:
    source = HOSTILE[name][:5_000]
    check(parse(source), source)


@pytest.mark.parametrize("wrong", [b"C\xc3\xb4ng", None, 12, ["a"]])
def test_what_is_no_str_is_refused(wrong: object) -> None:
    with pytest.raises(TypeError, match=r"str, not (bytes|NoneType|int|list)"):
        parse(wrong)  # type: ignore[arg-type]


@pytest.mark.slow
def test_the_raw_corpus_is_grounded(shared_dir: Path) -> None:
    for path in sorted((shared_dir / "corpus" / "raw").glob("*.txt")):
        source = path.read_bytes().decode("utf-8")
        try:
            check(parse(source), source)
        except Exception as error:
            raise AssertionError(f"{path.name}: {error}") from error
