"""The one reader of the graph: schema names filled in, records unpacked, rows in order."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from graph.queries.reads import read_edges, read_nodes
from graph.schema.kinds import Kind, Schema
from graph.store.protocol import GraphStore
from graph.store.queries import edge_returns, node_returns
from graph.store.rows import Row, unpack_records
from graph.text import norm

# What joins chains beside the firms on them, and what makes segments alike: few change, so they are watched as a whole.
LINKS = (("IN_CHAIN", "环节", "产业链"), ("FEEDS", "环节", "环节"), ("BOUGHT_FROM", "环节", "外部来源"))
LIKENESS = (("IN_CHAIN", "环节", "产业链"), ("INCLUDED_IN", "产品", "环节"))
SKELETON = {"chain": "产业链", "segment": "环节", "firm": "企业", "source": "外部来源", "product": "产品"}


def node_name(kind: Kind, row: Mapping[str, Any]) -> str:
    """What people call a node; kinds without a name are called by their key."""
    if kind.name_column and row.get(kind.name_column.field or ""):
        return str(row[kind.name_column.field or ""])
    return " ".join(str(row.get(kind.by_caption[k].field or "") or "") for k in kind.key).strip()


class GraphReader:
    """Reads nodes and edges by the captions of their kinds; all of them, or those at some ids."""

    def __init__(self, store: GraphStore, schema: Schema) -> None:
        self.store, self.schema = store, schema

    def nodes(self, kind: str, ids: Collection[str] | None = None) -> list[Row]:
        """All nodes of a kind, or those among some ids, in order of id."""
        sort = self.schema.kinds[kind]
        read_nodes(kind, ids)
        if ids is None:
            return _ordered(self.store.nodes(sort))
        names = {"label": sort.label, "columns": node_returns(sort)}
        return _ordered(self.store.read("nodes_by_id", names, ids=sorted(ids)) if ids else [])

    def count(self, kind: str) -> int:
        """How many nodes of a kind there are."""
        read_nodes(kind)
        return int(self.store.read("count_nodes", {"label": self.schema.kinds[kind].label})[0]["n"])

    def names(self, kind: str) -> list[str]:
        """The names of all nodes of a kind that has names."""
        sort = self.schema.kinds[kind]
        read_nodes(kind)
        assert sort.name_column is not None, kind
        columns = f"n.{sort.name_column.field} AS name"
        return [
            r["name"] for r in self.store.read("nodes_of_kind", {"label": sort.label, "columns": columns}) if r["name"]
        ]

    def nodes_called(self, kind: str, name: str) -> list[Row]:
        """The nodes that bear a name or former name; all are read only where none is written so."""
        sort, wanted = self.schema.kinds[kind], norm(name)
        read_nodes(kind)
        if sort.name_column and sort.name_column.field == "name":
            names = {"label": sort.label, "columns": node_returns(sort)}
            if rows := self.store.read("nodes_by_name", names, texts=sorted({name.strip(), wanted})):
                return _ordered(rows)
        rows = self.nodes(kind)
        exact = [r for r in rows if norm(node_name(sort, r)) == wanted]
        if exact or not sort.aliases:
            return exact
        return [r for r in rows if wanted in {norm(a) for a in str(r.get("aliases") or "").split("、")}]

    def nodes_matching(self, kind: str, text: str) -> dict[str, str]:
        """What holds a text, by the id of its node: names before the other columns that are searched."""
        sort = self.schema.kinds[kind]
        if sort.name_column is None:
            return {}
        read_nodes(kind)
        rows: list[Row] = []
        if sort.name_column.field == "name":
            rows += self.store.read("search_names", {"label": sort.label}, text=text)
        for column in sort.fields:
            if column.sought:
                names = {"label": sort.label, "property": column.field or ""}
                rows += self.store.read("search_property", names, text=text)
        matched: dict[str, str] = {}
        for row in rows:
            matched.setdefault(row["id"], row["matched"])
        return matched

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
        """All edges between two kinds, or those at some ids, by their ends; `named` adds the name of the other end."""
        kinds, sort = self.schema.kinds, self.schema.relations[relation]
        ids, side = (start, "source") if start is not None else (end, "target")
        read_edges(relation, source, target, side, ids)
        if ids is None:
            rows = self.store.edges(sort, kinds[source], kinds[target])
        else:
            ends = {"source": kinds[source].label, "target": kinds[target].label}
            names = {"relation": relation, **ends, "columns": edge_returns(sort)}
            query = ("edges_from" if start is not None else "edges_to") + ("_named" if named else "")
            rows = self.store.read(query, names, ids=sorted(ids)) if ids else []
            if named:
                far, kind = ("target", target) if side == "source" else ("source", source)
                read_nodes(kind, {r[far] for r in rows})
        return _ordered(rows, ("source", "target", "id"))

    def linked_chains(self, ids: Collection[str]) -> set[str]:
        """The chains that feed some chains, are fed by them, or share a firm or an outside source with them."""
        for relation, source, target in LINKS:
            read_edges(relation, source, target)
        segments = {e["source"] for e in self.edges("IN_CHAIN", "环节", "产业链", end=ids)}
        firms = {e["source"] for e in self.edges("STANDS_ON", "企业", "环节", end=segments)}
        read_edges("STANDS_ON", "企业", "环节", "source", firms)  # one of them may come to stand elsewhere too
        return self._chains("chains_linked", ids)

    def alike_chains(self, ids: Collection[str]) -> set[str]:
        """The chains with segments like those of some chains."""
        read_nodes("环节")
        for relation, source, target in LIKENESS:
            read_edges(relation, source, target)
        return self._chains("chains_alike", ids)

    def _chains(self, query: str, ids: Collection[str]) -> set[str]:
        names = {slot: self.schema.kinds[kind].label for slot, kind in SKELETON.items()}
        return {r["chain"] for r in self.store.read(query, names, ids=sorted(ids))}

    def makers(self, terms: Iterable[str]) -> set[str]:
        """The firms (ids) that make a product called by one of some terms."""
        kinds, wanted = self.schema.kinds, sorted(terms)
        read_nodes("产品")
        read_edges("MAKES", "企业", "产品")
        names = {"firm": kinds["企业"].label, "product": kinds["产品"].label, "makes": "MAKES"}
        return {r["firm"] for r in self.store.read("makers_by_term", names, terms=wanted)} if wanted else set()

    def in_industries(self, words: Collection[str]) -> set[str]:
        """The firms (ids) of an industry whose name holds one of some words."""
        called = {n["id"] for n in self.nodes("行业") if any(word in norm(n["name"]) for word in words)}
        return {e["source"] for e in self.edges("IN_INDUSTRY", "企业", "行业", end=called)}

    def product_endings(self, words: Iterable[str]) -> dict[str, int]:
        """How many products end with each of some words."""
        names, wanted = {"label": self.schema.kinds["产品"].label}, sorted(words)
        read_nodes("产品")
        return {r["word"]: r["n"] for r in self.store.read("count_endings", names, words=wanted)} if wanted else {}


def _ordered(rows: list[Row], by: Iterable[str] = ("id",)) -> list[Row]:
    for row in rows:
        row["records"] = unpack_records(row["records"])
    return sorted(rows, key=lambda r: tuple(str(r[k]) for k in by))
