"""What decisions do to the graph while it is projected: names made one, firms placed on segments."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from dataclasses import replace

from graph.model import Node, Record, Remark, Waiting
from graph.naming.classes import SameNames
from graph.projection.decisions import APART, MERGE, SHEET, Decision, Decisions
from graph.projection.identity import UNDEFINED, Miss, NameIndex, make_id
from graph.schema.kinds import Column, Kind, Schema
from graph.text import norm, split

NOT_MERGED = "两家各有有效的统一社会信用代码，没有合并"
NOT_PARTED = "两个名称的统一社会信用代码相同，没有分开"
Nodes = dict[str, dict[str, Node]]


class Decided(ABC):
    """The part of the resolver that follows decisions; it shares the resolver's state."""

    schema: Schema
    names: dict[str, NameIndex]
    waiting: list[Waiting]
    remarks: list[Remark]
    segments: dict[str, dict[str, str]]
    county_of: dict[str, str]
    decisions: Decisions
    same: dict[str, SameNames]
    merges: list[tuple[Decision, str]]

    def node_id(self, kind: str, *parts: str) -> str:
        """The id of a node by its key; names that were made one give one id."""
        same = self.same.get(kind)
        return make_id(kind, same.of("\0".join(parts))) if same else make_id(kind, *parts)

    def _same_names(self, kind: Kind, records: list[Record], keys: dict[int, list[str]]) -> SameNames:
        """Names of a kind that decisions, or rows by their 别名, make one."""
        if kind.caption == "环节":
            for chain, name in keys.values():
                self.segments[chain].setdefault(name, "")
        same = self._decided_names(kind)
        said: set[tuple[str, str]] = set()
        for record in records:
            if (cell := record.values.get(kind.aliases or "")) and (parts := keys.get(record.seq)):
                said |= {("\0".join(parts), "\0".join((*parts[:-1], norm(a)))) for a in split(str(cell))}
        for name, other in sorted(said):
            same.join(name, other)
        return same

    def _decided_names(self, kind: Kind) -> SameNames:
        """What decisions alone say of the names of a kind."""
        same = SameNames((a, b) for _, a, b in self._decided(APART, kind))
        for decision, kept, other in self._decided(MERGE, kind):
            same.join(kept, other)
            self.merges.append((decision, kept))
        return same

    def _decided(self, verdict: str, kind: Kind) -> Iterator[tuple[Decision, str, str]]:
        """Decisions about two names of a kind, with both in the form in which they are compared."""
        for decision in self.decisions.told(verdict, kind.caption):
            if kind.caption != "环节":
                yield decision, norm(decision.kept), norm(decision.other)
                continue
            kept, other = self.segment_keys(decision.kept), self.segment_keys(decision.other)
            within = [(a, b) for a in kept for b in other if a[0] == b[0]]
            if len(within) == 1:
                yield decision, "\0".join(within[0][0]), "\0".join(within[0][1])
            else:
                column = self.schema.kinds[SHEET].by_caption["名称"]
                self.wait_decision(decision, column, decision.kept, UNDEFINED, kind.caption)

    def segment_keys(self, path: str) -> list[tuple[str, str]]:
        """(chain, normal name) of what 县/链/环节, 链/环节 or 环节 may mean; names that exist first."""
        names = self.names["产业链"]
        first, _, rest = path.partition("/")
        second, _, last = rest.partition("/")
        counties = self.names["县市区"].find(first)
        found = [(c, norm(last)) for c in names.find(second) if last and self.county_of[c] in counties]
        found += [(c, norm(rest)) for c in names.find(first) if rest]
        found += [(c, norm(path)) for c, known in self.segments.items() if norm(path) in known]
        return [f for f in found if f[1] in self.segments.get(f[0], {})] or found

    def _index_others(self, kind: Kind, index: NameIndex) -> None:
        """Let a merged name be found where rows name it."""
        for other, stands in self.same[kind.caption].others():
            node = make_id(kind.caption, stands)
            if node in index.nodes:
                *scope, name = other.split("\0")
                index.add(name, node)
                if scope:
                    self.segments[scope[0]][name] = node

    def _against_codes(self, kind: Kind, index: NameIndex) -> None:
        """Say where a decision about two firms cannot be followed: valid codes identify."""
        for verdict, differ in ((MERGE, True), (APART, False)):
            for decision in self.decisions.told(verdict, kind.caption):
                a, b = index.find(decision.kept), index.find(decision.other)
                if len(a) == len(b) == 1 and (a[0] != b[0]) == differ:
                    said = NOT_MERGED if differ else NOT_PARTED
                    self.remarks.append(Remark(decision.record.seq, "名称", said, "核对代码；代码有误请先更正"))

    @abstractmethod
    def wait(self, record: Record, column: Column, name: str, miss: Miss) -> None:
        """Keep what a cell names until it is defined."""

    def wait_decision(self, decision: Decision, column: Column, name: str, miss: Miss, kind: str) -> None:
        """Keep a decision until the name of this kind, which stands in this column, is defined."""
        self.wait(decision.record, replace(column, to=(kind,)), name, miss)


def call_merged(known: Decided, schema: Schema, nodes: Nodes, by_seq: Mapping[int, Record]) -> None:
    """A merged node is called by the name that was kept; the others are its aliases."""
    for caption, same in known.same.items():
        spelled = {norm(n): n for d in known.decisions.told(MERGE, caption) for n in _last_names(d)}
        for stands, members in same.classes():
            if node := _node_of_class(known, schema.kinds[caption], nodes, stands, members):
                _call(node, stands, members, same, spelled, by_seq)
    for decision, kept in known.merges:
        kind, same = schema.kinds[decision.kind], known.same[decision.kind]
        if node := _node_of_class(known, kind, nodes, same.of(kept), same.members(kept)):
            node.records.append(decision.record.seq)
        elif not any(known.names[decision.kind].find(n) for n in (decision.kept, decision.other)):
            column = schema.kinds[SHEET].by_caption["名称"]
            known.wait_decision(decision, column, decision.kept, UNDEFINED, decision.kind)


def _node_of_class(known: Decided, kind: Kind, nodes: Nodes, stands: str, members: set[str]) -> Node | None:
    there = nodes[kind.caption]
    if not kind.codes:
        return there.get(make_id(kind.caption, stands))
    found = {i for m in members for i in known.names[kind.caption].find(m) if i in there}
    return there[found.pop()] if len(found) == 1 else None


def _call(
    node: Node, stands: str, members: set[str], same: SameNames, spelled: dict[str, str], by_seq: Mapping[int, Record]
) -> None:  # fmt: skip
    *scope, name = stands.split("\0")
    if same.is_lesser("\0".join((*scope, norm(node.name)))):
        rows = (by_seq[seq].values.get("名称") for seq in node.records)
        node.name = ({norm(str(n)): str(n) for n in rows if n} | spelled).get(name, name)
        node.values["name"] = node.name
    said = {norm(a): a for a in split(str(node.values.get("aliases") or ""))}
    for member in members:
        form = member.rpartition("\0")[2]
        said.setdefault(form, spelled.get(form, form))
    said.pop(norm(node.name), None)
    node.values["aliases"] = "、".join(sorted(said.values())) or None


def _last_names(decision: Decision) -> list[str]:
    """The two names of a decision without the places in front of a segment's."""
    names = [decision.kept, decision.other]
    return [n.rpartition("/")[2] for n in names] if decision.kind == "环节" else names
