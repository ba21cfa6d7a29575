"""The graph as some changes would leave it, read beside the one that there is; nothing is written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable

from graph.queries.rows import GraphReader
from graph.schema.kinds import Schema
from graph.store.changes import Changes
from graph.store.protocol import GraphStore
from graph.store.rows import Row, as_read, edge_columns, edge_row, node_columns, node_row, unpack_records

Ends = tuple[str, str, str]  # a relation and the kinds of its ends


class ChangedReader(GraphReader):
    """Nodes and edges after some changes of the graph that are not made."""

    def __init__(self, store: GraphStore, schema: Schema, changes: Changes) -> None:
        super().__init__(store, schema)
        self._nodes: dict[str, dict[str, Row]] = defaultdict(dict)
        self._edges: dict[Ends, dict[str, Row]] = defaultdict(dict)
        self._moved: dict[str, set[str]] = defaultdict(set)  # by kind or relation, what is not as the graph has it
        for node in changes.nodes:
            row = as_read(node_row(node), node_columns(schema.kinds[node.kind]))
            self._nodes[node.kind][node.id] = row | {"records": unpack_records(row["records"])}
            self._moved[node.kind].add(node.id)
        for edge in changes.edges:
            row = as_read(edge_row(edge), edge_columns(schema.relations[edge.relation]))
            ends = edge.relation, edge.source_kind, edge.target_kind
            self._edges[ends][edge.id] = row | {"records": unpack_records(row["records"])}
            self._moved[edge.relation].add(edge.id)
        for kind, ident in changes.dropped_nodes:
            self._moved[kind].add(ident)
        for edge in changes.dropped_edges:
            self._moved[edge.relation].add(edge.id)

    def nodes(self, kind: str, ids: Collection[str] | None = None) -> list[Row]:
        """See GraphReader."""
        kept = [r for r in super().nodes(kind, ids) if r["id"] not in self._moved[kind]]
        wanted = None if ids is None else set(ids)
        changed = [r for i, r in self._nodes[kind].items() if wanted is None or i in wanted]
        return _in_order([*kept, *changed], ("id",))

    def edges(
        self,
        relation: str,
        source: str,
        target: str,
        *,
        start: Collection[str] | None = None,
        end: Collection[str] | None = None,
        named: bool = False,
    ) -> list[Row]:
        """See GraphReader."""
        rows = super().edges(relation, source, target, start=start, end=end, named=named)
        kept = [r for r in rows if r["id"] not in self._moved[relation]]
        ids, side = (start, "source") if start is not None else (end, "target")
        wanted = None if ids is None else set(ids)
        changed = [r for r in self._edges[relation, source, target].values() if wanted is None or r[side] in wanted]
        if named and changed:
            far, kind = ("target", target) if side == "source" else ("source", source)
            names = {n["id"]: n["name"] for n in self.nodes(kind, {r[far] for r in changed})}
            changed = [r | {"name": names.get(r[far])} for r in changed]
        return _in_order([*kept, *changed], ("source", "target", "id"))


def _in_order(rows: list[Row], by: Iterable[str]) -> list[Row]:
    return sorted(rows, key=lambda r: tuple(str(r[k]) for k in by))
