"""Every name of a graph in memory: whatever is typed of it is found in milliseconds, whatever else the engine does.

A projection like the graph itself: read from it off the path of requests, and brought up to date by what changes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import orjson

from graph.model import Node
from graph.naming.fold import plain_form
from graph.queries.names.kind_names import ALIASES, CODES, NONE, PRODUCTS, KindNames, NamedNode, SoughtNode, matched
from graph.queries.rows import GraphReader, node_name
from graph.schema.kinds import Kind, Schema
from graph.store.changes import Changes
from graph.text import norm

PLACES = ("县市区", "所在地")  # captions of where a thing stands
FRESH = 5000  # changed nodes beyond which they are laid among the others
LARGE = 2_000_000  # nodes beyond which the engine searches by itself
WORDS = 8  # of what is typed; what comes after them is not looked at
MAKER, PRODUCT, MAKES = "企业", "产品", "MAKES"  # an enterprise is found by what it makes
Products = Mapping[str, Mapping[str, str]]  # by enterprise, the names of its products, each by the edge that says so


def words_of(text: str) -> list[str]:
    """The words that are sought in what is typed.

    >>> words_of(" 錦屏　ＪＵ chuang "), words_of("")
    (['锦屏', 'ju', 'chuang'], [])
    """
    return plain_form(text).split()[:WORDS]


@dataclass(frozen=True, slots=True)
class Hit:
    """A node that fits, of which kind, and how well."""

    rank: int
    kind: Kind
    node: NamedNode


@dataclass(slots=True)
class Hits:
    """The best of what fits, and how many of each kind there are."""

    best: list[Hit] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)


class SearchIndex:
    """The names of every kind at one state of a graph."""

    def __init__(
        self,
        schema: Schema,
        names: Mapping[str, KindNames],
        products: Products,
        fresh: Mapping[str, Mapping[str, SoughtNode | None]] | None = None,
    ) -> None:
        self._schema, self._names, self._products = schema, names, products
        self._fresh = {kind: dict(entries) for kind, entries in (fresh or {}).items()}
        self._changed = {kind: KindNames(e for e in of.values() if e) for kind, of in self._fresh.items()}
        self._hidden = {kind: _places(names[kind], of) for kind, of in self._fresh.items()}

    @classmethod
    def narrowed(cls, reader: GraphReader, text: str) -> SearchIndex:
        """Of the nodes alone that the engine finds by the longest word, as it is written; for a graph that is not read."""
        schema = reader.schema
        longest = max(text.split(), key=len, default="")
        names = {}
        for kind in schema.kinds.values() if longest else ():
            if kind.name_column is not None:
                ids = {i for form in {longest, norm(longest)} for i in reader.nodes_matching(kind.caption, form)}
                names[kind.caption] = KindNames(_entry(kind, row, {}) for row in reader.nodes(kind.caption, ids))
        return cls(schema, names, {})

    @classmethod
    def read(cls, reader: GraphReader, most: int = LARGE) -> SearchIndex | None:
        """Of the graph that a reader sees; None where it has more than so many nodes."""
        kinds = [k for k in reader.schema.kinds.values() if k.name_column is not None]
        if sum(reader.count(k.caption) for k in kinds) > most:
            return None
        products = _read_products(reader)
        return cls(reader.schema, {k.caption: _read(k, reader, products) for k in kinds}, products)

    def spell(self) -> None:
        """Make the pinyin of all names now rather than when it is first asked for."""
        for names in (*self._names.values(), *self._changed.values()):
            names.spell()

    def after(self, changes: Changes) -> SearchIndex:
        """The names after a change, made of what is known and what changed alone: the engine is not asked."""
        fresh: dict[str, dict[str, SoughtNode | None]] = {kind: dict(entries) for kind, entries in self._fresh.items()}
        products = self._products_after(changes)
        nodes: dict[tuple[str, str], Node | None] = {(n.kind, n.id): n for n in changes.nodes}
        nodes |= dict.fromkeys(changes.dropped_nodes)
        makers = {e.source for e in (*changes.edges, *changes.dropped_edges) if e.relation == MAKES}
        for kind, ident in dict.fromkeys([*nodes, *((MAKER, m) for m in makers)]):
            if kind not in self._names:
                continue
            node = nodes.get((kind, ident))
            if node is not None:
                row = {**node.values, "id": node.id, "extras": _packed(node)}
                fresh.setdefault(kind, {})[ident] = _entry(self._schema.kinds[kind], row, products)
            elif (kind, ident) in nodes:
                fresh.setdefault(kind, {})[ident] = None
            elif (known := self._entry(kind, ident)) is not None:
                texts = {**known.texts, PRODUCTS: _made(products, ident)}
                fresh.setdefault(kind, {})[ident] = SoughtNode(known.id, known.name, known.place, texts)
        if sum(map(len, fresh.values())) > FRESH:
            merged = {kind: _merged(self._names[kind], of) for kind, of in fresh.items()}
            return SearchIndex(self._schema, {**self._names, **merged}, products)
        return SearchIndex(self._schema, self._names, products, fresh)

    def _products_after(self, changes: Changes) -> Products:
        came = [e for e in changes.edges if e.relation == MAKES]
        went = [e for e in changes.dropped_edges if e.relation == MAKES]
        if not came and not went:
            return self._products
        moved = {e.source: dict(self._products.get(e.source, {})) for e in (*came, *went)}
        names = {n.id: n.name for n in changes.nodes if n.kind == PRODUCT}
        for edge in went:
            moved[edge.source].pop(edge.id, None)
        for edge in came:
            known = self._entry(PRODUCT, edge.target)
            moved[edge.source][edge.id] = names.get(edge.target) or (known.name if known else "")
        return {**self._products, **moved}

    def _entry(self, kind: str, ident: str) -> SoughtNode | None:
        if ident in self._fresh.get(kind, {}):
            return self._fresh[kind][ident]
        names = self._names[kind]
        return names.entries[names.place_of[ident]] if ident in names.place_of else None

    def find(self, text: str, most: int, kinds: Collection[str] | None = None) -> Hits:
        """The best of the nodes of some kinds (None: all) that fit what is typed, the best `most` of each kind."""
        words, hits = words_of(text), Hits()
        for caption in self._names if words else ():
            if kinds is not None and caption not in kinds:
                continue
            kind, count, listed = self._schema.kinds[caption], 0, []
            for names, hidden in self._parts(caption):
                ranks = names.find(words)
                ranks[hidden] = NONE
                count += int(np.count_nonzero(ranks != NONE))
                listed += names.first(ranks, most)
            if count:
                hits.counts[caption] = count
                hits.best += [Hit(rank, kind, _node(entry, words)) for rank, entry in listed]
        hits.best.sort(key=lambda h: (h.rank, len(h.node.name), h.kind.order, h.node.name, h.node.id))
        return hits

    def _parts(self, kind: str) -> list[tuple[KindNames, Any]]:
        none = np.empty(0, dtype=np.int64)
        changed = self._changed.get(kind)
        parts = [(self._names[kind], self._hidden.get(kind, none))]
        return [*parts, (changed, none)] if changed and len(changed) else parts


def _node(entry: SoughtNode, words: list[str]) -> NamedNode:
    return NamedNode(entry.id, entry.name, entry.place, matched(entry, words))


def _places(names: KindNames, ids: Iterable[str]) -> Any:
    places = sorted(names.place_of[i] for i in ids if i in names.place_of)
    return np.array(places, dtype=np.int64)


def _merged(names: KindNames, fresh: Mapping[str, SoughtNode | None]) -> KindNames:
    """Names of a kind with what changed of them."""
    return KindNames([*(e for e in names.entries if e.id not in fresh), *(e for e in fresh.values() if e)])


# -- reading --------------------------------------------------------------------------------------


def _read(kind: Kind, reader: GraphReader, products: Products) -> KindNames:
    wanted = dict.fromkeys(
        [
            kind.name_column.field if kind.name_column else None,
            *(c.field for c in kind.fields if c.sought),
            *(c.field for c in _placing(kind)),
            *(kind.by_caption[k].field for k in kind.key),
            "extras",
        ]
    )
    columns = ", ".join(f"n.{c} AS {c}" for c in wanted if c)
    rows = reader.store.read("nodes_of_kind", {"label": kind.label, "columns": columns})
    return KindNames(_entry(kind, row, products) for row in rows)


def _entry(kind: Kind, row: Mapping[str, Any], products: Products) -> SoughtNode:
    extras = orjson.loads(row["extras"]) if row.get("extras") else {}
    shown = {c.caption: c.value_type.show(row[c.field]) for c in _placing(kind) if row.get(c.field or "") is not None}
    place = next((p for caption in PLACES if (p := {**shown, **extras}.get(caption))), None)
    sought = [c for c in kind.fields if c.sought and c.field and row.get(c.field)]
    codes = [str(row[c.field or ""]) for c in sought if c.field != ALIASES]
    texts = {ALIASES: row.get(ALIASES), CODES: "、".join(codes)}
    entry = SoughtNode.of(row["id"], node_name(kind, row), place, texts)
    goods = _made(products, entry.id) if kind.caption == MAKER else ()
    return SoughtNode(entry.id, entry.name, entry.place, {**entry.texts, PRODUCTS: goods}) if goods else entry


def _made(products: Products, firm: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for _, name in sorted(products.get(firm, {}).items()) if name))


def _placing(kind: Kind) -> list[Any]:
    return [c for c in kind.fields if c.caption in PLACES and c is not kind.name_column]


def _read_products(reader: GraphReader) -> Products:
    """What each enterprise makes."""
    kinds = reader.schema.kinds
    if not {MAKER, PRODUCT} <= kinds.keys() or MAKES not in reader.schema.relations:
        return {}
    names = {r["id"]: r["name"] for r in reader.store.read("nodes_of_kind", _name_of(kinds[PRODUCT]))}
    ends = {"source": kinds[MAKER].label, "target": kinds[PRODUCT].label, "relation": MAKES, "columns": "r.id AS id"}
    products: dict[str, dict[str, str]] = defaultdict(dict)
    for row in reader.store.read("edges_of_relation", ends):
        products[row["source"]][row["id"]] = names.get(row["target"], "")
    return dict(products)


def _name_of(kind: Kind) -> dict[str, str]:
    return {"label": kind.label, "columns": "n.name AS name"}


def _packed(node: Node) -> str | None:
    return orjson.dumps(node.extras).decode() if node.extras else None
