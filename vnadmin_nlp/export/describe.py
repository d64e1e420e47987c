"""The page docs/tables.md, made from the columns: `python -m vnadmin_nlp.export.describe > docs/tables.md`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyarrow as pa

from vnadmin_nlp.export.columns import FLAT
from vnadmin_nlp.export.schema import OUTPUT_SCHEMA
from vnadmin_nlp.export.tables import NESTED, TABLES

_HEAD = """\
# Tables

`vnadmin run -o OUT` writes six tables (a folder of Parquet parts each), and `to_arrow`, `to_pandas` and `to_polars`
give the same six for results in memory. This page is made from the columns themselves
(`python -m vnadmin_nlp.export.describe > docs/tables.md`); a test holds it in step.

- `document_id` is the id of the document.
- A place (`obligation_index`, `reference_index`, `deadline_index`, `actor_index`) counts from 0, as in the lists of the
  Dispatch. `document_id` and a place are the key of a row; lists of places (`deadline_indexes`) lead to other tables.
- `start_char` and `end_char` are offsets into the text of the document, in Unicode code points, half-open. Where a
  finding is broken by a column or a page, they span it with what stands in between; `dispatches` has every span.
- Choices (`document_type`, `relation`, `modality`, ...) are the values of the enums of `vnadmin_nlp`, as strings.
- A document that failed has a row in `documents` and in `dispatches` with its failure, and no other. `vnadmin run`
  keeps failures in a file of their own.
- Schemas carry `vnadmin_nlp.version` (of the package) and `vnadmin_nlp.schema` (of the columns) as metadata.

Who must do what in the next days, from a run, in DuckDB:

```sql
SELECT o.last_day, o.bearers, o.action, d.number, d.issuer_canonical
FROM 'OUT/obligations/*.parquet' o JOIN 'OUT/documents/*.parquet' d USING (document_id)
WHERE o.last_day >= DATE '2024-01-01' ORDER BY o.last_day
```

Every deadline with the obligations it limits, and the basis of every document:

```sql
SELECT t.text, t.last_day, o.action
FROM 'OUT/obligations/*.parquet' o JOIN 'OUT/deadlines/*.parquet' t
ON t.document_id = o.document_id AND list_contains(o.deadline_indexes, t.deadline_index)
```

```sql
SELECT d.number, r.number AS basis, r.date
FROM 'OUT/references/*.parquet' r JOIN 'OUT/documents/*.parquet' d USING (document_id)
WHERE r.relation = 'basis'
```

The same join in pandas:

```python
frames = vnadmin_nlp.to_pandas(dispatches)
frames["obligations"].explode("deadline_indexes").merge(
    frames["deadlines"], left_on=["document_id", "deadline_indexes"], right_on=["document_id", "deadline_index"]
)
```
"""
_NESTED = """\
A row a document, with everything its Dispatch holds, as structs and lists with the names of the fields.
`vnadmin_nlp.export.from_table` makes Dispatches of it again. Days and instants that stand in one field
(`deadlines.due`, `deadlines.start`, `signatures.digital.signed_at`) are strings in ISO 8601. `directives` is the tree
as a list in reading order: `parent` is the place of the parent in it, from 0, null for an outermost item.
"""
_MEANINGS = {
    "document_id": "id of the document",
    "text": "the text that was parsed; all spans are ranges of it (văn bản)",
    "document_type": "type (tên loại văn bản)",
    "header": "issuer, number, place, date, urgency, secrecy (phần đầu)",
    "subject": "what it is about (trích yếu)",
    "sections": "the parts of the text (bố cục)",
    "addressees": "whom it is addressed to (kính gửi)",
    "directives": "the numbered items of the body (điều, khoản, mục)",
    "recipients": "who gets a copy, and what for (nơi nhận)",
    "archive": "who keeps a copy (lưu)",
    "signatures": "who signed, on whose authority (chữ ký)",
    "references": "mentions of other documents (viện dẫn)",
    "deadlines": "time limits (thời hạn)",
    "actors": "bodies, posts, groups and persons with all their mentions (chủ thể)",
    "obligations": "who must, must not or may do what (nhiệm vụ)",
    "diagnostics": "what is missing or doubtful",
    "failure": "name, stage, error, message, traceback; null where all went well",
}
_TITLES = {
    "documents": "A row a document.",
    "obligations": "A row for each thing that somebody must, must not or may do (nhiệm vụ).",
    "references": "A row for each mention of another document (viện dẫn).",
    "deadlines": "A row for each time limit (thời hạn).",
    "actors": "A row for each body, post, group or person that a document names (chủ thể).",
}


def page() -> str:
    """The page, in markdown."""
    parts = [_HEAD]
    for name, flat in FLAT.items():
        rows = zip(TABLES[name], [meaning for *_, meaning in flat.columns], strict=True)
        parts.append(f"## {name}\n\n{_TITLES[name]}\n\n{_table(rows)}")
    nested = ((field, _MEANINGS[field.name]) for field in OUTPUT_SCHEMA)
    parts.append(f"## {NESTED}\n\n{_NESTED}\n{_table(nested)}")
    return "\n".join(parts)


def _table(rows: Iterable[tuple[pa.Field, str]]) -> str:
    return "\n".join(["| column | type | null | meaning |", "| --- | --- | --- | --- |", *_lines(rows)]) + "\n"


def _lines(rows: Iterable[tuple[pa.Field, str]]) -> Iterator[str]:
    for field, meaning in rows:
        null = "yes" if field.nullable else ""
        yield f"| `{field.name}` | {_type(field.type)} | {null} | {meaning.replace('|', chr(92) + '|')} |"


def _type(kind: pa.DataType) -> str:
    if pa.types.is_struct(kind):
        return "struct"
    if pa.types.is_list(kind):
        return f"list of {_type(kind.value_type)}"
    return {"date32[day]": "date", "double": "float64"}.get(str(kind), str(kind))


if __name__ == "__main__":
    import sys

    sys.stdout.buffer.write(page().encode())
