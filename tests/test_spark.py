"""The Spark job in local mode: what `parse` gives one by one, whatever single documents do."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import poison
import pytest

from vnadmin_nlp import Dispatch, Failure, Options, parse
from vnadmin_nlp.errors import InputError, WorkerError
from vnadmin_nlp.export import from_table

pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed: the Spark job is not tested")
pytest.importorskip("pyspark", reason="pyspark is not installed: the Spark job is not tested")
if not (shutil.which("java") or os.environ.get("JAVA_HOME")):
    pytest.skip("there is no Java: the Spark job is not tested", allow_module_level=True)

from vnadmin_nlp import spark as vs  # noqa: E402
from vnadmin_nlp.export.schema import OUTPUT_SCHEMA  # noqa: E402
from vnadmin_nlp.export.tables import TABLES, tables  # noqa: E402

TESTS = Path(__file__).parent
SAMPLES = {
    path.stem: path.read_text(encoding="utf-8") for path in sorted((TESTS.parent / "corpus" / "samples").glob("*.txt"))
}


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    from pyspark.sql import SparkSession

    kept = {name: os.environ.get(name) for name in ("PYSPARK_PYTHON", "PYSPARK_DRIVER_PYTHON", "SPARK_LOCAL_IP")}
    os.environ.update(PYSPARK_PYTHON=sys.executable, PYSPARK_DRIVER_PYTHON=sys.executable, SPARK_LOCAL_IP="127.0.0.1")
    session = (
        SparkSession.builder.master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "2")
        .config("spark.driver.host", "127.0.0.1")
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("OFF")
    session.sparkContext.addPyFile(str(TESTS / "poison.py"))
    yield session
    session.stop()
    for name, value in kept.items():
        if value is None:
            os.environ.pop(name)
        else:
            os.environ[name] = value


def made(frame: Any) -> list[tuple[str, Dispatch | Failure]]:
    return list(from_table(frame.toArrow()))


@pytest.fixture(scope="module")
def samples(spark: Any, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The samples, parsed on Spark, written and read back."""
    folder = str(tmp_path_factory.mktemp("spark") / "samples")
    texts = spark.createDataFrame(list(SAMPLES.items()), "name string, words string").repartition(2)
    vs.parse(texts, text_col="words", id_col="name").write.parquet(folder)
    return spark.read.parquet(folder)


def test_what_spark_gives_is_what_parse_gives(samples: Any) -> None:
    found = dict(made(samples))
    assert len(SAMPLES) > 10
    assert found == {name: parse(text) for name, text in SAMPLES.items()}


def test_flat_tables_are_those_of_one_machine(samples: Any) -> None:
    found = vs.tables(samples)
    expected = tables([(name, parse(text)) for name, text in SAMPLES.items()])
    assert set(found) == set(TABLES) - {"dispatches"}
    for name, frame in found.items():
        rows, wanted = frame.toArrow().to_pylist(), expected[name].to_pylist()
        assert sorted(rows, key=repr) == sorted(wanted, key=repr), name
        assert wanted


def test_the_schema_is_that_of_arrow() -> None:
    from pyspark.sql.types import ArrayType, StructType, TimestampNTZType

    schema = vs.schema_of(OUTPUT_SCHEMA)
    assert schema.names == OUTPUT_SCHEMA.names
    assert not schema["document_id"].nullable and schema["failure"].nullable

    def leaves(kind: Any) -> int:
        if isinstance(kind, ArrayType):
            return leaves(kind.elementType)
        return sum(leaves(field.dataType) for field in kind.fields) if isinstance(kind, StructType) else 1

    def arrow_leaves(kind: Any) -> int:
        if pa.types.is_list(kind):
            return arrow_leaves(kind.value_type)
        return sum(arrow_leaves(field.type) for field in kind) if pa.types.is_struct(kind) else 1

    assert leaves(schema) == sum(arrow_leaves(field.type) for field in OUTPUT_SCHEMA)
    assert isinstance(vs.schema_of(TABLES["deadlines"])["due_at"].dataType, TimestampNTZType)


