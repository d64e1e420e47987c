"""The Arrow schema of a model, and that of the results of a parse."""

from __future__ import annotations

import pyarrow as pa
from pydantic import BaseModel

from vnadmin_nlp.export.shapes import PARENT, Kind, Shape, shape_of
from vnadmin_nlp.schema import Dispatch, Failure
from vnadmin_nlp.version import VERSION

SCHEMA_VERSION = "1"
"""Goes up when a column changes its name, type or meaning, or goes; new columns leave it."""
METADATA = {"vnadmin_nlp.version": VERSION, "vnadmin_nlp.schema": SCHEMA_VERSION}
MOMENT = {"form": "ISO 8601: 2024-03-05, or 2024-03-05T17:00:00 with the offset from UTC where one is stated"}
TREE = {"form": f"a tree in reading order; {PARENT} is the place of the parent in the list, from 0, null at a root"}

_TYPES = {
    Kind.TEXT: pa.string(),
    Kind.FLAG: pa.bool_(),
    Kind.WHOLE: pa.int32(),
    Kind.REAL: pa.float64(),
    Kind.DAY: pa.date32(),
    Kind.MOMENT: pa.string(),
}


def schema_of(model: type[BaseModel]) -> pa.Schema:
    """A column for each field of `model`.

    A model becomes a struct, a list a list, a choice its value as a string; `X | None` is nullable, all else is not.
    What is a day or an instant, as the document has it, is a string in ISO 8601. A list of models that hold more of
    themselves becomes one list in reading order, with `parent` in place of the children. Raises TypeError, naming
    model and field, for an annotation that has no column.
    """
    shape = shape_of(model)
    if shape.children:
        raise TypeError(f"{model.__name__}.{shape.children}: a tree stands in a list of roots only")
    return pa.schema([field(name, inner) for name, inner in shape.fields.items()])


def field(name: str, shape: Shape, moment: pa.DataType = _TYPES[Kind.MOMENT]) -> pa.Field:
    """The column of a field; instants are of the type `moment`."""
    return pa.field(name, _type(shape, moment), shape.optional, _metadata(shape, moment))


def _type(shape: Shape, moment: pa.DataType) -> pa.DataType:
    if shape.kind is Kind.MOMENT:
        return moment
    if shape.kind is Kind.MANY and shape.inner:
        return pa.list_(field("element", shape.inner, moment))
    if shape.kind is Kind.PARTS:
        fields = [field(name, inner, moment) for name, inner in shape.fields.items()]
        return pa.struct([*fields, pa.field(PARENT, pa.int32())] if shape.children else fields)
    return _TYPES[shape.kind]


def _metadata(shape: Shape, moment: pa.DataType) -> dict[str, str] | None:
    if shape.kind is Kind.MOMENT and pa.types.is_string(moment):
        return MOMENT
    return TREE if shape.inner and shape.inner.children else None


def _output_schema() -> pa.Schema:
    failure = pa.struct([pa.field(name, pa.string(), nullable=False) for name in Failure._fields])
    fields = [one.with_nullable(True) for one in schema_of(Dispatch)]
    id = pa.field("document_id", pa.string(), nullable=False)
    return pa.schema([id, *fields, pa.field("failure", failure)], METADATA)


OUTPUT_SCHEMA = _output_schema()
"""A row a document: its `id`, every field of its Dispatch, and `failure`, which is null where all went well and
else says why the other fields are null."""
