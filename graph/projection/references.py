"""What the names in rows refer to: identities of nodes first, then references to them.

Nothing here depends on the order of rows: a name resolves the same whichever row came first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import networkx as nx

from graph.model import Record
from graph.naming.same_firm import SameFirm
from graph.projection.decisions import SHEET, Decisions
from graph.projection.identity import UNDEFINED, Identities, Miss, NameIndex, Segments, codes_of, pick
from graph.projection.mentions import QUALIFIED
from graph.projection.merges import Merging
from graph.projection.unresolved import Unresolved
from graph.schema.kinds import Column, Kind, Relation, Schema
from graph.text import norm, split_known

OBJECT = "对象"
EACH = {"县市区": "各县市区", "产业链": "各产业链"}  # a target set for each of a kind is set for one of them


class Resolver:
    """The identities that rows define, and what a name means in a row. `records` are in counting order."""

    def __init__(self, records: Sequence[Record], schema: Schema) -> None:
        self.schema = schema
        self.names: dict[str, NameIndex] = {
            caption: NameIndex(coded=bool(kind.codes)) for caption, kind in schema.kinds.items()
        }
        self.entity: dict[int, str] = {}  # the node that a row of a kind's sheet is about
        self.unresolved = Unresolved(self.names)
        self.segments = Segments(self.names)
        self.decisions = Decisions.of(r for r in records if r.kind == SHEET)
        self.merging = Merging(schema, self.decisions, self.segments, self.unresolved)
        self.alike: list[SameFirm] = []  # firms made one by their names
        self._places: dict[str, str] = {}  # county id -> name, chain id -> county/name
        self._words = self.unresolved.words
        self._own_chains: dict[tuple[tuple[int, ...], str], set[str]] = defaultdict(set)
        self._goals: dict[tuple[str, str, str], list[str]] = defaultdict(list)  # of 指标, 任务: by name and object
        self._goal_kinds = {k for sheet in schema.kinds.values() for c in sheet.columns if c.many for k in c.to}
        by_kind: dict[str, list[Record]] = defaultdict(list)
        for record in records:
            by_kind[record.kind].append(record)
        for kind in key_order(schema):
            self._identify(kind, by_kind.get(kind.sheet or "", []))
        for kind in schema.kinds.values():
            for column in kind.columns:
                if column.defines:
                    self._index_named(column, by_kind.get(kind.sheet or "", []))

    # -- identities -------------------------------------------------------------------------------

    def _identify(self, kind: Kind, records: list[Record]) -> None:
        index = self.names[kind.caption]
        if kind.codes:
            self._identify_firms(kind, records, index)
            return
        keys = {r.seq: key for r in records if (key := self._key(r, kind)) is not None}
        if kind.aliases:
            self.merging.learn_names(kind, records, keys)
        for record in records:
            if record.seq not in keys:
                continue
            parts = keys[record.seq]
            node = self.merging.node_id(kind.caption, *parts)
            self.entity[record.seq] = node
            if kind.key_name:
                name = str(record.values[kind.key_name.caption])
                (index.add_exact if record.exact else index.add)(name, node)
                self._remember(kind, record, node, parts, name)
        if kind.aliases:
            self.merging.index_others(kind, index)

    def _index_named(self, column: Column, records: list[Record]) -> None:
        """What is defined by being named here (主要产品) may be named elsewhere too."""
        kind = column.to[0]
        index = self.names[kind]
        for record in records:
            cell = record.values.get(column.caption)
            if cell is None or record.exact or record.seq not in self.entity:
                continue
            for name in self.items(record, column, str(cell)):
                if not index.find(name):
                    index.add(name, self.merging.node_id(kind, norm(name)))

    def _key(self, record: Record, kind: Kind) -> list[str] | None:
        parts: list[str] = []
        for caption in kind.key:
            part = self._key_part(record, kind, kind.by_caption[caption])
            if part is None:
                return None
            parts.append(part)
        return parts

    def _remember(self, kind: Kind, record: Record, node: str, parts: list[str], name: str) -> None:
        if kind.caption == "县市区":
            self._places[node] = name
        elif kind.caption == "产业链":
            self.segments.county_of[node] = parts[0]
            self._words[node] = self._places[parts[0]]
            self._places[node] = f"{self._words[node]}/{name}"
            origin = record.origin
            self._own_chains[origin.batch, origin.file].add(node)
        elif kind.caption == "环节":
            self.segments.of_chain[parts[0]][norm(name)] = node
            self._words[node] = self._places[parts[0]]
        elif kind.caption in self._goal_kinds:
            goals = self._goals[kind.caption, norm(name), parts[kind.key.index(OBJECT)]]
            if node not in goals:
                goals.append(node)

    def _identify_firms(self, kind: Kind, records: list[Record], index: NameIndex) -> None:
        same = self.merging.learn_decided(kind)
        identities = Identities(kind, records, same)
        identities.fill(index)
        for record in records:
            node = identities.of(record)
            if isinstance(node, Miss):
                self.unresolved.wait(record, kind.by_caption["名称"], str(record.values["名称"]), node)
                continue
            self.entity[record.seq] = node
            self._words[node] = identities.code(record) or kind.caption
            listed = codes_of(record, kind).listed
            if record.exact:
                for name in (*(record.values.get(c) for c in (*kind.codes, "名称")), listed):
                    if name:
                        index.add_exact(str(name), node)
            elif listed:
                index.add(listed, node)
        self.is_former = identities.is_former
        self.merging.against_codes(kind, index)
        renamed = identities.renamed()
        self.alike = identities.alike
        merged = {a.other: a for a in identities.alike}
        remark = self.unresolved.remark
        for record in records:
            if one := merged.get(norm(str(record.values.get("名称")))):
                merged_by = f"与“{one.kept}”{one.why}，按同一家企业处理"
                remark(record, "名称", merged_by, "如不是同一家，在“数据”页的“待核对”里选“不是”")
            for caption, code in zip(("统一社会信用代码", "证券代码"), codes_of(record, kind), strict=True):
                if code and (others := renamed.get(code)):
                    renames = f"同一{caption}对应多个名称：{'、'.join(others)}，按同一家企业处理"
                    remark(record, "名称", renames, "核对名称；如是更名，请填入曾用名")

    def _key_part(self, record: Record, kind: Kind, column: Column) -> str | None:
        value = record.values.get(column.caption)
        if not column.value_type.refers:
            if value is None:
                return ""
            return str(value) if record.exact else norm(str(value))
        if value is None:
            return ""
        if norm(str(value)) in column.whole:
            return norm(str(value))
        if column.many:
            meant: str | Miss = norm(str(value)) if self.goals_of(record, column, str(value)) else UNDEFINED
        else:
            meant = self.resolve(record, kind, column, str(value))
        if isinstance(meant, Miss):
            self.unresolved.wait(record, column, str(value), meant)
            return None
        return meant

    def goals_of(self, record: Record, column: Column, name: str) -> list[str]:
        """The targets or tasks of that name that are set for the object of a row, or for each of its kind."""
        sheet = self.schema.kinds[record.kind]
        scope = self._key_part(record, sheet, sheet.by_caption[OBJECT]) or ""
        scopes = (scope, *(word for kind, word in EACH.items() if scope in self.names[kind].nodes))
        return [goal for kind in column.to for s in scopes for goal in self._goals.get((kind, norm(name), s), ())]

    # -- references -------------------------------------------------------------------------------

    def resolve(self, record: Record, sheet: Kind | Relation, column: Column, name: str) -> str | Miss:
        """The node that a name in a cell means, or why there is none (yet)."""
        if record.exact:
            index = self.names[column.to[0]]
            return index.exact.get(name) or index.of_code(name) or UNDEFINED
        bearers = self._bearers(record, sheet, column, name)
        if not bearers and (qualified := QUALIFIED.match(norm(name))):
            bearers = [
                n for n in self._bearers(record, sheet, column, qualified[1]) if self._is(n, column, qualified[2])
            ]
        return pick(bearers)

    def _bearers(self, record: Record, sheet: Kind | Relation, column: Column, name: str) -> list[str]:
        bearers: list[str] = []
        for kind in column.to:
            if kind == "产业链":
                bearers += self.chains(record, sheet, name)
            elif kind == "环节":
                bearers += self._segments(record, sheet, column, name)
            else:
                bearers += self.names[kind].find(name)
        return bearers

    def meaning(self, kind: str, form: str) -> tuple[object, ...]:
        """All that resolving this normal form of a name depends on: who bears it, and what tells them apart."""
        index = self.names[kind]
        bearers = index.normal.get(form, ())
        places = [(self._words.get(b), self.segments.county_of.get(b), self._files_of(b)) for b in bearers]
        return (*bearers, *places, self.merging.node_id(kind, form))

    def _files_of(self, node: str) -> list[tuple[tuple[int, ...], str]]:
        """The loaded files in which a chain is defined."""
        if node not in self.segments.county_of:
            return []
        return sorted(at for at, chains in self._own_chains.items() if node in chains)

    def _is(self, node: str, column: Column, words: str) -> bool:
        """Whether these are words by which `_labels` tells this node from its namesakes."""
        own = norm(self._words.get(node, ""))
        is_kind = words in column.to and node in self.names[words].nodes
        return is_kind or words.upper() == own.upper() or own.endswith(f"/{words}")

    def chains(self, record: Record, sheet: Kind | Relation, name: str) -> Sequence[str]:
        """The chains that a name may mean in a row: by the row's county, else its own file's first."""
        chains = self.names["产业链"].find(name)
        if county := record.values.get("县市区"):
            regions = self.names["县市区"].find(str(county))
            here = [c for c in chains if self.segments.county_of[c] in regions]
            qualifies = "县市区" not in {c.caption for c in sheet.columns} or sheet.caption == "产业链"
            if here or qualifies:
                return here
        if len(chains) > 1:
            origin = record.origin
            own = self._own_chains.get((origin.batch, origin.file), set()).intersection(chains)
            if not own:
                others = (those for (_, file), those in self._own_chains.items() if file == origin.file)
                own = set().union(*others).intersection(chains)
            if len(own) == 1:
                return [*own]
        return chains

    def _segments(self, record: Record, sheet: Kind | Relation, column: Column, name: str) -> Sequence[str]:
        chains = self._chains_named(record, sheet, column)
        if chains is None:
            return self.names["环节"].find(name)
        return self.segments.within(chains, name)

    def _chains_named(self, record: Record, sheet: Kind | Relation, column: Column) -> list[str] | None:
        """The chains within which the row's segments are sought; None where it names none."""
        for caption in (column.within, column.within_else):
            cell = record.values.get(caption) if caption else None
            if not cell:
                continue
            within = sheet.by_caption[caption or ""]
            chains = [self.resolve(record, sheet, within, n) for n in self.items(record, within, str(cell))]
            return list(dict.fromkeys(c for c in chains if not isinstance(c, Miss)))
        return None

    def items(self, record: Record, column: Column, cell: str) -> list[str]:
        """The names in a cell: one, or the items of a list, a defined name kept whole."""
        if record.exact or not column.list:
            return [cell]
        known = _AnyOf([self.names[kind] for kind in column.to])
        return list(dict.fromkeys(split_known(cell, known)))

    def counties(self, record: Record) -> set[str]:
        """The counties that a row is about: by its 县市区, else by the chains, else by the segments it names."""
        sheet = self.schema.sheets[record.kind]
        if sheet.caption != "县市区" and (county := record.values.get("县市区")):
            return {norm(str(county))}
        for kind in ("产业链", "环节"):
            for column in sheet.columns:
                cell = record.values.get(column.caption)
                if cell is None or column.to != (kind,):
                    continue
                named = [self.resolve(record, sheet, column, n) for n in self.items(record, column, str(cell))]
                if places := {norm(self._words[n].partition("/")[0]) for n in named if isinstance(n, str)}:
                    return places
        return set()


@dataclass(frozen=True, slots=True)
class _AnyOf:
    indexes: list[NameIndex]

    def __contains__(self, form: object) -> bool:
        return any(form in index for index in self.indexes)


def key_order(schema: Schema) -> list[Kind]:
    """Kinds in an order in which every key can be resolved: a kind after those its key names.

    >>> from graph.schema.parse import load_schema
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
