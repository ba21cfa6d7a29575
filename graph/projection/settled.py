"""What is settled once all rows are read: totals, where firms produce, the references that count, and loops."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

import networkx as nx

from graph.model import Edge, Record, Value
from graph.projection.draft import Draft
from graph.projection.identity import Miss
from graph.schema.kinds import Column, Kind
from graph.text import single_item

PRODUCING = ("在产", "停产")
OUTSIDE = "外部"


class Totals:
    """Values of a node of which some rows state only the part of one item (an output within one segment)."""

    def __init__(self) -> None:
        self._items: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))  # node, column -> items
        self._whole: dict[str, dict[str, Value]] = defaultdict(dict)  # node -> what rows state of all of it

    def note(self, record: Record, kind: Kind, node: str) -> None:
        """A value that belongs to the one item a row names is no total of the node, unless it names no other."""
        for column in kind.columns:
            for rule in column.edges:
                if not rule.single or record.values.get(rule.when or "") is None:
                    continue
                if item := single_item(record.values.get(column.caption)):
                    self._items[node][column.caption].add(item)
                else:
                    carried = [kind.by_caption[c] for c in rule.carries]
                    self._whole[node] |= {c.field or "": record.values.get(c.caption) for c in carried}

    def settle(self, draft: Draft) -> None:
        """Take from nodes what is known of parts only."""
        for kind in draft.schema.kinds.values():
            for column, rule in [(c, r) for c in kind.columns for r in c.edges if r.single]:
                fields = [kind.by_caption[caption].field or "" for caption in rule.carries]
                for ident, node in draft.out.nodes.get(kind.caption, {}).items():
                    if len(self._items[ident][column.caption]) > 1 or self._whole[ident]:
                        node.values |= {name: self._whole[ident].get(name) for name in fields}


class Places:
    """Which firms somebody places here.

    外部 is what counts of a firm that nobody does. A row that says so is one of a pool of outside firms: whatever its
    grade or date, it takes neither region nor state from a firm that other rows place here.
    """

    def __init__(self) -> None:
        self._pooled: dict[str, bool] = {}  # firms that rows call 外部 -> whether only listed companies' rows do
        self._here: set[str] = set()  # firms with a region
        self._local: set[str] = set()  # those that have it of rows that do not call them 外部
        self._unplaced: set[str] = set()  # firms of which such a row says no place: those of its chain's county
        self._states: dict[str, str] = {}  # the last word but 外部

    def note(self, record: Record, firm: str) -> None:
        """What a row says of where a firm is, beside its region."""
        state = record.values.get("状态")
        if state == OUTSIDE:
            self._pooled[firm] = record.exact and self._pooled.get(firm, True)
            return
        if state:
            self._states[firm] = state
        if record.values.get("县市区") is None and record.values.get("所在地") is None:
            self._unplaced.add(firm)

    def counts(self, record: Record, firm: str, known: bool) -> bool:
        """Whether the 县市区 of a row counts for a firm, as far as rows are read; `known` where it is a region."""
        outside = record.values.get("状态") == OUTSIDE
        if outside and firm in self._local:
            return False
        if known:
            self._here.add(firm)
            if not outside:
                self._local.add(firm)
        return True

    def settle(self, draft: Draft) -> None:
        """Firms that are placed here are not 外部; nor is one that was local before a list of companies came."""
        for firm, listed in self._pooled.items():
            if firm in self._here or (listed and firm in self._unplaced):
                draft.out.nodes["企业"][firm].values["state"] = self._states.get(firm)


class Stand(NamedTuple):
    """What a row says of a firm's production on a segment."""

    year: int
    state: str | None
    date: str | None


class Stands:
    """Whether firms produce on their segments: the latest year that says so counts, else the last other word."""

    def __init__(self) -> None:
        self._edges: dict[str, Edge] = {}
        self._stands: dict[str, list[Stand]] = defaultdict(list)

    def note(self, record: Record, edge: Edge) -> None:
        """What a row says; an output without a word means that the firm produces."""
        state = record.values.get("状态") or ("在产" if record.values.get("产值(万元)") is not None else None)
        year = record.values.get("年份")
        self._edges[edge.id] = edge
        self._stands[edge.id].append(Stand(int(year or 0), state, str(year) if year else record.as_of))

    def settle(self, draft: Draft) -> None:
        """Give each edge the state that counts; 外部 of a firm that is placed here only where nothing else is said."""
        for ident, stands in self._stands.items():
            edge = self._edges[ident]
            stated = [s for s in stands if s.state != OUTSIDE]
            if stated and draft.out.nodes[edge.source_kind][edge.source].values.get("state") != OUTSIDE:
                stands = stated
            strong = sorted((s for s in stands if s.state in PRODUCING), key=lambda s: s.year)
            weak = [s for s in stands if s.state and s.state not in PRODUCING]
            if counting := (strong or weak)[-1:]:
                edge.values["state"], edge.values["state_date"] = counting[0].state, counting[0].date
            elif edge.values.get("state"):
                edge.values["state"] = None


@dataclass(slots=True)
class Reference:
    """What a field of a node refers to: the last row's word counts, with every row that said the same."""

    column: Column
    meant: tuple[str, ...]
    rows: dict[str, list[int]] = field(default_factory=dict)  # by what they refer to


class References:
    """The fields that refer to one other thing, of all nodes."""

    def __init__(self) -> None:
        self._all: dict[tuple[str, str], Reference] = {}  # by node and caption

    def note(self, record: Record, node: str, column: Column, meant: tuple[str, ...]) -> None:
        """What a row's field means: nothing, one thing, or several where the column allows it."""
        reference = self._all.setdefault((node, column.caption), Reference(column, meant))
        reference.meant = meant
        for ident in meant:
            reference.rows.setdefault(ident, []).append(record.seq)

    def settle(self, draft: Draft) -> None:
        """Make the edges of what counts."""
        for (node, _caption), reference in self._all.items():
            relation = draft.schema.relations[reference.column.relation or ""]
            for ident in reference.meant:
                source = draft.end(node, tuple(dict.fromkeys(kind for kind, _ in relation.ends)))
                edge = draft.edge(relation, source, draft.end(ident, reference.column.to), {})
                edge.records = reference.rows[ident]


def cut_loops(draft: Draft, by_seq: Mapping[int, Record]) -> None:
    """Edges that would make a thing a part of itself wait instead."""
    looped = [(kind, c) for kind in draft.schema.kinds.values() for c in kind.columns if c.acyclic and c.relation]
    for kind, column in looped:
        edges, nodes = draft.out.edges[column.relation or ""], draft.out.nodes[kind.caption]
        tree = nx.DiGraph((e.source, e.target) for e in edges.values() if e.source_kind == kind.caption)
        knots = [k for k in nx.strongly_connected_components(tree) if len(k) > 1]
        knots += [{n} for n in nx.nodes_with_selfloops(tree)]
        for ident in [i for i, e in edges.items() if any(e.source in k and e.target in k for k in knots)]:
            edge = edges.pop(ident)
            for seq in edge.records:
                draft.known.unresolved.wait(by_seq[seq], column, nodes[edge.target].name, Miss("loop"))
