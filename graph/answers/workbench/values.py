"""Every value that is another than it was, and how much of each kind came and went."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from graph.answers.documents.parts import Tallies
from graph.answers.documents.workbench.changes import ChangedValueDocument
from graph.answers.state import State
from graph.city.diff import Diff
from graph.model import Edge
from graph.projection.result import Projection
from graph.queries.chain_view import Chain
from graph.schema.kinds import Schema
from graph.store.changes import Changes
from graph.store.compare import Tally, difference

REGION, CHAIN, SEGMENT = "县市区", "产业链", "环节"
WIDE = frozenset({REGION, CHAIN})  # what stands at them is of them; what stands there besides is not


class ScopeOfChanges:
    """What belongs to one chain, or to one county: its segments, what stands on them, and what states more of that."""

    def __init__(self, before: State, after: Projection, county: str | None, chain: Chain | None) -> None:
        schema = before.city.schema
        pairs = [*_pairs(after), *_stored_pairs(before, schema)]
        seeds = self._seeds(before, after, county, chain, pairs)
        kinds = {i: k for p in pairs for i, k in (p[:2], p[2:])}
        ids = set(seeds)
        for _ in range(2):
            near_ids = set()
            for source, _kind, target, _target_kind in pairs:
                if target in ids and (kinds[target] not in WIDE or target in seeds):
                    near_ids.add(source)
                if source in seeds:
                    near_ids.add(target)
            ids |= near_ids
        self.ids = frozenset(ids)

    @staticmethod
    def _seeds(
        before: State,
        after: Projection,
        county: str | None,
        chain: Chain | None,
        pairs: list[tuple[str, str, str, str]],
    ) -> set[str]:
        if chain is not None:
            own = {chain.id}
        else:
            named = {n.id for n in after.nodes.get(REGION, {}).values() if n.name == county}
            named |= {r["id"] for r in before.reader.nodes(REGION) if r["name"] == county}
            own = named | {s for s, kind, t, _ in pairs if kind == CHAIN and t in named}
        return own | {s for s, kind, t, _ in pairs if kind == SEGMENT and t in own}


def _pairs(projection: Projection) -> Iterator[tuple[str, str, str, str]]:
    """Each edge: the id and kind of where it starts, the id and kind of where it ends."""
    for edges in projection.edges.values():
        for e in edges.values():
            yield e.source, e.source_kind, e.target, e.target_kind


def _stored_pairs(state: State, schema: Schema) -> Iterator[tuple[str, str, str, str]]:
    for relation in schema.relations.values():
        for source, target in relation.ends:
            for row in state.city.store.edges(relation, schema.kinds[source], schema.kinds[target]):
                yield row["source"], source, row["target"], target


class ValueChanges:
    """What leads from the graph of one state to a projection, within a scope."""

    def __init__(self, before: State, after: State, projected: Projection, scope: ScopeOfChanges | None) -> None:
        self._schema = after.city.schema
        compared = difference(before.city.store, projected, self._schema)
        self._changes = compared.changes if scope is None else _within(compared.changes, scope)
        self._tallies = None if scope is not None else (compared.nodes, compared.edges)
        self._diff = Diff(self._changes, projected, self._schema, after.records)

    def listed(self) -> list[ChangedValueDocument]:
        """Each value of what was there before and after that is another now."""
        listed = []
        document = self._diff.document()
        for kind, entries in document["nodes"].items():
            listed += [
                _value(kind, e.get("id"), e, v) for e in entries if e["change"] == "changed" for v in e["values"]
            ]
        for name, entries in document["edges"].items():
            caption = self._schema.relations[name].caption
            listed += [_value(caption, None, e, v) for e in entries if e["change"] == "changed" for v in e["values"]]
        return listed

    def nodes(self) -> Tallies:
        """By kind, how many came, changed and went."""
        if self._tallies is not None:
            return _documents(self._tallies[0])
        dropped = [(k, i) for k, i in self._changes.dropped_nodes]
        return _documents(self._tallied([(n.kind, n.id) for n in self._changes.nodes], dropped))

    def edges(self) -> Tallies:
        """By relation, how many came, changed and went."""
        if self._tallies is not None:
            return _documents(self._tallies[1])
        dropped = [(e.relation, e.id) for e in self._changes.dropped_edges]
        return _documents(self._tallied([(e.relation, e.id) for e in self._changes.edges], dropped))

    def _tallied(self, written: list[tuple[str, str]], dropped: list[tuple[str, str]]) -> dict[str, Tally]:
        tallies: dict[str, Tally] = {}
        for name, ident in written:
            tally = tallies.setdefault(name, Tally())
            if ident not in self._changes.before:
                tally.added += 1
            elif ident not in self._changes.restated:
                tally.changed += 1
        for name, _ in dropped:
            tallies.setdefault(name, Tally()).removed += 1
        return tallies


def _documents(tallies: dict[str, Tally]) -> Tallies:
    changed = {name: t for name, t in tallies.items() if t.added or t.changed or t.removed}
    return cast(Tallies, {name: t.document() for name, t in changed.items()})


def _within(changes: Changes, scope: ScopeOfChanges) -> Changes:
    def holds(edge: Edge) -> bool:
        return edge.source in scope.ids and edge.target in scope.ids

    return Changes(
        [n for n in changes.nodes if n.id in scope.ids],
        [e for e in changes.edges if holds(e)],
        [(k, i) for k, i in changes.dropped_nodes if i in scope.ids],
        [e for e in changes.dropped_edges if holds(e)],
        changes.before,
        changes.restated,
    )


def _value(kind: str, ident: str | None, entry: dict[str, Any], value: dict[str, Any]) -> ChangedValueDocument:
    return {
        "kind": kind,
        "id": ident,
        "name": entry["name"],
        "field": value["field"],
        "before": value["before"],
        "after": value["after"],
    }
