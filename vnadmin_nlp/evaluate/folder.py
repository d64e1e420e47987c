"""Every annotation of a folder checked: what is wrong and what is unlikely, with file, line and entry."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ValidationError

from vnadmin_nlp.errors import GoldError
from vnadmin_nlp.evaluate.annotation import (
    Annotation,
    GoldActor,
    GoldDeadline,
    GoldDirective,
    GoldHeader,
    GoldObligation,
    GoldReference,
    GoldSignature,
)
from vnadmin_nlp.evaluate.check import Place, faults, written
from vnadmin_nlp.evaluate.doubts import doubts
from vnadmin_nlp.evaluate.gold import Gold, GoldLoader, text_of
from vnadmin_nlp.schema import Severity
from vnadmin_nlp.schema.base import Frozen

TERMS = {
    "id": "tên tệp", "doc_type": "tên loại văn bản", "noisy": "bản quét có lỗi", "header": "phần đầu",
    "parent_agency": "cơ quan chủ quản", "issuer": "cơ quan ban hành", "number": "số, ký hiệu", "place": "địa danh",
    "date": "ngày ban hành", "urgency": "độ khẩn", "secrecy": "độ mật", "subject": "trích yếu", "sections": "bố cục",
    "addressees": "kính gửi", "recipients": "nơi nhận", "archive": "lưu", "signature": "người ký",
    "directives": "mục, khoản, điểm", "references": "viện dẫn", "deadlines": "thời hạn", "actors": "chủ thể",
    "obligations": "nhiệm vụ giao", "bearers": "chủ trì", "coordinators": "phối hợp", "kind": "loại",
    "modality": "phải, cấm hay được", "force": "mệnh lệnh hay đề nghị", "line": "dòng", "quote": "trích dẫn",
}  # fmt: skip
"""Vietnamese terms of the parts and fields of an annotation."""

_DEEPEST = 6  # steps from the file to a word
_ENTRIES: dict[str, type[BaseModel]] = {
    "header": GoldHeader, "signature": GoldSignature, "directives": GoldDirective, "references": GoldReference,
    "deadlines": GoldDeadline, "actors": GoldActor, "obligations": GoldObligation,
}  # fmt: skip


class Problem(Frozen):
    """One thing to mend (error) or to look at twice (warning).

    `line` is that of the file, from 1, where it is known; `entry` the place in the annotation, like
    `obligations[3].bearers[0]`, empty for the file as a whole.
    """

    file: str
    line: int | None
    entry: str
    message: str
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        warning = "warning: " if self.severity is Severity.WARNING else ""
        names = [name for name in re.findall(r"[a-z_]+", self.entry) if name in TERMS]
        term = f" ({TERMS[names[-1]]})" if names else ""
        entry = f"{self.entry}{term}: " if self.entry else ""
        return f"{place}: {warning}{entry}{self.message}"


def check_folder(folder: Path | str, *, texts: Path | str | None = None) -> list[Problem]:
    """What is wrong or unlikely in the annotations (<name>.yaml) of `folder`, file by file, line by line.

    `texts` is the folder of the texts where they do not stand beside the annotations. Raises GoldError where there is
    no annotation.
    """
    folder = Path(folder)
    paths = sorted(folder.glob("*.yaml"))
    if not paths:
        raise GoldError(f"{folder}: no <name>.yaml here; give a folder of annotations (`vnadmin annotate` writes them)")
    found: list[Problem] = []
    seen: dict[str, str] = {}
    for path in paths:
        gold, problems = _check(path, Path(texts) if texts else None)
        found += problems
        if gold is not None and (other := seen.setdefault(gold.folded, path.name)) != path.name:
            found.append(_warning(path.name, f"its text is that of {other}: one document would count twice"))
    names = {path.stem for path in paths}
    for path in sorted(Path(texts or folder).glob("*.txt")):
        if path.stem not in names:
            found.append(_warning(path.name, "a text without annotation: `vnadmin annotate` writes a first one"))
    for path in sorted(folder.glob("*.yml")):
        found.append(_warning(path.name, f"not read: call it {path.stem}.yaml"))
    return found


def _warning(file: str, message: str) -> Problem:
    return Problem(file=file, line=None, entry="", message=message, severity=Severity.WARNING)


def _check(path: Path, texts: Path | None) -> tuple[Gold | None, list[Problem]]:
    """One annotation, where it can be read, and what there is to say of it."""

    def problem(message: str, line: int | None = None, entry: str = "", severity: Severity = Severity.ERROR) -> Problem:
        return Problem(file=path.name, line=line, entry=entry, message=message, severity=severity)

    try:
        words = path.read_bytes().decode("utf-8")
    except OSError as error:
        return None, [problem(f"it cannot be read: {error.strerror}")]
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        return None, [problem("its letters are not UTF-8: save it as UTF-8", line)]
    try:
        node = yaml.compose(words, Loader=GoldLoader)
        raw = yaml.load(words, Loader=GoldLoader)
    except yaml.YAMLError as error:
        return None, [_unreadable(path.name, error)]
    lines: dict[Place, int] = {}
    out = [problem("it stands twice: put the two together", line, written(place)) for place, line in _walk(node, lines)]
    if raw is None:
        return None, [problem("it is empty: `vnadmin annotate --force` writes a first annotation")]
    try:
        data = Annotation.model_validate(raw)
    except ValidationError as error:
        for one in error.errors():
            place = one["loc"][:2] if one["loc"][:1] == ("sections",) else one["loc"]
            out.append(problem(_said(one), _line(lines, place), written(place)))
        return None, _by_line(list(dict.fromkeys(out)))
    source = texts / f"{path.stem}.txt" if texts else path.with_suffix(".txt")
    try:
        gold = Gold(path.stem, text_of(source), data)
    except (OSError, UnicodeDecodeError):
        return None, [*out, problem(f"its text must be {source}, in UTF-8")]
    for severity, found in ((Severity.ERROR, faults(gold)), (Severity.WARNING, doubts(gold))):
        for fault in found:
            out.append(problem(fault.message, _line(lines, fault.place), written(fault.place), severity))
    return gold, _by_line(out)


def _by_line(problems: list[Problem]) -> list[Problem]:
    return sorted(problems, key=lambda one: one.line or 0)


def _unreadable(name: str, error: yaml.YAMLError) -> Problem:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    what = getattr(error, "problem", None) or str(error)
    column = f"column {mark.column + 1}: " if mark else ""
    message = (
        f"{column}the YAML cannot be read here or just above ({what}): look for a missing quotation mark, comma or "
        "bracket, a tab, or a line that begins too far left or right"
    )
    return Problem(file=name, line=mark.line + 1 if mark else None, entry="", message=message)


def _walk(node: yaml.Node | None, lines: dict[Place, int], place: Place = ()) -> Iterator[tuple[Place, int]]:
    """Fills `lines` with the line of each entry and field; yields fields that stand twice."""
    if len(place) > _DEEPEST:  # YAML may hold itself
        return
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            inner, line = (*place, str(key.value)), key.start_mark.line + 1
            if inner in lines:
                yield inner, line
            lines[inner] = line
            yield from _walk(value, lines, inner)
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            lines[(*place, index)] = value.start_mark.line + 1
            yield from _walk(value, lines, (*place, index))


def _line(lines: dict[Place, int], place: Place) -> int | None:
    """The line of the entry, or of the nearest thing around it."""
    while place and place not in lines:
        place = place[:-1]
    return lines.get(place)


def _said(error: Any) -> str:
    """What pydantic found, in words."""
    kind, value, place = error["type"], error.get("input"), error["loc"]
    if place[:1] == ("sections",) and len(place) > 1:
        return "[first line, last line, label] is meant, like [3, 4, header]"
    if kind == "missing":
        return "it is missing: write it, with null or [] where the document has none"
    if kind == "extra_forbidden":
        name = str(place[-1])
        known = list(_ENTRIES.get(str(place[0]) if len(place) > 1 else "", Annotation).model_fields)
        near = difflib.get_close_matches(name, known, 1)
        return f"there is no field {name!r}" + (f"; {near[0]!r} is meant?" if near else f"; one of {', '.join(known)}")
    if kind == "enum":
        return f"{value!r} is none of {error['ctx']['expected'].replace(' or ', ', ')}"
    if kind.startswith("int_"):
        return f"{value!r} is no whole number"
    if kind.startswith("bool_"):
        return f"{value!r} is neither true nor false"
    if kind == "string_type":
        return f"words are meant, in quotation marks, not {value!r}"
    if kind in ("list_type", "tuple_type"):
        return f"a list is meant, in brackets or a line with a dash each, not {value!r}"
    if kind in ("model_type", "model_attributes_type", "dict_type"):
        return f'fields with names are meant, like {{line: 30, quote: "…"}}, not {value!r}'
    return f"{error['msg']}"
