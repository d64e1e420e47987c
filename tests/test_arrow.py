"""Results as rows, Arrow tables and data frames: nothing is lost, and the tables join."""

from __future__ import annotations

import datetime as dt
import io
import json
import pickle
import random
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

import vnadmin_nlp as vn
from vnadmin_nlp import Deadline, DeadlineKind, Dispatch, Failure, SourceText, Span, parse
from vnadmin_nlp.batch.arrow import process_batch
from vnadmin_nlp.errors import InputError, MissingPackageError
from vnadmin_nlp.export import from_row, from_table, to_arrow, to_pandas, to_polars, to_row

pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed: the tables are not tested")
pq = pytest.importorskip("pyarrow.parquet")

from vnadmin_nlp.export.columns import FLAT  # noqa: E402
from vnadmin_nlp.export.describe import page  # noqa: E402
from vnadmin_nlp.export.schema import OUTPUT_SCHEMA, schema_of  # noqa: E402
from vnadmin_nlp.export.tables import TABLES, nested, tables  # noqa: E402
from vnadmin_nlp.version import VERSION  # noqa: E402

ROOT = Path(__file__).parents[1]
TEXTS = {
    str(path.relative_to(ROOT)): path.read_text(encoding="utf-8")
    for path in (*sorted(ROOT.glob("corpus/samples/*.txt")), *sorted(ROOT.glob("tests/golden/*/source.txt")))
}
FAILED = Failure("hỏng", "parse", "KeyError", "hỏng: it cannot be parsed", "vnadmin_nlp.parse, line 1")
LETTER = """UBND TỈNH HÀ NAM
SỞ NỘI VỤ

Số: 12/SNV-TH
Phủ Lý, ngày 05 tháng 3 năm 2024

Kính gửi: UBND các huyện.

Thực hiện Công văn số 45/BNV-TH ngày 01/3/2024 của Bộ Nội vụ, Sở Nội vụ đề nghị:
1. UBND các huyện rà soát:
a) Báo cáo Sở Nội vụ trước 17 giờ 00 ngày 15/3/2024.
b) Thực hiện Công văn số 45/BNV-TH trước ngày 20/3/2024.
2. Văn phòng Sở tổng hợp.
"""


@pytest.fixture(scope="module")
def results() -> dict[str, Dispatch | Failure]:
    found: dict[str, Dispatch | Failure] = {name: parse(text) for name, text in TEXTS.items()}
    return {"thư": parse(LETTER), **found, FAILED.name: FAILED}


# The schema


