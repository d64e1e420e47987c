"""The citation graph, for networkx and as a GraphML file."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias
from xml.sax.saxutils import escape, quoteattr

from vnadmin_nlp.errors import missing

if TYPE_CHECKING:
    from vnadmin_nlp.links.result import Links

Values: TypeAlias = dict[str, Any]
_NODE = {"number": "string", "date": "string", "type": "string", "issuer": "string", "subject": "string"}
_NODE["inside"] = "boolean"
_EDGE = {"relation": "string", "status": "string", "score": "double", "reference": "int"}
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def to_networkx(links: Links, *, absent: bool) -> Any:
    """See `Links.to_networkx`."""
    try:
        import networkx
    except ImportError as error:
        raise missing("networkx", "batch", "The citation graph") from error
    graph = networkx.MultiDiGraph()
    graph.add_nodes_from(_nodes(links, absent=absent))
    graph.add_edges_from(_edges(links, absent=absent))
    return graph


def write_graphml(links: Links, path: str | os.PathLike[str], *, absent: bool) -> None:
    """See `Links.write_graphml`. Characters that XML does not allow are left out."""
    with Path(path).open("w", encoding="utf-8", newline="\n") as file:
        file.write('<?xml version="1.0" encoding="utf-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n')
        for kind, columns in (("node", _NODE), ("edge", _EDGE)):
            for name, type_ in columns.items():
                file.write(f'<key id="{kind}-{name}" for="{kind}" attr.name="{name}" attr.type="{type_}"/>\n')
        file.write('<graph edgedefault="directed">\n')
        for id_, values in _nodes(links, absent=absent):
            file.write(f"<node id={_quoted(id_)}>{_data('node', values)}</node>\n")
        for number, (one, other, values) in enumerate(_edges(links, absent=absent)):
            ends = f"source={_quoted(one)} target={_quoted(other)}"
            file.write(f'<edge id="e{number}" {ends}>{_data("edge", values)}</edge>\n')
        file.write("</graph>\n</graphml>\n")


def _nodes(links: Links, *, absent: bool) -> Iterator[tuple[str, Values]]:
    for record in links.documents.values():
        date = str(links.date(record.id) or "")
        words = (record.printed, date, record.type, record.issuer_name, record.subject, True)
        yield record.id, dict(zip(_NODE, words, strict=True))
    if absent:
        shown = {link.cited: link.printed for link in reversed(links.links) if link.status == "absent"}
        for cited in sorted(shown):
            yield cited, dict(zip(_NODE, (shown[cited], "", "", "", "", False), strict=True))


def _edges(links: Links, *, absent: bool) -> Iterator[tuple[str, str, Values]]:
    for link in links:
        target = link.cited if absent and link.status == "absent" else link.target
        if target is not None:
            words = (link.relation, link.status, link.score, link.reference)
            yield link.document, target, dict(zip(_EDGE, words, strict=True))


def _data(kind: str, values: Values) -> str:
    return "".join(f'<data key="{kind}-{name}">{_words(value)}</data>' for name, value in values.items())


def _words(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return escape(_NOT_XML.sub("", str(value)))


def _quoted(id_: str) -> str:
    return quoteattr(_NOT_XML.sub("", id_))
