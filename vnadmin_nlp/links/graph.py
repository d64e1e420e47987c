"""The citation graph, for networkx and as a GraphML file."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Any

from vnadmin_nlp.errors import missing

if TYPE_CHECKING:
    from vnadmin_nlp.links.result import Links

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def to_networkx(links: Links, *, absent: bool) -> Any:
    """See `Links.to_networkx`."""
    try:
        import networkx
    except ImportError as error:
        raise missing("networkx", "batch", "The citation graph") from error
    graph = networkx.MultiDiGraph()
    for record in links.documents.values():
        graph.add_node(
            record.id, number=record.printed, date=str(links.date(record.id) or ""), type=record.type,
            issuer=record.issuer_name, subject=record.subject, inside=True,
        )  # fmt: skip
    for link in links:
        if link.target is None and not (absent and link.status == "absent"):
            continue
        target = link.target
        if target is None:
            target = link.cited
            if target not in graph:
                graph.add_node(target, number=link.printed, date="", type="", issuer="", subject="", inside=False)
        graph.add_edge(
            link.document,
            target,
            relation=link.relation,
            score=link.score,
            status=link.status,
            reference=link.reference,
        )
    return graph


def write_graphml(links: Links, path: str | os.PathLike[str], *, absent: bool) -> None:
    """See `Links.write_graphml`. Characters that XML does not allow are left out."""
    graph = to_networkx(links, absent=absent)
    import networkx

    clean = networkx.MultiDiGraph()
    for node, values in graph.nodes(data=True):
        clean.add_node(_xml(node), **{name: _xml(value) for name, value in values.items()})
    for one, other, values in graph.edges(data=True):
        clean.add_edge(_xml(one), _xml(other), **{name: _xml(value) for name, value in values.items()})
    networkx.write_graphml_xml(clean, os.fspath(path), encoding="utf-8")


def _xml(value: Any) -> Any:
    return _NOT_XML.sub("", value) if isinstance(value, str) else value