def columns(fields: Any, at: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    """The leaves of a schema: path without list levels, type."""
    for field in fields:
        kind = field.type
        while pa.types.is_list(kind):
            kind = kind.value_type
        path = (*at, field.name)
        if pa.types.is_struct(kind):
            yield from columns(kind, path)
        else:
            yield path, str(kind)


def leaves(schema: dict[str, Any], whole: dict[str, Any], at: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    """The leaves of a JSON schema, as `columns` has them; children of a tree are its `parent`."""
    options = [one for one in schema.get("anyOf", [schema]) if one.get("type") != "null"]
    if {one.get("format") for one in options} == {"date", "date-time"}:
        options = [{"type": "string"}]
    (one,) = options
    if "$ref" in one:
        name = one["$ref"].rpartition("/")[2]
        one = whole["$defs"][name]
        for field, inner in one.get("properties", {}).items():
            tree = inner.get("items", {}).get("$ref", "").endswith("/" + name)
            yield from [((*at, "parent"), "int32")] if tree else leaves(inner, whole, (*at, field))
        if "properties" in one:
            return
    if one["type"] == "array":
        yield from leaves(one["items"], whole, at)
    elif one.get("format") == "date":
        yield at, "date32[day]"
    else:
        yield at, {"string": "string", "integer": "int32", "number": "double", "boolean": "bool"}[one["type"]]


def test_every_leaf_of_a_dispatch_has_a_column() -> None:
    whole = Dispatch.model_json_schema()
    expected = {leaf for name, inner in whole["properties"].items() for leaf in leaves(inner, whole, (name,))}
    assert set(columns(schema_of(Dispatch))) == expected
    assert len(expected) > 150


def test_what_must_be_there_is_not_nullable() -> None:
    schema = schema_of(Dispatch)
    assert not schema.field("text").nullable and schema.field("subject").nullable
    limit = schema.field("obligations").type.value_type.field("deadlines").type.value_type
    assert {field.name for field in limit if field.nullable} == {
        "start", "due", "last_day", "duration", "anchor", "recurrence",
    }  # fmt: skip
    assert b"ISO 8601" in limit.field("due").metadata[b"form"]
    assert not schema.field("obligations").type.value_field.nullable


def test_the_schema_of_the_output() -> None:
    assert OUTPUT_SCHEMA.names == ["document_id", *Dispatch.model_fields, "failure"]
    assert [field.name for field in OUTPUT_SCHEMA if not field.nullable] == ["document_id"]
    assert [field.name for field in OUTPUT_SCHEMA.field("failure").type] == list(Failure._fields)
    assert OUTPUT_SCHEMA.metadata[b"vnadmin_nlp.version"] == VERSION.encode()
    assert list(TABLES) == ["dispatches", *FLAT]
    assert all(schema.names[0] == "document_id" and schema.metadata for schema in TABLES.values())


class Leaf(BaseModel):
    kind: Literal["a", "b"] = "a"
    size: int | None = None


class Tree(BaseModel):
    name: str
    below: list[Tree] = []


class Pair(BaseModel):
    left: Pair | None = None


@pytest.mark.parametrize(
    "annotation", [dict[str, int], int | str, Any, bytes, tuple[int, ...], list[object], Literal[1, 2], Tree, Pair]
)
def test_a_field_that_has_no_column_is_an_error(annotation: Any) -> None:
    model = type("Model", (BaseModel,), {"__annotations__": {"leaf": Leaf, "odd": annotation}})
    with pytest.raises(TypeError, match=r"^(Model\.odd|Pair\.left): "):
        schema_of(model)


def test_schemas_of_other_models() -> None:
    assert str(schema_of(Leaf).field("kind").type) == "string"
    forest = type("Forest", (BaseModel,), {"__annotations__": {"trees": list[Tree]}})
    assert list(columns(schema_of(forest))) == [(("trees", "name"), "string"), (("trees", "parent"), "int32")]
    with pytest.raises(TypeError, match="in a list"):
        schema_of(Tree)


# There and back


def through_parquet(table: Any) -> Any:
    file = io.BytesIO()
    pq.write_table(table, file, compression="zstd")
    return pq.read_table(file)


def test_dispatches_come_back_from_parquet_as_they_were(results: dict[str, Dispatch | Failure]) -> None:
    table = nested(list(results.items()))
    table.validate(full=True)
    back = through_parquet(table)
    assert back.schema.equals(OUTPUT_SCHEMA, check_metadata=True)
    assert list(from_table(back)) == list(results.items())
    assert list(from_table(back.to_batches()[0])) == list(results.items())
    types = {
        type(limit.due) for result in results.values() if isinstance(result, Dispatch) for limit in result.deadlines
    }
    assert types == {dt.date, dt.datetime, NoneType}


def test_real_documents_come_back_from_parquet_as_they_were(shared_dir: Path) -> None:
    paths = sorted(path for path in (shared_dir / "corpus" / "raw").iterdir() if path.suffix in (".txt", ".md"))
    chosen = random.Random(4).sample(paths, 100)
    pairs = [(path.name, parse(path.read_text(encoding="utf-8", errors="replace"))) for path in chosen]
    assert list(from_table(through_parquet(nested(pairs)))) == pairs
    check_joins(dict(pairs), to_arrow(pairs))


def test_the_tree_is_a_list_with_parents() -> None:
    row = to_row("1", parse(LETTER))
    assert [(item["path"], item["parent"]) for item in row["directives"]] == [
        ("1", None), ("1/a", 0), ("1/b", 0), ("2", None),
    ]  # fmt: skip
    assert "children" not in row["directives"][0]


def test_midnight_stays_an_instant() -> None:
    midnight = dt.datetime(2024, 3, 15)
    limit = Deadline(text="0 giờ ngày 15/3/2024", spans=[], kind=DeadlineKind.DATE, due=midnight)
    back = from_row(to_row("1", Dispatch(text="", deadlines=[limit]))).deadlines[0]
    assert type(back.due) is dt.datetime and back == limit


def values(annotation: Any) -> st.SearchStrategy[Any]:
    """Values of the fields of a model."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin in (Union, UnionType):
        return st.one_of(*map(values, arguments))
    if origin is list:
        return st.lists(values(arguments[0]), max_size=2)
    if isinstance(annotation, type) and issubclass(annotation, StrEnum):
        return st.sampled_from(annotation)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return made(annotation)
    zones = st.none() | st.just(dt.timezone(dt.timedelta(hours=7)))
    known: dict[Any, Callable[[], st.SearchStrategy[Any]]] = {
        NoneType: st.none,
        str: lambda: st.text(max_size=3),
        int: lambda: st.integers(0, 2**31 - 1),
        bool: st.booleans,
        float: lambda: st.floats(allow_nan=False),
        dt.date: st.dates,
        dt.datetime: lambda: st.datetimes(timezones=zones),
    }
    return known[annotation]()


@cache
def made(model: type[BaseModel]) -> st.SearchStrategy[Any]:
    return st.deferred(
        lambda: st.builds(model, **{name: values(field.annotation) for name, field in model.model_fields.items()})
    )


@pytest.mark.parametrize("field", [name for name in Dispatch.model_fields if name != "text"])
@settings(max_examples=10, deadline=None)
@given(data=st.data())
def test_whatever_a_dispatch_holds_comes_back(field: str, data: st.DataObject) -> None:
    value = data.draw(values(Dispatch.model_fields[field].annotation))
    dispatch = Dispatch.model_validate({"text": "chữ", field: value})
    assert list(from_table(through_parquet(nested([("1", dispatch)])))) == [("1", dispatch)]


def test_a_row_without_a_dispatch_says_why() -> None:
    with pytest.raises(ValueError, match="hỏng: it cannot be parsed"):
        from_row(to_row("hỏng", FAILED))
    with pytest.raises(ValueError, match="no row of OUTPUT_SCHEMA"):
        from_row({**to_row("hỏng", FAILED), "failure": None})
    with pytest.raises(ValueError, match="lacks columns of OUTPUT_SCHEMA: actors, "):
        from_row({"document_id": "1", "text": "a"})


def test_rows_are_not_altered_when_read() -> None:
    row = to_row("1", parse(LETTER))
    before = json.dumps(row, default=str)
    from_row({**row, "more": 1})
    assert json.dumps(row, default=str) == before


def test_halves_of_characters_become_replacement_characters() -> None:
    found = tables([("\udc00", parse("Số: 12\ud800/UBND\nKính gửi: Sở Y tế \udfff")), ("2", parse("a"))])
    assert found["dispatches"]["text"].to_pylist() == ["Số: 12\ufffd/UBND\nKính gửi: Sở Y tế \ufffd", "a"]
    assert found["documents"]["document_id"].to_pylist() == ["\ufffd", "2"]


# Flat tables


def check_joins(results: dict[str, Any], found: dict[str, Any]) -> None:
    """Every place in one table leads to the row of another that says what the Dispatch says."""
    rows = {
        name: {(row["document_id"], row.get(f"{name[:-1]}_index")): row for row in found[name].to_pylist()}
        for name in FLAT
    }
    assert [key for key, _ in rows["documents"]] == list(results)
    dispatches = {id: result for id, result in results.items() if isinstance(result, Dispatch)}
    for name in ("obligations", "references", "deadlines", "actors"):
        assert list(rows[name]) == [
            (id, place) for id, dispatch in dispatches.items() for place in range(len(getattr(dispatch, name)))
        ]
    for id, dispatch in dispatches.items():
        for place, duty in enumerate(dispatch.obligations):
            row = rows["obligations"][id, place]
            assert [dispatch.deadlines[at] for at in row["deadline_indexes"]] == duty.deadlines
            assert [dispatch.references[at] for at in row["reference_indexes"]] == duty.references
            assert all(place in rows["deadlines"][id, at]["obligation_indexes"] for at in row["deadline_indexes"])
            assert all(place in rows["references"][id, at]["obligation_indexes"] for at in row["reference_indexes"])
            days = [rows["deadlines"][id, at]["last_day"] for at in row["deadline_indexes"]]
            assert row["last_day"] == min(filter(None, days), default=None)


def test_places_join_the_tables(results: dict[str, Dispatch | Failure]) -> None:
    found = tables(list(results.items()))
    assert all(table.schema.equals(TABLES[name], check_metadata=True) for name, table in found.items())
    check_joins(results, found)
    assert sum(map(len, found["obligations"]["deadline_indexes"].to_pylist())) > 50


def test_places_are_found_where_findings_are_equal_and_not_the_same(results: dict[str, Dispatch | Failure]) -> None:
    copies = {id: from_row(to_row(id, one)) for id, one in results.items() if isinstance(one, Dispatch)}
    check_joins(copies, tables(list(copies.items())))


def test_a_finding_that_is_in_no_list_has_no_place() -> None:
    dispatch = parse(LETTER)
    lost = dispatch.model_copy(update={"deadlines": []})
    assert tables([("1", lost)])["obligations"]["deadline_indexes"].to_pylist() == [[] for _ in lost.obligations]


def test_values_of_the_flat_tables() -> None:
    found = {name: table.to_pylist() for name, table in tables([("thư", parse(LETTER)), ("x", FAILED)]).items()}
    letter, failed = found["documents"]
    assert (letter["number"], letter["date"], letter["issuer"], letter["issuer_canonical"]) == (
        "12/SNV-TH", dt.date(2024, 3, 5), "SỞ NỘI VỤ", "Sở Nội vụ",
    )  # fmt: skip
    assert (letter["addressees"], letter["n_directives"], letter["failure_stage"]) == (["UBND các huyện"], 4, None)
    assert (failed["document_id"], failed["failure_stage"], failed["failure_message"]) == ("x", "parse", FAILED.message)
    assert {value for name, value in failed.items() if not name.startswith(("document_id", "failure"))} == {None}
    hour, day = found["deadlines"]
    assert (hour["due"], hour["due_at"]) == (dt.date(2024, 3, 15), dt.datetime(2024, 3, 15, 17))
    assert (day["due"], day["due_at"], day["inclusive"]) == (dt.date(2024, 3, 20), None, False)
    assert LETTER[hour["start_char"] : hour["end_char"]] == hour["text"]
    cited = found["references"][0]
    assert (cited["number"], cited["date"]) == ("45/BNV-TH", dt.date(2024, 3, 1))
    assert any("Sở Nội vụ" in one["report_to"] and one["deadline_indexes"] == [0] for one in found["obligations"])
    assert any(one["name"] == "Sở Nội vụ" and "issuer" in one["roles"] for one in found["actors"])


def test_an_instant_with_an_offset_is_told_in_the_time_of_vietnam() -> None:
    due = dt.datetime(2024, 3, 15, 22, tzinfo=dt.UTC)
    limit = Deadline(text="x", spans=[Span(start=0, end=1)], kind=DeadlineKind.DATE, due=due)
    (row,) = tables([("1", Dispatch(text="x", deadlines=[limit]))])["deadlines"].to_pylist()
    assert row["due_at"] == dt.datetime(2024, 3, 16, 5)
    assert row["due"] == dt.date(2024, 3, 16)


def test_the_page_of_the_tables_is_in_step() -> None:
    path = ROOT / "docs" / "tables.md"
    assert path.read_text(encoding="utf-8") == page(), "python -m vnadmin_nlp.export.describe > docs/tables.md"


def test_the_queries_of_the_page_run(results: dict[str, Dispatch | Failure], tmp_path: Path) -> None:
    duckdb = pytest.importorskip("duckdb", reason="DuckDB is not installed: the queries of docs/tables.md are not run")
    for name, table in tables(list(results.items())).items():
        (tmp_path / name).mkdir()
        pq.write_table(table, tmp_path / name / "part-000001.parquet")
    queries = re.findall(r"```sql\n(.*?)```", page(), re.DOTALL)
    assert len(queries) == 3
    for query in queries:
        assert duckdb.sql(query.replace("OUT/", f"{tmp_path}/")).fetchall()
    for name, schema in TABLES.items():  # no column needs quotes
        duckdb.sql(f"SELECT {', '.join('t.' + column for column in schema.names)} FROM '{tmp_path}/{name}/*.parquet' t")


# Batches


def batch(texts: Any, ids: Any = None, **more: Any) -> Any:
    return pa.RecordBatch.from_pydict({"id": ids or [str(n) for n, _ in enumerate(texts)], "text": texts, **more})


def fails_on_b(text: str | SourceText) -> Dispatch:
    if text == "b":
        raise KeyError("khóa")
    return parse(text)


def test_one_row_a_row_in_order() -> None:
    out = process_batch(batch([LETTER, None, "b", ""]), parser=fails_on_b)
    assert isinstance(out, pa.RecordBatch) and out.schema.equals(OUTPUT_SCHEMA, check_metadata=True)
    out.validate(full=True)
    (_, letter), (_, empty), (_, bad), (_, blank) = from_table(out)
    assert letter == parse(LETTER)
    assert isinstance(blank, Failure) and blank.message == "3: text is empty; there is nothing to parse"
    assert isinstance(empty, Failure) and isinstance(bad, Failure)
    assert (empty.name, empty.stage) == ("1", "input") and "text is null" in empty.message
    assert (bad.name, bad.stage, bad.error) == ("2", "parse", "KeyError") and "fails_on_b" in bad.traceback


@pytest.mark.parametrize(
    "kind",
    [pa.string(), pa.large_string(), pa.string_view(), pa.dictionary(pa.int8(), pa.string()), pa.large_binary()],
)
def test_texts_of_every_type(kind: Any) -> None:
    texts = pa.array([LETTER, None, LETTER], pa.binary() if kind == pa.large_binary() else pa.string()).cast(kind)
    first, empty, last = (result for _, result in from_table(process_batch(batch(texts))))
    assert isinstance(first, Dispatch) and first.header.number and first.header.number.text == "12/SNV-TH"
    assert first == last and isinstance(empty, Failure)


def test_binary_columns_are_files() -> None:
    word = (ROOT / "tests" / "files" / "letters" / "letter.docx").read_bytes()
    (_, letter), (id, cut) = from_table(process_batch(batch(pa.array([word, word[:900]]), ["a", "b"])))
    assert isinstance(letter, Dispatch) and letter.header.number
    assert isinstance(cut, Failure) and (id, cut.stage) == ("b", "read") and cut.message.startswith("b: ")


def test_ids_are_text_or_integers() -> None:
    out = process_batch(batch(["a", "b", "c"], pa.array([7, None, 2**40])))
    assert out["document_id"].to_pylist() == ["7", "", str(2**40)]
    assert out["failure"][1]["stage"].as_py() == "input"


def test_columns_that_are_kept() -> None:
    out = process_batch(batch(["a", None], year=pa.array([2024, None], pa.int16()), other=[1, 2]), keep=["year"])
    assert out.schema.names == [*OUTPUT_SCHEMA.names, "year"]
    assert out["year"].equals(pa.array([2024, None], pa.int16()))


def test_empty_batches() -> None:
    out = process_batch(batch(pa.array([], pa.string()), pa.array([], pa.string())))
    assert out.num_rows == 0 and out.schema.equals(OUTPUT_SCHEMA)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"text_col": "noi_dung"}, "no column 'noi_dung'; its columns are: id, text, subject. .*text_col="),
        ({"id_col": "ma"}, "no column 'ma'.*id_col="),
        ({"keep": ["ma"]}, "no column 'ma'.*keep="),
        ({"keep": ["subject"]}, "subject are columns of the results"),
        ({"text_col": "subject"}, r"'subject' \(text_col\) is of type double; it must hold texts"),
        ({"id_col": "subject"}, r"'subject' \(id_col\) is of type double"),
    ],
)
def test_columns_that_cannot_be_taken(options: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError, match=message):
        process_batch(batch(["a"], subject=[1.5]), **options)


def test_process_batch_can_be_sent_to_other_processes() -> None:
    assert pickle.loads(pickle.dumps(process_batch)) is process_batch


# Frames


def test_ids_of_the_tables() -> None:
    one, two = parse("a"), parse("b")
    ids = [to_arrow(given)["documents"]["document_id"].to_pylist() for given in (
        [one, two, FAILED], {"x": one, "y": two}, [("x", one), ("y", FAILED)], iter([one]), one, [],
    )]  # fmt: skip
    assert ids == [["1", "2", "3"], ["x", "y"], ["x", "y"], ["1"], ["1"], []]


def test_results_that_are_no_results() -> None:
    one = parse("a")
    with pytest.raises(ValueError, match=r"two documents have the id 'x' \(the second is result 3\)"):
        to_arrow([("x", one), ("y", one), ("x", one)])
    for wrong in (["một văn bản"], "văn bản", [(1, one)], [("a", "b")]):
        with pytest.raises(TypeError, match="give Dispatches, pairs"):
            to_arrow(wrong)  # type: ignore[arg-type]


def test_many_results_are_one_table() -> None:
    one = parse(LETTER)
    found = to_arrow(one for _ in range(450))
    assert found["documents"].num_rows == 450
    assert found["documents"]["document_id"][-1].as_py() == "450"
    assert found["actors"].num_rows == 450 * len(one.actors)


def test_pandas_frames() -> None:
    pd = pytest.importorskip("pandas", reason="pandas is not installed: its frames are not tested")
    frames = to_pandas({"thư": parse(LETTER), "x": FAILED})
    assert list(frames) == list(TABLES)
    documents = frames["documents"].set_index("document_id")
    assert documents.loc["thư", "date"] == pd.Timestamp("2024-03-05")
    assert list(documents[documents["date"] >= "2024-01-01"].index) == ["thư"]
    assert str(documents["n_obligations"].dtype) == "Int32" and documents["n_obligations"].isna()["x"]
    assert documents.loc["thư", "addressees"] == ["UBND các huyện"] and documents.loc["x", "addressees"] is None
    joined = (
        frames["obligations"]
        .explode("deadline_indexes")
        .merge(
            frames["deadlines"], left_on=["document_id", "deadline_indexes"], right_on=["document_id", "deadline_index"]
        )
    )
    assert len(joined) >= 2 and (joined["last_day_x"] <= joined["last_day_y"]).all()
    assert frames["dispatches"]["directives"][0][1]["parent"] == 0
    example = re.findall(r"```python\n(.*?)```", page(), re.DOTALL)
    assert len(example) == 1 and "to_pandas" in example[0]


def test_polars_frames() -> None:
    pl = pytest.importorskip("polars", reason="polars is not installed: its frames are not tested")
    frames = to_polars({"thư": parse(LETTER), "x": FAILED})
    assert list(frames) == list(TABLES)
    assert frames["documents"].schema["date"] == pl.Date and frames["documents"]["n_obligations"].null_count() == 1
    joined = (
        frames["obligations"]
        .explode("deadline_indexes")
        .join(
            frames["deadlines"],
            left_on=["document_id", "deadline_indexes"],
            right_on=["document_id", "deadline_index"],
        )
    )
    assert joined.height >= 2
    assert frames["deadlines"].schema["due_at"] == pl.Datetime("us")


@pytest.mark.parametrize(("name", "function"), [("pyarrow", to_arrow), ("pandas", to_pandas), ("polars", to_polars)])
def test_a_missing_package_is_named(name: str, function: Callable[[Any], Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(MissingPackageError, match=f"needs {name}.*pip install"):
        function([])


def test_nothing_is_loaded_before_it_is_asked_for() -> None:
    code = (
        "import sys, vnadmin_nlp, vnadmin_nlp.export, vnadmin_nlp.batch.arrow\n"
        "from vnadmin_nlp.export import from_row, to_arrow, to_row\n"
        "assert from_row(to_row('1', vnadmin_nlp.parse('a'))).text == 'a'\n"
        "loaded = {'pyarrow', 'pandas', 'polars'} & set(sys.modules)\n"
        "sys.modules['pyarrow'] = None\n"
        "try:\n    from vnadmin_nlp.export import OUTPUT_SCHEMA\n"
        "except vnadmin_nlp.errors.MissingPackageError as error:\n    print(loaded, error)\n"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert out.startswith("set() OUTPUT_SCHEMA needs pyarrow") and "vnadmin_nlp[batch]" in out


def test_tables_and_links_count_documents_alike() -> None:
    letters = [parse(LETTER), parse(LETTER.replace("12", "13"))]
    assert list(vn.link(letters).documents) == to_arrow(letters)["documents"]["document_id"].to_pylist() == ["1", "2"]
