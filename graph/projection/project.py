"""From the ledger's rows to the graph: a pure function.

Rows are taken in the order in which they count (grade, then date, then where they were written), so
that the last value written to a field is the one that counts. References are resolved here
(`graph.projection.references`), never at ingest: a name defined later makes its edges appear by itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import networkx as nx

from graph.dates import year_in_brackets
from graph.ledger.order import order_key
from graph.model import Edge, Node, Record, Value
from graph.projection.decisions import PLACE, SHEET, Decision
from graph.projection.identity import UNDEFINED, Miss, make_id, pick
from graph.projection.merges import MergedNodes
from graph.projection.references import Resolver
from graph.projection.result import Projection
from graph.schema.kinds import Column, EdgeRule, Kind, Relation, Schema
from graph.text import norm, single_item, split

PRODUCING = ("在产", "停产")


def project(records: Iterable[Record], schema: Schema) -> Projection:
    """Resolve names, split lists and pick what counts.

    `records` are the visible rows of the ledger. The result depends on their content and, between
    equal grades and dates, on where they were written only.
    """
    return _Projector(list(records), schema).run()


class _Projector:
    def __init__(self, records: list[Record], schema: Schema) -> None:
        self.schema = schema
        self.records = sorted(records, key=order_key)
        self.by_seq = {r.seq: r for r in self.records}
        self.known = Resolver(self.records, schema)
        self.stated = set(self.known.entity.values())
        known = self.known
        self.out = Projection(
            waiting=known.unresolved.waiting, remarks=known.unresolved.remarks, alike=known.alike, decisions=known.decisions
        )  # fmt: skip
        self.refs: dict[tuple[str, str], tuple[Column, str | Miss, dict[str, list[int]]]] = {}
        self.parts_of: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        self.totals: dict[str, dict[str, Value]] = defaultdict(dict)
        self.carried = {k.caption: {c.with_ for c in k.columns if c.with_} for k in schema.kinds.values()}
        self.states: dict[str, list[tuple[int, int, str | None, str | None]]] = defaultdict(list)

    def run(self) -> Projection:
        for record in self.records:
            sheet = self.schema.sheets[record.kind]
            if isinstance(sheet, Kind):
                self._node_row(record, sheet)
            else:
                self._edge_row(record, sheet)
        self._place_decided()
        self._counting_references()
        self._settle_states()
        self._settle_totals()
        self._cut_loops()
        MergedNodes(self.known.merging, self.known.names, self.schema, self.out.nodes).call(self.by_seq)
        return self.out

    # -- rows -------------------------------------------------------------------------------------

    def _define(self, kind: str, name: str, record: Record) -> str:
        found = self.known.names[kind].find(name)
        node = found[0] if found else self.known.merging.node_id(kind, norm(name))
        made = self.out.nodes[kind].setdefault(node, Node(kind, node, name, {}))
        self._call(made, name)
        self._support(made, record)
        return node

    def _call(self, node: Node, name: str) -> None:
        """What a row that names a thing in passing calls it, unless a row of the thing's own says its name."""
        if node.id not in self.stated:
            node.name = node.values["name"] = name

    def _node_row(self, record: Record, kind: Kind) -> None:
        ident = self.known.entity.get(record.seq)
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
            if column.value_type.refers and column.list:
                self._list_edges(record, kind, column, node, str(value))
            elif column.value_type.awards:
                self._honours(record, node, str(value))
            else:
                self._field(record, kind, column, node, value, carried)
        self._note_parts(record, kind, node)
        if extras := values.get("附加列"):
            node.extras.update(extras)

    def _field(self, record: Record, kind: Kind, column: Column, node: Node, value: Any, carried: set[str]) -> None:
        name = column.field or ""
        if column.value_type.gathers:
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
        if column.field == "name" and kind.codes:
            value = self._called(node, str(value))
        value = column.value_type.stored(value)
        node.values[name] = value
        if column is kind.name_column:
            node.name = str(value)
        if column.value_type.refers and column.relation:
            self._single_ref(record, kind, column, node.id, str(value))

    def _note_parts(self, record: Record, kind: Kind, node: Node) -> None:
        """A value that belongs to the one item a row names is no total of the node, unless it names no other."""
        for column in kind.columns:
            for rule in column.edges:
                if rule.single and record.values.get(rule.when or "") is not None:
                    item = single_item(record.values.get(column.caption))
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
        present, other = (
            (before, name) if self.known.is_former(name) and not self.known.is_former(before) else (name, before)
        )
        aliases = {*split(str(node.values.get("aliases") or "")), other} - {present}
        node.values["aliases"] = "、".join(sorted(aliases))
        return present

    def _single_ref(self, record: Record, kind: Kind, column: Column, node: str, name: str) -> None:
        if column.whole and norm(name) == column.whole:
            found: str | Miss = Miss("whole")
        elif column.many:
            found = Miss("many", tuple(self.known.targets_of(record, name)))
        else:
            found = self.known.resolve(record, kind, column, name)
            if isinstance(found, Miss) and column.caption not in kind.key:
                self.known.unresolved.wait(record, column, name, found)
        key = (node, column.caption)
        said = self.refs[key][2] if key in self.refs else {}
        for target in found.choices if isinstance(found, Miss) and found.reason == "many" else (found,):
            if isinstance(target, str):
                said.setdefault(target, []).append(record.seq)
        self.refs[key] = (column, found, said)

    def _list_edges(self, record: Record, kind: Kind, column: Column, node: Node, cell: str) -> None:
        items = self.known.items(record, column, cell)
        for name in items:
            if column.defines:
                target: str | Miss = self._define(column.to[0], name, record)
            else:
                target = self.known.resolve(record, kind, column, name)
            if isinstance(target, Miss):
                self.known.unresolved.wait(record, column, name, target)
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
            node = self.out.nodes["资质认定"].setdefault(ident, Node("资质认定", ident, name, {}))
            self._call(node, name)
            if year:
                node.values["year"] = year
            self._support(node, record)
            self._put(record, relation, "资质认定", ident, firm.kind, firm.id, {})

    def _edge_row(self, record: Record, relation: Relation) -> None:
        ends: dict[str, tuple[str, str]] = {}
        missed: list[tuple[Column, str, Miss]] = []
        for column in relation.columns:
            if not column.value_type.refers or not column.end:
                continue
            name = str(record.values[column.caption])
            found = (
                self._define(column.to[0], name, record)
                if column.defines and not missed
                else self.known.resolve(record, relation, column, name)
            )
            if isinstance(found, Miss):
                missed.append((column, name, found))
            else:
                ends[column.end] = (found, self._kind_of(found, column.to))
        if not missed and not relation.loops and ends["source"][0] == ends["target"][0]:
            missed = [(relation.columns[0], str(record.values[relation.columns[1].caption]), Miss("loop"))]
        if missed:
            column, name, miss = missed[0]
            self.known.unresolved.wait(record, column, name, miss)
            return
        values = {c.caption: record.values.get(c.caption) for c in relation.fields}
        (source, source_kind), (target, target_kind) = ends["source"], ends["target"]
        self._put(record, relation, source_kind, source, target_kind, target, values)

    def _place_decided(self) -> None:
        """Put what was placed on its segment: a statement like the 环节 of a row."""
        known, sheet = self.known, self.schema.kinds[SHEET]
        for decision in known.decisions.of_verdict(PLACE):
            column = self.schema.kinds[decision.kind].by_caption.get("环节")
            if column is None or not column.edges:
                refused = f"{decision.kind}不能归入环节"
                known.unresolved.remark(decision.record, "类别", refused, "归入环节用于企业、产品、关键技术和平台")
                continue
            node = self._decided_node(decision)
            segment = pick(known.segments.find(decision.other))
            if isinstance(node, Miss):
                known.unresolved.wait_decision(decision, sheet.by_caption["名称"], node, decision.kind)
            elif isinstance(segment, Miss):
                known.unresolved.wait_decision(decision, sheet.by_caption["对象"], segment, "环节")
            else:
                self._edge(decision.record, column.edges[0], self.out.nodes[decision.kind][node], segment, "环节")

    def _decided_node(self, decision: Decision) -> str | Miss:
        """What a decision is about, where it exists by a row of its own or by being named."""
        sheet = self.schema.kinds[SHEET]
        column = replace(sheet.by_caption["名称"], to=(decision.kind,))
        defined = self.known.merging.node_id(decision.kind, norm(decision.kept))
        found = self.known.resolve(decision.record, sheet, column, decision.kept)
        return defined if found == UNDEFINED and defined in self.out.nodes[decision.kind] else found

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
                    self.known.unresolved.wait(self.by_seq[seq], column, name, Miss("loop"))

    # -- small things -----------------------------------------------------------------------------

    def _kind_of(self, node: str, kinds: tuple[str, ...]) -> str:
        if len(kinds) == 1:
            return kinds[0]
        return next(k for k in kinds if node in self.out.nodes[k] or node in self.known.names[k].nodes)

    @staticmethod
    def _support(item: Node | Edge, record: Record) -> None:
        if not item.records or item.records[-1] != record.seq:
            item.records.append(record.seq)
