"""PDF files written by hand for the tests: one object after the other, with a cross-reference table that fits."""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence

HELVETICA = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"


def text(x: float, y: float, words: str, size: float = 12, *, font: str = "F1") -> str:
    """The operators that print `words` (Latin-1) with its baseline at `x`, `y` from the lower left corner."""
    escaped = words.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return f"BT /{font} {size} Tf 1 0 0 1 {x} {y} Tm ({escaped}) Tj ET"


def stream(content: bytes | str, *, head: str = "", packed: bool = False) -> bytes:
    data = content.encode("latin-1") if isinstance(content, str) else content
    if packed:
        data, head = zlib.compress(data, 9), head + " /Filter /FlateDecode"
    return f"<< {head} /Length {len(data)} >>\nstream\n".encode() + data + b"\nendstream"


def pdf(
    pages: Sequence[bytes | str],
    *,
    page: str = "/MediaBox [0 0 595 842]",
    fonts: Mapping[str, str] | None = None,
    resources: str = "",
    catalog: str = "",
    more: Mapping[int, bytes | str] | None = None,
    trailer: str = "",
    count: int | None = None,
    packed: bool = False,
) -> bytes:
    """A document of `pages`, each the operators that draw it.

    Objects 1 and 2 are catalog and page tree, 10 and up pages and their contents; `more` are further objects by
    number. `page`, `resources`, `catalog` and `trailer` are further entries of these dictionaries.
    """
    objects: dict[int, bytes | str] = {1: f"<< /Type /Catalog /Pages 2 0 R {catalog} >>"}
    kids = " ".join(f"{10 + 2 * number} 0 R" for number in range(len(pages)))
    named = " ".join(f"/{name} {font}" for name, font in (fonts or {"F1": HELVETICA}).items())
    objects[2] = f"<< /Type /Pages /Kids [{kids}] /Count {len(pages) if count is None else count} >>"
    for number, content in enumerate(pages):
        at = 10 + 2 * number
        objects[at] = (
            f"<< /Type /Page /Parent 2 0 R {page} /Contents {at + 1} 0 R "
            f"/Resources << /Font << {named} >> {resources} >> >>"
        )
        objects[at + 1] = stream(content, packed=packed)
    objects.update(more or {})
    return written(objects, trailer)


def written(objects: Mapping[int, bytes | str], trailer: str = "") -> bytes:
    out = b"%PDF-1.7\n"
    places = {}
    for number, body in sorted(objects.items()):
        places[number] = len(out)
        data = body.encode("latin-1") if isinstance(body, str) else body
        out += f"{number} 0 obj\n".encode() + data + b"\nendobj\n"
    size = max(objects) + 1
    table = "".join(
        f"{places[number]:010} 00000 n \n" if number in places else "0000000000 65535 f \n" for number in range(size)
    )
    start = len(out)
    return out + (
        f"xref\n0 {size}\n{table}trailer\n<< /Size {size} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n"
    ).encode("latin-1")
