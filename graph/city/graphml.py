"""The graph as GraphML, for Gephi, yEd, networkx and other tools that draw and count."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from graph.model import Edge, Node
from graph.projection.result import Projection
from graph.schema.kinds import Schema
from graph.store.rows import edge_columns, edge_row, node_columns, node_row

GRAPHML_TYPE = {"STRING": "string", "DOUBLE": "double", "INT64": "long", "BOOLEAN": "boolean"}
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
UNFIT = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # characters that XML cannot hold
Keys = dict[tuple[str, str, str], str]  # (node or edge, attribute, type) -> id in the file


def write_graphml(path: Path, projection: Projection, schema: Schema) -> None:
    """Write every node and edge with its fields; what has no value is left out.

    Attribute `kind` is the caption of a node's kind; `label` is what people call a node, and the relation
    of an edge. A character that XML cannot hold becomes the replacement character.
    """
    keys: Keys = {}
    for text in ("kind", "label"):
        _key(keys, "node", text, "STRING")
    _key(keys, "edge", "label", "STRING")
    for kind in schema.kinds.values():
        for name, column in node_columns(kind):
            _key(keys, "node", name, column)
    for relation in schema.relations.values():
        for name, column in edge_columns(relation)[1:]:
            _key(keys, "edge", name, column)
    nodes = (n for some in projection.nodes.values() for n in some.values())
    edges = (e for some in projection.edges.values() for e in some.values())
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(HEAD)
        for (of, name, column), key in keys.items():
            file.write(f'<key id="{key}" for="{of}" attr.name="{name}" attr.type="{GRAPHML_TYPE[column]}"/>\n')
        file.write('<graph edgedefault="directed">\n')
        file.writelines(chain(_nodes(nodes, keys, schema), _edges(edges, keys, schema)))
        file.write("</graph>\n</graphml>\n")


def _key(keys: Keys, of: str, name: str, column: str) -> str:
    return keys.setdefault((of, name, column), f"d{len(keys)}")


def _nodes(nodes: Iterable[Node], keys: Keys, schema: Schema) -> Iterator[str]:
    for node in nodes:
        columns = [("kind", "STRING"), ("label", "STRING"), *node_columns(schema.kinds[node.kind])]
        row = {**node_row(node), "kind": node.kind, "label": node.name}
        yield f"<node id={_quoted(node.id)}>{_data(row, 'node', columns, keys)}</node>\n"


def _edges(edges: Iterable[Edge], keys: Keys, schema: Schema) -> Iterator[str]:
    for edge in edges:
        columns = [("label", "STRING"), *edge_columns(schema.relations[edge.relation])[1:]]
        data = _data({**edge_row(edge), "label": edge.relation}, "edge", columns, keys)
        ends = f"source={_quoted(edge.source)} target={_quoted(edge.target)}"
        yield f"<edge id={_quoted(edge.id)} {ends}>{data}</edge>\n"


def _data(row: Mapping[str, object], of: str, columns: Iterable[tuple[str, str]], keys: Keys) -> str:
    values = ((keys[of, name, column], row.get(name)) for name, column in columns)
    return "".join(f'<data key="{key}">{_text(value)}</data>' for key, value in values if value is not None)


def _text(value: object) -> str:
    """A value in XML.

    >>> _text("a<b"), _text(True), _text(1.5)
    ('a&lt;b', 'true', '1.5')
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    return escape(UNFIT.sub("\ufffd", str(value)), {"\r": "&#13;"})


def _quoted(text: str) -> str:
    return quoteattr(UNFIT.sub("\ufffd", text))