def test_bad_documents_cost_only_themselves(spark: Any) -> None:
    good = SAMPLES["so-noi-vu-cong-van-2022"]
    bad = {"raises": "RAISE", "hangs": "HANG", "exits": "EXIT", "eats": "EAT", "null": None}
    rows = [("first", good), *bad.items(), ("last", good), (None, good), ("first", good)]
    frame = spark.createDataFrame(rows, "id string, text string").coalesce(1)
    results = made(vs.parse(frame, seconds=5, memory=600_000_000, parser=poison.parse_or_suffer))
    assert [id for id, _ in results] == ["first", *bad, "last", "", "first"]  # in order, ids as given
    stages = [result.stage if isinstance(result, Failure) else "" for _, result in results]
    assert stages == ["", "parse", "time", "worker", "memory", "input", "", "input", ""]
    assert {result.name for id, result in results if isinstance(result, Failure)} == {*bad, ""}
    assert "text is null" in results[5][1].message  # type: ignore[union-attr]


def test_files_numbers_as_ids_columns_that_are_kept_and_work_in_sparks_own_process(spark: Any) -> None:
    text = SAMPLES["so-noi-vu-cong-van-2022"]
    rows = [(n, bytearray(text.encode()), f"kho {n}") for n in range(70)]
    frame = spark.createDataFrame(rows, "n int, content binary, `kho.lưu trữ` string").coalesce(1)
    out = vs.parse(frame, text_col="content", id_col="n", keep=["kho.lưu trữ"], isolated=False)
    table = out.toArrow()
    assert table.column("kho.lưu trữ").to_pylist() == [f"kho {n}" for n in range(70)]
    results = list(from_table(table.drop(["kho.lưu trữ"])))
    assert [id for id, _ in results] == [str(n) for n in range(70)]
    assert results[0][1] == results[69][1] and isinstance(results[0][1], Dispatch)
    assert results[0][1].header.number == parse(text).header.number


@pytest.mark.parametrize("isolated", [True, False])
def test_a_model_that_is_missing_or_damaged_ends_the_job(spark: Any, tmp_path: Path, isolated: bool) -> None:
    (tmp_path / "m").mkdir()
    (tmp_path / "m" / "config.cfg").write_text("[model]\ntask = clauses\nkind = linear\nversion = 2\n")
    texts = spark.createDataFrame([("a", "Kính gửi: Sở Y tế.")], "id string, text string")
    for folder, said in ((tmp_path / "none", "no model is there"), (tmp_path / "m", "the weights are missing")):
        frame = vs.parse(texts, options=Options(models=folder), isolated=isolated)
        with pytest.raises(Exception, match=f"ModelError: .*{said}"):
            frame.collect()


def test_no_rows(spark: Any) -> None:
    frame = spark.createDataFrame([], "id string, text string")
    out = vs.parse(frame)
    assert out.columns == OUTPUT_SCHEMA.names
    assert vs.tables(out)["documents"].toArrow().num_rows == 0


def test_what_cannot_be_meant_is_said_at_the_call(spark: Any) -> None:
    frame = spark.createDataFrame([("a", 1.5, "x")], "id string, weight double, text string")
    with pytest.raises(InputError, match="text_col: the DataFrame has no column 'body'; its columns are: id, weight"):
        vs.parse(frame, text_col="body")
    with pytest.raises(InputError, match="'weight' is of type double; it must hold texts"):
        vs.parse(frame, text_col="weight")
    with pytest.raises(InputError, match="keep: text"):
        vs.parse(frame, keep=["text"])
    with pytest.raises(WorkerError, match="addPyFile"):
        vs.parse(frame, parser=lambda text: parse(text))
    with pytest.raises(ValueError, match="memory"):
        vs.parse(frame, memory=10**9, isolated=False)
    with pytest.raises(InputError, match="no column 'document_id'"):
        vs.tables(frame)
