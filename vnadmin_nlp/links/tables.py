"""Links as tables, and links from the flat tables of a run (`vnadmin_nlp.export`)."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vnadmin_nlp.collector import paused
from vnadmin_nlp.errors import InputError, missing
from vnadmin_nlp.export.around import Around
from vnadmin_nlp.links.records import Citation, Record, build, citation_of, duty_of

if TYPE_CHECKING:
    from vnadmin_nlp.links.reports import Report
    from vnadmin_nlp.links.result import Link, Links

ID = "document_id"
DOCUMENT_COLUMNS = (
    ID, "document_type", "number", "date", "place", "issuer", "parent_agency", "subject", "addressees",
)  # fmt: skip
"""What linking reads of the table `documents`."""
REFERENCE_COLUMNS = (
    ID, "reference_index", "relation", "document_type", "number", "name", "date", "issuer", "antecedent_this",
    "antecedent_number", "antecedent_name", "antecedent_date", "text", "before", "after",
)  # fmt: skip
"""What linking reads of the table `references`."""
OBLIGATION_COLUMNS = (ID, "obligation_index", "modality", "bearers", "report_to", "action", "last_day")
"""What `Links.reports` needs of the table `obligations`."""
Row = Mapping[str, Any]


def link_tables(documents: Any, references: Any, obligations: Any = None) -> Links:
    """The links of a corpus from its flat tables (pyarrow Tables of `vnadmin_nlp.export`), nothing being parsed again.

    The links are those that `link` finds in the documents themselves. `obligations` is needed for `Links.reports` only.
    """
    from vnadmin_nlp.links.link import link_records

    with paused():
        return link_records(_records(documents, references, obligations))


def link_run(folder: str | os.PathLike[str], *, obligations: bool = True) -> Links:
    """The links of the documents in the output folder of a run (Parquet), read one part at a time.

    Raises InputError where the folder holds no tables of documents and references, or one that is cut off.
    """
    from vnadmin_nlp.links.link import link_records

    with paused():
        return link_records(_of_run(Path(folder), obligations=obligations))


def _of_run(folder: Path, *, obligations: bool) -> Iterator[Record]:
    parts = sorted(path.name for path in folder.glob("documents/*.parquet"))
    if not parts:
        raise InputError(f"{folder}: no table of documents there; give the output folder of a run that wrote Parquet")
    for part in parts:
        yield from _records(
            _read(folder / "documents" / part, DOCUMENT_COLUMNS),
            _read(folder / "references" / part, REFERENCE_COLUMNS),
            _read(folder / "obligations" / part, OBLIGATION_COLUMNS) if obligations else None,
        )


def _read(path: Path, columns: tuple[str, ...]) -> Any:
    _arrow()
    import pyarrow.parquet as pq

    try:
        return pq.read_table(path, columns=list(columns))
    except (OSError, ValueError) as error:
        raise InputError(f"{path}: it cannot be read ({error}); start the run again, which makes it whole") from error


def record_of_rows(document: Row, references: Iterable[Row], obligations: Iterable[Row] = ()) -> Record:
    """The record of a document from its row and those of its references and obligations."""
    return build(
        document[ID],
        type_=document["document_type"] or "other",
        number=document["number"],
        date=document["date"],
        issuer=document["issuer"],
        parent=document["parent_agency"],
        place=document["place"],
        subject=document["subject"],
        addressees=document["addressees"] or (),
        citations=filter(None, map(_citation, sorted(references, key=itemgetter("reference_index")))),
        duties=(
            duty_of(
                row["obligation_index"],
                modality=row["modality"],
                bearers=row["bearers"],
                report_to=row["report_to"],
                action=row["action"],
                last_day=row["last_day"],
            )
            for row in sorted(obligations, key=itemgetter("obligation_index"))
        ),
    )


def _citation(row: Row) -> Citation | None:
    stands_for = row["antecedent_number"], row["antecedent_name"], row["antecedent_date"]
    return citation_of(
        row["reference_index"],
        type_=row["document_type"],
        relation=row["relation"],
        number=row["number"],
        name=row["name"],
        date=row["date"],
        issuer=row["issuer"],
        text=row["text"],
        around=Around(row["before"] or "", row["after"] or ""),
        this=bool(row["antecedent_this"]),
        antecedent=None if row["antecedent_this"] is None else stands_for,
    )


def _records(documents: Any, references: Any, obligations: Any) -> Iterator[Record]:
    """The records of tables: rows of one document are brought together by sorting."""
    cited, duties = _by_document(references, REFERENCE_COLUMNS), _by_document(obligations, OBLIGATION_COLUMNS)
    for row in _rows(documents.select(DOCUMENT_COLUMNS).sort_by(ID)):
        if row["document_type"] is not None:
            yield record_of_rows(row, cited(row[ID]), duties(row[ID]))


def _by_document(table: Any, columns: tuple[str, ...]) -> Any:
    """A function that gives the rows of a document; it is asked for ids in ascending order."""
    if table is None:
        return lambda _: ()
    groups = groupby(_rows(table.select(columns).sort_by(ID)), key=itemgetter(ID))
    current = next(groups, None)

    def rows_of(id_: str) -> list[Row]:
        nonlocal current
        while current is not None and current[0] < id_:
            current = next(groups, None)
        return list(current[1]) if current is not None and current[0] == id_ else []

    return rows_of


def _rows(table: Any) -> Iterator[Row]:
    for batch in table.to_batches(max_chunksize=4096):
        yield from batch.to_pylist()


@cache
def schema() -> Any:
    """The columns of a table of links (pyarrow). `document_id` and `reference_index` join the tables of a run.

    Links of a subject (`part`) have a `reference_index` below 0, which no reference of a run has.
    """
    pa = _arrow()
    texts = pa.list_(pa.string())
    candidate = pa.struct([("id", pa.string()), ("score", pa.float64()), ("reasons", texts)])
    return pa.schema(
        [
            (ID, pa.string()), ("reference_index", pa.int32()), ("relation", pa.string()), ("status", pa.string()),
            ("target_id", pa.string()), ("score", pa.float64()), ("reasons", texts),
            ("candidates", pa.list_(candidate)), ("copies", texts), ("cited", pa.string()), ("printed", pa.string()),
            ("part", pa.string()),
        ]
    )  # fmt: skip


def to_rows(links: Iterable[Link]) -> list[dict[str, Any]]:
    """The links as rows of `schema`."""
    names = schema().names
    return [
        dict(zip(names, (*link, link.part), strict=True)) | {"candidates": [one._asdict() for one in link.candidates]}
        for link in links
    ]


def to_arrow(links: Iterable[Link]) -> Any:
    """The links as a pyarrow Table, a row each."""
    return _arrow().Table.from_pylist(to_rows(links), schema=schema())


def reports_to_arrow(reports: Iterable[Report]) -> Any:
    """Reports on obligations as a pyarrow Table, a row each; `obligation_index` joins the obligations of a run."""
    pa = _arrow()
    columns = {
        ID: pa.string(), "obligation_index": pa.int32(), "report_id": pa.string(), "score": pa.float64(),
        "reasons": pa.list_(pa.string()),
    }  # fmt: skip
    return pa.Table.from_pylist([dict(zip(columns, one, strict=True)) for one in reports], schema=pa.schema(columns))


def _arrow() -> Any:
    try:
        import pyarrow
    except ImportError as error:
        raise missing("pyarrow", "batch", "A table of links") from error
    return pyarrow
