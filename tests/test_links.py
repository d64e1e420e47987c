"""Links: which document of a corpus a reference means, and what follows from all links together."""

from __future__ import annotations

import datetime as dt
import os
import random
import sys
from pathlib import Path
from typing import Any

import pytest

import vnadmin_nlp as vn
from vnadmin_nlp.export.around import Around, words_around
from vnadmin_nlp.links import link, link_records, link_run
from vnadmin_nlp.links.bodies import Body, read_body
from vnadmin_nlp.links.numbers import Number, one_edit, read_number
from vnadmin_nlp.links.reasons import TEXTS
from vnadmin_nlp.links.records import Duty, Record, build, citation_of, duty_of


def document(
    id_: str,
    number: str | None,
    day: str | None,
    issuer: str | None = None,
    *cites: dict[str, object],
    type_: str = "cong_van",
    parent: str | None = None,
    subject: str | None = None,
    to: tuple[str, ...] = (),
) -> Record:
    """A light record; `cites` are fields of its references."""
    found = []
    for index, fields in enumerate(cites):
        values: dict[str, object] = {
            "type_": "cong_van", "relation": "mentions", "number": None, "name": None, "date": None, "issuer": None,
            "text": "", **fields,
        }  # fmt: skip
        if isinstance(values["date"], str):
            values["date"] = dt.date.fromisoformat(values["date"])
        found.append(citation_of(index, **values))  # type: ignore[arg-type]
    return build(
        id_, type_=type_, number=number, date=dt.date.fromisoformat(day) if day else None, issuer=issuer, parent=parent,
        place=None, subject=subject, addressees=to, citations=[one for one in found if one],
    )  # fmt: skip


UBND = "ỦY BAN NHÂN DÂN TỈNH QUẢNG NGÃI"
LETTER = document("letter", "4581/UBND-TTHC", "2022-09-13", UBND)
ELSEWHERE = document("elsewhere", "4581/UBND-TTHC", "2022-09-13", "ỦY BAN NHÂN DÂN TỈNH AN GIANG")


def target(citing: Record, *corpus: Record) -> str | None:
    """What the first reference of `citing` means; `status` of the link where it is not resolved."""
    found = link_records([citing, *corpus]).of(citing.id)
    return None if not found else found[0].target or found[0].status


def department(**fields: object) -> Record:
    """A document of a department of the same province that cites by `fields`."""
    return document("citing", "90/STC-HCSN", "2022-10-05", "SỞ TÀI CHÍNH", fields, parent="UBND TỈNH QUẢNG NGÃI")


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("4581/UBND-TTHC", Number("4581", 0, "ubnd-tthc")),
        ("458l/UBND - TTHC", Number("4581", 0, "ubnd-tthc")),
        ("O6/QD-TTg", Number("6", 0, "qd-ttg")),
        ("36a/NQ-CP", Number("36a", 0, "nq-cp")),
        ("30-NQ/2026/QH16", read_number("30/2026/QH16")),
        ("/UBND-KT", Number("", 0, "ubnd-kt")),
        (None, Number("", 0, "")),
    ],
)
def test_numbers_are_read_past_their_print(printed: str | None, number: Number) -> None:
    assert read_number(printed) == number


def test_one_edit() -> None:
    assert one_edit("tthc", "tthg") and one_edit("tthc", "ttc") and one_edit("tthc", "tthcc")
    assert not one_edit("tthc", "tthgg") and not one_edit("tthc", "tgtc") and not one_edit("", "ab")


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("Chủ tịch UBND tỉnh", Body("uy ban nhan dan", "tinh")),
        ("ỦY BAN NHÂN DÂN THÀNH PHỐ HÀ NỘI", Body("uy ban nhan dan", "tinh", "", "ha-noi")),
        ("UBND huyện Bình Sơn", Body("uy ban nhan dan", "huyen", "binh son")),
        ("Bộ trưởng Bộ Tài chính", Body("bo tai chinh")),
        ("Ban Thường vụ Tỉnh ủy Quảng Ngãi", Body("tinh uy", "tinh", "", "quang-ngai")),
    ],
)
def test_bodies_are_read_past_posts_and_places(name: str, body: Body) -> None:
    found = read_body(name)
    assert found._replace(level="") == body._replace(level="") and (not body.level or found.level in (body.level, ""))


@pytest.mark.parametrize(
    "fields",
    [
        {"number": "4581/UBND-TTHC", "date": "2022-09-13"},
        {"number": "4581/UBND-TTHC"},
        {"number": "4581/2022/UBND-TTHC"},
        {"number": "4581/UBND-TTHC", "date": "2022-09-18", "issuer": "UBND tỉnh"},
        {"number": "458l/UBND-TTHG", "date": "2022-09-13"},
        {"number": "4581/UBND", "date": "2022-09-13", "issuer": "Chủ tịch UBND tỉnh"},
        {"number": "1581/UBND-TTHC", "date": "2022-09-13"},
    ],
)
def test_forms_of_one_number_mean_the_letter_of_the_own_province(fields: dict[str, object]) -> None:
    assert target(department(**fields), LETTER, ELSEWHERE) == "letter"


