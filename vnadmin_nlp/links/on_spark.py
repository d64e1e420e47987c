"""The links of a corpus as a Spark job: the same keys and the same choice, joined instead of looked up."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Any

from vnadmin_nlp.errors import missing
from vnadmin_nlp.links.choose import decide
from vnadmin_nlp.links.homes import Place, at_home, learn, told
from vnadmin_nlp.links.keys import LIMIT, TIERS, emit_document_keys, near_symbols, reference_keys
from vnadmin_nlp.links.link import made_link
from vnadmin_nlp.links.records import Record
from vnadmin_nlp.links.tables import DOCUMENT_COLUMNS, ID, REFERENCE_COLUMNS, record_of_rows, schema, to_rows

Row = Mapping[str, Any]
Work = Callable[[Row], Iterable[Row]]


def link(documents: Any, references: Any) -> Any:
    """The links of a corpus on Spark: a DataFrame with the rows of `Links.to_arrow()`, in no order.

    `documents` and `references` are DataFrames with the flat tables of a run. The links are those that `link_tables`
    finds on one machine. The symbols of the numbers of the corpus and the names of its districts and communes are
    collected to the driver (some ten thousand short words); all else stays distributed.
    """
    try:
        from pyspark.sql import functions as sql
    except ImportError as error:
        raise missing("pyspark", "spark", "Linking on Spark") from error

    import pyarrow as pa

    cited = references.groupBy(ID).agg(sql.collect_list(sql.struct(*REFERENCE_COLUMNS)).alias("references"))
    rows = documents.select(*DOCUMENT_COLUMNS).where("document_type is not null").join(cited, ID, "left")
    texts = pa.list_(pa.string())
    kept = {"id": pa.string(), "head": pa.binary(), "citations": pa.binary(), "symbol": pa.string(), "cited": texts}
    records = _mapped(rows, _record, kept).persist()
    near = near_symbols(
        (row[0] for row in records.select("symbol").distinct().collect()),
        (row[0] for row in records.select(sql.explode("cited")).distinct().collect()),
    )

    lie = _mapped(
        records.select("head", "citations"),
        _told,
        {"level": pa.string(), "place": pa.string(), "province": pa.string()},
    )
    lie = lie.groupBy("level", "place", "province").count().collect()
    homes = learn({((row[0], row[1]), row[2]): row[3] for row in lie})

    keys = _mapped(records.select("head"), _keys, {"key": pa.string(), "id": pa.string()})
    keys = keys.groupBy("key").agg(sql.collect_list("id").alias("ids")).withColumn("bounded", sql.size("ids") > LIMIT)
    ids = sql.when(sql.col("bounded"), sql.array(sql.lit(None).cast("string"))).otherwise(sql.col("ids"))
    asked = _mapped(
        records.select("head", "citations"),
        partial(_asked, near=near, homes=homes),
        {"key": pa.string(), "document": pa.string(), "at": pa.int32(), "tier": pa.int32()},
    )
    met = asked.join(keys, "key").select("document", "at", "tier", "bounded", sql.explode(ids).alias("met")).distinct()

    heads = records.select(sql.col("id").alias("met"), sql.col("head").alias("theirs"))
    found = met.join(heads, "met", "left").groupBy("document")
    found = found.agg(sql.collect_list(sql.struct("at", "tier", "bounded", "theirs")).alias("found"))
    whole = records.join(found, records["id"] == found["document"], "left").select("head", "citations", "found")
    return _mapped(whole, partial(_links, homes=homes), {field.name: field.type for field in schema()})


def _mapped(frame: Any, work: Work, columns: Mapping[str, Any]) -> Any:
    """The rows that `work` makes of each row of `frame`, as a DataFrame with these columns."""
    import pyarrow as pa
    from pyspark.sql.pandas.types import from_arrow_schema

    made = pa.schema(list(columns.items()))

    def run(batches: Iterator[Any]) -> Iterator[Any]:
        for batch in batches:
            rows = [out for row in batch.to_pylist() for out in work(row)]
            yield pa.RecordBatch.from_pylist(rows, schema=made)

    return frame.mapInArrow(run, from_arrow_schema(made))


def _record(row: Row) -> Iterator[Row]:
    record = record_of_rows(row, row["references"] or ())
    yield {
        "id": record.id,
        "head": pickle.dumps(record._replace(citations=())),
        "citations": pickle.dumps(record.citations),
        "symbol": record.number.symbol,
        "cited": sorted({citation.number.symbol for citation in record.citations}),
    }


def _keys(row: Row) -> Iterator[Row]:
    record: Record = pickle.loads(row["head"])
    for key in emit_document_keys(record):
        yield {"key": key, "id": record.id}


def _told(row: Row) -> Iterator[Row]:
    record: Record = pickle.loads(row["head"])
    for (level, place), province in told(record._replace(citations=pickle.loads(row["citations"]))):
        yield {"level": level, "place": place, "province": province}


def _asked(row: Row, near: Mapping[str, tuple[str, ...]], homes: Mapping[Place, str]) -> Iterator[Row]:
    record: Record = at_home(pickle.loads(row["head"]), homes)
    for citation in pickle.loads(row["citations"]):
        for tier in range(TIERS):
            for key in reference_keys(record, citation, tier, near):
                yield {"key": key, "document": record.id, "at": citation.at, "tier": tier}


def _links(row: Row, homes: Mapping[Place, str]) -> Iterator[Row]:
    record: Record = at_home(pickle.loads(row["head"]), homes)
    found: dict[int, list[list[Record]]] = {}
    bounded = set()
    for one in row["found"] or ():
        if one["bounded"]:
            bounded.add(one["at"])
        else:
            found.setdefault(one["at"], [[] for _ in range(TIERS)])[one["tier"]].append(pickle.loads(one["theirs"]))
    for citation in pickle.loads(row["citations"]):
        decision = decide(record, citation, found.get(citation.at, ()), bounded=citation.at in bounded)
        if decision is not None:
            yield from to_rows([made_link(record, citation, decision)])
