"""`vnadmin link` and near-duplicates: what is said of a corpus that was run."""

from __future__ import annotations

import json
from pathlib import Path

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from vnadmin_nlp.batch.parts import writing
from vnadmin_nlp.errors import RunError
from vnadmin_nlp.links import Links
from vnadmin_nlp.links.tables import reports_to_arrow

_MOST_CITED = 10


def write_links(links: Links, folder: Path) -> None:
    """Writes `links.parquet`, `reports.parquet`, `threads.jsonl` and `citations.graphml` into `folder`."""
    import pyarrow.parquet as pq

    if any(folder.glob("part-*")):
        raise RunError(f"{folder}: it holds the parts of a table, which readers would take links for; give another -o")
    with writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
        pq.write_table(links.to_arrow(), folder / "links.parquet", compression="zstd")
        pq.write_table(reports_to_arrow(links.reports()), folder / "reports.parquet", compression="zstd")
        with (folder / "threads.jsonl").open("w", encoding="utf-8") as file:
            for thread in links.threads:
                file.write(json.dumps({"documents": thread.documents}, ensure_ascii=False) + "\n")
        links.write_graphml(folder / "citations.graphml")


def show_links(links: Links) -> RenderableType:
    """How many references were resolved, and the works cited by most documents."""
    counts = Table(box=None, pad_edge=False, show_header=False)
    counts.add_column()
    counts.add_column(justify="right")
    counts.add_row("documents", f"{len(links.documents):,}")
    for status in ("resolved", "ambiguous", "absent"):
        counts.add_row(f"references {status}", f"{sum(link.status == status for link in links):,}")
    counts.add_row("threads", f"{len(links.threads):,}")
    counts.add_row("obligations reported on", f"{len({(r.document, r.obligation) for r in links.reports()}):,}")
    cited = Table(box=None, pad_edge=False, title="cited by most documents", title_justify="left")
    cited.add_column("documents", justify="right")
    cited.add_column("work")
    cited.add_column("in the corpus")
    for one in links.most_cited(_MOST_CITED):
        cited.add_row(f"{one.documents:,}", one.printed, one.id or "")
    return Group(counts, Text(), cited)
