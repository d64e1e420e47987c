"""What the fields of a model hold, read from their annotations: the one place that walks over types."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from enum import Enum, StrEnum, auto
from functools import cache
from types import MappingProxyType, NoneType, UnionType
from typing import Any, Literal, NamedTuple, Union, get_args, get_origin

from pydantic import BaseModel

PARENT = "parent"
"""The field that stands for the children where a tree is a list: the place of the parent in it, null at a root."""


class Kind(Enum):
    """Kinds of values. A MOMENT is a day or an instant, or an instant alone; MANY are a list, PARTS a model."""

    TEXT = auto()
    FLAG = auto()
    WHOLE = auto()
    REAL = auto()
    DAY = auto()
    MOMENT = auto()
    MANY = auto()
    PARTS = auto()


class Shape(NamedTuple):
    """What a field holds, None too where it is `optional`.

    `inner` is the shape of the entries of MANY, `fields` are those of PARTS. `children` names the field of a tree that
    holds more of the same; it is not among `fields`.
    """

    kind: Kind
    optional: bool = False
    inner: Shape | None = None
    fields: Mapping[str, Shape] = MappingProxyType({})
    children: str | None = None


_LEAVES: dict[object, Kind] = {
    str: Kind.TEXT,
    bool: Kind.FLAG,
    int: Kind.WHOLE,
    float: Kind.REAL,
    dt.date: Kind.DAY,
    dt.datetime: Kind.MOMENT,
}


@cache
def shape_of(model: type[BaseModel]) -> Shape:
    """The shape of `model`. Raises TypeError, naming model and field, for an annotation that has none."""
    return _model(model, model.__name__, ())


def shape(annotation: Any, where: str) -> Shape:
    """The shape of an annotation; `where` is what the TypeError calls it."""
    return _shape(annotation, where, ())


def _shape(annotation: Any, where: str, within: tuple[type[BaseModel], ...]) -> Shape:
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin in (Union, UnionType):
        kinds = [one for one in arguments if one is not NoneType]
        if set(kinds) == {dt.date, dt.datetime}:
            kinds = [dt.datetime]
        if len(kinds) == 1:
            return _shape(kinds[0], where, within)._replace(optional=NoneType in arguments)
    elif origin is list:
        return Shape(Kind.MANY, inner=_shape(arguments[0], where, within))
    elif annotation in _LEAVES:
        return Shape(_LEAVES[annotation])
    elif (origin is Literal and all(isinstance(one, str) for one in arguments)) or _is(annotation, StrEnum):
        return Shape(Kind.TEXT)
    elif _is(annotation, BaseModel) and annotation not in within:
        return _model(annotation, where, within)
    raise TypeError(f"{where}: no column is known for {annotation!r}; say in vnadmin_nlp.export.shapes what it becomes")


def _model(model: type[BaseModel], where: str, within: tuple[type[BaseModel], ...]) -> Shape:
    annotations: dict[str, Any] = {name: field.annotation for name, field in model.model_fields.items()}
    children = [name for name, annotation in annotations.items() if annotation == list[model]]  # type: ignore[valid-type]
    if len(children) > 1 or (children and PARENT in annotations):
        raise TypeError(f"{where}: {model.__name__} is no tree that a list can hold: {', '.join(children)}")
    fields = {
        name: _shape(annotation, f"{model.__name__}.{name}", (*within, model))
        for name, annotation in annotations.items()
        if name not in children
    }
    for name, field in fields.items():
        if field.children:
            raise TypeError(f"{model.__name__}.{name}: a tree stands in a list of roots only")
    return Shape(Kind.PARTS, fields=fields, children=children[0] if children else None)


def _is(annotation: Any, base: type) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, base)
