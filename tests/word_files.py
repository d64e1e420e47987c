"""Word files made in a test from the XML of their parts."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from typing import Any

from vnadmin_nlp.read import Limits, ReadOptions
from vnadmin_nlp.read.document import Document
from vnadmin_nlp.read.docx import read_docx
from vnadmin_nlp.schema import BlockKind, SourceText

TRANSITIONAL = "http://schemas.openxmlformats.org"
AREAS = {
    "w": f"{TRANSITIONAL}/wordprocessingml/2006/main",
    "r": f"{TRANSITIONAL}/officeDocument/2006/relationships",
    "m": f"{TRANSITIONAL}/officeDocument/2006/math",
    "a": f"{TRANSITIONAL}/drawingml/2006/main",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "v": "urn:schemas-microsoft-com:vml",
}
AREA = " ".join(f'xmlns:{name}="{uri}"' for name, uri in AREAS.items())
KINDS = {"styles": "styles", "numbering": "numbering", "footnotes": "footnotes", "endnotes": "endnotes",
         "settings": "settings", "theme": "theme"}  # fmt: skip
RELS = "http://schemas.openxmlformats.org/package/2006/relationships"


def part(root: str, inner: str) -> str:
    """The XML of a part with the root element `root`."""
    return f'<?xml version="1.0" encoding="UTF-8"?><{root} {AREA}>{inner}</{root}>'


def p(*runs: str, style: str = "", num: tuple[int, int] | None = None, props: str = "") -> str:
    """A paragraph; a run without `<` is plain words."""
    inside = f'<w:pStyle w:val="{style}"/>' if style else ""
    if num:
        inside += f'<w:numPr><w:ilvl w:val="{num[1]}"/><w:numId w:val="{num[0]}"/></w:numPr>'
    words = "".join(run if run.startswith("<") else r(run) for run in runs)
    return f"<w:p><w:pPr>{inside}{props}</w:pPr>{words}</w:p>"


def r(words: str, props: str = "") -> str:
    """A run."""
    return f'<w:r><w:rPr>{props}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'


def table(*rows: Iterable[str], borders: bool = False, props: str = "") -> str:
    """A table; a cell without `<` is one paragraph, lines apart a paragraph each."""
    sides = "".join(f'<w:{side} w:val="single"/>' for side in ("left", "right", "insideH", "insideV"))
    head = f"<w:tblPr>{props}{f'<w:tblBorders>{sides}</w:tblBorders>' if borders else ''}</w:tblPr>"
    body = ("".join(map(cell, row)) for row in rows)
    return f"<w:tbl>{head}{''.join(f'<w:tr>{row}</w:tr>' for row in body)}</w:tbl>"


def cell(content: str, props: str = "") -> str:
    """A cell."""
    if content.startswith("<w:tc>"):
        return content
    inner = content if content.startswith("<") else "".join(map(p, content.split("\n")))
    return f"<w:tc><w:tcPr>{props}</w:tcPr>{inner}</w:tc>"


def numbering(*lists: Iterable[str], nums: dict[int, tuple[int, str]] | None = None) -> str:
    """numbering.xml with abstract lists 0, 1, … of levels; `nums` are number -> (abstract list, overrides)."""
    out = ""
    for number, levels in enumerate(lists):
        out += f'<w:abstractNum w:abstractNumId="{number}">{"".join(levels)}</w:abstractNum>'
    for num, (abstract, overrides) in (nums or {number + 1: (number, "") for number in range(len(lists))}).items():
        out += f'<w:num w:numId="{num}"><w:abstractNumId w:val="{abstract}"/>{overrides}</w:num>'
    return out


def lvl(at: int, form: str, text: str, more: str = "", start: int = 1) -> str:
    """A level of a list."""
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{text}"/>'
        "</w:lvl>"
    )


def docx(body: str, *, section: str = "", files: dict[str, bytes | str] | None = None, **parts: str) -> bytes:
    """A .docx. `parts` are the inner XML of styles, numbering, footnotes, endnotes, settings, theme; `header1`,
    `footer1` and the like are page headers, referred to by these names; `files` are further members or replace some."""
    links = "".join(
        f'<Relationship Id="{name}" Type="{TRANSITIONAL}/officeDocument/2006/relationships/'
        f'{KINDS.get(name, name.rstrip("0123456789"))}" Target="{name}.xml"/>'
        for name in parts
    )
    members: dict[str, bytes | str] = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{RELS}"><Relationship Id="a" Type="{TRANSITIONAL}/officeDocument/2006/'
        'relationships/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{RELS}">{links}</Relationships>',
        "word/document.xml": part("w:document", f"<w:body>{body}<w:sectPr>{section}</w:sectPr></w:body>"),
    }
    roots = {"theme": "a:theme", "header": "w:hdr", "footer": "w:ftr"}
    for name, inner in parts.items():
        members[f"word/{name}.xml"] = part(roots.get(name.rstrip("0123456789"), f"w:{name}"), inner)
    return zipped(members | (files or {}))


def zipped(members: dict[str, bytes | str]) -> bytes:
    """A zip archive of `members`."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def read(data: bytes, name: str = "thu.docx", **limits: Any) -> SourceText:
    """What is read of the .docx `data`."""
    return read_docx(Document(data, name, ReadOptions(limits=Limits(**limits))))


def lines(body: str, **parts: Any) -> list[str]:
    """The lines of a document with `body` that are not blank."""
    return [line for line in read(docx(body, **parts)).text.split("\n") if line]


def kinds(source: SourceText) -> list[tuple[BlockKind, str]]:
    """The blocks of `source` with their words."""
    return [(block.kind, source.text[block.start : block.end]) for block in source.blocks]
