"""The canonical text of a file line by line: number, part of the document, place in the file, words."""

from __future__ import annotations

from collections.abc import Iterator

from vnadmin_nlp.schema import BlockKind, Dispatch, Place, SourceText, Span

_KINDS = {BlockKind.PARAGRAPH: "", BlockKind.CELL: "", BlockKind.COLUMN: ""}


def show_lines(source: SourceText, dispatch: Dispatch) -> Iterator[str]:
    """One line a line of the text: number from 1, section label, place, kind where it is no paragraph, words."""
    sections = iter(dispatch.sections)
    section = next(sections, None)
    blocks = {block.start: block.kind for block in source.blocks}
    digits = len(str(source.text.count("\n") + 1))
    start = 0
    for number, line in enumerate(source.text.split("\n"), 1):
        end = start + len(line)
        while section is not None and section.span.end <= start:
            section = next(sections, None)
        label = section.label if section is not None and section.span.start < end and line.strip() else ""
        places = source.locate(Span(start=start, end=end)) if line.strip() and (source.pages or source.blocks) else []
        kind = next((_KINDS.get(kind, kind) for at, kind in blocks.items() if start <= at < end), "")
        yield f"{number:{digits}}  {label:<10}  {_where(places):<12}  {kind:<8}  {line}".rstrip()
        start = end + 1


def _where(places: list[Place]) -> str:
    """`p2` for a page, `t0r1c2` for a cell of a table (all counted as in `Place`)."""
    if not places:
        return ""
    first = places[0]
    page = f"p{first.page}" if first.page is not None else ""
    if first.table is None:
        return page
    row = "" if first.row is None else f"r{first.row}"
    column = f"c{first.column}" if first.column is not None and len(places) == 1 else ""
    return f"{page} t{first.table}{row}{column}".strip()