@pytest.mark.parametrize(
    "fields",
    [
        {"number": "4582/UBND-TTHC", "date": "2022-09-13"},  # the next number of the same day
        {"number": "4581/UBND-TTHC", "date": "2021-09-10"},
        {"number": "4581/UBND-TTHC", "date": "2022-09-13", "issuer": "UBND tỉnh Gia Lai"},
        {"number": "4581/SNV-TTHC", "date": "2022-09-13"},
    ],
)
def test_what_contradicts_is_absent(fields: dict[str, object]) -> None:
    assert target(department(**fields), LETTER, ELSEWHERE) == "absent"


def test_never_later_than_the_citing_document() -> None:
    assert target(department(number="4581/UBND-TTHC"), LETTER._replace(date=LETTER.date + 60)) == "absent"


def test_a_document_that_cites_itself_makes_no_link() -> None:
    own = document(
        "own", "12/QĐ-UBND", "2022-03-01", UBND, {"number": "12/QĐ-UBND", "date": "2022-03-01"}, type_="quyet_dinh"
    )
    assert target(own, own._replace(id="copy", citations=())) is None


def test_copies_resolve_to_the_first_of_them() -> None:
    links = link_records([department(number="4581/UBND-TTHC", date="2022-09-13"), LETTER, LETTER._replace(id="a-copy")])
    (found,) = links.of("citing")
    assert (found.target, found.copies) == ("a-copy", ("letter",)) and "copies" in found.reasons
    assert links.to("letter") == [found]


def test_without_year_one_document_is_meant_and_several_stay_open() -> None:
    older = LETTER._replace(id="older", date=LETTER.date - 365)
    undated = department(number="4581/UBND-TTHC")
    assert target(undated, older) == "older"
    (found,) = link_records([undated, LETTER, older]).of("citing")
    assert found.status == "ambiguous" and [one.id for one in found.candidates] == ["letter", "older"]


def test_a_province_that_is_no_more_may_still_be_named() -> None:
    new = document("new", "88/QĐ-UBND", "2025-09-02", UBND, type_="quyet_dinh")
    cited = {"number": "88/QĐ-UBND", "type_": "quyet_dinh", "issuer": "UBND tỉnh Kon Tum"}
    citing = [
        document("x", "1/STC-NS", "2026-10-01", "SỞ TÀI CHÍNH", {**cited, "date": day})
        for day in ("2025-09-02", "2024-09-02")
    ]
    assert target(citing[0], new) == "new"
    assert target(citing[1], new._replace(date=new.date - 365)) == "absent"


def test_party_numbers_run_through_a_term() -> None:
    corpus = [
        document(str(day.year), "05-CT/TU", day.isoformat(), "TỈNH ỦY QUẢNG NGÃI", type_="chi_thi")
        for day in (dt.date(2016, 4, 1), dt.date(2021, 4, 1))
    ]
    cited = {"number": "05-CT/TU", "type_": "chi_thi", "issuer": "Tỉnh ủy"}
    assert target(document("x", "9/UBND-NC", "2019-01-05", UBND, cited), *corpus) == "2016"
    late = document("x", "9/UBND-NC", "2024-01-05", UBND, cited)
    (found,) = link_records([late, *corpus]).of("x")
    assert found.status == "ambiguous" and [one.id for one in found.candidates] == ["2021", "2016"]
    named = {**cited, "around": Around("", "nhiệm kỳ 2015 - 2020 về tăng cường kỷ luật")}
    assert target(document("x", "9/UBND-NC", "2024-01-05", UBND, named), *corpus) == "2016"


