"""What rows define: the nodes and edges that they state, found in a projection or, for rows that were there, in the graph."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import replace

from graph.city.outcome import Outcome
from graph.model import Edge, Node, Record
from graph.schema.kinds import Kind, Relation, Schema, Sheet
from graph.store.compare import Tally
from graph.store.protocol import GraphStore
from graph.store.queries import edge_returns, node_returns
from graph.store.rows import Row, unpack_records
from graph.text import norm, split

Records = Callable[[Iterable[int]], Iterable[Record]]  # rows by their numbers
Ids = dict[str, set[str]]  # by kind or relation
MANY = 5_000  # rows; the names of more are not looked up one by one


class StatedByRows:
    """The ids of what some rows state in the graph as it is."""

    def __init__(self, seqs: Set[int], read: Records, store: GraphStore, schema: Schema) -> None:
        self._seqs, self._read, self._store, self._schema = seqs, read, store, schema
        self.nodes: Ids = defaultdict(set)
        self.edges: Ids = defaultdict(set)
        self._read_nodes()
        self._read_edges()

    def _read_nodes(self) -> None:
        many = len(self._seqs) > MANY
        names = {} if many else self._names()
        for kind in self._schema.kinds.values():
            if many:
                self.nodes[kind.caption] |= self._own(self._store.nodes(kind))
            elif (texts := names.get(kind.caption)) and kind.name_column and kind.name_column.field == "name":
                slots = {"label": kind.label, "columns": node_returns(kind)}
                self.nodes[kind.caption] |= self._own(self._store.read("nodes_by_name", slots, texts=sorted(texts)))

    def _read_edges(self) -> None:
        """The edges at what was found; what the rows call otherwise is found at the ends of their edges."""
        ends_of: Ids = defaultdict(set)
        for relation in self._schema.relations.values():
            for ends in relation.ends:
                source, target = (self._schema.kinds[end] for end in ends)
                own = [r for r in self._edges(relation, source, target) if self._states(r)]
                self.edges[relation.name] |= {r["id"] for r in own}
                ends_of[source.caption] |= {r["source"] for r in own}
                ends_of[target.caption] |= {r["target"] for r in own}
        for caption, ids in ends_of.items():
            if unknown := ids - self.nodes[caption]:
                kind = self._schema.kinds[caption]
                slots = {"label": kind.label, "columns": node_returns(kind)}
                self.nodes[caption] |= self._own(self._store.read("nodes_by_id", slots, ids=sorted(unknown)))

    def _edges(self, relation: Relation, source: Kind, target: Kind) -> Iterator[Row]:
        if len(self._seqs) > MANY:
            yield from self._store.edges(relation, source, target)
            return
        slots = {"relation": relation.name, "source": source.label, "target": target.label}
        slots["columns"] = edge_returns(relation)
        for query, kind in (("edges_from", source), ("edges_to", target)):
            if ids := self.nodes.get(kind.caption):
                yield from self._store.read(query, slots, ids=sorted(ids))

    def _states(self, row: Row) -> bool:
        return not self._seqs.isdisjoint(unpack_records(row["records"]))

    def _own(self, rows: Iterable[Row]) -> set[str]:
        return {row["id"] for row in rows if self._states(row)}

    def _names(self) -> dict[str, set[str]]:
        """What the rows name, by the kind that it may be of."""
        names: dict[str, set[str]] = defaultdict(set)
        for record in self._read(self._seqs):
            for kind, written in _named(record, self._schema.sheets[record.kind]):
                names[kind] |= {form for name in (written, *split(written)) for form in (name.strip(), norm(name))}
        return names


def _named(record: Record, sheet: Sheet) -> Iterator[tuple[str, str]]:
    for column in sheet.columns:
        if (value := record.values.get(column.caption)) is None:
            continue
        if isinstance(sheet, Kind) and column is sheet.name_column:
            yield sheet.caption, str(value)
        yield from ((kind, str(value)) for kind in column.to)


def own_tallies(
    outcome: Outcome, same: Set[int], read: Records, store: GraphStore, schema: Schema
) -> tuple[dict[str, Tally], dict[str, Tally]]:
    """What a load does, kind by kind and relation by relation: unchanged is only what its own rows state.

    `same` are rows of its files that were there before it, which `read` reads.
    """
    seqs: Set[int] = outcome.fresh.keys() | same
    nodes: Ids = {}
    edges: Ids = {}
    if same and (outcome.part is not None or not outcome.fresh):  # not all of them were projected
        earlier = StatedByRows(same, read, store, schema)
        nodes, edges = earlier.nodes, earlier.edges
    after = outcome.projection
    return (
        _tallies(outcome, outcome.nodes, after.nodes, nodes, seqs),
        _tallies(outcome, outcome.edges, after.edges, edges, seqs),
    )


def _tallies(
    outcome: Outcome,
    whole: Mapping[str, Tally],
    after: Mapping[str, Mapping[str, Node]] | Mapping[str, Mapping[str, Edge]],
    earlier: Mapping[str, Set[str]],
    seqs: Set[int],
) -> dict[str, Tally]:
    if (changes := outcome.changes) is None and outcome.fresh:
        return dict(whole)  # everything is new
    written = ({n.id for n in changes.nodes} | {e.id for e in changes.edges}) - changes.restated if changes else set()
    tallies = {}
    for sort in [*whole, *(s for s in earlier if s not in whole)]:
        own = {i for i, t in after.get(sort, {}).items() if not seqs.isdisjoint(t.records)} | earlier.get(sort, set())
        tally = replace(whole.get(sort, Tally()), unchanged=len(own - written))
        if tally != Tally():
            tallies[sort] = tally
    return tallies
