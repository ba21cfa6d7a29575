"""From the ledger's rows to the graph: a pure function.

Rows are taken in the order in which they count (grade, then date, then the order of writing), so
that the last value written to a field is the one that counts. References are resolved here, never
at ingest: a name defined later makes its edges appear by itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import networkx as nx

from graph.model import Edge, Node, Record, Value, Waiting
from graph.names import UNDEFINED, Identities, Miss, NameIndex, make_id, pick
from graph.period import order_key, year_in_brackets
from graph.schema import Column, EdgeRule, Kind, Relation, Schema
from graph.text import norm, split, split_known

PRODUCING = ("在产", "停产")


@dataclass(slots=True)
class Remark:
    """Something a person should know about a row, found while projecting."""

    record: int
    field: str
    message: str
    hint: str


@dataclass(slots=True)
class Projection:
    """The whole graph, as plain values."""

    nodes: dict[str, dict[str, Node]] = field(default_factory=lambda: defaultdict(dict))
    edges: dict[str, dict[str, Edge]] = field(default_factory=lambda: defaultdict(dict))
    waiting: list[Waiting] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)

    def size(self) -> int:
        """Number of nodes and edges."""
        return sum(map(len, self.nodes.values())) + sum(map(len, self.edges.values()))


def project(records: Iterable[Record], schema: Schema) -> Projection:
    """Resolve names, split lists and pick what counts.

    `records` are the visible rows of the ledger. The result depends on their content and, between
    equal grades and dates, on their order of writing only.
    """
    return _Projector(list(records), schema).run()


class _Projector:
    def __init__(self, records: list[Record], schema: Schema) -> None:
        self.schema = schema
        self.records = sorted(records, key=order_key)
        self.by_seq = {r.seq: r for r in self.records}
        self.names: dict[str, NameIndex] = {kind: NameIndex() for kind in schema.kinds}
        self.entity: dict[int, str] = {}
        self.out = Projection()
        self.segments: dict[str, dict[str, str]] = defaultdict(dict)  # chain id -> normal name -> id
        self.county_of: dict[str, str] = {}  # chain id -> county id
        self.file_chains: dict[tuple[int, str], set[str]] = defaultdict(set)
        self.targets: dict[tuple[str, str], list[str]] = defaultdict(list)
        self.refs: dict[tuple[str, str], tuple[Column, str | Miss, dict[str, list[int]]]] = {}
        self.parts_of: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        self.totals: dict[str, dict[str, Value]] = defaultdict(dict)
        self.carried = {k.caption: {c.with_ for c in k.columns if c.with_} for k in schema.kinds.values()}
        self.states: dict[str, list[tuple[int, int, str | None, str | None]]] = defaultdict(list)

    def run(self) -> Projection:
        by_kind: dict[str, list[Record]] = defaultdict(list)
        for record in self.records:
            by_kind[record.kind].append(record)
        for kind in key_order(self.schema):
            self._identify(kind, by_kind.get(kind.sheet or "", []))
        for record in self.records:
            sheet = self.schema.sheets[record.kind]
            if isinstance(sheet, Kind):
                self._node_row(record, sheet)
            else:
                self._edge_row(record, sheet)
        self._counting_references()
        self._settle_states()
        self._settle_totals()
        self._cut_loops()
        return self.out

    # -- identities -------------------------------------------------------------------------------

    def _identify(self, kind: Kind, records: list[Record]) -> None:
        index = self.names[kind.caption]
        if kind.aliases:
            self._identify_firms(kind, records, index)
            return
        for record in records:
            parts: list[str] = []
            for caption in kind.key:
                part = self._key_part(record, kind, kind.by_caption[caption])
                if part is None:
                    break
                parts.append(part)
            else:
                node = make_id(kind.caption, *parts)
                self.entity[record.seq] = node
                if kind.key_name:
                    name = str(record.values[kind.key_name.caption])
                    (index.add_exact if record.exact else index.add)(name, node)
                    self._remember(kind, record, node, parts, name)

    def _remember(self, kind: Kind, record: Record, node: str, parts: list[str], name: str) -> None:
        if kind.caption == "产业链":
            self.county_of[node] = parts[0]
            self.file_chains[record.batch, record.file].add(node)
        elif kind.caption == "环节":
            self.segments[parts[0]][norm(name)] = node
        elif kind.caption == "指标":
            same = self.targets[norm(name), parts[1]]
            if node not in same:
                same.append(node)

    def _identify_firms(self, kind: Kind, records: list[Record], index: NameIndex) -> None:
        identities = Identities(kind, records)
        identities.fill(index)
        for record in records:
            node = identities.of(record)
            if isinstance(node, Miss):
                self._wait(record, kind.by_caption["名称"], str(record.values["名称"]), node)
                continue
            self.entity[record.seq] = node
            if record.exact:
                for caption in (*kind.codes, "名称"):
                    if name := record.values.get(caption):
                        index.add_exact(str(name), node)
        self.is_former = identities.is_former
        renamed = identities.renamed()
        for record in records:
            code = record.values.get("统一社会信用代码")
            if code and (others := renamed.get(norm(str(code)).upper())):
                said = f"同一统一社会信用代码对应多个名称：{'、'.join(others)}，按同一家企业处理"
                self.out.remarks.append(Remark(record.seq, "名称", said, "核对名称；如是更名，请填入曾用名"))

    def _key_part(self, record: Record, kind: Kind, column: Column) -> str | None:
        value = record.values.get(column.caption)
        if column.type != "ref":
            if value is None:
                return ""
            return str(value) if record.exact else norm(str(value))
        if value is None:
            return ""
        if column.whole and norm(str(value)) == column.whole:
            return column.whole
        if column.many:
            found: str | Miss = norm(str(value)) if self._targets_of(record, str(value)) else UNDEFINED
        else:
            found = self._resolve(record, kind, column, str(value))
        if isinstance(found, Miss):
            self._wait(record, column, str(value), found)
            return None
        return found

    def _targets_of(self, record: Record, name: str) -> list[str]:
        sheet = self.schema.kinds["完成情况"]
        scope = self._key_part(record, sheet, sheet.by_caption["对象"])
        return self.targets.get((norm(name), scope or ""), [])

    # -- references -------------------------------------------------------------------------------

    def _resolve(self, record: Record, sheet: Kind | Relation, column: Column, name: str) -> str | Miss:
        if column.to == ("环节",):
            return self._segment(record, sheet, column, name)
        if column.to == ("产业链",):
            return self._chain(record, sheet, name)
        if record.exact:
            one_exact = self.names[column.to[0]].exact.get(name)
            return one_exact or UNDEFINED
        found: list[str] = []
        for kind in column.to:
            if kind == "产业链":
                one = self._chain(record, sheet, name)
                found += one.choices if isinstance(one, Miss) else (one,)
            else:
                found += self.names[kind].find(name)
        return pick(found)

    def _chain(self, record: Record, sheet: Kind | Relation, name: str) -> str | Miss:
        found = self.names["产业链"].find(name)
        if county := record.values.get("县市区"):
            regions = self.names["县市区"].find(str(county))
            here = [c for c in found if self.county_of[c] in regions]
            qualifies = "县市区" not in {c.caption for c in sheet.columns} or sheet.caption == "产业链"
            if here or qualifies:
                return pick(here)
        if len(found) > 1:
            own = self.file_chains.get((record.batch, record.file), set()).intersection(found)
            if not own:
                own = {
                    c for (_, f), chains in self.file_chains.items() if f == record.file for c in chains
                }.intersection(found)
            if len(own) == 1:
                return own.pop()
        return pick(found)

    def _segment(self, record: Record, sheet: Kind | Relation, column: Column, name: str) -> str | Miss:
        chains = self._chains_named(record, sheet, column)
        if chains is None:
            return pick(self.names["环节"].find(name))
        form = norm(name)
        return pick([self.segments[c][form] for c in chains if form in self.segments.get(c, {})])

    def _chains_named(self, record: Record, sheet: Kind | Relation, column: Column) -> list[str] | None:
        """The chains within which the row's segments are sought; None where it names none."""
        for caption in (column.within, column.within_else):
            cell = record.values.get(caption) if caption else None
            if not cell:
                continue
            within = sheet.by_caption[caption or ""]
            known = self.names["产业链"]
            names = split_known(str(cell), known) if within.list else [str(cell)]
            found = [self._chain(record, sheet, n) for n in names]
            return [c for c in found if not isinstance(c, Miss)]
        return None

    def _items(self, record: Record, column: Column, cell: str) -> list[str]:
        if record.exact:
            return [cell]
        indexes = [self.names[kind] for kind in column.to]
        known = _AnyOf(indexes) if indexes else ()
        return list(dict.fromkeys(split_known(cell, known)))

    def _define(self, kind: str, name: str, record: Record) -> str:
        found = self.names[kind].find(name)
        node = found[0] if found else make_id(kind, norm(name))
        if node not in self.out.nodes[kind]:
            self.out.nodes[kind][node] = Node(kind, node, name, {"name": name})
        self._support(self.out.nodes[kind][node], record)
        return node

    def _wait(self, record: Record, column: Column, name: str, miss: Miss) -> None:
        where = record.where(column.caption)
        self.out.waiting.append(
            Waiting(record.seq, record.file, where, column.caption, name, miss.reason, column.to, miss.choices)
        )

    # -- rows -------------------------------------------------------------------------------------

    def _node_row(self, record: Record, kind: Kind) -> None:
        ident = self.entity.get(record.seq)
        if ident is None:
            return
        values = record.values
        nodes = self.out.nodes[kind.caption]
        node = nodes.get(ident)
        if node is None:
            node = nodes[ident] = Node(kind.caption, ident, "", {})
        self._support(node, record)
        if kind.name_column is None:
            node.name = " ".join(str(values.get(k) or "") for k in kind.key)
        carried = self.carried[kind.caption]
        for column in kind.columns:
            value = values.get(column.caption)
            if value is None:
                continue
            if column.type == "ref" and column.list:
                self._list_edges(record, kind, column, node, str(value))
            elif column.type == "honours":
                self._honours(record, node, str(value))
            else:
                self._field(record, kind, column, node, value, carried)
        self._note_parts(record, kind, node)
        if extras := values.get("附加列"):
            node.extras.update(extras)

    def _field(self, record: Record, kind: Kind, column: Column, node: Node, value: Any, carried: set[str]) -> None:
        name = column.field or ""
        if column.type == "names":
            before = split(str(node.values.get(name) or ""))
            node.values[name] = "、".join(dict.fromkeys(sorted({*before, *split(str(value))})))
            return
        if column.caption in carried:
            partner = next(c for c in kind.columns if c.with_ == column.caption)
            if record.values.get(partner.caption) is None and node.values.get(partner.field or "") is not None:
                return
        if column.with_:
            with_field = kind.by_caption[column.with_].field or ""
            node.values[with_field] = record.values.get(column.with_)
        if column.field == "name" and kind.aliases:
            value = self._called(node, str(value))
        node.values[name] = value
        if column is kind.name_column:
            node.name = str(value)
        if column.type == "ref" and column.relation:
            self._single_ref(record, kind, column, node.id, str(value))

    def _note_parts(self, record: Record, kind: Kind, node: Node) -> None:
        """A value that belongs to the one item a row names is no total of the node, unless it names no other."""
        for column in kind.columns:
            for rule in column.edges:
                if rule.single and record.values.get(rule.when or "") is not None:
                    item = single_item(record, column)
                    fields = [kind.by_caption[c] for c in rule.carries]
                    if item:
                        self.parts_of[node.id][column.caption].add(item)
                    else:
                        self.totals[node.id] |= {c.field or "": record.values.get(c.caption) for c in fields}

    def _settle_totals(self) -> None:
        for kind in self.schema.kinds.values():
            rules = [(c, r) for c in kind.columns for r in c.edges if r.single]
            for column, rule in rules:
                for ident, node in self.out.nodes.get(kind.caption, {}).items():
                    if len(self.parts_of[ident][column.caption]) > 1 or self.totals[ident]:
                        for caption in rule.carries:
                            name = kind.by_caption[caption].field or ""
                            node.values[name] = self.totals[ident].get(name)

    def _called(self, node: Node, name: str) -> str:
        """An enterprise's name; a former name never replaces the present one."""
        before = node.name
        if not before or before == name:
            return name
        present, other = (before, name) if self.is_former(name) and not self.is_former(before) else (name, before)
        aliases = {*split(str(node.values.get("aliases") or "")), other} - {present}
        node.values["aliases"] = "、".join(sorted(aliases))
        return present

    def _single_ref(self, record: Record, kind: Kind, column: Column, node: str, name: str) -> None:
        if column.whole and norm(name) == column.whole:
            found: str | Miss = Miss("whole")
        elif column.many:
            found = Miss("many", tuple(self._targets_of(record, name)))
        else:
            found = self._resolve(record, kind, column, name)
            if isinstance(found, Miss) and column.caption not in kind.key:
                self._wait(record, column, name, found)
        key = (node, column.caption)
        said = self.refs[key][2] if key in self.refs else {}
        for target in found.choices if isinstance(found, Miss) and found.reason == "many" else (found,):
            if isinstance(target, str):
                said.setdefault(target, []).append(record.seq)
        self.refs[key] = (column, found, said)

    def _list_edges(self, record: Record, kind: Kind, column: Column, node: Node, cell: str) -> None:
        items = self._items(record, column, cell)
        for name in items:
            if column.defines:
                target: str | Miss = self._define(column.to[0], name, record)
            else:
                target = self._resolve(record, kind, column, name)
            if isinstance(target, Miss):
                self._wait(record, column, name, target)
                continue
            for rule in column.edges:
                if (rule.when and record.values.get(rule.when) is None) or (rule.single and len(items) > 1):
                    continue
                self._edge(record, rule, node, target, self._kind_of(target, column.to))

    def _edge(self, record: Record, rule: EdgeRule, node: Node, target: str, target_kind: str) -> None:
        relation = self.schema.relations[rule.relation]
        values = {c.caption: record.values.get(c.caption) for c in relation.fields if c.caption in rule.carries}
        edge = self._put(record, relation, node.kind, node.id, target_kind, target, values)
        if relation.state_field:
            said = record.values.get("状态") or ("在产" if record.values.get("产值(万元)") is not None else None)
            year = record.values.get("年份")
            dated = str(year) if year else record.as_of
            self.states[edge.id].append((int(year or 0), len(self.states[edge.id]), said, dated))

    def _honours(self, record: Record, firm: Node, cell: str) -> None:
        relation = self.schema.relations["AWARDED_TO"]
        for item in dict.fromkeys(split(cell)):
            name, year = year_in_brackets(item)
            ident = make_id("资质认定", firm.id, norm(name))
            node = self.out.nodes["资质认定"].setdefault(ident, Node("资质认定", ident, name, {"name": name}))
            if year:
                node.values["year"] = year
            self._support(node, record)
            self._put(record, relation, "资质认定", ident, firm.kind, firm.id, {})

    def _edge_row(self, record: Record, relation: Relation) -> None:
        ends: dict[str, tuple[str, str]] = {}
        missed: list[tuple[Column, str, Miss]] = []
        for column in relation.columns:
            if column.type != "ref" or not column.end:
                continue
            name = str(record.values[column.caption])
            found = (
                self._define(column.to[0], name, record)
                if column.defines and not missed
                else self._resolve(record, relation, column, name)
            )
            if isinstance(found, Miss):
                missed.append((column, name, found))
            else:
                ends[column.end] = (found, self._kind_of(found, column.to))
        if not missed and not relation.loops and ends["source"][0] == ends["target"][0]:
            missed = [(relation.columns[0], str(record.values[relation.columns[1].caption]), Miss("loop"))]
        if missed:
            column, name, miss = missed[0]
            self._wait(record, column, name, miss)
            return
        values = {c.caption: record.values.get(c.caption) for c in relation.fields}
        (source, source_kind), (target, target_kind) = ends["source"], ends["target"]
        self._put(record, relation, source_kind, source, target_kind, target, values)

    # -- edges ------------------------------------------------------------------------------------

    def _put(
        self, record: Record | None, relation: Relation, source_kind: str, source: str, target_kind: str,
        target: str, values: dict[str, Any],
    ) -> Edge:  # fmt: skip
        keys = [norm(str(values[k])) if values.get(k) is not None else "" for k in relation.key]
        ident = make_id(relation.name, source, target, *keys)
        edges = self.out.edges[relation.name]
        edge = edges.get(ident)
        if edge is None:
            edge = edges[ident] = Edge(relation.name, ident, source_kind, source, target_kind, target, {})
        for column in relation.fields:
            value: Value = values.get(column.caption)
            if value is not None:
                edge.values[column.field or ""] = value
                if column.with_ and column.with_ not in relation.key:
                    edge.values[column.with_] = values.get(column.with_)
        if record:
            self._support(edge, record)
        return edge

    def _counting_references(self) -> None:
        for (node, _caption), (column, found, said) in self.refs.items():
            relation = self.schema.relations[column.relation or ""]
            targets = found.choices if isinstance(found, Miss) and found.reason == "many" else (found,)
            for target in targets:
                if isinstance(target, Miss):
                    continue
                source_kind = self._kind_of(node, tuple(dict.fromkeys(a for a, _ in relation.ends)))
                edge = self._put(None, relation, source_kind, node, self._kind_of(target, column.to), target, {})
                edge.records = said[target]

    def _settle_states(self) -> None:
        for ident, said in self.states.items():
            edge = self.out.edges["STANDS_ON"][ident]
            strong = [s for s in said if s[2] in PRODUCING]
            weak = [s for s in said if s[2] and s[2] not in PRODUCING]
            if strong:
                counts = max(strong, key=lambda s: (s[0], s[1]))
            elif weak:
                counts = weak[-1]
            else:
                continue
            edge.values["state"], edge.values["state_date"] = counts[2], counts[3]

    def _cut_loops(self) -> None:
        looped = [(kind, c) for kind in self.schema.kinds.values() for c in kind.columns if c.acyclic and c.relation]
        for kind, column in looped:
            edges = self.out.edges[column.relation or ""]
            tree = nx.DiGraph((e.source, e.target) for e in edges.values() if e.source_kind == kind.caption)
            knots = [k for k in nx.strongly_connected_components(tree) if len(k) > 1]
            knots += [{n} for n in nx.nodes_with_selfloops(tree)]
            for ident in [i for i, e in edges.items() if any(e.source in k and e.target in k for k in knots)]:
                edge = edges.pop(ident)
                for seq in edge.records:
                    name = self.out.nodes[kind.caption][edge.target].name
                    self._wait(self.by_seq[seq], column, name, Miss("loop"))

    # -- small things -----------------------------------------------------------------------------

    def _kind_of(self, node: str, kinds: tuple[str, ...]) -> str:
        if len(kinds) == 1:
            return kinds[0]
        return next(k for k in kinds if node in self.out.nodes[k] or node in self.known[k])

    @property
    def known(self) -> dict[str, set[str]]:
        """Ids per kind, once all identities are settled."""
        if not hasattr(self, "_known"):
            self._known: dict[str, set[str]] = defaultdict(set)
            for record in self.records:
                if ident := self.entity.get(record.seq):
                    sheet = self.schema.sheets[record.kind]
                    self._known[sheet.caption].add(ident)
        return self._known

    @staticmethod
    def _support(item: Node | Edge, record: Record) -> None:
        if not item.records or item.records[-1] != record.seq:
            item.records.append(record.seq)


def single_item(record: Record, column: Column) -> str | None:
    """The one item that a row names in a list column, in its normal form; None for none or several."""
    cell = record.values.get(column.caption)
    items = split(str(cell)) if cell else []
    return norm(items[0]) if len(items) == 1 else None


@dataclass(frozen=True, slots=True)
class _AnyOf:
    indexes: list[NameIndex]

    def __contains__(self, form: object) -> bool:
        return any(form in index for index in self.indexes)


def key_order(schema: Schema) -> list[Kind]:
    """Kinds in an order in which every key can be resolved: a kind after those its key names.

    >>> from graph.schema import load_schema
    >>> names = [k.caption for k in key_order(load_schema())]
    >>> names.index("县市区") < names.index("产业链") < names.index("环节")
    True
    """
    order: nx.DiGraph[str] = nx.DiGraph()
    order.add_nodes_from(schema.kinds)
    for kind in schema.kinds.values():
        for caption in kind.key:
            order.add_edges_from((t, kind.caption) for t in kind.by_caption[caption].to)
    ranked = list(nx.lexicographical_topological_sort(order))
    return [schema.kinds[name] for name in ranked]