RESOLUTIONS = [
    document("xi", "29-NQ/TW", "2013-11-04", "BAN CHẤP HÀNH TRUNG ƯƠNG", type_="nghi_quyet",
             subject="Về đổi mới căn bản, toàn diện giáo dục và đào tạo"),
    document("xiii", "29-NQ/TW", "2022-11-17", "BAN CHẤP HÀNH TRUNG ƯƠNG", type_="nghi_quyet",
             subject="Về tiếp tục đẩy mạnh công nghiệp hóa, hiện đại hóa đất nước"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("issuer", "after", "meant"),
    [
        ("Ban Chấp hành Trung ương khóa XI", "", "xi"),
        ("Ban Chấp hành Trung ương Đảng", "(khóa XIII)", "xiii"),
        (None, "Hội nghị lần thứ tám Ban Chấp hành Trung ương Đảng khóa 11 về giáo dục", "xi"),
        ("Ban Chấp hành Trung ương", "về đổi mới căn bản, toàn diện giáo dục và đào tạo, UBND tỉnh", "xi"),
        (None, "năm 2013", "xi"),
        ("Ban Chấp hành Trung ương", "", "ambiguous"),
        ("Ban Chấp hành Trung ương", "và các nhiệm vụ về công nghiệp hóa", "ambiguous"),
        ("Ban Chấp hành Trung ương khóa XII", "", "absent"),
        (None, ", Nghị quyết Đại hội Đảng bộ tỉnh khóa XI", "ambiguous"),
        (None, "về phòng, chống tham nhũng, lãng phí, tiêu cực", "ambiguous"),
    ],
)
def test_a_term_or_subject_that_is_quoted_decides(issuer: str | None, after: str, meant: str) -> None:
    text = "Nghị quyết số 29-NQ/TW" + (f" của {issuer}" if issuer else "")
    cited = {"number": "29-NQ/TW", "type_": "nghi_quyet", "issuer": issuer, "text": text, "around": Around("", after)}
    citing = document("x", "9/KH-UBND", "2024-01-05", UBND, cited, type_="ke_hoach")
    assert target(citing, *RESOLUTIONS) == meant


@pytest.mark.parametrize(
    ("after", "meant"),
    [
        ("năm 2022 của UBND tỉnh", "2022"),
        ("(năm 2022)", "2022"),
        ("(2023)", "2023"),
        ("tháng 5/2022", "2022"),
        ("tháng 6 năm 2023", "2023"),
        ("ngày 05/5 của UBND tỉnh", "2022"),
        ("ngày 5 tháng 5", "2022"),
        ("về cải cách hành chính năm 2022", "2022"),
        ("năm 2019", "absent"),
        ("ngày 07/7", "absent"),
        ("về cải cách hành chính", "ambiguous"),
        ("", "ambiguous"),
    ],
)
def test_parts_of_a_date_count(after: str, meant: str) -> None:
    plans = [
        document(day[:4], "120/KH-UBND", day, UBND, type_="ke_hoach", subject=f"Cải cách hành chính năm {day[:4]}")
        for day in ("2022-05-05", "2023-06-06")
    ]
    cited = {"number": "120/KH-UBND", "type_": "ke_hoach", "around": Around("", after)}
    citing = document("x", "90/STC-HCSN", "2024-04-16", "SỞ TÀI CHÍNH", cited, parent="UBND TỈNH QUẢNG NGÃI")
    assert target(citing, *plans) == meant


def test_what_a_part_is_about_is_no_subject_of_the_document() -> None:
    given = LETTER._replace(subject="chấn chỉnh việc giải quyết hồ sơ đất đai")
    told = Around("", "về trách nhiệm của người đứng đầu cơ quan")
    assert target(department(number="4581/UBND-TTHC", text="Công văn số 4581", around=told), given) == "ambiguous"
    assert target(department(number="4581/UBND-TTHC", text="mục 2 Công văn số 4581", around=told), given) == "letter"


def test_a_year_that_contradicts_is_no_weak_candidate() -> None:
    assert target(department(number="4581/UBND-TTHC", around=Around("", "năm 2021")), LETTER) == "absent"
    assert target(department(number="4581/UBND-TTHC", around=Around("", "năm 2022")), LETTER) == "letter"


def test_a_day_before_the_reference_is_that_of_its_issue() -> None:
    older = LETTER._replace(id="older", date=LETTER.date - 365)
    told = Around("Ngày 13/9/2021, UBND tỉnh ban hành", "về giải quyết hồ sơ")
    assert target(department(number="4581/UBND-TTHC", around=told), LETTER, older) == "older"
    other = Around("Ngày 13/9/2021, thực hiện chỉ đạo của UBND tỉnh, Sở có", "")
    assert target(department(number="4581/UBND-TTHC", around=other), LETTER, older) == "ambiguous"


def test_in_a_merged_province_the_own_one_before_is_not_meant_rather_than_the_other() -> None:
    both = [
        document(place, "88/QĐ-UBND", day, f"ỦY BAN NHÂN DÂN TỈNH {place}", type_="quyet_dinh")
        for place, day in (("KON TUM", "2024-02-02"), ("QUẢNG NGÃI", "2024-03-03"))
    ]
    cited = {"number": "88/QĐ-UBND", "type_": "quyet_dinh", "around": Around("", "năm 2024")}
    assert target(document("x", "1/UBND-NC", "2025-10-01", UBND, cited), *both) == "ambiguous"
    assert target(document("x", "1/UBND-NC", "2024-10-01", UBND, cited), *both) == "QUẢNG NGÃI"
    assert target(document("x", "1/UBND-NC", "2025-10-01", UBND, {**cited, "date": "2024-02-02"}), *both) == "KON TUM"


@pytest.mark.parametrize(
    ("symbol", "committee", "named", "level"),
    [
        ("NQ/HU", "HUYỆN ỦY {}", "Huyện ủy", "HUYỆN"),
        ("NQ/TU", "THÀNH ỦY {}", "Thành ủy", "THÀNH PHỐ"),
        ("NQ/ĐU", "ĐẢNG ỦY XÃ {}", "Đảng ủy xã", "XÃ"),
        ("NQ/ĐU", "ĐẢNG ỦY PHƯỜNG {}", "Ban Chấp hành Đảng bộ phường", "PHƯỜNG"),
        ("NQ/VPHU", "VĂN PHÒNG HUYỆN ỦY {}", "Văn phòng Huyện ủy", "HUYỆN"),
    ],
)
def test_party_committees_of_districts_and_communes_are_told_apart(
    symbol: str, committee: str, named: str, level: str
) -> None:
    theirs = document("theirs", f"15-{symbol}", "2021-11-04", committee.format("HẢI HẬU"), type_="nghi_quyet")
    cited = {"number": f"15-{symbol}", "type_": "nghi_quyet", "issuer": named}
    for place, meant in (("GIAO THỦY", False), ("HẢI HẬU", True)):
        citing = document("x", "7/KH-UBND", "2022-04-16", f"ỦY BAN NHÂN DÂN {level} {place}", cited, type_="ke_hoach")
        assert (target(citing, theirs) == "theirs") is meant


def test_a_short_symbol_is_that_of_the_own_province() -> None:
    letter = LETTER._replace(id="other", number=read_number("4581/UBND-NC"), date=LETTER.date - 400)
    cited = {"number": "4581/UBND", "issuer": "UBND tỉnh"}
    assert target(department(**cited), LETTER, ELSEWHERE) == "letter"
    assert target(department(**cited), LETTER, letter) == "ambiguous"


def test_a_reply_to_one_of_two_departments_with_a_number_of_one_day() -> None:
    letters = [
        document(place, "77/STC-NS", "2022-05-05", "SỞ TÀI CHÍNH", parent=f"UBND TỈNH {place}")
        for place in ("GIA LAI", "LAI CHÂU")
    ]
    cited = {"number": "77/STC-NS", "date": "2022-05-05", "relation": "replies_to", "issuer": "Sở Tài chính"}
    answer = document("x", "5/BTC-NSNN", "2022-06-06", "BỘ TÀI CHÍNH", cited, to=("Sở Tài chính tỉnh Lai Châu",))
    assert target(answer, *letters) == "LAI CHÂU"
    assert target(answer._replace(addressees=(read_body("Sở Tài chính"),)), *letters) == "ambiguous"


@pytest.mark.parametrize(
    ("type_", "subject", "relation"),
    [
        ("quyet_dinh", "Sửa đổi, bổ sung một số điều của Quyết định số 12/2020/QĐ-UBND", "amends"),
        ("quyet_dinh", "Về việc bãi bỏ Quyết định số 12/2020/QĐ-UBND ngày 05/6/2020 của UBND tỉnh", "repeals"),
        ("ke_hoach", "Thay thế Quyết định số 12/2020/QĐ-UBND", "replaces"),
        ("cong_van", "V/v trả lời Quyết định số 12/2020/QĐ-UBND", "replies_to"),
        ("ke_hoach", "Triển khai thực hiện Quyết định số 12/2020/QĐ-UBND", "implements"),
        ("cong_van", "góp ý dự thảo Quyết định thay thế Quyết định số 12/2020/QĐ-UBND", "mentions"),
    ],
)
def test_references_in_subjects(type_: str, subject: str, relation: str) -> None:
    given = document("given", "12/2020/QĐ-UBND", "2020-06-05", UBND, type_="quyet_dinh")
    links = link_records([given, document("x", "9/X-UBND", "2022-01-05", UBND, type_=type_, subject=subject)])
    assert [(one.reference, one.part, one.target, one.relation) for one in links] == [
        (-1, "subject", "given", relation)
    ]


def test_subjects_without_numbers_make_no_references() -> None:
    for subject in ("Về việc thi hành Luật Đất đai", "báo cáo 6 tháng đầu năm 2022", "", "Tổng kết năm học 2021-2022"):
        assert not document("x", "9/X-UBND", "2022-01-05", UBND, subject=subject).citations


def test_works_outside_are_counted_once_and_told_apart() -> None:
    def cites(id_: str, issuer: str, number: str, parent: str | None = None) -> Record:
        return document(id_, f"{id_}/X", "2023-01-05", issuer, {"number": number, "type_": "van_ban"}, parent=parent)

    district = "ỦY BAN NHÂN DÂN QUẬN HOÀN KIẾM"
    links = link_records([
        cites("1", district, "4321/SGTVT-QLĐT", "UBND THÀNH PHỐ HÀ NỘI"),
        cites("2", "SỞ TÀI CHÍNH THÀNH PHỐ HÀ NỘI", "4321/SGTVT-QLĐT"),
        cites("3", UBND, "15/2021/NQ-HĐND"),
        cites("4", "ỦY BAN NHÂN DÂN TỈNH AN GIANG", "15/2021/NQ-HĐND"),
        cites("5", UBND, "12/ABC-XY"),
        cites("6", "ỦY BAN NHÂN DÂN TỈNH AN GIANG", "12/ABC-XY"),
    ])  # fmt: skip
    assert [(one.printed, one.documents) for one in links.most_cited()] == [
        ("12/ABC-XY", 2), ("4321/SGTVT-QLĐT (Hà Nội)", 2), ("15/2021/NQ-HĐND (An Giang)", 1),
        ("15/2021/NQ-HĐND (Quảng Ngãi)", 1),
    ]  # fmt: skip


def test_a_reply_means_a_letter_of_its_addressee() -> None:
    letters = [
        document(place, "77/STC-NS", "2022-05-05", f"SỞ TÀI CHÍNH TỈNH {place}") for place in ("GIA LAI", "LAI CHÂU")
    ]
    cited = {"number": "77/STC-NS", "date": "2022-05-05", "relation": "replies_to"}
    answer = document("x", "500/BTC-NSNN", "2022-06-06", "BỘ TÀI CHÍNH", cited, to=("Sở Tài chính tỉnh Lai Châu",))
    assert target(answer, *letters) == "LAI CHÂU"


def test_provinces_merged_in_2025_answer_for_each_other_afterwards() -> None:
    old = document("old", "88/QĐ-UBND", "2024-02-02", "ỦY BAN NHÂN DÂN TỈNH KON TUM", type_="quyet_dinh")
    cited = {"number": "88/QĐ-UBND", "date": "2024-02-02", "type_": "quyet_dinh", "issuer": "UBND tỉnh"}
    assert target(document("x", "1/UBND-NC", "2025-10-01", UBND, cited), old) == "old"
    assert target(document("x", "1/UBND-NC", "2024-10-01", UBND, cited), old) == "absent"


def test_letters_of_types_are_no_slip() -> None:
    decree = document("decree", "49/2013/NĐ-CP", "2013-05-14", "CHÍNH PHỦ", type_="nghi_dinh")
    cited = {"number": "49/NQ-CP", "type_": "nghi_quyet", "date": "2013-05-14", "issuer": "Chính phủ"}
    assert target(document("x", "1/BTC-NS", "2014-01-05", "BỘ TÀI CHÍNH", cited), decree) == "absent"


def test_works_by_name_and_year() -> None:
    laws = [
        document(str(year), f"{serial}/{year}/QH14", f"{year}-06-17", "QUỐC HỘI", type_="luat", subject="ĐẦU TƯ")
        for serial, year in ((67, 2014), (61, 2020))
    ]
    cited = {"name": "Luật Đầu tư năm 2020", "type_": "luat", "text": "Luật Đầu tư năm 2020"}
    assert target(document("x", "1/BTC-NS", "2023-01-05", "BỘ TÀI CHÍNH", cited), *laws) == "2020"
    named = {"name": "Luật Đầu tư", "type_": "luat", "text": "Luật Đầu tư"}
    assert target(document("x", "1/BTC-NS", "2018-01-05", "BỘ TÀI CHÍNH", named), *laws) == "2014"


def test_two_that_fit_alike_stay_ambiguous() -> None:
    citing = document("x", "7/BNV-TL", "2022-12-01", "BỘ NỘI VỤ", {"number": "4581/UBND-TTHC", "date": "2022-09-13"})
    (found,) = link_records([citing, LETTER, ELSEWHERE]).of("x")
    assert found.status == "ambiguous" and {one.id for one in found.candidates} == {"letter", "elsewhere"}


def test_the_order_of_documents_does_not_matter() -> None:
    corpus = [
        department(number="4581/UBND-TTHC"),
        LETTER,
        ELSEWHERE,
        LETTER._replace(id="older", date=LETTER.date - 365),
    ]
    expected = list(link_records(corpus))
    for seed in range(5):
        random.Random(seed).shuffle(corpus)
        assert list(link_records(corpus)) == expected


def test_reasons_have_words() -> None:
    for found in link_records([department(number="4581/UBND-TTHG"), LETTER, ELSEWHERE]):
        assert all(code in TEXTS for code in found.reasons) and found.explained


FIRST = """ỦY BAN NHÂN DÂN
TỈNH QUẢNG NGÃI
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 4581/UBND-TTHC
V/v chấn chỉnh việc giải quyết hồ sơ
Quảng Ngãi, ngày 13 tháng 9 năm 2022

Kính gửi: Sở Tài chính

1. Giao Sở Tài chính báo cáo UBND tỉnh kết quả thực hiện trước ngày 30/10/2022.
"""
SECOND = """UBND TỈNH QUẢNG NGÃI
SỞ TÀI CHÍNH
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 210/BC-STC
Quảng Ngãi, ngày 20 tháng 10 năm 2022

BÁO CÁO
Kết quả giải quyết hồ sơ

Kính gửi: UBND tỉnh

Thực hiện Công văn số 4581/UBND-TTHC của UBND tỉnh, Sở Tài chính báo cáo như sau:
"""


def test_parsed_documents_threads_and_reports() -> None:
    links = link({"first": vn.parse(FIRST), "second": vn.parse(SECOND)})
    (found,) = [one for one in links if one.status == "resolved"]
    assert (found.document, found.target, found.relation) == ("second", "first", "implements")
    assert links.thread("first").documents == ("first", "second")
    assert [one.id for one in links.most_cited(3, where="inside")] == ["first"]
    (report,) = links.reports()
    assert (report.document, report.report) == ("first", "second") and "report.in-time" in report.reasons


def test_words_around_end_with_sentence_and_next_reference() -> None:
    text = SECOND.replace(
        "của UBND tỉnh, Sở Tài chính",
        "năm 2022 về\nhồ sơ và Chỉ thị số 05-CT/TU (khóa XX). Sở Tài chính",
    )
    assert words_around(vn.parse(text)) == [
        Around("Thực hiện", "năm 2022 về hồ sơ và"),
        Around("năm 2022 về hồ sơ và", "(khóa XX)"),
    ]


def corpus_in_forms() -> list[Record]:
    """A corpus with links of several kinds: resolved, ambiguous, absent, of several tiers of keys."""
    ways: tuple[dict[str, object], ...] = (
        {"number": "4581/UBND-TTHC", "date": "2022-09-13"},
        {"number": "4581/UBND-TTHG"},
        {"number": "30/2020/NĐ-CP", "type_": "nghi_dinh"},
    )
    citing = [
        document(f"c{i}", f"{90 + i}/STC-NS", "2022-10-05", "SỞ TÀI CHÍNH", way, parent="UBND TỈNH QUẢNG NGÃI")
        for i, way in enumerate(ways)
    ]
    unsure = document("u", "7/BNV-TL", "2022-12-01", "BỘ NỘI VỤ", ways[0])
    return [*citing, unsure, LETTER, ELSEWHERE]


def test_graph_opens_again_from_graphml(tmp_path: Path) -> None:
    networkx = pytest.importorskip("networkx")
    odd = LETTER._replace(subject="về\x0b việc \ud800 <a> & b", printed="4581/UBND-TTHC")
    corpus = [one if one.id != "letter" else odd for one in corpus_in_forms()]
    links = link_records(corpus)
    links.write_graphml(tmp_path / "links.graphml", absent=True)
    graph = networkx.read_graphml(tmp_path / "links.graphml", force_multigraph=True)
    assert graph.is_directed() and graph.number_of_nodes() == len(corpus) + 1
    assert graph.nodes["letter"]["subject"] == "về việc  <a> & b" and graph.nodes["letter"]["date"] == "2022-09-13"
    ((_, _, edge),) = graph.out_edges("c0", data=True)
    assert edge["relation"] == "mentions" and edge["score"] == pytest.approx(links.of("c0")[0].score)
    assert graph.nodes["30/2020/nd-cp"]["inside"] is False


def test_links_as_tables() -> None:
    pytest.importorskip("pyarrow")
    links = link_records(corpus_in_forms())
    rows = links.to_arrow().to_pylist()
    assert [row["status"] for row in rows] == [one.status for one in links]
    assert {row["document_id"]: row["target_id"] for row in rows} == {
        "c0": "letter",
        "c1": "letter",
        "c2": None,
        "u": None,
    }
    ambiguous = next(row for row in rows if row["status"] == "ambiguous")
    assert {one["id"] for one in ambiguous["candidates"]} == {"letter", "elsewhere"}


def test_tables_of_a_run_give_the_same_links(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    import pyarrow.parquet as pq

    from vnadmin_nlp.export.tables import tables

    documents = {"first": vn.parse(FIRST), "second": vn.parse(SECOND)}
    failed = ("third", vn.Failure("third", "read", "ReadError", "cut off"))
    for part, rows in enumerate(([("first", documents["first"]), failed], [("second", documents["second"])])):
        for name, table in tables(rows).items():
            (tmp_path / name).mkdir(exist_ok=True)
            pq.write_table(table, tmp_path / name / f"part-{part}.parquet")
    links = link_run(tmp_path)
    assert list(links) == list(link(documents)) and links.reports() == link(documents).reports() != []
    (tmp_path / "references" / "part-1.parquet").write_bytes(b"PAR1")
    with pytest.raises(vn.VnadminError, match=r"part-1\.parquet"):
        link_run(tmp_path)


def test_most_cited_inside_and_outside() -> None:
    links = link_records(corpus_in_forms())
    assert [(one.id, one.documents) for one in links.most_cited(where="inside")] == [("letter", 2)]
    assert [(one.cited, one.id) for one in links.most_cited(where="outside")] == [("30/2020/nd-cp", None)]
    assert len(links.most_cited(1)) == 1


def test_threads_join_what_follows_answers_and_changes() -> None:
    first = document("1", "10/UBND-NC", "2022-01-10", UBND)
    second = document(
        "2",
        "20/STC-NS",
        "2022-02-10",
        "SỞ TÀI CHÍNH TỈNH QUẢNG NGÃI",
        {"number": "10/UBND-NC", "date": "2022-01-10", "relation": "replies_to"},
    )
    third = document(
        "3", "30/UBND-NC", "2022-03-10", UBND, {"number": "20/STC-NS", "date": "2022-02-10", "relation": "follows"}
    )
    apart = document(
        "4", "40/UBND-NC", "2022-04-10", UBND, {"number": "10/UBND-NC", "date": "2022-01-10", "relation": "mentions"}
    )
    links = link_records([third, apart, first, second])
    assert [thread.documents for thread in links.threads] == [("1", "2", "3")]
    assert links.thread("2").documents == ("1", "2", "3") == links.thread("1").documents
    assert [one.relation for one in links.thread("3").links] == ["replies_to", "follows"]
    assert links.to("1", "replies_to")[0].document == "2"


def test_a_number_that_too_many_share_is_passed_over_and_told() -> None:
    crowd = [document(f"d{i:04}", "12/QĐ-ABC", "2022-01-10", f"Công ty {i}", type_="quyet_dinh") for i in range(300)]
    citing = document("x", "1/UBND-NC", "2022-05-01", UBND, {"number": "12/QĐ-ABC", "type_": "quyet_dinh"})
    links = link_records([citing, *crowd])
    assert links.of("x")[0].reasons == ("candidates.bounded",) and links.bounded == {"number": 1}


def test_one_machine_and_spark_find_the_same() -> None:
    pytest.importorskip("pyspark")
    pytest.importorskip("pyarrow")
    from pyspark.sql import SparkSession

    from vnadmin_nlp.export.tables import tables
    from vnadmin_nlp.links import link_tables, on_spark

    other = SECOND.replace("4581/UBND-TTHC", "4581/UBND-TTHG").replace("210/BC", "211/BC")
    other = other.replace("Kết quả giải quyết", "Kết quả thực hiện Công văn số 4581/UBND-TTHC về giải quyết")
    unknown = SECOND.replace("4581/UBND-TTHC", "77/UBND-NC").replace("210/BC", "212/BC")
    texts = {"first": FIRST, "second": SECOND, "other": other, "unknown": unknown, "copy": FIRST}
    made = tables([(id_, vn.parse(text)) for id_, text in texts.items()])
    here = link_tables(made["documents"], made["references"]).to_arrow()
    spark = spark_session(SparkSession)
    found = on_spark.link(*(spark.createDataFrame(made[name]) for name in ("documents", "references"))).toArrow()
    order = [("document_id", "ascending"), ("reference_index", "ascending")]
    assert found.sort_by(order).to_pylist() == here.sort_by(order).to_pylist()
    assert here["target_id"].to_pylist().count("copy") == 3
    assert here["part"].to_pylist().count("subject") == 1


def spark_session(builder: Any) -> Any:
    """A session in this process, small."""
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    options = {"spark.ui.enabled": "false", "spark.sql.shuffle.partitions": "2", "spark.log.level": "ERROR"}
    return builder.builder.master("local[1]").config(map=options).getOrCreate()


def duty(*bearers: str, last_day: str | None = None, action: str = "báo cáo kết quả thực hiện") -> Duty:
    day = dt.date.fromisoformat(last_day) if last_day else None
    return duty_of(0, modality="obligation", bearers=bearers, report_to=(), action=action, last_day=day)


def report(id_: str, day: str, issuer: str, *, cites: bool = True, to: tuple[str, ...] = (UBND,)) -> Record:
    """A report on the letter LETTER."""
    cited = [{"number": "4581/UBND-TTHC", "date": "2022-09-13", "relation": "implements"}] if cites else []
    return document(id_, f"{id_}/BC-X", day, issuer, *cited, type_="bao_cao", to=to)


def reported(given: Duty, *reports: Record) -> list[tuple[str, tuple[str, ...]]]:
    links = link_records([LETTER._replace(duties=(given,)), *reports])
    return [(one.report, one.reasons) for one in links.reports()]


def test_a_bearer_reports_by_citing_the_document() -> None:
    own = report("1", "2022-10-20", "SỞ TÀI CHÍNH TỈNH QUẢNG NGÃI")
    other = report("2", "2022-10-20", "SỞ NỘI VỤ TỈNH QUẢNG NGÃI")
    found = reported(duty("Sở Tài chính", last_day="2022-10-15"), own, other)
    assert found == [("1", ("report.cites", "report.bearer", "report.type", "report.addressed", "report.late"))]


def test_groups_of_bearers_report_each() -> None:
    departments = [
        report(str(i), "2022-10-20", f"{name} TỈNH QUẢNG NGÃI") for i, name in enumerate(("SỞ Y TẾ", "SỞ NỘI VỤ"))
    ]
    district = report("9", "2022-10-21", "ỦY BAN NHÂN DÂN HUYỆN BÌNH SƠN")
    assert [id_ for id_, _ in reported(duty("các sở, ban, ngành"), *departments, district)] == ["0", "1"]
    assert [id_ for id_, _ in reported(duty("UBND các huyện, thị xã, thành phố"), *departments, district)] == ["9"]


@pytest.mark.parametrize(
    ("bearer", "members", "others"),
    [
        ("UBND các huyện, thành phố", ["UBND HUYỆN BÌNH SƠN", "UBND THÀNH PHỐ QUẢNG NGÃI"], ["UBND XÃ BÌNH SƠN", UBND]),
        ("các huyện, thị xã", ["UBND THỊ XÃ ĐỨC PHỔ"], ["UBND XÃ BÌNH SƠN", "SỞ Y TẾ"]),
        ("các xã, phường, đặc khu", ["UBND XÃ BÌNH SƠN", "UBND ĐẶC KHU LÝ SƠN"], ["UBND HUYỆN BÌNH SƠN"]),
        ("Chủ tịch UBND cấp xã", ["UBND PHƯỜNG SA HUỲNH"], ["UBND HUYỆN BÌNH SƠN", "SỞ Y TẾ"]),
        ("các sở, ban, ngành", ["SỞ Y TẾ", "BAN DÂN TỘC"], ["UBND HUYỆN BÌNH SƠN", "TRƯỜNG THPT SỐ 1"]),
        ("các cơ quan, đơn vị, địa phương", ["SỞ Y TẾ", "UBND XÃ BÌNH SƠN", "TRƯỜNG THPT SỐ 1"], [UBND]),
        ("Sở Y tế các tỉnh, thành phố", ["SỞ Y TẾ"], ["SỞ NỘI VỤ", "UBND HUYỆN BÌNH SƠN"]),
    ],
)
def test_members_of_groups_report_by_citing(bearer: str, members: list[str], others: list[str]) -> None:
    reports = [report(str(i), "2022-10-20", name) for i, name in enumerate([*members, *others], 1)]
    found = reported(duty(bearer), *reports)
    assert [id_ for id_, _ in found] == [str(i) for i in range(1, len(members) + 1)]
    assert all("report.group" in reasons for _, reasons in found)


def test_the_office_takes_the_reports_of_its_committee() -> None:
    given = duty("Sở Tài chính", last_day="2022-10-15")
    issuer = "SỞ TÀI CHÍNH TỈNH QUẢNG NGÃI"
    own = report("1", "2022-10-10", issuer, cites=False, to=("Văn phòng UBND tỉnh",))
    other = report("2", "2022-10-10", issuer, cites=False, to=("Văn phòng Bộ Tài chính",))
    assert [id_ for id_, _ in reported(given, own, other)] == ["1"]


def test_letters_report_by_their_subject() -> None:
    letters = [
        report(str(i), "2022-10-20", "SỞ TÀI CHÍNH TỈNH QUẢNG NGÃI")._replace(type="cong_van", subject=subject)
        for i, subject in enumerate(("báo cáo kết quả rà soát hồ sơ", "xin ý kiến về hồ sơ", "Tình hình giải quyết"))
    ]
    assert [id_ for id_, _ in reported(duty("Sở Tài chính"), *letters)] == ["0", "2"]


def test_a_report_that_cites_nothing_counts_only_soon_and_addressed() -> None:
    given = duty("Sở Tài chính", last_day="2022-10-15")
    issuer = "SỞ TÀI CHÍNH TỈNH QUẢNG NGÃI"
    soon, late = report("1", "2022-10-10", issuer, cites=False), report("2", "2023-06-01", issuer, cites=False)
    elsewhere = report("3", "2022-10-10", issuer, cites=False, to=("Bộ Tài chính",))
    assert [id_ for id_, _ in reported(given, soon, late, elsewhere)] == ["1"]
    assert not reported(duty("Sở Tài chính", action="rà soát hồ sơ"), soon)


def test_the_province_of_a_district_is_learnt_from_its_documents() -> None:
    district = "ỦY BAN NHÂN DÂN HUYỆN BÌNH SƠN"
    letters = [
        LETTER._replace(id=id_, issuer=read_body(name))
        for id_, name in (("own", UBND), ("other", "UBND TỈNH AN GIANG"))
    ]
    citing = document("x", "9/UBND-NC", "2022-10-01", district, {"number": "4581/UBND-TTHC", "date": "2022-09-13"})
    assert target(citing, *letters) == "ambiguous"
    bound = {"number": "7/QĐ-UBND", "issuer": "UBND tỉnh Quảng Ngãi", "relation": "implements", "type_": "quyet_dinh"}
    assert target(citing, *letters, document("y", "8/UBND-NC", "2022-01-01", district, bound)) == "own"
    named = {**bound, "issuer": "UBND tỉnh An Giang"}
    assert target(citing, *letters, document("y", "8/UBND-NC", "2022-01-01", district, bound, named)) == "ambiguous"


def test_an_issuer_shared_by_a_list_is_not_that_of_a_number_with_other_letters() -> None:
    cited = {"number": "4581/UBND-TTHC", "date": "2022-09-13", "issuer": "Bộ Y tế"}
    assert target(department(**cited), LETTER, ELSEWHERE) == "letter"


def test_a_reissue_under_another_day_is_a_copy_and_a_cited_day_singles_it_out() -> None:
    again = LETTER._replace(id="again", date=LETTER.date + 3)
    (found,) = link_records([department(number="4581/UBND-TTHC"), LETTER, again]).of("citing")
    assert (found.target, found.copies) == ("again", ("letter",))
    dated = department(number="4581/UBND-TTHC", date=dt.date.fromordinal(LETTER.date).isoformat())
    assert target(dated, LETTER, again) == "letter"
